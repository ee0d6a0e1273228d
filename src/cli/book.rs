//! The book that a command works on, as it lies on disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Shared, threads, today};
use crate::Options;
use crate::config::Config;
use crate::failure::Failure;
use crate::inputs::Inputs;
use crate::lang::Lang;
use crate::load::{self, Handbook, Seen};
use crate::render;
use crate::source::{Place, Sources};

/// A book, read.
#[derive(Debug)]
pub(super) struct Book {
    /// Its folder.
    pub(super) dir: PathBuf,
    /// Its book.toml; what is wrong with it the check finds again.
    pub(super) config: Config,
    /// All that a build of it depends on.
    pub(super) inputs: Inputs,
}

impl Book {
    /// Finds it and reads it.
    pub(super) fn load(shared: &Shared) -> Result<Self, Failure> {
        let dir = folder(shared)?;
        threads::prepare();
        let Handbook { config, inputs } = Handbook::read(&dir, &mut Seen::nothing())?;
        Ok(Self { dir, config, inputs })
    }

    /// The texts that findings can stand in.
    pub(super) fn sources(&self) -> Sources {
        self.inputs.sources(&self.config.theme.value)
    }

    /// The words of the interface in the book's language; those of the built-in theme where the book's
    /// own do not work, which a build reports.
    pub(super) fn lang(&self) -> Lang {
        let place = Place::new(&self.config.path, self.inputs.book.first_line());
        let language = |files: &BTreeMap<String, Vec<u8>>, language: &str| {
            render::language_of(&self.config.theme.value, files, language, &place)
        };
        language(&self.inputs.theme, &self.config.language.value)
            .or_else(|_| language(&BTreeMap::new(), "en"))
            .expect("the built-in theme has its words in English")
    }

    /// The book's folder as seen from the current one, for tools that run there: empty, or ending
    /// in `/`. Empty too where the current folder is inside the book or elsewhere.
    pub(super) fn base(&self) -> String {
        let Ok(here) = current_dir() else { return String::new() };
        match self.dir.strip_prefix(&here).ok().and_then(Path::to_str) {
            Some("") | None => String::new(),
            Some(below) => format!("{}/", below.replace(std::path::MAIN_SEPARATOR, "/")),
        }
    }
}

/// The folder of the book.
pub(super) fn folder(shared: &Shared) -> Result<PathBuf, Failure> {
    match &shared.book {
        Some(dir) => std::path::absolute(dir).map_err(|error| Failure::io("read", dir, &error)),
        None => load::find_book(&current_dir()?),
    }
}

/// What a check or a build is to do, as the shared arguments say.
pub(super) fn options(shared: &Shared) -> Result<Options, Failure> {
    Ok(Options { today: today::today(shared.date)?, site_url: None, force: false, all: false })
}

/// The folder that the program was started in.
pub(super) fn current_dir() -> Result<PathBuf, Failure> {
    std::env::current_dir().map_err(|error| Failure::io("read", Path::new("."), &error))
}

/// A path as it is shown: from the current folder where it lies below.
pub(super) fn shown(path: &Path) -> String {
    let short = current_dir().ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    match short {
        Some(short) if short.as_os_str().is_empty() => ".".to_owned(),
        Some(short) => short.display().to_string(),
        None => path.display().to_string(),
    }
}
