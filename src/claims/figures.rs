//! From numbers to figures: one number, a range, a change, a list that wavers, a sum of units, with bounds and what is counted.
//!
//! Needs a sentence, gives its [`Claim`]s. An [`Atom`] is a number with its unit; atoms joined by "to", "and", a dash or a
//! comma make one figure where their units agree. Confidences are the share of rows that were right, by rule, on annotated news
//! sentences, rounded.

use super::numbers::{Form, Number, Reader};
use super::what::Noun;
use super::{Category, Claim, Comparison};
use crate::seeds::Class;
use crate::seeds::claims::{Hedge, Unit};
use crate::text::Span;
use crate::words::{Kind, Shape};

/// A number with its unit.
#[derive(Debug, Clone, Copy)]
struct Atom {
    number: Number,
    value: f64,
    unit: Option<usize>,
    /// Its first word: the currency sign or the minus.
    first: usize,
    /// One past its last word, unit included.
    next: usize,
    joined: bool,
    /// A sign stands before the number, a word or sign of the unit may stand behind.
    sign_before: bool,
    /// Last byte of the last word that belongs to it.
    end: u32,
    /// The hedge between number and unit: "30-odd years".
    hedge: Option<Hedge>,
}

/// How the numbers of a figure belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bond {
    One,
    Range,
    Change,
    List,
    Either,
    /// A lower and an upper bound: "more than 10 and less than 20".
    Bounded,
    Sum,
    Ratio,
}

/// A figure before its bounds and noun are known.
#[derive(Debug, Clone)]
struct Figure {
    atoms: Vec<Atom>,
    bond: Bond,
    values: Vec<f64>,
    unit: Option<usize>,
    first: usize,
    next: usize,
    hedge: Option<Hedge>,
}

/// What the words around a figure say of its bounds.
struct Bounds {
    comparison: Comparison,
    low: Option<f64>,
    high: Option<f64>,
}

const WAVERS: &[&str] = &["maybe", "perhaps", "possibly", "then", "now", "even", "probably"];

impl Reader<'_> {
    /// Appends the claims of the sentence.
    pub fn claims(&self, claims: &mut Vec<Claim>) {
        let (mut at, mut floor) = (self.start, self.start);
        while at < self.end {
            let word = &self.page.words[at];
            if Reader::may_begin(word) {
                let next = self.claim_at(at, floor, claims).max(at + 1);
                (at, floor) = (next, next);
            } else if word.is(Class::UNIT)
                && at > floor
                && let Some((claim, next)) = self.article_claim(at - 1)
            {
                claims.push(claim);
                (at, floor) = (next, next);
            } else {
                at += 1;
            }
        }
    }

    /// Adds the claim whose first number begins at `i`, if there is one, and gives the word to go on from.
    fn claim_at(&self, i: usize, floor: usize, claims: &mut Vec<Claim>) -> usize {
        let Some(atom) = self.atom(i, floor) else { return i + 1 };
        if let Some(next) = self.score(&atom) {
            return next;
        }
        if self.trap(&atom) {
            return atom.number.next;
        }
        let figure = self.figure(atom);
        let next = figure.next;
        if self.age_band(&figure) {
            return next;
        }
        match self.claim(figure, claims) {
            Some((claim, after)) => {
                let clear = claims.last().is_none_or(|last| last.span.end <= claim.span.start);
                if clear {
                    claims.push(claim);
                }
                after
            }
            None => next,
        }
    }

    fn unit(&self, index: usize) -> &Unit {
        &self.seeds.units[index]
    }

    fn money(&self, unit: Option<usize>) -> bool {
        unit.is_some_and(|u| self.unit(u).category == Category::Money)
    }

    // ---- one number

    /// The number that begins at `i`, with sign and unit.
    fn atom(&self, i: usize, floor: usize) -> Option<Atom> {
        let word = self.word(i)?;
        if word.letters() && word.shape.has(Shape::DIGIT) && !word.shape.has(Shape::WIDE) {
            return self.code_and_digits(i);
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
        }
        if currency.is_some() && measure.is_none() {
            atom.next = self.country_behind(atom.next);
        }
        let below_zero = self.spelled(atom.next, "below") && self.one_of(atom.next + 1, &["zero", "freezing"]);
        if below_zero && self.spelled(atom.next + 1, "zero") {
            atom.next += 2;
            atom.value = -atom.value;
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

    /// The unit behind "-odd", "or so", "-plus": "30-odd years".
    fn unit_behind_hedge(&self, number: &Number) -> Option<(Hedge, usize, usize)> {
        let (hedge, next) = self.hedge_after(number.next);
        let (length, unit) = self.unit_at(next, number).filter(|_| hedge.is_some())?;
        Some((hedge?, unit, next + length))
    }

    /// The word that a minus makes the first of the number at `i`, and whether there is one.
    fn minus(&self, i: usize) -> (usize, bool) {
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
                            .is_some_and(|w| w.kind == Kind::Symbol && !self.one_of(i - 2, &["%", "$"])))
            }
            Kind::Symbol => tight && self.page.at(before.span()) == "−",
            Kind::Dash => {
                tight && before.spaced() && before.end - before.start == 3 && self.page.at(before.span()) == "–"
            }
            Kind::Letters => self.one_of(i - 1, &["minus", "negative"]),
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
            && self.one_of(i - 2, &["minus"])
        {
            return (i - 2, true);
        }
        (i, false)
    }

    /// "$500 US", "450 Canadian dollars" is read as a unit.
    fn country_behind(&self, i: usize) -> usize {
        i + usize::from(
            self.word(i).is_some_and(|w| w.letters())
                && matches!(self.page.word(i), "US" | "U.S." | "USD" | "Canadian" | "Australian")
                && !self
                    .word(i + 1)
                    .is_some_and(|w| w.letters() && w.spaced() && !w.is(Class::PREPOSITION | Class::COORDINATOR)),
        )
    }

    /// "RM79", "EUR50m", "$US160": a currency's letters against digits, in one word.
    fn code_and_digits(&self, i: usize) -> Option<Atom> {
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
        let mut value = super::numbers::parse_digits(digits, self.comma_decimals)?;
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
        })
    }

    fn scale_behind(&self, i: usize) -> (f64, usize) {
        match self
            .word(i)
            .filter(|w| w.letters())
            .and_then(|w| self.seeds.numbers.get(&w.hash))
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

    fn currency_code(&self, code: &str) -> Option<usize> {
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

    fn dollar_of(&self, country: &str) -> Option<usize> {
        self.unit_named(match country {
            "US" => "USD",
            "A" | "AU" => "AUD",
            "C" | "CA" => "CAD",
            "NZ" => "NZD",
            "HK" => "HKD",
            _ => return None,
        })
    }

    fn unit_named(&self, name: &str) -> Option<usize> {
        self.seeds.units.iter().position(|u| u.name == name)
    }

    /// True for an atom that is no quantity.
    fn trap(&self, atom: &Atom) -> bool {
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
            return !atom.sign_before && self.idiom(&atom.number) && !atom.joined || joined || named;
        }
        if matches!(atom.number.form, Form::Many | Form::Multiple | Form::Changed) {
            return self.idiom(&atom.number);
        }
        let noun = self.noun_after(atom.next);
        let counted = noun.is_some_and(|n| n.plural && !n.of || atom.value == 1.0 && !n.of);
        self.names_something(&atom.number, counted)
    }

    /// True where the letters joined before the number make it a name: F-35.
    fn letters_name(&self, i: usize) -> bool {
        i >= self.start + 2
            && self.page.words[i - 2].letters()
            && !self.one_of(i - 2, &["sub", "minus", "plus", "to", "non"])
    }

    /// "3-2", "51-49", "2-1 win": the word behind a score, a vote or a span of years.
    fn score(&self, atom: &Atom) -> Option<usize> {
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
            && !self.one_of(other.next, &["percent", "%"]);
        let scored = whole && !measured && (!rising || small || telephone);
        (chain || scored).then_some(other.next)
    }

    /// "5-to-4", "confirmed 92 to 0": a tally, where the first number is no smaller and nothing is counted.
    fn tally(&self, atom: &Atom) -> Option<usize> {
        let hyphen = usize::from(self.joins(atom.next) && self.spelled(atom.next + 1, "to"));
        let to = atom.next + hyphen;
        if atom.unit.is_some() || !self.spelled(to, "to") || !matches!(atom.number.form, Form::Digits | Form::Words) {
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
        let led = self.led_by(atom.first, "from");
        (tallies && !counted && !led).then_some(other.next)
    }

    // ---- several numbers

    /// The figure that begins with an atom.
    fn figure(&self, atom: Atom) -> Figure {
        let single = Figure {
            atoms: vec![atom],
            bond: Bond::One,
            values: vec![atom.value],
            unit: atom.unit,
            first: atom.first,
            next: atom.next,
            hedge: None,
        };
        if matches!(atom.number.form, Form::Many | Form::Multiple | Form::Changed) {
            return single;
        }
        self.ratio(&single)
            .or_else(|| self.sum(&single))
            .or_else(|| self.range(&single))
            .or_else(|| self.bounded_pair(&single))
            .or_else(|| self.list(&single))
            .unwrap_or(single)
    }

    /// The atom at `i` or behind a hedge there, and the hedge.
    fn atom_behind(&self, i: usize) -> Option<(Atom, Option<Hedge>)> {
        const LONGEST_HEDGE: usize = 6;
        for skip in 0..=LONGEST_HEDGE {
            let at = i + skip;
            let word = self.word(at)?;
            let article_before = at > i + 1 && self.one_of(at - 1, &["a", "an"]);
            let hedge = self
                .hedge_words(i, at - usize::from(article_before))
                .or_else(|| self.hedge_words(i, at));
            let article = skip == 1 && self.one_of(i, &["a", "an"]);
            let stands =
                skip == 0 || article || hedge.is_some() || self.sign_words(i, at) || hedge_and_sign(self, i, at);
            if stands && Reader::may_begin(word) {
                let atom = self.atom(at, i)?;
                return (atom.first >= i || skip == 0 || self.one_of(i, &["minus", "negative"]))
                    .then_some((atom, hedge));
            }
            if stands
                && self.one_of(at, &["a", "an"])
                && let Some(atom) = self.article_unit(at)
            {
                return Some((atom, hedge));
            }
        }
        None
    }

    /// The hedge that fills the words from `i` to `at`.
    fn hedge_words(&self, i: usize, at: usize) -> Option<Hedge> {
        let found = self
            .seeds
            .hedges_before
            .all(&self.page.words[i..at])
            .find(|&(length, _, _)| length == at - i);
        found.and_then(|(_, _, hedge)| hedge)
    }

    /// True where only signs stand from `i` to `at`: "$", "US$", "-".
    fn sign_words(&self, i: usize, at: usize) -> bool {
        let currency = self.currency_before(at).is_some_and(|c| c.first == i);
        currency || self.minus(at).0 == i && at > i
    }

    /// "a week" as one week, where a list or a hedge says that it is counted.
    fn article_unit(&self, i: usize) -> Option<Atom> {
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
            && word.is(Class::UNIT);
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
        })
    }

    /// "one in five": a share.
    fn ratio(&self, figure: &Figure) -> Option<Figure> {
        let atom = figure.atoms[0];
        let plain = atom.unit.is_none()
            && atom.number.scale == 1.0
            && atom.value.fract() == 0.0
            && atom.value >= 1.0
            && atom.number.form != Form::Fraction;
        if !plain {
            return None;
        }
        let at = match () {
            () if self.spelled(atom.next, "out") && self.spelled(atom.next + 1, "of") => atom.next + 2,
            () if self.one_of(atom.next, &["in", "of"]) && self.spelled(atom.next + 1, "every") => atom.next + 2,
            () if self.spelled(atom.next, "over") && self.divides(atom.next) => atom.next + 1,
            () if self.spelled(atom.next, "in") => atom.next + 1,
            () if self.spelled(atom.next, "of") && self.share_of(atom.next + 1) => atom.next + 1,
            () => return None,
        };
        let (other, hedge) = self.atom_behind(at)?;
        let round = other.value <= 12.0 || other.value % 5.0 == 0.0;
        let year =
            other.number.form == Form::Digits && (1500.0..2200.0).contains(&other.value) && other.number.scale == 1.0;
        let date = other.number.form == Form::Digits && self.names_something(&other.number, true);
        let over = self.spelled(atom.next, "over");
        let fits = hedge.is_none()
            && other.unit.is_none()
            && (other.value > atom.value || over)
            && (round || over)
            && !year
            && !date
            && !self.joins(other.next)
            && (atom.value < 10.0 || other.value >= 100.0 || over || self.spelled(atom.next, "out"));
        fits.then(|| Figure {
            atoms: vec![atom, other],
            bond: Bond::Ratio,
            values: vec![atom.value / other.value],
            next: other.next,
            ..figure.clone()
        })
    }

    /// True where "of" stands between a part and a whole that is counted: "seven of 10 voters".
    fn share_of(&self, i: usize) -> bool {
        let whole = self
            .word(i)
            .filter(|w| Reader::may_begin(w))
            .and_then(|_| self.read(i, false));
        whole.is_some_and(|n| {
            n.scale == 1.0
                && matches!(n.form, Form::Digits | Form::Words)
                && self.noun_after(n.next).is_some_and(|noun| noun.plural && !noun.of)
        })
    }

    /// True where the "over" at `i` divides: a number follows, and then nothing ("one over three").
    fn divides(&self, i: usize) -> bool {
        let number = self
            .word(i + 1)
            .filter(|w| Reader::may_begin(w))
            .and_then(|_| self.read(i + 1, false));
        number.is_some_and(|n| self.word(n.next).is_none_or(|w| w.kind == Kind::Stop))
    }

    /// "5 feet 2 inches", "an hour and a half", "$20 and 43 cents": one measure in parts.
    fn sum(&self, figure: &Figure) -> Option<Figure> {
        let mut atoms = figure.atoms.clone();
        let unit = figure.unit?;
        let mut total = atoms[0].value;
        let mut smallest = unit;
        while let Some(part) = self.next_part(&atoms) {
            let small = part.unit?;
            let (large_size, small_size) = (self.unit(smallest).size?, self.unit(small).size?);
            total = if self.unit(small).part {
                total + part.value * small_size
            } else {
                total * large_size / small_size + part.value
            };
            if !self.unit(small).part {
                smallest = small;
            }
            atoms.push(part);
        }
        if let Some((part, next)) = self.and_part_of_unit(atoms.last()?) {
            total += part;
            let last = atoms.last_mut()?;
            last.next = next;
            last.end = self.page.words[next - 1].end;
        } else if atoms.len() == 1 {
            return None;
        }
        let next = atoms.last()?.next;
        Some(Figure {
            atoms,
            bond: Bond::Sum,
            values: vec![round(total)],
            unit: Some(smallest),
            next,
            ..figure.clone()
        })
    }

    /// The smaller unit that follows a larger one.
    fn next_part(&self, atoms: &[Atom]) -> Option<Atom> {
        let last = atoms.last()?;
        let comma = usize::from(self.word(last.next).is_some_and(|w| w.kind == Kind::Comma));
        let and = usize::from(self.spelled(last.next + comma, "and"));
        let lists = self.lists_parts(last.next);
        let part = self
            .atom(last.next + comma + and, last.next)
            .filter(|p| p.first == last.next + comma + and || p.sign_before)?;
        let (large, small) = (
            self.unit(last.unit?),
            self.unit(part.unit.or_else(|| self.bare_part(last, &part, comma, and))?),
        );
        let money = large.category == Category::Money && !large.part && small.part && !last.joined && comma == 0;
        let sized = large.category == small.category
            && matches!(
                large.category,
                Category::Duration | Category::Length | Category::Mass | Category::Volume
            );
        let smaller = matches!((large.size, small.size), (Some(l), Some(s)) if s < l) && small.name != "week"
            || small.name == "week" && large.name != "day";
        let fits = money
            || sized
                && smaller
                && !last.joined
                && !lists
                && part.value >= 0.0
                && last.number.form != Form::Fraction
                && self.unit_sizes_fall(large, small);
        let part_unit = part.unit.or_else(|| self.bare_part(last, &part, comma, and));
        fits.then_some(Atom {
            unit: part_unit,
            ..part
        })
    }

    fn unit_sizes_fall(&self, large: &Unit, small: &Unit) -> bool {
        matches!((large.size, small.size), (Some(l), Some(s)) if s < l)
    }

    /// A bare number behind money or hours: "15 dollars and 15", "1 hour and thirty".
    fn bare_part(&self, last: &Atom, part: &Atom, comma: usize, and: usize) -> Option<usize> {
        let whole = part.value.fract() == 0.0 && part.number.scale == 1.0 && part.value > 0.0 && !part.number.glued;
        let ends = self
            .word(part.next)
            .is_none_or(|w| !w.letters() && w.kind != Kind::Number && w.kind != Kind::Symbol && w.kind != Kind::Hyphen)
            || and == 1 && self.spelled(part.next, "and");
        let unit = self.unit(last.unit?);
        let money = unit.category == Category::Money
            && !unit.part
            && part.value < 100.0
            && last.value.fract() == 0.0
            && last.number.scale == 1.0;
        let hours = unit.name == "hour" && part.value < 60.0 && and == 1;
        if comma > 0 || !whole || !ends || last.joined {
            return None;
        }
        match (money, hours) {
            (true, _) => self.unit_named("cent"),
            (_, true) => self.unit_named("minute"),
            _ => None,
        }
    }

    /// True where a comma before "and" lists the parts one by one: "24 hours, 39 minutes, and 35 seconds".
    fn lists_parts(&self, i: usize) -> bool {
        if self.word(i).is_none_or(|w| w.kind != Kind::Comma) {
            return false;
        }
        (i..(i + 12).min(self.end)).any(|at| self.page.words[at].kind == Kind::Comma && self.spelled(at + 1, "and"))
    }

    /// "and a half" behind the unit: "an hour and a half", "3 years and a half".
    fn and_part_of_unit(&self, atom: &Atom) -> Option<(f64, usize)> {
        let number = atom.number.form != Form::Fraction && !atom.joined;
        let (part, next) = self.and_half(atom.next).filter(|_| number)?;
        Some((part * self.unit(atom.unit?).scale, next))
    }

    fn and_half(&self, i: usize) -> Option<(f64, usize)> {
        if !self.spelled(i, "and") {
            return None;
        }
        let article = usize::from(self.one_of(i + 1, &["a", "an"]));
        match self
            .page
            .words
            .get(i + 1 + article)
            .filter(|_| i + 1 + article < self.end)
        {
            Some(_)
                if self.spelled(i + 1 + article, "half")
                    && self.word(i + 2 + article).is_none_or(|w| !w.is(Class::DETERMINER)) =>
            {
                Some((0.5, i + 2 + article))
            }
            Some(_) if article == 1 && self.spelled(i + 2, "quarter") => Some((0.25, i + 3)),
            _ => None,
        }
    }

    /// "10 to 20", "$5 million to $8 million", "between 5 and 10", "3-5", "two or three".
    fn range(&self, figure: &Figure) -> Option<Figure> {
        let a = figure.atoms[0];
        let (lead_between, lead_from) = (self.led_by(a.first, "between"), self.led_by(a.first, "from"));
        let hyphen_left = usize::from(
            a.next < self.end && self.page.words[a.next].kind == Kind::Hyphen && !self.page.words[a.next].spaced(),
        );
        let dash = self
            .word(a.next)
            .is_some_and(|w| matches!(self.page.at(w.span()), "-" | "–" | "‐" | "‑" | "~" | "−"));
        let suspended = hyphen_left == 1 && self.one_of(a.next + 1, &["to", "or", "and"]);
        let at = a.next + usize::from(suspended);
        let slash = a.sign_before && self.touches(at) && self.word(at).is_some_and(|w| w.kind == Kind::Slash);
        let (bond, from) = match () {
            () if suspended && self.spelled(at, "to") && self.joins(at + 1) => (Bond::Range, at + 2),
            () if slash => (Bond::Either, at + 1),
            () if self.one_of(at, &["to", "through", "thru", "until"]) => (Bond::Range, at + 1),
            () if self.spelled(at, "up") && self.spelled(at + 1, "to") && lead_from => (Bond::Range, at + 2),
            () if self.spelled(at, "and") && lead_between => (Bond::Range, at + 1),
            () if self.spelled(at, "or") => (Bond::Either, at + 1),
            () if dash => (Bond::Range, a.next + 1),
            () => return None,
        };
        let (mut b, hedge) = self.atom_behind(from)?;
        let apart = dash
            && bond == Bond::Range
            && self.word(a.next).is_some_and(|w| w.spaced())
            && self.word(from).is_some_and(|w| w.spaced());
        let digits = a.number.form == Form::Digits && b.number.form == Form::Digits && a.unit.is_none();
        if apart && !(digits && (b.unit.is_some() || self.noun_after(b.next).is_some_and(|n| n.plural))) {
            return None;
        }
        if dash && b.first < from {
            b.value = -b.value;
            b.first = from;
        }
        if bond == Bond::Range
            && self.one_of(at, &["to"])
            && a.sign_before
            && self.word(b.next).is_none()
            && b.number.form == Form::Digits
            && b.unit.is_none()
            && self.page.word(b.number.first).len() == 4
        {
            return None;
        }
        let year = b.unit.is_none()
            && b.number.form == Form::Digits
            && !lead_between
            && !lead_from
            && self.page.word(b.number.first).len() == 4
            && b.value >= 1900.0
            && b.value < 2100.0
            && a.unit.is_some();
        if year || !self.agree(&a, &b) || b.number.form == Form::Many || b.number.form == Form::Changed {
            return None;
        }
        let mut a = a;
        share_scale(&mut a, &mut b);
        let unit = b.unit.or(a.unit);
        let falling = a.value > b.value;
        let either = bond == Bond::Either;
        if either
            && matches!(
                hedge,
                Some(Hedge::Is(
                    Comparison::MoreThan | Comparison::LessThan | Comparison::AtLeast | Comparison::AtMost
                ))
            )
        {
            return None;
        }
        if a.value == b.value {
            return None;
        }
        if either && (falling || a.number.form == Form::Fraction && self.or_clause(&b)) && !(lead_from) {
            return None;
        }
        let change = bond == Bond::Range && lead_from && !dash && (falling || self.changes(a.first));
        if falling && !change && !either {
            let measured = a.unit.is_some() && b.unit.is_some();
            if !measured || !lead_from {
                return None;
            }
        }
        Some(Figure {
            bond: if change { Bond::Change } else { bond },
            values: vec![round(a.value), round(b.value)],
            unit,
            next: b.next,
            hedge,
            atoms: vec![a, b],
            ..figure.clone()
        })
    }

    /// "more than 10 and less than 20": both bounds of one figure.
    fn bounded_pair(&self, figure: &Figure) -> Option<Figure> {
        let lower = |hedge| matches!(hedge, Hedge::Is(Comparison::MoreThan | Comparison::AtLeast));
        let upper = |hedge| matches!(hedge, Hedge::Is(Comparison::LessThan | Comparison::AtMost));
        let first = self.hedge_before(figure).0?;
        let a = figure.atoms[0];
        let comma = usize::from(self.word(a.next).is_some_and(|w| w.kind == Kind::Comma));
        let and = usize::from(self.one_of(a.next + comma, &["and", "but", "yet"]));
        if comma + and == 0 {
            return None;
        }
        let (b, second) = self.atom_behind(a.next + comma + and)?;
        let second = second?;
        let rising = lower(first) && upper(second) && a.value < b.value;
        let falling = upper(first) && lower(second) && a.value > b.value;
        ((rising || falling) && self.agree(&a, &b)).then(|| Figure {
            bond: Bond::Bounded,
            values: vec![a.value, b.value],
            unit: b.unit.or(a.unit),
            next: b.next,
            atoms: vec![a, b],
            ..figure.clone()
        })
    }

    /// "more than an hour", "a dollar and 42 cents", "a gallon of beer": an article that counts a unit, where something shows it.
    fn article_claim(&self, i: usize) -> Option<(Claim, usize)> {
        let another = self.spelled(i, "another")
            && i > self.start
            && self.one_of(i - 1, &["for", "wait", "take", "takes", "took", "last"]);
        if !another && !self.one_of(i, &["a", "an"]) {
            return None;
        }
        let atom = self.article_unit(i)?;
        let joined = self.joins(atom.next);
        let past = self.one_of(atom.next, &["ago", "earlier", "later", "before", "after", "old"]);
        let single = Figure {
            atoms: vec![atom],
            bond: Bond::One,
            values: vec![atom.value],
            unit: atom.unit,
            first: atom.first,
            next: atom.next,
            hedge: None,
        };
        let figure = self.sum(&single).unwrap_or(single);
        let hedge = self
            .hedge_before(&figure)
            .0
            .filter(|hedge| *hedge != Hedge::Is(Comparison::Exact));
        let over_drink =
            self.unit(atom.unit?).category == Category::Volume && i > self.start && self.spelled(i - 1, "over");
        let measured = matches!(
            self.unit(atom.unit?).name.as_str(),
            "litre" | "millilitre" | "gallon" | "kilogram" | "tonne" | "mile" | "kilometre" | "acre" | "hectare"
        );
        let shown = another
            || hedge.is_some() && !past
            || figure.bond == Bond::Sum
            || measured && self.before(i).is_none_or(|w| !w.is(Class::NUMBER_WORD));
        if joined || over_drink || !shown {
            return None;
        }
        let (claim, next) = self.claim(figure, &[])?;
        let rule = "claims/article-unit";
        Some((
            Claim {
                rule,
                confidence: confidence(rule),
                ..claim
            },
            next,
        ))
    }

    /// True where "or" opens a clause: "half, or 20 of them".
    fn or_clause(&self, b: &Atom) -> bool {
        b.number.form == Form::Digits
    }

    /// True where `word` stands before the figure that begins at `i`, a hedge between them allowed.
    fn led_by(&self, i: usize, word: &str) -> bool {
        let hedge = self
            .seeds
            .hedges_before
            .longest(self.until(i))
            .map_or(0, |(length, _)| length);
        let at = i.saturating_sub(1);
        (i > self.start && self.spelled(at, word))
            || (hedge > 0 && i > self.start + hedge && self.spelled(i - hedge - 1, word))
    }

    /// True where a verb of rising or falling stands before the "from" that leads to `i`.
    fn changes(&self, i: usize) -> bool {
        const VERBS: &[&str] = &[
            "rose",
            "rise",
            "rises",
            "risen",
            "rising",
            "grew",
            "grow",
            "grown",
            "growing",
            "fell",
            "fall",
            "fallen",
            "falls",
            "falling",
            "dropped",
            "drop",
            "dropping",
            "declined",
            "decline",
            "increased",
            "increase",
            "increases",
            "increasing",
            "raised",
            "raise",
            "raising",
            "cut",
            "cutting",
            "lowered",
            "reduced",
            "jumped",
            "climbed",
            "slipped",
            "dipped",
            "went",
            "gone",
            "go",
            "going",
            "changed",
            "moved",
            "expanded",
            "shrank",
            "shrunk",
            "slow",
            "slowed",
            "up",
            "down",
            "upgraded",
            "revised",
            "widened",
            "narrowed",
            "edged",
            "swelled",
            "soared",
            "surged",
            "plunged",
            "eased",
            "doubled",
            "tripled",
            "improved",
            "extended",
        ];
        let first = i.saturating_sub(8).max(self.start);
        (first..i).any(|at| self.one_of(at, VERBS))
    }

    /// True where two atoms can be ends of one figure.
    fn agree(&self, a: &Atom, b: &Atom) -> bool {
        let fractions = (a.number.form == Form::Fraction) != (b.number.form == Form::Fraction) && a.unit != b.unit;
        match (a.unit, b.unit) {
            _ if fractions => false,
            (None, None) => {
                let counted = self.noun_after(b.next).is_some_and(|n| n.plural && !n.of);
                let large = a.number.form == Form::Digits && (1000.0..1900.0).contains(&a.value) && counted;
                a.number.form == Form::Words || large || !self.names_something(&b.number, counted)
            }
            (Some(x), Some(y)) => {
                x == y
                    || self.unit(x).category == self.unit(y).category
                        && self.money(a.unit)
                        && (a.sign_before != b.sign_before)
                        && self.unit(x).name == self.unit(y).name
            }
            (None, Some(_)) => !b.sign_before || a.value < 1000.0,
            (Some(x), None) => {
                a.sign_before
                    && self.unit(x).category == Category::Money
                    && !self.noun_after(b.next).is_some_and(|n| n.plural)
                    && b.number.form == Form::Digits
                    && !b.number.glued
            }
        }
    }

    /// "50, 60, maybe almost 70", "two days, then four, and now maybe a week", "5, 10 and 15".
    fn list(&self, figure: &Figure) -> Option<Figure> {
        let mut atoms = figure.atoms.clone();
        let mut wavers = false;
        let mut hedge = None;
        while let Some((item, waver, item_hedge)) = self.next_item(&atoms) {
            wavers |= waver || item_hedge.is_some();
            hedge = item_hedge.or(hedge);
            atoms.push(item);
        }
        let bare = atoms[..atoms.len() - 1].iter().all(|a| a.unit.is_none());
        let climbs = atoms.windows(2).all(|w| w[0].value < w[1].value);
        let fits = atoms.len() > 1 && (wavers || bare && climbs && atoms.len() > 2);
        if !fits {
            return None;
        }
        let unit = if bare {
            atoms.last()?.unit
        } else {
            atoms[0].unit.or(atoms.last()?.unit)
        };
        let values = atoms.iter().map(|a| round(self.in_unit(a, unit))).collect();
        let next = atoms.last()?.next;
        let hedge = if wavers {
            hedge.or(Some(Hedge::Is(Comparison::About)))
        } else {
            hedge
        };
        Some(Figure {
            bond: Bond::List,
            values,
            unit,
            next,
            hedge,
            atoms,
            ..figure.clone()
        })
    }

    /// The value of an atom in another unit of the same measure.
    fn in_unit(&self, atom: &Atom, unit: Option<usize>) -> f64 {
        let size = |u: Option<usize>| u.and_then(|u| self.unit(u).size);
        match (size(atom.unit), size(unit)) {
            (Some(from), Some(to)) if atom.unit != unit => atom.value * from / to,
            _ => atom.value,
        }
    }

    /// The next number of a list, whether a word of doubt leads to it, and its hedge.
    fn next_item(&self, atoms: &[Atom]) -> Option<(Atom, bool, Option<Hedge>)> {
        let last = atoms.last()?;
        let mut at = last.next;
        let comma = self.word(at).is_some_and(|w| w.kind == Kind::Comma);
        at += usize::from(comma);
        let mut waver = false;
        let mut words = 0;
        while self.one_of(at, WAVERS) || self.one_of(at, &["and", "or", "but"]) {
            waver |= self.one_of(at, WAVERS);
            at += 1;
            words += 1;
        }
        if !comma && words == 0 {
            return None;
        }
        let (item, hedge) = self.atom_behind(at)?;
        let (same, first) = (
            item.unit == last.unit || item.unit.is_none() || last.unit.is_none(),
            atoms[0].unit,
        );
        let convertible = match (first, item.unit) {
            (Some(x), Some(y)) => {
                waver
                    && self.unit(x).category == self.unit(y).category
                    && self.unit(x).size.is_some()
                    && self.unit(y).size.is_some()
            }
            (Some(_), None) => waver && item.value != 0.0 && !self.noun_after(item.next).is_some_and(|n| n.plural),
            _ => same,
        };
        let counted_before = last.unit.is_none() && self.noun_after(last.next).is_some();
        let trap =
            item.unit.is_none() && self.names_something(&item.number, true) || item.sign_before || last.sign_before;
        let form = matches!(item.number.form, Form::Digits | Form::Words)
            && matches!(last.number.form, Form::Digits | Form::Words);
        let vague = matches!(
            hedge,
            None | Some(Hedge::Nearly | Hedge::Is(Comparison::About | Comparison::Exact))
        );
        (convertible && !counted_before && !trap && form && vague).then_some((item, waver, hedge))
    }

    // ---- the claim

    /// The claim a figure makes, and the word to go on from; `None` where nothing shows that it counts.
    fn claim(&self, figure: Figure, claims: &[Claim]) -> Option<(Claim, usize)> {
        let atom = figure.atoms[0];
        let (hedge, first) = self.hedge_before(&figure);
        let (first, hedge) = self.article_before(first, hedge, &atom);
        let first = self.aged_before(&figure, first);
        let first = if self.factor(&figure) {
            first - 2 - usize::from(first > self.start + 2 && self.spelled(first - 3, "a"))
        } else {
            first
        };
        let mut next = figure.next;
        let (after, behind) = self.hedge_after(next);
        next = behind;
        let measured = figure.unit.is_some() || matches!(atom.number.form, Form::Multiple);
        let times = self.times(&figure, next);
        if let Some(behind) = times {
            next = behind;
        }
        next = self.compared(&figure, times.is_some(), next);
        let age = self.age(&figure, next);
        if let Some(behind) = age {
            next = behind;
        }
        let noun = self.counted_noun(&figure, next, age.is_some());
        let per_at = noun
            .as_ref()
            .filter(|n| n.of && figure.unit.is_some() || !n.of && figure.unit.is_none())
            .map_or(next, |n| n.words.end);
        let per = self
            .per(per_at, measured || times.is_some() || noun.is_some())
            .filter(|_| figure.bond != Bond::Ratio && age.is_none());
        let after = after
            .or_else(|| noun.as_ref().and_then(|n| self.hedge_after(n.words.end).0))
            .or_else(|| per.and_then(|p| self.hedge_after(p.next).0));
        let hedge = hedge.or_else(|| self.bracket_hedge(&figure, claims));
        let bounds = self.bounds(&figure, hedge, after);
        if !self.asserted(&figure, noun.as_ref(), &bounds, times.is_some()) {
            return None;
        }
        let category = self.category(&figure, times.is_some(), age.is_some(), per.map(|p| p.noun));
        let last = self.figure_end(&figure, next, noun.as_ref(), per.map(|p| p.next));
        let end = if last == figure.atoms.last()?.next {
            figure.atoms.last()?.end
        } else {
            self.page.words[last - 1].end
        };
        let span = Span::new(self.page.words[first].start, end.max(self.page.words[first].end));
        let what = self.what(&figure, noun.as_ref(), (first, last), category, claims);
        let rule = self.rule(&figure, category, noun.is_some(), &bounds);
        let many = matches!(atom.number.form, Form::Many) && figure.bond == Bond::One;
        let claim = Claim {
            span,
            values: if many { Vec::new() } else { figure.values.clone() },
            low: bounds.low,
            high: bounds.high,
            comparison: bounds.comparison,
            unit: self.unit_name(&figure, per.map(|p| (p.noun, p.next)), age.is_some()),
            category,
            what,
            quotation: None,
            confidence: confidence(rule),
            rule,
        };
        Some((claim, last.max(figure.next)))
    }

    /// The bound of the figure before a bracket, which the same figure in another unit shares: "over 100 km (60 miles)".
    fn bracket_hedge(&self, figure: &Figure, claims: &[Claim]) -> Option<Hedge> {
        let open = self.before(figure.first).filter(|w| w.kind == Kind::Open)?;
        let last = claims
            .last()
            .filter(|last| last.span.end + 1 >= open.start && figure.unit.is_some() && !last.unit.is_empty())?;
        let bound = matches!(
            last.comparison,
            Comparison::MoreThan | Comparison::AtLeast | Comparison::LessThan | Comparison::AtMost
        );
        bound.then_some(Hedge::Is(last.comparison))
    }

    /// The hedge before a figure, and the word the figure begins with then.
    fn hedge_before(&self, figure: &Figure) -> (Option<Hedge>, usize) {
        let mut first = figure.first;
        let words_between =
            figure.atoms.len() == 2 && self.one_of(figure.atoms[0].next, &["to", "and", "up", "through"]);
        if matches!(figure.bond, Bond::Range | Bond::Change)
            && words_between
            && first > self.start
            && self.one_of(first - 1, &["between", "from"])
        {
            first -= 1;
        }
        let hyphen = first > self.start && self.joins(first - 1);
        let words = self.until(first - usize::from(hyphen));
        let Some((length, hedge)) = self.seeds.hedges_before.longest(words) else {
            return (figure.hedge, first);
        };
        let start = first - usize::from(hyphen) - length;
        let verb = self.one_of(start, &["over"])
            && start > self.start
            && self.one_of(
                start - 1,
                &[
                    "take", "took", "takes", "taking", "taken", "hand", "handed", "rolled", "ran", "win", "won",
                ],
            );
        let within = self.spelled(start, "within") && (figure.values.len() > 1 || figure.unit.is_none());
        if hedge.is_none() || verb || within || hyphen && length > 1 || self.place_or_topic(start, figure) {
            return (figure.hedge, first);
        }
        // "just over", "at least about": the outer words stay with the figure.
        let outer = self.seeds.hedges_before.longest(self.until(start));
        match (outer, hedge) {
            (Some((more, Some(stronger))), Some(Hedge::Is(Comparison::About | Comparison::Exact))) => {
                (Some(stronger), start - more)
            }
            (Some((more, Some(_))), _) if hedge != Some(Hedge::Is(Comparison::Exact)) => (hedge, start - more),
            _ if hedge == Some(Hedge::Is(Comparison::Exact)) => (hedge, first),
            _ => (hedge, start),
        }
    }

    /// "a dispute over two signs", "rose above two defenders": a preposition of topic or place, no bound.
    fn place_or_topic(&self, i: usize, figure: &Figure) -> bool {
        const TOPICS: &[&str] = &[
            "dispute",
            "row",
            "fight",
            "battle",
            "clash",
            "concern",
            "concerns",
            "debate",
            "argument",
            "feud",
            "lawsuit",
            "case",
            "worry",
            "worries",
            "war",
            "outrage",
            "anger",
            "control",
            "questions",
            "standoff",
            "tension",
            "tensions",
            "protest",
            "protests",
            "criticism",
            "fears",
            "divided",
            "split",
            "sued",
            "arrested",
            "resigned",
        ];
        let bare = figure.unit.is_none() && figure.bond == Bond::One && figure.atoms[0].number.scale == 1.0;
        let topic = self.spelled(i, "over") && i > self.start && self.one_of(i - 1, TOPICS);
        let small = figure.atoms[0].number.form == Form::Words && figure.atoms[0].value < 10.0;
        let place = self.one_of(i, &["above", "below", "beyond", "under", "around"])
            && small
            && self.noun_after(figure.next).is_some_and(|n| n.plural);
        bare && (topic || place)
    }

    /// Takes the article of "a dozen" and "a 104% tariff" into the figure, and the hedge before it.
    fn article_before(&self, first: usize, hedge: Option<Hedge>, atom: &Atom) -> (usize, Option<Hedge>) {
        let needs = matches!(
            atom.number.form,
            Form::Words | Form::Fraction | Form::Couple | Form::Many
        ) && hedge.is_none();
        if !needs || first <= self.start || !self.one_of(first - 1, &["a", "an"]) {
            return (first, hedge);
        }
        let found = self
            .seeds
            .hedges_before
            .longest(self.until(first - 1))
            .filter(|(_, hedge)| hedge.is_some());
        match found {
            Some((length, hedge)) => (first - 1 - length, hedge),
            None if self.joins(atom.next) || atom.joined => (first, hedge),
            None => (first - 1, hedge),
        }
    }

    /// The hedge that begins at `i`, and the word behind it.
    fn hedge_after(&self, i: usize) -> (Option<Hedge>, usize) {
        let joined = usize::from(self.joins(i));
        let found = self.seeds.hedges_after.longest(self.from(i + joined));
        match found {
            Some((length, Some(hedge))) => {
                let next = i + joined + length;
                let plus = self.one_of(i + joined, &["plus"]);
                let word = plus && joined == 0 && self.word(i).is_some_and(|w| w.spaced());
                let odd = self.spelled(i, "odd") && joined == 0;
                let maximum = self.one_of(i, &["maximum", "minimum"]) && self.word(next).is_some_and(|w| w.letters());
                let sum = self.spelled(i, "+") && self.word(i).is_some_and(|w| w.spaced());
                let more_than = self.spelled(next, "than");
                if word || odd || maximum || sum || more_than {
                    (None, i)
                } else {
                    (Some(hedge), next)
                }
            }
            _ => (None, i),
        }
    }

    /// The low and high bound and the comparison stated.
    fn bounds(&self, figure: &Figure, before: Option<Hedge>, after: Option<Hedge>) -> Bounds {
        let lowest = figure.values.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = figure.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let several = figure.values.len() > 1;
        let atom = &figure.atoms[0];
        let hedge =
            if after.is_some() && matches!(before, None | Some(Hedge::Is(Comparison::Exact | Comparison::About))) {
                after
            } else {
                before
            };
        let hedge = hedge.or(figure.hedge).or(figure.atoms[0].hedge);
        let form = atom.number.form;
        if form == Form::Many && !several {
            let comparison = match hedge {
                Some(Hedge::Is(Comparison::AtMost | Comparison::LessThan)) => Comparison::AtMost,
                _ => Comparison::AtLeast,
            };
            return Bounds {
                comparison,
                low: Some(lowest),
                high: None,
            };
        }
        let wavering = figure.bond == Bond::List && hedge.is_some();
        let (comparison, low, high) = match hedge {
            _ if figure.bond == Bond::Bounded => (Comparison::Between, Some(lowest), Some(highest)),
            _ if wavering => (Comparison::About, Some(lowest), Some(highest)),
            Some(Hedge::Nearly) if several => (Comparison::About, Some(lowest), Some(highest)),
            Some(Hedge::Nearly) => (Comparison::About, None, Some(highest)),
            Some(Hedge::Is(Comparison::About)) if several => (Comparison::About, Some(lowest), Some(highest)),
            Some(Hedge::Is(Comparison::About)) => (Comparison::About, None, None),
            Some(Hedge::Is(comparison @ (Comparison::MoreThan | Comparison::AtLeast))) => {
                (comparison, Some(lowest), several.then_some(highest))
            }
            Some(Hedge::Is(comparison @ (Comparison::LessThan | Comparison::AtMost))) => {
                (comparison, several.then_some(lowest), Some(highest))
            }
            _ if figure.bond == Bond::Change => (Comparison::Exact, Some(lowest), Some(highest)),
            _ if matches!(figure.bond, Bond::Range | Bond::Either) => {
                (Comparison::Between, Some(lowest), Some(highest))
            }
            _ if form == Form::Couple => (Comparison::About, None, None),
            _ => (Comparison::Exact, Some(lowest), Some(highest)),
        };
        Bounds { comparison, low, high }
    }

    /// True where "a factor of" makes the figure a multiple.
    fn factor(&self, figure: &Figure) -> bool {
        let first = figure.first;
        figure.unit.is_none()
            && first >= self.start + 2
            && self.spelled(first - 1, "of")
            && self.spelled(first - 2, "factor")
    }

    /// The word behind "times" or "-fold", where the figure is a multiple or a count of times.
    fn times(&self, figure: &Figure, i: usize) -> Option<usize> {
        if figure.unit.is_some() {
            return None;
        }
        let joined = usize::from(self.joins(i));
        self.one_of(i + joined, &["times", "fold", "x"])
            .then_some(i + joined + 1)
    }

    /// The word behind "as many", "faster", "the size", which say how a multiple compares.
    fn compared(&self, figure: &Figure, times: bool, i: usize) -> usize {
        let multiple = times || figure.atoms[0].number.form == Form::Multiple;
        match () {
            () if !multiple => i,
            () if self.spelled(i, "as") && self.word(i + 1).is_some_and(|w| w.letters()) => i + 2,
            () if self.word(i).is_some_and(|w| w.letters())
                && self.page.word(i).len() > 4
                && self.page.word(i).ends_with("er") =>
            {
                i + 1
            }
            () => i,
        }
    }

    /// The word behind the words that make a duration an age: "45 years old", "aged 45", "six weeks of age".
    fn age(&self, figure: &Figure, i: usize) -> Option<usize> {
        let time = figure.unit.is_some_and(|u| self.unit(u).category == Category::Duration);
        let old = i + usize::from(self.joins(i));
        if time && self.one_of(old, &["old", "olds"]) && (old > i || self.word(i).is_some_and(|w| w.spaced())) {
            return Some(old + 1);
        }
        if time && self.spelled(i, "of") && self.spelled(i + 1, "age") {
            return Some(i + 2);
        }
        let under_age = time && self.led_by(figure.first, "age");
        let first = figure.first;
        let aged = figure.unit.is_none()
            && first > self.start
            && (self.one_of(first - 1, &["aged", "ages", "age"])
                || self.one_of(first - 1, &["of", "between", "from", "under", "over", "above"])
                    && first > self.start + 1
                    && self.one_of(first - 2, &["aged", "ages", "age"]));
        (aged || under_age || self.age_between_commas(figure) || self.age_reached(figure)).then_some(i)
    }

    /// "turned 18", "She was 62": an age behind a verb.
    fn age_reached(&self, figure: &Figure) -> bool {
        let first = figure.first;
        let bare = figure.unit.is_none()
            && figure.bond == Bond::One
            && figure.values[0].fract() == 0.0
            && (1.0..=115.0).contains(&figure.values[0]);
        let ends = self
            .word(figure.next)
            .is_none_or(|w| !w.letters() && !matches!(w.kind, Kind::Hyphen | Kind::Symbol))
            || self.one_of(
                figure.next,
                &["when", "at", "in", "this", "last", "on", "and", "years", "but", "years"],
            );
        if !bare || !ends || first < self.start + 2 {
            return false;
        }
        let turned = self.one_of(first - 1, &["turned", "turns", "turning"]);
        let person = self.page.words[first - 2].is(Class::FEMININE | Class::MASCULINE)
            && self.page.words[first - 2].is(Class::PERSON_PRONOUN)
            || self.one_of(first - 2, &["who", "i"]);
        turned || person && self.one_of(first - 1, &["was", "is", "am"])
    }

    /// Takes "aged" into the figure: "aged 23", "aged between 18 and 84".
    fn aged_before(&self, figure: &Figure, first: usize) -> usize {
        let aged =
            |at: usize| figure.unit.is_none() && at > self.start && self.one_of(at - 1, &["aged", "age", "ages"]);
        first - usize::from(aged(first))
    }

    /// "men aged 18 to 34": names a group, states no quantity.
    fn age_band(&self, figure: &Figure) -> bool {
        let first = figure.first;
        let aged = first >= self.start + 2 && self.one_of(first - 1, &["aged", "ages"]);
        aged && figure.bond == Bond::Range
            && figure.unit.is_none()
            && self.page.words[first - 2].is(Class::PLURAL_PERSON)
    }

    /// ", 45," behind a name.
    fn age_between_commas(&self, figure: &Figure) -> bool {
        let atom = &figure.atoms[0];
        let whole = figure.bond == Bond::One
            && figure.unit.is_none()
            && atom.value.fract() == 0.0
            && (1.0..=115.0).contains(&atom.value)
            && atom.number.form == Form::Digits;
        let comma = |w: Option<&crate::words::Word>| w.is_some_and(|w| matches!(w.kind, Kind::Comma));
        let name = figure.first >= self.start + 2
            && self.page.words[figure.first - 2].capital()
            && self.page.words[figure.first - 2].letters();
        whole
            && name
            && comma(self.before(figure.first))
            && self
                .word(figure.next)
                .is_none_or(|w| matches!(w.kind, Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::Close))
    }

    /// The noun phrase behind the figure, where it is counted or measured by it.
    fn counted_noun(&self, figure: &Figure, i: usize, age: bool) -> Option<Noun> {
        let joined = self.joins(i) && figure.unit.is_none();
        if joined && !self.word(i + 1).is_some_and(|w| self.seeds.noun(w).joined) {
            return None;
        }
        let of_unit = figure.unit.is_some() && self.spelled(i, "of");
        if age && !figure.atoms[0].joined {
            return None;
        }
        let length = figure.unit.is_some_and(|u| self.unit(u).category == Category::Length);
        if length && self.spelled(i, "of") && self.word(i + 1).is_some_and(|w| w.is(Class::DETERMINER)) {
            return None;
        }
        let mut noun = self.noun_after(i)?;
        if joined && self.spelled(i + 1, "strong") {
            noun = self.noun_after(i + 2)?;
        } else if joined {
            noun.words.end = noun.words.start + 1;
        }
        let many = figure.values.len() > 1 || figure.values[0] != 1.0;
        let counts = figure.unit.is_none() && !noun.of && !joined && figure.bond != Bond::Ratio;
        let one_plural = !many
            && noun.plural
            && figure.atoms[0].number.form == Form::Words
            && self.word(noun.words.start).is_some_and(|w| w.is(Class::VERB));
        if counts
            && one_plural
            && figure.atoms[0].number.form != Form::Multiple
            && figure.atoms[0].number.form != Form::Fraction
        {
            return None;
        }
        let measured_noun = figure.unit.is_none()
            || of_unit
            || figure.atoms.last().is_some_and(|a| a.joined)
            || self.money(figure.unit)
            || self.percent(figure)
            || self.touches(i)
            || self.adjectival(figure, i);
        measured_noun.then_some(noun)
    }

    fn percent(&self, figure: &Figure) -> bool {
        figure.unit.is_some_and(|u| self.unit(u).category == Category::Percent)
    }

    /// "a 45 acre farm": a unit in the singular before a noun.
    fn adjectival(&self, figure: &Figure, i: usize) -> bool {
        let word = &self.page.words[i - 1];
        figure.values[0] != 1.0 && !self.plural(word, i - 1) && word.letters()
    }

    /// True where something shows that the figure states a quantity.
    fn asserted(&self, figure: &Figure, noun: Option<&Noun>, bounds: &Bounds, times: bool) -> bool {
        let atom = &figure.atoms[0];
        let one =
            atom.number.form == Form::Words && atom.value == 1.0 && figure.bond == Bond::One && figure.unit.is_none();
        if one {
            return self.one_counts(figure, noun) || times;
        }
        let joined = self.joins(figure.next)
            && figure.unit.is_none()
            && !times
            && self.word(figure.next + 1).is_some_and(|w| w.letters());
        if joined {
            return noun.is_some() || self.hedge_after(figure.next).0.is_some();
        }
        let changed = atom.number.form == Form::Changed;
        if changed {
            return !self.one_of(figure.next, &["down", "over", "back", "up", "as"]);
        }
        let twice = atom.number.form == Form::Multiple
            && atom.number.next == atom.number.first + 1
            && self.one_of(atom.number.first, &["twice", "thrice"]);
        if twice {
            return self.one_of(
                figure.next,
                &["as", "the", "a", "an", "that", "its", "their", "what", "his", "her"],
            );
        }
        if atom.number.form == Form::Fraction
            && atom.value == 0.5
            && self.spelled(atom.number.first, "half")
            && figure.unit.is_none()
        {
            return !self.one_of(figure.next, &["the", "a", "an"])
                || self.spelled(figure.next, "the")
                || bounds.comparison != Comparison::Exact;
        }
        let zero_words = atom.number.form == Form::Words && atom.value == 0.0;
        !zero_words
            || noun.is_some()
            || figure.unit.is_some()
            || self.word(figure.next).is_none_or(|w| !w.letters())
            || self.word(figure.next).is_some_and(|w| w.is(Class::AUXILIARY))
    }

    /// True where "one" counts a noun and is no pronoun.
    fn one_counts(&self, figure: &Figure, noun: Option<&Noun>) -> bool {
        let at = figure.atoms[0].number.first;
        let before = self.before(at);
        let alone = self.word(figure.next).is_none() && at == self.start;
        let number = |i: usize| {
            self.word(i)
                .is_some_and(|w| Reader::may_begin(w) && self.number_word(i).is_some())
        };
        let listed = number(figure.next)
            || at > self.start && number(at - 1)
            || self.word(figure.next).is_some_and(|w| w.kind == Kind::Comma) && number(figure.next + 1)
            || self.one_of(figure.next, &["and", "or"]) && number(figure.next + 1);
        let pronoun = before
            .is_some_and(|w| w.is(Class::DETERMINER) && !w.is(Class::POSSESSIVE) && !self.one_of(at - 1, &["some"]))
            && !self.hedged(at);
        let noun = noun.is_some_and(|n| !n.of);
        (noun || listed || alone) && !pronoun
    }

    /// Where the figure's words end: behind the unit, the noun counted, and the rate.
    fn figure_end(&self, figure: &Figure, next: usize, noun: Option<&Noun>, per: Option<usize>) -> usize {
        let counted = noun.filter(|n| self.shown_in_figure(figure, n)).map(|n| n.words.end);
        let end = next.max(figure.next).max(counted.unwrap_or(0)).max(per.unwrap_or(0));
        end.min(self.end)
    }

    /// True where the counted noun belongs to the figure's words: "50 countries", "dozens of homes", "a three-judge" panel.
    fn shown_in_figure(&self, figure: &Figure, noun: &Noun) -> bool {
        let form = figure.atoms[0].number.form;
        let determined = self
            .word(noun.words.start)
            .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE));
        let joined = self.joins(figure.next);
        let one = figure.values[..] == [1.0];
        let behind = if noun.of {
            form == Form::Many && noun.plural && !determined
        } else {
            noun.plural || joined || one
        };
        figure.unit.is_none() && !noun.apart && behind && figure.bond != Bond::Ratio
    }

    fn category(&self, figure: &Figure, times: bool, age: bool, per: Option<usize>) -> Category {
        let form = figure.atoms[0].number.form;
        match figure.unit.map(|u| self.unit(u).category) {
            _ if age => Category::Age,
            Some(Category::Length) if per.is_some_and(|noun| self.fast(noun)) => Category::Speed,
            _ if per.is_some() => Category::Rate,
            Some(category) => category,
            None if self.factor(figure)
                || times && self.compares(figure)
                || matches!(form, Form::Multiple | Form::Changed) =>
            {
                Category::Multiple
            }
            None if form == Form::Fraction || figure.bond == Bond::Ratio => Category::Fraction,
            None => Category::Count,
        }
    }

    /// True for hours, minutes and seconds: a length stated for them is a speed.
    fn fast(&self, i: usize) -> bool {
        self.one_of(i, &["hour", "h", "hr", "minute", "min", "second", "sec", "s"])
    }

    /// "times" that compare: "three times as large", "four times the size".
    fn compares(&self, figure: &Figure) -> bool {
        let at = figure.next + 1 + usize::from(self.joins(figure.next));
        self.one_of(
            at,
            &[
                "as", "more", "the", "higher", "bigger", "larger", "greater", "faster", "likelier", "less", "what",
                "that", "its", "their", "worse", "better",
            ],
        ) || self.joins(figure.next)
            || self.touches(figure.next)
    }

    fn unit_name(&self, figure: &Figure, per: Option<(usize, usize)>, age: bool) -> String {
        let unit = match figure.unit {
            Some(unit) => self.unit(unit).name.clone(),
            None if age => "year".to_owned(),
            None => String::new(),
        };
        let Some((noun, next)) = per else { return unit };
        let length = figure.unit.is_some_and(|u| self.unit(u).category == Category::Length);
        if !length || !self.fast(noun) {
            return unit;
        }
        let canonical = self
            .seeds
            .unit_names
            .longest(self.from(noun))
            .map(|(_, name)| self.unit(name.unit).name.clone());
        let written = || {
            self.page
                .at(self.page.span(noun, next - 1))
                .to_lowercase()
                .replace(' ', "_")
        };
        let per = canonical.unwrap_or_else(written);
        let separator = if unit.is_empty() { "per_" } else { "_per_" };
        format!("{unit}{separator}{per}")
    }

    /// What the figure counts or measures: the noun behind it, else what an earlier figure of the sentence counted, else a noun before.
    fn what(
        &self,
        figure: &Figure,
        noun: Option<&Noun>,
        (first, next): (usize, usize),
        category: Category,
        claims: &[Claim],
    ) -> Option<Span> {
        let words = match noun {
            Some(noun) if noun.of && self.stands_for_noun(noun) => self.noun_stood_for(noun.words.start)?,
            Some(noun) if self.percent(figure) => self.extended(noun),
            Some(noun) => noun.words.clone(),
            None if category == Category::Money && self.spent_on(next).is_some() => self.spent_on(next)?,
            None => return self.what_before(figure, first, category, claims),
        };
        (!words.is_empty()).then(|| self.page.span(words.start, words.end - 1))
    }

    /// What a figure without a noun of its own measures.
    fn what_before(&self, figure: &Figure, first: usize, category: Category, claims: &[Claim]) -> Option<Span> {
        let start = self.page.words[self.start].start;
        let sentence = claims.iter().rev().take_while(|c| c.span.start >= start);
        let same = sentence.filter(|c| c.category == category && c.what.is_some());
        let counted = || {
            same.clone()
                .find(|c| c.what.is_some_and(|what| what.start >= c.span.start))
                .and_then(|c| c.what)
        };
        let of = self
            .measured_by_of(first)
            .map(|words| self.page.span(words.start, words.end - 1));
        let bare = figure.unit.is_none() && category == Category::Count;
        let before = || {
            self.noun_before(first)
                .map(|words| self.page.span(words.start, words.end - 1))
        };
        of.or_else(|| counted().filter(|_| bare))
            .or_else(before)
            .or_else(|| same.clone().next().and_then(|c| c.what))
    }

    /// "on advertising", "in lost production" behind money.
    fn spent_on(&self, i: usize) -> Option<std::ops::Range<usize>> {
        let noun = self.word(i + 1).filter(|w| {
            w.letters() && !w.capital() && !w.is(Class::DETERMINER | Class::TIME_NOUN | Class::VERB_GERUND)
        })?;
        let links = self.one_of(i, &["on", "in", "for", "of"]) && !noun.is(Class::POSSESSIVE);
        let noun = self.noun_after(i + 1).filter(|_| links)?;
        Some(noun.words)
    }

    fn rule(&self, figure: &Figure, category: Category, noun: bool, bounds: &Bounds) -> &'static str {
        let atom = &figure.atoms[0];
        match figure.bond {
            Bond::Range | Bond::Bounded => return "claims/range",
            Bond::Change => return "claims/change",
            Bond::List => return "claims/list",
            Bond::Either => return "claims/either",
            Bond::Sum => return "claims/sum",
            Bond::Ratio => return "claims/one-in-several",
            Bond::One => {}
        }
        match (atom.number.form, category) {
            (Form::Changed, _) => "claims/doubled",
            (Form::Many, _) => "claims/many",
            (Form::Couple, _) => "claims/couple",
            (_, Category::Age) => "claims/age",
            (_, Category::Multiple) => "claims/multiple",
            (_, Category::Rate | Category::Speed) => "claims/rate",
            (_, Category::Money) => "claims/money",
            (_, Category::Percent) => "claims/percent",
            (_, Category::Fraction) => "claims/fraction",
            _ if figure.unit.is_some() && atom.joined => "claims/joined-unit",
            _ if figure.unit.is_some() => "claims/unit",
            _ if atom.number.form == Form::Words && atom.value == 1.0 => "claims/one-noun",
            _ if noun => "claims/counted-noun",
            _ if bounds.comparison != Comparison::Exact => "claims/hedged-number",
            _ => "claims/bare-number",
        }
    }
}

fn hedge_and_sign(reader: &Reader, i: usize, at: usize) -> bool {
    reader
        .currency_before(at)
        .is_some_and(|c| c.first > i && reader.hedge_words(i, c.first).is_some())
}

/// "four to five thousand", "$10 to $15 billion": the first end takes the magnitude of the second.
fn share_scale(a: &mut Atom, b: &mut Atom) {
    let shares = a.number.scale == 1.0
        && b.number.scale > 1.0
        && a.number.coefficient < b.number.coefficient.max(1.0)
        && a.number.coefficient < 1000.0;
    if shares && a.number.form != Form::Fraction {
        a.value *= b.number.scale;
    }
}

/// Takes the dust of binary fractions off a computed value.
fn round(value: f64) -> f64 {
    let scale = 1e9;
    if value.abs() < 1e6 && value.abs() > 1e-3 {
        (value * scale).round() / scale
    } else {
        value
    }
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

/// How often a row of a rule was right.
fn confidence(rule: &str) -> f32 {
    match rule {
        "claims/money" | "claims/percent" => 0.97,
        "claims/unit" | "claims/joined-unit" => 0.93,
        "claims/counted-noun" | "claims/rate" | "claims/age" | "claims/range" => 0.9,
        "claims/change" | "claims/sum" | "claims/list" | "claims/either" => 0.85,
        "claims/fraction" | "claims/one-in-several" | "claims/many" | "claims/multiple" | "claims/couple" => 0.85,
        "claims/hedged-number" => 0.85,
        "claims/one-noun" | "claims/article-unit" => 0.7,
        "claims/doubled" => 0.4,
        _ => 0.75,
    }
}
