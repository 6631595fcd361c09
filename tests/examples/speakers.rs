//! Rows of `fixtures/speakers.csv`: a text, the words of one quotation in it, and what is to be known of it.
//!
//! `kind` none: no quotation stands on these words. `|` in `speaker` separates right answers; `resolved_by` and `rule` are not
//! compared where they are empty. `known` says what a wrong answer gives today: a row that is wrong without it fails, and so does
//! a row that has become right with it. `ONRECORD_UPDATE_KNOWN=1 cargo test --test examples` writes that column anew.

use onrecord::analyze;
use onrecord::seeds::{Row, Seeds, Table};
use onrecord::speakers::Quotation;
use onrecord::text::{Document, Span};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/speakers.csv");
const COLUMNS: &[&str] = &[
    "case",
    "text",
    "quote",
    "kind",
    "speaker",
    "resolved_by",
    "rule",
    "known",
    "note",
];

#[test]
fn every_row_of_speakers_csv() {
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    let text = std::fs::read_to_string(FILE).expect("the table is there");
    let table = Table::read("fixtures/speakers.csv", &text, COLUMNS).expect("a table");
    let answers: Vec<Result<(), String>> = table.rows().map(|row| answer(&row, &seeds)).collect();
    if std::env::var_os("ONRECORD_UPDATE_KNOWN").is_some() {
        return write(&table, &answers);
    }
    let problems: Vec<String> = table
        .rows()
        .zip(&answers)
        .filter_map(|(row, given)| problem(&row, given))
        .collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

fn problem(row: &Row, answer: &Result<(), String>) -> Option<String> {
    let case = row.get("case");
    match (answer, row.get("known")) {
        (Ok(()), "") => None,
        (Ok(()), _) => Some(format!("{case}: right now, empty its cell `known`")),
        (Err(given), "") => Some(format!("{case}\n  wanted {}\n  given  {given}", wanted(row))),
        (Err(_), _) => None,
    }
}

fn wanted(row: &Row) -> String {
    let (kind, speaker, how) = (row.get("kind"), row.get("speaker"), row.get("resolved_by"));
    format!("{kind} by [{speaker}] ({how}): {}", row.get("quote"))
}

/// Whether the tool gives what the row wants; else what it gives.
fn answer(row: &Row, seeds: &Seeds) -> Result<(), String> {
    let document = Document {
        markdown: row.get("text").starts_with('#'),
        ..Document::new("case", row.get("text").replace("\\n", "\n"))
    };
    let wanted = row.get("quote");
    let start = document
        .text
        .find(wanted)
        .unwrap_or_else(|| panic!("{}: the text has no such words", row.get("case")));
    let place = Span::new(start as u32, (start + wanted.len()) as u32);
    let analysis = analyze(&document, seeds);
    let touching = analysis.quotations.iter().filter(|q| q.span.overlaps(place));
    let right = match row.get("kind") {
        "none" => touching.clone().next().is_none(),
        _ => touching.clone().any(|q| q.span == place && is_right(row, q)),
    };
    if right {
        return Ok(());
    }
    let given: Vec<String> = touching.map(|q| shown(q, document.at(q.span))).collect();
    Err(if given.is_empty() {
        "nothing".to_owned()
    } else {
        given.join(" ¦ ")
    })
}

fn is_right(row: &Row, quotation: &Quotation) -> bool {
    let speaker = quotation.speaker.as_deref().unwrap_or("");
    let or_any = |cell: &str, given: &str| cell.is_empty() || cell == given;
    quotation.kind.name() == row.get("kind")
        && row.get("speaker").split('|').any(|one| one == speaker)
        && or_any(row.get("resolved_by"), quotation.resolved_by.name())
        && or_any(row.get("rule"), quotation.rule)
}

fn shown(quotation: &Quotation, words: &str) -> String {
    let speaker = quotation.speaker.as_deref().unwrap_or("");
    let (kind, how) = (quotation.kind.name(), quotation.resolved_by.name());
    format!("{kind} by [{speaker}] ({how}): {}", words.replace('\n', "\\n"))
}

/// Writes the table with the column `known` as it is today.
fn write(table: &Table, answers: &[Result<(), String>]) {
    let mut writer = csv::Writer::from_path(FILE).expect("the table can be written");
    writer.write_record(COLUMNS).expect("a header");
    for (row, answer) in table.rows().zip(answers) {
        let known = answer.as_ref().err().map_or("", String::as_str);
        let cells = COLUMNS
            .iter()
            .map(|&column| if column == "known" { known } else { row.get(column) });
        writer.write_record(cells).expect("a row");
    }
}
