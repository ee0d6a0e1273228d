//! Numbers on the command line.

use crate::failure::Failure;

/// A finite number.
pub(super) fn number(what: &str, typed: &str) -> Result<f64, Failure> {
    let plain = typed.trim();
    if let Ok(number) = plain.parse::<f64>()
        && number.is_finite()
        && plain.ends_with(|c: char| c.is_ascii_digit() || c == '.')
    {
        return Ok(number);
    }
    let failure = Failure::new(format!("{what} is a number, not `{typed}`"));
    let digits = plain.trim_end_matches('%').trim().replace(',', ".");
    Err(match digits.parse::<f64>() {
        Ok(number) if number.is_finite() => failure.help(format!("write `{digits}`")),
        _ => failure.help("write it with a point and without its unit, such as `99.7`"),
    })
}

/// A number from 0.0 to 1.0.
pub(super) fn share(what: &str, typed: &str) -> Result<f64, Failure> {
    let wrong = |number: f64| {
        let failure = Failure::new(format!("{what} is a number from 0.0 to 1.0, not `{typed}`"));
        match number {
            // of ten, or per cent
            number if number > 1.0 && number < 10.0 => {
                failure.help(format!("did you mean `{}`?", number / 10.0))
            }
            number if (10.0..=100.0).contains(&number) => {
                failure.help(format!("did you mean `{}`?", number / 100.0))
            }
            _ => failure.help("0.0 is nothing, 1.0 is all of it"),
        }
    };
    let number = match typed.trim().strip_suffix('%') {
        Some(percent) => return Err(wrong(number(what, percent)?)),
        None => number(what, typed)?,
    };
    if (0.0..=1.0).contains(&number) { Ok(number) } else { Err(wrong(number)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_documents_have_them() {
        assert_eq!(number("a value", "99.70").unwrap(), 99.7);
        assert_eq!(number("a value", "-5").unwrap(), -5.0);
        let help = |typed: &str| number("a value", typed).unwrap_err().help.unwrap();
        assert_eq!(help("99,7"), "write `99.7`");
        assert_eq!(help("87 %"), "write `87`");
        for typed in ["nan", "inf", "-infinity", "", "x", "1e999"] {
            assert!(number("a value", typed).is_err(), "{typed}");
        }
        assert_eq!(share("a grade", "0.7").unwrap(), 0.7);
        assert_eq!(share("a grade", "70").unwrap_err().help.unwrap(), "did you mean `0.7`?");
        assert_eq!(share("a grade", "7").unwrap_err().help.unwrap(), "did you mean `0.7`?");
        assert_eq!(share("a grade", "70%").unwrap_err().help.unwrap(), "did you mean `0.7`?");
        assert!(share("a grade", "-0.1").is_err());
    }
}
