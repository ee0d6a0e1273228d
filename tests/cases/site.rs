//! The site of the sample handbook, and of one that `init` made: every link leads somewhere, nothing comes
//! from elsewhere, no word is missing, and two builds are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::runner::Book;

/// A site by the paths of its files.
type Site = BTreeMap<String, String>;

fn sample(out: &Path) -> Site {
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_okrbook"))
        .args(["build", "--date", "2026-03-19", "--book", env!("CARGO_MANIFEST_DIR"), "--out"])
        .arg(out)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    read(out)
}

fn read(out: &Path) -> Site {
    walkdir::WalkDir::new(out)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(out).unwrap().to_string_lossy().replace('\\', "/");
            (path, String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).into_owned())
        })
        .filter(|(path, _)| !path.starts_with('.'))
        .collect()
}

/// The values of an attribute in a page.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let open = format!(" {attribute}=\"");
    html.match_indices(&open)
        .map(|(at, _)| {
            let rest = &html[at + open.len()..];
            &rest[..rest.find('"').unwrap()]
        })
        .collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&amp;", "&")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
}

/// The path of the site that a link on a page leads to; none if it leaves the site.
fn target(page: &str, link: &str) -> Option<(String, String)> {
    let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
    if path.contains(':') {
        return None;
    }
    if path.is_empty() {
        return Some((page.to_owned(), fragment.to_owned()));
    }
    let mut parts: Vec<&str> = if path.starts_with('/') {
        Vec::new()
    } else {
        page.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect()
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                assert!(parts.pop().is_some(), "{page}: {link} leaves the site");
            }
            part => parts.push(part),
        }
    }
    let mut found = parts.join("/");
    if path.ends_with('/') || path == "." || found.is_empty() {
        found = format!("{found}/index.html").trim_start_matches('/').to_owned();
    }
    Some((found, fragment.to_owned()))
}

fn crawl(site: &Site) {
    let ids: BTreeMap<&str, BTreeSet<String>> = site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, html)| (path.as_str(), values(html, "id").into_iter().map(unescaped).collect()))
        .collect();
    for (page, html) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        for link in values(html, "href").into_iter().chain(values(html, "src")) {
            let link = unescaped(link);
            let Some((path, fragment)) = target(page, &link) else { continue };
            assert!(site.contains_key(&path), "{page}: `{link}` leads to no file ({path})");
            if !fragment.is_empty() {
                let known = ids.get(path.as_str()).is_some_and(|ids| ids.contains(&fragment));
                assert!(known, "{page}: `{link}` leads to no place of {path}");
            }
        }
        for resource in values(html, "src") {
            assert!(!resource.contains("//"), "{page} loads {resource}");
        }
        let count = html.matches("<h1").count();
        assert_eq!(count, 1, "{page} has {count} h1");
        assert!(!html.contains('⟦'), "{page} lacks a word: {}", &html[html.find('⟦').unwrap()..][..60]);
        // the guide speaks of braces
        assert!(page.starts_with("guide/") || unfilled(html).is_empty(), "{page}: {:?}", unfilled(html));
        assert!(!html.contains(" style=\"") && !html.contains("<style"), "{page} has a style of its own");
        let mut seen = BTreeSet::new();
        for id in values(html, "id") {
            assert!(seen.insert(id), "{page} has the id `{id}` twice");
        }
    }
}

#[test]
fn every_link_of_the_sample_leads_somewhere_and_two_builds_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let first = sample(&folder.path().join("a"));
    crawl(&first);
    for page in
        ["index.html", "404.html", "fy27-q1/passage/index.html", "guide/format/index.html", "okrs.json"]
    {
        assert!(first.contains_key(page), "{page}");
    }
    let contracts = &first["fy27-q1/contracts/index.html"];
    assert!(contracts.contains("class=\"chart map\""), "the map of supports is drawn");
    assert!(contracts.contains(">Boarding</a> 2 key results"), "and told as a list");
    let second = sample(&folder.path().join("b"));
    assert!(first == second, "two builds differ");
}

#[test]
fn every_link_of_a_new_handbook_leads_somewhere() {
    let book = Book::made();
    book.run(&["build"]).succeeds();
    crawl(&read(&book.path("site")));
}

/// The words in braces that a page's text has: places of a language that nobody filled in.
fn unfilled(html: &str) -> Vec<&str> {
    let texts = html.split('>').filter_map(|part| part.split('<').next());
    texts
        .flat_map(|text| text.match_indices('{').map(move |(at, _)| &text[at..]))
        .filter_map(|rest| rest.split_inclusive('}').next())
        .filter(|place| {
            place.ends_with('}') && place.chars().all(|c| c.is_ascii_lowercase() || "{}-".contains(c))
        })
        .collect()
}

#[test]
fn places_that_nobody_filled_in_are_seen() {
    assert_eq!(unfilled("<p>Needs {key-result} by <b>{n}</b> { x }</p>"), ["{key-result}", "{n}"]);
}

#[test]
fn a_full_address_brings_the_sitemap_and_canonical_links() {
    let book = Book::made();
    book.run(&["build", "--site-url", "https://okrs.example.com/book/"]).succeeds();
    assert!(book.text("site/sitemap.xml").contains("<loc>https://okrs.example.com/book/timeline/</loc>"));
    book.run(&["build"]).succeeds();
    assert!(!book.path("site/sitemap.xml").exists(), "without an address there is none");
}
