//! When the open tasks are done if as many are finished a week as so far: no estimates, only counts.
//!
//! A week to come finishes as many tasks as any one of the past weeks, each as likely as the other. That is what
//! drawing weeks with replacement comes to after any number of trials; here the chances are added up exactly,
//! week by week, so no seed is needed. Scope grows as it did: tasks without a baseline, in a project that has
//! one, were added on the way.

use std::collections::BTreeMap;

use crate::analysis::series::View;
use crate::calendar::Moment;
use crate::model::{TaskKind, TaskStatus};
use crate::quantity::Reason;

/// Weeks of history that count: older ones tell of another team.
const RECENT_WEEKS: usize = 26;
/// Fewer weeks than this are no history.
pub const LEAST_WEEKS: usize = 10;
/// Ten years: a forecast beyond it says only that next to nothing is finished.
const MOST_WEEKS: u32 = 520;
/// More open tasks than this are counted in bundles, so that the work stays bounded.
const MOST_STATES: usize = 5_000;

/// When the open tasks are done, by chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Throughput {
    /// Weeks of history it rests on.
    pub weeks: usize,
    /// Tasks finished in them.
    pub finished: usize,
    /// Tasks open at the status date.
    pub open: usize,
    /// Tasks added in a week, on average.
    pub growth: f64,
    /// As likely as not done by then.
    pub p50: Moment,
    /// Done by then with 85%.
    pub p85: Moment,
    /// With 95%.
    pub p95: Moment,
    /// How many are finished in four, eight and twelve weeks, and by the baseline's finish where that lies ahead.
    pub by_date: [Option<ByDate>; 4],
}

/// How many of the open tasks are finished by a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ByDate {
    /// The date.
    pub by: Moment,
    /// Whole weeks until then.
    pub weeks: u32,
    /// At least so many, as likely as not.
    pub p50: usize,
    /// At least so many with 85%.
    pub p85: usize,
    /// Open tasks and those to be added until then.
    pub scope: f64,
    /// The chance that all of them are finished.
    pub all: f64,
}

/// The horizons in weeks.
const HORIZONS: [u32; 3] = [4, 8, 12];

/// The forecast of a project at its status date.
///
/// # Errors
/// [`Reason::NothingRemains`]; [`Reason::TooFewPeriods`] with fewer than ten weeks of history;
/// [`Reason::IndexUndefined`] where the open tasks are not done in ten years.
pub fn throughput(view: &View<'_>, planned_finish: Option<Moment>) -> Result<Throughput, Reason> {
    let tasks = &view.project.tasks;
    let counts = |i: usize| {
        let task = &tasks[i];
        view.tree.is_leaf(i)
            && !matches!(task.kind, TaskKind::Summary | TaskKind::LevelOfEffort)
            && task.status != Some(TaskStatus::Cancelled)
    };
    let items = || (0..tasks.len()).filter(|&i| counts(i));
    let open = items().filter(|&i| !view.progress.now[i].finished).count();
    if open == 0 {
        return Err(Reason::NothingRemains);
    }
    let now = view.axis.status.0;
    let finished = items().filter_map(|i| view.progress.actual[i].1);
    let began = items().filter_map(|i| view.progress.actual[i].0).min().ok_or(Reason::NotBegun)?;
    let history = weekly(finished, began, now);
    if history.len() < LEAST_WEEKS {
        return Err(Reason::TooFewPeriods);
    }
    let planned = |i: &usize| tasks[*i].baseline_start.is_some() || tasks[*i].baseline_cost.is_some();
    let added = items().filter(|i| !planned(i)).count();
    let grown = if added < items().count() { added } else { 0 };
    let growth = as_float(grown) / as_float(elapsed_weeks(began, now));
    let recent = &history[history.len().saturating_sub(RECENT_WEEKS)..];
    let chances = done_after(open, recent, growth);
    let by = |chance: f64| {
        let weeks = chances.iter().position(|done| *done >= chance).ok_or(Reason::IndexUndefined)?;
        let weeks = i64::try_from(weeks + 1).map_err(|_| Reason::IndexUndefined)?;
        now.checked_add_signed(chrono::Duration::weeks(weeks)).ok_or(Reason::IndexUndefined)
    };
    Ok(Throughput {
        weeks: recent.len(),
        finished: recent.iter().sum(),
        open,
        growth,
        p50: by(0.50)?,
        p85: by(0.85)?,
        p95: by(0.95)?,
        by_date: by_dates(open, recent, growth, (now, planned_finish)),
    })
}

/// How many are finished at each horizon and by the baseline's finish.
fn by_dates(
    open: usize,
    history: &[usize],
    growth: f64,
    (now, planned): (Moment, Option<Moment>),
) -> [Option<ByDate>; 4] {
    let after = |weeks: u32| now.checked_add_signed(chrono::Duration::weeks(weeks.into()));
    let horizon = |weeks: u32| Some(finished_by(open, history, growth, (after(weeks)?, weeks)));
    let until = planned.filter(|planned| *planned > now).and_then(|planned| {
        let weeks = u32::try_from(elapsed_weeks(now, planned)).ok()?;
        (1..=MOST_WEEKS).contains(&weeks).then(|| finished_by(open, history, growth, (planned, weeks)))
    });
    let [four, eight, twelve] = HORIZONS.map(horizon);
    let mut dates = [four, eight, twelve, until];
    dates.sort_by_key(|date| date.map(|date| date.by));
    dates
}

/// How many are finished after so many weeks: every week as one of the past ones, added up exactly.
fn finished_by(open: usize, history: &[usize], growth: f64, (by, weeks): (Moment, u32)) -> ByDate {
    let bundle = open.div_ceil(MOST_STATES);
    let scope = as_float(open) + growth * f64::from(weeks);
    let limit = as_float(open.div_ceil(bundle)) + growth * f64::from(weeks) / as_float(bundle);
    let pace = Pace::of(history, bundle);
    let mut done = vec![1.0];
    let mut all = 0.0;
    for _ in 0..weeks {
        done = pace.after_a_week(&done, limit, &mut all);
    }
    let at_least = |wanted: f64| {
        let mut chance = all;
        if chance >= wanted {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of tasks")]
            let whole = (scope + 1e-3) as usize;
            return whole;
        }
        for (count, share) in done.iter().enumerate().rev() {
            chance += share;
            if chance >= wanted - 1e-12 {
                return count * bundle;
            }
        }
        0
    };
    ByDate { by, weeks, p50: at_least(0.50), p85: at_least(0.85), scope, all }
}

/// Tasks finished in each whole week that ends with the status date, back to the first start.
fn weekly(finished: impl Iterator<Item = Moment>, began: Moment, now: Moment) -> Vec<usize> {
    let weeks = elapsed_weeks(began, now);
    let mut counts = vec![0; weeks];
    for finish in finished {
        // A finish at the very end of a week belongs to it.
        let back = now.signed_duration_since(finish).num_seconds().div_euclid(7 * 86_400);
        if let Some(count) = usize::try_from(back).ok().and_then(|back| counts.get_mut(back)) {
            *count += 1;
        }
    }
    counts.reverse();
    counts
}

/// Whole weeks between two moments.
fn elapsed_weeks(from: Moment, to: Moment) -> usize {
    usize::try_from(to.signed_duration_since(from).num_weeks()).unwrap_or(0)
}

/// How many are finished in a week, by chance.
struct Pace(BTreeMap<usize, f64>);

impl Pace {
    /// Every week as one of the past ones, counted in bundles of so many tasks.
    fn of(history: &[usize], bundle: usize) -> Self {
        let mut pace = BTreeMap::new();
        for finished in history {
            *pace.entry((finished + bundle / 2) / bundle).or_default() += 1.0 / as_float(history.len());
        }
        Self(pace)
    }

    /// The chances of having done so many and not all of them, a week after those in `done`; those of having done all
    /// are added to `certain`. Growth is in fractions of a task: what lacks less than a thousandth of the scope is done.
    fn after_a_week(&self, done: &[f64], scope: f64, certain: &mut f64) -> Vec<f64> {
        let mut next: Vec<f64> = Vec::new();
        for (so_far, chance) in done.iter().enumerate().filter(|(_, chance)| **chance > 0.0) {
            for (more, share) in &self.0 {
                let sum = so_far + more;
                if as_float(sum) + 1e-3 >= scope {
                    *certain += chance * share;
                } else {
                    if next.len() <= sum {
                        next.resize(sum + 1, 0.0);
                    }
                    next[sum] += chance * share;
                }
            }
        }
        next
    }
}

/// The chance that all is done after one week, two weeks, ...: until it is nearly certain, at most [`MOST_WEEKS`].
fn done_after(open: usize, history: &[usize], growth: f64) -> Vec<f64> {
    let bundle = open.div_ceil(MOST_STATES);
    let pace = Pace::of(history, bundle);
    let (open, growth) = (open.div_ceil(bundle), growth / as_float(bundle));
    let mut done = vec![1.0];
    let (mut certain, mut chances) = (0.0, Vec::new());
    for week in 1..=MOST_WEEKS {
        let scope = as_float(open) + growth * f64::from(week);
        done = pace.after_a_week(&done, scope, &mut certain);
        chances.push(certain);
        if certain > 0.999 || done.is_empty() {
            break;
        }
    }
    chances
}

#[expect(clippy::cast_precision_loss, reason = "counts of tasks and weeks are far below 2^52")]
fn as_float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_pace_is_certain() {
        // Two a week, five open: done in the third week and not before.
        assert_eq!(done_after(5, &[2; 12], 0.0), [0.0, 0.0, 1.0]);
        // One of the two is eaten by growth: five lack 1 a week, so the fifth week does it.
        assert_eq!(done_after(5, &[2; 12], 1.0), [0.0, 0.0, 0.0, 0.0, 1.0]);
        assert!(done_after(5, &[0; 12], 0.0).iter().all(|chance| *chance < 0.5));
    }

    #[test]
    fn chances_are_those_of_tossed_coins() {
        // A week finishes one task or none, evenly: two tasks need the second head. By week w the chance is
        // 1 - (1 + w) / 2^w.
        let chances = done_after(2, &[0, 1], 0.0);
        for (w, chance) in (1_i32..=8).zip(&chances) {
            let expected = 1.0 - f64::from(1 + w) / 2.0_f64.powi(w);
            assert!((chance - expected).abs() < 1e-12, "week {w}: {chance}");
        }
    }

    #[test]
    fn how_many_by_a_date_are_those_of_tossed_coins() {
        // A week finishes one task or none, evenly: after four weeks at least 2 with 11/16, 1 with 15/16; all of
        // two are the same chance, 11/16.
        let at = "2026-03-16T00:00:00".parse::<Moment>().unwrap();
        let many = finished_by(10, &[0, 1], 0.0, (at, 4));
        assert_eq!((many.p50, many.p85), (2, 1));
        assert!(many.all.abs() < 1e-12);
        let two = finished_by(2, &[0, 1], 0.0, (at, 4));
        assert!((two.all - 11.0 / 16.0).abs() < 1e-12, "{}", two.all);
        assert_eq!((two.p50, two.p85), (2, 1));
        // It is the chance that the time forecast gives.
        assert!((two.all - done_after(2, &[0, 1], 0.0)[3]).abs() < 1e-12);
    }

    #[test]
    fn what_is_added_on_the_way_is_to_be_done_too() {
        // Two a week, one of them eaten by growth: after three weeks six of the 5 + 3 are done.
        let at = "2026-03-16T00:00:00".parse::<Moment>().unwrap();
        let by = finished_by(5, &[2; 12], 1.0, (at, 3));
        assert_eq!((by.p50, by.p85, by.scope), (6, 6, 8.0));
        let by = finished_by(5, &[2; 12], 1.0, (at, 5));
        assert!((by.all - 1.0).abs() < 1e-12 && by.p85 == 10, "{by:?}");
    }

    #[test]
    fn many_tasks_in_bundles_come_out_as_without() {
        let history: Vec<usize> = (0..26).map(|i| 300 + 10 * (i % 7)).collect();
        let mean = 300.0 + 10.0 * history.iter().map(|h| as_float((h - 300) / 10)).sum::<f64>() / 26.0;
        let chances = done_after(20_000, &history, 0.0);
        let p50 = chances.iter().position(|c| *c >= 0.5).unwrap() + 1;
        assert!((as_float(p50) - 20_000.0 / mean).abs() <= 1.0, "{p50}");
    }

    #[test]
    fn weeks_end_with_the_status_date() {
        let at = |text: &str| text.parse::<Moment>().unwrap();
        let now = at("2026-03-16T00:00:00");
        // The end of Sunday the 8th is the end of the week before the last.
        let finished = ["2026-03-15T17:00:00", "2026-03-09T08:00:00", "2026-03-08T12:00:00"].map(at);
        assert_eq!(weekly(finished.into_iter(), at("2026-03-01T08:00:00"), now), [1, 2]);
    }
}
