//! Small books with the findings that are expected of them written below: every file of
//! `tests/cases/*/*.md`, and the books of `tests/books`.
//!
//! A case begins with `=== what it shows`, with a day in round brackets at the end where it is not
//! looked at on 2026-02-20. Its files are those of an example of a rule (see
//! `okrbook::rules::Example`), and its last section, `--- findings`, is what a check finds. A file
//! speaks of the group that its folder is named after: besides that group's findings it lists those of
//! format/ and reference/ and all errors.
//!
//! With `OKRBOOK_BLESS=1` the findings are written anew. Read the difference before you commit it.

use std::fs;
use std::path::{Path, PathBuf};

use okrbook::diagnostic::{Reported, Severity};
use okrbook::load::{self, Folders};
use okrbook::rules::{Example, catalogue};
use okrbook::source::Span;

use crate::judged::{fixes_settle, judged, lines, places_are_sound};

const FINDINGS: &str = "--- findings\n";

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn blessing() -> bool {
    std::env::var_os("OKRBOOK_BLESS").is_some_and(|value| value == "1")
}

/// The case files, in order.
fn case_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder("cases"))
        .into_iter()
        .filter_map(Result::ok)
        .map(|entry| entry.into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    files
}

fn group(path: &Path) -> String {
    path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap()
}

/// Whether a case of a group lists a finding.
fn is_shown(group: &str, reported: &Reported) -> bool {
    let own = reported.finding.rule.split('/').next().unwrap();
    matches!(own, "format" | "reference") || own == group || reported.severity == Severity::Error
}

/// What a case finds, as it stands in its file.
fn findings(title: &str, files: &str, group: &str) -> Result<String, String> {
    let date = title.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map_or("", |(_, date)| date);
    // a case lives as long as the test
    let (files, date): (&'static str, &'static str) =
        (Box::leak(files.to_owned().into_boxed_str()), Box::leak(date.to_owned().into_boxed_str()));
    let (inputs, today) = Example::new(files).on(date).inputs();
    let all = judged(&inputs, today);
    places_are_sound(&inputs, &all)?;
    fixes_settle(&inputs, today, &all)?;
    let shown: Vec<Reported> = all.into_iter().filter(|reported| is_shown(group, reported)).collect();
    Ok(written(&lines(&inputs, &shown)))
}

fn written(lines: &[String]) -> String {
    if lines.is_empty() {
        return "//! nothing\n".to_owned();
    }
    lines.iter().map(|line| format!("//! {line}\n")).collect()
}

#[test]
fn every_case_finds_what_it_says() {
    let mut wrong = Vec::new();
    for path in case_files() {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(folder("cases")).unwrap().display().to_string();
        let mut parts = text.split("\n=== ");
        let mut anew = parts.next().unwrap().to_owned();
        for part in parts {
            let (title, rest) = part.split_once('\n').unwrap_or((part, ""));
            let (files, expected) = rest.split_once(FINDINGS).unwrap_or((rest, ""));
            let found = findings(title.trim(), files, &group(&path)).unwrap_or_else(|problem| {
                wrong.push(format!("{name}: {title}: {problem}"));
                expected.trim_end().to_owned() + "\n"
            });
            if found.trim_end() != expected.trim_end() && !blessing() {
                wrong.push(format!("{name}: {title}\nexpected:\n{}\nfound:\n{found}", expected.trim_end()));
            }
            anew.push_str(&format!("\n=== {title}\n{files}{FINDINGS}{found}"));
        }
        if blessing() && anew != text {
            fs::write(&path, anew).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n\n{}\n\nOKRBOOK_BLESS=1 writes what is found\n", wrong.join("\n\n"));
}

#[test]
fn every_rule_has_its_cases() {
    let missing: Vec<&str> = catalogue()
        .into_iter()
        .filter(|rule| folder("cases").join(rule.group()).is_dir())
        .map(|rule| rule.name)
        .filter(|name| !folder("cases").join(format!("{name}.md")).is_file())
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
    let unnamed: Vec<PathBuf> = case_files()
        .into_iter()
        .filter(|path| group(path) != "mistakes")
        .filter(|path| {
            let name = format!("{}/{}", group(path), path.file_stem().unwrap().to_string_lossy());
            !catalogue().iter().any(|rule| rule.name == name)
        })
        .collect();
    assert_eq!(unnamed, Vec::<PathBuf>::new());
}

/// Of each rule there is a book that breaks it and one that does not.
#[test]
fn every_rule_has_a_case_that_is_wrong_and_one_that_is_right() {
    let mut lacking = Vec::new();
    for path in case_files().into_iter().filter(|path| group(path) != "mistakes") {
        let rule = format!("{}/{}", group(&path), path.file_stem().unwrap().to_string_lossy());
        let text = fs::read_to_string(&path).unwrap();
        let finds = |case: &str| {
            case.split(FINDINGS).nth(1).is_some_and(|found| found.contains(&format!(" {rule}: ")))
        };
        let cases = || text.split("\n=== ").skip(1);
        if !cases().any(finds) {
            lacking.push(format!("{rule}: no case breaks it"));
        }
        if cases().all(finds) {
            lacking.push(format!("{rule}: no case keeps to it"));
        }
    }
    assert_eq!(lacking, Vec::<String>::new());
}

/// A whole handbook with forty mistakes in twelve files.
#[test]
fn forty_mistakes_are_found_once_each() {
    let dir = folder("books/forty");
    let folders = Folders {
        src: ("content".to_owned(), Span::default()),
        theme: ("default".to_owned(), Span::default()),
        build_dir: "site".to_owned(),
    };
    let inputs = load::inputs(&dir, load::book_toml(&dir).unwrap(), &folders).unwrap();
    let all = judged(&inputs, "2026-02-20".parse().unwrap());
    places_are_sound(&inputs, &all).unwrap();
    fixes_settle(&inputs, "2026-02-20".parse().unwrap(), &all).unwrap();
    let errors: Vec<Reported> =
        all.into_iter().filter(|reported| reported.severity == Severity::Error).collect();
    let found = written(&lines(&inputs, &errors));
    let expected = folder("books/forty.txt");
    if blessing() {
        fs::write(&expected, &found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(&expected).unwrap());
    assert_eq!(errors.len(), 40);
    let files: std::collections::BTreeSet<&str> =
        errors.iter().map(|reported| reported.finding.place.path.as_ref()).collect();
    assert_eq!(files.len(), 12);
}
