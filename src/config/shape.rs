//! The shape of addresses.

use std::sync::Arc;

use crate::table::{Scope, Words};

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
