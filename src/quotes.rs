//! Text between quotation marks.
//!
//! Needs the words and sentences, gives [`Marked`] spans in order of their opening marks: what stands between which marks, how
//! deep, and whether the passage runs on from the paragraph before. It does not say who speaks, nor whether the words are
//! speech or a title; `speakers` does. In doubt a mark is an apostrophe, and a stray mark harms at most its paragraph.

use crate::seeds::Seeds;
use crate::sentences::Sentence;
use crate::text::Span;
use crate::words::Page;
use std::ops::Range;

/// A passage between marks, or from an opening mark to the end of its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The passage, marks included.
    pub span: Span,
    /// The passage without its marks.
    pub inner: Span,
    /// Its words, marks included, as indices into [`Page::words`].
    pub words: Range<usize>,
    /// Index of its paragraph in [`Page::paragraphs`].
    pub paragraph: usize,
    /// How many passages it stands in: 0 for one that stands in the writer's own text.
    pub depth: u8,
    /// False where the paragraph ends before a closing mark.
    pub closed: bool,
    /// Index of the passage of an earlier paragraph that this one goes on from (an unclosed passage, mark repeated).
    pub continues: Option<usize>,
    /// The rule that paired the marks.
    pub rule: &'static str,
}

/// Finds the marked passages of a page.
pub fn find(_page: &Page, _sentences: &[Sentence], _seeds: &Seeds) -> Vec<Marked> {
    Vec::new()
}
