//! Findings as annotations that GitHub shows beside the changed lines.

use super::safe::visible;
use super::{based, range};
use crate::diagnostic::{Reported, Severity, Summary};
use crate::source::Sources;

/// One workflow command a finding. `base` is the book's folder as seen from the repository's
/// (empty, or ending in `/`).
pub fn github(findings: &[Reported], sources: &Sources, _summary: &Summary, base: &str) -> String {
    findings.iter().map(|found| one(found, sources, base)).collect()
}

fn one(found: &Reported, sources: &Sources, base: &str) -> String {
    let finding = &found.finding;
    let (start, end) = range(sources, &finding.place);
    let command = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    // columns are taken only where an annotation begins and ends on one line
    let place = if start.line == end.line {
        format!("line={},col={},endLine={},endColumn={}", start.line, start.column, end.line, end.column)
    } else {
        format!("line={},endLine={}", start.line, end.line)
    };
    let file = property(&based(base, &finding.place.path));
    let title = property(finding.rule);
    // the log that it passes through shows colours as a terminal does
    let message = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    format!("::{command} file={file},{place},title={title}::{}\n", data(&visible(&message)))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
