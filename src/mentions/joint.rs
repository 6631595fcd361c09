//! People named together: `Bacon and Hurd`, `Mr. Smith and his wife`.
//!
//! Needs the drafts in order, gives them back with one joint draft over each group that acts as one subject or one source;
//! its members stay as inner drafts. Objects before another clause's subject are not joined.

use super::names::Proof;
use super::phrases::{Hashes, Reader};
use super::scan::{Draft, Words};
use super::{Form, Gender};
use crate::seeds::Class;
use crate::words::{Kind, Page};

/// Joins what acts together.
pub(super) fn join(page: &Page, drafts: Vec<Draft>) -> Vec<Draft> {
    let hashes = Hashes::new();
    let reader = Reader {
        page,
        words: &page.words,
        hashes: &hashes,
        headline: false,
    };
    let mut joined = Vec::with_capacity(drafts.len());
    let mut group: Vec<Draft> = Vec::new();
    let mut held: Vec<Draft> = Vec::new();
    for draft in drafts {
        if draft.inner {
            held.push(draft);
            continue;
        }
        if group.last().is_none_or(|before| !linked(&reader, before, &draft)) {
            close(&reader, &mut group, &mut joined);
        }
        joined.append(&mut held);
        group.push(draft);
    }
    close(&reader, &mut group, &mut joined);
    joined.append(&mut held);
    joined
}

/// True where nothing but a comma or `and` stands between two drafts of a kind.
fn linked(reader: &Reader, before: &Draft, draft: &Draft) -> bool {
    let people = |d: &Draft| matches!(d.form, Form::Name | Form::Source | Form::Role | Form::Pronoun);
    let bodies = |d: &Draft| matches!(d.form, Form::Organisation);
    let relative = |d: &Draft| reader.is(d.words.first, Class::RELATIVE);
    if relative(before) || relative(draft) {
        return false;
    }
    if !(people(before) && people(draft) || bodies(before) && bodies(draft)) || before.words.last >= draft.words.first {
        return false;
    }
    let start = before.next().min(draft.words.first);
    let between = start..draft.words.first;
    let tail_comma = before.tail.is_some_and(|t| reader.kind(t.last) == Some(Kind::Comma));
    let link = |k: usize| reader.kind(k) == Some(Kind::Comma) || is_and(reader, k);
    between.len() <= 2 && between.clone().all(link) && (!between.is_empty() || tail_comma)
}

fn is_and(reader: &Reader, at: usize) -> bool {
    reader.hash(at) == reader.hashes.and || reader.hash(at) == reader.hashes.or
}

/// Puts a group out: as one joint draft where it acts as one.
fn close(reader: &Reader, group: &mut Vec<Draft>, joined: &mut Vec<Draft>) {
    let linked = |k: usize| is_and(reader, k);
    let coordinated = group.len() > 1
        && group
            .last()
            .is_some_and(|last| last.words.first > 0 && linked(last.words.first - 1));
    if coordinated && stands_free(reader, &group[0]) {
        let (first, last) = (&group[0], &group[group.len() - 1]);
        let words = Words {
            first: first.words.first,
            last: last.words.last,
        };
        let joint = Draft {
            words,
            name: None,
            head: last.head,
            form: Form::Joint,
            gender: Gender::Unknown,
            plural: true,
            role: None,
            tail: last.tail,
            proof: Proof::Sure,
            inner: false,
            known: None,
            rule: "mentions/joint",
        };
        for draft in group.iter_mut() {
            draft.inner = true;
        }
        joined.push(joint);
    }
    joined.append(group);
}

/// True where the first of a group is no object: nothing, a cue, `by` or `to` stands before it.
fn stands_free(reader: &Reader, first: &Draft) -> bool {
    let Some(before) = first.words.first.checked_sub(1) else {
        return true;
    };
    let word = &reader.words[before];
    if !word.letters() || word.is(Class::SAY.or(Class::SUBORDINATOR).or(Class::COORDINATOR)) {
        return true;
    }
    let source = word.hash == reader.hashes.by || word.hash == reader.hashes.to || word.hash == reader.hashes.from;
    source || !word.is(Class::VERB.or(Class::PREPOSITION).or(Class::AUXILIARY))
}
