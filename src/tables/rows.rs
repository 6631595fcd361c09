//! An analysis to rows: the cells of every table, in the order of its columns.
//!
//! Needs a document and what was found in it; gives each row to a function, so that a million rows need no more memory than
//! one. Ids are hashes of the document's name, the kind, the words and the how-manieth such statement it is, so they stay the
//! same when other rows come or go. Positions become code points here and nowhere else.

use super::{Cell, Table};
use crate::Analysis;
use crate::claims::Claim;
use crate::seeds::ByHash;
use crate::speakers::Quotation;
use crate::text::{CharIndex, Document, Span};
use crate::words::{Fold, ignorable};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::ops::Range;

/// A document, what was found in it, and what its rows need to name places.
#[derive(Debug)]
pub struct Described<'a> {
    document: &'a Document,
    analysis: &'a Analysis<'a>,
    chars: CharIndex<'a>,
    quote_ids: Vec<Id>,
}

impl<'a> Described<'a> {
    /// Counts code points and names every quotation.
    pub fn new(document: &'a Document, analysis: &'a Analysis<'a>) -> Self {
        let mut ids = Ids::new(b"q-", &document.name);
        let id = |q: &Quotation| ids.next(q.kind.name(), document.at(q.span));
        Self {
            document,
            analysis,
            chars: CharIndex::new(&document.text),
            quote_ids: analysis.quotations.iter().map(id).collect(),
        }
    }

    /// Code points in the document.
    pub fn characters(&self) -> u64 {
        self.chars.len().into()
    }

    /// Gives the rows of `quotes` that `wanted` keeps, without the reviewer's cells.
    pub fn quotes(&self, wanted: impl Fn(&Quotation) -> bool, mut row: impl FnMut(Vec<Cell>)) {
        let all = self.analysis.quotations.iter().enumerate();
        for (i, quotation) in all.filter(|(_, q)| wanted(q)) {
            row(self.quote(i, quotation));
        }
    }

    fn quote(&self, i: usize, q: &'a Quotation) -> Vec<Cell<'_>> {
        let place = self.place(q.span);
        cells(
            Table::Quotes,
            [
                Cell::Code(self.quote_ids[i].as_str()),
                Cell::from(&*self.document.name),
                named(q.speaker.as_deref()),
                Cell::from(self.document.at(q.span)),
                self.verbatim(q),
                Cell::Code(q.kind.name()),
                self.words(q.cue),
                self.words(q.speaker_span),
                self.words(q.role),
                Cell::Code(q.resolved_by.name()),
                Cell::Score(q.confidence),
                place.context,
                place.paragraph,
                place.sentence,
                self.quote_id(q.continues),
                Cell::Code(q.rule),
                self.start(Some(q.span)),
                self.end(Some(q.span)),
                self.start(q.speaker_span),
                self.end(q.speaker_span),
                self.start(q.cue),
                self.end(q.cue),
            ],
        )
    }

    /// The id of the quotation of that index, empty where there is none.
    fn quote_id(&self, index: Option<usize>) -> Cell<'_> {
        let id = index.and_then(|i| self.quote_ids.get(i));
        Cell::from(id.map(|id| Cell::Code(id.as_str())))
    }

    fn verbatim(&self, q: &'a Quotation) -> Cell<'_> {
        match &q.verbatim[..] {
            [] => Cell::Missing,
            [piece] => self.words(Some(*piece)),
            pieces => {
                let words: Vec<&str> = pieces.iter().map(|&piece| self.document.at(piece)).collect();
                Cell::from(words.join(" … "))
            }
        }
    }

    /// Gives the rows of `claims` that `wanted` keeps (by the quotation each stands in), without the reviewer's cells.
    pub fn claims(&self, wanted: impl Fn(Option<&Quotation>) -> bool, mut row: impl FnMut(Vec<Cell>)) {
        let mut ids = Ids::new(b"n-", &self.document.name);
        for claim in &self.analysis.claims {
            let id = ids.next("claim", self.document.at(claim.span));
            if wanted(self.quotation_of(claim)) {
                row(self.claim(&id, claim));
            }
        }
    }

    /// The quotation that a claim stands in.
    pub fn quotation_of(&self, claim: &Claim) -> Option<&'a Quotation> {
        claim.quotation.and_then(|i| self.analysis.quotations.get(i))
    }

    fn claim<'r>(&'r self, id: &'r Id, c: &'a Claim) -> Vec<Cell<'r>> {
        let place = self.place(c.span);
        cells(
            Table::Claims,
            [
                Cell::Code(id.as_str()),
                Cell::from(&*self.document.name),
                named(self.quotation_of(c).and_then(|q| q.speaker.as_deref())),
                Cell::from(self.document.at(c.span)),
                if c.values.is_empty() {
                    Cell::Missing
                } else {
                    Cell::Numbers(Cow::Borrowed(&c.values))
                },
                Cell::from(c.low),
                Cell::from(c.high),
                Cell::Code(c.comparison.name()),
                filled(&c.unit),
                Cell::Code(c.category.name()),
                self.words(c.what),
                self.quote_id(c.quotation),
                Cell::Score(c.confidence),
                place.context,
                place.paragraph,
                place.sentence,
                Cell::Code(c.rule),
                self.start(Some(c.span)),
                self.end(Some(c.span)),
            ],
        )
    }

    /// Gives the rows of `sentences`.
    pub fn sentences(&self, mut row: impl FnMut(Vec<Cell>)) {
        let mut ids = Ids::new(b"s-", &self.document.name);
        for (i, sentence) in self.analysis.sentences.iter().enumerate() {
            let text = self.document.at(sentence.span);
            let id = ids.next("sentence", text);
            row(vec![
                Cell::Code(id.as_str()),
                Cell::from(&*self.document.name),
                Cell::Whole(sentence.paragraph as u64 + 1),
                Cell::Whole(i as u64 + 1),
                Cell::from(text),
                self.start(Some(sentence.span)),
                self.end(Some(sentence.span)),
                Cell::Code(sentence.rule),
            ]);
        }
    }

    fn words(&self, span: Option<Span>) -> Cell<'_> {
        Cell::from(span.map(|s| self.document.at(s)))
    }

    fn start(&self, span: Option<Span>) -> Cell<'_> {
        Cell::from(span.map(|s| self.chars.char_at(s.start)))
    }

    fn end(&self, span: Option<Span>) -> Cell<'_> {
        Cell::from(span.map(|s| self.chars.char_at(s.end)))
    }

    /// The sentences that a span touches: their text, and the number of the first, which the whole document counts from 1.
    fn place(&self, span: Span) -> Place<'_> {
        let sentences = &self.analysis.sentences;
        let first = sentences.partition_point(|s| s.span.end <= span.start);
        let end = first + sentences[first..].partition_point(|s| s.span.start < span.end);
        match sentences.get(first..end) {
            Some([one, rest @ ..]) => {
                let whole = rest.last().map_or(one.span, |last| one.span.join(last.span));
                Place::at(first, one.paragraph, self.around(span, whole))
            }
            _ => Place::default(),
        }
    }

    /// The context of a row: whole sentences, unless one goes on without end; then as much of it as helps. A text of a
    /// thousand rows in one sentence would else be written a thousand times.
    fn around(&self, span: Span, whole: Span) -> &str {
        const MOST_BYTES: usize = 4096;
        const EACH_SIDE_BYTES: usize = 256;
        let (text, Range { start, end }) = (&self.document.text, whole.range());
        if end - start <= MOST_BYTES + span.range().len() {
            return &text[start..end];
        }
        let from = start.max(span.range().start.saturating_sub(EACH_SIDE_BYTES));
        let to = end.min(span.range().end + EACH_SIDE_BYTES);
        let boundary = |at: &usize| text.is_char_boundary(*at);
        let from = (from..=span.range().start).find(boundary).unwrap_or(start);
        let to = (to..=end).find(boundary).unwrap_or(end);
        text[from..to].trim()
    }
}

/// Where a row stands, as its cells say it.
struct Place<'t> {
    context: Cell<'t>,
    paragraph: Cell<'t>,
    sentence: Cell<'t>,
}

impl<'t> Place<'t> {
    fn at(sentence: usize, paragraph: usize, context: &'t str) -> Self {
        Place {
            context: Cell::from(context),
            paragraph: Cell::Whole(paragraph as u64 + 1),
            sentence: Cell::Whole(sentence as u64 + 1),
        }
    }
}

impl Default for Place<'_> {
    fn default() -> Self {
        let (context, paragraph, sentence) = (Cell::Missing, Cell::Missing, Cell::Missing);
        Place {
            context,
            paragraph,
            sentence,
        }
    }
}

/// The cells that an analysis fills, with room for those of the reviewer behind them.
fn cells<'t, const FOUND: usize>(table: Table, found: [Cell<'t>; FOUND]) -> Vec<Cell<'t>> {
    let mut cells = Vec::with_capacity(table.columns().len());
    cells.extend(found);
    cells
}

/// A name as a reader sees it: one person must not be two because a zero-width space stands in one of the names.
fn named(speaker: Option<&str>) -> Cell<'_> {
    match speaker {
        Some(name) if !name.is_ascii() && name.contains(ignorable) => Cell::from(name.replace(ignorable, "")),
        name => Cell::from(name),
    }
}

fn filled(text: &str) -> Cell<'_> {
    match text {
        "" => Cell::Missing,
        text => Cell::from(text),
    }
}

/// The name of a row: two characters that say the table, and sixteen letters and digits.
#[derive(Debug, Clone, Copy)]
struct Id([u8; 18]);

impl Id {
    fn as_str(&self) -> &str {
        // It is ASCII.
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Names the rows of one table of one document.
struct Ids {
    prefix: [u8; 2],
    of_document: Sha256,
    /// How many rows there were of a kind with the same words so far, by a hash of these. Where two hashes meet by chance, the
    /// second row counts as another occurrence, and its name still is its own.
    seen: ByHash<u64>,
    /// The kind and the folded words of the row, kept so that it is not allocated anew.
    row: Vec<u8>,
}

impl Ids {
    fn new(prefix: &'static [u8; 2], document: &str) -> Self {
        let of_document = Sha256::new_with_prefix(document.as_bytes()).chain_update([0]);
        Ids {
            prefix: *prefix,
            of_document,
            seen: ByHash::default(),
            row: Vec::new(),
        }
    }

    fn next(&mut self, kind: &str, words: &str) -> Id {
        self.row.clear();
        self.row.extend_from_slice(kind.as_bytes());
        self.row.push(0);
        fold(words, &mut self.row);
        let next = self.seen.entry(Fold::of_bytes(&self.row)).or_default();
        let occurrence = *next;
        *next += 1;
        let hash = self.of_document.clone().chain_update(&self.row);
        let hash = hash.chain_update([0]).chain_update(occurrence.to_le_bytes());
        let letters = base32(shortened(hash));
        let mut id = [0; 18];
        id[..2].copy_from_slice(&self.prefix);
        id[2..].copy_from_slice(&letters);
        Id(id)
    }
}

/// Sixteen letters and digits that stand for some bytes.
pub fn short_hash(bytes: &[u8]) -> String {
    base32(shortened(Sha256::new_with_prefix(bytes)))
        .map(char::from)
        .iter()
        .collect()
}

/// Adds the letters and digits of the words, in lower case: marks and white space may change without a new id.
fn fold(words: &str, folded: &mut Vec<u8>) {
    if holds_plain_letters(words.as_bytes()) {
        return fold_plain(words.as_bytes(), folded);
    }
    for c in words.chars().filter(|c| c.is_alphanumeric()) {
        for c in c.to_lowercase() {
            folded.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

/// True where all that is not ASCII are the marks from U+2000 to U+203F, which begin with two bytes of their own: dashes,
/// quotation marks, the ellipsis. Asked without a question behind each byte.
fn holds_plain_letters(bytes: &[u8]) -> bool {
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    pairs.fold(true, |plain, (&byte, &next)| {
        plain & ((byte < 0xC0) | (byte == 0xE2) & (next == 0x80))
    })
}

/// The same where the letters are ASCII. Every byte is written, and the next one over it where it was no letter or digit: no
/// question whose answer cannot be guessed.
fn fold_plain(bytes: &[u8], folded: &mut Vec<u8>) {
    const BLOCK: usize = 32;
    const SMALL: [u8; 256] = small_letters_and_digits();
    let mut add = |block: &[u8; BLOCK]| {
        let (mut small, mut count) = ([0; BLOCK], 0);
        for &byte in block {
            let letter = SMALL[usize::from(byte)];
            small[count % BLOCK] = letter;
            count += usize::from(letter != 0);
        }
        let end = folded.len() + count;
        folded.extend_from_slice(&small);
        folded.truncate(end);
    };
    let (blocks, rest) = bytes.as_chunks();
    blocks.iter().for_each(&mut add);
    let mut last = [0; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    add(&last);
}

/// For each byte the small letter or digit of ASCII that it is, or zero.
const fn small_letters_and_digits() -> [u8; 256] {
    let mut small = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            small[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    small
}

fn shortened(hash: Sha256) -> [u8; 10] {
    let whole = hash.finalize();
    std::array::from_fn(|i| whole[i])
}

/// 80 bits as 16 letters of a–z and 2–7.
fn base32(bytes: [u8; 10]) -> [u8; 16] {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bits = bytes.iter().fold(0u128, |bits, &byte| bits << 8 | u128::from(byte));
    std::array::from_fn(|i| LETTERS[((bits >> (5 * (15 - i))) & 31) as usize])
}
