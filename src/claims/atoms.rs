//! One number with its unit, sign and minus; and the numbers that are left alone.
//!
//! Needs a sentence and the word where a number begins, gives an [`Atom`]. Scores, votes and names are told here, where the unit
//! is known: a number with a unit is seldom a name. In doubt a dash between digits is a score.

use super::Category;
use super::numbers::{Form, Number, Reader, parse_digits};
use super::spelling::words;
use crate::seeds::Class;
use crate::seeds::claims::{Hedge, NumberKind, Unit};
use crate::words::{Kind, Shape, Word};

/// A number with its unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    pub number: Number,
    pub value: f64,
    pub unit: Option<usize>,
    /// Its first word: the currency sign or the minus.
    pub first: usize,
    /// One past its last word, unit included.
    pub next: usize,
    pub joined: bool,
    /// A sign stands before the number, a word or sign of the unit may stand behind.
    pub sign_before: bool,
    /// Last byte of the last word that belongs to it.
    pub end: u32,
    /// The hedge between number and unit: "30-odd years".
    pub hedge: Option<Hedge>,
    /// True where the words beside it have nothing to say to a number: no unit, no sign, nothing that joins it to another.
    pub alone: bool,
}

impl Atom {
    /// A number without unit or sign that ends with byte `end`.
    pub(super) fn bare(number: Number, end: u32) -> Atom {
        Atom {
            number,
            value: number.value,
            unit: None,
            first: number.first,
            next: number.next,
            joined: false,
            sign_before: false,
            end,
            hedge: None,
            alone: false,
        }
    }
}

impl Reader<'_> {
    pub(super) fn unit(&self, index: usize) -> &Unit {
        &self.seeds.units[index]
    }

    pub(super) fn money(&self, unit: Option<usize>) -> bool {
        unit.is_some_and(|u| self.unit(u).category == Category::Money)
    }

    /// The number that begins at `i`, with sign and unit.
    pub(super) fn atom(&self, i: usize, floor: usize) -> Option<Atom> {
        let word = self.word(i)?;
        if word.letters() && word.shape.has(Shape::DIGIT) && !word.shape.has(Shape::WIDE) {
            return self.code_and_digits(i);
        }
        if let Some(atom) = self.atom_alone(i, word) {
            return Some(atom);
        }
        let (sign_at, negative) = self.minus(i);
        let currency = self.currency_before(sign_at).filter(|c| c.first >= floor);
        let number = self.read(i, currency.is_some())?;
        let measure = self
            .unit_after(&number)
            .filter(|m| currency.is_none() || self.money(Some(m.unit)) && !self.sign_of_next(m));
        let mut atom = Atom {
            number,
            value: number.value,
            unit: currency.map(|c| c.unit).or(measure.map(|m| m.unit)),
            first: currency.map_or(sign_at.min(number.first), |c| c.first),
            next: measure.map_or(number.next, |m| m.next),
            joined: measure.is_some_and(|m| m.joined),
            sign_before: currency.is_some(),
            end: 0,
            hedge: None,
            alone: false,
        };
        if currency.is_none()
            && measure.is_none()
            && let Some((hedge, unit, next)) = self.unit_behind_hedge(&number)
        {
            (atom.hedge, atom.unit, atom.next) = (Some(hedge), Some(unit), next);
        }
        if let Some(m) = measure {
            atom.value *= m.scale * self.unit(m.unit).scale;
            if currency.is_some() && !self.unit(m.unit).part && self.unit(m.unit).name != "USD" {
                atom.unit = Some(m.unit);
            }
        } else if let Some(c) = currency {
            // "MEUR 20": the sign before says millions.
            atom.value *= self.unit(c.unit).scale.max(1.0);
        }
        if currency.is_some() && measure.is_none() {
            atom.next = self.country_behind(atom.next);
        }
        if atom.unit.is_none()
            && let Some((unit, first)) = self.magnitude_before(i)
        {
            (atom.unit, atom.first) = (Some(unit), first.max(floor));
            // "a magnitude 7.1 earthquake"
            atom.joined = atom.first < i && self.word(atom.next).is_some_and(|w| w.letters());
        }
        let below_zero =
            self.spelled(atom.next, words!["below"]) && self.one_of(atom.next + 1, words!["zero", "freezing"]);
        if below_zero && self.spelled(atom.next + 1, words!["zero"]) {
            atom.next += 2;
            atom.value = -atom.value;
            atom.unit = atom.unit.or_else(|| self.unit_named("degree"));
        }
        let minus = negative || sign_at == i && currency.is_some_and(|c| self.minus(c.first).1);
        if minus {
            atom.value = -atom.value;
        }
        if sign_at == i
            && let Some(c) = currency
        {
            atom.first = self.minus(c.first).0;
        }
        let degrees = atom
            .unit
            .is_some_and(|u| self.unit(u).category == Category::Temperature);
        if degrees
            && !minus
            && self
                .before(i)
                .is_some_and(|w| w.kind == Kind::Dash && w.end - w.start == 1)
        {
            atom.value = -atom.value;
            atom.first = i - 1;
        }
        atom.end = self.page.words[atom.next - 1].end;
        Some(atom)
    }

    /// A number between words that surely do not belong to it, as most numbers are: [`Self::atom`] in short.
    fn atom_alone(&self, i: usize, word: &Word) -> Option<Atom> {
        let said_before = self.before(i).is_some_and(|w| {
            matches!(w.kind, Kind::Hyphen | Kind::Dash | Kind::Symbol | Kind::Slash) || self.seeds.may_lead_number(w)
        });
        let digits = word.kind == Kind::Number;
        if said_before || self.may_go_on(i + 1, digits) {
            return None;
        }
        let (value, form) = if digits {
            (parse_digits(self.page.word(i), self.comma_decimals)?, Form::Digits)
        } else {
            let small = self
                .number_word(i)
                .filter(|w| matches!(w.kind, NumberKind::Small | NumberKind::Ten))?;
            (small.value, Form::Words)
        };
        let number = Number {
            first: i,
            next: i + 1,
            value,
            coefficient: value,
            scale: 1.0,
            form,
            glued: false,
        };
        Some(Atom {
            alone: true,
            ..Atom::bare(number, word.end)
        })
    }

    /// False where the word at `i` surely neither belongs to the number before it nor joins it to another. `digits`: it ends with
    /// digits.
    pub(super) fn may_go_on(&self, i: usize, digits: bool) -> bool {
        self.word(i).is_some_and(|w| {
            let stands_apart = match w.kind {
                Kind::Letters => w.spaced() && w.length() > 1 && !w.shape.has(Shape::DIGIT),
                // Three digits may go on: "12 500"; and a slash makes "2 1/2".
                Kind::Number => digits && w.spaced() && w.length() != 3 && !self.is_slash(i + 1),
                Kind::Stop | Kind::Close | Kind::Semicolon | Kind::Question | Kind::Exclamation => true,
                _ => false,
            };
            !stands_apart || self.seeds.may_follow_number(w)
        })
    }

    fn is_slash(&self, i: usize) -> bool {
        self.word(i).is_some_and(|w| w.kind == Kind::Slash)
    }

    /// "magnitude 7.1", "magnitude-7.1": the one measure whose name stands before its number.
    fn magnitude_before(&self, i: usize) -> Option<(usize, usize)> {
        if i > self.start + 1 && self.spelled(i - 1, words!["of"]) && self.spelled(i - 2, words!["magnitude"]) {
            return Some((self.unit_named("magnitude")?, i)).filter(|_| self.page.words[i].kind == Kind::Number);
        }
        let hyphen = usize::from(i > self.start + 1 && self.joins(i - 1));
        let name = i
            .checked_sub(1 + hyphen)
            .filter(|&at| at >= self.start && self.spelled(at, words!["magnitude"]))?;
        let digits = self.page.words[i].kind == Kind::Number;
        Some((self.unit_named("magnitude")?, name)).filter(|_| digits)
    }

    /// The unit behind "-odd", "or so", "-plus": "30-odd years".
    pub(super) fn unit_behind_hedge(&self, number: &Number) -> Option<(Hedge, usize, usize)> {
        let (hedge, next) = self.hedge_after(number.next);
        let hedge = hedge?;
        let (length, unit) = self.unit_at(next, number)?;
        Some((hedge, unit, next + length))
    }

    /// The word that a minus makes the first of the number at `i`, and whether there is one.
    pub(super) fn minus(&self, i: usize) -> (usize, bool) {
        let Some(before) = self.before(i) else {
            return (i, false);
        };
        let tight = self.touches(i);
        let sign = match before.kind {
            Kind::Hyphen => {
                tight
                    && (before.spaced()
                        || self
                            .before(i - 1)
                            .is_some_and(|w| w.kind == Kind::Symbol && !self.one_of(i - 2, words!["%", "$"])))
            }
            Kind::Symbol => tight && self.page.at(before.span()) == "−",
            Kind::Dash => {
                tight && before.spaced() && before.end - before.start == 3 && self.page.at(before.span()) == "–"
            }
            // "plus or minus 3" is no minus.
            Kind::Letters => {
                let either =
                    i >= self.start + 3 && self.spelled(i - 2, words!["or"]) && self.spelled(i - 3, words!["plus"]);
                self.one_of(i - 1, words!["minus", "negative"]) && !either
            }
            _ => false,
        };
        let figure_dash =
            before.kind == Kind::Dash && i >= self.start + 2 && self.page.words[i - 2].kind == Kind::Number;
        if sign && !figure_dash {
            return (i - 1, true);
        }
        if before.kind == Kind::Hyphen
            && tight
            && !before.spaced()
            && i >= self.start + 2
            && self.one_of(i - 2, words!["minus"])
        {
            return (i - 2, true);
        }
        (i, false)
    }

    /// "$500 US", "450 Canadian dollars" is read as a unit.
    pub(super) fn country_behind(&self, i: usize) -> usize {
        i + usize::from(
            self.word(i).is_some_and(|w| w.letters())
                && matches!(self.page.word(i), "US" | "U.S." | "USD" | "Canadian" | "Australian")
                && !self
                    .word(i + 1)
                    .is_some_and(|w| w.letters() && w.spaced() && !w.is(Class::PREPOSITION | Class::COORDINATOR)),
        )
    }

    /// "RM79", "EUR50m", "$US160": a currency's letters against digits, in one word.
    pub(super) fn code_and_digits(&self, i: usize) -> Option<Atom> {
        let text = self.page.word(i);
        let letters = text.find(|c: char| c.is_ascii_digit())?;
        let code = &text[..letters];
        let dollar = i > self.start && self.page.word(i - 1) == "$" && self.touches(i);
        let unit = if dollar {
            self.dollar_of(code)?
        } else {
            self.currency_code(code)?
        };
        let start = self.page.words[i].start + letters as u32;
        let rest = &self.page.document.text[start as usize..self.page.words[self.end - 1].end as usize];
        let length = rest
            .bytes()
            .take(40)
            .take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
            .count();
        let digits = rest[..length].trim_end_matches(['.', ',']);
        let mut value = parse_digits(digits, self.comma_decimals)?;
        let mut end = start + digits.len() as u32;
        let mut next = i + 1;
        while next < self.end && self.page.words[next].start < end {
            next += 1;
        }
        let last = &self.page.words[next - 1];
        let suffix = &self.page.document.text[end.min(last.end) as usize..last.end as usize];
        let mut scale = 1.0;
        if !suffix.is_empty() {
            scale = scale_of(suffix)?;
            end = last.end;
        } else {
            let (word_scale, after) = self.scale_behind(next);
            scale *= word_scale;
            next = after;
            end = end.max(self.page.words[next - 1].end);
        }
        value *= scale;
        let first = if dollar { i - 1 } else { i };
        let number = Number {
            first: i,
            next,
            value,
            coefficient: value / scale,
            scale,
            form: Form::Digits,
            glued: false,
        };
        Some(Atom {
            number,
            value,
            unit: Some(unit),
            first,
            next,
            joined: false,
            sign_before: true,
            end,
            hedge: None,
            alone: false,
        })
    }

    pub(super) fn scale_behind(&self, i: usize) -> (f64, usize) {
        match self
            .word(i)
            .filter(|w| w.letters())
            .and_then(|w| self.seeds.numbers.get(w.hash))
        {
            Some(word) if word.value >= 1000.0 => (word.value, i + 1),
            _ if self.touches(i) => match self
                .word(i)
                .filter(|w| w.letters())
                .and_then(|_| scale_of(self.page.word(i)))
            {
                Some(scale) => (scale, i + 1),
                None => (1.0, i),
            },
            _ => (1.0, i),
        }
    }

    pub(super) fn currency_code(&self, code: &str) -> Option<usize> {
        self.seeds
            .units
            .iter()
            .position(|u| u.category == Category::Money && u.name == code && code.len() == 3)
            .or(match code {
                "RM" => self.unit_named("MYR"),
                "Rs" => self.unit_named("INR"),
                "PS" => self.unit_named("GBP"),
                _ => None,
            })
    }

    pub(super) fn dollar_of(&self, country: &str) -> Option<usize> {
        self.unit_named(match country {
            "US" => "USD",
            "A" | "AU" => "AUD",
            "C" | "CA" => "CAD",
            "NZ" => "NZD",
            "HK" => "HKD",
            _ => return None,
        })
    }

    pub(super) fn unit_named(&self, name: &str) -> Option<usize> {
        self.seeds.units.iter().position(|u| u.name == name)
    }

    /// "a week" as one week, where a list or a hedge says that it is counted.
    pub(super) fn article_unit(&self, i: usize) -> Option<Atom> {
        let word = self.word(i + 1).filter(|w| w.letters())?;
        let number = Number {
            first: i,
            next: i + 1,
            value: 1.0,
            coefficient: 1.0,
            scale: 1.0,
            form: Form::Words,
            glued: false,
        };
        let (length, unit) = self.unit_at(i + 1, &number)?;
        let measure = self.unit(unit);
        let fits = measure.size.is_some()
            && !measure.name.is_empty()
            && measure.category != Category::Percent
            && (word.is(Class::UNIT) || self.page.words[i + length].is(Class::UNIT));
        let quantity = fits && measure.name != "second" && measure.name != "point";
        quantity.then(|| Atom {
            number,
            value: 1.0 * measure.scale,
            unit: Some(unit),
            first: i,
            next: i + 1 + length,
            joined: false,
            sign_before: false,
            end: self.page.words[i + length].end,
            hedge: None,
            alone: false,
        })
    }

    /// The atom at `i` or behind a hedge there, and the hedge.
    pub(super) fn atom_behind(&self, i: usize) -> Option<(Atom, Option<Hedge>)> {
        const LONGEST_HEDGE: usize = 6;
        for skip in 0..=LONGEST_HEDGE {
            let at = i + skip;
            let word = self.word(at)?;
            let (begins, counts_one) = (Reader::may_begin(word), self.one_of(at, words!["a", "an"]));
            if !begins && !counts_one {
                continue;
            }
            let article_before = at > i + 1 && self.one_of(at - 1, words!["a", "an"]);
            let hedge = self
                .hedge_words(i, at - usize::from(article_before))
                .or_else(|| self.hedge_words(i, at));
            let article = skip == 1 && self.one_of(i, words!["a", "an"]);
            let stands =
                skip == 0 || article || hedge.is_some() || self.sign_words(i, at) || hedge_and_sign(self, i, at);
            if stands && begins {
                let atom = self.atom(at, i)?;
                return (atom.first >= i || skip == 0 || self.one_of(i, words!["minus", "negative"]))
                    .then_some((atom, hedge));
            }
            if stands
                && counts_one
                && let Some(atom) = self.article_unit(at)
            {
                return Some((atom, hedge));
            }
        }
        None
    }

    /// The hedge that fills the words from `i` to `at`.
    pub(super) fn hedge_words(&self, i: usize, at: usize) -> Option<Hedge> {
        let found = self
            .seeds
            .hedges_before
            .all(&self.page.words[i..at])
            .find(|&(length, _, _)| length == at - i);
        found.and_then(|(_, _, hedge)| hedge)
    }

    /// True where only signs stand from `i` to `at`: "$", "US$", "-".
    pub(super) fn sign_words(&self, i: usize, at: usize) -> bool {
        let currency = self.currency_before(at).is_some_and(|c| c.first == i);
        currency || self.minus(at).0 == i && at > i
    }

    /// True for an atom that is no quantity.
    pub(super) fn trap(&self, atom: &Atom) -> bool {
        // "2000 over 3" is a quotient, and no year.
        if self.spelled(atom.number.next, words!["over"])
            && atom.number.first == self.start
            && self.divides(atom.number.next)
        {
            return false;
        }
        if atom.unit.is_some() {
            let digits = atom.number.form == Form::Digits && !atom.sign_before;
            let joined = digits
                && self.touches(atom.number.first)
                && self
                    .word(atom.number.first - 1)
                    .is_some_and(|w| matches!(w.kind, Kind::Letters | Kind::Colon) || w.kind == Kind::Stop);
            let named = digits
                && self.touches(atom.number.first)
                && self.joins(atom.number.first - 1)
                && atom.first == atom.number.first
                && self.letters_name(atom.number.first);
            if digits && (self.year_before(atom.number.first) || self.year_with_unit(&atom.number, atom.next)) {
                return true;
            }
            return !atom.sign_before && self.idiom_beyond(&atom.number) && !atom.joined || joined || named;
        }
        if matches!(atom.number.form, Form::Many | Form::Multiple | Form::Changed) {
            return self.idiom(&atom.number);
        }
        if self.names_by_itself(&atom.number) {
            return true;
        }
        let noun = self.noun_after(atom.next);
        let counted = noun.is_some_and(|n| !n.of && (n.plural || atom.value == 1.0));
        self.names_here(&atom.number, counted)
    }

    /// True where the letters joined before the number make it a name: F-35.
    pub(super) fn letters_name(&self, i: usize) -> bool {
        i >= self.start + 2
            && self.page.words[i - 2].letters()
            && !self.one_of(i - 2, words!["sub", "minus", "plus", "to", "non"])
    }

    /// "3-2", "51-49", "2-1 win": the word behind a score, a vote or a span of years.
    pub(super) fn score(&self, atom: &Atom) -> Option<usize> {
        if atom.alone {
            return None;
        }
        if let Some(next) = self.tally(atom) {
            return Some(next);
        }
        let plain = atom.unit.is_none() && atom.number.form == Form::Digits && atom.number.scale == 1.0;
        let mark = self
            .word(atom.next)
            .is_some_and(|w| matches!(w.kind, Kind::Hyphen | Kind::Dash) && !w.spaced())
            && self.touches(atom.next + 1);
        if !plain || !mark || self.word(atom.next + 1).is_none_or(|w| w.kind != Kind::Number) {
            return None;
        }
        let other = self.atom(atom.next + 1, atom.next)?;
        let chain = self
            .word(other.next)
            .is_some_and(|w| !w.spaced() && matches!(w.kind, Kind::Hyphen | Kind::Dash | Kind::Slash))
            && self.touches(other.next + 1)
            && self.word(other.next + 1).is_some_and(|w| w.kind == Kind::Number);
        let whole = atom.value.fract() == 0.0 && other.value.fract() == 0.0;
        let counted = self.noun_after(other.next).is_some_and(|n| n.plural);
        let rising = atom.value < other.value;
        let measured = other.unit.is_some() || other.number.scale > 1.0;
        let telephone = self.page.word(atom.number.first).len() == 3
            && self.page.word(other.number.first).len() == 4
            && !counted
            && !self.hedged(atom.first);
        let alone = self.word(other.next).is_none() && atom.first == self.start;
        let small = other.value < 20.0
            && !counted
            && !self.hedged(atom.first)
            && !alone
            && !self.one_of(other.next, words!["percent", "%"]);
        let scored = whole && !measured && (!rising || small || telephone);
        (chain || scored).then_some(other.next)
    }

    /// "5-to-4", "confirmed 92 to 0": a tally, where the first number is no smaller and nothing is counted.
    pub(super) fn tally(&self, atom: &Atom) -> Option<usize> {
        let hyphen = usize::from(self.joins(atom.next) && self.spelled(atom.next + 1, words!["to"]));
        let to = atom.next + hyphen;
        if atom.unit.is_some()
            || !self.spelled(to, words!["to"])
            || !matches!(atom.number.form, Form::Digits | Form::Words)
        {
            return None;
        }
        let at = to + 1 + usize::from(hyphen == 1 && self.joins(to + 1));
        let other = self
            .word(at)
            .filter(|w| Reader::may_begin(w))
            .and_then(|_| self.atom(at, at))?;
        let tallies = other.unit.is_none()
            && other.number.scale == 1.0
            && matches!(other.number.form, Form::Digits | Form::Words)
            && atom.value >= other.value;
        let counted = hyphen == 0 && self.noun_after(other.next).is_some_and(|n| n.plural && !n.of);
        let led = self.led_by(atom.first, words!["from"]);
        (tallies && !counted && !led).then_some(other.next)
    }
}

fn hedge_and_sign(reader: &Reader, i: usize, at: usize) -> bool {
    reader
        .currency_before(at)
        .is_some_and(|c| c.first > i && reader.hedge_words(i, c.first).is_some())
}

/// The magnitude of letters that stand against digits behind a currency.
fn scale_of(letters: &str) -> Option<f64> {
    Some(match letters {
        "k" | "K" => 1e3,
        "m" | "M" | "mn" | "mil" | "mln" => 1e6,
        "b" | "B" | "bn" | "bln" => 1e9,
        "t" | "T" | "tn" | "trn" => 1e12,
        _ => return None,
    })
}
