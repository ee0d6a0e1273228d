//! Check-ins that are asked for, one key result after the other. What is answered is written before
//! the next question.

use std::io::BufRead;

use super::open::{self, Number};
use super::{Said, check_range, record};
use crate::cli::desk::{Desk, Doc, Stopped};
use crate::cli::{Shared, quantity, terminal, who};
use crate::date::Date;
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
        "{whose} {}. Enter takes what stands in brackets, s skips a key result, q quits.\n",
        counted(open.len(), "open key result")
    ));
    let (mut written, mut left) = (0, open.len());
    for (at, reference) in open.iter().enumerate() {
        let Some((key_result, today, question)) = asked(shared, reference)? else { continue };
        let name = terminal::strong(&visible(reference));
        terminal::say(&format!("\n{}/{}  {name}\n{}", at + 1, open.len(), visible(&question)));
        let mut input = std::io::stdin().lock();
        let answer =
            answers(&key_result, today, &mut || read_line(&mut input), &mut |text| terminal::say(text));
        match answer {
            Answer::Quit => break,
            Answer::Skip => {}
            Answer::Said(said) => {
                let desk = Desk::take(shared)?;
                let (document, of) = find(&desk, reference)?;
                let words = open::in_words(super::key_result(&desk, document, of), &said, desk.today);
                record(&desk, document, &[(of, said)])?;
                terminal::say(&visible(&format!("     written: {words}\n")));
                written += 1;
            }
        }
        left = open.len() - at - 1;
    }
    let rest = if left > 0 { format!(", {left} not asked") } else { String::new() };
    terminal::say(&format!("\n{} written{rest}\n", counted(written, "check-in")));
    Ok(())
}

/// A key result that is asked about, with what stands above the questions; none where it is gone by now, or
/// its document has errors, which are said.
fn asked(shared: &Shared, reference: &str) -> Result<Option<(KeyResult, Date, String)>, Stopped> {
    let desk = Desk::take(shared)?;
    let Ok((document, of)) = find(&desk, reference) else { return Ok(None) };
    match desk.refuse_errors(Doc::Okrs(document)) {
        Ok(()) => {}
        Err(Stopped::Found) => return Ok(None),
        Err(stopped) => return Err(stopped),
    }
    let key_result = super::key_result(&desk, document, of);
    let cycle = &desk.analysis.book.cycles[desk.analysis.book.documents[document].cycle];
    let due = key_result.due.as_ref().map(|due| due.value).or(cycle.end);
    let pace = due.and_then(|due| cycle.pace_until(due, desk.today));
    Ok(Some((key_result.clone(), desk.today, question(key_result, pace, desk.today))))
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
fn question(of: &KeyResult, pace: Option<f64>, today: Date) -> String {
    let title = of.title.as_ref().map_or("", |title| title.value.as_ref());
    let last = of.counted(today).into_iter().rev().find(|check_in| check_in.value().is_some());
    let last = match last.and_then(|last| Some((last.value()?, last.on.as_ref()?.value))) {
        Some((value, on)) => format!("last {} on {on}{}", open::shown(of, value), ago(on, today)),
        None => "no check-in yet".to_owned(),
    };
    let standing =
        open::standing(of, of.value(today)).map_or(String::new(), |standing| format!("; {standing}"));
    let pace = match (pace, of.measure) {
        (Some(pace), Measure::Measured { .. } | Measure::Milestone) => {
            format!(", the pace is {:.0} %", (pace * 100.0).floor())
        }
        _ => String::new(),
    };
    format!("     {title} ({})\n     {last}{standing}{pace}\n", open::goal(of))
}

/// How long ago a day is.
fn ago(on: Date, today: Date) -> String {
    match crate::date::days_between(on, today) {
        0 => ", today".to_owned(),
        1 => ", yesterday".to_owned(),
        days => format!(", {days} days ago"),
    }
}

/// The questions about one key result. What cannot be read is asked for again.
fn answers(
    of: &KeyResult,
    today: Date,
    read: &mut dyn FnMut() -> Option<String>,
    say: &mut dyn FnMut(&str),
) -> Answer {
    let last = of.value(today).or(match of.measure {
        Measure::Measured { from, .. } => Some(from),
        Measure::Milestone => Some(0.0),
        Measure::Threshold { .. } | Measure::Unclear => None,
    });
    let unit = of.measured_in.as_ref().map_or("", |unit| unit.value.trim());
    let valid = |typed: &str| {
        // what it is counted in may be typed along
        let plain = typed.strip_suffix(unit).unwrap_or(typed).trim_end();
        let value = quantity::number("a value", if plain.is_empty() { typed } else { plain })?;
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
    let note = match read() {
        None => return Answer::Quit,
        Some(typed) => match stop(&typed) {
            Some(answer) => return answer,
            None => Some(typed).filter(|note| !note.is_empty() && note != "none"),
        },
    };
    Answer::Said(Said { value, confidence, note })
}

/// Whether somebody wants to go on without an answer.
fn stop(typed: &str) -> Option<Answer> {
    match typed.to_lowercase().as_str() {
        "q" | "quit" => Some(Answer::Quit),
        "s" | "skip" => Some(Answer::Skip),
        _ => None,
    }
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
        if let Some(answer) = stop(&typed) {
            return Err(answer);
        }
        match typed.as_str() {
            "none" if shown.as_deref() == Some("none") => return Ok(None),
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
    fn what_it_is_counted_in_may_be_typed_along() {
        let value = |keys: &str, typed: &str| match answered(keys, &[typed, "", ""]).0 {
            Answer::Said(said) => said.value,
            other => panic!("{other:?}"),
        };
        assert_eq!(value("from = 1, to = 9, measured-in = \"%\"", "7 %"), Some(7.0));
        assert_eq!(value("from = 1, to = 9, measured-in = \"minutes\"", "7.5 minutes"), Some(7.5));
    }

    #[test]
    fn what_stands_above_says_where_it_stands() {
        let (today, pace) = ("2026-02-20".parse().unwrap(), Some(0.312));
        assert_eq!(
            question(&key_result(UPTIME), pace, today),
            "     B (99.5 -> 99.95)\n     last 99.6 on 2026-02-14, 6 days ago; 22 % of the way, the pace is 31 %\n"
        );
        assert_eq!(
            question(&key_result("at-most = 5, measured-in = \"calls\""), pace, today),
            "     B (at most 5 calls)\n     no check-in yet\n"
        );
        assert_eq!(question(&key_result("weight = 2"), None, today).lines().count(), 2);
    }

    #[test]
    fn one_can_skip_and_quit() {
        assert_eq!(answered(UPTIME, &["s"]).0, Answer::Skip);
        assert_eq!(answered(UPTIME, &["1", "q"]).0, Answer::Quit);
        assert_eq!(answered(UPTIME, &[]).0, Answer::Quit);
        assert_eq!(answered("at-most = 5", &["", "s"]).0, Answer::Skip);
        assert_eq!(answered(UPTIME, &["", "", "s"]).0, Answer::Skip, "at the note as well");
        assert_eq!(answered(UPTIME, &["", "", "Q"]).0, Answer::Quit);
        assert_eq!(answered(UPTIME, &["1", "" /* the end of the input */,]).0, Answer::Quit);
    }
}
