//! `seeds/rules.csv`: each rule finds what its example says, and leaves its counterexample alone.

use onrecord::analyze;
use onrecord::seeds::{Seeds, Table};
use onrecord::text::Document;

#[test]
fn every_rule_finds_its_example_and_leaves_its_counterexample() {
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    let table = Table::read(
        "seeds/rules.csv",
        include_str!("../../seeds/rules.csv"),
        &["rule", "example", "finds", "never", "note"],
    )
    .expect("the catalogue is a table");
    let mut problems = Vec::new();
    for row in table.rows() {
        let rule = row.get("rule");
        let found = |text: &str| -> Vec<String> {
            let document = Document::new("example", text.replace("\\n", "\n"));
            let analysis = analyze(&document, &seeds);
            let of_rule = analysis.findings().filter(|f| f.rule == rule);
            of_rule.map(|f| document.at(f.span).to_owned()).collect()
        };
        let got = found(row.get("example"));
        let wanted = row.get("finds").replace("\\n", "\n");
        if !got.contains(&wanted) {
            problems.push(format!("{rule}: example should give {wanted:?}, gives {got:?}"));
        }
        let never = row.get("never");
        if never.is_empty() {
            problems.push(format!("{rule}: no counterexample"));
        } else if !found(never).is_empty() {
            problems.push(format!("{rule}: fires on its counterexample: {:?}", found(never)));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}
