//! Fingers, mouse and wheel on a picture.

use super::zoom::{Point, Zoom};
use leptos::{
    ev::{PointerEvent, WheelEvent},
    html::Div,
    prelude::*,
};

/// A swipe is at least so long, in CSS pixels.
const SWIPE: f64 = 60.0;
/// Two taps within this time and distance are one double tap.
const TAPS_MILLIS: f64 = 300.0;
const TAPS_APART: f64 = 30.0;

/// Where a swipe leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// To the picture before.
    Previous,
    /// To the picture after.
    Next,
}

/// What fingers, mouse and wheel do with a picture in its frame: pinch, drag, double tap and swipe. The frame hands its
/// pointer events over.
#[derive(Clone, Copy, Debug)]
pub struct Touch {
    frame: NodeRef<Div>,
    zoom: RwSignal<Zoom>,
    turn: Callback<Turn>,
    fingers: StoredValue<Vec<(i32, Point)>>,
    start: StoredValue<Point>,
    last_tap: StoredValue<(f64, Point)>,
}

impl Touch {
    /// In this frame; it changes the zoom, and says when a swipe turns over.
    #[must_use]
    pub fn new(frame: NodeRef<Div>, zoom: RwSignal<Zoom>, turn: Callback<Turn>) -> Self {
        Self {
            frame,
            zoom,
            turn,
            fingers: StoredValue::new(Vec::new()),
            start: StoredValue::new((0.0, 0.0)),
            last_tap: StoredValue::new((f64::MIN, (0.0, 0.0))),
        }
    }

    /// Where something is, from the middle of the frame.
    fn point(self, x: i32, y: i32) -> Point {
        let Some(frame) = self.frame.get_untracked() else { return (0.0, 0.0) };
        let middle_x = f64::from(frame.offset_left()) + f64::from(frame.offset_width()) / 2.0;
        let middle_y = f64::from(frame.offset_top()) + f64::from(frame.offset_height()) / 2.0;
        (f64::from(x) - middle_x, f64::from(y) - middle_y)
    }

    fn set(self, zoom: Zoom) {
        let size = self.frame.get_untracked().map(|frame| (frame.offset_width(), frame.offset_height()));
        let (width, height) = size.unwrap_or_default();
        self.zoom.set(zoom.within((f64::from(width), f64::from(height))));
    }

    /// A finger has come, or a button was pressed.
    pub fn down(self, event: &PointerEvent) {
        self.start.set_value((f64::from(event.client_x()), f64::from(event.client_y())));
        let point = self.point(event.client_x(), event.client_y());
        self.fingers.update_value(|fingers| fingers.push((event.pointer_id(), point)));
    }

    /// A finger moves.
    pub fn moved(self, event: &PointerEvent) {
        let point = self.point(event.client_x(), event.client_y());
        let mut fingers = self.fingers.get_value();
        let Some(finger) = fingers.iter_mut().find(|(id, _)| *id == event.pointer_id()) else { return };
        let before = std::mem::replace(&mut finger.1, point);
        let zoom = self.zoom.get_untracked();
        match fingers.as_slice() {
            [_] if zoom.is_zoomed() => self.set(zoom.moved(point.0 - before.0, point.1 - before.1)),
            [one, other] => {
                let still = if one.0 == event.pointer_id() { other.1 } else { one.1 };
                self.set(zoom.pinched((before, still), (point, still)));
            }
            _ => {}
        }
        self.fingers.set_value(fingers);
    }

    /// A finger has gone; the last one may have tapped or swiped.
    pub fn up(self, event: &PointerEvent) {
        if self.lifted(event) {
            self.ended(event);
        }
    }

    /// The browser has taken a finger for something of its own.
    pub fn cancelled(self, event: &PointerEvent) {
        self.lifted(event);
    }

    /// A finger has gone; says whether it was the only one.
    fn lifted(self, event: &PointerEvent) -> bool {
        let before = self.fingers.with_value(Vec::len);
        self.fingers.update_value(|fingers| fingers.retain(|(id, _)| *id != event.pointer_id()));
        before == 1
    }

    fn ended(self, event: &PointerEvent) {
        let (start, last_tap) = (self.start.get_value(), self.last_tap);
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let (right, down) = (x - start.0, y - start.1);
        let point = self.point(event.client_x(), event.client_y());
        if right.hypot(down) < TAPS_APART / 3.0 {
            let (at, place) = last_tap.get_value();
            let is_second =
                event.time_stamp() - at < TAPS_MILLIS && (point.0 - place.0).hypot(point.1 - place.1) < TAPS_APART;
            if is_second {
                self.set(self.zoom.get_untracked().toggled_at(point));
            }
            last_tap.set_value(if is_second { (f64::MIN, point) } else { (event.time_stamp(), point) });
        } else if !self.zoom.get_untracked().is_zoomed() && right.abs() > SWIPE && right.abs() > 2.0 * down.abs() {
            self.turn.run(if right > 0.0 { Turn::Previous } else { Turn::Next });
        }
    }

    /// The wheel zooms with Ctrl, which is also how a touchpad tells of a pinch.
    pub fn wheel(self, event: &WheelEvent) {
        if event.ctrl_key() {
            event.prevent_default();
            let point = self.point(event.client_x(), event.client_y());
            self.set(self.zoom.get_untracked().by((-event.delta_y() / 200.0).exp(), point));
        }
    }
}
