//! Every rule's own example and counterexample, and every row of the stage tables in `fixtures/`.

mod claims;
mod mentions;
mod quotes;
mod rules;
mod sentences;
mod speakers;
