//! The front matter of a free page.

use crate::table::{Reader, Words};

/// What a free page says of itself.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its title; else its first heading, else the file's name.
    pub title: Option<Words>,
    /// A sentence for lists and previews.
    pub description: Option<Words>,
    /// The order in the navigation, the smaller first.
    pub weight: Option<f64>,
}

impl Page {
    pub(super) fn read(mut table: Reader<'_, '_>) -> Self {
        let title = table.words("title");
        let description = table.prose("description");
        let weight = table.number("weight").map(|at| at.value);
        table.finish();
        Self { title, description, weight }
    }
}
