//! The noun phrase that a figure counts or measures.
//!
//! Needs the words around a figure, gives the phrase behind it ("50 countries", "dozens of homes", "a 104% tariff on China"), or
//! the one before it ("the number of cases rose to 90": cases; "Turnout was 61%": Turnout). It has no parser: a phrase ends at a
//! function word, a mark, a verb, or behind the first plural. In doubt it is short.

use super::numbers::Reader;
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
        let of = self.spelled(i, "of");
        let mut first = i + usize::from(of);
        if self.joins(first) && !of {
            first += 1;
        }
        if !of
            && self.one_of(i.saturating_sub(1), &["half"])
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
        if of && self.spelled(first, "what") {
            let words = first..self.clause_end(first);
            return Some(Noun {
                words,
                plural: false,
                of,
                apart: false,
            });
        }
        if of
            && (self.word(first).is_some_and(|w| w.is(Class::OBJECT_PRONOUN))
                || self.one_of(first, &["those", "these"]) && self.head(first + 1, first + 1, 2).is_none())
        {
            return Some(Noun {
                words: first..first + 1,
                plural: true,
                of,
                apart: false,
            });
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

    /// True for "theirs" and the like in place of a noun.
    pub fn stands_for_noun(&self, noun: &Noun) -> bool {
        noun.words.len() == 1 && self.one_of(noun.words.start, &["theirs", "ours", "mine", "yours", "hers"])
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
        let of = i > first || first > self.start && self.spelled(first - 1, "of");
        while at < self.end && at < i + longest + 4 {
            let word = &self.page.words[at];
            if self.phrase_glue(at, end > first) {
                at += 1;
                continue;
            }
            let number = of && at > first && (word.kind == Kind::Number || self.number_word(at).is_some());
            let linked = end > first && word.is(Class::COORDINATOR) && self.adjectives_joined(at);
            if number || linked {
                at += 1;
                continue;
            }
            if !self.nominal(at, word, end > first) {
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
        let Some(word) = self.word(i) else { return false };
        let next = self.word(i + 1).is_some_and(|w| w.letters() || w.kind == Kind::Number);
        inside
            && next
            && match word.kind {
                Kind::Hyphen => !word.spaced(),
                Kind::Symbol => !word.spaced() && self.page.word(i) == "&",
                Kind::Clitic => self.spelled(i, "'s") || self.spelled(i, "’s"),
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
        if word.kind == Kind::Handle || word.letters() && inside_compound(self, i) {
            return true;
        }
        if !word.letters() || word.is(ENDS) || self.extent(i, word) || self.number_word(i).is_some() {
            return false;
        }
        if word.is(Class::DETERMINER) && !self.one_of(i, &["other", "more", "such"])
            || word.is(Class::ADVERB) && !self.spelled(i, "most") && !self.degree(i)
        {
            return false;
        }
        !self.verb(i, word) && (inside || !self.opens_clause(i, word))
    }

    /// True for an adverb that says how much an adjective holds: "decently sized plants".
    fn degree(&self, i: usize) -> bool {
        let next = |w: &Word| w.is(Class::ADJECTIVE | Class::VERB_PARTICIPLE) || self.page.at(w.span()).ends_with("ed");
        self.page.word(i).ends_with("ly") && self.word(i + 1).is_some_and(next)
    }

    /// True for a word that is a verb and not a noun here.
    fn verb(&self, i: usize, word: &Word) -> bool {
        let nouns = Class::NOUN
            | Class::PERSON_NOUN
            | Class::PLURAL_PERSON
            | Class::ORGANISATION
            | Class::TIME_NOUN
            | Class::ROLE;
        let noun_next = || {
            self.word(i + 1).is_some_and(|w| {
                w.letters() && !w.is(ENDS | Class::DETERMINER | Class::ADVERB) && (!w.is(Class::VERB) || w.is(nouns))
            })
        };
        let participle = word.is(Class::VERB_PARTICIPLE | Class::VERB_GERUND) || self.past(i, word);
        let adjective = participle
            && i > self.start
            && (noun_next() && !self.page.words[i - 1].capital() && !self.plural(&self.page.words[i - 1], i - 1)
                || self.page.word(i - 1).ends_with("ly"));
        let speaks = word.is(Class::SAY) && !self.has(i, Context::SPEECH_NOUN);
        let known = word.is(Class::VERB | Class::CUE) && !word.is(nouns | Class::ADJECTIVE)
            || speaks
            || self.past(i, word) && !word.is(Class::ADJECTIVE);
        let behind_adjective = i > self.start
            && self.page.words[i - 1].is(Class::DETERMINER | Class::POSSESSIVE | Class::ADJECTIVE)
            && !self.page.words[i - 1].is(Class::VERB)
            && word.is(Class::VERB_BASE);
        known && !adjective && !behind_adjective && !word.capital()
    }

    /// True for a verb that a number's subject takes at once: "One gets up", "19 contain".
    fn opens_clause(&self, i: usize, word: &Word) -> bool {
        let object = self
            .word(i + 1)
            .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE | Class::OBJECT_PRONOUN));
        word.is(Class::VERB) && object && !self.plural(word, i)
            || word.is(Class::VERB_THIRD) && !word.is(Class::NOUN)
            || self.verb(i, word)
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
            self.page.word(i).ends_with("er") && !self.one_of(i, &["later", "earlier", "after"])
                || self.one_of(i, &["total", "straight", "long", "high", "more"])
        };
        self.seeds.context(word).has(Context::EXTENT) && !(adjective() && next_is_noun())
    }

    /// Steps over a measure that tells the kind of what is counted: "eight million 250ml bottles".
    fn measured_kind(&self, i: usize) -> usize {
        let Some(number) = self
            .word(i)
            .filter(|w| w.kind == Kind::Number)
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
        let text = self.page.word(i);
        let adjective = i > self.start && self.page.word(i - 1).ends_with("ly");
        !adjective
            && (word.end - word.start > 4 && text.ends_with("ed") && !word.capital() || word.is(Class::VERB_PAST))
    }

    /// True for a plural noun.
    pub fn plural(&self, word: &Word, i: usize) -> bool {
        let kinds = self.seeds.context(word);
        let text = self.page.word(i);
        if kinds.has(Context::PLURAL) || word.is(Class::PLURAL_PERSON) {
            return true;
        }
        text.len() > 3
            && text.ends_with('s')
            && !text.ends_with("ss")
            && !text.ends_with("ous")
            && !kinds.has(Context::SINGULAR)
            || word.shape.has(Shape::UPPER) && text.ends_with('s')
            || (text.len() > 2 && text.ends_with('s') && text[..text.len() - 1].bytes().all(|b| b.is_ascii_uppercase()))
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
        possessive || next || irregular
    }

    /// "on China" behind a share: the preposition's phrase, where it is short.
    pub fn extended(&self, noun: &Noun) -> Range<usize> {
        let at = noun.words.end;
        if !self.one_of(at, &["on", "of", "in", "from"])
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

    /// The noun phrase before the figure: what "of" ties to it ("a gap of £3m"), else the subject of its clause.
    pub fn noun_before(&self, i: usize) -> Option<Range<usize>> {
        self.measured_by_of(i)
            .or_else(|| self.subject(i))
            .or_else(|| self.counted_earlier(i))
    }

    /// "a gap of", "the number of cases rose to": the noun before "of", or what a word of number counts.
    pub fn measured_by_of(&self, i: usize) -> Option<Range<usize>> {
        let first = self.clause_start(i);
        let counting = |at: usize| at > first && self.spelled(at, "of") && self.has(at - 1, Context::COUNTING);
        if let Some(of) = (first..i.saturating_sub(1)).rev().find(|&at| counting(at)) {
            let determined = self
                .word(of + 1)
                .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE));
            let head = self.head(of + 1, of + 1 + usize::from(determined), 5);
            return head.map(|(end, _)| of + 1..end.min(i)).filter(|r| !r.is_empty());
        }
        let of = i
            .checked_sub(1)
            .filter(|&of| of > self.start && self.spelled(of, "of"))?;
        let noun = &self.page.words[of - 1];
        let plain = noun.letters()
            && !noun.is(ENDS)
            && !self.verb(of - 1, noun)
            && !self.has(of - 1, Context::COUNTING)
            && !self.one_of(of - 1, &["out", "because", "instead", "ahead", "all"]);
        let lowest = of.saturating_sub(4).max(first);
        let mut start = of - 1;
        while plain && start > lowest && self.adjective_like(start - 1) {
            start -= 1;
        }
        plain.then_some(start..of)
    }

    /// True for a word that may stand before a noun inside its phrase.
    fn adjective_like(&self, i: usize) -> bool {
        let word = &self.page.words[i];
        word.letters()
            && !word.is(ENDS)
            && !word.is(Class::DETERMINER | Class::POSSESSIVE | Class::ADVERB)
            && (word.is(Class::ADJECTIVE) || !word.is(Class::VERB))
    }

    /// The subject of the clause that leads to word `i`: up to its verb, phrases with prepositions included.
    fn subject(&self, i: usize) -> Option<Range<usize>> {
        let mut first = self.clause_start(i);
        let opens = Class::PREPOSITION
            | Class::COORDINATOR
            | Class::SUBORDINATOR
            | Class::ADVERB
            | Class::DETERMINER
            | Class::POSSESSIVE;
        while first < i && self.word(first).is_some_and(|w| w.is(opens) || !w.letters()) {
            first += 1;
        }
        let (head, _) = self.head(first, first, 5).filter(|&(end, _)| end <= i && end > first)?;
        let mut end = head;
        // "Homes on tree-lined streets": phrases with a preposition, up to the verb.
        while self.one_of(end, &["on", "in", "under", "of", "at", "for"]) && end + 1 < i {
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
        let end = if verb { end } else { head };
        // A verb must stand between subject and figure, also one that could be a noun: "A ticket costs €45".
        let swallowed = end == i && end > first + 1 && self.page.words[end - 1].is(Class::VERB);
        let past = end < i
            && end > first + 1
            && self.page.words[end - 1].is(Class::VERB_PAST)
            && self.page.words[end].is(Class::PREPOSITION);
        let subject = first..end - usize::from(swallowed || past);
        Some(self.object_cut_by(i, subject))
    }

    /// "The bank cut rates by": what "by" measures is the object of the verb inside.
    fn object_cut_by(&self, i: usize, subject: Range<usize>) -> Range<usize> {
        let by = subject.end < i && self.spelled(subject.end, "by");
        let inside = subject.start + 1..subject.end.saturating_sub(1).max(subject.start + 1);
        let verb = inside
            .rev()
            .find(|&at| by && self.page.words[at].is(Class::VERB_PAST | Class::VERB_THIRD));
        verb.map_or(subject.clone(), |verb| verb + 1..subject.end)
    }

    /// What a word of number counted before in the sentence: "several colleagues … maybe 10 to 20".
    fn counted_earlier(&self, i: usize) -> Option<Range<usize>> {
        let lowest = i.saturating_sub(30).max(self.start);
        let some = (lowest..i)
            .rev()
            .filter(|&at| self.one_of(at, &["several", "many", "some", "more", "few", "other", "numerous"]));
        some.filter_map(|at| {
            let (end, plural) = self.head(at + 1, at + 1, 4)?;
            (plural && end <= i).then_some(at + 1..end)
        })
        .next()
    }

    /// Where the clause that holds word `i` begins: behind the last mark or conjunction, at most 30 words back.
    fn clause_start(&self, i: usize) -> usize {
        let lowest = i.saturating_sub(30).max(self.start);
        let breaks = |w: &Word| {
            matches!(
                w.kind,
                Kind::Comma
                    | Kind::Semicolon
                    | Kind::Colon
                    | Kind::Dash
                    | Kind::Open
                    | Kind::Close
                    | Kind::Quote
                    | Kind::Stop
                    | Kind::Ellipsis
            ) || w.is(Class::SAY) && w.is(Class::VERB) && !w.is(Class::NOUN)
                || w.is(Class::SUBORDINATOR) && !w.is(Class::PREPOSITION)
        };
        (lowest..i)
            .rev()
            .find(|&at| breaks(&self.page.words[at]))
            .map_or(lowest, |at| at + 1)
    }
}

/// True for a word that a hyphen joins to its neighbour.
fn inside_compound(reader: &Reader, i: usize) -> bool {
    reader.joins(i + 1) || i > reader.start && reader.joins(i - 1)
}
