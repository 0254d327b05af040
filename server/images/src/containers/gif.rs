use super::Header;
use crate::{ImageError, bytes::Bytes};

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const END: u8 = 0x3b;
const CONTROL: u8 = 0xf9;
const APPLICATION: u8 = 0xff;

pub(crate) fn header(bytes: &[u8]) -> Result<Header<'_>, ImageError> {
    let mut bytes = Bytes::new(bytes);
    bytes.take(6)?;
    let (width, height) = (u32::from(bytes.u16_le()?), u32::from(bytes.u16_le()?));
    let mut header = Header::new(width, height, None);
    take_colours(&mut bytes)?;
    loop {
        match bytes.u8()? {
            EXTENSION => {
                bytes.u8()?;
                take_blocks(&mut bytes)?;
            }
            IMAGE => {
                bytes.take(4)?;
                header.frame = (u32::from(bytes.u16_le()?), u32::from(bytes.u16_le()?));
                header.working_memory = u64::from(header.frame.0) * u64::from(header.frame.1) * 4;
                return Ok(header);
            }
            _ => return Err(ImageError::Broken),
        }
    }
}

/// The flags, two other bytes, and the table of colours that the flags announce.
fn take_colours(bytes: &mut Bytes) -> Result<(), ImageError> {
    let [flags, _, _] = bytes.array()?;
    take_table(bytes, flags)
}

fn take_table(bytes: &mut Bytes, flags: u8) -> Result<(), ImageError> {
    if flags & 0x80 != 0 {
        bytes.take(3 << ((flags & 7) + 1))?;
    }
    Ok(())
}

/// Blocks up to and with the empty one that ends them.
fn take_blocks(bytes: &mut Bytes) -> Result<(), ImageError> {
    loop {
        match bytes.u8()? {
            0 => return Ok(()),
            length => {
                bytes.take(usize::from(length))?;
            }
        }
    }
}

/// GIF has no way to be turned, and of its extensions only two belong to the picture: how long a frame is shown, and
/// how often the animation is repeated.
pub(crate) fn stripped(all: &[u8]) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Bytes::new(all);
    bytes.take(10)?;
    take_colours(&mut bytes)?;
    let mut out = Vec::with_capacity(all.len());
    out.extend_from_slice(&all[..bytes.position()]);
    let mut frames = 0_usize;
    let mut control: &[u8] = &[];
    // Some writers leave out the end.
    while let Ok(kind) = bytes.u8() {
        let start = bytes.position() - 1;
        match kind {
            END => break,
            EXTENSION => {
                let label = bytes.u8()?;
                let content = bytes.position();
                take_blocks(&mut bytes)?;
                let content = &all[content..bytes.position()];
                match label {
                    // Of a fixed size: four bytes in one block.
                    CONTROL if content.len() == 6 && content[0] == 4 => control = &all[start..bytes.position()],
                    APPLICATION => repeats(&mut out, content),
                    // A text that would be drawn uses up the control before it.
                    0x01 => control = &[],
                    _ => {}
                }
            }
            IMAGE => {
                let flags = *bytes.take(9)?.last().ok_or(ImageError::Broken)?;
                take_table(&mut bytes, flags)?;
                bytes.u8()?;
                take_blocks(&mut bytes)?;
                out.extend_from_slice(std::mem::take(&mut control));
                out.extend_from_slice(&all[start..bytes.position()]);
                frames += 1;
            }
            _ => return Err(ImageError::Broken),
        }
    }
    if frames == 0 {
        return Err(ImageError::Broken);
    }
    out.push(END);
    Ok(out)
}

/// Writes the extension that repeats an animation, without what else it may hold.
fn repeats(out: &mut Vec<u8>, content: &[u8]) {
    if let [11, name @ .., 0] = content
        && let Some((name, [3, 1, low, high, ..])) = name.split_at_checked(11)
        && matches!(name, b"NETSCAPE2.0" | b"ANIMEXTS1.0")
    {
        out.extend_from_slice(&[EXTENSION, APPLICATION, 11]);
        out.extend_from_slice(name);
        out.extend_from_slice(&[3, 1, *low, *high, 0]);
    }
}
