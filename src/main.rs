//! The shell: exit codes; the only file that prints.

mod cli;

use clap::Parser;
use cli::{Cli, Command, Extract, Format};
use onrecord::batch::{self, Form, Plan, Summary};
use onrecord::error::Error;
use onrecord::read;
use onrecord::seeds::Seeds;
use onrecord::tables::Table;
use onrecord::tables::csv::{Dialect, write_header};
use onrecord::tables::output::Files;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
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
    let Cli { command } = Cli::parse();
    let outcome = match command {
        Command::Extract(arguments) => extract(&arguments),
    };
    match outcome {
        Ok(code) => code,
        Err(Stop::Closed) => ExitCode::SUCCESS,
        Err(Stop::Failed(error)) => fail(1, &error),
        Err(Stop::Usage(error)) => fail(2, &error),
    }
}

fn fail(code: u8, error: &Error) -> ExitCode {
    say(&format!("onrecord: {}\n", read::walk::visible(&error.to_string())));
    ExitCode::from(code)
}

/// Writes to standard error; where that is closed, nobody wants to know.
fn say(message: &str) {
    let _ = io::stderr().write_all(message.as_bytes());
}

fn extract(arguments: &Extract) -> Result<ExitCode, Stop> {
    let plan = plan(arguments)?;
    let mut progress = Progress::new(arguments.quiet);
    let outcome = match arguments.output.as_deref() {
        Some(out) if out != Path::new("-") => to_folder(&plan, out, &mut progress),
        _ => to_standard_output(&plan, &mut progress),
    };
    progress.clear();
    let summary = outcome?;
    if !arguments.quiet {
        say(&format!("{}\n", in_one_line(&summary, arguments.output.as_deref())));
    }
    Ok(match (summary.unread, arguments.strict) {
        (0, _) => ExitCode::SUCCESS,
        (_, true) => ExitCode::from(1),
        (_, false) => ExitCode::from(3),
    })
}

fn plan(arguments: &Extract) -> Result<Plan, Stop> {
    read::walk::check(&arguments.paths).map_err(Stop::Usage)?;
    let form = match (&arguments.output, arguments.format) {
        (None, Format::Csv) => Form::Terminal(terminal_width()),
        (_, Format::Jsonl) => Form::JsonLines,
        (Some(out), Format::Csv) if out == Path::new("-") => Form::Csv(Dialect::Plain),
        (Some(_), Format::Csv) => Form::Csv(Dialect::Spreadsheet),
    };
    let mut tables = match (&arguments.output, form) {
        (None, Form::Terminal(_)) => vec![Table::Quotes, Table::Claims, Table::Documents],
        (Some(out), _) if out != Path::new("-") => vec![Table::Quotes, Table::Claims, Table::Documents],
        _ => vec![arguments.table.into()],
    };
    if arguments.sentences && tables.len() > 1 {
        tables.push(Table::Sentences);
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(Plan {
        paths: arguments.paths.clone(),
        reading: read::Options {
            text_column: arguments.text_column.clone(),
            id_column: arguments.id_column.clone(),
            max_bytes: arguments.max_bytes,
        },
        seeds: Seeds::load(arguments.seeds.as_deref()).map_err(Stop::Usage)?,
        tables,
        form,
        jobs: arguments.jobs.unwrap_or(cores),
        only_roster: arguments.only_roster,
    })
}

fn terminal_width() -> usize {
    const WITHOUT_TERMINAL: usize = 120;
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    columns.unwrap_or(WITHOUT_TERMINAL).max(40)
}

fn to_folder(plan: &Plan, out: &Path, progress: &mut Progress) -> Result<Summary, Stop> {
    let ending = if plan.form == Form::JsonLines { "jsonl" } else { "csv" };
    let mut files = Files::create(out, &plan.tables, ending, None).map_err(Stop::Usage)?;
    for &table in &plan.tables {
        files.add(table, &header(plan, table)).map_err(Stop::Failed)?;
    }
    let put = &mut |table, rows: &[u8]| files.add(table, rows);
    let summary = batch::run(plan, put, &mut |summary| progress.show(summary)).map_err(Stop::Failed)?;
    files.put_in_place().map_err(Stop::Failed)?;
    Ok(summary)
}

fn to_standard_output(plan: &Plan, progress: &mut Progress) -> Result<Summary, Stop> {
    let mut closed = false;
    let mut output = io::stdout().lock();
    let mut write = |bytes: &[u8]| {
        output.write_all(bytes).map_err(|error| {
            closed = error.kind() == io::ErrorKind::BrokenPipe;
            Error::new("standard output", error.to_string())
        })
    };
    let written = plan.tables.iter().try_for_each(|&table| write(&header(plan, table)));
    let outcome = written.and_then(|()| {
        let put = &mut |_, rows: &[u8]| write(rows);
        batch::run(plan, put, &mut |summary| progress.show(summary))
    });
    match outcome {
        Ok(summary) => Ok(summary),
        Err(_) if closed => Err(Stop::Closed),
        Err(error) => Err(Stop::Failed(error)),
    }
}

fn header(plan: &Plan, table: Table) -> Vec<u8> {
    let mut out = Vec::new();
    if let Form::Csv(dialect) = plan.form {
        write_header(&mut out, table.columns(), &[], dialect);
    }
    out
}

fn in_one_line(summary: &Summary, out: Option<&Path>) -> String {
    let Summary { quotes, claims, .. } = summary;
    let mut line = format!(
        "{} documents: {quotes} quotations, {claims} figures",
        summary.documents()
    );
    if summary.empty > 0 {
        line.push_str(&format!("; {} empty", summary.empty));
    }
    if summary.unread > 0 {
        line.push_str(&format!("; {} not read, see the documents table", summary.unread));
    }
    if let Some(out) = out.filter(|out| *out != Path::new("-")) {
        line.push_str(&format!("; tables in {}", read::walk::visible_path(out)));
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
