//! A change as a phrase: what it is, and what it was and is now. In English for the terminal and for
//! findings; a page says the same in the words of its language, `[change]` in its file.

use std::fmt;

use crate::lang::fill;

/// The phrases, by their keys. The language file of the built-in theme has the same.
pub const PHRASES: &[(&str, &str)] = &[
    ("objective-added", "objective {place} added: {title}"),
    ("objective-removed", "objective {place} removed: {title}"),
    ("key-result-added", "key result {place} added: {title}"),
    ("key-result-removed", "key result {place} removed: {title}"),
    ("investment-added", "investment {place} added: {title}"),
    ("investment-removed", "investment {place} removed: {title}"),
    ("theme-added", "theme {place} added: {title}"),
    ("theme-removed", "theme {place} removed: {title}"),
    ("title", "title of {place}: {old} -> {new}"),
    ("baseline", "baseline of {place}: {old} -> {new}"),
    ("target", "target of {place}: {old} -> {new}"),
    ("lower-limit", "lower limit of {place}: {old} -> {new}"),
    ("upper-limit", "upper limit of {place}: {old} -> {new}"),
    ("measure", "measure of {place}: {old} -> {new}"),
    ("stretch", "stretch of {place}: {old} -> {new}"),
    ("measured-in", "unit of measure of {place}: {old} -> {new}"),
    ("due", "due date of {place}: {old} -> {new}"),
    ("weight", "weight of {place}: {old} -> {new}"),
    ("capacity", "capacity of {place}: {old} -> {new}"),
    ("why", "reason of {place}: {old} -> {new}"),
    ("paused", "{place} is paused"),
    ("dropped", "{place} is dropped"),
    ("active-paused", "{place} is active again, it was paused"),
    ("active-dropped", "{place} is active again, it was dropped"),
    ("supports", "{place} now supports {new}"),
    ("supports-gone", "{place} no longer supports {old}"),
    ("advances", "{place} now advances {new}"),
    ("advances-gone", "{place} no longer advances {old}"),
    ("none", "none"),
    ("milestone", "a milestone"),
    ("from-to", "from {from} to {to}"),
    ("at-least", "at least {least}"),
    ("at-most", "at most {most}"),
    ("between", "at least {least}, at most {most}"),
];

/// Fills the phrase of a key with the texts of its places.
pub type Say<'a> = &'a dyn Fn(&str, &[(&str, &str)]) -> String;

/// What changed, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    key: &'static str,
    parts: Vec<(&'static str, Part)>,
}

/// What stands in a place of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// What an author typed.
    Typed(String),
    /// Another phrase.
    Said(Change),
}

impl Change {
    /// A phrase of a key.
    pub(super) fn new(key: &'static str) -> Self {
        Self { key, parts: Vec::new() }
    }

    /// With what an author typed in a place.
    pub(super) fn typed(mut self, place: &'static str, text: impl Into<String>) -> Self {
        self.parts.push((place, Part::Typed(text.into())));
        self
    }

    /// With what was or is in a place; where that is nothing, `none`.
    pub(super) fn part(mut self, place: &'static str, part: Part) -> Self {
        let part = match part {
            Part::Typed(text) if text.is_empty() => Part::Said(Self::new("none")),
            part => part,
        };
        self.parts.push((place, part));
        self
    }

    /// The words, where `say` fills the phrase of a key.
    pub fn in_words(&self, say: Say<'_>) -> String {
        let parts: Vec<(&str, String)> = self
            .parts
            .iter()
            .map(|(place, part)| match part {
                Part::Typed(text) => (*place, text.clone()),
                Part::Said(change) => (*place, change.in_words(say)),
            })
            .collect();
        let parts: Vec<(&str, &str)> = parts.iter().map(|(place, text)| (*place, text.as_str())).collect();
        say(self.key, &parts)
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let english = |key: &str, parts: &[(&str, &str)]| {
            let phrase = PHRASES.iter().find(|(own, _)| *own == key);
            fill(phrase.map_or(key, |(_, phrase)| phrase), parts)
        };
        f.write_str(&self.in_words(&english))
    }
}
