//! Links in texts: to places of the book, to pages and their headings, to files, to the world.

mod path;

pub use path::refused_scheme;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::diagnostic::Patience;
use crate::inputs::Asset;
use crate::markdown::{LinkKind, TextLink, is_markdown};
use crate::model::{Book, File, Kind, anchors, output_path, page_url};

use super::resolve::resolve_with;
use super::{Target, Unresolved};
use path::{decode, join, relative, scheme};

/// Where a link of a text leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextTarget {
    /// To a place of the book.
    Item(Target),
    /// To a page made of a file, by its address relative to the site's root, and an anchor.
    Page(String, Option<String>),
    /// To a file that is copied, by its path in the site.
    File(String),
    /// To an address outside.
    Outside(String),
    /// To a heading of the same text.
    Here(String),
    /// Nowhere.
    Nowhere(Trouble),
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A reference that does not resolve.
    Reference(Unresolved),
    /// A page or heading that does not exist.
    Broken(Lost),
    /// A local file that does not exist.
    Missing(Lost),
    /// An address that is refused, or a path that leaves the source folder.
    Unsafe(String, String),
}

/// What a link leads to and is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// What there is not.
    pub message: String,
    /// What was probably meant, as it would be typed.
    pub replacement: Option<String>,
}

/// The links of every file, by path.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    by_file: BTreeMap<Arc<str>, Vec<(TextLink, TextTarget)>>,
}

impl Texts {
    /// Resolves the links of all files of a book.
    pub fn resolve(book: &Book, assets: &[Asset]) -> Self {
        let site = Site::new(book, assets);
        let files: Vec<&Arc<File>> = book.files().collect();
        let by_file: Vec<_> = files
            .into_par_iter()
            .map(|file| {
                let home = home(book, file);
                let links = file.front_links.iter().chain(&file.parts.scan.links);
                let patience = Patience::default();
                let from = From { book, file, home, patience: &patience };
                let links = links.map(|link| (link.clone(), site.target(from, link))).collect();
                (Arc::clone(&file.source.path), links)
            })
            .collect();
        Self { by_file: by_file.into_iter().collect() }
    }

    /// The links of a file.
    pub fn of(&self, path: &str) -> &[(TextLink, TextTarget)] {
        self.by_file.get(path).map_or(&[], Vec::as_slice)
    }
}

/// The cycle in which a file's references are read.
fn home(book: &Book, file: &File) -> Option<usize> {
    match &file.kind {
        Kind::Direction(folder) | Kind::Okrs(folder, _) => book.cycle(folder),
        Kind::Page | Kind::Stray => None,
    }
}

/// What a link stands in.
#[derive(Clone, Copy)]
struct From<'a> {
    book: &'a Book,
    file: &'a File,
    /// The cycle in which its references are read.
    home: Option<usize>,
    patience: &'a Patience,
}

/// What a link can name: files by their path in the source folder.
struct Site<'a> {
    files: BTreeMap<&'a str, &'a Arc<File>>,
    assets: BTreeSet<&'a str>,
    generated: BTreeSet<String>,
    /// Of the files that a link with an anchor leads to; most are asked for none.
    anchors: BTreeMap<&'a str, OnceLock<BTreeSet<String>>>,
}

impl<'a> Site<'a> {
    fn new(book: &'a Book, assets: &'a [Asset]) -> Self {
        let files: BTreeMap<&str, &Arc<File>> =
            book.files().map(|file| (book.path_in_src(&file.source.path), file)).collect();
        let assets = assets.iter().map(|asset| book.path_in_src(&asset.path)).collect();
        let mut generated: BTreeSet<String> =
            ["timeline/", "health/", "okrs.json", "calendar.ics"].map(str::to_owned).into_iter().collect();
        for cycle in &book.cycles {
            generated.insert(format!("{}/", cycle.id));
            generated.extend(crate::model::CYCLE_PAGES.iter().map(|page| format!("{}/{page}/", cycle.id)));
        }
        generated.extend(book.config.units.iter().map(|unit| format!("units/{}/", unit.id)));
        generated.extend(book.config.people.iter().map(|person| format!("people/{}/", person.handle)));
        generated.extend((0..book.documents.len()).map(|at| book.document_url(at)));
        let anchors = files.keys().map(|path| (*path, OnceLock::new())).collect();
        Self { files, assets, generated, anchors }
    }

    /// The anchors of a file's page.
    fn anchors(&self, path: &str) -> Option<&BTreeSet<String>> {
        let file = self.files.get(path)?;
        Some(self.anchors.get(path)?.get_or_init(|| anchors(file).into_iter().collect()))
    }

    fn target(&self, from: From<'_>, link: &TextLink) -> TextTarget {
        let From { book, file, home, patience } = from;
        match link.kind {
            // in a folder that is no cycle, where a reference leads cannot be told
            LinkKind::Reference | LinkKind::Embed if home.is_none() && file.kind != Kind::Page => {
                TextTarget::Nowhere(Trouble::Reference(Unresolved::Unclear))
            }
            LinkKind::Reference | LinkKind::Embed => match resolve_with(book, &link.target, home, patience) {
                Ok(target) => TextTarget::Item(target),
                Err(error) => TextTarget::Nowhere(Trouble::Reference(error)),
            },
            LinkKind::Link | LinkKind::Image => self.address(from, link),
        }
    }

    fn address(&self, place: From<'_>, link: &TextLink) -> TextTarget {
        let From { book, file, .. } = place;
        let typed = link.target.as_str();
        // browsers leave control characters out of a scheme
        let plain: String = typed.chars().filter(|c| !c.is_control() && *c != ' ').collect();
        if let Some(scheme) = scheme(&plain) {
            let image = link.kind == LinkKind::Image;
            if image && matches!(scheme.as_str(), "http" | "https") {
                let help = "keep the picture in the book: a page loads nothing from elsewhere".to_owned();
                return unsafe_link(format!("the picture `{typed}` is loaded from another site"), help);
            }
            if matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel") && !image {
                return TextTarget::Outside(plain);
            }
            let (what, help) = if image {
                ("a picture", "a picture is a file of the book")
            } else {
                ("a link", "a link begins with http:, https:, mailto: or tel:, or names a file of the book")
            };
            return unsafe_link(format!("{what} with `{scheme}:` is refused"), help.to_owned());
        }
        if plain.starts_with("//") || plain.contains('\\') {
            let help = "write the address with https:, or a path with `/`".to_owned();
            return unsafe_link(format!("`{typed}` is no address that works everywhere"), help);
        }
        let (path, fragment) = match typed.split_once('#') {
            Some((path, fragment)) => (path, Some(decode(fragment))),
            None => (typed, None),
        };
        let path = decode(path.split('?').next().unwrap_or_default());
        if path.is_empty() {
            return self.here(place, fragment.unwrap_or_default());
        }
        let from = book.path_in_src(&file.source.path);
        let Some(path) = join(from, &path) else {
            let help = format!("keep what the book links to within `{}`", book.config.src);
            return unsafe_link(format!("`{typed}` leaves the book's source folder"), help);
        };
        self.local(place, link, &path, fragment)
    }

    fn here(&self, From { book, file, patience, .. }: From<'_>, fragment: String) -> TextTarget {
        let path = book.path_in_src(&file.source.path);
        if fragment.is_empty() || file.broken {
            return TextTarget::Here(fragment);
        }
        let anchors = self.anchors(path);
        if anchors.is_some_and(|anchors| anchors.contains(&fragment)) {
            return TextTarget::Here(fragment);
        }
        let near =
            anchors.and_then(|anchors| patience.nearest(&fragment, anchors.iter().map(String::as_str)));
        TextTarget::Nowhere(Trouble::Broken(Lost {
            message: format!("this page has no heading `#{fragment}`"),
            replacement: near.map(|near| format!("#{near}")),
        }))
    }

    fn local(&self, place: From<'_>, link: &TextLink, path: &str, fragment: Option<String>) -> TextTarget {
        let From { book, file: own, patience, .. } = place;
        let from = book.path_in_src(&own.source.path);
        if let Some(file) = self.files.get(path) {
            return self.page(place, file, link, fragment);
        }
        if self.assets.contains(path) {
            return TextTarget::File(output_path(path).to_owned());
        }
        let folder = path.trim_end_matches('/');
        let index = ["md", "markdown"].map(|ending| format!("{folder}/index.{ending}"));
        if let Some(file) = index.iter().find_map(|index| self.files.get(index.trim_start_matches('/'))) {
            return self.page(place, file, link, fragment);
        }
        let address = if folder.contains('.') { folder.to_owned() } else { format!("{folder}/") };
        if self.generated.contains(&address) && link.kind == LinkKind::Link {
            return TextTarget::Page(address, fragment);
        }
        let generated = || {
            let pages = self.generated.iter().filter(|_| link.kind == LinkKind::Link);
            patience.nearest(&address, pages.map(String::as_str)).map(|near| format!("/{near}"))
        };
        let near = self.near(path, link.kind, patience).map(|near| {
            let fragment = fragment.as_ref().map_or_else(String::new, |fragment| format!("#{fragment}"));
            format!("{}{fragment}", relative(from, near))
        });
        let near = near.or_else(generated);
        let name = folder.rsplit('/').next().unwrap_or_default().to_lowercase();
        let is_page = is_markdown(&name) || name.ends_with(".html") || !name.contains('.');
        let typed = link.target.split('#').next().unwrap_or_default();
        let lost = Lost { message: format!("there is no file `{typed}`"), replacement: near };
        let is_page = is_page && link.kind == LinkKind::Link;
        TextTarget::Nowhere(if is_page { Trouble::Broken(lost) } else { Trouble::Missing(lost) })
    }

    /// The file that a path was probably meant to be.
    fn near(&self, path: &str, kind: LinkKind, patience: &Patience) -> Option<&'a str> {
        let lower = path.to_lowercase();
        let stem = lower.trim_end_matches('/').trim_end_matches(".html").trim_end_matches(".htm");
        let page = format!("{}.md", stem.trim_end_matches('/'));
        let last = |name: &str| name.rsplit('/').next().unwrap_or_default().to_lowercase();
        // a picture is no page, and a link to a page is mostly not meant for a picture
        let pages = self.files.keys().filter(|_| kind == LinkKind::Link).copied();
        let names = || patience.limit(pages.clone().chain(self.assets.iter().copied()));
        let same = names().find(|name| matches!(name.to_lowercase(), name if name == lower || name == page));
        let moved = || names().find(|name| last(name) == last(&lower) || last(name) == last(&page));
        same.or_else(moved).or_else(|| {
            // what ends alike resembles in that already, so that only what is before it counts
            let (typed, ending) = split(&lower, &page, kind);
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let alike = || names().filter(|name| name.to_lowercase().ends_with(&ending));
            let beside =
                alike().filter(|name| name.rsplit_once('/').map_or("", |(folder, _)| folder) == folder);
            let stem = |name: &'a str| {
                let last = name.rsplit('/').next().unwrap_or_default();
                last.get(..last.len() - ending.len()).unwrap_or(last)
            };
            let find = |near: &str| {
                names().find(|name| stem(name) == near && name.to_lowercase().ends_with(&ending))
            };
            let near = patience.nearest(&typed, beside.map(stem));
            let near = near.or_else(|| patience.nearest(&typed, alike().map(stem)));
            near.and_then(find)
        })
    }

    fn page(&self, from: From<'_>, file: &File, link: &TextLink, fragment: Option<String>) -> TextTarget {
        let From { book, patience, .. } = from;
        let path = book.path_in_src(&file.source.path);
        let fragment = fragment.filter(|fragment| !fragment.is_empty());
        if let Some(fragment) = &fragment {
            let anchors = self.anchors(path);
            if !anchors.is_some_and(|anchors| anchors.contains(fragment)) && !file.broken {
                let near = anchors.and_then(|all| patience.nearest(fragment, all.iter().map(String::as_str)));
                let typed = link.target.split('#').next().unwrap_or_default();
                return TextTarget::Nowhere(Trouble::Broken(Lost {
                    message: format!("`{path}` has no heading `#{fragment}`"),
                    replacement: near.map(|near| format!("{typed}#{near}")),
                }));
            }
        }
        TextTarget::Page(address(book, file), fragment)
    }
}

/// The address of a file's page; of one without a page, the nearest there is.
fn address(book: &Book, file: &File) -> String {
    let path = &file.source.path;
    match &file.kind {
        Kind::Page => page_url(book.path_in_src(path)),
        Kind::Direction(folder) => match book.cycle(folder) {
            Some(cycle) => format!("{}/direction/", book.cycles[cycle].id),
            None => "health/".to_owned(),
        },
        Kind::Okrs(..) | Kind::Stray => book
            .documents
            .iter()
            .position(|document| document.path() == path)
            .map_or_else(|| "health/".to_owned(), |at| book.document_url(at)),
    }
}

fn unsafe_link(message: String, help: String) -> TextTarget {
    TextTarget::Nowhere(Trouble::Unsafe(message, help))
}

/// The last part of a path without its ending, and the ending; a link to a page may leave it out.
fn split(path: &str, page: &str, kind: LinkKind) -> (String, String) {
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    match last(path).rsplit_once('.') {
        Some((stem, ending)) if ending != "html" && ending != "htm" => {
            (stem.to_owned(), format!(".{ending}"))
        }
        _ if kind == LinkKind::Image => (last(path), String::new()),
        _ => (last(page).trim_end_matches(".md").to_owned(), ".md".to_owned()),
    }
}
