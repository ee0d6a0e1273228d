//! Where a sequence is cut into stretches: by what stands there, so that a change moves the cuts near it and
//! no others.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

/// How large a stretch is to be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    /// Before so many bytes it is not cut.
    pub least: usize,
    /// Before so many it always is.
    pub most: usize,
    /// Between them, after every so many things on the average.
    pub every: u64,
}

/// Of words with their places.
pub(super) const TERMS: Sizes = Sizes { least: 4_000, most: 12_000, every: 16 };

/// Of leaves with their titles.
pub(super) const LEAVES: Sizes = Sizes { least: 2_000, most: 6_000, every: 2 };

/// The stretches of `count` things with a size and a key each.
pub(super) fn stretches(
    count: usize,
    sizes: Sizes,
    size: impl Fn(usize) -> usize,
    key: impl Fn(usize) -> u64,
) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let (mut start, mut held) = (0, 0);
    for at in 0..count {
        if at > start && held + size(at) > sizes.most {
            stretches.push(start..at);
            (start, held) = (at, 0);
        }
        held += size(at);
        if held >= sizes.least && xxh3_64(&key(at).to_le_bytes()).is_multiple_of(sizes.every) {
            stretches.push(start..at + 1);
            (start, held) = (at + 1, 0);
        }
    }
    if start < count {
        stretches.push(start..count);
    }
    stretches
}
