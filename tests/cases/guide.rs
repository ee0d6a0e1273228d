//! The rules' pages of the guide are those of the catalogue. `OKRBOOK_BLESS=1` writes them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use okrbook::rules::{catalogue, file_name, list, page};

/// The heading of the guide's page on rules after which all of them are listed.
const ALL: &str = "## All rules {#all}\n";

#[test]
fn the_rules_pages_of_the_guide_are_those_of_the_catalogue() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guide");
    let expected: BTreeMap<String, String> =
        catalogue().into_iter().map(|rule| (file_name(rule), page(rule))).collect();
    let text = fs::read_to_string(guide.join("rules.md")).unwrap();
    let (before, _) = text.split_once(ALL).expect("the page on rules lists all of them");
    let listed = format!("{before}{ALL}{}", list());
    if std::env::var_os("OKRBOOK_BLESS").is_some() {
        let _ = fs::remove_dir_all(guide.join("rules"));
        fs::create_dir_all(guide.join("rules")).unwrap();
        for (name, text) in &expected {
            fs::write(guide.join("rules").join(name), text).unwrap();
        }
        fs::write(guide.join("rules.md"), listed).unwrap();
        return;
    }
    assert!(
        text == listed,
        "content/guide/rules.md is not what the catalogue says: OKRBOOK_BLESS=1 writes it"
    );
    let found: BTreeMap<String, String> = fs::read_dir(guide.join("rules"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect();
    for (name, text) in &expected {
        assert!(
            found.get(name) == Some(text),
            "{name} is not what the catalogue says: OKRBOOK_BLESS=1 writes it"
        );
    }
    assert_eq!(found.len(), expected.len(), "a page of a rule that there is not");
}
