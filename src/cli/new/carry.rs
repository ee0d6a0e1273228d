//! What an earlier cycle hands on: its unfinished objectives and investments, as they would be typed anew,
//! and the sections of the text that belong to them.

mod typed;

use std::collections::{BTreeMap, BTreeSet};

use crate::date::Date;
use crate::edit::Value;
use crate::model::{Activity, Book, Document, Investment, KeyResult, Measure, Objective, Okrs};
use crate::report::counted;
use crate::table::Words;
use typed::Keys;

/// What is unfinished in a cycle, by unit.
#[derive(Debug)]
pub(super) struct Carried {
    from: String,
    themes: String,
    tables: BTreeMap<usize, String>,
    texts: BTreeMap<usize, String>,
    objectives: usize,
    investments: usize,
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
    /// The themes that are answered to.
    themes: BTreeSet<String>,
    left_out: Vec<String>,
}

impl Carried {
    /// What is carried over from one cycle to another.
    pub(super) fn new(book: &Book, from: usize, to: usize, today: Date) -> Self {
        let (kept, themes) = (BTreeSet::new(), BTreeSet::new());
        let mut carrying = Carrying { book, from, to, today, kept, themes, left_out: Vec::new() };
        carrying.find_kept();
        let (mut tables, mut texts) = (BTreeMap::new(), BTreeMap::new());
        let (mut objectives, mut investments) = (0, 0);
        for document in carrying.documents() {
            let (okrs, unit) = (document.okrs(), &book.config.units[document.unit].id);
            let open = okrs.objectives.iter().filter(|one| is_unfinished(one, today));
            let mut own: Vec<String> = open.map(|one| carrying.objective(unit, okrs, one)).collect();
            objectives += own.len();
            let work = okrs.investments.iter().filter_map(|one| carrying.investment(unit, okrs, one));
            let work: Vec<String> = work.collect();
            investments += work.len();
            own.extend(work);
            tables.insert(document.unit, own.join("\n"));
            texts.insert(document.unit, carrying.text(unit, document));
        }
        let themes = carrying.theme_tables();
        let Carrying { left_out, .. } = carrying;
        let from = book.cycles[from].id.to_string();
        Self { from, themes, tables, texts, objectives, investments, left_out }
    }

    /// The tables of the themes that are answered to.
    pub(super) fn themes(&self) -> &str {
        &self.themes
    }

    /// The tables of a unit's objectives and investments.
    pub(super) fn tables(&self, unit: usize) -> &str {
        self.tables.get(&unit).map_or("", String::as_str)
    }

    /// The sections of a unit's text that belong to them.
    pub(super) fn text(&self, unit: usize) -> &str {
        self.texts.get(&unit).map_or("", String::as_str)
    }

    /// Leaves the sections of a unit's text out, for a reason.
    pub(super) fn leave_text(&mut self, unit: usize, name: &str, reason: &str) {
        self.texts.remove(&unit);
        self.left_out.push(format!("left out of {name}: its text, which would have an error: {reason}"));
    }

    /// What was carried over, and what was not.
    pub(super) fn in_words(&self) -> String {
        let investments = match self.investments {
            0 => String::new(),
            count => format!(" and {}", counted(count, "investment")),
        };
        let mut text = format!(
            "{}{investments} carried over from {}\n",
            counted(self.objectives, "objective"),
            self.from
        );
        self.left_out.iter().for_each(|left| text.push_str(&format!("  {left}\n")));
        text
    }
}

impl<'a> Carrying<'a> {
    /// The documents of the earlier cycle, of units that have one in the new cycle too.
    fn documents(&self) -> Vec<&'a Document> {
        let book = self.book;
        let documents = book.documents_of(self.from).map(|at| &book.documents[at]);
        documents
            .filter(|document| {
                let level = book.config.units[document.unit].level;
                book.exists_in(document.unit, self.to) && book.keeps_rhythm(level, self.to)
            })
            .collect()
    }

    fn find_kept(&mut self) {
        let today = self.today;
        for document in self.documents() {
            let unit = &self.book.config.units[document.unit].id;
            self.kept.insert(unit.to_string());
            for objective in document.okrs().objectives.iter().filter(|one| is_unfinished(one, today)) {
                let id = id(&objective.id);
                self.kept.insert(format!("{unit}/{id}"));
                let open = objective.key_results.iter().filter(|one| is_open(one, today));
                self.kept.extend(open.map(|of| format!("{unit}/{id}/{}", self::id(&of.id))));
            }
        }
        // an investment may advance what another one needs
        let mut before = 0;
        while self.kept.len() > before {
            before = self.kept.len();
            for document in self.documents() {
                let unit = &self.book.config.units[document.unit].id;
                let open = document.okrs().investments.iter().filter(|one| self.goes_on(one));
                let open: Vec<String> = open.map(|one| format!("{unit}/{}", id(&one.id))).collect();
                self.kept.extend(open);
            }
        }
    }

    /// Neither dropped, nor has all that it advances come to its end.
    fn goes_on(&self, investment: &Investment) -> bool {
        let advances = &investment.advances;
        investment.activity != Activity::Dropped
            && (advances.is_empty()
                || advances.iter().any(|one| self.reference("advances", one.value.trim()).is_some()))
    }

    fn objective(&mut self, unit: &str, okrs: &Okrs, objective: &Objective) -> String {
        let mut keys = Keys::default();
        keys.words("id", &objective.id);
        keys.words("title", &objective.title);
        keys.list("owner", okrs.owners(objective));
        keys.words("why", &objective.why);
        let themes: Vec<String> =
            objective.themes.iter().map(|theme| theme.value.trim().to_owned()).collect();
        self.themes.extend(themes.iter().cloned());
        keys.texts("themes", &themes);
        let name = format!("{unit}/{}", id(&objective.id));
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
            let rows = open.into_iter().map(|of| {
                let last = last(of, self.today).map_or(String::new(), |last| format!(" # {last}"));
                format!("  {},{last}\n", self.key_result(&name, of))
            });
            text.push_str(&format!("key-result = [\n{}]\n", rows.collect::<String>()));
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

    fn investment(&mut self, unit: &str, okrs: &Okrs, investment: &Investment) -> Option<String> {
        let name = format!("{unit}/{}", id(&investment.id));
        if investment.activity == Activity::Dropped {
            return None;
        }
        if !self.goes_on(investment) {
            self.left_out.push(format!("left out: {name}; nothing that it advances is in the new cycle"));
            return None;
        }
        let mut keys = Keys::default();
        keys.words("id", &investment.id);
        keys.words("title", &investment.title);
        keys.list("owner", if investment.owner.is_empty() { &okrs.owner } else { &investment.owner });
        keys.number("capacity", investment.capacity);
        keys.words("why", &investment.why);
        let advances = self.references(&name, "advances", &investment.advances);
        let themes = advances.iter().filter_map(|one| one.strip_prefix("direction/"));
        self.themes.extend(themes.map(str::to_owned));
        keys.raw("advances", &advances);
        keys.list("labels", &investment.labels);
        keys.list("links", &investment.links);
        keys.state(investment.activity);
        Some(format!("[[investment]]\n{}", keys.lines()))
    }

    /// The sections of a document's text that belong to what is carried over.
    fn text(&self, unit: &str, document: &Document) -> String {
        let file = &document.file;
        let own = file.sections.iter().filter(|section| {
            section.item.as_ref().is_some_and(|item| self.kept.contains(&format!("{unit}/{item}")))
        });
        let texts: Vec<&str> = own.map(|section| file.source.slice(section.span).trim()).collect();
        texts.join("\n\n").replace("\r\n", "\n")
    }

    /// The references that hold in the new cycle.
    fn references(&mut self, name: &str, key: &str, typed: &[Words]) -> Vec<String> {
        let mut kept = Vec::new();
        for reference in typed {
            let typed = reference.value.trim();
            match self.reference(key, typed) {
                Some(reference) => kept.push(reference),
                None => {
                    self.left_out
                        .push(format!("left out of {name}: {key} {typed}, which is not in the new cycle"));
                }
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
            let theme = || self.direction_has(path.strip_prefix("direction/")?).then_some(());
            let holds = self.kept.contains(path) || path == "direction" || theme().is_some();
            return holds.then(|| path.to_owned());
        }
        let holds =
            key != "supports" || prefix == self.to || self.book.cycles[self.to].within.contains(&prefix);
        holds.then(|| typed.to_owned())
    }

    fn direction_has(&self, theme: &str) -> bool {
        let direction = self.book.answers_to(self.from);
        direction.is_some_and(|at| self.book.directions[at].direction().theme(theme).is_some())
    }

    /// The themes that are answered to, as the earlier direction has them.
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

/// Where a key result stood last, for whoever sets its next baseline.
fn last(of: &KeyResult, today: Date) -> Option<String> {
    let last = of.counted(today).into_iter().rev().find(|check_in| check_in.value().is_some())?;
    let (value, on) = (last.value()?, last.on.as_ref()?.value);
    Some(format!("{} on {on}", Value::Number(value).toml()))
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
