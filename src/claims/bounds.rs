//! What the words around a figure say of its bounds: "more than", "up to", "nearly", "or so".
//!
//! Needs a [`Figure`], gives low, high and comparison, and the word where the figure's words begin then. In doubt a preposition
//! of place or topic ("above two doors", "a row over two signs") states no bound.

use super::atoms::Atom;
use super::bonds::{Bond, Figure};
use super::numbers::{Form, Reader};
use super::spelling::words;
use super::{Category, Claim, Comparison};
use crate::seeds::Class;
use crate::seeds::claims::{Context, Hedge};
use crate::words::Kind;

/// What the words around a figure say of its bounds.
pub(super) struct Bounds {
    pub comparison: Comparison,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

impl Reader<'_> {
    /// The low and high bound and the comparison stated.
    pub(super) fn bounds(&self, figure: &Figure, before: Option<Hedge>, after: Option<Hedge>) -> Bounds {
        let lowest = figure.values.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = figure.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let several = figure.values.len() > 1;
        let atom = figure.atoms.first();
        let hedge =
            if after.is_some() && matches!(before, None | Some(Hedge::Is(Comparison::Exact | Comparison::About))) {
                after
            } else {
                before
            };
        let hedge = hedge.or(figure.hedge).or(figure.atoms.first().hedge);
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

    /// The hedge before a figure, and the word the figure begins with then.
    pub(super) fn hedge_before(&self, figure: &Figure) -> (Option<Hedge>, usize) {
        let mut first = figure.first;
        let words_between =
            figure.atoms.len() == 2 && self.one_of(figure.atoms.first().next, words!["to", "and", "up", "through"]);
        if matches!(figure.bond, Bond::Range | Bond::Change)
            && words_between
            && first > self.start
            && self.one_of(first - 1, words!["between", "from"])
        {
            first -= 1;
        }
        let hyphen = first > self.start && self.joins(first - 1);
        let words = self.until(first - usize::from(hyphen));
        let Some((length, hedge)) = self.seeds.hedges_before.longest(words) else {
            return (figure.hedge, first);
        };
        let start = first - usize::from(hyphen) - length;
        let verb = self.one_of(start, words!["over"]) && start > self.start && self.has(start - 1, Context::TAKES_OVER);
        let within = self.spelled(start, words!["within"]) && (figure.values.len() > 1 || figure.unit.is_none());
        if hedge.is_none()
            || verb
            || within
            || self.during(start, figure)
            || hyphen && length > 1
            || self.place_or_topic(start, figure)
        {
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

    /// "$4 trillion over 10 years", "5 percent over two years": behind a figure "over" a time says how long it took, and bounds
    /// nothing.
    pub(super) fn during(&self, i: usize, figure: &Figure) -> bool {
        let time = figure.unit.is_some_and(|u| self.unit(u).category == Category::Duration);
        let figure_before = self.before(i).is_some_and(|w| {
            matches!(w.kind, Kind::Number)
                || w.is(Class::NUMBER_WORD | Class::UNIT)
                || w.letters() && !w.spaced() && i >= self.start + 2 && self.page.words[i - 2].kind == Kind::Number
                || self.page.at(w.span()) == "%"
        });
        time && self.spelled(i, words!["over"]) && figure_before
    }

    /// "a dispute over two signs", "rose above two defenders": a preposition of topic or place, no bound.
    pub(super) fn place_or_topic(&self, i: usize, figure: &Figure) -> bool {
        let bare = figure.unit.is_none() && figure.bond == Bond::One && figure.atoms.first().number.scale == 1.0;
        let topic = self.spelled(i, words!["over"]) && i > self.start && self.has(i - 1, Context::TOPIC);
        let small = figure.atoms.first().number.form == Form::Words && figure.atoms.first().value < 10.0;
        let place = self.one_of(i, words!["above", "below", "beyond", "under", "around", "over"])
            && small
            && self.noun_after(figure.next).is_some_and(|n| n.plural);
        bare && (topic || place)
    }

    /// Takes the article of "a dozen" and "a 104% tariff" into the figure, and the hedge before it.
    pub(super) fn article_before(&self, first: usize, hedge: Option<Hedge>, atom: &Atom) -> (usize, Option<Hedge>) {
        let needs = matches!(
            atom.number.form,
            Form::Words | Form::Fraction | Form::Couple | Form::Many
        ) && hedge.is_none();
        if !needs || first <= self.start || !self.one_of(first - 1, words!["a", "an"]) {
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
    pub(super) fn hedge_after(&self, i: usize) -> (Option<Hedge>, usize) {
        let joined = usize::from(self.joins(i));
        let found = self.seeds.hedges_after.longest(self.from(i + joined));
        match found {
            Some((length, Some(hedge))) => {
                let next = i + joined + length;
                let plus = self.one_of(i + joined, words!["plus"]);
                let word = plus && joined == 0 && self.word(i).is_some_and(|w| w.spaced());
                let odd = self.spelled(i, words!["odd"]) && joined == 0;
                let maximum =
                    self.one_of(i, words!["maximum", "minimum"]) && self.word(next).is_some_and(|w| w.letters());
                let sum = self.spelled(i, words!["+"]) && self.word(i).is_some_and(|w| w.spaced());
                let more_than = self.one_of(next, words!["than", "to"]);
                if word || odd || maximum || sum || more_than {
                    (None, i)
                } else {
                    (Some(hedge), next)
                }
            }
            _ => (None, i),
        }
    }

    /// The bound of the figure before a bracket, which the same figure in another unit shares: "over 100 km (60 miles)".
    pub(super) fn bracket_hedge(&self, figure: &Figure, claims: &[Claim]) -> Option<Hedge> {
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
}
