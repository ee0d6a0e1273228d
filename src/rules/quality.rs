//! The writing: can a reader tell what was meant?
//!
//! Tried on published OKR documents of many companies. What would trip on more than a tenth of real
//! text, or is often wrong, is a note or off; an author who answers in the text is not asked again.

mod activity;
mod delivery;
mod duplicated;
mod long_title;
mod milestones_only;
mod no_key_results;
mod no_owner;
mod no_target;
mod number;
mod objective_is_metric;
mod opening;
mod other_number;
mod placeholder;
mod question;
mod relative_without_baseline;
mod several_owners;
mod title;
mod too_many_key_results;
mod too_many_objectives;

use super::Rule;

/// The rules of the group.
pub(super) static RULES: &[&Rule] = &[
    &placeholder::RULE,
    &no_key_results::RULE,
    &too_many_objectives::RULE,
    &too_many_key_results::RULE,
    &no_owner::RULE,
    &several_owners::RULE,
    &no_target::RULE,
    &relative_without_baseline::RULE,
    &activity::RULE,
    &duplicated::RULE,
    &question::RULE,
    &long_title::RULE,
    &other_number::RULE,
    &milestones_only::RULE,
    &delivery::RULE,
    &objective_is_metric::RULE,
];
