use proptest::prelude::*;

use super::{Change, Value, change, patch};
use crate::keys;
use crate::model::{self, Okrs};
use crate::source::Source;

const PATH: &str = "okrs/fy27-q1/cloud.md";

fn read(text: &str) -> (model::File, Okrs) {
    let file = model::read(&Source::new(PATH, text), PATH);
    assert!(file.findings.is_empty(), "{:#?}\n{text}", file.findings);
    let okrs = file.okrs().unwrap().clone();
    (file, okrs)
}

fn changed(text: &str, changes: &[Change]) -> String {
    let (file, _) = read(text);
    change(text, file.parts.front.unwrap(), &keys::DOCUMENT, changes).unwrap()
}

fn check_in(objective: usize, key_result: usize, value: f64) -> Change {
    Change::Add {
        table: vec![("objective", objective), ("key-result", key_result)],
        name: "check-in",
        row: vec![("on", Value::Day("2026-02-14".parse().unwrap())), ("value", Value::Number(value))],
    }
}

fn set(table: &[(&'static str, usize)], key: &'static str, value: Value) -> Change {
    Change::Set { table: table.to_vec(), key, value }
}

fn approval() -> Change {
    let row = vec![
        ("by", Value::Text("@mo".into())),
        ("as", Value::Text("set-by".into())),
        ("on", Value::Day("2026-02-14".parse().unwrap())),
    ];
    Change::Add { table: Vec::new(), name: "approval", row }
}

#[track_caller]
fn becomes(front: &str, changes: &[Change], expected: &str) {
    let text = |front: &str| format!("+++\n{front}+++\nText.\n");
    assert_eq!(changed(&text(front), changes), text(expected));
    let crlf = |front: &str| text(front).replace('\n', "\r\n");
    assert_eq!(changed(&crlf(front), changes), crlf(expected));
}

const DRAFT: &str = "owner = \"@ines\"\n[[objective]]\nid = \"a\"\ntitle = \"A\"\nkey-result = [\n";

#[test]
fn a_check_in_goes_into_a_key_result_of_one_line() {
    becomes(
        &format!("{DRAFT}  {{ id = \"x\", title = \"X\" }}, # the first\n]\n"),
        &[check_in(0, 0, 0.5)],
        &format!(
            "{DRAFT}  {{ id = \"x\", title = \"X\", check-in = [\n    {{ on = 2026-02-14, value = 0.5 }},\n  ] }}, # the first\n]\n"
        ),
    );
    becomes(
        &format!("{DRAFT}{{id=\"x\",title=\"X\",check-in=[{{on=2026-01-01,value=0}}]}}]\n"),
        &[check_in(0, 0, 1.0)],
        &format!(
            "{DRAFT}{{id=\"x\",title=\"X\",check-in=[{{on=2026-01-01,value=0}}, {{ on = 2026-02-14, value = 1 }}]}}]\n"
        ),
    );
}

const FULL: &str =
    "[[objective]]\nid = \"a\"\ntitle = \"A\"\n\n  [[objective.key-result]]\n  id = \"x\"\n  title = \"X\"\n";

#[test]
fn a_check_in_goes_into_a_list_as_it_is_typed() {
    let row = "{ on = 2026-02-14, value = 0.5 }";
    for (list, expected) in [
        (String::new(), format!("  check-in = [\n    {row},\n  ]\n")),
        ("  check-in = []\n".into(), format!("  check-in = [{row}]\n")),
        ("  check-in = [ # none yet\n  ]\n".into(), format!("  check-in = [ {row}  # none yet\n  ]\n")),
        (
            "  check-in = [{ on = 2026-01-01, value = 0 }, ] # one\n".into(),
            format!("  check-in = [{{ on = 2026-01-01, value = 0 }}, {row}, ] # one\n"),
        ),
        (
            "  check-in = [\n  { on = 2026-01-01, value = 0 }, # one\n  # more\n  ]\n".into(),
            format!("  check-in = [\n  {{ on = 2026-01-01, value = 0 }}, # one\n  {row},\n  # more\n  ]\n"),
        ),
        (
            "  check-in = [\n\t{ on = 2026-01-01, value = 0 } # one\n  ]\n".into(),
            format!("  check-in = [\n\t{{ on = 2026-01-01, value = 0 }}, # one\n\t{row}\n  ]\n"),
        ),
        (
            "  check-in = [\n    { on = 2026-01-01, value = 0 }]\n".into(),
            format!("  check-in = [\n    {{ on = 2026-01-01, value = 0 }},\n    {row}]\n"),
        ),
        (
            "  [[objective.key-result.check-in]]\n  on = 2026-01-01\n  value = 0 # one\n".into(),
            "  [[objective.key-result.check-in]]\n  on = 2026-01-01\n  value = 0 # one\n  [[objective.key-result.check-in]]\n  on = 2026-02-14\n  value = 0.5\n".into(),
        ),
    ] {
        becomes(&format!("{FULL}{list}"), &[check_in(0, 0, 0.5)], &format!("{FULL}{expected}"));
    }
}

#[test]
fn a_key_stands_where_the_format_has_it() {
    becomes(
        "# ours\nowner = \"@a\"\n",
        &[set(&[], "shared", Value::Day("2026-01-02".parse().unwrap()))],
        "shared = 2026-01-02\n# ours\nowner = \"@a\"\n",
    );
    becomes("", &[set(&[], "shared", Value::Day("2026-01-02".parse().unwrap()))], "shared = 2026-01-02\n");
    becomes(
        &format!("{FULL}  check-in = [] # none\n  # why not\n"),
        &[set(&[("objective", 0), ("key-result", 0)], "grade", Value::Share(1.0))],
        &format!("{FULL}  check-in = [] # none\n  grade = 1.0\n  # why not\n"),
    );
    becomes(
        &format!("{FULL}  grade = 0.2   # was it?\n"),
        &[set(&[("objective", 0), ("key-result", 0)], "grade", Value::Share(0.7))],
        &format!("{FULL}  grade = 0.7   # was it?\n"),
    );
}

#[test]
fn a_table_stands_after_its_like() {
    let table = "[[approval]]\nby = \"@mo\"\nas = \"set-by\"\non = 2026-02-14\n";
    becomes("", &[approval()], table);
    becomes(
        &format!("{FULL}  # so far\n\n# kept\n[[allow]]\nrule = \"x/y\"\nwhy = \"z\"\n"),
        &[approval(), approval()],
        &format!("{FULL}  # so far\n\n{table}\n{table}\n# kept\n[[allow]]\nrule = \"x/y\"\nwhy = \"z\"\n"),
    );
    becomes(
        "approval = [{ by = \"@a\", as = \"set-by\", on = 2026-01-01 }]\n",
        &[approval()],
        "approval = [{ by = \"@a\", as = \"set-by\", on = 2026-01-01 }, { by = \"@mo\", as = \"set-by\", on = 2026-02-14 }]\n",
    );
}

/// Random bytes, each a decision of the writer of a document.
struct Choices<'a>(&'a [u8], usize);

impl Choices<'_> {
    fn of(&mut self, most: usize) -> usize {
        self.1 += 1;
        usize::from(self.0[(self.1 - 1) % self.0.len()]) % most
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.of(of.len())]
    }

    /// What may stand between two lines.
    fn between(&mut self) -> String {
        let what =
            ["", "", "\n", "# a comment = [ \"\n", "\n  # ''' +++ {\n\n", "\t\n#\n", "# [[objective]]\n"];
        self.one(&what).to_owned()
    }

    fn key(&mut self, key: &str, value: &str) -> String {
        let (indent, gap) = (self.one(&["", "", "  ", "\t"]), self.one(&[" ", "", "  ", "\t"]));
        let key = if self.of(6) == 0 { format!("\"{key}\"") } else { key.to_owned() };
        let comment = self.one(&["", "", " # x", "\t#y ]", "  "]);
        let between = self.between();
        format!("{between}{indent}{key}{gap}={gap}{value}{comment}\n")
    }

    fn check_ins(&mut self) -> String {
        let mut list = self.one(&["[", "[ ", "[\n", "[ # list\n\t"]).to_owned();
        let number = self.of(3);
        for at in 0..number {
            list.push_str(self.one(&["{on=2026-01-01,value=0}", "{ on = 2026-01-02, note = \"a ] } b\" }"]));
            let comma = if at + 1 < number {
                self.one(&[",", ", ", " ,\n  ", ", # and\n    "])
            } else {
                self.one(&["", ",", " , ", "\n", ",\n", " # z\n  ", ",# z\n"])
            };
            list.push_str(comma);
        }
        list + "]"
    }

    fn key_result(&mut self, id: &str, inline: bool) -> String {
        let (id, mut keys) = (format!("\"{id}\""), vec![("title", "'A # {title}'".to_owned())]);
        keys.insert(self.of(2), ("id", id));
        if self.of(2) == 0 {
            keys.push((
                "why",
                self.one(&["\"so\"", "\"\"\"\nmany\nlines # +++\n\"\"\"", "'''a'''"]).to_owned(),
            ));
        }
        if self.of(3) > 0 {
            keys.push(("check-in", self.check_ins()));
        }
        if self.of(4) == 0 {
            keys.push(("grade", "0.5".to_owned()));
        }
        if inline {
            let gap = self.one(&[", ", ",", ",\n    ", " , "]);
            let keys: Vec<String> = keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
            let (open, close) =
                (self.one(&["{ ", "{", "{\n    "]), self.one(&[" }", "}", "\n  }", ", }", " # c\n}"]));
            return format!("{open}{}{close}", keys.join(gap));
        }
        let header = self.one(&[
            "[[objective.key-result]]",
            "  [[ objective . key-result ]] # h",
            "[[objective.\"key-result\"]]",
        ]);
        let mut text = format!("{}{header}\n", self.between());
        let tables = self.of(3) == 0;
        for (key, value) in keys.iter().filter(|(key, _)| *key != "check-in" || !tables) {
            text.push_str(&self.key(key, value));
        }
        for _ in 0..if tables { self.of(3) } else { 0 } {
            text.push_str(&self.between());
            text.push_str("[[objective.key-result.check-in]]\n");
            text.push_str(&self.key("on", "2026-01-03"));
            text.push_str(&self.key("value", "0.1"));
        }
        text
    }

    fn document(&mut self) -> String {
        let mut text = String::from("+++\n");
        if self.of(2) == 0 {
            text.push_str(&self.key("owner", "\"@a\""));
        }
        let inline_feedback = self.of(5) == 0;
        if inline_feedback {
            text.push_str(&self.key("feedback", "[{by=\"@a\",on=2026-01-01,says=\"s\",outcome=\"open\"}]"));
        }
        for objective in 0..=self.of(2) {
            text.push_str(&self.between());
            text.push_str("[[objective]]\n");
            text.push_str(&self.key("id", &format!("\"o{objective}\"")));
            text.push_str(&self.key("title", "\"O\""));
            if self.of(2) == 0 {
                let results: Vec<String> =
                    (0..2).map(|at| self.key_result(&format!("k{at}"), true)).collect();
                let gap = self.one(&[", ", ",\n  ", ", # one\n\t"]);
                let list = format!("[{}{}]", results.join(gap), self.one(&["", ",", "\n", ",\n", " # l\n"]));
                text.push_str(&self.key("key-result", &list));
            } else {
                for at in 0..2 {
                    text.push_str(&self.key_result(&format!("k{at}"), false));
                }
            }
        }
        if !inline_feedback {
            for _ in 0..self.of(3) {
                text.push_str(&self.between());
                text.push_str("[[feedback]]\n");
                for (key, value) in
                    [("says", "\"s\""), ("by", "\"@a\""), ("outcome", "\"open\""), ("on", "2026-01-01")]
                {
                    text.push_str(&self.key(key, value));
                }
            }
        }
        if self.of(3) == 0 {
            text.push_str("[[allow]]\nrule = \"a/b\"\nwhy = \"c\"\n");
        }
        text.push_str(&self.between());
        text.push_str("+++\n\n# Text\n+++\n");
        if self.of(2) == 0 { text.replace('\n', "\r\n") } else { text }
    }

    fn change(&mut self, okrs: &Okrs) -> Change {
        let (objective, key_result) = (self.of(okrs.objectives.len()), self.of(2));
        let place = vec![("objective", objective), ("key-result", key_result)];
        match self.of(6) {
            0 => check_in(objective, key_result, 0.25),
            1 => set(&place, "grade", Value::Share(0.7)),
            2 => set(&place[..1], "outcome", Value::Text("so \"so\"\n+++".into())),
            3 => set(&[], "shared", Value::Day("2026-01-02".parse().unwrap())),
            4 if !okrs.feedback.is_empty() => {
                set(&[("feedback", self.of(okrs.feedback.len()))], "reply", Value::Text("r".into()))
            }
            _ => approval(),
        }
    }
}

/// Whether a line is another with something put in, or with its grade replaced.
fn is_grown(old: &str, new: &str) -> bool {
    let mut rest = new.chars();
    old.replace("0.5", "").chars().all(|c| rest.any(|other| other == c))
}

fn holds(okrs: &Okrs, change: &Change) -> bool {
    let key_result = |table: &[(&str, usize)]| okrs.objectives[table[0].1].key_results[table[1].1].clone();
    match change {
        Change::Add { name: "check-in", table, .. } => {
            let last = key_result(table).check_ins.last().cloned().unwrap();
            last.value() == Some(0.25) && last.on.unwrap().value.to_string() == "2026-02-14"
        }
        Change::Add { .. } => okrs.approvals.last().unwrap().by.as_ref().unwrap().value.as_ref() == "@mo",
        Change::Set { key: "grade", table, .. } => key_result(table).grade == Some(0.7),
        Change::Set { key: "outcome", table, .. } => {
            okrs.objectives[table[0].1].outcome.as_ref().unwrap().value.as_ref() == "so \"so\"\n+++"
        }
        Change::Set { key: "shared", .. } => okrs.shared.as_ref().unwrap().value.to_string() == "2026-01-02",
        Change::Set { table, .. } => okrs.feedback[table[0].1].reply.as_ref().unwrap().value.as_ref() == "r",
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if option_env!("OKRBOOK_HEAVY").is_some() { 4_000 } else { 400 }))]
    #[test]
    fn only_the_lines_that_must_change_do(choices in prop::collection::vec(any::<u8>(), 40..200)) {
        let mut choices = Choices(&choices, 0);
        let mut text = choices.document();
        for _ in 0..4 {
            let (file, okrs) = read(&text);
            let asked = choices.change(&okrs);
            let new = change(&text, file.parts.front.unwrap(), &keys::DOCUMENT, std::slice::from_ref(&asked));
            prop_assert!(new.is_ok(), "{asked:?}\n{text}");
            let new = new.unwrap();
            let patch = patch("x", &text, &new);
            let lines = |sign: char| patch.lines().skip(2).filter(move |line| line.starts_with(sign)).map(|line| &line[1..]);
            let dropped: Vec<&str> = lines('-').collect();
            prop_assert!(dropped.len() <= 1, "{patch}");
            if let [old] = dropped.as_slice() {
                let added: Vec<&str> = lines('+').collect();
                prop_assert!(is_grown(old, &added.concat()), "{patch}");
            }
            if text.contains('\r') {
                prop_assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
            }
            let (after, okrs) = read(&new);
            prop_assert!(holds(&okrs, &asked), "{patch}");
            prop_assert_eq!(after.source.slice(after.parts.body), file.source.slice(file.parts.body));
            text = new;
        }
    }
}
