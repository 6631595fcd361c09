//! Candidates and what is seen around them: the questions put to the model.
//!
//! Everything here looks at the elements of one [`Frame`]; nothing decides. A feature is a template number and a value; the
//! numbers have no meaning but to differ.

use super::frames::{self, EDGE, Element, Frame, Frames, Holds, TAGS, Tag, Tags, is_finite};
use super::model::{Listed, Model, Question, SCALE, Sink, mix};
use super::survey::{End, Gap, Inner, MOST_COMMAS, PASSED_OVER, SIGNATURE, Survey, Surveys};
use crate::mentions::{Gender, Mentions};
use crate::quotes::Marked;
use crate::seeds::{Class, Seeds, WordId};
use crate::words::Page;
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

/// No cue is as sure as this.
const NEVER: f32 = 1.1;

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
            start: before.min(6) as u64,
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
    fn classes(&self, i: isize) -> Class {
        match self.element(i) {
            Some(e) if e.holds == Holds::Word => self.page.words[e.first as usize].classes,
            _ => Class::NONE,
        }
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
    fn mentions_beside(&self, element: usize) -> (&[u32], &[u32]) {
        let mentions = &self.frames.mentions[self.frame.mentions.clone()];
        mentions.split_at(mentions.iter().filter(|&&m| (m as usize) < element).count())
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
        let tag = self.tag(start as isize);
        matches!(tag, Tag::To | Tag::Gerund | Tag::Wh | Tag::Subordinator)
    }

    /// True for a clause with a verb of its own: not a noun phrase with a relative clause behind it, nor an infinitive.
    pub fn reported_clause(&self, run: &Range<usize>) -> bool {
        for i in run.clone() {
            let word = self.classes(i as isize);
            match self.tag(i as isize) {
                Tag::To if i == run.start => return false,
                Tag::That | Tag::Wh | Tag::Subordinator if i == run.start => return true,
                Tag::That | Tag::Wh => return false,
                Tag::Be | Tag::Have | Tag::Modal => return true,
                Tag::Third if !word.meets(Class::NOUN) => return true,
                Tag::Past if self.tag(i as isize + 1) != Tag::By && !word.meets(Class::ADJECTIVE) => return true,
                _ => {}
            }
        }
        false
    }

    /// How sure the cue must be for a statement to count: little for a verb of saying or marked words, more for a clause, most
    /// for a bare noun phrase or infinitive ("criticised the plan", "wants to talk"), which tells an attitude more often than
    /// words, and for a statement that names nobody.
    pub fn wanted(&self, cue: usize, source: Option<Candidate>, content: &Content) -> f32 {
        let opens = self.tag(content.first.start as isize);
        let quoted = content.runs().any(|r| self.holds_passage(r));
        let clause = content.second.is_some() || self.reported_clause(&content.first);
        let base = self.wanted_for(cue, quoted, clause, opens);
        let known = self.classes(cue as isize).meets(Class::CUE);
        let says = self.says(cue);
        match source {
            None if quoted => base,
            None if says => base.max(0.6),
            None => base.max(if known { 0.75 } else { 0.92 }),
            Some(_) => base,
        }
    }

    /// What [`wanted`](Self::wanted) is at least, whatever the source and the content.
    pub fn least_wanted(&self, cue: usize) -> f32 {
        let clause = self.wanted_for(cue, false, true, Tag::Plain);
        if self.frame.passages == 0 {
            return clause;
        }
        clause.min(self.wanted_for(cue, true, true, Tag::Plain))
    }

    /// The same for a content that holds marked words or not, is a clause or not and begins with `opens`, its source named.
    fn wanted_for(&self, cue: usize, quoted: bool, clause: bool, opens: Tag) -> f32 {
        let purpose = self.tag(cue as isize - 1) == Tag::To;
        let finite = matches!(self.tag(cue as isize), Tag::Past | Tag::Third);
        // "its promised purchases": a participle inside a noun phrase.
        let attribute = finite && matches!(self.tag(cue as isize - 1), Tag::Possessive | Tag::Determiner);
        let known = self.classes(cue as isize).meets(Class::CUE);
        let says = self.says(cue);
        match () {
            () if quoted => 0.35,
            () if attribute => 0.95,
            () if self.classes(cue as isize).meets(Class::ATTITUDE) && clause => 0.95,
            () if self.classes(cue as isize).meets(Class::ATTITUDE) => NEVER,
            () if purpose => 0.95,
            () if says && opens == Tag::To => 0.6,
            () if says && finite => 0.3,
            () if says => 0.45,
            () if (clause || opens == Tag::Gerund) && known => 0.4,
            () if clause || opens == Tag::Gerund => 0.5,
            () if known => 0.55,
            () if opens == Tag::To => 0.8,
            () => NEVER,
        }
    }

    /// ", those officials added,": an attribution put into the middle of what it reports.
    pub fn in_commas(&self, cue: usize) -> bool {
        let c = cue as isize;
        let subject = || {
            let before = self.element(c - 1);
            before.is_some_and(|e| matches!(e.holds, Holds::Mention(_)))
        };
        let finite = matches!(self.tag(c), Tag::Past | Tag::Third);
        self.tag(c + 1) == Tag::Comma && self.tag(c - 2) == Tag::Comma && finite && self.says(cue) && subject()
    }

    /// “Really,” she added when asked. “Go!” barked the coach. Moss was blunt: “Not now,” he said. The passage that ends like a
    /// quotation whose attribution follows, where this verb and its subject stand right behind it; one that does not open the
    /// frame wants a verb of saying.
    pub fn attributes(&self, cue: usize) -> Option<usize> {
        if self.frame.passages == 0 {
            return None;
        }
        let opens = self.frame.elements.start;
        let passage = [2, 1]
            .into_iter()
            .filter_map(|back| cue.checked_sub(back))
            .find_map(|i| match self.element(i as isize)?.holds {
                Holds::Passage(p) => Some((i, p)),
                _ => None,
            });
        let (passage, p) = passage?;
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
        let verb = matches!(self.tag(cue as isize), Tag::Past | Tag::Third) || self.looks_past(cue);
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
        matches!(self.tag(i as isize), Tag::Plain | Tag::Person | Tag::Adjective)
            || matches!(self.tag(i as isize - 1), Tag::Determiner | Tag::Possessive)
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
        !matches!(
            self.tag(self.frame.elements.end as isize - 1),
            Tag::Stop | Tag::Question | Tag::Passage | Tag::Mark
        )
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

    /// The candidates for the source of a cue: mentions of the frame near it, and the noun phrases beside it.
    #[inline]
    pub fn each_source(&self, cue: usize, mut found: impl FnMut(Candidate)) {
        const MOST_BEFORE: usize = 7;
        const MOST_AFTER: usize = 4;
        // "put it", "told him": a pronoun right behind a verb is its object, unless a quotation stands before the verb.
        let quoted = (1..4).any(|d| self.tag(cue as isize - d) == Tag::Passage);
        let object = self.tag(cue as isize + 1) == Tag::Pronoun && !quoted;
        let before = self.mentions_beside(cue).0.iter().rev().take(MOST_BEFORE);
        let behind = self.mentions_beside(cue + 1 + usize::from(object)).1;
        let after = behind.iter().take(MOST_AFTER);
        let mut mention = |&i: &u32| Candidate::mention_at(&self.frames.elements, i as usize).map(&mut found);
        for i in before {
            mention(i);
        }
        for i in after {
            mention(i);
        }
        for phrase in [self.phrase_before(cue), self.phrase_after(cue)].into_iter().flatten() {
            found(phrase);
        }
    }

    /// A list of those.
    pub fn sources(&self, cue: usize) -> Vec<Candidate> {
        let mut sources = Vec::new();
        self.each_source(cue, |source| sources.push(source));
        sources
    }

    /// "Moss, speaking to reporters on her way to Hale, said": the subject of a verb of saying from which a phrase between
    /// commas parts it.
    fn subject_past_commas(&self, cue: usize) -> Option<Candidate> {
        const FAR: isize = 24;
        let c = cue as isize;
        let finite = matches!(self.tag(c), Tag::Past | Tag::Third);
        let closes = (1..4).map(|d| c - d).find(|&i| !PASSED_OVER.hold(self.tag(i)))?;
        let reports = self.says(cue) || self.is_known_cue(cue);
        if !reports || !finite || self.tag(closes) != Tag::Comma {
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
        let quoted =
            |i: isize| self.tag(i) == Tag::Passage || (self.tag(i) == Tag::Comma && self.tag(i - 1) == Tag::Passage);
        if quoted(c - 1) && matches!(self.tag(c), Tag::Past | Tag::Third) {
            // “…,” said one club official: a phrase that is no mention speaks too.
            let time = |p: &Candidate| self.tag(p.end as isize - 1) == Tag::Time;
            let phrase = || self.phrase_after(cue).filter(|p| self.says(cue) && !time(p));
            // “…,” said Unite's Ann Moss: behind an owner that is no mention.
            let owned = |p: &Candidate| self.tag(p.end as isize - 1) == Tag::Clitic;
            let behind = || speaks(phrase().filter(owned)?.end as isize);
            return speaks(c + 1).or_else(behind).or_else(phrase);
        }
        // "Because of the rain, explained Moss, “…”"
        let parted = matches!(
            self.tag(c + 2),
            Tag::Comma | Tag::Stop | Tag::Edge | Tag::Passage | Tag::Dash
        );
        let inverted = matches!(self.tag(c), Tag::Past | Tag::Third) && self.says(cue) && parted;
        if inverted && self.tag(c - 1) == Tag::Comma && self.tag(c + 1) == Tag::Name {
            return speaks(c + 1);
        }
        if quoted(c - 2) {
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
        let quoted = self.is_colon(cue) && self.tag(cue as isize + 1) == Tag::Passage;
        let parted = |i: &usize| {
            matches!(
                self.tag(*i as isize),
                Tag::Passage | Tag::Semicolon | Tag::Colon | Tag::Wh | Tag::That
            )
        };
        let before = (self.frame.elements.start..cue).rev().take_while(|i| !parted(i));
        before.filter(|_| quoted).find(|&i| is_finite(self.tag(i as isize)))
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
        let finite = |i: &usize| *i > opens && matches!(self.tag(*i as isize), Tag::Past | Tag::Third);
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
            if matches!(self.tag(first), Tag::Determiner | Tag::Possessive) {
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
        let asking = self.asking(cue);
        let mut surveys = Surveys::default();
        match candidate {
            Some(candidate) => self.ask_source(&asking, candidate, &surveys.add(self).gap_to(candidate, cue), out),
            None => self.ask_unnamed(&asking, out),
        }
    }

    /// What a cue looks like to every candidate for its source.
    pub fn asking(&self, cue: usize) -> Asking {
        let c = cue as isize;
        let left = self.left(cue);
        let mut subjects = self.subjects(cue);
        let main = subjects.next();
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
            nearest: subjects.next_back().or(main),
            behind_comma: u64::from(self.tag(c - 1) == Tag::Comma) + 2 * u64::from(self.tag(left.at + 1) == Tag::Comma),
        }
    }

    /// Mentions before a cue that a finite verb follows.
    fn subjects(&self, cue: usize) -> impl DoubleEndedIterator<Item = usize> {
        let verb = |i: usize| is_finite(self.tag(i as isize)) || self.tag(i as isize) == Tag::Clitic;
        let before = self.mentions_beside(cue).0.iter().map(|&i| i as usize);
        before.filter(move |&i| verb(i + 1 + usize::from(self.tag(i as isize + 1) == Tag::Adverb)))
    }

    /// The weight units of a source of a cue that is not named.
    #[inline]
    pub fn weigh_unnamed(&self, asking: &Asking, model: &Model) -> i32 {
        model.units(|sum| self.ask_unnamed(asking, sum))
    }

    /// The weight units of a candidate as the source of a cue.
    #[inline]
    pub fn weigh_source(&self, asking: &Asking, candidate: Candidate, gap: &Gap, model: &Model) -> i32 {
        model.units(|sum| self.ask_source(asking, candidate, gap, sum))
    }

    /// Asks whether the source of a cue is not named.
    #[inline(always)]
    fn ask_unnamed(&self, asking: &Asking, out: &mut impl Sink) {
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
            None => 90 + u64::from(matches!(self.tag(s.first as isize), Tag::Determiner | Tag::Possessive)),
        }
    }

    /// Where the reported words may begin after a cue.
    pub fn starts(&self, cue: usize) -> impl Iterator<Item = usize> {
        let near = cue + 1..self.frame.elements.end.min(cue + 1 + MOST_STARTS);
        near.filter(|&start| !NO_START.hold(self.tag(start as isize)))
    }

    /// True where a comma stands before "saying", "adding", "according to": what follows is another attribution.
    pub(super) fn new_attribution(&self, i: usize) -> bool {
        let next = i + 1 + usize::from(self.tag(i as isize + 1) == Tag::Adverb);
        next < self.frame.elements.end
            && (self.tag(next as isize) == Tag::Gerund && self.says(next) || self.is_according(next))
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
            let (endings, last) = survey.endings_behind(start);
            for ending in endings.chain(last) {
                let first = start..survey.endings[ending].end.at as usize;
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
        let mut end = attribution.start;
        while end > begin
            && matches!(
                self.tag(end as isize - 1),
                Tag::Comma | Tag::Dash | Tag::Subordinator | Tag::Stop | Tag::Question
            )
        {
            end -= 1;
        }
        // "The effort was described …": what ends in a helping verb is a subject, not what was said.
        if end <= begin || matches!(self.tag(end as isize - 1), Tag::Be | Tag::Have | Tag::Modal) {
            return;
        }
        // Words and their attribution are set apart by a mark; without one, only a relative clause attributes what it follows.
        let marked = end < attribution.start || self.tag(end as isize - 1) == Tag::Passage;
        let after = self.after_attribution(attribution.end);
        let mut offer = |first: Range<usize>| {
            for second in std::iter::once(None).chain(after.clone().map(Some)) {
                found(&Content {
                    first: first.clone(),
                    second,
                });
            }
        };
        // “…,” the club’s Ana Brandt said: words of the attribution may stand between quotation and speaker.
        let passage = (begin.max(end.saturating_sub(PASSAGE_NEAR))..end)
            .rev()
            .find(|&i| self.tag(i as isize) == Tag::Passage);
        if let Some(passage) = passage.filter(|&p| p + 1 < end) {
            offer(passage..passage + 1);
        }
        if !marked && !matches!(self.tag(begin as isize), Tag::Wh | Tag::That) && !self.relative_before(end) {
            return;
        }
        offer(begin..end);
        let mut count = 1;
        for i in (begin + 1..end).rev() {
            let opens = matches!(
                self.tag(i as isize - 1),
                Tag::Comma | Tag::Semicolon | Tag::Dash | Tag::Colon | Tag::Coordinator | Tag::That
            ) || matches!(self.tag(i as isize), Tag::That | Tag::Passage | Tag::Wh);
            if opens {
                offer(i..end);
                count += 1;
            }
            if count > 8 {
                break;
            }
        }
    }

    /// True where a relative pronoun stands among the last elements before `end`.
    fn relative_before(&self, end: usize) -> bool {
        let first = self.frame.elements.start.max(end.saturating_sub(3));
        (first..end).any(|i| matches!(self.tag(i as isize), Tag::Wh | Tag::That))
    }

    /// What goes on after an attribution in the middle of its content: behind the next comma or passage.
    fn after_attribution(&self, from: usize) -> Option<Range<usize>> {
        let end = self.frame.end;
        for i in from..end.min(from + 14) {
            match self.tag(i as isize) {
                Tag::Comma | Tag::Dash | Tag::Colon if i + 1 < end => return Some(i + 1..end),
                Tag::Passage => return Some(i..end),
                _ => {}
            }
        }
        None
    }

    /// Asks whether some elements are the content of a cue. The features come in groups by what they depend on, so that
    /// [`weigh_contents`](Self::weigh_contents) can weigh each group once.
    pub fn content(&self, cue: usize, source: Option<Candidate>, content: &Content, out: &mut impl Sink) {
        let about = self.about(cue, source);
        let run = &content.first;
        let mut surveys = Surveys::default();
        let survey = surveys.add(self);
        let inner = survey.inside(run);
        self.ask_mode(&about, about.mode(content), out);
        if run.start > cue {
            let rest = self.finite_between(run.end, self.frame.elements.end);
            let end = self.end(run.end, rest);
            self.ask_start(
                cue,
                about.lemma,
                run.start,
                survey.signature_of(cue + 1..run.start),
                out,
            );
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
    fn about(&self, cue: usize, source: Option<Candidate>) -> About {
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
            finite: u64::from(self.finite_between(self.frame.elements.start, attribution.start)),
            behind: self.clause_behind(attribution.end.max(cue + 1)),
            frame_end: self.frame.end,
        }
    }

    /// What follows an attribution: 0 a mark, 1 words without a finite verb up to the next mark, 2 a clause.
    fn clause_behind(&self, at: usize) -> u64 {
        let marks = |t: Tag| {
            matches!(
                t,
                Tag::Comma
                    | Tag::Stop
                    | Tag::Dash
                    | Tag::Semicolon
                    | Tag::Colon
                    | Tag::Question
                    | Tag::Passage
                    | Tag::Edge
            )
        };
        if marks(self.tag(at as isize)) {
            return 0;
        }
        let mut words = (at..self.frame.elements.end).take_while(|&i| !marks(self.tag(i as isize)));
        1 + u64::from(words.any(|i| is_finite(self.tag(i as isize))))
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

    /// What depends on where a content after its cue begins; `signature` is that of the elements between the two.
    #[inline(always)]
    fn ask_start(&self, cue: usize, lemma: u64, start: usize, signature: u64, out: &mut impl Sink) {
        let mut add = |template, value| out.add(Question::Content, template, value);
        let form = self.tag(cue as isize) as u64;
        let b = start as isize;
        let [back, first, next] = self.tags_from(b - 1);
        let gap = (start - cue - 1).min(9) as u64;
        let signature = if gap <= 4 { signature } else { 3 };
        add(10, gap);
        add(11, mix(gap, form));
        add(12, mix(gap, lemma));
        add(13, mix(signature, first));
        add(14, mix(signature, lemma));
        add(15, mix(mix(back, first), gap.min(3)));
        add(16, mix(mix(back, first), next));
        add(17, mix(self.word(b), gap.min(2)));
        add(18, mix(self.word(b), mix(lemma, gap.min(2))));
        add(19, mix(self.word(b - 1), first));
        add(20, mix(mix(lemma, first), gap.min(3)));
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

    /// Weighs the contents that a cue with its source may have, in the order of [`contents`](Self::contents): all that may be
    /// the likeliest. `begins` says where those begin that stand behind the cue. `found` takes a content, its weight units and
    /// whether it is a clause, and gives the most units so far; what has no more than those it need not be told.
    pub fn weigh_contents(
        &self,
        cue: usize,
        source: Option<Candidate>,
        model: &Model,
        contents: &mut Contents,
        begins: &Begins,
        mut found: impl FnMut(&Content, i32, bool) -> i32,
    ) {
        let about = self.about(cue, source);
        let best = self.weigh_contents_behind(&about, source, model, contents, begins, &mut found);
        let survey = contents.surveys.of(begins.survey);
        self.weigh_contents_before(&about, source, model, survey, best, found);
    }

    /// The contents behind a cue; gives the most units so far.
    #[inline(always)]
    fn weigh_contents_behind(
        &self,
        about: &About,
        source: Option<Candidate>,
        model: &Model,
        contents: &mut Contents,
        begins: &Begins,
        mut found: impl FnMut(&Content, i32, bool) -> i32,
    ) -> i32 {
        let survey = contents.surveys.of(begins.survey);
        let begins = &contents.starts[begins.starts.clone()];
        let mut best = i32::MIN;
        if let Some(&(first, _)) = begins.first() {
            let first = survey.passed_endings(first);
            let of_last = [false, true].map(|last| model.units(|s| Self::ask_last_of_cue(about, last, s)));
            let of_cue = |end: &End| {
                let of_tag = model.units(|s| Self::ask_end_of_cue(about, end, s));
                of_last[usize::from(end.last)] + of_tag
            };
            contents.of_cue.clear();
            contents.of_cue.resize(first, 0);
            let endings = &survey.endings[first..];
            contents.of_cue.extend(endings.iter().map(|ending| of_cue(&ending.end)));
            let passages = [false, true].map(|passage| model.units(|s| self.ask_passages(about, passage, s)));
            let tables = Tables::kept(&mut contents.tables, model);
            let mode = model.units(|s| self.ask_mode(about, about.mode_after(), s));
            let mut reach = 0;
            for &(start, units) in begins {
                let opened = self.tag(start as isize) as u64;
                let clause = self.opens_clause(start);
                let base = mode + units;
                // Too far behind for any end to make up for it.
                if base + reach + HEADWAY < best {
                    continue;
                }
                // No content holds its source.
                let most = source.filter(|s| start < s.end).map_or(usize::MAX, |s| s.first);
                let (endings, last) = survey.endings_behind(start);
                for ending in endings.chain(last) {
                    let (of_cue, ending) = (contents.of_cue[ending], &survey.endings[ending]);
                    let end = &ending.end;
                    let run = start..end.at as usize;
                    if run.end > most {
                        break;
                    }
                    let inner = survey.inside(&run);
                    let size = tables.sizes[size_index(inner.length, inner.finite, end.last)];
                    let pair = model.units(|s| Self::ask_pair(opened, end, inner.finite, s));
                    let after = i32::from(ending.after[usize::from(inner.finite)][inner.commas.min(MOST_COMMAS)]);
                    let rest = after + of_cue + size + passages[usize::from(inner.passage)] + pair;
                    reach = reach.max(rest);
                    if base + rest > best {
                        let content = Content {
                            first: run,
                            second: None,
                        };
                        best = found(&content, base + rest, clause || inner.finite || inner.passage);
                    }
                }
            }
        }
        best
    }

    /// The contents before a cue, and those around an attribution.
    #[inline(always)]
    fn weigh_contents_before(
        &self,
        about: &About,
        source: Option<Candidate>,
        model: &Model,
        survey: Survey,
        mut best: i32,
        mut found: impl FnMut(&Content, i32, bool) -> i32,
    ) {
        let mut modes = [None; 4];
        let mut mode = |mode: u64| {
            *modes[mode as usize & 3]
                .get_or_insert_with(|| model.units(|s| self.ask_mode(about, about.joined(mode), s)))
        };
        self.contents_before(about.cue, source, |content| {
            let first = survey.inside(&content.first);
            let second = content
                .second
                .as_ref()
                .map(|run| survey.inside(run))
                .unwrap_or_default();
            let asked = model.units(|s| self.ask_before(about, content, &first, &second, s));
            let clause = first.finite | first.passage | second.finite | second.passage;
            let clause = clause || self.opens_clause(content.first.start);
            let units = mode(about.place(content)) + asked;
            if units > best {
                best = found(content, units, clause);
            }
        });
    }

    /// Whether a comma at `at` stands in a list: 0 no, 1 a coordinator follows before any finite verb, 2 behind another comma.
    fn list_ahead(&self, at: usize) -> u8 {
        if self.tag(at as isize) != Tag::Comma {
            return 0;
        }
        let mut commas = 0;
        for d in 1..9 {
            match self.tag((at + d) as isize) {
                Tag::Coordinator => return 1 + commas,
                Tag::Comma => commas = 1,
                Tag::Be | Tag::Have | Tag::Modal | Tag::Past | Tag::Third | Tag::Wh | Tag::Edge => return 0,
                _ => {}
            }
        }
        0
    }

    fn holds_passage(&self, range: &Range<usize>) -> bool {
        self.tags_in(range.clone()).contains(&Tag::Passage)
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

/// Where the content of a cue may begin behind it.
#[derive(Debug, Clone, Default)]
pub struct Begins {
    /// The number of the frame's survey.
    survey: usize,
    /// Indices into [`Contents::starts`].
    starts: Range<usize>,
}

/// What is worked out for the sources and contents of the cues of one page. For each frame that holds cues [`Contents::survey`]
/// comes first, then [`Contents::weigh_starts`] for each of them, then [`Contents::weigh_endings`]; [`View::weigh_contents`] may
/// follow at any time.
#[derive(Debug, Default)]
pub struct Contents {
    /// The frames that hold cues.
    surveys: Surveys,
    /// Where the contents of the cues may begin, with their weight units.
    starts: Vec<(usize, i32)>,
    /// The weight units of each ending of a frame that depend on the cue asked about.
    of_cue: Vec<i32>,
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

    /// Surveys one more frame.
    pub fn survey(&mut self, view: &View) -> Survey<'_> {
        self.surveys.add(view)
    }

    /// Weighs the places where the contents of the cues of the frame surveyed last may end; `begins` are those of its first cue.
    pub fn weigh_endings(&mut self, view: &View, begins: &Begins, model: &Model) {
        let first = self.starts[begins.starts.start..].iter().map(|start| start.0).min();
        if let Some(first) = first {
            let tables = Tables::kept(&mut self.tables, model);
            self.surveys.weigh_endings(view, first, model, tables);
        }
    }

    /// Weighs the places where the content of a cue may begin; gives their numbers. This is done for all cues of a page
    /// before anything is decided.
    pub fn weigh_starts(&mut self, view: &View, cue: usize, model: &Model) -> Begins {
        let first = self.starts.len();
        // What a quotation is attributed with reports that quotation, which stands before it.
        if view.attributes(cue).is_some() {
            return self.begins(first);
        }
        let lemma = view.lemma(cue as isize);
        let mut begun = [(0, 0); MOST_STARTS];
        let (mut count, mut signature) = (0, SIGNATURE);
        // What begins at the closing marks ends nowhere.
        for start in cue + 1..view.frame.end.min(cue + 1 + MOST_STARTS) {
            let tag = view.tag(start as isize);
            begun[count] = (start, signature);
            count += usize::from(!NO_START.hold(tag));
            let next = mix(signature, tag as u64);
            signature = if PASSED_OVER.hold(tag) { signature } else { next };
        }
        for &(start, signature) in &begun[..count] {
            let units = model.units(|sum| view.ask_start(cue, lemma, start, signature, sum));
            self.starts.push((start, units));
        }
        self.begins(first)
    }

    /// Where the content of a cue of the frame surveyed last begins: the starts from `first` on.
    fn begins(&self, first: usize) -> Begins {
        Begins {
            survey: self.surveys.last(),
            starts: first..self.starts.len(),
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

/// Length in coarse steps.
fn bucket(length: usize) -> u64 {
    match length {
        0..=4 => length as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=22 => 8,
        _ => 9,
    }
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
