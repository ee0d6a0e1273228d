//! Findings for reviewdog, in its diagnostic format.

use serde_json::{Value, json};

use super::{RuleInfo, based};
use crate::diagnostic::{Finding, Reported, Severity, Summary};
use crate::source::{Place, Source, Sources, Span};

/// A `DiagnosticResult` as JSON. `base` is the book's folder as seen from the repository's
/// (empty, or ending in `/`).
pub fn rdjson(
    findings: &[Reported],
    sources: &Sources,
    _summary: &Summary,
    rules: &[RuleInfo],
    base: &str,
) -> String {
    let diagnostics: Vec<Value> = findings.iter().map(|found| one(found, sources, rules, base)).collect();
    format!("{:#}\n", json!({ "source": { "name": "okrbook" }, "diagnostics": diagnostics }))
}

fn one(found: &Reported, sources: &Sources, rules: &[RuleInfo], base: &str) -> Value {
    let finding = &found.finding;
    let severity = match found.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    };
    let mut code = json!({ "value": finding.rule });
    if let Some(uri) =
        rules.iter().find(|rule| rule.name == finding.rule).and_then(|rule| rule.help_uri.as_ref())
    {
        code["url"] = json!(uri);
    }
    let mut diagnostic = json!({
        "message": message(finding),
        "location": location(sources, base, &finding.place),
        "severity": severity,
        "code": code,
    });
    let place = |span| Place::new(&finding.place.path, span);
    if !finding.fixes.is_empty() {
        let suggestions = finding.fixes.iter().map(
            |fix| json!({ "range": location(sources, base, &place(fix.span))["range"], "text": fix.replacement }),
        );
        diagnostic["suggestions"] = suggestions.collect();
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().map(|related| {
            json!({ "message": related.message, "location": location(sources, base, &related.place) })
        });
        diagnostic["relatedLocations"] = related.collect();
    }
    diagnostic
}

fn message(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    }
}

fn location(sources: &Sources, base: &str, place: &Place) -> Value {
    let range = match sources.get(&place.path) {
        Some(source) => {
            let end = place.span.end().max(place.span.start());
            json!({ "start": point(source, place.span.start()), "end": point(source, end) })
        }
        None => json!({ "start": { "line": 1, "column": 1 }, "end": { "line": 1, "column": 1 } }),
    };
    json!({ "path": based(base, &place.path), "range": range })
}

/// reviewdog counts columns in bytes.
fn point(source: &Source, offset: usize) -> Value {
    let line = source.position(offset).line;
    let start = source.line_span(line).start();
    let column = source.slice(Span::new(start, offset)).len() + 1;
    json!({ "line": line, "column": column })
}
