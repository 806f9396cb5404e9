//! Sentences over the figures: where the project stands, the largest cause, what is to be expected.

use crate::analysis::exception::Area;
use crate::calendar::last_day;
use crate::model::TaskKind;
use crate::quantity::Money;
use crate::report::subject::Subject;
use crate::report::wording::{against_budget, index, is_nothing, periods, span, working_days};
use crate::wording::{counted, is_or_are, percent};

/// Below this share of the work's value, a cost variance is not worth a word.
const NEGLIGIBLE: f64 = 0.005;

/// No budget to compare with.
pub(super) fn without_budget(subject: &Subject<'_>) -> String {
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
        known.push(format!("{done} of {} {} finished", counted(all, "task"), is_or_are(done)));
    }
    known.join("; ") + "."
}

/// The plan of a project that has not begun.
pub(super) fn not_begun(subject: &Subject<'_>) -> String {
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
pub(super) fn position(subject: &Subject<'_>) -> String {
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
pub(in crate::report) fn gap(subject: &Subject<'_>) -> Option<String> {
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
pub(super) fn cost(subject: &Subject<'_>) -> Option<String> {
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

/// The largest cause: where a late finish breaks its tolerance further than the cost breaks its own, the task that
/// adds most to the slip, else the task that contributes most to what is unfavourable.
pub(super) fn cause(subject: &Subject<'_>) -> Option<String> {
    if let Some(sentence) = slip(subject) {
        return Some(sentence);
    }
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
    // The first of several reasons; the others stand with the variances.
    let why = worst.cause.split("; ").next().unwrap_or_default();
    let why = subject.dates_as_shown(why.trim().trim_end_matches('.'));
    let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
    Some(format!("The largest single cause is {task}: {size}{why}."))
}

/// The task that adds most to a slip beyond tolerance; `None` where the cost is the larger breach, or no task adds as
/// much as the forecast itself.
fn slip(subject: &Subject<'_>) -> Option<String> {
    let exception = &subject.found.exception;
    let excess = |area: Area| {
        let tolerance = exception.breaches().find(|tolerance| tolerance.area == area)?;
        Some(tolerance.beyond()? / tolerance.allowed?)
    };
    let slip = exception.slip.as_ref().filter(|_| excess(Area::Time) > excess(Area::Cost))?;
    let part = slip.ranked().into_iter().next().filter(|part| part.days() >= slip.rest.max(0.5))?;
    let how = match (part.waited >= 0.5, part.longer >= 0.5) {
        (true, true) => {
            let (waited, longer) = (working_days(part.waited), working_days(part.longer));
            format!("{waited} by a later start, {longer} by taking longer")
        }
        (true, false) => "by a later start than what it waited for".to_owned(),
        _ => "by taking longer than planned".to_owned(),
    };
    Some(format!(
        "The largest single cause of the later finish is {}: it adds {} of {} ({how}).",
        subject.task_label(part.task),
        subject.format.number(part.days(), usize::from(part.days().fract().abs() > 0.05)),
        working_days(slip.days)
    ))
}

/// Cost and finish to be expected.
pub(super) fn outlook(subject: &Subject<'_>) -> Option<String> {
    let measures = &subject.found.measures;
    // An estimate that rests on no cost says nothing of it.
    let cost = measures.eac.ok().filter(|_| !measures.ac.is_zero()).map(|eac| {
        let over = eac - measures.bac.units();
        let bac = measures.bac.units();
        let against = if (over / bac).abs() < NEGLIGIBLE {
            "as budgeted".to_owned()
        } else {
            against_budget(over, bac, &subject.format)
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

/// What a finished project cost.
pub(super) fn outcome(subject: &Subject<'_>) -> String {
    let measures = &subject.found.measures;
    let budget = amount(subject, measures.bac);
    if measures.ac.is_zero() {
        return format!("All work is done and the budget of {budget} is earned; no cost is booked.");
    }
    let (over, bac) = ((measures.ac - measures.bac).units(), measures.bac.units());
    let spent = amount(subject, measures.ac);
    if (over / bac).abs() < NEGLIGIBLE {
        return format!("All work is done; it cost {spent}, as budgeted.");
    }
    format!("All work is done; it cost {spent}, {} of {budget}.", against_budget(over, bac, &subject.format))
}

/// When a finished project finished.
pub(super) fn end(subject: &Subject<'_>) -> Option<String> {
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
pub(super) fn care(subject: &Subject<'_>) -> Option<String> {
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
