//! What was taken as given: final documents about which nobody who delivers said a word; and the sums
//! by level.

use serde::Serialize;

use crate::model::State;
use crate::pages::parts::{Mark, Who};
use crate::pages::site::Site;

use super::{Said, by_level};

/// A document that was taken as given.
#[derive(Debug, Serialize)]
pub struct Given {
    /// The unit.
    pub name: String,
    /// Its page.
    pub url: String,
    /// The symbol of its state.
    pub mark: Mark,
    /// Who set it.
    pub set_by: Vec<Who>,
    /// Who delivers it.
    pub delivered_by: Vec<Who>,
    /// Since when it is final.
    pub since: String,
}

/// The feedback of a level.
#[derive(Debug, Serialize)]
pub struct LevelRow {
    /// What it is called.
    pub name: String,
    /// The party that sets.
    pub set_by: String,
    /// The party that delivers.
    pub delivered_by: String,
    /// How often something changed.
    pub changed: String,
    /// How often nothing had to.
    pub unchanged: String,
    /// How often it was declined.
    pub declined: String,
    /// How much is open.
    pub open: String,
    /// Whether some is.
    pub has_open: bool,
    /// How many documents were taken as given; none for the direction.
    pub given: Option<String>,
    /// Whether some were.
    pub has_given: bool,
}

/// The documents of a cycle that were taken as given, with their levels.
pub(super) fn given(site: &Site<'_>, cycle: usize) -> Vec<(usize, Given)> {
    site.book().documents_of(cycle).filter_map(|at| taken(site, at)).collect()
}

fn taken(site: &Site<'_>, at: usize) -> Option<(usize, Given)> {
    let document = &site.book().documents[at];
    let unit = &site.config().units[document.unit];
    let okrs = document.okrs();
    let signatures = &site.analysis.signatures[at];
    let state = signatures.state(okrs, site.today);
    let since = signatures.both()?;
    if !matches!(state, State::Final | State::Altered) {
        return None;
    }
    if okrs.has_answer(unit, site.today) {
        return None;
    }
    let pair = site.pair(at);
    let given = Given {
        name: unit.name.to_string(),
        url: site.book().document_url(at),
        mark: site.mark_of(state, signatures),
        set_by: pair.set_by.who,
        delivered_by: pair.delivered_by.who,
        since: site.day(since),
    };
    Some((unit.level, given))
}

/// The feedback by level: the direction first.
pub(super) fn levels(
    site: &Site<'_>,
    cycle: usize,
    said: &[Said<'_>],
    given: &[(usize, Given)],
) -> Vec<LevelRow> {
    let sums = by_level(site, said);
    let config = site.config();
    let mut documents = vec![0; config.levels.len()];
    for at in site.book().documents_of(cycle) {
        documents[config.units[site.book().documents[at].unit].level] += 1;
    }
    let row = |level: Option<usize>| {
        let counts = sums.get(&level).copied().unwrap_or_default();
        let taken = given.iter().filter(|(of, _)| Some(*of) == level).count();
        let words =
            |words: Option<&std::sync::Arc<str>>| words.map(|words| words.to_string()).unwrap_or_default();
        let of = level.map(|level| &config.levels[level]);
        LevelRow {
            name: of.map_or_else(|| site.text("tab.direction"), |of| of.name.to_string()),
            set_by: words(of.and_then(|of| of.set_by.as_ref())),
            delivered_by: words(of.and_then(|of| of.delivered_by.as_ref())),
            changed: site.whole(counts.changed),
            unchanged: site.whole(counts.unchanged),
            declined: site.whole(counts.declined),
            open: site.whole(counts.open),
            has_open: counts.open > 0,
            given: level.map(|level| {
                let values = [("n", site.whole(taken)), ("total", site.whole(documents[level]))];
                site.say("number.of", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
            }),
            has_given: taken > 0,
        }
    };
    let mut rows = Vec::new();
    if sums.contains_key(&None) {
        rows.push(row(None));
    }
    rows.extend((0..documents.len()).filter(|level| documents[*level] > 0).map(|level| row(Some(level))));
    rows
}
