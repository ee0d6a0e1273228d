//! `share`: the day on which a draft is shown to those who are to answer it.

use clap::Args;

use super::desk::{Desk, Doc, Stopped, outcome};
use super::{Outcome, Shared, terminal};
use crate::edit::{Change, Value};
use crate::failure::Failure;

/// Share a draft or a direction: note the day
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Share {
    /// A document or direction, by reference (`fy27-q1:cloud`, `fy27-q1:direction`) or path
    #[arg(value_name = "DOC")]
    doc: String,
}

const AFTER: &str = "\
Examples:
  okrbook share cloud                in the running cycle
  okrbook share fy27-q2:direction
  okrbook share content/okrs/fy27-q2/cloud.md --date 2026-04-17

Writes `shared`, with today or the day of `--date`; every other byte stays. Push the change, and
tell your readers: `okrbook feedback` records what they say.
Exits with 0, 1 if the document has errors, 2 where it is shared already or does not exist.";

impl Share {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        outcome(self.write(shared))
    }

    fn write(&self, shared: &Shared) -> Result<(), Stopped> {
        let desk = Desk::take(shared)?;
        let doc = desk.doc(&self.doc)?;
        let before = match doc {
            Doc::Okrs(at) => desk.okrs(at).shared.clone(),
            Doc::Direction(at) => desk.direction(at).shared.clone(),
        };
        desk.refuse_errors(doc)?;
        let name = desk.name(doc);
        if let Some(day) = before {
            return Err(Failure::new(format!("{name} is shared already, since {}", day.value))
                .help("to change the day, write another one into `shared`")
                .into());
        }
        let today = desk.today;
        desk.change(doc, &[Change::Set { table: Vec::new(), key: "shared", value: Value::Day(today) }])?;
        terminal::output(&format!("{name} is shared since {today}\n"))?;
        Ok(())
    }
}
