//! A title as a reader sees it: its words, with places in the file, and what is code or link in it.

use crate::markdown::{PieceKind, pieces};
use crate::model::File;
use crate::source::Span;
use crate::table::Words;

/// Stands for code and links in [`Title::words`].
pub(super) const OBJECT: char = '\u{fffc}';

/// A title.
#[derive(Debug)]
pub(super) struct Title {
    /// All its words, without marks.
    pub(super) plain: String,
    /// Its own words; each code and link in it is an [`OBJECT`].
    pub(super) words: String,
    /// Whether a number is kept from the page, behind a private reference such as `[_N₁_][n1]`.
    pub(super) has_hidden_number: bool,
    /// For each byte of `words`, the byte of the value.
    places: Vec<usize>,
    value: Span,
    inner: Option<usize>,
}

impl Title {
    /// A title of a file.
    pub(super) fn of(words: &Words, file: &File) -> Self {
        let raw = file.source.slice(words.span);
        let inner = raw.find(words.value.as_ref()).map(|at| words.span.start() + at);
        let mut title = Self {
            plain: String::new(),
            words: String::new(),
            has_hidden_number: false,
            places: Vec::new(),
            value: words.span,
            inner,
        };
        for piece in pieces(&words.value, &file.parts.scan.definitions) {
            title.plain.push_str(&piece.text);
            match piece.kind {
                PieceKind::Words => {
                    let same = piece.text.len() == piece.span.end() - piece.span.start();
                    let place = |at: usize| piece.span.start() + if same { at } else { 0 };
                    title.places.extend((0..piece.text.len()).map(place));
                    title.words.push_str(&piece.text);
                }
                PieceKind::Code | PieceKind::Link | PieceKind::Defined => {
                    title.places.extend(std::iter::repeat_n(piece.span.start(), OBJECT.len_utf8()));
                    title.words.push(OBJECT);
                    title.has_hidden_number |= piece.kind == PieceKind::Defined && is_short(&piece.text);
                }
            }
        }
        title.places.push(words.value.len());
        title.hide_undefined();
        title
    }

    /// A private reference that nothing defines, `[XX][n1]`, is one all the same.
    fn hide_undefined(&mut self) {
        while let Some(middle) = self.words.find("][") {
            let start = self.words[..middle].rfind('[');
            let end = self.words[middle + 2..].find(']').map(|end| middle + 2 + end + 1);
            let (Some(start), Some(end)) = (start, end) else { break };
            self.has_hidden_number |= is_short(&self.words[start + 1..middle]);
            let place = self.places[start];
            self.words.replace_range(start..end, &OBJECT.to_string());
            self.places.splice(start..end, std::iter::repeat_n(place, OBJECT.len_utf8()));
        }
    }

    /// Where a stretch of [`Title::words`] stands in the file; the whole title where that cannot be told.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let (Some(inner), Some(from), Some(to)) = (self.inner, self.places.get(start), self.places.get(end))
        else {
            return self.value;
        };
        Span::new(inner + from, inner + to)
    }
}

/// Whether the words of a reference stand for a number rather than for a name.
fn is_short(text: &str) -> bool {
    text.chars().count() <= 6 && !text.contains(char::is_whitespace)
}
