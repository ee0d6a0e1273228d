//! What a cycle's own direction says and who signed it, and its themes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::changes::Doc;
use crate::config::What;
use crate::date::{Date, days_between};
use crate::links::Target;
use crate::model::{Direction, DirectionDocument, Outcome, Section, TimelineState, heading_ids, same_person};
use crate::pages::parts::{Exchange, Link, Mark, Pair, PartyView, Who};
use crate::pages::site::Site;
use crate::prose::{Shared, Text};

use super::{Own, ThemeView, answers, mark};

/// Makes what a page shows of a direction, for a cycle that answers to it.
pub(super) struct Maker<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) at: usize,
    pub(super) cycle: usize,
    pub(super) document: &'a DirectionDocument,
    pub(super) direction: &'a Direction,
    pub(super) shared: Arc<Shared>,
}

impl Maker<'_> {
    /// The direction itself.
    pub(super) fn own(&self) -> Own {
        let site = self.site;
        let mark = mark(site, self.at);
        let writers = site.writers(self.at);
        let answers: Vec<Who> = writers.clone();
        let feedback = self.feedback(&answers);
        Own {
            state: mark.word.clone(),
            pair: self.pair(&mark, writers),
            mark,
            above: self.sections(None, true),
            below: self.sections(None, false),
            feedback_summary: self.feedback_summary(),
            feedback,
            links: self.direction.links.iter().map(|link| Text::inline(&link.value, &self.shared)).collect(),
            signatures: self.signatures(),
            changed: site.changed(Doc::Direction(self.at)),
        }
    }

    /// Its themes, with their texts where the page is the direction's own.
    pub(super) fn themes(&self, own: bool) -> Vec<ThemeView> {
        let site = self.site;
        (0..self.direction.themes.len())
            .map(|number| {
                let theme = &self.direction.themes[number];
                let target = Target::Theme(self.at, number);
                let id = theme.id.as_ref().map(|id| id.value.to_string());
                let text = id.as_deref().filter(|_| own).map(|id| self.sections(Some(id), false));
                ThemeView {
                    number: site.say("direction.theme", &[("n", &(number + 1).to_string())]),
                    title: site.inline(&theme.title, &self.shared),
                    plain: site.title(target),
                    url: (!own).then(|| site.url(target)),
                    text: text.unwrap_or_default(),
                    answers: answers::of_theme(site, target, self.cycle),
                    id,
                }
            })
            .collect()
    }

    /// The stretches of the text that belong to a theme, or to the document.
    fn sections(&self, item: Option<&str>, above: bool) -> Vec<Text> {
        let file = &self.document.file;
        let ids = heading_ids(file);
        let own = |section: &&Section| {
            section.item.as_deref() == item && (item.is_some() || section.above == above)
        };
        let texts = file.sections.iter().filter(own).map(|section| {
            let headings = &file.parts.scan.headings[section.headings.clone()];
            let mut source = file.source.slice(section.span);
            let mut ids = ids[section.headings.clone()].to_vec();
            let first = headings.first().filter(|first| item.is_some() && first.id.as_deref() == item);
            let mut rest = headings;
            if let Some(first) = first {
                // the theme's own heading is the one that the page shows
                let end = first.span.end().saturating_sub(section.span.start()).min(source.len());
                source = source.get(end..).unwrap_or_default();
                ids.remove(0);
                rest = &headings[1..];
            }
            let top = rest.iter().map(|heading| heading.level).min().unwrap_or(2);
            let wanted: u8 = if item.is_some() { 3 } else { 2 };
            Text {
                source: Arc::from(source),
                shared: Arc::clone(&self.shared),
                ids,
                shift: wanted.saturating_sub(top),
                ..Text::default()
            }
        });
        texts.filter(|text| !text.is_empty()).collect()
    }

    fn pair(&self, mark: &Mark, writers: Vec<Who>) -> Pair {
        let site = self.site;
        let signed = self.direction.signatures(site.today);
        let last = signed.iter().map(|(_, on)| *on).max();
        let named = site.whos(&site.config().approved_by);
        let approvers = match (named.is_empty(), signed.is_empty()) {
            (false, _) => named,
            (true, false) => signed.iter().map(|(by, _)| site.who(by)).collect(),
            (true, true) => vec![Who { name: site.text("party.anyone"), url: None }],
        };
        let class = match (mark.key, signed.is_empty()) {
            ("final" | "altered", _) => "",
            (_, true) => "unsigned",
            (_, false) => "some",
        };
        let shared = self.direction.shared.as_ref().map(|on| on.value).filter(|on| *on <= site.today);
        Pair {
            class: if matches!(mark.key, "preparing" | "altered") { mark.key } else { "" },
            set_by: PartyView {
                role: site.text("party.written-by"),
                who: match writers.is_empty() {
                    true => vec![Who { name: site.text("party.not-named"), url: None }],
                    false => writers,
                },
                when: shared.map_or_else(|| site.text("party.not-shared"), |on| self.shared_on(on)),
                class: if shared.is_some() { "" } else { "unsigned" },
            },
            delivered_by: PartyView {
                role: site.text("party.approved-by"),
                who: approvers,
                when: match last {
                    Some(on) => site.say("party.signed-on", &[("date", &site.day(on))]),
                    None => site.text("party.not-signed"),
                },
                class,
            },
        }
    }

    /// When it was shared, and how early or late the direction was there.
    fn shared_on(&self, on: Date) -> String {
        let site = self.site;
        let date = site.day(on);
        let Some(delivery) = site.timeline(self.cycle).of_kind(What::Direction).next_back() else {
            return site.say("party.shared-on", &[("date", &date)]);
        };
        let by = days_between(delivery.due, on);
        match delivery.state {
            TimelineState::Done | TimelineState::Late if by < 0 => {
                site.say("party.shared-early", &[("date", &date), ("early", &site.distance(by))])
            }
            _ if by > 0 => site.say("party.shared-late", &[("date", &date), ("late", &site.distance(by))]),
            _ => site.say("party.shared-on", &[("date", &date)]),
        }
    }

    /// What was said about it, the open pieces first.
    fn feedback(&self, answers: &[Who]) -> Vec<Exchange> {
        let mut exchanges: Vec<Exchange> = self
            .direction
            .feedback
            .iter()
            .map(|feedback| {
                let about = feedback.about.as_ref().and_then(|about| self.theme_link(&about.value));
                self.site.exchange(feedback, about, answers.to_vec(), &self.shared)
            })
            .collect();
        exchanges.sort_by_key(|exchange| exchange.outcome != "open");
        exchanges
    }

    fn theme_link(&self, id: &str) -> Option<Link> {
        let theme = self.direction.theme(id.strip_prefix("direction/").unwrap_or(id))?;
        Some(self.site.link(Target::Theme(self.at, theme), String::new()))
    }

    fn feedback_summary(&self) -> String {
        let site = self.site;
        let all = self.direction.feedback.len();
        let open = self
            .direction
            .feedback
            .iter()
            .filter(|one| one.outcome.is_none_or(|outcome| outcome == Outcome::Open))
            .count();
        let pieces = site.count("count.feedback", all, &[]);
        match (all, open) {
            (0, _) => site.text("feedback.none"),
            (_, 0) => site.say("feedback.summary-closed", &[("feedback", &pieces)]),
            (_, open) => site.say("feedback.summary", &[("feedback", &pieces), ("open", &site.whole(open))]),
        }
    }

    fn signatures(&self) -> Vec<(Who, String, String)> {
        let site = self.site;
        let mut lines = Vec::new();
        let mut signed: BTreeMap<String, Date> = BTreeMap::new();
        for (by, on) in self.direction.signatures(site.today) {
            let latest = signed.entry(by.trim().to_lowercase()).or_insert(on);
            *latest = on.max(*latest);
            if *latest == on {
                lines.retain(|(typed, _): &(Arc<str>, Date)| {
                    typed.trim().to_lowercase() != by.trim().to_lowercase()
                });
                lines.push((by, on));
            }
        }
        let stale = site.analysis.altered.in_doc(Doc::Direction(self.at));
        let note = |by: &str| match stale.iter().any(|stale| same_person(&stale.signed.by, by)) {
            true => site.text("signature.another-text"),
            false => site.person_title(by),
        };
        let mut shown: Vec<(Who, String, String)> =
            lines.iter().map(|(by, on)| (site.who(by), site.day(*on), note(by))).collect();
        for named in &site.config().approved_by {
            if !signed.contains_key(&named.value.trim().to_lowercase()) {
                shown.push((site.who(&named.value), String::new(), site.text("party.not-signed")));
            }
        }
        shown
    }
}

impl Site<'_> {
    /// Who wrote a direction.
    pub(in crate::pages) fn writers(&self, direction: usize) -> Vec<Who> {
        let own = &self.book().directions[direction].direction().written_by;
        self.whos(if own.is_empty() { &self.config().written_by } else { own })
    }

    /// What a person does.
    fn person_title(&self, typed: &str) -> String {
        let handle = typed.trim().strip_prefix('@');
        let person = handle.and_then(|handle| self.config().person(handle));
        let title = person.and_then(|person| self.config().people[person].title.as_ref());
        title.map(|title| title.to_string()).unwrap_or_default()
    }
}
