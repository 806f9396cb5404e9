//! The forecasts on the way, scored against the end: cost and finish over time, every method with its error.

mod charts;

use chrono::NaiveDate;

use crate::analysis::FinishForecast;
use crate::analysis::score::{Case, Errors, RECOMMENDED, Score, Scored};
use crate::calendar::last_day;
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::language::{Part, Phrase};
use crate::report::section::Section;
use crate::report::subject::Subject;

pub(super) const SECTION: Section = Section {
    id: "forecast_record",
    title: "Forecasts and what came",
    about: "What was forecast at each status date of a finished project, knowing only what was known then, against its real end.",
    compose,
};

/// A forecast this near to what came, as a share of it, was good enough to act on.
const NEAR: f64 = 0.10;

/// How the past is looked at.
const DEFINITION: &str = word!(
    "Each forecast is computed anew from what was known on its date: statements, bookings and postings \
    until then, and the baseline as it is now; plans made later are left out. Dates with less than 2% or more than 98% earned \
    are not scored. Errors are shares of the real cost and of the real duration; early, middle and late are thirds of the \
    work."
);

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let Some(record) = &subject.found.closure.record else { return Vec::new() };
    let mut blocks = vec![Block::Paragraph(told(subject, record))];
    blocks.extend(charts::cost(subject, record).map(Block::Chart));
    blocks.extend(charts::finish(subject, record).map(Block::Chart));
    blocks.push(Block::Table(dates(subject, record)));
    let score = Score { projects: vec![record.clone()], left_out: Vec::new() };
    let name = |method: &str| {
        let found = subject.found;
        let cost = found.cost_forecasts.iter().find(|f| f.method == method).map(|f| f.name);
        cost.or_else(|| FinishForecast::of(&found.finish_forecasts, method).map(|f| f.name))
    };
    blocks.push(Block::Table(methods(
        subject,
        ("cost_errors", word!("Cost: mean error, as a share of the real cost")),
        &score.cost(),
        name,
    )));
    blocks.push(Block::Table(methods(
        subject,
        ("finish_errors", word!("Finish: mean error, as a share of the real duration")),
        &score.finish(),
        name,
    )));
    blocks.push(Block::Note(subject.word(DEFINITION)));
    blocks
}

/// How the recommended forecasts did, and from when on they were near.
fn told(subject: &Subject<'_>, record: &Scored) -> String {
    let first = phrase!(
        "Looked at from {n} {n|status date|status dates} on the way, knowing only what was known then.",
        n = record.cases.len()
    );
    let off = |of: fn(&Case) -> &[(&'static str, f64)], kept: fn(&Case) -> Option<bool>| {
        let errors =
            record.cases.iter().filter_map(|case| Some((case.at.day(), error(of(case), RECOMMENDED)?)));
        let kept: Vec<bool> = record.cases.iter().filter_map(kept).collect();
        Off::of(&errors.collect::<Vec<_>>(), &kept)
    };
    let cost = off(|case| &case.cost, |case| case.cost_range?.kept).map(|Off { mean, worst, near }| {
        let share = Part::share(worst.abs());
        let worst = if worst > 0.0 {
            phrase!("at worst {share} too high", share)
        } else {
            phrase!("at worst {share} too low", share)
        };
        phrase!("The recommended cost was off by {mean} on average, {worst}, and {near}.", mean, worst, near)
    });
    let finish = off(|case| &case.finish, |case| case.finish_range?.kept).map(|Off { mean, worst, near }| {
        let share = Part::share(worst.abs());
        let worst = if worst > 0.0 {
            phrase!("at worst {share} too late", share)
        } else {
            phrase!("at worst {share} too early", share)
        };
        phrase!(
            "The recommended finish was off by {mean} on average, {worst}, and {near}.",
            mean,
            worst,
            near
        )
    });
    subject.say_all(&[Some(first), cost, finish].into_iter().flatten().collect::<Vec<_>>())
}

/// How far off a recommended forecast was.
struct Off {
    /// The mean error.
    mean: Part,
    /// The greatest, with its sign.
    worst: f64,
    /// From when on it was near, and how often P80 held.
    near: Phrase,
}

impl Off {
    /// By the errors at the dates and whether P80 held; none without errors.
    fn of(errors: &[(NaiveDate, f64)], kept: &[bool]) -> Option<Self> {
        let (_, worst) = errors
            .iter()
            .copied()
            .reduce(|worst, next| if next.1.abs() > worst.1.abs() { next } else { worst })?;
        #[expect(clippy::cast_precision_loss, reason = "a handful of dates")]
        let mean = errors.iter().map(|(_, error)| error.abs()).sum::<f64>() / errors.len() as f64;
        let near_from = errors.iter().rposition(|(_, error)| error.abs() > NEAR).map_or(0, |last| last + 1);
        let share = Part::share(NEAR);
        let mut near = match errors.get(near_from) {
            Some((day, _)) => phrase!("within {share} from {day} on", share, day = *day),
            None => phrase!("never within {share}", share),
        };
        if !kept.is_empty() {
            let held = kept.iter().filter(|kept| **kept).count();
            near = phrase!("{near}; its P80 held on {n} of {all}", near, n = held, all = kept.len());
        }
        Some(Self { mean: Part::share(mean), worst, near })
    }
}

fn error(errors: &[(&'static str, f64)], method: &str) -> Option<f64> {
    errors.iter().find(|(known, _)| *known == method).map(|(_, error)| *error)
}

/// A status date a row: what was forecast, how far off it was, whether P80 held.
fn dates(subject: &Subject<'_>, record: &Scored) -> Table {
    let held = |kept: Option<bool>| match kept {
        Some(true) => subject.cell(word!("forecast::held")),
        Some(false) => subject.cell(word!("forecast::missed")),
        None => Value::Empty,
    };
    let finished = last_day(record.finish);
    let rows = record.cases.iter().map(|case| {
        let told = &case.told;
        let off = told.finish.and_then(|finish| subject.working_days(finished, last_day(finish)));
        Row::new(vec![
            Value::Date(case.at.day()),
            Value::Percent(case.share),
            told.eac.map_or(Value::Empty, Value::Estimate),
            error(&case.cost, RECOMMENDED).map_or(Value::Empty, Value::Percent),
            told.eac_p80.map_or(Value::Empty, Value::Estimate),
            held(case.cost_range.and_then(|range| range.kept)),
            told.finish.map_or(Value::Empty, |finish| Value::Date(last_day(finish))),
            off.map_or(Value::Empty, Value::Days),
            told.finish_p80.map_or(Value::Empty, |finish| Value::Date(last_day(finish))),
            held(case.finish_range.and_then(|range| range.kept)),
        ])
    });
    Table {
        id: "forecast_record",
        caption: subject.say(phrase!(
            "The recommended forecasts on the way; it came to {amount} on {day}",
            amount = subject.format.amount(record.cost),
            day = finished
        )),
        columns: vec![
            Column::new("at", "Status date", Kind::Date),
            Column::new("earned", "Earned", Kind::Percent),
            Column::new("eac", "EAC", Kind::Money),
            Column::new("cost_off", "Off by", Kind::Percent),
            Column::new("eac_p80", "EAC P80", Kind::Money),
            Column::new("cost_held", "P80", Kind::Text),
            Column::new("finish", "Finish", Kind::Date),
            Column::new("finish_off", "Days off", Kind::Days),
            Column::new("finish_p80", "Finish P80", Kind::Date),
            Column::new("finish_held", "P80", Kind::Text),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

/// Every method with its mean error.
fn methods(
    subject: &Subject<'_>,
    (id, caption): (&'static str, &str),
    errors: &[Errors],
    name: impl Fn(&str) -> Option<&'static str>,
) -> Table {
    let rows = errors.iter().map(|error| {
        let stage = |stage: Option<f64>| stage.map_or(Value::Empty, |share| Value::Number(share * 100.0, 1));
        let label = if error.method == RECOMMENDED { Some(word!("Recommended")) } else { name(error.method) };
        Row::new(vec![
            subject.cell(label.unwrap_or(error.method)),
            Value::Number(error.all * 100.0, 1),
            stage(error.stages[0]),
            stage(error.stages[1]),
            stage(error.stages[2]),
            Value::Count(error.cases as u64),
        ])
    });
    let rows: Vec<Row> = rows.collect();
    let one = Kind::Number(1);
    Table {
        id,
        caption: subject.word(caption),
        columns: vec![
            Column::new("method", "Method", Kind::Text).weight(5),
            Column::new("all", "All, %", one),
            Column::new("early", "Early, %", one),
            Column::new("middle", "Middle, %", one),
            Column::new("late", "Late, %", one),
            Column::new("dates", "Dates", Kind::Count),
        ],
        print_rows: Some(METHODS),
        rows,
        totals: None,
    }
}

/// Methods on paper: the recommended one and the best of the others.
const METHODS: usize = 6;
