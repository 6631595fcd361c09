//! Which mention said which words: attribution of marked passages, and reported speech without marks.
//!
//! Needs all findings to its left, gives [`Quotation`]s in text order. In doubt the speaker stays empty.
//!
//! | step | file |
//! |---|---|
//! | fold each sentence into elements: words, mentions, passages | [`frames`] |
//! | list candidates for cue, source and content, and what is seen around them | [`features`] |
//! | count what stands between two places of a frame, list where contents may end | [`survey`] |
//! | weigh what is seen | [`model`] |
//! | turns of a transcript | [`turns`] |
//! | choose sources | [`sources`] |
//! | decide the statements of a frame | [`statements`] |
//! | give passages that no statement holds to the speaker who goes on | [`passages`] |
//! | statements to rows | [`rows`] |

pub mod features;
pub mod frames;
pub mod model;
pub mod passages;
pub mod rows;
pub mod sources;
pub mod statements;
pub mod survey;
pub mod turns;

use crate::mentions::Mentions;
use crate::quotes::Marked;
use crate::seeds::Seeds;
use crate::sentences::Sentence;
use crate::spare::{self, Spare};
use crate::text::Span;
use crate::words::Page;
use std::cell::RefCell;

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

impl QuoteKind {
    /// The name that tables use.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Term => "term",
        }
    }
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

impl ResolvedBy {
    /// The name that tables use.
    pub fn name(self) -> &'static str {
        match self {
            ResolvedBy::Name => "name",
            ResolvedBy::Role => "role",
            ResolvedBy::Pronoun => "pronoun",
            ResolvedBy::Continuation => "continuation",
            ResolvedBy::Source => "source",
            ResolvedBy::None => "none",
        }
    }
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
    page: &Page,
    sentences: &[Sentence],
    marked: &[Marked],
    mentions: &Mentions,
    seeds: &Seeds,
) -> Vec<Quotation> {
    spare::lend(&SCRATCH, page, |scratch| {
        let Scratch {
            frames,
            statements,
            found,
            done,
        } = scratch;
        frames.fold(page, sentences, marked, mentions);
        let stage = Stage {
            page,
            marked,
            mentions,
            seeds,
            frames,
        };
        statements::find(&stage, statements, found);
        passages::complete(&stage, found, done);
        rows::write(&stage, done)
    })
}

/// What is filled anew for each page. It is kept from one page to the next: to make room again and again costs more than to
/// fill it.
#[derive(Default)]
struct Scratch {
    frames: frames::Frames,
    statements: statements::Scratch,
    /// The statements of the frames, and these with those of passages that no cue reports.
    found: Vec<statements::Statement>,
    done: Vec<statements::Statement>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
    static QUOTATIONS: Spare<Quotation> = const { Spare::new(Vec::new()) };
}

/// Keeps the list of a page that nobody needs any more for the next one.
pub(crate) fn keep(quotations: Vec<Quotation>) {
    const MOST_QUOTATIONS: usize = 1 << 11;
    spare::keep(&QUOTATIONS, quotations, MOST_QUOTATIONS);
}

/// What every step of the stage looks at.
#[derive(Debug, Clone, Copy)]
pub struct Stage<'a> {
    /// The page.
    pub page: &'a Page<'a>,
    /// Its marked passages.
    pub marked: &'a [Marked],
    /// Its mentions.
    pub mentions: &'a Mentions,
    /// The seeds.
    pub seeds: &'a Seeds,
    /// The page folded into frames.
    pub frames: &'a frames::Frames,
}

impl<'a> Stage<'a> {
    /// True for a statement that may hold marked words: a turn may hold the passages of several frames.
    fn may_quote(&self, statement: &statements::Statement) -> bool {
        self.frames.list[statement.frame].passages != 0 || statement.rule == turns::TURN
    }

    /// The view of one frame.
    #[inline]
    pub fn view(&self, frame: usize) -> features::View<'a> {
        let frame = &self.frames.list[frame];
        let tags = frame.first_tag - frames::MARGIN..frame.first_tag + frame.elements.len() + frames::MARGIN;
        features::View {
            page: self.page,
            frames: self.frames,
            marked: self.marked,
            mentions: self.mentions,
            seeds: self.seeds,
            frame,
            elements: &self.frames.elements[frame.elements.clone()],
            before_tags: frame.elements.start.wrapping_sub(frames::MARGIN),
            tags: &self.frames.tags[tags.clone()],
            hashes: &self.frames.hashes[tags.clone()],
            classes: &self.frames.classes[tags],
        }
    }
}
