//! Texts and places in them: the only module in which byte offsets become lines and columns.
//!
//! It knows nothing of TOML, Markdown or OKRs, and reads no file.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The longest text that places are told in. A longer file is not read.
pub const LONGEST: usize = 256 * 1024 * 1024;

/// A stretch of a text in bytes, the end exclusive. Both ends are character boundaries
/// of the text that it was made for, which is no longer than [`LONGEST`]: a book has very many of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// A span from `start` to `end`; an end before the start is taken as empty.
    pub fn new(start: usize, end: usize) -> Self {
        let (start, end) = (offset(start), offset(end));
        Self { start, end: end.max(start) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// First byte after it.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The same with another end.
    pub fn ending(self, end: usize) -> Self {
        Self::new(self.start(), end)
    }

    /// The same stretch, `by` bytes further on: how a place in a block becomes one in its file.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start() + by, self.end() + by)
    }
}

/// An offset in a text; beyond the longest, the farthest there is.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A line and a column, both from 1; columns count Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
}

/// A span in a file of the book.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, relative to the book's folder, with `/` between its parts.
    pub path: Arc<str>,
    /// Where in it.
    pub span: Span,
}

impl Place {
    /// A place from its two parts.
    pub fn new(path: &Arc<str>, span: Span) -> Self {
        Self { path: Arc::clone(path), span }
    }
}

/// What a file held, and where its lines begin.
#[derive(Clone, Debug)]
pub struct Source {
    /// Relative to the book's folder, with `/` between its parts.
    pub path: Arc<str>,
    /// The text; bytes that are not UTF-8 are replaced.
    pub text: Arc<str>,
    /// The first byte that is not UTF-8, with its offset.
    pub not_utf8: Option<(usize, u8)>,
    /// What begins before each block of the text, so that a place is found without counting from the start,
    /// however long the lines are.
    blocks: Arc<[Before]>,
}

/// How much of a text begins before a block of it.
#[derive(Clone, Copy, Debug, Default)]
struct Before {
    /// Line ends.
    ends: u32,
    /// Characters.
    characters: u32,
}

/// How many bytes a block has.
const BLOCK: usize = 1024;

/// The mark that some editors put at the start of a UTF-8 file.
const BYTE_ORDER_MARK: char = '\u{feff}';

impl Source {
    /// A source from text; what is beyond [`LONGEST`] is cut off.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let mut text = text.into();
        if text.len() > LONGEST {
            text = Arc::from(&text[..floor(&text, LONGEST)]);
        }
        let counts = text.as_bytes().chunks(BLOCK).scan(Before::default(), |before, block| {
            let own = *before;
            // no more than there are bytes
            before.ends += ends_in(block) as u32;
            before.characters += begin_in(block) as u32;
            Some(own)
        });
        let blocks = counts.collect();
        Self { path: path.into(), text, not_utf8: None, blocks }
    }

    /// A source from a file's bytes. What is not UTF-8 is replaced and remembered in
    /// [`Source::not_utf8`].
    pub fn from_bytes(path: impl Into<Arc<str>>, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(path, text),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let byte = error.as_bytes().get(at).copied().unwrap_or_default();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                Self { not_utf8: Some((at, byte)), ..Self::new(path, text) }
            }
        }
    }

    /// Where the text begins: after a byte order mark, if there is one.
    pub fn begin(&self) -> usize {
        if self.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 }
    }

    /// The line and column of a byte offset. An offset beyond the end is that of the end, and
    /// one inside a character is that of the character.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let ends = self.ends_before(offset);
        let start = self.line_start(ends).unwrap_or_default().max(self.begin().min(offset));
        let column = self.characters_before(offset) - self.characters_before(start) + 1;
        Position { line: ends + 1, column }
    }

    /// The text of a line, from 1, without its end and without the byte order mark of the file; empty beyond
    /// the last.
    pub fn line(&self, line: usize) -> &str {
        let Some(start) = line.checked_sub(1).and_then(|ends| self.line_start(ends)) else { return "" };
        let end = self.text[start..].find('\n').map_or(self.text.len(), |length| start + length);
        self.text[start.max(self.begin())..end].trim_end_matches('\r')
    }

    /// The span of a line, from 1, without its end and without a byte order mark; empty at the
    /// text's end beyond the last.
    pub fn line_span(&self, line: usize) -> Span {
        let Some(start) = line.checked_sub(1).and_then(|ends| self.line_start(ends)) else {
            return Span::new(self.text.len(), self.text.len());
        };
        let start = start.max(self.begin());
        Span::new(start, start + self.line(line).len())
    }

    /// How many lines there are; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.ends_before(self.text.len()) + 1
    }

    /// The span of the first line without its end: where a finding about a whole file stands.
    pub fn first_line(&self) -> Span {
        let start = self.begin();
        Span::new(start, start + self.line(1).len())
    }

    /// The text at a span, cut to what the text has.
    pub fn slice(&self, span: Span) -> &str {
        let start = self.floor(span.start());
        &self.text[start..self.floor(span.end()).max(start)]
    }

    /// How many characters begin before an offset.
    fn characters_before(&self, offset: usize) -> usize {
        let (before, rest) = self.block(offset);
        before.characters as usize + begin_in(rest)
    }

    /// How many lines end before an offset.
    fn ends_before(&self, offset: usize) -> usize {
        let (before, rest) = self.block(offset);
        before.ends as usize + ends_in(rest)
    }

    /// What begins before the block of an offset, and the bytes from there to the offset.
    fn block(&self, offset: usize) -> (Before, &[u8]) {
        // the end of a text that fills its last block is in that block
        let block = (offset / BLOCK).min(self.blocks.len().saturating_sub(1));
        let before = self.blocks.get(block).copied().unwrap_or_default();
        (before, &self.text.as_bytes()[block * BLOCK..offset])
    }

    /// Where the line begins before which so many end; none beyond the last.
    fn line_start(&self, ends: usize) -> Option<usize> {
        let Some(nth) = ends.checked_sub(1) else { return Some(0) };
        // the last block before which the line end has not come yet holds it
        let block = self.blocks.partition_point(|before| before.ends as usize <= nth).checked_sub(1)?;
        let bytes = self.text.as_bytes()[block * BLOCK..].iter().enumerate();
        let mut line_ends = bytes.filter(|(_, byte)| **byte == b'\n').map(|(at, _)| block * BLOCK + at + 1);
        line_ends.nth(nth - self.blocks[block].ends as usize)
    }

    fn floor(&self, offset: usize) -> usize {
        floor(&self.text, offset)
    }
}

/// The beginning of the character that an offset is in; beyond the end, the end.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// How many characters begin in a stretch of UTF-8.
fn begin_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// How many lines end in a stretch of text.
fn ends_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// Every source of a book, by path.
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<Arc<str>, Source>);

impl Sources {
    /// Adds a source; one of the same path is replaced.
    pub fn add(&mut self, source: Source) {
        self.0.insert(Arc::clone(&source.path), source);
    }

    /// The source of a path.
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.0.get(path)
    }

    /// All of them, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.0.values()
    }
}

impl FromIterator<Source> for Sources {
    fn from_iter<I: IntoIterator<Item = Source>>(sources: I) -> Self {
        let mut all = Self::default();
        for source in sources {
            all.add(source);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_at_either_line_end() {
        let source = Source::new("a.md", "é=1\r\n日本 x\n");
        assert_eq!(source.position(2), Position { line: 1, column: 2 });
        assert_eq!(source.position(source.text.find('x').unwrap()), Position { line: 2, column: 4 });
        assert_eq!(source.line(1), "é=1");
        assert_eq!(source.line(2), "日本 x");
        assert_eq!(source.line(9), "");
        assert_eq!(source.position(10_000), Position { line: 3, column: 1 });
    }

    #[test]
    fn a_column_far_into_a_line_is_counted_in_characters_too() {
        for length in [1, 500, 511, 512, 513, 1023, 1024, 1025, 5000] {
            let line: String = "é日x".chars().cycle().take(length).collect();
            let source = Source::new("a.md", format!("a\n{line}"));
            for (column, (offset, _)) in line.char_indices().enumerate() {
                assert_eq!(source.position(2 + offset), Position { line: 2, column: column + 1 });
            }
            assert_eq!(source.position(usize::MAX), Position { line: 2, column: length + 1 });
        }
    }

    #[test]
    fn lines_are_found_wherever_blocks_begin() {
        for length in [0, 1, 30, 500, 1022, 1023, 1024, 1025, 2047, 2048, 2049] {
            let long = "x".repeat(length);
            for text in
                [format!("{long}\n\n{long}\nend"), format!("a\n{long}\n"), format!("{long}\n").repeat(90)]
            {
                let source = Source::new("a.md", text.as_str());
                let mut start = 0;
                for (number, line) in text.split('\n').enumerate() {
                    assert_eq!(source.line(number + 1), line);
                    assert_eq!(source.line_span(number + 1), Span::new(start, start + line.len()));
                    assert_eq!(source.position(start), Position { line: number + 1, column: 1 });
                    let end = Position { line: number + 1, column: line.len() + 1 };
                    assert_eq!(source.position(start + line.len()), end);
                    start += line.len() + 1;
                }
                assert_eq!(source.line_count(), text.split('\n').count());
                assert_eq!(source.line(source.line_count() + 1), "");
                let beyond = source.line_span(source.line_count() + 1);
                assert_eq!(beyond, Span::new(text.len(), text.len()));
            }
        }
    }

    #[test]
    fn only_the_first_byte_order_mark_is_none_of_the_text() {
        let source = Source::new("a.md", "\u{feff}\u{feff}é\r\n\u{feff}é\n\u{feff}");
        assert_eq!(source.line(1), "\u{feff}é");
        assert_eq!(source.first_line(), Span::new(3, 8));
        assert_eq!((source.line(2), source.slice(source.line_span(2))), ("\u{feff}é", "\u{feff}é"));
        assert_eq!(source.slice(source.line_span(3)), "\u{feff}");
        let mark = Source::new("a.md", "\u{feff}");
        assert_eq!((mark.line(1), mark.first_line()), ("", Span::new(3, 3)));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let source = Source::new("a.md", "\u{feff}+++\n");
        assert_eq!(source.position(3), Position { line: 1, column: 1 });
        assert_eq!(source.position(4), Position { line: 1, column: 2 });
        assert_eq!(source.line(1), "+++");
    }

    #[test]
    fn bytes_that_are_not_utf8_are_kept_with_their_place() {
        let source = Source::from_bytes("a.md", b"ab\n\xffc".to_vec());
        assert_eq!(source.not_utf8, Some((3, 0xff)));
        assert_eq!(source.position(3), Position { line: 2, column: 1 });
    }
}
