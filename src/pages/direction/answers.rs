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

pub(super) fn of_theme(site: &Site<'_>, theme: Target, cycle: usize) -> ThemeAnswers {
    let mut by_level: BTreeMap<usize, Vec<Target>> = BTreeMap::new();
    let answers = site.answers(theme, cycle);
    for target in &answers {
        let level = target.unit(site.book()).map_or(0, |unit| site.config().units[unit].level);
        by_level.entry(level).or_default().push(*target);
    }
    let shown = if answers.len() > MOST_SHOWN + 1 { MOST_SHOWN } else { answers.len() };
    let more = by_level.values().flatten().skip(shown).copied().collect::<BTreeSet<Target>>();
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
        more: in_levels(&|target| more.contains(target)),
        more_summary: site.count("list.more", more.len(), &[]),
        label: site.say("direction.objectives-that-answer", &[("theme", &site.title(theme))]),
    }
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
