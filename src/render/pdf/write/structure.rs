//! The tree that says what the marks of the pages are, for assistive technology (ISO 32000-1, 14.7).
//!
//! A report has an element for each cell of its tables, thousands: they go straight into the file.

use super::super::page::Element;
use super::file::File;
use super::syntax::{count, reference, references, text};

/// The pages of the file and what is marked on them.
pub(super) struct Marked {
    /// The page objects.
    pub(super) pages: Vec<u32>,
    /// Page by page, the element of each marked sequence.
    pub(super) sequences: Vec<Vec<usize>>,
}

/// Writes the tree; returns its root. `Marked::pages` refer to their sequences by their index.
///
/// # Errors
/// When the file cannot be compressed: our own bug.
pub(super) fn write(file: &mut File, elements: &[Element], marked: &Marked) -> Result<u32, String> {
    let root = file.reserve(3 + elements.len());
    let (whole, parents, first) = (root + 1, root + 2, root + 3);
    let id = |element: usize| first.saturating_add(u32::try_from(element).unwrap_or(u32::MAX));
    let children = Grouped::of(elements.iter().map(|element| element.parent), elements.len());
    let places: Vec<(usize, usize)> = marked
        .sequences
        .iter()
        .enumerate()
        .flat_map(|(page, sequences)| (0..sequences.len()).map(move |sequence| (page, sequence)))
        .collect();
    let leaves = Grouped::of(marked.sequences.iter().flatten().map(|element| Some(*element)), elements.len());
    for (index, element) in elements.iter().enumerate() {
        let sequences = leaves.of_group(index);
        let home = sequences.first().map(|at| places[*at].0);
        file.pack(id(index), |out| {
            out.extend_from_slice(b"<</S/");
            out.extend_from_slice(element.role.as_bytes());
            out.extend_from_slice(b"/P ");
            reference(out, element.parent.map_or(whole, id));
            if let Some(alt) = &element.alt {
                out.extend_from_slice(b"/Alt");
                text(out, alt);
            }
            if element.role == "TH" {
                out.extend_from_slice(b"/C/Head");
            }
            if let Some(page) = home {
                out.extend_from_slice(b"/Pg ");
                reference(out, marked.pages[page]);
            }
            let kids = children.of_group(index);
            if kids.len() + sequences.len() > 0 {
                out.extend_from_slice(b"/K[");
                references(out, kids.iter().map(|kid| id(*kid)));
                for (page, sequence) in sequences.iter().map(|at| places[*at]) {
                    if home == Some(page) {
                        count(out, sequence);
                    } else {
                        out.extend_from_slice(b"<</Type/MCR/Pg ");
                        reference(out, marked.pages[page]);
                        out.extend_from_slice(b"/MCID ");
                        count(out, sequence);
                        out.extend_from_slice(b">>");
                    }
                    out.push(b' ');
                }
                // The last space.
                out.pop();
                out.push(b']');
            }
            out.extend_from_slice(b">>");
        })?;
    }
    file.pack(whole, |out| {
        out.extend_from_slice(b"<</S/Document/P ");
        reference(out, root);
        out.extend_from_slice(b"/K[");
        let top = elements.iter().enumerate().filter(|(_, element)| element.parent.is_none());
        references(out, top.map(|(index, _)| id(index)));
        out.extend_from_slice(b"]>>");
    })?;
    file.pack(parents, |out| {
        out.extend_from_slice(b"<</Nums[");
        for (page, sequences) in marked.sequences.iter().enumerate() {
            count(out, page);
            out.push(b'[');
            references(out, sequences.iter().map(|element| id(*element)));
            out.push(b']');
        }
        out.extend_from_slice(b"]>>");
    })?;
    file.pack(root, |out| {
        out.extend_from_slice(b"<</Type/StructTreeRoot/K ");
        reference(out, whole);
        out.extend_from_slice(b"/ParentTree ");
        reference(out, parents);
        out.extend_from_slice(b"/ParentTreeNextKey ");
        count(out, marked.pages.len());
        out.extend_from_slice(b"/ClassMap<</Head<</O/Table/Scope/Column>>>>>>");
    })?;
    Ok(root)
}

/// Items by the group they are in, each group in the order of the items.
struct Grouped {
    /// Where each group begins, and the end.
    starts: Vec<usize>,
    items: Vec<usize>,
}

impl Grouped {
    /// Groups the items by their keys below `groups`; an item without one is in no group.
    fn of(keys: impl Iterator<Item = Option<usize>> + Clone, groups: usize) -> Self {
        let mut starts = vec![0; groups + 1];
        for key in keys.clone().flatten() {
            starts[key + 1] += 1;
        }
        for group in 0..groups {
            starts[group + 1] += starts[group];
        }
        let mut next = starts.clone();
        let mut items = vec![0; starts[groups]];
        for (item, key) in keys.enumerate() {
            if let Some(key) = key {
                items[next[key]] = item;
                next[key] += 1;
            }
        }
        Self { starts, items }
    }

    fn of_group(&self, group: usize) -> &[usize] {
        &self.items[self.starts[group]..self.starts[group + 1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_keep_the_order_of_their_items() {
        let grouped = Grouped::of([Some(2), None, Some(0), Some(2), Some(2)].into_iter(), 3);
        assert_eq!([0, 1, 2].map(|group| grouped.of_group(group).to_vec()), [vec![2], vec![], vec![0, 3, 4]]);
    }
}
