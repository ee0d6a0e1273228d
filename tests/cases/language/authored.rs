//! What the people of a handbook wrote: names, titles, units of measure, words in front matter.

use std::collections::BTreeSet;
use std::path::Path;

use toml::{Table, Value};

/// Keys whose values the program reads and does not show as they stand.
const READ: &[&str] = &[
    "verdict",
    "state",
    "commitment",
    "kind",
    "language",
    "what",
    "id",
    "measure",
    "cadence",
    "rhythm",
    "deliverable",
    "allow",
];
/// Values that a key of front matter chooses from: a page says them in the words of its language.
const CHOSEN: &[&str] = &[
    "changed",
    "declined",
    "no-change-needed",
    "open",
    "sufficient",
    "partial",
    "not-ours",
    "committed",
    "aspirational",
    "learning",
    "paused",
    "dropped",
    "active",
    "direction",
    "drafts",
    "final",
    "grades",
    "draft",
    "milestone",
    "quarter",
    "year",
    "half",
    "other",
];

/// The words of a handbook.
pub struct Authored(BTreeSet<String>);

impl Authored {
    /// Those of a book in a folder.
    pub fn of(folder: &Path) -> Self {
        let mut words = BTreeSet::new();
        // names of the program and the company's cycles
        words.extend(["OKRs", "git", "no-change-needed", "okrbook check"].map(str::to_owned));
        let book: Table =
            std::fs::read_to_string(folder.join("book.toml")).unwrap().parse().unwrap_or_default();
        collect("", &Value::Table(book), &mut words);
        let files = walkdir::WalkDir::new(folder.join("content")).into_iter().filter_map(Result::ok);
        for file in files.filter(|file| file.path().extension().is_some_and(|own| own == "md")) {
            let text = String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).into_owned();
            let path = file.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            words.extend(path.split('/').map(|part| part.trim_end_matches(".md").to_owned()));
            words.insert(path);
            let mut parts = text.splitn(3, "+++");
            let (_, front) = (parts.next(), parts.next().unwrap_or_default());
            match front.parse::<Table>() {
                Ok(front) => collect("", &Value::Table(front), &mut words),
                // a document with mistakes: whatever stands after a key
                Err(_) => {
                    let values = front.lines().filter_map(|line| line.split_once(" = "));
                    words.extend(values.map(|(_, value)| plain(value.trim_matches(['"', '\'']))));
                }
            }
            for heading in text.lines().filter(|line| line.starts_with('#')) {
                let heading = heading.trim_start_matches('#').split(" {#").next().unwrap_or(heading);
                // an underscore may be a mark or a part of a name
                words.extend([plain(heading), heading.trim().to_owned()]);
            }
        }
        Self(words)
    }

    /// Whether people wrote a text, or a good part of what they wrote.
    pub fn is_theirs(&self, text: &str) -> bool {
        let text = text.trim();
        let is_cycle = text.len() < 12 && text.to_lowercase().starts_with("fy");
        // a rule, a path, an address, a handle
        let is_name = !text.contains(' ') && (text.contains(['/', '@']) || text.contains(".toml"));
        let is_part = text.len() > 10 && text.contains(' ');
        is_cycle
            || is_name
            || self.0.contains(text)
            || (is_part && self.0.iter().any(|own| own.contains(text)))
    }

    /// The parts of a text that bear no mark and that nobody of the handbook wrote.
    pub fn foreign(&self, text: &str) -> Vec<String> {
        let mut rest = text.to_owned();
        while let Some(open) = rest.find('⟪') {
            let Some(close) = rest[open..].find('⟫') else { break };
            rest.replace_range(open..open + close + '⟫'.len_utf8(), "\n");
        }
        let parts = rest.lines().map(str::to_owned);
        parts.filter(|part| !self.is_made_of_theirs(part)).collect()
    }

    /// Whether a text is a row of words of theirs, numbers and marks of punctuation.
    fn is_made_of_theirs(&self, whole: &str) -> bool {
        let text =
            whole.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '(' | ')' | '?' | '!'));
        if self.is_theirs(whole) {
            return true;
        }
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
        if !text.contains(char::is_alphabetic) || self.is_theirs(text) || self.is_theirs(bare) {
            return true;
        }
        if whole.trim_end().ends_with('…') && self.0.iter().any(|own| own.starts_with(bare)) {
            return true;
        }
        // the longest beginning that is theirs, and the rest by itself
        let ends: Vec<usize> =
            text.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at).collect();
        ends.into_iter().rev().any(|end| {
            let head = &text[..end];
            end > 0
                && (!head.contains(char::is_alphabetic)
                    || self.is_theirs(head.trim_end_matches([',', ':', ';', '.'])))
                && self.is_made_of_theirs(&text[end..])
        })
    }
}

fn collect(key: &str, value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if !READ.contains(&key) && !CHOSEN.contains(&text.as_str()) => {
            let text = plain(text);
            words.extend(text.strip_prefix("% ").map(str::to_owned));
            words.insert(text);
        }
        Value::Array(values) => values.iter().for_each(|value| collect(key, value, words)),
        Value::Table(table) => table.iter().for_each(|(key, value)| collect(key, value, words)),
        _ => {}
    }
}

/// Words without the marks of Markdown.
fn plain(text: &str) -> String {
    text.replace(['`', '*', '_'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}
