//! Rows of `fixtures/sentences.csv`: a text, and its sentences with `¦` between them.

use onrecord::seeds::{Seeds, Table};
use onrecord::text::Document;
use onrecord::{sentences, words::Page};

#[test]
fn every_text_has_the_sentences_of_its_row() {
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    let csv = include_str!("../../fixtures/sentences.csv");
    let table = Table::read("fixtures/sentences.csv", csv, &["case", "text", "sentences"]).expect("a table");
    let mut problems = Vec::new();
    for row in table.rows() {
        let document = Document::new("case", row.get("text").replace("\\n", "\n"));
        let page = Page::new(&document, &seeds.vocabulary);
        let found = sentences::find(&page, &seeds);
        let got = found
            .iter()
            .map(|s| document.at(s.span))
            .collect::<Vec<_>>()
            .join(" ¦ ");
        let wanted = row.get("sentences").replace("\\n", "\n");
        if got != wanted {
            problems.push(format!("{}\n  wanted {wanted}\n  got    {got}", row.get("case")));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}
