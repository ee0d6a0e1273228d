//! From what was found to what is reported: severities as the catalogue and the book set them,
//! silenced where a document says so, in the order of path and position.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::changes::Altered;
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::{Finding, Reported, Severity, nearest, one_of};
use crate::inputs::Asset;
use crate::keys::{SETTINGS, meant};
use crate::links::Links;
use crate::model::{Allow, Book, File, Front, Kind, Signatures, Timeline};
use crate::source::Place;

use super::{Context, Rule, catalogue};

/// What a check is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The day that all speaks of.
    pub today: Date,
    /// Whether cycles that ended long ago are looked at too.
    pub all: bool,
}

/// A book and what is known of it before the rules look at it.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The book.
    pub book: &'a Book,
    /// Where its references lead.
    pub links: &'a Links,
    /// The timeline of each cycle.
    pub timelines: &'a [Timeline],
    /// The files that are copied.
    pub assets: &'a [Asset],
    /// The signatures that no longer match.
    pub altered: &'a Altered,
    /// The signatures of each document that count on the day.
    pub signatures: &'a [Signatures],
}

/// What a book sets a rule to: `None` is off.
type Settings = BTreeMap<&'static str, Option<Severity>>;

/// Runs all rules over a book and weighs everything that was found, `found` by others included.
pub fn judge(known: &Known<'_>, mut found: Vec<Finding>, options: Options) -> Vec<Reported> {
    let Known { book, links, timelines, assets, altered, signatures } = *known;
    let (today, all) = (options.today, options.all);
    let context = Context { book, links, today, timelines, assets, altered, all, signatures };
    found.extend(book.findings.iter().cloned());
    for file in book.files() {
        found.extend(file.findings.iter().cloned());
    }
    let rules = catalogue();
    let settings = settings(&book.config, &rules, &mut found);
    let each: Vec<Vec<Finding>> = rules
        .par_iter()
        .map(|rule| {
            let mut own = Vec::new();
            if let Some(check) = rule.check.filter(|_| !is_off(rule, &settings)) {
                check(&context, &mut own);
            }
            own
        })
        .collect();
    found.extend(each.into_iter().flatten());
    let found = silence(&context, &rules, &settings, found);
    let mut reported: Vec<Reported> =
        found.into_iter().filter_map(|finding| weigh(finding, &rules, &settings)).collect();
    reported.sort_by(|a, b| {
        let key = |reported: &Reported| (reported.finding.place.clone(), reported.finding.rule);
        key(a).cmp(&key(b)).then_with(|| a.finding.message.cmp(&b.finding.message))
    });
    reported.dedup();
    reported
}

/// Whether nothing that a rule finds is reported.
fn is_off(rule: &Rule, settings: &Settings) -> bool {
    settings.get(rule.name).map_or(rule.severity.is_none(), Option::is_none)
}

fn weigh(finding: Finding, rules: &[&'static Rule], settings: &Settings) -> Option<Reported> {
    // a finding of no known rule is a mistake of ours, and must not pass in silence
    let own = rules
        .iter()
        .find(|rule| rule.name == finding.rule)
        .map_or(Some(Severity::Error), |rule| rule.severity);
    let severity = match settings.get(finding.rule) {
        Some(set) => *set,
        None => finding.severity.or(own),
    };
    severity.map(|severity| Reported { finding, severity })
}

/// `[rules]`, checked against the catalogue.
fn settings(config: &Config, rules: &[&'static Rule], found: &mut Vec<Finding>) -> Settings {
    let mut settings = Settings::new();
    for (name, value) in &config.rules {
        let place = |span| Place::new(&config.path, span);
        let Some(rule) = rules.iter().find(|rule| rule.name == name.value.as_ref()) else {
            found.push(unknown_rule("format/unknown-key", place(name.span), &name.value, rules, true));
            continue;
        };
        if !rule.can_be_set() {
            let message = format!("`{}` cannot be set: what cannot be read is always an error", rule.name);
            found.push(Finding::new("format/bad-value", place(name.span), message).help("take the line out"));
            continue;
        }
        let severity = match value.value.as_ref() {
            "off" => None,
            "note" => Some(Severity::Note),
            "warn" => Some(Severity::Warning),
            "error" => Some(Severity::Error),
            other => {
                let wants = one_of(SETTINGS.iter().copied());
                let finding = Finding::new(
                    "format/bad-value",
                    place(value.span),
                    format!("a rule is set to {wants}, not `{other}`"),
                );
                let near = meant(other, SETTINGS).or_else(|| nearest(other, SETTINGS.iter().copied()));
                found.push(match near {
                    Some(near) => finding
                        .help(format!("did you mean `{near}`?"))
                        .suggestion(value.span, format!("\"{near}\"")),
                    None => finding.help("write one of these words"),
                });
                continue;
            }
        };
        settings.insert(rule.name, severity);
    }
    settings
}

fn unknown_rule(
    rule: &'static str,
    place: Place,
    typed: &str,
    rules: &[&'static Rule],
    quoted: bool,
) -> Finding {
    let span = place.span;
    let finding = Finding::new(rule, place, format!("there is no rule `{typed}`"));
    match nearest_rule(typed, rules.iter().map(|rule| rule.name)) {
        Some(near) => {
            let replacement = if quoted { format!("\"{near}\"") } else { near.to_owned() };
            finding.help(format!("did you mean `{near}`?")).suggestion(span, replacement)
        }
        None => finding.help("`okrbook explain` lists the rules"),
    }
}

/// The rule that was meant: the nearest name, or the one whose second part it is.
pub fn nearest_rule<'a>(typed: &str, names: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let tail = typed.rsplit('/').next().unwrap_or(typed);
    names.clone().find(|name| name.rsplit('/').next() == Some(tail)).or_else(|| nearest(typed, names))
}

/// Takes out what documents silence, and reports the allows that silence nothing.
fn silence(
    context: &Context<'_>,
    rules: &[&'static Rule],
    settings: &Settings,
    found: Vec<Finding>,
) -> Vec<Finding> {
    let mut by_path: HashMap<Arc<str>, Vec<Finding>> = HashMap::new();
    for finding in found {
        by_path.entry(Arc::clone(&finding.place.path)).or_default().push(finding);
    }
    for file in context.book.files() {
        let allows: &[Allow] = match &file.front {
            Front::Okrs(okrs) => &okrs.allows,
            Front::Direction(direction) => &direction.allows,
            Front::Page(_) => continue,
        };
        if allows.is_empty() {
            continue;
        }
        let own = by_path.entry(Arc::clone(&file.source.path)).or_default();
        let applied = Silence::of(allows, file, rules);
        let (silent, mut kept): (Vec<Finding>, Vec<Finding>) =
            std::mem::take(own).into_iter().partition(|finding| applied.by(finding).is_some());
        let used: BTreeSet<usize> = silent.iter().filter_map(|finding| applied.by(finding)).collect();
        for (at, allow) in allows.iter().enumerate() {
            kept.extend(verdict_on(context, file, allow, rules, settings, used.contains(&at)));
        }
        *own = kept;
    }
    by_path.into_values().flatten().collect()
}

/// Whether the rules of the process look at a file: not where its cycle is history, or is none.
fn is_looked_at(context: &Context<'_>, file: &File) -> bool {
    match &file.kind {
        Kind::Direction(folder) | Kind::Okrs(folder, _) => {
            context.book.cycle(folder).is_some_and(|cycle| context.is_live(cycle))
        }
        Kind::Page | Kind::Stray => false,
    }
}

/// Whether a file has a place of this name.
fn has_place(front: &Front, about: &str) -> bool {
    match front {
        Front::Okrs(okrs) => okrs.place(about).is_some(),
        Front::Direction(direction) => direction.theme(about).is_some(),
        Front::Page(_) => false,
    }
}

/// What the allows of a file silence, by rule and by what they are about.
struct Silence<'a> {
    first: HashMap<(&'a str, Option<&'a str>), usize>,
}

impl<'a> Silence<'a> {
    fn of(allows: &'a [Allow], file: &File, rules: &[&'static Rule]) -> Self {
        let mut first = HashMap::new();
        for (at, allow) in allows.iter().enumerate() {
            let Some(name) = &allow.rule else { continue };
            let known = rules.iter().any(|rule| *rule.name == *name.value && rule.can_be_silenced());
            let about = allow.about.as_ref().map(|about| about.value.as_ref());
            if known && about.is_none_or(|about| has_place(&file.front, about)) {
                first.entry((name.value.as_ref(), about)).or_insert(at);
            }
        }
        Self { first }
    }

    /// The first allow that silences a finding: one about the item, about what it is a part of, or about
    /// the whole document.
    fn by(&self, finding: &Finding) -> Option<usize> {
        let own = finding.about.as_deref();
        let around = own.into_iter().flat_map(|own| own.match_indices('/').map(|(at, _)| &own[..at]));
        let abouts = std::iter::once(None).chain(own.map(Some)).chain(around.map(Some));
        abouts.filter_map(|about| self.first.get(&(finding.rule, about)).copied()).min()
    }
}

/// What is wrong with an allow: its rule, or that it silences nothing.
fn verdict_on(
    context: &Context<'_>,
    file: &Arc<File>,
    allow: &Allow,
    rules: &[&'static Rule],
    settings: &Settings,
    used: bool,
) -> Option<Finding> {
    let path = &file.source.path;
    let name = allow.rule.as_ref()?;
    let place = Place::new(path, name.span);
    let Some(rule) = rules.iter().find(|rule| rule.name == name.value.as_ref()) else {
        return Some(unknown_rule("format/bad-value", place, &name.value, rules, true));
    };
    if !rule.can_be_silenced() {
        let message = format!("`{}` cannot be silenced", rule.name);
        let help = "mend what it finds: rules of format/ and reference/ hold in every document";
        return Some(Finding::new("format/bad-value", place, message).help(help));
    }
    let about = allow.about.as_ref().map(|about| about.value.as_ref());
    if about.is_some_and(|about| !has_place(&file.front, about)) {
        return None; // a place that does not exist is a finding of its own
    }
    if used || is_off(rule, settings) || file.broken || !is_looked_at(context, file) {
        return None;
    }
    let message = format!("nothing here breaks `{}`: this allow silences nothing", rule.name);
    let finding = Finding::new("format/unused-allow", Place::new(path, allow.span), message);
    Some(finding.help("take the `[[allow]]` out"))
}
