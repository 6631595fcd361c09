//! Rows for people at a terminal: one line each, cut to its width, nothing that could move the cursor.
//!
//! The lines show who and what; everything else is in the tables that `-o` writes.

use super::{Cell, Column, Table, csv};
use crate::read::walk::visible;

/// Writes the line above a document's rows.
pub fn write_heading(out: &mut Vec<u8>, document: &str, width: usize) {
    write_line(out, &[(&*harmless(document), width)], width);
}

/// A text as a terminal may be given it: nothing in it moves the cursor or turns the direction of reading.
pub fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match csv::is_bidi_control(c) {
            true => shown.extend(c.escape_unicode()),
            false => shown.push(c),
        }
    }
    shown
}

/// Writes one row, with its most telling cells.
pub fn write_row(out: &mut Vec<u8>, table: Table, cells: &[Cell], width: usize) {
    const SPEAKER: usize = 22;
    let cell = |name: &str| shown(table.columns(), cells, name);
    let speaker = match cell("speaker") {
        speaker if speaker.is_empty() => "-".to_owned(),
        speaker => speaker,
    };
    match table {
        Table::Quotes => {
            let line = [
                ("", 1),
                (&*speaker, SPEAKER),
                (&*cell("kind"), 8),
                (&*cell("quote"), width),
            ];
            write_line(out, &line, width);
        }
        Table::Claims => {
            let meaning = [cell("comparison"), cell("values"), cell("unit"), cell("what")].join(" ");
            let line = [
                ("", 1),
                (&*speaker, SPEAKER),
                ("figure", 8),
                (&*cell("figure"), 30),
                (&*meaning, width),
            ];
            write_line(out, &line, width);
        }
        Table::Sentences => write_line(out, &[("", 1), (&*cell("sentence"), 4), (&*cell("text"), width)], width),
        Table::Documents => {
            let line = [
                ("", 1),
                (&*cell("status"), 8),
                (&*cell("document"), 40),
                (&*cell("reason"), width),
            ];
            if cell("status") != "read" {
                write_line(out, &line, width);
            }
        }
    }
}

fn shown(columns: &[Column], cells: &[Cell], name: &str) -> String {
    let cell = columns.iter().zip(cells).find(|(column, _)| column.name == name);
    cell.map_or_else(String::new, |(column, cell)| {
        visible(&csv::one_line(&csv::shown(column.kind, cell)))
    })
}

/// Writes parts, each padded to its width, and cuts the line at the terminal's.
fn write_line(out: &mut Vec<u8>, parts: &[(&str, usize)], width: usize) {
    let mut line = String::new();
    for (i, (text, part_width)) in parts.iter().enumerate() {
        let last = i + 1 == parts.len();
        let cut = cut_to(text, if last { usize::MAX } else { *part_width });
        line.push_str(&cut);
        if !last {
            line.extend(std::iter::repeat_n(
                ' ',
                part_width.saturating_sub(cut.chars().count()) + 1,
            ));
        }
    }
    out.extend_from_slice(cut_to(&line, width).trim_end().as_bytes());
    out.push(b'\n');
}

fn cut_to(text: &str, width: usize) -> String {
    match text.chars().count() > width {
        true => text.chars().take(width.saturating_sub(1)).chain(['…']).collect(),
        false => text.to_owned(),
    }
}
