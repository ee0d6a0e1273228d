//! Style sheets and scripts as they are sent: without what is there for those who read them.

/// A style sheet without comments and the space around its lines. Texts are kept as they are.
pub(super) fn style(css: &str) -> String {
    let mut small = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    let mut quote: Option<char> = None;
    while let Some(c) = chars.next() {
        match quote {
            Some(open) => {
                small.push(c);
                if c == '\\' {
                    small.extend(chars.next());
                } else if c == open {
                    quote = None;
                }
            }
            None if c == '/' && chars.peek() == Some(&'*') => {
                chars.next();
                let mut last = ' ';
                for c in chars.by_ref() {
                    if last == '*' && c == '/' {
                        break;
                    }
                    last = c;
                }
            }
            None if c.is_whitespace() => {
                if !small.ends_with([' ', '{', '}', ';', ',', ':']) {
                    small.push(' ');
                }
            }
            None => {
                if matches!(c, '"' | '\'') {
                    quote = Some(c);
                }
                // a space before these says nothing; before others it may be a selector's
                if matches!(c, '{' | '}' | ';' | ',') && small.ends_with(' ') {
                    small.pop();
                }
                if c == '}' && small.ends_with(';') {
                    small.pop();
                }
                small.push(c);
            }
        }
    }
    small.trim().to_owned()
}

/// A script of our own without its indentation, its empty lines and the lines that are comments. It knows no
/// JavaScript: ours have no text of several lines, which a test holds.
pub(super) fn script(source: &str) -> String {
    let told = |line: &&str| !line.is_empty() && !line.starts_with("//");
    let lines: Vec<&str> = source.lines().map(str::trim).filter(told).collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_is_made_smaller_without_touching_its_texts() {
        assert_eq!(
            style("/* c */ a  >  b :is(c) {\n  color: red;\n  content: \"/* x:  y  */\";\n}\n"),
            "a > b :is(c){color:red;content:\"/* x:  y  */\"}"
        );
    }

    #[test]
    fn a_script_loses_its_comments_and_keeps_its_lines() {
        assert_eq!(script("// a\n\n  const a = \"//\"; // b\n    a();\n"), "const a = \"//\"; // b\na();\n");
    }

    #[test]
    fn our_scripts_have_no_text_of_several_lines() {
        for (name, source) in [
            ("okrbook.js", include_str!("../../themes/default/static/okrbook.js")),
            ("search.js", include_str!("../../themes/default/static/search.js")),
            ("cards.js", include_str!("../../themes/default/static/cards.js")),
        ] {
            let odd = source.lines().find(|line| {
                line.matches('`').count() % 2 == 1 || line.contains("/*") && !line.contains("*/")
            });
            assert_eq!(odd, None, "{name}");
        }
    }
}
