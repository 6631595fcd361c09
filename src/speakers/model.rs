//! The learned part: a linear model over hashed features.
//!
//! Three questions are asked of it: does this word report ([`Question::Cue`]), which candidate is the source
//! ([`Question::Source`]), which words are the content ([`Question::Content`]). A score is the sum of the weights of
//! the features that hold; a probability is its logistic. The weights are learned from annotated articles by
//! `cargo run --release --example train` and shipped in `seeds/model.bin`: 2^18 numbers of 8 bits, with a sign, in units of
//! 1/32. Hashing keeps the table small; two features that share a slot share a weight.

/// Number of weights: a quarter of a megabyte of them, so that they stay in the second-nearest memory.
pub const SLOTS: usize = 1 << SLOT_BITS;

const SLOT_BITS: u32 = 18;

/// Weight units in one. No weight learned is as large as four, and finer steps decide nothing better.
pub const SCALE: f32 = 32.0;

/// What is asked of the model; each has its own features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Does this element report?
    Cue = 1,
    /// Is this the source of that cue?
    Source = 2,
    /// Are these the reported words?
    Content = 3,
}

/// Takes the features of one candidate: to learn from them, or to sum their weights.
pub trait Sink {
    /// Takes a feature: its question, a template's number and its value.
    fn add(&mut self, question: Question, template: u64, value: u64);
}

/// The features that hold for one candidate, to learn from.
#[derive(Debug, Default, Clone)]
pub struct Features {
    /// Slots, in the order they were added.
    pub slots: Vec<u32>,
}

impl Sink for Features {
    fn add(&mut self, question: Question, template: u64, value: u64) {
        self.slots.push(slot(question, template, value));
    }
}

/// The slots of the features of one candidate, to weigh later. What is listed for many candidates before any is weighed
/// ([`Model::sum`]) is fetched from afar side by side.
#[derive(Debug)]
pub struct Listed<'l, const COUNT: usize> {
    slots: &'l mut [u32; COUNT],
    count: usize,
}

impl<'l, const COUNT: usize> Listed<'l, COUNT> {
    /// Lists the slots of the features that `ask` adds, which must be so many.
    #[inline(always)]
    pub fn fill(slots: &'l mut [u32; COUNT], ask: impl FnOnce(&mut Self)) {
        let mut listed = Listed { slots, count: 0 };
        ask(&mut listed);
        debug_assert_eq!(listed.count, COUNT);
    }
}

impl<const COUNT: usize> Sink for Listed<'_, COUNT> {
    #[inline(always)]
    fn add(&mut self, question: Question, template: u64, value: u64) {
        self.slots[self.count] = slot(question, template, value);
        self.count += 1;
    }
}

/// The weight units of the features of one candidate.
#[derive(Debug, Clone, Copy)]
pub struct Sum<'m> {
    weights: &'m Weights,
    units: i32,
}

impl Sink for Sum<'_> {
    #[inline(always)]
    fn add(&mut self, question: Question, template: u64, value: u64) {
        self.units += units_of(self.weights, slot(question, template, value));
    }
}

/// Slot of a feature: one multiplication, whose highest bits depend on all of the value and on the template's own number.
#[inline(always)]
fn slot(question: Question, template: u64, value: u64) -> u32 {
    let salt = ((question as u64) << 8 | template)
        .wrapping_add(SALT)
        .wrapping_mul(0xD6E8_FEB8_6659_FD93)
        .rotate_left(17);
    ((value ^ salt).wrapping_mul(ODD) >> (u64::BITS - SLOT_BITS)) as u32
}

/// Which features share a slot is chance: of some fourteen numbers, the one that does best on the five articles.
const SALT: u64 = 31;

const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Joins two values into one; which is which matters.
#[inline(always)]
pub fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(ODD)
}

/// As many weights as there are slots, so that no look-up needs to ask whether its slot is there.
pub type Weights = [u8; SLOTS];

/// The weight units of a slot.
#[inline(always)]
fn units_of(weights: &Weights, slot: u32) -> i32 {
    i32::from(weights[slot as usize % SLOTS].cast_signed())
}

static BUILT_IN: &Weights = include_bytes!("../../seeds/model.bin");

/// The weights: those that are built in, which stay where the program is, or others.
#[derive(Debug, Clone, Default)]
pub enum Model {
    /// Those of `seeds/model.bin`.
    #[default]
    BuiltIn,
    /// As trained.
    Learned(Box<Weights>),
}

impl Model {
    /// Weights as trained, rounded to what the file holds; a slot that the list is too short for weighs nothing.
    pub fn from_weights(weights: &[f32]) -> Model {
        let round = |w: &f32| (w * SCALE).round().clamp(f32::from(i8::MIN), f32::from(i8::MAX)) as i8;
        let mut rounded: Vec<u8> = weights.iter().map(|w| round(w).cast_unsigned()).collect();
        rounded.resize(SLOTS, 0);
        let rounded = rounded.into_boxed_slice().try_into();
        Model::Learned(rounded.unwrap_or_else(|_| unreachable!("a vector of so many")))
    }

    /// True for the weights that are built in: what was worked out with them holds for every page.
    pub fn is_built_in(&self) -> bool {
        matches!(self, Model::BuiltIn)
    }

    /// The file's bytes.
    pub fn bytes(&self) -> &Weights {
        match self {
            Model::BuiltIn => BUILT_IN,
            Model::Learned(weights) => weights,
        }
    }

    /// Sum of the weights of some slots, in weight units.
    #[inline(always)]
    pub fn sum(&self, slots: &[u32]) -> i32 {
        let weights = self.bytes();
        slots.iter().map(|&slot| units_of(weights, slot)).sum()
    }

    /// Sum of the weights of the features that `ask` adds, in weight units: parts can be summed apart.
    #[inline(always)]
    pub fn units(&self, ask: impl FnOnce(&mut Sum)) -> i32 {
        let mut sum = Sum {
            weights: self.bytes(),
            units: 0,
        };
        ask(&mut sum);
        sum.units
    }
}

/// The score that a number of weight units makes.
pub fn score(units: i32) -> f32 {
    units as f32 / SCALE
}

/// The logistic function.
pub fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
