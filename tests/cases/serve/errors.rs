//! What is shown while something is wrong.

use std::fs;

use super::sample;
use crate::preview::Preview;
use crate::repository::git;
use crate::runner::Book;

const BROKEN: &str = "# One\n\nBroken [link](nowhere.md).\n";
const OVERLAY: &str = "<aside id=\"okrbook-overlay\"";

fn breaks(book: &Book) {
    let toml = book.text("book.toml");
    book.put("book.toml", &format!("{toml}\n[titel]\nx = 1\n"));
}

#[test]
fn the_last_good_pages_stay_under_the_findings() {
    let book = sample();
    let good = book.text("book.toml");
    let preview = Preview::of(&book);
    let mut events = preview.events();
    let first = events.next();
    let before = preview.get("/guide/one/");
    book.put("content/guide/one.md", BROKEN);
    breaks(&book);
    // both saves may be seen one by one
    preview.until_shows(&mut events, "/guide/one/", "error[format/unknown-key]");
    let page = preview.get("/guide/one/");
    assert!(
        page.body.contains("First.") && !page.body.contains("<h1>Broken") && !page.body.contains("<p>Broken"),
        "{}",
        page.body
    );
    assert!(page.generation() > first);
    for text in [
        "error[format/unknown-key]",
        "--&gt; <a href=\"vscode://file/",
        "/book.toml:",
        "the last good pages stay",
    ] {
        assert!(page.body.contains(text), "{text}: {}", page.body);
    }
    // only the third part of the tag tells them apart, so that the page stays where it is
    let part = |reply: &crate::preview::Reply, at: usize| {
        reply.header("ETag").unwrap().trim_matches('"').split('-').nth(at).unwrap().to_owned()
    };
    assert_eq!((part(&page, 0), part(&page, 1)), (part(&before, 0), part(&before, 1)));
    assert_ne!(part(&page, 2), part(&before, 2));
    assert!(preview.get("/no/such/page/").body.contains(OVERLAY));

    book.put("content/guide/one.md", "# One\n\nMended.\n");
    book.put("book.toml", &good);
    preview.until_shows(&mut events, "/guide/one/", "Mended");
    preview.until(&mut events, "mended", |preview| !preview.get("/guide/one/").body.contains(OVERLAY));
}

#[test]
fn what_changed_since_a_text_was_signed_is_told() {
    let book = sample();
    let path = "content/okrs/2026-q2/company.md";
    book.run(&["approve", path, "--as", "set-by", "--by", "ada"]).succeeds();
    git(&book, &["init", "-q"]);
    git(&book, &["add", "."]);
    git(&book, &["commit", "-qm", "signed"]);
    let preview = Preview::of(&book);
    let mut events = preview.events();
    let first = events.next();
    let signed = book.text(path);
    for target in ["64", "63"] {
        book.put(
            path,
            &signed.replace(
                "from = 40, to = 65, measured-in",
                &format!("from = 40, to = {target}, measured-in"),
            ),
        );
        let said = format!("target of first-week/activation: 65 -&gt; {target}");
        preview.until_shows(&mut events, "/guide/one/", &said);
    }
    book.put(path, &signed);
    preview.until(&mut events, "mended", |preview| !preview.get("/guide/one/").body.contains(OVERLAY));
    assert!(preview.get("/guide/one/").generation() > first);
}

#[test]
fn a_preview_begins_with_a_broken_handbook() {
    let book = sample();
    let good = book.text("book.toml");
    breaks(&book);
    let preview = Preview::with(&book, &["--editor-url", "idea://open?file={path}&line={line}"]);
    let mut events = preview.events();
    let page = preview.get("/guide/one/").body;
    assert!(page.contains(OVERLAY) && page.contains("First."), "{page}");
    assert!(page.contains("<a href=\"idea://open?file=/") && page.contains("&amp;line="), "{page}");
    // there is no good one yet, so that the pages follow
    book.put("content/guide/one.md", "# One\n\nSecond.\n");
    preview.until_shows(&mut events, "/guide/one/", "Second.");
    assert!(preview.get("/guide/one/").body.contains(OVERLAY));
    book.put("book.toml", &good);
    preview.until(&mut events, "mended", |preview| !preview.get("/guide/one/").body.contains(OVERLAY));
}

#[test]
fn a_theme_that_does_not_work_is_shown_too() {
    let book = sample();
    let toml = book.text("book.toml");
    book.put("themes/mine/theme.toml", "name = \"mine\"\ninterface = 1\n");
    book.put("themes/mine/templates/free.html", "{% if %}");
    book.put("book.toml", "[book]\ntitle = \"B\"\n[output.html]\ntheme = \"mine\"\n");
    let preview = Preview::of(&book);
    let mut events = preview.events();
    let page = preview.get("/guide/one/");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("error[format/bad-theme]") && page.body.contains("Nothing to show yet"));
    book.put("book.toml", &toml);
    preview.until_status(&mut events, "/guide/one/", 200);
}

#[test]
fn a_theme_that_breaks_leaves_the_last_good_pages() {
    let book = sample();
    book.put("themes/mine/theme.toml", "name = \"mine\"\ninterface = 1\n");
    book.put("themes/mine/templates/free.html", "<p>good</p>");
    book.put("book.toml", "[book]\ntitle = \"B\"\n[output.html]\ntheme = \"mine\"\n");
    fs::remove_dir_all(book.path("content/okrs")).unwrap();
    book.put("content/index.md", "# Home\n");
    let preview = Preview::of(&book);
    let mut events = preview.events();
    // one that cannot be read, and one that fails at the first page
    for broken in ["{% if %}", "<p>bad {{ nothing.there }}</p>"] {
        assert!(preview.get("/guide/one/").body.contains("<p>good</p>"));
        book.put("themes/mine/templates/free.html", broken);
        preview.until_shows(&mut events, "/guide/one/", "error[format/bad-theme]");
        let page = preview.get("/guide/one/");
        assert!(page.status == 200 && page.body.contains("<p>good</p>"), "{}", page.body);
        book.put("themes/mine/templates/free.html", "<p>good</p>");
        preview.until(&mut events, "mended", |preview| !preview.get("/guide/one/").body.contains(OVERLAY));
    }
}

#[test]
fn a_page_whose_template_fails_says_so_and_the_others_stay() {
    let book = sample();
    book.put("content/guide/two.md", "# Two\n");
    book.put("themes/mine/theme.toml", "name = \"mine\"\ninterface = 1\n");
    let template = "<p>{{ chrome.title }}</p>{% if chrome.title == \"Two\" %}{{ nothing.there }}{% endif %}";
    book.put("themes/mine/templates/free.html", template);
    book.put("book.toml", "[book]\ntitle = \"B\"\n[output.html]\ntheme = \"mine\"\n");
    let preview = Preview::of(&book);
    let mut events = preview.events();
    assert_eq!(preview.get("/guide/one/").status, 200);
    let page = preview.get("/guide/two/");
    assert_eq!(page.status, 500);
    assert!(
        page.body.contains("error[format/bad-theme]") && page.body.contains("cannot be made"),
        "{}",
        page.body
    );
    book.put("themes/mine/templates/free.html", "<p>{{ chrome.title }}</p>");
    preview.until_status(&mut events, "/guide/two/", 200);
    // a build says the same, and publishes nothing
    book.put("themes/mine/templates/free.html", template);
    book.run(&["build", "--force"]).exits(1).says("error[format/bad-theme]");
    assert!(!book.path("site/index.html").exists());
}

#[test]
fn hostile_names_and_texts_stay_text() {
    let book = sample();
    let name = "<img src=x onerror=alert(1)>\"'`&";
    book.put(
        &format!("content/okrs/{name}/<script>alert(2)<!--.md"),
        "+++\nshared = </pre><script>alert(3)</script>\n+++\n",
    );
    book.put(
        &format!("content/{name}.md"),
        "+++\ntitle = \"</aside><svg onload=alert(4)>\ntitel = 1\n+++\n# x\n",
    );
    breaks(&book);
    let preview = Preview::of(&book);
    let page = preview.get("/guide/one/").body;
    let overlay = &page[page.find(OVERLAY).unwrap()..];
    let overlay = &overlay[..overlay.find("</aside>").unwrap()];
    assert!(overlay.contains("alert("), "{overlay}");
    let tags: std::collections::BTreeSet<&str> =
        overlay.split('<').skip(1).map(|tag| tag.split([' ', '>']).next().unwrap()).collect();
    let expected = [
        "/a", "/details", "/div", "/pre", "/summary", "a", "aside", "details", "div", "link", "pre",
        "summary",
    ];
    assert!(tags.iter().all(|tag| expected.contains(tag)), "{tags:?}");
    for link in overlay.split("href=\"").skip(2) {
        let href = link.split('"').next().unwrap();
        assert!(href.starts_with("vscode://file/") && !href.contains(['<', '>', '\'', ' ']), "{href}");
        assert!(link[href.len()..].starts_with("\">"), "{link}");
    }
}
