//! Rows of `fixtures/mentions.csv`: a text, and its mentions with `¦` between them, each as `words[tail]=whom`.

use onrecord::Analysis;
use onrecord::seeds::{Seeds, Table};
use onrecord::text::Document;

#[test]
fn every_text_has_the_mentions_of_its_row() {
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    let csv = include_str!("../../fixtures/mentions.csv");
    let table = Table::read("fixtures/mentions.csv", csv, &["case", "text", "mentions", "note"]).expect("a table");
    let mut problems = Vec::new();
    for row in table.rows() {
        let document = Document::new("case", row.get("text").replace("\\n", "\n"));
        let got = written(&onrecord::analyze(&document, &seeds));
        let wanted = row.get("mentions");
        if got != wanted {
            problems.push(format!("{}\n  wanted {wanted}\n  got    {got}", row.get("case")));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

fn written(analysis: &Analysis) -> String {
    let (page, mentions) = (&analysis.page, &analysis.mentions);
    let one = |(index, m): (usize, &onrecord::mentions::Mention)| {
        let tail = m.tail.map_or(String::new(), |tail| format!("[{}]", page.at(tail)));
        let whom = mentions
            .resolve(index)
            .map_or(String::new(), |r| mentions.entities[r.entity].name(page));
        format!("{}{tail}={whom}", page.at(m.span))
    };
    let all: Vec<String> = mentions.list.iter().enumerate().map(one).collect();
    all.join(" ¦ ")
}
