//! A book in the hands of a command that writes: nobody else writes it meanwhile, what is named on
//! the command line is found in it, and a document with errors is not touched.

use std::sync::Arc;

use super::book::{self, Book};
use super::{Outcome, Shared, terminal};
use crate::Analysis;
use crate::date::Date;
use crate::diagnostic::{Reported, Severity, Summary, nearest};
use crate::edit::{self, Change};
use crate::failure::Failure;
use crate::keys::{self, Spec};
use crate::links::{Target, Unresolved, resolve};
use crate::markdown::is_markdown;
use crate::model::{self, Direction, File, ItemPlace, Kind, Okrs};
use crate::report;
use crate::session::Session;
use crate::source::Source;
use crate::write;

/// Why a command that writes did not.
#[derive(Debug)]
pub(super) enum Stopped {
    /// It could not run.
    Failed(Failure),
    /// There are errors in what it was to change; they have been said.
    Found,
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// How a command that writes ends.
pub(super) fn outcome(done: Result<(), Stopped>) -> Result<Outcome, Failure> {
    match done {
        Ok(()) => Ok(Outcome::Done),
        Err(Stopped::Found) => Ok(Outcome::Found),
        Err(Stopped::Failed(failure)) => Err(failure),
    }
}

/// A document or direction that is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doc {
    /// An OKR document, by its number.
    Okrs(usize),
    /// A direction document, by its number.
    Direction(usize),
}

/// A book that nobody else writes.
#[derive(Debug)]
pub(super) struct Desk {
    lock: write::Desk,
    /// The book as it lies on disk.
    pub(super) book: Book,
    /// What it says.
    pub(super) analysis: Analysis,
    /// The day that is written.
    pub(super) today: Date,
}

impl Desk {
    /// Takes the book, waiting for who has it.
    pub(super) fn take(shared: &Shared) -> Result<Self, Failure> {
        let dir = book::folder(shared)?;
        let options = book::options(shared)?;
        let lock = write::desk(&dir)?;
        let book = Book::load(shared)?;
        let analysis = crate::analyse(&mut Session::new(), &book.inputs, &options);
        Ok(Self { lock, book, analysis, today: options.today })
    }

    /// The OKR document or direction that is named by a reference or a path.
    pub(super) fn doc(&self, typed: &str) -> Result<Doc, Stopped> {
        if is_markdown(typed) {
            return self.doc_at(typed);
        }
        match self.target(typed)? {
            Target::Document(at) => Ok(Doc::Okrs(at)),
            Target::Direction(at) => Ok(Doc::Direction(at)),
            other => {
                let reference = other.reference(&self.analysis.book);
                let whole = reference.split('/').next().unwrap_or(&reference);
                Err(Failure::new(format!("`{typed}` is {}, not a document", other.what()))
                    .help(format!("did you mean `{whole}`?"))
                    .into())
            }
        }
    }

    /// What a reference names; without a cycle in the running one.
    pub(super) fn target(&self, typed: &str) -> Result<Target, Stopped> {
        let book = &self.analysis.book;
        if book.cycles.is_empty() {
            let message = format!(
                "there is no cycle in `{}/okrs` yet, so nothing is called `{typed}`",
                book.config.src
            );
            return Err(Failure::new(message).help("`okrbook new cycle NAME` begins one").into());
        }
        match resolve(book, typed, book.current(self.today)) {
            Ok(Target::Unit(cycle, unit)) => Err(self.no_document(cycle, unit).into()),
            Ok(target) => Ok(target),
            Err(Unresolved::Nothing { message, help, .. }) => {
                let meant = self.of_this_name(typed).map(|meant| format!("did you mean `{meant}`?"));
                Err(refused(message, meant.or(help)).into())
            }
            Err(Unresolved::Unclear) => {
                self.say(self.errors(|_| true));
                terminal::say(&format!("`{typed}` cannot be told from the rest while this is wrong\n"));
                Err(Stopped::Found)
            }
        }
    }

    /// What a reference names, if it is one that leads somewhere.
    pub(super) fn target_or_none(&self, typed: &str) -> Result<Target, Unresolved> {
        let book = &self.analysis.book;
        resolve(book, typed, book.current(self.today))
    }

    /// The objective, key result or investment of the running cycle that has this name alone, without its unit.
    fn of_this_name(&self, typed: &str) -> Option<String> {
        let book = &self.analysis.book;
        let typed = typed.trim().to_lowercase();
        let unit_of = |at: usize| &book.config.units[book.documents[at].unit].id;
        let documents = book.documents_of(book.current(self.today)?);
        let names = documents.flat_map(|at| places(self.okrs(at)).into_iter().map(move |name| (at, name)));
        let tail = format!("/{typed}");
        let mut same = names.filter(|(_, name)| *name == typed || name.ends_with(&tail));
        let (at, name) = same.next()?;
        same.next().is_none().then(|| format!("{}/{name}", unit_of(at)))
    }

    fn no_document(&self, cycle: usize, unit: usize) -> Failure {
        let book = &self.analysis.book;
        let (id, unit_id) = (&book.cycles[cycle].id, &book.config.units[unit].id);
        let other = (0..book.cycles.len()).rev().find(|other| book.document_of(*other, unit).is_some());
        let help = match other {
            Some(other) => format!("name the cycle: `{}:{unit_id}` is there", book.cycles[other].id),
            None => format!("write `{unit_id}.md` in the folder of the cycle"),
        };
        Failure::new(format!("the unit `{unit_id}` has no document in `{id}`")).help(help)
    }

    fn doc_at(&self, typed: &str) -> Result<Doc, Stopped> {
        let book = &self.analysis.book;
        let here = book::current_dir()?;
        let on_disk = [here.join(typed), self.book.dir.join(typed)]
            .into_iter()
            .find_map(|path| path.canonicalize().ok());
        let is = |path: &str| on_disk.is_some() && self.book.dir.join(path).canonicalize().ok() == on_disk;
        if let Some(at) = book.documents.iter().position(|document| is(document.path())) {
            return Ok(Doc::Okrs(at));
        }
        if let Some(at) = book.directions.iter().position(|direction| is(&direction.file.source.path)) {
            return Ok(Doc::Direction(at));
        }
        if let Some(file) = book.mislaid.iter().find(|file| is(&file.source.path)) {
            self.say(self.errors(|path| path == file.source.path.as_ref()));
            return Err(Stopped::Found);
        }
        let paths = book.documents.iter().map(|document| document.path().as_ref());
        let known: Vec<&str> = paths
            .chain(book.directions.iter().map(|direction| direction.file.source.path.as_ref()))
            .collect();
        let help = match nearest(typed, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a document of the book, by its path or as `fy27-q1:unit`".to_owned(),
        };
        let what = if on_disk.is_some() { "is no OKR document and no direction" } else { "is not there" };
        Err(Failure::new(format!("`{typed}` {what}")).help(help).into())
    }

    /// The OKR document that is named; directions have no objectives.
    pub(super) fn okrs_doc(&self, typed: &str, what: &str) -> Result<usize, Stopped> {
        match self.doc(typed)? {
            Doc::Okrs(at) => Ok(at),
            Doc::Direction(_) => {
                Err(Failure::new(format!("`{typed}` is a direction document: it has no {what}"))
                    .help("name the document of a unit, such as `fy27-q1:cloud`")
                    .into())
            }
        }
    }

    /// The file of a document.
    pub(super) fn file(&self, doc: Doc) -> &Arc<File> {
        match doc {
            Doc::Okrs(at) => &self.analysis.book.documents[at].file,
            Doc::Direction(at) => &self.analysis.book.directions[at].file,
        }
    }

    /// The OKRs of a document.
    pub(super) fn okrs(&self, document: usize) -> &Okrs {
        self.analysis.book.documents[document].okrs()
    }

    /// What a direction holds.
    pub(super) fn direction(&self, direction: usize) -> &Direction {
        self.analysis.book.directions[direction].direction()
    }

    /// The reference to a document, with its cycle.
    pub(super) fn name(&self, doc: Doc) -> String {
        match doc {
            Doc::Okrs(at) => self.analysis.book.name_of(at),
            Doc::Direction(at) => Target::Direction(at).reference(&self.analysis.book),
        }
    }

    /// Refuses a document with errors in what it says, and says them. What the process finds wrong
    /// with it (a contract that was altered, say) is often what is about to be mended.
    pub(super) fn refuse_errors(&self, doc: Doc) -> Result<(), Stopped> {
        let path = Arc::clone(&self.file(doc).source.path);
        let errors = self.errors(|other| other == path.as_ref());
        if errors.is_empty() {
            return Ok(());
        }
        self.say(errors);
        terminal::say(&format!("`{path}` has errors: mend them first, nothing is written\n"));
        Err(Stopped::Found)
    }

    /// Refuses a book.toml with errors: who may sign, and which units there are, is not known then.
    pub(super) fn refuse_book_errors(&self) -> Result<(), Stopped> {
        let path = &self.analysis.book.config.path;
        let errors = self.errors(|other| other == path.as_ref());
        if errors.is_empty() {
            return Ok(());
        }
        self.say(errors);
        terminal::say(&format!("`{path}` has errors: mend them first, nothing is written\n"));
        Err(Stopped::Found)
    }

    fn errors(&self, of: impl Fn(&str) -> bool) -> Vec<Reported> {
        let found = self.analysis.found.iter().filter(|found| found.severity == Severity::Error);
        let found = found.filter(|found| is_of_the_text(found.finding.rule) && of(&found.finding.place.path));
        found.cloned().collect()
    }

    fn say(&self, errors: Vec<Reported>) {
        let book = &self.analysis.book;
        let summary = Summary::count(&errors, book.documents.len(), book.cycles.len());
        terminal::say(&report::human(&errors, &self.book.sources(), &summary, terminal::error_has_color()));
    }

    /// Writes changes into a document. What comes out must be readable as it was before.
    pub(super) fn change(&self, doc: Doc, changes: &[Change]) -> Result<(), Failure> {
        let file = self.file(doc);
        let new = self.changed(file, changes)?;
        self.lock.replace(&file.source.path, &file.source.text, &new)
    }

    fn changed(&self, file: &File, changes: &[Change]) -> Result<String, Failure> {
        let path = &file.source.path;
        let spec: &'static Spec = match file.kind {
            Kind::Direction(_) => &keys::DIRECTION,
            _ => &keys::DOCUMENT,
        };
        let by_hand = "write it by hand, or give each table a header of its own, `[[objective]]`";
        let cannot = |why: &str| Failure::new(format!("cannot write into `{path}`: {why}")).help(by_hand);
        let front = file.parts.front.ok_or_else(|| cannot("it has no front matter"))?;
        let new = edit::change(&file.source.text, front, spec, changes)
            .map_err(|error| cannot(&error.to_string()))?;
        let source = Source::new(Arc::clone(path), new.as_str());
        let read = model::read(&source, self.analysis.book.path_in_src(path));
        if source.slice(read.parts.body) != file.source.slice(file.parts.body) || read.broken {
            return Err(cannot("what comes out could not be read again"));
        }
        let before = |rule: &str| file.findings.iter().filter(|finding| finding.rule == rule).count();
        let after = |rule: &str| read.findings.iter().filter(|finding| finding.rule == rule).count();
        match read.findings.iter().find(|finding| after(finding.rule) > before(finding.rule)) {
            Some(finding) if finding.rule != "format/raw-html" => {
                Err(refused(format!("cannot write into `{path}`: {}", finding.message), finding.help.clone()))
            }
            _ => Ok(new),
        }
    }

    /// Makes a file that is not there yet.
    pub(super) fn create(&self, path: &str, text: &str) -> Result<(), Failure> {
        self.lock.create(path, text)
    }

    /// Makes a folder with all of its files.
    pub(super) fn create_folder(&self, path: &str, files: &[(String, String)]) -> Result<(), Failure> {
        self.lock.create_folder(path, files)
    }

    /// The place in a document that is named by PLACE.
    pub(super) fn place(&self, document: usize, typed: &str) -> Result<ItemPlace, Failure> {
        let okrs = self.okrs(document);
        let unit = &self.analysis.book.config.units[self.analysis.book.documents[document].unit].id;
        let inner = typed.strip_prefix(&format!("{unit}/")).unwrap_or(typed).trim();
        if let Some(place) = okrs.place(inner) {
            return Ok(place);
        }
        let names = places(okrs);
        let last = |name: &str| name.rsplit('/').next().map(str::to_owned);
        let near = nearest(inner, names.iter().map(String::as_str))
            .or_else(|| names.iter().find(|name| last(name) == last(inner)).map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if names.is_empty() => "the document has no objectives yet".to_owned(),
            None => format!("its places are {}", crate::diagnostic::one_of(names.iter().map(String::as_str))),
        };
        Err(Failure::new(format!("there is no `{typed}` in {}", self.name(Doc::Okrs(document)))).help(help))
    }
}

/// The names of all objectives, key results and investments of a document.
fn places(okrs: &Okrs) -> Vec<String> {
    let mut names = Vec::new();
    for (at, objective) in okrs.objectives.iter().enumerate() {
        names.extend(okrs.name(ItemPlace::Objective(at)));
        let key_results = 0..objective.key_results.len();
        names.extend(key_results.filter_map(|of| okrs.name(ItemPlace::KeyResult(at, of))));
    }
    names.extend((0..okrs.investments.len()).filter_map(|at| okrs.name(ItemPlace::Investment(at))));
    names
}

/// The way to the table of a place.
pub(super) fn table(place: ItemPlace) -> edit::Path {
    match place {
        ItemPlace::Objective(at) => vec![("objective", at)],
        ItemPlace::KeyResult(at, of) => vec![("objective", at), ("key-result", of)],
        ItemPlace::Investment(at) => vec![("investment", at)],
    }
}

/// Whether a rule is about what a document says, and not about how the process goes.
pub(super) fn is_of_the_text(rule: &str) -> bool {
    rule.starts_with("format/") || rule.starts_with("reference/")
}

/// A failure with what to do, where that is known.
pub(super) fn refused(message: String, help: Option<String>) -> Failure {
    let failure = Failure::new(message);
    match help {
        Some(help) => failure.help(help),
        None => failure,
    }
}

/// A text that must say something.
pub(super) fn text(option: &str, text: &str) -> Result<String, Failure> {
    if text.trim().is_empty() {
        return Err(Failure::new(format!("`{option}` is empty")).help("say something, in a sentence or two"));
    }
    Ok(text.trim().to_owned())
}
