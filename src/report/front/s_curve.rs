//! The S-curve: planned value to the end, earned value and actual cost to date, the forecast cone.

use chrono::NaiveDate;

use crate::analysis::PeriodValue;
use crate::calendar::{Moment, last_day};
use crate::document::{Chart, Cone, Kind, Lines, Plot, Role, Series};
use crate::language::Part;
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
        Series { name: subject.word(name), role, points }
    };
    let series: Vec<Series> = [
        of(word!("Planned value (PV)"), Role::Planned, |value| Some(value.pv)),
        of(word!("Earned value (EV)"), Role::Earned, |value| value.ev),
        of(word!("Actual cost (AC)"), Role::Actual, |value| value.ac),
    ]
    .into_iter()
    .filter(|series| series.points.len() > 1)
    .collect();
    if series.is_empty() {
        return None;
    }
    let mut marks = vec![(status, subject.word(word!("Status date")))];
    if let Some((_, finish)) = subject.baseline_span() {
        marks.push((finish, subject.word(word!("Baseline finish"))));
    }
    let measures = &found.measures;
    Some(Chart {
        id: "s_curve",
        title: subject.word(word!("Planned value, earned value and cost, cumulative")),
        alt: subject.say(phrase!(
            "S-curve. At {day} planned value is {planned}, earned value {earned} and actual cost {spent}; the budget is {budget}.",
            day = status,
            planned = subject.money(measures.pv),
            earned = subject.money(measures.ev),
            spent = measures.ac.map_or_else(
                |why| Part::from(phrase!("unknown ({why})", why)),
                |ac| subject.money(ac).into()
            ),
            budget = subject.money(measures.bac)
        )),
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

/// From the cost to date to the recommended finish and cost: from P20, or where it was never measured P50, to P80.
fn cone(subject: &Subject<'_>, status: NaiveDate) -> Option<Cone> {
    let (measures, recommended) = (&subject.found.measures, &subject.found.recommended);
    let (eac, spent) = (measures.eac.ok()?, measures.ac.ok()?);
    let finish = subject.finish_day().ok().filter(|finish| *finish > status)?;
    let day = |moment: Option<Moment>| moment.map_or(finish, last_day).max(status);
    // Both ends are of one kind: a P20 of the cost beside a P50 of the finish would be neither.
    let p20 = recommended.eac_p20.filter(|_| recommended.finish_p20.is_some());
    let low = p20.map_or((finish, eac), |cost| (day(recommended.finish_p20), cost));
    let high = (day(recommended.finish_p80), recommended.eac_p80.unwrap_or(eac));
    let amount = |units: f64| subject.format.number(units, subject.format.money_decimals);
    let (from, to) = (amount(low.1), amount(high.1));
    let label = match (recommended.eac_p80.or(recommended.eac_p20).is_some(), p20.is_some()) {
        (false, _) => phrase!("EAC {amount}", amount = from),
        (true, true) => phrase!("EAC P20\u{2013}P80 {from} to {to}", from, to),
        (true, false) => phrase!("EAC P50\u{2013}P80 {from} to {to}", from, to),
    };
    Some(Cone { from: (status, spent.units()), low, high, label: subject.say(label) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::model::Portfolio;
    use crate::report::Settings;
    use crate::report::example::{self, day};

    fn cone_of(change: impl FnOnce(&mut crate::analysis::ProjectFindings)) -> Cone {
        let (project, mut found) = (example::project(), example::found());
        change(&mut found);
        let (portfolio, problems) = (Portfolio::default(), Diagnostics::default());
        let settings = Settings::default();
        let subject = Subject::new(&portfolio, &project, &found, &problems, &settings);
        cone(&subject, found.status_date.day()).unwrap()
    }

    #[test]
    fn the_cone_is_the_recommended_forecast_and_not_the_span_of_methods() {
        let cone = cone_of(|_| {});
        assert_eq!(cone.from, (day(3, 31), 66_000.0));
        assert_eq!(cone.low, (day(7, 9), 136_000.0));
        assert_eq!(cone.high, (day(7, 30), 143_000.0));
        assert_eq!(cone.label, "EAC P20\u{2013}P80 136,000 to 143,000");
    }

    #[test]
    fn without_a_p20_it_starts_at_p50_and_without_any_range_it_is_a_line() {
        let cone = cone_of(|found| found.recommended.finish_p20 = None);
        assert_eq!((cone.low, cone.high), ((day(7, 16), 138_000.0), (day(7, 30), 143_000.0)));
        assert_eq!(cone.label, "EAC P50\u{2013}P80 138,000 to 143,000");
        let line = cone_of(|found| {
            let none = &mut found.recommended;
            (none.eac_p20, none.eac_p80, none.finish_p20, none.finish_p80) = (None, None, None, None);
        });
        assert_eq!((line.low, line.high), ((day(7, 16), 138_000.0), (day(7, 16), 138_000.0)));
        assert_eq!(line.label, "EAC 138,000");
    }
}
