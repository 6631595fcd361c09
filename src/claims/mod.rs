//! Numbers, units, what is counted, and who asserts it.
//!
//! Needs the words, sentences and quotations, gives [`Claim`]s in text order, without overlap. In doubt a number is no claim.

use crate::seeds::Seeds;
use crate::sentences::Sentence;
use crate::speakers::Quotation;
use crate::text::Span;
use crate::words::Page;

/// How the figure stands to the truth it states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// Just this number.
    Exact,
    /// about, roughly, nearly
    About,
    /// over, more than
    MoreThan,
    /// at least, or more
    AtLeast,
    /// under, fewer than
    LessThan,
    /// up to, as many as
    AtMost,
    /// a range
    Between,
}

/// What sort of quantity it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Category {
    Count,
    Money,
    Percent,
    Fraction,
    Multiple,
    Duration,
    Age,
    Length,
    Area,
    Volume,
    Mass,
    Speed,
    Temperature,
    Energy,
    Data,
    Rate,
    Other,
}

/// A figure asserted about the world.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The words of the figure, hedge, unit and counted noun included.
    pub span: Span,
    /// The numbers stated, in order, in base units of what is written; empty where only a bound is stated.
    pub values: Vec<f64>,
    /// Lower bound stated.
    pub low: Option<f64>,
    /// Upper bound stated.
    pub high: Option<f64>,
    /// How the figure stands to the truth.
    pub comparison: Comparison,
    /// Canonical unit; empty for a plain count.
    pub unit: String,
    /// Sort of quantity.
    pub category: Category,
    /// The noun phrase counted or measured: a place in the text.
    pub what: Option<Span>,
    /// Index of the innermost quotation it stands in, whose speaker asserts it.
    pub quotation: Option<usize>,
    /// Probability that the row is right, 0 to 1.
    pub confidence: f32,
    /// The rule that found it.
    pub rule: &'static str,
}

/// Finds the numeric claims of a page.
pub fn find(_page: &Page, _sentences: &[Sentence], _quotations: &[Quotation], _seeds: &Seeds) -> Vec<Claim> {
    Vec::new()
}
