use super::super::samples::{conversation, message, sub};
use super::*;
use domain::Timestamp;

fn inbox() -> Inbox {
    let first = Conversation { last_message: Some(message(10, "ben")), ..conversation(4, &["ben"]) };
    let conversations = vec![conversation(5, &["cem"]), first];
    Inbox::new(
        sub("ada"),
        ConversationList { conversations, has_more: false, cursor: 7, unread_elsewhere: Some(Vec::new()) },
    )
}

fn created(id: i64, sender: &str) -> Event {
    Event::MessageCreated { message: message(id, sender) }
}

fn read(sub_: &str, message_id: i64) -> Event {
    Event::ConversationRead { conversation_id: 4, sub: sub(sub_), message_id }
}

fn order(inbox: &Inbox) -> Vec<i64> {
    inbox.all().iter().map(|conversation| conversation.id).collect()
}

fn unread(inbox: &Inbox) -> i64 {
    inbox.get(4).unwrap().unread_count
}

#[test]
fn a_message_moves_its_conversation_up_and_counts_once() {
    let mut inbox = inbox();
    assert_eq!(order(&inbox), [5, 4]);
    assert_eq!(inbox.apply(&created(11, "ben")), Applied::Changed);
    assert_eq!((order(&inbox), unread(&inbox)), (vec![4, 5], 1));
    assert_eq!(inbox.apply(&created(11, "ben")), Applied::Nothing);
    assert_eq!(unread(&inbox), 1);
    assert_eq!(inbox.get(4).unwrap().last_message.as_ref().unwrap().id, 11);
}

#[test]
fn own_messages_reactions_edits_and_deletions_never_count() {
    let mut inbox = inbox();
    inbox.apply(&created(11, "ada"));
    for event in [
        Event::ReactionChanged { message: message(10, "ben") },
        Event::MessageUpdated { message: message(10, "ben") },
        Event::MessageDeleted { message: message(11, "ada") },
    ] {
        inbox.apply(&event);
    }
    assert_eq!((unread(&inbox), inbox.total_unread()), (0, 0));
}

#[test]
fn an_own_message_shown_early_hides_no_message_of_others() {
    let mut inbox = inbox();
    inbox.apply(&created(12, "ada"));
    assert_eq!(inbox.apply(&created(11, "ben")), Applied::Changed);
    inbox.apply(&created(12, "ada"));
    assert_eq!(unread(&inbox), 1);
    assert_eq!(inbox.get(4).unwrap().last_message.as_ref().unwrap().id, 12);
}

#[test]
fn what_was_read_in_another_browser_is_read_here() {
    let mut inbox = inbox();
    inbox.apply(&created(11, "ben"));
    inbox.apply(&created(12, "ben"));
    assert_eq!(inbox.apply(&read("ada", 11)), Applied::Unknown(4), "how many are left is not known here");
    assert_eq!(inbox.apply(&read("ada", 12)), Applied::Changed);
    assert_eq!(unread(&inbox), 0);
    inbox.apply(&read("ada", 11));
    assert_eq!(inbox.get(4).unwrap().read_message_id, 12, "only forward");
    assert_eq!(unread(&inbox), 0);
}

#[test]
fn what_others_have_read_is_shown_of_them() {
    let mut inbox = inbox();
    inbox.apply(&created(11, "ada"));
    inbox.apply(&read("ben", 11));
    let reader = |inbox: &Inbox| inbox.get(4).unwrap().participants[1].read_message_id;
    assert_eq!(reader(&inbox), Some(11));
    inbox.apply(&read("ben", 10));
    assert_eq!(reader(&inbox), Some(11));
}

#[test]
fn what_the_read_position_has_passed_does_not_count() {
    let mut inbox = inbox();
    inbox.apply(&read("ada", 11));
    inbox.apply(&created(11, "ben"));
    assert_eq!(unread(&inbox), 0);
}

#[test]
fn the_answer_of_marking_sets_the_count() {
    let mut inbox = inbox();
    inbox.apply(&created(11, "ben"));
    inbox.apply(&created(12, "ben"));
    inbox.read_up_to(4, 11, 1);
    assert_eq!((unread(&inbox), inbox.get(4).unwrap().read_message_id), (1, 11));
}

#[test]
fn a_changed_conversation_replaces_the_old_and_keeps_what_is_newer() {
    let mut inbox = inbox();
    inbox.apply(&created(11, "ada"));
    let titled = Conversation {
        title: Some("Biology".into()),
        last_message: Some(message(10, "ben")),
        ..conversation(4, &["ben", "cem"])
    };
    inbox.apply(&Event::ConversationUpdated { conversation: Box::new(titled) });
    let shown = inbox.get(4).unwrap();
    assert_eq!((shown.title.as_deref(), shown.last_message.as_ref().unwrap().id), (Some("Biology"), 11));
}

#[test]
fn a_conversation_read_later_than_the_events_before_it_counts_them_once() {
    let mut inbox = inbox();
    let newer = Conversation { unread_count: 2, last_message: Some(message(12, "ben")), ..conversation(4, &["ben"]) };
    inbox.apply(&Event::ConversationUpdated { conversation: Box::new(newer) });
    inbox.apply(&created(11, "ben"));
    inbox.apply(&created(12, "ben"));
    assert_eq!(unread(&inbox), 2);
}

#[test]
fn new_unknown_and_lost_conversations() {
    let mut inbox = inbox();
    let elsewhere = Message { conversation_id: 9, ..message(1, "dag") };
    assert_eq!(inbox.apply(&Event::MessageCreated { message: elsewhere }), Applied::Unknown(9));
    let started = Conversation { last_activity_at: Timestamp::from_seconds(99), ..conversation(9, &["dag"]) };
    inbox.apply(&Event::ConversationUpdated { conversation: Box::new(started) });
    assert_eq!(order(&inbox), [9, 5, 4]);
    assert_eq!(inbox.apply(&Event::ConversationRemoved { conversation_id: 9 }), Applied::Changed);
    assert_eq!(inbox.apply(&Event::ConversationRemoved { conversation_id: 9 }), Applied::Nothing);
    assert_eq!(inbox.apply(&Event::Reset), Applied::Outdated);
}

#[test]
fn the_total_leaves_out_what_is_muted() {
    let mut inbox = inbox();
    inbox.apply(&created(11, "ben"));
    assert_eq!(inbox.total_unread(), 1);
    let muted = Conversation { muted: true, ..(**inbox.get(4).unwrap()).clone() };
    inbox.apply(&Event::ConversationUpdated { conversation: Box::new(muted) });
    assert_eq!((inbox.total_unread(), unread(&inbox)), (0, 1));
}

#[test]
fn the_filter_looks_for_words_in_titles_and_names_of_others() {
    let mut inbox = inbox();
    let titled = Conversation { title: Some("Żółw Biology".into()), ..conversation(9, &["dag", "eve"]) };
    inbox.put(titled);
    let found = |query| inbox.filtered(query).iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(found("bio żół"), [9]);
    assert_eq!(found("EVE bio"), [9]);
    assert_eq!(found("ben"), [4]);
    assert_eq!(found("ada"), Vec::<i64>::new(), "one's own name finds nothing");
    assert_eq!(found("  ").len(), 3);
}

#[test]
fn the_filter_leaves_accents_out_and_takes_letters_however_they_are_put_together() {
    let mut inbox = inbox();
    let titled = |id, title: &str| Conversation { title: Some(title.into()), ..conversation(id, &["dag", "eve"]) };
    for (id, title) in [(6, "Żółw"), (7, "Cafe\u{301} Straße"), (8, "光合成")] {
        inbox.put(titled(id, title));
    }
    let found = |query| inbox.filtered(query).iter().map(|one| one.id).collect::<Vec<_>>();
    for (query, id) in
        [("zolw", 6), ("ŻÓŁ", 6), ("z\u{307}o\u{301}", 6), ("caf\u{e9}", 7), ("CAFE", 7), ("STRASSE", 7), ("合成", 8)]
    {
        assert_eq!(found(query), [id], "{query}");
    }
    assert_eq!(found("\u{301}"), Vec::<i64>::new(), "an accent is no word");
}

#[test]
fn the_next_part_of_the_list_changes_nothing_that_is_there() {
    let mut inbox = inbox();
    inbox.apply(&created(11, "ben"));
    let conversations = vec![conversation(4, &["ben"]), conversation(1, &["dag"])];
    inbox.append(ConversationList { conversations, has_more: true, cursor: 7, unread_elsewhere: None });
    assert_eq!((order(&inbox), unread(&inbox), inbox.has_more()), (vec![4, 5, 1], 1, true));
}

/// Conversations 5 and 4 are loaded, 3 and 2 are not: there two and one are unread.
fn long_inbox() -> Inbox {
    let unread = [(3, 2), (2, 1)].map(|(conversation_id, unread_count)| UnreadCount { conversation_id, unread_count });
    let list = ConversationList { has_more: true, unread_elsewhere: Some(unread.into()), ..inbox().list() };
    Inbox::new(sub("ada"), list)
}

#[test]
fn what_is_unread_beyond_the_loaded_part_is_in_the_total_once() {
    let mut inbox = long_inbox();
    assert_eq!(inbox.total_unread(), 3);
    inbox.apply(&created(11, "ben"));
    assert_eq!(inbox.total_unread(), 4);
    let older = Conversation { unread_count: 2, ..conversation(3, &["dag"]) };
    let part = ConversationList { conversations: vec![older], has_more: true, cursor: 8, unread_elsewhere: None };
    inbox.append(part);
    assert_eq!(inbox.total_unread(), 4, "it counts as loaded now");
    assert_eq!(inbox.list().unread_elsewhere.unwrap().len(), 1);
}

#[test]
fn what_changes_beyond_the_loaded_part_is_loaded_when_it_counts() {
    let mut inbox = long_inbox();
    let read = |sub_: &str, conversation_id| Event::ConversationRead { conversation_id, sub: sub(sub_), message_id: 9 };
    assert_eq!(inbox.apply(&read("ada", 3)), Applied::Unknown(3));
    assert_eq!(inbox.apply(&read("dag", 3)), Applied::Nothing, "what others read changes no count");
    assert_eq!(inbox.apply(&read("ada", 1)), Applied::Nothing, "nothing was unread there");
    inbox.put(conversation(3, &["dag"]));
    assert_eq!(inbox.total_unread(), 1);
    assert_eq!(inbox.apply(&Event::ConversationRemoved { conversation_id: 2 }), Applied::Changed);
    assert_eq!(inbox.total_unread(), 0);
}

#[test]
fn the_next_part_begins_where_the_loaded_one_ended() {
    let mut inbox = long_inbox();
    let end = inbox.end();
    assert_eq!(end.unwrap().id, 4);
    inbox.add(vec![conversation(1, &["dag"]), Conversation { muted: true, ..conversation(4, &["ben"]) }]);
    assert_eq!((inbox.end(), order(&inbox)), (end, vec![5, 4, 1]), "whatever was loaded alone");
    assert!(!inbox.get(4).unwrap().muted, "what is there already stays");
}

#[test]
fn an_unread_message_that_is_taken_back_is_counted_anew() {
    let mut inbox = inbox();
    inbox.apply(&created(11, "ben"));
    let deleted = |id, sender| Event::MessageDeleted { message: message(id, sender) };
    assert_eq!(inbox.apply(&deleted(11, "ben")), Applied::Unknown(4));
    inbox.apply(&read("ada", 11));
    assert_eq!(inbox.apply(&deleted(11, "ben")), Applied::Changed, "it was read before");
}
