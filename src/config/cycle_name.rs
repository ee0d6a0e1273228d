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

/// Whether a cycle can have this name; says why not.
pub(super) fn can_be_cycle(scope: &Scope<'_>, name: &Words) -> bool {
    if !is_name(&name.value) {
        let message = format!("`{}` cannot name a cycle", name.value);
        scope.report("format/bad-id", name.span, message, |finding| {
            finding.help("a cycle's name has letters, digits, hyphens and underscores, as its folder has")
        });
        return false;
    }
    let lower = name.value.to_lowercase();
    let is_calendar = lower.starts_with("calendar-") && lower.ends_with(".ics");
    if is_calendar || TAKEN.contains(&lower.as_str()) {
        let message =
            format!("a cycle cannot be called `{}`: the site has something of that name", name.value);
        scope.report("format/taken-name", name.span, message, |finding| {
            finding.help(format!("give the cycle another name, such as `cycle-{lower}`"))
        });
        return false;
    }
    true
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(['.', '_', '-'])
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}
