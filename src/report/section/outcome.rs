//! The outcome of a finished project: what was promised, what came, which tolerances were kept.

use crate::analysis::closure::outcome::{Dimension, Figure, Promise, Verdict};
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::language::{Part, Phrase};
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::{against_budget, capital, working_days};

pub(super) const SECTION: Section = Section {
    id: "outcome",
    title: "Outcome",
    about: "Budget, finish, effort, scope, quality, risk and benefits of a finished project: promised, came, tolerance kept or broken.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let promises = &subject.found.closure.outcome;
    if promises.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Paragraph(told(subject, promises)), Block::Table(table(subject, promises))];
    if promises.iter().any(|promise| promise.verdict == Verdict::NotYet) {
        blocks.push(Block::Note(subject.word(word!(
            "Benefits that are promised for days after the project's end cannot be judged yet: whoever takes over \
             what was built measures them when they fall due."
        ))));
    }
    blocks
}

/// Which tolerances were kept, which broken.
fn told(subject: &Subject<'_>, promises: &[Promise]) -> String {
    let names = |verdicts: &[Verdict]| -> Vec<Part> {
        promises
            .iter()
            .filter(|promise| verdicts.contains(&promise.verdict) && promise.tolerance.is_some())
            .map(|promise| Part::Word(name(promise.dimension)))
            .collect()
    };
    let (broken, kept) = (names(&[Verdict::Broken]), names(&[Verdict::Kept]));
    let open = names(&[Verdict::NotYet, Verdict::NotAssessable]);
    let judged = match (broken.len(), kept.len()) {
        (0, 0) if open.is_empty() => Some(phrase!("The charter set no tolerances.")),
        (0, 0) => None,
        (0, _) if open.is_empty() => Some(phrase!("Every tolerance of the charter was kept: {kept}.", kept)),
        (0, n) => Some(phrase!("The {n|tolerance|tolerances} of {kept} {n|was|were} kept.", n, kept)),
        (_, 0) if open.is_empty() => {
            Some(phrase!("Every tolerance of the charter was broken: {broken}.", broken))
        }
        (n, 0) => Some(phrase!("The {n|tolerance|tolerances} of {broken} {n|was|were} broken.", n, broken)),
        (n, _) => Some(phrase!(
            "The {n|tolerance|tolerances} of {broken} {n|was|were} broken; kept: {kept}.",
            n,
            broken,
            kept
        )),
    };
    let open = (!open.is_empty()).then(|| {
        phrase!(
            "Whether the {n|tolerance|tolerances} of {open} {n|was|were} kept cannot be judged.",
            n = open.len(),
            open
        )
    });
    let cost =
        subject.found.closure.promise(Dimension::Cost).and_then(|cost| match (cost.over, cost.baseline) {
            (Some(over), Some(Figure::Money(bac))) => {
                Some(Part::from(against_budget(over, bac.units(), &subject.format)))
            }
            _ => None,
        });
    let late = subject.found.closure.promise(Dimension::Finish).and_then(|finish| finish.over).map(|late| {
        let days = working_days(late);
        Part::from(if late >= 0.0 {
            phrase!("{days} after the baseline finish", days)
        } else {
            phrase!("{days} before the baseline finish", days)
        })
    });
    let came: Vec<Part> = [cost, late].into_iter().flatten().collect();
    let came = (!came.is_empty()).then(|| phrase!("The project ended {came}.", came));
    subject.say_all(&came.into_iter().chain(judged).chain(open).collect::<Vec<_>>())
}

/// What the lines are called within a sentence.
const fn name(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Cost => word!("promise::cost"),
        Dimension::Finish => word!("promise::finish"),
        Dimension::Effort => word!("promise::hours of people"),
        Dimension::Scope => word!("promise::deliverables accepted"),
        Dimension::Quality => word!("promise::critical and high defects open"),
        Dimension::Risk => word!("promise::exposure to open risks"),
        Dimension::Benefit => word!("promise::benefits"),
    }
}

/// A line a dimension. Their units differ, so the cells are texts; the JSON has the figures.
fn table(subject: &Subject<'_>, promises: &[Promise]) -> Table {
    let first = promises.iter().any(|promise| promise.first.is_some());
    let rows = promises.iter().map(|promise| {
        let mut cells = vec![Value::Text(capital(&subject.word(name(promise.dimension))))];
        if first {
            cells.push(figure(subject, promise.first));
        }
        cells.extend([
            figure(subject, promise.baseline),
            figure(subject, promise.came),
            over(subject, promise),
            tolerance(subject, promise),
            subject.cell(verdict(promise.verdict)),
        ]);
        Row::new(cells)
    });
    let mut columns = vec![Column::new("promise", "Promised", Kind::Text).weight(4)];
    if first {
        columns.push(Column::new("first", "First agreed", Kind::Text).weight(3));
    }
    columns.extend([
        Column::new("baseline", "Baseline", Kind::Text).weight(3),
        Column::new("came", "Came", Kind::Text).weight(3),
        Column::new("over", "Difference", Kind::Text).weight(4),
        Column::new("tolerance", "Tolerance", Kind::Text).weight(3),
        Column::new("verdict", "Verdict", Kind::Text).weight(3),
    ]);
    Table {
        id: "outcome",
        caption: subject.word(word!("What was promised and what came")),
        columns,
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

fn figure(subject: &Subject<'_>, figure: Option<Figure>) -> Value {
    let Some(figure) = figure else { return Value::Empty };
    Value::Text(match figure {
        Figure::Money(amount) => subject.format.number(amount.units(), subject.format.money_decimals),
        Figure::Day(day) => subject.format.day(day),
        Figure::Hours(work) => subject.say(hours(work.hours())),
        Figure::Count(count) => count.to_string(),
    })
}

/// `1,420 hours`.
fn hours(hours: f64) -> Phrase {
    phrase!("{n} {n|hour|hours}", n = Part::number(hours, 0))
}

/// A length in the unit of the dimension, without a sign.
fn length(subject: &Subject<'_>, dimension: Dimension, length: f64) -> Part {
    match dimension {
        Dimension::Cost | Dimension::Risk => Part::number(length.abs(), subject.format.money_decimals),
        Dimension::Finish => working_days(length).into(),
        Dimension::Effort => hours(length.abs()).into(),
        Dimension::Scope | Dimension::Quality => Part::number(length.abs(), 0),
        Dimension::Benefit => Part::share(length),
    }
}

fn over(subject: &Subject<'_>, promise: &Promise) -> Value {
    let Some(over) = promise.over else { return Value::Empty };
    let baseline = match promise.baseline {
        Some(Figure::Money(amount)) => Some(amount.units()),
        Some(Figure::Hours(work)) => Some(work.hours()),
        _ => None,
    };
    if over == 0.0 {
        return subject.cell(word!("difference::none"));
    }
    let length = length(subject, promise.dimension, over);
    let text = match (promise.dimension, over > 0.0) {
        (Dimension::Finish, true) => phrase!("{length} late", length),
        (Dimension::Finish, false) => phrase!("{length} early", length),
        (Dimension::Scope, true) => phrase!("{length} not accepted", length),
        (Dimension::Quality | Dimension::Risk, _) => phrase!("{length} open", length),
        (_, true) | (Dimension::Scope, _) => phrase!("difference::{length} more", length),
        (_, false) => phrase!("difference::{length} less", length),
    };
    let share = baseline.filter(|baseline| *baseline > 0.0).map(|all| Part::share((over / all).abs()));
    Value::Text(subject.say(match share {
        Some(share) => phrase!("{text} ({share})", text, share),
        None => text,
    }))
}

fn tolerance(subject: &Subject<'_>, promise: &Promise) -> Value {
    let allowed = promise.tolerance.map(|allowed| length(subject, promise.dimension, allowed));
    allowed.map_or(Value::Empty, |allowed| Value::Text(subject.say(phrase!("{allowed}", allowed))))
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Kept => word!("tolerance::kept"),
        Verdict::Broken => word!("tolerance::broken"),
        Verdict::NotYet => word!("not yet to be judged"),
        Verdict::NotAssessable => word!("not assessable"),
        Verdict::NoTolerance => word!("no tolerance set"),
    }
}
