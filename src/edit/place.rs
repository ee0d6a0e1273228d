//! Places between the lines and items of a text, and what is put there.

use std::ops::Range;

/// A stretch of the text, and what stands there instead.
pub(super) type Insertion = (Range<usize>, String);

/// The text with insertions, which are in order and apart.
pub(super) fn applied(text: &str, insertions: Vec<Insertion>) -> String {
    let mut new = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for (range, replacement) in insertions {
        new.push_str(&text[done..range.start]);
        new.push_str(&replacement);
        done = range.end;
    }
    new.push_str(&text[done..]);
    new
}

/// Where the line of a place begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where the line after that of a place begins.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// What stands before the first letter of a place's line.
pub(super) fn indent(text: &str, at: usize) -> &str {
    let line = &text[line_start(text, at)..at];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// How the line at a place ends: as the one before it, else as the fence.
pub(super) fn eol<'a>(text: &str, at: usize, fence: &'a str) -> &'a str {
    match text[..line_start(text, at)].strip_suffix('\n') {
        Some(before) if before.ends_with('\r') => "\r\n",
        Some(_) => "\n",
        None => fence,
    }
}

/// Whether the line before the one that begins here is blank.
pub(super) fn is_blank_before(text: &str, at: usize) -> bool {
    text[..at]
        .strip_suffix('\n')
        .is_some_and(|before| text[line_start(text, before.len())..at].trim().is_empty())
}

/// Whether the first line of a text is blank.
pub(super) fn begins_blank(text: &str) -> bool {
    text.split('\n').next().is_some_and(|line| line.trim().is_empty())
}

/// After the comments that follow without a blank line: they belong to what stands before, but for
/// those directly above a header.
pub(super) fn after_comments(text: &str, at: usize) -> usize {
    let mut end = at;
    while text[end..].trim_start_matches([' ', '\t']).starts_with('#') {
        end = next_line(text, end);
    }
    if text[end..].trim_start_matches([' ', '\t']).starts_with('[') { at } else { end }
}

/// Puts an item after the last one of a list or of a table in braces: on a line of its own where that
/// one has one.
pub(super) fn after_item(text: &str, last: &Range<usize>, item: &str, eol: &str) -> Vec<Insertion> {
    let start = line_start(text, last.start);
    if !text[start..last.start].trim().is_empty() {
        return vec![(last.end..last.end, format!(", {item}"))];
    }
    let indent = &text[start..last.start];
    let line_end = next_line(text, last.end);
    let (next, is_comma) = next_sign(text, last.end);
    if is_comma {
        let rest = text[next + 1..].split('\n').next().unwrap_or_default().trim();
        if next < line_end && (rest.is_empty() || rest.starts_with('#')) {
            return vec![(line_end..line_end, format!("{indent}{item},{eol}"))];
        }
        return vec![(next + 1..next + 1, format!("{eol}{indent}{item},"))];
    }
    if next < line_end {
        return vec![(last.end..last.end, format!(",{eol}{indent}{item}"))];
    }
    vec![(last.end..last.end, ",".to_owned()), (line_end..line_end, format!("{indent}{item}{eol}"))]
}

/// The next sign that is neither space nor part of a comment, and whether it is a comma.
fn next_sign(text: &str, from: usize) -> (usize, bool) {
    let mut at = from;
    loop {
        let rest = &text[at..];
        at += rest.len() - rest.trim_start().len();
        if !text[at..].starts_with('#') {
            return (at, text[at..].starts_with(','));
        }
        at = next_line(text, at);
    }
}
