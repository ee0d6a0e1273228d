//! The command line: one file a command, and what they share.
//!
//! Exit status: 0 done, 1 findings of severity error, 2 it could not run.
#![expect(
    clippy::disallowed_methods,
    reason = "arguments, environment, clock and terminal are what this module is for"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::date::Date;
use crate::failure::Failure;

mod amend;
mod approve;
mod book;
mod build;
mod check;
mod check_in;
mod completions;
mod desk;
mod diff;
mod explain;
mod export;
mod feedback;
mod fix;
mod grade;
mod init;
mod man;
mod new;
mod progress;
mod quantity;
mod schema;
mod serve;
mod share;
mod stamp;
mod status;
mod terminal;
mod threads;
mod today;
mod who;

/// OKRs as text: checked like code, linked across levels, published as a handbook.
#[derive(Debug, Parser)]
#[command(name = "okrbook", version, arg_required_else_help = true, after_help = AFTER)]
struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

const AFTER: &str = "\
Start with a new handbook:
  okrbook init okrs && cd okrs && okrbook build

Exits with 0 when done, 1 when there are findings of severity error, 2 when it could not run.
`okrbook help COMMAND` says more of each.";

/// What every command takes.
#[derive(Debug, Args)]
struct Shared {
    /// The handbook's folder [default: the nearest upward that holds a book.toml]
    #[arg(long, global = true, help_heading = "Every command takes", value_name = "DIR")]
    book: Option<PathBuf>,
    /// The day that timeline, rules and pages speak of [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, global = true, help_heading = "Every command takes", value_name = "YYYY-MM-DD", value_parser = today::parse)]
    date: Option<Date>,
    /// When to colour the output [auto: as the terminal, NO_COLOR and CLICOLOR say]
    #[arg(
        long,
        global = true,
        help_heading = "Every command takes",
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    color: Color,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    New(new::New),
    Check(check::Check),
    Explain(explain::Explain),
    Build(build::Build),
    Status(status::Status),
    Serve(serve::Serve),
    Export(export::Export),
    Share(share::Share),
    Feedback(feedback::Feedback),
    Approve(approve::Approve),
    Amend(amend::Amend),
    CheckIn(check_in::CheckIn),
    Grade(grade::Grade),
    Diff(diff::Diff),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Manual),
}

/// How a command that could run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Done,
    /// There are findings that fail the run.
    Found,
}

/// Runs the program with the arguments it was started with.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse_from(std::env::args_os()) {
        Ok(cli) => cli,
        Err(error) => {
            // help and version go to the output, the rest to standard error; a closed pipe is no error
            let printed = error.print();
            if !error.use_stderr()
                && let Err(failure) = terminal::written(printed)
            {
                terminal::failed(&failure);
                return ExitCode::from(2);
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    terminal::choose(cli.shared.color);
    match cli.command.run(&cli.shared) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(failure) => {
            terminal::failed(&failure);
            ExitCode::from(2)
        }
    }
}

impl Command {
    fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        match self {
            Self::Init(init) => init.run(shared),
            Self::New(new) => new.run(shared),
            Self::Check(check) => check.run(shared),
            Self::Explain(explain) => explain.run(),
            Self::Build(build) => build.run(shared),
            Self::Status(status) => status.run(shared),
            Self::Serve(serve) => serve.run(shared),
            Self::Export(export) => export.run(shared),
            Self::Share(share) => share.run(shared),
            Self::Feedback(feedback) => feedback.run(shared),
            Self::Approve(approve) => approve.run(shared),
            Self::Amend(amend) => amend.run(shared),
            Self::CheckIn(check_in) => check_in.run(shared),
            Self::Grade(grade) => grade.run(shared),
            Self::Diff(diff) => diff.run(shared),
            Self::Schema(schema) => schema.run(),
            Self::Completions(completions) => completions.run(),
            Self::Man(manual) => manual.run(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_commands_are_well_formed() {
        Cli::command().debug_assert();
    }
}
