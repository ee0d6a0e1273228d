//! Blocks of code with a dozen short classes: what the highlighter knows is mapped to what a reader
//! tells apart.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::escape;

/// Longer blocks are shown plain: nobody reads them for their colours.
const MOST_BYTES: usize = 60_000;
/// Longer lines are shown plain, for the same reason.
const MOST_LINE: usize = 2_000;

/// Scopes by what begins their name, the first that fits; the class is theirs.
const CLASSES: [(&str, &str); 26] = [
    ("comment", "c"),
    ("string", "s"),
    ("constant.numeric", "n"),
    ("constant.other.date", "n"),
    ("constant.other.time", "n"),
    ("constant.language", "n"),
    ("constant.character.escape", "o"),
    ("constant", "n"),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("variable.function", "f"),
    ("entity.name.tag", "t"),
    ("entity.name.section", "t"),
    ("entity.name.type", "t"),
    ("entity.name.table", "t"),
    ("entity.name", "t"),
    ("entity.other.attribute-name", "a"),
    ("storage", "k"),
    ("keyword.operator", "o"),
    ("keyword", "k"),
    ("support.type", "k"),
    ("variable.parameter", "p"),
    ("markup.inserted", "i"),
    ("markup.deleted", "d"),
    ("markup.heading", "h"),
    ("meta.mapping.key", "k"),
];

fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

fn classes() -> &'static [(Scope, &'static str)] {
    static SCOPES: OnceLock<Vec<(Scope, &'static str)>> = OnceLock::new();
    SCOPES.get_or_init(|| {
        CLASSES.iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class))).collect()
    })
}

fn find(language: &str) -> Option<&'static SyntaxReference> {
    if language.is_empty() || matches!(language, "text" | "txt" | "plain" | "console") {
        return None;
    }
    syntaxes().find_syntax_by_token(language)
}

/// Adds a block of code to HTML; `label` is what a screen reader calls it, as it can be scrolled by
/// keyboard.
pub(super) fn block(language: &str, text: &str, label: &str, html: &mut String) {
    html.push_str("<pre tabindex=\"0\" role=\"region\" aria-label=\"");
    escape(label, html);
    html.push_str("\"><code");
    let plain: String =
        language.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '_')).collect();
    if !plain.is_empty() {
        html.push_str(" class=\"language-");
        html.push_str(&plain.to_lowercase());
        html.push('"');
    }
    html.push('>');
    match find(language) {
        Some(syntax) if text.len() <= MOST_BYTES && text.lines().all(|line| line.len() <= MOST_LINE) => {
            highlight(syntax, text, html);
        }
        _ => escape(text, html),
    }
    html.push_str("</code></pre>\n");
}

fn highlight(syntax: &SyntaxReference, text: &str, html: &mut String) {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut open: Option<&'static str> = None;
    for line in text.split_inclusive('\n') {
        let Ok(changes) = state.parse_line(line, syntaxes()) else {
            switch(&mut open, None, html);
            escape(line, html);
            continue;
        };
        let mut from = 0;
        for (at, change) in changes {
            write(&line[from..at], class(&stack), &mut open, html);
            from = at;
            // a stack that cannot be popped costs a colour, not the text
            let _ = stack.apply(&change);
        }
        write(&line[from..], class(&stack), &mut open, html);
    }
    switch(&mut open, None, html);
}

fn write(text: &str, class: Option<&'static str>, open: &mut Option<&'static str>, html: &mut String) {
    if text.is_empty() {
        return;
    }
    // space has no colour: a run goes on across it
    if !text.trim().is_empty() {
        switch(open, class, html);
    }
    escape(text, html);
}

fn switch(open: &mut Option<&'static str>, class: Option<&'static str>, html: &mut String) {
    if *open == class {
        return;
    }
    if open.is_some() {
        html.push_str("</span>");
    }
    if let Some(class) = class {
        html.push_str("<span class=\"");
        html.push_str(class);
        html.push_str("\">");
    }
    *open = class;
}

fn class(stack: &ScopeStack) -> Option<&'static str> {
    stack.as_slice().iter().rev().find_map(|scope| {
        classes().iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_coloured_by_few_classes_and_keeps_every_character() {
        let mut html = String::new();
        block("toml", "a = \"<x>\" # c\n", "Code", &mut html);
        assert!(html.contains("<span class=\"s\">&quot;&lt;x&gt;&quot;"), "{html}");
        assert!(html.contains("class=\"c\""), "{html}");
        let mut html = String::new();
        block("no-such", "a < b", "Code", &mut html);
        assert!(html.ends_with("<code class=\"language-no-such\">a &lt; b</code></pre>\n"), "{html}");
    }
}
