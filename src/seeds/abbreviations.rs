//! `abbreviations.csv`: words whose full stop need not end a sentence, and what may follow while it goes on.
//!
//! A word written with a capital in the list counts only with a capital in the text (`Wash.`, not `wash.`). A word may have
//! several rows: `Sec.` before a name, `sec.` after a number.

use super::{Class, Row, Table, Vocabulary, WordId};
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
    /// The word is no abbreviation, but a letter behind it is its label and no initial: `Plan B.`
    Letter,
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
        ("letter", Follows::Letter),
        ("end", Follows::End),
    ];

    fn named(name: &str, row: &Row) -> Result<Self, Error> {
        let known = Self::NAMES.iter().find(|(key, _)| *key == name);
        known.map(|&(_, follows)| follows).ok_or_else(|| {
            let names: Vec<&str> = Self::NAMES.iter().map(|(name, _)| *name).collect();
            row.error("follows", format!("\"{name}\" is none of {}", names.join(", ")))
        })
    }
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

impl Abbreviation {
    fn read(word: &str, row: &Row) -> Result<Self, Error> {
        let follows = row.list("follows").map(|name| Follows::named(name, row));
        let follows = follows.collect::<Result<Vec<_>, _>>()?;
        if word.is_empty() || follows.is_empty() {
            return Err(row.error("follows", "a word and what may follow it are wanted"));
        }
        let after_number = match row.get("after") {
            "" => false,
            "number" => true,
            other => return Err(row.error("after", format!("\"{other}\" is neither empty nor \"number\""))),
        };
        let capital = word.starts_with(char::is_uppercase) && !word.contains('.');
        Ok(Self {
            capital,
            after_number,
            follows,
        })
    }
}

/// The classes of a row, with [`Class::ABBREVIATION`] where its word takes a stop.
fn classes(row: &Row, abbreviation: &Abbreviation) -> Result<Class, Error> {
    let label = abbreviation.follows == [Follows::Letter];
    let mut class = if label { Class::NONE } else { Class::ABBREVIATION };
    for name in row.list("classes") {
        class = class | Class::named(name).ok_or_else(|| row.error("classes", format!("\"{name}\" is no class")))?;
    }
    Ok(class)
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
            let abbreviation = Abbreviation::read(word, &row)?;
            let class = classes(&row, &abbreviation)?;
            let id = vocabulary.add(word, class);
            list.by_id.entry(id).or_default().push(abbreviation);
        }
        Ok(list)
    }

    /// The rows of a word, in the list's order.
    pub fn of(&self, id: WordId) -> &[Abbreviation] {
        self.by_id.get(&id).map_or(&[], Vec::as_slice)
    }
}
