//! Whom a pronoun or an office refers to.
//!
//! One pass forward keeps the few entities that a reader has in mind, each with a weight: full for the subject of a clause or
//! a speaker, less for an object, halved with every sentence. A pronoun takes the weightiest entity that fits its gender and
//! number, if it stands clear of the next; a role the one person who holds it. Words inside quotation marks neither add
//! weight nor are referred. In doubt there is no answer.

use super::entities::opposed;
use super::phrases::{HASHES, PERSON, Reader};
use super::{Entity, Form, Gender, Mention};
use crate::quotes::Marked;
use crate::seeds::{ByHash, Class, Seeds};
use crate::sentences::Sentence;
use crate::words::{Kind, Page};
use std::rc::Rc;

/// Whom a mention refers to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference {
    /// Index in [`super::Mentions::entities`].
    pub entity: usize,
    /// 0 to 1: how clear of the next best.
    pub score: f32,
}

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

#[derive(Debug, Clone, Copy)]
struct Thought {
    entity: usize,
    weight: f32,
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

/// An office held by someone in this article.
struct Office {
    entity: usize,
    words: Rc<[u64]>,
}

struct Memory<'a> {
    reader: Reader<'a>,
    seeds: &'a Seeds,
    mind: Vec<Thought>,
    offices: ByHash<Vec<Office>>,
    last_seen: Vec<usize>,
    /// The sentence whose first subject has been met.
    subject_in: Option<usize>,
}

/// Answers for every mention of a list, by its index: names and bodies have their own entity, pronouns and roles are referred.
pub(super) fn refer(
    page: &Page,
    sentences: &[Sentence],
    marked: &[Marked],
    seeds: &Seeds,
    list: &mut [Mention],
    inner: &[Mention],
    entities: &mut [Entity],
) -> Vec<Option<Reference>> {
    let reader = Reader {
        page,
        words: &page.words,
        hashes: &HASHES,
        headline: false,
    };
    let mut memory = Memory {
        reader,
        seeds,
        mind: Vec::with_capacity(MIND + 1),
        offices: ByHash::default(),
        last_seen: vec![usize::MAX; entities.len()],
        subject_in: None,
    };
    for mention in list.iter().chain(inner) {
        memory.note_office(mention, entities);
    }
    let mut answers = Vec::with_capacity(list.len());
    // Whom the words of the last passages name: whoever says them rarely speaks of themselves by name.
    let mut named: Vec<usize> = Vec::new();
    let (mut sentence, mut passage, mut within, mut next_inner) = (0, 0, 0, 0);
    for index in 0..list.len() {
        let at = list[index].words.start;
        while sentence + 1 < sentences.len() && sentences[sentence].words.end <= at {
            sentence += 1;
            // Sentences inside a long quotation let nobody fade.
            let start = sentences[sentence].words.start;
            while passage < marked.len() && marked[passage].words.start < start {
                within = within.max(marked[passage].words.end);
                passage += 1;
            }
            if start >= within {
                memory.fade();
            }
        }
        while passage < marked.len() && marked[passage].words.start <= at {
            if marked[passage].words.start > within + NEAR {
                named.clear();
            }
            within = within.max(marked[passage].words.end);
            passage += 1;
        }
        let quoted = at < within;
        if let Some(entity) = list[index].entity.filter(|e| quoted && !named.contains(e)) {
            // The last few are enough: a chain of quotations may go on for a whole book.
            named.truncate(MIND - 1);
            named.insert(0, entity);
        }
        if at > within + NEAR {
            named.clear();
        }
        // "He thinks Moss will win": he is not Moss.
        let opens = sentences.get(sentence).is_some_and(|s| memory.opens(s.words.start, at)) || at <= within + 1;
        let rest = sentences
            .get(sentence)
            .map_or(at, |s| s.words.end)
            .min(memory.passage_from(marked, passage));
        let ahead = list[index + 1..]
            .iter()
            .take_while(|m| m.words.start < rest && m.words.start < at + AHEAD);
        let others: Vec<usize> = match list[index].form {
            Form::Pronoun if opens && !quoted => ahead.filter_map(|m| m.entity).collect(),
            _ => Vec::new(),
        };
        let mention = &mut list[index];
        while let Some(within) = inner.get(next_inner).filter(|m| m.words.start < at) {
            memory.glance(within, entities);
            next_inner += 1;
        }
        let before = answers.last().copied().flatten();
        let apart = Apart {
            named: &named,
            others: &others,
        };
        let answer = memory.answer(mention, quoted, sentence, entities, before, apart);
        if let Some(reference) = answer.filter(|_| mention.form == Form::Role) {
            mention.entity = Some(reference.entity);
        }
        if !quoted {
            let start = sentences.get(sentence).map_or(0, |s| s.words.start);
            memory.think(mention, answer, sentence, start, entities);
        }
        answers.push(answer);
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
    /// True where a word opens its sentence, adverbs and coordinators passed over.
    fn opens(&self, start: usize, at: usize) -> bool {
        let joins = Class::ADVERB.or(Class::COORDINATOR);
        let under = Class::SUBORDINATOR.or(Class::PREPOSITION).or(Class::RELATIVE);
        let passed = |k: usize| self.reader.is(k, joins) && !self.reader.is(k, under);
        at >= start && at - start < 3 && (start..at).all(passed)
    }

    /// Where the next passage begins.
    fn passage_from(&self, marked: &[Marked], passage: usize) -> usize {
        marked.get(passage).map_or(usize::MAX, |m| m.words.start)
    }

    fn fade(&mut self) {
        for thought in &mut self.mind {
            thought.weight *= FADE;
        }
        self.mind.retain(|t| t.weight > LEAST);
    }

    /// Remembers the office that a mention gives its entity, and those the roster gives.
    fn note_office(&mut self, mention: &Mention, entities: &[Entity]) {
        let (Some(entity), Form::Name) = (mention.entity, mention.form) else {
            return;
        };
        if self.last_seen[entity] == usize::MAX && entities[entity].in_roster {
            self.last_seen[entity] = usize::MAX - 1;
            let known = self
                .seeds
                .roster
                .people()
                .iter()
                .find(|k| k.name == entities[entity].name);
            for words in known.into_iter().flat_map(|k| k.roles.iter()) {
                self.add_office(entity, words);
            }
        }
        let Some(role) = mention.role else { return };
        let first = self.reader.page.word_from(role.start);
        let mut words = Vec::new();
        for k in first..self.reader.words.len() {
            let word = &self.reader.words[k];
            if word.start >= role.end || word.is(Class::PREPOSITION) && !words.is_empty() && words.len() > 7 {
                break;
            }
            if words.len() < 16
                && word.letters()
                && !word.is(Class::ARTICLE.or(Class::DETERMINER).or(Class::POSSESSIVE))
            {
                words.push(self.meaning(k));
            }
        }
        self.add_office(entity, &words);
    }

    fn add_office(&mut self, entity: usize, words: &[u64]) {
        let words: Rc<[u64]> = words.into();
        for word in words.iter().take(12) {
            let offices = self.offices.entry(*word).or_default();
            if offices.len() < 16 && !offices.iter().any(|o| o.entity == entity && o.words == words) {
                offices.push(Office {
                    entity,
                    words: words.clone(),
                });
            }
        }
    }

    /// The hash of a word, abbreviated titles by their whole word.
    fn meaning(&self, at: usize) -> u64 {
        let word = &self.reader.words[at];
        let vocabulary = &self.seeds.vocabulary;
        let lemma = vocabulary.lemma(word.id);
        if word.is(Class::TITLE) && lemma != word.id {
            return crate::words::Fold::of(vocabulary.word(lemma));
        }
        word.hash
    }

    fn answer(
        &mut self,
        mention: &Mention,
        quoted: bool,
        sentence: usize,
        entities: &mut [Entity],
        before: Option<Reference>,
        apart: Apart,
    ) -> Option<Reference> {
        if let Some(entity) = mention.entity {
            return Some(Reference { entity, score: 1.0 });
        }
        match mention.form {
            Form::Role => self.holder(mention, sentence, entities),
            Form::Pronoun if quoted => None,
            Form::Pronoun => self.pronoun(mention, entities, before, apart),
            _ => None,
        }
    }

    /// The one person who holds the office, or the one of several who was named last.
    fn holder(&self, mention: &Mention, sentence: usize, entities: &[Entity]) -> Option<Reference> {
        let head = mention.words.clone().rev().find(|&k| self.reader.is(k, PERSON))?;
        let offices = self.offices.get(&self.meaning(head))?;
        let small = Class::ARTICLE
            .or(Class::DETERMINER)
            .or(Class::PREPOSITION)
            .or(Class::POSSESSIVE);
        let asked = |k: &usize| self.reader.words[*k].letters() && !self.reader.is(*k, small);
        let fits = |office: &&Office| {
            !opposed(mention.gender, entities[office.entity].gender)
                && mention
                    .words
                    .clone()
                    .filter(asked)
                    .all(|k| office.words.contains(&self.meaning(k)))
        };
        let mut holders: Vec<usize> = offices.iter().filter(fits).map(|o| o.entity).collect();
        holders.sort_unstable();
        holders.dedup();
        let size = mention.words.clone().filter(asked).count();
        let mut exactly = offices.iter().filter(fits).filter(|o| o.words.len() == size);
        let exact = exactly
            .next()
            .map(|o| o.entity)
            .filter(|&e| exactly.all(|o| o.entity == e));
        let ago = |entity: usize| match self.last_seen[entity] {
            usize::MAX => usize::MAX,
            seen if seen > sentence => usize::MAX,
            seen => sentence - seen,
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
                let roster = entities[best].in_roster || !holders.iter().any(|&h| entities[h].in_roster);
                (ago(best) <= 3 && ago(next) > 6 && roster).then_some(Reference {
                    entity: best,
                    score: 0.7,
                })
            }
        }
    }

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
        let fits = |t: &&Thought| match (speaks, it) {
            (true, _) => t.person && !t.plural && !opposed(mention.gender, entities[t.entity].gender),
            (_, true) => !t.person && !t.plural,
            _ => t.plural,
        };
        let (mut best, mut next): (Option<Thought>, f32) = (None, 0.0);
        for thought in self.mind.iter().filter(fits) {
            let weight = thought.weight * apart.share(thought.entity);
            match best {
                Some(b) if b.weight >= weight => next = next.max(weight),
                _ => {
                    next = best.map_or(next, |b| b.weight);
                    best = Some(Thought { weight, ..*thought });
                }
            }
        }
        let best = best.filter(|b| b.weight > 0.0);
        let best = best.filter(|b| b.weight >= next * MARGIN)?;
        let entity = &mut entities[best.entity];
        if speaks && entity.gender == Gender::Unknown {
            entity.gender = mention.gender;
        }
        let score = best.weight / (best.weight + next + 0.1);
        Some(Reference {
            entity: best.entity,
            score,
        })
    }

    /// Gives weight to what a mention brings to mind.
    fn think(
        &mut self,
        mention: &Mention,
        answer: Option<Reference>,
        sentence: usize,
        start: usize,
        entities: &[Entity],
    ) {
        let Some(reference) = answer else { return };
        // "anyone", "one of which": nobody that he or she could be.
        let indefinite = !mention.plural && matches!(mention.rule, "mentions/indefinite" | "mentions/quantifier");
        if indefinite {
            return;
        }
        let role = match self.clause_role(mention) {
            // "Moss, the owner of the ferry and star of the show, said": whoever opens a sentence is its subject.
            ClauseRole::Object if self.opens(start, mention.words.start) && self.parted(mention) => ClauseRole::Subject,
            role => role,
        };
        let first_subject = self.subject_in != Some(sentence);
        if role != ClauseRole::Object {
            self.subject_in = Some(sentence);
        }
        let weight = match role {
            ClauseRole::Speaker if first_subject => 1.2,
            ClauseRole::Subject if first_subject => 1.0,
            ClauseRole::Speaker | ClauseRole::Subject => 0.6,
            ClauseRole::Object => 0.45,
        };
        self.last_seen[reference.entity] = sentence;
        self.weigh(reference.entity, weight, mention.plural, entities);
    }

    /// True where a comma or a dash follows.
    fn parted(&self, mention: &Mention) -> bool {
        let mark = |k: usize| matches!(self.reader.kind(k), Some(Kind::Comma | Kind::Dash));
        mark(mention.words.end) || mention.tail.is_some()
    }

    /// What a mention does in its clause.
    fn clause_role(&self, mention: &Mention) -> ClauseRole {
        let (reader, first) = (&self.reader, mention.words.start);
        let before = first.checked_sub(1);
        let behind = mention
            .tail
            .map_or(mention.words.end, |tail| reader.page.word_from(tail.end));
        let preposition =
            before.is_some_and(|b| reader.is(b, Class::PREPOSITION) || reader.hash(b) == reader.hashes.to);
        let agent = before.is_some_and(|b| reader.hash(b) == reader.hashes.by);
        if agent || reader.according_to(first) || before.is_some_and(|b| reader.is(b, Class::SAY)) {
            return ClauseRole::Speaker;
        }
        let verb = reader.verb_from(reader.past_time(behind), reader.words.len());
        match verb {
            Some(verb) if !preposition && reader.is(verb, Class::CUE) => ClauseRole::Speaker,
            Some(_) if !preposition => ClauseRole::Subject,
            _ => ClauseRole::Object,
        }
    }

    /// A name inside a longer mention comes to mind, faintly.
    fn glance(&mut self, mention: &Mention, entities: &[Entity]) {
        if let Some(entity) = mention.entity {
            self.weigh(entity, 0.3, mention.plural, entities);
        }
    }

    fn weigh(&mut self, entity: usize, weight: f32, plural: bool, entities: &[Entity]) {
        match self.mind.iter_mut().find(|t| t.entity == entity) {
            Some(thought) => thought.weight = weight.max(thought.weight) + 0.3 * weight.min(thought.weight),
            None => self.mind.push(Thought {
                entity,
                weight,
                person: !matches!(entities[entity].form, Form::Organisation),
                plural,
            }),
        }
        if self.mind.len() > MIND {
            let least = (0..self.mind.len()).min_by(|&a, &b| self.mind[a].weight.total_cmp(&self.mind[b].weight));
            least.map(|i| self.mind.remove(i));
        }
    }
}
