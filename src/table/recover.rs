//! TOML that does not parse: every error of a text, at most one a region, and as much as can be
//! read of the rest.
//!
//! The parser recovers by itself, but an unclosed bracket makes everything after it wrong. So the
//! region of the first error that loses something is blanked, and the text is parsed again.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Finding, Sink};
use crate::source::Span;

use super::bracket::fault;
use super::mistake;

/// As many regions as are reported in one text; an author who has more is not helped by a list.
const MOST_REGIONS: usize = 60;
/// As many bytes as are parsed again in search of further regions.
const MOST_BYTES: usize = 40_000_000;

/// Parses a block of TOML that begins `offset` bytes into its file, and gives what could be read to
/// `read`, with the stretches that were lost: only outside of them is an absent key a missing one.
/// Never fails: what cannot be read becomes findings.
pub fn parse<T>(
    block: &str,
    offset: usize,
    sink: &mut Sink,
    read: impl FnOnce(&DeTable<'_>, &[Span]) -> T,
) -> T {
    let mut text = Cow::Borrowed(block);
    let mut found: Vec<Finding> = Vec::new();
    let mut lost: Vec<Span> = Vec::new();
    let rounds = MOST_REGIONS.min(MOST_BYTES / block.len().max(1) + 1);
    for round in 0..=rounds {
        let (table, errors) = DeTable::parse_recoverable(&text);
        let (kept, harmful): (Vec<_>, Vec<_>) =
            errors.into_iter().partition(|error| is_harmless(&text, error));
        let first = harmful.into_iter().min_by_key(start);
        let Some(error) = first.filter(|_| round < rounds) else {
            found.extend(kept.iter().filter_map(|error| mistake::in_value(block, offset, error, sink)));
            found.sort_by_key(|finding| finding.place.span);
            sink.findings.extend(found);
            return read(table.get_ref(), &lost);
        };
        let at = start(&error);
        let fault = opener(&text, at).or_else(|| open_line(&text, at)).and_then(|open| fault(&text, open));
        let fault = fault.filter(|fault| fault.at <= at && fault.end <= at.max(fault.at + 1));
        let lines = fault.as_ref().and_then(|fault| fault.lines(&text));
        let region = lines.unwrap_or_else(|| region(&text, at, error.message()));
        let finding = match fault {
            Some(fault) => Some(mistake::in_brackets(block, offset, &fault, sink)),
            None => mistake::in_region(block, offset, region, &error, sink),
        };
        // a second header of one mixed objective is the same mistake
        let again = |other: &Finding, own: &Finding| {
            own.rule == "format/mixed-forms" && other.rule == own.rule && other.related == own.related
        };
        if let Some(finding) = finding.filter(|own| !found.iter().any(|other| again(other, own))) {
            found.push(finding);
        }
        lost.push(region.shifted(offset));
        let blanked = blanked(&text, region).unwrap_or_else(|| " ".repeat(block.len()));
        text = Cow::Owned(blanked);
    }
    read(&DeTable::new(), &[Span::new(offset, offset + block.len())])
}

fn start(error: &toml::de::Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

/// Whether the parser kept a value in spite of an error: a text without quotes, a day that does
/// not exist.
fn is_harmless(text: &str, error: &toml::de::Error) -> bool {
    let Some(span) = error.span() else { return false };
    let message = error.message();
    let kept = message.starts_with("string values must be quoted") || message.starts_with("invalid date");
    // without a value on the same line the text is a key, or what is left of one
    kept && text[..span.start].trim_end_matches([' ', '\t']).ends_with(['=', ',', '['])
}

/// A line that is the header of a table.
pub fn begins_header(line: &str) -> bool {
    let name = line.trim_end().trim_start_matches('[').split(']').next().unwrap_or_default();
    line.starts_with('[')
        && !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || "-_.\"' ".contains(c))
}

/// A line that begins a statement: a header, or a key and `=`.
pub fn begins_statement(line: &str) -> bool {
    if line.starts_with('[') {
        return true;
    }
    let Some((key, _)) = line.split_once('=') else { return false };
    let key = key.trim_end();
    !key.is_empty()
        && !key.starts_with([' ', '\t', '{', '}', '#', ',', ']'])
        && key.chars().all(|c| c.is_alphanumeric() || "-_.\"'".contains(c))
}

/// The line at which a statement stands whose brackets it opens and does not close.
fn open_line(text: &str, at: usize) -> Option<usize> {
    let at = at.min(text.len());
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    (!line.starts_with('[') && line.contains('=') && depth_after(0, line) > 0).then_some(start)
}

/// The stretch of text that an error spoils.
fn region(text: &str, at: usize, message: &str) -> Span {
    let at = at.min(text.len());
    let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let line = &text[line_start..line_end];
    if line.trim_start().starts_with("[[") && message == "duplicate key" {
        return Span::new(line_start, next_header(text, line_end, ""));
    }
    if line.starts_with('[')
        && !line.trim_end().trim_end_matches(']').is_empty()
        && opener(text, at).is_none()
    {
        let family = line.trim_start_matches('[').split([']', ' ', '#']).next().unwrap_or_default();
        return Span::new(line_start, next_header(text, line_end, family));
    }
    // a list as YAML writes it goes on with its entries
    if line.trim_end().ends_with(':') {
        let entries = lines_after(text, line_end).take_while(|(_, line)| line.trim_start().starts_with("- "));
        let end = entries.last().map_or(line_end, |(at, line)| at + line.trim_end_matches('\n').len());
        return Span::new(line_start, end.max(line_end));
    }
    if let Some(open) = opener(text, at) {
        let first_end = text[open..].find('\n').map_or(text.len(), |end| open + end);
        if let Some(item) = open_item(text, open, line_start) {
            return item;
        }
        if line_start > open
            && line.trim_start().starts_with('{')
            && line.trim_end().trim_end_matches(',').ends_with('}')
        {
            return Span::new(line_start, line_end);
        }
        return Span::new(open, next_statement(text, first_end));
    }
    let end = if message.contains("basic string") || message.contains("literal string") {
        line_end
    } else {
        line_end.max(at)
    };
    Span::new(line_start, end)
}

/// Where the statement begins whose brackets are still open at `at`, if one is.
fn opener(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut statement = 0;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if offset > at || (offset == at && depth == 0) {
            break;
        }
        if depth == 0 {
            statement = offset;
            if line.trim_start().starts_with('[') {
                offset += line.len();
                continue;
            }
        }
        let upto = line.len().min((at + 1).saturating_sub(offset).max(1));
        depth = depth_after(
            depth,
            if offset + line.len() > at { text.get(offset..offset + upto).unwrap_or(line) } else { line },
        );
        offset += line.len();
    }
    (depth > 0).then_some(statement)
}

/// The line of an entry whose braces are still open where the next entry begins.
fn open_item(text: &str, statement: usize, line_start: usize) -> Option<Span> {
    let mut depths = Vec::new();
    let mut depth = 0;
    let mut offset = statement;
    for line in text[statement..].split_inclusive('\n') {
        if offset >= line_start {
            break;
        }
        depths.push((offset, line.trim_end().len(), depth));
        depth = depth_after(depth, line);
        offset += line.len();
    }
    let begins_entry = text[line_start..].trim_start().starts_with('{');
    if !begins_entry || depth < 2 || offset != line_start {
        return None;
    }
    // the last line before which only the list was open
    let (at, length, _) = depths.into_iter().rev().find(|(_, _, before)| *before == 1)?;
    Some(Span::new(at, at + length))
}

/// The depth of brackets after a line, strings and comments left aside.
fn depth_after(mut depth: usize, line: &str) -> usize {
    let mut quote = None;
    let mut escaped = false;
    for c in line.chars() {
        match quote {
            Some('"') if escaped => escaped = false,
            Some('"') if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None => match c {
                '"' | '\'' => quote = Some(c),
                '#' => return depth,
                '[' | '{' => depth += 1,
                ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            },
        }
    }
    depth
}

/// The first line after `from` that begins a statement.
fn next_statement(text: &str, from: usize) -> usize {
    lines_after(text, from).find(|(_, line)| begins_statement(line)).map_or(text.len(), |(at, _)| at)
}

/// The first header after `from` that is not of a table within `family`.
fn next_header(text: &str, from: usize, family: &str) -> usize {
    let within = |line: &str| {
        !family.is_empty()
            && line.trim_start_matches('[').strip_prefix(family).is_some_and(|rest| rest.starts_with('.'))
    };
    lines_after(text, from)
        .find(|(_, line)| line.trim_start().starts_with('[') && !within(line.trim_start()))
        .map_or(text.len(), |(at, _)| at)
}

fn lines_after(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = (from + 1).min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    text[at..].split_inclusive('\n').scan(at, |offset, line| {
        let begin = *offset;
        *offset += line.len();
        Some((begin, line))
    })
}

/// The text with spaces in place of a region, its line ends kept, so that all other places stay.
/// None if there was nothing left to blank.
fn blanked(text: &str, region: Span) -> Option<String> {
    let mut end = region.end().min(text.len()).max((region.start() + 1).min(text.len()));
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let spoiled = &text[region.start()..end];
    if spoiled.trim().is_empty() {
        return None;
    }
    let mut blank = String::with_capacity(text.len());
    blank.push_str(&text[..region.start()]);
    blank.extend(
        spoiled.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }),
    );
    blank.push_str(&text[end..]);
    Some(blank)
}

/// Whether a table was written in braces, and not under a header.
pub(super) fn is_inline(value: &DeValue<'_>, text: &str, span: Span) -> bool {
    matches!(value, DeValue::Table(_)) && text[span.start().min(text.len())..].starts_with('{')
}
