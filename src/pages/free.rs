//! Free pages: what an author writes outside of okrs/, and the way through them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::model::{File, Front, heading_ids};
use crate::prose::Text;

use super::site::{Site, encode, root_of};
use super::{Entry, Page, View};

/// A free page.
#[derive(Debug, Serialize)]
pub struct FreeView {
    /// Its title.
    pub title: Text,
    /// Its text.
    pub text: Text,
    /// The folder's pages, in groups.
    pub groups: Vec<Group>,
    /// The way to it: title and address, the last without.
    pub crumbs: Vec<Entry>,
    /// Its headings.
    pub contents: Vec<Heading>,
    /// The page before it, and the one after it.
    pub previous: Option<Entry>,
    /// The page after it.
    pub next: Option<Entry>,
    /// Where it is edited.
    pub edit: Option<String>,
    /// When it was last changed.
    pub changed: Option<String>,
}

/// A folder of pages.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// What the folder is called.
    pub title: String,
    /// Its pages.
    pub pages: Vec<Entry>,
}

/// A heading in the list of contents.
#[derive(Clone, Debug, Serialize)]
pub struct Heading {
    /// Its words.
    pub title: String,
    /// Its anchor.
    pub id: String,
    /// The headings below it.
    pub within: Vec<Heading>,
}

/// A free page, by its number in the book.
pub(super) fn page(site: &Site<'_>, at: usize) -> Page {
    let (file, order) = (&site.book().pages[at], &site.navigation);
    let url = site.page_url(file);
    let shared = site.shared(file, &root_of(&url));
    let title = site.page_title(file);
    let at = order.iter().position(|entry| entry.url == url);
    let own_heading = heads_itself(file);
    let text = Text {
        source: Arc::from(file.source.slice(file.parts.body)),
        shared: Arc::clone(&shared),
        ids: heading_ids(file),
        shift: 2u8.saturating_sub(deepest_top(file, own_heading)),
        without_first_heading: own_heading,
        ..Text::default()
    };
    let view = FreeView {
        title: Text::inline(&Arc::from(title.0.as_str()), &shared),
        groups: site.groups(&url),
        crumbs: site.crumbs(&url, &title.1),
        contents: contents(file, own_heading),
        previous: at.and_then(|at| at.checked_sub(1)).map(|at| order[at].linked()),
        next: at.and_then(|at| order.get(at + 1)).map(Entry::linked),
        edit: site.edit_url(&file.source.path),
        changed: site.last_changed(&file.source.path),
        text,
    };
    let mut chrome = site.chrome(&url, title.1, None, "guide");
    if let Front::Page(front) = &file.front {
        let given = front.description.as_ref().map(|words| words.value.to_string());
        chrome.description = given.or_else(|| first_words(file, own_heading));
    }
    Page { kind: "free", chrome, view: View::Free(Box::new(view)) }
}

/// Whether the text begins with a heading that is the page's title.
pub(super) fn heads_itself(file: &File) -> bool {
    let Some(first) = file.parts.scan.headings.first() else { return false };
    let before = file.source.slice(crate::source::Span::new(file.parts.body.start(), first.span.start()));
    let titled = match &file.front {
        Front::Page(page) => page.title.as_ref().is_none_or(|title| title.value.trim() == first.text.trim()),
        _ => false,
    };
    first.level == 1 && before.trim().is_empty() && titled
}

/// How a text begins, as far as a preview shows it.
fn first_words(file: &File, own_heading: bool) -> Option<String> {
    const MOST: usize = 160;
    let headings = &file.parts.scan.headings;
    let start = match headings.first() {
        Some(heading) if own_heading => heading.span.end(),
        _ => file.parts.body.start(),
    };
    let end = headings.get(usize::from(own_heading)).map_or(file.parts.body.end(), |next| next.span.start());
    let text = crate::source::Span::new(start.min(end), end);
    let words = crate::markdown::words_of(file.source.slice(text), &file.parts.scan.definitions);
    let mut begun = String::new();
    for word in words.split_whitespace() {
        if begun.chars().count() + word.chars().count() >= MOST {
            begun.push_str(" …");
            break;
        }
        if !begun.is_empty() {
            begun.push(' ');
        }
        begun.push_str(word);
    }
    (!begun.is_empty()).then_some(begun)
}

/// The highest level of the headings that the page does not show as its title.
pub(super) fn deepest_top(file: &File, own: bool) -> u8 {
    file.parts.scan.headings.iter().skip(usize::from(own)).map(|heading| heading.level).min().unwrap_or(2)
}

/// The headings of two levels, the second within the first.
fn contents(file: &File, own: bool) -> Vec<Heading> {
    let ids = heading_ids(file);
    let top = deepest_top(file, own);
    let mut contents: Vec<Heading> = Vec::new();
    let headings = file.parts.scan.headings.iter().zip(ids).skip(usize::from(own));
    for (heading, id) in headings.filter(|(heading, _)| heading.level <= top + 1) {
        let entry = Heading { title: heading.text.trim().to_owned(), id, within: Vec::new() };
        match contents.last_mut() {
            Some(last) if heading.level > top => last.within.push(entry),
            _ => contents.push(entry),
        }
    }
    if contents.len() == 1 && contents[0].within.is_empty() { Vec::new() } else { contents }
}

impl Site<'_> {
    /// The title of a free page, as typed and without marks.
    pub fn page_title(&self, file: &File) -> (String, String) {
        let given = match &file.front {
            Front::Page(page) => page.title.as_ref().map(|title| title.value.to_string()),
            _ => None,
        };
        if let Some(title) = given {
            let plain = crate::markdown::plain(&title, &file.parts.scan.definitions);
            return (title, plain);
        }
        if let Some(heading) = file.first_heading().map(str::trim).filter(|heading| !heading.is_empty()) {
            // the words of a heading are plain already; as Markdown they are typed so
            return (escape_marks(heading), heading.to_owned());
        }
        let path = self.book().path_in_src(&file.source.path);
        let stem = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or(path);
        (escape_marks(stem), stem.to_owned())
    }

    fn weight(file: &File) -> f64 {
        match &file.front {
            Front::Page(page) => page.weight.unwrap_or(f64::MAX),
            _ => f64::MAX,
        }
    }

    /// Every free page in the order of the navigation: folder by folder, in a folder its index first, then
    /// by weight and title.
    pub(super) fn ordered_pages(&self) -> Vec<Entry> {
        let by_url: BTreeMap<String, &Arc<File>> =
            self.book().pages.iter().map(|file| (self.page_url(file), file)).collect();
        let mut pages: Vec<(Vec<(f64, String)>, Entry)> = by_url
            .iter()
            .filter(|(url, _)| !url.is_empty())
            .map(|(url, file)| {
                let title = self.page_title(file).1;
                (self.sort_key(url, &by_url), Entry { title, url: url.clone(), ..Entry::default() })
            })
            .collect();
        pages.sort_by(|a, b| {
            a.0.partial_cmp(&b.0).unwrap_or(std::cmp::Ordering::Equal).then_with(|| a.1.url.cmp(&b.1.url))
        });
        pages.into_iter().map(|(_, entry)| entry).collect()
    }

    /// The weights and titles along the way to a page.
    fn sort_key(&self, url: &str, by_url: &BTreeMap<String, &Arc<File>>) -> Vec<(f64, String)> {
        let mut key = Vec::new();
        let mut at = String::new();
        for part in url.trim_end_matches('/').split('/') {
            at.push_str(part);
            at.push('/');
            key.push(match by_url.get(&at) {
                Some(file) => (Self::weight(file), self.page_title(file).1.to_lowercase()),
                None => (f64::MAX, part.to_lowercase()),
            });
        }
        key
    }

    /// The pages of the top-level folders, that of a page opened.
    fn groups(&self, url: &str) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut last = String::new();
        for entry in self.navigation.iter().cloned() {
            let folder = entry.url.split('/').next().unwrap_or_default().to_owned();
            let current = entry.url == url;
            if !is_near(&entry.url, url) {
                continue;
            }
            if folder != last || groups.is_empty() {
                groups.push(Group { title: entry.title.clone(), pages: Vec::new() });
                last = folder;
            }
            if let Some(group) = groups.last_mut() {
                group.pages.push(Entry { current, ..entry.linked() });
            }
        }
        groups
    }

    fn crumbs(&self, url: &str, title: &str) -> Vec<Entry> {
        let mut crumbs = vec![Entry { title: self.text("site.handbook"), ..Entry::default() }];
        let parts: Vec<&str> = url.trim_end_matches('/').split('/').collect();
        for end in 1..parts.len() {
            let above = format!("{}/", parts[..end].join("/"));
            if let Some(file) = self.book().pages.iter().find(|file| self.page_url(file) == above) {
                crumbs.push(Entry {
                    title: self.page_title(file).1,
                    url: encode(&above),
                    ..Entry::default()
                });
            }
        }
        crumbs.push(Entry { title: title.to_owned(), current: true, ..Entry::default() });
        crumbs
    }
}

/// Whether a page is named in the list beside another: the pages of the top folders always, those of
/// a folder within them only beside each other.
fn is_near(entry: &str, url: &str) -> bool {
    let folder = |url: &str| {
        url.trim_end_matches('/').rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"))
    };
    entry.matches('/').count() <= 2 || folder(entry) == folder(url) || folder(entry) == url
}

/// Plain words as Markdown that shows them.
fn escape_marks(words: &str) -> String {
    let mut typed = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_ascii_punctuation() {
            typed.push('\\');
        }
        typed.push(c);
    }
    typed
}
