//! Rows to CSV, in two dialects: plain for pipes, and one that survives a spreadsheet.
//!
//! Both are comma and LF, white space runs in text cells one space and bidi controls left out, so that no cell holds a line
//! break. For a spreadsheet a text cell that would run as a formula, or that as a whole would be converted (a number, a date,
//! `10-20`), gets one leading `'` ([`guarded`]); [`unguarded`] takes exactly that off. Quoting alone does not stop a formula.

use super::rows::{Id, TakeCells, visible};
use super::{Cell, Column, Filled, Kind};
use crate::text::{Document, Span, lowest_bits, ones_and_zeros};
use std::borrow::Cow;
use std::io::Write;
use std::ops::Range;

/// Who will read the CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// A program: nothing added.
    Plain,
    /// A spreadsheet: byte-order mark first, text cells guarded.
    Spreadsheet,
}

/// Writes a header of the columns that CSV shows, and the extra ones.
pub fn write_header(out: &mut Vec<u8>, columns: &[Column], extra: &[String], dialect: Dialect) {
    if dialect == Dialect::Spreadsheet {
        out.extend_from_slice("\u{feff}".as_bytes());
    }
    let own = columns.iter().filter(|c| c.filled != Filled::JsonOnly).map(|c| c.name);
    for (i, name) in own.chain(extra.iter().map(String::as_str)).enumerate() {
        separate(out, i);
        write_text(out, name, dialect);
    }
    out.push(b'\n');
}

/// Writes a header of any names.
pub fn write_header_of(out: &mut Vec<u8>, names: &[String], dialect: Dialect) {
    write_header(out, &[], names, dialect);
}

/// Writes a row of which only the first cells are text; the others are numbers, or empty.
pub fn write_texts(out: &mut Vec<u8>, cells: &[String], texts: usize, dialect: Dialect) {
    for (i, cell) in cells.iter().enumerate() {
        separate(out, i);
        match i < texts {
            true => write_text(out, cell, dialect),
            false => out.extend_from_slice(cell.as_bytes()),
        }
    }
    out.push(b'\n');
}

/// Writes one row: cells in the order of the columns, then the cells of extra columns.
pub fn write_row(out: &mut Vec<u8>, columns: &[Column], cells: &[Cell], extra: &[String], dialect: Dialect) {
    debug_assert_eq!(columns.len(), cells.len());
    let shown = columns.iter().zip(cells).filter(|(c, _)| c.filled != Filled::JsonOnly);
    let mut count = 0;
    for (column, cell) in shown {
        separate(out, count);
        write_cell(out, column.kind, cell, dialect);
        count += 1;
    }
    for text in extra {
        separate(out, count);
        write_text(out, text, dialect);
        count += 1;
    }
    out.push(b'\n');
}

/// Writes the rows of one document and one table as their cells come, the bytes that [`write_row`] writes: no row is held, no
/// cell is asked what it is twice, and what stands in many rows is looked at once.
#[derive(Debug)]
pub struct RowWriter {
    out: Vec<u8>,
    dialect: Dialect,
    /// The document's name as it is written, and the comma behind it.
    document: Vec<u8>,
    /// The reviewer's cells, which are empty, and the line end.
    end: Vec<u8>,
    /// The context written last, and where.
    context: Option<(Span, Range<usize>)>,
}

impl RowWriter {
    /// Writes behind what is there, rows of such columns of a document of that name.
    pub fn new(out: Vec<u8>, columns: &[Column], document: &str, dialect: Dialect) -> Self {
        // Marks, a guard and the comma may come to it.
        let mut name = Vec::with_capacity(document.len() + 8);
        write_line(&mut name, document, dialect);
        name.push(b',');
        let reviewers = columns.iter().filter(|c| c.filled == Filled::Reviewer).count();
        let mut end = Vec::with_capacity(reviewers + 1);
        end.resize(reviewers.saturating_sub(1), b',');
        end.push(b'\n');
        RowWriter {
            out,
            dialect,
            document: name,
            end,
            context: None,
        }
    }

    /// Ends a row. Every cell has left a comma behind it; at least one of the reviewer's columns follows.
    pub fn end_row(&mut self) {
        self.out.extend_from_slice(&self.end);
    }

    /// The bytes written so far.
    pub fn bytes(&self) -> usize {
        self.out.len()
    }

    /// Gives what was written, and goes on with an empty vector.
    pub fn take(&mut self) -> Vec<u8> {
        self.context = None;
        std::mem::take(&mut self.out)
    }
}

impl<'t> TakeCells<'t> for RowWriter {
    #[inline(always)]
    fn put(&mut self, cell: Cell<'t>) {
        // The one column of another kind is the document's name.
        write_cell(&mut self.out, Kind::Text, &cell, self.dialect);
        self.out.push(b',');
    }

    fn put_id(&mut self, id: Option<&'t Id>) {
        if let Some(id) = id {
            self.out.extend_from_slice(id.as_bytes());
        }
        self.out.push(b',');
    }

    fn put_document(&mut self, _: &'t str) {
        self.out.extend_from_slice(&self.document);
    }

    // Each column of its own: which have words, and whether short ones, is nearly the same from row to row.
    #[inline(always)]
    fn put_words(&mut self, document: &'t Document, span: Option<Span>) {
        if let Some(span) = span {
            write_words(&mut self.out, &document.text, span, self.dialect);
        }
        self.out.push(b',');
    }

    fn put_name(&mut self, name: Option<&'t str>) {
        match name {
            // Plain words hold nothing that no reader sees.
            Some(name) if write_if_plain(&mut self.out, name) => self.out.push(b','),
            name => self.put(visible(name)),
        }
    }

    fn put_context(&mut self, document: &'t Document, span: Option<Span>) {
        match (&self.context, span) {
            (Some((before, written)), Some(span)) if *before == span => {
                self.out.extend_from_within(written.clone());
                self.out.push(b',');
            }
            _ => {
                let begin = self.out.len();
                self.put_words(document, span);
                self.context = span.map(|span| (span, begin..self.out.len() - 1));
            }
        }
    }

    fn put_for_json(&mut self, _: impl FnOnce() -> Cell<'t>) {}
}

/// A cell as CSV shows it, before guarding and quoting.
pub fn shown<'c>(kind: Kind, cell: &'c Cell) -> Cow<'c, str> {
    match cell {
        Cell::Missing => Cow::Borrowed(""),
        Cell::Text(text) if kind == Kind::Name => Cow::Borrowed(text),
        Cell::Text(text) => one_line(text),
        Cell::Code(name) => Cow::Borrowed(name),
        Cell::Whole(count) => Cow::Owned(count.to_string()),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Score(score) => Cow::Owned(format!("{score:.2}")),
        Cell::Numbers(numbers) => Cow::Owned(joined(numbers)),
    }
}

fn joined(numbers: &[f64]) -> String {
    let parts: Vec<String> = numbers.iter().map(f64::to_string).collect();
    parts.join(";")
}

/// Which cell it is is known where a row is written cell by cell, and then nothing is left to ask.
#[inline(always)]
fn write_cell(out: &mut Vec<u8>, kind: Kind, cell: &Cell, dialect: Dialect) {
    match cell {
        Cell::Missing => {}
        Cell::Code(name) => write_code(out, name),
        Cell::Text(text) if kind == Kind::Name => write_line(out, text, dialect),
        Cell::Text(text) => write_text(out, text, dialect),
        Cell::Whole(count) => write_whole(out, *count),
        Cell::Number(number) => write_number(out, *number),
        Cell::Score(score) => write_score(out, *score),
        // One number is a number; several are a text, which a minus sign in front would make a formula.
        Cell::Numbers(numbers) => match numbers[..] {
            [number] => write_number(out, number),
            _ if numbers.iter().all(|&number| number >= 0.0) => write_shown(out, format_args!("{}", joined(numbers))),
            _ => write_line(out, &joined(numbers), dialect),
        },
    }
}

#[inline]
fn write_code(out: &mut Vec<u8>, name: &str) {
    debug_assert!(is_bare(name), "{name:?}");
    out.extend_from_slice(name.as_bytes());
}

/// True for a name of ours: nothing in it has to be looked for, quoted or guarded.
fn is_bare(name: &str) -> bool {
    let bare = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/' | b'_');
    name.bytes().all(bare) && one_line(name) == name && !needs_guard(name)
}

fn write_shown(out: &mut Vec<u8>, shown: std::fmt::Arguments) {
    // Writing to memory cannot fail.
    let _ = out.write_fmt(shown);
}

/// A number as it is shown; most are whole and positive, and then the general way is not needed.
pub(super) fn write_number(out: &mut Vec<u8>, number: f64) {
    const MOST: f64 = 1e15;
    match (0.0..MOST).contains(&number) && number.is_sign_positive() && number.fract() == 0.0 {
        true => write_whole(out, number as u64),
        false => write_shown(out, format_args!("{number}")),
    }
}

/// A probability with two decimals. A hundred times a number of 32 bits is exact in 64, so the digits are those of `{:.2}`.
pub(super) fn write_score(out: &mut Vec<u8>, score: f32) {
    if !(0.0..=1.0).contains(&score) || score.is_sign_negative() {
        return write_shown(out, format_args!("{score:.2}"));
    }
    let hundredths = (f64::from(score) * 100.0).round_ties_even() as u8;
    let digit = |number: u8| b'0' + number % 10;
    out.extend_from_slice(&[digit(hundredths / 100), b'.', digit(hundredths / 10), digit(hundredths)]);
}

/// Every row has several, and the general way of showing a number costs ten times as much. Four digits are enough for most;
/// they are written together, without a question behind each.
pub(super) fn write_whole(out: &mut Vec<u8>, count: u64) {
    const MOST_DIGITS: usize = 20;
    if count < 10_000 {
        let (hundreds, rest) = (count as usize / 100, count as usize % 100);
        let [[a, b], [c, d]] = [PAIRS[hundreds], PAIRS[rest]];
        let four = [a, b, c, d];
        let digits = 1 + usize::from(count > 9) + usize::from(count > 99) + usize::from(count > 999);
        let shown = u32::from_le_bytes(four) >> (8 * (4 - digits));
        let end = out.len() + digits;
        out.extend_from_slice(&shown.to_le_bytes());
        return out.truncate(end);
    }
    let (mut digits, mut first, mut rest) = ([0; MOST_DIGITS], MOST_DIGITS, count);
    loop {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            return out.extend_from_slice(&digits[first..]);
        }
    }
}

/// The two digits of each number below a hundred.
const PAIRS: [[u8; 2]; 100] = {
    let (mut pairs, mut number) = ([[b'0'; 2]; 100], 0);
    while number < pairs.len() {
        pairs[number] = [b'0' + number as u8 / 10, b'0' + number as u8 % 10];
        number += 1;
    }
    pairs
};

fn separate(out: &mut Vec<u8>, count: usize) {
    if count > 0 {
        out.push(b',');
    }
}

/// Writes a text cell on one line, guarded as the dialect asks and quoted where CSV needs it.
fn write_text(out: &mut Vec<u8>, text: &str, dialect: Dialect) {
    if !write_if_plain(out, text) {
        write_any_text(out, text, dialect);
    }
}

/// Writes a short text where it is plain words.
fn write_if_plain(out: &mut Vec<u8>, text: &str) -> bool {
    let mut padded = [b'.'; SHORT_BYTES + 1];
    let is_short = text.len() <= SHORT_BYTES;
    if is_short {
        padded[..text.len()].copy_from_slice(text.as_bytes());
    }
    is_short && Short::new(&padded, text.len()).write_if_plain(out)
}

/// The same for the words at a place of a text. Short ones are taken from there with what stands behind them: so many bytes
/// are copied and looked at that their number is known beforehand.
fn write_words(out: &mut Vec<u8>, text: &str, span: Span, dialect: Dialect) {
    let Range { start, end } = span.range();
    let short = match end - start <= SHORT_BYTES {
        true => text.as_bytes()[start..].first_chunk(),
        false => None,
    };
    if !short.is_some_and(|bytes| Short::new(bytes, end - start).write_if_plain(out)) {
        write_any_text(out, &text[start..end], dialect);
    }
}

/// No longer text is a short one.
const SHORT_BYTES: usize = 32;

/// A short text, and bytes that do not belong to it behind it.
struct Short<'t> {
    block: &'t [u8; SHORT_BYTES],
    next: &'t [u8; SHORT_BYTES],
    len: usize,
}

impl<'t> Short<'t> {
    #[inline]
    fn new(bytes: &'t [u8; SHORT_BYTES + 1], len: usize) -> Self {
        let ([block @ .., _], [_, next @ ..]) = (bytes, bytes);
        Short { block, next, len }
    }

    /// Writes the text where it is plain words, as most are: it begins with a letter, ends with no space, and holds neither
    /// digits nor what CSV writes otherwise; or it holds digits too, and a word that no spreadsheet takes for a part of a value.
    /// False where something may have to be done about it.
    #[inline]
    fn write_if_plain(&self, out: &mut Vec<u8>) -> bool {
        let (Some(first), Some(last)) = (self.block.first(), self.block.get(self.len.wrapping_sub(1))) else {
            return false;
        };
        // TRUE and FALSE are converted.
        let may_be_converted = matches!(self.len, 4 | 5) & matches!(first | 0x20, b't' | b'f');
        let (odd, digits) = self.looks();
        if odd | !last.is_ascii_graphic() | may_be_converted {
            return false;
        }
        if digits | !first.is_ascii_alphabetic() {
            let begins = first.is_ascii_alphanumeric() | (*first == b'$');
            if !begins || !self.holds_common_word() {
                return false;
            }
        }
        let end = out.len() + self.len;
        out.extend_from_slice(self.block);
        out.truncate(end);
        true
    }

    /// Whether the text holds a comma, a mark, a control character, two spaces or anything outside ASCII, and whether it holds a
    /// digit. Every byte of the block is asked, without a jump.
    #[inline]
    fn looks(&self) -> (bool, bool) {
        // One for each byte of the text, zero behind it.
        const INSIDE: [u8; 2 * SHORT_BYTES] = ones_and_zeros();
        let Some(inside) = INSIDE[SHORT_BYTES - self.len..].first_chunk::<SHORT_BYTES>() else {
            return (true, true);
        };
        const ODD: u8 = 1;
        const DIGIT: u8 = 2;
        let look = |i: usize| {
            let (byte, next) = (self.block[i], self.next[i]);
            let letter_or_mark = (b' '..0x80).contains(&byte) & (byte != b',') & (byte != b'"');
            let odd = !letter_or_mark | (byte == b' ') & (next == b' ');
            let digit = byte.wrapping_sub(b'0') < 10;
            ((u8::from(odd) * ODD) | (u8::from(digit) * DIGIT)) & (inside[i] * (ODD | DIGIT))
        };
        let seen = (0..SHORT_BYTES).fold(0, |any, i| any | look(i));
        (seen & ODD != 0, seen & DIGIT != 0)
    }

    /// True where the first word of four letters or more is no part of a date or number (see [`is_in_dates_and_numbers`], whose
    /// longer words begin like months and days) and neither TRUE nor FALSE: then no spreadsheet converts the text.
    #[inline]
    fn holds_common_word(&self) -> bool {
        let ones = self.block.map(|byte| u8::from((byte | 0x20).wrapping_sub(b'a') < 26));
        let eights = ones.as_chunks().0.iter().enumerate();
        let letters = eights.fold(0, |bits, (i, &eight)| {
            bits | lowest_bits(u64::from_le_bytes(eight)) << (8 * i)
        });
        let letters = letters & ((1 << self.len) - 1);
        let four_letters = letters & letters >> 1 & letters >> 2 & letters >> 3;
        let begins = four_letters & !(letters << 1);
        // Four letters stand there, so there are three.
        let begin = begins.trailing_zeros() as usize % (SHORT_BYTES - 2);
        let [a, b, c] = [0, 1, 2].map(|i| self.block[begin + i] | 0x20);
        (begins != 0) & !is_month_or_day(&[a, b, c]) & ([a, b, c] != *b"tru") & ([a, b, c] != *b"fal")
    }
}

#[inline(never)]
fn write_any_text(out: &mut Vec<u8>, text: &str, dialect: Dialect) {
    let look = Look::at(text);
    match look.is_one_line(text) {
        true => write_looked_at(out, text, look, dialect),
        false => write_line(out, &in_one_line(text), dialect),
    }
}

/// The same for a text that stands as it is, be it on one line or not.
fn write_line(out: &mut Vec<u8>, text: &str, dialect: Dialect) {
    write_looked_at(out, text, Look::at(text), dialect);
}

fn write_looked_at(out: &mut Vec<u8>, text: &str, look: Look, dialect: Dialect) {
    let guard = dialect == Dialect::Spreadsheet && !tells_words(text) && needs_guard(text);
    let quoted = look.comma || look.mark || look.odd_space && text.contains(['\n', '\r']);
    // Every second sentence holds a comma, which cannot be guessed: so a mark is written in any case, and taken back.
    let before = [if quoted { b'"' } else { b'\'' }, b'\''];
    let begin = out.len() + usize::from(quoted) + usize::from(guard);
    out.extend_from_slice(&before);
    out.truncate(begin);
    if look.mark {
        write_doubling_marks(out, text.as_bytes());
    } else {
        out.extend_from_slice(text.as_bytes());
    }
    let end = out.len() + usize::from(quoted);
    out.push(b'"');
    out.truncate(end);
}

/// Writes every mark twice. Blocks without one are written as they are; in the others every byte is written with a mark behind
/// it, which is written over where the byte was none: where the marks stand cannot be guessed.
fn write_doubling_marks(out: &mut Vec<u8>, text: &[u8]) {
    const BLOCK: usize = 32;
    let mut add = |block: &[u8; BLOCK], bytes: usize| {
        let begin = out.len();
        if !block.iter().fold(false, |any, &byte| any | (byte == b'"')) {
            out.extend_from_slice(block);
            return out.truncate(begin + bytes);
        }
        let (mut doubled, mut count) = ([b'"'; 2 * BLOCK], 0);
        for &byte in block {
            // Behind a byte that is no mark the next one takes the second place.
            doubled[count % (2 * BLOCK)] = byte;
            doubled[(count + 1) % (2 * BLOCK)] = b'"';
            count += 1 + usize::from(byte == b'"');
        }
        out.extend_from_slice(&doubled);
        out.truncate(begin + count - (BLOCK - bytes));
    };
    let (blocks, rest) = text.as_chunks();
    blocks.iter().for_each(|block| add(block, BLOCK));
    let mut last = [b' '; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    add(&last, rest.len());
}

/// What a text holds that CSV may have to write otherwise. Every cell is looked at once, in blocks, without a question behind
/// each byte.
#[derive(Debug, Clone, Copy)]
struct Look {
    comma: bool,
    mark: bool,
    /// A control character, or two spaces in a row.
    odd_space: bool,
    beyond_ascii: bool,
}

/// What the bytes at each place of the blocks showed so far: how near they came to what is looked for, in the sense of
/// exclusive or, where zero is that itself.
struct Seen {
    comma: [u8; Look::BLOCK],
    mark: [u8; Look::BLOCK],
    two_spaces: [u8; Look::BLOCK],
    lowest: [u8; Look::BLOCK],
    all: [u8; Look::BLOCK],
}

impl Seen {
    const NOTHING: Seen = Seen {
        comma: [0xFF; Look::BLOCK],
        mark: [0xFF; Look::BLOCK],
        two_spaces: [0xFF; Look::BLOCK],
        lowest: [0xFF; Look::BLOCK],
        all: [0; Look::BLOCK],
    };

    #[inline]
    fn add(&mut self, before: &[u8; Look::BLOCK], block: &[u8; Look::BLOCK]) {
        for i in 0..Look::BLOCK {
            let byte = block[i];
            self.comma[i] = self.comma[i].min(byte ^ b',');
            self.mark[i] = self.mark[i].min(byte ^ b'"');
            self.two_spaces[i] = self.two_spaces[i].min((byte | before[i]) ^ b' ');
            self.lowest[i] = self.lowest[i].min(byte);
            self.all[i] |= byte;
        }
    }
}

impl Look {
    const BLOCK: usize = 32;

    fn at(text: &str) -> Look {
        let (bytes, mut seen) = (text.as_bytes(), Seen::NOTHING);
        let mut first = b'.';
        match bytes.last_chunk::<{ Self::BLOCK + 1 }>() {
            Some([last_before @ .., _]) => {
                // Each block is looked at beside the bytes one before. The last one begins as far before the end as is needed.
                let mut rest = bytes;
                while let (Some(before), Some(block)) =
                    (rest.first_chunk(), rest.get(1..).and_then(<[u8]>::first_chunk))
                {
                    seen.add(before, block);
                    rest = &rest[Self::BLOCK..];
                }
                if let Some(block) = bytes.last_chunk() {
                    seen.add(last_before, block);
                }
                first = bytes[0];
            }
            None => {
                let mut short = [b'.'; Self::BLOCK + 1];
                short[1..=bytes.len()].copy_from_slice(bytes);
                if let (Some(before), Some(block)) = (short.first_chunk(), short.last_chunk()) {
                    seen.add(before, block);
                }
            }
        }
        let least = |bytes: [u8; Self::BLOCK]| bytes.iter().fold(0xFF, |least: u8, &byte| least.min(byte));
        let lowest = least(seen.lowest).min(first);
        Look {
            comma: least(seen.comma) == 0 || first == b',',
            mark: least(seen.mark) == 0 || first == b'"',
            odd_space: lowest < b' ' || least(seen.two_spaces) == 0,
            beyond_ascii: seen.all.iter().fold(first, |any, byte| any | byte) >= 0x80,
        }
    }

    /// True where no white space but single spaces stands in the text, and no bidi control.
    fn is_one_line(self, text: &str) -> bool {
        let stays = |c: char| c == ' ' || !c.is_whitespace() && !is_bidi_control(c);
        let may_not_stay = self.beyond_ascii && may_hold_wide_space(text.as_bytes());
        // Of control characters few are no white space; such a text is made anew too, and remains what it is.
        !self.odd_space && (!may_not_stay || text.chars().all(stays))
    }
}

/// False where no white space and no bidi control from outside ASCII stands in a text; true says nothing. Their first bytes are
/// looked for, and behind U+2000 to U+203F, where quotation marks and dashes stand too, the third one.
fn may_hold_wide_space(text: &[u8]) -> bool {
    const BLOCK: usize = 32;
    let mut rest = text;
    while let Some(bytes) = rest.first_chunk::<{ BLOCK + 2 }>() {
        if block_may_hold_wide_space(bytes) {
            return true;
        }
        rest = &rest[BLOCK..];
    }
    // No character begins with the last byte of a text.
    let mut last = [b'.'; BLOCK + 2];
    last[..rest.len()].copy_from_slice(rest);
    block_may_hold_wide_space(&last)
}

/// The same for what begins in all bytes but the last two.
#[inline]
fn block_may_hold_wide_space<const BYTES: usize>(bytes: &[u8; BYTES]) -> bool {
    let odd = |i: usize| {
        let (first, second, third) = (bytes[i], bytes[i + 1], bytes[i + 2]);
        let wide = u8::from(second == 0x80) & (u8::from(third & 0xF0 == 0x80) | u8::from(third & 0xF8 == 0xA8));
        let punctuation = u8::from(first == 0xE2) & (wide | u8::from(second == 0x81));
        punctuation | u8::from(first | 2 == 0xE3) | u8::from(first == 0xC2) | u8::from(first == 0xD8)
    };
    (0..BYTES - 2).fold(0, |any, i| any | odd(i)) != 0
}

/// True for the first byte of any white space or bidi control outside ASCII, and of much else.
fn is_wide(byte: u8) -> bool {
    (byte & 0xFC == 0xE0) | (byte == 0xC2) | (byte == 0xD8)
}

/// The text with white space runs as one space each and without bidi controls.
pub fn one_line(text: &str) -> Cow<'_, str> {
    match Look::at(text).is_one_line(text) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(in_one_line(text)),
    }
}

fn in_one_line(text: &str) -> String {
    let (bytes, mut line) = (text.as_bytes(), String::with_capacity(text.len()));
    // Most bytes stay, and are asked in blocks.
    let find = |begin: usize| {
        let mut at = begin;
        while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk)
            && !block_may_not_stay(block)
        {
            at += block.len() - 1;
        }
        (at..bytes.len()).find(|&at| may_not_stay(bytes[at], bytes.get(at + 1).copied().unwrap_or(0)))
    };
    let mut begin = 0;
    while let Some(at) = find(begin) {
        line.push_str(&text[begin..at]);
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        if c.is_whitespace() {
            if !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_bidi_control(c) {
            line.push(c);
        }
        begin = at + c.len_utf8();
        if line.ends_with(' ') {
            begin += bytes[begin..].iter().take_while(|&&byte| byte == b' ').count();
        }
    }
    line.push_str(&text[begin..]);
    line
}

/// True for a byte that in one line may not stay as it is, by the one behind it.
#[inline]
fn may_not_stay(byte: u8, next: u8) -> bool {
    (byte < b' ') | is_wide(byte) | (byte == b' ') & (next == b' ')
}

/// True where a byte but the last may not stay.
#[inline]
fn block_may_not_stay(bytes: &[u8; 33]) -> bool {
    (0..bytes.len() - 1).fold(0, |any, i| any | u8::from(may_not_stay(bytes[i], bytes[i + 1]))) != 0
}

/// True for the invisible marks that turn the direction of text: they can make a cell read as what it is not.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The cell as a spreadsheet may be given it: with one `'` in front where it would be run or converted.
pub fn guarded(text: &str) -> Cow<'_, str> {
    match needs_guard(text) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// Takes off the one `'` that [`guarded`] put on, and nothing else.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => text,
    }
}

/// True for most texts that no spreadsheet runs or converts: they begin with a letter or a quotation mark, and are long or
/// hold no digit. False says nothing.
fn tells_words(text: &str) -> bool {
    let begins = |first: &u8| first.is_ascii_alphabetic() || *first == b'"' || text.starts_with('“');
    let ends = |last: &u8| last.is_ascii_graphic() || text.ends_with('”');
    let numeric = |byte: u8| !byte.is_ascii() || byte.is_ascii_digit();
    let bytes = text.as_bytes();
    bytes.first().is_some_and(begins)
        && bytes.last().is_some_and(ends)
        && (text.len() > LONGEST_CONVERTED || !matches!(text.len(), 4 | 5) && !bytes.iter().any(|&byte| numeric(byte)))
}

/// True where a spreadsheet would run or convert the text. Leading `'` are looked through, so that a text which has one of
/// its own gets a second, and taking one off restores it.
fn needs_guard(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    begins_formula(bare) || would_be_converted(bare)
}

/// `=`, `+`, `-`, `@`, tab, CR, NUL and the full-width forms, also behind white space and invisible marks.
fn begins_formula(text: &str) -> bool {
    if text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    if text.starts_with(['\t', '\r', '\n', '\0']) {
        return true;
    }
    let visible =
        |c: &char| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\0');
    let first = text.chars().find(visible);
    matches!(
        first,
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\u{2212}' | '﹢' | '﹣' | '﹦' | '﹫')
    )
}

/// No spreadsheet takes a longer text for one value.
const LONGEST_CONVERTED: usize = 48;

/// A number, an amount, a percentage, a date or time, a fraction, a range of numbers, TRUE or FALSE.
///
/// In doubt yes: the guard costs nothing, since readers take it off.
fn would_be_converted(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST_CONVERTED {
        return false;
    }
    let digits = match text.is_ascii() {
        true => text.bytes().any(|b| b.is_ascii_digit()),
        false => text.chars().any(char::is_numeric),
    };
    match digits {
        true if text.is_ascii() => {
            let words = text.as_bytes().split(|byte| !byte.is_ascii_alphabetic());
            words.filter(|w| !w.is_empty()).all(is_in_dates_and_numbers)
        }
        true => {
            let words = text.split(|c: char| !c.is_alphabetic());
            words
                .filter(|w| !w.is_empty())
                .all(|w| is_in_dates_and_numbers(w.as_bytes()))
        }
        false => match text.len() {
            4 => text.eq_ignore_ascii_case("true"),
            5 => text.eq_ignore_ascii_case("false"),
            _ => false,
        },
    }
}

/// Words that a spreadsheet takes for a part of a number, an amount, a date or a time, in any case.
fn is_in_dates_and_numbers(word: &[u8]) -> bool {
    const LONGEST: usize = 9;
    let mut small = [0; LONGEST];
    let Some(small) = small.get_mut(..word.len()) else {
        return false;
    };
    small.copy_from_slice(word);
    small.make_ascii_lowercase();
    match &*small {
        b"e" | b"a" | b"p" | b"m" | b"t" | b"z" | b"d" | b"h" | b"x" => true,
        b"am" | b"pm" | b"st" | b"nd" | b"rd" | b"th" => true,
        b"utc" | b"gmt" | b"usd" | b"eur" | b"gbp" => true,
        [a, b, c, ..] => is_month_or_day(&[*a, *b, *c]),
        _ => false,
    }
}

/// True for the beginnings of their names.
fn is_month_or_day(begin: &[u8; 3]) -> bool {
    let month = matches!(
        begin,
        b"jan" | b"feb" | b"mar" | b"apr" | b"may" | b"jun" | b"jul" | b"aug" | b"sep" | b"oct" | b"nov" | b"dec"
    );
    month || matches!(begin, b"mon" | b"tue" | b"wed" | b"thu" | b"fri" | b"sat" | b"sun")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_is_put_on_where_a_spreadsheet_would_run_or_convert() {
        let cells = [
            "=1+1",
            "+x",
            "-5 degrees",
            "@cmd",
            "\t=x",
            "＝1",
            " =x",
            "\u{200b}=x",
            "10-20",
            "1/5",
            "12",
            "104%",
            "$1.2",
            "1e5",
            "March 4",
            "4 Mar 2025",
            "2025-03-04",
            "10:30 p.m.",
            "TRUE",
            "'=1",
            "''10",
            "1,200",
            "3.5",
            "(5)",
            "50;60",
        ];
        for cell in cells {
            assert!(guarded(cell).starts_with('\''), "{cell:?}");
            assert_eq!(unguarded(&guarded(cell)), cell);
        }
    }

    #[test]
    fn words_and_empty_cells_stay_as_they_are() {
        let cells = [
            "",
            "'",
            "words",
            "'tis true",
            "20 countries",
            "90-day pause",
            "“No,” she said.",
            "Mars",
            "''",
        ];
        for cell in cells {
            assert_eq!(guarded(cell), cell);
            assert_eq!(unguarded(cell), cell);
        }
    }

    #[test]
    fn what_is_told_for_words_needs_no_guard() {
        let parts = [
            "\"",
            "“",
            "a",
            "true",
            "FALSE",
            "Mar 4",
            "=",
            "-",
            "9",
            "½",
            " ",
            "”",
            "long enough to be no value at all, ",
        ];
        for first in parts {
            for second in parts {
                for third in parts {
                    let text = format!("{first}{second}{third}");
                    assert!(!tells_words(&text) || !needs_guard(&text), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn counts_are_written_as_they_are_shown() {
        for count in (0..20_000).chain([1_234_567, u64::MAX]) {
            let mut out = Vec::new();
            write_whole(&mut out, count);
            assert_eq!(String::from_utf8(out).as_deref(), Ok(&*count.to_string()));
        }
    }

    #[test]
    fn numbers_are_written_as_they_are_shown() {
        let numbers = [
            0.0,
            -0.0,
            1.0,
            -1.0,
            0.2,
            1e9,
            999_999_999_999_999.0,
            1e15,
            1e22,
            f64::INFINITY,
            f64::NAN,
        ];
        for number in numbers {
            let mut out = Vec::new();
            write_number(&mut out, number);
            assert_eq!(String::from_utf8(out).as_deref(), Ok(&*number.to_string()));
        }
    }

    #[test]
    fn scores_are_written_as_they_are_shown() {
        let halves = [0.125, 0.375, 0.625, 0.875, 0.005, 0.995, 1.0, 1.5, -0.0, f32::NAN];
        for score in halves.into_iter().chain((0..=200_000).map(|i| i as f32 / 200_000.0)) {
            let mut out = Vec::new();
            write_score(&mut out, score);
            assert_eq!(String::from_utf8(out).as_deref(), Ok(&*format!("{score:.2}")));
        }
    }

    #[test]
    fn white_space_that_does_not_stay_is_seen_wherever_it_stands() {
        let fillers = ["a", "“é– ", "汉 "];
        let marks = [
            "  ", "\t", "\n", "\u{85}", "\u{a0}", "\u{1680}", "\u{2003}", "\u{2028}", "\u{205f}", "\u{3000}",
            "\u{61c}", "\u{202e}", "\u{2067}",
        ];
        for filler in fillers {
            for before in 0..70 {
                let text = filler.repeat(before) + "b";
                assert_eq!(one_line(&text), text);
                for mark in marks {
                    let line = one_line(&format!("{text}{mark}c")).into_owned();
                    let gap = if mark.chars().any(is_bidi_control) { "" } else { " " };
                    assert_eq!(line, format!("{text}{gap}c"));
                }
            }
        }
    }

    #[test]
    fn a_line_is_what_its_characters_say() {
        let parts = [
            "a", " ", "  ", "\n", "\u{1}", "\u{a0}", "\u{202e}", "é", "“", "\u{2003}", "bc",
        ];
        let by_character = |text: &str| {
            let mut line = String::new();
            for c in text.chars().filter(|&c| !is_bidi_control(c)) {
                match c.is_whitespace() {
                    true if line.ends_with(' ') => {}
                    true => line.push(' '),
                    false => line.push(c),
                }
            }
            line
        };
        for number in 0..parts.len().pow(4) {
            let part = |place: u32| parts[number / parts.len().pow(place) % parts.len()];
            let text = [part(3), part(2), part(1), part(0)].concat();
            assert_eq!(one_line(&text), by_character(&text), "{text:?}");
        }
    }

    #[test]
    fn rows_written_as_they_come_are_those_of_cells() {
        let text =
            "“No, no,” said Ana (37 \u{a0}kg), 5 true  words and a great many more, none of them \"odd\"\tin itself.";
        let document = Document::new("=a,b.txt", text);
        let columns = [
            super::super::text("a"),
            super::super::text("b"),
            super::super::reviewer("c"),
        ];
        let boundaries: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        for dialect in [Dialect::Plain, Dialect::Spreadsheet] {
            for (i, &start) in boundaries.iter().enumerate() {
                for &end in &boundaries[i..] {
                    let span = Span::new(start as u32, end as u32);
                    let mut by_cells = Vec::new();
                    let cells = || [Cell::from(document.at(span)), Cell::Missing];
                    for at in [0, 1] {
                        let mut row = cells();
                        row.rotate_right(at);
                        let row = [&row[..], &[Cell::Missing]].concat();
                        write_row(&mut by_cells, &columns, &row, &[], dialect);
                    }
                    let mut writer = RowWriter::new(Vec::new(), &columns, &document.name, dialect);
                    writer.put_words(&document, Some(span));
                    writer.put_words(&document, None);
                    writer.end_row();
                    writer.put(Cell::Missing);
                    writer.put(cells()[0].clone());
                    writer.end_row();
                    assert_eq!(
                        String::from_utf8(writer.take()),
                        String::from_utf8(by_cells),
                        "{span:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_name_or_context_that_stands_in_several_rows_is_the_same_in_all() {
        let document = Document::new("=a,b.txt", "said \"no\", and yes");
        let columns = [
            super::super::text("a"),
            super::super::reviewer("b"),
            super::super::reviewer("c"),
        ];
        let mut writer = RowWriter::new(Vec::new(), &columns, &document.name, Dialect::Spreadsheet);
        let mut rows = String::new();
        for (end, shown) in [
            (9, "\"said \"\"no\"\"\""),
            (9, "\"said \"\"no\"\"\""),
            (4, "said"),
            (9, "\"said \"\"no\"\"\""),
        ] {
            writer.put_document(&document.name);
            writer.put_context(&document, Some(Span::new(0, end)));
            writer.end_row();
            rows += &format!("\"'=a,b.txt\",{shown},,\n");
        }
        assert_eq!(String::from_utf8(writer.take()), Ok(rows));
    }

    #[test]
    fn cells_are_quoted_and_kept_on_one_line() {
        let columns = [super::super::text("a"), super::super::text("b")];
        let mut out = Vec::new();
        let cells = [Cell::from("say \"no\",\r\n\tthen"), Cell::from("\u{202e}x\u{a0} y")];
        write_row(&mut out, &columns, &cells, &[], Dialect::Plain);
        assert_eq!(String::from_utf8(out).as_deref(), Ok("\"say \"\"no\"\", then\",x y\n"));
    }
}
