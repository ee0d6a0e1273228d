//! Addresses as text: their scheme, and paths from one file of the source folder to another.

/// The scheme that an address begins with, in lower case.
pub(super) fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let plain = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    plain.then(|| scheme.to_ascii_lowercase())
}

/// A path relative to a file's folder, from the source folder's root; none if it leaves it.
pub(super) fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The path to a file from the folder of another, both from the source folder's root.
pub(super) fn relative(from: &str, to: &str) -> String {
    let folder: Vec<&str> = from.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect();
    let parts: Vec<&str> = to.split('/').collect();
    let shared = folder.iter().zip(&parts[..parts.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(folder.len() - shared);
    format!("{up}{}", parts[shared..].join("/")).replace(' ', "%20")
}

/// The scheme of an address that is refused wherever a link can stand; none for an address that is not,
/// and for words that are no address.
pub fn refused_scheme(address: &str) -> Option<String> {
    let plain: String = address.trim().chars().filter(|c| !c.is_control()).collect();
    if plain.contains(char::is_whitespace) {
        return None;
    }
    scheme(&plain).filter(|scheme| !matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel"))
}

/// An address without its per cent signs; what does not decode stays as it is.
pub(super) fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = (*first == b'%' && tail.len() >= 2)
            .then(|| std::str::from_utf8(&tail[..2]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .flatten();
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_within_the_source_folder() {
        assert_eq!(join("guide/a.md", "b.md").as_deref(), Some("guide/b.md"));
        assert_eq!(join("guide/a.md", "../x/./b.md").as_deref(), Some("x/b.md"));
        assert_eq!(join("guide/a.md", "/b.md").as_deref(), Some("b.md"));
        assert_eq!(join("guide/a.md", "../../b.md"), None);
        assert_eq!(decode("a%20b%zz"), "a b%zz");
        assert_eq!(relative("guide/a.md", "guide/x/b.md"), "x/b.md");
        assert_eq!(relative("guide/x/a.md", "b c.md"), "../../b%20c.md");
        assert_eq!(relative("a.md", "b.md"), "b.md");
    }

    #[test]
    fn schemes_are_seen_through_disguise() {
        assert_eq!(scheme("JavaScript:alert(1)").as_deref(), Some("javascript"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(refused_scheme("java\tscript:alert(1)").as_deref(), Some("javascript"));
        assert_eq!(refused_scheme("Finance: the monthly close"), None);
        assert_eq!(refused_scheme("https://x.org"), None);
    }
}
