//! `new page`: a free page.

use clap::Args;

use crate::cli::desk::{Desk, Stopped, outcome};
use crate::cli::{Outcome, Shared, terminal};
use crate::edit::Value;
use crate::failure::Failure;

/// Make a free page
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(in crate::cli) struct Page {
    /// Its path in the folder of the texts; `.md` may be left out
    #[arg(value_name = "PATH")]
    path: String,
}

const AFTER: &str = "\
Example:
  okrbook new page guide/how-we-plan     makes content/guide/how-we-plan.md

Exits with 0, or 2 where the path is taken or is none of a page.";

impl Page {
    pub(in crate::cli) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        outcome(self.write(shared))
    }

    fn write(&self, shared: &Shared) -> Result<(), Stopped> {
        let desk = Desk::take(shared)?;
        let src = desk.analysis.book.config.src.to_string();
        let src = src.trim_end_matches('/');
        let path = in_src(src, &self.path)?;
        let whole = if src.is_empty() || src == "." { path.clone() } else { format!("{src}/{path}") };
        let lower = whole.to_lowercase();
        if let Some(taken) =
            desk.book.inputs.documents.iter().find(|other| other.path.to_lowercase() == lower)
        {
            return Err(Failure::new(format!("`{}` is there already", taken.path))
                .help("nothing is overwritten: choose another name")
                .into());
        }
        let title = Value::Text(title(&path)).toml();
        desk.create(&whole, &format!("+++\ntitle = {title}\n+++\n\n"))?;
        terminal::output(&format!("made `{whole}`\n"))?;
        Ok(())
    }
}

/// The path within the folder of the texts, with its ending.
fn in_src(src: &str, typed: &str) -> Result<String, Failure> {
    let plain = typed.trim().replace('\\', "/");
    let plain = plain.strip_prefix("./").unwrap_or(&plain);
    let plain = plain.strip_prefix(&format!("{src}/")).unwrap_or(plain);
    let failure = |why: &str| Failure::new(format!("`{typed}` {why}"));
    let stem = match plain.rsplit_once('.') {
        Some((stem, ending)) if ending.eq_ignore_ascii_case("md") => stem,
        Some((_, ending)) if !ending.contains('/') && !ending.is_empty() => {
            return Err(failure("is no name of a new page").help("it ends in `.md`"));
        }
        _ => plain,
    };
    let parts: Vec<&str> = stem.split('/').collect();
    if parts.iter().any(|part| matches!(*part, "" | "..")) {
        return Err(failure("is no path in the folder of the texts")
            .help("name it from there, such as `guide/how-we-plan`"));
    }
    if parts.iter().any(|part| part.starts_with(['.', '_'])) {
        return Err(
            failure("would be ignored").help("files and folders that begin with `.` or `_` are no pages")
        );
    }
    if parts[0].eq_ignore_ascii_case("okrs") {
        return Err(failure("is a place of OKR documents").help("`okrbook new cycle NAME` makes those"));
    }
    Ok(format!("{stem}.md"))
}

/// The last part of the path as a title; of an index its folder's.
fn title(path: &str) -> String {
    let stem = path.trim_end_matches(".md").trim_end_matches("/index");
    let name = stem.rsplit('/').next().unwrap_or(stem).replace(['-', '_'], " ");
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_a_place_and_a_title() {
        for (typed, path, name) in [
            ("guide/how-we-plan", "guide/how-we-plan.md", "How we plan"),
            ("content/about.md", "about.md", "About"),
            ("./guide/index.md", "guide/index.md", "Guide"),
        ] {
            assert_eq!(in_src("content", typed).unwrap(), path);
            assert_eq!(title(path), name);
        }
        for typed in ["", "/etc/x", "../x", "a/../b", "a.txt", "okrs/fy27-q1/x", "_x", "a/.b", "a/"] {
            assert!(in_src("content", typed).is_err(), "{typed}");
        }
    }
}
