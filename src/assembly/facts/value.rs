//! Rows of `costs` and `budget` to postings and budget lines.

use polars::prelude::{Column, DataFrame, DataType};

use super::Linked;
use super::columns::{self, all_of, renamed, texts};
use super::distinct::Distinct;
use super::target::{Joined, join_projects};
use super::unmatched::Tally;
use crate::assembly::charter::currency;
use crate::assembly::plan::Plan;
use crate::assembly::roster::Homeless;
use crate::assembly::row::Table;
use crate::diagnostic::{Diagnostics, code};
use crate::intake::{Datum, FactRows};
use crate::language::Part;
use crate::model::facts::{BudgetLines as L, Postings as P};
use crate::model::{Task, TaskKind};
use crate::quantity::Money;

/// The names a row is joined by: looked up by combination, and in no frame.
const NAMES: [&str; 5] = ["project", "task", "wbs", "control_account", "currency"];
const PROJECT: usize = 0;
const TASK: usize = 1;
const WBS: usize = 2;
const CONTROL_ACCOUNT: usize = 3;
const CURRENCY: usize = 4;

/// One sheet of amounts with its distinct names.
pub(super) struct Lines<'a> {
    pub(super) table: &'a Table<'a>,
    sheet: DataFrame,
    names: Distinct<'a, 5>,
    /// For each row, its combination.
    of_row: Vec<u32>,
    /// For each combination: rows, amount, spreadsheet row of the first.
    sums: Vec<(u32, i64, u32)>,
}

/// What a combination points to.
struct Aim {
    project: u32,
    task: Option<u32>,
    account: Option<String>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(table: &'a Table<'a>, facts: &'a FactRows) -> Self {
        let names = Distinct::new(facts, NAMES);
        let mut sums = vec![(0, 0_i64, 0); names.len()];
        let of_row: Vec<u32> = names.of_row.iter().collect();
        let amounts = facts.column("amount");
        for (index, (&combination, row)) in of_row.iter().zip(facts.rows.iter()).enumerate() {
            let sum = &mut sums[combination as usize];
            if sum.0 == 0 {
                sum.2 = row;
            }
            sum.0 += 1;
            if let Some(Some(Datum::Money(amount))) = amounts.map(|amounts| amounts.at(index)) {
                sum.1 = sum.1.saturating_add(amount.0);
            }
        }
        // A dictionary that is full, which needs four billion texts, leaves no row.
        Self { table, sheet: facts.frame(&NAMES).unwrap_or_default(), names, of_row, sums }
    }

    /// The currencies that rows name: project as written, currency as written, rows.
    pub(super) fn currencies(&self) -> impl Iterator<Item = (Option<&str>, &str, u32)> {
        (0..self.names.len()).filter_map(|c| {
            Some((self.names.text(c, PROJECT), self.names.text(c, CURRENCY)?, self.sums[c].0))
        })
    }

    /// The postings of a sheet of costs.
    pub(super) fn postings(
        &self,
        linked: &Linked,
        homeless: &mut Homeless,
        problems: &mut Diagnostics,
    ) -> DataFrame {
        let (joined, mut given) =
            self.join(linked, homeless, problems, [P::PROJECT, P::TASK, P::ACCOUNT, P::SOURCE]);
        let sheet = &joined.sheet;
        let same = [
            ("date", P::AT),
            ("amount", P::AMOUNT),
            ("category", P::CATEGORY),
            ("vendor", P::VENDOR),
            ("row", P::ROW),
        ];
        given.extend(same.iter().filter_map(|(from, to)| renamed(sheet, from, to)));
        given.push(kinds(sheet, P::KIND, "actual"));
        columns::frame(columns::POSTINGS, sheet.height(), &given)
    }

    /// The budget lines of a sheet, and what its `actual` column says was spent in each period.
    pub(super) fn budget(
        &self,
        linked: &Linked,
        homeless: &mut Homeless,
        problems: &mut Diagnostics,
    ) -> (DataFrame, Option<DataFrame>) {
        let (joined, mut given) =
            self.join(linked, homeless, problems, [L::PROJECT, L::TASK, L::ACCOUNT, L::SOURCE]);
        let sheet = &joined.sheet;
        let first = either(dates(sheet, "start"), dates(sheet, "period_first"), L::START);
        let last = either(dates(sheet, "finish"), dates(sheet, "period_last"), L::FINISH);
        let spent = last.as_ref().and_then(|last| spent(self.table, sheet, &given, last));
        given.extend([first, last].into_iter().flatten());
        let same = [("amount", L::AMOUNT), ("category", L::CATEGORY), ("row", L::ROW)];
        given.extend(same.iter().filter_map(|(from, to)| renamed(sheet, from, to)));
        given.push(kinds(sheet, L::KIND, "baseline"));
        (columns::frame(columns::BUDGET, sheet.height(), &given), spent)
    }

    /// The rows with a project, and their columns project, task, account and source under these names.
    fn join(
        &self,
        linked: &Linked,
        homeless: &mut Homeless,
        problems: &mut Diagnostics,
        [project, task, account, source]: [&str; 4],
    ) -> (Joined<'_>, Vec<Column>) {
        let aims = self.aims(linked, homeless, problems);
        let projects: Vec<_> = aims.iter().map(|aim| Some(aim.as_ref()?.project)).collect();
        let tasks: Vec<_> = aims.iter().map(|aim| aim.as_ref()?.task).collect();
        let joined = Joined::new(&self.sheet, &self.of_row, &projects);
        let accounts = joined.of_row.iter().map(|c| aims[*c as usize].as_ref()?.account.as_deref());
        let given = vec![
            joined.numbers(project, &projects),
            joined.numbers(task, &tasks),
            texts(account, accounts),
            all_of(source, self.table.source, joined.sheet.height()),
        ];
        (joined, given)
    }

    fn aims(&self, linked: &Linked, homeless: &mut Homeless, problems: &mut Diagnostics) -> Vec<Option<Aim>> {
        let names = &self.names;
        let projects =
            join_projects(self.table, names, linked, homeless, |c| (self.sums[c].0, self.sums[c].2));
        let (mut unmatched, mut foreign) = (Tally::default(), Tally::default());
        let aims = (0..names.len())
            .map(|combination| {
                let project = projects[combination]?;
                let (rows, amount, first) = self.sums[combination];
                let own = linked.projects.get(project as usize)?;
                if let (Some(written), Some(own)) = (names.text(combination, CURRENCY), &own.currency)
                    && currency(written) != *own
                {
                    foreign.add(project, rows, amount, first, written);
                    return None;
                }
                let plan = linked.plans.get(project as usize)?;
                let texts = [TASK, WBS, CONTROL_ACCOUNT].map(|column| names.text(combination, column));
                let (task, account, unknown) = aim(plan, &own.tasks, texts);
                if let Some(unknown) = unknown {
                    unmatched.add(project, rows, amount, first, unknown);
                }
                Some(Aim { project, task, account })
            })
            .collect();
        let ids = &linked.roster.ids;
        unmatched.report(self.table, &code::UNMATCHED_ROWS, "task", ids, problems, |n, amount, tasks| {
            (
                phrase!(
                    "{n} {n|row|rows} with {amount} name tasks that are not in the plan: {tasks}",
                    n,
                    amount = Part::exact(Money(amount)),
                    tasks
                ),
                word!("they count for the project and for no task; correct the ids or add the tasks"),
            )
        });
        foreign.report(self.table, &code::OTHER_CURRENCY, "currency", ids, problems, |n, _, currencies| {
            (
                phrase!(
                    "{n} {n|row|rows} in another currency than the project's: {currencies}",
                    n,
                    currencies
                ),
                word!(
                    "these rows are left out, because no exchange rate is known; give the amounts in the project's currency"
                ),
            )
        });
        aims
    }
}

/// The task or account of `[task, wbs, control account]`, and the task text that names nothing.
fn aim<'t>(
    plan: &Plan,
    tasks: &[Task],
    [task, wbs, control_account]: [Option<&'t str>; 3],
) -> (Option<u32>, Option<String>, Option<&'t str>) {
    let found = task.and_then(|written| plan.recognise(written)).map(|(task, _)| task);
    let found =
        found.or_else(|| wbs.and_then(|written| plan.by_wbs(written).or_else(|| plan.by_id(written))));
    let account = || control_account.or(wbs).map(str::to_owned);
    match found {
        // An amount on a summary is its account's: which task it is for is not said.
        Some(index) if tasks[index as usize].kind == TaskKind::Summary => {
            let summary = &tasks[index as usize];
            let own = || summary.wbs.as_ref().unwrap_or(&summary.id).to_string();
            (None, account().or_else(|| Some(own())), None)
        }
        Some(index) => (Some(index), None, None),
        None => (None, account(), task),
    }
}

/// The kind of each row; `usual` where none is said.
fn kinds(sheet: &DataFrame, name: &str, usual: &str) -> Column {
    match sheet.column("kind").ok().and_then(|column| column.cast(&DataType::String).ok()) {
        Some(column) => match column.str() {
            Ok(said) => texts(name, said.iter().map(|kind| Some(kind.unwrap_or(usual)))),
            Err(_) => texts(name, std::iter::repeat_n(Some(usual), sheet.height())),
        },
        None => texts(name, std::iter::repeat_n(Some(usual), sheet.height())),
    }
}

fn dates(sheet: &DataFrame, name: &str) -> Option<Column> {
    sheet.column(name).ok()?.cast(&DataType::Date).ok()
}

/// The first column where it has a value, else the second.
fn either(first: Option<Column>, second: Option<Column>, name: &str) -> Option<Column> {
    let column = match (first, second) {
        (Some(first), Some(second)) => first.zip_with(&first.is_not_null(), &second).ok()?,
        (first, second) => first.or(second)?,
    };
    Some(column.with_name(name.into()))
}

/// Postings of what was spent in the periods of a budget, on their last days.
fn spent(table: &Table, sheet: &DataFrame, given: &[Column], last: &Column) -> Option<DataFrame> {
    let actual = sheet.column("actual").ok()?;
    let of = |name: &str, to: &str| {
        given.iter().find(|column| column.name() == name).map(|c| c.clone().with_name(to.into()))
    };
    let mut columns: Vec<Column> = [(L::PROJECT, P::PROJECT), (L::TASK, P::TASK), (L::ACCOUNT, P::ACCOUNT)]
        .iter()
        .filter_map(|(from, to)| of(from, to))
        .collect();
    columns.push(last.cast(&columns::MOMENT).ok()?.with_name(P::AT.into()));
    columns.push(actual.clone().with_name(P::AMOUNT.into()));
    columns.extend(renamed(sheet, "category", P::CATEGORY));
    columns.extend(renamed(sheet, "row", P::ROW));
    columns.push(texts(P::KIND, std::iter::repeat_n(Some("actual"), sheet.height())));
    columns.push(all_of(P::SOURCE, table.source, sheet.height()));
    let frame = columns::frame(columns::POSTINGS, sheet.height(), &columns);
    let said = actual.is_not_null();
    frame.filter(&said).ok().filter(|frame| frame.height() > 0)
}
