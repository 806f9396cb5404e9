//! `decisions`: what somebody has to decide, and what was decided.

use super::ColumnKind::{Day, Finish, Text};
use super::registers::{OWNER, PROJECT, TASKS};
use super::{ColumnSpec, TableSpec};

/// The table.
pub(super) const TABLE: TableSpec = TableSpec {
    name: "decisions",
    aliases: &["decision", "decision log", "decision register", "entscheidungen", "entscheide", "decisiones"],
    about: "A decision that the project needs: of whom, by when, and what it was.",
    facts: false,
    example: &[
        "D-01",
        "Start release 2 with the old tariff module",
        "Atlas",
        "Henrik Lund",
        "2026-03-31",
        "",
        "",
        "T-010",
    ],
    columns: &[
        ColumnSpec::new("id", Text, "What the log names the decision by; unique in its project.")
            .required()
            .aliases(&[
                "Decision ID",
                "Decision no",
                "Decision number",
                "Key",
                "Ref",
                "Reference",
                "#",
                "No",
                "Nr",
                "Number",
                "N°",
            ]),
        ColumnSpec::new("title", Text, "What is to be decided; the id when empty.").aliases(&[
            "Summary",
            "Decision",
            "Decision title",
            "Decision needed",
            "Question",
            "Subject",
            "Name",
            "Description",
            "Titel",
            "Frage",
            "Titre",
            "Título",
        ]),
        PROJECT,
        OWNER,
        ColumnSpec::new("due", Finish, "By when it is needed.").aliases(&[
            "Due date",
            "Needed by",
            "Required by",
            "Decide by",
            "Target date",
            "Deadline",
            "Fällig",
            "Fällig am",
            "Termin",
            "Échéance",
            "Vencimiento",
        ]),
        ColumnSpec::new("decided", Day, "When it was taken; empty while it is open.").aliases(&[
            "Decision date",
            "Decided on",
            "Date decided",
            "Date",
            "Date of decision",
            "Entschieden am",
            "Décidé le",
            "Decidido el",
        ]),
        ColumnSpec::new("outcome", Text, "What was decided.").aliases(&[
            "Result",
            "Decision taken",
            "Decision made",
            "Resolution",
            "Ergebnis",
            "Entscheidung",
            "Résultat",
            "Resultado",
        ]),
        TASKS,
    ],
};
