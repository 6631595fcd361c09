//! Paragraphs to sentences.
//!
//! Needs the words, gives [`Sentence`]s in order that tile each paragraph's words. A boundary is possible behind `. ! ? …` with
//! the marks that close behind them; the words around decide: white space, what the next word begins with, whether the word
//! before is an abbreviation (`seeds/abbreviations.csv`), an initial or a label, and whether a reporting clause goes on
//! (`“Why?” Lee asked`). A closing mark belongs to the sentence it closes. In doubt it does not split. It does not pair
//! quotation marks: sentences inside a quotation are sentences.

use crate::seeds::Class;
use crate::seeds::Seeds;
use crate::seeds::abbreviations::Follows;
use crate::spare::{self, Spare};
use crate::text::Span;
use crate::words::{Kind, Kinds, Page, Paragraph, Shape, Word};
use std::ops::Range;

/// A sentence, or a line that stands for one (headline, byline, caption).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last character that is not white space.
    pub span: Span,
    /// Its words, as indices into [`Page::words`].
    pub words: Range<usize>,
    /// Index of its paragraph in [`Page::paragraphs`].
    pub paragraph: usize,
    /// The rule that ended it.
    pub rule: &'static str,
}

/// Finds the sentences of a page.
pub fn find(page: &Page, seeds: &Seeds) -> Vec<Sentence> {
    let mut sentences = spare::take(&SPARE, page.words.len() / 16);
    let mut not_plain = page.not_plain.as_slice();
    for (index, paragraph) in page.paragraphs.iter().enumerate() {
        let mut splitter = Splitter {
            page,
            seeds,
            words: &page.words[..paragraph.words.end],
            not_plain,
            paragraph: index,
            start: paragraph.words.start,
            clause: paragraph.words.start,
            open: None,
            label: None,
            sentences: &mut sentences,
        };
        splitter.split(paragraph);
        not_plain = splitter.not_plain;
    }
    sentences
}

thread_local! {
    static SPARE: Spare<Sentence> = const { Spare::new(Vec::new()) };
}

/// Keeps a list that nobody needs any more for the next page.
pub(crate) fn keep(sentences: Vec<Sentence>) {
    const MOST_SENTENCES: usize = 1 << 10;
    spare::keep(&SPARE, sentences, MOST_SENTENCES);
}

/// How many bytes the label of a list item has at most.
const LONGEST_LABEL: usize = 2;

/// Words that open a sentence behind a doubtful full stop.
const STARTERS: Class = Class::SENTENCE_STARTER;

/// One paragraph being split.
struct Splitter<'p, 's> {
    page: &'p Page<'p>,
    seeds: &'p Seeds,
    /// The page's words up to the paragraph's end.
    words: &'p [Word],
    /// [`Page::not_plain`], without those that were looked at.
    not_plain: &'p [u32],
    paragraph: usize,
    /// First word of the sentence that is being read.
    start: usize,
    /// First word of its last clause behind a colon.
    clause: usize,
    /// An opening bracket in the sentence that was not closed yet.
    open: Option<usize>,
    /// The last label of an inline list (`1)`, `a.`) and the word it stands at.
    label: Option<(Label, usize)>,
    sentences: &'s mut Vec<Sentence>,
}

/// Marks that may end a sentence, with all that closes behind them.
#[derive(Debug, Clone, Copy)]
struct Stop {
    /// Index of the first mark, or of the word that holds its stop (`U.S.`).
    first: usize,
    /// The mark that decides: the last terminator.
    kind: Kind,
    /// A quotation mark closes behind it.
    quoted: bool,
    /// A bracket closes behind it.
    bracketed: bool,
    /// More than one terminator: `?!`, `. . .`.
    several: bool,
    /// First word behind it all.
    next: usize,
}

/// The label of a list item in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Label {
    /// Its number, or its letter counted from 1.
    value: u32,
    /// Digits, not a letter.
    digits: bool,
    /// `1.` has one mark of kind stop, `1)` a bracket.
    mark: Kind,
}

impl Splitter<'_, '_> {
    fn split(&mut self, paragraph: &Paragraph) {
        let mut at = self.start;
        let mut rule = "sentences/paragraph-end";
        while let Some(concerned) = self.concerned(at) {
            at = concerned;
            match self.words[at].kind {
                Kind::Stop | Kind::Question | Kind::Exclamation | Kind::Ellipsis => {}
                Kind::Letters if self.words[at].shape.has(Shape::DOTTED) && self.holds_stop(at) => {}
                Kind::Open => {
                    self.open = Some(at);
                    at += 1;
                    continue;
                }
                Kind::Close => {
                    self.open = None;
                    at += 1;
                    continue;
                }
                Kind::Colon => {
                    self.clause = at + 1;
                    at += 1;
                    continue;
                }
                Kind::Number | Kind::Letters | Kind::Symbol => {
                    if self.item_begins(at) {
                        self.end(at, "sentences/list-item");
                    }
                    at += 1;
                    continue;
                }
                _ => {
                    at += 1;
                    continue;
                }
            }
            let stop = self.stop(at);
            at = stop.next;
            if at >= self.words.len() {
                rule = name(&stop);
            } else if let Some((place, rule)) = self.ending(&stop) {
                self.end(place, rule);
            }
        }
        self.end(paragraph.words.end, rule);
    }

    /// The first word at or behind `at` that says something about where sentences end, as few do: a mark, a word with a stop, or
    /// the label before one.
    fn concerned(&mut self, at: usize) -> Option<usize> {
        while let Some((&next, behind)) = self.not_plain.split_first() {
            let place = next as usize;
            let word = self.words.get(place)?;
            if place > at && labels(&self.words[place - 1], word) {
                return Some(place - 1);
            }
            self.not_plain = behind;
            if place >= at && concerns(word) {
                return Some(place);
            }
        }
        None
    }

    /// Ends the sentence before word `next`.
    fn end(&mut self, next: usize, rule: &'static str) {
        if self.start < next {
            self.sentences.push(Sentence {
                span: self.page.span(self.start, next - 1),
                words: self.start..next,
                paragraph: self.paragraph,
                rule,
            });
        }
        self.start = next;
        self.clause = next;
        self.open = None;
    }

    /// True where a word carries its full stop: `U.S.`, not `Amazon.com`.
    fn holds_stop(&self, at: usize) -> bool {
        self.page.document.text.as_bytes()[self.words[at].end as usize - 1] == b'.'
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.words.get(at).map(|w| w.kind)
    }

    fn first_char(&self, at: usize) -> char {
        self.page.word(at).chars().next().unwrap_or(' ')
    }

    /// The terminators from `first` on and all that closes behind them; each word is looked at once.
    fn stop(&self, first: usize) -> Stop {
        let mut stop = Stop {
            first,
            kind: match self.words[first].kind {
                Kind::Letters => Kind::Stop,
                kind => kind,
            },
            quoted: false,
            bracketed: false,
            several: false,
            next: first + 1,
        };
        while let Some(word) = self.words.get(stop.next) {
            match word.kind {
                Kind::Stop | Kind::Question | Kind::Exclamation | Kind::Ellipsis => {
                    stop.several = true;
                    stop.kind = if stop.kind == Kind::Stop { word.kind } else { stop.kind };
                    (stop.quoted, stop.bracketed) = (false, false);
                }
                Kind::Quote if !word.spaced() && self.closes(stop.next) => stop.quoted = true,
                Kind::Close if !word.spaced() => stop.bracketed = true,
                Kind::Symbol if !word.spaced() && matches!(self.first_char(stop.next), '*' | '_' | '~') => {}
                Kind::Open if self.note(stop.next) => {
                    stop.next += 2;
                }
                Kind::Colon if word.spaced() && self.smiles(stop.next) => stop.next += 1,
                Kind::Symbol if self.pictures(stop.next) => {}
                _ => break,
            }
            stop.next += 1;
        }
        stop
    }

    /// True for a mark that closes, also for an opening one set by mistake: white space stands behind it.
    fn closes(&self, at: usize) -> bool {
        !opens(self.first_char(at)) || self.words.get(at + 1).is_none_or(Word::spaced)
    }

    /// True for `[7]`, a note's number behind a sentence.
    fn note(&self, at: usize) -> bool {
        let bracket = self.first_char(at) == '[' && self.kind(at + 1) == Some(Kind::Number);
        bracket && self.kind(at + 2) == Some(Kind::Close)
    }

    /// True for `:)` and `:(`.
    fn smiles(&self, at: usize) -> bool {
        let mouth = matches!(self.kind(at + 1), Some(Kind::Close | Kind::Open)) && !self.words[at + 1].spaced();
        mouth && self.words.get(at + 2).is_none_or(Word::spaced)
    }

    /// True for a pictogram (emoji), which belongs to the sentence before it.
    fn pictures(&self, at: usize) -> bool {
        matches!(self.first_char(at), '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}')
    }

    /// Where and by which rule the sentence ends at these marks, `None` where it goes on.
    fn ending(&self, stop: &Stop) -> Option<(usize, &'static str)> {
        if !self.words[stop.next].spaced() {
            return self.no_space(stop).then_some((stop.next, "sentences/no-space"));
        }
        let head = self.head(stop)?;
        if !self.says_something(stop) {
            return None;
        }
        if let Some(place) = self.omission(stop) {
            return Some((place, "sentences/full-stop"));
        }
        if stop.bracketed
            && self
                .open
                .is_some_and(|open| open > self.start && (!stop.quoted || open + 1 == stop.first))
        {
            return None;
        }
        if self.names_mark(stop, head) {
            return None;
        }
        match stop.kind {
            Kind::Stop if !stop.several => self.full_stop(stop, head),
            Kind::Ellipsis | Kind::Stop if self.goes_on(stop, head) => None,
            Kind::Question | Kind::Exclamation if stop.quoted && self.reports(head) => None,
            _ => Some((stop.next, name(stop))),
        }
    }

    /// True where a word stands before the marks: `“…` alone is no sentence.
    fn says_something(&self, stop: &Stop) -> bool {
        const NEAR: usize = 8;
        let words = &self.words[self.start..=stop.first];
        words.iter().take(NEAR).any(|w| {
            !matches!(
                w.kind,
                Kind::Quote | Kind::Open | Kind::Ellipsis | Kind::Dash | Kind::Stop
            )
        })
    }

    /// True where a sentence begins although the white space is missing: `He left.She stayed`, `“Yes.”“No.”`.
    fn no_space(&self, stop: &Stop) -> bool {
        let next = &self.words[stop.next];
        if next.kind == Kind::Quote && opens(self.first_char(stop.next)) {
            return true;
        }
        if !next.letters() || !next.capital() || next.end - next.start < 2 || stop.first == 0 {
            return false;
        }
        let before = &self.words[stop.first - 1];
        let plain = before.letters() && !before.shape.has(Shape::UPPER) && before.end - before.start > 1;
        let word_goes_on = self
            .words
            .get(stop.next + 1)
            .is_some_and(|w| !w.spaced() && !ends_or_parts(w.kind));
        plain
            && !before.capital()
            && (!before.is(Class::ABBREVIATION) || self.starter(stop.next))
            && !next.shape.has(Shape::UPPER)
            && !word_goes_on
    }

    /// The word that the next sentence would begin with, behind opening marks; `None` where none can begin.
    fn head(&self, stop: &Stop) -> Option<usize> {
        const MOST_MARKS: usize = 12;
        let mut at = stop.next;
        while let Some(word) = self.words.get(at).filter(|_| at < stop.next + MOST_MARKS) {
            match word.kind {
                Kind::Quote | Kind::Open => {}
                Kind::Dash if !stop.quoted => {}
                Kind::Symbol if !matches!(self.first_char(at), '&' | '=' | '+' | '%' | '|' | '^' | '\\' | '>') => {}
                Kind::Ellipsis => {}
                Kind::Letters => return (!self.lower(at) || self.brand(at)).then_some(at),
                Kind::Number | Kind::Handle | Kind::Address => return Some(at),
                Kind::Clitic if at > stop.next || self.page.word(at).len() > 2 => return Some(at),
                _ => return None,
            }
            at += 1;
        }
        None
    }

    /// True where a word begins with a small letter.
    fn lower(&self, at: usize) -> bool {
        let word = &self.words[at];
        match word.shape.has(Shape::WIDE) {
            true => self.first_char(at).is_lowercase(),
            false => !word.capital(),
        }
    }

    /// True for `iPhone`, `eBay`, `al-Qaida`: a name that begins small.
    fn brand(&self, at: usize) -> bool {
        let inner = self.page.word(at).chars().skip(1).take(3).any(char::is_uppercase);
        let joined = || {
            let hyphen = self
                .words
                .get(at + 1)
                .is_some_and(|w| w.kind == Kind::Hyphen && !w.spaced());
            hyphen && self.words.get(at + 2).is_some_and(|w| w.capital() && !w.spaced())
        };
        inner || self.words[at].is(Class::NAME_PARTICLE) && joined()
    }

    /// The place between a full stop and the three spaced dots that open the next sentence: `It ended. . . . The rest`.
    fn omission(&self, stop: &Stop) -> Option<usize> {
        let dots =
            stop.next - stop.first == 4 && self.words[stop.first].kind == Kind::Stop && !stop.quoted && !stop.bracketed;
        let spaced = |at: usize| self.words[at].kind == Kind::Stop && self.words[at].spaced();
        let apart = dots && !self.words[stop.first].spaced() && (stop.first + 1..stop.next).all(spaced);
        apart.then_some(stop.first + 1)
    }

    /// True where `!` or `?` is part of a name (`Yahoo! Research`).
    fn names_mark(&self, stop: &Stop, head: usize) -> bool {
        if !matches!(stop.kind, Kind::Question | Kind::Exclamation) || stop.quoted || stop.first == 0 {
            return false;
        }
        let before = &self.words[stop.first - 1];
        before.is(Class::ABBREVIATION) && before.capital() && self.is_named(stop.first - 1) && !self.starter(head)
    }

    fn is_named(&self, at: usize) -> bool {
        let rows = self.seeds.abbreviations.of(self.words[at].id);
        rows.iter().any(|a| a.follows == [Follows::Mark])
    }

    /// True where an ellipsis stands inside a sentence: before `I`, or behind a word that wants another (`the … plan`).
    fn goes_on(&self, stop: &Stop, head: usize) -> bool {
        let unfinished = Class::DETERMINER | Class::PREPOSITION | Class::COORDINATOR | Class::AUXILIARY;
        let wants_more = stop.first > self.start && self.words[stop.first - 1].is(unfinished);
        let i = self.page.word(head) == "I" && head == stop.next;
        !stop.quoted && (i || wants_more && !self.starter(head))
    }

    /// What one full stop means before a capital, a number or an opening mark.
    fn full_stop(&self, stop: &Stop, head: usize) -> Option<(usize, &'static str)> {
        let ends = Some((stop.next, name(stop)));
        let dotted = self.words[stop.first].kind == Kind::Letters;
        let before = if dotted { stop.first } else { stop.first.checked_sub(1)? };
        if before < self.start {
            return None;
        }
        let word = &self.words[before];
        if self.labels(before) {
            return None;
        }
        if !word.letters() {
            let number_sign = word.kind == Kind::Symbol && matches!(self.first_char(before), '°' | 'º' | '№' | '#');
            let counts = number_sign && self.words[head].kind == Kind::Number;
            return if counts { None } else { ends };
        }
        if stop.bracketed && (dotted || word.is(Class::ABBREVIATION)) && self.first_char(self.start) != '(' {
            return None;
        }
        let doubtful = Some((stop.next, "sentences/doubtful-stop"));
        let aside = matches!(self.kind(stop.next), Some(Kind::Dash | Kind::Open)) && !stop.quoted;
        let goes_on = match self.follows(before) {
            Some(_) if aside => true,
            None if dotted && aside => true,
            Some(follows) => follows.iter().any(|&f| self.continues(f, before, stop, head)),
            None if dotted => self.continues(Follows::Starter, before, stop, head),
            None if self.initial(before, head) => !self.starter(head),
            None => return ends,
        };
        if goes_on { None } else { doubtful }
    }

    /// What may follow an abbreviation, `None` where the word is none here.
    fn follows(&self, at: usize) -> Option<&[Follows]> {
        let word = &self.words[at];
        let letter = word.end - word.start == 1 && word.capital();
        if letter || !word.is(Class::ABBREVIATION) {
            return None;
        }
        let after_number = || at > 0 && self.words[at - 1].kind == Kind::Number;
        let rows = self.seeds.abbreviations.of(word.id);
        let row = rows
            .iter()
            .find(|a| (!a.capital || word.capital()) && (!a.after_number || after_number()));
        row.map(|a| a.follows.as_slice())
    }

    /// True where an abbreviation that allows `follows` behind it carries the sentence on.
    fn continues(&self, follows: Follows, before: usize, stop: &Stop, head: usize) -> bool {
        let next = &self.words[head];
        let number = next.kind == Kind::Number;
        let titled = || next.is(Class::TITLE) && self.kind(head + 1) == Some(Kind::Stop);
        match follows {
            Follows::Any => true,
            Follows::End | Follows::Mark | Follows::Letter => false,
            Follows::Number => {
                number || self.roman(head) || next.is(Class::MONTH) && self.words[before].is(Class::WEEKDAY)
            }
            _ if number => follows == Follows::Name && (self.kind(stop.next) == Some(Kind::Open) || self.ordinal(head)),
            _ if stop.quoted => matches!(follows, Follows::Name),
            _ if self.starter(head) => false,
            Follows::Name => true,
            Follows::Starter => !titled() || next.is(Class::ROLE) || self.attributive(head),
            Follows::State => !self.after_comma(before) && !titled(),
            Follows::Subject => !titled() && !self.subject(head),
            Follows::Time => self.zone(head) || self.words[self.clause].is(Class::PREPOSITION),
        }
    }

    /// True for `1st`, `2nd`: a rank goes on with it (`Sgt. 1st Class`).
    fn ordinal(&self, head: usize) -> bool {
        self.words.get(head + 1).is_some_and(|w| w.letters() && !w.spaced())
    }

    /// True for a number in Roman capitals: `vol. IX`.
    fn roman(&self, head: usize) -> bool {
        self.words[head].letters() && self.page.word(head).bytes().all(|b| b"IVXLC".contains(&b))
    }

    /// `U.S. Rep. Lee`, `U.S. Sen. Lee`: a title that countries take.
    fn attributive(&self, head: usize) -> bool {
        !matches!(self.page.word(head), "Mr" | "Mrs" | "Ms" | "Dr")
    }

    /// True behind a comma and a place (`Salem, Ore.`), or a party's letter (`D-Ore.`).
    fn after_comma(&self, at: usize) -> bool {
        at > 0 && matches!(self.words[at - 1].kind, Kind::Comma | Kind::Hyphen | Kind::Dash)
    }

    /// True where a capitalised word looks like the subject of a new clause: a verb or small word follows.
    fn subject(&self, head: usize) -> bool {
        let next = &self.words[head];
        let plain_name = next.letters() && !next.is(Class::ROLE | Class::TITLE | Class::TIME_NOUN | Class::WEEKDAY);
        plain_name && self.words.get(head + 1).is_some_and(|w| w.letters() && !w.capital())
    }

    /// True for what follows a time of day: a weekday, a month, a zone (`ET`, `GMT`).
    fn zone(&self, head: usize) -> bool {
        let next = &self.words[head];
        let short = next.shape.has(Shape::UPPER) && next.end - next.start <= 4;
        next.is(Class::WEEKDAY | Class::MONTH)
            || short
            || matches!(
                self.page.word(head),
                "Eastern" | "Pacific" | "Central" | "Mountain" | "Greenwich"
            )
    }

    /// True where a word opens sentences and does not stand before a stop of its own (`No. 5`, `A. Smith`).
    fn starter(&self, head: usize) -> bool {
        let word = &self.words[head];
        let own_stop = word.end - word.start < 3
            && self
                .words
                .get(head + 1)
                .is_some_and(|w| w.kind == Kind::Stop && !w.spaced());
        word.is(STARTERS) && !own_stop
    }

    /// True for the initial of a name: `Mark A. Lee`, but not `the class got an A. Nobody`, `you and I. Did`.
    fn initial(&self, at: usize, head: usize) -> bool {
        let word = &self.words[at];
        let letter = word.capital() && self.page.word(at).chars().count() == 1;
        if !letter || self.words[head].kind != Kind::Letters || head != at + 2 {
            return false;
        }
        let before = at.checked_sub(1).map(|i| &self.words[i]);
        let inside = !word.spaced()
            && before.is_some_and(|w| !matches!(w.kind, Kind::Stop | Kind::Hyphen | Kind::Open | Kind::Quote));
        let article = before.is_some_and(|w| w.is(Class::DETERMINER) && !w.capital() || self.takes_letter(w));
        let pronoun = self.page.word(at) == "I" && before.is_some_and(|w| w.letters() && !w.capital());
        !inside && !article && !pronoun
    }

    /// True for `Plan`, `vitamin`: the letter behind is its label.
    fn takes_letter(&self, word: &Word) -> bool {
        let rows = self.seeds.abbreviations.of(word.id);
        rows.iter().any(|a| a.follows == [Follows::Letter])
    }

    /// True where the word is the label of a list item or speaker and stands first: `1. Go home`, `b. Stay`, `Q. Why?`
    fn labels(&self, at: usize) -> bool {
        let mut first = self.start;
        while first < at
            && matches!(
                self.words[first].kind,
                Kind::Symbol | Kind::Open | Kind::Dash | Kind::Quote
            )
        {
            first += 1;
        }
        let word = &self.words[at];
        let length = word.end - word.start;
        first == at
            && match word.kind {
                Kind::Number => length <= 3,
                Kind::Letters => length == 1 || length <= 4 && self.page.word(at).bytes().all(|b| b"ivx".contains(&b)),
                _ => false,
            }
    }

    /// True where an inline list goes on with its next item: a bullet, or the number that follows the last label.
    fn item_begins(&mut self, at: usize) -> bool {
        let word = &self.words[at];
        if word.kind == Kind::Symbol {
            return at > self.start
                && word.shape.has(Shape::SPACED)
                && matches!(self.first_char(at), '•' | '⁃' | '‣' | '▪' | '◦' | '●' | '■');
        }
        if word.length() > LONGEST_LABEL
            || word.shape.has(Shape::DOTTED)
            || !matches!(self.kind(at + 1), Some(Kind::Stop | Kind::Close))
        {
            return false;
        }
        let Some(label) = self.label_at(at) else { return false };
        if label.value == 1 || at == self.start {
            self.label = (at == self.start).then_some((label, at));
            return false;
        }
        let goes_on = self.label.is_some_and(|(last, place)| {
            last.digits == label.digits && last.mark == label.mark && last.value + 1 == label.value && place + 2 < at
        });
        if goes_on && at > self.start {
            self.label = Some((label, at));
        }
        goes_on && at > self.start
    }

    /// The label at a word: `1.`, `1)`, `1.)`, `a.`, `a)`, and a word behind it.
    fn label_at(&self, at: usize) -> Option<Label> {
        let word = &self.words[at];
        let mark = self.words.get(at + 1).filter(|w| !w.spaced())?;
        let text = self.page.word(at);
        let value = match word.kind {
            Kind::Number => text.parse().ok()?,
            _ if text.len() == 1 => u32::from(text.as_bytes()[0].to_ascii_lowercase().checked_sub(b'a' - 1)?),
            _ => return None,
        };
        let behind = if mark.kind == Kind::Stop && self.kind(at + 2) == Some(Kind::Close) {
            at + 3
        } else {
            at + 2
        };
        let item = self
            .words
            .get(behind)
            .is_some_and(|w| w.spaced() && (w.capital() || mark.kind == Kind::Close));
        item.then_some(Label {
            value,
            digits: word.kind == Kind::Number,
            mark: mark.kind,
        })
    }

    /// True where a reporting clause goes on behind `?”` or `!”`: `Lee asked`, `I said`, `Lee, the mayor, wrote on his page`.
    fn reports(&self, head: usize) -> bool {
        const FARTHEST: usize = 16;
        let described =
            Class::NAME_PARTICLE | Class::ROLE | Class::PERSON_NOUN | Class::SPOKESPERSON | Class::ORGANISATION;
        let name = |w: &Word| w.letters() && (w.capital() || w.is(described)) || w.kind == Kind::Clitic;
        let first = &self.words[head];
        let pronoun = self.page.word(head) == "I";
        if !first.letters() || self.words[head].kind == Kind::Number || self.starter(head) && !pronoun {
            return false;
        }
        let mut at = head + 1;
        let last = self.words.len().min(head + FARTHEST);
        while at < last && (name(&self.words[at]) || self.initial_stop(at)) {
            at += 1;
        }
        if self.kind(at) == Some(Kind::Comma) {
            let close = (at + 1..last).find(|&i| matches!(self.words[i].kind, Kind::Comma | Kind::Stop | Kind::Quote));
            match close {
                Some(i) if self.words[i].kind == Kind::Comma => at = i + 1,
                _ => return false,
            }
        }
        self.words.get(at).is_some_and(|w| w.is(Class::SAY)) && !self.own_clause(at)
    }

    /// The stop of an initial or title inside a name.
    fn initial_stop(&self, at: usize) -> bool {
        let before = &self.words[at - 1];
        self.words[at].kind == Kind::Stop && (before.end - before.start == 1 || before.is(Class::ABBREVIATION))
    }

    /// True where a reporting verb has a clause of its own: `Lee said he would`, not `Lee asked the mayor`.
    fn own_clause(&self, verb: usize) -> bool {
        let Some(next) = self.words.get(verb + 1) else {
            return false;
        };
        let transitive = matches!(
            self.page.word(verb),
            "asked" | "asks" | "told" | "tells" | "wrote" | "writes"
        );
        let opens = next.is(Class::PERSON_PRONOUN)
            || next.is(Class::DETERMINER) && !next.is(Class::TIME_NOUN)
            || next.is(Class::RELATIVE);
        opens && !transitive
            || next.is(Class::SUBORDINATOR) && !next.is(Class::PREPOSITION) && self.page.word(verb + 1) != "as"
    }
}

/// True for a mark that says something about where sentences end, and for a word with a stop.
fn concerns(word: &Word) -> bool {
    const MARKS: Kinds = Kinds::of(&[
        Kind::Stop,
        Kind::Question,
        Kind::Exclamation,
        Kind::Ellipsis,
        Kind::Open,
        Kind::Close,
        Kind::Colon,
        Kind::Symbol,
    ]);
    MARKS.hold(word.kind) || word.shape.has(Shape::DOTTED)
}

/// True for what may be the label of a list item, before its stop or bracket.
fn labels(word: &Word, next: &Word) -> bool {
    const LABELS: Kinds = Kinds::of(&[Kind::Letters, Kind::Number]);
    const BEHIND_LABELS: Kinds = Kinds::of(&[Kind::Stop, Kind::Close]);
    BEHIND_LABELS.hold(next.kind) && LABELS.hold(word.kind) && word.length() <= LONGEST_LABEL
}

/// The rule of marks that end a sentence beyond doubt.
fn name(stop: &Stop) -> &'static str {
    match stop.kind {
        Kind::Question => "sentences/question-mark",
        Kind::Exclamation => "sentences/exclamation-mark",
        Kind::Ellipsis => "sentences/ellipsis",
        _ => "sentences/full-stop",
    }
}

/// Quotation marks that open and never close in English.
fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '«' | '‹' | '„' | '‚')
}

/// Marks that may stand behind a word without white space.
fn ends_or_parts(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Stop | Kind::Address | Kind::Handle | Kind::Slash | Kind::Number | Kind::Symbol
    )
}
