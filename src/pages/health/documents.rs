//! What was found, document by document: the worst first.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::pages::parts::Mark;
use crate::pages::site::Site;

/// A document with findings.
#[derive(Debug, Serialize)]
pub struct HealthDocument {
    /// What it is called; the path of what is no document.
    pub title: String,
    /// Its page.
    pub url: Option<String>,
    /// The symbol of its state.
    pub mark: Option<Mark>,
    /// How many errors it has.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many notes.
    pub notes: usize,
    /// The rules that found something: name and anchor.
    pub rules: Vec<(String, String)>,
}

/// Documents with findings.
pub(super) struct HealthDocuments {
    pub rows: Vec<HealthDocument>,
    /// How many OKR documents have findings.
    pub found: usize,
    pub more: String,
}

/// As many as are listed.
const MOST: usize = 200;

impl Site<'_> {
    pub(super) fn health_documents(&self) -> HealthDocuments {
        type Counted<'a> = ([usize; 3], Vec<&'a str>);
        let mut by_path: BTreeMap<&std::sync::Arc<str>, Counted<'_>> = BTreeMap::new();
        for reported in self.analysis.found.iter() {
            let (counts, rules) = by_path.entry(&reported.finding.place.path).or_default();
            counts[match reported.severity {
                Severity::Error => 0,
                Severity::Warning => 1,
                Severity::Note => 2,
            }] += 1;
            if !rules.contains(&reported.finding.rule) {
                rules.push(reported.finding.rule);
            }
        }
        let found = by_path.keys().filter(|path| self.document_at(path).is_some()).count();
        let mut all: Vec<_> = by_path.into_iter().collect();
        all.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(b.0)));
        let more = all.len().saturating_sub(MOST);
        let rows = all.into_iter().take(MOST).map(|(path, (counts, rules))| {
            let document = self.document_at(path);
            HealthDocument {
                title: document.map_or_else(|| path.to_string(), |at| self.document_title(at)),
                url: document.map(|at| self.book().document_url(at)),
                mark: document.map(|at| self.mark(at)),
                errors: counts[0],
                warnings: counts[1],
                notes: counts[2],
                rules: rules.iter().map(|rule| ((*rule).to_owned(), rule.replace('/', "-"))).collect(),
            }
        });
        HealthDocuments {
            rows: rows.collect(),
            found,
            more: if more > 0 { self.count("list.more", more, &[]) } else { String::new() },
        }
    }
}
