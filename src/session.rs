//! What is remembered between builds: files by their text. The only incremental code; a build with a
//! session that remembers gives the same bytes as one with a session that does not.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use crate::model::{File, read, site_path};
use crate::source::Sources;

/// A file by its path and the hash of its text.
type Key = (Arc<str>, u128);

/// What is remembered between builds.
#[derive(Debug, Default)]
pub struct Session {
    files: HashMap<Key, Arc<File>>,
    rendered: usize,
}

impl Session {
    /// A session that remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads every file, in the order of their paths; those whose text is remembered are not read again.
    pub fn parse(&mut self, sources: &Sources, src: &str) -> Vec<Arc<File>> {
        let all: Vec<_> = sources.iter().collect();
        let files: Vec<(Key, Arc<File>)> = all
            .into_par_iter()
            .map(|source| {
                let key = (Arc::clone(&source.path), xxh3_128(source.text.as_bytes()));
                let file = match self.files.get(&key) {
                    Some(file) if file.source.not_utf8 == source.not_utf8 => Arc::clone(file),
                    _ => Arc::new(read(source, site_path(src, &source.path).unwrap_or(&source.path))),
                };
                (key, file)
            })
            .collect();
        // what is gone is forgotten
        self.files = files.iter().cloned().collect();
        files.into_iter().map(|(_, file)| file).collect()
    }

    /// How many pages the last build rendered, because they were not remembered.
    pub fn rendered(&self) -> usize {
        self.rendered
    }
}
