//! Numbers, units, what is counted, and who asserts it.
//!
//! Needs the words, sentences and quotations, gives [`Claim`]s in text order, without overlap. In doubt a number is no claim.
//!
//! ```text
//! numbers ─▶ units ─▶ atoms ─▶ bonds ─▶ bounds ─▶ figures
//!                     traps    several  more than  ages, what, category, rule
//! ```

mod ages;
mod atoms;
mod bonds;
mod bounds;
mod figures;
mod numbers;
mod spelling;
mod traps;
mod units;
mod what;

use crate::seeds::Seeds;
use crate::sentences::Sentence;
use crate::spare::{self, Spare};
use crate::speakers::{Quotation, QuoteKind};
use crate::text::Span;
use crate::words::{Kind, Page};
use numbers::{Memory, Reader};
use std::fmt;
use std::ops::Deref;

macro_rules! named {
    ($type:ident { $($variant:ident = $name:literal),* $(,)? }) => {
        impl $type {
            /// The name that tables and seeds use.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The one of that name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

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

named!(Comparison {
    Exact = "exact",
    About = "about",
    MoreThan = "more_than",
    AtLeast = "at_least",
    LessThan = "less_than",
    AtMost = "at_most",
    Between = "between",
});

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

named!(Category {
    Count = "count",
    Money = "money",
    Percent = "percent",
    Fraction = "fraction",
    Multiple = "multiple",
    Duration = "duration",
    Age = "age",
    Length = "length",
    Area = "area",
    Volume = "volume",
    Mass = "mass",
    Speed = "speed",
    Temperature = "temperature",
    Energy = "energy",
    Data = "data",
    Rate = "rate",
    Other = "other",
});

/// A figure asserted about the world.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The words of the figure, hedge, unit and counted noun included.
    pub span: Span,
    /// The numbers stated, in order, in base units of what is written; empty where only a bound is stated.
    pub values: Values,
    /// Lower bound stated.
    pub low: Option<f64>,
    /// Upper bound stated.
    pub high: Option<f64>,
    /// How the figure stands to the truth.
    pub comparison: Comparison,
    /// Canonical unit; empty for a plain count.
    pub unit: Box<str>,
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

/// The numbers of a claim, in order: a slice of them. Nearly always they are one or two, which ask for no memory of their own.
#[derive(Clone, Default)]
pub struct Values(Numbers);

#[derive(Clone, Default)]
enum Numbers {
    #[default]
    None,
    One([f64; 1]),
    Two([f64; 2]),
    More(Box<[f64]>),
}

impl From<&[f64]> for Values {
    fn from(numbers: &[f64]) -> Self {
        Values(match *numbers {
            [] => Numbers::None,
            [one] => Numbers::One([one]),
            [one, other] => Numbers::Two([one, other]),
            _ => Numbers::More(numbers.into()),
        })
    }
}

impl Deref for Values {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        match &self.0 {
            Numbers::None => &[],
            Numbers::One(numbers) => numbers,
            Numbers::Two(numbers) => numbers,
            Numbers::More(numbers) => numbers,
        }
    }
}

impl<'v> IntoIterator for &'v Values {
    type Item = &'v f64;
    type IntoIter = std::slice::Iter<'v, f64>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Values {
    fn eq(&self, other: &Values) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

/// Finds the numeric claims of a page.
pub fn find(page: &Page, sentences: &[Sentence], quotations: &[Quotation], seeds: &Seeds) -> Vec<Claim> {
    let comma_decimals = writes_comma_decimals(page);
    let mut claims = spare::take(&SPARE, 0);
    let (mut rest, mut coming) = (page.figures.as_slice(), sentences);
    while let Some(&first) = rest.first() {
        coming = behind(coming, first as usize);
        let Some(sentence) = coming.first() else { break };
        let inside = rest.iter().take_while(|&&at| (at as usize) < sentence.words.end);
        let (inside, behind) = rest.split_at(inside.count());
        rest = behind;
        let reader = Reader {
            page,
            seeds: &seeds.claims,
            start: sentence.words.start,
            end: sentence.words.end,
            words: &page.words[..sentence.words.end],
            comma_decimals,
            memory: &Memory::default(),
        };
        reader.claims(inside, &mut claims);
    }
    assert_by_quotations(&mut claims, quotations);
    claims
}

/// The sentences from the one on that holds a word or comes behind it. How many there are before is unpredictable, so eight
/// of them are asked at once.
fn behind(sentences: &[Sentence], word: usize) -> &[Sentence] {
    let mut rest = sentences;
    while let Some(eight) = rest.first_chunk::<8>() {
        let ended = eight.iter().map(|s| usize::from(s.words.end <= word)).sum::<usize>();
        rest = &rest[ended..];
        if ended < eight.len() {
            return rest;
        }
    }
    &rest[rest.iter().take_while(|s| s.words.end <= word).count()..]
}

thread_local! {
    static SPARE: Spare<Claim> = const { Spare::new(Vec::new()) };
}

/// Keeps a list that nobody needs any more for the next page.
pub(crate) fn keep(claims: Vec<Claim>) {
    const MOST_CLAIMS: usize = 1 << 9;
    spare::keep(&SPARE, claims, MOST_CLAIMS);
}

/// True where a number of the page shows that stops group digits and commas are decimal: 1.000,50.
fn writes_comma_decimals(page: &Page) -> bool {
    let shows = |text: &str| {
        text.split_once(',')
            .is_some_and(|(whole, rest)| whole.contains('.') && !rest.contains(['.', ',']))
    };
    page.figures
        .iter()
        .map(|&at| &page.words[at as usize])
        .any(|word| (word.kind == Kind::Number) & (word.end - word.start > 6) && shows(page.at(word.span())))
}

/// Ties each claim to the innermost quotation it begins in, in one sweep over both; terms are nobody's statement.
fn assert_by_quotations(claims: &mut [Claim], quotations: &[Quotation]) {
    const DEEPEST: usize = 16;
    if claims.is_empty() {
        return;
    }
    let mut by_start = Vec::with_capacity(quotations.len());
    by_start.extend((0..quotations.len()).filter(|&q| quotations[q].kind != QuoteKind::Term));
    by_start.sort_by_key(|&q| (quotations[q].span.start, std::cmp::Reverse(quotations[q].span.end)));
    let mut coming = by_start.into_iter().peekable();
    let mut open: Vec<usize> = Vec::with_capacity(quotations.len());
    for claim in claims {
        let place = claim.span.start;
        while let Some(quotation) = coming.next_if(|&q| quotations[q].span.start <= place) {
            open.push(quotation);
        }
        while open.last().is_some_and(|&q| quotations[q].span.end <= place) {
            open.pop();
        }
        claim.quotation = open
            .iter()
            .rev()
            .take(DEEPEST)
            .copied()
            .find(|&q| quotations[q].span.end > place);
    }
}
