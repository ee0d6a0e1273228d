//! The languages of the interface: each is whole, and no word of a page stands anywhere else.
//!
//! The second is shown with a language that nobody speaks: every word of it bears a mark, so that what a
//! page says without the mark is either the handbook's or was forgotten in a template or in the program.

mod authored;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::runner::Book;
use authored::Authored;
use texts::texts;

/// What German says as English does: names of things, patterns without a word, and borrowed words.
const SAME_IN_GERMAN: &[&str] = &[
    "text.direction",
    "number.percent",
    "number.from",
    "number.none",
    "number.separator",
    "list.separator",
    "site.search-key",
    "state.is",
    "home.now",
    "todo.documents-of",
    "todo.for",
    "story.of",
    "cycle.documents-count",
    "cycle.open-of-all",
    "contracts.matrix-counts",
    "timeline.check-ins",
    "cycles.phase",
    "cycles.chart-phase",
    "health.lede-found",
    "page.code",
    "feed.said",
    "calendar.summary",
    "status.clause",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Texts by key; what has forms under `key/form`, lists joined.
fn language(name: &str) -> BTreeMap<String, String> {
    let path = root().join(format!("themes/default/lang/{name}.toml"));
    let file: Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let mut texts = BTreeMap::new();
    for (table, entries) in &file {
        for (key, value) in entries.as_table().unwrap() {
            match value {
                Value::Table(forms) => {
                    for (form, text) in forms {
                        texts.insert(format!("{table}.{key}/{form}"), text.as_str().unwrap().to_owned());
                    }
                }
                Value::Array(names) => {
                    let names: Vec<&str> = names.iter().map(|name| name.as_str().unwrap()).collect();
                    texts.insert(format!("{table}.{key}"), names.join(" "));
                }
                text => drop(texts.insert(format!("{table}.{key}"), text.as_str().unwrap().to_owned())),
            }
        }
    }
    texts
}

/// The names in braces.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// The languages of the built-in theme besides English.
fn others() -> Vec<String> {
    let folder = std::fs::read_dir(root().join("themes/default/lang")).unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.map(|name| name.trim_end_matches(".toml").to_owned()).collect();
    names.retain(|name| name != "en");
    names.sort();
    names
}

#[test]
fn every_language_says_all_that_english_says() {
    let english = language("en");
    assert_eq!(others(), ["de"]);
    for other in others() {
        let own = language(&other);
        let keys = |texts: &BTreeMap<String, String>| texts.keys().cloned().collect::<BTreeSet<String>>();
        let difference: Vec<String> = keys(&english).symmetric_difference(&keys(&own)).cloned().collect();
        assert!(difference.is_empty(), "{other} and en do not have the same keys: {difference:?}");
        for (key, text) in &english {
            assert_eq!(places(&own[key]), places(text), "the places of {key} in {other}");
        }
    }
}

#[test]
fn no_word_of_german_was_left_in_english() {
    let (english, german) = (language("en"), language("de"));
    let same = |key: &&String| english[*key] == german[*key];
    let same: BTreeSet<&str> =
        english.keys().filter(same).map(|key| key.split('/').next().unwrap_or(key)).collect();
    let expected: BTreeSet<&str> = SAME_IN_GERMAN.iter().copied().collect();
    assert_eq!(same, expected);
}

#[test]
fn every_word_is_said_somewhere() {
    let files = |below: &str, ending: &str| -> String {
        let files = walkdir::WalkDir::new(root().join(below)).into_iter().filter_map(Result::ok);
        let files = files.filter(|entry| entry.path().extension().is_some_and(|own| own == ending));
        files.map(|entry| std::fs::read_to_string(entry.path()).unwrap()).collect()
    };
    let (program, templates) = (files("src", "rs"), files("themes/default/templates", "html"));
    // `format!("state.{key}-long")` says every key of this shape
    let shapes: Vec<(&str, &str)> = program
        .match_indices("format!(\"")
        .filter_map(|(at, open)| {
            let text = program[at + open.len()..].split('"').next()?;
            let (before, rest) = text.split_once('{')?;
            let (_, after) = rest.split_once('}')?;
            let key = |part: &str| part.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '.' | '-'));
            let whole = before.contains('.') && key(before) && (key(after) || after.contains('{'));
            whole.then_some((before, if after.contains('{') { "" } else { after }))
        })
        .collect();
    let quoted: BTreeSet<&str> = program.split('"').collect();
    let named: BTreeSet<&str> =
        templates.split(|c: char| !(c.is_ascii_lowercase() || matches!(c, '.' | '_'))).collect();
    let is_said = |key: &str| {
        quoted.contains(key)
            || named.contains(format!("w.{}", key.replace('-', "_")).as_str())
            || shapes.iter().any(|(before, after)| key.starts_with(before) && key.ends_with(after))
    };
    let keys = language("en").into_keys().map(|key| key.split('/').next().unwrap_or(&key).to_owned());
    let silent: Vec<String> = keys.filter(|key| !is_said(key)).collect();
    assert!(silent.is_empty(), "nobody says {silent:?}");
}

/// A language file of words that bear a mark. What is filled in stands outside of it.
fn marked() -> String {
    let path = root().join("themes/default/lang/en.toml");
    let mut file: Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    fn mark(value: &mut Value) {
        match value {
            Value::String(text) => *text = marked_text(text),
            Value::Array(names) => names.iter_mut().for_each(mark),
            Value::Table(table) => {
                table.iter_mut().for_each(|(_, value)| mark(value));
            }
            _ => {}
        }
    }
    file.iter_mut().filter(|(name, _)| *name != "text").for_each(|(_, table)| mark(table));
    toml::to_string(&file).unwrap()
}

fn marked_text(text: &str) -> String {
    let mut marked = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = if rest.starts_with('{') {
            rest.find('}').unwrap() + 1
        } else {
            rest.find('{').unwrap_or(rest.len())
        };
        let (piece, after) = rest.split_at(end);
        let is_words = !piece.starts_with('{') && piece.contains(char::is_alphabetic);
        marked.push_str(&if is_words { format!("⟪{piece}⟫") } else { piece.to_owned() });
        rest = after;
    }
    marked
}

/// A copy of a book whose interface is in a language of its own.
fn copied(from: &Path, language: &str, text: Option<&str>) -> Book {
    let book = Book::empty();
    let content = walkdir::WalkDir::new(from.join("content")).into_iter().filter_map(Result::ok);
    for entry in content.filter(|entry| entry.file_type().is_file()) {
        let path = book.path(&entry.path().strip_prefix(from).unwrap().to_string_lossy());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::copy(entry.path(), path).unwrap();
    }
    let toml = std::fs::read_to_string(from.join("book.toml")).unwrap();
    let mut toml: Table = toml.parse().unwrap();
    let own = toml.entry("book").or_insert_with(|| Value::Table(Table::new())).as_table_mut().unwrap();
    own.insert("language".to_owned(), Value::String(language.to_owned()));
    book.put("book.toml", &toml::to_string(&toml).unwrap());
    if let Some(text) = text {
        book.put(&format!("themes/default/lang/{language}.toml"), text);
    }
    book
}

/// What a book's pages say that is neither marked nor the handbook's.
fn unmarked(from: &Path, date: &str) -> BTreeSet<String> {
    let book = copied(from, "qx", Some(&marked()));
    book.run(&["build", "--force", "--date", date, "--site-url", "https://okr.example.com/"]);
    let authored = Authored::of(from);
    let mut found = BTreeSet::new();
    let mut pages = 0;
    for path in book.files("site") {
        let said: Vec<String> = match path.rsplit('.').next() {
            Some("html") => texts(&book.text(&format!("site/{path}"))),
            Some("xml") if path == "feed.xml" => {
                let feed = book.text("site/feed.xml");
                let titles = feed.split("<title>").skip(1).filter_map(|rest| rest.split_once("</title>"));
                titles.map(|(title, _)| texts::unescaped(title)).collect()
            }
            Some("ics") => {
                let calendar = book.text(&format!("site/{path}")).replace("\r\n ", "");
                let lines = calendar.lines().filter_map(|line| {
                    line.strip_prefix("SUMMARY:").or_else(|| line.strip_prefix("DESCRIPTION:"))
                });
                lines.map(|line| line.replace("\\n", " ").replace('\\', "")).collect()
            }
            _ => continue,
        };
        pages += 1;
        for text in said {
            // the parts of a rule's name
            if path == "health/index.html" && !text.contains([' ', '⟪']) {
                continue;
            }
            for rest in authored.foreign(&text) {
                found.insert(format!("{path}: {rest}   in: {text}"));
            }
        }
    }
    assert!(pages > 10, "{pages}");
    found
}

#[test]
fn no_word_of_a_page_is_said_but_in_the_language_file() {
    let books =
        [(".", "2026-03-19"), ("tests/books/forty", "2026-02-20"), ("tests/books/quarter", "2026-02-20")];
    let mut found = BTreeSet::new();
    for (book, date) in books {
        found.extend(unmarked(&root().join(book), date));
    }
    // a word on every page is told once
    let mut told = BTreeMap::new();
    for one in &found {
        let (path, rest) = one.split_once(": ").unwrap();
        told.entry(rest).or_insert(path);
    }
    assert!(told.is_empty(), "{} texts, one of them on each: {told:#?}", told.len());
}

#[test]
fn the_words_of_the_search_are_those_of_the_language() {
    let book = copied(&root().join("tests/books/quarter"), "qx", Some(&marked()));
    book.run(&["build", "--force"]).succeeds();
    let index = book.text("site/search/index.js");
    let at = index.find("\"words\":").unwrap() + "\"words\":".len();
    let words: serde_json::Value =
        serde_json::Deserializer::from_str(&index[at..]).into_iter().next().unwrap().unwrap();
    fn all(value: &serde_json::Value, each: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => each.push(text.clone()),
            serde_json::Value::Array(values) => values.iter().for_each(|value| all(value, each)),
            serde_json::Value::Object(values) => values.values().for_each(|value| all(value, each)),
            _ => {}
        }
    }
    let mut said = Vec::new();
    all(&words, &mut said);
    assert!(said.len() > 30, "{said:?}");
    let plain = said.iter().filter(|word| word.contains(char::is_alphabetic) && !word.contains('⟪'));
    assert_eq!(plain.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_german_handbook_has_no_english_interface() {
    let book = copied(&root(), "de", None);
    book.run(&["build", "--date", "2026-03-19", "--site-url", "https://okr.example.com/"]).succeeds();
    let (english, german) = (language("en"), language("de"));
    let german: BTreeSet<&str> = german.values().map(String::as_str).collect();
    let words: BTreeMap<&str, &str> = english
        .iter()
        .filter(|(_, text)| !text.contains('{') && !german.contains(text.as_str()))
        .map(|(key, text)| (text.as_str(), key.as_str()))
        .collect();
    let authored = Authored::of(&root());
    let mut pages = 0;
    for path in book.files("site").iter().filter(|path| path.ends_with(".html")) {
        let page = book.text(&format!("site/{path}"));
        assert!(page.contains("<html lang=\"de\" dir=\"ltr\">"), "{path}");
        pages += 1;
        // the page of findings names rules
        for text in texts(&page).iter().filter(|text| path != "health/index.html" || text.contains(' ')) {
            let key = words.get(text.trim()).filter(|_| !authored.is_theirs(text.trim()));
            assert_eq!(key, None, "{path} says {text:?}");
        }
    }
    assert!(pages > 100, "{pages}");

    let home = book.text("site/index.html");
    assert!(home.contains("Donnerstag, 19. März 2026"), "the day in full");
    let cycle = book.text("site/fy27-q1/index.html");
    assert!(cycle.contains("1. Februar bis 30. April 2026. Läuft, Woche 7 von 13."), "dates in a sentence");
    assert!(cycle.contains("11 Dokumente, 22 Ziele, 55 Schlüsselergebnisse"), "forms of words");
    let okrs = book.text("site/fy27-q1/disruption/index.html");
    assert!(okrs.contains("44\u{a0}% des Weges") && okrs.contains("Zuversicht 0,3"), "numbers");
    assert!(book.text("site/feed.xml").contains("xml:lang=\"de\""), "the feed");
    let calendar = book.text("site/calendar.ics").replace("\r\n ", "");
    assert!(calendar.contains("SUMMARY:FY27-Q1 beginnt"), "the calendar");
    let status = book.run(&["status", "--date", "2026-03-19"]);
    status.succeeds().prints("Der Zyklus beginnt in 43 Tagen.");
}

#[test]
fn a_language_that_is_not_there_is_told_with_those_that_are() {
    let book = |language: &str| {
        let toml = format!("[book]\ntitle = \"Book\"\nlanguage = \"{language}\"\n");
        Book::new().file("book.toml", &toml)
    };
    let ran = book("fr").run(&["check"]);
    let said = ran.exits(1).output;
    assert!(said.contains("there is no language `fr` for the interface"), "{said}");
    assert!(said.contains("book.toml:3:12"), "{said}");
    assert!(said.contains("take `de` or `en`"), "{said}");
    assert!(said.contains("`themes/default/lang/fr.toml`"), "{said}");
    book("de").run(&["check"]).succeeds();
    let ran = book("deu").run(&["check"]);
    assert!(ran.exits(1).output.contains("did you mean `de`?"));
}

#[test]
fn a_region_speaks_as_its_language_does() {
    for (region, word) in [("de-AT", "Zum Inhalt springen"), ("en-GB", "Skip to the content")] {
        let toml = format!("[book]\ntitle = \"Book\"\nlanguage = \"{region}\"\n");
        let book = Book::new().file("book.toml", &toml);
        book.run(&["build"]).succeeds();
        let home = book.text("site/index.html");
        assert!(home.contains(&format!("<html lang=\"{region}\" dir=\"ltr\">")), "{home}");
        assert!(home.contains(word), "{home}");
    }
    let toml = "[book]\ntitle = \"Book\"\nlanguage = \"fr-CA\"\n";
    let said = Book::new().file("book.toml", toml).run(&["check"]).exits(1).output;
    assert!(said.contains("there is no language `fr-CA` for the interface"), "{said}");
}

#[test]
fn a_book_may_bring_a_language_and_leave_words_out() {
    let toml = "[book]\ntitle = \"Boek\"\nlanguage = \"nl\"\n";
    let words = "[site]\nsearch = \"Zoeken\"\n";
    let book = Book::new().file("book.toml", toml).file("themes/default/lang/nl.toml", words);
    book.run(&["build"]).succeeds();
    let home = book.text("site/index.html");
    assert!(home.contains("<html lang=\"nl\" dir=\"ltr\">"), "{home}");
    assert!(home.contains("Zoeken") && home.contains("Skip to the content"), "{home}");

    // over a language that there is, one word
    book.put("book.toml", "[book]\ntitle = \"Buch\"\nlanguage = \"de\"\n");
    book.put("themes/default/lang/de.toml", "[site]\nsearch = \"Stöbern\"\n");
    book.run(&["build"]).succeeds();
    let home = book.text("site/index.html");
    assert!(home.contains("Stöbern") && home.contains("Zum Inhalt springen"), "{home}");
    book.put("book.toml", "[book]\ntitle = \"Book\"\n");
    book.put("themes/default/lang/en.toml", "[site]\nsearch = \"Look up\"\n");
    book.run(&["build"]).succeeds();
    let home = book.text("site/index.html");
    assert!(home.contains("Look up") && home.contains("Skip to the content"), "{home}");

    book.put("book.toml", toml);
    book.put("themes/default/lang/nl.toml", "[text]\ndirection = \"up\"\n");
    let said = book.run(&["check"]).exits(1).output;
    assert!(said.contains("themes/default/lang/nl.toml"), "{said}");
    assert!(said.contains("it must be `ltr` or `rtl`"), "{said}");
}

#[test]
fn a_template_has_no_words_of_its_own() {
    let folder = std::fs::read_dir(root().join("themes/default/templates")).unwrap();
    for entry in folder {
        let path = entry.unwrap().path();
        let mut bare = std::fs::read_to_string(&path).unwrap();
        for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<", ">")] {
            while let Some(at) = bare.find(open) {
                let end = bare[at..].find(close).map_or(bare.len(), |end| at + end + close.len());
                bare.replace_range(at..end, "");
            }
        }
        let words: String =
            bare.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).collect();
        assert_eq!(words, "", "{}", path.display());
    }
}
