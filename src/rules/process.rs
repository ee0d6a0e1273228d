//! Was the round trip made, in time?

mod missing_document;
mod no_direction;
mod one_way;
mod open_feedback;
mod out_of_order;
mod overdue;
mod quiet;
mod unanswered_theme;
mod ungraded;

use super::Rule;

/// The rules of the group.
pub(super) static RULES: &[&Rule] = &[
    &one_way::RULE,
    &open_feedback::RULE,
    &overdue::RULE,
    &out_of_order::RULE,
    &no_direction::RULE,
    &unanswered_theme::RULE,
    &missing_document::RULE,
    &quiet::RULE,
    &ungraded::RULE,
];
