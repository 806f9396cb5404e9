//! Checks of links against what happened, and against each other.

use super::{Check, Outcome, Schedule, Threshold, Unit, on_link};
use crate::analysis::network::activities::State;
use crate::calendar::{Moment, last_day};
use crate::language::Phrase;
use crate::model::{Link, RelationType};

/// How many steps the search for redundant links takes before it gives up.
const MOST_STEPS: usize = 20_000_000;

pub(super) const OUT_OF_SEQUENCE: Check = Check {
    id: "out_of_sequence",
    number: None,
    name: word!("Out of sequence"),
    about: word!("Links that what happened did not keep to."),
    unit: Unit::Count,
    threshold: Threshold::AtMost(0.0),
    assess: |schedule| {
        let links = schedule.all_links()?;
        let begun = |task: usize| matches!(schedule.state[task], State::Begun | State::Finished);
        let tried: Vec<(usize, &Link)> =
            links.iter().enumerate().filter(|(_, link)| begun(link.successor)).collect();
        if tried.is_empty() {
            return Err(phrase!("no task with a predecessor has begun"));
        }
        let broken = tried.iter().filter_map(|(index, link)| Some(on_link(*index, broken(schedule, link)?)));
        Ok(Outcome::count(broken.collect(), tried.len()))
    },
};

/// What a link was broken by. Days count: what starts on the day on which its predecessor ends is in order.
fn broken(schedule: &Schedule<'_>, link: &Link) -> Option<Phrase> {
    let before = schedule.values.get(link.predecessor)?;
    let after = schedule.values.get(link.successor)?;
    let from_finish = matches!(link.relation, RelationType::Fs | RelationType::Ff);
    let to_finish = matches!(link.relation, RelationType::Ff | RelationType::Sf);
    let happened =
        if to_finish { after.actual_finish.map(last_day) } else { after.actual_start.map(|at| at.date()) };
    let happened = happened?;
    let from = if from_finish { before.actual_finish } else { before.actual_start };
    let Some(from) = from else {
        let known = if from_finish {
            schedule.state[link.predecessor] != State::Finished
        } else {
            before.percent_complete <= 0.0
        };
        return known.then(|| match (to_finish, from_finish) {
            (true, true) => phrase!("finished {day} while its predecessor has not finished", day = happened),
            (true, false) => phrase!("finished {day} while its predecessor has not begun", day = happened),
            (false, true) => phrase!("began {day} while its predecessor has not finished", day = happened),
            (false, false) => phrase!("began {day} while its predecessor has not begun", day = happened),
        });
    };
    let calendar = schedule.project.calendars.get(schedule.task(link.successor).calendar)?;
    let asked: Moment = link.after(calendar, from);
    let (day, asked) = (happened, last_day(asked));
    (day < asked).then(|| {
        if to_finish {
            phrase!("finished {day}, the link asks for {asked}", day, asked)
        } else {
            phrase!("began {day}, the link asks for {asked}", day, asked)
        }
    })
}

pub(super) const REDUNDANT_LINKS: Check = Check {
    id: "redundant_links",
    number: None,
    name: word!("Redundant links"),
    about: word!("Finish-to-start links without lag between tasks that a chain of other links ties already."),
    unit: Unit::Count,
    threshold: Threshold::Informational,
    assess: |schedule| {
        let links = schedule.all_links()?;
        let found = Redundant::new(schedule).find()?;
        Ok(Outcome::count(
            found.into_iter().map(|link| on_link(link, word!("a chain of links says the same"))).collect(),
            links.len(),
        ))
    },
};

/// The search for links that a chain of others makes superfluous.
struct Redundant<'a> {
    links: &'a [Link],
    /// Finish-to-start links without a lead, by successor.
    before: Vec<Vec<usize>>,
    /// The length of the longest chain of such links into each task: predecessors have a lower one.
    depth: Vec<usize>,
}

impl<'a> Redundant<'a> {
    fn new(schedule: &Schedule<'a>) -> Self {
        let links = &schedule.project.links;
        let count = schedule.project.tasks.len();
        let mut before = vec![Vec::new(); count];
        let mut after = vec![Vec::new(); count];
        let mut waits = vec![0_usize; count];
        for (index, link) in links.iter().enumerate() {
            if link.relation == RelationType::Fs && link.lag.0 >= 0 {
                before[link.successor].push(index);
                after[link.predecessor].push(link.successor);
                waits[link.successor] += 1;
            }
        }
        let mut depth = vec![0; count];
        let mut ready: Vec<usize> = (0..count).filter(|task| waits[*task] == 0).collect();
        while let Some(task) = ready.pop() {
            for &successor in &after[task] {
                depth[successor] = depth[successor].max(depth[task] + 1);
                waits[successor] -= 1;
                if waits[successor] == 0 {
                    ready.push(successor);
                }
            }
        }
        Self { links, before, depth }
    }

    fn find(&self) -> Result<Vec<usize>, Phrase> {
        let mut found = Vec::new();
        let mut seen = vec![usize::MAX; self.before.len()];
        let mut steps = 0;
        for (task, into) in self.before.iter().enumerate().filter(|(_, into)| into.len() > 1) {
            // Everything before the predecessors, down to the shallowest of them.
            let shallowest =
                into.iter().map(|&link| self.depth[self.links[link].predecessor]).min().unwrap_or(0);
            let mut open: Vec<usize> = into.iter().map(|&link| self.links[link].predecessor).collect();
            while let Some(at) = open.pop() {
                for &link in &self.before[at] {
                    steps += 1;
                    let further = self.links[link].predecessor;
                    if seen[further] != task && self.depth[further] >= shallowest {
                        seen[further] = task;
                        open.push(further);
                    }
                }
            }
            if steps > MOST_STEPS {
                return Err(phrase!("the network is too large to search for them"));
            }
            found.extend(into.iter().copied().filter(|&link| {
                self.links[link].lag.is_zero() && seen[self.links[link].predecessor] == task
            }));
        }
        found.sort_unstable();
        Ok(found)
    }
}
