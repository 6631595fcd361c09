//! From drafts to the people and bodies behind them.
//!
//! Full names come first; then a surname alone belongs to the one person who bears it, where title and gender do not speak
//! against it. Two people of one surname that nothing tells apart leave it without an entity. Bodies and unnamed sources are
//! themselves, as written. Everything goes by hashes of words; no text is compared.

use super::lookup::Lookup;
use super::names::Proof;
use super::phrases::Reader;
use super::scan::{Draft, Rule, Words};
use super::{Entity, Form, Gender};
use crate::seeds::{Class, Seeds};
use crate::spare;
use crate::text::Span;
use crate::words::{Kind, Shape};

/// Most people of one surname that are told apart.
const NAMESAKES: usize = 8;

/// The entities of a page while they are found.
pub(super) struct Cast<'a> {
    reader: Reader<'a>,
    seeds: &'a Seeds,
    pub entities: Vec<Entity>,
    kept: &'a mut Scratch,
}

/// No person, but several.
const SEVERAL: usize = u32::MAX as usize;

/// What is kept from one page to the next, emptied.
#[derive(Default)]
pub(super) struct Scratch {
    /// Indices of the drafts of each sort that is looked for.
    found: [Vec<u32>; 3],
    /// Indices of the drafts that may be full names, and of those that may be short ones.
    long: Vec<u32>,
    short: Vec<u32>,
    /// Whom each draft names.
    ties: Vec<Option<usize>>,
    people: Vec<Person>,
    /// What tells who bears each name.
    bearers: Vec<Bearer>,
    /// Latest person by surname; others of that surname hang behind it.
    by_surname: Lookup,
    /// [`SEVERAL`] where the first name is borne by more than one.
    by_first_name: Lookup,
    by_full_name: Lookup,
    by_words: Lookup,
    by_roster: Lookup,
}

/// What tells who bears a name, as hashes of words.
#[derive(Debug, Clone, Copy)]
struct Bearer {
    first: u64,
    surname: u64,
    /// Nothing, where there is none.
    suffix: u64,
    /// How many names there are.
    units: usize,
}

impl Bearer {
    fn full_key(&self) -> u64 {
        mix(mix(self.first, self.surname), self.suffix)
    }
}

struct Person {
    entity: usize,
    /// The person of the same surname before this one.
    namesake: Option<usize>,
    units: usize,
    suffix: u64,
}

/// Ties drafts to entities: one for each draft, `None` where nobody is sure; marks drafts without proof as dropped.
#[inline(never)]
pub(super) fn tie<'k>(
    reader: Reader,
    seeds: &Seeds,
    drafts: &mut [Draft],
    kept: &'k mut Scratch,
) -> (&'k [Option<usize>], Vec<Entity>) {
    kept.clear();
    let mut found = std::mem::take(&mut kept.found);
    let mut ties = std::mem::take(&mut kept.ties);
    let mut cast = Cast {
        reader,
        seeds,
        entities: spare::take(&super::ENTITIES, drafts.len() / 2),
        kept,
    };
    sort_out(drafts, &mut found, |draft| {
        let one_word = draft.words.first() == draft.words.last();
        [
            draft.name.is_some(),
            (draft.form == Form::Organisation) & one_word,
            draft.proof != Proof::Sure,
        ]
    });
    let [named, one_word, unsure] = &found;
    let (mut long, mut short) = (
        std::mem::take(&mut cast.kept.long),
        std::mem::take(&mut cast.kept.short),
    );
    long.resize(named.len(), 0);
    short.resize(named.len(), 0);
    let (mut longs, mut shorts) = (0, 0);
    for &index in named {
        let draft = &mut drafts[index as usize];
        draft.bearer = draft.name.map_or(0, |name| cast.note(name));
        let several = cast.bearer(draft).units > 1;
        long[longs] = index;
        short[shorts] = index;
        longs += usize::from(several | draft.known.is_some());
        shorts += usize::from(!several & (draft.rule != Rule::SmallSurname));
    }
    for &index in &long[..longs] {
        cast.full_name(&drafts[index as usize]);
    }
    for &index in &short[..shorts] {
        cast.short_name(&drafts[index as usize]);
    }
    (cast.kept.long, cast.kept.short) = (long, short);
    for &index in one_word {
        cast.name_in_capitals(&mut drafts[index as usize]);
    }
    for &index in unsure {
        drafts[index as usize].dropped = !cast.stays(&drafts[index as usize]);
    }
    ties.clear();
    ties.resize(drafts.len(), None);
    sort_out(drafts, &mut found, |draft| {
        let form = draft.form;
        let name = (form == Form::Name) & draft.name.is_some();
        let as_written = (form == Form::Organisation) | (form == Form::Source) | (form == Form::Joint);
        [name & !draft.dropped, as_written & !draft.dropped, false]
    });
    let [named, as_written, _] = &found;
    for &index in named {
        let draft = &drafts[index as usize];
        ties[index as usize] = draft.name.and_then(|name| cast.person_of(draft, name));
    }
    for &index in as_written {
        ties[index as usize] = Some(cast.as_written(&drafts[index as usize]));
    }
    let entities = cast.entities;
    (kept.found, kept.ties) = (found, ties);
    (&kept.ties, entities)
}

impl Scratch {
    /// Forgets the page before.
    fn clear(&mut self) {
        self.people.clear();
        self.bearers.clear();
        self.by_surname.clear();
        self.by_first_name.clear();
        self.by_full_name.clear();
        self.by_words.clear();
        self.by_roster.clear();
    }
}

/// The indices of the drafts of some sorts, taken without a branch: which draft is of which sort is unpredictable.
#[inline(always)]
fn sort_out<const N: usize>(drafts: &[Draft], found: &mut [Vec<u32>; N], is: impl Fn(&Draft) -> [bool; N]) {
    let mut counts = [0; N];
    for list in &mut *found {
        list.resize(drafts.len(), 0);
    }
    for (index, draft) in drafts.iter().enumerate() {
        let is = is(draft);
        for sort in 0..N {
            found[sort][counts[sort]] = index as u32;
            counts[sort] += usize::from(is[sort]);
        }
    }
    for (list, count) in found.iter_mut().zip(counts) {
        list.truncate(count);
    }
}

impl Cast<'_> {
    /// Notes who bears a name.
    fn note(&mut self, name: Words) -> u32 {
        let reader = &self.reader;
        let (first, last) = (name.first(), name.last());
        // Few names have anything behind the surname.
        let ends = (reader.kind(last) == Some(Kind::Stop)) | reader.is(last, Class::NAME_SUFFIX);
        let surname = match (first < last) & ends {
            true => reader.surname(first, last),
            false => last,
        };
        let suffix = (surname + 1..=last).find(|&k| reader.is(k, Class::NAME_SUFFIX));
        self.kept.bearers.push(Bearer {
            first: reader.hash(first),
            surname: reader.hash(surname),
            suffix: suffix.map_or(0, |k| reader.hash(k)),
            units: if first == last { 1 } else { reader.units(first, last) },
        });
        self.kept.bearers.len() as u32 - 1
    }

    fn bearer(&self, draft: &Draft) -> Bearer {
        self.kept.bearers[draft.bearer as usize]
    }

    /// Makes a person of a full name, or adds to the one who has it: of several words, or of the roster.
    fn full_name(&mut self, draft: &Draft) {
        let Some(name) = draft.name else { return };
        let bearer = self.bearer(draft);
        let units = bearer.units;
        if let Some(known) = draft.known {
            if units > 1 || draft.inner || self.reader.kind(name.first()) == Some(Kind::Handle) || draft.role.is_some()
            {
                let person = self.known(known as usize);
                self.learn(person, draft);
            }
            return;
        }
        if draft.proof == Proof::Weak && !self.reports(draft) {
            return;
        }
        let person = self
            .find_full(name, bearer)
            .unwrap_or_else(|| self.add_person(name, bearer, Some(bearer.full_key())));
        let entity = self.kept.people[person].entity;
        if units > self.kept.people[person].units && self.entities[entity].known.is_none() {
            self.kept.people[person].units = units;
            self.entities[entity].written = self.written(name);
        }
        self.learn(person, draft);
    }

    fn find_full(&self, name: Words, bearer: Bearer) -> Option<usize> {
        if let Some(person) = self.kept.by_full_name.get(bearer.full_key()) {
            return Some(person);
        }
        if !self.reader.initial(name.first()) {
            return None;
        }
        let first = self.reader.page.word(name.first());
        let same = |p: &usize| {
            let person = &self.kept.people[*p];
            person.suffix == bearer.suffix && self.text(person.entity).starts_with(first)
        };
        let mut matches = self.namesakes(bearer.surname).filter(same);
        matches.next().filter(|_| matches.next().is_none())
    }

    /// The words of an entity.
    fn text(&self, entity: usize) -> &str {
        let entity = &self.entities[entity];
        entity.known.as_deref().unwrap_or(self.reader.page.at(entity.written))
    }

    fn namesakes(&self, surname: u64) -> impl Iterator<Item = usize> + '_ {
        let first = self.kept.by_surname.get(surname);
        std::iter::successors(first, |&p| self.kept.people[p].namesake).take(NAMESAKES)
    }

    fn written(&self, words: Words) -> Span {
        self.reader.page.span(words.first(), words.last())
    }

    fn add_person(&mut self, name: Words, bearer: Bearer, full: Option<u64>) -> usize {
        let entity = self.add_entity(self.written(name), Form::Name);
        self.add(entity, bearer, full)
    }

    fn add(&mut self, entity: usize, bearer: Bearer, key: Option<u64>) -> usize {
        let Bearer {
            first,
            surname,
            suffix,
            units,
        } = bearer;
        let person = self.kept.people.len();
        self.kept.people.push(Person {
            entity,
            namesake: self.kept.by_surname.get(surname),
            units,
            suffix,
        });
        self.kept.by_surname.set(surname, person);
        if units > 1 {
            let bearer = self.kept.by_first_name.entry(first, person);
            if *bearer != person as u32 {
                *bearer = SEVERAL as u32;
            }
        }
        if let Some(key) = key {
            self.kept.by_full_name.set(key, person);
        }
        person
    }

    fn add_entity(&mut self, written: Span, form: Form) -> usize {
        self.entities.push(Entity {
            known: None,
            written,
            form,
            gender: Gender::Unknown,
            mentions: 0,
            first_mention: None,
            roster: None,
        });
        self.entities.len() - 1
    }

    /// The person of the roster, made where the article has not named him yet.
    fn known(&mut self, known: usize) -> usize {
        if let Some(person) = self.kept.by_roster.get(known as u64) {
            return person;
        }
        let entry = &self.seeds.roster.people()[known];
        let entity = self.add_entity(Span::new(0, 0), Form::Name);
        self.entities[entity].known = Some(entry.name.clone());
        self.entities[entity].roster = Some(known as u32);
        self.entities[entity].gender = entry.gender;
        let mut words = entry.name.split_whitespace().map(crate::words::Fold::of);
        let first = words.next().unwrap_or(0);
        let surname = words.next_back().unwrap_or(first);
        let bearer = Bearer {
            first,
            surname,
            suffix: 0,
            units: 2,
        };
        let person = self.add(entity, bearer, Some(bearer.full_key()));
        self.kept.by_roster.set(known as u64, person);
        person
    }

    fn learn(&mut self, person: usize, draft: &Draft) {
        let entity = &mut self.entities[self.kept.people[person].entity];
        if entity.gender == Gender::Unknown {
            entity.gender = draft.gender;
        }
    }

    /// Makes a person of a name of one word that no full name explains, and that is no small word.
    fn short_name(&mut self, draft: &Draft) {
        let Some(name) = draft.name else { return };
        let bearer = self.bearer(draft);
        let sure = draft.proof == Proof::Sure || self.reports(draft);
        if !sure {
            return;
        }
        if let Some(known) = draft.known {
            if self.others_named(draft, bearer) == 0 {
                self.known(known as usize);
            }
            return;
        }
        if self.candidates(draft, bearer).next().is_none() && !self.explained(bearer) {
            let person = self.add_person(name, bearer, None);
            self.learn(person, draft);
        }
    }

    /// People of the surname that are in the article by full name and are not the roster's.
    fn others_named(&self, draft: &Draft, bearer: Bearer) -> usize {
        let mine = draft.known.and_then(|known| self.kept.by_roster.get(known as u64));
        self.candidates(draft, bearer).filter(|&p| Some(p) != mine).count()
    }

    fn explained(&self, bearer: Bearer) -> bool {
        self.kept.by_first_name.holds(bearer.first) || self.kept.by_surname.holds(bearer.surname)
    }

    /// People who can be meant by one word of a name.
    fn candidates<'s>(&'s self, draft: &'s Draft, bearer: Bearer) -> impl Iterator<Item = usize> + 's {
        let fits = move |p: &usize| {
            let gender = self.entities[self.kept.people[*p].entity].gender;
            let told = draft.role.is_some() & (draft.gender != Gender::Unknown);
            (!told | (gender == Gender::Unknown) | (gender == draft.gender))
                & ((bearer.suffix == 0) | (bearer.suffix == self.kept.people[*p].suffix))
        };
        self.namesakes(bearer.surname).filter(fits)
    }

    /// A body of one word, `PENCE` or `Church said`: where the article names a Pence or a Church it is that person.
    fn name_in_capitals(&mut self, draft: &mut Draft) {
        let at = draft.words.first();
        let reader = &self.reader;
        let says = |k: usize| reader.is(k, Class::SAY);
        let upper = reader.words[draft.head as usize].shape.has(Shape::UPPER);
        let beside_say = || reader.capital(at) && (says(at + 1) || at > 0 && says(at - 1));
        if (upper || beside_say()) && self.kept.by_surname.holds(reader.hash(draft.head as usize)) {
            draft.form = Form::Name;
            draft.name = Some(draft.words);
            draft.bearer = self.note(draft.words);
            draft.rule = Rule::Capitals;
        }
    }

    /// True for drafts that are proved, or named elsewhere.
    fn stays(&self, draft: &Draft) -> bool {
        if draft.proof != Proof::Weak || draft.known.is_some() {
            return draft.proof != Proof::Shape || self.shape_holds(draft);
        }
        match draft.name {
            Some(name) if draft.rule == Rule::SmallSurname => {
                let mut namesakes = self.namesakes(self.reader.hash(name.last()));
                namesakes.any(|p| self.kept.people[p].units > 1)
            }
            Some(name) if self.bearer(draft).units < 2 => {
                let hash = self.bearer(draft).surname;
                self.kept.by_surname.holds(hash)
                    || self.kept.by_first_name.holds(hash) && !self.common(name.first())
                    || self.reports(draft)
            }
            Some(_) => self.kept.by_full_name.holds(self.bearer(draft).full_key()) || self.reports(draft),
            None => self.reports(draft),
        }
    }

    fn common(&self, at: usize) -> bool {
        self.reader
            .is(at, Class::COMMON.or(Class::VERB).or(Class::PLACE).or(Class::ADJECTIVE))
    }

    /// Two unknown capitals are no person behind `the` or `in`.
    fn shape_holds(&self, draft: &Draft) -> bool {
        let first = draft.words.first();
        let article = self.reader.is(first, Class::ARTICLE);
        let place = first > 0 && ["in", "at", "near", "across"].contains(&self.reader.page.word(first - 1));
        !article && !place
    }

    /// True where a verb of saying stands behind the mention, or before it.
    fn reports(&self, draft: &Draft) -> bool {
        let first = draft.words.first();
        // What stands around a name is unpredictable, so all of it is reckoned together.
        let name = draft.name.unwrap_or(draft.words);
        let alone = (draft.words.first() == draft.words.last()) & (name.first() == name.last());
        let common = alone & draft.name.is_some() & self.common(name.first());
        let reader = &self.reader;
        let before = reader.is(first.wrapping_sub(1), Class::SAY) | reader.according_to(first);
        let next = draft.next();
        let colon = (reader.kind(next) == Some(Kind::Colon)) & reader.words[first].shape.has(Shape::FIRST);
        let verb = reader.past_adverbs(next);
        let acts = (verb < next + 4) & reader.finite(verb);
        let says = (common & reader.is(verb, Class::SAY)) | (!common & reader.is(verb, Class::CUE));
        (before & !common) | (acts & says) | (!acts & colon) || acts && self.unknown(draft)
    }

    /// A name of one word that no list knows: any verb behind it will do, unless it ends like a noun for what is done, which may
    /// open a sentence: `Fundraising was slow.`
    fn unknown(&self, draft: &Draft) -> bool {
        let Some(name) = draft.name.filter(|n| n.first() == n.last()) else {
            return false;
        };
        let word = &self.reader.words[name.first()];
        let endings = ["ing", "tion", "ment", "ness", "ism", "ity", "ship", "ance", "ence"];
        let text = self.reader.page.word(name.first());
        let deed = endings.iter().any(|ending| text.ends_with(ending));
        word.classes == Class::NONE && !deed
    }

    /// The entity of a name that stays.
    fn person_of(&self, draft: &Draft, name: Words) -> Option<usize> {
        let bearer = self.bearer(draft);
        if (bearer.units > 1) & draft.known.is_none() {
            let person = self.find_full(name, bearer)?;
            return Some(self.kept.people[person].entity);
        }
        if let Some(known) = draft.known {
            let mine = self.kept.by_roster.get(known as u64);
            if let Some(mine) = mine {
                let entity = self.kept.people[mine].entity;
                let against = draft.role.is_some() && opposed(draft.gender, self.entities[entity].gender);
                let suffix = bearer.suffix != 0;
                if !against && !suffix {
                    return Some(entity);
                }
            }
        }
        let mut candidates = self.candidates(draft, bearer);
        let person = candidates.next();
        let person = if candidates.next().is_some() { None } else { person };
        let by_first = || {
            self.kept
                .by_first_name
                .get(bearer.first)
                .filter(|&person| person != SEVERAL)
        };
        let none_at_all = !self.kept.by_surname.holds(bearer.surname);
        let person = person.or_else(|| if none_at_all { by_first() } else { None })?;
        Some(self.kept.people[person].entity)
    }

    /// Bodies and sources go by their words, article apart.
    fn as_written(&mut self, draft: &Draft) -> usize {
        let (first, last) = (draft.words.first(), draft.words.last());
        let first = first + usize::from((first < last) & self.reader.is(first, Class::ARTICLE));
        let words = &self.reader.words[first..=last];
        // How many words there are is unpredictable: the first few are always taken, the last again where there are fewer.
        let taken = |i: usize| words[i.min(words.len() - 1)].hash;
        let key = mix(draft.form as u64 | (words.len() as u64) << 8, taken(0));
        let key = mix(key, taken(3) ^ mix(taken(1), taken(2)));
        let rest = words.get(4..).unwrap_or_default();
        let key = rest.iter().fold(key, |key, word| mix(key, word.hash));
        let next = self.entities.len();
        let entity = *self.kept.by_words.entry(key, next) as usize;
        if entity == next {
            self.add_entity(self.written(draft.words), draft.form);
            self.entities[entity].gender = draft.gender;
        }
        entity
    }
}

/// True for two genders that are known and differ.
pub(super) fn opposed(a: Gender, b: Gender) -> bool {
    (a != Gender::Unknown) & (b != Gender::Unknown) & (a != b)
}

pub(super) fn mix(key: u64, hash: u64) -> u64 {
    (key.rotate_left(7) ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
