//! The shape of single values: names of cycles, addresses.

use std::sync::Arc;

use crate::table::{Scope, Words};

/// Whether a folder can be named so; reports it.
pub(super) fn is_cycle_name(scope: &Scope<'_>, id: &Words) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !id.value.is_empty() && !id.value.starts_with(['.', '_', '-']) && id.value.chars().all(inside) {
        return true;
    }
    scope.report("format/bad-id", id.span, format!("`{}` cannot name a cycle", id.value), |finding| {
        finding.help("a cycle's name has letters, digits, hyphens and underscores, as its folder has")
    });
    false
}

/// A cycle's pages stand beside pages of the site that have names of their own.
pub(super) fn taken(scope: &Scope<'_>, id: &Words) {
    if ["health", "people", "timeline", "units"].contains(&id.value.as_ref()) {
        let message = format!("a cycle cannot be called `{}`: a page of the site has that name", id.value);
        scope.report("format/taken-name", id.span, message, |finding| {
            finding.help(format!("give the cycle another name, such as `{}-cycle`", id.value))
        });
    }
}

/// An address that a browser opens.
pub(super) fn web(scope: &Scope<'_>, key: &str, url: Words) -> Option<Arc<str>> {
    if url.value.starts_with("http://") || url.value.starts_with("https://") {
        return Some(url.value);
    }
    let message = format!("`{}` is no address that a browser opens", url.value);
    scope.report("format/bad-value", url.span, message, |finding| {
        finding.help(format!("`{key}` begins with https:// or http://"))
    });
    None
}

/// A path, or a full address, that the site can be at.
pub(super) fn site_url(scope: &Scope<'_>, url: Words) -> Option<Words> {
    let full = url.value.starts_with("http://") || url.value.starts_with("https://");
    let plain = !url.value.contains(['?', '#', ' ', '"', '<', '>']);
    if plain && (full || url.value.starts_with('/')) {
        return Some(url);
    }
    scope.report(
        "format/bad-value",
        url.span,
        format!("`{}` is no address of a site", url.value),
        |finding| {
            finding.help(
                "`site-url` is a path such as `/okrs/`, or an address such as `https://okrs.example.com/`",
            )
        },
    );
    None
}
