//! `links`: dependencies between tasks, an alternative to the column `predecessors`.

use super::ColumnKind::{Choice, Lag, Text};
use super::{ColumnSpec, TableSpec};

/// The table.
pub(super) const TABLE: TableSpec = TableSpec {
    name: "links",
    aliases: &[
        "link",
        "relations",
        "relation",
        "relationships",
        "dependencies",
        "dependency",
        "taskpred",
        "logic",
    ],
    about: "A dependency between two tasks.",
    facts: false,
    example: &["T-009", "T-010", "Atlas", "FS", "2d"],
    columns: &[
        ColumnSpec::new("predecessor", Text, "The task that comes first.").required().aliases(&[
            "pred",
            "from",
            "pred_task_id",
            "predecessor_id",
            "Predecessor task",
            "source",
            "Vorgänger",
            "Prédécesseur",
        ]),
        ColumnSpec::new("successor", Text, "The task that depends on it.").required().aliases(&[
            "succ",
            "to",
            "task_id",
            "successor_id",
            "Successor task",
            "target",
            "task",
            "Nachfolger",
            "Successeur",
        ]),
        ColumnSpec::new("project", Text, "The project; without the column, the folder's or file's.")
            .aliases(&["project_id", "Project key", "Project code", "proj_id", "Projekt"]),
        ColumnSpec::new("type", Choice(&["FS", "SS", "FF", "SF"]), "Which ends it ties; FS when empty.")
            .words(&[
                ("FS", &["finish to start", "finish-start", "PR_FS", "EA", "ende-anfang", "FD", "0"]),
                ("SS", &["start to start", "start-start", "PR_SS", "AA", "anfang-anfang", "DD", "1"]),
                ("FF", &["finish to finish", "finish-finish", "PR_FF", "EE", "ende-ende", "2"]),
                ("SF", &["start to finish", "start-finish", "PR_SF", "AE", "anfang-ende", "DF", "3"]),
            ])
            .aliases(&[
                "pred_type",
                "relation",
                "relation type",
                "link type",
                "relationship type",
                "dependency type",
            ]),
        ColumnSpec::new(
            "lag",
            Lag,
            "Working time between them, elapsed time (2ed) or a share of the predecessor (50%); negative is a lead; a bare number is days.",
        )
        .aliases(&[
            "lag_days=d",
            "lag_hr_cnt=h",
            "lag_hours=h",
            "lag_h=h",
            "lag_working_hours=h",
            "delay",
            "offset",
        ]),
    ],
};
