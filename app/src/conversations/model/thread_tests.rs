use super::super::{
    SendState,
    samples::{conversation, list, message, participant, sub},
};
use super::*;
use domain::conversations::{Reaction, ReplyTo};

fn thread(ids: std::ops::RangeInclusive<i64>, read: i64) -> Thread {
    let messages = ids.map(|id| message(id, "ben")).collect();
    Thread::new(4, sub("ada"), read, list(messages, false, false))
}

fn created(id: i64, sender: &str) -> Event {
    Event::MessageCreated { message: message(id, sender) }
}

fn ids(thread: &Thread) -> Vec<i64> {
    thread.messages.iter().map(|message| message.id).collect()
}

fn outgoing(client_id: &str, content: &str) -> Outgoing {
    let (client_id, content) = (client_id.to_owned(), content.to_owned());
    Outgoing { order: 1, client_id, conversation_id: 4, content, reply_to: None, file: None, state: SendState::Sending }
}

fn keys(thread: &Thread, outgoing: &[Outgoing]) -> Vec<String> {
    thread.rows(outgoing, Timestamp::day).keys().map(ToOwned::to_owned).collect()
}

#[test]
fn a_message_that_comes_twice_is_shown_once() {
    let mut thread = thread(1..=2, 2);
    assert!(thread.apply(&created(3, "ben"), true));
    assert!(!thread.apply(&created(3, "ben"), true));
    assert!(
        !thread.apply(&Event::MessageCreated { message: Message { conversation_id: 5, ..message(4, "ben") } }, true)
    );
    assert_eq!(ids(&thread), [1, 2, 3]);
}

#[test]
fn messages_stand_in_order_however_they_come() {
    let mut thread = thread(1..=2, 2);
    thread.apply(&created(5, "ada"), true);
    thread.apply(&created(4, "ben"), true);
    assert_eq!(ids(&thread), [1, 2, 4, 5]);
}

#[test]
fn what_was_sent_keeps_its_row_when_it_is_confirmed() {
    let mut thread = thread(1..=1, 1);
    let waiting = [outgoing("x", "one"), outgoing("y", "two")];
    assert_eq!(keys(&thread, &waiting), ["day-0", "message-1", "own-x", "own-y"]);
    let confirmed = Message { client_id: Some("x".into()), ..message(2, "ada") };
    thread.apply(&Event::MessageCreated { message: confirmed }, true);
    assert_eq!(keys(&thread, &waiting), ["day-0", "message-1", "own-x", "own-y"]);
    assert_eq!(keys(&thread, &[]), ["day-0", "message-1", "own-x"]);
}

#[test]
fn somebody_elses_client_id_is_not_ones_own() {
    let mut thread = thread(1..=1, 1);
    let theirs = Message { client_id: Some("x".into()), ..message(2, "ben") };
    thread.apply(&Event::MessageCreated { message: theirs }, true);
    assert_eq!(keys(&thread, &[outgoing("x", "one")]), ["day-0", "message-1", "message-2", "own-x"]);
}

#[test]
fn what_goes_elsewhere_is_not_shown_here() {
    let elsewhere = Outgoing { conversation_id: 5, ..outgoing("x", "one") };
    assert_eq!(keys(&thread(1..=1, 1), &[elsewhere]), ["day-0", "message-1"]);
}

#[test]
fn people_are_called_as_they_are_now_in_old_messages_and_quotes() {
    let mut thread = thread(1..=1, 1);
    let quote = ReplyTo { id: 1, sender_sub: sub("ben"), sender_name: "BEN".into(), excerpt: "text 1".into() };
    thread.apply(&Event::MessageCreated { message: Message { reply_to: Some(quote), ..message(2, "ada") } }, true);
    let update = |id, name: &str| {
        let mut conversation = conversation(id, &["ben"]);
        conversation.participants[1].display_name = name.to_owned();
        Event::ConversationUpdated { conversation: Box::new(conversation) }
    };
    assert!(!thread.apply(&update(5, "Deleted account"), true));
    assert!(thread.apply(&update(4, "Deleted account"), true));
    assert!(!thread.apply(&update(4, "Deleted account"), true));
    let [first, reply] = [1, 2].map(|id| thread.message(id).unwrap());
    assert_eq!((first.sender_name.as_str(), reply.sender_name.as_str()), ("Deleted account", "ADA"));
    assert_eq!(reply.reply_to.as_ref().unwrap().sender_name, "Deleted account");
}

#[test]
fn a_changed_message_replaces_the_old_one_and_its_quotes() {
    let mut thread = thread(1..=1, 1);
    let quote = ReplyTo { id: 1, sender_sub: sub("ben"), sender_name: "BEN".into(), excerpt: "text 1".into() };
    let reply = Message { reply_to: Some(quote), ..message(2, "ada") };
    thread.apply(&Event::MessageCreated { message: reply }, true);
    let edited = Message { content: "better".into(), ..message(1, "ben") };
    assert!(thread.apply(&Event::MessageUpdated { message: edited }, true));
    assert_eq!(thread.message(1).unwrap().content, "better");
    assert_eq!(thread.message(2).unwrap().reply_to.as_ref().unwrap().excerpt, "better");
    let deleted = Message { content: String::new(), deleted: true, ..message(1, "ben") };
    thread.apply(&Event::MessageDeleted { message: deleted }, true);
    assert_eq!(thread.message(2).unwrap().reply_to.as_ref().unwrap().excerpt, "");
    let reactions = vec![Reaction { emoji: "🦉".into(), subs: vec![sub("cem")] }];
    let liked = Message { reactions, ..message(2, "ada") };
    assert!(thread.apply(&Event::ReactionChanged { message: liked }, true));
    assert!(!thread.apply(&Event::ReactionChanged { message: message(99, "ben") }, true));
}

#[test]
fn what_comes_beyond_the_loaded_part_waits_until_it_is_loaded() {
    let messages = (1..=3).map(|id| message(id, "ben")).collect();
    let mut thread = Thread::new(4, sub("ada"), 9, list(messages, false, true));
    for event in [created(10, "ben"), created(10, "ben"), created(11, "ada"), created(12, "ben")] {
        assert!(!thread.apply(&event, true));
    }
    assert_eq!((ids(&thread), thread.has_unseen()), (vec![1, 2, 3], true));
    let rest = (4..=12).map(|id| message(id, "ben")).collect();
    thread.extend(list(rest, true, false), End::Newest);
    assert!(thread.saw_end());
    assert_eq!((thread.newest(), thread.has_newer(), thread.has_unseen()), (12, false, false));
}

#[test]
fn an_older_message_than_the_loaded_ones_waits_until_it_is_loaded() {
    let mut thread = Thread::new(4, sub("ada"), 9, list(vec![message(5, "ben")], true, false));
    assert!(!thread.apply(&created(4, "ben"), true));
    thread.extend(list(vec![message(3, "ben"), message(4, "ben"), message(5, "ben")], false, false), End::Oldest);
    assert_eq!((ids(&thread), thread.has_older()), (vec![3, 4, 5], false));
}

#[test]
fn what_is_added_in_portions_is_an_unbroken_stretch_at_any_time() {
    let loaded = |ids: std::ops::RangeInclusive<i64>, has_older, has_newer| {
        list(ids.map(|id| message(id, "ben")).collect(), has_older, has_newer)
    };
    for (end, rest) in [(End::Oldest, loaded(1..=49, false, true)), (End::Newest, loaded(61..=109, true, false))] {
        let mut thread = Thread::new(4, sub("ada"), 0, loaded(50..=60, true, true));
        let portions = portions(rest, end);
        assert_eq!(portions.len(), 10);
        for (place, portion) in portions.into_iter().enumerate() {
            assert!(thread.goes_on_from(end).is_some() && portion.messages.len() <= PORTION, "{place}");
            thread.extend(portion, end);
            let ids = ids(&thread);
            assert!(ids.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{ids:?}");
        }
        assert_eq!((ids(&thread).len(), thread.goes_on_from(end)), (60, None));
    }
    let nothing = portions(list(Vec::new(), false, true), End::Oldest);
    assert_eq!((nothing.len(), nothing[0].has_older), (1, false), "that nothing is left is news too");
}

#[test]
fn what_others_write_while_the_viewer_looks_elsewhere_is_unseen() {
    let mut thread = thread(1..=3, 3);
    thread.apply(&created(4, "ada"), false);
    assert!(!thread.has_unseen());
    thread.apply(&created(5, "ben"), false);
    thread.apply(&created(6, "ada"), false);
    assert!(thread.has_unseen());
    assert!(thread.saw_end());
    assert!(!thread.has_unseen());
    assert!(!thread.saw_end(), "nothing has come since");
}

#[test]
fn the_page_never_has_more_rows_than_it_may() {
    let mut thread = thread(1..=100, 100);
    for id in 101..=1_000 {
        thread.apply(&created(id, "ben"), true);
        assert!(thread.rows(&[], Timestamp::day).all().len() <= ROWS_MAX);
    }
    assert_eq!((thread.newest(), thread.has_older(), thread.has_newer()), (1_000, true, false));
    let first = thread.oldest().unwrap();
    thread.extend(list((first - 100..first).map(|id| message(id, "ben")).collect(), true, false), End::Oldest);
    assert!(thread.rows(&[], Timestamp::day).all().len() <= ROWS_MAX);
    assert_eq!((thread.oldest(), thread.has_newer()), (Some(first - 100), true));
}

#[test]
fn a_message_a_day_makes_two_rows_each() {
    let daily = |id: i64| Message { sent_at: Timestamp::from_seconds(id * 86_400), ..message(id, "ben") };
    let mut thread = Thread::new(4, sub("ada"), 0, list((1..=50).map(daily).collect(), true, false));
    for id in 51..=500 {
        thread.apply(&Event::MessageCreated { message: daily(id) }, true);
    }
    assert!(thread.rows(&[], Timestamp::day).all().len() <= ROWS_MAX);
    assert!(thread.messages.len() > ROWS_MAX * 3 / 8, "no more goes than has to");
}

#[test]
fn a_full_page_does_not_move_under_somebody_who_reads_older_messages() {
    let mut thread = thread(1..=100, 100);
    for id in 101..=1_000 {
        thread.apply(&created(id, "ben"), false);
    }
    assert_eq!(thread.oldest(), Some(1));
    assert!(thread.has_newer() && thread.has_unseen());
}

#[test]
fn the_first_unread_message_is_marked_and_stays_so() {
    let mut thread = thread(1..=5, 3);
    assert_eq!(thread.first_unread(), Some(4));
    assert_eq!(keys(&thread, &[])[4..], ["unread", "message-4", "message-5"]);
    thread.saw_end();
    thread.apply(&created(6, "ben"), true);
    assert_eq!(thread.first_unread(), Some(4));
}

#[test]
fn what_comes_while_one_looks_on_is_not_marked_as_unread() {
    let mut thread = thread(1..=3, 3);
    thread.apply(&created(4, "ben"), true);
    assert_eq!(thread.first_unread(), None);
}

#[test]
fn the_first_unread_message_is_not_guessed() {
    let thread = Thread::new(4, sub("ada"), 3, list(vec![message(8, "ben")], true, false));
    assert_eq!(thread.first_unread(), None);
    let own = Thread::new(4, sub("ada"), 0, list(vec![message(1, "ada")], false, false));
    assert_eq!(own.first_unread(), None);
}

#[test]
fn what_was_deleted_or_is_ones_own_is_not_marked_as_unread() {
    let deleted = Message { deleted: true, ..message(4, "ben") };
    let messages = vec![message(3, "ben"), deleted.clone(), message(5, "ada"), message(6, "ben")];
    let mut thread = Thread::new(4, sub("ada"), 3, list(messages, false, false));
    assert_eq!(thread.first_unread(), Some(6));
    thread.apply(&Event::MessageDeleted { message: Message { deleted: true, ..message(6, "ben") } }, true);
    assert_eq!(thread.first_unread(), None);
    assert!(!keys(&thread, &[]).contains(&"unread".to_owned()));
}

#[test]
fn whoever_has_read_nothing_finds_the_first_message_unread_once_it_is_loaded() {
    let loaded = |ids: std::ops::RangeInclusive<i64>| ids.map(|id| message(id, "ben")).collect();
    let mut thread = Thread::new(4, sub("ada"), 0, list(loaded(81..=130), true, false));
    assert_eq!((thread.first_unread(), thread.is_whole()), (None, false));
    thread.replace(list(loaded(1..=50), false, true));
    assert_eq!((thread.first_unread(), thread.is_whole()), (Some(1), false));
    thread.replace(list(loaded(1..=130), false, false));
    assert!(thread.is_whole());
}

#[test]
fn messages_of_one_person_stand_together_for_a_while() {
    let at = |id: i64, sender, seconds| Message { sent_at: Timestamp::from_seconds(seconds), ..message(id, sender) };
    let messages = vec![at(1, "ben", 0), at(2, "ben", 299), at(3, "ada", 300), at(4, "ben", 301), at(5, "ben", 700)];
    let thread = Thread::new(4, sub("ada"), 9, list(messages, false, false));
    let rows = thread.rows(&[outgoing("x", "one")], Timestamp::day);
    let starts: Vec<bool> = rows.all().iter().filter_map(|(_, row)| starts_group(row)).collect();
    assert_eq!(starts, [true, false, true, true, true, true]);
}

fn starts_group(row: &Row) -> Option<bool> {
    match row {
        Row::Message { starts_group, .. } => Some(*starts_group),
        Row::Day(_) | Row::FirstUnread => None,
    }
}

#[test]
fn days_are_those_of_the_persons_calendar() {
    let late = Message { sent_at: Timestamp::parse("2026-11-21T23:30:00Z").unwrap(), ..message(1, "ben") };
    let later = Message { sent_at: Timestamp::parse("2026-11-22T00:30:00Z").unwrap(), ..message(2, "ben") };
    let thread = Thread::new(4, sub("ada"), 9, list(vec![late, later], false, false));
    let days = |rows: &Rows| rows.keys().filter(|key| key.starts_with("day")).count();
    assert_eq!(days(&thread.rows(&[], Timestamp::day)), 2);
    assert_eq!(days(&thread.rows(&[], |moment| moment.plus_seconds(3_600).day())), 1);
}

#[test]
fn a_row_is_found_by_its_key() {
    let rows = thread(1..=2, 2).rows(&[], Timestamp::day);
    assert_eq!(rows.get("day-0"), Some(&Row::Day(0)));
    assert!(matches!(rows.get("message-2"), Some(Row::Message { own: false, .. })));
    assert_eq!(rows.get("message-3"), None);
}

#[test]
fn the_last_own_message_can_be_edited_unless_it_is_gone() {
    let mut thread = thread(1..=2, 2);
    assert_eq!(thread.last_own_editable(), None);
    thread.apply(&created(3, "ada"), true);
    thread.apply(&Event::MessageCreated { message: Message { deleted: true, ..message(4, "ada") } }, true);
    thread.apply(&created(5, "ben"), true);
    assert_eq!(thread.last_own_editable().map(|message| message.id), Some(3));
    let around = (1..=3).map(|id| message(id, "ada")).collect();
    thread.replace(list(around, false, true));
    assert_eq!(thread.last_own_editable(), None, "a later one may be below");
}

#[test]
fn readers_are_shown_at_the_last_message_that_they_have_read() {
    let thread = Thread::new(4, sub("ada"), 9, list([2, 4, 6].map(|id| message(id, "ada")).into(), true, false));
    let reader = |name, read| Participant { read_message_id: read, ..participant(name) };
    let people = [
        reader("ada", Some(6)),
        reader("ben", Some(5)),
        reader("cem", None),
        reader("dag", Some(1)),
        reader("eve", Some(4)),
    ];
    let seen = thread.seen_by(&people);
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].0, 4);
    assert_eq!(seen[0].1.iter().map(|person| person.sub.as_str()).collect::<Vec<_>>(), ["ben", "eve"]);
}

#[test]
fn after_a_reset_the_loaded_messages_are_replaced() {
    let mut thread = thread(1..=3, 3);
    thread.replace(list(vec![message(8, "ben"), message(9, "ben")], true, false));
    assert_eq!((ids(&thread), thread.has_older(), thread.has_unseen()), (vec![8, 9], true, true));
}
