//! Sentences over the figures: where the project stands, the largest cause, what is to be expected.

use crate::analysis::exception::Area;
use crate::calendar::last_day;
use crate::language::{Part, Phrase};
use crate::model::TaskKind;
use crate::quantity::Money;
use crate::report::subject::Subject;
use crate::report::wording::{against_budget, index, is_nothing, periods, working_days};

/// Below this share of the work's value, a cost variance is not worth a word.
const NEGLIGIBLE: f64 = 0.005;

/// No budget to compare with.
pub(super) fn without_budget(subject: &Subject<'_>) -> Phrase {
    let measures = &subject.found.measures;
    let mut known =
        phrase!("No task has a baseline cost, so neither progress nor cost can be measured against a budget");
    if let Ok(ac) = measures.spent() {
        known = phrase!("{known}; {spent} is spent to date", known, spent = subject.money(ac));
    }
    let leaves = || subject.found.tasks.iter().enumerate().filter(|(index, _)| !subject.is_summary(*index));
    let (all, done) = (leaves().count(), leaves().filter(|(_, value)| value.actual_finish.is_some()).count());
    if all > 0 && !subject.project.tasks.is_empty() {
        known = phrase!("{known}; {done} of {all} {all|task|tasks} {done|is|are} finished", known, done, all);
    }
    phrase!("{sentence}.", sentence = known)
}

/// The plan of a project that has not begun.
pub(super) fn not_begun(subject: &Subject<'_>) -> Phrase {
    let tasks = subject.project.tasks.iter().enumerate();
    let n =
        tasks.filter(|(index, task)| !subject.is_summary(*index) && task.kind != TaskKind::Milestone).count();
    let budget = subject.money(subject.found.measures.bac);
    match subject.baseline_span() {
        Some((from, to)) => phrase!(
            "Work has not begun: the baseline holds {budget} for {n} {n|task|tasks} from {from} to {to}.",
            budget,
            n,
            from,
            to
        ),
        None => phrase!("Work has not begun: the baseline holds {budget} for {n} {n|task|tasks}.", budget, n),
    }
}

/// What is done against what was planned.
pub(super) fn position(subject: &Subject<'_>) -> Phrase {
    let measures = &subject.found.measures;
    let share = |amount: Money| Part::share(amount.units() / measures.bac.units());
    let done = if measures.ev.is_zero() {
        phrase!("nothing is earned yet")
    } else {
        phrase!(
            "work worth {amount} is done, {share} of the budget",
            amount = subject.money(measures.ev),
            share = share(measures.ev)
        )
    };
    let planned = match subject.baseline_span() {
        Some((_, finish)) if measures.pv >= measures.bac => {
            phrase!("the plan had all of it done by {finish}", finish)
        }
        _ if measures.pv.is_zero() => phrase!("the plan asked for nothing yet"),
        _ => phrase!(
            "the plan asked for {amount} ({share})",
            amount = subject.money(measures.pv),
            share = share(measures.pv)
        ),
    };
    let day = subject.found.status_date.day();
    match gap(subject) {
        Some(gap) => {
            phrase!("At {day} {done}, where {planned}: the project is {gap}.", day, done, planned, gap)
        }
        None => phrase!("At {day} {done}, where {planned}.", day, done, planned),
    }
}

/// `12 working days behind the plan`, by earned schedule; a ready series counts in its own periods.
pub(in crate::report) fn gap(subject: &Subject<'_>) -> Option<Phrase> {
    let measures = &subject.found.measures;
    let (gap, length) = if measures.ready_series {
        let gap = measures.earned_periods.ok()? - measures.actual_periods.ok()?;
        (gap, periods(gap, subject.found.period_kind))
    } else {
        let gap = measures.earned_schedule.ok()? - measures.actual_time.ok()?;
        (gap, working_days(gap))
    };
    Some(match gap {
        gap if is_nothing(gap) => phrase!("on schedule"),
        gap if gap < 0.0 => phrase!("{length} behind the plan", length),
        _ => phrase!("{length} ahead of the plan", length),
    })
}

/// What the work done cost against its budget.
pub(super) fn cost(subject: &Subject<'_>) -> Option<Phrase> {
    let measures = &subject.found.measures;
    let Ok(ac) = measures.spent() else {
        let earned = !measures.ev.is_zero();
        return earned.then(|| phrase!("No cost is booked yet, so what this work cost cannot be judged."));
    };
    let spent = subject.money(ac);
    if measures.ev.is_zero() {
        return Some(phrase!("{spent} is spent with nothing earned for it.", spent));
    }
    let variance = measures.ev - ac;
    let difference = subject.format.amount(variance.units().abs());
    let judged = if variance.units().abs() < NEGLIGIBLE * measures.ev.units() {
        phrase!("It cost {spent}, as this work was budgeted", spent)
    } else if variance < Money::ZERO {
        phrase!("It cost {spent}, {difference} more than this work was budgeted at", spent, difference)
    } else {
        phrase!("It cost {spent}, {difference} less than this work was budgeted at", spent, difference)
    };
    Some(match subject.metric("cpi") {
        Ok(cpi) => phrase!("{judged} (CPI {cpi}).", judged, cpi = index(cpi)),
        Err(_) => phrase!("{sentence}.", sentence = judged),
    })
}

/// The largest cause: where a late finish breaks its tolerance further than the cost breaks its own, the task that
/// adds most to the slip, else the task that contributes most to what is unfavourable.
pub(super) fn cause(subject: &Subject<'_>) -> Option<Phrase> {
    if let Some(sentence) = slip(subject) {
        return Some(sentence);
    }
    let worst = subject.found.variances.first().filter(|worst| worst.cv.min(worst.sv) < Money::ZERO)?;
    let task = subject.task_label(worst.task);
    let share = Part::share(worst.share);
    let size = if worst.cv <= worst.sv {
        let over = subject.money(-worst.cv);
        phrase!("it cost {over} more than its work was budgeted at, {share} of all overruns", over, share)
    } else {
        let behind = subject.money(-worst.sv);
        phrase!("work worth {behind} is behind its plan, {share} of all that is behind", behind, share)
    };
    // The first of several reasons; the others stand with the variances.
    Some(match worst.causes.first() {
        None => phrase!("The largest single cause is {task}: {size}.", task, size),
        Some(why) => phrase!("The largest single cause is {task}: {size} ({why}).", task, size, why),
    })
}

/// The task that adds most to a slip beyond tolerance; `None` where the cost is the larger breach, or no task adds as
/// much as the forecast itself.
fn slip(subject: &Subject<'_>) -> Option<Phrase> {
    let exception = &subject.found.exception;
    let excess = |area: Area| {
        let tolerance = exception.breaches().find(|tolerance| tolerance.area == area)?;
        Some(tolerance.beyond()? / tolerance.allowed?)
    };
    let slip = exception.slip.as_ref().filter(|_| excess(Area::Time) > excess(Area::Cost))?;
    let part = slip.ranked().into_iter().next().filter(|part| part.days() >= slip.rest.max(0.5))?;
    let how = match (part.waited >= 0.5, part.longer >= 0.5) {
        (true, true) => phrase!(
            "{waited} by a later start, {longer} by taking longer",
            waited = working_days(part.waited),
            longer = working_days(part.longer)
        ),
        (true, false) => phrase!("by a later start than what it waited for"),
        _ => phrase!("by taking longer than planned"),
    };
    Some(phrase!(
        "The largest single cause of the later finish is {task}: it adds {days} of {all} ({how}).",
        task = subject.task_label(part.task),
        days = Part::number(part.days(), usize::from(part.days().fract().abs() > 0.05)),
        all = working_days(slip.days),
        how
    ))
}

/// Cost and finish to be expected.
pub(super) fn outlook(subject: &Subject<'_>) -> Option<Phrase> {
    let measures = &subject.found.measures;
    // An estimate that rests on no cost says nothing of it.
    let cost = measures.spent().and(measures.eac).ok().map(|eac| {
        let over = eac - measures.bac.units();
        let bac = measures.bac.units();
        let amount = subject.format.amount(eac);
        if (over / bac).abs() < NEGLIGIBLE {
            phrase!("to cost {amount}, as budgeted", amount)
        } else {
            phrase!(
                "to cost {amount}, {against}",
                amount,
                against = against_budget(over, bac, &subject.format)
            )
        }
    });
    let finish = subject.finish_day().ok().map(|day| {
        let late = subject.baseline_span().and_then(|(_, baseline)| subject.working_days(baseline, day));
        match late {
            Some(late) if late > 0.0 => {
                phrase!("to finish on {day}, {days} after the baseline", day, days = working_days(late))
            }
            Some(late) if late < 0.0 => {
                phrase!("to finish on {day}, {days} before the baseline", day, days = working_days(late))
            }
            Some(_) => phrase!("to finish on {day}, as in the baseline", day),
            None => phrase!("to finish on {day}", day),
        }
    });
    match (cost, finish) {
        (Some(cost), Some(finish)) => {
            Some(phrase!("The project is expected {cost}, and {finish}.", cost, finish))
        }
        (cost, finish) => Some(phrase!("The project is expected {outcome}.", outcome = cost.or(finish)?)),
    }
}

/// What a finished project cost.
pub(super) fn outcome(subject: &Subject<'_>) -> Phrase {
    let measures = &subject.found.measures;
    let budget = subject.money(measures.bac);
    let Ok(ac) = measures.spent() else {
        return phrase!("All work is done and the budget of {budget} is earned; no cost is booked.", budget);
    };
    let (over, bac) = ((ac - measures.bac).units(), measures.bac.units());
    let spent = subject.money(ac);
    if (over / bac).abs() < NEGLIGIBLE {
        return phrase!("All work is done; it cost {spent}, as budgeted.", spent);
    }
    let (difference, share) = (subject.format.amount(over.abs()), Part::share((over / bac).abs()));
    if over > 0.0 {
        phrase!(
            "All work is done; it cost {spent}, {difference} ({share}) over the budget of {budget}.",
            spent,
            difference,
            share,
            budget
        )
    } else {
        phrase!(
            "All work is done; it cost {spent}, {difference} ({share}) under the budget of {budget}.",
            spent,
            difference,
            share,
            budget
        )
    }
}

/// When a finished project finished.
pub(super) fn end(subject: &Subject<'_>) -> Option<Phrase> {
    let day = subject.found.tasks.iter().filter_map(|value| value.actual_finish).max().map(last_day)?;
    let (_, baseline) = subject.baseline_span()?;
    Some(match subject.working_days(baseline, day)? {
        late if late > 0.0 => phrase!(
            "It finished on {day}, {days} after the baseline finish of {baseline}.",
            day,
            days = working_days(late),
            baseline
        ),
        early if early < 0.0 => phrase!(
            "It finished on {day}, {days} before the baseline finish of {baseline}.",
            day,
            days = working_days(early),
            baseline
        ),
        _ => phrase!("It finished on {day}, as in the baseline.", day),
    })
}

/// That the figures rest on doubtful data, where they do.
pub(super) fn care(subject: &Subject<'_>) -> Option<Phrase> {
    let trust = &subject.found.trust;
    let first = trust.reasons.first().filter(|_| trust.grade >= 'C')?;
    let (grade, why) = (trust.grade, first);
    Some(match trust.reasons.len() - 1 {
        0 => phrase!(
            "Read these figures with care and have the data completed: trust is graded {grade} ({why}).",
            grade,
            why
        ),
        1 => phrase!(
            "Read these figures with care and have the data completed: trust is graded {grade} ({why}, and one more reason).",
            grade,
            why
        ),
        n => phrase!(
            "Read these figures with care and have the data completed: trust is graded {grade} ({why}, and {n} more reasons).",
            grade,
            why,
            n
        ),
    })
}
