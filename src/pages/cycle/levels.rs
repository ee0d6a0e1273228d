//! The levels of a cycle beside each other, each a contract with its two parties.

use serde::Serialize;

use crate::model::Party;
use crate::pages::parts::{Pair, PartyView, Who};
use crate::pages::phrase::{Phrase, Piece};
use crate::pages::site::Site;
use crate::pages::standing::{LevelStanding, Standing};

/// A level.
#[derive(Debug, Serialize)]
pub struct LevelView {
    /// Its anchor, without the `l-` before it.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// How many documents it has.
    pub documents: String,
    /// Where they are listed on this page; none where there are none.
    pub list: Option<String>,
    /// Its two parties.
    pub pair: Pair,
    /// How it stands, in lines.
    pub tally: Vec<Line>,
}

/// A line that may want somebody.
#[derive(Debug, Serialize)]
pub struct Line {
    /// What it says.
    pub says: Phrase,
    /// A class: none, `s-warn` or `s-bad`.
    pub class: &'static str,
}

/// The levels of a cycle, all that the book has.
pub(super) fn levels(site: &Site<'_>, standing: &Standing) -> Vec<LevelView> {
    let has_below = site.levels_with_units_below();
    (0..standing.levels.len()).map(|at| level(site, standing, at, has_below[at])).collect()
}

fn level(site: &Site<'_>, standing: &Standing, at: usize, has_below: bool) -> LevelView {
    let (of, own) = (&site.config().levels[at], &standing.levels[at]);
    let total = own.documents.len();
    LevelView {
        id: of.id.to_string(),
        name: of.name.to_string(),
        documents: site.count("count.documents", total, &[]),
        list: (total > 0 || !own.missing.is_empty()).then(|| format!("g-{}", of.id)),
        pair: site.level_pair(at, own),
        tally: tally(site, standing.cycle, at, own, has_below),
    }
}

fn tally(site: &Site<'_>, cycle: usize, at: usize, own: &LevelStanding, has_below: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |says: Phrase, class: &'static str| lines.push(Line { says, class });
    let total = own.documents.len();
    if total == 0 {
        add(without_documents(site, cycle, at), "");
    } else {
        add(site.phrase("cycle.tally-final", None, &[("of", site.of(own.finals, total))]), "");
    }
    if own.altered > 0 {
        add(vec![Piece::plain(site.count("cycle.tally-altered", own.altered, &[]))], "s-bad");
    }
    if !own.missing.is_empty() {
        let class = if site.book().cycles[cycle].start <= site.today { "s-bad" } else { "" };
        add(vec![Piece::plain(site.count("cycle.tally-missing", own.missing.len(), &[]))], class);
    }
    let key_results = own.tally.total();
    if !has_below {
        add(vec![Piece::plain(site.text("cycle.nothing-below"))], "");
    } else if key_results > 0 {
        let of = site.of(own.tally.covered(), key_results);
        add(site.phrase("cycle.tally-covered", Some(key_results), &[("of", of)]), "");
    } else if total > 0 {
        add(vec![Piece::plain(site.nothing_to_cover(cycle, at))], "");
    }
    lines
}

/// Why a level has no documents: there are none yet, or it makes them in cycles of another length.
fn without_documents(site: &Site<'_>, cycle: usize, level: usize) -> Phrase {
    let book = site.book();
    if book.keeps_rhythm(level, cycle) {
        return vec![Piece::plain(site.text("cycle.tally-no-documents"))];
    }
    let around = book.cycles[cycle].within.iter().find(|around| book.keeps_rhythm(level, **around));
    match around {
        Some(around) => {
            let around = &book.cycles[*around];
            let link = Piece::link(around.name.as_ref(), format!("{}/", around.id));
            site.phrase("cycle.tally-rhythm", None, &[("cycle", vec![link])])
        }
        None => vec![Piece::plain(site.text("cycle.tally-other-rhythm"))],
    }
}

impl Site<'_> {
    /// `5 of 6`, as what a sentence is about.
    pub(in crate::pages) fn of(&self, n: usize, total: usize) -> Phrase {
        let said = self.say("number.of", &[("n", &self.whole(n)), ("total", &self.whole(total))]);
        vec![Piece::strong(said)]
    }

    /// For each level, whether units of others are within one of its units.
    pub(in crate::pages) fn levels_with_units_below(&self) -> Vec<bool> {
        let mut has = vec![false; self.config().levels.len()];
        for within in self.config().units.iter().filter_map(|unit| unit.within) {
            has[self.config().units[within].level] = true;
        }
        has
    }

    /// The parties of a level, with how many have signed.
    pub(in crate::pages) fn level_pair(&self, level: usize, own: &LevelStanding) -> Pair {
        let of = &self.config().levels[level];
        let total = own.documents.len();
        let party = |party: Party, words: &Option<std::sync::Arc<str>>, signed: usize| {
            let name = words.as_ref().map_or_else(|| self.text("party.anyone"), |words| words.to_string());
            let values = [("n", self.whole(signed)), ("total", self.whole(total))];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            PartyView {
                role: self.text(&format!("party.{}", party.as_str())),
                who: vec![Who { name, url: None }],
                when: match total {
                    0 => self.text("party.nothing-to-sign"),
                    _ => self.say("party.signed-of", &values),
                },
                class: match signed {
                    0 => "unsigned",
                    n if n == total => "",
                    _ => "some",
                },
            }
        };
        Pair {
            class: if total == 0 { "preparing" } else { "" },
            set_by: party(Party::SetBy, &of.set_by, own.set),
            delivered_by: party(Party::DeliveredBy, &of.delivered_by, own.delivered),
        }
    }
}
