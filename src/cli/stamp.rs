//! All that a site depends on, as one number: the program itself, every file of the handbook, what was asked.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::Options;
use crate::date::Date;
use crate::inputs::Inputs;

/// The number; `changed` is when documents were last changed. None where something cannot be read, and so may be another the next time.
pub(super) fn of(inputs: &Inputs, changed: &BTreeMap<Arc<str>, Date>, options: &Options) -> Option<u128> {
    // every field, so that a new one is not forgotten
    let Inputs { book, documents, assets, theme, unread, recalled } = inputs;
    let Options { today, site_url, force, all } = options;
    if !unread.is_empty() {
        return None;
    }
    let mut hash = Xxh3::new();
    hash.update(&fs::read(std::env::current_exe().ok()?).ok()?);
    for source in std::iter::once(book).chain(documents.iter()) {
        (&source.path, &source.text, source.not_utf8).hash(&mut hash);
    }
    hash.write_u8(0);
    for asset in assets {
        (&asset.path, fs::read(&asset.on_disk).ok()?).hash(&mut hash);
    }
    hash.write_u8(0);
    (theme, recalled).hash(&mut hash);
    for (path, day) in changed {
        (path, day.to_string()).hash(&mut hash);
    }
    (today.to_string(), site_url, force, all).hash(&mut hash);
    Some(hash.digest128())
}
