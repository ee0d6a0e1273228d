//! Where the time of a build goes: its stages one after the other, with the parts of the program that a
//! build is made of. `cargo bench --bench speed -- stages 10000`.
//!
//! A build does some of them at once, so that their sum is more than a build takes by the clock.

use std::path::Path;
use std::time::{Duration, Instant};

use okrbook::changes::Altered;
use okrbook::config::Config;
use okrbook::date::Date;
use okrbook::links::Links;
use okrbook::load::{Handbook, Seen};
use okrbook::model::{Book, Timeline};
use okrbook::session::Session;
use okrbook::write::Take;
use okrbook::{Options, rules};
use rayon::prelude::*;

/// A part of the stage before it, which a preview does by itself.
const VIEWS: &str = "of that, what pages show (and its hash)";

/// The stages with what each took, the middle of several runs.
#[derive(Debug, Default)]
struct Clock(Vec<(&'static str, Vec<Duration>)>);

impl Clock {
    fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        let took = started.elapsed();
        match self.0.iter_mut().find(|(name, _)| *name == stage) {
            Some((_, runs)) => runs.push(took),
            None => self.0.push((stage, vec![took])),
        }
        done
    }
}

/// Measures a handbook of about so many documents, and says it as a table.
pub(crate) fn measure(folder: &Path, size: usize, runs: usize) {
    let documents = super::handbook::write(folder, size);
    let mut clock = Clock::default();
    for _ in 0..runs {
        build(folder, &mut clock);
    }
    let middle = |runs: &[Duration]| {
        let mut runs = runs.to_vec();
        runs.sort();
        runs[runs.len() / 2].as_secs_f64() * 1000.0
    };
    let all: f64 = clock.0.iter().filter(|(stage, _)| *stage != VIEWS).map(|(_, runs)| middle(runs)).sum();
    println!("| {documents} documents: stage | ms | share |\n| --- | ---: | ---: |");
    for (stage, runs) in &clock.0 {
        let took = middle(runs);
        println!("| {stage} | {took:.0} | {:.0} % |", took / all * 100.0);
    }
}

fn build(folder: &Path, clock: &mut Clock) {
    let today: Date = super::handbook::DATE.parse().expect("a day");
    let options = Options::on(today);
    let handbook = clock.time("read the files", || Handbook::read(folder, &mut Seen::nothing()));
    let inputs = handbook.expect("it can be read").inputs;
    let (config, found) = Config::read(&inputs.book);
    let config = std::sync::Arc::new(config);
    let mut session = Session::new();
    let files = clock.time("parse and check each document", || session.parse(&inputs.documents, &config.src));
    let book = clock.time("put the book together", || Book::new(&config, &files));
    let links = clock.time("resolve references, work out coverage", || Links::resolve(&book, &inputs.assets));
    let (signatures, timelines) = clock.time("signatures and timelines", || {
        let signatures = book.all_signatures(today);
        let of = |cycle| Timeline::of(&book, &signatures, cycle, today);
        let timelines: Vec<Timeline> = (0..book.cycles.len()).map(of).collect();
        (signatures, timelines)
    });
    clock.time("rules of the whole book", || {
        let altered = Altered::of(&book, &signatures, &inputs.recalled, today);
        let known = rules::Known {
            book: &book,
            links: &links,
            timelines: &timelines,
            assets: &inputs.assets,
            altered: &altered,
            signatures: &signatures,
        };
        rules::judge(&known, found, rules::Options { today, all: false })
    });
    drop((links, timelines, signatures, book, files));
    // the same again, without a clock: from here on it goes in one
    let analysis = okrbook::analyse(&mut session, &inputs, &options);
    let edition =
        okrbook::prepare(&mut session, analysis, &inputs, &options).edition.expect("it has no errors");
    let press = edition.press();
    let search = clock.time("search and calendars", || press.for_programs_once());
    let export = clock.time("okrs.json", || press.export());
    let pages = edition.pages().par_iter();
    let html: Vec<_> = clock.time("pages: what they show, and their templates", || {
        pages.map(|(path, ask)| (path.clone(), press.page(*ask).expect("the templates work"))).collect()
    });
    let pages = edition.pages().par_iter();
    clock.time(VIEWS, || pages.for_each(|(_, ask)| _ = std::hint::black_box(press.key(*ask))));
    let out = folder.join("staged");
    let mut files = press.needed();
    files.extend(search);
    files.push(export);
    files.extend(html.into_iter().map(|(path, html)| okrbook::inputs::SiteFile::made(path, html)));
    let paths: Vec<String> = files.iter().map(|file| file.path.clone()).collect();
    let hand = |take: &Take<'_>| {
        files.into_iter().all(|file| take(okrbook::inputs::Handed::File(file)));
        Ok(())
    };
    let written =
        clock.time("write the files", || okrbook::write::site(&out, paths, hand, None, "stages", &|_, _| ()));
    assert!(matches!(written, Ok(Ok(_))), "{written:?}");
    std::fs::remove_dir_all(&out).expect("it was just written");
}
