//! Whether two titles say the same: their words but for order, case and punctuation.

use crate::markdown::plain;
use crate::model::File;

/// The words of a title in an order of their own; empty where it has none.
pub(super) fn wording(title: &str, file: &File) -> String {
    let plain = without_labels(&plain(title, &file.parts.scan.definitions)).to_lowercase();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut rest = plain.chars().peekable();
    while let Some(c) = rest.next() {
        let between_digits = word.ends_with(|c: char| c.is_ascii_digit())
            && rest.peek().is_some_and(|next| next.is_ascii_digit());
        if c.is_alphanumeric() || (matches!(c, '.' | ',') && between_digits) {
            word.push(c);
        } else if !matches!(c, '\'' | '’') && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words.sort();
    words.join(" ")
}

/// The words without the labels of private references that nothing defines: `[N₁][n1]` is N₁.
fn without_labels(plain: &str) -> String {
    let mut words = String::with_capacity(plain.len());
    let mut rest = plain;
    while let Some(at) = rest.find("][") {
        let (before, label) = rest.split_at(at + 1);
        words.push_str(before);
        rest = label.find(']').map_or(label, |end| &label[end + 1..]);
        if rest.len() == label.len() {
            break;
        }
    }
    words.push_str(rest);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::read;
    use crate::source::Source;

    #[test]
    fn order_case_and_punctuation_do_not_count() {
        let file = read(&Source::new("a.md", "[n1]: https://x.org\n"), "a.md");
        let words = |title: &str| wording(title, &file);
        assert_eq!(words("Customers *trust* us!"), words("us, customers’ trust"));
        assert_eq!(words("Don't stop"), words("stop: DONT"));
        assert_eq!(words("Add [_N₁_][n1] ARR"), "add arr n₁");
        assert_eq!(words("Add [_N₁_][n9] ARR"), "add arr n₁", "nothing defines n9");
        assert_ne!(words("Uptime of 99.9"), words("Uptime of 9.99"));
        assert_eq!(words("!?"), "");
    }
}
