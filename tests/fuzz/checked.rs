//! A small book with one file of any bytes, checked and printed: what must hold whatever the bytes are.

use okrbook::Options;
use okrbook::report;
use okrbook::rules::Example;
use okrbook::session::Session;
use okrbook::source::{Source, Sources};

/// Checks the book with the file, prints its findings in every format, and parses what certain fixes leave.
pub fn check(path: &str, bytes: &[u8]) {
    let (mut inputs, today) = Example::new("").inputs();
    let source = Source::from_bytes(path, bytes.to_vec());
    let text = source.text.clone();
    if path == "book.toml" {
        inputs.book = source;
    } else {
        inputs.documents.add(source);
    }
    let found = okrbook::check(&mut Session::new(), &inputs, &Options::on(today));
    for reported in &found.findings {
        let finding = &reported.finding;
        assert!(!finding.message.is_empty());
        if *finding.place.path != *path {
            continue;
        }
        let spans = finding.fixes.iter().map(|fix| fix.span).chain([finding.place.span]);
        for span in spans {
            assert!(text.get(span.start..span.end).is_some(), "{span:?}: {}", finding.message);
        }
    }
    let mut sources: Sources = inputs.documents.iter().cloned().collect();
    sources.add(inputs.book.clone());
    let (findings, summary) = (&found.findings, &found.summary);
    report::human(findings, &sources, summary, true);
    report::json(findings, &sources, summary);
    report::sarif(findings, &sources, summary, &[], "");
    report::rdjson(findings, &sources, summary, &[], "");
}
