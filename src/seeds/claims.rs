//! Seed files of the claims stage: number words, units, currencies, hedges, names with numbers, words beside them.
//!
//! Phrases are cut by the same cutter as the text ([`Page`]), so that a seed of several words, signs and hyphens matches word by
//! word. Every list is small; it is looked at only beside a number.

use super::{Class, Row, Table, Vocabulary, source};
use crate::claims::{Category, Comparison};
use crate::error::Error;
use crate::text::Document;
use crate::words::{Fold, Page, Word};
use std::path::Path;
use std::sync::LazyLock;

/// What a number word does in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NumberKind {
    /// 0 to 19.
    #[default]
    Small,
    /// twenty … ninety
    Ten,
    /// hundred
    Hundred,
    /// thousand, million …
    Magnitude,
    /// dozen
    Dozen,
    /// dozens, hundreds, millions: a number is only bounded
    Many,
    /// "a couple of"
    Couple,
    /// half
    Half,
    /// third, quarter, fifth: one part
    Denominator,
    /// thirds, quarters: several parts
    Denominators,
    /// twice
    Twice,
    /// tenfold
    Fold,
    /// doubled, halved
    Changed,
    /// k, bn, mln: behind digits
    Suffix,
    /// double, triple: a multiple before "the" or "what" alone, else a verb or an adjective
    Double,
}

impl NumberKind {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "small" => Self::Small,
            "ten" => Self::Ten,
            "hundred" => Self::Hundred,
            "magnitude" => Self::Magnitude,
            "dozen" => Self::Dozen,
            "many" => Self::Many,
            "couple" => Self::Couple,
            "half" => Self::Half,
            "denominator" => Self::Denominator,
            "denominators" => Self::Denominators,
            "twice" => Self::Twice,
            "fold" => Self::Fold,
            "changed" => Self::Changed,
            "suffix" => Self::Suffix,
            "double" => Self::Double,
            _ => return None,
        })
    }
}

/// A number word.
#[derive(Debug, Clone, Copy, Default)]
pub struct NumberWord {
    /// What it does.
    pub kind: NumberKind,
    /// Its value.
    pub value: f64,
}

/// A unit or a currency.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Canonical name.
    pub name: String,
    /// What it measures.
    pub category: Category,
    /// How many of the category's smallest common measure it is, for sums ("5 feet 2 inches") and lists in two units.
    pub size: Option<f64>,
    /// What a written value is multiplied by ("two grand").
    pub scale: f64,
    /// True for coins that are part of any main unit: cent, pence.
    pub part: bool,
}

/// How a unit's sign may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A name, in any case.
    Name,
    /// A sign, in just this case.
    Symbol,
    /// A sign that is a word or a letter too: only against the number, or where nothing follows.
    Letter,
}

/// A unit as a phrase names it.
#[derive(Debug, Clone, Copy)]
pub struct UnitName {
    /// Index into [`ClaimSeeds::units`].
    pub unit: usize,
    /// How it may stand.
    pub sign: Sign,
}

/// What stands around a number and changes its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hedge {
    /// The comparison it states.
    Is(Comparison),
    /// about, and the number is the upper bound: nearly.
    Nearly,
}

/// What a word says beside a number, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context(u32);

macro_rules! contexts {
    ($($name:ident = $bit:literal, $key:literal, $doc:literal;)*) => {
        impl Context {
            $(#[doc = $doc] pub const $name: Context = Context(1 << $bit);)*
            const NAMES: &[(&str, Context)] = &[$(($key, Context::$name)),*];
        }
    };
}

contexts! {
    PLURAL = 0, "plural", "a plural without s: people, staff";
    SINGULAR = 1, "singular", "ends in s and is no plural head: glass, sports";
    JOINED = 2, "joined", "counted when joined by a hyphen: a 12-member panel";
    RATE = 3, "rate", "a price is stated for it: $4 a share";
    EXTENT = 4, "extent", "stands behind a measure and is not counted: tall, away";
    WAVER = 5, "waver", "doubts between the numbers of a list: maybe, then";
    CHANGE = 6, "change", "rises or falls before \"from … to …\"";
    TOPIC = 7, "topic", "is about what \"over\" leads to: a dispute over two signs";
    TAKES_OVER = 8, "takes_over", "took over two shops";
    COUNTING = 9, "counting", "the number of cases: what stands behind \"of\" is counted";
    BETWEEN = 10, "between", "may stand between number and unit: two more weeks";
    WEIGHS = 11, "weighs", "near it a pound is a weight";
    PAST = 12, "past", "a week ago, a year later: no rate";
    DATED = 13, "dated", "a bare number of four digits behind it is a year";
    COMMON_NAME = 14, "common_name", "names the number behind it, and is a common word too: page, seat";
    SPEECH_NOUN = 15, "speech_noun", "a word of speech that is a noun beside numbers: report";
    BLOWS = 16, "blows", "near it kt is knots: winds of 40 kt";
    HARMS = 18, "harms", "its bare object counts people: killed 12";
    TALLIED = 17, "tallied", "between a number and a plural, says that the number counts: 11 new cases";
}

impl Context {
    /// True where the two share a role.
    pub fn has(self, other: Context) -> bool {
        self.0 & other.0 != 0
    }

    fn named(name: &str) -> Option<Context> {
        Self::NAMES
            .iter()
            .find(|(key, _)| *key == name)
            .map(|&(_, context)| context)
    }
}

/// How many bits of a hash tell where a bit of [`Sieve`] stands.
const LOG_BITS: u32 = 13;

/// A kilobyte of bits that turns away nearly all words that are not listed.
#[derive(Debug, Clone)]
struct Sieve(Box<[u64; 1 << (LOG_BITS - 6)]>);

impl Default for Sieve {
    fn default() -> Self {
        Self(Box::new([0; 1 << (LOG_BITS - 6)]))
    }
}

impl Sieve {
    /// Where the bit of a hash stands: the highest bits tell, tables go by the lowest.
    fn bit(hash: u64) -> (usize, u64) {
        let place = hash >> (64 - LOG_BITS);
        ((place >> 6) as usize, 1 << (place & 63))
    }

    fn mark(&mut self, hash: u64) {
        let (word, bit) = Self::bit(hash);
        self.0[word] |= bit;
    }

    #[inline]
    fn lets_through(&self, hash: u64) -> bool {
        let (word, bit) = Self::bit(hash);
        self.0[word] & bit != 0
    }
}

/// Things by the hash of a word, for questions that most words answer with no. No word has the hash 0.
#[derive(Debug, Clone, Default)]
pub struct Listed<T> {
    sieve: Sieve,
    /// Hashes and what they stand for, by open addressing, at most half full; 0 where nothing stands.
    slots: Vec<(u64, T)>,
    taken: usize,
}

impl<T: Copy + Default> Listed<T> {
    /// The slot of a hash, or the empty one where it would stand.
    fn place(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut place = hash as usize & mask;
        while (self.slots[place].0 != 0) & (self.slots[place].0 != hash) {
            place = (place + 1) & mask;
        }
        place
    }

    /// The entry of a word, made where there is none.
    pub(super) fn entry(&mut self, hash: u64) -> &mut T {
        if self.taken * 2 >= self.slots.len() {
            let size = (self.slots.len() * 2).max(64);
            let old = std::mem::replace(&mut self.slots, vec![(0, T::default()); size]);
            for slot in old.into_iter().filter(|slot| slot.0 != 0) {
                let place = self.place(slot.0);
                self.slots[place] = slot;
            }
        }
        self.sieve.mark(hash);
        let place = self.place(hash);
        self.taken += usize::from(self.slots[place].0 == 0);
        self.slots[place].0 = hash;
        &mut self.slots[place].1
    }

    /// The hashes that are listed.
    fn keys(&self) -> impl Iterator<Item = u64> {
        self.slots.iter().map(|slot| slot.0).filter(|&hash| hash != 0)
    }

    /// What is listed for a word.
    #[inline]
    pub fn get(&self, hash: u64) -> Option<T> {
        match self.sieve.lets_through(hash) {
            false => None,
            true => self.listed(hash),
        }
    }

    /// False for most words that are not listed.
    #[inline]
    pub fn may_list(&self, hash: u64) -> bool {
        self.sieve.lets_through(hash)
    }

    #[inline(never)]
    fn listed(&self, hash: u64) -> Option<T> {
        let (found, item) = self.slots[self.place(hash)];
        (found != 0).then_some(item)
    }
}

/// A phrase, before all are known.
#[derive(Debug, Clone)]
struct Draft<T> {
    hashes: Vec<u64>,
    text: String,
    item: T,
}

/// A phrase: what it stands for, and how many words it has and where their hashes stand.
#[derive(Debug, Clone)]
struct Phrase<T> {
    length: u32,
    hashes: u32,
    item: T,
}

/// The places of phrases that share a word: the first one, the first one of this word alone, and one past the last.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    first: u32,
    alone: u32,
    end: u32,
}

/// Phrases by their first word (or their last, for phrases that end at a place).
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    /// The places of the phrases that share their first (last) word.
    by_key: Listed<Group>,
    /// Those of one key are neighbours, the longest first.
    phrases: Vec<Phrase<T>>,
    hashes: Vec<u64>,
    /// How each is spelled in the seeds.
    texts: Vec<String>,
    /// The words of all phrases.
    members: Sieve,
    drafts: Vec<Draft<T>>,
    backward: bool,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            by_key: Listed::default(),
            phrases: Vec::new(),
            hashes: Vec::new(),
            texts: Vec::new(),
            members: Sieve::default(),
            drafts: Vec::new(),
            backward: false,
        }
    }
}

impl<T: Copy> Phrases<T> {
    fn backward() -> Self {
        Self {
            backward: true,
            ..Self::default()
        }
    }

    fn add(&mut self, text: &str, item: T) {
        let mut hashes = hashes(text);
        if self.backward {
            hashes.reverse();
        }
        if !hashes.is_empty() {
            let text = text.to_owned();
            self.drafts.push(Draft { hashes, text, item });
        }
    }

    /// Puts the phrases that were added where they are looked for.
    fn finish(&mut self) {
        let mut drafts = std::mem::take(&mut self.drafts);
        drafts.sort_by_key(|draft| (draft.hashes[0], std::cmp::Reverse(draft.hashes.len())));
        for draft in drafts {
            let place = self.phrases.len() as u32;
            let group = self.by_key.entry(draft.hashes[0]);
            if group.end == 0 {
                (group.first, group.alone) = (place, place);
            }
            group.alone += u32::from(draft.hashes.len() > 1);
            group.end = place + 1;
            draft.hashes.iter().for_each(|&hash| self.members.mark(hash));
            self.phrases.push(Phrase {
                length: draft.hashes.len() as u32,
                hashes: self.hashes.len() as u32,
                item: draft.item,
            });
            self.hashes.extend(draft.hashes);
            self.texts.push(draft.text);
        }
    }

    /// The hashes of the words that phrases begin with (end with).
    fn keys(&self) -> impl Iterator<Item = u64> {
        self.by_key.keys()
    }

    /// Every phrase that begins with the first of these words (that ends with the last), longest first: its length in words,
    /// its spelling in the seeds, and what it stands for.
    #[inline]
    pub fn all<'p>(&'p self, words: &'p [Word]) -> impl Iterator<Item = (usize, &'p str, T)> {
        let (first, end) = self.with_key_of(words);
        let group = self.texts[first..end].iter().zip(&self.phrases[first..end]);
        group
            .filter(|(_, phrase)| self.fits(phrase, words))
            .map(|(text, phrase)| (phrase.length as usize, text.as_str(), phrase.item))
    }

    /// False for a word that surely stands in none of the phrases.
    #[inline]
    pub fn may_hold(&self, word: &Word) -> bool {
        self.members.lets_through(word.hash)
    }

    /// The longest phrase that begins (ends) there.
    #[inline]
    pub fn longest(&self, words: &[Word]) -> Option<(usize, T)> {
        match self.with_key_of(words) {
            (_, 0) => None,
            (first, end) => self.longest_of(&self.phrases[first..end], words),
        }
    }

    fn longest_of(&self, phrases: &[Phrase<T>], words: &[Word]) -> Option<(usize, T)> {
        let longest = phrases.iter().find(|phrase| self.fits(phrase, words))?;
        Some((longest.length as usize, longest.item))
    }

    /// The places of the phrases that share their first (last) word with these; the end is 0 where there is none.
    #[inline]
    fn with_key_of(&self, words: &[Word]) -> (usize, usize) {
        let (key, next) = match (self.backward, words) {
            (true, [.., next, key]) | (false, [key, next, ..]) => (key, Some(next)),
            (_, [key]) => (key, None),
            _ => return (0, 0),
        };
        let Some(group) = self.by_key.get(key.hash) else {
            return (0, 0);
        };
        // Where the next word stands in no phrase, only a phrase of one word can be meant.
        let longer = next.is_some_and(|next| self.may_hold(next));
        let first = if longer { group.first } else { group.alone };
        match first < group.end {
            true => (first as usize, group.end as usize),
            false => (0, 0),
        }
    }

    /// True where the words behind the first (before the last) are those of the phrase too.
    fn fits(&self, phrase: &Phrase<T>, words: &[Word]) -> bool {
        let length = phrase.length as usize;
        let hashes = &self.hashes[phrase.hashes as usize..][..length];
        length == 1
            || length <= words.len()
                && if self.backward {
                    hashes
                        .iter()
                        .zip(words.iter().rev())
                        .all(|(&hash, word)| hash == word.hash)
                } else {
                    hashes.iter().zip(words).all(|(&hash, word)| hash == word.hash)
                }
    }
}

/// The hashes of a phrase's words and marks.
fn hashes(text: &str) -> Vec<u64> {
    // Nearly all are words of plain letters, which need not be cut.
    let is_plain = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    match text.split(' ').all(is_plain) {
        true => text.split(' ').map(Fold::of).collect(),
        false => cut_hashes(text),
    }
}

/// The same for any phrase, as a page has them.
fn cut_hashes(text: &str) -> Vec<u64> {
    static NO_WORDS: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::default);
    let document = Document::new("", text);
    let page = Page::new(&document, &NO_WORDS);
    page.words.iter().map(|word| word.hash).collect()
}

/// Word lists of the claims stage.
#[derive(Debug, Clone, Default)]
pub struct ClaimSeeds {
    /// Number words by hash.
    pub numbers: Listed<NumberWord>,
    /// Units and currencies.
    pub units: Vec<Unit>,
    /// Names and signs of units behind a number.
    pub unit_names: Phrases<UnitName>,
    /// Signs of currencies before a number.
    pub currency_signs: Phrases<usize>,
    /// Hedges that end before a number.
    pub hedges_before: Phrases<Option<Hedge>>,
    /// Hedges that begin behind a figure.
    pub hedges_after: Phrases<Option<Hedge>>,
    /// Words that make the number behind them a name: section, channel.
    pub names_before: Phrases<()>,
    /// Words that make the number before them a name or a time: street, p.m.
    pub names_after: Phrases<()>,
    /// Whole phrases that hold a number and are no figure: "one of the", "24/7".
    pub idioms: Phrases<()>,
    /// Words that matter beside numbers, by hash.
    pub contexts: Listed<Context>,
    /// Words that may belong to the number behind them.
    leading: Sieve,
    /// Words that may belong to the number before them, or join it to another.
    following: Sieve,
}

/// Words that may belong to the number behind them, beside the signs of currencies.
const LEADING: &[&str] = &["minus", "negative", "point", "of", "magnitude"];

/// Words that may belong to the number before them, or join it to another, beside those of the lists.
const FOLLOWING: &[&str] = &[
    "and", "below", "but", "fold", "in", "of", "or", "out", "over", "point", "through", "thru", "times", "to", "until",
    "up", "x", "x10", "yet",
];

impl ClaimSeeds {
    /// Reads the lists, each from `folder` where it holds the file.
    pub fn load(folder: Option<&Path>, vocabulary: &mut Vocabulary) -> Result<Self, Error> {
        let mut seeds = ClaimSeeds {
            currency_signs: Phrases::backward(),
            hedges_before: Phrases::backward(),
            names_before: Phrases::backward(),
            ..Self::default()
        };
        seeds.load_numbers(folder, vocabulary)?;
        seeds.load_units(folder, vocabulary)?;
        seeds.load_currencies(folder, vocabulary)?;
        seeds.load_hedges(folder, vocabulary)?;
        seeds.load_names(folder)?;
        seeds.load_contexts(folder)?;
        seeds.unit_names.finish();
        seeds.currency_signs.finish();
        seeds.hedges_before.finish();
        seeds.hedges_after.finish();
        seeds.names_before.finish();
        seeds.names_after.finish();
        seeds.idioms.finish();
        seeds.mark_neighbours();
        Ok(seeds)
    }

    /// Marks the words that have something to say to a number beside them.
    fn mark_neighbours(&mut self) {
        let leading = LEADING.iter().map(|word| Fold::of(word));
        leading
            .chain(self.currency_signs.keys())
            .for_each(|hash| self.leading.mark(hash));
        let links = |hash| {
            let context = self.contexts.get(hash).unwrap_or_default();
            context.has(Context::BETWEEN) || context.has(Context::WAVER)
        };
        let following = FOLLOWING.iter().map(|word| Fold::of(word));
        following
            .chain(self.unit_names.keys())
            .chain(self.hedges_after.keys())
            .chain(self.names_after.keys())
            .chain(self.numbers.keys())
            .chain(self.contexts.keys().filter(|&hash| links(hash)))
            .for_each(|hash| self.following.mark(hash));
    }

    /// False for a word that surely does not belong to the number behind it.
    #[inline]
    pub fn may_lead_number(&self, word: &Word) -> bool {
        self.leading.lets_through(word.hash)
    }

    /// False for a word that surely neither belongs to the number before it nor joins it to another.
    #[inline]
    pub fn may_follow_number(&self, word: &Word) -> bool {
        self.following.lets_through(word.hash)
    }

    /// What a word says beside a number.
    pub fn context(&self, word: &Word) -> Context {
        self.contexts.get(word.hash).unwrap_or_default()
    }

    fn load_numbers(&mut self, folder: Option<&Path>, vocabulary: &mut Vocabulary) -> Result<(), Error> {
        let (file, text) = source(folder, "number_words.csv", include_str!("../../seeds/number_words.csv"))?;
        for row in Table::read(&file, &text, &["word", "kind", "value"])?.rows() {
            let kind = row.get("kind");
            let kind = NumberKind::named(kind).ok_or_else(|| row.error("kind", format!("\"{kind}\" is no kind")))?;
            let value = row
                .number("value")?
                .ok_or_else(|| row.error("value", "is empty, wanted a number"))?;
            let word = row.get("word");
            for hash in hashes(word) {
                *self.numbers.entry(hash) = NumberWord { kind, value };
            }
            let class = match kind {
                NumberKind::Suffix => Class::NONE,
                NumberKind::Double => Class::MULTIPLIER,
                _ => Class::NUMBER_WORD,
            };
            vocabulary.add(word, class);
        }
        Ok(())
    }

    fn load_units(&mut self, folder: Option<&Path>, vocabulary: &mut Vocabulary) -> Result<(), Error> {
        let (file, text) = source(folder, "units.csv", include_str!("../../seeds/units.csv"))?;
        for row in Table::read(
            &file,
            &text,
            &["unit", "category", "size", "names", "symbols", "letters"],
        )?
        .rows()
        {
            let category = row.get("category");
            let category = Category::named(category)
                .ok_or_else(|| row.error("category", format!("\"{category}\" is no category")))?;
            let unit = self.units.len();
            self.units.push(Unit {
                name: row.get("unit").to_owned(),
                category,
                size: row.number("size")?,
                scale: 1.0,
                part: false,
            });
            self.add_names(&row, "names", unit, Sign::Name, vocabulary);
            self.add_names(&row, "symbols", unit, Sign::Symbol, vocabulary);
            self.add_names(&row, "letters", unit, Sign::Letter, vocabulary);
        }
        Ok(())
    }

    /// Adds the names of a unit, and the plural with s of a name that ends in another letter.
    fn add_names(&mut self, row: &Row, column: &str, unit: usize, sign: Sign, vocabulary: &mut Vocabulary) {
        for name in row.list(column) {
            self.unit_names.add(name, UnitName { unit, sign });
            if sign == Sign::Name && !name.ends_with('s') && name.ends_with(char::is_alphabetic) {
                let plural = format!("{name}s");
                self.unit_names.add(&plural, UnitName { unit, sign });
                if !name.contains([' ', '-', '.']) {
                    vocabulary.add(&plural, Class::UNIT);
                }
            }
            if sign == Sign::Name && !name.contains([' ', '-', '.']) {
                vocabulary.add(name, Class::UNIT);
            }
        }
    }

    fn load_currencies(&mut self, folder: Option<&Path>, vocabulary: &mut Vocabulary) -> Result<(), Error> {
        let (file, text) = source(folder, "currencies.csv", include_str!("../../seeds/currencies.csv"))?;
        for row in Table::read(&file, &text, &["code", "names", "prefixes", "suffixes", "part"])?.rows() {
            let code = row.get("code");
            let part = row.number("part")?;
            let small = matches!(code, "cent" | "pence");
            let unit = self.units.len();
            self.units.push(Unit {
                name: code.to_owned(),
                category: Category::Money,
                size: Some(part.filter(|_| small).unwrap_or(1.0)),
                scale: part.filter(|_| !small).unwrap_or(1.0),
                part: part.is_some_and(|part| part < 1.0),
            });
            self.add_names(&row, "names", unit, Sign::Name, vocabulary);
            for sign in row.list("suffixes") {
                let letter = sign.chars().count() == 1 && sign.chars().all(|c| c.is_ascii_lowercase());
                let sign_kind = if letter { Sign::Letter } else { Sign::Symbol };
                self.unit_names.add(sign, UnitName { unit, sign: sign_kind });
            }
            for sign in row.list("prefixes") {
                self.currency_signs.add(sign, unit);
            }
        }
        Ok(())
    }

    fn load_hedges(&mut self, folder: Option<&Path>, vocabulary: &mut Vocabulary) -> Result<(), Error> {
        let (file, text) = source(folder, "hedges.csv", include_str!("../../seeds/hedges.csv"))?;
        for row in Table::read(&file, &text, &["phrase", "side", "comparison"])?.rows() {
            let hedge = match row.get("comparison") {
                "" => None,
                "nearly" => Some(Hedge::Nearly),
                name => Some(Hedge::Is(Comparison::named(name).ok_or_else(|| {
                    row.error(
                        "comparison",
                        format!("\"{name}\" is no comparison, nor nearly, nor empty"),
                    )
                })?)),
            };
            let phrase = row.get("phrase");
            match row.get("side") {
                "before" => self.hedges_before.add(phrase, hedge),
                "after" => self.hedges_after.add(phrase, hedge),
                other => return Err(row.error("side", format!("\"{other}\" is neither before nor after"))),
            }
            if hedge.is_some() && phrase.chars().all(char::is_alphabetic) {
                vocabulary.add(phrase, Class::HEDGE);
            }
        }
        Ok(())
    }

    fn load_names(&mut self, folder: Option<&Path>) -> Result<(), Error> {
        let (file, text) = source(folder, "number_names.csv", include_str!("../../seeds/number_names.csv"))?;
        for row in Table::read(&file, &text, &["words", "side"])?.rows() {
            let list = match row.get("side") {
                "before" => &mut self.names_before,
                "after" => &mut self.names_after,
                "phrase" => &mut self.idioms,
                other => return Err(row.error("side", format!("\"{other}\" is neither before, after nor phrase"))),
            };
            list.add(row.get("words"), ());
        }
        Ok(())
    }

    fn load_contexts(&mut self, folder: Option<&Path>) -> Result<(), Error> {
        let (file, text) = source(
            folder,
            "number_context.csv",
            include_str!("../../seeds/number_context.csv"),
        )?;
        for row in Table::read(&file, &text, &["word", "roles"])?.rows() {
            let [hash] = hashes(row.get("word"))[..] else {
                return Err(row.error("word", format!("\"{}\" is not one word", row.get("word"))));
            };
            for role in row.list("roles") {
                let context =
                    Context::named(role).ok_or_else(|| row.error("roles", format!("\"{role}\" is no role")))?;
                self.contexts.entry(hash).0 |= context.0;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_have_the_hashes_that_a_page_gives_them() {
        let lists = [
            include_str!("../../seeds/words.csv"),
            include_str!("../../seeds/units.csv"),
            include_str!("../../seeds/number_words.csv"),
            "I a A An CANNOT cannot gonna wanna dont ive im hello HELLO McDonald USD kWh",
        ];
        let long = ["a".repeat(63), "Ab".repeat(64), "abc".repeat(300)].join(" ");
        let words = || {
            lists
                .iter()
                .flat_map(|list| list.split(|c: char| !c.is_ascii_alphabetic()))
        };
        for word in words().filter(|word| !word.is_empty()).chain([&*long]) {
            let phrase = format!("{word} Of {word}");
            assert_eq!(hashes(word), cut_hashes(word), "{word}");
            assert_eq!(hashes(&phrase), cut_hashes(&phrase), "{phrase}");
        }
    }
}
