//! An objective on its document's page: what is said of it, how far it is, why it stopped.

use super::*;

impl Maker<'_> {
    pub(super) fn objective(&self, of: usize, objective: &Objective) -> ObjectiveView {
        let site = self.site;
        let target = Target::Objective(self.at, of);
        let (progress, _) = site.objective_progress(self.document.cycle, objective);
        let (_, behind) = self.far(objective);
        let id = objective.id.as_ref().map(|id| id.value.to_string());
        ObjectiveView {
            number: site.say("okrs.objective", &[("n", &(of + 1).to_string())]),
            title: site.inline(&objective.title, &self.shared),
            plain: site.title(target),
            owners: site.whos(self.okrs.owners(objective)),
            facts: self.objective_facts(of, objective),
            progress: self.objective_words(objective, progress),
            behind,
            why: site.inline(&objective.why, &self.shared),
            text: id.as_deref().map(|id| self.sections(Some(id), false)).unwrap_or_default(),
            outcome: site.inline(&objective.outcome, &self.shared),
            stopped: self.stopped(objective.activity, id.as_deref()),
            supports: if objective.key_results.is_empty() { self.supports(target) } else { Vec::new() },
            key_results: objective
                .key_results
                .iter()
                .enumerate()
                .map(|(number, key_result)| self.key_result(of, number, objective, key_result))
                .collect(),
            id,
        }
    }

    pub(super) fn objective_words(&self, objective: &Objective, progress: String) -> String {
        let site = self.site;
        let mut words = Vec::new();
        if objective.progress(site.today).is_some() && progress.ends_with('%') {
            words.push(site.say("okrs.of-the-way", &[("progress", &progress)]));
        } else if !objective.key_results.is_empty() && objective.progress(site.today).is_none() {
            words.push(site.text("okrs.no-progress"));
        } else if !progress.is_empty() {
            words.push(progress);
        }
        let thresholds: Vec<bool> = objective
            .key_results
            .iter()
            .filter(|key_result| objective.is_active(key_result))
            .filter_map(|key_result| key_result.met(site.today))
            .collect();
        if !thresholds.is_empty() {
            let met = thresholds.iter().filter(|met| **met).count();
            let total = thresholds.len();
            words.push(site.count(
                "okrs.thresholds-met",
                total,
                &[("n", &site.whole(met)), ("total", &site.whole(total))],
            ));
        }
        if let Some(grade) = objective.grade() {
            words.push(site.say("okrs.grade", &[("grade", &site.grade(grade))]));
        }
        words.join(&site.text("number.separator"))
    }

    pub(super) fn objective_facts(&self, of: usize, objective: &Objective) -> Vec<Fact> {
        let site = self.site;
        let mut facts = Vec::new();
        facts.extend(objective.commitment.map(|word| self.fact(site.text(&format!("okrs.{word}")))));
        let themes: Vec<Link> = self
            .site
            .analysis
            .links
            .edges_of(self.at)
            .iter()
            .filter(|edge| edge.from == Some(ItemPlace::Objective(of)))
            .filter_map(|edge| match edge.to {
                Ok(target @ Target::Theme(..)) => Some(site.link(target, String::new())),
                _ => None,
            })
            .collect();
        if !themes.is_empty() {
            let words = site.say("okrs.answers", &[("themes", "")]).trim().to_owned();
            facts.push(Fact { words, links: themes, text: None });
        }
        facts.extend(self.shared_with(&objective.shared_with));
        if let Some(why) = site.inline(&objective.stands_alone, &self.shared) {
            let words = site.say("okrs.stands-alone", &[("why", "")]).trim().to_owned();
            facts.push(Fact { words, links: Vec::new(), text: Some(why) });
        }
        facts.extend(objective.labels.iter().map(|label| self.fact(label.value.to_string())));
        if let Some(link) = self.continued(objective.id.as_ref().map(|id| id.value.as_ref())) {
            let words = site.say("okrs.goes-on", &[("cycle", "")]).trim().to_owned();
            facts.push(Fact { words, links: vec![link], text: None });
        }
        facts
    }

    pub(super) fn fact(&self, words: String) -> Fact {
        Fact { words, ..Fact::default() }
    }

    pub(super) fn shared_with(&self, units: &[crate::table::Words]) -> Option<Fact> {
        if units.is_empty() {
            return None;
        }
        let words = self.site.say("okrs.shared-with", &[("units", "")]).trim().to_owned();
        let links = self.site.whos(units).into_iter().map(|who| Link {
            title: who.name,
            url: who.url,
            ..Link::default()
        });
        Some(Fact { words, links: links.collect(), text: None })
    }

    /// The same item in the last cycle before this one that has it.
    pub(super) fn continued(&self, name: Option<&str>) -> Option<Link> {
        let name = name?;
        (0..self.document.cycle).rev().find_map(|cycle| {
            let before = self.book.document_of(cycle, self.document.unit)?;
            let place = self.book.documents[before].okrs().place(name)?;
            Some(Link {
                title: self.book.cycles[cycle].name.to_string(),
                url: Some(self.site.url(Target::item(before, Some(place)))),
                ..Link::default()
            })
        })
    }

    /// Why an item is not worked on: what the last amendment about it says.
    pub(super) fn stopped(&self, activity: Activity, name: Option<&str>) -> Option<Stopped> {
        let (key, icon) = match activity {
            Activity::Active => return None,
            Activity::Paused => ("paused", "paused"),
            Activity::Dropped => ("dropped", "dropped"),
        };
        let about = |amendment: &&Amendment| {
            let place = amendment.about.as_ref().map(|about| about.value.as_ref());
            place.is_some_and(|place| {
                Some(place) == name || name.is_some_and(|name| name.starts_with(&format!("{place}/")))
            })
        };
        let amendment = self.okrs.amendments.iter().rev().find(about);
        let title = match amendment.and_then(|amendment| amendment.on.as_ref()) {
            Some(on) => self.site.say(&format!("okrs.{key}-on"), &[("date", &self.site.day(on.value))]),
            None => self.site.text(&format!("okrs.{key}")),
        };
        let says = amendment.and_then(|amendment| self.site.inline(&amendment.says, &self.shared));
        Some(Stopped { title, icon, says })
    }
}
