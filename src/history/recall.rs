//! The versions of documents that signatures were given to, found in git by their digests.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::{batch, git, is_shallow, parted};
use crate::changes::is_text_of;
use crate::inputs::{Lost, Recalled, Version};

/// As many versions are looked at, the latest first; more than that no cycle's documents have.
const MOST: usize = 5_000;

/// Looks for the texts of versions, with one walk through the history of the commit that is checked out. A
/// document may have lain in another folder of its cycle, or of the repository.
pub fn recall(dir: &Path, versions: &[Version]) -> Recalled {
    let none = |lost: Lost| versions.iter().map(|version| (version.clone(), Err(lost))).collect();
    if git(dir, &["rev-parse", "--git-dir"]).is_none() {
        return none(Lost::NoHistory);
    }
    let texts = earlier(dir, versions).unwrap_or_default();
    let lost = if is_shallow(dir) { Lost::Shallow } else { Lost::Gone };
    let found = |version: &Version| texts.iter().find(|text| is_text_of(version, text)).cloned();
    versions.iter().map(|version| (version.clone(), found(version).ok_or(lost))).collect()
}

/// What files of these names held in the history, the latest first.
fn earlier(dir: &Path, versions: &[Version]) -> Option<Vec<Arc<str>>> {
    let paths: BTreeSet<String> = versions.iter().filter_map(|version| anywhere(&version.in_src)).collect();
    let mut arguments = vec!["-c", "log.showRoot=true", "log", "--full-history", "-m", "--raw", "-z"];
    arguments.extend([
        "--format=",
        "--no-abbrev",
        "--no-renames",
        "--no-follow",
        "--no-show-signature",
        "--",
    ]);
    arguments.extend(paths.iter().map(String::as_str));
    let log = git(dir, &arguments)?;
    let mut seen = BTreeSet::new();
    let log = String::from_utf8_lossy(&log);
    let ids: Vec<&str> = objects(&log).filter(|id| seen.insert(*id)).take(MOST).collect();
    let asked = ids.iter().map(|id| format!("{id}\n")).collect();
    let texts = batch(dir, asked).and_then(|out| parted(&out, ids.len()))?;
    let texts = texts.into_iter().flatten().filter_map(|bytes| String::from_utf8(bytes).ok());
    Some(texts.map(Arc::from).collect())
}

/// A document's file name in any folder of its cycle's, wherever that lies.
fn anywhere(in_src: &str) -> Option<String> {
    let parts: Vec<&str> = in_src.split('/').collect();
    let (cycle, name) = (parts.get(1)?, parts.last()?);
    Some(format!(":(top,icase,glob)**/{}/**/{}", literal(cycle), literal(name)))
}

/// A name as a pattern that means itself.
fn literal(name: &str) -> String {
    let mut pattern = String::new();
    for c in name.chars() {
        if matches!(c, '*' | '?' | '[' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// The objects that changes led to, from `:mode mode id id M`, path, and so on; a line end may stand
/// before the first of a commit. Those that were taken away lead to nothing.
fn objects(log: &str) -> impl Iterator<Item = &str> {
    log.split('\0').filter_map(|entry| {
        let mut words = entry.trim_start().strip_prefix(':')?.split(' ');
        let (mode, id) = (words.nth(1)?, words.nth(1)?);
        (mode.starts_with("100") && id.bytes().any(|byte| byte != b'0')).then_some(id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_names_the_objects_of_files() {
        let log = "\n:000000 100644 0000 aaaa A\0a.md\0\n:100644 120000 aaaa bbbb T\0a.md\0:100644 000000 aaaa 0000 D\0a.md\0";
        assert_eq!(objects(log).collect::<Vec<_>>(), ["aaaa"]);
        assert_eq!(
            anywhere("okrs/fy27-q1/org/cl[o]ud.md").unwrap(),
            ":(top,icase,glob)**/fy27-q1/**/cl\\[o]ud.md"
        );
    }
}
