//! Why the program could not run at all (exit status 2): what is wrong, where, and what to do.
//!
//! A mistake in a book is a finding, never a failure.

use std::fmt;
use std::io::{Error, ErrorKind};
use std::path::Path;

/// What is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong, and where. Lower case, no final period.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Failure {
    /// A failure without help.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// With what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// An operation on a file or folder that the system refused: ``cannot write `x`: …``.
    pub fn io(doing: &str, path: &Path, error: &Error) -> Self {
        let failure = Self::new(format!("cannot {doing} `{}`: {}", path.display(), reason(error)));
        let help = match error.kind() {
            ErrorKind::PermissionDenied => "check who owns it and whether you may write there",
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                "make room there and run the same command again; nothing half-written is left"
            }
            ErrorKind::ReadOnlyFilesystem => "choose another place with `--out DIR`, or make it writable",
            ErrorKind::NotFound => "was it removed while okrbook ran? run the same command again",
            _ => return failure,
        };
        failure.help(help)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        match &self.help {
            Some(help) => write!(f, "\n  = help: {}", help.replace('\n', "\n          ")),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}

/// What the system said, in words that do not depend on the platform where there are such.
pub fn reason(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "it is not there".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::QuotaExceeded => "the disk quota is used up".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        ErrorKind::NotADirectory => "a part of the path is no folder".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => in_a_sentence(&error.to_string()),
    }
}

/// What the system says, without its number and its capital letter: `File name too long (os error 36)`.
fn in_a_sentence(said: &str) -> String {
    let said = said.split_once(" (os error ").map_or(said, |(words, _)| words).trim_end_matches('.');
    let mut letters = said.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    // a name in capitals stays as it is
    if letters.as_str().starts_with(char::is_uppercase) { said.to_owned() } else { first + letters.as_str() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_part_of_a_sentence() {
        assert_eq!(in_a_sentence("File name too long (os error 36)"), "file name too long");
        assert_eq!(in_a_sentence("Access is denied. (os error 5)"), "access is denied");
        assert_eq!(in_a_sentence("IO is out"), "IO is out");
        assert_eq!(in_a_sentence(""), "");
    }

    #[test]
    fn a_failure_names_the_file_and_what_to_do() {
        let failure = Failure::io("write", Path::new("site/a.html"), &ErrorKind::StorageFull.into());
        assert_eq!(
            failure.to_string(),
            "cannot write `site/a.html`: the disk is full\n  \
             = help: make room there and run the same command again; nothing half-written is left"
        );
    }
}
