//! Text between quotation marks.
//!
//! Needs the words and sentences, gives [`Marked`] spans in order of their opening marks: what stands between which marks, how
//! deep, and whether the passage runs on from the paragraph before. Each paragraph is read by itself: every mark has a price
//! for opening, closing and being stray, by its form and the white space around it, and the cheapest reading of all marks of
//! the paragraph wins ([`cheapest`]), so a stray mark harms at most its paragraph. In doubt a single mark is an apostrophe.
//! It does not say who speaks, nor whether the words are speech or a title; `speakers` does.

use crate::seeds::{Class, Seeds};
use crate::sentences::Sentence;
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

/// Finds the marked passages of a page.
pub fn find(page: &Page, _sentences: &[Sentence], _seeds: &Seeds) -> Vec<Marked> {
    let mut finder = Finder {
        page,
        marks: Vec::new(),
        steps: Vec::new(),
        open: Vec::new(),
        left_open: Vec::new(),
        found: Vec::new(),
    };
    for paragraph in 0..page.paragraphs.len() {
        finder.paragraph(paragraph);
    }
    finder.found
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

/// What a reading does with a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Stray,
    Close,
    Open,
    /// The passage that stands open lost its closing mark: it ends here, and another opens.
    Reopen,
}

/// One step of the cheapest reading that ends in a given stack: the use of the mark, and the stack before it.
#[derive(Debug, Clone, Copy)]
struct Step {
    mark: Use,
    before: u8,
}

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
/// A double mark inside a passage in double marks.
const SAME_MARK_INSIDE: u32 = 3;
/// A passage that another opening mark ends.
const LOST_CLOSING: u32 = 4;
/// A passage left open at the end of its paragraph, by level.
const LEFT_OPEN: [u32; 2] = [4, 5];
/// The same, where the next paragraph repeats the opening mark.
const LEFT_OPEN_REPEATED: u32 = 1;
/// A run of more marks than this is a drawing.
const LONGEST_RUN: usize = 6;

struct Finder<'p, 'd> {
    page: &'p Page<'d>,
    /// The marks of the paragraph.
    marks: Vec<Mark>,
    /// For each mark, the last step of the cheapest reading to each stack.
    steps: Vec<[Step; STACKS.len()]>,
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
        read_marks(self.page, words.clone(), &mut self.marks);
        let before = std::mem::take(&mut self.left_open);
        if self.marks.is_empty() {
            return;
        }
        let repeated = self.repeated_in(paragraph + 1);
        let uses = cheapest(&self.marks, repeated, &mut self.steps);
        let first_found = self.found.len();
        for (i, mark_use) in uses.into_iter().enumerate() {
            let mark = self.marks[i];
            match mark_use {
                Use::Stray => {}
                Use::Open => self.open(mark, paragraph),
                Use::Close => self.close(mark),
                Use::Reopen => {
                    self.leave(mark.first, "quotes/lost-closing");
                    self.open(mark, paragraph);
                }
            }
        }
        while let Some(&(found, mark)) = self.open.last() {
            self.left_open.push((found, mark.level));
            self.leave(words.end, "quotes/open-at-paragraph-end");
        }
        self.left_open.reverse();
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
                read_marks(self.page, first..end, &mut marks);
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

    fn close(&mut self, mark: Mark) {
        if let Some((index, opening)) = self.open.pop() {
            let found = &mut self.found[index];
            found.span.end = self.page.words[mark.last].end;
            found.inner.end = self.page.words[mark.first].start;
            found.words.end = mark.last + 1;
            found.closed = true;
            found.rule = pair_rule(opening, mark);
        }
    }

    /// Ends the innermost open passage before the word `end`.
    fn leave(&mut self, end: usize, rule: &'static str) {
        if let Some((index, _)) = self.open.pop() {
            let found = &mut self.found[index];
            let last = end.max(found.words.end) - 1;
            found.span.end = self.page.words[last].end;
            found.inner.end = found.span.end;
            found.words.end = last + 1;
            found.rule = rule;
        }
    }

    /// Links the passages that repeat, at the start of a paragraph, the marks that the paragraph before left open.
    fn go_on(&mut self, before: &[(usize, Level)], first_found: usize, start: usize) {
        let first = first_word(self.page, start..self.page.words.len());
        let mut next = self.page.words.get(first).map_or(0, |word| word.start);
        for (passage, &(earlier, level)) in self.found[first_found..].iter_mut().zip(before) {
            let opening = self.page.at(Span::new(passage.span.start, passage.inner.start));
            if passage.span.start != next || level_of(opening) != level {
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
fn cheapest(marks: &[Mark], repeated: [bool; 2], steps: &mut Vec<[Step; STACKS.len()]>) -> Vec<Use> {
    let mut costs = [NEVER; STACKS.len()];
    costs[0] = 0;
    steps.clear();
    for mark in marks {
        let (next, step) = advance(&costs, mark);
        // Only differences matter: kept small, the sums cannot overflow.
        let least = next.iter().copied().min().unwrap_or(0);
        costs = next.map(|cost| if cost >= NEVER { NEVER } else { cost - least });
        steps.push(step);
    }
    let leave = |level: Level| match repeated[level as usize] {
        true => LEFT_OPEN_REPEATED,
        false => LEFT_OPEN[level as usize],
    };
    let total = |stack: usize| costs[stack] + STACKS[stack].iter().map(|&level| leave(level)).sum::<u32>();
    let mut stack = (0..STACKS.len()).min_by_key(|&stack| total(stack)).unwrap_or(0);
    let mut uses = vec![Use::Stray; marks.len()];
    for (i, step) in steps.iter().enumerate().rev() {
        uses[i] = step[stack].mark;
        stack = step[stack].before as usize;
    }
    uses
}

/// The prices of all stacks behind one mark, and the step that leads to each. Between equals, a mark is stray before it closes
/// and closes before it opens.
fn advance(costs: &[u32; STACKS.len()], mark: &Mark) -> ([u32; STACKS.len()], [Step; STACKS.len()]) {
    let mut next = [NEVER; STACKS.len()];
    let mut steps = [Step {
        mark: Use::Stray,
        before: 0,
    }; STACKS.len()];
    let mut offer = |to: usize, cost: u32, mark: Use, before: usize| {
        if cost < next[to] {
            next[to] = cost;
            steps[to] = Step {
                mark,
                before: before as u8,
            };
        }
    };
    for (stack, &cost) in costs.iter().enumerate().filter(|&(_, &cost)| cost < NEVER) {
        let inside = u32::from(mark.level == Level::Double && STACKS[stack].contains(&Level::Double));
        offer(stack, cost + mark.stray + inside, Use::Stray, stack);
        let top = STACKS[stack].last() == Some(&mark.level);
        if top {
            offer(CLOSE[stack] as usize, cost + mark.close, Use::Close, stack);
            offer(stack, cost + mark.open + LOST_CLOSING, Use::Reopen, stack);
        }
        let opened = match mark.level {
            Level::Double => OPEN_DOUBLE[stack],
            Level::Single => OPEN_SINGLE[stack],
        };
        if opened != NONE {
            let same = if top { SAME_MARK_INSIDE } else { 0 };
            offer(opened as usize, cost + mark.open + same, Use::Open, stack);
        }
    }
    (next, steps)
}

/// Reads the marks of some words, with their prices.
fn read_marks(page: &Page, words: Range<usize>, marks: &mut Vec<Mark>) {
    let mut at = words.start;
    while at < words.end {
        if page.words[at].kind != Kind::Quote {
            at += 1;
            continue;
        }
        let glued = |&i: &usize| page.words[i].kind == Kind::Quote && !page.words[i].spaced();
        let end = at + 1 + (at + 1..words.end).take_while(glued).count();
        if end - at <= LONGEST_RUN {
            Run::new(page, words.clone(), at..end).marks(marks);
        }
        at = end;
    }
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
            let mark = self.mark(at, last);
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

    fn mark(&self, first: usize, last: usize) -> Mark {
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
        let mut mark = Mark {
            first,
            last,
            level,
            form,
            open: open_cost(self.left, self.right) + against_open,
            close: (close_cost(self.left, self.right) + against_close).min(NEVER),
            stray: STRAY_DOUBLE,
        };
        match level {
            Level::Double => self.inches(&mut mark),
            Level::Single => self.apostrophe(&mut mark),
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
    fn apostrophe(&self, mark: &mut Mark) {
        use Beside::{Space, Word};
        let alone = self.words.len() == 1;
        if alone && self.left == Word && self.right == Word {
            (mark.open, mark.close, mark.stray) = (NEVER, NEVER, 0);
        } else if self.left != Space && self.right != Word {
            self.after_word(mark, alone);
        } else if self.right != Space {
            self.before_word(mark);
        } else {
            mark.stray = 1;
            mark.open += 2;
        }
    }

    /// A single mark behind a word: a possessive, a dropped letter, feet, or the end of a passage.
    fn after_word(&self, mark: &mut Mark, alone: bool) {
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
        } else if text.ends_with(['s', 'S', 'x', 'z']) {
            let owns = next.is_some_and(may_be_owned);
            (mark.close, mark.stray) = (mark.close + if owns { 2 } else { 0 }, if owns { 0 } else { 1 });
        } else if drops_letter(text) {
            (mark.close, mark.stray) = (mark.close + 1, 1);
        } else {
            mark.stray = 3;
        }
    }

    /// A single mark before a word: a dropped beginning, a year, or the start of a passage.
    fn before_word(&self, mark: &mut Mark) {
        let next = &self.page.words[mark.last + 1];
        let text = self.page.word(mark.last + 1);
        let year = next.kind == Kind::Number && text.len() == 2;
        if mark.last + 1 == self.words.end && (next.is(Class::ELISION) || year) {
            (mark.open, mark.stray) = (mark.open + 3, 0);
        } else {
            let sure = self.page.words[mark.first].shape.has(Shape::FIRST) || self.left == Beside::Comma;
            mark.stray = match mark.form {
                Form::CurlyOpen if sure => 6,
                Form::CurlyOpen | Form::Guillemet { .. } | Form::LowOpen => 4,
                Form::CurlyClose => 1,
                _ => 2,
            };
        }
    }
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
            return beside(page, at);
        }
    }
}

/// What stands behind a run of marks; emphasis marks are looked through.
fn right_of(page: &Page, end: usize, after: usize) -> Beside {
    let mut at = after;
    while at < end && !page.words[at].spaced() {
        if !emphasis(page, at) {
            return beside(page, at);
        }
        at += 1;
    }
    Beside::Space
}

fn emphasis(page: &Page, at: usize) -> bool {
    page.words[at].kind == Kind::Symbol && matches!(page.word(at), "*" | "_")
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
fn open_cost(left: Beside, right: Beside) -> u32 {
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
fn close_cost(left: Beside, right: Beside) -> u32 {
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
