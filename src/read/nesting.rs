//! Whether a tree of a page can be built without harm, told from its tags alone.
//!
//! Builders of trees walk back over the elements that are open, at every tag: a page nested a hundred thousand deep takes hours.
//! One that never closes its bold type has it opened again in every paragraph, and a tag of a hundred thousand attributes has
//! each compared with all others. All of that is counted here in one pass, too much rather than too little: an end tag closes
//! the element opened last and no other, so that no trick with tags out of place hides how deep a page is.

use super::html::{Piece, Pieces, Tag};

/// What a tree may cost, in elements walked over; a newspaper's page takes some hundred thousand, and less than one a byte.
const MOST_STEPS: u64 = 5_000_000;

/// What it may cost more for each byte: a large page may take longer than a small one.
const MOST_STEPS_A_BYTE: u64 = 20;

/// Elements opened anew because their bold type or link was never closed.
const MOST_REOPENED: u64 = 1_000_000;

/// Kinds of bold type and links open at once.
const MOST_FORMATS: usize = 200;

const MOST_ATTRIBUTES: usize = 256;

/// Why a tree of a page would cost too much; `None` for a page as people write them.
pub fn danger(html: &str) -> Option<&'static str> {
    let mut open = Open::default();
    let most_steps = MOST_STEPS + MOST_STEPS_A_BYTE * html.len() as u64;
    for piece in Pieces(html) {
        open.take(piece);
        if open.steps > most_steps {
            return Some("nested too deep");
        }
        if open.reopened > MOST_REOPENED || open.formats.len() > MOST_FORMATS {
            return Some("its bold type or links never end");
        }
        if matches!(piece, Piece::Open(tag) if tag.attributes > MOST_ATTRIBUTES) {
            return Some("a tag with too many attributes");
        }
    }
    None
}

/// The elements that are open, at most.
#[derive(Default)]
struct Open<'h> {
    names: Vec<&'h str>,
    /// Drawings and formulas among them: in these, end tags are not left out, and a tag may close itself.
    foreign: usize,
    /// Formatting elements as they were written: a tree holds no more than three of the same.
    formats: Vec<Tag<'h>>,
    steps: u64,
    reopened: u64,
}

impl<'h> Open<'h> {
    fn take(&mut self, piece: Piece<'h>) {
        self.steps += self.names.len() as u64;
        match piece {
            Piece::Open(tag) => self.open(tag),
            Piece::Close(name) => self.close(name),
            Piece::Text(_) => self.reopened += self.formats.len() as u64,
        }
    }

    fn open(&mut self, tag: Tag<'h>) {
        let name = tag.name;
        if is_void(name) || (tag.closes_itself && self.in_drawing(name)) {
            return;
        }
        self.reopened += self.formats.len() as u64;
        while self.foreign == 0 && self.names.last().is_some_and(|last| ends_before(last, name)) {
            self.names.pop();
        }
        self.foreign += usize::from(is_foreign(name));
        self.names.push(name);
        if name.eq_ignore_ascii_case("a") {
            // A link ends the link before.
            self.forget_format(name);
        }
        if is_format(name)
            && self
                .formats
                .iter()
                .filter(|format| format.written == tag.written)
                .count()
                < 3
        {
            self.formats.push(tag);
        }
    }

    fn close(&mut self, name: &str) {
        let without_end = |last: &&&str| self.foreign == 0 && ends_with(last, name);
        let kept = self.names.len() - self.names.iter().rev().take_while(without_end).count();
        if self.names[..kept]
            .last()
            .is_some_and(|last| last.eq_ignore_ascii_case(name))
        {
            self.names.truncate(kept - 1);
            self.foreign -= usize::from(is_foreign(name));
            self.forget_format(name);
        }
    }

    fn forget_format(&mut self, name: &str) {
        if let Some(at) = self.formats.iter().rposition(|tag| tag.name.eq_ignore_ascii_case(name)) {
            self.formats.remove(at);
        }
    }

    /// True for the leaves of a drawing, with nothing but a drawing's own elements above them.
    fn in_drawing(&self, name: &str) -> bool {
        let mut above = self.names.iter().rev().take_while(|above| is_drawn(above));
        is_drawn(name) && above.any(|above| above.eq_ignore_ascii_case("svg"))
    }
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}

fn is_void(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "br", "img", "hr", "meta", "link", "input", "area", "base", "col", "embed", "source", "track", "wbr", "param",
    ];
    is_one_of(name, &NAMES)
}

fn is_foreign(name: &str) -> bool {
    is_one_of(name, &["svg", "math"])
}

fn is_drawn(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "use",
        "defs",
        "stop",
        "linearGradient",
        "clipPath",
    ];
    is_one_of(name, &NAMES)
}

fn is_format(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    ];
    is_one_of(name, &NAMES)
}

/// True where an element ends because the one around it does.
fn ends_with(last: &str, name: &str) -> bool {
    const BLOCKS: [&str; 12] = [
        "div",
        "article",
        "section",
        "main",
        "blockquote",
        "td",
        "tr",
        "table",
        "li",
        "ul",
        "ol",
        "body",
    ];
    match () {
        () if last.eq_ignore_ascii_case("p") => is_one_of(name, &BLOCKS),
        () if last.eq_ignore_ascii_case("li") => is_one_of(name, &["ul", "ol"]),
        () if is_one_of(last, &["td", "th", "tr"]) => is_one_of(name, &["tr", "table"]),
        () if is_one_of(last, &["dt", "dd"]) => name.eq_ignore_ascii_case("dl"),
        () => last.eq_ignore_ascii_case("option") && name.eq_ignore_ascii_case("select"),
    }
}

/// True where an element ends because another begins: people leave out these end tags.
fn ends_before(last: &str, name: &str) -> bool {
    const BLOCKS: [&str; 10] = ["p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "blockquote"];
    match () {
        () if last.eq_ignore_ascii_case("p") => is_one_of(name, &BLOCKS),
        () if is_one_of(last, &["td", "th"]) => is_one_of(name, &["td", "th", "tr"]),
        () if is_one_of(last, &["dt", "dd"]) => is_one_of(name, &["dt", "dd"]),
        () => is_one_of(last, &["li", "option", "tr"]) && last.eq_ignore_ascii_case(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_hide_how_deep_they_are_are_seen() {
        let cases = [
            "<div>",
            "<div></span>",
            "<span><div></span>",
            "<span><div></span></div>",
            "<div><table><tr><td></div></table>",
            "<svg><td>",
            "<div/>",
            "<svg><p><path/>",
            "<!--><div>",
            "<div><a b=c=\"><div>",
            "<div><!-- --!><div>",
            "<div><!x=\"><div>",
            "<div><title></div></title>",
            "<span><p></span></p>",
            "<div><li></div></li>",
        ];
        for case in cases {
            assert_eq!(danger(&case.repeat(20_000)), Some("nested too deep"), "{case}");
        }
        let bold: String = (0..300).map(|i| format!("<p><b id={i}>x</p>")).collect();
        assert_eq!(danger(&bold), Some("its bold type or links never end"));
        let few: String = (0..150).map(|i| format!("<b id={i}>")).collect();
        assert!(danger(&format!("<p>{few}{}", "<p>x".repeat(9_000))).is_some());
        let attributes: String = (0..1000).map(|i| format!(" a{i}=\"x\"")).collect();
        assert!(danger(&format!("<p{attributes}>")).is_some());
    }

    #[test]
    fn pages_as_people_write_them_are_no_danger() {
        let cases = [
            "<p>One.<p>Two.",
            "<ul><li>One<li>Two</ul>",
            "<table><tr><td>One<td>Two<tr><td>Three</table>",
            "<div><svg><path d=\"M0 0\"/><g><circle r=2 /></g></svg><a href=x>link</a></div>",
            "<p><b>bold</p><p>not",
            "<td><font size=2>old</td>",
            "<br><img src=\"a>b\"><hr/>",
        ];
        for case in cases {
            assert_eq!(danger(&case.repeat(500)), None, "{case}");
        }
    }
}
