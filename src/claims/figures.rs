//! From figures to claims: what stands behind the numbers, what is counted, the category and the rule.
//!
//! Needs a sentence, gives its [`Claim`]s in text order. Confidences are the share of rows that were right, by rule, on annotated
//! news sentences, rounded.

use super::atoms::Atom;
use super::bonds::{Bond, Figure};
use super::bounds::Bounds;
use super::numbers::{Form, Reader};
use super::spelling::{Words, words};
use super::what::Noun;
use super::{Category, Claim, Comparison, Values};
use crate::seeds::Class;
use crate::seeds::claims::{Context, Hedge, NumberKind};
use crate::text::Span;
use crate::words::{Kind, Word};

impl Reader<'_> {
    /// Appends the claims of the sentence, whose figures are looked for at these words.
    pub fn claims(&self, places: &[u32], claims: &mut Vec<Claim>) {
        let (mut from, mut floor) = (self.start, self.start);
        for at in places.iter().map(|&at| at as usize) {
            if at < from {
                continue;
            }
            let word = &self.page.words[at];
            if Reader::may_begin(word) {
                from = self.claim_at(at, floor, claims).max(at + 1);
                floor = from;
            } else if let Some(number) = self.double(at) {
                let figure = Figure::of(Atom::bare(number, word.end));
                let found = self.claim(figure, claims);
                from = found.as_ref().map_or(number.next, |(_, after)| *after);
                floor = from;
                if let Some((claim, _)) = found {
                    push(claims, claim);
                }
            } else if word.is(Class::UNIT)
                && at > floor
                && let Some((claim, next)) = self.article_claim(at - 1)
            {
                push(claims, claim);
                (from, floor) = (next, next);
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
                push(claims, claim);
                after
            }
            None => next,
        }
    }

    /// "more than an hour", "a dollar and 42 cents", "a gallon of beer": an article that counts a unit, where something shows it.
    fn article_claim(&self, i: usize) -> Option<(Claim, usize)> {
        let leads = words![
            "a", "an", "all", "full", "whole", "entire", "another", "business", "working"
        ];
        let hyphen = |w: &Word| w.kind == Kind::Hyphen;
        if !self.one_of(i, leads) && !self.word(i).is_some_and(hyphen) {
            return None;
        }
        let whole = self.whole_unit(i);
        if whole.is_none() && !self.one_of(i, words!["a", "an"]) {
            return None;
        }
        let atom = match whole {
            Some((first, unit)) => Atom {
                first,
                ..self.article_unit(unit - 1)?
            },
            None => self.article_unit(i)?,
        };
        let joined = self.joins(atom.next);
        let past = self.one_of(atom.next, words!["ago", "earlier", "later", "before", "after", "old"]);
        let single = Figure::of(atom);
        let figure = self.sum(&single).unwrap_or(single);
        let hedge = self
            .hedge_before(&figure)
            .0
            .filter(|hedge| *hedge != Hedge::Is(Comparison::Exact));
        let over_drink =
            self.unit(atom.unit?).category == Category::Volume && i > self.start && self.spelled(i - 1, words!["over"]);
        let measured = matches!(
            self.unit(atom.unit?).name.as_str(),
            "litre" | "millilitre" | "gallon" | "kilogram" | "tonne" | "mile" | "kilometre" | "acre" | "hectare"
        );
        let alone = figure.first == self.start && self.word(figure.next).is_none_or(|w| w.kind == Kind::Stop);
        let shown = whole.is_some()
            || alone && !past
            || i > self.start && self.during(i - 1, &figure)
            || hedge.is_some() && !past
            || figure.bond == Bond::Sum
            || measured && self.before(i).is_none_or(|w| !w.is(Class::NUMBER_WORD));
        if joined || over_drink || !shown {
            return None;
        }
        let (claim, next) = self.claim(figure, &[])?;
        let rule = match whole {
            Some(_) => "claims/whole-unit",
            None => "claims/article-unit",
        };
        Some((
            Claim {
                rule,
                confidence: confidence(rule),
                ..claim
            },
            next,
        ))
    }

    /// "for all week", "for a full year", "wait another business day": words that say one whole unit of time, where they end the
    /// phrase; the first word of the figure and the first of the unit. `i` is the word before the unit's last one.
    fn whole_unit(&self, i: usize) -> Option<(usize, usize)> {
        let working = self.one_of(i, words!["business", "working"]);
        let unit = i + usize::from(!working);
        let lead = unit.checked_sub(1 + usize::from(unit > self.start + 1 && self.joins(unit - 1)))?;
        let timed = self
            .seeds
            .unit_names
            .longest(self.from(unit))
            .filter(|(_, name)| self.unit(name.unit).category == Category::Duration);
        let ends = self.word(unit + timed?.0).is_none_or(|w| {
            matches!(
                w.kind,
                Kind::Stop | Kind::Comma | Kind::Question | Kind::Exclamation | Kind::Semicolon
            )
        });
        let another = self.spelled(lead, words!["another"]);
        let whole = self.one_of(lead, words!["all", "full", "whole", "entire"]) && ends;
        if lead <= self.start || !another && !whole {
            return None;
        }
        let article = usize::from(whole && self.one_of(lead - 1, words!["a", "an"]));
        let first = lead - article;
        let leads = match whole {
            true => words!["for"],
            false => words![
                "for", "wait", "waits", "waited", "take", "takes", "took", "last", "lasts"
            ],
        };
        let led = first > self.start && self.one_of(first - 1, leads);
        led.then_some((if another { lead } else { first }, unit))
    }

    /// The claim a figure makes, and the word to go on from; `None` where nothing shows that it counts.
    fn claim(&self, figure: Figure, claims: &[Claim]) -> Option<(Claim, usize)> {
        let atom = *figure.atoms.first();
        let (hedge, first) = self.hedge_before(&figure);
        let (first, hedge) = self.article_before(first, hedge, &atom);
        let first = self.aged_before(&figure, first);
        let first = if self.factor(&figure) && !self.factor_named(&figure) {
            first - 2 - usize::from(first > self.start + 2 && self.spelled(first - 3, words!["a"]))
        } else {
            first
        };
        let mut next = figure.next;
        let (after, behind) = if atom.alone {
            (None, next)
        } else {
            self.hedge_after(next)
        };
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
        let end = if last == figure.atoms.last().next {
            figure.atoms.last().end
        } else {
            self.page.words[last - 1].end
        };
        let span = Span::new(self.page.words[first].start, end.max(self.page.words[first].end));
        let what = self.what(&figure, noun.as_ref(), (first, last), category, claims);
        let rule = self.rule(&figure, category, noun.is_some(), &bounds);
        let gapped = self.gapped(&figure, noun.as_ref(), first, claims);
        let rule = if gapped.is_some() { "claims/shared-unit" } else { rule };
        let unit = match gapped {
            Some(gapped) => gapped.unit.clone(),
            None => self
                .unit_name(&figure, per.map(|p| (p.noun, p.next)), age.is_some())
                .into(),
        };
        let many = matches!(atom.number.form, Form::Many) && figure.bond == Bond::One;
        let after_figure = figure.next;
        let claim = Claim {
            span,
            values: if many { Values::default() } else { figure.values.into() },
            low: bounds.low,
            high: bounds.high,
            comparison: bounds.comparison,
            unit,
            category: gapped.map_or(category, |gapped| gapped.category),
            what,
            quotation: None,
            confidence: confidence(rule),
            rule,
        };
        Some((claim, last.max(after_figure)))
    }

    /// The claim whose unit a bare number shares, because English leaves it out the second time: "from 35 hours to 20", "the
    /// highest was 84.75 cents, the lowest 74.07", "2,400 yen ($22) or 3,100 ($28)".
    fn gapped<'c>(&self, figure: &Figure, noun: Option<&Noun>, first: usize, claims: &'c [Claim]) -> Option<&'c Claim> {
        let bare = figure.unit.is_none() && noun.is_none() && figure.bond == Bond::One;
        if !bare || !matches!(figure.atoms.first().number.form, Form::Digits | Form::Words) {
            return None;
        }
        let start = self.page.words[self.start].start;
        let mut earlier = claims.iter().rev().take(6).take_while(|c| c.span.start >= start);
        if self.word(figure.next).is_some_and(|w| w.kind == Kind::Open)
            && self
                .atom_behind(figure.next + 1)
                .is_some_and(|(atom, _)| self.money(atom.unit))
        {
            let rest = |c: &Claim| {
                self.page.document.text[c.span.end as usize..]
                    .trim_start()
                    .starts_with('(')
            };
            return earlier.find(|c| c.category == Category::Money && rest(c));
        }
        let last = earlier
            .next()
            .filter(|c| !c.unit.is_empty() || c.category == Category::Rate)?;
        let words = &self.page.words[self.start..first];
        let place = self.start + words.partition_point(|w| w.start < last.span.start);
        let behind = self.start + words.partition_point(|w| w.start < last.span.end);
        let led = |at: usize, word: &Words| at > self.start && self.spelled(at - 1, word);
        let changes = led(first, words!["to"]) && (led(place, words!["from"]) || self.spelled(place, words!["from"]))
            || led(first, words!["from"]) && led(place, words!["to"])
            // "was 204 hp, up from 190", but not "rose 5%, up from 190"
            || led(first, words!["from"])
                && self.one_of(first.saturating_sub(2), words!["up", "down"])
                && !(place > self.start && self.has(place - 1, Context::CHANGE));
        let decimals = |text: &str| {
            text.split_once('.')
                .map_or(0, |(_, d)| d.bytes().take_while(u8::is_ascii_digit).count())
        };
        let shape = decimals(self.page.word(figure.atoms.first().number.first));
        let copula = first > self.start && self.one_of(first - 1, words!["is", "was", "are", "were"]);
        let parallel = copula && shape > 0 && shape == decimals(self.page.at(last.span));
        const FARTHEST: usize = 8;
        (first - behind.min(first) <= FARTHEST && (changes || parallel)).then_some(last)
    }

    /// Where the figure's words end: behind the unit, the noun counted, and the rate.
    fn figure_end(&self, figure: &Figure, next: usize, noun: Option<&Noun>, per: Option<usize>) -> usize {
        let counted = noun.filter(|n| self.shown_in_figure(figure, n)).map(|n| n.words.end);
        let end = next.max(figure.next).max(counted.unwrap_or(0)).max(per.unwrap_or(0));
        end.min(self.end)
    }

    /// True where "a factor of" makes the figure a multiple.
    fn factor(&self, figure: &Figure) -> bool {
        let first = figure.first;
        figure.unit.is_none()
            && first >= self.start + 2
            && self.spelled(first - 1, words!["of"])
            && self.spelled(first - 2, words!["factor"])
    }

    /// "a safety factor of 3": the factor has a name, so it is what the figure measures.
    fn factor_named(&self, figure: &Figure) -> bool {
        let at = figure.first.saturating_sub(3);
        figure.first > self.start + 2
            && self
                .word(at)
                .is_some_and(|w| w.letters() && !w.is(Class::DETERMINER | Class::PREPOSITION | Class::VERB))
    }

    /// The word behind "times" or "-fold", where the figure is a multiple or a count of times.
    fn times(&self, figure: &Figure, i: usize) -> Option<usize> {
        if figure.unit.is_some() || figure.atoms.first().alone {
            return None;
        }
        let joined = usize::from(self.joins(i));
        self.one_of(i + joined, words!["times", "fold", "x"])
            .then_some(i + joined + 1)
    }

    /// The word behind "as many", "faster", "the size", which say how a multiple compares.
    fn compared(&self, figure: &Figure, times: bool, i: usize) -> usize {
        let multiple = times || figure.atoms.first().number.form == Form::Multiple;
        match () {
            () if !multiple => i,
            () if self.spelled(i, words!["as"]) && self.word(i + 1).is_some_and(|w| w.letters()) => i + 2,
            // "100 times more sensitive", but not "four times more people"
            () if self.one_of(i, words!["more", "less"])
                && self
                    .word(i + 1)
                    .is_some_and(|w| w.is(Class::ADJECTIVE) && !w.is(Class::NOUN))
                && !self.noun_after(i + 1).is_some_and(|noun| noun.plural) =>
            {
                i + 2
            }
            () if self.word(i).is_some_and(|w| w.letters())
                && self.page.word(i).len() > 4
                && self.page.word(i).ends_with("er") =>
            {
                i + 1
            }
            () => i,
        }
    }

    /// The noun phrase behind the figure, where it is counted or measured by it.
    fn counted_noun(&self, figure: &Figure, i: usize, age: bool) -> Option<Noun> {
        let joined = self.joins(i) && figure.unit.is_none();
        if joined
            && !self
                .word(i + 1)
                .is_some_and(|w| self.seeds.context(w).has(Context::JOINED))
        {
            return None;
        }
        let of_unit = figure.unit.is_some() && self.spelled(i, words!["of"]);
        if age && !figure.atoms.last().joined {
            return None;
        }
        let length = figure.unit.is_some_and(|u| self.unit(u).category == Category::Length);
        if length && self.spelled(i, words!["of"]) && self.word(i + 1).is_some_and(|w| w.is(Class::DETERMINER)) {
            return None;
        }
        // "Her 16-year-old takes two buses": alone behind a word of the singular, the age stands for the person.
        let predicate = age
            && self.word(i).is_some_and(|w| w.is(Class::VERB_THIRD))
            && self.word(i + 1).is_some_and(|w| {
                w.is(Class::DETERMINER | Class::POSSESSIVE | Class::PREPOSITION) || Reader::may_begin(w)
            });
        // "Only 10 percent picked the mayor": without an article the share is the subject of the verb.
        let votes = self.percent(figure)
            && self.word(i).is_some_and(|w| {
                w.is(Class::VERB_PAST) && !w.is(Class::NOUN) && (!w.is(Class::ADJECTIVE) || self.object_at(i + 1))
            })
            && !(figure.first > self.start && self.page.words[figure.first - 1].is(Class::DETERMINER));
        if predicate || votes {
            return None;
        }
        // "The family of five lives here": behind one family the number stands alone, and a verb follows.
        let members = figure.unit.is_none()
            && self.led_by(figure.first, words!["of"])
            && self.one_of(
                figure.first.saturating_sub(2),
                words!["family", "mother", "father", "mom", "mum", "dad"],
            )
            && self.word(i).is_some_and(|w| w.is(Class::VERB_THIRD));
        if members {
            return None;
        }
        let mut noun = self.noun_after(i)?;
        if figure.unit.is_some() {
            noun.words.end = self.before_its_verb(&noun);
        }
        // "16 percent satisfied": an adjective alone is no noun.
        let head = &self.page.words[noun.words.end - 1];
        if self.percent(figure)
            && !noun.of
            && noun.words.len() == 1
            && head.is(Class::ADJECTIVE)
            && !head.is(Class::NOUN)
            && !noun.plural
        {
            return None;
        }
        if joined && self.spelled(i + 1, words!["strong"]) {
            noun = self.noun_after(i + 2)?;
        } else if joined {
            noun.words.end = noun.words.start + 1;
        }
        // "the thousands Cole gave": without "of", dozens and thousands count a plural alone.
        if figure.atoms.first().number.form == Form::Many && !noun.of && !noun.plural && figure.unit.is_none() {
            return None;
        }
        let many = figure.values.len() > 1 || *figure.values.first() != 1.0;
        let counts = figure.unit.is_none() && !noun.of && !joined && figure.bond != Bond::Ratio;
        let one_plural = !many
            && noun.plural
            && figure.atoms.first().number.form == Form::Words
            && self.word(noun.words.start).is_some_and(|w| w.is(Class::VERB));
        if counts
            && one_plural
            && figure.atoms.first().number.form != Form::Multiple
            && figure.atoms.first().number.form != Form::Fraction
        {
            return None;
        }
        let measured_noun = figure.unit.is_none()
            || of_unit
            || figure.atoms.last().joined
            || self.money(figure.unit)
            || self.percent(figure)
            || self.touches(i)
            || self.adjectival(figure, i)
            || self.article_leads(figure);
        measured_noun.then_some(noun)
    }

    /// True where an object begins: "favored Mr. Cole", "approved the plan".
    fn object_at(&self, i: usize) -> bool {
        self.word(i).is_some_and(|w| {
            w.is(Class::DETERMINER | Class::POSSESSIVE | Class::OBJECT_PRONOUN) || w.letters() && w.capital()
        })
    }

    fn percent(&self, figure: &Figure) -> bool {
        figure.unit.is_some_and(|u| self.unit(u).category == Category::Percent)
    }

    /// "a 12'' ear of corn", "a 6ft fence": the article belongs to the noun behind the measure.
    fn article_leads(&self, figure: &Figure) -> bool {
        let sign = figure.next > figure.first + 1 && self.touches(figure.next - 1);
        sign && figure.first > self.start && self.one_of(figure.first - 1, words!["a", "an"])
    }

    /// "a 45 acre farm": a unit in the singular before a noun.
    fn adjectival(&self, figure: &Figure, i: usize) -> bool {
        let word = &self.page.words[i - 1];
        *figure.values.first() != 1.0 && !self.plural(word, i - 1) && word.letters()
    }

    /// True where something shows that the figure states a quantity.
    fn asserted(&self, figure: &Figure, noun: Option<&Noun>, bounds: &Bounds, times: bool) -> bool {
        let atom = figure.atoms.first();
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
            return !self.one_of(figure.next, words!["down", "over", "back", "up", "as"]);
        }
        let twice = atom.number.form == Form::Multiple
            && atom.number.next == atom.number.first + 1
            && self.one_of(atom.number.first, words!["twice", "thrice"]);
        if twice {
            return self.one_of(
                figure.next,
                words!["as", "the", "a", "an", "that", "its", "their", "what", "his", "her"],
            );
        }
        if atom.number.form == Form::Fraction
            && atom.value == 0.5
            && self.spelled(atom.number.first, words!["half"])
            && figure.unit.is_none()
        {
            return !self.one_of(figure.next, words!["the", "a", "an"])
                || self.spelled(figure.next, words!["the"])
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
        let at = figure.atoms.first().number.first;
        let before = self.before(at);
        let alone = self.word(figure.next).is_none() && at == self.start;
        let number = |i: usize| {
            self.word(i)
                .is_some_and(|w| Reader::may_begin(w) && self.number_word(i).is_some())
        };
        let listed = number(figure.next)
            || at > self.start && number(at - 1)
            || self.word(figure.next).is_some_and(|w| w.kind == Kind::Comma) && number(figure.next + 1)
            || self.one_of(figure.next, words!["and", "or"]) && number(figure.next + 1);
        let pronoun = before.is_some_and(|w| {
            w.is(Class::DETERMINER) && !w.is(Class::POSSESSIVE) && !self.one_of(at - 1, words!["some"])
        }) && !self.hedged(at);
        let ordinal = at > self.start
            && self
                .number_word(at - 1)
                .is_some_and(|w| w.kind == NumberKind::Denominator);
        let pronoun = pronoun || ordinal;
        let noun = noun.is_some_and(|n| !n.of);
        (noun || listed || alone) && !pronoun
    }

    /// True where the counted noun belongs to the figure's words: "50 countries", "dozens of homes", "a three-judge" panel.
    fn shown_in_figure(&self, figure: &Figure, noun: &Noun) -> bool {
        let form = figure.atoms.first().number.form;
        let determined = self
            .word(noun.words.start)
            .is_some_and(|w| w.is(Class::DETERMINER | Class::POSSESSIVE));
        let joined = self.joins(figure.next);
        let one = figure.values.len() == 1 && *figure.values.first() == 1.0;
        let behind = if noun.of {
            form == Form::Many && noun.plural && !determined
        } else {
            noun.plural || joined || one
        };
        figure.unit.is_none() && !noun.apart && behind && figure.bond != Bond::Ratio
    }

    fn category(&self, figure: &Figure, times: bool, age: bool, per: Option<usize>) -> Category {
        let form = figure.atoms.first().number.form;
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
        self.one_of(i, words!["hour", "h", "hr", "minute", "min", "second", "sec", "s"])
    }

    /// "times" that compare: "three times as large", "four times the size".
    fn compares(&self, figure: &Figure) -> bool {
        let at = figure.next + 1 + usize::from(self.joins(figure.next));
        self.one_of(
            at,
            words![
                "as", "more", "the", "higher", "bigger", "larger", "greater", "faster", "likelier", "less", "what",
                "that", "its", "their", "worse", "better"
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
            None if self.money(figure.unit) && self.spent_on(next).is_some() => self.spent_on(next)?,
            None => return self.what_before(figure, (first, next), category, claims),
        };
        (!words.is_empty()).then(|| self.page.span(words.start, words.end - 1))
    }

    /// What a figure without a noun of its own measures.
    fn what_before(
        &self,
        figure: &Figure,
        (first, next): (usize, usize),
        category: Category,
        claims: &[Claim],
    ) -> Option<Span> {
        let start = self.page.words[self.start].start;
        let sentence = claims.iter().rev().take(8).take_while(|c| c.span.start >= start);
        let same = sentence.filter(|c| c.category == category && c.what.is_some());
        let mut last = None;
        let mut counted = None;
        for claim in same {
            last = last.or(claim.what);
            counted = claim.what.filter(|what| what.start >= claim.span.start);
            if counted.is_some() {
                break;
            }
        }
        let of = || {
            self.measured_by_of(first)
                .map(|words| self.page.span(words.start, words.end - 1))
        };
        let bare = figure.unit.is_none() && category == Category::Count;
        if category == Category::Age && (self.one_of(first, words!["aged", "ages"]) || self.people_before(first, next))
        {
            return self
                .group_aged(first)
                .map(|words| self.page.span(words.start, words.end - 1));
        }
        let adjunct = category == Category::Duration && self.time_adjunct(first, next);
        let definite = first > self.start
            && self.spelled(first - 1, words!["the"])
            && !matches!(category, Category::Percent | Category::Fraction);
        let before = || {
            if definite {
                return None;
            }
            let words = self.noun_before(first, figure.atoms.first().number.form == Form::Changed)?;
            let measured = !self.does_not_measure(&words, first, category);
            measured.then(|| self.page.span(words.start, words.end - 1))
        };
        // "The blast killed 12": the verb does not name them, but "killed 49 people and wounded 53" does.
        if bare && first > self.start && self.has(first - 1, Context::HARMS) {
            return counted.filter(|&what| self.page.at(what).eq_ignore_ascii_case("people"));
        }
        // "a father of two": the children have no word.
        let parent = first > self.start + 1
            && self.spelled(first - 1, words!["of"])
            && self.one_of(first - 2, words!["mother", "father", "mom", "mum", "dad", "parent"]);
        if parent && bare {
            return None;
        }
        // "twice as often", "three times faster" say how something is done.
        if category == Category::Multiple
            && self.one_of(
                next - 1,
                words!["often", "faster", "fast", "quickly", "slower", "sooner"],
            )
        {
            return None;
        }
        if let Some(gapped) = self.gapped(figure, None, first, claims).and_then(|c| c.what) {
            return Some(gapped);
        }
        if adjunct {
            return of().or_else(|| {
                self.noun_before_every(first)
                    .map(|words| self.page.span(words.start, words.end - 1))
            });
        }
        of().or_else(|| counted.filter(|_| bare))
            .or_else(before)
            .or_else(|| {
                self.counted_earlier(first)
                    .filter(|_| bare)
                    .map(|words| self.page.span(words.start, words.end - 1))
            })
            .or(last)
    }

    /// True where a preposition makes a time of the duration ("in nine years", "60 days ago", "every six months"): it says when,
    /// and measures no noun.
    fn time_adjunct(&self, first: usize, next: usize) -> bool {
        let mut at = first;
        while at > self.start
            && first - at < 4
            && (self.page.words[at - 1].is(Class::DETERMINER) && !self.spelled(at - 1, words!["every"])
                || self.one_of(
                    at - 1,
                    words![
                        "past",
                        "last",
                        "first",
                        "next",
                        "another",
                        "just",
                        "only",
                        "most",
                        "recent",
                        "coming",
                        "previous",
                        "following",
                        "final"
                    ],
                ))
        {
            at -= 1;
        }
        const BEFORE: &Words = words![
            "in", "after", "within", "during", "over", "every", "before", "until", "since"
        ];
        let led = at > self.start && self.one_of(at - 1, BEFORE);
        led || self.spelled(first, words!["within"])
            || self.one_of(next, words!["ago", "later", "earlier", "before", "after", "away"])
    }

    /// True for a person who does something with the figure and is not measured by it: "the mayor raised $2m", "pupils walk a mile".
    fn does_not_measure(&self, words: &std::ops::Range<usize>, first: usize, category: Category) -> bool {
        let person = Class::PERSON_NOUN | Class::ROLE | Class::FAMILY | Class::SPOKESPERSON | Class::TITLE;
        let head = &self.page.words[words.end - 1];
        let many = head.is(Class::PLURAL_PERSON);
        let named = |at: usize| {
            let word = &self.page.words[at];
            word.is(Class::MALE_NAME | Class::FEMALE_NAME) && word.capital()
        };
        let name = named(words.end - 1) || words.len() > 1 && named(words.start) && head.capital();
        let singular =
            (name || head.is(person)) && !head.is(Class::ORGANISATION) || self.one_of(words.end, words!["who"]);
        let copula = first > self.start
            && (self.one_of(first - 1, words!["is", "are", "was", "were"]) || self.has(first - 1, Context::WEIGHS));
        let document = head.is(Class::DOCUMENT) && matches!(category, Category::Percent | Category::Fraction);
        match category {
            // "A poll showed her at 40%": of the poll nothing is measured.
            _ if document && !copula => !self.spelled(first - 1, words!["by"]),
            Category::Percent | Category::Fraction | Category::Multiple => false,
            Category::Money => singular && !many && !copula,
            Category::Age => false,
            Category::Count => singular && !copula,
            _ => (singular || many) && !copula,
        }
    }

    /// "on advertising", "in lost production" behind money.
    fn spent_on(&self, i: usize) -> Option<std::ops::Range<usize>> {
        let noun = self.word(i + 1).filter(|w| {
            let gerund = w.is(Class::VERB_GERUND) && !w.is(Class::NOUN);
            w.letters() && !w.capital() && !gerund && !w.is(Class::DETERMINER | Class::TIME_NOUN)
        })?;
        let links = self.one_of(i, words!["on", "in", "into", "for", "of"]) && !noun.is(Class::POSSESSIVE);
        let noun = self.noun_after(i + 1).filter(|_| links)?;
        Some(noun.words)
    }

    fn rule(&self, figure: &Figure, category: Category, noun: bool, bounds: &Bounds) -> &'static str {
        let atom = figure.atoms.first();
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

/// Adds a claim, unless its words belong to the one before.
fn push(claims: &mut Vec<Claim>, claim: Claim) {
    if claims.last().is_none_or(|last| last.span.end <= claim.span.start) {
        claims.push(claim);
    }
}

/// How often a row of a rule was right.
fn confidence(rule: &str) -> f32 {
    match rule {
        "claims/money" | "claims/percent" | "claims/unit" => 0.97,
        "claims/joined-unit" | "claims/rate" | "claims/age" => 0.95,
        "claims/counted-noun" | "claims/range" => 0.93,
        "claims/change" | "claims/sum" | "claims/list" | "claims/either" => 0.85,
        "claims/fraction" | "claims/one-in-several" | "claims/many" | "claims/multiple" | "claims/couple" => 0.85,
        "claims/hedged-number" => 0.85,
        "claims/one-noun" | "claims/article-unit" | "claims/whole-unit" | "claims/shared-unit" => 0.7,
        "claims/doubled" => 0.4,
        _ => 0.75,
    }
}
