//! The lines of a source that a finding shows, with its marks moved onto them.
//!
//! Whatever span comes in, what goes out lies within the excerpt and on character boundaries:
//! the library that draws it relies on that.

use std::ops::Range;

use super::safe;
use crate::source::{Source, Span};

/// A line of up to so many bytes is shown whole.
const WHOLE_LINE: usize = 400;
/// Of a longer line, what is shown of it before and from the first mark.
const BEFORE: usize = 60;
const FROM: usize = 180;
/// A mark of more lines than this is drawn on its first only.
const MOST_LINES: usize = 12;

/// Lines of a source, safe to show.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// The lines.
    pub(super) text: String,
    /// The number of the first, from 1.
    pub(super) first_line: usize,
    /// The marks asked for, in the same order, as offsets into `text`.
    pub(super) marks: Vec<Range<usize>>,
}

/// The lines from the first to the last mark.
pub(super) fn excerpt(source: &Source, spans: &[Span]) -> Excerpt {
    let spans: Vec<Span> = spans.iter().map(|span| fitted(source, *span)).collect();
    let line_of = |offset| source.position(offset).line;
    let first_line = spans.iter().map(|span| line_of(span.start())).min().unwrap_or(1);
    let last_line = spans.iter().map(|span| line_of(span.end())).max().unwrap_or(1);
    let mut marks = vec![0..0; spans.len()];
    let mut text = String::new();
    for number in first_line..=last_line {
        if number > first_line {
            text.push('\n');
        }
        let line = source.line_span(number);
        let next = if number == last_line { usize::MAX } else { source.line_span(number + 1).start() };
        let here =
            |offset: usize| (line.start()..next).contains(&offset) || (number == 1 && offset < line.start());
        let earliest = spans.iter().flat_map(|span| [span.start(), span.end()]).filter(|at| here(*at)).min();
        let window = window(source, line, earliest);
        let shown = |offset: usize| text_shown(source, window, line, offset);
        for (span, mark) in spans.iter().zip(&mut marks) {
            if here(span.start()) {
                mark.start = text.len() + shown(span.start()).len();
            }
            if here(span.end()) {
                mark.end = text.len() + shown(span.end()).len();
            }
        }
        text.push_str(&shown(window.end()));
        if window.end() < line.end() {
            text.push('…');
        }
    }
    Excerpt { text, first_line, marks }
}

/// The span cut to the text, to whole characters, without line ends at its end, and to its first
/// line if it has very many.
fn fitted(source: &Source, span: Span) -> Span {
    let start = boundary(source, span.start());
    let mut end = boundary(source, span.end()).max(start);
    while end > start && matches!(source.text.as_bytes()[end - 1], b'\n' | b'\r') {
        end -= 1;
    }
    let line = source.position(start).line;
    if source.position(end).line - line > MOST_LINES {
        end = source.line_span(line).end().max(start);
    }
    Span::new(start, end)
}

/// The part of a line that is shown.
fn window(source: &Source, line: Span, mark: Option<usize>) -> Span {
    if line.end() - line.start() <= WHOLE_LINE {
        return line;
    }
    let mark = mark.unwrap_or(line.start()).clamp(line.start(), line.end());
    let start = boundary(source, mark.saturating_sub(BEFORE).max(line.start()));
    Span::new(start, boundary(source, (mark + FROM).min(line.end())))
}

/// What is shown of a line up to an offset.
fn text_shown(source: &Source, window: Span, line: Span, upto: usize) -> String {
    let mut shown = String::new();
    if window.start() > line.start() {
        shown.push('…');
    }
    let upto = upto.clamp(window.start(), window.end());
    source.text[window.start()..upto].chars().for_each(|c| safe::push(&mut shown, c));
    shown
}

fn boundary(source: &Source, offset: usize) -> usize {
    let mut offset = offset.min(source.text.len());
    while !source.text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, start: usize, end: usize) -> (usize, String, String) {
        let found = excerpt(&Source::new("a.md", text), &[Span::new(start, end)]);
        let mark = found.text[found.marks[0].clone()].to_owned();
        (found.first_line, found.text, mark)
    }

    #[test]
    fn a_mark_keeps_its_text() {
        assert_eq!(marked("a\nbcd\ne", 3, 5), (2, "bcd".into(), "cd".into()));
        assert_eq!(marked("a\n\tb = \u{1b}x\n", 3, 8), (2, "    b = ␛x".into(), "b = ␛".into()));
    }

    #[test]
    fn spans_that_do_not_fit_are_made_to() {
        assert_eq!(marked("", 0, 0), (1, String::new(), String::new()));
        assert_eq!(marked("", 7, 900), (1, String::new(), String::new()));
        assert_eq!(marked("é日", 1, 4), (1, "é日".into(), "é".into()));
        assert_eq!(marked("ab\r\ncd\r\n", 0, 4), (1, "ab".into(), "ab".into()));
        assert_eq!(marked("\u{feff}ab", 0, 3), (1, "ab".into(), String::new()));
        assert_eq!(marked("ab\n", 3, 3), (2, String::new(), String::new()));
    }

    #[test]
    fn of_a_giant_line_only_the_marked_part_is_shown() {
        let text = format!("{}HERE{}", "é".repeat(5_000_000), "日".repeat(1_000_000));
        let at = text.find("HERE").unwrap();
        let (_, shown, mark) = marked(&text, at, at + 4);
        assert!(shown.len() < 1000);
        assert_eq!(mark, "HERE");
        let (_, shown, mark) = marked(&text, 0, text.len());
        assert!(shown.len() < 1000 && shown.starts_with('é') && shown.ends_with('…'));
        assert!(mark.starts_with('é'));
    }

    #[test]
    fn a_mark_over_very_many_lines_is_drawn_on_its_first() {
        let text = "x\n".repeat(1000);
        assert_eq!(marked(&text, 2, 1500), (2, "x".into(), "x".into()));
    }
}
