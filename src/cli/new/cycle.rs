//! `new cycle`: the folder of the next cycle with a direction and a document for every unit that
//! exists then and keeps that rhythm.

use std::sync::Arc;

use clap::Args;

use super::carry::Carried;
use crate::cli::desk::{Desk, Stopped, is_of_the_text, outcome, refused};
use crate::cli::{Outcome, Shared, terminal};
use crate::diagnostic::{Severity, nearest};
use crate::failure::Failure;
use crate::model::Book;
use crate::parse;
use crate::session::Session;
use crate::source::Source;
use crate::{Analysis, Options};

/// Make the folder of a cycle: a direction and one document a unit
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(in crate::cli) struct Cycle {
    /// A cycle of the calendar (`fy27-q2`, `2026-h1`), or one that book.toml declares
    #[arg(value_name = "NAME")]
    name: String,
    /// Carry over the unfinished objectives of this cycle
    #[arg(long, value_name = "CYCLE")]
    from: Option<String>,
}

const AFTER: &str = "\
Examples:
  okrbook new cycle fy27-q2
  okrbook new cycle fy27-q2 --from fy27-q1

--from takes objectives and key results that are neither dropped nor reached, investments that
advance any of them, the themes they answer to, and the sections of the text with their ids.
Check-ins, days, grades, feedback and signatures stay behind; a comment says where each key result
stood. What they refer to and is not carried over is left out.
A book has templates of its own in `templates/direction.md` and `templates/okrs.md` beside
book.toml; {{cycle}}, {{name}}, {{start}}, {{end}}, {{unit}} and {{unit-name}} stand for what
differs.
Exits with 0, 1 if book.toml or the documents to carry over have errors, 2 where there is no such
cycle or its folder is there already.";

impl Cycle {
    pub(in crate::cli) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        outcome(self.write(shared))
    }

    fn write(&self, shared: &Shared) -> Result<(), Stopped> {
        let desk = Desk::take(shared)?;
        desk.refuse_book_errors()?;
        let name = self.name.trim().to_lowercase();
        check_name(&desk, &name)?;
        let from = self.from.as_deref().map(|from| source_cycle(&desk, from)).transpose()?;
        let root = okrs_folder(&desk);
        let folder = format!("{root}/{name}");
        // the book as it is once the folder is there: which units exist then, it knows
        let seen = seen(&desk, &[(format!("{folder}/direction.md"), "+++\n+++\n".to_owned())]);
        let cycle = seen.book.cycle(&name).ok_or_else(|| Failure::new(format!("`{name}` is no cycle")))?;
        refuse_overlaps(&seen)?;
        let from = from.and_then(|from| seen.book.cycle(&desk.analysis.book.cycles[from].id));
        let mut carried = from.map(|from| Carried::new(&seen.book, from, cycle, desk.today));
        let mut files =
            Made { desk: &desk, book: &seen.book, cycle, carried: carried.as_ref() }.files(&folder)?;
        if let Some(carried) = &mut carried
            && leave_broken_texts(&self::seen(&desk, &whole(&folder, &files)), &folder, carried)
        {
            files = Made { desk: &desk, book: &seen.book, cycle, carried: Some(carried) }.files(&folder)?;
        }
        let whole = whole(&folder, &files);
        refuse_new_errors(&self::seen(&desk, &whole), &whole)?;
        desk.create_folder(&folder, &files)?;
        let listed: String = whole.iter().map(|(path, _)| format!("  {path}\n")).collect();
        let kept = carried.as_ref().map_or(String::new(), Carried::in_words);
        terminal::output(&format!(
            "made the cycle {name}:\n{listed}{kept}Write the direction first, then `okrbook share {name}:direction`\n"
        ))?;
        Ok(())
    }
}

/// The folder of the OKR documents, as it is typed on disk.
fn okrs_folder(desk: &Desk) -> String {
    let book = &desk.analysis.book;
    let typed = desk.book.inputs.documents.iter().find_map(|source| {
        let in_src = book.path_in_src(&source.path);
        let (first, _) = in_src.split_once('/')?;
        let length = source.path.len() - in_src.len() + first.len();
        first.eq_ignore_ascii_case("okrs").then(|| source.path[..length].to_owned())
    });
    typed.unwrap_or_else(|| match book.config.src.trim_end_matches('/') {
        "" | "." => "okrs".to_owned(),
        src => format!("{src}/okrs"),
    })
}

/// A cycle of the calendar or of book.toml, without documents so far.
fn check_name(desk: &Desk, name: &str) -> Result<(), Failure> {
    let book = &desk.analysis.book;
    if let Some(cycle) = book.cycle(name)
        && let Some(file) = &book.cycles[cycle].first_file
    {
        return Err(Failure::new(format!(
            "the cycle `{}` is there already: `{file}`",
            book.cycles[cycle].id
        ))
        .help("a unit that joins writes its document into that folder"));
    }
    let declared = || book.config.declared.iter().map(|cycle| cycle.id.value.as_ref());
    if book.config.calendar.standard(name).is_some() || declared().any(|id| id == name) {
        return Ok(());
    }
    let failure = Failure::new(format!("`{name}` is no cycle"));
    Err(match (book.config.calendar.looks_like(name), nearest(name, declared())) {
        (Some(misnamed), _) => match misnamed.suggestion {
            Some(suggestion) => failure.help(format!("did you mean `{suggestion}`? {}", misnamed.reason)),
            None => failure.help(misnamed.reason),
        },
        (None, Some(near)) => failure.help(format!("did you mean `{near}`?")),
        (None, None) => {
            let last = book.cycles.iter().rev().find(|cycle| cycle.standard);
            let next = last.and_then(|last| book.config.calendar.next(&last.id));
            let example = next.unwrap_or_else(|| "fy27-q1".to_owned());
            failure.help(format!("name it as the calendar does, such as `{example}`, or declare it with `[cycle.NAME]` in book.toml"))
        }
    })
}

/// The cycle that is carried over from. Its documents must be without errors.
fn source_cycle(desk: &Desk, typed: &str) -> Result<usize, Stopped> {
    let book = &desk.analysis.book;
    let Some(cycle) = book.cycle(typed.trim()) else {
        let near = nearest(typed, book.cycles.iter().map(|cycle| cycle.id.as_ref()));
        let help = near.map(|near| format!("did you mean `{near}`?"));
        return Err(refused(format!("there is no cycle `{typed}`"), help).into());
    };
    for at in book.documents_of(cycle) {
        desk.refuse_errors(crate::cli::desk::Doc::Okrs(at))?;
    }
    Ok(cycle)
}

/// The book with further files.
fn seen(desk: &Desk, files: &[(String, String)]) -> Analysis {
    let mut inputs = desk.book.inputs.clone();
    for (path, text) in files {
        inputs.documents.add(Source::new(path.as_str(), text.as_str()));
    }
    crate::analyse(&mut Session::new(), &inputs, &Options::on(desk.today))
}

fn refuse_overlaps(seen: &Analysis) -> Result<(), Failure> {
    match seen.found.iter().find(|found| found.finding.rule == "format/overlapping-cycles") {
        Some(found) => Err(refused(found.finding.message.clone(), found.finding.help.clone())),
        None => Ok(()),
    }
}

/// The files by their paths in the book.
fn whole(folder: &str, files: &[(String, String)]) -> Vec<(String, String)> {
    files.iter().map(|(path, text)| (format!("{folder}/{path}"), text.clone())).collect()
}

/// Leaves out the carried texts of documents in which they would be wrong: a link that leads nowhere in
/// the new cycle, say. Whether there are any.
fn leave_broken_texts(seen: &Analysis, folder: &str, carried: &mut Carried) -> bool {
    let mut left = false;
    for document in &seen.book.documents {
        let path = document.path();
        if !path.starts_with(&format!("{folder}/")) || carried.text(document.unit).is_empty() {
            continue;
        }
        let body = document.file.parts.body.start();
        let wrong = seen.found.iter().map(|found| &found.finding).find(|finding| {
            finding.place.path == *path && finding.place.span.start() >= body && is_of_the_text(finding.rule)
        });
        if let Some(finding) = wrong {
            carried.leave_text(document.unit, &seen.book.config.units[document.unit].id, &finding.message);
            left = true;
        }
    }
    left
}

/// An own template, or what is carried over, may not fit.
fn refuse_new_errors(seen: &Analysis, files: &[(String, String)]) -> Result<(), Failure> {
    let errors = seen.found.iter().filter(|found| found.severity == Severity::Error);
    let mut errors = errors.filter(|found| is_of_the_text(found.finding.rule));
    let of = |path: &str| files.iter().any(|(own, _)| own == path);
    match errors.find(|found| of(&found.finding.place.path)) {
        Some(found) => {
            let (finding, path) = (&found.finding, &found.finding.place.path);
            let message = format!("`{path}` would have an error: {} ({})", finding.message, finding.rule);
            Err(refused(message, finding.help.clone()))
        }
        None => Ok(()),
    }
}

/// What the documents of a new cycle are made of.
struct Made<'a> {
    desk: &'a Desk,
    /// With the cycle in it.
    book: &'a Book,
    cycle: usize,
    carried: Option<&'a Carried>,
}

impl Made<'_> {
    /// The files, by their paths in the cycle's folder.
    fn files(&self, folder: &str) -> Result<Vec<(String, String)>, Failure> {
        let direction = self.filled("templates/direction.md", include_str!("direction.md"), None)?;
        let themes = self.carried.map(Carried::themes).unwrap_or_default();
        let mut files = vec![("direction.md".to_owned(), with_front(&direction, themes, folder)?)];
        for unit in self.book.units_by_level() {
            let of_unit = &self.book.config.units[unit];
            let here =
                self.book.exists_in(unit, self.cycle) && self.book.keeps_rhythm(of_unit.level, self.cycle);
            if !here {
                continue;
            }
            let text = self.filled("templates/okrs.md", include_str!("okrs.md"), Some(unit))?;
            let tables = self.carried.map(|carried| carried.tables(unit)).unwrap_or_default();
            let below = self.carried.map(|carried| carried.text(unit)).unwrap_or_default();
            files.push((self.path(unit), with_text(&with_front(&text, tables, folder)?, below)));
        }
        Ok(files)
    }

    /// Where the unit's document lies: in the subfolder in which it had its last one.
    fn path(&self, unit: usize) -> String {
        let id = &self.book.config.units[unit].id;
        let before = (0..self.cycle).rev().find_map(|cycle| self.book.document_of(cycle, unit));
        let folder = before.and_then(|at| {
            let path = self.book.path_in_src(self.book.documents[at].path());
            let parts: Vec<&str> = path.split('/').collect();
            (parts.len() > 3).then(|| parts[2..parts.len() - 1].join("/"))
        });
        folder.map_or_else(|| format!("{id}.md"), |folder| format!("{folder}/{id}.md"))
    }

    /// A template, the book's or the built-in one, with its placeholders filled.
    fn filled(&self, own: &str, built_in: &str, unit: Option<usize>) -> Result<String, Failure> {
        let text = self.template(own)?.unwrap_or_else(|| built_in.to_owned());
        let cycle = &self.book.cycles[self.cycle];
        let end = cycle.end.map_or_else(|| "its end".to_owned(), |end| end.to_string());
        let text = text.replace("{{cycle}}", &cycle.id).replace("{{name}}", &cycle.name);
        let text = text.replace("{{start}}", &cycle.start.to_string()).replace("{{end}}", &end);
        Ok(match unit.map(|unit| &self.book.config.units[unit]) {
            Some(unit) => text.replace("{{unit}}", &unit.id).replace("{{unit-name}}", &unit.name),
            None => text,
        })
    }

    fn template(&self, own: &str) -> Result<Option<String>, Failure> {
        let path = self.desk.book.dir.join(own);
        match std::fs::read(&path) {
            Ok(bytes) => {
                let text = String::from_utf8(bytes);
                text.map(Some)
                    .map_err(|_| Failure::new(format!("`{own}` is not UTF-8")).help("save it as UTF-8"))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::io("read", &path, &error)),
        }
    }
}

/// A text with more text below.
fn with_text(text: &str, below: &str) -> String {
    if below.is_empty() {
        return text.to_owned();
    }
    let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let below = below.replace('\n', eol);
    format!("{}{eol}{eol}{below}{eol}", text.trim_end())
}

/// A text with more tables at the end of its front matter.
fn with_front(text: &str, tables: &str, folder: &str) -> Result<String, Failure> {
    if tables.is_empty() {
        return Ok(text.to_owned());
    }
    let path: Arc<str> = Arc::from(format!("{folder}/x.md"));
    let source = Source::new(Arc::clone(&path), text);
    let parts = parse::parts(&source, true, &mut crate::diagnostic::Sink::new(&path));
    let front = parts.front.ok_or_else(|| {
        Failure::new("a template has no front matter")
            .help("begin it with a line of `+++`, and close it with another")
    })?;
    let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let tables = tables.replace('\n', eol);
    let gap = if text[..front.end()].ends_with(&format!("+++{eol}")) { "" } else { eol };
    Ok(format!("{}{gap}{tables}{}", &text[..front.end()], &text[front.end()..]))
}
