//! How what was due in a cycle came, in a sentence: the direction, the drafts, the signatures.

use crate::config::What;
use crate::date::{Date, Phase, days_between};
use crate::model::{Expected, TimelineState};

use super::phrase::{Phrase, Piece};
use super::site::Site;
use super::standing::{Against, Standing};

/// As many missing units as a sentence names.
const MOST_NAMED: usize = 3;

/// All deliverables of one kind in a cycle taken together.
#[derive(Clone, Debug)]
pub(super) struct Arrival<'a> {
    /// What it is.
    pub what: What,
    /// How it stands: the worst of them.
    pub state: TimelineState,
    /// The last day on which one is due.
    pub due: Date,
    /// What is waited for.
    pub expected: Vec<&'a Expected>,
    /// How many came by their day.
    pub in_time: usize,
    /// The last day on which one came, if all did.
    pub complete: Option<Date>,
}

impl Arrival<'_> {
    /// How many are there.
    pub(super) fn delivered(&self) -> usize {
        self.expected.iter().filter(|expected| expected.delivered).count()
    }

    /// How many are expected.
    pub(super) fn total(&self) -> usize {
        self.expected.len()
    }
}

impl Site<'_> {
    /// What came of a kind of deliverable; none where the process has none, or nobody is to deliver it.
    pub(super) fn arrival(&self, cycle: usize, what: What) -> Option<Arrival<'_>> {
        let deliveries = || {
            let of_kind = self.timeline(cycle).deliveries.iter();
            of_kind.filter(move |delivery| delivery.what == what && !delivery.expected.is_empty())
        };
        let due = deliveries().map(|delivery| delivery.due).max()?;
        let state = deliveries().map(|delivery| delivery.state).max()?;
        // what says that there are no objectives is there, and nobody signs it
        let unsigned = |one: &Expected| {
            let empty = |at: usize| self.book().documents[at].okrs().objectives.is_empty();
            what == What::Final && one.delivered && one.document.is_some_and(empty)
        };
        let in_time = deliveries()
            .flat_map(|delivery| delivery.expected.iter().map(move |one| (delivery.due, one)))
            .filter(|(due, one)| {
                !unsigned(one) && one.delivered && one.there.is_none_or(|there| there <= *due)
            })
            .count();
        let all = deliveries().all(|delivery| delivery.complete().is_some());
        let complete = deliveries().filter_map(|delivery| delivery.complete()).max().filter(|_| all);
        let expected: Vec<&Expected> =
            deliveries().flat_map(|delivery| &delivery.expected).filter(|one| !unsigned(one)).collect();
        if expected.is_empty() {
            return None;
        }
        Some(Arrival { what, state, due, expected, in_time, complete })
    }

    /// A number of days between two days, not less than none.
    pub(super) fn days_from(&self, from: Date, to: Date) -> usize {
        usize::try_from(days_between(from, to)).unwrap_or_default()
    }

    /// How a cycle stands, in a sentence or two.
    pub(super) fn cycle_lede(&self, standing: &Standing) -> Phrase {
        let ended = self.book().cycles[standing.cycle].phase(self.today) == Phase::Ended;
        let mut clauses = Vec::new();
        let early: Vec<String> = [What::Direction, What::Drafts]
            .into_iter()
            .filter_map(|what| self.arrival(standing.cycle, what))
            .map(|arrival| self.came(&arrival, ended))
            .collect();
        if !early.is_empty() {
            clauses.push(vec![Piece::plain(self.lang.list(&early))]);
        }
        if standing.documents.is_empty() && self.has_not_begun(standing.cycle) {
            return self.nothing_yet(standing.cycle, clauses);
        }
        let signed = self.arrival(standing.cycle, What::Final);
        clauses.extend(signed.as_ref().map(|arrival| self.signed(arrival, ended)));
        if clauses.is_empty() {
            clauses.push(self.plain_clause(standing));
        }
        let mut sentence = self.sentence(clauses);
        if let Some(second) = self.objectives_sentence(standing, ended) {
            sentence.push(Piece::plain(format!(" {second}")));
        }
        sentence
    }

    fn has_not_begun(&self, cycle: usize) -> bool {
        self.book().cycles[cycle].phase(self.today) == Phase::Planning
    }

    fn nothing_yet(&self, cycle: usize, clauses: Vec<Phrase>) -> Phrase {
        let first = self.timeline(cycle).deliveries.first().filter(|first| first.due >= self.today);
        match first {
            Some(first) => {
                let name = self.deliverable_word(first.deliverable, first.what);
                let date = self.day(first.due);
                vec![Piece::plain(self.say("cycle.lede-nothing", &[("name", &name), ("date", &date)]))]
            }
            None if clauses.is_empty() => vec![Piece::plain(self.text("cycle.no-documents"))],
            None => self.sentence(clauses),
        }
    }

    /// The name of a deliverable; of the built-in ones, the word for their kind.
    pub(super) fn deliverable_word(&self, deliverable: usize, what: What) -> String {
        match &self.config().deliverables[deliverable].name {
            Some(name) => name.to_string(),
            None => self.text(&format!("timeline.{}", what.as_str())),
        }
    }

    /// Clauses as one sentence, with a capital and a full stop.
    fn sentence(&self, clauses: Vec<Phrase>) -> Phrase {
        let mut sentence = Phrase::new();
        for (at, clause) in clauses.into_iter().enumerate() {
            if at > 0 {
                sentence.push(Piece::plain("; "));
            }
            sentence.extend(clause);
        }
        if let Some(first) = sentence.first_mut() {
            first.words = capital(&first.words);
        }
        sentence.push(Piece::plain("."));
        sentence
    }

    /// How the direction or the drafts came.
    fn came(&self, arrival: &Arrival<'_>, ended: bool) -> String {
        let of = arrival.what.as_str();
        let values = [
            ("n", self.whole(arrival.delivered())),
            ("total", self.whole(arrival.total())),
            ("date", self.day(arrival.due)),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        match (arrival.state, arrival.complete) {
            (TimelineState::Done, Some(complete)) if complete < arrival.due => {
                self.count(&format!("arrival.{of}-early"), self.days_from(complete, arrival.due), &[])
            }
            (TimelineState::Late, Some(complete)) if complete > arrival.due => {
                self.count(&format!("arrival.{of}-late"), self.days_from(arrival.due, complete), &[])
            }
            (TimelineState::Done | TimelineState::Late, _) => self.text(&format!("arrival.{of}-in-time")),
            (TimelineState::Due, _) => {
                let none = if arrival.delivered() == 0 { "-none" } else { "" };
                self.count(&format!("arrival.{of}-due{none}"), arrival.total(), &values)
            }
            (TimelineState::Overdue, _) if ended => {
                self.count(&format!("arrival.{of}-never"), arrival.total(), &values)
            }
            (TimelineState::Overdue, _) if arrival.what == What::Direction => {
                let days = self.days_from(arrival.due, self.today);
                self.count("arrival.direction-overdue", days, &[])
            }
            (TimelineState::Overdue, _) => {
                self.count(&format!("arrival.{of}-overdue"), arrival.total(), &values)
            }
        }
    }

    /// How many documents were signed, and which were not.
    fn signed(&self, arrival: &Arrival<'_>, ended: bool) -> Phrase {
        let (n, in_time) = (self.whole(arrival.delivered()), self.whole(arrival.in_time));
        let (total, date) = (self.whole(arrival.total()), self.day(arrival.due));
        let all_in_time = arrival.in_time == arrival.delivered();
        let key = match arrival.state {
            TimelineState::Done => "arrival.final-done",
            TimelineState::Late if arrival.in_time == 0 => "arrival.final-all-came-late",
            TimelineState::Late => "arrival.final-late",
            TimelineState::Due => "arrival.final-due",
            TimelineState::Overdue if arrival.delivered() == 0 => "arrival.final-none",
            TimelineState::Overdue if all_in_time => "arrival.final-in-time",
            TimelineState::Overdue if arrival.in_time == 0 => "arrival.final-all-late",
            TimelineState::Overdue => "arrival.final-overdue",
        };
        let values = [("n", n.as_str()), ("in-time", &in_time), ("total", &total), ("date", &date)];
        let said = vec![Piece::plain(self.count(key, arrival.total(), &values))];
        if arrival.state != TimelineState::Overdue || arrival.delivered() == 0 || arrival.total() == 1 {
            return said;
        }
        let missing: Vec<&Expected> =
            arrival.expected.iter().filter(|expected| !expected.delivered).copied().collect();
        let days = self.count("date.days", self.days_from(arrival.due, self.today), &[]);
        let units = self.named_units(&missing);
        let missing = self.phrase(
            if ended { "arrival.missing-ended" } else { "arrival.missing" },
            Some(missing.len()),
            &[("units", units), ("days", vec![Piece::plain(days)])],
        );
        self.phrase("arrival.and", None, &[("head", said), ("last", missing)])
    }

    fn named_units(&self, expected: &[&Expected]) -> Phrase {
        let named = if expected.len() > MOST_NAMED + 1 { MOST_NAMED } else { expected.len() };
        let mut names: Vec<Phrase> = expected
            .iter()
            .take(named)
            .filter_map(|one| one.unit.map(|unit| (unit, one.document)))
            .map(|(unit, document)| vec![self.unit_piece(unit, document)])
            .collect();
        if expected.len() > named {
            names.push(vec![Piece::plain(self.count("list.others", expected.len() - named, &[]))]);
        }
        self.phrase_list(&names)
    }

    /// A unit, linked to its document or its own page.
    pub(super) fn unit_piece(&self, unit: usize, document: Option<usize>) -> Piece {
        let of = &self.config().units[unit];
        let url = match document {
            Some(at) => self.book().document_url(at),
            None => format!("units/{}/", of.id),
        };
        Piece::link(of.name.as_ref(), url)
    }

    /// What is said of a cycle whose process has no days.
    fn plain_clause(&self, standing: &Standing) -> Phrase {
        let total = standing.documents.len();
        if total == 0 {
            let said = self.text("cycle.no-documents");
            return vec![Piece::plain(said.trim_end_matches('.'))];
        }
        let values = [("n", self.whole(standing.finals())), ("total", self.whole(total))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        vec![Piece::plain(self.count("arrival.final-plain", total, &values))]
    }

    /// How the objectives stand, while there is something to say of them.
    fn objectives_sentence(&self, standing: &Standing, ended: bool) -> Option<String> {
        let dots = || standing.documents.iter().flat_map(|document| document.objectives.iter().flatten());
        let total = standing.objectives();
        if total == 0 || dots().next().is_none() {
            return None;
        }
        let behind = dots().filter(|dot| dot.behind).count();
        let all = self.whole(total);
        match standing.against {
            Against::Nothing | Against::Pace(None) => None,
            Against::Grades => {
                let reached = self.whole(dots().filter(|dot| !dot.behind).count());
                Some(self.count("arrival.reached", total, &[("n", &reached), ("total", &all)]))
            }
            Against::Pace(Some(_)) => {
                let points = self.plain_number(self.config().behind_points);
                let (key, n) = match (behind, ended) {
                    (0, false) => ("arrival.none-behind", total),
                    (0, true) => ("arrival.none-behind-ended", total),
                    (n, false) => ("arrival.behind", n),
                    (n, true) => ("arrival.behind-ended", n),
                };
                Some(self.count(key, n, &[("total", &all), ("points", &points)]))
            }
        }
    }
}

/// Words with a capital at their beginning.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
