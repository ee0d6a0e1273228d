//! What changed in the plan, as an Atom feed: directions and drafts that were shared, contracts that both
//! parties signed, amendments.
//!
//! Check-ins are not in it: with three hundred units they would be nearly all of it, and hide the amendment
//! that matters. They have their place on the timeline of the cycle.

use crate::date::Date;
use crate::links::Target;
use crate::markdown::plain;
use crate::model::Amendment;
use crate::prose::escaped;
use crate::table::Words;

use super::site::{Site, encode};

/// As many changes as readers of feeds keep.
const MOST: usize = 100;

/// A change of the plan.
struct Change {
    on: Date,
    /// What tells it from the other changes of its page; it never changes.
    name: String,
    /// Its page and place, from the site's root.
    url: String,
    title: String,
    says: String,
    cycle: usize,
}

/// The feed, the newest change first. It needs full addresses: without that of the site there is none.
pub(super) fn feed(site: &Site<'_>) -> Option<String> {
    let address = site.address.as_ref()?;
    let mut changes = directions(site);
    for at in 0..site.book().documents.len() {
        of_document(site, at, &mut changes);
    }
    changes.retain(|change| change.on <= site.today);
    changes.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| (&a.url, &a.name).cmp(&(&b.url, &b.name))));
    changes.truncate(MOST);
    let updated = changes.first().map_or(site.today, |newest| newest.on);
    let config = site.config();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.push_str(&format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        escaped(site.lang.name())
    ));
    let full = |url: &str| format!("{}/{}", escaped(address), escaped(url));
    let title = site.say("feed.title-of", &[("book", &config.title)]);
    xml.push_str(&format!("<id>{}</id>\n<title>{}</title>\n", full("feed.xml"), escaped(&title)));
    xml.push_str(&format!("<updated>{}</updated>\n", moment(updated)));
    let authors = if config.authors.is_empty() { vec![config.title.clone()] } else { config.authors.clone() };
    for author in &authors {
        xml.push_str(&format!("<author><name>{}</name></author>\n", escaped(author)));
    }
    xml.push_str(&format!(
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n",
        full("feed.xml")
    ));
    xml.push_str(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n", full("")));
    for change in &changes {
        let page = change.url.split('#').next().unwrap_or_default();
        let cycle = &site.book().cycles[change.cycle];
        xml.push_str(&format!(
            "<entry>\n<id>{}#{}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<category term=\"{}\" label=\"{}\"/>\n",
            full(&encode(page)),
            escaped(&change.name),
            escaped(&change.title),
            moment(change.on),
            full(&with_fragment(&change.url)),
            escaped(&cycle.id),
            escaped(&cycle.name),
        ));
        if !change.says.is_empty() {
            xml.push_str(&format!("<summary>{}</summary>\n", escaped(&change.says)));
        }
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    Some(xml)
}

/// A day as Atom writes it: no time of day is known.
fn moment(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

fn with_fragment(url: &str) -> String {
    match url.split_once('#') {
        Some((page, fragment)) => format!("{}#{}", encode(page), encode(fragment)),
        None => encode(url),
    }
}

fn directions(site: &Site<'_>) -> Vec<Change> {
    let book = site.book();
    let mut changes = Vec::new();
    for (at, of) in book.directions.iter().enumerate() {
        let direction = of.direction();
        let cycle = book.cycles[of.cycle].name.as_ref();
        let url = site.url(Target::Direction(at));
        if let Some(shared) = &direction.shared {
            let themes = (0..direction.themes.len()).map(|theme| site.title(Target::Theme(at, theme)));
            changes.push(Change {
                on: shared.value,
                name: "shared".to_owned(),
                url: url.clone(),
                title: site.say("feed.direction-shared", &[("cycle", cycle)]),
                says: themes.collect::<Vec<_>>().join(&site.text("number.separator")),
                cycle: of.cycle,
            });
        }
        for approval in &direction.approvals {
            let (Some(by), Some(on)) = (&approval.by, &approval.on) else { continue };
            let who = site.who(&by.value).name;
            changes.push(Change {
                on: on.value,
                name: format!("approved-{}", encode(by.value.trim_start_matches('@'))),
                url: url.clone(),
                title: site.say("feed.direction-approved", &[("cycle", cycle), ("person", &who)]),
                says: String::new(),
                cycle: of.cycle,
            });
        }
    }
    changes
}

fn of_document(site: &Site<'_>, at: usize, changes: &mut Vec<Change>) {
    let book = site.book();
    let document = &book.documents[at];
    let (okrs, url) = (document.okrs(), book.document_url(at));
    let unit = site.config().units[document.unit].name.as_ref();
    let cycle = book.cycles[document.cycle].name.as_ref();
    let values = [("unit", unit), ("cycle", cycle)];
    let change = |on: Date, name: &str, says: String| Change {
        on,
        name: name.to_owned(),
        url: url.clone(),
        title: site.say(&format!("feed.{name}"), &values),
        says,
        cycle: document.cycle,
    };
    let objectives = || {
        let titles = (0..okrs.objectives.len()).map(|of| site.title(Target::Objective(at, of)));
        titles.collect::<Vec<_>>().join(&site.text("number.separator"))
    };
    changes.extend(okrs.shared.as_ref().map(|shared| change(shared.value, "shared", objectives())));
    let signed = site.analysis.signatures[at].both();
    changes.extend(signed.map(|on| change(on, "signed", objectives())));
    let definitions = &document.file.parts.scan.definitions;
    for (number, amendment) in okrs.amendments.iter().enumerate() {
        let Amendment { on: Some(on), by, about, says, .. } = amendment else { continue };
        let text = |words: &Option<Words>| words.as_ref().map(|words| plain(&words.value, definitions));
        let says = text(says).unwrap_or_default();
        let says = match by {
            Some(by) => site.say("feed.said", &[("person", &site.who(&by.value).name), ("text", &says)]),
            None => says,
        };
        let mut change = change(on.value, "amended", says);
        // an amendment is added at the end: the number of one that is there stays
        change.name = format!("amended-{}", number + 1);
        if let Some(about) = about.as_ref().filter(|about| okrs.place(&about.value).is_some()) {
            change.url = format!("{url}#{}", about.value);
        }
        changes.push(change);
    }
}
