//! Writes into a text and keeps every other byte of it as it was.

mod change;
mod patch;
mod place;
mod tree;
mod value;

pub use change::{CannotChange, Change, Path, change};
pub use patch::patch;
pub use value::{Row, Value};

use crate::diagnostic::Fix;

/// The text with fixes applied. One that overlaps an earlier one, touches it at an empty place or
/// does not fit the text is left for another time.
pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> String {
    let mut fixes: Vec<&Fix> = fixes.into_iter().collect();
    fixes.sort_by_key(|fix| fix.span);
    let mut new = String::with_capacity(text.len());
    let mut done = 0;
    let mut last = None;
    for fix in fixes {
        let span = fix.span;
        let clashes = span.start() < done || last == Some(span.start());
        if clashes || text.get(span.start()..span.end()).is_none() {
            continue;
        }
        new.push_str(&text[done..span.start()]);
        new.push_str(&fix.replacement);
        done = span.end();
        last = Some(span.end());
    }
    new.push_str(&text[done..]);
    new
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod fix_tests {
    use super::*;
    use crate::source::Span;

    fn fixed(text: &str, fixes: &[(usize, usize, &str)]) -> String {
        let fixes: Vec<Fix> = fixes
            .iter()
            .map(|(start, end, new)| Fix {
                span: Span::new(*start, *end),
                replacement: (*new).to_owned(),
                certain: true,
            })
            .collect();
        apply(text, &fixes)
    }

    #[test]
    fn every_other_byte_stays() {
        assert_eq!(fixed("a\r\n\tb\0 é\r\n", &[(4, 5, "B"), (0, 0, "x")]), "xa\r\n\tB\0 é\r\n");
        assert_eq!(fixed("abc", &[]), "abc");
    }

    #[test]
    fn what_overlaps_or_does_not_fit_is_left() {
        assert_eq!(fixed("abcdef", &[(1, 3, "X"), (2, 4, "Y"), (4, 5, "")]), "aXdf");
        assert_eq!(fixed("ab", &[(1, 1, "X"), (1, 1, "X")]), "aXb");
        assert_eq!(fixed("é", &[(1, 2, "X"), (7, 9, "Y")]), "é");
    }
}
