//! Where the links of a text lead on a page, and what is shown of a thing that it quotes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::links::{Target, TextTarget};
use crate::markdown::{LinkKind, mentions};
use crate::model::{File, ItemPlace};
use crate::prose::{Card, Destination, Destinations, Shared};

use super::site::{Site, encode};

impl Site<'_> {
    /// What the texts of a file share on a page whose root is `root`.
    pub fn shared(&self, file: &File, root: &str) -> Arc<Shared> {
        let mut destinations = Destinations::new();
        for (link, target) in self.analysis.links.texts.of(&file.source.path) {
            destinations
                .entry((link.kind, link.target.clone()))
                .or_insert_with(|| self.destination(link.kind, target, root));
        }
        let people = self.named_in(&file.source.text, root);
        let definitions = Arc::clone(&file.parts.scan.definitions);
        let words = Arc::clone(&self.prose_words);
        Arc::new(Shared::new(destinations, definitions, people, self.config().raw_html, words))
    }

    /// The people that a text names, by handle in lower case: where their pages are, and their names.
    fn named_in(&self, text: &str, root: &str) -> BTreeMap<String, (String, String)> {
        // a handle with a mark in it may be written with a backslash
        let plain = text.contains('\\').then(|| text.replace('\\', ""));
        let handles = mentions(text).chain(mentions(plain.as_deref().unwrap_or_default()));
        let known = handles.filter_map(|(_, handle)| self.config().person(handle));
        known
            .map(|person| {
                let person = &self.config().people[person];
                let href = format!("{root}people/{}/", encode(&person.handle));
                (person.handle.to_lowercase(), (href, person.name.to_string()))
            })
            .collect()
    }

    fn destination(&self, kind: LinkKind, target: &TextTarget, root: &str) -> Destination {
        let href = |address: &str| {
            let (path, fragment) =
                address.split_once('#').map_or((address, None), |(path, at)| (path, Some(at)));
            let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
            Some(format!("{root}{}{fragment}", encode(path)))
        };
        match target {
            TextTarget::Item(item) => {
                let url = self.url(*item);
                let card = (kind == LinkKind::Embed).then(|| self.card(*item, root));
                Destination { href: href(&url), title: Some(self.title(*item)), outside: false, card }
            }
            TextTarget::Page(address, fragment) => {
                let fragment = fragment.as_ref().map(|fragment| format!("#{fragment}")).unwrap_or_default();
                Destination { href: href(&format!("{address}{fragment}")), ..Destination::default() }
            }
            TextTarget::File(path) => Destination { href: href(path), ..Destination::default() },
            TextTarget::Outside(address) => {
                Destination { href: Some(address.clone()), outside: true, ..Destination::default() }
            }
            TextTarget::Here(fragment) => {
                Destination { href: Some(format!("#{fragment}")), ..Destination::default() }
            }
            TextTarget::Nowhere(_) => Destination::default(),
        }
    }

    /// What another page shows of a place that it quotes.
    fn card(&self, target: Target, root: &str) -> Card {
        let book = self.book();
        let cycle = &book.cycles[target.cycle(book)];
        let place = match target.unit(book) {
            Some(unit) => self.row(&[&self.config().units[unit].name, &cycle.name]),
            None => cycle.name.to_string(),
        };
        let mut card = Card { about: vec![place], mark: None, items: Vec::new() };
        let Some(document) = target.document() else { return card };
        card.mark = Some(self.mark(document).symbol);
        let okrs = book.documents[document].okrs();
        let link =
            |target: Target, word: String| (self.title(target), format!("{root}{}", self.url(target)), word);
        match target.place() {
            None => {
                for (at, objective) in okrs.objectives.iter().enumerate() {
                    let word =
                        objective.progress(self.today).map(|share| self.percent(share)).unwrap_or_default();
                    card.items.push(link(Target::Objective(document, at), word));
                }
            }
            Some(ItemPlace::Objective(at)) => {
                let objective = &okrs.objectives[at];
                if let Some(progress) = objective.progress(self.today) {
                    card.about.push(self.say("okrs.of-the-way", &[("progress", &self.percent(progress))]));
                }
                for (of, key_result) in objective.key_results.iter().enumerate() {
                    let word = key_result.value(self.today).map(|value| self.value(key_result, value));
                    card.items.push(link(Target::KeyResult(document, at, of), word.unwrap_or_default()));
                }
            }
            Some(ItemPlace::KeyResult(at, of)) => {
                let key_result = &okrs.objectives[at].key_results[of];
                if let Some(value) = key_result.value(self.today) {
                    card.about.push(self.value(key_result, value));
                }
            }
            Some(ItemPlace::Investment(at)) => {
                if let Some(capacity) = okrs.investments[at].capacity {
                    card.about.push(format!(
                        "{} {}",
                        self.percent(capacity / 100.0),
                        self.text("investments.of-capacity")
                    ));
                }
            }
        }
        card
    }
}
