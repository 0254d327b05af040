//! What a camera wrote, in the words of people who take pictures.

use crate::words::short_month;
use domain::albums::Exif;

/// The camera, with its maker unless the model names it already.
#[must_use]
pub fn camera(exif: &Exif) -> Option<String> {
    match (exif.make.as_deref().map(str::trim), exif.model.as_deref().map(str::trim)) {
        (Some(make), Some(model)) => {
            let first = make.split_whitespace().next().unwrap_or_default().to_lowercase();
            let is_named = !first.is_empty() && model.to_lowercase().starts_with(&first);
            Some(if is_named || make.is_empty() { model.to_owned() } else { format!("{make} {model}") })
        }
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    }
    .filter(|camera| !camera.is_empty())
}

/// How it was exposed: `1/250 s · f/2.8 · ISO 400 · 35 mm`.
#[must_use]
pub fn exposure(exif: &Exif) -> Option<String> {
    let parts = [
        exif.exposure_time.as_ref().map(|time| format!("{time} s")),
        exif.f_number.map(|number| format!("f/{}", short(number))),
        exif.iso.map(|iso| format!("ISO {iso}")),
        exif.focal_length.map(|length| format!("{} mm", short(length))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// When it was taken, by the camera's own clock: `1 Jul 2026, 09:30 (UTC+02:00)`. What cannot be read is shown as it is.
#[must_use]
pub fn taken(exif: &Exif) -> Option<String> {
    let written = exif.taken_at.as_ref()?;
    Some(local(written).unwrap_or_else(|| written.clone()))
}

fn local(written: &str) -> Option<String> {
    let (date, rest) = written.split_once('T')?;
    let mut date = date.split('-');
    let (year, month, day) = (date.next()?, date.next()?, date.next()?);
    let month = Some(short_month(month.parse().ok()?)).filter(|name| !name.is_empty())?;
    let day: u8 = day.parse().ok()?;
    let clock = rest.get(..5).filter(|clock| clock.as_bytes().get(2) == Some(&b':'))?;
    let offset = match rest.rfind(['+', '-', 'Z']).map(|place| &rest[place..]) {
        Some("Z") => " (UTC)".to_owned(),
        Some(offset) => format!(" (UTC{offset})"),
        None => String::new(),
    };
    Some(format!("{day} {month} {year}, {clock}{offset}"))
}

/// Where it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// In degrees: `48.2084° N, 16.3731° E`, with the height where it is known.
    pub words: String,
    /// A map of it.
    pub map: String,
}

/// Where it was taken, if the camera knew and it is a place on earth.
#[must_use]
pub fn spot(exif: &Exif) -> Option<Spot> {
    let (latitude, longitude) = (exif.latitude?, exif.longitude?);
    if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
        return None;
    }
    let north = if latitude < 0.0 { "S" } else { "N" };
    let east = if longitude < 0.0 { "W" } else { "E" };
    let height = exif.altitude.map(|metres| format!(", {metres:.0} m")).unwrap_or_default();
    let words = format!("{:.4}° {north}, {:.4}° {east}{height}", latitude.abs(), longitude.abs());
    let map = format!(
        "https://www.openstreetmap.org/?mlat={latitude:.6}&mlon={longitude:.6}#map=15/{latitude:.6}/{longitude:.6}"
    );
    Some(Spot { words, map })
}

/// A number with at most one digit after its point, and none that is zero.
fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn the_maker_is_named_once() {
        let camera = |make, model| camera(&Exif { make, model, ..Exif::default() });
        assert_eq!(camera(text("Canon"), text("Canon EOS R5")), text("Canon EOS R5"));
        assert_eq!(camera(text("NIKON CORPORATION"), text("NIKON Z 6")), text("NIKON Z 6"));
        assert_eq!(camera(text("Apple"), text("iPhone 15")), text("Apple iPhone 15"));
        assert_eq!(camera(None, text("X100V")), text("X100V"));
        assert_eq!(camera(text(" "), None), None);
        assert_eq!(camera(None, None), None);
    }

    #[test]
    fn exposure_is_one_line_of_what_is_known() {
        let exif = Exif {
            exposure_time: text("1/250"),
            f_number: Some(2.8),
            iso: Some(400),
            focal_length: Some(35.0),
            ..Exif::default()
        };
        assert_eq!(exposure(&exif), text("1/250 s · f/2.8 · ISO 400 · 35 mm"));
        assert_eq!(exposure(&Exif { f_number: Some(4.0), ..Exif::default() }), text("f/4"));
        assert_eq!(exposure(&Exif::default()), None);
    }

    #[test]
    fn the_cameras_clock_is_kept() {
        let taken = |at: &str| taken(&Exif { taken_at: text(at), ..Exif::default() }).unwrap();
        assert_eq!(taken("2026-07-01T09:30:00+02:00"), "1 Jul 2026, 09:30 (UTC+02:00)");
        assert_eq!(taken("2026-12-24T18:05:59"), "24 Dec 2026, 18:05");
        assert_eq!(taken("2026-12-24T18:05:59Z"), "24 Dec 2026, 18:05 (UTC)");
        for odd in ["2026-13-01T09:30:00", "T", "2026-1", "0000-00-00T00:00:00", "2026-01-01Tżółw"] {
            assert_eq!(taken(odd), odd);
        }
    }

    #[test]
    fn a_place_has_words_and_a_map() {
        let spot = |latitude, longitude, altitude| spot(&Exif { latitude, longitude, altitude, ..Exif::default() });
        let found = spot(Some(48.208_4), Some(-16.373_1), Some(171.4)).unwrap();
        assert_eq!(found.words, "48.2084° N, 16.3731° W, 171 m");
        assert!(found.map.ends_with("?mlat=48.208400&mlon=-16.373100#map=15/48.208400/-16.373100"));
        assert_eq!(spot(Some(91.0), Some(0.0), None), None);
        assert_eq!(spot(Some(f64::NAN), Some(0.0), None), None);
        assert_eq!(spot(Some(1.0), None, None), None);
    }
}
