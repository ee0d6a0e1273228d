//! Engineering work with no key result of its own: is it accounted for?

mod no_reserve;
mod over_capacity;
mod unjustified;

use super::Rule;
use super::sheet::Sheet;
use crate::model::{Activity, Investment, ItemPlace};

/// The rules of the group.
pub(super) static RULES: &[&Rule] = &[&unjustified::RULE, &no_reserve::RULE, &over_capacity::RULE];

/// What arithmetic may leave over of a hundred per cent.
const ROUNDING: f64 = 1e-9;

/// The investments that are worked on.
fn active<'a>(sheet: &Sheet<'a>) -> Vec<(ItemPlace, &'a Investment)> {
    let investments = sheet.okrs.investments.iter().enumerate();
    let active = investments.filter(|(_, investment)| investment.activity == Activity::Active);
    active.map(|(at, investment)| (ItemPlace::Investment(at), investment)).collect()
}

/// A share of capacity as one types it, without what arithmetic left over.
fn per_cent(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}
