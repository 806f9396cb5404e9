//! The performance measurement baseline: what each task is worth and when it is due, from the task table
//! and the budget.
//!
//! Budget lines say when money is due better than dates do. Lines of a task replace its phasing; lines of a
//! summary or an account give their shape to the tasks below, or their money where those have none; lines
//! of nothing in particular are the tasks' money once more when the totals agree, else budget beside
//! the tasks.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::budget::BudgetLine;
use crate::analysis::expected;
use crate::analysis::rollup::Tree;
use crate::analysis::timeline::Curve;
use crate::calendar::{Moment, end_of_day, start_of_day};
use crate::language::{Part, Phrase};
use crate::model::{Project, Task, TaskKind};
use crate::quantity::{Money, Work};

/// The baseline of one project.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// The BAC of each task without those below it; a summary's is what it holds in its own right.
    pub bac: Vec<Money>,
    /// When it is due.
    pub curves: Vec<Curve>,
    /// Budget that belongs to no task.
    pub beside: Money,
    /// When it is due.
    pub beside_curve: Curve,
    /// Budget of accounts without tasks: part of `beside`, by account.
    pub accounts: Vec<(Arc<str>, Money, Curve)>,
    /// Earliest baseline start.
    pub start: Option<Moment>,
    /// Latest baseline finish.
    pub finish: Option<Moment>,
    /// What was chosen on the way.
    pub notes: Vec<Phrase>,
}

impl Baseline {
    /// Everything the project is worth.
    #[must_use]
    pub fn total(&self) -> Money {
        self.bac.iter().copied().sum::<Money>() + self.beside
    }

    /// Works out the baseline of a project.
    #[must_use]
    pub fn new(project: &Project, tree: &Tree, budget: &[BudgetLine]) -> Self {
        let tasks = &project.tasks;
        let mut baseline = Self {
            start: tasks.iter().filter_map(|t| t.baseline_start.or(t.baseline_finish)).min(),
            finish: tasks.iter().filter_map(|t| t.baseline_finish.or(t.baseline_start)).max(),
            ..Self::default()
        };
        baseline.bac = own_costs(tasks, tree);
        if budget.is_empty() && baseline.bac.iter().all(|bac| bac.is_zero()) {
            baseline.cost_of_work(project, tree);
        }
        let shares = Lines::sort(budget, tasks, tree);
        for (task, lines) in &shares.tasks {
            let total: Money = lines.iter().map(|line| line.amount).sum();
            if tasks[*task].baseline_cost.is_none() {
                baseline.bac[*task] = total;
            } else if !total.is_same(baseline.bac[*task]) {
                baseline.notes.push(phrase!(
                    "The budget lines of task {task} add up to {total}, its baseline cost is {cost}: the baseline cost counts, spread as the lines are.",
                    task = &*tasks[*task].id,
                    total = Part::exact(total),
                    cost = Part::exact(baseline.bac[*task])
                ));
            }
        }
        baseline.curves = tasks
            .iter()
            .zip(&baseline.bac)
            .map(|(task, bac)| Curve::of_task(task, *bac, &project.calendars))
            .collect();
        for (task, lines) in &shares.tasks {
            if lines.iter().any(|line| line.span.is_some()) {
                baseline.curves[*task] = baseline.shaped(project, lines, *task);
            }
        }
        for (name, below, lines) in &shares.groups {
            baseline.add_group(project, name, below, lines);
        }
        baseline.add_loose(project, tree, &shares.loose);
        baseline.date_the_undated(project);
        baseline
    }

    /// A cost without dates of its own falls due with the project.
    fn date_the_undated(&mut self, project: &Project) {
        let Some((start, finish)) = self.start.zip(self.finish) else { return };
        let mut undated = Vec::new();
        for (i, task) in project.tasks.iter().enumerate() {
            if self.curves[i].total().is_zero() && !self.bac[i].is_zero() {
                self.curves[i].add_span(self.bac[i], start, finish, task.calendar, &project.calendars);
                undated.push(task.id.as_str());
            }
        }
        if !undated.is_empty() {
            self.notes.push(phrase!(
                "A baseline cost and no baseline dates: {tasks}. The cost is spread over the whole project.",
                tasks = Part::few(&undated[..undated.len().min(5)], undated.len())
            ));
        }
    }

    /// Where the data has no cost at all but effort and rates, the baseline work at the rates of those assigned,
    /// else at the average rate of the project's people.
    fn cost_of_work(&mut self, project: &Project, tree: &Tree) {
        let at = self.start.unwrap_or_default();
        let rates: Vec<f64> = project.resources.iter().filter_map(|r| r.rate).map(Money::units).collect();
        let Some(count) = u32::try_from(rates.len()).ok().filter(|count| *count > 0) else { return };
        let usual = rates.iter().sum::<f64>() / f64::from(count);
        for (i, task) in project.tasks.iter().enumerate().filter(|(i, _)| tree.is_leaf(*i)) {
            let Some(work) = task.baseline_work.filter(|work| work.0 > 0) else { continue };
            let rate = expected::rate_of(project, task, at).unwrap_or(usual);
            self.bac[i] = work.at_rate(Money::from_units(rate));
        }
        if self.bac.iter().any(|bac| !bac.is_zero()) {
            self.notes.push(phrase!(
                "No task has a baseline cost: it is the baseline work at the rates of those assigned, or at the average rate."
            ));
        }
    }

    /// A task's BAC spread as budget lines are.
    fn shaped(&self, project: &Project, lines: &[&BudgetLine], task: usize) -> Curve {
        let calendar = project.tasks[task].calendar;
        let whole: Money = lines.iter().map(|line| line.amount).sum();
        let mut curve = Curve::empty();
        let mut left = self.bac[task];
        for (n, line) in lines.iter().enumerate() {
            let last = n + 1 == lines.len();
            let amount = if last { left } else { self.bac[task].portion(line.amount.0, whole.0) };
            left -= amount;
            self.add_line(&mut curve, project, line, amount, calendar);
        }
        curve
    }

    /// Adds a line's amount over its days, or over the project where it has no time.
    fn add_line(
        &self,
        curve: &mut Curve,
        project: &Project,
        line: &BudgetLine,
        amount: Money,
        calendar: usize,
    ) {
        let span = line.span.map(|(first, last)| (start_of_day(first), end_of_day(last)));
        if let Some((from, to)) = span.or(self.start.zip(self.finish)) {
            curve.add_span(amount, from, to.max(from), calendar, &project.calendars);
        }
    }

    /// Lines of a summary or account: shape for tasks with cost, money for tasks without, budget beside
    /// the tasks where there are none.
    fn add_group(&mut self, project: &Project, name: &Arc<str>, below: &[usize], lines: &[&BudgetLine]) {
        let total: Money = lines.iter().map(|line| line.amount).sum();
        let held: Money = below.iter().map(|&task| self.bac[task]).sum();
        if below.is_empty() {
            let mut curve = Curve::empty();
            for line in lines {
                self.add_line(&mut curve, project, line, line.amount, 0);
                self.add_line_beside(project, line);
            }
            self.accounts.push((Arc::clone(name), total, curve));
            self.notes.push(phrase!(
                "The budget of {name} ({budget}) has no tasks below it: it is part of BAC, and its earned value follows its planned value.",
                name = &**name,
                budget = Part::exact(total)
            ));
            return;
        }
        if held.is_zero() {
            self.share_out(project, below, total);
            self.notes.push(phrase!(
                "The tasks of {name} have no baseline cost: its budget of {budget} is shared out by their baseline work or duration.",
                name = &**name,
                budget = Part::exact(total)
            ));
        } else if !total.is_same(held) {
            self.notes.push(phrase!(
                "The budget of {name} is {budget}, its tasks add up to {tasks}: the tasks count, spread as the budget is.",
                name = &**name,
                budget = Part::exact(total),
                tasks = Part::exact(held)
            ));
        }
        if lines.iter().any(|line| line.span.is_some()) {
            for &task in below.iter().filter(|&&task| !self.bac[task].is_zero()) {
                self.curves[task] = self.shaped(project, lines, task);
            }
        }
    }

    /// Shares an amount out to tasks without cost by baseline work, else by baseline duration, else evenly.
    fn share_out(&mut self, project: &Project, below: &[usize], total: Money) {
        let tasks = &project.tasks;
        let by = |size: &dyn Fn(&Task) -> Option<Work>| -> Option<Vec<i64>> {
            let sizes: Vec<i64> =
                below.iter().map(|&t| size(&tasks[t]).map_or(0, |work| work.0.max(0))).collect();
            (sizes.iter().sum::<i64>() > 0).then_some(sizes)
        };
        let span = |task: &Task| -> Option<Work> {
            let (start, finish) = (task.baseline_start?, task.baseline_finish?);
            Some(project.calendars.get(task.calendar)?.work_between(start, finish))
        };
        let sizes = by(&|task| task.baseline_work)
            .or_else(|| by(&|task| task.baseline_duration.or_else(|| span(task))))
            .unwrap_or_else(|| vec![1; below.len()]);
        let whole: i64 = sizes.iter().sum();
        let mut left = total;
        for (n, (&task, size)) in below.iter().zip(&sizes).enumerate() {
            let amount = if n + 1 == below.len() { left } else { total.portion(*size, whole) };
            left -= amount;
            self.bac[task] = amount;
            self.curves[task] = Curve::of_task(&tasks[task], amount, &project.calendars);
        }
    }

    /// Lines that name neither task nor account.
    fn add_loose(&mut self, project: &Project, tree: &Tree, lines: &[&BudgetLine]) {
        let total: Money = lines.iter().map(|line| line.amount).sum();
        let held: Money = self.bac.iter().copied().sum();
        if total.is_zero() || (!held.is_zero() && total.is_same(held)) {
            return;
        }
        let open: Vec<usize> = (0..project.tasks.len())
            .filter(|&task| tree.is_leaf(task) && project.tasks[task].kind != TaskKind::Summary)
            .collect();
        if held.is_zero() && !open.is_empty() {
            self.share_out(project, &open, total);
            self.notes.push(phrase!(
                "No task has a baseline cost: the project's budget of {budget} is shared out to the tasks by their baseline work or duration.",
                budget = Part::exact(total)
            ));
            return;
        }
        for line in lines {
            self.add_line_beside(project, line);
        }
        self.notes.push(phrase!(
            "Budget of {budget} belongs to no task: it is part of BAC beside the tasks, and its earned value follows its planned value.",
            budget = Part::exact(total)
        ));
    }

    fn add_line_beside(&mut self, project: &Project, line: &BudgetLine) {
        self.beside += line.amount;
        let mut curve = std::mem::take(&mut self.beside_curve);
        self.add_line(&mut curve, project, line, line.amount, 0);
        self.beside_curve = curve;
    }
}

/// Each task's own cost. What a summary says is the sum of the tasks below, so it counts only where those
/// say nothing.
fn own_costs(tasks: &[Task], tree: &Tree) -> Vec<Money> {
    let mut own: Vec<Money> = tasks.iter().map(|task| task.baseline_cost.unwrap_or_default()).collect();
    let mut costed: Vec<bool> = vec![false; tasks.len()];
    for &task in tree.bottom_up() {
        if costed[task] {
            own[task] = Money::ZERO;
        }
        if (costed[task] || !own[task].is_zero())
            && let Some(above) = tree.parent(task)
        {
            costed[above] = true;
        }
    }
    own
}

/// Budget lines sorted by what they are for.
#[derive(Default)]
struct Lines<'a> {
    tasks: BTreeMap<usize, Vec<&'a BudgetLine>>,
    /// Name, leaf tasks below, lines.
    groups: Vec<(Arc<str>, Vec<usize>, Vec<&'a BudgetLine>)>,
    loose: Vec<&'a BudgetLine>,
}

impl<'a> Lines<'a> {
    fn sort(budget: &'a [BudgetLine], tasks: &[Task], tree: &Tree) -> Self {
        let mut sorted = Self::default();
        let mut groups: BTreeMap<Arc<str>, (Vec<usize>, Vec<&BudgetLine>)> = BTreeMap::new();
        for line in budget {
            match (line.task.filter(|&task| task < tasks.len()), &line.account) {
                (Some(task), _) if tree.is_leaf(task) => sorted.tasks.entry(task).or_default().push(line),
                (Some(summary), _) => {
                    let group = groups.entry(Arc::from(tasks[summary].id.as_str())).or_insert_with(|| {
                        (below(tasks, tree, |task| tree.upwards(task).any(|t| t == summary)), Vec::new())
                    });
                    group.1.push(line);
                }
                (None, Some(account)) => {
                    let group = groups
                        .entry(Arc::clone(account))
                        .or_insert_with(|| (below(tasks, tree, belongs(tasks, tree, account)), Vec::new()));
                    group.1.push(line);
                }
                (None, None) => sorted.loose.push(line),
            }
        }
        sorted.groups = groups.into_iter().map(|(name, (below, lines))| (name, below, lines)).collect();
        sorted
    }
}

/// The leaves that are part of something.
fn below(tasks: &[Task], tree: &Tree, part: impl Fn(usize) -> bool) -> Vec<usize> {
    (0..tasks.len()).filter(|&t| tree.is_leaf(t) && tasks[t].kind != TaskKind::Summary && part(t)).collect()
}

/// Whether a task belongs to a control account or lies below a WBS code.
fn belongs<'a>(tasks: &'a [Task], tree: &'a Tree, account: &'a str) -> impl Fn(usize) -> bool + 'a {
    move |task| {
        tree.upwards(task).any(|t| {
            let under =
                |wbs: &str| wbs.strip_prefix(account).is_some_and(|r| r.is_empty() || r.starts_with('.'));
            tasks[t].control_account.as_deref() == Some(account) || tasks[t].wbs.as_deref().is_some_and(under)
        })
    }
}
