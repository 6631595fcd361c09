//! The likeliest source of a cue.
//!
//! All cues of a page are asked about in a row: first which candidates there are and what is seen of each, then what that weighs,
//! without a decision in between, so that the weights are fetched side by side.

use super::features::{Candidate, SOURCE_SLOTS, UNNAMED_SLOTS, View};
use super::frames::{Tag, is_finite};
use super::model::{Model, score};
use std::ops::Range;

/// Probability of a source that stands between a quotation and its verb, or right behind the two.
pub const BESIDE: f32 = 0.98;

/// The cues that were asked about, with the candidates for their sources.
#[derive(Debug, Default)]
pub struct Sources {
    asked: Vec<Asked>,
    candidates: Vec<Weighed>,
    /// What each of those weighs.
    slots: Vec<[u32; SOURCE_SLOTS]>,
}

/// A cue that was asked about.
#[derive(Debug, Clone)]
struct Asked {
    cue: usize,
    /// The source where nothing else can be.
    beside: Option<Candidate>,
    /// What a source that is not named weighs.
    unnamed_slots: [u32; UNNAMED_SLOTS],
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
    /// Room for so many cues.
    pub fn with_capacity(cues: usize) -> Sources {
        const MEAN_CANDIDATES: usize = 6;
        Sources {
            asked: Vec::with_capacity(cues),
            candidates: Vec::with_capacity(cues * MEAN_CANDIDATES),
            slots: Vec::with_capacity(cues * MEAN_CANDIDATES),
        }
    }

    /// Lists the candidates for the source of one more cue.
    pub fn ask(&mut self, view: &View, cue: usize) {
        let first = self.candidates.len();
        let beside = view.source_beside(cue);
        let mut unnamed_slots = [0; UNNAMED_SLOTS];
        if beside.is_none() {
            let asking = view.asking(cue);
            unnamed_slots = view.unnamed_slots(&asking);
            // "said the number of cases had fallen": a subject behind the cue is part of what is said.
            let inverted = matches!(view.tag(cue as isize - 1), Tag::Comma | Tag::Passage | Tag::Edge);
            let says_it = |c: &Candidate| inverted || c.first != cue + 1 || !is_finite(view.tag(c.end as isize));
            view.each_source(cue, |candidate| {
                if says_it(&candidate) {
                    let gap = view.gap_to(candidate, cue);
                    self.candidates.push(Weighed { candidate, units: 0 });
                    self.slots.push(view.source_slots(&asking, candidate, &gap));
                }
            });
        }
        self.asked.push(Asked {
            cue,
            beside,
            unnamed_slots,
            unnamed: 0,
            candidates: first..self.candidates.len(),
        });
    }

    /// Weighs all candidates that are listed.
    pub fn weigh(&mut self, model: &Model) {
        for asked in &mut self.asked {
            asked.unnamed = model.sum(&asked.unnamed_slots);
        }
        for (weighed, slots) in self.candidates.iter_mut().zip(&self.slots) {
            weighed.units = model.sum(slots);
        }
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
    let mut sources = Sources::with_capacity(1);
    sources.ask(view, cue);
    sources.weigh(model);
    sources.choose(view, 0, within)
}
