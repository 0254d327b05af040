use super::Header;
use crate::{ImageError, bytes::Bytes, exif, orientation::Orientation};

const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;
/// What stands before the chunks of a frame of an animation.
const FRAME_HEADER: usize = 16;

/// The chunks that the file says it has; what follows them is never seen.
fn chunks(bytes: &[u8]) -> Result<Bytes<'_>, ImageError> {
    let mut bytes = Bytes::new(bytes);
    bytes.take(4)?;
    let size = (bytes.u32_le()? as usize).checked_sub(4).ok_or(ImageError::Broken)?;
    bytes.take(4)?;
    let rest = bytes.rest();
    Ok(Bytes::new(&rest[..size.min(rest.len())]))
}

/// Its kind and its content.
type Chunk<'a> = ([u8; 4], &'a [u8]);

fn next_chunk<'a>(bytes: &mut Bytes<'a>) -> Result<Option<Chunk<'a>>, ImageError> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let kind = bytes.array()?;
    let size = bytes.u32_le()? as usize;
    let data = bytes.take(size)?;
    if size % 2 == 1 && !bytes.is_empty() {
        bytes.u8()?;
    }
    Ok(Some((kind, data)))
}

pub(crate) fn header(bytes: &[u8]) -> Result<Header<'_>, ImageError> {
    let mut chunks = chunks(bytes)?;
    let (kind, data) = next_chunk(&mut chunks)?.ok_or(ImageError::Broken)?;
    let (width, height) = size(kind, data)?;
    let mut header = Header::new(width, height, None);
    let mut has_frame = &kind != b"VP8X";
    while let Ok(Some((kind, data))) = next_chunk(&mut chunks) {
        match &kind {
            b"EXIF" => header.exif = header.exif.or(Some(data.strip_prefix(b"Exif\0\0").unwrap_or(data))),
            b"VP8 " | b"VP8L" if !has_frame => header.frame = size(kind, data)?,
            b"ANMF" if !has_frame => {
                let mut fields = Bytes::new(data);
                fields.take(6)?;
                header.frame = (fields.u24_le()? + 1, fields.u24_le()? + 1);
            }
            _ => continue,
        }
        has_frame |= &kind != b"EXIF";
    }
    Ok(header)
}

fn size(kind: [u8; 4], data: &[u8]) -> Result<(u32, u32), ImageError> {
    let mut data = Bytes::new(data);
    match &kind {
        b"VP8X" => {
            data.take(4)?;
            Ok((data.u24_le()? + 1, data.u24_le()? + 1))
        }
        b"VP8 " => {
            data.take(3)?;
            if data.take(3)? != b"\x9d\x01\x2a" {
                return Err(ImageError::Broken);
            }
            Ok((u32::from(data.u16_le()? & 0x3fff), u32::from(data.u16_le()? & 0x3fff)))
        }
        b"VP8L" => {
            if data.u8()? != 0x2f {
                return Err(ImageError::Broken);
            }
            let fields = data.u32_le()?;
            Ok(((fields & 0x3fff) + 1, (fields >> 14 & 0x3fff) + 1))
        }
        _ => Err(ImageError::Broken),
    }
}

pub(crate) fn stripped(bytes: &[u8], orientation: Orientation) -> Result<Vec<u8>, ImageError> {
    let turned = orientation != Orientation::UPRIGHT;
    let mut chunks = chunks(bytes)?;
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let (mut extended, mut has_pixels) = (false, false);
    while let Some((kind, data)) = next_chunk(&mut chunks)? {
        match &kind {
            b"VP8X" if out.len() == 12 && data.len() >= 10 => {
                let mut fields = data[..10].to_vec();
                fields[0] = fields[0] & !(HAS_EXIF | HAS_XMP) | if turned { HAS_EXIF } else { 0 };
                chunk(&mut out, kind, &fields);
                extended = true;
            }
            b"VP8 " | b"VP8L" if !has_pixels => {
                chunk(&mut out, kind, data);
                has_pixels = true;
            }
            b"ICCP" | b"ANIM" | b"ALPH" if extended => chunk(&mut out, kind, data),
            b"ANMF" if extended => {
                chunk(&mut out, kind, &frame(data)?);
                has_pixels = true;
            }
            _ => {}
        }
        // Only an extended file has more than its pixels.
        if has_pixels && !extended {
            break;
        }
    }
    if !has_pixels {
        return Err(ImageError::Broken);
    }
    if turned && extended {
        chunk(&mut out, *b"EXIF", &exif::only_orientation(orientation));
    }
    let size = u32::try_from(out.len() - 8).map_err(|_| ImageError::Broken)?;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    Ok(out)
}

fn frame(data: &[u8]) -> Result<Vec<u8>, ImageError> {
    let mut data = Bytes::new(data);
    let mut out = data.take(FRAME_HEADER)?.to_vec();
    while let Some((kind, data)) = next_chunk(&mut data)? {
        if matches!(&kind, b"ALPH" | b"VP8 " | b"VP8L") {
            chunk(&mut out, kind, data);
        }
    }
    Ok(out)
}

fn chunk(out: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    out.extend_from_slice(&kind);
    out.extend_from_slice(&(data.len() as u32).to_le_bytes());
    out.extend_from_slice(data);
    if data.len() % 2 == 1 {
        out.push(0);
    }
}
