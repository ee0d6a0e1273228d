//! Findings as a GitLab Code Quality report.

use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::{based, range};
use crate::diagnostic::{Reported, Severity, Summary};
use crate::source::Sources;

/// A JSON list of issues. `base` is the book's folder as seen from the repository's (empty, or
/// ending in `/`).
pub fn gitlab(findings: &[Reported], sources: &Sources, _summary: &Summary, base: &str) -> String {
    let issues: Vec<Value> = findings
        .iter()
        .zip(fingerprints(findings))
        .map(|(found, print)| one(found, sources, base, &print))
        .collect();
    format!("{:#}\n", Value::Array(issues))
}

fn one(found: &Reported, sources: &Sources, base: &str, print: &str) -> Value {
    let finding = &found.finding;
    let (start, end) = range(sources, &finding.place);
    let description = match &finding.help {
        Some(help) => format!("{} ({help})", finding.message),
        None => finding.message.clone(),
    };
    let severity = match found.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    };
    json!({
        "type": "issue",
        "check_name": finding.rule,
        "description": description,
        "categories": ["Clarity"],
        "severity": severity,
        "fingerprint": print,
        "location": {
            "path": based(base, &finding.place.path),
            "lines": { "begin": start.line, "end": end.line },
        },
    })
}
