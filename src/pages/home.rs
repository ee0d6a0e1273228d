//! The home page: what the book says of itself, the current cycle at a glance, what needs someone.
//!
//! It has counts and what is worst, never the whole book: an edit of one document seldom touches it.

mod board;
mod now;

use std::sync::Arc;

use serde::Serialize;

use crate::links::Target;
use crate::model::{File, Front, heading_ids};
use crate::prose::Text;

use super::free::{deepest_top, heads_itself};
use super::parts::Link;
use super::phrase::Phrase;
use super::site::{Site, encode, root_of};
use super::standing::Standing;
use super::todo::Todos;
use super::{Page, View};

use board::Board;
use now::NowView;

/// The home page.
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// Its title, as its author wrote it.
    pub title: Option<Text>,
    /// Its title, where the author gave none.
    pub plain: String,
    /// Its text.
    pub text: Option<Text>,
    /// What the book is, where there is no text.
    pub lede: Option<String>,
    /// Where to read on.
    pub links: Vec<Link>,
    /// The current cycle.
    pub current: Option<Current>,
    /// Where it is edited.
    pub edit: Option<String>,
    /// When it was last changed.
    pub changed: Option<String>,
}

/// The current cycle at a glance.
#[derive(Debug, Serialize)]
pub struct Current {
    /// Its page.
    pub url: String,
    /// Where it is in its time.
    pub now: NowView,
    /// How it stands, in a sentence.
    pub lede: Phrase,
    /// Its levels beside each other.
    pub board: Board,
    /// What needs someone.
    pub todo: Todos,
}

/// As many folders of free pages as are named.
const MOST_FOLDERS: usize = 4;

pub(super) fn page(site: &Site<'_>) -> Page {
    let file = site.book().pages.iter().find(|file| site.page_url(file).is_empty());
    let root = root_of("");
    let config = site.config();
    let current = site.book().current(site.today);
    let (title, plain) = match file {
        Some(file) => site.page_title(file),
        None => (String::new(), config.title.to_string()),
    };
    let view = HomeView {
        title: file.map(|file| Text::inline(&Arc::from(title.as_str()), &site.shared(file, &root))),
        plain,
        text: file.map(|file| text(site, file, &root)).filter(|text| !text.is_empty()),
        lede: file.is_none().then(|| config.description.as_ref().map(|words| words.to_string())).flatten(),
        links: links(site, current),
        current: current.map(|cycle| at_a_glance(site, cycle)),
        edit: file.and_then(|file| site.edit_url(&file.source.path)),
        changed: file.and_then(|file| site.last_changed(&file.source.path)),
    };
    let mut chrome = site.chrome("", config.title.to_string(), None, "");
    chrome.description = file
        .and_then(|file| described(file))
        .or_else(|| config.description.as_ref().map(|words| words.to_string()));
    Page { kind: "home", chrome, view: View::Home(Box::new(view)) }
}

fn at_a_glance(site: &Site<'_>, cycle: usize) -> Current {
    let standing = Standing::of(site, cycle);
    let lede = site.cycle_lede(&standing);
    Current {
        url: format!("{}/", site.book().cycles[cycle].id),
        now: now::now(site, cycle, &lede),
        lede,
        board: board::board(site, &standing),
        todo: Todos::of(site, Some(&standing)),
    }
}

fn text(site: &Site<'_>, file: &Arc<File>, root: &str) -> Text {
    let own_heading = heads_itself(file);
    Text {
        source: Arc::from(file.source.slice(file.parts.body)),
        shared: site.shared(file, root),
        ids: heading_ids(file),
        shift: 2u8.saturating_sub(deepest_top(file, own_heading)),
        without_first_heading: own_heading,
        ..Text::default()
    }
}

/// What a free page says of itself in a sentence.
fn described(file: &File) -> Option<String> {
    match &file.front {
        Front::Page(page) => page.description.as_ref().map(|words| words.value.to_string()),
        _ => None,
    }
}

/// The direction of the current cycle, and where each folder of free pages begins.
fn links(site: &Site<'_>, cycle: Option<usize>) -> Vec<Link> {
    let mut links = Vec::new();
    if let Some(cycle) = cycle
        && let Some(at) = site.book().answers_to(cycle)
    {
        let direction = &site.book().directions[at];
        let of = &site.book().cycles[direction.cycle].name;
        let title = site.say("home.direction-for", &[("cycle", of)]);
        let note = super::cycle::written_by(site, at);
        links.push(Link { title, ..site.link(Target::Direction(at), note) });
    }
    let mut folder = None;
    for entry in &site.navigation {
        let own = entry.url.split('/').next().unwrap_or_default();
        if folder == Some(own) {
            continue;
        }
        folder = Some(own);
        let file = site.book().pages.iter().find(|file| site.page_url(file) == entry.url);
        let note = file.and_then(|file| described(file)).unwrap_or_default();
        let url = Some(encode(&entry.url));
        links.push(Link { title: entry.title.clone(), url, note, ..Link::default() });
        if links.len() > MOST_FOLDERS {
            break;
        }
    }
    links
}
