//! The words of a part, each with the places where it stands, as text of a few bytes a place.
//!
//! A file is `word:places word:places …` in the order of the words. A place is three numbers: how many leaves
//! further it is, its number on that leaf (on the same leaf: how much further), and what it is. Numbers are
//! written as in source maps: five bits a character, 32 more where another follows. `word*:places` has only
//! the first places of a word that stands almost everywhere.

use std::collections::HashMap;

use super::cut;
use super::words::words;
use super::{Kind, Part, code};

/// As many places of a word are kept: who looks for it alone sees those, and beside another word it narrows
/// nothing.
const MOST_PLACES: usize = 1_500;

/// A character of five bits and a mark.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The bit of a place whose title does not have the word.
const LESSER: u32 = 8;

/// A place where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    leaf: u32,
    code: u32,
    /// What it is, whether the word stands beside its title, and how long the title is.
    flags: u32,
}

/// A word, with the line that says where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    word: String,
    line: String,
}

/// The words of a part, in order.
pub(super) fn of(part: &Part, stride: u32) -> Vec<Term> {
    let mut terms: Vec<(String, Vec<Place>)> = places(part, stride).into_iter().collect();
    terms.sort_by(|a, b| in_order(&a.0, &b.0));
    let term = |(word, places): (String, Vec<Place>)| Term { line: line(&word, places), word };
    terms.into_iter().map(term).collect()
}

/// The words in stretches: the first word of each, and its text.
pub(super) fn in_files(terms: &[Term]) -> Vec<(String, String)> {
    let lines: Vec<(&str, &str)> = terms.iter().map(|term| (&*term.word, &*term.line)).collect();
    joined(&lines)
}

/// The words alone, for what is misspelt: those in which a letter can be wrong.
pub(super) fn spelt(terms: &[Term]) -> Vec<(String, String)> {
    let words = terms.iter().map(|term| &*term.word);
    let spelt = |word: &&str| word.chars().count() >= 4 && word.chars().all(char::is_alphabetic);
    let words: Vec<(&str, &str)> = words.filter(spelt).map(|word| (word, word)).collect();
    joined(&words)
}

/// Lines in stretches, each with the word of its first.
fn joined(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    let key = |at: usize| xxhash_rust::xxh3::xxh3_64(lines[at].0.as_bytes());
    let stretches = cut::stretches(lines.len(), cut::TERMS, |at| lines[at].1.len() + 1, key);
    let text = |range: &[(&str, &str)]| range.iter().map(|(_, line)| *line).collect::<Vec<_>>().join(" ");
    stretches.into_iter().map(|range| (lines[range.start].0.to_owned(), text(&lines[range]))).collect()
}

/// As browsers compare texts: by the units of UTF-16.
fn in_order(a: &str, b: &str) -> std::cmp::Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// Where each word stands. Words come from authors: the state of the hash is random.
type Places = HashMap<String, Vec<Place>, foldhash::fast::RandomState>;

fn places(part: &Part, stride: u32) -> Places {
    let mut places = Places::default();
    for leaf in &part.leaves {
        for thing in &leaf.things {
            let code = code(thing.at, stride);
            let length = thing.title.split_whitespace().count();
            for (text, lesser) in [(&thing.title, false), (&thing.lesser, true), (&thing.text, true)] {
                let place = Place { leaf: leaf.number, code, flags: flags(thing.kind, lesser, length) };
                words(text, |word| match places.get_mut(word) {
                    // the words of a title come first: what stands there already is at least as good
                    Some(known)
                        if known
                            .last()
                            .is_some_and(|last| (last.leaf, last.code) == (place.leaf, place.code)) => {}
                    Some(known) => known.push(place),
                    None => {
                        places.insert(word.to_owned(), vec![place]);
                    }
                });
            }
        }
    }
    places
}

/// Three bits of kind, one for a word that does not stand in the title, two of the title's length.
fn flags(kind: Kind, lesser: bool, length: usize) -> u32 {
    let length = match length {
        0..=3 => 0,
        4..=7 => 1,
        8..=12 => 2,
        _ => 3,
    };
    kind as u32 | if lesser { LESSER } else { 0 } | length << 4
}

/// The line of a word. Where it has too many places, those stay in which it is part of the title.
fn line(word: &str, mut places: Vec<Place>) -> String {
    let everywhere = places.len() > MOST_PLACES;
    if everywhere {
        places.sort_by_key(|place| (place.flags & LESSER, *place));
        places.truncate(MOST_PLACES);
    }
    places.sort_unstable();
    let mut line = String::with_capacity(word.len() + 2 + places.len() * 4);
    line.push_str(word);
    line.push_str(if everywhere { "*:" } else { ":" });
    let (mut leaf, mut code) = (0, 0);
    for place in places {
        let further = place.leaf - leaf;
        let base = if further == 0 { code } else { 0 };
        put(&mut line, further);
        put(&mut line, place.code - base);
        line.push(char::from(DIGITS[(place.flags & 63) as usize]));
        (leaf, code) = (place.leaf, place.code);
    }
    line
}

/// A number as characters.
pub(super) fn digits(number: u32) -> String {
    let mut text = String::new();
    put(&mut text, number);
    text
}

fn put(text: &mut String, mut number: u32) {
    loop {
        let more = if number > 31 { 32 } else { 0 };
        text.push(char::from(DIGITS[(number & 31 | more) as usize]));
        number >>= 5;
        if more == 0 {
            break;
        }
    }
}
