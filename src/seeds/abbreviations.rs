//! `abbreviations.csv`: words whose full stop need not end a sentence, and what may follow while it goes on.
//!
//! A word written with a capital in the list counts only with a capital in the text (`Wash.`, not `wash.`). A word may have
//! several rows: `Sec.` before a name, `sec.` after a number.

use super::{Class, Table, Vocabulary, WordId};
use crate::error::Error;
use std::collections::HashMap;

/// What may follow an abbreviation while the sentence goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Follows {
    /// A name: the sentence ends only before a word that opens sentences.
    Name,
    /// A number: before any other capital the sentence ends.
    Number,
    /// Anything: the sentence never ends here.
    Any,
    /// As [`Follows::Name`], and a title also opens a new sentence (`U.S. Mr. Smith`).
    Starter,
    /// More of a name, but not the subject of a new clause: `Acme Inc. Chairman Lee`, `at Acme Inc. Lee left`.
    Subject,
    /// As [`Follows::Starter`], but behind a comma or hyphen (`Salem, Ore.`, `D-Ore.`) the sentence ends before any capital.
    State,
    /// A weekday, a zone, or the clause that the time opens: `At 5 p.m. Mr. Lee left`.
    Time,
    /// The mark belongs to a name: `Yahoo! Research`.
    Mark,
    /// Only lower case: before any capital the sentence ends (degrees).
    End,
}

impl Follows {
    const NAMES: &[(&str, Follows)] = &[
        ("name", Follows::Name),
        ("number", Follows::Number),
        ("any", Follows::Any),
        ("starter", Follows::Starter),
        ("subject", Follows::Subject),
        ("state", Follows::State),
        ("time", Follows::Time),
        ("mark", Follows::Mark),
        ("end", Follows::End),
    ];
}

/// One row: when it counts, and what may follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abbreviation {
    /// Counts only where the word begins with a capital.
    pub capital: bool,
    /// Counts only behind a number (`6 ft.`).
    pub after_number: bool,
    /// What may follow while the sentence goes on.
    pub follows: Vec<Follows>,
}

/// The rows by word.
#[derive(Debug, Clone, Default)]
pub struct Abbreviations {
    by_id: HashMap<WordId, Vec<Abbreviation>>,
}

impl Abbreviations {
    /// Reads the list and adds its words to the vocabulary.
    pub fn read(file: &str, text: &str, vocabulary: &mut Vocabulary) -> Result<Self, Error> {
        let mut list = Self::default();
        for row in Table::read(file, text, &["word", "follows", "after", "classes", "note"])?.rows() {
            let word = row.get("word");
            let mut class = Class::ABBREVIATION;
            for name in row.list("classes") {
                class = class
                    | Class::named(name).ok_or_else(|| row.error("classes", format!("\"{name}\" is no class")))?;
            }
            let mut follows = Vec::new();
            for name in row.list("follows") {
                let known = Follows::NAMES.iter().find(|(key, _)| *key == name);
                follows.push(
                    known
                        .ok_or_else(|| row.error("follows", format!("\"{name}\" is none of {}", names())))?
                        .1,
                );
            }
            let after_number = match row.get("after") {
                "" => false,
                "number" => true,
                other => return Err(row.error("after", format!("\"{other}\" is neither empty nor \"number\""))),
            };
            if word.is_empty() || follows.is_empty() {
                return Err(row.error("follows", "a word and what may follow it are wanted"));
            }
            let capital = word.starts_with(char::is_uppercase) && !word.contains('.');
            list.by_id
                .entry(vocabulary.add(word, class))
                .or_default()
                .push(Abbreviation {
                    capital,
                    after_number,
                    follows,
                });
        }
        Ok(list)
    }

    /// The rows of a word, in the list's order.
    pub fn of(&self, id: WordId) -> &[Abbreviation] {
        self.by_id.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// Every name of the column `follows`, for errors.
fn names() -> String {
    let names: Vec<&str> = Follows::NAMES.iter().map(|(name, _)| *name).collect();
    names.join(", ")
}
