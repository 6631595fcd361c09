//! Who is named where, tied to the roster.
//!
//! Needs the words, sentences and marked passages, gives [`Mentions`]: every place where a person or a body that can speak is
//! named, in text order and without overlap, and the entities behind them. It does not decide who said what. In doubt two
//! names are two people.

mod entities;
mod facts;
mod joint;
mod lookup;
mod names;
mod phrases;
mod references;
mod scan;

pub use references::Reference;

use crate::quotes::Marked;
use crate::seeds::Seeds;
use crate::sentences::Sentence;
use crate::spare::{self, Spare};
use crate::text::{Span, single_spaced};
use crate::words::Page;
use scan::Draft;
use std::cell::RefCell;
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
    /// The first word behind it, its tail passed over.
    next: u32,
}

/// Someone who can be on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The roster's name, where it is in the roster.
    pub known: Option<String>,
    /// Where the article uses its fullest name, or its words.
    pub written: Span,
    /// How its fullest mention names it.
    pub form: Form,
    /// Gender, where any mention shows it.
    pub gender: Gender,
    /// How many mentions it has.
    pub mentions: usize,
    /// Its first mention, as an index into [`Mentions::list`].
    pub first_mention: Option<usize>,
    /// Its place in the roster.
    roster: Option<u32>,
}

impl Entity {
    /// The roster's name, or the fullest name the article uses, or the words as written, with one space between them.
    ///
    /// Of the many whom an article names few are asked for.
    pub fn name(&self, page: &Page) -> String {
        match &self.known {
            Some(name) => name.clone(),
            None => single_spaced(page.at(self.written)),
        }
    }
}

/// All mentions of a document.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    /// In text order, without overlap.
    pub list: Vec<Mention>,
    /// Those who are named.
    pub entities: Vec<Entity>,
    /// Whom each mention of the list refers to.
    references: Vec<Option<Reference>>,
}

impl Mentions {
    /// Whom mention `index` refers to: its own entity, or for a pronoun or role whoever the article means by it.
    ///
    /// `None` where nobody fits or two fit alike. Pronouns inside quotation marks are not referred.
    pub fn resolve(&self, index: usize) -> Option<Reference> {
        self.references.get(index).copied().flatten()
    }

    /// Indices of the mentions that begin inside a range of words.
    pub fn within(&self, words: Range<usize>) -> Range<usize> {
        let start = self.list.partition_point(|m| m.words.start < words.start);
        let end = self.list.partition_point(|m| m.words.start < words.end);
        start..end.max(start)
    }

    /// The mention that covers word `at`, its tail not counted.
    pub fn at_word(&self, at: usize) -> Option<usize> {
        let index = self.list.partition_point(|m| m.words.start <= at).checked_sub(1)?;
        self.list[index].words.contains(&at).then_some(index)
    }

    /// The mention that begins at word `at`.
    pub fn starting_at(&self, at: usize) -> Option<usize> {
        self.list.binary_search_by_key(&at, |m| m.words.start).ok()
    }
}

impl Mention {
    /// The first word behind the mention, its tail passed over.
    pub fn next_word(&self) -> usize {
        self.next as usize
    }
}

/// What is filled anew for each page. It is kept from one page to the next: to make room again and again costs more than to
/// fill it.
#[derive(Default)]
struct Scratch {
    facts: facts::Facts,
    drafts: Vec<Draft>,
    ties: entities::Scratch,
    /// Which drafts are mentions of the list, in text order, and which stand inside these.
    order: Vec<u32>,
    inner: Vec<u32>,
    memory: references::Scratch,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
    static LIST: Spare<Mention> = const { Spare::new(Vec::new()) };
    static ENTITIES: Spare<Entity> = const { Spare::new(Vec::new()) };
    static REFERENCES: Spare<Option<Reference>> = const { Spare::new(Vec::new()) };
}

/// Keeps the lists of a page that nobody needs any more for the next one.
pub(crate) fn keep(mentions: Mentions) {
    const MOST: usize = 1 << 12;
    spare::keep(&LIST, mentions.list, MOST);
    spare::keep(&ENTITIES, mentions.entities, MOST);
    spare::keep(&REFERENCES, mentions.references, MOST);
}

/// Finds the mentions of a page.
pub fn find(page: &Page, sentences: &[Sentence], marked: &[Marked], seeds: &Seeds) -> Mentions {
    spare::lend(&SCRATCH, page, |scratch| {
        find_with(scratch, page, sentences, marked, seeds)
    })
}

fn find_with(scratch: &mut Scratch, page: &Page, sentences: &[Sentence], marked: &[Marked], seeds: &Seeds) -> Mentions {
    let Scratch {
        facts,
        drafts,
        ties,
        order,
        inner,
        memory,
    } = scratch;
    facts.tell(page);
    let reader = phrases::Reader::new(page, facts);
    scan::scan(reader, sentences, seeds, drafts);
    joint::join(reader, drafts);
    let (ties, mut entities) = entities::tie(reader, seeds, drafts, ties);
    put_in_order(drafts, order, inner);
    let parts = references::Parts { sentences, marked };
    let tied = references::Tied {
        drafts,
        ties,
        order,
        inner,
    };
    let made = order.iter().map(|&index| index as usize);
    let mut list = spare::take(&LIST, order.len());
    list.extend(made.map(|index| mention(page, &drafts[index], ties[index])));
    let references = references::refer(reader, parts, seeds, tied, &mut list, &mut entities, memory);
    Mentions {
        list,
        entities,
        references,
    }
}

/// Tells which drafts are mentions, without overlap, and which stand inside longer ones, both in text order. Joint drafts stand
/// behind all others, but are in text order as these are.
fn put_in_order(drafts: &[Draft], order: &mut Vec<u32>, inner: &mut Vec<u32>) {
    let single = &drafts[..drafts.partition_point(|d| d.form != Form::Joint)];
    order.resize(drafts.len(), 0);
    inner.resize(single.len(), 0);
    let first_of = |joint: usize| drafts.get(joint).map_or(usize::MAX, |d| d.words.first());
    let (mut outside, mut inside, mut next) = (0, 0, single.len());
    let mut next_joint = first_of(next);
    // Which draft stands inside another is unpredictable, so each is written into both lists.
    for (index, draft) in single.iter().enumerate() {
        while next_joint < draft.words.first() {
            order[outside] = next as u32;
            outside += 1;
            next += 1;
            next_joint = first_of(next);
        }
        order[outside] = index as u32;
        inner[inside] = index as u32;
        outside += usize::from(!draft.inner & !draft.dropped);
        inside += usize::from(draft.inner & !draft.dropped);
    }
    order.truncate(outside);
    order.extend(next as u32..drafts.len() as u32);
    inner.truncate(inside);
    sort(inner, drafts);
    if sort(order, drafts) {
        let last = |index: u32| drafts[index as usize].words.last();
        order.dedup_by(|later, earlier| drafts[*later as usize].words.first() <= last(*earlier));
    }
}

/// Puts drafts into text order, and tells whether some may overlap. Most pages have them in order and apart, so that all are
/// looked at before anything is done.
fn sort(order: &mut [u32], drafts: &[Draft]) -> bool {
    let key = |draft: &Draft| draft.words.first() << 1 | usize::from(draft.form == Form::Joint);
    let (mut key_before, mut end_before) = (0, 0);
    let (mut mixed, mut overlap) = (false, false);
    for &index in &*order {
        let draft = &drafts[index as usize];
        let key = key(draft);
        mixed |= key < key_before;
        overlap |= draft.words.first() < end_before;
        (key_before, end_before) = (key, draft.words.last() + 1);
    }
    if mixed {
        order.sort_by_key(|index| key(&drafts[*index as usize]));
    }
    mixed | overlap
}

#[inline(always)]
fn mention(page: &Page, draft: &Draft, entity: Option<usize>) -> Mention {
    let place = |words: scan::Words| page.span(words.first(), words.last());
    let span = place(draft.words);
    Mention {
        span,
        words: draft.words.first()..draft.words.last() + 1,
        name: place(draft.name.unwrap_or(draft.words)),
        form: draft.form,
        gender: draft.gender,
        plural: draft.plural,
        entity,
        role: draft.role.map(place),
        tail: draft.tail.map(place),
        rule: draft.rule.name(),
        next: draft.next() as u32,
    }
}
