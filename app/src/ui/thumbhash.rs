//! Thumbhashes: what a picture roughly looks like, in some twenty bytes
//! (the format and the algorithm are Evan Wallace's, <https://evanw.github.io/thumbhash/>, MIT licence).

use std::f32::consts::PI;

/// Longest side of what is drawn, in pixels.
const SIDE: f32 = 24.0;

/// A tiny picture as a `data:` address, from a thumbhash in base64; none when it is not one.
#[must_use]
pub fn data_address(base64: &str) -> Option<String> {
    let (width, height, pixels) = decode(&from_base64(base64)?)?;
    Some(format!("data:image/bmp;base64,{}", to_base64(&bitmap(width, height, &pixels))))
}

/// Coefficients of one channel.
struct Channel {
    dc: f32,
    ac: Vec<f32>,
    nx: usize,
    ny: usize,
}

/// Reads four bits after another.
struct Nibbles<'a> {
    bytes: &'a [u8],
    next: usize,
}

impl Nibbles<'_> {
    fn channel(&mut self, dc: f32, nx: usize, ny: usize, scale: f32) -> Option<Channel> {
        let mut ac = Vec::new();
        for cy in 0..ny {
            let mut cx = usize::from(cy == 0);
            while cx * ny < nx * (ny - cy) {
                let byte = self.bytes.get(self.next / 2)?;
                let nibble = (byte >> (4 * (self.next % 2))) & 15;
                self.next += 1;
                ac.push((f32::from(nibble) / 7.5 - 1.0) * scale);
                cx += 1;
            }
        }
        Some(Channel { dc, ac, nx, ny })
    }
}

impl Channel {
    fn at(&self, fx: &[f32], fy: &[f32]) -> f32 {
        let mut value = self.dc;
        let mut coefficients = self.ac.iter();
        for (cy, row) in fy.iter().enumerate().take(self.ny) {
            let mut cx = usize::from(cy == 0);
            while cx * self.ny < self.nx * (self.ny - cy) {
                value += coefficients.next().unwrap_or(&0.0) * fx[cx] * row * 2.0;
                cx += 1;
            }
        }
        value
    }
}

/// Width, height, and three bytes a pixel from the top left; transparency is left out.
fn decode(hash: &[u8]) -> Option<(usize, usize, Vec<u8>)> {
    let byte = |place: usize| hash.get(place).copied().map(u32::from);
    let header = byte(0)? | byte(1)? << 8 | byte(2)? << 16;
    let shape = byte(3)? | byte(4)? << 8;
    let part = |from: u32, shift: u32, mask: u32| ((from >> shift) & mask) as f32;
    let has_alpha = header >> 23 != 0;
    let is_landscape = shape >> 15 != 0;
    let (long, short) = (if has_alpha { 5 } else { 7 }, ((shape & 7) as usize).max(1));
    let (lx, ly) = if is_landscape { (long, short) } else { (short, long) };
    let ratio = lx as f32 / ly as f32;
    let mut nibbles = Nibbles { bytes: hash.get(if has_alpha { 6 } else { 5 }..)?, next: 0 };
    let light = nibbles.channel(part(header, 0, 63) / 63.0, lx.max(3), ly.max(3), part(header, 18, 31) / 31.0)?;
    let p = nibbles.channel(part(header, 6, 63) / 31.5 - 1.0, 3, 3, part(shape, 3, 63) / 63.0 * 1.25)?;
    let q = nibbles.channel(part(header, 12, 63) / 31.5 - 1.0, 3, 3, part(shape, 9, 63) / 63.0 * 1.25)?;
    let side = |share: f32| (SIDE * share.min(1.0)).round().max(1.0) as usize;
    let (width, height) = (side(ratio), side(1.0 / ratio));
    let waves = |place: usize, count: usize| -> Vec<f32> {
        (0..7).map(|wave| (PI / count as f32 * (place as f32 + 0.5) * wave as f32).cos()).collect()
    };
    let columns: Vec<Vec<f32>> = (0..width).map(|x| waves(x, width)).collect();
    let mut pixels = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        let fy = waves(y, height);
        for fx in &columns {
            let (l, p, q) = (light.at(fx, &fy), p.at(fx, &fy), q.at(fx, &fy));
            let blue = l - 2.0 / 3.0 * p;
            let red = (3.0 * l - blue + q) / 2.0;
            let green = red - q;
            pixels.extend([red, green, blue].map(|value| (value.clamp(0.0, 1.0) * 255.0).round() as u8));
        }
    }
    Some((width, height, pixels))
}

/// A Windows bitmap: what every browser reads and nothing has to be compressed for.
fn bitmap(width: usize, height: usize, pixels: &[u8]) -> Vec<u8> {
    const HEADER: usize = 54;
    let row = (width * 3).next_multiple_of(4);
    let number = |value: usize| u32::try_from(value).unwrap_or_default().to_le_bytes();
    let mut file = Vec::with_capacity(HEADER + row * height);
    file.extend(*b"BM");
    file.extend([HEADER + row * height, 0, HEADER, 40, width, height].map(number).concat());
    file.extend([1, 0, 24, 0]);
    file.extend([0, row * height, 2_835, 2_835, 0, 0].map(number).concat());
    // From the bottom up, blue first.
    for line in pixels.chunks(width * 3).rev() {
        let end = file.len() + row;
        for pixel in line.chunks(3) {
            file.extend(pixel.iter().rev());
        }
        file.resize(end, 0);
    }
    file
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn to_base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |place: usize| u32::from(chunk.get(place).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        bits = bits << 6 | u32::try_from(value).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_becomes_a_picture_of_its_shape() {
        // The reference implementation's first example: a sunset, wider than high.
        let (width, height, pixels) = decode(&from_base64("1QcSHQRnh493V4dIh4eXh1h4kJUI").unwrap()).unwrap();
        assert!(pixels.len() == width * height * 3 && width.max(height) == 24);
        let address = data_address("1QcSHQRnh493V4dIh4eXh1h4kJUI").unwrap();
        let file = from_base64(address.strip_prefix("data:image/bmp;base64,").unwrap()).unwrap();
        assert_eq!(&file[..2], b"BM");
        assert_eq!(u32::from_le_bytes([file[2], file[3], file[4], file[5]]) as usize, file.len());
    }

    #[test]
    fn what_is_no_hash_is_nothing() {
        for bad in ["", "AA", "not base64!", "1QcSHQ"] {
            assert_eq!(data_address(bad), None, "{bad}");
        }
    }

    #[test]
    fn base64_comes_back() {
        for text in ["", "f", "fo", "foo", "foob", "fooba", "foobar"] {
            assert_eq!(from_base64(&to_base64(text.as_bytes())).unwrap(), text.as_bytes());
        }
        assert_eq!(to_base64(b"foob"), "Zm9vYg==");
    }
}
