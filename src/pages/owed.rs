//! Something that somebody owes: a sentence with a link in it, since when, by which rule.

use serde::Serialize;

use crate::date::{Date, days_between};

use super::site::Site;

/// Something owed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Owed {
    /// How pressing it is: 0 is broken or overdue, 1 behind, 2 asked for, 3 to come. Decides the order.
    #[serde(skip)]
    pub rank: u8,
    /// For how many days; the longest first.
    #[serde(skip)]
    pub days: i64,
    /// The symbol.
    pub icon: &'static str,
    /// A class that colours it.
    pub class: &'static str,
    /// The sentence before the link.
    pub before: String,
    /// What it is about.
    pub title: String,
    /// Whether that is a title that people agreed on.
    pub words: bool,
    /// Where.
    pub url: String,
    /// The sentence after the link.
    pub after: String,
    /// Since when, with whom.
    pub note: String,
    /// What asks for it.
    pub rule: String,
}

impl Site<'_> {
    /// A sentence of the language parted where its place is.
    pub(super) fn around(&self, key: &str, place: &str, values: &[(&str, &str)]) -> (String, String) {
        let mut all = vec![(place, "\u{1}")];
        all.extend(values);
        let said = self.say(key, &all);
        said.split_once('\u{1}').map_or_else(
            || (said.clone(), String::new()),
            |(before, after)| (before.to_owned(), after.to_owned()),
        )
    }

    /// When something is due, or for how long it has been: `due in 3 days, on 5 March`.
    pub(super) fn due_words(&self, due: Date) -> String {
        let days = days_between(self.today, due);
        let distance = usize::try_from(days.unsigned_abs()).unwrap_or_default();
        match days {
            0 => self.text("todo.due-today"),
            1.. => self.count("todo.due-in", distance, &[("date", &self.day(due))]),
            _ => self.count("todo.overdue", distance, &[("date", &self.day(due))]),
        }
    }

    /// A deliverable that a unit is waited for.
    pub(super) fn owed_delivery(&self, cycle: usize, delivery: usize, unit: usize) -> Owed {
        let of = &self.timeline(cycle).deliveries[delivery];
        let document = self.book().document_of(cycle, unit);
        let key = match of.what {
            crate::config::What::Drafts => "todo.draft-owed",
            crate::config::What::Grades => "todo.grades-owed",
            _ => "todo.signatures-owed",
        };
        let (before, after) = self.around(key, "document", &[]);
        let over = days_between(of.due, self.today);
        Owed {
            rank: rank_of(over),
            days: over,
            icon: if over > 0 { "open" } else { "none" },
            class: if over > 0 { "s-bad" } else { "muted" },
            before,
            title: self.row(&[&self.config().units[unit].name, &self.book().cycles[cycle].name]),
            words: false,
            url: match document {
                Some(at) => self.book().document_url(at),
                None => format!("{}/timeline/", self.book().cycles[cycle].id),
            },
            after,
            note: self.due_words(of.due),
            rule: self.text("todo.timeline"),
        }
    }
}

/// How pressing something is that was due so many days ago: what is due within a week is asked for now.
pub(super) fn rank_of(over: i64) -> u8 {
    match over {
        1.. => 0,
        -7..=0 => 2,
        _ => 3,
    }
}

/// The worst first, then the longest.
pub(super) fn order(todos: &mut [Owed]) {
    todos.sort_by(|a, b| (a.rank, -a.days).cmp(&(b.rank, -b.days)).then_with(|| a.title.cmp(&b.title)));
}
