//! Mail: what it says, and that it is kept in the transaction of its cause.

pub(crate) mod outbox;
mod sender;
pub(crate) mod store;
mod worker;

use crate::state::Provider;
use db::Transaction;
use domain::Timestamp;
pub(crate) use sender::Mailer;

/// Seconds after which a notice without a code is no longer worth sending.
const NOTICE_SECONDS: i64 = 86_400;

const OTHERS_WAIT: &str = "\nOther sign-ups wait for this address too, perhaps not yours. If you are not sure which one \
    this is, open the link rather than type the code: there your password decides.\n";

/// What we write to people. None carries anything that somebody else typed, so that nobody can use us to send their
/// own words to strangers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Letter<'a> {
    /// Proves that the address is theirs; says when the sign-up was, for whoever gets several, and whether others wait.
    Confirm { link: &'a str, code: &'a str, signed_up_at: Timestamp, is_of_several: bool },
    /// Leads to where the password decides which of several sign-ups is theirs.
    Choose { link: &'a str },
    /// Somebody signed up with an address that has an account.
    AlreadyThere,
    /// A code for a new password.
    Reset { code: &'a str },
    /// The password is another now.
    PasswordChanged,
}

impl Letter<'_> {
    const fn subject(self) -> &'static str {
        match self {
            Self::Confirm { .. } | Self::Choose { .. } => "Confirm your email address for Lyceum",
            Self::AlreadyThere => "You already have an account at Lyceum",
            Self::Reset { .. } => "Your code for a new Lyceum password",
            Self::PasswordChanged => "Your Lyceum password was changed",
        }
    }

    fn text(self, provider: &Provider) -> String {
        let forgot = provider.settings.address("/identity/forgot-password");
        match self {
            Self::Confirm { link, code, signed_up_at, is_of_several } => format!(
                "Welcome to Lyceum.\n\n\
                 Confirm your email address within 10 minutes: type this code where you signed up: {code}\n\n\
                 or open this link\n\n{link}\n\n\
                 It belongs to the sign-up of {}. If you did not sign up then, ignore this mail: without the \
                 confirmation there is no account.\n{}",
                minute(signed_up_at),
                if is_of_several { OTHERS_WAIT } else { "" }
            ),
            Self::Choose { link } => format!(
                "More than one sign-up at Lyceum waits for this address, perhaps one that is not yours. So this mail has \
                 no code.\n\n\
                 Open this link within 10 minutes and type the password that you chose: the sign-up with it is \
                 confirmed, and no other.\n\n{link}\n\n\
                 Or sign up once more: the next mail has a code for that sign-up alone.\n\n\
                 If you did not sign up, ignore this mail: without the confirmation there is no account.\n"
            ),
            Self::AlreadyThere => format!(
                "Somebody, perhaps you, tried to sign up at Lyceum with this address. It already has an account: \
                 sign in with it. If you forgot the password, set a new one:\n\n{forgot}\n\n\
                 If it was not you, you need not do anything: nothing was changed.\n"
            ),
            Self::Reset { code } => format!(
                "Your code for a new password at Lyceum: {code}\n\n\
                 It is valid for one hour. If you did not ask for it, ignore this mail: your password stays as it \
                 is.\n"
            ),
            Self::PasswordChanged => format!(
                "The password of your Lyceum account was changed just now.\n\n\
                 If it was not you, set a new one at once:\n\n{forgot}\n"
            ),
        }
    }

    const fn useful_seconds(self) -> i64 {
        match self {
            Self::Confirm { .. } | Self::Choose { .. } => crate::accounts::CONFIRMATION_SECONDS,
            Self::Reset { .. } => crate::accounts::RESET_SECONDS,
            Self::AlreadyThere | Self::PasswordChanged => NOTICE_SECONDS,
        }
    }
}

/// A time as it stands in a mail, to the minute.
fn minute(at: Timestamp) -> String {
    let text = at.to_string();
    format!("{} UTC", text.get(..16).unwrap_or(&text).replace('T', " "))
}

impl Provider {
    /// Writes a letter to somebody; it leaves after the transaction.
    pub(crate) async fn post(&self, tx: &mut Transaction, to: &str, letter: Letter<'_>) -> sqlx::Result<()> {
        let now = self.now();
        let mail = store::NewMail {
            recipient: to,
            subject: letter.subject(),
            body: &letter.text(self),
            created_at: now,
            expires_at: now.plus_seconds(letter.useful_seconds()),
            kept_in_outbox: self.settings.has_outbox(),
        };
        store::insert(tx, mail).await
    }
}
