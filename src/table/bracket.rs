//! What is wrong with the brackets of a statement that takes several lines: where a comma is missing,
//! or what was opened and never closed. Where the parser stumbles is often a line or more after that.

use super::recover::{begins_header, begins_statement};
use crate::source::Span;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// No comma after an entry of a list, or after a key of a table.
    NoComma,
    /// A list or table that is never closed.
    NeverClosed,
}

/// A bracket that is at fault, or what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: Kind,
    /// `[` or `{`.
    pub(super) open: char,
    /// Where the bracket is.
    pub(super) at: usize,
    /// The end of the last entry before the mistake shows: where something is missing.
    pub(super) end: usize,
    /// Where the mistake shows.
    pub(super) shows: usize,
}

impl Fault {
    /// The lines of a table that is at fault, which can be left out without harm to the list around it.
    pub(super) fn lines(&self, text: &str) -> Option<Span> {
        if (self.kind, self.open) != (Kind::NeverClosed, '{') {
            return None;
        }
        let start = text[..self.at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[..self.shows].rfind('\n').filter(|end| *end > start)?;
        text[start..self.at].trim().is_empty().then(|| Span::new(start, end))
    }
}

/// An open bracket.
struct Frame {
    open: char,
    at: usize,
    /// Whether an entry ended that no comma followed yet.
    full: bool,
    /// Whether a value comes next, after `=`.
    value: bool,
    end: usize,
}

/// What is wrong with the brackets of the statement that begins at `start`; none if nothing is, or if
/// that cannot be told.
pub(super) fn fault(text: &str, start: usize) -> Option<Fault> {
    let mut at = start + text[start..].find('=')? + 1;
    let mut frames: Vec<Frame> = Vec::new();
    while at < text.len() {
        let rest = &text[at..];
        let c = rest.chars().next()?;
        let at_line_start = at > start && text[..at].ends_with('\n');
        if let Some(top) = frames.last()
            && at_line_start
            && ends_here(top.open, rest.lines().next().unwrap_or_default())
        {
            return Some(never_closed(top, at));
        }
        match c {
            '#' => at += rest.find('\n').unwrap_or(rest.len()),
            '\n' if frames.is_empty() => return None,
            c if c.is_whitespace() => at += c.len_utf8(),
            ',' => {
                let top = frames.last_mut()?;
                (top.full, top.value) = (false, false);
                at += 1;
            }
            '=' => {
                let top = frames.last_mut()?;
                (top.full, top.value) = (false, true);
                at += 1;
            }
            ']' | '}' => {
                let top = frames.pop()?;
                if top.open != if c == ']' { '[' } else { '{' } {
                    return Some(never_closed(&top, at));
                }
                at += 1;
                frames.last_mut()?.ends(at);
            }
            _ => {
                if let Some(top) = frames.last_mut()
                    && let Some(fault) = top.enters(c, at)
                {
                    return Some(fault);
                }
                if matches!(c, '[' | '{') {
                    frames.push(Frame { open: c, at, full: false, value: false, end: at + 1 });
                    at += 1;
                } else {
                    at += length(rest)?;
                    frames.last_mut()?.ends(at);
                }
            }
        }
    }
    frames.last().map(|top| never_closed(top, text.len()))
}

fn never_closed(frame: &Frame, shows: usize) -> Fault {
    Fault { kind: Kind::NeverClosed, open: frame.open, at: frame.at, end: frame.end, shows }
}

/// Whether a line cannot stand within what is open.
fn ends_here(open: char, line: &str) -> bool {
    if open == '[' { begins_statement(line) } else { begins_header(line) }
}

impl Frame {
    /// An entry, a key or a value begins; a fault if it cannot.
    fn enters(&mut self, c: char, at: usize) -> Option<Fault> {
        if self.full {
            return Some(Fault {
                kind: Kind::NoComma,
                open: self.open,
                at: self.at,
                end: self.end,
                shows: at,
            });
        }
        // a table holds keys: another table in their place belongs to the list around it
        let no_key = self.open == '{' && !self.value && matches!(c, '{' | '[');
        no_key.then(|| never_closed(self, at))
    }

    /// Something ended: a key, which is no entry yet, or a value.
    fn ends(&mut self, at: usize) {
        if self.open == '[' || self.value {
            (self.full, self.value) = (true, false);
            self.end = at;
        }
    }
}

/// The length of a text, or of a word without quotes.
fn length(rest: &str) -> Option<usize> {
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(quote) = quote else {
        let end = rest.find(|c: char| c.is_whitespace() || ",=[]{}#\"'".contains(c)).unwrap_or(rest.len());
        // a time may follow a day after a space
        return Some(end.max(1));
    };
    if rest.starts_with("\"\"\"") || rest.starts_with("'''") {
        let end = rest[3..].find(&rest[..3])?;
        return Some(3 + end + 3);
    }
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<(Kind, char, usize, usize)> {
        fault(text, 0).map(|fault| (fault.kind, fault.open, fault.at, fault.end))
    }

    #[test]
    fn the_bracket_at_fault_is_found() {
        assert_eq!(at("a = [1, 2]\n"), None);
        assert_eq!(at("a = [\n  { b = 1, c = [2] }, # ]\n  { b = \"]\" },\n]\n"), None);
        assert_eq!(at("a = [1, 2\nb = 3\n"), Some((Kind::NeverClosed, '[', 4, 9)));
        assert_eq!(at("a = [\n  { b = 1 }\n  { b = 2 },\n]\n"), Some((Kind::NoComma, '[', 4, 17)));
        assert_eq!(at("a = [\n  { b = 1,\n  { b = 2 },\n]\n"), Some((Kind::NeverClosed, '{', 8, 15)));
        assert_eq!(at("a = [\n  { b = 1, c = 2 ]\n"), Some((Kind::NeverClosed, '{', 8, 22)));
        assert_eq!(at("a = { b = 1 c = 2 }\n"), Some((Kind::NoComma, '{', 4, 11)));
    }
}
