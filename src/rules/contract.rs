//! Is each level a contract, and does it hold?

mod uncovered;

use super::Rule;

/// The rules of the group.
pub(super) static RULES: &[&Rule] = &[&uncovered::RULE];
