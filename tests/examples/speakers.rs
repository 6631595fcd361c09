//! Rows of `fixtures/speakers.csv`.
