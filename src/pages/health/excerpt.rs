//! The lines that a finding is about, with its words marked.

use serde::Serialize;

use crate::source::{Source, Span};

/// A line of a source.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its number.
    pub number: usize,
    /// What stands before the mark.
    pub before: String,
    /// What is marked; empty where nothing is.
    pub mark: String,
    /// What stands after it.
    pub after: String,
    /// What is said at the mark.
    pub label: String,
    /// As much space as there is before the label.
    pub indent: String,
}

/// A finding over more lines than this shows the first ones.
const MOST_LINES: usize = 4;

/// Of a line, what is shown before the mark, in it, and after it.
const BEFORE: usize = 60;
const WITHIN: usize = 120;

/// The lines of a span: the one before it, and those that it marks.
pub(super) fn excerpt(source: &Source, span: Span, label: Option<&str>) -> Vec<Line> {
    if source.text.is_empty() {
        return Vec::new();
    }
    let first = source.position(span.start()).line;
    let last = source.position(span.end().max(span.start())).line.min(first + MOST_LINES - 1);
    let mut lines = Vec::new();
    if first > 1 && !source.line(first - 1).trim().is_empty() {
        let before = shortened(source.line(first - 1), WITHIN);
        lines.push(Line { number: first - 1, before, ..Line::default() });
    }
    for number in first..=last {
        lines.push(marked(source, number, span));
    }
    if let (Some(label), Some(line)) = (label, lines.iter_mut().find(|line| line.number == first)) {
        line.indent = " ".repeat(line.before.chars().count());
        label.clone_into(&mut line.label);
    }
    lines
}

fn marked(source: &Source, number: usize, span: Span) -> Line {
    let line = source.line_span(number);
    let start = span.start().clamp(line.start(), line.end());
    let end = span.end().clamp(start, line.end());
    let before = source.slice(Span::new(line.start(), start));
    let skipped = before.chars().count().saturating_sub(BEFORE);
    let cut: String = before.chars().skip(skipped).collect();
    Line {
        number,
        before: visible(&if skipped > 0 { format!("…{cut}") } else { cut }),
        mark: shortened(source.slice(Span::new(start, end)), WITHIN),
        after: shortened(source.slice(Span::new(end, line.end())), BEFORE),
        ..Line::default()
    }
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return visible(text);
    }
    visible(&text.chars().take(most).chain(['…']).collect::<String>())
}

/// What does not show is not passed on.
fn visible(text: &str) -> String {
    text.replace('\t', "    ").chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stands_in_its_line_below_the_one_before() {
        let source = Source::new("a.md", "id = \"x\"\nto = 94.5\n");
        let lines = excerpt(&source, Span::new(14, 18), Some("signed as 96"));
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[1].number, lines[1].mark.as_str()), (2, "94.5"));
        assert_eq!((lines[1].before.as_str(), lines[1].indent.len()), ("to = ", 5));
        assert_eq!(lines[1].label, "signed as 96");
    }

    #[test]
    fn what_is_too_long_is_cut_and_what_does_not_fit_is_moved() {
        let text = format!("{}HERE{}", "é".repeat(5000), "日".repeat(5000));
        let at = text.find("HERE").unwrap();
        let lines = excerpt(&Source::new("a.md", text.as_str()), Span::new(at, at + 4), None);
        assert!(lines[0].before.chars().count() <= BEFORE + 1 && lines[0].mark == "HERE");
        assert_eq!(excerpt(&Source::new("a.md", ""), Span::new(7, 9), None), []);
        assert_eq!(excerpt(&Source::new("a.md", "ab"), Span::new(90, 99), None)[0].mark, "");
    }
}
