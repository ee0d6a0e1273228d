//! A status as a screenful of text. However many units there are: those are listed that want
//! something, the first of them by name, the rest by their number.

mod documents;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::grid::{Cell, Paint, Sheet, cell};
use super::{CycleStatus, CycleTime, DeliveryStatus, Late, Status};
use crate::date::{Date, days_between};
use crate::lang::Lang;

/// What came late is told for so many days.
const NEWS_DAYS: i64 = 28;
/// As many rows as a part has.
const MOST_ROWS: usize = 8;

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
        if contracts.open_feedback > 0 {
            let open = self.lang.count("status.open-feedback", contracts.open_feedback as u64, &[]);
            self.sheet.rows(&[vec![cell(open, Paint::Warn)]]);
        }
        if !contracts.taken_as_given.is_empty() {
            let all: Vec<String> =
                contracts.taken_as_given.iter().take(MOST_ROWS).map(|unit| unit.to_string()).collect();
            let (units, count) = (self.lang.list(&all), contracts.taken_as_given.len());
            let given = self.lang.count("status.taken-as-given", count as u64, &[("units", &units)]);
            self.sheet.rows(&[vec![cell(given, Paint::Warn)]]);
        }
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
