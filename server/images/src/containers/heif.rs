mod boxes;
mod items;

use super::Header;
use crate::{ImageError, bytes::Bytes};
use boxes::{Box, children, children_of_full, find};
use items::{Item, Items};
use std::ops::Range;

/// A TIFF structure without fields, behind the offset at which HEIF expects one.
const EMPTY_EXIF: &[u8] = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0";
const EMPTY_XMP: &[u8] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>";

pub(crate) fn header(bytes: &[u8]) -> Result<Header<'_>, ImageError> {
    let top = children(bytes, 0..bytes.len());
    let items = Items::read(bytes, &top)?;
    let shape = items.shape(bytes)?;
    let mut header = Header::new(shape.width, shape.height, exif(bytes, &items));
    header.orientation = Some(shape.orientation);
    Ok(header)
}

fn exif<'a>(bytes: &'a [u8], items: &Items) -> Option<&'a [u8]> {
    let item = items.all.iter().find(|item| &item.kind == b"Exif")?;
    let payload = bytes.get(item.extents.first()?.clone())?;
    let mut fields = Bytes::new(payload);
    let offset = fields.u32().ok()? as usize;
    let tiff = fields.rest().get(offset..)?;
    Some(tiff.strip_prefix(b"Exif\0\0").unwrap_or(tiff))
}

/// Coded pictures, and what puts them together.
fn is_picture(item: &Item) -> bool {
    matches!(&item.kind, b"av01" | b"avc1" | b"grid" | b"hev1" | b"hvc1" | b"iden" | b"iovl" | b"jpeg" | b"tmap")
}

/// Items are found by their places in the file, so nothing moves: of the data only what the pictures use is kept, the
/// rest is blank.
pub(crate) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, ImageError> {
    let top = children(bytes, 0..bytes.len());
    let items = Items::read(bytes, &top)?;
    items.shape(bytes)?;
    // Their samples are found through other tables.
    if find(&top, b"moov").is_some() || find(&top, b"moof").is_some() {
        return Err(ImageError::NoDecoder);
    }
    let mut out = bytes.to_vec();
    let mut data: Vec<Range<usize>> = items.idat.iter().cloned().collect();
    let mut end = 0;
    for one in &top {
        match &one.kind {
            b"ftyp" | b"meta" => {}
            b"mdat" => data.push(one.body.clone()),
            _ => {
                blank(&mut out, one);
                continue;
            }
        }
        end = one.body.end;
    }
    // What lies elsewhere would be lost, or would have to stay.
    let is_data =
        |extent: &Range<usize>| data.iter().any(|range| range.start <= extent.start && extent.end <= range.end);
    if !items.all.iter().flat_map(|item| &item.extents).all(is_data) {
        return Err(ImageError::Broken);
    }
    for range in &data {
        out[range.clone()].fill(0);
    }
    for item in &items.all {
        write_empty(&mut out, item);
    }
    for extent in items.all.iter().filter(|item| is_picture(item)).flat_map(|item| &item.extents) {
        out[extent.clone()].copy_from_slice(&bytes[extent.clone()]);
    }
    blank_descriptions(bytes, &mut out, &top);
    out.truncate(end);
    Ok(out)
}

/// Readers that look for descriptions find well-formed ones that say nothing.
fn write_empty(out: &mut [u8], item: &Item) {
    let (empty, padding) = match &item.kind {
        b"Exif" => (EMPTY_EXIF, 0),
        b"mime" => (EMPTY_XMP, b' '),
        _ => return,
    };
    if let [extent] = item.extents.as_slice()
        && extent.len() >= empty.len()
    {
        let (start, rest) = out[extent.clone()].split_at_mut(empty.len());
        start.copy_from_slice(empty);
        rest.fill(padding);
    }
}

/// Boxes beside those that tell where and what the pictures are, and descriptions among their properties.
fn blank_descriptions(bytes: &[u8], out: &mut [u8], top: &[Box]) {
    for meta in top.iter().filter(|one| &one.kind == b"meta") {
        let parts = children_of_full(bytes, meta);
        for part in &parts {
            if !matches!(
                &part.kind,
                b"hdlr" | b"pitm" | b"iloc" | b"iinf" | b"iref" | b"iprp" | b"idat" | b"dinf" | b"grpl"
            ) {
                blank(out, part);
            }
        }
        let Some(properties) = find(&parts, b"iprp") else { continue };
        for list in children(bytes, properties.body.clone()).iter().filter(|one| &one.kind == b"ipco") {
            for property in children(bytes, list.body.clone()) {
                if matches!(&property.kind, b"udes" | b"uuid" | b"altt") {
                    blank(out, &property);
                }
            }
        }
    }
}

fn blank(out: &mut [u8], one: &Box) {
    out[one.start + 4..one.start + 8].copy_from_slice(b"free");
    out[one.body.clone()].fill(0);
}
