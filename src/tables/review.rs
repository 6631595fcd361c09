//! The reviewer's work: read from the tables of an earlier run, given back to the rows it belongs to, never lost.
//!
//! A row that holds a verdict, a correction, a note, or anything in a column that the reviewer added, is kept by the table's
//! first column. It comes back beside the row of the same id; where that row's words changed, its `review_status` says stale;
//! where there is no such row any more, the old one is written at the end as orphan. Two different entries for one id stop
//! the run. Tables are read whatever a spreadsheet made of them: delimiter, encoding, order of columns, short rows.

use super::{Cell, Filled, Kind, Table, csv};
use crate::error::Error;
use crate::read::table::Rows;
use calamine::{Data, Reader as _};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// What reviewers wrote into earlier tables.
#[derive(Debug, Default)]
pub struct Reviews {
    tables: Vec<Reviewed>,
}

/// What a reviewer wrote into one table.
#[derive(Debug)]
pub struct Reviewed {
    /// The table.
    pub table: Table,
    /// The names of the columns that the reviewer added.
    pub extra: Vec<String>,
    /// The rows in which he wrote something, in the order of the file.
    pub rows: Vec<Entry>,
    by_key: HashMap<String, usize>,
    /// True where rows without a word of the reviewer are kept too.
    every_row: bool,
    /// True where the file has the column of the words themselves, which tells quotations from claims.
    pub has_words: bool,
}

/// A row in which a reviewer wrote something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stood: file and line.
    pub place: String,
    /// Its cells, in the order of the table's columns.
    pub cells: Vec<String>,
    /// The cells of the added columns.
    pub extra: Vec<String>,
}

impl Reviews {
    /// Reads what was written into the tables of an earlier run: `folder/TABLE.ending`, where they are.
    ///
    /// # Errors
    /// A file of that name that is not ours, cannot be read, or holds two entries for one id.
    pub fn of_folder(folder: &Path, tables: &[Table], ending: &str) -> Result<Reviews, Error> {
        let mut reviews = Reviews::default();
        for &table in tables {
            let path = folder.join(format!("{}.{ending}", table.name()));
            if path.is_file() {
                reviews.tables.push(Reviewed::of_file(table, &path)?);
            }
        }
        Ok(reviews)
    }

    /// Reads what was written into the workbook of an earlier run, where there is one.
    ///
    /// # Errors
    /// As [`Reviews::of_folder`].
    pub fn of_workbook(path: &Path, tables: &[Table]) -> Result<Reviews, Error> {
        let mut reviews = Reviews::default();
        if path.is_file() {
            for &table in tables {
                let mut reviewed = Reviewed::new(table);
                if reviewed.take_workbook(path)? {
                    reviewed.drop_unnamed();
                    reviews.tables.push(reviewed);
                }
            }
        }
        Ok(reviews)
    }

    /// What was written into a table.
    pub fn of(&self, table: Table) -> Option<&Reviewed> {
        self.tables.iter().find(|reviewed| reviewed.table == table)
    }

    /// The names of the columns that the reviewer added to a table.
    pub fn extra(&self, table: Table) -> &[String] {
        self.of(table).map_or(&[], |reviewed| &reviewed.extra)
    }
}

/// What a column of an old table is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Own(usize),
    Extra(usize),
}

impl Reviewed {
    /// Reads a table from a file, CSV or JSON lines or a workbook by its name.
    ///
    /// # Errors
    /// As [`Reviews::of_folder`].
    pub fn of_file(table: Table, path: &Path) -> Result<Reviewed, Error> {
        Self::new(table).read(path)
    }

    /// Reads a table with all its rows, reviewed or not.
    ///
    /// # Errors
    /// As [`Reviews::of_folder`].
    pub fn every_row(table: Table, path: &Path) -> Result<Reviewed, Error> {
        let reviewed = Self::new(table);
        Reviewed {
            every_row: true,
            ..reviewed
        }
        .read(path)
    }

    fn read(mut self, path: &Path) -> Result<Reviewed, Error> {
        let ending = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_ascii_lowercase();
        match &*ending {
            "jsonl" => self.take_json(path)?,
            "xlsx" => match self.take_workbook(path)? {
                true => {}
                false => return Err(problem(path, format!("no sheet \"{}\"", self.table.name()))),
            },
            _ => self.take_csv(path)?,
        }
        self.drop_unnamed();
        Ok(self)
    }

    fn new(table: Table) -> Self {
        let (extra, rows, by_key) = (Vec::new(), Vec::new(), HashMap::new());
        Reviewed {
            table,
            extra,
            rows,
            by_key,
            every_row: false,
            has_words: false,
        }
    }

    /// Reads a table from the bytes of a CSV file.
    ///
    /// # Errors
    /// As [`Reviews::of_folder`].
    pub fn of_bytes(table: Table, bytes: Vec<u8>) -> Result<Reviewed, Error> {
        let (mut reviewed, path) = (Self::new(table), Path::new("bytes"));
        let input = crate::read::gzip::unpacked_if_packed(std::io::Cursor::new(bytes));
        let rows = input.and_then(|input| Rows::new(input, None, MOST_ROW_BYTES));
        reviewed.take_rows(path, rows.map_err(|e| problem(path, e))?)?;
        reviewed.drop_unnamed();
        Ok(reviewed)
    }

    fn take_csv(&mut self, path: &Path) -> Result<(), Error> {
        let rows = Rows::open(path, None, MOST_ROW_BYTES).map_err(|e| problem(path, e))?;
        self.take_rows(path, rows)
    }

    fn take_rows(&mut self, path: &Path, mut rows: Rows) -> Result<(), Error> {
        if rows.header.iter().all(String::is_empty) {
            return Ok(());
        }
        let targets = self.targets(path, rows.header.iter().map(|name| csv::unguarded(name)))?;
        while let Some(row) = rows.next_row().map_err(|e| problem(path, e))? {
            let cells = row.cells.iter().map(|cell| Cow::Borrowed(csv::unguarded(cell.trim())));
            self.take(format!("{}:{}", path.display(), row.line), &targets, cells)?;
        }
        Ok(())
    }

    fn take_json(&mut self, path: &Path) -> Result<(), Error> {
        let input = BufReader::new(File::open(path).map_err(|e| problem(path, e))?);
        for (i, line) in input.lines().enumerate() {
            let place = format!("{}:{}", path.display(), i + 1);
            let line = line.map_err(|e| Error::new(&place, e.to_string()))?;
            let row: serde_json::Map<String, serde_json::Value> = match line.trim_start_matches('\u{feff}').trim() {
                "" => continue,
                line => {
                    serde_json::from_str(line).map_err(|e| Error::new(&place, format!("not a JSON object: {e}")))?
                }
            };
            let targets = self.targets(path, row.keys().map(String::as_str))?;
            self.take(
                place,
                &targets,
                row.values().map(|value| Cow::Owned(json_as_text(value))),
            )?;
        }
        Ok(())
    }

    /// Reads a table's sheets; false where the workbook has none of it.
    fn take_workbook(&mut self, path: &Path) -> Result<bool, Error> {
        let opened = calamine::open_workbook(path).map_err(|e: calamine::XlsxError| problem(path, e));
        let mut book: calamine::Xlsx<BufReader<File>> = opened?;
        let names = book.sheet_names().to_vec();
        if !Table::ALL
            .iter()
            .any(|table| names.iter().any(|name| name == table.name()))
        {
            return Err(problem(
                path,
                "is not a workbook of onrecord; move it away or name another file",
            ));
        }
        let sheets: Vec<&String> = names.iter().filter(|name| is_sheet_of(self.table, name)).collect();
        for sheet in &sheets {
            let range = book.worksheet_range(sheet).map_err(|e| problem(path, e))?;
            self.take_sheet(path, sheet, &range)?;
        }
        Ok(!sheets.is_empty())
    }

    fn take_sheet(&mut self, path: &Path, sheet: &str, range: &calamine::Range<Data>) -> Result<(), Error> {
        let mut rows = range.rows();
        let header: Vec<String> = rows.next().unwrap_or_default().iter().map(data_as_text).collect();
        if header.iter().all(String::is_empty) {
            return Ok(());
        }
        let targets = self.targets(path, header.iter().map(String::as_str))?;
        for (i, row) in rows.enumerate() {
            let place = format!("{}, sheet {sheet}, row {}", path.display(), i + 2);
            self.take(place, &targets, row.iter().map(|cell| Cow::Owned(data_as_text(cell))))?;
        }
        Ok(())
    }

    /// Where each column of an old table goes; columns that are not ours are the reviewer's.
    fn targets<'h>(&mut self, path: &Path, header: impl Iterator<Item = &'h str>) -> Result<Vec<Target>, Error> {
        let mut targets = Vec::new();
        let mut unnamed = 0;
        for name in header {
            let own = self
                .table
                .columns()
                .iter()
                .position(|column| column.name.eq_ignore_ascii_case(name));
            if name.is_empty() {
                unnamed += 1;
            }
            targets.push(match own {
                Some(i) if !targets.contains(&Target::Own(i)) => Target::Own(i),
                _ if name.is_empty() => Target::Extra(self.extra_named(&format!("{UNNAMED}{unnamed}"))),
                _ => Target::Extra(self.extra_named(name)),
            });
        }
        self.has_words |= targets.contains(&Target::Own(WORDS));
        match targets.contains(&Target::Own(0)) {
            true => Ok(targets),
            false => {
                let key = self.table.columns()[0].name;
                let what = "is not a table of onrecord, or its header was changed";
                Err(problem(
                    path,
                    format!("no column \"{key}\": it {what}; move it away or name another folder"),
                ))
            }
        }
    }

    fn extra_named(&mut self, name: &str) -> usize {
        let at = self.extra.iter().position(|extra| extra == name);
        at.unwrap_or_else(|| {
            self.extra.push(name.to_owned());
            self.extra.len() - 1
        })
    }

    /// Keeps a row in which the reviewer wrote something.
    fn take<'c>(
        &mut self,
        place: String,
        targets: &[Target],
        cells: impl Iterator<Item = Cow<'c, str>>,
    ) -> Result<(), Error> {
        let columns = self.table.columns();
        let mut entry = Entry {
            place,
            cells: vec![String::new(); columns.len()],
            extra: Vec::new(),
        };
        for (target, cell) in targets.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty()) {
            match *target {
                Target::Own(i) => entry.cells[i] = cell.into_owned(),
                Target::Extra(i) => *slot(&mut entry.extra, i) = cell.into_owned(),
            }
        }
        let written = |(column, cell): (&super::Column, &String)| {
            column.filled == Filled::Reviewer && column.name != STATUS && !cell.trim().is_empty()
        };
        if !self.every_row && entry.extra.is_empty() && !columns.iter().zip(&entry.cells).any(written) {
            return Ok(());
        }
        self.keep(entry)
    }

    fn keep(&mut self, entry: Entry) -> Result<(), Error> {
        let key = entry.cells[0].trim().to_owned();
        match self.by_key.get(&key) {
            Some(_) if self.every_row => Ok(()),
            Some(&at) => merge(&mut self.rows[at], entry, self.table, &self.extra),
            None => {
                // A row without an id is one that the reviewer added: nothing will match it, and it is kept.
                if !key.is_empty() {
                    self.by_key.insert(key, self.rows.len());
                }
                self.rows.push(entry);
                Ok(())
            }
        }
    }

    /// Leaves out columns that have neither a name nor a cell: a spreadsheet adds them at will.
    fn drop_unnamed(&mut self) {
        while let Some(last) = self.extra.len().checked_sub(1) {
            let used = self
                .rows
                .iter()
                .any(|row| row.extra.get(last).is_some_and(|cell| !cell.is_empty()));
            if used || !self.extra[last].starts_with(UNNAMED) {
                return;
            }
            self.extra.pop();
        }
    }

    /// The entry for a new row, by the row's first cell.
    pub fn find(&self, row: &[Cell]) -> Option<usize> {
        match row.first() {
            Some(Cell::Text(key)) => self.by_key.get(&**key).copied(),
            Some(Cell::Code(key)) => self.by_key.get(*key).copied(),
            _ => None,
        }
    }

    /// The entry of an id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.by_key.get(id).map(|&at| &self.rows[at])
    }

    /// Puts an entry's cells into the reviewer's columns of the new row of the same id.
    pub fn put_into<'t>(&'t self, entry: usize, row: &mut [Cell<'t>]) {
        let entry = &self.rows[entry];
        let columns = self.table.columns();
        let stale = self.words_changed(entry, row);
        for ((column, cell), new) in columns.iter().zip(&entry.cells).zip(row) {
            if column.filled == Filled::Reviewer {
                *new = text_or_missing(cell);
            }
            if column.name == STATUS {
                *new = status(cell, stale);
            }
        }
    }

    fn words_changed(&self, entry: &Entry, row: &[Cell]) -> bool {
        let words = match self.table {
            Table::Quotes => "quote",
            Table::Claims => "figure",
            Table::Sentences => "text",
            Table::Documents => return false,
        };
        let at = self
            .table
            .columns()
            .iter()
            .position(|column| column.name == words)
            .unwrap_or_default();
        let new = csv::shown(Kind::Text, &row[at]);
        let old = &entry.cells[at];
        !old.is_empty() && !same_words(&csv::one_line(old), &new)
    }

    /// The cells of an entry whose row is no longer found.
    pub fn orphan(&self, entry: usize) -> Vec<Cell<'static>> {
        let orphaned = |(column, cell): (&super::Column, &'_ String)| match column.name {
            STATUS => Cell::from("orphan"),
            _ => typed(column.kind, cell).into_owned(),
        };
        self.table
            .columns()
            .iter()
            .zip(&self.rows[entry].cells)
            .map(orphaned)
            .collect()
    }

    /// The cells of an entry's added columns, one for each name.
    pub fn extra_of(&self, entry: Option<usize>) -> Vec<String> {
        let mut cells = entry.map_or_else(Vec::new, |entry| self.rows[entry].extra.clone());
        cells.resize(self.extra.len(), String::new());
        cells
    }
}

impl Entry {
    /// The cell in a column of the table; empty where there is no such column.
    pub fn cell(&self, table: Table, column: &str) -> &str {
        let at = table.columns().iter().position(|c| c.name == column);
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }
}

/// True for the name of a table's sheet, or of one that it goes on in.
fn is_sheet_of(table: Table, name: &str) -> bool {
    let rest = name.strip_prefix(table.name());
    rest.is_some_and(|rest| rest.is_empty() || rest.trim_start().parse::<u32>().is_ok())
}

const STATUS: &str = "review_status";

/// A row of a reviewed table is never larger, unless a quotation mark was left open.
const MOST_ROW_BYTES: u64 = 64 << 20;

/// Where `quotes` and `claims` have the words that a row is about.
const WORDS: usize = 3;

/// What a column without a name is called until it is known whether anything stands in it.
const UNNAMED: &str = "unnamed_";

fn problem(path: &Path, problem: impl ToString) -> Error {
    Error::new(crate::read::walk::visible_path(path), problem.to_string())
}

fn slot(cells: &mut Vec<String>, i: usize) -> &mut String {
    if cells.len() <= i {
        cells.resize(i + 1, String::new());
    }
    &mut cells[i]
}

fn text_or_missing(cell: &str) -> Cell<'_> {
    match cell {
        "" => Cell::Missing,
        cell => Cell::from(cell),
    }
}

/// A row that was stale stays so until the reviewer says otherwise; one that was an orphan is found again.
fn status(old: &str, stale: bool) -> Cell<'_> {
    match (old, stale) {
        (_, true) => Cell::from("stale"),
        ("orphan", false) => Cell::Missing,
        (old, false) => text_or_missing(old),
    }
}

/// Joins two entries for one id where they do not contradict each other.
fn merge(first: &mut Entry, second: Entry, table: Table, extra: &[String]) -> Result<(), Error> {
    let names: Vec<&str> = table
        .columns()
        .iter()
        .map(|c| c.name)
        .chain(extra.iter().map(String::as_str))
        .collect();
    let own = |i: usize| {
        table
            .columns()
            .get(i)
            .is_none_or(|c| c.filled == Filled::Reviewer && c.name != STATUS)
    };
    let width = first.cells.len();
    let (mut all, mut others) = (first.cells.clone(), second.cells);
    all.extend(first.extra.iter().cloned());
    others.extend(second.extra);
    all.resize(names.len(), String::new());
    others.resize(names.len(), String::new());
    for (i, (cell, other)) in all.iter_mut().zip(others).enumerate().filter(|(i, _)| own(*i)) {
        if cell.is_empty() {
            *cell = other;
        } else if !other.is_empty() && *cell != other {
            let both = format!("{} is \"{cell}\" here and \"{other}\" at {}", names[i], second.place);
            let remedy = "two reviews of one row; leave one of them";
            return Err(Error::new(
                &first.place,
                format!("{}: {both}: {remedy}", first.cells[0]),
            ));
        }
    }
    first.extra = all.split_off(width);
    first.cells = all;
    Ok(())
}

/// True for equal words; a `?` or U+FFFD stands for a character that the encoding of a spreadsheet's file did not have.
fn same_words(old: &str, new: &str) -> bool {
    let lost = |old: char, new: char| matches!(old, '?' | '\u{fffd}') && !new.is_ascii();
    let (old, cut) = match old.strip_suffix(super::xlsx::CUT) {
        Some(begin) => (begin, true),
        None => (old, false),
    };
    let (mut old, mut new) = (old.trim().chars(), new.trim().chars());
    loop {
        match (old.next(), new.next()) {
            (None, None) => return true,
            (None, Some(_)) => return cut,
            (Some(old), Some(new)) if old == new || lost(old, new) => {}
            _ => return false,
        }
    }
}

/// A cell read as text, as what its column holds.
fn typed(kind: Kind, cell: &str) -> Cell<'_> {
    let text = || text_or_missing(cell);
    match kind {
        Kind::Text | Kind::Name => text(),
        Kind::Whole => cell.parse().map_or_else(|_| text(), Cell::Whole),
        Kind::Number => cell.parse().map_or_else(|_| text(), Cell::Number),
        Kind::Score => cell.parse().map_or_else(|_| text(), Cell::Score),
        Kind::Numbers => match cell.split(';').map(str::parse).collect::<Result<Vec<f64>, _>>() {
            Ok(numbers) => Cell::Numbers(Cow::Owned(numbers)),
            Err(_) => text(),
        },
    }
}

fn json_as_text(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(list) => list.iter().map(json_as_text).collect::<Vec<_>>().join(";"),
        other => other.to_string(),
    }
}

fn data_as_text(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) => text.trim().to_owned(),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second) {
                (0, 0, 0) => date,
                _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        other => other.to_string(),
    }
}
