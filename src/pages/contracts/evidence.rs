//! What the answers rest on: the key results that support, and what was said in the place of one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::links::{Covered, Target};
use crate::pages::parts::Link;
use crate::pages::site::Site;
use crate::prose::Shared;

use super::{Above, OfUnit, anchor};

/// The evidence for a key result above.
#[derive(Debug, Serialize)]
pub struct Evidence {
    /// Its anchor, without the `e-` before it.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What supports it, and what was said.
    pub links: Vec<Link>,
    /// What supports it besides, in a fold.
    pub more: Vec<Link>,
    /// How many those are.
    pub more_summary: String,
}

/// From how many answers on only words are listed: a key result is a click away by itself.
const MOST_ANSWERS: usize = 600;

/// As many key results as are named before the fold.
const MOST_NAMED: usize = 5;

/// The key results above whose evidence this page lists.
pub(super) fn listed(above: &[OfUnit<'_>]) -> BTreeSet<Target> {
    let all = || above.iter().flat_map(|of| &of.key_results);
    let supporting: usize =
        all().flat_map(|one| &one.coverage.answers).map(|answer| answer.supporting.len()).sum();
    let few = supporting <= MOST_ANSWERS;
    all()
        .filter(|one| {
            let answers = || one.coverage.answers.iter();
            answers().any(|answer| !answer.assurances.is_empty())
                || few && answers().any(|answer| !answer.supporting.is_empty())
        })
        .map(|one| one.target)
        .collect()
}

/// The evidence, what is uncovered or covered in part first.
pub(super) fn evidence(
    site: &Site<'_>,
    above: &[OfUnit<'_>],
    listed: &BTreeSet<Target>,
    root: &str,
) -> Vec<Evidence> {
    let mut shown: Vec<&Above<'_>> =
        above.iter().flat_map(|of| &of.key_results).filter(|one| listed.contains(&one.target)).collect();
    shown.sort_by_key(|one| match one.coverage.covered {
        Covered::Uncovered => 0,
        Covered::NotOurs => 1,
        Covered::Partial => 2,
        Covered::Supported | Covered::Assured => 3,
    });
    let mut texts: BTreeMap<usize, Arc<Shared>> = BTreeMap::new();
    shown.into_iter().map(|one| of_key_result(site, one, &mut texts, root)).collect()
}

fn of_key_result(
    site: &Site<'_>,
    one: &Above<'_>,
    texts: &mut BTreeMap<usize, Arc<Shared>>,
    root: &str,
) -> Evidence {
    let mut supporting: Vec<Target> = Vec::new();
    let mut said = Vec::new();
    for answer in &one.coverage.answers {
        supporting.extend(answer.supporting.iter().copied());
        for (document, number, _) in &answer.assurances {
            let file = &site.book().documents[*document].file;
            let shared = texts.entry(*document).or_insert_with(|| site.shared(file, root));
            said.push(site.assurance_said(
                *document,
                *number,
                &site.url(Target::Document(*document)),
                shared,
            ));
        }
    }
    supporting.sort_unstable();
    supporting.dedup();
    let named = if supporting.len() > MOST_NAMED + 1 { MOST_NAMED } else { supporting.len() };
    let mut links: Vec<Link> = supporting.iter().map(|target| site.supporting(*target)).collect();
    let more = links.split_off(named);
    links.extend(said);
    Evidence {
        id: anchor(site, one.target),
        title: site.title(one.target),
        links,
        more_summary: site.count("list.more", more.len(), &[]),
        more,
    }
}
