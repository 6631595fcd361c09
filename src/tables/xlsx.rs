//! Rows to one workbook: a sheet for each table, made to review in.
//!
//! The header stays in sight and filters, text is wrapped, `verdict` has a drop-down. Text is always written as a string, never
//! as a formula. Sheets are written as they come, through temporary files, so that memory does not grow with the rows. A cell
//! over the format's limit is cut, and says so; a table over the limit of rows goes on in the next sheet.

use super::output::{NewFile, Room};
use super::{Cell, Column, Filled, Kind, Table, csv};
use crate::error::Error;
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Stands at the end of a cell that was too long for the format.
pub const CUT: &str = " […cut]";

/// Rows of a sheet, the header included.
const MOST_ROWS: u32 = 1_048_576;

/// UTF-16 code units of a cell.
const MOST_UNITS: usize = 32_767;

/// A workbook that is being written.
pub struct Book {
    workbook: Workbook,
    sheets: Vec<Sheet>,
    file: NewFile,
    wrapped: Format,
    score: Format,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book").field("file", &self.file).finish_non_exhaustive()
    }
}

/// The sheet that a table's next row goes to.
struct Sheet {
    table: Table,
    extra: Vec<String>,
    index: usize,
    part: u32,
    next_row: u32,
    most_rows: u32,
}

impl Book {
    /// Opens a new workbook for a place, with a sheet for each table.
    ///
    /// # Errors
    /// As [`NewFile::create`].
    pub fn create(place: &Path, tables: &[(Table, Vec<String>)], room: Option<Room>) -> Result<Book, Error> {
        let file = NewFile::create(place, room)?;
        let mut workbook = Workbook::new();
        // The same rows are the same bytes: no date of today.
        let made = ExcelDateTime::from_ymd(2025, 1, 1).ok();
        let properties = DocProperties::new().set_author("onrecord");
        workbook.set_properties(&match &made {
            Some(made) => properties.set_creation_datetime(made),
            None => properties,
        });
        let mut book = Book {
            workbook,
            sheets: Vec::new(),
            file,
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            score: Format::new().set_num_format("0.00").set_align(FormatAlign::Top),
        };
        for (table, extra) in tables {
            let (extra, index) = (extra.clone(), book.sheets.len());
            let sheet = Sheet {
                table: *table,
                extra,
                index,
                part: 1,
                next_row: 0,
                most_rows: MOST_ROWS,
            };
            book.begin(&sheet).map_err(|e| book.problem(&e))?;
            book.sheets.push(Sheet { next_row: 1, ..sheet });
        }
        Ok(book)
    }

    /// Adds rows to a table's sheet.
    ///
    /// # Errors
    /// What the disk says, with the workbook's name.
    pub fn add(&mut self, table: Table, rows: &[Vec<Cell>], extra: &[Vec<String>]) -> Result<(), Error> {
        let mut all = rows.iter().zip(extra);
        self.try_to(|book| all.try_for_each(|(row, extra)| book.add_row(table, row, extra)))
    }

    /// Does something with the workbook. The package that writes it panics where its temporary files cannot be written.
    fn try_to<T>(&mut self, mut work: impl FnMut(&mut Book) -> Result<T, XlsxError>) -> Result<T, Error> {
        match catch_unwind(AssertUnwindSafe(|| work(self))) {
            Ok(done) => done.map_err(|error| self.problem(&error)),
            Err(_) => {
                let problem = "its temporary files cannot be written; is the disk full? (TMPDIR names their folder)";
                Err(Error::new(self.file.shown_place(), problem))
            }
        }
    }

    fn add_row(&mut self, table: Table, row: &[Cell], extra: &[String]) -> Result<(), XlsxError> {
        let Some(at) = self.sheets.iter().position(|sheet| sheet.table == table) else {
            return Ok(());
        };
        if self.sheets[at].next_row == self.sheets[at].most_rows {
            self.go_on_in_next_sheet(at)?;
        }
        let Sheet { index, next_row, .. } = self.sheets[at];
        self.sheets[at].next_row += 1;
        let (wrapped, score) = (&self.wrapped, &self.score);
        let sheet = self.workbook.worksheet_from_index(index)?;
        let shown = table
            .columns()
            .iter()
            .zip(row)
            .filter(|(column, _)| column.filled != Filled::JsonOnly);
        let mut column_number = 0;
        for (column, cell) in shown {
            write_cell(sheet, next_row, column_number, column.kind, cell, wrapped, score)?;
            column_number += 1;
        }
        for text in extra {
            if !text.is_empty() {
                sheet.write_string_with_format(next_row, column_number, fitting(&csv::one_line(text)), wrapped)?;
            }
            column_number += 1;
        }
        Ok(())
    }

    fn go_on_in_next_sheet(&mut self, at: usize) -> Result<(), XlsxError> {
        let index = self.workbook.worksheets().len();
        let sheet = &mut self.sheets[at];
        sheet.part += 1;
        sheet.index = index;
        sheet.next_row = 1;
        let sheet = Sheet {
            extra: sheet.extra.clone(),
            ..*sheet
        };
        self.begin(&sheet)
    }

    /// Makes a sheet and writes its header.
    fn begin(&mut self, sheet: &Sheet) -> Result<(), XlsxError> {
        let name = match sheet.part {
            1 => sheet.table.name().to_owned(),
            part => format!("{} {part}", sheet.table.name()),
        };
        let bold = Format::new().set_bold().set_align(FormatAlign::Top);
        let page = self.workbook.add_worksheet_with_constant_memory()?;
        page.set_name(name)?.set_freeze_panes(1, 0)?;
        let columns: Vec<&Column> = sheet
            .table
            .columns()
            .iter()
            .filter(|c| c.filled != Filled::JsonOnly)
            .collect();
        let width = (columns.len() + sheet.extra.len()) as u16;
        page.autofilter(0, 0, MOST_ROWS - 1, width - 1)?;
        for (i, column) in columns.iter().enumerate() {
            page.set_column_width(i as u16, column_width(column))?;
            if column.name == "verdict" {
                let choices = DataValidation::new().allow_list_strings(&["right", "wrong", "unsure"])?;
                page.add_data_validation(1, i as u16, MOST_ROWS - 1, i as u16, &choices)?;
            }
        }
        let extra = sheet.extra.iter().map(String::as_str);
        for (i, name) in columns.iter().map(|column| column.name).chain(extra).enumerate() {
            page.write_string_with_format(0, i as u16, fitting(&csv::one_line(name)), &bold)?;
        }
        Ok(())
    }

    /// Writes the workbook out and puts it in its place.
    ///
    /// # Errors
    /// What the disk says, with the workbook's name.
    pub fn put_in_place(mut self) -> Result<(), Error> {
        let bytes = self.try_to(|book| book.workbook.save_to_buffer())?;
        self.file.add(&bytes)?;
        self.file.finish()?;
        super::output::put_in_place(vec![self.file])
    }

    fn problem(&self, error: &XlsxError) -> Error {
        Error::new(self.file.shown_place(), error.to_string())
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    kind: Kind,
    cell: &Cell,
    wrapped: &Format,
    score: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Missing => {}
        Cell::Whole(count) => _ = sheet.write_number_with_format(row, column, *count as f64, wrapped)?,
        Cell::Number(number) if number.is_finite() => {
            _ = sheet.write_number_with_format(row, column, *number, wrapped)?
        }
        Cell::Score(share) => {
            let hundredths = (f64::from(*share) * 100.0).round() / 100.0;
            sheet.write_number_with_format(row, column, hundredths, score)?;
        }
        Cell::Numbers(numbers) if numbers.len() == 1 && numbers[0].is_finite() => {
            sheet.write_number_with_format(row, column, numbers[0], wrapped)?;
        }
        other => _ = sheet.write_string_with_format(row, column, fitting(&csv::shown(kind, other)), wrapped)?,
    }
    Ok(())
}

/// The text cut to what a cell can hold, without the code points that XML cannot.
fn fitting(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    if text.len() <= MOST_UNITS || text.encode_utf16().count() <= MOST_UNITS {
        return text;
    }
    let mut units = CUT.encode_utf16().count();
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= MOST_UNITS
    };
    text.chars().take_while(fits).chain(CUT.chars()).collect()
}

fn column_width(column: &Column) -> f64 {
    match (column.name, column.kind) {
        ("quote" | "context" | "text" | "verbatim", _) => 60.0,
        ("figure" | "what" | "reason" | "title" | "note", _) => 30.0,
        (_, Kind::Whole | Kind::Number | Kind::Score) => 9.0,
        ("id" | "continues" | "quote_id", _) => 12.0,
        _ => 18.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::review::Reviewed;

    #[test]
    fn a_table_over_the_limit_goes_on_in_the_next_sheet() {
        let folder = std::env::temp_dir().join(format!("onrecord-sheets-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        let place = folder.join("book.xlsx");
        let mut book = Book::create(&place, &[(Table::Sentences, Vec::new())], None).expect("a new workbook");
        book.sheets[0].most_rows = 3;
        let row = |i: usize| {
            vec![
                Cell::from(format!("s-{i}")),
                Cell::from("=a.txt"),
                Cell::Whole(1),
                Cell::Whole(2),
            ]
        };
        let rows: Vec<_> = (0..5).map(row).collect();
        book.add(Table::Sentences, &rows, &vec![Vec::new(); 5]).expect("rows");
        book.put_in_place().expect("it is written");
        let read = Reviewed::every_row(Table::Sentences, &place).expect("a workbook");
        let ids: Vec<&str> = read.rows.iter().map(|row| row.cell(Table::Sentences, "id")).collect();
        assert_eq!(ids, ["s-0", "s-1", "s-2", "s-3", "s-4"]);
        std::fs::remove_dir_all(&folder).expect("the folder is removed");
    }

    #[test]
    fn text_is_cut_to_what_a_cell_holds() {
        let long = "🙂".repeat(MOST_UNITS);
        let cut = fitting(&long);
        assert!(cut.ends_with(CUT) && cut.encode_utf16().count() <= MOST_UNITS);
        assert_eq!(fitting("a\u{ffff}b"), "ab");
    }
}
