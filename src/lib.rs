//! Who is on record saying what, and which figures they put their name to.
//!
//! ```text
//! read ─▶ words ─▶ sentences ─▶ quotes ─▶ mentions ─▶ speakers ─▶ claims ─▶ tables
//! ```
//!
//! Data moves one way. A stage takes the page, the findings to its left and the seeds, and returns new findings in text order;
//! it changes nothing, reads no file and cannot fail. A finding is a [`text::Span`] and the rule that made it, never a copy of
//! the text. The text is cut into words once ([`words::Page`]), and every stage looks at those words.
//!
//! | to find | look in |
//! |---|---|
//! | a word list, the roster, the catalogue of rules | `seeds/*.csv`, read by [`seeds`] |
//! | how words and paragraphs are cut | [`words`] |
//! | where sentences end | [`sentences`] |
//! | which quotation marks belong together | [`quotes`] |
//! | who is named where | [`mentions`] |
//! | who said it, and reported speech | [`speakers`] |
//! | numbers, units, what is counted | [`claims`] |
//! | files and folders to documents | [`read`] |
//! | rows, column names, files written | [`tables`] |
//! | many documents in order, on several cores | [`batch`] |
//! | the rules run on their own examples | [`catalogue`] |
//! | how often rows are right, by a team's own reviewing | [`score`] |
//! | lists that the next document fills again, answers told before | `spare`, `memo` |

pub mod batch;
pub mod catalogue;
pub mod claims;
pub mod error;
pub mod laws;
mod memo;
pub mod mentions;
pub mod quotes;
pub mod read;
pub mod score;
pub mod seeds;
pub mod sentences;
mod spare;
pub mod speakers;
pub mod tables;
pub mod text;
pub mod words;

use seeds::Seeds;
use text::Document;
use words::Page;

/// Everything found in one document.
#[derive(Debug)]
pub struct Analysis<'d> {
    /// The document cut into words and paragraphs.
    pub page: Page<'d>,
    /// Its sentences.
    pub sentences: Vec<sentences::Sentence>,
    /// The passages between marks.
    pub marked: Vec<quotes::Marked>,
    /// Who is named where.
    pub mentions: mentions::Mentions,
    /// The quotations with their speakers.
    pub quotations: Vec<speakers::Quotation>,
    /// The numeric claims.
    pub claims: Vec<claims::Claim>,
}

/// One finding of any stage: where, and by which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// Its place.
    pub span: text::Span,
    /// The rule that found it; it begins with the stage's name.
    pub rule: &'static str,
}

impl Analysis<'_> {
    /// Every finding of every stage, for the catalogue of rules and its tests.
    pub fn findings(&self) -> impl Iterator<Item = Finding> {
        let finding = |span, rule| Finding { span, rule };
        let sentences = self.sentences.iter().map(move |s| finding(s.span, s.rule));
        let marked = self.marked.iter().map(move |m| finding(m.span, m.rule));
        let mentions = self.mentions.list.iter().map(move |m| finding(m.span, m.rule));
        let quotations = self.quotations.iter().map(move |q| finding(q.span, q.rule));
        let claims = self.claims.iter().map(move |c| finding(c.span, c.rule));
        sentences.chain(marked).chain(mentions).chain(quotations).chain(claims)
    }

    /// Gives back the lists of an analysis that nobody needs any more: the next one of the thread fills them again.
    pub(crate) fn give_back(self) {
        words::keep(self.page);
        sentences::keep(self.sentences);
        quotes::keep(self.marked);
        mentions::keep(self.mentions);
        speakers::keep(self.quotations);
        claims::keep(self.claims);
    }
}

/// Runs every stage over a document.
pub fn analyze<'d>(document: &'d Document, seeds: &Seeds) -> Analysis<'d> {
    let page = Page::new(document, &seeds.vocabulary);
    let sentences = sentences::find(&page, seeds);
    let marked = quotes::find(&page, &sentences, seeds);
    let mentions = mentions::find(&page, &sentences, &marked, seeds);
    let quotations = speakers::find(&page, &sentences, &marked, &mentions, seeds);
    let claims = claims::find(&page, &sentences, &quotations, seeds);
    Analysis {
        page,
        sentences,
        marked,
        mentions,
        quotations,
        claims,
    }
}
