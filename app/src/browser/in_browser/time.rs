//! The person's own clock and time zone.

use domain::Timestamp;
use wasm_bindgen::JsValue;

/// The moment in the person's own time zone and format.
#[must_use]
pub fn local_time(moment: Timestamp) -> Option<String> {
    let options = js_sys::Object::new();
    for (name, style) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        js_sys::Reflect::set(&options, &name.into(), &style.into()).ok()?;
    }
    // The pages are in English, so their dates are; `en-GB` puts them in the order that most of the world reads.
    Some(date(moment).to_locale_string("en-GB", &options).into())
}

/// Milliseconds since the epoch, by the browser's clock.
#[must_use]
pub fn now_millis() -> i64 {
    js_sys::Date::now() as i64
}

/// The day of a moment in the person's time zone, as days since the epoch.
#[must_use]
pub fn local_day(moment: Timestamp) -> i64 {
    // West of Greenwich the offset is positive.
    let offset_minutes = date(moment).get_timezone_offset() as i64;
    moment.plus_seconds(-offset_minutes * 60).day()
}

/// The time of day of a moment in the person's time zone: `15:34`.
#[must_use]
pub fn local_clock(moment: Timestamp) -> Option<String> {
    let date = date(moment);
    Some(format!("{:02}:{:02}", date.get_hours(), date.get_minutes()))
}

fn date(moment: Timestamp) -> js_sys::Date {
    js_sys::Date::new(&JsValue::from_f64((moment.micros() / 1_000) as f64))
}
