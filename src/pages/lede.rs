//! What the pages of a cycle open with: its story, with links to those who are waited for, and how its
//! objectives stand.

use crate::date::{Date, Phase, days_between};
use crate::model::Cycle;
use crate::story::{Said, Story};

use super::phrase::{Phrase, Piece};
use super::site::Site;
use super::standing::{Against, Standing};

impl<'a> Site<'a> {
    /// The story of a cycle.
    pub(super) fn story(&self, cycle: usize) -> Story<'a> {
        Story { lang: self.lang, book: self.book(), cycle, timeline: self.timeline(cycle), today: self.today }
    }

    /// Its sentences, with links; none where nothing is to be told.
    pub(super) fn story_phrase(&self, cycle: usize) -> Phrase {
        let mut phrase = Phrase::new();
        for sentence in self.story(cycle).sentences() {
            if !phrase.is_empty() {
                phrase.push(Piece::plain(" "));
            }
            phrase.extend(sentence.into_iter().map(|said| self.told(said)));
        }
        phrase
    }

    fn told(&self, said: Said) -> Piece {
        match said.whom.and_then(|whom| Some((whom.unit?, whom.document))) {
            Some((unit, document)) => self.unit_piece(unit, document),
            None => Piece::plain(said.words),
        }
    }

    /// How a cycle stands, in a few sentences.
    pub(super) fn cycle_lede(&self, standing: &Standing) -> Phrase {
        let mut phrase = self.story_phrase(standing.cycle);
        if phrase.is_empty() {
            phrase.push(Piece::plain(self.without_days(standing)));
        }
        if let Some(second) = self.objectives_sentence(standing) {
            phrase.push(Piece::plain(format!(" {second}")));
        }
        phrase
    }

    /// What is said of a cycle whose process has no days.
    fn without_days(&self, standing: &Standing) -> String {
        let total = standing.documents.len();
        if total == 0 {
            return self.text("cycle.no-documents");
        }
        let values = [("n", self.whole(standing.finals())), ("total", self.whole(total))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        self.count("story.no-dates", total, &values)
    }

    /// How the objectives stand, while there is something to say of them.
    fn objectives_sentence(&self, standing: &Standing) -> Option<String> {
        let dots = || standing.documents.iter().flat_map(|document| document.objectives.iter().flatten());
        let total = standing.objectives();
        if total == 0 || dots().next().is_none() {
            return None;
        }
        let ended = self.book().cycles[standing.cycle].phase(self.today) == Phase::Ended;
        let behind = dots().filter(|dot| dot.behind).count();
        let all = self.whole(total);
        match standing.against {
            Against::Nothing | Against::Pace(None) => None,
            Against::Grades => Some(self.story(standing.cycle).grades(self.book().grades(standing.cycle))),
            Against::Pace(Some(_)) => {
                let points = self.plain_number(self.config().behind_points);
                let (key, n) = match (behind, ended) {
                    (0, false) => ("story.none-behind", total),
                    (0, true) => ("story.none-behind-ended", total),
                    (n, false) if n == total => ("story.all-behind", n),
                    (n, false) => ("story.behind", n),
                    (n, true) => ("story.behind-ended", n),
                };
                Some(self.count(key, n, &[("total", &all), ("points", &points)]))
            }
        }
    }

    /// Names as a sentence lists them, the first few and how many others.
    pub(super) fn some_names(&self, names: &[String], most: usize) -> String {
        self.lang.some(names, most)
    }

    /// Where a cycle is in its time, in a sentence: `Running, week 7 of 13.`
    pub(super) fn phase_sentence(&self, cycle: &Cycle) -> String {
        crate::story::phase(self.lang, cycle, self.today)
    }

    /// A number of days between two days, not less than none.
    pub(super) fn days_from(&self, from: Date, to: Date) -> usize {
        usize::try_from(days_between(from, to)).unwrap_or_default()
    }

    /// How early or late something came: `2 days early`.
    pub(super) fn distance(&self, by: i64) -> String {
        crate::story::distance(self.lang, by)
    }
}
