//! OKRs as text: checked like code, linked across levels, published as a handbook.

pub mod calendar;
pub mod changes;
pub mod chart;
pub mod cli;
pub mod config;
pub mod date;
pub mod diagnostic;
pub mod edit;
pub mod edition;
pub mod export;
pub mod failure;
pub mod history;
pub mod inputs;
pub mod keys;
pub mod lang;
pub mod links;
pub mod load;
pub mod markdown;
pub mod model;
pub mod number;
pub mod pages;
pub mod parse;
pub mod prose;
pub mod render;
pub mod report;
pub mod rules;
pub mod schema;
pub mod search;
pub mod serve;
pub mod session;
pub mod source;
pub mod status;
pub mod story;
pub mod table;
pub mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use changes::Altered;
use config::Config;
use date::Date;
use diagnostic::{Finding, Reported, Summary};
use edition::Edition;
use inputs::{Inputs, SiteFile};
use links::Links;
use model::{Book, Signatures, Timeline};
use session::Session;

/// What a run is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day that the timeline, the rules and the pages speak of.
    pub today: Date,
    /// Another address of the site than book.toml says.
    pub site_url: Option<String>,
    /// Whether a book with errors is published, its broken documents as pages that show their findings.
    pub force: bool,
    /// Whether cycles that ended long ago are looked at too.
    pub all: bool,
}

impl Options {
    /// The ordinary run on a day.
    pub fn on(today: Date) -> Self {
        Self { today, site_url: None, force: false, all: false }
    }
}

/// A book, read and judged: what pages and exports are made of.
#[derive(Debug)]
pub struct Analysis {
    /// The book.
    pub book: Book,
    /// Where its references lead.
    pub links: Links,
    /// The signatures of each document that count on the day.
    pub signatures: Vec<Signatures>,
    /// The timeline of each cycle.
    pub timelines: Vec<Timeline>,
    /// The signatures that no longer match, and what changed since.
    pub altered: Altered,
    /// What was found, in the order of path and position.
    pub found: Arc<[Reported]>,
    /// `book.toml` as it was read.
    pub book_toml: source::Source,
    /// The day on which each document was last changed; the shell, which can ask git, puts it here.
    pub changed: BTreeMap<Arc<str>, Date>,
    /// What each rule that found something finds, in a line.
    pub wants: BTreeMap<&'static str, &'static str>,
}

impl Analysis {
    /// How many findings of each severity there are, in how many documents and cycles.
    pub fn summary(&self) -> Summary {
        Summary::count(&self.found, self.book.documents.len(), self.book.cycles.len())
    }
}

/// Reads and judges a book.
pub fn analyse(session: &mut Session, inputs: &Inputs, options: &Options) -> Analysis {
    let (config, mut found) = Config::read(&inputs.book);
    let config = Arc::new(config);
    let mut files = session.parse(&inputs.documents, &config.src);
    files.extend(unread(inputs, &config));
    files.sort_by(|a, b| a.source.path.cmp(&b.source.path));
    let book = Book::new(&config, &files);
    let links = Links::resolve(&book, &inputs.assets);
    let signatures = book.all_signatures(options.today);
    let timelines: Vec<Timeline> =
        (0..book.cycles.len()).map(|cycle| Timeline::of(&book, &signatures, cycle, options.today)).collect();
    found.extend(inputs.unread.iter().cloned());
    if !inputs.theme.is_empty() || &*config.language.value != "en" {
        let book = source::Place::new(&config.path, config.language.span);
        found.extend(session.theme(&config, &inputs.theme, &book).err().map(|finding| *finding));
    }
    let altered = Altered::of(&book, &signatures, &inputs.recalled, options.today);
    let asked = rules::Options { today: options.today, all: options.all };
    let known = rules::Known {
        book: &book,
        links: &links,
        timelines: &timelines,
        assets: &inputs.assets,
        altered: &altered,
        signatures: &signatures,
    };
    let found = rules::judge(&known, found, asked);
    let broken: BTreeSet<&str> = found.iter().map(|one| one.finding.rule).collect();
    let wants = broken.into_iter().filter_map(rules::rule).map(|rule| (rule.name, rule.summary)).collect();
    let (book_toml, changed) = (inputs.book.clone(), BTreeMap::new());
    Analysis { book, links, signatures, timelines, altered, found: found.into(), book_toml, changed, wants }
}

/// The documents that are there but could not be read: what refers to them is not judged.
fn unread(inputs: &Inputs, config: &Config) -> Vec<Arc<model::File>> {
    let paths = inputs.unread.iter().map(|finding| &finding.place.path);
    let documents = paths.filter(|path| markdown::is_markdown(path));
    documents
        .filter_map(|path| Some(Arc::new(model::unread(path, model::site_path(&config.src, path)?))))
        .collect()
}

/// What was found in a book.
#[derive(Clone, Debug)]
pub struct Found {
    /// In the order of path and position.
    pub findings: Arc<[Reported]>,
    /// Their number by severity.
    pub summary: Summary,
}

impl Found {
    /// What was found in a book that is judged.
    pub fn of(analysis: &Analysis) -> Self {
        Self { summary: analysis.summary(), findings: Arc::clone(&analysis.found) }
    }

    /// This, and an error besides, if it is not among it.
    pub fn and(self, finding: Finding) -> Self {
        if self.findings.iter().any(|known| known.finding == finding) {
            return self;
        }
        let error = Reported { finding, severity: diagnostic::Severity::Error };
        let findings = self.findings.iter().cloned().chain([error]).collect();
        Self { findings, summary: Summary { errors: self.summary.errors + 1, ..self.summary } }
    }
}

/// All findings in a book.
pub fn check(session: &mut Session, inputs: &Inputs, options: &Options) -> Found {
    Found::of(&analyse(session, inputs, options))
}

/// What was found in a book, and the site that can be made of it.
#[derive(Debug)]
pub struct Prepared {
    /// What was found.
    pub found: Found,
    /// None with errors, unless [`Options::force`] asks for it all the same; none where the theme does not
    /// work.
    pub edition: Option<Edition>,
}

/// Sets a book that is judged up for its site.
pub fn prepare(session: &mut Session, analysis: Analysis, inputs: &Inputs, options: &Options) -> Prepared {
    let found = Found::of(&analysis);
    if found.summary.errors > 0 && !options.force {
        return Prepared { found, edition: None };
    }
    let config = &analysis.book.config;
    let place = source::Place::new(&config.path, config.language.span);
    match session.theme(config, &inputs.theme, &place) {
        Ok(theme) => {
            let edition = Edition::new(analysis, theme, inputs.assets.clone(), options, session.pages());
            Prepared { found, edition: Some(edition) }
        }
        Err(finding) => Prepared { found: found.and(*finding), edition: None },
    }
}

/// A site, and what was found on the way.
#[derive(Debug)]
pub struct Built {
    /// Every file of the site, in the order of their paths.
    pub files: Vec<SiteFile>,
    /// What was found.
    pub found: Found,
}

/// The whole site of a book, in memory, with the pages that the session remembers. There is none with errors,
/// but see [`Options::force`]; a theme that does not work is an error by itself.
pub fn build(session: &mut Session, inputs: &Inputs, options: &Options) -> Built {
    let analysis = analyse(session, inputs, options);
    let Prepared { found, edition } = prepare(session, analysis, inputs, options);
    let Some(edition) = edition else { return Built { files: Vec::new(), found } };
    match edition.press().all() {
        Ok(files) => Built { files, found },
        Err(finding) => Built { files: Vec::new(), found: found.and(*finding) },
    }
}
