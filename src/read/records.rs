//! Records to documents: lines of JSON and rows of tables, text and id in named fields.
//!
//! A bad record is a reading that says why; the records after it are read all the same.

use super::{Facts, Naming, Options, Reading, Status};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::io::{BufRead, ErrorKind};

/// A document that came as a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Its id, or its file and line.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What the record says of it.
    pub facts: Facts,
    /// The encoding of the file.
    pub encoding: String,
    /// How many undecodable places became U+FFFD.
    pub replaced: u64,
}

impl Record {
    /// The record as a reading.
    pub fn read(self, format: &str) -> Reading {
        let reading = Reading {
            format: format.to_owned(),
            encoding: self.encoding,
            replaced: self.replaced,
            facts: self.facts,
            sha256: Some(Sha256::digest(&self.text).into()),
            is_its_bytes: true,
            ..Reading::without(&self.name, Status::Read, "")
        };
        reading.with_text(self.text)
    }
}

/// What a record says of its document, by the names that tables of articles use.
pub fn facts<'v>(value: impl Fn(&str) -> Option<&'v str>) -> Facts {
    let first = |names: &[&str]| names.iter().find_map(|name| value(name)).unwrap_or_default().to_owned();
    Facts {
        title: first(&["title", "headline"]),
        outlet: first(&["outlet", "publication", "source", "publisher"]),
        author: first(&["author", "byline"]),
        date: first(&["date", "published", "published_at", "pub_date"]),
    }
}

/// What kind of records a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A JSON object a line.
    JsonLines,
    /// Rows of cells below a header.
    Table,
}

/// What kind of records bytes begin as: a JSON object in the first line, or a header that names the column of the text beside
/// others. `None` for everything else, an article above all.
pub fn kind(begin: &[u8], options: &Options) -> Option<Kind> {
    if begins_as_prose(begin, options) {
        return None;
    }
    let decoded = super::decode::decode(begin, options.encoding)?.text;
    let text = decoded.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let (first, whole) = text.split_once('\n').map_or((text, false), |(line, _)| (line, true));
    if first.starts_with('{') {
        // A line that goes on behind what was read cannot be tried.
        let object = serde_json::from_str::<Map<String, Value>>(first);
        let goes_on = |error: &serde_json::Error| error.is_eof() && !whole && first.starts_with("{\"");
        return object
            .map_or_else(|error| goes_on(&error), |_| true)
            .then_some(Kind::JsonLines);
    }
    let delimiter = char::from(super::table::delimiter(first.as_bytes()));
    let cells: Vec<&str> = first
        .split(delimiter)
        .map(|cell| cell.trim().trim_matches('"'))
        .collect();
    let is_header = cells.len() > 1 && cells.contains(&&*options.text_column);
    is_header.then_some(Kind::Table)
}

/// True for most articles: the first line is no object and does not hold the name of the text's column, in whatever encoding
/// that writes ASCII as itself. False says nothing.
fn begins_as_prose(begin: &[u8], options: &Options) -> bool {
    let text = begin.trim_ascii_start();
    let line = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let column = options.text_column.as_bytes();
    let is_plain =
        options.encoding.is_none() && column.is_ascii() && !column.is_empty() && !super::decode::holds_nul(begin);
    let may_be_marked = |first: &u8| matches!(first, b'{' | 0xEF | 0xFE | 0xFF);
    // Letter by letter first: to compare whole names at every place costs a call for each.
    let is_column = |part: &[u8]| part.first() == column.first() && part == column;
    is_plain && !text.first().is_some_and(may_be_marked) && !line.windows(column.len()).any(is_column)
}

/// True for text that is one value of JSON, or lines of them.
pub fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let first = || serde_json::Deserializer::from_str(text).into_iter::<Value>().next();
    text.starts_with(['{', '['])
        && first().is_some_and(|value| {
            value.is_ok_and(|value| value.as_array().is_none_or(|list| list.iter().any(Value::is_object)))
        })
}

/// What was found at a reader's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// A line, without its end.
    Whole,
    /// A line over the limit, passed over.
    TooLong,
    /// The end of the input.
    End,
}

/// Reads one line of at most `limit` bytes into `line`; a longer one is passed over without being held.
///
/// # Errors
/// What the reader gives, interruptions aside.
pub fn next_line(input: &mut dyn BufRead, limit: u64, line: &mut Vec<u8>) -> std::io::Result<Line> {
    let (mut any, mut too_long) = (false, false);
    loop {
        let available = match input.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let (taken, ended) = match available.iter().position(|&b| b == b'\n') {
            Some(at) => (at + 1, true),
            None => (available.len(), available.is_empty()),
        };
        any |= taken > 0;
        too_long |= (line.len() + taken) as u64 > limit.saturating_add(1);
        if too_long {
            *line = Vec::new();
        } else {
            line.extend_from_slice(&available[..taken]);
        }
        input.consume(taken);
        if ended {
            return Ok(match (any, too_long) {
                (false, _) => Line::End,
                (true, true) => Line::TooLong,
                (true, false) => Line::Whole,
            });
        }
    }
}

/// Reads one line of JSON.
pub fn read_json(place: &str, line: &[u8], options: &Options) -> Reading {
    let fail = |name: &str, reason: String| Reading {
        format: "jsonl".to_owned(),
        ..Reading::without(name, Status::Failed, reason)
    };
    let Some(decoded) = super::decode::decode(line, Some(encoding_rs::UTF_8)) else {
        return fail(place, "binary".to_owned());
    };
    let mut record: Map<String, Value> = match serde_json::from_str(decoded.text.trim_start_matches('\u{feff}')) {
        Ok(record) => record,
        Err(error) => return fail(place, format!("not a JSON object: {error}")),
    };
    let name = match record_name(place, &record, options) {
        Ok(name) => name,
        Err(reason) => return fail(place, reason),
    };
    let Some(Value::String(text)) = record.remove(&options.text_column) else {
        return fail(&name, format!("no text in \"{}\" (--text-column)", options.text_column));
    };
    let record = Record {
        name,
        text,
        facts: facts(|field| record.get(field).and_then(Value::as_str)),
        encoding: decoded.encoding,
        replaced: decoded.replaced,
    };
    record.read("jsonl")
}

/// The id that was asked for; else file and line, with the record's `id` behind them where it has one.
fn record_name(place: &str, record: &Map<String, Value>, options: &Options) -> Result<String, String> {
    let value = |field: &str| match record.get(field) {
        Some(Value::String(id)) => Some(id.to_owned()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    name(place, value(options.naming.column()).as_deref(), options)
}

/// The name of a record with such an id.
///
/// # Errors
/// The reason why it has none: a column was asked for, and nothing stands in it.
pub fn name(place: &str, id: Option<&str>, options: &Options) -> Result<String, String> {
    let id = id.map(super::walk::visible).filter(|id| !id.trim().is_empty());
    match (&options.naming, id) {
        (Naming::Place, Some(id)) => Ok(format!("{place}#{id}")),
        (Naming::Column(_) | Naming::ColumnOrHash(_), Some(id)) => Ok(id),
        (Naming::Column(column), None) => Err(format!("no id in \"{column}\" (--id-column)")),
        (Naming::Place | Naming::ColumnOrHash(_), None) => Ok(place.to_owned()),
    }
}
