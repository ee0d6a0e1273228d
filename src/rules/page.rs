//! A rule's page of the guide, made of the same facts as `explain`.

use std::fmt::Write as _;

use super::{Example, Rule};
use crate::diagnostic::Severity;

/// The page as a Markdown file. Its file's name is [`file_name`].
pub fn page(rule: &Rule) -> String {
    let mut text = format!(
        "+++\ntitle = \"{}\"\ndescription = \"{}\"\nweight = 100\n+++\n\n",
        rule.name,
        rule.summary.replace('\\', "\\\\").replace('"', "\\\"")
    );
    let severity = match rule.severity {
        Some(Severity::Error) => "It is an **error**",
        Some(Severity::Warning) => "It is a **warning**",
        Some(Severity::Note) => "It is a **note**",
        None => "It is **off** until a book sets it",
    };
    let _ = write!(text, "Finds {}.\n\n{severity}. {}\n\n", rule.summary, changed(rule));
    let _ = write!(text, "## Why\n\n{}\n\nSource: {}.\n\n", rule.why.trim(), rule.source);
    let _ = write!(text, "## Broken\n\n{}## Mended\n\n{}", files(rule.broken), files(rule.mended));
    let _ = writeln!(
        text,
        "`okrbook explain {}` says the same in the terminal. [All rules](../rules.md)",
        rule.name
    );
    text
}

/// All rules in a table a group, each with the way to its page, as seen from the guide's page on rules.
pub fn list() -> String {
    let mut text = String::new();
    let mut group = "";
    for rule in super::catalogue() {
        if rule.group() != group {
            group = rule.group();
            let _ = write!(text, "\n### {group}\n\n| rule | finds | severity |\n| --- | --- | --- |\n");
        }
        let severity = rule.severity.map_or("off", Severity::as_str);
        let summary = rule.summary.replace('|', "\\|");
        let _ = writeln!(text, "| [{}](rules/{}) | {summary} | {severity} |", rule.name, file_name(rule));
    }
    text
}

/// The name of a rule's page: `contract-uncovered.md`.
pub fn file_name(rule: &Rule) -> String {
    format!("{}.md", rule.name.replace('/', "-"))
}

/// How a book and a document can change what the rule weighs.
fn changed(rule: &Rule) -> String {
    match (rule.can_be_set(), rule.can_be_silenced()) {
        (true, true) => format!(
            "`\"{}\" = \"off\"` (or `note`, `warn`, `error`) under `[rules]` in book.toml sets it for the book, an `[[allow]]` silences it in a document.",
            rule.name
        ),
        (true, false) => format!(
            "`\"{}\" = \"off\"` (or `note`, `warn`, `error`) under `[rules]` in book.toml sets it for the book; a document cannot silence it.",
            rule.name
        ),
        (false, _) => "It holds in every book: it cannot be set, and no document can silence it.".to_owned(),
    }
}

/// The files of an example, each as a block of code under its path.
fn files(example: Example) -> String {
    let mut text = String::new();
    if !example.date.is_empty() {
        let _ = write!(text, "On {}:\n\n", example.date);
    }
    for (path, content) in example.files() {
        let _ = write!(text, "`{path}`:\n\n````text\n{}\n````\n\n", content.trim_end());
    }
    text
}
