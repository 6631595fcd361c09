//! Rows of `fixtures/quotes.csv`.
