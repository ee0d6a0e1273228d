//! What is remembered between builds changes nothing: after any edits, every page and finding is that of a
//! clean build, byte for byte.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use okrbook::inputs::{Asset, Content, Inputs};
use okrbook::load;
use okrbook::session::Session;
use okrbook::source::Source;
use okrbook::{Built, Options, build};
use proptest::collection::vec;
use proptest::prelude::*;

/// A handbook in memory, to be edited.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) files: BTreeMap<String, String>,
    pub(super) theme: BTreeMap<String, Vec<u8>>,
    date: &'static str,
}

impl Desk {
    pub(super) fn new() -> Self {
        let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/books/meridian");
        let book = load::Handbook::read(&dir, &mut load::Seen::nothing()).unwrap();
        let mut files: BTreeMap<String, String> =
            book.inputs.documents.iter().map(|one| (one.path.to_string(), one.text.to_string())).collect();
        files.insert("book.toml".to_owned(), book.inputs.book.text.to_string());
        for (path, text) in [
            (
                "content/index.md",
                "# Home\n\nSee [the guide](guide/a.md) and [[fy27-q1:cloud/reliability]].\n",
            ),
            (
                "content/guide/a.md",
                "# A\n\n[b](b.md), ![[fy27-q1:cloud/reliability/uptime]], @ada\n\n## Part\n",
            ),
            ("content/guide/b.md", "+++\ntitle = \"B\"\nweight = 3\n+++\n\n[a](a.md#part)\n"),
            ("content/guide/a.png", "picture"),
        ] {
            files.insert(path.to_owned(), text.to_owned());
        }
        Self { files, theme: BTreeMap::new(), date: "2026-02-20" }
    }

    fn inputs(&self) -> Inputs {
        let is_document = |path: &str| path.ends_with(".md");
        let asset = |path: &String| Asset { path: Arc::from(path.as_str()), on_disk: PathBuf::from(path) };
        let others = self.files.keys().filter(|path| !is_document(path) && *path != "book.toml");
        Inputs {
            book: Source::new("book.toml", self.files["book.toml"].as_str()),
            documents: self
                .files
                .iter()
                .filter(|(path, _)| is_document(path))
                .map(|(path, text)| Source::new(path.as_str(), text.as_str()))
                .collect(),
            assets: others.map(asset).collect(),
            theme: self.theme.clone(),
            unread: Vec::new(),
            recalled: BTreeMap::new(),
        }
    }

    fn build(&self, session: &mut Session, force: bool) -> Built {
        build(session, &self.inputs(), &Options { force, ..Options::on(self.date.parse().unwrap()) })
    }

    pub(super) fn edit(&mut self, edit: &Edit) {
        let paths: Vec<String> = self.files.keys().cloned().collect();
        let path = |at: usize| paths[at % paths.len()].clone();
        match edit {
            Edit::Word(file, line, word) => {
                self.lines(&path(*file), *line, |lines, at| lines[at].push_str(word));
            }
            Edit::Drop(file, line) => self.lines(&path(*file), *line, |lines, at| drop(lines.remove(at))),
            Edit::Twice(file, line) => {
                self.lines(&path(*file), *line, |lines, at| lines.insert(at, lines[at].clone()));
            }
            Edit::Delete(file) => {
                if path(*file) != "book.toml" {
                    self.files.remove(&path(*file));
                }
            }
            Edit::Move(file, to) => {
                if path(*file) != "book.toml" {
                    let text = self.files.remove(&path(*file)).unwrap();
                    self.files.insert((*to).to_owned(), text);
                }
            }
            Edit::Replace(from, to) => {
                for text in self.files.values_mut() {
                    *text = text.replacen(from, to, 1);
                }
            }
            Edit::Theme(path, text) => {
                self.theme.insert("theme.toml".to_owned(), b"name = \"x\"\ninterface = 1\n".to_vec());
                self.theme.insert((*path).to_owned(), text.as_bytes().to_vec());
            }
            Edit::PlainTheme => self.theme.clear(),
            Edit::Date(date) => self.date = date,
        }
    }

    fn lines(&mut self, path: &str, line: usize, change: impl FnOnce(&mut Vec<String>, usize)) {
        let text = self.files.get_mut(path).unwrap();
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let at = line % lines.len();
        change(&mut lines, at);
        *text = lines.join("\n");
    }
}

/// Who owns an objective. That of the document stands above it.
const OWNER: &str = "owner = \"@ines\"                    # a @handle";

/// Something that an author does.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    Word(usize, usize, &'static str),
    Drop(usize, usize),
    Twice(usize, usize),
    Delete(usize),
    Move(usize, &'static str),
    Replace(&'static str, &'static str),
    Theme(&'static str, &'static str),
    PlainTheme,
    Date(&'static str),
}

pub(super) fn edit() -> impl Strategy<Value = Edit> {
    let words = prop::sample::select(vec![
        " more",
        " @ada",
        "é",
        "\"",
        " [x](a.md)",
        " [[cloud]]",
        "]",
        "<b>",
        "# x",
    ]);
    let places = prop::sample::select(vec![
        "content/okrs/fy27-q1/search.md",
        "content/okrs/fy27-q2/cloud.md",
        "content/okrs/fy26-q4/company.md",
        "content/guide/moved.md",
        "content/other/a.md",
    ]);
    let changes = prop::sample::select(vec![
        ("title = \"Cloud\"", "title = \"Sky\""),
        ("name = \"Cloud\"", "name = \"Sky\""),
        ("name = \"Teams\"", "name = \"Squads\""),
        ("@ines", "@kai"),
        (OWNER, "owner = \"@ada\""),
        ("owner = [\"@kai\"]", "owner = [\"@mo\"]"),
        ("title = \"Customers", "title = \"People"),
        ("level = \"org\"", "level = \"team\""),
        ("theme = \"default\"", "theme = \"x\""),
        ("site-url = \"/\"", "site-url = \"https://okrs.example.com/x/\""),
        ("src = \"content\"", "src = \".\""),
        ("src = \".\"", "src = \"content\""),
        ("title = \"Meridian OKR handbook\"", "title = \"Another\""),
        ("99.95", "99.97"),
        ("fy27-q1", "fy27-q2"),
    ]);
    let themes = prop::sample::select(vec![
        ("static/style.css", "a { color: red }"),
        ("static/style.css", "a { color: blue }"),
        ("templates/free.html", "{{ chrome.title }}"),
        ("templates/free.html", "{% if %}"),
        ("theme.toml", "name = \"x\"\ninterface = 9\n"),
    ]);
    let dates = prop::sample::select(vec!["2025-12-01", "2026-02-20", "2026-04-29", "2026-06-01"]);
    prop_oneof![
        4 => (0..20usize, 0..90usize, words).prop_map(|(file, line, word)| Edit::Word(file, line, word)),
        2 => (0..20usize, 0..90usize).prop_map(|(file, line)| Edit::Drop(file, line)),
        1 => (0..20usize, 0..90usize).prop_map(|(file, line)| Edit::Twice(file, line)),
        1 => (0..20usize).prop_map(Edit::Delete),
        2 => (0..20usize, places).prop_map(|(file, place)| Edit::Move(file, place)),
        5 => changes.prop_map(|(from, to)| Edit::Replace(from, to)),
        2 => themes.prop_map(|(path, text)| Edit::Theme(path, text)),
        1 => Just(Edit::PlainTheme),
        1 => dates.prop_map(Edit::Date),
    ]
}

fn cases() -> u32 {
    if std::env::var_os("OKRBOOK_HEAVY").is_some() { 1_000 } else { 12 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_remembered_build_is_a_clean_one(steps in vec((vec(edit(), 1..4), any::<bool>()), 1..8)) {
        let mut desk = Desk::new();
        let mut session = Session::new();
        for (edits, force) in &steps {
            edits.iter().for_each(|edit| desk.edit(edit));
            let remembered = desk.build(&mut session, *force);
            let clean = desk.build(&mut Session::new(), *force);
            prop_assert_eq!(&remembered.found.findings, &clean.found.findings);
            prop_assert_eq!(remembered.found.summary, clean.found.summary);
            let paths = |built: &Built| built.files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
            prop_assert_eq!(paths(&remembered), paths(&clean));
            for (one, other) in remembered.files.iter().zip(&clean.files) {
                prop_assert!(one.content == other.content, "{} differs", one.path);
            }
        }
    }
}

/// The pages whose bytes differ between two builds.
fn changed(one: &Built, other: &Built) -> Vec<String> {
    let pages = |built: &Built| -> BTreeMap<String, Content> {
        let all = built.files.iter().filter(|file| file.path.ends_with(".html"));
        all.map(|file| (file.path.clone(), file.content.clone())).collect()
    };
    let before = pages(one);
    pages(other)
        .into_iter()
        .filter(|(path, content)| before.get(path) != Some(content))
        .map(|(path, _)| path)
        .collect()
}

/// Edits of every kind, by name: what the random ones are made of.
fn kinds(desk: &Desk) -> Vec<(&'static str, Edit)> {
    let at = |path: &str| desk.files.keys().position(|known| known == path).unwrap();
    vec![
        ("a word in a body", Edit::Replace("Text before the first section", "Another text before it")),
        ("a word on a free page", Edit::Replace("[a](a.md#part)", "Another text.")),
        ("the title of an objective", Edit::Replace("title = \"Customers rely", "title = \"People rely")),
        ("a page that moves", Edit::Move(at("content/guide/b.md"), "content/other/a.md")),
        (
            "a document that moves",
            Edit::Move(at("content/okrs/fy27-q1/cloud.md"), "content/okrs/fy27-q2/cloud.md"),
        ),
        ("a page that goes", Edit::Delete(at("content/guide/b.md"))),
        ("a document that goes", Edit::Delete(at("content/okrs/fy27-q1/cloud.md"))),
        ("a picture that goes", Edit::Delete(at("content/guide/a.png"))),
        ("an owner", Edit::Replace(OWNER, "owner = \"@ada\"")),
        ("the level of a unit", Edit::Replace("level = \"org\"", "level = \"team\"")),
        ("the name of a level", Edit::Replace("name = \"Teams\"", "name = \"Squads\"")),
        ("the name of a unit", Edit::Replace("name = \"Cloud\"", "name = \"Sky\"")),
        ("a target", Edit::Replace("99.95", "99.97")),
        ("the title of the book", Edit::Replace("title = \"Meridian OKR handbook\"", "title = \"Another\"")),
        ("the day", Edit::Date("2026-04-29")),
    ]
}

#[test]
fn every_kind_of_edit_shows_and_renders_only_what_it_changes() {
    let desk = Desk::new();
    for (kind, edit) in kinds(&desk) {
        let (mut desk, mut session) = (desk.clone(), Session::new());
        let before = desk.build(&mut session, true);
        let pages = session.pages();
        let rendered = pages.rendered();
        desk.edit(&edit);
        let after = desk.build(&mut session, true);
        assert!(
            after.files == desk.build(&mut Session::new(), true).files,
            "{kind}: differs from a clean build"
        );
        let changed = changed(&before, &after);
        let shows =
            if kind.starts_with("a picture") { before.files != after.files } else { !changed.is_empty() };
        assert!(shows, "{kind}: nothing changes");
        // where the theme is another, none is remembered
        let again = session.pages();
        let now = if Arc::ptr_eq(&pages, &again) { again.rendered() - rendered } else { again.rendered() };
        // a text is remembered with everything that its file links to and whom it names, so that a few pages
        // that quote it are rendered in vain
        let in_vain = if kind == "an owner" || kind.starts_with("the level") { 8 } else { 0 };
        assert!((changed.len()..=changed.len() + in_vain).contains(&now), "{kind}: {now}, {changed:?}");
    }
}

#[test]
fn another_theme_shows_on_every_page_and_going_back_is_as_before() {
    let (mut desk, mut session) = (Desk::new(), Session::new());
    let before = desk.build(&mut session, true);
    desk.edit(&Edit::Theme("static/style.css", "a { color: red }"));
    desk.edit(&Edit::Replace("theme = \"default\"", "theme = \"x\""));
    let themed = desk.build(&mut session, true);
    assert!(themed.files == desk.build(&mut Session::new(), true).files);
    let pages = before.files.iter().filter(|file| file.path.ends_with(".html")).count();
    assert_eq!(changed(&before, &themed).len(), pages);
    desk.edit(&Edit::PlainTheme);
    desk.edit(&Edit::Replace("theme = \"x\"", "theme = \"default\""));
    assert!(desk.build(&mut session, true).files == before.files);
}

#[test]
fn an_edit_renders_only_the_pages_that_it_changes() {
    let mut desk = Desk::new();
    let mut session = Session::new();
    let first = desk.build(&mut session, true);
    let mut rendered = session.pages().rendered();
    assert!(rendered > 10);
    let again = desk.build(&mut session, true);
    assert_eq!((session.pages().rendered() - rendered, changed(&first, &again)), (0, Vec::new()));
    let edits = [
        ("content/guide/b.md", "[a](a.md#part)", "Another text."),
        ("content/okrs/fy27-q1/cloud.md", "Text before the first section", "Another text before it"),
        ("content/okrs/fy27-q1/cloud.md", "title = \"Customers rely", "title = \"People rely"),
    ];
    let mut before = again;
    for (path, from, to) in edits {
        let text = desk.files[path].replacen(from, to, 1);
        assert_ne!(text, desk.files[path], "{path}");
        desk.files.insert(path.to_owned(), text);
        let after = desk.build(&mut session, true);
        let changed = changed(&before, &after);
        assert!(!changed.is_empty());
        assert_eq!(session.pages().rendered() - rendered, changed.len(), "{path}: {changed:?}");
        rendered = session.pages().rendered();
        before = after;
    }
}
