//! Bytes to text: which encoding, and the text in it.
//!
//! A byte-order mark decides; then NULs in every second place mean UTF-16; then what is valid or mostly valid UTF-8 is UTF-8,
//! damaged places becoming U+FFFD; anything else is Windows-1252. [`Transcoder`] does the same for a file too large to hold.

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{BufRead, Read};

/// A text and how its bytes were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark; line ends stay as they are.
    pub text: String,
    /// The encoding's name, in lower case.
    pub encoding: String,
    /// How many undecodable places became U+FFFD.
    pub replaced: u64,
}

/// Decodes bytes that are given up: they become the text where they are plain UTF-8, as nearly all are.
pub fn decode_whole(bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> Option<Decoded> {
    let is_plain = encoding.is_none_or(|encoding| encoding == UTF_8) && Encoding::for_bom(&bytes).is_none();
    if !is_plain || holds_nul(&bytes) {
        return decode(&bytes, encoding);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(Decoded {
            text,
            encoding: name(UTF_8),
            replaced: 0,
        }),
        Err(error) => decode(error.as_bytes(), encoding),
    }
}

/// Decodes with the encoding given, else with the one the bytes show; `None` for bytes that are no text (a NUL among them).
pub fn decode(bytes: &[u8], encoding: Option<&'static Encoding>) -> Option<Decoded> {
    let (encoding, mark_bytes) = detect(bytes, encoding);
    let bytes = &bytes[mark_bytes..];
    let (text, replaced) = match encoding == UTF_8 {
        true => from_utf8(bytes),
        false => from_other(bytes, encoding),
    };
    let encoding = name(encoding);
    let decoded = Decoded {
        text,
        encoding,
        replaced,
    };
    Some(decoded).filter(|decoded| !holds_nul(decoded.text.as_bytes()))
}

/// True where a NUL stands among the bytes, which are asked in blocks.
pub(super) fn holds_nul(bytes: &[u8]) -> bool {
    const BLOCK: usize = 256;
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let holds = |block: &[u8]| block.iter().fold(0, |any, &byte| any | u8::from(byte == 0)) != 0;
    blocks.iter().any(|block| holds(block)) || holds(rest)
}

/// An encoding's name as `documents` shows it.
pub fn name(encoding: &'static Encoding) -> String {
    encoding.name().to_ascii_lowercase()
}

/// The encoding of bytes (all of them, or a long begin), and the length of their byte-order mark.
pub fn detect(bytes: &[u8], wanted: Option<&'static Encoding>) -> (&'static Encoding, usize) {
    let marked = Encoding::for_bom(bytes);
    match (wanted, marked) {
        (Some(wanted), Some((marked, mark_bytes))) if wanted == marked => (wanted, mark_bytes),
        (Some(wanted), _) => (wanted, 0),
        (None, Some(marked)) => marked,
        (None, None) => (utf16_without_mark(bytes).unwrap_or_else(|| utf8_or_windows(bytes)), 0),
    }
}

/// UTF-16 where Latin text leaves a NUL in nearly every second place, and hardly one in the others.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    const SAMPLE_BYTES: usize = 4096;
    const FEWEST_PAIRS: usize = 8;
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES) & !1];
    if !sample.contains(&0) {
        return None;
    }
    let (pairs, _) = sample.as_chunks::<2>();
    let high_first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let high_last = pairs.iter().filter(|pair| pair[1] == 0).count();
    let mostly =
        |many: usize, few: usize| many * 10 >= pairs.len() * 4 && few * 20 <= many && pairs.len() >= FEWEST_PAIRS;
    match (mostly(high_first, high_last), mostly(high_last, high_first)) {
        (true, _) => Some(UTF_16BE),
        (_, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// Damaged UTF-8 stays UTF-8: where at least as many characters are whole as broken, or where the broken bytes are none that
/// Western text holds in Windows-1252.
fn utf8_or_windows(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let (mut whole, mut broken, mut western) = (0usize, 0usize, true);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
        western &= chunk.invalid().iter().all(|&byte| is_western(byte));
    }
    // A sample may end within a character; that alone says nothing.
    match broken == 0 || whole >= broken || !western {
        true => UTF_8,
        false => WINDOWS_1252,
    }
}

fn is_western(byte: u8) -> bool {
    !matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D | 0xFE | 0xFF)
}

fn from_utf8(bytes: &[u8]) -> (String, u64) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), 0);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut replaced = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push('\u{fffd}');
            replaced += 1;
        }
    }
    (text, replaced)
}

fn from_other(bytes: &[u8], encoding: &'static Encoding) -> (String, u64) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len()));
    let (result, read, _) = decoder.decode_to_string(bytes, &mut text, true);
    debug_assert!(result == CoderResult::InputEmpty && read == bytes.len());
    let replaced = text.matches('\u{fffd}').count() as u64;
    (text, replaced)
}

/// A reader that gives another one's bytes as UTF-8, without a byte-order mark. UTF-8 passes through, damaged or not.
pub struct Transcoder<R> {
    input: R,
    /// `None` for UTF-8.
    decoder: Option<Decoder>,
    out: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: BufRead> Transcoder<R> {
    /// Looks at what the reader has ready, and drops a mark.
    ///
    /// # Errors
    /// What the reader gives.
    pub fn new(mut input: R, wanted: Option<&'static Encoding>) -> std::io::Result<Self> {
        let (encoding, mark_bytes) = detect(input.fill_buf()?, wanted);
        input.consume(mark_bytes);
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        Ok(Self {
            input,
            decoder,
            out: Vec::new(),
            given: 0,
            ended: false,
        })
    }

    /// The name of the encoding read.
    pub fn encoding(&self) -> String {
        name(self.decoder.as_ref().map_or(UTF_8, Decoder::encoding))
    }

    fn refill(&mut self) -> std::io::Result<()> {
        const STEP_BYTES: usize = 32 << 10;
        let Some(decoder) = &mut self.decoder else {
            return Ok(());
        };
        self.out.resize(STEP_BYTES, 0);
        self.given = 0;
        let bytes = self.input.fill_buf()?;
        let last = bytes.is_empty();
        let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut self.out, last);
        self.input.consume(read);
        self.out.truncate(written);
        self.ended = last && result == CoderResult::InputEmpty;
        Ok(())
    }
}

impl<R: BufRead> Read for Transcoder<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.decoder.is_none() {
            return self.input.read(into);
        }
        while self.given == self.out.len() && !self.ended {
            self.refill()?;
        }
        let count = (self.out.len() - self.given).min(into.len());
        into[..count].copy_from_slice(&self.out[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

impl<R> std::fmt::Debug for Transcoder<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transcoder").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“Über £5,” said Zoë – twice.\r\nThe rest is plain.\n";

    fn in_utf16(text: &str, low_first: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if low_first {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let windows = WINDOWS_1252.encode(TEXT).0.into_owned();
        let mark = |mark: &[u8], bytes: Vec<u8>| [mark.to_vec(), bytes].concat();
        let cases = [
            ("utf-8", TEXT.as_bytes().to_vec()),
            ("utf-8", mark(b"\xef\xbb\xbf", TEXT.as_bytes().to_vec())),
            ("utf-16le", in_utf16(TEXT, true)),
            ("utf-16be", in_utf16(TEXT, false)),
            ("utf-16le", mark(b"\xff\xfe", in_utf16(TEXT, true))),
            ("utf-16be", mark(b"\xfe\xff", in_utf16(TEXT, false))),
            ("windows-1252", windows),
        ];
        for (encoding, bytes) in cases {
            let decoded = decode(&bytes, None).expect("it is text");
            assert_eq!(
                (&*decoded.text, &*decoded.encoding, decoded.replaced),
                (TEXT, encoding, 0)
            );
            let mut streamed = String::new();
            let mut transcoder = Transcoder::new(&bytes[..], None).expect("it reads");
            transcoder.read_to_string(&mut streamed).expect("it is UTF-8");
            assert_eq!(streamed, TEXT, "{encoding}");
        }
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        for bytes in [
            &b"\xe2\x80\x9cone \xe2\x80 two"[..],
            "“one”".as_bytes(),
            b"plain \xff words",
        ] {
            let decoded = decode(bytes, None).expect("it is text");
            assert_eq!(decoded.encoding, "utf-8");
            assert_eq!(decoded.replaced, decoded.text.matches('\u{fffd}').count() as u64);
        }
    }

    #[test]
    fn a_nul_is_no_text_and_an_encoding_asked_for_is_used() {
        assert_eq!(decode(b"\x89PNG\0\0\x01", None), None);
        let decoded = decode(b"caf\xe9", Encoding::for_label(b"latin1")).expect("it is text");
        assert_eq!(decoded.text, "café");
    }
}
