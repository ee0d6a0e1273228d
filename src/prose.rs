//! Markdown to HTML: a stretch of an author's text, with its links already resolved, as it stands on a
//! page.
//!
//! Knows the look of prose (headings with permalinks, code with its colours, tables that scroll by
//! themselves) and nothing of the book: where a link leads comes with the text.

mod code;
mod html;
mod rows;

pub use html::{escape, escape_into, escaped};
pub use rows::{TableCell, TableRows};

use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};
use xxhash_rust::xxh3::Xxh3;

use crate::markdown::{Definitions, LinkKind};

/// What a quoted thing looks like on another page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Card {
    /// Where it stands and how: "Cloud, FY27-Q1".
    pub about: Vec<String>,
    /// The symbol of its contract's state.
    pub mark: Option<&'static str>,
    /// What it holds: a title, an address and a word each.
    pub items: Vec<(String, String, String)>,
}

/// Where a link leads, as seen from the page that the text stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Destination {
    /// The address; none for what leads nowhere, which is shown as text.
    pub href: Option<String>,
    /// The title of what it leads to, plain.
    pub title: Option<String>,
    /// Whether it leaves the site.
    pub outside: bool,
    /// What an embed shows.
    pub card: Option<Card>,
}

/// Where the links of a text lead, by kind and target as typed.
pub type Destinations = BTreeMap<(LinkKind, String), Destination>;

/// The words that the program adds to prose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Words {
    /// `Link to “{title}”`.
    pub link_to: String,
    /// The five kinds of alert: note, tip, important, warning, caution.
    pub alerts: [String; 5],
    /// What a finished task is called, and one that is not.
    pub done: [String; 2],
    /// `Footnotes`, and `Back to the text`.
    pub footnotes: [String; 2],
    /// What a table that scrolls is called.
    pub table: String,
    /// What a block of code that scrolls is called.
    pub code: String,
}

/// What all texts of a file share on a page.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// Where its links lead.
    pub destinations: Destinations,
    /// Its link definitions.
    pub definitions: Arc<Definitions>,
    /// Where the people are that it names, by handle in lower case, with their names.
    pub people: BTreeMap<String, (String, String)>,
    /// Whether its raw HTML is passed on.
    pub raw_html: bool,
    /// The words that the program adds.
    pub words: Arc<Words>,
    digest: OnceLock<u128>,
}

impl Shared {
    /// What the texts of a file share.
    pub fn new(
        destinations: Destinations,
        definitions: Arc<Definitions>,
        people: BTreeMap<String, (String, String)>,
        raw_html: bool,
        words: Arc<Words>,
    ) -> Self {
        Self { destinations, definitions, people, raw_html, words, digest: OnceLock::new() }
    }

    /// The hash of all of it, which is not to change once this has been asked for.
    fn digest(&self) -> u128 {
        *self.digest.get_or_init(|| {
            let mut hash = Xxh3::new();
            let Self { destinations, definitions, people, raw_html, words, digest: _ } = self;
            (destinations, definitions, people, raw_html, words).hash(&mut hash);
            hash.digest128()
        })
    }
}

/// A text on a page. In a view it is data; it becomes HTML when the page is made.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The Markdown.
    pub source: Arc<str>,
    /// What it shares with the other texts of its file.
    pub shared: Arc<Shared>,
    /// The ids of its headings in order; empty for inline text.
    pub ids: Vec<String>,
    /// By how many levels its headings move down.
    pub shift: u8,
    /// Whether it is inline: a title or a value, without paragraphs.
    pub inline: bool,
    /// Whether its first heading is left out, because the page shows it as its title.
    pub without_first_heading: bool,
    /// Put before its ids where a page shows several texts that share them.
    pub id_prefix: String,
}

impl Text {
    /// A value as inline text.
    pub fn inline(source: &Arc<str>, shared: &Arc<Shared>) -> Self {
        Self { source: Arc::clone(source), shared: Arc::clone(shared), inline: true, ..Self::default() }
    }

    /// Words of the program, which are no Markdown.
    pub fn is_empty(&self) -> bool {
        self.source.trim().is_empty()
    }

    /// The text as HTML.
    pub fn html(&self) -> String {
        html::render(self)
    }

    /// The text without marks.
    pub fn plain(&self) -> String {
        crate::markdown::plain(&self.source, &self.shared.definitions)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.serialize_str(&self.html());
        }
        // for a key: all that the HTML is made from
        let Self { source, shared, ids, shift, inline, without_first_heading, id_prefix } = self;
        (source, shared.digest(), ids, shift, inline, without_first_heading, id_prefix).serialize(serializer)
    }
}
