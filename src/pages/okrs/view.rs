//! What an OKR document's page shows, as plain data.

use crate::pages::changed::Changed;
use serde::Serialize;

use super::super::Entry;
use super::super::parts::{Exchange, Link, Mark, Pair, RibbonLevel, Svg, Who};
use super::super::reading::{Agreed, Reading};
use crate::prose::{TableRows, Text};

/// An OKR document.
#[derive(Debug, Serialize)]
pub struct OkrsView {
    /// The levels beside each other.
    pub ribbon: Vec<RibbonLevel>,
    /// The unit.
    pub title: String,
    /// The cycle.
    pub cycle: String,
    /// The symbol of its state.
    pub mark: Mark,
    /// Its state, in words.
    pub state: String,
    /// The two parties.
    pub pair: Pair,
    /// Its objectives at a glance.
    pub glance: Vec<Glance>,
    /// Where the key results stand, in a sentence.
    pub sentence: String,
    /// Text above the OKRs.
    pub above: Vec<Text>,
    /// Its objectives.
    pub objectives: Vec<ObjectiveView>,
    /// Objectives of other units that it holds too.
    pub held: Vec<Link>,
    /// Text below them.
    pub below: Vec<Text>,
    /// What it answers to key results above.
    pub assurances: Vec<Link>,
    /// The round trip.
    pub feedback: Vec<Exchange>,
    /// How much of it there is.
    pub feedback_summary: String,
    /// What is said where there is none.
    pub feedback_none: String,
    /// What is invested.
    pub investments: Vec<InvestmentView>,
    /// How much, against what is expected.
    pub investments_summary: String,
    /// The signature lines.
    pub signatures: SignaturesView,
    /// Addresses.
    pub links: Vec<Text>,
    /// What is wrong with it, where it is published in spite of that.
    pub findings: Vec<String>,
    /// How many more there are, where not all are shown.
    pub findings_more: Option<String>,
    /// What its key results support is of this level, and what supports them of that one.
    pub sides: [Option<String>; 2],
    /// What stands above what a key result supports, and above what supports it.
    pub side_titles: [String; 2],
    /// The same unit in the cycle before.
    pub previous: Option<Entry>,
    /// The same unit in the cycle after.
    pub next: Option<Entry>,
    /// Where it is edited.
    pub edit: Option<String>,
    /// When it was last changed.
    pub changed: Option<String>,
    /// The charts' shared axis.
    pub frame: Svg,
}

/// An objective in a line.
#[derive(Debug, Serialize)]
pub struct Glance {
    /// Its title.
    pub title: String,
    /// Its anchor; none where its id is missing.
    pub id: Option<String>,
    /// Its progress in a word.
    pub progress: String,
    /// Whether it is behind the pace.
    pub behind: bool,
    /// Its progress drawn against the pace.
    pub strip: Svg,
}

/// An objective.
#[derive(Debug, Serialize)]
pub struct ObjectiveView {
    /// Its anchor.
    pub id: Option<String>,
    /// `Objective 1`.
    pub number: String,
    /// Its title.
    pub title: Option<Text>,
    /// Its title without marks.
    pub plain: String,
    /// Who owns it.
    pub owners: Vec<Who>,
    /// What is said of it in a few words each: commitment, themes, labels.
    pub facts: Vec<Fact>,
    /// Its progress.
    pub progress: String,
    /// Whether it is behind the pace.
    pub behind: bool,
    /// The reason.
    pub why: Option<Text>,
    /// Sections of the text that belong to it.
    pub text: Vec<Text>,
    /// What came of it.
    pub outcome: Option<Text>,
    /// Why it is not worked on.
    pub stopped: Option<Stopped>,
    /// What it supports, where it has no key results to say so.
    pub supports: Vec<Link>,
    /// Its key results.
    pub key_results: Vec<KeyResultView>,
}

/// A few words, with links in them.
#[derive(Debug, Default, Serialize)]
pub struct Fact {
    /// What is said.
    pub words: String,
    /// What it leads to, after the words.
    pub links: Vec<Link>,
    /// What an author wrote.
    pub text: Option<Text>,
}

/// Why something is not worked on.
#[derive(Debug, Serialize)]
pub struct Stopped {
    /// `Paused on 3 March.`
    pub title: String,
    /// paused or dropped.
    pub icon: &'static str,
    /// What the amendment says.
    pub says: Option<Text>,
}

/// A key result.
#[derive(Debug, Serialize)]
pub struct KeyResultView {
    /// Its anchor, `reliability/uptime`.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<Text>,
    /// Its title without marks.
    pub plain: String,
    /// What was agreed.
    pub agreed: Agreed,
    /// Who owns it.
    pub owners: Vec<Who>,
    /// Where the number comes from, and other addresses.
    pub sources: Vec<Text>,
    /// What is said of it in a few words each.
    pub facts: Vec<Fact>,
    /// The reason.
    pub why: Option<Text>,
    /// Sections of the text that belong to it.
    pub text: Vec<Text>,
    /// What it depends on.
    pub needs: Vec<Link>,
    /// What depends on it.
    pub needed_by: Vec<Link>,
    /// Where it stands.
    pub reading: Reading,
    /// Its check-ins drawn.
    pub chart: Svg,
    /// Its check-ins as the rows of a table: the day, the value with the one expected at the end, the confidence
    /// and what happened.
    pub check_ins: TableRows,
    /// How many.
    pub check_ins_summary: String,
    /// Why it is not worked on.
    pub stopped: Option<Stopped>,
    /// What it supports.
    pub supports: Vec<Link>,
    /// What supports it, and what others say.
    pub supported_by: Vec<Link>,
    /// More that supports it, in a fold.
    pub supported_more: Vec<Link>,
    /// How much more: also what the page of contracts lists alone.
    pub supported_summary: String,
    /// Whether it can be covered from below at all.
    pub has_below: bool,
    /// Its grade.
    pub grade: Option<String>,
    /// What came of it.
    pub outcome: Option<Text>,
}

/// An investment.
#[derive(Debug, Serialize)]
pub struct InvestmentView {
    /// Its anchor.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<Text>,
    /// Its title without marks.
    pub plain: String,
    /// Its share of the capacity.
    pub share: String,
    /// The reason.
    pub why: Option<Text>,
    /// What it advances.
    pub advances: Vec<Link>,
    /// Sections of the text that belong to it.
    pub text: Vec<Text>,
    /// paused, dropped, or empty.
    pub state: String,
}

/// The signature lines of a document.
#[derive(Debug, Serialize)]
pub struct SignaturesView {
    /// A class: `altered` or none.
    pub class: &'static str,
    /// The party that sets, and the one that delivers.
    pub parties: Vec<SigningView>,
    /// Signatures that later ones replace, in a line each.
    pub earlier: Vec<String>,
    /// How many.
    pub earlier_summary: String,
    /// What changed under signatures that no longer match.
    pub changed: Vec<Changed>,
    /// What changed after signing, as the document says.
    pub amendments: Vec<AmendmentView>,
}

/// The signature lines of a party.
#[derive(Debug, Serialize)]
pub struct SigningView {
    /// `Set by: Directors`.
    pub title: String,
    /// Who signed, when, and what else is to be said; an open line has no day.
    pub lines: Vec<(Who, String, String)>,
    /// A class: none, `some` or `unsigned`.
    pub class: &'static str,
}

/// What changed after signing.
#[derive(Debug, Serialize)]
pub struct AmendmentView {
    /// When.
    pub on: String,
    /// Who.
    pub by: Option<Who>,
    /// What it is about.
    pub about: Option<Link>,
    /// What changed, and why.
    pub says: Option<Text>,
}
