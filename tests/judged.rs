//! A book judged in memory, and its findings as lines that a test can expect.

use okrbook::Options;
use okrbook::date::Date;
use okrbook::diagnostic::{Finding, Fix, Reported};
use okrbook::inputs::Inputs;
use okrbook::session::Session;
use okrbook::source::{Place, Source, Span};

/// The longest piece of marked text that is quoted.
const LONGEST_MARK: usize = 70;

/// All findings in a book on a day.
pub fn judged(inputs: &Inputs, today: Date) -> Vec<Reported> {
    okrbook::check(&mut Session::new(), inputs, &Options::on(today)).findings.to_vec()
}

/// The text of a path, if it has one.
pub fn source<'a>(inputs: &'a Inputs, path: &str) -> Option<&'a Source> {
    if path == inputs.book.path.as_ref() { Some(&inputs.book) } else { inputs.documents.get(path) }
}

/// Findings as lines: where, how much, which rule, what is said, what is marked, what to do.
pub fn lines(inputs: &Inputs, findings: &[Reported]) -> Vec<String> {
    findings.iter().flat_map(|reported| one(inputs, reported)).collect()
}

fn one(inputs: &Inputs, reported: &Reported) -> Vec<String> {
    let finding = &reported.finding;
    let (place, severity) = (at(inputs, &finding.place), reported.severity.as_str());
    let mut lines = vec![format!("{place} {severity} {}: {}", finding.rule, finding.message)];
    let marked = marked(inputs, &finding.place);
    if !marked.is_empty() {
        lines.push(format!("  marks {marked}"));
    }
    lines.extend(finding.label.iter().map(|label| format!("  says {label}")));
    lines.extend(finding.help.iter().map(|help| format!("  help: {help}")));
    for fix in &finding.fixes {
        let old = quoted(slice(inputs, &finding.place.path, fix.span));
        let kind = if fix.certain { "fix" } else { "suggestion" };
        let start = at(inputs, &Place::new(&finding.place.path, fix.span));
        let start = start.strip_prefix(&*finding.place.path).unwrap_or(&start).trim_start_matches(':');
        lines.push(format!("  {kind} at {start}: {old} becomes {}", quoted(&fix.replacement)));
    }
    for related in &finding.related {
        lines.push(format!("  see {} {}", at(inputs, &related.place), related.message));
    }
    lines
}

fn at(inputs: &Inputs, place: &Place) -> String {
    match source(inputs, &place.path) {
        Some(source) => {
            let start = source.position(place.span.start());
            format!("{}:{}:{}", place.path, start.line, start.column)
        }
        None => place.path.to_string(),
    }
}

fn slice<'a>(inputs: &'a Inputs, path: &str, span: Span) -> &'a str {
    source(inputs, path).map_or("", |source| source.slice(span))
}

fn marked(inputs: &Inputs, place: &Place) -> String {
    let text = slice(inputs, &place.path, place.span);
    if text.is_empty() { String::new() } else { quoted(text) }
}

/// A text on one line, cut where it is long.
fn quoted(text: &str) -> String {
    let line: String = text.chars().flat_map(|c| if c == '\n' { vec!['⏎'] } else { vec![c] }).collect();
    match line.char_indices().nth(LONGEST_MARK) {
        Some((cut, _)) => format!("`{}…`", &line[..cut]),
        None => format!("`{line}`"),
    }
}

/// Every place that a finding names lies within its file, between characters.
pub fn places_are_sound(inputs: &Inputs, findings: &[Reported]) -> Result<(), String> {
    for Reported { finding, .. } in findings {
        let own = std::iter::once(&finding.place).chain(finding.related.iter().map(|other| &other.place));
        let fixes = finding.fixes.iter().map(|fix| Place::new(&finding.place.path, fix.span));
        for place in own.cloned().chain(fixes) {
            let theme = place.path.strip_prefix("themes/").and_then(|path| path.split_once('/'));
            let theme = theme.and_then(|(_, file)| inputs.theme.get(file));
            let theme = theme.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
            let text = source(inputs, &place.path).map_or(theme, |source| &source.text);
            let (start, end) = (place.span.start(), place.span.end());
            let sound = start <= end && text.is_char_boundary(start) && text.is_char_boundary(end);
            if !sound {
                return Err(format!("{}: {} is at {start}..{end}", place.path, finding.message));
            }
        }
    }
    Ok(())
}

/// The book after a fix.
pub fn fixed(inputs: &Inputs, finding: &Finding, fix: &Fix) -> Inputs {
    let path = &finding.place.path;
    let mut fixed = inputs.clone();
    let Some(old) = source(inputs, path) else { return fixed };
    let mut text = old.text.to_string();
    text.replace_range(fix.span.start()..fix.span.end(), &fix.replacement);
    let new = Source::new(path.as_ref(), text);
    if *path == inputs.book.path {
        fixed.book = new;
    } else {
        fixed.documents.add(new);
    }
    fixed
}

/// Every fix settles its finding, and what a certain one leaves is still TOML.
pub fn fixes_settle(inputs: &Inputs, today: Date, findings: &[Reported]) -> Result<(), String> {
    for Reported { finding, .. } in findings {
        for fix in &finding.fixes {
            let after = judged(&fixed(inputs, finding, fix), today);
            let same = |other: &&Reported| {
                other.finding.rule == finding.rule
                    && other.finding.message == finding.message
                    && other.finding.place.path == finding.place.path
            };
            let before = findings.iter().filter(same).count();
            if after.iter().filter(same).count() >= before {
                return Err(format!("`{}` does not settle: {}", fix.replacement, finding.message));
            }
            if fix.certain && unparsed(&after) > unparsed(findings) {
                return Err(format!("`{}` breaks what was whole: {}", fix.replacement, finding.message));
            }
        }
    }
    Ok(())
}

/// How many errors of TOML there are.
fn unparsed(findings: &[Reported]) -> usize {
    findings.iter().filter(|reported| reported.finding.rule == "format/bad-toml").count()
}
