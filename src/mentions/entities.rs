//! From drafts to the people and bodies behind them.
//!
//! Full names come first; then a surname alone belongs to the one person who bears it, where title and gender do not speak
//! against it. Two people of one surname that nothing tells apart leave it without an entity. Bodies and unnamed sources are
//! themselves, as written. Everything goes by hashes of words; no text is compared.

use super::names::Proof;
use super::phrases::{HASHES, Reader};
use super::scan::{Draft, SMALL_SURNAME, Words};
use super::{Entity, Form, Gender};
use crate::seeds::{ByHash, Class, Seeds};
use crate::words::{Kind, Page, Shape};

/// Most people of one surname that are told apart.
const NAMESAKES: usize = 8;

/// The entities of a page while they are found.
pub(super) struct Cast<'a> {
    reader: Reader<'a>,
    seeds: &'a Seeds,
    pub entities: Vec<Entity>,
    people: Vec<Person>,
    /// Latest person by surname; others of that surname hang behind it.
    by_surname: ByHash<usize>,
    by_first_name: ByHash<Option<usize>>,
    by_full_name: ByHash<usize>,
    by_words: ByHash<usize>,
    by_roster: ByHash<usize>,
}

struct Person {
    entity: usize,
    /// The person of the same surname before this one.
    namesake: Option<usize>,
    units: usize,
    suffix: u64,
}

/// Ties drafts to entities: one for each draft, `None` where nobody is sure; drops drafts without proof.
pub(super) fn tie(page: &Page, seeds: &Seeds, drafts: &mut Vec<Draft>) -> (Vec<Option<usize>>, Vec<Entity>) {
    let reader = Reader {
        page,
        words: &page.words,
        hashes: &HASHES,
        headline: false,
    };
    let mut cast = Cast {
        reader,
        seeds,
        entities: Vec::with_capacity(drafts.len() / 2),
        people: Vec::new(),
        by_surname: ByHash::default(),
        by_first_name: ByHash::default(),
        by_full_name: ByHash::default(),
        // Half of the drafts are bodies and sources, and half of those are new.
        by_words: ByHash::with_capacity_and_hasher(drafts.len() / 3, Default::default()),
        by_roster: ByHash::default(),
    };
    for draft in drafts.iter() {
        cast.full_name(draft);
    }
    for draft in drafts.iter() {
        if draft.proof == Proof::Sure || cast.reports(draft) {
            cast.short_name(draft);
        }
    }
    for draft in drafts.iter_mut() {
        cast.name_in_capitals(draft);
    }
    drafts.retain(|draft| cast.stays(draft));
    let ties = drafts.iter().map(|draft| cast.entity(draft)).collect();
    (ties, cast.entities)
}

impl Cast<'_> {
    fn units(&self, name: Words) -> usize {
        self.reader.units(name.first, name.last)
    }

    fn surname_at(&self, name: Words) -> usize {
        self.reader.surname(name.first, name.last)
    }

    fn suffix(&self, name: Words) -> u64 {
        let surname = self.surname_at(name);
        let suffix = (surname + 1..=name.last).find(|&k| self.reader.is(k, Class::NAME_SUFFIX));
        suffix.map_or(0, |k| self.reader.hash(k))
    }

    /// Makes a person of a full name, or adds to the one who has it.
    fn full_name(&mut self, draft: &Draft) {
        let Some(name) = draft.name else { return };
        let units = self.units(name);
        if let Some(known) = draft.known {
            if units > 1 || draft.inner || self.reader.kind(name.first) == Some(Kind::Handle) || draft.role.is_some() {
                let person = self.known(known);
                self.learn(person, draft);
            }
            return;
        }
        if units < 2 || draft.proof == Proof::Weak && !self.reports(draft) {
            return;
        }
        let person = self
            .find_full(name)
            .unwrap_or_else(|| self.add_person(name, Some(name)));
        let entity = self.people[person].entity;
        if units > self.people[person].units && !self.entities[entity].in_roster {
            self.people[person].units = units;
            self.entities[entity].name = self.written(name);
        }
        self.learn(person, draft);
    }

    fn full_key(&self, name: Words) -> u64 {
        mix(
            mix(self.reader.hash(name.first), self.reader.hash(self.surname_at(name))),
            self.suffix(name),
        )
    }

    fn find_full(&self, name: Words) -> Option<usize> {
        if let Some(&person) = self.by_full_name.get(&self.full_key(name)) {
            return Some(person);
        }
        let initial = self.reader.initial(name.first);
        let suffix = self.suffix(name);
        let first = self.reader.page.word(name.first);
        let same = |p: &usize| {
            let person = &self.people[*p];
            let other = &self.entities[person.entity].name;
            person.suffix == suffix && initial && other.starts_with(first)
        };
        let mut matches = self.namesakes(self.reader.hash(self.surname_at(name))).filter(same);
        matches.next().filter(|_| matches.next().is_none())
    }

    fn namesakes(&self, surname: u64) -> impl Iterator<Item = usize> + '_ {
        let first = self.by_surname.get(&surname).copied();
        std::iter::successors(first, |&p| self.people[p].namesake).take(NAMESAKES)
    }

    fn written(&self, words: Words) -> String {
        let text = self.reader.page.at(self.reader.page.span(words.first, words.last));
        // Nothing or one space between words of ASCII: as most names are.
        let bytes = self.reader.page.document.text.as_bytes();
        let run = &self.reader.words[words.first..=words.last];
        let tight = run.windows(2).all(|pair| {
            let gap = &bytes[pair[0].end as usize..pair[1].start as usize];
            gap.is_empty() || gap == b" "
        });
        if tight && !run.iter().any(|word| word.shape.has(Shape::WIDE)) {
            return text.to_owned();
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add_person(&mut self, name: Words, full: Option<Words>) -> usize {
        let entity = self.add_entity(self.written(name), Form::Name);
        let first = self.reader.hash(name.first);
        let suffix = self.suffix(name);
        let surname = self.reader.hash(self.surname_at(name));
        let key = full.map(|name| self.full_key(name));
        self.add(entity, first, surname, suffix, self.units(name), key)
    }

    fn add(&mut self, entity: usize, first: u64, surname: u64, suffix: u64, units: usize, key: Option<u64>) -> usize {
        let person = self.people.len();
        self.people.push(Person {
            entity,
            namesake: self.by_surname.get(&surname).copied(),
            units,
            suffix,
        });
        self.by_surname.insert(surname, person);
        if units > 1 {
            let slot = self.by_first_name.entry(first).or_insert(Some(person));
            if *slot != Some(person) {
                *slot = None;
            }
        }
        if let Some(key) = key {
            self.by_full_name.insert(key, person);
        }
        person
    }

    fn add_entity(&mut self, name: String, form: Form) -> usize {
        self.entities.push(Entity {
            name,
            form,
            gender: Gender::Unknown,
            in_roster: false,
            mentions: 0,
            first_mention: None,
        });
        self.entities.len() - 1
    }

    /// The person of the roster, made where the article has not named him yet.
    fn known(&mut self, known: usize) -> usize {
        if let Some(&person) = self.by_roster.get(&(known as u64)) {
            return person;
        }
        let entry = &self.seeds.roster.people()[known];
        let entity = self.add_entity(entry.name.clone(), Form::Name);
        self.entities[entity].in_roster = true;
        self.entities[entity].gender = entry.gender;
        let mut words = entry.name.split_whitespace().map(crate::words::Fold::of);
        let first = words.next().unwrap_or(0);
        let surname = words.next_back().unwrap_or(first);
        let person = self.add(entity, first, surname, 0, 2, Some(mix(mix(first, surname), 0)));
        self.by_roster.insert(known as u64, person);
        person
    }

    fn learn(&mut self, person: usize, draft: &Draft) {
        let entity = &mut self.entities[self.people[person].entity];
        if entity.gender == Gender::Unknown {
            entity.gender = draft.gender;
        }
    }

    /// Makes a person of a name of one word that no full name explains.
    fn short_name(&mut self, draft: &Draft) {
        let Some(name) = draft.name else { return };
        if self.units(name) > 1 || draft.rule == SMALL_SURNAME {
            return;
        }
        if let Some(known) = draft.known {
            if self.others_named(draft, name) == 0 {
                self.known(known);
            }
            return;
        }
        if self.candidates(draft, name).next().is_none() && !self.explained(name) {
            let person = self.add_person(name, None);
            self.learn(person, draft);
        }
    }

    /// People of the surname that are in the article by full name and are not the roster's.
    fn others_named(&self, draft: &Draft, name: Words) -> usize {
        let mine = draft
            .known
            .and_then(|known| self.by_roster.get(&(known as u64)))
            .copied();
        self.candidates(draft, name).filter(|&p| Some(p) != mine).count()
    }

    fn explained(&self, name: Words) -> bool {
        self.by_first_name.contains_key(&self.reader.hash(name.first))
            || self.namesakes(self.reader.hash(self.surname_at(name))).next().is_some()
    }

    /// People who can be meant by one word of a name.
    fn candidates<'s>(&'s self, draft: &'s Draft, name: Words) -> impl Iterator<Item = usize> + 's {
        let fits = move |p: &usize| {
            let gender = self.entities[self.people[*p].entity].gender;
            let suffix = self.suffix(name);
            let told = draft.role.is_some() && draft.gender != Gender::Unknown;
            (!told || gender == Gender::Unknown || gender == draft.gender)
                && (suffix == 0 || suffix == self.people[*p].suffix)
        };
        self.namesakes(self.reader.hash(self.surname_at(name))).filter(fits)
    }

    /// `PENCE`, `Church said`: where the article names a Pence or a Church it is that person, not a body.
    fn name_in_capitals(&self, draft: &mut Draft) {
        let reader = &self.reader;
        let (first, last) = (draft.words.first, draft.words.last);
        let upper = reader.words[draft.head].shape.has(Shape::UPPER);
        let says = |k: usize| k < reader.words.len() && reader.is(k, Class::SAY);
        let beside_say = reader.capital(first) && (says(last + 1) || first > 0 && says(first - 1));
        let alone = first == last && draft.form == Form::Organisation;
        if (upper || beside_say) && alone && self.namesakes(self.reader.hash(draft.head)).next().is_some() {
            draft.form = Form::Name;
            draft.name = Some(draft.words);
            draft.rule = "mentions/capitals";
        }
    }

    /// True for drafts that are proved, or named elsewhere.
    fn stays(&self, draft: &Draft) -> bool {
        if draft.proof != Proof::Weak || draft.known.is_some() {
            return draft.proof != Proof::Shape || self.shape_holds(draft);
        }
        match draft.name {
            Some(name) if draft.rule == SMALL_SURNAME => {
                let mut namesakes = self.namesakes(self.reader.hash(name.last));
                namesakes.any(|p| self.people[p].units > 1)
            }
            Some(name) if self.units(name) < 2 => {
                let hash = self.reader.hash(self.surname_at(name));
                self.namesakes(hash).next().is_some()
                    || self.by_first_name.contains_key(&hash) && !self.common(name.first)
                    || self.reports(draft)
            }
            Some(name) => self.by_full_name.contains_key(&self.full_key(name)) || self.reports(draft),
            None => self.reports(draft),
        }
    }

    fn common(&self, at: usize) -> bool {
        self.reader
            .is(at, Class::COMMON.or(Class::VERB).or(Class::PLACE).or(Class::ADJECTIVE))
    }

    /// Two unknown capitals are no person behind `the` or `in`.
    fn shape_holds(&self, draft: &Draft) -> bool {
        let first = draft.words.first;
        let article = self.reader.is(first, Class::ARTICLE);
        let place = first > 0 && ["in", "at", "near", "across"].contains(&self.reader.page.word(first - 1));
        !article && !place
    }

    /// True where a verb of saying stands behind the mention, or before it.
    fn reports(&self, draft: &Draft) -> bool {
        let first = draft.words.first;
        let alone = draft.words.first == draft.words.last;
        let common = alone && draft.name.is_some_and(|n| n.first == n.last && self.common(n.first));
        let before = first > 0 && self.reader.is(first - 1, Class::SAY) || self.reader.according_to(first);
        let colon =
            self.reader.kind(draft.next()) == Some(Kind::Colon) && self.reader.words[first].shape.has(Shape::FIRST);
        let next = draft.next();
        let behind = self.reader.verb_from(next, (next + 4).min(self.reader.words.len()));
        let Some(verb) = behind else {
            return before && !common || colon;
        };
        before && !common || self.reader.is(verb, if common { Class::SAY } else { Class::CUE }) || self.unknown(draft)
    }

    /// A name of one word that no list knows: any verb behind it will do, unless it ends like a noun for what is done, which may
    /// open a sentence: `Fundraising was slow.`
    fn unknown(&self, draft: &Draft) -> bool {
        let Some(name) = draft.name.filter(|n| n.first == n.last) else {
            return false;
        };
        let word = &self.reader.words[name.first];
        let endings = ["ing", "tion", "ment", "ness", "ism", "ity", "ship", "ance", "ence"];
        let text = self.reader.page.word(name.first);
        let deed = endings.iter().any(|ending| text.ends_with(ending));
        word.classes == Class::NONE && !deed
    }

    /// The entity of a draft that stays.
    fn entity(&mut self, draft: &Draft) -> Option<usize> {
        match (draft.form, draft.name) {
            (Form::Name, Some(name)) => self.person_of(draft, name),
            (Form::Organisation | Form::Source | Form::Joint, _) => Some(self.as_written(draft)),
            _ => None,
        }
    }

    fn person_of(&self, draft: &Draft, name: Words) -> Option<usize> {
        if self.units(name) > 1 && draft.known.is_none() {
            let person = self.find_full(name)?;
            return Some(self.people[person].entity);
        }
        if let Some(known) = draft.known {
            let mine = self.by_roster.get(&(known as u64));
            if let Some(&mine) = mine {
                let entity = self.people[mine].entity;
                let against = draft.role.is_some() && opposed(draft.gender, self.entities[entity].gender);
                let suffix = self.suffix(name) != 0;
                if !against && !suffix {
                    return Some(entity);
                }
            }
        }
        let mut candidates = self.candidates(draft, name);
        let person = candidates.next();
        let person = if candidates.next().is_some() { None } else { person };
        let by_first = || self.by_first_name.get(&self.reader.hash(name.first)).copied().flatten();
        let none_at_all = self.namesakes(self.reader.hash(self.surname_at(name))).next().is_none();
        let person = person.or_else(|| if none_at_all { by_first() } else { None })?;
        Some(self.people[person].entity)
    }

    /// Bodies and sources go by their words, article apart.
    fn as_written(&mut self, draft: &Draft) -> usize {
        let Words { first, last } = draft.words;
        let first = first + usize::from(first < last && self.reader.is(first, Class::ARTICLE));
        let key = (first..=last).fold(draft.form as u64, |key, k| mix(key, self.reader.hash(k)));
        if let Some(&entity) = self.by_words.get(&key) {
            return entity;
        }
        let entity = self.add_entity(self.written(draft.words), draft.form);
        self.entities[entity].gender = draft.gender;
        self.by_words.insert(key, entity);
        entity
    }
}

/// True for two genders that are known and differ.
pub(super) fn opposed(a: Gender, b: Gender) -> bool {
    a != Gender::Unknown && b != Gender::Unknown && a != b
}

pub(super) fn mix(key: u64, hash: u64) -> u64 {
    (key.rotate_left(7) ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
