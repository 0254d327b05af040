use super::Header;
use crate::{ImageError, bytes::Bytes, exif, orientation::Orientation};

const EXIF: &[u8] = b"Exif\0\0";
const PROFILE: &[u8] = b"ICC_PROFILE\0";

enum Part<'a> {
    Segment(u8, &'a [u8]),
    /// A scan's header and the coded pixels that follow it.
    Scan(&'a [u8], &'a [u8]),
}

/// The parts of the first picture in the file; what follows its end is never seen.
struct Parts<'a> {
    bytes: Bytes<'a>,
    /// Whether the marker of the end has come.
    has_ended: bool,
}

impl<'a> Parts<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, ImageError> {
        let mut bytes = Bytes::new(bytes);
        bytes.take(2)?;
        Ok(Self { bytes, has_ended: false })
    }

    /// `None` at the end of the picture, or where the file is cut off between two parts.
    fn next(&mut self) -> Result<Option<Part<'a>>, ImageError> {
        loop {
            let Some(at) = memchr::memchr(0xff, self.bytes.rest()) else { return Ok(None) };
            self.bytes.take(at)?;
            let marker = loop {
                match self.bytes.u8() {
                    Ok(0xff) => {}
                    Ok(marker) => break marker,
                    Err(_) => return Ok(None),
                }
            };
            match marker {
                0xd9 => {
                    self.has_ended = true;
                    return Ok(None);
                }
                // Without a payload, or no marker at all.
                0x00 | 0x01 | 0xd0..=0xd8 => {}
                marker => {
                    let length = usize::from(self.bytes.u16()?).checked_sub(2).ok_or(ImageError::Broken)?;
                    let payload = self.bytes.take(length)?;
                    return Ok(Some(if marker == 0xda {
                        Part::Scan(payload, self.coded()?)
                    } else {
                        Part::Segment(marker, payload)
                    }));
                }
            }
        }
    }

    /// Up to the next marker that is not part of the coded pixels.
    fn coded(&mut self) -> Result<&'a [u8], ImageError> {
        let rest = self.bytes.rest();
        let end = memchr::memchr_iter(0xff, rest)
            .find(|at| !matches!(rest.get(at + 1), Some(0x00 | 0xd0..=0xd7 | 0xff)))
            .unwrap_or(rest.len());
        self.bytes.take(end)
    }
}

fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

pub(crate) fn header(bytes: &[u8]) -> Result<Header<'_>, ImageError> {
    let mut parts = Parts::of(bytes)?;
    let mut exif = None;
    while let Some(Part::Segment(marker, payload)) = parts.next()? {
        if marker == 0xe1 && exif.is_none() {
            exif = payload.strip_prefix(EXIF);
        } else if is_frame(marker) {
            // Some writers place EXIF behind the frame's header.
            while let (None, Ok(Some(Part::Segment(marker, payload)))) = (exif, parts.next()) {
                if marker == 0xe1 {
                    exif = payload.strip_prefix(EXIF);
                }
            }
            return frame(marker, payload, exif);
        }
    }
    Err(ImageError::Broken)
}

fn frame<'a>(marker: u8, payload: &[u8], exif: Option<&'a [u8]>) -> Result<Header<'a>, ImageError> {
    let mut payload = Bytes::new(payload);
    payload.u8()?;
    let (height, width) = (u32::from(payload.u16()?), u32::from(payload.u16()?));
    if width == 0 || height == 0 {
        return Err(ImageError::Broken);
    }
    let mut header = Header::new(width, height, exif);
    // Only a picture that arrives at once can be decoded row by row; of others all coefficients are held.
    if !matches!(marker, 0xc0 | 0xc1) {
        header.working_memory = u64::from(width) * u64::from(height) * coefficients(&mut payload)?;
    }
    Ok(header)
}

/// Bytes per pixel of all components' coefficients, rounded up.
fn coefficients(payload: &mut Bytes) -> Result<u64, ImageError> {
    let mut sizes = Vec::new();
    for _ in 0..payload.u8()? {
        let [_, sampling, _] = payload.array()?;
        sizes.push(u64::from(sampling >> 4) * u64::from(sampling & 15));
    }
    let largest = sizes.iter().copied().max().unwrap_or(1).max(1);
    Ok((2 * sizes.iter().sum::<u64>()).div_ceil(largest))
}

/// How often the decoder would go over all pixels.
pub(crate) fn scans(bytes: &[u8]) -> Result<usize, ImageError> {
    let mut parts = Parts::of(bytes)?;
    let mut count = 0;
    // A cut-off file is shown as far as it goes.
    while let Ok(Some(part)) = parts.next() {
        count += usize::from(matches!(part, Part::Scan(..)));
    }
    Ok(count)
}

/// Whether the file goes on to the end of the picture, as far as its markers tell.
pub(crate) fn has_end(bytes: &[u8]) -> bool {
    let Ok(mut parts) = Parts::of(bytes) else { return false };
    while let Ok(Some(_)) = parts.next() {}
    parts.has_ended
}

pub(crate) fn stripped(bytes: &[u8], orientation: Orientation) -> Result<Vec<u8>, ImageError> {
    let mut parts = Parts::of(bytes)?;
    let mut start = b"\xff\xd8".to_vec();
    let mut rest = Vec::with_capacity(bytes.len());
    let (mut jfif, mut scans) = (false, 0_usize);
    while let Some(part) = parts.next()? {
        match part {
            Part::Segment(0xe0, payload) if !jfif && payload.starts_with(b"JFIF\0") && payload.len() >= 14 => {
                // Its last two bytes give the size of a thumbnail.
                segment(&mut start, 0xe0, &[&payload[..12], &[0, 0]].concat());
                jfif = true;
            }
            Part::Segment(0xe2, payload) if payload.starts_with(PROFILE) => segment(&mut rest, 0xe2, payload),
            Part::Segment(0xee, payload) if payload.starts_with(b"Adobe") && payload.len() >= 12 => {
                segment(&mut rest, 0xee, &payload[..12]);
            }
            // Tables, the frame, restarts, the number of lines.
            Part::Segment(marker @ (0xc0..=0xcf | 0xdb..=0xdd), payload) => segment(&mut rest, marker, payload),
            Part::Segment(..) => {}
            Part::Scan(header, coded) => {
                segment(&mut rest, 0xda, header);
                rest.extend_from_slice(coded);
                scans += 1;
            }
        }
    }
    if scans == 0 {
        return Err(ImageError::Broken);
    }
    if orientation != Orientation::UPRIGHT {
        segment(&mut start, 0xe1, &[EXIF, &exif::only_orientation(orientation)].concat());
    }
    start.append(&mut rest);
    start.extend_from_slice(b"\xff\xd9");
    Ok(start)
}

/// `payload` has come from a segment, or is short.
fn segment(out: &mut Vec<u8>, marker: u8, payload: &[u8]) {
    out.extend_from_slice(&[0xff, marker]);
    out.extend_from_slice(&((payload.len() + 2) as u16).to_be_bytes());
    out.extend_from_slice(payload);
}
