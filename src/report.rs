//! What the findings of a run look like: one module an output format, each a pure function from
//! findings to text.
//!
//! The order of the findings is the caller's. Nothing here decides what is found or how much it
//! weighs. Every format survives what authors can put into a file or a name: control characters,
//! marks that turn the direction of writing, lines of ten megabytes, spans that no longer fit.

use crate::diagnostic::{Severity, Summary};
use crate::source::{Place, Position, Sources};

mod excerpt;
mod failure;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod rdjson;
mod safe;
mod sarif;
mod short;

pub use failure::failure;
pub use github::github;
pub use gitlab::gitlab;
pub use human::{finding, human};
pub use json::json;
pub use rdjson::rdjson;
pub use safe::visible;
pub use sarif::sarif;
pub use short::short;

/// What a format that describes its rules (SARIF) says of one.
#[derive(Clone, Debug)]
pub struct RuleInfo {
    /// `group/name`.
    pub name: String,
    /// The severity that it has unless the book says otherwise.
    pub severity: Severity,
    /// What it finds, in a sentence.
    pub summary: String,
    /// Its page in the guide.
    pub help_uri: Option<String>,
    /// What it wants, and why, in full.
    pub full: String,
}

/// Where a place begins and ends. A file that could not be read has one empty line.
fn range(sources: &Sources, place: &Place) -> (Position, Position) {
    let Some(source) = sources.get(&place.path) else {
        let start = Position { line: 1, column: 1 };
        return (start, start);
    };
    let start = source.position(place.span.start());
    (start, source.position(place.span.end()).max(start))
}

/// A path as tools that run elsewhere find it: `base` is the book's folder seen from there
/// (empty, or ending in `/`).
fn based(base: &str, path: &str) -> String {
    format!("{base}{path}")
}

/// The line that ends a run: `2 errors, 1 warning in 14 documents of 3 cycles`.
pub fn tally(summary: &Summary) -> String {
    let found: Vec<String> =
        [(summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| counted(count, what))
            .collect();
    let found = if found.is_empty() { "nothing to report".to_owned() } else { found.join(", ") };
    let documents = counted(summary.documents, "document");
    let cycles = counted(summary.cycles, "cycle");
    format!("{found} in {documents} of {cycles}")
}

/// `1 page`, `2 pages`.
pub fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests;
