//! What points nowhere, or where it must not.

mod unknown;

use super::Rule;

/// The rules of the group.
pub(super) static RULES: &[&Rule] = &[&unknown::RULE];
