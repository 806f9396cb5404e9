//! The change log, and the baseline from the first to today's.

mod tables;

use crate::analysis::change::{Effect, First, Standing};
use crate::document::{Block, Chart, Kind, Part, Plot, Waterfall, WaterfallStep};
use crate::language::{Part as Place, Phrase};
use crate::quantity::Money;
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::{is_nothing, signed_working_days, working_days};

pub(super) const SECTION: Section = Section {
    id: "changes",
    title: "Changes",
    about: "The change log with its effect on cost, finish and scope; budget and finish from the first baseline through every approved change to today; what no approved change explains.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let found = &subject.found.changes;
    if found.order.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Paragraph(told(subject))];
    blocks.push(Block::Paragraph(reconciled(subject)));
    blocks.extend(beyond(subject).map(Block::Paragraph));
    blocks.push(Block::Chart(chart(subject)));
    blocks.push(Block::Table(tables::standings(subject)));
    blocks.push(Block::Table(tables::log(subject)));
    blocks.push(Block::Note(definition(subject)));
    blocks
}

/// What an effect comes to: `EUR 34,000`, `EUR 45,000 and 22 working days`, `nothing`.
fn worth(subject: &Subject<'_>, effect: Effect) -> Place {
    let mut parts: Vec<Place> = Vec::new();
    if !effect.cost.is_zero() {
        parts.push(subject.money(effect.cost).into());
    }
    if !is_nothing(effect.days) {
        parts.push(signed_working_days(effect.days).into());
    }
    if parts.is_empty() { phrase!("worth::nothing").into() } else { parts.into() }
}

/// `EUR 38,500, 30 working days later`: what a change would do, in a line; empty where nobody has estimated it.
pub(in crate::report) fn brief(subject: &Subject<'_>, index: usize) -> String {
    let change = &subject.project.changes[index];
    let cost = change.impact_cost.map(|cost| subject.money(cost));
    let days = change.impact_days.filter(|days| !is_nothing(*days)).map(|days| {
        let length = working_days(days);
        subject.say(if days < 0.0 {
            phrase!("{days} earlier", days = length)
        } else {
            phrase!("{days} later", days = length)
        })
    });
    cost.into_iter().chain(days).collect::<Vec<_>>().join(", ")
}

/// How many of each, and what they are worth.
fn told(subject: &Subject<'_>) -> String {
    let found = &subject.found.changes;
    let parts: Vec<Place> = Standing::ALL
        .into_iter()
        .map(|standing| (Place::Word(standing.words()), standing, found.effect(standing)))
        .filter(|(_, _, effect)| effect.changes > 0)
        .map(|(words, standing, effect)| match standing {
            Standing::Rejected => phrase!("change::{n} rejected", n = effect.changes).into(),
            _ => phrase!(
                "{n} {standing} ({worth} net)",
                n = effect.changes,
                standing = words,
                worth = worth(subject, effect)
            )
            .into(),
        })
        .collect();
    subject.say(phrase!("The log holds {n} {n|change|changes}: {parts}.", n = found.order.len(), parts))
}

/// From the first baseline to today's.
fn reconciled(subject: &Subject<'_>) -> String {
    subject.say_all(&[budget(subject), finish(subject)])
}

/// The budget then and now.
fn budget(subject: &Subject<'_>) -> Phrase {
    let found = &subject.found.changes;
    let budget = &found.budget;
    let amount = |money| subject.money(money);
    let (first, today) = (amount(budget.first), amount(budget.today));
    let changes = match found.effect(Standing::InBaseline).changes {
        0 => phrase!("no change is in it"),
        n => phrase!(
            "{n} {n|change in it makes|changes in it make} {amount}",
            n,
            amount = amount(budget.changes)
        ),
    };
    match budget.drift {
        None => phrase!(
            "The budget is {today} today and {changes}; the first baseline is not in the data, so it is taken as {first}, \
             today's without them, and whether anything drifted without approval cannot be assessed (first_budget in \
             the charter would tell).",
            today,
            changes,
            first
        ),
        Some(drift) if drift.is_zero() => phrase!(
            "The budget went from {first} in the first baseline to {today} today: {changes}, nothing is left unexplained.",
            first,
            today,
            changes
        ),
        Some(drift) => phrase!(
            "The budget went from {first} in the first baseline to {today} today: {changes}, {amount} are explained by no \
             approved change.",
            first,
            today,
            changes,
            amount = amount(drift)
        ),
    }
}

/// The finish of the baseline then and now.
fn finish(subject: &Subject<'_>) -> Phrase {
    let Some(finish) = &subject.found.changes.finish else {
        return phrase!("The baseline has no finish.");
    };
    let (first, today) = (finish.first, finish.today);
    let moved = match finish.changes {
        days if is_nothing(days) => phrase!("the changes in it leave it where it was"),
        days if days < 0.0 => {
            phrase!("the changes in it make it {days} earlier", days = working_days(days))
        }
        days => phrase!("the changes in it make it {days} later", days = working_days(days)),
    };
    let rest = match finish.drift {
        None => return phrase!("The finish of the baseline is {today}; {moved}.", today, moved),
        Some(_) if first == today && is_nothing(finish.changes) => {
            return phrase!("The finish of the baseline is {today}, as it was first.", today);
        }
        Some(drift) if is_nothing(drift) => phrase!("nothing is left unexplained"),
        Some(drift) if drift < 0.0 => {
            phrase!("{days} earlier are explained by no approved change", days = working_days(drift))
        }
        Some(drift) => {
            phrase!("{days} later are explained by no approved change", days = working_days(drift))
        }
    };
    phrase!(
        "The finish of the baseline went from {first} to {today}: {moved}, {rest}.",
        first,
        today,
        moved,
        rest
    )
}

/// What the forecasts are over what somebody has approved; nothing where they are within it.
fn beyond(subject: &Subject<'_>) -> Option<String> {
    let found = &subject.found.changes;
    let cost = found.unapproved_cost.ok().filter(|cost| cost.abs() >= 0.5);
    let days = found.unapproved_days.ok().filter(|days| !is_nothing(*days));
    let amount = cost.map(|cost| subject.format.amount(cost.abs()));
    let finish = days.map(|days| {
        let length = working_days(days);
        if days < 0.0 {
            phrase!("the finish is {days} before what is approved", days = length)
        } else {
            phrase!("the finish is {days} after what is approved", days = length)
        }
    });
    let differs = match (cost, amount, finish) {
        (Some(cost), Some(amount), Some(finish)) if cost < 0.0 => {
            phrase!("the cost is {amount} under and {finish}", amount, finish)
        }
        (Some(_), Some(amount), Some(finish)) => {
            phrase!("the cost is {amount} over and {finish}", amount, finish)
        }
        (Some(cost), Some(amount), None) if cost < 0.0 => {
            phrase!("the cost is {amount} under what is approved", amount)
        }
        (Some(_), Some(amount), None) => phrase!("the cost is {amount} over what is approved", amount),
        (_, _, Some(finish)) => finish,
        _ => return None,
    };
    let counted = match found.effect(Standing::Outside).changes {
        0 => phrase!("the baseline"),
        1 => phrase!("the baseline and the change that is not in it yet"),
        n => phrase!("the baseline and the {n} changes that are not in it yet", n),
    };
    Some(subject.say(if subject.finished().is_some() {
        phrase!("In the end {differs} ({counted}).", differs, counted)
    } else {
        phrase!("By the recommended forecasts {differs} ({counted}).", differs, counted)
    }))
}

/// The budget from the first baseline through every change to today's, and what is not in it yet.
fn chart(subject: &Subject<'_>) -> Chart {
    let (project, found) = (subject.project, &subject.found.changes);
    let budget = &found.budget;
    let steps = steps(subject);
    let named: Vec<&str> =
        found.of(Standing::InBaseline).map(|change| project.changes[change].id.as_str()).collect();
    let changes = if named.is_empty() { phrase!("no change") } else { Phrase::said(named.join(", ")) };
    let amount = |money| subject.money(money);
    let way = match budget.drift.filter(|drift| !drift.is_zero()) {
        None => phrase!(
            "Waterfall from {first} in the first baseline to {today} today through {changes}",
            first = amount(budget.first),
            today = amount(budget.today),
            changes
        ),
        Some(drift) => phrase!(
            "Waterfall from {first} in the first baseline to {today} today through {changes}, {drift} of it explained by no \
             change",
            first = amount(budget.first),
            today = amount(budget.today),
            changes,
            drift = amount(drift)
        ),
    };
    Chart {
        id: "change_waterfall",
        title: subject.word(word!("The budget from the first baseline to today, and what is not in it")),
        alt: subject.say(phrase!(
            "{way}; changes that are approved and not in the baseline add {outside}, changes that wait {waiting}.",
            way,
            outside = amount(found.effect(Standing::Outside).cost),
            waiting = amount(found.effect(Standing::Waiting).cost)
        )),
        plot: Plot::Waterfall(Waterfall { kind: Kind::Money, unit: subject.format.currency.clone(), steps }),
    }
}

/// The steps of the chart; more changes than the table prints are one step together.
fn steps(subject: &Subject<'_>) -> Vec<WaterfallStep> {
    /// Changes with a bar of their own.
    const MOST: usize = 12;
    let (project, found) = (subject.project, &subject.found.changes);
    let budget = &found.budget;
    let step = |label: String, amount: Money, part| WaterfallStep { label, amount: amount.units(), part };
    let first = match budget.source {
        First::Derived => word!("First baseline (derived)"),
        First::Stated => word!("First baseline"),
    };
    let mut steps = vec![step(subject.word(first), budget.first, Part::Level)];
    let of = |standing, part| {
        let moving: Vec<usize> = found
            .of(standing)
            .filter(|change| project.changes[*change].impact_cost.is_some_and(|cost| !cost.is_zero()))
            .collect();
        let (shown, rest) = moving.split_at(moving.len().min(MOST));
        let cost = |change: &usize| project.changes[*change].impact_cost.unwrap_or_default();
        let named = shown.iter().map(|change| {
            let log = &project.changes[*change];
            let name = if log.title == log.id { log.id.clone() } else { format!("{} {}", log.id, log.title) };
            step(name, cost(change), part)
        });
        let mut steps: Vec<WaterfallStep> = named.collect();
        if !rest.is_empty() {
            let name = subject.say(phrase!("{n} {n|change|changes} more", n = rest.len()));
            steps.push(step(name, rest.iter().map(cost).sum(), part));
        }
        steps
    };
    steps.extend(of(Standing::InBaseline, Part::Change));
    if let Some(drift) = budget.drift.filter(|drift| !drift.is_zero()) {
        steps.push(step(subject.word(word!("Explained by no change")), drift, Part::Change));
    }
    steps.push(step(subject.word(word!("Baseline today (BAC)")), budget.today, Part::Level));
    let outside = of(Standing::Outside, Part::Change);
    let waiting = of(Standing::Waiting, Part::Possible);
    let approved = budget.today + found.effect(Standing::Outside).cost;
    if !outside.is_empty() {
        steps.extend(outside);
        steps.push(step(subject.word(word!("With all that is approved")), approved, Part::Level));
    }
    if !waiting.is_empty() {
        steps.extend(waiting);
        let all = approved + found.effect(Standing::Waiting).cost;
        steps.push(step(subject.word(word!("If all that waits is approved")), all, Part::Level));
    }
    steps
}

/// What tells whether the baseline holds a change.
fn definition(subject: &Subject<'_>) -> String {
    let mut sentences = vec![match subject.project.charter.baseline_date {
        Some(day) => phrase!(
            "The baseline was approved on {day}: it holds what was approved until then, and what the log calls \
             implemented.",
            day
        ),
        None => phrase!(
            "No day of the baseline is given: it is taken to hold no change that is only approved, and what the log calls \
             implemented."
        ),
    }];
    sentences.push(phrase!("Days are working days."));
    let found = &subject.found.changes;
    if found.effects.iter().any(|effect| effect.without_cost > 0 || effect.without_days > 0) {
        sentences.push(phrase!("What is not estimated counts as nothing."));
    }
    subject.say_all(&sentences)
}

#[cfg(test)]
mod tests;
