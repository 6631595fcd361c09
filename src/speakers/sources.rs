//! The likeliest source of a cue.
//!
//! All cues of a page are asked about in a row, and each candidate is weighed as it is found, without a decision in between, so
//! that the weights are fetched side by side.

use super::features::{Candidate, View};
use super::frames::{Tag, is_finite};
use super::model::{Model, score};
use super::survey::{Survey, Surveys};
use std::ops::Range;

/// Probability of a source that stands between a quotation and its verb, or right behind the two.
pub const BESIDE: f32 = 0.98;

/// The cues that were asked about, with the candidates for their sources.
#[derive(Debug, Default)]
pub struct Sources {
    asked: Vec<Asked>,
    candidates: Vec<Weighed>,
}

/// A cue that was asked about.
#[derive(Debug, Clone)]
struct Asked {
    cue: usize,
    /// The source where nothing else can be.
    beside: Option<Candidate>,
    /// What a source weighs that is not named.
    unnamed: i32,
    /// Indices into [`Sources::candidates`].
    candidates: Range<usize>,
}

#[derive(Debug, Clone)]
struct Weighed {
    candidate: Candidate,
    units: i32,
}

impl Sources {
    /// Forgets all cues.
    pub fn clear(&mut self) {
        self.asked.clear();
        self.candidates.clear();
    }

    /// Weighs the candidates for the source of one more cue.
    pub fn ask(&mut self, view: &View, survey: &Survey, cue: usize, model: &Model) {
        let first = self.candidates.len();
        let beside = view.source_beside(cue);
        let mut unnamed = 0;
        if beside.is_none() {
            let asking = view.asking(cue);
            unnamed = view.weigh_unnamed(&asking, model);
            // "said the number of cases had fallen": a subject behind the cue is part of what is said.
            let inverted = matches!(view.tag(cue as isize - 1), Tag::Comma | Tag::Passage | Tag::Edge);
            let says_it = |c: &Candidate| inverted || c.first != cue + 1 || !is_finite(view.tag(c.end as isize));
            view.each_source(cue, |candidate| {
                if says_it(&candidate) {
                    let gap = survey.gap_to(candidate, cue);
                    let units = view.weigh_source(&asking, candidate, &gap, model);
                    self.candidates.push(Weighed { candidate, units });
                }
            });
        }
        self.asked.push(Asked {
            cue,
            beside,
            unnamed,
            candidates: first..self.candidates.len(),
        });
    }

    /// The likeliest source of that cue, with its probability; a cue inside the words of another (`within`) has its source there
    /// too.
    pub fn choose(&self, view: &View, index: usize, within: &Range<usize>) -> (Option<Candidate>, f32) {
        let asked = &self.asked[index];
        if asked.beside.is_some() {
            return (asked.beside, BESIDE);
        }
        let mut best = (None, score(asked.unnamed));
        let mut sum = best.1.exp();
        for weighed in &self.candidates[asked.candidates.clone()] {
            let candidate = weighed.candidate;
            if within.start > candidate.first || candidate.end > within.end {
                continue;
            }
            let score = score(weighed.units);
            sum += score.exp();
            if score > best.1 {
                best = (Some(candidate), score);
            }
        }
        (
            best.0.map(|source| view.past_relative(source, asked.cue)),
            best.1.exp() / sum,
        )
    }
}

/// The likeliest source of one cue, with its probability.
pub fn choose_source(view: &View, cue: usize, within: &Range<usize>, model: &Model) -> (Option<Candidate>, f32) {
    let mut sources = Sources::default();
    sources.ask(view, &Surveys::default().add(view), cue, model);
    sources.choose(view, 0, within)
}
