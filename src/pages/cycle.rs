//! A cycle at a glance: its direction, the contracts of its levels beside each other, its documents.

mod documents;
mod levels;

use serde::Serialize;

use crate::links::Target;

use super::parts::Link;
use super::phrase::{Phrase, words_of};
use super::site::Site;
use super::standing::{Against, Standing};
use super::{Page, View};

use documents::Group;
use levels::LevelView;

/// A cycle.
#[derive(Debug, Serialize)]
pub struct CycleView {
    /// What it is called.
    pub title: String,
    /// From when to when it goes, and where it is on the way.
    pub about: String,
    /// How it stands, in a sentence.
    pub lede: Phrase,
    /// Where it goes.
    pub direction: DirectionPart,
    /// Its levels, beside each other.
    pub levels: Vec<LevelView>,
    /// Its documents by level and the unit above.
    pub groups: Vec<Group>,
    /// How many there are.
    pub documents_summary: String,
    /// Whether there are so many that each group is a table by itself.
    pub many: bool,
    /// The heads of the columns that depend on the cycle: objectives, progress, wanting, and wanting in a
    /// word.
    pub columns: [String; 4],
    /// The line that objectives are held against, in words.
    pub key_line: Option<String>,
    /// What a hollow objective means.
    pub key_behind: Option<String>,
    /// A class of the line: `c-pace` or `c-target`.
    pub key_class: &'static str,
    /// The shared part of the strips.
    pub track: String,
}

/// The direction of a cycle, in short.
#[derive(Debug, Serialize)]
pub struct DirectionPart {
    /// Who wrote and approved it, or whose it is, or that there is none.
    pub about: Phrase,
    /// Its themes, with how many objectives answer them.
    pub themes: Vec<Link>,
}

/// From how many documents on a group is a table by itself.
const MANY: usize = 60;

/// The overview of a cycle.
pub(super) fn page(site: &Site<'_>, cycle: usize) -> Page {
    let of = &site.book().cycles[cycle];
    let standing = Standing::of(site, cycle);
    let track = standing.against.track();
    let points = site.config().behind_points;
    let key_behind = match standing.against {
        Against::Nothing | Against::Pace(None) => None,
        Against::Grades => Some(site.text("cycle.key-grade-short")),
        Against::Pace(Some(_)) => {
            // a share of a point is said as it was typed, in the form for many
            let n = if points == 1.0 { 1 } else { 2 };
            Some(site.count("cycle.key-behind", n, &[("n", &site.plain_number(points))]))
        }
    };
    let view = CycleView {
        title: of.name.to_string(),
        about: format!("{}. {}", site.dates(of), site.phase_sentence(of)),
        lede: site.cycle_lede(&standing),
        direction: direction(site, cycle),
        levels: levels::levels(site, &standing),
        documents_summary: summary(site, &standing),
        groups: documents::groups(site, &standing),
        many: standing.documents.len() > MANY,
        columns: columns(site, standing.against),
        key_line: key_line(site, standing.against),
        key_behind,
        key_class: if standing.against == Against::Grades { "c-target" } else { "c-pace" },
        track: track.defs(),
    };
    let url = format!("{}/", of.id);
    let mut chrome = site.chrome(&url, of.name.to_string(), Some(cycle), "overview");
    chrome.description = Some(words_of(&view.lede));
    Page { kind: "cycle", chrome, view: View::Cycle(Box::new(view)) }
}

fn summary(site: &Site<'_>, standing: &Standing) -> String {
    site.say(
        "cycle.documents-count",
        &[
            ("documents", &site.count("count.documents", standing.documents.len(), &[])),
            ("objectives", &site.count("count.objectives", standing.objectives(), &[])),
            ("key-results", &site.count("count.key-results", standing.key_results(), &[])),
        ],
    )
}

fn columns(site: &Site<'_>, against: Against) -> [String; 4] {
    let keys = match against {
        Against::Grades => ["cycle.grades-scale", "cycle.grades", "cycle.fell-short", "cycle.fell-short"],
        _ => ["cycle.objectives-scale", "cycle.progress", "cycle.behind-or-broken", "cycle.behind"],
    };
    keys.map(|key| site.text(key))
}

fn key_line(site: &Site<'_>, against: Against) -> Option<String> {
    match against {
        Against::Nothing | Against::Pace(None) => None,
        Against::Grades => Some(site.text("cycle.key-grade")),
        Against::Pace(Some(pace)) => Some(site.say("cycle.key-pace", &[("pace", &site.percent(pace))])),
    }
}

/// Where a cycle goes: its own direction, that of a cycle around it, or none.
fn direction(site: &Site<'_>, cycle: usize) -> DirectionPart {
    let Some(at) = site.book().answers_to(cycle) else {
        let none = vec![super::phrase::Piece::plain(site.text("cycle.no-direction"))];
        return DirectionPart { about: none, themes: Vec::new() };
    };
    let direction = &site.book().directions[at];
    let about = if direction.cycle == cycle {
        vec![super::phrase::Piece::plain(written_by(site, at))]
    } else {
        let of = &site.book().cycles[direction.cycle].name;
        let link = super::phrase::Piece::link(of.as_ref(), site.url(Target::Direction(at)));
        site.phrase("cycle.direction-of", None, &[("cycle", vec![link])])
    };
    let mut themes: Vec<Link> = (0..direction.direction().themes.len())
        .map(|theme| {
            let target = Target::Theme(at, theme);
            let answers = site.answers(target, cycle).len();
            let (note, class) = match answers {
                0 => (site.text("cycle.unanswered"), "gap"),
                n => (site.count("cycle.answered-by", n, &[]), ""),
            };
            Link { class, ..site.link(target, note) }
        })
        .collect();
    if themes.is_empty() {
        themes.push(site.link(Target::Direction(at), site.text("cycle.without-themes")));
    }
    DirectionPart { about, themes }
}

/// Who wrote a direction, and who approved it when.
pub(super) fn written_by(site: &Site<'_>, at: usize) -> String {
    let direction = site.book().directions[at].direction();
    let writers =
        if direction.written_by.is_empty() { &site.config().written_by } else { &direction.written_by };
    let people = site.names(writers);
    let signed = direction.signatures(site.today);
    let approvers: Vec<String> = signed.iter().map(|(by, _)| site.who(by).name).collect();
    match (people.is_empty(), signed.iter().map(|(_, on)| *on).max()) {
        (true, None) => String::new(),
        (true, Some(on)) => site.say(
            "cycle.direction-approved-only",
            &[("approvers", &site.lang.list(&approvers)), ("date", &site.day(on))],
        ),
        (false, None) => site.say("cycle.direction-by", &[("people", &people)]),
        (false, Some(on)) => site.say(
            "cycle.direction-approved",
            &[("people", &people), ("approvers", &site.lang.list(&approvers)), ("date", &site.day(on))],
        ),
    }
}

impl Site<'_> {
    /// The objectives of a cycle, and of those within it, that answer a theme.
    pub(super) fn answers(&self, theme: Target, cycle: usize) -> Vec<Target> {
        let within = &self.book().cycles[cycle].encloses;
        let counts = |objective: &Target| {
            let own = objective.cycle(self.book());
            own == cycle || within.contains(&own)
        };
        let answers = self.analysis.links.answered_by.get(&theme);
        answers.into_iter().flatten().copied().filter(counts).collect()
    }
}
