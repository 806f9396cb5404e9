//! The S-curve: planned value to the end, earned value and actual cost to date, the forecast cone.

use chrono::NaiveDate;

use crate::analysis::PeriodValue;
use crate::calendar::last_day;
use crate::document::{Chart, Cone, Kind, Lines, Plot, Role, Series};
use crate::quantity::Money;
use crate::report::subject::Subject;

/// The chart; none without a series.
pub(super) fn compose(subject: &Subject<'_>) -> Option<Chart> {
    let found = subject.found;
    let status = found.status_date.day();
    let start = subject.baseline_span().map(|(start, _)| start);
    let of = |name: &str, role: Role, get: fn(&PeriodValue) -> Option<Money>| {
        let mut points: Vec<(NaiveDate, f64)> =
            found.series.iter().filter_map(|value| Some((last_day(value.at), get(value)?.units()))).collect();
        // Every curve starts at nothing.
        if let (Some(start), Some((first, _))) = (start, points.first())
            && start < *first
        {
            points.insert(0, (start, 0.0));
        }
        Series { name: name.to_owned(), role, points }
    };
    let series: Vec<Series> = [
        of("Planned value (PV)", Role::Planned, |value| Some(value.pv)),
        of("Earned value (EV)", Role::Earned, |value| value.ev),
        of("Actual cost (AC)", Role::Actual, |value| value.ac),
    ]
    .into_iter()
    .filter(|series| series.points.len() > 1)
    .collect();
    if series.is_empty() {
        return None;
    }
    let mut marks = vec![(status, "Status date".to_owned())];
    if let Some((_, finish)) = subject.baseline_span() {
        marks.push((finish, "Baseline finish".to_owned()));
    }
    let measures = &found.measures;
    Some(Chart {
        id: "s_curve",
        title: "Planned value, earned value and cost, cumulative".to_owned(),
        alt: format!(
            "S-curve. At {} planned value is {}, earned value {} and actual cost {}; the budget is {}.",
            subject.format.day(status),
            subject.format.amount(measures.pv.units()),
            subject.format.amount(measures.ev.units()),
            subject.format.amount(measures.ac.units()),
            subject.format.amount(measures.bac.units())
        ),
        plot: Plot::Lines(Lines {
            kind: Kind::Money,
            unit: subject.format.currency.clone(),
            series,
            marks,
            levels: Vec::new(),
            cone: cone(subject, status),
            from_zero: true,
        }),
    })
}

/// From the cost to date to the range of the estimate at the forecast finish.
fn cone(subject: &Subject<'_>, status: NaiveDate) -> Option<Cone> {
    let measures = &subject.found.measures;
    let eac = measures.eac.ok()?;
    let finish = subject.finish_day().ok().filter(|finish| *finish > status)?;
    let (low, high) = subject.found.recommended.eac_range.unwrap_or((eac, eac));
    let (low, high) = (low.min(eac), high.max(eac));
    let decimals = subject.format.money_decimals;
    let (from, to) = (subject.format.number(low, decimals), subject.format.number(high, decimals));
    let label = if from == to { format!("EAC {from}") } else { format!("EAC {from} to {to}") };
    Some(Cone { from: (status, measures.ac.units()), low: (finish, low), high: (finish, high), label })
}
