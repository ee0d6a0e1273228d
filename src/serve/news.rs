//! What the terminal is told of a look: what is wrong, and what else was not found before. Who saves all day is
//! not told the same warnings after every save.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::Xxh3;

use crate::Found;
use crate::diagnostic::{Reported, Severity};
use crate::report;
use crate::source::Sources;

/// So many findings are told at once; more would only push each other out of sight.
const MOST: usize = 50;

/// What was told, so that it is not told again.
#[derive(Debug, Default)]
pub(super) struct News {
    known: HashSet<u64>,
}

impl News {
    /// The errors, the other findings that are new, and the sum of all; nothing where nothing was found.
    pub(super) fn of(&mut self, found: &Found, sources: &Sources, color: bool) -> String {
        let known = std::mem::take(&mut self.known);
        self.known = found.findings.iter().map(key).collect();
        if found.findings.is_empty() {
            return String::new();
        }
        let is_error = |one: &&Reported| one.severity == Severity::Error;
        let errors = found.findings.iter().filter(is_error);
        let is_new = |one: &&Reported| !known.contains(&key(one));
        let others = || found.findings.iter().filter(|one| !is_error(one)).filter(is_new);
        let told: Vec<Reported> = errors.chain(others()).take(MOST).cloned().collect();
        let wanted = found.summary.errors + others().count();
        let mut text = report::human(&told, sources, &found.summary, color);
        text.truncate(text.trim_end().len());
        let (before, more) = (found.findings.len() - wanted, wanted - told.len());
        if before > 0 {
            text.push_str(&format!(", {before} as before"));
        }
        if more > 0 {
            text.push_str(&format!(", {more} not shown: `okrbook check` lists them all"));
        }
        text.push('\n');
        text
    }
}

/// What makes a finding the same as before, wherever in its file it has moved to.
fn key(reported: &Reported) -> u64 {
    let finding = &reported.finding;
    let mut hash = Xxh3::new();
    (finding.rule, &finding.place.path, &finding.message).hash(&mut hash);
    hash.finish()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Finding, Summary};
    use crate::source::{Place, Span};

    fn found(all: &[(Severity, &str)]) -> Found {
        let place = Place::new(&Arc::from("content/a.md"), Span::default());
        let findings: Vec<Reported> = all
            .iter()
            .map(|(severity, message)| Reported {
                finding: Finding::new("format/unreadable", place.clone(), *message),
                severity: *severity,
            })
            .collect();
        Found { summary: Summary::count(&findings, 1, 1), findings: findings.into() }
    }

    #[test]
    fn errors_are_told_every_time_and_the_rest_when_it_is_new() {
        use Severity::{Error, Warning};
        let mut news = News::default();
        let mut told = |all: &[(Severity, &str)]| news.of(&found(all), &Sources::default(), false);
        let first = told(&[(Warning, "old"), (Error, "wrong")]);
        assert!(first.contains("old") && first.contains("wrong") && !first.contains("as before"), "{first}");
        let second = told(&[(Warning, "old"), (Error, "wrong"), (Warning, "new")]);
        assert!(second.contains("wrong") && second.contains("new") && !second.contains(": old"), "{second}");
        assert!(second.ends_with("1 error, 2 warnings in 1 document of 1 cycle, 1 as before\n"), "{second}");
        assert_eq!(told(&[(Warning, "old")]), "1 warning in 1 document of 1 cycle, 1 as before\n");
        assert_eq!(told(&[]), "");
        // what was gone and is back is new
        assert!(told(&[(Warning, "old")]).contains(": old"));
    }

    #[test]
    fn a_flood_is_cut() {
        let messages: Vec<String> = (0..70).map(|number| format!("wrong {number}")).collect();
        let all: Vec<(Severity, &str)> =
            messages.iter().map(|text| (Severity::Warning, text.as_str())).collect();
        let text = News::default().of(&found(&all), &Sources::default(), false);
        assert_eq!(text.matches("warning[").count(), MOST);
        assert!(text.ends_with(", 20 not shown: `okrbook check` lists them all\n"), "{text}");
    }
}
