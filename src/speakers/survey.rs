//! What stands before each place of a frame, counted once, so that what stands between two places is a difference; and where
//! reported words may end.
//!
//! A survey answers what is asked of each candidate for a source and of each candidate for a content. It decides nothing.

use super::features::{Candidate, Tables, View};
use super::frames::{FINITE, FINITE_TAGS, MARGIN, TAGS, Tag, Tags};
use super::model::{Model, mix};
use crate::text::lowest_bits;
use std::hint::select_unpredictable;
use std::ops::Range;

/// How many tags of some kinds stand before a place of a frame.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tally {
    /// Eight kinds, see [`COUNTED`], a byte for each. What a byte cannot hold is carried into the next one, which does no harm: of
    /// two tallies only the difference is asked, and two places of a frame that anything stands beside are nearer than 256.
    kinds: u64,
    /// Mentions and pronouns, then tags that are not passed over, then endings before the place or at it; 16 bits for each.
    others: u64,
}

impl Tally {
    #[inline]
    fn telling(self) -> usize {
        usize::from((self.others >> TELLING) as u16)
    }

    /// How many endings stand before the place or at it.
    #[inline]
    fn endings(self) -> usize {
        usize::from((self.others >> ENDING) as u16)
    }

    /// What was added behind another place.
    #[inline]
    fn since(self, before: Tally) -> Tally {
        Tally {
            kinds: self.kinds.wrapping_sub(before.kinds),
            others: self.others.wrapping_sub(before.others),
        }
    }

    #[inline]
    fn commas(self) -> u64 {
        self.kinds & 255
    }

    #[inline]
    fn verbs(self) -> u64 {
        self.kinds >> 8 & 255
    }

    #[inline]
    fn passages(self) -> u64 {
        self.kinds >> 24 & 255
    }

    /// A bit for each kind that is there.
    #[inline]
    fn seen(self) -> u64 {
        const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
        let high = (((self.kinds & LOW) + LOW) | self.kinds) & !LOW;
        lowest_bits(high >> 7)
    }
}

/// The kinds of tags that are counted: a byte of [`Tally::kinds`] for each.
const COUNTED: [&[Tag]; 8] = [
    &[Tag::Comma],
    FINITE_TAGS,
    &[Tag::That, Tag::Wh, Tag::Subordinator],
    &[Tag::Passage],
    &[Tag::Coordinator],
    &[Tag::Preposition, Tag::Of, Tag::By],
    &[Tag::Stop, Tag::Question, Tag::Dash, Tag::Semicolon, Tag::Colon],
    &[Tag::To, Tag::Gerund],
];

const MENTIONS: Tags = Tags::of(&[
    Tag::Name,
    Tag::Role,
    Tag::Pronoun,
    Tag::Organisation,
    Tag::Source,
    Tag::Joint,
]);

/// Helping verbs and adverbs, which tell nothing of what stands between a source and its cue.
pub(super) const PASSED_OVER: Tags = Tags::of(&[Tag::Adverb, Tag::Be, Tag::Have, Tag::Modal, Tag::Negation]);

/// Before these a content may end.
const ENDS: Tags = Tags::of(&[
    Tag::Comma,
    Tag::Semicolon,
    Tag::Colon,
    Tag::Dash,
    Tag::Open,
    Tag::Close,
    Tag::Coordinator,
    Tag::Subordinator,
    Tag::Wh,
    Tag::That,
    Tag::Preposition,
    Tag::By,
    Tag::Stop,
    Tag::Question,
    Tag::Time,
    Tag::To,
]);

/// Before these too, right behind one of the others.
const NOUNS: Tags = Tags::of(&[Tag::Plain, Tag::Person, Tag::Name, Tag::Capital]);

/// Where the numbers of [`Tally::others`] stand.
const TELLING: u32 = 16;
const ENDING: u32 = 32;

/// What a tag adds to a tally, and where a content may end beside it.
#[derive(Clone, Copy)]
struct Unit {
    kinds: u64,
    others: u32,
    /// 1: a content may end before it. 2: it may behind a tag of 4. 8: it may behind it.
    ends: u8,
}

static UNITS: [Unit; TAGS.len()] = {
    let mut units = [Unit {
        kinds: 0,
        others: 0,
        ends: 0,
    }; TAGS.len()];
    let mut kind = 0;
    while kind < COUNTED.len() {
        let mut tag = 0;
        while tag < COUNTED[kind].len() {
            units[COUNTED[kind][tag] as usize].kinds = 1 << (8 * kind);
            tag += 1;
        }
        kind += 1;
    }
    let mut tag = 0;
    while tag < units.len() {
        let (mention, telling) = (MENTIONS.has(tag), !PASSED_OVER.has(tag));
        units[tag].others = mention as u32 | (telling as u32) << TELLING;
        let behind = tag == Tag::Passage as usize;
        units[tag].ends =
            ENDS.has(tag) as u8 | (FINITE.has(tag) as u8) << 1 | (NOUNS.has(tag) as u8) << 2 | (behind as u8) << 3;
        tag += 1;
    }
    units
};

/// The signature of nothing, and of more than [`MOST_TELLING`] tags.
pub(super) const SIGNATURE: u64 = 7;
const MANY: u64 = 5;
const MOST_TELLING: usize = 4;

/// What stands between a source and its cue.
#[derive(Debug, Clone, Copy)]
pub struct Gap {
    /// The tags where they are few, helping verbs and adverbs left out.
    pub(super) signature: u64,
    /// A bit for each kind of tag that is there.
    pub(super) seen: u64,
    pub(super) mentions: u64,
    pub(super) commas: u64,
    pub(super) verbs: u64,
}

/// What is seen inside a run of elements.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Inner {
    pub length: usize,
    pub commas: usize,
    pub finite: bool,
    pub passage: bool,
    /// True where there is nothing but passages.
    pub quoted: bool,
}

/// What stands where a content after its cue ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct End {
    pub at: u32,
    pub tag: Tag,
    /// True at the end of the frame.
    pub last: bool,
    /// Whether a finite verb follows.
    pub rest: bool,
    /// See [`View::list_ahead`].
    pub listed: u8,
}

/// More commas in a content than these tell nothing more.
pub(super) const MOST_COMMAS: usize = 3;

/// A place where reported words behind a cue may end (exclusive), wherever they began: a mark, a word that opens a phrase or
/// clause, the end of the frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    pub end: End,
    /// One past the next ending, this one or a later one, that no content goes beyond: its number among those of the frame.
    stop: u16,
    /// The weight units that do not depend on the cue, by whether a finite verb stands in the content, and by the commas in it.
    pub after: [[i16; MOST_COMMAS + 1]; 2],
}

/// The surveys of the frames of a page.
#[derive(Debug, Default)]
pub struct Surveys {
    list: Vec<Surveyed>,
    tallies: Vec<Tally>,
    /// The tags that are not passed over, in text order; behind those of each frame some more.
    telling: Vec<u8>,
    endings: Vec<Ending>,
    /// Where contents may end: an element each, and the number of its survey.
    bounds: Vec<(u32, u32)>,
    /// The endings that another attribution may follow.
    attributions: Vec<u32>,
}

/// Where the survey of a frame lies.
#[derive(Debug, Clone)]
struct Surveyed {
    opens: usize,
    /// One past its last element that is no closing mark.
    end: usize,
    /// Where the tag of its first element stands.
    first_tag: usize,
    tallies: Range<usize>,
    telling: usize,
    endings: Range<usize>,
}

/// What is told of one frame.
#[derive(Debug, Clone, Copy)]
pub struct Survey<'s> {
    /// The first element of the frame.
    opens: usize,
    /// What stands before each place up to the end of its contents.
    tallies: &'s [Tally],
    telling: &'s [u8],
    pub(super) endings: &'s [Ending],
}

impl Surveys {
    /// Forgets all frames.
    pub fn clear(&mut self) {
        self.list.clear();
        self.tallies.clear();
        self.telling.clear();
        self.endings.clear();
        self.bounds.clear();
    }

    /// The survey of a frame, by its number among those that were surveyed.
    pub fn of(&self, number: usize) -> Survey<'_> {
        let surveyed = &self.list[number];
        Survey {
            opens: surveyed.opens,
            tallies: &self.tallies[surveyed.tallies.clone()],
            telling: &self.telling[surveyed.telling..],
            // None are listed where only sources are asked for.
            endings: self.endings.get(surveyed.endings.clone()).unwrap_or_default(),
        }
    }

    /// Surveys one more frame, its endings too.
    pub fn add(&mut self, view: &View) -> Survey<'_> {
        let number = self.tally(view);
        self.list_endings(view);
        self.of(number)
    }

    /// Counts what stands in one more frame, and lists where contents may end; gives its number.
    pub fn tally(&mut self, view: &View) -> usize {
        let number = self.list.len();
        let (opens, last) = (view.frame.elements.start, view.frame.end);
        let places = last + 1 - opens;
        let (first_tally, first_telling, first_ending) = (self.tallies.len(), self.telling.len(), self.bounds.len());
        self.tallies.resize(first_tally + places, Tally::default());
        self.telling.resize(first_telling + places + MOST_TELLING, 0);
        self.bounds.resize(first_ending + places, (0, 0));
        let tags = &view.tags[MARGIN..][..places];
        let tallies = &mut self.tallies[first_tally..][..places];
        let telling = &mut self.telling[first_telling..][..places];
        let bounds = &mut self.bounds[first_ending..][..places];
        let mut tally = Tally::default();
        let mut behind = 0;
        // No decision depends on what the tags are, which is unpredictable.
        for place in 0..places {
            let tag = tags[place];
            let unit = UNITS[tag as usize];
            let ends = unit.ends | unit.ends >> 1 & behind >> 2 | behind >> 3;
            behind = unit.ends;
            let may_end =
                (ends & 1 != 0) & ((tag != Tag::Dash) || view.dash_ends(opens + place)) | (place + 1 == places);
            bounds[tally.endings()] = ((opens + place) as u32, number as u32);
            tally.others += u64::from(may_end & (place > 1)) << ENDING;
            tallies[place] = tally;
            telling[tally.telling()] = tag as u8;
            tally.kinds = tally.kinds.wrapping_add(unit.kinds);
            tally.others += u64::from(unit.others);
        }
        self.telling.truncate(first_telling + tally.telling() + MOST_TELLING);
        self.bounds.truncate(first_ending + tally.endings());
        self.list.push(Surveyed {
            opens,
            end: last,
            first_tag: view.frame.first_tag,
            tallies: first_tally..self.tallies.len(),
            telling: first_telling,
            endings: first_ending..self.bounds.len(),
        });
        number
    }

    /// Lists what stands at the places where contents may end, in all frames of which it is not listed yet; a view of one of
    /// them is given. What needs more than a look is put on a list of its own.
    pub fn list_endings(&mut self, view: &View) {
        let first = self.endings.len();
        let bounds = &self.bounds[first..];
        self.attributions.clear();
        self.attributions.resize(bounds.len() + 1, 0);
        let mut count = 0;
        for (i, &(at, number)) in bounds.iter().enumerate() {
            let surveyed = &self.list[number as usize];
            let place = surveyed.first_tag + (at as usize - surveyed.opens);
            let tag = view.frames.tags[place];
            self.attributions[count] = (first + i) as u32;
            count += usize::from((tag == Tag::Comma) & view.frames.may_attribute(place + 1));
            self.endings.push(Ending {
                end: End {
                    at,
                    tag,
                    last: at as usize == surveyed.end,
                    rest: false,
                    listed: 0,
                },
                stop: surveyed.endings.len() as u16,
                after: Default::default(),
            });
        }
        let mut passed = first;
        for &ending in &self.attributions[..count] {
            let (at, number) = self.bounds[ending as usize];
            if view.new_attribution(at as usize) {
                let first = self.list[number as usize].endings.start;
                let last = ending as usize;
                for ending in &mut self.endings[passed.max(first)..=last] {
                    ending.stop = (last + 1 - first) as u16;
                }
                passed = last + 1;
            }
        }
    }

    /// Weighs the endings of a frame that a content which begins at `start` or later may have.
    pub fn weigh_endings(&mut self, view: &View, number: usize, start: usize, model: &Model, tables: &Tables) {
        let surveyed = &self.list[number];
        let tallies = &self.tallies[surveyed.tallies.clone()];
        let endings = &mut self.endings[surveyed.endings.clone()];
        let before = tallies[start - surveyed.opens];
        // Closing marks are no verbs.
        let all = tallies[tallies.len() - 1];
        for ending in &mut endings[before.endings()..] {
            let at = ending.end.at as usize;
            let rest = all.since(tallies[at - surveyed.opens]).verbs() > 0;
            ending.end = view.end(at, rest);
            ending.after = view.weigh_end(model, tables, &ending.end);
        }
    }
}

impl<'s> Survey<'s> {
    /// What stands before a place.
    #[inline]
    fn until(&self, place: usize) -> Tally {
        let last = self.tallies.len() - 1;
        self.tallies[place.wrapping_sub(self.opens).min(last)]
    }

    /// How many endings no content has that begins there.
    pub(super) fn passed_endings(&self, start: usize) -> usize {
        self.until(start).endings()
    }

    /// What stands between a source and its cue.
    #[inline]
    pub fn gap_to(&self, source: Candidate, cue: usize) -> Gap {
        let ahead = source.end <= cue;
        let first = select_unpredictable(ahead, source.end, cue + 1);
        let end = select_unpredictable(ahead, cue, source.first);
        let before = self.until(first);
        let tally = self.until(end).since(before);
        Gap {
            signature: self.signature(before.telling(), tally.telling()),
            seen: tally.seen(),
            mentions: tally.others & 0xffff,
            commas: tally.commas(),
            verbs: tally.verbs(),
        }
    }

    /// The signature of the tags of a run.
    pub(super) fn signature_of(&self, run: Range<usize>) -> u64 {
        let before = self.until(run.start);
        self.signature(before.telling(), self.until(run.end).since(before).telling())
    }

    /// The signature of so many telling tags. All that it may be are worked out, for their number is unpredictable.
    #[inline]
    fn signature(&self, first: usize, count: usize) -> u64 {
        let tags: [u8; MOST_TELLING] = *self.telling[first..].first_chunk().unwrap_or(&[0; MOST_TELLING]);
        let mut signatures = [MANY; 8];
        signatures[0] = SIGNATURE;
        for (i, &tag) in tags.iter().enumerate() {
            signatures[i + 1] = mix(signatures[i], u64::from(tag));
        }
        signatures[count.min(MOST_TELLING + 1)]
    }

    /// What is seen inside a run.
    #[inline]
    pub(super) fn inside(&self, run: &Range<usize>) -> Inner {
        let tally = self.until(run.end).since(self.until(run.start));
        Inner {
            length: run.len(),
            commas: tally.commas() as usize,
            finite: tally.verbs() > 0,
            passage: tally.passages() > 0,
            quoted: tally.passages() as usize == run.len(),
        }
    }

    /// Where a content may end that begins there.
    #[inline]
    pub(super) fn endings_behind(&self, start: usize) -> Endings {
        let first = self.passed_endings(start);
        let stop = self.endings.get(first).map_or(first, |ending| usize::from(ending.stop));
        Endings {
            first,
            last: self.endings.len().wrapping_sub(1),
            count: (stop - first).min(Endings::MOST),
        }
    }
}

/// Where a content may end that begins at one place: some endings side by side, or, where these are too many, the first of them
/// and the last one of the frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Endings {
    first: usize,
    last: usize,
    pub count: usize,
}

impl Endings {
    /// No content has more.
    pub const MOST: usize = 32;

    /// The number of one of them.
    #[inline]
    pub fn number(&self, k: usize) -> usize {
        if k + 1 == Self::MOST { self.last } else { self.first + k }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::Seeds;
    use crate::speakers::Stage;
    use crate::speakers::frames::{Frames, is_finite};
    use crate::text::Document;
    use crate::words::Page;
    use crate::{mentions, quotes, sentences};

    /// Surveys every frame of a text.
    fn survey(seeds: &Seeds, text: &str, mut check: impl FnMut(&View, Survey)) {
        let document = Document::new("survey", text);
        let page = Page::new(&document, &seeds.vocabulary);
        let sentences = sentences::find(&page, seeds);
        let marked = quotes::find(&page, &sentences, seeds);
        let mentions = mentions::find(&page, &sentences, &marked, seeds);
        let stage = Stage {
            page: &page,
            marked: &marked,
            mentions: &mentions,
            seeds,
            frames: &Frames::new(&page, &sentences, &marked, &mentions),
        };
        let mut surveys = Surveys::default();
        for frame in 0..stage.frames.list.len() {
            let view = stage.view(frame);
            check(&view, surveys.add(&view));
        }
    }

    /// One frame after another of all sorts, and some as long as frames are.
    fn texts() -> Vec<String> {
        let cases = include_str!("../../fixtures/speakers.csv");
        let of_each = ["said, ", "said ", "(Moss) ", "and that ", "“no” ", "was not "];
        let long = of_each.iter().map(|piece| piece.repeat(300));
        long.chain([cases.to_owned()]).collect()
    }

    #[test]
    fn differences_are_what_counting_gives() {
        let seeds = Seeds::built_in().expect("built-in seeds are right");
        let mut longest = 0;
        for text in texts() {
            survey(&seeds, &text, |view, survey| {
                let (opens, end) = (view.frame.elements.start, view.frame.end);
                longest = longest.max(end - opens);
                for start in opens..end {
                    // All runs of short frames, some of long ones.
                    for end in (start..=end).step_by(1 + (end - opens) / 32) {
                        let run = start..end;
                        let tags: Vec<Tag> = run.clone().map(|i| view.tag(i as isize)).collect();
                        let count = |is: &dyn Fn(Tag) -> bool| tags.iter().filter(|&&tag| is(tag)).count();
                        let inner = survey.inside(&run);
                        assert_eq!(inner.commas, count(&|tag| tag == Tag::Comma), "{tags:?}");
                        assert_eq!(inner.finite, count(&is_finite) > 0, "{tags:?}");
                        assert_eq!(inner.passage, tags.contains(&Tag::Passage), "{tags:?}");
                        let source = Candidate {
                            first: start,
                            end: start,
                            mention: None,
                        };
                        let gap = survey.gap_to(source, end);
                        assert_eq!(gap.commas as usize, inner.commas, "{tags:?}");
                        assert_eq!(gap.verbs as usize, count(&is_finite), "{tags:?}");
                        assert_eq!(gap.mentions as usize, count(&|tag| MENTIONS.hold(tag)), "{tags:?}");
                        let seen = |kind: usize| u64::from(tags.iter().any(|tag| COUNTED[kind].contains(tag))) << kind;
                        assert_eq!(gap.seen, (0..COUNTED.len()).map(seen).sum::<u64>(), "{tags:?}");
                        let telling = tags.iter().filter(|&&tag| !PASSED_OVER.hold(tag));
                        let signature = match telling.clone().count() {
                            0..=MOST_TELLING => telling.fold(SIGNATURE, |all, &tag| mix(all, tag as u64)),
                            _ => MANY,
                        };
                        assert_eq!(gap.signature, signature, "{tags:?}");
                    }
                }
            });
        }
        assert!(longest > 250, "{longest}");
    }

    #[test]
    fn endings_stand_in_order_and_a_content_has_no_more_than_32() {
        let seeds = Seeds::built_in().expect("built-in seeds are right");
        for text in texts() {
            survey(&seeds, &text, |view, survey| {
                let at = |ending: usize| survey.endings[ending].end.at as usize;
                for start in view.frame.elements.start..view.frame.end {
                    let endings = survey.endings_behind(start);
                    let all: Vec<usize> = (0..endings.count).map(|k| at(endings.number(k))).collect();
                    assert!(all.len() <= Endings::MOST);
                    assert!(all.is_sorted_by(|a, b| a < b), "{all:?}");
                    assert!(
                        all.iter().all(|&at| start < at && at <= view.frame.end),
                        "{start} {all:?}"
                    );
                }
            });
        }
    }
}
