//! Figures that are ages: "45 years old", "aged 45", ", 45,", "turned 18"; and age bands, which name a group and state nothing.

use super::Category;
use super::bonds::{Bond, Figure};
use super::numbers::{Form, Number, Reader};
use super::spelling::words;
use crate::seeds::Class;
use crate::words::{Kind, Shape, Word};

impl Reader<'_> {
    /// The word behind the words that make a duration an age: "45 years old", "aged 45", "six weeks of age".
    pub(super) fn age(&self, figure: &Figure, i: usize) -> Option<usize> {
        let time = figure.unit.is_some_and(|u| self.unit(u).category == Category::Duration);
        let old = i + usize::from(self.joins(i));
        if time && self.one_of(old, words!["old", "olds"]) && (old > i || self.word(i).is_some_and(|w| w.spaced())) {
            return Some(old + 1);
        }
        if time && self.spelled(i, words!["of"]) && self.spelled(i + 1, words!["age"]) {
            return Some(i + 2);
        }
        let under_age = time && self.led_by(figure.first, words!["age"]);
        let first = figure.first;
        let aged = figure.unit.is_none()
            && first > self.start
            && (self.one_of(first - 1, words!["aged", "ages", "age"])
                || self.one_of(first - 1, words!["of", "between", "from", "under", "over", "above"])
                    && first > self.start + 1
                    && self.one_of(first - 2, words!["aged", "ages", "age"]));
        let named =
            figure.unit.is_none() && figure.bond == Bond::One && self.age_behind_name(&figure.atoms.first().number);
        let pair = figure.unit.is_none()
            && figure.bond == Bond::List
            && figure.values.len() == 2
            && self.people_before(first, figure.next);
        (aged || under_age || named || pair || self.age_between_commas(figure) || self.age_reached(figure)).then_some(i)
    }

    /// True where "ages" or "aged" leads to the number at `i`.
    pub(super) fn aged_before_number(&self, i: usize) -> bool {
        i > self.start && self.one_of(i - 1, words!["aged", "ages"])
    }

    /// "two men, 23 and 27, were held": people before the comma that opens a pair of numbers, and a mark behind it.
    pub(super) fn people_before(&self, i: usize, next: usize) -> bool {
        let comma = self.before(i).is_some_and(|w| w.kind == Kind::Comma) && i >= self.start + 2;
        let ends = self
            .word(next)
            .is_none_or(|w| matches!(w.kind, Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::Close));
        comma && ends && self.page.words[i - 2].is(Class::PLURAL_PERSON) && !self.page.words[i - 2].capital()
    }

    /// "turned 18", "She was 62": an age behind a verb.
    pub(super) fn age_reached(&self, figure: &Figure) -> bool {
        let first = figure.first;
        let bare = figure.unit.is_none()
            && figure.bond == Bond::One
            && figure.values.first().fract() == 0.0
            && (1.0..=115.0).contains(figure.values.first());
        let ends = self
            .word(figure.next)
            .is_none_or(|w| !w.letters() && !matches!(w.kind, Kind::Hyphen | Kind::Symbol))
            || self.one_of(
                figure.next,
                words!["when", "at", "in", "this", "last", "on", "and", "years", "but"],
            );
        if !bare || !ends || first < self.start + 2 {
            return false;
        }
        let turned = self.one_of(first - 1, words!["turned", "turns", "turning"]);
        // "she was", "who will be", "you're": a person and the verb "to be"
        let modal = self.spelled(first - 1, words!["be"]) && self.page.words[first - 2].is(Class::MODAL);
        let subject = (first - 2).saturating_sub(usize::from(modal)).max(self.start);
        let person = self.page.words[subject].is(Class::FEMININE | Class::MASCULINE)
            && self.page.words[subject].is(Class::PERSON_PRONOUN)
            || self.one_of(subject, words!["who", "i", "you"]);
        let verbs = words!["was", "is", "am", "'s", "'m", "'re", "are", "were"];
        turned || person && (modal || self.one_of(first - 1, verbs))
    }

    /// "Nina Holm 44 has resigned": an age behind a person's name in a text that lost its commas.
    pub(super) fn age_behind_name(&self, number: &Number) -> bool {
        let first = number.first;
        if number.form != Form::Digits
            || !(16.0..=110.0).contains(&number.value)
            || number.value.fract() != 0.0
            || first < self.start + 2
        {
            return false;
        }
        let (given, family) = (&self.page.words[first - 2], &self.page.words[first - 1]);
        let person = given.is(Class::MALE_NAME | Class::FEMALE_NAME)
            && given.capital()
            && family.letters()
            && family.capital()
            && !family.shape.has(Shape::UPPER)
            && !family.is(Class::MONTH | Class::WEEKDAY | Class::ORGANISATION | Class::PLACE);
        let finite = Class::AUXILIARY | Class::MODAL | Class::VERB_PAST;
        person && self.word(number.next).is_some_and(|w| w.is(finite) && !w.capital())
    }

    /// Takes "aged" into the figure: "aged 23", "aged between 18 and 84".
    pub(super) fn aged_before(&self, figure: &Figure, first: usize) -> usize {
        let aged =
            |at: usize| figure.unit.is_none() && at > self.start && self.one_of(at - 1, words!["aged", "age", "ages"]);
        first - usize::from(aged(first))
    }

    /// "men aged 18 to 34": names a group, states no quantity.
    pub(super) fn age_band(&self, figure: &Figure) -> bool {
        let first = figure.first;
        let aged = first >= self.start + 2 && self.one_of(first - 1, words!["aged", "ages"]);
        aged && figure.bond == Bond::Range
            && figure.unit.is_none()
            && self.page.words[first - 2].is(Class::PLURAL_PERSON)
    }

    /// ", 45," behind a name.
    pub(super) fn age_between_commas(&self, figure: &Figure) -> bool {
        let atom = figure.atoms.first();
        let whole = figure.bond == Bond::One
            && figure.unit.is_none()
            && atom.value.fract() == 0.0
            && (1.0..=115.0).contains(&atom.value)
            && atom.number.form == Form::Digits;
        let comma = |w: Option<&Word>| w.is_some_and(|w| matches!(w.kind, Kind::Comma));
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
}
