//! Findings for other programs, in the format that the guide describes (`version` 1).

use serde::Serialize;

use super::range;
use crate::diagnostic::{Reported, Severity, Summary};
use crate::source::{Place, Position, Sources};

/// The run as one JSON object.
pub fn json(findings: &[Reported], sources: &Sources, summary: &Summary) -> String {
    let findings = findings.iter().map(|found| one(found, sources)).collect();
    let mut text = serde_json::to_string_pretty(&Run { version: 1, summary, findings })
        .expect("a run has only strings, numbers and lists");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Run<'a> {
    version: u32,
    summary: &'a Summary,
    findings: Vec<One<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    path: &'a str,
    span: Range,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    fixes: Vec<Fix<'a>>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Fix<'a> {
    span: Range,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    span: Range,
    message: &'a str,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
}

fn one<'a>(found: &'a Reported, sources: &Sources) -> One<'a> {
    let finding = &found.finding;
    let place = |span| Place::new(&finding.place.path, span);
    One {
        rule: finding.rule,
        severity: found.severity,
        message: &finding.message,
        path: &finding.place.path,
        span: span(sources, &finding.place),
        help: finding.help.as_deref(),
        fixes: finding
            .fixes
            .iter()
            .map(|fix| Fix { span: span(sources, &place(fix.span)), replacement: &fix.replacement })
            .collect(),
        related: finding
            .related
            .iter()
            .map(|related| Related {
                path: &related.place.path,
                span: span(sources, &related.place),
                message: &related.message,
            })
            .collect(),
    }
}

fn span(sources: &Sources, place: &Place) -> Range {
    let (start, end) = range(sources, place);
    Range { start: point(start), end: point(end) }
}

fn point(at: Position) -> Point {
    Point { line: at.line, column: at.column }
}
