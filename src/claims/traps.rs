//! Numbers that are no claims: dates, times, years, names, law, routes, versions, scores, telephone numbers, idioms.
//!
//! Needs a [`Number`] with what stands around it, says whether it is such. In doubt a number beside a counted noun or a unit is
//! a claim, and a bare number beside a name is not.

use super::numbers::{Form, Number, Reader};
use super::spelling::{Words, words};
use crate::seeds::Class;
use crate::seeds::claims::Context;
use crate::words::{Kind, Shape, Word};

impl Reader<'_> {
    /// True for a number without a unit that is no quantity.
    pub fn names_something(&self, number: &Number, counted: bool) -> bool {
        self.names_by_itself(number) || self.names_here(number, counted)
    }

    /// True for a date, a year, a time, a code and the like, whatever noun stands behind it.
    pub fn names_by_itself(&self, number: &Number) -> bool {
        number.form == Form::Digits
            && (self.glued_name(number)
                || self.date(number)
                || (1900.0..=2100.0).contains(&number.value) && self.year(number, false)
                || self.clock(number)
                || self.code(number)
                || self.numbering(number))
    }

    /// True for a number that the words around it make no quantity, where [`Self::names_by_itself`] does not.
    pub fn names_here(&self, number: &Number, counted: bool) -> bool {
        // "cut in two", but "in two states" and "in half the games" count.
        let led = number.first > self.start && self.spelled(number.first - 1, words!["in"]);
        let counts = counted && number.value > 1.0 || self.one_of(number.next, words!["of", "the"]);
        let idiom = match led && counts {
            true => self.idiom_beyond(number),
            false => self.idiom(number),
        };
        idiom
            || number.form == Form::Digits && self.year(number, counted)
            || self.named(number, counted)
            || self.titled(number)
            || self.past_the_hour(number)
            || number.form == Form::Words && (self.hour(number) || self.joined_before(number.first))
            || self.o_clock(number)
    }

    /// True where the number stands in a phrase that counts nothing.
    pub fn idiom(&self, number: &Number) -> bool {
        self.idiom_to(number, number.next)
    }

    /// The same for a number before a unit: a phrase that ends with the number ("that one") is none there ("that one mile").
    pub fn idiom_beyond(&self, number: &Number) -> bool {
        self.idiom_to(number, number.next + 1)
    }

    fn idiom_to(&self, number: &Number, last: usize) -> bool {
        if !self.word(number.first).is_some_and(|w| self.seeds.idioms.may_hold(w)) {
            return false;
        }
        let first = number.first.saturating_sub(3).max(self.start);
        (first..=number.first).any(|at| {
            let phrases = self.seeds.idioms.all(self.from(at));
            phrases
                .map(|(length, _, ())| at + length)
                .any(|end| end > number.first && end >= last)
        })
    }

    /// "5th", "90s", "3D", "F-35", "COVID-19", "v2".
    fn glued_name(&self, number: &Number) -> bool {
        number.glued || self.joined_before(number.first)
    }

    /// Letters, digits or a mark that stand against the number's first digit.
    fn joined_before(&self, i: usize) -> bool {
        if !self.touches(i) {
            return false;
        }
        let Some(before) = self.before(i) else { return false };
        match before.kind {
            Kind::Letters | Kind::Colon | Kind::Stop | Kind::Slash | Kind::Number => true,
            Kind::Hyphen if before.spaced() => false,
            Kind::Hyphen | Kind::Dash => {
                let word = i.checked_sub(2).filter(|&w| w >= self.start && !before.spaced());
                word.is_some_and(|w| {
                    self.page.words[w].letters()
                        && !(self.touches(w) && self.page.words[w - 1].kind == Kind::Number)
                        && !self.one_of(w, words!["sub", "minus", "plus", "to", "per", "non", "pre"])
                        && before.kind == Kind::Hyphen
                })
            }
            Kind::Symbol => matches!(self.page.at(before.span()), "#" | "@" | "&" | "_" | "*"),
            Kind::Quote => self.short_year(i),
            _ => false,
        }
    }

    /// "'08", "’16", "'80s": a year without its century.
    fn short_year(&self, i: usize) -> bool {
        let digits = self.page.word(i);
        let single = self
            .before(i)
            .is_some_and(|w| matches!(self.page.at(w.span()), "'" | "’" | "‘"));
        let plural = self.touches(i + 1) && self.spelled(i + 1, words!["s"]);
        let counted = digits.starts_with('0') || !self.noun_after(i + 1).is_some_and(|n| n.plural && !n.of);
        single && digits.len() == 2 && (plural || counted && digits.bytes().all(|b| b.is_ascii_digit()))
    }

    /// A day of a month, with its year; a date in digits.
    fn date(&self, number: &Number) -> bool {
        let whole = number.value.fract() == 0.0 && number.scale == 1.0;
        let day = whole && (1.0..=31.0).contains(&number.value);
        let month_before = self.month_before(number.first);
        let month_after = self.word(number.next).is_some_and(|w| self.month(w))
            || self.spelled(number.next, words!["of"]) && self.word(number.next + 1).is_some_and(|w| self.month(w));
        let span = self.word(number.next + 1).is_some_and(|w| w.kind == Kind::Number)
            && self.word(number.next + 2).is_some_and(|w| self.month(w))
            && self
                .word(number.next)
                .is_some_and(|w| matches!(self.page.at(w.span()), "-" | "–" | "to" | "and"));
        let month_after = month_after || span;
        // "4 May 30 people": the month has its day already.
        let dated = self.before(number.first).is_some_and(|w| self.month(w))
            && number.first >= self.start + 2
            && self.page.words[number.first - 2].kind == Kind::Number;
        let month_before = month_before && !(dated && self.page.word(number.first).len() < 4);
        let yearly = whole && (1000.0..2200.0).contains(&number.value);
        (day || yearly) && (month_before || month_after)
    }

    fn month(&self, word: &Word) -> bool {
        word.capital() && word.is(Class::MONTH)
    }

    /// True where a month, or a month and day, end before `i`: "April 9, 2025", "Sept. 20-24".
    fn month_before(&self, i: usize) -> bool {
        let mut at = i;
        for _ in 0..5 {
            let Some(word) = self.before(at) else { return false };
            let steps = matches!(
                word.kind,
                Kind::Comma | Kind::Stop | Kind::Number | Kind::Hyphen | Kind::Dash
            );
            if self.month(word) {
                return true;
            }
            let ordinal = word.letters() && !word.spaced() && self.one_of(at - 1, words!["st", "nd", "rd", "th"]);
            if !steps && !ordinal && !self.one_of(at - 1, words!["to", "and"]) {
                return false;
            }
            at -= 1;
        }
        false
    }

    /// A bare number of four digits that reads as a year.
    fn year(&self, number: &Number, counted: bool) -> bool {
        let text = self.page.word(number.first);
        let four = text.len() == 4
            && text.bytes().all(|b| b.is_ascii_digit())
            && number.next == number.first + 1
            && number.scale == 1.0;
        if self.year_before(number.first) {
            return true;
        }
        if !four || !(1000.0..=2199.0).contains(&number.value) {
            return false;
        }
        let doubted = number.first > self.start && self.has(number.first - 1, Context::WAVER);
        let hedged = self.hedged(number.first) && !doubted;
        let modern = (1700.0..=2100.0).contains(&number.value);
        let people = self
            .word(number.next)
            .is_some_and(|w| w.is(Class::PLURAL_PERSON) && !w.capital());
        if modern {
            // "the 2016 candidates": an article and a number that is not round make a year of it, whoever follows.
            let people = people
                && (number.value % 100.0 == 0.0
                    || !self
                        .before(number.first)
                        .is_some_and(|w| w.is(Class::DETERMINER | Class::ADJECTIVE)));
            let early = number.value < 1900.0 && counted;
            return !(hedged || (people || early) && !self.dated(number.first));
        }
        let range = self.spelled(number.next, words!["to"])
            && self.word(number.next + 1).is_some_and(|w| w.kind == Kind::Number);
        !hedged
            && !range
            && (self.dated(number.first)
                || self.spelled(number.next, words!["and"]) && !counted
                || self.word(number.next).is_some_and(|w| w.is(Class::MONTH)))
    }

    /// True where a year and a dash stand before: the second half of "2018-19".
    pub fn year_before(&self, i: usize) -> bool {
        let mark = |w: &Word| matches!(w.kind, Kind::Hyphen | Kind::Dash | Kind::Slash) && !w.spaced();
        self.before(i).is_some_and(mark) && self.year_at(i.wrapping_sub(2)) && self.page.word(i).len() <= 4
    }

    /// "the 2019 season": a year before a unit in the singular.
    pub fn year_with_unit(&self, number: &Number, next: usize) -> bool {
        let singular = self
            .word(next.saturating_sub(1))
            .is_some_and(|w| w.letters() && !self.plural(w, next - 1) && w.spaced());
        self.year_at(number.first)
            && number.value >= 1900.0
            && number.value < 2100.0
            && number.scale == 1.0
            && singular
            && !self.hedged(number.first)
    }

    fn year_at(&self, i: usize) -> bool {
        if i < self.start || i >= self.end {
            return false;
        }
        let text = self.page.word(i);
        text.len() == 4
            && (text.starts_with("19") || text.starts_with("20") || text.starts_with("18"))
            && text.bytes().all(|b| b.is_ascii_digit())
            && !self.joins(i.wrapping_sub(1))
            && self.page.words[i].kind == Kind::Number
    }

    /// True where a word before says that a date follows.
    fn dated(&self, i: usize) -> bool {
        i > self.start && self.has(i - 1, Context::DATED)
    }

    /// True where a hedge ends before `i`.
    pub fn hedged(&self, i: usize) -> bool {
        self.seeds
            .hedges_before
            .longest(self.until(i))
            .is_some_and(|(_, hedge)| hedge.is_some())
    }

    /// A time of day with a colon: "11:06", "11: 06 a.m."
    fn clock(&self, number: &Number) -> bool {
        let minutes = |i: usize| {
            self.word(i).is_some_and(|w| w.kind == Kind::Number) && (self.touches(i) || self.page.word(i).len() == 2)
        };
        let colon = self
            .word(number.next)
            .is_some_and(|w| w.kind == Kind::Colon && !w.spaced());
        self.hours_to(number)
            || colon && minutes(number.next + 1) && number.value < 25.0
            || colon && self.touches(number.next + 1) && minutes(number.next + 1)
            || self.hour(number)
            || self.timetabled(number)
    }

    /// A train by its time: "the hourly 10.42 to Leeds".
    fn timetabled(&self, number: &Number) -> bool {
        let leads = self.one_of(number.next, words!["to", "from"])
            && self.word(number.next + 1).is_some_and(|w| w.letters() && w.capital());
        if !leads || number.value >= 24.0 {
            return false;
        }
        let minutes = self.page.word(number.first).split_once('.');
        let time = minutes.is_some_and(|(_, m)| m.len() == 2 && m < "60") && number.next == number.first + 1;
        let adjective = self
            .before(number.first)
            .is_some_and(|w| w.is(Class::ADJECTIVE) || self.page.at(w.span()).ends_with("ly"));
        let article = number.first.saturating_sub(1 + usize::from(adjective));
        time && article >= self.start && self.spelled(article, words!["the"])
    }

    /// "8 to 9 a.m.": an hour before another hour.
    fn hours_to(&self, number: &Number) -> bool {
        let hour = number.value <= 12.0 && number.scale == 1.0;
        let to = |w: &Word| matches!(self.page.at(w.span()), "to" | "-" | "–" | "and" | "until" | "or");
        let other = self
            .word(number.next + 1)
            .filter(|w| hour && Reader::may_begin(w) && self.word(number.next).is_some_and(to));
        let other = other.and_then(|_| self.read(number.next + 1, false));
        other.is_some_and(|o| {
            o.value <= 12.0 && self.one_of(o.next, words!["a.m", "a.m.", "p.m", "p.m.", "am", "pm", "o'clock"])
        })
    }

    /// "half past six", "a quarter to six", "ten past six".
    fn past_the_hour(&self, number: &Number) -> bool {
        let hour = (1.0..=12.0).contains(&number.value) && number.scale == 1.0;
        let link = number.first > self.start + 1 && self.one_of(number.first - 1, words!["past", "to"]);
        let part = |words: &Words| link && hour && self.one_of(number.first - 2, words);
        part(words!["half", "quarter"])
            && (self.spelled(number.first - 1, words!["past"]) || self.spelled(number.first - 2, words!["quarter"]))
            || part(words!["five", "ten", "twenty", "minutes"]) && self.spelled(number.first - 1, words!["past"])
    }

    /// An hour behind "at": "at 5 on Friday", "at seven this morning".
    fn hour(&self, number: &Number) -> bool {
        let at = number.first > self.start && self.spelled(number.first - 1, words!["at"]);
        let hour = (1.0..=12.0).contains(&number.value) && number.scale == 1.0 && number.value.fract() == 0.0;
        let next = self.word(number.next);
        let ends = next.is_none_or(|w| matches!(w.kind, Kind::Comma | Kind::Stop) || w.is(Class::WEEKDAY))
            || self.one_of(
                number.next,
                words!["on", "in", "this", "tomorrow", "today", "tonight", "sharp", "every"],
            );
        at && hour && ends
    }

    /// Telephone numbers, versions, coordinates, scores: chains of digits and marks.
    fn code(&self, number: &Number) -> bool {
        let mark = |i: usize| {
            self.word(i).is_some_and(|w| {
                !w.spaced()
                    && matches!(
                        w.kind,
                        Kind::Hyphen | Kind::Dash | Kind::Slash | Kind::Stop | Kind::Colon
                    )
            })
        };
        let digits = |i: usize| self.word(i).is_some_and(|w| !w.spaced() && w.kind == Kind::Number);
        let chain = mark(number.next) && digits(number.next + 1) && mark(number.next + 2) && digits(number.next + 3);
        let slash = self
            .word(number.next)
            .is_some_and(|w| w.kind == Kind::Slash && !w.spaced())
            && digits(number.next + 1);
        let lead = self.page.word(number.first);
        let digits_only = lead.len() >= 9
            && lead.bytes().all(|b| b.is_ascii_digit())
            && (number.first > self.start + 1 || self.word(number.next).is_some())
            && number.scale == 1.0;
        let block = number.value >= 100.0 && self.spelled(number.next, words!["block"]);
        if digits_only || block || self.digit_run(number) {
            return true;
        }
        let zeros = lead.len() > 1 && lead.starts_with('0') && !lead.starts_with("0.") && number.first > self.start;
        chain || slash || zeros || self.tail_of_chain(number.first)
    }

    /// Digits in several groups that are no thousands: a telephone number.
    fn digit_run(&self, number: &Number) -> bool {
        const LONGEST: usize = 6;
        let digits = |i: usize| {
            self.word(i)
                .is_some_and(|w| w.kind == Kind::Number && !self.bytes(w).iter().any(|b| matches!(b, b',' | b'.')))
        };
        // Such a run begins with a nought or behind a plus.
        let leads = |w: &Word| match w.kind {
            Kind::Number => w.length() > 1 && self.bytes(w)[0] == b'0',
            kind => kind == Kind::Symbol && self.bytes(w) == b"+",
        };
        let farthest = number.first.saturating_sub(LONGEST + 1).max(self.start);
        if !self.page.words[farthest..=number.first].iter().any(leads) {
            return false;
        }
        let mut first = number.first;
        while first > self.start && digits(first - 1) && number.first - first < LONGEST {
            first -= 1;
        }
        let mut next = number.first;
        while digits(next) && next - number.first < LONGEST {
            next += 1;
        }
        let zero = next - first > 1 && self.page.word(first).starts_with('0') && self.page.word(first).len() > 1;
        let plus = self.before(first).is_some_and(|w| self.page.at(w.span()) == "+")
            && self.touches(first)
            && next - first > 1;
        zero || plus
    }

    fn tail_of_chain(&self, i: usize) -> bool {
        let mark = |w: &Word| !w.spaced() && matches!(w.kind, Kind::Hyphen | Kind::Dash | Kind::Slash | Kind::Colon);
        i >= self.start + 4
            && self.touches(i)
            && mark(&self.page.words[i - 1])
            && self.page.words[i - 2].kind == Kind::Number
            && mark(&self.page.words[i - 3])
            && self.page.words[i - 4].kind == Kind::Number
    }

    /// "1. Open the door", "(4)", "2)".
    fn numbering(&self, number: &Number) -> bool {
        let small = number.value < 100.0 && number.next == number.first + 1;
        let next = self.word(number.next);
        let first = self.page.words[number.first].shape.has(Shape::FIRST) || number.first == self.start;
        let dot = next.is_some_and(|w| matches!(w.kind, Kind::Stop | Kind::Close) && !w.spaced());
        let alone = self.end - self.start <= 2 && self.page.paragraphs.len() > 1 && small;
        let rank = self.before(number.first).is_some()
            && small
            && dot
            && self
                .word(number.next + 1)
                .is_some_and(|w| w.kind == Kind::Close && !w.spaced());
        let plan = self
            .word(number.next)
            .is_some_and(|w| w.kind == Kind::Open && !w.spaced() && self.page.at(w.span()) == "(");
        if alone || rank || plan {
            return true;
        }
        let lists = first && small && dot && self.word(number.next + 1).is_some();
        let open = self.before(number.first).is_some_and(|w| w.kind == Kind::Open);
        let close = next.is_some_and(|w| w.kind == Kind::Close);
        lists
            || open && close && number.value.fract() == 0.0 && number.value < 3000.0 && number.scale == 1.0
            || !open
                && close
                && small
                && (self.before(number.first).is_none_or(|w| !w.letters()) || self.lists_at(number))
    }

    /// "it won, and 2) it paid": a bracket that closes and was not opened.
    fn lists_at(&self, number: &Number) -> bool {
        const FARTHEST: usize = 30;
        let mut before = self.until(number.first).iter().rev().take(FARTHEST);
        let opened = before.find(|w| matches!(w.kind, Kind::Open | Kind::Close));
        opened.is_none_or(|w| w.kind == Kind::Close) && self.word(number.next + 1).is_some_and(|w| w.letters())
    }

    /// A number behind or before a word that it names.
    fn named(&self, number: &Number, counted: bool) -> bool {
        let stop = self
            .before(number.first)
            .is_some_and(|w| w.kind == Kind::Stop && !w.spaced());
        let words = self.until(number.first - usize::from(stop));
        if self.named_in_parts(number.first) || self.named_in_pair(number.first) && !counted {
            return true;
        }
        if let Some((length, ())) = self.seeds.names_before.longest(words)
            && !self.verb_of_pronoun(number.first - length - usize::from(stop))
            && self.name_word_stands(number, length + usize::from(stop), counted)
        {
            return true;
        }
        let bare = number.form == Form::Digits || number.form == Form::Words;
        bare && !self.age_behind_name(number)
            && (self.capital_before(number, counted) || self.address(number) || self.capital_behind(number))
    }

    /// The second of two numbers that one plural names: "between junctions 10 and 11".
    fn named_in_pair(&self, i: usize) -> bool {
        let joined = i >= self.start + 3 && self.one_of(i - 1, words!["and", "or", "to"]);
        joined
            && self.page.words[i - 2].kind == Kind::Number
            && self.page.word(i - 3).ends_with('s')
            && self.seeds.names_before.longest(self.until(i - 2)).is_some()
    }

    /// The second part of a number with a name: "No. 14-915".
    fn named_in_parts(&self, i: usize) -> bool {
        let dash = self
            .before(i)
            .is_some_and(|w| matches!(w.kind, Kind::Hyphen | Kind::Dash) && !w.spaced());
        if !dash || !self.touches(i) || i < self.start + 3 || self.page.words[i - 2].kind != Kind::Number {
            return false;
        }
        let stop = usize::from(self.page.words[i - 3].kind == Kind::Stop);
        self.seeds.names_before.longest(self.until(i - 2 - stop)).is_some()
    }

    /// True for a word behind a subject pronoun, where it is a verb: "we count 12".
    fn verb_of_pronoun(&self, i: usize) -> bool {
        self.word(i).is_some_and(|w| w.is(Class::VERB_BASE))
            && self.before(i).is_some_and(|w| w.is(Class::PERSON_PRONOUN))
            && self.one_of(i - 1, words!["i", "we", "they", "you"])
    }

    /// A naming word names the number unless a hedge or a counted noun says otherwise.
    fn name_word_stands(&self, number: &Number, length: usize, counted: bool) -> bool {
        let at = number.first - length;
        let word = &self.page.words[at];
        let verb_like = self.has(at, Context::COMMON_NAME);
        let determined = self
            .before(at)
            .is_some_and(|w| w.is(Class::POSSESSIVE | Class::ARTICLE) || w.is(Class::MODAL));
        if self.spelled(at, words!["no"]) {
            return word.capital() && !counted || self.word(at + 1).is_some_and(|w| w.kind == Kind::Stop);
        }
        !(verb_like && counted && (determined || !word.capital()))
            || self.spelled(at, words!["top"])
            || self.spelled(at, words!["ranked"])
    }

    /// "Model 3", "Euro 2020", "Stoxx 600": a number behind a capitalised word is part of its name.
    fn capital_before(&self, number: &Number, counted: bool) -> bool {
        let mut at = number.first;
        // "No. 4", "H.R. 1": a short name with a full stop.
        let stop = self.before(at).is_some_and(|w| w.kind == Kind::Stop && !w.spaced()) && at >= self.start + 2;
        if stop && !counted && self.page.words[at - 2].end - self.page.words[at - 2].start <= 4 {
            at -= 1;
        }
        let Some(word) = self.before(at) else { return false };
        let function = Class::PREPOSITION
            | Class::DETERMINER
            | Class::COORDINATOR
            | Class::SUBORDINATOR
            | Class::AUXILIARY
            | Class::ADVERB
            | Class::WEEKDAY
            | Class::PERSON_PRONOUN
            | Class::RELATIVE
            | Class::NUMBER_WORD
            | Class::HEDGE
            | Class::CUE;
        if !word.letters() || !word.capital() || word.is(function) || self.hedged(number.first) {
            return false;
        }
        let opens = at - 1 == self.start;
        let verb = opens && word.is(Class::VERB);
        let people = self
            .word(number.next)
            .is_some_and(|w| w.is(Class::PLURAL_PERSON) || self.seeds.context(w).has(Context::PLURAL));
        let tallied = self
            .word(number.next)
            .is_some_and(|w| self.seeds.context(w).has(Context::TALLIED));
        let counts = counted && (opens || number.form == Form::Words || tallied || word.is(Class::PLACE));
        !(verb || people || counts)
    }

    /// "1600 Pennsylvania Avenue".
    fn address(&self, number: &Number) -> bool {
        let mut at = number.next;
        while self.word(at).is_some_and(|w| w.letters() && w.capital()) && at < number.next + 4 {
            at += 1;
            let street = self.seeds.names_after.longest(&self.page.words[at - 1..at]).is_some();
            if street && at > number.next + 1 {
                return true;
            }
        }
        self.seeds
            .names_after
            .longest(self.from(number.next))
            .is_some_and(|(length, ())| {
                // "42 U.S.C. 1983"
                let stop = usize::from(
                    self.word(number.next + length)
                        .is_some_and(|w| w.kind == Kind::Stop && !w.spaced()),
                );
                let cited = self
                    .word(number.next + length + stop)
                    .is_some_and(|w| w.kind == Kind::Number);
                cited || self.time_mark(number)
            })
    }

    /// "5 p.m.", "0401 GMT", "44 BC".
    fn time_mark(&self, number: &Number) -> bool {
        let word = &self.page.words[number.next];
        let lower_am = self.one_of(number.next, words!["am", "pm"]);
        let hour = number.value < 24.0 || self.page.word(number.first).len() == 4;
        let street = word.letters()
            && !word.shape.has(Shape::DOTTED)
            && !word.shape.has(Shape::UPPER)
            && !lower_am
            && !self.one_of(number.next, words!["o'clock", "noon", "midnight"]);
        hour && !street
    }

    /// "Six Nations": a capitalised number word inside a name.
    fn capital_behind(&self, number: &Number) -> bool {
        let word = &self.page.words[number.first];
        number.form == Form::Words
            && word.capital()
            && !word.shape.has(Shape::UPPER)
            && number.first > self.start
            && self
                .before(number.first)
                .is_none_or(|w| !matches!(w.kind, Kind::Quote | Kind::Colon | Kind::Open | Kind::Dash))
            && (self.word(number.next).is_some_and(|w| w.letters() && w.capital())
                || self.spelled(number.first - 1, words!["of"])
                    && self
                        .before(number.first - 1)
                        .is_some_and(|w| w.capital() && w.letters())
                || self.before(number.first).is_some_and(|w| w.capital() && w.letters()))
    }

    /// "nineteen eighty-four", "Channel Four".
    fn titled(&self, number: &Number) -> bool {
        let year = number.form == Form::Words && (number.value == 19.0 || number.value == 20.0);
        // "ten twenty thirty forty": numbers counted aloud, and no year among them.
        let aloud = number.first > self.start && self.number_word(number.first - 1).is_some()
            || self
                .number_word(number.next + 1)
                .is_some_and(|w| (10.0..1000.0).contains(&w.value));
        year && !aloud
            && self
                .number_word(number.next)
                .is_some_and(|w| (10.0..100.0).contains(&w.value))
    }

    fn o_clock(&self, number: &Number) -> bool {
        self.one_of(number.next, words!["o'clock"])
            || number.form == Form::Words
                && self.seeds.names_after.longest(self.from(number.next)).is_some()
                && self.time_mark(number)
    }
}
