//! `measurements`: what was measured of an objective on a day.

use super::ColumnKind::{Day, Measure, Text};
use super::registers::PROJECT;
use super::{ColumnSpec, TableSpec};

/// The table.
pub(super) const TABLE: TableSpec = TableSpec {
    name: "measurements",
    aliases: &[
        "measurement",
        "measured values",
        "kpi values",
        "readings",
        "messwerte",
        "messungen",
        "mesures",
        "mediciones",
    ],
    about: "The value of an objective as measured on a day.",
    facts: false,
    example: &["G-01", "2026-03-13", "310", "Atlas"],
    columns: &[
        ColumnSpec::new("objective", Text, "Id or name of the objective.").required().aliases(&[
            "objective_id",
            "Goal",
            "Goal ID",
            "KPI",
            "KPI ID",
            "Benefit",
            "Benefit ID",
            "Metric",
            "Ziel",
            "Objectif",
            "Objetivo",
        ]),
        ColumnSpec::new("date", Day, "The day it was measured.").required().aliases(&[
            "Measured on",
            "Measurement date",
            "as_of",
            "Day",
            "Datum",
            "Gemessen am",
            "Fecha",
        ]),
        ColumnSpec::new("value", Measure, "What was measured, in the objective's unit; `40%` is 40.")
            .required()
            .aliases(&[
                "Measured",
                "Actual",
                "Actual value",
                "Measured value",
                "Wert",
                "Messwert",
                "Valeur",
                "Valor",
            ]),
        PROJECT,
    ],
};
