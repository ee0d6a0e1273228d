//! The model for other programs: `export --format json` (also published as `okrs.json`) and csv.
//!
//! Keys are those of the format in snake case; what is absent is left out; numbers are not rounded. A
//! document is a line, so that a change of one is a change of a line. Knows nothing of files: the text is
//! handed over, a part after the other.

mod csv;
mod document;
mod fields;
mod json;

use rayon::prelude::*;

use crate::config::Config;
use crate::links::Target;
use crate::model::{Approval, Book, Feedback, TimelineState};
use crate::table::Words;
use crate::{Analysis, Options};

pub use csv::csv;
use fields::Fields;
use json::{Json, Object};

/// So many documents are turned into text at once: enough for all cores, few beside the whole book.
const AT_ONCE: usize = 256;

/// The whole model as JSON, ending with a line end.
pub fn json(analysis: &Analysis, options: &Options) -> String {
    let mut text = String::new();
    each_part(analysis, options, &mut |part| {
        text.push_str(&part);
        true
    });
    text
}

/// The same in parts, in order, until no more are wanted: the text of a large book is larger than the book.
pub fn each_part(analysis: &Analysis, options: &Options, give: &mut dyn FnMut(String) -> bool) {
    let export = Export { analysis, options };
    let cycles = analysis.book.cycles.len();
    // each object is written up to its last key, a list of objects that are written likewise
    if !give(with_open_list(&export.whole(), "cycles", 0)) {
        return;
    }
    for at in 0..cycles {
        let documents: Vec<usize> = analysis.book.documents_of(at).collect();
        if !give(next(at, 2) + &with_open_list(&export.cycle(at), "documents", 2)) {
            return;
        }
        for (number, some) in documents.chunks(AT_ONCE).enumerate() {
            let text = |(place, document): (usize, &usize)| {
                next(number * AT_ONCE + place, 4) + &export.document(*document).line()
            };
            let texts: Vec<String> = some.par_iter().enumerate().map(text).collect();
            if !texts.into_iter().all(&mut *give) {
                return;
            }
        }
        if !give(closed(documents.is_empty(), 2)) {
            return;
        }
    }
    give(closed(cycles == 0, 0) + "\n");
}

/// What stands before an item of a list.
fn next(place: usize, inside: usize) -> String {
    format!("{}\n{:width$}", if place > 0 { "," } else { "" }, "", width = inside * 2)
}

/// The text of an object that has other keys, up to where the items of its last one begin.
fn with_open_list(object: &Json<'_>, key: &str, inside: usize) -> String {
    let text = object.pretty(inside);
    let others = text.rfind('\n').map_or("", |end| &text[..end]);
    format!("{others},\n{:width$}\"{key}\": [", "", width = inside * 2 + 2)
}

/// The end of that list, and of the object it is in.
fn closed(is_empty: bool, inside: usize) -> String {
    let width = inside * 2;
    let list = if is_empty { "]".to_owned() } else { format!("\n{:width$}  ]", "") };
    format!("{list}\n{:width$}}}", "")
}

struct Export<'a> {
    analysis: &'a Analysis,
    options: &'a Options,
}

impl<'a> Export<'a> {
    fn book(&self) -> &'a Book {
        &self.analysis.book
    }

    fn config(&self) -> &'a Config {
        &self.analysis.book.config
    }

    /// The book without its cycles.
    fn whole(&self) -> Json<'a> {
        let mut book = Object::default();
        book.put("title", self.config().title.as_ref())
            .maybe("description", self.config().description.as_deref())
            .put("language", self.config().language.value.as_ref());
        if !self.config().authors.is_empty() {
            book.put(
                "authors",
                self.config().authors.iter().map(|author| author.as_ref()).collect::<Json<'_>>(),
            );
        }
        let mut whole = Object::default();
        whole.put("version", 1);
        whole.put("date", self.options.today.to_string());
        whole.put("book", book.done());
        whole.put("levels", self.levels());
        whole.put("units", self.units());
        whole.put("people", self.people());
        whole.done()
    }

    fn levels(&self) -> Json<'a> {
        let level = |level: &'a crate::config::Level| {
            let mut object = Object::default();
            object.put("id", level.id.as_ref()).put("name", level.name.as_ref());
            object
                .maybe("set_by", level.set_by.as_deref())
                .maybe("delivered_by", level.delivered_by.as_deref());
            object.maybe("cycle", level.rhythm.map(|rhythm| rhythm.as_str()));
            object.maybe("optional", level.optional.then_some(true));
            object.done()
        };
        self.config().levels.iter().map(level).collect()
    }

    fn units(&self) -> Json<'a> {
        let unit = |unit: &'a crate::config::Unit| {
            let mut object = Object::default();
            object.put("id", unit.id.as_ref()).put("name", unit.name.as_ref());
            object.maybe("level", self.config().levels.get(unit.level).map(|level| level.id.as_ref()));
            object.maybe("within", unit.within.map(|within| self.config().units[within].id.as_ref()));
            object.texts("set_by", &unit.set_by).texts("delivered_by", &unit.delivered_by);
            object.text("since", unit.since.as_ref()).text("until", unit.until.as_ref());
            object.maybe("optional", unit.optional.then_some(true));
            object.done()
        };
        self.config().units.iter().map(unit).collect()
    }

    fn people(&self) -> Json<'a> {
        let mut owns: Vec<Vec<String>> = vec![Vec::new(); self.config().people.len()];
        for (at, document) in self.book().documents.iter().enumerate() {
            let okrs = document.okrs();
            for (of, objective) in okrs.objectives.iter().enumerate() {
                let mut add = |owners: &[Words], target: Target| {
                    for owner in owners.iter().filter(|owner| owner.value.starts_with('@')) {
                        if let Some(person) = self.config().person(&owner.value) {
                            owns[person].push(target.reference(self.book()));
                        }
                    }
                };
                add(okrs.owners(objective), Target::Objective(at, of));
                for (number, key_result) in objective.key_results.iter().enumerate() {
                    add(&key_result.owner, Target::KeyResult(at, of, number));
                }
            }
        }
        let people = self.config().people.iter().zip(owns);
        people
            .map(|(person, owns)| {
                let mut object = Object::default();
                object.put("handle", person.handle.as_ref()).put("name", person.name.as_ref());
                object.maybe("title", person.title.as_deref()).text("url", person.url.as_ref());
                object.list("owns", owns);
                object.done()
            })
            .collect()
    }

    /// A cycle without its documents.
    fn cycle(&self, at: usize) -> Json<'a> {
        let cycle = &self.book().cycles[at];
        let mut object = Object::default();
        object.put("id", cycle.id.as_ref()).put("name", cycle.name.as_ref());
        object.day("start", Some(cycle.start)).day("end", cycle.end);
        object.put("phase", cycle.phase(self.options.today).as_str());
        if !cycle.aliases.is_empty() {
            object.put("aliases", cycle.aliases.iter().map(|alias| alias.as_ref()).collect::<Json<'_>>());
        }
        object.maybe("direction", self.book().direction_of(at).map(|direction| self.direction(direction)));
        object.put("timeline", self.timeline(at));
        object.done()
    }

    fn direction(&self, at: usize) -> Json<'a> {
        let of = &self.book().directions[at];
        let direction = of.direction();
        let mut object = Object::default();
        object.text("title", direction.title.as_ref()).texts("written_by", &direction.written_by);
        object.day("shared", direction.shared.as_ref().map(|shared| shared.value));
        object.put("path", of.file.source.path.as_ref());
        object.put("url", self.url(&format!("{}/direction/", self.book().cycles[of.cycle].id)));
        object.texts("links", &direction.links);
        let themes = direction.themes.iter().enumerate().map(|(theme, of)| {
            let mut object = Object::default();
            object.text("id", of.id.as_ref()).text("title", of.title.as_ref());
            object.put(
                "answered_by",
                self.references(self.analysis.links.answered_by.get(&Target::Theme(at, theme))),
            );
            object.done()
        });
        object.put("themes", themes.collect::<Json<'_>>());
        object.put("feedback", direction.feedback.iter().map(feedback).collect::<Json<'_>>());
        object.put("approvals", direction.approvals.iter().map(approval).collect::<Json<'_>>());
        object.done()
    }

    fn timeline(&self, cycle: usize) -> Json<'a> {
        self.analysis.timelines[cycle]
            .deliveries
            .iter()
            .map(|delivery| {
                let deliverable = &self.config().deliverables[delivery.deliverable];
                let mut object = Object::default();
                object.put("what", delivery.what.as_str()).maybe("name", deliverable.name.as_deref());
                object.maybe("who", deliverable.who.as_deref());
                object.day("from", delivery.from).day("due", Some(delivery.due));
                object.put("state", TimelineState::as_str(delivery.state));
                object.put("delivered", delivery.delivered()).put("expected", delivery.expected.len());
                let waiting = delivery.waiting_for(self.book()).map(|who| who.as_ref());
                object.put("waiting_for", waiting.collect::<Json<'_>>());
                object.done()
            })
            .collect()
    }

    fn name(&self, object: &mut Object<'a>, target: Target, id: Option<&'a Words>) {
        if let Some(id) = id {
            object.put("ref", target.reference(self.book())).put("id", id.value.as_ref());
        }
    }

    fn references(&self, targets: Option<&[Target]>) -> Json<'a> {
        targets.into_iter().flatten().map(|target| target.reference(self.book())).collect()
    }

    /// An address of the site as a link that a browser on it can follow.
    fn url(&self, address: &str) -> String {
        let site_url = self.options.site_url.as_deref().unwrap_or(&self.config().site_url);
        format!("{}{address}", self.config().site(site_url).0)
    }
}

fn feedback(feedback: &Feedback) -> Json<'_> {
    let mut object = Object::default();
    object.text("by", feedback.by.as_ref()).day("on", feedback.on.as_ref().map(|on| on.value));
    object.text("about", feedback.about.as_ref()).text("says", feedback.says.as_ref());
    object
        .maybe("outcome", feedback.outcome.map(|outcome| outcome.as_str()))
        .text("reply", feedback.reply.as_ref());
    object.done()
}

fn approval(approval: &Approval) -> Json<'_> {
    let mut object = Object::default();
    object
        .text("by", approval.by.as_ref())
        .maybe("as", approval.party.as_ref().map(|party| party.value.as_str()));
    object.day("on", approval.on.as_ref().map(|on| on.value)).text("digest", approval.digest.as_ref());
    object.done()
}
