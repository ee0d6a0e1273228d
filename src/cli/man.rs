//! `man`: the manual, one page with every command.

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::{Cli, Outcome, terminal};
use crate::failure::Failure;

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Manual {
    /// The page of one command; without one, that of okrbook itself
    command: Option<String>,
}

const AFTER: &str = "\
Examples:
  okrbook man > ~/.local/share/man/man1/okrbook.1
  okrbook man check > ~/.local/share/man/man1/okrbook-check.1
  okrbook man check | man -l -

Exits with 0, or 2 if there is no such command.";

impl Manual {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let mut all = Cli::command();
        all.build();
        let page = match &self.command {
            None => Man::new(all),
            Some(name) => {
                let command = all.find_subcommand(name).cloned().ok_or_else(|| unknown(&all, name))?;
                Man::new(command.display_name(format!("okrbook-{name}")).version(env!("CARGO_PKG_VERSION")))
            }
        };
        let mut text = Vec::new();
        page.render(&mut text)
            .map_err(|error| Failure::new(format!("the manual could not be written: {error}")))?;
        terminal::output(&String::from_utf8_lossy(&text))?;
        Ok(Outcome::Done)
    }
}

fn unknown(all: &clap::Command, name: &str) -> Failure {
    let names = || all.get_subcommands().map(clap::Command::get_name);
    let help = match crate::diagnostic::nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`okrbook help` lists the commands".to_owned(),
    };
    Failure::new(format!("there is no command `{name}`")).help(help)
}
