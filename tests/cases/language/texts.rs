//! What a page says to a reader, text by text: its text nodes, and the attributes that are read out.

/// Elements without an end.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "line",
    "use",
];
/// What is not words.
const NO_WORDS: &[&str] = &["script", "style", "code", "pre", "kbd"];
/// What people wrote, and not the program.
const AUTHORED: &[&str] = &["prose", "words", "came", "why"];
/// Attributes that say something.
const SAYING: &[&str] =
    &["aria-label", "title", "data-label", "data-copied", "data-failed", "alt", "placeholder"];

/// The texts of a page, without those that people wrote and those in a language of their own.
pub fn texts(html: &str) -> Vec<String> {
    let mut said = Vec::new();
    let mut open: Vec<(String, bool)> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let hidden = open.last().is_some_and(|(_, hidden)| *hidden);
        let Some(after) = rest.strip_prefix('<') else {
            let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            if !hidden && text.contains(char::is_alphabetic) {
                said.push(unescaped(text));
            }
            rest = after;
            continue;
        };
        let end = end_of_tag(after);
        let tag = &after[..end];
        rest = after.get(end + 1..).unwrap_or_default();
        if let Some(name) = tag.strip_prefix('/') {
            while let Some((last, _)) = open.pop() {
                if last == name {
                    break;
                }
            }
            continue;
        }
        if tag.starts_with('!') {
            continue;
        }
        let name = tag.split([' ', '/', '\n']).next().unwrap_or_default();
        let attributes = attributes(tag);
        let hidden = hidden || is_hidden(name, &attributes);
        if !hidden {
            let sayings = attributes.iter().filter(|(name, _)| SAYING.contains(name));
            said.extend(sayings.map(|(_, value)| unescaped(value)));
        }
        if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push((name.to_owned(), hidden));
        }
    }
    said
}

fn is_hidden(name: &str, attributes: &[(&str, &str)]) -> bool {
    let value = |of: &str| attributes.iter().find(|(name, _)| *name == of).map(|(_, value)| *value);
    let classes = value("class").unwrap_or_default();
    NO_WORDS.contains(&name)
        || name == "blockquote"
        || classes.split(' ').any(|class| AUTHORED.contains(&class))
        || (name != "html" && value("lang").is_some())
}

/// Where a tag ends: the first `>` that is in no quotes.
fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    let end = text.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == '>' && !quoted
    });
    end.map_or(text.len(), |(at, _)| at)
}

fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut all = Vec::new();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before.rsplit([' ', '\n']).next().unwrap_or_default();
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        all.push((name, value));
        rest = after;
    }
    all
}

/// Text as it was before it was escaped.
pub fn unescaped(text: &str) -> String {
    text.replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

#[test]
fn a_page_is_read_as_a_reader_would() {
    let html = "<!doctype html><html lang=\"qx\"><a title=\"T &amp; U\" href=\"x\">one <b class=\"a words\">no</b> \
                two</a><br><p lang=\"en\">no <i>no</i></p><code>no</code>tail 5</html>";
    assert_eq!(texts(html), ["T & U", "one ", " two", "tail 5"]);
}
