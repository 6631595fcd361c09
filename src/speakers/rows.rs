//! Statements to quotations: spans, kinds, names.

use super::features::Candidate;
use super::frames::{Holds, Tag, is_finite};
use super::passages::TERM;
use super::statements::Statement;
use super::turns::TURN;
use super::{QUOTATIONS, Quotation, QuoteKind, ResolvedBy, Stage};
use crate::mentions::Form;
use crate::seeds::Class;
use crate::seeds::confidence::{Confidence, Shares};
use crate::spare;
use crate::text::{Span, single_spaced};
use crate::words::Kind;
use std::ops::Range;

/// Turns statements into quotations in text order.
pub fn write(stage: &Stage, statements: &[Statement]) -> Vec<Quotation> {
    let mut rows = spare::take(&QUOTATIONS, statements.len() + statements.len() / 8);
    // The last row of each statement, for those that go on from it; and how sure the model was of it.
    let mut written: Vec<(usize, f32)> = Vec::with_capacity(statements.len());
    let mut shares = KnownShares::of(&stage.seeds.confidence);
    let mut begun = Begun {
        statements,
        sorted: None,
    };
    for (s, statement) in statements.iter().enumerate() {
        let asker = s.checked_sub(1).map(|s| &statements[s]);
        let before = statement.continues.and_then(|s| written.get(s).copied());
        let mut continues = before.map(|(row, _)| row);
        // What goes on from a doubtful row is no surer than that row.
        let sure = before.map_or(1.0, |(_, sure)| sure);
        let raw = sure.min(statement.cue_probability * statement.source_probability);
        let quoted = stage.may_quote(statement);
        for run in statement.content.runs() {
            let pieces = match quoted {
                true => pieces(stage, run, &mut begun),
                false => [Some(run.clone()), None],
            };
            for run in pieces.into_iter().flatten() {
                let mut row = row(stage, statement, asker, &run, continues, &mut shares, raw);
                if let Some(before) = continues.filter(|_| row.speaker_span.is_none()) {
                    row.speaker = rows[before].speaker.clone();
                    row.speaker_span = rows[before].speaker_span;
                    row.resolved_by = match row.speaker {
                        Some(_) => ResolvedBy::Continuation,
                        None => ResolvedBy::None,
                    };
                }
                rows.push(row);
                continues = Some(rows.len() - 1);
            }
        }
        written.push((rows.len().saturating_sub(1), raw));
    }
    in_text_order(rows)
}

/// Where statements begin: seldom asked for.
struct Begun<'s> {
    statements: &'s [Statement],
    sorted: Option<Vec<usize>>,
}

impl Begun<'_> {
    /// True where a statement begins with that element.
    fn at(&mut self, element: usize) -> bool {
        let starts = || self.statements.iter().map(|s| s.content.first.start);
        let sorted = self.sorted.get_or_insert_with(|| {
            let mut sorted: Vec<usize> = starts().collect();
            sorted.sort_unstable();
            sorted
        });
        sorted.binary_search(&element).is_ok()
    }
}

/// The pieces of a run: words of the writer up to a colon and the quotation that they introduce are a row each, unless the
/// quotation is a statement of its own.
fn pieces(stage: &Stage, run: &Range<usize>, begun: &mut Begun) -> [Option<Range<usize>>; 2] {
    let elements = &stage.frames.elements;
    let introduces = |i: usize| {
        elements[i].tag == Tag::Colon
            && i + 1 < run.end
            && matches!(elements[i + 1].holds, Holds::Passage(p) if is_clause(stage, p as usize))
    };
    let finite = |i: usize| {
        let tag = elements[i].tag;
        is_finite(tag) || tag == Tag::Clitic
    };
    match run.clone().find(|&i| i > run.start && introduces(i)) {
        Some(colon) => {
            let own = begun.at(colon + 1);
            // "posted this on Facebook: “…”": words that report nothing by themselves.
            let reports = own || (run.start..colon).any(finite);
            [
                reports.then_some(run.start..colon),
                (!own).then_some(colon + 1..run.end),
            ]
        }
        None => [Some(run.clone()), None],
    }
}

/// Sorts rows by place and keeps their links.
fn in_text_order(rows: Vec<Quotation>) -> Vec<Quotation> {
    // As a rule they are.
    let place = |row: &Quotation| (row.span.start, std::cmp::Reverse(row.span.end));
    if rows.is_sorted_by_key(place) {
        return rows;
    }
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&i| (place(&rows[i]), i));
    let mut place = vec![0; rows.len()];
    for (to, &from) in order.iter().enumerate() {
        place[from] = to;
    }
    let mut slots: Vec<Option<Quotation>> = rows.into_iter().map(Some).collect();
    let moved = |&from: &usize| {
        slots[from].take().map(|row| Quotation {
            continues: row.continues.map(|c| place[c]),
            ..row
        })
    };
    order.iter().filter_map(moved).collect()
}

fn row(
    stage: &Stage,
    statement: &Statement,
    asker: Option<&Statement>,
    run: &Range<usize>,
    continues: Option<usize>,
    shares: &mut KnownShares,
    raw: f32,
) -> Quotation {
    let first = stage.frames.span(stage.page, run.start);
    let last = stage.frames.span(stage.page, run.end - 1);
    let elements = match stage.may_quote(statement) {
        true => run.clone(),
        false => run.start..run.start,
    };
    let marked = stage.frames.elements[elements].iter().filter_map(|e| match e.holds {
        Holds::Passage(p) => Some(p as usize),
        _ => None,
    });
    let mut verbatim: Vec<Span> = Vec::with_capacity(marked.clone().count());
    let mut clauses = true;
    for passage in marked {
        verbatim.push(stage.marked[passage].inner);
        clauses = clauses && is_clause(stage, passage);
    }
    let passages = verbatim.len();
    let whole = passages == run.len() && clauses;
    let kind = match () {
        () if statement.rule == TERM => QuoteKind::Term,
        () if statement.rule == TURN => QuoteKind::Direct,
        () if passages == 0 => QuoteKind::Indirect,
        () if whole || statement.continues.is_some() && passages == run.len() => QuoteKind::Direct,
        () => QuoteKind::Mixed,
    };
    let (speaker, speaker_span, role, resolved_by) = answers(stage, statement, asker, who(stage, statement));
    Quotation {
        span: first.join(last),
        kind,
        verbatim,
        speaker,
        speaker_span,
        role,
        cue: statement.cue.map(|c| stage.frames.span(stage.page, c)),
        resolved_by,
        confidence: shares.get(statement.rule, kind).of(raw),
        continues,
        rule: statement.rule,
    }
}

/// How often rows of the rules and kinds of one document prove right: few, and asked for in every row. The newest of those that
/// fall on one place.
struct KnownShares<'s> {
    confidence: &'s Confidence,
    known: [Option<(&'static str, QuoteKind, Shares<'s>)>; 32],
}

impl<'s> KnownShares<'s> {
    fn of(confidence: &'s Confidence) -> Self {
        let known = [None; 32];
        KnownShares { confidence, known }
    }

    fn get(&mut self, rule: &'static str, kind: QuoteKind) -> Shares<'s> {
        let place = (rule.as_ptr() as usize)
            .wrapping_add(kind as usize)
            .wrapping_mul(0x9E37_79B9)
            >> 20;
        let known = &mut self.known[place % 32];
        // The same name, not one with the same letters: those would be looked up once more, and found.
        match *known {
            Some((of, known, shares)) if std::ptr::eq(of, rule) & (known == kind) => shares,
            _ => {
                let shares = self.confidence.shares(rule, kind.name());
                *known = Some((rule, kind, shares));
                shares
            }
        }
    }
}

/// True for a passage that is a clause or more: it begins with a capital and ends like a sentence, or it is long and holds
/// a finite verb.
fn is_clause(stage: &Stage, passage: usize) -> bool {
    let words = &stage.page.words[stage.marked[passage].words.clone()];
    let inside = || stage.marked[passage].inside(stage.page);
    let Some(first) = inside().next() else {
        return false;
    };
    let last = inside().next_back();
    let ends = last.is_some_and(|w| {
        matches!(
            w.kind,
            Kind::Comma | Kind::Stop | Kind::Question | Kind::Exclamation | Kind::Dash | Kind::Ellipsis
        )
    });
    let finite = Class::AUXILIARY | Class::MODAL | Class::VERB_PAST | Class::VERB_THIRD | Class::VERB_BASE;
    let opens = first.capital() || matches!(first.kind, Kind::Number | Kind::Ellipsis | Kind::Open | Kind::Symbol);
    let verb = words.iter().any(|w| w.is(finite) || w.kind == Kind::Clitic);
    (opens && ends) || (opens && verb && words.len() > 6) || (ends && verb && words.len() > 9)
}

/// Name, place, role and way of finding of a source.
type Who = (Option<String>, Option<Span>, Option<Span>, ResolvedBy);

/// “When?” Moss asked the witness. “On Friday,” she replied. Whoever replies is not who asked, but who was asked; nobody where
/// that is not told.
fn answers(stage: &Stage, statement: &Statement, before: Option<&Statement>, who: Who) -> Who {
    let says = |s: &Statement, verbs: &[&str]| {
        s.cue.is_some_and(|cue| {
            let word = stage.page.word(stage.frames.elements[cue].first as usize);
            verbs.iter().any(|v| word.eq_ignore_ascii_case(v))
        })
    };
    let replies = who.3 == ResolvedBy::Pronoun && says(statement, &["replied", "answered", "responded"]);
    let Some(before) = before.filter(|b| replies && says(b, &["asked"])) else {
        return who;
    };
    let near = statement.frame - before.frame <= 1;
    let Some(asker) = before.source.filter(|_| near).map(|source| named(stage, source)) else {
        return who;
    };
    if asker.0 != who.0 {
        return who;
    }
    let asked = before
        .cue
        .and_then(|cue| Candidate::mention_at(&stage.frames.elements, cue + 1));
    let asked = asked.filter(|a| before.source != Some(*a));
    (asked.and_then(|a| named(stage, a).0), who.1, None, ResolvedBy::Pronoun)
}

fn who(stage: &Stage, statement: &Statement) -> Who {
    let Some(source) = statement.source else {
        return (None, None, None, ResolvedBy::None);
    };
    // Few sources are a "who".
    let relative = stage.frames.word(stage.page, source.first).is(Class::RELATIVE);
    if relative && let Some(antecedent) = stage.view(statement.frame).antecedent(source) {
        let (name, _, role, _) = named(stage, antecedent);
        return (name, named(stage, source).1, role, ResolvedBy::Pronoun);
    }
    named(stage, source)
}

fn named(stage: &Stage, source: Candidate) -> Who {
    let Some(index) = source.mention else {
        let span = stage
            .frames
            .span(stage.page, source.first)
            .join(stage.frames.span(stage.page, source.end - 1));
        return (
            Some(single_spaced(stage.page.at(span))),
            Some(span),
            None,
            ResolvedBy::Source,
        );
    };
    let mention = &stage.mentions.list[index as usize];
    let name = || {
        let reference = stage.mentions.resolve(index as usize)?;
        Some(stage.mentions.entities[reference.entity].name(stage.page))
    };
    let as_written = || Some(single_spaced(stage.page.at(mention.span)));
    let or_as_written = |name: Option<String>| name.or_else(as_written);
    let (speaker, how) = match mention.form {
        Form::Name => (or_as_written(name()), ResolvedBy::Name),
        Form::Role => (or_as_written(name()), ResolvedBy::Role),
        Form::Pronoun => (name(), ResolvedBy::Pronoun),
        Form::Organisation | Form::Source | Form::Joint => (as_written(), ResolvedBy::Source),
    };
    (speaker, Some(mention.span), mention.role, how)
}
