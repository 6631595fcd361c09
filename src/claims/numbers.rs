//! Numbers as they are written: digits, number words, magnitudes, fractions and bounds like "dozens", to a value.
//!
//! Needs the words and the number seeds, gives a [`Number`] that begins at a word. It does not ask whether the number is a date
//! or a name, nor what it measures. In doubt it takes fewer words: "two hundred three" is one number, "one two" is two.

use super::spelling::{Words, words};
use super::what::{Clause, Noun};
use crate::seeds::Class;
use crate::seeds::claims::{ClaimSeeds, Context, NumberKind, NumberWord};
use crate::words::{Kind, Page, Shape, Word};
use std::cell::{Cell, RefCell};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// 1,200 or 2.3 million
    Digits,
    /// twenty-one
    Words,
    /// one-fifth, 1/4, half
    Fraction,
    /// dozens, several hundred: the value is a lower bound
    Many,
    /// a couple
    Couple,
    /// twice, tenfold
    Multiple,
    /// doubled
    Changed,
}

/// A number in the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number {
    /// Its first word.
    pub first: usize,
    /// One past its last word.
    pub next: usize,
    /// What it says.
    pub value: f64,
    /// The value without the magnitude: 2.3 of "2.3 million".
    pub coefficient: f64,
    /// The magnitude that closes it: a million of "2.3 million".
    pub scale: f64,
    /// How it is written.
    pub form: Form,
    /// Letters that stand against the digits and are no magnitude begin at `next` ("90s", "3D", "5km").
    pub glued: bool,
}

/// Reads numbers in the words of one sentence.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    /// The page.
    pub page: &'a Page<'a>,
    /// The seeds of the stage.
    pub seeds: &'a ClaimSeeds,
    /// The sentence's first word.
    pub start: usize,
    /// One past its last word.
    pub end: usize,
    /// The page's words up to the sentence's end.
    pub words: &'a [Word],
    /// True where the document writes 1.000,50.
    pub comma_decimals: bool,
    /// What was found out about the sentence before.
    pub memory: &'a Memory,
}

/// Answers to questions that several rules ask of the same word of a sentence.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// The word behind a number, and the noun phrase there.
    pub noun: RefCell<Option<(usize, Option<Noun>)>>,
    /// The clause before a figure.
    pub clause: Cell<Option<Clause>>,
}

/// What a word adds to a number.
enum Part {
    Digits(f64),
    Word(NumberWord),
}

/// A cardinal number as it grows word by word.
struct Sum {
    total: f64,
    current: Option<f64>,
    /// The next part must be smaller than this.
    room: f64,
    scale: f64,
    empty: bool,
}

impl Sum {
    fn new() -> Self {
        Sum {
            total: 0.0,
            current: None,
            room: f64::INFINITY,
            scale: 1.0,
            empty: true,
        }
    }

    fn value(&self) -> f64 {
        self.total + self.current.unwrap_or(0.0)
    }

    /// Takes a part, or leaves it where it cannot belong to the number.
    fn take(&mut self, part: &Part) -> bool {
        let taken = match part {
            Part::Digits(value) => self.small(*value, 1.0),
            Part::Word(word) => match word.kind {
                NumberKind::Small => self.small(word.value, 1.0),
                NumberKind::Ten => self.small(word.value, 10.0),
                NumberKind::Hundred => self.hundred(),
                NumberKind::Many if word.value == 100.0 => !self.empty && self.hundred(),
                NumberKind::Magnitude => self.magnitude(word.value),
                NumberKind::Many => !self.empty && self.magnitude(word.value),
                NumberKind::Dozen => self.dozen(),
                _ => false,
            },
        };
        self.empty &= !taken;
        taken
    }

    fn small(&mut self, value: f64, room_after: f64) -> bool {
        let fits = self.empty || (value < self.room && value > 0.0);
        if fits {
            self.current = Some(self.current.unwrap_or(0.0) + value);
            self.room = room_after;
        }
        fits
    }

    fn hundred(&mut self) -> bool {
        let fits = match self.current {
            Some(current) => current < 100.0 && current > 0.0,
            None => self.empty,
        };
        if fits {
            self.current = Some(self.current.unwrap_or(1.0) * 100.0);
            self.room = 100.0;
        }
        fits
    }

    fn magnitude(&mut self, value: f64) -> bool {
        match self.current {
            Some(current) if self.total == 0.0 || value < self.scale => self.total += current * value,
            Some(_) => return false,
            None if self.empty => self.total = value,
            None if value > self.scale || self.scale == 1.0 => self.total *= value,
            None => return false,
        }
        self.current = None;
        self.room = value;
        self.scale = value;
        true
    }

    fn dozen(&mut self) -> bool {
        let fits = self.total == 0.0 && self.room > 0.0;
        if fits {
            self.current = Some(self.current.unwrap_or(1.0) * 12.0);
            self.room = 0.0;
        }
        fits
    }
}

impl Reader<'_> {
    /// The word at `i`, inside the sentence.
    pub fn word(&self, i: usize) -> Option<&Word> {
        self.words.get(i)
    }

    /// The word before `i`, inside the sentence.
    pub fn before(&self, i: usize) -> Option<&Word> {
        (i > self.start && i <= self.end).then(|| &self.page.words[i - 1])
    }

    /// The sentence's words from `i` on.
    pub fn from(&self, i: usize) -> &[Word] {
        &self.words[i.min(self.end)..]
    }

    /// The sentence's words before `i`.
    pub fn until(&self, i: usize) -> &[Word] {
        &self.page.words[self.start..i.max(self.start)]
    }

    /// True where the word at `i` is spelled like that, in any case.
    #[inline]
    pub fn spelled(&self, i: usize, word: &Words) -> bool {
        self.one_of(i, word)
    }

    /// A word's letters as bytes.
    pub fn bytes(&self, word: &Word) -> &[u8] {
        &self.page.document.text.as_bytes()[word.start as usize..word.end as usize]
    }

    /// True where the word at `i` is one of these.
    #[inline]
    pub fn one_of(&self, i: usize, words: &Words) -> bool {
        self.word(i).is_some_and(|word| words.hold(word))
    }

    /// True where the word at `i` plays one of the roles.
    pub fn has(&self, i: usize, context: Context) -> bool {
        self.word(i).is_some_and(|word| self.seeds.context(word).has(context))
    }

    /// True where a hyphen at `i` joins its neighbours.
    pub fn joins(&self, i: usize) -> bool {
        let hyphen = |w: &Word| w.kind == Kind::Hyphen && !w.spaced();
        self.word(i).is_some_and(hyphen) && self.word(i + 1).is_some_and(|w| !w.spaced())
    }

    /// True where the word at `i` stands against the one before it.
    pub fn touches(&self, i: usize) -> bool {
        i > self.start && self.word(i).is_some_and(|w| !w.spaced())
    }

    /// The number word at `i`.
    pub fn number_word(&self, i: usize) -> Option<NumberWord> {
        let word = self.word(i).filter(|w| w.letters())?;
        let found = self.seeds.numbers.get(word.hash);
        found.filter(|word| word.kind != NumberKind::Double)
    }

    /// "double the rate", "triple what it was": a word that multiplies what follows; behind "to", "will" or a subject it is a verb.
    pub fn double(&self, i: usize) -> Option<Number> {
        let word = self.word(i).filter(|w| w.letters())?;
        let word = self
            .seeds
            .numbers
            .get(word.hash)
            .filter(|word| word.kind == NumberKind::Double && self.one_of(i + 1, words!["the", "what", "that"]))?;
        let hedge = self.seeds.hedges_before.longest(self.until(i));
        let first = i - hedge.map_or(0, |(length, _)| length);
        let verb = self.before(first).is_some_and(|w| {
            w.is(Class::MODAL | Class::PERSON_PRONOUN | Class::INFINITIVE_MARK)
                || self.page.at(w.span()).eq_ignore_ascii_case("to")
                || self.plural(w, first - 1)
        });
        (!verb).then(|| self.word_of(i, word.value, Form::Multiple))
    }

    /// True where a number may begin at a word: the cheap question asked of every one.
    pub fn may_begin(word: &Word) -> bool {
        match word.kind {
            Kind::Number => true,
            Kind::Letters => word.is(Class::NUMBER_WORD) || word.shape.has(Shape::DIGIT),
            _ => false,
        }
    }

    /// The number that begins at `i`. `money`: a currency sign stands before it.
    pub fn read(&self, i: usize, money: bool) -> Option<Number> {
        let number = self.read_plain(i, money)?;
        Some(self.of_a_million(number))
    }

    /// "a quarter of a million": the share of a magnitude is one number.
    fn of_a_million(&self, number: Number) -> Number {
        let of = number.form == Form::Fraction
            && self.spelled(number.next, words!["of"])
            && self.spelled(number.next + 1, words!["a"]);
        if !of {
            return number;
        }
        let magnitude = self
            .number_word(number.next + 2)
            .filter(|w| w.kind == NumberKind::Magnitude);
        match magnitude {
            Some(word) => Number {
                next: number.next + 3,
                value: number.value * word.value,
                scale: word.value,
                form: Form::Words,
                ..number
            },
            None => number,
        }
    }

    fn read_plain(&self, i: usize, money: bool) -> Option<Number> {
        let word = self.word(i)?;
        if let Some(number) = self.point_first(i) {
            return Some(number);
        }
        if word.kind == Kind::Number {
            return self.digits_number(i, money);
        }
        if word.shape.has(Shape::WIDE) && word.shape.has(Shape::DIGIT) {
            let value = glyph(self.page.word(i))?;
            return Some(self.fraction(i, i + 1, value));
        }
        self.words_number(i)
    }

    fn fraction(&self, first: usize, next: usize, value: f64) -> Number {
        Number {
            first,
            next,
            value,
            coefficient: value,
            scale: 1.0,
            form: Form::Fraction,
            glued: false,
        }
    }

    fn digits_number(&self, i: usize, money: bool) -> Option<Number> {
        let (value, next) = self.digits(i)?;
        if self.word(next).is_some_and(|w| w.kind == Kind::Slash && !w.spaced())
            && let Some((value, next)) = self.slash(value, next)
            && self.fraction_stands(i, next)
        {
            return Some(self.fraction(i, next, value));
        }
        if let Some((part, next)) = self.mixed(next) {
            return Some(self.scaled(i, value + part, next, Form::Digits, money));
        }
        if self.next_is_scale(next) {
            return self.cardinal(i, Form::Digits, money);
        }
        if let Some((value, next)) = self.power_of_ten(value, next) {
            return Some(self.scaled(i, value, next, Form::Digits, money));
        }
        if let Some((value, next)) = self.point(i, value, next) {
            return Some(self.scaled(i, value, next, Form::Digits, money));
        }
        if let Some((part, after)) = self.and_part(next) {
            return Some(self.scaled(i, value + part, after, Form::Digits, money));
        }
        let number = self.scaled(i, value, next, Form::Digits, money);
        if number.scale == 1.0
            && let Some(over) = self.parts(value, next)
        {
            return Some(self.fraction(i, over.1, over.0));
        }
        Some(number)
    }

    /// True where digits on both sides of a slash are a fraction and no date: a unit, a noun or nothing stands beside them.
    fn fraction_stands(&self, first: usize, next: usize) -> bool {
        let behind = self
            .word(next)
            .is_some_and(|w| w.letters() && !w.capital() && !w.is(Class::PREPOSITION) || self.page.at(w.span()) == "-");
        // "12/03/2021": the middle of a date.
        if self.touches(first) && self.before(first).is_some_and(|w| w.kind == Kind::Slash) {
            return false;
        }
        let alone = self.minus(first).0 == self.start && self.word(next).is_none();
        let hedged = self.seeds.hedges_before.longest(self.until(first)).is_some();
        behind || alone || hedged || self.spelled(next, words!["of"])
    }

    /// The value of the digits at `i`, groups between spaces included, and the word behind them.
    fn digits(&self, i: usize) -> Option<(f64, usize)> {
        let text = self.page.word(i);
        let mut value = parse_digits(text, self.comma_decimals)?;
        let mut next = i + 1;
        if text.len() <= 3 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()) {
            while next < i + 6 && self.space_group(next) {
                value = value * 1000.0 + parse_digits(self.page.word(next), false)?;
                next += 1;
            }
        }
        Some((value, next))
    }

    /// True where three digits stand one space behind other digits: "12 500".
    fn space_group(&self, i: usize) -> bool {
        let Some(word) = self.word(i) else { return false };
        let text = self.page.word(i);
        let gap = word.start - self.page.words[i - 1].end;
        let tight = !self.touches(i + 1) || !self.word(i + 1).is_some_and(|w| w.letters());
        word.kind == Kind::Number && word.spaced() && gap <= 3 && text.len() == 3 && tight && !text.contains(['.', ','])
    }

    /// The fraction whose slash stands at `i`.
    fn slash(&self, numerator: f64, i: usize) -> Option<(f64, usize)> {
        let below = self.word(i + 1).filter(|w| w.kind == Kind::Number && !w.spaced())?;
        let denominator = parse_digits(self.page.at(below.span()), false)?;
        let plain = !self.touches(i + 2)
            || self.word(i + 2).is_some_and(|w| {
                w.letters()
                    || matches!(
                        w.kind,
                        Kind::Hyphen | Kind::Stop | Kind::Comma | Kind::Close | Kind::Quote
                    )
            });
        let small = denominator >= 2.0 && numerator < denominator && denominator.fract() == 0.0;
        (small && plain).then(|| (numerator / denominator, i + 2))
    }

    /// The fraction that follows whole digits: "2 1/2", "2½".
    fn mixed(&self, i: usize) -> Option<(f64, usize)> {
        let word = self.word(i)?;
        if word.shape.has(Shape::WIDE) && word.shape.has(Shape::DIGIT) {
            return glyph(self.page.word(i)).map(|value| (value, i + 1));
        }
        let slash = self.word(i + 1).is_some_and(|w| w.kind == Kind::Slash && !w.spaced());
        if word.kind != Kind::Number || !slash {
            return None;
        }
        let numerator = parse_digits(self.page.word(i), false)?;
        self.slash(numerator, i + 1)
    }

    /// "×10−5" behind digits.
    fn power_of_ten(&self, value: f64, i: usize) -> Option<(f64, usize)> {
        let mut at = i;
        match self.word(at)?.kind {
            Kind::Symbol if self.page.word(at) == "×" && self.spelled(at + 1, words!["10"]) => at += 2,
            Kind::Letters if self.touches(at) && self.page.word(at) == "x10" => at += 1,
            _ => return None,
        }
        let negative = self
            .word(at)
            .is_some_and(|w| !w.spaced() && matches!(self.page.at(w.span()), "-" | "−" | "–" | "^"));
        let exponent = self
            .word(at + usize::from(negative))
            .filter(|w| w.kind == Kind::Number && !w.spaced())?;
        let sign = if negative && self.page.word(at) != "^" {
            -1.0
        } else {
            1.0
        };
        let exponent = sign * parse_digits(self.page.at(exponent.span()), false)?;
        (exponent.abs() < 100.0).then(|| (value * 10f64.powf(exponent), at + usize::from(negative) + 1))
    }

    fn next_is_scale(&self, i: usize) -> bool {
        let at = i + usize::from(self.joins(i));
        self.number_word(at).is_some_and(|word| {
            matches!(
                word.kind,
                NumberKind::Hundred | NumberKind::Magnitude | NumberKind::Dozen
            ) || word.kind == NumberKind::Many && word.value != 20.0
        })
    }

    /// A cardinal number in words, or in digits with magnitudes.
    fn cardinal(&self, i: usize, form: Form, money: bool) -> Option<Number> {
        let mut sum = Sum::new();
        let mut at = i;
        while let Some((next, part)) = self.part(at, &sum) {
            if !sum.take(&part) {
                break;
            }
            at = next;
        }
        if sum.empty {
            return None;
        }
        if let Some((value, next)) = self.point(i, sum.value(), at) {
            return Some(self.scaled(i, value, next, form, money));
        }
        if let Some((part, next)) = self.and_part(at) {
            // "a dozen and a half" is 18.
            let dozens = sum.room == 0.0;
            let scale = match () {
                () if dozens => 12.0,
                () if sum.current.is_none() && !self.next_is_scale(next) => sum.scale,
                () => 1.0,
            };
            let mut number = self.scaled(i, sum.value() + part * scale, next, form, money);
            if sum.current.is_none() && number.scale > 1.0 && number.scale < sum.scale {
                // "one billion and a half million"
                number.value = sum.value() + part * number.scale;
            }
            return Some(number);
        }
        let scale = if sum.current.is_none() { sum.scale } else { 1.0 };
        Some(Number {
            first: i,
            next: at,
            value: sum.value(),
            coefficient: sum.value() / scale,
            scale,
            form,
            glued: false,
        })
    }

    /// The part of a number at `at` and the word behind it, "and" and hyphens before it stepped over.
    fn part(&self, at: usize, sum: &Sum) -> Option<(usize, Part)> {
        let mut at = at;
        if !sum.empty && self.joins(at) {
            at += 1;
        } else if !sum.empty && self.spelled(at, words!["and"]) {
            let next = self.number_word(at + 1);
            let digits = sum.room == 100.0
                && self.word(at + 1).is_some_and(|w| w.kind == Kind::Number)
                && !self.next_is_scale(at + 2);
            let small = next.is_some_and(|w| matches!(w.kind, NumberKind::Small | NumberKind::Ten));
            let leads = sum.room <= 1000.0 || self.next_is_scale(at + 2);
            if !(sum.room >= 100.0 && leads && (small || digits)) {
                return None;
            }
            at += 1;
        }
        if let Some(word) = self.number_word(at) {
            return Some((at + 1, Part::Word(word)));
        }
        let digits = self.word(at).is_some_and(|w| w.kind == Kind::Number);
        if !digits {
            return None;
        }
        let (value, next) = self.digits(at)?;
        let tail = sum.room == 100.0 && value < 100.0 && value.fract() == 0.0;
        let inside = sum.empty || self.next_is_scale(next) || tail;
        inside.then_some((next, Part::Digits(value)))
    }

    /// "three point one four": the value and the word behind it.
    fn point(&self, _first: usize, whole: f64, i: usize) -> Option<(f64, usize)> {
        if !self.spelled(i, words!["point"]) {
            return None;
        }
        let mut digits = String::new();
        let mut at = i + 1;
        while let Some(word) = self.word(at).filter(|_| digits.len() < 20) {
            let joined = at + usize::from(self.joins(at));
            if word.kind == Kind::Number && self.page.word(at).bytes().all(|b| b.is_ascii_digit()) {
                digits.push_str(self.page.word(at));
                at += 1;
            } else if let Some(word) = self
                .number_word(joined)
                .filter(|w| matches!(w.kind, NumberKind::Small | NumberKind::Ten))
            {
                let after_ten = digits.ends_with('0') && word.value < 10.0 && joined > at;
                if after_ten {
                    digits.pop();
                }
                digits.push_str(&word.value.to_string());
                at = joined + 1;
            } else {
                break;
            }
        }
        let decimals: f64 = format!("0.{digits}").parse().ok().filter(|_| !digits.is_empty())?;
        Some((whole + decimals, at))
    }

    /// "point seven percent", "by point 75": decimals without a whole, where no noun "point" can stand.
    fn point_first(&self, i: usize) -> Option<Number> {
        const BEFORE: &Words = words!["by", "about", "than", "just", "only", "minus", "negative", "up", "down"];
        let at = i
            .checked_sub(1)
            .filter(|&at| at >= self.start && self.spelled(at, words!["point"]))?;
        let stands = at == self.start || self.one_of(at - 1, BEFORE);
        let (value, next) = self.point(at, 0.0, at).filter(|_| stands)?;
        Some(self.scaled(at, value, next, Form::Words, false))
    }

    /// "and a half", "and three quarters": the fraction and the word behind it.
    fn and_part(&self, i: usize) -> Option<(f64, usize)> {
        if !self.spelled(i, words!["and"]) {
            return None;
        }
        let article = self.one_of(i + 1, words!["a", "an"]);
        let at = i + 1 + usize::from(article);
        let word = self.number_word(at)?;
        match word.kind {
            NumberKind::Half => Some((word.value, at + 1)),
            NumberKind::Denominator if article || self.spelled(at, words!["quarter"]) => {
                Some((1.0 / word.value, at + 1))
            }
            NumberKind::Small if !article => self.parts(word.value, at + 1),
            _ => None,
        }
    }

    /// "fifths" behind a count of them: the fraction and the word behind it.
    fn parts(&self, count: f64, i: usize) -> Option<(f64, usize)> {
        let apart = self
            .word(i)
            .is_some_and(|w| w.kind == Kind::Dash && w.end - w.start == 1);
        let at = i + usize::from(self.joins(i) || apart);
        let word = self.number_word(at)?;
        let fits = match word.kind {
            NumberKind::Denominator => count == 1.0,
            NumberKind::Denominators => count > 1.0 && word.value > 1.0 && (count < 100.0 || word.value > count),
            // "one half of the team", but one half of a match is a time.
            NumberKind::Half => {
                count == 1.0 && (self.joins(i) || self.spelled(at + 1, words!["of"]) || self.word(at + 1).is_none())
            }
            _ => false,
        };
        let below = if word.kind == NumberKind::Half { 2.0 } else { word.value };
        let ordinal = word.kind == NumberKind::Denominator && self.joins(at + 1);
        (fits && !ordinal && count.fract() == 0.0).then_some((count / below, at + 1))
    }

    /// A number with the magnitude that stands behind it, if there is one.
    fn scaled(&self, first: usize, value: f64, next: usize, form: Form, money: bool) -> Number {
        let (scale, next) = self.scale_at(next, money);
        let glued = scale == 1.0
            && form == Form::Digits
            && self.touches(next)
            && self.word(next).is_some_and(|w| w.letters())
            && !self.times_sign(next);
        Number {
            first,
            next,
            value: value * scale,
            coefficient: value,
            scale,
            form,
            glued,
        }
    }

    /// "10x faster", "a 3x return": the letter that multiplies, not the one between the sides of a board.
    pub fn times_sign(&self, i: usize) -> bool {
        self.spelled(i, words!["x"]) && !self.touches(i + 1)
    }

    fn scale_at(&self, i: usize, money: bool) -> (f64, usize) {
        let mut scale = 1.0;
        let mut at = i;
        loop {
            let joined = at + usize::from(self.joins(at));
            let Some(word) = self.number_word(joined) else { break };
            match word.kind {
                NumberKind::Hundred | NumberKind::Magnitude => {}
                NumberKind::Many if word.value >= 100.0 => {}
                NumberKind::Suffix if joined == at && scale == 1.0 && !self.kelvin(at) => {}
                _ => break,
            }
            scale *= word.value;
            at = joined + 1;
        }
        if scale == 1.0
            && let Some(letter) = self.letter_scale(at, money)
        {
            return (letter, at + 1);
        }
        (scale, at)
    }

    /// True for a K against digits that follows another temperature: "27 °C (300K)".
    fn kelvin(&self, i: usize) -> bool {
        let near = self.until(i).iter().rev().take(12);
        self.page.word(i) == "K"
            && self.touches(i)
            && near
                .filter(|w| w.kind == Kind::Symbol || w.letters())
                .any(|w| matches!(self.page.at(w.span()), "°" | "℃" | "℉" | "Celsius" | "Fahrenheit"))
    }

    /// The magnitude that one letter behind digits stands for: always after a currency sign, else by what follows.
    fn letter_scale(&self, i: usize, money: bool) -> Option<f64> {
        let word = self.word(i).filter(|w| w.letters() && w.end - w.start == 1)?;
        let letter = self.page.word(i);
        let touching = !word.spaced();
        let counted = self.word(i + 1).is_some_and(|w| w.spaced() && self.counted(i + 1, w));
        match letter {
            "m" | "M" if touching && (money || counted) => Some(1e6),
            "b" | "B" if touching && (money || counted) => Some(1e9),
            "t" | "T" if touching && money => Some(1e12),
            "M" if touching || counted || self.word(i + 1).is_none() => Some(1e6),
            "B" if touching || counted || self.word(i + 1).is_none() => Some(1e9),
            "b" if touching && self.word(i + 1).is_none_or(|w| !w.letters()) => Some(1e9),
            "G" if touching && self.word(i + 1).is_none() && self.until(self.start + 1).len() == 1 => Some(1e9),
            _ => None,
        }
    }

    /// True for a word that can be counted: no function word, no word of extent ("tall"), or "of".
    fn counted(&self, i: usize, word: &Word) -> bool {
        let function = Class::PREPOSITION
            | Class::COORDINATOR
            | Class::AUXILIARY
            | Class::MODAL
            | Class::SUBORDINATOR
            | Class::ADVERB
            | Class::DETERMINER
            | Class::RELATIVE;
        let of = self.spelled(i, words!["of"]);
        of || (word.letters() && !word.is(function) && !self.seeds.context(word).has(Context::EXTENT))
    }

    fn words_number(&self, i: usize) -> Option<Number> {
        let word = self.number_word(i)?;
        match word.kind {
            NumberKind::Small | NumberKind::Ten => self.small_number(i),
            NumberKind::Hundred | NumberKind::Magnitude | NumberKind::Dozen => {
                self.bounded(i).or_else(|| self.small_number(i))
            }
            NumberKind::Many => self.many(i),
            NumberKind::Couple => self.couple(i),
            NumberKind::Half => self.half(i),
            NumberKind::Denominator => self.one_part(i, word.value),
            NumberKind::Twice | NumberKind::Fold => Some(self.word_of(i, word.value, Form::Multiple)),
            NumberKind::Changed => Some(self.word_of(i, word.value, Form::Changed)),
            NumberKind::Denominators | NumberKind::Suffix | NumberKind::Double => None,
        }
    }

    fn word_of(&self, i: usize, value: f64, form: Form) -> Number {
        Number {
            form,
            ..self.fraction(i, i + 1, value)
        }
    }

    fn small_number(&self, i: usize) -> Option<Number> {
        let number = self
            .tens_and_small(i)
            .or_else(|| self.cardinal(i, Form::Words, false))?;
        if let Some(fraction) = self.many_parts(i, &number) {
            return Some(fraction);
        }
        if let Some((value, next)) = self.parts(number.value, number.next) {
            return Some(self.fraction(i, next, value));
        }
        Some(number)
    }

    /// "twenty and four hours", as older English counts; "between twenty and thirty", "the ages of twenty and four" are two.
    fn tens_and_small(&self, i: usize) -> Option<Number> {
        let ten = self.number_word(i).filter(|w| w.kind == NumberKind::Ten)?;
        let small = self.number_word(i + 2).filter(|w| {
            w.kind == NumberKind::Small && (1.0..10.0).contains(&w.value) && self.spelled(i + 1, words!["and"])
        })?;
        let two = i > self.start
            && (self.one_of(i - 1, words!["between", "of", "from", "at"])
                || self.page.words[i - 1].kind == Kind::Comma);
        let unit = self.seeds.unit_names.longest(self.from(i + 3)).is_some();
        let fraction = self.and_part(i + 3);
        if two || !unit && fraction.is_none() {
            return None;
        }
        let next = fraction.map_or(i + 3, |(_, next)| next);
        let value = ten.value + small.value + fraction.map_or(0.0, |(part, _)| part);
        Some(Number {
            next,
            ..self.word_of(i, value, Form::Words)
        })
    }

    /// "three twenty-fifths", "sixty eighty fifths", "two hundred and four hundredths": tens before the parts belong to them,
    /// and behind "and" stands the fraction that is added to the whole.
    fn many_parts(&self, i: usize, number: &Number) -> Option<Number> {
        let denominators = |at: usize| self.number_word(at).filter(|w| w.kind == NumberKind::Denominators);
        let tens = |at: usize| self.number_word(at).filter(|w| w.kind == NumberKind::Ten);
        let joined = |at: usize| at + usize::from(self.joins(at));
        let fraction = |count: f64, below: f64, next| Some(self.fraction(i, next, count / below));
        let next = number.next;
        if let Some(ten) = tens(next)
            && let Some(below) = denominators(joined(next + 1)).filter(|w| w.value < 10.0)
        {
            return fraction(number.value, ten.value + below.value, joined(next + 1) + 1);
        }
        let below = denominators(next).filter(|w| w.value > 1.0)?;
        let whole = (number.value / 100.0).floor() * 100.0;
        let behind_and = (i..next).any(|at| self.spelled(at, words!["and"]));
        if behind_and && whole > 0.0 && number.value - whole < below.value {
            let value = whole + (number.value - whole) / below.value;
            return fraction(value, 1.0, next + 1);
        }
        if let Some(ten) = tens(next - 1).filter(|ten| number.value > ten.value && below.value < 10.0) {
            return fraction(number.value - ten.value, ten.value + below.value, next + 1);
        }
        (number.value > 100.0 && below.value != 4.0).then(|| self.fraction(i, next + 1, number.value / below.value))
    }

    /// "several hundred", "a few thousand": bounded by twice the magnitude.
    fn bounded(&self, i: usize) -> Option<Number> {
        let of = usize::from(i > 0 && self.spelled(i - 1, words!["of"]));
        let before = i.checked_sub(1 + of).filter(|&b| b >= self.start)?;
        let several = of == 0 && self.one_of(before, words!["several", "few", "many"]);
        if !several && !self.spelled(before, words!["couple"]) {
            return None;
        }
        let number = self.cardinal(i, Form::Many, false)?;
        Some(Number {
            first: before,
            value: number.value * 2.0,
            ..number
        })
    }

    /// "dozens", "tens of thousands".
    fn many(&self, i: usize) -> Option<Number> {
        let mut value = 2.0;
        let mut at = i;
        loop {
            let word = self
                .number_word(at)
                .filter(|w| matches!(w.kind, NumberKind::Many | NumberKind::Magnitude))?;
            value *= word.value;
            let more = self.spelled(at + 1, words!["of"])
                && self
                    .number_word(at + 2)
                    .is_some_and(|w| matches!(w.kind, NumberKind::Many | NumberKind::Magnitude));
            if !more {
                break;
            }
            at += 2;
        }
        let needs_of = at == i && matches!(self.number_word(i), Some(w) if w.value < 12.0 || w.value == 20.0);
        if needs_of && !self.spelled(i + 1, words!["of"]) {
            return None;
        }
        Some(Number {
            next: at + 1,
            ..self.word_of(i, value, Form::Many)
        })
    }

    /// "a couple of days"; never the two people.
    fn couple(&self, i: usize) -> Option<Number> {
        let article = i > self.start && self.one_of(i - 1, words!["a", "last", "next", "past", "first"]);
        let alone = self.word(i + 1).is_none() && i == self.start + 1;
        let of = self.spelled(i + 1, words!["of"]) && !self.spelled(i + 2, words!["the"]);
        if self.next_is_scale(i + 1 + usize::from(of)) {
            return None;
        }
        let noun = self.word(i + 1).is_some_and(|w| w.is(Class::TIME_NOUN));
        let next = i + 1 + usize::from(of);
        (article && (of || alone || noun)).then(|| Number {
            next,
            ..self.word_of(i, 2.0, Form::Couple)
        })
    }

    /// "half a million", "half an hour", "half of them", "by half"; not the half of a match.
    fn half(&self, i: usize) -> Option<Number> {
        let joined = i + 1 + usize::from(self.joins(i + 1));
        let article = usize::from(self.one_of(joined, words!["a", "an"]));
        let at = joined + article;
        let scale = self
            .number_word(at)
            .filter(|w| matches!(w.kind, NumberKind::Hundred | NumberKind::Magnitude | NumberKind::Dozen));
        if scale.is_some() {
            let (scale, next) = if scale.is_some_and(|w| w.kind == NumberKind::Dozen) {
                (12.0, at + 1)
            } else {
                self.scale_at(at, false)
            };
            return Some(Number {
                scale,
                value: 0.5 * scale,
                form: Form::Words,
                ..self.fraction(i, next, 0.5)
            });
        }
        if self.seeds.unit_names.longest(self.from(at)).is_some() {
            return Some(self.fraction(i, at, 0.5));
        }
        if joined > i + 1 {
            return None;
        }
        let compared = self.spelled(i + 1, words!["as"])
            && (self.spelled(i + 3, words!["as"]) || self.one_of(i + 2, words!["many", "much", "likely", "often"]));
        let share = compared
            || self.spelled(i + 1, words!["of"])
            || self
                .word(i + 1)
                .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE))
                && !self.spelled(i + 1, words!["a"]);
        let opens = i == self.start && self.word(i + 1).is_none_or(|w| w.letters());
        let after_a = i > self.start
            && self.one_of(
                i - 1,
                words![
                    "a", "by", "than", "to", "about", "nearly", "almost", "roughly", "over", "around"
                ],
            );
        (share || opens || after_a).then(|| self.fraction(i, i + 1, 0.5))
    }

    /// "a third of", "a quarter million", "a fifth".
    fn one_part(&self, i: usize, below: f64) -> Option<Number> {
        let article = i > self.start && self.one_of(i - 1, words!["a", "an"]);
        let joined = i + 1 + usize::from(self.joins(i + 1));
        if self
            .number_word(joined)
            .is_some_and(|w| w.kind == NumberKind::Magnitude)
        {
            let (scale, next) = self.scale_at(joined, false);
            return Some(Number {
                scale,
                value: scale / below,
                form: Form::Words,
                ..self.fraction(i, next, 1.0 / below)
            });
        }
        let by = article && i > self.start + 1 && self.spelled(i - 2, words!["by"])
            || article && self.one_of(i + 1, words!["and", "or"]);
        let unit = below == 4.0 && self.seeds.unit_names.longest(self.from(joined)).is_some();
        let of = self.spelled(i + 1, words!["of"]);
        let ends = self.word(i + 1).is_none_or(|w| !w.letters() && w.kind != Kind::Hyphen);
        let compared = self.one_of(
            i + 1,
            words![
                "more", "less", "fewer", "higher", "lower", "larger", "smaller", "bigger"
            ],
        );
        // "a quarter disagreed", but "a third said" is often the third of three
        let acts = below == 4.0
            && self
                .word(i + 1)
                .is_some_and(|w| w.is(Class::VERB_PAST) && !w.is(Class::ADJECTIVE | Class::NOUN))
            && !self.one_of(i + 1, words!["ended", "ending"]);
        let of_unit =
            of && self.one_of(i + 2, words!["a", "an"]) && self.seeds.unit_names.longest(self.from(i + 3)).is_some();
        if !(article && (of || ends || compared || by || acts) || of_unit || unit && (article || joined > i + 1)) {
            return None;
        }
        Some(self.fraction(i, if unit { joined } else { i + 1 }, 1.0 / below))
    }
}

/// The value of a sign like ½.
fn glyph(text: &str) -> Option<f64> {
    let mut chars = text.chars();
    let value = match chars.next()? {
        '½' => 0.5,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅕' => 0.2,
        '⅖' => 0.4,
        '⅗' => 0.6,
        '⅘' => 0.8,
        '⅙' => 1.0 / 6.0,
        '⅛' => 0.125,
        '⅜' => 0.375,
        '⅝' => 0.625,
        '⅞' => 0.875,
        _ => return None,
    };
    chars.next().is_none().then_some(value)
}

/// The value of digits with commas and stops between them.
pub(crate) fn parse_digits(text: &str, comma_decimals: bool) -> Option<f64> {
    if !comma_decimals && let Some(value) = parse_plain(text) {
        return Some(value);
    }
    let commas = text.matches(',').count();
    let stops = text.matches('.').count();
    if commas == 0 && stops == 0 {
        return text.parse().ok();
    }
    let grouped = |mark: char, text: &str| {
        let mut groups = text.split(mark);
        let lead = groups.next().is_some_and(|g| (1..=3).contains(&g.len()));
        let mut lengths = groups.map(str::len).peekable();
        let mut right = lead;
        while let Some(length) = lengths.next() {
            right &= length == 3 || (length == 2 && lengths.peek().is_some());
        }
        right
    };
    let plain = |mark: char, text: &str| text.replace(mark, "").parse().ok();
    if commas > 0 {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        if stops <= 1
            && !decimals.contains(',')
            && grouped(',', whole)
            && !(comma_decimals && commas == 1 && stops == 0)
        {
            return plain(',', text);
        }
        let (whole, decimals) = text.split_once(',')?;
        let decimal = commas == 1 && (stops > 0 || comma_decimals || decimals.len() <= 2) && !decimals.contains('.');
        return (decimal && grouped('.', whole))
            .then(|| format!("{}.{decimals}", whole.replace('.', "")).parse().ok())?;
    }
    if stops > 1 || (comma_decimals && grouped('.', text)) {
        return if grouped('.', text) { plain('.', text) } else { None };
    }
    text.parse().ok()
}

/// The same for the usual form, 1,200 or 3.5, in one pass; `None` for all else.
fn parse_plain(text: &str) -> Option<f64> {
    /// So many digits are a whole number that a double holds as it is, and the power of ten below it too.
    const MOST_DIGITS: usize = 15;
    const POWERS: [f64; MOST_DIGITS + 1] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];
    let (mut whole, mut digits) = (0, 0);
    // The digits since the last comma, and those behind the stop.
    let (mut group, mut grouped, mut decimals) = (0, false, None);
    for byte in text.bytes() {
        match (byte, &mut decimals) {
            (b'0'..=b'9', decimals) => {
                whole = whole * 10 + u64::from(byte - b'0');
                (digits, group) = (digits + 1, group + 1);
                if let Some(decimals) = decimals {
                    *decimals += 1;
                }
                if digits > MOST_DIGITS {
                    return None;
                }
            }
            (b',', None) if group == 3 || !grouped && (1..3).contains(&group) => (group, grouped) = (0, true),
            (b'.', None) if group == 3 || !grouped => decimals = Some(0),
            _ => return None,
        }
    }
    if decimals.is_none() && grouped && group != 3 || digits == 0 {
        return None;
    }
    Some(whole as f64 / POWERS[decimals.unwrap_or(0)])
}
