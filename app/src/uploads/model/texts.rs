//! Uploads in words.

use super::{FileKind, Progress, State, Summary};
use domain::uploads::StoredFile;

/// A size as people read it: `3.4 MB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1_000 {
        return if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") };
    }
    let rounded = |divisor: u64| (bytes.saturating_mul(10).saturating_add(divisor / 2)) / divisor;
    let (mut unit, mut divisor) = (0, 1_000);
    while rounded(divisor) >= 9_995 && unit + 1 < UNITS.len() {
        unit += 1;
        divisor *= 1_000;
    }
    let tenths = rounded(divisor);
    if tenths < 100 {
        format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
    } else {
        format!("{} {}", (tenths + 5) / 10, UNITS[unit])
    }
}

/// What is said under the name of a file.
#[must_use]
pub fn state_line(state: &State, progress: Progress) -> String {
    let whole = size(progress.size);
    match state {
        State::Waiting => format!("{whole} · waiting"),
        State::Sending => match progress.bytes_per_second {
            Some(speed) => format!("{} of {whole} · {}/s", size(progress.sent), size(speed)),
            None => format!("{} of {whole}", size(progress.sent)),
        },
        State::Resting => format!("{} of {whole} · waiting for connection", size(progress.sent)),
        State::Finishing => format!("{whole} · finishing"),
        State::Done => format!("{whole} · done"),
        State::Failed(reason) | State::Refused(reason) => reason.clone(),
        State::NeedsFile => {
            format!("{} of {whole} are there: pick the file again to go on", size(progress.sent))
        }
    }
}

/// All uploads in one line: `Uploading 3 of 12 · 40 % · 1 min left`.
#[must_use]
pub fn summary(summary: Summary) -> String {
    let Summary { total, done, failed, progress } = summary;
    if summary.is_under_way() {
        let left = progress.seconds_left().map(|seconds| format!(" · {} left", duration(seconds))).unwrap_or_default();
        return format!("Uploading {} of {total} · {} %{left}", done + 1, progress.percent());
    }
    match (done, failed) {
        (_, 0) => format!("{} uploaded", files(done)),
        (0, _) => format!("{} not uploaded", files(failed)),
        _ => format!("{} uploaded, {failed} not", files(done)),
    }
}

/// So many files in words.
#[must_use]
pub fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

/// So many files cannot go yet.
#[must_use]
pub fn waiting(count: usize) -> String {
    format!("{} {} for the connection.", files(count), if count == 1 { "waits" } else { "wait" })
}

/// A time as people say it, never shorter than it will be.
#[must_use]
pub fn duration(seconds: u64) -> String {
    match seconds {
        ..=59 => format!("{} s", seconds.max(1)),
        60..=3_540 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3_600)),
    }
}

/// Why a file cannot be sent at all, where that is plain without asking. How large it may be the server says, before
/// anything is sent: each installation has its own limits.
#[must_use]
pub fn refusal(bytes: u64) -> Option<String> {
    (bytes == 0).then(|| "The file is empty.".to_owned())
}

/// A file in a word or by its name: `Photo`, `report.pdf`.
#[must_use]
pub fn called(file: &StoredFile) -> String {
    let word = FileKind::of(&file.content_type, &file.filename).word();
    word.map_or_else(|| file.filename.clone(), ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        for (bytes, words) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1_000, "1.0 kB"),
            (9_960, "10 kB"),
            (12_345, "12 kB"),
            (999_400, "999 kB"),
            (999_600, "1.0 MB"),
            (3_449_000, "3.4 MB"),
            (200_000_000, "200 MB"),
            (1_500_000_000, "1.5 GB"),
        ] {
            assert_eq!(size(bytes), words, "{bytes}");
        }
    }

    #[test]
    fn a_row_says_what_happens() {
        let progress = Progress { sent: 1_500_000, size: 3_000_000, bytes_per_second: Some(500_000) };
        assert_eq!(state_line(&State::Sending, progress), "1.5 MB of 3.0 MB · 500 kB/s");
        assert_eq!(state_line(&State::Failed("No.".into()), progress), "No.");
        assert_eq!(state_line(&State::Refused("Too large.".into()), progress), "Too large.");
        assert!(state_line(&State::NeedsFile, progress).contains("pick the file again"));
    }

    #[test]
    fn all_in_one_line() {
        let sending = Progress { sent: 40, size: 100, bytes_per_second: Some(1) };
        let rows = [(State::Done, Progress { size: 100, ..Progress::default() }), (State::Sending, sending)];
        assert_eq!(summary(Summary::of(rows.clone())), "Uploading 2 of 2 · 70 % · 1 min left");
        let failed = (State::Failed(String::new()), sending);
        assert_eq!(summary(Summary::of([rows[0].clone(), failed])), "1 file uploaded, 1 not");
        assert_eq!(summary(Summary::of([rows[0].clone()])), "1 file uploaded");
    }

    #[test]
    fn what_waits_is_counted() {
        assert_eq!(waiting(1), "1 file waits for the connection.");
        assert_eq!(waiting(3), "3 files wait for the connection.");
    }

    #[test]
    fn what_cannot_be_sent_is_said_at_once() {
        assert_eq!(refusal(0).as_deref(), Some("The file is empty."));
        assert_eq!(refusal(500_000_000), None);
    }
}
