//! Promises that hold for any bytes at all, as functions that panic where one is broken.
//!
//! The fuzz targets call these with bytes that nobody thought of, the tests with the seeds in `fuzz/seeds/`. Nothing else does.

use crate::analyze;
use crate::read::{self, Job, Options, Source, decode as decoding, html as pages, records};
use crate::seeds::Seeds;
use crate::tables::Table;
use crate::tables::review::Reviewed;
use crate::text::Document;
use std::sync::OnceLock;

/// Decoding gives text without a mark or NUL, and the same text whether held or streamed.
pub fn decode(bytes: &[u8]) {
    use std::io::Read;
    let Some(decoded) = decoding::decode(bytes, None) else {
        return;
    };
    assert!(!decoded.text.contains('\0'));
    assert!(decoded.replaced as usize <= decoded.text.matches('\u{fffd}').count());
    let mut streamed = Vec::new();
    let read = decoding::Transcoder::new(bytes, None).and_then(|mut input| input.read_to_end(&mut streamed));
    assert!(
        read.is_ok() && String::from_utf8_lossy(&streamed).chars().eq(decoded.text.chars()) || decoded.replaced > 0
    );
}

/// Any file is read or refused, and what is read is within the limit.
pub fn html(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    assert!(pages::plain(&text).len() <= 2 * text.len() + 16);
    let _ = pages::read(&text);
    let _ = records::kind(bytes, &Options::default());
    let source = Source::Bytes(bytes.to_vec());
    let name = "page.html".to_owned();
    let _ = read::read(Job { name, source }, &Options::default());
}

/// Findings stand in order, on character boundaries, inside the text.
pub fn extract(bytes: &[u8]) {
    static SEEDS: OnceLock<Option<Seeds>> = OnceLock::new();
    let Some(seeds) = SEEDS.get_or_init(|| Seeds::built_in().ok()) else {
        return;
    };
    let document = Document::new("any", String::from_utf8_lossy(bytes));
    let analysis = analyze(&document, seeds);
    for finding in analysis.findings() {
        assert!(document.text.get(finding.span.range()).is_some(), "{finding:?}");
    }
    let starts = analysis.quotations.iter().map(|q| q.span.start);
    assert!(starts.clone().zip(starts.skip(1)).all(|(a, b)| a <= b));
    let described = crate::tables::rows::Described::new(&document, &analysis);
    described.quotes(|_| true, |row| assert!(row.len() <= Table::Quotes.columns().len()));
    described.claims(|_| true, |row| assert!(row.len() <= Table::Claims.columns().len()));
    described.sentences(|row| assert!(row.len() <= Table::Sentences.columns().len()));
}

/// A table that a reviewer saved is read or refused; what is read has an id or a word of his.
pub fn review(bytes: &[u8]) {
    for table in [Table::Quotes, Table::Claims] {
        let Ok(reviewed) = Reviewed::of_bytes(table, bytes.to_vec()) else {
            continue;
        };
        for entry in 0..reviewed.rows.len() {
            assert_eq!(reviewed.orphan(entry).len(), table.columns().len());
            assert_eq!(reviewed.extra_of(Some(entry)).len(), reviewed.extra.len());
        }
    }
}
