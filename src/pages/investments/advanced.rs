//! What investments advance: the themes of the direction first, then the objectives.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::links::{EdgeKind, Target};
use crate::pages::parts::Link;
use crate::pages::site::Site;

/// Something that investments advance.
#[derive(Debug, Serialize)]
pub struct Advanced {
    /// What it is, with its unit beside it.
    pub what: Link,
    /// The investments, with their unit and share.
    pub investments: Vec<Link>,
}

/// What the investments of a cycle advance. Themes are there also where nothing advances them.
pub(super) fn advanced(site: &Site<'_>, cycle: usize) -> Vec<Advanced> {
    let book = site.book();
    let mut by_target: BTreeMap<Target, Vec<Target>> = BTreeMap::new();
    for document in book.documents_of(cycle) {
        for edge in site.analysis.links.edges_of(document) {
            if let (EdgeKind::Advances, Ok(to)) = (edge.kind, &edge.to) {
                let investments = by_target.entry(*to).or_default();
                let from = Target::item(edge.document, edge.from);
                if !investments.contains(&from) {
                    investments.push(from);
                }
            }
        }
    }
    if by_target.is_empty() {
        return Vec::new();
    }
    let mut all = Vec::new();
    if let Some(at) = book.answers_to(cycle) {
        for theme in 0..book.directions[at].direction().themes.len() {
            let target = Target::Theme(at, theme);
            let investments = by_target.remove(&target).unwrap_or_default();
            all.push(entry(site, target, &investments));
        }
    }
    all.extend(by_target.iter().map(|(target, investments)| entry(site, *target, investments)));
    all
}

fn entry(site: &Site<'_>, target: Target, investments: &[Target]) -> Advanced {
    let unit =
        |target: Target| target.unit(site.book()).map(|unit| site.config().units[unit].name.to_string());
    let link = |investment: &Target| {
        let mut notes: Vec<String> = unit(*investment).into_iter().collect();
        if let Target::Investment(document, number) = *investment {
            let capacity = site.book().documents[document].okrs().investments[number].capacity;
            notes.extend(capacity.map(|share| site.percent(share / 100.0)));
        }
        site.link(*investment, notes.join(&site.text("list.separator")))
    };
    let note = unit(target).filter(|name| *name != site.title(target)).unwrap_or_default();
    Advanced { what: site.link(target, note), investments: investments.iter().map(link).collect() }
}
