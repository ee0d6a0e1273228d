//! What a person owes: answers, check-ins, signatures, drafts, grades; the worst first.

use crate::config::What;
use crate::date::{Phase, days_between};
use crate::links::Target;
use crate::model::{Outcome, Party, State, named, same_person};
use crate::pages::census::{Census, Part, Spoken};
use crate::pages::owed::{Owed, order, rank_of};
use crate::pages::site::Site;

impl Site<'_> {
    pub(super) fn owes(&self, census: &Census, part: &Part, handle: &str) -> Vec<Owed> {
        let mut todos: Vec<Owed> = Vec::new();
        todos.extend(part.asked.iter().filter_map(|(place, number)| self.answer_owed(*place, *number)));
        for (document, at, of) in &part.key_results {
            todos.extend(self.key_result_owed(*document, *at, *of));
        }
        let signs =
            part.signs.iter().filter(|(document, _)| self.is_live(self.book().documents[*document].cycle));
        todos.extend(signs.filter_map(|(document, party)| self.signature_owed(*document, *party, handle)));
        for (unit, party) in &part.units {
            if *party == Party::SetBy {
                todos.extend(self.drafts_owed(census, *unit));
            }
        }
        for (direction, approves) in &part.directions {
            todos.extend(self.direction_owed(*direction, *approves, handle));
        }
        order(&mut todos);
        todos
    }

    fn answer_owed(&self, place: Spoken, number: usize) -> Option<Owed> {
        let (feedback, target) = match place {
            Spoken::Document(at) => {
                let okrs = self.book().documents[at].okrs();
                let feedback = &okrs.feedback[number];
                let about = feedback.about.as_ref().and_then(|about| okrs.place(&about.value));
                (feedback, Target::item(at, about))
            }
            Spoken::Direction(at) => {
                let direction = self.book().directions[at].direction();
                let feedback = &direction.feedback[number];
                let about = feedback.about.as_ref().and_then(|about| direction.theme(&about.value));
                (feedback, about.map_or(Target::Direction(at), |theme| Target::Theme(at, theme)))
            }
        };
        if feedback.outcome != Some(Outcome::Open) || !self.is_live(target.cycle(self.book())) {
            return None;
        }
        let who = feedback.by.as_ref().map(|by| self.who(&by.value).name).unwrap_or_default();
        let days = feedback.on.as_ref().map_or(0, |on| days_between(on.value, self.today));
        let (before, after) = self.around("todo.answer-owed", "place", &[("person", &who)]);
        Some(Owed {
            // whoever asked waits from the day on which they did
            rank: if days > 0 { 0 } else { 2 },
            days,
            icon: "open",
            class: "s-bad",
            before,
            title: self.target_title(target),
            words: target.place().is_some(),
            url: self.url(target),
            after,
            note: self.for_days(days),
            rule: self.text("todo.round-trip"),
        })
    }

    fn for_days(&self, days: i64) -> String {
        self.count("date.for-days", usize::try_from(days).unwrap_or_default(), &[])
    }

    /// A title that says what it is of: a document's has its cycle.
    fn target_title(&self, target: Target) -> String {
        match target {
            Target::Document(at) => self.document_title(at),
            _ => self.title(target),
        }
    }

    /// `Cloud, FY27-Q1`.
    pub(in crate::pages) fn document_title(&self, at: usize) -> String {
        let document = &self.book().documents[at];
        let unit = &self.config().units[document.unit].name;
        self.row(&[unit, &self.book().cycles[document.cycle].name])
    }

    /// What a key result wants of its owner: a check-in, a grade, or attention.
    fn key_result_owed(&self, document: usize, at: usize, of: usize) -> Vec<Owed> {
        let of_document = &self.book().documents[document];
        let cycle = of_document.cycle;
        let objective = &of_document.okrs().objectives[at];
        let key_result = &objective.key_results[of];
        if !objective.is_active(key_result) || !self.is_live(cycle) {
            return Vec::new();
        }
        let target = Target::KeyResult(document, at, of);
        let todo = |key: &str, values: &[(&str, &str)]| {
            let (before, after) = self.around(key, "key-result", values);
            let (title, url) = (self.title(target), self.url(target));
            Owed { before, after, title, words: true, url, ..Owed::default() }
        };
        let unit = self.config().units[of_document.unit].name.to_string();
        let mut todos = Vec::new();
        match self.book().cycles[cycle].phase(self.today) {
            Phase::Running => {
                let reading = self.reading(cycle, objective, key_result);
                if reading.is_wanting() {
                    let broken = reading.icon == "broken";
                    let value = reading.value.clone().unwrap_or_default();
                    let values = [("value", value.as_str()), ("says", reading.says.as_str())];
                    todos.push(Owed {
                        rank: u8::from(!broken),
                        icon: reading.icon,
                        class: reading.class,
                        note: unit,
                        rule: self.text(if broken { "todo.threshold" } else { "todo.pace" }),
                        ..todo("todo.stands-at", &values)
                    });
                }
                if let Some(days) = self.book().quiet_for(cycle, objective, key_result, self.today) {
                    let has_any = !key_result.counted(self.today).is_empty();
                    todos.push(self.check_in_owed(days, has_any, todo("todo.check-in-owed", &[])));
                }
            }
            Phase::Ended if key_result.grade.is_none() && key_result.outcome.is_none() => {
                let end = self.book().cycles[cycle].end.unwrap_or(self.today);
                let due = self.timeline(cycle).due(self.book(), What::Grades, None);
                let over = due.is_some_and(|due| due < self.today);
                todos.push(Owed {
                    rank: if over { 0 } else { 2 },
                    days: days_between(end, self.today),
                    icon: "open",
                    class: if over { "s-bad" } else { "s-warn" },
                    note: due.map_or(unit, |due| self.due_words(due)),
                    rule: self.text("todo.timeline"),
                    ..todo("todo.grade-for", &[])
                });
            }
            _ => {}
        }
        todos
    }

    /// A check-in on a key result that has gone quiet.
    fn check_in_owed(&self, days: i64, has_any: bool, owed: Owed) -> Owed {
        let key = if has_any { "todo.last-ago" } else { "todo.never-since" };
        Owed {
            rank: 2,
            days,
            icon: "quiet",
            class: "s-warn",
            note: self.count(key, usize::try_from(days).unwrap_or_default(), &[]),
            rule: self.text("todo.check-ins"),
            ..owed
        }
    }

    /// A signature that a document waits for, or that was given to another text.
    fn signature_owed(&self, document: usize, party: Party, handle: &str) -> Option<Owed> {
        let of = &self.book().documents[document];
        let signatures = &self.analysis.signatures[document];
        let signing = signatures.party(party);
        let is = |who: &str| same_person(who, &format!("@{handle}"));
        let altered = signing.signed.iter().any(|signed| signed.altered && is(&signed.by));
        let waiting = signing.waiting.iter().any(|who| is(who));
        let state = signatures.state(of.okrs(), self.today);
        if !altered && (!waiting || state == State::Preparing) {
            return None;
        }
        let level = self.config().units[of.unit].level;
        let due = self.timeline(of.cycle).due(self.book(), What::Final, Some(level));
        let over = due.map_or(0, |due| days_between(due, self.today));
        let key = if altered { "todo.sign-again" } else { "todo.signature-owed" };
        let (before, after) = self.around(key, "document", &[]);
        let rank = if altered { 0 } else { rank_of(over) };
        let (icon, class) = match rank {
            0 => ("open", "s-bad"),
            2 => ("open", "s-warn"),
            _ => ("none", "muted"),
        };
        let shared = of.okrs().shared.as_ref().map_or(0, |shared| days_between(shared.value, self.today));
        Some(Owed {
            rank,
            days: over.max(0).max(shared.min(over)),
            icon,
            class,
            before,
            title: self.document_title(document),
            words: false,
            url: format!("{}#part-signatures", self.book().document_url(document)),
            after,
            note: due.map(|due| self.due_words(due)).unwrap_or_default(),
            rule: self.text("todo.signatures"),
        })
    }

    /// The drafts that a unit has not shared.
    fn drafts_owed(&self, census: &Census, unit: usize) -> Vec<Owed> {
        let is_draft = |owed: &&(usize, usize)| self.timeline(owed.0).deliveries[owed.1].what == What::Drafts;
        let owed = census.owed[unit].iter().filter(is_draft);
        owed.map(|(cycle, delivery)| self.owed_delivery(*cycle, *delivery, unit)).collect()
    }

    /// A direction that waits for the person: to share it, or for buy-in.
    fn direction_owed(&self, at: usize, approves: bool, handle: &str) -> Option<Owed> {
        let of = &self.book().directions[at];
        let direction = of.direction();
        let shared = direction.shared.as_ref().is_some_and(|shared| shared.value <= self.today);
        let is = |who: &str| same_person(who, &format!("@{handle}"));
        let named = self.config().approved_by.iter().any(|who| is(&who.value));
        let signed = direction.signatures(self.today).iter().any(|(who, _)| is(who));
        if !self.is_live(of.cycle) || (approves && (!shared || signed || !named)) || (!approves && shared) {
            return None;
        }
        let due = self.timeline(of.cycle).due(self.book(), What::Direction, None)?;
        let over = days_between(due, self.today);
        let key = if approves { "todo.buy-in-owed" } else { "todo.direction-owed" };
        let (before, after) = self.around(key, "document", &[]);
        Some(Owed {
            rank: rank_of(over),
            days: over,
            icon: if over > 0 || approves { "open" } else { "none" },
            class: if over > 0 { "s-bad" } else { "muted" },
            before,
            title: self.title(Target::Direction(at)),
            words: false,
            url: self.url(Target::Direction(at)),
            after,
            note: self.due_words(due),
            rule: self.text("todo.timeline"),
        })
    }

    /// Whether a unit names a person for a party.
    pub(super) fn names_person(&self, unit: usize, party: Party, handle: &str) -> bool {
        let handle = format!("@{handle}");
        named(&self.config().units[unit], party).iter().any(|who| same_person(&who.value, &handle))
    }
}
