//! Whom the project touches.

use super::Origin;

/// A person or group whom the project touches.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stakeholder {
    /// Person or group.
    pub name: String,
    /// What they are to the project.
    pub role: Option<String>,
    /// Where they belong.
    pub organisation: Option<String>,
    /// Where they are written to.
    pub email: Option<String>,
    /// How much they can further or hinder, 1 (very low) to 5 (very high).
    pub influence: Option<u8>,
    /// How much they care, 1 (very low) to 5 (very high).
    pub interest: Option<u8>,
    /// Which report they get, as written; `None` leaves it to their place on the map.
    pub audience: Option<String>,
    /// Where the row stands.
    pub origin: Origin,
}
