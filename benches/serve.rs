//! How long it is from a save to the page that shows it: `cargo bench --bench serve -- 100 1000 10000`.
//!
//! A preview runs, a client listens to its events as a browser does, a document is saved, and the page is
//! asked for when the event comes. Two kinds of edits: words in a text, and the title of an objective that
//! many pages show. The pause before an edit is another each time: a fixed one could fall in step with a
//! clock of the program. The folder is `OKRBOOK_BENCH_DIR`, else the system's for temporary files.
#![allow(missing_docs, clippy::print_stdout, reason = "a program of its own, which nobody documents")]
#![expect(clippy::disallowed_methods, reason = "it measures: files, processes and the clock")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

#[path = "handbook.rs"]
mod handbook;

/// Edits of each kind.
const EDITS: usize = 15;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100, 1_000] } else { sizes };
    let base = std::env::var_os("OKRBOOK_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    println!("{EDITS} edits of each kind, medians and the slowest; in {}", base.display());
    println!("| documents | first answer | text: save to page | title: save to page |");
    println!("| ---: | ---: | ---: | ---: |");
    for size in sizes {
        measure(&base, size);
    }
}

fn measure(base: &Path, size: usize) {
    let folder = base.join(format!("okrbook-serve-{size}-{}", std::process::id()));
    let documents = handbook::write(&folder, size);
    let began = Instant::now();
    let preview = Preview::start(&folder);
    preview.page("/");
    let first = began.elapsed();
    let text = preview.edits("words", "company", "What unit 0 is for");
    let title = preview.edits("title", "company", "makes part 1 of its work dependable");
    println!("| {documents} | {:.2} s | {} | {} |", first.as_secs_f64(), told(text), told(title));
    drop(preview);
    let _ = std::fs::remove_dir_all(&folder);
}

fn told(mut times: Vec<Duration>) -> String {
    times.sort();
    let millis = |time: Duration| time.as_secs_f64() * 1000.0;
    format!("{:.0} ms, {:.0} ms", millis(times[times.len() / 2]), millis(times[times.len() - 1]))
}

struct Preview {
    child: Child,
    port: u16,
    folder: PathBuf,
}

impl Preview {
    fn start(folder: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_okrbook"));
        command.args(["serve", "--port", "0", "--date", handbook::DATE, "--book"]).arg(folder);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut line = String::new();
        let output = child.stdout.take().expect("its output is piped");
        BufReader::new(output).read_line(&mut line).expect("it says where it is");
        let port = line.trim_end_matches("/\n").rsplit(':').next().and_then(|port| port.parse().ok());
        Self { child, port: port.expect("it says its port"), folder: folder.to_owned() }
    }

    fn connect(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it answers");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .expect("it reads");
        stream
    }

    fn page(&self, path: &str) -> String {
        let mut bytes = Vec::new();
        self.connect(path).read_to_end(&mut bytes).expect("it replies");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The times from a save to the page that shows it.
    fn edits(&self, mark: &str, unit: &str, place: &str) -> Vec<Duration> {
        let path = self.folder.join("content/okrs/fy26-q4").join(format!("{unit}.md"));
        let page = format!("/fy26-q4/{unit}/");
        let original = std::fs::read_to_string(&path).expect("the document is there");
        assert!(original.contains(place), "{}", path.display());
        self.page(&page);
        let mut events = BufReader::new(self.connect("/__okrbook/events"));
        next(&mut events);
        let mut times = Vec::new();
        for edit in 0..EDITS {
            let clock = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            std::thread::sleep(Duration::from_millis(300 + u64::from(clock.subsec_micros()) % 500));
            let wanted = format!("{mark} {edit}");
            let began = Instant::now();
            std::fs::write(&path, original.replace(place, &format!("{place} {wanted}")))
                .expect("it is saved");
            while !self.page(&page).contains(&wanted) {
                next(&mut events);
            }
            times.push(began.elapsed());
        }
        times
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for an event.
fn next(events: &mut BufReader<TcpStream>) {
    let mut line = String::new();
    while !line.starts_with("data: ") {
        line.clear();
        assert_ne!(events.read_line(&mut line).expect("the stream goes on"), 0, "the preview ended");
    }
}
