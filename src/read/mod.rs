//! Files, folders, standard input and records to documents.
//!
//! [`walk`] finds the files, [`records`] cuts tables and JSON lines into records, and [`read`] turns one [`Job`] into one
//! [`Reading`]: a document, or the reason why there is none. Nothing here stops a run but a path that does not exist; every
//! other fault is a reading that says so. Linked folders are not followed, and only regular files are opened.

pub mod decode;
pub mod records;
pub mod walk;

use crate::text::Document;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// How to read.
#[derive(Debug, Clone)]
pub struct Options {
    /// The column of a table, or the field of a JSON line, that holds the text.
    pub text_column: String,
    /// The column whose value names the document; `None`: the file and line do.
    pub id_column: Option<String>,
    /// Larger files, and longer lines of records, are refused.
    pub max_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            text_column: "text".to_owned(),
            id_column: None,
            max_bytes: 64 << 20,
        }
    }
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// It was read.
    #[default]
    Read,
    /// It holds no words.
    Empty,
    /// It is not for us: too large, binary, another format.
    Skipped,
    /// It could not be read.
    Failed,
}

impl Status {
    /// The status as `documents` names it.
    pub fn name(self) -> &'static str {
        match self {
            Status::Read => "read",
            Status::Empty => "empty",
            Status::Skipped => "skipped",
            Status::Failed => "failed",
        }
    }
}

/// One document to be read.
#[derive(Debug)]
pub struct Job {
    /// The document's name; for a record without an id, its file and line.
    pub name: String,
    /// Where its text is.
    pub source: Source,
}

/// Where a document's text is.
#[derive(Debug)]
pub enum Source {
    /// In a regular file of so many bytes.
    File(PathBuf, u64),
    /// In these bytes, which came by standard input.
    Bytes(Vec<u8>),
    /// In a line of JSON.
    JsonLine(Vec<u8>),
    /// Nowhere: what was found, and why it is no document.
    Nowhere(Status, String),
}

impl Job {
    /// Bytes that the job holds or will hold in memory, about.
    pub fn bytes(&self) -> u64 {
        match &self.source {
            Source::File(_, bytes) => *bytes,
            Source::Bytes(bytes) | Source::JsonLine(bytes) => bytes.len() as u64,
            Source::Nowhere(..) => 0,
        }
    }
}

/// What reading gave: a document with its facts, or the reason why it holds no text.
#[derive(Debug, Default)]
pub struct Reading {
    /// The document; its text is empty unless it was read.
    pub document: Document,
    /// What became of it.
    pub status: Status,
    /// Why it is not read, or what had to be done to read it; empty where all was well.
    pub reason: String,
    /// The format by content: `text`, `markdown`, `jsonl` …
    pub format: &'static str,
    /// The encoding of its bytes.
    pub encoding: &'static str,
    /// How many undecodable places became U+FFFD.
    pub replaced: u64,
    /// Its title.
    pub title: String,
    /// SHA-256 of its bytes; of a record, of its text.
    pub sha256: Option<[u8; 32]>,
}

impl Reading {
    /// A document that could not be read.
    pub fn without(name: &str, status: Status, reason: impl Into<String>) -> Self {
        Reading {
            document: Document::new(name, ""),
            status,
            reason: reason.into(),
            ..Reading::default()
        }
    }
}

/// Reads one document; every fault is a reading that says so.
pub fn read(job: Job, options: &Options) -> Reading {
    match job.source {
        Source::File(path, bytes) => read_file(&job.name, &path, bytes, options),
        Source::Bytes(bytes) => read_bytes(&job.name, &bytes),
        Source::JsonLine(line) => records::read_json(&job.name, &line, options),
        Source::Nowhere(status, reason) => Reading::without(&job.name, status, reason),
    }
}

fn read_file(name: &str, path: &Path, bytes: u64, options: &Options) -> Reading {
    if bytes > options.max_bytes {
        let reason = format!("{bytes} bytes, over the limit of {} (--max-bytes)", options.max_bytes);
        return Reading::without(name, Status::Skipped, reason);
    }
    match bytes_of(path, bytes, options) {
        Ok(bytes) if bytes.len() as u64 > options.max_bytes => Reading::without(
            name,
            Status::Skipped,
            "grew over the limit while it was read (--max-bytes)",
        ),
        Ok(bytes) => read_bytes(name, &bytes),
        Err(error) => Reading::without(name, Status::Failed, error.to_string()),
    }
}

/// The bytes of a file, one more than the limit at most.
fn bytes_of(path: &Path, expected: u64, options: &Options) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(expected as usize + 1);
    File::open(path)?
        .take(options.max_bytes.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn read_bytes(name: &str, bytes: &[u8]) -> Reading {
    let markdown = [".md", ".markdown"]
        .iter()
        .any(|end| name.to_ascii_lowercase().ends_with(end));
    let mut reading = Reading {
        format: if markdown { "markdown" } else { "text" },
        sha256: Some(Sha256::digest(bytes).into()),
        ..Reading::without(name, Status::Read, "")
    };
    if decode::is_binary(bytes) {
        reading.status = Status::Skipped;
        reading.reason = "binary".to_owned();
        return reading;
    }
    let decoded = decode::decode(bytes);
    reading.encoding = decoded.encoding;
    reading.replaced = decoded.replaced;
    reading.title = title(&decoded.text, markdown);
    reading.document.markdown = markdown;
    with_text(reading, decoded.text)
}

/// Puts the text into a reading, or says that there is none.
fn with_text(mut reading: Reading, text: String) -> Reading {
    if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        reading.status = Status::Empty;
    } else {
        reading.document.text = text;
    }
    reading
}

/// The first line, where it stands as a title does: short, without a full stop, with text after it.
fn title(text: &str, markdown: bool) -> String {
    const LONGEST_BYTES: usize = 200;
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (Some(first), Some(_)) = (lines.next(), lines.next()) else {
        return String::new();
    };
    let first = if markdown {
        first.trim_matches(['#', ' ', '*', '_'])
    } else {
        first
    };
    match first.len() <= LONGEST_BYTES && !first.ends_with(['.', ':', ',']) {
        true => first.to_owned(),
        false => String::new(),
    }
}
