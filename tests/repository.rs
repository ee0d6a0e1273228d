//! A book in a repository of git.

use std::process::Command;

use crate::runner::Book;

/// Runs git in the book's folder, with none of the settings of whoever runs the tests.
#[track_caller]
pub fn git(book: &Book, arguments: &[&str]) {
    let ran = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
        .args(["-c", "core.hooksPath=/dev/null"])
        .args(arguments)
        .current_dir(book.path(""))
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}
