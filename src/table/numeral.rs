//! Numbers as people write them, which TOML does not take: `99.5%`, `9,5`, `12,000`.
//!
//! Knows no keys: whether a number is wanted is for others to say.

/// The number that was meant by a value, as TOML writes it; none where the value is no such number.
pub(super) fn meant(typed: &str) -> Option<String> {
    let digits = typed.strip_suffix('%').map(str::trim_end);
    let plain = digits.unwrap_or(typed);
    let number = plain.trim_start_matches(['+', '-']);
    let begins = number.starts_with(|c: char| c.is_ascii_digit());
    let ends = number.ends_with(|c: char| c.is_ascii_digit());
    if !begins || !ends || !number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return None;
    }
    let commas = number.matches(',').count();
    let points = number.matches('.').count();
    let thousands = |text: &str| {
        let mut groups = text.split(',');
        let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
        first && groups.all(|group| group.len() == 3)
    };
    let whole = number.split('.').next().unwrap_or_default();
    match (commas, points) {
        (0, 0 | 1) => digits.map(str::to_owned),
        (_, 0 | 1) if number.find('.').is_none_or(|at| number.rfind(',') < Some(at)) && thousands(whole) => {
            Some(plain.replace(',', ""))
        }
        (1, 0) => Some(plain.replace(',', ".")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_people_are_taken_out_and_other_words_left_alone() {
        for (typed, number) in [
            ("99.5%", "99.5"),
            ("70 %", "70"),
            ("-3%", "-3"),
            ("9,5", "9.5"),
            ("0,75 %", "0.75"),
            ("12,000", "12000"),
            ("1,234,567.8", "1234567.8"),
        ] {
            assert_eq!(meant(typed).as_deref(), Some(number), "{typed}");
        }
        for typed in
            ["99.5", "7", "-4w", "9k", "1.2.3", "1,2,3", "1,2.5", "%", "", "x%", ",5", "10 Dec 2025", "5,%"]
        {
            assert_eq!(meant(typed), None, "{typed}");
        }
    }
}
