//! `completions` and `man`: what is printed for the shell.

use crate::runner::Book;

const COMMANDS: [&str; 6] = ["init", "check", "explain", "build", "schema", "completions"];

#[test]
fn every_shell_gets_its_completions() {
    let nowhere = Book::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = nowhere.run(&["completions", shell]).succeeds().output;
        for command in COMMANDS {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    nowhere.run(&["completions", "bsh"]).refuses("possible values: bash");
}

#[cfg(unix)]
#[test]
fn the_completions_are_a_script_that_bash_takes_and_uses() {
    let book = Book::empty();
    let script = book.run(&["completions", "bash"]).succeeds().output;
    book.put("okrbook.bash", &script);
    let try_it = "source ./okrbook.bash; COMP_WORDS=(okrbook expl); COMP_CWORD=1; \
                  _okrbook okrbook expl okrbook; echo \"${COMPREPLY[@]}\"";
    let ran = std::process::Command::new("bash")
        .args(["--norc", "-c", try_it])
        .current_dir(book.path("."))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&ran.stdout).trim(), "explain");
}

#[test]
fn the_manual_has_every_command_and_one_page_each() {
    let nowhere = Book::empty();
    let page = nowhere.run(&["man"]).succeeds().output;
    assert!(page.contains(".TH okrbook 1"), "{page}");
    for command in COMMANDS {
        assert!(page.contains(&format!("okrbook\\-{command}(1)")), "{command}");
        let own = nowhere.run(&["man", command]).succeeds().output;
        assert!(own.contains(&format!(".TH okrbook-{command} 1")), "{own}");
        assert!(own.contains("\\-\\-date"), "{own}");
    }
    nowhere.run(&["man", "chek"]).refuses("there is no command `chek`").says("did you mean `check`?");
}
