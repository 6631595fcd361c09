//! A run over many documents: read, analyze, write, in order and in bounded memory.
//!
//! One thread finds the documents, workers read and analyze them and write their rows as bytes, and the caller's thread puts
//! those bytes out in the order in which the documents were found: the same bytes for any number of workers. Only so many
//! bytes of documents are on the way at once. A panic inside one document is caught and listed; the rest goes on.

use crate::error::Error;
use crate::read::{self, Job, Reading, Source, Status, records, walk};
use crate::seeds::Seeds;
use crate::speakers::Quotation;
use crate::tables::rows::Described;
use crate::tables::{Cell, Table, csv, jsonl, terminal};
use crate::{Analysis, analyze};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Condvar, Mutex};

/// What a run is to do.
#[derive(Debug)]
pub struct Plan {
    /// Files and folders; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// How to read them.
    pub reading: read::Options,
    /// What extraction knows beforehand.
    pub seeds: Seeds,
    /// The tables that are wanted.
    pub tables: Vec<Table>,
    /// How rows are written.
    pub form: Form,
    /// How many documents are worked on at once.
    pub jobs: usize,
    /// True to keep only the rows of speakers in the roster.
    pub only_roster: bool,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values.
    Csv(csv::Dialect),
    /// One JSON object a row.
    JsonLines,
    /// Lines for people, of so many characters.
    Terminal(usize),
}

/// What a run did so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents read.
    pub read: u64,
    /// Documents without words.
    pub empty: u64,
    /// Documents skipped or failed.
    pub unread: u64,
    /// Rows of quotations.
    pub quotes: u64,
    /// Rows of claims.
    pub claims: u64,
}

impl Summary {
    /// Documents so far, whatever became of them.
    pub fn documents(&self) -> u64 {
        self.read + self.empty + self.unread
    }
}

/// Rows of one table as bytes, on their way out.
pub type PutRows<'f> = dyn FnMut(Table, &[u8]) -> Result<(), Error> + 'f;

/// Runs the plan: gives every table's rows to `put` in order, and tells `progress` after each document.
///
/// # Errors
/// A path that does not exist, and whatever `put` gives.
pub fn run(plan: &Plan, put: &mut PutRows, progress: &mut dyn FnMut(&Summary)) -> Result<Summary, Error> {
    let mut ledger = Ledger::default();
    let mut take = |done: Done| -> Result<(), Error> {
        ledger.enter(plan, done, put)?;
        progress(&ledger.summary);
        Ok(())
    };
    match plan.jobs {
        0 | 1 => run_here(plan, &mut take)?,
        _ => run_with_workers(plan, &mut take)?,
    }
    Ok(ledger.summary)
}

fn run_here(plan: &Plan, take: &mut dyn FnMut(Done) -> Result<(), Error>) -> Result<(), Error> {
    let mut outcome = Ok(());
    find_jobs(plan, &mut |job| {
        outcome = take(work(plan, job));
        outcome.is_ok()
    })?;
    outcome
}

/// Job i goes to worker i modulo their number and its rows are taken from there in the same turn, so order needs no sorting.
fn run_with_workers(plan: &Plan, take: &mut dyn FnMut(Done) -> Result<(), Error>) -> Result<(), Error> {
    const WAITING_JOBS: usize = 32;
    let on_the_way = OnTheWay::default();
    std::thread::scope(|scope| {
        let (mut to_workers, mut from_workers) = (Vec::new(), Vec::new());
        for _ in 0..plan.jobs {
            let (give_job, jobs) = sync_channel::<(Job, u64)>(WAITING_JOBS);
            let (give_done, done) = sync_channel(WAITING_JOBS);
            scope.spawn(move || work_through(plan, &jobs, &give_done));
            to_workers.push(give_job);
            from_workers.push(done);
        }
        let on_the_way = &on_the_way;
        let finder = scope.spawn(move || {
            let mut turn = to_workers.iter().cycle();
            find_jobs(plan, &mut |job| {
                let bytes = job.bytes();
                on_the_way.wait_for_room(bytes) && turn.next().is_some_and(|worker| worker.send((job, bytes)).is_ok())
            })
        });
        let mut outcome = Ok(());
        for done in from_workers.iter().cycle() {
            let Ok((done, bytes)) = done.recv() else { break };
            outcome = take(done);
            on_the_way.release(bytes);
            if outcome.is_err() {
                on_the_way.close();
                break;
            }
        }
        drop(from_workers);
        match finder.join() {
            Ok(found) => outcome.and(found),
            Err(_) => Err(Error::new("onrecord", "internal error while looking for documents")),
        }
    })
}

fn work_through(plan: &Plan, jobs: &Receiver<(Job, u64)>, done: &SyncSender<(Done, u64)>) {
    for (job, bytes) in jobs {
        if done.send((work(plan, job), bytes)).is_err() {
            return;
        }
    }
}

/// Bytes of the documents that are read but not yet written, so that memory stays bounded.
#[derive(Default)]
struct OnTheWay {
    /// `None` once nobody takes rows any more.
    bytes: Mutex<Way>,
    changed: Condvar,
}

#[derive(Default)]
struct Way {
    bytes: u64,
    closed: bool,
}

impl OnTheWay {
    const MOST_BYTES: u64 = 4 << 20;

    /// Waits until there is room, or nothing else is on the way; false once the run is over.
    fn wait_for_room(&self, bytes: u64) -> bool {
        let full = |way: &mut Way| !way.closed && way.bytes > 0 && way.bytes + bytes > Self::MOST_BYTES;
        let way = self.bytes.lock().unwrap_or_else(|e| e.into_inner());
        let mut way = self.changed.wait_while(way, full).unwrap_or_else(|e| e.into_inner());
        way.bytes += bytes;
        !way.closed
    }

    fn release(&self, bytes: u64) {
        self.bytes.lock().unwrap_or_else(|e| e.into_inner()).bytes -= bytes;
        self.changed.notify_one();
    }

    fn close(&self) {
        self.bytes.lock().unwrap_or_else(|e| e.into_inner()).closed = true;
        self.changed.notify_one();
    }
}

/// Gives every document of the plan as a job, until `give` says stop.
fn find_jobs(plan: &Plan, give: &mut dyn FnMut(Job) -> bool) -> Result<(), Error> {
    let (inputs, paths): (Vec<&PathBuf>, Vec<&PathBuf>) = plan.paths.iter().partition(|p| p.as_os_str() == "-");
    let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
    let mut go_on = true;
    walk::walk(&paths, &mut |found| {
        go_on = jobs_of(plan, found, give);
        go_on
    })?;
    if go_on && !inputs.is_empty() {
        standard_input(plan, give);
    }
    Ok(())
}

/// Standard input is one text, unless it begins as JSON lines do.
fn standard_input(plan: &Plan, give: &mut dyn FnMut(Job) -> bool) {
    let name = "stdin".to_owned();
    let mut input = io::stdin().lock();
    let failed = |error: io::Error| Source::Nowhere(Status::Failed, error.to_string());
    let source = match input.fill_buf().map(|begin| begin.trim_ascii_start().starts_with(b"{")) {
        Err(error) => failed(error),
        Ok(true) => match records::json_lines(&name, &mut input, &plan.reading, give) {
            Ok(()) => return,
            Err(error) => failed(error),
        },
        Ok(false) => {
            let (mut bytes, limit) = (Vec::new(), plan.reading.max_bytes);
            match input.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
                Err(error) => failed(error),
                Ok(_) if bytes.len() as u64 > limit => Source::Nowhere(
                    Status::Skipped,
                    format!("over the limit of {limit} bytes (--max-bytes)"),
                ),
                Ok(_) => Source::Bytes(bytes),
            }
        }
    };
    give(Job { name, source });
}

/// The documents of one file: one, or one a record. Our own output has none.
fn jobs_of(plan: &Plan, found: walk::Found, give: &mut dyn FnMut(Job) -> bool) -> bool {
    let (name, path) = (found.name, found.path);
    let bytes = match found.bytes {
        Ok(bytes) => bytes,
        Err((status, reason)) => return give_nowhere(name, status, reason, give),
    };
    match extension(&path).as_str() {
        "jsonl" | "ndjson" => json_lines_jobs(plan, name, &path, give),
        "csv" if is_own_csv(&path) => true,
        _ => give(Job {
            name,
            source: Source::File(path, bytes),
        }),
    }
}

fn give_nowhere(name: String, status: Status, reason: String, give: &mut dyn FnMut(Job) -> bool) -> bool {
    let source = Source::Nowhere(status, reason);
    give(Job { name, source })
}

fn json_lines_jobs(plan: &Plan, name: String, path: &Path, give: &mut dyn FnMut(Job) -> bool) -> bool {
    let mut go_on = true;
    let mut give_on = |job| {
        go_on = give(job);
        go_on
    };
    let outcome = File::open(path).and_then(|file| {
        let mut input = BufReader::new(file);
        match is_own_json(input.fill_buf()?) {
            true => Ok(()),
            false => records::json_lines(&name, &mut input, &plan.reading, &mut give_on),
        }
    });
    match outcome {
        Ok(()) => go_on,
        Err(error) => give_nowhere(name, Status::Failed, error.to_string(), give),
    }
}

fn extension(path: &Path) -> String {
    path.extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase()
}

/// True for a CSV file whose header is that of one of our tables.
fn is_own_csv(path: &Path) -> bool {
    let mut begin = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4096).read_to_end(&mut begin));
    let text = String::from_utf8_lossy(&begin);
    let header = text.lines().next().unwrap_or_default().trim_start_matches('\u{feff}');
    read.is_ok() && Table::is_own_header(header.split([',', ';', '\t']).map(|c| c.trim_matches('"')))
}

/// True for the begin of JSON lines whose first row is one of ours.
fn is_own_json(begin: &[u8]) -> bool {
    let line = begin.split(|&b| b == b'\n').next().unwrap_or_default();
    match serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line) {
        Ok(row) => Table::is_own_header(row.keys().map(String::as_str)),
        Err(_) => false,
    }
}

/// A document worked on: what reading gave, what was counted, and its rows as bytes.
struct Done {
    reading: Reading,
    characters: u64,
    sentences: u64,
    quotes: u64,
    claims: u64,
    rows: Vec<(Table, Vec<u8>)>,
    /// Two documents with the same text share it.
    text_hash: Option<[u8; 16]>,
}

fn work(plan: &Plan, job: Job) -> Done {
    let name = job.name.clone();
    catch_unwind(AssertUnwindSafe(|| work_on(plan, job)))
        .unwrap_or_else(|_| nothing_done(Reading::without(&name, Status::Failed, "internal")))
}

fn nothing_done(reading: Reading) -> Done {
    Done {
        reading,
        characters: 0,
        sentences: 0,
        quotes: 0,
        claims: 0,
        rows: Vec::new(),
        text_hash: None,
    }
}

fn work_on(plan: &Plan, job: Job) -> Done {
    let reading = read::read(job, &plan.reading);
    if reading.status != Status::Read {
        return nothing_done(reading);
    }
    let analysis = analyze(&reading.document, &plan.seeds);
    let described = Described::new(&reading.document, &analysis);
    let kept = Kept::new(plan, &analysis);
    let mut rows: Vec<(Table, Vec<u8>)> = plan.tables.iter().map(|&table| (table, Vec::new())).collect();
    if let (Form::Terminal(width), Some((_, out))) = (plan.form, rows.first_mut()) {
        terminal::write_heading(out, &reading.document.name, width);
    }
    for (table, out) in &mut rows {
        write_rows(plan.form, *table, &described, &kept, out);
    }
    let (characters, sentences) = (described.characters(), analysis.sentences.len() as u64);
    let quotes = analysis.quotations.iter().filter(|q| kept.keeps(Some(q))).count() as u64;
    let claims = analysis
        .claims
        .iter()
        .filter(|c| kept.keeps(described.quotation_of(c)))
        .count() as u64;
    let text_hash = Some(first_half(Sha256::digest(&reading.document.text).into()));
    drop(analysis);
    let reading = without_text(reading);
    Done {
        reading,
        characters,
        sentences,
        quotes,
        claims,
        rows,
        text_hash,
    }
}

/// Whose rows are kept: everyone's, or those of speakers in the roster.
struct Kept<'a>(Option<HashSet<&'a str>>);

impl<'a> Kept<'a> {
    fn new(plan: &Plan, analysis: &'a Analysis) -> Self {
        let known = analysis.mentions.entities.iter().filter(|e| e.in_roster);
        Kept(plan.only_roster.then(|| known.map(|e| e.name.as_str()).collect()))
    }

    fn keeps(&self, quotation: Option<&Quotation>) -> bool {
        let speaker = || quotation.and_then(|q| q.speaker.as_deref());
        self.0
            .as_ref()
            .is_none_or(|known| speaker().is_some_and(|name| known.contains(name)))
    }
}

fn write_rows(form: Form, table: Table, described: &Described, kept: &Kept, out: &mut Vec<u8>) {
    let row = |row: &mut Vec<Cell>| write_row(form, table, row, out);
    match table {
        Table::Quotes => described.quotes(|q| kept.keeps(Some(q)), row),
        Table::Claims => described.claims(|q| kept.keeps(q), row),
        Table::Sentences => described.sentences(row),
        Table::Documents => {}
    }
}

fn without_text(mut reading: Reading) -> Reading {
    reading.document.text = String::new();
    reading
}

fn first_half(hash: [u8; 32]) -> [u8; 16] {
    std::array::from_fn(|i| hash[i])
}

/// Writes one row in the form asked for; cells that nobody gave (the reviewer's) are empty.
fn write_row(form: Form, table: Table, row: &mut Vec<Cell>, out: &mut Vec<u8>) {
    row.resize(table.columns().len(), Cell::Missing);
    match form {
        Form::Csv(dialect) => csv::write_row(out, table.columns(), row, &[], dialect),
        Form::JsonLines => jsonl::write_row(out, table.columns(), row, &[]),
        Form::Terminal(width) => terminal::write_row(out, table, row, width),
    }
}

/// What only the whole run knows: the counts, which texts were seen, which names are taken.
#[derive(Default)]
struct Ledger {
    summary: Summary,
    /// Where in `names` the name of the first document with a text stands.
    by_text: HashMap<[u8; 16], usize>,
    /// Names one after the other, each with a line end: one allocation for a million of them.
    names: String,
    /// Hashes of the names of documents that named themselves.
    record_names: HashSet<[u8; 16]>,
}

impl Ledger {
    fn enter(&mut self, plan: &Plan, mut done: Done, put: &mut PutRows) -> Result<(), Error> {
        if plan.reading.id_column.is_some() && done.reading.status == Status::Read {
            let name = first_half(Sha256::digest(&done.reading.document.name).into());
            if !self.record_names.insert(name) {
                let name = done.reading.document.name;
                done = nothing_done(Reading::without(
                    &name,
                    Status::Failed,
                    "a document of this id came before",
                ));
            }
        }
        for (table, rows) in &done.rows {
            put(*table, rows)?;
        }
        self.count(&done);
        if plan.tables.contains(&Table::Documents) {
            let mut out = Vec::new();
            let same = done
                .text_hash
                .and_then(|hash| self.same_text_as(hash, &done.reading.document.name));
            write_row(plan.form, Table::Documents, &mut document_row(&done, same), &mut out);
            put(Table::Documents, &out)?;
        }
        Ok(())
    }

    fn count(&mut self, done: &Done) {
        let summary = &mut self.summary;
        match done.reading.status {
            Status::Read => summary.read += 1,
            Status::Empty => summary.empty += 1,
            Status::Skipped | Status::Failed => summary.unread += 1,
        }
        summary.quotes += done.quotes;
        summary.claims += done.claims;
    }

    /// The name of the first document with the same text, where this is not it.
    fn same_text_as(&mut self, hash: [u8; 16], name: &str) -> Option<&str> {
        match self.by_text.get(&hash) {
            Some(&at) => self.names[at..].lines().next(),
            None => {
                self.by_text.insert(hash, self.names.len());
                self.names.push_str(name);
                self.names.push('\n');
                None
            }
        }
    }
}

fn document_row<'d>(done: &'d Done, same_text_as: Option<&'d str>) -> Vec<Cell<'d>> {
    let reading = &done.reading;
    let text = |text: &'d str| {
        if text.is_empty() {
            Cell::Missing
        } else {
            Cell::from(text)
        }
    };
    let counted = |count: u64| {
        if reading.status == Status::Read {
            Cell::Whole(count)
        } else {
            Cell::Missing
        }
    };
    vec![
        Cell::from(&*reading.document.name),
        Cell::from(reading.status.name()),
        text(&reading.reason),
        text(reading.format),
        text(reading.encoding),
        if reading.encoding.is_empty() {
            Cell::Missing
        } else {
            Cell::Whole(reading.replaced)
        },
        text(&reading.title),
        counted(done.characters),
        counted(done.sentences),
        counted(done.quotes),
        counted(done.claims),
        Cell::from(reading.sha256.map(hexadecimal)),
        Cell::from(same_text_as),
    ]
}

fn hexadecimal(bytes: [u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
