//! The rows of a table of words and texts, for tables that stand on every page many times: templates are slow
//! at many small things.

use serde::{Serialize, Serializer};

use super::{Text, escape};

/// The rows of a table, without the table around them. In a view they are data; they become HTML when the
/// page is made.
#[derive(Clone, Debug, Default)]
pub struct TableRows(pub Vec<Vec<TableCell>>);

/// A cell of a table.
#[derive(Clone, Debug, Serialize)]
pub enum TableCell {
    /// Words of the program.
    Words(String),
    /// What an author wrote.
    Text(Text),
}

impl TableRows {
    /// The rows as HTML; nothing where there are none.
    pub fn html(&self) -> String {
        let mut html = String::with_capacity(self.0.len() * 80);
        for row in &self.0 {
            html.push_str("<tr>");
            for cell in row {
                html.push_str("<td>");
                match cell {
                    TableCell::Words(words) => escape(words, &mut html),
                    TableCell::Text(text) => html.push_str(&text.html()),
                }
                html.push_str("</td>");
            }
            html.push_str("</tr>");
        }
        html
    }
}

impl Serialize for TableRows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.serialize_str(&self.html());
        }
        // for a key: all that the HTML is made from
        self.0.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_escaped_and_texts_are_html() {
        let text = Text { source: "a *b* <i>".into(), inline: true, ..Text::default() };
        let rows = TableRows(vec![
            vec![TableCell::Words("<5 & more".to_owned()), TableCell::Text(text)],
            Vec::new(),
        ]);
        assert_eq!(rows.html(), "<tr><td>&lt;5 &amp; more</td><td>a <em>b</em> &lt;i&gt;</td></tr><tr></tr>");
        assert_eq!(TableRows::default().html(), "");
    }
}
