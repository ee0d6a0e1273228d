//! The direction of a cycle: its text, and beside each theme the objectives that answer it.

mod answers;
mod own;

use serde::Serialize;

use crate::changes::Doc;
use crate::links::Target;
use crate::prose::Text;

use super::changed::Changed;
use super::parts::{Exchange, Mark, Pair, RibbonLevel, RibbonUnit, Who};
use super::phrase::{Phrase, Piece};
use super::site::{Site, root_of};
use super::{Entry, Page, View};

use answers::{ThemeAnswers, answers_by_level};
use own::Maker;

/// The direction of a cycle.
#[derive(Debug, Serialize)]
pub struct DirectionView {
    /// The direction, and how many objectives of each level answer it.
    pub ribbon: Vec<RibbonLevel>,
    /// Its title.
    pub title: String,
    /// How many objectives answer how many of its themes, in a sentence; or whose direction it is; or that
    /// there is none.
    pub lede: Phrase,
    /// What the cycle has of its own; none where it answers to that of another, or to none.
    pub own: Option<Own>,
    /// Its themes.
    pub themes: Vec<ThemeView>,
    /// The direction of the cycle before.
    pub previous: Option<Entry>,
    /// The direction of the cycle after.
    pub next: Option<Entry>,
    /// Where it is edited.
    pub edit: Option<String>,
    /// When it was last changed.
    pub changed: Option<String>,
}

/// A direction document.
#[derive(Debug, Serialize)]
pub struct Own {
    /// The symbol of its state.
    pub mark: Mark,
    /// Its state in words.
    pub state: String,
    /// Who wrote it, and who approves it.
    pub pair: Pair,
    /// Text above the themes.
    pub above: Vec<Text>,
    /// Text below them.
    pub below: Vec<Text>,
    /// The round trip.
    pub feedback: Vec<Exchange>,
    /// How much of it there is.
    pub feedback_summary: String,
    /// Addresses.
    pub links: Vec<Text>,
    /// Signatures: who, when, what they do.
    pub signatures: Vec<(Who, String, String)>,
    /// What changed under signatures that no longer match.
    pub changed: Vec<Changed>,
}

/// A theme.
#[derive(Debug, Serialize)]
pub struct ThemeView {
    /// Its anchor; none where its id is missing.
    pub id: Option<String>,
    /// `Theme 1`.
    pub number: String,
    /// What it asks for.
    pub title: Option<Text>,
    /// The same without marks.
    pub plain: String,
    /// Its page, where it is another's.
    pub url: Option<String>,
    /// Its sections of the text.
    pub text: Vec<Text>,
    /// The objectives that answer it.
    pub answers: ThemeAnswers,
}

/// The direction of a cycle.
pub(super) fn page(site: &Site<'_>, cycle: usize) -> Page {
    let of = &site.book().cycles[cycle];
    let url = format!("{}/direction/", of.id);
    let title = site.row(&[&site.text("direction.title"), &of.name]);
    let mut chrome = site.chrome(&url, title, Some(cycle), "direction");
    let own = site.book().direction_of(cycle);
    let answered = site.book().answers_to(cycle);
    let maker = answered.map(|at| {
        let document = &site.book().directions[at];
        let shared = site.shared(&document.file, &root_of(&url));
        Maker { site, at, cycle, document, direction: document.direction(), shared }
    });
    let themes = maker.as_ref().map(|maker| maker.themes(own.is_some())).unwrap_or_default();
    let view = DirectionView {
        ribbon: ribbon(site, cycle, own.map(|at| mark(site, at))),
        title: match own {
            Some(at) if site.book().directions[at].direction().title.is_some() => {
                site.title(Target::Direction(at))
            }
            _ => site.say("home.direction-for", &[("cycle", &of.name)]),
        },
        lede: lede(site, cycle, &themes),
        own: maker.as_ref().filter(|_| own.is_some()).map(|maker| maker.own()),
        themes,
        previous: neighbour(site, cycle, true),
        next: neighbour(site, cycle, false),
        edit: own.and_then(|at| site.edit_url(&site.book().directions[at].file.source.path)),
        changed: own.and_then(|at| site.last_changed(&site.book().directions[at].file.source.path)),
    };
    chrome.description = Some(super::phrase::words_of(&view.lede));
    Page { kind: "direction", chrome, view: View::Direction(Box::new(view)) }
}

/// How many themes are answered, in a sentence; or whose direction it is.
fn lede(site: &Site<'_>, cycle: usize, themes: &[ThemeView]) -> Phrase {
    let book = site.book();
    let Some(at) = book.answers_to(cycle) else { return vec![Piece::plain(site.text("direction.none"))] };
    let mut phrase = Phrase::new();
    let of = book.directions[at].cycle;
    if of != cycle {
        let link = Piece::link(book.cycles[of].name.as_ref(), site.url(Target::Direction(at)));
        let own = vec![Piece::plain(book.cycles[cycle].name.as_ref())];
        phrase = site.phrase("direction.of-another", None, &[("cycle", own), ("other", vec![link])]);
        phrase.push(Piece::plain(" "));
    }
    let total = themes.len();
    let answered = themes.iter().filter(|theme| theme.answers.count > 0).count();
    let values = [("n", site.whole(answered)), ("total", site.whole(total))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let said = match (total, answered) {
        (0, _) => site.text("direction.no-themes"),
        (total, 0) => site.count("direction.lede-none", total, &values),
        (total, answered) if total == answered => site.count("direction.lede-all", total, &values),
        _ => {
            let open: Vec<String> = themes
                .iter()
                .filter(|theme| theme.answers.count == 0)
                .map(|theme| site.say("list.quote", &[("text", &theme.plain)]))
                .collect();
            let list = site.lang.list(&open);
            let values = [values[0], values[1], ("themes", list.as_str())];
            site.count("direction.lede-some", open.len(), &values)
        }
    };
    phrase.push(Piece::plain(said));
    phrase
}

/// The direction and the levels beside each other, with how many of their objectives answer it.
fn ribbon(site: &Site<'_>, cycle: usize, mark: Option<Mark>) -> Vec<RibbonLevel> {
    let of = &site.book().cycles[cycle];
    let own =
        RibbonUnit { name: of.name.to_string(), url: format!("{}/direction/", of.id), mark, current: true };
    let mut levels =
        vec![RibbonLevel { name: site.text("direction.title"), here: true, units: vec![own], more: None }];
    let counts = answers_by_level(site, cycle);
    let themes = site
        .book()
        .answers_to(cycle)
        .is_some_and(|at| !site.book().directions[at].direction().themes.is_empty());
    for (level, (answering, total)) in site.config().levels.iter().zip(counts) {
        let values = [("n", site.whole(answering)), ("total", site.whole(total))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let name = match total {
            total if total == 0 || !themes => site.count("count.objectives", total, &[]),
            total => site.count("direction.answer-of", total, &values),
        };
        let url = format!("{}/#l-{}", of.id, level.id);
        levels.push(RibbonLevel {
            name: level.name.to_string(),
            here: false,
            units: vec![RibbonUnit { name, url, mark: None, current: false }],
            more: None,
        });
    }
    levels
}

/// The symbol of a direction's state, as that of a contract: its writers set it, its approvers sign.
pub(super) fn mark(site: &Site<'_>, at: usize) -> Mark {
    let direction = site.book().directions[at].direction();
    let shared = direction.shared.as_ref().is_some_and(|on| on.value <= site.today);
    let (symbol, class, key) = if !site.analysis.altered.in_doc(Doc::Direction(at)).is_empty() {
        ("m-altered", "altered", "altered")
    } else if direction.there(&site.config().approved_by, site.today).is_some() {
        ("m-final", "", "final")
    } else if shared {
        ("m-set", "", "draft")
    } else {
        ("m-preparing", "open", "preparing")
    };
    Mark { symbol, class, key, word: site.text(&format!("state.direction-{key}")) }
}

/// The nearest direction of a cycle of the same length, before or after.
fn neighbour(site: &Site<'_>, cycle: usize, before: bool) -> Option<Entry> {
    let book = site.book();
    let rhythm = book.cycles[cycle].rhythm;
    let fits = |other: &usize| book.cycles[*other].rhythm == rhythm && book.direction_of(*other).is_some();
    let found = if before { (0..cycle).rev().find(fits) } else { (cycle + 1..book.cycles.len()).find(fits) };
    let at = book.direction_of(found?)?;
    let of = &book.cycles[found?];
    Some(Entry {
        title: if book.directions[at].direction().title.is_some() {
            site.title(Target::Direction(at))
        } else {
            site.say("home.direction-for", &[("cycle", &of.name)])
        },
        url: site.url(Target::Direction(at)),
        note: of.name.to_string(),
        current: false,
    })
}
