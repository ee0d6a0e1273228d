//! From a text to the words that it is found by: without case and diacritics, and of scripts that put no
//! space between words in pairs of characters.
//!
//! `static/search.js` does the same to what a reader types; `tests/words.txt` holds both to it.

use unicode_normalization::UnicodeNormalization;

/// As many characters of a word count.
const LONGEST: usize = 32;

/// Every word of a text, as often as it stands there.
pub(super) fn words(text: &str, mut each: impl FnMut(&str)) {
    let folded = fold(text);
    for run in folded.split(|c| !is_word(c)).filter(|run| !run.is_empty()) {
        let mut rest = run;
        while let Some(first) = rest.chars().next() {
            let unspaced = is_unspaced(first);
            let end = rest.find(|c| is_unspaced(c) != unspaced).unwrap_or(rest.len());
            let (same, after) = rest.split_at(end);
            if unspaced {
                pairs(same, &mut each);
            } else {
                each(shortened(same));
            }
            rest = after;
        }
    }
}

/// Two characters each, overlapping, and the last one alone.
fn pairs(run: &str, each: &mut impl FnMut(&str)) {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 2).copied().unwrap_or(run.len());
        each(&run[*start..end]);
    }
}

fn shortened(word: &str) -> &str {
    word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])
}

/// A text in lower case, without diacritics, and with one form for each character.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let bare: String = text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
    let mut folded = String::with_capacity(bare.len());
    for c in bare.to_lowercase().nfc() {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            c => folded.push(c),
        }
    }
    folded
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_unspaced(c)
}

/// Whether a character is of a script without space between words: Thai and Lao, Burmese, Khmer, kana and
/// Han.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same lines are read by the tests of the browser's side.
    const CASES: &str = include_str!("../../tests/words.txt");

    #[test]
    fn a_text_is_found_by_these_words() {
        let mut cases = 0;
        for line in CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (text, expected) = line.split_once('|').expect("a line is `text | words`");
            let mut found = Vec::new();
            words(text.trim(), |word| found.push(word.to_owned()));
            assert_eq!(found.join(" "), expected.trim(), "{line}");
            cases += 1;
        }
        assert!(cases > 15, "{cases}");
    }

    #[test]
    fn a_word_has_an_end() {
        let mut found = Vec::new();
        words(&"é".repeat(100), |word| found.push(word.chars().count()));
        assert_eq!(found, [LONGEST]);
    }
}
