//! Where each file belongs: to a unit in a cycle, to a cycle, to the pages, or nowhere.

use std::sync::Arc;

use crate::diagnostic::{Finding, nearest};
use crate::model::{File, Kind};
use crate::source::Place;

use super::{Book, DirectionDocument, Document};

impl Book {
    /// Gives a file its place, or says why it has none.
    pub(super) fn place(&mut self, file: &Arc<File>) {
        match &file.kind {
            Kind::Page => self.pages.push(Arc::clone(file)),
            Kind::Stray => {
                self.mislay(
                    file,
                    "format/unknown-cycle",
                    "a file directly under okrs/ belongs to no cycle".to_owned(),
                    Some("move it into a cycle's folder, or out of okrs/; a file whose name begins with `_` is ignored".to_owned()),
                );
            }
            Kind::Direction(folder) => match self.cycle(folder) {
                Some(cycle) => self.place_direction(file, cycle),
                None => self.mislaid.push(Arc::clone(file)),
            },
            Kind::Okrs(folder, stem) => match self.cycle(folder) {
                Some(cycle) => self.place_document(file, cycle, stem),
                None => self.mislaid.push(Arc::clone(file)),
            },
        }
    }

    fn mislay(&mut self, file: &Arc<File>, rule: &'static str, message: String, help: Option<String>) {
        let place = Place::new(&file.source.path, file.source.first_line());
        self.findings.push(Finding::new(rule, place, message).maybe_help(help));
        self.mislaid.push(Arc::clone(file));
    }

    fn place_direction(&mut self, file: &Arc<File>, cycle: usize) {
        if let Some(first) = self.by_cycle.get(&cycle) {
            let first = &self.directions[*first].file.source;
            let related = Place::new(&first.path, first.first_line());
            let message = format!("the cycle `{}` has two direction documents", self.cycles[cycle].id);
            let finding = Finding::new(
                "format/duplicate-id",
                Place::new(&file.source.path, file.source.first_line()),
                message,
            )
            .help("keep one of them")
            .related(related, "the first one is this");
            self.findings.push(finding);
            self.mislaid.push(Arc::clone(file));
            return;
        }
        self.by_cycle.insert(cycle, self.directions.len());
        self.directions.push(DirectionDocument { file: Arc::clone(file), cycle });
    }

    fn place_document(&mut self, file: &Arc<File>, cycle: usize, stem: &Arc<str>) {
        let id = Arc::clone(&self.cycles[cycle].id);
        let Some(unit) = self.config.unit(stem) else {
            self.unclear.insert((Arc::clone(&id), Arc::clone(stem)));
            if !self.config.known.units {
                self.mislaid.push(Arc::clone(file));
                return;
            }
            let help = self.unknown_unit_help(&id, cycle, stem);
            self.mislay(file, "format/unknown-unit", format!("there is no unit `{stem}`"), Some(help));
            return;
        };
        if !self.exists_in(unit, cycle) {
            self.unclear.insert((id, Arc::clone(stem)));
            let (message, help) = self.not_in_cycle(unit, cycle);
            self.mislay(file, "format/unknown-unit", message, Some(help));
            return;
        }
        if let Some(first) = self.by_unit.get(&(cycle, unit)) {
            let first = &self.documents[*first].file.source;
            let related = Place::new(&first.path, first.first_line());
            let message = format!("the unit `{stem}` has two documents in `{id}`");
            let place = Place::new(&file.source.path, file.source.first_line());
            let finding = Finding::new("format/duplicate-id", place, message)
                .help("keep one of them")
                .related(related, "the first one is this");
            self.findings.push(finding);
            self.unclear.insert((id, Arc::clone(stem)));
            self.mislaid.push(Arc::clone(file));
            return;
        }
        self.by_unit.insert((cycle, unit), self.documents.len());
        self.documents.push(Document { file: Arc::clone(file), cycle, unit });
    }

    fn unknown_unit_help(&mut self, id: &Arc<str>, cycle: usize, stem: &str) -> String {
        let names: Vec<&str> = self.config.units.iter().map(|unit| unit.id.as_ref()).collect();
        if let Some(near) = nearest(
            stem,
            names
                .iter()
                .copied()
                .filter(|name| self.config.unit(name).is_some_and(|unit| self.exists_in(unit, cycle))),
        ) {
            let near: Arc<str> = Arc::from(near);
            let help = format!("did you mean `{near}`? The file's name names the unit");
            self.unclear.insert((Arc::clone(id), near));
            return help;
        }
        if names.is_empty() {
            return format!("declare it with `[unit.{stem}]` in book.toml");
        }
        format!(
            "declare it with `[unit.{stem}]` in book.toml, or name the file after a unit; a file whose name begins with `_` is ignored"
        )
    }

    fn not_in_cycle(&self, unit: usize, cycle: usize) -> (String, String) {
        let (name, id) = (&self.config.units[unit], &self.cycles[cycle].id);
        let (since, until) = self.exists[unit];
        let before = since.is_some_and(|since| self.cycles[cycle].end.is_some_and(|end| end < since));
        match (before, &name.since, &name.until) {
            (true, Some(since), _) => (
                format!("the unit `{}` exists only since `{}`, not in `{id}`", name.id, since.value),
                "change its `since` in book.toml, or move the document".to_owned(),
            ),
            (_, _, Some(last)) if until.is_some() => (
                format!("the unit `{}` existed until `{}`, not in `{id}`", name.id, last.value),
                "change its `until` in book.toml, or move the document".to_owned(),
            ),
            _ => (
                format!("the unit `{}` does not exist in `{id}`", name.id),
                "see its table in book.toml".to_owned(),
            ),
        }
    }
}
