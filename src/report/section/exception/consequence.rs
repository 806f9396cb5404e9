//! What follows when nothing is done: cost and finish with their P80, milestones, contingency, waiting changes.

use crate::analysis::exception::Area;
use crate::calendar::last_day;
use crate::language::{Part, Phrase};
use crate::model::{Change, Severity};
use crate::quantity::Money;
use crate::report::subject::Subject;
use crate::report::wording::{against_budget, working_days};

/// Milestones that are named.
const MILESTONES: usize = 4;

/// The consequences, a sentence each.
pub(super) fn compose(subject: &Subject<'_>) -> Vec<Phrase> {
    [
        cost(subject),
        finish(subject),
        milestones(subject),
        contingency(subject),
        quality(subject),
        changes(subject),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn cost(subject: &Subject<'_>) -> Option<Phrase> {
    let (measures, recommended) = (&subject.found.measures, &subject.found.recommended);
    let eac = measures.eac.ok()?;
    let over = eac - measures.bac.units();
    let amount = subject.format.amount(eac);
    let against = against_budget(over, measures.bac.units(), &subject.format);
    Some(match recommended.eac_p80 {
        Some(p80) => phrase!(
            "Cost: {amount} is to be expected, {against}; four of five such projects end at no more than {p80}.",
            amount,
            against,
            p80 = subject.format.amount(p80)
        ),
        None => phrase!("Cost: {amount} is to be expected, {against}.", amount, against),
    })
}

fn finish(subject: &Subject<'_>) -> Option<Phrase> {
    let finish = subject.finish_day().ok()?;
    let (_, baseline) = subject.baseline_span()?;
    let late = subject.working_days(baseline, finish)?;
    let days = working_days(late);
    let against = if late < 0.0 {
        phrase!("{days} before the baseline", days)
    } else {
        phrase!("{days} after the baseline", days)
    };
    Some(match subject.found.recommended.finish_p80.map(last_day) {
        Some(p80) => phrase!(
            "Finish: {finish} is to be expected, {against}; four of five such projects end by {p80}.",
            finish,
            against,
            p80
        ),
        None => phrase!("Finish: {finish} is to be expected, {against}.", finish, against),
    })
}

/// The open milestones that move later, the furthest first.
fn milestones(subject: &Subject<'_>) -> Option<Phrase> {
    let mut moved: Vec<_> = subject
        .found
        .milestones
        .iter()
        .filter(|milestone| !milestone.reached)
        .filter_map(|milestone| Some((milestone.movement_days.filter(|days| *days >= 0.5)?, milestone)))
        .collect();
    moved.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.task.cmp(&b.1.task)));
    let milestones: Vec<Part> = moved
        .iter()
        .take(MILESTONES)
        .filter_map(|(days, milestone)| {
            Some(Part::from(phrase!(
                "{milestone} to {day} ({days})",
                milestone = subject.task_label(milestone.task),
                day = last_day(milestone.forecast?),
                days = working_days(*days)
            )))
        })
        .collect();
    if milestones.is_empty() {
        return None;
    }
    Some(match moved.len().saturating_sub(MILESTONES) {
        0 => phrase!("Milestones move: {milestones}.", milestones),
        n => phrase!("Milestones move: {milestones}; {n} {n|milestone|milestones} more.", milestones, n),
    })
}

fn contingency(subject: &Subject<'_>) -> Option<Phrase> {
    let cover = &subject.found.risk.cover;
    let left = cover.contingency_left?;
    let over = subject.found.measures.eac.ok()? - subject.found.measures.bac.units();
    let amount = subject.money(left);
    Some(match over {
        over if over <= 0.0 => phrase!("Contingency: {amount} is left.", amount),
        over if left.units() >= over => phrase!(
            "Contingency: {amount} is left, which would bear what is over the budget and nothing else.",
            amount
        ),
        over => phrase!(
            "Contingency: {amount} is left, {short} less than what is over the budget.",
            amount,
            short = subject.format.amount(over - left.units())
        ),
    })
}

/// The severe defects where their tolerance breaks.
fn quality(subject: &Subject<'_>) -> Option<Phrase> {
    if !subject.found.exception.breaks(Area::Quality) {
        return None;
    }
    let open = subject.found.quality.defects.as_ref()?.open;
    Some(phrase!(
        "Quality: {critical} {critical|critical defect|critical defects} and {high} {high|high one|high ones} are open; \
         acceptance waits for them.",
        critical = open.of(Some(Severity::Critical)),
        high = open.of(Some(Severity::High))
    ))
}

/// What waits and would add to cost or time.
fn changes(subject: &Subject<'_>) -> Option<Phrase> {
    let adds = |change: &&Change| {
        change.impact_days.unwrap_or(0.0) >= 0.0 && change.impact_cost.unwrap_or(Money::ZERO) >= Money::ZERO
    };
    let waiting = subject.found.commitments.changes.iter().map(|index| &subject.project.changes[*index]);
    let waiting = waiting.filter(adds).filter_map(|change| {
        let cost = change.impact_cost.filter(|cost| !cost.is_zero());
        let cost = cost.map(|cost| Part::from(subject.money(cost)));
        let days = change.impact_days.filter(|days| *days > 0.0).map(|days| working_days(days).into());
        let effect: Vec<Part> = cost.into_iter().chain(days).collect();
        (!effect.is_empty()).then(|| {
            Part::from(phrase!(
                "{change} \u{201c}{title}\u{201d} ({effect})",
                change = &change.id,
                title = &change.title,
                effect
            ))
        })
    });
    let waiting: Vec<Part> = waiting.collect();
    (!waiting.is_empty()).then(|| {
        phrase!(
            "Changes that wait for a decision and are not in the forecast: {waiting}. One that asks for a later date may be \
             the request for what is forecast here.",
            waiting
        )
    })
}
