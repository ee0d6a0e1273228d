//! A value of the wrong type or range: what it is, and the fix where it says the right thing.

use toml::de::DeValue;

use jiff::civil::Date;

use crate::diagnostic::Finding;
use crate::source::Span;

/// What a person calls a value.
pub(super) fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a day",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The fix for a value that says the right thing in the wrong type.
pub(super) fn mend_type(
    finding: Finding,
    value: &DeValue<'_>,
    typed: &str,
    span: Span,
    wants: &str,
) -> Finding {
    if let DeValue::String(text) = value {
        let text = text.trim();
        let number = text.trim_end_matches('%').trim();
        if wants.contains("number") && number.parse::<f64>().is_ok_and(f64::is_finite) {
            return finding.help(format!("write `{number}` without quotes")).certain_fix(span, number);
        }
        if wants == "a day" && text.parse::<Date>().is_ok() {
            return finding.help(format!("write `{text}` without quotes")).certain_fix(span, text);
        }
        if wants.contains("`true`") && matches!(text, "true" | "false") {
            return finding.help(format!("write `{text}` without quotes")).certain_fix(span, text);
        }
        if wants == "a day" {
            return finding.help("write a day such as `2026-01-31`, without quotes");
        }
    }
    if let (DeValue::Array(entries), "a text") = (value, wants)
        && let [only] = entries.iter().collect::<Vec<_>>().as_slice()
        && matches!(only.get_ref(), DeValue::String(_))
    {
        let inner =
            typed.trim_start_matches('[').trim_end_matches(']').trim().trim_end_matches(',').trim_end();
        return finding.help(format!("write `{inner}`")).certain_fix(span, inner);
    }
    if wants.starts_with("a table") || wants.starts_with("tables") {
        return finding.help("write the header on a line of its own, and the keys below it");
    }
    let scalar =
        matches!(value, DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_));
    if scalar && (wants == "texts" || wants == "a text or a list of texts") {
        return finding.help(format!("write `\"{typed}\"`")).suggestion(span, format!("\"{typed}\""));
    }
    if scalar && wants == "a text" {
        return finding.help(format!("write `\"{typed}\"`")).certain_fix(span, format!("\"{typed}\""));
    }
    finding.help(format!("write {wants}"))
}

/// The fix for a number that is meant in another range.
pub(super) fn mend_range(
    finding: Finding,
    number: f64,
    range: &std::ops::RangeInclusive<f64>,
    span: Span,
) -> Finding {
    // as on paper: 1.1 / 10.0 has seventeen decimals
    let moved = |places: u8| format!("{number}e-{places}").parse::<f64>().unwrap_or(number).to_string();
    if *range.end() == 1.0 && number > 1.0 && number <= 10.0 {
        let share = moved(1);
        return finding
            .help(format!("out of 10 it is `{share}`, in per cent `{}`", moved(2)))
            .suggestion(span, share);
    }
    if *range.end() == 1.0 && number > 1.0 && number <= 100.0 {
        let share = moved(2);
        return finding.help(format!("per cent are written as a share: `{share}`")).suggestion(span, share);
    }
    if !number.is_finite() {
        return finding.help("write a number that can be measured");
    }
    finding.help("write a number within these limits")
}
