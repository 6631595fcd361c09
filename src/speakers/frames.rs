//! Frames: what a reader parses as one statement.
//!
//! A frame is a sentence of the writer's own text in which each marked passage, however many sentences it holds, and each
//! mention is one element: `“…” | Maria Lopez | told | reporters | on | Monday | .` Cues, sources and contents are sought among the
//! elements of one frame. Frames tile the paragraphs.

use crate::mentions::{Form, Mentions};
use crate::quotes::Marked;
use crate::seeds::{Class, Vocabulary, WordId};
use crate::sentences::Sentence;
use crate::text::Span;
use crate::words::{Kind, Page, Shape, Word};
use std::ops::Range;

/// What an element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// One word or mark.
    Word,
    /// A mention: index into [`Mentions::list`].
    Mention(u32),
    /// A marked passage of depth 0: index into the marked passages.
    Passage(u32),
}

/// One element of a frame.
#[derive(Debug, Clone, Copy)]
pub struct Element {
    /// First word.
    pub first: u32,
    /// One past the last word.
    pub end: u32,
    /// What it holds.
    pub holds: Holds,
    /// Its part of speech, roughly.
    pub tag: Tag,
    /// True where it can be asked whether it reports.
    pub can_report: bool,
    /// Hash of its word; its tag where it is no word.
    pub hash: u64,
}

/// Part of speech as far as word lists tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Tag {
    Comma,
    Semicolon,
    Colon,
    Stop,
    Question,
    Dash,
    Open,
    Close,
    Mark,
    Symbol,
    Passage,
    Name,
    Role,
    Pronoun,
    Organisation,
    Source,
    Joint,
    That,
    To,
    Wh,
    Subordinator,
    Coordinator,
    Preposition,
    Of,
    By,
    Possessive,
    Determiner,
    Be,
    Have,
    Modal,
    Negation,
    Adverb,
    Past,
    Third,
    Base,
    Gerund,
    Participle,
    Adjective,
    Number,
    Time,
    Person,
    Clitic,
    Capital,
    Plain,
    Edge,
}

/// Some tags, a bit for each.
#[derive(Debug, Clone, Copy)]
pub struct Tags(u64);

impl Tags {
    /// The tags of a list.
    pub const fn of(tags: &[Tag]) -> Tags {
        let (mut bits, mut at) = (0, 0);
        while at < tags.len() {
            bits |= 1 << tags[at] as u64;
            at += 1;
        }
        Tags(bits)
    }

    /// True for a tag among them: a question without a branch.
    #[inline]
    pub fn hold(self, tag: Tag) -> bool {
        self.0 >> tag as u64 & 1 != 0
    }
}

/// A sentence of the writer's text with its passages and mentions folded.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its elements, as indices into [`Frames::elements`].
    pub elements: Range<usize>,
    /// Where the tag of its first element stands in [`Frames::tags`].
    pub first_tag: usize,
    /// Its mentions, as indices into [`Frames::mentions`].
    pub mentions: Range<usize>,
    /// What can report in it, as indices into [`Frames::reports`].
    pub reports: Range<usize>,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// What passages it holds: 0 none, bit 1 a short one, bit 2 one of a clause or more.
    pub passages: u8,
    /// Its first verb of saying (element); one past its end where there is none.
    pub first_say: usize,
    /// One past its last element that is no closing mark.
    pub end: usize,
    /// Its last finite verb (element).
    pub last_finite: Option<usize>,
}

/// All frames of a page.
#[derive(Debug, Default)]
pub struct Frames {
    /// The elements of all frames, in text order.
    pub elements: Vec<Element>,
    /// The frames, in text order.
    pub list: Vec<Frame>,
    /// The tags of the elements of each frame, with [`MARGIN`] edges before and behind them.
    pub tags: Vec<Tag>,
    /// The elements that are mentions, in text order.
    pub mentions: Vec<u32>,
    /// The elements that can report, in text order.
    pub reports: Vec<u32>,
}

/// So far tags are asked for beside an element without asking whether the frame goes on there.
pub const MARGIN: usize = 4;

impl Frames {
    /// Folds a page into frames.
    pub fn new(page: &Page, sentences: &[Sentence], marked: &[Marked], mentions: &Mentions) -> Frames {
        let mut fold = Fold {
            page,
            marked,
            mentions,
            passage: 0,
            mention: 0,
        };
        let mut building = Building::new(page, sentences, mentions);
        let mut at = 0;
        for (index, sentence) in sentences.iter().enumerate() {
            at = at.max(sentence.words.start);
            while at < sentence.words.end {
                // Up to the next passage or mention, each word is an element of its own.
                let words = at..fold.next_fold(at).min(sentence.words.end);
                at = words.end;
                for (at, word) in words.clone().zip(&page.words[words]) {
                    building.push_word(fold.word(at, word), word);
                }
                if at < sentence.words.end {
                    let element = fold.element(at, sentence.words.end);
                    at = element.end as usize;
                    building.push(element, &page.words[element.first as usize]);
                }
            }
            // A passage that runs on past the sentence carries the frame with it; so does one whose attribution follows.
            let next = sentences.get(index + 1).filter(|n| n.paragraph == sentence.paragraph);
            let attributed = building.is_passage() && next.is_some_and(|n| fold.attributes(at, n.words.end));
            if at == sentence.words.end && !attributed {
                building.close(page, sentence.paragraph);
            }
        }
        let paragraph = sentences.last().map_or(0, |s| s.paragraph);
        building.close(page, paragraph);
        building.frames.reports.truncate(building.report);
        building.frames
    }

    /// Hash of the plain form of an element's word; what it holds where it is none.
    #[inline]
    pub fn lemma(&self, page: &Page, vocabulary: &Vocabulary, element: usize) -> u64 {
        let e = &self.elements[element];
        let word = &page.words[e.first as usize];
        match word.id {
            _ if e.holds != Holds::Word => e.hash,
            WordId::UNKNOWN => word.hash,
            id => vocabulary.lemma_hash(id),
        }
    }

    /// The place of an element.
    pub fn span(&self, page: &Page, element: usize) -> Span {
        let e = &self.elements[element];
        page.span(e.first as usize, e.end as usize - 1)
    }
}

/// Frames in the making: the lists, where the last frame's part of each begins, and what was seen in it.
struct Building {
    frames: Frames,
    first: usize,
    first_tag: usize,
    first_mention: usize,
    first_report: usize,
    /// Where the next element that can report goes; the list is longer than that.
    report: usize,
    seen: Seen,
}

/// What a frame holds.
#[derive(Clone, Copy)]
struct Seen {
    passages: u8,
    first_say: usize,
    /// One past the last finite verb, 0 where there is none.
    past_finite: usize,
}

impl Seen {
    const NOTHING: Seen = Seen {
        passages: 0,
        first_say: usize::MAX,
        past_finite: 0,
    };

    /// Takes element `i`. No decision depends on what a word is, which nobody can foresee.
    #[inline]
    fn take(&mut self, i: usize, tag: Tag, says: bool) {
        self.first_say = self.first_say.min(if says { i } else { usize::MAX });
        self.past_finite = self.past_finite.max((i + 1) * usize::from(is_finite(tag)));
    }
}

impl Building {
    fn new(page: &Page, sentences: &[Sentence], mentions: &Mentions) -> Building {
        let mut frames = Frames {
            elements: Vec::with_capacity(page.words.len()),
            list: Vec::with_capacity(sentences.len()),
            tags: Vec::with_capacity(page.words.len() + MARGIN * (sentences.len() + 2)),
            mentions: Vec::with_capacity(mentions.list.len()),
            reports: vec![0; page.words.len() + 1],
        };
        frames.tags.extend([Tag::Edge; MARGIN]);
        Building {
            frames,
            first: 0,
            first_tag: MARGIN,
            first_mention: 0,
            first_report: 0,
            report: 0,
            seen: Seen::NOTHING,
        }
    }

    /// True where the last frame is a passage so far, and nothing else.
    fn is_passage(&self) -> bool {
        matches!(self.frames.elements[self.first..], [Element { tag: Tag::Passage, .. }])
    }

    /// Adds an element, by its first word.
    fn push(&mut self, element: Element, word: &Word) {
        let i = self.frames.elements.len();
        match element.holds {
            Holds::Passage(_) => self.seen.passages |= passage_bit(&element),
            Holds::Mention(_) => self.frames.mentions.push(i as u32),
            Holds::Word => {}
        }
        self.add(element, element.holds == Holds::Word && word.is(Class::SAY));
    }

    /// Adds an element that is a word.
    #[inline]
    fn push_word(&mut self, element: Element, word: &Word) {
        self.add(element, word.is(Class::SAY));
    }

    #[inline]
    fn add(&mut self, element: Element, says: bool) {
        let i = self.frames.elements.len();
        self.seen.take(i, element.tag, says);
        self.frames.reports[self.report] = i as u32;
        self.report += usize::from(element.can_report);
        self.frames.tags.push(element.tag);
        self.frames.elements.push(element);
    }

    /// Makes the elements since the last frame a frame, or several where they are too many.
    fn close(&mut self, page: &Page, paragraph: usize) {
        let elements = self.first..self.frames.elements.len();
        match elements.len() {
            0 => {}
            1..=MOST_ELEMENTS => self.add_frame(elements, paragraph),
            _ => {
                self.frames.tags.truncate(self.first_tag);
                while self.first < elements.end {
                    let part = self.first..elements.end.min(self.first + MOST_ELEMENTS);
                    self.seen = Seen::NOTHING;
                    for i in part.clone() {
                        let element = &self.frames.elements[i];
                        let says = element.holds == Holds::Word && page.words[element.first as usize].is(Class::SAY);
                        self.seen.take(i, element.tag, says);
                        self.seen.passages |= passage_bit(element);
                        self.frames.tags.push(element.tag);
                    }
                    self.add_frame(part, paragraph);
                }
            }
        }
    }

    /// Adds the frame of some elements, of which everything is told but the lists that they are in.
    fn add_frame(&mut self, elements: Range<usize>, paragraph: usize) {
        let frames = &mut self.frames;
        let before = |list: &[u32]| list.len() - list.iter().rev().take_while(|&&i| i as usize >= elements.end).count();
        let mentions = self.first_mention..before(&frames.mentions);
        let reports = self.first_report..before(&frames.reports[..self.report]);
        let closing = |tag: &&Tag| matches!(tag, Tag::Stop | Tag::Question | Tag::Mark);
        let closed = frames.tags[self.first_tag + 1..]
            .iter()
            .rev()
            .take_while(closing)
            .count();
        frames.list.push(Frame {
            end: elements.end - closed,
            first_tag: self.first_tag,
            mentions: mentions.clone(),
            reports: reports.clone(),
            paragraph,
            passages: self.seen.passages,
            first_say: self.seen.first_say.min(elements.end),
            last_finite: self.seen.past_finite.checked_sub(1),
            elements: elements.clone(),
        });
        frames.tags.extend([Tag::Edge; MARGIN]);
        self.first = elements.end;
        self.first_tag = frames.tags.len();
        self.first_mention = mentions.end;
        self.first_report = reports.end;
        self.seen = Seen::NOTHING;
    }
}

/// Longer frames are cut: no sentence is that long, and decisions look at every element of a frame.
const MOST_ELEMENTS: usize = 256;

/// A passage of more words than this counts as a clause.
const CLAUSE_WORDS: u32 = 6;

fn passage_bit(element: &Element) -> u8 {
    match element.holds {
        Holds::Passage(_) if element.end - element.first > CLAUSE_WORDS => 2,
        Holds::Passage(_) => 1,
        _ => 0,
    }
}

/// True for a finite verb.
#[inline]
pub(super) fn is_finite(tag: Tag) -> bool {
    const FINITE: Tags = Tags::of(&[Tag::Be, Tag::Have, Tag::Modal, Tag::Past, Tag::Third]);
    FINITE.hold(tag)
}

struct Fold<'a> {
    page: &'a Page<'a>,
    marked: &'a [Marked],
    mentions: &'a Mentions,
    /// Next passage to meet.
    passage: usize,
    /// Next mention to meet.
    mention: usize,
}

impl Fold<'_> {
    /// “Why?” Rep. Ann Moss, 40, said of the plan. “Go away.” Moss said. True where the words from `at` to `end` attribute the
    /// quotation before them: a name, a verb of saying, and nothing that it says.
    fn attributes(&self, at: usize, end: usize) -> bool {
        let words = &self.page.words;
        let Some(mention) = self.mentions.starting_at(at).map(|m| &self.mentions.list[m]) else {
            return false;
        };
        let verb = mention.next_word();
        let finite = |at: usize| words[at].is(Class::VERB_PAST.or(Class::VERB_THIRD));
        if verb >= end || !finite(verb) {
            return false;
        }
        let behind = verb + 1;
        let asks = at
            .checked_sub(2)
            .is_some_and(|k| matches!(words[k].kind, Kind::Question | Kind::Exclamation));
        let bare = behind >= end || words[behind].kind == Kind::Stop;
        // “Out of the way!” Moss laughed.
        if !words[verb].is(Class::SAY) {
            return asks && bare && words[verb].is(Class::CUE);
        }
        bare || asks && tells_how(&words[behind]) && !words[behind..end].iter().any(|w| w.kind == Kind::Quote)
    }

    /// The first word from `at` on at which a passage or a mention begins.
    fn next_fold(&mut self, at: usize) -> usize {
        while self
            .marked
            .get(self.passage)
            .is_some_and(|m| m.words.start < at || m.depth > 0)
        {
            self.passage += 1;
        }
        while self.mentions.list.get(self.mention).is_some_and(|m| m.words.start < at) {
            self.mention += 1;
        }
        let passage = self.marked.get(self.passage).map_or(usize::MAX, |m| m.words.start);
        let mention = self.mentions.list.get(self.mention);
        passage.min(mention.map_or(usize::MAX, |m| m.words.start))
    }

    /// The element that begins at word `at`, where a passage or a mention begins.
    fn element(&self, at: usize, end: usize) -> Element {
        if let Some(m) = self
            .marked
            .get(self.passage)
            .filter(|m| m.words.start == at && m.words.end > at)
        {
            return Element {
                first: at as u32,
                end: m.words.end as u32,
                holds: Holds::Passage(self.passage as u32),
                tag: Tag::Passage,
                can_report: false,
                hash: Tag::Passage as u64,
            };
        }
        let limit = self.marked.get(self.passage).map_or(end, |m| m.words.start.min(end));
        if let Some(m) = self.mentions.list.get(self.mention)
            && m.words.start == at
            && m.words.end > at
            && m.words.end <= limit
        {
            // The appositive behind a name belongs to it, so that name and verb stand side by side.
            // One that holds words of saying or a quotation stays apart: it is a statement of its own.
            let tail = m.words.end..m.next_word().max(m.words.end);
            let quoted = tail.end >= limit && limit < end;
            let apart = quoted || tail.end > limit || self.page.words[tail.clone()].iter().any(|w| w.is(Class::SAY));
            let end = if apart { m.words.end } else { tail.end };
            let tag = mention_tag(m.form);
            return Element {
                first: at as u32,
                end: end as u32,
                holds: Holds::Mention(self.mention as u32),
                tag,
                can_report: false,
                hash: tag as u64,
            };
        }
        self.word(at, &self.page.words[at])
    }

    #[inline(always)]
    fn word(&self, at: usize, word: &Word) -> Element {
        let tag = word_tag(self.page, word);
        Element {
            first: at as u32,
            end: at as u32 + 1,
            holds: Holds::Word,
            tag,
            can_report: can_report(word, tag),
            hash: match word.kind {
                Kind::Letters | Kind::Clitic => word.hash,
                _ => tag as u64,
            },
        }
    }
}

/// True for a colon, and for a verb or another word of the list of cues. Every answer is worked out, for which holds nobody can
/// foresee.
#[inline]
fn can_report(word: &Word, tag: Tag) -> bool {
    const HELPING: Tags = Tags::of(&[Tag::Be, Tag::Have, Tag::Modal]);
    let name = word.capital() & (tag == Tag::Capital);
    let verb = word.is(Class::VERB) & !HELPING.hold(tag) & !name;
    word.letters() & (verb | word.is(Class::CUE)) | (word.kind == Kind::Colon)
}

/// What may follow the verb of an attribution: of whom, where, when, how.
fn tells_how(word: &Word) -> bool {
    word.is(Class::PREPOSITION
        .or(Class::ADVERB)
        .or(Class::SUBORDINATOR)
        .or(Class::WEEKDAY))
        && !word.is(Class::INFINITIVE_MARK)
}

fn mention_tag(form: Form) -> Tag {
    match form {
        Form::Name => Tag::Name,
        Form::Role => Tag::Role,
        Form::Pronoun => Tag::Pronoun,
        Form::Organisation => Tag::Organisation,
        Form::Source => Tag::Source,
        Form::Joint => Tag::Joint,
    }
}

/// Words that are told by themselves.
const THAT: u64 = crate::words::Fold::of_ascii("that");
const OF: u64 = crate::words::Fold::of_ascii("of");
const BY: u64 = crate::words::Fold::of_ascii("by");

/// The classes of function words, which are the lowest bits.
const FUNCTION: u64 = (1 << 12) - 1;

/// The tag of a function word by those bits: of the first class in the list that it is in; plain where it is in none.
static FUNCTION_TAGS: [Tag; FUNCTION as usize + 1] = {
    const FIRST: &[(Class, Tag)] = &[
        (Class::AUXILIARY, Tag::Be),
        (Class::RELATIVE, Tag::Wh),
        (Class::MODAL, Tag::Modal),
        (Class::NEGATION, Tag::Negation),
        (Class::COORDINATOR, Tag::Coordinator),
        (Class::POSSESSIVE, Tag::Possessive),
        (Class::PERSON_PRONOUN, Tag::Pronoun),
        (Class::OBJECT_PRONOUN, Tag::Pronoun),
        (Class::DETERMINER, Tag::Determiner),
        (Class::PREPOSITION, Tag::Preposition),
        (Class::SUBORDINATOR, Tag::Subordinator),
    ];
    let mut tags = [Tag::Plain; FUNCTION as usize + 1];
    let mut at = FIRST.len();
    while at > 0 {
        at -= 1;
        let (class, tag) = FIRST[at];
        assert!(class.0 <= FUNCTION);
        let mut bits = 0;
        while bits < tags.len() {
            if bits as u64 & class.0 != 0 {
                tags[bits] = tag;
            }
            bits += 1;
        }
    }
    tags
};

/// The tag of a word that is in no class of function words, by the classes that tell one: see [`other_classes`].
static OTHER_TAGS: [Tag; 1 << 11] = {
    // The first class in the list that it is in.
    const FIRST: &[(usize, Tag)] = &[
        (TIMES, Tag::Time),
        (content(Class::VERB_GERUND), Tag::Gerund),
        (content(Class::VERB_PAST), Tag::Past),
        (content(Class::VERB_PARTICIPLE), Tag::Participle),
        (content(Class::VERB_THIRD), Tag::Third),
        (ADVERBS, Tag::Adverb),
        (content(Class::VERB_BASE), Tag::Base),
        (PEOPLE, Tag::Person),
        (content(Class::ADJECTIVE), Tag::Adjective),
        (NUMBERS, Tag::Number),
    ];
    let mut tags = [Tag::Plain; 1 << 11];
    let mut bits = 0;
    while bits < tags.len() {
        let mut at = FIRST.len();
        while at > 0 {
            at -= 1;
            if bits & FIRST[at].0 != 0 {
                tags[bits] = FIRST[at].1;
            }
        }
        bits += 1;
    }
    tags
};

/// Seven classes of content words, whose bits stand side by side; the bits above them are those of others.
const CONTENT: u32 = Class::VERB_PAST.0.trailing_zeros();
const TIMES: usize = 1 << 7;
const ADVERBS: usize = 1 << 8;
const PEOPLE: usize = 1 << 9;
const NUMBERS: usize = 1 << 10;

const fn content(class: Class) -> usize {
    assert!(class.0 >> CONTENT < 1 << 7);
    (class.0 >> CONTENT) as usize
}

/// The classes of a word that is no function word, as an index of [`OTHER_TAGS`].
#[inline]
fn other_classes(word: &Word) -> usize {
    let bit = |class: Class, bit: usize| if word.is(class) { bit } else { 0 };
    (word.classes.bits() >> CONTENT) as usize & (TIMES - 1)
        | bit(Class::WEEKDAY.or(Class::TIME_NOUN), TIMES)
        | bit(Class::ADVERB, ADVERBS)
        | bit(Class::PERSON_NOUN.or(Class::ROLE).or(Class::PLURAL_PERSON), PEOPLE)
        | bit(Class::NUMBER_WORD, NUMBERS)
}

/// The tag of a word by its kind and classes; the first that fits. Most are told without a branch, for which word comes next
/// nobody can foresee.
#[inline]
fn word_tag(page: &Page, word: &Word) -> Tag {
    // What is told by more than its classes.
    const DOUBTFUL: Class = Class::AUXILIARY
        .or(Class::MODAL)
        .or(Class::SUBORDINATOR)
        .or(Class::REFLEXIVE)
        .or(Class::MONTH);
    if word.kind != Kind::Letters {
        return MARK_TAGS[word.kind as usize];
    }
    if word.is(DOUBTFUL) {
        return doubtful_tag(page, word);
    }
    let function = FUNCTION_TAGS[(word.classes.bits() & FUNCTION) as usize];
    let function = if word.is(Class::INFINITIVE_MARK) {
        Tag::To
    } else {
        function
    };
    let function = if word.hash == OF { Tag::Of } else { function };
    let function = if word.hash == BY { Tag::By } else { function };
    let unlisted = if word.capital() { Tag::Capital } else { Tag::Plain };
    let other = OTHER_TAGS[other_classes(word)];
    let other = if other == Tag::Plain { unlisted } else { other };
    if function == Tag::Plain { other } else { function }
}

/// The tag of a word that is told by its spelling or its place too.
#[inline(never)]
fn doubtful_tag(page: &Page, word: &Word) -> Tag {
    let function = function_tag(page, word);
    if function != Tag::Plain {
        return function;
    }
    if word.is(Class::REFLEXIVE) && !misplaced_modal(word) {
        return Tag::Pronoun;
    }
    if word.capital() && word.is(Class::MONTH) {
        return Tag::Time;
    }
    match OTHER_TAGS[other_classes(word)] {
        Tag::Plain if word.capital() => Tag::Capital,
        tag => tag,
    }
}

/// The tag of what is no run of letters, by its kind.
static MARK_TAGS: [Tag; Kind::Symbol as usize + 1] = {
    const TAGS: &[(Kind, Tag)] = &[
        (Kind::Letters, Tag::Plain),
        (Kind::Comma, Tag::Comma),
        (Kind::Semicolon, Tag::Semicolon),
        (Kind::Colon, Tag::Colon),
        (Kind::Stop, Tag::Stop),
        (Kind::Exclamation, Tag::Stop),
        (Kind::Ellipsis, Tag::Stop),
        (Kind::Question, Tag::Question),
        (Kind::Dash, Tag::Dash),
        (Kind::Open, Tag::Open),
        (Kind::Close, Tag::Close),
        (Kind::Quote, Tag::Mark),
        (Kind::Slash, Tag::Mark),
        (Kind::Hyphen, Tag::Mark),
        (Kind::Symbol, Tag::Symbol),
        (Kind::Number, Tag::Number),
        (Kind::Clitic, Tag::Clitic),
        (Kind::Handle, Tag::Capital),
        (Kind::Address, Tag::Capital),
    ];
    let mut tags = [Tag::Plain; Kind::Symbol as usize + 1];
    assert!(TAGS.len() == tags.len());
    let mut at = 0;
    while at < TAGS.len() {
        tags[TAGS[at].0 as usize] = TAGS[at].1;
        at += 1;
    }
    tags
};

/// "May" inside a sentence is a month.
fn misplaced_modal(word: &Word) -> bool {
    word.capital() && !word.shape.has(Shape::FIRST) && word.is(Class::MODAL)
}

/// The tag of a word that may be a function word, plain for one that is none.
fn function_tag(page: &Page, word: &Word) -> Tag {
    let initial = || page.at(word.span()).as_bytes()[0].to_ascii_lowercase();
    match FUNCTION_TAGS[(word.classes.bits() & FUNCTION) as usize] {
        _ if word.hash == THAT => Tag::That,
        _ if word.hash == OF => Tag::Of,
        _ if word.hash == BY => Tag::By,
        Tag::Be => {
            let have = word.end - word.start > 2 && initial() == b'h';
            if have { Tag::Have } else { Tag::Be }
        }
        _ if misplaced_modal(word) => Tag::Plain,
        _ if word.is(Class::INFINITIVE_MARK) => Tag::To,
        // How, why, what: subordinators that ask.
        Tag::Subordinator if matches!(initial(), b'w' | b'h') => Tag::Wh,
        tag => tag,
    }
}
