//! A sentence of the language whose places are links and words of people.

use serde::Serialize;

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

/// A place in a text that no author types: a character of the private planes for each piece.
fn marker(at: usize) -> char {
    u32::try_from(at).ok().and_then(|at| char::from_u32(0xF_0000 + at)).unwrap_or('\u{F_FFFD}')
}

/// A text parted at the markers of `pieces`.
fn part(said: &str, pieces: &[Phrase]) -> Phrase {
    let mut phrase = Phrase::new();
    let mut rest = String::new();
    for c in said.chars() {
        match (0..pieces.len()).find(|at| marker(*at) == c) {
            Some(at) => {
                if !rest.is_empty() {
                    phrase.push(Piece::plain(std::mem::take(&mut rest)));
                }
                phrase.extend(pieces[at].iter().cloned());
            }
            None => rest.push(c),
        }
    }
    if !rest.is_empty() {
        phrase.push(Piece::plain(rest));
    }
    phrase
}

impl Site<'_> {
    /// A text of the language with places that are pieces; `n` chooses the form.
    pub(super) fn phrase(&self, key: &str, n: Option<usize>, pieces: &[(&str, Phrase)]) -> Phrase {
        let markers: Vec<String> = (0..pieces.len()).map(|at| marker(at).to_string()).collect();
        let values: Vec<(&str, &str)> =
            pieces.iter().zip(&markers).map(|((name, _), marker)| (*name, marker.as_str())).collect();
        let said = match n {
            Some(n) => self.count(key, n, &values),
            None => self.say(key, &values),
        };
        let phrases: Vec<Phrase> = pieces.iter().map(|(_, phrase)| phrase.clone()).collect();
        part(&said, &phrases)
    }

    /// Several phrases as a sentence lists them.
    pub(super) fn phrase_list(&self, phrases: &[Phrase]) -> Phrase {
        let markers: Vec<String> = (0..phrases.len()).map(|at| marker(at).to_string()).collect();
        part(&self.lang.list(&markers), phrases)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_parted_at_its_places() {
        let said = format!("{} and {} are late", marker(0), marker(1));
        let phrase = part(&said, &[vec![Piece::link("Courier", "x/")], vec![Piece::strong("Booking")]]);
        assert_eq!(words_of(&phrase), "Courier and Booking are late");
        assert_eq!(phrase[0].url.as_deref(), Some("x/"));
        assert_eq!(phrase.len(), 4);
    }
}
