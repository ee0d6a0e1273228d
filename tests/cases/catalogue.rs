//! The catalogue of rules: each is explained, broken and mended, and every name that the program uses
//! is one of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use okrbook::diagnostic::{Reported, Severity};
use okrbook::inputs::Inputs;
use okrbook::rules::{Example, Rule, catalogue};
use okrbook::source::Source;

use crate::judged::{fixes_settle, judged, lines, places_are_sound};
use crate::runner::Book;

/// The groups in the order in which they are explained.
const GROUPS: [&str; 6] = ["format", "reference", "contract", "process", "investment", "quality"];

/// The findings of an example, with its rule switched on.
fn look(rule: &Rule, example: Example) -> (Inputs, Vec<Reported>) {
    let (mut inputs, today) = example.inputs();
    if rule.severity.is_none() {
        let text = format!("{}\n[rules]\n\"{}\" = \"warn\"\n", inputs.book.text, rule.name);
        inputs.book = Source::new("book.toml", text);
    }
    let found = judged(&inputs, today);
    places_are_sound(&inputs, &found).unwrap();
    fixes_settle(&inputs, today, &found).unwrap();
    (inputs, found)
}

/// How often each rule is found.
fn count(found: &[Reported]) -> BTreeMap<&'static str, usize> {
    let mut count = BTreeMap::new();
    for reported in found {
        *count.entry(reported.finding.rule).or_insert(0) += 1;
    }
    count
}

/// The broken example breaks its rule and nothing else that the mended one does not break too; in the
/// mended one nothing is wrong.
#[test]
fn every_rule_is_broken_and_mended_by_its_examples() {
    let mut wrong = Vec::new();
    for rule in catalogue() {
        let (inputs, found) = look(rule, rule.broken);
        let (mended_inputs, left) = look(rule, rule.mended);
        let (broken, mended) = (count(&found), count(&left));
        let mut say = |problem: &str, inputs: &Inputs, found: &[Reported]| {
            wrong.push(format!("{}: {problem}\n{}", rule.name, lines(inputs, found).join("\n")));
        };
        if !broken.contains_key(rule.name) {
            say("its broken example does not break it", &inputs, &found);
        }
        if broken
            .iter()
            .any(|(name, times)| *name != rule.name && *times > mended.get(name).copied().unwrap_or(0))
        {
            say("its broken example breaks other rules", &inputs, &found);
        }
        if mended.contains_key(rule.name) || left.iter().any(|of| of.severity == Severity::Error) {
            say("its mended example is not mended", &mended_inputs, &left);
        }
        let short = found.iter().find(|of| of.finding.rule == rule.name && of.finding.message.is_empty());
        if short.is_some() {
            say("a finding says nothing", &inputs, &found);
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n\n"));
}

#[test]
fn the_book_that_examples_change_has_nothing_to_report() {
    let (inputs, today) = Example::new("").inputs();
    let found = judged(&inputs, today);
    assert_eq!(lines(&inputs, &found), Vec::<String>::new());
}

#[test]
fn every_rule_says_what_it_wants_and_why() {
    let mut seen = BTreeSet::new();
    let mut last = 0;
    for rule in catalogue() {
        assert!(seen.insert(rule.name), "{} is there twice", rule.name);
        let at = GROUPS.iter().position(|group| *group == rule.group());
        let at = at.unwrap_or_else(|| panic!("{}: no such group", rule.name));
        assert!(at >= last, "{} does not stand with its group", rule.name);
        last = at;
        let kebab = rule.name[rule.group().len() + 1..]
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(kebab, "{}", rule.name);
        assert!(rule.summary.len() > 10 && !rule.summary.ends_with('.'), "{}: {}", rule.name, rule.summary);
        assert!(rule.why.len() > 80 && rule.why.ends_with('.'), "{}: {}", rule.name, rule.why);
        assert!(!rule.source.is_empty(), "{} has no source", rule.name);
        assert_ne!(rule.broken.files, rule.mended.files, "{}", rule.name);
    }
}

#[test]
fn every_rule_is_explained() {
    let book = Book::empty();
    for rule in catalogue() {
        let ran = book.run(&["explain", rule.name]).succeeds();
        // its lines are as long as fits
        let told = ran.output.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [rule.name, rule.summary, rule.why.lines().next().unwrap()] {
            assert!(told.contains(part), "{}: {part}\n{}", rule.name, ran.output);
        }
    }
}

/// Names of rules in the sources, tests left aside.
fn names_in_use() -> BTreeSet<(String, String)> {
    let src = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut names = BTreeSet::new();
    for entry in walkdir::WalkDir::new(&src).into_iter().filter_map(Result::ok) {
        let path = entry.path();
        let is_test = path.file_stem().is_some_and(|stem| stem == "tests");
        if path.extension().is_none_or(|extension| extension != "rs") || is_test {
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        let code = text.split("\n#[cfg(test)]").next().unwrap();
        let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for literal in code.join("\n").split('"') {
            let Some((group, rest)) = literal.split_once('/') else { continue };
            let plain = !rest.is_empty() && rest.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            if GROUPS.contains(&group) && plain {
                names.insert((literal.to_owned(), path.display().to_string()));
            }
        }
    }
    names
}

#[test]
fn every_name_in_the_sources_is_one_of_the_catalogue() {
    let known: BTreeSet<&str> = catalogue().into_iter().map(|rule| rule.name).collect();
    let names = names_in_use();
    let unknown: Vec<_> = names.iter().filter(|(name, _)| !known.contains(name.as_str())).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
