//! JSON lines to documents: one object a line, its text and id in named fields.
//!
//! The file is cut into lines one at a time, so that its size does not matter; each line is parsed where it is worked on. A bad
//! line is a reading that says why, and the lines after it are read all the same.

use super::{Job, Options, Reading, Source, Status, with_text};
use sha2::{Digest, Sha256};
use std::io::{BufRead, ErrorKind};

/// Gives each line of JSON lines as a job, named `file:line`, until `give` says stop.
///
/// # Errors
/// What reading the file gives.
pub fn json_lines(
    file: &str,
    input: &mut dyn BufRead,
    options: &Options,
    give: &mut dyn FnMut(Job) -> bool,
) -> std::io::Result<()> {
    let mut number = 0u64;
    loop {
        number += 1;
        let mut line = Vec::new();
        let name = format!("{file}:{number}");
        let source = match next_line(input, options.max_bytes, &mut line)? {
            Line::End => return Ok(()),
            Line::TooLong => Source::Nowhere(Status::Failed, "the line is over the limit (--max-bytes)".to_owned()),
            Line::Whole => Source::JsonLine(line),
        };
        let blank = matches!(&source, Source::JsonLine(line) if line.trim_ascii().is_empty());
        if !blank && !give(Job { name, source }) {
            return Ok(());
        }
    }
}

/// What was found at the reader's place.
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
    let decoded = super::decode::decode(line);
    let fail = |name: &str, reason: String| Reading {
        format: "jsonl",
        ..Reading::without(name, Status::Failed, reason)
    };
    let mut record: serde_json::Map<String, serde_json::Value> = match serde_json::from_str(&decoded.text) {
        Ok(record) => record,
        Err(error) => return fail(place, format!("not a JSON object: {error}")),
    };
    let name = match record_name(place, &record, options) {
        Ok(name) => name,
        Err(reason) => return fail(place, reason),
    };
    let Some(serde_json::Value::String(text)) = record.remove(&options.text_column) else {
        return fail(&name, format!("no text in \"{}\" (--text-column)", options.text_column));
    };
    let title = record
        .get("title")
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default();
    let reading = Reading {
        format: "jsonl",
        encoding: decoded.encoding,
        replaced: decoded.replaced,
        title: title.to_owned(),
        sha256: Some(Sha256::digest(&text).into()),
        ..Reading::without(&name, Status::Read, "")
    };
    with_text(reading, text)
}

/// The id that was asked for; else file and line, with the record's `id` behind them where it has one.
fn record_name(
    place: &str,
    record: &serde_json::Map<String, serde_json::Value>,
    options: &Options,
) -> Result<String, String> {
    let value = |field: &str| match record.get(field) {
        Some(serde_json::Value::String(id)) if !id.trim().is_empty() => Some(super::walk::visible(id)),
        Some(serde_json::Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    match &options.id_column {
        Some(field) => value(field).ok_or_else(|| format!("no id in \"{field}\" (--id-column)")),
        None => Ok(value("id").map_or_else(|| place.to_owned(), |id| format!("{place}#{id}"))),
    }
}
