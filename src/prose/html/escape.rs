//! Text as HTML, and HTML as text.

use std::convert::Infallible;

/// Text for HTML, in elements and attributes alike.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    escape(text, &mut html);
    html
}

/// Adds text to HTML.
pub fn escape(text: &str, html: &mut String) {
    let Ok(()) = escape_into(text, |piece| {
        html.push_str(piece);
        Ok::<(), Infallible>(())
    });
}

/// Gives text for HTML piece by piece, until one is not taken.
///
/// # Errors
/// Those of `give`.
pub fn escape_into<E>(text: &str, mut give: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let bytes = text.as_bytes();
    let (mut given, mut at) = (0, 0);
    while let Some(further) = bytes[at..].iter().position(|byte| MARKED[usize::from(*byte)]) {
        at += further;
        let (instead, length) = match bytes[at] {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            b'\'' => ("&#39;", 1),
            BEGINS_CONTROL if !matches!(bytes.get(at + 1), Some(0x80..=0x9f)) => {
                at += 2;
                continue;
            }
            // not allowed in HTML; NUL and its like come from files, not from people
            byte => ("\u{fffd}", if byte == BEGINS_CONTROL { 2 } else { 1 }),
        };
        give(&text[given..at])?;
        give(instead)?;
        at += length;
        given = at;
    }
    give(&text[given..])
}

/// Begins the control characters beyond ASCII, and others.
const BEGINS_CONTROL: u8 = 0xc2;

/// The bytes that begin what may not stand in HTML as it is.
const MARKED: [bool; 256] = {
    let mut marked = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let one = byte as u8;
        let is_control = one < 0x20 && !matches!(one, b'\n' | b'\t' | b'\r') || one == 0x7f;
        marked[byte] = is_control || matches!(one, b'&' | b'<' | b'>' | b'"' | b'\'' | BEGINS_CONTROL);
        byte += 1;
    }
    marked
};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_does_not_allow_is_not_in_it() {
        assert_eq!(escaped("<a b='\"'> & §\n"), "&lt;a b=&#39;&quot;&#39;&gt; &amp; §\n");
        assert_eq!(
            escaped("a\u{1b}[31m\0'\u{7f}\u{85}é\u{a0}"),
            "a\u{fffd}[31m\u{fffd}&#39;\u{fffd}\u{fffd}é\u{a0}"
        );
        for c in (0..=0x2ff_u32).filter_map(char::from_u32) {
            let allowed = !c.is_control() || matches!(c, '\n' | '\t' | '\r');
            let text = format!("x{c}y");
            assert_eq!(escaped(&text).contains('\u{fffd}'), !allowed, "{text:?}");
            assert!(escaped(&text).starts_with('x') && escaped(&text).ends_with('y'), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_taken_ends_it() {
        let mut given = Vec::new();
        let ended = escape_into("a<b<c", |piece| {
            given.push(piece.to_owned());
            if given.len() < 3 { Ok(()) } else { Err("full") }
        });
        assert_eq!((ended, given), (Err("full"), ["a", "&lt;", "b"].map(str::to_owned).to_vec()));
    }
}
