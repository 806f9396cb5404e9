//! Tables that INPUTS names and a later version reads: they are recognised, so that nobody wonders.

/// A table that is left out with a note.
pub(super) struct Later {
    /// `risks`.
    pub(super) name: &'static str,
    /// Names a file or sheet may have instead.
    pub(super) aliases: &'static [&'static str],
    /// Headers that together show the table, when its name does not.
    pub(super) signature: &'static [&'static str],
}

/// All of them.
pub(super) const LATER: &[Later] = &[
    Later { name: "issues", aliases: &["issue", "issue log"], signature: &["severity", "opened"] },
    Later {
        name: "changes",
        aliases: &["change", "change requests", "change log", "änderungen"],
        signature: &["impact_cost", "decided"],
    },
    Later { name: "decisions", aliases: &["decision", "decision log"], signature: &["outcome", "decided"] },
    Later { name: "actions", aliases: &["action", "action items", "action log"], signature: &[] },
    Later {
        name: "deliverables",
        aliases: &["deliverable", "products"],
        signature: &["criterion", "accepted"],
    },
    Later { name: "defects", aliases: &["defect", "bugs", "bug"], signature: &["severity", "deliverable"] },
    Later {
        name: "tests",
        aliases: &["test", "test runs", "test results"],
        signature: &["executed", "passed"],
    },
    Later {
        name: "objectives",
        aliases: &["objective", "goals", "benefits"],
        signature: &["unit", "target", "better"],
    },
    Later { name: "measurements", aliases: &["measurement"], signature: &["objective", "value"] },
    Later { name: "stakeholders", aliases: &["stakeholder"], signature: &["influence", "interest"] },
    Later { name: "cash_flows", aliases: &["cash flow"], signature: &[] },
    Later {
        name: "lessons",
        aliases: &["lesson", "lessons learned", "lessons learnt"],
        signature: &["what_happened", "recommendation"],
    },
];
