//! The change log, and the baseline from the first to today's.

mod tables;

use crate::analysis::change::{Effect, First, Standing};
use crate::document::{Block, Chart, Kind, Part, Plot, Waterfall, WaterfallStep};
use crate::quantity::Money;
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::{is_nothing, listed, signed_working_days, working_days};
use crate::wording::counted;

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
fn worth(subject: &Subject<'_>, effect: Effect) -> String {
    let mut parts = Vec::new();
    if !effect.cost.is_zero() {
        parts.push(subject.format.amount(effect.cost.units()));
    }
    if !is_nothing(effect.days) {
        parts.push(subject.say(signed_working_days(effect.days)));
    }
    if parts.is_empty() { "nothing".to_owned() } else { listed(&parts) }
}

/// `EUR 38,500, 30 working days later`: what a change would do, in a line; empty where nobody has estimated it.
pub(in crate::report) fn brief(subject: &Subject<'_>, index: usize) -> String {
    let change = &subject.project.changes[index];
    let cost = change.impact_cost.map(|cost| subject.format.amount(cost.units()));
    let days = change.impact_days.filter(|days| !is_nothing(*days)).map(|days| {
        let direction = if days < 0.0 { "earlier" } else { "later" };
        format!("{} {direction}", working_days(days))
    });
    cost.into_iter().chain(days).collect::<Vec<_>>().join(", ")
}

/// How many of each, and what they are worth.
fn told(subject: &Subject<'_>) -> String {
    let found = &subject.found.changes;
    let parts: Vec<String> = Standing::ALL
        .into_iter()
        .map(|standing| (standing, found.effect(standing)))
        .filter(|(_, effect)| effect.changes > 0)
        .map(|(standing, effect)| match standing {
            Standing::Rejected => format!("{} {}", effect.changes, standing.words()),
            _ => format!("{} {} ({} net)", effect.changes, standing.words(), worth(subject, effect)),
        })
        .collect();
    format!("The log holds {}: {}.", counted(found.order.len(), "change"), listed(&parts))
}

/// From the first baseline to today's.
fn reconciled(subject: &Subject<'_>) -> String {
    format!("{} {}", budget(subject), finish(subject))
}

/// The budget then and now.
fn budget(subject: &Subject<'_>) -> String {
    let found = &subject.found.changes;
    let budget = &found.budget;
    let amount = |money: Money| subject.format.amount(money.units());
    let changes = match found.effect(Standing::InBaseline).changes {
        0 => "no change is in it".to_owned(),
        1 => format!("1 change in it makes {}", amount(budget.changes)),
        some => format!("{some} changes in it make {}", amount(budget.changes)),
    };
    let Some(drift) = budget.drift else {
        return format!(
            "The budget is {} today and {changes}; the first baseline is not in the data, so it is taken as {}, \
             today's without them, and whether anything drifted without approval cannot be assessed (first_budget in \
             the charter would tell).",
            amount(budget.today),
            amount(budget.first)
        );
    };
    let rest = if drift.is_zero() {
        "nothing is left unexplained".to_owned()
    } else {
        format!("{} are explained by no approved change", amount(drift))
    };
    format!(
        "The budget went from {} in the first baseline to {} today: {changes}, {rest}.",
        amount(budget.first),
        amount(budget.today)
    )
}

/// The finish of the baseline then and now.
fn finish(subject: &Subject<'_>) -> String {
    let Some(finish) = &subject.found.changes.finish else {
        return "The baseline has no finish.".to_owned();
    };
    let day = |day| subject.format.day(day);
    let moved = match finish.changes {
        days if is_nothing(days) => "the changes in it leave it where it was".to_owned(),
        days if days < 0.0 => format!("the changes in it make it {} earlier", working_days(days)),
        days => format!("the changes in it make it {} later", working_days(days)),
    };
    let rest = match finish.drift {
        None => return format!("The finish of the baseline is {}; {moved}.", day(finish.today)),
        Some(_) if finish.first == finish.today && is_nothing(finish.changes) => {
            return format!("The finish of the baseline is {}, as it was first.", day(finish.today));
        }
        Some(drift) if is_nothing(drift) => "nothing is left unexplained".to_owned(),
        Some(drift) => {
            let direction = if drift < 0.0 { "earlier" } else { "later" };
            format!("{} {direction} are explained by no approved change", working_days(drift))
        }
    };
    format!(
        "The finish of the baseline went from {} to {}: {moved}, {rest}.",
        day(finish.first),
        day(finish.today)
    )
}

/// What the forecasts are over what somebody has approved; nothing where they are within it.
fn beyond(subject: &Subject<'_>) -> Option<String> {
    let found = &subject.found.changes;
    let cost = found.unapproved_cost.ok().filter(|cost| cost.abs() >= 0.5).map(|cost| {
        let direction = if cost < 0.0 { "under" } else { "over" };
        format!("the cost is {} {direction}", subject.format.amount(cost.abs()))
    });
    let days = found.unapproved_days.ok().filter(|days| !is_nothing(*days)).map(|days| {
        let direction = if days < 0.0 { "before" } else { "after" };
        format!("the finish is {} {direction}", working_days(days))
    });
    let parts: Vec<String> = [cost, days].into_iter().flatten().collect();
    let counting = match found.effect(Standing::Outside).changes {
        0 => "the baseline".to_owned(),
        1 => "the baseline and the change that is not in it yet".to_owned(),
        some => format!("the baseline and the {some} changes that are not in it yet"),
    };
    let by = if subject.finished().is_some() { "In the end" } else { "By the recommended forecasts" };
    (!parts.is_empty()).then(|| format!("{by} {} what is approved ({counting}).", listed(&parts)))
}

/// The budget from the first baseline through every change to today's, and what is not in it yet.
fn chart(subject: &Subject<'_>) -> Chart {
    let (project, found) = (subject.project, &subject.found.changes);
    let budget = &found.budget;
    let steps = steps(subject);
    let unexplained = budget
        .drift
        .filter(|drift| !drift.is_zero())
        .map(|drift| format!(", {} of it explained by no change", subject.format.amount(drift.units())));
    let named: Vec<&str> =
        found.of(Standing::InBaseline).map(|change| project.changes[change].id.as_str()).collect();
    Chart {
        id: "change_waterfall",
        title: "The budget from the first baseline to today, and what is not in it".to_owned(),
        alt: format!(
            "Waterfall from {} in the first baseline to {} today through {}{}; changes that are approved and not in \
             the baseline add {}, changes that wait {}.",
            subject.format.amount(budget.first.units()),
            subject.format.amount(budget.today.units()),
            if named.is_empty() { "no change".to_owned() } else { named.join(", ") },
            unexplained.unwrap_or_default(),
            subject.format.amount(found.effect(Standing::Outside).cost.units()),
            subject.format.amount(found.effect(Standing::Waiting).cost.units())
        ),
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
    let derived = if budget.source == First::Derived { " (derived)" } else { "" };
    let mut steps = vec![step(format!("First baseline{derived}"), budget.first, Part::Level)];
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
            let name = format!("{} more", counted(rest.len(), "change"));
            steps.push(step(name, rest.iter().map(cost).sum(), part));
        }
        steps
    };
    steps.extend(of(Standing::InBaseline, Part::Change));
    if let Some(drift) = budget.drift.filter(|drift| !drift.is_zero()) {
        steps.push(step("Explained by no change".to_owned(), drift, Part::Change));
    }
    steps.push(step("Baseline today (BAC)".to_owned(), budget.today, Part::Level));
    let outside = of(Standing::Outside, Part::Change);
    let waiting = of(Standing::Waiting, Part::Possible);
    let approved = budget.today + found.effect(Standing::Outside).cost;
    if !outside.is_empty() {
        steps.extend(outside);
        steps.push(step("With all that is approved".to_owned(), approved, Part::Level));
    }
    if !waiting.is_empty() {
        steps.extend(waiting);
        let all = approved + found.effect(Standing::Waiting).cost;
        steps.push(step("If all that waits is approved".to_owned(), all, Part::Level));
    }
    steps
}

/// What tells whether the baseline holds a change.
fn definition(subject: &Subject<'_>) -> String {
    let rule = match subject.project.charter.baseline_date {
        Some(day) => format!(
            "The baseline was approved on {}: it holds what was approved until then",
            subject.format.day(day)
        ),
        None => {
            "No day of the baseline is given: it is taken to hold no change that is only approved".to_owned()
        }
    };
    let found = &subject.found.changes;
    let unsaid = found.effects.iter().any(|effect| effect.without_cost > 0 || effect.without_days > 0);
    let unsaid = if unsaid { " What is not estimated counts as nothing." } else { "" };
    format!("{rule}, and what the log calls implemented. Days are working days.{unsaid}")
}

#[cfg(test)]
mod tests;
