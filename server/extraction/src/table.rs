//! Tables whose cells may span others.

use crate::clean;

/// A cell longer than this is part of a page that is laid out with a table.
const LAYOUT_CELL: usize = 1500;
/// More columns are not believed.
const MOST_COLUMNS: usize = 256;

#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
    /// For each column the rows that a cell above still covers.
    covered: Vec<u32>,
    cell: Option<Cell>,
}

#[derive(Debug, Default)]
struct Cell {
    text: String,
    columns: u32,
    rows: u32,
}

impl Table {
    pub(crate) fn row(&mut self) {
        self.end_cell();
        self.rows.push(Vec::new());
    }

    /// Begins a cell; what it covers to the right and below stays empty.
    pub(crate) fn cell(&mut self, columns: u32, rows: u32) {
        self.end_cell();
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        self.cell = Some(Cell { text: String::new(), columns: columns.max(1), rows: rows.max(1) });
    }

    /// Tells how many columns the cell that is open covers.
    pub(crate) fn span(&mut self, columns: u32) {
        if let Some(cell) = &mut self.cell {
            cell.columns = columns.clamp(1, MOST_COLUMNS as u32);
        }
    }

    /// Where the text of the cell that is open goes.
    pub(crate) fn text(&mut self) -> Option<&mut String> {
        self.cell.as_mut().map(|cell| &mut cell.text)
    }

    pub(crate) fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let Some(row) = self.rows.last_mut() else { return };
        while let Some(rows) = self.covered.get_mut(row.len()).filter(|rows| **rows > 0) {
            *rows -= 1;
            row.push(String::new());
        }
        let mut text = Some(clean::line(&cell.text));
        for _ in 0..cell.columns {
            if row.len() >= MOST_COLUMNS {
                return;
            }
            if self.covered.len() <= row.len() {
                self.covered.resize(row.len() + 1, 0);
            }
            self.covered[row.len()] = cell.rows - 1;
            row.push(text.take().unwrap_or_default());
        }
    }

    /// The texts of its cells where it only serves to lay out, else none.
    pub(crate) fn laid_out(&mut self) -> Option<Vec<String>> {
        self.end_cell();
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let long = self.rows.iter().flatten().any(|cell| cell.len() > LAYOUT_CELL);
        (columns <= 1 || long).then(|| std::mem::take(&mut self.rows).into_iter().flatten().collect())
    }

    /// One line for each row that has a text.
    pub(crate) fn finish(&mut self) -> String {
        self.joined("\t", "\n")
    }

    /// On one line, as a table within another's cell is told.
    pub(crate) fn inline(&mut self) -> String {
        self.joined(" | ", "; ")
    }

    fn joined(&mut self, cell: &str, row: &str) -> String {
        self.end_cell();
        let rows = self.rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty()));
        rows.map(|row| row.join(cell)).collect::<Vec<_>>().join(row)
    }
}
