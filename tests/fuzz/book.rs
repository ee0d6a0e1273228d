//! Any bytes as a book.toml.
#![no_main]

use libfuzzer_sys::fuzz_target;

mod checked;

fuzz_target!(|bytes: &[u8]| checked::check("book.toml", bytes));
