//! The baseline of a generated project: phases, work packages, tasks, who does them and when.

use super::random::Random;
use super::words::{FIRST_NAMES, LAST_NAMES, MANAGER, PHASES, Phase, ROLES};

/// What a row of the plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Task,
    Milestone,
    Summary,
    Effort,
}

/// Somebody of the team.
pub(super) struct Person {
    pub(super) name: String,
    pub(super) role: usize,
    /// Currency units an hour.
    pub(super) rate: i64,
    /// The rate from the turn of the year before the status date, for those who get more.
    pub(super) later_rate: Option<i64>,
}

/// Something bought for a task.
pub(super) struct Purchase {
    pub(super) category: &'static str,
    pub(super) vendor: &'static str,
    /// Currency units.
    pub(super) amount: i64,
}

/// A row of the plan. Days are working days from the project's first; a finish is the day after the last.
pub(super) struct Item {
    pub(super) id: String,
    pub(super) wbs: String,
    pub(super) name: String,
    pub(super) kind: Kind,
    /// Index into [`PHASES`]; the phase after the last is project management.
    pub(super) phase: usize,
    /// Index into the team.
    pub(super) owner: Option<usize>,
    /// Predecessor and the relation as written behind its id.
    pub(super) predecessors: Vec<(usize, &'static str)>,
    pub(super) start: usize,
    pub(super) finish: usize,
    /// Quarter hours.
    pub(super) work: i64,
    pub(super) purchase: Option<Purchase>,
}

/// A project as it was approved.
pub(super) struct Plan {
    pub(super) team: Vec<Person>,
    pub(super) items: Vec<Item>,
    /// Working days from first start to last finish.
    pub(super) span: usize,
}

/// The longest work package.
const PACKAGE: usize = 8;

impl Plan {
    /// A plan of about so many tasks whose ids begin with `key`.
    pub(super) fn new(key: &str, tasks: usize, random: &mut Random) -> Self {
        let counts: Vec<usize> = PHASES.iter().map(|phase| share(tasks, phase.share)).collect();
        let mut draft =
            Draft { key, random, items: Vec::new(), team: Vec::new(), by_role: Vec::new(), free: Vec::new() };
        draft.hire(tasks, &counts);
        let mut gate = None;
        for (phase, count) in counts.iter().enumerate() {
            gate = Some(draft.phase(phase, *count, gate));
        }
        let span = draft.items.iter().map(|item| item.finish).max().unwrap_or(1).max(1);
        draft.management(span);
        Self { team: draft.team, items: draft.items, span }
    }
}

/// So many of the tasks, at least one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "small positive counts"
)]
fn share(tasks: usize, share: f64) -> usize {
    (tasks.saturating_sub(PHASES.len() + 2) as f64 * share).round().max(1.0) as usize
}

/// Every verb on every object before a name comes again, then with a number.
fn task_name(phase: &Phase, nth: usize) -> String {
    let (verbs, objects) = (phase.verbs.len(), phase.objects.len());
    let (object, turn) = (nth % objects, nth / objects);
    let name = format!("{} {}", phase.verbs[(object + turn) % verbs], phase.objects[object]);
    if turn < verbs { name } else { format!("{name}, part {}", turn / verbs + 1) }
}

struct Draft<'a> {
    key: &'a str,
    random: &'a mut Random,
    items: Vec<Item>,
    team: Vec<Person>,
    by_role: Vec<Vec<usize>>,
    /// First day each person has nothing planned on.
    free: Vec<usize>,
}

impl Draft<'_> {
    /// As many people a role as its phase needs to be done in a sixth of the project's months.
    fn hire(&mut self, tasks: usize, counts: &[usize]) {
        let months = 6 + (tasks / 20).min(18);
        let mut roles: Vec<usize> = Vec::new();
        for (phase, count) in PHASES.iter().zip(counts) {
            let people = (count * 9 / (months * 5)).max(1);
            roles.extend(std::iter::repeat_n(phase.role, people));
        }
        roles.push(MANAGER);
        self.by_role = vec![Vec::new(); ROLES.len()];
        for role in roles {
            let index = self.team.len();
            let (first, last) = (
                FIRST_NAMES[(index + self.random.below(3) * 7) % FIRST_NAMES.len()],
                self.random.pick(LAST_NAMES),
            );
            let mut name = format!("{first} {last}");
            // In a crowd the number tells people of one name apart.
            if index >= FIRST_NAMES.len() || self.team.iter().any(|person| person.name == name) {
                name = format!("{name} {}", index + 1);
            }
            let (low, high) = (ROLES[role].2, ROLES[role].3);
            let steps = usize::try_from(high - low).unwrap_or(0);
            let rate = low + i64::try_from(self.random.below(steps)).unwrap_or(0);
            let later_rate = self.random.chance(0.3).then_some(rate + rate / 20 + 1);
            self.team.push(Person { name, role, rate, later_rate });
            self.by_role[role].push(index);
            self.free.push(0);
        }
    }

    /// The earliest free of three people of a role.
    fn owner(&mut self, role: usize) -> usize {
        let people = &self.by_role[role];
        let asked: Vec<usize> = (0..3).map(|_| people[self.random.below(people.len())]).collect();
        asked.into_iter().min_by_key(|person| self.free[*person]).unwrap_or(0)
    }

    fn push(&mut self, wbs: String, name: String, kind: Kind, phase: usize) -> usize {
        let index = self.items.len();
        self.items.push(Item {
            id: format!("{}-{}", self.key, index + 1),
            wbs,
            name,
            kind,
            phase,
            owner: None,
            predecessors: Vec::new(),
            start: 0,
            finish: 0,
            work: 0,
            purchase: None,
        });
        index
    }

    /// A phase of so many tasks behind the gate of the one before; its own gate closes it.
    fn phase(&mut self, phase: usize, count: usize, gate: Option<usize>) -> usize {
        let spec = &PHASES[phase];
        let code = (phase + 1).to_string();
        let summary = self.push(code.clone(), spec.name.to_owned(), Kind::Summary, phase);
        let packages = count.div_ceil(PACKAGE);
        let mut ends = Vec::new();
        let mut done = 0;
        for package in 0..packages {
            let size = (count - done).div_ceil(packages - package);
            // A phase of one package needs no level of its own.
            let (code, heading) = if packages > 1 {
                let code = format!("{code}.{}", package + 1);
                let name = format!("{} package {}", spec.name, package + 1);
                let heading = self.push(code.clone(), name, Kind::Summary, phase);
                (code, Some(heading))
            } else {
                (code.clone(), None)
            };
            let first = self.items.len();
            for nth in 0..size {
                let task = self.task(phase, &code, done + nth, first, gate);
                ends.push(task);
            }
            if let Some(heading) = heading {
                self.sum_up(heading, first);
            }
            done += size;
        }
        let last = self.push(
            format!("{code}.{}", if packages > 1 { packages + 1 } else { count + 1 }),
            spec.gate.to_owned(),
            Kind::Milestone,
            phase,
        );
        let at = ends.iter().map(|task| self.items[*task].finish).max().unwrap_or(0);
        let followed: Vec<bool> = {
            let mut followed = vec![false; self.items.len()];
            for (before, _) in ends.iter().flat_map(|task| &self.items[*task].predecessors) {
                followed[*before] = true;
            }
            followed
        };
        // Only what nothing else waits for leads to the gate.
        self.items[last].predecessors =
            ends.iter().filter(|task| !followed[**task]).map(|task| (*task, "")).collect();
        self.items[last].start = at;
        self.items[last].finish = at;
        self.sum_up(summary, summary + 1);
        last
    }

    fn task(&mut self, phase: usize, code: &str, nth: usize, first: usize, gate: Option<usize>) -> usize {
        let spec = &PHASES[phase];
        let name = task_name(spec, nth);
        let index = self.push(format!("{code}.{}", self.items.len() - first + 1), name, Kind::Task, phase);
        let before = (first..index).filter(|item| self.items[*item].kind == Kind::Task).count();
        let mut predecessors = Vec::new();
        if before > 0 && self.random.chance(0.55) {
            let back = 1 + self.random.below(before.min(3));
            let relation = if self.random.chance(0.08) {
                "SS+3d"
            } else if self.random.chance(0.06) {
                "FS+2d"
            } else {
                ""
            };
            predecessors.push((index - back, relation));
        } else if let Some(gate) = gate {
            predecessors.push((gate, ""));
        }
        let owner = self.owner(spec.role);
        // Two to twelve days of six hours.
        let days = 2 + self.random.below(11);
        let earliest = predecessors.iter().map(|link| self.after(*link)).max().unwrap_or(0);
        let start = earliest.max(self.free[owner]);
        self.free[owner] = start + days;
        let purchase = spec.bought.filter(|_| self.random.chance(0.2)).map(|(category, vendor)| Purchase {
            category,
            vendor,
            amount: 500 * (2 + i64::try_from(self.random.below(30)).unwrap_or(0)),
        });
        let item = &mut self.items[index];
        item.owner = Some(owner);
        item.predecessors = predecessors;
        (item.start, item.finish) = (start, start + days);
        item.work = 24 * i64::try_from(days).unwrap_or(0);
        item.purchase = purchase;
        index
    }

    /// The first day a successor may start.
    fn after(&self, (before, relation): (usize, &str)) -> usize {
        let before = &self.items[before];
        match relation {
            "SS+3d" => before.start + 3,
            "FS+2d" => before.finish + 2,
            _ => before.finish,
        }
    }

    /// A summary spans what stands below it, from `first` to the end of the list.
    fn sum_up(&mut self, summary: usize, first: usize) {
        let below = &self.items[first..];
        let start = below.iter().map(|item| item.start).min().unwrap_or(0);
        let finish = below.iter().map(|item| item.finish).max().unwrap_or(0);
        (self.items[summary].start, self.items[summary].finish) = (start, finish);
    }

    /// What goes on all the time: managing, and the environments that are paid by the month.
    fn management(&mut self, span: usize) {
        let phase = PHASES.len();
        let code = (phase + 1).to_string();
        let summary = self.push(code.clone(), "Project management".to_owned(), Kind::Summary, phase);
        let manage = self.push(format!("{code}.1"), "Manage the project".to_owned(), Kind::Effort, phase);
        let cloud =
            self.push(format!("{code}.2"), "Provide cloud environments".to_owned(), Kind::Effort, phase);
        let days = i64::try_from(span).unwrap_or(0);
        for item in [summary, manage, cloud] {
            self.items[item].finish = span;
        }
        let manager = self.by_role[MANAGER].first().copied();
        self.items[manage].owner = manager;
        self.items[cloud].owner = manager;
        // Three hours a day, and 60 a day for the environments.
        self.items[manage].work = 12 * days;
        self.items[cloud].purchase =
            Some(Purchase { category: "Cloud", vendor: "Skyline Cloud", amount: 60 * days });
    }
}
