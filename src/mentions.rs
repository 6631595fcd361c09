//! Who is named where, tied to the roster.
//!
//! Needs the words, sentences and marked passages, gives [`Mentions`]: every place where a person or a body that can speak is
//! named, in text order and without overlap, and the entities behind them. It does not decide who said what. In doubt two
//! names are two people.

use crate::quotes::Marked;
use crate::seeds::Seeds;
use crate::sentences::Sentence;
use crate::text::Span;
use crate::words::Page;
use std::ops::Range;

/// How a mention names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A person's name, whole or part: `Scott Bessent`, `Bessent`, `Sec. Bessent`.
    Name,
    /// A person by office: `the secretary`, `the press secretary`.
    Role,
    /// he, she, they, I, we, who.
    Pronoun,
    /// An organisation or place that speaks: `the White House`, `Breitbart`, `Beijing`.
    Organisation,
    /// People without a name: `two people familiar with the talks`, `a spokesman for the club`, `officials`, `critics`.
    Source,
    /// Two or more of these joined: `Bacon and Hurd`.
    Joint,
}

/// Gender as the text shows it, by a title, a first name or a noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Gender {
    /// Not shown.
    #[default]
    Unknown,
    /// he
    Masculine,
    /// she
    Feminine,
}

/// One place where someone is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words that name, as a table would show them: title and description before the name included
    /// (`Treasury Secretary Scott Bessent`), an appositive after it left out, article included (`the secretary`).
    pub span: Span,
    /// Its words, as indices into [`Page::words`].
    pub words: Range<usize>,
    /// The name alone (`Scott Bessent`), the same as `span` where there is no name.
    pub name: Span,
    /// How it names.
    pub form: Form,
    /// Grammatical gender shown at this place.
    pub gender: Gender,
    /// True for more than one: `they`, `officials`, joint names.
    pub plural: bool,
    /// Index of its entity in [`Mentions::entities`]; `None` for pronouns and for roles that nobody in the article holds.
    pub entity: Option<usize>,
    /// Title or description given here, before or after the name (`Treasury Secretary`, `the White House press secretary`).
    pub role: Option<Span>,
    /// The appositive or party label behind the name with its commas, to be stepped over between name and verb.
    pub tail: Option<Span>,
    /// The rule that found it.
    pub rule: &'static str,
}

/// Someone who can be on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The roster's name, or the fullest name the article uses, or the words as written.
    pub name: String,
    /// How its fullest mention names it.
    pub form: Form,
    /// Gender, where any mention shows it.
    pub gender: Gender,
    /// True where the name is in the roster.
    pub in_roster: bool,
    /// Its mentions, as indices into [`Mentions::list`], in text order.
    pub mentions: Vec<usize>,
}

/// All mentions of a document.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    /// In text order, without overlap.
    pub list: Vec<Mention>,
    /// Those who are named.
    pub entities: Vec<Entity>,
}

/// Finds the mentions of a page.
pub fn find(_page: &Page, _sentences: &[Sentence], _marked: &[Marked], _seeds: &Seeds) -> Mentions {
    Mentions::default()
}
