//! What is tied to what: for each place in the book, others in order.
//!
//! A large book has a hundred thousand of them, nearly all with one other: they lie side by side, without a
//! list of its own for each.

use std::collections::HashSet;

use super::Target;

/// For each of some places, one or more others.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    /// In order, each with where its others end; they begin where those before end.
    places: Vec<(Target, u32)>,
    others: Vec<Target>,
}

impl Ties {
    /// Of pairs in any order; the others of a place stay in theirs, and what is there twice counts once.
    pub(super) fn of(mut pairs: Vec<(Target, Target)>) -> Self {
        pairs.sort_by_key(|(place, _)| *place);
        let mut ties = Self::default();
        let mut seen = HashSet::new();
        for group in pairs.chunk_by(|(one, _), (next, _)| one == next) {
            seen.clear();
            let others = group.iter().map(|(_, other)| *other);
            ties.others.extend(others.filter(|other| group.len() == 1 || seen.insert(*other)));
            ties.places.push((group[0].0, ties.len()));
        }
        ties.places.shrink_to_fit();
        ties.others.shrink_to_fit();
        ties
    }

    /// The others of a place; nothing where it has none.
    pub fn get(&self, place: &Target) -> Option<&[Target]> {
        let at = self.places.binary_search_by_key(place, |(place, _)| *place).ok()?;
        let start = at.checked_sub(1).map_or(0, |before| self.places[before].1);
        Some(&self.others[start as usize..self.places[at].1 as usize])
    }

    /// How many pairs there are.
    fn len(&self) -> u32 {
        // a book that is read is too short for more
        u32::try_from(self.others.len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_stay_in_order_and_are_there_once() {
        let [a, b, c] = [1, 2, 3].map(Target::Document);
        let ties = Ties::of(vec![(b, c), (a, c), (b, a), (b, c), (a, c)]);
        assert_eq!(ties.get(&a), Some(&[c][..]));
        assert_eq!(ties.get(&b), Some(&[c, a][..]));
        assert_eq!(ties.get(&c), None);
        assert_eq!(Ties::default().get(&a), None);
    }
}
