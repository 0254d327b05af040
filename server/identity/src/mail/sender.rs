//! Handing a mail to the mail server.

use super::store::DueMail;
use crate::{Error, MailSettings};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use secrecy::ExposeSecret as _;
use std::{
    fmt,
    time::{Duration, SystemTime},
};

/// A mail server that does not answer within this time counts as away.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A mail server and the sender's address.
pub(crate) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// What became of a mail.
#[derive(Debug)]
pub(super) enum Delivery {
    Done,
    /// The server says that it never will.
    Refused(String),
    /// Worth another try.
    Failed(String),
}

impl Mailer {
    /// None with the outbox.
    pub(crate) fn new(settings: &MailSettings) -> Result<Option<Self>, Error> {
        let MailSettings::Smtp { url, from } = settings else { return Ok(None) };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret())
            .map_err(|error| Error::Mail(format!("the mail server's address cannot be read: {error}")))?
            .timeout(Some(TIMEOUT))
            .build();
        let from = from.parse().map_err(|error| Error::Mail(format!("the sender cannot be read: {error}")))?;
        Ok(Some(Self { transport, from }))
    }

    pub(super) async fn send(&self, mail: &DueMail) -> Delivery {
        let message = match self.message(mail) {
            Ok(message) => message,
            Err(error) => return Delivery::Refused(error),
        };
        match self.transport.send(message).await {
            Ok(_) => Delivery::Done,
            Err(error) if error.is_permanent() => Delivery::Refused(kind_of(&error)),
            Err(error) => Delivery::Failed(kind_of(&error)),
        }
    }

    fn message(&self, mail: &DueMail) -> Result<Message, String> {
        let recipient = mail.recipient.parse().map_err(|_| "the recipient is no address".to_owned())?;
        let written = u64::try_from(mail.created_at).unwrap_or_default();
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, recipient))
            .subject(&mail.subject)
            .date(SystemTime::UNIX_EPOCH + Duration::from_micros(written))
            // The same at every try, so that a mail that was sent twice is shown once.
            .message_id(Some(format!("<{}.{}@{}>", mail.id, written, self.from.email.domain())))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone().unwrap_or_default())
            .map_err(|error| error.to_string())
    }
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailer")
    }
}

/// What failed without the server's own words: they often repeat the recipient, who has no place in a log.
fn kind_of(error: &lettre::transport::smtp::Error) -> String {
    if let Some(code) = error.status() {
        return format!("the mail server answered {code}");
    }
    let kind = if error.is_timeout() {
        "it took too long"
    } else if error.is_tls() {
        "the encrypted connection failed"
    } else if error.is_response() || error.is_client() {
        "the conversation with the mail server failed"
    } else {
        "the mail server cannot be reached"
    };
    kind.to_owned()
}
