//! The project's own laws, held by reading its sources.
//!
//! Direction of modules: each word of [`VOCABULARY`] may use those before it, each other module
//! that and what its row in [`MAY_USE`] says. A new module of `src/` gets its row there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The vocabulary, in order: each may use those before it.
const VOCABULARY: &[&str] = &[
    "source",
    "diagnostic",
    "failure",
    "inputs",
    "date",
    "number",
    "lang",
    "markdown",
    "keys",
    "table",
    "config",
];

/// What each other module may use besides the vocabulary.
const MAY_USE: &[(&str, &[&str])] = &[
    ("chart", &[]),
    ("prose", &[]),
    ("search", &[]),
    ("parse", &[]),
    ("model", &["parse"]),
    ("links", &["parse", "model"]),
    ("story", &["parse", "model"]),
    ("rules", &["parse", "model", "links", "changes"]),
    ("pages", &["chart", "prose", "parse", "model", "links", "story", "changes", "search"]),
    ("export", &["parse", "model", "links"]),
    ("schema", &["rules"]),
    ("calendar", &["parse", "model", "links"]),
    ("status", &["parse", "model", "links", "story", "report"]),
    ("render", &["chart", "prose", "pages"]),
    ("session", &["parse", "model", "links", "rules", "pages", "render", "search"]),
    ("edition", &["model", "pages", "render", "search", "session", "export", "calendar"]),
    ("report", &[]),
    ("edit", &[]),
    ("changes", &["parse", "model"]),
    // the shell
    ("load", &[]),
    ("write", &[]),
    ("history", &["changes", "session"]),
    ("serve", &["load", "history", "session", "edition", "report"]),
    (
        "cli",
        &[
            "parse", "model", "links", "rules", "pages", "export", "calendar", "status", "render", "session",
            "edition", "report", "schema", "edit", "changes", "load", "write", "history", "serve",
        ],
    ),
];

/// Words of the vocabulary that the templates' side does not know.
const NOT_IN_RENDER: &[&str] = &["config", "table", "keys"];

/// The only ones that touch files, network, environment and clock.
const SHELL: &[&str] = &["load", "write", "history", "serve", "cli"];

/// Most files have 50 to 250 lines; one this long is about more than one thing.
const LONGEST_FILE: usize = 800;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below a folder: their paths from it, and their texts.
fn rust_files(below: &str) -> Vec<(String, String)> {
    let folder = root().join(below);
    let mut files: Vec<(String, String)> = walkdir::WalkDir::new(&folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"))
        .map(|entry| {
            let path = entry.path().strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// The module of `src/` that a file belongs to.
fn module(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// The part of a file that is no test.
fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]").next().unwrap_or(text)
}

fn is_test_file(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// The modules that a text names after `crate::`.
fn uses(text: &str) -> BTreeSet<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut used = BTreeSet::new();
    for (at, found) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(group) => used.extend(heads_of_group(group)),
            None => used.extend([head(rest)]),
        }
    }
    used
}

fn head(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first names of `{a::b, c::{d, e}}`.
fn heads_of_group(group: &str) -> Vec<String> {
    let (mut heads, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                heads.push(head(group[start..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(head(group[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
    }
    heads
}

/// What a module may use; none if it has no row.
fn allowed(module: &str) -> Option<BTreeSet<&'static str>> {
    if let Some(at) = VOCABULARY.iter().position(|name| *name == module) {
        return Some(VOCABULARY[..=at].iter().copied().collect());
    }
    let (own, others) = MAY_USE.iter().find(|(name, _)| *name == module)?;
    let vocabulary = VOCABULARY.iter().filter(|name| module != "render" || !NOT_IN_RENDER.contains(name));
    Some(vocabulary.chain(*others).chain([own]).copied().collect())
}

#[test]
fn modules_use_each_other_in_one_direction() {
    let mut wrong = Vec::new();
    let files = rust_files("src");
    // what else stands at the crate's root are the pipeline's own types and functions
    let modules: BTreeSet<&str> = files.iter().map(|(path, _)| module(path)).collect();
    for (path, text) in files.iter().filter(|(path, _)| !matches!(&**path, "lib.rs" | "main.rs")) {
        if is_test_file(path) {
            continue;
        }
        let Some(allowed) = allowed(module(path)) else {
            wrong.push(format!("src/{path}: give its module a row in tests/cases/tidy.rs"));
            continue;
        };
        let beyond = uses(without_tests(text))
            .into_iter()
            .filter(|used| modules.contains(used.as_str()) && !allowed.contains(used.as_str()));
        wrong.extend(beyond.map(|used| format!("src/{path}: `{}` does not use `{used}`", module(path))));
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn only_the_shell_opts_out_of_the_fence() {
    let files = rust_files("src");
    let out = files.iter().filter(|(_, text)| without_tests(text).contains("disallowed_methods"));
    let wrong: Vec<&String> =
        out.map(|(path, _)| path).filter(|path| !SHELL.contains(&module(path))).collect();
    assert!(wrong.is_empty(), "{wrong:?} touch files, network, environment or clock");
}

#[test]
fn a_file_says_what_it_is_and_is_about_one_thing() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for (path, text) in rust_files(folder) {
            let stem = Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned();
            if matches!(&*stem, "utils" | "util" | "helpers" | "helper" | "common" | "manager" | "misc") {
                wrong.push(format!("{folder}/{path}: a file is named after what it is about"));
            }
            if !text.starts_with("//!") && !is_test_file(&format!("/{path}")) {
                wrong.push(format!("{folder}/{path}: begins with `//!` and what it is"));
            }
            if without_tests(&text).lines().count() > LONGEST_FILE {
                wrong.push(format!("{folder}/{path}: has over {LONGEST_FILE} lines"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn no_case_is_forgotten() {
    let named = fs::read_to_string(root().join("tests/cases.rs")).unwrap();
    for (path, _) in rust_files("tests/cases").iter().filter(|(path, _)| !path.contains('/')) {
        let module = path.trim_end_matches(".rs");
        assert!(named.contains(&format!("mod {module};")), "tests/cases.rs does not name {path}");
    }
}

#[test]
fn uses_are_read_as_the_compiler_reads_them() {
    let text = "use crate::a::b;\nuse crate::{c::{d, e}, f, g::*};\n// use crate::no;\nfn x() { crate::h::i(); mycrate::no() }\nuse crate::Upper;";
    let expected = ["Upper", "a", "c", "f", "g", "h"].map(String::from);
    assert_eq!(uses(text), BTreeSet::from(expected));
}
