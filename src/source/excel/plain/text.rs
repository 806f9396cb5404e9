//! Texts of a workbook: what stands between `<is>` or `<si>` and its end, and the table of those that cells share.

use std::io::Read;

use super::blocks::Blocks;
use super::markup::{InTag, Markup};
use crate::source::Cell;
use crate::source::header;

/// The texts that cells share, in the order of their numbers; `None` when they are not plain.
pub(super) fn shared(part: impl Read) -> Option<Vec<Cell>> {
    let mut blocks = Blocks::new(part);
    let (mut texts, mut written) = (Vec::new(), String::new());
    let mut markup = Markup::behind_head(blocks.next(b"</si>")?, b"<sst")?;
    if markup.rest_of_tag()? {
        return Some(texts);
    }
    loop {
        loop {
            markup.space();
            if markup.take(b"</sst>") {
                return Some(texts);
            }
            if markup.is_empty() {
                break;
            }
            written.clear();
            if !markup.take(b"<si/>") {
                markup.must(b"<si>")?;
                read(&mut markup, b"</si>", &mut written)?;
            }
            texts.push(header::text(&written));
        }
        markup = Markup::new(blocks.next(b"</si>").filter(|stretch| !stretch.is_empty())?);
    }
}

/// Adds the text that stands up to this end tag: the pieces of it, without what says how they are spoken.
pub(super) fn read(markup: &mut Markup<'_>, end: &[u8], text: &mut String) -> Option<()> {
    loop {
        markup.space();
        if markup.take(b"<t>") {
            piece(markup, false, text)?;
        } else if markup.take(b"<t") {
            let mut preserve = false;
            loop {
                match markup.in_tag()? {
                    InTag::Attribute(b"xml:space", value) => preserve = value == b"preserve",
                    InTag::Attribute(..) => {}
                    InTag::Open => break piece(markup, preserve, text)?,
                    InTag::Closed => break,
                }
            }
        } else if markup.take(b"<rPr>") {
            while !markup.take(b"</rPr>") {
                markup.closed_element()?;
            }
        } else if markup.take(b"<rPh") {
            markup.rest_of_tag().filter(|closed| !closed)?;
            read(markup, b"</rPh>", &mut String::new())?;
        } else if markup.take(b"<phoneticPr") {
            markup.rest_of_tag().filter(|closed| *closed)?;
        } else if markup.take(end) {
            return Some(());
        } else if !markup.take(b"<r>") && !markup.take(b"</r>") {
            return None;
        }
    }
}

/// Adds the text up to `</t>`.
fn piece(markup: &mut Markup<'_>, preserve: bool, text: &mut String) -> Option<()> {
    let start = text.len();
    written(markup.before(b'<')?, text)?;
    markup.must(b"</t>")?;
    if !preserve {
        const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];
        text.truncate(start + text[start..].trim_end_matches(SPACE).len());
        let blank = text[start..].len() - text[start..].trim_start_matches(SPACE).len();
        text.drain(start..start + blank);
    }
    Some(())
}

/// Adds a text of a cell as it stands between tags.
pub(super) fn written(bytes: &[u8], text: &mut String) -> Option<()> {
    let start = text.len();
    resolved(bytes, text)?;
    (!may_escape(&text.as_bytes()[start..])).then_some(())
}

/// Adds a text as it stands between tags, its references resolved.
pub(super) fn resolved(bytes: &[u8], text: &mut String) -> Option<()> {
    let mut rest = std::str::from_utf8(bytes).ok()?;
    if bytes.contains(&b'\r') {
        return None;
    }
    while let Some((before, reference)) = rest.split_once('&') {
        let (name, behind) = reference.split_once(';')?;
        text.push_str(before);
        text.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => char::from_u32(name.strip_prefix('#')?.parse().ok()?)
                .filter(|c| !c.is_control() || *c == '\n' || *c == '\t')?,
        });
        rest = behind;
    }
    text.push_str(rest);
    Some(())
}

/// Whether a character may be written as `_x000D_`.
fn may_escape(text: &[u8]) -> bool {
    text.contains(&b'_') && text.windows(2).any(|pair| pair == b"_x")
}
