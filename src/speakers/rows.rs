//! Statements to quotations: spans, kinds, names.

use super::features::Candidate;
use super::frames::Holds;
use super::passages::TERM;
use super::statements::Statement;
use super::{Quotation, QuoteKind, ResolvedBy, Stage};
use crate::mentions::Form;
use crate::text::Span;
use std::ops::Range;

/// Turns statements into quotations in text order.
pub fn write(stage: &Stage, statements: Vec<Statement>) -> Vec<Quotation> {
    let mut rows: Vec<Quotation> = Vec::new();
    // The last row of each statement, for those that go on from it.
    let mut last_row = Vec::with_capacity(statements.len());
    for statement in &statements {
        let mut continues = statement.continues.and_then(|s| last_row.get(s).copied());
        for run in [Some(&statement.content.first), statement.content.second.as_ref()]
            .into_iter()
            .flatten()
        {
            rows.push(row(stage, statement, run, continues));
            continues = Some(rows.len() - 1);
        }
        last_row.push(rows.len().saturating_sub(1));
    }
    rows
}

fn row(stage: &Stage, statement: &Statement, run: &Range<usize>, continues: Option<usize>) -> Quotation {
    let first = stage.frames.span(stage.page, run.start);
    let last = stage.frames.span(stage.page, run.end - 1);
    let passages: Vec<usize> = run
        .clone()
        .filter_map(|i| match stage.frames.elements[i].holds {
            Holds::Passage(p) => Some(p as usize),
            _ => None,
        })
        .collect();
    let verbatim: Vec<Span> = passages.iter().map(|&p| stage.marked[p].inner).collect();
    let kind = if statement.rule == TERM {
        QuoteKind::Term
    } else if passages.is_empty() {
        QuoteKind::Indirect
    } else if passages.len() == run.len() {
        QuoteKind::Direct
    } else {
        QuoteKind::Mixed
    };
    let (speaker, speaker_span, role, resolved_by) = who(stage, statement.source);
    Quotation {
        span: first.join(last),
        kind,
        verbatim,
        speaker,
        speaker_span,
        role,
        cue: statement.cue.map(|c| stage.frames.span(stage.page, c)),
        resolved_by,
        confidence: statement.cue_probability * statement.source_probability,
        continues,
        rule: statement.rule,
    }
}

/// Name, place, role and way of finding of a source.
fn who(stage: &Stage, source: Option<Candidate>) -> (Option<String>, Option<Span>, Option<Span>, ResolvedBy) {
    let Some(source) = source else {
        return (None, None, None, ResolvedBy::None);
    };
    let span = stage
        .frames
        .span(stage.page, source.first)
        .join(stage.frames.span(stage.page, source.end - 1));
    let as_written = || Some(stage.page.at(span).split_whitespace().collect::<Vec<_>>().join(" "));
    let Some(mention) = source.mention.map(|m| &stage.mentions.list[m as usize]) else {
        return (as_written(), Some(span), None, ResolvedBy::Source);
    };
    let name = mention.entity.map(|e| stage.mentions.entities[e].name.clone());
    let (speaker, how) = match mention.form {
        Form::Name => (name.or_else(as_written), ResolvedBy::Name),
        Form::Role => (name.or_else(as_written), ResolvedBy::Role),
        Form::Pronoun => (name, ResolvedBy::Pronoun),
        Form::Organisation | Form::Source | Form::Joint => (name.or_else(as_written), ResolvedBy::Source),
    };
    (speaker, Some(span), mention.role, how)
}
