//! `schema`: JSON Schema of front matter and book.toml, for editors.

use clap::{Args, ValueEnum};

use super::{Outcome, terminal};
use crate::failure::Failure;
use crate::schema;

/// Print the JSON Schema of book.toml or of front matter, for editors
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Schema {
    /// Of what; without a name, one JSON object with all of them
    of: Option<Of>,
}

const AFTER: &str = "\
Examples:
  okrbook schema book > book.schema.json   then `#:schema ./book.schema.json` as the first line of book.toml
  okrbook schema document                  front matter of an OKR document, as JSON would have it
  okrbook schema                           all three in one object

It is JSON Schema 2020-12. Exits with 0.";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// book.toml
    Book,
    /// The front matter of an OKR document
    Document,
    /// The front matter of a direction document
    Direction,
}

impl Schema {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let schema = match self.of {
            Some(Of::Book) => schema::schema(schema::Of::Book),
            Some(Of::Document) => schema::schema(schema::Of::Document),
            Some(Of::Direction) => schema::schema(schema::Of::Direction),
            None => schema::all(),
        };
        terminal::output(&format!("{schema:#}\n"))?;
        Ok(Outcome::Done)
    }
}
