//! The likeliest source of a cue.
//!
//! All cues of a page are asked about in a row, first which candidates there are, then what each weighs, without a decision
//! in between: so the weights are fetched side by side, and a small piece of code runs at a time.

use super::features::{Asking, Candidate, Gap, View};
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
}

/// A cue that was asked about.
#[derive(Debug, Clone)]
struct Asked {
    cue: usize,
    /// The source where nothing else can be.
    beside: Option<Candidate>,
    asking: Option<Asking>,
    /// Weight units of a source that is not named.
    unnamed: i32,
    /// Indices into [`Sources::candidates`].
    candidates: Range<usize>,
}

#[derive(Debug, Clone)]
struct Weighed {
    candidate: Candidate,
    gap: Gap,
    units: i32,
}

impl Sources {
    /// Room for so many cues.
    pub fn with_capacity(cues: usize) -> Sources {
        const MEAN_CANDIDATES: usize = 6;
        Sources {
            asked: Vec::with_capacity(cues),
            candidates: Vec::with_capacity(cues * MEAN_CANDIDATES),
        }
    }

    /// Lists the candidates for the source of one more cue.
    pub fn ask(&mut self, view: &View, cue: usize) {
        let first = self.candidates.len();
        let beside = view.source_beside(cue);
        if beside.is_none() {
            // "said the number of cases had fallen": a subject behind the cue is part of what is said.
            let inverted = matches!(view.tag(cue as isize - 1), Tag::Comma | Tag::Passage | Tag::Edge);
            let says_it = |c: &Candidate| inverted || c.first != cue + 1 || !is_finite(view.tag(c.end as isize));
            view.each_source(cue, |candidate| {
                if says_it(&candidate) {
                    self.candidates.push(Weighed {
                        candidate,
                        gap: view.gap_to(candidate, cue),
                        units: 0,
                    });
                }
            });
        }
        self.asked.push(Asked {
            cue,
            beside,
            asking: beside.is_none().then(|| view.asking(cue)),
            unnamed: 0,
            candidates: first..self.candidates.len(),
        });
    }

    /// Weighs the candidates of the cue that was asked about as number `index`.
    pub fn weigh(&mut self, view: &View, index: usize, model: &Model) {
        let asked = &mut self.asked[index];
        let Some(asking) = &asked.asking else { return };
        asked.unnamed = view.weigh_unnamed(asking, model);
        for weighed in &mut self.candidates[asked.candidates.clone()] {
            weighed.units = view.weigh_source(asking, weighed.candidate, &weighed.gap, model);
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
    sources.weigh(view, 0, model);
    sources.choose(view, 0, within)
}
