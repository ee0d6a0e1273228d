//! Any bytes as an OKR document, as a direction document or as a page: the first byte chooses.
#![no_main]

use libfuzzer_sys::fuzz_target;

mod checked;

const PATHS: [&str; 3] =
    ["content/okrs/fy27-q1/cloud.md", "content/okrs/fy27-q1/direction.md", "content/page.md"];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, text)) = bytes.split_first() else { return };
    checked::check(PATHS[usize::from(*first) % PATHS.len()], text);
});
