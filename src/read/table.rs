//! Rows of a CSV file, whoever saved it: comma, semicolon or tab, in any encoding, packed or not, short rows included.
//!
//! Rows are read one at a time. One row may not be larger than the limit: an open quotation mark would else swallow the file.

use super::decode::Transcoder;
use super::gzip;
use encoding_rs::Encoding;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

/// A CSV file being read.
pub struct Rows {
    reader: csv::Reader<Limited>,
    /// The names of the columns, trimmed.
    pub header: Vec<String>,
    /// The encoding of the file.
    pub encoding: String,
    since_last_row: Rc<Cell<u64>>,
    record: csv::ByteRecord,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRow {
    /// The line it begins on, from 1.
    pub line: u64,
    /// Its cells; there may be fewer or more than the header has.
    pub cells: Vec<String>,
}

impl Rows {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// What the disk says, or a header that is no text.
    pub fn open(path: &Path, encoding: Option<&'static Encoding>, max_row_bytes: u64) -> io::Result<Rows> {
        let packed = BufReader::with_capacity(64 << 10, File::open(path)?);
        Self::new(gzip::unpacked_if_packed(packed)?, encoding, max_row_bytes)
    }

    /// Reads the header of what a reader gives.
    ///
    /// # Errors
    /// As [`Rows::open`].
    pub fn new(input: Box<dyn BufRead>, encoding: Option<&'static Encoding>, max_row_bytes: u64) -> io::Result<Rows> {
        let transcoder = Transcoder::new(input, encoding)?;
        let encoding = transcoder.encoding();
        let mut input = BufReader::with_capacity(64 << 10, transcoder);
        let delimiter = delimiter(input.fill_buf()?);
        let since_last_row = Rc::new(Cell::new(0));
        let limited = Limited {
            input: Box::new(input),
            limit: max_row_bytes.max(64 << 10),
            since_last_row: Rc::clone(&since_last_row),
        };
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .delimiter(delimiter)
            .from_reader(limited);
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record).map_err(as_io)? && is_above_header(&record) {}
        let header = texts(&record)
            .into_iter()
            .map(|name| {
                name.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
                    .to_owned()
            })
            .collect();
        Ok(Rows {
            reader,
            header,
            encoding,
            since_last_row,
            record,
        })
    }

    /// Where a column stands.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// The next row, `None` at the end; blank lines are passed over.
    ///
    /// # Errors
    /// What the disk says, or a row over the limit; nothing more can be read then.
    pub fn next_row(&mut self) -> io::Result<Option<TextRow>> {
        self.since_last_row.set(0);
        if !self.reader.read_byte_record(&mut self.record).map_err(as_io)? {
            return Ok(None);
        }
        Ok(Some(TextRow {
            line: self.record.position().map_or(0, csv::Position::line),
            cells: texts(&self.record),
        }))
    }
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows")
            .field("header", &self.header)
            .finish_non_exhaustive()
    }
}

/// True for a row that may stand above the header: without a word, or Excel's `sep=;`.
fn is_above_header(record: &csv::ByteRecord) -> bool {
    let mut cells = record.iter().map(|cell| cell.trim_ascii());
    let first = cells.next().unwrap_or_default();
    (first.is_empty() || first.starts_with(b"sep=")) && cells.all(<[u8]>::is_empty)
}

fn texts(record: &csv::ByteRecord) -> Vec<String> {
    record
        .iter()
        .map(|cell| String::from_utf8_lossy(cell).into_owned())
        .collect()
}

fn as_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The mark that stands most often in the first line that holds anything, outside quotation marks.
pub fn delimiter(begin: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0u32), (b';', 0), (b'\t', 0)];
    let blank_bytes = begin.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    for &byte in &begin[blank_bytes..] {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => counts
                .iter_mut()
                .filter(|(mark, _)| *mark == byte)
                .for_each(|(_, count)| *count += 1),
        }
    }
    // The first of equals wins: the comma where there is a single column.
    let most = counts.iter().map(|(_, count)| *count).max();
    counts
        .iter()
        .find(|(_, count)| Some(*count) == most)
        .map_or(b',', |(mark, _)| *mark)
}

/// A reader that gives up where one row takes too much of it.
struct Limited {
    input: Box<dyn BufRead>,
    limit: u64,
    since_last_row: Rc<Cell<u64>>,
}

impl Read for Limited {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(into)?;
        let taken = self.since_last_row.get() + count as u64;
        self.since_last_row.set(taken);
        // What is read ahead belongs to later rows; it is never more than this.
        const READ_AHEAD_BYTES: u64 = 64 << 10;
        match taken > self.limit + READ_AHEAD_BYTES {
            true => Err(io::Error::other(
                "a row is over the limit (--max-bytes); is a quotation mark left open?",
            )),
            false => Ok(count),
        }
    }
}
