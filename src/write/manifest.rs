//! The list of our files in a site's folder.
//!
//! Text: a line that says what it is and of which version, a line with the generator, then a path a
//! line, relative to the folder, with `/` between its parts.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{OWN, file, plan};
use crate::failure::Failure;

const HEAD: &str = "okrbook manifest 1: the files of this folder that okrbook made, and may change or remove";

/// What a manifest says; nothing if there is none.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The version that wrote it; none if there is no manifest.
    pub(super) generator: Option<String>,
    /// Our files.
    pub(super) paths: BTreeSet<String>,
}

/// Reads it. A path that could lead out of the folder is not believed.
pub(super) fn read(out: &Path) -> Result<Manifest, Failure> {
    let path = place(out);
    match fs::symlink_metadata(&path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Manifest::default());
        }
        Ok(found) if !found.is_file() => return Err(unknown(&path)),
        _ => {}
    }
    let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => unknown(&path),
        _ => Failure::io("read", &path, &error),
    })?;
    let mut lines = text.lines();
    let (Some(HEAD), Some(generator)) = (lines.next(), lines.next()) else { return Err(unknown(&path)) };
    let paths = lines.map(unescape).filter(|path| plan::is_relative(path)).collect();
    Ok(Manifest { generator: Some(generator.to_owned()), paths })
}

/// Writes it whole, down to the disk: what it lists may be removed one day, and what it does not
/// list is lost to us.
pub(super) fn write(out: &Path, paths: &BTreeSet<String>, generator: &str) -> Result<(), Failure> {
    let mut text = format!("{HEAD}\n{generator}\n");
    for path in paths {
        text.push_str(&escape(path));
        text.push('\n');
    }
    file::whole(&place(out), |file| {
        file.write_all(text.as_bytes())?;
        file.sync_data()
    })
}

fn place(out: &Path) -> PathBuf {
    out.join(format!("{OWN}manifest"))
}

fn unknown(path: &Path) -> Failure {
    Failure::new(format!("`{}` is no manifest that this version can read", path.display()))
        .help("remove the folder if all in it was built, or name another with `--out DIR`")
}

pub(super) fn escape(path: &str) -> String {
    path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

pub(super) fn unescape(line: &str) -> String {
    let mut path = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        path.push(match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            _ => c,
        });
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_survives_its_line() {
        for path in ["a/b.html", "a\\n\n\r\\b", "é 日"] {
            assert_eq!(unescape(&escape(path)), path);
            assert_eq!(escape(path).lines().count(), 1);
        }
    }
}
