//! The catalogue of rules as its own test: each rule finds what its example says, and leaves its counterexample alone.
//!
//! `onrecord check-seeds DIR` runs this over a folder of seeds, so that whoever edits a word list needs no compiler.

use crate::analyze;
use crate::error::Error;
use crate::seeds::{Row, Seeds, Table};
use crate::text::Document;
use std::path::Path;

/// What running a catalogue gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many rules there are.
    pub rules: usize,
    /// What is wrong, a line each, with the rule's name first.
    pub problems: Vec<String>,
}

/// Loads the seeds of a folder and runs every rule's example and counterexample, the folder's `rules.csv` or the built-in one.
///
/// # Errors
/// A seed file that cannot be read, with its line and column.
pub fn check_folder(folder: &Path) -> Result<Checked, Error> {
    let seeds = Seeds::load(Some(folder))?;
    let path = folder.join("rules.csv");
    match std::fs::read_to_string(&path) {
        Ok(rules) => check(&seeds, &path.display().to_string(), &rules),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            check(&seeds, "seeds/rules.csv", include_str!("../seeds/rules.csv"))
        }
        Err(error) => Err(Error::new(path.display().to_string(), error.to_string())),
    }
}

/// Runs every rule of a catalogue.
///
/// # Errors
/// A catalogue that is no table of rules.
pub fn check(seeds: &Seeds, file: &str, rules: &str) -> Result<Checked, Error> {
    let table = Table::read(file, rules, &["rule", "example", "finds", "never", "note"])?;
    let mut checked = Checked::default();
    for row in table.rows() {
        checked.rules += 1;
        checked.problems.extend(problems(seeds, &row));
    }
    Ok(checked)
}

fn problems(seeds: &Seeds, row: &Row) -> Vec<String> {
    let rule = row.get("rule");
    let mut problems = Vec::new();
    let (got, wanted) = (
        found(seeds, rule, row.get("example")),
        with_line_breaks(row.get("finds")),
    );
    if !got.contains(&wanted) {
        problems.push(format!("{rule}: the example should give {wanted:?}, gives {got:?}"));
    }
    let never = row.get("never");
    let wrong = found(seeds, rule, never);
    if never.is_empty() {
        problems.push(format!("{rule}: there is no counterexample"));
    } else if !wrong.is_empty() {
        problems.push(format!("{rule}: fires on its counterexample: {wrong:?}"));
    }
    problems
}

/// What a rule finds in an example.
fn found(seeds: &Seeds, rule: &str, example: &str) -> Vec<String> {
    let document = Document::new("example", with_line_breaks(example));
    let analysis = analyze(&document, seeds);
    let of_rule = analysis.findings().filter(|finding| finding.rule == rule);
    of_rule.map(|finding| document.at(finding.span).to_owned()).collect()
}

fn with_line_breaks(cell: &str) -> String {
    cell.replace("\\n", "\n")
}
