//! The story of a cycle in words: what came and when, who is waited for, what is due next.
//!
//! The one telling of the model's timeline. The home page, the pages of a cycle and `status` say the
//! same sentences; a page makes links of those who are waited for. It knows no page and no terminal.

mod came;
mod words;

use crate::config::What;
use crate::date::Date;
use crate::lang::Lang;
use crate::model::{Book, Cycle, Delivery, Expected, Grades, Timeline, TimelineState};
use came::Came;

pub use words::{day, distance, phase, when};

/// As many sentences as are told of deliverables.
const MOST_SENTENCES: usize = 6;

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What it says.
    pub words: String,
    /// Whom it names: one that is waited for.
    pub whom: Option<Expected>,
}

impl Said {
    fn plain(words: String) -> Self {
        Self { words, whom: None }
    }
}

/// What is told, and in which words.
#[derive(Clone, Copy, Debug)]
pub struct Story<'a> {
    /// The words.
    pub lang: &'a Lang,
    /// The book.
    pub book: &'a Book,
    /// The cycle.
    pub cycle: usize,
    /// Its timeline.
    pub timeline: &'a Timeline,
    /// The day.
    pub today: Date,
}

impl<'a> Story<'a> {
    /// What came of the deliverables whose days are past, in the order of their days, then what is due
    /// next. A sentence each, none where nothing is to be told.
    pub fn sentences(&self) -> Vec<Vec<Said>> {
        let told = |delivery: &&Delivery| self.is_told(delivery);
        let is_open = |delivery: &&Delivery| delivery.state == TimelineState::Due;
        let told: Vec<&Delivery> = self.timeline.deliveries.iter().filter(told).collect();
        let next_day = told.iter().copied().find(is_open).map(|next| next.due);
        let mut past: Vec<&Delivery> = told.iter().copied().filter(|one| !is_open(one)).collect();
        let next = told.iter().copied().filter(|one| is_open(one) && Some(one.due) == next_day);
        let next: Vec<&Delivery> = next.take(MOST_SENTENCES / 2).collect();
        while past.len() + next.len() > MOST_SENTENCES {
            // what is there is old news, the oldest first
            let there = |one: &&Delivery| one.state != TimelineState::Overdue;
            past.remove(past.iter().position(there).unwrap_or(0));
        }
        past.into_iter().chain(next).map(|delivery| self.sentence(delivery)).collect()
    }

    /// The same as a text, and where the cycle is in its time before it.
    pub fn text(&self) -> String {
        let sentences = self.sentences().into_iter().map(|said| words_of(&said));
        let phase = phase(self.lang, &self.book.cycles[self.cycle], self.today);
        std::iter::once(phase).chain(sentences).collect::<Vec<_>>().join(" ")
    }

    /// The cycle around this one whose direction it answers to, where it has none of its own.
    pub fn borrowed_direction(&self) -> Option<&'a Cycle> {
        let at = self.book.answers_to(self.cycle)?;
        let of = self.book.directions[at].cycle;
        (of != self.cycle).then(|| &self.book.cycles[of])
    }

    /// How many key results have gone quiet.
    pub fn quiet(&self, count: usize) -> String {
        let days = self.book.config.quiet_days.to_string();
        self.lang.count("story.quiet", count as u64, &[("days", &days)])
    }

    /// What the objectives came to, once the cycle has ended.
    pub fn grades(&self, grades: Grades) -> String {
        graded(self.lang, grades)
    }

    /// What no document shows is told until its day; of the rest, what somebody is to deliver.
    fn is_told(&self, delivery: &Delivery) -> bool {
        match delivery.what {
            What::Other => delivery.state == TimelineState::Due,
            _ => !Came::of(delivery).is_nobodys(),
        }
    }

    fn sentence(&self, delivery: &Delivery) -> Vec<Said> {
        let said = match delivery.what {
            What::Other => {
                let values = [("name", self.name(delivery)), ("when", when(self.lang, delivery.left))];
                let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                vec![Said::plain(self.lang.say("story.other-due", &values))]
            }
            _ => self.came(delivery),
        };
        let alike = self.timeline.of_kind(delivery.what).count();
        if alike < 2 {
            return said;
        }
        let values = [("name", self.name(delivery)), ("sentence", crate::lang::marker(0))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        crate::lang::part(&self.lang.say("story.of", &values), &[said], Said::plain)
    }

    /// What a deliverable is called: as book.toml says, else by its kind.
    pub fn name(&self, delivery: &Delivery) -> String {
        match &self.book.config.deliverables[delivery.deliverable].name {
            Some(name) => name.to_string(),
            None => self.lang.text(&format!("timeline.{}", delivery.what.as_str())).into_owned(),
        }
    }
}

/// The words of a sentence.
pub fn words_of(said: &[Said]) -> String {
    said.iter().map(|piece| piece.words.as_str()).collect()
}

/// What objectives came to, in a sentence.
pub fn graded(lang: &Lang, grades: Grades) -> String {
    let Grades { objectives, reached, short } = grades;
    let ungraded = grades.ungraded();
    if objectives == 0 {
        return lang.text("review.lede-nothing").into_owned();
    }
    if ungraded == objectives {
        return lang.count("review.lede-none-graded", objectives as u64, &[]);
    }
    if objectives == 1 {
        let key = if reached == 1 { "reached" } else { "short" };
        return lang.text(&format!("review.lede-one-{key}")).into_owned();
    }
    let parts = [("reached", reached), ("short", short), ("ungraded", ungraded)];
    let said: Vec<String> = parts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| lang.count(&format!("review.lede-{key}"), *count as u64, &[]))
        .collect();
    lang.count("review.lede-of", objectives as u64, &[("list", &lang.list(&said))])
}
