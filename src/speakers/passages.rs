//! Passages that no statement holds: the second half of a split quotation, the next paragraph of a long one, a quotation after
//! its introduction; and, where nobody speaks, terms.
//!
//! A passage that stands alone between full stops is speech: it goes on from the quotation before it in its paragraph, or from
//! the one it continues over paragraphs, or belongs to whom the sentence before it introduces. A passage inside the writer's
//! own sentence is speech where it is long, else a term. In doubt the speaker stays empty.

use super::Stage;
use super::features::{Candidate, Content};
use super::frames::{Holds, Tag};
use super::model::probability;
use super::statements::{Statement, choose_source};
use crate::mentions::Form;
use crate::words::{Kind, Shape};

/// A passage of this many words inside the writer's sentence is a statement, not a term.
const LONG: usize = 7;
/// A cue less likely than this does not report even beside a long passage.
const FAINT: f32 = 0.04;

/// Adds a statement for each passage that no statement holds.
pub fn complete(stage: &Stage, statements: &mut Vec<Statement>) {
    let found = std::mem::take(statements);
    let mut work = Work {
        stage,
        done: statements,
        of_passage: vec![None; stage.marked.len()],
    };
    let mut rest = found.into_iter().peekable();
    for frame in 0..stage.frames.list.len() {
        let first = work.done.len();
        while let Some(statement) = rest.next_if(|s| s.frame == frame) {
            work.done.push(statement);
        }
        work.note_passages(first);
        work.complete_frame(frame);
    }
}

struct Work<'a, 's> {
    stage: &'a Stage<'a>,
    /// Statements of the frames seen so far, in text order of their frames.
    done: &'s mut Vec<Statement>,
    /// The statement that holds each passage.
    of_passage: Vec<Option<usize>>,
}

impl Work<'_, '_> {
    /// Notes which passages the statements from `first` on hold.
    fn note_passages(&mut self, first: usize) {
        for (s, statement) in self.done.iter().enumerate().skip(first) {
            for i in statement.content.runs().flat_map(Clone::clone) {
                if let Holds::Passage(p) = self.stage.frames.elements[i].holds {
                    self.of_passage[p as usize] = Some(s);
                }
            }
        }
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
            let statement = if alone {
                self.passage_alone(frame, i, p as usize)
            } else {
                self.passage_inside(frame, i, p as usize)
            };
            self.of_passage[p as usize] = Some(self.done.len());
            self.done.push(statement);
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
            return signed_by(signed, statement);
        }
        let Some(before) = frame.checked_sub(1) else {
            return statement;
        };
        let frames = &self.stage.frames.list;
        let same_paragraph = frames[before].paragraph == frames[frame].paragraph;
        let spoke = self.last_speech(before);
        if same_paragraph {
            if let Some(s) = spoke {
                return Statement {
                    continues: Some(s),
                    cue_probability: 0.95,
                    source_probability: 0.95,
                    rule: "speakers/split-quotation",
                    ..statement
                };
            }
            return self.introduced(before, statement, 0.75, "speakers/sentence-before");
        }
        if self.ends_with_colon(before) {
            return self.introduced(before, statement, 0.8, "speakers/colon-introduces");
        }
        match spoke {
            Some(s) => Statement {
                continues: Some(s),
                cue_probability: 0.8,
                source_probability: 0.6,
                rule: "speakers/next-quotation",
                ..statement
            },
            None => statement,
        }
    }

    /// The statement of a frame that ends in, or attributes, a direct quotation.
    fn last_speech(&self, frame: usize) -> Option<usize> {
        let last = self.done.len().checked_sub(1)?;
        let here = |s: &usize| self.done[*s].frame == frame && self.done[*s].rule != TERM;
        let holds_passage = |s: &usize| {
            let mut elements = self.done[*s].content.runs().flat_map(Clone::clone);
            elements.any(|i| self.stage.frames.elements[i].tag == Tag::Passage)
        };
        (0..=last).rev().take_while(here).find(holds_passage)
    }

    fn ends_with_colon(&self, frame: usize) -> bool {
        let last = self.stage.frames.list[frame].elements.end - 1;
        self.stage.frames.elements[last].tag == Tag::Colon
    }

    /// The passage as words of whom a frame is about: the source of its last cue, else its first person.
    fn introduced(&mut self, frame: usize, statement: Statement, sure: f32, rule: &'static str) -> Statement {
        let elements = self.stage.frames.list[frame].elements.clone();
        let said = self
            .done
            .iter()
            .rev()
            .take_while(|s| s.frame >= frame)
            .find(|s| s.frame == frame && s.source.is_some());
        let subject = || {
            let person = |m: u32| {
                let form = self.stage.mentions.list[m as usize].form;
                matches!(form, Form::Name | Form::Role | Form::Pronoun)
            };
            elements
                .clone()
                .find_map(|i| match self.stage.frames.elements[i].holds {
                    Holds::Mention(m) if person(m) => Some(Candidate {
                        first: i,
                        end: i + 1,
                        mention: Some(m),
                    }),
                    _ => None,
                })
        };
        let source = said.and_then(|s| s.source).or_else(subject);
        Statement {
            source,
            cue_probability: sure,
            source_probability: sure,
            rule,
            ..statement
        }
    }

    /// A passage in the writer's own sentence that no cue took: the faintest cue will do for a long one.
    fn passage_inside(&mut self, frame: usize, element: usize, passage: usize) -> Statement {
        let statement = blank(frame, element);
        let inner = self.stage.marked[passage].inner;
        let words = &self.stage.page.words[self.stage.marked[passage].words.clone()];
        let length = words
            .iter()
            .filter(|w| matches!(w.kind, Kind::Letters | Kind::Number))
            .count();
        if let Some(signed) = self.signature(element + 1) {
            return signed_by(signed, statement);
        }
        if let Some(spoke) = self.goes_on_from(frame, element, length >= LONG) {
            return Statement {
                continues: Some(spoke),
                cue_probability: 0.95,
                source_probability: 0.95,
                rule: "speakers/quotation-around-attribution",
                ..statement
            };
        }
        if let Some(source) = self.lost_subject(frame) {
            return Statement {
                source: Some(source),
                cue_probability: 0.6,
                source_probability: 0.6,
                rule: "speakers/lost-subject",
                ..statement
            };
        }
        if length < LONG || inner.is_empty() {
            return Statement {
                rule: TERM,
                ..statement
            };
        }
        let view = self.stage.view(frame);
        let mut best = (FAINT, None);
        for i in view.frame.elements.clone().filter(|&i| view.can_report(i)) {
            let p = probability(self.stage.seeds.model.score(|sum| view.cue(i, sum)));
            let taken = self
                .done
                .iter()
                .rev()
                .take_while(|s| s.frame == frame)
                .any(|s| s.cue == Some(i));
            if p > best.0 && !taken {
                best = (p, Some(i));
            }
        }
        let (p, Some(cue)) = best else {
            return Statement {
                cue_probability: 0.5,
                source_probability: 0.5,
                rule: "speakers/quotation-without-cue",
                ..statement
            };
        };
        let (source, source_probability) = choose_source(&view, cue, &view.frame.elements, &self.stage.seeds.model);
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

/// A quotation with a name under or behind it: “…” ― Name
fn signed_by(source: Candidate, statement: Statement) -> Statement {
    Statement {
        source: Some(source),
        cue_probability: 0.95,
        source_probability: 0.95,
        rule: "speakers/signature",
        ..statement
    }
}

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

    /// Whom a text is about that begins in the middle of its first sentence ("had “a long talk” with …"): the person it names
    /// most often.
    fn lost_subject(&self, frame: usize) -> Option<Candidate> {
        let elements = &self.stage.frames.elements;
        let first = elements.first().filter(|_| frame == 0)?;
        let word = &self.stage.page.words[first.first as usize];
        let cut = matches!(first.tag, Tag::Have | Tag::Be | Tag::Modal | Tag::Past | Tag::Third) && !word.capital();
        let people = self
            .stage
            .mentions
            .entities
            .iter()
            .filter(|e| cut && e.form == Form::Name);
        let person = people.max_by_key(|e| e.mentions.len())?;
        let mention = *person.mentions.first()? as u32;
        Some(Candidate {
            first: 0,
            end: 1,
            mention: Some(mention),
        })
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
        let last = self.done.len().checked_sub(1)?;
        let mut here = (0..=last).rev().take_while(|&s| self.done[s].frame == frame);
        here.find(|&s| {
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
