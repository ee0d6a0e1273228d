//! How a title begins: its first words, without those that only lead up to them.

/// The first word of a title that says something, in lower case, and the words after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    /// The first word.
    pub(super) first: String,
    /// Where it begins.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// The word after it; empty if there is none.
    pub(super) second: String,
}

/// Words that lead up to a verb.
const LEADING: &[&str] = &["to", "we", "we'll", "we’ll", "will", "further", "please", "and", "then", "also"];
/// Words that end like adverbs and are none.
const NO_ADVERBS: &[&str] =
    &["apply", "supply", "reply", "rely", "comply", "multiply", "fly", "assembly", "family"];

/// How a text begins; none if it has no words.
pub(super) fn opening(text: &str) -> Option<Opening> {
    let mut words = words(text).into_iter().peekable();
    // a label such as `KR1:`, `[P0]` or `Search:`
    let label = words.clone().take(3).position(|(_, end)| text[end..].starts_with(':'));
    let label = label.or(words.peek().filter(|(word, _)| is_mark(word)).map(|_| 0));
    for _ in 0..label.map_or(0, |at| at + 1) {
        words.next();
    }
    while let Some((word, _)) = words.peek() {
        let adverb = word.ends_with("ly") && word.len() > 4 && !NO_ADVERBS.contains(&word.as_str());
        if !(LEADING.contains(&word.as_str()) || adverb) {
            break;
        }
        words.next();
    }
    let (first, end) = words.next()?;
    let second = words.next().map(|(word, _)| word).unwrap_or_default();
    Some(Opening { start: end - first_length(text, end, &first), end, first, second })
}

fn first_length(text: &str, end: usize, word: &str) -> usize {
    // lower case may have another length than what was typed
    text[..end].chars().rev().take(word.chars().count()).map(char::len_utf8).sum()
}

/// The words of a text in lower case, each with its end.
fn words(text: &str) -> Vec<(String, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        let inside = c.is_alphanumeric() || (start.is_some() && matches!(c, '-' | '\'' | '’' | '/'));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((text[from..at].to_lowercase(), at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// `kr1`, `p0`, `1`: what lists put before a title.
fn is_mark(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_alphabetic());
    let letters = word.len() - digits.len();
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(&word[..letters], "kr" | "p" | "o")
}

impl Opening {
    /// Whether the first word is a verb in one of the forms that titles begin with: `improve`, `improves`,
    /// `improved`, `improving`.
    pub(super) fn is_verb(&self, verbs: &[&str]) -> bool {
        verbs.iter().any(|verb| self.is_form_of(verb))
    }

    fn is_form_of(&self, verb: &str) -> bool {
        let first = self.first.as_str();
        let Some(tail) = first.strip_prefix(verb) else {
            let stem = verb.strip_suffix('e').unwrap_or(verb);
            return verb.ends_with('e') && first.strip_prefix(stem) == Some("ing");
        };
        let doubled = verb.chars().last().map(|last| format!("{last}ing")).unwrap_or_default();
        matches!(tail, "" | "s" | "ing" | "ed") || (verb.ends_with('e') && tail == "d") || tail == doubled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_leads_up_is_left_out() {
        for (text, first, second) in [
            ("Improve NPS", "improve", "nps"),
            ("To significantly improve NPS", "improve", "nps"),
            ("KR1: Improve it", "improve", "it"),
            ("[P0] Help sales", "help", "sales"),
            ("Search: help sales", "help", "sales"),
            ("Reply to all", "reply", "to"),
        ] {
            let found = opening(text).unwrap();
            assert_eq!((found.first.as_str(), found.second.as_str()), (first, second), "{text}");
            assert_eq!(text[found.start..found.end].to_lowercase(), found.first);
        }
        assert_eq!(opening("…"), None);
        let is = |text: &str, verb: &str| opening(text).unwrap().is_verb(&[verb]);
        assert!(
            is("Improving", "improve")
                && is("Improved", "improve")
                && is("Cutting", "cut")
                && is("Grows", "grow")
        );
        assert!(!is("Improvement", "improve") && !is("Helpful", "help"));
    }
}
