//! Text as HTML, and HTML as text.

/// Text for HTML, in elements and attributes alike.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    escape(text, &mut html);
    html
}

/// Adds text to HTML.
pub fn escape(text: &str, html: &mut String) {
    let mut rest = 0;
    for (at, c) in text.char_indices() {
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            // not allowed in HTML; NUL and its like come from files, not from people
            c if c.is_control() && !matches!(c, '\n' | '\t' | '\r') => "\u{fffd}",
            _ => continue,
        };
        html.push_str(&text[rest..at]);
        html.push_str(instead);
        rest = at + c.len_utf8();
    }
    html.push_str(&text[rest..]);
}

/// HTML without its tags, its entities kept.
pub(super) fn without_tags(html: &str) -> String {
    let mut words = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => words.push(c),
            _ => {}
        }
    }
    words.trim().to_owned()
}

/// Text that holds entities already, for an attribute.
pub(super) fn escaped_once(text: &str) -> String {
    text.replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
