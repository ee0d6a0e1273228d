//! `completions`: what a shell needs to complete okrbook's arguments.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Outcome, terminal};
use crate::failure::Failure;

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

const AFTER: &str = "\
Examples:
  okrbook completions bash > ~/.local/share/bash-completion/completions/okrbook
  okrbook completions zsh > ~/.zfunc/_okrbook
  okrbook completions fish > ~/.config/fish/completions/okrbook.fish

Exits with 0.";

impl Completions {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "okrbook", &mut script);
        terminal::output(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Done)
    }
}
