//! What a signature signs: a digest over what was agreed, and nothing else.
//!
//! It covers, of objectives id, title and state; of key results id, title, from, to, stretch,
//! at-least, at-most, measured-in, due, weight, state and supports; of investments id, title,
//! capacity, why and advances. Each fact is a line `key<TAB>value`, items in the order of their ids,
//! references without the cycle where it is the document's own. Numbers are in their shortest
//! decimal form, days as `2026-01-31`, spaces at the ends of a text and runs of space within it do
//! not count. Of a direction it covers the themes: id and title. The digest is the first twelve hexadecimal digits of the SHA-256 of these lines. It
//! must not change between versions of okrbook: the guide defines it, a test holds it.

use sha2::{Digest as _, Sha256};

use crate::table::Words;

use super::{Direction, KeyResult, Measure, Objective, Okrs, Theme};

/// The digest of a document in the cycle of a name.
pub fn digest(okrs: &Okrs, cycle: &str) -> String {
    let mut lines = Lines { text: String::from("okrbook 1\n"), cycle };
    let mut objectives: Vec<&Objective> = okrs.objectives.iter().collect();
    objectives.sort_by(|a, b| id(&a.id).cmp(id(&b.id)));
    for objective in objectives {
        lines.add("objective", id(&objective.id));
        lines.words("title", objective.title.as_ref());
        lines.add("state", objective.activity.as_str());
        let mut key_results: Vec<&KeyResult> = objective.key_results.iter().collect();
        key_results.sort_by(|a, b| id(&a.id).cmp(id(&b.id)));
        for key_result in key_results {
            lines.key_result(objective, key_result);
        }
    }
    let mut investments: Vec<_> = okrs.investments.iter().collect();
    investments.sort_by(|a, b| id(&a.id).cmp(id(&b.id)));
    for investment in investments {
        lines.add("investment", id(&investment.id));
        lines.words("title", investment.title.as_ref());
        lines.number("capacity", investment.capacity);
        lines.words("why", investment.why.as_ref());
        lines.references("advances", &investment.advances);
    }
    lines.digest()
}

/// The digest of a direction: its themes.
pub fn direction_digest(direction: &Direction) -> String {
    let mut lines = Lines { text: String::from("okrbook 1 direction\n"), cycle: "" };
    let mut themes: Vec<&Theme> = direction.themes.iter().collect();
    themes.sort_by(|a, b| id(&a.id).cmp(id(&b.id)));
    for theme in themes {
        lines.add("theme", id(&theme.id));
        lines.words("title", theme.title.as_ref());
    }
    lines.digest()
}

fn id(words: &Option<Words>) -> &str {
    words.as_ref().map_or("", |words| words.value.as_ref())
}

struct Lines<'a> {
    text: String,
    cycle: &'a str,
}

impl Lines<'_> {
    fn digest(&self) -> String {
        Sha256::digest(self.text.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }

    fn add(&mut self, key: &str, value: &str) {
        let value: Vec<&str> = value.split_whitespace().collect();
        self.text.push_str(&format!("{key}\t{}\n", value.join(" ")));
    }

    fn words(&mut self, key: &str, words: Option<&Words>) {
        if let Some(words) = words {
            self.add(key, &words.value);
        }
    }

    fn number(&mut self, key: &str, number: Option<f64>) {
        if let Some(number) = number {
            // adding zero makes -0 into 0
            self.add(key, &format!("{}", number + 0.0));
        }
    }

    fn references(&mut self, key: &str, references: &[Words]) {
        let own = format!("{}:", self.cycle);
        let mut plain: Vec<String> = references
            .iter()
            .map(|reference| {
                let typed = reference.value.trim();
                typed.strip_prefix(&own).unwrap_or(typed).to_owned()
            })
            .collect();
        plain.sort();
        plain.dedup();
        for reference in plain {
            self.add(key, &reference);
        }
    }

    fn key_result(&mut self, objective: &Objective, key_result: &KeyResult) {
        self.add("key-result", id(&key_result.id));
        self.words("title", key_result.title.as_ref());
        match key_result.measure {
            Measure::Measured { from, to } => {
                self.number("from", Some(from));
                self.number("to", Some(to));
            }
            Measure::Threshold { at_least, at_most } => {
                self.number("at-least", at_least);
                self.number("at-most", at_most);
            }
            Measure::Milestone | Measure::Unclear => {}
        }
        self.number("stretch", key_result.stretch);
        self.words("measured-in", key_result.measured_in.as_ref());
        if let Some(due) = &key_result.due {
            self.add("due", &due.value.to_string());
        }
        self.number("weight", Some(key_result.weight));
        self.add("state", key_result.activity.as_str());
        self.references("supports", Okrs::supports(objective, key_result));
    }
}
