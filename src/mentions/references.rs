//! Whom a pronoun or an office refers to.
//!
//! One pass forward keeps the few entities that a reader has in mind, each with a weight: full for the subject of a clause or
//! a speaker, less for an object, halved with every sentence. A pronoun takes the weightiest entity that fits its gender and
//! number, if it stands clear of the next; a role the one person who holds it. Words inside quotation marks neither add
//! weight nor are referred. In doubt there is no answer.

use super::entities::opposed;
use super::phrases::{PERSON, Reader};
use super::scan::{Draft, Rule, Words};
use super::{Entity, Form, Gender, Mention};
use crate::quotes::Marked;
use crate::seeds::{Class, Seeds};
use crate::sentences::Sentence;
use crate::spare;
use crate::words::Kind;
use std::hint::select_unpredictable;
use std::ops::Range;

/// Whom a mention refers to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference {
    /// Index in [`super::Mentions::entities`].
    pub entity: usize,
    /// 0 to 1: how clear of the next best.
    pub score: f32,
}

/// What a mention weighs by its role in the clause: where a subject was met in the sentence before it, and where not.
const WEIGHTS: [[f32; 2]; 3] = [[0.6, 1.2], [0.6, 1.0], [0.45, 0.45]];
/// Most entities kept in mind.
const MIND: usize = 12;
/// What a weight keeps from one sentence to the next.
const FADE: f32 = 0.45;
/// How much more than the next best the best must weigh.
const MARGIN: f32 = 1.3;
/// Less weight than this is forgotten.
const LEAST: f32 = 0.04;

/// What is left of the weight of someone whom a quotation names, where its speaker is sought.
const THIRD_PERSON: f32 = 0.6;
/// Words between a quotation and the pronoun that speaks it, at most.
const NEAR: usize = 4;
/// Names further behind a pronoun say nothing about it.
const AHEAD: usize = 30;

/// Places in mind: for one entity more than are kept, so that the least can be told, and a round number.
const PLACES: usize = 16;

/// One bit for each place.
const BITS: [u32; PLACES] = {
    let mut bits = [0; PLACES];
    let mut place = 0;
    while place < PLACES {
        bits[place] = 1 << place;
        place += 1;
    }
    bits
};

/// What a pronoun asks of an entity: bits of a person, of more than one, of each gender.
#[derive(Debug, Clone, Copy, Default)]
struct Traits(u8);

impl Traits {
    const PERSON: u8 = 1;
    const PLURAL: u8 = 2;

    fn new(entity: &Entity, plural: bool) -> Traits {
        let person = entity.form != Form::Organisation;
        let person = u8::from(person) * Traits::PERSON;
        let plural = u8::from(plural) * Traits::PLURAL;
        Traits(person | plural | Traits::of(entity.gender))
    }

    /// What speaks against a gender: the other one.
    fn against(gender: Gender) -> u8 {
        let of = Traits::of(gender);
        of >> 1 & 4 | of << 1 & 8
    }

    /// By a table: which gender it is is unpredictable.
    fn of(gender: Gender) -> u8 {
        [0, 4, 8][gender as usize]
    }
}

/// The entities that were named last, without order.
#[derive(Default)]
struct Recent {
    /// Each with one added; nothing where there is none.
    entities: [u32; PLACES],
    count: usize,
}

impl Recent {
    fn clear(&mut self) {
        *self = Recent::default();
    }

    fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds an entity, in the place of the one that has been there longest where there are as many as are kept.
    fn add(&mut self, entity: usize) {
        self.entities[self.count % MIND] = entity as u32 + 1;
        self.count += 1;
    }

    /// True for one of them: all are compared at once.
    fn holds(&self, entity: usize) -> bool {
        let same = self.entities.map(|other| other == entity as u32 + 1);
        same.into_iter().fold(false, |any, same| any | same)
    }
}

/// The few entities kept in mind. Who is forgotten is unpredictable, so all places are looked at each time.
#[derive(Default)]
struct Mind {
    /// Who has each place; nobody, where the weight is nothing.
    entities: [u32; PLACES],
    weights: [f32; PLACES],
    traits: [Traits; PLACES],
    /// When each came to mind, by a count of all that did.
    since: [u32; PLACES],
    came: u32,
    /// The places that nobody has, as bits.
    free: u32,
    /// The place that each entity of the article had last, and one for nobody.
    places: Vec<u8>,
}

impl Mind {
    /// Forgets the page before.
    fn clear(&mut self, entities: usize) {
        self.places.clear();
        self.places.resize(entities + 1, 0);
        *self = Mind {
            places: std::mem::take(&mut self.places),
            free: (1 << PLACES) - 1,
            ..Mind::default()
        };
    }

    fn fade(&mut self) {
        for weight in &mut self.weights {
            let less = *weight * FADE;
            *weight = if less > LEAST { less } else { 0.0 };
        }
        self.free = 0;
        for (weight, bit) in self.weights.iter().zip(BITS) {
            self.free |= if *weight == 0.0 { bit } else { 0 };
        }
    }

    /// Gives weight to an entity, which may bring it to mind. Whether it is there already is unpredictable, so both ways are
    /// one: someone new has weighed nothing.
    fn weigh(&mut self, entity: usize, more: f32, traits: Traits) {
        let place = usize::from(self.places[entity]) % PLACES;
        let weight = self.weights[place];
        let known = (self.entities[place] == entity as u32) & (weight > 0.0);
        let free = self.free.trailing_zeros() as usize % PLACES;
        let place = select_unpredictable(known, place, free);
        let weight = weight * f32::from(u8::from(known));
        let (more, less) = if more > weight { (more, weight) } else { (weight, more) };
        self.free &= self.free.wrapping_sub(u32::from(!known));
        self.places[entity] = place as u8;
        self.entities[place] = entity as u32;
        self.weights[place] = more + 0.3 * less;
        self.traits[place].0 = select_unpredictable(known, self.traits[place].0, traits.0);
        self.since[place] = select_unpredictable(known, self.since[place], self.came);
        self.came += u32::from(!known);
        if self.free.count_ones() < (PLACES - MIND) as u32 {
            self.forget_least();
        }
    }

    /// Forgets the entity of the least weight, the one that came first of several.
    #[inline(never)]
    fn forget_least(&mut self) {
        let rank = |place: usize| {
            // Numbers that are not negative are in the order of their bits; nothing at all comes last.
            let weight = self.weights[place].to_bits().wrapping_sub(1);
            u64::from(weight) << 32 | u64::from(self.since[place])
        };
        let least = (0..PLACES).fold((u64::MAX, 0), |least, place| {
            let rank = rank(place);
            if rank < least.0 { (rank, place) } else { least }
        });
        self.weights[least.1] = 0.0;
        self.free |= 1 << least.1;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ClauseRole {
    /// Subject or agent of a verb that reports.
    Speaker,
    Subject,
    Object,
}

/// The role of a mention that is no subject, of one that is, and twice of one that speaks.
const ROLES: [ClauseRole; 4] = [
    ClauseRole::Object,
    ClauseRole::Subject,
    ClauseRole::Speaker,
    ClauseRole::Speaker,
];

/// An office held by someone in this article.
struct Office {
    entity: usize,
    /// Its words, as a range of [`Offices::words`].
    words: Range<usize>,
    /// One bit for each word by which it is found: most offices asked for have another.
    bits: u64,
}

/// The offices of an article, in the order of those who hold them.
#[derive(Default)]
struct Offices {
    list: Vec<Office>,
    /// The meanings of their words.
    words: Vec<u64>,
    /// True for each entity whose offices the roster has given.
    told: Vec<bool>,
}

impl Offices {
    /// Makes an office of the words behind the last one.
    fn close(&mut self, entity: usize) {
        let start = self.list.last().map_or(0, |last| last.words.end);
        let words = start..self.words.len();
        let found_by = self.words[start..].iter().take(OFFICE_WORDS);
        let bits = found_by.fold(0, |bits, word| bits | word_bit(*word));
        self.list.push(Office { entity, words, bits });
    }

    fn words(&self, office: &Office) -> &[u64] {
        &self.words[office.words.clone()]
    }

    /// The first offices with a word, each entity's once.
    fn with(&self, word: u64) -> Vec<&Office> {
        let mut found: Vec<&Office> = Vec::new();
        let bit = word_bit(word);
        for office in self.list.iter().filter(|office| office.bits & bit != 0) {
            let words = self.words(office);
            let same = |other: &&Office| other.entity == office.entity && self.words(other) == words;
            if found.len() < OFFICES && words.iter().take(OFFICE_WORDS).any(|&w| w == word) && !found.iter().any(same) {
                found.push(office);
            }
        }
        found
    }
}

fn word_bit(hash: u64) -> u64 {
    1 << (hash >> 58)
}

/// Words of an office by which it is found, at most.
const OFFICE_WORDS: usize = 12;
/// Offices with one word that are compared, at most.
const OFFICES: usize = 16;

/// The words of a sentence that open it.
#[derive(Clone, Copy)]
struct Opening {
    start: usize,
    last: usize,
}

impl Opening {
    fn holds(self, at: usize) -> bool {
        (at >= self.start) & (at <= self.last)
    }
}

/// What is kept from one page to the next, to be filled anew.
#[derive(Default)]
pub(super) struct Scratch {
    mind: Mind,
    seen: Vec<u32>,
    bearers: Vec<u32>,
    offices: Offices,
    named: Recent,
    others: Vec<usize>,
}

/// The sentences of a page, and its passages in quotation marks.
pub(super) struct Parts<'a> {
    pub sentences: &'a [Sentence],
    pub marked: &'a [Marked],
}

/// The drafts of a page, and whom each names.
#[derive(Clone, Copy)]
pub(super) struct Tied<'a> {
    pub drafts: &'a [Draft],
    pub ties: &'a [Option<usize>],
    /// Which of them are the mentions, in text order.
    pub order: &'a [u32],
    /// Which stand inside these, in text order.
    pub inner: &'a [u32],
}

impl<'a> Tied<'a> {
    /// A draft and whom it names.
    fn get(&self, index: u32) -> (&'a Draft, Option<usize>) {
        (&self.drafts[index as usize], self.ties[index as usize])
    }
}

struct Memory<'a> {
    reader: Reader<'a>,
    seeds: &'a Seeds,
    tied: Tied<'a>,
    mind: Mind,
    /// The sentence that named each entity last.
    seen: Vec<u32>,
    /// Told where the first role asks for them.
    offices: Option<Offices>,
    /// The sentence whose first subject has been met.
    subject_in: usize,
}

/// Answers for every mention of a list, by its index: names and bodies have their own entity, pronouns and roles are referred.
/// Entities learn how many mentions they have.
pub(super) fn refer(
    reader: Reader,
    Parts { sentences, marked }: Parts,
    seeds: &Seeds,
    tied: Tied,
    list: &mut [Mention],
    entities: &mut [Entity],
    kept: &mut Scratch,
) -> Vec<Option<Reference>> {
    let mut memory = Memory {
        reader,
        seeds,
        tied,
        mind: std::mem::take(&mut kept.mind),
        seen: std::mem::take(&mut kept.seen),
        offices: None,
        subject_in: usize::MAX,
    };
    memory.mind.clear(entities.len());
    memory.seen.clear();
    memory.seen.resize(entities.len(), u32::MAX);
    let mut answers = spare::take(&super::REFERENCES, list.len());
    let nobody = entities.len();
    // Whom the words of the last passages name: whoever says them rarely speaks of themselves by name.
    let Scratch { named, others, .. } = kept;
    named.clear();
    let (mut sentence, mut passage, mut within) = (0, 0, 0);
    // Where the next of those inside others begins.
    let first_of = |inner: usize| {
        tied.inner
            .get(inner)
            .map_or(usize::MAX, |&i| tied.get(i).0.words.first())
    };
    let (mut inner, mut next_inner) = (0, first_of(0));
    let mut opening = memory.opening(sentences.first());
    // Where the next sentence and the next passage begin to matter.
    let end_of = |sentence: usize| match sentences.get(sentence + 1) {
        Some(_) => sentences[sentence].words.end,
        None => usize::MAX,
    };
    let start_of = |passage: usize| marked.get(passage).map_or(usize::MAX, |m| m.words.start);
    let (mut sentence_end, mut next_passage) = (end_of(0), start_of(0));
    for (index, mention) in list.iter_mut().enumerate() {
        let (draft, entity) = tied.get(tied.order[index]);
        let at = draft.words.first();
        while sentence_end <= at {
            sentence += 1;
            sentence_end = end_of(sentence);
            opening = memory.opening(sentences.get(sentence));
            // Sentences inside a long quotation let nobody fade.
            while next_passage < opening.start {
                within = within.max(marked[passage].words.end);
                passage += 1;
                next_passage = start_of(passage);
            }
            if opening.start >= within {
                memory.mind.fade();
            }
        }
        while next_passage <= at {
            if next_passage > within + NEAR {
                named.clear();
            }
            within = within.max(marked[passage].words.end);
            passage += 1;
            next_passage = start_of(passage);
        }
        let quoted = at < within;
        while next_inner < at {
            memory.glance(tied.get(tied.inner[inner]), entities);
            inner += 1;
            next_inner = first_of(inner);
        }
        let answer = match (entity, draft.form) {
            (Some(entity), _) => {
                // The last few are enough: a chain of quotations may go on for a whole book.
                if quoted && !named.holds(entity) {
                    named.add(entity);
                }
                Some(Reference { entity, score: 1.0 })
            }
            (None, Form::Role) => {
                if memory.offices.is_none() {
                    let mut offices = std::mem::take(&mut kept.offices);
                    memory.tell_offices(entities, &mut offices, &mut kept.bearers);
                    memory.offices = Some(offices);
                }
                let holder = memory.holder(draft, sentence, entities);
                mention.entity = holder.map(|holder| holder.entity);
                holder
            }
            (None, Form::Pronoun) if !quoted => {
                if at > within + NEAR {
                    named.clear();
                }
                others.clear();
                // "He thinks Moss will win": he is not Moss.
                let this = sentences.get(sentence);
                if (this.is_some() & opening.holds(at)) | (at <= within + 1) {
                    let rest = this.map_or(at, |s| s.words.end).min(next_passage);
                    let rest = rest.min(at + AHEAD);
                    for &index in &tied.order[index + 1..] {
                        let (draft, entity) = tied.get(index);
                        if draft.words.first() >= rest {
                            break;
                        }
                        others.push(entity.unwrap_or(nobody));
                    }
                }
                let apart = Apart { named, others };
                let before = answers.last().copied().flatten();
                memory.pronoun(draft, entities, before, apart)
            }
            _ => None,
        };
        if let Some(reference) = answer {
            if mention.entity.is_some() {
                let entity = &mut entities[reference.entity];
                entity.mentions += 1;
                let first = entity.first_mention;
                entity.first_mention = select_unpredictable(first.is_some(), first, Some(index));
            }
            if !quoted {
                memory.think(draft, reference, sentence, opening, entities);
            }
        }
        answers.push(answer);
    }
    (kept.mind, kept.seen) = (memory.mind, memory.seen);
    if let Some(offices) = memory.offices {
        kept.offices = offices;
    }
    answers
}

/// Whom a pronoun can hardly mean.
#[derive(Clone, Copy)]
struct Apart<'a> {
    /// Named in the quotation that it is the speaker of.
    named: &'a Recent,
    /// Named behind it in its sentence; mentions that name nobody are among them.
    others: &'a [usize],
}

impl Apart<'_> {
    /// What those in mind keep of their weights.
    fn shares(&self, mind: &Mind) -> [f32; PLACES] {
        let mut shares = [1.0; PLACES];
        let named = &self.named.entities[..self.named.count.min(MIND)];
        let named = named.iter().map(|&entity| (entity as usize - 1, THIRD_PERSON));
        let others = self.others.iter().map(|&entity| (entity, 0.0));
        for (entity, share) in named.chain(others) {
            let place = usize::from(mind.places[entity]) % PLACES;
            let there = mind.entities[place] == entity as u32;
            shares[place] = [shares[place], share][usize::from(there)];
        }
        shares
    }
}

impl Memory<'_> {
    /// The last word that opens a sentence, adverbs and coordinators passed over.
    fn opening(&self, sentence: Option<&Sentence>) -> Opening {
        let joins = Class::ADVERB.or(Class::COORDINATOR);
        let under = Class::SUBORDINATOR.or(Class::PREPOSITION).or(Class::RELATIVE);
        let passed = |k: usize| self.reader.is(k, joins) & !self.reader.is(k, under);
        let start = sentence.map_or(0, |s| s.words.start);
        let one = usize::from(passed(start));
        let last = start + one + one * usize::from(passed(start + 1));
        Opening { start, last }
    }

    /// The offices that mentions give their entities, and those that the roster gives.
    #[inline(never)]
    fn tell_offices(&self, entities: &[Entity], offices: &mut Offices, bearers: &mut Vec<u32>) {
        offices.list.clear();
        offices.words.clear();
        offices.told.clear();
        offices.told.resize(entities.len(), false);
        let tied = &self.tied;
        bearers.resize(tied.order.len() + tied.inner.len(), 0);
        let mut count = 0;
        // Few give an office; which of them do is unpredictable.
        for &index in tied.order.iter().chain(tied.inner) {
            let (draft, entity) = tied.get(index);
            bearers[count] = index;
            count += usize::from((draft.form == Form::Name) & entity.is_some());
        }
        let names = count;
        count = 0;
        for place in 0..names {
            let index = bearers[place];
            let (draft, entity) = tied.get(index);
            let of_roster = entity.is_some_and(|entity| entities[entity].roster.is_some());
            bearers[count] = index;
            count += usize::from(draft.role.is_some() | of_roster);
        }
        for &index in &bearers[..count] {
            let (draft, Some(entity)) = tied.get(index) else {
                continue;
            };
            if let Some(person) = entities[entity].roster.filter(|_| !offices.told[entity]) {
                offices.told[entity] = true;
                for role in &self.seeds.roster.people()[person as usize].roles {
                    offices.words.extend(role);
                    offices.close(entity);
                }
            }
            if let Some(role) = draft.role {
                self.note_words(role, &mut offices.words);
                offices.close(entity);
            }
        }
    }

    /// Writes the meanings of the words of an office behind the others.
    fn note_words(&self, role: Words, words: &mut Vec<u64>) {
        let small = Class::ARTICLE.or(Class::DETERMINER).or(Class::POSSESSIVE);
        let start = words.len();
        for k in role.first()..=role.last() {
            let word = &self.reader.words[k];
            let taken = words.len() - start;
            if word.is(Class::PREPOSITION) & (taken > 7) {
                break;
            }
            if (taken < 16) & word.letters() & !word.is(small) {
                words.push(self.meaning(k));
            }
        }
    }

    /// The hash of a word, abbreviated titles by their whole word.
    fn meaning(&self, at: usize) -> u64 {
        let word = &self.reader.words[at];
        // The vocabulary is large, so it is asked for titles alone.
        if word.is(Class::TITLE) {
            let vocabulary = &self.seeds.vocabulary;
            let lemma = vocabulary.lemma(word.id);
            if lemma != word.id {
                return crate::words::Fold::of(vocabulary.word(lemma));
            }
        }
        word.hash
    }

    /// The one person who holds the office, or the one of several who was named last.
    #[inline(never)]
    fn holder(&self, draft: &Draft, sentence: usize, entities: &[Entity]) -> Option<Reference> {
        let words = draft.words.first()..draft.words.last() + 1;
        let head = words.clone().rev().find(|&k| self.reader.is(k, PERSON))?;
        let all = self.offices.as_ref()?;
        let offices = all.with(self.meaning(head));
        let small = Class::ARTICLE
            .or(Class::DETERMINER)
            .or(Class::PREPOSITION)
            .or(Class::POSSESSIVE);
        let asked = |k: &usize| self.reader.words[*k].letters() && !self.reader.is(*k, small);
        let fits = |office: &&&Office| {
            !opposed(draft.gender, entities[office.entity].gender)
                && words
                    .clone()
                    .filter(asked)
                    .all(|k| all.words(office).contains(&self.meaning(k)))
        };
        let mut holders: Vec<usize> = offices.iter().filter(fits).map(|o| o.entity).collect();
        holders.sort_unstable();
        holders.dedup();
        let size = words.clone().filter(asked).count();
        let mut exactly = offices.iter().filter(fits).filter(|o| all.words(o).len() == size);
        let exact = exactly
            .next()
            .map(|o| o.entity)
            .filter(|&e| exactly.all(|o| o.entity == e));
        let ago = |entity: usize| {
            let seen = self.seen[entity] as usize;
            sentence.checked_sub(seen).unwrap_or(usize::MAX)
        };
        match holders[..] {
            [] => None,
            [entity] => Some(Reference { entity, score: 0.95 }),
            _ if exact.is_some() => Some(Reference {
                entity: exact?,
                score: 0.85,
            }),
            _ => {
                holders.sort_by_key(|&e| ago(e));
                let (best, next) = (holders[0], holders[1]);
                let roster = entities[best].known.is_some() || !holders.iter().any(|&h| entities[h].known.is_some());
                (ago(best) <= 3 && ago(next) > 6 && roster).then_some(Reference {
                    entity: best,
                    score: 0.7,
                })
            }
        }
    }

    /// Whoever in mind fits a pronoun best.
    #[inline(never)]
    fn pronoun(
        &mut self,
        draft: &Draft,
        entities: &mut [Entity],
        before: Option<Reference>,
        apart: Apart,
    ) -> Option<Reference> {
        let at = draft.words.first();
        let hash = self.reader.hash(at);
        let hashes = self.reader.hashes;
        let relative = (hash == hashes.who) | (hash == hashes.which) | (hash == hashes.that);
        let speaks = self.reader.is(at, Class::MASCULINE.or(Class::FEMININE));
        let it = hash == hashes.it;
        if relative | !(speaks | it | draft.plural) | (hash == hashes.i) {
            return before.filter(|_| relative);
        }
        // "she" is one person, and no man.
        let one = Traits::PERSON | Traits::PLURAL;
        let (asked, wanted) = select_unpredictable(it, (one, 0), (Traits::PLURAL, Traits::PLURAL));
        let she = (one | Traits::against(draft.gender), Traits::PERSON);
        let (asked, wanted) = select_unpredictable(speaks, she, (asked, wanted));
        let alike = apart.named.is_empty() && apart.others.is_empty();
        let mut weights = self.mind.weights;
        if !alike {
            for (weight, share) in weights.iter_mut().zip(apart.shares(&self.mind)) {
                *weight *= share;
            }
        }
        // Weights are not negative, so they are in the order of their bits. Whose is the larger is unpredictable.
        let (mut best, mut next) = (0, 0);
        for (place, (weight, traits)) in weights.iter().zip(&self.mind.traits).enumerate() {
            let fits = u32::from(traits.0 & asked == wanted);
            let own = u64::from(weight.to_bits() * fits) << 8 | place as u64;
            next = own.min(best).max(next);
            best = own.max(best);
        }
        let place = best as usize % PLACES;
        let [weight, next] = [best, next].map(|own| f32::from_bits((own >> 8) as u32));
        if (weight <= 0.0) | (weight < next * MARGIN) {
            return None;
        }
        let best = self.mind.entities[place] as usize;
        let entity = &mut entities[best];
        if speaks && entity.gender == Gender::Unknown {
            entity.gender = draft.gender;
            self.mind.traits[place].0 |= Traits::of(draft.gender);
        }
        Some(Reference {
            entity: best,
            score: weight / (weight + next + 0.1),
        })
    }

    /// Gives weight to what a mention brings to mind.
    fn think(&mut self, draft: &Draft, reference: Reference, sentence: usize, opening: Opening, entities: &[Entity]) {
        // "anyone", "one of which": nobody that he or she could be.
        let of_nobody = (draft.rule == Rule::Indefinite) | (draft.rule == Rule::Quantifier);
        if of_nobody & (draft.form == Form::Source) & !draft.plural {
            return;
        }
        let mut role = self.clause_role(draft);
        // "Moss, the owner of the ferry and star of the show, said": whoever opens a sentence is its subject.
        let object_opens = (role == ClauseRole::Object) & opening.holds(draft.words.first());
        role = select_unpredictable(object_opens & self.parted(draft), ClauseRole::Subject, role);
        let first_subject = self.subject_in != sentence;
        self.subject_in = match role {
            ClauseRole::Object => self.subject_in,
            _ => sentence,
        };
        let weight = WEIGHTS[role as usize][usize::from(first_subject)];
        self.seen[reference.entity] = sentence as u32;
        let entity = reference.entity;
        self.mind
            .weigh(entity, weight, Traits::new(&entities[entity], draft.plural));
    }

    /// True where a comma or a dash follows.
    fn parted(&self, draft: &Draft) -> bool {
        let behind = self.reader.kind(draft.words.last() + 1);
        (behind == Some(Kind::Comma)) | (behind == Some(Kind::Dash)) | draft.tail.is_some()
    }

    /// What a mention does in its clause, told without branches: what stands before a mention and behind it is unpredictable.
    fn clause_role(&self, draft: &Draft) -> ClauseRole {
        let (reader, first) = (&self.reader, draft.words.first());
        let (mut agent, mut preposition) = (false, false);
        if let Some(before) = first.checked_sub(1).map(|b| &reader.words[b]) {
            let to = before.hash == reader.hashes.to;
            let according = reader.hash(first.wrapping_sub(2)) == reader.hashes.according;
            agent = (before.hash == reader.hashes.by) | before.is(Class::SAY) | (to & according);
            preposition = to | before.is(Class::PREPOSITION);
        }
        let verb = reader.past_adverbs(reader.past_time(draft.next()));
        let finite = reader.finite(verb);
        let cue = reader.is(verb, Class::CUE);
        let speaker = agent | (!preposition & finite & cue);
        let subject = !preposition & finite;
        ROLES[usize::from(speaker) * 2 + usize::from(subject)]
    }

    /// A name inside a longer mention comes to mind, faintly.
    fn glance(&mut self, (draft, entity): (&Draft, Option<usize>), entities: &[Entity]) {
        if let Some(entity) = entity {
            self.mind
                .weigh(entity, 0.3, Traits::new(&entities[entity], draft.plural));
        }
    }
}
