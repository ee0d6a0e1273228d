//! All that a site depends on, as one number: the program itself, every file of the handbook, what was asked.

use std::collections::BTreeMap;
use std::fs::File;
use std::hash::{Hash, Hasher};
use std::io::{BufRead, BufReader};
use std::path::Path;
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
    file(&std::env::current_exe().ok()?, &mut hash)?;
    for source in std::iter::once(book).chain(documents.iter()) {
        (&source.path, &source.text, source.not_utf8).hash(&mut hash);
    }
    hash.write_u8(0);
    for asset in assets {
        asset.path.hash(&mut hash);
        file(&asset.on_disk, &mut hash)?;
    }
    hash.write_u8(0);
    (theme, recalled).hash(&mut hash);
    for (path, day) in changed {
        (path, day.to_string()).hash(&mut hash);
    }
    (today.to_string(), site_url, force, all).hash(&mut hash);
    Some(hash.digest128())
}

/// Adds what a file holds, a piece at a time: the program itself is among them, and a film may be.
fn file(path: &Path, hash: &mut Xxh3) -> Option<()> {
    const PIECE: usize = 1 << 16;
    let mut file = BufReader::with_capacity(PIECE, File::open(path).ok()?);
    let mut length = 0;
    loop {
        let piece = file.fill_buf().ok()?;
        if piece.is_empty() {
            break;
        }
        hash.update(piece);
        let read = piece.len();
        length += read;
        file.consume(read);
    }
    // so that the end of one file cannot be taken for the beginning of the next
    hash.write_usize(length);
    Some(())
}
