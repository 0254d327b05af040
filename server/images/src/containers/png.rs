use super::Header;
use crate::{ImageError, bytes::Bytes, exif, orientation::Orientation};

const SIGNATURE: usize = 8;

struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    whole: &'a [u8],
}

fn next_chunk<'a>(bytes: &mut Bytes<'a>) -> Result<Chunk<'a>, ImageError> {
    let start = bytes.rest();
    let length = bytes.u32()? as usize;
    let kind = bytes.array()?;
    let data = bytes.take(length)?;
    bytes.take(4)?;
    Ok(Chunk { kind, data, whole: &start[..length + 12] })
}

pub(crate) fn header(bytes: &[u8]) -> Result<Header<'_>, ImageError> {
    let mut bytes = Bytes::new(bytes);
    bytes.take(SIGNATURE)?;
    let first = next_chunk(&mut bytes)?;
    if &first.kind != b"IHDR" || first.data.len() != 13 {
        return Err(ImageError::Broken);
    }
    let mut fields = Bytes::new(first.data);
    let (width, height) = (fields.u32()?, fields.u32()?);
    let mut exif = None;
    // EXIF may follow the pixels; a cut-off file has none.
    while let Ok(chunk) = next_chunk(&mut bytes) {
        match &chunk.kind {
            b"eXIf" => {
                exif = Some(chunk.data.strip_prefix(b"Exif\0\0").unwrap_or(chunk.data));
                break;
            }
            b"IEND" => break,
            _ => {}
        }
    }
    Ok(Header::new(width, height, exif))
}

pub(crate) fn stripped(bytes: &[u8], orientation: Orientation) -> Result<Vec<u8>, ImageError> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut bytes = Bytes::new(bytes);
    out.extend_from_slice(bytes.take(SIGNATURE)?);
    let mut has_pixels = false;
    loop {
        let chunk = next_chunk(&mut bytes)?;
        match &chunk.kind {
            b"IHDR" if out.len() > SIGNATURE => return Err(ImageError::Broken),
            b"IHDR" => {
                out.extend_from_slice(chunk.whole);
                if orientation != Orientation::UPRIGHT {
                    write_exif(&mut out, orientation);
                }
            }
            b"IEND" if has_pixels => {
                out.extend_from_slice(b"\0\0\0\0IEND\xae\x42\x60\x82");
                return Ok(out);
            }
            b"IEND" => return Err(ImageError::Broken),
            // Pixels, transparency, colour, the size of a pixel, animation.
            b"IDAT" | b"PLTE" | b"tRNS" | b"bKGD" | b"sBIT" | b"gAMA" | b"cHRM" | b"sRGB" | b"iCCP" | b"cICP"
            | b"mDCV" | b"mDCv" | b"cLLI" | b"cLLi" | b"pHYs" | b"acTL" | b"fcTL" | b"fdAT" => {
                has_pixels |= &chunk.kind == b"IDAT";
                out.extend_from_slice(chunk.whole);
            }
            _ => {}
        }
    }
}

fn write_exif(out: &mut Vec<u8>, orientation: Orientation) {
    let mut checked = b"eXIf".to_vec();
    checked.extend_from_slice(&exif::only_orientation(orientation));
    out.extend_from_slice(&((checked.len() - 4) as u32).to_be_bytes());
    out.extend_from_slice(&checked);
    out.extend_from_slice(&crc32fast::hash(&checked).to_be_bytes());
}
