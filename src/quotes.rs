//! Text between quotation marks.
//!
//! Needs the words and sentences, gives [`Marked`] spans in order of their opening marks: what stands between which marks, how
//! deep, and whether the passage runs on from the paragraph before. Each paragraph is read by itself: every mark has a price
//! for opening, closing and being stray, by its form and the white space around it, and the cheapest reading of all marks of
//! the paragraph wins (`cheapest`), so a stray mark harms at most its paragraph. In doubt a single mark is an apostrophe.
//! It does not say who speaks, nor whether the words are speech or a title; `speakers` does.

use crate::seeds::{Class, Seeds};
use crate::sentences::Sentence;
use crate::spare::{self, Spare};
use crate::text::Span;
use crate::words::{Kind, Page, Shape, Word};
use std::ops::Range;

/// A passage between marks, or from an opening mark to the end of its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The passage, marks included.
    pub span: Span,
    /// The passage without its marks.
    pub inner: Span,
    /// Its words, marks included, as indices into [`Page::words`].
    pub words: Range<usize>,
    /// Index of its paragraph in [`Page::paragraphs`].
    pub paragraph: usize,
    /// How many passages it stands in: 0 for one that stands in the writer's own text.
    pub depth: u8,
    /// False where the paragraph ends before a closing mark.
    pub closed: bool,
    /// Index of the passage of an earlier paragraph that this one goes on from (an unclosed passage, mark repeated).
    pub continues: Option<usize>,
    /// The rule that paired the marks.
    pub rule: &'static str,
}

impl Marked {
    /// Its words, marks left out.
    pub fn inside<'p>(&self, page: &'p Page) -> impl DoubleEndedIterator<Item = &'p Word> {
        page.words[self.words.clone()].iter().filter(|w| w.kind != Kind::Quote)
    }

    /// True where the words end in a comma: the writer's sentence goes on.
    pub fn ends_with_comma(&self, page: &Page) -> bool {
        self.inside(page).next_back().is_some_and(|w| w.kind == Kind::Comma)
    }

    /// True where the words end in a comma, a question or an exclamation mark: an attribution may follow in the same sentence.
    pub fn left_hanging(&self, page: &Page) -> bool {
        let last = self.inside(page).next_back();
        last.is_some_and(|w| matches!(w.kind, Kind::Comma | Kind::Question | Kind::Exclamation))
    }
}

/// Finds the marked passages of a page.
pub fn find(page: &Page, sentences: &[Sentence], _seeds: &Seeds) -> Vec<Marked> {
    let mut finder = Finder {
        page,
        sentences,
        not_plain: &page.not_plain,
        marks: spare::take(&MARKS, 0),
        steps: spare::take(&STEPS, 0),
        uses: spare::take(&USES, 0),
        passage_end: 0,
        searched: 0,
        open: spare::take(&OPEN, 0),
        left_open: Vec::new(),
        found: spare::take(&FOUND, 0),
    };
    for paragraph in 0..page.paragraphs.len() {
        finder.paragraph(paragraph);
    }
    spare::keep(&MARKS, finder.marks, MOST_MARKS);
    spare::keep(&STEPS, finder.steps, MOST_MARKS);
    spare::keep(&USES, finder.uses, MOST_MARKS);
    spare::keep(&OPEN, finder.open, MOST_MARKS);
    finder.found
}

/// What paragraphs of more marks needed is not kept.
const MOST_MARKS: usize = 1 << 10;

thread_local! {
    static MARKS: Spare<Mark> = const { Spare::new(Vec::new()) };
    static STEPS: Spare<[Step; STACKS.len()]> = const { Spare::new(Vec::new()) };
    static USES: Spare<Use> = const { Spare::new(Vec::new()) };
    static OPEN: Spare<(usize, Mark)> = const { Spare::new(Vec::new()) };
    static FOUND: Spare<Marked> = const { Spare::new(Vec::new()) };
}

/// Keeps a list that nobody needs any more for the next page.
pub(crate) fn keep(marked: Vec<Marked>) {
    const MOST_PASSAGES: usize = 1 << 10;
    spare::keep(&FOUND, marked, MOST_PASSAGES);
}

/// Double marks and guillemets, or single marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Double,
    Single,
}

/// The form of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Straight,
    CurlyOpen,
    CurlyClose,
    LowOpen,
    Guillemet { open: bool },
    TwoSingles,
    Backtick,
    Prime,
}

/// A mark of a paragraph, with what each use of it costs.
#[derive(Debug, Clone, Copy)]
struct Mark {
    first: usize,
    last: usize,
    level: Level,
    form: Form,
    open: u32,
    close: u32,
    stray: u32,
    /// True where it may close a passage whose opening mark is lost: before a reporting clause, or at the end of a sentence.
    may_close_unopened: bool,
}

impl Mark {
    /// Marks that belong together.
    fn family(self) -> u8 {
        match self.form {
            Form::Straight | Form::Prime => 0,
            Form::CurlyOpen | Form::CurlyClose | Form::LowOpen => 1,
            Form::Backtick | Form::TwoSingles => {
                if self.level == Level::Double {
                    2
                } else {
                    0
                }
            }
            Form::Guillemet { .. } => 3,
        }
    }
}

/// What stands on one side of a run of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Space,
    Word,
    Stop,
    Ellipsis,
    Comma,
    Opener,
    Closer,
    Dash,
    Symbol,
}

impl Beside {
    const COUNT: usize = 9;
    /// All of them, each at its number.
    const ALL: [Beside; Beside::COUNT] = [
        Beside::Space,
        Beside::Word,
        Beside::Stop,
        Beside::Ellipsis,
        Beside::Comma,
        Beside::Opener,
        Beside::Closer,
        Beside::Dash,
        Beside::Symbol,
    ];
}

/// The prices of opening and closing by what stands before and behind, worked out beforehand: what it is is unpredictable.
const COSTS: [[[u32; 2]; Beside::COUNT]; Beside::COUNT] = {
    let mut costs = [[[0; 2]; Beside::COUNT]; Beside::COUNT];
    let mut both = 0;
    while both < Beside::COUNT * Beside::COUNT {
        let (left, right) = (Beside::ALL[both / Beside::COUNT], Beside::ALL[both % Beside::COUNT]);
        costs[left as usize][right as usize] = [open_cost(left, right), close_cost(left, right)];
        both += 1;
    }
    costs
};

/// What a reading does with a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Stray,
    Close,
    Open,
    /// Closes the innermost passage and the one around it.
    CloseBoth,
    /// The passage that stands open lost its closing mark: it ends here, and another opens.
    Reopen,
    /// Closes a passage that lost its opening mark.
    CloseUnopened,
}

/// One step of the cheapest reading that ends in a given stack: the use of the mark, and the stack before it.
#[derive(Debug, Clone, Copy)]
struct Step {
    mark: Use,
    before: u8,
}

/// The cheapest reading to each stack.
type Readings = [Reading; STACKS.len()];

/// The stacks of open marks that a reading may hold, outermost first. Four levels are more than any article has; deeper marks
/// are stray.
const STACKS: [&[Level]; 11] = {
    use Level::{Double as D, Single as S};
    [
        &[],
        &[D],
        &[S],
        &[D, S],
        &[S, D],
        &[D, D],
        &[D, S, D],
        &[S, D, S],
        &[D, S, D, S],
        &[S, D, S, D],
        &[D, D, S],
    ]
};
const NONE: u8 = u8::MAX;
/// The stack after a double mark opens.
const OPEN_DOUBLE: [u8; STACKS.len()] = [1, 5, 4, 6, NONE, NONE, NONE, 9, NONE, NONE, NONE];
/// The stack after a single mark opens.
const OPEN_SINGLE: [u8; STACKS.len()] = [2, 3, NONE, NONE, 7, 10, 8, NONE, NONE, NONE, NONE];
/// The stack after its innermost mark closes.
const CLOSE: [u8; STACKS.len()] = [NONE, 0, 0, 1, 2, 1, 3, 4, 6, 7, 5];

/// Above every price of a real reading.
const NEVER: u32 = u32::MAX / 4;
/// A double mark that pairs with nothing.
const STRAY_DOUBLE: u32 = 5;
/// A double mark inside a passage in double marks: of the same family, of another.
const SAME_MARK_INSIDE: [u32; 2] = [3, 1];
/// Two marks of different families that pair.
const MIXED_PAIR: u32 = 1;
/// A passage that another opening mark ends: behind the end of a sentence, elsewhere.
const LOST_CLOSING: [u32; 2] = [3, 4];
/// A closing mark before a reporting clause, with nothing open.
const LOST_OPENING: u32 = 4;
/// A double mark that closes two passages in double marks.
const CLOSE_TWO_DOUBLES: u32 = 2;
/// A mark that closes a passage of the other level inside its own.
const CLOSE_OTHER_LEVEL: u32 = 5;
/// A passage left open at the end of its paragraph, by level.
const LEFT_OPEN: [u32; 2] = [4, 5];
/// The same, where the next paragraph repeats the mark.
const LEFT_OPEN_REPEATED: [u32; 2] = [0, 1];
/// A run of more marks than this is a drawing.
const LONGEST_RUN: usize = 6;

struct Finder<'p, 'd> {
    page: &'p Page<'d>,
    sentences: &'p [Sentence],
    /// [`Page::not_plain`] behind the paragraphs that were read.
    not_plain: &'p [u32],
    /// The marks of the paragraph.
    marks: Vec<Mark>,
    /// For each mark, the last step of the cheapest reading to each stack.
    steps: Vec<[Step; STACKS.len()]>,
    /// What the cheapest reading does with each mark.
    uses: Vec<Use>,
    /// The word behind the last passage of depth 0.
    passage_end: usize,
    /// The word up to which no colon behind a verb of speech was found.
    searched: usize,
    /// The passages that stand open: index into `found` and the mark that opened.
    open: Vec<(usize, Mark)>,
    /// The passages that the paragraph before left open, outermost first.
    left_open: Vec<(usize, Level)>,
    found: Vec<Marked>,
}

impl Finder<'_, '_> {
    fn paragraph(&mut self, paragraph: usize) {
        let words = self.page.paragraphs[paragraph].words.clone();
        self.marks.clear();
        self.not_plain = read_marks(self.page, self.not_plain, words.clone(), &mut self.marks);
        let before = std::mem::take(&mut self.left_open);
        if self.marks.is_empty() {
            return;
        }
        let repeated = self.repeated_in(paragraph + 1);
        cheapest(self.page, &self.marks, repeated, &mut self.steps, &mut self.uses);
        let first_found = self.found.len();
        for i in 0..self.marks.len() {
            let mark = self.marks[i];
            match self.uses[i] {
                Use::Stray => {}
                Use::Open => self.open(mark, paragraph),
                Use::Close => self.close(mark, None),
                Use::CloseBoth => {
                    self.close(mark, Some("quotes/shared-closing"));
                    self.close(mark, None);
                }
                Use::Reopen => {
                    self.lose(mark.first);
                    self.open(mark, paragraph);
                }
                Use::CloseUnopened => self.close_unopened(mark, paragraph, &before),
            }
        }
        self.leave_all(words.end, repeated);
        self.go_on(&before, first_found, words.start);
        self.drop_empty(first_found);
    }

    /// The levels of the opening marks that a paragraph begins with.
    fn repeated_in(&self, paragraph: usize) -> [bool; 2] {
        let mut levels = [false; 2];
        if let Some(next) = self.page.paragraphs.get(paragraph) {
            let mut marks = Vec::new();
            let first = first_word(self.page, next.words.clone());
            let end = next.words.end.min(first + LONGEST_RUN);
            if first < end && self.page.words[first].kind == Kind::Quote {
                read_marks(self.page, self.not_plain, first..end, &mut marks);
            }
            for mark in leading(&marks, first) {
                levels[mark.level as usize] |= mark.open < 3;
            }
        }
        levels
    }

    fn open(&mut self, mark: Mark, paragraph: usize) {
        let span = self.page.span(mark.first, mark.last);
        let depth = self.open.len() as u8;
        self.open.push((self.found.len(), mark));
        self.found.push(Marked {
            span,
            inner: Span::new(span.end, span.end),
            words: mark.first..mark.last + 1,
            paragraph,
            depth,
            closed: false,
            continues: None,
            rule: "",
        });
    }

    fn close(&mut self, mark: Mark, rule: Option<&'static str>) {
        if let Some((index, opening)) = self.open.pop() {
            let found = &mut self.found[index];
            found.span.end = self.page.words[mark.last].end;
            found.inner.end = self.page.words[mark.first].start;
            found.words.end = mark.last + 1;
            found.closed = true;
            self.passage_end = found.words.end;
            found.rule = rule.unwrap_or_else(|| pair_rule(opening, mark));
        }
    }

    /// Ends the innermost open passage, which lost its closing mark somewhere before the word `end`: before its reporting
    /// clause, else with its last whole sentence.
    fn lose(&mut self, end: usize) {
        if let Some(&(index, _)) = self.open.last() {
            let end = match self.reporting_inside(index, end, false) {
                Some(comma) => comma + 1,
                None => self.whole_sentences(index, end),
            };
            self.leave(end, "quotes/lost-closing");
        }
    }

    /// True where an opening mark stands among the writer's own words, as before a quoted term.
    fn stands_in_sentence(&self, mark: Mark) -> bool {
        let before = mark.first.checked_sub(1).map(|i| &self.page.words[i]);
        let first = self.page.words[mark.first].shape.has(Shape::FIRST);
        !first && before.is_some_and(|word| word.letters() && !word.is(Class::SAY))
    }

    /// Where the first sentence of an open passage ends, at or before the word `end`.
    fn first_sentence(&self, index: usize, end: usize) -> usize {
        let cut = self.sentence_of(self.found[index].words.end - 1).end.min(end);
        let crossed = self.found[index + 1..]
            .iter()
            .any(|p| p.words.start < cut && cut < p.words.end);
        if crossed || cut <= self.found[index].words.end {
            end
        } else {
            cut
        }
    }

    /// Where the last whole sentence of an open passage ends, at or before the word `end`.
    fn whole_sentences(&self, index: usize, end: usize) -> usize {
        let cut = self.sentence_of(end - 1).start;
        let in_another = |passage: &Marked| passage.words.start < cut && cut < passage.words.end;
        if ends_sentence_before(self.page, end)
            || cut <= self.found[index].words.end
            || self.found[index + 1..].iter().any(in_another)
        {
            return end;
        }
        cut
    }

    /// Ends the innermost open passage before the word `end`; passages behind that no longer stand in it.
    fn leave(&mut self, end: usize, rule: &'static str) {
        if let Some((index, _)) = self.open.pop() {
            for inner in &mut self.found[index + 1..] {
                inner.depth -= u8::from(inner.words.start >= end);
            }
            let found = &mut self.found[index];
            let last = end.max(found.words.end) - 1;
            found.span.end = self.page.words[last].end;
            found.inner.end = found.span.end;
            found.words.end = last + 1;
            self.passage_end = last + 1;
            found.rule = rule;
        }
    }

    /// Ends what stands open at the end of a paragraph. A passage in which a reporting clause stands lost its closing mark
    /// before it.
    fn leave_all(&mut self, end: usize, repeated: [bool; 2]) {
        while let Some(&(index, mark)) = self.open.last() {
            let strict = repeated[mark.level as usize];
            match self.reporting_inside(index, end, strict) {
                Some(comma) => self.leave(comma + 1, "quotes/lost-closing"),
                None if !strict && self.stands_in_sentence(mark) => {
                    let end = self.first_sentence(index, end);
                    self.leave(end, "quotes/lost-closing");
                }
                None => {
                    self.leave(end, "quotes/open-at-paragraph-end");
                    self.left_open.push((index, mark.level));
                }
            }
        }
        self.left_open.reverse();
    }

    /// The comma before the first reporting clause of an open passage, outside the passages in it. `strict` asks that the
    /// clause ends at once: in a long quotation the speaker may well report others.
    fn reporting_inside(&self, index: usize, end: usize, strict: bool) -> Option<usize> {
        let first = self.found[index].words.end;
        let mut inner = self.found[index + 1..].iter().peekable();
        let mut at = first;
        while at < end {
            while inner.peek().is_some_and(|passage| passage.words.end <= at) {
                inner.next();
            }
            if let Some(passage) = inner.peek().filter(|passage| passage.words.start <= at) {
                at = passage.words.end;
                continue;
            }
            let pause = matches!(
                self.page.words[at].kind,
                Kind::Comma | Kind::Question | Kind::Exclamation
            );
            if pause && at > first && reporting_clause(self.page, at + 1, end, strict) {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    /// A closing mark whose opening mark is lost: gives a passage where its beginning can be told.
    fn close_unopened(&mut self, mark: Mark, paragraph: usize, before: &[(usize, Level)]) {
        let start = self.page.paragraphs[paragraph].words.start;
        let last = self.passage_end.max(start);
        let (first, continues) = match before.first() {
            _ if ends_sentence_before(self.page, mark.first) => (self.behind_report(start, last, mark.first), None),
            Some(&(earlier, level)) if level == mark.level && last == start => {
                (Some(first_word(self.page, start..mark.first)), Some(earlier))
            }
            _ => (Some(self.sentence_of(mark.first).start.max(last)), None),
        };
        let Some(first) = first.filter(|&first| first < mark.first) else {
            return;
        };
        let span = self.page.span(first, mark.last);
        self.passage_end = mark.last + 1;
        self.found.push(Marked {
            span,
            inner: Span::new(span.start, self.page.words[mark.first].start),
            words: first..mark.last + 1,
            paragraph,
            depth: 0,
            closed: true,
            continues,
            rule: "quotes/lost-opening",
        });
    }

    /// The word behind a reporting clause, where speech goes on: behind the sentence of a passage that ends before `last`
    /// (`…," she said. We …`), or behind `she said:` or `she said,` and a capital.
    fn behind_report(&mut self, start: usize, last: usize, mark: usize) -> Option<usize> {
        const LONGEST_CLAUSE: usize = 40;
        let words = &self.page.words;
        let end = self.sentence_of(last).end.min(mark);
        if last > start && (last..end).take(LONGEST_CLAUSE).any(|i| words[i].is(Class::SAY)) {
            return Some(end);
        }
        let from = self.searched.max(last + 1);
        self.searched = mark;
        let introduces = |i: &usize| {
            let pause = words[*i].kind == Kind::Colon || words[*i].kind == Kind::Comma && words[*i + 1].capital();
            pause && words[*i - 1].is(Class::SAY)
        };
        (from..mark).find(introduces).map(|pause| pause + 1)
    }

    /// The words of the sentence that holds a word.
    fn sentence_of(&self, word: usize) -> Range<usize> {
        let sentence = self.sentences.partition_point(|s| s.words.end <= word);
        self.sentences.get(sentence).map_or(word..word, |s| s.words.clone())
    }

    /// Links the passages that repeat, at the start of a paragraph, the marks that the paragraph before left open.
    fn go_on(&mut self, before: &[(usize, Level)], first_found: usize, start: usize) {
        let first = first_word(self.page, start..self.page.words.len());
        let mut next = self.page.words.get(first).map_or(0, |word| word.start);
        for (passage, &(earlier, level)) in self.found[first_found..].iter_mut().zip(before) {
            let opening = self.page.at(Span::new(passage.span.start, passage.inner.start));
            if passage.span.start != next || opening.is_empty() || level_of(opening) != level {
                break;
            }
            passage.continues = Some(earlier);
            if passage.closed {
                passage.rule = "quotes/repeated-opening";
            }
            next = passage.inner.start;
        }
    }

    /// Takes out passages without a word in them.
    fn drop_empty(&mut self, first_found: usize) {
        if self.found[first_found..]
            .iter()
            .all(|passage| !self.page.at(passage.inner).trim().is_empty())
        {
            return;
        }
        let (mut kept, mut moved) = (first_found, Vec::new());
        for i in first_found..self.found.len() {
            moved.push(kept);
            if !self.page.at(self.found[i].inner).trim().is_empty() {
                self.found.swap(kept, i);
                kept += 1;
            }
        }
        self.found.truncate(kept);
        self.left_open.retain_mut(|(index, _)| {
            let new = moved[*index - first_found];
            *index = new;
            new < kept
        });
    }
}

/// The rule that names how two marks were paired.
fn pair_rule(opening: Mark, closing: Mark) -> &'static str {
    use Form::{Backtick, CurlyClose, CurlyOpen, Guillemet, LowOpen, Prime, Straight, TwoSingles};
    match (opening.form, closing.form) {
        (TwoSingles, TwoSingles) => "quotes/two-singles",
        (Guillemet { .. }, Guillemet { .. }) => "quotes/guillemets",
        (LowOpen, _) => "quotes/low-opening",
        (Straight | Prime, Straight | Prime) | (CurlyOpen, CurlyClose) | (Backtick, Straight | CurlyClose) => {
            match opening.level {
                Level::Double => "quotes/double-pair",
                Level::Single => "quotes/single-pair",
            }
        }
        _ => "quotes/mixed-pair",
    }
}

/// The marks that stand first in their paragraph, without a gap.
fn leading(marks: &[Mark], first: usize) -> impl Iterator<Item = &Mark> {
    let mut next = first;
    marks.iter().take_while(move |mark| {
        let here = mark.first == next;
        next = mark.last + 1;
        here
    })
}

/// The first word of a paragraph that is no bullet, heading sign or emphasis mark.
fn first_word(page: &Page, words: Range<usize>) -> usize {
    let decoration = |&i: &usize| {
        let word = &page.words[i];
        matches!(word.kind, Kind::Symbol | Kind::Dash)
            && page.word(i).starts_with(['*', '_', '#', '>', '-', '•', '–', '—'])
    };
    let skipped = words.clone().take(8).take_while(decoration).count();
    words.start + skipped
}

/// The cheapest reading of a paragraph's marks: the use of each.
///
/// Dynamic programming over the stacks of open marks: for each mark and each stack, the cheapest way to have that stack behind
/// the mark. Linear in the marks, without recursion.
fn cheapest(
    page: &Page,
    marks: &[Mark],
    repeated: [bool; 2],
    steps: &mut Vec<[Step; STACKS.len()]>,
    uses: &mut Vec<Use>,
) {
    uses.clear();
    if reads_plainly(marks, repeated, uses) {
        return;
    }
    let mut readings = [Reading::NONE; STACKS.len()];
    readings[0].cost = 0;
    steps.clear();
    for mark in marks {
        let (next, step) = advance(page, &readings, mark);
        // Only differences matter: kept small, the sums cannot overflow.
        let least = next.iter().map(|reading| reading.cost).min().unwrap_or(0);
        readings = next.map(|reading| reading.cheaper_by(least));
        steps.push(step);
    }
    let leave = |level: Level| {
        if repeated[level as usize] {
            LEFT_OPEN_REPEATED[level as usize]
        } else {
            LEFT_OPEN[level as usize]
        }
    };
    let total = |stack: usize| readings[stack].cost + STACKS[stack].iter().map(|&level| leave(level)).sum::<u32>();
    let mut stack = (0..STACKS.len()).min_by_key(|&stack| total(stack)).unwrap_or(0);
    uses.clear();
    uses.resize(marks.len(), Use::Stray);
    for (i, step) in steps.iter().enumerate().rev() {
        uses[i] = step[stack].mark;
        stack = step[stack].before as usize;
    }
}

/// Reads marks that alternate, opening and closing double marks of one family and apostrophes between them, where every mark
/// has one use that costs nothing: then no other reading is as cheap. False where the marks are not like that.
fn reads_plainly(marks: &[Mark], repeated: [bool; 2], uses: &mut Vec<Use>) -> bool {
    let mut open: Option<u8> = None;
    for mark in marks {
        let found = match (mark.level, open) {
            (Level::Single, _) if mark.stray == 0 && mark.open > 0 => Use::Stray,
            (Level::Double, None) if mark.open == 0 && mark.stray > 0 => Use::Open,
            (Level::Double, Some(family)) if mark.close == 0 && family == mark.family() => Use::Close,
            _ => return false,
        };
        match found {
            Use::Open => open = Some(mark.family()),
            Use::Close => open = None,
            _ => {}
        }
        uses.push(found);
    }
    open.is_none() || repeated[Level::Double as usize]
}

/// The cheapest reading that ends in some stack: its price, and the families of its open marks, two bits each.
#[derive(Debug, Clone, Copy)]
struct Reading {
    cost: u32,
    families: u8,
}

impl Reading {
    const NONE: Reading = Reading {
        cost: NEVER,
        families: 0,
    };

    fn cheaper_by(self, cost: u32) -> Reading {
        let cost = if self.cost >= NEVER { NEVER } else { self.cost - cost };
        Reading { cost, ..self }
    }

    /// The family of the open mark at a depth.
    fn family(self, depth: usize) -> u8 {
        self.families >> (2 * depth) & 3
    }

    fn with(self, depth: usize, family: u8) -> u8 {
        self.families & !(3 << (2 * depth)) | family << (2 * depth)
    }
}

/// The readings behind one mark, and the step that leads to each. Between equals, a mark is stray before it closes and closes
/// before it opens.
fn advance(page: &Page, readings: &Readings, mark: &Mark) -> (Readings, [Step; STACKS.len()]) {
    let mut next = [Reading::NONE; STACKS.len()];
    let stray = Step {
        mark: Use::Stray,
        before: 0,
    };
    let mut steps = [stray; STACKS.len()];
    let mut offer = |before: usize, to: u8, price: u32, mark: Use, families: u8| {
        let cost = readings[before].cost + price;
        if to != NONE && cost < next[to as usize].cost {
            next[to as usize] = Reading { cost, families };
            let before = before as u8;
            steps[to as usize] = Step { mark, before };
        }
    };
    let family = mark.family();
    let lost_closing = LOST_CLOSING[usize::from(!ends_sentence_before(page, mark.first))];
    for (stack, reading) in readings.iter().enumerate().filter(|(_, reading)| reading.cost < NEVER) {
        let levels = STACKS[stack];
        let depth = levels.len();
        let inside = u32::from(mark.level == Level::Double && levels.contains(&Level::Double));
        offer(stack, stack as u8, mark.stray + inside, Use::Stray, reading.families);
        let top = levels.last() == Some(&mark.level);
        let same_family = depth > 0 && reading.family(depth - 1) == family;
        if top {
            let price = mark.close + if same_family { 0 } else { MIXED_PAIR };
            offer(stack, CLOSE[stack], price, Use::Close, reading.families);
            let families = reading.with(depth - 1, family);
            offer(stack, stack as u8, mark.open + lost_closing, Use::Reopen, families);
        }
        if depth > 1 && levels[depth - 2] == mark.level {
            let price = mark.close + if top { CLOSE_TWO_DOUBLES } else { CLOSE_OTHER_LEVEL };
            offer(
                stack,
                CLOSE[CLOSE[stack] as usize],
                price,
                Use::CloseBoth,
                reading.families,
            );
        }
        if depth == 0 && mark.may_close_unopened {
            offer(stack, 0, mark.close + LOST_OPENING, Use::CloseUnopened, 0);
        }
        let opened = match mark.level {
            Level::Double => OPEN_DOUBLE[stack],
            Level::Single => OPEN_SINGLE[stack],
        };
        if opened != NONE {
            let again = if top {
                SAME_MARK_INSIDE[usize::from(!same_family)]
            } else {
                0
            };
            offer(stack, opened, mark.open + again, Use::Open, reading.with(depth, family));
        }
    }
    (next, steps)
}

/// True where the word before a mark ends a sentence.
fn ends_sentence_before(page: &Page, mark: usize) -> bool {
    let before = mark.checked_sub(1).map(|i| page.words[i].kind);
    matches!(
        before,
        Some(Kind::Stop | Kind::Question | Kind::Exclamation | Kind::Ellipsis)
    )
}

/// Reads the marks of some words, with their prices. `not_plain` are the page's words that are not plain letters, from these
/// words on or some before; gives back those behind.
fn read_marks<'p>(page: &Page, not_plain: &'p [u32], words: Range<usize>, marks: &mut Vec<Mark>) -> &'p [u32] {
    let (mut at, mut not_plain) = (words.start, not_plain);
    while let Some((&next, behind)) = not_plain.split_first() {
        let next = next as usize;
        if next >= words.end {
            break;
        }
        not_plain = behind;
        if (next < at) | (page.words[next].kind != Kind::Quote) {
            continue;
        }
        let glued = |&i: &usize| page.words[i].kind == Kind::Quote && !page.words[i].spaced();
        at = next + 1 + (next + 1..words.end).take_while(glued).count();
        if at - next <= LONGEST_RUN {
            Run::new(page, words.clone(), next..at).marks(marks);
        }
    }
    not_plain
}

/// Marks that stand together without a gap, and what stands on both sides of them.
struct Run<'p, 'd> {
    page: &'p Page<'d>,
    paragraph: Range<usize>,
    words: Range<usize>,
    left: Beside,
    right: Beside,
}

impl<'p, 'd> Run<'p, 'd> {
    fn new(page: &'p Page<'d>, paragraph: Range<usize>, words: Range<usize>) -> Self {
        Run {
            page,
            left: left_of(page, paragraph.start, words.start),
            right: right_of(page, paragraph.end, words.end),
            paragraph,
            words,
        }
    }

    fn marks(mut self, marks: &mut Vec<Mark>) {
        if self.clitic_ends() {
            self.words.end -= 1;
            self.right = Beside::Closer;
        }
        let mut at = self.words.start;
        while at < self.words.end {
            let last = if self.doubled(at, marks) { at + 1 } else { at };
            let mark = self.mark(at, last, marks.last());
            marks.push(mark);
            at = last + 1;
        }
    }

    /// True where the run's last mark is the apostrophe of `'s` behind a quoted word: `“Shorty”’s`.
    fn clitic_ends(&self) -> bool {
        let next = self.words.end;
        self.words.len() > 1
            && self.right == Beside::Word
            && next < self.paragraph.end
            && matches!(self.page.word(next - 1), "'" | "’")
            && matches!(self.page.word(next), "s" | "S" | "d" | "ll" | "re" | "ve")
    }

    /// True where this mark and the next are one: `‘‘`, `’’` behind it, `""` on one side of a word.
    fn doubled(&self, at: usize, marks: &[Mark]) -> bool {
        if at + 1 >= self.words.end || self.page.words[at].hash != self.page.words[at + 1].hash {
            return false;
        }
        let one_sided = (self.left == Beside::Space) != (self.right == Beside::Space);
        match self.page.word(at) {
            "\"" => one_sided && self.words.len() == 2,
            "‘" => self.page.word(at + 1) == "‘",
            "’" => self.page.word(at + 1) == "’" && marks.iter().rev().take(16).any(|m| m.first < m.last),
            _ => false,
        }
    }

    fn mark(&self, first: usize, last: usize, before: Option<&Mark>) -> Mark {
        let text = self.page.word(first);
        let form = form_of(text);
        let level = if first < last { Level::Double } else { level_of(text) };
        let (against_open, against_close) = match form {
            Form::CurlyOpen | Form::Guillemet { open: true } => (0, 3),
            Form::CurlyClose | Form::Guillemet { open: false } => (3, 0),
            Form::LowOpen => (0, NEVER),
            Form::Backtick if level == Level::Single => (0, NEVER),
            Form::Backtick => (0, 3),
            Form::Straight | Form::TwoSingles | Form::Prime => (0, 0),
        };
        let [open, close] = COSTS[self.left as usize][self.right as usize];
        let mut mark = Mark {
            first,
            last,
            level,
            form,
            open: open + against_open,
            close: (close + against_close).min(NEVER),
            stray: STRAY_DOUBLE,
            may_close_unopened: false,
        };
        match level {
            Level::Double => {
                self.inches(&mut mark);
                mark.may_close_unopened = match self.left {
                    Beside::Comma => reporting_clause(self.page, self.words.end, self.paragraph.end, false),
                    Beside::Stop => self.right == Beside::Space,
                    _ => false,
                };
            }
            Level::Single => self.apostrophe(&mut mark, before),
        }
        mark
    }

    /// A double mark right behind a number may mean inches or seconds.
    fn inches(&self, mark: &mut Mark) {
        let number = mark.first > self.paragraph.start
            && self.page.words[mark.first - 1].kind == Kind::Number
            && !self.page.words[mark.first].spaced();
        if number || mark.form == Form::Prime {
            mark.stray = 1;
        }
    }

    /// A single mark may be an apostrophe: prices by the words beside it.
    fn apostrophe(&self, mark: &mut Mark, before: Option<&Mark>) {
        use Beside::{Space, Word};
        let alone = self.words.len() == 1;
        if alone && self.left == Word && self.right == Word {
            // A curly opening mark may have lost the space before it; `Hawai‘i` finds no closing mark.
            let open = if mark.form == Form::CurlyOpen { 2 } else { NEVER };
            (mark.open, mark.close, mark.stray) = (open, NEVER, 0);
        } else if self.left != Space && self.right != Word {
            self.after_word(mark, alone, before);
        } else if self.right != Space {
            self.before_word(mark);
        } else {
            let behind_pause = mark.first > self.paragraph.start && ends_clause(self.page, mark.first - 1);
            mark.stray = if behind_pause { 3 } else { 1 };
            mark.open += 2;
        }
    }

    /// A single mark behind a word: a possessive, a dropped letter, feet, or the end of a passage.
    fn after_word(&self, mark: &mut Mark, alone: bool, before: Option<&Mark>) {
        mark.stray = 4;
        let Some(word) = (mark.first > self.paragraph.start).then(|| &self.page.words[mark.first - 1]) else {
            return;
        };
        if !alone || !matches!(word.kind, Kind::Letters | Kind::Number) {
            return;
        }
        let text = self.page.word(mark.first - 1);
        let next = self
            .page
            .words
            .get(mark.last + 1)
            .filter(|_| mark.last + 1 < self.paragraph.end);
        if word.kind == Kind::Number {
            mark.stray = 0;
        } else if text.ends_with(['s', 'S', 'z']) {
            let owns = next.is_some_and(may_be_owned);
            let term = before.is_some_and(|b| self.opens_term(b, mark));
            let price = [0, if term { 1 } else { 2 }][usize::from(owns)];
            (mark.close, mark.stray) = (mark.close + price, if owns { 0 } else { 1 });
        } else if drops_letter(text) {
            (mark.close, mark.stray) = (mark.close + 1, 1);
        } else {
            mark.stray = 3;
        }
    }

    /// True where the mark before stands among the writer's words and a word or two before this one: the ‘insiders’.
    fn opens_term(&self, before: &Mark, mark: &Mark) -> bool {
        before.level == Level::Single
            && before.open == 0
            && before.first >= self.paragraph.start
            && mark.first - before.last <= 4
            && !begins_speech(self.page, before.first)
    }

    /// A single mark before a word: a dropped beginning, a year, or the start of a passage.
    fn before_word(&self, mark: &mut Mark) {
        let next = &self.page.words[mark.last + 1];
        let text = self.page.word(mark.last + 1);
        let year = next.kind == Kind::Number && text.len() == 2;
        let decade = year
            && self
                .page
                .words
                .get(mark.last + 2)
                .is_some_and(|w| w.letters() && !w.spaced());
        if mark.last + 1 == self.words.end && (next.is(Class::ELISION) || year) {
            (mark.open, mark.stray) = (mark.open + if year && !decade { 2 } else { 3 }, 0);
        } else {
            mark.stray = match mark.form {
                Form::CurlyOpen if mark.first > self.words.start || begins_speech(self.page, mark.first) => 6,
                Form::CurlyOpen | Form::Guillemet { .. } | Form::LowOpen => 4,
                Form::CurlyClose => 1,
                _ => 3,
            };
        }
    }
}

/// True where an opening mark stands where speech begins: first in its paragraph or behind a comma or colon.
fn begins_speech(page: &Page, mark: usize) -> bool {
    page.words[mark].shape.has(Shape::FIRST)
        || mark == 0
        || matches!(page.words[mark - 1].kind, Kind::Comma | Kind::Colon)
}

/// True for a mark that ends a clause.
fn ends_clause(page: &Page, word: usize) -> bool {
    matches!(
        page.words[word].kind,
        Kind::Comma | Kind::Stop | Kind::Question | Kind::Exclamation
    )
}

/// True where a reporting clause begins at a word: a few names, titles or a pronoun, and a verb of speech, in either order.
/// `strict` asks that the clause ends there.
fn reporting_clause(page: &Page, from: usize, end: usize, strict: bool) -> bool {
    let subject = Class::PERSON_PRONOUN | Class::DETERMINER | Class::TITLE | Class::ROLE;
    let names = |word: &Word| word.letters() && (word.capital() || word.is(subject)) || word.kind == Kind::Stop;
    let count = |from: usize| {
        page.words[from..end]
            .iter()
            .take(4)
            .take_while(|word| names(word))
            .count()
    };
    let verb = from + count(from);
    if verb >= end || page.words[from].kind == Kind::Stop || !page.words[verb].is(Class::SAY) {
        return false;
    }
    let after = verb + 1 + if verb == from { count(verb + 1) } else { 0 };
    let subject_found = after > from + 1;
    let ends = after >= end
        || matches!(
            page.words[after].kind,
            Kind::Comma | Kind::Stop | Kind::Colon | Kind::Dash
        );
    subject_found && (ends || !strict || page.words[after - 1].kind == Kind::Stop)
}

/// True where a plural possessive may stand before the word: a noun or what stands before one, not a verb or small word.
fn may_be_owned(word: &Word) -> bool {
    let small = Class::AUXILIARY
        | Class::MODAL
        | Class::PREPOSITION
        | Class::COORDINATOR
        | Class::SUBORDINATOR
        | Class::DETERMINER
        | Class::PERSON_PRONOUN
        | Class::RELATIVE
        | Class::NEGATION
        | Class::VERB_GERUND
        | Class::SAY
        | Class::INFINITIVE_MARK;
    word.spaced() && matches!(word.kind, Kind::Letters | Kind::Number | Kind::Quote | Kind::Symbol) && !word.is(small)
}

/// True for a word that may have lost its last letters: goin’, ol’, an’.
fn drops_letter(text: &str) -> bool {
    let long = text.len() > 4 && text.ends_with("in");
    long || matches!(
        text,
        "ol" | "o" | "an" | "th" | "wi" | "lil" | "li" | "tha" | "n" | "mo" | "po"
    )
}

/// What stands before a run of marks; emphasis marks are looked through.
fn left_of(page: &Page, start: usize, first: usize) -> Beside {
    let mut at = first;
    loop {
        if at == start || page.words[at].spaced() {
            return Beside::Space;
        }
        at -= 1;
        if !emphasis(page, at) {
            return if markup(page, at) {
                Beside::Opener
            } else {
                beside(page, at)
            };
        }
    }
}

/// What stands behind a run of marks; emphasis marks are looked through.
fn right_of(page: &Page, end: usize, after: usize) -> Beside {
    let mut at = after;
    while at < end && !page.words[at].spaced() {
        if !emphasis(page, at) {
            return if markup(page, at) {
                Beside::Closer
            } else {
                beside(page, at)
            };
        }
        at += 1;
    }
    Beside::Space
}

fn emphasis(page: &Page, at: usize) -> bool {
    page.words[at].kind == Kind::Symbol && matches!(page.word(at), "*" | "_")
}

/// Leftovers of a tag: `title="…">“…”<`.
fn markup(page: &Page, at: usize) -> bool {
    page.words[at].kind == Kind::Symbol && matches!(page.word(at), "<" | ">" | "=")
}

fn beside(page: &Page, at: usize) -> Beside {
    match page.words[at].kind {
        Kind::Letters | Kind::Number | Kind::Clitic | Kind::Handle | Kind::Address | Kind::Quote => Beside::Word,
        Kind::Stop | Kind::Question | Kind::Exclamation => Beside::Stop,
        Kind::Ellipsis => Beside::Ellipsis,
        Kind::Comma | Kind::Semicolon | Kind::Colon => Beside::Comma,
        Kind::Dash | Kind::Hyphen | Kind::Slash => Beside::Dash,
        Kind::Open => Beside::Opener,
        Kind::Close => Beside::Closer,
        Kind::Symbol => Beside::Symbol,
    }
}

/// The price of opening, by the surroundings: nothing where white space stands before and none behind.
const fn open_cost(left: Beside, right: Beside) -> u32 {
    use Beside::{Closer, Comma, Dash, Ellipsis, Opener, Space, Stop, Symbol, Word};
    match (left, right) {
        (Space, Space) => 2,
        (Space, Stop | Comma | Closer) => 4,
        (Opener | Dash | Comma, Space) => 4,
        (_, Space | Stop | Comma | Closer) => 6,
        (Space | Opener | Dash, _) => 0,
        (Comma | Symbol, _) => 1,
        (Stop | Ellipsis, _) => 2,
        (Word | Closer, Dash | Ellipsis) => 6,
        (Word | Closer, _) => 3,
    }
}

/// The price of closing, by the surroundings: nothing where no white space stands before and some (or punctuation) behind.
const fn close_cost(left: Beside, right: Beside) -> u32 {
    use Beside::{Closer, Comma, Dash, Ellipsis, Opener, Space, Stop, Symbol, Word};
    match (left, right) {
        (Space, Space | Stop | Comma | Closer) => 2,
        (Opener, Space) => 4,
        (Space | Opener, _) => 6,
        (_, Space | Stop | Comma | Closer | Dash | Ellipsis) => 0,
        (Stop | Comma | Ellipsis, Word | Opener | Symbol) => 1,
        (Dash, Word | Opener | Symbol) => 4,
        (Word | Closer | Symbol, Opener) => 1,
        (Word | Closer | Symbol, Word | Symbol) => 3,
    }
}

fn level_of(mark: &str) -> Level {
    match mark {
        "'" | "’" | "‘" | "‛" | "‚" | "‹" | "›" | "`" | "′" => Level::Single,
        _ => Level::Double,
    }
}

fn form_of(mark: &str) -> Form {
    match mark {
        "“" | "‘" => Form::CurlyOpen,
        "”" | "’" => Form::CurlyClose,
        "„" | "‚" => Form::LowOpen,
        "«" | "‹" => Form::Guillemet { open: true },
        "»" | "›" => Form::Guillemet { open: false },
        "''" => Form::TwoSingles,
        "`" | "``" => Form::Backtick,
        "′" | "″" => Form::Prime,
        _ => Form::Straight,
    }
}
