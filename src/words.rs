//! The one cut of a text into paragraphs and words; every later stage looks at these.
//!
//! A [`Word`] is a run of letters, a number, or one mark of punctuation, with what the seeds know of it ([`Class`]es) and its
//! shape. Words are small and hold offsets only. The cut is made for English news: `U.S.` is one word, `Trump’s` is two
//! (`Trump` and the clitic `’s`), `90-day` is three (`90`, `-`, `day`: nothing is lost, and a stage that wants the whole joins
//! words that stand without white space), an address or a handle is one. ASCII and the curly apostrophe take a fast path;
//! a word with other letters ends where Unicode word boundaries (UAX #29) say.
//!
//! Paragraphs: a line break ends a paragraph, unless the text is hard-wrapped ([`hard_wrapped`]), where only a blank line does.

use crate::seeds::{Class, Vocabulary, WordId};
use crate::text::{Document, Span};
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
}

impl Word {
    /// The word's place.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
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
}

impl<'d> Page<'d> {
    /// Cuts a document.
    pub fn new(document: &'d Document, vocabulary: &Vocabulary) -> Self {
        let mut words = Vec::with_capacity(document.text.len() / 5);
        let mut paragraphs = Vec::new();
        let mut cutter = Cutter {
            text: &document.text,
            bytes: document.text.as_bytes(),
            vocabulary,
            words: &mut words,
        };
        for span in paragraph_spans(&document.text) {
            let first = cutter.words.len();
            cutter.cut(span);
            let range = first..cutter.words.len();
            if let (Some(a), Some(b)) = (cutter.words.get(range.start), cutter.words.last()) {
                let span = Span::new(a.start, b.end);
                cutter.words[first].shape = cutter.words[first].shape.with(Shape::FIRST, true);
                paragraphs.push(Paragraph { span, words: range });
            }
        }
        Page {
            document,
            words,
            paragraphs,
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
    let longest = text.lines().map(str::len).max().unwrap_or(0);
    if !(40..=120).contains(&longest) {
        return false;
    }
    let (mut breaks, mut forced) = (0, 0);
    let mut lines = text.lines().map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        let Some(next) = lines.peek() else { break };
        let Some(word) = next.split_whitespace().next() else {
            continue;
        };
        if line.trim().is_empty() {
            continue;
        }
        breaks += 1;
        forced += usize::from(line.len() + 1 + word.len() > longest);
    }
    breaks >= 5 && forced * 10 >= breaks * 9
}

/// The paragraphs of a text, as spans that may begin and end with white space.
fn paragraph_spans(text: &str) -> Vec<Span> {
    let wrapped = hard_wrapped(text);
    let mut spans = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}']) {
        let end = at + line.len();
        let blank = line.trim().is_empty();
        if !wrapped || blank {
            if start < end {
                spans.push(Span::new(start as u32, end as u32));
            }
            start = end;
        }
        at = end;
    }
    if start < text.len() {
        spans.push(Span::new(start as u32, text.len() as u32));
    }
    spans
}

/// FNV-1a, 64 bits: short keys, one multiplication a byte.
#[derive(Clone, Copy)]
pub(crate) struct Fold(u64);

impl Fold {
    pub(crate) const EMPTY: Fold = Fold(0xcbf2_9ce4_8422_2325);

    #[inline]
    fn byte(self, byte: u8) -> Fold {
        Fold((self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    fn char(self, c: char) -> Fold {
        if ignorable(c) {
            return self;
        }
        let c = if c == '’' || c == '‘' { '\'' } else { c };
        let mut fold = self;
        for low in c.to_lowercase() {
            for byte in low.encode_utf8(&mut [0; 4]).bytes() {
                fold = fold.byte(byte);
            }
        }
        fold
    }

    /// The hash of a word as [`Word::hash`] has it.
    pub(crate) fn of(word: &str) -> u64 {
        if word.is_ascii() {
            return Fold::of_ascii(word);
        }
        word.chars().fold(Fold::EMPTY, Fold::char).0
    }

    /// The same for a word of ASCII alone, also at compile time.
    pub(crate) const fn of_ascii(word: &str) -> u64 {
        let bytes = word.as_bytes();
        let mut fold = Fold::EMPTY;
        let mut i = 0;
        while i < bytes.len() {
            fold = Fold((fold.0 ^ bytes[i].to_ascii_lowercase() as u64).wrapping_mul(0x0100_0000_01b3));
            i += 1;
        }
        fold.0
    }
}

/// Characters that a reader does not see inside a word.
fn ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

struct Cutter<'t, 'w> {
    text: &'t str,
    bytes: &'t [u8],
    vocabulary: &'t Vocabulary,
    words: &'w mut Vec<Word>,
}

impl Cutter<'_, '_> {
    /// Cuts one paragraph.
    fn cut(&mut self, span: Span) {
        let end = span.end as usize;
        let mut at = span.start as usize;
        let mut spaced = true;
        while at < end {
            let byte = self.bytes[at];
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' => at = self.letters(at, end, spaced),
                b' ' | b'\t'..=b'\r' => {
                    at += 1;
                    spaced = true;
                    continue;
                }
                b'0'..=b'9' => at = self.number(at, end, spaced),
                0..=0x7f => at = self.ascii_mark(at, end, spaced),
                _ => {
                    let c = self.char_at(at);
                    if c.is_whitespace() {
                        at += c.len_utf8();
                        spaced = true;
                        continue;
                    }
                    if ignorable(c) || c.is_control() {
                        at += c.len_utf8();
                        continue;
                    }
                    at = self.wide(at, end, c, spaced);
                }
            }
            spaced = false;
        }
    }

    fn char_at(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or(' ')
    }

    /// The byte at `at`, or a space past `end`.
    fn byte(&self, at: usize, end: usize) -> u8 {
        if at < end { self.bytes[at] } else { b' ' }
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind, shape: Shape, hash: u64) -> usize {
        let (id, classes) = match kind {
            Kind::Letters | Kind::Clitic | Kind::Symbol => self.vocabulary.look_up(hash),
            _ => (WordId::UNKNOWN, Class::NONE),
        };
        self.words.push(Word {
            start: start as u32,
            end: end as u32,
            id,
            kind,
            shape,
            hash,
            classes,
        });
        end
    }

    /// A word that begins with an ASCII letter.
    fn letters(&mut self, start: usize, end: usize, spaced: bool) -> usize {
        let mut at = start;
        let mut fold = Fold::EMPTY;
        let (mut upper, mut lower, mut digits, mut dots) = (0, 0, 0, 0);
        while at < end {
            let byte = self.bytes[at];
            match byte {
                b'a'..=b'z' => lower += 1,
                b'A'..=b'Z' => upper += 1,
                b'0'..=b'9' => digits += 1,
                b'.' if self.stop_inside(start, at, end) => dots += 1,
                b'\'' if self.negation_ends(at, end) || self.prefix_ends(start, at, at + 1, end) => {}
                0..=0x7f => break,
                _ => {
                    let c = self.char_at(at);
                    if c == '’' && (self.negation_ends(at, end) || self.prefix_ends(start, at, at + 3, end)) {
                        fold = fold.byte(b'\'');
                        at += c.len_utf8();
                        continue;
                    }
                    if c.is_alphanumeric() || ignorable(c) || joins(c) {
                        return self.wide_letters(start, end, spaced);
                    }
                    break;
                }
            }
            fold = fold.byte(byte.to_ascii_lowercase());
            at += 1;
        }
        if (lower + upper >= 4 || dots > 0) && self.address_follows(start, at, end) {
            return self.address(start, end, spaced);
        }
        let shape = Shape::default()
            .with(Shape::CAPITAL, self.bytes[start].is_ascii_uppercase())
            .with(Shape::UPPER, lower == 0 && upper > 1)
            .with(Shape::DOTTED, dots > 0)
            .with(Shape::DIGIT, digits > 0)
            .with(Shape::SPACED, spaced);
        self.push(start, at, Kind::Letters, shape, fold.0);
        self.clitic(at, end)
    }

    /// True where the full stop at `at` belongs to the word: between letters of `U.S`, `a.m`, `Amazon.com`, or closing `U.S.`.
    fn stop_inside(&self, start: usize, at: usize, end: usize) -> bool {
        let next = self.byte(at + 1, end);
        let single = at == start + 1 || (at >= start + 2 && self.bytes[at - 2] == b'.');
        let dotted = at >= start + 3 && self.bytes[at - 2] == b'.';
        match next {
            b'a'..=b'z' => self.bytes[at - 1] != b'.' && (single || self.byte(at + 2, end).is_ascii_lowercase()),
            b'A'..=b'Z' => {
                (single || self.degree(start, at, end))
                    && self.bytes[at - 1] != b'.'
                    && !self.byte(at + 2, end).is_ascii_lowercase()
            }
            b'.' => false,
            _ => dotted,
        }
    }

    /// True where the stop at `at` stands inside a degree: `Ph.D.`, `LL.B.`, `D.Phil.` are single letters but for one part.
    fn degree(&self, start: usize, at: usize, end: usize) -> bool {
        at == start + 2 && self.bytes[start].is_ascii_uppercase() && self.byte(at + 2, end) == b'.'
    }

    /// True where the apostrophe at `at` stands in `n't`: that word stays whole.
    fn negation_ends(&self, at: usize, end: usize) -> bool {
        let after = at + if self.bytes[at] == b'\'' { 1 } else { 3 };
        matches!(self.bytes[at - 1], b'n' | b'N')
            && matches!(self.byte(after, end), b't' | b'T')
            && !self.byte(after + 1, end).is_ascii_alphanumeric()
    }

    /// True where the apostrophe at `at` joins a short beginning to a name or word: `O’Brien`, `d'Ivoire`, `o’clock`.
    fn prefix_ends(&self, start: usize, at: usize, after: usize, end: usize) -> bool {
        at <= start + 2 && self.byte(after, end).is_ascii_alphabetic() && self.clitic_letters(after, end).is_none()
    }

    /// Length of the letters of the clitic whose apostrophe ends at `after`.
    fn clitic_letters(&self, after: usize, end: usize) -> Option<usize> {
        let rest = &self.bytes[after..end];
        let letters = rest.iter().take(3).take_while(|b| b.is_ascii_alphabetic()).count();
        let known = match &rest[..letters] {
            [a] => matches!(a | 32, b's' | b'm' | b'd'),
            [a, b] => matches!(&[a | 32, b | 32], b"ll" | b"re" | b"ve"),
            _ => false,
        };
        known.then_some(letters)
    }

    /// The clitic at `at`, if there is one: `'s`, `’ll`, `'re`; gives the end.
    fn clitic(&mut self, at: usize, end: usize) -> usize {
        let mark = match self.byte(at, end) {
            b'\'' => 1,
            0xE2 if self.text[at..].starts_with('’') => 3,
            _ => return at,
        };
        let Some(letters) = self.clitic_letters(at + mark, end) else {
            return at;
        };
        let stop = at + mark + letters;
        let hash = self.bytes[at + mark..stop]
            .iter()
            .fold(Fold::EMPTY.byte(b'\''), |f, b| f.byte(b.to_ascii_lowercase()))
            .0;
        self.push(at, stop, Kind::Clitic, Shape::default(), hash)
    }

    /// A word with letters outside ASCII: it ends where Unicode says a word ends.
    fn wide_letters(&mut self, start: usize, end: usize, spaced: bool) -> usize {
        const LONGEST: usize = 256;
        let mut chunk = start;
        for c in self.text[start..end].chars() {
            if c.is_whitespace() || chunk - start > LONGEST {
                break;
            }
            chunk += c.len_utf8();
        }
        let mut at = start;
        for (offset, piece) in self.text[start..chunk].split_word_bound_indices() {
            let apostrophe = piece.char_indices().skip(1).find(|&(_, c)| c == '’' || c == '\'');
            let keep = piece.chars().next().is_some_and(|c| c.is_alphanumeric());
            let format = offset > 0 && piece.chars().all(ignorable);
            if !(format || keep && (offset == 0 || self.text[start..start + offset].ends_with(ignorable))) {
                break;
            }
            if let Some((i, _)) = apostrophe {
                at = start + offset + i;
                break;
            }
            at = start + offset + piece.len();
        }
        // A character that hides at the end belongs to what follows.
        let word = self.text[start..at].trim_end_matches(ignorable);
        if word.is_empty() {
            return self.push(
                start,
                start + self.char_at(start).len_utf8(),
                Kind::Symbol,
                Shape::default(),
                0,
            );
        }
        let at = start + word.len();
        let cased = |f: fn(char) -> bool| word.chars().any(f);
        let shape = Shape::default()
            .with(Shape::CAPITAL, word.chars().next().is_some_and(char::is_uppercase))
            .with(
                Shape::UPPER,
                cased(char::is_uppercase) && !cased(char::is_lowercase) && word.chars().nth(1).is_some(),
            )
            .with(Shape::DIGIT, cased(char::is_numeric))
            .with(Shape::WIDE, true)
            .with(Shape::SPACED, spaced);
        self.push(start, at, Kind::Letters, shape, Fold::of(word));
        self.clitic(at, end)
    }

    /// Digits, with commas and stops between them, or a stop before them.
    fn number(&mut self, start: usize, end: usize, spaced: bool) -> usize {
        let mut at = start;
        while at < end {
            let inner = matches!(self.bytes[at], b',' | b'.') && at + 1 < end && self.bytes[at + 1].is_ascii_digit();
            if !self.bytes[at].is_ascii_digit() && !inner {
                break;
            }
            at += 1;
        }
        let hash = self.bytes[start..at].iter().fold(Fold::EMPTY, |f, &b| f.byte(b)).0;
        let shape = Shape::default().with(Shape::DIGIT, true).with(Shape::SPACED, spaced);
        self.push(start, at, Kind::Number, shape, hash);
        self.clitic(at, end)
    }

    fn ascii_mark(&mut self, start: usize, end: usize, spaced: bool) -> usize {
        let byte = self.bytes[start];
        let next = self.byte(start + 1, end);
        let shape = Shape::default().with(Shape::SPACED, spaced);
        let mut stop = start + 1;
        let kind = match byte {
            b',' => Kind::Comma,
            b';' => Kind::Semicolon,
            b':' => Kind::Colon,
            b'.' if next.is_ascii_digit() && spaced => return self.number(start, end, spaced),
            b'.' if next == b'.' => {
                stop = self.run(start, end, b'.');
                Kind::Ellipsis
            }
            b'.' => Kind::Stop,
            b'?' => Kind::Question,
            b'!' => Kind::Exclamation,
            b'-' if next == b'-' => {
                stop = self.run(start, end, b'-');
                Kind::Dash
            }
            b'-' if spaced && !next.is_ascii_digit() => Kind::Dash,
            b'-' => Kind::Hyphen,
            b'(' | b'[' | b'{' => Kind::Open,
            b')' | b']' | b'}' => Kind::Close,
            b'\'' | b'`' if next == byte => {
                stop = start + 2;
                Kind::Quote
            }
            b'"' | b'\'' | b'`' => Kind::Quote,
            b'/' => Kind::Slash,
            b'@' | b'#' if next.is_ascii_alphabetic() || next == b'_' => {
                while stop < end && (self.bytes[stop].is_ascii_alphanumeric() || self.bytes[stop] == b'_') {
                    stop += 1;
                }
                Kind::Handle
            }
            0..=0x1f | 0x7f => return stop,
            _ => Kind::Symbol,
        };
        let hash = Fold::EMPTY.byte(byte).0;
        self.push(start, stop, kind, shape, hash)
    }

    /// The end of a run of one byte.
    fn run(&self, start: usize, end: usize, byte: u8) -> usize {
        start + self.bytes[start..end].iter().take_while(|&&b| b == byte).count()
    }

    /// A character outside ASCII that begins a word or is a mark.
    fn wide(&mut self, start: usize, end: usize, c: char, spaced: bool) -> usize {
        let kind = match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‛' | '‹' | '›' | '″' | '′' | '＂' => {
                Kind::Quote
            }
            '–' | '—' | '―' | '‒' => Kind::Dash,
            '‐' | '‑' => Kind::Hyphen,
            '…' => Kind::Ellipsis,
            _ if c.is_alphanumeric() => return self.wide_letters(start, end, spaced),
            _ => Kind::Symbol,
        };
        let stop = start + c.len_utf8();
        let hash = Fold::EMPTY.char(c).0;
        self.push(start, stop, kind, Shape::default().with(Shape::SPACED, spaced), hash)
    }

    /// True where the word that ends at `at` goes on as a web or mail address.
    fn address_follows(&self, start: usize, at: usize, end: usize) -> bool {
        let rest = &self.bytes[at..end.min(at + 3)];
        rest.starts_with(b"://")
            || (rest.first() == Some(&b'@') && rest.get(1).is_some_and(u8::is_ascii_alphanumeric))
            || (rest.first() == Some(&b'/')
                && self.bytes[start..at].contains(&b'.')
                && rest.get(1).is_some_and(u8::is_ascii_alphanumeric))
    }

    /// An address: all up to white space, without marks that end a sentence.
    fn address(&mut self, start: usize, end: usize, spaced: bool) -> usize {
        let inside = |b: &u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&*+;=%".contains(b);
        let mut at = start + self.bytes[start..end].iter().take_while(|b| inside(b)).count();
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
