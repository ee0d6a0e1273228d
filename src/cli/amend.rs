//! `amend`: what changed after both parties had signed, and why.

use clap::Args;

use super::desk::{self, Desk, Doc, Stopped, outcome};
use super::{Outcome, Shared, terminal, who};
use crate::edit::{Change, Row, Value};
use crate::failure::Failure;

/// Record what changed after signing, and why
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Amend {
    /// A document, by reference (`fy27-q1:cloud`) or path
    #[arg(value_name = "DOC")]
    doc: String,
    /// Who says so
    #[arg(long, value_name = "HANDLE")]
    by: String,
    /// What changed, and why
    #[arg(long, value_name = "TEXT")]
    says: String,
    /// What it is about: an objective, `objective/key-result`, or an investment
    #[arg(long, value_name = "PLACE")]
    about: Option<String>,
}

const AFTER: &str = "\
Example:
  okrbook amend cloud --by ines --about reliability/second-region \\
    --says \"Dropped: the supplier is a quarter late.\"

Change the document first, record why with this command, then let both parties sign again with
`okrbook approve`.
Exits with 0, 1 if the document has errors, 2 where a name does not exist.";

impl Amend {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        outcome(self.write(shared))
    }

    fn write(&self, shared: &Shared) -> Result<(), Stopped> {
        let desk = Desk::take(shared)?;
        let at = desk.okrs_doc(&self.doc, "amendments")?;
        desk.refuse_errors(Doc::Okrs(at))?;
        let by = who::person(&desk.analysis.book.config, &self.by)?;
        let mut row: Row = vec![("on", Value::Day(desk.today)), ("by", Value::Text(by))];
        if let Some(about) = &self.about {
            let place = desk.place(at, about)?;
            let name = desk.okrs(at).name(place).unwrap_or_else(|| about.clone());
            row.push(("about", Value::Text(name)));
        }
        row.push(("says", Value::Text(desk::text("--says", &self.says)?)));
        desk.change(Doc::Okrs(at), &[Change::Add { table: Vec::new(), name: "amendment", row }])?;
        let name = desk.name(Doc::Okrs(at));
        let next = if desk.okrs(at).approvals.is_empty() {
            "nobody has signed it yet: until then a change needs no amendment".to_owned()
        } else {
            format!("now both parties sign again: `okrbook approve {name} --as PARTY --by HANDLE`")
        };
        terminal::output(&format!("the amendment is in {name}\n{next}\n"))?;
        Ok(())
    }
}
