//! The forecasts on the way, scored against the end: cost and finish over time, every method with its error.

use chrono::NaiveDate;

use crate::analysis::score::{Case, Errors, RECOMMENDED, Score, Scored};
use crate::calendar::last_day;
use crate::document::{Block, Chart, Column, Kind, Lines, Plot, Role, Row, Series, Table, Value};
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
    blocks.extend(cost_chart(subject, record).map(Block::Chart));
    blocks.extend(finish_chart(subject, record).map(Block::Chart));
    blocks.push(Block::Table(dates(subject, record)));
    let score = Score { projects: vec![record.clone()], left_out: Vec::new() };
    let name = |method: &str| {
        let found = subject.found;
        let cost = found.cost_forecasts.iter().find(|f| f.method == method).map(|f| f.name);
        cost.or_else(|| found.finish_forecasts.iter().find(|f| f.method == method).map(|f| f.name))
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

/// The estimates at completion over time, with the real cost as a level.
fn cost_chart(subject: &Subject<'_>, record: &Scored) -> Option<Chart> {
    let cost = |case: &Case, method| Some(record.cost * (1.0 + error(&case.cost, method)?));
    let series = vec![
        course(subject.word(word!("Recommended")), Role::Actual, record, |case| case.told.eac),
        course("P80".to_owned(), Role::Forecast, record, |case| case.told.eac_p80),
        course(subject.word(word!("By CPI")), Role::Other, record, |case| cost(case, "cpi")),
        course(subject.word(word!("Rest at budget")), Role::Other, record, |case| {
            cost(case, "remaining_at_budget")
        }),
        came(subject.word(word!("Final cost")), record, record.cost),
    ];
    let bac = subject.found.measures.bac.units();
    let levels = vec![(bac, subject.say(phrase!("budget {amount}", amount = Part::number(bac, 0))))];
    chart(
        subject,
        record,
        ("cost_record", word!("Cost forecast on the way, against the final cost")),
        (Kind::Money, subject.format.currency.clone()),
        series,
        levels,
    )
}

/// How late the finish was forecast over time, with the real delay as a level.
fn finish_chart(subject: &Subject<'_>, record: &Scored) -> Option<Chart> {
    let (_, baseline) = subject.baseline_span()?;
    let late = |moment| subject.working_days(baseline, last_day(moment));
    let real = late(record.finish)?;
    let start = subject.found.planned_start?;
    let duration = record.finish.signed_duration_since(start);
    let by = |case: &Case, method| {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            reason = "seconds of a project"
        )]
        let off = (error(&case.finish, method)? * duration.num_seconds() as f64).round() as i64;
        late(record.finish + chrono::Duration::seconds(off))
    };
    let series = vec![
        course(subject.word(word!("Recommended")), Role::Actual, record, |case| late(case.told.finish?)),
        course("P80".to_owned(), Role::Forecast, record, |case| late(case.told.finish_p80?)),
        course(subject.word(word!("By SPI(t)")), Role::Other, record, |case| {
            by(case, "earned_schedule_spi_t")
        }),
        came(subject.word(word!("Came")), record, real),
    ];
    chart(
        subject,
        record,
        ("finish_record", word!("Finish forecast on the way, in working days after the baseline")),
        (Kind::Days, subject.word(word!("working days late"))),
        series,
        Vec::new(),
    )
}

/// A figure from status date to status date.
fn course(name: String, role: Role, record: &Scored, value: impl Fn(&Case) -> Option<f64>) -> Series {
    let points = record.cases.iter().filter_map(|case| Some((case.at.day(), value(case)?)));
    Series { name, role, points: points.collect() }
}

/// What came, from the first forecast to the end.
fn came(name: String, record: &Scored, value: f64) -> Series {
    let first = record.cases.first().map(|case| case.at.day());
    let days = first.into_iter().chain([last_day(record.finish)]);
    Series { name, role: Role::Earned, points: days.map(|day| (day, value)).collect() }
}

fn chart(
    subject: &Subject<'_>,
    record: &Scored,
    (id, title): (&'static str, &str),
    (kind, unit): (Kind, String),
    series: Vec<Series>,
    levels: Vec<(f64, String)>,
) -> Option<Chart> {
    let series: Vec<Series> = series.into_iter().filter(|series| series.points.len() > 1).collect();
    let recommended = series.first()?;
    let told: Vec<String> = recommended
        .points
        .iter()
        .map(|(day, value)| format!("{} {}", subject.format.day(*day), subject.format.number(*value, 0)))
        .collect();
    let end = series.last().and_then(|series| series.points.last()).map(|(_, value)| *value);
    let end = end.map(|end| subject.format.number(end, 0)).unwrap_or_default();
    let title = subject.word(title);
    let alt = subject.say(phrase!(
        "Lines. {title}. Recommended: {values}. It came to {end}.",
        title = &title,
        values = told.join(", "),
        end
    ));
    Some(Chart {
        id,
        title,
        alt,
        plot: Plot::Lines(Lines {
            kind,
            unit,
            series,
            marks: vec![(last_day(record.finish), subject.word(word!("Finished")))],
            levels,
            cone: None,
            from_zero: false,
        }),
    })
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
