//! What `approve` prints: what was signed, what changed, who is still to sign.

use crate::changes::Change;
use crate::date::Date;
use crate::inputs::Lost;
use crate::model::{Activity, Direction, KeyResult, Measure, Okrs, Outcome, Party, Signatures};
use crate::report::visible;
use crate::table::Words;

/// A signature that was just given.
pub(super) struct Signed<'a> {
    pub(super) name: &'a str,
    pub(super) by: &'a str,
    pub(super) party: Party,
    pub(super) today: Date,
    /// The document with the signature.
    pub(super) okrs: &'a Okrs,
    pub(super) signatures: &'a Signatures,
    /// Whether somebody who delivers it is on record with feedback.
    pub(super) spoken: bool,
    pub(super) since: Option<Since>,
}

/// What changed since somebody's last signature.
pub(super) struct Since {
    pub(super) on: Date,
    pub(super) changes: Changes,
}

/// The changes, as far as they are known.
pub(super) enum Changes {
    /// These.
    Said(Vec<Change>),
    /// The version that was signed is not here.
    Lost(Lost),
    /// Nobody can tell which version was signed.
    NoDigest,
}

/// A signature of a contract: what is signed, and where the document stands then.
pub(super) fn contract(signed: &Signed<'_>) -> (String, String) {
    let Signed { name, by, party, today, okrs, signatures, since, .. } = signed;
    let mut text = format!("{by} signs {name} as {} on {today}:\n", party.as_str());
    for objective in &okrs.objectives {
        text.push_str(&item("  ", &objective.id, &objective.title, objective.activity, ""));
        for key_result in &objective.key_results {
            let goal = goal(key_result);
            text.push_str(&item("    ", &key_result.id, &key_result.title, key_result.activity, &goal));
        }
    }
    for investment in &okrs.investments {
        let capacity =
            investment.capacity.map_or(String::new(), |capacity| format!(": {capacity} % of capacity"));
        text.push_str(&item("  ", &investment.id, &investment.title, Activity::Active, &capacity));
    }
    if okrs.objectives.is_empty() && okrs.investments.is_empty() {
        text.push_str("  no objectives this cycle\n");
    }
    if let Some(since) = since {
        text.push_str(&changed(since));
    }
    text.push_str(&open_ends(signed));
    (visible(&text), visible(&waiting(name, signatures, okrs, *today)))
}

/// A direction's buy-in: what is signed, and what is lacking then.
pub(super) fn buy_in(
    name: &str,
    by: &str,
    today: Date,
    direction: &Direction,
    since: Option<&Since>,
) -> (String, String) {
    let mut text = format!("{by} signs {name} on {today}:\n");
    for theme in &direction.themes {
        text.push_str(&item("  ", &theme.id, &theme.title, Activity::Active, ""));
    }
    if direction.themes.is_empty() {
        text.push_str("  a direction without themes: only that there is one\n");
    }
    text.push_str(&since.map_or(String::new(), changed));
    let then = match direction.shared {
        None => format!("{name} is signed, but not shared yet: `okrbook share {name}`\n"),
        Some(_) => format!("{name} is signed\n"),
    };
    (visible(&text), visible(&then))
}

fn item(indent: &str, id: &Option<Words>, title: &Option<Words>, activity: Activity, goal: &str) -> String {
    let words = |words: &Option<Words>| words.as_ref().map_or(String::new(), |at| at.value.to_string());
    let state = match activity {
        Activity::Active => String::new(),
        other => format!(" ({})", other.as_str()),
    };
    format!("{indent}{}  {}{goal}{state}\n", words(id), words(title))
}

fn goal(of: &KeyResult) -> String {
    let unit = of.measured_in.as_ref().map_or(String::new(), |unit| format!(" {}", unit.value));
    let due = of.due.as_ref().map_or(String::new(), |due| format!(", due {}", due.value));
    let measure = match of.measure {
        Measure::Measured { from, to } => format!(": {from} -> {to}{unit}"),
        Measure::Threshold { at_least, at_most } => {
            let least = at_least.map(|least| format!("at least {least}{unit}"));
            let most = at_most.map(|most| format!("at most {most}{unit}"));
            format!(": {}", least.into_iter().chain(most).collect::<Vec<_>>().join(", "))
        }
        Measure::Milestone | Measure::Unclear => String::new(),
    };
    format!("{measure}{due}")
}

fn changed(since: &Since) -> String {
    let on = since.on;
    let unsaid =
        |why: &str| format!("what changed since the last signature, of {on}, cannot be said: {why}\n");
    match &since.changes {
        Changes::NoDigest => unsaid("it was written by hand, without a digest"),
        Changes::Lost(Lost::NoHistory) => unsaid("there is no git repository here"),
        Changes::Lost(Lost::Shallow) => {
            unsaid("this clone is shallow and does not hold that text; `git fetch --unshallow` brings it")
        }
        Changes::Lost(Lost::Gone) => unsaid("git does not hold the text that was signed"),
        Changes::Said(changes) if changes.is_empty() => {
            format!("nothing of what is signed has changed since the last signature, of {on}\n")
        }
        Changes::Said(changes) => {
            let lines: String = changes.iter().map(|change| format!("  {change}\n")).collect();
            format!("changed since the last signature, of {on}:\n{lines}")
        }
    }
}

/// What a person who signs may not have seen.
fn open_ends(signed: &Signed<'_>) -> String {
    let Signed { name, by, party, today, okrs, spoken, .. } = signed;
    let mut text = String::new();
    if okrs.shared.as_ref().is_none_or(|shared| shared.value > *today) {
        text.push_str("it is not shared yet: drafts are shared before they are signed\n");
    }
    let open = okrs.feedback.iter().filter(|feedback| feedback.outcome == Some(Outcome::Open)).count();
    if open > 0 {
        text.push_str(&format!("{} of feedback still open\n", crate::report::counted(open, "piece")));
    }
    if *party == Party::DeliveredBy && !spoken {
        text.push_str(
            "who delivers it is on record with no feedback: it counts as taken as given. Did you read it, and want nothing changed?\n",
        );
        let by = if by.contains(char::is_whitespace) { format!("\"{by}\"") } else { (*by).to_owned() };
        text.push_str(&format!(
            "  okrbook feedback {name} --by {by} --says \"Nothing to change.\" --outcome no-change-needed\n"
        ));
    }
    text
}

fn waiting(name: &str, signatures: &Signatures, okrs: &Okrs, today: Date) -> String {
    let mut text = format!("{name} is {}", signatures.state(okrs, today).as_str());
    let lacking: Vec<String> = [Party::SetBy, Party::DeliveredBy]
        .into_iter()
        .filter_map(|party| {
            let signing = signatures.party(party);
            let stale =
                signing.signed.iter().filter(|signed| signed.altered).map(|signed| signed.by.as_ref());
            let names: Vec<&str> = signing.waiting.iter().map(AsRef::as_ref).chain(stale).collect();
            match (names.is_empty(), signing.complete) {
                (false, _) => Some(format!("{} ({})", party.as_str(), names.join(", "))),
                (true, None) => Some(party.as_str().to_owned()),
                (true, Some(_)) => None,
            }
        })
        .collect();
    if !lacking.is_empty() {
        text.push_str(&format!("; it waits for the signature of {}", lacking.join(" and ")));
    }
    text + "\n"
}
