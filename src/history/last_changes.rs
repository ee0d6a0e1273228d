//! When each file was last changed: one walk over the history for all of them.
//!
//! The walk goes back in time until every file has been met, and runs beside whatever else there is to do.
//! A shallow clone says of its oldest commits that they made every file: those are not believed.

use std::collections::{BTreeMap, HashSet};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread::JoinHandle;

use super::{git, is_shallow};
use crate::date::Date;

/// The days of the last changes, by the paths of the files from the book's folder.
pub type LastChanges = BTreeMap<Arc<str>, Date>;

/// A walk that has begun.
#[derive(Debug)]
pub struct Walk {
    dir: PathBuf,
    until: Date,
    /// None where the system gave no thread for it.
    beside: Option<JoinHandle<Option<LastChanges>>>,
}

impl Walk {
    /// Begins to look for the last change of every Markdown file of a folder on a day or before it.
    pub fn begin(dir: &Path, until: Date) -> Self {
        let of = dir.to_owned();
        let beside = std::thread::Builder::new().spawn(move || walked(&of, until)).ok();
        Self { dir: dir.to_owned(), until, beside }
    }

    /// What was found; nothing where there is no git, or no history.
    pub fn end(self) -> LastChanges {
        let found = match self.beside {
            Some(beside) => beside.join().ok().flatten(),
            None => walked(&self.dir, self.until),
        };
        found.unwrap_or_default()
    }
}

/// The commit that a folder's files are at, if any.
pub fn head(dir: &Path) -> Option<Vec<u8>> {
    git(dir, &["rev-parse", "--verify", "--quiet", "HEAD"])
}

fn walked(dir: &Path, until: Date) -> Option<LastChanges> {
    let listed = git(dir, &["ls-files", "-z", "--", "*.md", "*.markdown"])?;
    let listed = String::from_utf8_lossy(&listed);
    let mut wanted: HashSet<&str> = listed.split('\0').filter(|path| !path.is_empty()).collect();
    let oldest = if is_shallow(dir) { cut_off(dir) } else { HashSet::new() };
    // at the root of the repository all of it is asked for, which git does faster than a path
    let below =
        git(dir, &["rev-parse", "--show-prefix"]).is_some_and(|prefix| !prefix.trim_ascii().is_empty());
    let mut child = Command::new("git")
        .current_dir(dir)
        .args(["--no-pager", "log", "--format=%x01%H %cs", "--name-only", "-z", "--no-renames", "--relative"])
        .args(if below { &["--", "."][..] } else { &[] })
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut found = LastChanges::new();
    let mut day = None;
    for entry in BufReader::new(child.stdout.take()?).split(0) {
        if wanted.is_empty() {
            break;
        }
        let Ok(entry) = entry else { break };
        let entry = String::from_utf8_lossy(&entry);
        let entry = entry.trim_start_matches('\n');
        if let Some(commit) = entry.strip_prefix('\u{1}') {
            let (id, on) = commit.split_once(' ').unwrap_or_default();
            day = on.trim().parse::<Date>().ok().filter(|on| *on <= until && !oldest.contains(id));
        } else if let Some(day) = day
            && wanted.remove(entry)
        {
            found.insert(Arc::from(entry), day);
        }
    }
    // what is left of the history says nothing new
    let _ = child.kill();
    let _ = child.wait();
    Some(found)
}

/// The commits at which a shallow clone ends.
fn cut_off(dir: &Path) -> HashSet<String> {
    let read = || {
        let path = git(dir, &["rev-parse", "--git-path", "shallow"])?;
        let path: PathBuf = dir.join(String::from_utf8(path).ok()?.trim_end());
        std::fs::read_to_string(path).ok()
    };
    read().unwrap_or_default().lines().map(str::to_owned).collect()
}
