//! The known speakers: canonical names, aliases, the offices they hold.
//!
//! Aliases match literally, whole words, in any case; a name of any length is found by one look-up for its first word and one
//! for each length that occurs. An alias that two people share names neither of them.

use super::claims::Listed;
use super::{ByHash, Class};
use crate::mentions::Gender;
use crate::words::{Fold, Page};

/// A known speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The canonical name.
    pub name: String,
    /// Hashes of the words of each office held, the head noun last: `Treasury secretary`.
    pub roles: Vec<Vec<u64>>,
    /// Gender, where the roster states it.
    pub gender: Gender,
}

/// The known speakers, by alias.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    people: Vec<Known>,
    /// Person by the hash of a whole alias; `None` where several share it.
    aliases: ByHash<Option<u32>>,
    /// Numbers of words that aliases with this first word have, as bits.
    lengths: Listed<u32>,
}

/// Longest alias, in words.
const LONGEST: usize = 12;

impl Roster {
    /// Adds a speaker: canonical name, other names, offices. The name is an alias of itself; whoever has it already is given
    /// the new aliases and offices.
    ///
    /// Returns the aliases that another speaker has too: they name nobody from now on. An alias without a letter or digit, or
    /// of more than twelve words, is passed over.
    pub fn add<'a>(
        &mut self,
        name: &'a str,
        aliases: impl Iterator<Item = &'a str>,
        roles: impl Iterator<Item = &'a str>,
        gender: Gender,
    ) -> Vec<&'a str> {
        let roles = roles
            .map(|role| hashes(role).collect::<Vec<_>>())
            .filter(|r| !r.is_empty());
        let person = match self.named(hashes(name)).filter(|&p| self.people[p].name == name) {
            Some(person) => {
                self.people[person].roles.extend(roles);
                person as u32
            }
            None => {
                self.people.push(Known {
                    name: name.to_owned(),
                    roles: roles.collect(),
                    gender,
                });
                self.people.len() as u32 - 1
            }
        };
        let all = std::iter::once(name).chain(aliases);
        all.filter(|alias| self.add_alias(alias, person)).collect()
    }

    /// True where the alias belongs to someone else already.
    fn add_alias(&mut self, alias: &str, person: u32) -> bool {
        let mut key = Key::default();
        let mut first = None;
        for hash in hashes(alias) {
            first = first.or(Some(hash));
            key.push(hash);
        }
        let Some(first) = first.filter(|_| key.length <= LONGEST) else {
            return false;
        };
        *self.lengths.entry(first) |= 1 << key.length;
        let slot = self.aliases.entry(key.hash).or_insert(Some(person));
        let shared = *slot != Some(person);
        if shared {
            *slot = None;
        }
        shared
    }

    /// Forgets every speaker.
    pub fn clear(&mut self) {
        *self = Roster::default();
    }

    /// The speakers, in the order they were added.
    pub fn people(&self) -> &[Known] {
        &self.people
    }

    /// The person whose alias is just these words, given by their hashes.
    pub fn named(&self, words: impl Iterator<Item = u64>) -> Option<usize> {
        let mut key = Key::default();
        words.for_each(|hash| key.push(hash));
        self.aliases.get(&key.hash).copied().flatten().map(|p| p as usize)
    }

    /// False for most words that begin no alias.
    #[inline]
    pub(crate) fn may_begin(&self, hash: u64) -> bool {
        self.lengths.may_list(hash)
    }

    /// The longest alias that begins at word `at` and ends before word `end`: the person, and the index of its last word.
    #[inline]
    pub(crate) fn longest(&self, page: &Page, at: usize, end: usize) -> Option<(usize, usize)> {
        // Most words begin none.
        let lengths = self.lengths.get(page.words[at].hash)?;
        self.longest_of(lengths, page, at, end)
    }

    #[inline(never)]
    fn longest_of(&self, lengths: u32, page: &Page, at: usize, end: usize) -> Option<(usize, usize)> {
        let mut key = Key::default();
        let mut found = None;
        for i in at..end {
            let word = &page.words[i];
            if !(word.letters() || word.shape.has(crate::words::Shape::DIGIT)) && i > at {
                match page.word(i) {
                    "." | "-" | "‑" => continue,
                    _ => break,
                }
            }
            key.push(word.hash);
            if lengths >> key.length == 0 || key.length > LONGEST {
                break;
            }
            if lengths >> key.length & 1 == 1
                && let Some(Some(person)) = self.aliases.get(&key.hash)
            {
                found = Some((*person as usize, i));
            }
        }
        found
    }
}

/// The class that gender gives a word.
pub(super) fn gender_class(gender: Gender) -> Class {
    match gender {
        Gender::Unknown => Class::NONE,
        Gender::Masculine => Class::MASCULINE,
        Gender::Feminine => Class::FEMININE,
    }
}

/// Hash of several words in order.
#[derive(Debug, Default, Clone, Copy)]
struct Key {
    hash: u64,
    length: usize,
}

impl Key {
    fn push(&mut self, hash: u64) {
        self.hash = (self.hash.rotate_left(5) ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.length += 1;
    }
}

/// Hashes of the words of a name, as the cut into words has them, without marks.
fn hashes(name: &str) -> impl Iterator<Item = u64> + '_ {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '_');
    name.split(move |c: char| !inner(c))
        .filter(|word| !word.is_empty())
        .map(Fold::of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::Vocabulary;
    use crate::text::Document;

    fn find(roster: &Roster, text: &str) -> Option<(usize, usize)> {
        let document = Document::new("example", text);
        let page = Page::new(&document, &Vocabulary::default());
        roster.longest(&page, 0, page.words.len())
    }

    #[test]
    fn the_longest_alias_wins_and_a_shared_one_names_nobody() {
        let mut roster = Roster::default();
        roster.add(
            "Ann Lee",
            ["Lee", "A. Lee"].into_iter(),
            ["mayor"].into_iter(),
            Gender::Feminine,
        );
        let shared = roster.add("Bo Lee", ["Lee"].into_iter(), std::iter::empty(), Gender::Unknown);
        assert_eq!(shared, ["Lee"]);
        assert_eq!(find(&roster, "Ann Lee said"), Some((0, 1)));
        assert_eq!(find(&roster, "A. Lee said"), Some((0, 2)));
        assert_eq!(find(&roster, "Lee said"), None);
        assert_eq!(find(&roster, "Leeds said"), None);
    }
}
