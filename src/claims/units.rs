//! What a number is measured in: units and currencies beside it, and what a rate is stated for.
//!
//! Needs a [`Number`], gives a [`Measure`]. A sign that is a letter or a word too ("in", "m", "p") counts only against the
//! number or where nothing follows. In doubt a number has no unit.

use super::numbers::{Form, Number, Reader};
use super::spelling::words;
use crate::claims::Category;
use crate::seeds::Class;
use crate::seeds::claims::{Context, Sign, UnitName};
use crate::words::{Kind, Shape};

/// The unit of a number and the words it takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    /// Index into the seeds' units.
    pub unit: usize,
    /// One past its last word (the number's own where the sign stands before).
    pub next: usize,
    /// True for "90-day".
    pub joined: bool,
    /// A magnitude behind the unit: "75 USD million".
    pub scale: f64,
}

/// The currency sign before a number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prefix {
    /// Index into the seeds' units.
    pub unit: usize,
    /// Its first word.
    pub first: usize,
}

/// What a rate is stated for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Per {
    /// First word of the noun.
    pub noun: usize,
    /// One past its last word.
    pub next: usize,
}

impl Reader<'_> {
    /// The currency sign that ends before word `i`.
    pub fn currency_before(&self, i: usize) -> Option<Prefix> {
        let words = self.until(i);
        let found = self
            .seeds
            .currency_signs
            .all(words)
            .find(|&(length, sign, _)| self.sign_stands(i - length, i, sign));
        found.map(|(length, _, unit)| Prefix {
            unit,
            first: i - length,
        })
    }

    /// True where the words from `first` to `next` spell the sign as it may stand.
    fn sign_stands(&self, first: usize, next: usize, sign: &str) -> bool {
        let letters = sign.bytes().all(|b| b.is_ascii_alphabetic());
        let written = |fold: fn(char) -> char, wanted: fn(char) -> char| {
            self.written(first, next).map(fold).eq(signs(sign).map(wanted))
        };
        let (as_is, small) = (|c: char| c, |c: char| c.to_ascii_lowercase());
        let spelled = written(as_is, as_is) || (!letters && sign.len() > 2 && written(small, small));
        let short = sign.len() == 2 && sign.ends_with('$') && self.word(first + 1).is_some_and(|w| w.spaced());
        let article = short && sign.starts_with(['A', 'J', 'R']);
        let lower = short && written(as_is, small);
        let inside_word = letters && first > self.start && self.touches(first);
        (spelled || lower) && !article && !inside_word
    }

    /// Words as written, without the white space between them.
    fn written(&self, first: usize, next: usize) -> impl Iterator<Item = char> {
        (first..next).flat_map(|i| self.page.word(i).chars())
    }

    /// The unit behind a number.
    pub fn unit_after(&self, number: &Number) -> Option<Measure> {
        let joined = self.joins(number.next);
        let at = number.next + usize::from(joined);
        let skip = usize::from(!joined && self.steps_over(at));
        let name = |at: usize| self.unit_at(at, number);
        let many = number.form == Form::Many;
        let part_of = (many || number.value.fract() != 0.0 && number.scale == 1.0) && self.spelled(at, words!["of"]);
        let article = usize::from(self.one_of(at + 1, words!["a", "an", "one", "1"]) && !many);
        let of = part_of.then(|| name(at + 1 + article)).flatten();
        let of = of
            .filter(|&(_, unit)| many || self.part_of_unit(unit, article))
            .map(|(length, unit)| (length + 1 + article, unit));
        let (length, unit) = match of.or_else(|| name(at)) {
            Some(found) => found,
            None if skip > 0 => name(at + 1).map(|(length, unit)| (length + 1, unit))?,
            None => return None,
        };
        let next = at + length;
        if joined && self.touches(next) && self.word(next).is_some_and(|w| w.letters()) {
            return None;
        }
        let money = self.seeds.units[unit].category == Category::Money;
        let (scale, next) = if money && number.scale == 1.0 {
            self.magnitude_at(next)
        } else {
            (1.0, next)
        };
        Some(Measure {
            unit,
            next,
            joined,
            scale,
        })
    }

    /// True for a unit that "a quarter of" can measure: "of an hour"; "of hour" only for time.
    fn part_of_unit(&self, unit: usize, article: usize) -> bool {
        let unit = &self.seeds.units[unit];
        let measured = unit.size.is_some() || unit.category == Category::Percent;
        measured && (article == 1 || unit.category == Category::Duration)
    }

    /// True for a word that may stand between number and unit: "two more minutes", "three straight days".
    pub fn steps_over(&self, i: usize) -> bool {
        self.word(i).is_some_and(|w| w.letters() && w.spaced()) && self.has(i, Context::BETWEEN)
    }

    fn magnitude_at(&self, i: usize) -> (f64, usize) {
        match self.number_word(i) {
            Some(word) if word.kind == crate::seeds::claims::NumberKind::Magnitude => (word.value, i + 1),
            _ => (1.0, i),
        }
    }

    /// True where a sign behind a figure belongs to the next figure: "$20 $37".
    pub fn sign_of_next(&self, measure: &Measure) -> bool {
        let sign = self
            .word(measure.next - 1)
            .is_some_and(|w| !w.letters() || w.shape.has(Shape::UPPER));
        sign && self.word(measure.next).is_some_and(|w| w.kind == Kind::Number)
    }

    /// Length and unit of the longest unit name at `at`.
    pub fn unit_at(&self, at: usize, number: &Number) -> Option<(usize, usize)> {
        let words = self.from(at);
        let found = self.seeds.unit_names.all(words);
        let mut loose = None;
        for (length, spelling, name) in found {
            let next = at + length;
            if self.unit_stands(at, next, spelling, name, number) {
                return Some((length, self.weighed(name.unit, at, next, number)));
            }
            let close = name.sign == Sign::Symbol && spelling.len() > 1 && spelling.is_ascii() && !words[0].spaced();
            if loose.is_none() && close {
                loose = Some((length, name.unit));
            }
        }
        loose
    }

    fn unit_stands(&self, at: usize, next: usize, spelling: &str, name: UnitName, number: &Number) -> bool {
        match name.sign {
            Sign::Name => self.name_stands(at, next, spelling, number),
            Sign::Symbol => {
                let ends = !(self.touches(next) && self.word(next).is_some_and(|w| w.kind == Kind::Number));
                self.written(at, next).eq(signs(spelling)) && ends
            }
            Sign::Letter => self.letter_stands(at, next, spelling, number),
        }
    }

    fn name_stands(&self, at: usize, next: usize, spelling: &str, number: &Number) -> bool {
        let word = &self.page.words[at];
        let capital = word.capital() && !word.shape.has(Shape::UPPER) && number.form == Form::Words;
        match spelling {
            "won" | "real" => number.value >= 1000.0,
            "second" | "seconds" => !self.one_of(next, words!["place", "half", "quarter"]),
            "may" => false,
            // "Ten Days", "Seven Nights": titles
            _ if word.capital()
                && !word.shape.has(Shape::UPPER)
                && self.word(next).is_some_and(|w| w.letters() && w.capital()) =>
            {
                false
            }
            _ => {
                !capital
                    || number.first == self.start
                    || self.word(number.first).is_some_and(|w| !w.capital())
                    || self.touches(at)
            }
        }
    }

    fn letter_stands(&self, at: usize, next: usize, spelling: &str, number: &Number) -> bool {
        let written = |spelling: &str| self.written(at, next).eq(spelling.chars());
        let stands = written(spelling) || spelling == "'" && written("’");
        if !stands {
            return false;
        }
        let touching = !self.page.words[at].spaced();
        let mark = !spelling.starts_with(|c: char| c.is_alphabetic());
        if mark {
            let quoted = self
                .until(number.first)
                .iter()
                .rev()
                .take(60)
                .any(|w| w.kind == Kind::Quote);
            return touching && !quoted && number.form == Form::Digits;
        }
        let ends = self.word(next).is_none_or(|w| !w.letters() && w.kind != Kind::Number)
            || self.spelled(next, words!["of"])
            || spelling != "in" && self.one_of(next, words!["and", "to", "or", "per"]);
        let behind = Class::PREPOSITION | Class::COORDINATOR | Class::AUXILIARY | Class::ADVERB;
        let class = matches!(spelling, "C" | "F" | "K")
            && self
                .word(next)
                .is_some_and(|w| w.letters() && w.spaced() && !w.is(behind));
        let ends = ends
            || spelling == "in"
                && number.first > self.start
                && self.one_of(number.first - 1, words!["ft", "feet", "foot"]);
        let resolution = spelling == "p" && [480.0, 720.0, 1080.0, 1440.0, 2160.0].contains(&number.value);
        number.form != Form::Words && (touching || (ends && !self.joins(next))) && !resolution && !class
    }

    /// The pound that weighs, where a pound of money does not fit.
    fn weighed(&self, unit: usize, at: usize, next: usize, number: &Number) -> usize {
        if self.spelled(at, words!["kt"]) && self.blows(number.first, next) {
            return self.seeds.units.iter().position(|u| u.name == "knot").unwrap_or(unit);
        }
        let named = self.one_of(at, words!["pound", "pounds"]) && next == at + 1;
        if !named {
            return unit;
        }
        let stuff = self.spelled(next, words!["of"])
            && self
                .word(next + 1)
                .is_some_and(|w| w.letters() && !w.is(Class::DETERMINER))
            && !self.one_of(
                next + 1,
                words![
                    "public",
                    "taxpayer",
                    "taxpayers",
                    "new",
                    "government",
                    "debt",
                    "cuts",
                    "savings"
                ],
            );
        let joined = self.touches(at);
        let near = self
            .until(number.first)
            .iter()
            .rev()
            .take(12)
            .any(|w| self.seeds.context(w).has(Context::WEIGHS))
            || self.one_of(next, words!["heavier", "lighter", "per"]);
        // "He is 6-2 and 170 pounds."
        let person = self.until(number.first).iter().rev().take(6);
        let person = person.clone().any(|w| self.one_word(w, &["is", "was", "'s", "’s"]))
            && person
                .clone()
                .any(|w| w.is(Class::MASCULINE | Class::FEMININE) && w.is(Class::PERSON_PRONOUN))
            && (40.0..800.0).contains(&number.value);
        if (stuff || joined || near || person) && number.value < 1e6 {
            self.mass_pound().unwrap_or(unit)
        } else {
            unit
        }
    }

    fn one_word(&self, word: &crate::words::Word, words: &[&str]) -> bool {
        words.contains(&self.page.at(word.span()))
    }

    /// True where a word of wind or speed stands near: "winds of 40 kt".
    fn blows(&self, first: usize, next: usize) -> bool {
        let before = self.until(first).iter().rev().take(12);
        let behind = self.from(next).iter().take(4);
        before.chain(behind).any(|w| self.seeds.context(w).has(Context::BLOWS))
    }

    fn mass_pound(&self) -> Option<usize> {
        self.seeds
            .units
            .iter()
            .position(|u| u.name == "pound" && u.category == Category::Mass)
    }

    /// What the figure that ends before `i` is stated for: "a week", "per 100,000 people", "/hour".
    pub fn per(&self, i: usize, measured: bool) -> Option<Per> {
        let word = self.word(i)?;
        let slash = word.kind == Kind::Slash && !word.spaced() && self.touches(i + 1);
        if slash || self.spelled(i, words!["per"]) {
            return self.per_noun(i + 1);
        }
        let hyphen = usize::from(self.one_of(i, words!["a", "an"]) && self.joins(i + 1));
        if measured && self.one_of(i, words!["a", "an", "each", "every"]) {
            let noun = i + 1 + hyphen;
            let next = self.word(noun)?;
            let timed = next.is(Class::TIME_NOUN) || self.seeds.unit_names.longest(self.from(noun)).is_some();
            let rate = timed || self.seeds.context(next).has(Context::RATE) || self.spelled(noun, words!["dozen"]);
            // "$15 an hour and a bonus", but "a year and a half ago"
            // "12 cents a share from 20", but "a week from now"
            let past = next.is(Class::TIME_NOUN | Class::UNIT)
                && (self.has(noun + 1, Context::PAST) && !self.spelled(noun + 1, words!["and"])
                    || self.and_half(noun + 1).is_some());
            return (rate && !past).then_some(Per { noun, next: noun + 1 });
        }
        None
    }

    fn per_noun(&self, i: usize) -> Option<Per> {
        let mut at = i;
        if let Some(number) = self.read(at, false) {
            at = number.next;
            if self.joins(at) {
                at += 1;
            }
        }
        let word = self.word(at).filter(|w| w.letters())?;
        if word.is(Class::DETERMINER | Class::PREPOSITION) {
            return None;
        }
        let unit = self
            .seeds
            .unit_names
            .longest(self.from(at))
            .map_or(1, |(length, _)| length);
        Some(Per {
            noun: i,
            next: at + unit,
        })
    }
}

/// A sign of the seeds without its white space.
fn signs(sign: &str) -> impl Iterator<Item = char> {
    sign.chars().filter(|c| !c.is_whitespace())
}
