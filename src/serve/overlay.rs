//! The overlay of a page while something is wrong: the findings as the terminal shows them, each with a
//! link that opens the editor at its place.

use std::path::Path;

use super::Options;
use crate::Found;
use crate::diagnostic::{Finding, Reported, Severity};
use crate::report;
use crate::source::Sources;

/// So many findings are shown; a page is not to drown in them.
const MOST: usize = 50;

/// A part of a page that lies over the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Overlay {
    pub(super) html: String,
}

/// What lies under an overlay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pages {
    /// Those of the last build without errors.
    LastGood,
    /// Those of a build with errors, because there was none without.
    Broken,
}

/// What is wrong with a handbook.
pub(super) fn of_findings(found: &Found, sources: &Sources, options: &Options, pages: Pages) -> Overlay {
    let few = found.findings.len() <= MOST;
    let shown = |reported: &&Reported| few || reported.severity == Severity::Error;
    let mut items = String::new();
    let mut count = 0;
    for reported in found.findings.iter().filter(shown).take(MOST) {
        count += 1;
        let text = report::finding(reported, sources);
        items.push_str(&format!("<pre>{}</pre>\n", linked(&text, &editor(reported, sources, options))));
    }
    let more = found.findings.len() - count;
    if more > 0 {
        let more = report::counted(more, "more finding");
        items.push_str(&format!("<p>{more}: okrbook check lists them all.</p>\n"));
    }
    overlay(&report::tally(&found.summary), pages, &items)
}

/// What kept a page from being made.
pub(super) fn of_page(finding: &Finding) -> Overlay {
    let reported = Reported { finding: finding.clone(), severity: Severity::Error };
    let text = report::finding(&reported, &Sources::default());
    overlay("the page cannot be made", Pages::Broken, &format!("<pre>{}</pre>\n", escaped(&text)))
}

/// Why there is no handbook to be read.
pub(super) fn of_failure(text: &str, pages: Pages) -> Overlay {
    overlay("the handbook cannot be read", pages, &format!("<pre>{}</pre>\n", escaped(text)))
}

fn overlay(title: &str, pages: Pages, items: &str) -> Overlay {
    let under = match pages {
        Pages::LastGood => ": the last good pages stay",
        Pages::Broken => "",
    };
    let html = format!(
        "<aside id=\"okrbook-overlay\" aria-labelledby=\"okrbook-overlay-title\" lang=\"en\" dir=\"ltr\" \
         data-gone=\"the errors are mended\">\
         <link rel=\"stylesheet\" href=\"/__okrbook/overlay.css\">\n\
         <details open><summary id=\"okrbook-overlay-title\">{}{under}</summary>\n\
         <div tabindex=\"0\" role=\"group\" aria-labelledby=\"okrbook-overlay-title\">\n{items}</div>\
         </details></aside>\n",
        escaped(title)
    );
    Overlay { html }
}

/// A finding's text, escaped, with its place as a link.
fn linked(text: &str, address: &str) -> String {
    const ARROW: &str = "--> ";
    let lines: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(at, line)| match line.split_once(ARROW) {
            Some((before, place)) if at == 1 && before.trim().is_empty() => {
                let (address, place) = (escaped(address), escaped(place));
                format!("{before}{}<a href=\"{address}\">{place}</a>", escaped(ARROW))
            }
            _ => escaped(line),
        })
        .collect();
    lines.join("\n")
}

/// The address that opens the editor where a finding is.
fn editor(reported: &Reported, sources: &Sources, options: &Options) -> String {
    let place = &reported.finding.place;
    let start = sources.get(&place.path).map(|source| source.position(place.span.start()));
    let (line, column) = start.map_or((1, 1), |start| (start.line, start.column));
    address(&options.editor_url, &options.dir.join(place.path.as_ref()), line, column)
}

fn address(template: &str, path: &Path, line: usize, column: usize) -> String {
    let path = encoded(&path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
    // `vscode://file/{path}` has the first `/` of the path already
    template
        .replace("/{path}", &format!("/{}", path.trim_start_matches('/')))
        .replace("{path}", &path)
        .replace("{line}", &line.to_string())
        .replace("{column}", &column.to_string())
}

fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_asked_by_path_line_and_column() {
        let path = Path::new("/a b/c:d/\"x\"{line}.md");
        assert_eq!(
            address("vscode://file/{path}:{line}:{column}", path, 3, 4),
            "vscode://file/a%20b/c%3Ad/%22x%22%7Bline%7D.md:3:4"
        );
        assert_eq!(
            address("idea://open?file={path}&line={line}", Path::new("/x"), 3, 4),
            "idea://open?file=/x&line=3"
        );
    }

    #[test]
    fn the_place_is_a_link_and_everything_is_escaped() {
        let text = "error[a/b]: --> <x>\n --> <img src=x>.md:1:2\n  |\n1 | --> '\"&\n";
        assert_eq!(
            linked(text, "e:\"><script>"),
            "error[a/b]: --&gt; &lt;x&gt;\n --&gt; <a href=\"e:&quot;&gt;&lt;script&gt;\">&lt;img src=x&gt;.md:1:2</a>\n  |\n\
             1 | --&gt; &#39;&quot;&amp;"
        );
    }
}
