//! Invented people and what they have said to each other: data as after half a year of use, for measurements and for
//! trying things out.

mod phrases;
mod random;
pub(crate) mod store;
mod talk;

use crate::{accounts::folding::plain, conversations::service::direct_key, markdown};
use db::{Connection, Db};
use domain::{Timestamp, clock::Clock};
use phrases::Language;
use random::Random;
use std::collections::HashSet;
use store::{ConversationRow, MessageRow, ParticipantRow, PersonRow};

/// From the first conversation until now.
const SECONDS: i64 = 180 * 86_400;
/// Rows of one statement; SQLite takes 32,766 values.
const BATCH: usize = 1_000;

/// How much to make.
#[derive(Clone, Copy, Debug)]
pub struct Seed {
    /// People, those who are registered already among them.
    pub people: usize,
    /// Conversations: as many direct ones as groups, as far as there are pairs of people.
    pub conversations: usize,
    /// Messages in all conversations together.
    pub messages: usize,
    /// The same number makes the same data.
    pub number: u64,
}

impl Default for Seed {
    fn default() -> Self {
        Self { people: 1_000, conversations: 2_000, messages: 200_000, number: 1 }
    }
}

/// Nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// What somebody has written must not drown in invented talk.
    #[error("the database already has conversations: seed an empty one")]
    NotEmpty,
    /// A direct conversation has two.
    #[error("conversations need at least two people")]
    TooFewPeople,
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
}

/// Makes all of it, or nothing.
pub(crate) async fn run(db: &Db, clock: &Clock, seed: &Seed) -> Result<(), SeedError> {
    if seed.people < 2 {
        return Err(SeedError::TooFewPeople);
    }
    let mut random = Random::new(seed.number);
    let mut transaction = db.begin().await?;
    if store::count_conversations(&mut transaction).await? > 0 {
        return Err(SeedError::NotEmpty);
    }
    let calendar = Calendar { end: clock.now(), messages: seed.messages };
    let people = make_people(&mut transaction, seed.people, calendar.begin()).await?;
    let mut threads = plan(&mut random, seed, &people);
    make_conversations(&mut transaction, &mut random, &mut threads, &calendar).await?;
    make_messages(&mut transaction, &mut random, &mut threads, &calendar).await?;
    make_participants(&mut transaction, &mut random, &threads, calendar.begin()).await?;
    transaction.commit().await?;
    Ok(store::analyze(&mut db.write().await?).await?)
}

/// When things were said: evenly up to now.
#[derive(Debug)]
struct Calendar {
    end: Timestamp,
    messages: usize,
}

impl Calendar {
    fn begin(&self) -> Timestamp {
        self.end.plus_seconds(-SECONDS)
    }

    fn of_message(&self, number: usize) -> Timestamp {
        let step = SECONDS * 1_000_000 / i64::try_from(self.messages.max(1)).unwrap_or(i64::MAX);
        let since = step.saturating_mul(i64::try_from(number).unwrap_or(i64::MAX));
        Timestamp::from_micros(self.begin().micros().saturating_add(since))
    }
}

/// A conversation while it is made.
#[derive(Debug)]
struct Thread {
    id: i64,
    is_direct: bool,
    /// Account ids, the creator's first.
    people: Vec<i64>,
    language: &'static Language,
    /// The numbers that its messages have among all messages.
    turns: Vec<usize>,
    /// Ids of those that have been made.
    messages: Vec<i64>,
}

async fn make_people(c: &mut Connection, number: usize, created_at: Timestamp) -> Result<Vec<i64>, SeedError> {
    let limit = i64::try_from(number).unwrap_or(i64::MAX);
    let missing = number.saturating_sub(store::people(c, limit).await?.len());
    let rows: Vec<PersonRow> = (0..missing).map(person_row).collect();
    for rows in rows.chunks(BATCH) {
        store::insert_people(c, rows, created_at).await?;
    }
    store::open_cursors(c).await?;
    Ok(store::people(c, limit).await?)
}

fn person_row(number: usize) -> PersonRow {
    let talk::InventedPerson { given_name, family_name, email, sub } = talk::person(number);
    let display_name = format!("{given_name} {family_name}");
    PersonRow { search_name: plain(&display_name), sub, email, given_name, family_name, display_name }
}

/// Who talks to whom, and when. A tenth of the people begin all the conversations.
fn plan(random: &mut Random, seed: &Seed, people: &[i64]) -> Vec<Thread> {
    let mut pairs = HashSet::new();
    let creators = people.len().div_ceil(10);
    let mut threads: Vec<Thread> = (0..seed.conversations)
        .map(|number| {
            let creator = people[number % creators];
            let partner = (number % 2 == 0).then(|| new_partner(random, people, creator, &mut pairs)).flatten();
            let others = partner.map_or_else(|| group(random, people, creator), |partner| vec![partner]);
            Thread {
                id: 0,
                is_direct: partner.is_some(),
                people: [vec![creator], others].concat(),
                language: talk::language(random),
                turns: Vec::new(),
                messages: Vec::new(),
            }
        })
        .collect();
    for number in 0..seed.messages {
        let at = random.skewed_below(threads.len());
        if let Some(thread) = threads.get_mut(at) {
            thread.turns.push(number);
        }
    }
    threads
}

/// Somebody with whom the person has no direct conversation yet, if there is anybody.
fn new_partner(random: &mut Random, people: &[i64], creator: i64, pairs: &mut HashSet<(i64, i64)>) -> Option<i64> {
    let start = random.below(people.len());
    let mut candidates = people.iter().cycle().skip(start).take(people.len()).filter(|person| **person != creator);
    candidates.find(|person| pairs.insert((creator.min(**person), creator.max(**person)))).copied()
}

/// Two to nine others, fewer where there are not so many.
fn group(random: &mut Random, people: &[i64], creator: i64) -> Vec<i64> {
    let size = (2 + random.below(8)).min(people.len() - 1);
    let mut others = Vec::with_capacity(size);
    while others.len() < size {
        let person = people[random.below(people.len())];
        if person != creator && !others.contains(&person) {
            others.push(person);
        }
    }
    others
}

async fn make_conversations(
    c: &mut Connection,
    random: &mut Random,
    threads: &mut [Thread],
    calendar: &Calendar,
) -> Result<(), SeedError> {
    for threads in threads.chunks_mut(BATCH) {
        let rows: Vec<ConversationRow> =
            threads.iter().map(|thread| conversation_row(random, thread, calendar)).collect();
        let ids = store::insert_conversations(c, &rows).await?;
        for (thread, id) in threads.iter_mut().zip(ids) {
            thread.id = id;
        }
    }
    Ok(())
}

fn conversation_row(random: &mut Random, thread: &Thread, calendar: &Calendar) -> ConversationRow {
    let title = (!thread.is_direct).then(|| talk::title(random));
    let creator_id = thread.people[0];
    let other = thread.people.get(1).filter(|_| thread.is_direct);
    ConversationRow {
        direct_key: other.map(|other| direct_key(creator_id, *other)),
        title,
        search_title: title.map(plain).unwrap_or_default(),
        creator_id,
        last_activity_at: thread.turns.last().map_or_else(|| calendar.begin(), |turn| calendar.of_message(*turn)),
        created_at: calendar.begin(),
    }
}

/// Messages in the order of their time, over all conversations.
async fn make_messages(
    c: &mut Connection,
    random: &mut Random,
    threads: &mut [Thread],
    calendar: &Calendar,
) -> Result<(), SeedError> {
    let mut turns: Vec<(usize, usize)> =
        threads.iter().enumerate().flat_map(|(at, thread)| thread.turns.iter().map(move |turn| (*turn, at))).collect();
    turns.sort_unstable();
    for turns in turns.chunks(BATCH) {
        let rows: Vec<MessageRow> =
            turns.iter().map(|(number, at)| message_row(random, &threads[*at], calendar.of_message(*number))).collect();
        let ids = store::insert_messages(c, &rows).await?;
        for ((_, at), id) in turns.iter().zip(ids) {
            threads[*at].messages.push(id);
        }
    }
    Ok(())
}

fn message_row(random: &mut Random, thread: &Thread, sent_at: Timestamp) -> MessageRow {
    let content = talk::message(random, thread.language);
    let replies = random.one_in(20);
    MessageRow {
        conversation_id: thread.id,
        sender_id: random.of(&thread.people).unwrap_or_default(),
        content_html: markdown::render(&content),
        search_text: plain(&content),
        content,
        reply_to_id: thread.messages.last().copied().filter(|_| replies),
        sent_at,
    }
}

async fn make_participants(
    c: &mut Connection,
    random: &mut Random,
    threads: &[Thread],
    joined_at: Timestamp,
) -> Result<(), SeedError> {
    let mut rows = Vec::new();
    for thread in threads {
        for account_id in &thread.people {
            let read_message_id = read_position(random, &thread.messages);
            rows.push(ParticipantRow {
                conversation_id: thread.id,
                account_id: *account_id,
                joined_at,
                read_message_id,
            });
        }
    }
    for rows in rows.chunks(BATCH) {
        store::insert_participants(c, rows).await?;
    }
    Ok(())
}

/// Most have read everything, some are a little behind, and a few have never looked.
fn read_position(random: &mut Random, messages: &[i64]) -> i64 {
    let behind = match random.below(10) {
        0 => return 0,
        1..=3 => random.below(20),
        _ => 0,
    };
    messages.iter().rev().nth(behind).copied().unwrap_or_default()
}
