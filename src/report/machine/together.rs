//! The projects together in the JSON of a portfolio.

use serde::Serialize;

use super::distribution::{Dates, Distribution};
use super::{end_text, rounded};
use crate::analysis::simulation::{Combined, View};
use crate::language::Phrase;
use crate::report::subject::Subject;

/// What the projects cost in sum and when the last of them ends, by both views.
#[derive(Serialize)]
pub(in crate::report) struct Together<'a> {
    iterations: usize,
    seed: u64,
    correlation: f64,
    past_projects: Option<Seen<'a>>,
    simulation: Option<Seen<'a>>,
}

#[derive(Serialize)]
struct Seen<'a> {
    cost: Option<Cost>,
    finish: Dates,
    projects: Vec<MemberShare<'a>>,
    left_out: Vec<LeftOut<'a>>,
}

#[derive(Serialize)]
struct Cost {
    #[serde(flatten)]
    spread: Distribution,
    independent_p80: f64,
    sum_of_p80: f64,
}

#[derive(Serialize)]
struct MemberShare<'a> {
    id: &'a str,
    last: f64,
}

#[derive(Serialize)]
struct LeftOut<'a> {
    id: &'a str,
    because: &'a Phrase,
}

/// The projects of a portfolio together.
pub(in crate::report) fn together<'a>(found: &'a Combined, subjects: &[Subject<'a>]) -> Together<'a> {
    let seen = |view: &'a Option<View>| view.as_ref().map(|view| seen(view, subjects));
    Together {
        iterations: found.iterations,
        seed: found.seed,
        correlation: found.correlation,
        past_projects: seen(&found.history),
        simulation: seen(&found.simulation),
    }
}

fn seen<'a>(view: &'a View, subjects: &[Subject<'a>]) -> Seen<'a> {
    let id = |index: usize| subjects.get(index).map_or("", |subject| subject.project.id.as_str());
    Seen {
        cost: view.cost.as_ref().map(|cost| Cost {
            spread: Distribution::of(&cost.spread, rounded),
            independent_p80: rounded(cost.independent_p80),
            sum_of_p80: rounded(cost.sum_of_p80),
        }),
        finish: Dates::of(view.dates.map(end_text)),
        projects: view
            .members
            .iter()
            .map(|member| MemberShare { id: id(member.project), last: rounded(member.last) })
            .collect(),
        left_out: view.left_out.iter().map(|(index, because)| LeftOut { id: id(*index), because }).collect(),
    }
}
