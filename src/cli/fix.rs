//! The certain fixes of findings: `check --fix` and `check --diff`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::book::Book;
use crate::Found;
use crate::diagnostic::Fix;
use crate::edit;
use crate::failure::Failure;
use crate::inputs::Inputs;
use crate::source::Source;
use crate::write;

/// A fix may bring another finding with a fix to light; a circle of them ends here.
const MOST_ROUNDS: usize = 20;

/// A book with every certain fix applied, in memory.
#[derive(Debug)]
pub(super) struct Mended {
    /// What was found in it as it lies on disk.
    pub(super) before: Found,
    /// What is found in it now.
    pub(super) after: Found,
    /// The old and the new text of each changed file.
    changed: BTreeMap<Arc<str>, (Arc<str>, Arc<str>)>,
}

impl Mended {
    /// Applies fixes until there are none left.
    pub(super) fn new(book: &mut Book, mut check: impl FnMut(&Inputs) -> Found) -> Self {
        let before = check(&book.inputs);
        let mut after = before.clone();
        let mut changed: BTreeMap<Arc<str>, (Arc<str>, Arc<str>)> = BTreeMap::new();
        for _ in 0..MOST_ROUNDS {
            let new = mend(&book.inputs, &after);
            if new.is_empty() {
                break;
            }
            for (old, new) in new {
                let (path, text) = (Arc::clone(&new.path), Arc::clone(&new.text));
                let entry = changed.entry(path).or_insert_with(|| (old.text, Arc::clone(&text)));
                entry.1 = text;
                if new.path == book.inputs.book.path {
                    book.inputs.book = new;
                } else {
                    book.inputs.documents.add(new);
                }
            }
            after = check(&book.inputs);
        }
        Self { before, after, changed }
    }

    /// What is changed, as a patch.
    pub(super) fn patch(&self) -> String {
        self.changed.iter().map(|(path, (old, new))| edit::patch(path, old, new)).collect()
    }

    /// Writes the changed files, each whole. One that was changed since it was read is not
    /// overwritten.
    pub(super) fn write(&self, dir: &Path) -> Result<(), Failure> {
        let desk = write::desk(dir)?;
        for (path, (old, new)) in self.changed.iter().filter(|(_, (old, new))| old != new) {
            desk.replace(path, old, new)?;
        }
        Ok(())
    }
}

/// The files that certain fixes change, old and new. A file that is not UTF-8 is never written.
fn mend(inputs: &Inputs, found: &Found) -> Vec<(Source, Source)> {
    let mut fixes: BTreeMap<&str, Vec<&Fix>> = BTreeMap::new();
    for reported in found.findings.iter() {
        // fixes of one finding are alternatives: only one that stands alone is certain
        if let [fix] = reported.finding.fixes.as_slice()
            && fix.certain
        {
            fixes.entry(&reported.finding.place.path).or_default().push(fix);
        }
    }
    let source = |path: &str| match inputs.documents.get(path) {
        Some(source) => Some(source),
        None => (inputs.book.path.as_ref() == path).then_some(&inputs.book),
    };
    fixes
        .into_iter()
        .filter_map(|(path, fixes)| Some((source(path)?, fixes)))
        .filter(|(source, _)| source.not_utf8.is_none())
        .map(|(source, fixes)| {
            (source.clone(), Source::new(Arc::clone(&source.path), edit::apply(&source.text, fixes)))
        })
        .filter(|(old, new)| old.text != new.text)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::diagnostic::{Finding, Reported, Severity, Summary};
    use crate::source::{Place, Span};

    fn book(dir: &Path, text: &str) -> Book {
        std::fs::write(dir.join("a.md"), text).unwrap();
        let source = Source::new("book.toml", "[book]\ntitle = \"x\"\n");
        let (config, _) = Config::read(&source);
        let inputs = Inputs {
            book: source,
            documents: [Source::new("a.md", text)].into_iter().collect(),
            assets: Vec::new(),
            theme: BTreeMap::new(),
            unread: Vec::new(),
            recalled: BTreeMap::new(),
        };
        Book { dir: dir.to_owned(), config, inputs }
    }

    /// Finds every word of a list, and would put the next of it there.
    fn check(inputs: &Inputs) -> Found {
        let mut findings = Vec::new();
        for source in inputs.documents.iter() {
            for (word, next) in [("one", "two"), ("two", "three"), ("ping", "pong"), ("pong", "ping")] {
                for (at, _) in source.text.match_indices(word) {
                    let span = Span::new(at, at + word.len());
                    let finding =
                        Finding::new("x/y", Place::new(&source.path, span), word).certain_fix(span, next);
                    findings.push(Reported { finding, severity: Severity::Error });
                }
            }
        }
        let summary = Summary::count(&findings, 1, 1);
        Found { findings: findings.into(), summary }
    }

    #[test]
    fn fixes_are_applied_until_there_are_none_and_every_other_byte_stays() {
        let dir = tempfile::tempdir().unwrap();
        let mended = Mended::new(&mut book(dir.path(), "one\r\n\tß two\r\n"), check);
        assert_eq!((mended.before.summary.errors, mended.after.summary.errors), (2, 0));
        assert!(
            mended.patch().starts_with("--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n-one\r\n"),
            "{}",
            mended.patch()
        );
        assert_eq!(std::fs::read_to_string(dir.path().join("a.md")).unwrap(), "one\r\n\tß two\r\n");
        mended.write(dir.path()).unwrap();
        assert_eq!(std::fs::read_to_string(dir.path().join("a.md")).unwrap(), "three\r\n\tß three\r\n");
    }

    #[test]
    fn fixes_that_undo_each_other_come_to_an_end() {
        let dir = tempfile::tempdir().unwrap();
        let mended = Mended::new(&mut book(dir.path(), "ping"), check);
        assert_eq!(mended.after.summary.errors, 1);
    }

    #[test]
    fn a_file_that_was_changed_meanwhile_is_left() {
        let dir = tempfile::tempdir().unwrap();
        let mended = Mended::new(&mut book(dir.path(), "one"), check);
        std::fs::write(dir.path().join("a.md"), "one more").unwrap();
        assert!(mended.write(dir.path()).unwrap_err().message.contains("was changed"));
        assert_eq!(std::fs::read_to_string(dir.path().join("a.md")).unwrap(), "one more");
    }
}
