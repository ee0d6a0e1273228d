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

/// A place where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    leaf: u32,
    code: u32,
    /// What it is, whether the word stands beside its title, and how long the title is.
    flags: u32,
}

/// The words of a part in stretches: the first word of each, and its text.
pub(super) fn of(part: &Part, stride: u32) -> Vec<(String, String)> {
    let mut terms: Vec<(String, Vec<Place>)> = places(part, stride).into_iter().collect();
    terms.iter_mut().for_each(|(_, places)| places.sort_unstable());
    terms.sort_by(|a, b| in_order(&a.0, &b.0));
    let lines: Vec<String> = terms.iter().map(|(word, places)| line(word, places)).collect();
    let key = |at: usize| xxhash_rust::xxh3::xxh3_64(terms[at].0.as_bytes());
    let stretches = cut::stretches(lines.len(), cut::TERMS, |at| lines[at].len() + 1, key);
    stretches.into_iter().map(|range| (terms[range.start].0.clone(), lines[range].join(" "))).collect()
}

/// As browsers compare texts: by the units of UTF-16.
fn in_order(a: &str, b: &str) -> std::cmp::Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

fn places(part: &Part, stride: u32) -> HashMap<String, Vec<Place>> {
    let mut places: HashMap<String, Vec<Place>> = HashMap::new();
    for leaf in &part.leaves {
        for thing in &leaf.things {
            let code = code(thing.at, stride);
            let length = thing.title.split_whitespace().count();
            for (text, lesser) in [(&thing.title, false), (&thing.lesser, true)] {
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
    kind as u32 | u32::from(lesser) << 3 | length << 4
}

fn line(word: &str, places: &[Place]) -> String {
    let mut line = String::with_capacity(word.len() + 2 + places.len().min(MOST_PLACES) * 4);
    line.push_str(word);
    line.push_str(if places.len() > MOST_PLACES { "*:" } else { ":" });
    let (mut leaf, mut code) = (0, 0);
    for place in places.iter().take(MOST_PLACES) {
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
