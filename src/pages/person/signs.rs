//! What a person signs: documents whose units name them, and those that they signed anyway.

use serde::Serialize;

use crate::changes::Doc;
use crate::config::What;
use crate::date::Phase;
use crate::model::{Party, same_person};
use crate::pages::census::Part;
use crate::pages::parts::Mark;
use crate::pages::site::Site;

/// What a person signs in a cycle.
#[derive(Debug, Serialize)]
pub struct SignedCycle {
    /// The cycle.
    pub cycle: String,
    /// Its page.
    pub url: String,
    /// Its documents.
    pub rows: Vec<SignedRow>,
    /// How many others there are.
    pub more: String,
}

/// A document that a person signs.
#[derive(Debug, Serialize)]
pub struct SignedRow {
    /// Its unit, or the direction's title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// The symbol of its state.
    pub mark: Option<Mark>,
    /// As what the person signs.
    pub role: String,
    /// When the person signed.
    pub signed: String,
    /// A class that colours it.
    pub class: &'static str,
    /// How far the other party is.
    pub other: String,
}

/// As many rows as a cycle shows.
const MOST_ROWS: usize = 30;

/// As many cycles as stand open besides those that have not ended.
const MOST_ENDED: usize = 1;

impl Site<'_> {
    /// What a person signs now, and what in older cycles.
    pub(super) fn signs(&self, part: &Part, handle: &str) -> (Vec<SignedCycle>, Vec<SignedCycle>) {
        let mut rows: Vec<(usize, SignedRow)> = part
            .signs
            .iter()
            .map(|(at, party)| (self.book().documents[*at].cycle, self.signed_row(*at, *party, handle)))
            .collect();
        rows.extend(part.directions.iter().map(|(at, approves)| {
            (self.book().directions[*at].cycle, self.direction_row(*at, *approves, handle))
        }));
        rows.sort_by_key(|(cycle, _)| std::cmp::Reverse(*cycle));
        let mut cycles: Vec<(usize, SignedCycle)> = Vec::new();
        for (cycle, row) in rows {
            if cycles.last().is_none_or(|(last, _)| *last != cycle) {
                let of = &self.book().cycles[cycle];
                let (name, url) = (of.name.to_string(), format!("{}/", of.id));
                let group = SignedCycle { cycle: name, url, rows: Vec::new(), more: String::new() };
                cycles.push((cycle, group));
            }
            if let Some((_, group)) = cycles.last_mut() {
                group.rows.push(row);
            }
        }
        for (_, group) in &mut cycles {
            let more = group.rows.len().saturating_sub(MOST_ROWS);
            group.rows.truncate(MOST_ROWS);
            group.more = if more > 0 { self.count("list.more", more, &[]) } else { String::new() };
        }
        let mut ended = 0;
        let (open, folded): (Vec<_>, Vec<_>) = cycles.into_iter().partition(|(cycle, _)| {
            let over = self.book().cycles[*cycle].phase(self.today) == Phase::Ended;
            ended += usize::from(over);
            !over || ended <= MOST_ENDED
        });
        let groups = |cycles: Vec<(usize, SignedCycle)>| cycles.into_iter().map(|(_, group)| group).collect();
        (groups(open), groups(folded))
    }

    fn signed_row(&self, at: usize, party: Party, handle: &str) -> SignedRow {
        let document = &self.book().documents[at];
        let signatures = &self.analysis.signatures[at];
        let own = format!("@{handle}");
        let signed = signatures.party(party).signed.iter().find(|signed| same_person(&signed.by, &own));
        let other = signatures.party(party.other());
        let total = other.signed.len() + other.waiting.len();
        let other = match (other.complete, other.named) {
            (Some(day), false) => self.say("party.signed-on", &[("date", &self.day(day))]),
            (None, _) if other.signed.is_empty() => self.text("party.not-signed"),
            _ => self.say(
                "party.signed-of",
                &[("n", &self.whole(other.signed.len())), ("total", &self.whole(total))],
            ),
        };
        let asked = self.names_person(document.unit, party, handle);
        let (signed, class) = match signed {
            Some(signed) if signed.altered => (self.text("signature.another-text"), "s-bad"),
            Some(signed) if signed.first != signed.latest => (
                self.say(
                    "person.signed-again",
                    &[("date", &self.day(signed.latest)), ("first", &self.day(signed.first))],
                ),
                "",
            ),
            Some(signed) => (self.day(signed.latest), ""),
            None if document.okrs().shared.is_none() => (self.text("party.nothing-to-sign"), "muted"),
            None if asked => {
                (self.text("party.not-signed"), if self.is_over(at) { "s-bad" } else { "muted" })
            }
            None => (self.text("number.none"), "muted"),
        };
        let role = if party == Party::SetBy { "person.sets-it" } else { "person.delivers-it" };
        SignedRow {
            title: self.config().units[document.unit].name.to_string(),
            url: self.book().document_url(at),
            mark: Some(self.mark(at)),
            role: self.text(role),
            signed,
            class,
            other,
        }
    }

    /// Whether the day has passed on which a document was to be signed.
    fn is_over(&self, at: usize) -> bool {
        let document = &self.book().documents[at];
        let level = self.config().units[document.unit].level;
        let due = self.timeline(document.cycle).due(self.book(), What::Final, Some(level));
        due.is_none_or(|due| due < self.today)
    }

    fn direction_row(&self, at: usize, approves: bool, handle: &str) -> SignedRow {
        let of = &self.book().directions[at];
        let direction = of.direction();
        let own = format!("@{handle}");
        let signatures = direction.signatures(self.today);
        let on = signatures.iter().filter(|(who, _)| same_person(who, &own)).map(|(_, on)| *on).max();
        let there = direction.there(&self.config().approved_by, self.today);
        let stale = self.analysis.altered.in_doc(Doc::Direction(at));
        let stale = stale.iter().any(|stale| same_person(&stale.signed.by, &own));
        let signed = match (approves, on) {
            (true, Some(_)) if stale => self.text("signature.another-text"),
            (true, Some(on)) => self.day(on),
            (true, None) => self.text("party.not-signed"),
            (false, _) => direction.shared.as_ref().map_or_else(
                || self.text("party.not-shared"),
                |shared| self.say("party.shared-on", &[("date", &self.day(shared.value))]),
            ),
        };
        let other = match there {
            Some(_) => self.text("state.direction-final"),
            None if direction.shared.is_some() => self.text("state.direction-draft"),
            None => self.text("state.direction-preparing"),
        };
        SignedRow {
            title: self.title(crate::links::Target::Direction(at)),
            url: format!("{}/direction/", self.book().cycles[of.cycle].id),
            mark: Some(crate::pages::direction::mark(self, at)),
            role: self.text(if approves { "person.approves-it" } else { "person.writes-it" }),
            class: match approves {
                true if stale => "s-bad",
                true if on.is_none() => "s-warn",
                _ => "",
            },
            signed,
            other,
        }
    }
}
