//! What is said to people in their language: phrases, and a catalogue a language that has the words for them.
//!
//! The English text of a phrase is its key. A room that only finds something makes a [`Phrase`]; what has a
//! [`Format`] at hand says it. `phrase!("...")` and `word!("...")` mark every text that the catalogues must have.

#[macro_use]
mod phrase;

mod catalogue;
mod format;

pub use catalogue::Language;
pub use format::Format;
pub use phrase::{Part, Phrase};

/// A text with a capital: a sentence begins with one.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
