//! Web pages to the text of their article.
//!
//! A readability library finds the article; [`plain`] turns its markup, or the whole page where no article is found, into
//! paragraphs. Pages nested so deep, or so large, that a tree of them is a danger never reach the library: [`plain`] reads them
//! in one pass, without a tree. Scripts, styles, menus, captions and comments are no text; entities are decoded once.

use dom_smoothie::{Config, Readability};
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
    pub reason: &'static str,
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
    const DEEPEST_TREE: usize = 400;
    if depth(html) > DEEPEST_TREE {
        return whole(
            html,
            "nested too deep; the whole page was read without looking for the article",
        );
    }
    if html.len() > LARGEST_TREE_BYTES {
        return whole(html, "a very large page; read whole without looking for the article");
    }
    match article(html) {
        Some(page) if !page.text.trim().is_empty() => page,
        _ => whole(html, "no article found; the whole page was read"),
    }
}

fn whole(html: &str, reason: &'static str) -> Page {
    Page {
        text: plain(html),
        title: between(html, "<title", "</title").map(one_line).unwrap_or_default(),
        reason,
        ..Page::default()
    }
}

fn article(html: &str) -> Option<Page> {
    let mut readability = Readability::new(html, None, Some(Config::default())).ok()?;
    let article = readability.parse().ok()?;
    Some(Page {
        text: plain(&article.content),
        title: article.title.trim().to_owned(),
        outlet: article.site_name.unwrap_or_default(),
        author: article.byline.unwrap_or_default(),
        date: article.published_time.unwrap_or_default(),
        reason: "",
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
    let text = html_escape::decode_html_entities(html);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How deep elements stand in each other at most; an element that need not be closed does not count.
pub fn depth(html: &str) -> usize {
    let (mut deepest, mut depth) = (0usize, 0usize);
    for piece in Pieces(html) {
        match piece {
            Piece::Open(name) if !needs_no_end(name) => depth += 1,
            Piece::Close(name) if !needs_no_end(name) => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn needs_no_end(name: &str) -> bool {
    const NAMES: [&str; 27] = [
        "p", "li", "td", "tr", "th", "dt", "dd", "option", "optgroup", "thead", "tbody", "tfoot", "br", "img", "hr",
        "meta", "link", "input", "area", "base", "col", "embed", "source", "track", "wbr", "param", "html",
    ];
    NAMES.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// The text of markup in one pass: blocks become paragraphs, what is no text for a reader is left out.
pub fn plain(html: &str) -> String {
    let mut out = Paragraphs::default();
    // The element whose content is left out, and how many of its name are open.
    let mut left_out: Option<(&str, usize)> = None;
    for piece in Pieces(html) {
        left_out = match (piece, left_out) {
            (Piece::Open(name), Some((outer, n))) if name.eq_ignore_ascii_case(outer) => Some((outer, n + 1)),
            (Piece::Close(name), Some((outer, n))) if name.eq_ignore_ascii_case(outer) => {
                (n > 1).then_some((outer, n - 1))
            }
            (_, Some(outer)) => Some(outer),
            (Piece::Open(name), None) if is_no_text(name) => Some((name, 1)),
            (Piece::Open(name) | Piece::Close(name), None) => {
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

fn is_no_text(name: &str) -> bool {
    const NAMES: [&str; 19] = [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "nav",
        "aside",
        "figure",
        "figcaption",
        "form",
        "button",
        "select",
        "svg",
        "iframe",
        "object",
        "footer",
        "math",
        "canvas",
        "textarea",
    ];
    NAMES.iter().any(|other| name.eq_ignore_ascii_case(other))
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
        for (i, word) in words.split(|c: char| c.is_whitespace() && c != '\u{a0}').enumerate() {
            if i > 0 && self.before.is_empty() {
                self.before = " ";
            }
            if !word.is_empty() {
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
enum Piece<'h> {
    Open(&'h str),
    Close(&'h str),
    Text(&'h str),
}

/// Cuts markup into pieces; comments and declarations are passed over. Never looks back, so its time is linear.
struct Pieces<'h>(&'h str);

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        loop {
            let rest = self.0;
            if rest.is_empty() {
                return None;
            }
            if !begins_tag(rest) {
                let end = 1 + rest.as_bytes()[1..]
                    .iter()
                    .position(|&b| b == b'<')
                    .unwrap_or(rest.len() - 1);
                self.0 = &rest[end..];
                return Some(Piece::Text(&rest[..end]));
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                self.0 = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            let end = tag_end(rest);
            self.0 = &rest[end..];
            let tag = rest[..end].trim_end_matches('>');
            if let Some(piece) = piece(tag, &mut self.0) {
                return Some(piece);
            }
        }
    }
}

fn begins_tag(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    bytes.next() == Some(b'<')
        && bytes
            .next()
            .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'))
}

/// One past the `>` that ends a tag; a `>` inside a quoted attribute does not.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    for (i, byte) in rest.bytes().enumerate().skip(1) {
        match (byte, quote) {
            (b'>', None) => return i + 1,
            (b'"' | b'\'', None) if rest.as_bytes()[i - 1] == b'=' => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    rest.len()
}

/// The piece that a tag is. The content of scripts and styles is no markup: it is passed over up to its end tag.
fn piece<'h>(tag: &'h str, rest: &mut &'h str) -> Option<Piece<'h>> {
    let name = |begin: &'h str| {
        let end = begin
            .find(|c: char| c.is_ascii_whitespace() || c == '/')
            .unwrap_or(begin.len());
        &begin[..end]
    };
    if let Some(begin) = tag.strip_prefix("</") {
        return Some(Piece::Close(name(begin)));
    }
    let name = name(tag.strip_prefix('<')?);
    if name.starts_with(['!', '?']) {
        return None;
    }
    if ["script", "style", "textarea"]
        .iter()
        .any(|raw| name.eq_ignore_ascii_case(raw))
    {
        *rest = after_raw_text(rest, name);
        return None;
    }
    // A tag that closes itself opens nothing.
    (!tag.ends_with('/') || needs_no_end(name)).then_some(Piece::Open(name))
}

fn after_raw_text<'h>(rest: &'h str, name: &str) -> &'h str {
    let bytes = rest.as_bytes();
    let mut from = 0;
    while let Some(at) = bytes[from..].windows(2).position(|pair| pair == b"</") {
        let begin = from + at + 2;
        if bytes
            .get(begin..begin + name.len())
            .is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
        {
            return &rest[begin - 2 + tag_end(&rest[begin - 2..])..];
        }
        from = begin;
    }
    ""
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
        ];
        for (html, text) in cases {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    #[test]
    fn deep_nesting_is_seen_and_open_paragraphs_are_none() {
        assert_eq!(depth(&"<div>".repeat(3000)), 3000);
        assert_eq!(depth(&"<p>x<br>".repeat(3000)), 0);
        assert_eq!(depth("<div><b></b></div><div></div>"), 2);
    }
}
