//! A book in a folder of its own, and the program run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A folder with a book, gone when the test ends.
#[derive(Debug)]
pub struct Book {
    folder: TempDir,
    date: String,
}

impl Book {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), date: "2026-02-20".to_owned() }
    }

    /// A book with a title and nothing else.
    pub fn new() -> Self {
        Self::empty().file("book.toml", "[book]\ntitle = \"Book\"\n").file("content/index.md", "# Home\n")
    }

    /// The book that `init` makes.
    pub fn made() -> Self {
        let book = Self::empty();
        book.run(&["init"]).succeeds();
        book
    }

    /// With another day than 2026-02-20.
    pub fn date(mut self, date: &str) -> Self {
        self.date = date.to_owned();
        self
    }

    /// With a file.
    pub fn file(self, path: &str, text: &str) -> Self {
        self.put(path, text);
        self
    }

    /// Writes a file.
    pub fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Where a path of the book is.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every file below a folder, in order.
    pub fn files(&self, below: &str) -> Vec<String> {
        let root = self.path(below);
        let mut files: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| !entry.file_type().is_dir())
            .map(|entry| entry.path().strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"))
            .collect();
        files.sort();
        files
    }

    /// The program, ready to be started in the book's folder, with none of our environment.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_in(self.folder.path(), arguments)
    }

    fn command_in(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_okrbook"));
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("CLICOLOR")
                || matches!(&*name, "NO_COLOR" | "SOURCE_DATE_EPOCH" | "TZ" | "CI")
            {
                command.env_remove(&*name);
            }
        }
        command.current_dir(folder).args(arguments).env("TERM", "dumb").stdin(Stdio::null());
        if !arguments.contains(&"--date") && !self.date.is_empty() {
            command.env("SOURCE_DATE_EPOCH", epoch(&self.date));
        }
        command
    }

    /// Runs it in the book's folder.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments))
    }

    /// Runs it in a folder of the book.
    pub fn run_in(&self, folder: &str, arguments: &[&str]) -> Ran {
        Ran::of(self.command_in(&self.path(folder), arguments))
    }
}

/// The first second of a day.
fn epoch(date: &str) -> String {
    let day: jiff::civil::Date = date.parse().unwrap();
    day.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second().to_string()
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    /// The exit status.
    pub status: Option<i32>,
    /// What it printed.
    pub output: String,
    /// What it said beside.
    pub error: String,
}

impl Ran {
    /// Runs a command to its end.
    pub fn of(mut command: Command) -> Self {
        let ran = command.output().unwrap();
        Self {
            status: ran.status.code(),
            output: String::from_utf8_lossy(&ran.stdout).into_owned(),
            error: String::from_utf8_lossy(&ran.stderr).into_owned(),
        }
    }

    /// It ended with this status.
    #[track_caller]
    pub fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "\noutput: {}\nerror: {}", self.output, self.error);
        assert!(!self.error.contains("panicked"), "{}", self.error);
        self
    }

    /// It ended well.
    #[track_caller]
    pub fn succeeds(self) -> Self {
        self.exits(0)
    }

    /// It could not run, and said why, with this in it; it printed nothing.
    #[track_caller]
    pub fn refuses(self, why: &str) -> Self {
        let ran = self.exits(2).says(why);
        assert_eq!(ran.output, "");
        ran
    }

    /// Standard error has this in it.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.error.contains(text), "not said: {text}\nerror: {}", self.error);
        self
    }

    /// The output has this in it.
    #[track_caller]
    pub fn prints(self, text: &str) -> Self {
        assert!(self.output.contains(text), "not printed: {text}\noutput: {}", self.output);
        self
    }
}
