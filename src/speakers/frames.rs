//! Frames: what a reader parses as one statement.
//!
//! A frame is a sentence of the writer's own text in which each marked passage, however many sentences it holds, and each
//! mention is one element: `“…” | Maria Lopez | told | reporters | on | Monday | .` Cues, sources and contents are sought among the
//! elements of one frame. Frames tile the paragraphs.

use crate::memo::ByGroup;
use crate::mentions::{Form, Mentions};
use crate::quotes::Marked;
use crate::seeds::{Class, Vocabulary, WordId};
use crate::sentences::Sentence;
use crate::text::Span;
use crate::words::{Kind, Page, Shape, Word, ignorable};
use std::cell::RefCell;
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
}

impl Element {
    /// What stands where no element was put yet.
    const NONE: Element = Element {
        first: 0,
        end: 0,
        holds: Holds::Word,
        tag: Tag::Edge,
    };
}

macro_rules! tags {
    ($($tag:ident),* $(,)?) => {
        /// Part of speech as far as word lists tell.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum Tag {
            $($tag),*
        }

        /// All tags by their numbers.
        pub(super) const TAGS: [Tag; [$(Tag::$tag),*].len()] = [$(Tag::$tag),*];
    };
}

tags! {
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

    /// Those and others.
    pub const fn or(self, others: Tags) -> Tags {
        Tags(self.0 | others.0)
    }

    /// The same by the tag's number.
    pub(super) const fn has(self, tag: usize) -> bool {
        self.0 >> tag & 1 != 0
    }

    /// True for a tag among them: a question without a branch.
    #[inline]
    pub fn hold(self, tag: Tag) -> bool {
        self.has(tag as usize)
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
}

/// An element that is a mention.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mentioned {
    /// Index of the element.
    pub element: u32,
    /// Where its tag stands in [`Frames::tags`].
    pub place: u32,
    /// Index into [`Mentions::list`].
    pub mention: u32,
}

/// All frames of a page.
#[derive(Debug, Default)]
pub struct Frames {
    /// The elements of all frames, in text order.
    pub elements: Vec<Element>,
    /// The frames, in text order.
    pub list: Vec<Frame>,
    /// The tags of the elements of each frame, with [`MARGIN`] edges before and behind them; behind the last frame twice as many.
    pub tags: Vec<Tag>,
    /// The same for the hashes of their words; the tag where an element is no word, [`EDGE`] at an edge.
    pub hashes: Vec<u64>,
    /// The same for the classes of their words; none where an element is no word.
    pub classes: Vec<Class>,
    /// The elements that are mentions, in text order.
    pub mentions: Vec<Mentioned>,
    /// How many mentions stand before each element, those of other frames among them.
    pub mentions_before: Vec<u32>,
    /// The elements that can report, in text order.
    pub reports: Vec<u32>,
    /// The frame of each of those.
    pub report_frames: Vec<u32>,
}

/// So far tags are asked for beside an element without asking whether the frame goes on there.
pub const MARGIN: usize = 4;

/// What stands beside a frame instead of the hash of a word.
pub const EDGE: u64 = 0xED6E;

impl Frames {
    /// Folds a page into frames.
    pub fn new(page: &Page, sentences: &[Sentence], marked: &[Marked], mentions: &Mentions) -> Frames {
        let mut frames = Frames::default();
        frames.fold(page, sentences, marked, mentions);
        frames
    }

    /// Folds a page into frames, in the room that the frames of another page took.
    pub fn fold(&mut self, page: &Page, sentences: &[Sentence], marked: &[Marked], mentions: &Mentions) {
        let mut fold = Fold::new(page, marked, mentions);
        TOLD_BY_GROUP.with_borrow_mut(|by_group| {
            let mut building = Building::new(self, by_group.of(page), page, sentences);
            let mut at = 0;
            for (index, sentence) in sentences.iter().enumerate() {
                at = at.max(sentence.words.start);
                while at < sentence.words.end {
                    // Up to the next passage or mention, each word is an element of its own.
                    let words = at..fold.next_fold(at).min(sentence.words.end);
                    at = words.end;
                    building.push_words(page, words);
                    if at < sentence.words.end {
                        at = match fold.element(at, sentence.words.end) {
                            Some(element) => building.push(element),
                            None => building.push_word(page, at),
                        };
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
            building.finish();
        });
    }

    /// True where "saying" or "according" may stand, behind an adverb or not: all that a new attribution may begin with. Worked out
    /// without a branch.
    #[inline]
    pub fn may_attribute(&self, place: usize) -> bool {
        let place = place + usize::from(self.tags[place] == Tag::Adverb);
        (self.tags[place] == Tag::Gerund) & self.classes[place].meets(Class::SAY) | (self.hashes[place] == ACCORDING)
    }

    /// Hash of the plain form of an element's word; what it holds where it is none.
    #[inline]
    pub fn lemma(&self, page: &Page, vocabulary: &Vocabulary, element: usize) -> u64 {
        let e = &self.elements[element];
        let word = self.word(page, element);
        match word.id {
            _ if e.holds != Holds::Word => e.tag as u64,
            WordId::UNKNOWN => word.hash,
            id => vocabulary.lemma_hash(id),
        }
    }

    /// Puts edges where a frame ends or the first one begins.
    fn add_edges(&mut self, place: usize) {
        self.tags[place..][..MARGIN].fill(Tag::Edge);
        self.hashes[place..][..MARGIN].fill(EDGE);
        self.classes[place..][..MARGIN].fill(Class::NONE);
    }

    /// The first word of an element.
    #[inline]
    pub fn word<'p>(&self, page: &'p Page, element: usize) -> &'p Word {
        &page.words[self.elements[element].first as usize]
    }

    /// The place of an element.
    pub fn span(&self, page: &Page, element: usize) -> Span {
        let e = &self.elements[element];
        page.span(e.first as usize, e.end as usize - 1)
    }
}

/// Frames in the making: where the next element goes in each list, where the last frame's part of each begins, and what was
/// seen in it. The lists are longer than what they hold.
struct Building<'f> {
    frames: &'f mut Frames,
    by_group: &'f mut ByGroup,
    element: usize,
    /// Where its tag and its hash go.
    tag: usize,
    report: usize,
    first: usize,
    first_tag: usize,
    first_mention: usize,
    first_report: usize,
    /// See [`Frame::passages`].
    passages: u8,
    /// See [`Frame::first_say`]; the highest number where there is none.
    first_say: usize,
}

impl<'f> Building<'f> {
    fn new(frames: &'f mut Frames, by_group: &'f mut ByGroup, page: &Page, sentences: &[Sentence]) -> Self {
        let words = page.words.len();
        // Each sentence may end a frame, and so may each element after so many; what the last page left there is written over.
        let places = words + MARGIN * (sentences.len() + words / MOST_ELEMENTS + 6);
        frames.elements.resize(words, Element::NONE);
        frames.tags.resize(places, Tag::Edge);
        frames.hashes.resize(places, EDGE);
        frames.classes.resize(places, Class::NONE);
        frames.mentions_before.resize(words, 0);
        frames.reports.resize(words + 1, 0);
        frames.report_frames.resize(words + 1, 0);
        frames.mentions.clear();
        frames.list.clear();
        frames.list.reserve(sentences.len());
        frames.add_edges(0);
        Building {
            frames,
            by_group,
            element: 0,
            tag: MARGIN,
            report: 0,
            first: 0,
            first_tag: MARGIN,
            first_mention: 0,
            first_report: 0,
            passages: 0,
            first_say: usize::MAX,
        }
    }

    /// True where the last frame is a passage so far, and nothing else.
    fn is_passage(&self) -> bool {
        self.element == self.first + 1 && self.frames.elements[self.first].tag == Tag::Passage
    }

    /// Adds an element that is no word; gives the first word behind it.
    fn push(&mut self, element: Element) -> usize {
        self.frames.mentions_before[self.element] = self.frames.mentions.len() as u32;
        match element.holds {
            Holds::Passage(_) => self.passages |= passage_bit(&element),
            Holds::Mention(mention) => self.frames.mentions.push(Mentioned {
                element: self.element as u32,
                place: self.tag as u32,
                mention,
            }),
            Holds::Word => {}
        }
        self.frames.tags[self.tag] = element.tag;
        self.frames.hashes[self.tag] = element.tag as u64;
        self.frames.classes[self.tag] = Class::NONE;
        self.frames.elements[self.element] = element;
        self.tag += 1;
        self.element += 1;
        element.end as usize
    }

    /// Adds a word that a passage or a mention begins with and that is an element nevertheless; gives the one behind it.
    #[cold]
    #[inline(never)]
    fn push_word(&mut self, page: &Page, at: usize) -> usize {
        self.push_words(page, at..at + 1);
        at + 1
    }

    /// Adds words, each of which is an element. No decision depends on what a word is, which is unpredictable.
    #[inline(always)]
    fn push_words(&mut self, page: &Page, words: Range<usize>) {
        let (first, count) = (words.start, words.len());
        let elements = &mut self.frames.elements[self.element..][..count];
        let tags = &mut self.frames.tags[self.tag..][..count];
        let hashes = &mut self.frames.hashes[self.tag..][..count];
        let classes = &mut self.frames.classes[self.tag..][..count];
        let before = &mut self.frames.mentions_before[self.element..][..count];
        let words = &page.words[words];
        let reports = &mut self.frames.reports[..];
        let report_frames = &mut self.frames.report_frames[..reports.len()];
        let (mentions, frame) = (self.frames.mentions.len() as u32, self.frames.list.len() as u32);
        let (mut report, mut first_say) = (self.report, self.first_say);
        for k in 0..count {
            let word = &words[k];
            let known = KINDS[word.kind as usize];
            let told = Told::of(self.by_group, page, word, known);
            let (tag, hash) = (told.tag(), word.hash);
            let at = (first + k) as u32;
            elements[k] = Element {
                first: at,
                end: at + 1,
                holds: Holds::Word,
                tag,
            };
            tags[k] = tag;
            hashes[k] = tag as u64 ^ (tag as u64 ^ hash) & known.hashed;
            classes[k] = word.classes;
            before[k] = mentions;
            let i = self.element + k;
            reports[report] = i as u32;
            report_frames[report] = frame;
            report += usize::from(told.reports());
            first_say = first_say.min(if told.says() { i } else { usize::MAX });
        }
        self.tag += count;
        self.element += count;
        (self.report, self.first_say) = (report, first_say);
    }

    /// Makes the elements since the last frame a frame, or several where they are too many.
    fn close(&mut self, page: &Page, paragraph: usize) {
        let elements = self.first..self.element;
        match elements.len() {
            0 => {}
            1..=MOST_ELEMENTS => self.add_frame(elements, paragraph),
            _ => self.cut(page, elements, paragraph),
        }
    }

    /// Makes some elements several frames, with edges between them.
    #[cold]
    fn cut(&mut self, page: &Page, elements: Range<usize>, paragraph: usize) {
        let hashes = self.frames.hashes[self.first_tag..self.tag].to_vec();
        let classes = self.frames.classes[self.first_tag..self.tag].to_vec();
        self.tag = self.first_tag;
        for (hashes, classes) in hashes.chunks(MOST_ELEMENTS).zip(classes.chunks(MOST_ELEMENTS)) {
            let part = self.first..self.first + hashes.len();
            self.passages = 0;
            self.first_say = usize::MAX;
            for (i, (&hash, &classes)) in part.clone().zip(hashes.iter().zip(classes)) {
                let element = &self.frames.elements[i];
                let says = element.holds == Holds::Word && page.words[element.first as usize].is(Class::SAY);
                self.first_say = self.first_say.min(if says { i } else { usize::MAX });
                self.passages |= passage_bit(element);
                self.frames.tags[self.tag] = element.tag;
                self.frames.hashes[self.tag] = hash;
                self.frames.classes[self.tag] = classes;
                self.tag += 1;
            }
            self.add_frame(part, paragraph);
            self.move_lists();
        }
        debug_assert_eq!(self.first, elements.end);
    }

    /// Tells the lists that the last frame, which was cut, stands elsewhere now.
    fn move_lists(&mut self) {
        let frames = &mut *self.frames;
        let Some(frame) = frames.list.last() else { return };
        frames.report_frames[frame.reports.clone()].fill(frames.list.len() as u32 - 1);
        for mentioned in &mut frames.mentions[frame.mentions.clone()] {
            mentioned.place = (frame.first_tag + mentioned.element as usize - frame.elements.start) as u32;
        }
    }

    /// Adds the frame of some elements, of which everything is told but the lists that they are in.
    fn add_frame(&mut self, elements: Range<usize>, paragraph: usize) {
        let frames = &mut *self.frames;
        // Only where a frame is cut some stand behind it.
        let stands_before = |&i: &u32| (i as usize) < elements.end;
        let mut mentions = self.first_mention..frames.mentions.len();
        let mut reports = self.first_report..self.report;
        if elements.end < self.element {
            mentions.end = frames.mentions.partition_point(|m| stands_before(&m.element));
            reports.end = frames.reports[..self.report].partition_point(stands_before);
        }
        const CLOSING: Tags = Tags::of(&[Tag::Stop, Tag::Question, Tag::Mark]);
        let tags = &frames.tags[self.first_tag + 1..self.tag];
        let closed = tags.iter().rev().take_while(|&&tag| CLOSING.hold(tag)).count();
        frames.list.push(Frame {
            end: elements.end - closed,
            first_tag: self.first_tag,
            mentions: mentions.clone(),
            reports: reports.clone(),
            paragraph,
            passages: self.passages,
            first_say: self.first_say.min(elements.end),
            elements: elements.clone(),
        });
        frames.add_edges(self.tag);
        self.tag += MARGIN;
        self.first = elements.end;
        self.first_tag = self.tag;
        self.first_mention = mentions.end;
        self.first_report = reports.end;
        self.passages = 0;
        self.first_say = usize::MAX;
    }

    /// Cuts the lists to what they hold.
    fn finish(mut self) {
        self.frames.add_edges(self.tag);
        self.tag += MARGIN;
        self.frames.elements.truncate(self.element);
        self.frames.tags.truncate(self.tag);
        self.frames.hashes.truncate(self.tag);
        self.frames.classes.truncate(self.tag);
        self.frames.mentions_before.truncate(self.element);
        self.frames.reports.truncate(self.report);
        self.frames.report_frames.truncate(self.report);
    }
}

/// Longer frames are cut: no sentence is that long, and decisions look at every element of a frame.
pub(super) const MOST_ELEMENTS: usize = 256;

/// A passage of more words than this counts as a clause.
const CLAUSE_WORDS: u32 = 6;

fn passage_bit(element: &Element) -> u8 {
    match element.holds {
        Holds::Passage(_) if element.end - element.first > CLAUSE_WORDS => 2,
        Holds::Passage(_) => 1,
        _ => 0,
    }
}

/// Tags of finite verbs.
pub(super) const FINITE_TAGS: &[Tag] = &[Tag::Be, Tag::Have, Tag::Modal, Tag::Past, Tag::Third];
pub(super) const FINITE: Tags = Tags::of(FINITE_TAGS);

/// Those of verbs that help others.
pub(super) const HELPING: Tags = Tags::of(&[Tag::Be, Tag::Have, Tag::Modal]);

/// Those of finite verbs that can report.
pub(super) const REPORTING: Tags = Tags::of(&[Tag::Past, Tag::Third]);

/// True for a finite verb.
#[inline]
pub(super) fn is_finite(tag: Tag) -> bool {
    FINITE.hold(tag)
}

struct Fold<'a> {
    page: &'a Page<'a>,
    marked: &'a [Marked],
    mentions: &'a Mentions,
    /// Next passage to meet, and where it begins; the highest number where there is none.
    passage: usize,
    passage_start: usize,
    /// The same for the next mention.
    mention: usize,
    mention_start: usize,
}

impl<'a> Fold<'a> {
    fn new(page: &'a Page<'a>, marked: &'a [Marked], mentions: &'a Mentions) -> Self {
        let mut fold = Fold {
            page,
            marked,
            mentions,
            passage: 0,
            passage_start: 0,
            mention: 0,
            mention_start: 0,
        };
        fold.pass_passages(0);
        fold.pass_mentions(0);
        fold
    }

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
    #[inline]
    fn next_fold(&mut self, at: usize) -> usize {
        if self.passage_start < at {
            self.pass_passages(at);
        }
        if self.mention_start < at {
            self.pass_mentions(at);
        }
        self.passage_start.min(self.mention_start)
    }

    /// Goes to the next passage of the writer's own text that begins at `at` or behind it.
    fn pass_passages(&mut self, at: usize) {
        let rest = &self.marked[self.passage..];
        let passed = rest.iter().take_while(|m| m.words.start < at || m.depth > 0).count();
        self.passage += passed;
        self.passage_start = rest.get(passed).map_or(usize::MAX, |m| m.words.start);
    }

    /// Goes to the next mention that begins at `at` or behind it.
    fn pass_mentions(&mut self, at: usize) {
        let rest = &self.mentions.list[self.mention..];
        let passed = rest.iter().take_while(|m| m.words.start < at).count();
        self.mention += passed;
        self.mention_start = rest.get(passed).map_or(usize::MAX, |m| m.words.start);
    }

    /// The element that begins at word `at`, where a passage or a mention begins; `None` for a word alone.
    fn element(&self, at: usize, end: usize) -> Option<Element> {
        if self.passage_start == at
            && let m = &self.marked[self.passage]
            && m.words.end > at
        {
            return Some(Element {
                first: at as u32,
                end: m.words.end as u32,
                holds: Holds::Passage(self.passage as u32),
                tag: Tag::Passage,
            });
        }
        let limit = self.passage_start.min(end);
        if self.mention_start == at
            && let m = &self.mentions.list[self.mention]
            && m.words.end > at
            && m.words.end <= limit
        {
            // The appositive behind a name belongs to it, so that name and verb stand side by side.
            // One that holds words of saying or a quotation stays apart: it is a statement of its own.
            let tail = m.words.end..m.next_word().max(m.words.end);
            let quoted = tail.end >= limit && limit < end;
            let apart = quoted || tail.end > limit || self.page.words[tail.clone()].iter().any(|w| w.is(Class::SAY));
            let end = if apart { m.words.end } else { tail.end };
            return Some(Element {
                first: at as u32,
                end: end as u32,
                holds: Holds::Mention(self.mention as u32),
                tag: mention_tag(m.form),
            });
        }
        None
    }
}

/// What is told of a word without looking at the words around it: its tag, whether it can report, whether it is a verb of saying.
#[derive(Debug, Clone, Copy)]
struct Told(u8);

impl Told {
    const TAG: u8 = 63;
    const REPORTS: u8 = 64;
    const SAYS: u8 = 128;

    const fn new(tag: Tag, reports: bool, says: bool) -> Told {
        assert!(tag as u8 <= Self::TAG);
        Told(tag as u8 | (Self::REPORTS * reports as u8) | (Self::SAYS * says as u8))
    }

    #[inline]
    fn tag(self) -> Tag {
        // As many as the bits can tell, so that no look-up needs to ask whether the tag is there.
        const PADDED: [Tag; Told::TAG as usize + 1] = {
            let mut tags = [Tag::Edge; Told::TAG as usize + 1];
            let mut at = 0;
            while at < TAGS.len() {
                tags[at] = TAGS[at];
                at += 1;
            }
            tags
        };
        PADDED[usize::from(self.0 & Self::TAG)]
    }

    /// True for a colon, and for a verb or another word of the list of cues.
    #[inline]
    fn reports(self) -> bool {
        self.0 & Self::REPORTS != 0
    }

    #[inline]
    fn says(self) -> bool {
        self.0 & Self::SAYS != 0
    }

    /// What is told of letters.
    fn of_letters(page: &Page, word: &Word, case: Case) -> Told {
        let tag = letters_tag(page, word, case);
        let name = case.capital && tag == Tag::Capital;
        let verb = word.is(Class::VERB) && !HELPING.hold(tag) && !name;
        Told::new(tag, verb || word.is(Class::CUE), word.is(Class::SAY))
    }
}

/// What is known of words by their kind.
#[derive(Clone, Copy)]
struct Known {
    /// Bits of [`Told`].
    of_kind: u8,
    /// Which bits of what is told of letters hold too.
    mask: u8,
    /// All bits where the word has a hash that means something.
    hashed: u64,
}

static KINDS: [Known; Kind::Symbol as usize + 1] = {
    let mut kinds = [Known {
        of_kind: 0,
        mask: Told::SAYS,
        hashed: 0,
    }; Kind::Symbol as usize + 1];
    let mut kind = 0;
    while kind < kinds.len() {
        let colon = kind == Kind::Colon as usize;
        kinds[kind].of_kind = Told::new(MARK_TAGS[kind], colon, false).0;
        kind += 1;
    }
    kinds[Kind::Letters as usize] = Known {
        of_kind: 0,
        mask: u8::MAX,
        hashed: u64::MAX,
    };
    kinds[Kind::Clitic as usize].hashed = u64::MAX;
    kinds
};

/// Whether a word begins with a capital, and whether it is the first of its paragraph.
#[derive(Debug, Clone, Copy)]
struct Case {
    capital: bool,
    first: bool,
}

impl Case {
    fn of(word: &Word) -> Case {
        Case {
            capital: word.capital(),
            first: word.shape.has(Shape::FIRST),
        }
    }
}

thread_local! {
    /// What is told of letters, by their group, in all four [`Case`]s, a byte each.
    static TOLD_BY_GROUP: RefCell<ByGroup> = const { RefCell::new(ByGroup::new()) };
}

impl Told {
    #[inline(always)]
    fn of(by_group: &mut ByGroup, page: &Page, word: &Word, known: Known) -> Told {
        let told = by_group.get(word.group, || {
            // Where others share the group the spelling tells nothing.
            let spelled =
                word.is(Class::FUNCTION) || word.id != WordId::UNKNOWN && Vocabulary::SPELLED.contains(&word.hash);
            let hash = if spelled { word.hash } else { 0 };
            let word = &Word { hash, ..*word };
            let told = |capital, first| u64::from(Told::of_letters(page, word, Case { capital, first }).0);
            told(false, false) | told(true, false) << 8 | told(false, true) << 16 | told(true, true) << 24
        });
        let case = 8 * u32::from(word.capital()) + 16 * u32::from(word.shape.has(Shape::FIRST));
        Told((told >> case) as u8 & known.mask | known.of_kind)
    }
}

/// True where it can be asked of a word whether it reports.
pub(super) fn can_report(page: &Page, word: &Word) -> bool {
    match word.kind {
        Kind::Letters => Told::of_letters(page, word, Case::of(word)).reports(),
        kind => kind == Kind::Colon,
    }
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
const OF: u64 = Vocabulary::SPELLED[0];
const BY: u64 = Vocabulary::SPELLED[1];
const THAT: u64 = Vocabulary::SPELLED[2];

const ACCORDING: u64 = crate::words::Fold::of_ascii("according");

const FUNCTION: u64 = Class::FUNCTION.0;

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
fn other_classes(word: &Word) -> usize {
    let bit = |class: Class, bit: usize| if word.is(class) { bit } else { 0 };
    (word.classes.bits() >> CONTENT) as usize & (TIMES - 1)
        | bit(Class::WEEKDAY.or(Class::TIME_NOUN), TIMES)
        | bit(Class::ADVERB, ADVERBS)
        | bit(Class::PERSON_NOUN.or(Class::ROLE).or(Class::PLURAL_PERSON), PEOPLE)
        | bit(Class::NUMBER_WORD, NUMBERS)
}

/// The tag of letters by their classes; the first that fits.
fn letters_tag(page: &Page, word: &Word, case: Case) -> Tag {
    // What is told by more than its classes.
    const DOUBTFUL: Class = Class::AUXILIARY
        .or(Class::MODAL)
        .or(Class::SUBORDINATOR)
        .or(Class::REFLEXIVE)
        .or(Class::MONTH);
    let function = match () {
        () if word.is(DOUBTFUL) => doubtful_tag(page, word, case),
        () if word.hash == BY => Tag::By,
        () if word.hash == OF => Tag::Of,
        () if word.is(Class::INFINITIVE_MARK) => Tag::To,
        () => FUNCTION_TAGS[(word.classes.bits() & FUNCTION) as usize],
    };
    match OTHER_TAGS[other_classes(word)] {
        _ if function != Tag::Plain => function,
        Tag::Plain if case.capital => Tag::Capital,
        other => other,
    }
}

/// The tag of a word that is told by its spelling or its place too; plain where these tell nothing.
fn doubtful_tag(page: &Page, word: &Word, case: Case) -> Tag {
    match function_tag(page, word, case) {
        Tag::Plain if word.is(Class::REFLEXIVE) && !misplaced_modal(word, case) => Tag::Pronoun,
        Tag::Plain if case.capital && word.is(Class::MONTH) => Tag::Time,
        tag => tag,
    }
}

/// The tag of what is no run of letters, by its kind.
static MARK_TAGS: [Tag; Kind::Symbol as usize + 1] = {
    const OF_KINDS: &[(Kind, Tag)] = &[
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
    assert!(OF_KINDS.len() == tags.len());
    let mut at = 0;
    while at < OF_KINDS.len() {
        tags[OF_KINDS[at].0 as usize] = OF_KINDS[at].1;
        at += 1;
    }
    tags
};

/// "May" inside a sentence is a month.
fn misplaced_modal(word: &Word, case: Case) -> bool {
    case.capital && !case.first && word.is(Class::MODAL)
}

/// The tag of a word that may be a function word, plain for one that is none.
fn function_tag(page: &Page, word: &Word, case: Case) -> Tag {
    let initial = || page.at(word.span()).as_bytes()[0].to_ascii_lowercase();
    // Characters that nobody sees do not count: words of one hash have one tag.
    let seen = || page.at(word.span()).chars().filter(|&c| !ignorable(c)).count();
    match FUNCTION_TAGS[(word.classes.bits() & FUNCTION) as usize] {
        _ if word.hash == THAT => Tag::That,
        _ if word.hash == OF => Tag::Of,
        _ if word.hash == BY => Tag::By,
        Tag::Be => {
            let have = initial() == b'h' && seen() > 2;
            if have { Tag::Have } else { Tag::Be }
        }
        _ if misplaced_modal(word, case) => Tag::Plain,
        _ if word.is(Class::INFINITIVE_MARK) => Tag::To,
        // How, why, what: subordinators that ask.
        Tag::Subordinator if matches!(initial(), b'w' | b'h') => Tag::Wh,
        tag => tag,
    }
}
