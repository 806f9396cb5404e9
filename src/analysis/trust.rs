//! Trust: how far the data can be relied on, as a grade with its reasons.
//!
//! Every rule of [`RULES`] measures a share of the data that is doubtful and costs points by how large
//! it is. The points add up: none or one is an A, two or three a B, four to six a C, more a D.

mod doubt;

use std::collections::BTreeMap;

use crate::analysis::ledger::Ledger;
use crate::analysis::rollup::Tree;
use crate::analysis::standing::Standing;
use crate::analysis::status::TimeAxis;
use crate::analysis::value::ProjectValue;
use crate::analysis::{Measures, TaskValue};
use crate::language::Phrase;
use crate::model::{Project, TableRead, Task, TaskKind, TaskStatus};

/// How far the data can be trusted.
#[derive(Clone, Debug, PartialEq)]
pub struct Trust {
    /// `A` to `D`.
    pub grade: char,
    /// What lowers it, the gravest first; an A may have one small reason. The rules are [`RULES`].
    pub reasons: Vec<Phrase>,
    /// Share of booked hours that joined a task.
    pub hours_joined: Option<f64>,
    /// Share of posted cost that joined a task or account.
    pub cost_joined: Option<f64>,
    /// Tasks (no summaries) that use each earning rule: name and count.
    pub rules_used: Vec<(&'static str, usize)>,
}

/// A rule of the trust grade.
#[derive(Debug)]
pub struct Rule {
    /// What is measured, in a line.
    pub about: &'static str,
    /// What a share above each of these costs: the last that is passed counts.
    pub steps: &'static [(f64, u32)],
    /// The doubtful share and the sentence that says it; `None` where the rule does not apply.
    measure: fn(&Evidence<'_>) -> Option<(f64, Phrase)>,
}

/// The rules, in the order their reasons are shown when they cost the same.
pub const RULES: &[Rule] = &[
    Rule {
        about: "tasks without baseline cost or dates, of all tasks",
        steps: &[(0.05, 1), (0.20, 3), (0.50, 5)],
        measure: doubt::without_baseline,
    },
    Rule {
        about: "hours that joined no task, of all hours booked",
        steps: &[(0.02, 1), (0.10, 3), (0.30, 5)],
        measure: doubt::hours_unmatched,
    },
    Rule {
        about: "posted cost that joined neither task nor account, of all cost posted",
        steps: &[(0.02, 1), (0.10, 3), (0.30, 5)],
        measure: doubt::cost_unmatched,
    },
    Rule {
        about: "rows rejected, of all rows read",
        steps: &[(0.0, 1), (0.02, 2), (0.10, 4)],
        measure: doubt::rows_rejected,
    },
    Rule {
        about: "rows with a cell that could not be read and counts as empty, of all rows read",
        steps: &[(0.0, 1), (0.05, 2), (0.20, 3)],
        measure: doubt::rows_in_part,
    },
    Rule {
        about: "hours booked without a rate or cost, of all hours booked",
        steps: &[(0.0, 1), (0.05, 2), (0.20, 4)],
        measure: doubt::without_rate,
    },
    Rule {
        about: "tasks in progress whose last statement of progress is older than two periods",
        steps: &[(0.25, 2), (0.75, 4)],
        measure: doubt::stale_progress,
    },
    Rule {
        about: "cost on tasks that have earned nothing, of all cost on tasks",
        steps: &[(0.05, 1), (0.20, 3)],
        measure: doubt::cost_without_progress,
    },
    Rule {
        about: "value earned by tasks without any cost, of all value earned",
        steps: &[(0.10, 1), (0.40, 3)],
        measure: doubt::progress_without_cost,
    },
    Rule {
        about: "value earned by undated progress, of all value earned, where the data goes on after the status date",
        steps: &[(0.0, 1), (0.25, 2), (0.75, 4)],
        measure: doubt::undated_progress,
    },
    Rule {
        about: "BAC of tasks that earn by their status alone, of all BAC",
        steps: &[(0.25, 1), (0.75, 2)],
        measure: doubt::by_status,
    },
    Rule {
        about: "earlier earned values derived from actual dates, not stated",
        steps: &[(0.5, 1)],
        measure: doubt::derived_series,
    },
    Rule {
        about: "columns not understood, of those and the columns matched by another header than their own",
        steps: &[(0.5, 1)],
        measure: doubt::guessed_columns,
    },
];

/// The grade of so many points.
#[must_use]
pub const fn grade(points: u32) -> char {
    match points {
        0 | 1 => 'A',
        2 | 3 => 'B',
        4..=6 => 'C',
        _ => 'D',
    }
}

/// The figures that trust is graded by.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    /// Cumulative figures at the status date.
    pub measures: &'a Measures,
    /// Per task.
    pub tasks: &'a [TaskValue],
    /// Budget and cost that belong to no task.
    pub beside_tasks: Option<&'a TaskValue>,
    /// Whether earlier earned values are derived from actual dates.
    pub series_derived: bool,
}

impl<'a> From<&'a ProjectValue> for Value<'a> {
    fn from(value: &'a ProjectValue) -> Self {
        Self {
            measures: &value.measures,
            tasks: &value.tasks,
            beside_tasks: value.beside_tasks.as_ref(),
            series_derived: value.series_derived,
        }
    }
}

impl<'a> From<&'a Standing> for Value<'a> {
    fn from(value: &'a Standing) -> Self {
        Self {
            measures: &value.measures,
            tasks: &value.tasks,
            beside_tasks: value.beside_tasks.as_ref(),
            series_derived: value.series_derived,
        }
    }
}

/// What the rules look at.
struct Evidence<'a> {
    project: &'a Project,
    tables: Vec<&'a TableRead>,
    ledger: &'a Ledger,
    value: Value<'a>,
    axis: &'a TimeAxis,
    /// Tasks that are done, neither headings nor cancelled.
    leaves: Vec<(&'a Task, &'a TaskValue)>,
}

/// Grades the data of a project. `tables` are all that were read; those of other projects are passed over.
#[must_use]
pub fn trust(
    project: &Project,
    tables: &[TableRead],
    ledger: &Ledger,
    value: Value<'_>,
    axis: &TimeAxis,
) -> Trust {
    let tree = Tree::new(&project.tasks);
    let leaves: Vec<_> = project
        .tasks
        .iter()
        .zip(value.tasks)
        .enumerate()
        .filter(|(index, (task, _))| tree.is_leaf(*index) && task.kind != TaskKind::Summary)
        .map(|(_, pair)| pair)
        .collect();
    let evidence = Evidence {
        project,
        tables: tables.iter().filter(|t| t.project.as_ref().is_none_or(|id| *id == project.id)).collect(),
        ledger,
        value,
        axis,
        leaves: leaves
            .iter()
            .filter(|(task, _)| task.status != Some(TaskStatus::Cancelled))
            .copied()
            .collect(),
    };
    let mut found: Vec<(u32, Phrase)> = RULES
        .iter()
        .filter_map(|rule| {
            let (share, says) = (rule.measure)(&evidence)?;
            let step = rule.steps.iter().rev().find(|(above, _)| share > *above)?;
            Some((step.1, says))
        })
        .collect();
    // Stable: of equal weight, the order of the rules.
    found.sort_by_key(|(points, _)| std::cmp::Reverse(*points));

    let mut rules: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (_, value) in &leaves {
        *rules.entry(value.rule.name()).or_default() += 1;
    }
    let mut rules_used: Vec<(&'static str, usize)> = rules.into_iter().collect();
    rules_used.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    Trust {
        grade: grade(found.iter().map(|(points, _)| points).sum()),
        reasons: found.into_iter().map(|(_, says)| says).collect(),
        hours_joined: doubt::hours_unmatched_share(ledger).map(|share| 1.0 - share),
        cost_joined: doubt::cost_unmatched_share(ledger).map(|share| 1.0 - share),
        rules_used,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Unmatched;
    use crate::analysis::example::{axis, day, leaf, project, units, value};
    use crate::analysis::ledger::LedgerLine;
    use crate::calendar::{PeriodKind, end_of_day, start_of_day};
    use crate::model::Statement;
    use crate::quantity::{Money, Work};

    fn line(task: Option<usize>, hours: f64, other: i64) -> LedgerLine {
        LedgerLine {
            task,
            account: None,
            period: day("2026-03-01"),
            labour: Money::ZERO,
            other: units(other),
            hours: Work::from_hours(hours),
            first_day: day("2026-03-02"),
            last_day: day("2026-03-31"),
        }
    }

    /// Two tasks with baseline, progress and cost: nothing to complain of.
    fn sound() -> (Project, Vec<TaskValue>) {
        let mut rows = vec![leaf("A", 600, 600, 600, 500), leaf("B", 400, 200, 100, 120)];
        for (task, _) in &mut rows {
            task.baseline_start = Some(start_of_day(day("2026-02-02")));
        }
        project(rows)
    }

    fn of(case: &(Project, Vec<TaskValue>), tables: &[TableRead], ledger: &Ledger) -> Trust {
        trust(&case.0, tables, ledger, (&value(&case.1)).into(), &axis("2026-03-31", PeriodKind::Month))
    }

    #[test]
    fn sound_data_are_an_a_without_reasons() {
        let ledger = Ledger { lines: vec![line(Some(0), 10.0, 50)], ..Ledger::default() };
        let trust = of(&sound(), &[], &ledger);
        assert_eq!((trust.grade, trust.reasons.len()), ('A', 0));
        assert_eq!((trust.hours_joined, trust.cost_joined), (Some(1.0), Some(1.0)));
        assert_eq!(trust.rules_used, [("percent complete", 2)]);
    }

    #[test]
    fn doubts_add_up_the_gravest_first() {
        let unmatched = Unmatched {
            written: "WP-9".into(),
            hours: Work::from_hours(20.0),
            cost: Money::ZERO,
            rows: 4,
            first: ("timesheets.csv".into(), 3),
        };
        // 20 of 100 hours joined nothing: 3 points. 1 of 50 rows rejected (exactly 2%): 1 point. Together a C.
        let ledger = Ledger {
            lines: vec![line(Some(0), 80.0, 0), line(None, 20.0, 0)],
            unmatched: vec![unmatched],
            ..Ledger::default()
        };
        let table =
            TableRead { file: "timesheets.csv".into(), rows: 50, rejected: 1, ..TableRead::default() };
        let foreign = TableRead { project: Some("Q".into()), rejected: 40, ..table.clone() };
        let trust = of(&sound(), &[table, foreign], &ledger);
        assert_eq!(
            trust.reasons,
            [
                "20% of the hours booked (20 h) joined no task",
                "1 of 50 rows rejected, most of them in timesheets.csv"
            ]
        );
        assert_eq!(trust.grade, 'C');
        assert_eq!(trust.hours_joined, Some(0.8));
    }

    #[test]
    fn cost_and_progress_should_go_together() {
        let mut rows = vec![leaf("A", 100, 100, 0, 300), leaf("B", 100, 100, 100, 0)];
        for (task, _) in &mut rows {
            task.baseline_start = Some(start_of_day(day("2026-02-02")));
        }
        let trust = of(&project(rows), &[], &Ledger::default());
        assert_eq!(
            trust.reasons,
            [
                "300 is booked on 1 task without any value earned",
                "100 of the value earned comes from 1 task without any cost"
            ]
        );
        assert_eq!(trust.grade, 'C');
    }

    #[test]
    fn statements_grow_old_after_two_periods() {
        let statement = |at: &str| Statement {
            task: 1,
            at: end_of_day(day(at)),
            percent_complete: Some(0.25),
            actual_start: None,
            actual_finish: None,
            remaining_duration: None,
            remaining_work: None,
            origin: crate::model::Origin::default(),
        };
        let mut case = sound();
        // At the end of March the last two periods are February and March.
        case.0.statements = vec![statement("2026-02-01")];
        assert_eq!(of(&case, &[], &Ledger::default()).grade, 'A');
        case.0.statements = vec![statement("2026-01-31")];
        let trust = of(&case, &[], &Ledger::default());
        assert_eq!(trust.grade, 'C');
        assert_eq!(
            trust.reasons,
            ["no statement of progress in the last two periods for 1 of 1 task in progress"]
        );
    }

    #[test]
    fn a_cell_that_cannot_be_read_is_a_reason() {
        let table =
            |in_part| TableRead { file: "tasks.csv".into(), rows: 20, in_part, ..TableRead::default() };
        let one = of(&sound(), &[table(1)], &Ledger::default());
        assert_eq!(
            (one.grade, one.reasons[0].to_string()),
            (
                'A',
                "1 of 20 rows has a cell that could not be read and counts as empty, most of them in tasks.csv"
                    .to_owned()
            )
        );
        assert_eq!(of(&sound(), &[table(2)], &Ledger::default()).grade, 'B');
    }

    #[test]
    fn progress_without_a_day_is_doubted_in_a_report_of_a_past_day() {
        // 600 of the 700 earned are dated by a finish in March, 100 by nothing.
        let mut case = sound();
        case.0.tasks[0].actual_finish = Some(start_of_day(day("2026-03-20")));
        let later = || Ledger { after_status: (1, units(5)), ..Ledger::default() };
        let says = |trust: Trust| trust.reasons.iter().any(|why| why.to_string().contains("without a day"));
        assert!(!says(of(&case, &[], &Ledger::default())), "nothing is later than the status date");
        let trust = of(&case, &[], &later());
        let why = "100 of the value earned is progress without a day and may have come after the status date: the data goes on after it";
        assert_eq!(trust.reasons, [why]);
        assert_eq!(trust.grade, 'A');
        // A start on the next day is later, also when it has no time; a finish at the end of the day is not.
        let next = Some(start_of_day(day("2026-04-01")));
        case.0.tasks[1].actual_start = next;
        assert!(says(of(&case, &[], &Ledger::default())));
        case.0.tasks[1].actual_start = None;
        case.0.tasks[0].actual_finish = next;
        assert!(!says(of(&case, &[], &Ledger::default())));
        case.0.tasks[0].actual_finish = None;
        let trust = of(&case, &[], &later());
        assert_eq!(trust.grade, 'C', "all of it is undated");
    }

    #[test]
    fn every_rule_is_explained_and_costs_more_the_more_there_is() {
        for rule in RULES {
            assert!(!rule.about.is_empty());
            assert!(rule.steps.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1), "{}", rule.about);
        }
        assert_eq!([0, 1, 2, 3, 4, 6, 7].map(grade), ['A', 'A', 'B', 'B', 'C', 'C', 'D']);
    }
}
