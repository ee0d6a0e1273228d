//! Events of Markdown to HTML.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::markdown::{NO_BLOCK, defined, is_plain_line, mentions, one_line, options};

use super::{Destination, Text, code};

mod address;
mod escape;
mod link;
mod note;

use address::next_address;
pub use escape::{escape, escape_into, escaped};
use escape::{escaped_once, without_tags};
use link::Closing;

pub(super) fn render(text: &Text) -> String {
    if text.inline && is_plain_line(&text.source) {
        return escaped(&text.source);
    }
    parsed(text)
}

fn parsed(text: &Text) -> String {
    let definitions = &text.shared.definitions;
    let lookup = |link: pulldown_cmark::BrokenLink<'_>| defined(&link, definitions);
    let line = if text.inline { Some(one_line(&text.source)) } else { None };
    let source = line.as_deref().unwrap_or(&text.source);
    let parser = Parser::new_with_broken_link_callback(source, options(), Some(lookup));
    let mut writer = Writer { text, html: String::with_capacity(text.source.len() * 2), ..Writer::new(text) };
    for event in parser {
        writer.event(event);
    }
    let html = writer.finish();
    if text.inline { html.replacen(NO_BLOCK, "", 1) } else { html }
}

struct Writer<'t> {
    text: &'t Text,
    html: String,
    headings: usize,
    /// The heading that is open: its level, and where its words begin.
    heading: Option<(usize, usize, String)>,
    /// Whether events are thrown away: of a heading that the page shows itself, of an embed.
    muted: usize,
    links: Vec<Closing>,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    code: Option<(String, String)>,
    image: Option<(Destination, String, String)>,
    footnotes: BTreeMap<String, (usize, usize)>,
    notes: Vec<(usize, String)>,
    note: Option<(usize, usize)>,
    /// Whether text is inside of a link, where no other link can be.
    anchored: usize,
    /// Where a paragraph began, to take its tags off again if all it holds is a block.
    paragraph: Option<usize>,
}

impl<'t> Writer<'t> {
    fn new(text: &'t Text) -> Self {
        Self {
            text,
            html: String::new(),
            headings: 0,
            heading: None,
            muted: 0,
            links: Vec::new(),
            alignments: Vec::new(),
            cell: 0,
            in_head: false,
            code: None,
            image: None,
            footnotes: BTreeMap::new(),
            notes: Vec::new(),
            note: None,
            anchored: 0,
            paragraph: None,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        if self.muted > 0 && !matches!(event, Event::Start(_) | Event::End(_)) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.words(&text),
            Event::Code(text) => {
                if let Some((_, alt, _)) = &mut self.image {
                    alt.push_str(&text);
                    return;
                }
                self.html.push_str("<code>");
                escape(&text, &mut self.html);
                self.html.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw(&html),
            Event::SoftBreak => self.words("\n"),
            Event::HardBreak => self.html.push_str("<br>\n"),
            Event::Rule => self.html.push_str("<hr>\n"),
            Event::FootnoteReference(name) => self.footnote(&name),
            Event::TaskListMarker(done) => self.task(done),
            Event::InlineMath(text) | Event::DisplayMath(text) => escape(&text, &mut self.html),
        }
    }

    fn raw(&mut self, html: &str) {
        if self.text.shared.raw_html {
            self.html.push_str(html);
        } else {
            escape(html, &mut self.html);
        }
    }

    /// Words of the author: addresses become links, handles lead to people.
    fn words(&mut self, words: &str) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(words);
            return;
        }
        if let Some((_, alt, _)) = &mut self.image {
            alt.push_str(words);
            return;
        }
        if self.anchored > 0 || !words.contains(['@', ':']) {
            return escape(words, &mut self.html);
        }
        let mut rest = words;
        while !rest.is_empty() {
            let address = next_address(rest);
            let person = mentions(rest).find_map(|(at, name)| {
                self.text.shared.people.get(&name.to_lowercase()).map(|found| (at, name.len() + 1, found))
            });
            match (address, person) {
                (Some((at, length)), person) if person.is_none_or(|(other, ..)| at <= other) => {
                    escape(&rest[..at], &mut self.html);
                    let address = escaped(&rest[at..at + length]);
                    let _ = write!(self.html, "<a href=\"{address}\">{address}</a>");
                    rest = &rest[at + length..];
                }
                (_, Some((at, length, (href, name)))) => {
                    escape(&rest[..at], &mut self.html);
                    let _ = write!(self.html, "<a href=\"{}\">{}</a>", escaped(href), escaped(name));
                    rest = &rest[at + length..];
                }
                _ => {
                    escape(rest, &mut self.html);
                    break;
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if self.muted > 0 {
            self.muted += 1;
            return;
        }
        match tag {
            Tag::Paragraph => {
                if !self.text.inline {
                    self.paragraph = Some(self.html.len());
                    self.html.push_str("<p>");
                }
            }
            Tag::Heading { level, .. } => self.start_heading(level as usize),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.code = Some((language(&kind), String::new())),
            Tag::List(None) => self.html.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.html.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                let _ = writeln!(self.html, "<ol start=\"{first}\">");
            }
            Tag::Item => self.html.push_str("<li>"),
            Tag::FootnoteDefinition(name) => {
                let number = self.number(&name);
                self.note = Some((number, self.html.len()));
            }
            Tag::DefinitionList => self.html.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.html.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.html.push_str("<dd>"),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                let name = escaped(&self.text.shared.words.table);
                let _ = write!(
                    self.html,
                    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\"><table>"
                );
            }
            Tag::TableHead => {
                (self.in_head, self.cell) = (true, 0);
                self.html.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.html.push_str("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.html.push_str("<em>"),
            Tag::Strong => self.html.push_str("<strong>"),
            Tag::Strikethrough => self.html.push_str("<del>"),
            Tag::Superscript => self.html.push_str("<sup>"),
            Tag::Subscript => self.html.push_str("<sub>"),
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, &dest_url),
            Tag::Image { link_type, dest_url, title, .. } => self.start_image(link_type, &dest_url, &title),
            Tag::HtmlBlock => {
                if !self.text.shared.raw_html {
                    self.html.push_str("<pre class=\"raw\">");
                }
            }
            Tag::MetadataBlock(_) => self.muted += 1,
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.muted > 0 {
            self.muted -= 1;
            if self.muted > 0 || !matches!(tag, TagEnd::Link | TagEnd::Image) {
                return;
            }
        }
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(kind) => {
                self.html.push_str(if kind.is_some() { "</div>\n" } else { "</blockquote>\n" });
            }
            TagEnd::CodeBlock => {
                if let Some((language, text)) = self.code.take() {
                    code::block(&language, &text, &self.text.shared.words.code, &mut self.html);
                }
            }
            TagEnd::List(ordered) => self.html.push_str(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.html.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((number, from)) = self.note.take() {
                    self.notes.push((number, self.html.split_off(from)));
                }
            }
            TagEnd::DefinitionList => self.html.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.html.push_str("</dt>"),
            TagEnd::DefinitionListDefinition => self.html.push_str("</dd>\n"),
            TagEnd::Table => self.html.push_str("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.html.push_str("</tr></thead><tbody>");
            }
            TagEnd::TableRow => self.html.push_str("</tr>"),
            TagEnd::TableCell => {
                self.cell += 1;
                self.html.push_str(if self.in_head { "</th>" } else { "</td>" });
            }
            TagEnd::Emphasis => self.html.push_str("</em>"),
            TagEnd::Strong => self.html.push_str("</strong>"),
            TagEnd::Strikethrough => self.html.push_str("</del>"),
            TagEnd::Superscript => self.html.push_str("</sup>"),
            TagEnd::Subscript => self.html.push_str("</sub>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            TagEnd::HtmlBlock => {
                if !self.text.shared.raw_html {
                    self.html.push_str("</pre>\n");
                }
            }
            TagEnd::MetadataBlock(_) => {}
        }
    }

    /// A paragraph that holds nothing but a quoted thing is not a paragraph.
    fn end_paragraph(&mut self) {
        let Some(from) = self.paragraph.take() else { return };
        let inner = &self.html[from + "<p>".len()..];
        if inner.starts_with("<aside") && inner.ends_with("</aside>") && inner.matches("<aside").count() == 1
        {
            self.html.replace_range(from..from + "<p>".len(), "");
            self.html.push('\n');
        } else {
            self.html.push_str("</p>\n");
        }
    }

    fn start_heading(&mut self, level: usize) {
        let at = self.headings;
        self.headings += 1;
        if at == 0 && self.text.without_first_heading {
            self.muted += 1;
            return;
        }
        let level = (level + usize::from(self.text.shift)).clamp(2, 6);
        let id = self.text.ids.get(at).map(|id| format!("{}{id}", self.text.id_prefix)).unwrap_or_default();
        if id.is_empty() {
            let _ = write!(self.html, "<h{level}>");
        } else {
            let _ = write!(self.html, "<h{level} id=\"{}\">", escaped(&id));
        }
        self.heading = Some((level, self.html.len(), id));
    }

    fn end_heading(&mut self) {
        let Some((level, from, id)) = self.heading.take() else { return };
        if !id.is_empty() {
            let title = without_tags(&self.html[from..]);
            let label = self.text.shared.words.link_to.replace("{title}", &title);
            let (id, label) = (escaped(&id), escaped_once(&label));
            let _ = write!(
                self.html,
                " <a class=\"permalink\" href=\"#{id}\" aria-label=\"{label}\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-link\"/></svg></a>"
            );
        }
        let _ = writeln!(self.html, "</h{level}>");
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            self.html.push_str("<blockquote>\n");
            return;
        };
        let (class, icon, number) = match kind {
            BlockQuoteKind::Note => ("note", "i-note", 0),
            BlockQuoteKind::Tip => ("tip", "i-note", 1),
            BlockQuoteKind::Important => ("important", "i-note", 2),
            BlockQuoteKind::Warning => ("warning", "i-warning", 3),
            BlockQuoteKind::Caution => ("caution", "i-error", 4),
        };
        let name = escaped(&self.text.shared.words.alerts[number]);
        let _ = write!(
            self.html,
            "<div class=\"alert alert-{class}\"><p class=\"kind\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#{icon}\"/></svg> {name}</p>"
        );
    }

    fn start_cell(&mut self) {
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Right) => " class=\"end\"",
            Some(Alignment::Center) => " class=\"middle\"",
            _ => "",
        };
        if self.in_head {
            let _ = write!(self.html, "<th scope=\"col\"{class}>");
        } else {
            let _ = write!(self.html, "<td{class}>");
        }
    }

    fn task(&mut self, done: bool) {
        let words = &self.text.shared.words.done;
        let (checked, label) = if done { (" checked", &words[0]) } else { ("", &words[1]) };
        let _ = write!(
            self.html,
            "<input type=\"checkbox\" disabled{checked} aria-label=\"{}\"> ",
            escaped(label)
        );
    }
}

/// The language that a block of code names.
fn language(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default().to_owned(),
        CodeBlockKind::Indented => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::markdown::LinkKind;
    use crate::prose::Card;

    use super::super::{Destinations, Shared, Words};
    use super::*;

    fn text(source: &str) -> Text {
        let to = |href: &str, title: &str| Destination {
            href: Some(href.to_owned()),
            title: Some(title.to_owned()),
            ..Destination::default()
        };
        let card = Card { about: vec!["Cloud".to_owned()], mark: Some("m-final"), items: Vec::new() };
        let destinations = Destinations::from([
            ((LinkKind::Reference, "cloud/x".to_owned()), to("../cloud/#x", "Be <calm>")),
            (
                (LinkKind::Embed, "cloud/x".to_owned()),
                Destination { card: Some(card), ..to("../cloud/#x", "Be calm") },
            ),
            ((LinkKind::Link, "a.md".to_owned()), to("../a/", "A")),
        ]);
        let words = Words { link_to: "Link to “{title}”".to_owned(), ..Words::default() };
        let people = [("ines".to_owned(), ("../people/ines/".to_owned(), "Ines".to_owned()))].into();
        let shared = Shared { destinations, people, words: Arc::new(words), ..Shared::default() };
        Text {
            source: Arc::from(source),
            shared: Arc::new(shared),
            ids: vec!["why".to_owned()],
            shift: 1,
            ..Text::default()
        }
    }

    #[test]
    fn links_show_the_titles_of_what_they_lead_to() {
        assert_eq!(
            text("See [[cloud/x]] [[cloud/x|ours]].").html(),
            "<p>See <a href=\"../cloud/#x\">Be &lt;calm&gt;</a> <a href=\"../cloud/#x\">ours</a>.</p>"
        );
        assert_eq!(
            text("[*A*](a.md) [no](b.md)").html(),
            "<p><a href=\"../a/\"><em>A</em></a> <span class=\"nowhere\">no</span></p>"
        );
    }

    #[test]
    fn a_quoted_thing_is_no_paragraph() {
        let html = text("Look:\n\n![[cloud/x]]\n\nEnd.").html();
        assert!(html.contains("<p>Look:</p>\n<aside class=\"card\">"), "{html}");
        assert!(html.ends_with("</aside>\n<p>End.</p>"), "{html}");
    }

    #[test]
    fn addresses_and_people_become_links_outside_of_code() {
        let html = text("Ask @ines, @kai: (https://x.org/a_b). `@ines`").html();
        assert_eq!(
            html,
            "<p>Ask <a href=\"../people/ines/\">Ines</a>, @kai: (<a href=\"https://x.org/a_b\">https://x.org/a_b</a>). <code>@ines</code></p>"
        );
    }

    #[test]
    fn html_of_an_author_is_shown_as_text() {
        assert_eq!(text("a <b onclick=x>b</b>").html(), "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>");
        assert!(text("<script>x</script>\n").html().starts_with("<pre class=\"raw\">&lt;script&gt;"));
    }

    #[test]
    fn headings_move_down_and_carry_their_permalink() {
        let html = text("# Why <x>\n").html();
        assert!(html.starts_with("<h2 id=\"why\">Why "), "{html}");
        assert!(html.contains("href=\"#why\""), "{html}");
    }
}
