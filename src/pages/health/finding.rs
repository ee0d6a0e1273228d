//! A finding: what is wrong, where, the lines that it is about, what to do.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Reported, Severity};
use crate::pages::site::Site;
use crate::source::{Place, Source};

use super::excerpt::{Line, excerpt};

/// A finding.
#[derive(Debug, Serialize)]
pub struct FindingView {
    /// error, warning or note; also the symbol.
    pub severity: &'static str,
    /// A class that colours it.
    pub class: &'static str,
    /// The word for its severity.
    pub word: String,
    /// What is wrong.
    pub message: Vec<Piece>,
    /// `content/okrs/fy27-q1/cloud.md:12:4`.
    pub at: String,
    /// Where that is edited.
    pub edit: Option<String>,
    /// The page of the document that it is in.
    pub url: Option<String>,
    /// What that document is called.
    pub document: String,
    /// The lines that it is about.
    pub lines: Vec<Line>,
    /// What to do.
    pub help: Vec<Piece>,
    /// Other places that matter: what is there, and where.
    pub related: Vec<(Vec<Piece>, String)>,
}

/// A stretch of a message.
#[derive(Debug, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether an author typed them.
    pub code: bool,
}

impl Site<'_> {
    pub(super) fn finding(
        &self,
        reported: &Reported,
        sources: &BTreeMap<Arc<str>, &Source>,
        whole: bool,
    ) -> FindingView {
        let finding = &reported.finding;
        let (severity, class) = match reported.severity {
            Severity::Error => ("error", "s-bad"),
            Severity::Warning => ("warning", "s-warn"),
            Severity::Note => ("note", "muted"),
        };
        let source = sources.get(&finding.place.path).copied();
        let lines = source
            .filter(|_| whole)
            .map(|source| excerpt(source, finding.place.span, finding.label.as_deref()))
            .unwrap_or_default();
        let document = self.document_at(&finding.place.path);
        FindingView {
            severity,
            class,
            word: self.text(&format!("health.{severity}")),
            message: pieces(&finding.message),
            at: position(&finding.place, source),
            edit: self.edit_url(&finding.place.path),
            url: document.map(|at| self.book().document_url(at)),
            document: document.map(|at| self.document_title(at)).unwrap_or_default(),
            lines,
            help: finding.help.as_deref().filter(|_| whole).map(pieces).unwrap_or_default(),
            related: finding
                .related
                .iter()
                .filter(|_| whole)
                .map(|related| {
                    let source = sources.get(&related.place.path).copied();
                    (pieces(&related.message), position(&related.place, source))
                })
                .collect(),
        }
    }
}

/// A path with its line and column, where the file is known.
fn position(place: &Place, source: Option<&Source>) -> String {
    match source {
        Some(source) => {
            let at = source.position(place.span.start());
            format!("{}:{}:{}", place.path, at.line, at.column)
        }
        None => place.path.to_string(),
    }
}

/// A message parted where it quotes what an author typed.
pub(super) fn pieces(message: &str) -> Vec<Piece> {
    let parts: Vec<&str> = message.split('`').collect();
    // a quote that is not closed is no quote
    let open = parts.len().is_multiple_of(2);
    let last = parts.len() - 1;
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        let code = at % 2 == 1 && !(open && at == last);
        let text = if at % 2 == 1 && !code { format!("`{part}") } else { part.to_owned() };
        if !text.is_empty() {
            pieces.push(Piece { text, code });
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_told_from_what_is_said() {
        let said = |message: &str| -> Vec<(String, bool)> {
            pieces(message).into_iter().map(|piece| (piece.text, piece.code)).collect()
        };
        assert_eq!(said("no `a` here"), [("no ".into(), false), ("a".into(), true), (" here".into(), false)]);
        assert_eq!(said("it`s"), [("it".into(), false), ("`s".into(), false)]);
        assert_eq!(said(""), []);
    }
}
