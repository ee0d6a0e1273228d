//! A line a finding, as editors and `grep` read them.

use super::{range, safe};
use crate::diagnostic::{Reported, Summary};
use crate::source::Sources;

/// `path:line:column: error[rule]: message`, one line each; nothing else.
pub fn short(findings: &[Reported], sources: &Sources, _summary: &Summary) -> String {
    let mut text = String::new();
    for found in findings {
        let finding = &found.finding;
        let (start, _) = range(sources, &finding.place);
        text.push_str(&format!(
            "{}:{}:{}: {}[{}]: {}\n",
            safe::line(&finding.place.path),
            start.line,
            start.column,
            found.severity.as_str(),
            finding.rule,
            safe::line(&finding.message),
        ));
    }
    text
}
