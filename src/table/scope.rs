//! What the tables of one file share while they are read.
//!
//! Knows where findings go and where a block stands in its file, not what a table holds.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;

use crate::diagnostic::{Finding, Patience, Sink};
use crate::keys::Spec;
use crate::source::{Source, Span};

/// What the tables of one file share while they are read.
pub struct Scope<'a> {
    /// The file.
    pub source: &'a Source,
    /// Where its findings go.
    pub sink: RefCell<Sink>,
    /// How many bytes before the block of TOML.
    pub offset: usize,
    /// Stretches of the file that could not be read; a table that holds one is not said to lack keys.
    pub lost: &'a [Span],
    /// Every specification of this kind of file, to say where a misplaced key belongs.
    pub family: &'a [&'static Spec],
    /// How long what was meant is looked for.
    pub patience: Patience,
    /// The short texts of the file.
    pub words: RefCell<HashSet<Arc<str>>>,
}

/// A document says the same names, themes and units of measure again and again: texts up to this length are
/// kept once.
const SHORT: usize = 32;

impl Scope<'_> {
    /// A text, the same one where it was read before.
    pub(super) fn shared(&self, text: &str) -> Arc<str> {
        if text.len() > SHORT {
            return Arc::from(text);
        }
        let mut words = self.words.borrow_mut();
        if let Some(known) = words.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = Arc::from(text);
        words.insert(Arc::clone(&new));
        new
    }

    /// A place in the block as one in the file.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::from(range).shifted(self.offset)
    }

    /// Makes a finding and keeps it, after `with` has added to it.
    pub fn report(
        &self,
        rule: &'static str,
        span: Span,
        message: impl Into<String>,
        with: impl FnOnce(Finding) -> Finding,
    ) {
        let finding = with(self.sink.borrow().finding(rule, span, message));
        self.sink.borrow_mut().add(finding);
    }
}
