//! The charts: what was forecast of cost and finish at each status date, and what came.

use super::error;
use crate::analysis::score::{Case, Scored};
use crate::calendar::last_day;
use crate::document::{Chart, Kind, Lines, Plot, Role, Series};
use crate::language::Part;
use crate::report::subject::Subject;

/// The estimates at completion over time, with the real cost as a level.
pub(super) fn cost(subject: &Subject<'_>, record: &Scored) -> Option<Chart> {
    let by = |case: &Case, method| Some(record.cost * (1.0 + error(&case.cost, method)?));
    let series = vec![
        course(subject.word(word!("Recommended")), Role::Actual, record, |case| case.told.eac),
        course("P80".to_owned(), Role::Forecast, record, |case| case.told.eac_p80),
        course(subject.word(word!("By CPI")), Role::Other, record, |case| by(case, "cpi")),
        course(subject.word(word!("Rest at budget")), Role::Other, record, |case| {
            by(case, "remaining_at_budget")
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
pub(super) fn finish(subject: &Subject<'_>, record: &Scored) -> Option<Chart> {
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
