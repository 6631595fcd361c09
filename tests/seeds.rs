//! The five articles that the tool was made for, against their gold.
//!
//! The articles and the gold belong to others and are not in the repository: they are looked for in `../shared`, or where
//! `ONRECORD_SHARED` says. Without them the test passes and says so in one line; with `CI=true` it fails.
//! `seeds/articles.csv` names the articles and what their gold holds.

// A test that did not run, and figures on request, are said where tests say things.
#![allow(clippy::print_stdout)]

mod gold;

use gold::{Words, best, claim_with_values, is_false, same, table};
use onrecord::Analysis;
use onrecord::analyze;
use onrecord::claims::Claim;
use onrecord::seeds::{Row, Seeds, Table};
use onrecord::speakers::QuoteKind;
use onrecord::tables::rows::Described;
use onrecord::tables::{self, Cell, Filled};
use onrecord::text::{Document, Span};
use sha2::{Digest, Sha256};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Once;

/// A figure of all five articles together: what it is today, which must not get worse, and the bar that it must reach.
struct Figure {
    name: &'static str,
    of: fn(&Counts) -> usize,
    today: Limit,
    bar: Limit,
}

#[derive(Debug, Clone, Copy)]
enum Limit {
    AtLeast(usize),
    AtMost(usize),
}

use Limit::{AtLeast, AtMost};

/// What the five articles must show. `today` is pinned so that nothing gets worse unseen: tighten it as the tool gets better,
/// until it is the bar. `cargo test --test seeds -- --nocapture` prints all figures and every wrong row.
#[rustfmt::skip]
const FIGURES: &[Figure] = &[
    Figure { name: "direct and mixed with the right speaker, of 70", of: |c| c.marked, today: AtLeast(70), bar: AtLeast(70) },
    Figure { name: "false marked rows", of: |c| c.false_marked, today: AtMost(0), bar: AtMost(0) },
    Figure { name: "indirect with the right speaker, of 33", of: |c| c.indirect, today: AtLeast(30), bar: AtLeast(30) },
    Figure { name: "false indirect rows", of: |c| c.false_indirect, today: AtMost(5), bar: AtMost(5) },
    Figure { name: "claims with the right values, of 24", of: |c| c.claims, today: AtLeast(24), bar: AtLeast(24) },
    Figure { name: "of these, with another comparison", of: |c| c.other_comparison, today: AtMost(0), bar: AtMost(0) },
    Figure { name: "of these, with another speaker", of: |c| c.other_speaker, today: AtMost(1), bar: AtMost(1) },
    Figure { name: "of these, with another noun or unit", of: |c| c.other_what, today: AtMost(1), bar: AtMost(1) },
    Figure { name: "false claims", of: |c| c.false_claims, today: AtMost(0), bar: AtMost(1) },
    Figure { name: "cells that differ from the text at their positions", of: |c| c.cells, today: AtMost(0), bar: AtMost(0) },
];

/// Said once, however many tests look.
static SAID: Once = Once::new();

/// What was counted.
#[derive(Debug, Default)]
struct Counts {
    marked: usize,
    false_marked: usize,
    indirect: usize,
    false_indirect: usize,
    claims: usize,
    other_comparison: usize,
    other_speaker: usize,
    other_what: usize,
    false_claims: usize,
    cells: usize,
    /// What was missed, wrong or false, a line each.
    remarks: Vec<String>,
}

#[test]
fn the_five_articles_against_their_gold() {
    let Some(shared) = Shared::find() else { return };
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    let mut counts = Counts::default();
    for row in listed().rows() {
        let article = shared.article(row.get("file"));
        let analysis = analyze(&article.document, &seeds);
        article.quotations(&analysis, &mut counts);
        article.claims(&analysis, &mut counts);
        counts.cells += cells_that_differ(&article.document, &analysis);
    }
    let lines: Vec<String> = FIGURES.iter().map(|figure| figure.line(&counts)).collect();
    let report = format!("\n{}\n{}", lines.join("\n"), counts.remarks.join("\n"));
    let worse = FIGURES.iter().any(|f| !f.today.holds((f.of)(&counts)));
    assert!(!worse, "{report}");
    println!("{report}");
}

#[test]
fn the_five_articles_are_the_ones_listed_and_cut_into_the_right_sentences() {
    let Some(shared) = Shared::find() else { return };
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    let mut problems = Vec::new();
    for row in listed().rows() {
        let file = row.get("file");
        let article = shared.article(file);
        for (column, wanted) in article.facts() {
            if row.get(column) != wanted {
                problems.push(format!("{file}: seeds/articles.csv: {column} should be {wanted}"));
            }
        }
        let wanted = shared.sentences(&article);
        let got: Vec<Span> = analyze(&article.document, &seeds)
            .sentences
            .iter()
            .map(|s| s.span)
            .collect();
        let differs = |a: &[Span], b: &[Span]| a.iter().filter(|s| !b.contains(s)).count();
        if got != wanted || row.get("sentences") != wanted.len().to_string() {
            let (missed, more) = (differs(&wanted, &got), differs(&got, &wanted));
            let listed = row.get("sentences");
            problems.push(format!(
                "{file}: {} sentences, {listed} listed, {missed} missed, {more} others",
                got.len()
            ));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

fn listed() -> Table {
    let columns = [
        "file",
        "sha256",
        "sentences",
        "direct",
        "mixed",
        "indirect",
        "claims",
        "note",
    ];
    table("seeds/articles.csv", include_str!("../seeds/articles.csv"), &columns)
}

impl Limit {
    fn holds(self, count: usize) -> bool {
        match self {
            AtLeast(least) => count >= least,
            AtMost(most) => count <= most,
        }
    }
}

impl Figure {
    fn line(&self, counts: &Counts) -> String {
        let count = (self.of)(counts);
        let state = match () {
            () if !self.today.holds(count) => "WORSE",
            () if !self.bar.holds(count) => "below the bar",
            () => "reaches the bar",
        };
        format!(
            "{count:3} {}: {state} (today {:?}, bar {:?})",
            self.name, self.today, self.bar
        )
    }
}

/// The folder of the articles and their gold.
struct Shared {
    folder: PathBuf,
    quotes: Table,
    claims: Table,
}

impl Shared {
    fn find() -> Option<Shared> {
        let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
        let folder = std::env::var_os("ONRECORD_SHARED").map_or_else(beside, PathBuf::from);
        if !folder.join("seeds").is_dir() || !folder.join("gold").is_dir() {
            let in_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
            assert!(!in_ci, "{} is not there", folder.display());
            SAID.call_once(|| println!("not run: {} is not there", folder.display()));
            return None;
        }
        let place = ["document", "start", "end", "required", "speaker", "text"];
        let gold = |file: &str| table(file, &read(&folder.join(file)), &place);
        Some(Shared {
            quotes: gold("gold/quotes.csv"),
            claims: gold("gold/claims.csv"),
            folder,
        })
    }

    fn article(&self, file: &str) -> Article<'_> {
        let text = read(&self.folder.join("seeds").join(file));
        let mut bytes: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).collect();
        bytes.push(text.len() as u32);
        Article {
            words: Words::new(&text),
            document: Document::new(file, text),
            quotes: self.quotes.rows().filter(|row| row.get("document") == file).collect(),
            claims: self.claims.rows().filter(|row| row.get("document") == file).collect(),
            bytes,
        }
    }

    fn sentences(&self, article: &Article) -> Vec<Span> {
        let lines = read(&self.folder.join("suites/sentences/seeds.jsonl"));
        let mut cases = lines
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a case"));
        let case = cases.rfind(|case| case["id"] == *article.document.name);
        let case = case.unwrap_or_default();
        let place = |offsets: &serde_json::Value| {
            let at = |end: usize| article.byte(&offsets[end].to_string());
            Span::new(at(0), at(1))
        };
        case["offsets"]
            .as_array()
            .map(|all| all.iter().map(place).collect())
            .unwrap_or_default()
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// An article and the rows of the gold that are about it.
struct Article<'g> {
    document: Document,
    words: Words,
    quotes: Vec<Row<'g>>,
    claims: Vec<Row<'g>>,
    /// The byte at which each code point begins, and the end.
    bytes: Vec<u32>,
}

impl Article<'_> {
    /// What `seeds/articles.csv` says of it.
    fn facts(&self) -> [(&'static str, String); 5] {
        let hash = Sha256::digest(self.document.text.as_bytes());
        let hash = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let of_kind = |kind: &str| {
            let rows = self.quotes.iter().filter(|row| row.get("kind") == kind);
            rows.filter(|row| row.get("required") == "1").count().to_string()
        };
        let claims = self.claims.iter().filter(|row| row.get("required") == "1").count();
        [
            ("sha256", hash),
            ("direct", of_kind("direct")),
            ("mixed", of_kind("mixed")),
            ("indirect", of_kind("indirect")),
            ("claims", claims.to_string()),
        ]
    }

    fn byte(&self, cell: &str) -> u32 {
        let count: usize = cell
            .parse()
            .unwrap_or_else(|_| panic!("{cell:?} is no count of code points"));
        self.bytes[count]
    }

    fn place(&self, row: &Row) -> Span {
        Span::new(self.byte(row.get("start")), self.byte(row.get("end")))
    }

    /// A line about a row or a finding.
    fn remark(&self, wrong: &str, span: Span) -> String {
        let words: Vec<&str> = self.document.at(span).split_whitespace().collect();
        let words: String = words.join(" ").chars().take(100).collect();
        format!("{}:{} {wrong}: {words}", self.document.name, span.start)
    }

    fn quotations(&self, analysis: &Analysis, counts: &mut Counts) {
        let places: Vec<Range<usize>> = self
            .quotes
            .iter()
            .map(|row| self.words.within(self.place(row)))
            .collect();
        for (row, gold) in self
            .quotes
            .iter()
            .zip(&places)
            .filter(|(row, _)| row.get("required") == "1")
        {
            let (kind, speaker) = (row.get("kind"), row.get("speaker"));
            let found = best(kind, gold, speaker, &analysis.quotations, &self.words);
            let got = found.map(|q| q.speaker.as_deref().unwrap_or(""));
            match (got.is_some_and(|got| same(got, speaker)), kind) {
                (true, "indirect") => counts.indirect += 1,
                (true, _) => counts.marked += 1,
                (false, _) => {
                    let wrong = format!("{kind} of {speaker}, given {got:?}");
                    counts.remarks.push(self.remark(&wrong, self.place(row)));
                }
            }
        }
        for row in analysis.quotations.iter().filter(|q| q.kind != QuoteKind::Term) {
            if !is_false(row, &places, &self.words) {
                continue;
            }
            match row.kind {
                QuoteKind::Indirect => counts.false_indirect += 1,
                _ => counts.false_marked += 1,
            }
            let wrong = format!("false, {:?} by {:?}", row.kind, row.speaker);
            counts.remarks.push(self.remark(&wrong, row.span));
        }
    }

    fn claims(&self, analysis: &Analysis, counts: &mut Counts) {
        for row in self.claims.iter().filter(|row| row.get("required") == "1") {
            let place = self.place(row);
            match claim_with_values(row, place, &analysis.claims) {
                Some(claim) => self.claim(row, claim, analysis, counts),
                None => counts.remarks.push(self.remark("claim missed", place)),
            }
        }
        for claim in &analysis.claims {
            let mut on = self.claims.iter().filter(|row| self.place(row).overlaps(claim.span));
            if on.all(|row| row.get("required") == "-1") {
                counts.false_claims += 1;
                counts.remarks.push(self.remark("false claim", claim.span));
            }
        }
    }

    /// Counts the cells of a claim whose values are right.
    fn claim(&self, gold: &Row, claim: &Claim, analysis: &Analysis, counts: &mut Counts) {
        counts.claims += 1;
        let speaker = claim
            .quotation
            .and_then(|q| analysis.quotations[q].speaker.as_deref())
            .unwrap_or("");
        let noun = gold
            .get("what")
            .split(|c: char| !c.is_alphanumeric())
            .rfind(|word| !word.is_empty());
        let mut wanted = [noun.unwrap_or(""), gold.get("unit")]
            .into_iter()
            .filter(|word| !word.is_empty())
            .peekable();
        let what = claim.what.map_or("", |what| self.document.at(what));
        let have = format!("{what} {} {}", claim.unit, self.document.at(claim.span)).to_lowercase();
        let right_what =
            wanted.peek().is_none() || wanted.any(|word| have.contains(word.to_lowercase().trim_end_matches('s')));
        let checks = [
            (
                claim.comparison.name() == gold.get("comparison"),
                &mut counts.other_comparison,
                claim.comparison.name(),
            ),
            (same(speaker, gold.get("speaker")), &mut counts.other_speaker, speaker),
            (right_what, &mut counts.other_what, what),
        ];
        for (right, count, gives) in checks {
            if !right {
                *count += 1;
                counts
                    .remarks
                    .push(self.remark(&format!("claim given {gives:?}"), claim.span));
            }
        }
    }
}

/// Cells that are not the text at the positions of their row.
fn cells_that_differ(document: &Document, analysis: &Analysis) -> usize {
    let described = Described::new(document, analysis);
    let mut rows = Vec::new();
    described.quotes(
        |_| true,
        |row| rows.push(cell_at_place(tables::Table::Quotes, "quote", &row)),
    );
    described.claims(
        |_| true,
        |row| rows.push(cell_at_place(tables::Table::Claims, "figure", &row)),
    );
    let at = |start: u64, end: u64| {
        let chars = document.text.chars().skip(start as usize);
        chars.take(end.saturating_sub(start) as usize).collect::<String>()
    };
    rows.iter()
        .filter(|(words, start, end)| at(*start, *end) != *words)
        .count()
}

/// The words of a row and the positions that it names.
fn cell_at_place(table: tables::Table, words: &str, row: &[Cell]) -> (String, u64, u64) {
    let cell = |name: &str| {
        let columns = table.columns().iter().filter(|c| c.filled != Filled::Reviewer);
        columns
            .zip(row)
            .find(|(column, _)| column.name == name)
            .map(|(_, cell)| cell)
    };
    let position = |name| match cell(name) {
        Some(Cell::Whole(position)) => *position,
        _ => 0,
    };
    let words = match cell(words) {
        Some(Cell::Text(words)) => words.to_string(),
        _ => String::new(),
    };
    (words, position("start_char"), position("end_char"))
}
