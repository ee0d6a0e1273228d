//! `approve`: a signature, which belongs to a text. What is signed is shown, and what changed since
//! this person signed last; in a terminal it is shown before it is signed.

use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::desk::{Desk, Doc, Stopped, outcome};
use super::{Outcome, Shared, terminal, who};
use crate::changes;
use crate::diagnostic::one_of;
use crate::edit::{Change, Row, Value};
use crate::failure::Failure;
use crate::history;
use crate::inputs::{Lost, Version};
use crate::model::{
    self, Approval, File, Okrs, Party, Refused, Signatures, Signers, digest, direction_digest, named,
    same_person,
};
use crate::source::{Source, Span};
use crate::table::{At, Words};

mod text;

/// Sign a document for one of its two parties, or give a direction your buy-in
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Approve {
    /// A document or direction, by reference (`fy27-q1:cloud`) or path
    #[arg(value_name = "DOC")]
    doc: String,
    /// The party that is signed for; a direction has none
    #[arg(long = "as", value_name = "PARTY")]
    party: Option<Side>,
    /// Who signs
    #[arg(long, value_name = "HANDLE")]
    by: String,
}

const AFTER: &str = "\
Examples:
  okrbook approve cloud --as set-by --by mo
  okrbook approve cloud --as delivered-by --by kai
  okrbook approve fy27-q2:direction --by ada     executive buy-in

Shows what is signed, and what changed since this person signed last, where git holds that text;
in a terminal it asks before it writes. The signature has the day and a digest of what is signed:
objectives, key results with their measures, and investments, not check-ins and reasons; of a
direction, its themes. `okrbook check` finds a later change of these; `okrbook amend` says why it
was made, and both parties sign again.
Exits with 0, 1 if the document or book.toml has errors, 2 where the signature is not allowed
(others are named for the party in book.toml, or the person signs for the other one) or not given.";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Side {
    /// Who sets these OKRs and answers for them
    SetBy,
    /// Who commits to deliver them
    DeliveredBy,
}

/// A signature that may be given: what it is of, and what is written and shown.
struct Signature {
    doc: Doc,
    name: String,
    row: Row,
    /// What is signed.
    of: String,
    /// Where the document stands then.
    then: String,
}

impl Approve {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        outcome(self.write(shared))
    }

    fn write(&self, shared: &Shared) -> Result<(), Stopped> {
        let mut desk = Desk::take(shared)?;
        let Some(mut signature) = self.signature(&desk)? else { return Ok(()) };
        if terminal::asks() {
            terminal::say(&signature.of);
            let text = Arc::clone(&desk.file(signature.doc).source.text);
            // others may write while somebody reads
            drop(desk);
            if !terminal::confirmed(&format!("sign {}? [Y/n] ", signature.name)) {
                return Err(Failure::new("not signed: nothing is written").into());
            }
            desk = Desk::take(shared)?;
            let Some(again) = self.signature(&desk)? else { return Ok(()) };
            if *desk.file(again.doc).source.text != *text {
                return Err(Failure::new(format!(
                    "{} was changed meanwhile: nothing is written",
                    again.name
                ))
                .help("read it again, then sign")
                .into());
            }
            signature = again;
        } else {
            signature.then = format!("{}{}", signature.of, signature.then);
        }
        let row = signature.row;
        desk.change(signature.doc, &[Change::Add { table: Vec::new(), name: "approval", row }])?;
        terminal::output(&signature.then)?;
        Ok(())
    }

    /// The signature that is asked for, if it may be given; none where it was given to this text already.
    fn signature(&self, desk: &Desk) -> Result<Option<Signature>, Stopped> {
        desk.refuse_book_errors()?;
        let doc = desk.doc(&self.doc)?;
        desk.refuse_errors(doc)?;
        let by = who::person(&desk.analysis.book.config, &self.by)?;
        match doc {
            Doc::Okrs(at) => self.contract(desk, at, &by),
            Doc::Direction(at) => self.buy_in(desk, at, &by),
        }
    }

    fn buy_in(&self, desk: &Desk, at: usize, by: &str) -> Result<Option<Signature>, Stopped> {
        let name = desk.name(Doc::Direction(at));
        if self.party.is_some() {
            return Err(Failure::new(format!("{name} has no parties: every signature is buy-in"))
                .help("leave `--as` out")
                .into());
        }
        let approved_by = &desk.analysis.book.config.approved_by;
        if !approved_by.is_empty() && !approved_by.iter().any(|named| same_person(&named.value, by)) {
            return Err(Failure::new(format!("{by} does not sign the direction"))
                .help(format!("`[direction] approved-by` in book.toml names {}", names(approved_by)))
                .into());
        }
        let direction = desk.direction(at);
        let digest = direction_digest(direction);
        if is_signed(&direction.approvals, None, by, &digest)? {
            return Ok(None);
        }
        let row: Row = vec![
            ("by", Value::Text(by.to_owned())),
            ("on", Value::Day(desk.today)),
            ("digest", Value::Text(digest)),
        ];
        let of = &desk.analysis.book.directions[at];
        let new = |old: &File| Some(changes::bought_in(old.direction()?, direction));
        let since = since(desk, &direction.approvals, by, &of.file, of.cycle, &new);
        let (of, then) = text::buy_in(&name, by, desk.today, direction, since.as_ref());
        Ok(Some(Signature { doc: Doc::Direction(at), name, row, of, then }))
    }

    fn contract(&self, desk: &Desk, at: usize, by: &str) -> Result<Option<Signature>, Stopped> {
        let book = &desk.analysis.book;
        let (okrs, of) = (desk.okrs(at), &book.documents[at]);
        let unit = &book.config.units[of.unit];
        let Some(side) = self.party else { return Err(needs_a_party(desk, at, by).into()) };
        let party = match side {
            Side::SetBy => Party::SetBy,
            Side::DeliveredBy => Party::DeliveredBy,
        };
        let digest = digest(okrs, &book.cycles[of.cycle].id);
        let signed = with_signature(desk, okrs, party, by, &digest);
        if let Some(reason) = Signers::of(&signed).refused(&signed, unit, signed.approvals.len() - 1) {
            return Err(not_allowed(desk, at, party, by, &reason).into());
        }
        if is_signed(&okrs.approvals, Some(party), by, &digest)? {
            return Ok(None);
        }
        let name = desk.name(Doc::Okrs(at));
        let row: Row = vec![
            ("by", Value::Text(by.to_owned())),
            ("as", Value::Text(party.as_str().to_owned())),
            ("on", Value::Day(desk.today)),
            ("digest", Value::Text(digest)),
        ];
        let new = |old: &File| Some(changes::agreed(old.okrs()?, okrs));
        let signatures = Signatures::of(&signed, unit, &book.cycles[of.cycle].id, desk.today);
        let (of, then) = text::contract(&text::Signed {
            name: &name,
            by,
            party,
            today: desk.today,
            okrs: &signed,
            signatures: &signatures,
            spoken: okrs.has_answer(unit, desk.today),
            since: since(desk, &okrs.approvals, by, &of.file, of.cycle, &new),
        });
        Ok(Some(Signature { doc: Doc::Okrs(at), name, row, of, then }))
    }
}

fn names(words: &[Words]) -> String {
    one_of(words.iter().map(|words| words.value.as_ref()))
}

/// The document as it will be with the signature.
fn with_signature(desk: &Desk, okrs: &Okrs, party: Party, by: &str, digest: &str) -> Okrs {
    let at = Span::default();
    let words = |text: &str| Some(At::new(Arc::from(text), at));
    let mut signed = okrs.clone();
    signed.approvals.push(Approval {
        span: at,
        by: words(by),
        party: Some(At::new(party, at)),
        on: Some(At::new(desk.today, at)),
        digest: words(digest),
    });
    signed
}

/// Whether this person's last signature for the party was given to this very text; then says so.
fn is_signed(approvals: &[Approval], party: Option<Party>, by: &str, digest: &str) -> Result<bool, Failure> {
    let Some(last) = last_signature(approvals, by, party) else { return Ok(false) };
    let same = last.digest.as_ref().is_some_and(|own| *own.value == *digest);
    if let Some(on) = last.on.as_ref().filter(|_| same) {
        terminal::output(&format!("{by} signed this text on {} already: nothing is written\n", on.value))?;
        return Ok(true);
    }
    Ok(false)
}

fn last_signature<'a>(approvals: &'a [Approval], by: &str, party: Option<Party>) -> Option<&'a Approval> {
    let own = approvals.iter().filter(|approval| {
        approval.by.as_ref().is_some_and(|who| same_person(&who.value, by))
            && party.is_none_or(|party| approval.party.as_ref().is_some_and(|of| of.value == party))
    });
    own.max_by_key(|approval| approval.on.as_ref().map(|on| on.value))
}

fn needs_a_party(desk: &Desk, at: usize, by: &str) -> Failure {
    let unit = &desk.analysis.book.config.units[desk.analysis.book.documents[at].unit];
    let is_named = |party| named(unit, party).iter().any(|named| same_person(&named.value, by));
    let failure = Failure::new(format!("which party does {by} sign for?"));
    match (is_named(Party::SetBy), is_named(Party::DeliveredBy)) {
        (true, false) => failure.help(format!("{by} is named for one: add `--as set-by`")),
        (false, true) => failure.help(format!("{by} is named for one: add `--as delivered-by`")),
        _ => failure.help("add `--as set-by` or `--as delivered-by`"),
    }
}

fn not_allowed(desk: &Desk, at: usize, party: Party, by: &str, reason: &Refused) -> Failure {
    let book = &desk.analysis.book;
    let unit = &book.config.units[book.documents[at].unit];
    let (side, other) = (party.as_str(), party.other().as_str());
    match reason {
        Refused::NotNamed => {
            let failure = Failure::new(format!("{by} does not sign for `{side}` of {}", unit.id));
            let also = named(unit, party.other()).iter().any(|named| same_person(&named.value, by));
            match also {
                true => failure.help(format!("{by} is named for the other party: `--as {other}`")),
                false => failure.help(format!("book.toml names {}", names(named(unit, party)))),
            }
        }
        Refused::NamedForOther => {
            Failure::new(format!("{by} is named for `{other}` of {} and cannot sign for `{side}`", unit.id))
                .help(format!("`--as {other}`, or let someone sign who is not named for it"))
        }
        Refused::SignsBoth => Failure::new(format!(
            "{by} has signed {} for `{other}`: nobody makes a contract with themselves",
            desk.name(Doc::Okrs(at))
        ))
        .help(format!("let someone else sign for `{side}`")),
    }
}

/// What changed from an earlier version of a file.
type Compared<'a> = &'a dyn Fn(&File) -> Option<Vec<changes::Change>>;

/// What changed since this person signed last; none if there was no signature before.
fn since(
    desk: &Desk,
    approvals: &[Approval],
    by: &str,
    file: &File,
    cycle: usize,
    compared: Compared<'_>,
) -> Option<text::Since> {
    let last = last_signature(approvals, by, None)?;
    let on = last.on.as_ref()?.value;
    let Some(digest) = &last.digest else {
        return Some(text::Since { on, changes: text::Changes::NoDigest });
    };
    let version = Version {
        path: Arc::clone(&file.source.path),
        in_src: Arc::from(desk.analysis.book.path_in_src(&file.source.path)),
        cycle: Arc::clone(&desk.analysis.book.cycles[cycle].id),
        digest: Arc::clone(&digest.value),
    };
    // who signs for both parties may have signed this very text for the other one
    let text = match changes::is_text_of(&version, &file.source.text) {
        true => Some(Ok(Arc::clone(&file.source.text))),
        false => history::recall(&desk.book.dir, std::slice::from_ref(&version)).remove(&version),
    };
    let changes = match text.unwrap_or(Err(Lost::Gone)) {
        Ok(text) => {
            let old = model::read(&Source::new(Arc::clone(&version.path), text.as_ref()), &version.in_src);
            text::Changes::Said(compared(&old).unwrap_or_default())
        }
        Err(lost) => text::Changes::Lost(lost),
    };
    Some(text::Since { on, changes })
}
