//! What is printed, and where.

use std::io::{ErrorKind, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use super::Color;
use crate::failure::Failure;
use crate::report;

/// Takes `--color`; what it leaves open, the terminal and the environment decide.
pub(super) fn choose(color: Color) {
    let choice = match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    choice.write_global();
}

/// Whether the output is to be coloured.
pub(super) fn output_has_color() -> bool {
    AutoStream::choice(&std::io::stdout()) != ColorChoice::Never
}

/// Whether standard error is to be coloured.
pub(super) fn error_has_color() -> bool {
    AutoStream::choice(&std::io::stderr()) != ColorChoice::Never
}

/// Whether someone reads the output as it comes.
pub(super) fn output_is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// How many columns the output has: those of the terminal, of a very wide one 100; 80 elsewhere.
pub(super) fn output_width() -> usize {
    const WIDEST: usize = 100;
    let terminal = terminal_size::terminal_size_of(std::io::stdout());
    terminal.map_or(80, |(width, _)| usize::from(width.0).min(WIDEST))
}

/// Whether someone reads standard error as it comes.
pub(super) fn error_is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// A command's result. A reader that has seen enough (`| head`) is no error.
pub(super) fn output(text: &str) -> Result<(), Failure> {
    let stdout = std::io::stdout().lock();
    let written = if output_has_color() {
        let mut stream = AutoStream::always(stdout);
        stream.write_all(text.as_bytes()).and_then(|()| stream.flush())
    } else {
        let mut stream = stdout;
        stream.write_all(text.as_bytes()).and_then(|()| stream.flush())
    };
    self::written(written)
}

/// How writing a result went. A reader that has seen enough is no error.
pub(super) fn written(written: std::io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write to the output: {}", crate::failure::reason(&error))))
        }
        _ => Ok(()),
    }
}

/// What is said beside the result. Nobody is left to tell where this cannot be said.
pub(super) fn say(text: &str) {
    let stderr = std::io::stderr().lock();
    let _ = if error_has_color() {
        AutoStream::always(stderr).write_all(text.as_bytes())
    } else {
        let mut stream = stderr;
        stream.write_all(text.as_bytes())
    };
}

/// A text that stands out beside others on standard error, where that has colours.
pub(super) fn strong(text: &str) -> String {
    if error_has_color() { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Why the program could not run.
pub(super) fn failed(failure: &Failure) {
    say(&report::failure(failure, error_has_color()));
}

/// Whether someone can be asked, and sees the question.
pub(super) fn asks() -> bool {
    std::io::stdin().is_terminal() && error_is_terminal()
}

/// Asks a question that is answered with yes, by enter as well, or no.
pub(super) fn confirmed(question: &str) -> bool {
    loop {
        say(question);
        let mut line = String::new();
        match std::io::stdin().read_line(&mut line) {
            Ok(0) | Err(_) => return false,
            Ok(_) => {}
        }
        match line.trim().to_lowercase().as_str() {
            "" | "y" | "yes" => return true,
            "n" | "no" | "q" | "quit" => return false,
            _ => say("y for yes, n for no\n"),
        }
    }
}
