//! What a syntax error of TOML means to the person who made it: habits from YAML and JSON,
//! quotes from a word processor, a bracket left open, two forms in one objective.

use crate::diagnostic::{Finding, Sink};
use crate::source::Span;

/// A finding for an error beside which the value was kept.
pub(super) fn in_value(block: &str, offset: usize, error: &toml::de::Error, sink: &Sink) -> Option<Finding> {
    let span = Span::from(error.span()?);
    let typed = block.get(span.start..span.end)?.trim_end();
    let span = Span::new(span.start, span.start + typed.len());
    let place = span.shifted(offset);
    if error.message().starts_with("invalid date") {
        return Some(
            sink.finding("format/bad-value", place, format!("`{typed}` is not a day of the calendar"))
                .help(days_help(error.message())),
        );
    }
    let bare = typed.trim_matches(SMART).trim_matches(['"', '\'']);
    let quoted = format!("\"{}\"", bare.replace('\\', "\\\\").replace('"', "\\\""));
    let finding = |message: String| sink.finding("format/bad-toml", place, message);
    Some(if typed.contains(SMART) {
        finding(format!("`{typed}` stands in typographic quotes"))
            .help("TOML wants straight quotes")
            .certain_fix(place, quoted)
    } else if matches!(typed.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no") {
        let flag =
            if matches!(typed.to_ascii_lowercase().as_str(), "true" | "yes") { "true" } else { "false" };
        finding(format!("`{typed}` is no value of TOML"))
            .help(format!("write `{flag}`"))
            .certain_fix(place, flag)
    } else if looks_like_day(typed) {
        finding(format!("`{typed}` is not how TOML writes a day"))
            .help("a day is year, month and day: `2026-01-31`")
    } else {
        finding(format!("`{typed}` is a text without quotes"))
            .help(format!("a text stands in quotes: `{quoted}`"))
            .certain_fix(place, quoted)
    })
}

const SMART: [char; 6] = ['“', '”', '„', '‘', '’', '‚'];

fn days_help(message: &str) -> String {
    match message.rsplit_once("between ") {
        Some((head, range)) if head.contains("day") => {
            format!("the month has the days {}", range.replace(" and ", " to "))
        }
        Some((head, _)) if head.contains("month") => "a year has the months 01 to 12".to_owned(),
        _ => "a day is year, month and day: `2026-01-31`".to_owned(),
    }
}

fn looks_like_day(typed: &str) -> bool {
    let parts: Vec<&str> = typed.split(['/', '.', '-']).collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
}

/// A finding for an error that cost the statements in `region`.
pub(super) fn in_region(
    block: &str,
    offset: usize,
    region: Span,
    error: &toml::de::Error,
    sink: &Sink,
) -> Finding {
    let at = error.span().map_or(region, Span::from);
    let (line, line_span) = line_at(block, at.start.clamp(region.start, region.end.max(region.start)));
    let (first, first_span) = line_at(block, region.start);
    let message = error.message();
    if message == "duplicate key" {
        return duplicate(block, offset, line, line_span, at, sink);
    }
    if let Some(finding) = habit(line, line_span.shifted(offset), sink) {
        return finding;
    }
    if line_span.start > first_span.start
        || message.starts_with("unclosed array,")
        || message.starts_with("unclosed inline")
    {
        return unclosed(first, first_span, offset, message, sink);
    }
    let place = if at.start == at.end { line_span } else { at };
    let finding = sink.finding("format/bad-toml", place.shifted(offset), said(message, line));
    match help(message, line) {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// A statement of several lines in which a bracket is missing.
fn unclosed(first: &str, span: Span, offset: usize, message: &str, sink: &Sink) -> Finding {
    let what = if first.trim_end().ends_with('{') { "table" } else { "list" };
    if message.contains("missing comma") && first.trim_end().ends_with(['[', '{']) {
        return sink
            .finding(
                "format/bad-toml",
                span.shifted(offset),
                format!("the {what} that begins here does not parse"),
            )
            .help(format!(
                "look for a comma missing between two entries, or for the `]` that closes the {what}"
            ));
    }
    sink.finding(
        "format/bad-toml",
        span.shifted(offset),
        format!("the {what} that begins here is not closed as it must be"),
    )
    .help(format!("look for the `{}` that is missing", if what == "table" { '}' } else { ']' }))
}

/// The parser's words, as a sentence of ours.
fn said(message: &str, line: &str) -> String {
    let typed = line.trim();
    if message.contains("basic string") || message.contains("literal string") {
        return "the text that begins on this line is never closed".to_owned();
    }
    if message.starts_with("unclosed array table") || message.starts_with("unclosed table") {
        return format!("the header `{typed}` is not closed");
    }
    if message.starts_with("key with no value") {
        return format!("`{typed}` has no value");
    }
    if message.contains("missing comma between key-value pairs") {
        return "a comma is missing between two keys".to_owned();
    }
    if message.contains("missing comma between array elements") {
        return "a comma is missing between two entries of the list".to_owned();
    }
    if message.contains("missing key for inline table element")
        || message.starts_with("unclosed inline table")
    {
        return "the `{` that opens here is never closed".to_owned();
    }
    if message.starts_with("invalid unquoted key") {
        return format!("`{typed}` is no key and value");
    }
    format!("this is not TOML: {message}")
}

fn help(message: &str, line: &str) -> Option<String> {
    if message.starts_with("unclosed array table") {
        return Some(format!("write `{}]`", line.trim()).replace("]]]", "]]"));
    }
    if message.contains("basic string") {
        return Some(
            "close it with `\"` on the same line, or write it between `\"\"\"` and `\"\"\"`".to_owned(),
        );
    }
    message
        .starts_with("key with no value")
        .then(|| "a key and its value are written `key = value`".to_owned())
}

/// `key: value` and `---`: YAML and JSON.
fn habit(line: &str, span: Span, sink: &Sink) -> Option<Finding> {
    let typed = line.trim();
    let place = trimmed(line, span);
    if typed == "---" {
        return Some(
            sink.finding("format/bad-toml", place, "`---` is a fence of YAML")
                .help("front matter is TOML between two lines of `+++`"),
        );
    }
    if typed.starts_with("- ") {
        return Some(
            sink.finding("format/bad-toml", place, format!("`{typed}` is a list as YAML writes it")).help(
                "TOML writes a list as `key = [\"one\", \"two\"]`, and a list of tables under `[[key]]`",
            ),
        );
    }
    let (key, value) = typed.split_once(':')?;
    let name = key.trim().trim_matches('"');
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !plain || value.starts_with("//") {
        return None;
    }
    let json = key.trim().starts_with('"');
    let value = value.trim().trim_end_matches(',');
    let known =
        value.starts_with(['"', '[', '{', '\'']) || value.parse::<f64>().is_ok() || looks_like_day(value);
    let value =
        if known || matches!(value, "true" | "false") { value.to_owned() } else { format!("\"{value}\"") };
    let mended = format!("{name} = {value}");
    let finding = sink
        .finding(
            "format/bad-toml",
            place,
            format!("`{typed}` is {}, not TOML", if json { "JSON" } else { "YAML" }),
        )
        .help(format!("write `{mended}`"));
    Some(if value == "\"\"" { finding } else { finding.certain_fix(place, mended) })
}

fn duplicate(block: &str, offset: usize, line: &str, span: Span, at: Span, sink: &Sink) -> Finding {
    let typed = line.trim();
    if typed.starts_with('[') {
        return mixed(block, offset, typed, trimmed(line, span), sink);
    }
    let name = block.get(at.start..at.end).unwrap_or_default();
    let finding = sink.finding("format/bad-toml", at.shifted(offset), format!("`{name}` is given twice"));
    let finding = finding.help("keep one of them");
    let before = block[..span.start].rmatch_indices(name).find(|(found, _)| {
        let (line, _) = line_at(block, *found);
        line.trim_start().starts_with(name) && line.contains('=')
    });
    match before {
        Some((found, _)) => {
            let place = sink.place(Span::new(found, found + name.len()).shifted(offset));
            finding.related(place, "it stands here first")
        }
        None => finding,
    }
}

/// A header that collides with what stands above it.
fn mixed(block: &str, offset: usize, typed: &str, place: Span, sink: &Sink) -> Finding {
    let upto = &block[..place.start.min(block.len())];
    if let Some(parent) =
        typed.strip_prefix("[[").and_then(|rest| rest.split_once('.')).map(|(parent, _)| parent)
    {
        let key = typed.trim_matches(['[', ']']).rsplit('.').next().unwrap_or_default();
        let finding = sink
            .finding("format/mixed-forms", place.shifted(offset), format!("`{typed}` stands beside `{key} = […]` in one {parent}"))
            .help(format!("write all of its key results in one form: move this one into `{key} = […]`, or give each of them a header"));
        let first = upto.rfind(&format!("{key} =")).or_else(|| upto.rfind(&format!("{key}=")));
        return match first {
            Some(found) => finding.related(
                sink.place(Span::new(found, found + key.len()).shifted(offset)),
                "the other form begins here",
            ),
            None => finding,
        };
    }
    let name = typed.trim_matches(['[', ']']);
    sink.finding("format/bad-toml", place.shifted(offset), format!("`{typed}` collides with `{name}` above"))
        .help(format!("write every {name} with the same header"))
}

fn line_at(block: &str, at: usize) -> (&str, Span) {
    let mut at = at.min(block.len());
    while !block.is_char_boundary(at) {
        at -= 1;
    }
    let start = block[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = block[at..].find('\n').map_or(block.len(), |end| at + end);
    let line = block[start..end].trim_end_matches('\r');
    (line, Span::new(start, start + line.len()))
}

fn trimmed(line: &str, span: Span) -> Span {
    let before = line.len() - line.trim_start().len();
    Span::new(span.start + before, span.start + before + line.trim().len())
}
