//! The one cut of a text into paragraphs and words; every later stage looks at these.
//!
//! A [`Word`] is a run of letters, a number, or one mark of punctuation, with what the seeds know of it ([`Class`]es) and its
//! shape. Words are small and hold offsets only. The cut is made for English news: `U.S.` is one word, `Trump’s` is two
//! (`Trump` and the clitic `’s`), `90-day` is three (`90`, `-`, `day`: nothing is lost, and a stage that wants the whole joins
//! words that stand without white space), an address or a handle is one. ASCII and the curly apostrophe take a fast path;
//! a word with other letters ends where Unicode word boundaries (UAX #29) say.
//!
//! Paragraphs: a line break ends a paragraph, unless the text is hard-wrapped ([`hard_wrapped`]), where only a blank line does.

use crate::seeds::{Class, Group, Lately, Vocabulary, WordId};
use crate::spare::{self, Spare};
use crate::text::{Document, Span, lowest_bits};
use std::cell::RefCell;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// What a word is, by its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A run of letters (digits may follow: `S23`), or letters with full stops (`U.S.`, `a.m`, `Amazon.com`).
    Letters,
    /// Digits with inner commas and stops: `1,200`, `3.5`, `.08`.
    Number,
    /// `'s`, `’ll` and the like behind a word.
    Clitic,
    /// `@name` or `#tag`.
    Handle,
    /// A web or mail address.
    Address,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// `.`
    Stop,
    /// `…` or two or more full stops.
    Ellipsis,
    /// `?`
    Question,
    /// `!`
    Exclamation,
    /// `–`, `—`, `―`, `--`, or a hyphen with white space before it.
    Dash,
    /// `-` without white space before it.
    Hyphen,
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// Any quotation mark or apostrophe that is not inside a word: `"`, `“`, `‘`, `’`, `''`, `«` …
    Quote,
    /// `/`
    Slash,
    /// `$`, `%`, `&`, `*` and every other mark.
    Symbol,
}

/// Some kinds, a bit for each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kinds(u32);

impl Kinds {
    /// The kinds of a list.
    pub(crate) const fn of(kinds: &[Kind]) -> Kinds {
        let (mut bits, mut at) = (0, 0);
        while at < kinds.len() {
            bits |= 1 << kinds[at] as u32;
            at += 1;
        }
        Kinds(bits)
    }

    /// True for a kind among them: a question without a branch.
    #[inline]
    pub(crate) const fn hold(self, kind: Kind) -> bool {
        self.0 >> kind as u32 & 1 != 0
    }
}

/// Facts about a word's spelling and place, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape(u8);

impl Shape {
    /// The first letter is a capital.
    pub const CAPITAL: Shape = Shape(1);
    /// Every letter is a capital, and there are two or more.
    pub const UPPER: Shape = Shape(2);
    /// Holds a full stop inside: `U.S.`, `a.m`.
    pub const DOTTED: Shape = Shape(4);
    /// White space (or the text's start) stands before it.
    pub const SPACED: Shape = Shape(8);
    /// The first word of its paragraph.
    pub const FIRST: Shape = Shape(16);
    /// Holds a character outside ASCII.
    pub const WIDE: Shape = Shape(32);
    /// Holds a digit.
    pub const DIGIT: Shape = Shape(64);

    /// True where every bit of `other` is set.
    pub fn has(self, other: Shape) -> bool {
        self.0 & other.0 == other.0
    }

    fn with(self, other: Shape, on: bool) -> Shape {
        if on { Shape(self.0 | other.0) } else { self }
    }
}

/// One word or mark of a document.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The word in the vocabulary, [`WordId::UNKNOWN`] where the seeds do not know it.
    pub id: WordId,
    /// What it is, by its characters.
    pub kind: Kind,
    /// How it is spelled.
    pub shape: Shape,
    /// Hash of its lower-cased letters: equal words have equal hashes, curly or straight, capital or not.
    pub hash: u64,
    /// What the seeds say of it.
    pub classes: Class,
    /// The words of the same classes, to which it belongs.
    pub group: Group,
}

impl Word {
    /// The word's place.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// How many bytes it has.
    pub fn length(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// True where the seeds put the word in any of the classes.
    pub fn is(&self, class: Class) -> bool {
        self.classes.meets(class)
    }

    /// True where the word begins with a capital.
    pub fn capital(&self) -> bool {
        self.shape.has(Shape::CAPITAL)
    }

    /// True where white space (or the start of the text) stands before the word.
    pub fn spaced(&self) -> bool {
        self.shape.has(Shape::SPACED)
    }

    /// True where the word is one of [`Page::figures`].
    #[inline]
    fn may_tell_figure(&self) -> bool {
        (self.classes.0 & Class::TELLS_FIGURE.0 | u64::from(self.shape.0 & Shape::DIGIT.0)) != 0
    }

    /// True for letters (not marks, numbers, clitics or addresses).
    pub fn letters(&self) -> bool {
        self.kind == Kind::Letters
    }
}

/// A paragraph: its place and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// From its first to its last character that is not white space.
    pub span: Span,
    /// Its words, as indices into [`Page::words`].
    pub words: Range<usize>,
}

/// A document cut into words.
#[derive(Debug)]
pub struct Page<'d> {
    /// The document.
    pub document: &'d Document,
    /// Its words, in order, without overlap.
    pub words: Vec<Word>,
    /// Its paragraphs, in order; every word is in exactly one.
    pub paragraphs: Vec<Paragraph>,
    /// The words that hold a digit or of which the seeds say that a figure may be told by them ([`Class::TELLS_FIGURE`]), in
    /// order, as indices into `words`. They are few, and the claims stage asks no others.
    pub figures: Vec<u32>,
    /// The words that are not plain letters: of another kind than [`Kind::Letters`], or with a full stop inside
    /// ([`Shape::DOTTED`]); in order, as indices into `words`. What ends a sentence or opens a quotation is among them.
    pub not_plain: Vec<u32>,
    /// Tells what the vocabulary was that the words' groups are of.
    pub(crate) edition: u64,
}

thread_local! {
    static WORDS: Spare<Word> = const { Spare::new(Vec::new()) };
    static PARAGRAPHS: Spare<Paragraph> = const { Spare::new(Vec::new()) };
    static FIGURES: Spare<u32> = const { Spare::new(Vec::new()) };
    static NOT_PLAIN: Spare<u32> = const { Spare::new(Vec::new()) };
}

/// Keeps the lists of a page that nobody needs any more for the next one.
pub(crate) fn keep(page: Page) {
    // 512 kB of words, and less than that of all else together.
    const MOST_WORDS: usize = 1 << 14;
    spare::keep(&WORDS, page.words, MOST_WORDS);
    spare::keep(&PARAGRAPHS, page.paragraphs, MOST_WORDS / 8);
    spare::keep(&FIGURES, page.figures, MOST_WORDS);
    spare::keep(&NOT_PLAIN, page.not_plain, MOST_WORDS);
}

impl<'d> Page<'d> {
    /// Cuts a document.
    pub fn new(document: &'d Document, vocabulary: &Vocabulary) -> Self {
        let bytes = document.text.len();
        let mut cutter = Cutter {
            text: &document.text,
            bytes: document.text.as_bytes(),
            vocabulary,
            words: spare::take(&WORDS, bytes / 5 + 16),
            paragraphs: spare::take(&PARAGRAPHS, bytes / 256 + 4),
            figures: spare::take(&FIGURES, bytes / 128 + 4),
            not_plain: spare::take(&NOT_PLAIN, bytes / 24 + 8),
            first: 0,
            asked: 0,
        };
        cutter.cut(if hard_wrapped(&document.text) { 2 } else { 1 });
        Page {
            document,
            edition: vocabulary.edition(),
            words: cutter.words,
            paragraphs: cutter.paragraphs,
            figures: cutter.figures,
            not_plain: cutter.not_plain,
        }
    }

    /// The text of word `i`.
    pub fn word(&self, i: usize) -> &'d str {
        self.document.at(self.words[i].span())
    }

    /// The text of a span.
    pub fn at(&self, span: Span) -> &'d str {
        self.document.at(span)
    }

    /// The place from word `first` to word `last`, both included.
    pub fn span(&self, first: usize, last: usize) -> Span {
        Span::new(self.words[first].start, self.words[last].end)
    }

    /// The first word that begins at or after a byte offset.
    pub fn word_from(&self, byte: u32) -> usize {
        self.words.partition_point(|w| w.start < byte)
    }

    /// The paragraph (index) that word `i` stands in.
    pub fn paragraph_of(&self, i: usize) -> usize {
        self.paragraphs.partition_point(|p| p.words.end <= i)
    }
}

/// True where line breaks only fill lines: most single breaks stand where the next word would not have fitted.
///
/// A text counts as wrapped where it has at least five single line breaks (no blank line after), its longest line is 40 to 120
/// bytes, and nine of ten single breaks are forced: line, space and next word together exceed the longest line by the
/// greedy rule of line fillers. Poems, lists and captions break early, so they stay as they are.
pub fn hard_wrapped(text: &str) -> bool {
    const WIDEST: usize = 120;
    let mut longest = 0;
    for unix in text.split('\n') {
        // Other line breaks only make shorter lines of one that is no longer than the longest.
        if unix.len() > longest {
            longest = longest_line(unix, WIDEST).max(longest);
        }
        if longest > WIDEST {
            return false;
        }
    }
    if longest < 40 {
        return false;
    }
    let (mut breaks, mut forced) = (0, 0);
    let mut lines = lines(text).map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().and_then(|next| next.split_whitespace().next());
        if let Some(word) = next.filter(|_| !line.is_empty()) {
            breaks += 1;
            forced += usize::from(line.len() + 1 + word.len() > longest);
        }
    }
    breaks >= 5 && forced * 10 >= breaks * 9
}

/// The length of the longest line of a text without line feeds; one that is longer than `widest` is not read to its end.
fn longest_line(text: &str, widest: usize) -> usize {
    // Nearly always no other line break stands there, nor a byte that may begin one.
    let head = &text.as_bytes()[..text.len().min(widest + 1)];
    let may_break = |any, &byte: &u8| any | (byte.wrapping_sub(0xb) < 3) | (byte == 0xc2) | (byte == 0xe2);
    if !head.iter().fold(false, may_break) {
        return head.len();
    }
    let (mut begin, mut longest) = (0, 0);
    for (at, c) in text.char_indices() {
        if BREAKS.contains(&c) {
            longest = longest.max(at - begin);
            begin = at + c.len_utf8();
        } else if at >= begin + widest {
            return widest + 1;
        }
    }
    longest.max(text.len() - begin)
}

/// The line breaks of Unicode but the line feed.
const BREAKS: [char; 6] = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// The lines of a text, ended by any line break of Unicode; CR LF is one.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let unix = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    unix.flat_map(|line| line.split(BREAKS))
}

/// A hash of a word's folded bytes, eight at a time: one multiplication for most words.
#[derive(Clone, Copy)]
pub(crate) struct Fold {
    hash: u64,
    /// Bytes that do not make a block of eight yet, the first one lowest.
    block: u64,
    /// How many bits of `block` are taken.
    bits: u32,
}

impl Fold {
    const SEED: u64 = 0xcbf2_9ce4_8422_2325;
    /// Bit 6 of every byte: the difference between a capital and a small letter of ASCII.
    const SMALL: u64 = 0x2020_2020_2020_2020;
    pub(crate) const EMPTY: Fold = Fold {
        hash: Self::SEED,
        block: 0,
        bits: 0,
    };

    #[inline]
    pub(crate) const fn mix(hash: u64, block: u64) -> u64 {
        let product = (hash ^ block).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        product ^ (product >> 32)
    }

    /// Eight bytes with small letters in the place of capitals.
    #[inline]
    fn small(block: u64) -> u64 {
        block | Run::letters(block) >> 2
    }

    #[inline]
    const fn byte(mut self, byte: u8) -> Fold {
        self.block |= (byte as u64) << self.bits;
        self.bits += 8;
        if self.bits == 64 {
            self = Fold {
                hash: Self::mix(self.hash, self.block),
                ..Self::EMPTY
            };
        }
        self
    }

    fn char(self, c: char) -> Fold {
        match c {
            '’' | '‘' => self.byte(b'\''),
            '\0'..='\x7f' => self.byte(c.to_ascii_lowercase() as u8),
            _ if ignorable(c) => self,
            _ => c.to_lowercase().fold(self, |fold, low| {
                low.encode_utf8(&mut [0; 4]).bytes().fold(fold, Fold::byte)
            }),
        }
    }

    #[inline]
    const fn finish(self) -> u64 {
        if self.bits == 0 {
            self.hash
        } else {
            Self::mix(self.hash, self.block)
        }
    }

    /// The hash of a word as [`Word::hash`] has it.
    pub(crate) fn of(word: &str) -> u64 {
        match word.is_ascii() {
            true => Self::of_bytes(word.as_bytes()),
            false => word.chars().fold(Fold::EMPTY, Fold::char).finish(),
        }
    }

    /// The same for any bytes, of which only ASCII is folded.
    pub(crate) fn of_bytes(bytes: &[u8]) -> u64 {
        let (blocks, rest) = bytes.as_chunks();
        let hash = blocks.iter().fold(Self::SEED, |hash, block| {
            Self::mix(hash, Self::small(u64::from_le_bytes(*block)))
        });
        match Self::last_block(bytes, rest) {
            None => hash,
            Some(last) => Self::mix(hash, Self::small(last)),
        }
    }

    /// The bytes that make no block of eight, as one, read with those before them where there are any.
    #[inline]
    fn last_block(bytes: &[u8], rest: &[u8]) -> Option<u64> {
        let four = |four: &[u8; 4]| u64::from(u32::from_le_bytes(*four));
        let bits = 8 * rest.len() as u32;
        if rest.is_empty() {
            return None;
        }
        Some(if let Some(eight) = bytes.last_chunk() {
            u64::from_le_bytes(*eight) >> (64 - bits)
        } else if let (Some(first), Some(last)) = (rest.first_chunk(), rest.last_chunk()) {
            four(first) | four(last) << (bits - 32)
        } else {
            rest.iter().rev().fold(0, |block, &byte| block << 8 | u64::from(byte))
        })
    }

    /// The same for a word of ASCII alone, also at compile time.
    pub(crate) const fn of_ascii(word: &str) -> u64 {
        let bytes = word.as_bytes();
        let mut fold = Fold::EMPTY;
        let mut i = 0;
        while i < bytes.len() {
            fold = fold.byte(bytes[i].to_ascii_lowercase());
            i += 1;
        }
        fold.finish()
    }
}

/// The letters at the start of eight bytes: how many, and the hash and case of them.
#[derive(Clone, Copy)]
struct Run {
    /// 0 to 8.
    length: usize,
    /// The bytes with small letters, those behind the run zero.
    folded: u64,
    /// One bit for each small letter.
    small: u64,
}

impl Run {
    const HIGH: u64 = 0x8080_8080_8080_8080;

    /// The high bit of every byte of eight that is a letter: where adding the distance to `a` carries into that bit and adding
    /// the distance behind `z` does not.
    #[inline]
    fn letters(block: u64) -> u64 {
        let low = (block | Fold::SMALL) & !Self::HIGH;
        let from_a = low + 0x1f1f_1f1f_1f1f_1f1f;
        let behind_z = low + 0x0505_0505_0505_0505;
        from_a & !behind_z & !block & Self::HIGH
    }

    /// Looks at eight bytes at once.
    #[inline]
    fn of(block: u64) -> Run {
        let letters = Self::letters(block);
        let bits = (!letters & Self::HIGH).trailing_zeros() & !7;
        let mask = if bits >= 64 { u64::MAX } else { (1 << bits) - 1 };
        Run {
            length: bits as usize / 8,
            folded: (block | Fold::SMALL) & mask,
            small: block & Fold::SMALL & mask,
        }
    }
}

/// Characters that a reader does not see inside a word.
pub(crate) fn ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

struct Cutter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    vocabulary: &'t Vocabulary,
    words: Vec<Word>,
    paragraphs: Vec<Paragraph>,
    figures: Vec<u32>,
    not_plain: Vec<u32>,
    /// First word of the paragraph that is being cut.
    first: usize,
    /// The words before this one were looked up.
    asked: usize,
}

/// What [`Cutter::white_space`] found.
struct White {
    length: usize,
    /// True where it sets words apart.
    spaces: bool,
    /// True where it ends a line.
    breaks: bool,
}

/// What is known of a byte: what it begins, what it may end, and the kind of the mark that it is.
#[derive(Clone, Copy)]
struct Byte {
    /// What it begins where nothing else is asked: [`Byte::MARK`], [`Byte::STOP`] or [`Byte::HYPHEN`]; letters begin none of them.
    begins: u8,
    /// What surely ends where this byte is the next.
    ends: u8,
    kind: Kind,
}

impl Byte {
    /// A word of letters.
    const LETTERS: u8 = 1;
    /// A mark that is one whatever stands behind it.
    const MARK: u8 = 2;
    /// A full stop.
    const STOP: u8 = 4;
    /// A hyphen, where no white space stands before it.
    const HYPHEN: u8 = 8;

    const fn new(byte: u8) -> Byte {
        let (begins, kind) = match byte {
            b',' => (Self::MARK, Kind::Comma),
            b';' => (Self::MARK, Kind::Semicolon),
            b':' => (Self::MARK, Kind::Colon),
            b'?' => (Self::MARK, Kind::Question),
            b'!' => (Self::MARK, Kind::Exclamation),
            b'(' => (Self::MARK, Kind::Open),
            b')' => (Self::MARK, Kind::Close),
            b'"' => (Self::MARK, Kind::Quote),
            b'/' => (Self::MARK, Kind::Slash),
            b'.' => (Self::STOP, Kind::Stop),
            b'-' => (Self::HYPHEN, Kind::Hyphen),
            _ => (0, Kind::Symbol),
        };
        // Letters go on where a letter follows, but that is known from their bits.
        let letters = !matches!(byte, b'0'..=b'9' | b'.' | b':' | b'@' | b'/' | b'\'' | 0x80..);
        let stop = !matches!(byte, b'0'..=b'9' | b'.' | b'\'' | 0x80..);
        let hyphen = byte != b'-';
        let ends =
            (Self::LETTERS * letters as u8) | Self::MARK | (Self::STOP * stop as u8) | (Self::HYPHEN * hyphen as u8);
        Byte { begins, ends, kind }
    }

    /// The mark of this byte alone.
    #[inline]
    fn mark(self, byte: u8, start: usize, spaced: bool) -> Word {
        Word {
            start: start as u32,
            end: start as u32 + 1,
            id: WordId::UNKNOWN,
            kind: self.kind,
            shape: Shape::default().with(Shape::SPACED, spaced),
            hash: Fold::mix(Fold::SEED, u64::from(byte)),
            classes: Class::NONE,
            group: Group::NONE,
        }
    }
}

/// What is known of every byte.
const BYTES: [Byte; 256] = {
    let mut bytes = [Byte::new(0); 256];
    let mut byte = 0;
    while byte < 256 {
        bytes[byte] = Byte::new(byte as u8);
        byte += 1;
    }
    bytes
};

/// Sixteen bytes as two blocks: the bits of the first so many.
const FIRST_BYTES: [[u64; 2]; 16] = {
    let mut masks = [[0; 2]; 16];
    let mut length = 1;
    while length < 16 {
        masks[length] = match length {
            8.. => [u64::MAX, (1 << (8 * (length - 8))) - 1],
            _ => [(1 << (8 * length)) - 1, 0],
        };
        length += 1;
    }
    masks
};

/// Where the letters of ASCII end: the bytes of a text that are none, 64 at a time, one bit each.
struct Ends<'t> {
    bytes: &'t [u8],
    /// Where the block begins.
    block: usize,
    /// The bits of the whole block.
    all: u64,
    /// Those that were not passed yet.
    bits: u64,
}

impl<'t> Ends<'t> {
    fn new(bytes: &'t [u8]) -> Self {
        let all = Self::of_block(bytes, 0);
        Ends {
            bytes,
            block: 0,
            all,
            bits: all,
        }
    }

    /// The bits of the block that begins there; past the end of the text stand no letters.
    #[inline(never)]
    fn of_block(bytes: &[u8], block: usize) -> u64 {
        let mut last = [0; 64];
        let rest = bytes.get(block..).unwrap_or_default();
        let block = rest.first_chunk().unwrap_or_else(|| {
            last[..rest.len()].copy_from_slice(rest);
            &last
        });
        let eights = block.as_chunks::<8>().0.iter().enumerate();
        !eights.fold(0, |bits, (i, &eight)| {
            let high = Run::letters(u64::from_le_bytes(eight));
            bits | lowest_bits(high >> 7) << (8 * i)
        })
    }

    /// The next end, which stands at `at` or behind it.
    #[inline]
    fn next(&mut self, at: usize) -> usize {
        while self.bits == 0 {
            self.block += 64;
            self.all = Self::of_block(self.bytes, self.block);
            // The first one may be passed already.
            self.bits = self.all & u64::MAX << (at.saturating_sub(self.block) & 63);
        }
        self.block + self.bits.trailing_zeros() as usize
    }

    /// Passes the next end.
    #[inline]
    fn pass(&mut self) {
        self.bits &= self.bits.wrapping_sub(1);
    }

    /// Goes to `at`, wherever that is.
    fn go_to(&mut self, at: usize) {
        if at - self.block >= 64 {
            self.block = at & !63;
            self.all = Self::of_block(self.bytes, self.block);
        }
        self.bits = self.all & u64::MAX << (at & 63);
    }
}

/// The kinds of words that the vocabulary knows.
const LISTED: Kinds = Kinds::of(&[Kind::Letters, Kind::Clitic, Kind::Symbol]);

/// So many words are looked up at a time: as many as the nearest memory holds.
const MANY: usize = 256;

thread_local! {
    static LATELY: RefCell<Lately> = RefCell::default();
}

impl Cutter<'_> {
    /// Cuts the text; `breaks_apart` line breaks between two words end a paragraph.
    fn cut(&mut self, breaks_apart: usize) {
        let mut ends = Ends::new(self.bytes);
        let (mut at, mut spaced) = (0, true);
        while at < self.bytes.len() {
            (at, spaced) = match self.plain_words(&mut ends, at, spaced) {
                Some(behind) => behind,
                None => {
                    let behind = self.other(at, spaced, breaks_apart);
                    ends.go_to(behind.0);
                    behind
                }
            };
        }
        self.end_paragraph();
        self.look_up(self.asked..self.words.len());
    }

    /// What is no plain word: white space, or another word. Gives the place behind it, and whether white space stands there.
    #[inline(never)]
    fn other(&mut self, start: usize, spaced: bool, breaks_apart: usize) -> (usize, bool) {
        let (mut at, mut spaced, mut breaks) = (start, spaced, 0);
        while at < self.bytes.len()
            && let Some(white) = self.white_space(at)
        {
            (at, spaced) = (at + white.length, spaced | white.spaces);
            breaks += usize::from(white.breaks);
        }
        if breaks >= breaks_apart {
            self.end_paragraph();
        }
        if at > start {
            return (at, spaced);
        }
        let end = self.other_word(at, spaced);
        self.behind_space(end)
    }

    /// The white space, or the character that nobody sees, at `at`.
    #[inline]
    fn white_space(&self, at: usize) -> Option<White> {
        let byte = self.bytes[at];
        let (length, spaces, breaks) = match byte {
            b' ' | b'\t' => (1, true, false),
            b'\n'..=b'\r' => (1 + usize::from(byte == b'\r' && self.byte(at + 1) == b'\n'), true, true),
            0..=0x1f | 0x7f => (1, false, false),
            0x80.. => {
                let c = self.char_at(at);
                let white = c.is_whitespace();
                if !white && !ignorable(c) && !c.is_control() {
                    return None;
                }
                (c.len_utf8(), white, matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}'))
            }
            _ => return None,
        };
        Some(White { length, spaces, breaks })
    }

    /// A word that is no plain one; gives its end.
    fn other_word(&mut self, at: usize, spaced: bool) -> usize {
        match self.bytes[at] {
            b'a'..=b'z' | b'A'..=b'Z' => self.letters(at, spaced),
            b'0'..=b'9' => self.number(at, spaced),
            0..=0x7f => self.ascii_mark(at, spaced),
            _ => self.wide(at, spaced),
        }
    }

    /// The place behind the space that stands at `at`, if there is one, and whether there is.
    #[inline]
    fn behind_space(&self, at: usize) -> (usize, bool) {
        let space = self.byte(at) == b' ' && at < self.bytes.len();
        (at + usize::from(space), space)
    }

    /// Ends the paragraph behind the last word.
    #[inline(never)]
    fn end_paragraph(&mut self) {
        let words = self.first..self.words.len();
        if let (Some(first), Some(last)) = (self.words.get(words.start), self.words.last()) {
            let span = Span::new(first.start, last.end);
            self.words[words.start].shape = self.words[words.start].shape.with(Shape::FIRST, true);
            self.first = words.end;
            if words.end - self.asked >= MANY {
                self.look_up(self.asked..words.end);
                self.asked = words.end;
            }
            self.paragraphs.push(Paragraph { span, words });
        }
    }

    /// Asks the vocabulary for words that are cut.
    ///
    /// It does not fit into the nearest memory. So what it said lately is asked first; and the places of all other words are
    /// touched before an answer is needed, so that they are fetched together. No jump hangs on an answer.
    fn look_up(&mut self, words: Range<usize>) {
        let mut first = words.start as u32;
        LATELY.with_borrow_mut(|lately| {
            lately.of(self.vocabulary);
            for words in self.words[words].chunks_mut(MANY) {
                let mut others = [0_u8; MANY];
                let mut count = 0;
                for (i, word) in words.iter_mut().enumerate() {
                    let (id, group, found) = lately.look_up(word.hash);
                    // Which words are marks is unpredictable, too.
                    let listed = u32::from(LISTED.hold(word.kind));
                    let all_or_none = listed.wrapping_neg();
                    word.id = WordId(id.0 & all_or_none);
                    word.group = Group(group.0 & all_or_none as u16);
                    word.classes = self.vocabulary.classes(word.group);
                    others[count & (MANY - 1)] = i as u8;
                    count += listed as usize & usize::from(!found);
                }
                let others = &others[..count];
                let places = others
                    .iter()
                    .map(|&i| self.vocabulary.touch(words[usize::from(i)].hash));
                std::hint::black_box(places.fold(0, |all, place| all ^ place));
                for &i in others {
                    let word = &mut words[usize::from(i)];
                    (word.id, word.group) = self.vocabulary.entry(word.hash);
                    word.classes = self.vocabulary.classes(word.group);
                    lately.keep(word.hash, (word.id, word.group));
                }
                for words in words.chunks(u64::BITS as usize) {
                    let tell = words.iter().enumerate();
                    let mut figures = tell.fold(0, |bits, (i, word)| bits | u64::from(word.may_tell_figure()) << i);
                    while figures != 0 {
                        self.figures.push(first + figures.trailing_zeros());
                        figures &= figures - 1;
                    }
                    first += words.len() as u32;
                }
            }
        });
    }

    fn char_at(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or(' ')
    }

    /// The byte at `at`, or a space past the end.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    /// The eight bytes from `at` on, zeros past the end.
    #[inline]
    fn block(&self, at: usize) -> u64 {
        match self.bytes.get(at..).and_then(<[u8]>::first_chunk) {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => self.bytes[at..]
                .iter()
                .rev()
                .fold(0, |block, &byte| block << 8 | u64::from(byte)),
        }
    }

    #[inline]
    fn push(&mut self, start: usize, end: usize, kind: Kind, shape: Shape, hash: u64) -> usize {
        if kind != Kind::Letters || shape.has(Shape::DOTTED) {
            self.not_plain.push(self.words.len() as u32);
        }
        self.words.push(Word {
            start: start as u32,
            end: end as u32,
            id: WordId::UNKNOWN,
            kind,
            shape,
            hash,
            classes: Class::NONE,
            group: Group::NONE,
        });
        end
    }

    #[inline]
    fn push_mark(&mut self, mark: Word) {
        self.not_plain.push(self.words.len() as u32);
        self.words.push(mark);
    }

    /// A word of less than sixteen letters and nothing else, a mark of one byte, or the one and the other, as most words are, with
    /// the space behind them. Gives the place behind it, and whether a space stands there; `None` leaves it to others.
    #[inline]
    fn plain_words(&mut self, ends: &mut Ends, start: usize, spaced: bool) -> Option<(usize, bool)> {
        let end = ends.next(start);
        let length = end - start;
        let next = *self.bytes.get(end)?;
        if next == b' ' {
            self.plain_word(start, length, spaced)?;
            ends.pass();
            return Some((end + 1, true));
        }
        let behind = *self.bytes.get(end + 1)?;
        let mark = BYTES[usize::from(next)];
        let fits = mark.begins & BYTES[usize::from(behind)].ends;
        if length == 0 {
            if fits & !(Byte::HYPHEN * u8::from(spaced)) == 0 {
                return None;
            }
            self.push_mark(mark.mark(next, end, spaced));
        } else {
            // A stop behind which no letter stands ends a word too.
            let stop = (next == b'.') & !behind.is_ascii_alphabetic();
            if (mark.ends & Byte::LETTERS == 0) & !stop {
                return None;
            }
            self.plain_word(start, length, spaced)?;
            if fits == 0 {
                return Some((end, false));
            }
            self.push_mark(mark.mark(next, end, false));
        }
        ends.pass();
        let space = behind == b' ';
        if space {
            // It stands in this block, or will be passed as the next one is begun.
            ends.pass();
        }
        Some((end + 1 + usize::from(space), space))
    }

    /// A word of one to fifteen letters, which ends where they end.
    #[inline]
    fn plain_word(&mut self, start: usize, length: usize, spaced: bool) -> Option<()> {
        const LONGEST: usize = 15;
        let bytes: &[u8; 16] = self.bytes.get(start..)?.first_chunk()?;
        if length.wrapping_sub(1) >= LONGEST {
            return None;
        }
        let [first, second] = [0, 8].map(|half| u64::from_le_bytes(*bytes[half..].first_chunk().unwrap_or(&[0; 8])));
        let masks = FIRST_BYTES[length & LONGEST];
        let short = Fold::mix(Fold::SEED, (first | Fold::SMALL) & masks[0]);
        let long = Fold::mix(short, (second | Fold::SMALL) & masks[1]);
        let small = (first & masks[0] | second & masks[1]) & Fold::SMALL;
        self.words.push(Word {
            start: start as u32,
            end: (start + length) as u32,
            id: WordId::UNKNOWN,
            kind: Kind::Letters,
            shape: Shape::default()
                .with(Shape::CAPITAL, first & 0x20 == 0)
                .with(Shape::UPPER, (small == 0) & (length > 1))
                .with(Shape::SPACED, spaced),
            hash: if length > 8 { long } else { short },
            classes: Class::NONE,
            group: Group::NONE,
        });
        Some(())
    }

    /// Any word that begins with an ASCII letter, taken eight bytes at a time where it is nothing but letters.
    #[inline(never)]
    fn letters(&mut self, start: usize, spaced: bool) -> usize {
        let (mut at, mut hash, mut small) = (start, Fold::SEED, 0);
        let mut run = Run::of(self.block(at));
        while run.length == 8 {
            (hash, small, at) = (Fold::mix(hash, run.folded), small | run.small, at + 8);
            run = Run::of(self.block(at));
        }
        if run.length > 0 {
            (hash, small, at) = (Fold::mix(hash, run.folded), small | run.small, at + run.length);
        }
        let clitic = match self.byte(at) {
            b'.' => {
                if self.byte(at + 1).is_ascii_alphabetic() {
                    return self.mixed_letters(start, spaced);
                }
                false
            }
            b'0'..=b'9' | b':' | b'@' | b'/' => return self.mixed_letters(start, spaced),
            b'\'' => {
                if self.apostrophe_inside(start, at, at + 1) {
                    return self.mixed_letters(start, spaced);
                }
                true
            }
            0..=0x7f => false,
            _ => match self.char_at(at) {
                '’' if !self.apostrophe_inside(start, at, at + 3) => true,
                '’' => return self.mixed_letters(start, spaced),
                c if c.is_alphanumeric() || ignorable(c) || joins(c) => return self.wide_letters(start, spaced),
                _ => false,
            },
        };
        let shape = Shape::default()
            .with(Shape::CAPITAL, self.bytes[start] & 0x20 == 0)
            .with(Shape::UPPER, small == 0 && at > start + 1)
            .with(Shape::SPACED, spaced);
        self.push(start, at, Kind::Letters, shape, hash);
        if clitic { self.clitic(at) } else { at }
    }

    /// True where the apostrophe between `at` and `after` belongs to the word that began at `start`.
    fn apostrophe_inside(&self, start: usize, at: usize, after: usize) -> bool {
        self.negation_ends(at, after) || self.prefix_ends(start, at, after)
    }

    /// A word with digits, stops or apostrophes among its letters: `U.S.`, `S23`, `don’t`, `O'Brien`.
    fn mixed_letters(&mut self, start: usize, spaced: bool) -> usize {
        let mut at = start;
        let mut fold = Fold::EMPTY;
        let (mut upper, mut lower, mut digits, mut dots) = (0, 0, 0, 0);
        loop {
            let byte = self.byte(at);
            match byte {
                b'a'..=b'z' => lower += 1,
                b'A'..=b'Z' => upper += 1,
                b'0'..=b'9' => digits += 1,
                b'.' if self.stop_inside(start, at) => dots += 1,
                b'\'' if self.apostrophe_inside(start, at, at + 1) => {}
                0..=0x7f => break,
                _ => {
                    let c = self.char_at(at);
                    if c == '’' && self.apostrophe_inside(start, at, at + 3) {
                        fold = fold.char(c);
                        at += c.len_utf8();
                        continue;
                    }
                    if c.is_alphanumeric() || ignorable(c) || joins(c) {
                        return self.wide_letters(start, spaced);
                    }
                    break;
                }
            }
            fold = fold.byte(byte.to_ascii_lowercase());
            at += 1;
        }
        if (lower + upper >= 4 || dots > 0) && self.address_follows(start, at) || self.mail_follows(at) {
            return self.address(start, spaced);
        }
        let shape = Shape::default()
            .with(Shape::CAPITAL, self.bytes[start].is_ascii_uppercase())
            .with(Shape::UPPER, lower == 0 && upper > 1)
            .with(Shape::DOTTED, dots > 0)
            .with(Shape::DIGIT, digits > 0)
            .with(Shape::SPACED, spaced);
        self.push(start, at, Kind::Letters, shape, fold.finish());
        self.clitic(at)
    }

    /// True where the full stop at `at` belongs to the word: between letters of `U.S`, `a.m`, `Amazon.com`, or closing `U.S.`.
    fn stop_inside(&self, start: usize, at: usize) -> bool {
        let next = self.byte(at + 1);
        let single = at == start + 1 || (at >= start + 2 && self.bytes[at - 2] == b'.');
        let dotted = at >= start + 3 && self.bytes[at - 2] == b'.';
        match next {
            b'a'..=b'z' => self.bytes[at - 1] != b'.' && (single || self.byte(at + 2).is_ascii_lowercase()),
            b'A'..=b'Z' => {
                (single || self.degree(start, at))
                    && self.bytes[at - 1] != b'.'
                    && !self.byte(at + 2).is_ascii_lowercase()
            }
            b'.' => false,
            _ => dotted,
        }
    }

    /// True where the stop at `at` stands inside a degree: `Ph.D.`, `LL.B.`, `D.Phil.` are single letters but for one part.
    fn degree(&self, start: usize, at: usize) -> bool {
        at == start + 2 && self.bytes[start].is_ascii_uppercase() && self.byte(at + 2) == b'.'
    }

    /// True where the apostrophe at `at` stands in `n't`: that word stays whole.
    fn negation_ends(&self, at: usize, after: usize) -> bool {
        matches!(self.bytes[at - 1], b'n' | b'N')
            && matches!(self.byte(after), b't' | b'T')
            && !self.byte(after + 1).is_ascii_alphanumeric()
    }

    /// True where the apostrophe at `at` joins a short beginning to a name or word: `O’Brien`, `d'Ivoire`, `o’clock`.
    fn prefix_ends(&self, start: usize, at: usize, after: usize) -> bool {
        at <= start + 2 && self.letter_at(after) && self.clitic_letters(after).is_none()
    }

    /// True where a letter of any alphabet stands at `at`.
    fn letter_at(&self, at: usize) -> bool {
        match self.byte(at) {
            byte @ 0..=0x7f => byte.is_ascii_alphabetic(),
            _ => self.char_at(at).is_alphabetic(),
        }
    }

    /// Length of the letters of the clitic whose apostrophe ends at `after`.
    fn clitic_letters(&self, after: usize) -> Option<usize> {
        let rest = &self.bytes[after..];
        let letters = rest.iter().take(3).take_while(|b| b.is_ascii_alphabetic()).count();
        let known = match &rest[..letters] {
            [a] => matches!(a | 32, b's' | b'm' | b'd'),
            [a, b] => matches!(&[a | 32, b | 32], b"ll" | b"re" | b"ve"),
            _ => false,
        };
        known.then_some(letters)
    }

    /// The clitic at `at`, if there is one: `'s`, `’ll`, `'re`; gives the end.
    fn clitic(&mut self, at: usize) -> usize {
        let mark = match self.byte(at) {
            b'\'' => 1,
            0xE2 if self.text[at..].starts_with('’') => 3,
            _ => return at,
        };
        let Some(letters) = self.clitic_letters(at + mark) else {
            return at;
        };
        let stop = at + mark + letters;
        let hash = self.bytes[at + mark..stop]
            .iter()
            .fold(Fold::EMPTY.byte(b'\''), |f, b| f.byte(b.to_ascii_lowercase()))
            .finish();
        self.push(at, stop, Kind::Clitic, Shape::default(), hash)
    }

    /// A word with letters outside ASCII.
    fn wide_letters(&mut self, start: usize, spaced: bool) -> usize {
        let end = self.wide_end(start);
        let word = &self.text[start..end];
        let (mut upper, mut lower, mut digits) = (0, 0, 0);
        for c in word.chars() {
            upper += usize::from(c.is_uppercase());
            lower += usize::from(c.is_lowercase());
            digits += usize::from(c.is_numeric());
        }
        let shape = Shape::default()
            .with(Shape::CAPITAL, self.char_at(start).is_uppercase())
            .with(Shape::UPPER, lower == 0 && upper > 1)
            .with(Shape::DIGIT, digits > 0)
            // What made it come here may be invisible and stand behind its end.
            .with(Shape::WIDE, !word.is_ascii())
            .with(Shape::SPACED, spaced);
        self.push(start, end, Kind::Letters, shape, Fold::of(word));
        self.clitic(end)
    }

    /// Where a word with letters outside ASCII ends. European letters go on letter by letter; where another script stands, which
    /// may be written without white space, Unicode word boundaries decide.
    fn wide_end(&self, start: usize) -> usize {
        let mut end = start;
        for (offset, c) in self.text[start..].char_indices() {
            let at = start + offset;
            if ignorable(c) {
                continue;
            }
            let inside = match c {
                '\'' | '’' => at > start && self.apostrophe_inside(start, at, at + c.len_utf8()),
                '\u{590}'..'\u{1e00}' | '\u{2c00}'.. if c.is_alphanumeric() => return self.script_end(start, at),
                _ => c.is_alphanumeric() || joins(c),
            };
            if !inside {
                break;
            }
            end = at + c.len_utf8();
        }
        end
    }

    /// The end of the Unicode word at `at`, at most a few hundred bytes on; a European word that began before ends there.
    fn script_end(&self, start: usize, at: usize) -> usize {
        const LONGEST: usize = 256;
        if at > start {
            return at;
        }
        let inside = |&(offset, c): &(usize, char)| offset < LONGEST && !c.is_ascii() && !c.is_whitespace();
        let stretch = self.text[at..].char_indices().take_while(inside).last();
        let chunk = stretch.map_or(at, |(offset, c)| at + offset + c.len_utf8());
        let word = self.text[at..chunk].split_word_bounds().next().unwrap_or("");
        at + word.trim_end_matches(ignorable).len().max(self.char_at(at).len_utf8())
    }

    /// Digits, with commas and stops between them, or a stop before them.
    #[inline(never)]
    fn number(&mut self, start: usize, spaced: bool) -> usize {
        let mut at = start;
        let mut fold = Fold::EMPTY;
        loop {
            let byte = self.byte(at);
            let inner = matches!(byte, b',' | b'.') && self.byte(at + 1).is_ascii_digit();
            if !byte.is_ascii_digit() && !inner {
                break;
            }
            fold = fold.byte(byte);
            at += 1;
        }
        let hash = fold.finish();
        let shape = Shape::default().with(Shape::DIGIT, true).with(Shape::SPACED, spaced);
        self.push(start, at, Kind::Number, shape, hash);
        self.clitic(at)
    }

    #[inline(never)]
    fn ascii_mark(&mut self, start: usize, spaced: bool) -> usize {
        let byte = self.bytes[start];
        let next = self.byte(start + 1);
        let shape = Shape::default().with(Shape::SPACED, spaced);
        let mut stop = start + 1;
        let kind = match byte {
            b',' => Kind::Comma,
            b';' => Kind::Semicolon,
            b':' => Kind::Colon,
            b'.' if next.is_ascii_digit() && spaced => return self.number(start, spaced),
            b'.' if next == b'.' => {
                stop = self.run(start, b'.');
                Kind::Ellipsis
            }
            b'.' => {
                self.push(start, stop, Kind::Stop, shape, Fold::EMPTY.byte(byte).finish());
                return self.clitic(stop);
            }
            b'?' => Kind::Question,
            b'!' => Kind::Exclamation,
            b'-' if next == b'-' => {
                stop = self.run(start, b'-');
                Kind::Dash
            }
            b'-' if spaced && !next.is_ascii_digit() => Kind::Dash,
            b'-' => Kind::Hyphen,
            b'(' | b'[' | b'{' => Kind::Open,
            b')' | b']' | b'}' => Kind::Close,
            // Of three single marks behind a word the first closes a quotation inside: ''He said, 'No.'''
            b'\'' if next == byte && !spaced && self.byte(start + 2) == byte && self.byte(start + 3) != byte => {
                Kind::Quote
            }
            b'\'' | b'`' if next == byte => {
                stop = start + 2;
                Kind::Quote
            }
            b'"' | b'\'' | b'`' => Kind::Quote,
            b'/' => Kind::Slash,
            b'@' | b'#' if next.is_ascii_alphabetic() || next == b'_' => {
                while self.byte(stop).is_ascii_alphanumeric() || self.byte(stop) == b'_' {
                    stop += 1;
                }
                Kind::Handle
            }
            _ => Kind::Symbol,
        };
        let hash = Fold::EMPTY.byte(byte).finish();
        self.push(start, stop, kind, shape, hash)
    }

    /// The end of a run of one byte.
    fn run(&self, start: usize, byte: u8) -> usize {
        start + self.bytes[start..].iter().take_while(|&&b| b == byte).count()
    }

    /// A character outside ASCII that begins a word or is a mark.
    #[inline(never)]
    fn wide(&mut self, start: usize, spaced: bool) -> usize {
        let c = self.char_at(start);
        let kind = match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‛' | '‹' | '›' | '″' | '′' | '＂' => {
                Kind::Quote
            }
            '–' | '—' | '―' | '‒' => Kind::Dash,
            '‐' | '‑' => Kind::Hyphen,
            '…' => Kind::Ellipsis,
            _ if c.is_alphanumeric() => return self.wide_letters(start, spaced),
            _ => Kind::Symbol,
        };
        let stop = start + c.len_utf8();
        let hash = Fold::EMPTY.char(c).finish();
        self.push(start, stop, kind, Shape::default().with(Shape::SPACED, spaced), hash)
    }

    /// True where the word that ends at `at` goes on as a web or mail address.
    fn address_follows(&self, start: usize, at: usize) -> bool {
        let rest = &self.bytes[at..];
        rest.starts_with(b"://")
            || (rest.first() == Some(&b'@') && rest.get(1).is_some_and(u8::is_ascii_alphanumeric))
            || (rest.first() == Some(&b'/')
                && self.bytes[start..at].contains(&b'.')
                && rest.get(1).is_some_and(u8::is_ascii_alphanumeric))
    }

    /// True for the rest of `Ann.Lee@example.org` behind `Ann`: only such a name holds a stop before a capital.
    fn mail_follows(&self, at: usize) -> bool {
        const LONGEST: usize = 64;
        if self.byte(at) != b'.' || !self.byte(at + 1).is_ascii_uppercase() {
            return false;
        }
        let name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+');
        let sign = at + self.bytes[at..].iter().take(LONGEST).take_while(name).count();
        self.byte(sign) == b'@' && self.byte(sign + 1).is_ascii_alphanumeric()
    }

    /// An address: all up to white space, without marks that end a sentence.
    fn address(&mut self, start: usize, spaced: bool) -> usize {
        let inside = |b: &u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&*+;=%".contains(b);
        let mut at = start + self.bytes[start..].iter().take_while(|b| inside(b)).count();
        while at > start + 1 && b".,:;!?]".contains(&self.bytes[at - 1]) {
            at -= 1;
        }
        let shape = Shape::default().with(Shape::SPACED, spaced);
        self.push(start, at, Kind::Address, shape, 0)
    }
}

/// Marks that join the letters of one word and are no letters: combining accents.
fn joins(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}
