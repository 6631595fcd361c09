//! Lists that tell people, bodies and places by their words: titles, first names, places, demonyms, common nouns.
//!
//! First names: the commonest of the 1990 census of the United States (public domain), and names of the world's news written
//! from knowledge. Common nouns and part of the nouns for people: WordNet 3.1 (its licence allows any use with its notice),
//! those that its tagged texts use; no example or definition was taken. All else is our own.

use super::roster::{Roster, gender_class};
use super::{Class, Row, Seeds, Table, add_classes, source};
use crate::error::Error;
use crate::mentions::Gender;
use std::path::Path;

/// Adds every list of names and of words for people.
pub(super) fn load(seeds: &mut Seeds, folder: Option<&Path>) -> Result<(), Error> {
    let (file, text) = source(folder, "people.csv", include_str!("../../seeds/people.csv"))?;
    add_classes(
        &mut seeds.vocabulary,
        &Table::read(&file, &text, &["word", "classes"])?,
        "word",
    )?;
    let (file, text) = source(folder, "titles.csv", include_str!("../../seeds/titles.csv"))?;
    for row in Table::read(&file, &text, &["title", "gender", "kind", "means"])?.rows() {
        let id = seeds.vocabulary.add(row.get("title"), title_class(&row)?);
        if !row.get("means").is_empty() {
            let whole = seeds.vocabulary.add(row.get("means"), Class::NONE);
            seeds.vocabulary.set_lemma(id, whole);
        }
    }
    let (file, text) = source(folder, "first_names.csv", include_str!("../../seeds/first_names.csv"))?;
    let mut additions = seeds.vocabulary.additions();
    for row in Table::read(&file, &text, &["name", "gender"])?.rows() {
        additions.add(row.get("name"), first_name_class(&row)?);
    }
    additions.finish();
    let (file, text) = source(folder, "places.csv", include_str!("../../seeds/places.csv"))?;
    for row in Table::read(&file, &text, &["place"])?.rows() {
        seeds.vocabulary.add(row.get("place"), Class::PLACE);
    }
    let (file, text) = source(folder, "demonyms.csv", include_str!("../../seeds/demonyms.csv"))?;
    for row in Table::read(&file, &text, &["demonym", "people"])?.rows() {
        seeds.vocabulary.add(row.get("demonym"), demonym_class(&row)?);
    }
    let (file, text) = source(folder, "common.csv", include_str!("../../seeds/common.csv"))?;
    let mut plural = String::new();
    let mut additions = seeds.vocabulary.additions();
    for row in Table::read(&file, &text, &["word"])?.rows() {
        let word = row.get("word");
        additions.add(word, Class::COMMON);
        write_plural(word, &mut plural);
        additions.add(&plural, Class::COMMON);
    }
    additions.finish();
    load_cues(seeds, folder)?;
    load_roster(seeds, folder)
}

/// Gives every form of a verb of `cues.csv` its classes.
fn load_cues(seeds: &mut Seeds, folder: Option<&Path>) -> Result<(), Error> {
    let (file, text) = source(folder, "cues.csv", include_str!("../../seeds/cues.csv"))?;
    let vocabulary = &mut seeds.vocabulary;
    add_classes(vocabulary, &Table::read(&file, &text, &["verb", "classes"])?, "verb")?;
    vocabulary.share_with_forms(Class::CUE.or(Class::SAY));
    vocabulary.add("according", Class::CUE);
    Ok(())
}

fn load_roster(seeds: &mut Seeds, folder: Option<&Path>) -> Result<(), Error> {
    let (file, text) = source(folder, "roster.csv", include_str!("../../seeds/roster.csv"))?;
    for row in Table::read(&file, &text, &["name", "aliases", "roles", "gender"])?.rows() {
        if row.get("name").is_empty() {
            return Err(row.error("name", "is empty; a speaker needs a name"));
        }
        let words = row.get("name").split_whitespace().chain(row.list("aliases"));
        for word in words.filter(|w| w.chars().all(char::is_alphabetic)) {
            seeds.vocabulary.add(word, Class::ROSTER);
        }
        let roster: &mut Roster = &mut seeds.roster;
        roster.add(row.get("name"), row.list("aliases"), row.list("roles"), gender(&row)?);
    }
    Ok(())
}

pub(super) fn gender(row: &Row) -> Result<Gender, Error> {
    match row.get("gender") {
        "" => Ok(Gender::Unknown),
        "male" => Ok(Gender::Masculine),
        "female" => Ok(Gender::Feminine),
        other => Err(row.error("gender", format!("\"{other}\" is not male, female or empty"))),
    }
}

fn title_class(row: &Row) -> Result<Class, Error> {
    let gender = gender_class(gender(row)?);
    match row.get("kind") {
        "honorific" => Ok(Class::TITLE | gender),
        "office" => Ok(Class::TITLE | Class::ROLE | gender),
        other => Err(row.error("kind", format!("\"{other}\" is not honorific or office"))),
    }
}

fn first_name_class(row: &Row) -> Result<Class, Error> {
    match row.get("gender") {
        "male" => Ok(Class::MALE_NAME),
        "female" => Ok(Class::FEMALE_NAME),
        "both" => Ok(Class::MALE_NAME | Class::FEMALE_NAME),
        other => Err(row.error("gender", format!("\"{other}\" is not male, female or both"))),
    }
}

fn demonym_class(row: &Row) -> Result<Class, Error> {
    match row.get("people") {
        "none" => Ok(Class::DEMONYM),
        "one" => Ok(Class::DEMONYM | Class::PERSON_NOUN),
        "many" => Ok(Class::DEMONYM | Class::PLURAL_PERSON),
        other => Err(row.error("people", format!("\"{other}\" is not none, one or many"))),
    }
}

/// Writes the regular plural of a noun in the place of what was there.
fn write_plural(noun: &str, plural: &mut String) {
    let ends = |e: &[&str]| e.iter().any(|e| noun.ends_with(e));
    let (stem, ending) = match noun.strip_suffix('y') {
        Some(stem) if !ends(&["ay", "ey", "oy", "uy"]) => (stem, "ies"),
        _ if ends(&["s", "x", "z", "ch", "sh"]) => (noun, "es"),
        _ => (noun, "s"),
    };
    plural.clear();
    plural.push_str(stem);
    plural.push_str(ending);
}
