//! A stand-in for the parts of the core that the commands call and that are not there yet.
//!
//! Goes as soon as they are: the names and shapes are theirs.

use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::{Finding, Reported, Severity, Summary};
use crate::inputs::{Content, Inputs, SiteFile};

/// What is remembered between builds.
#[derive(Debug, Default)]
pub(super) struct Session;

/// What a check or a build is to do.
#[derive(Clone, Debug)]
pub(super) struct Options {
    pub(super) today: Date,
    pub(super) site_url: Option<String>,
    pub(super) force: bool,
    pub(super) all: bool,
}

/// What was found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) findings: Vec<Reported>,
    pub(super) summary: Summary,
}

/// What was built.
#[derive(Debug)]
pub(super) struct Built {
    pub(super) files: Vec<SiteFile>,
    pub(super) found: Found,
}

/// A rule as `explain` shows it.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    /// None for a rule that is off unless the book sets it.
    pub(super) severity: Option<Severity>,
    pub(super) summary: &'static str,
    pub(super) why: &'static str,
    pub(super) source: &'static str,
    pub(super) broken: &'static str,
    pub(super) mended: &'static str,
}

pub(super) fn check(_session: &mut Session, inputs: &Inputs, options: &Options) -> Found {
    let _ = (options.today, options.all);
    let (_, findings) = Config::read(&inputs.book);
    let severity = |finding: &Finding| finding.severity.unwrap_or(Severity::Error);
    let mut findings: Vec<Reported> = findings
        .into_iter()
        .chain(inputs.unread.iter().cloned())
        .map(|finding| Reported { severity: severity(&finding), finding })
        .collect();
    findings.sort_by(|a, b| a.finding.place.cmp(&b.finding.place));
    let summary = Summary::count(&findings, inputs.documents.iter().count(), 0);
    Found { findings, summary }
}

pub(super) fn build(session: &mut Session, inputs: &Inputs, options: &Options) -> Built {
    let _ = (&options.site_url, options.force);
    let mut files: Vec<SiteFile> = inputs
        .assets
        .iter()
        .map(|asset| SiteFile {
            path: asset.path.to_string(),
            content: Content::Copied(asset.on_disk.clone()),
        })
        .collect();
    let page: Vec<u8> = inputs.documents.iter().flat_map(|source| source.text.bytes()).collect();
    files.push(SiteFile { path: "index.html".to_owned(), content: Content::Made(page.into()) });
    Built { files, found: check(session, inputs, options) }
}

pub(super) mod export {
    use super::{Found, Inputs, Options, Session, check};

    pub(in crate::cli) fn json(session: &mut Session, inputs: &Inputs, options: &Options) -> (String, Found) {
        let text = format!("{{\"version\": 1, \"date\": \"{}\"}}\n", options.today);
        (text, check(session, inputs, options))
    }

    pub(in crate::cli) fn csv(session: &mut Session, inputs: &Inputs, options: &Options) -> (String, Found) {
        ("ref\n".to_owned(), check(session, inputs, options))
    }
}

pub(super) fn catalogue() -> &'static [Rule] {
    &[
        Rule {
            name: "format/unreadable",
            severity: Some(Severity::Error),
            summary: "a file that cannot be read, or a symbolic link that leaves the book",
            why: "What the handbook cannot read, its readers do not see.",
            source: "the format, section 1",
            broken: "",
            mended: "",
        },
        Rule {
            name: "reference/unknown",
            severity: Some(Severity::Error),
            summary: "a reference to nothing",
            why: "A promise that points nowhere supports nothing.",
            source: "the format, section 6",
            broken: "supports = [\"company/growth/renewls\"]",
            mended: "supports = [\"company/growth/renewals\"]",
        },
    ]
}
