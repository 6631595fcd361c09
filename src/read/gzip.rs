//! Files packed with gzip, told by their first bytes and not by their name.

use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Read};

/// True for bytes that begin as gzip does.
pub fn is_packed(begin: &[u8]) -> bool {
    begin.starts_with(b"\x1f\x8b\x08")
}

/// The bytes unpacked, one more than the limit at most.
///
/// # Errors
/// The packed bytes are damaged or cut off.
pub fn unpack(bytes: &[u8], limit: u64) -> io::Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    MultiGzDecoder::new(bytes)
        .take(limit.saturating_add(1))
        .read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

/// A reader of what is packed, or of the bytes themselves where nothing is.
///
/// # Errors
/// What the reader gives.
pub fn unpacked_if_packed(mut input: impl BufRead + 'static) -> io::Result<Box<dyn BufRead>> {
    match is_packed(input.fill_buf()?) {
        true => Ok(Box::new(BufReader::with_capacity(64 << 10, MultiGzDecoder::new(input)))),
        false => Ok(Box::new(input)),
    }
}

/// Unpacks everything to nowhere: rows of a damaged file are not to be trusted, and some files unpack to no end.
///
/// # Errors
/// The reason why not to read it, for `documents`.
pub fn check(packed: impl BufRead, packed_bytes: u64, max_bytes: u64) -> Result<(), String> {
    // Text packs to a tenth; deflate's best is a thousandth.
    const LARGEST_RATIO: u64 = 200;
    let most = packed_bytes.saturating_mul(LARGEST_RATIO).max(max_bytes);
    match io::copy(
        &mut MultiGzDecoder::new(packed).take(most.saturating_add(1)),
        &mut io::sink(),
    ) {
        Err(error) => Err(format!("corrupt: {error}")),
        Ok(bytes) if bytes > most => Err(format!("unpacks to more than {most} bytes")),
        Ok(_) => Ok(()),
    }
}
