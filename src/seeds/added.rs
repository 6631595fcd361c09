//! Speakers that the user adds to the roster, with `--speakers FILE`.
//!
//! The file is a CSV table: `name`, and where wanted `aliases` (between semicolons), `roles` (or `role`), `gender`, `note`. Names
//! are matched literally. A row that could only do harm is refused by its line; an alias that two people share names neither
//! of them, and is told.

use super::{Row, Seeds, Table, names};
use crate::error::Error;

impl Seeds {
    /// Adds the speakers of a table to the roster; who is in it already gets the new aliases and roles.
    ///
    /// Returns what the user should know: aliases that two speakers share.
    ///
    /// # Errors
    /// A row without a name, or with a name or alias that is one letter, over-long, or holds control characters.
    pub fn add_speakers(&mut self, file: &str, text: &str) -> Result<Vec<String>, Error> {
        let mut warnings = Vec::new();
        for row in Table::read(file, text, &["name"])?.rows() {
            check(&row, "name", row.get("name"))?;
            for alias in row.list("aliases") {
                check(&row, "aliases", alias)?;
            }
            let roles = row.list("roles").chain(row.list("role"));
            let shared = self
                .roster
                .add(row.get("name"), row.list("aliases"), roles, names::gender(&row)?);
            let told = |alias: &str| {
                let problem = format!("\"{alias}\" belongs to another speaker too, so it names neither");
                row.error("aliases", problem).to_string()
            };
            warnings.extend(shared.into_iter().map(told));
        }
        Ok(warnings)
    }
}

fn check(row: &Row, column: &str, name: &str) -> Result<(), Error> {
    const LONGEST_CHARS: usize = 120;
    const MOST_WORDS: usize = 12;
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    let problem = if name.is_empty() {
        "is empty; a speaker needs a name".to_owned()
    } else if name.chars().any(char::is_control) {
        format!("\"{}\" holds control characters", name.escape_debug())
    } else if name.chars().count() > LONGEST_CHARS || name.split_whitespace().count() > MOST_WORDS {
        format!("a name of more than {LONGEST_CHARS} characters or {MOST_WORDS} words is none")
    } else if letters < 2 {
        format!("\"{name}\" is too short to tell a speaker by; give at least two letters")
    } else {
        return Ok(());
    };
    Err(row.error(column, problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn added_speakers_are_checked_row_by_row() {
        let long = "x".repeat(1_000_000);
        let cases = [
            ("name\nAna Costa\n", None),
            (
                "name,aliases,role,note\nAna Costa,Costa;the boss.*(,harbour master,x\n",
                None,
            ),
            ("name;aliases\nAna Costa;\"Costa;the boss\"\n", None),
            ("name\taliases\nAna Costa\tCosta\n", None),
            ("name\nAna Costa\n\"\",\n", Some("f:3: 2 cells")),
            ("name,aliases\nAna Costa,\n,Costa\n", Some("f:3: column \"name\"")),
            ("name,aliases\nAna Costa,C\n", Some("f:2: column \"aliases\"")),
            ("name\nAna\u{7} Costa\n", Some("f:2: column \"name\"")),
            (&*format!("name\n{long}\n"), Some("f:2: column \"name\"")),
            ("who\nAna\n", Some("f:1: no column \"name\"")),
        ];
        for (text, wanted) in cases {
            let got = Seeds::default().add_speakers("f", text).err().map(|e| e.to_string());
            assert_eq!(got.is_some(), wanted.is_some(), "{got:?}");
            assert!(
                got.unwrap_or_default().starts_with(wanted.unwrap_or_default()),
                "{wanted:?}"
            );
        }
    }

    #[test]
    fn a_shared_alias_is_told_and_the_same_name_twice_is_one_speaker() {
        let mut seeds = Seeds::default();
        let text = "name,aliases\nAna Costa,Costa\nBo Costa,Costa\nAna Costa,the harbour boss\n";
        let warnings = seeds.add_speakers("f", text).expect("the rows are right");
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].starts_with("f:3: "));
        assert_eq!(seeds.roster.people().len(), 2);
    }
}
