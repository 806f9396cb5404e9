//! Checks of how tasks are linked.

use super::{Check, Offender, Outcome, Schedule, Threshold, Unit, on_link, on_task, share};
use crate::analysis::network::activities::State;
use crate::language::{Part, Phrase};
use crate::model::{Link, RelationType, TaskKind};

pub(super) const MISSING_LOGIC: Check = Check {
    id: "missing_logic",
    number: Some(1),
    name: word!("Logic"),
    about: word!(
        "Unfinished tasks without a predecessor or a successor; the first and the last task need none."
    ),
    unit: Unit::Share,
    threshold: Threshold::AtMost(0.05),
    assess: |schedule| {
        let (ends, base) = (Ends::of(schedule)?, schedule.base()?);
        let open = base.iter().filter_map(|&task| {
            let lacks = match (ends.lacks_before(task), ends.lacks_after(task)) {
                (true, true) => word!("neither predecessor nor successor"),
                (true, false) => word!("no predecessor"),
                (false, true) => word!("no successor"),
                (false, false) => return None,
            };
            Some(on_task(task, lacks))
        });
        Ok(Outcome::share(open.collect(), base.len()).noted(ends.exempt(schedule)))
    },
};

pub(super) const LEADS: Check = Check {
    id: "leads",
    number: Some(2),
    name: word!("Leads"),
    about: word!("Links with a lead (negative lag): they hide what the overlap rests on."),
    unit: Unit::Count,
    threshold: Threshold::AtMost(0.0),
    assess: |schedule| {
        let (found, of) = links(schedule, |link| (link.lag.0 < 0).then(|| lag(schedule, link)))?;
        Ok(Outcome::count(found, of))
    },
};

pub(super) const LAGS: Check = Check {
    id: "lags",
    number: Some(3),
    name: word!("Lags"),
    about: word!("Links with a lag: waiting that no task accounts for."),
    unit: Unit::Share,
    threshold: Threshold::AtMost(0.05),
    assess: |schedule| {
        let (found, of) = links(schedule, |link| (link.lag.0 > 0).then(|| lag(schedule, link)))?;
        Ok(Outcome::share(found, of))
    },
};

pub(super) const RELATION_TYPES: Check = Check {
    id: "relation_types",
    number: Some(4),
    name: word!("Relation types"),
    about: word!("Links that are finish to start."),
    unit: Unit::Share,
    threshold: Threshold::AtLeast(0.90),
    assess: |schedule| {
        let other = |link: &Link| match link.relation {
            RelationType::Fs => None,
            RelationType::Ss => Some(phrase!("start to start")),
            RelationType::Ff => Some(phrase!("finish to finish")),
            RelationType::Sf => Some(phrase!("start to finish")),
        };
        let (found, of) = links(schedule, other)?;
        Ok(Outcome { value: 1.0 - share(found.len(), of), ..Outcome::share(found, of) })
    },
};

pub(super) const OPEN_STARTS: Check = Check {
    id: "open_starts",
    number: None,
    name: word!("No predecessor"),
    about: word!("Unfinished tasks that nothing leads to, the first one aside."),
    unit: Unit::Count,
    threshold: Threshold::Informational,
    assess: |schedule| open_ends(schedule, word!("no predecessor"), Ends::lacks_before),
};

pub(super) const OPEN_FINISHES: Check = Check {
    id: "open_finishes",
    number: None,
    name: word!("No successor"),
    about: word!("Unfinished tasks that lead to nothing, the last one aside: their slips are invisible."),
    unit: Unit::Count,
    threshold: Threshold::Informational,
    assess: |schedule| open_ends(schedule, word!("no successor"), Ends::lacks_after),
};

pub(super) const DANGLING_STARTS: Check = Check {
    id: "dangling_starts",
    number: None,
    name: word!("Start held by nothing"),
    about: word!("Unfinished tasks whose predecessors hold their finish only (FF, SF)."),
    unit: Unit::Count,
    threshold: Threshold::AtMost(0.0),
    assess: |schedule| {
        let hangs = |ends: &Ends, task: usize| {
            ends.before[task] && !ends.start_held[task] && !is_moment(schedule, task)
        };
        open_ends(schedule, word!("its predecessors hold its finish only"), hangs)
    },
};

pub(super) const DANGLING_FINISHES: Check = Check {
    id: "dangling_finishes",
    number: None,
    name: word!("Finish that holds nothing"),
    about: word!(
        "Unfinished tasks whose successors wait for their start only (SS, SF): a longer duration moves nothing."
    ),
    unit: Unit::Count,
    threshold: Threshold::AtMost(0.0),
    assess: |schedule| {
        let hangs = |ends: &Ends, task: usize| {
            ends.after[task] && !ends.finish_holds[task] && !is_moment(schedule, task)
        };
        open_ends(schedule, word!("its successors wait for its start only"), hangs)
    },
};

pub(super) const SUMMARY_LINKS: Check = Check {
    id: "summary_links",
    number: None,
    name: word!("Links of summaries"),
    about: word!("Links from or to a summary: they hold for every task below, which is rarely meant."),
    unit: Unit::Count,
    threshold: Threshold::AtMost(0.0),
    assess: |schedule| {
        let summary = |task: usize| schedule.state[task] == State::Summary;
        let (found, of) =
            links(schedule, |link| match (summary(link.predecessor), summary(link.successor)) {
                (true, true) => Some(phrase!("between two summaries")),
                (true, false) => Some(phrase!("from a summary")),
                (false, true) => Some(phrase!("to a summary")),
                (false, false) => None,
            })?;
        Ok(Outcome::count(found, of))
    },
};

/// A milestone's start is its finish: either end holds both.
fn is_moment(schedule: &Schedule<'_>, task: usize) -> bool {
    schedule.task(task).kind == TaskKind::Milestone
}

/// Links into unfinished work of which something is said, and how many links there are in all.
fn links(
    schedule: &Schedule<'_>,
    says: impl Fn(&Link) -> Option<Phrase>,
) -> Result<(Vec<Offender>, usize), Phrase> {
    let of = schedule.links().count();
    schedule.all_links()?;
    if of == 0 {
        return Err(phrase!("no link leads into unfinished work"));
    }
    let found = schedule.links().filter_map(|(index, link)| Some(on_link(index, says(link)?)));
    Ok((found.collect(), of))
}

fn lag(schedule: &Schedule<'_>, link: &Link) -> Phrase {
    let days = schedule.project.lag_days(link);
    let n = Part::number(days, 1);
    match (link.elapsed, days < 0.0) {
        (true, true) => phrase!("{n} elapsed days", n),
        (true, false) => phrase!("+{n} elapsed days", n),
        (false, true) => phrase!("{n} working days", n),
        (false, false) => phrase!("+{n} working days", n),
    }
}

fn open_ends(
    schedule: &Schedule<'_>,
    detail: &'static str,
    open: impl Fn(&Ends, usize) -> bool,
) -> Result<Outcome, Phrase> {
    let (ends, base) = (Ends::of(schedule)?, schedule.base()?);
    let found = base.iter().filter(|&&task| open(&ends, task)).map(|&task| on_task(task, detail));
    Ok(Outcome::count(found.collect(), base.len()))
}

/// Which ends of the tasks are linked; links of a summary count for the tasks below.
struct Ends {
    before: Vec<bool>,
    after: Vec<bool>,
    start_held: Vec<bool>,
    finish_holds: Vec<bool>,
    /// The task that may be without a predecessor, and the one without a successor.
    first: Option<usize>,
    last: Option<usize>,
}

impl Ends {
    fn of(schedule: &Schedule<'_>) -> Result<Self, Phrase> {
        let project = schedule.project;
        schedule.all_links()?;
        let none = vec![false; project.tasks.len()];
        let mut ends = Self {
            before: none.clone(),
            after: none.clone(),
            start_held: none.clone(),
            finish_holds: none,
            first: None,
            last: None,
        };
        for link in &project.links {
            ends.before[link.successor] = true;
            ends.after[link.predecessor] = true;
            if matches!(link.relation, RelationType::Fs | RelationType::Ss) {
                ends.start_held[link.successor] = true;
            }
            if matches!(link.relation, RelationType::Fs | RelationType::Ff) {
                ends.finish_holds[link.predecessor] = true;
            }
        }
        for list in [&mut ends.before, &mut ends.after, &mut ends.start_held, &mut ends.finish_holds] {
            let own = list.clone();
            for (task, held) in list.iter_mut().enumerate() {
                *held = schedule.tree.upwards(task).any(|above| own[above]);
            }
        }
        // The one that starts first and the one that ends last, as the plan has them.
        let key = |task: usize, finish: bool| {
            let row = schedule.task(task);
            let network = schedule.network.as_ref().ok().and_then(|network| network.tasks[task].as_ref());
            let early = network.map(|scheduled| if finish { scheduled.early.1 } else { scheduled.early.0 });
            let planned =
                if finish { row.baseline_finish.or(row.finish) } else { row.baseline_start.or(row.start) };
            planned.or(early)
        };
        let free = |linked: &[bool]| schedule.discrete().filter(|&task| !linked[task]).collect::<Vec<_>>();
        ends.first = free(&ends.before)
            .into_iter()
            .min_by_key(|&task| (key(task, false).is_none(), key(task, false), task));
        ends.last = free(&ends.after).into_iter().max_by_key(|&task| (key(task, true), task));
        Ok(ends)
    }

    fn lacks_before(&self, task: usize) -> bool {
        !self.before[task] && self.first != Some(task)
    }

    fn lacks_after(&self, task: usize) -> bool {
        !self.after[task] && self.last != Some(task)
    }

    fn exempt(&self, schedule: &Schedule<'_>) -> Phrase {
        let name = |task: Option<usize>| {
            task.map_or(Part::Word(word!("task::none")), |task| Part::from(schedule.code(task)))
        };
        phrase!(
            "Exempt: {first} as the first and {last} as the last task.",
            first = name(self.first),
            last = name(self.last)
        )
    }
}
