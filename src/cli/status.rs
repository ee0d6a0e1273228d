//! `status`: where a cycle stands, in the terminal.

use clap::{Args, ValueEnum};

use super::book::{self, Book};

use super::{Outcome, Shared, terminal};
use crate::diagnostic::{nearest, one_of};
use crate::failure::Failure;
use crate::report::counted;
use crate::session::Session;
use crate::status::{self, Screen};

/// Show where a cycle stands: its timeline, who is late, contracts signed, progress
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Status {
    /// The cycle [default: the current one, and what is near in others]
    cycle: Option<String>,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Fail when something is overdue
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
}

const AFTER: &str = "\
Examples:
  okrbook status                  the current cycle
  okrbook status fy27-q1          another one
  okrbook status --deny overdue   for a reminder job: fails when something is overdue

Exits with 0, with 1 when something is overdue and --deny overdue asks for it, with 2 when it could
not run.";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A screenful, for people
    Human,
    /// For other programs
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Deny {
    Overdue,
}

impl Status {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        let book = Book::load(shared)?;
        let options = book::options(shared)?;
        let analysis = crate::analyse(&mut Session::new(), &book.inputs, &options);
        let cycle = match &self.cycle {
            Some(name) => Some(analysis.book.cycle(name).ok_or_else(|| unknown(name, &analysis.book))?),
            None => None,
        };
        let lang = book.lang();
        let status = status::Status::of(&analysis, &lang, options.today, cycle);
        let text = match self.format {
            Format::Human => {
                let (width, color) = (terminal::output_width(), terminal::output_has_color());
                status::text(&status, &lang, Screen { width, color })
            }
            Format::Json => status::json(&status),
        };
        terminal::output(&text)?;
        let errors = analysis.summary().errors;
        if errors > 0 {
            let errors = counted(errors, "error");
            terminal::say(&format!(
                "the handbook has {errors}, so something may be missing here: see `okrbook check`\n"
            ));
        }
        let denied = self.deny.is_some() && status.is_overdue();
        Ok(if denied { Outcome::Found } else { Outcome::Done })
    }
}

fn unknown(name: &str, book: &crate::model::Book) -> Failure {
    let failure = Failure::new(format!("there is no cycle `{name}`"));
    let cycles = &book.cycles;
    let names = cycles.iter().flat_map(|cycle| cycle.aliases.iter().chain([&cycle.id]));
    if book.config.calendar.standard(&name.to_lowercase()).is_some() {
        let folder = format!("{}/okrs/{}", book.config.src, name.to_lowercase());
        return failure.help(format!("a cycle is there once it has a folder: `{folder}`"));
    }
    match nearest(name, names.map(AsRef::as_ref)) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None if cycles.is_empty() => failure.help("the handbook has no cycles yet"),
        None => {
            let latest = cycles.iter().rev().take(4).map(|cycle| cycle.id.as_ref());
            failure.help(format!("name one of the handbook's, such as {}", one_of(latest)))
        }
    }
}
