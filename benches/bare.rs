//! A program of the same libraries with nothing of a product in it, to measure okrbook against: every
//! document read, its TOML parsed, its Markdown made HTML, a page with all of its words written; on all
//! cores, without templates, links or checks.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use toml::{Table, Value};

/// Writes a page for every document of a handbook into a folder.
pub(crate) fn run(handbook: &Path, out: &Path) {
    let documents: Vec<PathBuf> = walkdir::WalkDir::new(handbook.join("content"))
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    documents.par_iter().for_each(|path| {
        let text = fs::read_to_string(path).expect("a document can be read");
        let (front, body) = text
            .strip_prefix("+++\n")
            .and_then(|rest| rest.split_once("\n+++\n"))
            .unwrap_or(("", text.as_str()));
        let table: Table = front.parse().expect("the front matter is TOML");
        let mut html = String::from("<!doctype html>\n<html><body>\n");
        list(&Value::Table(table), &mut html);
        pulldown_cmark::html::push_html(
            &mut html,
            pulldown_cmark::Parser::new_ext(body, pulldown_cmark::Options::ENABLE_TABLES),
        );
        html.push_str("</body></html>\n");
        let below = path.strip_prefix(handbook).expect("it is of the handbook").with_extension("");
        let folder = out.join(below);
        fs::create_dir_all(&folder).expect("a folder can be made");
        fs::write(folder.join("index.html"), html).expect("a page can be written");
    });
}

/// All words of a value as nested lists.
fn list(value: &Value, html: &mut String) {
    match value {
        Value::Table(table) => {
            html.push_str("<dl>\n");
            for (key, value) in table {
                let _ = writeln!(html, "<dt>{key}</dt><dd>");
                list(value, html);
                html.push_str("</dd>\n");
            }
            html.push_str("</dl>\n");
        }
        Value::Array(values) => values.iter().for_each(|value| list(value, html)),
        Value::String(text) => {
            let _ = write!(html, "{}", text.replace('&', "&amp;").replace('<', "&lt;"));
        }
        other => {
            let _ = write!(html, "{other}");
        }
    }
}
