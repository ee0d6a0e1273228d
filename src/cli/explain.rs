//! `explain`: what a rule wants, and why. Also how rules are named on the command line.

use clap::Args;

use super::{Outcome, terminal};
use crate::diagnostic::{Severity, nearest};
use crate::failure::Failure;
use crate::rules::{Rule, catalogue};
use crate::status::wrapped;

/// Explain a rule: what it looks for, why, a document that breaks it and the same one mended
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Explain {
    /// The rule, as findings name it; without one, all rules are listed
    rule: Option<String>,
}

const AFTER: &str = "\
Examples:
  okrbook explain                     all rules, by group
  okrbook explain reference/unknown   one of them

Exits with 0, or 2 if there is no such rule.";

impl Explain {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let width = terminal::output_width();
        let text = match &self.rule {
            None => list(width),
            Some(name) => {
                let rule = crate::rules::rule(name).ok_or_else(|| unknown(name))?;
                format!("{} ({})\n\n{}", rule.name, severity(rule), fitted(&full(rule), width))
            }
        };
        terminal::output(&text)?;
        Ok(Outcome::Done)
    }
}

/// The rules that names and groups on the command line mean.
pub(super) fn choose(names: &[String]) -> Result<Vec<&'static str>, Failure> {
    let mut chosen = Vec::new();
    for name in names {
        let group = name.trim_end_matches('/');
        let before = chosen.len();
        chosen.extend(
            catalogue().iter().map(|rule| rule.name).filter(|rule| rule == name || group_of(rule) == group),
        );
        if chosen.len() == before {
            return Err(unknown(name));
        }
    }
    Ok(chosen)
}

/// All that is known of a rule but its name and severity.
pub(super) fn full(rule: &Rule) -> String {
    let mut text = format!("Finds {}.\n", rule.summary);
    for (title, body) in [("Why", rule.why), ("From", rule.source)] {
        if !body.is_empty() {
            text.push_str(&format!("\n{title}: {body}\n"));
        }
    }
    for (title, body) in [("Broken", rule.broken.files), ("Mended", rule.mended.files)] {
        if !body.is_empty() {
            text.push_str(&format!("\n{title}:\n\n{}", indented(body)));
        }
    }
    text
}

fn list(width: usize) -> String {
    let name = catalogue().iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut group = "";
    for rule in catalogue() {
        if group_of(rule.name) != group {
            let gap = if group.is_empty() { "" } else { "\n" };
            group = group_of(rule.name);
            text.push_str(&format!("{gap}{group}\n"));
        }
        let before = format!("  {:name$}  {:7}  ", rule.name, severity(rule));
        let indent = " ".repeat(before.len());
        let summary = wrapped(rule.summary, width.saturating_sub(before.len()).max(NARROWEST));
        text.push_str(&format!("{before}{}\n", summary.join(&format!("\n{indent}"))));
    }
    text.push_str("\n`okrbook explain RULE` says more of one.\n");
    text
}

/// The fewest columns that a text is wrapped to.
const NARROWEST: usize = 24;

/// A text whose paragraphs have lines of at most so many columns; what is indented stays as it is.
fn fitted(text: &str, width: usize) -> String {
    let line = |line: &str| match line.starts_with(' ') {
        true => format!("{line}\n"),
        false => wrapped(line, width.max(NARROWEST)).join("\n") + "\n",
    };
    text.lines().map(line).collect()
}

fn unknown(name: &str) -> Failure {
    let names = || catalogue().into_iter().map(|rule| rule.name);
    if names().any(|rule| group_of(rule) == name) {
        let help = "`okrbook explain` lists the rules of each group";
        return Failure::new(format!("`{name}` is a group of rules")).help(help);
    }
    let last = |rule: &'static str| rule.split_once('/').map_or(rule, |(_, last)| last);
    let by_last = nearest(name, names().map(last)).and_then(|near| names().find(|rule| last(rule) == near));
    let near = nearest(name, names().chain(names().map(group_of))).or(by_last);
    let help =
        near.map_or("`okrbook explain` lists all rules".to_owned(), |rule| format!("did you mean `{rule}`?"));
    Failure::new(format!("there is no rule `{name}`")).help(help)
}

fn group_of(rule: &str) -> &str {
    rule.split_once('/').map_or(rule, |(group, _)| group)
}

fn severity(rule: &Rule) -> &'static str {
    rule.severity.map_or("off", Severity::as_str)
}

fn indented(text: &str) -> String {
    text.trim_end().lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_fit_and_examples_stay_as_they_are() {
        for width in [0, 40, 100] {
            let text = fitted(&full(crate::rules::rule("contract/uncovered").unwrap()), width);
            let prose = text.lines().filter(|line| !line.starts_with(' '));
            assert!(prose.clone().all(|line| line.chars().count() <= width.max(NARROWEST)), "{text}");
            assert!(prose.count() > 5);
            assert!(
                text.contains("key-result = [{ id = \"pages\", title = \"Fewer pages at night\", from = 40")
            );
            assert!(list(width).lines().all(|line| !line.ends_with(' ')));
        }
        assert!(list(80).lines().all(|line| line.chars().count() <= 80), "{}", list(80));
    }

    #[test]
    fn a_rule_is_named_in_full_or_by_its_group() {
        assert_eq!(choose(&["reference/unknown".into()]).unwrap(), ["reference/unknown"]);
        assert!(choose(&["format".into()]).unwrap().contains(&"format/unreadable"));
        let help = |name: &str| choose(&[name.to_owned()]).unwrap_err().help.unwrap();
        assert_eq!(help("reference/unkown"), "did you mean `reference/unknown`?");
        assert_eq!(help("unreadble"), "did you mean `format/unreadable`?");
        assert_eq!(help("formt"), "did you mean `format`?");
        assert_eq!(help("xyzzy"), "`okrbook explain` lists all rules");
        let group = unknown("format");
        assert_eq!(group.message, "`format` is a group of rules", "not: did you mean `format`?");
    }
}
