//! What the demo group of development has talked about, so that there is something to look at.

use super::{
    service::{ConversationService, direct_key, keep_reactions},
    store::{self, NewConversationRow, NewMessageRow},
};
use crate::{accounts::folding::plain, events::store as event_store, failure::Failure, markdown};
use db::Connection;
use domain::Timestamp;

/// Who writes: the place among the demo people.
type Writer = usize;
const AMARA: Writer = 0;
const JAN: Writer = 1;
const MEI: Writer = 2;

/// One line of the history: hours before now, who, what, and the line that it answers.
struct Line(f64, Writer, &'static str, Option<usize>);

const GROUP_TITLE: &str = "Cell biology, exam on Friday";
const GROUP: [Line; 16] = [
    Line(75.2, AMARA, "Hi both! I made us a group for Friday. Shall we split the chapters?", None),
    Line(75.1, JAN, "Cześć! Yes. I take **chapter 4** (membranes), I have notes from the lecture anyway.", None),
    Line(74.9, MEI, "Then I do chapter 5. Amara, you said you like the mitochondria?", None),
    Line(74.8, AMARA, "Somebody has to :) Chapter 6 is mine.", Some(2)),
    Line(
        52.4,
        JAN,
        "Chapter 4 in short:\n\n1. the bilayer is *fluid*, proteins drift in it\n2. small non-polar molecules pass by themselves\n3. ions need a **channel** or a **pump**",
        None,
    ),
    Line(52.3, JAN, "The Na⁺/K⁺ pump moves 3 Na⁺ out and 2 K⁺ in for one ATP. That one comes up every year.", None),
    Line(51.8, MEI, "This is great, thank you! Is osmosis in there too?", Some(4)),
    Line(51.7, JAN, "Page 118. Water goes to where *more* is dissolved.", Some(6)),
    Line(
        29.0,
        MEI,
        "葉緑体 is the chloroplast, by the way. My old textbook has the better drawing, I can bring it tomorrow.",
        None,
    ),
    Line(
        28.5,
        AMARA,
        "Please do! Here is the animation that helped me with the electron transport chain: https://www.khanacademy.org/science/biology",
        None,
    ),
    Line(27.9, AMARA, "> ATP synthase turns like a small motor\n\nThis sentence finally made it click.", None),
    Line(4.6, MEI, "Question for tonight: why is the inner membrane folded?", None),
    Line(4.5, JAN, "More surface, so more room for ATP synthase.", Some(11)),
    Line(4.4, MEI, "Correct, one point for Jan.", None),
    Line(1.2, AMARA, "Library at five? I have booked room 2.14 until eight.", None),
    Line(1.1, MEI, "I am in. I bring tea.", Some(14)),
];
const DIRECT: [Line; 4] = [
    Line(26.0, MEI, "Are you nervous about Friday?", None),
    Line(25.8, AMARA, "A little. Less since we do it together.", None),
    Line(25.7, MEI, "Same. We will be fine.", None),
    Line(0.9, MEI, "I left my calculator at your place, I think. Could you bring it at five?", None),
];
/// Who reacted to which line of the group.
const REACTIONS: [(usize, Writer, &str); 5] =
    [(4, AMARA, "🙏"), (4, MEI, "🙏"), (5, MEI, "🎉"), (10, JAN, "👍"), (13, JAN, "😄")];

impl ConversationService {
    /// Lets the demo people have talked, unless one of them is in a conversation already.
    pub(crate) async fn make_demo(&self, people: &[i64]) -> Result<(), Failure> {
        let [amara, _, mei] = people else { return Ok(()) };
        let mut transaction = self.db.begin().await?;
        for account in people {
            if !store::mine(&mut transaction, *account).await?.is_empty() {
                return Ok(());
            }
        }
        let now = self.clock.now();
        let direct_key = direct_key(*amara, *mei);
        let group = history(&mut transaction, people, people, None, &GROUP, now).await?;
        let pair = [*amara, *mei];
        let direct = history(&mut transaction, people, &pair, Some(&direct_key), &DIRECT, now).await?;
        react(&mut transaction, people, &group, now).await?;
        // Everybody has read all but what came last.
        for account in people {
            store::move_forward(&mut transaction, group.id, *account, group.messages[GROUP.len() - 3]).await?;
        }
        for account in pair {
            store::move_forward(&mut transaction, direct.id, account, direct.messages[DIRECT.len() - 2]).await?;
        }
        Ok(transaction.commit().await?)
    }
}

/// A conversation that was written, with the ids of its messages.
struct Written {
    id: i64,
    messages: Vec<i64>,
}

async fn history(
    c: &mut Connection,
    people: &[i64],
    participants: &[i64],
    direct_key: Option<&str>,
    lines: &[Line],
    now: Timestamp,
) -> Result<Written, Failure> {
    let begun = hours_before(now, lines.first().map_or(0.0, |line| line.0));
    let title = direct_key.is_none().then_some(GROUP_TITLE);
    let row = NewConversationRow {
        direct_key,
        title,
        search_title: &title.map(plain).unwrap_or_default(),
        creator_id: people[AMARA],
        created_at: begun,
    };
    let id = store::insert(c, &row).await?.ok_or(Failure::Broken("the demo people have talked before"))?;
    for account in participants {
        event_store::open_cursor(c, *account).await?;
        store::add_participant(c, id, *account, begun).await?;
    }
    let mut messages = Vec::new();
    for Line(hours, writer, content, reply_to) in lines {
        let sender_id = people[*writer];
        let sent_at = store::take_turn(c, id, sender_id, hours_before(now, *hours)).await?;
        let row = NewMessageRow {
            conversation_id: id,
            sender_id,
            content,
            content_html: &markdown::render(content),
            search_text: &plain(content),
            reply_to_id: reply_to.map(|line| messages[line]),
            client_id: None,
            sent_at: sent_at.ok_or(Failure::Broken("a demo person is not in the conversation"))?,
            object_id: None,
            quiz: None,
        };
        let sent = store::insert_message(c, &row).await?;
        messages.push(sent.ok_or(Failure::Broken("a demo message was sent before"))?.0);
    }
    Ok(Written { id, messages })
}

async fn react(c: &mut Connection, people: &[i64], group: &Written, now: Timestamp) -> Result<(), Failure> {
    for (line, writer, emoji) in REACTIONS {
        store::add_reaction(c, group.messages[line], people[writer], emoji, now).await?;
        keep_reactions(c, group.messages[line]).await?;
    }
    Ok(())
}

#[expect(clippy::cast_possible_truncation, reason = "a few days in microseconds are far from the ends of i64")]
fn hours_before(now: Timestamp, hours: f64) -> Timestamp {
    now.plus_seconds(-(hours * 3_600.0) as i64)
}
