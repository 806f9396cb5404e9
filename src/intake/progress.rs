//! `progress`: dated statements of how far a task is.

use super::ColumnKind::{Duration, Finish, Hours, Share, Start, Text};
use super::{ColumnSpec, TableSpec};

/// The table.
pub(super) const TABLE: TableSpec = TableSpec {
    name: "progress",
    aliases: &[
        "status updates",
        "updates",
        "statements",
        "tracking",
        "progress updates",
        "fortschritt",
        "avancement",
    ],
    about: "What was said on a date about a task; the latest at or before the status date counts.",
    facts: false,
    example: &["T-010", "2026-03-13", "Atlas", "40%", "2026-03-04", "", "6d", "50h"],
    columns: &[
        ColumnSpec::new("task", Text, "Id of the task.").required().aliases(&[
            "task_id",
            "Issue key",
            "Activity ID",
            "id",
            "Task number",
            "Vorgang",
            "Tâche",
            "Tarea",
        ]),
        ColumnSpec::new("date", Finish, "The day it speaks of; a plain date is the end of that day.")
            .required()
            .aliases(&[
                "status_date",
                "as_of",
                "Update date",
                "Updated",
                "Reported",
                "Report date",
                "Data date",
                "Datum",
                "Stichtag",
                "Fecha",
                "Data",
            ]),
        ColumnSpec::new("project", Text, "The project; without the column, the folder's or file's.")
            .aliases(&["project_id", "Project key", "Project code", "Projekt", "Projet", "Proyecto"]),
        ColumnSpec::new("percent_complete", Share, "Share of the task done.").aliases(&[
            "pct_complete",
            "% done",
            "Done",
            "Progress",
            "Complete",
            "Completion",
            "Percent",
            "% Abgeschlossen",
            "Fortschritt",
        ]),
        ColumnSpec::new("actual_start", Start, "When the task began.").aliases(&[
            "Started",
            "Actual start date",
            "Ist-Anfang",
        ]),
        ColumnSpec::new("actual_finish", Finish, "When the task ended.").aliases(&[
            "Finished",
            "Completed",
            "Actual end",
            "Actual finish date",
            "Ist-Ende",
        ]),
        ColumnSpec::new("remaining_duration", Duration, "Working time left; a bare number is days.")
            .aliases(&["remaining_days=d", "remaining_duration_h=h", "Restdauer"]),
        ColumnSpec::new("remaining_work", Hours, "Effort left in hours.").aliases(&[
            "remaining_hours",
            "Remaining effort",
            "Remaining estimate=s?",
            "ETC hours",
            "Restaufwand",
        ]),
    ],
};
