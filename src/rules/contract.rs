//! Is each level a contract, and does it hold?

mod altered;
mod cascaded;
mod gap;
mod insufficient;
mod misplaced_assurance;
mod partly_covered;
mod unaligned;
mod uncovered;
mod wrong_party;

use super::Rule;

/// The rules of the group.
pub(super) static RULES: &[&Rule] = &[
    &uncovered::RULE,
    &partly_covered::RULE,
    &cascaded::RULE,
    &altered::RULE,
    &unaligned::RULE,
    &insufficient::RULE,
    &wrong_party::RULE,
    &misplaced_assurance::RULE,
];
