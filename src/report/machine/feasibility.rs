//! The lines of feasibility in the JSON.

use serde::Serialize;

use crate::analysis::feasibility::Figure;
use crate::report::machine::rounded;
use crate::report::subject::Subject;
use crate::report::wording::capital;

/// A line: a figure against its threshold.
#[derive(Serialize)]
pub(super) struct Line<'a> {
    id: &'static str,
    name: String,
    unit: Option<&'static str>,
    figure: Option<Value>,
    threshold: Option<Value>,
    holds: Option<bool>,
    reason: Option<&'a str>,
}

/// A number, or a day.
#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    Number(f64),
    Day(String),
}

/// Every line, in the order they are asked.
pub(super) fn lines<'a>(subject: &Subject<'a>) -> Vec<Line<'a>> {
    let lines = subject.found.feasibility.iter().map(|line| {
        let outcome = line.outcome.as_ref().ok();
        Line {
            id: line.id,
            name: capital(line.name),
            unit: outcome.map(|outcome| unit(outcome.figure)),
            figure: outcome.map(|outcome| value(outcome.figure)),
            threshold: outcome.map(|outcome| value(outcome.threshold)),
            holds: outcome.map(|outcome| outcome.holds),
            reason: line.outcome.as_ref().err().map(String::as_str),
        }
    });
    lines.collect()
}

fn unit(figure: Figure) -> &'static str {
    match figure {
        Figure::Amount(_) => "currency",
        Figure::Hours(_) => "hours",
        Figure::Share(_) => "share",
        Figure::Day(_) => "date",
    }
}

fn value(figure: Figure) -> Value {
    match figure {
        Figure::Amount(number) | Figure::Hours(number) | Figure::Share(number) => {
            Value::Number(rounded(number))
        }
        Figure::Day(day) => Value::Day(day.to_string()),
    }
}
