//! Lists that mostly hold nothing, and numbers that mostly are not there: a large book has millions of both.

use std::ops::Deref;
use std::slice::Iter;

/// A list that takes no more room than a reference while it is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Few<T>(Option<Box<Box<[T]>>>);

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0.as_ref().map_or(&[], |entries| entries)
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(entries: Vec<T>) -> Self {
        Self((!entries.is_empty()).then(|| Box::new(entries.into_boxed_slice())))
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        Self::from(entries.into_iter().collect::<Vec<T>>())
    }
}

impl<T> IntoIterator for Few<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.map_or_else(Vec::new, |entries| entries.into_vec()).into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// A number of an author, which is finite, or none, in the room of one number.
#[derive(Clone, Copy, Debug)]
pub struct Figure(f64);

impl Figure {
    /// The number.
    pub fn get(self) -> Option<f64> {
        Some(self.0).filter(|number| !number.is_nan())
    }
}

impl From<Option<f64>> for Figure {
    fn from(number: Option<f64>) -> Self {
        Self(number.unwrap_or(f64::NAN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_few_is_a_list() {
        assert_eq!(*Few::<u8>::default(), [0_u8; 0]);
        assert_eq!(*Few::from(Vec::<u8>::new()), [0_u8; 0]);
        let few: Few<u8> = (1..4).collect();
        assert_eq!(*few, [1, 2, 3]);
        assert_eq!((&few).into_iter().sum::<u8>(), 6);
        assert_eq!(size_of::<Few<u8>>(), size_of::<usize>());
    }

    #[test]
    fn a_figure_is_there_or_not() {
        assert_eq!(Figure::from(Some(0.0)).get(), Some(0.0));
        assert_eq!(Figure::from(None).get(), None);
        assert_eq!(size_of::<Figure>(), size_of::<f64>());
    }
}
