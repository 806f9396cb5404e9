//! `lessons`: what others should know who do such a project next.

use super::ColumnKind::{Day, Text};
use super::registers::{OWNER, PROJECT};
use super::{ColumnSpec, TableSpec};

/// The table.
pub(super) const TABLE: TableSpec = TableSpec {
    name: "lessons",
    aliases: &[
        "lesson",
        "lessons learned",
        "lessons learnt",
        "lessons log",
        "retrospective",
        "erfahrungen",
        "lernpunkte",
        "leçons",
        "retour d'expérience",
        "lecciones",
        "lecciones aprendidas",
    ],
    about: "A lesson: what happened, and what to do next time.",
    facts: false,
    example: &[
        "Interfaces are tested with the supplier from the first week",
        "Supplier",
        "Atlas",
        "The interface came late and did not fit",
        "Agree on a joint test environment in the contract",
        "Maria Silva",
        "2026-03-20",
    ],
    columns: &[
        ColumnSpec::new("title", Text, "The lesson in a line.").required().aliases(&[
            "Lesson",
            "Lesson learned",
            "Lesson learnt",
            "Summary",
            "Subject",
            "Name",
            "Titel",
            "Erfahrung",
            "Titre",
            "Leçon",
            "Título",
            "Lección",
        ]),
        ColumnSpec::new("category", Text, "What it is about: planning, supplier, technology, ...").aliases(
            &[
                "Lesson category",
                "Area",
                "Theme",
                "Topic",
                "Type",
                "Kategorie",
                "Thema",
                "Catégorie",
                "Categoría",
            ],
        ),
        PROJECT,
        ColumnSpec::new("what_happened", Text, "What happened.").aliases(&[
            "Situation",
            "Event",
            "Description",
            "Observation",
            "Background",
            "Was geschah",
            "Beschreibung",
            "Constat",
            "Qué pasó",
        ]),
        ColumnSpec::new("recommendation", Text, "What to do next time.").aliases(&[
            "Recommendations",
            "Action",
            "Proposal",
            "Next time",
            "Empfehlung",
            "Recommandation",
            "Recomendación",
        ]),
        OWNER,
        ColumnSpec::new("date", Day, "When it was written down.").aliases(&[
            "Date logged",
            "Logged on",
            "Raised",
            "Created",
            "Datum",
            "Fecha",
        ]),
    ],
};
