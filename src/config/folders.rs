//! The folders that book.toml names: that of the texts and that of the site, which do not lie in each other.

use std::sync::Arc;

use crate::table::{At, Scope, Words};

/// The folder of the OKR documents, in that of the texts.
const OKRS: &str = "okrs";

/// A folder or name that must stay within the book.
pub(super) fn inside(scope: &Scope<'_>, key: &str, words: Words) -> Option<Words> {
    let path = words.value.replace('\\', "/");
    let leaves = path.starts_with('/') || path.contains(':') || path.split('/').any(|part| part == "..");
    if leaves {
        let message = format!("`{}` leaves the book's folder", words.value);
        scope.report("format/bad-value", words.span, message, |finding| {
            finding.help(format!("`{key}` is a name within the folder of book.toml"))
        });
        return None;
    }
    let tidy = path.trim_start_matches("./").trim_end_matches('/').to_owned();
    Some(At::new(Arc::from(tidy), words.span))
}

/// A folder for the site that is not that of the texts, whose next build would read the site, and not among
/// the OKR documents, which would not be read.
pub(super) fn apart(scope: &Scope<'_>, src: &str, build_dir: Words) -> Option<Words> {
    let (texts, site) = (parts(src), parts(&build_dir.value));
    let Some(below) = site.strip_prefix(&texts[..]) else { return Some(build_dir) };
    if below.first().is_some_and(|part| !part.eq_ignore_ascii_case(OKRS)) {
        return Some(build_dir);
    }
    let message = format!("`{}` is where the texts are: the site would lie among them", build_dir.value);
    scope.report("format/bad-value", build_dir.span, message, |finding| {
        finding.help("give the site a folder of its own, such as `build-dir = \"site\"`")
    });
    None
}

/// The names that a path is made of.
fn parts(path: &str) -> Vec<&str> {
    let absolute = path.starts_with('/').then_some("/");
    absolute.into_iter().chain(path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "."))).collect()
}
