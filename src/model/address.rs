//! Where things stand in the site: addresses of pages, files and anchors, and which are taken twice.

use std::collections::BTreeMap;

use crate::diagnostic::Finding;
use crate::inputs::Asset;
use crate::markdown;
use crate::source::{Place, Span};

use super::{Book, File, Front};

/// The anchors that an OKR document's page has of its own, besides those of its items.
const OWN_ANCHORS: [&str; 9] = [
    "main",
    "part-feedback",
    "part-investments",
    "part-signatures",
    "part-assurances",
    "part-text",
    "part-pages",
    "part-themes",
    "contents",
];

/// The ids of a file's headings, in order, each unique on its page.
pub fn heading_ids(file: &File) -> Vec<String> {
    markdown::heading_ids(&file.parts.scan.headings, &|id| is_item(file, id) || OWN_ANCHORS.contains(&id))
}

fn is_item(file: &File, id: &str) -> bool {
    match &file.front {
        Front::Okrs(okrs) => okrs.place(id).is_some(),
        Front::Direction(direction) => direction.theme(id).is_some(),
        Front::Page(_) => false,
    }
}

/// Every anchor of a file's page that a link can name.
pub fn anchors(file: &File) -> Vec<String> {
    let mut anchors = heading_ids(file);
    match &file.front {
        Front::Okrs(okrs) => {
            for objective in &okrs.objectives {
                let Some(id) = &objective.id else { continue };
                anchors.push(id.value.to_string());
                let key_results =
                    objective.key_results.iter().filter_map(|key_result| key_result.id.as_ref());
                anchors.extend(key_results.map(|of| format!("{}/{}", id.value, of.value)));
            }
            anchors.extend(
                okrs.investments.iter().filter_map(|item| item.id.as_ref()).map(|id| id.value.to_string()),
            );
        }
        Front::Direction(direction) => {
            anchors.extend(
                direction.themes.iter().filter_map(|theme| theme.id.as_ref()).map(|id| id.value.to_string()),
            );
        }
        Front::Page(_) => {}
    }
    anchors
}

/// The path of a file within the book's source folder; none if it is not in it.
pub fn site_path<'a>(src: &str, path: &'a str) -> Option<&'a str> {
    if src.is_empty() || src == "." {
        return Some(path);
    }
    path.strip_prefix(src)?.strip_prefix('/')
}

/// The address of a free page, relative to the site's root: `guide/install/`; the home page's is
/// empty. `path` is its path within the source folder.
pub fn page_url(path: &str) -> String {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    if name.eq_ignore_ascii_case("index") { folder } else { format!("{folder}{name}/") }
}

/// Where a file that is copied stands in the site: as in the source folder, without `okrs/`.
pub fn output_path(path: &str) -> &str {
    match path.split_once('/') {
        Some((first, rest)) if first.eq_ignore_ascii_case("okrs") => rest,
        _ => path,
    }
}

/// Pages of every cycle, besides its overview and its documents.
pub const CYCLE_PAGES: [&str; 7] =
    ["direction", "contracts", "round-trip", "investments", "timeline", "review", "print"];

impl Book {
    /// The address of a document's page, relative to the site's root.
    pub fn document_url(&self, document: usize) -> String {
        let document = &self.documents[document];
        format!("{}/{}/", self.cycles[document.cycle].id, self.config.units[document.unit].id)
    }

    /// The addresses of a cycle's pages, if it had a name: its present one, or a former one.
    pub fn addresses_of(&self, cycle: usize, name: &str) -> Vec<String> {
        let pages = CYCLE_PAGES.iter().copied();
        let units = self.documents_of(cycle).map(|at| self.config.units[self.documents[at].unit].id.as_ref());
        let inner = pages.chain(units).map(|page| format!("{name}/{page}/"));
        std::iter::once(format!("{name}/")).chain(inner).collect()
    }

    /// The path of a file within the source folder.
    pub fn path_in_src<'a>(&self, path: &'a str) -> &'a str {
        site_path(&self.config.src, path).unwrap_or(path)
    }

    /// Two sources for one address of the site: every file of the site that is made of something of the
    /// author's, against those that are always made.
    pub fn taken_names(&self, assets: &[Asset]) -> Vec<Finding> {
        let mut taken: BTreeMap<String, (String, Option<Place>)> = BTreeMap::new();
        let mut findings = Vec::new();
        for name in ["okrs.json", "calendar.ics", "feed.xml", "sitemap.xml", "404.html", "search/index.js"] {
            taken.insert(name.to_owned(), (format!("the site's own `/{name}`"), None));
        }
        // a folder whose files have names that nobody can guess
        taken.insert("assets/.".to_owned(), ("the site's own `/assets/`".to_owned(), None));
        for level in &self.config.levels {
            let name = format!("calendar-{}.ics", level.id);
            taken.insert(name.clone(), (format!("the site's own `/{name}`"), None));
        }
        let mut pages: Vec<String> = vec!["timeline/".into(), "health/".into()];
        pages.extend(self.cycles.iter().map(|cycle| format!("{}/", cycle.id)));
        for cycle in &self.cycles {
            pages.extend(CYCLE_PAGES.iter().map(|page| format!("{}/{page}/", cycle.id)));
        }
        pages.extend(self.config.units.iter().map(|unit| format!("units/{}/", unit.id)));
        pages.extend(self.config.people.iter().map(|person| format!("people/{}/", person.handle)));
        for page in pages {
            taken.insert(
                format!("{page}index.html").to_lowercase(),
                (format!("the site's own page `/{page}`"), None),
            );
        }
        for at in 0..self.documents.len() {
            let place = Place::new(self.documents[at].path(), Span::default());
            let url = self.document_url(at);
            taken.insert(
                format!("{url}index.html"),
                (format!("`{}`", self.documents[at].path()), Some(place)),
            );
        }
        self.aliases(&mut taken, &mut findings);
        for page in &self.pages {
            let url = page_url(self.path_in_src(&page.source.path));
            let place = Place::new(&page.source.path, page.source.first_line());
            claim(&mut taken, &mut findings, format!("{url}index.html"), place);
        }
        for asset in assets {
            let path = output_path(self.path_in_src(&asset.path)).to_owned();
            claim(&mut taken, &mut findings, path, Place::new(&asset.path, Span::default()));
        }
        findings
    }

    /// The former names of cycles, and of their pages. One that is taken is told once.
    fn aliases(&self, taken: &mut BTreeMap<String, (String, Option<Place>)>, findings: &mut Vec<Finding>) {
        for declared in &self.config.declared {
            for alias in &declared.aliases {
                let cycle = self.cycles.iter().position(|cycle| cycle.id == declared.id.value);
                let addresses = match cycle {
                    Some(cycle) => self.addresses_of(cycle, &alias.value),
                    None => vec![format!("{}/", alias.value)],
                };
                let before = findings.len();
                for address in addresses {
                    let place = Place::new(&self.config.path, alias.span);
                    claim(taken, findings, format!("{address}index.html"), place);
                    if findings.len() > before {
                        break;
                    }
                }
            }
        }
    }
}

fn claim(
    taken: &mut BTreeMap<String, (String, Option<Place>)>,
    findings: &mut Vec<Finding>,
    path: String,
    place: Place,
) {
    let address = path.strip_suffix("index.html").unwrap_or(&path).to_owned();
    // a site may be published from a disk that does not tell the cases apart
    let key = path.to_lowercase();
    let Some((holder, first)) = holder(taken, &key) else {
        taken.insert(key, (format!("`{}`", place.path), Some(place)));
        return;
    };
    let message = format!("the address `/{address}` is taken by {holder}");
    let finding = Finding::new("format/taken-name", place, message).help("give this one another name");
    findings.push(match first {
        Some(first) => finding.related(first.clone(), "the first one is this"),
        None => finding,
    });
}

/// What has a path already, or a folder of it as a file, or it as a folder.
fn holder<'a>(
    taken: &'a BTreeMap<String, (String, Option<Place>)>,
    path: &str,
) -> Option<&'a (String, Option<Place>)> {
    let above = || path.match_indices('/').find_map(|(at, _)| taken.get(&path[..at]));
    let below = || {
        let folder = format!("{path}/");
        let (first, holder) = taken.range(folder.clone()..).next()?;
        first.starts_with(&folder).then_some(holder)
    };
    taken.get(path).or_else(above).or_else(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_addressed_as_they_lie_in_their_folders() {
        assert_eq!(page_url("index.md"), "");
        assert_eq!(page_url("guide/index.md"), "guide/");
        assert_eq!(page_url("guide/install.md"), "guide/install/");
        assert_eq!(output_path("okrs/fy27-q1/a.png"), "fy27-q1/a.png");
        assert_eq!(output_path("guide/a.png"), "guide/a.png");
    }
}
