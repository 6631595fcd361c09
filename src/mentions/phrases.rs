//! Where a noun phrase begins and ends, told from word classes alone.
//!
//! Needs the words of a page, gives [`Phrase`]s: what opens it (article, number), who owns it (`Trump’s`), and its body up to
//! the head noun or the end of a name. It knows no grammar beyond which words can stand in a phrase; in doubt between noun and
//! verb it asks what stands before.

use super::facts::{Fact, Facts};
use crate::seeds::Class;
use crate::words::{Fold, Kind, Page, Shape, Word};

/// Words that never stand inside a noun phrase.
pub(super) const FUNCTION: Class = union(&[
    Class::ARTICLE,
    Class::DETERMINER,
    Class::POSSESSIVE,
    Class::PERSON_PRONOUN,
    Class::OBJECT_PRONOUN,
    Class::REFLEXIVE,
    Class::RELATIVE,
    Class::PREPOSITION,
    Class::SUBORDINATOR,
    Class::COORDINATOR,
    Class::AUXILIARY,
    Class::MODAL,
    Class::NEGATION,
    Class::ADVERB,
    Class::INFINITIVE_MARK,
    Class::PLURAL_SUBJECT,
]);

/// Nouns that name one person by office, work, kinship.
pub(super) const PERSON: Class = union(&[
    Class::ROLE,
    Class::PERSON_NOUN,
    Class::SPOKESPERSON,
    Class::FAMILY,
    Class::TITLE,
]);

/// Nouns that name a body, an outlet or a document.
pub(super) const BODY: Class = union(&[Class::ORGANISATION, Class::MEDIA, Class::DOCUMENT]);

/// Every noun that can be on record.
pub(super) const HEAD: Class = union(&[PERSON, BODY, Class::PLURAL_PERSON]);

/// First names.
pub(super) const FIRST_NAME: Class = union(&[Class::MALE_NAME, Class::FEMALE_NAME]);

/// Finite and helping verbs.
pub(super) const FINITE: Class = union(&[
    Class::VERB_PAST,
    Class::VERB_THIRD,
    Class::VERB_BASE,
    Class::AUXILIARY,
    Class::MODAL,
    Class::CUE,
    Class::SAY,
]);

/// All bits of several classes, at compile time.
pub(super) const fn union(classes: &[Class]) -> Class {
    let mut all = Class::NONE;
    let mut i = 0;
    while i < classes.len() {
        all = all.or(classes[i]);
        i += 1;
    }
    all
}

/// A noun phrase, by word indices; ends are exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    /// First word, article and number included.
    pub first: usize,
    /// First word behind article, number and owner.
    pub body: usize,
    /// The `'s` of the owner, where there is one.
    pub owner: Option<usize>,
    /// First word of the owner's own body, behind its article.
    pub owner_body: usize,
    /// One past its last word.
    pub end: usize,
}

impl Phrase {
    /// True where no word stands in the body.
    pub(super) fn is_empty(&self) -> bool {
        self.end <= self.body
    }
}

/// Reads phrases from a page.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub page: &'a Page<'a>,
    pub words: &'a [Word],
    /// What is told of each word.
    pub facts: &'a Facts,
    pub hashes: &'a Hashes,
    /// True in a line where nearly every word has a capital.
    headline: bool,
    /// The fact of a capital that means something.
    capital: Fact,
}

/// What a word or mark does to a phrase that came up to it.
enum Step {
    /// The phrase ends before it.
    End,
    /// The phrase goes on with this word.
    Past(usize),
    /// It belongs to who is named so far: another body begins.
    Owns,
}

/// Words and marks of `52-year-old`.
const AGED: usize = 5;

/// Hashes of the few words that the rules name.
pub(super) struct Hashes {
    pub of: u64,
    pub in_: u64,
    pub and: u64,
    pub or: u64,
    pub the: u64,
    pub this: u64,
    pub that: u64,
    pub one: u64,
    pub it: u64,
    pub none: u64,
    pub those: u64,
    pub another: u64,
    pub according: u64,
    pub who: u64,
    pub which: u64,
    pub i: u64,
    pub to: u64,
    pub by: u64,
    pub from: u64,
    pub s: u64,
    pub old: u64,
    pub former: u64,
    pub state: u64,
    pub white: u64,
    pub house: u64,
    pub united: u64,
    pub saint: u64,
    pub attach: [u64; 9],
    pub quantity: [u64; 17],
}

/// The hashes, made once and for all.
pub(super) const HASHES: Hashes = Hashes {
    of: Fold::of_ascii("of"),
    in_: Fold::of_ascii("in"),
    and: Fold::of_ascii("and"),
    or: Fold::of_ascii("or"),
    the: Fold::of_ascii("the"),
    this: Fold::of_ascii("this"),
    that: Fold::of_ascii("that"),
    one: Fold::of_ascii("one"),
    it: Fold::of_ascii("it"),
    none: Fold::of_ascii("none"),
    those: Fold::of_ascii("those"),
    another: Fold::of_ascii("another"),
    according: Fold::of_ascii("according"),
    who: Fold::of_ascii("who"),
    which: Fold::of_ascii("which"),
    i: Fold::of_ascii("i"),
    to: Fold::of_ascii("to"),
    by: Fold::of_ascii("by"),
    from: Fold::of_ascii("from"),
    s: Fold::of_ascii("'s"),
    old: Fold::of_ascii("old"),
    former: Fold::of_ascii("former"),
    state: Fold::of_ascii("state"),
    white: Fold::of_ascii("white"),
    house: Fold::of_ascii("house"),
    united: Fold::of_ascii("united"),
    saint: Fold::of_ascii("st"),
    attach: [
        Fold::of_ascii("of"),
        Fold::of_ascii("for"),
        Fold::of_ascii("at"),
        Fold::of_ascii("in"),
        Fold::of_ascii("from"),
        Fold::of_ascii("with"),
        Fold::of_ascii("on"),
        Fold::of_ascii("inside"),
        Fold::of_ascii("within"),
    ],
    quantity: [
        Fold::of_ascii("percent"),
        Fold::of_ascii("third"),
        Fold::of_ascii("quarter"),
        Fold::of_ascii("half"),
        Fold::of_ascii("majority"),
        Fold::of_ascii("minority"),
        Fold::of_ascii("group"),
        Fold::of_ascii("number"),
        Fold::of_ascii("handful"),
        Fold::of_ascii("dozen"),
        Fold::of_ascii("dozens"),
        Fold::of_ascii("hundreds"),
        Fold::of_ascii("thousands"),
        Fold::of_ascii("couple"),
        Fold::of_ascii("plurality"),
        Fold::of_ascii("cent"),
        Fold::of_ascii("range"),
    ],
};

impl<'a> Reader<'a> {
    pub(super) fn new(page: &'a Page<'a>, facts: &'a Facts) -> Reader<'a> {
        Reader {
            page,
            words: &page.words,
            facts,
            hashes: &HASHES,
            headline: false,
            capital: Fact::UPPER,
        }
    }

    /// The same for a line where nearly every word has a capital, or for another line.
    pub(super) fn for_line(self, headline: bool) -> Reader<'a> {
        let capital = if headline { Fact::NAME_LIKE } else { Fact::UPPER };
        Reader {
            headline,
            capital,
            ..self
        }
    }

    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.words.get(at).is_some_and(|w| w.is(class))
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.words.get(at).map(|w| w.kind)
    }

    pub(super) fn hash(&self, at: usize) -> u64 {
        self.words.get(at).map_or(0, |w| w.hash)
    }

    /// A capital that means something: in a line where nearly every word has one, only unknown words and names do.
    #[inline]
    pub(super) fn capital(&self, at: usize) -> bool {
        self.facts.get(at).is_some_and(|fact| fact.is(self.capital))
    }

    /// One capital letter, as initials are.
    pub(super) fn initial(&self, at: usize) -> bool {
        self.capital(at) && self.words[at].end - self.words[at].start == 1
    }

    /// A finite verb at `at`, adverbs before it passed over: where it stands.
    pub(super) fn verb_from(&self, at: usize, end: usize) -> Option<usize> {
        let verb = self.past_adverbs(at);
        ((verb < end) & self.finite(verb)).then_some(verb)
    }

    /// True for a finite verb.
    #[inline]
    pub(super) fn finite(&self, at: usize) -> bool {
        let fact = self.facts.get(at).copied().unwrap_or_default();
        fact.has_of(self.capital.or(Fact::FINITE), Fact::FINITE)
    }

    /// Behind the adverbs at `at`, of which up to three are passed over: a finite verb there is that of [`Reader::verb_from`].
    #[inline]
    pub(super) fn past_adverbs(&self, at: usize) -> usize {
        let mask = self.capital.or(Fact::FINITE).or(Fact::ADVERB);
        // No word stands behind the last three facts. How many adverbs there are is unpredictable.
        let Some(&[a, b, c]) = self.facts.get(at..).and_then(|facts| facts.first_chunk()) else {
            return at;
        };
        let [a, b, c] = [a, b, c].map(|fact| fact.has_of(mask, Fact::ADVERB));
        at + usize::from(a) + usize::from(a & b) + usize::from(a & b & c)
    }

    /// The apostrophe of a plural owner: `Sanders' adviser`.
    pub(super) fn plural_owner(&self, at: usize) -> bool {
        let word = &self.words[at];
        at > 0
            && word.kind == Kind::Quote
            && !word.spaced()
            && matches!(self.page.word(at), "'" | "’")
            && self.page.word(at - 1).ends_with('s')
            && self.words.get(at + 1).is_some_and(Word::spaced)
    }

    /// True right behind `according to`.
    pub(super) fn according_to(&self, at: usize) -> bool {
        let to = self.hash(at.wrapping_sub(1)) == self.hashes.to;
        to & (self.hash(at.wrapping_sub(2)) == self.hashes.according)
    }

    /// Behind "on Tuesday", "last week" and a comma: where the verb of the subject before them may stand.
    pub(super) fn past_time(&self, at: usize) -> usize {
        let time = union(&[Class::WEEKDAY, Class::MONTH, Class::TIME_NOUN]);
        let on = at + usize::from(self.is(at, Class::PREPOSITION));
        if !self.is(on, time) {
            return at;
        }
        let mut k = on;
        while k < on + 3 && (self.is(k, time) || self.kind(k) == Some(Kind::Number)) {
            k += 1;
        }
        k
    }

    /// The phrase that begins at `at`, if one does.
    #[inline]
    pub(super) fn phrase(&self, at: usize, end: usize) -> Option<Phrase> {
        let phrase = self.phrase_or_none(at, end);
        (!phrase.is_empty()).then_some(phrase)
    }

    /// The same, with an empty body where there is none. Where phrases are many they are read from where this writes them: to
    /// move what was written just now takes long.
    #[inline(never)]
    pub(super) fn phrase_or_none(&self, at: usize, end: usize) -> Phrase {
        // The facts take every capital for one that means something.
        if self.headline {
            return self.phrase_of_headline(at, end);
        }
        let first = self.facts[at];
        // Most phrases open with an article or its like, or with nothing; which of the two is unpredictable.
        let plain = |fact: Fact| fact.bit(Fact::LETTERS) & !fact.bit(Fact::OPENS);
        let one = first.bit(Fact::OPENS_ALONE) & plain(self.facts[at + 1]);
        let mut body = at + one;
        if one | plain(first) == 0 {
            body = self.opening(at, end);
        }
        // Without an article before it nouns that can be verbs are asked.
        let well = one & first.bit(Fact::OPENS_WELL) & self.facts[body].bit(Fact::BEGINS_OPENED);
        let begun = end.min(body + (self.facts[body].bit(Fact::BEGINS) | well));
        self.read_phrase::<true>(at, body, begun, end)
    }

    /// The same with each word asked.
    #[inline(never)]
    fn phrase_of_headline(&self, at: usize, end: usize) -> Phrase {
        let body = self.opening(at, end);
        self.read_phrase::<false>(at, body, body, end)
    }

    /// Reads a phrase that begins at `first` from word `k` of its body on. Where facts `TELL` of most words whether they stand in a
    /// phrase or end it, only the others are asked.
    #[inline(always)]
    fn read_phrase<const TELL: bool>(&self, first: usize, mut body: usize, mut k: usize, end: usize) -> Phrase {
        let owner_body = body;
        let mut owner = None;
        loop {
            let mut ends = usize::from(k >= end);
            if TELL {
                let inside = usize::from(k > body);
                k = end.min(k + inside * self.facts.standing(k));
                let fact = self.facts[k];
                let shut = inside & self.facts.closes(k) | !inside & fact.bit(Fact::BEGINS_NONE);
                // Behind the full stop of a sentence nothing can go on.
                let stopped = usize::from(k + 1 == end) & usize::from(fact.stops());
                ends = usize::from(k >= end) | shut | stopped;
            }
            if ends != 0 {
                break;
            }
            match self.step(k, first, body, end) {
                Step::End => break,
                Step::Past(next) => k = next,
                Step::Owns => {
                    owner = Some(k);
                    body = self.opening(k + 1, end);
                    k = match TELL {
                        true => end.min(body + self.facts[body].bit(Fact::BEGINS)),
                        false => body,
                    };
                }
            }
        }
        Phrase {
            first,
            body,
            owner,
            owner_body,
            end: k,
        }
    }

    /// What a word or mark does to a phrase that came up to it.
    #[inline(never)]
    fn step(&self, k: usize, first: usize, body: usize, end: usize) -> Step {
        // Behind letters that cannot stand in it a phrase ends; only marks and numbers may go on otherwise.
        if self.facts[k].is(Fact::LETTERS) {
            match self.stands_in(k, first, body, end) {
                true => Step::Past(k + 1),
                false => Step::End,
            }
        } else if let Some(next) = self.joined(k, body.max(first), end) {
            Step::Past(next)
        } else if k == body && self.aged(k, end) {
            Step::Past(k + AGED)
        } else if k > body && self.owns(k, end) {
            Step::Owns
        } else {
            Step::End
        }
    }

    /// `52-year-old`
    fn aged(&self, at: usize, end: usize) -> bool {
        let hyphen = |k: usize| self.kind(k) == Some(Kind::Hyphen);
        let old = at + AGED <= end && self.hash(at + AGED - 1) == self.hashes.old;
        old && self.kind(at) == Some(Kind::Number) && hyphen(at + 1) && hyphen(at + 3)
    }

    /// True where an article or its like stands before the body, so that a participle may begin it: `the retired judge`.
    fn opened(&self, first: usize, body: usize) -> bool {
        body > first && !self.words[body - 1].is(Class::PLURAL_PERSON.or(Class::PERSON_PRONOUN))
    }

    /// The first word behind articles, possessives and numbers.
    pub(super) fn opening(&self, at: usize, end: usize) -> usize {
        let opens = union(&[
            Class::ARTICLE,
            Class::DETERMINER,
            Class::POSSESSIVE,
            Class::NUMBER_WORD,
            Class::ORDINAL,
        ]);
        let mut k = at;
        while k < end && k < at + 6 {
            let word = &self.words[k];
            // Most phrases have no such word, or one.
            if word.letters() && !word.is(opens.or(Class::HEDGE)) && word.hash != self.hashes.one {
                break;
            }
            let number = word.kind == Kind::Number && self.kind(k + 1) != Some(Kind::Hyphen);
            let hedged = word.is(Class::HEDGE) && (self.is_number(k + 1) || self.share_at(k + 1));
            let one = word.hash == self.hashes.one && k + 1 < end && self.plain(k + 1);
            let letters = one || word.letters() && word.is(opens) && word.hash != self.hashes.that;
            if !(number || hedged || letters && !self.names_go_on(k)) {
                break;
            }
            k += 1;
            // "four in 10 voters"
            if self.is_number(k - 1) && self.hash(k) == self.hashes.in_ && self.is_number(k + 1) {
                k += 2;
            }
        }
        k
    }

    /// `a third`, `a quarter`
    fn share_at(&self, at: usize) -> bool {
        self.is(at, Class::ARTICLE) && self.hashes.quantity.contains(&self.hash(at + 1))
    }

    fn is_number(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Number) || self.is(at, Class::NUMBER_WORD)
    }

    /// A capital at `at` that is a small word and here the first of a name: `Will Smith`, `Van Hollen`.
    fn names_go_on(&self, at: usize) -> bool {
        self.capital(at)
            && self.words[at].is(union(&[FIRST_NAME, Class::NAME_PARTICLE]))
            && !self.words[at].is(Class::ARTICLE)
            && self.capital(at + 1)
            && !self.is(at + 1, FUNCTION)
    }

    /// True where word `k` can stand in the body of a phrase that began at `first`, and its body at `body`. What it says of most
    /// words [`facts`](super::facts) tell beforehand, so a change here goes with one there; a test holds the two together.
    fn stands_in(&self, k: usize, first: usize, body: usize, end: usize) -> bool {
        let word = &self.words[k];
        if !word.letters() {
            return false;
        }
        if self.capital(k) {
            return self.capital_stands_in(k, body);
        }
        if word.is(FUNCTION) {
            return word.is(Class::NAME_PARTICLE) && k > body && self.capital(k - 1) && self.capital(k + 1);
        }
        let behind_head = k > body && self.is(k - 1, HEAD);
        if behind_head && word.is(union(&[Class::POSTMODIFIER, Class::TIME_NOUN])) {
            return false;
        }
        !word.is(Class::VERB) || self.verb_stands_in(k, first, body, end)
    }

    fn capital_stands_in(&self, k: usize, body: usize) -> bool {
        let word = &self.words[k];
        // "Mar-a-Lago" is no day in March.
        let hyphened = self.kind(k + 1) == Some(Kind::Hyphen) && !self.words[k + 1].spaced();
        if word.is(union(&[Class::WEEKDAY, Class::MONTH])) && !hyphened && !self.first_name_here(k, body) {
            return false;
        }
        let initial = self.initial(k) && k > body && self.capital(k - 1) && self.kind(k + 1) == Some(Kind::Stop);
        if word.is(FUNCTION) && !word.shape.has(Shape::UPPER) && !initial {
            // "Theresa May", "Mr. Will"
            let behind_name = k > body && !self.headline && self.is(k - 1, union(&[FIRST_NAME, Class::TITLE]));
            return behind_name && self.capital(k - 1) || self.names_go_on(k);
        }
        // "Trump Says", "Continued Hale:": a verb of saying is no name, whatever its first letter.
        let inflected = union(&[Class::VERB_THIRD, Class::VERB_PAST]);
        if word.is(Class::CUE) && word.is(inflected) && !word.is(union(&[FIRST_NAME, HEAD])) {
            return false;
        }
        if k == body {
            let opener = union(&[Class::VERB_GERUND, Class::VERB_PAST, Class::VERB_PARTICIPLE]);
            let verb = word.is(opener) && !word.is(union(&[FIRST_NAME, Class::NOUN, Class::ADJECTIVE]));
            return !verb || self.capital(k + 1);
        }
        // A plain noun before a capital ends a phrase of its own: "last week Trump", "in a statement Trump".
        let before = &self.words[k - 1];
        self.capital(k - 1)
            || before.kind != Kind::Letters
            || before.is(union(&[
                HEAD,
                Class::ADJECTIVE,
                Class::NAME_PARTICLE,
                Class::VERB_PAST,
                Class::VERB_PARTICIPLE,
            ]))
            || before.hash == self.hashes.state
            || word.is(union(&[Class::TITLE, Class::ROLE]))
    }

    /// `May said`, `said Will`: a small word with a capital beside a verb of saying, which may be a surname.
    pub(super) fn small_surname(&self, at: usize) -> bool {
        let small = union(&[Class::MODAL, Class::PREPOSITION, Class::ADVERB, Class::MONTH]);
        let word = &self.words[at];
        (word.is(small) & word.capital() & !self.headline) && self.beside_say(at, at)
    }

    /// True where a finite verb of saying stands right before or behind some words.
    pub(super) fn beside_say(&self, first: usize, last: usize) -> bool {
        let finite = union(&[Class::VERB_PAST, Class::VERB_THIRD]);
        let says = |k: usize| self.is(k, Class::SAY) && self.is(k, finite);
        // "said the union's Paul Hall": in front of the owner.
        let owned = first > 1 && self.kind(first - 1) == Some(Kind::Clitic);
        let owner = |k: &usize| self.capital(*k) || self.is(*k, Class::ARTICLE);
        let opens = match owned {
            true => (0..first - 1).rev().take(4).take_while(owner).last().unwrap_or(first),
            false => first,
        };
        says(last + 1) || opens > 0 && says(opens - 1)
    }

    /// A month that is a first or last name here: `June Carter`, `Theresa May`.
    fn first_name_here(&self, k: usize, body: usize) -> bool {
        let name_before = k > body && self.is(k - 1, union(&[FIRST_NAME, Class::TITLE]));
        name_before || self.is(k, FIRST_NAME) && self.capital(k + 1)
    }

    /// True where a word that can be a verb is a noun or an adjective here.
    fn verb_stands_in(&self, k: usize, first: usize, body: usize, end: usize) -> bool {
        let word = &self.words[k];
        let next_goes_on = k + 1 < end && self.plain(k + 1);
        if k == body {
            let opened = self.opened(first, body);
            let described = union(&[Class::VERB_PAST, Class::VERB_PARTICIPLE, Class::VERB_GERUND]);
            let some = k > 0 && self.is(k - 1, Class::PLURAL_PERSON) && word.is(Class::VERB_BASE) && !word.is(HEAD);
            if some && (self.object_at(k + 1, end) || word.is(Class::SAY)) {
                return false;
            }
            if !opened && !word.is(HEAD) && !word.is(Class::ADJECTIVE) && self.capital(k + 1) {
                return false;
            }
            // No verb follows an article: a word that the lists know as a verb alone is a noun there.
            let article = k > 0 && self.is(k - 1, union(&[Class::ARTICLE, Class::POSSESSIVE]));
            if article && !word.is(union(&[Class::VERB_PAST, Class::VERB_PARTICIPLE, Class::VERB_GERUND])) {
                return true;
            }
            let past = word.is(Class::VERB_PAST) && !word.is(union(&[HEAD, Class::NOUN]));
            if past && !opened && word.is(Class::SAY) {
                return false;
            }
            if past && !opened {
                let free = k == 0 || !self.words[k - 1].letters() || self.is(k - 1, Class::PREPOSITION);
                return free && next_goes_on && self.is(k + 1, HEAD) && !self.capital(k + 1);
            }
            return word.is(union(&[HEAD, Class::NOUN, Class::ADJECTIVE]))
                || opened && word.is(described) && next_goes_on;
        }
        let before = &self.words[k - 1];
        // Behind a plain word that heads nothing a form that only a noun or a base can have is what the lists say.
        let heads = before.is(union(&[HEAD, Class::PLURAL_PERSON])) | self.capital(k - 1);
        let inflected = word.is(union(&[Class::VERB_PAST, Class::VERB_THIRD, Class::SAY]));
        let noun = word.is(Class::NOUN);
        if !(heads | inflected) & (noun | !word.is(union(&[HEAD, Class::ADJECTIVE]))) {
            return noun;
        }
        let bodies = before.is(BODY) && !word.is(HEAD) && self.page.word(k - 1).ends_with('s');
        let base = bodies && word.is(Class::VERB_BASE) && self.object_at(k + 1, end);
        if base || word.is(Class::SAY) && !word.is(HEAD) {
            return false;
        }
        if before.is(Class::PLURAL_PERSON) || before.is(HEAD) && word.is(Class::VERB_PAST) {
            return false;
        }
        // A past form behind a noun is the verb; only an adjective or a hyphen before it lets it describe.
        if word.is(Class::VERB_PAST) && !word.is(HEAD) {
            return next_goes_on
                && (before.is(Class::ADJECTIVE) || before.kind == Kind::Hyphen)
                && !self.object_at(k + 1, end);
        }
        if word.is(Class::VERB_THIRD) && (self.capital(k - 1) || before.is(HEAD)) {
            let noun = self.verb_from(k + 1, end).is_some() || self.is(k + 1, Class::PREPOSITION);
            if word.is(Class::CUE) && (self.headline || before.is(Class::MEDIA) || !noun) {
                return false;
            }
            return word.is(union(&[HEAD, Class::NOUN])) && !self.object_at(k + 1, end);
        }
        if self.capital(k - 1) && !word.is(HEAD) {
            return next_goes_on && word.is(Class::NOUN) && self.is(k + 1, HEAD);
        }
        if word.is(Class::ADJECTIVE) && !word.is(Class::NOUN) {
            return next_goes_on && !before.is(HEAD);
        }
        word.is(union(&[HEAD, Class::NOUN]))
    }

    /// True where an object or a clause begins, as behind a verb: an article, a pronoun, `that`, a capital, an opening mark.
    pub(super) fn object_at(&self, at: usize, end: usize) -> bool {
        let opens = union(&[
            Class::ARTICLE,
            Class::DETERMINER,
            Class::POSSESSIVE,
            Class::PERSON_PRONOUN,
            Class::OBJECT_PRONOUN,
            Class::SUBORDINATOR,
            Class::INFINITIVE_MARK,
            Class::ADVERB,
        ]);
        at < end
            && match self.words[at].kind {
                Kind::Letters => self.is(at, opens) || self.capital(at),
                Kind::Number | Kind::Quote | Kind::Colon => true,
                _ => false,
            }
    }

    /// A word that goes on with a phrase: letters, no small word, no sure verb.
    fn plain(&self, at: usize) -> bool {
        let word = &self.words[at];
        let verb = word.is(Class::VERB) && !word.is(union(&[Class::NOUN, Class::ADJECTIVE, HEAD]));
        let small = word.is(FUNCTION) && !(word.shape.has(Shape::UPPER) && word.is(Class::PLACE));
        word.letters() && !small && (self.capital(at) || !verb)
    }

    /// Where the phrase goes on behind a mark inside it: hyphen, stop of an abbreviation, `&`, `/`.
    fn joined(&self, k: usize, body: usize, end: usize) -> Option<usize> {
        if k == 0 || k >= end || k < body {
            return None;
        }
        let (mark, before) = (&self.words[k], &self.words[k - 1]);
        let letters_next = k + 1 < end && matches!(self.words[k + 1].kind, Kind::Letters | Kind::Number);
        match mark.kind {
            Kind::Hyphen => (letters_next && !mark.spaced() && !self.words[k + 1].spaced()).then_some(k + 2),
            Kind::Stop if mark.spaced() || k == body => None,
            Kind::Stop if before.is(union(&[Class::NAME_SUFFIX, Class::COMPANY_SUFFIX])) && self.capital(k - 1) => {
                (k + 1 < end).then_some(k + 1)
            }
            Kind::Stop => {
                let short = before.is(union(&[Class::TITLE, Class::ABBREVIATION])) || self.initial(k - 1);
                (short && self.capital(k - 1) && k + 1 < end && self.capital(k + 1)).then_some(k + 1)
            }
            Kind::Symbol if self.page.word(k) == "&" => {
                (k > body && self.capital(k - 1) && self.capital(k + 1)).then_some(k + 1)
            }
            Kind::Slash if !mark.spaced() => (k > body && self.capital(k - 1) && self.capital(k + 1)).then_some(k + 1),
            _ => None,
        }
    }

    /// True where `k` is a possessive mark that what follows belongs to.
    fn owns(&self, k: usize, end: usize) -> bool {
        if k >= end {
            return false;
        }
        let word = &self.words[k];
        let clitic = word.kind == Kind::Clitic && word.hash == self.hashes.s;
        let apostrophe = self.plural_owner(k);
        if !(clitic || apostrophe) {
            return false;
        }
        let next = self.opening_of_owned(k + 1, end);
        next < end
            && (self.plain(next) || self.is(next, union(&[Class::VERB_PAST, HEAD])) && self.words[next].letters())
    }

    fn opening_of_owned(&self, at: usize, end: usize) -> usize {
        let numbers =
            |k: usize| self.is(k, union(&[Class::NUMBER_WORD, Class::ORDINAL])) || self.kind(k) == Some(Kind::Number);
        (at..end).find(|&k| !numbers(k)).unwrap_or(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::Seeds;
    use crate::text::Document;

    #[test]
    fn what_is_told_beforehand_of_a_phrase_is_what_its_words_say() {
        let seeds = Seeds::built_in().expect("built-in seeds are right");
        let texts = include_str!("../../fixtures/mentions.csv");
        let titled = |line: &str| {
            let mut letters = line.chars();
            let first = letters.next().map(|c| c.to_uppercase().collect::<String>());
            first.unwrap_or_default() + letters.as_str()
        };
        let lines = texts.lines().flat_map(|line| {
            let title: Vec<String> = line.split(' ').map(titled).collect();
            [
                line.to_owned(),
                line.to_lowercase(),
                title.join(" "),
                line.replace('"', " . "),
            ]
        });
        for line in lines {
            let document = Document::new("line", line);
            let page = Page::new(&document, &seeds.vocabulary);
            let mut facts = Facts::default();
            facts.tell(&page);
            let reader = Reader::new(&page, &facts);
            let last = page.words.len();
            for at in 0..last {
                for end in [last, last.min(at + 3)] {
                    let told = reader.phrase_or_none(at, end);
                    let asked = reader.phrase_of_headline(at, end);
                    assert_eq!(told, asked, "word {at} of {}", document.text);
                }
            }
        }
    }

    #[test]
    fn hashes_made_beforehand_are_those_of_words() {
        assert_eq!(HASHES.according, Fold::of("according"));
        assert_eq!(HASHES.s, Fold::of("'s"));
        assert_eq!(HASHES.s, Fold::of("’S"));
    }
}
