//! An objective or key result copied from the unit above.

use std::collections::HashMap;

use crate::diagnostic::{Finding, Severity};
use crate::links::Target;
use crate::model::ItemPlace;
use crate::rules::sheet::Sheet;
use crate::rules::wording::wording;
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "contract/cascaded",
    severity: Some(Severity::Warning),
    summary: "an objective or key result copied from the unit above, in the same words",
    why: "\
OKRs do not cascade. A copy promises what its unit cannot deliver alone, and takes from the level \
above the one thing it needs to hear: what this unit will do for it, in the unit's own words. Whoever \
has to find those words finds out on the way whether they can keep the promise. The link between the \
two is `supports`, not a title.",
    source: "the contract between levels: OKRs do not nest",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "trust"
title = "Customers trust us"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
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
title = "Nights are calm, for customers and for us"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

/// The items of a document by the words of their titles.
type Wordings = HashMap<String, Target>;

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    if !context.book.config.known.units {
        return;
    }
    let mut above: HashMap<usize, Wordings> = HashMap::new();
    for sheet in context.sheets() {
        let Some(within) = sheet.unit.within else { continue };
        let cycle = &context.book.cycles[sheet.document.cycle];
        let cycles = std::iter::once(sheet.document.cycle).chain(cycle.within.iter().copied());
        let documents: Vec<usize> =
            cycles.filter_map(|cycle| context.book.document_of(cycle, within)).collect();
        for document in &documents {
            above.entry(*document).or_insert_with(|| wordings(&Sheet::of(context, *document)));
        }
        for (place, title) in items(&sheet) {
            let words = wording(&title.value, &sheet.document.file);
            let original = documents.iter().find_map(|document| above[document].get(&words));
            if let Some(original) = original {
                found.push(finding(context, &sheet, place, *original));
            }
        }
    }
}

/// The titles of objectives and key results.
fn items<'a>(sheet: &Sheet<'a>) -> Vec<(ItemPlace, &'a crate::table::Words)> {
    let titles = sheet.titles().into_iter();
    titles.filter(|(place, _)| !matches!(place, ItemPlace::Investment(_))).collect()
}

fn wordings(sheet: &Sheet<'_>) -> Wordings {
    let mut wordings = Wordings::new();
    for (place, title) in items(sheet) {
        let words = wording(&title.value, &sheet.document.file);
        if !words.is_empty() {
            wordings.entry(words).or_insert(Target::item(sheet.at, Some(place)));
        }
    }
    wordings
}

fn finding(context: &Context<'_>, sheet: &Sheet<'_>, place: ItemPlace, original: Target) -> Finding {
    let what = Target::item(sheet.at, Some(place)).what().trim_start_matches("an ").trim_start_matches("a ");
    let span = sheet.okrs.title(place).map_or(sheet.span(place), |title| title.span);
    let name = original.short(context.book);
    let message = format!("this {what} has the words of `{name}`: OKRs do not cascade");
    let finding = sheet.finding("contract/cascaded", place, span, message).help(format!(
        "say in the unit's own words what it does for it, and link the two with `supports = [\"{name}\"]`"
    ));
    let above = original.document().and_then(|at| Some((at, original.place()?)));
    match above {
        Some((at, place)) => {
            let above = Sheet::of(context, at);
            let title = above.okrs.title(place).map_or(above.span(place), |title| title.span);
            finding.related(above.place(title), "the unit above has it")
        }
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    #[test]
    fn a_copy_is_one_in_any_order_and_case() {
        let files = r#"+++
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
[[objective.key-result]]
id = "copy"
title = "*Uptime*: raise!"
from = 1
to = 2
[[objective.key-result]]
id = "dropped"
title = "Raise uptime"
state = "dropped"
+++
"#;
        assert_eq!(
            found("contract", files, "2026-01-25"),
            [
                "cloud.md:9:9 warning: this key result has the words of `company/trust/uptime`: OKRs do not cascade"
            ]
        );
    }
}
