//! A module a subject. A file that is not named here is found by the last of them.

mod arguments;
mod build;
mod charts;
mod check;
mod init;
mod tidy;
