//! `init`: a new handbook that builds without a warning, and teaches by its comments.
//!
//! It is made for the coming quarter, whatever the day. Then every promise in it is still a draft
//! that nobody has signed or checked in on, and none of its dates has passed but those that the
//! handbook itself gives: the direction and the drafts are shared, and the direction has its buy-in,
//! on the day it is made. A quarter that runs already would have to come with invented signatures
//! and check-ins, or would be overdue from the start; a team that begins in the middle of one does
//! well to agree on the next.
//!
//! The template lies in the folder `init/`; `CYCLE` in a path and `{{…}}` in a text stand for what
//! depends on the day. The dot of `.gitignore` is added here, so that the template's own is no
//! such file.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, include_dir};

use super::book::shown;
use super::{Outcome, Shared, terminal, today};
use crate::config::Config;
use crate::date::Date;
use crate::failure::Failure;
use crate::source::Source;

static TEMPLATE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init");

/// Make a new handbook
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Init {
    /// Its folder, made if it is not there [default: the current one]
    dir: Option<PathBuf>,
}

const AFTER: &str = "\
Example:
  okrbook init okrs && cd okrs && okrbook build

Makes a small handbook for the coming quarter: two levels, three units, a direction and drafts.
Its comments say what to change. Nothing is asked and nothing is overwritten.
Exits with 0, or 2 where there is a book.toml or another of its files already.";

impl Init {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        let named = self.dir.clone().or_else(|| shared.book.clone()).unwrap_or_else(|| PathBuf::from("."));
        let dir = std::path::absolute(&named).map_err(|error| Failure::io("write", &named, &error))?;
        let files = files(today::today(shared.date)?)?;
        refuse_what_is_there(&dir, &files)?;
        write(&dir, &files)?;
        terminal::say(&next_steps(&dir, &files));
        Ok(Outcome::Done)
    }
}

/// A file of the new handbook: its path and its text.
type NewFile = (String, String);

/// The template's files as of a day.
fn files(today: Date) -> Result<Vec<NewFile>, Failure> {
    let cycle = coming_cycle(today)?;
    let name = cycle.to_uppercase().replace('-', " ");
    let mut files = Vec::new();
    let mut folders = vec![&TEMPLATE];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            let path = path.replace("CYCLE", &cycle).replace("gitignore", ".gitignore");
            let text = file.contents_utf8().expect("the template is text");
            let text = text.replace("{{cycle}}", &cycle).replace("{{name}}", &name);
            files.push((path, text.replace("{{today}}", &today.to_string())));
        }
    }
    files.sort();
    Ok(files)
}

/// The first cycle that begins after the day, in the calendar of the template.
fn coming_cycle(today: Date) -> Result<String, Failure> {
    let text = TEMPLATE.get_file("book.toml").and_then(|file| file.contents_utf8()).unwrap_or_default();
    let (config, _) = Config::read(&Source::new("book.toml", text));
    let calendar = config.calendar;
    let coming = calendar.containing(today, calendar.rhythm).and_then(|running| calendar.next(&running));
    coming.ok_or_else(|| {
        Failure::new(format!("there is no quarter after {today} that has a name"))
            .help("name a day between 2000-01-01 and 2099-09-30 with `--date`")
    })
}

fn refuse_what_is_there(dir: &Path, files: &[NewFile]) -> Result<(), Failure> {
    if dir.join("book.toml").symlink_metadata().is_ok() {
        return Err(Failure::new(format!("there is a book.toml in `{}` already", shown(dir))).help(
            "`okrbook build` builds that handbook; name another folder for a new one: `okrbook init DIR`",
        ));
    }
    match files.iter().find(|(path, _)| dir.join(path).symlink_metadata().is_ok()) {
        Some((path, _)) => Err(Failure::new(format!("`{}` is there already", shown(&dir.join(path))))
            .help("nothing is overwritten: name another folder with `okrbook init DIR`")),
        None => Ok(()),
    }
}

/// Writes all files, or takes back what was written.
fn write(dir: &Path, files: &[NewFile]) -> Result<(), Failure> {
    let mut written = Vec::new();
    for (path, text) in files {
        let path = dir.join(path);
        if let Err(failure) = write_new(&path, text) {
            for path in written {
                let _ = fs::remove_file(path);
            }
            return Err(failure);
        }
        written.push(path);
    }
    Ok(())
}

fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
                Failure::new(format!("cannot create the folder `{}`: a file is in the way", shown(folder)))
            }
            _ => Failure::io("create the folder", folder, &error),
        })?;
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|error| Failure::io("write", path, &error))?;
    file.write_all(text.as_bytes()).map_err(|error| {
        let _ = fs::remove_file(path);
        Failure::io("write", path, &error)
    })
}

fn next_steps(dir: &Path, files: &[NewFile]) -> String {
    let place = shown(dir);
    let enter = if place == "." { String::new() } else { format!("  cd {place}\n") };
    let listed: String = files.iter().map(|(path, _)| format!("  {path}\n")).collect();
    format!(
        "made a handbook in `{place}`:\n{listed}\nNow:\n{enter}  okrbook check    finds what is wrong\n  \
         okrbook build    builds the site\nThen put your own names into book.toml, and your own goals into the drafts.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_coming_quarter_begins_after_the_day() {
        let cycle = |day: &str| coming_cycle(day.parse().unwrap()).map_err(|failure| failure.message);
        assert_eq!(cycle("2026-01-01"), Ok("2026-q2".to_owned()));
        assert_eq!(cycle("2026-03-31"), Ok("2026-q2".to_owned()));
        assert_eq!(cycle("2026-11-22"), Ok("2027-q1".to_owned()));
        assert!(cycle("9999-12-31").is_err());
        assert!(cycle("1987-12-31").is_err());
    }

    #[test]
    fn nothing_of_the_template_is_left_open() {
        for (path, text) in files("2026-11-22".parse().unwrap()).unwrap() {
            assert!(!path.contains("CYCLE") && !text.contains("{{") && !text.contains("}}"), "{path}");
        }
    }
}
