//! Findings as SARIF 2.1.0, which code-scanning services take.

use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::{RuleInfo, based, range};
use crate::diagnostic::{Finding, Fix, Reported, Summary};
use crate::source::{Place, Sources};

/// A log of one run. `base` is the book's folder as seen from the repository's (empty, or ending
/// in `/`); paths stay relative.
pub fn sarif(
    findings: &[Reported],
    sources: &Sources,
    _summary: &Summary,
    rules: &[RuleInfo],
    base: &str,
) -> String {
    let results: Vec<Value> = findings
        .iter()
        .zip(fingerprints(findings))
        .map(|(found, print)| result(found, sources, rules, base, &print))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "okrbook",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(descriptor).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn descriptor(rule: &RuleInfo) -> Value {
    let mut value = json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.full },
        "help": { "text": rule.full },
        "defaultConfiguration": { "level": rule.severity.as_str() },
    });
    if let Some(uri) = &rule.help_uri {
        value["helpUri"] = json!(uri);
    }
    value
}

fn result(found: &Reported, sources: &Sources, rules: &[RuleInfo], base: &str, print: &str) -> Value {
    let finding = &found.finding;
    let mut value = json!({
        "ruleId": finding.rule,
        "level": found.severity.as_str(),
        "message": { "text": message(finding) },
        "locations": [{ "physicalLocation": physical(sources, base, &finding.place) }],
        "partialFingerprints": { "okrbook/v1": print },
    });
    if let Some(index) = rules.iter().position(|rule| rule.name == finding.rule) {
        value["ruleIndex"] = json!(index);
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().enumerate().map(|(id, related)| {
            json!({
                "id": id,
                "physicalLocation": physical(sources, base, &related.place),
                "message": { "text": related.message },
            })
        });
        value["relatedLocations"] = related.collect();
    }
    if !finding.fixes.is_empty() {
        value["fixes"] = finding.fixes.iter().map(|fix| change(finding, fix, sources, base)).collect();
    }
    value
}

fn change(finding: &Finding, fix: &Fix, sources: &Sources, base: &str) -> Value {
    let place = Place::new(&finding.place.path, fix.span);
    let help = finding.help.as_deref().unwrap_or("change it");
    json!({
        "description": { "text": help },
        "artifactChanges": [{
            "artifactLocation": artifact(base, &place),
            "replacements": [{
                "deletedRegion": region(sources, &place),
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    })
}

fn message(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    }
}

fn physical(sources: &Sources, base: &str, place: &Place) -> Value {
    json!({ "artifactLocation": artifact(base, place), "region": region(sources, place) })
}

fn artifact(base: &str, place: &Place) -> Value {
    json!({ "uri": uri(&based(base, &place.path)) })
}

fn region(sources: &Sources, place: &Place) -> Value {
    let (start, end) = range(sources, place);
    json!({
        "startLine": start.line, "startColumn": start.column,
        "endLine": end.line, "endColumn": end.column,
    })
}

/// A relative path as a relative URI reference: a first part with a colon in it is no scheme.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte as char);
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
