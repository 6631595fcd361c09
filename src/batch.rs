//! A run over many documents: read, analyze, write, in order and in bounded memory.
//!
//! One thread finds the documents, workers read and analyze them and make their rows, and the caller's thread puts the rows out
//! in the order in which the documents were found: the same bytes for any number of workers. Only so many bytes of documents
//! are on the way at once. A panic inside one document is caught and listed; the rest goes on. Rows of a document that gives a
//! megabyte of them go out before it ends.

use crate::error::Error;
use crate::read::{self, Input, Job, Naming, Reading, Status, jobs};
use crate::seeds::{ByHash, Seeds};
use crate::speakers::Quotation;
use crate::tables::review::{Reviewed, Reviews};
use crate::tables::rows::Described;
use crate::tables::{Cell, Table, csv, jsonl, terminal};
use crate::{Analysis, analyze};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Condvar, Mutex};

/// What a run is to do.
#[derive(Debug)]
pub struct Plan {
    /// What to read.
    pub input: Input,
    /// How to read it.
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
    /// What reviewers wrote into the tables of an earlier run.
    pub reviews: Reviews,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values.
    Csv(csv::Dialect),
    /// One JSON object a row.
    JsonLines,
    /// One JSON object a row, which names its table: all tables stand in one stream.
    JsonStream,
    /// Lines for people, of so many characters.
    Terminal(usize),
    /// Not written: given as cells, for a workbook.
    Cells,
}

/// Rows of one table on their way out.
#[derive(Debug)]
pub enum Rows {
    /// Written, ready for the file.
    Bytes(Vec<u8>),
    /// As cells, with the cells of added columns beside them.
    Cells(Vec<Vec<Cell<'static>>>, Vec<Vec<String>>),
}

impl Rows {
    /// So much goes out before the document ends: rows without end, as a text of nothing but numbers gives, need no memory.
    const MOST_BYTES: usize = 1 << 20;
    const MOST_ROWS: usize = 1 << 10;

    /// No rows; so many bytes of them are expected.
    fn new(form: Form, bytes: usize) -> Self {
        match form {
            Form::Cells => Rows::Cells(Vec::new(), Vec::new()),
            _ => Rows::Bytes(Vec::with_capacity(bytes.min(Self::MOST_BYTES))),
        }
    }

    fn are_many(&self) -> bool {
        match self {
            Rows::Bytes(bytes) => bytes.len() >= Self::MOST_BYTES,
            Rows::Cells(rows, _) => rows.len() >= Self::MOST_ROWS,
        }
    }
}

/// Memory of rows that are written, for those of the next document.
#[derive(Default)]
struct Spare(Vec<Vec<u8>>);

impl Spare {
    const MOST_BYTES: usize = 64 << 10;

    /// No rows; so many bytes of them are expected.
    fn rows(&mut self, form: Form, bytes: usize) -> Rows {
        match self.0.pop() {
            Some(mut spare) => {
                spare.reserve(bytes.min(Rows::MOST_BYTES));
                Rows::Bytes(spare)
            }
            None => Rows::new(form, bytes),
        }
    }

    fn keep(&mut self, made: Made) {
        let rows = match made {
            Made::Document(done) => done.rows,
            Made::Rows(..) => return,
        };
        for (_, rows) in rows {
            if let Rows::Bytes(mut bytes) = rows
                && bytes.capacity() <= Self::MOST_BYTES
            {
                bytes.clear();
                self.0.push(bytes);
            }
        }
    }
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
    /// Files that are no articles.
    pub no_articles: u64,
    /// Rows of quotations.
    pub quotes: u64,
    /// Rows of claims.
    pub claims: u64,
    /// Reviewed rows that came back beside their row.
    pub carried: u64,
    /// Reviewed rows whose row is no longer found.
    pub orphans: u64,
}

impl Summary {
    /// Documents so far, whatever became of them.
    pub fn documents(&self) -> u64 {
        self.read + self.empty + self.unread
    }
}

/// Takes rows of a table.
pub type PutRows<'f> = dyn FnMut(Table, &Rows) -> Result<(), Error> + 'f;

/// Runs the plan: gives every table's rows to `put` in order, and tells `progress` after each document.
///
/// # Errors
/// A path that does not exist, and whatever `put` gives.
pub fn run(plan: &Plan, put: &mut PutRows, progress: &mut dyn FnMut(&Summary)) -> Result<Summary, Error> {
    keep_freed_memory();
    let mut ledger = Ledger::default();
    let mut take = |made: &mut Made| -> Result<(), Error> {
        match made {
            Made::Rows(table, rows) => put(*table, rows),
            Made::Document(done) => {
                ledger.enter(plan, done, put)?;
                progress(&ledger.summary);
                Ok(())
            }
        }
    };
    match plan.jobs {
        0 | 1 => run_here(plan, &mut take)?,
        _ => run_with_workers(plan, &mut take)?,
    }
    ledger.put_orphans(plan, put)?;
    Ok(ledger.summary)
}

/// The usual allocator of Linux gives memory back whenever a document has ended, and asks for it anew at the next one, until it
/// has seen so large a block freed as this one: from then on it keeps twice as much.
fn keep_freed_memory() {
    const BYTES: usize = 512 << 10;
    drop(std::hint::black_box(Vec::<u8>::with_capacity(BYTES)));
}

/// Takes what is made, in order.
type Take<'f> = dyn FnMut(&mut Made) -> Result<(), Error> + 'f;

fn run_here(plan: &Plan, take: &mut Take) -> Result<(), Error> {
    let (mut outcome, mut spare) = (Ok(()), Spare::default());
    jobs::find(&plan.input, &plan.reading, &mut |job| {
        let done = work(plan, job, &mut spare, &mut |table, rows| {
            if outcome.is_ok() {
                outcome = take(&mut Made::Rows(table, rows));
            }
        });
        let mut made = Made::Document(Box::new(done));
        if outcome.is_ok() {
            outcome = take(&mut made);
        }
        spare.keep(made);
        outcome.is_ok()
    })?;
    outcome
}

/// A few documents that go to a worker together, and come back together: waking a thread for each costs more than a short
/// article does.
type Batch<T> = Vec<(T, u64)>;

/// What a worker made of a batch, or of a part of it: rows without end do not wait for the end of the batch.
struct Part {
    made: Batch<Made>,
    is_last: bool,
}

/// Batch i goes to worker i modulo their number and its rows are taken from there in the same turn, so order needs no sorting.
fn run_with_workers(plan: &Plan, take: &mut Take) -> Result<(), Error> {
    const WAITING_BATCHES: usize = 4;
    let on_the_way = OnTheWay::default();
    std::thread::scope(|scope| {
        let (mut to_workers, mut from_workers) = (Vec::new(), Vec::new());
        for _ in 0..plan.jobs {
            let (give_job, jobs) = sync_channel(WAITING_BATCHES);
            let (give_done, done) = sync_channel(WAITING_BATCHES);
            scope.spawn(move || work_through(plan, &jobs, &give_done));
            to_workers.push(give_job);
            from_workers.push(done);
        }
        let on_the_way = &on_the_way;
        let finder = scope.spawn(move || find_batches(plan, on_the_way, &to_workers));
        let mut outcome = Ok(());
        let mut turn = from_workers.iter().cycle();
        let mut worker = turn.next();
        'taking: while let Some(Ok(part)) = worker.map(Receiver::recv) {
            for (mut made, bytes) in part.made {
                outcome = take(&mut made);
                on_the_way.release(bytes);
                if outcome.is_err() {
                    on_the_way.close();
                    break 'taking;
                }
            }
            if part.is_last {
                worker = turn.next();
            }
        }
        drop(from_workers);
        match finder.join() {
            Ok(found) => outcome.and(found),
            Err(_) => Err(Error::new("onrecord", "internal error while looking for documents")),
        }
    })
}

/// Sends every document to the workers in turn. A batch holds no more than a few dozen kilobytes, so that long documents go to
/// every worker, and one document of a stream, whose rows someone may wait for before the next is written.
fn find_batches(plan: &Plan, on_the_way: &OnTheWay, to_workers: &[SyncSender<Batch<Job>>]) -> Result<(), Error> {
    const MOST_BYTES: u64 = 32 << 10;
    let most_jobs = match plan.input {
        Input::Paths(_) => 8,
        Input::JsonStream => 1,
    };
    let mut turn = to_workers.iter().cycle();
    let mut send = |batch| turn.next().is_some_and(|worker| worker.send(batch).is_ok());
    let (mut batch, mut batch_bytes) = (Vec::new(), 0);
    jobs::find(&plan.input, &plan.reading, &mut |job| {
        let bytes = job.bytes();
        // What waits here is on the way too; were it not sent, nothing might ever make room.
        if on_the_way.is_full(bytes) && !batch.is_empty() && !send(std::mem::take(&mut batch)) {
            return false;
        }
        let room = on_the_way.wait_for_room(bytes);
        batch.push((job, bytes));
        batch_bytes += bytes;
        if batch.len() < most_jobs && batch_bytes < MOST_BYTES {
            return room;
        }
        batch_bytes = 0;
        room && send(std::mem::take(&mut batch))
    })?;
    send(batch);
    Ok(())
}

fn work_through(plan: &Plan, jobs: &Receiver<Batch<Job>>, give: &SyncSender<Part>) {
    let mut spare = Spare::default();
    for batch in jobs {
        let mut made = Vec::new();
        for (job, bytes) in batch {
            let done = work(plan, job, &mut spare, &mut |table, rows| {
                made.push((Made::Rows(table, rows), 0));
                // Where nobody takes rows any more, the last part will tell.
                let _ = give.send(Part {
                    made: std::mem::take(&mut made),
                    is_last: false,
                });
            });
            made.push((Made::Document(Box::new(done)), bytes));
        }
        if give.send(Part { made, is_last: true }).is_err() {
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
    /// True while someone waits for room.
    waited_for: bool,
    closed: bool,
}

impl OnTheWay {
    const MOST_BYTES: u64 = 4 << 20;

    /// True where there is no room now.
    fn is_full(&self, bytes: u64) -> bool {
        let way = self.bytes.lock().unwrap_or_else(|e| e.into_inner());
        way.bytes > 0 && way.bytes + bytes > Self::MOST_BYTES
    }

    /// Waits until there is room, or nothing else is on the way; false once the run is over.
    fn wait_for_room(&self, bytes: u64) -> bool {
        let full = |way: &mut Way| !way.closed && way.bytes > 0 && way.bytes + bytes > Self::MOST_BYTES;
        let mut way = self.bytes.lock().unwrap_or_else(|e| e.into_inner());
        way.waited_for = true;
        let mut way = self.changed.wait_while(way, full).unwrap_or_else(|e| e.into_inner());
        way.waited_for = false;
        way.bytes += bytes;
        !way.closed
    }

    fn release(&self, bytes: u64) {
        let mut way = self.bytes.lock().unwrap_or_else(|e| e.into_inner());
        way.bytes -= bytes;
        if way.waited_for {
            self.changed.notify_one();
        }
    }

    fn close(&self) {
        self.bytes.lock().unwrap_or_else(|e| e.into_inner()).closed = true;
        self.changed.notify_one();
    }
}

/// What comes of a document: some of its rows where they are many, as often as need be, and then the rest of it.
enum Made {
    Rows(Table, Rows),
    Document(Box<Done>),
}

/// A document worked on: what reading gave, what was counted, and its rows.
#[derive(Default)]
struct Done {
    reading: Reading,
    characters: u64,
    sentences: u64,
    quotes: u64,
    claims: u64,
    /// The rows that were not given before.
    rows: Vec<(Table, Rows)>,
    /// Which reviewed rows were met.
    met: Vec<(Table, usize)>,
    /// Two documents with the same text share it.
    text_hash: Option<u64>,
}

impl Done {
    fn nothing(reading: Reading) -> Self {
        Done {
            reading,
            ..Done::default()
        }
    }
}

/// Takes rows of a document before it is done.
type GiveRows<'f> = dyn FnMut(Table, Rows) + 'f;

fn work(plan: &Plan, job: Job, spare: &mut Spare, give: &mut GiveRows) -> Done {
    let name = job.name.clone();
    catch_unwind(AssertUnwindSafe(|| work_on(plan, job, spare, give)))
        .unwrap_or_else(|_| Done::nothing(Reading::without(&name, Status::Failed, "internal")))
}

fn work_on(plan: &Plan, job: Job, spare: &mut Spare, give: &mut GiveRows) -> Done {
    #[cfg(test)]
    assert_ne!(job.name, tests::PANICS);
    let mut reading = read::read(job, &plan.reading);
    if reading.status != Status::Read {
        return Done::nothing(reading);
    }
    let analysis = analyze(&reading.document, &plan.seeds);
    let described = Described::new(&reading.document, &analysis);
    let kept = Kept::new(plan, &analysis);
    let (mut rows, mut met) = (Vec::new(), Vec::new());
    for (i, &table) in plan.tables.iter().enumerate() {
        // A statement stands in its row up to three times: the words, those between marks, the whole sentence.
        let copies = if table == Table::Quotes { 3 } else { 1 };
        let rows_of_table = spare.rows(plan.form, copies * reading.document.text.len());
        let mut sheet = Sheet::new(plan, table, rows_of_table);
        if let (0, Form::Terminal(width), Rows::Bytes(out)) = (i, plan.form, &mut sheet.rows) {
            terminal::write_heading(out, &reading.document.name, width);
        }
        sheet.fill(&described, &kept, &mut |table, many| {
            for (table, rows) in rows.drain(..) {
                give(table, rows);
            }
            give(table, many);
        });
        met.extend(sheet.met.into_iter().map(|entry| (table, entry)));
        rows.push((table, sheet.rows));
    }
    let done = Done {
        characters: described.characters(),
        sentences: analysis.sentences.len() as u64,
        quotes: analysis.quotations.iter().filter(|q| kept.keeps(Some(q))).count() as u64,
        claims: analysis
            .claims
            .iter()
            .filter(|c| kept.keeps(described.quotation_of(c)))
            .count() as u64,
        met,
        rows,
        text_hash: Some(text_hash(&reading)),
        ..Done::default()
    };
    analysis.give_back();
    let text = std::mem::take(&mut reading.document.text);
    // With one job this thread reads the next file too.
    if plan.jobs <= 1 {
        jobs::keep(text);
    }
    Done { reading, ..done }
}

/// Among a million texts two different ones share these bits but once in some ten million runs.
fn text_hash(reading: &Reading) -> u64 {
    let of_bytes = reading.sha256.filter(|_| reading.is_its_bytes);
    let hash = of_bytes.unwrap_or_else(|| Sha256::digest(&reading.document.text).into());
    u64::from_be_bytes(std::array::from_fn(|i| hash[i]))
}

fn first_half(hash: [u8; 32]) -> [u8; 16] {
    std::array::from_fn(|i| hash[i])
}

/// Whose rows are kept: everyone's, or those of speakers in the roster.
struct Kept<'a>(Option<HashSet<&'a str>>);

impl<'a> Kept<'a> {
    fn new(plan: &Plan, analysis: &'a Analysis) -> Self {
        let known = analysis.mentions.entities.iter().filter_map(|e| e.known.as_deref());
        Kept(plan.only_roster.then(|| known.collect()))
    }

    fn keeps(&self, quotation: Option<&Quotation>) -> bool {
        let speaker = || quotation.and_then(|q| q.speaker.as_deref());
        self.0
            .as_ref()
            .is_none_or(|known| speaker().is_some_and(|name| known.contains(name)))
    }
}

/// One document's rows of one table, being written.
struct Sheet<'p> {
    table: Table,
    form: Form,
    /// Whether its rows may go out before the document ends: not where the document's name may prove to be taken.
    may_go_out: bool,
    reviewed: Option<&'p Reviewed>,
    rows: Rows,
    met: Vec<usize>,
}

impl<'p> Sheet<'p> {
    /// Writes behind rows that are there.
    fn new(plan: &'p Plan, table: Table, rows: Rows) -> Self {
        Sheet {
            table,
            form: plan.form,
            may_go_out: !matches!(plan.reading.naming, Naming::Column(_)),
            reviewed: plan.reviews.of(table),
            rows,
            met: Vec::new(),
        }
    }

    /// Writes a document's rows, and gives them on whenever they are many.
    fn fill(&mut self, described: &Described, kept: &Kept, give: &mut GiveRows) {
        let table = self.table;
        let written_directly = matches!(table, Table::Quotes | Table::Claims) && self.reviewed.is_none();
        if let (Form::Csv(dialect), true) = (self.form, written_directly) {
            return self.fill_directly(described, kept, dialect, give);
        }
        let write = |row: Vec<Cell>| {
            self.write(row);
            if self.may_go_out && self.rows.are_many() {
                let none = Rows::new(self.form, Rows::MOST_BYTES);
                give(table, std::mem::replace(&mut self.rows, none));
            }
        };
        match table {
            Table::Quotes => described.quotes(|q| kept.keeps(Some(q)), write),
            Table::Claims => described.claims(|q| kept.keeps(q), write),
            Table::Sentences => described.sentences(write),
            Table::Documents => {}
        }
    }

    /// The same for rows of CSV that nobody reviewed, which need not be held as cells.
    fn fill_directly(&mut self, described: &Described, kept: &Kept, dialect: csv::Dialect, give: &mut GiveRows) {
        let Rows::Bytes(out) = &mut self.rows else {
            return;
        };
        let (table, may_go_out) = (self.table, self.may_go_out);
        let mut writer = csv::RowWriter::new(std::mem::take(out), table.columns(), described.name(), dialect);
        let end = |writer: &mut csv::RowWriter| {
            writer.end_row();
            if may_go_out && writer.bytes() >= Rows::MOST_BYTES {
                give(table, Rows::Bytes(writer.take()));
            }
        };
        match table {
            Table::Quotes => described.write_quotes(|q| kept.keeps(Some(q)), &mut writer, end),
            _ => described.write_claims(|q| kept.keeps(q), &mut writer, end),
        }
        *out = writer.take();
    }

    /// Writes a row with what the reviewer wrote beside it; his columns are empty where that is nothing.
    fn write(&mut self, row: Vec<Cell>) {
        let mut row = row;
        row.resize(self.table.columns().len(), Cell::Missing);
        let entry = self.reviewed.and_then(|reviewed| reviewed.find(&row));
        if let (Some(reviewed), Some(entry)) = (self.reviewed, entry) {
            reviewed.put_into(entry, &mut row);
            self.met.push(entry);
        }
        self.write_as_it_is(row, entry);
    }

    fn write_as_it_is(&mut self, row: Vec<Cell>, entry: Option<usize>) {
        let (columns, names) = (
            self.table.columns(),
            self.reviewed.map_or(&[][..], |reviewed| &reviewed.extra),
        );
        let extra = self.reviewed.map_or_else(Vec::new, |reviewed| reviewed.extra_of(entry));
        let named = || names.iter().map(String::as_str).zip(extra.iter().map(String::as_str));
        match (&mut self.rows, self.form) {
            (Rows::Cells(rows, extras), _) => {
                rows.push(row.into_iter().map(Cell::into_owned).collect());
                extras.push(extra);
            }
            (Rows::Bytes(out), Form::Csv(dialect)) => csv::write_row(out, columns, &row, &extra, dialect),
            (Rows::Bytes(out), Form::Terminal(width)) => terminal::write_row(out, self.table, &row, width),
            (Rows::Bytes(out), form) => {
                let table = (form == Form::JsonStream).then(|| self.table.name());
                jsonl::write_row(out, table, columns, &row, named());
            }
        }
    }
}

/// What only the whole run knows: the counts, which texts were seen, which names are taken, which reviewed rows were met.
#[derive(Default)]
struct Ledger {
    summary: Summary,
    /// Where in `names` the name of the first document with a text stands.
    by_text: ByHash<usize>,
    /// Names one after the other, each with a line end: one allocation for a million of them.
    names: String,
    /// Hashes of the names of documents that named themselves.
    record_names: HashSet<[u8; 16]>,
    met: HashSet<(Table, usize)>,
}

impl Ledger {
    fn enter(&mut self, plan: &Plan, done: &mut Done, put: &mut PutRows) -> Result<(), Error> {
        if matches!(plan.reading.naming, Naming::Column(_)) && done.reading.status == Status::Read {
            let name = first_half(Sha256::digest(&done.reading.document.name).into());
            if !self.record_names.insert(name) {
                let name = std::mem::take(&mut done.reading.document.name);
                let reason = "a document of this id came before";
                *done = Done::nothing(Reading::without(&name, Status::Failed, reason));
            }
        }
        for (table, rows) in &done.rows {
            put(*table, rows)?;
        }
        self.met.extend(done.met.iter().copied());
        self.count(done);
        match plan.tables.contains(&Table::Documents) {
            true => self.put_document(plan, done, put),
            false => Ok(()),
        }
    }

    fn put_document(&mut self, plan: &Plan, done: &Done, put: &mut PutRows) -> Result<(), Error> {
        // A stream may have no end; what it has seen is not held.
        let hash = done.text_hash.filter(|_| plan.form != Form::JsonStream);
        let same = hash.and_then(|hash| self.same_text_as(hash, &done.reading.document.name));
        const EXPECTED_BYTES: usize = 512;
        let mut sheet = Sheet::new(plan, Table::Documents, Rows::new(plan.form, EXPECTED_BYTES));
        sheet.write(document_row(done, same));
        self.met
            .extend(sheet.met.iter().map(|&entry| (Table::Documents, entry)));
        put(Table::Documents, &sheet.rows)
    }

    fn count(&mut self, done: &Done) {
        let summary = &mut self.summary;
        match done.reading.status {
            Status::Read => summary.read += 1,
            Status::Empty => summary.empty += 1,
            Status::Skipped if done.reading.no_article => summary.no_articles += 1,
            Status::Skipped | Status::Failed => summary.unread += 1,
        }
        summary.quotes += done.quotes;
        summary.claims += done.claims;
        summary.carried += done.met.len() as u64;
    }

    /// The name of the first document with the same text, where this is not it.
    fn same_text_as(&mut self, hash: u64, name: &str) -> Option<&str> {
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

    /// Puts out, after all others, the reviewed rows that are no longer found: a reviewer's work is never lost.
    fn put_orphans(&mut self, plan: &Plan, put: &mut PutRows) -> Result<(), Error> {
        for &table in &plan.tables {
            let Some(reviewed) = plan.reviews.of(table) else {
                continue;
            };
            let mut sheet = Sheet::new(plan, table, Rows::new(plan.form, 0));
            for entry in (0..reviewed.rows.len()).filter(|&entry| !self.met.contains(&(table, entry))) {
                sheet.write_as_it_is(reviewed.orphan(entry), Some(entry));
                self.summary.orphans += 1;
            }
            put(table, &sheet.rows)?;
        }
        Ok(())
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
        text(&reading.format),
        text(&reading.encoding),
        if reading.encoding.is_empty() {
            Cell::Missing
        } else {
            Cell::Whole(reading.replaced)
        },
        text(&reading.facts.title),
        text(&reading.facts.outlet),
        text(&reading.facts.author),
        text(&reading.facts.date),
        counted(done.characters),
        counted(done.sentences),
        counted(done.quotes),
        counted(done.claims),
        Cell::from(reading.sha256.map(hexadecimal)),
        Cell::from(same_text_as),
    ]
}

fn hexadecimal(bytes: [u8; 32]) -> String {
    let digit = |bits: u8| b"0123456789abcdef"[usize::from(bits)];
    let digits = bytes.map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    // They are ASCII.
    str::from_utf8(digits.as_flattened()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No input is known that makes the program panic; a document of this name does.
    pub(super) const PANICS: &str = "b.txt";

    #[test]
    fn a_panic_inside_one_document_is_listed_and_the_rest_is_done() {
        let folder = std::env::temp_dir().join(format!("onrecord-panic-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        for name in ["a.txt", PANICS, "c.txt"] {
            std::fs::write(folder.join(name), "“We are glad,” said Ana Costa.").expect("a file");
        }
        for jobs in [1, 2] {
            let plan = Plan {
                input: Input::Paths(vec![folder.clone()]),
                reading: read::Options::default(),
                seeds: Seeds::built_in().expect("built-in seeds are right"),
                tables: vec![Table::Documents],
                form: Form::Csv(csv::Dialect::Plain),
                jobs,
                only_roster: false,
                reviews: Reviews::default(),
            };
            let mut table = Vec::new();
            let mut put = |_, rows: &Rows| {
                if let Rows::Bytes(bytes) = rows {
                    table.extend_from_slice(bytes);
                }
                Ok(())
            };
            let summary = run(&plan, &mut put, &mut |_| ()).expect("the run goes on");
            assert_eq!((summary.read, summary.unread, summary.quotes), (2, 1, 2));
            let table = String::from_utf8(table).expect("UTF-8");
            assert!(table.contains("\nb.txt,failed,internal,"), "{table}");
        }
        std::fs::remove_dir_all(&folder).expect("the folder is removed");
    }
}
