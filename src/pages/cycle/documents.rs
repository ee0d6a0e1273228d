//! The documents of a cycle as a ledger: by level, and in a level by the unit above.

use serde::Serialize;

use crate::chart::Strip;
use crate::config::What;
use crate::date::Date;
use crate::model::{Party, Signing, State, named};
use crate::pages::parts::{Mark, Svg};
use crate::pages::phrase::{Phrase, Piece};
use crate::pages::site::Site;
use crate::pages::standing::{Against, DocumentStanding, Standing};

/// The documents of a level that help with one unit above.
#[derive(Debug, Serialize)]
pub struct Group {
    /// Its anchor, where it is the first of its level.
    pub id: Option<String>,
    /// `Teams that deliver with Payments`.
    pub title: Phrase,
    /// Units without a document that are expected to have one.
    pub missing: Phrase,
    /// Its documents.
    pub rows: Vec<Row>,
    /// What is said of them in a line, where nothing of them needs anyone.
    pub folded: Option<String>,
}

/// A document in a line.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its anchor, without the `u-` before it.
    pub id: String,
    /// The unit.
    pub name: String,
    /// Its page.
    pub url: String,
    /// The symbol of its state.
    pub mark: Mark,
    /// The state in a word, where it must not be overlooked.
    pub word: Option<String>,
    /// The party that sets, and the one that delivers.
    pub parties: [Signature; 2],
    /// Its objectives on a line.
    pub strip: Svg,
    /// Their progress or grades in figures.
    pub figures: String,
    /// How many key results are behind, broken or fell short.
    pub wanting: usize,
    /// Feedback, open and all.
    pub feedback: String,
    /// Whether some of it is open.
    pub open: bool,
}

/// A party in a line.
#[derive(Debug, Serialize)]
pub struct Signature {
    /// Who.
    pub who: String,
    /// When they signed, or that they did not.
    pub when: String,
    /// A class of the day: none, `s-warn` or `s-bad`.
    pub class: &'static str,
}

/// As many units without a document as a group names.
const MOST_MISSING: usize = 5;

/// The documents of a cycle in groups.
pub(super) fn groups(site: &Site<'_>, standing: &Standing) -> Vec<Group> {
    let mut groups = Vec::new();
    for level in 0..standing.levels.len() {
        groups.extend(of_level(site, standing, level));
    }
    groups
}

/// The groups of a level: by the unit above, in the order of those units.
fn of_level(site: &Site<'_>, standing: &Standing, level: usize) -> Vec<Group> {
    let config = site.config();
    let mut by_unit: std::collections::BTreeMap<Option<usize>, (Vec<&DocumentStanding>, Vec<usize>)> =
        std::collections::BTreeMap::new();
    for document in standing.of_level(level) {
        let within = config.units[site.book().documents[document.document].unit].within;
        by_unit.entry(within).or_default().0.push(document);
    }
    for unit in &standing.levels[level].missing {
        by_unit.entry(config.units[*unit].within).or_default().1.push(*unit);
    }
    let alone = by_unit.len() == 1;
    let due = site.timeline(standing.cycle).due(site.book(), What::Final, Some(level));
    by_unit
        .into_iter()
        .enumerate()
        .map(|(number, (within, (documents, missing)))| {
            let name = vec![Piece::strong(config.levels[level].name.as_ref())];
            let title = match within {
                Some(within) if !alone => {
                    let unit = vec![Piece::plain(config.units[within].name.as_ref())];
                    site.phrase("cycle.deliver-with", None, &[("level", name), ("unit", unit)])
                }
                _ => name,
            };
            let in_order = !documents.is_empty()
                && missing.is_empty()
                && documents.iter().all(|document| document.is_in_order());
            Group {
                id: (number == 0).then(|| format!("g-{}", config.levels[level].id)),
                title,
                missing: without_document(site, &missing),
                folded: in_order.then(|| site.count("cycle.folded", documents.len(), &[])),
                rows: documents.iter().map(|document| row(site, document, standing.against, due)).collect(),
            }
        })
        .collect()
}

fn without_document(site: &Site<'_>, missing: &[usize]) -> Phrase {
    if missing.is_empty() {
        return Phrase::new();
    }
    let named = if missing.len() > MOST_MISSING + 1 { MOST_MISSING } else { missing.len() };
    let mut units: Vec<Phrase> =
        missing.iter().take(named).map(|unit| vec![site.unit_piece(*unit, None)]).collect();
    if missing.len() > named {
        units.push(vec![Piece::plain(site.count("list.others", missing.len() - named, &[]))]);
    }
    let units = site.phrase_list(&units);
    site.phrase("cycle.without-document", Some(missing.len()), &[("units", units)])
}

fn row(site: &Site<'_>, document: &DocumentStanding, against: Against, due: Option<Date>) -> Row {
    let of = &site.book().documents[document.document];
    let unit = &site.config().units[of.unit];
    let mark = site.mark_of(document.state, &document.signatures);
    let track = against.track();
    let strip =
        Strip { label: None, track, objectives: document.objectives.iter().flatten().copied().collect() };
    let numbers =
        [("open", document.open), ("all", document.feedback)].map(|(name, count)| (name, site.whole(count)));
    let numbers = numbers.each_ref().map(|(name, count)| (*name, count.as_str()));
    Row {
        id: unit.id.to_string(),
        name: unit.name.to_string(),
        url: site.book().document_url(document.document),
        word: matches!(document.state, State::Altered | State::Preparing)
            .then(|| site.text(&format!("state.{}", mark.key))),
        mark,
        parties: [Party::SetBy, Party::DeliveredBy].map(|party| signature(site, document, party, unit, due)),
        strip: strip.svg_in(&track),
        figures: figures(site, document, against),
        wanting: document.wanting,
        feedback: site.say("cycle.open-of-all", &numbers),
        open: document.open > 0,
    }
}

fn figures(site: &Site<'_>, document: &DocumentStanding, against: Against) -> String {
    if document.objectives.is_empty() && document.state != State::Preparing {
        return site.text("cycle.no-objectives");
    }
    let none = site.text("number.none");
    let figures: Vec<String> = document
        .objectives
        .iter()
        .map(|objective| match (objective, against) {
            (Some(dot), Against::Grades) => site.plain_number((dot.value * 100.0).round() / 100.0),
            (Some(dot), _) => site.plain_number((dot.value * 100.0).round()),
            (None, _) => none.clone(),
        })
        .collect();
    figures.join(&site.text("number.separator"))
}

fn signature(
    site: &Site<'_>,
    document: &DocumentStanding,
    party: Party,
    unit: &crate::config::Unit,
    due: Option<Date>,
) -> Signature {
    let signing = document.signatures.party(party);
    let who = people(site, unit, party, signing);
    let empty = document.objectives.is_empty() && document.state == State::Draft;
    let past = !empty && due.is_some_and(|due| due < site.today);
    let total = signing.signed.len() + signing.waiting.len();
    if let Some(on) = signing.complete {
        let late = due.is_some_and(|due| on > due);
        let day = site.day_short(on);
        let when = if late { site.say("date.late-short", &[("date", &day)]) } else { day };
        return Signature { who, when, class: if late { "s-warn" } else { "" } };
    }
    let class = if past { "s-bad" } else { "" };
    if signing.signed.is_empty() {
        let key = if document.state == State::Preparing { "party.not-shared" } else { "party.not-signed" };
        return Signature { who, when: site.text(key), class };
    }
    let numbers = [("n", site.whole(signing.signed.len())), ("total", site.whole(total))];
    let numbers = numbers.each_ref().map(|(name, count)| (*name, count.as_str()));
    Signature { who, when: site.say("party.signed-of", &numbers), class }
}

/// The people of a party in a word or two: those named, those who signed, or nobody.
fn people(site: &Site<'_>, unit: &crate::config::Unit, party: Party, signing: &Signing) -> String {
    let of = named(unit, party);
    let mut names: Vec<String> = of.iter().map(|words| site.who(&words.value).name).collect();
    if names.is_empty() {
        names = signing.signed.iter().map(|signed| site.who(&signed.by).name).collect();
    }
    match names.len() {
        0 => String::new(),
        1 => names.remove(0),
        n => site.count("count.people", n, &[]),
    }
}
