//! Actual cost and hours of one project, per task and over time, from its ledger; and from the task table
//! where the ledger is silent about a task.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::analysis::ledger::Ledger;
use crate::analysis::rollup::Tree;
use crate::calendar::{Moment, end_of_day, start_of_day};
use crate::language::Phrase;
use crate::model::{Project, Task};
use crate::quantity::{Money, Work};

/// What was spent.
#[derive(Clone, Debug, Default)]
pub struct ActualCost {
    /// To the status date, per task without those below it.
    pub cost: Vec<Money>,
    /// Hours, likewise.
    pub hours: Vec<Work>,
    /// First and last day with a booking or posting, per task.
    pub days: Vec<Option<(NaiveDate, NaiveDate)>>,
    /// Posted to accounts and no task, by account; what names nothing known is under an empty name.
    pub accounts: Vec<(Arc<str>, Money, Work)>,
    /// Cost of an hour on average; `None` without hours.
    pub hourly: Option<f64>,
    /// By first day of the period.
    periods: BTreeMap<NaiveDate, (Money, Work)>,
    /// Stated by the task table: amount, from, to.
    stated: Vec<(Money, Moment, Moment)>,
    /// What was chosen on the way.
    pub notes: Vec<Phrase>,
}

impl ActualCost {
    /// Sorts a ledger by task and period.
    #[must_use]
    pub fn new(project: &Project, tree: &Tree, ledger: &Ledger, status: Moment) -> Self {
        let count = project.tasks.len();
        let mut actual = Self {
            cost: vec![Money::ZERO; count],
            hours: vec![Work::ZERO; count],
            days: vec![None; count],
            ..Self::default()
        };
        let mut accounts: BTreeMap<Arc<str>, (Money, Work)> = BTreeMap::new();
        let (mut labour, mut hours) = (Money::ZERO, Work::ZERO);
        for line in &ledger.lines {
            let cost = line.labour + line.other;
            (labour, hours) = (labour + line.labour, hours + line.hours);
            let period = actual.periods.entry(line.period).or_default();
            *period = (period.0 + cost, period.1 + line.hours);
            if let Some(task) = line.task.filter(|&task| task < count) {
                actual.cost[task] += cost;
                actual.hours[task] += line.hours;
                let (first, last) = actual.days[task].unwrap_or((line.first_day, line.last_day));
                actual.days[task] = Some((first.min(line.first_day), last.max(line.last_day)));
            } else {
                let account = accounts.entry(line.account.clone().unwrap_or_default()).or_default();
                *account = (account.0 + cost, account.1 + line.hours);
            }
        }
        actual.hourly = (!hours.is_zero()).then(|| labour.units() / hours.hours());
        actual.accounts = accounts.into_iter().map(|(name, (cost, hours))| (name, cost, hours)).collect();
        actual.add_stated(project, tree, status);
        actual
    }

    /// The task table's own actual cost, for tasks that neither a booking nor a posting names, on
    /// themselves, above, below or on their control account: there it is the same money once more.
    fn add_stated(&mut self, project: &Project, tree: &Tree, status: Moment) {
        let tasks = &project.tasks;
        let posted: Vec<bool> = self.days.iter().map(Option::is_some).collect();
        let mut covered = posted.clone();
        tree.sum_up(&mut covered, |above, below| *above |= below);
        let mut stated_below = vec![false; tasks.len()];
        let mut used = 0;
        for &i in tree.bottom_up() {
            let Some(cost) = tasks[i].actual_cost.filter(|cost| !cost.is_zero()) else { continue };
            let above_posted = tree.upwards(i).any(|t| posted[t]);
            if covered[i] || stated_below[i] || above_posted || self.account_posted(tasks, tree, i) {
                continue;
            }
            tree.upwards(i).skip(1).for_each(|above| stated_below[above] = true);
            let task = &tasks[i];
            let to = task.actual_finish.filter(|&finish| finish <= status).unwrap_or(status);
            let from = task.actual_start.filter(|&start| start < to).unwrap_or(to);
            self.cost[i] += cost;
            self.stated.push((cost, from, to));
            used += 1;
        }
        if used > 0 {
            self.notes.push(phrase!(
                "The actual cost of {n} {n|task|tasks} comes from the task table: no booking or posting names {n|it|them}.",
                n = used
            ));
        }
    }

    fn account_posted(&self, tasks: &[Task], tree: &Tree, task: usize) -> bool {
        let account = tree.upwards(task).find_map(|t| tasks[t].control_account.as_deref());
        account.is_some_and(|account| self.accounts.iter().any(|(name, ..)| &**name == account))
    }

    /// Cost and hours of the whole project up to a moment that ends a period or is the status date.
    #[must_use]
    pub fn to(&self, moment: Moment, project: &Project) -> (Money, Work) {
        let mut sum = (Money::ZERO, Work::ZERO);
        for (_, (cost, hours)) in self.periods.iter().take_while(|(first, _)| start_of_day(**first) < moment)
        {
            sum = (sum.0 + *cost, sum.1 + *hours);
        }
        let calendar = project.calendars.first();
        for (cost, from, to) in &self.stated {
            let part = if moment >= *to {
                *cost
            } else if moment <= *from {
                Money::ZERO
            } else {
                let work = |a, b| calendar.map_or(0, |c| c.work_between(a, b).0);
                let whole = work(*from, *to);
                if whole > 0 { cost.portion(work(*from, moment), whole) } else { Money::ZERO }
            };
            sum.0 += part;
        }
        sum
    }

    /// The first moment with any cost.
    #[must_use]
    pub fn first(&self) -> Option<Moment> {
        let booked = self.periods.keys().next().map(|first| start_of_day(*first));
        booked.into_iter().chain(self.stated.iter().map(|(_, from, _)| *from)).min()
    }

    /// When work on a task was first and last booked.
    #[must_use]
    pub fn span(&self, task: usize) -> Option<(Moment, Moment)> {
        self.days[task].map(|(first, last)| (start_of_day(first), end_of_day(last)))
    }
}
