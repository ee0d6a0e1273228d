//! `new`: a cycle with its documents, or a page.

use clap::{Args, Subcommand};

use super::{Outcome, Shared};
use crate::failure::Failure;

mod carry;
mod cycle;
mod page;

/// Make a new cycle with its documents, or a new page
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct New {
    #[command(subcommand)]
    what: What,
}

const AFTER: &str = "\
Examples:
  okrbook new cycle fy27-q2 --from fy27-q1
  okrbook new page guide/how-we-plan

Nothing is overwritten. `okrbook new cycle --help` says more of each.
Exits with 0, 1 if there are errors in what is needed for it, 2 where it is there already.";

#[derive(Debug, Subcommand)]
enum What {
    Cycle(cycle::Cycle),
    Page(page::Page),
}

impl New {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        match &self.what {
            What::Cycle(cycle) => cycle.run(shared),
            What::Page(page) => page.run(shared),
        }
    }
}
