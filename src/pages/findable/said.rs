//! What is said about things beside their titles, in plain words: reasons, notes, outcomes, feedback, and the
//! sections of a text that belong to them.

use crate::date::Date;
use crate::markdown::words_of;
use crate::model::{Feedback, File, ItemPlace, KeyResult, Objective};
use crate::source::Span;
use crate::table::Words;

/// What the documents of a handbook say about their things.
pub(super) struct Said<'a> {
    file: &'a File,
    today: Date,
}

impl<'a> Said<'a> {
    /// In a file, up to a day.
    pub(super) fn new(file: &'a File, today: Date) -> Self {
        Self { file, today }
    }

    /// About an objective itself.
    pub(super) fn objective(&self, of: &Objective, id: &str) -> String {
        let own = [&of.why, &of.outcome];
        self.all(own.into_iter().flatten(), (!id.is_empty()).then_some(id))
    }

    /// About a key result, the last check-in first.
    pub(super) fn key_result(&self, of: &KeyResult, name: Option<&str>) -> String {
        let notes = of.counted(self.today).into_iter().rev().filter_map(|check_in| check_in.note.as_ref());
        self.all(of.why.iter().chain(notes).chain(&of.outcome), name)
    }

    /// About an item that has nothing but a reason.
    pub(super) fn item(&self, why: Option<&Words>, id: &str) -> String {
        self.all(why.into_iter(), (!id.is_empty()).then_some(id))
    }

    /// About the document itself.
    pub(super) fn document(&self) -> String {
        self.all(std::iter::empty(), None)
    }

    /// The feedback that is about a place of the document, or about all of it.
    pub(super) fn feedback(&self, all: &[Feedback], place: Option<ItemPlace>) -> String {
        let about = |one: &&Feedback| {
            let named = one.about.as_ref().and_then(|about| self.file.okrs()?.place(&about.value));
            named == place && one.counts(self.today)
        };
        let said = all.iter().filter(about).flat_map(|one| [&one.says, &one.reply]).flatten();
        self.plain(said.map(|words| &*words.value))
    }

    fn all<'w>(&self, words: impl Iterator<Item = &'w Words>, item: Option<&str>) -> String {
        let sections = self.file.sections.iter().filter(|section| section.item.as_deref() == item);
        let sections = sections.map(|section| self.file.source.slice(section.span));
        self.plain(words.map(|words| &*words.value).chain(sections))
    }

    fn plain<'t>(&self, texts: impl Iterator<Item = &'t str>) -> String {
        let texts = texts.map(|text| words_of(text, &self.file.parts.scan.definitions));
        tidy(&texts.collect::<Vec<_>>().join(" "))
    }
}

/// The words of a page between two places of it.
pub(super) fn between(file: &File, from: usize, end: usize) -> String {
    tidy(&words_of(file.source.slice(Span::new(from.min(end), end)), &file.parts.scan.definitions))
}

/// One space between words.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
