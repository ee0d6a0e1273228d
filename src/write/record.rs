//! What the last build made, and what from: where nothing of either changed, nothing is made again.
//!
//! A line that says what it is, a line with what the site was made from, then a line a file with the hash
//! of its content and its path. The same site has the same record, whenever and wherever it was built.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::{OWN, file, lock, manifest, plan};
use crate::failure::Failure;
use crate::inputs::Content;

const HEAD: &str = "okrbook record 1: what the files of this folder were made from, and their hashes";

/// The files of a site by their paths, with the hashes of what they hold.
pub(super) type Hashes = BTreeMap<String, u64>;

/// The number of files of a site that was made from exactly this, if every one of them is still as it was
/// made.
pub(super) fn still_holds(out: &Path, made_from: u128) -> Option<usize> {
    let text = fs::read_to_string(file::regular_at(&place(out))?).ok()?;
    let mut lines = text.lines();
    if lines.next() != Some(HEAD) || lines.next() != Some(format!("{made_from:032x}").as_str()) {
        return None;
    }
    let files: Option<Hashes> = lines
        .map(|line| {
            let (hash, path) = line.split_once(' ')?;
            let path = manifest::unescape(path);
            plan::is_relative(&path).then_some((path, u64::from_str_radix(hash, 16).ok()?))
        })
        .collect();
    let files = files?;
    let listed = manifest::read(out).ok()?.paths;
    if !listed.iter().eq(files.keys()) || !lock::is_at_rest(out) {
        return None;
    }
    let is_same = |(path, hash): (&String, &u64)| {
        let at = out.join(path);
        let is_file = fs::symlink_metadata(&at).is_ok_and(|found| found.is_file());
        is_file && fs::read(&at).is_ok_and(|bytes| xxh3_64(&bytes) == *hash)
    };
    files.par_iter().all(is_same).then_some(files.len())
}

/// Writes it whole.
pub(super) fn write(out: &Path, made_from: u128, files: &Hashes) -> Result<(), Failure> {
    let mut text = format!("{HEAD}\n{made_from:032x}\n");
    for (path, hash) in files {
        text.push_str(&format!("{hash:016x} {}\n", manifest::escape(path)));
    }
    file::whole(&place(out), |file| file.write_all(text.as_bytes()))
}

/// Forgets what the site was made from: it is about to be another.
pub(super) fn remove(out: &Path) -> Result<(), Failure> {
    let path = place(out);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::io("remove", &path, &error))
        }
        _ => Ok(()),
    }
}

/// The hash of what a file holds; of one that cannot be read any more none.
pub(super) fn hash(content: &Content) -> Option<u64> {
    match content {
        Content::Made(bytes) => Some(xxh3_64(bytes)),
        Content::Copied(from) => fs::read(from).ok().map(|bytes| xxh3_64(&bytes)),
    }
}

fn place(out: &Path) -> PathBuf {
    out.join(format!("{OWN}record"))
}
