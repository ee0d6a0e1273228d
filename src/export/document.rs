//! A document of a unit: its objectives, key results, investments, assurances, and what was signed.

use crate::links::{EdgeKind, Target};
use crate::model::{Allow, Amendment, CheckIn, KeyResult, Measure, Objective, Okrs};

use super::fields::{Fields, texts};
use super::json::{Json, Object};
use super::{Export, approval, feedback};

impl<'a> Export<'a> {
    pub(super) fn document(&self, at: usize) -> Json<'a> {
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
        let edges = self.analysis.links.edges_of(at).iter().filter(|edge| edge.kind == EdgeKind::Assures(of));
        let answered = edges.filter_map(|edge| edge.to.as_ref().ok()).map(|to| to.reference(self.book()));
        let mut object = Object::default();
        object.put("for", answered.collect::<Json<'_>>()).text("by", assurance.by.as_ref());
        object
            .maybe("verdict", assurance.verdict.map(|verdict| verdict.as_str()))
            .text("why", assurance.why.as_ref());
        object.done()
    }
}

fn check_in(check_in: &CheckIn) -> Json<'_> {
    let mut object = Object::default();
    object.day("on", check_in.on.as_ref().map(|on| on.value));
    object.number("value", check_in.value()).number("confidence", check_in.confidence());
    object.number("forecast", check_in.forecast()).text("note", check_in.note.as_ref());
    object.done()
}

fn amendment(amendment: &Amendment) -> Json<'_> {
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
