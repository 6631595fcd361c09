//! The noun phrase that a figure counts or measures.
//!
//! Needs the words around a figure, gives the phrase behind it ("50 countries", "dozens of homes", "a 104% tariff on China"), or
//! the one before it ("the number of cases rose to 90": cases; "Turnout was 61%": Turnout). It has no parser: a phrase ends at a
//! function word, a mark, a verb, or behind the first plural. In doubt it is short.

use super::numbers::{Memory, Reader};
use super::spelling::{Words, words};
use crate::seeds::Class;
use crate::seeds::claims::Context;
use crate::words::{Kind, Shape, Word};
use std::ops::Range;

/// A noun phrase beside a figure.
#[derive(Debug, Clone)]
pub(crate) struct Noun {
    /// Its words.
    pub words: Range<usize>,
    /// True where its head is a plural.
    pub plural: bool,
    /// True where "of" leads to it: "60 of its members".
    pub of: bool,
    /// True where a measure stands between: "eight million 250ml bottles".
    pub apart: bool,
}

/// Words that no noun phrase goes beyond.
const ENDS: Class = Class(
    Class::PREPOSITION.0
        | Class::COORDINATOR.0
        | Class::SUBORDINATOR.0
        | Class::AUXILIARY.0
        | Class::MODAL.0
        | Class::NEGATION.0
        | Class::RELATIVE.0
        | Class::PERSON_PRONOUN.0
        | Class::OBJECT_PRONOUN.0
        | Class::INFINITIVE_MARK.0
        | Class::WEEKDAY.0,
);

impl Reader<'_> {
    /// The noun phrase that begins at `i`, "of" and a determiner stepped over.
    pub fn noun_after(&self, i: usize) -> Option<Noun> {
        if let Some((at, noun)) = &*self.memory.noun.borrow()
            && *at == i
        {
            return noun.clone();
        }
        let noun = self.find_noun_after(i);
        self.memory.noun.replace(Some((i, noun.clone())));
        noun
    }

    fn find_noun_after(&self, i: usize) -> Option<Noun> {
        let of = self.spelled(i, words!["of"]);
        let mut first = i + usize::from(of);
        if self.joins(first) && !of {
            first += 1;
        }
        if !of
            && self.one_of(i.saturating_sub(1), words!["half"])
            && self
                .word(first)
                .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE))
        {
            first += 1;
        }
        let plain = first;
        first = self.measured_kind(first);
        let apart = first > plain;
        if self.steps_over(first) {
            first += 1;
        }
        if of && self.one_of(first, words!["each", "one"]) && self.one_of(first + 1, words!["other", "another"]) {
            return None;
        }
        if of && self.spelled(first, words!["what"]) {
            let words = first..self.clause_end(first);
            return Some(Noun {
                words,
                plural: false,
                of,
                apart: false,
            });
        }
        // "of her", but "of her past four races"
        let owns = || {
            self.word(first + 1)
                .is_some_and(|w| w.letters() && !w.is(ENDS | Class::VERB) || self.spelled(first + 1, words!["past"]))
                || self
                    .word(first + 1)
                    .is_some_and(|w| w.is(Class::NOUN | Class::ADJECTIVE))
        };
        if of
            && (self.word(first).is_some_and(|w| w.is(Class::OBJECT_PRONOUN))
                && !(self.spelled(first, words!["her"]) && owns())
                || self.spelled(first, words!["it"])
                || self.one_of(first, words!["those", "these"]) && self.head(first + 1, first + 1, 2).is_none())
        {
            return Some(Noun {
                words: first..first + 1,
                plural: true,
                of,
                apart: false,
            });
        }
        // "grew 12% year on year"
        let on = || first + 1 + usize::from(self.joins(first + 1));
        if !of && self.word(first).is_some_and(|w| w.is(Class::TIME_NOUN)) && self.one_of(on(), words!["on", "over"]) {
            return None;
        }
        // "7 percent next year": a time, and nothing that is counted.
        if !of && self.one_of(first, words!["next", "last", "past"]) && self.when(first) {
            return None;
        }
        let determined = of
            && self
                .word(first)
                .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE));
        let head = self.head(first, first + usize::from(determined), 6)?;
        Some(Noun {
            words: first..head.0,
            plural: head.1,
            of,
            apart,
        })
    }

    /// Where the phrase behind a measure ends when its last word is the verb: "the $2m budget covers 12 towns".
    pub fn before_its_verb(&self, noun: &Noun) -> usize {
        let Range { start, end } = noun.words;
        let verb = end > start + 1 && self.page.words[end - 1].is(Class::VERB_THIRD | Class::VERB_PAST);
        let rate = self.one_of(end, words!["a", "an", "each", "every"])
            && self.word(end + 1).is_some_and(|w| w.is(Class::TIME_NOUN));
        let object = self
            .word(end)
            .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE) || Reader::may_begin(w))
            || self
                .word(end + 1)
                .is_some_and(|w| w.kind == Kind::Number && self.currency_before(end + 1).is_some());
        let subject = !self.plural(&self.page.words[end.saturating_sub(2)], end.saturating_sub(2));
        end - usize::from(verb && object && subject && !rate)
    }

    /// True for "theirs" and the like in place of a noun.
    pub fn stands_for_noun(&self, noun: &Noun) -> bool {
        noun.words.len() == 1 && self.one_of(noun.words.start, words!["theirs", "ours", "mine", "yours", "hers"])
    }

    /// The noun that "theirs" stands for: the last one that belonged to someone before it ("our cars … millions of theirs").
    pub fn noun_stood_for(&self, i: usize) -> Option<Range<usize>> {
        const FARTHEST: usize = 40;
        let first = i.saturating_sub(FARTHEST);
        let paragraph = &self.page.paragraphs[self.page.paragraph_of(i)].words;
        let mut owners = (first.max(paragraph.start)..i)
            .rev()
            .filter(|&at| self.page.words[at].is(Class::POSSESSIVE));
        let reader = Reader {
            start: paragraph.start,
            memory: &Memory::default(),
            ..*self
        };
        owners.find_map(|at| reader.head(at + 1, at + 1, 4).map(|(end, _)| at + 1..end))
    }

    /// The end of the clause that begins at `i`: the next mark, at most ten words on.
    fn clause_end(&self, i: usize) -> usize {
        (i..self.end.min(i + 10))
            .find(|&at| !self.page.words[at].letters())
            .unwrap_or(self.end.min(i + 10))
    }

    /// One past the head of the phrase whose first free word is `i`, and whether it is plural.
    fn head(&self, first: usize, i: usize, longest: usize) -> Option<(usize, bool)> {
        let mut end = first;
        let mut at = i;
        let of = i > first || first > self.start && self.spelled(first - 1, words!["of"]);
        while at < self.end && at < i + longest + 4 {
            let word = &self.page.words[at];
            let past = at == i && of && self.one_of(at, words!["past", "last", "next", "first"]);
            let part_of_name = end > first && word.kind == Kind::Number && self.joins(at - 1);
            if self.phrase_glue(at, end > first) || past || part_of_name {
                at += 1;
                continue;
            }
            let number = of && at > first && (word.kind == Kind::Number || self.number_word(at).is_some());
            let linked = end > first && word.is(Class::COORDINATOR) && self.adjectives_joined(at);
            if number || linked {
                at += 1;
                continue;
            }
            if !self.nominal(at, word, end > first) || end > first && self.when(at) {
                break;
            }
            at += 1;
            end = at;
            if self.plural(word, at - 1) && !self.phrase_goes_on(at) {
                return Some((end, true));
            }
        }
        (end > i || end > first && i == first).then_some((end, false))
    }

    /// True for words of time or place behind a phrase that belong to the clause: "next month", "Tuesday", "overseas".
    fn when(&self, i: usize) -> bool {
        let time = |at: usize| self.word(at).is_some_and(|w| w.is(Class::TIME_NOUN | Class::MONTH));
        let place = self.one_of(i, words!["overseas", "abroad", "nationwide", "worldwide", "statewide"]);
        let ends = !self
            .word(i + 1)
            .is_some_and(|w| w.letters() && !w.is(ENDS | Class::ADVERB | Class::DETERMINER));
        self.one_of(i, words!["next", "last", "past"]) && time(i + 1) || place && ends
    }

    /// True where "and" at `i` joins two adjectives before a plural: "current and former officials".
    fn adjectives_joined(&self, i: usize) -> bool {
        let adjective = |at: usize| {
            self.word(at)
                .is_some_and(|w| w.is(Class::ADJECTIVE) || self.page.word(at).ends_with("er"))
        };
        let noun = self.word(i + 2).is_some_and(|w| w.letters() && !w.is(ENDS));
        let name = |at: usize| self.word(at).is_some_and(|w| w.letters() && w.capital());
        (adjective(i - 1) && adjective(i + 1) || name(i - 1) && name(i + 1))
            && noun
            && !self.plural(&self.page.words[i - 1], i - 1)
    }

    /// A mark that joins words of one phrase: a hyphen, an ampersand, a possessive 's.
    fn phrase_glue(&self, i: usize, inside: bool) -> bool {
        let Some(word) = self.word(i).filter(|w| inside && !w.letters()) else {
            return false;
        };
        let next = self.word(i + 1).is_some_and(|w| w.letters() || w.kind == Kind::Number);
        next && match word.kind {
            Kind::Hyphen => !word.spaced(),
            // "a Journal/News poll"
            Kind::Slash => {
                !word.spaced() && self.page.words[i - 1].capital() && self.word(i + 1).is_some_and(|w| w.capital())
            }
            Kind::Symbol => !word.spaced() && self.page.word(i) == "&",
            Kind::Clitic => self.one_of(i, words!["'s", "'"]),
            Kind::Quote => {
                !word.spaced()
                    && matches!(self.page.word(i), "'" | "’")
                    && self.word(i - 1).is_some_and(|w| w.letters())
            }
            _ => false,
        }
    }

    /// True for a word that may stand inside a noun phrase.
    fn nominal(&self, i: usize, word: &Word, inside: bool) -> bool {
        // "Super Tuesday states": a day inside a name.
        let named_day = inside
            && word.is(Class::WEEKDAY)
            && self.page.words[i - 1].capital()
            && self
                .word(i + 1)
                .is_some_and(|w| w.letters() && !w.capital() && self.plural(w, i + 1));
        if word.kind == Kind::Handle || named_day || word.letters() && inside_compound(self, i) {
            return true;
        }
        if !word.letters() || word.is(ENDS) || self.extent(i, word) || self.number_word(i).is_some() {
            return false;
        }
        let comparing = self.one_of(i, words!["more", "less"]) && self.spelled(i + 1, words!["than"]);
        if comparing
            || word.is(Class::DETERMINER) && !self.one_of(i, words!["other", "more", "such"])
            || word.is(Class::ADVERB) && !self.spelled(i, words!["most"]) && !self.degree(i)
        {
            return false;
        }
        !self.verb(i, word, inside) && (inside || !self.opens_clause(i, word))
    }

    /// True for an adverb that says how much an adjective holds: "decently sized plants".
    fn degree(&self, i: usize) -> bool {
        let next = |w: &Word| {
            w.is(Class::ADJECTIVE | Class::VERB_PARTICIPLE | Class::VERB_PAST) || self.page.at(w.span()).ends_with("ed")
        };
        self.page.word(i).ends_with("ly") && self.word(i + 1).is_some_and(next)
    }

    /// True for a word that is a verb and not a noun here. `inside`: other words of the phrase stand before it.
    fn verb(&self, i: usize, word: &Word, inside: bool) -> bool {
        if word.capital() {
            return false;
        }
        let past = self.past(i, word);
        if !(past || word.is(Class::VERB | Class::CUE | Class::SAY)) {
            return false;
        }
        let nouns = Class::NOUN
            | Class::PERSON_NOUN
            | Class::PLURAL_PERSON
            | Class::ORGANISATION
            | Class::TIME_NOUN
            | Class::ROLE;
        // "five states", "a million tweets": many do not take a verb of the singular.
        let counted = !inside
            && self
                .before(i)
                .is_some_and(|w| w.kind == Kind::Number || w.is(Class::NUMBER_WORD))
            && (word.is(Class::VERB_THIRD) && word.is(Class::NOUN)
                || self.seeds.context(word).has(Context::PLURAL)
                || word.is(Class::VERB_THIRD) && self.rate_at(i + 1))
            && !self.one_of(i - 1, words!["one", "1"]);
        if counted && (self.seeds.context(word).has(Context::PLURAL) || !word.is(Class::SAY | Class::NOUN)) {
            return false;
        }
        let known = word.is(Class::VERB | Class::CUE) && !word.is(nouns | Class::ADJECTIVE)
            || past && !word.is(Class::ADJECTIVE)
            || word.is(Class::SAY) && !counted && !self.has(i, Context::SPEECH_NOUN);
        if !known {
            return false;
        }
        let behind_adjective = word.is(Class::VERB_BASE)
            && i > self.start
            && self.page.words[i - 1].is(Class::DETERMINER | Class::POSSESSIVE | Class::ADJECTIVE)
            && !self.page.words[i - 1].is(Class::VERB);
        // "the bid is", "guards' posts": before a helping verb and behind a possessive stands a noun.
        let helped = || inside && self.word(i + 1).is_some_and(|w| w.is(Class::AUXILIARY | Class::MODAL));
        let owned = || {
            i > self.start && matches!(self.page.words[i - 1].kind, Kind::Clitic | Kind::Quote) && self.touches(i - 1)
        };
        let noun = word.is(Class::NOUN) && (helped() || owned());
        !behind_adjective && !noun && !self.participle_of_noun(i, word, inside, nouns)
    }

    /// True for a participle that stands before its noun as an adjective does: "lost production", "oil drilling firms".
    fn participle_of_noun(&self, i: usize, word: &Word, inside: bool, nouns: Class) -> bool {
        if i <= self.start || word.is(Class::SAY) {
            return false;
        }
        let degree = self.page.word(i - 1).ends_with("ly");
        let participle = word.is(Class::VERB_PARTICIPLE | Class::VERB_GERUND)
            || self.past(i, word)
            || degree && word.is(Class::VERB_PAST);
        if !participle {
            return false;
        }
        let noun_next = || {
            self.word(i + 1).is_some_and(|w| {
                w.letters() && !w.is(ENDS | Class::DETERMINER | Class::ADVERB) && (!w.is(Class::VERB) || w.is(nouns))
            })
        };
        // "lost production coming home", "the foundation received gifts": behind a noun a participle is a verb, but for a gerund
        // before a plural ("oil drilling firms").
        let noun_before = || {
            inside
                && self.before(i).is_some_and(|w| {
                    let other = Class::DETERMINER
                        | Class::ADJECTIVE
                        | Class::ADVERB
                        | Class::VERB
                        | Class::NUMBER_WORD
                        | Class::DEMONYM;
                    w.letters() && !w.is(ENDS | other)
                })
        };
        let plural_next = || self.word(i + 1).is_some_and(|w| self.plural(w, i + 1));
        let predicate = || !word.is(nouns) && noun_before() && !(word.is(Class::VERB_GERUND) && plural_next());
        let attribute =
            degree || noun_next() && !self.page.words[i - 1].capital() && !self.plural(&self.page.words[i - 1], i - 1);
        attribute && !predicate()
    }

    /// True for a word that [`Self::verb`] doubts and that a number's subject takes at once: "One gets up", "19 contain".
    fn opens_clause(&self, i: usize, word: &Word) -> bool {
        if !word.is(Class::VERB | Class::VERB_THIRD) {
            return false;
        }
        let object = || {
            self.word(i + 1)
                .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE | Class::OBJECT_PRONOUN))
                || self.spelled(i + 1, words!["one"])
        };
        // "of the steel the country buys", "of water a day": a noun behind "the" or "of".
        let led = || {
            self.before(i)
                .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE | Class::PREPOSITION))
                && !word.is(Class::VERB_GERUND)
        };
        word.is(Class::VERB) && object() && !led() && !self.plural(word, i)
            || word.is(Class::VERB_THIRD) && !word.is(Class::NOUN) && !self.rate_at(i + 1)
    }

    /// "a game", "per week": what a rate is stated for, so that the word before it is counted ("6.1 assists a game").
    fn rate_at(&self, i: usize) -> bool {
        let noun = |w: &Word| w.is(Class::TIME_NOUN) || self.seeds.context(w).has(Context::RATE);
        self.one_of(i, words!["a", "an", "per"]) && self.word(i + 1).is_some_and(noun)
    }

    /// A word of extent, unless it is an adjective before a noun: "two smaller towns".
    fn extent(&self, i: usize, word: &Word) -> bool {
        let next_is_noun = || {
            self.word(i + 1).is_some_and(|w| {
                w.letters()
                    && !w.is(ENDS)
                    && !w.is(Class::ADVERB | Class::DETERMINER)
                    && !self.seeds.context(w).has(Context::EXTENT)
            })
        };
        let adjective = || {
            self.page.word(i).ends_with("er") && !self.one_of(i, words!["later", "earlier", "after"])
                || self.one_of(i, words!["total", "straight", "long", "high", "more"])
        };
        self.seeds.context(word).has(Context::EXTENT) && !(adjective() && next_is_noun())
    }

    /// Steps over a measure that tells the kind of what is counted: "eight million 250ml bottles".
    fn measured_kind(&self, i: usize) -> usize {
        let Some(number) = self
            .word(i)
            .filter(|w| w.kind == Kind::Number && self.may_go_on(i + 1, true))
            .and_then(|_| self.read(i, false))
        else {
            return i;
        };
        let measure = self.unit_after(&number).map(|m| m.next);
        measure
            .filter(|&next| self.word(next).is_some_and(|w| w.letters() && self.plural(w, next)))
            .unwrap_or(i)
    }

    /// True for a word that looks like a past tense or participle behind a noun.
    fn past(&self, i: usize, word: &Word) -> bool {
        let regular = word.length() > 4 && !word.capital() && self.bytes(word).ends_with(b"ed");
        let adjective = || i > self.start && self.bytes(&self.page.words[i - 1]).ends_with(b"ly");
        (regular || word.is(Class::VERB_PAST)) && !adjective()
    }

    /// True for a plural noun.
    pub fn plural(&self, word: &Word, i: usize) -> bool {
        let kinds = self.seeds.context(word);
        if kinds.has(Context::PLURAL) || word.is(Class::PLURAL_PERSON) {
            return true;
        }
        let text = self.bytes(&self.page.words[i]);
        let [before @ .., b's'] = text else { return false };
        text.len() > 3 && !text.ends_with(b"ss") && !text.ends_with(b"ous") && !kinds.has(Context::SINGULAR)
            || word.shape.has(Shape::UPPER)
            || text.len() > 2 && before.iter().all(u8::is_ascii_uppercase)
    }

    /// True where the phrase goes on behind a plural: "sports teams", "Wales fans".
    fn phrase_goes_on(&self, i: usize) -> bool {
        let capital = self.word(i - 1).is_some_and(|w| w.capital());
        let possessive = self.phrase_glue(i, true);
        let next = self.word(i).is_some_and(|w| w.letters() && w.capital()) && capital;
        // "people smugglers", "wounded sailors": a plural without s before another plural.
        let irregular = self
            .word(i - 1)
            .is_some_and(|w| self.seeds.context(w).has(Context::PLURAL))
            && self.word(i).is_some_and(|w| {
                w.letters()
                    && !w.is(ENDS)
                    && self.page.word(i).ends_with('s')
                    && self.plural(w, i)
                    && !w.is(Class::VERB_THIRD)
            });
        // "Orbis shares rose": a name that ends in s before the plural it belongs to.
        let finite = || {
            self.word(i + 1).is_some_and(|w| {
                let noun = w.is(Class::NOUN | Class::ADJECTIVE) && !self.seeds.context(w).has(Context::CHANGE);
                w.is(Class::AUXILIARY | Class::MODAL) || w.is(Class::VERB_PAST) && !noun
            })
        };
        let owned = capital
            && self
                .word(i)
                .is_some_and(|w| w.letters() && w.spaced() && !w.capital() && !w.is(ENDS) && self.plural(w, i))
            && finite();
        possessive || next || irregular || owned
    }

    /// "on China" behind a share: the preposition's phrase, where it is short.
    pub fn extended(&self, noun: &Noun) -> Range<usize> {
        let at = noun.words.end;
        if !self.one_of(at, words!["on", "of", "in", "from"])
            || self
                .word(at + 1)
                .is_some_and(|w| w.is(Class::TIME_NOUN | Class::MONTH | Class::WEEKDAY) || w.kind != Kind::Letters)
        {
            return noun.words.clone();
        }
        let determined = self
            .word(at + 1)
            .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE));
        match self.head(at + 1, at + 1 + usize::from(determined), 3) {
            Some((end, _)) => noun.words.start..end,
            None => noun.words.clone(),
        }
    }

    /// The noun phrase before the figure that no "of" ties to it ([`Self::measured_by_of`]): the object of its verb, else the
    /// subject of its clause. `verb`: the figure is itself the verb ("profit doubled").
    pub fn noun_before(&self, i: usize, verb: bool) -> Option<Range<usize>> {
        self.object_by(i)
            .or_else(|| self.noun_of_participle(i))
            .or_else(|| self.subject(i, verb))
    }

    /// "a gap of", "the number of cases rose to": the noun before "of", or what a word of number counts.
    pub fn measured_by_of(&self, i: usize) -> Option<Range<usize>> {
        let clause = self.clause(i);
        let first = clause.start;
        let counting = |at: usize| at > first && at + 1 < i && self.has(at - 1, Context::COUNTING);
        if let Some(of) = clause.marked(clause.of).find(|&at| counting(at)) {
            let determined = self
                .word(of + 1)
                .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE));
            let head = self.head(of + 1, of + 1 + usize::from(determined), 5);
            return head.map(|(end, _)| of + 1..end.min(i)).filter(|r| !r.is_empty());
        }
        let of = i
            .checked_sub(1)
            .filter(|&of| of > self.start && self.spelled(of, words!["of"]))?;
        // "for a total of $9m": behind a preposition the word of number is what is measured.
        let led = self.one_of(of.saturating_sub(2), words!["a", "an"])
            && of > first + 2
            && self.one_of(of - 3, words!["for", "at", "to", "with"]);
        // "a market value of $3bn": of money, the value and the price are what is measured.
        let worth = self.one_of(of - 1, words!["value", "price", "rate"]);
        let counts = self.has(of - 1, Context::COUNTING) && !led && !worth;
        // "to the tune of $9m"
        let out = self.one_of(of - 1, words!["out", "because", "instead", "ahead", "all", "tune"]);
        let noun = self.phrase_ending(of, first).filter(|_| !counts && !out)?;
        // "a margin of error of 3 points": the whole chain.
        let chain = noun
            .start
            .checked_sub(1)
            .filter(|&at| at > first && self.spelled(at, words!["of"]));
        let outer = chain.and_then(|at| self.phrase_ending(at, first));
        Some(outer.map_or(noun.clone(), |outer| outer.start..noun.end))
    }

    /// "goods worth about $9bn", "a van doing 60 miles per hour", "a shot from 25 yards": the noun that a participle or "worth"
    /// behind it measures.
    fn noun_of_participle(&self, i: usize) -> Option<Range<usize>> {
        let first = self.clause_start(i);
        let at = (i.saturating_sub(3).max(first + 1)..i).rev().find(|&at| {
            self.page.words[at].is(Class::VERB_GERUND)
                || self.spelled(at, words!["worth"]) && !self.spelled(at - 1, words!["net"])
                || self.one_of(at, words!["valued", "priced"]) && self.spelled(at + 1, words!["at"])
                || at + 1 == i && self.spelled(at, words!["from"]) && !self.has(at - 1, Context::CHANGE)
        })?;
        let between = (at + 1..i)
            .all(|b| self.page.words[b].is(Class::PREPOSITION | Class::ADVERB | Class::DETERMINER | Class::HEDGE));
        let noun = self.phrase_ending(at, first).filter(|_| between)?;
        let head = &self.page.words[noun.end - 1];
        // "Gump keeps running": a verb behind its subject.
        let verb = noun.len() > 1 && head.is(Class::VERB_THIRD) && self.page.words[noun.end - 2].capital();
        // "12 cents a share from 20": the share belongs to the rate.
        let article = noun.start.saturating_sub(1);
        let measured = |w: &Word| w.is(Class::UNIT | Class::NUMBER_WORD) || w.kind == Kind::Number;
        let rate = self.rate_at(article) && self.before(article).is_some_and(measured);
        (!verb && !rate && !head.is(Class::AUXILIARY | Class::TIME_NOUN | Class::ADVERB)).then_some(noun)
    }

    /// "Participants, aged 18 to 84": the people whose ages stand between commas.
    pub fn group_aged(&self, i: usize) -> Option<Range<usize>> {
        let comma = i
            .checked_sub(1)
            .filter(|&at| at > self.start && self.page.words[at].kind == Kind::Comma)?;
        let noun = self.phrase_ending(comma, self.start)?;
        self.page.words[noun.end - 1].is(Class::PLURAL_PERSON).then_some(noun)
    }

    /// "readings every 10 minutes": the noun that stands before "every".
    pub fn noun_before_every(&self, i: usize) -> Option<Range<usize>> {
        let every = i
            .checked_sub(1)
            .filter(|&at| at > self.start && self.spelled(at, words!["every"]))?;
        let noun = self.phrase_ending(every, self.clause_start(i))?;
        (!self.page.words[noun.end - 1].is(Class::VERB) || self.plural(&self.page.words[noun.end - 1], noun.end - 1))
            .then_some(noun)
    }

    /// The noun phrase that ends before word `end`, adjectives and nouns before its head included.
    fn phrase_ending(&self, end: usize, lowest: usize) -> Option<Range<usize>> {
        let head = end.checked_sub(1).filter(|&at| at >= lowest.max(self.start))?;
        let noun = &self.page.words[head];
        let pronoun = noun.is(Class::DETERMINER) || self.one_of(head, words!["each", "both", "all"]);
        // "sales of $3 billion from": the magnitude belongs to a figure.
        let number = self.number_word(head).is_some();
        if !noun.letters() || noun.is(ENDS) || pronoun || number || self.verb(head, noun, true) {
            return None;
        }
        let lowest = head.saturating_sub(3).max(lowest);
        let mut start = head;
        while start > lowest && self.adjective_like(start - 1) {
            start -= 1;
        }
        (!self.unit_of_number(start)).then_some(start..end)
    }

    /// True for a unit behind its number: "204 hp, which", "78 per cent of".
    fn unit_of_number(&self, i: usize) -> bool {
        let per = usize::from(i > self.start && self.spelled(i - 1, words!["per"]));
        let unit = self
            .word(i)
            .is_some_and(|w| w.is(Class::UNIT) || self.seeds.unit_names.longest(self.from(i)).is_some());
        unit && self
            .before(i - per)
            .is_some_and(|w| w.kind == Kind::Number || w.is(Class::NUMBER_WORD))
    }

    /// True for a word that may stand before a noun inside its phrase.
    fn adjective_like(&self, i: usize) -> bool {
        let word = &self.page.words[i];
        word.letters()
            && !word.is(ENDS)
            && !word.is(Class::DETERMINER | Class::POSSESSIVE | Class::ADVERB)
            && (word.is(Class::ADJECTIVE) || !word.is(Class::VERB) || self.named_noun(i))
    }

    /// "the tax rate", "a market value": a noun that could be a verb, behind an article or an adjective.
    fn named_noun(&self, i: usize) -> bool {
        let word = &self.page.words[i];
        let plain = word.is(Class::NOUN) && word.is(Class::VERB_BASE) && !word.is(Class::VERB_PAST | Class::VERB_THIRD);
        let led = self.before(i).is_some_and(|w| {
            w.is(Class::ARTICLE | Class::POSSESSIVE)
                || w.is(Class::ADJECTIVE) && !w.is(Class::ADVERB | Class::NUMBER_WORD)
        });
        plain && led
    }

    /// The subject of the clause that leads to word `i`: up to its verb, phrases with prepositions included.
    fn subject(&self, i: usize, verb: bool) -> Option<Range<usize>> {
        let (relative, clause) = (self.relative(i), self.clause_start(i));
        if let Some(relative) = relative {
            return match self.spelled(relative, words!["whose"]) {
                true => self.subject_from(relative + 1, i, verb),
                false => self.antecedent(relative),
            };
        }
        // Behind a comma "compared with" is no verb of the clause; "fell to" is.
        let participle = self.word(clause).is_some_and(|w| w.is(Class::VERB_PAST))
            && self
                .word(clause + 1)
                .is_some_and(|w| w.is(Class::PREPOSITION | Class::ADVERB))
            && !self.has(clause, Context::CHANGE);
        if self.finite(clause, i) && !participle && self.before(clause).is_some_and(|w| w.kind == Kind::Comma) {
            return self.before_parenthesis(clause - 1);
        }
        if self.word(clause).is_some_and(|w| w.is(Class::COORDINATOR)) && self.finite(clause + 1, i) {
            return self.object_of(clause + 1, i);
        }
        self.subject_from(clause, i, verb)
    }

    /// The last "which", "who", "whose" or "that" of the clause before word `i` that opens a relative clause.
    fn relative(&self, i: usize) -> Option<usize> {
        let clause = self.clause(i);
        let opens = |at: &usize| {
            let verb = || {
                self.word(at + 1)
                    .is_some_and(|w| w.is(Class::VERB | Class::AUXILIARY | Class::MODAL | Class::ADVERB))
            };
            let noun = || {
                self.before(*at)
                    .is_some_and(|w| w.letters() && !w.is(Class::VERB | ENDS | Class::ADVERB) || w.kind == Kind::Comma)
            };
            self.one_of(*at, words!["which", "who", "whose"])
                && !self.before(*at).is_some_and(|w| w.is(Class::PREPOSITION))
                || self.spelled(*at, words!["that"]) && *at > clause.start && verb() && noun()
        };
        clause.marked(clause.relative).find(opens).filter(|&at| at > self.start)
    }

    /// The noun that a relative clause belongs to.
    fn antecedent(&self, relative: usize) -> Option<Range<usize>> {
        let comma = self.before(relative).is_some_and(|w| w.kind == Kind::Comma);
        let noun = self.phrase_ending(
            relative - usize::from(comma),
            relative.saturating_sub(8).max(self.start),
        )?;
        let person =
            self.spelled(relative, words!["who"]) && !self.plural(&self.page.words[noun.end - 1], noun.end - 1);
        (!person).then_some(noun)
    }

    /// The subject before a phrase between commas: "The debt, he said, had grown by": the debt. `comma`: the second one.
    fn before_parenthesis(&self, comma: usize) -> Option<Range<usize>> {
        const LONGEST: usize = 14;
        let lowest = comma.saturating_sub(LONGEST).max(self.start + 1);
        let open = (lowest..comma)
            .rev()
            .find(|&at| self.page.words[at].kind == Kind::Comma)?;
        let noun = self.phrase_ending(open, self.start)?;
        // A capital is most often a person, who is not measured.
        let head = &self.page.words[noun.end - 1];
        let other = Class::TIME_NOUN | Class::MONTH | Class::WEEKDAY | Class::ADVERB;
        let adjective = head.is(Class::ADJECTIVE) && !head.is(Class::NOUN);
        let age = open + 2 == comma && self.page.words[open + 1].kind == Kind::Number;
        let body = Class::ORGANISATION | Class::COMPANY_SUFFIX | Class::INSTITUTION;
        let name = head.capital() && !head.is(body) && (age || !head.shape.has(Shape::FIRST));
        (!head.is(other) && !adjective && !name).then_some(noun)
    }

    /// True for a verb at `at` that has its subject elsewhere: a helping verb, or a finite form before its object or the figure.
    fn finite(&self, at: usize, i: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        let finite = word.is(Class::VERB_PAST | Class::VERB_THIRD) && !word.capital();
        let object = at + 1 == i
            || self.word(at + 1).is_some_and(|w| {
                w.is(Class::DETERMINER | Class::POSSESSIVE | Class::PREPOSITION | Class::OBJECT_PRONOUN | Class::ADVERB)
            })
            || word.is(Class::VERB_PAST) && !word.is(Class::NOUN)
            || self.one_of(at + 2, words!["by"]);
        word.is(Class::AUXILIARY | Class::MODAL) || finite && object
    }

    /// "raised prices by", "cut its staff by": the object between a verb and "by".
    fn object_by(&self, i: usize) -> Option<Range<usize>> {
        let by = i
            .checked_sub(1)
            .filter(|&at| at > self.start && self.spelled(at, words!["by"]))?;
        let noun = self.phrase_ending(by, self.clause_start(i))?;
        let determiner = usize::from(
            self.before(noun.start)
                .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE)),
        );
        let verb = self.before(noun.start - determiner)?;
        let acts = verb.is(Class::VERB) && !verb.is(Class::AUXILIARY | Class::MODAL | Class::PREPOSITION);
        // "beat Rovers by 3": a name is not what was changed.
        (acts && !self.page.words[noun.end - 1].capital()).then_some(noun)
    }

    /// What "by" measures behind a verb: "cut prices by".
    fn object_of(&self, verb: usize, i: usize) -> Option<Range<usize>> {
        let by = i
            .checked_sub(1)
            .filter(|&at| self.spelled(at, words!["by"]) && at > verb + 1)?;
        self.phrase_ending(by, verb + 1)
    }

    /// The subject whose clause begins at `clause`: times and phrases with a preposition before it are stepped over.
    fn subject_from(&self, clause: usize, i: usize, verb: bool) -> Option<Range<usize>> {
        let mut first = self.opened(clause, i);
        let mut head = self
            .head(first, first, 5)
            .filter(|&(end, _)| end <= i && end > first)?
            .0;
        // "On its stake the sign stands", "told reporters the plan would cost": the subject is the next phrase.
        let leads = self.word(clause).is_some_and(|w| w.is(Class::PREPOSITION))
            || self.before(clause).is_some_and(|w| w.is(Class::SAY));
        for _ in 0..2 {
            let last = &self.page.words[head - 1];
            let next = self.word(head).filter(|_| head < i);
            let pronoun = next.is_some_and(|w| w.is(Class::PERSON_PRONOUN));
            let begins = next.is_some_and(|w| w.is(Class::DETERMINER) || w.kind == Kind::Comma);
            let time = last.is(Class::TIME_NOUN | Class::MONTH | Class::WEEKDAY);
            if !(pronoun || begins && (leads || time)) {
                break;
            }
            first = self.opened(head, i);
            head = self
                .head(first, first, 5)
                .filter(|&(end, _)| end <= i && end > first)?
                .0;
        }
        if head > first && self.page.words[head - 1].is(Class::TIME_NOUN) && self.spelled(head, words!["as"]) {
            return None;
        }
        // "The fund holds the bonds": a verb that could be a plural, before its object.
        let object = self
            .word(head)
            .is_some_and(|w| w.is(Class::DETERMINER) || w.letters() && w.capital() || Reader::may_begin(w));
        if object && head < i && head > first + 1 && self.page.words[head - 1].is(Class::VERB_THIRD) {
            head -= 1;
        }
        // "taking in $5m": a participle has its subject elsewhere.
        let opening = &self.page.words[first];
        let acts = head == i && head == first + 1 || !opening.is(Class::NOUN);
        let participle = opening.is(Class::VERB_GERUND) && acts && head > first && !self.joins(first + 1);
        if self.unit_of_number(first)
            || participle && self.finite_between(head, i).is_none()
            || self.one_of(head - 1, words!["other", "another", "percent"])
        {
            return None;
        }
        head = self.cut_by_verb(first, head);
        // "The S&P 500 closed": a name's number belongs to it.
        let person = self.page.words[first].is(Class::MALE_NAME | Class::FEMALE_NAME);
        let named =
            self.word(head).is_some_and(|w| w.kind == Kind::Number) && self.page.words[head - 1].capital() && !person;
        head += usize::from(named && head + 1 < i);
        let end = self.with_prepositions(head, i);
        // A verb must stand between subject and figure, also one that could be a noun: "A ticket costs €45".
        let finite = Class::VERB_PAST | Class::VERB_THIRD;
        let verbless = end == i || self.finite_between(end, i).is_none();
        let swallowed = !verb && verbless && end > first + 1 && self.page.words[end - 1].is(finite);
        let past = end < i
            && end > first + 1
            && self.page.words[end - 1].is(Class::VERB_PAST)
            && self.page.words[end].is(Class::PREPOSITION);
        let subject = first..end - usize::from(swallowed || past);
        Some(self.object_cut_by(i, subject))
    }

    /// The first verb that agrees with a subject between two words.
    fn finite_between(&self, first: usize, i: usize) -> Option<usize> {
        const FINITE: Class = Class(Class::AUXILIARY.0 | Class::MODAL.0 | Class::VERB_PAST.0 | Class::VERB_THIRD.0);
        (first..i).find(|&at| {
            let word = &self.page.words[at];
            let plain = word.is(Class::VERB_BASE)
                && !word.is(Class::NOUN | Class::ADJECTIVE | Class::PREPOSITION | Class::ADVERB);
            word.is(FINITE) || plain && !self.spelled(at - 1, words!["to"])
        })
    }

    /// The first word from `at` on that may begin a noun phrase.
    fn opened(&self, at: usize, i: usize) -> usize {
        let opens = Class::PREPOSITION
            | Class::COORDINATOR
            | Class::SUBORDINATOR
            | Class::ADVERB
            | Class::DETERMINER
            | Class::POSSESSIVE;
        // "first-quarter profit", "a 30-second ad": a word that a hyphen joins belongs to the phrase, a measure before it does not.
        let measure = |at: usize| {
            at > self.start + 1
                && self.joins(at - 1)
                && self.page.words[at - 2].kind == Kind::Number
                && !self.joins(at + 1)
        };
        (at..i)
            .find(|&at| {
                let word = &self.page.words[at];
                word.letters() && (!word.is(opens) || self.joins(at + 1)) && !measure(at)
            })
            .unwrap_or(i)
    }

    /// Where a verb that could be a noun ends the subject behind a determiner of the singular: "each visit cost taxpayers".
    fn cut_by_verb(&self, first: usize, head: usize) -> usize {
        let single = first > self.start && self.one_of(first - 1, words!["a", "an", "each", "every", "this"]);
        let plural = self.plural(&self.page.words[head - 1], head - 1);
        let verb = (first + 1..head.saturating_sub(1)).find(|&at| {
            self.page.words[at].is(Class::VERB_PAST | Class::VERB_THIRD) && self.page.words[at].is(Class::NOUN)
        });
        verb.filter(|_| single && plural).unwrap_or(head)
    }

    /// "Homes on tree-lined streets": phrases with a preposition behind the head, where a verb follows them.
    fn with_prepositions(&self, head: usize, i: usize) -> usize {
        let mut end = head;
        while self.one_of(end, words!["on", "in", "under", "of", "at", "for"]) && end + 1 < i {
            let determined = self
                .word(end + 1)
                .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE));
            match self.head(end + 1, end + 1 + usize::from(determined), 4) {
                Some((next, _)) if next < i && next > end + 1 => end = next,
                _ => break,
            }
        }
        let verb = self
            .word(end)
            .is_some_and(|w| w.is(Class::AUXILIARY | Class::MODAL | Class::VERB));
        if verb { end } else { head }
    }

    /// "The bank cut rates by": what "by" measures is the object of the verb inside.
    fn object_cut_by(&self, i: usize, subject: Range<usize>) -> Range<usize> {
        let by = subject.end < i && self.spelled(subject.end, words!["by"]);
        let inside = subject.start + 1..subject.end.saturating_sub(1).max(subject.start + 1);
        let verb = inside
            .rev()
            .find(|&at| by && self.page.words[at].is(Class::VERB_PAST | Class::VERB_THIRD));
        verb.map_or(subject.clone(), |verb| verb + 1..subject.end)
    }

    /// What a word of number counted before in the sentence: "several colleagues … maybe 10 to 20".
    pub fn counted_earlier(&self, i: usize) -> Option<Range<usize>> {
        let lowest = i.saturating_sub(30).max(self.start);
        let some = (lowest..i).rev().filter(|&at| {
            self.one_of(
                at,
                words!["several", "many", "some", "more", "few", "other", "numerous"],
            )
        });
        some.filter_map(|at| {
            let (end, plural) = self.head(at + 1, at + 1, 4)?;
            (plural && end <= i).then_some(at + 1..end)
        })
        .next()
    }

    /// Where the clause that holds word `i` begins: behind the last mark or conjunction, at most 30 words back.
    fn clause_start(&self, i: usize) -> usize {
        self.clause(i).start
    }

    /// The clause before word `i`, kept for the rules that ask for it next.
    fn clause(&self, i: usize) -> Clause {
        if let Some(clause) = self.memory.clause.get()
            && clause.end == i
        {
            return clause;
        }
        let clause = self.find_clause(i);
        self.memory.clause.set(Some(clause));
        clause
    }

    fn find_clause(&self, i: usize) -> Clause {
        const LONGEST: usize = 30;
        const OPENING: &Words = words!["as", "after", "before", "since", "until", "once"];
        const RELATIVE: &Words = words!["which", "who", "whose", "that"];
        const ANY: &Words = words![
            "as", "after", "before", "since", "until", "once", "of", "which", "who", "whose", "that"
        ];
        let lowest = i.saturating_sub(LONGEST).max(self.start);
        let mut clause = Clause {
            start: lowest,
            end: i,
            of: 0,
            relative: 0,
        };
        let tells =
            |word: &Word| breaks_clause(word.kind) | word.is(Class::SAY | Class::SUBORDINATOR) | ANY.may_hold(word);
        let mut end = i;
        while let Some(found) = self.page.words[lowest..end].iter().rposition(tells) {
            let at = lowest + found;
            end = at;
            let (word, back) = (&self.page.words[at], i - 1 - at);
            let breaks = breaks_clause(word.kind)
                || word.is(Class::SAY) && word.is(Class::VERB) && !word.is(Class::NOUN)
                || word.is(Class::SUBORDINATOR) && !word.is(Class::PREPOSITION);
            if breaks || OPENING.hold(word) && self.opens_time_clause(at, i) {
                clause.start = at + 1;
                break;
            }
            clause.of |= u32::from(words!["of"].hold(word)) << back;
            clause.relative |= u32::from(RELATIVE.hold(word)) << back;
        }
        clause
    }

    /// "as the price fell to": not "as a result".
    #[inline(never)]
    fn opens_time_clause(&self, at: usize, i: usize) -> bool {
        self.word(at + 1).is_some_and(|w| {
            // "as a new poll showed", but not "as a result fell"
            let article = self.one_of(at + 1, words!["a", "an"]);
            let says = || {
                (at + 2..i.min(at + 7)).any(|verb| {
                    self.page.words[verb].is(Class::SAY) || self.one_of(verb, words!["showed", "shows", "found"])
                })
            };
            w.is(Class::DETERMINER | Class::POSSESSIVE) && !self.spelled(at + 1, words!["all"]) && (!article || says())
        }) && (at + 2..i).any(|verb| {
            self.page.words[verb].is(Class::VERB_PAST | Class::VERB_THIRD | Class::MODAL | Class::AUXILIARY)
        })
    }
}

/// The words of a clause that stand before a figure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clause {
    start: usize,
    /// The first word of the figure.
    end: usize,
    /// One bit for each "of", the lowest for the word before the figure.
    of: u32,
    /// The same for "which", "who", "whose" and "that".
    relative: u32,
}

impl Clause {
    /// The words that bits stand for, the last one first.
    fn marked(self, mut bits: u32) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            let back = bits.trailing_zeros() as usize;
            bits &= bits.checked_sub(1)?;
            Some(self.end - 1 - back)
        })
    }
}

/// Marks that no clause goes beyond.
fn breaks_clause(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Comma
            | Kind::Semicolon
            | Kind::Colon
            | Kind::Dash
            | Kind::Open
            | Kind::Close
            | Kind::Quote
            | Kind::Stop
            | Kind::Ellipsis
    )
}

/// True for a word that a hyphen joins to its neighbour.
fn inside_compound(reader: &Reader, i: usize) -> bool {
    reader.joins(i + 1) || i > reader.start && reader.joins(i - 1)
}
