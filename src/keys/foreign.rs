//! Keys and words that authors bring from elsewhere, and what this format has instead.

/// A key that authors bring from elsewhere, and what this format has instead.
pub fn foreign(name: &str) -> Option<&'static str> {
    Some(match name {
        "parent" | "children" | "child" | "parents" => {
            "OKRs do not nest: each level has objectives of its own; say what a key result helps to reach with `supports`"
        }
        "status" => {
            "a document's state follows from `shared` and its approvals; an item that stopped has `state = \"paused\"` or `\"dropped\"`"
        }
        "progress" => "progress is computed from the check-ins: add `check-in = [{ on = …, value = … }]`",
        "target" | "goal" => "the target of a measured key result is `to`, with its baseline in `from`",
        "baseline" | "start-value" | "initial" => "the baseline of a measured key result is `from`",
        "min" | "minimum" | "at_least" => "a threshold is `at-least`",
        "max" | "maximum" | "at_most" => "a threshold is `at-most`",
        "metric" | "unit-of-measure" => "what the numbers are counted in is `measured-in`",
        "description" | "rationale" | "reason" => {
            "the reason goes into `why`, or into a section below with the item's id"
        }
        "due-date" | "deadline" => "the day is `due`",
        "score" => "the grade at the end is `grade`, 0.0 to 1.0",
        "depends-on" | "dependencies" | "depends_on" => "a dependency on another unit is `needs`",
        "aligns-to" | "aligned-to" | "contributes-to" => "what it helps to reach above is `supports`",
        "comments" | "comment" => {
            "what people say goes into `[[feedback]]`, what happened into a check-in's `note`"
        }
        _ => return None,
    })
}

/// The word of a set that authors mean by one of their own.
pub fn meant(typed: &str, words: &[&'static str]) -> Option<&'static str> {
    let word = match typed {
        "stretch" | "moonshot" | "ambitious" => "aspirational",
        "roofshot" | "commit" | "must" => "committed",
        "learn" | "experiment" => "learning",
        "cancelled" | "canceled" | "stopped" | "abandoned" => "dropped",
        "on-hold" | "hold" | "blocked" | "postponed" => "paused",
        "on-track" | "at-risk" | "off-track" | "open" | "running" | "in-progress" => "active",
        "accepted" | "agreed" | "fixed" | "done" => "changed",
        "rejected" | "refused" | "wontfix" => "declined",
        "none" | "nothing" | "fine" | "ok" => "no-change-needed",
        "yes" | "full" | "enough" | "covered" => "sufficient",
        "partly" | "some" => "partial",
        "no" | "not-us" | "other" => "not-ours",
        "setter" | "sets" | "owner" => "set-by",
        "deliverer" | "delivers" | "team" => "delivered-by",
        "warning" => "warn",
        "info" | "hint" => "note",
        "fail" | "deny" | "fatal" => "error",
        "allow" | "ignore" | "false" => "off",
        "quarterly" | "quarters" => "quarter",
        "yearly" | "annual" => "year",
        "half-year" | "semester" => "half",
        _ => return None,
    };
    words.iter().copied().find(|known| *known == word)
}
