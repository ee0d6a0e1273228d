//! What a finding is known by from run to run, for tools that tell new findings from old ones.

use std::collections::HashMap;
use std::hash::Hasher;

use xxhash_rust::xxh3::Xxh3;

use crate::diagnostic::{Finding, Reported};

/// A fingerprint a finding, in their order. It survives lines that move: it is made of the rule,
/// the file, the item and the message, and of how many the same stand before it.
pub(super) fn fingerprints(findings: &[Reported]) -> Vec<String> {
    let mut seen: HashMap<u128, u32> = HashMap::new();
    findings
        .iter()
        .map(|found| {
            let key = hash(&found.finding, 0);
            let nth = seen.entry(key).or_insert(0);
            let print = format!("{:032x}", hash(&found.finding, *nth));
            *nth += 1;
            print
        })
        .collect()
}

fn hash(finding: &Finding, nth: u32) -> u128 {
    let mut state = Xxh3::new();
    let about = finding.about.as_deref().unwrap_or_default();
    for part in [finding.rule, finding.place.path.as_ref(), about, &finding.message] {
        state.write(part.as_bytes());
        state.write(&[0xff]);
    }
    state.write(&nth.to_le_bytes());
    state.digest128()
}
