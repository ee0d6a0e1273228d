//! A signature by someone who may not sign for that party.

use std::collections::{HashMap, HashSet};

use crate::config::Unit;
use crate::date::Date;
use crate::diagnostic::{Finding, Severity, one_of};
use crate::model::{Okrs, Party, Refused, Signers, named, person, same_person};
use crate::rules::sheet::Sheet;
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "contract/wrong-party",
    severity: Some(Severity::Warning),
    summary: "a signature by someone who may not sign for that party; an error where one person signs for both",
    why: "\
A contract has two parties: who sets says that these are the right things, who delivers says that it \
can be done. Neither can say it for the other, and nobody can make a contract with themselves. Where \
the unit names the people of a party, theirs are the signatures that count; another one looks like a \
promise and is none.",
    source: "the contract between two parties",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[approval]]
by = "@ada"
as = "delivered-by"                # book.toml names @kai
on = 2026-01-22
+++
"#,
    )
    .on("2026-01-25"),
    mended: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[approval]]
by = "@kai"
as = "delivered-by"
on = 2026-01-22
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    if !context.book.config.known.units {
        return;
    }
    for sheet in context.sheets() {
        let signed = Signed::of(sheet.okrs, context.today);
        let mut told = HashSet::new();
        for (at, approval) in sheet.okrs.approvals.iter().enumerate() {
            let (Some(by), Some(party)) = (&approval.by, &approval.party) else { continue };
            // what is dated later does not count, and who signed again is told once
            let again = !told.insert((person(&by.value), party.value));
            if approval.dated(context.today).is_none() || again {
                continue;
            }
            found.extend(finding(context, &sheet, &signed, at, party.value));
        }
    }
}

/// The signatures of a document, by person and party.
struct Signed {
    signers: Signers,
    /// The first in the document of those that count by their day.
    first: HashMap<(String, Party), usize>,
}

impl Signed {
    fn of(okrs: &Okrs, today: Date) -> Self {
        let mut first = HashMap::new();
        for (at, approval) in okrs.approvals.iter().enumerate() {
            if let (Some(by), Some(party), Some(_)) = (&approval.by, &approval.party, approval.dated(today)) {
                first.entry((person(&by.value), party.value)).or_insert(at);
            }
        }
        Self { signers: Signers::of(okrs), first }
    }
}

fn finding(
    context: &Context<'_>,
    sheet: &Sheet<'_>,
    signed: &Signed,
    at: usize,
    party: Party,
) -> Option<Finding> {
    let approval = &sheet.okrs.approvals[at];
    let by = approval.by.as_ref()?;
    let new = |message: String| Finding::new("contract/wrong-party", sheet.place(by.span), message);
    let why_not = signed.signers.refused(sheet.okrs, sheet.unit, at);
    if let Some(other) = other_half(context, sheet, signed, at, why_not.as_ref()) {
        let message = format!("`{}` signs for both parties of `{}`", by.value, sheet.unit.id);
        let other = sheet.okrs.approvals[other].by.as_ref().map_or(approval.span, |by| by.span);
        return Some(
            new(message)
                .severity(Severity::Error)
                .help(who_may(sheet.unit, party, Some(&by.value)))
                .related(sheet.place(other), format!("here for `{}`", party.other().as_str())),
        );
    }
    let message = match why_not? {
        Refused::NotNamed => {
            format!("`{}` is not named for `{}` of `{}`", by.value, party.as_str(), sheet.unit.id)
        }
        Refused::NamedForOther | Refused::SignsBoth => format!(
            "`{}` is named for `{}` of `{}` and signs for `{}`",
            by.value,
            party.other().as_str(),
            sheet.unit.id,
            party.as_str()
        ),
    };
    Some(
        new(message)
            .label("this signature does not count")
            .help(who_may(sheet.unit, party, None))
            .related(context.book.unit_place(sheet.document.unit), "the unit names its parties here"),
    )
}

/// The signature of the same person for the other party, if this is the half that is wrong: the one that
/// does not count; of two that do not, or do, the later.
fn other_half(
    context: &Context<'_>,
    sheet: &Sheet<'_>,
    signed: &Signed,
    at: usize,
    why_not: Option<&Refused>,
) -> Option<usize> {
    let approvals = &sheet.okrs.approvals;
    let (by, party) = (approvals[at].by.as_ref()?, approvals[at].party.as_ref()?.value);
    let on = approvals[at].dated(context.today)?;
    let other = *signed.first.get(&(person(&by.value), party.other()))?;
    let other_on = approvals[other].dated(context.today)?;
    let other_counts = signed.signers.refused(sheet.okrs, sheet.unit, other).is_none();
    match (why_not.is_none(), other_counts) {
        (false, true) => Some(other),
        (true, false) => None,
        _ => ((other_on, other) < (on, at)).then_some(other),
    }
}

/// Who is to sign for a party, besides one who signs for the other.
fn who_may(unit: &Unit, party: Party, besides: Option<&str>) -> String {
    let all = named(unit, party).iter().map(|name| name.value.as_ref());
    let names: Vec<&str> =
        all.filter(|name| besides.is_none_or(|besides| !same_person(name, besides))).collect();
    if names.is_empty() && !named(unit, party).is_empty() {
        let party = party.as_str();
        return format!(
            "name somebody else as `{party}` in `[unit.{}]` of book.toml, and let them sign",
            unit.id
        );
    }
    let who = if names.is_empty() {
        let others = named(unit, party.other());
        match others.is_empty() {
            true => "let another person sign".to_owned(),
            false => format!("let someone sign who is not named for `{}`", party.other().as_str()),
        }
    } else {
        format!("let {} sign", one_of(names).replace(" or ", " and "))
    };
    format!("{who} as `{}`, or change who is named in `[unit.{}]` of book.toml", party.as_str(), unit.id)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    const NOBODY: &str = r#"--- book.toml
[book]
title = "B"
[[level]]
id = "company"
name = "Company"
[unit.company]
level = "company"
name = "C"
set-by = ["@ada"]
[unit.two]
level = "company"
name = "T"
--- content/okrs/2026-q1/company.md
+++
shared = 2026-01-02
[[approval]]
by = "@Ada"
as = "delivered-by"
on = 2026-01-04
[[approval]]
by = "@kai"
as = "delivered-by"
on = 2026-02-05
+++
--- content/okrs/2026-q1/two.md
+++
shared = 2026-01-02
[[approval]]
by = "@kai"
as = "set-by"
on = 2026-01-05
[[approval]]
by = "@kai"
as = "delivered-by"
on = 2026-01-04
[[approval]]
by = "@kai"
as = "set-by"
on = 2026-01-06
+++
"#;

    #[test]
    fn nobody_signs_for_both_nor_for_those_they_are_not() {
        assert_eq!(
            found("contract/wrong-party", NOBODY, "2026-01-20"),
            [
                "content/okrs/2026-q1/company.md:4:6 warning: `@Ada` is named for `set-by` of `company` and signs for `delivered-by`",
                "content/okrs/2026-q1/two.md:4:6 error: `@kai` signs for both parties of `two`",
            ]
        );
        assert!(found("contract/wrong-party", NOBODY, "2026-01-03").is_empty(), "not signed yet");
    }
}
