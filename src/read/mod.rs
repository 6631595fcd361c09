//! Files, folders, standard input and records to documents.
//!
//! [`walk`] finds the files, [`jobs`] cuts tables and JSON lines into records, and [`read`] turns one [`Job`] into one
//! [`Reading`]: a document, or the reason why there is none. What a file is, its content says; its name only decides between
//! kinds of text. Nothing here stops a run but a path that does not exist; every other fault is a reading that says so.

pub mod decode;
pub mod docx;
pub mod gzip;
pub mod html;
pub mod jobs;
mod nesting;
pub mod records;
pub mod table;
pub mod walk;

use crate::text::Document;
use encoding_rs::Encoding;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// How to read.
#[derive(Debug, Clone)]
pub struct Options {
    /// The column of a table, or the field of a JSON line, that holds the text.
    pub text_column: String,
    /// What names a document that is a record.
    pub naming: Naming,
    /// The encoding of every file; `None`: each file's bytes show it.
    pub encoding: Option<&'static Encoding>,
    /// Larger files, and longer lines of records, are refused.
    pub max_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            text_column: "text".to_owned(),
            naming: Naming::Place,
            encoding: None,
            max_bytes: 64 << 20,
        }
    }
}

/// What to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Files and folders; `-` is standard input.
    Paths(Vec<PathBuf>),
    /// JSON lines from standard input, to their end.
    JsonStream,
}

/// What names a document that is a record of a table or a line of JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Naming {
    /// Its file and line, and behind `#` what stands in its column `id`.
    Place,
    /// What stands in a column; a record with nothing there is refused, and so is a second one of the same id.
    Column(String),
    /// What stands in a column, else a hash of the record: the same name wherever in a stream it stands.
    ColumnOrHash(String),
}

impl Naming {
    /// The column that may hold an id.
    pub fn column(&self) -> &str {
        match self {
            Naming::Place => "id",
            Naming::Column(column) | Naming::ColumnOrHash(column) => column,
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
    /// In a row of a table, already found.
    Row(Box<records::Record>),
    /// Nowhere: what was found, and why it is no document.
    Nowhere(Status, String),
}

impl Job {
    /// Bytes that the job holds or will hold in memory, about.
    pub fn bytes(&self) -> u64 {
        match &self.source {
            Source::File(_, bytes) => *bytes,
            Source::Bytes(bytes) | Source::JsonLine(bytes) => bytes.len() as u64,
            Source::Row(record) => record.text.len() as u64,
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
    /// The format by content: `text`, `markdown`, `html`, `docx`, `csv`, `jsonl`; behind `gzip+` where it was packed.
    pub format: String,
    /// The encoding of its bytes.
    pub encoding: String,
    /// How many undecodable places became U+FFFD.
    pub replaced: u64,
    /// What the file says of itself.
    pub facts: Facts,
    /// SHA-256 of its bytes; of a record, of its text.
    pub sha256: Option<[u8; 32]>,
    /// True where its text is just those bytes: plain UTF-8, neither packed nor marked.
    pub is_its_bytes: bool,
    /// True for a file that is here for another reason than to be read, a photograph beside the articles: it is listed, and
    /// the run has not failed to read it.
    pub no_article: bool,
}

/// What a document says of itself; empty where it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Headline.
    pub title: String,
    /// The paper or site.
    pub outlet: String,
    /// Who wrote it.
    pub author: String,
    /// When it was published, as stated.
    pub date: String,
}

impl Reading {
    /// A document that could not be read.
    pub fn without(name: impl Into<String>, status: Status, reason: impl Into<String>) -> Self {
        Reading {
            document: Document::new(name, ""),
            status,
            reason: reason.into(),
            ..Reading::default()
        }
    }

    fn refuse(mut self, status: Status, reason: impl Into<String>) -> Self {
        self.status = status;
        self.reason = reason.into();
        self
    }

    /// Puts the text in, or says that there is none.
    fn with_text(mut self, text: String) -> Self {
        if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
            self.status = Status::Empty;
        } else {
            self.document.text = text;
        }
        self
    }
}

/// Reads one document; every fault is a reading that says so.
pub fn read(job: Job, options: &Options) -> Reading {
    match job.source {
        Source::File(path, bytes) => read_file(job.name, &path, bytes, options),
        Source::Bytes(bytes) => read_bytes(job.name, bytes, options),
        Source::JsonLine(line) => records::read_json(&job.name, &line, options),
        Source::Row(record) => record.read("csv"),
        Source::Nowhere(status, reason) => Reading::without(job.name, status, reason),
    }
}

fn read_file(name: String, path: &Path, bytes: u64, options: &Options) -> Reading {
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
        Ok(bytes) => read_bytes(name, bytes, options),
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

fn read_bytes(name: String, packed: Vec<u8>, options: &Options) -> Reading {
    let reading = Reading {
        sha256: Some(Sha256::digest(&packed).into()),
        ..Reading::without(name, Status::Read, "")
    };
    if !gzip::is_packed(&packed) {
        let bytes = packed.len();
        let mut reading = read_content(reading, packed, options);
        // Read as UTF-8, whatever leaves its bytes out (a mark) or puts others in (U+FFFD) changes how many there are.
        let is_text = matches!(&*reading.format, "text" | "markdown");
        reading.is_its_bytes =
            is_text && reading.encoding == "utf-8" && reading.replaced == 0 && reading.document.text.len() == bytes;
        return reading;
    }
    match gzip::unpack(&packed, options.max_bytes) {
        Err(error) => reading.refuse(Status::Failed, format!("corrupt: {error}")),
        Ok(bytes) if bytes.len() as u64 > options.max_bytes => reading.refuse(
            Status::Skipped,
            format!("unpacks to more than {} bytes (--max-bytes)", options.max_bytes),
        ),
        Ok(bytes) => {
            let mut reading = read_content(reading, bytes, options);
            reading.format = format!("gzip+{}", reading.format);
            reading
        }
    }
}

/// Reads bytes by what they begin with.
fn read_content(reading: Reading, bytes: Vec<u8>, options: &Options) -> Reading {
    if let Some(remedy) = known_by_magic(&bytes) {
        return reading.refuse(Status::Skipped, remedy);
    }
    match bytes
        .starts_with(b"PK\x03\x04")
        .then(|| docx::kind(Cursor::new(&bytes)))
    {
        None => read_text(reading, bytes, options),
        Some(docx::Archive::Word) => read_word(reading, &bytes, options),
        Some(docx::Archive::Workbook | docx::Archive::OwnWorkbook) => {
            reading.refuse(Status::Skipped, "a workbook; save the sheet of articles as CSV")
        }
        Some(docx::Archive::Damaged) => reading.refuse(
            Status::Failed,
            "corrupt: a Word document, workbook or archive that is damaged or cut off",
        ),
        Some(docx::Archive::Other) => reading.refuse(Status::Skipped, "an archive; unpack it first"),
    }
}

/// What cannot be read, with the remedy.
fn known_by_magic(bytes: &[u8]) -> Option<&'static str> {
    const REMEDIES: [(&[u8], &str); 4] = [
        (b"%PDF-", "PDF; convert it with: pdftotext -layout FILE.pdf FILE.txt"),
        (b"{\\rtf", "rich text; save it as .docx or .txt"),
        (b"\xd0\xcf\x11\xe0", "an old Office file; save it as .docx or .txt"),
        (b"SQLite format 3", "a database; export the articles as CSV"),
    ];
    REMEDIES
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, remedy)| *remedy)
}

fn read_word(mut reading: Reading, bytes: &[u8], options: &Options) -> Reading {
    reading.format = "docx".to_owned();
    match docx::read(bytes, options.max_bytes) {
        Err(reason) => reading.refuse(Status::Failed, reason),
        Ok(word) => {
            reading.encoding = "utf-8".to_owned();
            reading.facts.title = first_filled([Cow::Owned(word.title), title(&word.text, false).into()]);
            reading.facts.author = word.author;
            reading.with_text(word.text)
        }
    }
}

fn first_filled<const N: usize>(texts: [Cow<str>; N]) -> String {
    texts
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
        .into_owned()
}

fn read_text(mut reading: Reading, bytes: Vec<u8>, options: &Options) -> Reading {
    let encoding = options.encoding.or_else(|| encoding_of_page(&bytes));
    let Some(decoded) = decode::decode_whole(bytes, encoding) else {
        reading.no_article = is_no_article(&reading.document.name);
        return reading.refuse(Status::Skipped, "binary");
    };
    reading.encoding = decoded.encoding;
    reading.replaced = decoded.replaced;
    if html::is_page(&decoded.text) {
        return read_page(reading, &decoded.text);
    }
    if records::is_json(&decoded.text) {
        let remedy = "JSON; make it JSON lines, one object on each line (jq -c does), and name the file .jsonl";
        return reading.refuse(Status::Skipped, remedy);
    }
    let name = reading.document.name.as_bytes();
    let ends_in = |end: &&[u8]| name.len() >= end.len() && name[name.len() - end.len()..].eq_ignore_ascii_case(end);
    let markdown = [&b".md"[..], b".markdown", b".md.gz"].iter().any(ends_in);
    reading.format = if markdown { "markdown" } else { "text" }.to_owned();
    reading.facts.title = title(&decoded.text, markdown).to_owned();
    reading.document.markdown = markdown;
    reading.with_text(decoded.text)
}

fn read_page(mut reading: Reading, html: &str) -> Reading {
    let page = html::read(html);
    reading.format = "html".to_owned();
    reading.reason = page.reason;
    reading.facts = Facts {
        title: page.title,
        outlet: page.outlet,
        author: page.author,
        date: page.date,
    };
    reading.with_text(page.text)
}

/// The encoding that a page names, where its bytes are no UTF-8.
fn encoding_of_page(bytes: &[u8]) -> Option<&'static Encoding> {
    const BEGIN_BYTES: usize = 1024;
    if !bytes.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let begin = bytes[..bytes.len().min(BEGIN_BYTES)].to_ascii_lowercase();
    if !begin.trim_ascii_start().starts_with(b"<") || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let at = begin.windows(8).position(|window| window == b"charset=")? + 8;
    let label = begin[at..]
        .trim_ascii_start()
        .strip_prefix(b"\"")
        .unwrap_or(&begin[at..]);
    let end = label
        .iter()
        .position(|b| !b.is_ascii_alphanumeric() && !b"-_:".contains(b))
        .unwrap_or(label.len());
    Encoding::for_label(&label[..end])
}

/// True for the names of photographs, sounds and the furniture of web pages.
fn is_no_article(name: &str) -> bool {
    const ENDS: [&str; 22] = [
        "jpg", "jpeg", "gif", "webp", "ico", "bmp", "tif", "tiff", "mp3", "mp4", "m4a", "wav", "mov", "avi", "webm",
        "woff", "woff2", "ttf", "otf", "eot", "heic", "png",
    ];
    let end = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    ENDS.contains(&&*end)
}

/// The first line, where it stands as a title does: short, without a full stop, with text after it.
fn title(text: &str, markdown: bool) -> &str {
    const LONGEST_BYTES: usize = 200;
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (Some(first), Some(_)) = (lines.next(), lines.next()) else {
        return "";
    };
    let first = if markdown {
        first.trim_matches(['#', ' ', '*', '_'])
    } else {
        first
    };
    match first.len() <= LONGEST_BYTES && !first.ends_with(['.', ':', ',']) {
        true => first,
        false => "",
    }
}
