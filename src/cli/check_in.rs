//! `check-in`: what was measured today, and how sure one is of the target. From arguments, or asked
//! for in a terminal.

use clap::Args;

use super::desk::{self, Desk, Doc, Stopped, outcome, refused};
use super::quantity;
use super::{Outcome, Shared, terminal};
use crate::diagnostic::nearest;
use crate::edit::{Change, Row, Value};
use crate::failure::Failure;
use crate::links::Target;
use crate::model::{ItemPlace, KeyResult, Measure};

mod ask;
mod open;

/// Check in on key results: what was measured, and how sure you are
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct CheckIn {
    /// REF VALUE for one key result, DOC PLACE=VALUE… for several, DOC alone to be asked
    #[arg(value_name = "REF VALUE | DOC [PLACE=VALUE]", allow_negative_numbers = true)]
    what: Vec<String>,
    /// Ask for every open key result that this person owns
    #[arg(long, value_name = "HANDLE", conflicts_with_all = ["what", "confidence", "note"])]
    mine: Option<String>,
    /// How likely the target will be reached, 0.0 to 1.0
    #[arg(long, value_name = "C", allow_negative_numbers = true)]
    confidence: Option<String>,
    /// What happened
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

const AFTER: &str = "\
Examples:
  okrbook check-in cloud/reliability/uptime 99.7 --confidence 0.6 --note \"one region still drops\"
  okrbook check-in cloud reliability/uptime=99.7 reliability/error-budget=2
  okrbook check-in cloud             asks for each open key result of the document in turn
  okrbook check-in --mine kai        asks for all that a person owns

The check-in has today's date or that of `--date`. The value of a milestone is 0.0 to 1.0. What is
asked for is written at once, so that nothing is lost when you quit.
Exits with 0, 1 if the document has errors, 2 where a name does not exist or a value is out of
range.";

/// What is said of a key result on a day.
#[derive(Clone, Debug, Default, PartialEq)]
struct Said {
    value: Option<f64>,
    confidence: Option<f64>,
    note: Option<String>,
}

impl CheckIn {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        outcome(self.write(shared))
    }

    fn write(&self, shared: &Shared) -> Result<(), Stopped> {
        if let Some(handle) = &self.mine {
            return ask::mine(shared, handle);
        }
        let Some((first, rest)) = self.what.split_first() else {
            return Err(Failure::new("there is nothing to check in on")
                .help("name a key result and its value, or be asked with `okrbook check-in --mine HANDLE`")
                .into());
        };
        match rest {
            [] if self.confidence.is_none() && self.note.is_none() => ask::document(shared, first),
            [] => self.one(shared, first, None),
            [place] if is_place(place) => Err(Failure::new(format!("`{place}` has no value"))
                .help(format!("give it one, `okrbook check-in {first} {place}=VALUE`, or be asked for it, `okrbook check-in {first}/{place}`"))
                .into()),
            [value] if !value.contains('=') => self.one(shared, first, Some(value)),
            _ => self.several(shared, first, rest),
        }
    }

    fn said(&self, value: Option<f64>) -> Result<Said, Failure> {
        let confidence = self.confidence.as_deref().map(|typed| quantity::share("a confidence", typed));
        let note = self.note.as_deref().map(|note| desk::text("--note", note));
        Ok(Said { value, confidence: confidence.transpose()?, note: note.transpose()? })
    }

    fn one(&self, shared: &Shared, reference: &str, value: Option<&str>) -> Result<(), Stopped> {
        let value = value.map(|typed| quantity::number("a value", typed)).transpose()?;
        let said = self.said(value)?;
        let desk = Desk::take(shared)?;
        let target = desk.target(reference)?;
        let Target::KeyResult(document, at, of) = target else {
            return Err(not_a_key_result(&desk, reference, target).into());
        };
        Ok(terminal::output(&record(&desk, document, &[((at, of), said)])?)?)
    }

    fn several(&self, shared: &Shared, doc: &str, rest: &[String]) -> Result<(), Stopped> {
        if rest.len() > 1 && (self.confidence.is_some() || self.note.is_some()) {
            return Err(Failure::new("`--confidence` and `--note` are of one key result")
                .help("check in on it by itself: `okrbook check-in REF VALUE --note TEXT`")
                .into());
        }
        let mut typed = Vec::new();
        for pair in rest {
            let Some((place, value)) = pair.split_once('=') else {
                return Err(Failure::new(format!("`{pair}` has no `=`"))
                    .help("several key results of a document are written PLACE=VALUE, such as `reliability/uptime=99.7`")
                    .into());
            };
            typed.push((place, quantity::number("a value", value)?));
        }
        let desk = Desk::take(shared)?;
        let document = desk.okrs_doc(doc, "key results")?;
        desk.refuse_errors(Doc::Okrs(document))?;
        let mut all = Vec::new();
        for (place, value) in typed {
            match desk.place(document, place)? {
                ItemPlace::KeyResult(at, of) => all.push(((at, of), self.said(Some(value))?)),
                other => {
                    let target = Target::item(document, Some(other));
                    return Err(not_a_key_result(&desk, place, target).into());
                }
            }
        }
        Ok(terminal::output(&record(&desk, document, &all)?)?)
    }
}

/// Whether somebody typed a place where a value belongs.
fn is_place(typed: &str) -> bool {
    typed.contains('/') && !typed.contains('=') && typed.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn not_a_key_result(desk: &Desk, typed: &str, target: Target) -> Failure {
    let failure = Failure::new(format!("`{typed}` is {}, not a key result", target.what()));
    let Some(document) = target.document() else { return failure };
    let okrs = desk.okrs(document);
    let within = |at: usize| !matches!(target.place(), Some(ItemPlace::Objective(own)) if own != at);
    let names: Vec<String> = okrs
        .key_results()
        .filter(|(at, ..)| within(*at))
        .filter_map(|(at, of, ..)| okrs.name(ItemPlace::KeyResult(at, of)))
        .collect();
    let last = typed.rsplit('/').next().unwrap_or(typed);
    let near = nearest(last, names.iter().map(String::as_str)).or(names.first().map(String::as_str));
    let name = desk.name(Doc::Okrs(document));
    refused(failure.message, near.map(|near| format!("name one of its key results, such as `{name}/{near}`")))
}

/// The key result of two numbers in a document.
fn key_result(desk: &Desk, document: usize, (at, of): (usize, usize)) -> &KeyResult {
    &desk.okrs(document).objectives[at].key_results[of]
}

/// Writes check-ins of one document, all or none of them, and says them.
fn record(desk: &Desk, document: usize, all: &[((usize, usize), Said)]) -> Result<String, Stopped> {
    desk.refuse_errors(Doc::Okrs(document))?;
    let mut changes = Vec::new();
    let mut text = String::new();
    for (place, said) in all {
        let of = key_result(desk, document, *place);
        let name = Target::KeyResult(document, place.0, place.1).reference(&desk.analysis.book);
        check_range(&name, of, said.value)?;
        let mut row: Row = vec![("on", Value::Day(desk.today))];
        row.extend(said.value.map(|value| ("value", Value::Number(value))));
        row.extend(said.confidence.map(|confidence| ("confidence", Value::Share(confidence))));
        row.extend(said.note.clone().map(|note| ("note", Value::Text(note))));
        let table = desk::table(ItemPlace::KeyResult(place.0, place.1));
        changes.push(Change::Add { table, name: "check-in", row });
        text.push_str(&format!("{name}: {}\n", open::in_words(of, said, desk.today)));
    }
    desk.change(Doc::Okrs(document), &changes)?;
    Ok(crate::report::visible(&text))
}

/// A milestone is nothing, all or a part.
fn check_range(name: &str, of: &KeyResult, value: Option<f64>) -> Result<(), Failure> {
    match value {
        Some(value) if of.measure == Measure::Milestone => {
            quantity::share(&format!("the value of a milestone ({name})"), &format!("{value}")).map(drop)
        }
        _ => Ok(()),
    }
}
