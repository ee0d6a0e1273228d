//! A file of the book as text: front matter parted from body, the body's headings and links found.
//!
//! Parsing never fails: it gives what could be read, and findings. It knows nothing of other files.

use std::sync::Arc;

use crate::diagnostic::{Finding, Sink, not_utf8};
use crate::markdown::{Scan, scan};
use crate::source::{Source, Span};
use crate::table::{begins_header, begins_statement};

/// The front matter that says nothing yet.
const EMPTY: &str = "+++\n+++\n";

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
            body: Span::new(whole.end(), whole.end()),
            scan: Arc::default(),
            broken: true,
        };
    }
    let (front, body, broken) = match split(source, whole) {
        Split::Parted { front, body } => (Some(front), body, false),
        Split::Open => {
            sink.add(never_closed(source, sink));
            (None, Span::new(whole.end(), whole.end()), true)
        }
        Split::None => match lacks(source, required) {
            Some((message, help, is_text)) => {
                let finding = sink.finding("format/no-front-matter", source.first_line(), message).help(help);
                let empty = source.text[source.begin()..].trim().is_empty();
                sink.add(match empty {
                    true => finding.suggestion(Span::new(source.begin(), source.begin()), EMPTY),
                    false => finding,
                });
                // what is TOML in another place, or of another kind, is no text
                (None, if is_text { whole } else { Span::new(whole.end(), whole.end()) }, true)
            }
            None => (None, whole, false),
        },
    };
    let scan = Arc::new(scan(source.slice(body), body.start()));
    Parts { front, body, scan, broken }
}

enum Split {
    Parted { front: Span, body: Span },
    Open,
    None,
}

fn split(source: &Source, whole: Span) -> Split {
    let text = &source.text[whole.start()..];
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == FENCE) else { return Split::None };
    let begin = whole.start() + first.len();
    let close =
        closing_fence(&source.text[begin..], true).or_else(|| closing_fence(&source.text[begin..], false));
    match close {
        Some((at, length)) => Split::Parted {
            front: Span::new(begin, begin + at),
            body: Span::new(begin + at + length, whole.end()),
        },
        None => Split::Open,
    }
}

/// Where the closing fence is, and how long its line. A fence in a text of several lines is part of
/// that text, if `heed_texts`: not where such a text is never closed.
fn closing_fence(text: &str, heed_texts: bool) -> Option<(usize, usize)> {
    if heed_texts {
        // nearly always there is no such text
        let plain = closing_fence(text, false)?;
        if !["\"\"\"", "'''"].iter().any(|quotes| text[..plain.0].contains(quotes)) {
            return Some(plain);
        }
    }
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

/// Front matter that never ends: closed with something else, or where it was probably meant to end.
fn never_closed(source: &Source, sink: &Sink) -> Finding {
    let begins = source.first_line();
    for number in 2..=source.line_count() {
        let span = source.line_span(number);
        let line = source.line(number).trim_end();
        let is_fence = line.len() > 1 && line.chars().all(|c| matches!(c, '+' | '-'));
        if is_fence || line.starts_with(FENCE) {
            let place = Span::new(span.start(), span.start() + line.len());
            let message = format!("`{line}` does not close the front matter");
            return sink
                .finding("format/no-front-matter", place, message)
                .help(format!("write `{FENCE}`, alone on its line"))
                .certain_fix(place, FENCE)
                .related(sink.place(begins), "the front matter begins here");
        }
    }
    let last = last_statement(source);
    let end = source.line_span(last).end();
    let finding =
        sink.finding("format/no-front-matter", begins, "the front matter that begins here is never closed");
    if last == 1 {
        return finding.help(format!("close it with a line `{FENCE}`"));
    }
    finding
        .help(format!("close it with a line `{FENCE}`, after line {last} by the look of it"))
        .suggestion(Span::new(end, end), format!("\n{FENCE}"))
        .related(sink.place(source.line_span(last)), "the last line that looks like TOML")
}

/// The last line that is TOML by its look: a statement, or a line of its brackets; the first if none is.
fn last_statement(source: &Source) -> usize {
    let (mut last, mut open) = (1, 0usize);
    for number in 2..=source.line_count() {
        let line = source.line(number);
        let begins = if line.starts_with('[') { begins_header(line) } else { begins_statement(line) };
        if !begins && open == 0 {
            continue;
        }
        let count = |brackets: [char; 2]| line.matches(brackets).count();
        open = (open + count(['[', '{'])).saturating_sub(count([']', '}']));
        last = number;
    }
    last
}

/// What is wrong with a file that does not begin with front matter, what to do, and whether it is text all
/// the same. A free page needs none, but may not have that of another format.
fn lacks(source: &Source, required: bool) -> Option<(&'static str, &'static str, bool)> {
    let first = source.line(1).trim_end();
    let text = source.text.trim_start_matches('\u{feff}').trim();
    let toml = "write TOML between two lines of `+++`: `key = \"value\"`";
    if first == "---" && (required || is_yaml(source)) {
        return Some(("the front matter is YAML", toml, false));
    }
    if !required {
        return None;
    }
    Some(if text.is_empty() {
        (
            "the file is empty",
            "begin it with front matter: TOML between two lines of `+++`, then the text",
            true,
        )
    } else if first.starts_with('{') {
        ("the front matter is JSON", toml, false)
    } else if first.trim() == FENCE || first.starts_with(FENCE) {
        ("the line that opens front matter holds more than `+++`", "leave `+++` alone on its line", false)
    } else if text.lines().any(|line| line.trim_end() == FENCE) {
        ("the front matter does not begin on the first line", "let the file begin with the line `+++`", false)
    } else if begins_statement(first) && !first.starts_with("[[") || begins_header(first) {
        ("the front matter stands without its fences", "put it between two lines of `+++`", false)
    } else {
        (
            "there is no front matter",
            "begin with front matter: TOML between two lines of `+++`, then the text",
            true,
        )
    })
}

/// Whether a text that begins with `---` goes on as YAML: a key at once, more of them, and the same line
/// again. Else the line is a rule of Markdown.
fn is_yaml(source: &Source) -> bool {
    if source.line(2).trim().is_empty() {
        return false;
    }
    let mut keys = 0;
    for number in 2..=source.line_count() {
        let line = source.line(number).trim_end();
        match line.split_once(':') {
            _ if line == "---" => return keys > 0,
            Some((key, _)) if !key.trim().is_empty() && !key.trim().contains(' ') => keys += 1,
            _ if line.is_empty() || line.starts_with([' ', '#', '-']) => {}
            _ => return false,
        }
    }
    false
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
