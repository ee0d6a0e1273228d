//! A module a subject. A file that is not named here is found by the last of them.

mod arguments;
mod build;
mod catalogue;
mod check;
mod hostile;
mod init;
mod tidy;
mod written;
