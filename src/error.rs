//! A place and a problem.
//!
//! Every error that a user can cause names where it is (a file, a line, a column) and what is wrong there, in one line:
//! `seeds/units.csv:14: column "scale": "1k" is not a number`. Only reading, seeds and tables return errors; the stages of
//! extraction cannot fail.

use std::fmt;

/// What went wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The file, line or argument concerned, as the user would name it.
    pub place: String,
    /// What was found, what was wanted, and the remedy where there is one.
    pub problem: String,
}

impl Error {
    /// An error at a place.
    pub fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            problem: problem.into(),
        }
    }

    /// An error at a line (1-based) of a file.
    pub fn at_line(file: &str, line: u64, problem: impl Into<String>) -> Self {
        Self::new(format!("{file}:{line}"), problem)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for Error {}
