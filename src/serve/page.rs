//! What is added to a page on its way out, and the tag by which a browser asks whether it changed.
//!
//! The tag has three parts: the page itself, the style sheets that it names, and the overlay. A browser
//! whose page differs in the last two only puts the new ones in place and keeps everything else. The
//! number of the generation has no part in it: it is of the site, not of the page.

use xxhash_rust::xxh3::xxh3_64;

use super::overlay::Overlay;

/// What is shown while there is no page at all.
pub(super) const NOTHING: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
<title>Nothing to show yet</title>\n</head>\n<body>\n<h1>Nothing to show yet</h1>\n\
<p>The pages appear here as soon as the handbook can be built.</p>\n</body>\n</html>\n";

/// What is shown in place of a page whose template fails.
pub(super) const BROKEN: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
<title>This page cannot be made</title>\n</head>\n<body>\n<h1>This page cannot be made</h1>\n\
<p>It appears here as soon as its template works.</p>\n</body>\n</html>\n";

/// A page as it is served.
#[derive(Debug)]
pub(super) struct Dressed {
    /// Its tag, in quotation marks.
    pub(super) etag: String,
    /// Its bytes.
    pub(super) html: Vec<u8>,
}

/// A page of a generation with its number, the script that keeps it new, and the overlay.
pub(super) fn dressed(page: &[u8], number: u64, overlay: Option<&Overlay>) -> Dressed {
    let head = find(page, b"</head>").unwrap_or(page.len());
    let (sheets, rest) = sheets(page, head);
    let over = overlay.map_or(0, |overlay| xxh3_64(overlay.html.as_bytes()));
    let tag = format!("{rest:016x}-{sheets:016x}-{over:016x}");
    let added = format!(
        "<meta name=\"okrbook-generation\" content=\"{number}\">\n\
         <script src=\"/__okrbook/reload.js\" data-page=\"{tag}\" defer></script>\n"
    );
    let end = find_last(page, b"</body>").filter(|end| *end >= head).unwrap_or(page.len());
    let overlay = overlay.map_or("", |overlay| &overlay.html);
    let mut html = Vec::with_capacity(page.len() + added.len() + overlay.len());
    for part in [&page[..head], added.as_bytes(), &page[head..end], overlay.as_bytes(), &page[end..]] {
        html.extend_from_slice(part);
    }
    Dressed { etag: format!("\"{tag}\""), html }
}

/// The hash of the links to style sheets in a page's head, and that of the page without them.
fn sheets(page: &[u8], head: usize) -> (u64, u64) {
    let (mut links, mut rest) = (Vec::new(), Vec::with_capacity(page.len()));
    let mut at = 0;
    while let Some(start) = find(&page[at..head], b"<link").map(|found| at + found) {
        let Some(end) = find(&page[start..head], b">").map(|found| start + found + 1) else { break };
        rest.extend_from_slice(&page[at..start]);
        let link = &page[start..end];
        let is_sheet = find(link, b"stylesheet").is_some();
        if is_sheet { &mut links } else { &mut rest }.extend_from_slice(link);
        at = end;
    }
    rest.extend_from_slice(&page[at..]);
    (xxh3_64(&links), xxh3_64(&rest))
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|part| part.eq_ignore_ascii_case(wanted))
}

fn find_last(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).rposition(|part| part.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><head><link rel=\"icon\" href=\"i\"><link rel=\"stylesheet\" href=\"a\"></head>\
                        <body>x</body></html>";

    fn parts(page: &str, number: u64, overlay: Option<&str>) -> Vec<String> {
        let overlay = overlay.map(|html| Overlay { html: html.to_owned() });
        let tag = dressed(page.as_bytes(), number, overlay.as_ref()).etag;
        tag.trim_matches('"').split('-').map(str::to_owned).collect()
    }

    #[test]
    fn the_tag_says_which_part_changed() {
        let first = parts(PAGE, 1, None);
        assert_eq!(first, parts(PAGE, 2, None));
        let differs = |other: &[String]| -> Vec<bool> {
            first.iter().zip(other).map(|(one, other)| one != other).collect()
        };
        assert_eq!(differs(&parts(PAGE, 1, Some("<aside>"))), [false, false, true]);
        assert_eq!(differs(&parts(&PAGE.replace("\"a\"", "\"b\""), 1, None)), [false, true, false]);
        assert_eq!(differs(&parts(&PAGE.replace("\"i\"", "\"j\""), 1, None)), [true, false, false]);
        assert_eq!(differs(&parts(&PAGE.replace(">x<", ">y<"), 1, None)), [true, false, false]);
    }

    #[test]
    fn what_is_added_stands_in_the_head_and_at_the_end_of_the_body() {
        let overlay = Overlay { html: "<aside></aside>".to_owned() };
        let html = String::from_utf8(dressed(PAGE.as_bytes(), 7, Some(&overlay)).html).unwrap();
        assert!(html.contains("<meta name=\"okrbook-generation\" content=\"7\">\n<script"), "{html}");
        assert!(html.contains("</script>\n</head><body>x<aside></aside></body></html>"), "{html}");
        let bare = String::from_utf8(dressed(b"bare", 7, Some(&overlay)).html).unwrap();
        assert!(bare.starts_with("bare<meta") && bare.ends_with("<aside></aside>"), "{bare}");
    }
}
