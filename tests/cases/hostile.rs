//! Hostile and odd input: whatever a file holds, a check ends, never panics, and names places that are
//! there. More of it with `OKRBOOK_HEAVY=1`.

use okrbook::inputs::Inputs;
use okrbook::rules::Example;
use okrbook::source::Source;
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

/// Far more of one thing than anyone types. `OKRBOOK_HEAVY=1` makes it ten thousand.
#[test]
fn much_of_one_thing_is_read_to_its_end() {
    let many = if heavy() { 10_000 } else { 2_000 };
    let objective = "[[objective]]\nid = \"calm\"\ntitle = \"Nights\"\n";
    let keys: String = (0..many).map(|at| format!("key{at} = {at}\n")).collect();
    let needs: Vec<String> = (0..many).map(|at| format!("\"cloud/calm/k{at}\"")).collect();
    let texts = [
        format!("title = \"{}\"", "x".repeat(many * 100)),
        keys.clone(),
        format!("{objective}{keys}"),
        format!("a = {}{}", "[".repeat(many), "]".repeat(many)),
        format!("a = {}", "[".repeat(many)),
        format!("a = {}", "{ b = ".repeat(many)),
        "[[objective]]\n".repeat(many),
        "x y\n".repeat(many),
        format!("{objective}supports = [{}]\n", needs.join(", ")),
        format!("{objective}supports = [{}]\n", "\"company/trust/uptime\",".repeat(many)),
    ];
    for text in texts {
        holds(DOCUMENT, format!("+++\n{text}\n+++\n").into_bytes()).unwrap();
        holds("book.toml", text.into_bytes()).unwrap();
    }
    for text in [
        "[".repeat(many),
        "> ".repeat(many),
        "[[a/b]] ".repeat(many),
        "# x\n".repeat(many),
        "*a".repeat(many),
    ] {
        holds(PAGE, text.into_bytes()).unwrap();
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
