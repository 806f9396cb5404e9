//! `charter`: what the sponsor agreed to, as pairs of key and value.

use super::ColumnKind::Text;
use super::{ColumnSpec, TableSpec};

/// The table.
pub(super) const TABLE: TableSpec = TableSpec {
    name: "charter",
    aliases: &[
        "project charter",
        "project info",
        "project information",
        "properties",
        "info",
        "about",
        "cover",
        "projektauftrag",
        "steckbrief",
    ],
    about: "One entry of the charter: name, sponsor, manager, need, purpose, scope, out_of_scope, assumptions, constraints, strengths, weaknesses, decision, start, finish, currency, baseline, baseline_date, first_budget, first_finish, discount_rate, tolerance_cost, tolerance_days, tolerance_scope, tolerance_quality, tolerance_risk, tolerance_benefit, narrative, ...",
    facts: false,
    example: &["tolerance_cost", "5000", "Atlas"],
    columns: &[
        ColumnSpec::new("key", Text, "What the entry is: `sponsor`, `currency`, `tolerance_days`.")
            .required()
            .aliases(&["Property", "Item", "Field", "Entry", "Schlüssel", "Eigenschaft", "Clé", "Clave"]),
        ColumnSpec::new("value", Text, "What it says.")
            .aliases(&["Content", "Text", "Answer", "Wert", "Inhalt", "Valeur", "Valor"]),
        ColumnSpec::new("project", Text, "The project; without the column, the folder's or file's.")
            .aliases(&["project_id", "Project key", "Project code", "Projekt", "Projet", "Proyecto"]),
    ],
};
