//! Words about messages, people and days.

use crate::{uploads::model::texts::called, words::month};
use domain::{
    Timestamp,
    conversations::{Conversation, ConversationKind, EXCERPT_MAX, Message},
    id::Sub,
};

const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];
const SECONDS_PER_DAY: i64 = 86_400;

/// The beginning of a text in one line.
#[must_use]
pub fn excerpt(content: &str) -> String {
    let mut line = String::new();
    for word in content.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    match line.char_indices().nth(EXCERPT_MAX) {
        None => line,
        Some(_) => line.chars().take(EXCERPT_MAX - 1).chain(['…']).collect(),
    }
}

/// The beginning of what a message says, or what it brings.
#[must_use]
pub fn excerpt_of(message: &Message) -> String {
    with_file(message, excerpt(&message.content))
}

/// What a message says, with what it brings: `Photo`, `report.pdf`, `Photo · At the lake`, `Quiz · Cells`.
#[must_use]
pub fn with_file(message: &Message, text: String) -> String {
    if let Some(card) = message.quiz.as_ref().filter(|_| !message.deleted) {
        return if card.deleted { "Deleted quiz".to_owned() } else { format!("Quiz · {}", card.title) };
    }
    match message.attachment.as_ref().filter(|_| !message.deleted).map(called) {
        Some(file) if text.is_empty() => file,
        Some(file) => format!("{file} · {text}"),
        None => text,
    }
}

/// The last message of a conversation for the list, with its writer where that is not plain.
#[must_use]
pub fn last_message_line(conversation: &Conversation, viewer: &Sub) -> String {
    let Some(message) = &conversation.last_message else { return "No messages yet".to_owned() };
    let text = if message.deleted { "Message deleted".to_owned() } else { excerpt_of(message) };
    match writer(message, conversation.kind, viewer) {
        Some(writer) => format!("{writer}: {text}"),
        None => text,
    }
}

fn writer<'a>(message: &'a Message, kind: ConversationKind, viewer: &Sub) -> Option<&'a str> {
    if message.sender_sub == *viewer {
        return Some("You");
    }
    (kind == ConversationKind::Group).then_some(message.sender_name.as_str())
}

/// What a conversation is called for one of its participants.
#[must_use]
pub fn title(conversation: &Conversation, viewer: &Sub) -> String {
    if let Some(title) = conversation.title.as_ref().filter(|_| conversation.kind == ConversationKind::Group) {
        return title.clone();
    }
    let others = conversation.participants.iter().filter(|participant| participant.sub != *viewer);
    let names: Vec<&str> = others.map(|participant| participant.display_name.as_str()).collect();
    if names.is_empty() { "Only you".to_owned() } else { some_names(&names) }
}

/// Who is writing, as a sentence; none when nobody is.
#[must_use]
pub fn typing(names: &[&str]) -> Option<String> {
    match names {
        [] => None,
        [name] => Some(format!("{name} is typing")),
        [one, other] => Some(format!("{one} and {other} are typing")),
        _ => Some("Several people are typing".to_owned()),
    }
}

/// Who has read a message.
#[must_use]
pub fn seen_by(names: &[&str]) -> String {
    format!("Seen by {}", some_names(names))
}

/// Three names at most, and how many more there are.
fn some_names(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [name] => (*name).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        [one, two, others @ ..] => format!("{one}, {two} and {} others", others.len()),
    }
}

/// How many are unread, for a badge.
#[must_use]
pub fn badge(unread: i64) -> Option<String> {
    match unread {
        ..=0 => None,
        1..=99 => Some(unread.to_string()),
        _ => Some("99+".to_owned()),
    }
}

/// How many are unread, in words.
#[must_use]
pub fn unread(count: i64) -> String {
    if count == 1 { "1 unread message".to_owned() } else { format!("{count} unread messages") }
}

/// The way to the newest messages, with how many of them are unread.
#[must_use]
pub fn new_messages(count: i64) -> String {
    match count {
        ..=0 => "Newest messages".to_owned(),
        1 => "1 new message".to_owned(),
        _ => format!("{count} new messages"),
    }
}

/// A title of a page with what is unread in front, as the tab of the browser shows it.
#[must_use]
pub fn title_with_unread(title: &str, unread: i64) -> String {
    badge(unread).map_or_else(|| title.to_owned(), |badge| format!("({badge}) {title}"))
}

/// A day, as days since the epoch; near to `today`, where that is known, in words.
#[must_use]
pub fn day_label(day: i64, today: Option<i64>) -> String {
    let (year, number, date) = Timestamp::from_seconds(day.saturating_mul(SECONDS_PER_DAY)).date();
    let month = month(number);
    match today.map(|today| today - day) {
        Some(0) => "Today".to_owned(),
        Some(1) => "Yesterday".to_owned(),
        Some(2..=6) => weekday(day).to_owned(),
        _ => format!("{}, {date} {month} {year}", weekday(day)),
    }
}

fn weekday(day: i64) -> &'static str {
    usize::try_from(day.rem_euclid(7)).ok().and_then(|place| WEEKDAYS.get(place)).unwrap_or(&"")
}

/// The time of day in UTC: what the server writes before the browser knows better.
#[must_use]
pub fn clock_in_utc(at: Timestamp) -> String {
    let minute_of_day = at.seconds().rem_euclid(SECONDS_PER_DAY) / 60;
    format!("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{conversation, message, picture, sub};
    use super::*;
    use domain::quizzes::QuizCard;

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt(" two\n\n  lines\t "), "two lines");
        let long = excerpt(&"🦉".repeat(500));
        assert_eq!((long.chars().count(), long.ends_with('…')), (EXCERPT_MAX, true));
        assert_eq!(excerpt(&"x".repeat(EXCERPT_MAX)).len(), EXCERPT_MAX);
    }

    #[test]
    fn the_list_says_who_wrote_last_where_it_is_not_plain() {
        let ada = sub("ada");
        let mut direct = conversation(4, &["ben"]);
        assert_eq!(last_message_line(&direct, &ada), "No messages yet");
        direct.last_message = Some(message(1, "ben"));
        assert_eq!(last_message_line(&direct, &ada), "text 1");
        direct.last_message = Some(Message { deleted: true, ..message(2, "ada") });
        assert_eq!(last_message_line(&direct, &ada), "You: Message deleted");
        let mut group = conversation(5, &["ben", "cem"]);
        group.last_message = Some(message(1, "ben"));
        assert_eq!(last_message_line(&group, &ada), "BEN: text 1");
        direct.last_message = Some(picture(3, "ben"));
        assert_eq!(last_message_line(&direct, &ada), "Photo");
        direct.last_message = Some(Message { content: "At the lake".into(), ..picture(3, "ada") });
        assert_eq!(last_message_line(&direct, &ada), "You: Photo · At the lake");
        let card = |deleted| QuizCard {
            quiz_id: 7,
            title: "Cells".into(),
            total_questions: 6,
            author_sub: sub("ben"),
            deleted,
        };
        let shared = |deleted| {
            let content = "Cells\nhttps://lyceum.example/quizzes/7".to_owned();
            Some(Message { content, quiz: Some(card(deleted)), ..message(4, "ben") })
        };
        direct.last_message = shared(false);
        assert_eq!(last_message_line(&direct, &ada), "Quiz · Cells");
        direct.last_message = shared(true);
        assert_eq!(last_message_line(&direct, &ada), "Deleted quiz");
    }

    #[test]
    fn a_conversation_is_called_after_the_others_or_by_its_title() {
        let ada = sub("ada");
        assert_eq!(title(&conversation(4, &["ben"]), &ada), "BEN");
        assert_eq!(title(&conversation(4, &["ben", "cem"]), &ada), "BEN and CEM");
        assert_eq!(title(&conversation(4, &["b", "c", "d", "e"]), &ada), "B, C and 2 others");
        assert_eq!(title(&conversation(4, &[]), &ada), "Only you");
        let titled = Conversation { title: Some("Biology".into()), ..conversation(4, &["ben", "cem"]) };
        assert_eq!(title(&titled, &ada), "Biology");
    }

    #[test]
    fn counts_and_people_in_words() {
        assert_eq!(typing(&[]), None);
        assert_eq!(typing(&["Ada"]).as_deref(), Some("Ada is typing"));
        assert_eq!(typing(&["Ada", "Ben"]).as_deref(), Some("Ada and Ben are typing"));
        assert_eq!(typing(&["A", "B", "C"]).as_deref(), Some("Several people are typing"));
        assert_eq!(seen_by(&["A", "B", "C"]), "Seen by A, B and C");
        assert_eq!((badge(0), badge(99), badge(100)), (None, Some("99".into()), Some("99+".into())));
        assert_eq!(title_with_unread("Lyceum", 3), "(3) Lyceum");
        assert_eq!((unread(1), new_messages(2)), ("1 unread message".into(), "2 new messages".into()));
    }

    #[test]
    fn days_have_names_when_today_is_known() {
        let day = Timestamp::parse("2026-11-21T23:59:59Z").unwrap().day();
        assert_eq!(day_label(day, None), "Saturday, 21 November 2026");
        assert_eq!(day_label(day, Some(day)), "Today");
        assert_eq!(day_label(day, Some(day + 1)), "Yesterday");
        assert_eq!(day_label(day, Some(day + 6)), "Saturday");
        assert_eq!(day_label(day, Some(day + 7)), "Saturday, 21 November 2026");
        assert_eq!(day_label(0, None), "Thursday, 1 January 1970");
        assert_eq!(clock_in_utc(Timestamp::from_seconds(1_795_275_296)), "15:34");
    }
}
