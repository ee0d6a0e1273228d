//! Check-ins that are asked for, one key result after the other. What is answered is written before
//! the next question.

use std::io::BufRead;

use super::open::{self, Number};
use super::{Said, check_range, record};
use crate::cli::desk::{Desk, Doc, Stopped};
use crate::cli::{Shared, quantity, terminal, who};
use crate::failure::Failure;
use crate::links::Target;
use crate::model::{Book, KeyResult, Measure};
use crate::report::{counted, visible};

/// What is answered to the questions about one key result.
#[derive(Debug, PartialEq)]
enum Answer {
    Said(Said),
    Skip,
    Quit,
}

/// Asks for all that a person owns.
pub(super) fn mine(shared: &Shared, handle: &str) -> Result<(), Stopped> {
    let (open, whose) = {
        let desk = Desk::take(shared)?;
        let person = who::person(&desk.analysis.book.config, handle)?;
        let found = open::of_person(&desk.analysis.book, &person, desk.today);
        (references(&desk.analysis.book, &found), person)
    };
    needs_a_terminal("okrbook check-in REF VALUE")?;
    all(shared, &open, &format!("{whose} owns"))
}

/// Asks for every open key result of a document.
pub(super) fn document(shared: &Shared, doc: &str) -> Result<(), Stopped> {
    let (open, name) = {
        let desk = Desk::take(shared)?;
        if let Ok(target @ Target::KeyResult(..)) = desk.target_or_none(doc) {
            (vec![target.reference(&desk.analysis.book)], doc.to_owned())
        } else {
            let at = desk.okrs_doc(doc, "key results")?;
            desk.refuse_errors(Doc::Okrs(at))?;
            let found = open::of_document(&desk.analysis.book, at);
            (references(&desk.analysis.book, &found), desk.name(Doc::Okrs(at)))
        }
    };
    needs_a_terminal(&format!("okrbook check-in {doc} PLACE=VALUE"))?;
    all(shared, &open, &format!("{name} has"))
}

fn references(book: &Book, open: &[Number]) -> Vec<String> {
    open.iter().map(|(document, at, of)| Target::KeyResult(*document, *at, *of).reference(book)).collect()
}

fn needs_a_terminal(instead: &str) -> Result<(), Failure> {
    if terminal::asks() {
        return Ok(());
    }
    Err(Failure::new("there is no terminal to ask in").help(format!("give the values: `{instead}`")))
}

/// Asks for each in turn. The book is read anew each time and not held while somebody thinks.
fn all(shared: &Shared, open: &[String], whose: &str) -> Result<(), Stopped> {
    if open.is_empty() {
        terminal::say(&format!("{whose} no open key results: nothing to check in on\n"));
        return Ok(());
    }
    terminal::say(&format!(
        "{whose} {}. Enter takes what stands in brackets, s skips, q quits.\n",
        counted(open.len(), "open key result")
    ));
    let mut written = 0;
    for (at, reference) in open.iter().enumerate() {
        let asked = {
            let desk = Desk::take(shared)?;
            let Ok((document, of)) = find(&desk, reference) else { continue };
            let key_result = super::key_result(&desk, document, of);
            let cycle = &desk.analysis.book.cycles[desk.analysis.book.documents[document].cycle];
            let due = key_result.due.as_ref().map(|due| due.value).or(cycle.end);
            let pace = due.and_then(|due| cycle.pace_until(due, desk.today));
            (question(reference, key_result, pace, desk.today), key_result.clone(), desk.today)
        };
        let (question, key_result, today) = asked;
        terminal::say(&visible(&format!("\n{}/{}  {question}\n", at + 1, open.len())));
        let mut input = std::io::stdin().lock();
        let answer =
            answers(&key_result, today, &mut || read_line(&mut input), &mut |text| terminal::say(text));
        match answer {
            Answer::Quit => break,
            Answer::Skip => {}
            Answer::Said(said) => {
                let desk = Desk::take(shared)?;
                let (document, of) = find(&desk, reference)?;
                record(&desk, document, &[(of, said)])?;
                written += 1;
            }
        }
    }
    terminal::say(&format!("\n{} written\n", counted(written, "check-in")));
    Ok(())
}

fn find(desk: &Desk, reference: &str) -> Result<(usize, (usize, usize)), Stopped> {
    match desk.target(reference)? {
        Target::KeyResult(document, at, of) => Ok((document, (at, of))),
        _ => Err(Failure::new(format!("`{reference}` is no key result any more")).into()),
    }
}

fn read_line(input: &mut dyn BufRead) -> Option<String> {
    let mut line = String::new();
    match input.read_line(&mut line) {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(line.trim().to_owned()),
    }
}

/// What stands above the questions.
fn question(reference: &str, of: &KeyResult, pace: Option<f64>, today: crate::date::Date) -> String {
    let title = of.title.as_ref().map_or("", |title| title.value.as_ref());
    let last = of.counted(today).into_iter().rev().find(|check_in| check_in.value.is_some());
    let last = match last.and_then(|last| Some((last.value.as_ref()?.value, last.on.as_ref()?.value))) {
        Some((value, on)) => format!("last {} on {on}", open::shown(of, value)),
        None => "no check-in yet".to_owned(),
    };
    let standing =
        open::standing(of, of.value(today)).map_or(String::new(), |standing| format!(", {standing}"));
    let pace = match (pace, of.measure) {
        (Some(pace), Measure::Measured { .. } | Measure::Milestone) => {
            format!("; {:.0} % of the time has passed", (pace * 100.0).floor())
        }
        _ => String::new(),
    };
    format!("{reference}\n     {title} ({})\n     {last}{standing}{pace}", open::goal(of))
}

/// The questions about one key result. What cannot be read is asked for again.
fn answers(
    of: &KeyResult,
    today: crate::date::Date,
    read: &mut dyn FnMut() -> Option<String>,
    say: &mut dyn FnMut(&str),
) -> Answer {
    let last = of.value(today).or(match of.measure {
        Measure::Measured { from, .. } => Some(from),
        Measure::Milestone => Some(0.0),
        Measure::Threshold { .. } | Measure::Unclear => None,
    });
    let valid = |typed: &str| {
        let value = quantity::number("a value", typed)?;
        check_range("0.0 to 1.0", of, Some(value)).map(|()| value)
    };
    let value = match ask("value", last.map(|last| format!("{last}")), &valid, last, read, say) {
        Err(answer) => return answer,
        Ok(value) => value,
    };
    let confidence = of.confidence(today);
    let valid = |typed: &str| quantity::share("a confidence", typed);
    let shown = confidence.map(|confidence| format!("{confidence:?}"));
    let confidence =
        match ask("confidence", shown.or_else(|| Some("none".to_owned())), &valid, confidence, read, say) {
            Err(answer) => return answer,
            Ok(confidence) => confidence,
        };
    say("     note [none]: ");
    let note = read().filter(|note| !note.is_empty());
    Answer::Said(Said { value, confidence, note })
}

/// One number, `default` if nothing is typed.
fn ask(
    what: &str,
    shown: Option<String>,
    valid: &dyn Fn(&str) -> Result<f64, Failure>,
    default: Option<f64>,
    read: &mut dyn FnMut() -> Option<String>,
    say: &mut dyn FnMut(&str),
) -> Result<Option<f64>, Answer> {
    loop {
        let bracket = shown.as_ref().map_or(String::new(), |shown| format!(" [{shown}]"));
        say(&format!("     {what}{bracket}: "));
        let Some(typed) = read() else { return Err(Answer::Quit) };
        match typed.as_str() {
            "q" | "quit" => return Err(Answer::Quit),
            "s" | "skip" => return Err(Answer::Skip),
            "" if shown.is_some() => return Ok(default),
            "" => say("     a number, s to skip or q to quit\n"),
            _ => match valid(&typed) {
                Ok(number) => return Ok(Some(number)),
                Err(failure) => {
                    let help = failure.help.map_or(String::new(), |help| format!(": {help}"));
                    say(&format!("     {}{help}\n", failure.message));
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;
    use crate::source::Source;

    fn key_result(keys: &str) -> KeyResult {
        let text = format!(
            "+++\n[[objective]]\nid = \"a\"\ntitle = \"A\"\nkey-result = [{{ id = \"b\", title = \"B\", {keys} }}]\n+++\n"
        );
        let file = model::read(&Source::new("okrs/x/y.md", text), "okrs/x/y.md");
        file.okrs().unwrap().objectives[0].key_results[0].clone()
    }

    fn answered(keys: &str, typed: &[&str]) -> (Answer, String) {
        let mut lines = typed.iter();
        let mut said = String::new();
        let today = "2026-02-20".parse().unwrap();
        let answer = answers(
            &key_result(keys),
            today,
            &mut || lines.next().map(|line| (*line).to_owned()),
            &mut |text| said.push_str(text),
        );
        (answer, said)
    }

    const UPTIME: &str =
        "from = 99.5, to = 99.95, check-in = [{ on = 2026-02-14, value = 99.6, confidence = 0.7 }]";

    #[test]
    fn enter_takes_what_was_last_said() {
        let (answer, said) = answered(UPTIME, &["", "", ""]);
        assert_eq!(answer, Answer::Said(Said { value: Some(99.6), confidence: Some(0.7), note: None }));
        assert_eq!(said, "     value [99.6]:      confidence [0.7]:      note [none]: ");
    }

    #[test]
    fn what_cannot_be_read_is_asked_for_again() {
        let (answer, said) = answered("due = 2026-03-01", &["75", "0,5", "0.5", "", "so"]);
        assert_eq!(
            answer,
            Answer::Said(Said { value: Some(0.5), confidence: None, note: Some("so".into()) })
        );
        assert!(said.contains("did you mean `0.75`?") && said.contains("write `0.5`"), "{said}");
    }

    #[test]
    fn one_can_skip_and_quit() {
        assert_eq!(answered(UPTIME, &["s"]).0, Answer::Skip);
        assert_eq!(answered(UPTIME, &["1", "q"]).0, Answer::Quit);
        assert_eq!(answered(UPTIME, &[]).0, Answer::Quit);
        assert_eq!(answered("at-most = 5", &["", "s"]).0, Answer::Skip);
    }
}
