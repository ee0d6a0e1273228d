//! Whether the level below was enough: what fell short although everything that supports it was reached.

use serde::Serialize;

use crate::links::Target;
use crate::model::is_reached;
use crate::pages::parts::Link;
use crate::pages::site::{Site, root_of};

/// A key result that fell short although all below was reached.
#[derive(Debug, Serialize)]
pub struct EnoughRow {
    /// The key result, with its unit and what it came to.
    pub link: Link,
    /// What supports it, and who was sure that it is enough.
    pub below: Vec<Link>,
}

/// As many as the page shows.
const MOST: usize = 20;

impl Site<'_> {
    pub(super) fn not_enough(&self, cycle: usize) -> Vec<EnoughRow> {
        let documents = self.book().documents_of(cycle);
        let key_results = documents.flat_map(|document| {
            let okrs = self.book().documents[document].okrs();
            okrs.key_results().map(move |(at, of, ..)| Target::KeyResult(document, at, of))
        });
        key_results.filter_map(|target| self.enough_row(cycle, target)).take(MOST).collect()
    }

    fn enough_row(&self, cycle: usize, target: Target) -> Option<EnoughRow> {
        if self.came_to(target)? {
            return None;
        }
        let supporting = self.analysis.links.supported_by.get(&target).into_iter().flatten();
        let below: Vec<Target> = supporting.copied().collect();
        if !below.iter().all(|from| self.came_to(*from) == Some(true)) {
            return None;
        }
        let mut links: Vec<Link> =
            below.iter().map(|from| self.link(*from, self.place_and_grade(*from))).collect();
        let root = root_of(&format!("{}/review/", self.book().cycles[cycle].id));
        let answers =
            self.analysis.links.coverage.get(&target).into_iter().flat_map(|covered| &covered.answers);
        for (document, number, verdict) in answers.flat_map(|answer| &answer.assurances) {
            if *verdict == crate::model::Verdict::Sufficient {
                let url = self.url(Target::Document(*document));
                links.push(self.assurance_link(*document, *number, &url, &root));
            }
        }
        if links.is_empty() {
            return None;
        }
        Some(EnoughRow { link: self.link(target, self.place_and_grade(target)), below: links })
    }

    /// Whether a key result came up to what was agreed; none where nobody can tell.
    fn came_to(&self, target: Target) -> Option<bool> {
        let Target::KeyResult(document, at, of) = target else { return None };
        let objective = &self.book().documents[document].okrs().objectives[at];
        let key_result = &objective.key_results[of];
        if !objective.is_active(key_result) {
            return None;
        }
        if let Some(grade) = key_result.grade {
            return Some(is_reached(grade));
        }
        key_result.met(self.today)
    }

    fn place_and_grade(&self, target: Target) -> String {
        let Target::KeyResult(document, at, of) = target else { return String::new() };
        let unit = &self.config().units[self.book().documents[document].unit].name;
        let key_result = &self.book().documents[document].okrs().objectives[at].key_results[of];
        match key_result.grade {
            Some(grade) => {
                let grade = self.say("okrs.grade", &[("grade", &self.grade(grade))]);
                self.row(&[unit, &grade])
            }
            None => unit.to_string(),
        }
    }
}
