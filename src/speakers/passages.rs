//! Passages that no statement holds.

use super::Stage;
use super::statements::Statement;

/// Adds a statement for each passage that goes on from another, and leaves the rest to be terms.
pub fn complete(_stage: &Stage, _statements: &mut Vec<Statement>) {}
