//! What the list of sessions says, worked out without a page.

use domain::sessions::Session;

/// The effect of the button beside a session.
#[must_use]
pub fn end_label(session: &Session) -> String {
    format!("End session on {}", device(session))
}

/// What the session runs on, said in words also when it could not be told.
#[must_use]
pub fn device(session: &Session) -> String {
    let device = session.device.trim();
    if device.is_empty() { "an unknown browser".into() } else { device.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use uuid::Uuid;

    fn session(device: &str) -> Session {
        let moment = Timestamp::from_seconds(0);
        Session {
            id: Uuid::nil(),
            device: device.into(),
            created_at: moment,
            last_used_at: moment,
            expires_at: moment,
            current: false,
        }
    }

    #[test]
    fn the_button_names_what_it_ends() {
        assert_eq!(end_label(&session("Firefox on Linux")), "End session on Firefox on Linux");
        assert_eq!(end_label(&session(" ")), "End session on an unknown browser");
    }
}
