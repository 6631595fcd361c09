//! The arguments; no work is done here.

use clap::{Args, Parser, Subcommand, ValueEnum};
use onrecord::tables::Table;
use std::path::PathBuf;

/// Who is on record saying what, and which figures they put their name to.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read articles and write tables of quotations and numeric claims
    Extract(Box<Extract>),
    /// Read JSON lines from standard input, one document a line, and write rows as they are found
    Stream(Stream),
    /// Tell how often rows are right, by a table that was reviewed
    Score(Score),
    /// Run every rule's example and counterexample over a folder of seeds
    CheckSeeds {
        /// Folder of word lists and rules
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Write a completion script for a shell to standard output
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

/// Arguments of `onrecord extract`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 every document read; 1 failed, nothing written; 2 arguments, roster or seeds are \
                        wrong; 3 finished, but some documents could not be read (documents.csv says which and why)."
)]
pub struct Extract {
    /// Files and folders to read; - is standard input
    #[arg(required_unless_present = "files_from", value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// File that names files and folders to read, one a line (or with NUL between them); - is standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,

    /// Folder to write the tables to, or a workbook (FILE.xlsx); - writes one table to standard output.
    /// Without this, a short table for people goes to the terminal
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,

    /// Format of the tables [default: csv; xlsx where OUT ends so]
    #[arg(long, value_enum)]
    pub format: Option<Format>,

    /// The table that -o - writes
    #[arg(long, value_enum, default_value_t = OneTable::Quotes)]
    pub table: OneTable,

    /// Also write the sentence table
    #[arg(long)]
    pub sentences: bool,

    /// Encoding of every file [default: what each file's bytes show]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,

    /// Column or field that names the document [default: the file and line]
    #[arg(long, value_name = "NAME")]
    pub id_column: Option<String>,

    /// What extract and stream share.
    #[command(flatten)]
    pub common: Common,

    /// Exit with status 1 where a document could not be read
    #[arg(long)]
    pub strict: bool,
}

/// Arguments that extract and stream share.
#[derive(Debug, Args)]
pub struct Common {
    /// CSV file of speakers to add to the built-in roster: name, aliases (;), roles (;), gender, note
    #[arg(long, value_name = "FILE")]
    pub speakers: Option<PathBuf>,

    /// Keep only rows whose speaker is in the roster
    #[arg(long)]
    pub only_roster: bool,

    /// Folder of word lists that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    pub seeds: Option<PathBuf>,

    /// Documents worked on at once [default: the number of cores]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<usize>,

    /// Column or field that holds the text, in CSV and JSON lines
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub text_column: String,

    /// Refuse larger files, and longer lines of JSON
    #[arg(long, value_name = "N", default_value_t = 64 << 20)]
    pub max_bytes: u64,

    /// No progress, no summary, no warnings
    #[arg(short, long)]
    pub quiet: bool,
}

/// Arguments of `onrecord stream`.
#[derive(Debug, Args)]
#[command(
    after_help = "Every row is a JSON object that names its table: quotes, claims, then the document's own row. A bad line \
                        gives a row with status failed, and the stream goes on. Exit status 0 if it ended cleanly."
)]
pub struct Stream {
    /// Also write sentence rows
    #[arg(long)]
    pub sentences: bool,

    /// Field that names the document; a line without it is named by a hash of the line
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub id_column: String,

    /// What extract and stream share.
    #[command(flatten)]
    pub common: Common,
}

/// Arguments of `onrecord score`.
#[derive(Debug, Args)]
pub struct Score {
    /// The reviewed table (quotes or claims; CSV, JSON lines or workbook), or a folder of such
    #[arg(long, value_name = "REVIEWED")]
    pub gold: PathBuf,

    /// The tables to judge: what extract wrote
    #[arg(value_name = "OUT")]
    pub run: PathBuf,

    /// Also write the figures to a CSV file; - writes them to standard output instead of the table
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Format of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated values for a spreadsheet
    Csv,
    /// One JSON object a line
    Jsonl,
    /// One workbook, to review in
    Xlsx,
}

/// A table by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum OneTable {
    Quotes,
    Claims,
    Sentences,
    Documents,
}

impl From<OneTable> for Table {
    fn from(table: OneTable) -> Table {
        match table {
            OneTable::Quotes => Table::Quotes,
            OneTable::Claims => Table::Claims,
            OneTable::Sentences => Table::Sentences,
            OneTable::Documents => Table::Documents,
        }
    }
}
