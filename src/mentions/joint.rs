//! People named together: `Bacon and Hurd`, `Mr. Smith and his wife`.
//!
//! Needs the drafts in order, adds one joint draft over each group that acts as one subject or one source;
//! its members stay as inner drafts. Objects before another clause's subject are not joined.

use super::names::Proof;
use super::phrases::Reader;
use super::scan::{Draft, Rule, Words};
use super::{Form, Gender};
use crate::seeds::Class;
use crate::words::Kind;
use std::ops::RangeInclusive;

/// Joins what acts together: members become inner drafts, joint drafts are put at the end.
pub(super) fn join(reader: Reader, drafts: &mut Vec<Draft>) {
    // The first and the last of the group that may go on, and the first word behind it.
    let (mut first, mut last, mut next) = (0, None, 0);
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        if draft.inner {
            continue;
        }
        let behind = draft.next();
        let before = last.filter(|_| near(&reader, next, draft.words.first()));
        if !before.is_some_and(|before: usize| linked(&reader, &drafts[before], draft)) {
            if let Some(last) = last.filter(|&last| last > first) {
                close(&reader, first..=last, drafts);
            }
            first = index;
        }
        (last, next) = (Some(index), behind);
    }
    if let Some(last) = last.filter(|&last| last > first) {
        close(&reader, first..=last, drafts);
    }
}

/// Nearly always false between two drafts: the next begins right behind the one before, and behind a comma or `and`, unless it
/// begins inside it.
fn near(reader: &Reader, next: usize, first: usize) -> bool {
    let Some(before) = first.checked_sub(1).map(|before| &reader.words[before]) else {
        return false;
    };
    // Each alone is unpredictable, so they are reckoned together: nothing is left where one of the three is there.
    let no_comma = u64::from(before.kind as u8 ^ Kind::Comma as u8);
    let no_link = no_comma
        .min(before.hash ^ reader.hashes.and)
        .min(before.hash ^ reader.hashes.or);
    let apart = if next > first { 0 } else { no_link };
    apart | u64::from(next + 2 < first) == 0
}

/// True where nothing but a comma or `and` stands between two drafts of a kind.
fn linked(reader: &Reader, before: &Draft, draft: &Draft) -> bool {
    let (next, first) = (before.next(), draft.words.first());
    let people = |d: &Draft| matches!(d.form, Form::Name | Form::Source | Form::Role | Form::Pronoun);
    let bodies = |d: &Draft| matches!(d.form, Form::Organisation);
    let kindred = (people(before) & people(draft)) | (bodies(before) & bodies(draft));
    if !kindred {
        return false;
    }
    let relative = |d: &Draft| reader.is(d.words.first(), Class::RELATIVE);
    if relative(before) || relative(draft) {
        return false;
    }
    if before.words.last() >= first {
        return false;
    }
    let between = next.min(first)..first;
    let tail_comma = before.tail.is_some_and(|t| reader.kind(t.last()) == Some(Kind::Comma));
    let link = |k: usize| reader.kind(k) == Some(Kind::Comma) || is_and(reader, k);
    between.len() <= 2 && between.clone().all(link) && (!between.is_empty() || tail_comma)
}

fn is_and(reader: &Reader, at: usize) -> bool {
    (reader.hash(at) == reader.hashes.and) | (reader.hash(at) == reader.hashes.or)
}

/// Adds the joint draft of a group of two or more that acts as one; between its members stand none but inner drafts.
fn close(reader: &Reader, group: RangeInclusive<usize>, drafts: &mut Vec<Draft>) {
    let (&first, &last) = (group.start(), group.end());
    let begins = drafts[last].words.first();
    let coordinated = begins > 0 && is_and(reader, begins - 1);
    if !coordinated || !stands_free(reader, &drafts[first]) {
        return;
    }
    for member in &mut drafts[group] {
        member.inner = true;
    }
    drafts.push(Draft {
        words: Words::new(drafts[first].words.first(), drafts[last].words.last()),
        name: None,
        head: drafts[last].head,
        form: Form::Joint,
        gender: Gender::Unknown,
        plural: true,
        role: None,
        tail: drafts[last].tail,
        proof: Proof::Sure,
        inner: false,
        dropped: false,
        bearer: 0,
        known: None,
        rule: Rule::Joint,
    });
}

/// True where the first of a group is no object: nothing, a cue, `by` or `to` stands before it.
fn stands_free(reader: &Reader, first: &Draft) -> bool {
    let Some(before) = first.words.first().checked_sub(1) else {
        return true;
    };
    let word = &reader.words[before];
    if !word.letters() || word.is(Class::SAY.or(Class::SUBORDINATOR).or(Class::COORDINATOR)) {
        return true;
    }
    let source = word.hash == reader.hashes.by || word.hash == reader.hashes.to || word.hash == reader.hashes.from;
    source || !word.is(Class::VERB.or(Class::PREPOSITION).or(Class::AUXILIARY))
}
