//! Every command that writes, on documents as nobody would type them: comments and brackets where they
//! hurt, tables, lists and tables in lists, other line ends. What was asked is there, and nothing else has
//! changed, neither in what the document says nor in how it is typed.

use okrbook::edit::patch;
use okrbook::model::{self, Okrs};
use okrbook::source::Source;
use proptest::prelude::*;

use crate::runner::Book;

const BOOK: &str =
    "[book]\ntitle = \"B\"\n[[level]]\nid = \"a\"\nname = \"A\"\n[unit.cloud]\nlevel = \"a\"\nname = \"C\"\n";
const PATH: &str = "content/okrs/2026-q1/cloud.md";
const TODAY: &str = "2026-02-20";

/// Random bytes, each a decision of the writer of a document.
struct Writer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Writer<'_> {
    fn of(&mut self, most: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % most
    }

    fn one(&mut self, of: &[&str]) -> String {
        of[self.of(of.len())].to_owned()
    }

    fn between(&mut self) -> String {
        self.one(&[
            "",
            "",
            "\n",
            "# a comment = [ \"\n",
            "\n  # ''' +++ {\n\n",
            "\t\n#\n",
            "# [[objective]]\n",
        ])
    }

    /// A space in a list or an inline table.
    fn gap(&mut self) -> String {
        self.one(&["", " ", " ", "  ", "\t", "\n", "\n    ", " # c ] } \"\n  ", "\n\n\t# d,\n"])
    }

    fn text(&mut self, text: &str) -> String {
        match self.of(5) {
            0 => format!("'{text}'"),
            1 => format!("\"\"\"\n{text}\"\"\""),
            2 => format!("'''{text}'''"),
            _ => format!("\"{text}\""),
        }
    }

    fn name(&mut self, key: &str) -> String {
        match self.of(8) {
            0 => format!("\"{key}\""),
            1 => format!("'{key}'"),
            _ => key.to_owned(),
        }
    }

    /// A list of items that are there, with commas and gaps as they come.
    fn list(&mut self, items: &[String]) -> String {
        let mut list = format!("[{}", self.gap());
        for (at, item) in items.iter().enumerate() {
            let last = at + 1 == items.len();
            let comma = if last { self.one(&["", ","]) } else { ",".to_owned() };
            let gap = self.gap();
            list.push_str(&format!("{item}{gap}{comma}"));
            list.push_str(&self.gap());
        }
        list + "]"
    }

    fn inline(&mut self, keys: &[(&str, String)]) -> String {
        let mut table = format!("{{{}", self.gap());
        for (at, (key, value)) in keys.iter().enumerate() {
            let comma = if at + 1 == keys.len() { self.one(&["", "", ","]) } else { ",".to_owned() };
            let (name, gap) = (self.name(key), self.one(&[" = ", "=", "\t= "]));
            table.push_str(&format!("{name}{gap}{value}{comma}"));
            table.push_str(&self.gap());
        }
        table + "}"
    }

    fn lines(&mut self, keys: &[(&str, String)]) -> String {
        let mut text = String::new();
        for (key, value) in keys {
            let between = self.between();
            let (indent, gap) = (self.one(&["", "", "  ", "\t"]), self.one(&[" = ", "=", "  =\t"]));
            let (name, comment) = (self.name(key), self.one(&["", "", " # x", "\t#y ]", "  "]));
            text.push_str(&format!("{between}{indent}{name}{gap}{value}{comment}\n"));
        }
        text
    }

    /// Tables of a name: under headers, or in one list above them all.
    fn tables(&mut self, header: &str, all: &[Vec<(&'static str, String)>]) -> String {
        let mut text = String::new();
        for keys in all {
            text.push_str(&self.between());
            let header = match self.of(4) {
                0 => format!("  [[ {} ]] # h", header.replace('.', " . ")),
                1 => format!("[[{}]]\t", header.replace("key-result", "\"key-result\"")),
                _ => format!("[[{header}]]"),
            };
            text.push_str(&format!("{header}\n{}", self.lines(keys)));
        }
        text
    }

    fn check_ins(&mut self) -> Vec<Vec<(&'static str, String)>> {
        let many = self.of(3);
        let one = |writer: &mut Self| {
            let mut keys = vec![("on", "2026-01-02".to_owned()), ("value", "0".to_owned())];
            if writer.of(3) == 0 {
                keys.push(("note", writer.text("a ] } b")));
            }
            keys
        };
        (0..many).map(|_| one(self)).collect()
    }

    fn key_result(&mut self, id: &str) -> Vec<(&'static str, String)> {
        let mut keys = vec![("title", self.text("A # {title}"))];
        keys.insert(self.of(2), ("id", format!("\"{id}\"")));
        match self.of(3) {
            0 => keys.extend([("from", "9_9.5".to_owned()), ("to", "1e2".to_owned())]),
            1 => keys.push(("at-most", "+5".to_owned())),
            _ => {}
        }
        if self.of(4) == 0 {
            keys.push(("grade", "0.5".to_owned()));
        }
        if self.of(4) == 0 {
            keys.push(("outcome", self.text("OLD")));
        }
        if self.of(3) == 0 {
            keys.push(("links", "[ 'https://example.com/#x' ]".to_owned()));
        }
        keys
    }

    /// An objective's own keys, and those of its key results with their check-ins.
    fn objective(&mut self, id: &str, inline: bool) -> (Vec<(&'static str, String)>, String) {
        let mut keys = vec![("id", format!("\"{id}\"")), ("title", self.text("O"))];
        if self.of(4) == 0 {
            keys.push(("why", self.text("so")));
        }
        if self.of(4) == 0 {
            keys.push(("grade", "0.5".to_owned()));
        }
        let as_list = inline || self.of(2) == 0;
        let mut list = Vec::new();
        let mut text = String::new();
        for at in 0..2 {
            let mut own = self.key_result(&format!("k{at}"));
            let check_ins = self.check_ins();
            if as_list || self.of(2) == 0 {
                if !check_ins.is_empty() || self.of(2) == 0 {
                    let rows: Vec<String> = check_ins.iter().map(|keys| self.inline(keys)).collect();
                    let at = self.of(own.len()) + 1;
                    own.insert(at, ("check-in", self.list(&rows)));
                }
                if as_list {
                    list.push(self.inline(&own));
                } else {
                    text.push_str(&self.tables("objective.key-result", &[own]));
                }
            } else {
                text.push_str(&self.tables("objective.key-result", &[own]));
                text.push_str(&self.tables("objective.key-result.check-in", &check_ins));
            }
        }
        if as_list {
            let at = self.of(keys.len()) + 1;
            keys.insert(at, ("key-result", self.list(&list)));
        }
        (keys, text)
    }

    /// Tables that stand in one list, or under headers.
    fn either(
        &mut self,
        name: &'static str,
        all: &[Vec<(&'static str, String)>],
        above: &mut Vec<(&'static str, String)>,
    ) -> String {
        if self.of(3) == 0 && !all.is_empty() {
            let rows: Vec<String> = all.iter().map(|keys| self.inline(keys)).collect();
            above.push((name, self.list(&rows)));
            return String::new();
        }
        self.tables(name, all)
    }

    fn document(&mut self) -> String {
        let mut above = Vec::new();
        if self.of(2) == 0 {
            above.push(("owner", "\"@a\"".to_owned()));
        }
        let mut parts = Vec::new();
        let inline = self.of(3) == 0;
        let objectives: Vec<_> =
            (0..=self.of(2)).map(|at| self.objective(&format!("o{at}"), inline)).collect();
        if inline {
            let rows: Vec<String> = objectives.iter().map(|(keys, _)| self.inline(keys)).collect();
            above.push(("objective", self.list(&rows)));
        } else {
            for (keys, results) in objectives {
                let text = self.tables("objective", &[keys]);
                parts.push(text + &results);
            }
        }
        let said = |writer: &mut Self| {
            let mut keys = vec![
                ("says", writer.text("s")),
                ("by", "\"@a\"".to_owned()),
                ("outcome", "\"open\"".to_owned()),
                ("on", "2026-01-01".to_owned()),
            ];
            if writer.of(3) == 0 {
                keys.push(("reply", writer.text("OLD")));
            }
            keys
        };
        let feedback: Vec<_> = (0..self.of(3)).map(|_| said(self)).collect();
        parts.push(self.either("feedback", &feedback, &mut above));
        let signed = |as_: &str, by: &str| {
            vec![("by", by.to_owned()), ("as", as_.to_owned()), ("on", "2026-01-05".to_owned())]
        };
        let approvals: Vec<_> = (0..self.of(3)).map(|_| signed("'delivered-by'", "\"@b\"")).collect();
        parts.push(self.either("approval", &approvals, &mut above));
        if self.of(3) == 0 {
            let amended =
                vec![("on", "2026-01-06".into()), ("by", "\"@b\"".into()), ("says", self.text("x"))];
            parts.push(self.either("amendment", &[amended], &mut above));
        }
        let start = self.one(&["+++\n", "+++\n", "\u{feff}+++\n", "+++  \n"]);
        let above = self.lines(&above);
        let between = self.between();
        let end = self.one(&["+++\n\n# Text\n+++\n", "+++\nno line end", "+++"]);
        let text = format!("{start}{above}{}{between}{end}", parts.concat());
        match self.of(3) {
            0 => text.replace('\n', "\r\n"),
            _ => text,
        }
    }
}

fn read(text: &str) -> Okrs {
    let file = model::read(&Source::new(PATH, text), "okrs/2026-q1/cloud.md");
    assert!(file.findings.is_empty(), "{:#?}\n{text}", file.findings);
    file.okrs().unwrap().clone()
}

/// What a document says, without where it says so.
fn facts(okrs: &Okrs) -> String {
    let debug = format!("{okrs:?}");
    let mut facts = String::new();
    let mut rest = debug.as_str();
    while let Some((before, after)) = rest.split_once("Span {") {
        facts.push_str(before);
        rest = after.split_once('}').unwrap().1;
    }
    facts + rest
}

/// Takes an effect out of what the new document says, given the old one.
type Undo = dyn Fn(&mut Okrs, &Okrs);

/// A command, and what takes its effect out of what the document says.
struct Asked {
    arguments: Vec<String>,
    /// How many lines it may touch that were there.
    lines: usize,
    undo: Box<Undo>,
}

fn asked(arguments: &[&str], lines: usize, undo: impl Fn(&mut Okrs, &Okrs) + 'static) -> Asked {
    Asked { arguments: arguments.iter().map(|one| (*one).to_owned()).collect(), lines, undo: Box::new(undo) }
}

fn grown(
    okrs: &mut Okrs,
    (o, k): (usize, usize),
    value: Option<f64>,
    confidence: Option<f64>,
    note: Option<&str>,
) {
    let of = &mut okrs.objectives[o].key_results[k];
    let mut check_ins = std::mem::take(&mut of.check_ins).into_vec();
    let last = check_ins.pop().unwrap();
    of.check_ins = check_ins.into();
    assert_eq!(last.on.as_ref().unwrap().value.to_string(), TODAY);
    assert_eq!((last.value(), last.confidence()), (value, confidence));
    assert_eq!(last.note.map(|note| note.value.to_string()).as_deref(), note);
}

fn command(writer: &mut Writer<'_>, okrs: &Okrs) -> Asked {
    let (o, k) = (writer.of(okrs.objectives.len()), writer.of(2));
    let (objective, place) = (format!("cloud/o{o}"), format!("o{o}/k{k}"));
    let (reference, about) = (format!("cloud/{place}"), place.clone());
    match writer.of(9) {
        0 if okrs.shared.is_none() => asked(&["share", "cloud"], 0, |new, _| {
            assert_eq!(new.shared.take().unwrap().value.to_string(), TODAY);
        }),
        1 => asked(
            &["check-in", &reference, "0.25", "--confidence", "0.7", "--note", "say \"so\"\nand \\ so"],
            1,
            move |new, _| grown(new, (o, k), Some(0.25), Some(0.7), Some("say \"so\"\nand \\ so")),
        ),
        2 => asked(
            &["check-in", "cloud", &format!("{place}=1"), &format!("o{o}/k{}=0.5", 1 - k)],
            2,
            move |new, _| {
                grown(new, (o, k), Some(1.0), None, None);
                grown(new, (o, 1 - k), Some(0.5), None, None);
            },
        ),
        3 => asked(&["grade", &reference, "0.7", "--outcome", "'''\n+++\n"], 2, move |new, old| {
            let of = &mut new.objectives[o].key_results[k];
            assert_eq!(of.grade, Some(0.7));
            assert_eq!(of.outcome.as_ref().unwrap().value.as_ref(), "'''\n+++");
            let was = &old.objectives[o].key_results[k];
            (of.grade, of.outcome) = (was.grade, was.outcome.clone());
        }),
        4 => asked(&["grade", &objective, "1"], 1, move |new, old| {
            assert_eq!(new.objectives[o].own_grade, Some(1.0));
            new.objectives[o].own_grade = old.objectives[o].own_grade;
        }),
        5 => asked(
            &["feedback", "cloud", "--by", "zoe", "--says", "# no", "--about", &place],
            1,
            move |new, _| {
                let last = new.feedback.pop().unwrap();
                assert_eq!(last.says.unwrap().value.as_ref(), "# no");
                assert_eq!(last.about.unwrap().value.as_ref(), about);
                assert_eq!(last.by.unwrap().value.as_ref(), "@zoe");
            },
        ),
        6 if !okrs.feedback.is_empty() => {
            let at = writer.of(okrs.feedback.len());
            let number = (at + 1).to_string();
            let arguments =
                ["feedback", "cloud", "--answer", &number, "--outcome", "declined", "--reply", "r ]"];
            asked(&arguments, 2, move |new, old| {
                assert_eq!(new.feedback[at].outcome, Some(model::Outcome::Declined));
                assert_eq!(new.feedback[at].reply.as_ref().unwrap().value.as_ref(), "r ]");
                let was = &old.feedback[at];
                (new.feedback[at].outcome, new.feedback[at].reply) = (was.outcome, was.reply.clone());
            })
        }
        7 => asked(&["amend", "cloud", "--by", "zoe", "--says", "Less.", "--about", &place], 1, |new, _| {
            assert_eq!(new.amendments.pop().unwrap().says.unwrap().value.as_ref(), "Less.");
        }),
        _ => asked(&["approve", "cloud", "--as", "set-by", "--by", "mo"], 1, |new, old| {
            if new.approvals.len() > old.approvals.len() {
                let last = new.approvals.pop().unwrap();
                assert_eq!(last.by.unwrap().value.as_ref(), "@mo");
                assert_eq!(last.digest.unwrap().value.as_ref(), model::digest(old, "2026-q1"));
            }
        }),
    }
}

/// Whether a line is others with something put in; values that are replaced aside.
fn is_grown(old: &str, new: &str) -> bool {
    let mut rest = new.chars();
    let mut old = old.to_owned();
    for replaced in ["0.5", "open", "OLD", "0.7", "1.0", "declined", "r ]", "'''", "'", "\""] {
        old = old.replace(replaced, "");
    }
    old.chars().all(|c| rest.any(|other| other == c))
}

fn cases() -> u32 {
    if std::env::var_os("OKRBOOK_HEAVY").is_some() { 800 } else { 24 }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) })]
    #[test]
    fn a_command_changes_what_it_says_and_nothing_else(bytes in prop::collection::vec(any::<u8>(), 60..400)) {
        let mut writer = Writer { bytes: &bytes, at: 0 };
        let mut text = writer.document();
        let book = Book::empty().file("book.toml", BOOK).file(PATH, &text);
        for _ in 0..3 {
            let old = read(&text);
            let asked = command(&mut writer, &old);
            let arguments: Vec<&str> = asked.arguments.iter().map(String::as_str).collect();
            let ran = book.run(&arguments);
            prop_assert_eq!(ran.status, Some(0), "{:?} {}\n{}", arguments, ran.error, text);
            let new = book.text(PATH);
            let patch = patch("x", &text, &new);
            let mut after = read(&new);
            (asked.undo)(&mut after, &old);
            prop_assert_eq!(facts(&after), facts(&old), "{:?}\n{}", arguments, patch);
            let lines = |sign: char| {
                patch.lines().skip(2).filter(move |line| line.starts_with(sign)).map(|line| &line[1..])
            };
            // a text over several lines that is replaced takes its lines along
            let dropped: Vec<&str> = lines('-').collect();
            let over_lines = dropped.iter().any(|line| line.contains("\"\"\"") || line.contains("'''"));
            prop_assert!(dropped.len() <= asked.lines + if over_lines { 2 } else { 0 }, "{:?}\n{}", arguments, patch);
            let added: String = lines('+').collect();
            prop_assert!(dropped.iter().all(|old| is_grown(old, &added)), "{:?}\n{}", arguments, patch);
            if text.contains('\r') {
                prop_assert_eq!(new.matches('\n').count(), new.matches("\r\n").count(), "{:?}\n{}", arguments, patch);
            }
            text = new;
        }
    }
}
