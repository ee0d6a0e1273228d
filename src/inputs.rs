//! What a build takes and what it gives: values only, no file is read or written here.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::source::{Source, Sources};

/// A file that is no Markdown, to be copied beside the pages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asset {
    /// Relative to the book's folder, with `/` between its parts.
    pub path: Arc<str>,
    /// Where it lies on disk; only the shell opens it.
    pub on_disk: PathBuf,
}

/// All that a build depends on, besides the day.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// `book.toml`.
    pub book: Source,
    /// Every Markdown file of the book's source folder.
    pub documents: Sources,
    /// Every other file of it, in the order of their paths.
    pub assets: Vec<Asset>,
    /// The files of the chosen theme's folder (`templates/okrs.html`, `static/style.css`),
    /// empty for the built-in theme.
    pub theme: BTreeMap<String, Vec<u8>>,
    /// What could not be read (`format/unreadable`).
    pub unread: Vec<Finding>,
    /// The earlier versions of documents that somebody has asked the history for; empty where no
    /// signature is altered.
    pub recalled: Recalled,
}

/// Earlier versions, as far as the history has them.
pub type Recalled = BTreeMap<Version, Result<Arc<str>, Lost>>;

/// The version of a document that a signature was given to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The document, relative to the book's folder.
    pub path: Arc<str>,
    /// The same from the source folder: `okrs/fy27-q1/cloud.md`.
    pub in_src: Arc<str>,
    /// Its cycle.
    pub cycle: Arc<str>,
    /// The digest that the signature has.
    pub digest: Arc<str>,
}

/// Why there is no text of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lost {
    /// There is no repository, or no git.
    NoHistory,
    /// Only the last part of the history is here.
    Shallow,
    /// No version in the history has this digest.
    Gone,
}

impl Inputs {
    /// The texts that findings can stand in, where the chosen theme has this name.
    pub fn sources(&self, theme: &str) -> Sources {
        let mut sources = self.documents.clone();
        sources.add(self.book.clone());
        let text =
            |path: &str| path == "theme.toml" || path.starts_with("templates/") || path.starts_with("lang/");
        for (path, bytes) in self.theme.iter().filter(|(path, _)| text(path)) {
            sources.add(Source::from_bytes(format!("themes/{theme}/{path}"), bytes.clone()));
        }
        sources
    }
}

/// The content of a file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Made by the build.
    Made(Vec<u8>),
    /// A file to be copied as it is.
    Copied(PathBuf),
}

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Relative to the site's root, with `/` between its parts: `fy27-q1/cloud/index.html`.
    pub path: String,
    /// What it holds.
    pub content: Content,
}

impl SiteFile {
    /// A file that the build makes.
    pub fn made(path: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), content: Content::Made(text.into()) }
    }
}

/// What is handed over while a site is made.
#[derive(Clone, Debug)]
pub enum Handed {
    /// A whole file.
    File(SiteFile),
    /// The next part of a file that is too large to be in memory as a whole. Its parts come in order, with
    /// other files between them.
    Part {
        /// As in [`SiteFile::path`].
        path: &'static str,
        /// What comes next in it; at the end, nothing.
        bytes: Option<Vec<u8>>,
    },
}
