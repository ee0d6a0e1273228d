//! Findings as a compiler prints them: the source, the marks, what to do, and the other places.

use annotate_snippets::{AnnotationKind, Group, Level, Message, Origin, Patch, Renderer, Snippet};

use super::excerpt::excerpt;
use super::{safe, tally};
use crate::diagnostic::{Finding, Fix, Related, Reported, Severity, Summary};
use crate::source::{Place, Source, Sources, Span};

/// A related place within so many lines is marked in the finding's own excerpt.
const NEAR: usize = 30;
/// A fix with more text than this is named, not shown.
const LONGEST_FIX: usize = 2000;
/// More alternatives than this are not shown.
const MOST_FIXES: usize = 4;

/// All findings, and a line that counts them.
pub fn human(findings: &[Reported], sources: &Sources, summary: &Summary, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for found in findings {
        text.push_str(&one(found, sources, &renderer));
        text.push('\n');
    }
    text.push_str(&tally(summary));
    text.push('\n');
    text
}

/// A finding by itself, without colours.
pub fn finding(found: &Reported, sources: &Sources) -> String {
    one(found, sources, &Renderer::plain())
}

fn one(found: &Reported, sources: &Sources, renderer: &Renderer) -> String {
    let mut text = String::new();
    for line in drawn(found, sources, renderer).lines().filter(|line| !is_stray(line)) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

fn drawn(found: &Reported, sources: &Sources, renderer: &Renderer) -> String {
    let finding = &found.finding;
    let empty = Source::new(finding.place.path.as_ref(), "");
    let source = sources.get(&finding.place.path).unwrap_or(&empty);
    let (near, far): (Vec<&Related>, Vec<&Related>) =
        finding.related.iter().partition(|related| is_near(source, &finding.place, &related.place));

    let title = level(found.severity).primary_title(safe::line(&finding.message)).id(finding.rule);
    let mut main = Group::with_title(title).element(origin(source, finding.place.span));
    if let Some(snippet) = marked(source, finding, &near) {
        main = main.element(snippet);
    }
    let fixes = fixes(source, finding);
    if fixes.is_empty()
        && let Some(help) = &finding.help
    {
        main = main.element(Level::HELP.message(safe::lines(help)));
    }
    for related in far.iter().filter(|related| sources.get(&related.place.path).is_none()) {
        main = main.element(elsewhere(related));
    }
    let mut groups = vec![main];
    groups.extend(far.iter().filter_map(|related| other_place(sources, related)));
    groups.extend(fixes);
    renderer.render(&groups)
}

/// The library sets a mark for 'another file' between a place and an excerpt without a path of its
/// own. Ours have none: a place is counted in the file, an excerpt may be cut.
fn is_stray(line: &str) -> bool {
    line.contains("::: ") && anstream::adapter::strip_str(line).to_string().trim_start() == "::: "
}

/// The finding's own excerpt: its text marked, and the related places that are near it.
fn marked<'a>(
    source: &Source,
    finding: &Finding,
    near: &[&Related],
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    if source.text.is_empty() {
        return None;
    }
    let spans: Vec<Span> =
        std::iter::once(finding.place.span).chain(near.iter().map(|related| related.place.span)).collect();
    let shown = excerpt(source, &spans);
    let mut marks = shown.marks.into_iter();
    let own = AnnotationKind::Primary.span(marks.next().unwrap_or(0..0));
    let own = own.label(finding.label.as_deref().map(safe::line));
    let others = near
        .iter()
        .zip(marks)
        .map(|(related, mark)| AnnotationKind::Context.span(mark).label(safe::line(&related.message)));
    let snippet = Snippet::source(shown.text).line_start(shown.first_line).annotation(own);
    Some(snippet.annotations(others.collect::<Vec<_>>()))
}

/// A related place with an excerpt of its own.
fn other_place<'a>(sources: &Sources, related: &Related) -> Option<Group<'a>> {
    let source = sources.get(&related.place.path)?;
    let group = Group::with_title(Level::NOTE.secondary_title(safe::line(&related.message)))
        .element(origin(source, related.place.span));
    if source.text.is_empty() {
        return Some(group);
    }
    let mut shown = excerpt(source, &[related.place.span]);
    let mark = AnnotationKind::Primary.span(shown.marks.remove(0));
    Some(group.element(Snippet::source(shown.text).line_start(shown.first_line).annotation(mark)))
}

/// A related place in a file whose text is not there.
fn elsewhere<'a>(related: &Related) -> Message<'a> {
    Level::NOTE.message(format!("{}: {}", safe::line(&related.place.path), safe::line(&related.message)))
}

/// The fixes as patches under the help; none if there are none that can be shown.
fn fixes<'a>(source: &Source, finding: &Finding) -> Vec<Group<'a>> {
    let shown: Vec<&Fix> = finding
        .fixes
        .iter()
        .filter(|fix| fix.replacement.len() <= LONGEST_FIX && !source.text.is_empty())
        .take(MOST_FIXES)
        .collect();
    if shown.is_empty() {
        return Vec::new();
    }
    let help = finding.help.as_deref().unwrap_or(if shown.len() == 1 {
        "change it to"
    } else {
        "change it to one of"
    });
    let mut group = Group::with_title(Level::HELP.secondary_title(safe::lines(help)));
    for fix in shown {
        let mut part = excerpt(source, &[fix.span]);
        let replacement = safe::lines(&fix.replacement);
        let ending = if fix.replacement.ends_with('\n') { "\n" } else { "" };
        let patch = Patch::new(part.marks.remove(0), format!("{replacement}{ending}"));
        group = group.element(Snippet::source(part.text).line_start(part.first_line).patch(patch));
    }
    vec![group]
}

fn origin<'a>(source: &Source, span: Span) -> Origin<'a> {
    let start = source.position(span.start());
    Origin::path(safe::line(&source.path)).line(start.line).char_column(start.column)
}

fn is_near(source: &Source, own: &Place, other: &Place) -> bool {
    own.path == other.path
        && !source.text.is_empty()
        && source.position(own.span.start()).line.abs_diff(source.position(other.span.start()).line) <= NEAR
}

fn level<'a>(severity: Severity) -> Level<'a> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}
