//! The charts of the business case.

use super::tables;
use crate::analysis::business_case::{BusinessCase, Input, STEP};
use crate::document::{Bars, Chart, Kind, Lines, Plot, Role, Series};
use crate::report::subject::Subject;
use crate::wording::percent;

/// The sum of the flows over time.
pub(super) fn cumulative(subject: &Subject<'_>, case: &BusinessCase) -> Chart {
    let mut series = vec![Series {
        name: if case.has_drifted() { "As approved" } else { "Sum of the flows" }.to_owned(),
        role: Role::Planned,
        points: case.plan.cumulative(),
    }];
    if case.has_drifted() {
        let points = case.now().cumulative();
        series.push(Series { name: "With the forecast".to_owned(), role: Role::Forecast, points });
    }
    let mut marks = vec![(subject.found.status_date.day(), "Status".to_owned())];
    // A status date before the first flow would leave the flows a corner of the chart.
    marks.retain(|(day, _)| *day >= case.plan.base);
    let paid = case.now().payback.ok().map(|payback| payback.day);
    marks.extend(paid.map(|day| (day, format!("Paid back {}", subject.format.day(day)))));
    let end = case.now().cumulative().last().map_or(0.0, |(_, sum)| *sum);
    Chart {
        id: "cash_flow",
        title: "Sum of costs and benefits over time".to_owned(),
        alt: format!(
            "Cumulative cash flow from {}; {}; at the end it is {}.",
            subject.format.day(case.plan.base),
            match paid {
                Some(day) => format!("paid back on {}", subject.format.day(day)),
                None => "never paid back".to_owned(),
            },
            subject.format.amount(end)
        ),
        plot: Plot::Lines(Lines {
            kind: Kind::Money,
            unit: subject.format.currency.clone(),
            series,
            marks,
            levels: vec![(0.0, String::new())],
            cone: None,
            from_zero: false,
        }),
    }
}

/// What a tenth more or less of each input does to the net present value.
pub(super) fn tornado(subject: &Subject<'_>, case: &BusinessCase) -> Option<Chart> {
    let mut swings: Vec<(Input, (f64, f64))> =
        case.switches.iter().filter_map(|switch| Some((switch.input, switch.swing?))).collect();
    let width = |swing: (f64, f64)| swing.1 - swing.0;
    swings.sort_by(|a, b| width(b.1).total_cmp(&width(a.1)));
    let (first, swing) = swings.first().copied()?;
    let amount = |units: f64| subject.format.amount(units);
    Some(Chart {
        id: "case_tornado",
        title: format!("Net present value when an input is {} worse or better", percent(STEP)),
        alt: format!(
            "Inputs by their effect; the strongest is {}: {} when it is {} worse, {} when it is better.",
            tables::name(first).to_lowercase(),
            amount(swing.0),
            percent(STEP),
            amount(swing.1)
        ),
        plot: Plot::Bars(Bars {
            kind: Kind::Money,
            unit: subject.format.currency.clone(),
            categories: swings.iter().map(|(input, _)| tables::name(*input).to_owned()).collect(),
            series: vec![
                ("Worse".to_owned(), Role::Actual, swings.iter().map(|(_, swing)| swing.0).collect()),
                ("Better".to_owned(), Role::Earned, swings.iter().map(|(_, swing)| swing.1).collect()),
            ],
            stacked: true,
        }),
    })
}
