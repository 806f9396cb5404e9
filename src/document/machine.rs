//! What the JSON of a document says.

use serde::Serialize;

/// What the JSON says, as text: a tree in memory would sort the keys, and the contract has an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine(String);

impl Machine {
    /// The value with its keys in the order of its types; `null` for one that cannot be written (never
    /// happens for our own types) and for numbers that are not finite.
    #[must_use]
    pub fn of(value: &impl Serialize) -> Self {
        Self(serde_json::to_string_pretty(value).unwrap_or_else(|_| "null".to_owned()))
    }

    /// The JSON, two spaces of indent.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl Default for Machine {
    /// `null`: a document that says nothing to machines.
    fn default() -> Self {
        Self::of(&())
    }
}
