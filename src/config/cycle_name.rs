//! What a declared cycle may be called, and may have been called: its name is a folder of the site.

use crate::table::{Scope, Words};

/// What else stands in the site's folder.
const TAKEN: [&str; 12] = [
    "units",
    "people",
    "timeline",
    "health",
    "search",
    "assets",
    "index.html",
    "404.html",
    "okrs.json",
    "feed.xml",
    "sitemap.xml",
    "calendar.ics",
];

/// Whether a folder can be named so; says why not.
pub(super) fn is_cycle_name(scope: &Scope<'_>, name: &Words) -> bool {
    if is_name(&name.value) {
        return true;
    }
    scope.report("format/bad-id", name.span, format!("`{}` cannot name a cycle", name.value), |finding| {
        finding.help("a cycle's name has letters, digits, hyphens and underscores, as its folder has")
    });
    false
}

/// Whether nothing else of the site has this name; says what has.
pub(super) fn is_free(scope: &Scope<'_>, name: &Words) -> bool {
    let lower = name.value.to_lowercase();
    let is_calendar = lower.starts_with("calendar-") && lower.ends_with(".ics");
    if !is_calendar && !TAKEN.contains(&lower.as_str()) {
        return true;
    }
    let message = format!("a cycle cannot be called `{}`: the site has something of that name", name.value);
    scope.report("format/taken-name", name.span, message, |finding| {
        finding.help(format!("give the cycle another name, such as `cycle-{lower}`"))
    });
    false
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(['.', '_', '-'])
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}
