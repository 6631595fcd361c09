//! Bytes to text.

/// A text and how its bytes were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark; line ends stay as they are.
    pub text: String,
    /// The encoding.
    pub encoding: &'static str,
    /// How many undecodable places became U+FFFD.
    pub replaced: u64,
}

/// True for bytes that are no text: a NUL among the first ones.
pub fn is_binary(bytes: &[u8]) -> bool {
    bytes.contains(&0)
}

/// Decodes UTF-8, with or without a mark; what is not UTF-8 becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> Decoded {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut text = String::with_capacity(bytes.len());
    let mut replaced = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push('\u{fffd}');
            replaced += 1;
        }
    }
    Decoded {
        text,
        encoding: "utf-8",
        replaced,
    }
}
