//! Laws of the marked passages, over generated text: they nest, they lie on character boundaries and in order, and a mark that
//! goes missing harms at most its paragraph and those linked to it.

use onrecord::quotes::{self, Marked};
use onrecord::seeds::Seeds;
use onrecord::sentences;
use onrecord::text::{Document, Span};
use onrecord::words::Page;

/// A small generator (xorshift): the same texts in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const MARKS: &[&str] = &[
    "\"", "\"", "“", "”", "‘", "’", "'", "''", "``", "`", "„", "‚", "«", "»", "‹", "›", "″", "′", "‛", "‟", "＂",
    "'''", "\"\"\"",
];
const PIECES: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\u{a0}",
    "\u{2009}",
    "\u{200b}",
    "\u{ad}",
    ", she said",
    ". ",
    "? ",
    "!",
    "…",
    "—",
    "(",
    ")",
    "*",
    "**",
    "_",
    "> ",
    "- ",
    "# ",
    "the workers",
    "Texas",
    "goin",
    "tis",
    "80s",
    "12",
    "6",
    "said Ann Lee",
    "Straße",
    "日本",
    "e\u{301}",
    "🙂",
    "мир",
    "العالم",
    "\u{202e}",
    "O",
    "Brien",
    "s",
    "\r\n",
    "\u{2028}",
    "\0",
    "<p>",
    "=",
];

fn scramble(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..random.below(60) {
        let list = if random.below(3) == 0 { MARKS } else { PIECES };
        text.push_str(random.pick(list));
    }
    text
}

const PARAGRAPHS: &[&str] = &[
    "“The ferry is late,” Ann Lee said. “It is always late.”",
    "\"The ferry is late,\" she said. \"It's the 'old' one.\"",
    "‘The miners’ homes are damp,’ the warden said. ‘They call it “progress”.’",
    "''Nobody asked us,'' he said of the ''grand'' plan.",
    "The council met on Monday; the workers’ rights were not discussed.",
    "“We began in the ’80s with a 12\" saw.",
    "“Then we grew,” she said, “and ‘moved.’”",
    "A sign reading \"closed\" hung there (\"for now\").",
];

fn article(random: &mut Random) -> String {
    let paragraphs: Vec<&str> = (0..2 + random.below(5)).map(|_| random.pick(PARAGRAPHS)).collect();
    paragraphs.join("\n\n")
}

struct Read {
    marked: Vec<Marked>,
    paragraphs: Vec<Span>,
}

fn read(text: &str, seeds: &Seeds) -> Read {
    let document = Document::new("law", text);
    let page = Page::new(&document, &seeds.vocabulary);
    let sentences = sentences::find(&page, seeds);
    let marked = quotes::find(&page, &sentences, seeds);
    check(&page, &marked);
    let paragraphs = page.paragraphs.iter().map(|p| p.span).collect();
    Read { marked, paragraphs }
}

/// What must hold of the passages of any text.
fn check(page: &Page, marked: &[Marked]) {
    let text = &page.document.text;
    let mut around: Vec<&Marked> = Vec::new();
    for (i, passage) in marked.iter().enumerate() {
        let (span, inner) = (passage.span, passage.inner);
        assert!(
            text.get(span.range()).is_some() && text.get(inner.range()).is_some(),
            "{text:?}: {passage:?}"
        );
        assert!(span.contains(inner), "{text:?}: {passage:?}");
        assert!(!page.at(inner).trim().is_empty(), "{text:?}: {passage:?} is empty");
        assert!(
            page.paragraphs[passage.paragraph].span.contains(span),
            "{text:?}: {passage:?}"
        );
        assert_eq!(
            page.span(passage.words.start, passage.words.end - 1),
            span,
            "{text:?}: {passage:?}"
        );
        assert!(passage.rule.starts_with("quotes/"));
        assert!(
            i == 0 || marked[i - 1].span.start <= span.start,
            "{text:?}: out of order"
        );
        while around.last().is_some_and(|outer| outer.span.end <= span.start) {
            around.pop();
        }
        assert!(
            around.last().is_none_or(|outer| outer.span.contains(span)),
            "{text:?}: {passage:?} crosses"
        );
        assert_eq!(
            usize::from(passage.depth),
            around.len(),
            "{text:?}: {passage:?} has a wrong depth"
        );
        around.push(passage);
        if let Some(earlier) = passage.continues {
            assert!(
                earlier < i && !marked[earlier].closed,
                "{text:?}: {passage:?} continues a closed passage"
            );
            assert_eq!(marked[earlier].paragraph + 1, passage.paragraph, "{text:?}");
        }
    }
}

#[test]
fn passages_nest_and_stand_in_order_in_any_text() {
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    let mut random = Random(0x5eed_0001);
    for _ in 0..20_000 {
        read(&scramble(&mut random), &seeds);
    }
}

#[test]
fn a_lost_mark_harms_only_its_paragraph_and_its_neighbours() {
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    let mut random = Random(0x5eed_0002);
    for _ in 0..300 {
        let text = article(&mut random);
        let whole = read(&text, &seeds);
        let marks: Vec<(usize, char)> = text.char_indices().filter(|&(_, c)| "\"“”‘’'".contains(c)).collect();
        for (at, mark) in marks {
            let mut cut = text.clone();
            cut.remove(at);
            let harmed = whole
                .paragraphs
                .iter()
                .position(|p| p.range().contains(&at))
                .expect("a mark stands in a paragraph");
            let far = |paragraph: usize| paragraph + 1 < harmed || paragraph > harmed + 1;
            let shown = |read: &Read, text: &str| -> Vec<String> {
                let far = read.marked.iter().filter(|m| far(m.paragraph));
                far.map(|m| format!("{} {} {} {:?}", m.paragraph, m.depth, m.closed, &text[m.span.range()]))
                    .collect()
            };
            let after = read(&cut, &seeds);
            assert_eq!(
                shown(&whole, &text),
                shown(&after, &cut),
                "without {mark:?} at {at}: {text}"
            );
        }
    }
}

/// Texts so long that work in proportion to their square would never end; the laws hold in them too.
#[test]
fn nothing_but_marks_is_read_to_its_end() {
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    for mark in [
        "\"",
        "“",
        "‘",
        "' ",
        "\" ",
        "“‘",
        "”a",
        "'' ",
        "\n\"",
        "“ x, she said ",
        "so it is.\" ",
        "x said: \"\" a, ",
        "“a ‘b. ",
    ] {
        read(&mark.repeat(100_000 / mark.len()), &seeds);
    }
}
