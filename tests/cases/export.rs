//! `export`: the states, coverage, progress and timeline that the format defines, on a book made of
//! the examples of its reference.

use std::path::Path;

use serde_json::{Value, json};

fn exported(date: &str) -> Value {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books/meridian");
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_okrbook"))
        .args(["export", "--date", date, "--book"])
        .arg(&book)
        .output()
        .unwrap();
    serde_json::from_slice(&ran.stdout).unwrap()
}

fn document<'a>(export: &'a Value, reference: &str) -> &'a Value {
    let cycles = export["cycles"].as_array().unwrap().iter();
    let mut documents = cycles.flat_map(|cycle| cycle["documents"].as_array().unwrap());
    documents.find(|document| document["ref"] == reference).unwrap_or_else(|| panic!("{reference}"))
}

fn key_result<'a>(export: &'a Value, reference: &str) -> &'a Value {
    let mut parts = reference.splitn(2, '/');
    let objectives = document(export, parts.next().unwrap())["objectives"].as_array().unwrap();
    let mut all = objectives.iter().flat_map(|objective| objective["key_results"].as_array().unwrap());
    all.find(|key_result| key_result["ref"] == reference).unwrap_or_else(|| panic!("{reference}"))
}

#[test]
fn the_day_and_what_comes_after_it() {
    let before = exported("2026-02-10");
    let uptime = key_result(&before, "fy27-q1:cloud/reliability/uptime");
    assert_eq!(uptime["progress"], 0);
    assert!(uptime.get("value").is_none(), "a check-in of a later day does not count");
    assert_eq!(uptime["check_ins"].as_array().unwrap().len(), 2, "and is shown all the same");
    let after = exported("2026-02-20");
    let uptime = key_result(&after, "fy27-q1:cloud/reliability/uptime");
    assert_eq!((&uptime["value"], &uptime["confidence"]), (&json!(99.6), &json!(0.7)));
}

#[test]
fn progress_is_weighted_and_thresholds_stand_beside_it() {
    let export = exported("2026-03-10");
    let uptime = key_result(&export, "fy27-q1:cloud/reliability/uptime");
    assert_eq!(uptime["kind"], "measured");
    assert_eq!(uptime["progress"], json!(0.4444444444444444));
    let budget = key_result(&export, "fy27-q1:cloud/reliability/error-budget");
    assert_eq!(budget["kind"], "threshold");
    assert!(budget.get("progress").is_none() && budget.get("met").is_none());
    assert_eq!(key_result(&export, "fy27-q1:cloud/reliability/second-region")["progress"], 0);
    let objective = &document(&export, "fy27-q1:cloud")["objectives"][0];
    let expected = (2.0 * 4.0 / 9.0 + 0.0) / 3.0;
    assert!((objective["progress"].as_f64().unwrap() - expected).abs() < 1e-12, "{objective}");
    assert_eq!(objective["grade"], json!(0.7), "its own grade goes before the mean");
}

#[test]
fn what_a_key_result_supports_comes_from_its_objective_and_covers_what_it_names() {
    let export = exported("2026-03-10");
    let budget = key_result(&export, "fy27-q1:cloud/reliability/error-budget");
    assert_eq!(budget["supports"], json!(["fy27-q1:product-engineering/quality/escapes"]));
    let covered = |of: &str| {
        key_result(&export, &format!("fy27-q1:product-engineering/quality/{of}"))["coverage"].clone()
    };
    assert_eq!(covered("escapes"), "supported");
    assert_eq!(covered("audit"), "assured");
    assert_eq!(covered("x"), "uncovered");
    assert!(
        key_result(&export, "fy27-q1:cloud/reliability/uptime").get("coverage").is_none(),
        "nothing is within it"
    );
    let needed = key_result(&export, "fy27-q1:search/latency/p95");
    assert_eq!(needed["needed_by"], json!(["fy27-q1:cloud/reliability/uptime"]));
}

#[test]
fn states_follow_from_facts() {
    let export = exported("2026-03-10");
    let state = |of: &str| document(&export, of)["state"].clone();
    assert_eq!(state("fy27-q1:cloud"), "altered", "its digest is of another text");
    assert_eq!(state("fy27-q1:company"), "draft");
    assert_eq!(state("fy27-q1:search"), "preparing");
    assert_eq!(document(&exported("2026-01-17"), "fy27-q1:cloud")["state"], "preparing", "not shared yet");
    assert_eq!(document(&exported("2026-01-18"), "fy27-q1:cloud")["state"], "draft");
}

#[test]
fn the_timeline_says_what_is_there_and_who_is_waited_for() {
    let export = exported("2026-03-10");
    let timeline = &export["cycles"][1]["timeline"];
    assert_eq!(timeline[0]["state"], "late", "buy-in came a day after the direction was due");
    assert_eq!((&timeline[1]["delivered"], &timeline[1]["expected"]), (&json!(1), &json!(3)));
    assert_eq!(timeline[1]["waiting_for"], json!(["search", "data"]));
    assert_eq!(timeline[1]["due"], "2026-01-18");
    let early = exported("2026-01-03");
    assert_eq!(early["cycles"][1]["timeline"][0]["state"], "due");
    assert_eq!(early["cycles"][1]["timeline"][0]["waiting_for"], json!(["direction"]));
    assert_eq!(early["cycles"][1]["phase"], "planning");
}
