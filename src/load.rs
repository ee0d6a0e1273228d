//! Reads a book from disk: where it is, its texts, the list of its other files, its theme.
//!
//! What cannot be read does not stop the rest: it becomes a finding at its own path. Nothing is
//! opened that is no regular file, and no symbolic link is followed out of the book's folder.
#![expect(clippy::disallowed_methods, reason = "reading files is what this module is for")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Finding, nearest};
use crate::failure::{Failure, reason};
use crate::inputs::{Asset, Inputs};
use crate::markdown::is_markdown;
use crate::source::{Place, Source, Span};

mod handbook;
mod seen;
mod walk;

pub use handbook::Handbook;
pub use seen::Seen;

use walk::{Found, Walk};

/// The rule of what cannot be read.
const UNREADABLE: &str = "format/unreadable";
/// The name of a book's file.
const BOOK: &str = "book.toml";
/// The folder of themes.
const THEMES: &str = "themes";

/// What book.toml says of the folders, with the places where it says so.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The folder of the documents, relative to the book's.
    pub src: (String, Span),
    /// The theme's name.
    pub theme: (String, Span),
    /// The folder of the built site, relative to the book's.
    pub build_dir: String,
}

/// The nearest folder from `start` upward that holds a book.toml.
pub fn find_book(start: &Path) -> Result<PathBuf, Failure> {
    let from = std::path::absolute(start).map_err(|error| Failure::io("read", start, &error))?;
    match from.ancestors().find(|folder| folder.join(BOOK).symlink_metadata().is_ok()) {
        Some(folder) => Ok(folder.to_owned()),
        None => Err(Failure::new(format!("there is no {BOOK} in `{}` or above it", from.display())).help(
            "name the handbook's folder with `--book DIR`, or make a new handbook with `okrbook init`",
        )),
    }
}

/// The text of a book's book.toml.
pub fn book_toml(dir: &Path) -> Result<Source, Failure> {
    let path = dir.join(BOOK);
    let found = fs::metadata(&path).map_err(|error| {
        let help = "name a folder that holds one with `--book DIR`, or make one with `okrbook init DIR`";
        Failure::new(format!("cannot read `{}`: {}", path.display(), reason(&error))).help(help)
    })?;
    if !found.is_file() {
        return Err(Failure::new(format!("cannot read `{}`: it is no file", path.display())));
    }
    if found.len() > seen::LARGEST {
        return Err(Failure::new(format!("cannot read `{}`: {}", path.display(), seen::TOO_LARGE)));
    }
    if !is_within(&path, dir) {
        return Err(Failure::new(format!("`{}` is a symbolic link that leaves the book", path.display()))
            .help("put the file itself there"));
    }
    let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
    Ok(Source::from_bytes(BOOK, bytes))
}

/// All that a build depends on: the texts of the source folder, the list of its other files, the
/// theme's files, and what could not be read.
pub fn inputs(dir: &Path, book: Source, folders: &Folders) -> Result<Inputs, Failure> {
    inputs_again(dir, book, folders, &mut Seen::nothing())
}

/// The same, where what was seen before and has not changed is not read again.
pub fn inputs_again(dir: &Path, book: Source, folders: &Folders, seen: &mut Seen) -> Result<Inputs, Failure> {
    seen.begin();
    let dir = &std::path::absolute(dir).map_err(|error| Failure::io("read", dir, &error))?;
    let dir = &walk::folded(dir);
    let mut unread = Vec::new();
    let mut sources = Vec::new();
    let mut assets = Vec::new();
    for found in source_files(dir, &book, folders, &mut unread)? {
        if is_markdown(&found.path) { sources.push(found) } else { assets.push(found) }
    }
    let read: Vec<Result<Source, Box<Finding>>> = sources
        .into_par_iter()
        .map(|found| {
            seen.text(&found.path, &found.on_disk).map_err(|error| Box::new(refused(&found.path, &error)))
        })
        .collect();
    let (documents, failed): (Vec<_>, Vec<_>) = read.into_iter().partition(Result::is_ok);
    unread.extend(failed.into_iter().filter_map(Result::err).map(|finding| *finding));
    let assets = readable_assets(assets, seen, &mut unread);
    seen.end();
    let theme = theme(dir, &book, folders, &mut unread)?;
    unread.sort_by(|a, b| a.place.cmp(&b.place));
    let documents = documents.into_iter().filter_map(Result::ok).collect();
    Ok(Inputs { book, documents, assets, theme, unread, recalled: BTreeMap::new() })
}

/// Every file of the source folder, in the order of their paths.
fn source_files(
    dir: &Path,
    book: &Source,
    folders: &Folders,
    unread: &mut Vec<Finding>,
) -> Result<Vec<Found>, Failure> {
    let (src, span) = &folders.src;
    let root = match inside(dir, src) {
        Ok(root) => root,
        Err(problem) => {
            unread.push(Finding::new(
                UNREADABLE,
                Place::new(&book.path, *span),
                format!("`{src}` {problem}"),
            ));
            return Ok(Vec::new());
        }
    };
    let mut skipped = vec![dir.join(THEMES), dir.join(BOOK)];
    skipped.extend(inside(dir, &folders.build_dir).ok());
    skipped.push(walk::folded(&dir.join(&folders.build_dir)));
    Walk { dir, root: &root, skipped: &skipped }.files(unread)
}

/// The files of the chosen theme; none for the built-in one.
fn theme(
    dir: &Path,
    book: &Source,
    folders: &Folders,
    unread: &mut Vec<Finding>,
) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let (name, span) = &folders.theme;
    let root = dir.join(THEMES).join(name);
    let plain = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
    if !plain || !root.is_dir() {
        if name != "default" {
            unread.push(unknown_theme(dir, book, name, *span));
        }
        return Ok(BTreeMap::new());
    }
    if !is_within(&root, dir) {
        let message = format!("`{THEMES}/{name}` is a symbolic link that leaves the book's folder");
        let finding = Finding::new(UNREADABLE, Place::new(&book.path, *span), message);
        unread.push(finding.help("put the theme itself there, or take the built-in one, `default`"));
        return Ok(BTreeMap::new());
    }
    let mut files = BTreeMap::new();
    let prefix = format!("{THEMES}/{name}/");
    for found in (Walk { dir, root: &root, skipped: &[] }).files(unread)? {
        match seen::whole(&found.on_disk) {
            Ok(bytes) => {
                let path = found.path.strip_prefix(&prefix).unwrap_or(&found.path);
                files.insert(path.to_owned(), bytes);
            }
            Err(error) => unread.push(refused(&found.path, &error)),
        }
    }
    Ok(files)
}

fn unknown_theme(dir: &Path, book: &Source, name: &str, span: Span) -> Finding {
    let mut names: Vec<String> = fs::read_dir(dir.join(THEMES))
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !name.starts_with(['.', '_']))
        .collect();
    names.push("default".to_owned());
    names.sort();
    let help = match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("make the folder `{THEMES}/{name}`, or take the built-in theme, `default`"),
    };
    let message = format!("there is no theme `{name}`: no folder `{THEMES}/{name}`");
    Finding::new(UNREADABLE, Place::new(&book.path, span), message).help(help)
}

/// The assets that can be opened.
fn readable_assets(found: Vec<Found>, seen: &Seen, unread: &mut Vec<Finding>) -> Vec<Asset> {
    let tried: Vec<Result<Asset, Box<Finding>>> = found
        .into_par_iter()
        .map(|found| match seen.copied(&found.on_disk) {
            Ok(()) => Ok(Asset { path: found.path, on_disk: found.on_disk }),
            Err(error) => Err(Box::new(refused(&found.path, &error))),
        })
        .collect();
    let (assets, failed): (Vec<_>, Vec<_>) = tried.into_iter().partition(Result::is_ok);
    unread.extend(failed.into_iter().filter_map(Result::err).map(|finding| *finding));
    assets.into_iter().filter_map(Result::ok).collect()
}

/// A folder that book.toml names, if it is one of the book's.
fn inside(dir: &Path, name: &str) -> Result<PathBuf, &'static str> {
    let path = walk::folded(&dir.join(name));
    match fs::metadata(&path) {
        _ if !path.starts_with(dir) => Err("is outside the book's folder"),
        Err(_) => Err("is not there: no folder of that name is in the book's"),
        Ok(found) if !found.is_dir() => Err("is no folder"),
        Ok(_) if !is_within(&path, dir) => Err("is a symbolic link that leaves the book's folder"),
        Ok(_) => Ok(path),
    }
}

/// Whether a path, its links followed, lies in the book's folder.
fn is_within(path: &Path, dir: &Path) -> bool {
    match (fs::canonicalize(path), fs::canonicalize(dir)) {
        (Ok(path), Ok(dir)) => path.starts_with(dir),
        _ => false,
    }
}

fn refused(path: &str, error: &std::io::Error) -> Finding {
    unreadable(path, format!("cannot be read: {}", reason(error)))
}

/// A finding at a path of which there is no text.
fn unreadable(path: &str, message: impl Into<String>) -> Finding {
    let message = message.into();
    let help = if message.contains("permission") {
        "let everyone who builds the book read it"
    } else if message.contains("symbolic link") {
        "put the file itself into the book, or take the link out"
    } else {
        "put a regular file there, or take it out; what begins with `.` or `_` is passed over"
    };
    Finding::new(UNREADABLE, Place::new(&Arc::from(path), Span::default()), message).help(help)
}

#[cfg(test)]
mod tests;
