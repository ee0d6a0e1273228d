//! What a search finds: titles, addresses and texts of all that has a page or a place on one.

use std::sync::Arc;

use rayon::prelude::*;

use crate::date::Phase;
use crate::links::Target;
use crate::markdown::plain;
use crate::model::{Activity, CYCLE_PAGES, File, ItemPlace, heading_ids};
use crate::search::{At, Findable, Kind, Leaf, Maker, Part, Thing};
use crate::table::Words;

use super::free::heads_itself;
use super::site::{Site, encode};

use said::{Said, between};

mod said;

/// The words that a search says: keys of the language's table `search`.
const WORDS: [&str; 28] = [
    "query",
    "close",
    "filters",
    "results",
    "kinds",
    "cycle",
    "level",
    "unit",
    "present",
    "any-level",
    "any-unit",
    "objectives",
    "key-results",
    "investments",
    "directions",
    "units",
    "people",
    "pages",
    "found",
    "found-many",
    "found-near",
    "further",
    "nothing",
    "choose",
    "open",
    "escape",
    "slash",
    "failed",
];

/// The words for what is found, in the order of [`Kind`].
const KINDS: [&str; 8] =
    ["document", "objective", "key-result", "investment", "direction", "unit-one", "person", "page"];

/// All that can be found on a site.
pub fn findable<'a>(site: &'a Site<'a>) -> Findable<'a> {
    let book = site.book();
    let mut parts: Vec<Maker<'_>> = vec![Box::new(|| apart(site))];
    for cycle in in_order(site) {
        parts.push(Box::new(move || of_cycle(site, cycle)));
    }
    let words = WORDS.iter().map(|key| ((*key).to_owned(), forms(site, key)));
    let mut words: serde_json::Map<String, serde_json::Value> = words.collect();
    words.insert("kinds-of".to_owned(), KINDS.iter().map(|key| forms(site, key)).collect());
    words.insert("separator".to_owned(), site.text("number.separator").into());
    Findable {
        parts,
        levels: site.config().levels.iter().map(|level| level.name.to_string()).collect(),
        units: book.config.units.iter().map(|unit| (unit.name.to_string(), unit.level)).collect(),
        language: site.lang.name().to_owned(),
        words: words.into(),
    }
}

/// A text of the language, or its forms by number.
fn forms(site: &Site<'_>, key: &str) -> serde_json::Value {
    site.lang.forms(&format!("search.{key}"))
}

/// The present cycles as they begin, then those that ended, the last first. Where none is present, the last
/// one stands for it.
fn in_order(site: &Site<'_>) -> Vec<usize> {
    let cycles = &site.book().cycles;
    let ended = |at: &usize| cycles[*at].phase(site.today) == Phase::Ended;
    let (past, mut present): (Vec<usize>, Vec<usize>) = (0..cycles.len()).partition(ended);
    present.extend(past.into_iter().rev());
    present
}

/// What belongs to no cycle: units, people, pages.
fn apart(site: &Site<'_>) -> Part {
    let config = site.config();
    let units = config.units.iter().map(|unit| {
        let mut thing = thing(At::Leaf, Kind::Unit, unit.name.to_string());
        thing.note = config.levels[unit.level].name.to_string();
        thing.lesser = unit.id.to_string();
        (format!("units/{}/", unit.id), vec![thing])
    });
    let people = config.people.iter().map(|person| {
        let mut thing = thing(At::Leaf, Kind::Person, person.name.to_string());
        thing.note = person.title.as_deref().unwrap_or_default().to_owned();
        thing.lesser = format!("{} {}", person.handle, thing.note);
        (format!("people/{}/", encode(&person.handle)), vec![thing])
    });
    let pages: Vec<(String, Vec<Thing>)> = site
        .book()
        .pages
        .par_iter()
        .map(|file| (encode(&site.page_url(file)), of_page(site, file)))
        .collect();
    let own = [("timeline/", "cycles.title"), ("health/", "health.title")];
    let own = own.map(|(url, key)| (url.to_owned(), vec![thing(At::Leaf, Kind::Page, site.text(key))]));
    let leaves = units.chain(people).chain(own).chain(pages).enumerate();
    let leaf = |(number, (url, things)): (usize, (String, Vec<Thing>))| Leaf {
        number: number as u32,
        url,
        mark: String::new(),
        things,
    };
    Part { id: "handbook".to_owned(), title: String::new(), phase: "", leaves: leaves.map(leaf).collect() }
}

/// A free page with its headings; each is found by the words below it too.
fn of_page(site: &Site<'_>, file: &Arc<File>) -> Vec<Thing> {
    let title = if site.page_url(file).is_empty() {
        site.config().title.to_string()
    } else {
        site.page_title(file).1
    };
    let (headings, ids) = (&file.parts.scan.headings, heading_ids(file));
    let below = |from: usize, heading: usize| {
        between(file, from, headings.get(heading).map_or(file.parts.body.end(), |next| next.span.start()))
    };
    let mut things = vec![thing(At::Leaf, Kind::Page, title)];
    things[0].text = below(file.parts.body.start(), 0);
    let own = usize::from(heads_itself(file));
    for (at, (heading, id)) in headings.iter().zip(&ids).enumerate() {
        let text = below(heading.span.end(), at + 1);
        if at < own {
            things[0].text.push_str(&text);
            continue;
        }
        let mut found = thing(At::Item(at as u32), Kind::Page, heading.text.trim().to_owned());
        found.rest = format!("#{}", encode(id));
        found.text = text;
        things.push(found);
    }
    things
}

/// A cycle: its pages, its direction, its documents.
fn of_cycle(site: &Site<'_>, cycle: usize) -> Part {
    let book = site.book();
    let of = &book.cycles[cycle];
    let documents: Vec<usize> =
        (0..book.documents.len()).filter(|at| book.documents[*at].cycle == cycle).collect();
    let mut leaves = vec![cycle_pages(site, cycle)];
    leaves.extend(direction(site, cycle));
    leaves.par_extend(documents.into_par_iter().map(|at| document(site, at)));
    leaves.sort_by_key(|leaf| leaf.number);
    Part { id: of.id.to_string(), title: of.name.to_string(), phase: of.phase(site.today).as_str(), leaves }
}

fn cycle_pages(site: &Site<'_>, cycle: usize) -> Leaf {
    let of = &site.book().cycles[cycle];
    let mut things = vec![thing(At::Leaf, Kind::Page, of.name.to_string())];
    things[0].lesser = of.id.to_string();
    // the direction is a leaf of its own, and the page to print is no place to read
    let pages = CYCLE_PAGES.iter().filter(|page| !matches!(**page, "direction" | "print"));
    for (at, page) in pages.enumerate() {
        let mut found = thing(At::Item(at as u32), Kind::Page, site.text(&format!("tab.{page}")));
        found.rest = format!("{page}/");
        things.push(found);
    }
    Leaf { number: 0, url: format!("{}/", of.id), mark: String::new(), things }
}

fn direction(site: &Site<'_>, cycle: usize) -> Option<Leaf> {
    let book = site.book();
    let at = book.directions.iter().position(|direction| direction.cycle == cycle)?;
    let of = book.directions[at].direction();
    let mut things = vec![thing(At::Leaf, Kind::Direction, site.title(Target::Direction(at)))];
    things[0].lesser = site.text("tab.direction");
    let said = Said::new(&book.directions[at].file, site.today);
    things[0].text = join(said.document(), &said.feedback(&of.feedback, None));
    for number in 0..of.themes.len() {
        let target = Target::Theme(at, number);
        let mut found = thing(At::Item(number as u32), Kind::Direction, site.title(target));
        found.rest = rest(&site.url(target));
        found.lesser = id(of.themes[number].id.as_ref());
        found.text = said.item(None, &found.lesser);
        things.push(found);
    }
    Some(Leaf { number: 1, url: site.url(Target::Direction(at)), mark: String::new(), things })
}

fn document(site: &Site<'_>, at: usize) -> Leaf {
    let book = site.book();
    let document = &book.documents[at];
    let (okrs, unit) = (document.okrs(), &site.config().units[document.unit]);
    let definitions = &document.file.parts.scan.definitions;
    let title = |words: &Option<Words>| words.as_ref().map(|words| plain(&words.value, definitions));
    let mark = site.mark(at);
    let said = Said::new(&document.file, site.today);
    let feedback = |place| said.feedback(&okrs.feedback, place);
    let mut things = vec![thing(At::Leaf, Kind::Document, unit.name.to_string())];
    things[0].lesser = unit.id.to_string();
    things[0].note = mark.word;
    things[0].text = join(said.document(), &feedback(None));
    for (number, objective) in okrs.objectives.iter().enumerate() {
        let place = At::Item(number as u32);
        let mut found = thing(place, Kind::Objective, title(&objective.title).unwrap_or_default());
        let name = id(objective.id.as_ref());
        found.rest = anchor(&name, "");
        found.lesser = lesser(site, &name, &objective.labels, &objective.owner);
        found.text = join(said.objective(objective, &name), &feedback(Some(ItemPlace::Objective(number))));
        found.note = stopped(site, objective.activity)
            .or_else(|| Some(site.percent(objective.progress(site.today)?)))
            .unwrap_or_default();
        things.push(found);
        for (of, key_result) in objective.key_results.iter().enumerate() {
            let place = At::Within(number as u32, of as u32);
            let mut found = thing(place, Kind::KeyResult, title(&key_result.title).unwrap_or_default());
            let own = id(key_result.id.as_ref());
            found.rest = anchor(&name, &own);
            found.lesser = lesser(site, &own, &key_result.labels, &key_result.owner);
            let place = okrs.name(ItemPlace::KeyResult(number, of));
            found.text = join(
                said.key_result(key_result, place.as_deref()),
                &feedback(Some(ItemPlace::KeyResult(number, of))),
            );
            found.note = stopped(site, key_result.activity)
                .or_else(|| Some(site.value(key_result, key_result.value(site.today)?)))
                .unwrap_or_default();
            things.push(found);
        }
    }
    for (of, investment) in okrs.investments.iter().enumerate() {
        let place = At::Item((okrs.objectives.len() + of) as u32);
        let mut found = thing(place, Kind::Investment, title(&investment.title).unwrap_or_default());
        let name = id(investment.id.as_ref());
        found.rest = anchor(&name, "");
        found.lesser = lesser(site, &name, &investment.labels, &investment.owner);
        found.text =
            join(said.item(investment.why.as_ref(), &name), &feedback(Some(ItemPlace::Investment(of))));
        found.note = investment.capacity.map(|share| site.percent(share / 100.0)).unwrap_or_default();
        things.push(found);
    }
    let mark = format!("{} {}", mark.symbol, mark.class).trim().to_owned();
    Leaf { number: document.unit as u32 + 2, url: book.document_url(at), mark, things }
}

fn thing(at: At, kind: Kind, title: String) -> Thing {
    Thing {
        at,
        kind,
        title,
        rest: String::new(),
        note: String::new(),
        lesser: String::new(),
        text: String::new(),
    }
}

fn id(words: Option<&Words>) -> String {
    words.map(|id| id.value.to_string()).unwrap_or_default()
}

/// Its id, its labels, and who owns it.
fn lesser(site: &Site<'_>, id: &str, labels: &[Words], owners: &[Words]) -> String {
    let labels = labels.iter().map(|label| label.value.to_string());
    let owners = owners.iter().map(|owner| site.who(&owner.value).name);
    std::iter::once(id.to_owned()).chain(labels).chain(owners).collect::<Vec<_>>().join(" ")
}

fn join(one: String, other: &str) -> String {
    if one.is_empty() || other.is_empty() { one + other } else { format!("{one} {other}") }
}

/// The anchor of an item; none where an id is missing.
fn anchor(item: &str, of: &str) -> String {
    match (item, of) {
        ("", _) => String::new(),
        (item, "") => format!("#{item}"),
        (item, of) => format!("#{item}/{of}"),
    }
}

/// The fragment of an address.
fn rest(url: &str) -> String {
    url.find('#').map(|at| url[at..].to_owned()).unwrap_or_default()
}

fn stopped(site: &Site<'_>, activity: Activity) -> Option<String> {
    match activity {
        Activity::Active => None,
        Activity::Paused => Some(site.text("okrs.paused")),
        Activity::Dropped => Some(site.text("okrs.dropped")),
    }
}
