//! The key results as a table: a line a key result, after a line of column names.

use super::Export;
use super::json::Json;
use crate::{Analysis, Options};

const COLUMNS: [&str; 21] = [
    "cycle",
    "level",
    "unit",
    "ref",
    "objective",
    "title",
    "owner",
    "kind",
    "state",
    "from",
    "to",
    "at_least",
    "at_most",
    "measured_in",
    "value",
    "progress",
    "met",
    "confidence",
    "coverage",
    "grade",
    "outcome",
];

/// A line a key result, after a line of column names.
pub fn csv(analysis: &Analysis, options: &Options) -> String {
    let export = Export { analysis, options };
    let mut text = format!("{}\n", COLUMNS.join(","));
    for at in 0..analysis.book.cycles.len() {
        let cycle = export.cycle(at);
        for document in analysis.book.documents_of(at).map(|document| export.document(document)) {
            for objective in document.get("objectives").map_or(&[][..], Json::items) {
                for key_result in objective.get("key_results").map_or(&[][..], Json::items) {
                    let cell = |column: &&str| match *column {
                        "cycle" => field(cycle.get("id")),
                        "level" | "unit" => field(document.get(column)),
                        "objective" => field(objective.get("title")),
                        column => field(key_result.get(column)),
                    };
                    let row: Vec<String> = COLUMNS.iter().map(cell).collect();
                    text.push_str(&row.join(","));
                    text.push('\n');
                }
            }
        }
    }
    text
}

/// A value as a cell: quoted where it must be.
fn field(value: Option<&Json<'_>>) -> String {
    let text = |value: &Json<'_>| if let Json::Text(text) = value { Some(text.to_string()) } else { None };
    let plain = match value {
        None => String::new(),
        Some(Json::Text(text)) => text.to_string(),
        Some(Json::List(list)) => list.iter().filter_map(text).collect::<Vec<_>>().join("; "),
        Some(other) => other.pretty(0),
    };
    if plain.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", plain.replace('"', "\"\"")) } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(field(Some(&"a, \"b\"".into())), "\"a, \"\"b\"\"\"");
        assert_eq!(field(Some(&["a", "b"].into_iter().collect())), "a; b");
        assert_eq!(field(None), "");
    }
}
