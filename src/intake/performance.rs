//! `performance`: a ready earned value series from another tool.

use super::ColumnKind::{Finish, Money, Text};
use super::{ColumnSpec, TableSpec};

/// The table.
pub(super) const TABLE: TableSpec = TableSpec {
    name: "performance",
    aliases: &[
        "evm",
        "earned value",
        "earned values",
        "ev",
        "evm data",
        "pmb",
        "s-curve",
        "time phased",
        "ertragswert",
    ],
    about: "Cumulative planned value, earned value and actual cost at the end of a period, used as they are.",
    facts: false,
    example: &["2026-03-31", "120000", "111000", "118500", "Atlas"],
    columns: &[
        ColumnSpec::new(
            "period_end",
            Finish,
            "Last day of the period; a month such as `2026-03` or `Oct-25` is its last day.",
        )
        .required()
        .aliases(&[
            "Period ending",
            "Period end date",
            "Status date",
            "Status period",
            "Reporting period",
            "Month end",
            "Month",
            "Period",
            "Date",
            "As of",
            "Data date",
            "Week ending",
            "Stichtag",
            "Monat",
            "Periode",
            "Datum",
            "Mois",
            "Mes",
            "Fecha",
            "Mese",
        ]),
        ColumnSpec::new("pv", Money, "Cumulative planned value.").required().aliases(&[
            "Planned value",
            "Planned Value - PV (BCWS)",
            "BCWS",
            "Planned value (PV)",
            "Cumulative PV",
            "Cum PV",
            "Plan",
            "Planned",
            "Baseline",
            "Scheduled",
            "Valeur planifiée",
            "Valor planificado",
        ]),
        ColumnSpec::new("ev", Money, "Cumulative earned value; empty for periods to come.").aliases(&[
            "Earned value",
            "Earned Value - EV (BCWP)",
            "BCWP",
            "Earned value (EV)",
            "Cumulative EV",
            "Cum EV",
            "Earned",
            "Valeur acquise",
            "Valor ganado",
        ]),
        ColumnSpec::new("ac", Money, "Cumulative actual cost; empty for periods to come.").aliases(&[
            "Actual cost",
            "AC (ACWP)",
            "ACWP",
            "Actual cost (AC)",
            "Actual costs",
            "Cumulative AC",
            "Cum AC",
            "Actual",
            "Actuals",
            "Coût réel",
            "Costo real",
        ]),
        ColumnSpec::new("project", Text, "The project; without the column, the folder's or file's.")
            .aliases(&["project_id", "Project key", "Project code", "Projekt", "Projet", "Proyecto"]),
    ],
};
