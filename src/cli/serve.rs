//! `serve`: a live preview.

use clap::Args;

use super::{Outcome, Shared, book, terminal, threads};
use crate::failure::Failure;
use crate::serve::{self, Talk};

/// Serve a live preview: every save shows in the browser
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Serve {
    /// The port; 0 takes any free one
    #[arg(long, value_name = "PORT", default_value_t = 3000)]
    port: u16,
    /// The name or address to listen on
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// Read all files every two seconds, for network drives that do not tell of changes
    #[arg(long)]
    poll: bool,
    /// The address that opens a file in your editor, for the places of findings
    #[arg(
        long,
        value_name = "URL",
        default_value = "vscode://file/{path}:{line}:{column}",
        value_parser = editor_url
    )]
    editor_url: String,
}

const AFTER: &str = "\
Examples:
  okrbook serve --open
  okrbook serve --port 0          on any free port; the address is the first line of the output
  okrbook serve --editor-url 'idea://open?file={path}&line={line}'

The site is kept in memory; nothing is written. While the handbook has errors the last good pages
stay, with the findings over them. Ends with Ctrl+C.
Exits with 2 when it could not begin: the port is taken, or there is no handbook.";

impl Serve {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        threads::prepare();
        let options = serve::Options {
            dir: book::folder(shared)?,
            host: self.host.clone(),
            port: self.port,
            poll: self.poll,
            editor_url: self.editor_url.clone(),
        };
        let ready = |url: &str| {
            terminal::output(&format!("{url}\n"))?;
            if self.open
                && let Err(failure) = serve::open(url)
            {
                terminal::failed(&failure);
            }
            Ok(())
        };
        let talk = Talk {
            options: &|| book::options(shared),
            ready: &ready,
            say: &terminal::say,
            color: terminal::error_has_color(),
        };
        match serve::run(&options, &talk)? {}
    }
}

/// An address with a scheme, but none that a browser would run.
fn editor_url(text: &str) -> Result<String, String> {
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
    let plain = !scheme.is_empty()
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    if !plain || matches!(scheme.as_str(), "javascript" | "data" | "vbscript") {
        return Err(
            "it is an address of your editor, such as `vscode://file/{path}:{line}:{column}`".to_owned()
        );
    }
    Ok(text.to_owned())
}
