//! The model for other programs: `export --format json` (also published as `okrs.json`) and csv.
//!
//! Keys are those of the format in snake case; what is absent is left out; numbers are not rounded.

use serde_json::{Map, Value};

use crate::config::Config;
use crate::links::Target;
use crate::model::{
    Allow, Approval, Book, CheckIn, Feedback, KeyResult, Measure, Objective, Okrs, TimelineState,
};
use crate::table::Words;
use crate::{Analysis, Options};

/// The whole model as JSON, ending with a line end.
pub fn json(analysis: &Analysis, options: &Options) -> String {
    use rayon::prelude::*;
    let export = Export { analysis, options };
    // document by document: a large book as one tree of values is many times its text
    let cycle = |at: usize| {
        let documents: Vec<usize> = analysis.book.documents_of(at).collect();
        let documents =
            documents.into_par_iter().map(|document| pretty(&export.document(document))).collect();
        with_list(&export.cycle(at), "documents", documents)
    };
    let cycles: Vec<String> = (0..analysis.book.cycles.len()).into_par_iter().map(cycle).collect();
    let mut text = with_list(&export.whole(), "cycles", cycles);
    text.push('\n');
    text
}

fn pretty(value: &Value) -> String {
    // a value of strings, numbers and lists always has a text
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// The text of an object, which has other keys, that has a list as its last key, of items that are texts already.
fn with_list(object: &Value, key: &str, items: Vec<String>) -> String {
    let object = pretty(object);
    let others = object.strip_suffix("\n}").unwrap_or_default();
    let mut text = format!("{others},\n  \"{key}\": [");
    let is_empty = items.is_empty();
    for (at, item) in items.into_iter().enumerate() {
        text.push_str(if at > 0 { ",\n    " } else { "\n    " });
        // a line end in a text of JSON is always written as `\n`, so that each of these is between values
        text.push_str(&item.replace('\n', "\n    "));
    }
    text.push_str(if is_empty { "]\n}" } else { "\n  ]\n}" });
    text
}

/// A line a key result, after a line of column names.
pub fn csv(analysis: &Analysis, options: &Options) -> String {
    let export = Export { analysis, options };
    let columns = [
        "cycle",
        "level",
        "unit",
        "ref",
        "objective",
        "title",
        "owner",
        "kind",
        "state",
        "from",
        "to",
        "at_least",
        "at_most",
        "measured_in",
        "value",
        "progress",
        "met",
        "confidence",
        "coverage",
        "grade",
        "outcome",
    ];
    let mut text = format!("{}\n", columns.join(","));
    for at in 0..analysis.book.cycles.len() {
        let cycle = export.cycle(at);
        for document in analysis.book.documents_of(at).map(|document| export.document(document)) {
            for objective in document["objectives"].as_array().map_or(&[][..], Vec::as_slice) {
                for key_result in objective["key_results"].as_array().map_or(&[][..], Vec::as_slice) {
                    let cell = |column: &str| match column {
                        "cycle" => field(&cycle["id"]),
                        "level" | "unit" => field(&document[column]),
                        "objective" => field(&objective["title"]),
                        column => field(&key_result[column]),
                    };
                    let row: Vec<String> = columns.iter().map(|column| cell(column)).collect();
                    text.push_str(&row.join(","));
                    text.push('\n');
                }
            }
        }
    }
    text
}

/// A value as a cell: quoted where it must be.
fn field(value: &Value) -> String {
    let plain = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    };
    if plain.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", plain.replace('"', "\"\"")) } else { plain }
}

struct Export<'a> {
    analysis: &'a Analysis,
    options: &'a Options,
}

/// An object under construction: what is absent is left out.
#[derive(Default)]
struct Object(Map<String, Value>);

impl Object {
    fn put(&mut self, key: &str, value: impl Into<Value>) -> &mut Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    fn maybe(&mut self, key: &str, value: Option<impl Into<Value>>) -> &mut Self {
        if let Some(value) = value {
            self.put(key, value);
        }
        self
    }

    fn text(&mut self, key: &str, words: Option<&Words>) -> &mut Self {
        self.maybe(key, words.map(|words| words.value.as_ref()))
    }

    fn texts(&mut self, key: &str, words: &[Words]) -> &mut Self {
        if !words.is_empty() {
            self.put(key, words.iter().map(|words| Value::from(words.value.as_ref())).collect::<Vec<_>>());
        }
        self
    }

    fn number(&mut self, key: &str, value: Option<f64>) -> &mut Self {
        self.maybe(key, value.map(number))
    }

    fn day(&mut self, key: &str, day: Option<crate::date::Date>) -> &mut Self {
        self.maybe(key, day.map(|day| day.to_string()))
    }

    fn done(&mut self) -> Value {
        Value::Object(std::mem::take(&mut self.0))
    }
}

/// A number as JSON has it; whole ones without a fraction.
fn number(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT {
        // whole and within what an f64 holds exactly
        return Value::from(value as i64);
    }
    serde_json::Number::from_f64(value).map_or(Value::Null, Value::Number)
}

impl Export<'_> {
    fn book(&self) -> &Book {
        &self.analysis.book
    }

    fn config(&self) -> &Config {
        &self.analysis.book.config
    }

    /// The book without its cycles.
    fn whole(&self) -> Value {
        let mut book = Object::default();
        book.put("title", self.config().title.as_ref())
            .maybe("description", self.config().description.as_deref())
            .put("language", self.config().language.value.as_ref());
        if !self.config().authors.is_empty() {
            book.put(
                "authors",
                self.config().authors.iter().map(|author| Value::from(author.as_ref())).collect::<Vec<_>>(),
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

    fn levels(&self) -> Vec<Value> {
        let level = |level: &crate::config::Level| {
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

    fn units(&self) -> Vec<Value> {
        let unit = |unit: &crate::config::Unit| {
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

    fn people(&self) -> Vec<Value> {
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
                object.put("owns", owns);
                object.done()
            })
            .collect()
    }

    /// A cycle without its documents.
    fn cycle(&self, at: usize) -> Value {
        let cycle = &self.book().cycles[at];
        let mut object = Object::default();
        object.put("id", cycle.id.as_ref()).put("name", cycle.name.as_ref());
        object.day("start", Some(cycle.start)).day("end", cycle.end);
        object.put("phase", cycle.phase(self.options.today).as_str());
        if !cycle.aliases.is_empty() {
            object.put(
                "aliases",
                cycle.aliases.iter().map(|alias| Value::from(alias.as_ref())).collect::<Vec<_>>(),
            );
        }
        object.maybe("direction", self.book().direction_of(at).map(|direction| self.direction(direction)));
        object.put("timeline", self.timeline(at));
        object.done()
    }

    fn direction(&self, at: usize) -> Value {
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
        object.put("themes", themes.collect::<Vec<_>>());
        object.put("feedback", direction.feedback.iter().map(feedback).collect::<Vec<_>>());
        object.put("approvals", direction.approvals.iter().map(approval).collect::<Vec<_>>());
        object.done()
    }

    fn timeline(&self, cycle: usize) -> Vec<Value> {
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
                let waiting = delivery.waiting_for(self.book()).map(|who| Value::from(who.as_ref()));
                object.put("waiting_for", waiting.collect::<Vec<_>>());
                object.done()
            })
            .collect()
    }

    fn document(&self, at: usize) -> Value {
        let document = &self.book().documents[at];
        let okrs = document.okrs();
        let unit = &self.config().units[document.unit];
        let mut object = Object::default();
        object.put("ref", self.book().name_of(at)).put("unit", unit.id.as_ref());
        object.maybe("level", self.config().levels.get(unit.level).map(|level| level.id.as_ref()));
        object.put("state", self.book().state(at, self.options.today).as_str());
        object.put("path", document.path().as_ref()).put("url", self.url(&self.book().document_url(at)));
        object.day("shared", okrs.shared.as_ref().map(|shared| shared.value));
        object.texts("owner", &okrs.owner).texts("links", &okrs.links);
        let objectives =
            okrs.objectives.iter().enumerate().map(|(of, objective)| self.objective(at, of, objective));
        object.put("objectives", objectives.collect::<Vec<_>>());
        let investments = (0..okrs.investments.len()).map(|of| self.investment(at, of));
        object.put("investments", investments.collect::<Vec<_>>());
        object.put(
            "assurances",
            (0..okrs.assurances.len()).map(|of| self.assurance(at, of)).collect::<Vec<_>>(),
        );
        object.put("feedback", okrs.feedback.iter().map(feedback).collect::<Vec<_>>());
        object.put("approvals", okrs.approvals.iter().map(approval).collect::<Vec<_>>());
        object.put("amendments", okrs.amendments.iter().map(amendment).collect::<Vec<_>>());
        object.put("allows", okrs.allows.iter().map(allow).collect::<Vec<_>>());
        object.done()
    }

    fn objective(&self, at: usize, of: usize, objective: &Objective) -> Value {
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
        object.put("key_results", key_results.collect::<Vec<_>>());
        object.done()
    }

    fn name(&self, object: &mut Object, target: Target, id: Option<&Words>) {
        if let Some(id) = id {
            object.put("ref", target.reference(self.book())).put("id", id.value.as_ref());
        }
    }

    fn key_result(
        &self,
        target: Target,
        okrs: &Okrs,
        objective: &Objective,
        key_result: &KeyResult,
    ) -> Value {
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
        object.put("check_ins", key_result.check_ins.iter().map(check_in).collect::<Vec<_>>());
        object.number("grade", key_result.grade).text("outcome", key_result.outcome.as_ref());
        object.done()
    }

    fn investment(&self, at: usize, of: usize) -> Value {
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
        let advances = advances
            .filter_map(|edge| edge.to.as_ref().ok())
            .map(|to| Value::from(to.reference(self.book())));
        object.put("advances", advances.collect::<Vec<_>>()).put("state", investment.activity.as_str());
        object.texts("labels", &investment.labels).texts("links", &investment.links);
        object.done()
    }

    fn assurance(&self, at: usize, of: usize) -> Value {
        let document = &self.book().documents[at];
        let assurance = &document.okrs().assurances[of];
        let edges = self
            .analysis
            .links
            .edges_of(at)
            .iter()
            .filter(|edge| edge.kind == crate::links::EdgeKind::Assures(of));
        let answered =
            edges.filter_map(|edge| edge.to.as_ref().ok()).map(|to| Value::from(to.reference(self.book())));
        let mut object = Object::default();
        object.put("for", answered.collect::<Vec<_>>()).text("by", assurance.by.as_ref());
        object
            .maybe("verdict", assurance.verdict.map(|verdict| verdict.as_str()))
            .text("why", assurance.why.as_ref());
        object.done()
    }

    fn references(&self, targets: Option<&Vec<Target>>) -> Vec<Value> {
        targets.into_iter().flatten().map(|target| Value::from(target.reference(self.book()))).collect()
    }

    /// An address of the site as a link that a browser on it can follow.
    fn url(&self, address: &str) -> String {
        let site_url = self.options.site_url.as_deref().unwrap_or(&self.config().site_url);
        format!("{}{address}", self.config().site(site_url).0)
    }
}

fn texts(words: &[Words]) -> Vec<Value> {
    words.iter().map(|words| Value::from(words.value.as_ref())).collect()
}

fn check_in(check_in: &CheckIn) -> Value {
    let mut object = Object::default();
    object.day("on", check_in.on.as_ref().map(|on| on.value));
    object
        .number("value", check_in.value.as_ref().map(|at| at.value))
        .number("confidence", check_in.confidence);
    object.number("forecast", check_in.forecast).text("note", check_in.note.as_ref());
    object.done()
}

fn feedback(feedback: &Feedback) -> Value {
    let mut object = Object::default();
    object.text("by", feedback.by.as_ref()).day("on", feedback.on.as_ref().map(|on| on.value));
    object.text("about", feedback.about.as_ref()).text("says", feedback.says.as_ref());
    object
        .maybe("outcome", feedback.outcome.map(|outcome| outcome.as_str()))
        .text("reply", feedback.reply.as_ref());
    object.done()
}

fn approval(approval: &Approval) -> Value {
    let mut object = Object::default();
    object
        .text("by", approval.by.as_ref())
        .maybe("as", approval.party.as_ref().map(|party| party.value.as_str()));
    object.day("on", approval.on.as_ref().map(|on| on.value)).text("digest", approval.digest.as_ref());
    object.done()
}

fn amendment(amendment: &crate::model::Amendment) -> Value {
    let mut object = Object::default();
    object.day("on", amendment.on.as_ref().map(|on| on.value)).text("by", amendment.by.as_ref());
    object.text("about", amendment.about.as_ref()).text("says", amendment.says.as_ref());
    object.done()
}

fn allow(allow: &Allow) -> Value {
    let mut object = Object::default();
    object
        .text("rule", allow.rule.as_ref())
        .text("about", allow.about.as_ref())
        .text("why", allow.why.as_ref());
    object.done()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whole_numbers_have_no_fraction_and_others_are_not_rounded() {
        assert_eq!(json!([number(5.0), number(0.1 + 0.2)]).to_string(), "[5,0.30000000000000004]");
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(field(&json!("a, \"b\"")), "\"a, \"\"b\"\"\"");
        assert_eq!(field(&json!(["a", "b"])), "a; b");
    }
}
