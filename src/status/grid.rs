//! Text for a terminal: columns that line up, lines that are wrapped, colours where they are wanted.

use unicode_width::UnicodeWidthStr;

/// How a cell is set off. Never by its colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Paint {
    #[default]
    Plain,
    Bold,
    Dim,
    /// Behind, late, in part.
    Warn,
    /// Overdue, altered, missing.
    Bad,
}

/// A piece of a row.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    text: String,
    paint: Paint,
}

/// A piece of a row in a paint. What authors wrote must not act on the terminal.
pub(super) fn cell(text: impl AsRef<str>, paint: Paint) -> Cell {
    Cell { text: safe(text.as_ref()), paint }
}

/// A text on one line that does not act on the terminal.
fn safe(text: &str) -> String {
    // a no-break space holds a number and its unit together
    let words = text.split(|c: char| c.is_whitespace() && c != '\u{a0}').filter(|word| !word.is_empty());
    crate::report::visible(&words.collect::<Vec<_>>().join(" "))
}

/// A page of text for a terminal.
#[derive(Debug)]
pub(super) struct Sheet {
    width: usize,
    color: bool,
    text: String,
}

/// Columns are this far apart, and rows from the left edge.
const GAP: usize = 2;
/// The last column is at least so wide, or it goes onto a line of its own.
const NARROWEST: usize = 24;

impl Sheet {
    pub(super) fn new(width: usize, color: bool) -> Self {
        Self { width: width.max(NARROWEST), color, text: String::new() }
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, text: &str, paint: Paint) {
        for line in wrapped(&safe(text), self.width) {
            self.paint(&line, paint);
            self.text.push('\n');
        }
    }

    /// An empty line, and a heading.
    pub(super) fn heading(&mut self, text: &str) {
        self.text.push('\n');
        self.paragraph(text, Paint::Bold);
    }

    /// Rows whose columns line up; the last column is wrapped.
    pub(super) fn rows(&mut self, rows: &[Vec<Cell>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            rows.iter().filter(|row| row.len() > column + 1).map(|row| row[column].text.width()).max()
        };
        let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
        for row in rows {
            self.row(row, &widths);
        }
    }

    fn row(&mut self, row: &[Cell], widths: &[usize]) {
        let Some((last, head)) = row.split_last() else { return };
        let left = GAP + widths[..head.len()].iter().map(|width| width + GAP).sum::<usize>();
        if left + last.text.width().min(NARROWEST) > self.width {
            return self.stacked(head, last);
        }
        self.space(GAP);
        for (cell, width) in head.iter().zip(widths) {
            self.paint(&cell.text, cell.paint);
            self.space(width - cell.text.width() + GAP);
        }
        self.hanging(last, self.width - left, left);
    }

    /// On a narrow terminal: what it is, and below what is said of it.
    fn stacked(&mut self, head: &[Cell], last: &Cell) {
        let mut column = 0;
        for cell in head {
            let width = cell.text.width();
            if column > 0 && column + GAP + width > self.width {
                self.text.push('\n');
                column = 0;
            }
            self.space(GAP);
            self.paint(&cell.text, cell.paint);
            column += GAP + width;
        }
        if column > 0 {
            self.text.push('\n');
        }
        self.space(GAP * 2);
        self.hanging(last, self.width - GAP * 2, GAP * 2);
    }

    /// A cell with its further lines below its first.
    fn hanging(&mut self, cell: &Cell, width: usize, left: usize) {
        for (at, line) in wrapped(&cell.text, width).iter().enumerate() {
            if at > 0 {
                self.space(left);
            }
            self.paint(line, cell.paint);
            self.text.push('\n');
        }
    }

    pub(super) fn done(self) -> String {
        let lines = self.text.lines().map(|line| line.trim_end().to_owned() + "\n");
        lines.collect()
    }

    fn space(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
    }

    fn paint(&mut self, text: &str, paint: Paint) {
        let code = match paint {
            Paint::Plain => "",
            Paint::Bold => "1",
            Paint::Dim => "2",
            Paint::Warn => "33",
            Paint::Bad => "31",
        };
        if self.color && !code.is_empty() && !text.is_empty() {
            self.text.push_str(&format!("\u{1b}[{code}m{text}\u{1b}[0m"));
        } else {
            self.text.push_str(text);
        }
    }
}

/// A text in lines of at most so many columns; one word that is longer stands alone. There is always
/// one line.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is always one line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(width: usize, color: bool, rows: &[&[&str]]) -> String {
        let mut sheet = Sheet::new(width, color);
        let rows: Vec<Vec<Cell>> =
            rows.iter().map(|row| row.iter().map(|text| cell(text, Paint::Bad)).collect()).collect();
        sheet.rows(&rows);
        sheet.done()
    }

    #[test]
    fn columns_line_up_whatever_is_written_in_them() {
        let text = sheet(80, false, &[&["日本", "a", "x"], &["Search", "bc", "y"]]);
        assert_eq!(text, "  日本    a   x\n  Search  bc  y\n");
        assert_eq!(sheet(80, true, &[&["a"]]), "  \u{1b}[31ma\u{1b}[0m\n");
    }

    #[test]
    fn the_last_column_is_wrapped_and_on_a_narrow_terminal_stacked() {
        let words = "one two three four five six seven";
        assert_eq!(
            sheet(36, false, &[&["Search", words]]),
            "  Search  one two three four five\n          six seven\n"
        );
        assert_eq!(
            sheet(30, false, &[&["Search", words]]),
            "  Search\n    one two three four five\n    six seven\n"
        );
        for width in 0..50 {
            let text = sheet(width, false, &[&["A name of some length", words], &["B", "x"]]);
            assert!(text.lines().all(|line| line.width() <= width.max(NARROWEST)), "{width}\n{text}");
        }
    }

    #[test]
    fn nothing_that_acts_on_a_terminal_is_left() {
        assert_eq!(sheet(80, false, &[&["a\u{1b}[31m\nb\u{202e}"]]), "  a␛[31m b<U+202E>\n");
    }
}
