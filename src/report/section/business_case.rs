//! The business case as approved and as it stands: what it is worth, when it is paid back, what turns it.

mod charts;
mod tables;

use crate::analysis::business_case::{BusinessCase, Drift, Input, Switch};
use crate::document::{Block, KeyFigure, Value};
use crate::language::{Part, Phrase};
use crate::quantity::{Measured, Reason};
use crate::report::section::Section;
use crate::report::subject::{Subject, cell};
use crate::report::wording::capital;

pub(super) const SECTION: Section = Section {
    id: "business_case",
    title: "Business case",
    about: "Net present value, internal rate of return, payback and benefit-cost ratio, as approved and with the forecast of cost and finish; which input turns the decision.",
    compose,
};

/// What the figures rest on.
const CONVENTIONS: &str = word!(
    "Flows count on their day: each is divided by (1 + rate) ^ (days since the first flow / 365), \
    as Excel's XNPV and XIRR do it. Payback runs evenly between two flows and is the day from which the sum of the flows \
    stays above zero. With the forecast, the earliest costs, as much as the budget (BAC) covers, are multiplied by \
    EAC / BAC; everything else that is still to come moves by the days that the finish slips: benefits come later, they \
    are not lost."
);

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let Some(case) = &subject.found.business_case else { return Vec::new() };
    let mut blocks = vec![Block::Paragraph(told(subject, case)), Block::Figures(tiles(subject, case))];
    blocks.extend(uncertain(subject, case).map(Block::Paragraph));
    blocks.push(Block::Paragraph(decision(subject)));
    blocks.push(Block::Table(tables::appraisals(subject, case)));
    blocks.extend(several_rates(subject, case).map(Block::Note));
    blocks.push(Block::Chart(charts::cumulative(subject, case)));
    blocks.extend(charts::tornado(subject, case).map(Block::Chart));
    if !case.switches.is_empty() {
        blocks.push(Block::Heading(subject.word(word!("What turns the decision"))));
        blocks.push(Block::Paragraph(turning(subject, case)));
        blocks.push(Block::Table(tables::switches(subject, case)));
    }
    blocks.push(Block::Note(subject.word(CONVENTIONS)));
    blocks.push(Block::Table(tables::flows(subject, case)));
    blocks
}

/// What it is worth, and what has changed since it was approved.
fn told(subject: &Subject<'_>, case: &BusinessCase) -> String {
    let amount = |units: f64| subject.format.amount(units);
    let last = case.plan.flows.last().map_or(case.plan.base, |flow| flow.date);
    let sums = phrase!(
        "The case reckons with costs of {costs} and benefits of {benefits} from {from} to {to}.",
        costs = amount(case.plan.costs),
        benefits = amount(case.plan.benefits),
        from = case.plan.base,
        to = last
    );
    subject.say_all(&[sums, worth(subject, case)])
}

/// What it is worth, as approved and as it stands.
fn worth(subject: &Subject<'_>, case: &BusinessCase) -> Phrase {
    let amount = |units: f64| subject.format.amount(units);
    let (Some(rate), Ok(planned), Ok(now)) = (case.rate.map(rate), case.plan.npv, case.now().npv) else {
        return phrase!(
            "Neither charter nor settings state a discount rate, so what it is worth today cannot be said."
        );
    };
    let forecast = match &case.forecast {
        Ok(forecast) if case.has_drifted() => forecast,
        Ok(_) => {
            return phrase!(
                "At {rate} a year its net present value is {npv}; the forecasts of cost and finish are as planned.",
                rate,
                npv = amount(planned)
            );
        }
        Err(reason) => {
            return phrase!(
                "At {rate} a year its net present value is {npv}; it cannot be re-computed with a forecast: {reason}.",
                rate,
                npv = amount(planned),
                reason = *reason
            );
        }
    };
    let change = now - planned;
    let (size, lost) = (amount(change.abs()), Part::share(change.abs() / planned));
    phrase!(
        "At {rate} a year its net present value is {planned} as approved and {now} as it stands: {change}, because the \
         project {causes}.",
        rate,
        planned = amount(planned),
        now = amount(now),
        change = match (change < 0.0, planned > 0.0) {
            (true, true) => phrase!("{amount} ({share}) less", amount = size, share = lost),
            (true, false) => phrase!("{amount} less", amount = size),
            (false, true) => phrase!("{amount} ({share}) more", amount = size, share = lost),
            (false, false) => phrase!("{amount} more", amount = size),
        },
        causes = causes(forecast.drift)
    )
}

/// `costs 8.4% more`, `ends 14 days later`.
fn causes(drift: Drift) -> Vec<Part> {
    let over = drift.cost_factor - 1.0;
    let cost = (over.abs() >= 0.000_5).then(|| {
        if over > 0.0 {
            phrase!("costs {share} more", share = share(over))
        } else {
            phrase!("costs {share} less", share = share(-over))
        }
    });
    let n = drift.slip_days.unsigned_abs();
    let finish = (drift.slip_days != 0).then(|| {
        if drift.slip_days > 0 {
            phrase!("ends {n} {n|day|days} later", n)
        } else {
            phrase!("ends {n} {n|day|days} earlier", n)
        }
    });
    cost.into_iter().chain(finish).map(Part::from).collect()
}

/// What the case is worth and how sure that is, for page 1 of a project that has not begun.
pub(in crate::report) fn in_brief(subject: &Subject<'_>) -> Option<Phrase> {
    let case = subject.found.business_case.as_ref()?;
    let (now, rate) = (case.now(), rate(case.rate?));
    let value = now.npv.ok()?;
    let npv = subject.format.amount(value);
    let worth = match now.payback {
        Ok(payback) => phrase!(
            "The business case is worth {npv} at {rate} a year and paid back in {years} {years|year|years}",
            npv,
            rate,
            years = Part::number(payback.years, 1)
        ),
        Err(_) => phrase!("The business case is worth {npv} at {rate} a year", npv, rate),
    };
    let worth = match &case.uncertainty {
        Ok(found) => phrase!(
            "{worth}; with 80% confidence it is at least {p80}.",
            worth,
            p80 = subject.format.amount(found.p80)
        ),
        Err(_) => phrase!("{worth}.", worth),
    };
    let turned = case.switches.first().and_then(|switch| Some((switch, switch.at.ok()?)));
    Some(match turned.filter(|_| value >= 0.0) {
        Some((switch, at)) => {
            let change = change(switch, at);
            phrase!("{worth} {turn}", worth, turn = phrase!("It would be worth nothing {change}.", change))
        }
        None => worth,
    })
}

/// `7%`, `7.5%`.
pub(super) fn rate(rate: f64) -> Part {
    let per_cent = rate * 100.0;
    Part::percent(rate, usize::from((per_cent - per_cent.round()).abs() > 0.005))
}

/// A small share with one decimal: `8.4%`.
fn share(share: f64) -> Part {
    if share < 0.1 { Part::percent(share, 1) } else { Part::share(share) }
}

/// The figures as they stand; below each what was approved, where that differs.
fn tiles(subject: &Subject<'_>, case: &BusinessCase) -> Vec<KeyFigure> {
    let (plan, now) = (&case.plan, case.now());
    let years = |years: f64| Value::Number(years, 1);
    let tile = |label: &str, now: Measured, plan: Measured, show: fn(f64) -> Value| {
        let value = cell(now, show);
        let detail = match (&value, plan) {
            (Value::Undefined(reason), _) => capital(&subject.word(reason.text())),
            (_, Ok(planned)) if case.has_drifted() => {
                subject.say(phrase!("Approved with {figure}", figure = subject.format.show(&show(planned))))
            }
            _ => String::new(),
        };
        KeyFigure { label: subject.word(label), value, detail, health: None }
    };
    vec![
        tile(word!("Net present value (NPV)"), now.npv, plan.npv, Value::Estimate),
        tile(word!("Internal rate of return (IRR)"), now.rates.irr, plan.rates.irr, Value::Percent),
        tile(word!("Benefit-cost ratio"), now.benefit_cost, plan.benefit_cost, Value::Index),
        tile(
            word!("Payback, years"),
            now.payback.map(|payback| payback.years),
            plan.payback.map(|payback| payback.years),
            years,
        ),
    ]
}

/// The net present value over the trials.
fn uncertain(subject: &Subject<'_>, case: &BusinessCase) -> Option<String> {
    case.rate?;
    let found = match &case.uncertainty {
        Ok(found) => found,
        Err(why) => {
            return Some(
                subject.say(phrase!("How sure the net present value is cannot be said, because {why}.", why)),
            );
        }
    };
    Some(subject.say_all(&[
        phrase!(
            "Over {n} {n|trial|trials} of the simulation the net present value exceeds {p50} in half of them (P50) and \
             {p80} in eight of ten: that is its P80, the value that holds with 80% confidence.",
            n = found.trials,
            p50 = subject.format.amount(found.p50),
            p80 = subject.format.amount(found.p80)
        ),
        if found.positive < 1.0 {
            phrase!("It is above zero in {share}.", share = Part::share(found.positive))
        } else {
            phrase!("It is above zero in every one of them.")
        },
        phrase!("Cost and finish of the project vary in the trials, the size of the benefits does not."),
    ]))
}

fn decision(subject: &Subject<'_>) -> String {
    subject.say(match &subject.project.charter.decision {
        Some(decision) => phrase!("The sponsor's decision: {decision}", decision = full_stop(decision)),
        None => phrase!("The charter records no decision of the sponsor."),
    })
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
    let all: Vec<Part> = rates.all.iter().map(|rate| Part::percent(*rate, 1)).collect();
    let verdict = match (rates.irr, all.len()) {
        (Err(Reason::SeveralRates), _) => phrase!(
            "{rates} make the net present value zero: there is no single rate of return, and none is chosen; decide on \
             the net present value",
            rates = all
        ),
        (Ok(_), 2..) => phrase!(
            "{rates} make the net present value zero; the only one that is not negative is shown",
            rates = all
        ),
        (Ok(_), _) => phrase!("one rate makes the net present value zero all the same"),
        (Err(_), _) => phrase!("no rate makes the net present value zero"),
    };
    Some(subject.say(phrase!(
        "The flows change their sign {n} times: {verdict}.",
        n = rates.sign_changes,
        verdict
    )))
}

/// Which input turns the decision first.
fn turning(subject: &Subject<'_>, case: &BusinessCase) -> String {
    let Ok(npv) = case.now().npv else { return String::new() };
    let told = case.switches.iter().filter_map(|switch| Some(change(switch, switch.at.ok()?)));
    let mut told = told.collect::<Vec<_>>().into_iter();
    let Some(first) = told.next() else {
        return subject.word(word!("No change of a single input makes the net present value zero."));
    };
    let others = told.reduce(|one, other| phrase!("{one}, or {other}", one, other));
    let turned = match (npv >= 0.0, others) {
        (true, None) => phrase!("The case is worth nothing {first}.", first),
        (true, Some(others)) => {
            phrase!("The case is worth nothing {first}; so it is {others}.", first, others)
        }
        (false, None) => phrase!("The case would be worth something {first}.", first),
        (false, Some(others)) => {
            phrase!("The case would be worth something {first}; so it would {others}.", first, others)
        }
    };
    subject.say_all(&[turned, phrase!("Each stands for itself, with everything else as it is.")])
}

/// `with benefits 17% lower`, `with benefits 2.3 years later`, `at a discount rate of 37.3%`.
fn change(switch: &Switch, at: f64) -> Phrase {
    let by = share(at.abs());
    let years = Part::number(at.abs(), 1);
    match (switch.input, at >= 0.0) {
        (Input::Costs, true) => phrase!("with costs {share} higher", share = by),
        (Input::Costs, false) => phrase!("with costs {share} lower", share = by),
        (Input::Benefits, true) => phrase!("with benefits {share} higher", share = by),
        (Input::Benefits, false) => phrase!("with benefits {share} lower", share = by),
        (Input::Delay, true) => phrase!("with benefits {years} {years|year|years} later", years),
        (Input::Delay, false) => phrase!("with benefits {years} {years|year|years} earlier", years),
        (Input::Rate, _) => phrase!("at a discount rate of {rate}", rate = Part::percent(at, 1)),
    }
}
