//! The charts of the business case.

use super::tables;
use crate::analysis::business_case::{BusinessCase, Input, STEP};
use crate::document::{Bars, Chart, Kind, Lines, Plot, Role, Series};
use crate::language::Part;
use crate::report::subject::Subject;

/// The sum of the flows over time.
pub(super) fn cumulative(subject: &Subject<'_>, case: &BusinessCase) -> Chart {
    let mut series = vec![Series {
        name: subject.word(if case.has_drifted() { word!("As approved") } else { word!("Sum of the flows") }),
        role: Role::Planned,
        points: case.plan.cumulative(),
    }];
    if case.has_drifted() {
        let points = case.now().cumulative();
        series.push(Series { name: subject.word(word!("With the forecast")), role: Role::Forecast, points });
    }
    let mut marks = vec![(subject.found.status_date.day(), subject.word(word!("Status")))];
    // A status date before the first flow would leave the flows a corner of the chart.
    marks.retain(|(day, _)| *day >= case.plan.base);
    let paid = case.now().payback.ok().map(|payback| payback.day);
    marks.extend(paid.map(|day| (day, subject.say(phrase!("Paid back {day}", day)))));
    let end = subject.format.amount(case.now().cumulative().last().map_or(0.0, |(_, sum)| *sum));
    let start = case.plan.base;
    let alt = match paid {
        Some(day) => phrase!(
            "Cumulative cash flow from {start}; paid back on {day}; at the end it is {amount}.",
            start,
            day,
            amount = end
        ),
        None => phrase!(
            "Cumulative cash flow from {start}; never paid back; at the end it is {amount}.",
            start,
            amount = end
        ),
    };
    Chart {
        id: "cash_flow",
        title: subject.word(word!("Sum of costs and benefits over time")),
        alt: subject.say(alt),
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
        title: subject.say(phrase!("Net present value when an input is {share} worse or better", share = Part::share(STEP))),
        alt: subject.say(phrase!(
            "Inputs by their effect; the strongest is {input}: {worse} when it is {share} worse, {better} when it is \
             better.",
            input = subject.format.within(tables::name(first)),
            worse = amount(swing.0),
            share = Part::share(STEP),
            better = amount(swing.1)
        )),
        plot: Plot::Bars(Bars {
            kind: Kind::Money,
            unit: subject.format.currency.clone(),
            categories: swings.iter().map(|(input, _)| subject.word(tables::name(*input))).collect(),
            series: vec![
                (subject.word(word!("Worse")), Role::Actual, swings.iter().map(|(_, swing)| swing.0).collect()),
                (subject.word(word!("Better")), Role::Earned, swings.iter().map(|(_, swing)| swing.1).collect()),
            ],
            stacked: true,
        }),
    })
}
