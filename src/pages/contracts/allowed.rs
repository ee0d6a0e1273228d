//! Gaps that a document allows itself, with the reason that it gives.

use std::sync::Arc;

use crate::links::{Covered, Target};
use crate::pages::site::Site;
use crate::prose::{Shared, Text};

impl Site<'_> {
    /// Why a key result may stay without an answer, or with one in part, in the words of its document.
    pub(in crate::pages) fn allowed_gap(
        &self,
        target: Target,
        covered: Covered,
        shared: impl FnOnce() -> Arc<Shared>,
    ) -> Option<Text> {
        let rule = match covered {
            Covered::Uncovered => "contract/uncovered",
            Covered::Partial => "contract/partly-covered",
            _ => return None,
        };
        let okrs = self.book().documents[target.document()?].okrs();
        let name = okrs.name(target.place()?)?;
        let is_about = |about: &str| {
            name.strip_prefix(about).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let allow = okrs.allows.iter().find(|allow| {
            allow.rule.as_ref().is_some_and(|own| *own.value == *rule)
                && allow.about.as_ref().is_none_or(|about| is_about(&about.value))
        })?;
        self.inline(&allow.why, &shared())
    }
}
