//! The bytes of a file: streams one by one, all other objects packed into object streams, and the
//! table of where they are (ISO 32000-1, 7.5.7 and 7.5.8).

use lopdf::{Dictionary, Object, dictionary};
use sha2::{Digest, Sha256};

use super::syntax;
use crate::render::deflate::Deflate;

/// How hard streams are compressed, of 12: the next level makes a report 3% smaller and takes 6% more of its time.
const LEVEL: u8 = 1;

/// Objects packed together. More make a smaller file; a viewer unpacks them all to see one.
const TOGETHER: usize = 500;

/// A file being written.
pub(super) struct File {
    out: Vec<u8>,
    /// By object number.
    places: Vec<Place>,
    /// Objects to be packed: their numbers and where they begin in `pack`.
    packed: Vec<(u32, usize)>,
    pack: Vec<u8>,
    deflate: Deflate,
}

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    /// Nowhere.
    Free,
    /// At this byte of the file.
    At(usize),
    /// In this object stream, the how-manyeth.
    In(u32, usize),
}

impl File {
    /// A file with its head, for objects up to `last` and those [`File::reserve`]d.
    pub(super) fn new(last: u32) -> Self {
        let places = vec![Place::Free; usize::try_from(last).unwrap_or(0) + 1];
        Self {
            // The second line says that the file is binary.
            out: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(),
            places,
            packed: Vec::with_capacity(TOGETHER),
            pack: Vec::new(),
            deflate: Deflate::new(LEVEL, true),
        }
    }

    /// The first of `count` new object numbers.
    pub(super) fn reserve(&mut self, count: usize) -> u32 {
        let first = self.places.len();
        self.places.resize(first + count, Place::Free);
        u32::try_from(first).unwrap_or(u32::MAX)
    }

    /// Writes an object.
    ///
    /// # Errors
    /// When its stream cannot be compressed: our own bug.
    pub(super) fn object(&mut self, id: u32, object: &Object) -> Result<(), String> {
        match object {
            Object::Stream(stream) if stream.allows_compression && !stream.dict.has(b"Filter") => {
                self.stream(id, stream.dict.clone(), &stream.content)
            }
            Object::Stream(stream) => {
                self.raw(id, stream.dict.clone(), &stream.content);
                Ok(())
            }
            _ => self.pack(id, |out| syntax::object(out, object)),
        }
    }

    /// Writes a stream, compressed.
    ///
    /// # Errors
    /// When it cannot be compressed: our own bug.
    pub(super) fn stream(&mut self, id: u32, mut entries: Dictionary, content: &[u8]) -> Result<(), String> {
        let mut compressed = Vec::new();
        self.deflate.append(content, &mut compressed)?;
        entries.set("Filter", "FlateDecode");
        self.raw(id, entries, &compressed);
        Ok(())
    }

    /// Writes an object that is no stream.
    ///
    /// # Errors
    /// When a full pack cannot be compressed: our own bug.
    pub(super) fn pack(&mut self, id: u32, write: impl FnOnce(&mut Vec<u8>)) -> Result<(), String> {
        self.packed.push((id, self.pack.len()));
        write(&mut self.pack);
        self.pack.push(b'\n');
        if self.packed.len() == TOGETHER { self.close_pack() } else { Ok(()) }
    }

    /// The file, with its table and trailer. Its identity is the digest of what is in it (ISO 32000-1, 14.4).
    ///
    /// # Errors
    /// When it cannot be compressed: our own bug.
    pub(super) fn finish(mut self, root: &Object, info: &Object) -> Result<Vec<u8>, String> {
        self.close_pack()?;
        let digest = Sha256::digest(&self.out);
        let identity = Object::String(digest[..16].to_vec(), lopdf::StringFormat::Hexadecimal);
        let id = self.reserve(1);
        let start = self.out.len();
        let size = self.places.len();
        self.place(id, Place::At(start));
        let table = self.table();
        let entries = dictionary! {
            "Type" => "XRef", "Size" => count(size), "Root" => root.clone(), "Info" => info.clone(),
            "ID" => vec![identity.clone(), identity], "W" => WIDTHS.map(count).to_vec(),
            "DecodeParms" => dictionary! { "Predictor" => 12, "Columns" => count(WIDTHS.iter().sum()) },
        };
        self.stream(id, entries, &table)?;
        self.out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        Ok(self.out)
    }

    fn place(&mut self, id: u32, place: Place) {
        if let Some(entry) = self.places.get_mut(usize::try_from(id).unwrap_or(usize::MAX)) {
            *entry = place;
        }
    }

    fn raw(&mut self, id: u32, mut entries: Dictionary, content: &[u8]) {
        self.place(id, Place::At(self.out.len()));
        entries.set("Length", count(content.len()));
        syntax::integer(&mut self.out, i64::from(id));
        self.out.extend_from_slice(b" 0 obj\n");
        syntax::dictionary(&mut self.out, &entries);
        self.out.extend_from_slice(b"stream\n");
        self.out.extend_from_slice(content);
        self.out.extend_from_slice(b"\nendstream\nendobj\n");
    }

    fn close_pack(&mut self) -> Result<(), String> {
        if self.packed.is_empty() {
            return Ok(());
        }
        let stream = self.reserve(1);
        let packed = std::mem::take(&mut self.packed);
        let mut content = Vec::with_capacity(self.pack.len() + 12 * packed.len());
        for (index, &(id, at)) in packed.iter().enumerate() {
            self.place(id, Place::In(stream, index));
            syntax::integer(&mut content, i64::from(id));
            content.push(b' ');
            syntax::count(&mut content, at);
            content.push(b'\n');
        }
        let head = content.len();
        content.append(&mut self.pack);
        let entries = dictionary! { "Type" => "ObjStm", "N" => count(packed.len()), "First" => count(head) };
        self.stream(stream, entries, &content)
    }

    /// The table of places, each row as its difference from the row above: that is what compresses.
    fn table(&self) -> Vec<u8> {
        let mut table = Vec::with_capacity(self.places.len() * (ROW + 1));
        let mut above = [0_u8; ROW];
        for place in &self.places {
            let (kind, place, index) = match *place {
                Place::Free => (0, 0, 0),
                Place::At(at) => (1, u32::try_from(at).unwrap_or(u32::MAX), 0),
                Place::In(stream, index) => (2, stream, u16::try_from(index).unwrap_or(u16::MAX)),
            };
            let mut row = [0_u8; ROW];
            row[0] = kind;
            row[1..5].copy_from_slice(&place.to_be_bytes());
            row[5..].copy_from_slice(&index.to_be_bytes());
            table.push(2);
            table.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
            above = row;
        }
        table
    }
}

/// Bytes of a row of the table: kind, place, index.
const WIDTHS: [usize; 3] = [1, 4, 2];
const ROW: usize = 7;

/// A count as an object.
pub(super) fn count(number: usize) -> Object {
    Object::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_objects_than_a_pack_holds_are_found_again() {
        let mut file = File::new(0);
        let first = file.reserve(1_300);
        for id in first..first + 1_300 {
            file.pack(id, |out| syntax::integer(out, i64::from(id) * 3)).unwrap();
        }
        let root = file.reserve(1);
        file.object(root, &Object::Dictionary(dictionary! { "Type" => "Catalog" })).unwrap();
        let bytes = file.finish(&Object::Reference((root, 0)), &Object::Null).unwrap();
        let file = lopdf::Document::load_mem(&bytes).unwrap();
        for id in first..first + 1_300 {
            assert_eq!(file.get_object((id, 0)).unwrap(), &Object::Integer(i64::from(id) * 3));
        }
    }
}
