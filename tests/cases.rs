//! A module a subject. A file that is not named here is found by the last of them.

mod arguments;
mod build;
mod catalogue;
mod charts;
mod check;
mod export;
mod hostile;
mod init;
mod remembered;
mod serve;
mod site;
mod tidy;
mod written;
