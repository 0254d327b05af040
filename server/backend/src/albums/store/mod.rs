//! Rows of albums, of those who see them, of photos and their tags.

/// What one person may do with which albums, whichever way they came to it: 1 look, 2 add photos, 3 everything.
macro_rules! roles {
    ($account:literal) => {
        concat!(
            "roles as (select album_id, max(role) as role from ( \
               select id as album_id, cast(3 as bigint) as role from albums where owner_id = ",
            $account,
            " union all select album_id, role from album_members where account_id = ",
            $account,
            " union all select s.album_id, s.role from album_conversations s \
                join participants p on p.conversation_id = s.conversation_id where p.account_id = ",
            $account,
            ") ways group by album_id) "
        )
    };
}

/// The same in a text that is put together, where every value is bound only once: [`ME`] begins it, the account follows,
/// then this.
macro_rules! after_me {
    ($($rest:expr),+) => {
        concat!(" as bigint) as id), ", roles!("(select id from me)"), $($rest),+)
    };
}

mod albums;
mod photos;
mod purge;
mod sharing;
mod tags;

pub(crate) use albums::*;
pub(crate) use photos::*;
pub(crate) use purge::*;
pub(crate) use sharing::*;
pub(crate) use tags::*;

/// How a text with the roles of one person begins.
const ME: &str = "with me as (select cast(";

/// Every fixed statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&[&str]; 5] =
    [&albums::STATEMENTS, &photos::STATEMENTS, &purge::STATEMENTS, &sharing::STATEMENTS, &tags::STATEMENTS];
