//! The levels of a cycle as columns: who has signed, what is covered from below, how the objectives
//! stand.

use serde::Serialize;

use crate::chart::{Dots, ObjectiveDot};
use crate::model::State;
use crate::pages::parts::{Mark, Pair, Svg};
use crate::pages::site::Site;
use crate::pages::standing::{Against, DocumentStanding, Standing, Tally};

/// The levels beside each other.
#[derive(Debug, Serialize)]
pub struct Board {
    /// `4 levels, 4 contracts`.
    pub title: String,
    /// How many documents are final.
    pub about: String,
    /// What the objectives are held against.
    pub measured: String,
    /// A column each.
    pub levels: Vec<Column>,
    /// What a hollow objective means.
    pub key_behind: Option<String>,
}

/// A level.
#[derive(Debug, Serialize)]
pub struct Column {
    /// What it is called.
    pub name: String,
    /// Its two parties.
    pub pair: Pair,
    /// How many documents are signed by both.
    pub signed: String,
    /// A mark for each document; of many only those that are not final.
    pub marks: Vec<DocumentMark>,
    /// How many are not final, where not all have a mark.
    pub not_final: Option<String>,
    /// How many units have no document that are expected to have one.
    pub missing: Option<String>,
    /// How many key results are covered.
    pub covered: Option<String>,
    /// What is said where there is nothing to cover.
    pub nothing: String,
    /// The gaps, in words.
    pub gaps: String,
    /// How many objectives it has.
    pub objectives: Option<String>,
    /// How many are behind, or fell short.
    pub behind: Option<String>,
    /// They drawn.
    pub dots: Option<Svg>,
}

/// A document as a mark.
#[derive(Debug, Serialize)]
pub struct DocumentMark {
    /// Its state.
    pub mark: Mark,
    /// `Payments: final`.
    pub title: String,
    /// Its page.
    pub url: String,
}

/// As many marks as a level shows.
const MOST_MARKS: usize = 60;

pub(super) fn board(site: &Site<'_>, standing: &Standing) -> Board {
    let levels = standing.levels.len();
    let (finals, total) = (site.whole(standing.finals()), site.whole(standing.documents.len()));
    let grades = standing.against == Against::Grades;
    let has_below = site.levels_with_units_below();
    let points = site.config().behind_points;
    let n = if points == 1.0 { 1 } else { 2 };
    Board {
        title: site.count("home.contracts", levels, &[]),
        about: site.count("home.final-of", standing.documents.len(), &[("n", &finals), ("total", &total)]),
        measured: site.text(if grades { "home.grades" } else { "home.pace" }),
        levels: (0..levels).map(|level| column(site, standing, level, has_below[level])).collect(),
        key_behind: match standing.against {
            Against::Nothing | Against::Pace(None) => None,
            Against::Grades => Some(site.text("cycle.key-grade-short")),
            Against::Pace(Some(_)) => {
                Some(site.count("cycle.key-behind", n, &[("n", &site.plain_number(points))]))
            }
        },
    }
}

fn column(site: &Site<'_>, standing: &Standing, level: usize, has_below: bool) -> Column {
    let own = &standing.levels[level];
    let total = own.documents.len();
    let numbers = [("n", site.whole(own.finals)), ("total", site.whole(total))];
    let numbers = numbers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let documents: Vec<&DocumentStanding> = standing.of_level(level).collect();
    let many = total > MOST_MARKS;
    let marked = documents.iter().filter(|document| !many || document.state != State::Final);
    let objectives: Vec<ObjectiveDot> =
        documents.iter().flat_map(|document| document.objectives.iter().flatten().copied()).collect();
    let behind = objectives.iter().filter(|dot| dot.behind).count();
    let behind_key = if standing.against == Against::Grades { "home.fell-short" } else { "home.behind" };
    let covered = own.tally.total();
    Column {
        name: site.config().levels[level].name.to_string(),
        pair: site.level_pair(level, own),
        signed: if total == 0 { site.text("number.none") } else { site.say("number.of", &numbers) },
        marks: marked.take(MOST_MARKS).map(|document| mark(site, document)).collect(),
        not_final: (many && own.finals < total)
            .then(|| site.count("home.not-final", total - own.finals, &[])),
        missing: (!own.missing.is_empty() && site.book().cycles[standing.cycle].start <= site.today)
            .then(|| site.count("cycle.tally-missing", own.missing.len(), &[])),
        covered: (covered > 0 && has_below).then(|| covered_of(site, own.tally)),
        nothing: if has_below {
            site.nothing_to_cover(standing.cycle, level)
        } else {
            site.text("home.no-level-below")
        },
        gaps: gaps(site, own.tally),
        objectives: (own.objectives > 0).then(|| site.count("count.objectives", own.objectives, &[])),
        behind: (behind > 0).then(|| site.count(behind_key, behind, &[])),
        dots: dots(site, standing.against, objectives),
    }
}

fn mark(site: &Site<'_>, document: &DocumentStanding) -> DocumentMark {
    let unit = site.book().documents[document.document].unit;
    let mark = site.mark_of(document.state, &document.signatures);
    let values = [("name", site.config().units[unit].name.as_ref()), ("state", mark.word.as_str())];
    let title = site.say("state.is", &values);
    DocumentMark { title, url: site.book().document_url(document.document), mark }
}

fn covered_of(site: &Site<'_>, tally: Tally) -> String {
    let (n, total) = (site.whole(tally.covered()), site.whole(tally.total()));
    site.count("home.covered-of", tally.total(), &[("n", &n), ("total", &total)])
}

fn gaps(site: &Site<'_>, tally: Tally) -> String {
    let gaps: Vec<String> =
        [("home.open", tally.uncovered), ("home.in-part", tally.partial), ("home.not-ours", tally.not_ours)]
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(key, count)| site.count(key, count, &[]))
            .collect();
    gaps.join(&site.text("list.separator"))
}

fn dots(site: &Site<'_>, against: Against, objectives: Vec<ObjectiveDot>) -> Option<Svg> {
    if objectives.is_empty() {
        return None;
    }
    let bins = if against == Against::Grades { 10.0 } else { 20.0 };
    let mut counts: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
    for dot in &objectives {
        *counts.entry((dot.value * bins + 1e-9).round() as i64).or_default() += 1;
    }
    let value = |bin: i64| match against {
        Against::Grades => site.plain_number(bin as f64 / bins),
        _ => site.percent(bin as f64 / bins),
    };
    let items: Vec<String> = counts
        .into_iter()
        .map(|(bin, count)| site.count("home.pace-label-item", count, &[("value", &value(bin))]))
        .collect();
    let list = items.join(&site.text("list.separator"));
    let reached = site.plain_number(crate::model::REACHED);
    let (label, line) = match against {
        Against::Grades => (site.say("home.grades-label", &[("list", &list)]), reached),
        Against::Pace(Some(pace)) => {
            let per_cent = site.percent(pace);
            let number = site.plain_number((pace * 100.0).round());
            (
                site.say("home.pace-label", &[("list", &list), ("pace", &per_cent)]),
                site.say("home.pace-at", &[("n", &number)]),
            )
        }
        _ => (site.say("home.progress-label", &[("list", &list)]), String::new()),
    };
    let (start, end) = match against {
        Against::Grades => (site.plain_number(0.0), site.plain_number(1.0)),
        _ => (site.plain_number(0.0), site.percent(1.0)),
    };
    Some(Dots { label, track: against.track(), objectives, start, line, end }.svg())
}
