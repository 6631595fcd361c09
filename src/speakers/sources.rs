//! The likeliest source of a cue.
//!
//! The candidates for the sources of all cues of a page are listed first and then weighed in a row, without a decision in between,
//! so that the weights are fetched side by side.

use super::features::{Asking, Candidate, Subjects, View};
use super::frames::{Tag, Tags, is_finite};
use super::model::{Model, score};
use super::survey::Surveys;
use super::{Stage, frames::Frames};
use std::hint::select_unpredictable;
use std::ops::Range;

/// Probability of a source that stands between a quotation and its verb, or right behind the two.
pub const BESIDE: f32 = 0.98;

/// The cues that were asked about, with the candidates for their sources: [`Sources::clear`] comes first, then [`Sources::ask`] for
/// each cue and [`Sources::weigh`] for all, then [`Sources::choose`].
#[derive(Debug, Default)]
pub struct Sources {
    asked: Vec<Asked>,
    candidates: Vec<Weighed>,
    /// The mentions of the page that a finite verb follows.
    subjects: Subjects,
}

/// A cue that was asked about.
#[derive(Debug, Clone)]
struct Asked {
    cue: usize,
    frame: usize,
    /// The number of the frame's survey.
    survey: usize,
    /// The source where nothing else can be.
    beside: Option<Candidate>,
    asking: Asking,
    /// What a source weighs that is not named.
    unnamed: i32,
    /// Indices into [`Sources::candidates`].
    candidates: Range<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Weighed {
    candidate: Candidate,
    /// Index of the cue asked about.
    asked: usize,
    /// False for a subject that is part of what is said.
    says_it: bool,
    score: f32,
    /// The exponential of that.
    weight: f32,
}

impl Sources {
    /// Forgets all cues; those of frames that hold these mentions come next.
    pub fn clear(&mut self, frames: &Frames, mentions: Range<usize>) {
        self.asked.clear();
        self.candidates.clear();
        self.subjects.list(frames, mentions);
    }

    /// Lists the candidates for the source of one more cue of a frame that was surveyed.
    pub fn ask(&mut self, view: &View, frame: usize, survey: usize, cue: usize) {
        let (first, asked) = (self.candidates.len(), self.asked.len());
        let beside = view.source_beside(cue);
        if beside.is_none() {
            view.list_sources(cue, &mut self.candidates, |candidate| Weighed {
                candidate,
                asked,
                says_it: true,
                score: 0.0,
                weight: 0.0,
            });
        }
        self.asked.push(Asked {
            cue,
            frame,
            survey,
            beside,
            asking: view.asking(cue, &self.subjects),
            unnamed: 0,
            candidates: first..self.candidates.len(),
        });
    }

    /// Weighs all candidates.
    pub fn weigh(&mut self, stage: &Stage, surveys: &Surveys, model: &Model) {
        for asked in &mut self.asked {
            asked.unnamed = View::weigh_unnamed(&asked.asking, model);
        }
        for weighed in &mut self.candidates {
            let asked = &self.asked[weighed.asked];
            let view = stage.view(asked.frame);
            // "said the number of cases had fallen": a subject behind the cue is part of what is said.
            const INVERTED: Tags = Tags::of(&[Tag::Comma, Tag::Passage, Tag::Edge]);
            let inverted = INVERTED.hold(view.tag(asked.cue as isize - 1));
            let finite = is_finite(view.tag(weighed.candidate.end as isize));
            let gap = surveys.of(asked.survey).gap_to(weighed.candidate, asked.cue);
            let units = view.weigh_source(&asked.asking, weighed.candidate, &gap, model);
            weighed.score = score(units);
            weighed.weight = weighed.score.exp();
            weighed.says_it = inverted | (weighed.candidate.first != asked.cue + 1) | !finite;
        }
    }

    /// The likeliest source of that cue, with its probability; a cue inside the words of another (`within`) has its source there
    /// too.
    pub fn choose(&self, view: &View, index: usize, within: &Range<usize>) -> (Option<Candidate>, f32) {
        let asked = &self.asked[index];
        if asked.beside.is_some() {
            return (asked.beside, BESIDE);
        }
        let unnamed = score(asked.unnamed);
        let (mut best, mut most) = (usize::MAX, unnamed);
        let mut sum = unnamed.exp();
        for (i, weighed) in self.candidates[asked.candidates.clone()].iter().enumerate() {
            let candidate = &weighed.candidate;
            let fits = weighed.says_it & (within.start <= candidate.first) & (candidate.end <= within.end);
            sum += select_unpredictable(fits, weighed.weight, 0.0);
            let better = fits & (weighed.score > most);
            best = select_unpredictable(better, i, best);
            most = select_unpredictable(better, weighed.score, most);
        }
        let source = self.candidates[asked.candidates.clone()].get(best);
        (
            source.map(|source| view.past_relative(source.candidate, asked.cue)),
            most.exp() / sum,
        )
    }
}

/// The likeliest source of one cue, with its probability.
pub fn choose_source(
    stage: &Stage,
    view: &View,
    frame: usize,
    cue: usize,
    within: &Range<usize>,
) -> (Option<Candidate>, f32) {
    let mut surveys = Surveys::default();
    let survey = surveys.tally(view);
    let mut sources = Sources::default();
    sources.clear(stage.frames, view.frame.mentions.clone());
    sources.ask(view, frame, survey, cue);
    sources.weigh(stage, &surveys, &stage.seeds.model);
    sources.choose(view, 0, within)
}
