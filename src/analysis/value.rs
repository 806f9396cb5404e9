//! What a project was worth when: planned value, earned value, actual cost, earned schedule and the
//! forecasts that follow from them. What the other parts of a project's findings build on.

use crate::analysis::actual_cost::ActualCost;
use crate::analysis::baseline::Baseline;
use crate::analysis::budget::BudgetLine;
use crate::analysis::earned_schedule::{Plan, p_factor};
use crate::analysis::forecast::throughput::Throughput;
use crate::analysis::forecast::{self, Outlook};
use crate::analysis::ledger::Ledger;
use crate::analysis::performance::Ready;
use crate::analysis::rollup;
use crate::analysis::series::{Snapshot, View, between};
use crate::analysis::standing::{Ground, counts};
use crate::analysis::status::TimeAxis;
use crate::analysis::timeline::{Curve, Instant};
use crate::analysis::{
    CostForecast, FinishForecast, Group, Measures, PeriodValue, Recommended, Settings, TaskValue, expected,
};
use crate::calendar::{Moment, WorkCalendar, start_of_day};
use crate::language::Phrase;
use crate::model::{EarningRule, Project, TaskKind, TaskStatus};
use crate::quantity::{Measured, Money, Reason, Work, ratio};

/// The value of one project; the fields are those of [`crate::analysis::ProjectFindings`].
#[derive(Clone, Debug)]
pub struct ProjectValue {
    /// Earliest baseline start.
    pub planned_start: Option<Moment>,
    /// Latest baseline finish.
    pub planned_finish: Option<Moment>,
    /// Cumulative figures at the status date.
    pub measures: Measures,
    /// The last period alone.
    pub last_period: Measures,
    /// The last three periods together.
    pub last_three: Measures,
    /// Per task, in the order of `Project::tasks`; a summary holds the sum of its children and its own.
    pub tasks: Vec<TaskValue>,
    /// Budget and cost that belong to no task.
    pub beside_tasks: Option<TaskValue>,
    /// By phase.
    pub phases: Vec<Group>,
    /// By control account.
    pub control_accounts: Vec<Group>,
    /// Period by period.
    pub series: Vec<PeriodValue>,
    /// Whether earlier earned values are derived from actual dates.
    pub series_derived: bool,
    /// What was chosen or assumed, in sentences.
    pub notes: Vec<Phrase>,
    /// Estimates at completion.
    pub cost_forecasts: Vec<CostForecast>,
    /// Finish forecasts.
    pub finish_forecasts: Vec<FinishForecast>,
    /// How the open tasks are done by count.
    pub throughput: Result<Throughput, Reason>,
    /// The recommended ones.
    pub recommended: Recommended,
}

impl ProjectValue {
    /// The finish by the recommended forecast.
    ///
    /// # Errors
    /// Why there is none.
    pub fn forecast_finish(&self) -> Result<Moment, Reason> {
        let chosen = FinishForecast::of(&self.finish_forecasts, self.recommended.finish);
        chosen.map_or(Err(Reason::NoBaselineDates), |forecast| forecast.finish)
    }

    /// When the project was finished; `None` while anything is open. What "finished" means everywhere: every task but
    /// level of effort and what is cancelled; of a ready series, that all is earned.
    #[must_use]
    pub fn actual_finish(&self) -> Option<Moment> {
        FinishForecast::actual(&self.finish_forecasts)
    }

    /// What is left of the budget beside the tasks.
    #[must_use]
    pub fn beside_left(&self) -> Money {
        self.beside_tasks.as_ref().map_or(Money::ZERO, |line| line.bac - line.ev)
    }
}

/// Computes the value of one project.
#[must_use]
pub fn project_value(
    project: &Project,
    ledger: &Ledger,
    budget: &[BudgetLine],
    axis: &TimeAxis,
    settings: &Settings,
) -> ProjectValue {
    let status = axis.status.0;
    let ground = Ground::new(project, ledger, budget, axis, settings);
    let Ground { tree, baseline, cost, progress, rules } = &ground;
    let plan = plan(project, baseline, rules, axis);
    let view = ground.view(project, plan.as_ref(), axis);
    let counts = |i: usize| counts(project, tree, i);
    let view = View { ended: actual_finish(&view, counts), ..view };
    let now = view.at(status);
    let own = own_values(&view, &now);
    let beside = beside(&view, status);
    let usual = WorkCalendar::default();
    let calendar = project.calendars.first().unwrap_or(&usual);
    let ready = ground.ready(project, calendar, axis);

    let (mut measures, last_period, last_three, mut series) = match &ready {
        Some(ready) => ready_figures(ready, status),
        None => figures(&view, &now),
    };
    if measures.ac.is_err() {
        for period in &mut series {
            period.ac = None;
        }
    }
    measures.committed = ledger.committed;
    measures.remaining_estimate = expected::remaining_estimate(
        project,
        progress,
        cost,
        |i| baseline.bac[i] - now.earned[i],
        counts,
        status,
    );
    measures.finished_cpi = match &ready {
        Some(_) => Err(Reason::CostBesideTasks),
        None => finished_cpi(&view, now.ac, counts),
    };
    let cost_forecasts = forecast::cost(&measures);
    let throughput = forecast::throughput::throughput(&view, baseline.finish);
    let outlook = Outlook {
        start: ready.as_ref().map(|ready| ready.start).or(baseline.start),
        now: status,
        calendar,
        throughput: throughput.map(|throughput| throughput.p50),
        // A ready series moves on without the tasks: where none of them says so, there is nothing to send through.
        network: match ready {
            Some(_) if progress.now.iter().all(|stand| !stand.started) => Err(Reason::NoData),
            _ => forecast::remaining::finish(&view, &own, measures.earned_schedule_date),
        },
        plan: current_plan(&view, &own, counts),
        actual: ready.as_ref().map_or(view.ended, |ready| ready.finished(status)),
    };
    let finish_forecasts = forecast::finish(&measures, &outlook);
    let recommended = forecast::recommend(&cost_forecasts, &finish_forecasts, &measures, &outlook, settings);
    measures.eac = cost_forecasts
        .iter()
        .find(|forecast| forecast.method == recommended.cost)
        .map_or(Err(Reason::NoBaseline), |forecast| forecast.eac);

    let accounts = account_extras(&view, beside.as_ref(), status);
    let loose: Vec<(String, TaskValue)> = beside.iter().map(|value| (String::new(), value.clone())).collect();
    let by_phase = rollup::groups(&project.tasks, tree, &own, |task| task.phase.as_deref(), &loose);
    let by_account = rollup::groups(&project.tasks, tree, &own, |t| t.control_account.as_deref(), &accounts);
    let (derived, notes) = notes(&view, cost, ready.is_some(), counts);
    ProjectValue {
        planned_start: outlook.start,
        planned_finish: ready.as_ref().map(Ready::finish).or(baseline.finish),
        measures,
        last_period,
        last_three,
        tasks: with_sums(&view, own),
        beside_tasks: beside,
        phases: by_phase,
        control_accounts: by_account,
        series,
        series_derived: derived,
        notes,
        cost_forecasts,
        finish_forecasts,
        throughput,
        recommended,
    }
}

/// The plan that earned schedule is read from: without level of effort, unless there is nothing else.
fn plan<'a>(
    project: &'a Project,
    baseline: &'a Baseline,
    rules: &[EarningRule],
    axis: &TimeAxis,
) -> Option<Plan<'a>> {
    let dates = (baseline.start?, baseline.finish?);
    let discrete: Vec<&Curve> = baseline
        .curves
        .iter()
        .zip(rules)
        .filter(|(curve, rule)| **rule != EarningRule::LevelOfEffort && !curve.total().is_zero())
        .map(|(curve, _)| curve)
        .collect();
    let curves = if discrete.is_empty() {
        baseline.curves.iter().chain([&baseline.beside_curve]).collect()
    } else {
        discrete
    };
    Some(Plan::new(curves, &project.calendars, dates, axis.kind))
}

/// Measures now, of the last period, of the last three, and the series, from tasks and ledger.
fn figures(view: &View<'_>, now: &Snapshot) -> (Measures, Measures, Measures, Vec<PeriodValue>) {
    let mut measures = view.measures(now);
    if let (Ok(moment), Some(_)) = (now.earned_schedule, view.plan) {
        let t = Instant::new(moment, &view.project.calendars);
        let pairs = view.baseline.curves.iter().zip(&now.earned).zip(view.rules);
        let discrete = pairs.filter(|(_, rule)| **rule != EarningRule::LevelOfEffort);
        measures.p_factor = p_factor(discrete.map(|((curve, earned), _)| (curve.planned(&t), *earned)));
    } else {
        measures.p_factor = now.earned_schedule.and(Err(Reason::NoBaselineDates));
    }
    let this = view.axis.period();
    let mut begins = vec![this.first];
    for _ in 0..2 {
        let first = begins.last().copied().unwrap_or(this.first);
        let before = first.pred_opt().map_or(first, |day| view.axis.kind.period_of(day).first);
        begins.push(before);
    }
    let before = |n: usize| view.measures(&view.at(start_of_day(begins[n])));
    let last_period = between(&before(0), &measures);
    let three = before(2);
    let last_three = between(&three, &measures);
    let begun = view.baseline.start.into_iter().chain(view.cost.first()).min();
    let enough = begun.is_some_and(|begun| begun < crate::calendar::end_of_day(begins[2]));
    measures.recent_cpi = if enough || three.ev != Money::ZERO {
        last_three.ac.and_then(|ac| ratio(last_three.ev.units(), ac.units(), Reason::NoActualCost))
    } else {
        Err(Reason::TooFewPeriods)
    };
    (measures, last_period, last_three, view.series())
}

/// The same from a ready series.
fn ready_figures(ready: &Ready<'_>, status: Moment) -> (Measures, Measures, Measures, Vec<PeriodValue>) {
    let mut measures = ready.measures(status);
    let nothing =
        || Measures { bac: measures.bac, ready_series: true, ..Measures::unknown(Reason::TooFewPeriods) };
    let stretch =
        |periods| ready.measures_before(status, periods).map_or_else(nothing, |m| between(&m, &measures));
    let (last_period, last_three) = (stretch(1), stretch(3));
    measures.recent_cpi = ready.recent_cpi(status);
    (measures, last_period, last_three, ready.series(status))
}

/// Each task without those below it.
pub(super) fn own_values(view: &View<'_>, now: &Snapshot) -> Vec<TaskValue> {
    let value = |i: usize| {
        let bac = view.baseline.bac[i];
        let (expected_start, expected_finish) =
            expected::dates(view.project, view.progress, i, view.axis.status.0);
        TaskValue {
            bac,
            pv: now.planned[i],
            ev: now.earned[i],
            ac: view.cost.cost[i],
            earned_share: ratio(now.earned[i].units(), bac.units(), Reason::NoBaseline).ok(),
            percent_complete: view.progress.now[i].share,
            rule: view.rules[i].clone(),
            hours: view.cost.hours[i],
            actual_start: view.progress.actual[i].0,
            actual_finish: view.progress.actual[i].1,
            expected_start,
            expected_finish,
        }
    };
    (0..view.project.tasks.len()).map(value).collect()
}

/// Adds to every summary what is below it: sums of money and hours, first and last dates, and the share
/// done by cost, or by working time where nothing below costs anything.
pub(super) fn with_sums(view: &View<'_>, own: Vec<TaskValue>) -> Vec<TaskValue> {
    #[derive(Clone)]
    struct Sum {
        value: TaskValue,
        /// Working time below, and what of it is done.
        whole: f64,
        done: f64,
        open: bool,
    }
    let tree = view.tree;
    let size = |i: usize| {
        let task = &view.project.tasks[i];
        let calendar = view.project.calendars.get(task.calendar);
        let span = || Some(calendar?.work_between(task.baseline_start?, task.baseline_finish?));
        task.baseline_duration.or_else(span).map_or(0.0, |work| work.hours().max(0.0)) + 1e-6
    };
    let mut sums: Vec<Sum> = own
        .into_iter()
        .enumerate()
        .map(|(i, mut value)| {
            let leaf = tree.is_leaf(i);
            let whole = if leaf { size(i) } else { 0.0 };
            let cancelled = view.project.tasks[i].status == Some(TaskStatus::Cancelled);
            let open = leaf && value.actual_finish.is_none() && !cancelled && !view.progress.now[i].finished;
            if !leaf {
                (value.actual_start, value.actual_finish) = (None, None);
                (value.expected_start, value.expected_finish) = (None, None);
            }
            Sum { done: whole * value.percent_complete, whole, open, value }
        })
        .collect();
    tree.sum_up(&mut sums, |sum, below| {
        let (v, b) = (&mut sum.value, &below.value);
        v.bac += b.bac;
        v.pv += b.pv;
        v.ev += b.ev;
        v.ac += b.ac;
        v.hours += b.hours;
        let first = |one: Option<Moment>, other: Option<Moment>| one.into_iter().chain(other).min();
        v.actual_start = first(v.actual_start, b.actual_start);
        v.actual_finish = v.actual_finish.max(b.actual_finish);
        v.expected_start = first(v.expected_start, b.expected_start);
        v.expected_finish = v.expected_finish.max(b.expected_finish);
        sum.whole += below.whole;
        sum.done += below.done;
        sum.open |= below.open;
    });
    let finish = |(i, sum): (usize, Sum)| {
        let mut value = sum.value;
        if !tree.is_leaf(i) {
            value.earned_share = ratio(value.ev.units(), value.bac.units(), Reason::NoBaseline).ok();
            let by_time = if sum.whole > 0.0 { sum.done / sum.whole } else { 0.0 };
            value.percent_complete = value.earned_share.unwrap_or(by_time);
            value.actual_finish = value.actual_finish.filter(|_| !sum.open);
        }
        value
    };
    sums.into_iter().enumerate().map(finish).collect()
}

/// Budget and cost that belong to no task.
pub(super) fn beside(view: &View<'_>, status: Moment) -> Option<TaskValue> {
    let pv = view.baseline.beside_curve.planned(&Instant::new(status, &view.project.calendars));
    let ac: Money = view.cost.accounts.iter().map(|(_, cost, _)| *cost).sum();
    let hours: Work = view.cost.accounts.iter().map(|(.., hours)| *hours).sum();
    let value = line(view.baseline.beside, pv, ac, hours);
    (!value.bac.is_zero() || !ac.is_zero() || !hours.is_zero()).then_some(value)
}

/// A line that earns as planned.
fn line(bac: Money, pv: Money, ac: Money, hours: Work) -> TaskValue {
    let share = ratio(pv.units(), bac.units(), Reason::NoBaseline).ok();
    TaskValue {
        bac,
        pv,
        ev: pv,
        ac,
        earned_share: share,
        percent_complete: share.unwrap_or(0.0),
        rule: EarningRule::LevelOfEffort,
        hours,
        actual_start: None,
        actual_finish: None,
        expected_start: None,
        expected_finish: None,
    }
}

/// What belongs to control accounts and no task, by account; the rest of what is beside the tasks under
/// an empty name, so that the accounts add up to the project.
fn account_extras(view: &View<'_>, beside: Option<&TaskValue>, status: Moment) -> Vec<(String, TaskValue)> {
    let t = Instant::new(status, &view.project.calendars);
    let mut extras: Vec<(String, TaskValue)> = Vec::new();
    let (mut bac, mut pv) = (Money::ZERO, Money::ZERO);
    for (name, amount, curve) in &view.baseline.accounts {
        let due = curve.planned(&t);
        (bac, pv) = (bac + *amount, pv + due);
        extras.push((name.to_string(), line(*amount, due, Money::ZERO, Work::ZERO)));
    }
    for (name, cost, hours) in &view.cost.accounts {
        extras.push((name.to_string(), line(Money::ZERO, Money::ZERO, *cost, *hours)));
    }
    if let Some(rest) = beside.filter(|beside| beside.bac != bac) {
        extras.push((String::new(), line(rest.bac - bac, rest.pv - pv, Money::ZERO, Work::ZERO)));
    }
    extras
}

/// What the finished tasks say of the cost of the rest.
fn finished_cpi(view: &View<'_>, ac: Money, counts: impl Fn(usize) -> bool) -> Measured {
    let tasks = || (0..view.project.tasks.len()).filter(|&i| counts(i));
    let finished = tasks().filter(|&i| view.progress.now[i].finished);
    let spent: Vec<(Money, Money)> = finished.map(|i| (view.baseline.bac[i], view.cost.cost[i])).collect();
    forecast::evidence::finished_cpi(&spent, tasks().map(|i| view.cost.cost[i]).sum(), ac)
}

/// The latest finish of the current plan among open tasks.
fn current_plan(
    view: &View<'_>,
    own: &[TaskValue],
    counts: impl Fn(usize) -> bool,
) -> Result<Moment, Reason> {
    let tasks = &view.project.tasks;
    let open = |i: &usize| counts(*i) && !view.progress.now[*i].finished;
    let planned = |i: usize| tasks[i].finish.is_some() || view.progress.remaining_duration(i).is_some();
    if !(0..tasks.len()).filter(open).any(planned) {
        return Err(Reason::NoData);
    }
    (0..tasks.len()).filter(open).filter_map(|i| own[i].expected_finish).max().ok_or(Reason::NoData)
}

/// When the project ended: nothing is open and something was done. Level of effort ends with what it supports, so it
/// keeps no project open but one that has nothing else.
fn actual_finish(view: &View<'_>, counts: impl Fn(usize) -> bool) -> Option<Moment> {
    let tasks = &view.project.tasks;
    let cancelled = |i: usize| tasks[i].status == Some(TaskStatus::Cancelled);
    let effort = |i: usize| tasks[i].kind == TaskKind::LevelOfEffort;
    let all: Vec<usize> = (0..tasks.len()).filter(|&i| counts(i) && !cancelled(i)).collect();
    let alone = all.iter().all(|&i| effort(i));
    let mut due = all.into_iter().filter(|&i| alone || !effort(i)).peekable();
    due.peek()?;
    if !due.all(|i| view.progress.now[i].finished) {
        return None;
    }
    let ends = (0..tasks.len()).filter(|&i| counts(i)).filter_map(|i| view.progress.actual[i].1);
    Some(ends.max().unwrap_or(view.axis.status.0))
}

/// How many tasks have a past that is derived from their actual dates.
pub(super) fn derived(view: &View<'_>, counts: impl Fn(usize) -> bool) -> usize {
    let derived = |i: &usize| {
        counts(*i)
            && view.progress.now[*i].started
            && !view.progress.has_statements(*i)
            && !view.baseline.bac[*i].is_zero()
            && !matches!(
                view.rules[*i],
                EarningRule::LevelOfEffort | EarningRule::Apportioned { .. } | EarningRule::PlanningPackage
            )
    };
    (0..view.project.tasks.len()).filter(derived).count()
}

/// Whether the past is derived, and what was chosen on the way.
fn notes(
    view: &View<'_>,
    cost: &ActualCost,
    ready: bool,
    counts: impl Fn(usize) -> bool,
) -> (bool, Vec<Phrase>) {
    let mut notes = view.baseline.notes.clone();
    notes.extend(cost.notes.iter().cloned());
    let count = derived(view, counts);
    if ready {
        notes.push(phrase!(
            "Planned value, earned value and actual cost come ready from the performance table."
        ));
    } else if count > 0 {
        notes.push(phrase!(
            "{n} {n|task has|tasks have} no dated statements of progress: what {n|it|they} had earned before the status date is derived from {n|its|their} actual dates, evenly over working time.",
            n = count
        ));
    }
    (count > 0 && !ready, notes)
}

#[cfg(test)]
mod tests;
