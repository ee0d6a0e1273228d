//! A status as a screenful of text. However many units there are: those are listed that want
//! something, the first of them by name, the rest by their number.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::grid::{Cell, Paint, Sheet, cell};
use super::{CycleStatus, CycleTime, DeliveryStatus, DocumentStatus, Late, ObjectiveStatus, Status};
use crate::date::{Date, days_between};
use crate::lang::Lang;

/// What came late is told for so many days.
const NEWS_DAYS: i64 = 28;
/// As many rows as a part has.
const MOST_ROWS: usize = 8;
/// As many objectives as a row has.
const MOST_OBJECTIVES: usize = 6;

/// What a text is shown on.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// How many columns it has.
    pub width: usize,
    /// Whether it is coloured.
    pub color: bool,
}

/// A status as a screenful of text.
pub fn text(status: &Status, lang: &Lang, screen: Screen) -> String {
    let mut writer = Writer { lang, today: status.date, sheet: Sheet::new(screen.width, screen.color) };
    match &status.cycle {
        None => writer.sheet.paragraph(&lang.text("status.none"), Paint::Plain),
        Some(cycle) => writer.cycle(cycle),
    }
    writer.others(&status.other_cycles);
    writer.sheet.done()
}

struct Writer<'a> {
    lang: &'a Lang,
    today: Date,
    sheet: Sheet,
}

impl Writer<'_> {
    fn cycle(&mut self, cycle: &CycleStatus) {
        let time = &cycle.time;
        let dates = match time.end {
            Some(end) => self.lang.span(time.start, end),
            None => self.lang.say("date.since", &[("date", &self.lang.day_year(time.start))]),
        };
        self.sheet.paragraph(&format!("{}, {dates}", time.name), Paint::Bold);
        self.sheet.paragraph(&time.story, Paint::Plain);
        self.timeline(time);
        self.late(time);
        self.contracts(cycle);
        match (time.phase, &cycle.grades) {
            ("running", _) => self.progress(cycle),
            (_, Some(_)) => self.grades(cycle),
            _ => {}
        }
        self.quiet(cycle);
    }

    fn heading(&mut self, key: &str) {
        let heading = self.lang.text(key).into_owned();
        self.sheet.heading(&heading);
    }

    fn timeline(&mut self, time: &CycleTime) {
        let mut rows: Vec<(Date, u8, Vec<Cell>)> = Vec::new();
        let dim = |day: String, text: String| vec![cell(day, Paint::Dim), cell(text, Paint::Dim)];
        for delivery in &time.timeline {
            rows.push((delivery.due, 1, self.delivery(delivery)));
        }
        for (day, key) in [(Some(time.start), "calendar.begins"), (time.end, "calendar.ends")] {
            let Some(day) = day else { continue };
            let text = self.lang.say(key, &[("cycle", &time.name)]);
            rows.push((day, 0, dim(self.lang.day_short(day), text)));
        }
        let first = rows.iter().map(|row| row.0).min();
        let last = rows.iter().map(|row| row.0).max();
        if first.is_some_and(|first| first <= self.today) && last.is_some_and(|last| self.today <= last) {
            let today = self.lang.text("date.today").into_owned();
            rows.push((self.today, 2, dim(self.lang.day_short(self.today), today)));
        }
        rows.sort_by_key(|row| (row.0, row.1));
        self.heading("status.timeline");
        let rows: Vec<Vec<Cell>> = rows.into_iter().map(|row| row.2).collect();
        self.sheet.rows(&rows);
    }

    fn delivery(&self, delivery: &DeliveryStatus) -> Vec<Cell> {
        let days = |days: Option<i64>| days.unwrap_or(0).unsigned_abs();
        let (state, paint) = match delivery.state {
            "overdue" => (self.lang.count("timeline.overdue-by", days(delivery.late_by), &[]), Paint::Bad),
            "late" => (self.lang.count("timeline.late-by", days(delivery.late_by), &[]), Paint::Warn),
            "due" if delivery.due_in == Some(0) => {
                (self.lang.text("timeline.due-today").into_owned(), Paint::Plain)
            }
            "due" => (self.lang.count("timeline.due-in", days(delivery.due_in), &[]), Paint::Plain),
            _ => (self.lang.text("timeline.done").into_owned(), Paint::Plain),
        };
        let figures = match delivery.expected {
            0 => String::new(),
            total => {
                let of = |count: usize| self.lang.separators().whole(count as u64);
                self.lang.say("number.of", &[("n", &of(delivery.delivered)), ("total", &of(total))])
            }
        };
        vec![
            cell(self.lang.day_short(delivery.due), Paint::Plain),
            cell(state, paint),
            cell(figures, Paint::Plain),
            cell(&delivery.name, Paint::Plain),
        ]
    }

    /// Who is late, a row for each, those first that are still waited for; what came lately is told too.
    fn late(&mut self, time: &CycleTime) {
        let is_news = |late: &&Late| late.there.is_none_or(|on| days_between(on, self.today) <= NEWS_DAYS);
        let mut order: Vec<Arc<str>> = Vec::new();
        let mut by_unit: BTreeMap<Arc<str>, (String, bool, Vec<String>)> = BTreeMap::new();
        for late in time.late.iter().filter(is_news) {
            let key = match (late.what, late.there) {
                ("direction", Some(_)) => "date.days-late",
                ("direction", None) => "timeline.overdue-by",
                (_, Some(_)) => "status.came-late",
                (_, None) => "status.late-by",
            };
            let what = self.lang.text(&format!("status.noun-{}", late.what));
            let said = self.lang.count(key, late.days.unsigned_abs(), &[("what", &what)]);
            let entry = by_unit.entry(Arc::clone(&late.unit)).or_insert_with(|| {
                order.push(Arc::clone(&late.unit));
                (late.name.clone(), false, Vec::new())
            });
            entry.1 |= late.there.is_none();
            entry.2.push(said);
        }
        if order.is_empty() {
            return;
        }
        self.heading("status.late");
        let rows = order.iter().filter_map(|unit| by_unit.get(unit)).map(|(name, missing, said)| {
            let paint = if *missing { Paint::Bad } else { Paint::Warn };
            vec![cell(name, Paint::Plain), cell(said.join(&self.lang.text("status.clause")), paint)]
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        self.some_rows(&rows);
    }

    /// The first rows, and how many others there are.
    fn some_rows(&mut self, rows: &[Vec<Cell>]) {
        let shown = if rows.len() > MOST_ROWS + 1 { MOST_ROWS } else { rows.len() };
        self.sheet.rows(&rows[..shown]);
        if shown < rows.len() {
            let more = self.lang.count("list.more", (rows.len() - shown) as u64, &[]);
            self.sheet.rows(&[vec![cell(more, Paint::Dim)]]);
        }
    }

    fn contracts(&mut self, cycle: &CycleStatus) {
        let contracts = &cycle.contracts;
        let total = contracts.documents + contracts.missing.len();
        if total == 0 {
            return;
        }
        let whole = |count: usize| self.lang.separators().whole(count as u64);
        let values = [("total", &*whole(total))];
        let first = self.lang.count("status.contracts-of", contracts.final_ as u64, &values);
        let mut clauses = vec![first];
        for (key, count) in [
            ("status.altered", contracts.altered),
            ("status.draft", contracts.draft),
            ("status.preparing", contracts.preparing),
            ("status.signed-by-one", contracts.signed_by_one),
            ("status.missing", contracts.missing.len()),
        ] {
            if count > 0 {
                clauses.push(self.lang.count(key, count as u64, &[]));
            }
        }
        let said = clauses.join(&self.lang.text("status.clause"));
        self.heading("status.contracts");
        self.sheet.rows(&[vec![cell(said, Paint::Plain)]]);
    }

    /// How far those documents are that want something; all of them where there are few.
    fn progress(&mut self, cycle: &CycleStatus) {
        if cycle.documents.is_empty() {
            return;
        }
        match cycle.pace {
            Some(pace) => {
                let pace = self.lang.separators().percent(pace);
                let heading = self.lang.say("status.progress-pace", &[("pace", &pace)]);
                self.sheet.heading(&heading);
            }
            None => self.heading("status.progress"),
        }
        let few = cycle.documents.len() <= MOST_ROWS;
        let (told, rest): (Vec<&DocumentStatus>, Vec<&DocumentStatus>) =
            cycle.documents.iter().partition(|document| few || document.is_wanting());
        let rows: Vec<Vec<Cell>> = told.iter().map(|document| self.document(document)).collect();
        self.some_rows(&rows);
        if !rest.is_empty() {
            let key = if told.is_empty() { "status.all-in-order" } else { "status.in-order" };
            let said = self.lang.count(key, rest.len() as u64, &[]);
            self.sheet.rows(&[vec![cell(said, Paint::Dim)]]);
        }
    }

    fn document(&self, document: &DocumentStatus) -> Vec<Cell> {
        let objective = |objective: &ObjectiveStatus| {
            let Some(progress) = objective.progress else {
                return self.lang.text("number.none").into_owned();
            };
            let progress = self.lang.separators().percent(progress);
            let values = [("progress", progress.as_str())];
            match objective.points.filter(|_| objective.behind) {
                Some(points) => self.lang.count("status.objective-behind", points.unsigned_abs(), &values),
                None => progress,
            }
        };
        let mut parts = self.some_objectives(document, objective);
        if document.thresholds_not_met > 0 {
            let not_met = document.thresholds_not_met as u64;
            parts.push(self.lang.count("status.thresholds-not-met", not_met, &[]));
        }
        let paint = if document.is_wanting() { Paint::Warn } else { Paint::Plain };
        self.document_row(document, parts, paint)
    }

    fn grades(&mut self, cycle: &CycleStatus) {
        let grade = |objective: &ObjectiveStatus| match objective.grade {
            Some(grade) => self.lang.separators().shown(grade),
            None => self.lang.text("number.none").into_owned(),
        };
        let rows: Vec<Vec<Cell>> = cycle
            .documents
            .iter()
            .map(|document| {
                let short = document.objectives.iter().any(ObjectiveStatus::fell_short);
                let paint = if short { Paint::Warn } else { Paint::Plain };
                self.document_row(document, self.some_objectives(document, grade), paint)
            })
            .collect();
        if !rows.is_empty() {
            self.heading("status.grades");
            self.some_rows(&rows);
        }
    }

    fn document_row(&self, document: &DocumentStatus, parts: Vec<String>, paint: Paint) -> Vec<Cell> {
        let state = self.lang.text(&format!("state.{}", document.state)).into_owned();
        let state_paint = if document.state == "altered" { Paint::Bad } else { Paint::Plain };
        let said = parts.join(&self.lang.text("list.separator"));
        vec![cell(&document.name, Paint::Plain), cell(state, state_paint), cell(said, paint)]
    }

    fn some_objectives(
        &self,
        document: &DocumentStatus,
        say: impl Fn(&ObjectiveStatus) -> String,
    ) -> Vec<String> {
        if document.objectives.is_empty() {
            return vec![self.lang.text("status.no-objectives").into_owned()];
        }
        let mut parts: Vec<String> = document.objectives.iter().take(MOST_OBJECTIVES).map(say).collect();
        let more = document.objectives.len() - parts.len();
        if more > 0 {
            parts.push(self.lang.count("list.more", more as u64, &[]));
        }
        parts
    }

    /// What has gone quiet, by document, the longest first.
    fn quiet(&mut self, cycle: &CycleStatus) {
        let mut by_unit: Vec<(&str, u64, i64)> = Vec::new();
        for quiet in &cycle.quiet {
            match by_unit.last_mut().filter(|last| last.0 == quiet.unit) {
                Some(last) => (last.1, last.2) = (last.1 + 1, last.2.max(quiet.days)),
                None => by_unit.push((&quiet.unit, 1, quiet.days)),
            }
        }
        if by_unit.is_empty() {
            return;
        }
        by_unit.sort_by_key(|unit| std::cmp::Reverse(unit.2));
        let rows = by_unit.iter().map(|(name, count, days)| {
            let days = self.lang.count("date.days", days.unsigned_abs(), &[]);
            let said = self.lang.count("status.quiet-of", *count, &[("days", &days)]);
            vec![cell(name, Paint::Plain), cell(said, Paint::Warn)]
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        self.heading("status.quiet");
        self.some_rows(&rows);
    }

    fn others(&mut self, others: &[CycleTime]) {
        if others.is_empty() {
            return;
        }
        self.heading("status.other-cycles");
        let rows = others.iter().map(|time| {
            let paint = if time.overdue { Paint::Bad } else { Paint::Plain };
            vec![cell(&time.name, Paint::Plain), cell(&time.story, paint)]
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        self.some_rows(&rows);
    }
}
