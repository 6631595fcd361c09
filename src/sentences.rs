//! Paragraphs to sentences.
//!
//! Needs the words, gives [`Sentence`]s in order that tile each paragraph's words. In doubt it does not split.

use crate::seeds::Seeds;
use crate::text::Span;
use crate::words::Page;
use std::ops::Range;

/// A sentence, or a line that stands for one (headline, byline, caption).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last character that is not white space.
    pub span: Span,
    /// Its words, as indices into [`Page::words`].
    pub words: Range<usize>,
    /// Index of its paragraph in [`Page::paragraphs`].
    pub paragraph: usize,
    /// The rule that ended it.
    pub rule: &'static str,
}

/// Finds the sentences of a page.
pub fn find(page: &Page, _seeds: &Seeds) -> Vec<Sentence> {
    let whole = |(paragraph, p): (usize, &crate::words::Paragraph)| Sentence {
        span: p.span,
        words: p.words.clone(),
        paragraph,
        rule: "sentences/paragraph-end",
    };
    page.paragraphs.iter().enumerate().map(whole).collect()
}
