//! The simulation: finish and cost as distributions, joint confidence, what drives the finish, reserves.

mod tables;

use chrono::{Datelike, NaiveDate};

use crate::analysis::simulation::{Simulation, Spread, TaskRisk};
use crate::calendar::last_day;
use crate::document::{Bars, Block, Chart, Histogram, Kind, Over, Plot, Role, Scatter};
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::{index, listed, working_days};
use crate::wording::{counted, percent};

pub(super) const SECTION: Section = Section {
    id: "simulation",
    title: "Simulation",
    about: "Finish and cost as distributions with percentiles, joint confidence, the tasks and risks that drive the finish, and the reserve a confidence needs.",
    compose,
};

/// Tasks in the tornado.
const BARS: usize = 12;

/// How the indices are defined.
const DEFINITIONS: &str = "Criticality index: share of the trials in which the task has no float. SSI: criticality index \
    times the standard deviation of its duration over that of the finish. Cruciality: correlation of its duration and the \
    finish, without sign. Percentiles are read from whole trials and never added, so that the later of two paths counts \
    where they meet.";

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let Ok(found) = &subject.found.simulation else { return Vec::new() };
    let mut blocks = vec![Block::Paragraph(told(subject, found))];
    if let Some(cost) = cost_told(subject, found) {
        blocks.push(Block::Paragraph(cost));
    }
    blocks.extend(page_one(subject).map(Block::Paragraph));
    blocks.push(Block::Chart(finish(subject, found)));
    blocks.push(Block::Table(tables::percentiles(subject, found)));
    blocks.extend(cost(subject, found).map(Block::Chart));
    blocks.extend(joint(subject, found).map(Block::Chart));
    blocks.extend(tornado(subject, found).map(Block::Chart));
    blocks.extend(by_start_only(subject, found).map(Block::Note));
    blocks.extend(tables::tasks(subject, found).map(Block::Table));
    blocks.push(Block::Note(DEFINITIONS.to_owned()));
    blocks.extend(tables::risks(subject, found).map(Block::Table));
    blocks.extend(tables::reserve(subject, found).map(Block::Table));
    blocks.push(Block::Note(assumed(found)));
    blocks
}

/// `46% of the trials`, `none of the trials`.
fn of_trials(share: f64) -> String {
    if share > 0.0 { format!("{} of the trials", percent(share)) } else { "none of the trials".to_owned() }
}

/// How the trials were made.
fn assumed(found: &Simulation) -> String {
    let trials = counted(found.iterations, "trial");
    format!(
        "{trials}, seed {}, durations {}, impacts of risks triangular; risks count as they are once their responses are in \
         place. Of a task under way only what remains varies. {}",
        found.seed,
        found.distribution.name(),
        found.notes.join(" ")
    )
}

/// When it ends, how sure that is, and what the plan's chances are.
fn told(subject: &Subject<'_>, found: &Simulation) -> String {
    let day = |which: usize| subject.format.day(last_day(found.dates[which]));
    let merge = found.finish.p50() - found.planned;
    let planned = if merge.abs() < 0.05 {
        "as the network has it".to_owned()
    } else {
        let word = if merge > 0.0 { "later" } else { "earlier" };
        format!("{} {word} than the network with every task as planned", working_days(merge))
    };
    let chance = found.on_time.map_or_else(String::new, |chance| {
        format!(" The baseline's finish is kept in {}.", of_trials(chance))
    });
    format!(
        "In half of {} the project ends by {} (P50), {planned}; in eight of ten by {} (P80). P80 is known to \u{b1} {}.{chance}",
        counted(found.iterations, "trial"),
        day(1),
        day(2),
        working_days(found.finish.p80_error.max(0.1)),
    )
}

/// That page 1 has another P80, and where both are joined.
fn page_one(subject: &Subject<'_>) -> Option<String> {
    let recommended = &subject.found.recommended;
    let finish = recommended.finish_p80.map(|finish| subject.format.day(last_day(finish)));
    let cost = recommended.eac_p80.filter(|_| subject.found.agreement.cost.is_some());
    let cost = cost.map(|cost| subject.format.amount(cost));
    let said: Vec<String> = finish.into_iter().chain(cost).collect();
    (!said.is_empty() && !subject.all_earned()).then(|| {
        format!(
            "P80 on page 1 is {}: it rests on how far forecasts of finished projects were off, not on these trials. \
             The section Forecasts holds the two side by side.",
            said.join(" and ")
        )
    })
}

/// What it costs, and both together.
fn cost_told(subject: &Subject<'_>, found: &Simulation) -> Option<String> {
    let (cost, joint) = (found.cost.as_ref()?, found.joint.as_ref()?);
    let amount = |units: f64| subject.format.amount(units);
    let plan = joint
        .plan
        .map(|plan| format!(" Budget and baseline finish are kept together in {}.", of_trials(plan)))
        .unwrap_or_default();
    Some(format!(
        "It costs up to {} in half of them and up to {} in eight of ten; actual cost and the rest as estimated or budgeted \
         make {}. Both P80s hold together in {} of the trials: two confidences of 80% are less than one of 80%.{plan}",
        amount(cost.p50()),
        amount(cost.p80()),
        amount(found.base_cost),
        percent(joint.both_p80),
    ))
}

/// The finish as a histogram over dates.
fn finish(subject: &Subject<'_>, found: &Simulation) -> Chart {
    let day = |which: usize| subject.format.day(last_day(found.dates[which]));
    let mut marks: Vec<(f64, String)> = [(1, "P50"), (2, "P80")]
        .map(|(which, name)| (found.finish.percentiles[which], format!("{name} {}", day(which))))
        .into();
    let ends = found.finish.classes.first().zip(found.finish.classes.last());
    if let (Some(baseline), Some(((low, ..), (_, high, _)))) = (found.baseline, ends)
        && (*low..=*high).contains(&baseline)
        && let Some((_, date)) = subject.baseline_span()
    {
        marks.push((baseline, format!("Baseline {}", subject.format.day(date))));
    }
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    let days = found.class_ends.iter().map(|end| last_day(*end)).collect();
    Chart {
        id: "simulated_finish",
        title: "Finish: share of the trials, and how many end by a day".to_owned(),
        alt: format!(
            "Distribution of the finish over {} trials: P10 {}, P50 {}, P80 {}, P95 {}.",
            found.iterations,
            day(0),
            day(1),
            day(2),
            day(4)
        ),
        plot: Plot::Histogram(Histogram {
            over: Over::Dates(days),
            classes: found.finish.classes.clone(),
            marks,
        }),
    }
}

/// The cost as a histogram.
fn cost(subject: &Subject<'_>, found: &Simulation) -> Option<Chart> {
    let cost: &Spread = found.cost.as_ref().filter(|cost| cost.classes.len() > 1)?;
    let amount = |units: f64| subject.format.amount(units);
    let mut marks = vec![
        (cost.p50(), format!("P50 {}", amount(cost.p50()))),
        (cost.p80(), format!("P80 {}", amount(cost.p80()))),
    ];
    let budget = subject.found.measures.bac.units();
    let (low, high) = (cost.classes.first()?.0, cost.classes.last()?.1);
    if (low..=high).contains(&budget) {
        marks.push((budget, format!("Budget {}", amount(budget))));
    }
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    Some(Chart {
        id: "simulated_cost",
        title: "Cost at completion: share of the trials, and how many stay below".to_owned(),
        alt: format!(
            "Distribution of the cost: P10 {}, P50 {}, P80 {}, P95 {}.",
            amount(cost.p10()),
            amount(cost.p50()),
            amount(cost.p80()),
            amount(cost.p95())
        ),
        plot: Plot::Histogram(Histogram {
            over: Over::Amounts(Kind::Money, subject.format.currency.clone()),
            classes: cost.classes.clone(),
            marks,
        }),
    })
}

/// Cost against finish with the frontier of the joint confidence.
fn joint(subject: &Subject<'_>, found: &Simulation) -> Option<Chart> {
    let joint = found.joint.as_ref().filter(|joint| joint.frontier.len() > 1)?;
    let cost = found.cost.as_ref()?;
    let days = |points: &[(crate::calendar::Moment, f64)]| {
        points.iter().map(|(moment, cost)| (last_day(*moment), *cost)).collect()
    };
    let both = (last_day(found.dates[2]), cost.p80(), format!("both P80: {}", percent(joint.both_p80)));
    let points: Vec<(NaiveDate, f64)> = days(&joint.sample);
    let plan = subject.baseline_span().zip(joint.plan).map(|((_, baseline), chance)| {
        (baseline, subject.found.measures.bac.units(), format!("plan: {}", percent(chance)))
    });
    // A plan far from every trial would leave the trials a corner of the chart.
    let plan = plan.filter(|(day, cost, _)| near(&points, (*day, *cost)));
    Some(Chart {
        id: "joint_confidence",
        title: "Cost against finish, a dot a trial".to_owned(),
        alt: format!(
            "Trials by finish and cost; both P80s hold in {}. The line joins finishes and costs that hold together in {}.",
            percent(joint.both_p80),
            percent(joint.confidence)
        ),
        plot: Plot::Scatter(Scatter {
            unit: subject.format.currency.clone(),
            points,
            frontier: days(&joint.frontier),
            frontier_label: format!("{} joint confidence", percent(joint.confidence)),
            marks: plan.into_iter().chain([both]).collect(),
        }),
    })
}

/// Whether a point lies no further from the others than they lie apart.
fn near(points: &[(NaiveDate, f64)], (day, cost): (NaiveDate, f64)) -> bool {
    let within = |values: &mut dyn Iterator<Item = f64>, value: f64| {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        let apart = high - low;
        (low - apart..=high + apart).contains(&value)
    };
    let number = |day: &NaiveDate| f64::from(day.num_days_from_ce());
    within(&mut points.iter().map(|(day, _)| number(day)), number(&day))
        && within(&mut points.iter().map(|(_, cost)| *cost), cost)
}

/// Tasks that are critical while their own duration hardly matters: SSI alone would mislead.
fn by_start_only(subject: &Subject<'_>, found: &Simulation) -> Option<String> {
    /// Below this an SSI misleads nobody.
    const NOTABLE: f64 = 0.20;
    /// Names in the note.
    const SHOWN: usize = 3;
    let misleading = |task: &&&TaskRisk| task.ssi >= NOTABLE && task.cruciality < task.ssi / 2.0;
    let ranked = tables::by_sensitivity(found);
    let told: Vec<String> = ranked
        .iter()
        .filter(misleading)
        .take(SHOWN)
        .map(|task| {
            format!(
                "{} (SSI {}, cruciality {})",
                subject.task_label(task.task),
                index(task.ssi),
                index(task.cruciality)
            )
        })
        .collect();
    (!told.is_empty()).then(|| {
        format!(
            "Critical, yet not by how long it takes: {}. Where others wait for a task's start and not for its end, or \
             another path is as long, a shorter duration gains little: act on what it starts after, and on the tasks of \
             high cruciality.",
            listed(&told)
        )
    })
}

/// The tasks that drive the finish.
fn tornado(subject: &Subject<'_>, found: &Simulation) -> Option<Chart> {
    let ranked: Vec<_> =
        tables::by_sensitivity(found).into_iter().filter(|task| task.ssi >= 0.005).take(BARS).collect();
    let first = ranked.first()?;
    let names: Vec<String> = ranked.iter().map(|task| subject.task_label(task.task)).collect();
    Some(Chart {
        id: "sensitivity",
        title: "What drives the finish: schedule sensitivity (SSI), and cruciality beside it".to_owned(),
        alt: format!(
            "Tasks by schedule sensitivity; the first is {} with {:.2} and a cruciality of {:.2}.",
            subject.task_label(first.task),
            first.ssi,
            first.cruciality
        ),
        plot: Plot::Bars(Bars {
            kind: Kind::Index,
            unit: "index".to_owned(),
            categories: names,
            series: vec![
                ("SSI".to_owned(), Role::Planned, ranked.iter().map(|task| task.ssi).collect()),
                ("Cruciality".to_owned(), Role::Earned, ranked.iter().map(|task| task.cruciality).collect()),
            ],
            stacked: false,
        }),
    })
}
