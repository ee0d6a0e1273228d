//! What all pages are made from: the analysis, the language, the day, and the small questions that
//! every page asks of them.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::Analysis;
use crate::config::Config;
use crate::date::{Date, days_between};
use crate::lang::Lang;
use crate::links::Target;
use crate::markdown::{is_unmarked, plain};
use crate::model::{Book, Cycle, File, Signatures, State, Timeline, page_url};
use crate::number::{Separators, points};
use crate::prose::{Shared, Text, Words};
use crate::table;

use super::Entry;
use super::parts::{Mark, Who};

/// What all pages are made from.
#[derive(Debug)]
pub struct Site<'a> {
    /// The book, read and judged.
    pub analysis: &'a Analysis,
    /// The words of the interface.
    pub lang: &'a Lang,
    /// The day that the pages speak of.
    pub today: Date,
    /// The path of the site on its server, which begins and ends with `/`.
    pub path: String,
    /// Its full address without a final `/`, where it is known.
    pub address: Option<String>,
    /// Every free page in the order of the navigation.
    pub navigation: Vec<Entry>,
    document_paths: OnceLock<HashMap<Arc<str>, usize>>,
    separators: Separators,
    pub(super) prose_words: Arc<Words>,
}

impl<'a> Site<'a> {
    /// The site of a book in a language.
    pub fn new(analysis: &'a Analysis, lang: &'a Lang, today: Date, site_url: &str) -> Self {
        let (path, address) = analysis.book.config.site(site_url);
        let text = |key: &str| lang.text(key).into_owned();
        let prose_words = Words {
            link_to: text("site.link-to"),
            alerts: ["page.note", "page.tip", "page.important", "page.warning", "page.caution"].map(text),
            done: ["page.done", "page.not-done"].map(text),
            footnotes: ["page.footnotes", "page.back-to-text"].map(text),
            table: text("page.table"),
            code: text("page.code"),
        };
        let separators = lang.separators();
        let prose_words = Arc::new(prose_words);
        let mut site = Self {
            analysis,
            lang,
            today,
            path,
            address,
            navigation: Vec::new(),
            document_paths: OnceLock::new(),
            separators: separators.clone(),
            prose_words,
        };
        site.navigation = site.ordered_pages();
        site
    }

    /// The document that a path is of.
    pub fn document_at(&self, path: &Arc<str>) -> Option<usize> {
        let documents = || self.book().documents.iter().enumerate();
        let paths = || documents().map(|(at, document)| (Arc::clone(document.path()), at)).collect();
        self.document_paths.get_or_init(paths).get(path).copied()
    }

    /// The book.
    pub fn book(&self) -> &'a Book {
        &self.analysis.book
    }

    /// Its configuration.
    pub fn config(&self) -> &'a Config {
        &self.analysis.book.config
    }

    /// The timeline of a cycle.
    pub fn timeline(&self, cycle: usize) -> &'a Timeline {
        &self.analysis.timelines[cycle]
    }

    /// What an author typed as a number, with its unit.
    pub fn number(&self, value: f64, unit: Option<&table::Words>) -> String {
        self.separators.with_unit(value, unit.map(|unit| unit.value.as_ref()))
    }

    /// A number as an author typed it.
    pub fn plain_number(&self, value: f64) -> String {
        self.separators.plain(value)
    }

    /// A share as whole per cent.
    pub fn percent(&self, share: f64) -> String {
        self.separators.percent(share)
    }

    /// A count with the separators of the language.
    pub fn whole(&self, count: usize) -> String {
        self.separators.whole(count as u64)
    }

    /// A text of the language.
    pub fn text(&self, key: &str) -> String {
        self.lang.text(key).into_owned()
    }

    /// A text of the language with its places filled.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.lang.say(key, values)
    }

    /// A text of the language in the form that goes with a number.
    pub fn count(&self, key: &str, n: usize, values: &[(&str, &str)]) -> String {
        self.lang.count(key, n as u64, values)
    }

    /// Words beside each other, as the language parts them.
    pub fn row(&self, words: &[&str]) -> String {
        words.join(&self.text("list.separator"))
    }

    /// A day in a sentence: without the year where it is the present one's or the next to it.
    pub fn day(&self, day: Date) -> String {
        crate::story::day(self.lang, day, self.today)
    }

    /// A day in a table.
    pub fn day_short(&self, day: Date) -> String {
        if days_between(day, self.today).abs() < 300 {
            self.lang.day_short(day)
        } else {
            self.say(
                "date.day-short-year",
                &[
                    ("day", &day.day().to_string()),
                    ("month-short", &self.lang.month_short(day)),
                    ("year", &day.year().to_string()),
                ],
            )
        }
    }

    /// From one day to another; without an end, from its first day on.
    pub fn dates(&self, cycle: &Cycle) -> String {
        match cycle.end {
            Some(end) => self.lang.span(cycle.start, end),
            None => self.say("date.since", &[("date", &self.lang.day_year(cycle.start))]),
        }
    }

    /// The word for a cycle's phase.
    pub fn phase_word(&self, cycle: &Cycle) -> String {
        self.text(&format!("phase.{}", cycle.phase(self.today).as_str()))
    }

    /// The symbol of a document's state, by who has signed.
    pub fn mark(&self, document: usize) -> Mark {
        let signatures = &self.analysis.signatures[document];
        let state = signatures.state(self.book().documents[document].okrs(), self.today);
        self.mark_of(state, signatures)
    }

    /// The symbol of a state.
    pub fn mark_of(&self, state: State, signatures: &Signatures) -> Mark {
        let (set, delivered) =
            (signatures.set_by.complete.is_some(), signatures.delivered_by.complete.is_some());
        let (symbol, class, key) = match state {
            State::Altered => ("m-altered", "altered", "altered"),
            State::Final => ("m-final", "", "final"),
            State::Draft | State::Preparing if set => ("m-set", "", "set"),
            State::Draft | State::Preparing if delivered => ("m-delivered", "", "delivered"),
            State::Draft => ("m-draft", "open", "draft"),
            State::Preparing => ("m-preparing", "open", "preparing"),
        };
        Mark { symbol, class, key, word: self.text(&format!("state.{key}-long")) }
    }

    /// Somebody named in front matter: a person with a page, a unit, or words.
    pub fn who(&self, typed: &str) -> Who {
        let typed = typed.trim();
        if let Some(handle) = typed.strip_prefix('@') {
            if let Some(person) = self.config().person(handle) {
                let person = &self.config().people[person];
                return Who {
                    name: person.name.to_string(),
                    url: Some(format!("people/{}/", encode(&person.handle))),
                };
            }
            return Who { name: typed.to_owned(), url: None };
        }
        if let Some(unit) = self.config().unit(typed) {
            let unit = &self.config().units[unit];
            return Who { name: unit.name.to_string(), url: Some(format!("units/{}/", unit.id)) };
        }
        Who { name: typed.to_owned(), url: None }
    }

    /// Several of them.
    pub fn whos(&self, typed: &[table::Words]) -> Vec<Who> {
        typed.iter().map(|words| self.who(&words.value)).collect()
    }

    /// Their names as a sentence lists them.
    pub fn names(&self, typed: &[table::Words]) -> String {
        let names: Vec<String> = self.whos(typed).into_iter().map(|who| who.name).collect();
        self.lang.list(&names)
    }

    /// The address of a place, relative to the site's root.
    pub fn url(&self, target: Target) -> String {
        let book = self.book();
        match target {
            Target::Unit(_, unit) => format!("units/{}/", self.config().units[unit].id),
            Target::Direction(at) => format!("{}/direction/", book.cycles[book.directions[at].cycle].id),
            Target::Theme(at, theme) => {
                let id = book.directions[at].direction().themes[theme].id.as_ref();
                let fragment = id.map(|id| format!("#{}", id.value)).unwrap_or_default();
                format!("{}/direction/{fragment}", book.cycles[book.directions[at].cycle].id)
            }
            _ => {
                let Some(document) = target.document() else { return String::new() };
                let place = target.place().and_then(|place| book.documents[document].okrs().name(place));
                let fragment = place.map(|name| format!("#{name}")).unwrap_or_default();
                format!("{}{fragment}", book.document_url(document))
            }
        }
    }

    /// The title of a place without marks, as other pages show it.
    pub fn title(&self, target: Target) -> String {
        let title = target.title(self.book());
        let file = match target {
            Target::Direction(at) | Target::Theme(at, _) => Some(&self.book().directions[at].file),
            _ => target.document().map(|at| &self.book().documents[at].file),
        };
        match file {
            _ if is_unmarked(&title) => title,
            Some(file)
                if target.place().is_some() || matches!(target, Target::Direction(_) | Target::Theme(..)) =>
            {
                plain(&title, &file.parts.scan.definitions)
            }
            _ => title,
        }
    }

    /// A title or a value of a file as inline text.
    pub fn inline(&self, words: &Option<table::Words>, shared: &Arc<Shared>) -> Option<Text> {
        words
            .as_ref()
            .filter(|words| !words.value.trim().is_empty())
            .map(|words| Text::inline(&words.value, shared))
    }

    /// How many points a progress is from the pace, the nearest whole one; positive is ahead.
    pub fn points(&self, progress: f64, pace: f64) -> i64 {
        points(progress - pace)
    }

    /// Whether a progress is behind the pace by more than the book allows.
    pub fn is_behind(&self, progress: f64, pace: f64) -> bool {
        self.book().is_behind(progress, pace)
    }

    /// The pace of something in a cycle that runs or has ended, by the day it is due.
    pub fn pace(&self, cycle: usize, due: Option<Date>) -> Option<f64> {
        self.book().pace(cycle, due, self.today)
    }

    /// The address of the page of a file outside of okrs/.
    pub fn page_url(&self, file: &File) -> String {
        page_url(self.book().path_in_src(&file.source.path))
    }

    /// When a file was last changed, in a sentence; nothing where no history tells.
    pub fn last_changed(&self, path: &str) -> Option<String> {
        let day = self.analysis.changed.get(path)?;
        Some(self.say("site.last-changed", &[("date", &self.lang.day_year(*day))]))
    }

    /// Where a page of the book is edited.
    pub fn edit_url(&self, path: &str) -> Option<String> {
        self.config().edit_url_template.as_ref().map(|template| template.replace("{path}", &encode(path)))
    }
}

/// A path for an address: what is not plain is written with per cent signs.
pub(super) fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

/// The way from a page to the site's root: `../../` for `fy27-q1/cloud/`.
pub(super) fn root_of(url: &str) -> String {
    match url.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}
