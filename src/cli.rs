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
    Extract(Extract),
}

/// Arguments of `onrecord extract`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 every document read; 1 failed, nothing written; 2 arguments, roster or seeds are \
                        wrong; 3 finished, but some documents could not be read (documents.csv says which and why)."
)]
pub struct Extract {
    /// Files and folders to read; - is standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Folder to write the tables to; - writes one table to standard output.
    /// Without this, a short table for people goes to the terminal
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,

    /// Format of the tables
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub format: Format,

    /// The table that -o - writes
    #[arg(long, value_enum, default_value_t = OneTable::Quotes)]
    pub table: OneTable,

    /// Also write the sentence table
    #[arg(long)]
    pub sentences: bool,

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

    /// Column or field that names the document [default: the file and line]
    #[arg(long, value_name = "NAME")]
    pub id_column: Option<String>,

    /// Refuse larger files, and longer lines of JSON
    #[arg(long, value_name = "N", default_value_t = 64 << 20)]
    pub max_bytes: u64,

    /// No progress and no summary
    #[arg(short, long)]
    pub quiet: bool,

    /// Exit with status 1 where a document could not be read
    #[arg(long)]
    pub strict: bool,
}

/// Format of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated values for a spreadsheet
    Csv,
    /// One JSON object a line
    Jsonl,
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
