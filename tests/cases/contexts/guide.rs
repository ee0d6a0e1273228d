//! The views as the guide tells them: a section for each template, and one for the parts that several show.

use std::collections::{BTreeMap, BTreeSet};

use super::structs::{Declared, Name};

/// What stands before the sections, and what every template is given.
const INTRODUCTION: &str = r#"+++
title = "What templates are given"
description = "Every value that a template can show, by template"
weight = 26
+++

This page is made from okrbook's own sources, and a test holds that it is complete. How
a theme puts a template of its own in the place of one is said in [Theming](theming.md).

## What every template is given {#every}

| Name | Type | Means |
| --- | --- | --- |
"#;

/// The names that every template knows: types and meanings.
pub const GLOBALS: &[(&str, &str, &str)] = &[
    ("kind", "word", "the kind of the page: the template's name without its ending"),
    ("root", "text", "the way from the page to the site's root: stands before every address"),
    ("chrome", "[chrome](#chrome)", "what stands around the page"),
    ("view", "see the template", "what the page shows"),
    (
        "w",
        "words by table and key",
        "the words of the interface: `w.site.search` is `search` in `[site]`, and `_` stands for `-`",
    ),
    ("assets", "text by name", "where the theme's files lie: `assets[\"style.css\"]`, after `root`"),
    ("language", "word", "the language of the interface, as `en`"),
    ("direction", "word", "the direction of its script: `ltr` or `rtl`"),
    ("book_title", "text", "the handbook's title"),
    ("book_description", "text, or nothing", "what it is, in a sentence"),
    ("repository", "text, or nothing", "the address of its git repository"),
];

const TYPES: &str = r#"
A *text* is said as it stands. A *word* is a class, a symbol or a key, and never shown. *HTML* is what people
wrote, *SVG* a picture: print both with `| safe`. Addresses are relative to the root of the site, so that a link
is `{{ root }}{{ link.url }}`. A *sentence* is a list of [pieces](#piece); the component `said` shows one. `[0]`
and `[1]` are the places of a list of fixed length. What says *or nothing* may be there or not: ask with
`{% if %}` first.
"#;

/// The page of the guide.
pub fn page(declared: &Declared) -> String {
    let mut page = INTRODUCTION.to_owned();
    for (name, of, means) in GLOBALS {
        page.push_str(&format!("| `{name}` | {of} | {means} |\n"));
    }
    page.push_str(TYPES);
    page.push_str(&format!("\n{} Every page extends it.\n", blocks(declared, "base")));
    page.push_str("\n## Components {#components}\n\nPieces of a page, to be called as `{{ <whos of={view.set_by} root={root}/> }}`. What has an `@` before it is found by itself.\n");
    page.push_str("\n| Component | Takes | In |\n| --- | --- | --- |\n");
    for (name, takes, file) in components(declared) {
        page.push_str(&format!("| `{name}` | {takes} | `{file}.html` |\n"));
    }
    let users = users(declared);
    let is_part = |name: &Name| users.get(name).is_some_and(|users| users.len() > 1) || name.0 == "Chrome";
    for (template, name) in &declared.templates {
        // the name in one word: a search for "round trip" is for the page, not for its template
        let title = name.0.trim_end_matches("View");
        let means = &declared.views[name].means;
        page.push_str(&format!("\n## {title} {{#{template}}}\n\n`{template}.html`. {means}\n"));
        page.push_str(&format!("\n{}\n", blocks(declared, template)));
        let mut shown = BTreeSet::new();
        let mut waiting = vec![("view".to_owned(), name.clone())];
        while !waiting.is_empty() {
            let (path, name) = waiting.remove(0);
            if !shown.insert(name.clone()) {
                continue;
            }
            let view = &declared.views[&name];
            if path == "view" {
                page.push_str("\n| `view` | Type | Means |\n| --- | --- | --- |\n");
            } else {
                page.push_str(&format!("\n### {path} {{#{}}}\n\n{}\n", anchor(template, &name), view.means));
                page.push_str("\n| Field | Type | Means |\n| --- | --- | --- |\n");
            }
            for field in &view.fields {
                let of = Type::parse(&field.of);
                for inner in of.structs() {
                    let inner = declared.resolve(&name.1, inner);
                    if !is_part(&inner) {
                        waiting.push((format!("{path}.{}{}", field.name, of.steps()), inner));
                    }
                }
                let link = |inner: &str| {
                    let inner = declared.resolve(&name.1, inner);
                    let part = part_anchor(&inner);
                    let to = if is_part(&inner) { part.clone() } else { anchor(template, &inner) };
                    format!("[{}](#{to})", part.replace('-', " "))
                };
                page.push_str(&format!("| `{}` | {} | {} |\n", field.name, of.words(&link), field.means));
            }
        }
    }
    page.push_str("\n## Parts {#parts}\n\nWhat several templates are given.\n");
    for (name, view) in declared.views.iter().filter(|(name, _)| is_part(name)) {
        let title = part_anchor(name);
        page.push_str(&format!("\n### {} {{#{title}}}\n\n{}\n", title.replace('-', " "), view.means));
        page.push_str("\n| Field | Type | Means |\n| --- | --- | --- |\n");
        for field in &view.fields {
            let link = |inner: &str| {
                let part = part_anchor(&declared.resolve(&name.1, inner));
                format!("[{}](#{part})", part.replace('-', " "))
            };
            page.push_str(&format!(
                "| `{}` | {} | {} |\n",
                field.name,
                Type::parse(&field.of).words(&link),
                field.means
            ));
        }
    }
    page
}

/// The blocks of a template that a theme may put others in the place of.
fn blocks(declared: &Declared, template: &str) -> String {
    let text = &declared.markup[template];
    let names = text.split("{% block ").skip(1).filter_map(|rest| rest.split(' ').next());
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.len() {
        0 => format!("`{template}.html` has no blocks."),
        _ => format!("Blocks of `{template}.html`: {}.", names.join(", ")),
    }
}

/// Every component: its name, what it takes, and its file.
fn components(declared: &Declared) -> Vec<(String, String, &str)> {
    let mut all = Vec::new();
    for (file, text) in &declared.markup {
        for rest in text.split("{% component ").skip(1) {
            let (name, rest) = rest.split_once('(').unwrap();
            let (takes, _) = rest.split_once(')').unwrap();
            let takes: Vec<String> = takes.split(", ").map(|one| format!("`{one}`")).collect();
            all.push((name.to_owned(), takes.join(", "), file.as_str()));
        }
    }
    all.sort();
    all
}

/// Which templates show each struct; those below a part belong to its templates.
fn users(declared: &Declared) -> BTreeMap<Name, BTreeSet<&str>> {
    let mut users: BTreeMap<Name, BTreeSet<&str>> = BTreeMap::new();
    let chrome = declared.resolve("src/pages/chrome.rs", "Chrome");
    let roots = declared.templates.iter().map(|(template, name)| (template.as_str(), name.clone()));
    let around = declared.templates.keys().map(|template| (template.as_str(), chrome.clone()));
    for (template, root) in roots.chain(around) {
        let mut waiting = vec![root];
        while let Some(name) = waiting.pop() {
            if !users.entry(name.clone()).or_default().insert(template) {
                continue;
            }
            for field in &declared.views[&name].fields {
                let of = Type::parse(&field.of);
                waiting.extend(of.structs().into_iter().map(|inner| declared.resolve(&name.1, inner)));
            }
        }
    }
    users
}

/// `set-by` for `SetBy`, without what says that it is a view.
fn part_anchor((name, _): &Name) -> String {
    let name = name.strip_suffix("View").unwrap_or(name);
    let mut said = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !said.is_empty() {
            said.push('-');
        }
        said.extend(c.to_lowercase());
    }
    said
}

fn anchor(template: &str, name: &Name) -> String {
    format!("{template}-{}", part_anchor(name))
}

/// A type as a reader of the guide knows it.
#[derive(Debug)]
pub enum Type<'a> {
    Text,
    Word,
    Html,
    Picture,
    Number,
    Truth,
    Sentence,
    Maybe(Box<Type<'a>>),
    List(Box<Type<'a>>),
    Places(Vec<Type<'a>>),
    View(&'a str),
}

impl<'a> Type<'a> {
    /// From how it is declared.
    pub fn parse(of: &'a str) -> Self {
        let inside = |open: &str, close: &str| of.strip_prefix(open)?.strip_suffix(close);
        let boxed = |of: &'a str| Box::new(Self::parse(of));
        if let Some(of) = inside("Option<", ">") {
            return Self::Maybe(boxed(of));
        }
        if let Some(of) = inside("Vec<", ">") {
            return Self::List(boxed(of));
        }
        if let Some(of) = inside("Box<", ">") {
            return Self::parse(of);
        }
        if let Some((of, count)) = inside("[", "]").and_then(|of| of.split_once("; ")) {
            return Self::Places((0..count.parse().unwrap()).map(|_| Self::parse(of)).collect());
        }
        if let Some(of) = inside("(", ")") {
            return Self::Places(of.split(", ").map(Self::parse).collect());
        }
        match of {
            "String" => Self::Text,
            "&'static str" => Self::Word,
            "Text" | "TableRows" => Self::Html,
            "Svg" => Self::Picture,
            "bool" => Self::Truth,
            "Phrase" => Self::Sentence,
            "usize" | "u8" | "i64" => Self::Number,
            name => {
                let last = name.rsplit("::").next().unwrap();
                assert!(
                    last.starts_with(char::is_uppercase) && !name.contains('<'),
                    "the guide has no word for {name}"
                );
                Self::View(name)
            }
        }
    }

    /// The structs in it.
    pub fn structs(&self) -> Vec<&'a str> {
        match self {
            Self::Maybe(of) | Self::List(of) => of.structs(),
            Self::Places(of) => of.iter().flat_map(Self::structs).collect(),
            Self::View(name) => vec![name],
            Self::Sentence => vec!["phrase::Piece"],
            _ => Vec::new(),
        }
    }

    /// How the way to what is in it goes on: `[]` for the items of a list.
    fn steps(&self) -> String {
        match self {
            Self::Maybe(of) => of.steps(),
            Self::List(of) => format!("[]{}", of.steps()),
            Self::Places(_) => "[]".to_owned(),
            _ => String::new(),
        }
    }

    fn words(&self, link: &dyn Fn(&str) -> String) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Word => "word".to_owned(),
            Self::Html => "HTML".to_owned(),
            Self::Picture => "SVG".to_owned(),
            Self::Number => "number".to_owned(),
            Self::Truth => "yes or no".to_owned(),
            Self::Sentence => "sentence".to_owned(),
            Self::Maybe(of) => format!("{}, or nothing", of.words(link)),
            Self::List(of) => format!("list of {}", of.words(link)),
            Self::Places(of) => {
                let places: Vec<String> =
                    of.iter().enumerate().map(|(at, of)| format!("`[{at}]` {}", of.words(link))).collect();
                places.join(", ")
            }
            Self::View(name) => link(name),
        }
    }
}
