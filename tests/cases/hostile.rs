//! Hostile and odd input: whatever a file holds, a check ends, never panics, and names places that are
//! there. More of it with `OKRBOOK_HEAVY=1`.

use okrbook::inputs::Inputs;
use okrbook::rules::Example;
use okrbook::session::Session;
use okrbook::source::{Source, Sources};
use okrbook::{Options, report};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::judged::{judged, places_are_sound};

fn heavy() -> bool {
    std::env::var_os("OKRBOOK_HEAVY").is_some_and(|value| value == "1")
}

fn config() -> ProptestConfig {
    // what fails is written down as a case, not in a file beside the tests
    ProptestConfig {
        cases: if heavy() { 20_000 } else { 64 },
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

const DOCUMENT: &str = "content/okrs/fy27-q1/cloud.md";
const DIRECTION: &str = "content/okrs/fy27-q1/direction.md";
const PAGE: &str = "content/page.md";

/// The base book with one file of these bytes.
fn book(path: &str, bytes: Vec<u8>) -> Inputs {
    let (mut inputs, _) = Example::new("").inputs();
    let source = Source::from_bytes(path, bytes);
    if path == "book.toml" {
        inputs.book = source;
    } else {
        inputs.documents.add(source);
    }
    inputs
}

fn holds(path: &str, bytes: Vec<u8>) -> Result<(), TestCaseError> {
    let inputs = book(path, bytes);
    let found = judged(&inputs, "2026-02-20".parse().unwrap());
    places_are_sound(&inputs, &found).map_err(TestCaseError::fail)?;
    for reported in &found {
        prop_assert!(!reported.finding.message.is_empty());
    }
    Ok(())
}

fn path() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just(DOCUMENT), Just(DIRECTION), Just(PAGE), Just("book.toml")]
}

/// What an author's text is broken with.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "\"\"\"",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    "#",
    "+++\n",
    "---\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\0",
    "\u{feff}",
    "“",
    "\u{202e}",
    "é",
    "日",
    "[[objective]]\n",
    "[[objective.key-result]]\n",
    "[objective]\n",
    "id = \"calm\"\n",
    "status: x\n",
    "2026-02-30",
    "nan",
    "-inf",
    "1e999",
    "0x",
    "true",
    "[[a/b]]",
    "![x](../..)",
    "[y](javascript:z)",
    "<b>",
    "## H {#calm/pages}\n",
    "{#",
    "|",
    "\\",
    "\\u{110000}",
    "supports = [\"cloud/calm/pages\"]\n",
    "key-result = [{}]\n",
    "a.b.c = 1\n",
    "9999-99-99",
    "99999999999999999999",
];

#[derive(Clone, Debug)]
enum Change {
    Delete(Index, usize),
    Double(Index, usize),
    Insert(Index, &'static str),
    Byte(Index, u8),
    Move(Index, Index, usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<Index>(), 1..40usize).prop_map(|(at, length)| Change::Delete(at, length)),
        (any::<Index>(), 1..40usize).prop_map(|(at, length)| Change::Double(at, length)),
        (any::<Index>(), prop::sample::select(PIECES)).prop_map(|(at, piece)| Change::Insert(at, piece)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (any::<Index>(), any::<Index>(), 1..40usize)
            .prop_map(|(from, to, length)| Change::Move(from, to, length)),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let length = bytes.len();
        let range = |at: &Index, of: usize| {
            let start = at.index(length + 1);
            start..(start + of).min(length)
        };
        match change {
            Change::Delete(at, of) => {
                bytes.drain(range(at, *of));
            }
            Change::Double(at, of) => {
                let piece = bytes[range(at, *of)].to_vec();
                let start = range(at, *of).start;
                bytes.splice(start..start, piece);
            }
            Change::Insert(at, piece) => {
                let start = range(at, 0).start;
                bytes.splice(start..start, piece.bytes());
            }
            Change::Byte(at, byte) => {
                let start = range(at, 0).start;
                bytes.insert(start, *byte);
            }
            Change::Move(from, to, of) => {
                let piece: Vec<u8> = bytes.drain(range(from, *of)).collect();
                let start = to.index(bytes.len() + 1);
                bytes.splice(start..start, piece);
            }
        }
    }
    bytes
}

/// A text that holds every key of its kind of file.
fn whole(path: &str) -> &'static str {
    match path {
        "book.toml" => include_str!("hostile/book.toml"),
        DIRECTION => include_str!("hostile/direction.txt"),
        PAGE => include_str!("hostile/page.txt"),
        _ => include_str!("hostile/document.txt"),
    }
}

#[test]
fn the_texts_that_are_spoilt_are_whole() {
    for path in [DOCUMENT, DIRECTION, PAGE, "book.toml"] {
        let inputs = book(path, whole(path).as_bytes().to_vec());
        let found = judged(&inputs, "2026-02-20".parse().unwrap());
        let format: Vec<String> = crate::judged::lines(&inputs, &found)
            .into_iter()
            .filter(|line| line.contains("error format/"))
            .collect();
        assert_eq!(format, Vec::<String>::new(), "{path}");
    }
}

/// The findings of a file of these bytes, in the forms that people and services read.
fn printed(path: &str, text: String) {
    let inputs = book(path, text.into_bytes());
    let found = okrbook::check(&mut Session::new(), &inputs, &Options::on("2026-02-20".parse().unwrap()));
    places_are_sound(&inputs, &found.findings).unwrap();
    let mut sources: Sources = inputs.documents.iter().cloned().collect();
    sources.add(inputs.book);
    let (findings, summary) = (&found.findings, &found.summary);
    report::short(findings, &sources, summary);
    report::sarif(findings, &sources, summary, &[], "");
    report::rdjson(findings, &sources, summary, &[], "");
    // drawn for people, of the first ones
    report::human(&findings[..findings.len().min(200)], &sources, summary, false);
}

/// So many of a text, each with its number in place of `#`.
fn numbered(many: usize, text: &str) -> String {
    (0..many).map(|at| text.replace('#', &at.to_string())).collect()
}

/// Far more of one thing than anyone types, where it could make work for each of the others.
/// `OKRBOOK_HEAVY=1` makes it ten thousand.
#[test]
fn much_of_one_thing_is_read_to_its_end() {
    let many = if heavy() { 10_000 } else { 200 };
    let objective = "[[objective]]\nid = \"calm\"\ntitle = \"Nights\"\n";
    let list = |entry: &str| format!("[{}]", numbered(many, entry));
    let texts = [
        format!("title = \"{}\"", "x".repeat(many * 100)),
        numbered(many, "key# = #\n"),
        format!("{objective}{}", numbered(many, "key# = #\n")),
        numbered(many, "key# = word\n"),
        format!("key = {}", list("word, ")),
        format!("a = {}{}", "[".repeat(many), "]".repeat(many)),
        format!("a = {}", "[".repeat(many)),
        format!("a = {}", "{ b = ".repeat(many)),
        format!("a{} = 1", ".a".repeat(many)),
        numbered(many, "a.b#.c = 1\n"),
        numbered(many, "[t#]\nx = 1\n"),
        "[[objective]]\n".repeat(many),
        numbered(many, "[[objective]]\nid = \"o#\"\ntitle = \"Nights #\"\n"),
        "[[objective]]\nid = \"o\"\ntitle = \"Nights\"\n".repeat(many),
        numbered(many, "[[theme]]\nid = \"t#\"\ntitle = \"Theme #\"\n"),
        "x y\n".repeat(many),
        "shared = 2026-01-01\n".repeat(many),
        format!("{objective}supports = {}\n", list("\"cloud/calm/k#\", ")),
        format!("{objective}supports = {}\n", list("\"company/trust/uptime\", ")),
        format!("{objective}key-result = {}\n", list("{}, ")),
        format!("{objective}key-result = {}\n", list("1, ")),
        format!(
            "{objective}key-result = {}\n",
            list("{ id = \"k#\", title = \"T\", nope = 1, owner = \"@x#\", needs = [\"cloud/calm/x#\"] }, ")
        ),
        format!(
            "{objective}key-result = [{{ id = \"k\", title = \"T\", check-in = {} }}]\n",
            list("{ on = 2026-02-14, value = 0.2 }, ")
        ),
        numbered(many, "[[allow]]\nrule = \"quality/no-owner\"\nwhy = \"#\"\n"),
        numbered(many, "[[approval]]\nby = \"@x#\"\non = 2026-01-01\nas = \"set-by\"\n"),
        numbered(
            many,
            "[[feedback]]\nby = \"@x#\"\non = 2026-01-01\nabout = \"calm/y#\"\nsays = \"x\"\noutcome = \"opn\"\n",
        ),
        numbered(
            many,
            "[[assurance]]\nfor = \"company/trust/upt#\"\nby = \"@x\"\nverdict = \"sufficient\"\nwhy = \"x\"\n",
        ),
        numbered(
            many,
            "[[investment]]\nid = \"i#\"\ntitle = \"T\"\ncapacity = 1\nwhy = \"w\"\nadvances = [\"cloud/calm/x#\"]\n",
        ),
    ];
    for text in texts {
        let text = format!("+++\n{text}\n+++\n");
        printed(DIRECTION, text.clone());
        printed(DOCUMENT, text);
    }
    let whole = whole("book.toml");
    for more in [
        "key# = #\n",
        "[unit.u#]\nlevel = \"orgg\"\nname = \"N\"\nwithin = \"cloudd#\"\n",
        "[unit.u#]\nlevel = \"org\"\nname = \"N\"\nwithin = \"company\"\n",
        "[[level]]\nid = \"u#\"\nname = \"N\"\n",
        "[person.p#]\nname = \"N\"\n",
        "[[deliverable]]\ndue = \"0d\"\nwhat = \"other\"\nname = \"N\"\nlevels = [\"l#\"]\n",
    ] {
        printed("book.toml", format!("{whole}\n{}", numbered(many, more)));
    }
    printed(
        "book.toml",
        format!("[book]\ntitle = \"x\"\n[rules]\n{}", numbered(many, "\"quality/x#\" = \"off\"\n")),
    );
    for text in [
        "[",
        "> ",
        "[[a/b]] ",
        "[[cloud/calm/x#]] ",
        "# x\n",
        "*a",
        "<b> ",
        "[a](x#.md#b) ",
        "[a](#y#)\n\n",
        "![a](x#.png) ",
        "@x# ",
        "[^x#] ",
        "[x#]: y\n",
        "`a ",
        "```x\n",
        "&amp;",
        "[a](javascript:x) ",
    ] {
        let text = if text == "# x\n" { text.repeat(many) } else { numbered(many, text) };
        printed(PAGE, text.clone());
        printed(DOCUMENT, format!("+++\n+++\n{text}"));
    }
}

/// Needs of ten thousand key results that go round once.
#[test]
fn a_circle_of_ten_thousand_is_one_finding() {
    let count = 10_000;
    let key_results: String = (0..count)
        .map(|at| {
            format!(
                "  {{ id = \"k{at}\", title = \"K\", needs = [\"cloud/calm/k{}\"] }},\n",
                (at + 1) % count
            )
        })
        .collect();
    let text = format!(
        "+++\n[[objective]]\nid = \"calm\"\ntitle = \"Nights\"\nkey-result = [\n{key_results}]\n+++\n"
    );
    let inputs = book(DOCUMENT, text.into_bytes());
    let found = judged(&inputs, "2026-02-20".parse().unwrap());
    let circles: Vec<_> = found.iter().filter(|of| of.finding.rule == "reference/circular").collect();
    assert_eq!(circles.len(), 1);
    assert_eq!(circles[0].finding.related.len(), count);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_are_a_file(path in path(), bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        holds(path, bytes)?;
    }

    #[test]
    fn any_pieces_are_a_file(
        path in path(),
        fenced in any::<bool>(),
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40),
    ) {
        let text = pieces.concat();
        let text = if fenced { format!("+++\n{text}\n+++\n{text}") } else { text };
        holds(path, text.into_bytes())?;
    }

    #[test]
    fn a_spoilt_file_is_still_read(path in path(), changes in prop::collection::vec(change(), 1..8)) {
        holds(path, changed(whole(path).as_bytes().to_vec(), &changes))?;
    }
}
