//! A module a subject. A file that is not named here is found by the last of them.

mod arguments;
mod at_once;
mod build;
mod catalogue;
mod charts;
mod check;
mod diff;
mod export;
mod guide;
mod hostile;
mod init;
mod round;
mod site;
mod tidy;
mod writing;
mod written;
