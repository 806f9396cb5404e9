//! The key figures then and now.

use super::Given;
use crate::analysis::FinishForecast;
use crate::analysis::metric::{CPI, PCT_COMPLETE, SPI_T};
use crate::calendar::{Moment, last_day};
use crate::model::{Previous, Project};
use crate::quantity::Money;

/// What a key figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The project's currency.
    Money,
    /// An index around 1.
    Index,
    /// A share, 1 is 100%.
    Percent,
    /// A day; its change in working days.
    Day,
    /// How many.
    Count,
}

/// A key figure at one of both dates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// A number in the unit of its kind.
    Number(f64),
    /// A finish.
    Day(Moment),
}

/// A key figure then and now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Stable id: `eac`.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it is measured in.
    pub kind: Kind,
    /// What the last report said.
    pub then: Option<Amount>,
    /// What this one says.
    pub now: Option<Amount>,
    /// Now less then, of a day in working days; `None` where one of both is not known.
    pub change: Option<f64>,
}

/// The figures that one of both has, in the order of reading.
pub(super) fn figures(given: &Given<'_>, previous: &Previous, same_currency: bool) -> Vec<Figure> {
    let Given { project, value, risk, issues, quality, .. } = *given;
    let (measures, recommended, then) = (&value.measures, &value.recommended, &previous.figures);
    let finish = FinishForecast::of(&value.finish_forecasts, recommended.finish);
    let finish = finish.and_then(|forecast| forecast.finish.ok());
    let register = !project.risks.is_empty();
    let defects = quality.defects.as_ref().map(|found| f64::from(found.open.total()));
    #[expect(clippy::cast_precision_loss, reason = "counts of issues")]
    let open = (!project.issues.is_empty()).then_some(issues.open.len() as f64);
    let number = |id, name, kind, then: Option<f64>, now: Option<f64>| {
        let then = then.filter(|_| same_currency || kind != Kind::Money);
        let change = then.zip(now).map(|(then, now)| now - then);
        let amount = |number: Option<f64>| number.map(Amount::Number);
        Figure { id, name, kind, then: amount(then), now: amount(now), change }
    };
    let money = |id, name, then, now| number(id, name, Kind::Money, then, now);
    let count = |id, name, then: Option<u32>, now| number(id, name, Kind::Count, then.map(f64::from), now);
    // A report of a project without a budget says 0.
    let budget = |bac: f64| Some(bac).filter(|bac| *bac > 0.0);
    let left = risk.cover.contingency_left.filter(|_| register).map(Money::units);
    let all = [
        number(
            "pct_complete",
            word!("Percent complete"),
            Kind::Percent,
            then.percent_complete,
            (PCT_COMPLETE.value)(measures).ok(),
        ),
        number("cpi", word!("Cost efficiency (CPI)"), Kind::Index, then.cpi, (CPI.value)(measures).ok()),
        number(
            "spi_t",
            word!("Schedule efficiency (SPI(t))"),
            Kind::Index,
            then.spi_t,
            (SPI_T.value)(measures).ok(),
        ),
        money("bac", word!("Budget (BAC)"), then.bac.and_then(budget), budget(measures.bac.units())),
        money("eac", word!("Forecast cost (EAC)"), then.eac, measures.eac.ok()),
        money("eac_p80", word!("Forecast cost, P80"), then.eac_p80, recommended.eac_p80),
        day(project, "finish", word!("Forecast finish"), then.finish, finish),
        day(project, "finish_p80", word!("Forecast finish, P80"), then.finish_p80, recommended.finish_p80),
        money(
            "exposure",
            word!("Risk exposure"),
            then.exposure,
            register.then(|| risk.residual.cost.units()),
        ),
        money("contingency_left", word!("Contingency left"), then.contingency_left, left),
        count("open_issues", word!("Open issues"), then.open_issues, open),
        count("open_defects", word!("Open defects"), then.open_defects, defects),
    ];
    all.into_iter().filter(|figure| figure.then.is_some() || figure.now.is_some()).collect()
}

fn day(
    project: &Project,
    id: &'static str,
    name: &'static str,
    then: Option<Moment>,
    now: Option<Moment>,
) -> Figure {
    // Between the days a reader sees, not between hours of them.
    let change = then.zip(now).and_then(|(then, now)| project.working_days(last_day(then), last_day(now)));
    Figure { id, name, kind: Kind::Day, then: then.map(Amount::Day), now: now.map(Amount::Day), change }
}
