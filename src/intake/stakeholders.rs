//! `stakeholders`: whom the project touches, and who hears what of it.

use super::ColumnKind::{Graded, Text};
use super::registers::PROJECT;
use super::{ColumnSpec, Scale, TableSpec};

/// The table.
pub(super) const TABLE: TableSpec = TableSpec {
    name: "stakeholders",
    aliases: &[
        "stakeholder",
        "stakeholder register",
        "stakeholder map",
        "contacts",
        "interessengruppen",
        "parties prenantes",
        "interesados",
    ],
    about: "Somebody whom the project touches: how much they can do, how much they care, what they are told.",
    facts: false,
    example: &[
        "Henrik Lund",
        "Sponsor",
        "Atlas",
        "Customer service",
        "henrik.lund@example.com",
        "high",
        "high",
        "executive",
    ],
    columns: &[
        ColumnSpec::new("name", Text, "Person or group.").required().aliases(&[
            "Stakeholder",
            "Stakeholder name",
            "Full name",
            "Person",
            "Contact",
            "Group",
            "Interessengruppe",
            "Partie prenante",
            "Nom",
            "Interesado",
            "Nombre",
        ]),
        ColumnSpec::new("role", Text, "What they are to the project.").aliases(&[
            "Project role",
            "Position",
            "Job title",
            "Title",
            "Function",
            "Rolle",
            "Funktion",
            "Rol",
        ]),
        PROJECT,
        ColumnSpec::new("organisation", Text, "Where they belong.").aliases(&[
            "Organization",
            "Company",
            "Department",
            "Unit",
            "Firma",
            "Abteilung",
            "Entreprise",
            "Organización",
            "Empresa",
        ]),
        ColumnSpec::new("email", Text, "Where they are written to.").aliases(&[
            "Mail",
            "Email address",
            "E-Mail-Adresse",
            "Courriel",
            "Correo",
        ]),
        ColumnSpec::new(
            "influence",
            Graded(Scale::Level),
            "How much they can further or hinder: a level of 1 to 5, or very low to very high.",
        )
        .aliases(&[
            "Power",
            "Influence level",
            "Power level",
            "Einfluss",
            "Macht",
            "Pouvoir",
            "Influencia",
            "Poder",
        ]),
        ColumnSpec::new(
            "interest",
            Graded(Scale::Level),
            "How much they care: a level of 1 to 5, or very low to very high.",
        )
        .aliases(&["Interest level", "Concern", "Interesse", "Betroffenheit", "Intérêt", "Interés"]),
        ColumnSpec::new(
            "audience",
            Text,
            "Which report they get: executive, status, ...; by their place on the map when empty.",
        )
        .aliases(&[
            "Report",
            "Reports",
            "Communication",
            "Information",
            "Template",
            "Berichte",
            "Rapport",
            "Informe",
        ]),
    ],
};
