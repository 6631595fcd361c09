//! What a team gets from its own reviewing: how often rows are right, by kind, rule, speaker and confidence.
//!
//! A reviewed table (verdicts and corrections) is set against the tables of any run, joined by id. A verdict of right says that
//! the reviewed row's answer is true; a correction says what is; from then on every run can be judged by it. A row without a
//! verdict, or one judged wrong without a correction and answered differently since, counts nowhere.

use crate::error::Error;
use crate::tables::Table;
use crate::tables::csv::{Dialect, write_header_of, write_texts};
use crate::tables::review::{Entry, Reviewed};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How many rows of a group are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows whose answer is right.
    pub right: u64,
    /// Rows whose answer is wrong.
    pub wrong: u64,
    /// Rows judged right whose id the run no longer has.
    pub lost: u64,
}

impl Tally {
    /// The share of judged rows that are right.
    pub fn precision(self) -> Option<f64> {
        let judged = self.right + self.wrong;
        (judged > 0).then(|| self.right as f64 / judged as f64)
    }
}

/// A group of rows: the table, what it is grouped by, and the value they share.
pub type Group = (&'static str, &'static str, String);

/// Judges a run by a reviewed table.
///
/// `gold` and `run` are a table's file (`quotes` or `claims`, CSV, JSON lines or a workbook) or a folder of such.
///
/// # Errors
/// A file that cannot be read, holds two reviews of one row, or no review at all.
pub fn score(gold: &Path, run: &Path) -> Result<BTreeMap<Group, Tally>, Error> {
    let mut tallies = BTreeMap::new();
    let mut judged = 0;
    for table in [Table::Quotes, Table::Claims] {
        let Some(gold_file) = file_of(table, gold) else {
            continue;
        };
        let reviewed = Reviewed::of_file(table, &gold_file)?;
        if !reviewed.has_words {
            continue;
        }
        let missing = || Error::new(run.display().to_string(), format!("no table \"{}\"", table.name()));
        let answers = Reviewed::every_row(table, &file_of(table, run).ok_or_else(missing)?)?;
        for entry in &reviewed.rows {
            let answer = answers.entry(entry.cell(table, "id"));
            let found = answer.filter(|row| row.cell(table, "review_status") != "orphan");
            judged += u64::from(judge(table, entry, found, &mut tallies));
        }
    }
    match judged {
        0 => Err(Error::new(
            gold.display().to_string(),
            "no row with a verdict (right, wrong) or a correction",
        )),
        _ => Ok(tallies),
    }
}

/// The file of a table: the path itself where it is a file, else one in the folder.
fn file_of(table: Table, path: &Path) -> Option<PathBuf> {
    if path.is_file() {
        return Some(path.to_owned());
    }
    let file = |ending: &str| path.join(format!("{}.{ending}", table.name()));
    ["csv", "jsonl", "xlsx"]
        .map(file)
        .into_iter()
        .find(|file| file.is_file())
}

/// Counts one reviewed row; false where it says nothing.
fn judge(table: Table, gold: &Entry, answer: Option<&Entry>, tallies: &mut BTreeMap<Group, Tally>) -> bool {
    let Some(row) = answer else {
        let right = verdict(gold.cell(table, "verdict")) == Some(true);
        if right {
            count(table, gold, tallies, |tally| tally.lost += 1);
        }
        return right;
    };
    match is_right(table, gold, row) {
        Some(true) => count(table, row, tallies, |tally| tally.right += 1),
        Some(false) => count(table, row, tallies, |tally| tally.wrong += 1),
        None => return false,
    }
    true
}

/// Whether the answer of a row is right, as far as the review tells.
fn is_right(table: Table, gold: &Entry, row: &Entry) -> Option<bool> {
    let (column, correction) = match table {
        Table::Claims => ("values", "correct_value"),
        _ => ("speaker", "correct_speaker"),
    };
    let (answer, reviewed) = (row.cell(table, column), gold.cell(table, column));
    match (gold.cell(table, correction), verdict(gold.cell(table, "verdict"))) {
        ("", Some(true)) => Some(same(answer, reviewed)),
        ("", Some(false)) => same(answer, reviewed).then_some(false),
        ("", None) => None,
        (correct, _) => Some(same(answer, correct)),
    }
}

/// A verdict as people write it.
fn verdict(cell: &str) -> Option<bool> {
    match &*cell.trim().to_lowercase() {
        "right" | "correct" | "yes" | "y" | "true" | "ok" | "1" | "good" | "+" => Some(true),
        "wrong" | "incorrect" | "no" | "n" | "false" | "0" | "bad" | "-" => Some(false),
        _ => None,
    }
}

/// Equal names or numbers, however they are written.
fn same(one: &str, other: &str) -> bool {
    let numbers = |cell: &str| {
        cell.split(';')
            .map(|n| n.trim().replace(',', "").parse::<f64>().ok())
            .collect::<Option<Vec<_>>>()
    };
    match (numbers(one), numbers(other)) {
        (Some(one), Some(other)) => one == other,
        _ => folded(one) == folded(other),
    }
}

fn folded(name: &str) -> String {
    let name = name.trim().to_lowercase().replace(['’', '‘'], "'");
    ["the ", "a ", "an "]
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(&name)
        .to_owned()
}

/// Counts a row in every group it belongs to.
fn count(table: Table, row: &Entry, tallies: &mut BTreeMap<Group, Tally>, add: impl Fn(&mut Tally)) {
    let speaker = match row.cell(table, "speaker") {
        "" => "(nobody)",
        speaker => speaker,
    };
    let kind = if table == Table::Claims { "category" } else { "kind" };
    let groups = [
        ("all", String::new()),
        ("kind", row.cell(table, kind).to_owned()),
        ("rule", row.cell(table, "rule").to_owned()),
        ("speaker", speaker.to_owned()),
        ("confidence", band(row.cell(table, "confidence"))),
    ];
    for (by, value) in groups {
        add(tallies.entry((table.name(), by, value)).or_default());
    }
}

/// The tenth that a confidence falls in.
fn band(confidence: &str) -> String {
    let Ok(confidence) = confidence.replace(',', ".").parse::<f64>() else {
        return "none".to_owned();
    };
    let tenth = ((confidence * 10.0 + 1e-9).floor().clamp(0.0, 9.0)) as u32;
    format!("{:.1} to {:.1}", f64::from(tenth) / 10.0, f64::from(tenth + 1) / 10.0)
}

/// The tallies as rows of words: a header, then one row a group.
pub fn as_rows(tallies: &BTreeMap<Group, Tally>) -> Vec<[String; 7]> {
    let header = ["table", "by", "value", "right", "wrong", "precision", "lost"].map(str::to_owned);
    let row = |((table, by, value), tally): (&Group, &Tally)| {
        let precision = tally
            .precision()
            .map_or_else(String::new, |share| format!("{share:.3}"));
        let counts = [
            tally.right.to_string(),
            tally.wrong.to_string(),
            precision,
            tally.lost.to_string(),
        ];
        let [right, wrong, precision, lost] = counts;
        [
            (*table).to_owned(),
            (*by).to_owned(),
            value.clone(),
            right,
            wrong,
            precision,
            lost,
        ]
    };
    std::iter::once(header).chain(tallies.iter().map(row)).collect()
}

/// The tallies as CSV.
pub fn as_csv(tallies: &BTreeMap<Group, Tally>, dialect: Dialect) -> Vec<u8> {
    let mut out = Vec::new();
    for (i, row) in as_rows(tallies).iter().enumerate() {
        if i == 0 {
            write_header_of(&mut out, row, dialect);
            continue;
        }
        write_texts(&mut out, row, 3, dialect);
    }
    out
}
