//! `build`: check, then the site.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::book::{self, Book};

use super::progress::Progress;
use super::{Outcome, Shared, stamp, terminal};
use crate::Prepared;
use crate::diagnostic::Finding;
use crate::edition::{EXPORT, Edition};
use crate::failure::Failure;
use crate::history::{self, Walk};
use crate::inputs::Handed;
use crate::report::{self, counted};
use crate::session::Session;
use crate::write::{self, Take, Written};

/// Check the handbook, then build its site
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Build {
    /// Where the site goes, from the current folder [default: build-dir of book.toml]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The site's address: a path, or a full URL [default: site-url of book.toml]
    #[arg(long, value_name = "URL", value_parser = site_url)]
    site_url: Option<String>,
    /// Publish in spite of errors: broken documents become pages that show their findings
    #[arg(long)]
    force: bool,
}

const AFTER: &str = "\
Examples:
  okrbook build
  okrbook build --out public --site-url https://example.com/okrs/
  okrbook build --date 2026-02-20    as of a day; the same input and day give the same bytes

Only files that changed are written, files that are not okrbook's are left alone. With errors the
site stays as it was. Findings go to standard error.
Exits with 0 when the site is built, 1 when there are errors (with --force it is built all the
same), 2 when it could not run.";

impl Build {
    pub(super) fn run(&self, shared: &Shared) -> Result<Outcome, Failure> {
        let started = Instant::now();
        let progress = Progress::start("reading");
        let mut options = book::options(shared)?;
        let walk = Walk::begin(&book::folder(shared)?, options.today);
        let mut book = Book::load(shared)?;
        let out = self.out(&book)?;
        options.site_url = self.site_url.clone();
        options.force = self.force;
        progress.now("building");
        let mut session = Session::new();
        let mut analysis = history::analyse(&book.dir, &mut session, &mut book.inputs, &options);
        analysis.changed = walk.end();
        let made_from = stamp::of(&book.inputs, &analysis.changed, &options);
        let Prepared { mut found, edition } = crate::prepare(&mut session, analysis, &book.inputs, &options);
        progress.now("writing");
        let step = |done, all| progress.step(done, all);
        let holds = || made_from.and_then(|made_from| write::still_holds(&out, made_from));
        let written = edition.as_ref().map(|edition| match holds() {
            Some(nothing) => Ok(Ok(nothing)),
            None => publish(edition, &out, made_from, &step),
        });
        drop(progress);
        let written = match written.transpose() {
            Ok(Some(Err(finding))) => {
                found = found.and(*finding);
                Ok(None)
            }
            Ok(other) => Ok(other.and_then(Result::ok)),
            Err(failure) => Err(failure),
        };
        let summary = &found.summary;
        if !found.findings.is_empty() {
            let color = terminal::error_has_color();
            terminal::say(&report::human(&found.findings, &book.sources(), summary, color));
        }
        match written? {
            None => terminal::say(
                "the site stays as it was: mend the errors, or publish in spite of them with `--force`\n",
            ),
            Some(written) => terminal::say(&done(&written, &book::shown(&out), started)),
        }
        // the program ends here: to take a large book apart first would only take time
        std::mem::forget((session, edition));
        Ok(if summary.errors > 0 { Outcome::Found } else { Outcome::Done })
    }

    /// Where the site goes. Not among its own sources: the next build would read it.
    fn out(&self, book: &Book) -> Result<PathBuf, Failure> {
        let own = book.dir.join(book.config.build_dir.as_ref());
        let Some(asked) = &self.out else { return Ok(own) };
        let out = std::path::absolute(asked).map_err(|error| Failure::io("write", asked, &error))?;
        let src = book.dir.join(book.config.src.as_ref());
        let real = |path: &PathBuf| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        let ancestors: Vec<PathBuf> = out.ancestors().map(|path| real(&path.to_owned())).collect();
        if ancestors.contains(&real(&src))
            && !ancestors.contains(&real(&own))
            && real(&src) != real(&book.dir)
        {
            return Err(Failure::new(format!(
                "`{}` lies in `{}`, where the texts are",
                asked.display(),
                book.config.src
            ))
            .help("name a folder outside of it, or the build-dir of book.toml"));
        }
        Ok(out)
    }
}

/// Writes the site of an edition.
fn publish(
    edition: &Edition,
    out: &Path,
    made_from: Option<u128>,
    step: &dyn Fn(usize, usize),
) -> Result<Result<Written, Box<Finding>>, Failure> {
    let press = edition.press();
    let mut beside = press.needed();
    beside.extend(press.for_programs_once());
    let others = beside.iter().map(|file| &*file.path).chain([EXPORT]);
    let pages = edition.pages().iter().map(|(path, _)| &**path);
    let paths: Vec<String> = others.chain(pages).map(str::to_owned).collect();
    let make = |take: &Take<'_>| {
        let hand = || beside.into_iter().all(|file| take(Handed::File(file)));
        rayon::join(hand, || press.each(take)).1
    };
    write::site(out, paths, make, made_from, env!("CARGO_PKG_VERSION"), step)
}

fn done(written: &Written, out: &str, started: Instant) -> String {
    let all = counted(written.written + written.unchanged, "file");
    let removed = match written.removed {
        0 => String::new(),
        removed => format!(", {removed} removed"),
    };
    let seconds = started.elapsed().as_secs_f64();
    format!(
        "built {all} into `{out}` in {seconds:.2} s: {} written, {} unchanged{removed}\n",
        written.written, written.unchanged
    )
}

fn site_url(text: &str) -> Result<String, String> {
    let full =
        ["https://", "http://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
    if full || text.starts_with('/') && !text.starts_with("//") {
        Ok(text.to_owned())
    } else {
        Err("it is a path that begins with `/`, or a URL that begins with `https://` or `http://`".to_owned())
    }
}
