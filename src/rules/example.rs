//! Small books that show a rule: the examples of the catalogue, and the cases of the tests.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::Finding;
use crate::inputs::{Asset, Inputs};
use crate::markdown::is_markdown;
use crate::source::{Place, Source, Sources, Span};

/// The book that an example changes.
const BASE: &str = include_str!("example.txt");
/// What an example's text is before its first `--- path`.
const FIRST: &str = "content/okrs/fy27-q1/cloud.md";
/// The day on which an example is looked at that names none: three weeks into the first quarter of FY27.
const DAY: &str = "2026-02-20";

/// A small book that shows a rule. A line `--- path` begins a file; text before the first such line is
/// `content/okrs/fy27-q1/cloud.md`. What an example leaves out comes from the book in
/// `rules/example.txt`; `--- path (absent)` takes one of its files away. In a file marked `(bytes)`
/// a `\xNN` is that byte, `(more)` adds to a file of the base, and `(unreadable)` stands for a file of which there is only the reason why
/// it cannot be read.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The files.
    pub files: &'static str,
    /// The day it is looked at, `2026-02-20` if empty.
    pub date: &'static str,
}

impl Example {
    /// An example as it stands on 20 February 2026, three weeks into the first quarter of FY27.
    pub const fn new(files: &'static str) -> Self {
        Self { files, date: "" }
    }

    /// The same on another day, `2026-05-20`.
    pub const fn on(self, date: &'static str) -> Self {
        Self { date, ..self }
    }

    /// Its own files as they are shown to a reader, each with its path.
    pub fn files(&self) -> Vec<(&'static str, &'static str)> {
        sections(self.files).into_iter().map(|section| (section.path, section.text)).collect()
    }

    /// The book that it is, and the day it is looked at.
    ///
    /// # Panics
    /// If its date is no day of the calendar.
    pub fn inputs(&self) -> (Inputs, Date) {
        let mut files: BTreeMap<&str, (Cow<'_, str>, Form)> = BTreeMap::new();
        for section in sections(BASE).into_iter().chain(sections(self.files)) {
            match files.get_mut(section.path) {
                Some((text, _)) if section.form == Form::More => {
                    *text = Cow::Owned(format!("{text}{}", section.text));
                }
                _ => {
                    files.insert(section.path, (Cow::Borrowed(section.text), section.form));
                }
            }
        }
        let mut inputs = Inputs {
            book: Source::new("book.toml", ""),
            documents: Sources::default(),
            assets: Vec::new(),
            theme: BTreeMap::new(),
            unread: Vec::new(),
            recalled: BTreeMap::new(),
        };
        for (path, (text, form)) in files {
            add(&mut inputs, path, &text, form);
        }
        let day = if self.date.is_empty() { DAY } else { self.date };
        (inputs, day.parse().expect("the date of an example is a day"))
    }
}

/// What the text of a section stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Text,
    Bytes,
    Absent,
    Unreadable,
    More,
}

/// A file of an example.
struct Section<'a> {
    path: &'a str,
    form: Form,
    text: &'a str,
}

/// Parts a text at its lines `--- path`.
fn sections(text: &str) -> Vec<Section<'_>> {
    let mut sections = Vec::new();
    let (mut path, mut form, mut start, mut at) = (FIRST, Form::Text, 0, 0);
    for line in text.split_inclusive('\n') {
        if let Some(header) = line.strip_prefix("--- ") {
            sections.push(Section { path, form, text: &text[start..at] });
            (path, form) = read_header(header.trim());
            start = at + line.len();
        }
        at += line.len();
    }
    sections.push(Section { path, form, text: &text[start..] });
    // an example that begins with a header has nothing of its own before it
    if text.starts_with("--- ") || text.is_empty() {
        sections.remove(0);
    }
    sections
}

fn read_header(header: &str) -> (&str, Form) {
    let forms = [
        ("(absent)", Form::Absent),
        ("(bytes)", Form::Bytes),
        ("(unreadable)", Form::Unreadable),
        ("(more)", Form::More),
    ];
    forms
        .into_iter()
        .find_map(|(mark, form)| Some((header.strip_suffix(mark)?.trim_end(), form)))
        .unwrap_or((header, Form::Text))
}

fn add(inputs: &mut Inputs, path: &str, text: &str, form: Form) {
    match form {
        Form::Absent => return,
        Form::Unreadable => {
            let place = Place::new(&Arc::from(path), Span::default());
            inputs.unread.push(Finding::new("format/unreadable", place, text.trim()));
            return;
        }
        Form::Text | Form::Bytes | Form::More => {}
    }
    let bytes = if form == Form::Bytes { unescaped(text) } else { text.as_bytes().to_vec() };
    if path == "book.toml" {
        inputs.book = Source::from_bytes(path, bytes);
    } else if let Some((_, file)) = path.strip_prefix("themes/").and_then(|rest| rest.split_once('/')) {
        inputs.theme.insert(file.to_owned(), bytes);
    } else if is_markdown(path) {
        inputs.documents.add(Source::from_bytes(path, bytes));
    } else {
        inputs.assets.push(Asset { path: Arc::from(path), on_disk: PathBuf::new() });
    }
}

/// A text in which `\xNN` is a byte.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = rest.strip_prefix(b"\\x").and_then(|hex| hex.get(..2));
        let byte = code.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &rest[4..] } else { tail };
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_changes_the_base() {
        let files = "first\n--- content/a.png\n--- content/okrs/fy27-q1/company.md (absent)\n--- book.toml (more)\n[unit.x]\n--- content/b.md (bytes)\n\\xff\n--- content/c.md (unreadable)\nno\n";
        let (inputs, day) = Example::new(files).on("2026-05-20").inputs();
        assert_eq!(day.to_string(), "2026-05-20");
        let text = |path: &str| inputs.documents.get(path).map(|source| source.text.to_string());
        assert_eq!(text(FIRST).as_deref(), Some("first\n"));
        assert_eq!(text("content/okrs/fy27-q1/company.md"), None);
        assert!(text("content/okrs/fy27-q1/direction.md").is_some());
        assert_eq!(inputs.documents.get("content/b.md").and_then(|source| source.not_utf8), Some((0, 0xff)));
        assert_eq!((inputs.assets.len(), inputs.unread.len()), (1, 1));
        assert!(inputs.book.text.contains("[unit.cloud]") && inputs.book.text.ends_with("[unit.x]\n"));
    }
}
