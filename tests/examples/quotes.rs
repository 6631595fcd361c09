//! Rows of `fixtures/quotes.csv`.
//!
//! The passages of a row stand between ` ¦ `, in order, marks included. Signs before a passage: `>` for each passage it stands
//! in, `+` where it goes on from the paragraph before, `-` where no mark closes it.

use onrecord::quotes::{self, Marked};
use onrecord::seeds::{Seeds, Table};
use onrecord::sentences;
use onrecord::text::Document;
use onrecord::words::Page;

#[test]
fn every_row_of_quotes_csv() {
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    let text = include_str!("../../fixtures/quotes.csv");
    let table = Table::read("fixtures/quotes.csv", text, &["case", "text", "passages", "note"]).expect("a table");
    let mut problems = Vec::new();
    for row in table.rows() {
        let got = passages(&row.get("text").replace("\\n", "\n"), &seeds).replace('\n', "\\n");
        if got != row.get("passages") {
            let (case, wanted) = (row.get("case"), row.get("passages"));
            problems.push(format!("{case}\n  wanted {wanted}\n  found  {got}"));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

fn passages(text: &str, seeds: &Seeds) -> String {
    let document = Document::new("case", text);
    let page = Page::new(&document, &seeds.vocabulary);
    let sentences = sentences::find(&page, seeds);
    let marked = quotes::find(&page, &sentences, seeds);
    let shown: Vec<String> = marked.iter().map(|m| shown(m, document.at(m.span))).collect();
    shown.join(" ¦ ")
}

fn shown(marked: &Marked, text: &str) -> String {
    let mut signs = ">".repeat(usize::from(marked.depth));
    signs.push_str(if marked.continues.is_some() { "+" } else { "" });
    signs.push_str(if marked.closed { "" } else { "-" });
    if signs.is_empty() {
        text.to_owned()
    } else {
        format!("{signs} {text}")
    }
}
