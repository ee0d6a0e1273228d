//! What a syntax error of TOML means to the person who made it: habits from YAML and JSON,
//! quotes from a word processor, a bracket left open, two forms in one objective.

use crate::diagnostic::{Finding, Sink};
use crate::keys::is_list;
use crate::source::Span;

use super::bracket::{Fault, Kind};
use super::numeral;

/// A finding for an error beside which the value was kept.
pub(super) fn in_value(block: &str, offset: usize, error: &toml::de::Error, sink: &Sink) -> Option<Finding> {
    let span = Span::from(error.span()?);
    let typed = block.get(span.start()..span.end())?.trim_end();
    let span = Span::new(span.start(), span.start() + typed.len());
    let place = span.shifted(offset);
    if error.message().starts_with("invalid date") {
        let finding =
            sink.finding("format/bad-value", place, format!("`{typed}` is not a day of the calendar"));
        let finding = finding.help(days_help(error.message()));
        return Some(match last_day(typed) {
            Some(last) => finding.suggestion(place, last),
            None => finding,
        });
    }
    if typed.is_empty() {
        let (line, line_span) = line_at(block, span.start());
        let key = line.split('=').next().unwrap_or_default().trim();
        let place = trimmed(line, line_span).shifted(offset);
        let finding = sink.finding("format/bad-toml", place, format!("`{key}` has no value"));
        return Some(finding.help(format!("write one after the `=`, `{key} = \"…\"`, or take the line out")));
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
        day(typed, place, sink)
    } else if let Some(found) = number(typed, place, sink) {
        found
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

/// The last day of a month that was typed with a day after it.
fn last_day(typed: &str) -> Option<String> {
    let mut parts = typed.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let first = jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
    let last = first.last_of_month();
    let beyond = day.len() == 2 && parts.next().is_none() && day.parse::<i8>().ok()? > last.day();
    beyond.then(|| last.to_string())
}

fn looks_like_day(typed: &str) -> bool {
    let parts: Vec<&str> = typed.split(['/', '.', '-']).collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
}

/// A day in another order or with other marks than TOML has.
fn day(typed: &str, place: Span, sink: &Sink) -> Finding {
    let finding = sink.finding("format/bad-toml", place, format!("`{typed}` is not how TOML writes a day"));
    let parts: Vec<&str> = typed.split(['/', '.', '-']).collect();
    let order = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => Some((year, month, day)),
        // the day comes first where dots are used; with other marks nobody can tell
        [day, month, year] if year.len() == 4 && typed.contains('.') => Some((year, month, day)),
        _ => None,
    };
    match order {
        Some((year, month, day)) => {
            let meant = format!("{year}-{month:0>2}-{day:0>2}");
            finding.help(format!("write `{meant}`")).certain_fix(place, meant)
        }
        None => finding.help("a day is year, month and day: `2026-01-31`"),
    }
}

/// A number with a mark that TOML does not take.
fn number(typed: &str, place: Span, sink: &Sink) -> Option<Finding> {
    let meant = numeral::meant(typed)?;
    let finding =
        sink.finding("format/bad-toml", place, format!("`{typed}` is not how TOML writes a number"));
    Some(
        finding
            .help(format!("write `{meant}`: digits, and a point before decimals"))
            .suggestion(place, meant),
    )
}

/// A finding for brackets of a statement that do not fit together.
pub(super) fn in_brackets(block: &str, offset: usize, fault: &Fault, sink: &Sink) -> Finding {
    let (what, close) = if fault.open == '[' { ("list", ']') } else { ("table", '}') };
    if fault.kind == Kind::NoComma {
        let between = if fault.open == '[' { "two entries of the list" } else { "two keys of the table" };
        let place = Span::new(fault.end, fault.end).shifted(offset);
        return sink
            .finding("format/bad-toml", place, format!("a comma is missing between {between}"))
            .help("add `,` here")
            .certain_fix(place, ",");
    }
    let (line, span) = line_at(block, fault.at);
    let marked = Span::new(fault.at, span.start() + line.trim_end().len());
    let finding = sink
        .finding(
            "format/bad-toml",
            marked.shifted(offset),
            format!("the {what} that begins here is never closed"),
        )
        .help(format!("close it with `{close}`"));
    let one_line = !block[fault.at..fault.end.max(fault.at)].contains('\n');
    let (at, text) = match (one_line, fault.open) {
        (true, '[') => (fault.end, "]".to_owned()),
        (_, '{') => (fault.end, " }".to_owned()),
        _ => {
            let (line, span) = line_at(block, fault.end);
            (span.start() + line.len(), "\n]".to_owned())
        }
    };
    finding.suggestion(Span::new(at, at).shifted(offset), text)
}

/// A finding for an error that cost the statements in `region`; none where another one speaks of it.
pub(super) fn in_region(
    block: &str,
    offset: usize,
    region: Span,
    error: &toml::de::Error,
    sink: &Sink,
) -> Option<Finding> {
    let at = error.span().map_or(region, Span::from);
    let (line, line_span) =
        line_at(block, at.start().clamp(region.start(), region.end().max(region.start())));
    let (first, first_span) = line_at(block, region.start());
    let message = error.message();
    if message == "duplicate key" {
        return duplicate(block, offset, line, line_span, at, sink);
    }
    if let Some(finding) = habit(block, offset, line, line_span, sink) {
        return Some(finding);
    }
    let value = line.split_once('=').map(|(_, value)| value.split('#').next().unwrap_or_default().trim());
    if let Some(value) = value.filter(|value| looks_like_day(value)) {
        let start = line_span.start() + line.find(value).unwrap_or_default();
        return Some(day(value, Span::new(start, start + value.len()).shifted(offset), sink));
    }
    if let Some(value) = value {
        let after = line.find('=').unwrap_or_default();
        let start = line_span.start() + after + line[after..].find(value).unwrap_or_default();
        if let Some(found) = number(value, Span::new(start, start + value.len()).shifted(offset), sink) {
            return Some(found);
        }
    }
    if line_span.start() > first_span.start()
        || message.starts_with("unclosed array,")
        || message.starts_with("unclosed inline")
    {
        return Some(unclosed(first, first_span, offset, message, sink));
    }
    if let Some(finding) = never_closed(line, line_span.shifted(offset), message, sink) {
        return Some(finding);
    }
    let place = if at.start() == at.end() { line_span } else { at };
    let finding = sink.finding("format/bad-toml", place.shifted(offset), said(message, line));
    Some(finding.help(help(message)))
}

/// A header, or a text of one line, that is never closed.
fn never_closed(line: &str, span: Span, message: &str, sink: &Sink) -> Option<Finding> {
    let place = trimmed(line, span);
    let typed = line.trim();
    if message.starts_with("unclosed array table") || message.starts_with("unclosed table") {
        let (open, close) = if typed.starts_with("[[") { ("[[", "]]") } else { ("[", "]") };
        let name = typed.trim_matches(['[', ']']).trim();
        let finding = sink.finding("format/bad-toml", place, format!("the header `{typed}` is not closed"));
        let meant = format!("{open}{name}{close}");
        let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_.\"'".contains(c));
        return Some(match plain {
            true => finding.help(format!("write `{meant}`")).certain_fix(place, meant),
            false => finding.help("a header stands between brackets: `[[objective]]`"),
        });
    }
    if !message.contains("basic string") && !message.contains("literal string") {
        return None;
    }
    let quote = if message.contains("literal") { '\'' } else { '"' };
    let finding = sink.finding("format/bad-toml", place, "the text that begins on this line is never closed");
    let finding = finding
        .help(format!("close it with `{quote}` on the same line, or write it between `\"\"\"` and `\"\"\"`"));
    let end = Span::new(place.end(), place.end());
    let whole = line.matches(quote).count() == 1 && !typed.contains(['[', '{']);
    Some(if whole { finding.suggestion(end, quote.to_string()) } else { finding })
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

fn help(message: &str) -> String {
    if message.starts_with("key with no value") {
        return "a key and its value are written `key = value`".to_owned();
    }
    "TOML has a `key = value` on each line, texts in quotes and headers in brackets".to_owned()
}

/// `key: value` and `---`: YAML and JSON.
fn habit(block: &str, offset: usize, line: &str, span: Span, sink: &Sink) -> Option<Finding> {
    let typed = line.trim();
    let place = trimmed(line, span.shifted(offset));
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
    if let Some(finding) = yaml_list(block, offset, typed, span, sink) {
        return Some(finding);
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

/// `key:` and a line `- entry` for each: a list as YAML writes it.
fn yaml_list(block: &str, offset: usize, typed: &str, span: Span, sink: &Sink) -> Option<Finding> {
    let key = typed.strip_suffix(':').filter(|key| key.chars().all(|c| c.is_alphanumeric() || c == '-'))?;
    let mut end = span.end();
    let mut entries = Vec::new();
    for line in block.get(span.end() + 1..).unwrap_or_default().split_inclusive('\n') {
        let Some(entry) = line.trim().strip_prefix("- ") else { break };
        entries.push(entry.trim().trim_matches(['"', '\'']).to_owned());
        end += 1 + line.trim_end_matches('\n').len();
    }
    let begins = block[span.start()..].len() - block[span.start()..].trim_start().len();
    let place = Span::new(span.start() + begins, end.min(block.len())).shifted(offset);
    let finding = sink.finding("format/bad-toml", place, format!("`{key}:` begins a list as YAML writes it"));
    let plain = |entry: &String| !entry.contains(['"', '\\']) && !entry.contains(": ");
    if entries.is_empty() {
        return None;
    }
    if !entries.iter().all(plain) {
        return Some(finding.help(format!("write a list of tables under `[[{key}]]`, a header each")));
    }
    let list: Vec<String> = entries.iter().map(|entry| format!("\"{entry}\"")).collect();
    let meant = format!("{key} = [{}]", list.join(", "));
    Some(finding.help(format!("write `{meant}`")).certain_fix(place, meant))
}

fn duplicate(block: &str, offset: usize, line: &str, span: Span, at: Span, sink: &Sink) -> Option<Finding> {
    let typed = line.trim();
    if typed.starts_with('[') {
        return mixed(block, offset, typed, trimmed(line, span), sink);
    }
    let name = block.get(at.start()..at.end()).unwrap_or_default();
    let finding = sink.finding("format/bad-toml", at.shifted(offset), format!("`{name}` is given twice"));
    let finding = finding.help("keep one of them");
    let before = block[..span.start()].rmatch_indices(name).find(|(found, _)| {
        let (line, _) = line_at(block, *found);
        line.trim_start().starts_with(name) && line.contains('=')
    });
    Some(match before {
        Some((found, _)) => {
            let place = sink.place(Span::new(found, found + name.len()).shifted(offset));
            finding.related(place, "it stands here first")
        }
        None => finding,
    })
}

/// A header that collides with what stands above it; none where that is told at what stands above.
fn mixed(block: &str, offset: usize, typed: &str, place: Span, sink: &Sink) -> Option<Finding> {
    let upto = &block[..place.start().min(block.len())];
    if let Some(parent) =
        typed.strip_prefix("[[").and_then(|rest| rest.split_once('.')).map(|(parent, _)| parent)
    {
        let key = typed.trim_matches(['[', ']']).rsplit('.').next().unwrap_or_default();
        let finding = sink
            .finding("format/mixed-forms", place.shifted(offset), format!("`{typed}` stands beside `{key} = […]` in one {parent}"))
            .help(format!("write all of its key results in one form: move this one into `{key} = […]`, or give each of them a header"));
        let first = upto.rfind(&format!("{key} =")).or_else(|| upto.rfind(&format!("{key}=")));
        return Some(match first {
            Some(found) => finding.related(
                sink.place(Span::new(found, found + key.len()).shifted(offset)),
                "the other form begins here",
            ),
            None => finding,
        });
    }
    let name = typed.trim_matches(['[', ']']);
    if is_list(name) {
        let single = |line: &str| line.trim_end() == format!("[{name}]");
        let part = |line: &str| {
            line.trim_start_matches('[').strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
        };
        if typed.starts_with("[[")
            && upto.lines().any(|line| single(line) || (line.starts_with('[') && part(line)))
        {
            return None;
        }
        let meant = format!("[[{name}]]");
        if single(typed) {
            let message = format!("`{typed}` is one table, and there are several");
            let finding = sink.finding("format/bad-toml", place.shifted(offset), message);
            return Some(finding.help(format!("write `{meant}`")).certain_fix(place.shifted(offset), meant));
        }
    }
    Some(
        sink.finding(
            "format/bad-toml",
            place.shifted(offset),
            format!("`{typed}` collides with `{name}` above"),
        )
        .help(format!("write every {name} with the same header")),
    )
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
    Span::new(span.start() + before, span.start() + before + line.trim().len())
}
