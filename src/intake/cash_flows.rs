//! `cash_flows`: what the project costs and brings, over its life and after.

use super::ColumnKind::{Choice, Finish, Money, Text};
use super::registers::PROJECT;
use super::{ColumnSpec, TableSpec};

/// The table.
pub(super) const TABLE: TableSpec = TableSpec {
    name: "cash_flows",
    aliases: &[
        "cash flow",
        "business case",
        "zahlungsströme",
        "zahlungsreihe",
        "flux de trésorerie",
        "flujos de caja",
        "flujo de caja",
    ],
    about: "An amount that the business case expects to pay or to gain on a day.",
    facts: false,
    example: &["2026-12-31", "180000", "benefit", "Fewer calls", "Atlas", ""],
    columns: &[
        ColumnSpec::new("date", Finish, "When it is paid or gained; a month or a year is its last day.")
            .required()
            .aliases(&[
                "Period",
                "Month",
                "Year",
                "Payment date",
                "Datum",
                "Zeitpunkt",
                "Jahr",
                "Année",
                "Fecha",
                "Año",
            ]),
        ColumnSpec::new("amount", Money, "How much; without a kind, a negative amount is a cost.")
            .required()
            .aliases(&[
                "Value",
                "Cash flow",
                "Net cash flow",
                "Betrag",
                "Zahlung",
                "Montant",
                "Importe",
                "Cantidad",
            ]),
        ColumnSpec::new("kind", Choice(&["cost", "benefit"]), "A cost or a benefit; by the sign when empty.")
            .words(&[
                (
                    "cost",
                    &[
                        "costs",
                        "outflow",
                        "expense",
                        "expenses",
                        "investment",
                        "capex",
                        "opex",
                        "payment",
                        "out",
                        "kosten",
                        "ausgabe",
                        "ausgaben",
                        "auszahlung",
                        "coût",
                        "dépense",
                        "coste",
                        "gasto",
                    ],
                ),
                (
                    "benefit",
                    &[
                        "benefits",
                        "inflow",
                        "income",
                        "revenue",
                        "saving",
                        "savings",
                        "return",
                        "gain",
                        "in",
                        "nutzen",
                        "einnahme",
                        "einnahmen",
                        "einzahlung",
                        "einsparung",
                        "ertrag",
                        "bénéfice",
                        "recette",
                        "gain net",
                        "beneficio",
                        "ingreso",
                        "ahorro",
                    ],
                ),
            ])
            .aliases(&["Type", "Direction", "Cost/Benefit", "Flow", "Art", "Nature", "Tipo"]),
        ColumnSpec::new("category", Text, "What it is for.").aliases(&[
            "Cash flow category",
            "Description",
            "Item",
            "Position",
            "Kategorie",
            "Bezeichnung",
            "Catégorie",
            "Categoría",
        ]),
        PROJECT,
        ColumnSpec::new("currency", Text, "Its currency; the project's when empty.").aliases(&[
            "Curr",
            "Currency code",
            "Währung",
            "Devise",
            "Moneda",
        ]),
    ],
};
