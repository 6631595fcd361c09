//! From phrases to drafts of mentions: what a phrase names, what goes on behind it, appositives and labels.
//!
//! Needs the words and sentences, gives [`Draft`]s in text order; names inside a longer mention (`an aide to Wyden`) are kept
//! as inner drafts, since the article may give a full name nowhere else. Who is who is decided later.

use super::names::{PersonName, Proof};
use super::phrases::{BODY, FIRST_NAME, HASHES, HEAD, PERSON, Phrase, Reader};
use super::{Form, Gender};
use crate::seeds::{Class, Seeds};
use crate::sentences::Sentence;
use crate::words::{Kind, Page, Shape, Word};

/// Words by index, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words {
    pub first: usize,
    pub last: usize,
}

/// A mention before it is known who it is.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub words: Words,
    pub name: Option<Words>,
    /// Its head noun, or the last word of the name.
    pub head: usize,
    pub form: Form,
    pub gender: Gender,
    pub plural: bool,
    pub role: Option<Words>,
    pub tail: Option<Words>,
    pub proof: Proof,
    /// Stands inside a longer mention.
    pub inner: bool,
    /// Person of the roster.
    pub known: Option<usize>,
    pub rule: &'static str,
}

impl Draft {
    /// The first word behind it, tail passed over.
    pub(super) fn next(&self) -> usize {
        self.tail.map_or(self.words.last, |t| t.last) + 1
    }
}

/// Finds the drafts of a page.
pub(super) fn scan(page: &Page, sentences: &[Sentence], seeds: &Seeds) -> Vec<Draft> {
    let reader = Reader {
        page,
        words: &page.words,
        hashes: &HASHES,
        headline: false,
    };
    let mut scanner = Scanner {
        reader,
        seeds,
        // News names someone with every eighth word or so; growing moves every draft.
        drafts: Vec::with_capacity(page.words.len() / 5),
    };
    for words in sentences.iter().map(|s| &s.words) {
        scanner.reader.headline = headline(&page.words[words.clone()]);
        let mut at = words.start;
        while at < words.end {
            at = scanner.step(at, words.end);
        }
    }
    scanner.drafts
}

/// True for a line where nearly every word begins with a capital.
fn headline(words: &[Word]) -> bool {
    let letters = words.iter().filter(|w| w.letters());
    let (mut all, mut capitals) = (0, 0);
    for word in letters {
        all += 1;
        capitals += usize::from(word.capital());
    }
    all > 4 && capitals * 10 >= all * 7
}

struct Scanner<'a> {
    reader: Reader<'a>,
    seeds: &'a Seeds,
    drafts: Vec<Draft>,
}

/// Pronouns that refer to someone named elsewhere.
const PRONOUN: Class = Class::PERSON_PRONOUN.or(Class::OBJECT_PRONOUN);
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

/// Small words and verbs in small letters begin no mention, unless they are one of these as well.
const BEGINS: Class = PRONOUN
    .or(HEAD)
    .or(Class::ARTICLE)
    .or(Class::DETERMINER)
    .or(Class::POSSESSIVE)
    .or(Class::RELATIVE)
    .or(Class::PLURAL_SUBJECT)
    .or(Class::NUMBER_WORD)
    .or(Class::ORDINAL)
    .or(Class::HEDGE)
    .or(Class::NOUN)
    .or(Class::ADJECTIVE);

/// The rule of a small word that may be a surname: it needs someone of that name.
pub(super) const SMALL_SURNAME: &str = "mentions/small-surname";

/// What is passed over at once where it begins nothing.
const PASSED_OVER: Class = Class::PREPOSITION
    .or(Class::SUBORDINATOR)
    .or(Class::COORDINATOR)
    .or(Class::AUXILIARY)
    .or(Class::MODAL)
    .or(Class::ADVERB)
    .or(Class::INFINITIVE_MARK)
    .or(Class::REFLEXIVE)
    .or(Class::VERB);

impl<'a> Scanner<'a> {
    fn word(&self, at: usize) -> &'a Word {
        &self.reader.words[at]
    }

    /// Reads what begins at `at`; gives where to go on.
    fn step(&mut self, at: usize, end: usize) -> usize {
        let word = self.word(at);
        match word.kind {
            Kind::Letters if !word.capital() && !word.is(BEGINS) && word.is(PASSED_OVER) => at + 1,
            Kind::Handle => self.handle(at),
            Kind::Letters if self.pronoun(at, end) => at + 1,
            Kind::Letters | Kind::Number => self.noun_phrase(at, end),
            _ => at + 1,
        }
    }

    /// An account name that the roster knows.
    fn handle(&mut self, at: usize) -> usize {
        let name = &self.reader.page.word(at)[1..];
        if let Some(known) = self.seeds.roster.named(std::iter::once(crate::words::Fold::of(name))) {
            let words = Words { first: at, last: at };
            let mut draft = self.draft(words, at, Form::Name, "mentions/handle");
            draft.name = Some(words);
            draft.known = Some(known);
            draft.proof = Proof::Sure;
            self.drafts.push(draft);
        }
        at + 1
    }

    fn draft(&self, words: Words, head: usize, form: Form, rule: &'static str) -> Draft {
        let classes = self.word(head).classes;
        Draft {
            words,
            name: None,
            head,
            form,
            gender: gender_of(classes),
            plural: classes.meets(Class::PLURAL_PERSON.or(Class::PLURAL_SUBJECT)),
            role: None,
            tail: None,
            proof: Proof::Sure,
            inner: false,
            known: None,
            rule,
        }
    }

    /// he, she, they, I, we, it, who, him, them, and `her` where no noun follows.
    fn pronoun(&mut self, at: usize, end: usize) -> bool {
        let (word, hashes) = (self.word(at), self.reader.hashes);
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
        let words = Words { first: at, last: at };
        let indefinite = self.reader.page.word(at).len() > 4;
        let form = if indefinite { Form::Source } else { Form::Pronoun };
        let rule = if indefinite {
            "mentions/indefinite"
        } else {
            "mentions/pronoun"
        };
        let draft = self.draft(words, at, form, rule);
        self.drafts.push(draft);
        true
    }

    /// `which` or `that` as the subject of a clause about what was just named.
    fn relative(&self, at: usize, end: usize) -> bool {
        let reader = self.reader;
        let which = reader.hash(at) == reader.hashes.which;
        let that = reader.hash(at) == reader.hashes.that && self.drafts.last().is_some_and(|d| d.words.last + 1 == at);
        (which || that) && reader.verb_from(at + 1, end).is_some()
    }

    /// A noun phrase and what goes with it; gives where to go on.
    fn noun_phrase(&mut self, at: usize, end: usize) -> usize {
        let Some(phrase) = self.reader.phrase(at, end) else {
            if self.reader.small_surname(at) {
                let words = Words { first: at, last: at };
                let mut draft = self.draft(words, at, Form::Name, SMALL_SURNAME);
                draft.name = Some(words);
                draft.proof = Proof::Weak;
                self.drafts.push(draft);
                return at + 1;
            }
            let negated = self.reader.is(at, Class::NEGATION) && self.reader.hash(at + 1) == self.reader.hashes.one;
            return if negated {
                self.no_one(at)
            } else {
                self.quantifier(at, end)
            };
        };
        let from = self.drafts.len();
        let draft = self.read(&phrase);
        let verb = self.reader.verb_from(phrase.end, end).is_some();
        let possessive = self.reader.is(at, Class::POSSESSIVE);
        let written = self.reader.is(phrase.end - 1, Class::DOCUMENT);
        match draft {
            Some(draft) if !(possessive && written && !verb) => self.finish(draft, from, end),
            _ if possessive => {
                let words = Words { first: at, last: at };
                let draft = self.draft(words, at, Form::Pronoun, "mentions/possessive-pronoun");
                self.drafts.insert(from, draft);
                phrase.end
            }
            _ => self.reporting_noun(&phrase, from, end).max(at + 1),
        }
    }

    /// `no one`
    fn no_one(&mut self, at: usize) -> usize {
        let words = Words {
            first: at,
            last: at + 1,
        };
        let draft = self.draft(words, at + 1, Form::Source, "mentions/indefinite");
        self.drafts.push(draft);
        at + 2
    }

    /// A noun of any kind right before a verb that reports; gives where to go on.
    fn reporting_noun(&mut self, phrase: &Phrase, from: usize, end: usize) -> usize {
        let last = phrase.end - 1;
        let plain = self.word(last).letters() && !self.reader.capital(last) && phrase.owner.is_none();
        let verb = self.reader.verb_from(phrase.end, end);
        let cue = verb.is_some_and(|verb| self.reader.is(verb, Class::CUE)) || self.reader.according_to(phrase.first);
        let long = phrase.first < last || self.reader.page.word(last).ends_with('s');
        if plain && cue && long && !self.reader.is(last, Class::TIME_NOUN) {
            let draft = self.draft(span_of(phrase), last, Form::Organisation, "mentions/reporting-noun");
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
        let behind = reader.opening(at, end);
        let share = behind > at + 1 || behind > at && reader.hashes.quantity.contains(&word.hash);
        if share && reader.hash(behind) == reader.hashes.of {
            return self.share(at, behind, end);
        }
        let counts = word.hash == reader.hashes.one && self.counts(at, end);
        let stands_alone = word.is(Class::PLURAL_PERSON)
            || word.hash == reader.hashes.one
            || word.is(Class::NUMBER_WORD) && reader.verb_from(at + 1, end).is_some()
            || reader.is(at, Class::PERSON_PRONOUN)
            || word.hash == reader.hashes.those
            || word.hash == reader.hashes.another && reader.verb_from(at + 1, end).is_some();
        // "Paz and Okoro both said": the subject stands before it.
        let floats = word.is(Class::PLURAL_PERSON) && self.drafts.last().is_some_and(|d| d.next() == at);
        if !stands_alone || counts || floats || word.is(Class::ARTICLE) {
            return at + 1;
        }
        let words = Words { first: at, last: at };
        let mut draft = self.draft(words, at, Form::Source, "mentions/quantifier");
        draft.plural = word.hash != reader.hashes.one && word.hash != reader.hashes.another;
        let from = self.drafts.len();
        if reader.hash(at + 1) == reader.hashes.of {
            if let Some(last) = self.prepositional(at + 1, end).filter(|_| self.people_from(from)) {
                draft.words.last = last;
            } else if reader.is(at + 2, Class::OBJECT_PRONOUN) && at + 2 < end {
                draft.words.last = at + 2;
            }
        }
        if word.hash == reader.hashes.those && self.drafts.len() == from {
            self.extend(&mut draft, from, end);
        }
        self.close_inner(from);
        draft.tail = self.tail(&draft, end).filter(|t| reader.is(t.last, Class::REFLEXIVE));
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
        let words = Words { first: at, last };
        let mut draft = self.draft(words, last, Form::Source, "mentions/share-of-people");
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
        if let Some(draft) = self.roster_name(phrase, start) {
            return Some(draft);
        }
        if start < phrase.end {
            return self.capitals(phrase, start);
        }
        self.plain(phrase)
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
        };
        let mut draft = self.named(phrase, name, "mentions/roster");
        draft.known = Some(known);
        Some(draft)
    }

    fn named(&self, phrase: &Phrase, name: PersonName, rule: &'static str) -> Draft {
        let reader = &self.reader;
        let mut last = name.last;
        while last + 1 < phrase.end && reader.postnominal(last + 1) {
            last += 1;
        }
        let words = Words {
            first: phrase.first,
            last,
        };
        let head = reader.surname(name.first, name.last);
        let mut draft = self.draft(words, head, Form::Name, rule);
        draft.name = Some(Words {
            first: name.first,
            last: name.last,
        });
        draft.plural = false;
        draft.proof = name.proof;
        draft.role = (name.first > phrase.first).then(|| Words {
            first: phrase.first,
            last: name.first - 1,
        });
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
            _ if self.reader.units(name.first, name.last) < 2 => Gender::Unknown,
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
            return Some(self.draft(span_of(phrase), last, Form::Source, "mentions/people"));
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
                _ if described || name.first > start => "mentions/titled-name",
                Proof::Sure => "mentions/first-name",
                _ => "mentions/capitals",
            };
            return Some(self.named(&phrase, name, rule));
        }
        if reader.is(last, PERSON) {
            return self.person_noun(phrase, last);
        }
        if reader.is(last, Class::INSTITUTION) || start + 1 < phrase.end && !reader.is(last, Class::DEMONYM) {
            let mut draft = self.draft(span_of(phrase), last, Form::Organisation, "mentions/body");
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
            Words {
                first: if opened { phrase.first } else { start },
                last,
            }
        };
        let mut draft = self.draft(words, last, Form::Organisation, "mentions/body");
        draft.gender = Gender::Unknown;
        draft.plural = self.reader.is(last, Class::PLURAL_PERSON);
        Some(draft)
    }

    /// A phrase that ends in a plain word.
    fn plain(&mut self, phrase: &Phrase) -> Option<Draft> {
        let reader = self.reader;
        let last = phrase.end - 1;
        let words = span_of(phrase);
        if reader.is(last, Class::PLURAL_PERSON) {
            return Some(self.draft(words, last, Form::Source, "mentions/people"));
        }
        if reader.is(last, PERSON) {
            return self.person_noun(phrase, last);
        }
        if reader.is(last, Class::DOCUMENT)
            && phrase.owner.is_some()
            && reader.verb_from(phrase.end, reader.words.len()).is_none()
            && !reader.according_to(phrase.first)
        {
            return None;
        }
        if reader.is(last, BODY) {
            let named =
                (phrase.body..phrase.end).any(|k| reader.capital(k)) && !self.word(phrase.body).shape.has(Shape::FIRST);
            let opened = phrase.first < phrase.body
                || reader.page.word(last).ends_with('s')
                || reader.according_to(phrase.first);
            return (opened || named).then(|| self.draft(words, last, Form::Organisation, "mentions/body-noun"));
        }
        if reader.hash(last) == reader.hashes.old && phrase.end - phrase.first > 4 {
            return self.person_noun(phrase, last);
        }
        let share = reader.hashes.quantity.contains(&reader.hash(last));
        if share && (reader.hash(last + 1) == reader.hashes.of || reader.verb_from(last + 1, last + 3).is_some()) {
            let mut draft = self.draft(words, last, Form::Source, "mentions/share-of-people");
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
            Some(self.named(&run, name, "mentions/capitals"))
        }) {
            self.drafts.push(draft);
        } else if reader.body_name(start, stop) {
            let draft = self.draft(
                Words {
                    first: start,
                    last: stop - 1,
                },
                stop - 1,
                Form::Organisation,
                "mentions/body",
            );
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
            (Form::Role, "mentions/role")
        } else {
            (Form::Source, "mentions/unnamed-person")
        };
        Some(self.draft(span_of(phrase), last, form, rule))
    }

    /// An office without an article: before `of` and a name (`RNC Chief of Staff Katie Walsh`), or before a verb.
    fn bare_person(&self, phrase: &Phrase, last: usize) -> Option<Draft> {
        let reader = self.reader;
        let office = reader.hash(last + 1) == reader.hashes.of;
        let subject = reader.verb_from(last + 1, last + 4).is_some();
        let mut draft = self.draft(span_of(phrase), last, Form::Source, "mentions/unnamed-person");
        draft.proof = Proof::Weak;
        (office || subject).then_some(draft)
    }

    /// Puts on what goes on behind a draft, pushes it, and gives where to go on.
    fn finish(&mut self, mut draft: Draft, from: usize, end: usize) -> usize {
        let next = draft.words.last + 1;
        if matches!(draft.form, Form::Source | Form::Role) || draft.form == Form::Organisation && self.goes_on(&draft) {
            self.extend(&mut draft, from, end);
        }
        // An office without an article is a mention only with its holder's name or before a verb.
        let bare = draft.rule == "mentions/unnamed-person" && draft.proof == Proof::Weak;
        if bare && draft.words.last + 1 > next && self.reader.verb_from(draft.words.last + 1, end).is_none() {
            self.drafts.truncate(from);
            return next;
        }
        if draft.rule == "mentions/share-of-people" {
            let inside = |d: &Draft| matches!(d.form, Form::Source) && d.plural;
            let people = self.drafts[from..].iter().any(inside) || self.reader.verb_from(next, end).is_some();
            if !people {
                return next;
            }
            draft.proof = Proof::Sure;
        }
        if matches!(draft.form, Form::Role | Form::Source) && !draft.plural {
            self.name_in_apposition(&mut draft, end);
        }
        self.close_inner(from);
        draft.tail = self.tail(&draft, end);
        self.describe(&mut draft);
        let (next, tail) = (draft.words.last + 1, draft.tail);
        self.drafts.push(draft);
        tail.map_or(next, |tail| self.inside_tail(tail))
    }

    /// Names in an appositive stay inside it; a relative clause is read like any other. Gives where to go on.
    fn inside_tail(&mut self, tail: Words) -> usize {
        let relative = (tail.first..=tail.last).find(|&k| self.reader.is(k, Class::RELATIVE));
        let stop = relative.unwrap_or(tail.last + 1);
        let from = self.drafts.len();
        let mut at = tail.first;
        while at < stop {
            at = self.step(at, stop);
        }
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
        !self.reader.is(draft.head, Class::PLACE.or(Class::MEDIA))
    }

    /// Steps over what follows the noun: `familiar with the talks`, `for the club`, `of the finance committee`.
    fn extend(&mut self, draft: &mut Draft, from: usize, end: usize) {
        let reader = self.reader;
        for _ in 0..4 {
            let mut k = draft.words.last + 1;
            if k >= end {
                return;
            }
            let described = reader.is(k, Class::POSTMODIFIER) && !matches!(draft.form, Form::Organisation);
            if described {
                k += 1;
            }
            let of = reader.hash(k) == reader.hashes.of;
            let preposition = k < end && (reader.is(k, Class::PREPOSITION) || reader.hash(k) == reader.hashes.to);
            let spokesperson = reader.is(draft.head, Class::SPOKESPERSON.or(Class::ROLE).or(Class::FAMILY));
            let attaches = described
                || reader.hashes.attach.contains(&reader.hash(k)) && (draft.form != Form::Organisation || of)
                || reader.is(draft.head, Class::DOCUMENT)
                    && [reader.hashes.from, reader.hashes.by].contains(&reader.hash(k))
                || reader.hash(k) == reader.hashes.to && spokesperson;
            if !preposition || !attaches || reader.words[k].capital() && !(of && reader.capital(draft.head)) {
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
            draft.words.last = last;
            self.close_inner(from);
        }
    }

    /// `chief of staff Susie Wiles`, `Secretary of State John Kerry`: the name behind the office.
    fn office_of(&mut self, draft: &mut Draft, inner: usize, last: usize) -> bool {
        if self.drafts.len() != inner + 1
            || draft.head + 1 >= self.drafts[inner].words.first
            || !self.reader.is(draft.head, PERSON)
        {
            return false;
        }
        let Some(name) = self.drafts[inner].name.filter(|n| n.last == last) else {
            return false;
        };
        if name.first <= draft.head + 2 || self.reader.units(name.first, name.last) < 2 {
            return false;
        }
        let mut whole = self.drafts.remove(inner);
        whole.words.first = draft.words.first;
        whole.role = Some(Words {
            first: draft.words.first,
            last: name.first - 1,
        });
        whole.rule = "mentions/titled-name";
        *draft = whole;
        true
    }

    /// The phrase behind a preposition at `at`: its last word; the drafts in it are pushed.
    fn prepositional(&mut self, at: usize, end: usize) -> Option<usize> {
        let first = at + 1;
        if first >= end || !matches!(self.word(first).kind, Kind::Letters | Kind::Number) {
            return None;
        }
        let phrase = self.reader.phrase(first, end)?;
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
        if let Some(mut draft) = self.read(&phrase)
            && (phrase.owner.is_none() || draft.form == Form::Name)
        {
            self.state_and_name(&mut draft, &phrase);
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
            *draft = self.named(phrase, name, "mentions/titled-name");
        }
    }

    /// `Trump’s Treasury secretary, Scott Bessent,`: the name is the mention's, the office its role.
    fn name_in_apposition(&mut self, draft: &mut Draft, end: usize) {
        let reader = self.reader;
        let comma = draft.words.last + 1;
        if comma + 2 >= end || reader.kind(comma) != Some(Kind::Comma) || !reader.words[comma + 1].letters() {
            return;
        }
        let opened = reader.is(
            draft.words.first,
            Class::DETERMINER.or(Class::ARTICLE).or(Class::POSSESSIVE),
        ) || reader.hash(draft.words.first) == reader.hashes.one
            || (draft.words.first..draft.head).any(|k| reader.kind(k) == Some(Kind::Clitic));
        let Some(phrase) = reader.phrase(comma + 1, end).filter(|_| opened) else {
            return;
        };
        let closed = phrase.end >= end
            || !matches!(reader.words[phrase.end].kind, Kind::Letters | Kind::Clitic)
            || reader.hash(phrase.end) == reader.hashes.of;
        let Some(inner) = self.read(&phrase).filter(|d| d.form == Form::Name && closed) else {
            return;
        };
        let full = |n: Words| inner.known.is_some() || reader.units(n.first, n.last) > 1;
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
            words: Words {
                first: role.first,
                last: inner.words.last,
            },
            role: Some(role),
            gender,
            proof: Proof::Sure,
            rule: "mentions/name-in-apposition",
            ..inner
        };
    }

    /// Takes the role out of the tail, and with it the gender.
    fn describe(&self, draft: &mut Draft) {
        let Some(tail) = draft.tail.filter(|_| draft.form == Form::Name) else {
            return;
        };
        draft.proof = Proof::Sure;
        if draft.role.is_some() {
            return;
        }
        let reader = self.reader;
        let first = tail.first + 1;
        if first > tail.last
            || !reader.words[first].letters()
            || reader.is(first, Class::RELATIVE.or(Class::PREPOSITION))
        {
            return;
        }
        let cut = (first..=tail.last).find(|&k| {
            k == tail.last || matches!(reader.words[k].kind, Kind::Comma | Kind::Dash) || reader.is(k, Class::RELATIVE)
        });
        let last = cut.map_or(tail.last, |k| {
            if k == tail.last && reader.words[k].letters() {
                k
            } else {
                k - 1
            }
        });
        if last >= first && (first..=last).any(|k| reader.is(k, HEAD)) {
            draft.role = Some(Words { first, last });
            if draft.gender == Gender::Unknown {
                let mut told = (first..=last).map(|k| gender_of(reader.words[k].classes));
                draft.gender = told.find(|g| *g != Gender::Unknown).unwrap_or_default();
            }
        }
    }

    /// The label, appositive or relative clause behind a mention, with its commas.
    fn tail(&self, draft: &Draft, end: usize) -> Option<Words> {
        if matches!(draft.form, Form::Organisation | Form::Pronoun)
            || draft.form == Form::Name
                && draft.proof == Proof::Weak
                && draft.known.is_none()
                && !self
                    .reader
                    .kind(draft.words.last + 1)
                    .is_some_and(|k| matches!(k, Kind::Comma | Kind::Open))
        {
            return None;
        }
        let first = draft.words.last + 1;
        let mut next = first;
        for _ in 0..4 {
            match self.tail_piece(draft, next, end) {
                Some(after) => next = after,
                None => break,
            }
        }
        (next > first).then(|| Words { first, last: next - 1 })
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
            _ if at > draft.words.last + 1 && reader.words[at - 1].kind == Kind::Comma => self.set_off(at - 1, end),
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
        let opens = self.describing(first, close);
        let speaks = (first..close)
            .any(|k| reader.is(k, Class::SAY.or(Class::AUXILIARY).or(Class::MODAL)) && !reader.capital(k))
            && !(first..close).any(|k| reader.is(k, Class::RELATIVE));
        (opens
            && !speaks
            && (closed
                || close == end
                || reader.words[close].kind == Kind::Stop
                || reader.words[close].kind == Kind::Quote))
            .then(|| self.far_close(close, at, end))
    }

    /// Where the words set off end: at the same mark, a stronger one, or the end.
    fn close(&self, at: usize, end: usize) -> usize {
        let mark = self.reader.words[at].kind;
        let limit = end.min(at + 45);
        let mut depth = 0;
        for k in at + 1..limit {
            match self.reader.words[k].kind {
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
    Words {
        first: phrase.first,
        last: phrase.end - 1,
    }
}

/// The gender that a word shows.
pub(super) fn gender_of(classes: Class) -> Gender {
    match (classes.meets(Class::MASCULINE), classes.meets(Class::FEMININE)) {
        (true, false) => Gender::Masculine,
        (false, true) => Gender::Feminine,
        _ => Gender::Unknown,
    }
}
