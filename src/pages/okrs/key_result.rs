//! A key result on its document's page: what was agreed, what was measured, what it supports and what
//! supports it.

use super::*;
use crate::prose::{TableCell, TableRows};

/// As many links as stand open beside a key result.
const MOST_BESIDE: usize = 5;

impl Maker<'_> {
    pub(super) fn key_result(
        &self,
        of: usize,
        number: usize,
        objective: &Objective,
        key_result: &KeyResult,
    ) -> KeyResultView {
        let site = self.site;
        let target = Target::KeyResult(self.at, of, number);
        let id = self.okrs.name(ItemPlace::KeyResult(of, number));
        let reading = self.readings[of][number].clone();
        let (shown, more) = self.supported_by(target);
        let activity =
            if objective.activity == Activity::Active { key_result.activity } else { Activity::Active };
        KeyResultView {
            title: site.inline(&key_result.title, &self.shared),
            plain: site.title(target),
            agreed: site.agreed(key_result),
            owners: site.whos(self.okrs.key_result_owners(objective, key_result)),
            sources: self.sources(key_result),
            facts: self.key_result_facts(key_result, id.as_deref()),
            why: site.inline(&key_result.why, &self.shared),
            text: id.as_deref().map(|id| self.sections(Some(id), false)).unwrap_or_default(),
            needs: self.with_units(site.analysis.links.needs.get(&target)),
            needed_by: self.with_units(site.analysis.links.needed_by.get(&target)),
            chart: site
                .chart(self.document.cycle, &self.frame, key_result, &reading)
                .map(|chart| chart.svg_in(&self.frame))
                .unwrap_or_default(),
            reading,
            check_ins: self.check_ins(key_result),
            check_ins_summary: site.count("count.check-ins", key_result.check_ins.len(), &[]),
            stopped: self.stopped(activity, id.as_deref()),
            supports: self.supports(target),
            supported_by: shown,
            supported_summary: site.count("list.more", more.len(), &[]),
            supported_more: more,
            has_below: site.analysis.links.coverage.contains_key(&target),
            grade: key_result.grade.map(|grade| site.say("okrs.grade", &[("grade", &site.grade(grade))])),
            outcome: site.inline(&key_result.outcome, &self.shared),
            id,
        }
    }

    /// Where the number comes from, then other addresses.
    fn sources(&self, key_result: &KeyResult) -> Vec<Text> {
        let source = self.site.text("site.source");
        let sources = key_result.source.iter().map(|link| self.address(&link.value, &source));
        let links = key_result.links.iter().map(|link| self.address(&link.value, host(&link.value)));
        sources.chain(links).collect()
    }

    /// An address under a name, or the words that an author wrote.
    fn address(&self, typed: &Arc<str>, name: &str) -> Text {
        if typed.starts_with("http://") || typed.starts_with("https://") {
            let named = format!("[{name}](<{typed}>)");
            let mut shared = (*self.shared).clone();
            let there = crate::prose::Destination {
                href: Some(typed.to_string()),
                outside: true,
                ..Default::default()
            };
            shared.destinations.insert((crate::markdown::LinkKind::Link, typed.to_string()), there);
            return Text::inline(&Arc::from(named), &Arc::new(shared));
        }
        Text::inline(typed, &self.shared)
    }

    pub(super) fn key_result_facts(&self, key_result: &KeyResult, name: Option<&str>) -> Vec<Fact> {
        let mut facts = Vec::new();
        facts.extend(key_result.commitment.map(|word| self.fact(self.site.text(&format!("okrs.{word}")))));
        facts.extend(self.shared_with(&key_result.shared_with));
        facts.extend(key_result.labels.iter().map(|label| self.fact(label.value.to_string())));
        if let Some(link) = self.continued(name) {
            let words = self.site.say("okrs.goes-on", &[("cycle", "")]).trim().to_owned();
            facts.push(Fact { words, links: vec![link], text: None });
        }
        facts
    }

    fn check_ins(&self, key_result: &KeyResult) -> TableRows {
        let site = self.site;
        let mut check_ins: Vec<&crate::model::CheckIn> = key_result.check_ins.iter().collect();
        check_ins.sort_by_key(|check_in| check_in.on.as_ref().map(|on| on.value));
        let row = |check_in: &crate::model::CheckIn| {
            let on = check_in.on.as_ref().map(|on| site.day_short(on.value));
            let measured = check_in.value().map(|value| site.value(key_result, value));
            let mut value = measured.unwrap_or_default();
            if let Some(forecast) = check_in.forecast() {
                value = format!("{value} ({})", site.value(key_result, forecast));
            }
            let confidence = check_in.confidence().map(|share| site.plain_number(share));
            let words = [on.unwrap_or_default(), value, confidence.unwrap_or_default()];
            let note = site.inline(&check_in.note, &self.shared);
            let note = note.map_or_else(|| TableCell::Words(String::new()), TableCell::Text);
            words.map(TableCell::Words).into_iter().chain([note]).collect()
        };
        TableRows(check_ins.into_iter().map(row).collect())
    }

    /// Links to places, each with its unit and how it stands.
    pub(super) fn with_units(&self, targets: Option<&[Target]>) -> Vec<Link> {
        targets
            .into_iter()
            .flatten()
            .map(|target| self.site.link(*target, self.place_word(*target)))
            .collect()
    }

    /// The unit of a place, with its cycle where it is another.
    pub(super) fn place_word(&self, target: Target) -> String {
        let cycle = target.cycle(self.book);
        let unit = target.unit(self.book).map_or_else(
            || self.site.text("tab.direction"),
            |unit| self.site.config().units[unit].name.to_string(),
        );
        if cycle == self.document.cycle {
            unit
        } else {
            self.site.row(&[&unit, &self.book.cycles[cycle].name])
        }
    }

    /// What an item supports: with the objective it stands in.
    pub(super) fn supports(&self, target: Target) -> Vec<Link> {
        let link = |to: &Target| {
            let within = match *to {
                Target::KeyResult(at, of, _) => self.site.title(Target::Objective(at, of)),
                _ => String::new(),
            };
            // the head of the column names the unit that one answers to
            let own = to.cycle(self.book) == self.document.cycle
                && to.unit(self.book) == self.site.config().units[self.document.unit].within;
            let note = match (own, within.is_empty()) {
                (true, false) => within,
                (false, false) => self.site.row(&[&self.place_word(*to), &within]),
                (_, true) => self.place_word(*to),
            };
            self.site.link(*to, note)
        };
        self.site.analysis.links.supports.get(&target).into_iter().flatten().map(link).collect()
    }

    /// What supports a key result: key results with how they stand, assurances, and what is missing.
    /// The first of the key results stand open, the others in a fold.
    pub(super) fn supported_by(&self, target: Target) -> (Vec<Link>, Vec<Link>) {
        let site = self.site;
        let mut links: Vec<Link> = Vec::new();
        let supporting = site.analysis.links.supported_by.get(&target).into_iter().flatten();
        for from in supporting {
            let mut note = self.place_word(*from);
            if let Target::KeyResult(at, of, number) = *from {
                let key_result = &self.book.documents[at].okrs().objectives[of].key_results[number];
                if let Some(far) = site.how_far(key_result) {
                    note = site.row(&[&note, &far]);
                }
            }
            links.push(site.link(*from, note));
        }
        let shown = if links.len() > MOST_BESIDE + 1 { MOST_BESIDE } else { links.len() };
        let more = links.split_off(shown);
        let Some(coverage) = site.analysis.links.coverage.get(&target) else { return (links, more) };
        for answer in &coverage.answers {
            for (document, number, _) in &answer.assurances {
                links.push(site.assurance_link(
                    *document,
                    *number,
                    &site.url(Target::Document(*document)),
                    &self.page_root(),
                ));
            }
        }
        if coverage.covered == Covered::Uncovered {
            let units = coverage.answers.len();
            let note = site.count("count.units", units, &[]);
            let reason = site.allowed_gap(target, coverage.covered, || Arc::clone(&self.shared));
            links.push(Link {
                title: site.text("key-result.nobody-answered"),
                note,
                class: if reason.is_some() { "allowed" } else { "gap" },
                quote: reason,
                ..Link::default()
            });
        }
        (links, more)
    }

    pub(super) fn page_root(&self) -> String {
        root_of(&self.book.document_url(self.at))
    }
}

/// Where an address leads, as a word: its host.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}
