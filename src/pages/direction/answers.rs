//! The objectives that answer a direction, level by level.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::links::{EdgeKind, Target};
use crate::model::ItemPlace;
use crate::pages::parts::Link;
use crate::pages::site::Site;

/// The objectives that answer a theme.
#[derive(Debug, Serialize)]
pub struct ThemeAnswers {
    /// How many there are.
    pub count: usize,
    /// The same in words.
    pub objectives: String,
    /// The first of them, by level.
    pub levels: Vec<LevelAnswers>,
    /// The others, in a fold.
    pub more: Vec<LevelAnswers>,
    /// How many those are.
    pub more_summary: String,
    /// Where they are, in the words of a screen reader.
    pub label: String,
}

/// Those of a level.
#[derive(Debug, Serialize)]
pub struct LevelAnswers {
    /// The level.
    pub name: String,
    /// They, with their units.
    pub links: Vec<Link>,
}

/// As many objectives as are shown before the others are folded.
const MOST_SHOWN: usize = 5;

/// As many as are named in the fold; of more, units are named with how many of their objectives answer.
const MOST_LISTED: usize = 60;

/// As many units of a level as are named.
const MOST_UNITS: usize = 60;

pub(super) fn of_theme(site: &Site<'_>, theme: Target, cycle: usize) -> ThemeAnswers {
    let mut by_level: BTreeMap<usize, Vec<Target>> = BTreeMap::new();
    let answers = site.answers(theme, cycle);
    for target in &answers {
        let level = target.unit(site.book()).map_or(0, |unit| site.config().units[unit].level);
        by_level.entry(level).or_default().push(*target);
    }
    let shown = if answers.len() > MOST_SHOWN + 1 { MOST_SHOWN } else { answers.len() };
    let more = by_level.values().flatten().skip(shown).copied().collect::<BTreeSet<Target>>();
    let counted = more.len() > MOST_LISTED;
    let in_levels = |wanted: &dyn Fn(&Target) -> bool| {
        let of_level = |(level, targets): (&usize, &Vec<Target>)| {
            let links: Vec<Link> = targets
                .iter()
                .filter(|target| wanted(target))
                .map(|target| answer(site, *target, cycle))
                .collect();
            let name = site.config().levels[*level].name.to_string();
            (!links.is_empty()).then_some(LevelAnswers { name, links })
        };
        by_level.iter().filter_map(of_level).collect()
    };
    ThemeAnswers {
        count: answers.len(),
        objectives: site.count("count.objectives", answers.len(), &[]),
        levels: in_levels(&|target| !more.contains(target)),
        more: match counted {
            false => in_levels(&|target| more.contains(target)),
            true => {
                by_level.iter().map(|(level, targets)| counted_level(site, cycle, *level, targets)).collect()
            }
        },
        more_summary: match counted {
            false => site.count("list.more", more.len(), &[]),
            true => site.count("direction.all-by-unit", answers.len(), &[]),
        },
        label: site.say("direction.objectives-that-answer", &[("theme", &site.title(theme))]),
    }
}

/// The units of a level with how many of their objectives answer; of many units the way to all of them.
fn counted_level(site: &Site<'_>, cycle: usize, level: usize, targets: &[Target]) -> LevelAnswers {
    let mut by_document: BTreeMap<usize, usize> = BTreeMap::new();
    for document in targets.iter().filter_map(|target| target.document()) {
        *by_document.entry(document).or_default() += 1;
    }
    let objectives = |n: usize| site.count("count.objectives", n, &[]);
    let links = if by_document.len() > MOST_UNITS {
        let url = format!("{}/#l-{}", site.book().cycles[cycle].id, site.config().levels[level].id);
        let title = site.count("count.units", by_document.len(), &[]);
        vec![Link { title, url: Some(url), note: objectives(targets.len()), ..Link::default() }]
    } else {
        let one = |(document, n): (&usize, &usize)| {
            let unit = site.book().documents[*document].unit;
            let title = site.config().units[unit].name.to_string();
            let url = Some(site.book().document_url(*document));
            Link { title, url, note: objectives(*n), ..Link::default() }
        };
        by_document.iter().map(one).collect()
    };
    LevelAnswers { name: site.config().levels[level].name.to_string(), links }
}

/// An objective, with its unit and how far it is.
fn answer(site: &Site<'_>, target: Target, cycle: usize) -> Link {
    let book = site.book();
    let own = target.cycle(book);
    let mut notes: Vec<String> =
        target.unit(book).map(|unit| site.config().units[unit].name.to_string()).into_iter().collect();
    if own != cycle {
        notes.push(book.cycles[own].name.to_string());
    }
    if let Target::Objective(document, of) = target {
        let objective = &book.documents[document].okrs().objectives[of];
        let (progress, _) = site.objective_progress(own, objective);
        notes.extend([progress].into_iter().filter(|word| word.ends_with('%')));
    }
    site.link(target, notes.join(&site.text("list.separator")))
}

/// For each level, how many objectives of a cycle answer a theme, and how many it has.
pub(super) fn answers_by_level(site: &Site<'_>, cycle: usize) -> Vec<(usize, usize)> {
    let mut counts = vec![(0, 0); site.config().levels.len()];
    for at in site.book().documents_of(cycle) {
        let document = &site.book().documents[at];
        let count = &mut counts[site.config().units[document.unit].level];
        count.1 += document.okrs().objectives.len();
        let answering: BTreeSet<usize> = site
            .analysis
            .links
            .edges_of(at)
            .iter()
            .filter(|edge| edge.kind == EdgeKind::Answers && edge.to.is_ok())
            .filter_map(|edge| match edge.from {
                Some(ItemPlace::Objective(of)) => Some(of),
                _ => None,
            })
            .collect();
        count.0 += answering.len();
    }
    counts
}
