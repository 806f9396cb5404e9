//! The key figures: eight tiles, and more where there is a risk register.

mod finished;

use crate::analysis::business_case::BusinessCase;
use crate::document::{KeyFigure, Value};
use crate::quantity::{Health, Money, ratio};
use crate::report::narrative;
use crate::report::subject::{self, Subject, cell};
use crate::report::wording::{capital, index, working_days};
use crate::wording::percent;

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
        tile("Budget (BAC)", Value::Money(subject.found.measures.bac), budget(subject), None),
        tile("Earned value (EV)", Value::Money(subject.found.measures.ev), earned(subject), None),
        tile("Actual cost (AC)", subject::spent(subject.found.measures.ac), spent(subject), None),
        tile(
            "Forecast cost (EAC)",
            cell(subject.found.measures.eac, Value::Estimate),
            estimate(subject),
            cost,
        ),
        index_tile(subject, "Cost efficiency (CPI)", "cpi", cost_index(subject)),
        index_tile(subject, "Schedule efficiency (SPI(t))", "spi_t", schedule_index(subject)),
        tile(
            "Forecast finish",
            subject.finish_day().map_or_else(Value::Undefined, Value::Date),
            finish(subject),
            schedule,
        ),
        tile("Trust in the data", Value::Text(subject.found.trust.grade.to_string()), trust(subject), None),
    ];
    tiles.extend(exposure(subject));
    tiles
}

/// The tiles of a project that has not begun: what it is to cost, when it ends, what it is worth.
fn before(subject: &Subject<'_>, case: &BusinessCase) -> Vec<KeyFigure> {
    let now = case.now();
    let number = |units: f64| subject.format.number(units, subject.format.money_decimals);
    let confident = case.uncertainty.as_ref().map(|found| format!("P80 {}", number(found.p80)));
    let rate = case.rate.map(|rate| format!("at a rate of {}%", subject.format.number(rate * 100.0, 1)));
    let paid = now.payback.map(|payback| format!("by {}", subject.format.day(payback.day)));
    let beside = [
        (subject.found.reserves.contingency, "contingency"),
        (subject.found.reserves.management_reserve, "management reserve"),
    ];
    let beside =
        beside.iter().filter_map(|(money, name)| Some(format!("{} {name}", number((*money)?.units()))));
    let beside: Vec<String> = beside.collect();
    let benefits = now.present_benefits.map(|benefits| format!("benefits worth {}", number(benefits)));
    let mut tiles = vec![
        tile("Budget (BAC)", Value::Money(subject.found.measures.bac), beside.join("; "), None),
        tile(
            "Forecast cost (EAC)",
            cell(subject.found.measures.eac, Value::Estimate),
            estimate(subject),
            subject.health_at_end("Cost"),
        ),
        tile(
            "Forecast finish",
            subject.finish_day().map_or_else(Value::Undefined, Value::Date),
            finish(subject),
            subject.health_at_end("Schedule"),
        ),
        tile("Net present value (NPV)", cell(now.npv, Value::Estimate), confident.unwrap_or_default(), None),
        tile("Rate of return (IRR)", cell(now.rates.irr, Value::Percent), rate.unwrap_or_default(), None),
        tile("Benefit-cost ratio", cell(now.benefit_cost, Value::Index), benefits.unwrap_or_default(), None),
        tile(
            "Payback, years",
            cell(now.payback.map(|payback| payback.years), |years| Value::Number(years, 1)),
            paid.unwrap_or_default(),
            None,
        ),
        tile("Trust in the data", Value::Text(subject.found.trust.grade.to_string()), trust(subject), None),
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
    let amount = |money: Money| subject.format.number(money.units(), subject.format.money_decimals);
    let cover = match (risk.cover.contingency_left, risk.cover.ratio) {
        (Some(left), Ok(ratio)) if ratio < 3.0 => {
            format!("contingency left {}: {} of it", amount(left), percent(ratio))
        }
        (Some(left), Ok(ratio)) => {
            format!("contingency left {}: {} times as much", amount(left), subject.format.number(ratio, 0))
        }
        (Some(left), Err(_)) => format!("contingency left {}", amount(left)),
        (None, _) => "no contingency is budgeted".to_owned(),
    };
    Some(tile("Risk exposure", Value::Money(risk.residual.cost), cover, None))
}

/// An index, rated by its own thresholds: the dimension may be worse for another reason.
fn index_tile(subject: &Subject<'_>, label: &str, id: &str, detail: impl AsRef<str>) -> KeyFigure {
    let index = subject.metric(id);
    tile(label, cell(index, Value::Index), detail, subject.rated_index(index))
}

fn tile(label: &str, value: Value, detail: impl AsRef<str>, health: Option<Health>) -> KeyFigure {
    // An undefined figure says why, before anything else.
    let detail = match &value {
        Value::Undefined(reason) => capital(reason.text()),
        _ => capital(detail.as_ref()),
    };
    KeyFigure { label: label.to_owned(), value, detail, health }
}

/// `Planned to date 520,000 (52%)`.
fn budget(subject: &Subject<'_>) -> String {
    let measures = &subject.found.measures;
    match share(measures.pv, measures.bac) {
        Some(planned) => {
            format!(
                "planned to date {} ({planned})",
                subject.format.number(measures.pv.units(), subject.format.money_decimals)
            )
        }
        None => "no task has a baseline cost".to_owned(),
    }
}

/// `45% complete, 52% planned`.
fn earned(subject: &Subject<'_>) -> String {
    let measures = &subject.found.measures;
    match (share(measures.ev, measures.bac), share(measures.pv, measures.bac)) {
        (Some(earned), Some(planned)) => format!("{earned} complete, {planned} planned"),
        _ => String::new(),
    }
}

/// `48% of the budget; 12,000 committed`.
fn spent(subject: &Subject<'_>) -> String {
    let measures = &subject.found.measures;
    let mut parts = Vec::new();
    if let Some(spent) = measures.ac.ok().and_then(|ac| share(ac, measures.bac)) {
        parts.push(format!("{spent} of the budget"));
    }
    if measures.committed > Money::ZERO {
        let committed = subject.format.number(measures.committed.units(), subject.format.money_decimals);
        parts.push(format!("{committed} more committed"));
    }
    parts.join("; ")
}

/// `12% over budget; P80 1,300,000`.
fn estimate(subject: &Subject<'_>) -> String {
    let measures = &subject.found.measures;
    let Ok(eac) = measures.eac else { return String::new() };
    let mut parts = Vec::new();
    if let Ok(over) =
        ratio(eac - measures.bac.units(), measures.bac.units(), crate::quantity::Reason::NoBaseline)
    {
        parts.push(budget_share(over));
    }
    if let Some(p80) = subject.found.recommended.eac_p80.filter(|_| !subject.all_earned()) {
        parts.push(format!("P80 {}", subject.format.number(p80, subject.format.money_decimals)));
    }
    parts.join("; ")
}

/// `12% over budget`, from the share it is over.
fn budget_share(over: f64) -> String {
    match over {
        over if over.abs() < 0.005 => "on budget".to_owned(),
        over if over > 0.0 => format!("{} over budget", percent(over)),
        over => format!("{} under budget", percent(-over)),
    }
}

/// `The rest needs 1.12 to meet the budget`.
fn cost_index(subject: &Subject<'_>) -> String {
    match subject.metric("tcpi_bac") {
        Ok(needed) if !subject.all_earned() => format!("the rest needs {} to meet the budget", index(needed)),
        Err(crate::quantity::Reason::CannotBeMet) => "the budget can no longer be met".to_owned(),
        _ => spent_against_earned(subject),
    }
}

/// `Spent 12,000 more than earned`.
fn spent_against_earned(subject: &Subject<'_>) -> String {
    let measures = &subject.found.measures;
    let Ok(ac) = measures.ac else { return String::new() };
    let more = (ac - measures.ev).units();
    let amount = subject.format.number(more.abs(), subject.format.money_decimals);
    match more {
        more if more > 0.0 => format!("spent {amount} more than earned"),
        more if more < 0.0 => format!("spent {amount} less than earned"),
        _ => "spent what was earned".to_owned(),
    }
}

/// `12 working days behind the plan`.
fn schedule_index(subject: &Subject<'_>) -> String {
    narrative::gap(subject).map(|gap| subject.say(gap)).unwrap_or_default()
}

/// `18 working days late (tolerance 15); P80 12 Oct 2026`.
fn finish(subject: &Subject<'_>) -> String {
    let mut parts = Vec::new();
    if let (Ok(finish), Some((_, baseline))) = (subject.finish_day(), subject.baseline_span()) {
        parts.push(match subject.working_days(baseline, finish) {
            Some(late) if late > 0.0 => {
                let tolerance = subject.project.charter.tolerance_days;
                let tolerance = tolerance.map(|days| {
                    let decimals = usize::from(days.fract() != 0.0);
                    format!(" (tolerance {})", subject.format.number(days, decimals))
                });
                format!("{} late{}", working_days(late), tolerance.unwrap_or_default())
            }
            Some(early) if early < 0.0 => format!("{} early", working_days(early)),
            _ => "as in the baseline".to_owned(),
        });
    }
    if let Some(p80) = subject.found.recommended.finish_p80.filter(|_| !subject.all_earned()) {
        parts.push(format!("P80 {}", subject.format.day(crate::calendar::last_day(p80))));
    }
    parts.join("; ")
}

/// The first reason, or that there is none.
fn trust(subject: &Subject<'_>) -> String {
    let reasons = &subject.found.trust.reasons;
    match reasons.as_slice() {
        [] => "nothing found that would move the figures".to_owned(),
        [only] => subject.say(only),
        [first, rest @ ..] => {
            format!("{}; {} more under data quality", subject.say(first), rest.len())
        }
    }
}

/// The share of an amount in the budget; none without a budget.
fn share(amount: Money, bac: Money) -> Option<String> {
    ratio(amount.units(), bac.units(), crate::quantity::Reason::NoBaseline).ok().map(percent)
}
