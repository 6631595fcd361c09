//! Seed files to [`Seeds`]: the word lists, roster and rule catalogue that extraction grows from.
//!
//! Each list is a CSV file in `seeds/`, key first, note last, built in with `include_str!` and replaceable with `--seeds DIR`.
//! [`Vocabulary`] holds every word of every list once; the cut into words looks each word up once, and later stages test
//! [`Class`] bits or ask a list by [`WordId`]. A bad row is an error that names file, line and column.

pub mod abbreviations;
mod added;
pub mod confidence;
mod names;
mod roster;

pub use roster::{Known, Roster};
pub mod claims;

use crate::error::Error;
use crate::speakers::model::Model;
use crate::words::Fold;
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::{BitOr, Range};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// What the seeds say of a word, as bits: `Class::WEEKDAY | Class::MONTH`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Class(pub(crate) u64);

macro_rules! classes {
    ($($name:ident = $bit:literal, $key:literal, $doc:literal;)*) => {
        impl Class {
            $(#[doc = $doc] pub const $name: Class = Class(1 << $bit);)*
            /// Every class by the name that `seeds/words.csv` uses.
            pub const NAMES: &[(&str, Class)] = &[$(($key, Class::$name)),*];
        }
    };
}

classes! {
    ARTICLE = 0, "article", "the, a, an";
    DETERMINER = 1, "determiner", "articles and this, some, any, every, his …: opens a noun phrase";
    POSSESSIVE = 2, "possessive", "his, her, their, its, my, our, your";
    PERSON_PRONOUN = 3, "person_pronoun", "he, she, they, I, we, you: may be a speaker";
    OBJECT_PRONOUN = 4, "object_pronoun", "him, her, them, me, us";
    RELATIVE = 5, "relative", "who, which, that, whom, whose, where";
    PREPOSITION = 6, "preposition", "of, in, on, at …";
    SUBORDINATOR = 7, "subordinator", "that, if, whether, because, while, when, as, after …: opens a clause";
    COORDINATOR = 8, "coordinator", "and, or, but, nor, yet";
    AUXILIARY = 9, "auxiliary", "is, was, has, had, do …: finite helping verbs";
    MODAL = 10, "modal", "will, would, can, could, may, might, must, shall, should";
    NEGATION = 11, "negation", "not, never, n't forms";
    ADVERB = 12, "adverb", "also, later, again, then …: may stand between subject and verb";
    WEEKDAY = 13, "weekday", "Monday …";
    MONTH = 14, "month", "January, Jan …";
    TITLE = 15, "title", "Mr, Sen, Dr, Gov, Sir …: stands before a name; may take a full stop";
    ROLE = 16, "role", "president, secretary, spokesman …: a person by office";
    PERSON_NOUN = 17, "person_noun", "man, official, voter, critic …: people in general";
    ORGANISATION = 18, "organisation", "committee, party, company, court …: a body that can speak";
    PLACE = 19, "place", "names of countries, states, cities";
    DEMONYM = 20, "demonym", "American, Chinese, Texan …";
    MALE_NAME = 21, "male_name", "first names borne by men";
    FEMALE_NAME = 22, "female_name", "first names borne by women";
    CUE = 23, "cue", "a word form that can report: said, according, claim …";
    VERB = 24, "verb", "any verb form known";
    ABBREVIATION = 25, "abbreviation", "takes a full stop that ends no sentence";
    NUMBER_WORD = 26, "number_word", "one, twenty, hundred, million, dozen …";
    ORDINAL = 27, "ordinal", "first, second, third …";
    UNIT = 28, "unit", "day, mile, percent, dollar …";
    HEDGE = 29, "hedge", "about, nearly, some, over …: changes a figure's comparison";
    NAME_SUFFIX = 30, "name_suffix", "Jr, Sr, III";
    NAME_PARTICLE = 31, "name_particle", "de, van, al, bin …: small words inside a name";
    COMPANY_SUFFIX = 32, "company_suffix", "Inc, Corp, Ltd, plc …";
    MEDIA = 33, "media", "names of news outlets and of platforms";
    SPOKESPERSON = 34, "spokesperson", "spokesman, spokeswoman, lawyer, aide …: speaks for another";
    FAMILY = 35, "family", "wife, son, father …: a person by kinship";
    REFLEXIVE = 36, "reflexive", "himself, herself …";
    FEMININE = 37, "feminine", "she, her, woman, Mrs, spokeswoman …";
    MASCULINE = 38, "masculine", "he, his, man, Mr, spokesman …";
    PLURAL_PERSON = 39, "plural_person", "people, officials, voters …";
    TIME_NOUN = 40, "time_noun", "day, week, morning …: time expressions";
    COMMON = 41, "common", "common English words that begin sentences and are no names";
    SENTENCE_STARTER = 42, "sentence_starter", "words that open a sentence behind a doubtful full stop";
    STATE_ABBREVIATION = 43, "state_abbreviation", "Calif, Mass, N.Y. …";
    NOT_A_NAME = 44, "not_a_name", "capitalised often and never a person: God, Internet, Republican …";
    SAY = 45, "say", "say, tell, ask, add, write …: reports in every frame";
    INFINITIVE_MARK = 46, "infinitive_mark", "to";
    PLURAL_SUBJECT = 47, "plural_subject", "they, we, these, those …";
    VERB_PAST = 48, "verb_past", "past tense forms, and participles of the same spelling";
    VERB_BASE = 49, "verb_base", "plain forms";
    VERB_GERUND = 50, "verb_gerund", "-ing forms";
    NOUN = 51, "noun", "words of other classes that can be nouns; plain nouns are not listed";
    ADJECTIVE = 52, "adjective", "words that can be adjectives";
    VERB_THIRD = 53, "verb_third", "third person present forms";
    VERB_PARTICIPLE = 54, "verb_participle", "participles that are no past tense: taken, given";
    INSTITUTION = 55, "institution", "County, Center, Tower, Prize …: ends a name that is no person's";
    POSTMODIFIER = 56, "postmodifier", "familiar (with), close (to), involved (in) …: goes on describing people behind the noun";
    DOCUMENT = 57, "document", "report, poll, statement …: what was written or counted can be a source";
    ROSTER = 58, "roster", "word of a name in the built-in roster";
    ATTITUDE = 59, "attitude", "want, hope, seek …: tells what someone wishes or does, seldom what they say";
    POSTNOMINAL = 61, "postnominal", "KC, MP, CBE, PhD …: stands behind a name and is no part of it";
    ELISION = 60, "elision", "em, tis, til …: what is left of a word whose beginning an apostrophe stands for";
}

impl Class {
    /// No class at all.
    pub const NONE: Class = Class(0);

    /// double, triple …: multiplies what follows it. Set by the list of number words, not by `words.csv`.
    pub const MULTIPLIER: Class = Class(1 << 62);

    /// Function words, whose classes are the lowest bits: more is told of them by their spelling.
    pub(crate) const FUNCTION: Class = Class((1 << 12) - 1);

    /// A number, a unit or a word that multiplies: what a figure may be told by.
    pub const TELLS_FIGURE: Class = Class(Self::NUMBER_WORD.0 | Self::UNIT.0 | Self::MULTIPLIER.0);

    /// True where the two share a class.
    #[inline]
    pub fn meets(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together, at compile time.
    pub const fn or(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    /// The classes as bits, for features.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// The class of a name.
    pub fn named(name: &str) -> Option<Class> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|&(_, c)| c)
    }
}

impl BitOr for Class {
    type Output = Class;
    fn bitor(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

/// A word of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no seed file holds.
    pub const UNKNOWN: WordId = WordId(0);
}

/// Words that have the same classes: what hangs on these alone is told once a group. A function word is a group of its own, and so is
/// each of [`Vocabulary::SPELLED`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Group(pub(crate) u16);

impl Group {
    /// Words without classes.
    pub const NONE: Group = Group(0);
}

/// Passes a hash through: the keys are hashes already.
#[derive(Debug, Default, Clone, Copy)]
pub struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(b);
        }
    }
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Things by a hash.
pub(crate) type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Ready>>;

/// Every word of every seed file, by the hash of its lower-cased letters.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// Where a word stands by its hash: open addressing, at most two thirds full, so that a look-up costs one line of the cache.
    lines: Vec<Line>,
    /// The classes of each group.
    groups: Vec<Class>,
    /// The groups that are told by their classes alone, by these (see [`Vocabulary::grouped`]).
    by_classes: ByHash<Group>,
    /// True where there are more groups than can be counted.
    too_many_groups: bool,
    /// The words one behind the other, lower case.
    text: String,
    /// Where each word ends in the text.
    ends: Vec<u32>,
    /// The plain form of a verb form, the word itself for all else.
    lemmas: Vec<WordId>,
    /// The hash that each word has in a page, and the one that its plain form has.
    hashes: Vec<u64>,
    lemma_hashes: Vec<u64>,
    /// Tells this vocabulary from others, and from what it was before the last change.
    edition: OnceLock<u64>,
}

/// One line of the cache, with places for some words. They are asked together: which of them has a word is unpredictable.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Line {
    /// The upper half of each hash; the lower half says where to look, so together they are nearly the whole of it.
    halves: [u32; Line::PLACES],
    /// [`WordId::UNKNOWN`] where nothing stands.
    ids: [WordId; Line::PLACES],
    groups: [Group; Line::PLACES],
}

impl Line {
    const PLACES: usize = 6;
    const EMPTY: Line = Line {
        halves: [0; Line::PLACES],
        ids: [WordId::UNKNOWN; Line::PLACES],
        groups: [Group::NONE; Line::PLACES],
    };
}

fn upper_half(hash: u64) -> u32 {
    (hash >> 32) as u32
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            lines: vec![Line::EMPTY; 4],
            groups: vec![Class::NONE],
            by_classes: ByHash::default(),
            too_many_groups: false,
            text: String::new(),
            ends: vec![0],
            lemmas: vec![WordId::UNKNOWN],
            hashes: vec![0],
            lemma_hashes: vec![0],
            edition: OnceLock::new(),
        }
    }
}

impl Vocabulary {
    /// Makes room for so many words, so that the tables do not grow step by step.
    fn reserve(&mut self, words: usize) {
        const MEAN_BYTES: usize = 8;
        self.resize((words * 3 / 2 / Line::PLACES).next_power_of_two().max(self.lines.len()));
        self.text.reserve(words * MEAN_BYTES);
        self.ends.reserve(words);
        self.lemmas.reserve(words);
        self.hashes.reserve(words);
        self.lemma_hashes.reserve(words);
    }

    /// Makes the table so many lines long (a power of two) and puts every word where it belongs then.
    fn resize(&mut self, size: usize) {
        let old = std::mem::replace(&mut self.lines, vec![Line::EMPTY; size]);
        for line in &old {
            let words = line.ids.iter().zip(line.groups);
            for (&id, group) in words.filter(|&(&id, _)| id != WordId::UNKNOWN) {
                let hash = self.hash(id);
                self.put(self.place(hash), hash, id, group);
            }
        }
    }

    /// The place of a word, or the empty one where it would stand: its line, and its number there.
    #[inline]
    fn place(&self, hash: u64) -> (usize, usize) {
        let (mask, half) = (self.lines.len() - 1, upper_half(hash));
        let mut at = hash as usize & mask;
        loop {
            let line = &self.lines[at];
            let fits = |i: usize| (line.halves[i] == half) | (line.ids[i] == WordId::UNKNOWN);
            let fitting = (0..Line::PLACES).fold(0_u32, |fitting, i| fitting | u32::from(fits(i)) << i);
            if fitting != 0 {
                return (at, fitting.trailing_zeros() as usize);
            }
            at = (at + 1) & mask;
        }
    }

    /// Puts a word where it stands or would stand.
    fn put(&mut self, (line, place): (usize, usize), hash: u64, id: WordId, group: Group) {
        let line = &mut self.lines[line];
        (line.halves[place], line.ids[place], line.groups[place]) = (upper_half(hash), id, group);
    }

    /// Whatever the lists say of these words, more is told by their spelling.
    const SPELLED_WORDS: [&str; 3] = ["of", "by", "that"];
    /// Their hashes.
    pub(crate) const SPELLED: [u64; 3] = [
        Fold::of_ascii(Self::SPELLED_WORDS[0]),
        Fold::of_ascii(Self::SPELLED_WORDS[1]),
        Fold::of_ascii(Self::SPELLED_WORDS[2]),
    ];

    /// The group of a word that gets more classes.
    fn grouped(&mut self, hash: u64, group: Group, more: Class) -> Group {
        let spelled = Self::SPELLED.contains(&hash);
        let before = self.classes(group);
        let classes = before | more;
        if before.meets(Class::FUNCTION) || spelled && group != Group::NONE {
            self.groups[usize::from(group.0)] = classes;
            return group;
        }
        if spelled || classes.meets(Class::FUNCTION) {
            return self.new_group(classes).unwrap_or(group);
        }
        // Classes are few bits, often high ones alone; mixed without loss they are a hash.
        let key = Fold::mix(classes.0, classes.0 >> 32);
        match self.by_classes.get(&key) {
            Some(&known) => known,
            None if classes == Class::NONE => Group::NONE,
            None => {
                let Some(new) = self.new_group(classes) else {
                    return group;
                };
                self.by_classes.insert(key, new);
                new
            }
        }
    }

    fn new_group(&mut self, classes: Class) -> Option<Group> {
        let group = u16::try_from(self.groups.len()).ok().map(Group);
        match group {
            Some(_) => self.groups.push(classes),
            None => self.too_many_groups = true,
        }
        group
    }

    /// The classes of a group.
    #[inline]
    pub(crate) fn classes(&self, group: Group) -> Class {
        self.groups[usize::from(group.0)]
    }

    /// Adds a word (or finds it) and gives it a class more.
    pub fn add(&mut self, word: &str, class: Class) -> WordId {
        self.add_hashed(word, Fold::of(word), class)
    }

    fn add_hashed(&mut self, word: &str, hash: u64, class: Class) -> WordId {
        self.edition.take();
        let next = WordId(self.ends.len() as u32);
        if self.ends.len() * 3 > self.lines.len() * Line::PLACES * 2 {
            self.resize(self.lines.len() * 2);
        }
        let id = self.give(hash, next, class);
        if id == next {
            let start = self.text.len();
            match word.is_ascii() {
                true => self.text.push_str(word),
                false => self.text.push_str(&word.to_lowercase()),
            }
            self.text[start..].make_ascii_lowercase();
            self.ends.push(self.text.len() as u32);
            self.lemmas.push(id);
            self.hashes.push(hash);
            self.lemma_hashes.push(hash);
        }
        id
    }

    /// Gives a word more classes, and an id where it has none; tells its id.
    fn give(&mut self, hash: u64, new: WordId, more: Class) -> WordId {
        let (line, place) = self.place(hash);
        let (known, group) = (self.lines[line].ids[place], self.lines[line].groups[place]);
        let id = if known == WordId::UNKNOWN { new } else { known };
        let group = self.grouped(hash, group, more);
        self.put((line, place), hash, id, group);
        id
    }

    /// Gives an error where words have more different sets of classes than can be told apart.
    fn check(&self) -> Result<(), Error> {
        match self.too_many_groups {
            true => Err(Error::new(
                "word lists",
                "over 65,536 sets of classes, or function words",
            )),
            false => Ok(()),
        }
    }

    /// A list of words on its way into the vocabulary.
    pub(crate) fn additions(&mut self) -> Additions<'_> {
        Additions {
            vocabulary: self,
            text: String::new(),
            waiting: Vec::with_capacity(Additions::MOST),
        }
    }

    /// Makes a word a form of another.
    fn set_lemma(&mut self, form: WordId, lemma: WordId) {
        self.lemmas[form.0 as usize] = lemma;
        self.lemma_hashes[form.0 as usize] = self.hash(lemma);
    }

    /// Brings the place where a word is looked for first into the near memory; what it gives means nothing.
    #[inline]
    pub(crate) fn touch(&self, hash: u64) -> u32 {
        self.lines[hash as usize & (self.lines.len() - 1)].halves[0]
    }

    /// Id and classes of a word by its hash.
    #[inline]
    pub fn look_up(&self, hash: u64) -> (WordId, Class) {
        let (id, group) = self.entry(hash);
        (id, self.classes(group))
    }

    /// Id and group of a word by its hash.
    #[inline]
    pub(crate) fn entry(&self, hash: u64) -> (WordId, Group) {
        let (line, place) = self.place(hash);
        let line = &self.lines[line];
        (line.ids[place], line.groups[place])
    }

    /// Another number for each vocabulary, and another one whenever it was changed.
    pub(crate) fn edition(&self) -> u64 {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        *self.edition.get_or_init(|| NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// The id of a word as written in any case.
    pub fn id(&self, word: &str) -> WordId {
        self.look_up(Fold::of(word)).0
    }

    /// The plain form of a verb form (`said`: `say`); any other word is its own.
    pub fn lemma(&self, id: WordId) -> WordId {
        self.lemmas[id.0 as usize]
    }

    /// The hash of a word's plain form.
    pub fn lemma_hash(&self, id: WordId) -> u64 {
        self.lemma_hashes[id.0 as usize]
    }

    /// The hash of a word, as [`crate::words::Word::hash`] has it: unlike an id the same whatever other words the seeds hold.
    pub fn hash(&self, id: WordId) -> u64 {
        self.hashes[id.0 as usize]
    }

    /// Gives every form of a verb the classes that its plain form has of these.
    pub(crate) fn share_with_forms(&mut self, classes: Class) {
        self.edition.take();
        for id in 0..self.lemmas.len() {
            if self.lemmas[id].0 as usize == id {
                continue;
            }
            let plain = self.look_up(self.hashes[self.lemmas[id].0 as usize]).1;
            let shared = Class(plain.0 & classes.0);
            // Most verbs have none of these classes.
            if shared == Class::NONE {
                continue;
            }
            self.give(self.hashes[id], WordId(id as u32), shared);
        }
    }

    /// The word of an id, lower case; empty for [`WordId::UNKNOWN`].
    pub fn word(&self, id: WordId) -> &str {
        let id = id.0 as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.text[start as usize..self.ends[id] as usize]
    }

    /// How many ids there are, the unknown word's included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True where no word was added.
    pub fn is_empty(&self) -> bool {
        self.ends.len() == 1
    }
}

/// What a vocabulary said of the words that were asked for lately, known or not: most words of a text. Unlike the vocabulary it
/// fits into the second-nearest memory, where the common words, which lie far apart there, are neighbours.
#[derive(Debug)]
pub(crate) struct Lately {
    /// [`Vocabulary::edition`] of the one that was asked.
    edition: Option<u64>,
    /// By the lowest bits of the hash; a word takes the place of the one before it.
    words: Box<[Recent; Lately::WORDS]>,
}

/// A word that was asked for.
#[derive(Debug, Clone, Copy)]
struct Recent {
    /// The upper half of the hash.
    half: u32,
    id: WordId,
    group: Group,
}

impl Recent {
    const NONE: Recent = Recent {
        half: 0,
        id: WordId::UNKNOWN,
        group: Group::NONE,
    };
}

impl Default for Lately {
    fn default() -> Self {
        Lately {
            edition: None,
            words: Box::new([Recent::NONE; Lately::WORDS]),
        }
    }
}

impl Lately {
    /// 48 kB, as much as the nearest memory: with half as many more words must be sought far away.
    const WORDS: usize = 1 << 12;

    /// Forgets what another vocabulary said.
    pub(crate) fn of(&mut self, vocabulary: &Vocabulary) {
        let edition = Some(vocabulary.edition());
        if self.edition != edition {
            self.edition = edition;
            self.words.fill(Recent::NONE);
        }
    }

    /// Id and group of the word, and whether it was asked for lately; where not, they mean nothing.
    #[inline]
    pub(crate) fn look_up(&self, hash: u64) -> (WordId, Group, bool) {
        let word = &self.words[hash as usize & (Self::WORDS - 1)];
        (word.id, word.group, word.half == upper_half(hash))
    }

    /// Keeps what the vocabulary says of a word.
    #[inline]
    pub(crate) fn keep(&mut self, hash: u64, (id, group): (WordId, Group)) {
        let half = upper_half(hash);
        self.words[hash as usize & (Self::WORDS - 1)] = Recent { half, id, group };
    }
}

/// Words that wait to be added some dozens at a time. Their places lie far apart in a table that does not fit into the nearest
/// memory; looked at side by side first, they are fetched together, which halves the time that long lists take.
#[must_use = "what waits is added by `finish`"]
pub(crate) struct Additions<'v> {
    vocabulary: &'v mut Vocabulary,
    /// The words that wait, one behind the other.
    text: String,
    waiting: Vec<Addition>,
}

struct Addition {
    /// Where the word ends in the text.
    end: usize,
    hash: u64,
    class: Class,
    /// True for the plain form of the word before it.
    is_lemma: bool,
}

impl Additions<'_> {
    const MOST: usize = 64;

    /// Adds a word, soon, and gives it a class more.
    pub(crate) fn add(&mut self, word: &str, class: Class) {
        if self.waiting.len() + 1 >= Self::MOST {
            self.add_waiting();
        }
        self.wait(word, class, false);
    }

    /// Makes the word that was added last a form of this one.
    pub(crate) fn add_lemma(&mut self, lemma: &str) {
        self.wait(lemma, Class::NONE, true);
    }

    fn wait(&mut self, word: &str, class: Class, is_lemma: bool) {
        self.text.push_str(word);
        self.waiting.push(Addition {
            end: self.text.len(),
            hash: Fold::of(word),
            class,
            is_lemma,
        });
    }

    fn add_waiting(&mut self) {
        let vocabulary = &mut *self.vocabulary;
        let touched = self.waiting.iter().map(|addition| vocabulary.touch(addition.hash));
        std::hint::black_box(touched.fold(0, |all, half| all ^ half));
        let (mut start, mut before) = (0, WordId::UNKNOWN);
        for addition in self.waiting.drain(..) {
            let word = &self.text[start..addition.end];
            let id = vocabulary.add_hashed(word, addition.hash, addition.class);
            if addition.is_lemma {
                vocabulary.set_lemma(before, id);
            }
            (start, before) = (addition.end, id);
        }
        self.text.clear();
    }

    /// Adds what still waits.
    pub(crate) fn finish(mut self) {
        self.add_waiting();
    }
}

/// One seed file read as a table: header checked, rows with their line numbers.
#[derive(Debug)]
pub struct Table {
    file: String,
    columns: Vec<String>,
    /// The trimmed cells of all rows, one behind the other.
    text: String,
    /// Where each cell stands in the text.
    cells: Vec<Range<usize>>,
    /// Line and cells of each row.
    rows: Vec<(u64, Range<usize>)>,
}

/// One row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    line: u64,
    cells: &'t [Range<usize>],
}

impl Table {
    /// Reads CSV text. `file` names it in errors; `wanted` are columns that must be there.
    pub fn read(file: &str, text: &str, wanted: &[&str]) -> Result<Table, Error> {
        let mut table = Table {
            file: file.to_owned(),
            columns: Vec::new(),
            text: String::with_capacity(text.len()),
            cells: Vec::new(),
            rows: Vec::new(),
        };
        let mut header = None;
        each_row(file, text, &mut |line, cells| match &header {
            Some(()) => table.take(line, cells),
            None => {
                table.columns = cells.iter().map(|c| c.trim().to_owned()).collect();
                header = Some(());
                Ok(())
            }
        })?;
        match wanted.iter().find(|w| !table.columns.iter().any(|c| c == *w)) {
            Some(missing) => Err(Error::at_line(file, 1, format!("no column \"{missing}\""))),
            None => Ok(table),
        }
    }

    /// Adds a row, unless it is blank.
    fn take(&mut self, line: u64, row: &[&str]) -> Result<(), Error> {
        if row.len() > self.columns.len() {
            let problem = format!("{} cells, but the header has {}", row.len(), self.columns.len());
            return Err(Error::at_line(&self.file, line, problem));
        }
        let (first, begin) = (self.cells.len(), self.text.len());
        for cell in row {
            let start = self.text.len();
            self.text.push_str(trimmed(cell));
            self.cells.push(start..self.text.len());
        }
        if self.text.len() > begin {
            self.rows.push((line, first..self.cells.len()));
        } else {
            self.cells.truncate(first);
        }
        Ok(())
    }

    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row {
            table: self,
            line: *line,
            cells: &self.cells[cells.clone()],
        })
    }
}

/// Takes the line number and the cells of a row.
type TakeRow<'f> = dyn FnMut(u64, &[&str]) -> Result<(), Error> + 'f;

/// Gives the line number and the cells of every row of CSV text, the header first. Most lists hold no quoted cell: their lines
/// are cut at the commas and nothing else is done, since all lists are read whenever the program starts.
fn each_row(file: &str, text: &str, take: &mut TakeRow) -> Result<(), Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let delimiter = crate::read::table::delimiter(text.as_bytes());
    if delimiter == b',' && !text.contains('"') && !text.contains('\r') {
        return each_bare_row(text, take);
    }
    let mut builder = csv::ReaderBuilder::new();
    let builder = builder.flexible(true).has_headers(false).delimiter(delimiter);
    let mut reader = builder.from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {
                let line = record.position().map_or(0, csv::Position::line);
                take(line, &record.iter().collect::<Vec<_>>())?;
            }
            Ok(false) => return Ok(()),
            Err(e) => {
                let line = e.position().map_or(0, csv::Position::line);
                return Err(Error::at_line(file, line, e.to_string()));
            }
        }
    }
}

/// The same for text without quotation marks.
fn each_bare_row(text: &str, take: &mut TakeRow) -> Result<(), Error> {
    let (mut cells, mut line, mut rest) = (Vec::new(), 1, Some(text));
    while let Some(text) = rest {
        let end = cell_end(text.as_bytes());
        cells.push(&text[..end.unwrap_or(text.len())]);
        rest = end.map(|end| &text[end + 1..]);
        if end.is_none_or(|end| text.as_bytes()[end] == b'\n') {
            if cells != [""] {
                take(line, &cells)?;
            }
            cells.clear();
            line += 1;
        }
    }
    Ok(())
}

/// Where the first comma or line feed stands, looked for in eight bytes at a time.
fn cell_end(text: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    /// The high bit of the first byte that is the one wanted, and perhaps of others behind it.
    const fn first(block: u64, wanted: u8) -> u64 {
        let differs = block ^ (ONES * wanted as u64);
        differs.wrapping_sub(ONES) & !differs & (ONES << 7)
    }
    let (blocks, rest) = text.as_chunks();
    for (i, block) in blocks.iter().enumerate() {
        let block = u64::from_le_bytes(*block);
        let ends = first(block, b',') | first(block, b'\n');
        if ends != 0 {
            return Some(8 * i + ends.trailing_zeros() as usize / 8);
        }
    }
    let end = rest.iter().position(|byte| matches!(byte, b',' | b'\n'))?;
    Some(text.len() - rest.len() + end)
}

/// The cell without white space around it; most have none.
fn trimmed(cell: &str) -> &str {
    match cell.as_bytes() {
        [one] if one.is_ascii_graphic() => cell,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
        _ => cell.trim(),
    }
}

impl<'t> Row<'t> {
    /// The cell in a column; empty where the row is short or the column absent.
    pub fn get(&self, column: &str) -> &'t str {
        let at = self.table.columns.iter().position(|c| c == column);
        at.and_then(|i| self.cells.get(i))
            .map_or("", |cell| &self.table.text[cell.clone()])
    }

    /// The parts of a cell between semicolons, trimmed, without empty ones.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'t str> {
        self.get(column)
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty())
    }

    /// The cell as a number, `None` where it is empty.
    pub fn number(&self, column: &str) -> Result<Option<f64>, Error> {
        match self.get(column) {
            "" => Ok(None),
            cell => match cell.parse() {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(self.error(column, format!("\"{cell}\" is not a number"))),
            },
        }
    }

    /// An error at this row and column.
    pub fn error(&self, column: &str, problem: impl std::fmt::Display) -> Error {
        Error::at_line(&self.table.file, self.line, format!("column \"{column}\": {problem}"))
    }
}

/// The text of a seed file: from the folder where it holds that file, else as built in.
fn source(folder: Option<&Path>, name: &str, built_in: &'static str) -> Result<(String, Cow<'static, str>), Error> {
    if let Some(folder) = folder {
        let path = folder.join(name);
        match std::fs::read_to_string(&path) {
            Ok(text) => return Ok((path.display().to_string(), text.into())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::new(path.display().to_string(), error.to_string())),
        }
    }
    Ok((format!("seeds/{name}"), built_in.into()))
}

/// Everything that extraction knows beforehand.
#[derive(Debug, Clone, Default)]
pub struct Seeds {
    /// Every word of every list.
    pub vocabulary: Vocabulary,
    /// The weights of the learned part.
    pub model: Model,
    /// Words whose full stop need not end a sentence.
    pub abbreviations: abbreviations::Abbreviations,
    /// The known speakers.
    pub roster: Roster,
    /// What share of rows of each rule proved right.
    pub confidence: confidence::Confidence,
    /// Number words, units, hedges and names with numbers.
    pub claims: claims::ClaimSeeds,
}

impl Seeds {
    /// The seeds that are built in.
    pub fn built_in() -> Result<Seeds, Error> {
        Self::load(None)
    }

    /// The built-in seeds, each file replaced by the one of the same name in `folder` where there is one.
    pub fn load(folder: Option<&Path>) -> Result<Seeds, Error> {
        const ABOUT_WORDS: usize = 56_000;
        let mut seeds = Seeds::default();
        seeds.vocabulary.reserve(ABOUT_WORDS);
        let (file, text) = source(folder, "words.csv", include_str!("../seeds/words.csv"))?;
        add_classes(
            &mut seeds.vocabulary,
            &Table::read(&file, &text, &["word", "classes"])?,
            "word",
        )?;
        let (file, text) = source(folder, "lexicon.csv", include_str!("../seeds/lexicon.csv"))?;
        add_lexicon(&mut seeds.vocabulary, &file, &text)?;
        let (file, text) = source(folder, "abbreviations.csv", include_str!("../seeds/abbreviations.csv"))?;
        seeds.abbreviations = abbreviations::Abbreviations::read(&file, &text, &mut seeds.vocabulary)?;
        names::load(&mut seeds, folder)?;
        let (file, text) = source(folder, "confidence.csv", include_str!("../seeds/confidence.csv"))?;
        seeds.confidence = confidence::Confidence::read(&file, &text)?;
        seeds.claims = claims::ClaimSeeds::load(folder, &mut seeds.vocabulary)?;
        for word in Vocabulary::SPELLED_WORDS {
            seeds.vocabulary.add(word, Class::NONE);
        }
        seeds.vocabulary.check()?;
        Ok(seeds)
    }
}

/// Adds the words of a list that has classes in a column of that name.
fn add_classes(vocabulary: &mut Vocabulary, table: &Table, column: &str) -> Result<(), Error> {
    let mut additions = vocabulary.additions();
    for row in table.rows() {
        let word = row.get(column);
        for name in row.list("classes") {
            let class = Class::named(name).ok_or_else(|| row.error("classes", format!("\"{name}\" is no class")))?;
            additions.add(word, class);
        }
    }
    additions.finish();
    Ok(())
}

/// Adds `lexicon.csv`: what parts of speech a word form can be, and the plain form of a verb form.
///
/// The largest list by far, so its rows are read one at a time and not kept.
fn add_lexicon(vocabulary: &mut Vocabulary, file: &str, text: &str) -> Result<(), Error> {
    let mut additions = vocabulary.additions();
    each_row(file, text, &mut |line, cells| {
        let cell = |column: usize| cells.get(column).copied().unwrap_or("");
        if line == 1 {
            return Ok(());
        }
        let (word, tags, lemma) = (cell(0), cell(1), cell(2));
        let class = tags_class(tags).ok_or_else(|| {
            Error::at_line(
                file,
                line,
                format!("column \"tags\": \"{tags}\" is not made of N V Z D P G J R"),
            )
        })?;
        additions.add(word, class);
        if !lemma.is_empty() {
            additions.add_lemma(lemma);
        }
        Ok(())
    })?;
    additions.finish();
    Ok(())
}

/// The classes of a lexicon row's tags: N noun, V plain verb, Z third person, D past, P participle, G gerund, J adjective,
/// R adverb.
fn tags_class(tags: &str) -> Option<Class> {
    let mut class = Class::NONE;
    for tag in tags.bytes() {
        class = class
            | match tag {
                b'N' => Class::NOUN,
                b'V' => Class::VERB | Class::VERB_BASE,
                b'Z' => Class::VERB | Class::VERB_THIRD,
                b'D' => Class::VERB | Class::VERB_PAST,
                b'P' if !tags.contains('D') => Class::VERB | Class::VERB_PARTICIPLE,
                b'P' => Class::VERB,
                b'G' => Class::VERB | Class::VERB_GERUND,
                b'J' => Class::ADJECTIVE,
                b'R' if tags == "R" => Class::ADVERB,
                b'R' => Class::NONE,
                _ => return None,
            };
    }
    Some(class)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Document;
    use crate::words::Page;

    #[test]
    fn words_are_found_again_however_many_there_are() {
        let mut vocabulary = Vocabulary::default();
        let ids: Vec<WordId> = (0..1000)
            .map(|n| vocabulary.add(&format!("w{n}"), Class::NOUN))
            .collect();
        assert_eq!(vocabulary.add("W7", Class::VERB), ids[7]);
        assert!((0..1000).all(|n| vocabulary.id(&format!("W{n}")) == ids[n]));
        assert_eq!(vocabulary.look_up(Fold::of("w7")), (ids[7], Class::NOUN | Class::VERB));
        assert_eq!(vocabulary.look_up(Fold::of("w1000")), (WordId::UNKNOWN, Class::NONE));
    }

    #[test]
    fn words_of_the_same_classes_are_one_group_and_function_words_are_none() {
        let mut vocabulary = Vocabulary::default();
        let group = |vocabulary: &Vocabulary, word: &str| vocabulary.entry(Fold::of(word)).1;
        for (word, class) in [
            ("alpha", Class::NOUN),
            ("beta", Class::NOUN),
            ("gamma", Class::NOUN),
            ("gamma", Class::VERB),
            ("delta", Class::VERB),
            ("delta", Class::NOUN),
            ("on", Class::PREPOSITION),
            ("at", Class::PREPOSITION),
            ("of", Class::NONE),
        ] {
            vocabulary.add(word, class);
        }
        assert_eq!(group(&vocabulary, "alpha"), group(&vocabulary, "beta"));
        assert_eq!(group(&vocabulary, "gamma"), group(&vocabulary, "delta"));
        assert_eq!(vocabulary.look_up(Fold::of("delta")).1, Class::NOUN | Class::VERB);
        let own = ["alpha", "gamma", "on", "at", "of", "unknown"].map(|word| group(&vocabulary, word).0);
        assert_eq!(own.iter().collect::<std::collections::BTreeSet<_>>().len(), own.len());
        // A class more moves a word on, and leaves the others where they are.
        vocabulary.add("beta", Class::PREPOSITION);
        vocabulary.add("on", Class::ADVERB);
        for (word, class) in [
            ("alpha", Class::NOUN),
            ("beta", Class::NOUN | Class::PREPOSITION),
            ("on", Class::PREPOSITION | Class::ADVERB),
            ("at", Class::PREPOSITION),
            ("of", Class::NONE),
        ] {
            assert_eq!(vocabulary.look_up(Fold::of(word)).1, class, "{word}");
        }
    }

    #[test]
    fn more_groups_than_can_be_counted_are_an_error() {
        let mut vocabulary = Vocabulary::default();
        for n in 0..usize::from(u16::MAX) {
            vocabulary.add(&format!("w{n}"), Class::PREPOSITION);
        }
        assert!(vocabulary.check().is_ok());
        vocabulary.add("one", Class::PREPOSITION);
        assert!(vocabulary.check().is_err());
    }

    #[test]
    fn what_another_vocabulary_said_lately_is_forgotten() {
        let document = Document::new("", "Alpha beta alpha.");
        let classes = |vocabulary: &Vocabulary| {
            let page = Page::new(&document, vocabulary);
            page.words.iter().map(|word| word.classes).collect::<Vec<_>>()
        };
        let nothing = [Class::NONE; 4];
        let mut vocabulary = Vocabulary::default();
        assert_eq!(classes(&vocabulary), nothing);
        vocabulary.add("alpha", Class::NOUN);
        let noun = [Class::NOUN, Class::NONE, Class::NOUN, Class::NONE];
        assert_eq!(classes(&vocabulary), noun);
        let mut other = vocabulary.clone();
        assert_eq!(classes(&other), noun);
        other.add("beta", Class::VERB);
        assert_eq!(classes(&other), [Class::NOUN, Class::VERB, Class::NOUN, Class::NONE]);
        assert_eq!(classes(&vocabulary), noun);
        assert_eq!(classes(&Vocabulary::default()), nothing);
    }
}
