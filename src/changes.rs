//! What changed between two versions of a document, in words.
//!
//! What was agreed stands by itself: the same facts as the digest of a signature. Where the digests are
//! the same, nothing is said of it.

mod noted;

pub use noted::{directed, noted};

use crate::model::{Activity, Investment, KeyResult, Measure, Objective, Okrs};
use crate::table::Words;

/// What changed of what was agreed, a line each, in the order of the new version: `target of
/// reliability/uptime: 99.95 -> 99.9`.
pub fn agreed(old: &Okrs, new: &Okrs) -> Vec<String> {
    let mut lines = Lines(Vec::new());
    for objective in &new.objectives {
        let name = id(&objective.id);
        match old.objectives.iter().find(|other| id(&other.id) == name) {
            None => {
                lines.said(format!("objective {name} added: {}", text(&objective.title)));
            }
            Some(before) => lines.objective(name, before, objective),
        }
    }
    for before in &old.objectives {
        let name = id(&before.id);
        if !new.objectives.iter().any(|other| id(&other.id) == name) {
            lines.said(format!("objective {name} removed: {}", text(&before.title)));
        }
    }
    for investment in &new.investments {
        let name = id(&investment.id);
        match old.investments.iter().find(|other| id(&other.id) == name) {
            None => lines.said(format!("investment {name} added: {}", text(&investment.title))),
            Some(before) => lines.investment(name, before, investment),
        }
    }
    for before in &old.investments {
        let name = id(&before.id);
        if !new.investments.iter().any(|other| id(&other.id) == name) {
            lines.said(format!("investment {name} removed: {}", text(&before.title)));
        }
    }
    lines.0
}

struct Lines(Vec<String>);

impl Lines {
    fn said(&mut self, line: String) {
        self.0.push(line);
    }

    fn differs(&mut self, what: &str, name: &str, old: &str, new: &str) {
        if old != new {
            let or_none = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
            self.said(format!("{what} of {name}: {} -> {}", or_none(old), or_none(new)));
        }
    }

    fn state(&mut self, name: &str, old: Activity, new: Activity) {
        match (old, new) {
            (old, new) if old == new => {}
            (_, Activity::Active) => self.said(format!("{name} is active again, it was {}", old.as_str())),
            _ => self.said(format!("{name} is {}", new.as_str())),
        }
    }

    fn objective(&mut self, name: &str, old: &Objective, new: &Objective) {
        self.differs("title", name, &text(&old.title), &text(&new.title));
        self.state(name, old.activity, new.activity);
        for key_result in &new.key_results {
            let full = format!("{name}/{}", id(&key_result.id));
            match old.key_results.iter().find(|other| id(&other.id) == id(&key_result.id)) {
                None => self.said(format!("key result {full} added: {}", text(&key_result.title))),
                Some(before) => self.key_result(&full, (old, before), (new, key_result)),
            }
        }
        for before in &old.key_results {
            if !new.key_results.iter().any(|other| id(&other.id) == id(&before.id)) {
                let full = format!("{name}/{}", id(&before.id));
                self.said(format!("key result {full} removed: {}", text(&before.title)));
            }
        }
    }

    fn key_result(&mut self, name: &str, old: (&Objective, &KeyResult), new: (&Objective, &KeyResult)) {
        let ((above_old, old), (above_new, new)) = (old, new);
        self.differs("title", name, &text(&old.title), &text(&new.title));
        self.measure(name, old.measure, new.measure);
        self.differs("stretch", name, &number(old.stretch), &number(new.stretch));
        self.differs("unit of measure", name, &text(&old.measured_in), &text(&new.measured_in));
        let due = |of: &KeyResult| of.due.as_ref().map_or(String::new(), |due| due.value.to_string());
        self.differs("due date", name, &due(old), &due(new));
        self.differs("weight", name, &number(Some(old.weight)), &number(Some(new.weight)));
        self.state(name, old.activity, new.activity);
        self.references("supports", name, Okrs::supports(above_old, old), Okrs::supports(above_new, new));
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
                self.differs("lower limit", name, &number(at_least), &number(new_least));
                self.differs("upper limit", name, &number(at_most), &number(new_most));
            }
            _ => self.differs("measure", name, &measure(old), &measure(new)),
        }
    }

    fn references(&mut self, what: &str, name: &str, old: &[Words], new: &[Words]) {
        let has =
            |list: &[Words], one: &Words| list.iter().any(|other| other.value.trim() == one.value.trim());
        for gone in old.iter().filter(|one| !has(new, one)) {
            self.said(format!("{name} no longer {what} {}", gone.value.trim()));
        }
        for come in new.iter().filter(|one| !has(old, one)) {
            self.said(format!("{name} now {what} {}", come.value.trim()));
        }
    }

    fn investment(&mut self, name: &str, old: &Investment, new: &Investment) {
        self.differs("title", name, &text(&old.title), &text(&new.title));
        self.differs("capacity", name, &number(old.capacity), &number(new.capacity));
        self.differs("reason", name, &text(&old.why), &text(&new.why));
        self.references("advances", name, &old.advances, &new.advances);
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

fn measure(of: Measure) -> String {
    match of {
        Measure::Measured { from, to } => format!("from {from} to {to}"),
        Measure::Threshold { at_least, at_most } => {
            let least = at_least.map(|least| format!("at least {least}"));
            let most = at_most.map(|most| format!("at most {most}"));
            least.into_iter().chain(most).collect::<Vec<_>>().join(", ")
        }
        Measure::Milestone => "a milestone".to_owned(),
        Measure::Unclear => String::new(),
    }
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
        assert_eq!(agreed(&okrs(OLD), &okrs(&new)), expected);
        assert_eq!(agreed(&okrs(OLD), &okrs(OLD)), [""; 0]);
    }

    #[test]
    fn what_is_dropped_is_said_so() {
        let new = OLD.replace("title = \"A\"", "title = \"A  new\"\nstate = \"paused\"");
        assert_eq!(agreed(&okrs(OLD), &okrs(&new)), ["title of a: A -> A new", "a is paused"]);
        assert_eq!(agreed(&okrs(&new), &okrs(OLD))[1], "a is active again, it was paused");
        assert_eq!(agreed(&okrs(OLD), &okrs(""))[0], "objective a removed: A");
    }
}
