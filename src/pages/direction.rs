//! The direction of a cycle: its text, and beside each theme the objectives that answer it.

mod answers;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::changes::Doc;
use crate::config::What;
use crate::date::{Date, days_between};
use crate::links::Target;
use crate::model::{Direction, DirectionDocument, Outcome, TimelineState, heading_ids, same_person};
use crate::prose::{Shared, Text};

use super::changed::Changed;
use super::parts::{Exchange, Link, Mark, Pair, PartyView, RibbonLevel, RibbonUnit, Who};
use super::phrase::{Phrase, Piece};
use super::site::{Site, root_of};
use super::{Entry, Page, View};

use answers::{ThemeAnswers, answers_by_level};

/// The direction of a cycle.
#[derive(Debug, Serialize)]
pub struct DirectionView {
    /// The direction, and how many objectives of each level answer it.
    pub ribbon: Vec<RibbonLevel>,
    /// Its title.
    pub title: String,
    /// How many objectives answer how many of its themes, in a sentence; or whose direction it is; or that
    /// there is none.
    pub lede: Phrase,
    /// What the cycle has of its own; none where it answers to that of another, or to none.
    pub own: Option<Own>,
    /// Its themes.
    pub themes: Vec<ThemeView>,
    /// The direction of the cycle before.
    pub previous: Option<Entry>,
    /// The direction of the cycle after.
    pub next: Option<Entry>,
    /// Where it is edited.
    pub edit: Option<String>,
    /// When it was last changed.
    pub changed: Option<String>,
}

/// A direction document.
#[derive(Debug, Serialize)]
pub struct Own {
    /// The symbol of its state.
    pub mark: Mark,
    /// Its state in words.
    pub state: String,
    /// Who wrote it, and who approves it.
    pub pair: Pair,
    /// Text above the themes.
    pub above: Vec<Text>,
    /// Text below them.
    pub below: Vec<Text>,
    /// The round trip.
    pub feedback: Vec<Exchange>,
    /// How much of it there is.
    pub feedback_summary: String,
    /// Addresses.
    pub links: Vec<Text>,
    /// Signatures: who, when, what they do.
    pub signatures: Vec<(Who, String, String)>,
    /// What changed under signatures that no longer match.
    pub changed: Vec<Changed>,
}

/// A theme.
#[derive(Debug, Serialize)]
pub struct ThemeView {
    /// Its anchor; none where its id is missing.
    pub id: Option<String>,
    /// `Theme 1`.
    pub number: String,
    /// What it asks for.
    pub title: Option<Text>,
    /// The same without marks.
    pub plain: String,
    /// Its page, where it is another's.
    pub url: Option<String>,
    /// Its sections of the text.
    pub text: Vec<Text>,
    /// The objectives that answer it.
    pub answers: ThemeAnswers,
}

/// The direction of a cycle.
pub(super) fn page(site: &Site<'_>, cycle: usize) -> Page {
    let of = &site.book().cycles[cycle];
    let url = format!("{}/direction/", of.id);
    let title = site.row(&[&site.text("direction.title"), &of.name]);
    let mut chrome = site.chrome(&url, title, Some(cycle), "direction");
    let own = site.book().direction_of(cycle);
    let answered = site.book().answers_to(cycle);
    let maker = answered.map(|at| {
        let document = &site.book().directions[at];
        let shared = site.shared(&document.file, &root_of(&url));
        Maker { site, at, cycle, document, direction: document.direction(), shared }
    });
    let themes = maker.as_ref().map(|maker| maker.themes(own.is_some())).unwrap_or_default();
    let view = DirectionView {
        ribbon: ribbon(site, cycle, own.map(|at| mark(site, at))),
        title: match own {
            Some(at) if site.book().directions[at].direction().title.is_some() => {
                site.title(Target::Direction(at))
            }
            _ => site.say("home.direction-for", &[("cycle", &of.name)]),
        },
        lede: lede(site, cycle, &themes),
        own: maker.as_ref().filter(|_| own.is_some()).map(|maker| maker.own()),
        themes,
        previous: neighbour(site, cycle, true),
        next: neighbour(site, cycle, false),
        edit: own.and_then(|at| site.edit_url(&site.book().directions[at].file.source.path)),
        changed: own.and_then(|at| site.last_changed(&site.book().directions[at].file.source.path)),
    };
    chrome.description = Some(super::phrase::words_of(&view.lede));
    Page { kind: "direction", chrome, view: View::Direction(Box::new(view)) }
}

/// How many themes are answered, in a sentence; or whose direction it is.
fn lede(site: &Site<'_>, cycle: usize, themes: &[ThemeView]) -> Phrase {
    let book = site.book();
    let Some(at) = book.answers_to(cycle) else { return vec![Piece::plain(site.text("direction.none"))] };
    let mut phrase = Phrase::new();
    let of = book.directions[at].cycle;
    if of != cycle {
        let link = Piece::link(book.cycles[of].name.as_ref(), site.url(Target::Direction(at)));
        let own = vec![Piece::plain(book.cycles[cycle].name.as_ref())];
        phrase = site.phrase("direction.of-another", None, &[("cycle", own), ("other", vec![link])]);
        phrase.push(Piece::plain(" "));
    }
    let total = themes.len();
    let answered = themes.iter().filter(|theme| theme.answers.count > 0).count();
    let values = [("n", site.whole(answered)), ("total", site.whole(total))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let said = match (total, answered) {
        (0, _) => site.text("direction.no-themes"),
        (total, 0) => site.count("direction.lede-none", total, &values),
        (total, answered) if total == answered => site.count("direction.lede-all", total, &values),
        _ => {
            let open: Vec<String> = themes
                .iter()
                .filter(|theme| theme.answers.count == 0)
                .map(|theme| site.say("list.quote", &[("text", &theme.plain)]))
                .collect();
            let list = site.lang.list(&open);
            let values = [values[0], values[1], ("themes", list.as_str())];
            site.count("direction.lede-some", open.len(), &values)
        }
    };
    phrase.push(Piece::plain(said));
    phrase
}

/// The direction and the levels beside each other, with how many of their objectives answer it.
fn ribbon(site: &Site<'_>, cycle: usize, mark: Option<Mark>) -> Vec<RibbonLevel> {
    let of = &site.book().cycles[cycle];
    let own =
        RibbonUnit { name: of.name.to_string(), url: format!("{}/direction/", of.id), mark, current: true };
    let mut levels =
        vec![RibbonLevel { name: site.text("direction.title"), here: true, units: vec![own], more: None }];
    let counts = answers_by_level(site, cycle);
    let themes = site
        .book()
        .answers_to(cycle)
        .is_some_and(|at| !site.book().directions[at].direction().themes.is_empty());
    for (level, (answering, total)) in site.config().levels.iter().zip(counts) {
        let values = [("n", site.whole(answering)), ("total", site.whole(total))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let name = match total {
            total if total == 0 || !themes => site.count("count.objectives", total, &[]),
            total => site.count("direction.answer-of", total, &values),
        };
        let url = format!("{}/#l-{}", of.id, level.id);
        levels.push(RibbonLevel {
            name: level.name.to_string(),
            here: false,
            units: vec![RibbonUnit { name, url, mark: None, current: false }],
            more: None,
        });
    }
    levels
}

/// The symbol of a direction's state, as that of a contract: its writers set it, its approvers sign.
pub(super) fn mark(site: &Site<'_>, at: usize) -> Mark {
    let direction = site.book().directions[at].direction();
    let shared = direction.shared.as_ref().is_some_and(|on| on.value <= site.today);
    let (symbol, class, key) = if !site.analysis.altered.in_doc(Doc::Direction(at)).is_empty() {
        ("m-altered", "altered", "altered")
    } else if direction.there(&site.config().approved_by, site.today).is_some() {
        ("m-final", "", "final")
    } else if shared {
        ("m-set", "", "draft")
    } else {
        ("m-preparing", "open", "preparing")
    };
    Mark { symbol, class, key, word: site.text(&format!("state.direction-{key}")) }
}

/// The nearest direction of a cycle of the same length, before or after.
fn neighbour(site: &Site<'_>, cycle: usize, before: bool) -> Option<Entry> {
    let book = site.book();
    let rhythm = book.cycles[cycle].rhythm;
    let fits = |other: &usize| book.cycles[*other].rhythm == rhythm && book.direction_of(*other).is_some();
    let found = if before { (0..cycle).rev().find(fits) } else { (cycle + 1..book.cycles.len()).find(fits) };
    let at = book.direction_of(found?)?;
    let of = &book.cycles[found?];
    Some(Entry {
        title: if book.directions[at].direction().title.is_some() {
            site.title(Target::Direction(at))
        } else {
            site.say("home.direction-for", &[("cycle", &of.name)])
        },
        url: site.url(Target::Direction(at)),
        note: of.name.to_string(),
        current: false,
    })
}

struct Maker<'a> {
    site: &'a Site<'a>,
    at: usize,
    cycle: usize,
    document: &'a DirectionDocument,
    direction: &'a Direction,
    shared: Arc<Shared>,
}

impl Maker<'_> {
    fn own(&self) -> Own {
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

    fn themes(&self, own: bool) -> Vec<ThemeView> {
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
        let own = |section: &&crate::model::Section| {
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
    pub(super) fn writers(&self, direction: usize) -> Vec<Who> {
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
