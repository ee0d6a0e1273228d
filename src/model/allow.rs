//! An allow: a rule silenced in a document, with a reason.

use crate::source::Span;
use crate::table::{Reader, Words};

/// A rule silenced in a document, or at a place in it, `[[allow]]`.
#[derive(Clone, Debug)]
pub struct Allow {
    /// Where its table stands.
    pub span: Span,
    /// The rule's name, as typed.
    pub rule: Option<Words>,
    /// A place in the document.
    pub about: Option<Words>,
    /// The reason.
    pub why: Option<Words>,
}

impl Allow {
    pub(super) fn read(mut table: Reader<'_, '_>) -> Self {
        let rule = table.words("rule");
        let about = table.words("about");
        let why = table.prose("why");
        table.finish();
        Self { span: table.span, rule, about, why }
    }
}
