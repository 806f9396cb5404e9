//! What makes the file accessible and reproducible: structure, outline, language, dates.

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};

use crate::document::Document;

use super::super::page::Pages;
use super::super::style;
use super::file::{File, count};
use super::structure::{self, Marked};

/// Completes a file and writes it: `contents` are the operators of its pages, `sequences` the element of
/// each marked sequence, page by page.
///
/// # Errors
/// When the file cannot be assembled: our own bug.
pub(super) fn finish(
    mut skeleton: lopdf::Document,
    document: &Document,
    pages: &Pages,
    contents: Vec<Vec<u8>>,
    sequences: Vec<Vec<usize>>,
) -> Result<Vec<u8>, String> {
    let failed = |error: lopdf::Error| error.to_string();
    let page_ids: Vec<ObjectId> = skeleton.get_pages().into_values().collect();
    for (index, (id, content)) in page_ids.iter().zip(contents).enumerate() {
        let page = skeleton.get_dictionary_mut(*id).map_err(failed)?;
        page.set("StructParents", count(index));
        page.set("Tabs", name("S"));
        page.remove(b"Annots");
        let stream = page.get(b"Contents").and_then(Object::as_reference).map_err(failed)?;
        skeleton.set_object(stream, lopdf::Stream::new(Dictionary::new(), content));
    }
    let outline = outline(&mut skeleton, document, pages, &page_ids);
    properties(&mut skeleton, document)?;
    let mut file = File::new(skeleton.max_id);
    let marked = Marked { pages: page_ids.iter().map(|id| id.0).collect(), sequences };
    let tree = structure::write(&mut file, &pages.elements, &marked)?;
    let catalog = skeleton.catalog_mut().map_err(failed)?;
    catalog.set("Lang", Object::string_literal(document.language));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", (tree, 0));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("PageLayout", name("SinglePage"));
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", name("UseOutlines"));
    }
    for (id, object) in &skeleton.objects {
        file.object(id.0, object)?;
    }
    let entry = |key: &[u8]| skeleton.trailer.get(key).map_err(failed);
    file.finish(entry(b"Root")?, entry(b"Info")?)
}

fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// A text string: UTF-16 with its byte order mark.
fn text(text: &str) -> Object {
    let bytes = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// The outline a viewer shows beside the pages.
fn outline(
    file: &mut lopdf::Document,
    document: &Document,
    pages: &Pages,
    page_ids: &[ObjectId],
) -> Option<Object> {
    let height = style::page(document.theme.page).1;
    let root = file.new_object_id();
    let entries: Vec<(ObjectId, Dictionary)> = pages
        .bookmarks
        .iter()
        .filter_map(|(title, page, y)| {
            let at = vec![
                Object::Reference(*page_ids.get(*page)?),
                name("XYZ"),
                Object::Null,
                Object::Real((height - y + 8.0).min(height)),
                Object::Null,
            ];
            Some((
                file.new_object_id(),
                dictionary! { "Title" => text(title), "Parent" => root, "Dest" => at },
            ))
        })
        .collect();
    let ids: Vec<ObjectId> = entries.iter().map(|(id, _)| *id).collect();
    let (first, last) = (*ids.first()?, *ids.last()?);
    for (index, (id, mut entry)) in entries.into_iter().enumerate() {
        if index > 0 {
            entry.set("Prev", ids[index - 1]);
        }
        if let Some(next) = ids.get(index + 1) {
            entry.set("Next", *next);
        }
        file.set_object(id, entry);
    }
    file.set_object(
        root,
        dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => count(ids.len()) },
    );
    Some(Object::Reference(root))
}

/// The dates of the file are the day it speaks of; what a printer's file would carry goes.
fn properties(file: &mut lopdf::Document, document: &Document) -> Result<(), String> {
    let info = file.trailer.get(b"Info").and_then(Object::as_reference).map_err(|error| error.to_string())?;
    let info = file.get_dictionary_mut(info).map_err(|error| error.to_string())?;
    let day = document.status_date.format("D:%Y%m%d000000Z").to_string();
    for key in ["CreationDate", "ModDate"] {
        info.set(key, Object::string_literal(day.clone()));
    }
    for key in [&b"GTS_PDFXVersion"[..], b"Identifier", b"Trapped"] {
        info.remove(key);
    }
    if document.author.is_none() {
        info.remove(b"Author");
    }
    Ok(())
}
