//! What was probably meant: the nearest of the names that there are, and how long it is looked for.
//!
//! Knows letters only, not what the names are of.

use std::cell::Cell;

/// The name nearest to what was typed: of those within a third of its length (at least
/// one letter) of it, by letters added, dropped, changed or swapped.
pub fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let length = typed.chars().count();
    let letters = Letters::of(&typed);
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let long = name.chars().count();
        let most = (length.max(long) / 3).max(1).min(best.map_or(usize::MAX, |(distance, _)| distance));
        if length.abs_diff(long) > most {
            continue;
        }
        let lower = name.to_lowercase();
        if letters.least_distance(&Letters::of(&lower)) > most {
            continue;
        }
        let distance = strsim::osa_distance(&typed, &lower);
        if distance <= most && best.is_none_or(|best| (distance, name) < best) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How often each letter stands in a text, the rarer ones counted together: what two texts do not share
/// of them has to be changed at least, and counting is quicker than comparing.
struct Letters([u16; 64]);

impl Letters {
    fn of(text: &str) -> Self {
        let mut counts = [0u16; 64];
        for byte in text.bytes().filter(|byte| byte & 0xc0 != 0x80) {
            let count = &mut counts[usize::from(byte & 0x3f)];
            *count = count.saturating_add(1);
        }
        Self(counts)
    }

    /// The fewest changes that make one text of the other.
    fn least_distance(&self, other: &Self) -> usize {
        let (mut more, mut fewer) = (0, 0);
        for (own, other) in self.0.iter().zip(&other.0) {
            more += usize::from(own.saturating_sub(*other));
            fewer += usize::from(other.saturating_sub(*own));
        }
        more.max(fewer)
    }
}

/// How many names are compared in search of what the mistakes of one file meant. An author with more
/// mistakes than that is not helped by guesses, and a hostile file must not cost hours.
const MOST_NAMES: usize = 400_000;

/// What is left of the search for what was meant in one file.
#[derive(Debug)]
pub struct Patience(Cell<usize>);

impl Default for Patience {
    fn default() -> Self {
        Self(Cell::new(MOST_NAMES))
    }
}

impl Patience {
    /// As many of the names as there is patience to look at.
    pub fn limit<T>(&self, names: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        names.take_while(|_| {
            let left = self.0.get();
            self.0.set(left.saturating_sub(1));
            left > 0
        })
    }

    /// As [`nearest`], of as many names as there is patience for.
    pub fn nearest<'a>(&self, typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        // a long text is as dear as many short ones
        let left = self.0.get();
        self.0.set(left.saturating_sub(typed.len() / 64));
        nearest(typed, self.limit(names.into_iter()))
    }

    /// Whether nothing is left: then there is no use in looking.
    pub fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_within_a_third_of_its_length() {
        assert_eq!(nearest("uptme", ["uptime", "latency"]), Some("uptime"));
        assert_eq!(nearest("xy", ["uptime"]), None);
        assert_eq!(nearest("Cloud", ["cloud"]), Some("cloud"));
        assert_eq!(nearest("a", ["b"]), Some("b"));
        assert_eq!(nearest("bcd", ["abd", "abc", "abcd"]), Some("abcd"));
        assert_eq!(nearest("größe", ["große", "gross"]), Some("große"));
    }

    #[test]
    fn what_is_skipped_would_not_have_been_near() {
        let names = ["reliability", "realiblity", "liability", "uptime", "up-time", "日本", "日本語", ""];
        for typed in names {
            let plain = names.into_iter().filter_map(|name| {
                let distance = strsim::osa_distance(typed, name);
                let most = (typed.chars().count().max(name.chars().count()) / 3).max(1);
                (distance <= most && name != typed).then_some((distance, name))
            });
            let others = names.into_iter().filter(|name| *name != typed);
            assert_eq!(nearest(typed, others), plain.min().map(|(_, name)| name), "{typed}");
        }
    }

    #[test]
    fn patience_ends() {
        let patience = Patience::default();
        let many = || std::iter::repeat_n("latency", MOST_NAMES - 1);
        assert_eq!(patience.nearest("uptme", many()), None);
        assert!(!patience.is_spent());
        assert_eq!(patience.nearest("uptme", ["uptime", "uptimes"]), Some("uptime"));
        assert!(patience.is_spent());
        assert_eq!(patience.nearest("uptme", ["uptime"]), None);
    }
}
