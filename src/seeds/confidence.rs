//! `confidence.csv`: what share of rows like this one proved right.
//!
//! A row of the file holds for one rule and kind from a raw score upwards (the product of the model's probabilities for cue and
//! source). The shares were counted on articles that the model had not seen, by `cargo run --release --example train -- FOLDER
//! --confidence seeds/confidence.csv`; `note` says how many.

use super::{Error, Ready, Table};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// Shares by rule and kind, in order of the raw score from which they hold.
#[derive(Debug, Clone, Default)]
pub struct Confidence {
    by_rule: HashMap<String, Vec<OfKind>, BuildHasherDefault<Ready>>,
}

/// The shares of one kind of a rule's rows.
#[derive(Debug, Clone)]
struct OfKind {
    kind: String,
    steps: Vec<Step>,
}

/// The shares that hold for the rows of one rule and kind.
#[derive(Debug, Clone, Copy)]
pub struct Shares<'c> {
    /// In order of the raw score from which they hold; `None` in an empty table.
    steps: Option<&'c [Step]>,
}

impl Shares<'_> {
    /// The share of right rows among those with a raw score like this; an empty table gives the raw score.
    pub fn of(self, raw: f32) -> f32 {
        let Some(steps) = self.steps else {
            return raw;
        };
        // All are looked at: which one it is is unpredictable.
        let reached = steps.iter().filter(|s| s.from <= raw).count();
        let step = steps.get(reached.wrapping_sub(1));
        step.map_or(raw.min(UNCOUNTED), |s| s.share)
    }
}

#[derive(Debug, Clone, Copy)]
struct Step {
    from: f32,
    share: f32,
}

/// Confidence of a row whose rule was too rare to count.
const UNCOUNTED: f32 = 0.5;

impl Confidence {
    /// Reads the file.
    pub fn read(file: &str, text: &str) -> Result<Confidence, Error> {
        let mut confidence = Confidence::default();
        for row in Table::read(file, text, &["rule", "kind", "from", "confidence"])?.rows() {
            let number = |column| match row.number(column) {
                Ok(Some(number)) if (0.0..=1.0).contains(&number) => Ok(number as f32),
                Ok(_) => Err(row.error(column, "a number from 0 to 1 is wanted")),
                Err(error) => Err(error),
            };
            let step = Step {
                from: number("from")?,
                share: number("confidence")?,
            };
            let kinds = confidence.by_rule.entry(row.get("rule").to_owned()).or_default();
            let kind = row.get("kind");
            let at = kinds.iter().position(|of| of.kind == kind).unwrap_or_else(|| {
                let (kind, steps) = (kind.to_owned(), Vec::new());
                kinds.push(OfKind { kind, steps });
                kinds.len() - 1
            });
            kinds[at].steps.push(step);
            kinds[at].steps.sort_by(|a, b| a.from.total_cmp(&b.from));
        }
        Ok(confidence)
    }

    /// The shares for a rule and kind.
    pub fn shares(&self, rule: &str, kind: &str) -> Shares<'_> {
        if self.by_rule.is_empty() {
            return Shares { steps: None };
        }
        let kinds = self.by_rule.get(rule).map_or(&[][..], Vec::as_slice);
        let steps = kinds.iter().find(|of| of.kind == kind).map_or(&[][..], |of| &of.steps);
        Shares { steps: Some(steps) }
    }
}
