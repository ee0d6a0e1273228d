use std::sync::Arc;

use super::*;
use crate::diagnostic::{Finding, Reported};
use crate::source::{Source, Span};

const SEARCH: &str = "content/okrs/fy27-q1/search.md";
const TEXT: &str =
    "+++\nowner = \"@zoe\"\n[[objective]]\nid = \"latency\"\nneeds = [\"cloud/reliability/uptme\"]\n+++\n";

fn place(path: &str, text: &str, marked: &str) -> Place {
    let at = text.find(marked).unwrap();
    Place::new(&Arc::from(path), Span::new(at, at + marked.len()))
}

fn unknown() -> Reported {
    let place = place(SEARCH, TEXT, "\"cloud/reliability/uptme\"");
    let span = place.span;
    let finding =
        Finding::new("reference/unknown", place, "there is no key result `uptme` in cloud/reliability")
            .help("did you mean `cloud/reliability/uptime`?")
            .suggestion(span, "\"cloud/reliability/uptime\"");
    Reported { finding, severity: Severity::Error }
}

fn sources() -> Sources {
    [
        Source::new(SEARCH, TEXT),
        Source::new("content/okrs/fy27-q1/a.md", "+++\nid = \"x\"\n"),
        Source::new("empty.md", ""),
    ]
    .into_iter()
    .collect()
}

fn printed(found: Reported, sources: &Sources) -> String {
    let summary = Summary::count(std::slice::from_ref(&found), 14, 3);
    human(&[found], sources, &summary, false)
}

fn hostile() -> (Reported, Sources) {
    let path = "content/a\u{1b}[2J,b:\n\u{202e}%.md";
    let text = "id = \"\u{1b}]0;x\u{7}\u{202e}gnp\"\n";
    let message = "no `\u{1b}[31m\r\n::error::x`, 100%";
    let finding = Finding::new("format/bad-id", place(path, text, "\"\u{1b}"), message)
        .label("la\nbel\u{1b}")
        .help("he\u{9b}lp\nmore")
        .related(Place::new(&Arc::from("gone\u{1b}.md"), Span::new(4, 9)), "re\u{1b}lated");
    (Reported { finding, severity: Severity::Warning }, [Source::new(path, text)].into_iter().collect())
}

#[test]
fn a_finding_shows_its_source_and_its_fix() {
    let expected = r#"error[reference/unknown]: there is no key result `uptme` in cloud/reliability
 --> content/okrs/fy27-q1/search.md:5:10
  |
5 | needs = ["cloud/reliability/uptme"]
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^
  |
help: did you mean `cloud/reliability/uptime`?
  |
5 | needs = ["cloud/reliability/uptime"]
  |                                +

1 error in 14 documents of 3 cycles
"#;
    assert_eq!(printed(unknown(), &sources()), expected);
}

#[test]
fn related_places_stand_in_the_excerpt_or_in_their_own() {
    let finding =
        Finding::new("format/duplicate-id", place(SEARCH, TEXT, "\"latency\""), "`latency` is given twice")
            .label("again here")
            .help("rename one of them")
            .related(place(SEARCH, TEXT, "\"@zoe\""), "first here")
            .related(place("content/okrs/fy27-q1/a.md", "+++\nid = \"x\"\n", "\"x\""), "also here");
    let expected = r#"error[format/duplicate-id]: `latency` is given twice
 --> content/okrs/fy27-q1/search.md:4:6
  |
2 | owner = "@zoe"
  |         ------ first here
3 | [[objective]]
4 | id = "latency"
  |      ^^^^^^^^^ again here
  |
  = help: rename one of them
note: also here
 --> content/okrs/fy27-q1/a.md:2:6
  |
2 | id = "x"
  |      ^^^

1 error in 14 documents of 3 cycles
"#;
    assert_eq!(printed(Reported { finding, severity: Severity::Error }, &sources()), expected);
}

#[test]
fn an_empty_and_a_missing_file_have_a_place() {
    for path in ["empty.md", "nowhere.md"] {
        let place = Place::new(&Arc::from(path), Span::new(0, 7));
        let finding = Finding::new("format/unreadable", place.clone(), "it is empty")
            .help("write it")
            .certain_fix(place.span, "+++")
            .related(place, "here too");
        let text = printed(Reported { finding, severity: Severity::Error }, &sources());
        assert!(text.contains(&format!("--> {path}:1:1\n")), "{text}");
        assert!(text.contains("help: write it"), "{text}");
    }
}

#[test]
fn hostile_text_is_shown_and_does_not_act() {
    let (found, sources) = hostile();
    let all = [found.clone()];
    let summary = Summary::count(&all, 1, 1);
    for text in [printed(found, &sources), short(&all, &sources, &summary)] {
        assert!(!text.chars().any(|c| c != '\n' && c.is_control() || c == '\u{202e}'), "{text:?}");
        assert!(!text.lines().any(|line| line.starts_with("::")), "{text}");
    }
    assert_eq!(short(&all, &sources, &summary).lines().count(), 1);
}

#[test]
fn a_giant_line_prints_little() {
    let text = format!("+++\nid = \"{}\"\nx", "y".repeat(10_000_000));
    let span = Span::new(9, text.len() - 2);
    let place = Place::new(&Arc::from("big.md"), span);
    let finding = Finding::new("format/bad-id", place.clone(), format!("`{}` is no id", &text[10..]))
        .label(&text[..])
        .suggestion(Span::new(9, 12), &text[9..])
        .suggestion(span, "\"short\"")
        .related(place, &text[..]);
    let sources = [Source::new("big.md", text)].into_iter().collect();
    let shown = printed(Reported { finding, severity: Severity::Note }, &sources);
    assert!(shown.len() < 8000, "{}", shown.len());
}

#[test]
fn no_span_makes_it_panic() {
    let texts = ["", "\n", "é", "\u{feff}", "\u{feff}é\r\n\t日本\r\n", "a\rb\n\0", "x\n\n\n\u{202e}y"];
    for text in texts {
        let sources: Sources = [Source::new("a.md", text)].into_iter().collect();
        for start in 0..text.len() + 2 {
            for end in start..text.len() + 3 {
                let place = Place::new(&Arc::from("a.md"), Span::new(start, end));
                let finding = Finding::new("format/x", place.clone(), "m")
                    .label("l")
                    .related(Place::new(&place.path, Span::new(end, end + 1)), "r")
                    .suggestion(place.span, "new\nlines\n")
                    .suggestion(place.span, "")
                    .suggestion(Span::new(end, end), "é");
                let all = [Reported { finding, severity: Severity::Error }];
                let summary = Summary::count(&all, 1, 1);
                human(&all, &sources, &summary, true);
                short(&all, &sources, &summary);
                json(&all, &sources, &summary);
                sarif(&all, &sources, &summary, &[], "");
                rdjson(&all, &sources, &summary, &[], "");
                github(&all, &sources, &summary, "");
                gitlab(&all, &sources, &summary, "");
            }
        }
    }
}

#[test]
fn colour_is_only_there_when_asked_for() {
    let all = [unknown()];
    let summary = Summary::count(&all, 1, 1);
    assert!(human(&all, &sources(), &summary, true).contains('\u{1b}'));
    assert!(!human(&all, &sources(), &summary, false).contains('\u{1b}'));
}

#[test]
fn the_tally_counts_as_one_says_it() {
    let summary = Summary { errors: 2, warnings: 1, notes: 0, documents: 14, cycles: 3 };
    assert_eq!(tally(&summary), "2 errors, 1 warning in 14 documents of 3 cycles");
    let summary = Summary { documents: 1, cycles: 1, ..Summary::default() };
    assert_eq!(tally(&summary), "nothing to report in 1 document of 1 cycle");
}

#[test]
fn short_is_a_line_a_finding() {
    let summary = Summary::default();
    assert_eq!(
        short(&[unknown()], &sources(), &summary),
        "content/okrs/fy27-q1/search.md:5:10: error[reference/unknown]: there is no key result `uptme` in cloud/reliability\n"
    );
}

#[test]
fn json_is_as_documented() {
    let all = [unknown()];
    let value: serde_json::Value =
        serde_json::from_str(&json(&all, &sources(), &Summary::count(&all, 12, 2))).unwrap();
    let span = serde_json::json!({"start": {"line": 5, "column": 10}, "end": {"line": 5, "column": 35}});
    let expected = serde_json::json!({
        "version": 1,
        "summary": {"errors": 1, "warnings": 0, "notes": 0, "documents": 12, "cycles": 2},
        "findings": [{
            "rule": "reference/unknown", "severity": "error",
            "message": "there is no key result `uptme` in cloud/reliability",
            "path": SEARCH, "span": span,
            "help": "did you mean `cloud/reliability/uptime`?",
            "fixes": [{"span": span, "replacement": "\"cloud/reliability/uptime\""}],
            "related": [],
        }],
    });
    assert_eq!(value, expected);
}

#[test]
fn github_escapes_what_would_end_a_command() {
    let (found, sources) = hostile();
    assert_eq!(
        github(&[found], &sources, &Summary::default(), "docs/"),
        "::warning file=docs/content/a\u{1b}[2J%2Cb%3A%0A\u{202e}%25.md,line=1,col=6,endLine=1,endColumn=8,\
         title=format/bad-id::no `␛[31m␍%0A::error::x`, 100%25%0Ahelp: he<U+009B>lp%0Amore\n"
    );
}

#[test]
fn gitlab_fingerprints_survive_moved_lines_and_differ() {
    let moved = |lines: usize| {
        let text = format!("{}{TEXT}", "\n".repeat(lines));
        let mut found = unknown();
        found.finding.place.span = found.finding.place.span.shifted(lines);
        let sources = [Source::new(SEARCH, text)].into_iter().collect();
        let text = gitlab(&[found.clone(), found], &sources, &Summary::default(), "");
        let issues: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        assert_eq!(issues[0]["location"]["lines"]["begin"], 5 + lines);
        [issues[0]["fingerprint"].clone(), issues[1]["fingerprint"].clone()]
    };
    let (here, there) = (moved(0), moved(7));
    assert_eq!(here, there);
    assert_ne!(here[0], here[1]);
}

#[test]
fn sarif_has_rules_regions_fixes_and_relative_uris() {
    let rules = [RuleInfo {
        name: "reference/unknown".into(),
        severity: Severity::Error,
        summary: "A reference to nothing.".into(),
        help_uri: Some("https://example.com/rules/reference-unknown/".into()),
        full: "It must point somewhere.".into(),
    }];
    let text = sarif(&[unknown()], &sources(), &Summary::default(), &rules, "my docs/");
    let log: serde_json::Value = serde_json::from_str(&text).unwrap();
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "reference/unknown");
    assert_eq!(result["ruleIndex"], 0);
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "my%20docs/content/okrs/fy27-q1/search.md");
    assert_eq!(place["region"]["endColumn"], 35);
    let fix = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(fix["insertedContent"]["text"], "\"cloud/reliability/uptime\"");
    assert_eq!(result["partialFingerprints"]["okrbook/v1"].as_str().unwrap().len(), 32);
}

#[test]
fn rdjson_counts_columns_in_bytes() {
    let text = "é = \"日\" x\n";
    let finding = Finding::new("format/x", place("a.md", text, "x"), "m").suggestion(Span::new(0, 2), "e");
    let sources = [Source::new("a.md", text)].into_iter().collect();
    let all = [Reported { finding, severity: Severity::Note }];
    let value: serde_json::Value =
        serde_json::from_str(&rdjson(&all, &sources, &Summary::default(), &[], "")).unwrap();
    let one = &value["diagnostics"][0];
    assert_eq!(one["severity"], "INFO");
    assert_eq!(one["location"]["range"]["start"], serde_json::json!({"line": 1, "column": 12}));
    assert_eq!(one["suggestions"][0]["range"]["end"], serde_json::json!({"line": 1, "column": 3}));
}
