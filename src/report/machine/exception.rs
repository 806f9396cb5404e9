//! Tolerances, causes of a breach and options in the JSON.

use serde::Serialize;

use super::{end_text, rounded};
use crate::analysis::bridge::Cause;
use crate::analysis::exception::{Area, Choice, Options, Slip, Tolerance, Until};
use crate::report::subject::Subject;

/// The tolerances, and what there is to say where one is forecast to break.
#[derive(Serialize)]
pub(super) struct Exception<'a> {
    forecast: bool,
    tolerances: Vec<Granted>,
    cost_causes: Vec<Contribution<'a>>,
    finish_causes: Option<Moved<'a>>,
    options: Option<Weighed<'a>>,
}

/// A tolerance in the unit of its area: currency units, working days, counts, a share.
#[derive(Serialize)]
struct Granted {
    area: &'static str,
    allowed: Option<f64>,
    forecast: Option<f64>,
    beyond: Option<f64>,
    reason: Option<&'static str>,
}

#[derive(Serialize)]
struct Contribution<'a> {
    cause: &'static str,
    task: Option<&'a str>,
    amount: f64,
}

#[derive(Serialize)]
struct Moved<'a> {
    days: f64,
    tasks: Vec<Part<'a>>,
    rest_days: f64,
}

#[derive(Serialize)]
struct Part<'a> {
    task: &'a str,
    later_start_days: f64,
    longer_days: f64,
    days: f64,
}

#[derive(Serialize)]
struct Weighed<'a> {
    choices: Vec<Weighing<'a>>,
    recommended: usize,
    restores_tolerances: bool,
    decide_by: Option<String>,
    rate_per_hour: Option<f64>,
}

#[derive(Serialize)]
struct Weighing<'a> {
    option: &'static str,
    change: Option<&'a str>,
    one_more_person: Vec<&'a str>,
    left_out: Vec<&'a str>,
    cost: Option<f64>,
    finish: Option<String>,
    cost_change: f64,
    days_change: f64,
    cost_p80: Option<f64>,
    finish_p80: Option<String>,
    chance_cost: Option<f64>,
    chance_finish: Option<f64>,
    chance_both: Option<f64>,
}

/// What is said of exceptions; `None` where no tolerance was agreed.
pub(super) fn exception<'a>(subject: &Subject<'a>) -> Option<Exception<'a>> {
    let found = &subject.found.exception;
    found.tolerances.iter().find(|tolerance| tolerance.allowed.is_some())?;
    let id = |task: usize| subject.project.tasks.get(task).map_or("", |task| task.id.as_str());
    Some(Exception {
        forecast: found.breaches().next().is_some(),
        tolerances: found.tolerances.iter().map(granted).collect(),
        cost_causes: if found.breaks(Area::Cost) { contributions(subject, id) } else { Vec::new() },
        finish_causes: found.slip.as_ref().map(|slip| moved(slip, id)),
        options: found.options.as_ref().map(|options| weighed(subject, options, id)),
    })
}

/// What EAC - BAC is made of.
fn contributions<'a>(subject: &Subject<'_>, id: impl Fn(usize) -> &'a str) -> Vec<Contribution<'a>> {
    let causes = subject.found.bridge.as_ref().map_or(&[][..], |bridge| &bridge.causes);
    let contribution = |(cause, amount): &(Cause, f64)| {
        let (cause, task) = match cause {
            Cause::Task(task) => ("task", Some(id(*task))),
            Cause::OtherOver => ("other_tasks_over", None),
            Cause::Under => ("tasks_under", None),
            Cause::BesideTasks => ("beside_tasks", None),
            Cause::Rest => ("rest", None),
        };
        Contribution { cause, task, amount: rounded(*amount) }
    };
    causes.iter().map(contribution).collect()
}

fn granted(tolerance: &Tolerance) -> Granted {
    Granted {
        area: tolerance.area.id(),
        allowed: tolerance.allowed,
        forecast: tolerance.forecast.ok().map(rounded),
        beyond: tolerance.beyond().map(rounded),
        reason: tolerance.forecast.err(),
    }
}

fn moved<'a>(slip: &Slip, id: impl Fn(usize) -> &'a str) -> Moved<'a> {
    let tasks = slip.ranked().into_iter().map(|part| Part {
        task: id(part.task),
        later_start_days: rounded(part.waited),
        longer_days: rounded(part.longer),
        days: rounded(part.days()),
    });
    Moved { days: rounded(slip.days), tasks: tasks.collect(), rest_days: rounded(slip.rest) }
}

fn weighed<'a>(subject: &Subject<'a>, options: &Options, id: impl Fn(usize) -> &'a str) -> Weighed<'a> {
    let change = |choice: &Choice| {
        let index = choice.kind.change()?;
        subject.project.changes.get(index).map(|change| change.id.as_str())
    };
    let choices = options.choices.iter().map(|choice| Weighing {
        option: choice.kind.id(),
        change: change(choice),
        one_more_person: choice.staffed.iter().map(|(task, _)| id(*task)).collect(),
        left_out: choice.left_out.iter().map(|task| id(*task)).collect(),
        cost: choice.cost.map(rounded),
        finish: choice.finish.map(end_text),
        cost_change: rounded(choice.cost_change),
        days_change: rounded(choice.days),
        cost_p80: choice.cost_p80.map(rounded),
        finish_p80: choice.finish_p80.map(end_text),
        chance_cost: choice.chance.cost.map(rounded),
        chance_finish: choice.chance.finish.map(rounded),
        chance_both: choice.chance.both.map(rounded),
    });
    Weighed {
        choices: choices.collect(),
        recommended: options.recommended,
        restores_tolerances: options.restores,
        decide_by: options.until.map(Until::day).map(|day| day.to_string()),
        rate_per_hour: options.rate.map(rounded),
    }
}
