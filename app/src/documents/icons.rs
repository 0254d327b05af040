//! Icons that only the pages about documents, quizzes and review draw (lucide-static 1.62.0, ISC licence).

use crate::ui::icon::Icon;

/// A plus sign.
pub const PLUS: Icon = Icon::Drawn(r#"<path d="M5 12h14"/><path d="M12 5v14"/>"#);

/// An arrow out of a tray: add documents.
pub const UPLOAD: Icon = Icon::Drawn(
    r#"<path d="M12 3v12"/><path d="m17 8-5-5-5 5"/><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/>"#,
);

/// An open book: read.
pub const BOOK: Icon = Icon::Drawn(
    r#"<path d="M12 5v16"/><path d="M20.001 19A2 2 0 0022 17V5a2 2 0 00-1.999-2L16 3.002A5 5 0 0012 5a5 5 0 00-4-2H4a2 2 0 00-2 2v12a2 2 0 001.999 2H8a5 5 0 014 2 5 5 0 014-2z"/>"#,
);

/// A notebook: notes.
pub const NOTES: Icon = Icon::Drawn(
    r#"<path d="M2 6h4"/><path d="M2 10h4"/><path d="M2 14h4"/><path d="M2 18h4"/><rect width="16" height="20" x="4" y="2" rx="2"/><path d="M9.5 8h5"/><path d="M9.5 12H16"/><path d="M9.5 16H14"/>"#,
);

/// A pencil: edit.
pub const PENCIL: Icon = Icon::Drawn(
    r#"<path d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z"/><path d="m15 5 4 4"/>"#,
);

/// A bin: delete.
pub const TRASH: Icon = Icon::Drawn(
    r#"<path d="M10 11v6"/><path d="M14 11v6"/><path d="M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6"/><path d="M3 6h18"/><path d="M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"/>"#,
);

/// An arrowhead to the left: previous.
pub const PREVIOUS: Icon = Icon::Drawn(r#"<path d="m15 18-6-6 6-6"/>"#);

/// An arrowhead to the right: next.
pub const NEXT: Icon = Icon::Drawn(r#"<path d="m9 18 6-6-6-6"/>"#);

/// A clock with an arrow: older versions.
pub const HISTORY: Icon = Icon::Drawn(
    r#"<path d="M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8"/><path d="M3 3v5h5"/><path d="M12 7v5l4 2"/>"#,
);

/// Two arrows in a circle: make anew.
pub const REFRESH: Icon = Icon::Drawn(
    r#"<path d="M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8"/><path d="M21 3v5h-5"/><path d="M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16"/><path d="M8 16H3v5"/>"#,
);

/// A printer.
pub const PRINTER: Icon = Icon::Drawn(
    r#"<path d="M6 18H4a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-2"/><path d="M6 9V3a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v6"/><rect x="6" y="14" width="12" height="8" rx="1"/>"#,
);

/// A sheet with lines: the original file.
pub const FILE: Icon = Icon::Drawn(
    r#"<path d="M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z"/><path d="M14 2v5a1 1 0 0 0 1 1h5"/><path d="M10 9H8"/><path d="M16 13H8"/><path d="M16 17H8"/>"#,
);

/// Three linked points: share.
pub const SHARE: Icon = Icon::Drawn(
    r#"<circle cx="18" cy="5" r="3"/><circle cx="6" cy="12" r="3"/><circle cx="18" cy="19" r="3"/><line x1="8.59" x2="15.42" y1="13.51" y2="17.49"/><line x1="15.41" x2="8.59" y1="6.51" y2="10.49"/>"#,
);

/// A stopwatch.
pub const TIMER: Icon = Icon::Drawn(
    r#"<line x1="10" x2="14" y1="2" y2="2"/><line x1="12" x2="15" y1="14" y2="11"/><circle cx="12" cy="14" r="8"/>"#,
);

/// Three dots: more.
pub const MORE: Icon =
    Icon::Drawn(r#"<circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/><circle cx="5" cy="12" r="1"/>"#);

/// An arrow into a tray: export.
pub const DOWNLOAD: Icon = Icon::Drawn(
    r#"<path d="M12 15V3"/><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/><path d="m7 10 5 5 5-5"/>"#,
);

/// A raised hand: I was right.
pub const HAND: Icon = Icon::Drawn(
    r#"<path d="M18 11V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2"/><path d="M14 10V4a2 2 0 0 0-2-2a2 2 0 0 0-2 2v2"/><path d="M10 10.5V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2v8"/><path d="M18 8a2 2 0 1 1 4 0v6a8 8 0 0 1-8 8h-2c-2.8 0-4.5-.86-5.99-2.34l-3.6-3.6a2 2 0 0 1 2.83-2.82L7 15"/>"#,
);

/// A plus sign in a circle: add to the review.
pub const ADD: Icon = Icon::Drawn(r#"<circle cx="12" cy="12" r="10"/><path d="M8 12h8"/><path d="M12 8v8"/>"#);

/// Columns: results.
pub const CHART: Icon =
    Icon::Drawn(r#"<path d="M3 3v16a2 2 0 0 0 2 2h16"/><path d="M18 17V9"/><path d="M13 17V5"/><path d="M8 17v-3"/>"#);
