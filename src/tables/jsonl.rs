//! Rows to JSON lines: one object a row, typed values, text never altered.

use super::csv::{self, write_score, write_whole};
use super::{Cell, Column};
use std::io::Write;

/// Writes one row as an object and a line end; a missing value is `null`. `table` is named first where rows of several tables
/// stand in one file.
pub fn write_row<'e>(
    out: &mut Vec<u8>,
    table: Option<&str>,
    columns: &[Column],
    cells: &[Cell],
    extra: impl Iterator<Item = (&'e str, &'e str)>,
) {
    debug_assert_eq!(columns.len(), cells.len());
    out.push(b'{');
    if let Some(table) = table {
        write_key(out, "table");
        write_text(out, table);
    }
    for (column, cell) in columns.iter().zip(cells) {
        write_key(out, column.name);
        write_cell(out, cell);
    }
    for (name, text) in extra.filter(|(_, text)| !text.is_empty()) {
        write_key(out, name);
        write_text(out, text);
    }
    out.extend_from_slice(b"}\n");
}

fn write_key(out: &mut Vec<u8>, name: &str) {
    if !out.ends_with(b"{") {
        out.push(b',');
    }
    write_text(out, name);
    out.push(b':');
}

fn write_cell(out: &mut Vec<u8>, cell: &Cell) {
    // Writing to memory cannot fail.
    let _ = match cell {
        Cell::Missing => out.write_all(b"null"),
        Cell::Text(text) => return write_text(out, text),
        Cell::Code(name) => return write_text(out, name),
        Cell::Whole(count) => return write_whole(out, *count),
        Cell::Score(score) => return write_score(out, *score),
        Cell::Number(number) => return write_number(out, *number),
        Cell::Numbers(numbers) => return write_numbers(out, numbers),
    };
}

fn write_numbers(out: &mut Vec<u8>, numbers: &[f64]) {
    out.push(b'[');
    for (i, number) in numbers.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        write_number(out, *number);
    }
    out.push(b']');
}

/// Infinities and NaN have no JSON form; no claim should hold one, and `null` keeps the line readable if one does.
fn write_number(out: &mut Vec<u8>, number: f64) {
    match number.is_finite() {
        true => csv::write_number(out, number),
        false => out.extend_from_slice(b"null"),
    }
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    let _ = serde_json::to_writer(out, text);
}
