//! Earlier versions of the book, as git has them. The program `git` is asked; without it, or outside
//! of a repository, there are none.
#![expect(clippy::disallowed_methods, reason = "asking git is what this module is for")]

use std::path::Path;
use std::process::{Command, Stdio};

/// As many versions of a file are looked at; an author who signs after more changes than that is told
/// that the signed one was not found.
const MOST_VERSIONS: &str = "500";

/// An earlier version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The commit, shortened.
    pub revision: String,
    /// Its day.
    pub day: String,
}

/// The versions of a file that git holds, the latest first. `path` is relative to the book's folder.
pub fn versions(dir: &Path, path: &str) -> Vec<Version> {
    let log = git(dir, &["log", "--max-count", MOST_VERSIONS, "--format=%h %cs", "--", path]);
    let log = log.unwrap_or_default();
    let lines = String::from_utf8_lossy(&log).into_owned();
    let version = |line: &str| {
        let (revision, day) = line.split_once(' ')?;
        Some(Version { revision: revision.to_owned(), day: day.to_owned() })
    };
    lines.lines().filter_map(version).collect()
}

/// What a file held in a revision; none where it was not there, or is no text.
pub fn text(dir: &Path, revision: &str, path: &str) -> Option<String> {
    String::from_utf8(git(dir, &["show", &format!("{revision}:./{path}")])?).ok()
}

/// Whether git holds only the last part of the history.
pub fn is_shallow(dir: &Path) -> bool {
    git(dir, &["rev-parse", "--is-shallow-repository"]).is_some_and(|said| said.starts_with(b"true"))
}

fn git(dir: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    let ran = Command::new("git")
        .current_dir(dir)
        .args(["--no-pager", "-c", "core.quotepath=off"])
        .args(arguments)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    ran.status.success().then_some(ran.stdout)
}
