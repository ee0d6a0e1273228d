//! Which form of a word goes with a number, by language.
//!
//! The categories and rules are those of the Unicode CLDR for whole numbers, without the forms
//! that some languages keep for round millions.

/// A grammatical number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Category {
    pub(super) const ALL: [Self; 6] = [Self::Zero, Self::One, Self::Two, Self::Few, Self::Many, Self::Other];

    /// The key of the form in a language file.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.as_str() == text)
    }
}

/// How a language picks the category of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PluralRule {
    /// One form for all numbers: Japanese.
    Same,
    /// 1 and the rest: English, and any language that is not known here.
    One,
    /// 0 and 1, and the rest: French.
    ZeroOrOne,
    /// 1, 2 to 4, and the rest: Czech.
    Czech,
    /// By the last digits, 1 alone: Polish.
    Polish,
    /// By the last digits: Russian.
    Russian,
    /// All six categories: Arabic.
    Arabic,
}

impl PluralRule {
    /// The rule of a language by its code, `en` or `en-GB`.
    pub(super) fn of(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "ja" | "zh" | "ko" | "vi" | "th" | "id" | "ms" => Self::Same,
            "fr" | "pt" => Self::ZeroOrOne,
            "cs" | "sk" => Self::Czech,
            "pl" => Self::Polish,
            "ru" | "uk" | "be" => Self::Russian,
            "ar" => Self::Arabic,
            _ => Self::One,
        }
    }

    pub(super) fn category(self, n: u64) -> Category {
        let (tens, units) = (n % 100, n % 10);
        let few = matches!(units, 2..=4) && !matches!(tens, 12..=14);
        match self {
            Self::One if n == 1 => Category::One,
            Self::ZeroOrOne if n <= 1 => Category::One,
            Self::Same | Self::One | Self::ZeroOrOne => Category::Other,
            Self::Czech => match n {
                1 => Category::One,
                2..=4 => Category::Few,
                _ => Category::Other,
            },
            Self::Polish if n == 1 => Category::One,
            Self::Russian if units == 1 && tens != 11 => Category::One,
            Self::Polish | Self::Russian if few => Category::Few,
            Self::Polish | Self::Russian => Category::Many,
            Self::Arabic => match (n, tens) {
                (0, _) => Category::Zero,
                (1, _) => Category::One,
                (2, _) => Category::Two,
                (_, 3..=10) => Category::Few,
                (_, 11..=99) => Category::Many,
                _ => Category::Other,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_by_language() {
        let numbers =
            [0, 1, 2, 3, 4, 5, 10, 11, 12, 14, 21, 22, 25, 99, 100, 101, 102, 103, 111, 112, 1_000_000];
        for (language, expected) in [
            ("en", "o1ooooooooooooooooooo"),
            ("en-GB", "o1ooooooooooooooooooo"),
            ("de_AT", "o1ooooooooooooooooooo"),
            ("nl", "o1ooooooooooooooooooo"),
            ("es", "o1ooooooooooooooooooo"),
            ("it", "o1ooooooooooooooooooo"),
            ("sv", "o1ooooooooooooooooooo"),
            ("da", "o1ooooooooooooooooooo"),
            ("nb", "o1ooooooooooooooooooo"),
            ("", "o1ooooooooooooooooooo"),
            ("tlh", "o1ooooooooooooooooooo"),
            ("fr", "11ooooooooooooooooooo"),
            ("FR-ca", "11ooooooooooooooooooo"),
            ("ja", "ooooooooooooooooooooo"),
            ("cs", "o1fffoooooooooooooooo"),
            ("pl", "m1fffmmmmmmfmmmmffmmm"),
            ("ru", "m1fffmmmmm1fmmm1ffmmm"),
            ("ar", "z12ffffmmmmmmmooofmmo"),
        ] {
            let found: String = numbers
                .iter()
                .map(|&n| match PluralRule::of(language).category(n) {
                    Category::Zero => 'z',
                    Category::One => '1',
                    Category::Two => '2',
                    Category::Few => 'f',
                    Category::Many => 'm',
                    Category::Other => 'o',
                })
                .collect();
            assert_eq!(found, expected, "{language}");
        }
    }

    #[test]
    fn category_names_round_trip() {
        for category in Category::ALL {
            assert_eq!(Category::parse(category.as_str()), Some(category));
        }
        assert_eq!(Category::parse("dual"), None);
    }
}
