//! Candidates and what is seen around them: the questions put to the model.
//!
//! Everything here looks at the elements of one [`Frame`]; nothing decides. A feature is a template number and a value; the
//! numbers have no meaning but to differ.

use super::frames::{
    self, EDGE, Element, FINITE, Frame, Frames, HELPING, Holds, MARGIN, Mentioned, REPORTING, TAGS, Tag, Tags,
    is_finite,
};
use super::model::{Listed, Model, Question, SCALE, Sink, mix};
use super::survey::{End, Endings, Gap, Inner, MOST_COMMAS, PASSED_OVER, SIGNATURE, Survey, Surveys};
use crate::mentions::{Gender, Mentions};
use crate::quotes::Marked;
use crate::seeds::{Class, Seeds, WordId};
use crate::words::Page;
use std::hint::select_unpredictable;
use std::ops::Range;

/// What a decision about one frame looks at.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The page.
    pub page: &'a Page<'a>,
    /// Its frames.
    pub frames: &'a Frames,
    /// Its marked passages.
    pub marked: &'a [Marked],
    /// Its mentions.
    pub mentions: &'a Mentions,
    /// The seeds.
    pub seeds: &'a Seeds,
    /// The frame.
    pub frame: &'a Frame,
    /// The elements of the frame.
    pub elements: &'a [Element],
    /// Their tags, with edges before and behind them.
    pub tags: &'a [Tag],
    /// The hashes of their words in the same places.
    pub hashes: &'a [u64],
    /// And the classes of their words.
    pub classes: &'a [Class],
    /// The number of the element that the first of those would be the tag of.
    pub before_tags: usize,
}

/// A run of elements that may be a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// First element.
    pub first: usize,
    /// One past the last element.
    pub end: usize,
    /// The mention it is, `None` for a noun phrase that the mentions stage does not know.
    pub mention: Option<u32>,
}

impl Candidate {
    /// The mention that element `i` of a document is.
    pub fn mention_at(elements: &[Element], i: usize) -> Option<Candidate> {
        let Holds::Mention(m) = elements.get(i)?.holds else {
            return None;
        };
        Some(Candidate {
            first: i,
            end: i + 1,
            mention: Some(m),
        })
    }
}

/// The words of a statement: one run of elements, or two around its attribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// First run of elements.
    pub first: Range<usize>,
    /// Second run, after the attribution.
    pub second: Option<Range<usize>>,
}

const ACCORDING: &str = "according";

/// By how many weight units the end of one start may be likelier than any end of the starts before it.
const HEADWAY: i32 = 2 * SCALE as i32;

/// So many elements behind a cue may begin what is reported.
const MOST_STARTS: usize = 8;

/// What begins nothing that is reported.
const NO_START: Tags = Tags::of(&[
    Tag::Comma,
    Tag::Stop,
    Tag::Colon,
    Tag::Dash,
    Tag::Question,
    Tag::Semicolon,
]);

/// How far before a speaker the quotation may end that is attributed.
const PASSAGE_NEAR: usize = 10;

/// How many slots the first look at a cue weighs.
pub const FIRST_SLOTS: usize = 7;

/// How sure a cue must be, by what is seen of it and its content; worked out beforehand, for which case comes next is
/// unpredictable.
mod wanted {
    // The content holds marked words; is a clause; begins with "to"; begins with a gerund.
    pub const QUOTED: usize = 1;
    pub const CLAUSE: usize = 1 << 1;
    pub const TO: usize = 1 << 8;
    pub const GERUND: usize = 1 << 9;
    // The cue is a finite verb; a participle inside a noun phrase; an infinitive.
    pub const FINITE: usize = 1 << 2;
    pub const ATTRIBUTE: usize = 1 << 3;
    pub const PURPOSE: usize = 1 << 4;
    // It is of the classes `cue`, `say`, `attitude`.
    pub const KNOWN: usize = 1 << 5;
    pub const SAYS: usize = 1 << 6;
    pub const ATTITUDE: usize = 1 << 7;

    /// No cue is as sure as this.
    const NEVER: f32 = 1.1;

    pub static TABLE: [f32; 1 << 10] = {
        let mut table = [NEVER; 1 << 10];
        let mut seen = 0;
        while seen < table.len() {
            let tells = seen & (CLAUSE | GERUND) != 0;
            table[seen] = match () {
                () if seen & QUOTED != 0 => 0.35,
                () if seen & ATTRIBUTE != 0 => 0.95,
                () if seen & ATTITUDE != 0 && seen & CLAUSE != 0 => 0.95,
                () if seen & ATTITUDE != 0 => NEVER,
                () if seen & PURPOSE != 0 => 0.95,
                () if seen & SAYS != 0 && seen & TO != 0 => 0.6,
                () if seen & SAYS != 0 && seen & FINITE != 0 => 0.3,
                () if seen & SAYS != 0 => 0.45,
                () if tells && seen & KNOWN != 0 => 0.4,
                () if tells => 0.5,
                () if seen & KNOWN != 0 => 0.55,
                () if seen & TO != 0 => 0.8,
                () => NEVER,
            };
            seen += 1;
        }
        table
    };
}

/// What stands before a noun whose owner it tells, or opens its phrase.
const OWNERS: Tags = Tags::of(&[Tag::Possessive, Tag::Determiner]);

/// The numbers of the places of a frame, none above six; a minimum would become a jump.
static UP_TO_SIX: [u8; frames::MOST_ELEMENTS] = {
    let mut places = [6; frames::MOST_ELEMENTS];
    let mut place = 0;
    while place < 6 {
        places[place] = place as u8;
        place += 1;
    }
    places
};

/// What stands around an element that may report.
#[derive(Debug, Clone, Copy)]
pub struct Around {
    /// The tags of the two elements before it, its own, and those of three behind it.
    tags: [Tag; 6],
    /// The words of the element before it, its own, and that of the one behind it.
    words: [u64; 3],
    /// How many elements of the frame stand before it, up to six.
    start: u64,
    /// Whether a verb of saying is among those.
    said: bool,
}

impl Around {
    /// Looks around an element of a frame.
    #[inline]
    pub fn of(frames: &Frames, frame: &Frame, element: usize) -> Around {
        let before = element - frame.elements.start;
        let place = frame.first_tag + before;
        let tags = frames.tags.get(place - 2..).and_then(<[Tag]>::first_chunk);
        let words = frames.hashes.get(place - 1..).and_then(<[u64]>::first_chunk);
        Around {
            tags: *tags.unwrap_or(&[Tag::Edge; 6]),
            words: *words.unwrap_or(&[EDGE; 3]),
            start: u64::from(UP_TO_SIX[before % UP_TO_SIX.len()]),
            said: frame.first_say < element,
        }
    }

    /// “…,” she said when pressed, “…”: a participle that tells when something was said introduces no quotation.
    #[inline]
    pub fn tells_when(&self) -> bool {
        const WHEN: Tags = Tags::of(&[Tag::Wh, Tag::Subordinator]);
        let [_, before, form, next, _, _] = self.tags;
        WHEN.hold(before) & (form == Tag::Past) & (next == Tag::Comma)
    }

    /// True for a word beside a quotation, between commas or before "is that": all that [`View::attributes`], [`View::labels`],
    /// [`View::introduces`], [`View::in_commas`] and [`View::owned_claim`] can hold for. Worked out without a branch.
    #[inline]
    pub fn stands_out(&self) -> bool {
        let [before, back, _, next, second, _] = self.tags;
        let is = |tag: Tag, other: Tag| tag == other;
        let beside =
            is(before, Tag::Passage) | is(back, Tag::Passage) | is(next, Tag::Passage) | is(second, Tag::Passage);
        let in_commas = is(before, Tag::Comma) & is(next, Tag::Comma);
        beside | in_commas | is(next, Tag::Be) & is(second, Tag::That)
    }

    /// Lists what the first look at it as a cue weighs, whose plain form is `lemma`.
    #[inline]
    pub fn list_first(&self, lemma: u64, slots: &mut [u32; FIRST_SLOTS]) {
        Listed::fill(slots, |list| self.ask_first(lemma, list));
    }

    /// What tells most words that report from those that do not.
    #[inline(always)]
    fn ask_first(&self, l: u64, out: &mut impl Sink) {
        let mut add = |template, value| out.add(Question::Cue, template, value);
        let [before, _, form, next, second, third] = self.tags.map(|tag| tag as u64);
        let [word_back, _, word_next] = self.words;
        add(3, l);
        add(7, word_next);
        add(9, mix(l, next));
        add(32, mix(self.start, form));
        add(37, mix(mix(word_back, before), form));
        add(40, mix(second, mix(third, next)));
        add(43, mix(u64::from(self.said), l));
    }
}

impl View<'_> {
    /// The element at `i`, `None` outside the frame.
    pub fn element(&self, i: isize) -> Option<&Element> {
        // What stands before the frame wraps around to the far end of all numbers.
        self.elements.get((i as usize).wrapping_sub(self.frame.elements.start))
    }

    /// Tag of the element at `i`.
    #[inline]
    pub fn tag(&self, i: isize) -> Tag {
        let tag = self.tags.get((i as usize).wrapping_sub(self.before_tags));
        tag.copied().unwrap_or(Tag::Edge)
    }

    /// Tags of a run of elements of the frame.
    #[inline]
    fn tags_in(&self, run: Range<usize>) -> &[Tag] {
        let place = |i: usize| i.wrapping_sub(self.before_tags);
        self.tags.get(place(run.start)..place(run.end)).unwrap_or_default()
    }

    /// Tags of the elements from `first` on, which stands no farther from the frame than its margin.
    #[inline]
    fn some_tags<const COUNT: usize>(&self, first: isize) -> [Tag; COUNT] {
        let tags = self.tags.get((first as usize).wrapping_sub(self.before_tags)..);
        let tags = tags.and_then(<[Tag]>::first_chunk);
        *tags.unwrap_or(&[Tag::Edge; COUNT])
    }

    /// The same as numbers.
    #[inline]
    fn tags_from<const COUNT: usize>(&self, first: isize) -> [u64; COUNT] {
        self.some_tags(first).map(|tag| tag as u64)
    }

    /// Word of the element at `i`: its hash, or what it holds.
    #[inline]
    fn word(&self, i: isize) -> u64 {
        let hash = self.hashes.get((i as usize).wrapping_sub(self.before_tags));
        hash.copied().unwrap_or(EDGE)
    }

    /// Words of the elements from `first` on, which stands no farther from the frame than its margin.
    #[inline]
    fn words_from<const COUNT: usize>(&self, first: isize) -> [u64; COUNT] {
        let words = self.hashes.get((first as usize).wrapping_sub(self.before_tags)..);
        let words = words.and_then(<[u64]>::first_chunk);
        *words.unwrap_or(&[EDGE; COUNT])
    }

    /// Hash of the plain form of the word at `i`.
    pub fn lemma(&self, i: isize) -> u64 {
        match self.element(i) {
            Some(_) => self.frames.lemma(self.page, &self.seeds.vocabulary, i as usize),
            None => EDGE,
        }
    }

    /// Class bits of the word at `i`.
    #[inline]
    fn classes(&self, i: isize) -> Class {
        let classes = self.classes.get((i as usize).wrapping_sub(self.before_tags));
        classes.copied().unwrap_or(Class::NONE)
    }

    /// True where the element can be asked whether it reports.
    pub fn can_report(&self, i: usize) -> bool {
        let e = &self.frames.elements[i];
        e.holds == Holds::Word && frames::can_report(self.page, &self.page.words[e.first as usize])
    }

    /// The elements of the frame that can report.
    pub fn reports(&self) -> impl Iterator<Item = usize> {
        let reports = &self.frames.reports[self.frame.reports.clone()];
        reports.iter().map(|&i| i as usize)
    }

    /// The mentions of the frame before an element, and those from it on.
    fn mentions_beside(&self, element: usize) -> (&[Mentioned], &[Mentioned]) {
        let Range { start, end } = self.frame.mentions;
        let before = self.frames.mentions_before.get(element);
        let before = before.map_or(end, |&before| end.min(before as usize));
        (&self.frames.mentions[start..before], &self.frames.mentions[before..end])
    }

    /// "Wiles, they added, had been …": a subject alone before the attribution says nothing; the rest is the content.
    pub fn without_lone_subject(&self, content: Content) -> Content {
        let lone = content.first.len() == 1 && self.tag(content.first.start as isize) != Tag::Passage;
        match content.second {
            Some(second) if lone => Content {
                first: second,
                second: None,
            },
            second => Content { second, ..content },
        }
    }

    /// True where a content that begins here is an infinitive, gerund or question.
    fn opens_clause(&self, start: usize) -> bool {
        const OPEN: Tags = Tags::of(&[Tag::To, Tag::Gerund, Tag::Wh, Tag::Subordinator]);
        OPEN.hold(self.tag(start as isize))
    }

    /// True for a clause with a verb of its own: not a noun phrase with a relative clause behind it, nor an infinitive.
    pub fn reported_clause(&self, run: &Range<usize>) -> bool {
        const OPEN: Tags = Tags::of(&[Tag::To, Tag::That, Tag::Wh, Tag::Subordinator]);
        const PARTED: Tags = Tags::of(&[Tag::That, Tag::Wh]);
        let opens = self.tag(run.start as isize);
        if OPEN.hold(opens) {
            return !run.is_empty() && opens != Tag::To;
        }
        for i in run.clone() {
            let word = self.classes(i as isize);
            let [tag, next] = self.some_tags(i as isize);
            let third = (tag == Tag::Third) & !word.meets(Class::NOUN);
            let past = (tag == Tag::Past) & (next != Tag::By) & !word.meets(Class::ADJECTIVE);
            let verb = HELPING.hold(tag) | third | past;
            if verb | PARTED.hold(tag) {
                return verb;
            }
        }
        false
    }

    /// How sure the cue must be for a statement to count: little for a verb of saying or marked words, more for a clause, most
    /// for a bare noun phrase or infinitive ("criticised the plan", "wants to talk"), which tells an attitude more often than
    /// words, and for a statement that names nobody. `quoted` says whether the content holds marked words.
    pub fn wanted(&self, cue: usize, source: Option<Candidate>, content: &Content, quoted: bool) -> f32 {
        let classes = self.classes(cue as isize);
        let (says, known) = (classes.meets(Class::SAY), classes.meets(Class::CUE));
        // Of a verb of saying it is not asked.
        let asked = !quoted & (!says | classes.meets(Class::ATTITUDE));
        let clause = asked && (content.second.is_some() || self.reported_clause(&content.first));
        let opens = self.tag(content.first.start as isize);
        let base = self.wanted_for(cue, quoted, clause, opens);
        match source {
            None if quoted => base,
            None if says => base.max(0.6),
            None => base.max(if known { 0.75 } else { 0.92 }),
            Some(_) => base,
        }
    }

    /// What [`wanted`](Self::wanted) is at least, whatever the source and the content.
    pub fn least_wanted(&self, cue: usize) -> f32 {
        let wanted = |quoted| self.wanted_for(cue, quoted, true, Tag::Plain);
        wanted(false).min(wanted(self.frame.passages != 0))
    }

    /// The same for a content that holds marked words or not, is a clause or not and begins with `opens`, its source named.
    fn wanted_for(&self, cue: usize, quoted: bool, clause: bool, opens: Tag) -> f32 {
        let [before, form] = self.some_tags(cue as isize - 1);
        let classes = self.classes(cue as isize);
        let finite = REPORTING.hold(form);
        let seen = (wanted::QUOTED * usize::from(quoted))
            | (wanted::CLAUSE * usize::from(clause))
            | (wanted::FINITE * usize::from(finite))
            // "its promised purchases": a participle inside a noun phrase.
            | (wanted::ATTRIBUTE * usize::from(finite & OWNERS.hold(before)))
            | (wanted::PURPOSE * usize::from(before == Tag::To))
            | (wanted::KNOWN * usize::from(classes.meets(Class::CUE)))
            | (wanted::SAYS * usize::from(classes.meets(Class::SAY)))
            | (wanted::ATTITUDE * usize::from(classes.meets(Class::ATTITUDE)))
            | (wanted::TO * usize::from(opens == Tag::To))
            | (wanted::GERUND * usize::from(opens == Tag::Gerund));
        wanted::TABLE[seen % wanted::TABLE.len()]
    }

    /// ", those officials added,": an attribution put into the middle of what it reports.
    pub fn in_commas(&self, cue: usize) -> bool {
        let c = cue as isize;
        let subject = || {
            let before = self.element(c - 1);
            before.is_some_and(|e| matches!(e.holds, Holds::Mention(_)))
        };
        let finite = REPORTING.hold(self.tag(c));
        self.tag(c + 1) == Tag::Comma && self.tag(c - 2) == Tag::Comma && finite && self.says(cue) && subject()
    }

    /// “Really,” she added when asked. “Go!” barked the coach. Moss was blunt: “Not now,” he said. The passage that ends like a
    /// quotation whose attribution follows, where this verb and its subject stand right behind it; one that does not open the
    /// frame wants a verb of saying.
    #[inline]
    pub fn attributes(&self, cue: usize) -> Option<usize> {
        if self.frame.passages == 0 {
            return None;
        }
        let opens = self.frame.elements.start;
        let [second, last] = self.some_tags(cue as isize - 2).map(|tag| tag == Tag::Passage);
        if !(second | last) {
            return None;
        }
        let passage = cue - 1 - usize::from(second);
        let Holds::Passage(p) = self.element(passage as isize)?.holds else {
            return None;
        };
        let mention = |i: usize| {
            self.element(i as isize)
                .is_some_and(|e| matches!(e.holds, Holds::Mention(_)))
        };
        let first = passage == opens || passage == opens + 1 && self.tag(opens as isize) == Tag::Coordinator;
        let subject = if cue == passage + 2 {
            mention(passage + 1)
        } else {
            mention(cue + 1)
        };
        let verb = REPORTING.hold(self.tag(cue as isize)) || self.looks_past(cue);
        let reports = first || self.says(cue);
        (subject && verb && reports && self.marked[p as usize].left_hanging(self.page)).then_some(passage)
    }

    /// "asserting, “Countries are calling,”": the quotation of a clause or more right behind a comma and a verb of the list of cues.
    pub fn introduces(&self, cue: usize) -> Option<usize> {
        let c = cue as isize;
        if self.frame.passages == 0 || self.tag(c + 2) != Tag::Passage || self.tag(c + 1) != Tag::Comma {
            return None;
        }
        let verb = matches!(self.tag(c), Tag::Past | Tag::Third | Tag::Base | Tag::Gerund);
        let known = verb && (self.says(cue) || self.is_known_cue(cue));
        (known && self.speaks(cue + 2)).then_some(cue + 2)
    }

    /// True for a passage that ends in a comma: what follows is the writer's.
    pub fn hangs(&self, passage: usize) -> bool {
        let Holds::Passage(p) = self.frames.elements[passage].holds else {
            return false;
        };
        self.marked[p as usize].ends_with_comma(self.page)
    }

    /// True for a passage of a clause or more that opens with a capital behind a mark: it is no part of the words before it.
    pub fn speaks(&self, passage: usize) -> bool {
        let e = &self.frames.elements[passage];
        let behind = matches!(
            self.tag(passage as isize - 1),
            Tag::Colon | Tag::Comma | Tag::Dash | Tag::Mark
        );
        let Holds::Passage(p) = e.holds else {
            return false;
        };
        let first = self.marked[p as usize].inside(self.page).next();
        e.end - e.first > 6 && behind && first.is_some_and(|w| w.capital())
    }

    /// "Moss to Hale: “…”", "Moss on the strike: “…”": the name that opens a frame without a verb, where a colon introduces a
    /// quotation.
    fn heads(&self, cue: usize) -> Option<usize> {
        let opens = self.frame.elements.start;
        let named = matches!(self.tag(opens as isize), Tag::Name | Tag::Role | Tag::Organisation);
        let verb = |i: usize| is_finite(self.tag(i as isize)) || self.tag(i as isize) == Tag::Clitic;
        let quoted = self.is_colon(cue) && self.tag(cue as isize + 1) == Tag::Passage;
        (quoted && named && !(opens..cue).any(verb)).then_some(opens)
    }

    /// "Asked about the offer, Moss: “…”": a colon between a name that stands for itself and the quotation.
    pub fn labels(&self, cue: usize) -> bool {
        if !self.is_colon(cue) {
            return false;
        }
        let c = cue as isize;
        let named = matches!(self.tag(c - 1), Tag::Name | Tag::Role | Tag::Organisation);
        let apart = matches!(
            self.tag(c - 2),
            Tag::Edge | Tag::Comma | Tag::Stop | Tag::Dash | Tag::Mark | Tag::Symbol | Tag::Coordinator | Tag::Number
        );
        // A capital that opens a sentence may be any word.
        let capital = self.tag(c - 1) == Tag::Capital && self.tag(c - 2) != Tag::Edge;
        (named || capital) && apart && self.tag(c + 1) == Tag::Passage
    }

    /// The name, role or body that an element is: not a place.
    pub fn names(&self, i: usize) -> Option<Candidate> {
        let e = &self.frames.elements[i];
        let place = self.page.words[e.end as usize - 1].is(Class::PLACE);
        let who = matches!(e.tag, Tag::Name | Tag::Role | Tag::Organisation | Tag::Source);
        self.mention_at(i as isize).filter(|_| who && !place)
    }

    /// The mention that an element of the frame is.
    pub fn mention_at(&self, i: isize) -> Option<Candidate> {
        self.element(i)?;
        Candidate::mention_at(&self.frames.elements, i as usize)
    }

    /// "Moss's argument was that …": a noun that reports, between its owner and "is that". The owner.
    pub fn owned_claim(&self, cue: usize) -> Option<Candidate> {
        let c = cue as isize;
        if self.tag(c + 1) != Tag::Be || self.tag(c + 2) != Tag::That {
            return None;
        }
        let noun = self.is_known_cue(cue) && !is_finite(self.tag(c));
        let owner = match self.tag(c - 1) {
            Tag::Clitic => cue.checked_sub(2)?,
            _ => cue.checked_sub(1)?,
        };
        let owned = owner + 2 == cue || self.classes_of(owner as isize).meets(Class::POSSESSIVE);
        self.mention_at(owner as isize).filter(|_| noun && owned)
    }

    /// "Anyone with news is asked to call": nobody is on record for a request that stands in the passive.
    pub fn asks_anyone(&self, cue: usize) -> bool {
        const REQUESTS: [&str; 5] = ["asked", "urged", "advised", "invited", "encouraged"];
        let c = cue as isize;
        let passive = self.tag(c) == Tag::Past && self.tag(c + 1) == Tag::To;
        let e = &self.frames.elements[cue];
        passive
            && self.left(cue).be
            && REQUESTS
                .iter()
                .any(|r| self.page.word(e.first as usize).eq_ignore_ascii_case(r))
    }

    /// Class bits of the first word of the element at `i`, whatever it holds.
    fn classes_of(&self, i: isize) -> Class {
        self.element(i)
            .map_or(Class::NONE, |e| self.page.words[e.first as usize].classes)
    }

    /// True for a verb of saying.
    pub fn says(&self, i: usize) -> bool {
        self.classes(i as isize).meets(Class::SAY)
    }

    /// True for a word of the list of cues.
    pub fn is_known_cue(&self, i: usize) -> bool {
        self.classes(i as isize).meets(Class::CUE)
    }

    /// True where a quotation of a clause or more begins right after the element (and a comma or colon), or ends right before
    /// it and its subject.
    pub fn beside_passage(&self, i: usize) -> bool {
        let long = |at: isize| {
            self.element(at)
                .is_some_and(|e| e.tag == Tag::Passage && e.end - e.first > 5)
        };
        let c = i as isize;
        let opens = |at: isize| matches!(self.tag(at), Tag::Comma | Tag::Colon | Tag::Adverb);
        self.labels(i) || long(c + 1) || (opens(c + 1) && long(c + 2)) || long(c - 1) || long(c - 2)
    }

    /// True for a colon.
    pub fn is_colon(&self, i: usize) -> bool {
        self.tag(i as isize) == Tag::Colon
    }

    /// True for "according".
    pub fn is_according(&self, i: usize) -> bool {
        let e = &self.frames.elements[i];
        let word = &self.page.words[e.first as usize];
        let long = (word.end - word.start) as usize == ACCORDING.len();
        long && e.holds == Holds::Word && self.page.word(e.first as usize).eq_ignore_ascii_case(ACCORDING)
    }

    /// True for a cue that is a noun: "the claim that".
    pub fn is_noun(&self, i: usize) -> bool {
        const NOUNS: Tags = Tags::of(&[Tag::Plain, Tag::Person, Tag::Adjective]);
        let [before, tag] = self.some_tags(i as isize - 1);
        NOUNS.hold(tag) | OWNERS.hold(before)
    }

    /// What stands to the left of a verb, adverbs and helping verbs stepped over.
    fn left(&self, cue: usize) -> Left {
        const PASSED: Tags = Tags::of(&[
            Tag::Adverb,
            Tag::Comma,
            Tag::Be,
            Tag::Have,
            Tag::Clitic,
            Tag::Modal,
            Tag::Negation,
            Tag::To,
        ]);
        let mut left = Left::default();
        let mut i = cue as isize - 1;
        // As a rule nothing is stepped over.
        if !PASSED.hold(self.tag(i)) {
            left.at = i;
            return left;
        }
        for _ in 0..8 {
            match self.tag(i) {
                Tag::Adverb | Tag::Comma if left.commas < 2 => left.commas += u8::from(self.tag(i) == Tag::Comma),
                Tag::Be => left.be = true,
                Tag::Have | Tag::Clitic => left.have = true,
                Tag::Modal => left.modal = true,
                Tag::Negation => left.negation = true,
                Tag::To => left.to = true,
                Tag::Participle | Tag::Past if left.be && i < cue as isize - 1 => {}
                _ => break,
            }
            i -= 1;
        }
        left.at = i;
        left
    }

    /// The weight units of an element as a cue.
    pub fn weigh_cue(&self, cue: usize, model: &Model) -> i32 {
        let lemma = self.lemma(cue as isize);
        model.units(|sum| self.ask_cue(cue, lemma, sum))
    }

    /// The weight units that a second look adds.
    #[inline]
    pub fn weigh_further(&self, cue: usize, lemma: u64, open_end: bool, model: &Model) -> i32 {
        model.units(|sum| self.ask_cue_further(cue, lemma, open_end, sum))
    }

    /// Asks whether the element at `cue` reports, of which the plain form is given.
    pub fn ask_cue(&self, cue: usize, lemma: u64, out: &mut impl Sink) {
        Around::of(self.frames, self.frame, cue).ask_first(lemma, out);
        self.ask_cue_further(cue, lemma, self.open_end(), out);
    }

    /// True for a frame without a mark at its end.
    pub fn open_end(&self) -> bool {
        const CLOSING: Tags = Tags::of(&[Tag::Stop, Tag::Question, Tag::Passage, Tag::Mark]);
        !CLOSING.hold(self.tag(self.frame.elements.end as isize - 1))
    }

    /// What is asked of the others too.
    #[inline(always)]
    fn ask_cue_further(&self, cue: usize, l: u64, open_end: bool, out: &mut impl Sink) {
        let mut add = |template, value| out.add(Question::Cue, template, value);
        let c = cue as isize;
        let quoted = self.passages();
        let open_end = u64::from(open_end);
        let [before, back, form, next, second] = self.tags_from(c - 2);
        let left = self.left(cue);
        let (subject, chain) = (self.tag(left.at) as u64, left.chain());
        let [word_back, word, word_next, word_second] = self.words_from(c - 1);
        let word_left = self.word(left.at);
        let (form_back, lemma_back, lemma_next) = (mix(form, back), mix(l, back), mix(l, next));
        add(1, 0);
        add(2, word);
        add(5, next);
        add(10, lemma_back);
        add(11, mix(l, word_next));
        add(13, mix(lemma_back, next));
        add(14, mix(form_back, next));
        add(15, mix(lemma_next, second));
        add(17, mix(form_back, before));
        add(18, mix(form, word_next));
        add(19, mix(form, word_back));
        add(25, mix(mix(l, form), mix(subject, chain)));
        add(28, mix(quoted, form));
        add(29, mix(quoted, l));
        add(31, mix(open_end, l));
        add(35, mix(mix(word_next, second), l));
        add(36, mix(word_next, word_second));
        add(38, mix(word_left, form));
        add(39, mix(word_left, l));
        add(42, mix(u64::from(self.said_before(cue)), form));
    }

    /// What passages the frame holds.
    fn passages(&self) -> u64 {
        u64::from(self.frame.passages)
    }

    /// True where a finite verb stands among the elements.
    fn finite_between(&self, first: usize, end: usize) -> bool {
        self.tags_in(first..end).iter().any(|&tag| is_finite(tag))
    }

    /// True where a verb of saying stands earlier in the frame.
    fn said_before(&self, cue: usize) -> bool {
        self.frame.first_say < cue
    }

    /// Adds the candidates for the source of a cue to a list: mentions of the frame near it, and the noun phrases beside it.
    /// Always as many mentions are added as there may be, and then cut off, for their number is unpredictable.
    #[inline]
    pub fn list_sources<T>(&self, cue: usize, list: &mut Vec<T>, mut found: impl FnMut(Candidate) -> T) {
        const MOST_BEFORE: usize = 7;
        const MOST_AFTER: usize = 4;
        // "put it", "told him": a pronoun right behind a verb is its object, unless a quotation stands before the verb.
        let before: [Tag; 3] = self.some_tags(cue as isize - 3);
        let quoted = before.map(|tag| tag == Tag::Passage).contains(&true);
        let object = (self.tag(cue as isize + 1) == Tag::Pronoun) & !quoted;
        let before = self.mentions_beside(cue).0;
        let after = self.mentions_beside(cue + 1 + usize::from(object)).1;
        let mut add = |mention: Option<&Mentioned>| {
            let Mentioned { element, mention, .. } = mention.copied().unwrap_or_default();
            found(Candidate {
                first: element as usize,
                end: element as usize + 1,
                mention: Some(mention),
            })
        };
        let first = list.len();
        let last = before.len().wrapping_sub(1);
        list.extend(std::array::from_fn::<T, MOST_BEFORE, _>(|k| {
            add(before.get(last.wrapping_sub(k)))
        }));
        list.truncate(first + before.len().min(MOST_BEFORE));
        let first = list.len();
        list.extend(std::array::from_fn::<T, MOST_AFTER, _>(|k| add(after.get(k))));
        list.truncate(first + after.len().min(MOST_AFTER));
        for phrase in [self.phrase_before(cue), self.phrase_after(cue)].into_iter().flatten() {
            list.push(found(phrase));
        }
    }

    /// A list of those.
    pub fn sources(&self, cue: usize) -> Vec<Candidate> {
        let mut sources = Vec::new();
        self.list_sources(cue, &mut sources, |source| source);
        sources
    }

    /// "Moss, speaking to reporters on her way to Hale, said": the subject of a verb of saying from which a phrase between
    /// commas parts it.
    fn subject_past_commas(&self, cue: usize) -> Option<Candidate> {
        const FAR: isize = 24;
        let c = cue as isize;
        let near: [Tag; 4] = self.some_tags(c - 3);
        let finite = REPORTING.hold(near[3]);
        let reports = self.classes(c).meets(Class::SAY | Class::CUE);
        if !(near.contains(&Tag::Comma) & finite & reports) {
            return None;
        }
        let closes = (1..4).map(|d| c - d).find(|&i| !PASSED_OVER.hold(self.tag(i)))?;
        if self.tag(closes) != Tag::Comma {
            return None;
        }
        let parts = |t: Tag| matches!(t, Tag::Semicolon | Tag::Colon | Tag::Stop | Tag::Question | Tag::Edge);
        let between = (closes - FAR..closes).rev().take_while(|&i| !parts(self.tag(i)));
        let opens = between.into_iter().find(|&i| self.tag(i) == Tag::Comma)?;
        let phrase = matches!(
            self.tag(opens + 1),
            Tag::Gerund | Tag::Past | Tag::Participle | Tag::Wh | Tag::Preposition | Tag::By
        );
        let first = matches!(
            self.tag(opens - 2),
            Tag::Edge
                | Tag::Comma
                | Tag::Coordinator
                | Tag::Subordinator
                | Tag::That
                | Tag::Mark
                | Tag::Dash
                | Tag::Passage
        ) || self.classes(opens - 2).meets(Class::SUBORDINATOR);
        let who = matches!(
            self.tag(opens - 1),
            Tag::Name | Tag::Role | Tag::Source | Tag::Organisation | Tag::Joint
        );
        self.mention_at(opens - 1).filter(|_| phrase && first && who)
    }

    /// The source where nothing else can be: “…,” said X; “…,” X said.
    pub fn source_beside(&self, cue: usize) -> Option<Candidate> {
        if let Some(subject) = self.subject_past_commas(cue).or_else(|| self.owned_claim(cue)) {
            return Some(subject);
        }
        let c = cue as isize;
        let speaks = |i: isize| {
            let word = self.classes_of(i);
            let object = word.meets(Class::OBJECT_PRONOUN) && !word.meets(Class::PERSON_PRONOUN);
            let whose = self.tag(i + 1) == Tag::Clitic;
            let never = object || whose || word.meets(Class::POSSESSIVE | Class::RELATIVE);
            self.mention_at(i).filter(|_| !never)
        };
        if self.labels(cue) {
            let as_written = Candidate {
                first: cue - 1,
                end: cue,
                mention: None,
            };
            return speaks(c - 1).or(Some(as_written));
        }
        if let Some(first) = self.heads(cue) {
            return speaks(first as isize);
        }
        if let Some(subject) = self.verb_before_colon(cue).and_then(|verb| self.subject_before(verb)) {
            return speaks(subject as isize);
        }
        let quotes = self.frame.passages != 0;
        let quoted = |i: isize| {
            let [before, tag] = self.some_tags(i - 1);
            (tag == Tag::Passage) | (tag == Tag::Comma) & (before == Tag::Passage)
        };
        if quotes && quoted(c - 1) && REPORTING.hold(self.tag(c)) {
            // “…,” said one club official: a phrase that is no mention speaks too.
            let time = |p: &Candidate| self.tag(p.end as isize - 1) == Tag::Time;
            let phrase = || self.phrase_after(cue).filter(|p| self.says(cue) && !time(p));
            // “…,” said Unite's Ann Moss: behind an owner that is no mention.
            let owned = |p: &Candidate| self.tag(p.end as isize - 1) == Tag::Clitic;
            let behind = || speaks(phrase().filter(owned)?.end as isize);
            return speaks(c + 1).or_else(behind).or_else(phrase);
        }
        // "Because of the rain, explained Moss, “…”"
        const PARTED: Tags = Tags::of(&[Tag::Comma, Tag::Stop, Tag::Edge, Tag::Passage, Tag::Dash]);
        let [before, form, name, behind] = self.some_tags(c - 1);
        let inverted = REPORTING.hold(form) & (before == Tag::Comma) & (name == Tag::Name);
        if inverted && PARTED.hold(behind) && self.says(cue) {
            return speaks(c + 1);
        }
        if quotes && quoted(c - 2) {
            // “…,” West said: a capital that is no mention speaks as written.
            let capital = || {
                let as_written = Candidate {
                    first: cue - 1,
                    end: cue,
                    mention: None,
                };
                (self.says(cue) && self.tag(c - 1) == Tag::Capital).then_some(as_written)
            };
            return speaks(c - 1).or_else(capital);
        }
        None
    }

    /// The name, role or body right before a verb, adverbs and helping verbs stepped over, on which nothing before it hangs.
    pub fn subject_before(&self, verb: usize) -> Option<usize> {
        let subject = (1..5)
            .map(|d| verb as isize - d)
            .find(|&i| !PASSED_OVER.hold(self.tag(i)))?;
        let before = self.tag(subject - 1);
        let owned = matches!(before, Tag::Preposition | Tag::Of | Tag::By | Tag::Clitic) || is_finite(before);
        let opens_clause = self.classes(subject - 1).meets(Class::SUBORDINATOR);
        let who = matches!(
            self.tag(subject),
            Tag::Name | Tag::Role | Tag::Organisation | Tag::Source | Tag::Joint
        );
        let person = who
            || self.tag(subject) == Tag::Pronoun && self.classes_of(subject).meets(Class::FEMININE | Class::MASCULINE);
        (person && (!owned || opens_clause)).then_some(subject as usize)
    }

    /// The rule of a colon: behind a name alone, behind a clause, or behind neither.
    pub fn rule_of_colon(&self, colon: usize) -> &'static str {
        match () {
            () if self.labels(colon) => "speakers/colon",
            () if self.introducing_verb(colon) != colon || self.verb_before_colon(colon).is_some() => {
                "speakers/clause-before-colon"
            }
            () => "speakers/colon",
        }
    }

    /// "In the hours after the fire, the Harbour Board was blunt in its findings: “…”": the last finite verb before a colon.
    fn verb_before_colon(&self, cue: usize) -> Option<usize> {
        if !self.is_colon(cue) || self.tag(cue as isize + 1) != Tag::Passage {
            return None;
        }
        let parted = |i: &usize| {
            matches!(
                self.tag(*i as isize),
                Tag::Passage | Tag::Semicolon | Tag::Colon | Tag::Wh | Tag::That
            )
        };
        let mut before = (self.frame.elements.start..cue).rev().take_while(|i| !parted(i));
        before.find(|&i| is_finite(self.tag(i as isize)))
    }

    /// True for a word that no list knows and that ends like a past form: demurred, riffed.
    pub fn looks_past(&self, i: usize) -> bool {
        let e = &self.frames.elements[i];
        let word = &self.page.words[e.first as usize];
        let unknown = e.holds == Holds::Word && word.id == WordId::UNKNOWN && word.letters() && !word.capital();
        unknown && self.page.word(e.first as usize).ends_with("ed")
    }

    /// "Moss said of the club's offer: “…”": the verb of saying whose quotation a colon introduces; any other cue is its own.
    pub fn introducing_verb(&self, cue: usize) -> usize {
        if !self.is_colon(cue) || self.labels(cue) {
            return cue;
        }
        // "Asked about the pier" opens a sentence without a subject.
        let opens = self.frame.elements.start;
        let finite = |i: &usize| *i > opens && REPORTING.hold(self.tag(*i as isize));
        let parted = |i: &usize| matches!(self.tag(*i as isize), Tag::Passage | Tag::Semicolon | Tag::Colon);
        let before = || (self.frame.elements.start..cue).rev();
        // "he demurred:", "she said flatly:": whatever the verb.
        let beside = before().find(|&i| self.tag(i as isize) != Tag::Adverb);
        let beside = beside.filter(|&i| finite(&i) || self.looks_past(i));
        let says = |i: &usize| (self.says(*i) || self.is_known_cue(*i)) && finite(i);
        let said = || before().take_while(|i| !parted(i)).find(says);
        beside.or_else(said).unwrap_or(cue)
    }

    /// "One diplomat, who asked not to be named, called": the subject of a verb behind a closed relative clause is its antecedent.
    pub fn past_relative(&self, source: Candidate, cue: usize) -> Candidate {
        let closed = self.tag(cue as isize - 1) == Tag::Comma && self.finite_between(source.end, cue);
        self.antecedent(source)
            .filter(|_| closed)
            .or_else(|| self.past_agent(source, cue))
            .unwrap_or(source)
    }

    /// "A letter obtained by the Post says": behind "by", whoever stands before the verb is not its subject; what was obtained is.
    fn past_agent(&self, source: Candidate, cue: usize) -> Option<Candidate> {
        let participle = source.first.checked_sub(2).filter(|_| source.end == cue)?;
        let by = self.tag(source.first as isize - 1) == Tag::By;
        let done = matches!(self.tag(participle as isize), Tag::Past | Tag::Participle);
        self.mention_at(participle as isize - 1).filter(|_| by && done)
    }

    /// True for "who", "which", "that" as words that may open a relative clause.
    pub fn is_relative(&self, i: usize) -> bool {
        self.page.words[self.frames.elements[i].first as usize].is(Class::RELATIVE)
    }

    /// For "who", the mention right before it, whom it stands for.
    pub fn antecedent(&self, source: Candidate) -> Option<Candidate> {
        if !self.is_relative(source.first) {
            return None;
        }
        let mut i = source.first as isize - 1;
        if self.tag(i) == Tag::Comma {
            i -= 1;
        }
        self.mention_at(i)
    }

    /// The noun phrase that ends right before a verb and is no mention.
    fn phrase_before(&self, cue: usize) -> Option<Candidate> {
        let end = self.left(cue).at;
        let noun = |t: Tag| {
            matches!(
                t,
                Tag::Plain | Tag::Capital | Tag::Person | Tag::Time | Tag::Base | Tag::Third | Tag::Past
            )
        };
        // "in the ’80s, told", "on Thursday said": decades and days say nothing.
        let letter = |e: &Element| self.page.word(e.first as usize).len() == 1;
        if self.tag(end - 1) == Tag::Number && self.element(end).is_some_and(letter) || self.tag(end) == Tag::Time {
            return None;
        }
        if end < self.frame.elements.start as isize || end >= cue as isize || !noun(self.tag(end)) {
            return None;
        }
        let inside = |t: Tag| {
            noun(t)
                || matches!(
                    t,
                    Tag::Determiner
                        | Tag::Possessive
                        | Tag::Adjective
                        | Tag::Number
                        | Tag::Gerund
                        | Tag::Participle
                        | Tag::Clitic
                        | Tag::Symbol
                )
        };
        let mut first = end;
        while end - first < 7 && inside(self.tag(first - 1)) {
            first -= 1;
            if OWNERS.hold(self.tag(first)) {
                break;
            }
        }
        Some(Candidate {
            first: first as usize,
            end: end as usize + 1,
            mention: None,
        })
    }

    /// The noun phrase that begins right after a cue and is no mention ("according to a leaked memo").
    fn phrase_after(&self, cue: usize) -> Option<Candidate> {
        let first = cue as isize + if self.tag(cue as isize + 1) == Tag::To { 2 } else { 1 };
        let inside = |t: Tag| {
            matches!(
                t,
                Tag::Determiner
                    | Tag::Possessive
                    | Tag::Adjective
                    | Tag::Number
                    | Tag::Plain
                    | Tag::Capital
                    | Tag::Person
                    | Tag::Base
                    | Tag::Clitic
                    | Tag::Time
                    | Tag::Gerund
                    | Tag::Past
            )
        };
        let mut end = first;
        let counts = |i: isize| self.classes(i).meets(Class::NUMBER_WORD);
        while end - first < 8 && (inside(self.tag(end)) || counts(end)) {
            end += 1;
        }
        (end > first).then_some(Candidate {
            first: first as usize,
            end: end as usize,
            mention: None,
        })
    }

    /// Asks whether a candidate is the source of a cue; `None` asks whether the source is not named.
    pub fn source(&self, cue: usize, candidate: Option<Candidate>, out: &mut impl Sink) {
        let mut subjects = Subjects::default();
        subjects.list(self.frames, self.frame.mentions.clone());
        let asking = self.asking(cue, &subjects);
        let mut surveys = Surveys::default();
        match candidate {
            Some(candidate) => self.ask_source(&asking, candidate, &surveys.add(self).gap_to(candidate, cue), out),
            None => Self::ask_unnamed(&asking, out),
        }
    }

    /// What a cue looks like to every candidate for its source.
    pub fn asking(&self, cue: usize, subjects: &Subjects) -> Asking {
        let c = cue as isize;
        let left = self.left(cue);
        let (main, nearest) = subjects.before(self, cue);
        Asking {
            cue,
            lemma: self.lemma(c),
            form: self.tag(c) as u64,
            chain: left.chain(),
            subject: self.tag(left.at) as u64,
            previous: self.tag(c - 1) as u64,
            next: self.tag(c + 1) as u64,
            word: self.word(c - 1),
            main,
            nearest,
            behind_comma: u64::from(self.tag(c - 1) == Tag::Comma) + 2 * u64::from(self.tag(left.at + 1) == Tag::Comma),
        }
    }

    /// The weight units of a source of a cue that is not named.
    #[inline]
    pub fn weigh_unnamed(asking: &Asking, model: &Model) -> i32 {
        model.units(|sum| Self::ask_unnamed(asking, sum))
    }

    /// The weight units of a candidate as the source of a cue.
    #[inline]
    pub fn weigh_source(&self, asking: &Asking, candidate: Candidate, gap: &Gap, model: &Model) -> i32 {
        model.units(|sum| self.ask_source(asking, candidate, gap, sum))
    }

    /// Asks whether the source of a cue is not named.
    #[inline(always)]
    fn ask_unnamed(asking: &Asking, out: &mut impl Sink) {
        let mut add = |template, value| out.add(Question::Source, template, value);
        let &Asking { lemma, form, chain, .. } = asking;
        add(3, lemma);
        add(6, mix(lemma, asking.subject));
        add(7, mix(lemma, chain));
        add(8, mix(asking.previous, form));
        add(9, asking.word);
        add(10, mix(asking.next, form));
    }

    /// Asks whether a candidate is the source of a cue that was looked at.
    #[inline(always)]
    fn ask_source(&self, asking: &Asking, s: Candidate, gap: &Gap, out: &mut impl Sink) {
        let mut add = |template, value| out.add(Question::Source, template, value);
        let &Asking {
            cue,
            lemma,
            form,
            chain,
            ..
        } = asking;
        let tag = self.candidate_tag(&s);
        let side = u64::from(s.end <= cue);
        let &Gap {
            signature,
            seen,
            mentions,
            commas,
            verbs,
        } = gap;
        let mentions = mentions.min(4);
        let prior = self.tag(s.first as isize - 1) as u64;
        let next = self.tag(s.end as isize) as u64;
        let first = u64::from(s.first == self.frame.elements.start);
        let place = mix(side, mix(form, signature));
        let (plural, gender) = s.mention.map_or((0, 0), |m| {
            let m = &self.mentions.list[m as usize];
            (
                u64::from(m.plural),
                match m.gender {
                    Gender::Unknown => 0,
                    Gender::Masculine => 1,
                    Gender::Feminine => 2,
                },
            )
        });
        add(21, place);
        add(22, mix(place, tag));
        add(23, mix(mix(lemma, side), signature));
        add(25, mix(mix(seen, side), form));
        add(26, mix(mix(seen, side), tag));
        add(28, mix(mix(prior, side), tag));
        add(30, mix(mix(prior, next), mix(side, mentions)));
        add(33, mix(mix(asking.previous, side), mix(form, mentions)));
        add(34, mix(mix(asking.next, side), mix(form, mentions)));
        add(35, mix(mix(asking.word, side), mentions));
        add(36, mix(mix(self.word(s.first as isize - 1), side), tag));
        add(37, mix(mix(self.word(s.end as isize), side), tag));
        add(38, mix(mix(lemma, side), mix(form, mentions)));
        add(39, mix(mix(lemma, side), tag));
        add(40, mix(mix(plural, gender), mix(form, side)));
        add(41, mix(mix(seen, mentions), mix(form, mix(side, chain))));
        add(42, mix(mix(first, tag), mix(seen, form)));
        let (commas, verbs) = (commas.min(3), verbs.min(3));
        let main = u64::from(asking.main == Some(s.first));
        let nearest = u64::from(asking.nearest == Some(s.first));
        let role = mix(main * 2 + nearest, side);
        add(44, mix(tag, side));
        add(51, mix(mix(commas, asking.behind_comma), mix(side, verbs)));
        add(53, mix(mix(next, prior), mix(side, verbs)));
        add(56, mix(role, mix(lemma, form)));
        add(57, mix(role, mix(chain, verbs)));
        add(58, mix(mix(commas, verbs), mix(next, side)));
    }

    fn candidate_tag(&self, s: &Candidate) -> u64 {
        match s.mention {
            Some(_) => self.tag(s.first as isize) as u64,
            None => 90 + u64::from(OWNERS.hold(self.tag(s.first as isize))),
        }
    }

    /// Where the reported words may begin after a cue.
    pub fn starts(&self, cue: usize) -> impl Iterator<Item = usize> {
        let near = cue + 1..self.frame.elements.end.min(cue + 1 + MOST_STARTS);
        near.filter(|&start| !NO_START.hold(self.tag(start as isize)))
    }

    /// True where a comma stands before "saying", "adding", "according to": what follows is another attribution. The comma may
    /// stand in any frame of the page, and what [`Frames::may_attribute`] asks must hold.
    pub(super) fn new_attribution(&self, comma: usize) -> bool {
        let element = |i: usize| &self.frames.elements[i];
        let next = comma + 1 + usize::from(element(comma + 1).tag == Tag::Adverb);
        let says = self.page.words[element(next).first as usize].is(Class::SAY);
        element(next).tag == Tag::Gerund && says || self.is_according(next)
    }

    /// "— even if the price rose": a condition behind a dash belongs to the clause before it; any other dash may end it.
    pub(super) fn dash_ends(&self, dash: usize) -> bool {
        let next = dash as isize + 1 + isize::from(self.tag(dash as isize + 1) == Tag::Adverb);
        self.tag(next) != Tag::Subordinator
    }

    /// The spans that may be the content of a cue with its source.
    pub fn contents(&self, cue: usize, source: Option<Candidate>) -> Vec<Content> {
        let mut list = Vec::new();
        let blocked = |r: &Range<usize>| source.is_some_and(|s| s.first < r.end && r.start < s.end);
        let mut surveys = Surveys::default();
        let survey = surveys.add(self);
        // What begins at the closing marks ends nowhere.
        for start in self.starts(cue).take_while(|&start| start < self.frame.end) {
            let endings = survey.endings_behind(start);
            for k in 0..endings.count {
                let first = start..survey.endings[endings.number(k)].end.at as usize;
                if !blocked(&first) {
                    list.push(Content { first, second: None });
                }
            }
        }
        self.contents_before(cue, source, |content| list.push(content.clone()));
        list
    }

    /// Contents that end where the attribution begins, alone or going on after it.
    fn contents_before(&self, cue: usize, source: Option<Candidate>, mut found: impl FnMut(&Content)) {
        let begin = self.frame.elements.start;
        let attribution = source.map_or(cue..cue + 1, |s| s.first.min(cue)..s.end.max(cue + 1));
        const TRIMMED: Tags = Tags::of(&[Tag::Comma, Tag::Dash, Tag::Subordinator, Tag::Stop, Tag::Question]);
        const RELATIVE: Tags = Tags::of(&[Tag::Wh, Tag::That]);
        // Before the frame stands an edge.
        let mut end = attribution.start;
        while TRIMMED.hold(self.tag(end as isize - 1)) {
            end -= 1;
        }
        // Words and their attribution are set apart by a mark; without one, only a relative clause attributes what it follows.
        let last: [Tag; 3] = self.some_tags(end as isize - 3);
        let marked = (end < attribution.start) | (last[2] == Tag::Passage);
        let relative = last.map(|tag| RELATIVE.hold(tag)).contains(&true);
        let apart = marked | relative | RELATIVE.hold(self.tag(begin as isize));
        // "The effort was described …": what ends in a helping verb is a subject, not what was said.
        let nothing = (end <= begin) | HELPING.hold(last[2]);
        if nothing | !(apart | (self.frame.passages != 0)) {
            return;
        }
        let after = self.after_attribution(attribution.end);
        let mut offer = |first: Range<usize>| {
            let mut content = Content { first, second: None };
            found(&content);
            if after.is_some() {
                content.second.clone_from(&after);
                found(&content);
            }
        };
        // “…,” the club’s Ana Brandt said: words of the attribution may stand between quotation and speaker.
        let near = begin.max(end.saturating_sub(PASSAGE_NEAR));
        if self.frame.passages != 0
            && let Some(passage) = (near..end).rev().find(|&i| self.tag(i as isize) == Tag::Passage)
            && passage + 1 < end
        {
            offer(passage..passage + 1);
        }
        if !apart {
            return;
        }
        offer(begin..end);
        const BEHIND: Tags = Tags::of(&[
            Tag::Comma,
            Tag::Semicolon,
            Tag::Dash,
            Tag::Colon,
            Tag::Coordinator,
            Tag::That,
        ]);
        const AT: Tags = Tags::of(&[Tag::That, Tag::Passage, Tag::Wh]);
        let mut count = 1;
        for i in (begin + 1..end).rev() {
            let [before, tag] = self.some_tags(i as isize - 1);
            if BEHIND.hold(before) | AT.hold(tag) {
                offer(i..end);
                count += 1;
                if count > 8 {
                    break;
                }
            }
        }
    }

    /// What goes on after an attribution in the middle of its content: behind the next comma or passage.
    fn after_attribution(&self, from: usize) -> Option<Range<usize>> {
        let end = self.frame.end;
        const PARTS: Tags = Tags::of(&[Tag::Comma, Tag::Dash, Tag::Colon]);
        let goes_on = |&i: &usize| {
            let tag = self.tag(i as isize);
            (tag == Tag::Passage) | PARTS.hold(tag) & (i + 1 < end)
        };
        let at = (from..end.min(from + 14)).find(goes_on)?;
        Some(at + usize::from(self.tag(at as isize) != Tag::Passage)..end)
    }

    /// Asks whether some elements are the content of a cue. The features come in groups by what they depend on, so that
    /// [`likeliest_content`](Self::likeliest_content) can weigh each group once.
    pub fn content(&self, cue: usize, source: Option<Candidate>, content: &Content, out: &mut impl Sink) {
        let run = &content.first;
        let mut surveys = Surveys::default();
        let survey = surveys.add(self);
        let about = self.about(cue, source, &survey);
        let inner = survey.inside(run);
        self.ask_mode(&about, about.mode(content), out);
        if run.start > cue {
            let rest = self.finite_between(run.end, self.frame.elements.end);
            let end = self.end(run.end, rest);
            let begin = Begin {
                gap: (run.start - cue - 1) as u32,
                form: about.form,
                lemma: about.lemma,
                signature: survey.signature_of(cue + 1..run.start),
                start: run.start as u32,
                place: (self.frame.first_tag + run.start - self.frame.elements.start) as u32,
                units: 0,
            };
            begin.ask(self.frames, out);
            self.ask_passages(&about, inner.passage, out);
            Self::ask_size(bucket(inner.length), inner.finite, end.last, out);
            self.ask_end(&end, out);
            Self::ask_last_of_cue(&about, end.last, out);
            Self::ask_end_of_cue(&about, &end, out);
            Self::ask_end_after_verb(&end, inner.finite, out);
            Self::ask_end_after_commas(&end, inner.commas, out);
            Self::ask_pair(self.tag(run.start as isize) as u64, &end, inner.finite, out);
        } else {
            let second = content.second.as_ref().map(|run| survey.inside(run));
            self.ask_before(&about, content, &inner, &second.unwrap_or_default(), out);
        }
    }

    /// What a cue and its source look like to every content.
    fn about(&self, cue: usize, source: Option<Candidate>, survey: &Survey) -> About {
        let c = cue as isize;
        let attribution = source.map_or(cue..cue + 1, |s| s.first.min(cue)..s.end.max(cue + 1));
        let prior = self.tag(attribution.start as isize - 1) as u64;
        About {
            cue,
            lemma: self.lemma(c),
            form: self.tag(c) as u64,
            previous: self.tag(c - 1) as u64,
            next: self.tag(c + 1) as u64,
            side: source.map_or(2, |s| u64::from(s.end <= cue)),
            prior,
            around: mix(prior, self.tag(attribution.end as isize) as u64),
            finite: u64::from(survey.inside(&(self.frame.elements.start..attribution.start)).finite),
            behind: self.clause_behind(attribution.end.max(cue + 1)),
            frame_end: self.frame.end,
        }
    }

    /// What follows an attribution: 0 a mark, 1 words without a finite verb up to the next mark, 2 a clause.
    fn clause_behind(&self, at: usize) -> u64 {
        const MARKS: Tags = Tags::of(&[
            Tag::Comma,
            Tag::Stop,
            Tag::Dash,
            Tag::Semicolon,
            Tag::Colon,
            Tag::Question,
            Tag::Passage,
            Tag::Edge,
        ]);
        // Behind the frame stands an edge.
        let ends = |&i: &usize| MARKS.or(FINITE).hold(self.tag(i as isize));
        let end = (at..).find(ends).unwrap_or(at);
        match FINITE.hold(self.tag(end as isize)) {
            true => 2,
            false => u64::from(end > at),
        }
    }

    /// What stands where a content after its cue ends.
    pub(super) fn end(&self, at: usize, rest: bool) -> End {
        End {
            at: at as u32,
            tag: self.tag(at as isize),
            last: at == self.frame.end,
            rest,
            listed: self.list_ahead(at),
        }
    }

    /// What depends on the cue and on whether the content stands before, behind or around it.
    fn ask_mode(&self, about: &About, mode: u64, out: &mut impl Sink) {
        let mut add = |template, value| out.add(Question::Content, template, value);
        let &About { lemma, form, next, .. } = about;
        add(1, mode);
        add(2, mix(mode, form));
        add(3, mix(mode, lemma));
        add(4, mix(mode, next));
        add(5, mix(mode, mix(lemma, next)));
        add(6, mix(mode, mix(form, mix(about.previous, next))));
        add(60, mix(mode, mix(self.passages(), form)));
        add(61, mix(mode, u64::from(about.cue + 3 >= about.frame_end)));
        add(64, mix(mode, about.prior));
        add(65, mix(mode, about.around));
        add(66, mix(mode, mix(about.around, about.finite)));
        add(67, mix(mode, mix(about.behind, next)));
        add(68, mix(mode, mix(about.behind, mix(about.finite, form))));
    }

    /// What depends on whether a content after its cue holds a passage.
    fn ask_passages(&self, about: &About, passage: bool, out: &mut impl Sink) {
        let value = mix(about.mode_after(), mix(u64::from(passage), self.passages()));
        out.add(Question::Content, 62, value);
    }

    /// What depends on how long a content after its cue is, in coarse steps, and on nothing else but whether it ends the frame and
    /// holds a finite verb.
    fn ask_size(length: u64, finite: bool, last: bool, out: &mut impl Sink) {
        let mut add = |template, value| out.add(Question::Content, template, value);
        let last = u64::from(last);
        add(39, mix(length, last));
        add(44, mix(length, mix(u64::from(finite), last)));
    }

    /// Weighs what stands where a content ends, but for what depends on the cue: whatever the verbs and commas in the content.
    pub(super) fn weigh_end(&self, model: &Model, tables: &Tables, end: &End) -> [[i16; MOST_COMMAS + 1]; 2] {
        let units = model.units(|s| self.ask_end(end, s)) as i16;
        let commas = tables.commas(end);
        tables
            .verbs(end)
            .map(|verbs| commas.map(|commas| units + verbs + commas))
    }

    /// What depends on where a content after its cue ends.
    fn ask_end(&self, end: &End, out: &mut impl Sink) {
        let mut add = |template, value| out.add(Question::Content, template, value);
        let e = end.at as isize;
        let [back, tag, next, second, third] = self.tags_from(e - 1);
        add(30, u64::from(end.last));
        add(35, mix(tag, mix(next, second)));
        let [word, word_next] = self.words_from(e);
        add(36, mix(word, next));
        add(37, mix(tag, word_next));
        add(38, mix(back, mix(tag, next)));
        add(46, mix(word, word_next));
        let says = self.classes(e + 1).bits() & Class::SAY.bits();
        add(47, mix(mix(tag, says), u64::from(end.rest)));
        add(71, mix(mix(tag, u64::from(end.listed)), mix(back, next)));
        add(73, mix(mix(tag, next), mix(second, third)));
    }

    /// What depends on whether it ends the frame and on the cue.
    fn ask_last_of_cue(about: &About, last: bool, out: &mut impl Sink) {
        out.add(Question::Content, 31, mix(u64::from(last), about.lemma));
    }

    /// What depends on where it ends and on the cue.
    fn ask_end_of_cue(about: &About, end: &End, out: &mut impl Sink) {
        out.add(Question::Content, 45, mix(about.lemma, end.tag as u64));
    }

    /// What depends on where it ends and on whether a finite verb stands in it.
    fn ask_end_after_verb(end: &End, finite: bool, out: &mut impl Sink) {
        let mut add = |template, value| out.add(Question::Content, template, value);
        let finite = u64::from(finite);
        add(41, mix(finite, mix(u64::from(end.rest), end.tag as u64)));
        add(70, mix(end.tag as u64, mix(u64::from(end.listed), finite)));
    }

    /// What depends on where it ends and on the commas in it.
    fn ask_end_after_commas(end: &End, commas: usize, out: &mut impl Sink) {
        let commas = commas.min(MOST_COMMAS) as u64;
        let value = mix(commas, mix(u64::from(end.last), end.tag as u64));
        out.add(Question::Content, 40, value);
    }

    /// What depends on where it ends, on the tag that opens it and on whether a finite verb stands in it.
    #[inline]
    fn ask_pair(opened: u64, end: &End, finite: bool, out: &mut impl Sink) {
        let value = mix(u64::from(finite), mix(u64::from(end.rest), mix(end.tag as u64, opened)));
        out.add(Question::Content, 42, value);
    }

    /// A content that stands before its cue, or around it, with what is seen in its two runs.
    fn ask_before(&self, about: &About, content: &Content, inner: &Inner, behind: &Inner, out: &mut impl Sink) {
        let mut add = |template, value| out.add(Question::Content, template, value);
        let run = &content.first;
        let (b, e) = (run.start as isize, run.end as isize);
        let (mode, length, passages) = (about.mode(content), bucket(inner.length), u64::from(inner.passage));
        let first = u64::from(run.start == self.frame.elements.start);
        let t = |d: isize| self.tag(b + d) as u64;
        add(62, mix(mode, mix(passages, self.passages())));
        add(21, first);
        add(22, mix(first, mix(t(-1), t(0))));
        add(23, mix(first, about.lemma));
        add(24, mix(self.word(b - 1), t(0)));
        add(25, mix(mix(self.tag(e) as u64, self.tag(e - 1) as u64), about.form));
        add(26, mix(first, mix(length, self.passages())));
        add(27, mix(first, u64::from(inner.finite)));
        add(50, mix(length, mode));
        add(51, mix(self.tag(e) as u64, mode));
        if let Some(second) = &content.second {
            let t = |d: isize| self.tag(second.start as isize + d) as u64;
            add(52, mix(t(-1), t(0)));
            add(53, mix(t(0), mix(t(1), bucket(second.len()))));
            add(54, mix(self.word(second.start as isize), t(1)));
            add(55, mix(u64::from(behind.passage), mix(passages, t(0))));
            add(56, u64::from(behind.finite));
            add(57, mix(about.lemma, t(0)));
        }
    }

    /// The likeliest of the [`contents`](Self::contents) that a cue with its source may have, of those that are `allowed`; the first
    /// of several. `begins` says where those begin that stand behind the cue. One that is no clause loses so many weight units
    /// as `unfinished` says.
    pub fn likeliest_content(
        &self,
        cue: usize,
        source: Option<Candidate>,
        unfinished: i32,
        contents: &mut Contents,
        begins: &Begins,
        mut allowed: impl FnMut(&Content) -> bool,
    ) -> Option<Content> {
        let model = &self.seeds.model;
        let tables = Tables::kept(&mut contents.tables, model);
        let survey = contents.surveys.of(begins.survey);
        let about = self.about(cue, source, &survey);
        let weighing = Weighing {
            view: self,
            about: &about,
            source,
            model,
            survey,
            tables,
            unfinished,
        };
        let starts = &contents.starts[begins.starts.clone()];
        let mut best = (i32::MIN, None);
        if !starts.is_empty() {
            weighing.behind(starts, &mut best, &mut allowed);
        }
        weighing.before(&mut best, &mut allowed);
        best.1
    }

    /// Whether a comma at `at` stands in a list: 0 no, 1 a coordinator follows before any finite verb, 2 behind another comma.
    fn list_ahead(&self, at: usize) -> u8 {
        if self.tag(at as isize) != Tag::Comma {
            return 0;
        }
        const ENDS: Tags = FINITE.or(Tags::of(&[Tag::Coordinator, Tag::Wh, Tag::Edge]));
        let ends = |&i: &usize| ENDS.hold(self.tag(i as isize));
        match (at + 1..at + 9).find(ends) {
            Some(end) if self.tag(end as isize) == Tag::Coordinator => {
                1 + u8::from(self.tags_in(at + 1..end).contains(&Tag::Comma))
            }
            _ => 0,
        }
    }
}

/// What the contents of one cue are weighed with.
struct Weighing<'w> {
    view: &'w View<'w>,
    about: &'w About,
    source: Option<Candidate>,
    model: &'w Model,
    survey: Survey<'w>,
    tables: &'w Tables,
    unfinished: i32,
}

/// The most weight units so far, and the content that has them.
type Likeliest = (i32, Option<Content>);

impl Weighing<'_> {
    /// The contents behind the cue. All ends of one start are weighed before anything is decided; then the likeliest is taken
    /// that is allowed.
    #[inline(always)]
    fn behind(&self, starts: &[Begin], best: &mut Likeliest, allowed: &mut impl FnMut(&Content) -> bool) {
        let &Weighing { view, about, model, .. } = self;
        let of_last = [false, true].map(|last| model.units(|s| View::ask_last_of_cue(about, last, s)));
        let passages = [false, true].map(|passage| model.units(|s| view.ask_passages(about, passage, s)));
        let mode = model.units(|s| view.ask_mode(about, about.mode_after(), s));
        let mut reach = 0;
        for begin in starts {
            let start = begin.start as usize;
            let base = mode + begin.units;
            // Too far behind for any end to make up for it.
            if base + reach + HEADWAY < best.0 {
                continue;
            }
            let opened = view.tag(start as isize) as u64;
            let clause = view.opens_clause(start);
            // No content holds its source.
            let most = self.source.filter(|s| start < s.end).map_or(usize::MAX, |s| s.first);
            let endings = self.survey.endings_behind(start);
            let mut weighed = [i32::MIN; Endings::MOST];
            // The most of them, and which has it first.
            let (mut top, mut at) = (i32::MIN, 0);
            let count = endings.count;
            for (k, weighed) in weighed[..count].iter_mut().enumerate() {
                let ending = &self.survey.endings[endings.number(k)];
                let end = &ending.end;
                let run = start..end.at as usize;
                let inner = self.survey.inside(&run);
                let of_cue = of_last[usize::from(end.last)] + model.units(|s| View::ask_end_of_cue(about, end, s));
                let size = self.tables.sizes[size_index(inner.length, inner.finite, end.last)];
                let pair = model.units(|s| View::ask_pair(opened, end, inner.finite, s));
                let commas = select_unpredictable(inner.commas < MOST_COMMAS, inner.commas, MOST_COMMAS);
                let after = i32::from(ending.after[usize::from(inner.finite)][commas]);
                let rest = after + of_cue + size + passages[usize::from(inner.passage)] + pair;
                let fits = run.end <= most;
                reach = reach.max(select_unpredictable(fits, rest, 0));
                let whole = clause | inner.finite | inner.passage;
                let units = base + rest - select_unpredictable(whole, 0, self.unfinished);
                *weighed = select_unpredictable(fits, units, i32::MIN);
                at = select_unpredictable(*weighed > top, k, at);
                top = select_unpredictable(*weighed > top, *weighed, top);
            }
            while top > best.0 {
                let content = Content {
                    first: start..self.survey.endings[endings.number(at)].end.at as usize,
                    second: None,
                };
                if allowed(&content) {
                    *best = (top, Some(content));
                    break;
                }
                weighed[at] = i32::MIN;
                let others = weighed[..count].iter().copied().enumerate();
                (at, top) = others.rev().max_by_key(|&(_, units)| units).unwrap_or((0, i32::MIN));
            }
        }
    }

    /// The contents before the cue, and those around an attribution.
    #[inline(always)]
    fn before(&self, best: &mut Likeliest, allowed: &mut impl FnMut(&Content) -> bool) {
        let &Weighing {
            view,
            about,
            model,
            ref survey,
            ..
        } = self;
        let mut modes = [None; 4];
        let mut mode = |mode: u64| {
            *modes[mode as usize & 3]
                .get_or_insert_with(|| model.units(|s| view.ask_mode(about, about.joined(mode), s)))
        };
        view.contents_before(about.cue, self.source, |content| {
            let first = survey.inside(&content.first);
            let second = content
                .second
                .as_ref()
                .map(|run| survey.inside(run))
                .unwrap_or_default();
            let asked = model.units(|s| view.ask_before(about, content, &first, &second, s));
            let clause = first.finite | first.passage | second.finite | second.passage;
            let clause = clause | view.opens_clause(content.first.start);
            let units = mode(about.place(content)) + asked - if clause { 0 } else { self.unfinished };
            if units > best.0 && allowed(content) {
                *best = (units, Some(content.clone()));
            }
        });
    }
}

/// The mentions of a page that a finite verb follows.
#[derive(Debug, Default)]
pub struct Subjects {
    /// Index of the first mention that was asked about.
    first: usize,
    /// For each mention the first of those from it on, and the last up to it, counted from the first mention; the highest number
    /// where there is none.
    first_from: Vec<u32>,
    last_up_to: Vec<u32>,
}

impl Subjects {
    /// Lists those among some mentions.
    pub fn list(&mut self, frames: &Frames, mentions: Range<usize>) {
        const VERBS: Tags = FINITE.or(Tags::of(&[Tag::Clitic]));
        self.first = mentions.start;
        self.first_from.resize(mentions.len(), 0);
        self.last_up_to.resize(mentions.len(), 0);
        let mut last = u32::MAX;
        for (i, (mentioned, up_to)) in frames.mentions[mentions].iter().zip(&mut self.last_up_to).enumerate() {
            let behind = frames
                .tags
                .get(mentioned.place as usize + 1..)
                .and_then(<[Tag]>::first_chunk);
            let &[next, second] = behind.unwrap_or(&[Tag::Edge; 2]);
            let verb = select_unpredictable(next == Tag::Adverb, second, next);
            last = select_unpredictable(VERBS.hold(verb), i as u32, last);
            *up_to = last;
        }
        let mut first = u32::MAX;
        for (i, (from, &up_to)) in self.first_from.iter_mut().zip(&self.last_up_to).enumerate().rev() {
            first = select_unpredictable(up_to == i as u32, up_to, first);
            *from = first;
        }
    }

    /// The first and the last of them in a frame before a cue.
    #[inline]
    fn before(&self, view: &View, cue: usize) -> (Option<usize>, Option<usize>) {
        let first = view.frame.mentions.start;
        let end = first + view.mentions_beside(cue).0.len();
        let known = |list: &[u32], at: usize| {
            let known = list.get(at.wrapping_sub(self.first));
            known.map_or(usize::MAX, |&i| (i as usize).saturating_add(self.first))
        };
        let element = |i: usize| {
            let mentioned = view.frames.mentions.get(i);
            mentioned
                .filter(|_| (first <= i) & (i < end))
                .map(|mentioned| mentioned.element as usize)
        };
        (
            element(known(&self.first_from, first)),
            element(known(&self.last_up_to, end.wrapping_sub(1))),
        )
    }
}

/// What a cue looks like to every candidate for its source.
#[derive(Debug, Clone, Copy)]
pub struct Asking {
    cue: usize,
    lemma: u64,
    form: u64,
    /// What was stepped over to the left, and the tag that stands there.
    chain: u64,
    subject: u64,
    /// Tags beside the cue, and the word before it.
    previous: u64,
    next: u64,
    word: u64,
    /// The first and the last mention before it that a finite verb follows.
    main: Option<usize>,
    nearest: Option<usize>,
    /// Whether a comma stands before it, or before its helping verbs.
    behind_comma: u64,
}

/// What a cue and its source look like to every content.
#[derive(Debug, Clone, Copy)]
struct About {
    cue: usize,
    lemma: u64,
    form: u64,
    /// Tags beside the cue.
    previous: u64,
    next: u64,
    /// Whether the source stands before the cue; 2 for none.
    side: u64,
    /// Tag before the attribution, and both tags beside it.
    prior: u64,
    around: u64,
    /// Whether a finite verb stands before the attribution.
    finite: u64,
    /// Whether one stands behind it, before any mark.
    behind: u64,
    frame_end: usize,
}

impl About {
    /// Where a content stands: 0 before its cue, 1 after it, 2 around it.
    fn place(&self, content: &Content) -> u64 {
        u64::from(content.first.start > self.cue) | u64::from(content.second.is_some()) << 1
    }

    /// The place of a content joined with the side of the source.
    fn joined(&self, place: u64) -> u64 {
        mix(place, self.side)
    }

    fn mode(&self, content: &Content) -> u64 {
        self.joined(self.place(content))
    }

    fn mode_after(&self) -> u64 {
        self.joined(1)
    }
}

/// A place where the content of a cue may begin behind it.
#[derive(Debug, Clone, Copy, Default)]
struct Begin {
    /// How many elements stand between it and the cue, and their signature.
    gap: u32,
    signature: u64,
    /// What the cue looks like.
    form: u64,
    lemma: u64,
    /// Its element, and where the tag of that stands in [`Frames::tags`].
    start: u32,
    place: u32,
    units: i32,
}

impl Begin {
    /// What depends on where a content after its cue begins.
    #[inline(always)]
    fn ask(&self, frames: &Frames, out: &mut impl Sink) {
        let mut add = |template, value| out.add(Question::Content, template, value);
        let &Begin { form, lemma, .. } = self;
        let before = self.place as usize - 1;
        let tags = frames.tags.get(before..).and_then(<[Tag]>::first_chunk);
        let words = frames.hashes.get(before..).and_then(<[u64]>::first_chunk);
        let [back, first, next] = tags.unwrap_or(&[Tag::Edge; 3]).map(|tag| tag as u64);
        let [word_back, word] = *words.unwrap_or(&[EDGE; 2]);
        let gap = u64::from(self.gap.min(9));
        let signature = select_unpredictable(gap <= 4, self.signature, 3);
        add(10, gap);
        add(11, mix(gap, form));
        add(12, mix(gap, lemma));
        add(13, mix(signature, first));
        add(14, mix(signature, lemma));
        add(15, mix(mix(back, first), gap.min(3)));
        add(16, mix(mix(back, first), next));
        add(17, mix(word, gap.min(2)));
        add(18, mix(word, mix(lemma, gap.min(2))));
        add(19, mix(word_back, first));
        add(20, mix(mix(lemma, first), gap.min(3)));
    }
}

/// Where the content of a cue may begin behind it.
#[derive(Debug, Clone, Default)]
pub struct Begins {
    /// The number of the frame's survey.
    survey: usize,
    /// Indices into [`Contents::starts`].
    starts: Range<usize>,
}

impl Begins {
    /// The number of the frame's survey.
    pub fn survey(&self) -> usize {
        self.survey
    }
}

/// What is worked out for the sources and contents of the cues of one page. Each frame that holds cues is surveyed first
/// ([`Contents::survey`], then [`Contents::list_endings`] for all), then comes [`Contents::list_starts`] for each cue,
/// [`Contents::weigh_starts`] for all and [`Contents::weigh_endings`] for each frame; [`View::likeliest_content`] may follow at any
/// time.
#[derive(Debug, Default)]
pub struct Contents {
    /// The frames that hold cues.
    surveys: Surveys,
    /// Where the contents of the cues may begin.
    starts: Vec<Begin>,
    /// Those of the model that is built in, once they were asked for; of another one they are worked out for each page.
    tables: Option<Box<Tables>>,
    built_in: bool,
}

impl Contents {
    /// Forgets all cues, and what was worked out with another model.
    pub fn clear(&mut self, model: &Model) {
        self.surveys.clear();
        self.starts.clear();
        if !(self.built_in && model.is_built_in()) {
            self.tables = None;
        }
        self.built_in = model.is_built_in();
    }

    /// Surveys one more frame; gives its number.
    pub fn survey(&mut self, view: &View) -> usize {
        self.surveys.tally(view)
    }

    /// Lists where contents may end in the frames that were surveyed; a view of one of them is given.
    pub fn list_endings(&mut self, view: &View) {
        self.surveys.list_endings(view);
    }

    /// The survey of that number.
    #[inline]
    pub fn surveyed(&self, number: usize) -> Survey<'_> {
        self.surveys.of(number)
    }

    /// The surveys.
    pub fn surveys(&self) -> &Surveys {
        &self.surveys
    }

    /// Weighs the places where the contents of the cues of a frame may end: from the first cue listed to the last.
    pub fn weigh_endings(&mut self, view: &View, first: &Begins, last: &Begins, model: &Model) {
        let starts = &self.starts[first.starts.start..last.starts.end];
        if let Some(start) = starts.iter().map(|begin| begin.start as usize).min() {
            let tables = Tables::kept(&mut self.tables, model);
            self.surveys.weigh_endings(view, first.survey, start, model, tables);
        }
    }

    /// Lists the places where the content of a cue may begin, unless it attributes what stands before it. Always as many are
    /// listed as there may be, and then cut off, for their number is unpredictable.
    pub fn list_starts(&mut self, view: &View, cue: usize, survey: usize, attributes: bool) -> Begins {
        const { assert!(MOST_STARTS <= 2 * MARGIN) };
        let place = view.frame.first_tag + (cue - view.frame.elements.start) + 1;
        let tags: Option<&[Tag; MOST_STARTS]> = view.frames.tags.get(place..).and_then(<[Tag]>::first_chunk);
        // What begins at the closing marks ends nowhere.
        let room = view.frame.end.saturating_sub(cue + 1) * usize::from(!attributes);
        let (form, lemma) = (view.tag(cue as isize) as u64, view.lemma(cue as isize));
        let mut begun = [Begin::default(); MOST_STARTS];
        let (mut count, mut signature) = (0, SIGNATURE);
        for (gap, &tag) in tags.unwrap_or(&[Tag::Edge; MOST_STARTS]).iter().enumerate() {
            begun[count] = Begin {
                gap: gap as u32,
                signature,
                form,
                lemma,
                start: (cue + 1 + gap) as u32,
                place: (place + gap) as u32,
                units: 0,
            };
            count += usize::from((gap < room) & !NO_START.hold(tag));
            let next = mix(signature, tag as u64);
            signature = select_unpredictable(PASSED_OVER.hold(tag), signature, next);
        }
        let first = self.starts.len();
        self.starts.extend_from_slice(&begun);
        self.starts.truncate(first + count);
        Begins {
            survey,
            starts: first..first + count,
        }
    }

    /// Weighs the places where the contents of all cues may begin.
    pub fn weigh_starts(&mut self, frames: &Frames, model: &Model) {
        for begin in &mut self.starts {
            begin.units = model.units(|sum| begin.ask(frames, sum));
        }
    }
}

/// What is asked again and again and has few answers: their weight units.
#[derive(Debug)]
pub struct Tables {
    /// The answers to [`View::ask_size`], by their [`size_index`].
    sizes: [i32; 4 * BUCKETS],
    /// Those to [`View::ask_end_after_commas`], by tag and by whether the frame ends there.
    commas: [[[i16; MOST_COMMAS + 1]; 2]; TAGS.len()],
    /// Those to [`View::ask_end_after_verb`], by tag, by whether a finite verb follows, and by [`End::listed`].
    verbs: [[[[i16; 2]; LISTED]; 2]; TAGS.len()],
}

/// How many answers [`View::list_ahead`] has.
const LISTED: usize = 3;

impl Tables {
    /// Those that are kept, made where there are none.
    fn kept<'t>(tables: &'t mut Option<Box<Tables>>, model: &Model) -> &'t Tables {
        tables.get_or_insert_with(|| Box::new(Tables::of(model)))
    }

    /// Asks for all answers.
    fn of(model: &Model) -> Tables {
        use std::array::from_fn;
        let end = |tag: usize, last: usize, rest: usize, listed: usize| End {
            at: 0,
            tag: TAGS[tag],
            last: last == 1,
            rest: rest == 1,
            listed: listed as u8,
        };
        let commas = |end: End, commas| model.units(|s| View::ask_end_after_commas(&end, commas, s)) as i16;
        let verbs = |end: End, finite: usize| model.units(|s| View::ask_end_after_verb(&end, finite == 1, s)) as i16;
        Tables {
            sizes: from_fn(|index| {
                let (length, finite, last) = (index as u64 / 4, index & 2 != 0, index & 1 != 0);
                model.units(|s| View::ask_size(length, finite, last, s))
            }),
            commas: from_fn(|tag| from_fn(|last| from_fn(|count| commas(end(tag, last, 0, 0), count)))),
            verbs: from_fn(|tag| {
                from_fn(|rest| from_fn(|listed| from_fn(|finite| verbs(end(tag, 0, rest, listed), finite))))
            }),
        }
    }

    #[inline]
    fn commas(&self, end: &End) -> [i16; MOST_COMMAS + 1] {
        self.commas[end.tag as usize][usize::from(end.last)]
    }

    #[inline]
    fn verbs(&self, end: &End) -> [i16; 2] {
        self.verbs[end.tag as usize][usize::from(end.rest)][usize::from(end.listed)]
    }
}

fn size_index(length: usize, finite: bool, last: bool) -> usize {
    bucket(length) as usize * 4 + usize::from(finite) * 2 + usize::from(last)
}

const BUCKETS: usize = 10;

/// Length in coarse steps: up to 4 each, then to 6, 9, 14, 22, and more.
fn bucket(length: usize) -> u64 {
    const OF_LENGTHS: [u8; 24] = [0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8, 9];
    let longest = OF_LENGTHS.len() - 1;
    u64::from(OF_LENGTHS[select_unpredictable(length < longest, length, longest)])
}

/// What was stepped over to the left of a verb.
#[derive(Debug, Default, Clone, Copy)]
struct Left {
    at: isize,
    commas: u8,
    be: bool,
    have: bool,
    modal: bool,
    negation: bool,
    to: bool,
}

impl Left {
    fn chain(&self) -> u64 {
        let bits = [self.be, self.have, self.modal, self.negation, self.to, self.commas > 0];
        bits.iter().fold(0, |sum, &bit| sum << 1 | u64::from(bit))
    }
}
