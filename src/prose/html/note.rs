//! Footnotes: their numbers, and where they stand.

use std::fmt::Write as _;

use super::Writer;
use super::escape::escaped;

impl Writer<'_> {
    pub(super) fn number(&mut self, name: &str) -> usize {
        let next = self.footnotes.len() + 1;
        self.footnotes.entry(name.to_owned()).or_insert((next, 0)).0
    }

    pub(super) fn footnote(&mut self, name: &str) {
        let number = self.number(name);
        let prefix = escaped(&self.text.id_prefix);
        let first = self.footnotes.get_mut(name).map(|entry| {
            entry.1 += 1;
            entry.1
        });
        let id = if first == Some(1) { format!(" id=\"{prefix}fnref-{number}\"") } else { String::new() };
        let _ = write!(
            self.html,
            "<sup class=\"footnote-reference\"><a href=\"#{prefix}fn-{number}\"{id}>{number}</a></sup>"
        );
    }

    /// The whole, with its footnotes at the end.
    pub(super) fn finish(mut self) -> String {
        if self.notes.is_empty() {
            return self.html.trim_end().to_owned();
        }
        let words = &self.text.shared.words.footnotes;
        let (name, back) = (escaped(&words[0]), escaped(&words[1]));
        let prefix = escaped(&self.text.id_prefix);
        let _ = write!(self.html, "<section class=\"footnotes\" aria-label=\"{name}\">");
        self.notes.sort_by_key(|(number, _)| *number);
        for (number, note) in &self.notes {
            let used = self.footnotes.values().any(|(of, uses)| of == number && *uses > 0);
            let link = if used {
                format!(" <a href=\"#{prefix}fnref-{number}\" aria-label=\"{back}\">↩</a>")
            } else {
                String::new()
            };
            let note = note.trim_end();
            let note = match note.strip_suffix("</p>") {
                Some(open) => format!("{open}{link}</p>"),
                None => format!("{note}{link}"),
            };
            let _ = write!(
                self.html,
                "<div class=\"footnote-definition\" id=\"{prefix}fn-{number}\"><sup class=\"footnote-definition-label\">{number}</sup>{note}</div>"
            );
        }
        self.html.push_str("</section>");
        self.html
    }
}
