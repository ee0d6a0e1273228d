//! What cannot be read as written.

mod bad_id;
mod bad_org_chart;
mod bad_theme;
mod bad_toml;
mod bad_value;
mod duplicate_id;
mod missing_key;
mod mixed_forms;
mod mixed_measure;
mod no_front_matter;
mod not_utf8;
mod overlapping_cycles;
mod raw_html;
mod taken_name;
mod unknown_cycle;
mod unknown_key;
mod unknown_unit;
mod unreadable;
mod unused_allow;
mod wrong_type;

use super::Rule;

/// The rules of the group.
pub(super) static RULES: &[&Rule] = &[
    &not_utf8::RULE,
    &no_front_matter::RULE,
    &bad_toml::RULE,
    &unreadable::RULE,
    &taken_name::RULE,
    &unused_allow::RULE,
    &unknown_key::RULE,
    &wrong_type::RULE,
    &missing_key::RULE,
    &mixed_forms::RULE,
    &bad_value::RULE,
    &mixed_measure::RULE,
    &bad_id::RULE,
    &duplicate_id::RULE,
    &unknown_cycle::RULE,
    &overlapping_cycles::RULE,
    &unknown_unit::RULE,
    &bad_org_chart::RULE,
    &bad_theme::RULE,
    &raw_html::RULE,
];
