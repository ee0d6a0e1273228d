//! `schema`: what editors are told of front matter and book.toml is what `check` says, as far as a schema
//! can know it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use okrbook::diagnostic::{Finding, Sink};
use okrbook::rules::Example;
use okrbook::schema::{Of, all, schema};
use okrbook::source::Source;
use serde_json::Value;

use crate::judged::judged;
use crate::runner::Book;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn validators() -> BTreeMap<&'static str, Validator> {
    let made = Of::ALL.into_iter().map(|of| {
        let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema(of));
        (of.name(), validator.unwrap())
    });
    made.collect()
}

/// TOML as an editor hands it to a schema: days are texts.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::from(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(flag) => Value::from(flag),
        toml::Value::Datetime(day) => Value::from(day.to_string()),
        toml::Value::Array(values) => values.into_iter().map(json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(name, value)| (name, json(value))).collect(),
    }
}

/// What a schema can look at in a file: which schema, and the values; none in a page, or where the TOML does
/// not parse.
fn looked_at(source: &Source) -> Option<(&'static str, Value)> {
    let parsed = |text: &str| text.parse::<toml::Table>().ok().map(|table| json(toml::Value::Table(table)));
    if *source.path == *"book.toml" {
        return Some(("book", parsed(&source.text)?));
    }
    if !source.path.contains("/okrs/") {
        return None;
    }
    let parts = okrbook::parse::parts(source, true, &mut Sink::new(&source.path));
    let of = if source.path.ends_with("/direction.md") { "direction" } else { "document" };
    Some((of, parsed(source.slice(parts.front?))?))
}

/// The sources of a book on disk.
fn sources(dir: &Path) -> Vec<Source> {
    let read = |path: PathBuf| {
        let name = path.strip_prefix(dir).unwrap().to_string_lossy().replace('\\', "/");
        Source::from_bytes(name, fs::read(&path).unwrap())
    };
    let files = walkdir::WalkDir::new(dir.join("content")).into_iter().filter_map(Result::ok);
    let files = files.map(walkdir::DirEntry::into_path);
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.chain([dir.join("book.toml")]).map(read).collect()
}

#[test]
fn the_command_prints_one_or_all_of_them() {
    let nowhere = Book::empty();
    for of in Of::ALL {
        let printed: Value =
            serde_json::from_str(&nowhere.run(&["schema", of.name()]).succeeds().output).unwrap();
        assert_eq!(printed, schema(of));
        assert_eq!(printed["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(jsonschema::meta::is_valid(&printed));
    }
    let printed: Value = serde_json::from_str(&nowhere.run(&["schema"]).succeeds().output).unwrap();
    assert_eq!(printed, all());
    assert_eq!(printed.as_object().unwrap().len(), 3);
    nowhere.run(&["schema", "page"]).refuses("possible values: book, document, direction");
}

#[test]
fn what_is_right_is_right_by_the_schema() {
    let (validators, mut seen) = (validators(), 0);
    for dir in [root(), root().join("tests/books/meridian"), root().join("tests/books/quarter")] {
        for source in sources(&dir) {
            let Some((of, value)) = looked_at(&source) else { continue };
            let errors: Vec<String> =
                validators[of].iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", source.path);
            seen += 1;
        }
    }
    assert!(seen > 40, "{seen}");
}

/// The rules of mistakes that stand in one table, which a schema can know.
const ONE_TABLE: [&str; 7] = [
    "format/unknown-key",
    "format/wrong-type",
    "format/missing-key",
    "format/bad-id",
    "format/bad-value",
    "format/mixed-measure",
    "format/mixed-forms",
];

/// What of them a schema cannot know, by words of the message: two values beside each other, and what an
/// address or a path means.
const BEYOND: [&str; 8] = [
    "`from` and `to` are both",
    "nothing is at least",
    "a milestone's value is 0.0 to 1.0",
    "ends before it starts",
    "leaves the book's folder",
    "is no address",
    "has no `{path}` in it",
    "where the texts are",
];

/// JSON does not tell a day in quotes from a day.
fn is_a_day_in_quotes(finding: &Finding) -> bool {
    finding.message.contains("takes a day, not a text") && !finding.fixes.is_empty()
}

/// Every file of the written cases of format/, with what is found in it and whether the schema takes it.
#[test]
fn what_the_format_refuses_the_schema_refuses() {
    let validators = validators();
    let (mut refused, mut taken, mut wrong) = (0, 0, Vec::new());
    let cases = walkdir::WalkDir::new(root().join("tests/cases/format")).sort_by_file_name().into_iter();
    for path in cases.filter_map(Result::ok).map(walkdir::DirEntry::into_path).filter(|path| path.is_file()) {
        let text = fs::read_to_string(&path).unwrap();
        for case in text.split("\n=== ").skip(1) {
            let (title, rest) = case.split_once('\n').unwrap();
            let files = rest.split("--- findings\n").next().unwrap().to_owned();
            let (inputs, today) = Example::new(Box::leak(files.into_boxed_str())).inputs();
            let found = judged(&inputs, today);
            for source in inputs.documents.iter().chain([&inputs.book]) {
                let Some((of, value)) = looked_at(source) else { continue };
                let own: Vec<&str> = found
                    .iter()
                    .map(|reported| &reported.finding)
                    .filter(|finding| {
                        *finding.place.path == *source.path && ONE_TABLE.contains(&finding.rule)
                    })
                    .filter(|finding| !is_a_day_in_quotes(finding))
                    .map(|finding| finding.message.as_str())
                    .filter(|message| !BEYOND.iter().any(|beyond| message.contains(beyond)))
                    .collect();
                let valid = validators[of].is_valid(&value);
                if own.is_empty() == valid {
                    if valid { taken += 1 } else { refused += 1 }
                } else {
                    let errors: Vec<String> =
                        validators[of].iter_errors(&value).map(|error| error.to_string()).collect();
                    wrong.push(format!(
                        "{} ({title}), {}: found {own:?}, the schema says {errors:?}",
                        path.file_name().unwrap().to_string_lossy(),
                        source.path
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    assert!(refused > 40 && taken > 100, "{refused} refused, {taken} taken");
}
