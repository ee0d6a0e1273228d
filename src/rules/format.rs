//! What cannot be read as written.

use super::Rule;

/// The rules of the group.
pub(super) static RULES: &[&Rule] = &[];
