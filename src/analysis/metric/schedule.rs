//! The schedule: float, the critical path's length, how the baseline is carried out.

use super::{Better, Example, Metric, Unit, each, over};
use crate::quantity::{Measured, Reason, ratio};

/// Where the checks of a schedule stand.
const DCMA: &str = "DCMA, Earned Value Management System Program Analysis Pamphlet, 2012";
/// Where the passes over a network stand.
const CPM: &str = "Kelley and Walker, Critical-Path Planning and Scheduling, 1959";

/// Working days from the status date to the forecast finish of the network.
pub const PATH_LENGTH: Metric = Metric {
    id: "path_length",
    symbol: "CPL",
    name: word!("Critical path length"),
    formula: "",
    unit: Unit::Days,
    better: Better::Neither,
    meaning: word!("Working days from the status date to the forecast finish of the network."),
    source: DCMA,
    value: |m| m.schedule.path_length,
    example: Example::NONE,
};

/// Working days from the forecast finish to that of the baseline; negative when it is late.
pub const FINISH_FLOAT: Metric = Metric {
    id: "finish_float",
    symbol: "TFF",
    name: word!("Float of the finish"),
    formula: "",
    unit: Unit::Days,
    better: Better::Higher,
    meaning: word!(
        "Working days from the forecast finish to that of the baseline; negative when it is late."
    ),
    source: DCMA,
    value: |m| m.schedule.finish_float,
    example: Example::NONE,
};

/// Working days from the status date to the baseline finish for each one that the critical path takes.
pub const CPLI: Metric = Metric {
    id: "cpli",
    symbol: "CPLI",
    name: word!("Critical path length index"),
    formula: "(CPL + TFF) / CPL",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: word!(
        "Working days from the status date to the baseline finish for each one that the critical path takes."
    ),
    source: DCMA,
    value: |m| critical_path_length_index(m.schedule.path_length?, m.schedule.finish_float?),
    example: Example { given: &[("CPL", 80.0), ("TFF", 20.0)], expect: Some(1.25) },
};

/// Tasks baselined to finish by the status date.
pub const TASKS_DUE: Metric = Metric {
    id: "tasks_due",
    symbol: "TDUE",
    name: word!("Tasks due"),
    formula: "",
    unit: Unit::Count,
    better: Better::Neither,
    meaning: word!("Tasks baselined to finish by the status date."),
    source: DCMA,
    value: |m| m.schedule.due,
    example: Example::NONE,
};

/// Tasks finished by the status date, whenever they were due.
pub const TASKS_FINISHED: Metric = Metric {
    id: "tasks_finished",
    symbol: "TFIN",
    name: word!("Tasks finished"),
    formula: "",
    unit: Unit::Count,
    better: Better::Higher,
    meaning: word!("Tasks finished by the status date, whenever they were due."),
    source: DCMA,
    value: |m| m.schedule.finished,
    example: Example::NONE,
};

/// Of the tasks due, those that finished by their baseline date.
pub const TASKS_HIT: Metric = Metric {
    id: "tasks_hit",
    symbol: "THIT",
    name: word!("Tasks on time"),
    formula: "",
    unit: Unit::Count,
    better: Better::Higher,
    meaning: word!("Of the tasks due, those that finished by their baseline date."),
    source: DCMA,
    value: |m| m.schedule.hit,
    example: Example::NONE,
};

/// Tasks finished for each one baselined to finish by the status date.
pub const BEI: Metric = Metric {
    id: "bei",
    symbol: "BEI",
    name: word!("Baseline execution index"),
    formula: "TFIN / TDUE",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: word!("Tasks finished for each one baselined to finish by the status date."),
    source: DCMA,
    value: |m| over(m.schedule.finished, m.schedule.due),
    example: Example { given: &[("TFIN", 38.0), ("TDUE", 40.0)], expect: Some(0.95) },
};

/// Tasks baselined to finish by the status date that finished by their baseline date.
pub const HIT_TASKS: Metric = Metric {
    id: "hit_tasks",
    symbol: "HITS",
    name: word!("Hit tasks"),
    formula: "THIT / TDUE",
    unit: Unit::Percent,
    better: Better::Higher,
    meaning: word!("Tasks baselined to finish by the status date that finished by their baseline date."),
    source: DCMA,
    value: |m| over(m.schedule.hit, m.schedule.due),
    example: Example { given: &[("THIT", 30.0), ("TDUE", 40.0)], expect: Some(0.75) },
};

/// Late start (LST) less early start (EST): how far a task can slip before the finish does; critical at 0 or below.
pub const TOTAL_FLOAT: Metric = Metric {
    id: "total_float",
    symbol: "TF",
    name: word!("Total float"),
    formula: "LST - EST",
    unit: Unit::Days,
    better: Better::Higher,
    meaning: word!(
        "Late start (LST) less early start (EST): how far a task can slip before the finish does; critical at 0 or below."
    ),
    source: CPM,
    value: |m| each(m.schedule.path_length),
    example: Example { given: &[("LST", 15.0), ("EST", 10.0)], expect: Some(5.0) },
};

/// How far a task can slip before any of its successors does.
pub const FREE_FLOAT: Metric = Metric {
    id: "free_float",
    symbol: "FF",
    name: word!("Free float"),
    formula: "",
    unit: Unit::Days,
    better: Better::Higher,
    meaning: word!("How far a task can slip before any of its successors does."),
    source: CPM,
    value: |m| each(m.schedule.path_length),
    example: Example::NONE,
};

/// (CPL + TFF) / CPL, of a path that has length.
///
/// # Errors
/// [`Reason::NothingRemains`] where the critical path has none.
pub fn critical_path_length_index(length: f64, float: f64) -> Measured {
    ratio(length + float, length, Reason::NothingRemains)
}
