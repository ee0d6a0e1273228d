//! `approve`: a signature, which belongs to a text. What is signed is shown, and what changed since
//! this person signed last.

use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::desk::{Desk, Doc, Stopped, outcome};
use super::{Outcome, Shared, terminal, who};
use crate::changes;
use crate::diagnostic::one_of;
use crate::edit::{Change, Row, Value};
use crate::failure::Failure;
use crate::history;
use crate::model::{self, Approval, Okrs, Party, Refused, Signatures, digest, named, refused, same_person};
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

Writes the day and a digest of what is signed: objectives, key results with their measures, and
investments, not check-ins and reasons. A later change of these is found by `okrbook check`; both
parties sign again, once `okrbook amend` has said why. Where git holds the version that was signed
last, what changed since is shown.
Exits with 0, 1 if the document or book.toml has errors, 2 where the signature is not allowed: others
are named for the party in book.toml, or the person signs for the other one.";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Side {
    /// Who sets these OKRs and answers for them
    SetBy,
    /// Who commits to deliver them
    DeliveredBy,
}

impl Approve {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        outcome(self.write(shared))
    }

    fn write(&self, shared: &Shared) -> Result<(), Stopped> {
        let desk = Desk::take(shared)?;
        desk.refuse_book_errors()?;
        let doc = desk.doc(&self.doc)?;
        desk.refuse_errors(doc)?;
        let by = who::person(&desk.analysis.book.config, &self.by)?;
        match doc {
            Doc::Okrs(at) => self.contract(&desk, at, &by),
            Doc::Direction(at) => self.buy_in(&desk, at, &by),
        }
    }

    fn buy_in(&self, desk: &Desk, at: usize, by: &str) -> Result<(), Stopped> {
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
        let row: Row = vec![("by", Value::Text(by.to_owned())), ("on", Value::Day(desk.today))];
        desk.change(Doc::Direction(at), &[Change::Add { table: Vec::new(), name: "approval", row }])?;
        terminal::output(&text::buy_in(&name, by, desk.today, desk.direction(at)))?;
        Ok(())
    }

    fn contract(&self, desk: &Desk, at: usize, by: &str) -> Result<(), Stopped> {
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
        if let Some(reason) = refused(&signed, unit, signed.approvals.len() - 1) {
            return Err(not_allowed(desk, at, party, by, &reason).into());
        }
        let name = desk.name(Doc::Okrs(at));
        if let Some(day) = same_signature(okrs, party, by, &digest) {
            terminal::output(&format!("{by} signed this text on {day} already: nothing is written\n"))?;
            return Ok(());
        }
        let row: Row = vec![
            ("by", Value::Text(by.to_owned())),
            ("as", Value::Text(party.as_str().to_owned())),
            ("on", Value::Day(desk.today)),
            ("digest", Value::Text(digest)),
        ];
        desk.change(Doc::Okrs(at), &[Change::Add { table: Vec::new(), name: "approval", row }])?;
        let signatures = Signatures::of(&signed, unit, &book.cycles[of.cycle].id, desk.today);
        let shown = text::contract(&text::Signed {
            name: &name,
            by,
            party,
            today: desk.today,
            okrs: &signed,
            signatures: &signatures,
            since: since(desk, at, by),
        });
        terminal::output(&shown)?;
        Ok(())
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

/// The day of this person's last signature for the party, if it was given to this very text.
fn same_signature(okrs: &Okrs, party: Party, by: &str, digest: &str) -> Option<crate::date::Date> {
    let last = last_signature(okrs, by, Some(party))?;
    let same = last.digest.as_ref().is_some_and(|own| *own.value == *digest);
    last.on.as_ref().map(|on| on.value).filter(|_| same)
}

fn last_signature<'a>(okrs: &'a Okrs, by: &str, party: Option<Party>) -> Option<&'a Approval> {
    let own = okrs.approvals.iter().filter(|approval| {
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

/// What changed since this person signed last; none if there was no signature before.
fn since(desk: &Desk, at: usize, by: &str) -> Option<text::Since> {
    let okrs = desk.okrs(at);
    let last = last_signature(okrs, by, None)?;
    let on = last.on.as_ref()?.value;
    let Some(signed) = last.digest.as_ref() else { return Some(text::Since { on, changes: None }) };
    let of = &desk.analysis.book.documents[at];
    let cycle = &desk.analysis.book.cycles[of.cycle].id;
    let path = of.path();
    let in_src = desk.analysis.book.path_in_src(path);
    let found = history::versions(&desk.book.dir, path).into_iter().find_map(|version| {
        let text = history::text(&desk.book.dir, &version.revision, path)?;
        let file = model::read(&Source::new(Arc::clone(path), text), in_src);
        file.okrs().filter(|okrs| digest(okrs, cycle) == *signed.value).cloned()
    });
    Some(text::Since { on, changes: found.map(|before| changes::agreed(&before, okrs)) })
}
