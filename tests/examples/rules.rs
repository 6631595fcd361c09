//! `seeds/rules.csv`: each rule finds what its example says, and leaves its counterexample alone; no rule without a row.

use onrecord::catalogue;
use onrecord::seeds::{Seeds, Table};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_rule_finds_its_example_and_leaves_its_counterexample() {
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    let rules = include_str!("../../seeds/rules.csv");
    let checked = catalogue::check(&seeds, "seeds/rules.csv", rules).expect("the catalogue is a table");
    assert!(checked.problems.is_empty(), "\n{}", checked.problems.join("\n"));
}

/// Every rule by its name as the source spells it: `"stage/what-it-sees"`.
fn rules_in_source() -> BTreeSet<String> {
    const STAGES: [&str; 5] = ["sentences/", "quotes/", "mentions/", "speakers/", "claims/"];
    let is_name = |text: &&str| {
        let letters = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        STAGES.iter().any(|stage| text.strip_prefix(stage).is_some_and(letters))
    };
    let mut names = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the source is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let source = std::fs::read_to_string(&path).expect("source is text");
                names.extend(source.split('"').filter(is_name).map(str::to_owned));
            }
        }
    }
    names
}

#[test]
fn every_rule_of_the_source_has_one_row_and_every_row_its_rule() {
    let table = Table::read("seeds/rules.csv", include_str!("../../seeds/rules.csv"), &["rule"]);
    let table = table.expect("the catalogue is a table");
    let listed: Vec<String> = table.rows().map(|row| row.get("rule").to_owned()).collect();
    let rows: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(rows.len(), listed.len(), "a rule is listed twice");
    let source = rules_in_source();
    let without_row: Vec<_> = source.difference(&rows).collect();
    let without_rule: Vec<_> = rows.difference(&source).collect();
    assert!(without_row.is_empty(), "no row for {without_row:?}");
    assert!(without_rule.is_empty(), "no rule {without_rule:?}");
}
