//! The key figures: eight tiles, and more where there is a risk register.

mod finished;

use crate::analysis::business_case::BusinessCase;
use crate::document::{KeyFigure, Value};
use crate::language::{Part, Phrase};
use crate::quantity::{Health, Money, Reason, ratio};
use crate::report::narrative;
use crate::report::subject::{self, Subject, cell};
use crate::report::wording::{capital, index, working_days};

/// The tiles, in reading order.
pub(super) fn compose(subject: &Subject<'_>) -> Vec<KeyFigure> {
    if let Some(day) = subject.finished() {
        return finished::compose(subject, day);
    }
    if !subject.has_begun()
        && let Some(case) = &subject.found.business_case
    {
        return before(subject, case);
    }
    let (cost, schedule) = (subject.health_at_end("Cost"), subject.health_at_end("Schedule"));
    let mut tiles = vec![
        tile(
            subject,
            word!("Budget (BAC)"),
            Value::Money(subject.found.measures.bac),
            Some(budget(subject)),
            None,
        ),
        tile(
            subject,
            word!("Earned value (EV)"),
            Value::Money(subject.found.measures.ev),
            earned(subject),
            None,
        ),
        tile(
            subject,
            word!("Actual cost (AC)"),
            subject::spent(subject.found.measures.ac),
            spent(subject),
            None,
        ),
        tile(
            subject,
            word!("Forecast cost (EAC)"),
            cell(subject.found.measures.eac, Value::Estimate),
            estimate(subject),
            cost,
        ),
        index_tile(subject, word!("Cost efficiency (CPI)"), "cpi", cost_index(subject)),
        index_tile(subject, word!("Schedule efficiency (SPI(t))"), "spi_t", narrative::gap(subject)),
        tile(
            subject,
            word!("Forecast finish"),
            subject.finish_day().map_or_else(Value::Undefined, Value::Date),
            finish(subject),
            schedule,
        ),
        trusted(subject),
    ];
    tiles.extend(exposure(subject));
    tiles
}

/// The tiles of a project that has not begun: what it is to cost, when it ends, what it is worth.
fn before(subject: &Subject<'_>, case: &BusinessCase) -> Vec<KeyFigure> {
    let now = case.now();
    let amount = |units: f64| amount(subject, units);
    let confident =
        case.uncertainty.as_ref().map(|found| phrase!("P80 {amount}", amount = amount(found.p80)));
    let rate = case.rate.map(|rate| phrase!("at a rate of {percent}", percent = Part::percent(rate, 1)));
    let paid = now.payback.map(|payback| phrase!("by {day}", day = payback.day));
    let reserves = &subject.found.reserves;
    let contingency =
        reserves.contingency.map(|money| phrase!("{amount} contingency", amount = amount(money.units())));
    let management = reserves
        .management_reserve
        .map(|money| phrase!("{amount} management reserve", amount = amount(money.units())));
    let benefits =
        now.present_benefits.map(|benefits| phrase!("benefits worth {amount}", amount = amount(benefits)));
    let mut tiles = vec![
        tile(
            subject,
            word!("Budget (BAC)"),
            Value::Money(subject.found.measures.bac),
            both(contingency, management),
            None,
        ),
        tile(
            subject,
            word!("Forecast cost (EAC)"),
            cell(subject.found.measures.eac, Value::Estimate),
            estimate(subject),
            subject.health_at_end("Cost"),
        ),
        tile(
            subject,
            word!("Forecast finish"),
            subject.finish_day().map_or_else(Value::Undefined, Value::Date),
            finish(subject),
            subject.health_at_end("Schedule"),
        ),
        tile(subject, word!("Net present value (NPV)"), cell(now.npv, Value::Estimate), confident.ok(), None),
        tile(subject, word!("Rate of return (IRR)"), cell(now.rates.irr, Value::Percent), rate, None),
        tile(subject, word!("Benefit-cost ratio"), cell(now.benefit_cost, Value::Index), benefits.ok(), None),
        tile(
            subject,
            word!("Payback, years"),
            cell(now.payback.map(|payback| payback.years), |years| Value::Number(years, 1)),
            paid.ok(),
            None,
        ),
        trusted(subject),
    ];
    tiles.extend(exposure(subject));
    tiles
}

/// The residual exposure, and what is there to cover it; none without a register.
fn exposure(subject: &Subject<'_>) -> Option<KeyFigure> {
    if subject.project.risks.is_empty() {
        return None;
    }
    let risk = &subject.found.risk;
    let cover = match (risk.cover.contingency_left, risk.cover.ratio) {
        (Some(left), Ok(ratio)) if ratio < 3.0 => phrase!(
            "contingency left {amount}: {share} of it",
            amount = money(subject, left),
            share = Part::share(ratio)
        ),
        (Some(left), Ok(ratio)) => phrase!(
            "contingency left {amount}: {times} times as much",
            amount = money(subject, left),
            times = Part::number(ratio, 0)
        ),
        (Some(left), Err(_)) => phrase!("contingency left {amount}", amount = money(subject, left)),
        (None, _) => phrase!("no contingency is budgeted"),
    };
    Some(tile(subject, word!("Risk exposure"), Value::Money(risk.residual.cost), Some(cover), None))
}

/// An index, rated by its own thresholds: the dimension may be worse for another reason.
fn index_tile(subject: &Subject<'_>, label: &str, id: &str, detail: Option<Phrase>) -> KeyFigure {
    let index = subject.metric(id);
    tile(subject, label, cell(index, Value::Index), detail, subject.rated_index(index))
}

/// The grade of the data with the first reason, or that there is none.
fn trusted(subject: &Subject<'_>) -> KeyFigure {
    let trust = &subject.found.trust;
    let why = match trust.reasons.as_slice() {
        [] => phrase!("nothing found that would move the figures"),
        [only] => only.clone(),
        [first, rest @ ..] => {
            phrase!("{reason}; {n} more under data quality", reason = first, n = rest.len())
        }
    };
    tile(subject, word!("Trust in the data"), Value::Text(trust.grade.to_string()), Some(why), None)
}

fn tile(
    subject: &Subject<'_>,
    label: &str,
    value: Value,
    detail: Option<Phrase>,
    health: Option<Health>,
) -> KeyFigure {
    // An undefined figure says why, before anything else.
    let detail = match &value {
        Value::Undefined(reason) => subject.word(reason.text()),
        _ => detail.map(|detail| subject.say(detail)).unwrap_or_default(),
    };
    KeyFigure { label: subject.word(label), value, detail: capital(&detail), health }
}

/// An amount without its currency: the tiles share one.
fn amount(subject: &Subject<'_>, units: f64) -> Part {
    Part::number(units, subject.format.money_decimals)
}

fn money(subject: &Subject<'_>, money: Money) -> Part {
    amount(subject, money.units())
}

/// Two details, or the one there is.
fn both(first: Option<Phrase>, second: Option<Phrase>) -> Option<Phrase> {
    match (first, second) {
        (Some(first), Some(second)) => Some(phrase!("{first}; {second}", first, second)),
        (first, second) => first.or(second),
    }
}

/// `Planned to date 520,000 (52%)`.
fn budget(subject: &Subject<'_>) -> Phrase {
    let measures = &subject.found.measures;
    match share(measures.pv, measures.bac) {
        Some(share) => {
            phrase!("planned to date {amount} ({share})", amount = money(subject, measures.pv), share)
        }
        None => phrase!("no task has a baseline cost"),
    }
}

/// `45% complete, 52% planned`.
fn earned(subject: &Subject<'_>) -> Option<Phrase> {
    let measures = &subject.found.measures;
    let (earned, planned) = (share(measures.ev, measures.bac)?, share(measures.pv, measures.bac)?);
    Some(phrase!("{earned} complete, {planned} planned", earned, planned))
}

/// `48% of the budget; 12,000 committed`.
fn spent(subject: &Subject<'_>) -> Option<Phrase> {
    let measures = &subject.found.measures;
    let spent = measures.ac.ok().and_then(|ac| share(ac, measures.bac));
    let spent = spent.map(|share| phrase!("{share} of the budget", share));
    let committed = (measures.committed > Money::ZERO)
        .then(|| phrase!("{amount} more committed", amount = money(subject, measures.committed)));
    both(spent, committed)
}

/// `12% over budget; P80 1,300,000`.
fn estimate(subject: &Subject<'_>) -> Option<Phrase> {
    let measures = &subject.found.measures;
    let eac = measures.eac.ok()?;
    let over = ratio(eac - measures.bac.units(), measures.bac.units(), Reason::NoBaseline).ok();
    let p80 = subject.found.recommended.eac_p80.filter(|_| !subject.all_earned());
    both(over.map(budget_share), p80.map(|p80| phrase!("P80 {amount}", amount = amount(subject, p80))))
}

/// `12% over budget`, from the share it is over.
fn budget_share(over: f64) -> Phrase {
    let share = Part::share(over.abs());
    match over {
        over if over.abs() < 0.005 => phrase!("on budget"),
        over if over > 0.0 => phrase!("{share} over budget", share),
        _ => phrase!("{share} under budget", share),
    }
}

/// `The rest needs 1.12 to meet the budget`.
fn cost_index(subject: &Subject<'_>) -> Option<Phrase> {
    match subject.metric("tcpi_bac") {
        Ok(needed) if !subject.all_earned() => {
            Some(phrase!("the rest needs {index} to meet the budget", index = index(needed)))
        }
        Err(Reason::CannotBeMet) => Some(phrase!("the budget can no longer be met")),
        _ => spent_against_earned(subject),
    }
}

/// `Spent 12,000 more than earned`.
fn spent_against_earned(subject: &Subject<'_>) -> Option<Phrase> {
    let measures = &subject.found.measures;
    let more = (measures.ac.ok()? - measures.ev).units();
    let amount = amount(subject, more.abs());
    Some(match more {
        more if more > 0.0 => phrase!("spent {amount} more than earned", amount),
        more if more < 0.0 => phrase!("spent {amount} less than earned", amount),
        _ => phrase!("spent what was earned"),
    })
}

/// `18 working days late (tolerance 15); P80 12 Oct 2026`.
fn finish(subject: &Subject<'_>) -> Option<Phrase> {
    let against = match (subject.finish_day(), subject.baseline_span()) {
        (Ok(finish), Some((_, baseline))) => Some(match subject.working_days(baseline, finish) {
            Some(late) if late > 0.0 => {
                let days = working_days(late);
                match subject.project.charter.tolerance_days {
                    Some(tolerance) => phrase!(
                        "{days} late (tolerance {tolerance})",
                        days,
                        tolerance = Part::number(tolerance, usize::from(tolerance.fract() != 0.0))
                    ),
                    None => phrase!("{days} late", days),
                }
            }
            Some(early) if early < 0.0 => phrase!("{days} early", days = working_days(early)),
            _ => phrase!("as in the baseline"),
        }),
        _ => None,
    };
    let p80 = subject.found.recommended.finish_p80.filter(|_| !subject.all_earned());
    both(against, p80.map(|p80| phrase!("P80 {day}", day = crate::calendar::last_day(p80))))
}

/// The share of an amount in the budget; none without a budget.
fn share(amount: Money, bac: Money) -> Option<Part> {
    ratio(amount.units(), bac.units(), Reason::NoBaseline).ok().map(Part::share)
}
