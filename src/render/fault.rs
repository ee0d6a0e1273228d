//! What the template engine says is wrong, as a finding: in which file of the theme, and where in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::ErrorKind;

use crate::diagnostic::Finding;
use crate::source::{Place, Source, Span};

/// A template's error as a finding. `template` is the one that was asked for; `own` are the theme's files.
pub(super) fn finding(
    theme: &str,
    template: &str,
    error: &tera::Error,
    own: &BTreeMap<String, Vec<u8>>,
) -> Finding {
    let fault = Fault::of(template, error, own);
    let folder = if fault.file.starts_with("default/") { "default" } else { theme };
    let path = match fault.file.trim_start_matches("default/") {
        // what is wrong with no template in particular is told where the theme speaks of itself
        "" => format!("themes/{folder}/theme.toml"),
        file => format!("themes/{folder}/templates/{file}"),
    };
    let place = Place { path: Arc::from(path), span: fault.span };
    Finding::new("format/bad-theme", place, format!("the template does not work: {}", fault.message))
        .help("the guide on themes lists what a template is given")
}

/// A template that is no text.
pub(super) fn not_utf8(source: &Source, at: usize, byte: u8) -> Finding {
    let place = Place::new(&source.path, Span::new(at, at));
    Finding::new(
        "format/bad-theme",
        place,
        format!("the template does not work: byte {byte:#04x} is not UTF-8"),
    )
    .help("save it as UTF-8")
}

struct Fault {
    file: String,
    span: Span,
    message: String,
}

impl Fault {
    fn of(template: &str, error: &tera::Error, own: &BTreeMap<String, Vec<u8>>) -> Self {
        let at = |file: &str, span: Span, message: String| Self { file: file.to_owned(), span, message };
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let span = Span::from(report.span().range.clone());
                at(report.filename(), span, report.message().to_owned())
            }
            ErrorKind::CircularExtend { tpl, inheritance_chain: chain } => {
                at(tpl, Span::default(), format!("it extends itself{}", by_way_of(tpl, chain)))
            }
            ErrorKind::CircularInclude { tpl, include_chain: chain } => {
                at(tpl, Span::default(), format!("it includes itself{}", by_way_of(tpl, chain)))
            }
            ErrorKind::MissingParent { current, parent } => {
                at(current, Span::default(), format!("it extends `{parent}`, which is not there"))
            }
            ErrorKind::TemplateNotFound(name) => at(name, Span::default(), "it is not there".to_owned()),
            _ => Self::of_text(template, &error.to_string(), own),
        }
    }

    /// Of several errors at once the engine gives a text alone: the first line says what, the second where.
    fn of_text(template: &str, text: &str, own: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut lines = text.lines();
        let message = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let place = lines.next().and_then(|line| line.trim_start().strip_prefix("--> "));
        let mut parts = place.unwrap_or_default().rsplitn(3, ':');
        let (column, line, file) = (parts.next(), parts.next(), parts.next());
        let Some(file) = file else {
            return Self { file: template.to_owned(), span: Span::default(), message };
        };
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
        let span = own
            .get(&format!("templates/{file}"))
            .map(|bytes| spot(&Source::from_bytes(file, bytes.clone()).text, number(line), number(column)));
        Self { file: file.to_owned(), span: span.unwrap_or_default(), message }
    }
}

/// `` by way of `a.html` ``, where others lie between a template and itself.
fn by_way_of(template: &str, chain: &[String]) -> String {
    let others: Vec<String> =
        chain.iter().filter(|other| *other != template).map(|other| format!("`{other}`")).collect();
    if others.is_empty() { String::new() } else { format!(" by way of {}", others.join(", ")) }
}

/// A line and a column, from 1, as a place in a text.
fn spot(text: &str, line: usize, column: usize) -> Span {
    let above: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let before: usize = text[above..].chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    Span::new(above + before, above + before)
}

#[cfg(test)]
mod tests {
    use super::super::theme::Theme;
    use super::*;

    fn said(templates: &[(&str, &str)]) -> String {
        let files =
            templates.iter().map(|(name, text)| (format!("templates/{name}"), text.as_bytes().to_vec()));
        let book = Place { path: Arc::from("book.toml"), span: Span::default() };
        let found = Theme::new("x", &files.collect(), "en", &book).unwrap_err();
        let file = found.place.path.strip_prefix("themes/x/templates/").unwrap();
        let text = templates.iter().find(|(name, _)| *name == file).unwrap().1;
        let start = Source::new(Arc::clone(&found.place.path), text).position(found.place.span.start());
        let message = found.message.strip_prefix("the template does not work: ").unwrap();
        format!("{file}:{}:{} {message}", start.line, start.column)
    }

    #[test]
    fn an_error_is_told_in_its_file() {
        assert_eq!(said(&[("home.html", "a\nä {{ 1 | nope }}")]), "home.html:2:10 Unknown filter `nope`");
        assert_eq!(said(&[("home.html", "{{ nope() }}")]), "home.html:1:4 Unknown function `nope`");
        assert_eq!(
            said(&[("okrs.html", "x"), ("home.html", "\n{% include \"z.html\" %}")]),
            "home.html:2:12 Unknown template `z.html`"
        );
        assert!(said(&[("home.html", "\n\n{% if %}")]).starts_with("home.html:3:"));
    }

    #[test]
    fn what_goes_round_or_misses_is_told_where_it_begins() {
        assert_eq!(said(&[("home.html", "{% include \"home.html\" %}")]), "home.html:1:1 it includes itself");
        assert_eq!(said(&[("home.html", "{% extends \"home.html\" %}")]), "home.html:1:1 it extends itself");
        let round = said(&[("a.html", "{% include \"b.html\" %}"), ("b.html", "{% include \"a.html\" %}")]);
        assert!(
            round.ends_with("it includes itself by way of `b.html`") || round.starts_with("b.html"),
            "{round}"
        );
        assert_eq!(
            said(&[("home.html", "{% extends \"z.html\" %}")]),
            "home.html:1:1 it extends `z.html`, which is not there"
        );
    }
}
