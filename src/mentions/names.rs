//! Runs of capitals: whose name it is, or what body's.
//!
//! Needs a phrase, gives the name in it, told from titles, first names, descriptions before it and words that end the names of
//! places and bodies (`Lincoln Center`). In doubt it is no person, or one that needs a second proof ([`Proof::Weak`]).

use super::facts::Fact;
use super::phrases::{BODY, FIRST_NAME, PERSON, Phrase, Reader};
use crate::seeds::Class;
use crate::words::{Kind, Shape};

/// How sure it is that a name is a person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Proof {
    /// Needs the words around it, or the same name elsewhere.
    Weak,
    /// Two unknown capitals.
    Shape,
    /// A first name, a title or a description says so.
    Sure,
}

/// A person's name in a phrase, by word indices, ends included.
#[derive(Debug, Clone, Copy)]
pub(super) struct PersonName {
    pub first: usize,
    pub last: usize,
    pub proof: Proof,
    /// How many names there are.
    pub units: usize,
}

/// What a capital cannot be when it ends a person's name.
const NO_SURNAME: Class = Class::ORGANISATION
    .or(Class::INSTITUTION)
    .or(Class::MEDIA)
    .or(Class::COMPANY_SUFFIX)
    .or(Class::WEEKDAY)
    .or(Class::MONTH)
    .or(Class::DEMONYM)
    .or(Class::PLURAL_PERSON)
    .or(Class::NOT_A_NAME);

/// What the lists know as something else than a name.
const KNOWN_WORD: Class = Class::COMMON
    .or(Class::VERB)
    .or(Class::NOUN)
    .or(Class::ADJECTIVE)
    .or(Class::ADVERB)
    .or(Class::PLACE)
    .or(Class::NUMBER_WORD)
    .or(Class::UNIT)
    .or(Class::TIME_NOUN)
    .or(NO_SURNAME)
    .or(PERSON);

impl Reader<'_> {
    /// Where the capitals that end a phrase begin; `end` where it ends in a plain word.
    pub(super) fn capitals(&self, phrase: &Phrase) -> usize {
        let last = phrase.end - 1;
        // Most phrases end in a plain noun with a word before it.
        let small = |k: usize| self.facts[k].is(Fact::SMALL) & !self.words[k].is(Class::NAME_PARTICLE);
        let hyphened = |k: usize| (k > phrase.body) & (self.words[k.max(1) - 1].kind == Kind::Hyphen);
        if small(last) & !hyphened(last) {
            return phrase.end;
        }
        // Most capitals stand behind such a word or begin the body.
        let mut start = phrase.end;
        while start > phrase.body && self.capital(start - 1) {
            start -= 1;
        }
        if start == phrase.body || small(start - 1) & !hyphened(start - 1) {
            return start;
        }
        let mut reach = start;
        let mut k = start;
        while k > phrase.body {
            k -= 1;
            let word = &self.words[k];
            let hyphened = k > phrase.body + 1 && self.words[k - 1].kind == Kind::Hyphen;
            if self.capital(k) {
                start = k;
                reach = k;
            } else if hyphened && word.kind != Kind::Hyphen && self.capital(k - 2) {
                k -= 1;
            } else if !(matches!(word.kind, Kind::Stop | Kind::Hyphen | Kind::Symbol | Kind::Slash)
                || word.is(Class::NAME_PARTICLE) && reach == k + 1)
            {
                break;
            } else if word.is(Class::NAME_PARTICLE) {
                reach = k;
            }
        }
        start
    }

    /// All classes of the words from `first` to `end`.
    #[inline]
    fn classes(&self, first: usize, end: usize) -> Class {
        self.words[first..end]
            .iter()
            .fold(Class::NONE, |all, word| all | word.classes)
    }

    /// The person's name that ends at `end` (exclusive), looked for from `from` on; `described` says that a noun for a person
    /// stands right before `from`.
    pub(super) fn person(&self, from: usize, end: usize, described: bool) -> Option<PersonName> {
        let last = self.name_end(from, end)?;
        let title = self.last_title(from, last);
        let mut first = title.map_or(from, |t| self.past_stop(t + 1));
        if title.is_none() {
            while first < last && self.describes(first) {
                first = self.past_stop(first + 1);
            }
        }
        let surname = self.surname(first, last);
        let units = self.units(first, last);
        let is = |class: Class| self.words[surname].is(class);
        let no_surname = self.capital(surname) & is(NO_SURNAME) & !((units == 1) & is(Class::DEMONYM));
        let bad = no_surname | (units > 5);
        let role_end = is(PERSON) & !is(FIRST_NAME) & !self.is(first, FIRST_NAME);
        if (first > last) | role_end {
            return None;
        }
        if bad && !self.surname_after_all(first, surname, title.is_some() || described) {
            return None;
        }
        let proof = self.proof(first, surname, units, title.is_some() || described)?;
        Some(PersonName {
            first,
            last,
            proof,
            units,
        })
    }

    fn proof(&self, first: usize, surname: usize, units: usize, told: bool) -> Option<Proof> {
        let known = |k: usize| self.is(k, KNOWN_WORD);
        let upper = |k: usize| self.words[k].shape.has(Shape::UPPER) && self.words[k].end - self.words[k].start > 2;
        if told {
            let common =
                units == 1 && self.is(first, Class::COMMON.or(Class::ADJECTIVE)) && !self.is(first, FIRST_NAME);
            return Some(if common { Proof::Weak } else { Proof::Sure });
        }
        if units == 1 {
            return (!upper(first) || self.words[first].end - self.words[first].start > 3).then_some(Proof::Weak);
        }
        if self.is(first, FIRST_NAME) {
            let doubtful = self.is(first, Class::PLACE.or(Class::COMMON).or(Class::VERB)) && known(surname);
            let place = self.is(surname, Class::PLACE) && self.is(first, KNOWN_WORD);
            return Some(if doubtful || place { Proof::Weak } else { Proof::Sure });
        }
        let initials = self.initial(first) || self.words[first].shape.has(Shape::UPPER) && !upper(first);
        if upper(first) || upper(surname) {
            return None;
        }
        if initials && !known(surname) {
            return Some(Proof::Sure);
        }
        if !known(surname) && !known(first) {
            return Some(Proof::Shape);
        }
        (!known(surname) || !known(first) && !self.is(first, BODY.or(Class::PLACE))).then_some(Proof::Weak)
    }

    /// `Hill`, `Street`, `May` as surnames: behind a first name that is nothing else, or a title.
    fn surname_after_all(&self, first: usize, surname: usize, told: bool) -> bool {
        let lists = Class::INSTITUTION.or(Class::MONTH).or(Class::ORGANISATION);
        let only_that =
            self.is(surname, lists) && !self.is(surname, Class::MEDIA.or(Class::DEMONYM).or(Class::PLURAL_PERSON));
        let named = first < surname && self.is(first, FIRST_NAME);
        let sure = named && !self.is(first, Class::PLACE.or(Class::COMMON));
        only_that
            && (told && first == surname
                || named && self.initial(first + 1)
                || sure && first + 1 == surname && self.acts(first, surname))
    }

    /// True where a verb of saying stands beside two capitals, or an appositive that describes a person: places do neither.
    fn acts(&self, first: usize, last: usize) -> bool {
        let opened = self.kind(last + 1) == Some(Kind::Comma);
        let article = self.is(last + 2, Class::ARTICLE) || self.kind(last + 2) == Some(Kind::Number);
        let described = (last + 3..last + 8)
            .take_while(|&k| self.kind(k).is_some_and(|kind| kind == Kind::Letters))
            .any(|k| self.is(k, PERSON));
        let aged = self.kind(last + 2) == Some(Kind::Number) && self.kind(last + 3) == Some(Kind::Comma);
        self.beside_say(first, last) || opened && article && (described || aged)
    }

    /// The last word of the name itself, stops and suffixes kept.
    fn name_end(&self, from: usize, end: usize) -> Option<usize> {
        let mut last = (from..end)
            .rev()
            .find(|&k| self.words[k].letters() || self.words[k].kind == Kind::Stop)?;
        while self.postnominal(last) && (from..last - 1).any(|k| self.is(k, FIRST_NAME.or(Class::TITLE))) {
            last -= 1;
        }
        Some(last)
    }

    /// `KC` behind a capital: `Ann Moss KC`.
    pub(super) fn postnominal(&self, at: usize) -> bool {
        at > 1 && self.is(at, Class::POSTNOMINAL) && self.capital(at) && self.capital(at - 1)
    }

    /// The word that carries the surname: before `Jr.`, `III`.
    pub(super) fn surname(&self, first: usize, last: usize) -> usize {
        let ends = |k: usize| (self.words[k].kind == Kind::Stop) | self.words[k].is(Class::NAME_SUFFIX);
        let mut k = last;
        loop {
            // Reckoned with before it is asked, so that one jump asks for both.
            let more = usize::from(ends(k) & (k > first));
            k -= more;
            if more == 0 {
                return k;
            }
        }
    }

    /// Names in a run: initials count, hyphened parts are one.
    pub(super) fn units(&self, first: usize, last: usize) -> usize {
        let counts = |k: usize| {
            let word = &self.words[k];
            let particle = word.is(Class::NAME_PARTICLE) & !word.is(FIRST_NAME) & (k < last);
            let hyphened = (k > first) & (self.words[k.max(1) - 1].kind == Kind::Hyphen);
            usize::from(word.letters() & !word.is(Class::NAME_SUFFIX) & !particle & !hyphened)
        };
        (first..last + 1).map(counts).sum()
    }

    /// The last title or office in a run that has a name behind it.
    fn last_title(&self, from: usize, last: usize) -> Option<usize> {
        let titled = |&k: &usize| {
            let name_before = k > from && self.is(k - 1, FIRST_NAME) && !self.is(k - 1, Class::PLACE);
            let name_behind = k < last && self.capital(self.past_stop(k + 1)) && self.past_stop(k + 1) <= last;
            let suffix_behind = self.is(self.past_stop(k + 1), Class::NAME_SUFFIX);
            self.is(k, PERSON) && !name_before && name_behind && !suffix_behind && self.words[k].letters()
        };
        let saint = |k: usize| self.words[k].hash == self.hashes.saint;
        // Most names have none.
        if from >= last || !self.classes(from, last).meets(PERSON) {
            return None;
        }
        (from..last).rev().find(titled).filter(|&k| !saint(k))
    }

    /// `at`, or the word behind it where a full stop stands there.
    pub(super) fn past_stop(&self, at: usize) -> usize {
        at + usize::from(self.kind(at) == Some(Kind::Stop))
    }

    /// A capital before a name that is no part of it: `Republican Rand Paul`, `Fox News Bret Baier`.
    fn describes(&self, at: usize) -> bool {
        self.is(at, Class::DEMONYM.or(Class::NOT_A_NAME).or(Class::MEDIA)) && !self.is(at, FIRST_NAME)
    }

    /// True where the capitals from `from` to `end` name a body, outlet or place.
    pub(super) fn body_name(&self, from: usize, end: usize) -> bool {
        let last = (from..end).rev().find(|&k| self.words[k].letters()).unwrap_or(from);
        let (first, last) = (&self.words[from], &self.words[last]);
        let acronym = last.shape.has(Shape::UPPER) & !last.is(KNOWN_WORD.or(Class::NAME_SUFFIX).or(Class::POSTNOMINAL));
        let two_words =
            (first.hash == self.hashes.white) & (last.hash == self.hashes.house) | (first.hash == self.hashes.united);
        let media = self.classes(from, end).meets(Class::MEDIA);
        last.is(BODY.or(Class::COMPANY_SUFFIX).or(Class::PLACE)) | acronym | two_words | media
    }
}
