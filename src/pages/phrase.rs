//! A sentence of the language whose places are links and words of people.

use serde::Serialize;

use crate::lang::{marker, part};
use crate::links::Target;

use super::site::Site;

/// A piece of a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What it says.
    pub words: String,
    /// Where it leads.
    pub url: Option<String>,
    /// Whether it is what the sentence is about.
    pub strong: bool,
    /// Whether people agreed on these words, and not the program says them.
    pub quoted: bool,
}

/// A sentence in pieces, which follow each other without a space.
pub(super) type Phrase = Vec<Piece>;

impl Piece {
    /// Words of the program.
    pub fn plain(words: impl Into<String>) -> Self {
        Self { words: words.into(), ..Self::default() }
    }

    /// What a sentence is about.
    pub fn strong(words: impl Into<String>) -> Self {
        Self { words: words.into(), strong: true, ..Self::default() }
    }

    /// A link.
    pub fn link(words: impl Into<String>, url: impl Into<String>) -> Self {
        Self { words: words.into(), url: Some(url.into()), ..Self::default() }
    }
}

impl Site<'_> {
    /// A text of the language with places that are pieces; `n` chooses the form.
    pub(super) fn phrase(&self, key: &str, n: Option<usize>, pieces: &[(&str, Phrase)]) -> Phrase {
        let markers: Vec<String> = (0..pieces.len()).map(marker).collect();
        let values: Vec<(&str, &str)> =
            pieces.iter().zip(&markers).map(|((name, _), marker)| (*name, marker.as_str())).collect();
        let said = match n {
            Some(n) => self.count(key, n, &values),
            None => self.say(key, &values),
        };
        let phrases: Vec<Phrase> = pieces.iter().map(|(_, phrase)| phrase.clone()).collect();
        part(&said, &phrases, Piece::plain)
    }

    /// Several phrases as a sentence lists them.
    pub(super) fn phrase_list(&self, phrases: &[Phrase]) -> Phrase {
        let markers: Vec<String> = (0..phrases.len()).map(marker).collect();
        part(&self.lang.list(&markers), phrases, Piece::plain)
    }

    /// A unit, linked to its document or its own page.
    pub(super) fn unit_piece(&self, unit: usize, document: Option<usize>) -> Piece {
        let of = &self.config().units[unit];
        let url = match document {
            Some(at) => self.book().document_url(at),
            None => format!("units/{}/", of.id),
        };
        Piece::link(of.name.as_ref(), url)
    }

    /// A place as a piece: linked, what it is called by its people in their words.
    pub(super) fn piece(&self, target: Target) -> Piece {
        let quoted = target.place().is_some() || matches!(target, Target::Theme(..));
        Piece { words: self.title(target), url: Some(self.url(target)), strong: true, quoted }
    }
}

/// The words of a phrase.
pub(super) fn words_of(phrase: &[Piece]) -> String {
    phrase.iter().map(|piece| piece.words.as_str()).collect()
}

/// Words with a capital at their beginning.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
