//! `check`: all findings, and the fixes that are certain.

use clap::{Args, ValueEnum};

use super::book::{self, Book};

use super::{Outcome, Shared, explain, fix, terminal};
use crate::Found;
use crate::diagnostic::{Severity, Summary};
use crate::failure::Failure;
use crate::history;
use crate::report;
use crate::rules::catalogue;
use crate::session::Session;

/// Check the handbook and print all findings
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Check {
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Fail on warnings too
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Only these rules, or groups of rules
    #[arg(long, value_name = "RULE", num_args = 1.., value_delimiter = ',')]
    only: Vec<String>,
    /// Also the writing and process rules in cycles that ended more than 28 days ago
    #[arg(long)]
    all: bool,
    /// Apply the fixes that are certain, then check again
    #[arg(long)]
    fix: bool,
    /// Show what --fix would change, as a patch, and write nothing
    #[arg(long)]
    diff: bool,
}

const AFTER: &str = "\
Examples:
  okrbook check                              findings as a compiler prints them
  okrbook check --deny warnings              for a merge check: warnings fail it too
  okrbook check --only format reference      two groups of rules
  okrbook check --format sarif > okrs.sarif  for a code-scanning service
  okrbook check --fix                        mends what can be mended without asking

The findings are the output. Nothing is written without --fix.
Exits with 0 when nothing fails the run, 1 on an error (with --deny warnings on a warning), 2 when
it could not run. `okrbook explain RULE` says what a rule wants, and why.";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Source, marks and help, for people
    Human,
    /// A line a finding
    Short,
    /// For other programs
    Json,
    /// SARIF 2.1.0, for code-scanning services
    Sarif,
    /// GitHub annotations
    Github,
    /// GitLab Code Quality
    Gitlab,
    /// reviewdog
    Rdjson,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Deny {
    Warnings,
}

impl Check {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        let only = explain::choose(&self.only)?;
        let mut book = Book::load(shared)?;
        let mut options = book::options(shared)?;
        options.all = self.all;
        let chosen = |rule: &str| only.is_empty() || only.contains(&rule);
        let mut session = Session::new();
        let found = if self.fix || self.diff {
            let dir = book.dir.clone();
            let mended = fix::Mended::new(&mut book, |inputs| {
                let analysis = history::analyse(&dir, &mut session, &mut inputs.clone(), &options);
                chosen_of(Found::of(&analysis), &chosen)
            });
            if self.diff {
                terminal::output(&self.shown(mended.patch()))?;
                return Ok(self.outcome(&mended.before.summary));
            }
            mended.write(&book.dir)?;
            mended.after
        } else {
            let analysis = history::analyse(&book.dir, &mut session, &mut book.inputs, &options);
            chosen_of(Found::of(&analysis), &chosen)
        };
        terminal::output(&self.format(&found, &book))?;
        Ok(self.outcome(&found.summary))
    }

    fn outcome(&self, summary: &Summary) -> Outcome {
        let denied = self.deny.is_some() && summary.warnings > 0;
        if summary.errors > 0 || denied { Outcome::Found } else { Outcome::Done }
    }

    /// A patch as it is for a program, made visible for a person.
    fn shown(&self, patch: String) -> String {
        if terminal::output_is_terminal() { report::visible(&patch) } else { patch }
    }

    fn format(&self, found: &Found, book: &Book) -> String {
        let (findings, summary, sources) = (&found.findings, &found.summary, book.sources());
        match self.format {
            Format::Human => report::human(findings, &sources, summary, terminal::output_has_color()),
            Format::Short => report::short(findings, &sources, summary),
            Format::Json => report::json(findings, &sources, summary),
            Format::Sarif => report::sarif(findings, &sources, summary, &rules(), &book.base()),
            Format::Github => report::github(findings, &sources, summary, &book.base()),
            Format::Gitlab => report::gitlab(findings, &sources, summary, &book.base()),
            Format::Rdjson => report::rdjson(findings, &sources, summary, &rules(), &book.base()),
        }
    }
}

/// The findings of the chosen rules, counted anew.
fn chosen_of(mut found: Found, chosen: &impl Fn(&str) -> bool) -> Found {
    found.findings =
        found.findings.iter().filter(|reported| chosen(reported.finding.rule)).cloned().collect();
    found.summary = Summary::count(&found.findings, found.summary.documents, found.summary.cycles);
    found
}

fn rules() -> Vec<report::RuleInfo> {
    catalogue()
        .iter()
        .map(|rule| report::RuleInfo {
            name: rule.name.to_owned(),
            severity: rule.severity.unwrap_or(Severity::Note),
            summary: rule.summary.to_owned(),
            help_uri: None,
            full: explain::full(rule),
        })
        .collect()
}
