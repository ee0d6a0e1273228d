//! Raw HTML in a text.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};
use crate::source::{Place, Source, Span};

pub(super) static RULE: Rule = Rule {
    name: "format/raw-html",
    severity: Some(Severity::Warning),
    summary: "raw HTML in a text, which is shown as it is typed",
    why: "\
A handbook has many authors, and a page that passes on whatever they paste can load, track or break \
things for all of its readers. So HTML is shown as text. Markdown has a way to say nearly all of it; a \
book whose authors need more can allow it with `raw-html = true` under `[markdown]`.",
    source: "the format, section 7",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
+++

The rota is <b>new</b>.
"#,
    ),
    mended: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
+++

The rota is **new**.
"#,
    ),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let config = &context.book.config;
    if config.raw_html || !config.known.whole {
        return;
    }
    for file in context.book.files() {
        let source = &file.source;
        let mut lines = Vec::new();
        for span in file.front_html.iter().chain(&file.parts.scan.raw_html) {
            // the end of what was begun, and what else stands on its line, is the same mistake
            let line = source.position(span.start()).line;
            if source.slice(*span).trim_start().starts_with("</") || lines.contains(&line) {
                continue;
            }
            lines.push(line);
            found.push(finding(source, *span));
        }
    }
}

fn finding(source: &Source, span: Span) -> Finding {
    let text = source.slice(span);
    let start = span.start() + (text.len() - text.trim_start().len());
    let first = text.trim_start().lines().next().unwrap_or_default().trim_end();
    let place = Place::new(&source.path, Span::new(start, start + first.len()));
    if first.starts_with("<!--") {
        return Finding::new("format/raw-html", place, "a comment is shown as it is typed")
            .help("take it out; a file whose name begins with `_` is not published");
    }
    Finding::new("format/raw-html", place, format!("`{}` is shown as it is typed", short(first))).help(
        "write it in Markdown, or let HTML through with `raw-html = true` under `[markdown]` in book.toml",
    )
}

/// The beginning of a tag, where it is long.
fn short(tag: &str) -> String {
    let end = tag.find('>').map_or(tag.len(), |at| at + 1);
    match tag[..end].char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", &tag[..cut]),
        None => tag[..end].to_owned(),
    }
}
