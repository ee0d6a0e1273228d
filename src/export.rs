//! The model for other programs: `export --format json` (also published as `okrs.json`) and csv.
//!
//! Keys are those of the format in snake case; what is absent is left out; numbers are not rounded. A
//! document is a line, so that a change of one is a change of a line. Knows nothing of files: the text is
//! handed over, a part after the other.

mod csv;
mod json;

use rayon::prelude::*;

use crate::config::Config;
use crate::date::Date;
use crate::links::Target;
use crate::model::{
    Allow, Approval, Book, CheckIn, Feedback, KeyResult, Measure, Objective, Okrs, TimelineState,
};
use crate::table::Words;
use crate::{Analysis, Options};

pub use csv::csv;
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

/// What the format writes in like ways.
trait Fields<'a> {
    fn text(&mut self, key: &'static str, words: Option<&'a Words>) -> &mut Self;
    fn texts(&mut self, key: &'static str, words: &'a [Words]) -> &mut Self;
    fn number(&mut self, key: &'static str, value: Option<f64>) -> &mut Self;
    fn day(&mut self, key: &'static str, day: Option<Date>) -> &mut Self;
}

impl<'a> Fields<'a> for Object<'a> {
    fn text(&mut self, key: &'static str, words: Option<&'a Words>) -> &mut Self {
        self.maybe(key, words.map(|words| words.value.as_ref()))
    }

    fn texts(&mut self, key: &'static str, words: &'a [Words]) -> &mut Self {
        if words.is_empty() { self } else { self.put(key, texts(words)) }
    }

    fn number(&mut self, key: &'static str, value: Option<f64>) -> &mut Self {
        self.maybe(key, value.and_then(Json::number))
    }

    fn day(&mut self, key: &'static str, day: Option<Date>) -> &mut Self {
        self.maybe(key, day.map(|day| day.to_string()))
    }
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

    fn document(&self, at: usize) -> Json<'a> {
        let document = &self.book().documents[at];
        let okrs = document.okrs();
        let unit = &self.config().units[document.unit];
        let mut object = Object::default();
        object.put("ref", self.book().name_of(at)).put("unit", unit.id.as_ref());
        object.maybe("level", self.config().levels.get(unit.level).map(|level| level.id.as_ref()));
        object.put("state", self.analysis.signatures[at].state(okrs, self.options.today).as_str());
        object.put("path", document.path().as_ref()).put("url", self.url(&self.book().document_url(at)));
        object.day("shared", okrs.shared.as_ref().map(|shared| shared.value));
        object.texts("owner", &okrs.owner).texts("links", &okrs.links);
        let objectives =
            okrs.objectives.iter().enumerate().map(|(of, objective)| self.objective(at, of, objective));
        object.put("objectives", objectives.collect::<Json<'_>>());
        let investments = (0..okrs.investments.len()).map(|of| self.investment(at, of));
        object.put("investments", investments.collect::<Json<'_>>());
        object.put(
            "assurances",
            (0..okrs.assurances.len()).map(|of| self.assurance(at, of)).collect::<Json<'_>>(),
        );
        object.put("feedback", okrs.feedback.iter().map(feedback).collect::<Json<'_>>());
        object.put("approvals", okrs.approvals.iter().map(approval).collect::<Json<'_>>());
        object.put("amendments", okrs.amendments.iter().map(amendment).collect::<Json<'_>>());
        object.put("allows", okrs.allows.iter().map(allow).collect::<Json<'_>>());
        object.done()
    }

    fn objective(&self, at: usize, of: usize, objective: &'a Objective) -> Json<'a> {
        let okrs = self.book().documents[at].okrs();
        let target = Target::Objective(at, of);
        let links = &self.analysis.links;
        let mut object = Object::default();
        self.name(&mut object, target, objective.id.as_ref());
        object.text("title", objective.title.as_ref()).put("owner", texts(okrs.owners(objective)));
        object.number("progress", objective.progress(self.options.today));
        object.put("themes", texts(&objective.themes)).put("state", objective.activity.as_str());
        object.text("why", objective.why.as_ref()).maybe("commitment", objective.commitment);
        object.texts("labels", &objective.labels).texts("shared_with", &objective.shared_with);
        object.text("stands_alone", objective.stands_alone.as_ref()).texts("links", &objective.links);
        object.put("supports", self.references(links.supports.get(&target)));
        object.put("supported_by", self.references(links.supported_by.get(&target)));
        object.put("needed_by", self.references(links.needed_by.get(&target)));
        object.number("grade", objective.grade()).text("outcome", objective.outcome.as_ref());
        let key_results = objective.key_results.iter().enumerate();
        let key_results = key_results.map(|(number, key_result)| {
            self.key_result(Target::KeyResult(at, of, number), okrs, objective, key_result)
        });
        object.put("key_results", key_results.collect::<Json<'_>>());
        object.done()
    }

    fn name(&self, object: &mut Object<'a>, target: Target, id: Option<&'a Words>) {
        if let Some(id) = id {
            object.put("ref", target.reference(self.book())).put("id", id.value.as_ref());
        }
    }

    fn key_result(
        &self,
        target: Target,
        okrs: &'a Okrs,
        objective: &'a Objective,
        key_result: &'a KeyResult,
    ) -> Json<'a> {
        let today = self.options.today;
        let links = &self.analysis.links;
        let mut object = Object::default();
        self.name(&mut object, target, key_result.id.as_ref());
        object.text("title", key_result.title.as_ref());
        object.put("owner", texts(okrs.key_result_owners(objective, key_result)));
        object.maybe("kind", key_result.measure.as_str());
        match key_result.measure {
            Measure::Measured { from, to } => {
                object.number("from", Some(from)).number("to", Some(to));
            }
            Measure::Threshold { at_least, at_most } => {
                object.number("at_least", at_least).number("at_most", at_most);
            }
            Measure::Milestone | Measure::Unclear => {}
        }
        object.number("stretch", key_result.stretch).text("measured_in", key_result.measured_in.as_ref());
        object.texts("source", &key_result.source).number("weight", Some(key_result.weight));
        object.day("due", key_result.due.as_ref().map(|due| due.value));
        object.number("progress", key_result.progress(today)).maybe("met", key_result.met(today));
        object.number("value", key_result.value(today)).number("confidence", key_result.confidence(today));
        object.put("supports", self.references(links.supports.get(&target)));
        object.put("supported_by", self.references(links.supported_by.get(&target)));
        object.put("needs", self.references(links.needs.get(&target)));
        object.put("needed_by", self.references(links.needed_by.get(&target)));
        object.maybe("coverage", links.coverage.get(&target).map(|coverage| coverage.covered.as_str()));
        object.put("state", key_result.activity.as_str());
        object.maybe("commitment", key_result.commitment.or(objective.commitment));
        object.text("why", key_result.why.as_ref()).texts("labels", &key_result.labels);
        object.texts("shared_with", &key_result.shared_with).texts("links", &key_result.links);
        object.put("check_ins", key_result.check_ins.iter().map(check_in).collect::<Json<'_>>());
        object.number("grade", key_result.grade).text("outcome", key_result.outcome.as_ref());
        object.done()
    }

    fn investment(&self, at: usize, of: usize) -> Json<'a> {
        let okrs = self.book().documents[at].okrs();
        let investment = &okrs.investments[of];
        let target = Target::Investment(at, of);
        let mut object = Object::default();
        self.name(&mut object, target, investment.id.as_ref());
        object.text("title", investment.title.as_ref()).number("capacity", investment.capacity);
        let owner = if investment.owner.is_empty() { &okrs.owner } else { &investment.owner };
        object.text("why", investment.why.as_ref()).put("owner", texts(owner));
        let advances = self
            .analysis
            .links
            .edges_of(at)
            .iter()
            .filter(|edge| Target::item(edge.document, edge.from) == target);
        let advances = advances.filter_map(|edge| edge.to.as_ref().ok()).map(|to| to.reference(self.book()));
        object.put("advances", advances.collect::<Json<'_>>()).put("state", investment.activity.as_str());
        object.texts("labels", &investment.labels).texts("links", &investment.links);
        object.done()
    }

    fn assurance(&self, at: usize, of: usize) -> Json<'a> {
        let document = &self.book().documents[at];
        let assurance = &document.okrs().assurances[of];
        let edges = self
            .analysis
            .links
            .edges_of(at)
            .iter()
            .filter(|edge| edge.kind == crate::links::EdgeKind::Assures(of));
        let answered = edges.filter_map(|edge| edge.to.as_ref().ok()).map(|to| to.reference(self.book()));
        let mut object = Object::default();
        object.put("for", answered.collect::<Json<'_>>()).text("by", assurance.by.as_ref());
        object
            .maybe("verdict", assurance.verdict.map(|verdict| verdict.as_str()))
            .text("why", assurance.why.as_ref());
        object.done()
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

fn texts(words: &[Words]) -> Json<'_> {
    words.iter().map(|words| words.value.as_ref()).collect()
}

fn check_in(check_in: &CheckIn) -> Json<'_> {
    let mut object = Object::default();
    object.day("on", check_in.on.as_ref().map(|on| on.value));
    object.number("value", check_in.value()).number("confidence", check_in.confidence());
    object.number("forecast", check_in.forecast()).text("note", check_in.note.as_ref());
    object.done()
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

fn amendment(amendment: &crate::model::Amendment) -> Json<'_> {
    let mut object = Object::default();
    object.day("on", amendment.on.as_ref().map(|on| on.value)).text("by", amendment.by.as_ref());
    object.text("about", amendment.about.as_ref()).text("says", amendment.says.as_ref());
    object.done()
}

fn allow(allow: &Allow) -> Json<'_> {
    let mut object = Object::default();
    object
        .text("rule", allow.rule.as_ref())
        .text("about", allow.about.as_ref())
        .text("why", allow.why.as_ref());
    object.done()
}
