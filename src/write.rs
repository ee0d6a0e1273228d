//! Writes a site into its folder so that a reader, a crash or another program never sees a broken
//! one, and so that nothing of anybody else's is lost.
//!
//! - What is new is written into a folder of its own inside the site's folder. Only when every file is
//!   made and written, each is renamed onto its place: a template that fails, a full disk or a crash
//!   before that leaves the site as it was. What has not changed is left alone, its times too.
//! - What is ours is what the manifest lists. It is widened to the old and the new files before the
//!   first of them is touched, and narrowed to the new ones after the last: a crash at any point
//!   leaves every file of ours listed. Pages come after what they need, removals come last.
//! - A file that the manifest does not list is never changed or removed. Where one stands in the way
//!   of a page the whole build is refused before anything is written.
//! - Nothing is written, compared or removed through a symbolic link inside the folder.
//! - A lock keeps two builds apart. The system drops it with the process that held it, so that a
//!   dead one blocks nobody; the file's content says whether the last build came to its end, and
//!   only if not are leftover temporaries looked for.
#![expect(clippy::disallowed_methods, reason = "writing files is what this module is for")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::diagnostic::Finding;
use crate::failure::Failure;
use crate::inputs::Handed;

mod desk;
mod file;
mod lock;
mod manifest;
mod plan;
mod record;
mod stage;

pub use desk::{Desk, desk};
pub use file::replace;

use plan::Plan;
use stage::Stage;

/// What names of our own begin with, in the site's folder.
const OWN: &str = ".okrbook-";
/// What names of temporary files begin with.
const TEMPORARY: &str = ".okrbook-tmp-";

/// What was done, in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// New ones and changed ones.
    pub written: usize,
    /// Those that were already as they should be.
    pub unchanged: usize,
    /// Those of an earlier build that the site no longer has.
    pub removed: usize,
}

/// Takes a file of a site, or a part of one, as soon as it is made, from any thread; says whether more are
/// wanted.
pub type Take<'a> = dyn Fn(Handed) -> bool + Sync + 'a;

/// Writes a site of these paths into a folder, which is made if it is not there. `make` hands over its
/// files, in any order, each once; they are written while others are made. `made_from` is a hash of all
/// that they depend on, for [`still_holds`]; `generator` is the program's version, for the manifest;
/// `progress` is told how many files of all are done.
///
/// # Errors
/// What kept it from being written; or within, what kept a file from being made. Then the site is as it was.
pub fn site(
    out: &Path,
    paths: impl IntoIterator<Item = String>,
    make: impl FnOnce(&Take<'_>) -> Result<(), Box<Finding>> + Send,
    made_from: Option<u128>,
    generator: &str,
    progress: &dyn Fn(usize, usize),
) -> Result<Result<Written, Box<Finding>>, Failure> {
    let wanted = plan::paths(paths)?;
    if manifest::read(out)?.generator.is_none() {
        // a folder that is not ours yet: not even a lock is left in it if it cannot be
        Plan::new(out, &wanted, &BTreeSet::new())?;
    }
    create_out(out)?;
    let lock = lock::take(out)?;
    let known = manifest::read(out)?;
    let plan = Plan::new(out, &wanted, &known.paths)?;
    if lock.interrupted() {
        remove_temporaries(out)?;
    }
    lock.begin()?;

    let stage = Stage::new(out, &plan)?;
    let or_gone = |failure| lock.still_there().err().unwrap_or(failure);
    let mut staged = match stage.fill(wanted.len(), make, progress).map_err(or_gone)? {
        Ok(staged) => staged,
        Err(finding) => {
            drop(stage);
            lock.end()?;
            return Ok(Err(finding));
        }
    };
    let hashes = staged.hashes();
    record::remove(out)?;
    let union: BTreeSet<String> = known.paths.iter().chain(&wanted).cloned().collect();
    if union != known.paths || known.generator.is_none() {
        manifest::write(out, &union, generator)?;
    }
    clear_the_way(out, &plan)?;
    let mut written = staged.publish().map_err(or_gone)?;
    drop(stage);
    written.removed = remove_stale(out, known.paths.difference(&wanted))?;
    lock.still_there()?;
    if union != wanted || known.generator.as_deref() != Some(generator) {
        manifest::write(out, &wanted, generator)?;
    }
    if let (Some(made_from), Some(hashes)) = (made_from, hashes) {
        record::write(out, made_from, &hashes)?;
    }
    lock.end()?;
    Ok(Ok(written))
}

/// What a build would do of a site that was made from exactly this, if every file of it is still as it was
/// made: nothing.
pub fn still_holds(out: &Path, made_from: u128) -> Option<Written> {
    let unchanged = record::still_holds(out, made_from)?;
    Some(Written { unchanged, ..Written::default() })
}

fn create_out(out: &Path) -> Result<(), Failure> {
    match fs::metadata(out) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(Failure::new(format!("cannot write the site to `{}`: it is a file", out.display()))
            .help("name a folder with `--out DIR` or `build-dir` in book.toml")),
        Err(_) => fs::create_dir_all(out).map_err(|error| Failure::io("create the folder", out, &error)),
    }
}

/// Removes what is ours and of the wrong kind: a file where a folder must go, and the other way
/// round.
fn clear_the_way(out: &Path, plan: &Plan) -> Result<(), Failure> {
    for path in &plan.files_to_clear {
        let path = out.join(path);
        fs::remove_file(&path).map_err(|error| Failure::io("remove", &path, &error))?;
    }
    for path in &plan.folders_to_clear {
        let path = out.join(path);
        fs::remove_dir_all(&path).map_err(|error| Failure::io("remove the folder", &path, &error))?;
    }
    Ok(())
}

/// Removes files of an earlier build, then the folders that this leaves empty.
fn remove_stale<'a>(out: &Path, stale: impl Iterator<Item = &'a String>) -> Result<usize, Failure> {
    let mut removed = 0;
    let mut folders = BTreeSet::new();
    for relative in stale {
        if plan::through_a_link(out, relative) {
            continue;
        }
        let path = out.join(relative);
        match fs::symlink_metadata(&path) {
            Ok(found) if !found.is_dir() => {
                fs::remove_file(&path).map_err(|error| Failure::io("remove", &path, &error))?;
                removed += 1;
            }
            _ => {}
        }
        folders.extend(Path::new(relative).ancestors().skip(1).map(Path::to_owned));
    }
    // the deepest first; a folder that holds anything stays
    for folder in folders.into_iter().rev().filter(|folder| folder != Path::new("")) {
        let _ = fs::remove_dir(out.join(folder));
    }
    Ok(removed)
}

/// Removes what an interrupted build left: the folder of its new files, and a manifest half written.
fn remove_temporaries(out: &Path) -> Result<(), Failure> {
    let entries = fs::read_dir(out).map_err(|error| Failure::io("read", out, &error))?;
    let left = entries.filter_map(Result::ok);
    for entry in left.filter(|entry| entry.file_name().to_string_lossy().starts_with(TEMPORARY)) {
        let path = entry.path();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let removed = if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(|error| Failure::io("remove", &path, &error))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
