//! What changed between two versions of a document, in words.
//!
//! What was agreed stands by itself: the same facts as the digest of a signature. Where the digests are
//! the same, nothing is said of it.

mod altered;
mod change;
mod noted;

pub use altered::{Altered, Doc, Since, Stale, is_text_of};
pub use change::{Change, PHRASES, Part, Say};
pub use noted::{directed, noted};

use crate::model::{Activity, Direction, Investment, KeyResult, Measure, Objective, Okrs};
use crate::table::Words;

/// What changed of what was agreed, in the order of the new version: `target of reliability/uptime:
/// 99.95 -> 99.9`.
pub fn agreed(old: &Okrs, new: &Okrs) -> Vec<Change> {
    let mut lines = Lines(Vec::new());
    for objective in &new.objectives {
        let name = id(&objective.id);
        match old.objectives.iter().find(|other| id(&other.id) == name) {
            None => lines.item("objective-added", name, &objective.title),
            Some(before) => lines.objective(name, before, objective),
        }
    }
    for before in &old.objectives {
        let name = id(&before.id);
        if !new.objectives.iter().any(|other| id(&other.id) == name) {
            lines.item("objective-removed", name, &before.title);
        }
    }
    for investment in &new.investments {
        let name = id(&investment.id);
        match old.investments.iter().find(|other| id(&other.id) == name) {
            None => lines.item("investment-added", name, &investment.title),
            Some(before) => lines.investment(name, before, investment),
        }
    }
    for before in &old.investments {
        let name = id(&before.id);
        if !new.investments.iter().any(|other| id(&other.id) == name) {
            lines.item("investment-removed", name, &before.title);
        }
    }
    lines.0
}

/// What changed of what a direction's buy-in was given to: its themes.
pub fn bought_in(old: &Direction, new: &Direction) -> Vec<Change> {
    let mut lines = Lines(Vec::new());
    for theme in &new.themes {
        let name = id(&theme.id);
        match old.themes.iter().find(|other| id(&other.id) == name) {
            None => lines.item("theme-added", name, &theme.title),
            Some(was) => lines.differs("title", name, &text(&was.title), &text(&theme.title)),
        }
    }
    for was in &old.themes {
        if !new.themes.iter().any(|theme| id(&theme.id) == id(&was.id)) {
            lines.item("theme-removed", id(&was.id), &was.title);
        }
    }
    lines.0
}

struct Lines(Vec<Change>);

impl Lines {
    fn item(&mut self, key: &'static str, name: &str, title: &Option<Words>) {
        self.0.push(Change::new(key).typed("place", name).typed("title", text(title)));
    }

    fn differs(&mut self, key: &'static str, name: &str, old: &str, new: &str) {
        self.parts(key, name, Part::Typed(old.to_owned()), Part::Typed(new.to_owned()));
    }

    fn parts(&mut self, key: &'static str, name: &str, old: Part, new: Part) {
        if old != new {
            self.0.push(Change::new(key).typed("place", name).part("old", old).part("new", new));
        }
    }

    fn state(&mut self, name: &str, old: Activity, new: Activity) {
        let key = match (old, new) {
            (old, new) if old == new => return,
            (Activity::Paused, Activity::Active) => "active-paused",
            (_, Activity::Active) => "active-dropped",
            (_, Activity::Paused) => "paused",
            (_, Activity::Dropped) => "dropped",
        };
        self.0.push(Change::new(key).typed("place", name));
    }

    fn objective(&mut self, name: &str, old: &Objective, new: &Objective) {
        self.differs("title", name, &text(&old.title), &text(&new.title));
        self.state(name, old.activity, new.activity);
        for key_result in &new.key_results {
            let full = format!("{name}/{}", id(&key_result.id));
            match old.key_results.iter().find(|other| id(&other.id) == id(&key_result.id)) {
                None => self.item("key-result-added", &full, &key_result.title),
                Some(before) => self.key_result(&full, (old, before), (new, key_result)),
            }
        }
        for before in &old.key_results {
            if !new.key_results.iter().any(|other| id(&other.id) == id(&before.id)) {
                let full = format!("{name}/{}", id(&before.id));
                self.item("key-result-removed", &full, &before.title);
            }
        }
    }

    fn key_result(&mut self, name: &str, old: (&Objective, &KeyResult), new: (&Objective, &KeyResult)) {
        let ((above_old, old), (above_new, new)) = (old, new);
        self.differs("title", name, &text(&old.title), &text(&new.title));
        self.measure(name, old.measure, new.measure);
        self.differs("stretch", name, &number(old.stretch), &number(new.stretch));
        self.differs("measured-in", name, &text(&old.measured_in), &text(&new.measured_in));
        let due = |of: &KeyResult| of.due.as_ref().map_or(String::new(), |due| due.value.to_string());
        self.differs("due", name, &due(old), &due(new));
        self.differs("weight", name, &number(Some(old.weight)), &number(Some(new.weight)));
        self.state(name, old.activity, new.activity);
        self.references(
            ["supports", "supports-gone"],
            name,
            Okrs::supports(above_old, old),
            Okrs::supports(above_new, new),
        );
    }

    fn measure(&mut self, name: &str, old: Measure, new: Measure) {
        match (old, new) {
            (Measure::Measured { from, to }, Measure::Measured { from: new_from, to: new_to }) => {
                self.differs("baseline", name, &number(Some(from)), &number(Some(new_from)));
                self.differs("target", name, &number(Some(to)), &number(Some(new_to)));
            }
            (
                Measure::Threshold { at_least, at_most },
                Measure::Threshold { at_least: new_least, at_most: new_most },
            ) => {
                self.differs("lower-limit", name, &number(at_least), &number(new_least));
                self.differs("upper-limit", name, &number(at_most), &number(new_most));
            }
            _ => self.parts("measure", name, measure(old), measure(new)),
        }
    }

    fn references(&mut self, keys: [&'static str; 2], name: &str, old: &[Words], new: &[Words]) {
        let has =
            |list: &[Words], one: &Words| list.iter().any(|other| other.value.trim() == one.value.trim());
        let [come, gone] = keys;
        for one in old.iter().filter(|one| !has(new, one)) {
            self.0.push(Change::new(gone).typed("place", name).typed("old", one.value.trim()));
        }
        for one in new.iter().filter(|one| !has(old, one)) {
            self.0.push(Change::new(come).typed("place", name).typed("new", one.value.trim()));
        }
    }

    fn investment(&mut self, name: &str, old: &Investment, new: &Investment) {
        self.differs("title", name, &text(&old.title), &text(&new.title));
        self.differs("capacity", name, &number(old.capacity), &number(new.capacity));
        self.differs("why", name, &text(&old.why), &text(&new.why));
        self.references(["advances", "advances-gone"], name, &old.advances, &new.advances);
    }
}

fn id(words: &Option<Words>) -> &str {
    words.as_ref().map_or("", |words| words.value.as_ref())
}

/// A text as the digest sees it: runs of space are one.
fn text(words: &Option<Words>) -> String {
    id(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn number(number: Option<f64>) -> String {
    number.map_or(String::new(), |number| format!("{}", number + 0.0))
}

fn measure(of: Measure) -> Part {
    let typed = |number: f64| format!("{}", number + 0.0);
    let change = match of {
        Measure::Measured { from, to } => {
            Change::new("from-to").typed("from", typed(from)).typed("to", typed(to))
        }
        Measure::Threshold { at_least: Some(least), at_most: Some(most) } => {
            Change::new("between").typed("least", typed(least)).typed("most", typed(most))
        }
        Measure::Threshold { at_least: Some(least), .. } => {
            Change::new("at-least").typed("least", typed(least))
        }
        Measure::Threshold { at_most: Some(most), .. } => Change::new("at-most").typed("most", typed(most)),
        Measure::Milestone => Change::new("milestone"),
        Measure::Threshold { .. } | Measure::Unclear => return Part::Typed(String::new()),
    };
    Part::Said(change)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;
    use crate::source::Source;

    fn okrs(front: &str) -> Okrs {
        let file = model::read(&Source::new("okrs/x/y.md", format!("+++\n{front}\n+++\n")), "okrs/x/y.md");
        assert!(file.findings.is_empty(), "{:?}", file.findings);
        file.okrs().unwrap().clone()
    }

    fn said(old: &str, new: &str) -> Vec<String> {
        agreed(&okrs(old), &okrs(new)).iter().map(ToString::to_string).collect()
    }

    const OLD: &str = "[[objective]]\nid = \"a\"\ntitle = \"A\"\nsupports = [\"up/x\"]\nkey-result = [\n\
        { id = \"b\", title = \"B\", from = 99.5, to = 99.95 },\n{ id = \"c\", title = \"C\" },\n{ id = \"d\", title = \"D\" },\n]\n\
        [[investment]]\nid = \"i\"\ntitle = \"I\"\ncapacity = 10\nwhy = \"w\"\nadvances = []\n";

    #[test]
    fn what_was_agreed_is_compared_and_nothing_else() {
        let new = OLD
            .replace("99.95 }", "99.9, check-in = [{ on = 2026-01-01, value = 1 }] }")
            .replace("title = \"C\"", "title = \"C\", at-most = 5")
            .replace("{ id = \"d\", title = \"D\" },", "{ id = \"e\", title = \"E\" },")
            .replace("[\"up/x\"]", "[\"up/y\"]\nwhy = \"so\"")
            .replace("capacity = 10", "capacity = 15");
        let expected = [
            "target of a/b: 99.95 -> 99.9",
            "a/b no longer supports up/x",
            "a/b now supports up/y",
            "measure of a/c: a milestone -> at most 5",
            "a/c no longer supports up/x",
            "a/c now supports up/y",
            "key result a/e added: E",
            "key result a/d removed: D",
            "capacity of i: 10 -> 15",
        ];
        assert_eq!(said(OLD, &new), expected);
        assert_eq!(said(OLD, OLD), [""; 0]);
    }

    #[test]
    fn what_is_dropped_is_said_so() {
        let new = OLD.replace("title = \"A\"", "title = \"A  new\"\nstate = \"paused\"");
        assert_eq!(said(OLD, &new), ["title of a: A -> A new", "a is paused"]);
        assert_eq!(said(&new, OLD)[1], "a is active again, it was paused");
        assert_eq!(said(OLD, "")[0], "objective a removed: A");
    }

    #[test]
    fn the_words_of_pages_are_the_same() {
        let theme = include_str!("../themes/default/lang/en.toml");
        let lang = crate::lang::Lang::parse("en", theme).unwrap();
        for (key, phrase) in PHRASES {
            assert_eq!(lang.text(&format!("change.{key}")), phrase.replace("->", "→"), "{key}");
        }
    }
}
