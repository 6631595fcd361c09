//! Rows of `fixtures/claims.csv`.
