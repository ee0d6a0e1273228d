//! Every test of the program as a whole, in one binary.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "nobody uses a test from outside")]
#![expect(clippy::disallowed_methods, reason = "tests make books on disk and run the program")]

mod cases;
mod judged;
mod preview;
mod repository;
mod runner;
