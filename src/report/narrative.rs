//! Three to five sentences: position against the plan, the largest cause, the outlook, what is wanted.
//! Each carries its figure; none is written without data behind it. The author's own words come first.

mod finished;

use crate::calendar::last_day;
use crate::model::TaskKind;
use crate::quantity::{Health, Money};
use crate::report::section;
use crate::report::subject::Subject;
use crate::report::two_views;
use crate::report::wording::{index, is_nothing, listed, periods, span, working_days};
use crate::wording::{counted, percent};

/// Below this share of the work's value, a cost variance is not worth a word.
const NEGLIGIBLE: f64 = 0.005;

/// Composes the narrative of page 1.
pub(super) fn compose(subject: &Subject<'_>) -> Vec<String> {
    let measures = &subject.found.measures;
    let own = subject.project.charter.narrative.iter().map(|words| words.trim().to_owned());
    let mut sentences: Vec<Option<String>> = own.filter(|words| !words.is_empty()).map(Some).collect();
    if measures.bac <= Money::ZERO {
        sentences.push(Some(without_budget(subject)));
    } else if !subject.has_begun() {
        sentences.extend([Some(not_begun(subject)), section::business_case::in_brief(subject)]);
    } else if subject.finished().is_some() && subject.all_earned() {
        sentences.extend(finished::sentences(subject));
    } else if subject.all_earned() {
        sentences.extend([Some(outcome(subject)), end(subject), cause(subject)]);
    } else {
        sentences.extend([
            Some(position(subject)),
            cost(subject),
            cause(subject),
            outlook(subject),
            two_views::larger(subject),
            decision(subject),
        ]);
    }
    sentences.push(care(subject));
    sentences.into_iter().flatten().collect()
}

/// No budget to compare with.
fn without_budget(subject: &Subject<'_>) -> String {
    let measures = &subject.found.measures;
    let mut known = vec![
        "No task has a baseline cost, so neither progress nor cost can be measured against a budget"
            .to_owned(),
    ];
    if measures.ac > Money::ZERO {
        known.push(format!("{} is spent to date", amount(subject, measures.ac)));
    }
    let leaves = || subject.found.tasks.iter().enumerate().filter(|(index, _)| !subject.is_summary(*index));
    let (all, done) = (leaves().count(), leaves().filter(|(_, value)| value.actual_finish.is_some()).count());
    if all > 0 && !subject.project.tasks.is_empty() {
        let verb = if done == 1 { "is" } else { "are" };
        known.push(format!("{done} of {} {verb} finished", counted(all, "task")));
    }
    known.join("; ") + "."
}

/// The plan of a project that has not begun.
fn not_begun(subject: &Subject<'_>) -> String {
    let tasks = subject.project.tasks.iter().enumerate();
    let work =
        tasks.filter(|(index, task)| !subject.is_summary(*index) && task.kind != TaskKind::Milestone).count();
    let dates = subject.baseline_span().map(|(start, finish)| span(start, finish, &subject.format));
    format!(
        "Work has not begun: the baseline holds {} for {}{}.",
        amount(subject, subject.found.measures.bac),
        counted(work, "task"),
        dates.map(|dates| format!(" from {dates}")).unwrap_or_default()
    )
}

/// What is done against what was planned.
fn position(subject: &Subject<'_>) -> String {
    let measures = &subject.found.measures;
    let bac = measures.bac.units();
    let done = if measures.ev.is_zero() {
        "nothing is earned yet".to_owned()
    } else {
        format!(
            "work worth {} is done, {} of the budget",
            amount(subject, measures.ev),
            percent(measures.ev.units() / bac)
        )
    };
    let planned = match subject.baseline_span() {
        Some((_, finish)) if measures.pv >= measures.bac => {
            format!("the plan had all of it done by {}", subject.format.day(finish))
        }
        _ if measures.pv.is_zero() => "the plan asked for nothing yet".to_owned(),
        _ => format!(
            "the plan asked for {} ({})",
            amount(subject, measures.pv),
            percent(measures.pv.units() / bac)
        ),
    };
    let gap = gap(subject).map(|gap| format!(": the project is {gap}")).unwrap_or_default();
    let day = subject.format.day(subject.found.status_date.day());
    format!("At {day} {done}, where {planned}{gap}.")
}

/// `12 working days behind the plan`, by earned schedule; a ready series counts in its own periods.
pub(super) fn gap(subject: &Subject<'_>) -> Option<String> {
    let measures = &subject.found.measures;
    let (gap, length) = if measures.ready_series {
        let gap = measures.earned_periods.ok()? - measures.actual_periods.ok()?;
        (gap, periods(gap, subject.found.period_kind))
    } else {
        let gap = measures.earned_schedule.ok()? - measures.actual_time.ok()?;
        (gap, working_days(gap))
    };
    Some(match gap {
        gap if is_nothing(gap) => "on schedule".to_owned(),
        gap if gap < 0.0 => format!("{length} behind the plan"),
        _ => format!("{length} ahead of the plan"),
    })
}

/// What the work done cost against its budget.
fn cost(subject: &Subject<'_>) -> Option<String> {
    let measures = &subject.found.measures;
    if measures.ac.is_zero() {
        let earned = !measures.ev.is_zero();
        return earned.then(|| "No cost is booked yet, so what this work cost cannot be judged.".to_owned());
    }
    let spent = amount(subject, measures.ac);
    if measures.ev.is_zero() {
        return Some(format!("{spent} is spent with nothing earned for it."));
    }
    let variance = measures.ev - measures.ac;
    let cpi = subject.metric("cpi").map(|cpi| format!(" (CPI {})", index(cpi))).unwrap_or_default();
    Some(if variance.units().abs() < NEGLIGIBLE * measures.ev.units() {
        format!("It cost {spent}, as this work was budgeted{cpi}.")
    } else {
        let more = if variance < Money::ZERO { "more" } else { "less" };
        let difference = subject.format.amount(variance.units().abs());
        format!("It cost {spent}, {difference} {more} than this work was budgeted at{cpi}.")
    })
}

/// The task that contributes most to what is unfavourable.
fn cause(subject: &Subject<'_>) -> Option<String> {
    let worst = subject.found.variances.first().filter(|worst| worst.cv.min(worst.sv) < Money::ZERO)?;
    let task = subject.task_label(worst.task);
    let share = percent(worst.share);
    let by_cost = worst.cv <= worst.sv;
    let size = if by_cost {
        let over = subject.format.amount(-worst.cv.units());
        format!("it cost {over} more than its work was budgeted at, {share} of all overruns")
    } else {
        let behind = subject.format.amount(-worst.sv.units());
        format!("work worth {behind} is behind its plan, {share} of all that is behind")
    };
    let why = subject.dates_as_shown(worst.cause.trim().trim_end_matches('.'));
    let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
    Some(format!("The largest single cause is {task}: {size}{why}."))
}

/// Cost and finish to be expected.
fn outlook(subject: &Subject<'_>) -> Option<String> {
    let measures = &subject.found.measures;
    let cost = measures.eac.ok().map(|eac| {
        let over = eac - measures.bac.units();
        let share = over / measures.bac.units();
        let against = if share.abs() < NEGLIGIBLE {
            "as budgeted".to_owned()
        } else {
            let direction = if over > 0.0 { "over" } else { "under" };
            format!("{} ({}) {direction} the budget", subject.format.amount(over.abs()), percent(share.abs()))
        };
        format!("to cost {}, {against}", subject.format.amount(eac))
    });
    let finish = subject.finish_day().ok().map(|finish| {
        let late = subject.baseline_span().and_then(|(_, baseline)| subject.working_days(baseline, finish));
        let against = match late {
            Some(late) if late > 0.0 => format!(", {} after the baseline", working_days(late)),
            Some(late) if late < 0.0 => format!(", {} before the baseline", working_days(late)),
            Some(_) => ", as in the baseline".to_owned(),
            None => String::new(),
        };
        format!("to finish on {}{against}", subject.format.day(finish))
    });
    let expected: Vec<String> = [cost, finish].into_iter().flatten().collect();
    (!expected.is_empty()).then(|| format!("The project is expected {}.", expected.join(", and ")))
}

/// A decision, where a tolerance is forecast to be exceeded or a rating is red.
fn decision(subject: &Subject<'_>) -> Option<String> {
    let (measures, charter) = (&subject.found.measures, &subject.project.charter);
    let mut breaches = Vec::new();
    let (mut over_cost, mut over_time) = (false, false);
    if let (Some(tolerance), Ok(eac)) = (charter.tolerance_cost, measures.eac) {
        let beyond = eac - measures.bac.units() - tolerance.units();
        if beyond > 0.0 {
            breaches.push(format!(
                "the cost tolerance of {} is exceeded by {}",
                amount(subject, tolerance),
                subject.format.amount(beyond)
            ));
            over_cost = true;
        }
    }
    if let (Some(tolerance), Some(late)) = (charter.tolerance_days, days_late(subject)) {
        let beyond = late - tolerance;
        if beyond > 0.0 {
            breaches.push(format!(
                "the finish tolerance of {} is exceeded by {}",
                working_days(tolerance),
                working_days(beyond)
            ));
            over_time = true;
        }
    }
    if !breaches.is_empty() {
        let wanted = match (over_cost, over_time) {
            (true, true) => "budget, scope and finish",
            (true, false) => "more budget or less scope",
            _ => "a later finish or more hands",
        };
        return Some(format!(
            "By this forecast {}: the sponsor is asked to decide on {wanted}.",
            listed(&breaches)
        ));
    }
    // With tolerances that hold, the sponsor has said what is theirs to decide.
    if charter.tolerance_cost.is_some() || charter.tolerance_days.is_some() {
        return None;
    }
    let red: Vec<String> = subject
        .found
        .health
        .iter()
        .filter(|finding| finding.rating == Some(Health::Red) && finding.dimension != "Overall")
        .map(|finding| {
            format!("{} is red ({})", finding.dimension.to_lowercase(), subject.dates_as_shown(&finding.rule))
        })
        .collect();
    (!red.is_empty())
        .then(|| format!("The sponsor is asked to decide how to go on, because {}.", listed(&red)))
}

/// Working days from the baseline finish to the forecast one.
fn days_late(subject: &Subject<'_>) -> Option<f64> {
    let (_, baseline) = subject.baseline_span()?;
    subject.working_days(baseline, subject.finish_day().ok()?)
}

/// What a finished project cost.
fn outcome(subject: &Subject<'_>) -> String {
    let measures = &subject.found.measures;
    let bac = amount(subject, measures.bac);
    if measures.ac.is_zero() {
        return format!("All work is done and the budget of {bac} is earned; no cost is booked.");
    }
    let variance = measures.bac - measures.ac;
    let share = variance.units().abs() / measures.bac.units();
    let spent = amount(subject, measures.ac);
    if share < NEGLIGIBLE {
        return format!("All work is done; it cost {spent}, as budgeted.");
    }
    let direction = if variance < Money::ZERO { "over" } else { "under" };
    let difference = subject.format.amount(variance.units().abs());
    format!(
        "All work is done; it cost {spent}, {difference} ({}) {direction} the budget of {bac}.",
        percent(share)
    )
}

/// When a finished project finished.
fn end(subject: &Subject<'_>) -> Option<String> {
    let finished = subject.found.tasks.iter().filter_map(|value| value.actual_finish).max().map(last_day)?;
    let (_, baseline) = subject.baseline_span()?;
    let day = subject.format.day(finished);
    let baseline_day = subject.format.day(baseline);
    Some(match subject.working_days(baseline, finished)? {
        late if late > 0.0 => {
            format!(
                "It finished on {day}, {} after the baseline finish of {baseline_day}.",
                working_days(late)
            )
        }
        early if early < 0.0 => {
            format!(
                "It finished on {day}, {} before the baseline finish of {baseline_day}.",
                working_days(early)
            )
        }
        _ => format!("It finished on {day}, as in the baseline."),
    })
}

/// That the figures rest on doubtful data, where they do.
fn care(subject: &Subject<'_>) -> Option<String> {
    let trust = &subject.found.trust;
    let first = trust.reasons.first().filter(|_| trust.grade >= 'C')?;
    let more = match trust.reasons.len() - 1 {
        0 => String::new(),
        1 => ", and one more reason".to_owned(),
        n => format!(", and {n} more reasons"),
    };
    Some(format!(
        "Read these figures with care and have the data completed: trust is graded {} ({}{more}).",
        trust.grade,
        first.trim_end_matches('.')
    ))
}

fn amount(subject: &Subject<'_>, amount: Money) -> String {
    subject.format.amount(amount.units())
}

#[cfg(test)]
mod tests;
