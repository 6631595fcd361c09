//! What the two tests that hold the tool to hand-made gold count alike: words, who is the same speaker, which row answers
//! which row of the gold.
//!
//! The counts are those of the scorer that judges the tool: a span is a set of words, an indirect quotation is found where half
//! of the words of both are shared, a marked one must hold nearly all of them.

use onrecord::claims::Claim;
use onrecord::seeds::{Row, Table};
use onrecord::speakers::{Quotation, QuoteKind};
use onrecord::text::Span;
use std::ops::Range;

/// Where the words of a text begin: a run of letters and digits, with the digits after a point or comma inside it.
#[derive(Debug)]
pub struct Words(Vec<u32>);

impl Words {
    /// Cuts a text.
    pub fn new(text: &str) -> Self {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let mut starts = Vec::new();
        let mut before = [' ', ' '];
        for (at, c) in text.char_indices() {
            let inside = is_word(before[1]) || (".,".contains(before[1]) && is_word(before[0]) && c.is_ascii_digit());
            if is_word(c) && !inside {
                starts.push(at as u32);
            }
            before = [before[1], c];
        }
        Words(starts)
    }

    /// The numbers of the words that begin in a span.
    pub fn within(&self, span: Span) -> Range<usize> {
        self.0.partition_point(|&w| w < span.start)..self.0.partition_point(|&w| w < span.end)
    }
}

/// How many words two runs share.
pub fn shared(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// True where a speaker is one of the gold's, ignoring case, a leading article and the shape of apostrophes.
pub fn same(got: &str, gold: &str) -> bool {
    gold.split('|').any(|one| folded(one) == folded(got))
}

fn folded(name: &str) -> String {
    let name = name.trim().to_lowercase().replace(['’', '‘'], "'");
    let short = ["the ", "a ", "an "]
        .iter()
        .find_map(|article| name.strip_prefix(article));
    short.map_or(name.clone(), |rest| rest.trim_start().to_owned())
}

/// The share of all words of both that a row and a row of the gold have in common, where the row answers the gold's.
pub fn answers(gold_kind: &str, gold: &Range<usize>, kind: QuoteKind, row: &Range<usize>) -> Option<f64> {
    let both = shared(gold, row);
    let share = both as f64 / (gold.len() + row.len() - both).max(1) as f64;
    let holds = both == gold.len();
    let marked = matches!(kind, QuoteKind::Direct | QuoteKind::Mixed);
    let right = match gold_kind {
        "direct" => marked && (share >= 0.8 || (holds && kind == QuoteKind::Direct)),
        "mixed" => marked && holds,
        _ => kind != QuoteKind::Term && (share >= 0.5 || (holds && row.len() < 2 * gold.len())),
    };
    (right && both > 0).then_some(share)
}

/// The row that answers a row of the gold best: one with the right speaker before one that shares more words.
pub fn best<'q>(
    kind: &str,
    gold: &Range<usize>,
    speaker: &str,
    quotations: &'q [Quotation],
    words: &Words,
) -> Option<&'q Quotation> {
    let answering = quotations.iter().filter_map(|q| {
        let share = answers(kind, gold, q.kind, &words.within(q.span))?;
        Some((same(q.speaker.as_deref().unwrap_or(""), speaker), share, q))
    });
    let better = |a: &(bool, f64, _), b: &(bool, f64, _)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1));
    answering.max_by(better).map(|(_, _, q)| q)
}

/// True for a row that stands on nothing in the gold: a marked one shares no word with any row, an indirect one less than half.
pub fn is_false(quotation: &Quotation, gold: &[Range<usize>], words: &Words) -> bool {
    let row = words.within(quotation.span);
    let indirect = quotation.kind == QuoteKind::Indirect;
    !gold.iter().any(|g| {
        let both = shared(g, &row);
        both > 0 && (!indirect || both * 2 >= row.len() || both * 2 >= g.len())
    })
}

/// The numbers of a cell, between semicolons.
pub fn numbers(cell: &str) -> Vec<f64> {
    cell.split(';').filter_map(|n| n.trim().parse().ok()).collect()
}

/// True for numbers that differ by no more than a rounding.
pub fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0)
}

/// The claim that stands on a figure of the gold and holds its values, or its low where the gold has no values.
pub fn claim_with_values<'c>(gold: &Row, place: Span, claims: &'c [Claim]) -> Option<&'c Claim> {
    let (values, low) = (numbers(gold.get("values")), numbers(gold.get("low")));
    claims
        .iter()
        .filter(|c| c.span.overlaps(place))
        .find(|c| match &values[..] {
            [] => c.low.zip(low.first()).is_some_and(|(a, &b)| close(a, b)),
            values => values.iter().all(|&v| c.values.iter().any(|&got| close(got, v))),
        })
}

/// Reads a table, or stops with the reason.
pub fn table(name: &str, text: &str, columns: &[&str]) -> Table {
    match Table::read(name, text, columns) {
        Ok(table) => table,
        Err(error) => panic!("{error}"),
    }
}
