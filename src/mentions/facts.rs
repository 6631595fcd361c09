//! What each word can do in a mention, told once for a page.
//!
//! Needs the words, gives one small set of [`Fact`]s a word, so that most words are passed over, or taken into a phrase, by a
//! look at sixteen bits. A fact is only set where it holds whatever stands around the word, or where its text says what else
//! must hold.

use super::phrases::{FINITE, FIRST_NAME, FUNCTION, HASHES, HEAD, union};
use crate::memo::ByGroup;
use crate::seeds::Class;
use crate::words::{Kind, Kinds, Page, Shape, Word};
use std::cell::RefCell;
use std::hint::select_unpredictable;
use std::ops::{Deref, Range};

/// Facts about a word, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Fact(u32);

/// The first sixteen are asked for many words at once: see [`planes`].
impl Fact {
    /// Can be the head, the name or the pronoun of a mention.
    pub const NAMES: Fact = Fact(1);
    /// Can be that beside some words, so that the scan must ask.
    pub const MAY_NAME: Fact = Fact(2);
    /// A small function word: it ends every phrase that [`Fact::GOES_ON`] before it does not take further.
    pub const ENDS: Fact = Fact(4);
    /// A word in small letters that begins nothing.
    pub const PASSED: Fact = Fact(8);
    /// Can be a noun for a person or a body.
    const HEADS: Fact = Fact(16);
    /// A phrase may take in a function word behind it.
    pub const GOES_ON: Fact = Fact(32);
    /// Can be the finite verb that reports.
    pub const REPORTS: Fact = Fact(64);
    /// An adverb that may stand between a mention and its verb.
    pub const ADVERB: Fact = Fact(128);
    /// Three bits for what a word does to a phrase that comes up to it: small letters, capitals and marks have their own.
    const IN_PHRASE: Fact = Fact(7 << 8);
    /// Small letters that stand in no phrase: a function word.
    const BARS: Fact = Fact(1 << 8);
    /// Small letters that stand in every phrase: a plain noun, adjective or unknown word.
    const STANDS: Fact = Fact(2 << 8);
    /// Small letters that end a phrase behind [`Fact::HEADS`] alone: a noun for a time.
    const DESCRIBES: Fact = Fact(3 << 8);
    /// Small letters that end every phrase whose body has begun: a verb that is nothing else.
    const ACTS: Fact = Fact(4 << 8);
    /// Small letters that do so, but may stand behind [`Fact::TAKES`]: a past form.
    const ACTED: Fact = Fact(5 << 8);
    /// Small letters that stand behind others without [`Fact::HEADS`]: a noun that can be a verb.
    const NOUN_OR_VERB: Fact = Fact(6 << 8);
    /// A capital on a function word, weekday or month: it can be a name beside [`Fact::BESIDE_NAME`].
    const SELDOM_NAMES: Fact = Fact(1 << 8);
    /// A capital, and no function word or verb of saying: it stands in a phrase behind its like, or behind [`Fact::TAKES`].
    const CAPITAL: Fact = Fact(2 << 8);
    /// The same, an office or a title: it stands in every phrase.
    const OFFICE: Fact = Fact(3 << 8);
    /// A mark at which every phrase ends.
    const PARTS: Fact = Fact(1 << 8);
    /// A full stop: a phrase goes on behind it where it shortens a capital alone.
    const STOP: Fact = Fact(2 << 8);
    /// A number or an account: it ends every phrase whose body has begun.
    const COUNTS: Fact = Fact(4 << 8);
    /// A capital, a first name, a title, a verb of saying, a clitic, a hyphen.
    pub const BESIDE_NAME: Fact = Fact(2048);
    /// Letters.
    pub const LETTERS: Fact = Fact(4096);
    /// Letters, the first of them small.
    pub const SMALL: Fact = Fact(8192);
    /// A noun for a person or a body, an adjective, a past form, a mark: a capital behind it belongs to it.
    const TAKES: Fact = Fact(16384);
    /// Letters that open a phrase right before others, as an article does.
    pub const OPENS_ALONE: Fact = Fact(1 << 16);
    /// May open a phrase: an article, a number.
    pub const OPENS: Fact = Fact(1 << 17);
    /// Begins the body of every phrase that comes up to it.
    pub const BEGINS: Fact = Fact(1 << 18);
    /// Begins no phrase's body: a small function word, or one with a capital that is no name; a mark at which phrases end.
    pub const BEGINS_NONE: Fact = Fact(1 << 25);
    /// Begins the body of a phrase behind [`Fact::OPENS_WELL`], though not of every one.
    pub const BEGINS_OPENED: Fact = Fact(1 << 23);
    /// [`Fact::OPENS_ALONE`], and a verb form behind it is a noun or an adjective, if it can be.
    pub const OPENS_WELL: Fact = Fact(1 << 24);
    /// Letters with a capital.
    pub const UPPER: Fact = Fact(1 << 19);
    /// The same, where the capital means something even in a line where nearly every word has one.
    pub const NAME_LIKE: Fact = Fact(1 << 20);
    /// Can be a finite verb, and is no preposition.
    pub const FINITE: Fact = Fact(1 << 21);
    /// Can be a pronoun, or names someone by its spelling.
    pub const REFERS: Fact = Fact(1 << 22);

    const NONE: Fact = Fact(0);

    /// One where it holds, and nothing where not: to be reckoned with where a jump would be unpredictable.
    #[inline]
    pub fn bit(self, fact: Fact) -> usize {
        (self.0 >> fact.0.trailing_zeros()) as usize & 1
    }

    /// True for a full stop.
    #[inline]
    pub fn stops(self) -> bool {
        self.has_of(Fact::IN_PHRASE.or(Fact::LETTERS), Fact::STOP)
    }

    pub const fn or(self, other: Fact) -> Fact {
        Fact(self.0 | other.0)
    }

    /// True where the two share a bit.
    #[inline]
    pub fn is(self, other: Fact) -> bool {
        self.0 & other.0 != 0
    }

    /// True where this has of `mask` just `bits`.
    #[inline]
    pub fn has_of(self, mask: Fact, bits: Fact) -> bool {
        self.0 & mask.0 == bits.0
    }

    /// These, where `on`.
    #[inline]
    const fn when(self, on: bool) -> Fact {
        Fact(self.0 * on as u32)
    }
}

/// Pronouns that refer to someone named elsewhere.
pub(super) const PRONOUN: Class = Class::PERSON_PRONOUN.or(Class::OBJECT_PRONOUN);

/// Small words and verbs in small letters begin no mention, unless they are one of these as well.
pub(super) const BEGINS: Class = union(&[
    PRONOUN,
    HEAD,
    Class::ARTICLE,
    Class::DETERMINER,
    Class::POSSESSIVE,
    Class::RELATIVE,
    Class::PLURAL_SUBJECT,
    Class::NUMBER_WORD,
    Class::ORDINAL,
    Class::HEDGE,
    Class::NOUN,
    Class::ADJECTIVE,
]);

/// What is passed over at once where it begins nothing.
pub(super) const PASSED_OVER: Class = union(&[
    Class::PREPOSITION,
    Class::SUBORDINATOR,
    Class::COORDINATOR,
    Class::AUXILIARY,
    Class::MODAL,
    Class::ADVERB,
    Class::INFINITIVE_MARK,
    Class::REFLEXIVE,
    Class::VERB,
]);

/// Words that can be the head of a mention.
const NAMES: Class = union(&[PRONOUN, HEAD, Class::POSSESSIVE]);

/// Words beside which a capital that is seldom a name can be one.
const BESIDE_NAME: Class = FIRST_NAME.or(Class::TITLE).or(Class::SAY);

/// Counting words, which may stand behind another word that opens a phrase, or in the body of one.
const COUNTS: Class = union(&[Class::NUMBER_WORD, Class::ORDINAL, Class::HEDGE]);

/// Words that open a phrase.
const OPENS: Class = union(&[Class::ARTICLE, Class::DETERMINER, Class::POSSESSIVE, COUNTS]);

/// Capitals that are seldom a name.
const SELDOM_NAMES: Class = union(&[FUNCTION, Class::WEEKDAY, Class::MONTH]);

/// Forms of a verb of saying that are no name, whatever their first letter.
const INFLECTED: Class = Class::VERB_THIRD.or(Class::VERB_PAST);

/// Verb forms with a capital that begin a name before a capital alone, unless they are something else as well.
const OPENING_VERB: Class = union(&[Class::VERB_GERUND, Class::VERB_PAST, Class::VERB_PARTICIPLE]);

/// Words behind which a capital belongs to a phrase.
const TAKES: Class = union(&[
    HEAD,
    Class::ADJECTIVE,
    Class::NAME_PARTICLE,
    Class::VERB_PAST,
    Class::VERB_PARTICIPLE,
]);

/// Words that stand in no phrase behind a noun for a person or a body.
const DESCRIBES: Class = Class::POSTMODIFIER.or(Class::TIME_NOUN);

/// Words whose capital means nothing in a line where nearly every word has one.
pub(super) const PLAIN: Class = union(&[
    Class::VERB,
    Class::COMMON,
    Class::ADJECTIVE,
    Class::ADVERB,
    FUNCTION,
    HEAD,
]);

/// Words whose capital means something in any line.
pub(super) const NAME: Class = union(&[
    FIRST_NAME,
    Class::PLACE,
    Class::TITLE,
    Class::DEMONYM,
    Class::MEDIA,
    Class::ROSTER,
]);

/// A small set of hashes, which may hold a few more than were put in.
struct Few([u64; 64]);

impl Few {
    const fn of(lists: &[&[u64]]) -> Few {
        let mut bits = [0; 64];
        let mut i = 0;
        while i < lists.len() {
            let mut j = 0;
            while j < lists[i].len() {
                let hash = lists[i][j];
                bits[(hash & 63) as usize] |= 1 << (hash >> 58);
                j += 1;
            }
            i += 1;
        }
        Few(bits)
    }

    #[inline]
    fn holds(&self, hash: u64) -> bool {
        self.0[(hash & 63) as usize] >> (hash >> 58) & 1 != 0
    }
}

/// Words that can name someone whatever the seeds say of them, and `according`.
static TOLD: Few = Few::of(&[
    &[
        HASHES.who,
        HASHES.which,
        HASHES.that,
        HASHES.one,
        HASHES.those,
        HASHES.another,
        HASHES.old,
        HASHES.state,
        HASHES.according,
    ],
    &HASHES.quantity,
]);

/// What a word is by its kind alone, and which bits of what its classes make of letters hold for it too.
static KINDS: [(Fact, Fact); Kind::Symbol as usize + 1] = {
    let (marks, behind) = (Fact::TAKES, Fact::HEADS);
    let mut facts = [(marks, behind.or(Fact::BESIDE_NAME)); Kind::Symbol as usize + 1];
    let counts = marks.or(Fact::COUNTS);
    let of_number = Fact::NAMES.or(Fact::MAY_NAME).or(Fact::BESIDE_NAME);
    facts[Kind::Letters as usize] = (Fact::LETTERS, Fact(u32::MAX));
    facts[Kind::Number as usize] = (counts.or(Fact::GOES_ON).or(Fact::OPENS), behind.or(of_number));
    facts[Kind::Stop as usize].0 = marks.or(Fact::STOP);
    facts[Kind::Handle as usize].0 = counts.or(Fact::NAMES);
    facts[Kind::Hyphen as usize] = (marks.or(Fact::GOES_ON).or(Fact::BESIDE_NAME), behind);
    facts[Kind::Clitic as usize] = (marks.or(Fact::GOES_ON).or(Fact::BESIDE_NAME), behind);
    let parts = [
        Kind::Comma,
        Kind::Semicolon,
        Kind::Colon,
        Kind::Question,
        Kind::Exclamation,
        Kind::Ellipsis,
        Kind::Dash,
        Kind::Open,
        Kind::Close,
        Kind::Address,
    ];
    let mut i = 0;
    while i < parts.len() {
        facts[parts[i] as usize].0 = marks.or(Fact::PARTS).or(Fact::BEGINS_NONE);
        i += 1;
    }
    facts
};

/// What is told of the words of a page.
#[derive(Default)]
pub(super) struct Facts {
    /// Of each word, and empty ones behind the last.
    list: Vec<Fact>,
    /// The same for blocks of 64 words.
    blocks: Vec<Block>,
    /// The words of which more must be told than by kind and classes.
    asked: Vec<u32>,
}

/// What is told of 64 words, one bit for each.
#[derive(Clone, Copy)]
struct Block {
    /// Words that name or may name.
    names: u64,
    /// Words at which reading step by step comes by in any case, unless a mention takes them in, and that are not passed over.
    places: u64,
    /// Words of which [`Fact::PASSED`] holds.
    passed: u64,
    /// Words that stand in every phrase whose body holds the word before.
    stands: u64,
    /// Words and marks at which every phrase ends whose body holds the word before.
    closes: u64,
    /// Words of which [`Fact::SMALL`] holds.
    small: u64,
}

impl Facts {
    /// Tells the facts of every word of a page, and nothing more of another page.
    pub fn tell(&mut self, page: &Page) {
        let Facts { list, blocks, asked } = self;
        TOLD_BY_GROUP.with_borrow_mut(|told| tell(told.of(page), page, list, asked));
        blocks.clear();
        let (mut goes_on, mut place, mut beside, mut before) = (false, 0, 0, InPhrase::default());
        let mut next = planes(&list[..list.len().min(64)]);
        for from in (0..list.len()).step_by(64) {
            let this = next;
            next = planes(&list[list.len().min(from + 64)..list.len().min(from + 128)]);
            // What goes on goes on over small words ("some 700 of the voters"), as a carry does in an addition.
            let goes = this.of(Fact::GOES_ON);
            let ends = this.of(Fact::ENDS);
            let (sum, over) = (ends | goes).overflowing_add(goes);
            let (sum, over_again) = sum.overflowing_add(u64::from(goes_on));
            goes_on = over | over_again;
            let ends = ends & !((ends | goes) ^ goes ^ sum);
            let phrase = this.in_phrase();
            let behind = ends & this.of(Fact::PASSED) | phrase.parts;
            // A small word with a capital is a name beside a name alone.
            let around = this.of(Fact::BESIDE_NAME) << 1 | beside | this.before(&next, Fact::BESIDE_NAME);
            // A noun before a verb that reports may be who reports.
            let nouns = this.of(Fact::LETTERS) & !ends;
            let names = this.of(Fact::NAMES)
                | this.of(Fact::MAY_NAME)
                | phrase.seldom_names & around
                | this.before_verb(&next) & nouns;
            // From a word that is passed over reading goes on behind all of them, as a carry does.
            let passed = this.of(Fact::PASSED);
            let come_by = ends | behind << 1 | place;
            let (sum, over) = passed.overflowing_add(come_by & passed);
            let (stands, closes) = phrase.behind(&before);
            blocks.push(Block {
                names,
                places: (come_by | sum) & !passed,
                passed,
                stands,
                closes,
                small: phrase.small,
            });
            (place, beside) = (behind >> 63 | u64::from(over), this.of(Fact::BESIDE_NAME) >> 63);
            before = phrase;
        }
    }

    /// How many of some words have small letters.
    pub fn count_small(&self, words: Range<usize>) -> usize {
        let (first, last) = (words.start / 64, words.end / 64);
        let mut count = 0;
        for block in first..=last {
            let mut bits = self.blocks[block].small;
            if block == first {
                bits &= u64::MAX << (words.start % 64);
            }
            if block == last {
                bits &= !(u64::MAX << (words.end % 64));
            }
            count += bits.count_ones() as usize;
        }
        count
    }

    /// How many words from `at` on have small letters, up to the end of their block.
    #[inline]
    pub fn small_from(&self, at: usize) -> usize {
        (self.blocks[at / 64].small >> (at % 64)).trailing_ones() as usize
    }

    /// How many words from `at` on, one behind the other, stand in every phrase whose body holds the word before; more may follow.
    #[inline]
    pub fn standing(&self, at: usize) -> usize {
        (self.blocks[at / 64].stands >> (at % 64)).trailing_ones() as usize
    }

    /// One where every phrase ends whose body holds the word before.
    #[inline]
    pub fn closes(&self, at: usize) -> usize {
        (self.blocks[at / 64].closes >> (at % 64)) as usize & 1
    }

    /// The first word from `at` on that names or may name; past every word where there is none.
    #[inline]
    pub fn next_name(&self, at: usize) -> usize {
        let mut block = at / 64;
        let mut bits = self.blocks[block].names & u64::MAX << (at % 64);
        while bits == 0 {
            block += 1;
            match self.blocks.get(block) {
                Some(next) => bits = next.names,
                None => return usize::MAX,
            }
        }
        block * 64 + bits.trailing_zeros() as usize
    }

    /// The first word from `at` on that is not passed over.
    #[inline]
    fn past_passed(&self, mut at: usize) -> usize {
        let mut block = at / 64;
        at += (self.blocks[block].passed >> (at % 64)).trailing_ones() as usize;
        while at / 64 > block {
            block += 1;
            at += self.blocks[block].passed.trailing_ones() as usize;
        }
        at
    }

    /// Where reading that has come to `at` can go on so that it comes to word `k`: the last place up to it.
    #[inline]
    pub fn place_before(&self, k: usize, at: usize) -> usize {
        let mut block = k / 64;
        let mut bits = self.blocks[block].places & u64::MAX >> (63 - k % 64);
        while bits == 0 && block * 64 > at {
            block -= 1;
            bits = self.blocks[block].places;
        }
        let place = block * 64 + (63 - (bits | 1).leading_zeros() as usize);
        // Which of the two it is is unpredictable, so both are told.
        let passed = self.past_passed(at);
        if (bits != 0) & (place >= at) { place } else { passed }
    }
}

/// One bit for each of up to 64 words, for each of the first sixteen facts: those of sixteen words lie together.
struct Planes([[u16; 4]; 16]);

impl Planes {
    /// The words of which one fact holds.
    #[inline]
    fn of(&self, fact: Fact) -> u64 {
        let [a, b, c, d] = self.0[fact.0.trailing_zeros() as usize].map(u64::from);
        a | b << 16 | c << 32 | d << 48
    }

    /// What the words do to a phrase that comes up to them, out of three bits.
    #[inline]
    fn in_phrase(&self) -> InPhrase {
        let plane = |bit: u32| self.of(Fact(Fact::IN_PHRASE.0 & 1 << bit));
        let (a, b, c) = (plane(8), plane(9), plane(10));
        let [one, two, three] = [a & !b & !c, b & !a & !c, a & b & !c];
        let [four, five, six] = [c & !a & !b, c & a & !b, c & b & !a];
        let (letters, small) = (self.of(Fact::LETTERS), self.of(Fact::SMALL));
        let upper = letters & !small;
        InPhrase {
            small,
            upper,
            parts: one & !letters,
            seldom_names: one & upper,
            stands: two & small | three & upper,
            ends: one & !upper | four,
            stops: two & !letters,
            describes: three & small,
            acted: five,
            noun_or_verb: six,
            capitals: (two | three) & upper,
            heads: self.of(Fact::HEADS),
            takes: self.of(Fact::TAKES),
        }
    }

    /// The words before those of which one fact holds, with the 64 words behind these.
    #[inline]
    fn before(&self, next: &Planes, fact: Fact) -> u64 {
        self.of(fact) >> 1 | next.of(fact) << 63
    }

    /// The words before a verb that reports, up to three adverbs passed over.
    #[inline]
    fn before_verb(&self, next: &Planes) -> u64 {
        let verbs = [self.of(Fact::REPORTS), next.of(Fact::REPORTS)];
        let adverbs = [self.of(Fact::ADVERB), next.of(Fact::ADVERB)];
        let before = |[these, behind]: [u64; 2]| [these >> 1 | behind << 63, behind >> 1];
        let mut found = verbs;
        for _ in 0..3 {
            let [these, behind] = before(found);
            found = [verbs[0] | adverbs[0] & these, verbs[1] | adverbs[1] & behind];
        }
        before(found)[0]
    }
}

/// What each of 64 words does to a phrase that comes up to it, one bit for each word.
#[derive(Clone, Copy, Default)]
struct InPhrase {
    small: u64,
    upper: u64,
    parts: u64,
    seldom_names: u64,
    /// Words that stand whatever is before them.
    stands: u64,
    /// Those that end a phrase whatever is before them.
    ends: u64,
    stops: u64,
    describes: u64,
    acted: u64,
    noun_or_verb: u64,
    /// Capitals that are no function words or verbs of saying.
    capitals: u64,
    heads: u64,
    takes: u64,
}

impl InPhrase {
    /// The words that stand in a phrase whose body holds the word before, and those that end it; the rest must be asked.
    #[inline]
    fn behind(&self, before: &InPhrase) -> (u64, u64) {
        let behind = |these: u64, before: u64| these << 1 | before >> 63;
        let heads = behind(self.heads, before.heads);
        let takes = behind(self.takes, before.takes);
        let upper = behind(self.upper, before.upper);
        let small = behind(self.small, before.small);
        let stands = self.stands
            | self.describes & !heads
            | self.noun_or_verb & !(heads | upper)
            | self.capitals & (upper | takes);
        let closes = self.ends
            | self.stops & !upper
            | self.describes & heads
            | self.acted & !takes
            | self.capitals & !self.stands & small & !takes;
        (stands, closes)
    }
}

/// Turns the facts of up to 64 words into planes.
fn planes(facts: &[Fact]) -> Planes {
    let mut planes = Planes([[0; 4]; 16]);
    let mut add = |facts: &[Fact; 16], place: usize| {
        let (fours, _) = facts.as_chunks::<4>();
        let packed = |four: &[Fact; 4]| {
            let [a, b, c, d] = four.map(|fact| u64::from(fact.0 as u16));
            a | b << 16 | c << 32 | d << 48
        };
        let rows = transpose(std::array::from_fn(|i| packed(&fours[i])));
        for (i, plane) in planes.0.iter_mut().enumerate() {
            plane[place] = (rows[i / 4] >> (16 * (i % 4))) as u16;
        }
    };
    let (sixteens, rest) = facts.as_chunks::<16>();
    for (place, sixteen) in sixteens.iter().enumerate() {
        add(sixteen, place);
    }
    if !rest.is_empty() {
        let mut sixteen = [Fact::NONE; 16];
        sixteen[..rest.len()].copy_from_slice(rest);
        add(&sixteen, sixteens.len());
    }
    planes
}

/// Sixteen rows of sixteen bits, four of them in each number, with rows and columns exchanged: squares of bits trade places
/// across the diagonal, ever smaller ones.
#[inline]
fn transpose([mut a, mut b, mut c, mut d]: [u64; 4]) -> [u64; 4] {
    /// Exchanges the bits of `low` that the mask has, `shift` to the left, with those of `high`.
    fn across(low: &mut u64, high: &mut u64, shift: u32, mask: u64) {
        let differ = (*low >> shift ^ *high) & mask;
        *high ^= differ;
        *low ^= differ << shift;
    }
    /// The same inside one number.
    fn within(bits: u64, shift: u32, mask: u64) -> u64 {
        let differ = (bits >> shift ^ bits) & mask;
        bits ^ differ ^ differ << shift
    }
    across(&mut a, &mut c, 8, 0x00ff_00ff_00ff_00ff);
    across(&mut b, &mut d, 8, 0x00ff_00ff_00ff_00ff);
    across(&mut a, &mut b, 4, 0x0f0f_0f0f_0f0f_0f0f);
    across(&mut c, &mut d, 4, 0x0f0f_0f0f_0f0f_0f0f);
    [a, b, c, d].map(|bits| {
        let bits = within(bits, 30, 0x0000_0000_cccc_cccc);
        within(bits, 15, 0x0000_aaaa_0000_aaaa)
    })
}

impl Deref for Facts {
    type Target = [Fact];

    fn deref(&self) -> &[Fact] {
        &self.list
    }
}

/// Tells the facts of all words. Which of them need more than their kind and classes is unpredictable, so these are listed
/// first.
fn tell(by_group: &mut ByGroup, page: &Page, facts: &mut Vec<Fact>, asked: &mut Vec<u32>) {
    let words = page.words.as_slice();
    facts.resize(words.len() + 3, Fact::NONE);
    facts[words.len()..].fill(Fact::NONE);
    asked.resize(words.len() + 1, 0);
    let mut count = 0;
    for (k, (word, told)) in words.iter().zip(&mut *facts).enumerate() {
        let (of_kind, mask) = KINDS[word.kind as usize];
        let of_group = of_group(by_group, word) >> (32 * u32::from(word.capital()));
        let upper = word.shape.has(Shape::UPPER);
        let (names, begins_none) = (Fact::NAMES.when(upper), Fact::BEGINS_NONE.when(upper));
        *told = Fact((of_group as u32 & !begins_none.0 | names.0) & mask.0 | of_kind.0);
        asked[count] = k as u32;
        count += usize::from(TOLD.holds(word.hash));
    }
    let mut end = count;
    for &k in &page.not_plain {
        let word = &words[k as usize];
        asked[end] = k;
        end += usize::from((word.kind == Kind::Quote) & !TOLD.holds(word.hash));
    }
    for k in asked[count..end].iter().map(|&k| k as usize) {
        let own = Fact(facts[k].0 & Fact::HEADS.0);
        facts[k] = own.or(Fact::TAKES).or(quote(words, k));
    }
    for k in asked[..count].iter().map(|&k| k as usize) {
        facts[k] = by_name(&words[k], facts[k]);
        let source = words[k].hash == HASHES.according;
        facts[k + 2] = facts[k + 2].or(Fact::MAY_NAME.when(source));
    }
}

/// The facts of letters with some classes, first without and then with a capital.
fn of_class(class: Class) -> [Fact; 2] {
    let is = |other: Class| class.meets(other);
    let ends = is(FUNCTION) && !is(Class::NAME_PARTICLE) && !is(COUNTS);
    let meant = !is(PLAIN) || is(NAME);
    let finite = is(FINITE) && !is(Class::PREPOSITION);
    let both = Fact::LETTERS
        .or(Fact::NAMES.when(is(NAMES)))
        .or(Fact::HEADS.when(is(HEAD)))
        .or(Fact::TAKES.when(is(TAKES)))
        .or(Fact::MAY_NAME.when(is(Class::NUMBER_WORD)))
        .or(Fact::GOES_ON.when(is(OPENS) || is(Class::NEGATION)))
        .or(Fact::OPENS.when(is(OPENS)))
        .or(Fact::REFERS.when(is(PRONOUN)))
        .or(Fact::FINITE.when(finite));
    // A capital that may be the first of a name opens nothing: `Will Smith`.
    let first_of_name = is(FIRST_NAME.or(Class::NAME_PARTICLE)) && !is(Class::ARTICLE);
    let reports = Fact::REPORTS
        .when(finite && is(Class::CUE))
        .or(Fact::ADVERB.when(!finite && is(Class::ADVERB)));
    let in_phrase = small_in_phrase(class);
    let begins = in_phrase == Fact::STANDS || in_phrase == Fact::DESCRIBES || is(HEAD);
    let opens_alone = is(OPENS) && !is(COUNTS);
    let opens_well = opens_alone && !is(Class::PLURAL_PERSON.or(Class::PERSON_PRONOUN));
    let small = both
        .or(Fact::SMALL)
        .or(Fact::PASSED.when(is(PASSED_OVER) && !is(BEGINS)))
        .or(Fact::ENDS.when(ends))
        .or(in_phrase)
        .or(Fact::BEGINS.when(!is(FUNCTION) && begins))
        .or(Fact::BEGINS_OPENED.when(!is(FUNCTION) && !begins && is(Class::NOUN.or(Class::ADJECTIVE))))
        .or(Fact::BESIDE_NAME.when(is(BESIDE_NAME)))
        .or(Fact::OPENS_ALONE.when(opens_alone))
        .or(Fact::OPENS_WELL.when(opens_well))
        .or(Fact::BEGINS_NONE.when(in_phrase == Fact::BARS))
        .or(reports);
    let plain_capital = match is(Class::TITLE.or(Class::ROLE)) {
        true => Fact::NAMES.or(Fact::OFFICE),
        false => Fact::NAMES.or(Fact::CAPITAL),
    };
    let opening_verb = is(OPENING_VERB) && !is(FIRST_NAME.or(Class::NOUN).or(Class::ADJECTIVE));
    let no_name = is(FUNCTION) && !is(FIRST_NAME.or(Class::NAME_PARTICLE).or(Class::WEEKDAY).or(Class::MONTH));
    let capital = both
        .or(Fact::UPPER)
        .or(Fact::BESIDE_NAME)
        .or(if meant { Fact::NAME_LIKE } else { reports })
        .or(match () {
            () if is(SELDOM_NAMES) => Fact::SELDOM_NAMES,
            () if is(Class::CUE) && is(INFLECTED) && !is(FIRST_NAME.or(HEAD)) => Fact::NAMES.or(Fact::ACTS),
            () => plain_capital.or(Fact::BEGINS.when(!opening_verb)),
        })
        .or(Fact::OPENS_ALONE.when(opens_alone && !first_of_name))
        .or(Fact::OPENS_WELL.when(opens_well && !first_of_name))
        .or(Fact::BEGINS_NONE.when(no_name));
    [small, capital]
}

/// What a word in small letters does to a phrase that comes up to it: what `Reader::stands_in` and `Reader::verb_stands_in` say of
/// it behind the first word of a body, wherever they need no other word for it.
fn small_in_phrase(class: Class) -> Fact {
    let is = |other: Class| class.meets(other);
    let (head, noun, adjective) = (is(HEAD), is(Class::NOUN), is(Class::ADJECTIVE));
    match () {
        () if is(FUNCTION) => Fact::BARS.when(!is(Class::NAME_PARTICLE)),
        () if !is(Class::VERB) && is(DESCRIBES) => Fact::DESCRIBES,
        () if !is(Class::VERB) => Fact::STANDS,
        () if !head && is(Class::SAY) => Fact::ACTS,
        () if !head && is(Class::VERB_PAST) => Fact::ACTED,
        () if !head && !noun && !adjective => Fact::ACTS,
        () if is(Class::SAY.or(Class::VERB_PAST).or(DESCRIBES)) => Fact::NONE,
        () => Fact::NOUN_OR_VERB.when(noun || head && !adjective),
    }
}

/// What more is told of a word by its spelling.
#[cold]
#[inline(never)]
fn by_name(word: &Word, fact: Fact) -> Fact {
    if !word.letters() {
        return fact;
    }
    // All others of the list name someone, and it does no harm to ask a word that is none of them.
    let (that, state) = (word.hash == HASHES.that, word.hash == HASHES.state);
    let names = !that & !state & (word.hash != HASHES.according);
    let closed = Fact::GOES_ON.or(Fact::OPENS_ALONE).or(Fact::OPENS_WELL).when(that);
    Fact(fact.0 & !closed.0)
        .or(Fact::NAMES.when(names))
        .or(Fact::MAY_NAME.when(that))
        .or(Fact::TAKES.when(state))
        .or(Fact::REFERS)
        .or(Fact::OPENS.when(word.hash == HASHES.one))
}

thread_local! {
    /// Answers of [`of_class`]: the one for a capital in the upper half.
    static TOLD_BY_GROUP: RefCell<ByGroup> = const { RefCell::new(ByGroup::new()) };
}

fn of_group(by_group: &mut ByGroup, word: &Word) -> u64 {
    by_group.get(word.group, || {
        let [small, capital] = of_class(word.classes);
        u64::from(capital.0) << 32 | u64::from(small.0)
    })
}

/// A quotation mark parts phrases, unless it can be the apostrophe of a plural owner.
#[inline(never)]
fn quote(words: &[Word], at: usize) -> Fact {
    const BEFORE: Kinds = Kinds::of(&[Kind::Letters, Kind::Number, Kind::Clitic, Kind::Handle, Kind::Hyphen]);
    let spaced = |k: usize| words.get(k).is_some_and(Word::spaced);
    let behind_word = at > 0 && BEFORE.hold(words[at - 1].kind);
    let owns = behind_word & !spaced(at) & spaced(at + 1);
    select_unpredictable(owns, Fact::GOES_ON, Fact::PARTS)
}
