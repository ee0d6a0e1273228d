//! The round trip of a cycle: what those who deliver said, what came of it, and what was taken as
//! given.

mod given;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::date::Date;
use crate::links::Target;
use crate::model::{Feedback, Outcome};

use super::parts::{Exchange, Link, Who};
use super::phrase::{Phrase, Piece};
use super::site::{Site, root_of};
use super::{Page, View};

use given::{Given, LevelRow};

/// The round trip of a cycle.
#[derive(Debug, Serialize)]
pub struct RoundTripView {
    /// The cycle, and the day.
    pub about: String,
    /// How it went, in a sentence.
    pub lede: Phrase,
    /// Whether no draft is shared yet, so that there is nothing to say anything about.
    pub before: bool,
    /// The figures; none without feedback.
    pub figures: Vec<Figure>,
    /// What is open, the oldest first.
    pub open: Vec<Exchange>,
    /// What was answered, by document.
    pub answered: Vec<Batch>,
    /// How much that is.
    pub answered_summary: String,
    /// Final documents about which nobody who delivers is on record with a word.
    pub given: Vec<Given>,
    /// The sums by level.
    pub levels: Vec<LevelRow>,
}

/// A number with its word.
#[derive(Debug, Serialize)]
pub struct Figure {
    /// What it counts.
    pub word: String,
    /// The number.
    pub number: String,
    /// What is said beside it.
    pub note: String,
    /// A class: none, `s-warn` or `s-bad`.
    pub class: &'static str,
}

/// The feedback on a document.
#[derive(Debug, Serialize)]
pub struct Batch {
    /// Its anchor, without the `u-` before it.
    pub id: String,
    /// The document.
    pub document: Link,
    /// Who set it, and how much was answered.
    pub about: String,
    /// What was said and answered.
    pub exchanges: Vec<Exchange>,
    /// Whether it is folded, because others are shown.
    pub folded: bool,
}

/// What came of the feedback on a document.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    changed: usize,
    unchanged: usize,
    declined: usize,
    open: usize,
}

impl Counts {
    fn of<'a>(feedback: impl Iterator<Item = &'a Feedback>) -> Self {
        let mut counts = Self::default();
        for one in feedback {
            *match one.outcome {
                Some(Outcome::Changed) => &mut counts.changed,
                Some(Outcome::NoChangeNeeded) => &mut counts.unchanged,
                Some(Outcome::Declined) => &mut counts.declined,
                Some(Outcome::Open) | None => &mut counts.open,
            } += 1;
        }
        counts
    }

    fn add(&mut self, other: Self) {
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.declined += other.declined;
        self.open += other.open;
    }

    fn answered(self) -> usize {
        self.changed + self.unchanged + self.declined
    }

    fn total(self) -> usize {
        self.answered() + self.open
    }
}

/// A document or a direction with its feedback as a page shows it.
struct Said<'a> {
    document: Option<usize>,
    id: String,
    link: Link,
    answers: Vec<Who>,
    counts: Counts,
    exchanges: Vec<(&'a Feedback, Exchange)>,
}

/// As many answered pieces as are shown before documents are folded.
const MOST_SHOWN: usize = 24;

/// What was said in a cycle, and what came of it.
pub(super) fn page(site: &Site<'_>, cycle: usize) -> Page {
    let of = &site.book().cycles[cycle];
    let url = format!("{}/round-trip/", of.id);
    let title = site.row(&[&site.text("round-trip.title"), &of.name]);
    let mut chrome = site.chrome(&url, title, Some(cycle), "round-trip");
    let said = said(site, cycle, &root_of(&url));
    let given = given::given(site, cycle);
    let mut counts = Counts::default();
    said.iter().for_each(|one| counts.add(one.counts));
    let levels = given::levels(site, cycle, &said, &given);
    let documents = site.book().documents_of(cycle).len();
    let lede = lede(site, counts, given.len());
    let figures = figures(site, &said, counts, given.len(), documents);
    let (open, answered) = parted(site, said);
    chrome.description = Some(super::phrase::words_of(&lede));
    let view = RoundTripView {
        about: site.cycle_as_of(cycle),
        lede,
        before: !site.book().documents_of(cycle).any(|at| site.mark(at).key != "preparing"),
        figures,
        open,
        answered,
        answered_summary: site.count("round-trip.answered-order", counts.answered(), &[]),
        given: given.into_iter().map(|(_, given)| given).collect(),
        levels,
    };
    Page { kind: "round-trip", chrome, view: View::RoundTrip(Box::new(view)) }
}

/// All feedback of a cycle: on the direction, then document by document.
fn said<'a>(site: &Site<'a>, cycle: usize, root: &str) -> Vec<Said<'a>> {
    let mut all = Vec::new();
    all.extend(site.book().direction_of(cycle).and_then(|at| on_direction(site, at, root)));
    all.extend(site.book().documents_of(cycle).filter_map(|at| on_document(site, at, root)));
    all
}

fn on_direction<'a>(site: &Site<'a>, at: usize, root: &str) -> Option<Said<'a>> {
    let of = &site.book().directions[at];
    let direction = of.direction();
    let feedback: Vec<&Feedback> = direction.feedback.iter().filter(|one| one.counts(site.today)).collect();
    if feedback.is_empty() {
        return None;
    }
    let shared = site.shared(&of.file, root);
    let answers = site.writers(at);
    let about = |one: &Feedback| {
        let name = one.about.as_ref()?.value.as_ref();
        let theme = direction.theme(name.strip_prefix("direction/").unwrap_or(name))?;
        Some(site.link(Target::Theme(at, theme), String::new()))
    };
    let exchanges =
        feedback.iter().map(|one| (*one, site.exchange(one, about(one), answers.clone(), &shared))).collect();
    let counts = Counts::of(feedback.iter().copied());
    let link = Link { title: site.text("tab.direction"), ..site.link(Target::Direction(at), String::new()) };
    Some(Said { document: None, id: "direction".to_owned(), link, answers, counts, exchanges })
}

fn on_document<'a>(site: &Site<'a>, at: usize, root: &str) -> Option<Said<'a>> {
    let of = &site.book().documents[at];
    let okrs = of.okrs();
    let feedback: Vec<&Feedback> = okrs.feedback.iter().filter(|one| one.counts(site.today)).collect();
    if feedback.is_empty() {
        return None;
    }
    let shared = site.shared(&of.file, root);
    let answers = site.pair(at).set_by.who;
    let about = |one: &Feedback| {
        let place = okrs.place(one.about.as_ref()?.value.as_ref())?;
        Some(site.link(Target::item(at, Some(place)), String::new()))
    };
    let exchanges =
        feedback.iter().map(|one| (*one, site.exchange(one, about(one), answers.clone(), &shared))).collect();
    let counts = Counts::of(feedback.iter().copied());
    let id = site.config().units[of.unit].id.to_string();
    let link = site.link(Target::Document(at), String::new());
    Some(Said { document: Some(at), id, link, answers, counts, exchanges })
}

/// What is open, the oldest first; then what was answered, the documents that changed first.
fn parted(site: &Site<'_>, said: Vec<Said<'_>>) -> (Vec<Exchange>, Vec<Batch>) {
    let mut open: Vec<(Option<Date>, Exchange)> = Vec::new();
    let mut batches: Vec<(Counts, Batch)> = Vec::new();
    for one in said {
        let about = batch_about(site, &one);
        let mut answered: Vec<Exchange> = Vec::new();
        for (feedback, mut exchange) in one.exchanges {
            if exchange.outcome == "open" {
                exchange.about = Some(place_in(site, &one.link, exchange.about.take()));
                open.push((feedback.on.as_ref().map(|on| on.value), exchange));
            } else {
                answered.push(exchange);
            }
        }
        if !answered.is_empty() {
            answered.sort_by_key(|exchange| exchange.outcome != "changed");
            let batch = Batch { id: one.id, document: one.link, about, exchanges: answered, folded: false };
            batches.push((one.counts, batch));
        }
    }
    open.sort_by_key(|(on, _)| *on);
    batches.sort_by_key(|(counts, _)| std::cmp::Reverse(counts.changed));
    let mut shown = 0;
    let batches = batches.into_iter().map(|(_, batch)| {
        let folded = shown > 0 && shown + batch.exchanges.len() > MOST_SHOWN;
        shown += batch.exchanges.len();
        Batch { folded, ..batch }
    });
    (open.into_iter().map(|(_, exchange)| exchange).collect(), batches.collect())
}

/// The document and the place in it.
fn place_in(site: &Site<'_>, document: &Link, about: Option<Link>) -> Link {
    match about {
        Some(about) => {
            let title = [document.title.as_str(), about.title.as_str()].join(&site.text("list.separator"));
            Link { title, ..about }
        }
        None => document.clone(),
    }
}

fn batch_about(site: &Site<'_>, one: &Said<'_>) -> String {
    let names: Vec<&str> = one.answers.iter().map(|who| who.name.as_str()).collect();
    let (answered, open) = (site.whole(one.counts.answered()), site.whole(one.counts.open));
    let people = site.lang.list(&names);
    let values = [("people", people.as_str()), ("answered", &answered), ("open", &open)];
    let key = match (one.document.is_some(), one.counts.open > 0) {
        (true, false) => "round-trip.document-summary",
        (true, true) => "round-trip.document-summary-open",
        (false, false) => "round-trip.direction-summary",
        (false, true) => "round-trip.direction-summary-open",
    };
    site.say(key, &values)
}

fn lede(site: &Site<'_>, counts: Counts, given: usize) -> Phrase {
    let mut sentences = Vec::new();
    if counts.total() == 0 {
        sentences.push(site.text("round-trip.lede-none"));
    } else {
        sentences.push(site.count("round-trip.lede", counts.total(), &[]));
        let answers = match (counts.changed, counts.answered()) {
            (_, 0) => None,
            (0, answered) => Some(site.count("round-trip.lede-unchanged", answered, &[])),
            (changed, _) => Some(site.count("round-trip.lede-changed", changed, &[])),
        };
        sentences.extend(answers);
    }
    if counts.open > 0 {
        sentences.push(site.count("round-trip.lede-open", counts.open, &[]));
    }
    if given > 0 {
        sentences.push(site.count("round-trip.lede-given", given, &[]));
    }
    vec![Piece::plain(sentences.join(" "))]
}

fn figures(
    site: &Site<'_>,
    said: &[Said<'_>],
    counts: Counts,
    given: usize,
    documents: usize,
) -> Vec<Figure> {
    if counts.total() == 0 {
        return Vec::new();
    }
    let people: BTreeSet<String> = said
        .iter()
        .flat_map(|one| &one.exchanges)
        .filter_map(|(feedback, _)| Some(feedback.by.as_ref()?.value.trim().to_lowercase()))
        .collect();
    let oldest = said
        .iter()
        .flat_map(|one| &one.exchanges)
        .filter(|(_, exchange)| exchange.outcome == "open")
        .filter_map(|(feedback, _)| Some(feedback.on.as_ref()?.value))
        .min();
    let oldest = oldest.map(|on| site.count("round-trip.oldest", site.days_from(on, site.today), &[]));
    let figure = |key: &str, number: usize, note: Option<String>, class: &'static str| Figure {
        word: site.text(&format!("round-trip.{key}")),
        number: site.whole(number),
        note: note.unwrap_or_default(),
        class: if number > 0 { class } else { "" },
    };
    let from = site.count("round-trip.from-people", people.len(), &[]);
    let of = site.count("round-trip.of-documents", documents, &[]);
    vec![
        figure("pieces", counts.total(), Some(from), ""),
        figure("changed", counts.changed, None, ""),
        figure("no-change-needed", counts.unchanged, None, ""),
        figure("declined", counts.declined, None, ""),
        figure("open", counts.open, oldest.filter(|_| counts.open > 0), "s-bad"),
        figure("given", given, Some(of), "s-warn"),
    ]
}

/// What came of the feedback of each level; of the direction under none.
fn by_level(site: &Site<'_>, said: &[Said<'_>]) -> BTreeMap<Option<usize>, Counts> {
    let mut levels: BTreeMap<Option<usize>, Counts> = BTreeMap::new();
    for one in said {
        let level = one.document.map(|at| site.config().units[site.book().documents[at].unit].level);
        levels.entry(level).or_default().add(one.counts);
    }
    levels
}
