//! Small books for the tests of the rules.

use crate::changes::Altered;
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Reported;
use crate::inputs::{Inputs, Recalled};
use crate::links::Links;
use crate::model::{Book, Timeline, read, site_path};

use super::{Example, Known, Options, judge};

/// The findings of one rule, or of a group, in a small book: `path:line:column severity: message`, with
/// `cloud.md` for the file that an example begins with. `files` are those of an [`Example`].
pub(super) fn found(rule: &str, files: &'static str, day: &'static str) -> Vec<String> {
    let (inputs, today) = Example::new(files).on(day).inputs();
    let reported = reported(&inputs, today, false);
    lines(&inputs, reported.iter().filter(|of| of.finding.rule.starts_with(rule)))
}

/// The same with cycles that ended long ago.
pub(super) fn found_in_all(rule: &str, files: &'static str, day: &'static str) -> Vec<String> {
    let (inputs, today) = Example::new(files).on(day).inputs();
    let reported = reported(&inputs, today, true);
    lines(&inputs, reported.iter().filter(|of| of.finding.rule.starts_with(rule)))
}

/// The same where the history has been asked for what `recall` gives.
pub(super) fn found_with(
    rule: &str,
    files: &str,
    day: &'static str,
    recall: impl Fn(&Altered) -> Recalled,
) -> Vec<String> {
    let (mut inputs, today) = Example::new(files.to_owned().leak()).on(day).inputs();
    inputs.recalled = recall(&altered(&book(&inputs), &inputs, today));
    let reported = reported(&inputs, today, false);
    lines(&inputs, reported.iter().filter(|of| of.finding.rule.starts_with(rule)))
}

/// The timelines of a small book's cycles.
pub(super) fn timelines(files: &'static str, day: &'static str) -> (Book, Vec<Timeline>) {
    let (inputs, today) = Example::new(files).on(day).inputs();
    let book = book(&inputs);
    let timelines = all_timelines(&book, today);
    (book, timelines)
}

fn all_timelines(book: &Book, today: Date) -> Vec<Timeline> {
    let signatures = book.all_signatures(today);
    (0..book.cycles.len()).map(|cycle| Timeline::of(book, &signatures, cycle, today)).collect()
}

fn altered(book: &Book, inputs: &Inputs, today: Date) -> Altered {
    Altered::of(book, &book.all_signatures(today), &inputs.recalled, today)
}

fn book(inputs: &Inputs) -> Book {
    let (config, _) = Config::read(&inputs.book);
    let config = std::sync::Arc::new(config);
    let files: Vec<_> = inputs
        .documents
        .iter()
        .map(|source| {
            let path = site_path(&config.src, &source.path).unwrap_or(&source.path);
            std::sync::Arc::new(read(source, path))
        })
        .collect();
    Book::new(&config, &files)
}

fn reported(inputs: &Inputs, today: Date, all: bool) -> Vec<Reported> {
    let book = book(inputs);
    let links = Links::resolve(&book, &inputs.assets);
    let (signatures, timelines) = (book.all_signatures(today), all_timelines(&book, today));
    let altered = altered(&book, inputs, today);
    let known = Known {
        book: &book,
        links: &links,
        timelines: &timelines,
        assets: &inputs.assets,
        altered: &altered,
        signatures: &signatures,
    };
    judge(&known, Vec::new(), Options { today, all })
}

fn lines<'a>(inputs: &Inputs, reported: impl Iterator<Item = &'a Reported>) -> Vec<String> {
    reported
        .map(|of| {
            let place = &of.finding.place;
            let source = inputs.documents.get(&place.path).unwrap_or(&inputs.book);
            let start = source.position(place.span.start());
            let file = place.path.strip_prefix("content/okrs/fy27-q1/").unwrap_or(&place.path);
            let (severity, message) = (of.severity.as_str(), &of.finding.message);
            format!("{file}:{}:{} {severity}: {message}", start.line, start.column)
        })
        .collect()
}
