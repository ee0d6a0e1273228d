//! What changed in a document besides what was agreed: check-ins, grades, feedback, signatures.

use std::collections::BTreeSet;

use super::{id, number, text};
use crate::date::Date;
use crate::model::{Amendment, Approval, Direction, Feedback, KeyResult, Okrs};
use crate::table::{At, Words};

/// What came to a document: when it was shared, who signed it, what was said, measured and graded; a
/// line each.
pub fn noted(old: &Okrs, new: &Okrs) -> Vec<String> {
    let mut lines = shared(old.shared.as_ref(), new.shared.as_ref());
    for (.., objective, key_result) in new.key_results() {
        let name = format!("{}/{}", id(&objective.id), id(&key_result.id));
        let before = old
            .key_results()
            .find(|(.., above, one)| id(&above.id) == id(&objective.id) && id(&one.id) == id(&key_result.id));
        if let Some((.., above, was)) = before {
            let owners = |okrs: &Okrs, above, one| listed(okrs.key_result_owners(above, one));
            lines.extend(differs(
                "owner",
                &name,
                &owners(old, above, was),
                &owners(new, objective, key_result),
            ));
            lines.extend(measured(&name, was, key_result));
        }
    }
    for objective in &new.objectives {
        let was = old.objectives.iter().find(|one| id(&one.id) == id(&objective.id));
        if let Some(was) = was {
            let name = id(&objective.id);
            lines.extend(differs("themes", name, &listed(&was.themes), &listed(&objective.themes)));
            lines.extend(differs("grade", name, &number(was.own_grade), &number(objective.own_grade)));
        }
    }
    lines.extend(said(&old.feedback, &new.feedback));
    lines.extend(signed(&old.approvals, &new.approvals));
    lines.extend(amended(&old.amendments, &new.amendments));
    lines
}

/// What changed in a direction document.
pub fn directed(old: &Direction, new: &Direction) -> Vec<String> {
    let mut lines = shared(old.shared.as_ref(), new.shared.as_ref());
    lines.extend(super::bought_in(old, new).iter().map(ToString::to_string));
    lines.extend(said(&old.feedback, &new.feedback));
    lines.extend(signed(&old.approvals, &new.approvals));
    lines
}

fn differs(what: &str, name: &str, old: &str, new: &str) -> Option<String> {
    let or_none = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
    (old != new).then(|| format!("{what} of {name}: {} -> {}", or_none(old), or_none(new)))
}

fn listed(words: &[Words]) -> String {
    words.iter().map(|words| words.value.trim()).collect::<Vec<_>>().join(", ")
}

fn shared(old: Option<&At<Date>>, new: Option<&At<Date>>) -> Vec<String> {
    match (old.map(|at| at.value), new.map(|at| at.value)) {
        (old, new) if old == new => Vec::new(),
        (_, Some(day)) => vec![format!("shared on {day}")],
        (_, None) => vec!["not shared any more".to_owned()],
    }
}

fn measured(name: &str, old: &KeyResult, new: &KeyResult) -> Vec<String> {
    let value = |of: &KeyResult| number(of.value(Date::MAX));
    let confidence = |of: &KeyResult| number(of.confidence(Date::MAX));
    let lines = [
        differs("value", name, &value(old), &value(new)),
        differs("confidence", name, &confidence(old), &confidence(new)),
        differs("grade", name, &number(old.grade), &number(new.grade)),
        differs("needs", name, &listed(&old.needs), &listed(&new.needs)),
    ];
    lines.into_iter().flatten().collect()
}

fn said(old: &[Feedback], new: &[Feedback]) -> Vec<String> {
    let mut lines = Vec::new();
    let came_of_it = |one: &Feedback| one.outcome.map_or("open", crate::model::Outcome::as_str);
    for one in new {
        match old.iter().find(|other| text(&other.says) == text(&one.says) && id(&other.by) == id(&one.by)) {
            None => {
                lines.push(format!("feedback of {} ({}): {}", id(&one.by), came_of_it(one), text(&one.says)));
            }
            Some(was) if was.outcome != one.outcome => {
                lines.push(format!("feedback of {} is answered: {}", id(&one.by), came_of_it(one)));
            }
            Some(_) => {}
        }
    }
    lines
}

fn signed(old: &[Approval], new: &[Approval]) -> Vec<String> {
    let key = |one: &Approval| {
        let party = one.party.as_ref().map_or(String::new(), |party| format!(" as {}", party.value.as_str()));
        let on = one.on.as_ref().map_or(String::new(), |on| format!(" on {}", on.value));
        format!("{}{party}{on}", id(&one.by))
    };
    let has = |list: &[Approval], one: &Approval| list.iter().any(|other| key(other) == key(one));
    let come = new.iter().filter(|one| !has(old, one)).map(|one| format!("signed by {}", key(one)));
    let gone = old.iter().filter(|one| !has(new, one)).map(|one| format!("signature removed: {}", key(one)));
    // who signs twice on a day is told of once
    let mut lines: Vec<String> = come.chain(gone).collect();
    let mut seen = BTreeSet::new();
    lines.retain(|line| seen.insert(line.clone()));
    lines
}

fn amended(old: &[Amendment], new: &[Amendment]) -> Vec<String> {
    let come = new.iter().filter(|one| !old.iter().any(|other| text(&other.says) == text(&one.says)));
    come.map(|one| format!("amendment by {}: {}", id(&one.by), text(&one.says))).collect()
}
