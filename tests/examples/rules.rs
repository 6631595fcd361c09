//! `seeds/rules.csv`: each rule finds what its example says, and leaves its counterexample alone.

use onrecord::catalogue;
use onrecord::seeds::Seeds;

#[test]
fn every_rule_finds_its_example_and_leaves_its_counterexample() {
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    let rules = include_str!("../../seeds/rules.csv");
    let checked = catalogue::check(&seeds, "seeds/rules.csv", rules).expect("the catalogue is a table");
    assert!(checked.problems.is_empty(), "\n{}", checked.problems.join("\n"));
}
