//! What became of a plan: when tasks really began and ended, and what they really took.

use super::plan::{Kind, Plan};
use super::random::Random;

/// How a task went, or will go, in working days of the project. A finish is the day after the last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Course {
    pub(super) start: usize,
    pub(super) finish: usize,
    /// Quarter hours.
    pub(super) work: i64,
    /// What the purchase really costs, in hundredths of its budget.
    pub(super) price: i64,
    /// Whether some hours are booked after the task was closed.
    pub(super) booked_late: bool,
}

/// Plays the project: its temper (how much it underestimated) and the luck of each task.
pub(super) fn play(plan: &Plan, random: &mut Random) -> Vec<Course> {
    let effort = random.between(0.86, 1.16);
    let pace = random.between(0.82, 1.10);
    // One phase in which things went wrong.
    let troubled = random.below(super::words::PHASES.len());
    let mut free = vec![0_usize; plan.team.len()];
    let mut courses = vec![Course::default(); plan.items.len()];
    for (index, item) in plan.items.iter().enumerate() {
        let trouble = if item.phase == troubled { 1.2 } else { 1.0 };
        let ready = |relation: &(usize, &str)| {
            let before = courses[relation.0];
            match relation.1 {
                "SS+3d" => before.start + 3,
                "FS+2d" => before.finish + 2,
                _ => before.finish,
            }
        };
        let ready = item.predecessors.iter().map(ready).max().unwrap_or(0);
        courses[index] = match item.kind {
            Kind::Milestone => Course { start: ready, finish: ready, ..Course::default() },
            Kind::Task => {
                let owner = item.owner.unwrap_or(0);
                let days =
                    scaled(item.finish - item.start, pace * trouble * random.between(0.8, 1.25)).max(1);
                // Some begin when they can, most when they were planned to or later.
                let planned = if random.chance(0.25) { 0 } else { item.start };
                let start = ready.max(planned).max(free[owner]);
                free[owner] = start + days;
                let work = scaled_work(item.work, effort * trouble * random.between(0.85, 1.2));
                let price = 97 + i64::try_from(random.below(16)).unwrap_or(0);
                Course { start, finish: start + days, work, price, booked_late: random.chance(0.02) }
            }
            // What goes on all the time lasts as long as the rest: set below.
            Kind::Summary | Kind::Effort => Course { price: 104, ..Course::default() },
        };
    }
    let end = courses.iter().map(|course| course.finish).max().unwrap_or(1);
    for (course, item) in courses.iter_mut().zip(&plan.items) {
        if item.kind == Kind::Effort {
            course.finish = end;
            let stretched = i64::try_from(end).unwrap_or(0) * item.work;
            course.work = stretched / i64::try_from(plan.span).unwrap_or(1).max(1);
        }
    }
    courses
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "days of one task"
)]
fn scaled(days: usize, factor: f64) -> usize {
    (days as f64 * factor).round().max(0.0) as usize
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "hours of one task")]
fn scaled_work(work: i64, factor: f64) -> i64 {
    (work as f64 * factor).round() as i64
}
