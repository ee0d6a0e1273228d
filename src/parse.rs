//! A file of the book as text: front matter parted from body, the body's headings and links found.
//!
//! Parsing never fails: it gives what could be read, and findings. It knows nothing of other files.

use std::sync::Arc;

use crate::diagnostic::{Finding, Sink, not_utf8};
use crate::markdown::{Scan, scan};
use crate::source::{Source, Span};

/// A file parted into its front matter and its body.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The TOML between the two lines of `+++`.
    pub front: Option<Span>,
    /// The Markdown after it.
    pub body: Span,
    /// What the body holds.
    pub scan: Arc<Scan>,
    /// Whether front matter that must be there could not be found.
    pub broken: bool,
}

/// The line that opens and closes front matter.
const FENCE: &str = "+++";

/// Parts a file. Front matter that is `required` and not there is a finding.
pub fn parts(source: &Source, required: bool, sink: &mut Sink) -> Parts {
    let whole = Span::new(source.begin(), source.text.len());
    if let Some((at, byte)) = source.not_utf8 {
        sink.add(not_utf8(source, at, byte));
        return Parts {
            front: None,
            body: Span::new(whole.end, whole.end),
            scan: Arc::default(),
            broken: true,
        };
    }
    let (front, body, broken) = match split(source, whole) {
        Split::Parted { front, body } => (Some(front), body, false),
        Split::Open => {
            sink.add(never_closed(source, sink));
            (None, Span::new(whole.end, whole.end), true)
        }
        Split::None => {
            if required {
                sink.add(no_front_matter(source, sink));
            }
            (None, whole, required)
        }
    };
    let scan = Arc::new(scan(source.slice(body), body.start));
    Parts { front, body, scan, broken }
}

enum Split {
    Parted { front: Span, body: Span },
    Open,
    None,
}

fn split(source: &Source, whole: Span) -> Split {
    let text = &source.text[whole.start..];
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == FENCE) else { return Split::None };
    let begin = whole.start + first.len();
    let close =
        closing_fence(&source.text[begin..], true).or_else(|| closing_fence(&source.text[begin..], false));
    match close {
        Some((at, length)) => Split::Parted {
            front: Span::new(begin, begin + at),
            body: Span::new(begin + at + length, whole.end),
        },
        None => Split::Open,
    }
}

/// Where the closing fence is, and how long its line. A fence in a text of several lines is part of
/// that text, if `heed_texts`: not where such a text is never closed.
fn closing_fence(text: &str, heed_texts: bool) -> Option<(usize, usize)> {
    let mut within: Option<&str> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if within.is_none() && line.trim_end() == FENCE {
            return Some((at, line.len()));
        }
        if heed_texts {
            within = text_open_after(line, within);
        }
        at += line.len();
    }
    None
}

/// Which quotes of a text of several lines are open after a line.
fn text_open_after<'q>(line: &str, mut within: Option<&'q str>) -> Option<&'q str> {
    let mut rest = line;
    loop {
        match within {
            Some(quotes) => match rest.find(quotes) {
                Some(end) => {
                    rest = rest[end + quotes.len()..].trim_start_matches(['"', '\'']);
                    within = None;
                }
                None => return within,
            },
            None => {
                let opened = ["\"\"\"", "'''"]
                    .into_iter()
                    .filter_map(|quotes| rest.find(quotes).map(|at| (at, quotes)))
                    .min();
                let comment = rest.find('#');
                match opened {
                    Some((at, quotes)) if comment.is_none_or(|hash| at < hash || in_text(&rest[..hash])) => {
                        rest = &rest[at + quotes.len()..];
                        within = Some(quotes);
                    }
                    _ => return None,
                }
            }
        }
    }
}

/// Whether a text of one line is open at the end of `before`.
fn in_text(before: &str) -> bool {
    before.matches('"').count() % 2 == 1
}

fn never_closed(source: &Source, sink: &Sink) -> Finding {
    sink.finding(
        "format/no-front-matter",
        source.first_line(),
        "the front matter that begins here is never closed",
    )
    .help("close it with a line `+++`")
}

fn no_front_matter(source: &Source, sink: &Sink) -> Finding {
    let first = source.line(1).trim_end();
    let text = source.text.trim_start_matches('\u{feff}').trim();
    let finding = |message: &str| sink.finding("format/no-front-matter", source.first_line(), message);
    if text.is_empty() {
        return finding("the file is empty")
            .help("begin it with front matter: TOML between two lines of `+++`, then the text");
    }
    if first == "---" {
        return finding("the front matter is YAML")
            .help("write TOML between two lines of `+++`: `key = \"value\"`");
    }
    if first.starts_with('{') {
        return finding("the front matter is JSON")
            .help("write TOML between two lines of `+++`: `key = \"value\"`");
    }
    if first.trim() == FENCE || first.starts_with(FENCE) {
        return finding("the line that opens front matter holds more than `+++`")
            .help("leave `+++` alone on its line");
    }
    if text.lines().any(|line| line.trim_end() == FENCE) {
        return finding("the front matter does not begin on the first line")
            .help("let the file begin with the line `+++`");
    }
    finding("there is no front matter")
        .help("begin with front matter: TOML between two lines of `+++`, then the text")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str) -> (Option<String>, String, Vec<String>) {
        let source = Source::new("a.md", text);
        let mut sink = Sink::new(&source.path);
        let parts = parts(&source, true, &mut sink);
        let said = sink.findings.iter().map(|finding| finding.message.clone()).collect();
        (parts.front.map(|front| source.slice(front).to_owned()), source.slice(parts.body).to_owned(), said)
    }

    #[test]
    fn front_matter_and_body_are_parted_at_the_fences() {
        assert_eq!(parted("+++\na = 1\n+++\nText\n"), (Some("a = 1\n".into()), "Text\n".into(), vec![]));
        assert_eq!(
            parted("\u{feff}+++\r\na = 1\r\n+++\r\nText"),
            (Some("a = 1\r\n".into()), "Text".into(), vec![])
        );
        assert_eq!(parted("+++\n+++"), (Some(String::new()), String::new(), vec![]));
    }

    #[test]
    fn a_fence_within_a_text_does_not_close() {
        let (front, body, _) = parted("+++\na = \"\"\"\n+++\n\"\"\" # '''\n+++\nText");
        assert_eq!(front.as_deref(), Some("a = \"\"\"\n+++\n\"\"\" # '''\n"));
        assert_eq!(body, "Text");
    }

    #[test]
    fn a_text_that_is_never_closed_does_not_swallow_the_fence() {
        let (front, body, _) = parted("+++\na = \"\"\"\n+++\nText");
        assert_eq!((front.as_deref(), body.as_str()), (Some("a = \"\"\"\n"), "Text"));
    }

    #[test]
    fn what_is_no_front_matter_is_told_by_its_habit() {
        assert_eq!(parted("").2, ["the file is empty"]);
        assert_eq!(parted("---\na: 1\n---\n").2, ["the front matter is YAML"]);
        assert_eq!(parted("+++\na = 1\n").2, ["the front matter that begins here is never closed"]);
        assert_eq!(parted("# Title\n").2, ["there is no front matter"]);
    }
}
