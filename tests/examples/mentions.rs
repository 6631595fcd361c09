//! Rows of `fixtures/mentions.csv`.
