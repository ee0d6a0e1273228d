//! A handbook, read from disk as its own book.toml says.

use std::path::Path;

use super::{Folders, Seen};
use crate::config::Config;
use crate::failure::Failure;
use crate::inputs::Inputs;
use crate::source::Sources;

/// A handbook as it lay on disk.
#[derive(Debug)]
pub struct Handbook {
    /// Its book.toml; what is wrong with it the check finds again.
    pub config: Config,
    /// All that a build of it depends on.
    pub inputs: Inputs,
}

impl Handbook {
    /// Reads it; what was seen before and has not changed is not read again.
    pub fn read(dir: &Path, seen: &mut Seen) -> Result<Self, Failure> {
        let book = super::book_toml(dir)?;
        let (config, _) = Config::read(&book);
        let folders = Folders {
            src: (config.src.to_string(), config.src_span.unwrap_or_else(|| book.first_line())),
            theme: (config.theme.value.to_string(), config.theme.span),
            build_dir: config.build_dir.to_string(),
        };
        let inputs = super::inputs_again(dir, book, &folders, seen)?;
        Ok(Self { config, inputs })
    }

    /// The texts that findings can stand in.
    pub fn sources(&self) -> Sources {
        self.inputs.sources(&self.config.theme.value)
    }
}
