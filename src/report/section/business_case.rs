//! The business case as approved and as it stands: what it is worth, when it is paid back, what turns it.

mod charts;
mod tables;

use crate::analysis::business_case::{BusinessCase, Input, Switch};
use crate::document::{Block, KeyFigure, Value};
use crate::quantity::{Measured, Reason};
use crate::report::section::Section;
use crate::report::subject::{Subject, cell};
use crate::report::wording::{capital, listed};
use crate::wording::{counted, percent};

pub(super) const SECTION: Section = Section {
    id: "business_case",
    title: "Business case",
    about: "Net present value, internal rate of return, payback and benefit-cost ratio, as approved and with the forecast of cost and finish; which input turns the decision.",
    compose,
};

/// What the figures rest on.
const CONVENTIONS: &str = "Flows count on their day: each is divided by (1 + rate) ^ (days since the first flow / 365), \
    as Excel's XNPV and XIRR do it. Payback runs evenly between two flows and is the day from which the sum of the flows \
    stays above zero. With the forecast, the earliest costs, as much as the budget (BAC) covers, are multiplied by \
    EAC / BAC; everything else that is still to come moves by the days that the finish slips: benefits come later, they \
    are not lost.";

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let Some(case) = &subject.found.business_case else { return Vec::new() };
    let mut blocks = vec![Block::Paragraph(told(subject, case)), Block::Figures(tiles(subject, case))];
    blocks.extend(uncertain(subject, case).map(Block::Paragraph));
    blocks.push(Block::Paragraph(decision(subject)));
    blocks.push(Block::Table(tables::appraisals(case)));
    blocks.extend(several_rates(subject, case).map(Block::Note));
    blocks.push(Block::Chart(charts::cumulative(subject, case)));
    blocks.extend(charts::tornado(subject, case).map(Block::Chart));
    if !case.switches.is_empty() {
        blocks.push(Block::Heading("What turns the decision".to_owned()));
        blocks.push(Block::Paragraph(turning(subject, case)));
        blocks.push(Block::Table(tables::switches(case)));
    }
    blocks.push(Block::Note(CONVENTIONS.to_owned()));
    blocks.push(Block::Table(tables::flows(subject, case)));
    blocks
}

/// What it is worth, and what has changed since it was approved.
fn told(subject: &Subject<'_>, case: &BusinessCase) -> String {
    let amount = |units: f64| subject.format.amount(units);
    let last = case.plan.flows.last().map_or(case.plan.base, |flow| flow.date);
    let sums = format!(
        "The case reckons with costs of {} and benefits of {} from {} to {}",
        amount(case.plan.costs),
        amount(case.plan.benefits),
        subject.format.day(case.plan.base),
        subject.format.day(last)
    );
    let (Some(rate), Ok(planned), Ok(now)) = (case.rate, case.plan.npv, case.now().npv) else {
        return format!(
            "{sums}. Neither charter nor settings state a discount rate, so what it is worth today cannot be said."
        );
    };
    let worth = format!("{sums}. At {} a year its net present value is {}", rate_text(rate), amount(planned));
    let forecast = match &case.forecast {
        Ok(forecast) if case.has_drifted() => forecast,
        Ok(_) => return format!("{worth}; the forecasts of cost and finish are as planned."),
        Err(reason) => return format!("{worth}; it cannot be re-computed with a forecast: {reason}."),
    };
    let drift = forecast.drift;
    let mut causes = Vec::new();
    let over = drift.cost_factor - 1.0;
    if over.abs() >= 0.000_5 {
        causes.push(format!("costs {} {}", share(over.abs()), if over > 0.0 { "more" } else { "less" }));
    }
    if drift.slip_days != 0 {
        let days = counted(drift.slip_days.unsigned_abs(), "day");
        causes.push(format!("ends {days} {}", if drift.slip_days > 0 { "later" } else { "earlier" }));
    }
    let change = now - planned;
    let direction = if change < 0.0 { "less" } else { "more" };
    let lost = if planned > 0.0 { format!(" ({})", percent(change.abs() / planned)) } else { String::new() };
    format!(
        "{worth} as approved and {} as it stands: {}{lost} {direction}, because the project {}.",
        amount(now),
        amount(change.abs()),
        listed(&causes)
    )
}

/// What the case is worth and how sure that is, for page 1 of a project that has not begun.
pub(in crate::report) fn in_brief(subject: &Subject<'_>) -> Option<String> {
    let case = subject.found.business_case.as_ref()?;
    let (now, rate) = (case.now(), case.rate?);
    let npv = now.npv.ok()?;
    let mut text =
        format!("The business case is worth {} at {} a year", subject.format.amount(npv), rate_text(rate));
    if let Ok(payback) = now.payback {
        text = format!("{text} and paid back in {} years", subject.format.number(payback.years, 1));
    }
    if let Ok(found) = &case.uncertainty {
        text = format!("{text}; with 80% confidence it is at least {}", subject.format.amount(found.p80));
    }
    let turned = case.switches.first().and_then(|switch| Some((switch, switch.at.ok()?)));
    if let (Some((switch, at)), true) = (turned, npv >= 0.0) {
        text = format!("{text}. It would be worth nothing {}", change(subject, switch, at));
    }
    Some(format!("{text}."))
}

/// `7%`, `7.5%`.
pub(super) fn rate_text(rate: f64) -> String {
    let per_cent = rate * 100.0;
    let decimals = usize::from((per_cent - per_cent.round()).abs() > 0.005);
    format!("{per_cent:.decimals$}%")
}

/// A small share with one decimal: `8.4%`.
fn share(share: f64) -> String {
    if share < 0.1 { format!("{:.1}%", share * 100.0) } else { percent(share) }
}

/// The figures as they stand; below each what was approved, where that differs.
fn tiles(subject: &Subject<'_>, case: &BusinessCase) -> Vec<KeyFigure> {
    let (plan, now) = (&case.plan, case.now());
    let years = |years: f64| Value::Number(years, 1);
    let tile = |label: &str, now: Measured, plan: Measured, show: fn(f64) -> Value| {
        let value = cell(now, show);
        let detail = match (&value, plan) {
            (Value::Undefined(reason), _) => capital(reason.text()),
            (_, Ok(planned)) if case.has_drifted() => {
                format!("Approved with {}", subject.format.show(&show(planned)))
            }
            _ => String::new(),
        };
        KeyFigure { label: label.to_owned(), value, detail, health: None }
    };
    vec![
        tile("Net present value (NPV)", now.npv, plan.npv, Value::Estimate),
        tile("Internal rate of return (IRR)", now.rates.irr, plan.rates.irr, Value::Percent),
        tile("Benefit-cost ratio", now.benefit_cost, plan.benefit_cost, Value::Index),
        tile(
            "Payback, years",
            now.payback.map(|payback| payback.years),
            plan.payback.map(|payback| payback.years),
            years,
        ),
    ]
}

/// The net present value over the trials.
fn uncertain(subject: &Subject<'_>, case: &BusinessCase) -> Option<String> {
    case.rate?;
    Some(match &case.uncertainty {
        Ok(found) => format!(
            "Over {} of the simulation the net present value exceeds {} in half of them (P50) and {} in eight of ten: \
             that is its P80, the value that holds with 80% confidence. It is above zero in {}. Cost and finish of \
             the project vary in the trials, the size of the benefits does not.",
            counted(found.trials, "trial"),
            subject.format.amount(found.p50),
            subject.format.amount(found.p80),
            if found.positive < 1.0 { percent(found.positive) } else { "every one of them".to_owned() }
        ),
        Err(why) => format!("How sure the net present value is cannot be said, because {why}."),
    })
}

fn decision(subject: &Subject<'_>) -> String {
    match &subject.project.charter.decision {
        Some(decision) => format!("The sponsor's decision: {}", full_stop(decision)),
        None => "The charter records no decision of the sponsor.".to_owned(),
    }
}

/// A sentence ends with a stop.
fn full_stop(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

/// That flows change their sign more than once, and what that means for the rate of return.
fn several_rates(subject: &Subject<'_>, case: &BusinessCase) -> Option<String> {
    let rates = &case.now().rates;
    if rates.sign_changes < 2 {
        return None;
    }
    let one = |rate: &f64| format!("{}%", subject.format.number(rate * 100.0, 1));
    let all: Vec<String> = rates.all.iter().map(one).collect();
    let verdict = match (rates.irr, all.len()) {
        (Err(Reason::SeveralRates), _) => format!(
            "{} make the net present value zero: there is no single rate of return, and none is chosen; decide on the \
             net present value",
            listed(&all)
        ),
        (Ok(_), 2..) => {
            format!(
                "{} make the net present value zero; the only one that is not negative is shown",
                listed(&all)
            )
        }
        (Ok(_), _) => "one rate makes the net present value zero all the same".to_owned(),
        (Err(_), _) => "no rate makes the net present value zero".to_owned(),
    };
    Some(format!("The flows change their sign {} times: {verdict}.", rates.sign_changes))
}

/// Which input turns the decision first.
fn turning(subject: &Subject<'_>, case: &BusinessCase) -> String {
    let Ok(npv) = case.now().npv else { return String::new() };
    let told: Vec<String> =
        case.switches.iter().filter_map(|switch| Some(change(subject, switch, switch.at.ok()?))).collect();
    let Some((first, others)) = told.split_first() else {
        return "No change of a single input makes the net present value zero.".to_owned();
    };
    let (verb, too) = if npv >= 0.0 {
        ("The case is worth nothing", "so it is")
    } else {
        ("The case would be worth something", "so it would")
    };
    let others = if others.is_empty() { String::new() } else { format!("; {too} {}", others.join(", or ")) };
    format!("{verb} {first}{others}. Each stands for itself, with everything else as it is.")
}

/// `with benefits 17% lower`, `with everything 2.3 years later`, `at a discount rate of 37.3%`.
fn change(subject: &Subject<'_>, switch: &Switch, at: f64) -> String {
    let by = || share(at.abs());
    match switch.input {
        Input::Costs => format!("with costs {} {}", by(), if at >= 0.0 { "higher" } else { "lower" }),
        Input::Benefits => format!("with benefits {} {}", by(), if at >= 0.0 { "higher" } else { "lower" }),
        Input::Delay => format!(
            "with benefits {} years {}",
            subject.format.number(at.abs(), 1),
            if at >= 0.0 { "later" } else { "earlier" }
        ),
        Input::Rate => format!("at a discount rate of {}%", subject.format.number(at * 100.0, 1)),
    }
}
