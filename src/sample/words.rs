//! What things are called in the generated projects.

use super::plan::Kind;

/// Projects: name and key of its tasks.
pub(super) const PROJECTS: &[(&str, &str)] = &[
    ("Payments Platform", "PAY"),
    ("Customer Portal", "CUP"),
    ("Data Warehouse Renewal", "DWH"),
    ("Identity and Access", "IAM"),
    ("Mobile Field Service", "MFS"),
    ("Core Banking Interface", "CBI"),
    ("Document Archive", "DOC"),
    ("Network Segmentation", "NET"),
    ("Claims Automation", "CLA"),
    ("Order Management", "ORD"),
    ("Workplace Rollout", "WPR"),
    ("Reporting Hub", "REP"),
];

/// A phase: what it is called, what ends it, who works in it and what they do on what.
pub(super) struct Phase {
    pub(super) name: &'static str,
    pub(super) gate: &'static str,
    pub(super) role: usize,
    /// Share of the project's tasks.
    pub(super) share: f64,
    pub(super) verbs: &'static [&'static str],
    pub(super) objects: &'static [&'static str],
    /// What is bought in it: category, vendor.
    pub(super) bought: Option<(&'static str, &'static str)>,
}

/// Roles: name, team, lowest and highest hourly rate.
pub(super) const ROLES: &[(&str, &str, i64, i64)] = &[
    ("Business analyst", "Analysis", 78, 96),
    ("Architect", "Architecture", 105, 130),
    ("Developer", "Engineering", 80, 110),
    ("Data engineer", "Data", 85, 112),
    ("Tester", "Quality", 65, 85),
    ("Operations engineer", "Operations", 75, 98),
    ("Project manager", "Project office", 100, 125),
];

/// The role that manages.
pub(super) const MANAGER: usize = 6;

pub(super) const PHASES: &[Phase] = &[
    Phase {
        name: "Analysis",
        gate: "Requirements agreed",
        role: 0,
        share: 0.14,
        verbs: &["Interview", "Describe", "Review", "Prioritise"],
        objects: &[
            "business processes",
            "user roles",
            "legal requirements",
            "interfaces in use",
            "reports in use",
            "service levels",
        ],
        bought: None,
    },
    Phase {
        name: "Design",
        gate: "Design approved",
        role: 1,
        share: 0.16,
        verbs: &["Design", "Model", "Prototype", "Assess"],
        objects: &[
            "target architecture",
            "data model",
            "security concept",
            "interface contracts",
            "operating model",
            "screens",
        ],
        bought: Some(("Licences", "Modelworks")),
    },
    Phase {
        name: "Build",
        gate: "Feature complete",
        role: 2,
        share: 0.32,
        verbs: &["Build", "Configure", "Integrate", "Refactor"],
        objects: &[
            "user administration",
            "order entry",
            "search",
            "notification service",
            "partner interface",
            "audit trail",
            "pricing engine",
            "batch processing",
            "access control",
            "dashboards",
        ],
        bought: Some(("Licences", "Nordsoft")),
    },
    Phase {
        name: "Data migration",
        gate: "Data migrated",
        role: 3,
        share: 0.12,
        verbs: &["Map", "Cleanse", "Load", "Reconcile"],
        objects: &["customer master", "open items", "contracts", "history of transactions"],
        bought: Some(("Hardware", "Harbor Systems")),
    },
    Phase {
        name: "Test",
        gate: "Acceptance signed",
        role: 4,
        share: 0.16,
        verbs: &["Prepare", "Run", "Automate", "Repeat"],
        objects: &["integration test", "load test", "security test", "acceptance test", "regression test"],
        bought: Some(("Services", "Redline Security")),
    },
    Phase {
        name: "Rollout",
        gate: "Go-live",
        role: 5,
        share: 0.10,
        verbs: &["Prepare", "Train", "Switch over", "Support"],
        objects: &["pilot site", "key users", "production", "service desk", "remaining sites"],
        bought: Some(("Travel", "Blue Rail Travel")),
    },
];

pub(super) const FIRST_NAMES: &[&str] = &[
    "Anna", "Ben", "Carla", "Dmitri", "Eva", "Femi", "Grace", "Hugo", "Ines", "Jonas", "Kavya", "Luis",
    "Mei", "Nadia", "Oskar", "Priya", "Rafael", "Sofia", "Tariq", "Yuki",
];

pub(super) const LAST_NAMES: &[&str] = &[
    "Almeida", "Bianchi", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Ivanov", "Jansen",
    "Kowalski", "Lindberg", "Moreau", "Nguyen", "Osei", "Petrov", "Rossi", "Silva", "Tanaka", "Weber",
];

/// Public holidays beside 1 January, 1 May, 25 and 26 December: Good Friday and Easter Monday.
pub(super) const EASTER: &[(i32, u32, u32)] = &[
    (2023, 4, 7),
    (2023, 4, 10),
    (2024, 3, 29),
    (2024, 4, 1),
    (2025, 4, 18),
    (2025, 4, 21),
    (2026, 4, 3),
    (2026, 4, 6),
    (2027, 3, 26),
    (2027, 3, 29),
    (2028, 4, 14),
    (2028, 4, 17),
];

/// Every day that is off each year.
pub(super) const YEARLY: &[(u32, u32, &str)] = &[
    (1, 1, "New Year's Day"),
    (5, 1, "Labour Day"),
    (12, 25, "Christmas Day"),
    (12, 26, "Second Christmas Day"),
];

impl Kind {
    /// The word of the column `kind`.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Milestone => "milestone",
            Self::Summary => "summary",
            Self::Effort => "level_of_effort",
        }
    }
}
