//! `new`: a cycle with its documents, or a page.

use clap::{Args, Subcommand};

use super::{Outcome, Shared};
use crate::failure::Failure;

mod carry;
mod cycle;
mod page;

/// Make a new cycle with its documents, or a new page
#[derive(Debug, Args)]
pub(super) struct New {
    #[command(subcommand)]
    what: What,
}

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
