//! PDF: a document laid out on pages, then written.
//!
//! Two steps: [`layout`] places marks on pages (fonts are asked for widths, nothing is drawn), then
//! [`mod@write`] turns the marks into a file with only the glyphs that are used. The bytes depend on the
//! document alone: not on the thread, the time or the other documents of a run.

mod blocks;
mod canvas;
mod front;
mod page;
mod style;
mod table;
mod typeset;
mod write;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::document::Document;

use self::canvas::Canvas;
use self::page::Pages;
use self::typeset::Typesetter;
use self::write::Logo;

thread_local! {
    /// Fonts are opened once a thread, and texts that come back are not shaped again.
    static SETTER: RefCell<Typesetter> = RefCell::new(Typesetter::new());
}

/// Renders a document as a PDF; with it the characters that no font has, neither ours nor the system's.
///
/// # Errors
/// When the logo is no image, or a file cannot be made.
pub(super) fn render(document: &Document) -> Result<(Vec<u8>, BTreeSet<char>), String> {
    let logo = document.theme.logo.as_deref().map(Logo::decode).transpose()?;
    SETTER.with_borrow_mut(|setter| {
        let pages = layout(setter, document, logo.as_ref().map(Logo::size));
        Ok((write::write(setter, document, &pages, logo)?, pages.without_glyph()))
    })
}

/// Places a document on pages.
fn layout(setter: &mut Typesetter, document: &Document, logo: Option<(f32, f32)>) -> Pages {
    let mut canvas = Canvas::new(setter, document);
    front::front(&mut canvas, logo);
    let sections = document.sections.iter().filter(|section| !section.blocks.is_empty());
    for (index, section) in sections.enumerate() {
        if index == 0 {
            canvas.new_page();
        }
        blocks::section(&mut canvas, section);
    }
    canvas.finish()
}
