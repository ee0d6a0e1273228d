//! `grade`: at the end, how far a goal was reached, and what came of it.

use clap::Args;

use super::desk::{self, Desk, Doc, Stopped, outcome};
use super::quantity;
use super::{Outcome, Shared, terminal};
use crate::edit::{Change, Value};
use crate::failure::Failure;
use crate::model::ItemPlace;

/// Grade a key result or an objective at the end
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Grade {
    /// A key result or an objective, `fy27-q1:cloud/reliability/uptime`
    #[arg(value_name = "REF")]
    reference: String,
    /// 0.0 to 1.0
    #[arg(value_name = "GRADE", allow_hyphen_values = true)]
    grade: String,
    /// What came of it, in words
    #[arg(long, value_name = "TEXT")]
    outcome: Option<String>,
}

const AFTER: &str = "\
Examples:
  okrbook grade fy27-q1:cloud/reliability/uptime 0.8 --outcome \"99.93 % in April.\"
  okrbook grade fy27-q1:cloud/reliability 0.7

An objective without a grade of its own has the mean of its key results' grades. A grade that is
there already is replaced.
Exits with 0, 1 if the document has errors, 2 where a name does not exist or the grade is no number
from 0.0 to 1.0.";

impl Grade {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        outcome(self.write(shared))
    }

    fn write(&self, shared: &Shared) -> Result<(), Stopped> {
        let grade = quantity::share("a grade", &self.grade)?;
        let said = self.outcome.as_deref().map(|text| desk::text("--outcome", text)).transpose()?;
        let desk = Desk::take(shared)?;
        let target = desk.target(&self.reference)?;
        let reference = target.reference(&desk.analysis.book);
        let (document, place) = match (target.document(), target.place()) {
            (Some(document), Some(place @ (ItemPlace::Objective(_) | ItemPlace::KeyResult(..)))) => {
                (document, place)
            }
            _ => {
                return Err(Failure::new(format!(
                    "`{}` is {}: it has no grade",
                    self.reference,
                    target.what()
                ))
                .help(example(&desk, &reference, target.document()))
                .into());
            }
        };
        desk.refuse_errors(Doc::Okrs(document))?;
        let table = desk::table(place);
        let mut changes =
            vec![Change::Set { table: table.clone(), key: "grade", value: Value::Share(grade) }];
        changes.extend(said.map(|text| Change::Set { table, key: "outcome", value: Value::Text(text) }));
        desk.change(Doc::Okrs(document), &changes)?;
        terminal::output(&format!("{reference} has the grade {grade:?}\n"))?;
        Ok(())
    }
}

/// What has a grade, in the document that was named.
fn example(desk: &Desk, reference: &str, document: Option<usize>) -> String {
    let first = document.and_then(|at| desk.okrs(at).name(ItemPlace::Objective(0)));
    match first {
        Some(name) => {
            let whole = reference.split('/').next().unwrap_or(reference);
            format!("name an objective or a key result, such as `{whole}/{name}`")
        }
        None => "name an objective or a key result".to_owned(),
    }
}
