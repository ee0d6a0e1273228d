//! A live preview that is always right: the handbook kept in memory, served to this machine, new after
//! every save.
//!
//! - **The scan is the truth.** What the system reports of files is a hint to look, no more; every two
//!   seconds it is looked at anyway. So a root that is replaced, a queue that overflowed and a folder that
//!   came with its files are no special cases. A scan reads the handbook as a build does, and what it
//!   passes over (the output folder, drafts) cannot wake it.
//! - **One path.** A change runs [`crate::prepare`], as a build does, with a session that remembers. Its
//!   result replaces the old one in a single step: a request holds one generation and sees nothing of the
//!   next. Nothing is written to disk, and no request reads from it.
//! - **Pages are made when they are asked for.** A browser looks at one or two of ten thousand. What they
//!   are made from does not change any more, so that it does not matter when that is.
//! - **An own server.** The site is a map in memory, asked by exact key with GET or HEAD, plus one stream
//!   of events: one thread a connection on `std::net`, with limits on size, time and number, does this in
//!   a few hundred lines. axum and tokio would bring 48 crates for routing, bodies and upgrades of which
//!   nothing is used, and the laws here (Host, Origin, headers) would still be ours to write.
//! - **Closed.** It listens on 127.0.0.1, answers only to names of this machine, and to no other site.
#![expect(clippy::disallowed_methods, reason = "files, network and clock are what a server is for")]

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use crate::failure::{Failure, reason};
use crate::report;

mod answer;
mod events;
mod guard;
mod http;
mod listen;
mod news;
mod overlay;
mod page;
mod shelf;
mod site;
mod watch;

use guard::Guard;
use site::{Live, Look, Preview};
use watch::Watch;

/// What a preview is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the handbook.
    pub dir: PathBuf,
    /// The name or address to listen on.
    pub host: String,
    /// The port; 0 for any free one.
    pub port: u16,
    /// Whether every file is read at every look, and nothing is expected of the system.
    pub poll: bool,
    /// The address that opens a file in the editor, with `{path}`, `{line}` and `{column}`.
    pub editor_url: String,
}

/// How a preview speaks with the command line.
pub struct Talk<'a> {
    /// What a build is to do, as of now: the day moves on while the preview runs.
    pub options: &'a dyn Fn() -> Result<crate::Options, Failure>,
    /// Is told the address as soon as it answers.
    pub ready: &'a dyn Fn(&str) -> Result<(), Failure>,
    /// Is told what a person may want to know.
    pub say: &'a dyn Fn(&str),
    /// Whether what is said has colours.
    pub color: bool,
}

impl std::fmt::Debug for Talk<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Talk").field("color", &self.color).finish_non_exhaustive()
    }
}

/// Serves a handbook until the program is ended.
///
/// # Errors
/// Where it could not begin: the port is taken, or there is no handbook.
pub fn run(options: &Options, talk: &Talk<'_>) -> Result<Infallible, Failure> {
    let listener = bind(&options.host, options.port)?;
    let address = listener.local_addr().map_err(|error| unbound(options.port, &error))?;
    let mut preview = Preview::new(options, talk);
    let first = preview.first()?;
    (talk.say)(&preview.news(&first));
    let live = Arc::new(Live::new(&first));
    drop(first);
    let guard = Guard::new(&options.host);
    let server = Arc::clone(&live);
    let thread = std::thread::Builder::new().spawn(move || listen::serve(&listener, &server, &guard));
    thread.map_err(|_| {
        Failure::new("cannot serve: the system gives this program no thread").help(
        "it limits how many there are: `ulimit -u`, or the process limit of the container; allow some more",
    )
    })?;
    (talk.ready)(&url(&options.host, address))?;

    let mut watch: Watch = Watch::new(options.poll);
    loop {
        if let Some(problem) = watch.arm(preview.roots()) {
            (talk.say)(&format!("{problem}\n"));
        }
        watch.wait();
        let began = Instant::now();
        match preview.look() {
            Look::Same => {}
            Look::Again => watch.look_again_soon(),
            Look::Fresh(fresh) => {
                watch.look_again_soon();
                live.replace(&fresh);
                let seconds = began.elapsed().as_secs_f64();
                let what = if fresh.is_new { "shown anew" } else { "the last good pages stay" };
                (talk.say)(&format!("{}{what} after {seconds:.2} s\n", preview.news(&fresh)));
            }
        }
    }
}

/// Opens an address in the browser of this machine.
///
/// # Errors
/// The program that does this could not be started.
pub fn open(url: &str) -> Result<(), Failure> {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = std::process::Command::new(program);
    let quiet = std::process::Stdio::null;
    command.args(arguments).arg(url).stdin(quiet()).stdout(quiet()).stderr(quiet());
    let started = command.spawn();
    started.map(drop).map_err(|error| Failure::io("start", Path::new(program), &error))
}

fn bind(host: &str, port: u16) -> Result<TcpListener, Failure> {
    let plain = host.trim_start_matches('[').trim_end_matches(']');
    TcpListener::bind((plain, port)).map_err(|error| unbound(port, &error))
}

fn unbound(port: u16, error: &std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => Failure::new(format!("port {port} is taken by another program"))
            .help("end that program, or choose another port with `--port N`, 0 for any free one"),
        _ => Failure::new(format!("cannot listen on port {port}: {}", reason(error)))
            .help("choose another port with `--port N`, or another address with `--host`"),
    }
}

/// Where the preview is found, as a browser on this machine asks for it.
fn url(host: &str, address: SocketAddr) -> String {
    let port = address.port();
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => format!("http://127.0.0.1:{port}/"),
        IpAddr::V6(ip) if ip.is_unspecified() => format!("http://[::1]:{port}/"),
        _ if host.contains(':') => {
            format!("http://[{}]:{port}/", host.trim_start_matches('[').trim_end_matches(']'))
        }
        _ => format!("http://{host}:{port}/"),
    }
}

/// The text of a failure, as the terminal shows it without colours.
fn told(failure: &Failure) -> String {
    report::failure(failure, false)
}
