//! Pages to bytes: printpdf writes pages and fonts, lopdf completes what makes the file accessible
//! and reproducible.

mod content;
mod file;
mod finish;
mod fonts;
mod structure;
mod syntax;

use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions, RawImage, XObject, XObjectId};

use crate::document::Document;

use self::fonts::Subsets;
use super::page::Pages;
use super::style;
use super::typeset::Typesetter;

/// The name the logo has in the file.
const LOGO: &str = "Logo";

/// Points in a millimetre.
const POINTS_PER_MM: f32 = 72.0 / 25.4;

/// A decoded logo.
pub(super) struct Logo(RawImage);

impl Logo {
    /// Decodes PNG or JPEG bytes.
    ///
    /// # Errors
    /// When the bytes are no such image.
    pub(super) fn decode(bytes: &[u8]) -> Result<Self, String> {
        match RawImage::decode_from_bytes(bytes, &mut Vec::new()) {
            Ok(image) if image.width > 0 && image.height > 0 => Ok(Self(image)),
            Ok(_) => Err("the logo is an empty image".to_owned()),
            Err(error) => Err(format!("the logo is no PNG or JPEG image: {error}")),
        }
    }

    /// Width and height in pixels.
    pub(super) fn size(&self) -> (f32, f32) {
        #[expect(clippy::cast_precision_loss, reason = "pixels of a logo")]
        let size = (self.0.width as f32, self.0.height as f32);
        size
    }
}

/// Writes laid out pages as a PDF.
///
/// # Errors
/// When the file cannot be assembled: our own bug.
pub(super) fn write(
    setter: &Typesetter,
    document: &Document,
    pages: &Pages,
    logo: Option<Logo>,
) -> Result<Vec<u8>, String> {
    let subsets = Subsets::of(setter, pages);
    let (width, height) = style::page(document.theme.page);
    let mut pdf = PdfDocument::new(&document.title);
    let info = &mut pdf.metadata.info;
    info.document_title.clone_from(&document.title);
    info.author = document.author.clone().unwrap_or_default();
    info.subject = document.format.say(phrase!(
        "{title}, status {day}",
        title = &document.subtitle,
        day = document.status_date.to_string()
    ));
    info.keywords = vec![
        document.format.word(word!("earned value")),
        document.format.word(word!("status report")),
        document.title.clone(),
    ];
    info.creator = String::from(concat!("earnest ", env!("CARGO_PKG_VERSION")));
    info.producer = String::from(concat!("earnest ", env!("CARGO_PKG_VERSION"), " (printpdf)"));
    let mut shown = subsets.register(&mut pdf);
    if let Some(logo) = logo {
        pdf.resources.xobjects.map.insert(XObjectId(LOGO.to_owned()), XObject::Image(logo.0));
    }
    let mut contents = Vec::with_capacity(pages.list.len());
    let mut sequences = Vec::with_capacity(pages.list.len());
    for page in &pages.list {
        let (content, elements) = content::paint(page, &pages.elements, &subsets, height);
        contents.push(content);
        sequences.push(elements);
        let mut printed =
            PdfPage::new(Mm(width / POINTS_PER_MM), Mm(height / POINTS_PER_MM), std::mem::take(&mut shown));
        for area in [&mut printed.media_box, &mut printed.trim_box, &mut printed.crop_box] {
            area.width.0 = width;
            area.height.0 = height;
        }
        pdf.pages.push(printed);
    }
    let options = PdfSaveOptions { subset_fonts: false, ..PdfSaveOptions::default() };
    let mut file = pdf.to_lopdf_document(&options, &mut Vec::new());
    subsets.complete(&mut file);
    finish::finish(file, document, pages, contents, sequences)
}
