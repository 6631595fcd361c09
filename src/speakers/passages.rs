//! Passages that no statement holds: the second half of a split quotation, the next paragraph of a long one, a quotation after
//! its introduction; and, where nobody speaks, terms.
//!
//! A passage that stands alone between full stops is speech: it goes on from the quotation before it in its paragraph, or from
//! the one it continues over paragraphs, or belongs to whom the sentence before it introduces. A passage inside the writer's
//! own sentence is speech where it is long, else a term. In doubt the speaker stays empty.

use super::Stage;
use super::features::{Candidate, Content, View};
use super::frames::{Element, Holds, REPORTING, Tag, is_finite};
use super::model::{probability, score};
use super::sources::choose_source;
use super::statements::Statement;
use crate::mentions::Form;
use crate::seeds::Class;
use crate::words::{Kind, Shape};

/// A passage of this many words inside the writer's sentence is a statement, not a term.
const LONG: usize = 7;
/// A cue less likely than this does not report even beside a long passage.
const FAINT: f32 = 0.04;
/// A sentence with a cue likelier than this reports by itself.
const OWN: f32 = 0.15;
/// How far behind a quotation the verb may stand that attributes it.
const NEAR: usize = 14;

/// Moves the statements that were found to those that are `done`, with one for each passage that none of them holds.
pub fn complete(stage: &Stage, found: &mut Vec<Statement>, done: &mut Vec<Statement>) {
    done.clear();
    let mut work = Work {
        stage,
        done,
        origin: Vec::with_capacity(found.len() + stage.marked.len()),
        of_passage: vec![None; stage.marked.len()],
    };
    let mut rest = found.drain(..).peekable();
    let quoted = |frame: &usize| stage.frames.list[*frame].passages != 0;
    for frame in (0..stage.frames.list.len()).filter(quoted) {
        while let Some(statement) = rest.next_if(|s| s.frame <= frame) {
            work.note_and_push(statement);
        }
        work.complete_frame(frame);
    }
    rest.for_each(|statement| work.note_and_push(statement));
}

struct Work<'a, 's> {
    stage: &'a Stage<'a>,
    /// Statements of the frames seen so far, in text order of their frames.
    done: &'s mut Vec<Statement>,
    /// For each of them the statement that names its speaker: itself, or the first that it goes on from.
    origin: Vec<usize>,
    /// The statement that holds each passage.
    of_passage: Vec<Option<usize>>,
}

impl Work<'_, '_> {
    /// Adds a statement and notes which passages it holds.
    fn note_and_push(&mut self, statement: Statement) {
        if self.stage.may_quote(&statement) {
            for i in statement.content.runs().flat_map(Clone::clone) {
                if let Holds::Passage(p) = self.stage.frames.elements[i].holds {
                    self.of_passage[p as usize] = Some(self.done.len());
                }
            }
        }
        self.push(statement);
    }

    fn complete_frame(&mut self, frame: usize) {
        let elements = self.stage.frames.list[frame].elements.clone();
        // "But “…”": a word that only joins leaves the passage alone.
        let joined = elements.start + usize::from(self.stage.frames.elements[elements.start].tag == Tag::Coordinator);
        let alone = (joined..elements.end).all(|i| {
            let tag = self.stage.frames.elements[i].tag;
            matches!(
                tag,
                Tag::Passage | Tag::Stop | Tag::Question | Tag::Mark | Tag::Comma | Tag::Dash | Tag::Symbol
            )
        });
        for i in elements {
            let Holds::Passage(p) = self.stage.frames.elements[i].holds else {
                continue;
            };
            if self.of_passage[p as usize].is_some() {
                continue;
            }
            if let Some(s) = self.reported_up_to(frame, i, p as usize).filter(|_| !alone) {
                self.of_passage[p as usize] = Some(s);
                continue;
            }
            let statement = if alone {
                self.passage_alone(frame, i, p as usize)
            } else {
                self.passage_inside(frame, i, p as usize)
            };
            self.of_passage[p as usize] = Some(self.done.len());
            self.push(statement);
        }
    }

    /// A passage between full stops.
    fn passage_alone(&mut self, frame: usize, element: usize, passage: usize) -> Statement {
        let statement = blank(frame, element);
        if let Some(before) = self.stage.marked[passage].continues.and_then(|p| self.of_passage[p]) {
            return Statement {
                continues: Some(before),
                cue_probability: 0.9,
                source_probability: 0.95,
                rule: "speakers/next-paragraph-of-quotation",
                ..statement
            };
        }
        if let Some(signed) = self.signature(element + 1) {
            return said_by(signed, SIGNATURE, 0.95, statement);
        }
        let frames = &self.stage.frames.list;
        if let Some(source) = self.pointed_back(frame) {
            return said_by(source, "speakers/sentence-behind", 0.7, statement);
        }
        let before = frame.checked_sub(1);
        let spoke = before.and_then(|before| self.last_speech(before));
        let same_paragraph = before.is_some_and(|before| frames[before].paragraph == frames[frame].paragraph);
        if let Some(s) = spoke.filter(|_| same_paragraph) {
            return goes_on(s, "speakers/split-quotation", 0.95, statement);
        }
        let signed = self.name_below(frame).filter(|_| !same_paragraph);
        let statement = match self.acts_behind(frame).filter(|_| !same_paragraph) {
            Some(source) => said_by(source, "speakers/sentence-behind", 0.4, statement),
            None => statement,
        };
        let (Some(before), None) = (before, signed) else {
            return signed.map_or(statement.clone(), |signed| said_by(signed, SIGNATURE, 0.95, statement));
        };
        if same_paragraph {
            return match self.speaker_before(before) {
                Some(Speaks::On(s)) => goes_on(s, "speakers/sentence-before", 0.75, statement),
                Some(Speaks::New(source)) => said_by(source, "speakers/sentence-before", 0.7, statement),
                None => statement,
            };
        }
        if self.ends_with_colon(before) {
            let source = self.introducer(before);
            return Statement {
                source,
                cue_probability: 0.8,
                source_probability: 0.8,
                rule: "speakers/colon-introduces",
                ..statement
            };
        }
        match spoke {
            Some(s) => goes_on(s, "speakers/next-quotation", 0.6, statement),
            None => match self.speaker_before(before) {
                Some(Speaks::On(s)) => goes_on(s, "speakers/next-quotation", 0.5, statement),
                // Whom the paragraph before is about need not be who speaks.
                Some(Speaks::New(_)) | None => match self.speaking(before) {
                    Some(source) => said_by(source, "speakers/next-quotation", 0.5, statement),
                    None => statement,
                },
            },
        }
    }

    /// Who goes on to speak behind a frame that holds no marked words: whom it reports, or who speaks before it in its paragraph,
    /// unless it is about someone else.
    fn speaker_before(&self, before: usize) -> Option<Speaks> {
        if let Some(s) = self.told(before) {
            return Some(Speaks::On(s));
        }
        let paragraph = self.stage.frames.list[before].paragraph;
        let here = |s: &usize| self.stage.frames.list[self.done[*s].frame].paragraph == paragraph;
        let earlier = (0..self.done.len()).rev().skip_while(|&s| self.done[s].frame >= before);
        let spoken = earlier.take_while(here).find(|&s| self.speech(s));
        let spoken = spoken.and_then(|s| self.last_speech(self.done[s].frame));
        let subject = self.subject(before);
        let Some(spoken) = spoken else {
            return subject.map(Speaks::New);
        };
        let other = subject.filter(|c| self.names_another(*c, self.source_of(spoken)));
        Some(other.map_or(Speaks::On(spoken), Speaks::New))
    }

    /// The last statement of a frame with a cue from the list and a source.
    fn told(&self, frame: usize) -> Option<usize> {
        let view = self.stage.view(frame);
        let known = |c: usize| view.says(c) || view.is_known_cue(c);
        self.of_frame(frame)
            .find(|&s| self.done[s].source.is_some() && self.done[s].cue.is_some_and(known))
    }

    /// Adds a statement.
    fn push(&mut self, statement: Statement) {
        let origin = match statement.continues {
            Some(before) if statement.source.is_none() => self.origin[before],
            _ => self.done.len(),
        };
        self.origin.push(origin);
        self.done.push(statement);
    }

    /// The source of a statement, or of the one it goes on from.
    fn source_of(&self, statement: usize) -> Option<Candidate> {
        self.done[self.origin[statement]].source
    }

    /// The person a frame opens with, or the subject of its last verb where it opens with a participle: "Asked why, Moss laughed."
    fn subject(&self, frame: usize) -> Option<Candidate> {
        let elements = &self.stage.frames.list[frame].elements;
        let opens = |i: &usize| {
            matches!(
                self.stage.frames.elements[*i].tag,
                Tag::Coordinator | Tag::Adverb | Tag::Comma
            )
        };
        let first = elements.clone().find(|i| !opens(i))?;
        let participle = matches!(
            self.stage.frames.elements[first].tag,
            Tag::Past | Tag::Gerund | Tag::Participle
        );
        if !participle {
            return self.person(first);
        }
        let view = self.stage.view(frame);
        let mut verbs = elements.clone().rev();
        let verb = verbs.find(|&i| is_finite(view.tag(i as isize)))?;
        let subject = view.subject_before(verb)?;
        self.person(subject)
            .filter(|_| view.tag(subject as isize - 1) == Tag::Comma)
    }

    fn first_person(&self, frame: usize) -> Option<Candidate> {
        let mut elements = self.stage.frames.list[frame].elements.clone();
        elements.find_map(|i| self.person(i))
    }

    fn person(&self, element: usize) -> Option<Candidate> {
        let person = Candidate::mention_at(&self.stage.frames.elements, element)?;
        let form = self.stage.mentions.list[person.mention? as usize].form;
        matches!(form, Form::Name | Form::Role | Form::Pronoun).then_some(person)
    }

    /// True for a name that is not the name of `speaker`.
    fn names_another(&self, candidate: Candidate, speaker: Option<Candidate>) -> bool {
        let entity = |c: Candidate| Some(self.stage.mentions.resolve(c.mention? as usize)?.entity);
        let named = candidate
            .mention
            .is_some_and(|m| self.stage.mentions.list[m as usize].form == Form::Name);
        named && speaker.and_then(entity) != entity(candidate)
    }

    /// The statement of a frame that a quotation behind the frame goes on from: the last that is nothing but marked words,
    /// else the last that holds some.
    fn last_speech(&self, frame: usize) -> Option<usize> {
        let spoken = || self.of_frame(frame).filter(|&s| self.speech(s));
        let whole = spoken().find(|&s| self.elements_of(s).all(|e| e.tag == Tag::Passage));
        whole.or_else(|| spoken().next())
    }

    /// True for a statement that holds marked words.
    fn speech(&self, statement: usize) -> bool {
        let marked = || self.elements_of(statement).any(|e| e.tag == Tag::Passage);
        self.done[statement].rule != TERM && marked()
    }

    /// The elements of a statement's words.
    fn elements_of(&self, statement: usize) -> impl Iterator<Item = &Element> {
        let elements = self.done[statement].content.runs().flat_map(Clone::clone);
        elements.map(|i| &self.stage.frames.elements[i])
    }

    /// The statements of a frame, the last first.
    fn of_frame(&self, frame: usize) -> impl Iterator<Item = usize> {
        let behind = (0..self.done.len())
            .rev()
            .skip_while(move |&s| self.done[s].frame > frame);
        behind.take_while(move |&s| self.done[s].frame == frame)
    }

    fn ends_with_colon(&self, frame: usize) -> bool {
        let last = self.stage.frames.list[frame].elements.end - 1;
        self.stage.frames.elements[last].tag == Tag::Colon
    }

    /// Who introduces a quotation with the colon that ends a frame: the source of its likeliest cue, else the first person.
    fn introducer(&self, frame: usize) -> Option<Candidate> {
        let view = self.stage.view(frame);
        let verb = view.introducing_verb(view.frame.elements.end - 1);
        if let Some(subject) = view.subject_before(verb).filter(|&s| s < verb && !view.is_colon(verb)) {
            return view.mention_at(subject as isize);
        }
        let cue = self.likeliest_cue(frame);
        let asked = cue.and_then(|(_, cue)| choose_source(self.stage, &view, frame, cue, &view.frame.elements).0);
        asked.or_else(|| self.first_person(frame))
    }

    /// The likeliest cue of a frame that no statement has taken, with its probability.
    fn likeliest_cue(&self, frame: usize) -> Option<(f32, usize)> {
        let view = self.stage.view(frame);
        let mut best: Option<(f32, usize)> = None;
        for i in view.reports() {
            let p = probability(score(view.weigh_cue(i, &self.stage.seeds.model)));
            let taken = || self.of_frame(frame).any(|s| self.done[s].cue == Some(i));
            if best.is_none_or(|b| p > b.0) && !taken() {
                best = Some((p, i));
            }
        }
        best
    }

    /// A passage in the writer's own sentence that no cue took: the faintest cue will do for a long one.
    fn passage_inside(&mut self, frame: usize, element: usize, passage: usize) -> Statement {
        let statement = blank(frame, element);
        let inner = self.stage.marked[passage].inner;
        let length = self.length(passage);
        if let Some(signed) = self.signature(element + 1) {
            return said_by(signed, SIGNATURE, 0.95, statement);
        }
        if let Some(spoke) = self.goes_on_from(frame, element, length >= LONG) {
            return goes_on(spoke, "speakers/quotation-around-attribution", 0.95, statement);
        }
        if let Some(source) = self.lost_subject(frame) {
            return said_by(source, "speakers/lost-subject", 0.6, statement);
        }
        let introduced = element.checked_sub(1).filter(|&i| self.stage.view(frame).is_colon(i));
        if let Some(colon) = introduced.filter(|_| self.speaks(passage)) {
            let view = self.stage.view(frame);
            let (source, sure) = choose_source(self.stage, &view, frame, colon, &view.frame.elements);
            return Statement {
                cue: Some(colon),
                source,
                cue_probability: 0.5,
                source_probability: sure,
                rule: view.rule_of_colon(colon),
                ..statement
            };
        }
        if let Some((cue, source)) = self.in_the_words_of(frame, element) {
            return Statement {
                cue: Some(cue),
                ..said_by(source, "speakers/in-the-words-of", 0.9, statement)
            };
        }
        if let Some(source) = self.judged(frame, element) {
            return said_by(source, "speakers/judged-behind", 0.8, statement);
        }
        if length < LONG || inner.is_empty() {
            return Statement {
                rule: TERM,
                ..statement
            };
        }
        if let Some(attributed) = self.attributed_behind(frame, element, &statement) {
            return attributed;
        }
        if let Some(spoke) = self.taken_up(frame, element) {
            return goes_on(spoke, "speakers/split-quotation", 0.9, statement);
        }
        let likeliest = self.likeliest_cue(frame).filter(|c| c.0 > FAINT);
        let own = self.of_frame(frame).next().is_some() || likeliest.is_some_and(|c| c.0 > OWN);
        if let Some(on) = self.sentence_goes_on(frame, element, &statement).filter(|_| !own) {
            return on;
        }
        let view = self.stage.view(frame);
        let Some((p, cue)) = likeliest else {
            return Statement {
                source: self.doer(frame, element),
                cue_probability: 0.5,
                source_probability: 0.5,
                rule: "speakers/quotation-without-cue",
                ..statement
            };
        };
        let (source, source_probability) = choose_source(self.stage, &view, frame, cue, &view.frame.elements);
        Statement {
            cue: Some(cue),
            source,
            cue_probability: 0.5 + p / 2.0,
            source_probability,
            rule: "speakers/faint-cue",
            ..statement
        }
    }
}

/// Who speaks in a passage.
enum Speaks {
    /// The speaker of this statement goes on.
    On(usize),
    /// Someone else begins.
    New(Candidate),
}

/// A statement that goes on from another.
fn goes_on(from: usize, rule: &'static str, sure: f32, statement: Statement) -> Statement {
    Statement {
        continues: Some(from),
        cue_probability: 0.95,
        source_probability: sure,
        rule,
        ..statement
    }
}

/// A statement of someone whom no verb of saying names.
fn said_by(source: Candidate, rule: &'static str, sure: f32, statement: Statement) -> Statement {
    Statement {
        source: Some(source),
        cue_probability: sure,
        source_probability: sure,
        rule,
        ..statement
    }
}

/// The rule of a quotation with a name under or behind it: “…” ― Name
const SIGNATURE: &str = "speakers/signature";

impl Work<'_, '_> {
    /// The name that follows a dash at element `at` and ends its line: a signature.
    fn signature(&self, at: usize) -> Option<Candidate> {
        let elements = &self.stage.frames.elements;
        if elements.get(at)?.tag != Tag::Dash {
            return None;
        }
        let name = elements.get(at + 1)?;
        let Holds::Mention(m) = name.holds else { return None };
        let stop = elements.get(at + 2).is_some_and(|e| e.tag == Tag::Stop);
        let last = name.end as usize + usize::from(stop);
        let ends = self
            .stage
            .page
            .words
            .get(last)
            .is_none_or(|w| w.shape.has(Shape::FIRST));
        let form = self.stage.mentions.list[m as usize].form;
        (ends && matches!(form, Form::Name | Form::Role | Form::Organisation)).then_some(Candidate {
            first: at + 1,
            end: at + 2,
            mention: Some(m),
        })
    }

    /// The name that the frame behind a quotation is made of, with at most a description: a signature without a dash.
    fn name_below(&self, frame: usize) -> Option<Candidate> {
        const MOST: usize = 12;
        let elements = self.stage.frames.list.get(frame + 1)?.elements.clone();
        let view = self.stage.view(frame + 1);
        let mark = usize::from(matches!(
            view.tag(elements.start as isize),
            Tag::Dash | Tag::Open | Tag::Mark
        ));
        let name = self
            .person(elements.start + mark)
            .filter(|_| elements.len() <= MOST + mark)?;
        let named = view.tag(name.first as isize) == Tag::Name;
        let verb = |i: usize| {
            let tag = view.tag(i as isize);
            is_finite(tag) || matches!(tag, Tag::Base | Tag::Passage | Tag::Colon) || view.looks_past(i)
        };
        (named && !elements.clone().any(verb)).then_some(name)
    }

    /// Whom a text is about that begins in the middle of its first sentence ("had “a long talk” with …"): the person it names
    /// most often.
    fn lost_subject(&self, frame: usize) -> Option<Candidate> {
        let elements = &self.stage.frames.elements;
        let first = elements.first().filter(|_| frame == 0)?;
        let word = &self.stage.page.words[first.first as usize];
        let cut = is_finite(first.tag) && !word.capital();
        let people = self
            .stage
            .mentions
            .entities
            .iter()
            .filter(|e| cut && e.form == Form::Name);
        let person = people.max_by_key(|e| e.mentions)?;
        let mention = person.first_mention? as u32;
        Some(Candidate {
            first: 0,
            end: 1,
            mention: Some(mention),
        })
    }

    /// "in the words of Moss, “…”", "in his words, “…”", "to quote Moss, “…”": the word that reports, and whose words they are.
    fn in_the_words_of(&self, frame: usize, element: usize) -> Option<(usize, Candidate)> {
        let view = self.stage.view(frame);
        let elements = &self.stage.frames.elements;
        let is = |i: usize, text: &str| {
            let e = &elements[i];
            i >= view.frame.elements.start
                && e.holds == Holds::Word
                && self.stage.page.word(e.first as usize).eq_ignore_ascii_case(text)
        };
        let speaker = |i: usize| view.mention_at(i as isize);
        let comma = usize::from(element > 0 && elements[element - 1].tag == Tag::Comma);
        let last = element
            .checked_sub(1 + comma)
            .filter(|&i| i > view.frame.elements.start)?;
        if is(last, "words") {
            let own = usize::from(is(last - 1, "own"));
            let clitic = usize::from(elements[(last - 1).checked_sub(own)?].tag == Tag::Clitic);
            return Some((last, speaker((last - 1).checked_sub(own + clitic)?)?));
        }
        // "In the words of Moss, the dike is “…”"
        let opens = view.frame.elements.start;
        if opens + 4 < element
            && is(opens, "in")
            && is(opens + 2, "words")
            && elements[opens + 3].tag == Tag::Of
            && elements[opens + 5].tag == Tag::Comma
        {
            return Some((opens + 2, speaker(opens + 4)?));
        }
        let source = speaker(last)?;
        let of = last
            .checked_sub(2)
            .filter(|&i| elements[last - 1].tag == Tag::Of && is(i, "words"));
        let quote = last
            .checked_sub(2)
            .filter(|&i| is(last - 1, "quote") && is(i, "to"))
            .map(|i| i + 1);
        Some((of.or(quote)?, source))
    }

    /// “We were excellent,” was Moss's verdict. The person whom the words behind "was" name.
    fn judged(&self, frame: usize, element: usize) -> Option<Candidate> {
        let view = self.stage.view(frame);
        let Holds::Passage(p) = self.stage.frames.elements[element].holds else {
            return None;
        };
        let is = view.tag(element as isize + 1) == Tag::Be;
        // “Good riddance” was how Moss put it.
        let hangs = self.stage.marked[p as usize].ends_with_comma(self.stage.page);
        let how = view.tag(element as isize + 2) == Tag::Wh;
        let opens = view.frame.elements.start == element && (hangs || how);
        let behind = element + 2..view.frame.elements.end.min(element + NEAR);
        behind.filter(|_| opens && is).find_map(|i| self.person(i))
    }

    /// The next frame of the same paragraph, where it holds no marked words.
    fn unquoted_behind(&self, frame: usize) -> Option<View<'_>> {
        let frames = &self.stage.frames.list;
        let next = frames.get(frame + 1)?;
        let plain = next.paragraph == frames[frame].paragraph && next.passages == 0;
        plain.then(|| self.stage.view(frame + 1))
    }

    /// “Unbelievable!” That was the verdict of Sam Moss. The person of a sentence that points back at the quotation before it.
    fn pointed_back(&self, frame: usize) -> Option<Candidate> {
        let view = self.unquoted_behind(frame)?;
        let opens = view.frame.elements.start;
        let word = &self.stage.page.words[self.stage.frames.elements[opens].first as usize];
        let points = word.is(Class::DETERMINER) && !word.is(Class::ARTICLE | Class::POSSESSIVE)
            || view.tag(opens as isize) == Tag::That;
        let is = (opens + 1..opens + 3).any(|i| view.tag(i as isize) == Tag::Be);
        self.first_person(frame + 1).filter(|_| points && is)
    }

    /// “No.” Moss put down the pen. The person whom the next sentence of the paragraph is about.
    fn acts_behind(&self, frame: usize) -> Option<Candidate> {
        let view = self.unquoted_behind(frame)?;
        let subject = self.subject(frame + 1)?;
        let acts = matches!(
            view.tag(subject.end as isize),
            Tag::Past | Tag::Third | Tag::Be | Tag::Have
        );
        // It rained, they left: not whoever spoke.
        let word = &self.stage.page.words[self.stage.frames.elements[subject.first].first as usize];
        let one = view.tag(subject.first as isize) != Tag::Pronoun || word.is(Class::FEMININE | Class::MASCULINE);
        (acts && one).then_some(subject)
    }

    /// True for a passage that is a sentence: it begins with a capital, and a mark ends it.
    fn speaks(&self, passage: usize) -> bool {
        let mut inside = self.stage.marked[passage].inside(self.stage.page);
        let opens = inside.next().is_some_and(|w| w.capital());
        let ends = inside.next_back();
        opens && ends.is_some_and(|w| matches!(w.kind, Kind::Stop | Kind::Question | Kind::Exclamation))
    }

    /// Letters and numbers of a passage.
    fn length(&self, passage: usize) -> usize {
        let words = &self.stage.page.words[self.stage.marked[passage].words.clone()];
        words
            .iter()
            .filter(|w| matches!(w.kind, Kind::Letters | Kind::Number))
            .count()
    }

    /// She said it would, however small, “…”: a long passage behind reported words of its sentence that nobody else says is one
    /// of them. The statement that reports it, its content let out.
    fn reported_up_to(&mut self, frame: usize, element: usize, passage: usize) -> Option<usize> {
        if self.length(passage) < LONG {
            return None;
        }
        let view = self.stage.view(frame);
        let s = self
            .of_frame(frame)
            .find(|&s| self.done[s].content.first.start < element)?;
        let statement = &self.done[s];
        let cue = statement.cue.filter(|&c| view.says(c) || view.is_known_cue(c))?;
        let content = &statement.content;
        let ends = content.first.end;
        let between = ends.min(element)..element;
        let parted = |i: usize| matches!(view.tag(i as isize), Tag::Semicolon | Tag::Stop | Tag::Passage);
        if content.second.is_some() || content.first.start < cue || ends > element || between.clone().any(parted) {
            return None;
        }
        let rest = element + 1..view.frame.elements.end;
        let stop = usize::from(
            rest.clone()
                .next_back()
                .is_some_and(|i| view.tag(i as isize) == Tag::Stop),
        );
        let free = !rest.clone().any(|i| view.tag(i as isize) == Tag::Passage)
            && !self.stage.marked[passage].ends_with_comma(self.stage.page);
        self.done[s].content.first.end = if free { rest.end - stop } else { rest.start };
        Some(s)
    }

    /// “…,” the minister riffed. “…,” thunders an editorial. A quotation that opens its sentence and ends with a comma is
    /// attributed by what follows it, whatever the verb.
    fn attributed_behind(&self, frame: usize, element: usize, statement: &Statement) -> Option<Statement> {
        let view = self.stage.view(frame);
        let opened = self.stage.frames.list[frame].elements.start;
        let joined = usize::from(self.stage.frames.elements[opened].tag == Tag::Coordinator);
        let Holds::Passage(p) = self.stage.frames.elements[element].holds else {
            return None;
        };
        if element > opened + joined || !self.stage.marked[p as usize].ends_with_comma(self.stage.page) {
            return None;
        }
        let first = element + 1;
        let tag = |i: usize| view.tag(i as isize);
        let finite = |i: usize| REPORTING.hold(tag(i)) && view.can_report(i) || view.looks_past(i);
        let noun = matches!(
            tag(first),
            Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::Plain | Tag::Capital
        ) || matches!(self.stage.frames.elements.get(first)?.holds, Holds::Mention(_));
        let cue = match () {
            () if finite(first) => first,
            () if noun => (first + 1..(first + NEAR).min(view.frame.elements.end)).find(|&i| finite(i))?,
            () => return None,
        };
        let (source, source_probability) = choose_source(self.stage, &view, frame, cue, &view.frame.elements);
        Some(Statement {
            cue: Some(cue),
            source,
            cue_probability: 0.8,
            source_probability,
            rule: "speakers/comma-attribution",
            ..statement.clone()
        })
    }

    /// “…,” she said. Moving it now “…”: a sentence behind a quotation of its paragraph, reported as a whole where it has no cue
    /// of its own.
    fn sentence_goes_on(&self, frame: usize, element: usize, statement: &Statement) -> Option<Statement> {
        let before = frame.checked_sub(1)?;
        let frames = &self.stage.frames.list;
        if frames[before].paragraph != frames[frame].paragraph {
            return None;
        }
        let spoke = self.last_speech(before).or_else(|| self.told(before))?;
        let elements = &frames[frame].elements;
        let stop = usize::from(self.stage.frames.elements[elements.end - 1].tag == Tag::Stop);
        let whole = elements.start..elements.end - stop;
        let first = if whole.contains(&element) {
            whole
        } else {
            statement.content.first.clone()
        };
        Some(Statement {
            content: Content { first, second: None },
            ..goes_on(spoke, "speakers/sentence-goes-on", 0.8, statement.clone())
        })
    }

    /// “…,” she said. “They like him” to the last: a quotation that opens a sentence behind a quotation of its paragraph, and that
    /// the writer's words go on with.
    fn taken_up(&self, frame: usize, element: usize) -> Option<usize> {
        let before = frame.checked_sub(1)?;
        let frames = &self.stage.frames.list;
        let opens = frames[frame].elements.start == element && frames[before].paragraph == frames[frame].paragraph;
        self.last_speech(before).filter(|_| opens)
    }

    /// "Moss thanked the crew for “…”": the person who does what the nearest verb before a passage tells.
    fn doer(&self, frame: usize, element: usize) -> Option<Candidate> {
        let view = self.stage.view(frame);
        let parted = |i: &usize| {
            matches!(
                view.tag(*i as isize),
                Tag::Semicolon | Tag::Stop | Tag::Colon | Tag::Dash
            )
        };
        let acts = |i: &usize| REPORTING.hold(view.tag(*i as isize));
        let mut before = (view.frame.elements.start..element).rev().take_while(|i| !parted(i));
        let verb = before.find(acts)?;
        let source = choose_source(self.stage, &view, frame, verb, &(view.frame.elements.start..verb)).0;
        source.filter(|s| self.person(s.first).is_some() && s.end <= verb)
    }

    /// "Howard continued his attack.": the only person of a frame whom a verb of the list of cues follows.
    fn speaking(&self, frame: usize) -> Option<Candidate> {
        let view = self.stage.view(frame);
        let speaks = |i: usize| {
            let verb = i + 1 + usize::from(view.tag(i as isize + 1) == Tag::Adverb);
            let finite = REPORTING.hold(view.tag(verb as isize));
            finite && (view.says(verb) || view.is_known_cue(verb))
        };
        let mut people = view
            .frame
            .elements
            .clone()
            .filter(|&i| speaks(i))
            .filter_map(|i| self.person(i));
        people.next().filter(|_| people.next().is_none())
    }

    /// The statement of the same frame whose quotation an attribution interrupts before this passage: “…,” she said of him, “…”
    /// A long one needs no comma before it: a full stop may have been read as an abbreviation's.
    fn goes_on_from(&self, frame: usize, element: usize, long: bool) -> Option<usize> {
        let elements = &self.stage.frames.elements;
        let before = element.checked_sub(1)?;
        if !long
            && !matches!(
                elements[before].tag,
                Tag::Comma | Tag::Dash | Tag::Colon | Tag::Semicolon
            )
        {
            return None;
        }
        self.of_frame(frame).find(|&s| {
            let statement = &self.done[s];
            let before = statement.content.first.end <= element && statement.cue.is_some_and(|c| c < element);
            let quoted = elements[statement.content.first.clone()]
                .iter()
                .all(|e| e.tag == Tag::Passage);
            let first = statement.cue.is_some_and(|c| statement.content.first.end <= c);
            before && quoted && first
        })
    }
}

/// The rule of quoted words that are nobody's statement.
pub const TERM: &str = "speakers/term";

/// A statement that holds one passage and nobody's name.
fn blank(frame: usize, element: usize) -> Statement {
    Statement {
        frame,
        cue: None,
        source: None,
        content: Content {
            first: element..element + 1,
            second: None,
        },
        cue_probability: 0.3,
        source_probability: 0.3,
        continues: None,
        rule: "speakers/quotation-alone",
    }
}
