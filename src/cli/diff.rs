//! `diff`: what changed in the OKRs between two revisions of git, in words.

use std::collections::HashMap;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::book::{self, Book};
use super::{Outcome, Shared, terminal};
use crate::changes;
use crate::config::Config;
use crate::failure::Failure;
use crate::history;
use crate::inputs::Inputs;
use crate::links::Target;
use crate::markdown::is_markdown;
use crate::model::{Direction, Okrs};
use crate::report::visible;
use crate::session::Session;
use crate::source::{Source, Sources};
use crate::{Analysis, Options};

/// Say what changed in the OKRs between two git revisions
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Diff {
    /// The earlier revision: a commit, a branch or a tag
    #[arg(value_name = "REV")]
    from: String,
    /// The later one [default: the files as they are now]
    #[arg(value_name = "REV")]
    to: Option<String>,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

const AFTER: &str = "\
Examples:
  okrbook diff main                                 what a branch changes
  okrbook diff v1 v2
  okrbook diff origin/main HEAD --format markdown   for a comment on a merge request

Objectives and key results that were added, dropped or reworded, targets, links, states, check-ins,
feedback and signatures; not lines. Nothing is checked out.
Exits with 0, or 2 where git or the revision is missing.";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For a comment on a merge request
    Markdown,
    /// For other programs
    Json,
}

/// What changed in a document.
#[derive(Debug, Serialize)]
struct Changed {
    #[serde(rename = "ref")]
    reference: String,
    name: String,
    /// The state it had; none where it was not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'static str>,
    /// The state it has; none where it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'static str>,
    changes: Vec<String>,
}

#[derive(Serialize)]
struct Json<'a> {
    version: u32,
    documents: &'a [Changed],
}

impl Diff {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        let book = Book::load(shared)?;
        let options = book::options(shared)?;
        let old = at_revision(&book, &self.from, &options)?;
        let new = match &self.to {
            Some(revision) => at_revision(&book, revision, &options)?,
            None => crate::analyse(&mut Session::new(), &book.inputs, &options),
        };
        let mut changed = documents(&old, &new, &options);
        changed.extend(directions(&old, &new));
        self.say_unread(&old, &new, &changed);
        terminal::output(&match self.format {
            Format::Human => visible(&human(&changed)),
            Format::Markdown => markdown(&changed),
            Format::Json => json(&changed),
        })?;
        Ok(Outcome::Done)
    }

    /// Says which documents could not be read, on either side: what was in them is not gone.
    fn say_unread(&self, old: &Analysis, new: &Analysis, changed: &[Changed]) {
        let later = self.to.as_ref().map_or("now".to_owned(), |revision| format!("in `{revision}`"));
        for (of, when) in [(old, format!("in `{}`", self.from)), (new, later)] {
            let okrs =
                of.book.documents.iter().enumerate().map(|(at, of_it)| (Target::Document(at), &of_it.file));
            let directions = of.book.directions.iter().enumerate();
            let directions = directions.map(|(at, of_it)| (Target::Direction(at), &of_it.file));
            for (target, file) in okrs.chain(directions).filter(|(_, file)| file.broken) {
                let name = target.reference(&of.book);
                if changed.iter().any(|one| one.reference == name) {
                    let path = &file.source.path;
                    terminal::say(&visible(&format!(
                        "`{path}` cannot be read {when}: what is said of {name} is what is left of it\n"
                    )));
                }
            }
        }
    }
}

/// The book as it was in a revision.
fn at_revision(book: &Book, revision: &str, options: &Options) -> Result<Analysis, Failure> {
    let commit = history::revision(&book.dir, revision)?;
    let wanted = |path: &str| path == crate::config::FILE || is_markdown(path);
    let files = history::files(&book.dir, &commit, &wanted)?;
    let mut texts: Sources = files.into_iter().map(|(path, bytes)| Source::from_bytes(path, bytes)).collect();
    let Some(toml) = texts.get(crate::config::FILE).cloned() else {
        return Err(Failure::new(format!("there is no book.toml in `{revision}`"))
            .help("the book may have been in another folder then, or not at all"));
    };
    let (config, _) = Config::read(&toml);
    let src = config.src.trim_end_matches('/').to_owned();
    let is_read = |path: &str| {
        let inner =
            if src.is_empty() || src == "." { Some(path) } else { path.strip_prefix(&format!("{src}/")) };
        inner.is_some_and(|inner| !inner.split('/').any(|part| part.starts_with(['.', '_'])))
    };
    texts = texts.iter().filter(|source| is_read(&source.path)).cloned().collect();
    let inputs = Inputs { book: toml, documents: texts, ..book.inputs.clone() };
    Ok(crate::analyse(&mut Session::new(), &inputs, options))
}

/// The documents that differ, those of the later revision first.
fn documents(old: &Analysis, new: &Analysis, options: &Options) -> Vec<Changed> {
    let names =
        |of: &Analysis| (0..of.book.documents.len()).map(|at| of.book.name_of(at)).collect::<Vec<_>>();
    let (old_names, new_names) = (names(old), names(new));
    let (old_places, new_places) = (places(&old_names), places(&new_names));
    let gone = old_names.iter().filter(|name| !new_places.contains_key(name.as_str()));
    let empty = Okrs::default();
    let mut changed = Vec::new();
    for name in new_names.iter().chain(gone) {
        let find = |of: &Analysis, places: &HashMap<&str, usize>| {
            let at = *places.get(name.as_str())?;
            let okrs = of.book.documents[at].okrs().clone();
            let state = of.signatures[at].state(&okrs, options.today).as_str();
            Some((at, okrs, state))
        };
        let (was, is) = (find(old, &old_places), find(new, &new_places));
        let (before, after) =
            (was.as_ref().map_or(&empty, |was| &was.1), is.as_ref().map_or(&empty, |is| &is.1));
        let mut lines: Vec<String> = changes::agreed(before, after).iter().map(ToString::to_string).collect();
        lines.extend(changes::noted(before, after));
        let (from, to) = (was.as_ref().map(|was| was.2), is.as_ref().map(|is| is.2));
        if lines.is_empty() && from == to {
            continue;
        }
        let (of, at) = match (&is, &was) {
            (Some(is), _) => (new, is.0),
            (None, Some(was)) => (old, was.0),
            (None, None) => continue,
        };
        let unit = &of.book.config.units[of.book.documents[at].unit];
        changed.push(Changed {
            reference: name.clone(),
            name: unit.name.to_string(),
            from,
            to,
            changes: lines,
        });
    }
    changed
}

/// Where each name stands; where one is given twice, the first.
fn places(names: &[String]) -> HashMap<&str, usize> {
    names.iter().enumerate().rev().map(|(at, name)| (name.as_str(), at)).collect()
}

fn directions(old: &Analysis, new: &Analysis) -> Vec<Changed> {
    let name = |of: &Analysis, at: usize| Target::Direction(at).reference(&of.book);
    let mut changed = Vec::new();
    for (at, is) in new.book.directions.iter().enumerate() {
        let reference = name(new, at);
        let was = (0..old.book.directions.len()).find(|at| name(old, *at) == reference);
        let before = was.map(|at| old.book.directions[at].direction().clone());
        let lines = changes::directed(&before.clone().unwrap_or_default(), is.direction());
        if lines.is_empty() && before.is_some() {
            continue;
        }
        let title = Target::Direction(at).title(&new.book);
        let from = before.map(|_| "there");
        changed.push(Changed { reference, name: title, from, to: Some("there"), changes: lines });
    }
    for (at, was) in old.book.directions.iter().enumerate() {
        let reference = name(old, at);
        if (0..new.book.directions.len()).all(|at| name(new, at) != reference) {
            let title = Target::Direction(at).title(&old.book);
            let changes = changes::bought_in(was.direction(), &Direction::default());
            let changes = changes.iter().map(ToString::to_string).collect();
            changed.push(Changed { reference, name: title, from: Some("there"), to: None, changes });
        }
    }
    changed
}

/// `draft -> final`, `new, draft`, `removed`.
fn state(changed: &Changed) -> String {
    match (changed.from, changed.to) {
        (Some(from), Some(to)) if from == to => String::new(),
        (Some(from), Some(to)) => format!(": {from} -> {to}"),
        (None, Some("there")) => ": new".to_owned(),
        (None, Some(to)) => format!(": new, {to}"),
        (_, None) => ": removed".to_owned(),
    }
}

fn human(changed: &[Changed]) -> String {
    if changed.is_empty() {
        return "nothing has changed in the OKRs\n".to_owned();
    }
    let mut text = String::new();
    for document in changed {
        text.push_str(&format!("{} ({}){}\n", document.reference, document.name, state(document)));
        document.changes.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
    }
    text
}

fn markdown(changed: &[Changed]) -> String {
    if changed.is_empty() {
        return "Nothing has changed in the OKRs.\n".to_owned();
    }
    let mut text = String::new();
    for document in changed {
        let gap = if text.is_empty() { "" } else { "\n" };
        text.push_str(&format!(
            "{gap}### {} (`{}`){}\n\n",
            escaped(&document.name),
            document.reference,
            state(document)
        ));
        document.changes.iter().for_each(|line| text.push_str(&format!("- {}\n", escaped(line))));
    }
    text
}

/// What an author wrote is shown as it stands: no HTML, no mention that calls people.
fn escaped(line: &str) -> String {
    let mut text = String::new();
    for c in line.chars() {
        match c {
            '<' => text.push_str("&lt;"),
            '&' => text.push_str("&amp;"),
            '@' => text.push_str("@\u{200b}"),
            '*' | '_' | '`' | '[' | ']' | '\\' | '#' | '|' => text.extend(['\\', c]),
            c => text.push(c),
        }
    }
    text
}

fn json(changed: &[Changed]) -> String {
    let json = Json { version: 1, documents: changed };
    let mut text = serde_json::to_string_pretty(&json).expect("texts and lists are always JSON");
    text.push('\n');
    text
}
