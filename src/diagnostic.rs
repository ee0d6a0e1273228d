//! What is found in a book: findings, their places, and the fixes they offer.
//!
//! Knows no rule and no output format. A finding is made where the fact is known; which
//! severity it has in the end, and whether it is silenced, the rules decide.

mod nearest;

pub use nearest::{Patience, nearest};

use std::sync::Arc;

use crate::source::{Place, Span};

/// How much a finding weighs. Only an error fails a run by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Note,
    /// Wants someone; fails a run with `--deny warnings`.
    Warning,
    /// The book is wrong.
    Error,
}

impl Severity {
    /// The word for it in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A change of the text that would settle a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced, in the finding's file.
    pub span: Span,
    /// What stands there instead.
    pub replacement: String,
    /// Whether it can be applied unseen (`check --fix`).
    pub certain: bool,
}

/// Another place that a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there.
    pub message: String,
}

/// One finding. Messages are lower case, without a final period, and put what the author typed
/// in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name, `group/name`.
    pub rule: &'static str,
    /// The severity, where it differs from the rule's own (say, once a document is final).
    pub severity: Option<Severity>,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What is said at the marked text, where that adds to the message.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Changes that would settle it; alternatives to each other.
    pub fixes: Vec<Fix>,
    /// Other places that matter.
    pub related: Vec<Related>,
    /// The objective, key result or investment in the document that it is about
    /// (`reliability/uptime`); what an `[[allow]]` with `about` refers to.
    pub about: Option<Arc<str>>,
}

impl Finding {
    /// A finding of `rule` at a place.
    pub fn new(rule: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: None,
            message: message.into(),
            place,
            label: None,
            help: None,
            fixes: Vec::new(),
            related: Vec::new(),
            about: None,
        }
    }

    /// With another severity than the rule's own.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// With a word at the marked text.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// With what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With what to do, where something is known to do.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// With a fix that can be applied unseen.
    pub fn certain_fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fixes.push(Fix { span, replacement: replacement.into(), certain: true });
        self
    }

    /// With a fix that wants an eye on it.
    pub fn suggestion(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fixes.push(Fix { span, replacement: replacement.into(), certain: false });
        self
    }

    /// With another place.
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(Related { place, message: message.into() });
        self
    }

    /// About an item of the document.
    pub fn about(mut self, item: impl Into<Arc<str>>) -> Self {
        self.about = Some(item.into());
        self
    }
}

/// A finding with the severity that it has in the end, once rules, settings and states had
/// their say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// What was found.
    pub finding: Finding,
    /// How much it weighs.
    pub severity: Severity,
}

/// A run in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity note.
    pub notes: usize,
    /// OKR documents that were looked at.
    pub documents: usize,
    /// Cycles that they are of.
    pub cycles: usize,
}

impl Summary {
    /// Counts findings by severity, of so many documents and cycles.
    pub fn count(findings: &[Reported], documents: usize, cycles: usize) -> Self {
        let of = |severity| findings.iter().filter(|found| found.severity == severity).count();
        Self {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            notes: of(Severity::Note),
            documents,
            cycles,
        }
    }
}

/// Where the findings of one file are put.
#[derive(Debug)]
pub struct Sink {
    /// The file that they are in.
    pub path: Arc<str>,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl Sink {
    /// An empty one for a file.
    pub fn new(path: &Arc<str>) -> Self {
        Self { path: Arc::clone(path), findings: Vec::new() }
    }

    /// A place in the file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.path, span)
    }

    /// A new finding in the file; add it with [`Sink::add`].
    pub fn finding(&self, rule: &'static str, span: Span, message: impl Into<String>) -> Finding {
        Finding::new(rule, self.place(span), message)
    }

    /// Keeps a finding.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}

/// A file that is not UTF-8: the byte, and where it is.
pub fn not_utf8(source: &crate::source::Source, at: usize, byte: u8) -> Finding {
    // what is not UTF-8 was replaced by a mark of this length
    let end = at + char::REPLACEMENT_CHARACTER.len_utf8();
    let shown = source.slice(Span::new(at, end)) == char::REPLACEMENT_CHARACTER.to_string();
    let span = Span::new(at, if shown { end } else { at });
    let help = match byte {
        0xfe | 0xff if at == 0 => "it begins as UTF-16 does: save the file as UTF-8".to_owned(),
        // the upper half of Latin-1, where its letters are
        0xa0.. => format!("in Latin-1 the byte is `{}`: save the file as UTF-8", char::from(byte)),
        _ => "save the file as UTF-8".to_owned(),
    };
    Finding::new("format/not-utf8", Place::new(&source.path, span), format!("byte 0x{byte:02x} is not UTF-8"))
        .label(format!("at offset {at} of the file"))
        .help(help)
}

/// As many names as a list in a message has; more are not read.
const MOST_LISTED: usize = 40;

/// Names as a reader lists them: `a, b or c`, each in backticks.
pub fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names: Vec<String> =
        names.into_iter().take(MOST_LISTED + 1).map(|name| format!("`{name}`")).collect();
    if names.len() > MOST_LISTED {
        "one of the others".clone_into(&mut names[MOST_LISTED]);
    }
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., last] => format!("{} or {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_one_says_them() {
        assert_eq!(one_of(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(one_of(["a"]), "`a`");
        assert!(one_of(std::iter::repeat("a")).ends_with("`a`, `a` or one of the others"));
    }
}
