//! What templates are given is what the guide says: no field is missing there, and none is there that is gone.
//! `OKRBOOK_BLESS=1` writes the page.

mod guide;
mod structs;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use okrbook::load::{Handbook, Seen};
use okrbook::pages::{Plan, Site};
use okrbook::render::language_of;
use okrbook::session::Session;
use okrbook::source::{Place, Span};
use okrbook::{Options, analyse};
use serde_json::Value;

use crate::runner::Book;
use guide::{GLOBALS, Type, page};
use structs::{Declared, Name};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_guide_tells_what_templates_are_given() {
    let declared = Declared::read(&root());
    let (path, expected) = (root().join("content/guide/templates.md"), page(&declared));
    if std::env::var_os("OKRBOOK_BLESS").is_some() {
        std::fs::write(path, expected).unwrap();
        return;
    }
    let told = std::fs::read_to_string(path).unwrap();
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<String>>();
    let (told_lines, expected_lines) = (lines(&told), lines(&expected));
    let (gone, lacking): (Vec<_>, Vec<_>) =
        (told_lines.difference(&expected_lines).collect(), expected_lines.difference(&told_lines).collect());
    assert!(
        told == expected,
        "content/guide/templates.md is not what the views say: OKRBOOK_BLESS=1 writes it\ngone: {gone:#?}\nlacking: {lacking:#?}"
    );
}

#[test]
fn every_value_says_what_it_means() {
    let declared = Declared::read(&root());
    assert_eq!(declared.templates.len(), 17, "{:?}", declared.templates.keys());
    for ((name, path), view) in &declared.views {
        assert!(!view.means.is_empty() && !view.fields.is_empty(), "{name} in {path}");
        for field in &view.fields {
            assert!(field.means.ends_with(['.', '`']), "{}.{} in {path}: {}", name, field.name, field.means);
            assert!(!field.means.contains('|'), "{}.{} in {path} breaks the table", name, field.name);
        }
    }
}

/// The names that templates know everywhere are those that the renderer gives them.
#[test]
fn the_guide_tells_what_every_template_knows() {
    let renderer = std::fs::read_to_string(root().join("src/render/theme.rs")).unwrap();
    let given: BTreeSet<&str> = ["globals.insert(\"", "context.insert(\""]
        .iter()
        .flat_map(|open| renderer.split(open).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(given, GLOBALS.iter().map(|(name, _, _)| *name).collect());
}

/// A book that has a little of everything, for its views.
fn views(folder: &Path, date: &str) -> BTreeMap<String, Vec<Value>> {
    let handbook = Handbook::read(folder, &mut Seen::default()).unwrap();
    let options = Options::on(date.parse().unwrap());
    let analysis = analyse(&mut Session::new(), &handbook.inputs, &options);
    let place = Place { path: "book.toml".into(), span: Span::default() };
    let lang = language_of("default", &BTreeMap::new(), "en", &place).unwrap();
    let site = Site::new(&analysis, &lang, options.today, "https://okr.example.com/");
    let plan = Plan::new(&site);
    let mut views: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (_, ask) in plan.listed() {
        let page = plan.page(&site, *ask);
        views.entry(page.kind.to_owned()).or_default().push(serde_json::to_value(page).unwrap());
    }
    views
}

/// Holds a value against what its type says, and notes which structs were seen.
fn compare(
    declared: &Declared,
    value: &Value,
    of: &Type<'_>,
    within: &str,
    at: &str,
    seen: &mut BTreeSet<Name>,
) {
    match (of, value) {
        (Type::Maybe(_), Value::Null) => {}
        (Type::Maybe(of), value) => compare(declared, value, of, within, at, seen),
        (Type::List(of), Value::Array(items)) => {
            items.iter().for_each(|item| compare(declared, item, of, within, &format!("{at}[]"), seen));
        }
        (Type::Places(of), Value::Array(items)) => {
            assert_eq!(of.len(), items.len(), "{at}");
            of.iter().zip(items).for_each(|(of, item)| compare(declared, item, of, within, at, seen));
        }
        (Type::Sentence, Value::Array(items)) => {
            let piece = declared.resolve("src/pages/phrase.rs", "Piece");
            items.iter().for_each(|item| struct_of(declared, item, &piece, at, seen));
        }
        (Type::View(name), value) => struct_of(declared, value, &declared.resolve(within, name), at, seen),
        (Type::Text | Type::Word, Value::String(text)) => {
            assert!(!text.contains("<svg") && !text.contains("<p>"), "{at} is a picture or HTML: {text}");
        }
        (Type::Picture, Value::String(text)) => {
            assert!(text.is_empty() || text.starts_with('<'), "{at} is no picture: {text}");
        }
        (Type::Html, Value::String(_)) | (Type::Number, Value::Number(_)) | (Type::Truth, Value::Bool(_)) => {
        }
        (of, value) => panic!("{at} is {value}, and the guide says {of:?}"),
    }
}

fn struct_of(declared: &Declared, value: &Value, name: &Name, at: &str, seen: &mut BTreeSet<Name>) {
    seen.insert(name.clone());
    let given = value.as_object().unwrap_or_else(|| panic!("{at} is {value}"));
    let fields = &declared.views[name].fields;
    let told: BTreeSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(given.keys().map(String::as_str).collect::<BTreeSet<_>>(), told, "{at}, {name:?}");
    for field in fields {
        compare(
            declared,
            &given[&field.name],
            &Type::parse(&field.of),
            &name.1,
            &format!("{at}.{}", field.name),
            seen,
        );
    }
}

#[test]
fn the_views_of_real_pages_are_what_the_guide_tells() {
    let declared = Declared::read(&root());
    let mut seen = BTreeSet::new();
    let books = [
        (".", "2026-03-19"),
        ("tests/books/forty", "2026-02-20"),
        ("tests/books/quarter", "2022-02-20"),
        ("tests/books/meridian", "2026-02-20"),
    ];
    let chrome = declared.resolve("src/pages/chrome.rs", "Chrome");
    for (book, date) in books {
        for (kind, pages) in views(&root().join(book), date) {
            for page in pages {
                struct_of(&declared, &page["chrome"], &chrome, &format!("{book} {kind} chrome"), &mut seen);
                let name = &declared.templates[&kind];
                struct_of(&declared, &page["view"], name, &format!("{book} {kind} view"), &mut seen);
            }
        }
    }
    // what changed since a signature, of which none in these books was left behind
    let rare = [("Changed".to_owned(), "src/pages/changed.rs".to_owned())];
    let unseen: Vec<&Name> = declared.views.keys().filter(|name| !seen.contains(*name)).collect();
    assert_eq!(unseen, rare.iter().collect::<Vec<_>>(), "what no book of the tests has a page with");
}

/// A template that takes every value of its view, as the guide tells it.
fn taking_all(declared: &Declared, template: &str) -> String {
    fn take(
        declared: &Declared,
        of: &Type<'_>,
        within: &str,
        path: &str,
        above: &mut Vec<Name>,
        all: &mut String,
    ) {
        let depth = above.len();
        match of {
            Type::Maybe(of) => {
                all.push_str(&format!("{{% if {path} %}}"));
                take(declared, of, within, path, above, all);
                all.push_str("{% endif %}");
            }
            Type::List(of) => {
                let item = format!("i{depth}{}", all.len());
                all.push_str(&format!("{{% for {item} in {path} %}}"));
                take(declared, of, within, &item, above, all);
                all.push_str("{% endfor %}");
            }
            Type::Places(of) => {
                for (at, of) in of.iter().enumerate() {
                    take(declared, of, within, &format!("{path}[{at}]"), above, all);
                }
            }
            Type::Sentence => {
                all.push_str(&format!("{{% for piece in {path} %}}{{{{ piece.words }}}}{{% endfor %}}"));
            }
            Type::View(name) => {
                let name = declared.resolve(within, name);
                if above.contains(&name) {
                    return;
                }
                above.push(name.clone());
                for field in &declared.views[&name].fields {
                    take(
                        declared,
                        &Type::parse(&field.of),
                        &name.1,
                        &format!("{path}.{}", field.name),
                        above,
                        all,
                    );
                }
                above.pop();
            }
            Type::Html | Type::Picture => all.push_str(&format!("{{{{ {path} | safe }}}}")),
            Type::Text | Type::Word | Type::Number | Type::Truth => {
                all.push_str(&format!("{{{{ {path} }}}}"));
            }
        }
    }
    let (name, path) = &declared.templates[template];
    let mut all = String::new();
    take(declared, &Type::View(name), path, "view", &mut Vec::new(), &mut all);
    take(declared, &Type::View("Chrome"), "src/pages/chrome.rs", "chrome", &mut Vec::new(), &mut all);
    let globals = GLOBALS.iter().filter(|(name, _, _)| !["view", "chrome", "w", "assets"].contains(name));
    for (name, of, _) in globals {
        all.push_str(&match of.ends_with("nothing") {
            true => format!("{{% if {name} %}}{{{{ {name} }}}}{{% endif %}}"),
            false => format!("{{{{ {name} }}}}"),
        });
    }
    format!(
        "{{% extends \"default/{template}.html\" %}}\n{{% block main %}}<p>taken</p>{all}{{{{ w.site.search }}}}{{{{ \
         assets[\"style.css\"] }}}}{{% endblock %}}\n"
    )
}

#[test]
fn a_theme_may_take_every_value_that_the_guide_tells() {
    let declared = Declared::read(&root());
    let book = Book::empty();
    for entry in walkdir::WalkDir::new(root().join("content")).into_iter().filter_map(Result::ok) {
        let path = book.path(&entry.path().strip_prefix(root()).unwrap().to_string_lossy());
        match entry.file_type().is_dir() {
            true => std::fs::create_dir_all(path).unwrap(),
            false => drop(std::fs::copy(entry.path(), path).unwrap()),
        }
    }
    let toml = std::fs::read_to_string(root().join("book.toml")).unwrap();
    book.put("book.toml", &toml.replace("theme = \"default\"", "theme = \"taking\""));
    book.put("themes/taking/theme.toml", "name = \"taking\"\ninterface = 1\n");
    // a former address has no page around it
    for template in declared.templates.keys().filter(|template| *template != "redirect") {
        book.put(&format!("themes/taking/templates/{template}.html"), &taking_all(&declared, template));
    }
    book.run(&["build", "--date", "2026-03-19", "--site-url", "https://okr.example.com/"]).succeeds();
    for page in
        ["index.html", "fy27-q1/index.html", "fy27-q1/harbour/index.html", "health/index.html", "404.html"]
    {
        assert!(book.text(&format!("site/{page}")).contains("<p>taken</p>"), "{page}");
    }

    // one block of one file; what is not there is told with its file and line
    let own = "{% extends \"default/okrs.html\" %}\n{% block objectives %}{% for o in view.objectives %}<h2>{{ o.number }}: \
               {{ o.plain }}</h2>{% endfor %}{% endblock %}\n";
    for template in declared.templates.keys().filter(|template| *template != "redirect") {
        std::fs::remove_file(book.path(&format!("themes/taking/templates/{template}.html"))).unwrap();
    }
    book.put("themes/taking/templates/okrs.html", own);
    book.run(&["build", "--date", "2026-03-19"]).succeeds();
    let harbour = book.text("site/fy27-q1/harbour/index.html");
    assert!(harbour.contains("<h2>Objective 1: A skipper&#39;s decision travels"), "{harbour}");
    assert!(harbour.contains("id=\"part-feedback\""), "the other blocks are the built-in ones");
    book.put("themes/taking/templates/okrs.html", &own.replace("o.plain", "o.no_such_value"));
    let ran = book.run(&["build", "--date", "2026-03-19"]).exits(1);
    assert!(ran.error.contains("--> themes/taking/templates/okrs.html:2:"), "{}", ran.error);
    assert!(ran.error.contains("no_such_value"), "{}", ran.error);
}
