use crate::bytes::Bytes;
use std::ops::Range;

const MOST: usize = 10_000;

/// A box of the file: where it starts, and where its content is.
#[derive(Debug, Clone)]
pub(super) struct Box {
    pub(super) kind: [u8; 4],
    pub(super) start: usize,
    pub(super) body: Range<usize>,
}

/// The boxes in a part of the file, as far as they are whole.
pub(super) fn children(bytes: &[u8], within: Range<usize>) -> Vec<Box> {
    let mut boxes = Vec::new();
    let mut start = within.start;
    while boxes.len() < MOST
        && let Some(part) = bytes.get(start..within.end)
        && let Some(one) = next(part, start)
    {
        start = one.body.end;
        boxes.push(one);
    }
    boxes
}

/// The boxes in one that begins with a version and flags.
pub(super) fn children_of_full(bytes: &[u8], parent: &Box) -> Vec<Box> {
    children(bytes, parent.body.start + 4..parent.body.end)
}

pub(super) fn find<'a>(boxes: &'a [Box], kind: &[u8; 4]) -> Option<&'a Box> {
    boxes.iter().find(|one| &one.kind == kind)
}

fn next(part: &[u8], start: usize) -> Option<Box> {
    let mut fields = Bytes::new(part);
    let short = fields.u32().ok()? as usize;
    let kind = fields.array().ok()?;
    let size = match short {
        0 => part.len(),
        1 => usize::try_from(fields.number(8).ok()?).ok()?,
        size => size,
    };
    let header = fields.position();
    (header <= size && size <= part.len()).then(|| Box { kind, start, body: start + header..start + size })
}
