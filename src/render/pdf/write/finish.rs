//! What makes the file accessible and reproducible: structure, outline, language, dates, identity.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use crate::document::Document;

use super::super::page::Pages;
use super::super::style;

/// Completes a file and writes it. `marked` names, page by page, the element of each marked sequence.
///
/// # Errors
/// When the file cannot be assembled: our own bug.
pub(super) fn finish(
    mut file: lopdf::Document,
    document: &Document,
    pages: &Pages,
    marked: &[Vec<usize>],
) -> Result<Vec<u8>, String> {
    let failed = |error: lopdf::Error| error.to_string();
    let page_ids: Vec<ObjectId> = file.get_pages().into_values().collect();
    let tree = structure(&mut file, pages, marked, &page_ids);
    for (index, id) in page_ids.iter().enumerate() {
        let page = file.get_dictionary_mut(*id).map_err(failed)?;
        page.set("StructParents", integer(index));
        page.set("Tabs", name("S"));
        page.remove(b"Annots");
    }
    let outline = outline(&mut file, document, pages, &page_ids);
    let catalog = file.catalog_mut().map_err(failed)?;
    catalog.set("Lang", Object::string_literal(document.language));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", tree);
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("PageLayout", name("SinglePage"));
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", name("UseOutlines"));
    }
    properties(&mut file, document)?;
    file.version = String::from("1.7");
    compress(&mut file).map_err(|error| error.to_string())?;
    identify(&mut file);
    let mut bytes = Vec::new();
    file.save_modern(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn integer(number: usize) -> Object {
    Object::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// A text string: UTF-16 with its byte order mark.
fn text(text: &str) -> Object {
    let bytes = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// The tree of elements with the marked sequences of the pages as its leaves (ISO 32000-1, 14.7).
fn structure(
    file: &mut lopdf::Document,
    pages: &Pages,
    marked: &[Vec<usize>],
    page_ids: &[ObjectId],
) -> Object {
    let (root, whole) = (file.new_object_id(), file.new_object_id());
    let ids: Vec<ObjectId> = pages.elements.iter().map(|_| file.new_object_id()).collect();
    let mut kids: Vec<Vec<Object>> = vec![Vec::new(); ids.len()];
    let mut top = Vec::new();
    for (index, element) in pages.elements.iter().enumerate() {
        match element.parent {
            Some(parent) => kids[parent].push(Object::Reference(ids[index])),
            None => top.push(Object::Reference(ids[index])),
        }
    }
    let mut numbers = Vec::new();
    for (index, (sequences, page)) in marked.iter().zip(page_ids).enumerate() {
        for (sequence, element) in sequences.iter().enumerate() {
            let reference = dictionary! { "Type" => "MCR", "Pg" => *page, "MCID" => integer(sequence) };
            kids[*element].push(Object::Dictionary(reference));
        }
        let owners: Vec<Object> = sequences.iter().map(|element| Object::Reference(ids[*element])).collect();
        numbers.push(integer(index));
        numbers.push(Object::Array(owners));
    }
    for ((element, id), kids) in pages.elements.iter().zip(&ids).zip(kids) {
        let parent = element.parent.map_or(whole, |parent| ids[parent]);
        let mut entry = dictionary! { "Type" => "StructElem", "S" => element.role, "P" => parent };
        if !kids.is_empty() {
            entry.set("K", kids);
        }
        if let Some(alt) = &element.alt {
            entry.set("Alt", text(alt));
        }
        if element.role == "TH" {
            entry.set("A", dictionary! { "O" => "Table", "Scope" => "Column" });
        }
        file.set_object(*id, entry);
    }
    file.set_object(
        whole,
        dictionary! { "Type" => "StructElem", "S" => "Document", "P" => root, "K" => top },
    );
    let parents = file.add_object(dictionary! { "Nums" => numbers });
    file.set_object(root, dictionary! { "Type" => "StructTreeRoot", "K" => whole, "ParentTree" => parents, "ParentTreeNextKey" => integer(marked.len()) });
    Object::Reference(root)
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
        dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => integer(ids.len()) },
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

/// How hard streams are compressed. The highest level, which lopdf takes, makes files a tenth smaller
/// and needs four times as long: longer than all else that is done for a report.
const LEVEL: u32 = 4;

/// Compresses the streams that are not compressed yet.
fn compress(file: &mut lopdf::Document) -> std::io::Result<()> {
    for object in file.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        if !stream.allows_compression || stream.dict.has(b"Filter") {
            continue;
        }
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
        encoder.write_all(&stream.content)?;
        let compressed = encoder.finish()?;
        if compressed.len() < stream.content.len() {
            stream.dict.set("Filter", name("FlateDecode"));
            stream.set_content(compressed);
        }
    }
    Ok(())
}

/// The identity of a file is the digest of what is in it (ISO 32000-1, 14.4).
fn identify(file: &mut lopdf::Document) {
    let mut digest = Sha256::new();
    for (id, object) in &file.objects {
        digest.update(id.0.to_be_bytes());
        match object {
            Object::Stream(stream) => digest.update(&stream.content),
            other => digest.update(format!("{other:?}")),
        }
    }
    let id = Object::String(digest.finalize()[..16].to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
}
