//! The learned part: a linear model over hashed features.
//!
//! Three questions are asked of it: does this word report ([`Question::Cue`]), which candidate is the source
//! ([`Question::Source`]), which words are the content ([`Question::Content`]). A score is the sum of the weights of
//! the features that hold; a probability is its logistic. The weights are learned from annotated articles by
//! `cargo run --release --example train` and shipped in `seeds/model.bin`: 2^18 numbers of 16 bits, little-endian, in units
//! of 1/1024. Hashing keeps the table small; two features that share a slot share a weight.

/// Number of weights: half a megabyte of them, so that they stay in the second-nearest memory.
pub const SLOTS: usize = 1 << SLOT_BITS;

const SLOT_BITS: u32 = 18;

/// Weight units in one.
const SCALE: f32 = 1024.0;

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

/// The weight units of the features of one candidate.
#[derive(Debug, Clone, Copy)]
pub struct Sum<'m> {
    weights: &'m [[u8; 2]; SLOTS],
    units: i32,
}

impl Sink for Sum<'_> {
    #[inline(always)]
    fn add(&mut self, question: Question, template: u64, value: u64) {
        let weight = self.weights[slot(question, template, value) as usize % SLOTS];
        self.units += i32::from(i16::from_le_bytes(weight));
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

/// The weights.
#[derive(Debug, Clone)]
pub struct Model {
    /// Little-endian; as many as there are slots, so that no look-up needs to ask whether its slot is there.
    weights: Box<[[u8; 2]; SLOTS]>,
}

impl Default for Model {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Model {
    /// The weights that are built in.
    pub fn built_in() -> Model {
        unpacked(include_bytes!(concat!(env!("OUT_DIR"), "/model.packed")))
    }

    /// Weights from a file's bytes; a slot that the file is too short for weighs nothing.
    pub fn from_bytes(bytes: &[u8]) -> Model {
        Model::new(bytes.as_chunks().0.iter().copied())
    }

    /// Weights as trained, rounded to what the file holds.
    pub fn from_weights(weights: &[f32]) -> Model {
        let round = |w: &f32| (w * SCALE).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16;
        Model::new(weights.iter().map(|w| round(w).to_le_bytes()))
    }

    fn new(given: impl Iterator<Item = [u8; 2]>) -> Model {
        let mut model = Model::empty();
        for (weight, given) in model.weights.iter_mut().zip(given) {
            *weight = given;
        }
        model
    }

    /// No feature weighs anything.
    fn empty() -> Model {
        let weights = vec![[0; 2]; SLOTS].into_boxed_slice();
        Model {
            weights: weights
                .try_into()
                .unwrap_or_else(|_| unreachable!("a vector of so many")),
        }
    }

    /// The file's bytes.
    pub fn bytes(&self) -> &[u8] {
        self.weights.as_flattened()
    }

    /// Sum of the weights of the features that `ask` adds, in weight units: parts can be summed apart.
    #[inline(always)]
    pub fn units(&self, ask: impl FnOnce(&mut Sum)) -> i32 {
        let mut sum = Sum {
            weights: &self.weights,
            units: 0,
        };
        ask(&mut sum);
        sum.units
    }

    /// Score of the features that `ask` adds.
    #[inline(always)]
    pub fn score(&self, ask: impl FnOnce(&mut Sum)) -> f32 {
        score(self.units(ask))
    }
}

/// The weights as `build.rs` packed them: a bit for each slot whose weight is not zero, then those weights.
fn unpacked(packed: &[u8]) -> Model {
    let (bits, weights) = packed.split_at(SLOTS / 8);
    let mut weights = weights.as_chunks::<2>().0.iter();
    let mut model = Model::empty();
    let slots = &mut model.weights[..];
    for (slots, bits) in slots.as_chunks_mut::<64>().0.iter_mut().zip(bits.as_chunks().0) {
        let mut bits = u64::from_le_bytes(*bits);
        while bits != 0 {
            slots[bits.trailing_zeros() as usize] = weights.next().copied().unwrap_or_default();
            bits &= bits - 1;
        }
    }
    model
}

/// The score that a number of weight units makes.
pub fn score(units: i32) -> f32 {
    units as f32 / SCALE
}

/// The logistic function.
pub fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_built_in_are_those_of_the_file() {
        assert!(Model::built_in().bytes() == include_bytes!("../../seeds/model.bin"));
    }
}
