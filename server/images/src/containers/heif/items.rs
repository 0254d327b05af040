use super::boxes::{Box, children, children_of_full, find};
use crate::{ImageError, bytes::Bytes, orientation::Orientation};
use std::{collections::HashMap, ops::Range};

/// More than any camera writes; the numbers in a file could ask for thousands of millions.
const MOST: usize = 20_000;

/// A picture, a tile of one, or data about one.
pub(super) struct Item {
    id: u32,
    pub(super) kind: [u8; 4],
    /// Where in the file it is.
    pub(super) extents: Vec<Range<usize>>,
}

pub(super) struct Items {
    pub(super) all: Vec<Item>,
    /// Data that is kept beside the items instead of in a box of its own.
    pub(super) idat: Option<Range<usize>>,
    parts: Vec<Box>,
    primary: u32,
}

/// How the main picture is shown.
pub(super) struct Shape {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) orientation: Orientation,
}

impl Items {
    pub(super) fn read(bytes: &[u8], top: &[Box]) -> Result<Self, ImageError> {
        let parts = children_of_full(bytes, find(top, b"meta").ok_or(ImageError::Broken)?);
        let part = |kind| find(&parts, kind).map(|one| &bytes[one.body.clone()]).ok_or(ImageError::Broken);
        let mut primary = Bytes::new(part(b"pitm")?);
        let primary = if version(&mut primary)? == 0 { u32::from(primary.u16()?) } else { primary.u32()? };
        let idat = find(&parts, b"idat").map(|one| one.body.clone());
        let mut places = places(part(b"iloc")?, bytes.len(), idat.as_ref())?;
        let mut all = Vec::new();
        for info in infos(bytes, find(&parts, b"iinf").ok_or(ImageError::Broken)?)? {
            let (id, kind) = read_info(&bytes[info.body])?;
            all.push(Item { id, kind, extents: places.remove(&id).unwrap_or_default() });
        }
        // Data that belongs to nothing.
        all.extend(places.into_iter().map(|(id, extents)| Item { id, kind: [0; 4], extents }));
        Ok(Self { all, idat, parts, primary })
    }

    /// What the properties of the main picture say.
    pub(super) fn shape(&self, bytes: &[u8]) -> Result<Shape, ImageError> {
        if !self.all.iter().any(|item| item.id == self.primary) {
            return Err(ImageError::Broken);
        }
        let properties = find(&self.parts, b"iprp").ok_or(ImageError::Broken)?;
        let lists = children(bytes, properties.body.clone());
        let all = children(bytes, find(&lists, b"ipco").ok_or(ImageError::Broken)?.body.clone());
        let (mut size, mut quarters, mut mirror) = (None, 0, None);
        for index in self.associations(bytes, &lists)? {
            let Some(property) = index.checked_sub(1).and_then(|index| all.get(index)) else { continue };
            let mut body = Bytes::new(&bytes[property.body.clone()]);
            match &property.kind {
                b"ispe" => {
                    body.take(4)?;
                    size = Some((body.u32()?, body.u32()?));
                }
                b"clap" => {
                    let [width, width_by, height, height_by] = [body.u32()?, body.u32()?, body.u32()?, body.u32()?];
                    if let (Some(width), Some(height)) = (width.checked_div(width_by), height.checked_div(height_by)) {
                        size = size.map(|(w, h)| (width.clamp(1, w.max(1)), height.clamp(1, h.max(1))));
                    }
                }
                b"irot" => quarters = body.u8()? & 3,
                b"imir" => mirror = Some(body.u8()? & 1),
                _ => {}
            }
        }
        let (width, height) = size.ok_or(ImageError::Broken)?;
        Ok(Shape { width, height, orientation: Orientation::from_turns(quarters, mirror) })
    }

    /// The numbers of the main picture's properties, counted from 1.
    fn associations(&self, bytes: &[u8], lists: &[Box]) -> Result<Vec<usize>, ImageError> {
        for list in lists.iter().filter(|one| &one.kind == b"ipma") {
            let mut fields = Bytes::new(&bytes[list.body.clone()]);
            let [version, _, _, flags] = fields.array()?;
            for _ in 0..fields.u32()? {
                let id = if version == 0 { u32::from(fields.u16()?) } else { fields.u32()? };
                let count = fields.u8()?;
                let mut indices = Vec::new();
                for _ in 0..count {
                    // The highest bit says whether a reader must know the property.
                    let index = if flags & 1 == 1 { fields.u16()? & 0x7fff } else { u16::from(fields.u8()? & 0x7f) };
                    indices.push(usize::from(index));
                }
                if id == self.primary {
                    return Ok(indices);
                }
            }
        }
        Err(ImageError::Broken)
    }
}

fn version(fields: &mut Bytes) -> Result<u8, ImageError> {
    let [version, _, _, _] = fields.array()?;
    Ok(version)
}

fn infos(bytes: &[u8], list: &Box) -> Result<Vec<Box>, ImageError> {
    let mut fields = Bytes::new(&bytes[list.body.clone()]);
    // The count is not needed, only its size.
    if version(&mut fields)? == 0 {
        fields.u16()?;
    } else {
        fields.u32()?;
    }
    Ok(children(bytes, list.body.start + fields.position()..list.body.end))
}

fn read_info(body: &[u8]) -> Result<(u32, [u8; 4]), ImageError> {
    let mut fields = Bytes::new(body);
    let id = match version(&mut fields)? {
        2 => u32::from(fields.u16()?),
        3 => fields.u32()?,
        _ => return Err(ImageError::Broken),
    };
    fields.u16()?;
    Ok((id, fields.array()?))
}

/// Where the items are, as ranges of the file.
fn places(
    body: &[u8],
    file: usize,
    idat: Option<&Range<usize>>,
) -> Result<HashMap<u32, Vec<Range<usize>>>, ImageError> {
    let mut fields = Bytes::new(body);
    let version = version(&mut fields)?;
    let [sizes, more_sizes] = fields.array()?;
    let count = if version < 2 { u32::from(fields.u16()?) } else { fields.u32()? };
    let mut places = HashMap::new();
    let mut extents = 0;
    for _ in 0..count {
        let id = if version < 2 { u32::from(fields.u16()?) } else { fields.u32()? };
        let method = if version == 0 { 0 } else { fields.u16()? & 15 };
        fields.u16()?;
        let base = fields.number(more_sizes >> 4)?;
        let within = match method {
            0 => Some(0..file),
            1 => Some(idat.ok_or(ImageError::Broken)?.clone()),
            // Inside another item.
            _ => None,
        };
        let mut ranges = Vec::new();
        for _ in 0..fields.u16()? {
            if version > 0 {
                fields.number(more_sizes & 15)?;
            }
            let (offset, length) = (fields.number(sizes >> 4)?, fields.number(sizes & 15)?);
            if let Some(within) = &within {
                ranges.push(range(within, base, offset, length).ok_or(ImageError::Broken)?);
            }
            extents += 1;
            if extents > MOST {
                return Err(ImageError::Broken);
            }
        }
        if places.insert(id, ranges).is_some() || places.len() > MOST {
            return Err(ImageError::Broken);
        }
    }
    Ok(places)
}

/// A length of 0 reaches to the end.
fn range(within: &Range<usize>, base: u64, offset: u64, length: u64) -> Option<Range<usize>> {
    let start = usize::try_from(base.checked_add(offset)?).ok()?.checked_add(within.start)?;
    let end = if length == 0 { within.end } else { start.checked_add(usize::try_from(length).ok()?)? };
    (start <= end && end <= within.end).then_some(start..end)
}
