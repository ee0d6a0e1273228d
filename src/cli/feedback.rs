//! `feedback`: the round trip. What readers say to a draft, and what its authors make of it.

use clap::Args;

use super::desk::{self, Desk, Doc, Stopped, outcome};
use super::{Outcome, Shared, terminal, who};
use crate::diagnostic::{nearest, one_of};
use crate::edit::{Change, Row, Value};
use crate::failure::Failure;
use crate::keys::OUTCOMES;
use crate::model;

/// Give feedback to a draft, answer it, or list it
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Feedback {
    /// A document or direction, by reference (`fy27-q1:cloud`) or path
    #[arg(value_name = "DOC")]
    doc: String,
    /// Who says it
    #[arg(long, value_name = "HANDLE", requires = "says", conflicts_with = "answer")]
    by: Option<String>,
    /// What is said
    #[arg(long, value_name = "TEXT", requires = "by", conflicts_with = "answer")]
    says: Option<String>,
    /// What it is about: an objective, `objective/key-result`, an investment, or a theme
    #[arg(long, value_name = "PLACE", requires = "says")]
    about: Option<String>,
    /// Which piece of feedback is answered, counted from 1
    #[arg(long, value_name = "N", requires = "outcome")]
    answer: Option<usize>,
    /// What came of it: open, changed, declined or no-change-needed
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<String>,
    /// What is answered
    #[arg(long, value_name = "TEXT", requires = "answer")]
    reply: Option<String>,
}

const AFTER: &str = "\
Examples:
  okrbook feedback cloud --by kai --about reliability/uptime \\
    --says \"99.99 needs a third region we cannot staff.\"
  okrbook feedback cloud                               lists what was said, with its numbers
  okrbook feedback cloud --answer 1 --outcome changed --reply \"Target is now 99.95.\"
  okrbook feedback cloud --by lin --says \"Nothing to change.\" --outcome no-change-needed

A contract whose delivering party is on record with no feedback is taken as given; the last example
says that it was read and is agreed to.
Exits with 0, 1 if the document has errors, 2 where a name does not exist.";

impl Feedback {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        outcome(self.write(shared))
    }

    fn write(&self, shared: &Shared) -> Result<(), Stopped> {
        let came_of_it = self.outcome.as_deref().map(known_outcome).transpose()?;
        let desk = Desk::take(shared)?;
        let doc = desk.doc(&self.doc)?;
        match (&self.says, self.answer) {
            (Some(says), _) => self.add(&desk, doc, says, came_of_it.unwrap_or("open")),
            (None, Some(number)) => self.answer(&desk, doc, number, came_of_it.unwrap_or("open")),
            (None, None) if came_of_it.is_some() => Err(Failure::new("`--outcome` stands alone")
                .help("say which feedback it answers with `--answer N`, or what is said with `--says TEXT`")
                .into()),
            (None, None) => Ok(terminal::output(&list(&desk, doc))?),
        }
    }

    fn add(&self, desk: &Desk, doc: Doc, says: &str, came_of_it: &str) -> Result<(), Stopped> {
        desk.refuse_errors(doc)?;
        let by = who::person(&desk.analysis.book.config, self.by.as_deref().unwrap_or_default())?;
        let mut row: Row = vec![("by", Value::Text(by)), ("on", Value::Day(desk.today))];
        if let Some(about) = &self.about {
            row.push(("about", Value::Text(about_of(desk, doc, about)?)));
        }
        row.push(("says", Value::Text(desk::text("--says", says)?)));
        row.push(("outcome", Value::Text(came_of_it.to_owned())));
        desk.change(doc, &[Change::Add { table: Vec::new(), name: "feedback", row }])?;
        let (name, number) = (desk.name(doc), given(desk, doc).len() + 1);
        let next = match came_of_it {
            "open" => format!(
                "\nits authors answer with `okrbook feedback {name} --answer {number} --outcome changed --reply TEXT`"
            ),
            _ => String::new(),
        };
        terminal::output(&format!("feedback {number} is in {name}{next}\n"))?;
        Ok(())
    }

    fn answer(&self, desk: &Desk, doc: Doc, number: usize, came_of_it: &str) -> Result<(), Stopped> {
        desk.refuse_errors(doc)?;
        let (name, all) = (desk.name(doc), given(desk, doc).len());
        let Some(at) = number.checked_sub(1).filter(|at| *at < all) else {
            let help = match all {
                0 => "nobody has given any yet".to_owned(),
                1 => "there is one, number 1".to_owned(),
                _ => format!("there are {all}: `okrbook feedback {name}` lists them"),
            };
            return Err(Failure::new(format!("{name} has no feedback {number}")).help(help).into());
        };
        let table = vec![("feedback", at)];
        let value = Value::Text(came_of_it.to_owned());
        let mut changes = vec![Change::Set { table: table.clone(), key: "outcome", value }];
        if let Some(reply) = &self.reply {
            let value = Value::Text(desk::text("--reply", reply)?);
            changes.push(Change::Set { table, key: "reply", value });
        }
        desk.change(doc, &changes)?;
        terminal::output(&format!("feedback {number} of {name} is answered: {came_of_it}\n"))?;
        Ok(())
    }
}

fn known_outcome(typed: &str) -> Result<&'static str, Failure> {
    OUTCOMES.iter().copied().find(|outcome| *outcome == typed.trim()).ok_or_else(|| {
        let wants = one_of(OUTCOMES.iter().copied());
        let failure = Failure::new(format!("`--outcome` is {wants}, not `{typed}`"));
        match nearest(typed, OUTCOMES.iter().copied()) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure,
        }
    })
}

fn given(desk: &Desk, doc: Doc) -> &[model::Feedback] {
    match doc {
        Doc::Okrs(at) => &desk.okrs(at).feedback,
        Doc::Direction(at) => &desk.direction(at).feedback,
    }
}

fn about_of(desk: &Desk, doc: Doc, typed: &str) -> Result<String, Failure> {
    match doc {
        Doc::Okrs(at) => {
            let place = desk.place(at, typed)?;
            Ok(desk.okrs(at).name(place).unwrap_or_else(|| typed.to_owned()))
        }
        Doc::Direction(at) => {
            let direction = desk.direction(at);
            if direction.theme(typed).is_some() {
                return Ok(typed.to_owned());
            }
            let ids =
                || direction.themes.iter().filter_map(|theme| theme.id.as_ref()).map(|id| id.value.as_ref());
            let failure = Failure::new(format!("the direction has no theme `{typed}`"));
            Err(match nearest(typed, ids()) {
                Some(near) => failure.help(format!("did you mean `{near}`?")),
                None if ids().next().is_none() => failure.help("leave `--about` out"),
                None => failure.help(format!("its themes are {}", one_of(ids()))),
            })
        }
    }
}

fn list(desk: &Desk, doc: Doc) -> String {
    let mut text = format!("{}: ", desk.name(doc));
    let all = given(desk, doc);
    if all.is_empty() {
        return text + "no feedback yet\n";
    }
    text.push_str(&format!("{} of feedback\n", crate::report::counted(all.len(), "piece")));
    let words =
        |words: &Option<crate::table::Words>| words.as_ref().map_or(String::new(), |at| at.value.to_string());
    for (at, feedback) in all.iter().enumerate() {
        let on = feedback.on.as_ref().map_or(String::new(), |on| format!(" on {}", on.value));
        let about = feedback.about.as_ref().map_or(String::new(), |about| format!(" about {}", about.value));
        let came_of_it = feedback.outcome.map_or("open", model::Outcome::as_str);
        text.push_str(&format!("{:>3}  {}{on}{about}: {came_of_it}\n", at + 1, words(&feedback.by)));
        text.push_str(&format!("     {}\n", words(&feedback.says)));
        if feedback.reply.is_some() {
            text.push_str(&format!("     -> {}\n", words(&feedback.reply)));
        }
    }
    crate::report::visible(&text)
}
