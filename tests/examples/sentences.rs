//! Rows of `fixtures/sentences.csv`.
