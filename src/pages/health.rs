//! The health of a book: what was found, by rule and by document, with the lines that it is about, and
//! what documents allow themselves.

mod allowed;
mod documents;
mod excerpt;
mod finding;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Reported, Severity};
use crate::source::Source;

use super::review::Figure;
use super::site::Site;
use super::{Entry, Page, View};
use allowed::AllowedRow;
use documents::HealthDocument;
use finding::{FindingView, Piece, pieces};

/// The health of a book.
#[derive(Debug, Serialize)]
pub struct HealthView {
    /// The way to it.
    pub crumbs: Vec<Entry>,
    /// How it is, in a sentence.
    pub lede: String,
    /// The day it speaks of.
    pub as_of: String,
    /// Whether nothing was found.
    pub good: bool,
    /// The figures.
    pub figures: Vec<Figure>,
    /// The rules by group, for the index.
    pub index: Vec<IndexGroup>,
    /// What was found, by rule, errors first.
    pub rules: Vec<RuleFindings>,
    /// The same by document, the worst first.
    pub documents: Vec<HealthDocument>,
    /// How many documents that are, of how many.
    pub documents_summary: String,
    /// How many others there are.
    pub documents_more: String,
    /// What documents allow themselves.
    pub allowed: Vec<AllowedRow>,
    /// How many others there are.
    pub allowed_more: String,
}

/// A group of rules in the index.
#[derive(Debug, Serialize)]
pub struct IndexGroup {
    /// `contract`.
    pub name: String,
    /// The rest of the name, the anchor and how many findings there are.
    pub rules: Vec<(String, String, String)>,
}

/// What a rule found.
#[derive(Debug, Serialize)]
pub struct RuleFindings {
    /// `contract/uncovered`.
    pub name: String,
    /// Its anchor.
    pub id: String,
    /// How much it found.
    pub summary: String,
    /// What it finds, in a line.
    pub wants: Vec<Piece>,
    /// Findings with the lines that they are about.
    pub findings: Vec<FindingView>,
    /// Findings in a line each.
    pub lines: Vec<FindingView>,
    /// How many others there are.
    pub more: String,
}

/// As many findings as show their lines.
const MOST_EXCERPTS: usize = 200;

/// As many of a rule, where it has many more: the next rule is not far below.
const MOST_EXCERPTS_OF_A_RULE: usize = 20;

/// As many findings of a rule as are listed at all.
const MOST_LINES: usize = 120;

/// The page of health.
pub(super) fn page(site: &Site<'_>) -> Page {
    let url = "health/";
    let mut chrome = site.chrome(url, site.text("health.title"), None, "");
    let view = site.health();
    chrome.description = Some(view.lede.clone());
    Page { kind: "health", chrome, view: View::Health(Box::new(view)) }
}

impl Site<'_> {
    fn health(&self) -> HealthView {
        let mut sources: BTreeMap<Arc<str>, &Source> =
            self.book().files().map(|file| (Arc::clone(&file.source.path), &file.source)).collect();
        sources.insert(Arc::clone(&self.analysis.book_toml.path), &self.analysis.book_toml);
        let rules = self.rule_findings(&sources);
        let documents = self.health_documents();
        let allowed = self.allowed();
        let found = documents.found;
        let total = self.book().documents.len();
        let crumb = |title: String, current: bool| Entry { title, current, ..Entry::default() };
        HealthView {
            crumbs: vec![crumb(self.text("site.handbook"), false), crumb(self.text("health.title"), true)],
            lede: self.health_sentence(sources.len()),
            as_of: self.say("site.as-of-only", &[("date", &self.lang.day_year(self.today))]),
            good: self.analysis.found.is_empty(),
            figures: self.health_figures(allowed.count, total - found, total),
            index: index(self, &rules),
            rules,
            documents_summary: self.say(
                "health.by-document-meaning",
                &[("n", &self.whole(found)), ("total", &self.whole(total))],
            ),
            documents: documents.rows,
            documents_more: documents.more,
            allowed: allowed.rows,
            allowed_more: allowed.more,
        }
    }

    fn health_sentence(&self, files: usize) -> String {
        let files = self.count("count.files", files, &[]);
        let summary = self.analysis.summary();
        let counts = [
            ("count.errors", summary.errors),
            ("count.warnings", summary.warnings),
            ("count.notes", summary.notes),
        ];
        let words: Vec<String> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(key, count)| self.count(key, *count, &[]))
            .collect();
        if words.is_empty() {
            return self.say("health.lede-good", &[("files", &files)]);
        }
        self.say("health.lede-found", &[("found", &self.lang.list(&words)), ("files", &files)])
    }

    fn health_figures(&self, allowed: usize, quiet: usize, total: usize) -> Vec<Figure> {
        let summary = self.analysis.summary();
        let figure = |key: &str, count: usize, class: &'static str| Figure {
            title: self.text(&format!("health.{key}")),
            value: self.whole(count),
            small: String::new(),
            class: if count > 0 { class } else { "" },
        };
        vec![
            figure("errors", summary.errors, "s-bad"),
            figure("warnings", summary.warnings, "s-warn"),
            figure("notes", summary.notes, ""),
            figure("allowed", allowed, ""),
            Figure {
                small: self.say("review.of", &[("total", &self.whole(total))]),
                ..figure("quiet-documents", quiet, "")
            },
        ]
    }

    /// What each rule found: the worst severity first, then by name.
    fn rule_findings(&self, sources: &BTreeMap<Arc<str>, &Source>) -> Vec<RuleFindings> {
        let mut by_rule: BTreeMap<&str, Vec<&Reported>> = BTreeMap::new();
        for reported in self.analysis.found.iter() {
            by_rule.entry(reported.finding.rule).or_default().push(reported);
        }
        let mut rules: Vec<(Option<Severity>, &str, Vec<&Reported>)> = by_rule
            .into_iter()
            .map(|(name, found)| (found.iter().map(|one| one.severity).max(), name, found))
            .collect();
        rules.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let mut room = MOST_EXCERPTS;
        rules
            .into_iter()
            .map(|(_, name, mut found)| {
                found.sort_by_key(|one| std::cmp::Reverse(one.severity));
                let few = found.len() <= MOST_EXCERPTS_OF_A_RULE + 4;
                let most = if few { found.len() } else { MOST_EXCERPTS_OF_A_RULE };
                let shown = most.min(room);
                room -= shown;
                let listed = found.len().min(MOST_LINES.max(shown));
                let more = found.len() - listed;
                RuleFindings {
                    id: name.replace('/', "-"),
                    summary: self.severities(&found),
                    wants: self.analysis.wants.get(name).map(|wants| pieces(wants)).unwrap_or_default(),
                    findings: found[..shown].iter().map(|one| self.finding(one, sources, true)).collect(),
                    lines: found[shown..listed].iter().map(|one| self.finding(one, sources, false)).collect(),
                    more: if more > 0 { self.count("list.more", more, &[]) } else { String::new() },
                    name: name.to_owned(),
                }
            })
            .collect()
    }

    /// `1 error and 2 warnings`.
    fn severities(&self, found: &[&Reported]) -> String {
        let of = |severity| found.iter().filter(|one| one.severity == severity).count();
        let words: Vec<String> = [
            ("count.errors", of(Severity::Error)),
            ("count.warnings", of(Severity::Warning)),
            ("count.notes", of(Severity::Note)),
        ]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| self.count(key, count, &[]))
        .collect();
        self.lang.list(&words)
    }
}

fn index(site: &Site<'_>, rules: &[RuleFindings]) -> Vec<IndexGroup> {
    let mut groups: BTreeMap<String, IndexGroup> = BTreeMap::new();
    for rule in rules {
        let (group, rest) = rule.name.split_once('/').unwrap_or(("", &rule.name));
        let entry = groups
            .entry(group.to_owned())
            .or_insert_with(|| IndexGroup { name: group.to_owned(), rules: Vec::new() });
        let count = site.analysis.found.iter().filter(|one| one.finding.rule == rule.name).count();
        entry.rules.push((rest.to_owned(), rule.id.clone(), site.whole(count)));
    }
    groups.into_values().collect()
}
