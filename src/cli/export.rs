//! `export`: the model for other programs.

use clap::{Args, ValueEnum};

use super::book::{self, Book};

use super::{Outcome, Shared, terminal};
use crate::Found;
use crate::diagnostic::{Reported, Severity};
use crate::failure::Failure;
use crate::history;
use crate::report;
use crate::session::Session;

/// Print the OKRs for other programs
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Export {
    /// What is printed: the whole model, a line a key result, or the calendar
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    format: Format,
}

const AFTER: &str = "\
Examples:
  okrbook export > okrs.json
  okrbook export --format csv | column -t -s,
  okrbook export --format ics > okrs.ics

What is wrong goes to standard error. Exits with 0, with 1 if there are errors (what could be read
is printed all the same), with 2 when it could not run.";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Json,
    Csv,
    Ics,
}

impl Export {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        let mut book = Book::load(shared)?;
        let options = book::options(shared)?;
        let mut session = Session::new();
        let analysis = history::analyse(&book.dir, &mut session, &mut book.inputs, &options);
        let text = match self.format {
            Format::Json => crate::export::json(&analysis, &options),
            Format::Csv => crate::export::csv(&analysis, &options),
            Format::Ics => crate::calendar::whole(&analysis, &book.lang(), &options),
        };
        let found = Found::of(&analysis);
        terminal::output(&text)?;
        if found.summary.errors == 0 {
            return Ok(Outcome::Done);
        }
        let errors: Vec<Reported> =
            found.findings.iter().filter(|reported| reported.severity == Severity::Error).cloned().collect();
        let color = terminal::error_has_color();
        terminal::say(&report::human(&errors, &book.sources(), &found.summary, color));
        Ok(Outcome::Found)
    }
}
