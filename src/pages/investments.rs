//! Where engineering time goes that no key result asks for: what each unit reserves, what for, and why.

mod advanced;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::chart::CapacityBar;
use crate::links::Target;
use crate::model::Activity;
use crate::prose::Text;

use super::parts::{Link, Mark, Svg};
use super::phrase::{Phrase, Piece};
use super::site::{Site, root_of};
use super::{Page, View};

use advanced::Advanced;

/// The investments of a cycle.
#[derive(Debug, Serialize)]
pub struct InvestmentsView {
    /// The cycle, and the day.
    pub about: String,
    /// How it stands, in a sentence.
    pub lede: Phrase,
    /// What is said where there is nothing to show.
    pub nothing: Option<String>,
    /// The heads of the columns that depend on what is expected: the bars, and what stands beside them.
    pub columns: [String; 2],
    /// What is expected, `20 %`.
    pub expected: Option<String>,
    /// `Expected 20 %`.
    pub expected_label: String,
    /// The line of what is expected, in words.
    pub key_expected: Option<String>,
    /// The units by level and the unit above.
    pub groups: Vec<Group>,
    /// What the investments advance.
    pub advanced: Vec<Advanced>,
}

/// Units that help with one unit above.
#[derive(Debug, Serialize)]
pub struct Group {
    /// `Teams that deliver with Payments`.
    pub title: Phrase,
    /// The units.
    pub units: Vec<UnitRow>,
}

/// What a unit reserves.
#[derive(Debug, Serialize)]
pub struct UnitRow {
    /// Its anchor, without the `u-` before it.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its document.
    pub url: String,
    /// The symbol of its state.
    pub mark: Mark,
    /// What it reserves, drawn.
    pub bar: Svg,
    /// What it reserves.
    pub share: String,
    /// How far that is from what is expected.
    pub against: String,
    /// Whether it is less.
    pub short: bool,
    /// What it invests in.
    pub investments: Vec<Row>,
}

/// An investment.
#[derive(Debug, Serialize)]
pub struct Row {
    /// What is done.
    pub title: Text,
    /// The same without marks.
    pub plain: String,
    /// Where it stands.
    pub url: String,
    /// The reason.
    pub why: Option<Text>,
    /// paused or dropped, or empty.
    pub state: String,
    /// Its share of the capacity.
    pub share: String,
    /// What it advances.
    pub advances: Vec<Link>,
}

/// What a unit reserves, in numbers.
struct Reserved {
    document: usize,
    parts: Vec<f64>,
}

impl Reserved {
    fn sum(&self) -> f64 {
        self.parts.iter().sum()
    }

    /// Whether it is less than what is expected, a rounding error aside.
    fn is_short(&self, expected: f64) -> bool {
        self.sum() + 1e-9 < expected
    }
}

/// The investments of a cycle.
pub(super) fn page(site: &Site<'_>, cycle: usize) -> Page {
    let of = &site.book().cycles[cycle];
    let url = format!("{}/investments/", of.id);
    let title = site.row(&[&site.text("investments.title"), &of.name]);
    let mut chrome = site.chrome(&url, title, Some(cycle), "investments");
    let expected = site.config().reserve;
    let reserved = reserved(site, cycle);
    let none = reserved.iter().all(|one| one.parts.is_empty());
    let scale = CapacityBar::scale_for(expected, reserved.iter().map(Reserved::sum));
    let shown: Vec<&Reserved> = reserved
        .iter()
        .filter(|one| {
            expected.is_some() || !site.book().documents[one.document].okrs().investments.is_empty()
        })
        .collect();
    let share = expected.map(|expected| site.percent(expected / 100.0));
    let lede = lede(site, &reserved);
    chrome.description = Some(super::phrase::words_of(&lede));
    let view = InvestmentsView {
        about: site.cycle_as_of(cycle),
        lede,
        nothing: (none && expected.is_none() || reserved.is_empty()).then(|| site.text("investments.none")),
        columns: columns(site, share.as_deref(), scale),
        expected_label: share.as_ref().map_or_else(
            || site.text("investments.capacity"),
            |share| site.say("investments.expected", &[("n", share)]),
        ),
        key_expected: share.as_ref().map(|share| site.say("investments.key-expected", &[("n", share)])),
        expected: share,
        groups: groups(site, &shown, scale, &root_of(&url)),
        advanced: advanced::advanced(site, cycle),
    };
    Page { kind: "investments", chrome, view: View::Investments(Box::new(view)) }
}

fn columns(site: &Site<'_>, expected: Option<&str>, scale: f64) -> [String; 2] {
    let max = site.percent(scale / 100.0);
    match expected {
        Some(expected) => [
            site.say("investments.strip", &[("max", &max)]),
            site.say("investments.against", &[("expected", expected)]),
        ],
        None => {
            [site.say("investments.strip-free", &[("max", &max)]), site.text("investments.advances-column")]
        }
    }
}

/// What each unit with a document reserves.
fn reserved(site: &Site<'_>, cycle: usize) -> Vec<Reserved> {
    let of = |document: usize| {
        let investments = &site.book().documents[document].okrs().investments;
        let active = investments.iter().filter(|one| one.activity == Activity::Active);
        Reserved { document, parts: active.filter_map(|one| one.capacity).collect() }
    };
    site.book().documents_of(cycle).map(of).collect()
}

fn lede(site: &Site<'_>, reserved: &[Reserved]) -> Phrase {
    let total = reserved.len();
    let with = reserved.iter().filter(|one| one.sum() > 0.0).count();
    let said = |sentences: Vec<String>| vec![Piece::plain(sentences.join(" "))];
    let Some(expected) = site.config().reserve else {
        if with == 0 {
            return said(vec![site.text("investments.lede-free"), site.text("investments.none")]);
        }
        let values = [("n", site.whole(with)), ("total", site.whole(total))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        return said(vec![
            site.text("investments.lede-free"),
            site.count("investments.lede-with", total, &values),
        ]);
    };
    let share = site.percent(expected / 100.0);
    let mut sentences = vec![site.count("investments.lede", total.max(1), &[("expected", &share)])];
    if total == 0 {
        return said(sentences);
    }
    let short = reserved.iter().filter(|one| one.is_short(expected)).count();
    let nothing = reserved.iter().filter(|one| one.is_short(expected) && one.sum() <= 0.0).count();
    let enough = total - short;
    let numbers = [
        ("n", site.whole(enough)),
        ("total", site.whole(total)),
        ("short", site.whole(short)),
        ("nothing", site.whole(nothing)),
    ];
    let numbers = numbers.each_ref().map(|(name, value)| (*name, value.as_str()));
    sentences.push(match (enough, short, nothing) {
        (_, 0, _) => site.count("investments.lede-all", total, &numbers),
        (0, short, nothing) if short == nothing => site.count("investments.lede-nobody", total, &numbers),
        (0, 1, 0) if total == 1 => site.text("investments.lede-less"),
        (_, short, 0) => site.count("investments.lede-short", short, &numbers),
        (_, short, nothing) if short == nothing => site.count("investments.lede-nothing", short, &numbers),
        _ => site.count("investments.lede-some", nothing, &numbers),
    });
    said(sentences)
}

/// The units by level, and in a level by the unit above.
fn groups(site: &Site<'_>, shown: &[&Reserved], scale: f64, root: &str) -> Vec<Group> {
    let config = site.config();
    let mut by_unit: BTreeMap<(usize, Option<usize>), Vec<&Reserved>> = BTreeMap::new();
    for one in shown {
        let unit = &config.units[site.book().documents[one.document].unit];
        by_unit.entry((unit.level, unit.within)).or_default().push(one);
    }
    let mut sizes = vec![0; config.levels.len()];
    by_unit.keys().for_each(|(level, _)| sizes[*level] += 1);
    by_unit
        .into_iter()
        .map(|((level, within), reserved)| {
            let name = vec![Piece::strong(config.levels[level].name.as_ref())];
            let title = match within {
                Some(within) if sizes[level] > 1 => {
                    let unit = vec![Piece::plain(config.units[within].name.as_ref())];
                    site.phrase("cycle.deliver-with", None, &[("level", name), ("unit", unit)])
                }
                _ => name,
            };
            Group { title, units: reserved.iter().map(|one| unit_row(site, one, scale, root)).collect() }
        })
        .collect()
}

fn unit_row(site: &Site<'_>, reserved: &Reserved, scale: f64, root: &str) -> UnitRow {
    let document = &site.book().documents[reserved.document];
    let unit = &site.config().units[document.unit];
    let expected = site.config().reserve;
    let share = site.percent(reserved.sum() / 100.0);
    let label = match expected {
        Some(expected) => site.say(
            "investments.strip-label",
            &[("reserved", &share), ("expected", &site.percent(expected / 100.0))],
        ),
        None => site.say("investments.summary-free", &[("reserved", &share)]),
    };
    let bar = CapacityBar { label: Some(label), parts: reserved.parts.clone(), expected, scale }.svg();
    let (against, short) = match expected {
        Some(expected) => against(site, reserved, expected),
        None => (String::new(), false),
    };
    UnitRow {
        id: unit.id.to_string(),
        name: unit.name.to_string(),
        url: site.book().document_url(reserved.document),
        mark: site.mark(reserved.document),
        bar,
        share,
        against,
        short,
        investments: rows(site, reserved.document, root),
    }
}

fn against(site: &Site<'_>, reserved: &Reserved, expected: f64) -> (String, bool) {
    let points = crate::number::points((reserved.sum() - expected) / 100.0);
    let distance = usize::try_from(points.unsigned_abs()).unwrap_or_default();
    let short = reserved.is_short(expected);
    let said = match points {
        _ if reserved.sum() <= 0.0 && short => site.text("investments.nothing"),
        0 => site.text("investments.as-expected"),
        1.. => site.count("investments.over", distance, &[]),
        _ => site.count("investments.under", distance, &[]),
    };
    (said, short)
}

fn rows(site: &Site<'_>, at: usize, root: &str) -> Vec<Row> {
    let document = &site.book().documents[at];
    if document.okrs().investments.is_empty() {
        return Vec::new();
    }
    let shared = site.shared(&document.file, root);
    let mut advances: BTreeMap<Target, Vec<Link>> = BTreeMap::new();
    for edge in site.analysis.links.edges_of(at) {
        let from = Target::item(edge.document, edge.from);
        if let (Target::Investment(..), Ok(to)) = (from, &edge.to) {
            advances.entry(from).or_default().push(site.link(*to, String::new()));
        }
    }
    let row = |(number, one): (usize, &crate::model::Investment)| {
        let target = Target::Investment(at, number);
        let plain = site.title(target);
        let typed = one
            .title
            .as_ref()
            .map_or_else(|| std::sync::Arc::from(plain.as_str()), |title| title.value.clone());
        Row {
            title: Text::inline(&typed, &shared),
            url: site.url(target),
            why: site.inline(&one.why, &shared),
            state: match one.activity {
                Activity::Active => String::new(),
                other => site.text(&format!("okrs.{}", other.as_str())),
            },
            share: one.capacity.map(|share| site.percent(share / 100.0)).unwrap_or_default(),
            advances: advances.remove(&target).unwrap_or_default(),
            plain,
        }
    };
    document.okrs().investments.iter().enumerate().map(row).collect()
}
