//! What was due and is not there: the direction, drafts, signatures, answers from below.

use std::collections::{BTreeMap, BTreeSet};

use crate::changes::Doc;
use crate::config::What;
use crate::date::Date;
use crate::links::Target;
use crate::model::{Delivery, Party, Signing, State, TimelineState, named};
use crate::pages::phrase::{Phrase, Piece};
use crate::pages::site::Site;
use crate::pages::standing::{DocumentStanding, Standing};

use super::{Todo, is_silent};

pub(super) fn add(site: &Site<'_>, standing: &Standing, all: &mut Vec<Todo>) {
    all.extend(direction(site, standing.cycle));
    all.extend(altered_direction(site, standing.cycle));
    let mut unread: BTreeMap<Date, Vec<(usize, Todo)>> = BTreeMap::new();
    for document in &standing.documents {
        all.extend(altered(site, document));
        match unsigned(site, standing.cycle, document) {
            Some((Some(due), todo)) => unread.entry(due).or_default().push((document.document, todo)),
            Some((None, todo)) => all.push(todo),
            None => {}
        }
    }
    for (due, documents) in unread {
        match documents.len() > MOST_ALIKE {
            true => all.push(nobody_signed(site, standing.cycle, due, &documents)),
            false => all.extend(documents.into_iter().map(|(_, todo)| todo)),
        }
    }
    missing(site, standing, all);
    uncovered(site, standing, all);
}

fn direction(site: &Site<'_>, cycle: usize) -> Option<Todo> {
    let overdue = |delivery: &&Delivery| delivery.state == TimelineState::Overdue;
    let delivery = site.timeline(cycle).of_kind(What::Direction).find(overdue)?;
    if is_silent(site, None, "process/overdue", None) {
        return None;
    }
    let of = &site.book().cycles[cycle];
    let url = format!("{}/direction/", of.id);
    let piece = vec![Piece { strong: true, ..Piece::link(of.name.as_ref(), url) }];
    let own = site.book().answers_to(cycle).map(|at| site.book().directions[at].direction());
    let shared = own.and_then(|own| own.shared.as_ref()).is_some_and(|on| on.value <= site.today);
    let config = site.config();
    let (key, who) = match own {
        None => ("todo.no-direction", &config.written_by),
        Some(_) if shared => ("todo.no-buy-in", &config.approved_by),
        Some(_) => ("todo.direction-not-shared", &config.written_by),
    };
    let names = site.whos(who).into_iter().map(|who| who.name).collect();
    Some(Todo {
        icon: "open",
        class: "s-bad",
        what: site.phrase(key, None, &[("cycle", piece)]),
        whom: site.whom(names, Some(delivery.due)),
        rule: if own.is_none() { "process/no-direction" } else { "process/overdue" }.to_owned(),
        rank: (2, 0),
    })
}

fn altered_direction(site: &Site<'_>, cycle: usize) -> Option<Todo> {
    let at = site.book().direction_of(cycle)?;
    let stale = site.analysis.altered.in_doc(Doc::Direction(at));
    let last = stale.iter().map(|stale| stale.signed.latest).max()?;
    let own = &site.book().directions[at].direction().allows;
    if own.iter().any(|allow| allow.rule.as_ref().is_some_and(|rule| *rule.value == *"contract/altered")) {
        return None;
    }
    let names = stale.iter().map(|stale| site.who(&stale.signed.by).name).collect();
    let piece = Piece::link(site.title(Target::Direction(at)), site.url(Target::Direction(at)));
    let piece = vec![Piece { strong: true, ..piece }];
    Some(Todo {
        icon: "broken",
        class: "s-bad",
        what: site.phrase("todo.direction-altered", None, &[("direction", piece)]),
        whom: site.whom(names, Some(last)),
        rule: "contract/altered".to_owned(),
        rank: (0, 0),
    })
}

fn document_piece(site: &Site<'_>, document: usize) -> Phrase {
    let unit = site.book().documents[document].unit;
    vec![Piece { strong: true, ..site.unit_piece(unit, Some(document)) }]
}

fn altered(site: &Site<'_>, document: &DocumentStanding) -> Option<Todo> {
    let okrs = site.book().documents[document.document].okrs();
    if document.state != State::Altered || is_silent(site, Some(okrs), "contract/altered", None) {
        return None;
    }
    let signed = document.signatures.set_by.signed.iter().chain(&document.signatures.delivered_by.signed);
    let names = signed.filter(|signed| signed.altered).map(|signed| site.who(&signed.by).name).collect();
    let amended = okrs.amendments.iter().filter_map(|amendment| Some(amendment.on.as_ref()?.value)).max();
    Some(Todo {
        icon: "broken",
        class: "s-bad",
        what: site.phrase("todo.altered", None, &[("document", document_piece(site, document.document))]),
        whom: site.whom(names, amended),
        rule: "contract/altered".to_owned(),
        rank: (0, 0),
    })
}

/// As many documents that nobody has signed as have a line each.
const MOST_ALIKE: usize = 3;

/// Documents that are shared and that nobody has signed, in a line.
fn nobody_signed(site: &Site<'_>, cycle: usize, due: Date, documents: &[(usize, Todo)]) -> Todo {
    let n = documents.len();
    let url = format!("{}/", site.book().cycles[cycle].id);
    let piece = Piece { strong: true, ..Piece::link(site.count("count.documents", n, &[]), url) };
    let name =
        |(at, _): &(usize, Todo)| site.config().units[site.book().documents[*at].unit].name.to_string();
    Todo {
        what: site.phrase("todo.no-signatures", Some(n), &[("documents", vec![piece])]),
        whom: site.whom(documents.iter().map(name).collect(), Some(due)),
        ..documents[0].1.clone()
    }
}

/// A document whose signatures, or whose draft, are overdue; with the day where nobody has signed it.
fn unsigned(site: &Site<'_>, cycle: usize, document: &DocumentStanding) -> Option<(Option<Date>, Todo)> {
    let of = &site.book().documents[document.document];
    if matches!(document.state, State::Final | State::Altered)
        || is_silent(site, Some(of.okrs()), "process/overdue", None)
    {
        return None;
    }
    let unit = &site.config().units[of.unit];
    let overdue = |what: What| {
        let deliveries = site.timeline(cycle).deliveries.iter();
        deliveries
            .filter(|delivery| delivery.what == what && delivery.due < site.today)
            .find(|delivery| {
                let waits = |one: &crate::model::Expected| one.unit == Some(of.unit) && !one.delivered;
                delivery.expected.iter().any(waits)
            })
            .map(|delivery| delivery.due)
    };
    let preparing = document.state == State::Preparing;
    let due = overdue(What::Final).or_else(|| overdue(What::Drafts).filter(|_| preparing))?;
    let signatures = &document.signatures;
    let (set, delivered) = (signatures.set_by.complete.is_some(), signatures.delivered_by.complete.is_some());
    let (key, n) = match (preparing, set || delivered, document.open) {
        (true, ..) => ("todo.not-shared", None),
        (false, true, 0) => ("todo.one-signature", None),
        (false, true, open) => ("todo.one-signature-open", Some(open)),
        (false, false, _) => ("todo.no-signature", None),
    };
    let whom = match (set, delivered) {
        (false, false) if !preparing => site.say_since(site.text("party.both"), Some(due)),
        (true, _) => site.whom(waiting(site, unit, Party::DeliveredBy, &signatures.delivered_by), Some(due)),
        _ => site.whom(waiting(site, unit, Party::SetBy, &signatures.set_by), Some(due)),
    };
    let todo = Todo {
        icon: "open",
        class: "s-bad",
        what: site.phrase(key, n, &[("document", document_piece(site, document.document))]),
        whom,
        rule: "process/overdue".to_owned(),
        rank: (2, -i64::try_from(site.days_from(due, site.today)).unwrap_or_default()),
    };
    Some(((key == "todo.no-signature").then_some(due), todo))
}

/// Who of a party has not signed: those named, else the level's word for it.
fn waiting(site: &Site<'_>, unit: &crate::config::Unit, party: Party, signing: &Signing) -> Vec<String> {
    if !named(unit, party).is_empty() {
        return signing.waiting.iter().map(|who| site.who(who).name).collect();
    }
    let level = &site.config().levels[unit.level];
    let words = if party == Party::SetBy { &level.set_by } else { &level.delivered_by };
    let party = words.as_ref().map_or_else(|| site.text("party.anyone"), |words| words.to_string());
    vec![site.say("todo.party-of", &[("party", &party), ("unit", &unit.name)])]
}

/// Units that are expected to have a document in a cycle that runs, and have none.
fn missing(site: &Site<'_>, standing: &Standing, all: &mut Vec<Todo>) {
    let start = site.book().cycles[standing.cycle].start;
    if start > site.today || is_silent(site, None, "process/missing-document", None) {
        return;
    }
    for unit in standing.levels.iter().flat_map(|level| &level.missing) {
        let of = &site.config().units[*unit];
        let piece = vec![Piece { strong: true, ..site.unit_piece(*unit, None) }];
        all.push(Todo {
            icon: "open",
            class: "s-bad",
            what: site.phrase("todo.missing", None, &[("unit", piece)]),
            whom: site.whom(
                waiting(
                    site,
                    of,
                    Party::SetBy,
                    &Signing {
                        waiting: of.set_by.iter().map(|by| by.value.clone()).collect(),
                        ..Signing::default()
                    },
                ),
                Some(start),
            ),
            rule: "process/missing-document".to_owned(),
            rank: (3, 0),
        });
    }
}

/// Key results that nobody below answers: as many as there are findings of it.
fn uncovered(site: &Site<'_>, standing: &Standing, all: &mut Vec<Todo>) {
    let found: BTreeSet<(&str, &str)> = site
        .analysis
        .found
        .iter()
        .filter(|found| found.finding.rule == "contract/uncovered")
        .filter_map(|found| Some((found.finding.place.path.as_ref(), found.finding.about.as_deref()?)))
        .collect();
    if found.is_empty() {
        return;
    }
    for document in &standing.documents {
        let of = &site.book().documents[document.document];
        for (objective, number, ..) in of.okrs().key_results() {
            let place = crate::model::ItemPlace::KeyResult(objective, number);
            let name = of.okrs().name(place);
            if !name.is_some_and(|name| found.contains(&(of.path().as_ref(), name.as_str()))) {
                continue;
            }
            let target = Target::KeyResult(document.document, objective, number);
            all.extend(uncovered_todo(site, standing.cycle, target));
        }
    }
}

fn uncovered_todo(site: &Site<'_>, cycle: usize, target: Target) -> Option<Todo> {
    let coverage = site.analysis.links.coverage.get(&target)?;
    let silent: Vec<usize> = coverage
        .answers
        .iter()
        .filter(|answer| answer.assurances.is_empty())
        .map(|answer| answer.unit)
        .collect();
    let level = silent.first().map(|unit| site.config().units[*unit].level);
    let due: Option<Date> = site.timeline(cycle).due(site.book(), What::Drafts, level);
    let piece = Piece { url: Some(site.contract_url(target)), ..site.piece(target) };
    let names = silent.iter().map(|unit| site.config().units[*unit].name.to_string()).collect();
    Some(Todo {
        icon: "open",
        class: "s-bad",
        what: site.phrase("todo.uncovered", None, &[("key-result", vec![piece])]),
        whom: site.whom(names, due),
        rule: "contract/uncovered".to_owned(),
        rank: (
            1,
            i64::try_from(target.unit(site.book()).map_or(0, |unit| site.config().units[unit].level))
                .unwrap_or_default(),
        ),
    })
}
