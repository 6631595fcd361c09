//! Which mention said which words: attribution of marked passages, and reported speech without marks.
//!
//! Needs all findings to its left, gives [`Quotation`]s in text order. In doubt the speaker stays empty.

use crate::mentions::Mentions;
use crate::quotes::Marked;
use crate::seeds::Seeds;
use crate::sentences::Sentence;
use crate::text::Span;
use crate::words::Page;

/// What share of a quotation stands in marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuoteKind {
    /// A whole clause or more in marks.
    Direct,
    /// A reported clause of which some words stand in marks, or a quoted fragment in the writer's clause.
    Mixed,
    /// Reported without marks.
    Indirect,
    /// Quoted words that are nobody's statement.
    Term,
}

/// How the speaker was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResolvedBy {
    /// A name stands there.
    Name,
    /// An office: "the secretary".
    Role,
    /// he, she, they.
    Pronoun,
    /// The speaker of the words before goes on.
    Continuation,
    /// An unnamed source or organisation, as written.
    Source,
    /// Nobody was found.
    None,
}

/// Reported words and who is on record for them.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// The reported words, marks included.
    pub span: Span,
    /// direct, mixed, indirect or term.
    pub kind: QuoteKind,
    /// The words inside marks, without the marks, in order.
    pub verbatim: Vec<Span>,
    /// Canonical name of who is on record.
    pub speaker: Option<String>,
    /// The mention's words ("he"), and where they stand.
    pub speaker_span: Option<Span>,
    /// Title or description given at that mention.
    pub role: Option<Span>,
    /// The words that report.
    pub cue: Option<Span>,
    /// How the speaker was found.
    pub resolved_by: ResolvedBy,
    /// Probability that words and speaker are right, 0 to 1.
    pub confidence: f32,
    /// Index of the quotation this one goes on from.
    pub continues: Option<usize>,
    /// The rule that found it.
    pub rule: &'static str,
}

/// Finds the quotations of a page.
pub fn find(
    _page: &Page,
    _sentences: &[Sentence],
    _marked: &[Marked],
    _mentions: &Mentions,
    _seeds: &Seeds,
) -> Vec<Quotation> {
    Vec::new()
}
