//! Time and money: network, simulation, reference class, funding, business case.

use chrono::NaiveDate;

use super::{Figure, Given, Outcome};
use crate::analysis::business_case::{Effect, present_value};
use crate::analysis::forecast::reference_class::IT;
use crate::calendar::last_day;
use crate::language::{Part, Phrase};
use crate::quantity::{Money, Reason};

type Checked = Result<Outcome, Phrase>;

/// The time frame that the sponsor has set.
fn frame(given: &Given<'_>) -> Result<NaiveDate, Phrase> {
    given.project.charter.finish.map(last_day).ok_or_else(|| phrase!("the charter states no finish"))
}

/// A day that must not come after another.
fn by(day: NaiveDate, latest: NaiveDate, note: Phrase) -> Outcome {
    Outcome { figure: Figure::Day(day), threshold: Figure::Day(latest), holds: day <= latest, note }
}

/// The network's finish against the time frame.
pub(super) fn network(given: &Given<'_>) -> Checked {
    let network = given.network.as_ref().map_err(Clone::clone)?;
    let days = network.duration;
    Ok(by(
        last_day(network.finish),
        frame(given)?,
        phrase!("{n} working days on the longest path", n = Part::number(days, 0)),
    ))
}

/// The simulated finish against the time frame.
pub(super) fn finish_p80(given: &Given<'_>) -> Checked {
    let simulation = given.simulation.as_ref().map_err(Clone::clone)?;
    let (day, frame) = (last_day(simulation.dates[2]), frame(given)?);
    let note = simulation
        .on_time
        .map(|share| phrase!("{share} of the trials keep the baseline's finish", share = Part::share(share)));
    Ok(by(day, frame, note.unwrap_or_else(|| phrase!(""))))
}

/// The time frame against the network's length, and the spare between them against what the tail of the class took.
pub(super) fn time_class(given: &Given<'_>) -> Checked {
    let network = given.network.as_ref().map_err(Clone::clone)?;
    let (start, frame) = (network.start.date(), frame(given)?);
    let planned = days(start, last_day(network.finish));
    if planned <= 0.0 {
        return Err(phrase!("the network has no length"));
    }
    let spare = days(start, frame) / planned - 1.0;
    Ok(Outcome {
        figure: Figure::Share(spare),
        threshold: Figure::Share(IT.tail_duration),
        holds: spare >= IT.tail_duration,
        note: phrase!(
            "one in six took {share} longer than planned; {class}",
            share = Part::share(IT.tail_duration),
            class = Part::Word(IT.name)
        ),
    })
}

fn days(from: NaiveDate, to: NaiveDate) -> f64 {
    i32::try_from((to - from).num_days()).map_or(f64::INFINITY, f64::from)
}

/// What may be spent: the budget and the reserves beside it.
fn means(given: &Given<'_>) -> Result<f64, Phrase> {
    let bac = given.value.measures.bac;
    if bac <= Money::ZERO {
        return Err(Reason::NoBaseline.text().into());
    }
    Ok((bac + reserves(given)).units())
}

fn reserves(given: &Given<'_>) -> Money {
    let reserves = given.reserves;
    reserves.contingency.unwrap_or_default() + reserves.management_reserve.unwrap_or_default()
}

/// The simulated cost against budget and reserves.
pub(super) fn cost_p80(given: &Given<'_>) -> Checked {
    let simulation = given.simulation.as_ref().map_err(Clone::clone)?;
    let cost = simulation.cost.as_ref().ok_or(word!("the simulation has no cost"))?;
    let means = means(given)?;
    Ok(Outcome {
        figure: Figure::Amount(cost.p80()),
        threshold: Figure::Amount(means),
        holds: cost.p80() <= means,
        note: phrase!(""),
    })
}

/// Reserves against the mean overrun of the class.
pub(super) fn cost_class(given: &Given<'_>) -> Checked {
    let means = means(given)?;
    let share = means / given.value.measures.bac.units() - 1.0;
    Ok(Outcome {
        figure: Figure::Share(share),
        threshold: Figure::Share(IT.mean_cost),
        holds: share >= IT.mean_cost,
        note: phrase!("of the budget; {class}", class = Part::Word(IT.name)),
    })
}

/// Budget and reserves against the money made available.
pub(super) fn funding(given: &Given<'_>) -> Checked {
    let funding = given.reserves.funding.ok_or(word!("no funding is budgeted"))?.units();
    let means = means(given)?;
    Ok(Outcome {
        figure: Figure::Amount(means),
        threshold: Figure::Amount(funding),
        holds: means <= funding,
        note: phrase!(""),
    })
}

/// The budget against the costs that the business case reckons with: it cannot hold less than the project costs.
pub(super) fn case_budget(given: &Given<'_>) -> Checked {
    let case = given.case.ok_or(Reason::NoCashFlows.text())?;
    let (budget, costs) = (given.value.measures.bac.units(), case.plan.costs);
    if budget <= 0.0 {
        return Err(Reason::NoBaseline.text().into());
    }
    Ok(Outcome {
        figure: Figure::Amount(budget),
        threshold: Figure::Amount(costs),
        // The case is in round figures; half a per cent is not a difference.
        holds: budget <= costs * 1.005,
        note: phrase!("all costs of the case, those of operation included"),
    })
}

/// What the case is worth if the project costs as much more as the class did on average.
pub(super) fn case_class(given: &Given<'_>) -> Checked {
    let case = given.case.ok_or(Reason::NoCashFlows.text())?;
    let forecast = case.forecast.as_ref().map_err(|reason| reason.text())?;
    let npv = case.plan.npv.map_err(Reason::text)?;
    let pieces = forecast.drift.pieces(&case.plan.flows);
    let own = pieces.iter().filter(|piece| piece.effect == Effect::Grows).map(|piece| &piece.planned);
    let npv = npv + IT.mean_cost * present_value(own, case.plan.base, case.rate.unwrap_or_default());
    Ok(Outcome {
        figure: Figure::Amount(npv),
        threshold: Figure::Amount(0.0),
        holds: npv >= 0.0,
        note: phrase!(
            "the project {share} over budget; {class}",
            share = Part::share(IT.mean_cost),
            class = Part::Word(IT.name)
        ),
    })
}
