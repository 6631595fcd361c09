//! An analysis to rows: the cells of every table, in the order of its columns.
//!
//! Needs a document and what was found in it; gives each row to a function, so that a million rows need no more memory than
//! one; or writes the cells one by one, as they are made, into whatever takes them. Ids are hashes of the document's name, the
//! kind, the words and the how-manieth such statement it is, so they stay the same when other rows come or go. Positions become
//! code points here and nowhere else.

use super::{Cell, Table};
use crate::Analysis;
use crate::claims::Claim;
use crate::seeds::ByHash;
use crate::spare::{self, Spare};
use crate::speakers::Quotation;
use crate::text::{CharIndex, Document, Span};
use crate::words::ignorable;
use sha2::block_api::compress256;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::ops::Range;

/// Takes the cells of a row, in the order of the table's columns; those of the reviewer's columns are not given.
pub trait TakeCells<'t> {
    /// Takes a cell.
    fn put(&mut self, cell: Cell<'t>);

    /// Takes the id of a row, or nothing.
    fn put_id(&mut self, id: Option<&'t Id>) {
        self.put(Cell::from(id.map(|id| Cell::Code(id.as_str()))));
    }

    /// Takes the document's name, which is the same in every row.
    fn put_document(&mut self, name: &'t str) {
        self.put(Cell::from(name));
    }

    /// Takes a speaker's name, as a reader sees it.
    fn put_name(&mut self, name: Option<&'t str>) {
        self.put(visible(name));
    }

    /// Takes the words at a place of the document.
    fn put_words(&mut self, document: &'t Document, span: Option<Span>) {
        self.put(Cell::from(span.map(|span| document.at(span))));
    }

    /// Takes the words at a place where those of the row before may stand too.
    fn put_context(&mut self, document: &'t Document, span: Option<Span>) {
        self.put_words(document, span);
    }

    /// Takes a cell that only JSON shows.
    fn put_for_json(&mut self, cell: impl FnOnce() -> Cell<'t>) {
        self.put(cell());
    }
}

impl<'t> TakeCells<'t> for Vec<Cell<'t>> {
    fn put(&mut self, cell: Cell<'t>) {
        self.push(cell);
    }
}

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
        let mut ids = Ids::new(b"q-", &document.name, analysis.quotations.len());
        let id = |q: &Quotation| ids.next(q.kind.name(), document.at(q.span));
        let quote_ids = analysis.quotations.iter().map(id).collect();
        ids.give_back();
        Self {
            document,
            analysis,
            chars: CharIndex::new(&document.text),
            quote_ids,
        }
    }

    /// The document's name.
    pub fn name(&self) -> &'a str {
        &self.document.name
    }

    /// Code points in the document.
    pub fn characters(&self) -> u64 {
        self.chars.len().into()
    }

    /// Gives the rows of `quotes` that `wanted` keeps, without the reviewer's cells.
    pub fn quotes(&self, wanted: impl Fn(&Quotation) -> bool, mut row: impl FnMut(Vec<Cell>)) {
        self.each_quote(wanted, |i, quotation, place| {
            let mut cells = Vec::with_capacity(Table::Quotes.columns().len());
            self.quote(i, quotation, place, &mut cells);
            row(cells);
        });
    }

    /// Writes the rows of `quotes` that `wanted` keeps, and says where each ends.
    pub fn write_quotes<W: for<'r> TakeCells<'r>>(
        &self,
        wanted: impl Fn(&Quotation) -> bool,
        rows: &mut W,
        mut end: impl FnMut(&mut W),
    ) {
        self.each_quote(wanted, |i, quotation, place| {
            self.quote(i, quotation, place, rows);
            end(rows);
        });
    }

    fn each_quote(&self, wanted: impl Fn(&Quotation) -> bool, mut give: impl FnMut(usize, &'a Quotation, Place)) {
        let mut places = Places::of(self);
        let all = self.analysis.quotations.iter().enumerate();
        for (i, quotation) in all.filter(|(_, q)| wanted(q)) {
            give(i, quotation, places.at(quotation.span));
        }
    }

    #[inline]
    fn quote<'r>(&'r self, i: usize, q: &'a Quotation, place: Place, row: &mut impl TakeCells<'r>) {
        row.put_id(Some(&self.quote_ids[i]));
        row.put_document(&self.document.name);
        row.put_name(q.speaker.as_deref());
        row.put_words(self.document, Some(q.span));
        self.put_verbatim(q, row);
        row.put(Cell::Code(q.kind.name()));
        row.put_words(self.document, q.cue);
        row.put_words(self.document, q.speaker_span);
        row.put_words(self.document, q.role);
        row.put(Cell::Code(q.resolved_by.name()));
        row.put(Cell::Score(q.confidence));
        row.put_context(self.document, place.context);
        row.put(Cell::from(place.paragraph));
        row.put(Cell::from(place.sentence));
        row.put_id(self.quote_id(q.continues));
        row.put(Cell::Code(q.rule));
        row.put(self.start(Some(q.span)));
        row.put(self.end(Some(q.span)));
        row.put_for_json(|| self.start(q.speaker_span));
        row.put_for_json(|| self.end(q.speaker_span));
        row.put_for_json(|| self.start(q.cue));
        row.put_for_json(|| self.end(q.cue));
    }

    /// The id of the quotation of that index.
    fn quote_id(&self, index: Option<usize>) -> Option<&Id> {
        index.and_then(|i| self.quote_ids.get(i))
    }

    fn put_verbatim<'r>(&'r self, q: &'a Quotation, row: &mut impl TakeCells<'r>) {
        match &q.verbatim[..] {
            [] => row.put(Cell::Missing),
            [piece] => row.put_words(self.document, Some(*piece)),
            pieces => {
                let words: Vec<&str> = pieces.iter().map(|&piece| self.document.at(piece)).collect();
                row.put(Cell::from(words.join(" … ")));
            }
        }
    }

    /// Gives the rows of `claims` that `wanted` keeps (by the quotation each stands in), without the reviewer's cells.
    pub fn claims(&self, wanted: impl Fn(Option<&Quotation>) -> bool, mut row: impl FnMut(Vec<Cell>)) {
        self.each_claim(wanted, |id, claim, place| {
            let mut cells = Vec::with_capacity(Table::Claims.columns().len());
            self.claim(id, claim, place, &mut cells);
            row(cells);
        });
    }

    /// Writes the rows of `claims` that `wanted` keeps, and says where each ends.
    pub fn write_claims<W: for<'r> TakeCells<'r>>(
        &self,
        wanted: impl Fn(Option<&Quotation>) -> bool,
        rows: &mut W,
        mut end: impl FnMut(&mut W),
    ) {
        self.each_claim(wanted, |id, claim, place| {
            self.claim(id, claim, place, rows);
            end(rows);
        });
    }

    fn each_claim(&self, wanted: impl Fn(Option<&Quotation>) -> bool, mut give: impl FnMut(&Id, &'a Claim, Place)) {
        let mut places = Places::of(self);
        let mut ids = Ids::new(b"n-", &self.document.name, self.analysis.claims.len());
        for claim in &self.analysis.claims {
            let id = ids.next("claim", self.document.at(claim.span));
            if wanted(self.quotation_of(claim)) {
                give(&id, claim, places.at(claim.span));
            }
        }
        ids.give_back();
    }

    /// The quotation that a claim stands in.
    pub fn quotation_of(&self, claim: &Claim) -> Option<&'a Quotation> {
        claim.quotation.and_then(|i| self.analysis.quotations.get(i))
    }

    #[inline]
    fn claim<'r>(&'r self, id: &'r Id, c: &'a Claim, place: Place, row: &mut impl TakeCells<'r>) {
        row.put_id(Some(id));
        row.put_document(&self.document.name);
        row.put_name(self.quotation_of(c).and_then(|q| q.speaker.as_deref()));
        row.put_words(self.document, Some(c.span));
        row.put(match c.values.is_empty() {
            true => Cell::Missing,
            false => Cell::Numbers(Cow::Borrowed(&c.values)),
        });
        row.put(Cell::from(c.low));
        row.put(Cell::from(c.high));
        row.put(Cell::Code(c.comparison.name()));
        row.put(filled(&c.unit));
        row.put(Cell::Code(c.category.name()));
        row.put_words(self.document, c.what);
        row.put_id(self.quote_id(c.quotation));
        row.put(Cell::Score(c.confidence));
        row.put_context(self.document, place.context);
        row.put(Cell::from(place.paragraph));
        row.put(Cell::from(place.sentence));
        row.put(Cell::Code(c.rule));
        row.put(self.start(Some(c.span)));
        row.put(self.end(Some(c.span)));
    }

    /// Gives the rows of `sentences`.
    pub fn sentences(&self, mut row: impl FnMut(Vec<Cell>)) {
        let mut ids = Ids::new(b"s-", &self.document.name, self.analysis.sentences.len());
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
        ids.give_back();
    }

    fn start(&self, span: Option<Span>) -> Cell<'_> {
        Cell::from(span.map(|s| self.chars.char_at(s.start)))
    }

    fn end(&self, span: Option<Span>) -> Cell<'_> {
        Cell::from(span.map(|s| self.chars.char_at(s.end)))
    }

    /// The context of a row: whole sentences, unless one goes on without end; then as much of it as helps. A text of a
    /// thousand rows in one sentence would else be written a thousand times.
    fn around(&self, span: Span, whole: Span) -> Span {
        const MOST_BYTES: usize = 4096;
        const EACH_SIDE_BYTES: usize = 256;
        let (text, Range { start, end }) = (&self.document.text, whole.range());
        if end - start <= MOST_BYTES + span.range().len() {
            return whole;
        }
        let from = start.max(span.range().start.saturating_sub(EACH_SIDE_BYTES));
        let to = end.min(span.range().end + EACH_SIDE_BYTES);
        let boundary = |at: &usize| text.is_char_boundary(*at);
        let from = (from..=span.range().start).find(boundary).unwrap_or(start);
        let to = (to..=end).find(boundary).unwrap_or(end);
        let begin = text[from..to].trim_start();
        let from = to - begin.len();
        Span::new(from as u32, (from + begin.trim_end().len()) as u32)
    }
}

/// Where a row stands, as its cells say it: paragraph and sentence are counted from 1, over the whole document.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    context: Option<Span>,
    paragraph: Option<u64>,
    sentence: Option<u64>,
}

/// Finds the places of findings, which come in text order as a rule.
struct Places<'d> {
    described: &'d Described<'d>,
    /// The first sentence that the last finding touched.
    first: usize,
}

impl<'d> Places<'d> {
    fn of(described: &'d Described) -> Self {
        Places { described, first: 0 }
    }

    /// The sentences that a span touches: their text, and the number of the first.
    fn at(&mut self, span: Span) -> Place {
        let sentences = &self.described.analysis.sentences;
        let is_before = |i: usize| sentences.get(i).is_some_and(|s| s.span.end <= span.start);
        while self.first > 0 && !is_before(self.first - 1) {
            self.first -= 1;
        }
        while is_before(self.first) {
            self.first += 1;
        }
        let touched = sentences[self.first..].iter();
        let mut touched = touched.take_while(|s| s.span.start < span.end);
        let Some(one) = touched.next() else {
            return Place::default();
        };
        let whole = touched.last().map_or(one.span, |last| one.span.join(last.span));
        Place {
            context: Some(self.described.around(span, whole)),
            paragraph: Some(one.paragraph as u64 + 1),
            sentence: Some(self.first as u64 + 1),
        }
    }
}

/// A name as a reader sees it: one person must not be two because a zero-width space stands in one of the names.
pub(super) fn visible(speaker: Option<&str>) -> Cell<'_> {
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
pub struct Id([u8; 18]);

impl Id {
    /// Its characters, which are ASCII.
    pub fn as_bytes(&self) -> &[u8; 18] {
        &self.0
    }

    /// The same as text.
    pub fn as_str(&self) -> &str {
        // It is ASCII.
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Names the rows of one table of one document: by a hash (SHA-256) of the document's name, what kind of row it is, its folded
/// words and how many such rows came before it.
struct Ids {
    prefix: [u8; 2],
    /// What is hashed, with the padding of the hash behind it, so that a row costs a single call of the compression.
    message: Vec<u8>,
    /// Where the row begins in it, behind the document's name.
    row_begin: usize,
    /// The blocks that the name fills, and the state of the hash behind them.
    name_blocks: usize,
    behind_name: [u32; 8],
    /// How many rows there were with the same words so far, by the first half of the first one's name.
    seen: ByHash<u64>,
}

thread_local! {
    static MESSAGE: Spare<u8> = const { Spare::new(Vec::new()) };
}

impl Ids {
    const BLOCK: usize = 64;
    /// The state that SHA-256 begins with.
    const BEGIN: [u32; 8] = [
        0x6a09_e667,
        0xbb67_ae85,
        0x3c6e_f372,
        0xa54f_f53a,
        0x510e_527f,
        0x9b05_688c,
        0x1f83_d9ab,
        0x5be0_cd19,
    ];

    /// Names so many rows of a document.
    fn new(prefix: &[u8; 2], document: &str, rows: usize) -> Self {
        const EXPECTED_ROW_BYTES: usize = 768;
        let mut message = spare::take(&MESSAGE, document.len() + EXPECTED_ROW_BYTES);
        message.extend_from_slice(document.as_bytes());
        message.push(0);
        let (blocks, mut behind_name) = (message.as_chunks().0, Self::BEGIN);
        compress256(&mut behind_name, blocks);
        Ids {
            prefix: *prefix,
            row_begin: message.len(),
            name_blocks: blocks.len(),
            behind_name,
            seen: ByHash::with_capacity_and_hasher(rows, Default::default()),
            message,
        }
    }

    /// Keeps the message's room for the next table.
    fn give_back(self) {
        const MOST_BYTES: usize = 16 << 10;
        spare::keep(&MESSAGE, self.message, MOST_BYTES);
    }

    fn next(&mut self, kind: &str, words: &str) -> Id {
        self.message.truncate(self.row_begin);
        self.message.extend_from_slice(kind.as_bytes());
        self.message.push(0);
        fold(words, &mut self.message);
        self.message.push(0);
        let count_at = self.message.len();
        let mut hash = self.hash(0);
        let key = u64::from(hash[0]) << 32 | u64::from(hash[1]);
        match self.seen.entry(key) {
            Entry::Vacant(seen) => _ = seen.insert(0),
            Entry::Occupied(mut seen) => {
                *seen.get_mut() += 1;
                let occurrence = *seen.get();
                self.message.truncate(count_at);
                hash = self.hash(occurrence);
            }
        }
        let mut id = [0; 18];
        id[..2].copy_from_slice(&self.prefix);
        id[2..].copy_from_slice(&base32(hash));
        Id(id)
    }

    /// Adds the number of the occurrence to the message, and hashes it.
    fn hash(&mut self, occurrence: u64) -> [u32; 8] {
        const LENGTH_BYTES: usize = 8;
        const PADDING: [u8; Ids::BLOCK] = {
            let mut padding = [0; Ids::BLOCK];
            padding[0] = 0x80;
            padding
        };
        self.message.extend_from_slice(&occurrence.to_le_bytes());
        let bits = 8 * self.message.len() as u64;
        let end = (self.message.len() + 1 + LENGTH_BYTES).next_multiple_of(Self::BLOCK);
        self.message.extend_from_slice(&PADDING);
        self.message.truncate(end - LENGTH_BYTES);
        self.message.extend_from_slice(&bits.to_be_bytes());
        let mut state = self.behind_name;
        compress256(&mut state, &self.message.as_chunks().0[self.name_blocks..]);
        state
    }
}

/// Sixteen letters and digits that stand for some bytes.
pub fn short_hash(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let words = hash.as_chunks().0;
    base32(std::array::from_fn(|i| u32::from_be_bytes(words[i])))
        .map(char::from)
        .iter()
        .collect()
}

/// Adds the letters and digits of the words, in lower case: marks and white space may change without a new id.
fn fold(words: &str, folded: &mut Vec<u8>) {
    let begin = folded.len();
    let is_ascii = fold_plain(words.as_bytes(), folded);
    if is_ascii || holds_plain_letters(words.as_bytes()) {
        return;
    }
    folded.truncate(begin);
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
    let other = |byte: u8, next: u8| u8::from(byte >= 0xC0) & (u8::from(byte != 0xE2) | u8::from(next != 0x80));
    pairs.fold(0, |others, (&byte, &next)| others | other(byte, next)) == 0
}

/// The same where the letters are ASCII. Every byte is written, and the next one over it where it was no letter or digit: no
/// question whose answer cannot be guessed. True where all bytes are ASCII.
fn fold_plain(bytes: &[u8], folded: &mut Vec<u8>) -> bool {
    const BLOCK: usize = 32;
    const SMALL: [u8; 256] = small_letters_and_digits();
    let mut all = 0;
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
        all = block.iter().fold(all, |all, byte| all | byte);
    };
    let (blocks, rest) = bytes.as_chunks();
    blocks.iter().for_each(&mut add);
    let last = match bytes.last_chunk::<BLOCK>() {
        // Those of the last bytes that were added before become zeros.
        Some(last) => std::array::from_fn(|i| if i + rest.len() >= BLOCK { last[i] } else { 0 }),
        None => {
            let mut last = [0; BLOCK];
            last[..rest.len()].copy_from_slice(rest);
            last
        }
    };
    add(&last);
    all < 0x80
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

/// The first 80 bits of a hash as 16 letters of a–z and 2–7.
fn base32(hash: [u32; 8]) -> [u8; 16] {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bits = u128::from(hash[0]) << 48 | u128::from(hash[1]) << 16 | u128::from(hash[2] >> 16);
    std::array::from_fn(|i| LETTERS[((bits >> (5 * (15 - i))) & 31) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_hashes_of_name_kind_words_and_occurrence() {
        let words = "Äpfel, “plums”; ".repeat(20);
        for name_bytes in [0, 5, 62, 63, 64, 200] {
            let name = "n".repeat(name_bytes);
            let mut ids = Ids::new(b"q-", &name, 1);
            for end in (0..100).filter(|&end| words.is_char_boundary(end)) {
                let mut folded = Vec::new();
                fold(&words[..end], &mut folded);
                for again in 0..2 {
                    let id = ids.next("direct", &words[..end]);
                    let message = |occurrence: u64| {
                        let parts = [
                            name.as_bytes(),
                            b"\0direct\0",
                            &folded,
                            b"\0",
                            &occurrence.to_le_bytes(),
                        ];
                        format!("q-{}", short_hash(&parts.concat()))
                    };
                    // Marks and spaces make no other row.
                    let others = (0..8).any(|occurrence| id.as_str() == message(occurrence));
                    assert!(
                        others && (again == 0 || id.as_str() != message(0)),
                        "{name_bytes} {end}"
                    );
                }
            }
        }
    }

    #[test]
    fn folding_keeps_letters_and_digits_and_makes_them_small() {
        let plain = "Ann-Marie Lee's U.S. firm made 3.5% of 1,200 \"wide\" pipes; ".repeat(3);
        let marked = plain.replace('"', "”").replace('\'', "’");
        for text in [&plain, &marked] {
            for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
                let mut folded = Vec::new();
                fold(&text[..end], &mut folded);
                let kept = text[..end].chars().filter(|c| c.is_alphanumeric());
                let small: String = kept.flat_map(char::to_lowercase).collect();
                assert_eq!(String::from_utf8_lossy(&folded), small, "{end}");
            }
        }
    }
}
