//! Whom a pronoun or an office refers to.
//!
//! One pass forward keeps the few entities that a reader has in mind, each with a weight: full for the subject of a clause or
//! a speaker, less for an object, halved with every sentence. A pronoun takes the weightiest entity that fits its gender and
//! number, if it stands clear of the next; a role the one person who holds it. Words inside quotation marks neither add
//! weight nor are referred. In doubt there is no answer.

use super::entities::opposed;
use super::phrases::{PERSON, Reader};
use super::{Entity, Form, Gender, Mention};
use crate::quotes::Marked;
use crate::seeds::{Class, Seeds};
use crate::sentences::Sentence;
use crate::text::Span;
use crate::words::Kind;
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

/// An entity kept in mind.
#[derive(Debug, Clone, Copy)]
struct Thought {
    entity: u32,
    person: bool,
    plural: bool,
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

/// What is remembered of an entity.
#[derive(Debug, Clone, Copy)]
struct Trace {
    /// Nothing, where it is not in mind.
    weight: f32,
    /// The sentence that named it last.
    seen: u32,
}

impl Trace {
    const NONE: Trace = Trace {
        weight: 0.0,
        seen: u32::MAX,
    };
}

/// What is kept from one page to the next, to be filled anew.
#[derive(Default)]
pub(super) struct Scratch {
    /// Mentions inside longer ones.
    pub inner: Vec<Mention>,
    mind: Vec<Thought>,
    traces: Vec<Trace>,
    offices: Offices,
    named: Vec<usize>,
    others: Vec<usize>,
}

struct Memory<'a> {
    reader: Reader<'a>,
    seeds: &'a Seeds,
    mind: Vec<Thought>,
    /// What is remembered of each entity.
    traces: Vec<Trace>,
    /// Told where the first role asks for them.
    offices: Option<Offices>,
    /// The sentence whose first subject has been met.
    subject_in: usize,
}

/// Answers for every mention of a list, by its index: names and bodies have their own entity, pronouns and roles are referred.
/// Entities learn how many mentions they have.
pub(super) fn refer(
    reader: Reader,
    sentences: &[Sentence],
    marked: &[Marked],
    seeds: &Seeds,
    list: &mut [Mention],
    entities: &mut [Entity],
    kept: &mut Scratch,
) -> Vec<Option<Reference>> {
    let mut memory = Memory {
        reader,
        seeds,
        mind: std::mem::take(&mut kept.mind),
        traces: std::mem::take(&mut kept.traces),
        offices: None,
        subject_in: usize::MAX,
    };
    memory.mind.clear();
    memory.traces.clear();
    memory.traces.resize(entities.len(), Trace::NONE);
    let mut answers = Vec::with_capacity(list.len());
    // Whom the words of the last passages name: whoever says them rarely speaks of themselves by name.
    let Scratch {
        inner, named, others, ..
    } = kept;
    named.clear();
    let (mut sentence, mut passage, mut within, mut next_inner) = (0, 0, 0, 0);
    let mut opening = memory.opening(sentences.first());
    // Where the next sentence and the next passage begin to matter.
    let end_of = |sentence: usize| match sentences.get(sentence + 1) {
        Some(_) => sentences[sentence].words.end,
        None => usize::MAX,
    };
    let start_of = |passage: usize| marked.get(passage).map_or(usize::MAX, |m| m.words.start);
    let (mut sentence_end, mut next_passage) = (end_of(0), start_of(0));
    for index in 0..list.len() {
        let at = list[index].words.start;
        while sentence_end <= at {
            sentence += 1;
            sentence_end = end_of(sentence);
            // Sentences inside a long quotation let nobody fade.
            let start = sentences[sentence].words.start;
            while next_passage < start {
                within = within.max(marked[passage].words.end);
                passage += 1;
                next_passage = start_of(passage);
            }
            if start >= within {
                memory.fade();
            }
            opening = memory.opening(sentences.get(sentence));
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
        while let Some(within) = inner.get(next_inner).filter(|m| m.words.start < at) {
            memory.glance(within, entities);
            next_inner += 1;
        }
        let answer = match (list[index].entity, list[index].form) {
            (Some(entity), _) => {
                if quoted && !named.contains(&entity) {
                    // The last few are enough: a chain of quotations may go on for a whole book.
                    named.truncate(MIND - 1);
                    named.insert(0, entity);
                }
                Some(Reference { entity, score: 1.0 })
            }
            (None, Form::Role) => {
                if memory.offices.is_none() {
                    let mut offices = std::mem::take(&mut kept.offices);
                    memory.tell_offices(list, inner, entities, &mut offices);
                    memory.offices = Some(offices);
                }
                let holder = memory.holder(&list[index], sentence, entities);
                list[index].entity = holder.map(|holder| holder.entity);
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
                    let ahead = list[index + 1..]
                        .iter()
                        .take_while(|m| m.words.start < rest && m.words.start < at + AHEAD);
                    others.extend(ahead.filter_map(|m| m.entity));
                }
                let apart = Apart { named, others };
                let before = answers.last().copied().flatten();
                memory.pronoun(&list[index], entities, before, apart)
            }
            _ => None,
        };
        if let Some(reference) = answer {
            let mention = &list[index];
            if mention.entity.is_some() {
                let entity = &mut entities[reference.entity];
                entity.mentions += 1;
                entity.first_mention.get_or_insert(index);
            }
            if !quoted {
                memory.think(mention, reference, sentence, opening, entities);
            }
        }
        answers.push(answer);
    }
    (kept.mind, kept.traces) = (memory.mind, memory.traces);
    if let Some(offices) = memory.offices {
        kept.offices = offices;
    }
    answers
}

/// Whom a pronoun can hardly mean.
#[derive(Debug, Clone, Copy)]
struct Apart<'a> {
    /// Named in the quotation that it is the speaker of.
    named: &'a [usize],
    /// Named behind it in its sentence.
    others: &'a [usize],
}

impl Apart<'_> {
    /// What an entity keeps of its weight.
    fn share(&self, entity: usize) -> f32 {
        match () {
            () if self.others.contains(&entity) => 0.0,
            () if self.named.contains(&entity) => THIRD_PERSON,
            () => 1.0,
        }
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

    fn fade(&mut self) {
        // Who stays is hard to foretell, so all are moved.
        let mut kept = 0;
        for i in 0..self.mind.len() {
            let thought = self.mind[i];
            let weight = &mut self.traces[thought.entity as usize].weight;
            let less = *weight * FADE;
            let stays = less > LEAST;
            *weight = if stays { less } else { 0.0 };
            self.mind[kept] = thought;
            kept += usize::from(stays);
        }
        self.mind.truncate(kept);
    }

    /// The offices that mentions give their entities, and those that the roster gives.
    fn tell_offices(&self, list: &[Mention], inner: &[Mention], entities: &[Entity], offices: &mut Offices) {
        offices.list.clear();
        offices.words.clear();
        offices.told.clear();
        offices.told.resize(entities.len(), false);
        for mention in list.iter().chain(inner) {
            let (Some(entity), Form::Name) = (mention.entity, mention.form) else {
                continue;
            };
            if let Some(person) = entities[entity].roster.filter(|_| !offices.told[entity]) {
                offices.told[entity] = true;
                for role in &self.seeds.roster.people()[person as usize].roles {
                    offices.words.extend(role);
                    offices.close(entity);
                }
            }
            if let Some(role) = mention.role {
                self.note_words(mention.words.start, role, &mut offices.words);
                offices.close(entity);
            }
        }
    }

    /// Writes the meanings of the words of an office, which do not begin before word `from`, behind the others.
    fn note_words(&self, from: usize, role: Span, words: &mut Vec<u64>) {
        let small = Class::ARTICLE.or(Class::DETERMINER).or(Class::POSSESSIVE);
        let start = words.len();
        for (k, word) in self.reader.words.iter().enumerate().skip(from) {
            if word.start < role.start {
                continue;
            }
            let taken = words.len() - start;
            if word.start >= role.end || word.is(Class::PREPOSITION) && taken > 7 {
                break;
            }
            if taken < 16 && word.letters() && !word.is(small) {
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
    fn holder(&self, mention: &Mention, sentence: usize, entities: &[Entity]) -> Option<Reference> {
        let head = mention.words.clone().rev().find(|&k| self.reader.is(k, PERSON))?;
        let all = self.offices.as_ref()?;
        let offices = all.with(self.meaning(head));
        let small = Class::ARTICLE
            .or(Class::DETERMINER)
            .or(Class::PREPOSITION)
            .or(Class::POSSESSIVE);
        let asked = |k: &usize| self.reader.words[*k].letters() && !self.reader.is(*k, small);
        let fits = |office: &&&Office| {
            !opposed(mention.gender, entities[office.entity].gender)
                && mention
                    .words
                    .clone()
                    .filter(asked)
                    .all(|k| all.words(office).contains(&self.meaning(k)))
        };
        let mut holders: Vec<usize> = offices.iter().filter(fits).map(|o| o.entity).collect();
        holders.sort_unstable();
        holders.dedup();
        let size = mention.words.clone().filter(asked).count();
        let mut exactly = offices.iter().filter(fits).filter(|o| all.words(o).len() == size);
        let exact = exactly
            .next()
            .map(|o| o.entity)
            .filter(|&e| exactly.all(|o| o.entity == e));
        let ago = |entity: usize| {
            let seen = self.traces[entity].seen as usize;
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
    fn pronoun(
        &mut self,
        mention: &Mention,
        entities: &mut [Entity],
        before: Option<Reference>,
        apart: Apart,
    ) -> Option<Reference> {
        let hash = self.reader.hash(mention.words.start);
        if [
            self.reader.hashes.who,
            self.reader.hashes.which,
            self.reader.hashes.that,
        ]
        .contains(&hash)
        {
            return before;
        }
        let speaks = self
            .reader
            .is(mention.words.start, Class::MASCULINE.or(Class::FEMININE));
        let it = hash == self.reader.hashes.it;
        if !speaks && !it && !mention.plural || hash == self.reader.hashes.i {
            return None;
        }
        let fits = |t: Thought| match (speaks, it) {
            (true, _) => t.person & !t.plural & !opposed(mention.gender, entities[t.entity as usize].gender),
            (_, true) => !t.person & !t.plural,
            _ => t.plural,
        };
        let alike = apart.named.is_empty() && apart.others.is_empty();
        let (mut best, mut weight, mut next) = (0, 0.0_f32, 0.0_f32);
        for &thought in &self.mind {
            let entity = thought.entity as usize;
            let share = if alike { 1.0 } else { apart.share(entity) };
            let own = self.traces[entity].weight * share * f32::from(u8::from(fits(thought)));
            let better = own > weight;
            next = if better { weight } else { next.max(own) };
            (best, weight) = if better { (entity, own) } else { (best, weight) };
        }
        if weight <= 0.0 || weight < next * MARGIN {
            return None;
        }
        let entity = &mut entities[best];
        if speaks && entity.gender == Gender::Unknown {
            entity.gender = mention.gender;
        }
        Some(Reference {
            entity: best,
            score: weight / (weight + next + 0.1),
        })
    }

    /// Gives weight to what a mention brings to mind.
    fn think(
        &mut self,
        mention: &Mention,
        reference: Reference,
        sentence: usize,
        opening: Opening,
        entities: &[Entity],
    ) {
        // "anyone", "one of which": nobody that he or she could be.
        let indefinite = mention.form == Form::Source
            && !mention.plural
            && matches!(mention.rule, "mentions/indefinite" | "mentions/quantifier");
        if indefinite {
            return;
        }
        let mut role = self.clause_role(mention);
        // "Moss, the owner of the ferry and star of the show, said": whoever opens a sentence is its subject.
        let object_opens = (role == ClauseRole::Object) & opening.holds(mention.words.start);
        if object_opens && self.parted(mention) {
            role = ClauseRole::Subject;
        }
        let first_subject = self.subject_in != sentence;
        self.subject_in = match role {
            ClauseRole::Object => self.subject_in,
            _ => sentence,
        };
        let weight = WEIGHTS[role as usize][usize::from(first_subject)];
        self.traces[reference.entity].seen = sentence as u32;
        self.weigh(reference.entity, weight, mention.plural, entities);
    }

    /// True where a comma or a dash follows.
    fn parted(&self, mention: &Mention) -> bool {
        let mark = |k: usize| matches!(self.reader.kind(k), Some(Kind::Comma | Kind::Dash));
        mark(mention.words.end) || mention.tail.is_some()
    }

    /// What a mention does in its clause, told without branches: what stands before a mention and behind it is hard to foretell.
    fn clause_role(&self, mention: &Mention) -> ClauseRole {
        let (reader, first) = (&self.reader, mention.words.start);
        let (mut agent, mut preposition) = (false, false);
        if let Some(before) = first.checked_sub(1).map(|b| &reader.words[b]) {
            let to = before.hash == reader.hashes.to;
            agent = (before.hash == reader.hashes.by) | before.is(Class::SAY) | (to && reader.according_to(first));
            preposition = to | before.is(Class::PREPOSITION);
        }
        let verb = reader.past_adverbs(reader.past_time(mention.next_word()));
        let finite = reader.finite(verb);
        let cue = reader.is(verb, Class::CUE);
        let speaker = agent | (!preposition & finite & cue);
        let subject = !preposition & finite;
        ROLES[usize::from(speaker) * 2 + usize::from(subject)]
    }

    /// A name inside a longer mention comes to mind, faintly.
    fn glance(&mut self, mention: &Mention, entities: &[Entity]) {
        if let Some(entity) = mention.entity {
            self.weigh(entity, 0.3, mention.plural, entities);
        }
    }

    fn weigh(&mut self, entity: usize, more: f32, plural: bool, entities: &[Entity]) {
        let kept = &mut self.traces[entity].weight;
        let weight = *kept;
        *kept = more.max(weight) + 0.3 * more.min(weight);
        if weight > 0.0 {
            return;
        }
        self.mind.push(Thought {
            entity: entity as u32,
            person: !matches!(entities[entity].form, Form::Organisation),
            plural,
        });
        if self.mind.len() > MIND {
            self.forget_least();
        }
    }

    /// Forgets the entity of the least weight.
    fn forget_least(&mut self) {
        let (mut least, mut weight) = (0, f32::MAX);
        for (i, thought) in self.mind.iter().enumerate() {
            let own = self.traces[thought.entity as usize].weight;
            if own < weight {
                (least, weight) = (i, own);
            }
        }
        let forgotten = self.mind.remove(least);
        self.traces[forgotten.entity as usize].weight = 0.0;
    }
}
