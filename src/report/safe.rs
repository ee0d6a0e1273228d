//! What authors wrote, made safe to show: no character acts on the terminal, turns the direction
//! of the text around it or forges a line, and none is so long that it drowns the rest.

/// The most characters of a message, label or help that are shown.
const LONGEST: usize = 600;

/// A text on one line: control characters become their pictures, what is invisible and acts
/// its code point, and of a very long text the middle is left out.
pub(super) fn line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(LONGEST * 4));
    each(text, |c| push(&mut shown, c));
    shown
}

/// The same for text that may have lines of its own (a help).
pub(super) fn lines(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(LONGEST * 4));
    each(text.trim_end(), |c| if c == '\n' { shown.push('\n') } else { push(&mut shown, c) });
    shown
}

/// The same for a whole text of any length, in its lines and with its tabs.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\n' | '\t') { shown.push(c) } else { push(&mut shown, c) }
    }
    shown
}

/// Adds one character of a source line or a message, as it is safe to show.
pub(super) fn push(shown: &mut String, c: char) {
    match c {
        '\t' => shown.push_str("    "),
        '\0'..='\u{1f}' => shown.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
        '\u{7f}' => shown.push('\u{2421}'),
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => shown.push_str(&format!("<U+{:04X}>", c as u32)),
        _ => shown.push(c),
    }
}

fn each(text: &str, mut take: impl FnMut(char)) {
    if text.len() <= LONGEST {
        text.chars().for_each(take);
        return;
    }
    let head = text.char_indices().nth(LONGEST * 2 / 3).map_or(text.len(), |(at, _)| at);
    let tail = text.char_indices().rev().nth(LONGEST / 3).map_or(0, |(at, _)| at);
    if tail <= head {
        text.chars().for_each(take);
        return;
    }
    text[..head].chars().for_each(&mut take);
    " … ".chars().for_each(&mut take);
    text[tail..].chars().for_each(take);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_on_a_terminal_is_left() {
        assert_eq!(line("a\u{1b}[31mb\tc\nd\u{202e}e\u{9b}"), "a␛[31mb    c␊d<U+202E>e<U+009B>");
        assert_eq!(lines("a\nb\r\n"), "a\nb");
        assert_eq!(line("é 日本 👩‍💻"), "é 日本 👩‍💻");
    }

    #[test]
    fn a_very_long_text_loses_its_middle() {
        let shown = line(&format!("begin {} end", "x".repeat(10_000_000)));
        assert!(shown.chars().count() < LONGEST + 10);
        assert!(shown.starts_with("begin x") && shown.ends_with("x end"));
    }
}
