//! Rows of `fixtures/claims.csv`.
//!
//! Rows with the same case and text are the claims of that text, in order; a row with an empty figure says that there is none.

use onrecord::analyze;
use onrecord::claims::Claim;
use onrecord::seeds::{Row, Seeds, Table};
use onrecord::text::Document;

/// The cells of a claim, in the order of [`found`].
const COLUMNS: [&str; 8] = [
    "figure",
    "values",
    "low",
    "high",
    "comparison",
    "unit",
    "category",
    "what",
];

#[test]
fn every_row_of_claims_csv() {
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    let text = include_str!("../../fixtures/claims.csv");
    let table = Table::read("fixtures/claims.csv", text, &["case", "text", "note"]).expect("a table");
    let rows: Vec<Row> = table.rows().collect();
    let mut problems = Vec::new();
    for case in rows.chunk_by(|a, b| a.get("case") == b.get("case") && a.get("text") == b.get("text")) {
        let wanted: Vec<String> = case.iter().map(wanted).filter(|row| !row.is_empty()).collect();
        let document = Document::new("case", case[0].get("text").replace("\\n", "\n"));
        let analysis = analyze(&document, &seeds);
        let found: Vec<String> = analysis.claims.iter().map(|claim| found(claim, &document)).collect();
        if found != wanted {
            let (case, wanted, found) = (
                case[0].get("case"),
                wanted.join("\n         "),
                found.join("\n         "),
            );
            problems.push(format!("{case}\n  wanted {wanted}\n  found  {found}"));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The cells of a row, empty where the row says that there is no claim.
fn wanted(row: &Row) -> String {
    match row.get("figure") {
        "" => String::new(),
        _ => COLUMNS.map(|column| row.get(column)).join(" | "),
    }
}

fn found(claim: &Claim, document: &Document) -> String {
    let bound = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
    let values: Vec<String> = claim.values.iter().map(f64::to_string).collect();
    let cells = [
        document.at(claim.span).to_owned(),
        values.join(";"),
        bound(claim.low),
        bound(claim.high),
        claim.comparison.name().to_owned(),
        claim.unit.to_string(),
        claim.category.name().to_owned(),
        claim.what.map(|what| document.at(what).to_owned()).unwrap_or_default(),
    ];
    cells.join(" | ")
}
