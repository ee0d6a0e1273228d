//! OKRs as text: checked like code, linked across levels, published as a handbook.

pub mod calendar;
pub mod changes;
pub mod chart;
pub mod cli;
pub mod config;
pub mod date;
pub mod diagnostic;
pub mod edit;
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
use diagnostic::{Reported, Summary};
use inputs::{Inputs, SiteFile};
use links::Links;
use model::{Book, Timeline};
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
    /// The timeline of each cycle.
    pub timelines: Vec<Timeline>,
    /// The signatures that no longer match, and what changed since.
    pub altered: Altered,
    /// What was found, in the order of path and position.
    pub found: Vec<Reported>,
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
    let timelines: Vec<Timeline> =
        (0..book.cycles.len()).map(|cycle| Timeline::of(&book, cycle, options.today)).collect();
    found.extend(inputs.unread.iter().cloned());
    if !inputs.theme.is_empty() || &*config.language != "en" {
        let place = source::Place::new(&config.path, inputs.book.first_line());
        found.extend(session.theme(&config, &inputs.theme, &place).err().map(|finding| *finding));
    }
    let altered = Altered::of(&book, &inputs.recalled, options.today);
    let asked = rules::Options { today: options.today, all: options.all };
    let known = rules::Known {
        book: &book,
        links: &links,
        timelines: &timelines,
        assets: &inputs.assets,
        altered: &altered,
    };
    let found = rules::judge(&known, found, asked);
    let broken: BTreeSet<&str> = found.iter().map(|one| one.finding.rule).collect();
    let wants = broken.into_iter().filter_map(rules::rule).map(|rule| (rule.name, rule.summary)).collect();
    let (book_toml, changed) = (inputs.book.clone(), BTreeMap::new());
    Analysis { book, links, timelines, altered, found, book_toml, changed, wants }
}

/// The documents that are there but could not be read: what refers to them is not judged.
fn unread(inputs: &Inputs, config: &Config) -> Vec<Arc<model::File>> {
    let paths = inputs.unread.iter().map(|finding| &finding.place.path);
    let documents = paths.filter(|path| path.to_lowercase().ends_with(".md"));
    documents
        .filter_map(|path| Some(Arc::new(model::unread(path, model::site_path(&config.src, path)?))))
        .collect()
}

/// What was found in a book.
#[derive(Clone, Debug)]
pub struct Found {
    /// In the order of path and position.
    pub findings: Vec<Reported>,
    /// Their number by severity.
    pub summary: Summary,
}

impl Found {
    /// What a judged book has.
    pub fn of(analysis: Analysis) -> Self {
        Self { summary: analysis.summary(), findings: analysis.found }
    }
}

/// A site, and what was found on the way.
#[derive(Debug)]
pub struct Built {
    /// Every file of the site.
    pub files: Vec<SiteFile>,
    /// What was found.
    pub found: Found,
}

/// All findings in a book.
pub fn check(session: &mut Session, inputs: &Inputs, options: &Options) -> Found {
    Found::of(analyse(session, inputs, options))
}

/// The site of a book. With errors it is made only where [`Options::force`] asks for it; a theme that
/// does not work is an error by itself.
pub fn build(session: &mut Session, inputs: &Inputs, options: &Options) -> Built {
    let analysis = analyse(session, inputs, options);
    publish(session, analysis, inputs, options)
}

/// The site of a book that is judged already, see [`build`].
pub fn publish(session: &mut Session, mut analysis: Analysis, inputs: &Inputs, options: &Options) -> Built {
    let errors = analysis.summary().errors > 0;
    if errors && !options.force {
        return Built { files: Vec::new(), found: Found::of(analysis) };
    }
    let files = match site(session, &analysis, inputs, options) {
        Ok(files) => files,
        Err(finding) => {
            if !analysis.found.iter().any(|known| known.finding == *finding) {
                analysis.found.push(Reported { finding: *finding, severity: diagnostic::Severity::Error });
            }
            Vec::new()
        }
    };
    Built { files, found: Found::of(analysis) }
}

fn site(
    session: &mut Session,
    analysis: &Analysis,
    inputs: &Inputs,
    options: &Options,
) -> Result<Vec<SiteFile>, Box<diagnostic::Finding>> {
    let config = &analysis.book.config;
    let book = source::Place::new(&config.path, inputs.book.first_line());
    let theme = session.theme(config, &inputs.theme, &book)?;
    let site_url = options.site_url.as_deref().unwrap_or(&config.site_url);
    let site = pages::Site::new(analysis, &theme.lang, options.today, site_url);
    let pages = pages::all(&site);
    let mut files = session.render(&theme, &pages)?;
    files.push(SiteFile::made("okrs.json", export::json(analysis, options)));
    files.extend(calendar::files(analysis, &theme.lang, options));
    files.extend(pages::machine(&site));
    files.extend(session.search(&pages::findable(&site)));
    files.extend(inputs.assets.iter().map(|asset| SiteFile {
        path: model::output_path(analysis.book.path_in_src(&asset.path)).to_owned(),
        content: inputs::Content::Copied(asset.on_disk.clone()),
    }));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
