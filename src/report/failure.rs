//! A failure of the program, in the look of its findings.

use annotate_snippets::{Group, Level, Renderer};

use super::safe;
use crate::failure::Failure;

/// What is wrong, and what to do.
pub fn failure(failure: &Failure, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut group = Group::with_title(Level::ERROR.primary_title(safe::line(&failure.message)));
    if let Some(help) = &failure.help {
        group = group.element(Level::HELP.message(safe::lines(help)));
    }
    format!("{}\n", renderer.render(&[group]))
}
