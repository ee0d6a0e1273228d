//! What changed in a document since it was signed, for signatures that no longer match.

use serde::Serialize;

use crate::changes::{Doc, Since, Stale};
use crate::inputs::Lost;

use super::site::Site;

/// What changed since signatures of one text.
#[derive(Debug, Serialize)]
pub struct Changed {
    /// Since whose signature, and when.
    pub title: String,
    /// The changes, a line each.
    pub lines: Vec<String>,
    /// Why there are none, where they cannot be said.
    pub note: String,
}

impl Site<'_> {
    /// What changed in a document since it was signed, by the texts that were signed.
    pub(super) fn changed(&self, doc: Doc) -> Vec<Changed> {
        let mut groups: Vec<Vec<&Stale>> = Vec::new();
        for stale in self.analysis.altered.in_doc(doc) {
            match groups.iter_mut().find(|group| group[0].version == stale.version) {
                Some(group) => group.push(stale),
                None => groups.push(vec![stale]),
            }
        }
        groups.iter().filter_map(|group| self.changed_since(group)).collect()
    }

    fn changed_since(&self, group: &[&Stale]) -> Option<Changed> {
        let stale = group.first()?;
        let (lines, note) = match &stale.since {
            Since::Unasked => return None,
            Since::Changed(changes) => {
                let say = |key: &str, parts: &[(&str, &str)]| self.say(&format!("change.{key}"), parts);
                (changes.iter().map(|change| change.in_words(&say)).collect(), String::new())
            }
            Since::Lost(lost) => (Vec::new(), self.text(lost_key(*lost))),
        };
        let who: Vec<String> = group.iter().map(|stale| self.who(&stale.signed.by).name).collect();
        let date = group.iter().map(|stale| stale.signed.latest).max()?;
        let values = [("who", self.lang.list(&who)), ("date", self.day(date))];
        let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
        Some(Changed { title: self.say("signature.changed-since", &values), lines, note })
    }
}

fn lost_key(lost: Lost) -> &'static str {
    match lost {
        Lost::NoHistory => "signature.no-history",
        Lost::Shallow => "signature.shallow-history",
        Lost::Gone => "signature.gone",
    }
}
