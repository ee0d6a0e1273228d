//! Values that are one thing: a text, an id, a day, a number, a word of a set.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use toml::de::DeValue;

use crate::diagnostic::{nearest, one_of};
use crate::keys::{Key, Kind, meant};
use crate::table::{At, Words, is_id, slug};

use super::Reader;
use super::mend::mend_range;

impl Reader<'_, '_> {
    /// A text that may be empty.
    pub fn prose(&mut self, name: &'static str) -> Option<Words> {
        self.value(name, |this, value, _| this.text_of(name, value, "a text")).map(|at| at.value)
    }

    /// A text that says something.
    pub fn words(&mut self, name: &'static str) -> Option<Words> {
        self.value(name, |this, value, span| {
            let text = this.text_of(name, value, "a text")?;
            if text.value.trim().is_empty() {
                this.empty(name, span);
                return None;
            }
            Some(text)
        })
        .map(|at| at.value)
    }

    /// An id. What is missing gets the title as a slug for a fix.
    pub fn id(&mut self, name: &'static str) -> Option<Words> {
        let id = self.words(name)?;
        if is_id(&id.value) {
            return Some(id);
        }
        self.broken = true;
        let slug = slug(&id.value);
        self.report(
            "format/bad-id",
            id.span,
            format!("`{}` is no id: an id has lower-case letters, digits and hyphens", id.value),
            |finding| {
                if slug.is_empty() {
                    return finding.help("choose a short name such as `uptime`");
                }
                finding.help(format!("write `{slug}`")).suggestion(id.span, format!("\"{slug}\""))
            },
        );
        None
    }

    /// A day.
    pub fn day(&mut self, name: &'static str) -> Option<At<Date>> {
        self.value(name, |this, value, span| match value.get_ref() {
            DeValue::Datetime(stamp) => {
                if stamp.time.is_some() {
                    let day = stamp.date.map(|day| day.to_string());
                    this.report(
                        "format/wrong-type",
                        span,
                        format!("`{name}` takes a day, not a time"),
                        |finding| match day {
                            Some(day) => finding.help("leave the time out").certain_fix(span, day),
                            None => finding.help("write a day such as `2026-01-31`"),
                        },
                    );
                    return None;
                }
                // a day that does not exist was reported when it was parsed
                let day = stamp.date?;
                Date::new(
                    i16::try_from(day.year).ok()?,
                    i8::try_from(day.month).ok()?,
                    i8::try_from(day.day).ok()?,
                )
                .ok()
            }
            other => {
                this.wrong_type(name, other, span, "a day");
                None
            }
        })
    }

    /// A finite number within a range.
    fn number_in(&mut self, name: &'static str, wants: &str, range: RangeInclusive<f64>) -> Option<At<f64>> {
        self.value(name, |this, value, span| {
            let number = match value.get_ref() {
                DeValue::Integer(number) => integer(number.as_str(), number.radix()),
                DeValue::Float(number) => number.as_str().replace('_', "").parse().unwrap_or(f64::NAN),
                other => {
                    this.wrong_type(name, other, span, wants);
                    return None;
                }
            };
            if number.is_finite() && range.contains(&number) {
                return Some(number);
            }
            let typed = this.scope.source.slice(span);
            this.report(
                "format/bad-value",
                span,
                format!("`{name}` takes {wants}, not `{typed}`"),
                |finding| mend_range(finding, number, &range, span),
            );
            None
        })
    }

    /// Any finite number.
    pub fn number(&mut self, name: &'static str) -> Option<At<f64>> {
        self.number_in(name, "a number", f64::MIN..=f64::MAX)
    }

    /// A number from 0.0 to 1.0.
    pub fn share(&mut self, name: &'static str) -> Option<At<f64>> {
        self.number_in(name, "a number from 0.0 to 1.0", 0.0..=1.0)
    }

    /// A number from 0 to 100.
    pub fn percent(&mut self, name: &'static str) -> Option<At<f64>> {
        self.number_in(name, "a number from 0 to 100", 0.0..=100.0)
    }

    /// A number of at least 0.
    pub fn weight(&mut self, name: &'static str) -> Option<At<f64>> {
        self.number_in(name, "a number of at least 0", 0.0..=f64::MAX)
    }

    /// A whole number of days.
    pub fn days(&mut self, name: &'static str) -> Option<At<u32>> {
        let days = self.number_in(name, "a whole number of days", 0.0..=36_500.0)?;
        if days.value.fract() != 0.0 {
            self.report(
                "format/bad-value",
                days.span,
                format!("`{name}` takes whole days, not `{}`", days.value),
                |f| f,
            );
            return None;
        }
        // in range and whole, so that nothing is cut off
        Some(days.map(|days| days as u32))
    }

    /// true or false.
    pub fn flag(&mut self, name: &'static str) -> Option<At<bool>> {
        self.value(name, |this, value, span| match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            other => {
                this.wrong_type(name, other, span, "`true` or `false`");
                None
            }
        })
    }

    /// One word of the key's set.
    pub fn one_of(&mut self, name: &'static str) -> Option<At<&'static str>> {
        let Some(Key { kind: Kind::OneOf(words), .. }) = self.spec.key(name) else { return None };
        self.value(name, |this, value, span| {
            let text = this.text_of(name, value, &one_of(words.iter().copied()))?.value;
            if let Some(word) = words.iter().find(|word| **word == text.as_ref()) {
                return Some(*word);
            }
            let wants = one_of(words.iter().copied());
            this.report("format/bad-value", span, format!("`{name}` is {wants}, not `{text}`"), |finding| {
                let tidy = text.trim().to_lowercase().replace(['_', ' '], "-");
                let near = nearest(&text, words.iter().copied()).or_else(|| meant(&tidy, words));
                match (words.contains(&tidy.as_str()), near) {
                    (true, _) => {
                        finding.help(format!("write `{tidy}`")).certain_fix(span, format!("\"{tidy}\""))
                    }
                    (_, Some(near)) => finding
                        .help(format!("did you mean `{near}`?"))
                        .suggestion(span, format!("\"{near}\"")),
                    _ => finding.help("write one of these words"),
                }
            });
            None
        })
    }
}

fn integer(typed: &str, radix: u32) -> f64 {
    match radix {
        10 => typed.parse().unwrap_or(f64::NAN),
        _ => i128::from_str_radix(typed, radix).map_or(f64::NAN, |number| number as f64),
    }
}
