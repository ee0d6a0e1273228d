//! The colours of the built-in theme in both schemes: text and marks stand out from what they stand on as
//! WCAG 2.2 wants it (1.4.3 and 1.4.11), and nothing is coloured but by a token.

use std::collections::BTreeMap;
use std::path::Path;

use crate::runner::Book;

/// Surfaces that anything may stand on.
const SURFACES: [&str; 3] = ["sheet", "canvas", "wash"];
/// Text in a size for reading.
const TEXT: [&str; 5] = ["text", "muted", "ink", "warn", "bad"];
/// Marks and the edges of controls.
const MARKS: [&str; 2] = ["warn-mark", "edge"];

fn style() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/static/style.css"))
        .unwrap()
}

/// The colours of a token, light and dark.
fn tokens(css: &str) -> BTreeMap<String, [[u8; 3]; 2]> {
    css.lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
            let pair = value.trim().strip_prefix("light-dark(")?.split_once(')')?.0;
            let (light, dark) = pair.split_once(',')?;
            Some((name.to_owned(), [colour(light.trim())?, colour(dark.trim())?]))
        })
        .collect()
}

fn colour(hex: &str) -> Option<[u8; 3]> {
    let hex = hex.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// The contrast of two colours as WCAG reckons it: 1 to 21.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let luminance = |colour: [u8; 3]| {
        let linear = colour.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    (one / other).max(other / one)
}

/// What does not stand out enough: on which surface, in which scheme, by how much.
fn weak(css: &str) -> Vec<String> {
    let tokens = tokens(css);
    let mut wanted: Vec<(&str, &str, f64)> = Vec::new();
    for surface in SURFACES {
        wanted.extend(TEXT.map(|name| (name, surface, 4.5)));
        wanted.extend(MARKS.map(|name| (name, surface, 3.0)));
    }
    wanted.extend(["text", "muted", "ink"].map(|name| (name, "ink-wash", 4.5)));
    wanted.extend(["text", "muted", "bad"].map(|name| (name, "bad-wash", 4.5)));
    // what is turned inside out: a pressed button, the number in a filled mark
    wanted.extend([("sheet", "text", 4.5), ("sheet", "ink", 4.5)]);
    let mut weak = Vec::new();
    for (name, on, least) in wanted {
        for (scheme, at) in [("light", 0), ("dark", 1)] {
            let found = contrast(tokens[name][at], tokens[on][at]);
            if found < least {
                weak.push(format!("{name} on {on}, {scheme}: {found:.2}, less than {least}"));
            }
        }
    }
    weak
}

#[test]
fn every_colour_stands_out_in_both_schemes() {
    let css = style();
    assert!(tokens(&css).len() >= 13, "the tokens are found");
    assert_eq!(weak(&css), Vec::<String>::new());
}

#[test]
fn those_of_the_example_theme_do_too() {
    let own = include_str!("../../themes/lantern/static/lantern.css");
    assert!(tokens(own).len() >= 9, "it has colours of its own");
    // a token that comes later holds
    assert_eq!(weak(&format!("{}{own}", style())), Vec::<String>::new());
}

#[test]
fn a_theme_changes_what_it_has_and_leaves_the_rest() {
    let book = Book::made();
    for (path, text) in [
        ("theme.toml", include_str!("../../themes/lantern/theme.toml")),
        ("templates/base.html", include_str!("../../themes/lantern/templates/base.html")),
        ("static/lantern.css", include_str!("../../themes/lantern/static/lantern.css")),
    ] {
        book.put(&format!("themes/lantern/{path}"), text);
    }
    let toml = book.text("book.toml");
    let toml = match toml.contains("[output.html]") {
        true => toml.replace("[output.html]", "[output.html]\ntheme = \"lantern\""),
        false => format!("{toml}\n[output.html]\ntheme = \"lantern\"\n"),
    };
    book.put("book.toml", &toml);
    book.run(&["build"]).succeeds();
    for page in ["index.html", "404.html", "timeline/index.html"] {
        let html = book.text(&format!("site/{page}"));
        let sheets: Vec<&str> = html.split("rel=\"stylesheet\"").skip(1).collect();
        assert_eq!(sheets.len(), 2, "{page} has the built-in sheet and the theme's");
        assert!(
            sheets[0].contains("assets/style-") && sheets[1].contains("assets/lantern-"),
            "{page}: in this order"
        );
        assert!(
            html.contains("class=\"bar\"") && html.contains("class=\"wrap small muted motto\""),
            "{page}"
        );
    }
}

#[test]
fn a_colour_that_is_too_weak_is_found() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01, "the grey that just passes on white");
    let css = style().replace("#535b68", "#8d95a2");
    assert_eq!(weak(&css).len(), 5, "muted on each light surface: {:?}", weak(&css));
}

#[test]
fn nothing_is_coloured_but_by_a_token() {
    let css = style();
    let (_, rest) = css.split_once("@layer base {").unwrap();
    // shadows and the scrim behind the search are black that lets through; a mask has no colour of its own
    let own: Vec<&str> = rest
        .lines()
        .filter(|line| !["#0000", "#0006", "#0b0d108c", "#000"].iter().any(|known| line.contains(known)))
        .filter(|line| {
            line.split('#')
                .skip(1)
                .any(|after| after.len() > 3 && after.as_bytes()[..3].iter().all(u8::is_ascii_hexdigit))
        })
        .filter(|line| !line.contains("url(#") && !line.contains("--canvas: #fff"))
        .collect();
    assert_eq!(own, Vec::<&str>::new());
}
