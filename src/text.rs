//! The document, the one owner of its text, and spans into it.
//!
//! Every finding of every stage is a [`Span`] of byte offsets into [`Document::text`]; nothing copies the text. Positions for
//! people and for Python (code points) are computed when the tables are written, by [`CharIndex`], in one pass.

use std::ops::Range;

/// A place in a document's text: byte offsets, end exclusive, always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end` (bytes, end exclusive).
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// The span as a range that indexes text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// True where the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// True where `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True where the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// The words of a text with one space between them.
pub fn single_spaced(text: &str) -> String {
    if is_single_spaced(text.as_bytes()) {
        return text.to_owned();
    }
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// True for words of ASCII with one space between them; false says nothing.
fn is_single_spaced(text: &[u8]) -> bool {
    let (mut odd, mut before) = (false, b' ');
    for &byte in text {
        odd |= !(b' '..0x80).contains(&byte) | (byte == b' ') & (before == b' ');
        before = byte;
    }
    !odd && before != b' '
}

/// One article: its name and its text as decoded.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Path below the folder that was given, `/` between parts, or the record's id.
    pub name: String,
    /// The text, the only copy; at most 4 GiB.
    pub text: String,
    /// True where the text is Markdown: emphasis marks and heading signs around words are not words.
    pub markdown: bool,
}

impl Document {
    /// A document of plain text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            markdown: false,
        }
    }

    /// The words at a span.
    pub fn at(&self, span: Span) -> &str {
        &self.text[span.range()]
    }
}

/// Turns byte offsets into code point offsets: one pass over the text, then a short scan for each question.
#[derive(Debug)]
pub struct CharIndex<'t> {
    text: &'t str,
    /// Code points before each block of `BLOCK` bytes; empty for ASCII text, where the two offsets are the same.
    before: Vec<u32>,
}

impl<'t> CharIndex<'t> {
    const BLOCK: usize = 64;

    /// Counts the code points of a text.
    pub fn new(text: &'t str) -> Self {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            before.reserve_exact(text.len() / Self::BLOCK + 2);
            for block in text.as_bytes().chunks(Self::BLOCK) {
                before.push(count);
                count += chars_in(block);
            }
            before.push(count);
        }
        Self { text, before }
    }

    /// Code points before a byte offset.
    pub fn char_at(&self, byte: u32) -> u32 {
        if self.before.is_empty() {
            return byte;
        }
        let (block, count) = (byte as usize / Self::BLOCK, byte as usize % Self::BLOCK);
        let rest = &self.text.as_bytes()[block * Self::BLOCK..];
        let inside = match rest.first_chunk() {
            Some(block) => chars_among(block, count),
            None => chars_in(&rest[..count]),
        };
        self.before[block] + inside
    }

    /// Code points in the whole text.
    pub fn len(&self) -> u32 {
        self.before.last().copied().unwrap_or(self.text.len() as u32)
    }

    /// True for an empty text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Bytes that begin a code point, among the first `count` of a block. All are looked at: how many are asked for cannot be guessed.
fn chars_among(block: &[u8; CharIndex::BLOCK], count: usize) -> u32 {
    const INSIDE: [u8; 2 * CharIndex::BLOCK] = ones_and_zeros();
    let Some(inside) = INSIDE[CharIndex::BLOCK - count..].first_chunk::<{ CharIndex::BLOCK }>() else {
        return 0;
    };
    let begins = |i: usize| u8::from(block[i] & 0xC0 != 0x80) & inside[i];
    (0..CharIndex::BLOCK).map(begins).sum::<u8>().into()
}

/// The lowest bits of eight bytes that hold nothing else, side by side: the product brings them together in the highest byte.
#[inline]
pub(crate) fn lowest_bits(ones: u64) -> u64 {
    ones.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// As many ones, and as many zeros behind them.
pub(crate) const fn ones_and_zeros<const BYTES: usize>() -> [u8; BYTES] {
    let (mut bytes, mut i) = ([0; BYTES], 0);
    while i < BYTES / 2 {
        bytes[i] = 1;
        i += 1;
    }
    bytes
}

/// Bytes that begin a code point, among at most one block: so few that a byte counts them.
fn chars_in(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u8::from(b & 0xC0 != 0x80)).sum::<u8>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_single_spaced_whatever_stands_between_them() {
        let parts = ["", " ", "  ", "a", "b c", "é", "\t", "\u{a0}", "\n d"];
        for first in parts {
            for second in parts {
                for third in parts {
                    let text = [first, second, third].concat();
                    let words: Vec<&str> = text.split_whitespace().collect();
                    assert_eq!(single_spaced(&text), words.join(" "), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn char_offsets_count_code_points() {
        let text = "“Fünf” – ".repeat(60);
        let index = CharIndex::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.char_at(byte as u32), count as u32);
        }
        assert_eq!(index.char_at(text.len() as u32), text.chars().count() as u32);
        assert_eq!(index.len(), text.chars().count() as u32);
    }
}
