//! The commands that write: what they write, and what they refuse.

use crate::runner::{Book, Ran};

const BOOK: &str = r#"[book]
title = "Book"
[calendar]
fiscal-year-starts = "02-01"
[[level]]
id = "company"
name = "Company"
[[level]]
id = "org"
name = "Organisations"
[unit.company]
level = "company"
name = "The company"
set-by = ["@ada"]
delivered-by = ["@mo", "@lin"]
[unit.cloud]
level = "org"
name = "Cloud"
within = "company"
set-by = ["@mo"]
[direction]
approved-by = ["@ada"]
[person.ada]
name = "Ada"
[person.mo]
name = "Mo"
[person.lin]
name = "Lin"
[person.kai]
name = "Kai"
"#;

const CLOUD: &str = "+++\r\n# ours\r\nowner = \"@kai\"   # he is\r\n\r\n[[objective]]\r\nid = \"reliability\"\r\ntitle = \"Reliable\"\r\n  key-result = [\r\n    { id = \"uptime\", title = \"Uptime\", from = 99.5, to = 99.95, measured-in = \"%\" }, # see the dashboard\r\n    { id = \"region\", title = \"A second region\" }\r\n  ]\r\n+++\r\n\r\n# Text\r\n";

const PATH: &str = "content/okrs/fy27-q1/cloud.md";

fn book() -> Book {
    Book::empty()
        .file("book.toml", BOOK)
        .file("content/index.md", "# Home\n")
        .file("content/okrs/fy27-q1/direction.md", "+++\ntitle = \"D\"\n[[theme]]\nid = \"t\"\ntitle = \"T\"\n+++\n")
        .file("content/okrs/fy27-q1/company.md", "+++\n[[objective]]\nid = \"a\"\ntitle = \"A\"\nkey-result = [{ id = \"b\", title = \"B\" }]\n+++\n")
        .file(PATH, CLOUD)
}

/// Refused, and no file has changed.
#[track_caller]
fn refused(book: &Book, arguments: &[&str], why: &str) -> Ran {
    let before: Vec<String> = book.files(".").iter().map(|path| book.text(path)).collect();
    let ran = book.run(arguments).refuses(why);
    let after: Vec<String> = book.files(".").iter().map(|path| book.text(path)).collect();
    assert_eq!(before, after);
    ran
}

#[test]
fn share_writes_the_day_and_nothing_else() {
    let book = book();
    book.run(&["share", "cloud"]).succeeds().prints("fy27-q1:cloud is shared since 2026-02-20");
    assert_eq!(book.text(PATH), CLOUD.replacen("+++\r\n", "+++\r\nshared = 2026-02-20\r\n", 1));
    refused(&book, &["share", PATH], "shared already, since 2026-02-20");
    book.run_in("content/okrs", &["share", "fy27-q1/company.md", "--date", "2026-02-03"]).succeeds();
    assert!(
        book.text("content/okrs/fy27-q1/company.md").starts_with("+++\nshared = 2026-02-03\n[[objective]]")
    );
    book.run(&["share", "fy27-q1:direction"]).succeeds();
    assert!(
        book.text("content/okrs/fy27-q1/direction.md")
            .starts_with("+++\ntitle = \"D\"\nshared = 2026-02-20\n[[theme]]")
    );
    assert!(!book.path(".okrbook-edit.lock").exists());
}

#[test]
fn what_does_not_exist_is_refused_with_a_suggestion() {
    let book = book();
    refused(&book, &["share", "clod"], "there is no unit `clod`").says("did you mean `cloud`?");
    refused(&book, &["share", "directon"], "there is no unit `directon`").says("did you mean `direction`?");
    refused(&book, &["share", "fy27-q2:cloud"], "there is no cycle `fy27-q2`")
        .says("did you mean `fy27-q1:cloud`?");
    refused(&book, &["share", "cloud/reliability"], "is an objective, not a document")
        .says("`fy27-q1:cloud`");
    refused(&book, &["share", "content/okrs/fy27-q1/clod.md"], "is not there").says(PATH);
    refused(&book, &["share", "content/index.md"], "is no OKR document");
    refused(&book, &["check-in", "cloud/reliability/uptme", "1"], "no key result `uptme`")
        .says("cloud/reliability/uptime");
    refused(&book, &["check-in", "cloud/reliability", "1"], "is an objective")
        .says("fy27-q1:cloud/reliability/uptime");
    refused(
        &book,
        &["check-in", "cloud", "reliability/uptime=99.6", "reliability/regio=1"],
        "there is no `reliability/regio`",
    )
    .says("reliability/region");
    refused(&book, &["check-in", "cloud/reliability/uptime", "99,7"], "is a number").says("write `99.7`");
    refused(&book, &["check-in", "cloud/reliability/region", "75"], "0.0 to 1.0")
        .says("did you mean `0.75`?");
    refused(&book, &["check-in", "cloud/reliability/region", "0.5", "--confidence", "70"], "a confidence")
        .says("`0.7`");
    refused(&book, &["check-in", "cloud/reliability/region", "-1"], "0.0 to 1.0");
    refused(&book, &["grade", "cloud/reliability/uptime", "7"], "a grade").says("`0.7`");
    refused(&book, &["grade", "cloud", "0.7"], "is a document: it has no grade")
        .says("such as `fy27-q1:cloud/reliability`");
    refused(&book, &["feedback", "cloud", "--by", "kay", "--says", "x"], "no person `@kay`")
        .says("did you mean `@kai`?");
    refused(&book, &["feedback", "cloud", "--by", "kai", "--says", " "], "`--says` is empty");
    refused(
        &book,
        &["feedback", "cloud", "--by", "kai", "--says", "x", "--about", "uptime"],
        "there is no `uptime`",
    )
    .says("reliability/uptime");
    refused(&book, &["feedback", "cloud", "--answer", "1", "--outcome", "changed"], "has no feedback 1");
    refused(&book, &["feedback", "cloud", "--answer", "1", "--outcome", "chnged"], "did you mean `changed`?");
    refused(&book, &["amend", "fy27-q1:direction", "--by", "kai", "--says", "x"], "is a direction document");
    refused(&book, &["amend", "cloud", "--by", "kai", "--says", "x", "--about", "z/z"], "there is no `z/z`");
    refused(&book, &["new", "cycle", "fy2027-q2"], "is no cycle").says("did you mean `fy27-q2`?");
    refused(&book, &["new", "cycle", "FY27-Q1"], "is there already");
    refused(&book, &["new", "cycle", "fy27-q2", "--from", "fy27-q3"], "there is no cycle `fy27-q3`")
        .says("fy27-q1");
    refused(&book, &["new", "page", "okrs/x/y"], "is a place of OKR documents");
    refused(&book, &["new", "page", "index"], "is there already");
    assert!(!book.path(".okrbook-edit.lock").exists());
}

#[test]
fn who_may_not_sign_does_not() {
    let book = book();
    let approve = |doc: &str, party: &str, by: &str| {
        vec!["approve", doc, "--as", party, "--by", by].into_iter().map(String::from).collect::<Vec<_>>()
    };
    let refuse = |arguments: Vec<String>, why: &str| {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        refused(&book, &arguments, why)
    };
    refuse(approve("cloud", "set-by", "kai"), "does not sign for `set-by`").says("names `@mo`");
    refuse(approve("company", "set-by", "mo"), "does not sign for `set-by`").says("`--as delivered-by`");
    refuse(approve("cloud", "delivered-by", "mo"), "is named for `set-by`");
    refuse(approve("fy27-q1:direction", "set-by", "ada"), "has no parties").says("leave `--as` out");
    refused(&book, &["approve", "fy27-q1:direction", "--by", "mo"], "does not sign the direction")
        .says("`@ada`");
    refused(&book, &["approve", "cloud", "--by", "mo"], "which party").says("--as set-by");
    refused(&book, &["approve", "cloud", "--as", "setby", "--by", "mo"], "set-by");
    book.put("book.toml", &BOOK.replace("set-by = [\"@mo\"]\n", ""));
    book.run(&["approve", "cloud", "--as", "set-by", "--by", "mo"]).succeeds();
    refuse(approve("cloud", "delivered-by", "mo"), "nobody makes a contract with themselves");
}

#[test]
fn check_ins_go_where_they_belong() {
    let book = book();
    book.run(&["check-in", "cloud/reliability/uptime", "99.6", "--confidence", "0.7", "--note", "so \"so\""])
        .succeeds()
        .prints("fy27-q1:cloud/reliability/uptime: 99.6 %; 22 % of the way; confidence 0.7; so \"so\"");
    let row = "{ on = 2026-02-20, value = 99.6, confidence = 0.7, note = \"so \\\"so\\\"\" }";
    let list = format!("measured-in = \"%\", check-in = [\r\n      {row},\r\n    ] }}, # see");
    assert_eq!(book.text(PATH), CLOUD.replace("measured-in = \"%\" }, # see", &list));
    book.run(&["check-in", PATH, "reliability/uptime=99.7", "reliability/region=0.5"])
        .succeeds()
        .prints("was 99.6 %")
        .prints("50 % of the way");
    book.run(&["check-in", "cloud/reliability/region", "--note", "only words"]).succeeds();
    assert_eq!(book.text(PATH).matches("on = 2026-02-20").count(), 4);
    assert_eq!(book.text(PATH).matches('\n').count(), book.text(PATH).matches("\r\n").count());
    book.run(&["check", "--only", "format"]).succeeds();
}

#[test]
fn there_is_nobody_to_ask_without_a_terminal() {
    let book = book();
    refused(&book, &["check-in", "cloud"], "there is no terminal to ask in").says("PLACE=VALUE");
    refused(&book, &["check-in", "--mine", "kai"], "there is no terminal to ask in");
    refused(&book, &["check-in", "--mine", "kia"], "did you mean `@kai`?");
    refused(&book, &["check-in"], "--mine HANDLE");
}

/// Runs a command as in a terminal, with these lines typed.
#[cfg(target_os = "linux")]
fn typed(book: &Book, arguments: &str, lines: &str) -> String {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let command = format!("{} {arguments}", env!("CARGO_BIN_EXE_okrbook"));
    let mut child = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .current_dir(book.path(""))
        .env("TERM", "dumb")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    String::from_utf8_lossy(&ended.stdout).into_owned()
}

#[cfg(target_os = "linux")]
#[test]
fn in_a_terminal_it_asks_for_each_key_result() {
    let book = book();
    let said = typed(&book, "check-in --mine kai --date 2026-02-20", "99.8\n0.7\nwell\ns\n");
    assert!(said.contains("@kai owns 2 open key results") && said.contains("1 check-in written"), "{said}");
    assert!(book.text(PATH).contains("{ on = 2026-02-20, value = 99.8, confidence = 0.7, note = \"well\" }"));
    let said = typed(&book, "check-in cloud --date 2026-02-21", "\n\n\n0.5\n\n\n");
    assert!(
        said.contains("last 99.8 % on 2026-02-20, yesterday; 66 % of the way, the pace is 22 %"),
        "{said}"
    );
    assert!(
        said.contains("written: 99.8 %, was 99.8 %; 66 % of the way; confidence 0.7")
            && said.contains("2 check-ins written"),
        "{said}"
    );
    assert!(book.text(PATH).contains("{ on = 2026-02-21, value = 99.8, confidence = 0.7 }"));
    assert!(book.text(PATH).contains("{ on = 2026-02-21, value = 0.5 }"));
    let before = book.text(PATH);
    let said = typed(&book, "check-in cloud --date 2026-02-22", "99.9\n\nq\n");
    assert!(said.contains("0 check-ins written, 2 not asked"), "{said}");
    assert_eq!(book.text(PATH), before, "who quits at the note has said nothing");
}

#[cfg(target_os = "linux")]
#[test]
fn in_a_terminal_it_shows_what_is_signed_and_asks() {
    let book = book();
    let sign = "approve cloud --as set-by --by mo --date 2026-02-20";
    let said = typed(&book, sign, "what\nn\n");
    let question = "uptime  Uptime: 99.5 -> 99.95 %";
    assert!(
        said.contains(question) && said.contains("sign fy27-q1:cloud? [Y/n] y for yes, n for no"),
        "{said}"
    );
    assert!(said.contains("not signed: nothing is written"), "{said}");
    assert_eq!(book.text(PATH), CLOUD);
    let said = typed(&book, sign, "\n");
    assert!(said.contains("it waits for the signature of delivered-by"), "{said}");
    assert_eq!(book.text(PATH).matches("by = \"@mo\"").count(), 1);
}

#[test]
fn what_has_one_name_only_is_found_by_it() {
    let book = book();
    refused(&book, &["check-in", "uptime", "99.6"], "no unit `uptime`")
        .says("did you mean `cloud/reliability/uptime`?");
    refused(&book, &["check-in", "cloud", "reliability/uptime"], "`reliability/uptime` has no value")
        .says("okrbook check-in cloud reliability/uptime=VALUE");
}

#[test]
fn feedback_is_given_listed_and_answered() {
    let book = book();
    let says =
        ["feedback", "cloud", "--by", "@kai", "--says", "99.99 is much", "--about", "reliability/uptime"];
    book.run(&says).succeeds().prints("feedback 1 is in fy27-q1:cloud").prints("--answer 1");
    book.run(&["feedback", "cloud"])
        .succeeds()
        .prints("1  @kai on 2026-02-20 about reliability/uptime: open");
    let answer = ["feedback", "cloud", "--answer", "1", "--outcome", "declined", "--reply", "It is not"];
    book.run(&answer).succeeds().prints("declined");
    let expected = "[[feedback]]\r\nby = \"@kai\"\r\non = 2026-02-20\r\nabout = \"reliability/uptime\"\r\nsays = \"99.99 is much\"\r\noutcome = \"declined\"\r\nreply = \"It is not\"\r\n+++\r\n";
    assert!(book.text(PATH).contains(expected), "{}", book.text(PATH));
    book.run(&["feedback", "fy27-q1:direction", "--by", "kai", "--says", "x", "--about", "t"]).succeeds();
    refused(
        &book,
        &["feedback", "fy27-q1:direction", "--by", "kai", "--says", "x", "--about", "u"],
        "no theme `u`",
    );
}

#[test]
fn a_document_with_errors_is_not_touched() {
    for (broken, rule) in [
        (CLOUD.replace("to = 99.95", "to = "), "format/bad-toml"),
        (CLOUD.replace("owner =", "ownr ="), "format/unknown-key"),
        (
            CLOUD.replace("title = \"A second region\"", "title = \"A\", supports = [\"company/x/y\"]"),
            "reference/unknown",
        ),
    ] {
        let book = book().file(PATH, &broken);
        for arguments in [
            &["share", "cloud"][..],
            &["check-in", PATH, "reliability/uptime=1"],
            &["check-in", "cloud/reliability/uptime", "1"],
            &["grade", "cloud/reliability/uptime", "1"],
            &["approve", "cloud", "--as", "set-by", "--by", "mo"],
            &["feedback", "cloud", "--by", "kai", "--says", "x"],
            &["amend", "cloud", "--by", "kai", "--says", "x"],
        ] {
            book.run(arguments).exits(1).says(rule);
            assert_eq!(book.text(PATH), broken);
        }
    }
    let broken = BOOK.replace("[person.kai]", "[persn.kai]");
    let book = book().file("book.toml", &broken);
    book.run(&["approve", "cloud", "--as", "set-by", "--by", "mo"]).exits(1).says("format/unknown-key");
    assert_eq!(book.text(PATH), CLOUD);
}

#[test]
fn a_grade_is_given_and_given_anew() {
    let book = book();
    book.run(&["grade", "cloud/reliability/uptime", "0.8", "--outcome", "99.93 %"]).succeeds();
    book.run(&["grade", "cloud/reliability/uptime", "1"]).succeeds().prints("1.0");
    book.run(&["grade", "fy27-q1:cloud/reliability", "0.7"]).succeeds();
    let text = book.text(PATH);
    assert!(text.contains("measured-in = \"%\", grade = 1.0, outcome = \"99.93 %\" }, # see"), "{text}");
    assert!(text.contains("title = \"Reliable\"\r\ngrade = 0.7\r\n  key-result"), "{text}");
}

#[test]
fn a_new_cycle_has_a_document_for_every_unit_that_exists_then() {
    let old = BOOK.to_owned()
        + "[unit.gone]\nlevel = \"org\"\nname = \"Gone\"\nwithin = \"company\"\nuntil = \"fy27-q1\"\n";
    let book = book().file("book.toml", &old).file("content/okrs/fy27-q1/sub/gone.md", "+++\n+++\n");
    book.run(&["new", "cycle", "FY27-Q2"]).succeeds().prints("content/okrs/fy27-q2/cloud.md");
    assert_eq!(book.files("content/okrs/fy27-q2"), ["cloud.md", "company.md", "direction.md"]);
    assert!(book.text("content/okrs/fy27-q2/cloud.md").contains("by 2026-07-31"));
    book.run(&["check", "--only", "format,reference"]).succeeds();
    book.run(&["new", "page", "guide/how-we-plan"]).succeeds();
    assert_eq!(book.text("content/guide/how-we-plan.md"), "+++\ntitle = \"How we plan\"\n+++\n\n");
}

#[test]
fn a_book_has_templates_of_its_own() {
    let book = book()
        .file(
            "templates/okrs.md",
            "+++\r\nowner = \"{{unit}}\"\r\n+++\r\n\r\n{{unit-name}} in {{name}}, from {{start}}\r\n",
        )
        .file("templates/direction.md", "no front matter");
    refused(&book, &["new", "cycle", "fy27-q2"], "format/no-front-matter");
    assert!(!book.path("content/okrs/fy27-q2").exists());
    std::fs::remove_file(book.path("templates/direction.md")).unwrap();
    book.run(&["new", "cycle", "fy27-q2"]).succeeds();
    let text = book.text("content/okrs/fy27-q2/cloud.md");
    assert_eq!(text, "+++\r\nowner = \"cloud\"\r\n+++\r\n\r\nCloud in FY27-Q2, from 2026-05-01\r\n");
}

#[test]
fn the_unfinished_is_carried_over() {
    let company = "+++\nshared = 2026-01-01\n[[objective]]\nid = \"a\"\ntitle = \"A\"\nthemes = [\"t\"]\ngrade = 0.4\n[[objective.key-result]]\nid = \"b\"\ntitle = \"B\"\ngrade = 0.4\n[[objective.key-result]]\nid = \"done\"\ntitle = \"Done\"\ncheck-in = [{ on = 2026-02-01, value = 1 }]\n[[objective]]\nid = \"gone\"\ntitle = \"Gone\"\nstate = \"dropped\"\n[[approval]]\nby = \"@ada\"\nas = \"set-by\"\non = 2026-01-03\n+++\n";
    let cloud = CLOUD.replace(
        "title = \"A second region\"",
        "title = \"R\", supports = [\"company/a/b\", \"company/a/done\"], needs = [\"fy27-q1:company/a\"]",
    );
    let book = book()
        .file("content/okrs/fy27-q1/company.md", company)
        .file("content/okrs/fy27-q1/org/cloud.md", &cloud);
    std::fs::remove_file(book.path(PATH)).unwrap();
    book.run(&["new", "cycle", "fy27-q2", "--from", "fy27-q1"])
        .succeeds()
        .prints("2 objectives carried over from fy27-q1")
        .prints(
            "left out of cloud/reliability/region: supports company/a/done, which is not in the new cycle",
        );
    let text = book.text("content/okrs/fy27-q2/org/cloud.md");
    assert!(
        text.contains(
            "[[objective]]\nid = \"reliability\"\ntitle = \"Reliable\"\nowner = \"@kai\"\nkey-result = [\n"
        ),
        "{text}"
    );
    assert!(
        text.contains("title = \"R\", supports = [\"company/a/b\"], needs = [\"company/a\"] },\n]\n+++"),
        "{text}"
    );
    let text = book.text("content/okrs/fy27-q2/company.md");
    assert!(
        text.contains("{ id = \"b\", title = \"B\" }") && !text.contains("Done") && !text.contains("Gone"),
        "{text}"
    );
    assert!(!text.contains("grade") && !text.contains("2026-01-0"), "{text}");
    assert!(
        book.text("content/okrs/fy27-q2/direction.md").contains("[[theme]]\nid = \"t\"\ntitle = \"T\"\n+++")
    );
    book.run(&["check", "--only", "format,reference"]).succeeds();
}

const WORK: &str = "+++
[[objective]]
id = \"o\"
title = \"O\"
[[objective.key-result]]
id = \"done\"
title = \"D\"
grade = 1.0
[[objective.key-result]]
id = \"k\"
title = \"K\"
from = 0
to = 10
due = 2026-04-01
check-in = [{ on = 2026-02-14, value = 4 }, { on = 2026-02-15, confidence = 0.5 }]
[[investment]]
id = \"suite\"
title = \"Suite\"
capacity = 10
why = \"w\"
advances = [\"cloud/o\", \"cloud/o/done\", \"direction/t\"]
[[investment]]
id = \"over\"
title = \"Over\"
capacity = 5
why = \"w\"
advances = [\"cloud/o/done\"]
[[investment]]
id = \"tools\"
title = \"Tools\"
capacity = 5
why = \"w\"
advances = [\"cloud/suite\"]
+++
About the quarter.

## Why {#o}

See [the others](company.md) and [what we had](cloud.md#o/done).

## Done {#o/done}

Done.
";

#[test]
fn investments_and_texts_are_carried_over_with_what_they_are_about() {
    let book = book().file(PATH, &WORK.replace(" and [what we had](cloud.md#o/done)", ""));
    let ran = book.run(&["new", "cycle", "fy27-q2", "--from", "fy27-q1"]).succeeds();
    let _ = ran
        .prints("2 objectives and 2 investments carried over from fy27-q1")
        .prints("left out of cloud/suite: advances cloud/o/done, which is not in the new cycle")
        .prints("left out: cloud/over; nothing that it advances is in the new cycle");
    let text = book.text("content/okrs/fy27-q2/cloud.md");
    assert!(text.contains("{ id = \"k\", title = \"K\", from = 0, to = 10 }, # 4 on 2026-02-14\n"), "{text}");
    assert!(
        text.contains("advances = [\"cloud/o\", \"direction/t\"]\n") && text.contains("id = \"tools\""),
        "{text}"
    );
    assert!(text.ends_with("+++\n\n## Why {#o}\n\nSee [the others](company.md).\n"), "{text}");
    book.run(&["check", "--only", "format,reference"]).succeeds();
}

#[test]
fn a_text_that_would_be_wrong_is_left_behind() {
    let book = book().file(PATH, WORK);
    book.run(&["new", "cycle", "fy27-q2", "--from", "fy27-q1"])
        .succeeds()
        .prints("left out of cloud: its text, which would have an error: `okrs/fy27-q2/cloud.md` has no heading `#o/done`");
    assert!(book.text("content/okrs/fy27-q2/cloud.md").ends_with("]\n+++\n"));
    book.run(&["check", "--only", "format,reference"]).succeeds();
}

#[test]
fn without_a_cycle_there_is_nothing_to_write_to() {
    let book = Book::new().file("book.toml", "[book]\ntitle = \"B\"\n");
    for command in ["check-in cloud/calm/pages=3", "share cloud", "approve cloud --by @ada"] {
        let ran = book.run(&command.split(' ').collect::<Vec<_>>()).exits(2);
        assert!(ran.error.contains("there is no cycle in `content/okrs` yet"), "{command:?}: {}", ran.error);
        assert!(ran.error.contains("`okrbook new cycle NAME` begins one"), "{command:?}: {}", ran.error);
    }
}
