//! From phrases to drafts of mentions: what a phrase names, what goes on behind it, appositives and labels.
//!
//! Needs the words and sentences, gives [`Draft`]s in text order; names inside a longer mention (`an aide to Wyden`) are kept
//! as inner drafts, since the article may give a full name nowhere else. Who is who is decided later.

use super::facts::{Fact, Facts, PRONOUN};
use super::names::{PersonName, Proof};
use super::phrases::{BODY, FIRST_NAME, HEAD, PERSON, Phrase, Reader};
use super::{Form, Gender};
use crate::seeds::{Class, Seeds};
use crate::sentences::Sentence;
use crate::words::{Kind, Kinds, Shape, Word};
use std::num::NonZeroU32;
use std::ops::Range;

/// Words by index, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words {
    first: u32,
    /// One past the last, so that no words at all take no room of their own.
    end: NonZeroU32,
}

impl Words {
    pub(super) fn new(first: usize, last: usize) -> Words {
        Words {
            first: first as u32,
            end: NonZeroU32::MIN.saturating_add(last as u32),
        }
    }

    pub(super) fn first(self) -> usize {
        self.first as usize
    }

    pub(super) fn last(self) -> usize {
        self.end.get() as usize - 1
    }

    pub(super) fn set_first(&mut self, first: usize) {
        *self = Words::new(first, self.last());
    }

    pub(super) fn set_last(&mut self, last: usize) {
        *self = Words::new(self.first(), last);
    }
}

/// The rule that found a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    Body,
    BodyNoun,
    Capitals,
    FirstName,
    Handle,
    Indefinite,
    Joint,
    NameInApposition,
    People,
    PossessivePronoun,
    Pronoun,
    Quantifier,
    ReportingNoun,
    Role,
    Roster,
    ShareOfPeople,
    /// A small word that may be a surname: it needs someone of that name.
    SmallSurname,
    TitledName,
    UnnamedPerson,
}

impl Rule {
    /// As the catalogue of rules has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Rule::Body => "mentions/body",
            Rule::BodyNoun => "mentions/body-noun",
            Rule::Capitals => "mentions/capitals",
            Rule::FirstName => "mentions/first-name",
            Rule::Handle => "mentions/handle",
            Rule::Indefinite => "mentions/indefinite",
            Rule::Joint => "mentions/joint",
            Rule::NameInApposition => "mentions/name-in-apposition",
            Rule::People => "mentions/people",
            Rule::PossessivePronoun => "mentions/possessive-pronoun",
            Rule::Pronoun => "mentions/pronoun",
            Rule::Quantifier => "mentions/quantifier",
            Rule::ReportingNoun => "mentions/reporting-noun",
            Rule::Role => "mentions/role",
            Rule::Roster => "mentions/roster",
            Rule::ShareOfPeople => "mentions/share-of-people",
            Rule::SmallSurname => "mentions/small-surname",
            Rule::TitledName => "mentions/titled-name",
            Rule::UnnamedPerson => "mentions/unnamed-person",
        }
    }
}

/// A mention before it is known who it is. Drafts are many and are moved often, so they are small.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Draft {
    pub words: Words,
    pub name: Option<Words>,
    pub role: Option<Words>,
    pub tail: Option<Words>,
    /// Its head noun, or the last word of the name.
    pub head: u32,
    /// What tells who bears the name, as an index; set where it is sought who it is.
    pub bearer: u32,
    /// Person of the roster.
    pub known: Option<u32>,
    pub form: Form,
    pub gender: Gender,
    pub plural: bool,
    pub proof: Proof,
    /// Stands inside a longer mention.
    pub inner: bool,
    /// Without proof, so that it is no mention.
    pub dropped: bool,
    pub rule: Rule,
}

impl Draft {
    /// The first word behind it, tail passed over.
    pub(super) fn next(&self) -> usize {
        self.tail.map_or(self.words.last(), |t| t.last()) + 1
    }

    fn head(&self) -> usize {
        self.head as usize
    }
}

/// Finds the drafts of a page.
pub(super) fn scan(reader: Reader, sentences: &[Sentence], seeds: &Seeds, drafts: &mut Vec<Draft>) {
    let mut scanner = Scanner::new(reader, seeds, std::mem::take(drafts));
    scanner.drafts.clear();
    for words in sentences.iter().map(|s| &s.words) {
        scanner.reader = reader.for_line(headline(reader.facts, words));
        scanner.read_words(words.start, words.end);
    }
    *drafts = scanner.drafts;
}

/// True for a line where nearly every word begins with a capital.
fn headline(facts: &Facts, words: &Range<usize>) -> bool {
    let small = facts.count_small(words.clone());
    // In most lines there are too many small words, however many of the others are marks.
    if small * 10 > words.len() * 3 {
        return false;
    }
    let all = facts[words.clone()]
        .iter()
        .filter(|fact| fact.is(Fact::LETTERS))
        .count();
    all > 4 && small * 10 <= all * 3
}

struct Scanner<'a> {
    reader: Reader<'a>,
    seeds: &'a Seeds,
    drafts: Vec<Draft>,
}

/// Words that end a noun phrase before them.
const NO_NOUN: Class = PRONOUN
    .or(Class::VERB)
    .or(Class::AUXILIARY)
    .or(Class::MODAL)
    .or(Class::NEGATION)
    .or(Class::ADVERB)
    .or(Class::PREPOSITION)
    .or(Class::SUBORDINATOR)
    .or(Class::COORDINATOR)
    .or(Class::RELATIVE)
    .or(Class::DETERMINER)
    .or(Class::INFINITIVE_MARK);

/// What may stand right behind a mention and go on with it, as bits: see [`Scanner::ahead`].
mod ahead {
    use crate::mentions::Form;

    /// A preposition, or words that describe.
    pub(super) const ADDS: u8 = 1;
    /// A comma or an opening bracket.
    pub(super) const SETS_OFF: u8 = 2;
    pub(super) const DASH: u8 = 4;
    pub(super) const OF: u8 = 8;
    pub(super) const REFLEXIVE: u8 = 16;
    /// What may begin a tail.
    pub(super) const TAIL: u8 = SETS_OFF | DASH | OF | REFLEXIVE;

    /// What can go on with each form.
    pub(super) static OF_FORM: [u8; Form::Joint as usize + 1] = {
        let mut forms = [TAIL & !OF; Form::Joint as usize + 1];
        forms[Form::Name as usize] = TAIL;
        forms[Form::Role as usize] |= ADDS;
        forms[Form::Source as usize] |= ADDS;
        forms[Form::Organisation as usize] = ADDS;
        forms[Form::Pronoun as usize] = 0;
        forms
    };
}

/// What a pronoun may be besides, so that more must be asked.
const SELDOM_PRONOUN: Class = Class::POSSESSIVE
    .or(Class::NUMBER_WORD)
    .or(Class::DETERMINER)
    .or(Class::PERSON_NOUN)
    .or(Class::ORGANISATION)
    .or(Class::PLACE);

impl<'a> Scanner<'a> {
    fn new(reader: Reader<'a>, seeds: &'a Seeds, drafts: Vec<Draft>) -> Scanner<'a> {
        Scanner { reader, seeds, drafts }
    }

    fn word(&self, at: usize) -> &'a Word {
        &self.reader.words[at]
    }

    /// Reads the words from `at` to `end`.
    fn read_words(&mut self, mut at: usize, end: usize) {
        while let Some((place, name)) = self.next_place(at, end) {
            at = self.step(place, name, end);
        }
    }

    /// The next word from `at` on that can give a mention, and behind the place where reading must go on to come to it.
    ///
    /// Most words can give none. The place is behind the first that can as little as it must be: every phrase ends at a small
    /// function word or a mark, so that reading step by step would come to the word behind it in any case.
    fn next_place(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let facts = self.reader.facts;
        let mut k = facts.next_name(at);
        while k < end {
            if !facts[k].has_of(Fact::NAMES.or(Fact::MAY_NAME), Fact::MAY_NAME) || self.may_name(k) {
                let place = facts.place_before(k, at);
                return (place < end).then_some((place, k));
            }
            k = facts.next_name(k + 1);
        }
        None
    }

    /// True where a number or `that` names someone because of the words around it.
    fn may_name(&self, k: usize) -> bool {
        let reader = &self.reader;
        let word = self.word(k);
        let behind_mention = || self.drafts.last().is_some_and(|d| d.words.last() + 1 == k);
        word.capital()
            || word.hash == reader.hashes.that && behind_mention()
            || self.before_verb(k, word)
            || reader.according_to(k)
    }

    /// True where the verb follows that makes a mention of a number or a plain noun.
    fn before_verb(&self, k: usize, word: &Word) -> bool {
        let verb = self.reader.verb_from(k + 1, self.reader.words.len());
        verb.is_some_and(|verb| word.is(Class::NUMBER_WORD) || self.reader.is(verb, Class::CUE))
    }

    /// Reads what begins at `at`, which is not passed over, where `name` is the first word that can give a mention; gives where to go on.
    fn step(&mut self, at: usize, name: usize, end: usize) -> usize {
        let word = self.word(at);
        match word.kind {
            Kind::Handle => self.handle(at),
            Kind::Letters if self.reader.facts[at].is(Fact::REFERS) && self.pronoun(at, end) => at + 1,
            Kind::Letters | Kind::Number => self.noun_phrase(at, name, end),
            _ => at + 1,
        }
    }

    /// An account name that the roster knows.
    #[inline(never)]
    fn handle(&mut self, at: usize) -> usize {
        let name = &self.reader.page.word(at)[1..];
        if let Some(known) = self.seeds.roster.named(std::iter::once(crate::words::Fold::of(name))) {
            let words = Words::new(at, at);
            let mut draft = self.draft(words, at, Form::Name, Rule::Handle);
            draft.name = Some(words);
            draft.known = Some(known as u32);
            draft.proof = Proof::Sure;
            self.drafts.push(draft);
        }
        at + 1
    }

    fn draft(&self, words: Words, head: usize, form: Form, rule: Rule) -> Draft {
        let classes = self.word(head).classes;
        Draft {
            words,
            name: None,
            head: head as u32,
            form,
            gender: gender_of(classes),
            plural: classes.meets(Class::PLURAL_PERSON.or(Class::PLURAL_SUBJECT)),
            role: None,
            tail: None,
            proof: Proof::Sure,
            inner: false,
            dropped: false,
            bearer: 0,
            known: None,
            rule,
        }
    }

    /// he, she, they, I, we, it, who, him, them, and `her` where no noun follows.
    fn pronoun(&mut self, at: usize, end: usize) -> bool {
        let (word, hashes) = (self.word(at), self.reader.hashes);
        // Nearly every pronoun is one of these.
        let counts = (word.hash == hashes.one) | (word.hash == hashes.none) | (self.reader.hash(at + 1) == hashes.of);
        let small_i = (word.hash == hashes.i) & !word.capital();
        if word.is(PRONOUN) & !(word.is(SELDOM_PRONOUN) | counts | small_i | word.shape.has(Shape::DOTTED)) {
            self.push_pronoun(at);
            return true;
        }
        let upper_body = word.shape.has(Shape::UPPER) && word.is(Class::ORGANISATION.or(Class::PLACE));
        let refers = !upper_body
            && (word.is(PRONOUN) && !word.is(Class::NUMBER_WORD.or(Class::DETERMINER).or(Class::PERSON_NOUN))
                || word.hash == hashes.who
                || self.relative(at, end));
        let counted = word.hash == hashes.one || word.hash == hashes.none || self.reader.hash(at + 1) == hashes.of;
        let capital_i = word.hash != hashes.i || word.capital();
        if !refers || counted && !self.reader.is(at, Class::RELATIVE) || !capital_i || word.shape.has(Shape::DOTTED) {
            return false;
        }
        let owner = word.is(Class::POSSESSIVE);
        if owner && self.reader.phrase(at, end).is_some() {
            return false;
        }
        self.push_pronoun(at);
        true
    }

    fn push_pronoun(&mut self, at: usize) {
        let words = Words::new(at, at);
        let indefinite = self.word(at).length() > 4;
        let form = if indefinite { Form::Source } else { Form::Pronoun };
        let rule = if indefinite { Rule::Indefinite } else { Rule::Pronoun };
        let draft = self.draft(words, at, form, rule);
        self.drafts.push(draft);
    }

    /// `which` or `that` as the subject of a clause about what was just named.
    fn relative(&self, at: usize, end: usize) -> bool {
        let reader = self.reader;
        let which = reader.hash(at) == reader.hashes.which;
        let that =
            reader.hash(at) == reader.hashes.that && self.drafts.last().is_some_and(|d| d.words.last() + 1 == at);
        (which || that) && reader.verb_from(at + 1, end).is_some()
    }

    /// A noun phrase and what goes with it; gives where to go on.
    fn noun_phrase(&mut self, at: usize, name: usize, end: usize) -> usize {
        let phrase = &self.reader.phrase_or_none(at, end);
        if phrase.is_empty() {
            // Only "no" and words that count say something of words behind them.
            let alone = (at < name) & !self.reader.facts[at].is(Fact::OPENS.or(Fact::GOES_ON));
            return if alone { at + 1 } else { self.no_phrase(at, end) };
        }
        if phrase.end <= name {
            return phrase.end;
        }
        let from = self.drafts.len();
        let mut draft = self.read(phrase);
        let possessive = self.reader.is(at, Class::POSSESSIVE);
        // "his report": what he wrote speaks only before a verb.
        let silent = || {
            let written = self.reader.is(phrase.end - 1, Class::DOCUMENT);
            possessive && written && self.reader.verb_from(phrase.end, end).is_none()
        };
        match &mut draft {
            Some(draft) if !silent() => self.finish(draft, from, end),
            _ if possessive => {
                let words = Words::new(at, at);
                let draft = self.draft(words, at, Form::Pronoun, Rule::PossessivePronoun);
                self.drafts.insert(from, draft);
                phrase.end
            }
            _ => self.reporting_noun(phrase, from, end).max(at + 1),
        }
    }

    /// What begins no phrase: a small surname, `no one`, a number or determiner; gives where to go on.
    #[inline(never)]
    fn no_phrase(&mut self, at: usize, end: usize) -> usize {
        if self.reader.small_surname(at) {
            let words = Words::new(at, at);
            let mut draft = self.draft(words, at, Form::Name, Rule::SmallSurname);
            draft.name = Some(words);
            draft.proof = Proof::Weak;
            self.drafts.push(draft);
            return at + 1;
        }
        let negated = self.reader.is(at, Class::NEGATION) && self.reader.hash(at + 1) == self.reader.hashes.one;
        if negated {
            self.no_one(at)
        } else {
            self.quantifier(at, end)
        }
    }

    /// `no one`
    fn no_one(&mut self, at: usize) -> usize {
        let words = Words::new(at, at + 1);
        let draft = self.draft(words, at + 1, Form::Source, Rule::Indefinite);
        self.drafts.push(draft);
        at + 2
    }

    /// A noun of any kind right before a verb that reports; gives where to go on.
    #[inline(never)]
    fn reporting_noun(&mut self, phrase: &Phrase, from: usize, end: usize) -> usize {
        let reader = &self.reader;
        let last = phrase.end - 1;
        let noun = self.word(last).letters() & !reader.capital(last) & !reader.is(last, Class::TIME_NOUN);
        let verb = reader.past_adverbs(phrase.end);
        let cue = (verb < end) & reader.finite(verb) & reader.is(verb, Class::CUE);
        let plain = noun & phrase.owner.is_none() & (cue | reader.according_to(phrase.first));
        if plain && (phrase.first < last || reader.page.word(last).ends_with('s')) {
            let draft = self.draft(span_of(phrase), last, Form::Organisation, Rule::ReportingNoun);
            self.close_inner(from);
            self.drafts.push(draft);
        }
        phrase.end
    }

    /// True where the drafts from `from` on hold people, or the word behind `of` is a pronoun.
    fn people_from(&self, from: usize) -> bool {
        self.drafts[from..]
            .iter()
            .any(|d| matches!(d.form, Form::Source | Form::Name | Form::Organisation))
    }

    /// Steps past a number or determiner that stands for people: `some`, `many of them`.
    fn quantifier(&mut self, at: usize, end: usize) -> usize {
        let reader = self.reader;
        let word = self.word(at);
        // What opens a phrase is sought where `of` may stand behind it, which is seldom: see [`Reader::opening`].
        let near = &reader.words[at + 1..reader.words.len().min(at + 9)];
        if near.iter().fold(false, |of, word| of | (word.hash == reader.hashes.of)) {
            let behind = reader.opening(at, end);
            let share = behind > at + 1 || behind > at && reader.hashes.quantity.contains(&word.hash);
            if share && reader.hash(behind) == reader.hashes.of {
                return self.share(at, behind, end);
            }
        }
        let is_one = word.hash == reader.hashes.one;
        let subject = reader.verb_from(at + 1, end).is_some();
        let stands_alone = word.is(Class::PLURAL_PERSON.or(Class::PERSON_PRONOUN))
            | is_one
            | (word.hash == reader.hashes.those)
            | subject & (word.is(Class::NUMBER_WORD) | (word.hash == reader.hashes.another));
        if !stands_alone | word.is(Class::ARTICLE) {
            return at + 1;
        }
        let counts = is_one && self.counts(at, end);
        // "Paz and Okoro both said": the subject stands before it.
        let floats = word.is(Class::PLURAL_PERSON) && self.drafts.last().is_some_and(|d| d.next() == at);
        if counts || floats {
            return at + 1;
        }
        let words = Words::new(at, at);
        let mut draft = self.draft(words, at, Form::Source, Rule::Quantifier);
        draft.plural = word.hash != reader.hashes.one && word.hash != reader.hashes.another;
        let from = self.drafts.len();
        if reader.hash(at + 1) == reader.hashes.of {
            if let Some(last) = self.prepositional(at + 1, end).filter(|_| self.people_from(from)) {
                draft.words.set_last(last);
            } else if reader.is(at + 2, Class::OBJECT_PRONOUN) && at + 2 < end {
                draft.words.set_last(at + 2);
            }
        }
        if word.hash == reader.hashes.those && self.drafts.len() == from {
            self.extend(&mut draft, from, end);
        }
        self.close_inner(from);
        draft.tail = self.tail(&draft, end).filter(|t| reader.is(t.last(), Class::REFLEXIVE));
        self.drafts.push(draft);
        self.last_end()
    }

    /// True where a noun that no list tells to be a person follows: `one commenter`, `one unaligned strategist`.
    fn counts(&self, at: usize, end: usize) -> bool {
        at + 1 < end && self.word(at + 1).letters() && !self.reader.is(at + 1, NO_NOUN)
    }

    /// `a third of respondents`, `about half of those asked`: people, where the words behind `of` are people.
    fn share(&mut self, at: usize, of: usize, end: usize) -> usize {
        let from = self.drafts.len();
        let last = self.prepositional(of, end);
        let people = |d: &Draft| matches!(d.form, Form::Source | Form::Joint) && d.plural;
        let Some(last) = last.filter(|_| self.drafts[from..].iter().any(people)) else {
            return of;
        };
        self.close_inner(from);
        let words = Words::new(at, last);
        let mut draft = self.draft(words, last, Form::Source, Rule::ShareOfPeople);
        draft.plural = true;
        self.drafts.push(draft);
        last + 1
    }

    fn last_end(&self) -> usize {
        self.drafts.last().map_or(0, |d| d.next())
    }

    fn close_inner(&mut self, from: usize) {
        for draft in &mut self.drafts[from..] {
            draft.inner = true;
        }
    }

    /// What a phrase names. Owners and names inside it are pushed as drafts of their own.
    fn read(&mut self, phrase: &Phrase) -> Option<Draft> {
        if let Some(owner) = phrase.owner {
            self.owner(phrase, owner);
        }
        let start = self.reader.capitals(phrase);
        if start == phrase.end {
            return self.plain(phrase);
        }
        match self.roster_name(phrase, start) {
            Some(draft) => Some(draft),
            None => self.capitals(phrase, start),
        }
    }

    /// The owner of a phrase: `Trump’s` of `Trump’s advisers`.
    fn owner(&mut self, phrase: &Phrase, mark: usize) {
        let owner = Phrase {
            first: phrase.first,
            body: phrase.owner_body.min(mark),
            owner: None,
            owner_body: phrase.owner_body,
            end: mark,
        };
        if owner.body < mark
            && let Some(draft) = self.read(&owner)
        {
            self.drafts.push(draft);
        }
    }

    /// The longest alias of the roster that ends the phrase.
    fn roster_name(&self, phrase: &Phrase, start: usize) -> Option<Draft> {
        // Most capitals begin none.
        let words = &self.reader.words[start..phrase.end];
        if !words
            .iter()
            .fold(false, |some, word| some | self.seeds.roster.may_begin(word.hash))
        {
            return None;
        }
        let hits = |at: usize| {
            self.seeds
                .roster
                .longest(self.reader.page, at, phrase.end)
                .map(|hit| (at, hit))
        };
        let (at, (known, last)) = (start..phrase.end).filter(|&k| self.reader.capital(k)).find_map(hits)?;
        let alone = last + 1 == phrase.end || self.reader.is(self.reader.past_stop(last + 1), Class::NAME_SUFFIX);
        let other_first_name = at > phrase.body && (self.reader.is(at - 1, FIRST_NAME) || self.reader.initial(at - 1));
        if !alone || last + 1 != phrase.end || other_first_name {
            return None;
        }
        let name = PersonName {
            first: at,
            last,
            proof: Proof::Sure,
            units: self.reader.units(at, last),
        };
        let mut draft = self.named(phrase, name, Rule::Roster);
        draft.known = Some(known as u32);
        Some(draft)
    }

    fn named(&self, phrase: &Phrase, name: PersonName, rule: Rule) -> Draft {
        let reader = &self.reader;
        let mut last = name.last;
        while last + 1 < phrase.end && reader.postnominal(last + 1) {
            last += 1;
        }
        let words = Words::new(phrase.first, last);
        let head = reader.surname(name.first, name.last);
        let mut draft = self.draft(words, head, Form::Name, rule);
        draft.name = Some(Words::new(name.first, name.last));
        draft.plural = false;
        draft.proof = name.proof;
        draft.role = (name.first > phrase.first).then(|| Words::new(phrase.first, name.first - 1));
        let told = (phrase.first..name.first)
            .rev()
            .map(|k| gender_of(self.word(k).classes));
        let told = told
            .chain([self.first_name_gender(name)])
            .find(|g| *g != Gender::Unknown);
        draft.gender = told.unwrap_or_default();
        draft
    }

    fn first_name_gender(&self, name: PersonName) -> Gender {
        let classes = self.word(name.first).classes;
        match (classes.meets(Class::MALE_NAME), classes.meets(Class::FEMALE_NAME)) {
            _ if name.units < 2 => Gender::Unknown,
            (true, false) => Gender::Masculine,
            (false, true) => Gender::Feminine,
            _ => Gender::Unknown,
        }
    }

    /// A phrase that ends in capitals.
    fn capitals(&mut self, phrase: &Phrase, start: usize) -> Option<Draft> {
        let reader = self.reader;
        let described = start > phrase.body && reader.is(start - 1, PERSON);
        let last = phrase.end - 1;
        if !described && reader.body_name(start, phrase.end) && !self.first_name_leads(phrase, start) {
            return self.body(phrase, start);
        }
        if reader.is(last, Class::PLURAL_PERSON) {
            return Some(self.draft(span_of(phrase), last, Form::Source, Rule::People));
        }
        if let Some(name) = reader.person(start, phrase.end, described) {
            let outlet = phrase.owner.is_some_and(|mark| self.reader.is(mark - 1, Class::MEDIA));
            let owned = phrase.owner.is_some() && name.first == phrase.body && !outlet;
            let phrase = if owned {
                Phrase {
                    first: phrase.body,
                    ..*phrase
                }
            } else {
                *phrase
            };
            let rule = match name.proof {
                _ if described || name.first > start => Rule::TitledName,
                Proof::Sure => Rule::FirstName,
                _ => Rule::Capitals,
            };
            return Some(self.named(&phrase, name, rule));
        }
        if reader.is(last, PERSON) {
            return self.person_noun(phrase, last);
        }
        if reader.is(last, Class::INSTITUTION) || start + 1 < phrase.end && !reader.is(last, Class::DEMONYM) {
            let mut draft = self.draft(span_of(phrase), last, Form::Organisation, Rule::Body);
            draft.proof = Proof::Weak;
            return Some(draft);
        }
        None
    }

    fn first_name_leads(&self, phrase: &Phrase, start: usize) -> bool {
        let reader = self.reader;
        let last = phrase.end - 1;
        let first_name = |k: usize| reader.is(k, FIRST_NAME) && !reader.is(k, Class::PLACE) && reader.capital(k);
        let before = (start..last)
            .rev()
            .find(|&k| reader.words[k].letters() && !reader.initial(k));
        reader.is(last, Class::PLACE) && before.is_some_and(first_name)
    }

    fn body(&mut self, phrase: &Phrase, start: usize) -> Option<Draft> {
        let last = phrase.end - 1;
        let words = if self.reader.is(last, BODY) {
            span_of(phrase)
        } else {
            let opened = phrase.body == start && phrase.owner.is_none();
            Words::new(if opened { phrase.first } else { start }, last)
        };
        let mut draft = self.draft(words, last, Form::Organisation, Rule::Body);
        draft.gender = Gender::Unknown;
        draft.plural = self.reader.is(last, Class::PLURAL_PERSON);
        Some(draft)
    }

    /// A phrase that ends in a plain word.
    fn plain(&mut self, phrase: &Phrase) -> Option<Draft> {
        let reader = self.reader;
        let last = phrase.end - 1;
        let words = span_of(phrase);
        if !reader.is(last, HEAD) {
            return self.no_head(phrase);
        }
        if reader.is(last, Class::PLURAL_PERSON) {
            return Some(self.draft(words, last, Form::Source, Rule::People));
        }
        if reader.is(last, PERSON) {
            return self.person_noun(phrase, last);
        }
        let silent = (phrase.owner.is_some() & reader.is(last, Class::DOCUMENT))
            && reader.verb_from(phrase.end, reader.words.len()).is_none()
            && !reader.according_to(phrase.first);
        if silent {
            return None;
        }
        let named =
            (phrase.body..phrase.end).any(|k| reader.capital(k)) && !self.word(phrase.body).shape.has(Shape::FIRST);
        let opened =
            phrase.first < phrase.body || reader.page.word(last).ends_with('s') || reader.according_to(phrase.first);
        (opened || named).then(|| self.draft(words, last, Form::Organisation, Rule::BodyNoun))
    }

    /// A phrase that ends in a plain word of which the lists do not say that it can be on record.
    fn no_head(&mut self, phrase: &Phrase) -> Option<Draft> {
        let reader = self.reader;
        let last = phrase.end - 1;
        // Words told by their spelling have that fact, so that the lists are asked for few.
        if !reader.facts[last].is(Fact::REFERS) {
            self.modifier(phrase);
            return None;
        }
        if reader.hash(last) == reader.hashes.old && phrase.end - phrase.first > 4 {
            return self.person_noun(phrase, last);
        }
        let share = reader.hashes.quantity.contains(&reader.hash(last));
        if share && (reader.hash(last + 1) == reader.hashes.of || reader.verb_from(last + 1, last + 3).is_some()) {
            let mut draft = self.draft(span_of(phrase), last, Form::Source, Rule::ShareOfPeople);
            draft.plural = true;
            draft.proof = Proof::Weak;
            return Some(draft);
        }
        self.modifier(phrase);
        None
    }

    /// A name that stands before a plain noun: `Trump` of `the Trump rally`.
    fn modifier(&mut self, phrase: &Phrase) {
        let reader = self.reader;
        // Most such phrases have small letters alone.
        if reader.facts.small_from(phrase.body) >= phrase.end - phrase.body {
            return;
        }
        let Some(start) = (phrase.body..phrase.end).find(|&k| reader.capital(k)) else {
            return;
        };
        let stop = (start..phrase.end)
            .find(|&k| self.word(k).letters() && !reader.capital(k))
            .unwrap_or(phrase.end);
        let run = Phrase {
            first: start,
            body: start,
            owner: None,
            owner_body: start,
            end: stop,
        };
        if let Some(draft) = self.roster_name(&run, start).or_else(|| {
            let name = reader.person(start, stop, false)?;
            Some(self.named(&run, name, Rule::Capitals))
        }) {
            self.drafts.push(draft);
        } else if reader.body_name(start, stop) {
            let draft = self.draft(Words::new(start, stop - 1), stop - 1, Form::Organisation, Rule::Body);
            self.drafts.push(draft);
        }
    }

    /// One person by a noun: a role where the article names the holder, else an unnamed source.
    fn person_noun(&mut self, phrase: &Phrase, last: usize) -> Option<Draft> {
        let reader = self.reader;
        if phrase.first == phrase.body && phrase.owner.is_none() {
            return self.bare_person(phrase, last);
        }
        let opener = self.word(phrase.first);
        let definite =
            opener.hash == reader.hashes.the || opener.hash == reader.hashes.this || opener.hash == reader.hashes.that;
        let role = definite && phrase.owner.is_none();
        let (form, rule) = if role {
            (Form::Role, Rule::Role)
        } else {
            (Form::Source, Rule::UnnamedPerson)
        };
        Some(self.draft(span_of(phrase), last, form, rule))
    }

    /// An office without an article: before `of` and a name (`RNC Chief of Staff Katie Walsh`), or before a verb.
    fn bare_person(&self, phrase: &Phrase, last: usize) -> Option<Draft> {
        let reader = self.reader;
        let office = reader.hash(last + 1) == reader.hashes.of;
        let subject = reader.verb_from(last + 1, last + 4).is_some();
        let mut draft = self.draft(span_of(phrase), last, Form::Source, Rule::UnnamedPerson);
        draft.proof = Proof::Weak;
        (office || subject).then_some(draft)
    }

    /// Puts on what goes on behind a draft, pushes it, and gives where to go on.
    fn finish(&mut self, draft: &mut Draft, from: usize, end: usize) -> usize {
        let next = draft.words.last() + 1;
        // Behind most mentions nothing goes on.
        let ahead = self.ahead(draft);
        if (ahead == 0) & (draft.rule != Rule::ShareOfPeople) {
            self.close_inner(from);
            self.drafts.push(*draft);
            return next;
        }
        if ahead & ahead::ADDS != 0 {
            self.extend(draft, from, end);
            // An office without an article is a mention only with its holder's name or before a verb.
            let bare = draft.rule == Rule::UnnamedPerson && draft.proof == Proof::Weak;
            if bare && draft.words.last() + 1 > next && self.reader.verb_from(draft.words.last() + 1, end).is_none() {
                self.drafts.truncate(from);
                return next;
            }
        }
        if draft.rule == Rule::ShareOfPeople {
            let inside = |d: &Draft| matches!(d.form, Form::Source) && d.plural;
            let people = self.drafts[from..].iter().any(inside) || self.reader.verb_from(next, end).is_some();
            if !people {
                return next;
            }
            draft.proof = Proof::Sure;
        }
        let person = matches!(draft.form, Form::Role | Form::Source);
        let comma = self.reader.kind(draft.words.last() + 1) == Some(Kind::Comma);
        if person & !draft.plural & comma {
            self.name_in_apposition(draft, end);
        }
        self.close_inner(from);
        let next = draft.words.last() + 1;
        let index = self.drafts.len();
        self.drafts.push(*draft);
        let Some(tail) = self.tail(draft, end) else {
            return next;
        };
        draft.tail = Some(tail);
        if draft.form == Form::Name {
            self.describe(draft);
        }
        self.drafts[index] = *draft;
        self.inside_tail(tail)
    }

    /// Names in an appositive stay inside it; a relative clause is read like any other. Gives where to go on.
    #[inline(never)]
    fn inside_tail(&mut self, tail: Words) -> usize {
        let relative = (tail.first()..=tail.last()).find(|&k| self.reader.is(k, Class::RELATIVE));
        let stop = relative.unwrap_or(tail.last() + 1);
        let from = self.drafts.len();
        self.read_words(tail.first(), stop);
        let named = |d: &Draft| d.form == Form::Name;
        let mut k = from;
        while k < self.drafts.len() {
            if named(&self.drafts[k]) {
                k += 1;
            } else {
                self.drafts.remove(k);
            }
        }
        self.close_inner(from);
        stop
    }

    /// Bodies whose name goes on with `of`: `the University of Leeds`, `the Bank of England`.
    fn goes_on(&self, draft: &Draft) -> bool {
        !self.reader.is(draft.head(), Class::PLACE.or(Class::MEDIA))
    }

    /// What may go on with a mention, by the word behind it: nothing behind most. It is told without a jump, since which word
    /// and which mention it is, is unpredictable.
    #[inline]
    fn ahead(&self, draft: &Draft) -> u8 {
        let reader = self.reader;
        let Some(word) = reader.words.get(draft.words.last() + 1) else {
            return 0;
        };
        let added = word.is(Class::POSTMODIFIER.or(Class::PREPOSITION)) | (word.hash == reader.hashes.to);
        let of = word.letters() & (word.hash == reader.hashes.of);
        let reflexive = word.letters() & word.is(Class::REFLEXIVE);
        let bit = |on: bool, what: u8| what * u8::from(on);
        let there = bit(added, ahead::ADDS)
            | bit(matches!(word.kind, Kind::Comma | Kind::Open), ahead::SETS_OFF)
            | bit(word.kind == Kind::Dash, ahead::DASH)
            | bit(of, ahead::OF)
            | bit(reflexive, ahead::REFLEXIVE);
        // What may be no name at all has no tail but one that is set off.
        let unsure = (draft.form == Form::Name) & (draft.proof == Proof::Weak) & draft.known.is_none();
        let kept = if unsure { ahead::SETS_OFF } else { u8::MAX };
        // Names of bodies go on with `of`, those of places and outlets do not.
        let whole = (draft.form == Form::Organisation) & !self.goes_on(draft);
        let more = if whole { 0 } else { u8::MAX };
        there & ahead::OF_FORM[draft.form as usize] & kept & more
    }

    /// Steps over what follows the noun: `familiar with the talks`, `for the club`, `of the finance committee`.
    fn extend(&mut self, draft: &mut Draft, from: usize, end: usize) {
        let reader = self.reader;
        for _ in 0..4 {
            let mut k = draft.words.last() + 1;
            if k >= end {
                return;
            }
            let described = reader.is(k, Class::POSTMODIFIER) && !matches!(draft.form, Form::Organisation);
            if described {
                k += 1;
            }
            // Most mentions have no preposition behind them.
            let to = reader.hash(k) == reader.hashes.to;
            if k >= end || !(reader.is(k, Class::PREPOSITION) | to) {
                return;
            }
            let of = reader.hash(k) == reader.hashes.of;
            let attaches = described
                || reader.hashes.attach.contains(&reader.hash(k)) && (draft.form != Form::Organisation || of)
                || reader.is(draft.head(), Class::DOCUMENT)
                    && [reader.hashes.from, reader.hashes.by].contains(&reader.hash(k))
                || to && reader.is(draft.head(), Class::SPOKESPERSON.or(Class::ROLE).or(Class::FAMILY));
            if !attaches || reader.words[k].capital() && !(of && reader.capital(draft.head())) {
                return;
            }
            let inner = self.drafts.len();
            let Some(mut last) = self.prepositional(k, end) else {
                return;
            };
            // "supporters of the law hope this": the base form belongs to the plural.
            let base = reader.is(last, Class::VERB_BASE) && !reader.is(last, HEAD) && !reader.capital(last);
            if draft.plural && base && reader.object_at(last + 1, end) && last > k + 1 {
                last -= 1;
            }
            if of && self.office_of(draft, inner, last) {
                return;
            }
            draft.words.set_last(last);
            self.close_inner(from);
        }
    }

    /// `chief of staff Susie Wiles`, `Secretary of State John Kerry`: the name behind the office.
    fn office_of(&mut self, draft: &mut Draft, inner: usize, last: usize) -> bool {
        if self.drafts.len() != inner + 1
            || draft.head() + 1 >= self.drafts[inner].words.first()
            || !self.reader.is(draft.head(), PERSON)
        {
            return false;
        }
        let Some(name) = self.drafts[inner].name.filter(|n| n.last() == last) else {
            return false;
        };
        if name.first() <= draft.head() + 2 || self.reader.units(name.first(), name.last()) < 2 {
            return false;
        }
        let mut whole = self.drafts.remove(inner);
        whole.words.set_first(draft.words.first());
        whole.role = Some(Words::new(draft.words.first(), name.first() - 1));
        whole.rule = Rule::TitledName;
        *draft = whole;
        true
    }

    /// The phrase behind a preposition at `at`: its last word; the drafts in it are pushed.
    fn prepositional(&mut self, at: usize, end: usize) -> Option<usize> {
        let first = at + 1;
        if first >= end || !matches!(self.word(first).kind, Kind::Letters | Kind::Number) {
            return None;
        }
        let phrase = &self.reader.phrase_or_none(first, end);
        if phrase.is_empty() {
            return None;
        }
        let doing = self.reader.is(phrase.first, Class::VERB_GERUND) && !self.reader.is(phrase.first, Class::ADJECTIVE);
        let time = Class::TIME_NOUN.or(Class::WEEKDAY).or(Class::MONTH);
        let head = phrase.end - 1;
        let statement = self.reader.is(head, Class::DOCUMENT)
            && !self.reader.capital(head)
            && self.reader.hash(at) != self.reader.hashes.of
            && self.reader.verb_from(phrase.end, end).is_none();
        if self.reader.is(head, time) || statement || doing {
            return None;
        }
        if let Some(mut draft) = self.read(phrase)
            && (phrase.owner.is_none() || draft.form == Form::Name)
        {
            self.state_and_name(&mut draft, phrase);
            self.drafts.push(draft);
        }
        Some(phrase.end - 1)
    }

    /// `State John Kerry`: the first name begins the name.
    fn state_and_name(&self, draft: &mut Draft, phrase: &Phrase) {
        let reader = self.reader;
        let from = (phrase.body + 1..phrase.end).find(|&k| reader.is(k, FIRST_NAME) && reader.capital(k));
        let Some(from) = from.filter(|_| !reader.is(phrase.body, FIRST_NAME)) else {
            return;
        };
        if let Some(name) = reader.person(from, phrase.end, false).filter(|n| n.first > phrase.body) {
            *draft = self.named(phrase, name, Rule::TitledName);
        }
    }

    /// `Trump’s Treasury secretary, Scott Bessent,`: the name is the mention's, the office its role.
    #[inline(never)]
    fn name_in_apposition(&mut self, draft: &mut Draft, end: usize) {
        let reader = self.reader;
        let comma = draft.words.last() + 1;
        if comma + 2 >= end || reader.kind(comma) != Some(Kind::Comma) || !reader.words[comma + 1].letters() {
            return;
        }
        let opened = reader.is(
            draft.words.first(),
            Class::DETERMINER.or(Class::ARTICLE).or(Class::POSSESSIVE),
        ) || reader.hash(draft.words.first()) == reader.hashes.one
            || (draft.words.first()..draft.head()).any(|k| reader.kind(k) == Some(Kind::Clitic));
        let Some(phrase) = reader.phrase(comma + 1, end).filter(|_| opened) else {
            return;
        };
        let closed = phrase.end >= end
            || !matches!(reader.words[phrase.end].kind, Kind::Letters | Kind::Clitic)
            || reader.hash(phrase.end) == reader.hashes.of;
        let Some(inner) = self.read(&phrase).filter(|d| d.form == Form::Name && closed) else {
            return;
        };
        let full = |n: Words| inner.known.is_some() || reader.units(n.first(), n.last()) > 1;
        if !inner.name.is_some_and(full) {
            return;
        }
        let role = draft.words;
        let gender = if draft.gender == Gender::Unknown {
            inner.gender
        } else {
            draft.gender
        };
        *draft = Draft {
            words: Words::new(role.first(), inner.words.last()),
            role: Some(role),
            gender,
            proof: Proof::Sure,
            rule: Rule::NameInApposition,
            ..inner
        };
    }

    /// Takes the role of a name out of its tail, and with it the gender.
    #[inline(never)]
    fn describe(&self, draft: &mut Draft) {
        let Some(tail) = draft.tail else { return };
        draft.proof = Proof::Sure;
        if draft.role.is_some() {
            return;
        }
        let reader = self.reader;
        let first = tail.first() + 1;
        if first > tail.last()
            || !reader.words[first].letters()
            || reader.is(first, Class::RELATIVE.or(Class::PREPOSITION))
        {
            return;
        }
        let cut = (first..=tail.last()).find(|&k| {
            k == tail.last()
                || matches!(reader.words[k].kind, Kind::Comma | Kind::Dash)
                || reader.is(k, Class::RELATIVE)
        });
        let last = cut.map_or(tail.last(), |k| {
            if k == tail.last() && reader.words[k].letters() {
                k
            } else {
                k - 1
            }
        });
        if last >= first && (first..=last).any(|k| reader.is(k, HEAD)) {
            draft.role = Some(Words::new(first, last));
            if draft.gender == Gender::Unknown {
                let mut told = (first..=last).map(|k| gender_of(reader.words[k].classes));
                draft.gender = told.find(|g| *g != Gender::Unknown).unwrap_or_default();
            }
        }
    }

    /// The label, appositive or relative clause behind a mention, with its commas.
    fn tail(&self, draft: &Draft, end: usize) -> Option<Words> {
        if self.ahead(draft) & ahead::TAIL == 0 {
            return None;
        }
        let first = draft.words.last() + 1;
        let mut next = first;
        for _ in 0..4 {
            match self.tail_piece(draft, next, end) {
                Some(after) => next = after,
                None => break,
            }
        }
        (next > first).then(|| Words::new(first, next - 1))
    }

    /// One piece of a tail that begins at `at`: one past its last word.
    fn tail_piece(&self, draft: &Draft, at: usize, end: usize) -> Option<usize> {
        let reader = self.reader;
        if at >= end {
            return None;
        }
        match reader.words[at].kind {
            Kind::Open => (at..end.min(at + 12))
                .find(|&k| reader.words[k].kind == Kind::Close)
                .map(|k| k + 1),
            Kind::Letters if reader.is(at, Class::REFLEXIVE) => Some(at + 1),
            Kind::Letters if draft.form == Form::Name && (reader.hash(at) == reader.hashes.of) => {
                let phrase = reader.phrase(at + 1, end).filter(|p| reader.capital(p.body))?;
                Some(phrase.end)
            }
            Kind::Comma | Kind::Dash => self.set_off(at, end),
            // The comma behind an age or a label opens the next piece too: "Ann Lee, 45, a nurse, said".
            _ if at > draft.words.last() + 1 && reader.words[at - 1].kind == Kind::Comma => self.set_off(at - 1, end),
            _ => None,
        }
    }

    /// Words set off by commas or dashes from `at` on, if they describe: one past the closing mark.
    fn set_off(&self, at: usize, end: usize) -> Option<usize> {
        let reader = self.reader;
        let first = at + 1;
        if first >= end {
            return None;
        }
        let close = self.close(at, end);
        let closed = close < end && reader.words[close].kind == reader.words[at].kind;
        let after = if closed { close + 1 } else { close };
        if self.label(first) || self.age(first, close) {
            return closed.then_some(after);
        }
        let relative = reader.words[first].letters()
            && reader.is(first, Class::RELATIVE)
            && reader.hash(first) != reader.hashes.that;
        if relative {
            return Some(self.far_close(close, at, end));
        }
        if !self.describing(first, close) {
            return None;
        }
        let speaks = (first..close)
            .any(|k| reader.is(k, Class::SAY.or(Class::AUXILIARY).or(Class::MODAL)) && !reader.capital(k))
            && !(first..close).any(|k| reader.is(k, Class::RELATIVE));
        let ends = closed || close == end || matches!(reader.words[close].kind, Kind::Stop | Kind::Quote);
        (ends && !speaks).then(|| self.far_close(close, at, end))
    }

    /// Where the words set off end: at the same mark, a stronger one, or the end.
    fn close(&self, at: usize, end: usize) -> usize {
        let mark = self.reader.words[at].kind;
        let limit = end.min(at + 45);
        let mut depth = 0;
        const MARKS: Kinds = Kinds::of(&[
            Kind::Quote,
            Kind::Open,
            Kind::Close,
            Kind::Semicolon,
            Kind::Colon,
            Kind::Question,
            Kind::Exclamation,
            Kind::Dash,
            Kind::Stop,
        ]);
        for k in at + 1..limit {
            let kind = self.reader.words[k].kind;
            // Most words go on.
            if !(MARKS.hold(kind) | (kind == mark)) {
                continue;
            }
            match kind {
                Kind::Quote if self.reader.plural_owner(k) => {}
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ if depth > 0 => {}
                kind if kind == mark => return k,
                Kind::Semicolon | Kind::Colon | Kind::Quote | Kind::Question | Kind::Exclamation => return k,
                Kind::Dash if mark == Kind::Comma => return k,
                Kind::Stop if k + 1 == end => return k,
                _ => {}
            }
        }
        limit
    }

    /// One past the closing mark, a place behind it taken in: `of Hemet, California,`.
    fn far_close(&self, close: usize, at: usize, end: usize) -> usize {
        let reader = self.reader;
        if close >= end || reader.words[close].kind != reader.words[at].kind {
            return close;
        }
        let next = close + 1;
        let second = (next..end.min(next + 4)).find(|&k| reader.words[k].kind == Kind::Comma);
        match second {
            Some(comma)
                if comma > next
                    && (next..comma).all(|k| reader.capital(k) || reader.words[k].kind == Kind::Stop)
                    && reader.capital(close - 1) =>
            {
                comma + 1
            }
            _ => next,
        }
    }

    /// A party label: `D-N.Y.`, `R-Idaho`.
    fn label(&self, at: usize) -> bool {
        let reader = self.reader;
        (reader.initial(at) && matches!(reader.kind(at + 1), Some(Kind::Hyphen | Kind::Dash)) && reader.capital(at + 2))
            || reader.initial(at) && reader.kind(at + 1) == Some(Kind::Comma)
    }

    fn age(&self, at: usize, close: usize) -> bool {
        self.reader.kind(at) == Some(Kind::Number) && (close == at + 1)
    }

    /// True where a description begins at `first`: a noun for a person before any verb or preposition.
    fn describing(&self, first: usize, close: usize) -> bool {
        let reader = self.reader;
        let from_place = reader.hash(first) == reader.hashes.of || reader.hash(first) == reader.hashes.from;
        if from_place {
            return reader.capital(first + 1);
        }
        let start = if reader.is(first, Class::ADVERB.or(Class::COORDINATOR)) {
            first + 1
        } else {
            first
        };
        let Some(phrase) = reader.phrase(start, close.max(start)) else {
            return false;
        };
        let head = phrase.end - 1;
        let named = reader.capital(head) && phrase.body == phrase.first;
        // "the former steeplechaser": whatever they were, they are a person.
        let former = reader.hash(phrase.body) == reader.hashes.former && phrase.first < phrase.body;
        let person = (phrase.body..phrase.end).any(|k| reader.is(k, PERSON) && !reader.capital(k));
        !named && (person || former || reader.is(head, PERSON.or(Class::PLURAL_PERSON).or(Class::DEMONYM)))
    }
}

fn span_of(phrase: &Phrase) -> Words {
    Words::new(phrase.first, phrase.end - 1)
}

/// The gender that a word shows.
pub(super) fn gender_of(classes: Class) -> Gender {
    match (classes.meets(Class::MASCULINE), classes.meets(Class::FEMININE)) {
        (true, false) => Gender::Masculine,
        (false, true) => Gender::Feminine,
        _ => Gender::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Document;
    use crate::words::Page;

    #[test]
    fn words_that_are_passed_over_give_no_mention() {
        let seeds = Seeds::built_in().expect("built-in seeds are right");
        let texts = include_str!("../../fixtures/mentions.csv");
        let lines = texts
            .lines()
            .flat_map(|line| [line.to_owned(), line.to_lowercase(), line.replace('"', " . ")]);
        for line in lines {
            let document = Document::new("line", line);
            let page = Page::new(&document, &seeds.vocabulary);
            let mut facts = Facts::default();
            facts.tell(&page);
            let reader = Reader::new(&page, &facts);
            let mut sieved = Scanner::new(reader, &seeds, Vec::new());
            let mut stepped = Scanner::new(reader, &seeds, Vec::new());
            let end = page.words.len();
            sieved.read_words(0, end);
            let mut at = 0;
            while at < end {
                at = match facts[at].is(Fact::PASSED) {
                    true => at + 1,
                    false => stepped.step(at, at, end),
                };
            }
            assert_eq!(sieved.drafts, stepped.drafts, "{}", document.text);
        }
    }
}
