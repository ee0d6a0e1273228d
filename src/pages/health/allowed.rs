//! What documents allow themselves, with the reasons that they give.

use serde::Serialize;

use crate::model::{Allow, Front};
use crate::pages::site::{Site, root_of};
use crate::prose::Text;

/// A rule silenced in a document.
#[derive(Debug, Serialize)]
pub struct AllowedRow {
    /// The rule.
    pub rule: String,
    /// The document, and the place in it.
    pub document: String,
    /// Its page.
    pub url: Option<String>,
    /// The reason.
    pub why: Option<Text>,
    /// Where it stands.
    pub at: String,
}

/// What documents allow themselves.
pub(super) struct Allowed {
    pub rows: Vec<AllowedRow>,
    pub count: usize,
    pub more: String,
}

/// As many as are listed.
const MOST: usize = 200;

impl Site<'_> {
    pub(super) fn allowed(&self) -> Allowed {
        let mut rows = Vec::new();
        let mut count = 0;
        for file in self.book().files() {
            let allows: &[Allow] = match &file.front {
                Front::Okrs(okrs) => &okrs.allows,
                Front::Direction(direction) => &direction.allows,
                Front::Page(_) => continue,
            };
            count += allows.len();
            for allow in allows {
                if rows.len() < MOST {
                    rows.push(self.allowed_row(file, allow));
                }
            }
        }
        let more = count - rows.len();
        let more = if more > 0 { self.count("list.more", more, &[]) } else { String::new() };
        Allowed { rows, count, more }
    }

    fn allowed_row(&self, file: &crate::model::File, allow: &Allow) -> AllowedRow {
        let document = self.document_at(&file.source.path);
        let about = allow.about.as_ref().map(|about| about.value.as_ref());
        let place = document.zip(about).and_then(|(at, about)| {
            let place = self.book().documents[at].okrs().place(about)?;
            Some(crate::links::Target::item(at, Some(place)))
        });
        let title = document.map_or_else(|| file.source.path.to_string(), |at| self.document_title(at));
        let line = file.source.position(allow.span.start()).line;
        AllowedRow {
            rule: allow.rule.as_ref().map(|rule| rule.value.to_string()).unwrap_or_default(),
            url: match place {
                Some(target) => Some(self.url(target)),
                None => document.map(|at| self.book().document_url(at)),
            },
            document: match place {
                Some(target) => format!("{title}: {}", self.title(target)),
                None => title,
            },
            why: self.inline(&allow.why, &self.shared(file, &root_of("health/"))),
            at: format!("{}:{line}", file.source.path),
        }
    }
}
