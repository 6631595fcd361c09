//! Findings to rows, and rows to files: the one home of column names.
//!
//! A [`Table`] says its columns; [`rows`] turns an analysis into [`Cell`]s in the order of those columns; [`csv`], [`jsonl`] and
//! [`xlsx`] write them; [`review`] brings back what a reviewer wrote into the tables of an earlier run; [`output`] puts the
//! files in place, whole or not at all. The same findings give the same bytes.

pub mod csv;
pub mod jsonl;
pub mod output;
pub mod review;
pub mod rows;
pub mod terminal;
pub mod xlsx;

use std::borrow::Cow;

/// A table that the tool writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// Every quotation with its speaker.
    Quotes,
    /// Every numeric claim.
    Claims,
    /// What became of every document.
    Documents,
    /// Every sentence.
    Sentences,
}

/// What a column's cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words: white space runs are one space in CSV, and a spreadsheet must not convert them.
    Text,
    /// The name of a document: like text, but white space stays, since two names may differ in nothing else.
    Name,
    /// A count or position.
    Whole,
    /// A number.
    Number,
    /// Numbers in order: joined by `;` in CSV, a list in JSON.
    Numbers,
    /// A probability, with two decimals.
    Score,
}

/// Who fills a column, and where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filled {
    /// By the tool, in every format.
    Found,
    /// By the tool, in JSON lines only.
    JsonOnly,
    /// By the reviewer.
    Reviewer,
}

/// One column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header, and the key in JSON lines.
    pub name: &'static str,
    /// What its cells are.
    pub kind: Kind,
    /// Who fills it.
    pub filled: Filled,
}

const fn text(name: &'static str) -> Column {
    found(name, Kind::Text)
}

const fn whole(name: &'static str) -> Column {
    found(name, Kind::Whole)
}

const fn found(name: &'static str, kind: Kind) -> Column {
    let filled = Filled::Found;
    Column { name, kind, filled }
}

const fn json(name: &'static str) -> Column {
    let filled = Filled::JsonOnly;
    Column { filled, ..whole(name) }
}

const fn reviewer(name: &'static str) -> Column {
    let filled = Filled::Reviewer;
    Column { filled, ..text(name) }
}

const QUOTES: &[Column] = &[
    text("id"),
    found("document", Kind::Name),
    text("speaker"),
    text("quote"),
    text("verbatim"),
    text("kind"),
    text("cue"),
    text("speaker_text"),
    text("role"),
    text("resolved_by"),
    found("confidence", Kind::Score),
    text("context"),
    whole("paragraph"),
    whole("sentence"),
    text("continues"),
    text("rule"),
    whole("start_char"),
    whole("end_char"),
    json("speaker_start_char"),
    json("speaker_end_char"),
    json("cue_start_char"),
    json("cue_end_char"),
    reviewer("verdict"),
    reviewer("correct_speaker"),
    reviewer("note"),
    reviewer("review_status"),
];

const CLAIMS: &[Column] = &[
    text("id"),
    found("document", Kind::Name),
    text("speaker"),
    text("figure"),
    found("values", Kind::Numbers),
    found("low", Kind::Number),
    found("high", Kind::Number),
    text("comparison"),
    text("unit"),
    text("category"),
    text("what"),
    text("quote_id"),
    found("confidence", Kind::Score),
    text("context"),
    whole("paragraph"),
    whole("sentence"),
    text("rule"),
    whole("start_char"),
    whole("end_char"),
    reviewer("verdict"),
    reviewer("correct_value"),
    reviewer("note"),
    reviewer("review_status"),
];

const DOCUMENTS: &[Column] = &[
    found("document", Kind::Name),
    text("status"),
    text("reason"),
    text("format"),
    text("encoding"),
    whole("replaced"),
    text("title"),
    text("outlet"),
    text("author"),
    text("date"),
    whole("characters"),
    whole("sentences"),
    whole("quotes"),
    whole("claims"),
    text("sha256"),
    found("same_text_as", Kind::Name),
];

const SENTENCES: &[Column] = &[
    text("id"),
    found("document", Kind::Name),
    whole("paragraph"),
    whole("sentence"),
    text("text"),
    whole("start_char"),
    whole("end_char"),
    text("rule"),
];

impl Table {
    /// Every table, in the order in which files are named and sheets stand.
    pub const ALL: [Table; 4] = [Table::Quotes, Table::Claims, Table::Documents, Table::Sentences];

    /// The table's name: its file's stem and its sheet's title.
    pub fn name(self) -> &'static str {
        match self {
            Table::Quotes => "quotes",
            Table::Claims => "claims",
            Table::Documents => "documents",
            Table::Sentences => "sentences",
        }
    }

    /// Its columns in order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Table::Quotes => QUOTES,
            Table::Claims => CLAIMS,
            Table::Documents => DOCUMENTS,
            Table::Sentences => SENTENCES,
        }
    }

    /// True where a header is that of one of our own tables, scores among them, or of a table of expected rows, whatever its
    /// order and whoever saved it.
    pub fn is_own_header<'h>(header: impl Iterator<Item = &'h str> + Clone) -> bool {
        let holds = |name: &str| header.clone().any(|column| column == name);
        let signs: [&[&str]; 5] = [
            &["quote", "speaker", "kind"],
            &["figure", "values", "comparison"],
            &["document", "status", "same_text_as"],
            &["id", "document", "sentence", "text", "start_char", "rule"],
            &["by", "right", "wrong", "precision", "lost"],
        ];
        signs.iter().any(|columns| columns.iter().all(|column| holds(column)))
    }
}

/// One cell of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'t> {
    /// Nothing: an empty cell, `null` in JSON.
    Missing,
    /// Words.
    Text(Cow<'t, str>),
    /// A name of ours: small letters, digits, hyphens, slashes and underscores that no table writes otherwise and no spreadsheet
    /// converts.
    Code(&'t str),
    /// A count or position.
    Whole(u64),
    /// A number.
    Number(f64),
    /// Numbers in order.
    Numbers(Cow<'t, [f64]>),
    /// A probability.
    Score(f32),
}

impl Cell<'_> {
    /// The same cell with words of its own.
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Missing => Cell::Missing,
            Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Cell::Code(name) => Cell::Text(Cow::Owned(name.to_owned())),
            Cell::Whole(count) => Cell::Whole(count),
            Cell::Number(number) => Cell::Number(number),
            Cell::Numbers(numbers) => Cell::Numbers(Cow::Owned(numbers.into_owned())),
            Cell::Score(score) => Cell::Score(score),
        }
    }
}

impl<'t> From<&'t str> for Cell<'t> {
    fn from(text: &'t str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Text(Cow::Owned(text))
    }
}

impl<'t, T: Into<Cell<'t>>> From<Option<T>> for Cell<'t> {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Cell::Missing, Into::into)
    }
}

impl From<u64> for Cell<'_> {
    fn from(count: u64) -> Self {
        Cell::Whole(count)
    }
}

impl From<u32> for Cell<'_> {
    fn from(count: u32) -> Self {
        Cell::Whole(count.into())
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}
