//! Which language a text is in.

use crate::Page;
use whatlang::Lang;

/// Characters that are looked at; more would not change the answer.
const SAMPLE: usize = 20_000;

/// The language of most of the text, as ISO 639-1 writes it; what the file declares decides only where the text is too
/// short or mixed to tell.
pub(crate) fn of(pages: &[Page], declared: Option<&str>) -> Option<String> {
    let sample = sample(pages);
    let found = whatlang::detect(&sample);
    if let Some(found) = &found
        && (found.is_reliable() || (sample.len() > 1000 && found.confidence() > 0.3))
    {
        return code(found.lang()).map(str::to_owned);
    }
    declared.and_then(declared_code).or_else(|| {
        found.filter(|found| found.confidence() > 0.7).and_then(|found| code(found.lang())).map(str::to_owned)
    })
}

/// From the middle outwards, because title pages and registers are poor samples.
fn sample(pages: &[Page]) -> String {
    let middle = pages.len() / 3;
    let mut sample = String::new();
    for page in pages[middle..].iter().chain(&pages[..middle]) {
        let room = SAMPLE.saturating_sub(sample.len());
        if room == 0 {
            break;
        }
        sample.extend(page.text.chars().take(room));
        sample.push('\n');
    }
    sample
}

fn declared_code(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (primary.len() == 2 && primary.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(primary)
}

#[rustfmt::skip]
fn code(lang: Lang) -> Option<&'static str> {
    Some(match lang.code() {
        "epo" => "eo", "eng" => "en", "rus" => "ru", "cmn" => "zh", "spa" => "es", "por" => "pt", "ita" => "it",
        "ben" => "bn", "fra" => "fr", "deu" => "de", "ukr" => "uk", "kat" => "ka", "ara" => "ar", "hin" => "hi",
        "jpn" => "ja", "heb" => "he", "yid" => "yi", "pol" => "pl", "amh" => "am", "jav" => "jv", "kor" => "ko",
        "nob" => "nb", "dan" => "da", "swe" => "sv", "fin" => "fi", "tur" => "tr", "nld" => "nl", "hun" => "hu",
        "ces" => "cs", "ell" => "el", "bul" => "bg", "bel" => "be", "mar" => "mr", "kan" => "kn", "ron" => "ro",
        "slv" => "sl", "hrv" => "hr", "srp" => "sr", "mkd" => "mk", "lit" => "lt", "lav" => "lv", "est" => "et",
        "tam" => "ta", "vie" => "vi", "urd" => "ur", "tha" => "th", "guj" => "gu", "uzb" => "uz", "pan" => "pa",
        "aze" => "az", "ind" => "id", "tel" => "te", "pes" => "fa", "mal" => "ml", "ori" => "or", "mya" => "my",
        "nep" => "ne", "sin" => "si", "khm" => "km", "tuk" => "tk", "aka" => "ak", "zul" => "zu", "sna" => "sn",
        "afr" => "af", "lat" => "la", "slk" => "sk", "cat" => "ca", "tgl" => "tl", "hye" => "hy", "cym" => "cy",
        _ => return None,
    })
}
