use crate::meter::Meter;
use crate::reading::Reading;
use crate::writer::{Paging, Writer};
use crate::{Failure, encoding, markup};
use encoding_rs::Encoding;

/// How far into a page its declaration of an encoding may stand.
const DECLARATION: usize = 1024;

pub(crate) fn read(bytes: &[u8], meter: &mut Meter<'_>) -> Result<Reading, Failure> {
    let text = encoding::decode(bytes, declared(bytes));
    let mut writer = Writer::new(Paging::Flowing, meter);
    let about = markup::write(&text, &mut writer)?;
    Ok(Reading { title: about.title, language: about.language, pages: writer.finish()? })
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).to_ascii_lowercase();
    let after = start.split_once("charset=").or_else(|| start.split_once("encoding="))?.1;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|char: char| !(char.is_ascii_alphanumeric() || "-_:.".contains(char))).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}
