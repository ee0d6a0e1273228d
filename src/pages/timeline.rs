//! The timeline of a cycle: what was due, what came when, who is waited for; the check-ins of each week,
//! what has gone quiet, and at the end the grades.

mod check_ins;
mod deliverables;
mod picture;
mod units;

use serde::Serialize;

use crate::date::Phase;
use crate::pages::parts::Svg;

use super::phrase::{Phrase, Piece, words_of};
use super::review::{LevelGrades, level_grades};
use super::site::Site;
use super::{Page, View};
use check_ins::{CheckInsView, QuietView};
use deliverables::DeliverableRow;
use units::UnitsTable;

/// The timeline of a cycle.
#[derive(Debug, Serialize)]
pub struct TimelineView {
    /// The cycle.
    pub cycle: String,
    /// From when to when it is.
    pub dates: String,
    /// Where it is in its time.
    pub phase: String,
    /// The story so far.
    pub lede: Phrase,
    /// The picture over the weeks.
    pub chart: Svg,
    /// What is due, by day.
    pub deliverables: Vec<DeliverableRow>,
    /// The same unit by unit.
    pub units: Option<UnitsTable>,
    /// The check-ins of each week, once the cycle has begun.
    pub check_ins: Option<CheckInsView>,
    /// What has had no check-in for long.
    pub quiet: QuietView,
    /// What each level came to, once the cycle has ended.
    pub grades: Vec<LevelGrades>,
    /// Where the grades are told in full.
    pub review: String,
}

/// What was due in a cycle, and what came.
pub(super) fn page(site: &Site<'_>, cycle: usize) -> Page {
    let of = &site.book().cycles[cycle];
    let url = format!("{}/timeline/", of.id);
    let title = site.row(&[&site.text("timeline.title"), &of.name]);
    let mut chrome = site.chrome(&url, title, Some(cycle), "timeline");
    let weeks = site.weeks(cycle);
    let quiet = site.quiet(cycle);
    let ended = of.phase(site.today) == Phase::Ended;
    let lede = lede(site, cycle, quiet.count);
    chrome.description = Some(words_of(&lede));
    let view = TimelineView {
        cycle: of.name.to_string(),
        dates: site.dates(of),
        phase: site.phase_sentence(of),
        chart: site.timeline_picture(cycle, weeks.as_ref()).svg(),
        lede,
        deliverables: site.deliverable_rows(cycle),
        units: site.units_table(cycle),
        check_ins: weeks.map(|weeks| site.check_ins_view(weeks)),
        quiet: quiet.view,
        grades: if ended { level_grades(site, cycle) } else { Vec::new() },
        review: format!("{}/review/", of.id),
    };
    Page { kind: "timeline", chrome, view: View::Timeline(Box::new(view)) }
}

/// The story, what has gone quiet while the cycle runs, and at the end what it came to.
fn lede(site: &Site<'_>, cycle: usize, quiet: usize) -> Phrase {
    let story = site.story(cycle);
    let mut lede = site.story_phrase(cycle);
    if lede.is_empty() {
        lede.push(Piece::plain(site.text("story.none")));
    }
    let grades = site.book().grades(cycle);
    let last = match site.book().cycles[cycle].phase(site.today) {
        Phase::Running if quiet > 0 => story.quiet(quiet),
        Phase::Ended if grades.objectives > 0 => story.grades(grades),
        _ => return lede,
    };
    lede.push(Piece::plain(format!(" {last}")));
    lede
}
