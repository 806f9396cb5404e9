//! What follows when nothing is done: cost and finish with their P80, milestones, contingency, waiting changes.

use crate::analysis::exception::Area;
use crate::calendar::last_day;
use crate::model::{Change, Severity};
use crate::quantity::Money;
use crate::report::subject::Subject;
use crate::report::wording::{against_budget, listed, working_days};
use crate::wording::counted;

/// Milestones that are named.
const MILESTONES: usize = 4;

/// The consequences, a sentence each.
pub(super) fn compose(subject: &Subject<'_>) -> Vec<String> {
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

fn cost(subject: &Subject<'_>) -> Option<String> {
    let (measures, recommended) = (&subject.found.measures, &subject.found.recommended);
    let eac = measures.eac.ok()?;
    let over = eac - measures.bac.units();
    let p80 = recommended.eac_p80.map(|p80| {
        format!("; four of five such projects end at no more than {}", subject.format.amount(p80))
    });
    Some(format!(
        "Cost: {} is to be expected, {}{}.",
        subject.format.amount(eac),
        against_budget(over, measures.bac.units(), &subject.format),
        p80.unwrap_or_default()
    ))
}

fn finish(subject: &Subject<'_>) -> Option<String> {
    let finish = subject.finish_day().ok()?;
    let (_, baseline) = subject.baseline_span()?;
    let late = subject.working_days(baseline, finish)?;
    let p80 = subject.found.recommended.finish_p80;
    let p80 =
        p80.map(|p80| format!("; four of five such projects end by {}", subject.format.day(last_day(p80))));
    let direction = if late < 0.0 { "before" } else { "after" };
    Some(format!(
        "Finish: {} is to be expected, {} {direction} the baseline{}.",
        subject.format.day(finish),
        working_days(late),
        p80.unwrap_or_default()
    ))
}

/// The open milestones that move later, the furthest first.
fn milestones(subject: &Subject<'_>) -> Option<String> {
    let mut moved: Vec<_> = subject
        .found
        .milestones
        .iter()
        .filter(|milestone| !milestone.reached)
        .filter_map(|milestone| Some((milestone.movement_days.filter(|days| *days >= 0.5)?, milestone)))
        .collect();
    moved.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.task.cmp(&b.1.task)));
    let names: Vec<String> = moved
        .iter()
        .take(MILESTONES)
        .filter_map(|(days, milestone)| {
            let day = subject.format.day(last_day(milestone.forecast?));
            Some(format!("{} to {day} ({})", subject.task_label(milestone.task), working_days(*days)))
        })
        .collect();
    let more = match moved.len().saturating_sub(MILESTONES) {
        0 => String::new(),
        more => format!("; {} more", counted(more, "milestone")),
    };
    (!names.is_empty()).then(|| format!("Milestones move: {}{more}.", listed(&names)))
}

fn contingency(subject: &Subject<'_>) -> Option<String> {
    let cover = &subject.found.risk.cover;
    let left = cover.contingency_left?;
    let over = subject.found.measures.eac.ok()? - subject.found.measures.bac.units();
    let reach = match over {
        over if over <= 0.0 => String::new(),
        over if left.units() >= over => {
            ", which would bear what is over the budget and nothing else".to_owned()
        }
        over => format!(", {} less than what is over the budget", subject.format.amount(over - left.units())),
    };
    Some(format!("Contingency: {} is left{reach}.", subject.format.amount(left.units())))
}

/// The severe defects where their tolerance breaks.
fn quality(subject: &Subject<'_>) -> Option<String> {
    if !subject.found.exception.breaks(Area::Quality) {
        return None;
    }
    let open = subject.found.quality.defects.as_ref()?.open;
    Some(format!(
        "Quality: {} and {} are open; acceptance waits for them.",
        counted(open.of(Some(Severity::Critical)), "critical defect"),
        counted(open.of(Some(Severity::High)), "high one")
    ))
}

/// What waits and would add to cost or time.
fn changes(subject: &Subject<'_>) -> Option<String> {
    let adds = |change: &&Change| {
        change.impact_days.unwrap_or(0.0) >= 0.0 && change.impact_cost.unwrap_or(Money::ZERO) >= Money::ZERO
    };
    let waiting: Vec<String> = subject
        .found
        .commitments
        .changes
        .iter()
        .map(|index| &subject.project.changes[*index])
        .filter(adds)
        .filter_map(|change| {
            let cost = change.impact_cost.filter(|cost| !cost.is_zero());
            let cost = cost.map(|cost| subject.format.amount(cost.units()));
            let days =
                change.impact_days.filter(|days| *days > 0.0).map(|days| subject.say(working_days(days)));
            let effect: Vec<String> = cost.into_iter().chain(days).collect();
            (!effect.is_empty())
                .then(|| format!("{} \u{201c}{}\u{201d} ({})", change.id, change.title, listed(&effect)))
        })
        .collect();
    (!waiting.is_empty()).then(|| {
        format!(
            "Changes that wait for a decision and are not in the forecast: {}. One that asks for a later date may be the \
             request for what is forecast here.",
            listed(&waiting)
        )
    })
}
