//! A module a subject. A file that is not named here is found by the last of them.

mod altered;
mod arguments;
mod at_once;
mod build;
mod calendar;
mod catalogue;
mod charts;
mod check;
mod dates;
mod diff;
mod edits;
mod export;
mod guide;
mod hostile;
mod init;
mod quarter;
mod remembered;
mod round;
mod serve;
mod site;
mod status;
mod tidy;
mod timeline;
mod today;
mod writing;
mod written;
