//! A theme: the built-in one, with what a book's own theme puts in its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, DirEntry, include_dir};
use tera::{Context, Tera};
use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::{Finding, nearest};
use crate::inputs::{Content, SiteFile};
use crate::lang::Lang;
use crate::pages::Page;
use crate::prose::escape_into;
use crate::source::{Place, Source, Span};

use super::{fault, smaller};

/// The version of what templates are given. A theme says in `theme.toml` which one it was written for.
pub const INTERFACE: i64 = 1;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A theme, ready to show pages.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    assets: Vec<SiteFile>,
    /// Its name, for the places of findings.
    name: String,
    /// The words of the interface.
    pub lang: Lang,
}

impl Theme {
    /// A theme by the files of its folder (`templates/okrs.html`); what it lacks comes from the built-in
    /// one.
    ///
    /// # Errors
    /// What is wrong with the theme: a template or language file that does not parse, another interface
    /// version.
    pub fn new(
        name: &str,
        own: &BTreeMap<String, Vec<u8>>,
        language: &str,
        book: &Place,
    ) -> Result<Self, Box<Finding>> {
        check_interface(name, own)?;
        let lang = language_of(name, own, language, book)?;
        let (assets, names) = assets(own);
        let mut tera = templates(name, own)?;
        let globals = tera.global_context();
        globals.insert("w", &words(&lang));
        globals.insert("assets", &names);
        globals.insert("language", lang.name());
        globals.insert("direction", lang.direction());
        Ok(Self { tera, assets, name: name.to_owned(), lang })
    }

    /// Tells the templates what all pages share of the book.
    pub fn with_book(mut self, title: &str, description: Option<&str>, repository: Option<&str>) -> Self {
        let globals = self.tera.global_context();
        globals.insert("book_title", title);
        globals.insert("book_description", &description);
        globals.insert("repository", &repository);
        self
    }

    /// The theme's files for the site, each with a hash of its content in its name.
    pub fn assets(&self) -> Vec<SiteFile> {
        self.assets.clone()
    }

    /// A page as HTML.
    pub(super) fn page(&self, page: &Page) -> Result<String, Box<Finding>> {
        let mut context = Context::new();
        context.insert("kind", page.kind);
        context.insert("root", &page.chrome.root);
        context.insert("chrome", &page.chrome);
        context.insert("view", &page.view);
        let template = format!("{}.html", page.kind);
        self.tera
            .render(&template, &context)
            .map_err(|error| Box::new(fault::finding(&self.name, &template, &error, &BTreeMap::new())))
    }
}

/// The built-in theme's templates under a prefix, the book's own before them.
fn templates(name: &str, own: &BTreeMap<String, Vec<u8>>) -> Result<Tera, Box<Finding>> {
    const PREFIX: &str = "default/";
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html", ".xml", ".svg", ".txt"]);
    // as the engine does it, and without characters that HTML does not allow
    tera.set_escape_fn(|text, out| escape_into(text, |piece| out.write_all(piece.as_bytes())));
    let failed = |error: tera::Error| Box::new(fault::finding(name, "", &error, own));
    tera.set_fallback_prefixes([PREFIX]).map_err(failed)?;
    let mut all: Vec<(String, String)> = Vec::new();
    for (path, bytes) in built_in() {
        if let Some(template) = path.strip_prefix("templates/") {
            all.push((format!("{PREFIX}{template}"), String::from_utf8_lossy(bytes).into_owned()));
        }
    }
    for (path, bytes) in own {
        if let Some(template) = path.strip_prefix("templates/") {
            // as a source, so that its places are those of a finding
            let source = Source::from_bytes(format!("themes/{name}/{path}"), bytes.clone());
            if let Some((at, byte)) = source.not_utf8 {
                return Err(Box::new(fault::not_utf8(&source, at, byte)));
            }
            all.push((template.to_owned(), source.text.to_string()));
        }
    }
    tera.add_raw_templates(all).map_err(failed)?;
    Ok(tera)
}

/// Every file of the built-in theme, by path.
fn built_in() -> Vec<(String, &'static [u8])> {
    fn walk(dir: &'static Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
        for entry in dir.entries() {
            match entry {
                DirEntry::Dir(dir) => walk(dir, files),
                DirEntry::File(file) => {
                    files.push((file.path().to_string_lossy().replace('\\', "/"), file.contents()));
                }
            }
        }
    }
    let mut files = Vec::new();
    walk(&BUILT_IN, &mut files);
    files.sort();
    files
}

/// The files of a site by the names that templates call them, and the paths that they have.
type Names = BTreeMap<String, String>;

fn assets(own: &BTreeMap<String, Vec<u8>>) -> (Vec<SiteFile>, Names) {
    let mut all: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (path, bytes) in built_in() {
        if let Some(name) = path.strip_prefix("static/") {
            all.insert(name.to_owned(), bytes.to_vec());
        }
    }
    for (path, bytes) in own {
        if let Some(name) = path.strip_prefix("static/") {
            all.insert(name.to_owned(), bytes.clone());
        }
    }
    let mut files = Vec::new();
    let mut names = Names::new();
    for (name, bytes) in all {
        let bytes = if name.ends_with(".css") {
            smaller::style(&String::from_utf8_lossy(&bytes)).into_bytes()
        } else if name.ends_with(".js") && is_ours(&name, &bytes) {
            smaller::script(&String::from_utf8_lossy(&bytes)).into_bytes()
        } else {
            bytes
        };
        let (stem, ending) = name
            .rsplit_once('.')
            .map_or((name.as_str(), String::new()), |(stem, ending)| (stem, format!(".{ending}")));
        let path = format!("assets/{stem}-{:016x}{ending}", xxh3_64(&bytes));
        names.insert(name.clone(), path.clone());
        files.push(SiteFile { path, content: Content::Made(bytes) });
    }
    (files, names)
}

/// Whether a file is the built-in one, and not what a theme has put in its place.
fn is_ours(name: &str, bytes: &[u8]) -> bool {
    built_in().iter().any(|(path, ours)| path.strip_prefix("static/") == Some(name) && *ours == bytes)
}

/// Words for templates, where a name cannot hold a hyphen.
fn words(lang: &Lang) -> BTreeMap<String, BTreeMap<String, String>> {
    let plain = |key: &str| key.replace('-', "_");
    lang.words()
        .iter()
        .map(|(table, words)| {
            (plain(table), words.iter().map(|(key, word)| (plain(key), word.clone())).collect())
        })
        .collect()
}

/// The words of the interface in a language, as a theme of this name and these files has them: its own,
/// then the built-in ones, of `en-GB` and then of `en`, then English.
///
/// # Errors
/// There is no such language, or its file does not parse.
pub fn language_of(
    name: &str,
    own: &BTreeMap<String, Vec<u8>>,
    language: &str,
    book: &Place,
) -> Result<Lang, Box<Finding>> {
    let files = built_in();
    // a theme's own words lie over the built-in ones of the same language, and both over English
    let mut layers: Vec<Lang> = Vec::new();
    let whole = language.split('-').next().unwrap_or(language);
    let mut asked = vec![language, whole, "en"];
    asked.dedup();
    for wanted in asked {
        if wanted == "en" && whole != "en" && layers.is_empty() {
            break;
        }
        // what a region does not say in its own way, it says as its language does
        let name_of = if wanted == whole { language } else { wanted };
        let path = format!("lang/{wanted}.toml");
        let beneath = files.iter().find(|(known, _)| *known == path).map(|(_, bytes)| *bytes);
        for bytes in own.get(&path).map(Vec::as_slice).into_iter().chain(beneath) {
            layers.push(Lang::parse(name_of, &String::from_utf8_lossy(bytes)).map_err(|error| {
                let place = Place { path: Arc::from(format!("themes/{name}/{path}")), span: Span::default() };
                Box::new(Finding::new("format/bad-theme", place, error))
            })?);
        }
    }
    let Some(lang) = layers.into_iter().reduce(Lang::or) else {
        let known: Vec<&str> = files
            .iter()
            .map(|(path, _)| path.as_str())
            .chain(own.keys().map(String::as_str))
            .filter_map(|path| path.strip_prefix("lang/")?.strip_suffix(".toml"))
            .collect();
        let finding = Finding::new(
            "format/bad-value",
            book.clone(),
            format!("there is no language `{language}` for the interface"),
        );
        let help = match nearest(language, known.iter().copied()) {
            Some(near) => format!(
                "did you mean `{near}`? The words of another go into `themes/{name}/lang/{language}.toml`"
            ),
            None => format!(
                "take {}, or write the words of another in `themes/{name}/lang/{language}.toml`",
                crate::diagnostic::one_of(known)
            ),
        };
        return Err(Box::new(finding.help(help)));
    };
    Ok(lang)
}

/// A theme that was written for another interface would show pages with holes.
fn check_interface(name: &str, own: &BTreeMap<String, Vec<u8>>) -> Result<(), Box<Finding>> {
    let Some(bytes) = own.get("theme.toml") else { return Ok(()) };
    let path: Arc<str> = Arc::from(format!("themes/{name}/theme.toml"));
    let source = Source::from_bytes(Arc::clone(&path), bytes.clone());
    let finding = |span: Span, message: String, help: String| {
        Err(Box::new(Finding::new("format/bad-theme", Place::new(&path, span), message).help(help)))
    };
    let table: toml::Table = match source.text.parse() {
        Ok(table) => table,
        Err(error) => {
            let error: toml::de::Error = error;
            let span = error.span().map(Span::from).unwrap_or_default();
            return finding(
                span,
                format!("this is not TOML: {}", error.message()),
                "see the guide on themes".to_owned(),
            );
        }
    };
    let at =
        source.text.find("interface").map_or(source.first_line(), |at| Span::new(at, at + "interface".len()));
    match table.get("interface").and_then(toml::Value::as_integer) {
        Some(INTERFACE) => Ok(()),
        Some(other) => finding(
            at,
            format!(
                "the theme was written for the template interface {other}, and this okrbook has {INTERFACE}"
            ),
            format!("compare its templates with the guide on themes, then write `interface = {INTERFACE}`"),
        ),
        None => finding(
            source.first_line(),
            "the theme does not say which template interface it was written for".to_owned(),
            format!("add `interface = {INTERFACE}`"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place { path: Arc::from("book.toml"), span: Span::default() }
    }

    #[test]
    fn the_built_in_theme_works_and_has_all_words() {
        let theme = Theme::new("default", &BTreeMap::new(), "en", &place()).unwrap();
        assert_eq!(theme.lang.direction(), "ltr");
        assert!(theme.assets().iter().any(|file| file.path.starts_with("assets/style-")));
    }

    #[test]
    fn a_theme_of_another_interface_is_refused_with_what_to_do() {
        let own = BTreeMap::from([("theme.toml".to_owned(), b"name = \"x\"\ninterface = 9\n".to_vec())]);
        let finding = Theme::new("x", &own, "en", &place()).unwrap_err();
        assert_eq!(finding.place.path.as_ref(), "themes/x/theme.toml");
        assert!(finding.message.contains("interface 9"), "{}", finding.message);
    }
}
