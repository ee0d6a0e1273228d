//! The numbers in a title.

/// A number in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// Its value as it is read: `10k` is 10000.
    pub(super) value: f64,
    /// The value without `k`, `M` or `bn`.
    pub(super) digits: f64,
    /// Where it begins.
    pub(super) start: usize,
    /// Where it ends, with what is tied to it (`%`, `x`, `k`).
    pub(super) end: usize,
    /// What it counts.
    pub(super) kind: Kind,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Things.
    Plain,
    /// Per cent.
    Percent,
    /// Times what it was, `2x`.
    Factor,
    /// A place in an order: `10th`, `Tier 1`, the year 2026.
    Label,
}

/// Words after which a number names something: Tier 1, Stage 4, SOC 2.
const LABELS: &[&str] = &[
    "tier",
    "stage",
    "type",
    "phase",
    "level",
    "version",
    "soc",
    "iso",
    "part",
    "step",
    "series",
    "priority",
    "sev",
    "severity",
    "top",
    "day",
    "week",
    "month",
    "quarter",
    "q",
    "h",
    "fy",
    "gate",
    "wave",
    "milestone",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

/// The numbers of a text in order. Digits within a word (`p95`, `SOC2`, `Q1`), dates, times and versions
/// are none.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let bytes = text.as_bytes();
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let Some(c) = text[at..].chars().next() else { break };
        if c.is_alphanumeric() && !c.is_ascii_digit() || c == '_' {
            // a word, with all digits, points and hyphens that are part of it
            at += text[at..]
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-')))
                .unwrap_or(text.len() - at);
            continue;
        }
        if !c.is_ascii_digit() {
            at += c.len_utf8();
            continue;
        }
        let end = digits_end(text, at);
        let digits = &text[at..end];
        let rest = &text[end..];
        let next = rest.chars().next();
        let after = bytes.get(end + 1).copied().unwrap_or(b' ');
        if matches!(next, Some('-' | '.' | ':')) && after.is_ascii_digit() && !is_range(text, at, end) {
            at = end
                + rest
                    .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.' | ':')))
                    .unwrap_or(rest.len());
            continue;
        }
        if let Some(number) = number(text, at, end, digits, rest) {
            at = number.end;
            numbers.push(number);
        } else {
            at = end + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        }
    }
    numbers
}

/// Whether `20-30` is two numbers: a hyphen between two short ones, and no more of them.
fn is_range(text: &str, start: usize, end: usize) -> bool {
    let rest = &text[end..];
    let Some(tail) = rest.strip_prefix('-') else { return false };
    let length = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
    end - start <= 3 && length <= 3 && !tail[length..].starts_with(['-', '.', ':'])
}

/// The end of `1,000.5`.
fn digits_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = start;
    while digit(end) {
        end += 1;
    }
    while bytes.get(end) == Some(&b',') && (1..=3).all(|at| digit(end + at)) && !digit(end + 4) {
        end += 4;
    }
    if matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1) {
        end += 1;
        while digit(end) {
            end += 1;
        }
    }
    end
}

fn number(text: &str, start: usize, end: usize, digits: &str, rest: &str) -> Option<Number> {
    let thousands = digits.matches(',').count() > 1
        || digits
            .split_once(',')
            .is_some_and(|(_, tail)| tail.len() >= 3 && (tail.len() == 3 || tail.contains('.')));
    let plain = if thousands { digits.replace(',', "") } else { digits.replace(',', ".") };
    let value: f64 = plain.parse().ok()?;
    let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let (times, tied, mut kind) = match &rest[..letters] {
        "" => (1.0, 0, Kind::Plain),
        "k" | "K" => (1e3, letters, Kind::Plain),
        "m" | "M" | "mm" | "MM" | "mn" => (1e6, letters, Kind::Plain),
        "b" | "B" | "bn" => (1e9, letters, Kind::Plain),
        "x" | "X" | "fold" => (1.0, letters, Kind::Factor),
        "st" | "nd" | "rd" | "th" => (1.0, letters, Kind::Label),
        _ => (1.0, letters, Kind::Plain),
    };
    let mut end = end + tied;
    let rest = &text[end..];
    let spaced = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let percent = ["%", "percent", "per cent", "pct"].into_iter().find(|word| spaced.starts_with(word));
    if let (Some(word), Kind::Plain) = (percent, kind) {
        end += rest.len() - spaced.len() + word.len();
        kind = Kind::Percent;
    } else if rest.starts_with('×') {
        end += '×'.len_utf8();
        kind = Kind::Factor;
    } else if rest.starts_with("-fold") {
        end += "-fold".len();
        kind = Kind::Factor;
    }
    if kind == Kind::Plain && (is_label(text, start) || (times == 1.0 && is_year(digits))) {
        kind = Kind::Label;
    }
    // 4x4 is no factor
    if kind == Kind::Factor && text[end..].starts_with(|c: char| c.is_alphanumeric()) {
        kind = Kind::Label;
    }
    Some(Number { value: value * times, digits: value, start, end, kind })
}

fn is_label(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches([' ', '#', '\u{a0}']);
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    // a number that is not said of the word before it: "in May, 20 talks"
    before.ends_with(word) && LABELS.contains(&word.to_lowercase().as_str())
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4
        && matches!(&digits[..2], "19" | "20")
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text has a number in digits or in words.
pub(super) fn has_number(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve", "twenty", "thirty", "forty", "fifty", "hundred", "thousand", "million", "half", "double",
        "twice", "triple", "twofold", "tenfold",
    ];
    !numbers(text).is_empty()
        || text
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .any(|word| WORDS.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(f64, Kind)> {
        numbers(text).into_iter().map(|number| (number.value, number.kind)).collect()
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        use Kind::{Factor, Label, Percent, Plain};
        for (text, expected) in [
            ("p95 below 200ms in Q1 for SOC2", vec![(200.0, Plain)]),
            (
                "from 1,000 to 2.5k, by 30 % or 20-30%",
                vec![(1000.0, Plain), (2500.0, Plain), (30.0, Percent), (20.0, Plain), (30.0, Percent)],
            ),
            ("2x, 3× and 4-fold", vec![(2.0, Factor), (3.0, Factor), (4.0, Factor)]),
            (
                "Tier 1 by March 31st 2026, 10th, 3/3",
                vec![(1.0, Label), (31.0, Label), (2026.0, Label), (10.0, Label), (3.0, Plain), (3.0, Plain)],
            ),
            ("2026-03-31 at 9:30 with v1.2.3 and 1.2.3", vec![]),
            ("$1.5M, 99,95 per cent, 5.5-hours", vec![(1.5e6, Plain), (99.95, Percent), (5.5, Plain)]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert!(has_number("for three teams") && !has_number("one-on-ones in Q2"));
    }
}
