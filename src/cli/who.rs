//! People on the command line: a handle with or without the `@`, or a role in words.

use super::desk::refused;
use crate::config::Config;
use crate::diagnostic::{nearest, one_of};
use crate::failure::Failure;
use crate::model::same_person;

/// A person as documents name them. Where the book declares people, the handle is one of them.
pub(super) fn person(config: &Config, typed: &str) -> Result<String, Failure> {
    let typed = typed.trim();
    let handle = typed.strip_prefix('@').unwrap_or(typed);
    if handle.is_empty() {
        return Err(Failure::new("`--by` names nobody").help("name a handle such as `@ada`"));
    }
    if let Some(known) = config.people.iter().find(|person| same_person(&person.handle, handle)) {
        return Ok(format!("@{}", known.handle));
    }
    if let Some(role) = roles(config).find(|role| same_person(role, typed)) {
        return Ok(role.to_owned());
    }
    let is_role = !typed.starts_with('@') && handle.contains(char::is_whitespace);
    if is_role || config.people.is_empty() {
        return Ok(if is_role { typed.to_owned() } else { format!("@{handle}") });
    }
    let handles = || config.people.iter().map(|person| person.handle.as_ref());
    let help = match nearest(handle, handles()) {
        Some(near) => format!("did you mean `@{near}`?"),
        None => format!(
            "book.toml declares {}; add `[person.{handle}]` there, or name a role in words",
            one_of(handles().take(6))
        ),
    };
    Err(refused(format!("there is no person `@{handle}`"), Some(help)))
}

/// Roles in words that book.toml names as those who sign.
fn roles(config: &Config) -> impl Iterator<Item = &str> {
    let signing = config.units.iter().flat_map(|unit| unit.set_by.iter().chain(&unit.delivered_by));
    let all = signing.chain(&config.approved_by).chain(&config.written_by);
    all.map(|words| words.value.as_ref()).filter(|words| !words.trim().starts_with('@'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_person_is_named_with_or_without_the_sign() {
        let text = "[direction]\napproved-by = [\"CEO\"]\n[person.ada]\nname = \"Ada\"\n";
        let (config, _) = Config::read(&Source::new("book.toml", text));
        assert_eq!(person(&config, "ada").unwrap(), "@ada");
        assert_eq!(person(&config, " @Ada").unwrap(), "@ada");
        assert_eq!(person(&config, "ceo").unwrap(), "CEO");
        assert_eq!(person(&config, "The whole team").unwrap(), "The whole team");
        assert_eq!(person(&config, "adda").unwrap_err().help.unwrap(), "did you mean `@ada`?");
        assert!(person(&config, "@").is_err());
        let (config, _) = Config::read(&Source::new("book.toml", ""));
        assert_eq!(person(&config, "zoe").unwrap(), "@zoe");
    }
}
