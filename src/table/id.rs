//! Ids: what can be one, and one out of a title.

/// Whether a text can be an id.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Words that an id does not end with.
const SMALL_WORDS: [&str; 12] = ["a", "an", "the", "in", "of", "to", "for", "and", "or", "on", "at", "with"];

/// A text as an id: its words in lower case, joined by hyphens, at most six of them.
pub fn slug(text: &str) -> String {
    let plain: String = text
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c
            } else if c.is_alphanumeric() {
                '\u{0}'
            } else {
                ' '
            }
        })
        .filter(|c| *c != '\u{0}')
        .collect();
    let mut words: Vec<&str> = plain.split_whitespace().take(6).collect();
    while words.len() > 1 && words.last().is_some_and(|last| SMALL_WORDS.contains(last)) {
        words.pop();
    }
    words.join("-")
}
