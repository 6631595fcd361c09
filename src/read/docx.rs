//! Word documents (.docx) to the text of their paragraphs.
//!
//! The document is read as a stream of events, never as a tree; only the parts that hold the body and the properties are
//! unpacked, and no more of them than the limit. Deleted text, field codes and the second copy of text boxes are left out.

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A document's paragraphs and what its properties say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// Paragraphs, a line each.
    pub text: String,
    /// Its title.
    pub title: String,
    /// Its author.
    pub author: String,
}

/// What kind of file a ZIP archive is, by the names of its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Archive {
    /// A Word document.
    Word,
    /// An Excel workbook.
    Workbook,
    /// A workbook that this tool wrote: it has sheets of that name.
    OwnWorkbook,
    /// Any other archive.
    Other,
    /// One that begins as an archive does and is damaged or cut off.
    Damaged,
}

/// Looks at the names in an archive.
pub fn kind(file: impl Read + std::io::Seek) -> Archive {
    let Ok(mut archive) = ZipArchive::new(file) else {
        return Archive::Damaged;
    };
    if archive.index_for_name("word/document.xml").is_some() {
        return Archive::Word;
    }
    let mut sheets = String::new();
    match archive.by_name("xl/workbook.xml") {
        Ok(entry) => {
            const MOST_BYTES: u64 = 1 << 20;
            let _ = entry.take(MOST_BYTES).read_to_string(&mut sheets);
        }
        Err(_) => return Archive::Other,
    }
    match ["quotes", "claims", "documents"]
        .iter()
        .all(|name| sheets.contains(&format!("name=\"{name}\"")))
    {
        true => Archive::OwnWorkbook,
        false => Archive::Workbook,
    }
}

/// Reads a Word document.
///
/// # Errors
/// The reason why not, for `documents`.
pub fn read(bytes: &[u8], max_bytes: u64) -> Result<Word, String> {
    let corrupt = |error: &dyn std::fmt::Display| format!("corrupt: {error}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| corrupt(&e))?;
    let body = unpacked(&mut archive, "word/document.xml", max_bytes)?;
    let text = paragraphs(&body).map_err(|e| corrupt(&e))?;
    let properties = unpacked(&mut archive, "docProps/core.xml", max_bytes).unwrap_or_default();
    Ok(Word {
        text,
        title: property(&properties, "title"),
        author: property(&properties, "creator"),
    })
}

fn unpacked(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, max_bytes: u64) -> Result<Vec<u8>, String> {
    let entry = archive
        .by_name(name)
        .map_err(|error| format!("corrupt: {name}: {error}"))?;
    let mut bytes = Vec::new();
    entry
        .take(max_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| format!("corrupt: {error}"))?;
    match bytes.len() as u64 > max_bytes {
        true => Err(format!("unpacks to more than {max_bytes} bytes (--max-bytes)")),
        false => Ok(bytes),
    }
}

fn paragraphs(xml: &[u8]) -> Result<String, quick_xml::Error> {
    let mut reader = Reader::from_reader(xml);
    let (mut text, mut buffer) = (String::new(), Vec::new());
    // How many elements are open inside one that is left out, itself included.
    let mut left_out = 0usize;
    let mut in_text = false;
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => return Ok(text),
            Event::Start(_) if left_out > 0 => left_out += 1,
            Event::End(_) if left_out > 0 => left_out -= 1,
            Event::Start(tag) if is_left_out(tag.local_name().as_ref()) => left_out = 1,
            Event::Start(tag) => in_text |= tag.local_name().as_ref() == "t",
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => in_text = false,
                "p" => text.push('\n'),
                _ => {}
            },
            Event::Empty(tag) if left_out == 0 => match tag.local_name().as_ref() {
                "tab" => text.push('\t'),
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('\u{2011}'),
                _ => {}
            },
            event if in_text && left_out == 0 => push_text(&event, &mut text),
            _ => {}
        }
        buffer.clear();
    }
}

fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "del" | "moveFrom" | "instrText" | "delText" | "Fallback" | "pPr" | "rPr" | "sectPr"
    )
}

/// Adds what an event says: its words, or the character that a reference stands for.
fn push_text(event: &Event, text: &mut String) {
    match event {
        Event::Text(words) => text.push_str(&words.xml_content(XmlVersion::Implicit1_0)),
        Event::CData(words) => text.push_str(&words.xml_content(XmlVersion::Implicit1_0)),
        Event::GeneralRef(name) => {
            text.push_str(&super::html::decoded(&format!("&{};", &**name)));
        }
        _ => {}
    }
}

/// The text of the first element of a name in the properties.
fn property(xml: &[u8], wanted: &str) -> String {
    let mut reader = Reader::from_reader(xml);
    let (mut text, mut buffer, mut inside) = (String::new(), Vec::new(), false);
    loop {
        match reader.read_event_into(&mut buffer) {
            Err(_) | Ok(Event::Eof) => return text.trim().to_owned(),
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == wanted => inside = true,
            Ok(Event::End(tag)) if tag.local_name().as_ref() == wanted => return text.trim().to_owned(),
            Ok(event) if inside => push_text(&event, &mut text),
            Ok(_) => {}
        }
        buffer.clear();
    }
}
