//! What holds for every text: laws of words, sentences and the whole analysis over generated Unicode text.
//!
//! Texts are strung together from pieces that have broken text tools before. The generator is seeded, so a failure names the
//! text and comes back on the next run.

use onrecord::analyze;
use onrecord::seeds::Seeds;
use onrecord::text::{Document, Span};
use onrecord::words::{Kind, Page, Shape, Word, hard_wrapped};
use onrecord::{Analysis, sentences};
use unicode_segmentation::UnicodeSegmentation;

/// SplitMix64: a few lines, the same numbers everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// Pieces of text, the usual and the odd.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "the", "Lee", "said", "U.S.", "a.m.", "Mr.", "Ph.D.", "i.e.", "St.", "No.", "don't", "don’t", "O’Brien", "d'Arc", "L’Été", "it's",
    "1", "12,500", "3.5", ".08", "$", "%", "5th", "1980s", "’80s", "24/7", "Q.", "1)", "2)", "a.", "b.", "•", "-", "--", "—", "–",
    ".", "!", "?", "…", "...", ". . .", "?!", ",", ";", ":", "(", ")", "[", "]", "[7]", "{", "}", "\"", "'", "''", "``", "“", "”",
    "‘", "’", "«", "»", "„", "″", "`", "/", "\\", "|", "*", "**", "_", "#", "##", "@", "@lee", "#tag", "&", "+", "=", "<", ">", "~",
    "http://a.b/c?d=e.", "ann.lee@example.org", "Ann.Lee@example.org", "www.example.com/x,", "x://", "abcd@", "abcd@b", "Example.com",
    " ", " ", " ", " ", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}", "\u{a0}",
    "\u{2009}", "\u{3000}", "\u{200b}", "\u{200c}", "\u{200d}", "\u{200e}", "\u{202e}", "\u{2060}", "\u{feff}", "\u{ad}", "\0", "\u{1}",
    "\u{1b}", "\u{7f}", "\u{9c}", "é", "e\u{301}", "\u{301}", "\u{308}", "Ünïcödé", "ß", "İ", "ǅ", "ŉ", "ﬁ", "Ω", "Жук", "שלום", "سلام", "हिन्दी",
    "ไทย", "中文", "かな", "한국", "𝔘𝔫𝔦", "🎉", "👩‍👩‍👧", "🇬🇧", "1️⃣", "\u{fe0f}", "٣", "²", "½", "№", "°", "\u{fffd}", "\u{10ffff}", "\u{e000}",
];

fn seeds() -> Seeds {
    Seeds::built_in().expect("built-in seeds are right")
}

fn generated(chance: &mut Chance) -> String {
    let spaces = chance.below(3);
    let mut text = String::new();
    for _ in 0..chance.below(120) {
        text.push_str(chance.pick(PIECES));
        text.push_str(&" ".repeat(usize::from(chance.below(3) < spaces)));
    }
    text
}

/// Runs a law over many generated texts.
fn for_texts(law: impl Fn(&str)) {
    let mut chance = Chance(2024);
    for _ in 0..3000 {
        law(&generated(&mut chance));
    }
}

fn on_boundaries(text: &str, span: Span) -> bool {
    span.start <= span.end && text.get(span.range()).is_some()
}

#[test]
fn words_stand_in_order_on_boundaries_and_cover_every_letter_and_digit() {
    let seeds = seeds();
    for_texts(|text| {
        let document = Document::new("law", text);
        let page = Page::new(&document, &seeds.vocabulary);
        let mut last = 0;
        for word in &page.words {
            assert!(
                on_boundaries(text, word.span()) && !word.span().is_empty(),
                "{text:?}: {word:?}"
            );
            assert!(word.start >= last, "{text:?}: {word:?} overlaps");
            let between = &text[last as usize..word.start as usize];
            assert!(
                !between.chars().any(char::is_alphanumeric),
                "{text:?}: {between:?} is in no word"
            );
            last = word.end;
        }
        assert!(
            !text[last as usize..].chars().any(char::is_alphanumeric),
            "{text:?}: end is in no word"
        );
        let plain = |w: &Word| w.kind == Kind::Letters && !w.shape.has(Shape::DOTTED);
        let not_plain = (0..page.words.len() as u32).filter(|&i| !plain(&page.words[i as usize]));
        assert!(page.not_plain.iter().copied().eq(not_plain), "{text:?}");
    });
}

#[test]
fn a_word_never_holds_white_space_and_spaced_says_what_stands_before() {
    let seeds = seeds();
    for_texts(|text| {
        let document = Document::new("law", text);
        let page = Page::new(&document, &seeds.vocabulary);
        for (i, word) in page.words.iter().enumerate() {
            assert!(
                !page.word(i).contains(char::is_whitespace),
                "{text:?}: {:?}",
                page.word(i)
            );
            let before = i.checked_sub(1).map_or(0, |i| page.words[i].end as usize);
            let gap = text[before..word.start as usize].contains(char::is_whitespace);
            assert_eq!(word.spaced(), gap || i == 0, "{text:?}: {:?}", page.word(i));
        }
    });
}

#[test]
fn equal_words_have_equal_hashes_whatever_case_and_apostrophe() {
    let seeds = seeds();
    let hash = |text: &str| {
        let document = Document::new("law", text);
        let page = Page::new(&document, &seeds.vocabulary);
        assert_eq!(page.words.len(), 1, "{text:?} is one word: {:?}", page.words);
        page.words[0].hash
    };
    for (a, b) in [
        ("Don't", "don’t"),
        ("O'BRIEN", "o’brien"),
        ("CAFÉ", "café"),
        ("interna\u{ad}tionally", "Internationally"),
        ("L’Oréal", "l'oréal"),
        ("U.S.", "u.s."),
        ("a", "A"),
        ("responsibilities", "RESPONSIBILITIES"),
        ("eightltr", "EIGHTLTR"),
    ] {
        assert_eq!(hash(a), hash(b), "{a} and {b}");
        assert_eq!(
            seeds.vocabulary.look_up(hash(a)).0,
            seeds.vocabulary.id(b),
            "{a} by its hash and {b} by its letters"
        );
    }
}

#[test]
fn words_with_letters_outside_ascii_are_cut_like_others() {
    let seeds = seeds();
    for (text, words) in [
        ("José.María left", "José|.|María|left"),
        ("the café: open", "the|café|:|open"),
        ("Zoë’s and Zoë's", "Zoë|’s|and|Zoë|'s"),
        ("L’Oréal d’Été", "L’Oréal|d’Été"),
        ("Erdoğan-led", "Erdoğan|-|led"),
        ("São Paulo, Île-de-France", "São|Paulo|,|Île|-|de|-|France"),
        ("Trum\u{200b}p won", "Trum\u{200b}p|won"),
        ("co\u{ad}oper\u{ad}ate", "co\u{ad}oper\u{ad}ate"),
        ("e\u{301}te\u{301}", "e\u{301}te\u{301}"),
        ("Жук,Ω", "Жук|,|Ω"),
        ("Lee中文", "Lee|中|文"),
        ("don’t d'Arc O’Brien’s", "don’t|d'Arc|O’Brien|’s"),
        ("Ph.D. U.S.-led Ltd.’s", "Ph.D.|U.S.|-|led|Ltd|.|’s"),
        (
            "see http://a.example/x, ann.lee@a.example.",
            "see|http://a.example/x|,|ann.lee@a.example|.",
        ),
        ("Ann.Lee@a.example wrote", "Ann.Lee@a.example|wrote"),
        ("nul\0inside \u{1}word", "nul|inside|word"),
    ] {
        let document = Document::new("law", text);
        let page = Page::new(&document, &seeds.vocabulary);
        let found: Vec<&str> = (0..page.words.len()).map(|i| page.word(i)).collect();
        assert_eq!(found.join("|"), words);
    }
}

#[test]
fn paragraphs_stand_in_order_and_hold_every_word_once() {
    let seeds = seeds();
    for_texts(|text| {
        let document = Document::new("law", text);
        let page = Page::new(&document, &seeds.vocabulary);
        let mut next = 0;
        for (i, paragraph) in page.paragraphs.iter().enumerate() {
            assert_eq!(paragraph.words.start, next, "{text:?}");
            assert!(
                !paragraph.words.is_empty() && on_boundaries(text, paragraph.span),
                "{text:?}"
            );
            assert!(paragraph.words.clone().all(|w| page.paragraph_of(w) == i), "{text:?}");
            next = paragraph.words.end;
        }
        assert_eq!(next, page.words.len(), "{text:?}");
    });
}

#[test]
fn sentences_tile_the_words_of_their_paragraphs() {
    let seeds = seeds();
    for_texts(|text| {
        let document = Document::new("law", text);
        let page = Page::new(&document, &seeds.vocabulary);
        let mut next = 0;
        for sentence in sentences::find(&page, &seeds) {
            let paragraph = &page.paragraphs[sentence.paragraph];
            assert_eq!(sentence.words.start, next, "{text:?}");
            assert!(
                !sentence.words.is_empty() && paragraph.span.contains(sentence.span),
                "{text:?}"
            );
            assert_eq!(
                sentence.span,
                page.span(sentence.words.start, sentence.words.end - 1),
                "{text:?}"
            );
            assert!(sentence.words.end <= paragraph.words.end, "{text:?}");
            assert!(sentence.rule.starts_with("sentences/"));
            next = sentence.words.end;
        }
        assert_eq!(next, page.words.len(), "{text:?}");
    });
}

#[test]
fn every_finding_stands_on_character_boundaries_inside_the_text() {
    let seeds = seeds();
    for_texts(|text| {
        let document = Document::new("law", text);
        let analysis: Analysis = analyze(&document, &seeds);
        for finding in analysis.findings() {
            assert!(on_boundaries(text, finding.span), "{text:?}: {finding:?}");
        }
    });
}

/// Sentences of plain words: no abbreviation, no name, no mark inside.
fn plain_text(chance: &mut Chance) -> String {
    let words = [
        "rain", "falls", "slowly", "over", "green", "hills", "while", "boats", "drift", "and", "gulls", "cry",
    ];
    let openers = ["Rain", "Boats", "Gulls", "Hills", "They", "Nobody", "The"];
    let mut text = String::new();
    for _ in 0..1 + chance.below(12) {
        text.push_str(chance.pick(&openers));
        for _ in 0..1 + chance.below(9) {
            text.push_str(chance.pick(&[" ", " ", " ", ", "]));
            text.push_str(chance.pick(&words));
        }
        text.push_str(chance.pick(&[". ", ". ", "? ", "! ", ".\n"]));
    }
    text
}

#[test]
fn plain_sentences_end_where_unicode_says() {
    let seeds = seeds();
    let mut chance = Chance(7);
    for _ in 0..500 {
        let text = plain_text(&mut chance);
        let document = Document::new("law", text.as_str());
        let page = Page::new(&document, &seeds.vocabulary);
        let found = sentences::find(&page, &seeds);
        let ours: Vec<&str> = found.iter().map(|s| document.at(s.span)).collect();
        let theirs: Vec<&str> = text.unicode_sentences().map(str::trim).collect();
        assert_eq!(ours, theirs);
    }
}

#[test]
fn line_ends_of_every_kind_end_the_same_paragraphs() {
    let seeds = seeds();
    let lines = [
        "Trams return",
        "The vote was close.",
        "",
        "Fares stay. Nobody objects.",
        "End",
    ];
    let sentences_with = |end: &str| -> Vec<String> {
        let document = Document::new("law", lines.join(end));
        let page = Page::new(&document, &seeds.vocabulary);
        let found = sentences::find(&page, &seeds);
        found.iter().map(|s| document.at(s.span).to_owned()).collect()
    };
    let wanted = sentences_with("\n");
    assert_eq!(wanted.len(), 5);
    for end in ["\r\n", "\r", "\u{2028}", "\u{2029}", "\u{c}", "\u{b}", "\u{85}"] {
        assert_eq!(sentences_with(end), wanted, "line end {end:?}");
    }
}

#[test]
fn hard_wrapped_text_keeps_its_paragraphs_whatever_the_line_end() {
    let seeds = seeds();
    let mut paragraph = String::new();
    let mut width = 0;
    for i in 0..120 {
        let word = ["harbour", "wind", "over", "the", "old", "lighthouse", "gathers"][i % 7];
        let fits = width + word.len() < 60;
        paragraph.push_str(if i == 0 {
            ""
        } else if fits {
            " "
        } else {
            "\n"
        });
        width = if fits { width + word.len() + 1 } else { word.len() };
        paragraph.push_str(word);
    }
    let text = format!("{paragraph}\n\n{paragraph}\n\n{paragraph}\n");
    for end in ["\n", "\r\n", "\r", "\u{2028}"] {
        let text = text.replace('\n', end);
        assert!(hard_wrapped(&text), "line end {end:?}");
        let document = Document::new("law", text.as_str());
        assert_eq!(
            Page::new(&document, &seeds.vocabulary).paragraphs.len(),
            3,
            "line end {end:?}"
        );
    }
    assert!(!hard_wrapped(
        "One line.\nAnother line.\nA third.\nFourth.\nFifth.\nSixth.\nSeventh, a bit longer than forty letters."
    ));
}

/// What a thread keeps from text to text makes its work shorter and changes no answer, whatever was read before: other texts, a
/// long one, one with other seeds.
#[test]
fn what_was_read_before_changes_nothing() {
    let mut other = seeds();
    other
        .add_speakers("more.csv", "name,aliases\nWill Said,Said\nMay That,That\n")
        .expect("it is a list of speakers");
    let both = [seeds(), other];
    let articles = std::fs::read_dir("fixtures/articles").expect("there are articles");
    // Not all are plain text.
    let article = |path: std::path::PathBuf| std::fs::read_to_string(path.join("article.txt")).ok();
    let mut texts: Vec<String> = articles
        .filter_map(|a| article(a.expect("it is a folder").path()))
        .collect();
    texts.sort();
    assert!(texts.len() > 8);
    let long = texts.concat().repeat(20);
    texts.insert(texts.len() / 2, long);
    let found = |text: &str, seeds: &Seeds| {
        let document = Document::new("law", text);
        format!("{:?}", analyze(&document, seeds))
    };
    let one_behind_the_other = texts
        .iter()
        .flat_map(|text| both.iter().map(move |seeds| (text, seeds)));
    for (text, seeds) in one_behind_the_other {
        let alone = std::thread::scope(|scope| scope.spawn(|| found(text, seeds)).join());
        let start: String = text.chars().take(40).collect();
        assert!(alone.ok().as_ref() == Some(&found(text, seeds)), "{start}");
    }
}

/// Texts of one piece over and over, so long that work in proportion to their square would never end.
#[test]
fn endless_pieces_are_read_to_their_end() {
    const LONG: usize = 200_000;
    const SHORT: usize = 6_000;
    let seeds = seeds();
    let mut traps: Vec<String> = [
        "a", "é", "中", "ก", "क्", ".", "!", "…", "-", "'", "’", "\"", "“", "”", "(", ")", "[", " ", "\n", "\r\n",
        "\u{301}", "\u{200b}", "1", "1.", "1,", "a.", "A.", "a@b", "a'", "x’", "#", "@", "@a", "*", "•", "/", ":",
        "\0", "🎉", ". (", "… (", "“.", ".”", "? ", ". . ", "Mr. ", "1) ", "A. B", "a.b@", "é.", "aaaa.", "é\u{ad}",
        "n't", "a-", "?” A ", "http://", "[7] ", "x. A ",
    ]
    .iter()
    .map(|piece| piece.repeat(LONG / piece.len()))
    .collect();
    traps.push(format!("A. {}B", " ".repeat(200_000)));
    traps.push(format!("It ended.{}Then more.", "”".repeat(100_000)));
    traps.push(format!("{}{}", "(".repeat(60_000), "x mr. A ".repeat(20_000)));
    traps.push(format!("{}{}", "“é".repeat(60_000), "x. 1. A ".repeat(20_000)));
    for text in traps {
        let document = Document::new("law", text.as_str());
        let page = Page::new(&document, &seeds.vocabulary);
        let found = sentences::find(&page, &seeds);
        let start: String = text.chars().take(12).collect();
        assert_eq!(found.last().map_or(0, |s| s.words.end), page.words.len(), "{start:?}…");
        let short = Document::new("law", text.chars().take(SHORT).collect::<String>());
        let analysis = analyze(&short, &seeds);
        assert!(
            analysis.findings().all(|f| on_boundaries(&short.text, f.span)),
            "{start:?}…"
        );
    }
}
