//! Findings in the formats of services, of the handbook with forty mistakes: `tests/books/forty.*`, as a
//! service would get them, written anew with `OKRBOOK_BLESS=1`. The published schema of SARIF is held
//! against that file in `tests/browser/formats.test.mjs`; the others have a documented shape, held here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use okrbook::rules::catalogue;
use serde_json::Value;

use crate::runner::{Book, Ran};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The forty mistakes in a format, with the book in a folder of its repository.
fn forty(format: &str) -> String {
    let book = Book::empty();
    copy(&root().join("tests/books/forty"), &book.path("docs"));
    checked(&book, format).output
}

fn checked(book: &Book, format: &str) -> Ran {
    book.run(&["check", "--book", "docs", "--format", format]).exits(1)
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The output in a format, held against its file.
fn held(format: &str, file: &str) -> Value {
    let output = forty(format);
    let path = root().join("tests/books").join(file);
    if std::env::var_os("OKRBOOK_BLESS").is_some_and(|value| value == "1") {
        fs::write(&path, &output).unwrap();
    }
    assert_eq!(output, fs::read_to_string(&path).unwrap_or_default(), "OKRBOOK_BLESS=1 writes {file}");
    serde_json::from_str(&output).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A path of the repository, relative, to a file that is there.
fn leads_to_a_file(path: &str) {
    assert!(path.starts_with("docs/") && !path.contains(".."), "{path}");
    let file = root().join("tests/books/forty").join(path.strip_prefix("docs/").unwrap());
    assert!(file.is_file(), "{path}");
}

#[test]
fn sarif_has_rules_with_help_relative_places_fixes_and_fingerprints() {
    let log = held("sarif", "forty.sarif");
    let run = &log["runs"][0];
    let rules = list(&run["tool"]["driver"]["rules"]);
    assert_eq!(rules.len(), catalogue().len());
    for (rule, own) in rules.iter().zip(catalogue()) {
        assert_eq!(rule["id"], own.name);
        assert!(
            rule["help"]["text"].as_str().unwrap().len()
                > rule["shortDescription"]["text"].as_str().unwrap().len()
        );
    }
    let results = list(&run["results"]);
    let mut prints = BTreeSet::new();
    let mut fixes = 0;
    for result in results {
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
        assert!(prints.insert(result["partialFingerprints"]["okrbook/v1"].as_str().unwrap()), "{result}");
        let related = list(&result["relatedLocations"]).iter();
        for location in list(&result["locations"]).iter().chain(related) {
            let place = &location["physicalLocation"];
            leads_to_a_file(place["artifactLocation"]["uri"].as_str().unwrap());
            let region = &place["region"];
            let at =
                |line: &str, column: &str| (region[line].as_u64().unwrap(), region[column].as_u64().unwrap());
            assert!((1, 1) <= at("startLine", "startColumn"));
            assert!(at("startLine", "startColumn") <= at("endLine", "endColumn"));
        }
        for fix in list(&result["fixes"]) {
            fixes += 1;
            assert!(!fix["description"]["text"].as_str().unwrap().is_empty());
            for change in list(&fix["artifactChanges"]) {
                leads_to_a_file(change["artifactLocation"]["uri"].as_str().unwrap());
                assert!(
                    list(&change["replacements"]).iter().all(|of| of["insertedContent"]["text"].is_string())
                );
            }
        }
    }
    assert!(results.len() >= 40 && fixes > 20, "{} results, {fixes} fixes", results.len());
}

/// What GitLab documents of a Code Quality report: these keys, these severities, a fingerprint that is unique.
#[test]
fn a_report_of_code_quality_is_as_gitlab_documents_it() {
    let report = held("gitlab", "forty.gitlab.json");
    let mut prints = BTreeSet::new();
    for issue in list(&report) {
        for key in ["description", "check_name", "fingerprint"] {
            assert!(issue[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {issue}");
        }
        let severities = ["info", "minor", "major", "critical", "blocker"];
        assert!(severities.contains(&issue["severity"].as_str().unwrap()), "{issue}");
        assert!(prints.insert(issue["fingerprint"].as_str().unwrap()), "{issue}");
        leads_to_a_file(issue["location"]["path"].as_str().unwrap());
        let lines = &issue["location"]["lines"];
        assert!(1 <= lines["begin"].as_u64().unwrap() && lines["begin"].as_u64() <= lines["end"].as_u64());
    }
    assert!(list(&report).len() >= 40);
}

/// What reviewdog documents of its `DiagnosticResult`: these keys and no others.
#[test]
fn rdjson_is_as_reviewdog_documents_it() {
    let result = held("rdjson", "forty.rdjson.json");
    let only = |value: &Value, keys: &[&str]| {
        let names = value.as_object().unwrap().keys();
        let strange: Vec<&String> = names.filter(|name| !keys.contains(&name.as_str())).collect();
        assert!(strange.is_empty(), "{strange:?}");
    };
    let range = |value: &Value| {
        only(value, &["start", "end"]);
        for end in ["start", "end"] {
            only(&value[end], &["line", "column"]);
            assert!(value[end]["line"].as_u64() >= Some(1) && value[end]["column"].as_u64() >= Some(1));
        }
    };
    let location = |value: &Value| {
        only(value, &["path", "range"]);
        leads_to_a_file(value["path"].as_str().unwrap());
        range(&value["range"]);
    };
    only(&result, &["source", "diagnostics", "severity"]);
    assert_eq!(result["source"]["name"], "okrbook");
    for diagnostic in list(&result["diagnostics"]) {
        only(
            diagnostic,
            &[
                "message",
                "location",
                "severity",
                "source",
                "code",
                "suggestions",
                "originalOutput",
                "relatedLocations",
            ],
        );
        assert!(["ERROR", "WARNING", "INFO"].contains(&diagnostic["severity"].as_str().unwrap()));
        only(&diagnostic["code"], &["value", "url"]);
        location(&diagnostic["location"]);
        for suggestion in list(&diagnostic["suggestions"]) {
            only(suggestion, &["range", "text"]);
            range(&suggestion["range"]);
        }
        for related in list(&diagnostic["relatedLocations"]) {
            only(related, &["message", "location"]);
            location(&related["location"]);
        }
    }
    assert!(list(&result["diagnostics"]).len() >= 40);
}

/// The fingerprints of a book's findings, by file.
fn prints(book: &Book, format: &str) -> BTreeMap<String, BTreeSet<String>> {
    let output: Value = serde_json::from_str(&checked(book, format).output).unwrap();
    let issues = if format == "gitlab" { list(&output) } else { list(&output["runs"][0]["results"]) };
    let mut prints: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for issue in issues {
        let (path, print) = match format {
            "gitlab" => (&issue["location"]["path"], &issue["fingerprint"]),
            _ => (
                &issue["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
                &issue["partialFingerprints"]["okrbook/v1"],
            ),
        };
        let path = path.as_str().unwrap().to_owned();
        prints.entry(path).or_default().insert(print.as_str().unwrap().to_owned());
    }
    prints
}

#[test]
fn fingerprints_survive_lines_that_move_and_go_with_the_mistake() {
    let book = Book::empty();
    copy(&root().join("tests/books/forty"), &book.path("docs"));
    let path = "docs/content/okrs/fy27-q1/product.md";
    for format in ["sarif", "gitlab"] {
        let before = prints(&book, format);
        let text = book.text(path);
        let moved = text.replacen("+++\n", "+++\n# a comment\n\n\n", 1);
        assert_ne!(moved, text);
        book.put(path, &moved);
        assert_eq!(prints(&book, format), before, "{format}");
        book.put(path, "+++\n+++\n");
        assert_ne!(prints(&book, format).get(path), before.get(path), "{format}");
        book.put(path, &text);
    }
}
