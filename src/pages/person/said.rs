//! What a person said about drafts, and was asked about their own: the latest first.

use crate::links::Target;
use crate::pages::census::{Part, Spoken};
use crate::pages::parts::{Exchange, Link, Who};
use crate::pages::site::Site;

/// What was said, in the open and folded.
pub(super) struct Said {
    pub shown: Vec<Exchange>,
    pub folded: Vec<Exchange>,
    pub summary: String,
}

/// As many pieces as stand open.
const MOST_SHOWN: usize = 6;

/// As many as the page has at all.
const MOST: usize = 60;

impl Site<'_> {
    pub(super) fn said(&self, part: &Part, root: &str) -> Said {
        let mut pieces = part.said.clone();
        pieces.sort_unstable_by_key(|(on, place, number)| std::cmp::Reverse((*on, *place, *number)));
        pieces.dedup();
        let rest = pieces.len().saturating_sub(MOST_SHOWN);
        let mut shown: Vec<Exchange> =
            pieces.iter().take(MOST).map(|(_, place, number)| self.spoken(*place, *number, root)).collect();
        let folded = shown.split_off(shown.len().min(MOST_SHOWN));
        Said { shown, folded, summary: self.count("list.more", rest, &[]) }
    }

    fn spoken(&self, place: Spoken, number: usize, root: &str) -> Exchange {
        match place {
            Spoken::Document(at) => {
                let document = &self.book().documents[at];
                let okrs = document.okrs();
                let feedback = &okrs.feedback[number];
                let place = feedback.about.as_ref().and_then(|about| okrs.place(&about.value));
                let title = match place {
                    Some(place) => self.title(Target::item(at, Some(place))),
                    None => self.document_title(at),
                };
                let url = self.url(Target::item(at, place));
                let about = Link { title, url: Some(url), ..Link::default() };
                let unit = &self.config().units[document.unit];
                let answers: Vec<Who> = if unit.set_by.is_empty() {
                    self.analysis.signatures[at]
                        .set_by
                        .signed
                        .iter()
                        .map(|signed| self.who(&signed.by))
                        .collect()
                } else {
                    self.whos(&unit.set_by)
                };
                self.exchange(feedback, Some(about), answers, &self.shared(&document.file, root))
            }
            Spoken::Direction(at) => {
                let of = &self.book().directions[at];
                let direction = of.direction();
                let feedback = &direction.feedback[number];
                let theme = feedback.about.as_ref().and_then(|about| direction.theme(&about.value));
                let target = theme.map_or(Target::Direction(at), |theme| Target::Theme(at, theme));
                let about = self.link(target, String::new());
                let writers = if direction.written_by.is_empty() {
                    &self.config().written_by
                } else {
                    &direction.written_by
                };
                self.exchange(feedback, Some(about), self.whos(writers), &self.shared(&of.file, root))
            }
        }
    }
}
