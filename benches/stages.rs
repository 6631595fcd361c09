//! Throughput of each stage and of the whole, by size of the text: `cargo bench`.
//!
//! The text is strung together from our own sentences, so that it holds names, quotations, figures and abbreviations in the
//! proportion of news, and may be as long as wanted. One article repeated shows caches warm; many articles show the cost of
//! beginning anew.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use onrecord::seeds::Seeds;
use onrecord::tables::rows::Described;
use onrecord::tables::{Table, csv};
use onrecord::text::Document;
use onrecord::words::Page;
use onrecord::{analyze, claims, mentions, quotes, sentences, speakers};
use std::sync::LazyLock;

/// Bytes of one article, from a brief to a book.
const SIZES: [usize; 3] = [3_000, 100_000, 2_000_000];

static SEEDS: LazyLock<Seeds> = LazyLock::new(|| Seeds::built_in().expect("built-in seeds are right"));

fn main() {
    LazyLock::force(&SEEDS);
    divan::main();
}

/// Sentences that stand in the news every day; `{}` takes a name.
const SENTENCES: [&str; 12] = [
    "The harbour board approved the $4.2 million plan on Tuesday, after two years of talks.",
    "“We have waited long enough,” said {}, who chairs the board.",
    "Critics, among them {}, said the work would close the pier for 90 days.",
    "{} told reporters that about 60 jobs depend on it.",
    "“Nobody asked us,” {} added. “Not once.”",
    "The U.S. Coast Guard and the state had warned of delays.",
    "Traffic fell 12 percent in March, according to the port.",
    "Mr. Alder, a former mayor, declined to comment.",
    "It was not clear who would pay for the “temporary” bridge.",
    "In a statement, {} called the vote a mistake.",
    "Ferries run from 6 a.m. to 9 p.m., and fares stay at $3.50.",
    "Asked whether the pier is safe, {} shrugged: “Ask the engineers.”",
];

const NAMES: [&str; 8] = [
    "Maria Ostrom",
    "Ben Alder",
    "Ines Okafor",
    "Tom Wexler",
    "Joan Marlow",
    "Sen. Lee Poe",
    "Ruth Hale",
    "Omar Field",
];

/// An article of at least `bytes` bytes; `seed` chooses its sentences.
fn article(bytes: usize, seed: usize) -> Document {
    let mut text = String::with_capacity(bytes + 200);
    let mut i = seed;
    while text.len() < bytes {
        i = i
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let chosen = i >> 33;
        text.push_str(&SENTENCES[chosen % SENTENCES.len()].replace("{}", NAMES[chosen / 16 % NAMES.len()]));
        text.push_str(if (chosen / 256).is_multiple_of(3) { "\n\n" } else { " " });
    }
    Document::new(format!("article-{seed}"), text)
}

#[divan::bench(args = SIZES)]
fn words_of_one(bencher: Bencher, bytes: usize) {
    let document = article(bytes, 1);
    let bencher = bencher.counter(BytesCount::of_str(&document.text));
    bencher.bench_local(|| Page::new(black_box(&document), &SEEDS.vocabulary));
}

#[divan::bench(args = SIZES)]
fn sentences_of_one(bencher: Bencher, bytes: usize) {
    let document = article(bytes, 1);
    let page = Page::new(&document, &SEEDS.vocabulary);
    let bencher = bencher.counter(BytesCount::of_str(&document.text));
    bencher.bench_local(|| sentences::find(black_box(&page), &SEEDS));
}

#[divan::bench(args = SIZES)]
fn quotes_of_one(bencher: Bencher, bytes: usize) {
    let document = article(bytes, 1);
    let page = Page::new(&document, &SEEDS.vocabulary);
    let found = sentences::find(&page, &SEEDS);
    let bencher = bencher.counter(BytesCount::of_str(&document.text));
    bencher.bench_local(|| quotes::find(black_box(&page), &found, &SEEDS));
}

#[divan::bench(args = SIZES)]
fn mentions_of_one(bencher: Bencher, bytes: usize) {
    let document = article(bytes, 1);
    let found = analyze(&document, &SEEDS);
    let bencher = bencher.counter(BytesCount::of_str(&document.text));
    bencher.bench_local(|| mentions::find(black_box(&found.page), &found.sentences, &found.marked, &SEEDS));
}

#[divan::bench(args = SIZES)]
fn speakers_of_one(bencher: Bencher, bytes: usize) {
    let document = article(bytes, 1);
    let found = analyze(&document, &SEEDS);
    let bencher = bencher.counter(BytesCount::of_str(&document.text));
    bencher.bench_local(|| {
        speakers::find(
            black_box(&found.page),
            &found.sentences,
            &found.marked,
            &found.mentions,
            &SEEDS,
        )
    });
}

#[divan::bench(args = SIZES)]
fn claims_of_one(bencher: Bencher, bytes: usize) {
    let document = article(bytes, 1);
    let found = analyze(&document, &SEEDS);
    let bencher = bencher.counter(BytesCount::of_str(&document.text));
    bencher.bench_local(|| claims::find(black_box(&found.page), &found.sentences, &found.quotations, &SEEDS));
}

#[divan::bench(args = SIZES)]
fn rows_of_one(bencher: Bencher, bytes: usize) {
    let document = article(bytes, 1);
    let found = analyze(&document, &SEEDS);
    let bencher = bencher.counter(BytesCount::of_str(&document.text));
    bencher.bench_local(|| {
        let described = Described::new(&document, black_box(&found));
        let writer = |table: Table, out: Vec<u8>| {
            csv::RowWriter::new(out, table.columns(), described.name(), csv::Dialect::Spreadsheet)
        };
        let mut quotes = writer(Table::Quotes, Vec::new());
        described.write_quotes(|_| true, &mut quotes, csv::RowWriter::end_row);
        let mut claims = writer(Table::Claims, quotes.take());
        described.write_claims(|_| true, &mut claims, csv::RowWriter::end_row);
        claims.take()
    });
}

#[divan::bench(args = SIZES)]
fn whole_of_one(bencher: Bencher, bytes: usize) {
    let document = article(bytes, 1);
    let bencher = bencher.counter(BytesCount::of_str(&document.text));
    bencher.bench_local(|| analyze(black_box(&document), &SEEDS));
}

#[divan::bench(args = [10, 1000])]
fn whole_of_many(bencher: Bencher, count: usize) {
    let articles: Vec<Document> = (1..=count).map(|seed| article(SIZES[0], seed)).collect();
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    let bencher = bencher.counter(BytesCount::new(bytes));
    bencher.bench_local(|| {
        articles
            .iter()
            .map(|a| analyze(a, &SEEDS).quotations.len())
            .sum::<usize>()
    });
}

#[divan::bench]
fn seeds() -> Seeds {
    Seeds::built_in().expect("built-in seeds are right")
}
