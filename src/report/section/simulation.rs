//! The simulation: finish and cost as distributions, joint confidence, what drives the finish, reserves.

mod tables;

use chrono::{Datelike, NaiveDate};

use crate::analysis::metric::{CRITICALITY, CRUCIALITY, Metric, RANK_CRUCIALITY, SSI};
use crate::analysis::simulation::{Simulation, Spread, TaskRisk};
use crate::calendar::last_day;
use crate::document::{Bars, Block, Chart, Histogram, Kind, Over, Plot, Role, Scatter};
use crate::language::{Part, Phrase};
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::{defined, index, working_days};

pub(super) const SECTION: Section = Section {
    id: "simulation",
    title: "Simulation",
    about: "Finish and cost as distributions with percentiles, joint confidence, the tasks and risks that drive the finish, and the reserve a confidence needs.",
    compose,
};

/// Tasks in the tornado.
const BARS: usize = 12;

/// The metrics that are explained below the table of tasks.
const EXPLAINED: [&Metric; 4] = [&CRITICALITY, &SSI, &CRUCIALITY, &RANK_CRUCIALITY];

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let Ok(found) = &subject.found.simulation else { return Vec::new() };
    let mut blocks = vec![Block::Paragraph(subject.say_all(&told(found)))];
    if let Some(cost) = cost_told(subject, found) {
        blocks.push(Block::Paragraph(subject.say_all(&cost)));
    }
    blocks.extend(page_one(subject).map(|told| Block::Paragraph(subject.say(told))));
    blocks.push(Block::Chart(finish(subject, found)));
    blocks.extend(cost(subject, found).map(Block::Chart));
    blocks.push(Block::Table(tables::percentiles(subject, found)));
    blocks.extend(joint(subject, found).map(Block::Chart));
    blocks.extend(tornado(subject, found).map(Block::Chart));
    blocks.extend(by_start_only(subject, found).map(|told| Block::Note(subject.say(told))));
    blocks.extend(tables::tasks(subject, found).map(Block::Table));
    let mut defined = defined(&EXPLAINED);
    defined.push(phrase!(
        "Percentiles are read from whole trials and never added, so that the later of two paths counts where they meet."
    ));
    blocks.push(Block::Note(subject.say_all(&defined)));
    blocks.extend(tables::risks(subject, found).map(Block::Table));
    blocks.extend(tables::reserve(subject, found).map(Block::Table));
    blocks.push(Block::Note(subject.say_all(&assumed(found))));
    blocks
}

/// `46% of the trials`, `none of the trials`.
fn of_trials(share: f64) -> Phrase {
    if share > 0.0 {
        phrase!("{share} of the trials", share = Part::share(share))
    } else {
        phrase!("none of the trials")
    }
}

/// How the trials were made.
fn assumed(found: &Simulation) -> Vec<Phrase> {
    let trials = phrase!(
        "{n} {n|trial|trials}, seed {seed}, durations {distribution}, impacts of risks triangular; risks count as they are once \
         their responses are in place.",
        n = found.iterations,
        seed = found.seed.to_string(),
        distribution = Part::Word(found.distribution.name())
    );
    let under_way = phrase!("Of a task under way only what remains varies.");
    [trials, under_way].into_iter().chain(found.notes.iter().cloned()).collect()
}

/// When it ends, how sure that is, and what the plan's chances are.
fn told(found: &Simulation) -> Vec<Phrase> {
    let day = |which: usize| last_day(found.dates[which]);
    let merge = found.finish.p50() - found.planned;
    let planned = if merge.abs() < 0.05 {
        phrase!("as the network has it")
    } else if merge > 0.0 {
        phrase!("{days} later than the network with every task as planned", days = working_days(merge))
    } else {
        phrase!("{days} earlier than the network with every task as planned", days = working_days(merge))
    };
    let mut sentences = vec![
        phrase!(
            "In half of {n} {n|trial|trials} the project ends by {p50} (P50), {planned}; in eight of ten by {p80} (P80).",
            n = found.iterations,
            p50 = day(1),
            planned,
            p80 = day(2)
        ),
        phrase!("P80 is known to \u{b1} {days}.", days = working_days(found.finish.p80_error.max(0.1))),
    ];
    sentences.extend(
        found
            .on_time
            .map(|chance| phrase!("The baseline's finish is kept in {trials}.", trials = of_trials(chance))),
    );
    sentences
}

/// That page 1 has another P80, and where both are joined.
fn page_one(subject: &Subject<'_>) -> Option<Phrase> {
    let recommended = &subject.found.recommended;
    let finish = recommended.finish_p80.map(|finish| Part::Day(last_day(finish)));
    let cost = recommended.eac_p80.filter(|_| subject.found.agreement.cost.is_some());
    let cost = cost.map(|cost| Part::Text(subject.format.amount(cost)));
    let p80: Vec<Part> = finish.into_iter().chain(cost).collect();
    (!p80.is_empty() && !subject.all_earned()).then(|| {
        phrase!(
            "P80 on page 1 is {p80}: it rests on how far forecasts of finished projects were off, not on these trials. The \
             section Forecasts holds the two side by side.",
            p80
        )
    })
}

/// What it costs, and both together.
fn cost_told(subject: &Subject<'_>, found: &Simulation) -> Option<Vec<Phrase>> {
    let (cost, joint) = (found.cost.as_ref()?, found.joint.as_ref()?);
    let amount = |units: f64| subject.format.amount(units);
    let mut sentences = vec![
        phrase!(
            "It costs up to {p50} in half of them and up to {p80} in eight of ten; actual cost and the rest as estimated or \
             budgeted make {base}.",
            p50 = amount(cost.p50()),
            p80 = amount(cost.p80()),
            base = amount(found.base_cost)
        ),
        phrase!(
            "Both P80s hold together in {share} of the trials: two confidences of 80% are less than one of 80%.",
            share = Part::share(joint.both_p80)
        ),
    ];
    sentences.extend(joint.plan.map(|plan| {
        phrase!("Budget and baseline finish are kept together in {trials}.", trials = of_trials(plan))
    }));
    Some(sentences)
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
        marks.push((baseline, subject.say(phrase!("Baseline {date}", date))));
    }
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    let days = found.class_ends.iter().map(|end| last_day(*end)).collect();
    Chart {
        id: "simulated_finish",
        title: subject.word(word!("Finish: share of the trials, and how many end by a day")),
        alt: subject.say(phrase!(
            "Distribution of the finish over {n} {n|trial|trials}: P10 {p10}, P50 {p50}, P80 {p80}, P95 {p95}.",
            n = found.iterations,
            p10 = day(0),
            p50 = day(1),
            p80 = day(2),
            p95 = day(4)
        )),
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
        marks.push((budget, subject.say(phrase!("Budget {amount}", amount = amount(budget)))));
    }
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    Some(Chart {
        id: "simulated_cost",
        title: subject.word(word!("Cost at completion: share of the trials, and how many stay below")),
        alt: subject.say(phrase!(
            "Distribution of the cost: P10 {p10}, P50 {p50}, P80 {p80}, P95 {p95}.",
            p10 = amount(cost.p10()),
            p50 = amount(cost.p50()),
            p80 = amount(cost.p80()),
            p95 = amount(cost.p95())
        )),
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
    let share = Part::share;
    let both = subject.say(phrase!("both P80: {share}", share = share(joint.both_p80)));
    let both = (last_day(found.dates[2]), cost.p80(), both);
    let points: Vec<(NaiveDate, f64)> = days(&joint.sample);
    let plan = subject.baseline_span().zip(joint.plan).map(|((_, baseline), chance)| {
        (
            baseline,
            subject.found.measures.bac.units(),
            subject.say(phrase!("plan: {share}", share = share(chance))),
        )
    });
    // A plan far from every trial would leave the trials a corner of the chart.
    let plan = plan.filter(|(day, cost, _)| near(&points, (*day, *cost)));
    Some(Chart {
        id: "joint_confidence",
        title: subject.word(word!("Cost against finish, a dot a trial")),
        alt: subject.say(phrase!(
            "Trials by finish and cost; both P80s hold in {both}. The line joins finishes and costs that hold together in {share}.",
            both = share(joint.both_p80),
            share = share(joint.confidence)
        )),
        plot: Plot::Scatter(Scatter {
            unit: subject.format.currency.clone(),
            points,
            frontier: days(&joint.frontier),
            frontier_label: subject.say(phrase!("{share} joint confidence", share = share(joint.confidence))),
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
fn by_start_only(subject: &Subject<'_>, found: &Simulation) -> Option<Phrase> {
    /// Below this an SSI misleads nobody.
    const NOTABLE: f64 = 0.20;
    /// Names in the note.
    const SHOWN: usize = 3;
    let misleading = |task: &&&TaskRisk| task.ssi >= NOTABLE && task.cruciality < task.ssi / 2.0;
    let ranked = tables::by_sensitivity(found);
    let tasks: Vec<Part> = ranked
        .iter()
        .filter(misleading)
        .take(SHOWN)
        .map(|task| {
            phrase!(
                "{task} (SSI {ssi}, cruciality {cruciality})",
                task = subject.task_label(task.task),
                ssi = index(task.ssi),
                cruciality = index(task.cruciality)
            )
            .into()
        })
        .collect();
    (!tasks.is_empty()).then(|| {
        phrase!(
            "Critical, yet not by how long it takes: {tasks}. Where others wait for a task's start and not for its end, or \
             another path is as long, a shorter duration gains little: act on what it starts after, and on the tasks of \
             high cruciality.",
            tasks
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
        title: subject
            .word(word!("What drives the finish: schedule sensitivity (SSI), and cruciality beside it")),
        alt: subject.say(phrase!(
            "Tasks by schedule sensitivity; the first is {task} with {ssi} and a cruciality of {cruciality}.",
            task = subject.task_label(first.task),
            ssi = index(first.ssi),
            cruciality = index(first.cruciality)
        )),
        plot: Plot::Bars(Bars {
            kind: Kind::Index,
            unit: subject.word(word!("unit::index")),
            categories: names,
            series: vec![
                ("SSI".to_owned(), Role::Planned, ranked.iter().map(|task| task.ssi).collect()),
                (
                    subject.word(word!("Cruciality")),
                    Role::Earned,
                    ranked.iter().map(|task| task.cruciality).collect(),
                ),
            ],
            stacked: false,
        }),
    })
}
