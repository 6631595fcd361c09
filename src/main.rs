//! The shell: exit codes; the only file that prints.

mod cli;

use clap::{CommandFactory, Parser};
use cli::{Cli, Command, Common, Extract, Format, Score, Stream};
use onrecord::batch::{self, Form, Plan, Rows, Summary};
use onrecord::error::Error;
use onrecord::read::walk;
use onrecord::read::{self, Input, Naming};
use onrecord::seeds::Seeds;
use onrecord::tables::Table;
use onrecord::tables::csv::{Dialect, write_header};
use onrecord::tables::output::{Files, NewFile};
use onrecord::tables::review::Reviews;
use onrecord::tables::terminal::harmless;
use onrecord::tables::xlsx::Book;
use onrecord::{catalogue, score};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Why a run ends without its output.
enum Stop {
    /// Arguments, roster or seeds are wrong.
    Usage(Error),
    /// Something failed on the way.
    Failed(Error),
    /// Nobody reads the output any more.
    Closed,
}

fn main() -> ExitCode {
    // A panic inside a document is caught and listed in the documents table; its message would only confuse.
    std::panic::set_hook(Box::new(|_| {}));
    let arguments = Cli::parse();
    let internal = |_| {
        Err(Stop::Failed(Error::new(
            "onrecord",
            "internal error; the output is not whole",
        )))
    };
    match std::panic::catch_unwind(|| run(arguments.command)).unwrap_or_else(internal) {
        Ok(code) => code,
        Err(Stop::Closed) => ExitCode::SUCCESS,
        Err(Stop::Failed(error)) => fail(1, &error),
        Err(Stop::Usage(error)) => fail(2, &error),
    }
}

fn run(command: Command) -> Result<ExitCode, Stop> {
    match command {
        Command::Extract(arguments) => extract(&arguments),
        Command::Stream(arguments) => stream(&arguments),
        Command::Score(arguments) => score(&arguments),
        Command::CheckSeeds { folder } => check_seeds(&folder),
        Command::Completions { shell } => completions(shell),
    }
}

fn fail(code: u8, error: &Error) -> ExitCode {
    say(&format!("onrecord: {}\n", harmless(&error.to_string())));
    ExitCode::from(code)
}

/// Writes to standard error; where that is closed, nobody wants to know.
fn say(message: &str) {
    let _ = io::stderr().write_all(message.as_bytes());
}

/// Writes to standard output.
fn put(bytes: &[u8]) -> Result<(), Stop> {
    let mut output = io::stdout().lock();
    output
        .write_all(bytes)
        .and_then(|()| output.flush())
        .map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::Closed,
            _ => Stop::Failed(Error::new("standard output", error.to_string())),
        })
}

/// Where the tables go.
enum Place {
    Terminal,
    StandardOutput,
    Folder(PathBuf),
    Workbook(PathBuf),
    /// A device or pipe, which takes one table as standard output does.
    Device(PathBuf),
}

fn extract(arguments: &Extract) -> Result<ExitCode, Stop> {
    let place = place(arguments)?;
    let plan = plan(arguments, &place)?;
    let mut progress = Progress::new(arguments.common.quiet);
    let outcome = match &place {
        Place::Folder(folder) => to_folder(&plan, folder, &mut progress),
        Place::Workbook(file) => to_workbook(&plan, file, &mut progress),
        Place::Device(file) => to_device(&plan, file, &mut progress),
        Place::Terminal | Place::StandardOutput => to_standard_output(&plan, &mut progress),
    };
    progress.clear();
    let summary = outcome?;
    if !arguments.common.quiet {
        say(&format!("{}\n", in_one_line(&summary, &place)));
    }
    Ok(match (summary.unread, arguments.strict) {
        (0, _) => ExitCode::SUCCESS,
        (_, true) => ExitCode::from(1),
        (_, false) => ExitCode::from(3),
    })
}

fn place(arguments: &Extract) -> Result<Place, Stop> {
    let standard_output = ["-", "/dev/stdout", "/dev/fd/1"].map(Path::new);
    let Some(out) = &arguments.output else {
        return match arguments.format {
            Some(Format::Xlsx) => Err(Stop::Usage(Error::new(
                "--format xlsx",
                "name the workbook: -o FILE.xlsx",
            ))),
            _ => Ok(Place::Terminal),
        };
    };
    let wrong = |problem: &str| Err(Stop::Usage(Error::new(walk::visible_path(out), problem)));
    let ending = out
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    let facts = std::fs::metadata(out);
    match (&*ending, &facts, arguments.format) {
        (_, _, Some(Format::Xlsx)) if standard_output.contains(&&**out) => {
            wrong("is no file; name one ending in .xlsx")
        }
        // By its other name too: what the shell has opened must not be replaced by a new file.
        _ if standard_output.contains(&&**out) => Ok(Place::StandardOutput),
        (_, Ok(facts), _) if !facts.is_dir() && !facts.is_file() => Ok(Place::Device(out.clone())),
        (_, Ok(facts), Some(Format::Xlsx)) if facts.is_dir() => wrong("is a folder; name a file ending in .xlsx"),
        (_, Ok(facts), _) if facts.is_dir() => Ok(Place::Folder(out.clone())),
        ("xlsx", _, Some(Format::Csv | Format::Jsonl)) => wrong("is a workbook's name; leave --format out"),
        ("xlsx", _, _) => Ok(Place::Workbook(out.clone())),
        (_, _, Some(Format::Xlsx)) => wrong("name a file ending in .xlsx"),
        ("csv" | "tsv" | "jsonl" | "json", _, _) => {
            wrong("-o names a folder for the tables, or FILE.xlsx; for one table use: -o - --table NAME > FILE")
        }
        _ => Ok(Place::Folder(out.clone())),
    }
}

fn plan(arguments: &Extract, place: &Place) -> Result<Plan, Stop> {
    walk::check(&arguments.paths).map_err(Stop::Usage)?;
    let form = form(arguments, place);
    let mut tables = match place {
        Place::Terminal if form != Form::JsonLines => vec![Table::Quotes, Table::Claims, Table::Documents],
        Place::Folder(_) | Place::Workbook(_) => vec![Table::Quotes, Table::Claims, Table::Documents],
        _ => vec![arguments.table.into()],
    };
    if arguments.sentences && tables.len() > 1 {
        tables.push(Table::Sentences);
    }
    let naming = arguments.id_column.clone().map_or(Naming::Place, Naming::Column);
    let mut reading = reading(&arguments.common, naming);
    reading.encoding = arguments.encoding.as_deref().map(encoding).transpose()?;
    let reviews = match place {
        Place::Folder(folder) => Reviews::of_folder(folder, &tables, ending(form)),
        Place::Workbook(file) => Reviews::of_workbook(file, &tables),
        _ => Ok(Reviews::default()),
    };
    Ok(Plan {
        input: Input::Paths(paths(arguments)?),
        reading,
        seeds: seeds(&arguments.common)?,
        tables,
        form,
        jobs: jobs(&arguments.common),
        only_roster: arguments.common.only_roster,
        reviews: reviews.map_err(Stop::Failed)?,
    })
}

fn form(arguments: &Extract, place: &Place) -> Form {
    match (place, arguments.format) {
        (Place::Workbook(_), _) => Form::Cells,
        (_, Some(Format::Jsonl)) => Form::JsonLines,
        (Place::Terminal, _) => Form::Terminal(terminal_width()),
        (Place::Folder(_), _) => Form::Csv(Dialect::Spreadsheet),
        (Place::StandardOutput | Place::Device(_), _) => Form::Csv(Dialect::Plain),
    }
}

fn ending(form: Form) -> &'static str {
    if form == Form::JsonLines { "jsonl" } else { "csv" }
}

fn reading(common: &Common, naming: Naming) -> read::Options {
    read::Options {
        text_column: common.text_column.clone(),
        naming,
        encoding: None,
        max_bytes: common.max_bytes.min(u64::from(u32::MAX) / 4),
    }
}

fn encoding(name: &str) -> Result<&'static encoding_rs::Encoding, Stop> {
    let unknown = || {
        Stop::Usage(Error::new(
            "--encoding",
            format!("\"{name}\" is no encoding; utf-8, windows-1252 …"),
        ))
    };
    encoding_rs::Encoding::for_label(name.as_bytes()).ok_or_else(unknown)
}

fn jobs(common: &Common) -> usize {
    common
        .jobs
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// The paths given, and those that a file lists.
fn paths(arguments: &Extract) -> Result<Vec<PathBuf>, Stop> {
    let mut paths = arguments.paths.clone();
    if let Some(list) = &arguments.files_from {
        let mut bytes = Vec::new();
        let read = match list == Path::new("-") {
            true => io::stdin().read_to_end(&mut bytes),
            false => File::open(list).and_then(|mut file| file.read_to_end(&mut bytes)),
        };
        read.map_err(|error| Stop::Usage(Error::new(walk::visible_path(list), error.to_string())))?;
        let separator = if bytes.contains(&0) { 0 } else { b'\n' };
        let names = bytes
            .split(|&b| b == separator)
            .map(|name| name.strip_suffix(b"\r").unwrap_or(name));
        paths.extend(names.filter(|name| !name.is_empty()).map(path_of_bytes));
    }
    Ok(paths)
}

#[cfg(unix)]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

fn seeds(common: &Common) -> Result<Seeds, Stop> {
    let mut seeds = Seeds::load(common.seeds.as_deref()).map_err(Stop::Usage)?;
    if let Some(path) = &common.speakers {
        let name = walk::visible_path(path);
        let wrong = |problem: String| Stop::Usage(Error::new(&name, problem));
        let bytes = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let decoded =
            read::decode::decode(&bytes, None).ok_or_else(|| wrong("is binary; give a CSV file".to_owned()))?;
        let warnings = seeds.add_speakers(&name, &decoded.text).map_err(Stop::Usage)?;
        if !common.quiet {
            warn(&warnings);
        }
    }
    Ok(seeds)
}

/// Tells what the user should know, and not a screenful of it.
fn warn(warnings: &[String]) {
    const MOST: usize = 10;
    for warning in warnings.iter().take(MOST) {
        say(&format!("onrecord: {}\n", harmless(warning)));
    }
    if let Some(more @ 1..) = warnings.len().checked_sub(MOST) {
        say(&format!("onrecord: {more} more of the kind\n"));
    }
}

fn terminal_width() -> usize {
    const WITHOUT_TERMINAL: usize = 120;
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    columns.or_else(measured).unwrap_or(WITHOUT_TERMINAL).max(40)
}

fn to_folder(plan: &Plan, folder: &Path, progress: &mut Progress) -> Result<Summary, Stop> {
    let mut files = Files::create(folder, &plan.tables, ending(plan.form), None).map_err(Stop::Usage)?;
    if plan.jobs > 1 {
        files.sync_ahead();
    }
    for &table in &plan.tables {
        files.add(table, &header(plan, table)).map_err(Stop::Failed)?;
    }
    let put_rows = &mut |table, rows: &Rows| match rows {
        Rows::Bytes(bytes) => files.add(table, bytes),
        Rows::Cells(..) => Ok(()),
    };
    let summary = batch::run(plan, put_rows, &mut |summary| progress.show(summary)).map_err(Stop::Failed)?;
    files.put_in_place().map_err(Stop::Failed)?;
    Ok(summary)
}

fn to_workbook(plan: &Plan, file: &Path, progress: &mut Progress) -> Result<Summary, Stop> {
    let sheets: Vec<_> = plan
        .tables
        .iter()
        .map(|&table| (table, plan.reviews.extra(table).to_vec()))
        .collect();
    let mut book = Book::create(file, &sheets, None).map_err(Stop::Usage)?;
    let put_rows = &mut |table, rows: &Rows| match rows {
        Rows::Cells(cells, extra) => book.add(table, cells, extra),
        Rows::Bytes(_) => Ok(()),
    };
    let summary = batch::run(plan, put_rows, &mut |summary| progress.show(summary)).map_err(Stop::Failed)?;
    book.put_in_place().map_err(Stop::Failed)?;
    Ok(summary)
}

fn to_device(plan: &Plan, path: &Path, progress: &mut Progress) -> Result<Summary, Stop> {
    let mut file = NewFile::create(path, None).map_err(Stop::Usage)?;
    file.add(&header(plan, plan.tables[0])).map_err(Stop::Failed)?;
    let put_rows = &mut |_, rows: &Rows| match rows {
        Rows::Bytes(bytes) => file.add(bytes),
        Rows::Cells(..) => Ok(()),
    };
    let summary = batch::run(plan, put_rows, &mut |summary| progress.show(summary)).map_err(Stop::Failed)?;
    file.finish().map_err(Stop::Failed)?;
    Ok(summary)
}

fn to_standard_output(plan: &Plan, progress: &mut Progress) -> Result<Summary, Stop> {
    for &table in &plan.tables {
        put(&header(plan, table))?;
    }
    let mut stop = None;
    let put_rows = &mut |_, rows: &Rows| match rows {
        Rows::Bytes(bytes) if !bytes.is_empty() => put(bytes).map_err(|why| {
            stop = Some(why);
            Error::new("standard output", "closed")
        }),
        _ => Ok(()),
    };
    let outcome = batch::run(plan, put_rows, &mut |summary| progress.show(summary));
    outcome.map_err(|error| stop.unwrap_or(Stop::Failed(error)))
}

fn header(plan: &Plan, table: Table) -> Vec<u8> {
    let mut out = Vec::new();
    if let Form::Csv(dialect) = plan.form {
        write_header(&mut out, table.columns(), plan.reviews.extra(table), dialect);
    }
    out
}

fn stream(arguments: &Stream) -> Result<ExitCode, Stop> {
    let mut tables = vec![Table::Quotes, Table::Claims, Table::Documents];
    if arguments.sentences {
        tables.insert(2, Table::Sentences);
    }
    let plan = Plan {
        input: Input::JsonStream,
        reading: reading(&arguments.common, Naming::ColumnOrHash(arguments.id_column.clone())),
        seeds: seeds(&arguments.common)?,
        tables,
        form: Form::JsonStream,
        jobs: jobs(&arguments.common),
        only_roster: arguments.common.only_roster,
        reviews: Reviews::default(),
    };
    let mut progress = Progress::new(arguments.common.quiet);
    let outcome = to_standard_output(&plan, &mut progress);
    progress.clear();
    let summary = outcome?;
    if !arguments.common.quiet {
        say(&format!("{}\n", in_one_line(&summary, &Place::StandardOutput)));
    }
    Ok(ExitCode::SUCCESS)
}

fn score(arguments: &Score) -> Result<ExitCode, Stop> {
    let paths = [arguments.gold.clone(), arguments.run.clone()];
    walk::check(&paths).map_err(Stop::Usage)?;
    let tallies = score::score(&arguments.gold, &arguments.run).map_err(Stop::Failed)?;
    match &arguments.output {
        Some(out) if out == Path::new("-") => put(&score::as_csv(&tallies, Dialect::Plain))?,
        out => {
            put(aligned(&score::as_rows(&tallies)).as_bytes())?;
            if let Some(out) = out {
                let mut file = NewFile::create(out, None).map_err(Stop::Usage)?;
                let written = file
                    .add(&score::as_csv(&tallies, Dialect::Spreadsheet))
                    .and_then(|()| file.finish());
                written.and_then(|()| file.put_in_place()).map_err(Stop::Failed)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Rows of words as columns for a terminal.
fn aligned(rows: &[[String; 7]]) -> String {
    let width = |i: usize| {
        rows.iter()
            .map(|row| harmless(&row[i]).chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: [usize; 7] = std::array::from_fn(width);
    let mut text = String::new();
    for row in rows {
        let cells = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{:width$}", harmless(cell)));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

fn check_seeds(folder: &Path) -> Result<ExitCode, Stop> {
    walk::check(&[folder.to_owned()]).map_err(Stop::Usage)?;
    let checked = catalogue::check_folder(folder).map_err(Stop::Usage)?;
    for problem in &checked.problems {
        put(format!("{}\n", harmless(problem)).as_bytes())?;
    }
    say(&format!(
        "{} rules, {} problems\n",
        checked.rules,
        checked.problems.len()
    ));
    Ok(ExitCode::from(u8::from(!checked.problems.is_empty())))
}

fn completions(shell: clap_complete::Shell) -> Result<ExitCode, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "onrecord", &mut script);
    put(&script)?;
    Ok(ExitCode::SUCCESS)
}

fn in_one_line(summary: &Summary, place: &Place) -> String {
    let Summary { quotes, claims, .. } = summary;
    let documents = match summary.documents() {
        1 => "1 document".to_owned(),
        count => format!("{count} documents"),
    };
    let mut line = format!("{documents}: {quotes} quotations, {claims} figures");
    let parts = [
        (summary.empty, "empty"),
        (summary.unread, "not read (see the documents table)"),
        (summary.no_articles, "files that are no articles"),
        (summary.carried, "reviewed rows carried over"),
        (summary.orphans, "reviewed rows no longer found, kept at the end"),
    ];
    for (count, what) in parts.iter().filter(|(count, _)| *count > 0) {
        line.push_str(&format!("; {count} {what}"));
    }
    if let Place::Folder(out) | Place::Workbook(out) = place {
        line.push_str(&format!("; written to {}", harmless(&walk::visible_path(out))));
    }
    line
}

/// A line on a terminal's standard error, from the first second on.
struct Progress {
    shown: bool,
    next: Option<Instant>,
}

impl Progress {
    const EVERY: Duration = Duration::from_millis(200);

    fn new(quiet: bool) -> Self {
        let wanted = !quiet && io::stderr().is_terminal();
        let next = wanted.then(|| Instant::now() + Duration::from_secs(1));
        Progress { shown: false, next }
    }

    fn show(&mut self, summary: &Summary) {
        let now = match self.next {
            // The clock is read for one document in sixteen: it costs as much as a short document.
            Some(next) if summary.documents().is_multiple_of(16) && Instant::now() >= next => Instant::now(),
            _ => return,
        };
        self.next = Some(now + Self::EVERY);
        self.shown = true;
        say(&format!(
            "\r{} documents, {} quotations",
            summary.documents(),
            summary.quotes
        ));
    }

    fn clear(&mut self) {
        if self.shown {
            say("\r                                                  \r");
        }
    }
}
