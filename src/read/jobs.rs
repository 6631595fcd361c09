//! Paths to jobs: one for a file that is an article, one a record for tables and JSON lines, none for our own output.
//!
//! Files of records are read here, in pieces, so that their size does not matter; everything else is opened where it is worked
//! on.

use super::docx::{Archive, kind};
use super::records::{self, Kind, Line, Record, next_line};
use super::table::{Rows, TextRow};
use super::walk::{Found, walk};
use super::{Input, Job, Naming, Options, Source, Status, decode, gzip};
use crate::error::Error;
use crate::spare::{self, Spare};
use crate::tables::Table;
use crate::tables::rows::short_hash;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Takes a job; false says stop.
pub type Give<'g> = dyn FnMut(Job) -> bool + 'g;

/// Gives every document: of files and folders in the order of their names, then of standard input.
///
/// # Errors
/// Standard input as a stream of JSON lines cannot be read.
pub fn find(input: &Input, options: &Options, give: &mut Give) -> Result<(), Error> {
    match input {
        Input::Paths(paths) => {
            of_paths(paths, options, give);
            Ok(())
        }
        Input::JsonStream => {
            let problem = |error: io::Error| Error::new("standard input", error.to_string());
            json_lines("stdin", &mut io::stdin().lock(), options, give).map_err(problem)
        }
    }
}

fn of_paths(paths: &[PathBuf], options: &Options, give: &mut Give) {
    let (input, files): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|p| p.as_os_str() == "-");
    let mut go_on = true;
    walk(&files, &|path| told_by_name(path) == Told::Nothing, &mut |found| {
        go_on = of_file(found, options, give);
        go_on
    });
    if go_on && !input.is_empty() {
        standard_input(options, give);
    }
}

/// Standard input is one text, unless it begins as records do.
fn standard_input(options: &Options, give: &mut Give) {
    let name = "stdin";
    let mut input = io::stdin().lock();
    let kind = input.fill_buf().map(|begin| records::kind(begin, options));
    let outcome = kind.and_then(|kind| match kind {
        Some(Kind::JsonLines) => json_lines(name, &mut input, options, give).map(Ok),
        Some(Kind::Table) => Rows::new(Box::new(input), options.encoding, options.max_bytes)
            .map(|rows| give_rows(name, rows, options, give)),
        None => all_of(&mut input, options).map(|source| {
            give(job(name, source));
            Ok(())
        }),
    });
    match outcome {
        Ok(Ok(())) => {}
        Ok(Err(reason)) => _ = give(failed(name, reason)),
        Err(error) => _ = give(failed(name, error)),
    }
}

fn all_of(input: &mut dyn Read, options: &Options) -> io::Result<Source> {
    let mut bytes = Vec::new();
    input
        .take(options.max_bytes.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(match bytes.len() as u64 > options.max_bytes {
        true => Source::Nowhere(
            Status::Skipped,
            format!("over the limit of {} bytes (--max-bytes)", options.max_bytes),
        ),
        false => Source::Bytes(bytes),
    })
}

fn job(name: &str, source: Source) -> Job {
    let name = name.to_owned();
    Job { name, source }
}

fn failed(name: &str, reason: impl ToString) -> Job {
    job(name, Source::Nowhere(Status::Failed, reason.to_string()))
}

/// The documents of one file; its name decides whether it holds records, or its begin where the name says nothing of that.
fn of_file(found: Found, options: &Options, give: &mut Give) -> bool {
    let Found {
        name,
        path,
        bytes,
        file,
    } = found;
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err((status, reason)) => return give(job(&name, Source::Nowhere(status, reason))),
    };
    let mut go_on = true;
    let give_on: &mut Give = &mut |job| {
        go_on = give(job);
        go_on
    };
    let mut short = None;
    let kind = match told_by_name(&path) {
        Told::Records(kind) => Some(kind),
        Told::Workbook if is_own_workbook(&path) => return true,
        Told::Workbook | Told::Article => None,
        Told::Nothing => {
            let file = file.or_else(|| File::open(&path).ok());
            short = file.and_then(|file| short_file(file, bytes.min(options.max_bytes)));
            match &short {
                Some(bytes) if !gzip::is_packed(bytes) => {
                    records::kind(&bytes[..bytes.len().min(BEGIN_BYTES)], options)
                }
                _ => begin_of(&path).and_then(|begin| records::kind(&begin, options)),
            }
        }
    };
    let outcome = match kind {
        Some(Kind::JsonLines) => file_of_json_lines(&name, &path, bytes, options, give_on),
        Some(Kind::Table) => file_of_rows(&name, &path, bytes, options, give_on),
        None => {
            let source = short.map_or_else(|| Source::File(path, bytes), Source::Bytes);
            return give(Job { name, source });
        }
    };
    match outcome {
        Ok(()) => go_on,
        Err(reason) => give(failed(&name, reason)),
    }
}

fn is_own_workbook(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| kind(BufReader::new(file)) == Archive::OwnWorkbook)
}

/// What a file's name says of it, `.gz` aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Records(Kind),
    /// Articles, and what is told by its first bytes.
    Article,
    Workbook,
    /// It may be a text, or records by another name.
    Nothing,
}

fn told_by_name(path: &Path) -> Told {
    let mut end = path.extension().unwrap_or_default();
    if end.eq_ignore_ascii_case("gz") {
        let packed = Path::new(path.file_stem().unwrap_or_default());
        end = packed.extension().unwrap_or_default();
    }
    let is = |names: &[&str]| names.iter().any(|name| end.eq_ignore_ascii_case(name));
    match () {
        () if is(&["jsonl", "ndjson"]) => Told::Records(Kind::JsonLines),
        () if is(&["csv", "tsv"]) => Told::Records(Kind::Table),
        () if is(&["xlsx"]) => Told::Workbook,
        () if is(&["html", "htm", "docx", "pdf"]) => Told::Article,
        () => Told::Nothing,
    }
}

/// So many bytes of a file show whether it holds records.
const BEGIN_BYTES: usize = 4096;

/// A whole file where it is as short as an article: opening it a second time to work on it costs more than it holds. `None`
/// also where it cannot be read, or is longer than expected, which reading it will say.
fn short_file(mut file: File, expected: u64) -> Option<Vec<u8>> {
    let expected = usize::try_from(expected).ok().filter(|&bytes| bytes <= LONGEST_BYTES)?;
    let mut bytes = spare::take(&SPARE, expected + 1);
    bytes.resize(expected + 1, 0);
    let count = file.read(&mut bytes).ok()?;
    bytes.truncate(count);
    (count == expected).then_some(bytes)
}

/// A file of more is no short one.
const LONGEST_BYTES: usize = 64 << 10;

thread_local! {
    static SPARE: Spare<u8> = const { Spare::new(Vec::new()) };
}

/// Keeps the text of a document that is done for the next short file, where the same thread finds and works on them.
pub(crate) fn keep(text: String) {
    spare::keep(&SPARE, text.into_bytes(), 2 * LONGEST_BYTES);
}

/// The first bytes of a file, unpacked; `None` where it cannot be read, which reading it will say.
fn begin_of(path: &Path) -> Option<Vec<u8>> {
    let input = BufReader::with_capacity(BEGIN_BYTES, File::open(path).ok()?);
    let mut input = gzip::unpacked_if_packed(input).ok()?;
    input
        .fill_buf()
        .ok()
        .map(|begin| begin[..begin.len().min(BEGIN_BYTES)].to_vec())
}

/// A file of records, looked at: packed bytes must unpack to their end, or none of its rows is to be trusted.
fn open_records(path: &Path, bytes: u64, options: &Options) -> Result<BufReader<File>, String> {
    let open = || {
        File::open(path)
            .map(|file| BufReader::with_capacity(64 << 10, file))
            .map_err(|e| e.to_string())
    };
    let mut input = open()?;
    if !gzip::is_packed(input.fill_buf().map_err(|e| e.to_string())?) {
        return Ok(input);
    }
    gzip::check(input, bytes, options.max_bytes)?;
    open()
}

fn file_of_json_lines(name: &str, path: &Path, bytes: u64, options: &Options, give: &mut Give) -> Result<(), String> {
    let mut input = open_records(path, bytes, options)?;
    let begin = input.fill_buf().map_err(|e| e.to_string())?;
    if !begin.trim_ascii_start().starts_with(b"{") && holds_no_records(begin, options) {
        give(job(name, Source::File(path.to_owned(), bytes)));
        return Ok(());
    }
    let input = gzip::unpacked_if_packed(input).map_err(|e| e.to_string())?;
    let input = decode::Transcoder::new(input, options.encoding).map_err(|e| e.to_string())?;
    let mut input = BufReader::with_capacity(64 << 10, input);
    match is_own_json(input.fill_buf().map_err(|e| e.to_string())?) {
        true => Ok(()),
        false => json_lines(name, &mut input, options, give).map_err(|e| e.to_string()),
    }
}

/// Gives each line of JSON lines as a job, named `file:line`, until `give` says stop.
///
/// # Errors
/// What the reader gives.
pub fn json_lines(file: &str, input: &mut dyn BufRead, options: &Options, give: &mut Give) -> io::Result<()> {
    for number in 1u64.. {
        let mut line = Vec::new();
        let source = match next_line(input, options.max_bytes, &mut line)? {
            Line::End => break,
            Line::TooLong => Source::Nowhere(Status::Failed, "the line is over the limit (--max-bytes)".to_owned()),
            Line::Whole if line.trim_ascii().is_empty() => continue,
            Line::Whole => Source::JsonLine(line),
        };
        if !give(job(&place(file, number, &source, options), source)) {
            break;
        }
    }
    Ok(())
}

/// What a record without an id is called.
fn place(file: &str, line: u64, source: &Source, options: &Options) -> String {
    match (&options.naming, source) {
        (Naming::ColumnOrHash(_), Source::JsonLine(line)) => format!("line-{}", short_hash(line)),
        (Naming::ColumnOrHash(_), _) => "line".to_owned(),
        _ => format!("{file}:{line}"),
    }
}

fn file_of_rows(name: &str, path: &Path, bytes: u64, options: &Options, give: &mut Give) -> Result<(), String> {
    let mut input = open_records(path, bytes, options)?;
    if holds_no_records(input.fill_buf().map_err(|e| e.to_string())?, options) {
        give(job(name, Source::File(path.to_owned(), bytes)));
        return Ok(());
    }
    let input = gzip::unpacked_if_packed(input).map_err(|e| e.to_string())?;
    let rows = Rows::new(input, options.encoding, options.max_bytes).map_err(|e| e.to_string())?;
    give_rows(name, rows, options, give)
}

/// True for bytes that are something else by any name: a PDF, a picture, a web page.
fn holds_no_records(begin: &[u8], options: &Options) -> bool {
    let is_text = || decode::decode(begin, options.encoding).is_some_and(|text| !super::html::is_page(&text.text));
    !gzip::is_packed(begin) && (super::known_by_magic(begin).is_some() || !is_text())
}

/// Gives each row of a table as a job, named `file:line`, until `give` says stop.
fn give_rows(name: &str, mut rows: Rows, options: &Options, give: &mut Give) -> Result<(), String> {
    if Table::is_own_header(rows.header.iter().map(String::as_str)) {
        return Ok(());
    }
    let Some(columns) = Columns::of(&rows, options) else {
        let found = rows.header.join(", ");
        return Err(format!(
            "no column \"{}\" (--text-column) or no id column; found: {found}",
            options.text_column
        ));
    };
    while let Some(row) = rows.next_row().map_err(|e| e.to_string())? {
        let place = format!("{name}:{}", row.line);
        let source = match columns.record(&place, &rows, row, options) {
            Ok(record) => Source::Row(Box::new(record)),
            Err(reason) => Source::Nowhere(Status::Failed, reason),
        };
        if !give(job(&place, source)) {
            break;
        }
    }
    Ok(())
}

/// Where the text and the id stand in a table.
struct Columns {
    text: usize,
    id: Option<usize>,
}

impl Columns {
    fn of(rows: &Rows, options: &Options) -> Option<Columns> {
        let text = rows.column(&options.text_column)?;
        let id = rows.column(options.naming.column());
        (options.naming == Naming::Place || id.is_some()).then_some(Columns { text, id })
    }

    fn record(&self, place: &str, rows: &Rows, mut row: TextRow, options: &Options) -> Result<Record, String> {
        if row.cells.len() != rows.header.len() {
            return Err(format!(
                "{} cells, but the header has {}",
                row.cells.len(),
                rows.header.len()
            ));
        }
        let name = records::name(place, self.id.map(|id| &*row.cells[id]), options)?;
        let facts = records::facts(|column| rows.column(column).map(|at| &*row.cells[at]));
        let text = std::mem::take(&mut row.cells[self.text]);
        Ok(Record {
            name,
            replaced: text.matches('\u{fffd}').count() as u64,
            text,
            facts,
            encoding: rows.encoding.clone(),
        })
    }
}

/// True for the begin of JSON lines whose first row is one of ours.
fn is_own_json(begin: &[u8]) -> bool {
    let line = begin.split(|&b| b == b'\n').next().unwrap_or_default();
    match serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line) {
        Ok(row) => Table::is_own_header(row.keys().map(String::as_str)),
        Err(_) => false,
    }
}
