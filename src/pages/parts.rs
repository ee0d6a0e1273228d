//! Parts that several pages show: the symbol of a state, a person, a link with a word beside it, the two
//! parties of a contract, the levels beside each other, a piece of the round trip.

use std::sync::Arc;

use serde::Serialize;

use crate::date::days_between;
use crate::links::Target;
use crate::model::{Feedback, Outcome, Party, Signing, State};
use crate::prose::{Shared, Text};

use super::site::Site;

/// A picture as SVG, ready to stand on a page.
pub(super) type Svg = String;

/// The symbol of a contract's state.
#[derive(Clone, Debug, Serialize)]
pub struct Mark {
    /// The symbol's id.
    pub symbol: &'static str,
    /// A class that colours it.
    pub class: &'static str,
    /// The state: preparing, draft, set, delivered, final or altered.
    pub key: &'static str,
    /// What it says.
    pub word: String,
}

/// Somebody.
#[derive(Clone, Debug, Serialize)]
pub struct Who {
    /// The name.
    pub name: String,
    /// Their page.
    pub url: Option<String>,
}

/// A link with a word beside it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Link {
    /// What it leads to.
    pub title: String,
    /// Where.
    pub url: Option<String>,
    /// What is said beside it.
    pub note: String,
    /// A class: `assurance`, `gap`, or `allowed` for a gap with a reason.
    pub class: &'static str,
    /// Words of a person that belong to it.
    pub quote: Option<Text>,
}

/// A party of a contract.
#[derive(Clone, Debug, Serialize)]
pub struct PartyView {
    /// `Set by`.
    pub role: String,
    /// Its people, or its name in words.
    pub who: Vec<Who>,
    /// How far it is with signing.
    pub when: String,
    /// A class: none when all have signed, `some`, or `unsigned`.
    pub class: &'static str,
}

/// Two parties and the cut between them.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// A class: none, `altered` or `preparing`.
    pub class: &'static str,
    /// Who sets.
    pub set_by: PartyView,
    /// Who delivers.
    pub delivered_by: PartyView,
}

/// A level in the ribbon.
#[derive(Clone, Debug, Serialize)]
pub struct RibbonLevel {
    /// What it is called.
    pub name: String,
    /// Whether the page is of this level.
    pub here: bool,
    /// The neighbours at it.
    pub units: Vec<RibbonUnit>,
    /// How many others there are, and where they are listed.
    pub more: Option<(String, String)>,
}

/// A neighbour in the ribbon.
#[derive(Clone, Debug, Serialize)]
pub struct RibbonUnit {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub url: String,
    /// The symbol of its document's state; none where units stand and not their documents.
    pub mark: Option<Mark>,
    /// Whether it is the page's own.
    pub current: bool,
}

/// What was said, and what came of it.
#[derive(Clone, Debug, Serialize)]
pub struct Exchange {
    /// Who said it.
    pub by: Who,
    /// When.
    pub on: Option<String>,
    /// What it is about.
    pub about: Option<Link>,
    /// What was said.
    pub says: Option<Text>,
    /// changed, declined, no-change-needed or open.
    pub outcome: &'static str,
    /// What came of it, in a word.
    pub word: String,
    /// The answer.
    pub reply: Option<Text>,
    /// Who answers, or owes an answer.
    pub answers: Vec<Who>,
    /// Who owes it, in a sentence, while it is open.
    pub owes: Option<String>,
}

/// As many neighbours of a level as the ribbon names.
const MOST_NEIGHBOURS: usize = 8;

impl Site<'_> {
    /// A link to a place, with its unit as the word beside it.
    pub fn link(&self, target: Target, note: String) -> Link {
        Link { title: self.title(target), url: Some(self.url(target)), note, ..Link::default() }
    }

    /// The hollow symbol of a document that is not there.
    pub fn no_document(&self) -> Mark {
        Mark { symbol: "m-preparing", class: "open", key: "missing", word: self.text("state.missing") }
    }

    /// The two parties of a document.
    pub fn pair(&self, document: usize) -> Pair {
        let of = &self.book().documents[document];
        let signatures = &self.analysis.signatures[document];
        let state = signatures.state(of.okrs(), self.today);
        let class = match state {
            State::Altered => "altered",
            State::Preparing => "preparing",
            State::Final | State::Draft => "",
        };
        let party = |party: Party| self.party(document, party, signatures.party(party), state);
        Pair { class, set_by: party(Party::SetBy), delivered_by: party(Party::DeliveredBy) }
    }

    fn party(&self, document: usize, party: Party, signing: &Signing, state: State) -> PartyView {
        let unit = &self.config().units[self.book().documents[document].unit];
        let role = self.text(&format!("party.{}", party.as_str()));
        let total = signing.signed.len() + signing.waiting.len();
        let last = signing.signed.iter().map(|signed| signed.latest).max();
        let when = match (signing.complete, last) {
            (Some(_), Some(last)) if total == 1 => self.say("party.signed-on", &[("date", &self.day(last))]),
            (_, Some(last)) if signing.named => self.say(
                "party.signed-of-last",
                &[
                    ("n", &self.whole(signing.signed.len())),
                    ("total", &self.whole(total)),
                    ("date", &self.day(last)),
                ],
            ),
            (_, Some(last)) => self.say("party.signed-on", &[("date", &self.day(last))]),
            (_, None) if state == State::Preparing => self.text("party.nothing-to-sign"),
            (_, None) => self.text("party.not-signed"),
        };
        let class = match (signing.complete.is_some(), signing.signed.is_empty()) {
            (true, _) => "",
            (false, false) => "some",
            (false, true) => "unsigned",
        };
        PartyView { role, who: self.party_people(unit, party, signing), when, class }
    }

    /// The people of a party: those named, those who signed, or the level's word for it.
    fn party_people(&self, unit: &crate::config::Unit, party: Party, signing: &Signing) -> Vec<Who> {
        let named = crate::model::named(unit, party);
        if !named.is_empty() {
            return self.whos(named);
        }
        if !signing.signed.is_empty() {
            return signing.signed.iter().map(|signed| self.who(&signed.by)).collect();
        }
        let level = &self.config().levels[unit.level];
        let words = if party == Party::SetBy { &level.set_by } else { &level.delivered_by };
        let name = words.as_ref().map_or_else(|| self.text("party.anyone"), |words| words.to_string());
        vec![Who { name, url: None }]
    }

    /// The levels beside each other, with the neighbours of a unit in a cycle.
    pub fn ribbon(&self, cycle: usize, unit: usize) -> Vec<RibbonLevel> {
        let config = self.config();
        let mut line = vec![unit];
        while let Some(above) = config.units[line[line.len() - 1]].within {
            line.push(above);
        }
        let own_level = config.units[unit].level;
        let below = |level: usize| {
            self.book().units_by_level().filter(move |other| {
                config.units[*other].level == level && config.units[*other].within == Some(unit)
            })
        };
        (0..config.levels.len())
            .map(|level| {
                let units: Vec<usize> = if level <= own_level {
                    line.iter().copied().filter(|other| config.units[*other].level == level).collect()
                } else {
                    below(level).filter(|other| self.book().exists_in(*other, cycle)).collect()
                };
                self.ribbon_level(cycle, unit, level, units)
            })
            .collect()
    }

    fn ribbon_level(&self, cycle: usize, unit: usize, level: usize, mut units: Vec<usize>) -> RibbonLevel {
        let config = self.config();
        let here = config.units[unit].level == level;
        let of_level = &config.levels[level];
        let name = if config.units[unit].level < level && !units.is_empty() {
            self.say("cycle.deliver-with", &[("level", &of_level.name), ("unit", &config.units[unit].name)])
        } else {
            of_level.name.to_string()
        };
        let others = if here {
            self.book()
                .documents_of(cycle)
                .filter(|at| {
                    let other = self.book().documents[*at].unit;
                    other != unit && config.units[other].level == level
                })
                .count()
        } else {
            units.len().saturating_sub(MOST_NEIGHBOURS)
        };
        units.truncate(MOST_NEIGHBOURS);
        let list = format!("{}/#l-{}", self.book().cycles[cycle].id, of_level.id);
        let units = units
            .into_iter()
            .map(|other| {
                let document = self.book().document_of(cycle, other);
                RibbonUnit {
                    name: config.units[other].name.to_string(),
                    url: match document {
                        Some(at) => self.book().document_url(at),
                        None => format!("units/{}/", config.units[other].id),
                    },
                    mark: Some(document.map_or_else(|| self.no_document(), |at| self.mark(at))),
                    current: other == unit,
                }
            })
            .collect();
        let more = (others > 0).then(|| (self.count("list.others", others, &[]), list));
        RibbonLevel { name, here, units, more }
    }

    /// A piece of feedback in a document, which `answers` answer.
    pub fn exchange(
        &self,
        feedback: &Feedback,
        about: Option<Link>,
        answers: Vec<Who>,
        shared: &Arc<Shared>,
    ) -> Exchange {
        let outcome = feedback.outcome.unwrap_or(Outcome::Open);
        let on = feedback.on.as_ref().map(|on| on.value);
        let open_days = on.map_or(0, |on| days_between(on, self.today));
        let word = match (outcome, open_days) {
            (Outcome::Open, 1..) => {
                self.count("feedback.open-for", usize::try_from(open_days).unwrap_or_default(), &[])
            }
            (Outcome::Open, _) => self.text("feedback.open-today"),
            (other, _) => self.text(&format!("feedback.{}", other.as_str())),
        };
        let names: Vec<&str> = answers.iter().map(|who| who.name.as_str()).collect();
        let owes = (outcome == Outcome::Open && !names.is_empty())
            .then(|| self.count("feedback.owes", names.len(), &[("who", &self.lang.list(&names))]));
        Exchange {
            by: feedback
                .by
                .as_ref()
                .map_or_else(|| Who { name: String::new(), url: None }, |by| self.who(&by.value)),
            on: on.map(|on| self.day(on)),
            about,
            says: self.inline(&feedback.says, shared),
            outcome: outcome.as_str(),
            word,
            reply: self.inline(&feedback.reply, shared),
            answers,
            owes,
        }
    }
}
