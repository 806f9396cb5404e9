//! # earnest
//!
//! Project data in, status reports out. The crate is one flow, a room a stage:
//!
//! ```text
//! source -> intake -> assembly -> analysis -> report -> render -> delivery
//! ```
//!
//! and a few shared vocabularies every room may speak: [`quantity`], [`calendar`], [`diagnostic`],
//! [`model`], [`document`], [`language`], [`wording`]. [`pipeline::run`] reads like this sentence.

// First, so that every room may mark its texts: `phrase!`, `word!`.
#[macro_use]
pub mod language;

pub mod calendar;
pub mod diagnostic;
pub mod document;
pub mod error;
pub mod model;
pub mod quantity;
pub mod wording;

pub mod analysis;
pub mod assembly;
pub mod delivery;
pub mod intake;
pub mod render;
pub mod report;
pub mod source;

pub mod cli;
pub mod config;
pub mod pipeline;
pub mod sample;
