//! A TOML table read by hand: every value with its place, every mistake a finding, and nothing
//! hidden by the mistake before it.
//!
//! Knows the registry of keys and the shape of values, not what they mean.

mod bracket;
mod few;
mod id;
mod mistake;
mod numeral;
mod reader;
mod recover;
mod scope;

pub use few::{Few, Figure};
pub use id::{is_id, slug};
pub use reader::Reader;
pub use recover::{begins_header, begins_statement, parse};
pub use scope::Scope;

use std::sync::Arc;

use crate::source::Span;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands in the file.
    pub span: Span,
}

impl<T> At<T> {
    /// A value at a place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> At<U> {
        At { value: change(self.value), span: self.span }
    }
}

/// A text of an author.
pub type Words = At<Arc<str>>;
