//! The noun phrase that a figure counts or measures.
//!
//! Needs the words around a figure, gives the phrase behind it ("50 countries", "dozens of homes", "a 104% tariff on China"), or
//! the one before it ("the number of cases rose to 90": cases; "Turnout was 61%": Turnout). It has no parser: a phrase ends at a
//! function word, a mark, a verb, or behind the first plural. In doubt it is short.

use super::numbers::Reader;
use crate::seeds::Class;
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
        while at < self.end && at < i + longest + 4 {
            let word = &self.page.words[at];
            if self.phrase_glue(at, end > first) {
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

    /// A mark that joins words of one phrase: a hyphen, an ampersand, a possessive 's.
    fn phrase_glue(&self, i: usize, inside: bool) -> bool {
        let Some(word) = self.word(i) else { return false };
        let next = self.word(i + 1).is_some_and(|w| w.letters());
        inside
            && next
            && match word.kind {
                Kind::Hyphen => !word.spaced(),
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
        if word.kind == Kind::Handle {
            return true;
        }
        if word.letters() && inside_compound(self, i) {
            return true;
        }
        if !word.letters() || word.is(ENDS) || self.extent(i, word) {
            return false;
        }
        if word.is(Class::DETERMINER) && !self.one_of(i, &["other", "more", "such"])
            || word.is(Class::ADVERB) && !self.spelled(i, "most")
        {
            return false;
        }
        let known_noun = word.is(Class::NOUN
            | Class::PERSON_NOUN
            | Class::PLURAL_PERSON
            | Class::ORGANISATION
            | Class::TIME_NOUN
            | Class::ROLE);
        let verb = inside
            && !known_noun
            && (word.is(Class::VERB | Class::CUE | Class::SAY) || self.past(i, word))
            && !self.joins(i + 1)
            && !self.joins(i.wrapping_sub(1));
        !verb && !(self.number_word(i).is_some() && inside)
    }

    /// A word of extent, unless it is an adjective before a noun: "two smaller towns".
    fn extent(&self, i: usize, word: &Word) -> bool {
        let next_is_noun = || {
            self.word(i + 1).is_some_and(|w| {
                w.letters() && !w.is(ENDS) && !w.is(Class::ADVERB | Class::DETERMINER) && !self.seeds.noun(w).extent
            })
        };
        let adjective = || {
            self.page.word(i).ends_with("er") && !self.one_of(i, &["later", "earlier", "after"])
                || self.one_of(i, &["total", "straight", "long", "high", "more"])
        };
        self.seeds.noun(word).extent && !(adjective() && next_is_noun())
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
        let kinds = self.seeds.noun(word);
        let text = self.page.word(i);
        if kinds.plural || word.is(Class::PLURAL_PERSON) {
            return true;
        }
        text.len() > 3 && text.ends_with('s') && !text.ends_with("ss") && !text.ends_with("ous") && !kinds.singular
            || word.shape.has(Shape::UPPER) && text.ends_with('s')
            || (text.len() > 2 && text.ends_with('s') && text[..text.len() - 1].bytes().all(|b| b.is_ascii_uppercase()))
    }

    /// True where the phrase goes on behind a plural: "sports teams", "Wales fans".
    fn phrase_goes_on(&self, i: usize) -> bool {
        let capital = self.word(i - 1).is_some_and(|w| w.capital());
        let possessive = self.phrase_glue(i, true);
        let next = self.word(i).is_some_and(|w| w.letters() && w.capital()) && capital;
        possessive || next
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

    /// The noun phrase before the figure that its verb is said of: subject of the clause, or what "number of" counts.
    pub fn noun_before(&self, i: usize) -> Option<Range<usize>> {
        let first = self.clause_start(i);
        if let Some(of) = (first..i).rev().find(|&at| {
            self.spelled(at, "of")
                && at > first
                && self.one_of(
                    at - 1,
                    &[
                        "number",
                        "total",
                        "percentage",
                        "proportion",
                        "share",
                        "rate",
                        "amount",
                        "value",
                        "price",
                        "cost",
                    ],
                )
        }) {
            let determined = self
                .word(of + 1)
                .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE));
            let head = self.head(of + 1, of + 1 + usize::from(determined), 5);
            return head.map(|(end, _)| of + 1..end.min(i)).filter(|r| !r.is_empty());
        }
        let mut at = first;
        while at < i
            && self.word(at).is_some_and(|w| {
                w.is(Class::PREPOSITION | Class::COORDINATOR | Class::SUBORDINATOR | Class::ADVERB | Class::ARTICLE)
                    || !w.letters()
            })
        {
            at += 1;
        }
        let subject = self
            .head(at, at, 5)
            .map(|(end, _)| at..end)
            .filter(|words| words.end <= i && !words.is_empty());
        subject.or_else(|| self.counted_earlier(i))
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
            ) || w.is(Class::SUBORDINATOR) && !w.is(Class::PREPOSITION)
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
