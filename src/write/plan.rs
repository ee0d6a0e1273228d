//! What stands where the files of a site must go, looked at before anything is written.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, FileType};
use std::path::{Component, Path};

use super::{OWN, TEMPORARY};
use crate::failure::Failure;

/// As many paths as a refusal names.
const NAMED: usize = 5;

/// What stands at a file's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing that could be compared.
    Nothing,
    /// A file of an earlier build.
    Ours,
}

/// How the files of a site find their places.
#[derive(Debug, Default)]
pub(super) struct Plan {
    ours: BTreeSet<String>,
    /// Files of ours that stand where a folder must go.
    pub(super) files_to_clear: BTreeSet<String>,
    /// Folders with nothing but files of ours that stand where a file must go.
    pub(super) folders_to_clear: BTreeSet<String>,
}

impl Plan {
    /// Looks at every place, and refuses if anything foreign is in the way.
    pub(super) fn new(
        out: &Path,
        wanted: &BTreeSet<String>,
        known: &BTreeSet<String>,
    ) -> Result<Self, Failure> {
        let mut plan = Self::default();
        let mut folders = HashMap::new();
        let mut foreign = BTreeSet::new();
        for path in wanted {
            if let Some(blocking) = plan.look(out, path, known, &mut folders) {
                foreign.insert(blocking);
            }
        }
        if foreign.is_empty() { Ok(plan) } else { Err(refused(out, &foreign)) }
    }

    /// What stands at the place of a file.
    pub(super) fn standing(&self, path: &str) -> Standing {
        if self.ours.contains(path) { Standing::Ours } else { Standing::Nothing }
    }

    /// Looks at one place; gives what is foreign and in the way.
    fn look(
        &mut self,
        out: &Path,
        path: &str,
        known: &BTreeSet<String>,
        folders: &mut HashMap<String, bool>,
    ) -> Option<String> {
        for (at, _) in path.match_indices('/') {
            let folder = &path[..at];
            let free = match folders.get(folder) {
                Some(free) => *free,
                None => {
                    let free = self.folder_is_free(out, folder, known);
                    folders.insert(folder.to_owned(), free);
                    free
                }
            };
            if !free {
                return Some(folder.to_owned());
            }
            if self.files_to_clear.contains(folder) {
                return None;
            }
        }
        match kind(out, path) {
            None => None,
            Some(found) if found.is_dir() => {
                let ours = has_below(known, path) && holds_only_ours(out, path, known);
                self.folders_to_clear.extend(ours.then(|| path.to_owned()));
                (!ours).then(|| path.to_owned())
            }
            Some(_) if known.contains(path) => {
                self.ours.insert(path.to_owned());
                None
            }
            Some(_) => Some(path.to_owned()),
        }
    }

    /// Whether a folder is there or can be made.
    fn folder_is_free(&mut self, out: &Path, folder: &str, known: &BTreeSet<String>) -> bool {
        match kind(out, folder) {
            None => true,
            Some(found) if found.is_dir() => true,
            Some(found) if found.is_file() && known.contains(folder) => {
                self.files_to_clear.insert(folder.to_owned());
                true
            }
            Some(_) => false,
        }
    }
}

fn refused(out: &Path, foreign: &BTreeSet<String>) -> Failure {
    let names: Vec<String> = foreign.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    let more = match foreign.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let (verb, them) = if foreign.len() == 1 { ("stands", "it") } else { ("stand", "them") };
    Failure::new(format!(
        "`{}` is not written to: {}{more} {verb} in the way of the site, and okrbook did not make {them}",
        out.display(),
        names.join(", "),
    ))
    .help("move what is yours out of that folder, or name another with `--out DIR`")
}

/// The paths of a site's files, if they can all be written beside each other.
pub(super) fn paths(all: impl IntoIterator<Item = String>) -> Result<BTreeSet<String>, Failure> {
    let mut paths = BTreeSet::new();
    for path in all {
        if !is_relative(&path) {
            return Err(Failure::new(format!(
                "a file of the site cannot be named `{}`",
                path.escape_debug()
            )));
        }
        if paths.contains(&path) {
            return Err(Failure::new(format!("two files of the site are named `{path}`")));
        }
        paths.insert(path);
    }
    let below = |path: &&String| path.match_indices('/').any(|(at, _)| paths.contains(&path[..at]));
    match paths.iter().find(below) {
        Some(path) => Err(Failure::new(format!("`{path}` of the site lies below a file of the site"))),
        None => Ok(paths),
    }
}

/// Whether a path names a file below the folder, and none of those that we keep for ourselves.
pub(super) fn is_relative(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.starts_with(OWN);
    let parts = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    parts && !path.contains('\0') && path.split('/').all(plain)
}

/// Whether a folder on the way to a path is a symbolic link.
pub(super) fn through_a_link(out: &Path, path: &str) -> bool {
    path.match_indices('/').any(|(at, _)| kind(out, &path[..at]).is_some_and(|found| found.is_symlink()))
}

fn kind(out: &Path, path: &str) -> Option<FileType> {
    fs::symlink_metadata(out.join(path)).ok().map(|found| found.file_type())
}

fn has_below(known: &BTreeSet<String>, folder: &str) -> bool {
    let prefix = format!("{folder}/");
    known.range(prefix.clone()..).next().is_some_and(|path| path.starts_with(&prefix))
}

fn holds_only_ours(out: &Path, folder: &str, known: &BTreeSet<String>) -> bool {
    walkdir::WalkDir::new(out.join(folder)).into_iter().all(|entry| {
        let Ok(entry) = entry else { return false };
        if entry.file_type().is_dir() || entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
            return true;
        }
        let relative = entry.path().strip_prefix(out).ok().and_then(Path::to_str);
        relative.is_some_and(|path| known.contains(&path.replace(std::path::MAIN_SEPARATOR, "/")))
    })
}
