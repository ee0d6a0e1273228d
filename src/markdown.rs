//! The one Markdown configuration, and what a text holds that others need to know: its headings,
//! its links, the people it names, raw HTML.
//!
//! Knows nothing of the book: where a link leads is resolved in `links`, and how it looks is made in
//! `prose`.

use std::collections::BTreeMap;
use std::sync::Arc;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::source::Span;

/// CommonMark with tables, footnotes, strikethrough, task lists, heading attributes, definition
/// lists, GitHub alerts and wiki links; smart punctuation is off.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// Whether a file is Markdown, by its name.
pub fn is_markdown(path: &str) -> bool {
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    ending.is_some_and(|ending| ["md", "markdown"].iter().any(|of| ending.eq_ignore_ascii_case(of)))
}

/// The link definitions of a text (`[name]: address`), by label in lower case.
pub type Definitions = BTreeMap<String, String>;

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// `[text](destination)` and its relatives.
    Link,
    /// `![text](destination)`.
    Image,
    /// `[[reference]]`.
    Reference,
    /// `![[reference]]`.
    Embed,
}

/// A link of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLink {
    /// How it is written.
    pub kind: LinkKind,
    /// The destination or reference, as it is typed but for space around it.
    pub target: String,
    /// Where, in the file.
    pub span: Span,
}

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The id that the author gave it, `{#id}`.
    pub id: Option<String>,
    /// Its words.
    pub text: String,
    /// Where, in the file.
    pub span: Span,
}

/// What a text holds.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// Its headings in order.
    pub headings: Vec<Heading>,
    /// Its links in order.
    pub links: Vec<TextLink>,
    /// The handles it names, `@ines`, without the `@`.
    pub mentions: Vec<(String, Span)>,
    /// Where raw HTML stands.
    pub raw_html: Vec<Span>,
    /// Its link definitions.
    pub definitions: Arc<Definitions>,
}

/// Scans a whole text that begins `offset` bytes into its file.
pub fn scan(text: &str, offset: usize) -> Scan {
    let parser = Parser::new_ext(text, options());
    let definitions: Definitions = parser
        .reference_definitions()
        .iter()
        .map(|(label, definition)| (label.to_lowercase(), definition.dest.to_string()))
        .collect();
    let mut scan = Scan { definitions: Arc::new(definitions), ..Scan::default() };
    collect(parser.into_offset_iter(), offset, &mut scan);
    // it is kept as long as the file
    scan.headings.shrink_to_fit();
    scan.links.shrink_to_fit();
    scan.mentions.shrink_to_fit();
    scan.raw_html.shrink_to_fit();
    scan
}

/// Keeps a value from beginning a block: a title may begin with `>` or `1.` and is a title all the same.
pub const NO_BLOCK: char = '\u{200b}';

/// A value as one line that cannot begin a block. [`NO_BLOCK`] stands before it; all else keeps its
/// place.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len() + NO_BLOCK.len_utf8());
    line.push(NO_BLOCK);
    line.extend(text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
    line
}

/// Scans inline Markdown such as a title, with the link definitions of the text it belongs to.
/// Spans are within the value.
pub fn scan_inline(text: &str, definitions: &Definitions) -> Scan {
    let mut scan = Scan::default();
    if text.contains(['[', '<', '@', '!']) {
        let line = one_line(text);
        let lookup = |link: BrokenLink<'_>| defined(&link, definitions);
        let parser = Parser::new_with_broken_link_callback(&line, options(), Some(lookup));
        let events = parser.into_offset_iter().map(|(event, range)| {
            let back = NO_BLOCK.len_utf8();
            (event, range.start.saturating_sub(back)..range.end.saturating_sub(back))
        });
        collect(events, 0, &mut scan);
    }
    scan
}

/// The definition that a link without a destination in its own text refers to.
pub fn defined(
    link: &BrokenLink<'_>,
    definitions: &Definitions,
) -> Option<(CowStr<'static>, CowStr<'static>)> {
    let target = definitions.get(&link.reference.to_lowercase())?;
    Some((CowStr::from(target.clone()), CowStr::from("")))
}

fn collect<'a>(
    events: impl Iterator<Item = (Event<'a>, std::ops::Range<usize>)>,
    offset: usize,
    scan: &mut Scan,
) {
    let mut heading: Option<Heading> = None;
    let mut quiet = 0usize; // inside of links and code, where nobody is named
    for (event, range) in events {
        let span = Span::from(range).shifted(offset);
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let id = id.map(|id| id.to_string());
                heading = Some(Heading { level: level as u8, id, text: String::new(), span });
            }
            Event::End(TagEnd::Heading(_)) => scan.headings.extend(heading.take()),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                quiet += 1;
                scan.links.push(link(link_type, false, &dest_url, span));
            }
            Event::Start(Tag::Image { link_type, dest_url, .. }) => {
                quiet += 1;
                scan.links.push(link(link_type, true, &dest_url, span));
            }
            Event::Start(Tag::CodeBlock(_)) => quiet += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => quiet = quiet.saturating_sub(1),
            Event::Html(_) | Event::InlineHtml(_) => html(span, scan),
            Event::Text(text) => {
                if let Some(heading) = &mut heading {
                    heading.text.push_str(&text);
                }
                if quiet == 0 && text.contains('@') {
                    let found = mentions(&text).map(|(at, name)| {
                        (name.to_owned(), Span::new(span.start() + at, span.start() + at + 1 + name.len()))
                    });
                    scan.mentions.extend(found);
                }
            }
            Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.text.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(heading) = &mut heading {
                    heading.text.push(' ');
                }
            }
            _ => {}
        }
    }
}

/// A block of HTML comes line by line: its lines are one place.
fn html(span: Span, scan: &mut Scan) {
    match scan.raw_html.last_mut() {
        Some(last) if last.end() == span.start() => *last = last.ending(span.end()),
        _ => scan.raw_html.push(span),
    }
}

fn link(link_type: LinkType, image: bool, target: &str, span: Span) -> TextLink {
    let (kind, target) = match (link_type, image) {
        (LinkType::WikiLink { .. }, true) => (LinkKind::Embed, reference(target)),
        (LinkType::WikiLink { .. }, false) => (LinkKind::Reference, reference(target)),
        (LinkType::Email, _) => (LinkKind::Link, format!("mailto:{target}")),
        (_, true) => (LinkKind::Image, target.to_owned()),
        (_, false) => (LinkKind::Link, target.to_owned()),
    };
    TextLink { kind, target, span }
}

/// A reference as it is meant: in a table cell the `|` is escaped, which leaves a backslash.
pub fn reference(typed: &str) -> String {
    typed.trim().trim_end_matches('\\').trim_end().to_owned()
}

/// The handles in a stretch of text, each with the place of its `@`.
pub fn mentions(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('@').filter_map(|(at, _)| {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '/' | '.' | '_' | '-')) {
            return None;
        }
        let rest = &text[at + 1..];
        let end =
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(rest.len());
        let name = rest[..end].trim_end_matches(['.', '-', '_']);
        (!name.is_empty()).then_some((at, name))
    })
}

/// The id that a heading has without one of its own: its words in lower case, joined by hyphens.
pub fn heading_id(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' {
            id.push(c);
        } else if (c.is_whitespace() || c == '-') && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_matches('-');
    if id.is_empty() { "section".to_owned() } else { id.to_owned() }
}

/// The ids of a text's headings in order, each unique on its page; `taken` are the page's own.
pub fn heading_ids(headings: &[Heading], taken: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut used: std::collections::BTreeSet<String> =
        headings.iter().filter_map(|heading| heading.id.clone()).collect();
    let mut given = std::collections::BTreeSet::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    headings
        .iter()
        .map(|heading| {
            let wanted = heading.id.clone().unwrap_or_else(|| heading_id(&heading.text));
            let own = heading.id.is_some() && given.insert(wanted.clone());
            if own {
                return wanted;
            }
            let mut id = wanted.clone();
            let count = counts.entry(wanted.clone()).or_insert(1);
            while used.contains(&id) || taken(&id) {
                *count += 1;
                id = format!("{wanted}-{count}");
            }
            used.insert(id.clone());
            id
        })
        .collect()
}

/// Whether nothing in inline Markdown can be a mark, as in most titles.
pub fn is_unmarked(text: &str) -> bool {
    !text.contains(['[', '<', '*', '_', '`', '\\', '&', '!', '~'])
}

/// Whether a line has nothing in it that could be anything but itself, inline.
pub fn is_plain_line(line: &str) -> bool {
    let own = |c: char| c.is_alphanumeric() || " ,.;?%()/+-–—→’‘“”…".contains(c);
    line.chars().all(own) && !line.starts_with(' ') && !line.ends_with(' ')
}

/// The words of inline Markdown, without its marks: for attributes, search and the terminal.
pub fn plain(text: &str, definitions: &Definitions) -> String {
    if is_unmarked(text) {
        return text.to_owned();
    }
    let line = one_line(text);
    let lookup = |link: BrokenLink<'_>| defined(&link, definitions);
    let mut words = String::with_capacity(text.len());
    for event in Parser::new_with_broken_link_callback(&line, options(), Some(lookup)) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                words.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words.strip_prefix(NO_BLOCK).map(str::to_owned).unwrap_or(words)
}

/// The words of a text of many blocks, without its marks, its addresses and its blocks of code: for search.
pub fn words_of(text: &str, definitions: &Definitions) -> String {
    // what begins with a letter is no list
    if text.starts_with(char::is_alphabetic) && is_plain_line(text) {
        return text.to_owned();
    }
    let lookup = |link: BrokenLink<'_>| defined(&link, definitions);
    let mut words = String::with_capacity(text.len());
    let mut quiet = false;
    for event in Parser::new_with_broken_link_callback(text, options(), Some(lookup)) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => quiet = true,
            Event::End(TagEnd::CodeBlock) => quiet = false,
            Event::Text(text) | Event::Code(text) if !quiet => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => words.push(' '),
            _ => {}
        }
    }
    words
}

/// A stretch of inline Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Its words, without marks.
    pub text: String,
    /// Where, in the value.
    pub span: Span,
}

/// What a stretch of inline Markdown is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PieceKind {
    /// Words.
    Words,
    /// Code, or HTML.
    Code,
    /// The words of a link to an address of its own.
    Link,
    /// The words of a link to an address that the text defines below, `[_N_][n1]`.
    Defined,
}

/// Inline Markdown such as a title in pieces: its words, and what is code or link among them.
pub fn pieces(text: &str, definitions: &Definitions) -> Vec<Piece> {
    let whole =
        |text: &str| Piece { kind: PieceKind::Words, text: text.to_owned(), span: Span::new(0, text.len()) };
    if !text.contains(['[', '<', '*', '_', '`', '\\', '&', '!', '~']) {
        return vec![whole(text)];
    }
    let line = one_line(text);
    let lookup = |link: BrokenLink<'_>| defined(&link, definitions);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut links: Vec<PieceKind> = Vec::new();
    let parser = Parser::new_with_broken_link_callback(&line, options(), Some(lookup));
    for (event, range) in parser.into_offset_iter() {
        let back = NO_BLOCK.len_utf8();
        let span = Span::new(range.start.saturating_sub(back), range.end.saturating_sub(back));
        let around = links.last().copied();
        let (kind, words) = match event {
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                let inline = matches!(
                    link_type,
                    LinkType::Inline | LinkType::Autolink | LinkType::Email | LinkType::WikiLink { .. }
                );
                links.push(if inline { PieceKind::Link } else { PieceKind::Defined });
                continue;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                links.pop();
                continue;
            }
            Event::Text(text) => (around.unwrap_or(PieceKind::Words), text.into_string()),
            Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                (around.unwrap_or(PieceKind::Code), text.into_string())
            }
            Event::SoftBreak | Event::HardBreak => (PieceKind::Words, " ".to_owned()),
            _ => continue,
        };
        let text = words.trim_start_matches(NO_BLOCK).to_owned();
        match pieces.last_mut() {
            Some(last)
                if last.kind == kind
                    && last.span.end() == span.start()
                    && text.len() == span.end() - span.start() =>
            {
                last.text.push_str(&text);
                last.span = last.span.ending(span.end());
            }
            _ => pieces.push(Piece { kind, text, span }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_with_their_places() {
        let text = "See [[cloud/reliability | ours]] and [x](search.md#p95), ![[a/b]] ![i](d.png)\n";
        let links: Vec<_> = scan(text, 10).links.into_iter().map(|link| (link.kind, link.target)).collect();
        assert_eq!(
            links,
            [
                (LinkKind::Reference, "cloud/reliability".to_owned()),
                (LinkKind::Link, "search.md#p95".to_owned()),
                (LinkKind::Embed, "a/b".to_owned()),
                (LinkKind::Image, "d.png".to_owned()),
            ]
        );
        assert_eq!(scan(text, 10).links[0].span, Span::new(14, 42));
    }

    #[test]
    fn an_escaped_bar_in_a_table_is_no_part_of_the_reference() {
        let text = "| a |\n| --- |\n| [[cloud\\|ours]] |\n";
        assert_eq!(scan(text, 0).links[0].target, "cloud");
    }

    #[test]
    fn people_are_named_in_text_but_not_in_code_or_addresses() {
        let scan = scan("@ines, ask @kai-b. `@no` a@b.org [@not](x.md)", 0);
        let names: Vec<_> = scan.mentions.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["ines", "kai-b"]);
        assert_eq!(scan.mentions[0].1, Span::new(0, 5));
    }

    #[test]
    fn heading_ids_are_unique_and_give_way_to_the_pages_own() {
        let scan = scan("# Why\n## Why\n## Mission {#why}\n## Reliability\n", 0);
        assert_eq!(
            heading_ids(&scan.headings, &|id| id == "reliability"),
            ["why-2", "why-3", "why", "reliability-2"]
        );
    }

    #[test]
    fn a_title_borrows_the_definitions_of_its_text() {
        let definitions = Definitions::from([("n1".to_owned(), "https://x.org".to_owned())]);
        assert_eq!(scan_inline("[_N_][n1] expands", &definitions).links[0].target, "https://x.org");
        assert_eq!(plain("[_N_][n1] expands", &definitions), "N expands");
        assert_eq!(plain(">[_N_][n1] teams", &definitions), ">N teams");
        assert_eq!(scan_inline(">[x](https://x.org)", &definitions).links[0].span, Span::new(1, 19));
    }
    #[test]
    fn a_title_is_parted_into_words_code_and_links() {
        let definitions = Definitions::from([("n1".to_owned(), "https://x.org".to_owned())]);
        let text = "Add [_N₁_][n1] to *X* % of `TODO` [XX](a.md)";
        let found: Vec<_> = pieces(text, &definitions)
            .into_iter()
            .map(|piece| {
                (piece.kind, piece.text.clone(), text[piece.span.start()..piece.span.end()].to_owned())
            })
            .collect();
        let expected = [
            (PieceKind::Words, "Add ", "Add "),
            (PieceKind::Defined, "N₁", "N₁"),
            (PieceKind::Words, " to ", " to "),
            (PieceKind::Words, "X", "X"),
            (PieceKind::Words, " % of ", " % of "),
            (PieceKind::Code, "TODO", "`TODO`"),
            (PieceKind::Words, " ", " "),
            (PieceKind::Link, "XX", "XX"),
        ];
        assert_eq!(found, expected.map(|(kind, words, typed)| (kind, words.to_owned(), typed.to_owned())));
    }
}
