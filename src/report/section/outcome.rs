//! The outcome of a finished project: what was promised, what came, which tolerances were kept.

use crate::analysis::closure::outcome::{Dimension, Figure, Promise, Verdict};
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::{against_budget, listed, working_days};
use crate::wording::percent;

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
        blocks.push(Block::Note(
            "Benefits that are promised for days after the project's end cannot be judged yet: whoever takes over \
             what was built measures them when they fall due."
                .to_owned(),
        ));
    }
    blocks
}

/// Which tolerances were kept, which broken.
fn told(subject: &Subject<'_>, promises: &[Promise]) -> String {
    let names = |verdict: Verdict| -> Vec<String> {
        promises
            .iter()
            .filter(|promise| promise.verdict == verdict)
            .map(|p| name(p.dimension).to_lowercase())
            .collect()
    };
    let (broken, kept) = (names(Verdict::Broken), names(Verdict::Kept));
    let tolerances = match (broken.as_slice(), kept.as_slice()) {
        ([], []) => "The charter set no tolerances.".to_owned(),
        ([], kept) => format!("Every tolerance of the charter was kept: {}.", listed(kept)),
        (broken, []) => format!("Every tolerance of the charter was broken: {}.", listed(broken)),
        (broken, kept) => {
            let (of, were) = if broken.len() == 1 { ("tolerance", "was") } else { ("tolerances", "were") };
            format!("The {of} of {} {were} broken; kept: {}.", listed(broken), listed(kept))
        }
    };
    let cost =
        subject.found.closure.promise(Dimension::Cost).and_then(|cost| match (cost.over, cost.baseline) {
            (Some(over), Some(Figure::Money(bac))) => {
                Some(against_budget(over, bac.units(), &subject.format))
            }
            _ => None,
        });
    let late = subject.found.closure.promise(Dimension::Finish).and_then(|finish| finish.over).map(|late| {
        let direction = if late >= 0.0 { "after" } else { "before" };
        format!("{} {direction} the baseline finish", working_days(late))
    });
    let came: Vec<String> = [cost, late].into_iter().flatten().collect();
    let came = if came.is_empty() { String::new() } else { format!("The project ended {}. ", listed(&came)) };
    format!("{came}{tolerances}")
}

/// What the lines are called.
pub(in crate::report) fn name(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Cost => "Cost",
        Dimension::Finish => "Finish",
        Dimension::Effort => "Hours of people",
        Dimension::Scope => "Deliverables accepted",
        Dimension::Quality => "Critical and high defects open",
        Dimension::Risk => "Exposure to open risks",
        Dimension::Benefit => "Benefits",
    }
}

/// A line a dimension. Their units differ, so the cells are texts; the JSON has the figures.
fn table(subject: &Subject<'_>, promises: &[Promise]) -> Table {
    let first = promises.iter().any(|promise| promise.first.is_some());
    let rows = promises.iter().map(|promise| {
        let mut cells = vec![Value::Text(name(promise.dimension).to_owned())];
        if first {
            cells.push(figure(subject, promise.first));
        }
        cells.extend([
            figure(subject, promise.baseline),
            figure(subject, promise.came),
            over(subject, promise),
            tolerance(subject, promise),
            Value::Text(verdict(promise.verdict).to_owned()),
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
        caption: "What was promised and what came".to_owned(),
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
        Figure::Hours(work) => format!("{} hours", subject.format.number(work.hours(), 0)),
        Figure::Count(count) => count.to_string(),
    })
}

/// A length in the unit of the dimension, without a sign.
fn length(subject: &Subject<'_>, dimension: Dimension, length: f64) -> String {
    let number = |decimals| subject.format.number(length.abs(), decimals);
    match dimension {
        Dimension::Cost | Dimension::Risk => number(subject.format.money_decimals),
        Dimension::Finish => subject.say(working_days(length)),
        Dimension::Effort => format!("{} hours", number(0)),
        Dimension::Scope | Dimension::Quality => number(0),
        Dimension::Benefit => percent(length),
    }
}

fn over(subject: &Subject<'_>, promise: &Promise) -> Value {
    let Some(over) = promise.over else { return Value::Empty };
    let baseline = match promise.baseline {
        Some(Figure::Money(amount)) => Some(amount.units()),
        Some(Figure::Hours(work)) => Some(work.hours()),
        _ => None,
    };
    let share = baseline
        .filter(|baseline| *baseline > 0.0)
        .map(|baseline| format!(" ({})", percent((over / baseline).abs())));
    let words = match promise.dimension {
        Dimension::Finish => ("late", "early"),
        Dimension::Scope => ("not accepted", "more"),
        Dimension::Quality | Dimension::Risk => ("open", "open"),
        _ => ("more", "less"),
    };
    let text = if over == 0.0 {
        "none".to_owned()
    } else {
        let direction = if over > 0.0 { words.0 } else { words.1 };
        format!("{} {direction}{}", length(subject, promise.dimension, over), share.unwrap_or_default())
    };
    Value::Text(text)
}

fn tolerance(subject: &Subject<'_>, promise: &Promise) -> Value {
    promise.tolerance.map_or(Value::Empty, |allowed| Value::Text(length(subject, promise.dimension, allowed)))
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Kept => "kept",
        Verdict::Broken => "broken",
        Verdict::NotYet => "not yet to be judged",
        Verdict::NoTolerance => "no tolerance set",
    }
}
