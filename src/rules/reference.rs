//! What points nowhere, or where it must not.

mod broken_link;
mod circular;
mod missing_file;
mod outside_contract;
mod repeated;
mod unknown;
mod unknown_person;
mod unknown_theme;
mod unsafe_link;
mod wrong_level;

use super::Rule;

/// The rules of the group.
pub(super) static RULES: &[&Rule] = &[
    &unknown::RULE,
    &unknown_theme::RULE,
    &unknown_person::RULE,
    &wrong_level::RULE,
    &outside_contract::RULE,
    &repeated::RULE,
    &circular::RULE,
    &broken_link::RULE,
    &missing_file::RULE,
    &unsafe_link::RULE,
];
