//! Signatures that no longer match what stands in their documents, and what has changed since each was
//! given: where the history still holds the version that was signed, in words.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Change, agreed, bought_in};
use crate::date::Date;
use crate::inputs::{Lost, Recalled, Version};
use crate::model::{
    Approval, Book, Direction, File, Okrs, Party, Signatures, Signed, buy_in, digest, direction_digest, read,
};
use crate::source::Source;

/// A document that is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doc {
    /// An OKR document, by its number in the book.
    Okrs(usize),
    /// A direction, by its number in the book.
    Direction(usize),
}

/// What changed since a signature was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// Nobody has asked the history yet.
    Unasked,
    /// It cannot be said.
    Lost(Lost),
    /// This.
    Changed(Vec<Change>),
}

/// A signature that no longer matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// For which party; a direction has none.
    pub party: Option<Party>,
    /// Whose it is.
    pub signed: Signed,
    /// What it was given to.
    pub version: Version,
    /// What changed since.
    pub since: Since,
}

/// All signatures of a book that no longer match, by document, in the order in which they stand there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Altered {
    stale: BTreeMap<Doc, Vec<Stale>>,
}

impl Altered {
    /// Those of a book on a day, among the signatures of each document that count on it, with what the
    /// history gave.
    pub fn of(book: &Book, signatures: &[Signatures], recalled: &Recalled, today: Date) -> Self {
        let mut all = BTreeMap::new();
        for (at, (document, signatures)) in book.documents.iter().zip(signatures).enumerate() {
            let okrs = document.okrs();
            if !has_digest(&okrs.approvals) {
                continue;
            }
            let signed = [Party::SetBy, Party::DeliveredBy]
                .into_iter()
                .flat_map(|party| signatures.party(party).signed.iter().map(move |one| (Some(party), one)));
            let (file, cycle) = (&document.file, &book.cycles[document.cycle].id);
            add(&mut all, Doc::Okrs(at), signed, (book, file, cycle, &okrs.approvals), recalled);
        }
        for (at, document) in book.directions.iter().enumerate() {
            let direction = document.direction();
            if !has_digest(&direction.approvals) {
                continue;
            }
            let signing = buy_in(direction, &book.config.approved_by, today);
            let signed = signing.signed.iter().map(|one| (None, one));
            let (file, cycle) = (&document.file, &book.cycles[document.cycle].id);
            add(&mut all, Doc::Direction(at), signed, (book, file, cycle, &direction.approvals), recalled);
        }
        Self { stale: all }
    }

    /// Those of a document.
    pub fn in_doc(&self, doc: Doc) -> &[Stale] {
        self.stale.get(&doc).map_or(&[], Vec::as_slice)
    }

    /// The documents that have any.
    pub fn docs(&self) -> impl Iterator<Item = (Doc, &[Stale])> {
        self.stale.iter().map(|(doc, stale)| (*doc, stale.as_slice()))
    }

    /// The versions that the history has not been asked for.
    pub fn unasked(&self) -> Vec<Version> {
        let all = self.stale.values().flatten().filter(|stale| stale.since == Since::Unasked);
        let mut versions: Vec<Version> = all.map(|stale| stale.version.clone()).collect();
        versions.sort();
        versions.dedup();
        versions
    }
}

fn has_digest(approvals: &[Approval]) -> bool {
    approvals.iter().any(|approval| approval.digest.is_some())
}

fn add<'a>(
    all: &mut BTreeMap<Doc, Vec<Stale>>,
    doc: Doc,
    signed: impl Iterator<Item = (Option<Party>, &'a Signed)>,
    (book, file, cycle, approvals): (&Book, &File, &Arc<str>, &[Approval]),
    recalled: &Recalled,
) {
    let stale = signed.filter(|(_, signed)| signed.altered).filter_map(|(party, signed)| {
        let version = Version {
            path: Arc::clone(&file.source.path),
            in_src: Arc::from(book.path_in_src(&file.source.path)),
            cycle: Arc::clone(cycle),
            digest: Arc::clone(&approvals[signed.approval].digest.as_ref()?.value),
        };
        let since = match recalled.get(&version) {
            None => Since::Unasked,
            Some(Err(lost)) => Since::Lost(*lost),
            Some(Ok(text)) => since(&version, text, file),
        };
        Some(Stale { party, signed: signed.clone(), version, since })
    });
    let mut stale: Vec<Stale> = stale.collect();
    stale.sort_by_key(|stale| stale.signed.approval);
    if !stale.is_empty() {
        all.insert(doc, stale);
    }
}

/// What changed from an earlier text of a document.
fn since(version: &Version, text: &str, now: &File) -> Since {
    let then = parsed(version, text);
    if let (Some(old), Some(new)) = (then.okrs(), now.okrs()) {
        return Since::Changed(agreed(old, new));
    }
    match (then.direction(), now.direction()) {
        (Some(old), Some(new)) => Since::Changed(bought_in(old, new)),
        _ => Since::Lost(Lost::Gone),
    }
}

fn parsed(version: &Version, text: &str) -> File {
    read(&Source::new(Arc::clone(&version.path), text), &version.in_src)
}

/// Whether a text is the one that a version is of.
pub fn is_text_of(version: &Version, text: &str) -> bool {
    let file = parsed(version, text);
    let of_okrs = |okrs: &Okrs| digest(okrs, &version.cycle);
    let own =
        file.okrs().map(of_okrs).or_else(|| file.direction().map(|of: &Direction| direction_digest(of)));
    own.is_some_and(|own| own == *version.digest)
}
