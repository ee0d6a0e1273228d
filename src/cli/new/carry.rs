//! What an earlier cycle hands on: its unfinished objectives, as they would be typed anew.

use std::collections::{BTreeMap, BTreeSet};

use crate::date::Date;
use crate::edit::Value;
use crate::model::{Activity, Book, KeyResult, Measure, Objective, Okrs};
use crate::table::Words;

/// The unfinished objectives of a cycle, by unit.
#[derive(Debug)]
pub(super) struct Carried {
    from: String,
    themes: String,
    objectives: BTreeMap<usize, String>,
    count: usize,
    left_out: Vec<String>,
}

/// What is known while it is collected.
struct Carrying<'a> {
    book: &'a Book,
    from: usize,
    to: usize,
    today: Date,
    /// References within the cycle that lead somewhere in the new one too.
    kept: BTreeSet<String>,
    themes: BTreeSet<String>,
    left_out: Vec<String>,
}

impl Carried {
    /// What is carried over from one cycle to another.
    pub(super) fn new(book: &Book, from: usize, to: usize, today: Date) -> Self {
        let mut carrying = Carrying {
            book,
            from,
            to,
            today,
            kept: BTreeSet::new(),
            themes: BTreeSet::new(),
            left_out: Vec::new(),
        };
        carrying.find_kept();
        let mut objectives = BTreeMap::new();
        let mut count = 0;
        for (unit, okrs) in carrying.documents() {
            let open: Vec<&Objective> =
                okrs.objectives.iter().filter(|one| is_unfinished(one, today)).collect();
            count += open.len();
            let tables: Vec<String> = open.into_iter().map(|one| carrying.objective(okrs, one)).collect();
            objectives.insert(unit, tables.join("\n"));
        }
        let themes = carrying.theme_tables();
        let Carrying { left_out, .. } = carrying;
        Self { from: book.cycles[from].id.to_string(), themes, objectives, count, left_out }
    }

    /// The tables of the themes that are answered to.
    pub(super) fn themes(&self) -> String {
        self.themes.clone()
    }

    /// The tables of a unit's objectives.
    pub(super) fn objectives(&self, unit: usize) -> String {
        self.objectives.get(&unit).cloned().unwrap_or_default()
    }

    /// What was carried over, and which references were not.
    pub(super) fn in_words(&self) -> String {
        let count = crate::report::counted(self.count, "objective");
        let mut text = format!("{count} carried over from {}\n", self.from);
        for left in &self.left_out {
            text.push_str(&format!("  left out: {left}\n"));
        }
        text
    }
}

impl<'a> Carrying<'a> {
    /// The documents of the earlier cycle, of units that have one in the new cycle too.
    fn documents(&self) -> Vec<(usize, &'a Okrs)> {
        let book = self.book;
        let documents = book.documents_of(self.from).map(|at| &book.documents[at]);
        documents
            .filter(|document| {
                let level = book.config.units[document.unit].level;
                book.exists_in(document.unit, self.to) && book.keeps_rhythm(level, self.to)
            })
            .map(|document| (document.unit, document.okrs()))
            .collect()
    }

    fn find_kept(&mut self) {
        for (unit, okrs) in self.documents() {
            let unit = &self.book.config.units[unit].id;
            self.kept.insert(unit.to_string());
            let today = self.today;
            let open = okrs.objectives.iter().filter(|one| is_unfinished(one, today));
            for objective in open {
                let id = id(&objective.id);
                self.kept.insert(format!("{unit}/{id}"));
                let open = objective.key_results.iter().filter(|one| is_open(one, today));
                self.kept.extend(open.map(|of| format!("{unit}/{id}/{}", self::id(&of.id))));
            }
        }
    }

    fn objective(&mut self, okrs: &Okrs, objective: &Objective) -> String {
        let mut keys = Keys::default();
        keys.words("id", &objective.id);
        keys.words("title", &objective.title);
        keys.list("owner", okrs.owners(objective));
        keys.words("why", &objective.why);
        let themes = self.themes(&objective.themes);
        keys.texts("themes", &themes);
        let name = id(&objective.id).to_owned();
        let supports = self.references(&name, "supports", &objective.supports);
        keys.texts("supports", &supports);
        keys.word("commitment", objective.commitment);
        keys.list("labels", &objective.labels);
        keys.list("shared-with", &objective.shared_with);
        keys.words("stands-alone", &objective.stands_alone);
        keys.list("links", &objective.links);
        keys.state(objective.activity);
        let mut text = format!("[[objective]]\n{}", keys.lines());
        let open: Vec<&KeyResult> =
            objective.key_results.iter().filter(|of| is_open(of, self.today)).collect();
        if !open.is_empty() {
            let rows: String =
                open.into_iter().map(|of| format!("  {},\n", self.key_result(&name, of))).collect();
            text.push_str(&format!("key-result = [\n{rows}]\n"));
        }
        text
    }

    fn key_result(&mut self, objective: &str, of: &KeyResult) -> String {
        let mut keys = Keys::default();
        keys.words("id", &of.id);
        keys.words("title", &of.title);
        keys.list("owner", &of.owner);
        match of.measure {
            Measure::Measured { from, to } => {
                keys.number("from", Some(from));
                keys.number("to", Some(to));
            }
            Measure::Threshold { at_least, at_most } => {
                keys.number("at-least", at_least);
                keys.number("at-most", at_most);
            }
            Measure::Milestone | Measure::Unclear => {}
        }
        keys.number("stretch", of.stretch);
        keys.words("measured-in", &of.measured_in);
        keys.list("source", &of.source);
        let name = format!("{objective}/{}", id(&of.id));
        let supports = self.references(&name, "supports", &of.supports);
        keys.texts("supports", &supports);
        let needs = self.references(&name, "needs", &of.needs);
        keys.texts("needs", &needs);
        keys.number("weight", Some(of.weight).filter(|weight| *weight != 1.0));
        keys.words("why", &of.why);
        keys.list("labels", &of.labels);
        keys.list("shared-with", &of.shared_with);
        keys.word("commitment", of.commitment);
        keys.list("links", &of.links);
        keys.state(of.activity);
        keys.inline()
    }

    fn themes(&mut self, typed: &[Words]) -> Vec<String> {
        let themes: Vec<String> = typed.iter().map(|theme| theme.value.trim().to_owned()).collect();
        self.themes.extend(themes.iter().cloned());
        themes
    }

    /// The references that hold in the new cycle.
    fn references(&mut self, name: &str, key: &str, typed: &[Words]) -> Vec<String> {
        let mut kept = Vec::new();
        for reference in typed {
            let typed = reference.value.trim();
            match self.reference(key, typed) {
                Some(reference) => kept.push(reference),
                None => self.left_out.push(format!("{key} {typed} of {name}: it is not in the new cycle")),
            }
        }
        kept
    }

    fn reference(&self, key: &str, typed: &str) -> Option<String> {
        let (prefix, path) = match typed.split_once(':') {
            Some((prefix, path)) => (self.book.cycle(prefix.trim())?, path.trim()),
            None => (self.from, typed),
        };
        if prefix == self.from {
            return self.kept.contains(path).then(|| path.to_owned());
        }
        let holds =
            key != "supports" || prefix == self.to || self.book.cycles[self.to].within.contains(&prefix);
        holds.then(|| typed.to_owned())
    }

    /// The themes that the objectives answer to, as the earlier direction has them.
    fn theme_tables(&self) -> String {
        let Some(direction) = self.book.answers_to(self.from) else { return String::new() };
        let themes = &self.book.directions[direction].direction().themes;
        let answered = themes.iter().filter(|theme| self.themes.contains(id(&theme.id)));
        let tables: Vec<String> = answered
            .map(|theme| {
                let mut keys = Keys::default();
                keys.words("id", &theme.id);
                keys.words("title", &theme.title);
                format!("[[theme]]\n{}", keys.lines())
            })
            .collect();
        tables.join("\n")
    }
}

/// Neither dropped nor reached.
fn is_unfinished(objective: &Objective, today: Date) -> bool {
    let reached = match objective.own_grade {
        Some(grade) => grade >= 1.0,
        None => {
            let all = &objective.key_results;
            !all.is_empty() && !all.iter().any(|of| is_open(of, today))
        }
    };
    objective.activity != Activity::Dropped && !reached
}

/// Neither dropped nor reached. What is kept to a threshold never comes to an end by itself.
fn is_open(of: &KeyResult, today: Date) -> bool {
    let reached = match of.grade {
        Some(grade) => grade >= 1.0,
        None => of.progress(today) == Some(1.0),
    };
    of.activity != Activity::Dropped && !reached
}

fn id(words: &Option<Words>) -> &str {
    words.as_ref().map_or("", |words| words.value.as_ref())
}

/// Keys and their values as they are typed.
#[derive(Default)]
struct Keys(Vec<(&'static str, String)>);

impl Keys {
    fn word(&mut self, key: &'static str, word: Option<&str>) {
        self.0.extend(word.map(|word| (key, Value::Text(word.to_owned()).toml())));
    }

    fn words(&mut self, key: &'static str, words: &Option<Words>) {
        self.word(key, words.as_ref().map(|words| words.value.as_ref()));
    }

    fn number(&mut self, key: &'static str, number: Option<f64>) {
        self.0.extend(number.map(|number| (key, Value::Number(number).toml())));
    }

    fn list(&mut self, key: &'static str, words: &[Words]) {
        let texts: Vec<String> = words.iter().map(|words| words.value.to_string()).collect();
        self.texts(key, &texts);
    }

    /// One text by itself where the key takes that.
    fn texts(&mut self, key: &'static str, texts: &[String]) {
        let quoted: Vec<String> = texts.iter().map(|text| Value::Text(text.clone()).toml()).collect();
        match quoted.as_slice() {
            [] => {}
            [only] if matches!(key, "owner" | "source") => self.0.push((key, only.clone())),
            _ => self.0.push((key, format!("[{}]", quoted.join(", ")))),
        }
    }

    fn state(&mut self, activity: Activity) {
        if activity != Activity::Active {
            self.word("state", Some(activity.as_str()));
        }
    }

    fn lines(&self) -> String {
        self.0.iter().map(|(key, value)| format!("{key} = {value}\n")).collect()
    }

    fn inline(&self) -> String {
        let keys: Vec<String> = self.0.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        format!("{{ {} }}", keys.join(", "))
    }
}
