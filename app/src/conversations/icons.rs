//! Icons that only the pages about conversations draw (lucide-static 1.62.0, ISC licence).

use crate::ui::icon::Icon;

/// A plus sign: something new.
pub const PLUS: Icon = Icon::Drawn(r#"<path d="M5 12h14"/><path d="M12 5v14"/>"#);

/// A pencil: edit.
pub const PENCIL: Icon = Icon::Drawn(
    r#"<path d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z"/><path d="m15 5 4 4"/>"#,
);

/// A bin: delete.
pub const TRASH: Icon = Icon::Drawn(
    r#"<path d="M10 11v6"/><path d="M14 11v6"/><path d="M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6"/><path d="M3 6h18"/><path d="M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"/>"#,
);

/// An arrow to the left and down: reply.
pub const REPLY: Icon = Icon::Drawn(r#"<path d="M20 18v-2a4 4 0 0 0-4-4H4"/><path d="m9 17-5-5 5-5"/>"#);

/// A smile with a plus sign: react.
pub const SMILE_PLUS: Icon = Icon::Drawn(
    r#"<path d="M13.267 2.08a10 10 0 108.653 8.653"/><path d="M15 10V9"/><path d="M16 5h6"/><path d="M16.472 15a6 6 0 01-8.943 0"/><path d="M19 2v6"/><path d="M9 10V9"/>"#,
);

/// Two sheets: copy.
pub const COPY: Icon = Icon::Drawn(
    r#"<rect width="14" height="14" x="8" y="8" rx="2" ry="2"/><path d="M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"/>"#,
);

/// A paper plane: send.
pub const SEND: Icon = Icon::Drawn(
    r#"<path d="M3.714 3.048a.498.498 0 0 0-.683.627l2.843 7.627a2 2 0 0 1 0 1.396l-2.842 7.627a.498.498 0 0 0 .682.627l18-8.5a.5.5 0 0 0 0-.904z"/><path d="M6 12h16"/>"#,
);

/// An arrow down: to the newest.
pub const ARROW_DOWN: Icon = Icon::Drawn(r#"<path d="M12 5v14"/><path d="m19 12-7 7-7-7"/>"#);

/// A crossed-out bell: muted.
pub const BELL_OFF: Icon = Icon::Drawn(
    r#"<path d="M10.268 21a2 2 0 0 0 3.464 0"/><path d="M17 17H4a1 1 0 0 1-.74-1.673C4.59 13.956 6 12.499 6 8a6 6 0 0 1 .258-1.742"/><path d="m2 2 20 20"/><path d="M8.668 3.01A6 6 0 0 1 18 8c0 2.687.77 4.653 1.707 6.05"/>"#,
);

/// A bell: notifications.
pub const BELL: Icon = Icon::Drawn(
    r#"<path d="M10.268 21a2 2 0 0 0 3.464 0"/><path d="M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326"/>"#,
);

/// A person with a plus sign: add people.
pub const USER_PLUS: Icon = Icon::Drawn(
    r#"<path d="M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2"/><circle cx="9" cy="7" r="4"/><line x1="19" x2="19" y1="8" y2="14"/><line x1="22" x2="16" y1="11" y2="11"/>"#,
);

/// A small letter in a circle: details.
pub const INFO: Icon = Icon::Drawn(r#"<circle cx="12" cy="12" r="10"/><path d="M12 16v-4"/><path d="M12 8h.01"/>"#);

/// A clock: waiting.
pub const CLOCK: Icon = Icon::Drawn(r#"<circle cx="12" cy="12" r="10"/><path d="M12 6v6l4 2"/>"#);

/// A turning arrow: try again.
pub const RETRY: Icon =
    Icon::Drawn(r#"<path d="M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8"/><path d="M21 3v5h-5"/>"#);

/// Two ticks: it arrived.
pub const SENT: Icon = Icon::Drawn(r#"<path d="M18 6 7 17l-5-5"/><path d="m22 10-7.5 7.5L13 16"/>"#);

/// An exclamation mark in a circle: it failed.
pub const FAILED: Icon = Icon::Drawn(
    r#"<circle cx="12" cy="12" r="10"/><line x1="12" x2="12" y1="8" y2="12"/><line x1="12" x2="12.01" y1="16" y2="16"/>"#,
);
