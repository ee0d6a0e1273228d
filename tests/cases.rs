//! A module a subject. A file that is not named here is found by the last of them.

mod arguments;
mod build;
mod calendar;
mod catalogue;
mod charts;
mod check;
mod dates;
mod export;
mod guide;
mod hostile;
mod init;
mod quarter;
mod site;
mod status;
mod tidy;
mod written;
