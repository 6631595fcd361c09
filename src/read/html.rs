//! Web pages to the text of their article.
//!
//! A readability library finds the article; [`plain`] turns its markup, or the whole page where no article is found, into
//! paragraphs. Pages so large, or nested so deep (`nesting.rs`), that a tree of them is a danger never reach the library:
//! [`plain`] reads them in one pass, without a tree. Scripts, styles, menus, captions and comments are no text; entities are decoded once.

use super::nesting;
use crate::text::single_spaced;
use std::borrow::Cow;

/// A page's text and what it says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Paragraphs, a blank line between them.
    pub text: String,
    /// Headline.
    pub title: String,
    /// The site or paper.
    pub outlet: String,
    /// Byline.
    pub author: String,
    /// When it was published, as stated.
    pub date: String,
    /// Where the article was not found the usual way: how the page was read.
    pub reason: String,
}

/// True for text that is a page: a document type, or a tag that only pages have near the begin.
pub fn is_page(text: &str) -> bool {
    const BEGIN_CHARS: usize = 1024;
    let begin = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if !begin.starts_with('<') {
        return false;
    }
    let begin: String = begin.chars().take(BEGIN_CHARS).collect::<String>().to_ascii_lowercase();
    let first = ["<!doctype html", "<html", "<head", "<body", "<article", "<meta"];
    let anywhere = ["<html", "<body", "<p>", "<div", "<p ", "<article"];
    first.iter().any(|tag| begin.starts_with(tag)) || anywhere.iter().any(|tag| begin.contains(tag))
}

/// Reads a page.
pub fn read(html: &str) -> Page {
    const LARGEST_TREE_BYTES: usize = 8 << 20;
    let danger = match html.len() > LARGEST_TREE_BYTES {
        true => Some("a very large page"),
        false => nesting::danger(html),
    };
    match danger {
        Some(danger) => whole(
            html,
            format!("{danger}; the whole page was read without looking for the article"),
        ),
        None => article(html)
            .filter(|page| !page.text.trim().is_empty())
            .unwrap_or_else(|| whole(html, "no article found; the whole page was read".to_owned())),
    }
}

fn whole(html: &str, reason: String) -> Page {
    Page {
        text: plain(html),
        title: between(html, "<title", "</title").map(one_line).unwrap_or_default(),
        reason,
        ..Page::default()
    }
}

fn article(html: &str) -> Option<Page> {
    let article = legible::parse(html, None, None).ok()?;
    Some(Page {
        text: plain(&article.content),
        title: article.title.trim().to_owned(),
        outlet: article.site_name.unwrap_or_default(),
        author: article.byline.unwrap_or_default(),
        date: article.published_time.unwrap_or_default(),
        reason: String::new(),
    })
}

/// What stands inside the first element of a name.
fn between<'h>(html: &'h str, open: &str, close: &str) -> Option<&'h str> {
    let lower = html.to_ascii_lowercase();
    let start = lower.find(open)?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find(close)?;
    Some(&html[start..end])
}

fn one_line(html: &str) -> String {
    single_spaced(&html_escape::decode_html_entities(html))
}

/// The text of markup in one pass: blocks become paragraphs, what is no text for a reader is left out.
pub fn plain(html: &str) -> String {
    let mut out = Paragraphs::default();
    // The element whose content is left out, and how many of its name are open.
    let mut left_out: Option<(&str, usize)> = None;
    for piece in Pieces(html) {
        // A head that is never closed ends where the body begins.
        if matches!((piece, left_out), (Piece::Open(tag), Some((outer, _))) if is(outer, "head") && !is_in_head(tag.name))
        {
            left_out = None;
        }
        left_out = match (piece, left_out) {
            (Piece::Open(tag), Some((outer, n))) if is(tag.name, outer) => Some((outer, n + 1)),
            (Piece::Close(name), Some((outer, n))) if is(name, outer) => (n > 1).then_some((outer, n - 1)),
            (_, Some(outer)) => Some(outer),
            (Piece::Open(tag), None) if tag.closes_itself && is_no_text(tag.name) => None,
            (Piece::Open(tag), None) if is_no_text(tag.name) => Some((tag.name, 1)),
            (Piece::Open(Tag { name, .. }) | Piece::Close(name), None) => {
                out.tag(name);
                None
            }
            (Piece::Text(text), None) => {
                out.words(&html_escape::decode_html_entities(text));
                None
            }
        };
    }
    out.text
}

fn is(name: &str, other: &str) -> bool {
    name.eq_ignore_ascii_case(other)
}

fn is_in_head(name: &str) -> bool {
    const NAMES: [&str; 10] = [
        "head", "title", "meta", "link", "base", "style", "script", "noscript", "template", "object",
    ];
    NAMES.iter().any(|other| is(name, other))
}

fn is_no_text(name: &str) -> bool {
    const NAMES: [&str; 31] = [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "nav",
        "aside",
        "figure",
        "figcaption",
        "label",
        "legend",
        "button",
        "select",
        "datalist",
        "svg",
        "iframe",
        "object",
        "footer",
        "math",
        "canvas",
        "textarea",
        "dialog",
        "audio",
        "video",
        "amp-ad",
        "amp-sticky-ad",
        "amp-embed",
        "amp-sidebar",
        "amp-list",
        "amp-consent",
        "amp-user-notification",
    ];
    NAMES.iter().any(|other| is(name, other))
}

/// Text put together from pieces: white space runs are one space, blocks stand apart.
#[derive(Default)]
struct Paragraphs {
    text: String,
    /// What must stand before the next words.
    before: &'static str,
}

impl Paragraphs {
    fn words(&mut self, words: &str) {
        for (i, word) in words.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            if i > 0 && self.before.is_empty() {
                self.before = " ";
            }
            // A word of spaces that do not break holds a line open, and is none.
            if !word.trim().is_empty() {
                if !self.text.is_empty() {
                    self.text.push_str(self.before);
                }
                self.text.push_str(word);
                self.before = "";
            }
        }
    }

    fn tag(&mut self, name: &str) {
        const INLINE: [&str; 26] = [
            "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
            "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
        ];
        if name.eq_ignore_ascii_case("br") {
            self.before = if self.before == "\n\n" { "\n\n" } else { "\n" };
        } else if !INLINE.iter().any(|other| name.eq_ignore_ascii_case(other)) {
            self.before = "\n\n";
        }
    }
}

/// A piece of markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'h> {
    Open(Tag<'h>),
    Close(&'h str),
    Text(&'h str),
}

/// A tag as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    pub(super) name: &'h str,
    /// From its `<` to its `>`.
    pub(super) written: &'h str,
    pub(super) attributes: usize,
    /// True for one that ends in `/>`.
    pub(super) closes_itself: bool,
}

/// Cuts markup into pieces as browsers do; comments and declarations are passed over. Never looks back, so its time is linear.
pub(super) struct Pieces<'h>(pub(super) &'h str);

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        while !self.0.is_empty() {
            let rest = self.0;
            let mut begin = rest.bytes().skip(1);
            match (rest.as_bytes()[0], begin.next(), begin.next()) {
                (b'<', Some(letter), _) if letter.is_ascii_alphabetic() => {
                    let tag = tag(rest, 1);
                    self.0 = &rest[tag.written.len()..];
                    match ["script", "style", "textarea"].iter().any(|raw| is(tag.name, raw)) {
                        // What stands in these is no markup.
                        true => self.0 = after_raw_text(self.0, tag.name),
                        false => return Some(Piece::Open(tag)),
                    }
                }
                (b'<', Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => {
                    let tag = tag(rest, 2);
                    self.0 = &rest[tag.written.len()..];
                    return Some(Piece::Close(tag.name));
                }
                (b'<', Some(b'!' | b'?' | b'/'), _) => self.0 = after_comment(rest),
                _ => {
                    let next = rest.bytes().skip(1).position(|b| b == b'<');
                    let (text, rest) = rest.split_at(next.map_or(rest.len(), |at| at + 1));
                    self.0 = rest;
                    return Some(Piece::Text(text));
                }
            }
        }
        None
    }
}

/// What follows a comment, or a declaration, which is read as one.
fn after_comment(rest: &str) -> &str {
    let Some(comment) = rest.strip_prefix("<!--") else {
        return rest.split_once('>').map_or("", |(_, after)| after);
    };
    let ends = |(at, _): &(usize, &str)| {
        let comment = &comment[..*at];
        ["", "-"].contains(&comment) || comment.ends_with("--") || comment.ends_with("--!")
    };
    let end = comment.match_indices('>').find(ends);
    end.map_or("", |(at, _)| &comment[at + 1..])
}

/// Where in a tag a byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    Between,
    Attribute,
    AfterAttribute,
    BeforeValue,
    Value,
    Quoted(u8),
    Slash,
}

/// The tag that stands at the begin, its name from a byte on. A `>` inside a quoted value does not end it.
fn tag(rest: &str, name_start: usize) -> Tag<'_> {
    let (mut part, mut name_end, mut attributes) = (Part::Name, None, 0);
    for (i, &byte) in rest.as_bytes().iter().enumerate().skip(name_start) {
        if byte == b'>' && !matches!(part, Part::Quoted(_)) {
            return Tag {
                name: &rest[name_start..name_end.unwrap_or(i)],
                written: &rest[..=i],
                attributes,
                closes_itself: part == Part::Slash,
            };
        }
        let next = after(part, byte);
        if part == Part::Name && next != Part::Name {
            name_end = Some(i);
        }
        attributes += usize::from(part != Part::Attribute && next == Part::Attribute);
        part = next;
    }
    let name = &rest[name_start..name_end.unwrap_or(rest.len())];
    let closes_itself = false;
    Tag {
        name,
        written: rest,
        attributes,
        closes_itself,
    }
}

/// Where the next byte stands.
fn after(part: Part, byte: u8) -> Part {
    use Part::{AfterAttribute, Attribute, BeforeValue, Between, Name, Quoted, Slash, Value};
    let space = byte.is_ascii_whitespace();
    match (part, byte) {
        (Quoted(mark), _) if byte == mark => Between,
        (Quoted(_), _) => part,
        (BeforeValue, b'"' | b'\'') => Quoted(byte),
        (BeforeValue, _) => {
            if space {
                BeforeValue
            } else {
                Value
            }
        }
        (Value, _) => {
            if space {
                Between
            } else {
                Value
            }
        }
        (Attribute | AfterAttribute, b'=') => BeforeValue,
        (_, b'/') => Slash,
        (Attribute | AfterAttribute, _) if space => AfterAttribute,
        (_, _) if space => Between,
        (Name, _) => Name,
        _ => Attribute,
    }
}

fn after_raw_text<'h>(rest: &'h str, name: &str) -> &'h str {
    let ends = |(at, _): &(usize, &str)| {
        let after = &rest.as_bytes()[at + 2..];
        after
            .get(..name.len())
            .is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
            && after
                .get(name.len())
                .is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
    };
    let end = rest.match_indices("</").find(ends);
    end.map_or("", |(at, _)| &rest[at + tag(&rest[at..], 2).written.len()..])
}

/// A text with entities decoded, for attributes and the like.
pub fn decoded(text: &str) -> Cow<'_, str> {
    html_escape::decode_html_entities(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_paragraphs_of_what_a_reader_sees() {
        let cases = [
            ("<p>One <b>two</b>,\n three.</p><p>Four</p>", "One two, three.\n\nFour"),
            ("a<script>var p = '</p>x<p>'; if (a < b) {}</script>b", "ab"),
            ("a<!-- <p>no</p> -->b<style>p{}</STYLE >c", "abc"),
            ("&amp;lt; 5 &lt; 6 &#8220;x&#8221;", "&lt; 5 < 6 “x”"),
            ("<figure><img src='a>b'><figcaption>No</figcaption></figure>Yes", "Yes"),
            ("one<br>two<br/>three", "one\ntwo\nthree"),
            ("<nav><ul><li>Menu</ul></nav><h1>Head</h1>text", "Head\n\ntext"),
            ("<a title=\"x > y\">link</a> 1 < 2", "link 1 < 2"),
            ("<template><p>no</p></template>yes<p", "yes"),
            ("<head><title>No<body><p>yes", "yes"),
            ("<head><title>No</title><p>yes</p>", "yes"),
            ("<form>yes <label>no</label><input></form>", "yes"),
            ("<!-->yes<!---->, <!-- no --!>yes</ no>", "yes, yes"),
            ("<a title= 'x > y' b=c=\"d>link</a>", "link"),
            ("1\u{202f}200\u{a0}km<p>&nbsp;</p>x", "1\u{202f}200\u{a0}km\n\nx"),
            ("<script>no</scripts>no</script >yes", "yes"),
        ];
        for (html, text) in cases {
            assert_eq!(plain(html), text, "{html}");
        }
    }
}
