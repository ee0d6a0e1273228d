//! The index that a browser searches: from what can be found to small files, of which one search needs few.
//!
//! Knows titles and addresses, nothing of OKRs and nothing of the page that asks. How it stays small on
//! 100,000 key results:
//!
//! - **Parts.** Each cycle is a part of its own, and all that belongs to no cycle is one more. A search begins
//!   with the cycles that run or are planned; those that ended are asked when a reader looks further back.
//!   Nothing of a cycle that ended is written anew when another one changes.
//! - **Words apart from titles, titles apart from texts.** A part has its words, with the places where each
//!   stands, its leaves, with titles and addresses, the texts of those, and a list of its words for what is
//!   misspelt. All are cut into files of a few kilobytes: a search reads those with its words, the leaves of
//!   the results that it shows, and the texts of those that are found by their text.
//! - **Cuts that stay.** Where a file ends is decided by what stands there, not by how much stands before it,
//!   and a place is counted within its leaf. An edit of one document changes the files of its words, the one
//!   with its titles, and the list of files of its cycle.
//! - **One name that stays.** `search/index.js` names the parts; every other file has the hash of its content
//!   in its name. No page names any of them, so no page changes because the index did.
//! - **Words that stand everywhere** narrow nothing: beyond a number of places they are kept in part.
//!
//! The files are scripts that call `okrbookSearch`: a browser loads them from a folder on the disk too, and
//! under `default-src 'self'`.

use std::collections::HashMap;
use std::hash::Hash;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::inputs::SiteFile;

mod cut;
mod terms;
mod words;

/// The folder of the index in the site.
const FOLDER: &str = "search";

/// The only file of the index whose name stays.
pub const FIRST: &str = "search/index.js";

/// What kind of thing is found. The numbers are part of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The OKRs of a unit in a cycle.
    Document = 0,
    /// An objective.
    Objective = 1,
    /// A key result.
    KeyResult = 2,
    /// An investment.
    Investment = 3,
    /// A direction, or a theme of one.
    Direction = 4,
    /// A unit.
    Unit = 5,
    /// A person.
    Person = 6,
    /// A page, or a heading on one.
    Page = 7,
}

/// Where a thing stands on its leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum At {
    /// It is what the leaf is about.
    Leaf,
    /// It is the nth thing on it.
    Item(u32),
    /// It belongs to the nth thing, as its mth.
    Within(u32, u32),
}

/// A thing that can be found.
#[derive(Clone, Debug, Hash)]
pub struct Thing {
    /// Where on its leaf.
    pub at: At,
    /// What it is.
    pub kind: Kind,
    /// Its title, plain.
    pub title: String,
    /// What comes after the leaf's address: `#reliability/uptime`, `contracts/`.
    pub rest: String,
    /// A fact to show beside it: where a key result stands.
    pub note: String,
    /// Other words that it is found by.
    pub lesser: String,
    /// What is said about it, in plain words: it is found by them too, and a result shows some of them.
    pub text: String,
}

/// A page, and what can be found on it.
#[derive(Clone, Debug, Hash)]
pub struct Leaf {
    /// Its number in the part: where others are added, it stays.
    pub number: u32,
    /// Its address, from the site's root.
    pub url: String,
    /// The symbol of its state, with a class; empty where it has none.
    pub mark: String,
    /// In order; the first is [`At::Leaf`].
    pub things: Vec<Thing>,
}

/// A part of the index.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name in addresses.
    pub id: String,
    /// What it is called; empty for what belongs to no cycle.
    pub title: String,
    /// `running`, `planning` or `ended`; empty for what belongs to no cycle.
    pub phase: &'static str,
    /// In the order of their numbers.
    pub leaves: Vec<Leaf>,
}

/// What makes a part, each time that it is asked for.
pub type Maker<'a> = Box<dyn Fn() -> Part + Send + Sync + 'a>;

/// All that can be found in a book, and what a search says about it. Its parts are made when they are cut into
/// files: all of them at once are as large as the book.
pub struct Findable<'a> {
    /// What belongs to no cycle first, then the cycles: present ones, then ended ones, the last first.
    pub parts: Vec<Maker<'a>>,
    /// The names of the levels, top first.
    pub levels: Vec<String>,
    /// The names of the units with their levels: unit n is leaf n of the first part, and leaf n + 2 of
    /// each cycle.
    pub units: Vec<(String, usize)>,
    /// The language, for the forms of words.
    pub language: String,
    /// The words that the search says, with their forms.
    pub words: serde_json::Value,
}

/// What is said of a part.
struct About {
    id: String,
    title: String,
    phase: &'static str,
}

/// The files of a part, and the name of the one that lists them.
#[derive(Clone, Debug)]
struct Shelf {
    list: String,
    files: Vec<SiteFile>,
}

/// The parts of the last index, by name.
#[derive(Clone, Debug, Default)]
pub struct Known(HashMap<String, (u128, Shelf)>);

impl Known {
    /// The files of the index. Parts that are as they were are not made again.
    pub fn index(&mut self, all: &Findable<'_>) -> Vec<SiteFile> {
        let shelves = shelves(all, &self.0);
        let mut files = heads(all, &shelves);
        files.extend(shelves.iter().flat_map(|(.., shelf)| shelf.files.iter().cloned()));
        // what is gone is forgotten
        self.0 = shelves.into_iter().map(|(about, key, shelf)| (about.id, (key, shelf))).collect();
        files
    }
}

/// The files of the index, where none is made again: nothing is kept.
pub fn index(all: &Findable<'_>) -> Vec<SiteFile> {
    let shelves = shelves(all, &HashMap::new());
    let mut files = heads(all, &shelves);
    files.extend(shelves.into_iter().flat_map(|(.., shelf)| shelf.files));
    files
}

/// The parts as files, each with what is said of it and the hash of what it is made from.
fn shelves(all: &Findable<'_>, known: &HashMap<String, (u128, Shelf)>) -> Vec<(About, u128, Shelf)> {
    let made = |make: &Maker<'_>| {
        let part = make();
        let mut hash = Xxh3::new();
        part.leaves.hash(&mut hash);
        let key = hash.digest128();
        let shelf = match known.get(&part.id) {
            Some((known, shelf)) if *known == key => shelf.clone(),
            _ => shelf(&part),
        };
        (About { id: part.id, title: part.title, phase: part.phase }, key, shelf)
    };
    all.parts.par_iter().map(made).collect()
}

/// The files that belong to no part: the one that names the others, and the names of the units.
fn heads(all: &Findable<'_>, shelves: &[(About, u128, Shelf)]) -> Vec<SiteFile> {
    let names: Vec<&String> = all.units.iter().map(|(name, _)| name).collect();
    let units = file("units", &names);
    vec![first(all, shelves, name_of(&units)), units]
}

/// The file that names the others.
fn first(all: &Findable<'_>, shelves: &[(About, u128, Shelf)], units: &str) -> SiteFile {
    let parts = shelves.iter();
    let parts = parts.map(|(part, _, shelf)| json!([part.id, part.title, part.phase, shelf.list]));
    let of: String = all.units.iter().map(|(_, level)| terms::digits(*level as u32)).collect();
    let value = json!({
        "language": all.language,
        "words": all.words,
        "levels": all.levels,
        "of": of,
        "units": units,
        "parts": parts.collect::<Vec<_>>(),
    });
    SiteFile::made(FIRST, call(&value))
}

/// A part as files: its words, its leaves, its texts, the list of its words, and the list of all these files.
fn shelf(part: &Part) -> Shelf {
    let stride = stride(part);
    let mut files = Vec::new();
    let mut listed = |name: &str, value: &serde_json::Value| {
        let file = file(&part.id, value);
        let entry = format!("{name}:{}", name_of(&file));
        files.push(file);
        entry
    };
    let terms = terms::of(part, stride);
    let spelt: Vec<String> = terms::spelt(&terms)
        .into_iter()
        .map(|(name, text)| listed(&name, &serde_json::Value::String(text)))
        .collect();
    let terms: Vec<String> = terms::in_files(&terms)
        .into_iter()
        .map(|(name, text)| listed(&name, &serde_json::Value::String(text)))
        .collect();
    let mut by_leaf = |records: Vec<(u32, serde_json::Value)>| -> Vec<String> {
        let stretches = stretches(&records).into_iter();
        stretches
            .map(|(number, records)| listed(&number.to_string(), &serde_json::Value::Array(records)))
            .collect()
    };
    let leaves = by_leaf(leaves(part, stride));
    let texts = by_leaf(texts(part, stride));
    let list = json!({
        "stride": stride,
        "terms": terms.join(" "),
        "leaves": leaves.join(" "),
        "texts": texts.join(" "),
        "spelt": spelt.join(" "),
    });
    let list = file(&part.id, &list);
    let name = name_of(&list).to_owned();
    files.push(list);
    Shelf { list: name, files }
}

/// How far apart the things of a leaf are numbered, so that one more key result seldom moves others.
fn stride(part: &Part) -> u32 {
    let things = part.leaves.iter().flat_map(|leaf| &leaf.things);
    let most = things.map(|thing| if let At::Within(_, of) = thing.at { of + 2 } else { 1 }).max();
    match most.unwrap_or(1) {
        1 => 1,
        most => most.next_power_of_two().max(8),
    }
}

/// The number of a place on its leaf: 0 is the leaf itself.
fn code(at: At, stride: u32) -> u32 {
    match at {
        At::Leaf => 0,
        At::Item(n) => 1 + n * stride,
        At::Within(n, of) => 1 + n * stride + 1 + of,
    }
}

/// The leaves, each with its number.
fn leaves(part: &Part, stride: u32) -> Vec<(u32, serde_json::Value)> {
    let record = |leaf: &Leaf| {
        let (about, rest) = leaf.things.split_first()?;
        let thing = |thing: &Thing| json!([code(thing.at, stride), thing.title, thing.rest, thing.note]);
        let rest: Vec<serde_json::Value> = rest.iter().map(thing).collect();
        Some((leaf.number, json!([leaf.number, about.title, leaf.url, leaf.mark, about.note, rest])))
    };
    part.leaves.iter().filter_map(record).collect()
}

/// The texts of the leaves that have any, each with its number.
fn texts(part: &Part, stride: u32) -> Vec<(u32, serde_json::Value)> {
    let record = |leaf: &Leaf| {
        let said = leaf.things.iter().filter(|thing| !thing.text.is_empty());
        let texts: Vec<_> = said.map(|thing| json!([code(thing.at, stride), thing.text])).collect();
        (!texts.is_empty()).then(|| (leaf.number, json!([leaf.number, texts])))
    };
    part.leaves.iter().filter_map(record).collect()
}

/// Records in stretches, each with the number of its first.
fn stretches(records: &[(u32, serde_json::Value)]) -> Vec<(u32, Vec<serde_json::Value>)> {
    let sizes: Vec<usize> = records.iter().map(|(_, record)| record.to_string().len()).collect();
    let stretches = cut::stretches(records.len(), cut::LEAVES, |at| sizes[at], |at| u64::from(records[at].0));
    let stretch = |range: std::ops::Range<usize>| {
        let first = records[range.start].0;
        (first, records[range].iter().map(|(_, record)| record.clone()).collect())
    };
    stretches.into_iter().map(stretch).collect()
}

/// A file of the index, named after its content.
fn file(folder: &str, value: &impl Serialize) -> SiteFile {
    let text = call(value);
    let name = format!("{:032x}", xxh3_128(text.as_bytes()));
    SiteFile::made(format!("{FOLDER}/{folder}/{}.js", &name[..12]), text)
}

/// The name of a file within its folder, without its ending.
fn name_of(file: &SiteFile) -> &str {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    name.trim_end_matches(".js")
}

fn call(value: &impl Serialize) -> String {
    const AROUND: [&str; 2] = ["okrbookSearch(", ")\n"];
    // a value of texts, numbers and lists can always be written
    let json = serde_json::to_string(value).unwrap_or_default();
    // very many of them are held until they are written: none has room that it does not need
    [AROUND[0], &json, AROUND[1]].concat()
}

#[cfg(test)]
mod tests;
