//! The text of a document, parted among its items: a section whose heading has the id of an
//! objective, a key result or an investment belongs to that item.

use crate::markdown::Heading;
use crate::source::Span;

/// A stretch of a document's text and the item it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The item's name (`reliability/uptime`); none for the document's own text.
    pub item: Option<String>,
    /// Whether it stands before the first section with an id: then it is shown above the OKRs.
    pub above: bool,
    /// Where, in the file.
    pub span: Span,
    /// The numbers of the headings in it, among those of the text.
    pub headings: std::ops::Range<usize>,
}

/// Parts a text at its headings. `is_item` tells the ids of items.
pub(super) fn sections(body: Span, headings: &[Heading], is_item: &dyn Fn(&str) -> bool) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Vec<(u8, Option<String>)> = Vec::new();
    let mut above = true;
    let mut current =
        Section { item: None, above: true, span: Span::new(body.start(), body.start()), headings: 0..0 };
    for (at, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|(level, _)| *level >= heading.level) {
            open.pop();
        }
        above &= heading.id.is_none();
        let own = heading.id.clone().filter(|id| is_item(id));
        let item = own.clone().or_else(|| open.iter().rev().find_map(|(_, item)| item.clone()));
        open.push((heading.level, own.clone()));
        if own.is_some() || item != current.item || above != current.above {
            current.span = current.span.ending(heading.span.start());
            current.headings.end = at;
            let next = Section {
                item,
                above,
                span: Span::new(heading.span.start(), heading.span.start()),
                headings: at..at,
            };
            sections.push(std::mem::replace(&mut current, next));
        }
    }
    current.span = current.span.ending(body.end());
    current.headings.end = headings.len();
    sections.push(current);
    sections.retain(|section| section.span.start() < section.span.end());
    sections.shrink_to_fit();
    sections
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::scan;

    fn parted(text: &str) -> Vec<(Option<String>, bool, String)> {
        let scan = scan(text, 0);
        let items = ["reliability", "reliability/uptime"];
        sections(Span::new(0, text.len()), &scan.headings, &|id| items.contains(&id))
            .into_iter()
            .map(|section| {
                (
                    section.item,
                    section.above,
                    text[section.span.start()..section.span.end()].replace('\n', ""),
                )
            })
            .collect()
    }

    #[test]
    fn text_belongs_to_the_item_whose_id_its_heading_has() {
        let parts = parted(
            "Intro\n## Mission\nWhat\n## Why {#reliability}\nA\n### More\nB\n### Up {#reliability/uptime}\nC\n## Rest\nD\n",
        );
        assert_eq!(
            parts,
            [
                (None, true, "Intro## MissionWhat".to_owned()),
                (Some("reliability".to_owned()), false, "## Why {#reliability}A### MoreB".to_owned()),
                (Some("reliability/uptime".to_owned()), false, "### Up {#reliability/uptime}C".to_owned()),
                (None, false, "## RestD".to_owned()),
            ]
        );
    }

    #[test]
    fn a_heading_with_another_id_ends_what_stands_above() {
        let parts = parted("Intro\n## Team {#team}\nT\n");
        assert_eq!(parts, [(None, true, "Intro".to_owned()), (None, false, "## Team {#team}T".to_owned())]);
    }
}
