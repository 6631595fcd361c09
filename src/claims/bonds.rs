//! Several numbers of one figure: ranges, changes, lists, sums and shares.
//!
//! Needs an [`Atom`], gives the [`Figure`] that it begins. Numbers belong together where "to", "and", "or", a dash or commas join
//! them and their units agree. In doubt they stay apart.

use super::atoms::Atom;
use super::numbers::{Form, Reader};
use super::spelling::{Words, words};
use super::{Category, Comparison, Values};
use crate::seeds::Class;
use crate::seeds::claims::{Context, Hedge, Unit};
use crate::words::{Kind, Word};

/// How the numbers of a figure belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bond {
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
pub(super) struct Figure {
    pub atoms: Several<Atom>,
    pub bond: Bond,
    pub values: Several<f64>,
    pub unit: Option<usize>,
    pub first: usize,
    pub next: usize,
    pub hedge: Option<Hedge>,
}

impl Figure {
    /// The figure of one atom.
    pub(super) fn of(atom: Atom) -> Figure {
        Figure {
            bond: Bond::One,
            values: Several::one(atom.value),
            unit: atom.unit,
            first: atom.first,
            next: atom.next,
            hedge: None,
            atoms: Several::one(atom),
        }
    }
}

/// One thing or more. Nearly always it is one, which asks for no memory of its own.
#[derive(Debug, Clone)]
pub(super) struct Several<T> {
    first: T,
    more: Vec<T>,
}

impl<T> Several<T> {
    pub(super) fn one(first: T) -> Self {
        Several {
            first,
            more: Vec::new(),
        }
    }

    fn two(first: T, second: T) -> Self {
        Several {
            first,
            more: vec![second],
        }
    }

    fn push(&mut self, item: T) {
        self.more.push(item);
    }

    pub(super) fn len(&self) -> usize {
        1 + self.more.len()
    }

    pub(super) fn first(&self) -> &T {
        &self.first
    }

    pub(super) fn last(&self) -> &T {
        self.more.last().unwrap_or(&self.first)
    }

    fn last_mut(&mut self) -> &mut T {
        self.more.last_mut().unwrap_or(&mut self.first)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        std::iter::once(&self.first).chain(&self.more)
    }

    fn map<U>(&self, mut change: impl FnMut(&T) -> U) -> Several<U> {
        Several {
            first: change(&self.first),
            more: self.more.iter().map(change).collect(),
        }
    }
}

impl From<Several<f64>> for Values {
    fn from(several: Several<f64>) -> Self {
        match several.more[..] {
            [] => Values::from(&[several.first][..]),
            [second] => Values::from(&[several.first, second][..]),
            _ => Values::from(&several.iter().copied().collect::<Vec<f64>>()[..]),
        }
    }
}

/// Longer lists are tables, not figures; and a bound keeps the cost in step with the text.
const LONGEST_LIST: usize = 12;

impl Reader<'_> {
    /// The figure that begins with an atom.
    pub(super) fn figure(&self, atom: Atom) -> Figure {
        let single = Figure::of(atom);
        if atom.alone || matches!(atom.number.form, Form::Many | Form::Multiple | Form::Changed) {
            return single;
        }
        self.ratio(&single)
            .or_else(|| self.sum(&single))
            .or_else(|| self.range(&single))
            .or_else(|| self.bounded_pair(&single))
            .or_else(|| self.ages(&single))
            .or_else(|| self.list(&single))
            .unwrap_or(single)
    }

    /// "one in five": a share.
    pub(super) fn ratio(&self, figure: &Figure) -> Option<Figure> {
        let atom = *figure.atoms.first();
        let plain = atom.unit.is_none()
            && atom.number.scale == 1.0
            && atom.value.fract() == 0.0
            && atom.value >= 1.0
            && atom.number.form != Form::Fraction;
        if !plain {
            return None;
        }
        let at = match () {
            () if self.spelled(atom.next, words!["out"]) && self.spelled(atom.next + 1, words!["of"]) => {
                atom.next + 2 + usize::from(self.spelled(atom.next + 2, words!["every"]))
            }
            () if self.one_of(atom.next, words!["in", "of"]) && self.spelled(atom.next + 1, words!["every"]) => {
                atom.next + 2
            }
            () if self.spelled(atom.next, words!["over"]) && self.divides(atom.next) => atom.next + 1,
            () if self.spelled(atom.next, words!["in"]) => atom.next + 1,
            () if self.spelled(atom.next, words!["of"]) && self.share_of(atom.next + 1) => atom.next + 1,
            () => return None,
        };
        let (other, hedge) = self.atom_behind(at)?;
        let round = other.value <= 12.0 || other.value % 5.0 == 0.0;
        let year =
            other.number.form == Form::Digits && (1500.0..2200.0).contains(&other.value) && other.number.scale == 1.0;
        let date = other.number.form == Form::Digits && self.names_something(&other.number, true);
        let over = self.spelled(atom.next, words!["over"]);
        let fits = hedge.is_none()
            && other.unit.is_none()
            && (other.value > atom.value || over)
            && (round || over)
            && !year
            && !date
            && !self.joins(other.next)
            && (atom.value < 10.0 || other.value >= 100.0 || over || self.spelled(atom.next, words!["out"]));
        fits.then(|| Figure {
            atoms: Several::two(atom, other),
            bond: Bond::Ratio,
            values: Several::one(atom.value / other.value),
            next: other.next,
            ..figure.clone()
        })
    }

    /// True where "of" stands between a part and a whole that is counted: "seven of 10 voters".
    pub(super) fn share_of(&self, i: usize) -> bool {
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
    pub(super) fn divides(&self, i: usize) -> bool {
        let number = self
            .word(i + 1)
            .filter(|w| Reader::may_begin(w))
            .and_then(|_| self.read(i + 1, false));
        number.is_some_and(|n| self.word(n.next).is_none_or(|w| w.kind == Kind::Stop))
    }

    /// "5 feet 2 inches", "an hour and a half", "$20 and 43 cents": one measure in parts.
    pub(super) fn sum(&self, figure: &Figure) -> Option<Figure> {
        let unit = figure.unit?;
        if let Some(height) = self.height(figure) {
            return Some(height);
        }
        let mut atoms = figure.atoms.clone();
        let mut total = atoms.first().value;
        let mut smallest = unit;
        while let Some(part) = self.next_part(atoms.last()) {
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
        let half = self.and_part_of_unit(atoms.last());
        let part_free = half.is_none();
        if let Some((part, next)) = half {
            total += part;
            let last = atoms.last_mut();
            last.next = next;
            last.end = self.page.words[next - 1].end;
        } else if atoms.len() == 1 {
            return None;
        }
        let next = atoms.last().next;
        // Years and months hold no whole number of days: "1 year and 10 days" is 375 days, not 375.25.
        let whole = self.unit(smallest).category == Category::Duration && atoms.iter().all(|a| a.value.fract() == 0.0);
        let total = if whole && part_free { total.round() } else { total };
        Some(Figure {
            atoms,
            bond: Bond::Sum,
            values: Several::one(round(total)),
            unit: Some(smallest),
            next,
            ..figure.clone()
        })
    }

    /// "6-foot-2", "a 5-foot-11-inch guard", "6'2\"", "six foot two": feet, and a number below twelve that can only be inches.
    fn height(&self, figure: &Figure) -> Option<Figure> {
        let feet = *figure.atoms.first();
        if self.unit(feet.unit?).name != "foot" || feet.value.fract() != 0.0 || feet.number.scale != 1.0 {
            return None;
        }
        let hyphen = usize::from(self.joins(feet.next));
        let mark = hyphen == 0 && !self.page.words[feet.next - 1].letters();
        let at = feet.next + hyphen;
        let close = hyphen == 1 || mark;
        let first = self.word(at).filter(|w| Reader::may_begin(w) && w.spaced() != close)?;
        let digits = first.kind == Kind::Number;
        let number = self.read(at, false).filter(|n| {
            (0.0..12.0).contains(&n.value) && n.scale == 1.0 && matches!(n.form, Form::Digits | Form::Words)
        })?;
        let mut next = number.next;
        let inch_mark = |i: usize| matches!(self.page.word(i), "\"" | "”" | "″" | "''");
        if mark && self.touches(next) && inch_mark(next) {
            next += 1;
        } else if hyphen == 1 && self.joins(next) && self.one_of(next + 1, words!["inch", "inches"]) {
            next += 2;
        } else if !close {
            // "six foot two", but not "six feet two men dug".
            let spoken = matches!(self.page.word(feet.next - 1), "foot" | "feet" | "ft" | "ft.")
                && digits == (feet.number.form == Form::Digits);
            let goes_on = self.word(next).is_some_and(|w| {
                w.letters() && !w.is(Class::COORDINATOR | Class::PREPOSITION | Class::AUXILIARY)
                    || w.kind == Kind::Hyphen
                    || w.kind == Kind::Number
                    || w.kind == Kind::Symbol
            });
            if !spoken || goes_on || self.unit_after(&number).is_some() {
                return None;
            }
        } else if self.touches(next) && self.word(next).is_some_and(|w| w.letters() || w.kind == Kind::Number) {
            return None;
        }
        let inch = self.unit_named("inch")?;
        let end = self.page.words[next - 1].end;
        let inches = Atom {
            number,
            value: number.value,
            unit: Some(inch),
            first: at,
            next,
            joined: feet.joined,
            end,
            ..feet
        };
        Some(Figure {
            atoms: Several::two(feet, inches),
            bond: Bond::Sum,
            values: Several::one(feet.value * 12.0 + number.value),
            unit: Some(inch),
            next,
            ..figure.clone()
        })
    }

    /// The smaller unit that follows a larger one.
    fn next_part(&self, last: &Atom) -> Option<Atom> {
        let comma = usize::from(self.word(last.next).is_some_and(|w| w.kind == Kind::Comma));
        let and = usize::from(self.spelled(last.next + comma, words!["and"]));
        let at = last.next + comma + and;
        let begins = |w: &Word| Reader::may_begin(w) || self.number_word(at).is_some();
        if !self.word(at).is_some_and(begins) && !self.spelled(at - 1, words!["point"]) {
            return None;
        }
        let lists = self.lists_parts(last.next);
        let part = self.atom(at, last.next).filter(|p| p.first == at || p.sign_before)?;
        // "2h 30m": behind hours, m is minutes.
        let clock =
            self.unit(last.unit?).name == "hour" && self.page.word(part.next - 1) == "m" && self.touches(part.next - 1);
        let part_unit = if clock { self.unit_named("minute") } else { part.unit };
        let (large, small) = (
            self.unit(last.unit?),
            self.unit(part_unit.or_else(|| self.bare_part(last, &part, comma, and))?),
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
                && (!last.joined || part.joined && comma == 1 && and == 0)
                && !lists
                && part.value >= 0.0
                && last.number.form != Form::Fraction
                && self.unit_sizes_fall(large, small);
        let part_unit = part_unit.or_else(|| self.bare_part(last, &part, comma, and));
        fits.then_some(Atom {
            unit: part_unit,
            ..part
        })
    }

    pub(super) fn unit_sizes_fall(&self, large: &Unit, small: &Unit) -> bool {
        matches!((large.size, small.size), (Some(l), Some(s)) if s < l)
    }

    /// A bare number behind money or hours: "15 dollars and 15", "1 hour and thirty".
    pub(super) fn bare_part(&self, last: &Atom, part: &Atom, comma: usize, and: usize) -> Option<usize> {
        let whole = part.value.fract() == 0.0 && part.number.scale == 1.0 && part.value > 0.0 && !part.number.glued;
        let ends = self
            .word(part.next)
            .is_none_or(|w| !w.letters() && w.kind != Kind::Number && w.kind != Kind::Symbol && w.kind != Kind::Hyphen)
            || and == 1 && self.spelled(part.next, words!["and"])
            || comma + and == 0 && self.one_of(part.next, words!["more", "less"]);
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
    pub(super) fn lists_parts(&self, i: usize) -> bool {
        if self.word(i).is_none_or(|w| w.kind != Kind::Comma) {
            return false;
        }
        (i..(i + 12).min(self.end))
            .any(|at| self.page.words[at].kind == Kind::Comma && self.spelled(at + 1, words!["and"]))
    }

    /// "and a half" behind the unit: "an hour and a half", "3 years and a half".
    pub(super) fn and_part_of_unit(&self, atom: &Atom) -> Option<(f64, usize)> {
        let number = atom.number.form != Form::Fraction && !atom.joined;
        let (part, next) = self.and_half(atom.next).filter(|_| number)?;
        Some((part * self.unit(atom.unit?).scale, next))
    }

    pub(super) fn and_half(&self, i: usize) -> Option<(f64, usize)> {
        if !self.spelled(i, words!["and"]) {
            return None;
        }
        let article = usize::from(self.one_of(i + 1, words!["a", "an"]));
        match self
            .page
            .words
            .get(i + 1 + article)
            .filter(|_| i + 1 + article < self.end)
        {
            Some(_)
                if self.spelled(i + 1 + article, words!["half"])
                    && self.word(i + 2 + article).is_none_or(|w| !w.is(Class::DETERMINER)) =>
            {
                Some((0.5, i + 2 + article))
            }
            Some(_) if article == 1 && self.spelled(i + 2, words!["quarter"]) => Some((0.25, i + 3)),
            _ => None,
        }
    }

    /// "10 to 20", "$5 million to $8 million", "between 5 and 10", "3-5", "two or three".
    pub(super) fn range(&self, figure: &Figure) -> Option<Figure> {
        let a = *figure.atoms.first();
        // Asked only where something joins two numbers.
        let (lead_between, lead_from) = (
            || self.led_by(a.first, words!["between"]),
            || self.led_by(a.first, words!["from"]),
        );
        let hyphen_left = usize::from(
            a.next < self.end && self.page.words[a.next].kind == Kind::Hyphen && !self.page.words[a.next].spaced(),
        );
        let dash = self
            .word(a.next)
            .filter(|w| matches!(w.kind, Kind::Hyphen | Kind::Dash | Kind::Symbol))
            .is_some_and(|w| matches!(self.page.at(w.span()), "-" | "–" | "‐" | "‑" | "~" | "−"));
        let suspended = hyphen_left == 1 && self.one_of(a.next + 1, words!["to", "or", "and"]);
        let at = a.next + usize::from(suspended);
        let slash = a.sign_before && self.touches(at) && self.word(at).is_some_and(|w| w.kind == Kind::Slash);
        let (bond, from) = match () {
            () if suspended && self.spelled(at, words!["to"]) && self.joins(at + 1) => (Bond::Range, at + 2),
            () if slash => (Bond::Either, at + 1),
            () if self.one_of(at, words!["to", "through", "thru", "until"]) => (Bond::Range, at + 1),
            () if self.spelled(at, words!["up"]) && self.spelled(at + 1, words!["to"]) && lead_from() => {
                (Bond::Range, at + 2)
            }
            () if self.spelled(at, words!["and"]) && lead_between() => (Bond::Range, at + 1),
            () if self.spelled(at, words!["or"]) => (Bond::Either, at + 1),
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
            && self.one_of(at, words!["to"])
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
            && !lead_between()
            && !lead_from()
            && self.page.word(b.number.first).len() == 4
            && b.value >= 1900.0
            && b.value < 2100.0
            && a.unit.is_some();
        if year || !self.agree(&a, &b) || b.number.form == Form::Many || b.number.form == Form::Changed {
            return None;
        }
        if bond == Bond::Range && !dash && !lead_from() && self.level_behind(&a, &b) {
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
        if either && (falling || a.number.form == Form::Fraction && self.or_clause(&b)) && !lead_from() {
            return None;
        }
        let change = bond == Bond::Range && lead_from() && !dash && (falling || self.changes(a.first));
        if falling && !change && !either {
            let measured = a.unit.is_some() && b.unit.is_some();
            if !measured || !lead_from() {
                return None;
            }
        }
        Some(Figure {
            bond: if change { Bond::Change } else { bond },
            values: Several::two(round(a.value), round(b.value)),
            unit,
            next: b.next,
            hedge,
            atoms: Several::two(a, b),
            ..figure.clone()
        })
    }

    /// "Oil fell $1.20 to $31.50", "up 2 percent to 5 percent": behind a finished change, two whole measures are the step and
    /// the level it led to. A range leaves the unit out the first time, or is still to come ("will rise 5 percent to 7 percent").
    fn level_behind(&self, a: &Atom, b: &Atom) -> bool {
        if a.unit.is_none() || b.unit.is_none() || a.joined || b.joined {
            return false;
        }
        let by = usize::from(self.led_by(a.first, words!["by"]));
        let hedge = self.seeds.hedges_before.longest(self.until(a.first - by));
        let verb = (a.first - by).saturating_sub(1 + hedge.map_or(0, |(length, _)| length));
        if verb <= self.start || !self.has(verb, Context::CHANGE) {
            return false;
        }
        let adverb = usize::from(self.page.words[verb - 1].is(Class::ADVERB));
        let coming = verb > self.start + adverb
            && (self.page.words[verb - 1 - adverb].is(Class::MODAL) || self.spelled(verb - 1 - adverb, words!["to"]));
        !coming
    }

    /// True where two atoms can be ends of one figure.
    pub(super) fn agree(&self, a: &Atom, b: &Atom) -> bool {
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

    /// True where `word` stands before the figure that begins at `i`, a hedge between them allowed.
    pub(super) fn led_by(&self, i: usize, word: &Words) -> bool {
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
    pub(super) fn changes(&self, i: usize) -> bool {
        let first = i.saturating_sub(8).max(self.start);
        (first..i).any(|at| self.has(at, Context::CHANGE))
    }

    /// True where "or" opens a clause: "half, or 20 of them".
    pub(super) fn or_clause(&self, b: &Atom) -> bool {
        b.number.form == Form::Digits
    }

    /// "more than 10 and less than 20": both bounds of one figure.
    pub(super) fn bounded_pair(&self, figure: &Figure) -> Option<Figure> {
        let lower = |hedge| matches!(hedge, Hedge::Is(Comparison::MoreThan | Comparison::AtLeast));
        let upper = |hedge| matches!(hedge, Hedge::Is(Comparison::LessThan | Comparison::AtMost));
        let a = *figure.atoms.first();
        let comma = usize::from(self.word(a.next).is_some_and(|w| w.kind == Kind::Comma));
        let and = usize::from(self.one_of(a.next + comma, words!["and", "but", "yet"]));
        if comma + and == 0 {
            return None;
        }
        let first = self.hedge_before(figure).0?;
        let (b, second) = self.atom_behind(a.next + comma + and)?;
        let second = second?;
        let rising = lower(first) && upper(second) && a.value < b.value;
        let falling = upper(first) && lower(second) && a.value > b.value;
        ((rising || falling) && self.agree(&a, &b)).then(|| Figure {
            bond: Bond::Bounded,
            values: Several::two(a.value, b.value),
            unit: b.unit.or(a.unit),
            next: b.next,
            atoms: Several::two(a, b),
            ..figure.clone()
        })
    }

    /// "50, 60, maybe almost 70", "two days, then four, and now maybe a week", "5, 10 and 15".
    pub(super) fn list(&self, figure: &Figure) -> Option<Figure> {
        // Most numbers have no other beside them.
        self.next_item(&figure.atoms)?;
        let mut atoms = figure.atoms.clone();
        let mut wavers = false;
        let mut hedge = None;
        while atoms.len() < LONGEST_LIST
            && let Some((item, waver, item_hedge)) = self.next_item(&atoms)
        {
            wavers |= waver || item_hedge.is_some();
            hedge = item_hedge.or(hedge);
            atoms.push(item);
        }
        let bare = atoms.iter().take(atoms.len() - 1).all(|a| a.unit.is_none());
        let climbs = atoms.iter().zip(atoms.iter().skip(1)).all(|(a, b)| a.value < b.value);
        let fits = atoms.len() > 1 && (wavers || bare && climbs && atoms.len() > 2);
        if !fits {
            return None;
        }
        let unit = if bare {
            atoms.last().unit
        } else {
            atoms.first().unit.or(atoms.last().unit)
        };
        let values = atoms.map(|a| round(self.in_unit(a, unit)));
        let next = atoms.last().next;
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

    /// "ages 23 and 27", "two men, 23 and 27, were held", "her 8- and 10-year-old brothers": two ages of one figure.
    fn ages(&self, figure: &Figure) -> Option<Figure> {
        let a = *figure.atoms.first();
        let suspended = self.word(a.next).is_some_and(|w| w.kind == Kind::Hyphen && !w.spaced()) && !self.joins(a.next);
        let at = a.next + usize::from(suspended);
        let b = self
            .word(at + 1)
            .filter(|w| self.spelled(at, words!["and"]) && Reader::may_begin(w))
            .and_then(|_| self.atom(at + 1, at + 1))?;
        let whole = |a: &Atom| a.value.fract() == 0.0 && (1.0..=115.0).contains(&a.value) && a.number.scale == 1.0;
        let old = b.next + usize::from(self.joins(b.next));
        let joined = suspended && b.joined && self.spelled(old, words!["old"]);
        let bare = b.unit.is_none() && (self.aged_before_number(a.first) || self.people_before(a.first, b.next));
        (a.unit.is_none() && whole(&a) && whole(&b) && (joined || bare)).then(|| Figure {
            bond: Bond::List,
            values: Several::two(a.value, b.value),
            unit: b.unit,
            next: b.next,
            atoms: Several::two(a, b),
            ..figure.clone()
        })
    }

    /// The value of an atom in another unit of the same measure.
    pub(super) fn in_unit(&self, atom: &Atom, unit: Option<usize>) -> f64 {
        let size = |u: Option<usize>| u.and_then(|u| self.unit(u).size);
        match (size(atom.unit), size(unit)) {
            (Some(from), Some(to)) if atom.unit != unit => atom.value * from / to,
            _ => atom.value,
        }
    }

    /// The next number of a list, whether a word of doubt leads to it, and its hedge.
    fn next_item(&self, atoms: &Several<Atom>) -> Option<(Atom, bool, Option<Hedge>)> {
        let last = atoms.last();
        let mut at = last.next;
        let comma = self.word(at).is_some_and(|w| w.kind == Kind::Comma);
        at += usize::from(comma);
        let mut waver = false;
        let mut words = 0;
        while self.has(at, Context::WAVER) || self.one_of(at, words!["and", "or", "but"]) {
            waver |= self.has(at, Context::WAVER);
            at += 1;
            words += 1;
        }
        if !comma && words == 0 {
            return None;
        }
        let (item, hedge) = self.atom_behind(at)?;
        let (same, first) = (
            item.unit == last.unit || item.unit.is_none() || last.unit.is_none(),
            atoms.first().unit,
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
