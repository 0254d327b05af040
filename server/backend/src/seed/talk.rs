//! People, groups and messages, made up.

use super::{
    phrases::{FAMILY_NAMES, GIVEN_NAMES, LANGUAGES, Language, TITLES},
    random::Random,
};

/// An invented person.
#[derive(Debug)]
pub(super) struct InventedPerson {
    pub(super) given_name: &'static str,
    pub(super) family_name: &'static str,
    pub(super) email: String,
    pub(super) sub: String,
}

/// The person of a number: the same whoever asks, and another than that of every other number.
pub(super) fn person(number: usize) -> InventedPerson {
    let given_name = GIVEN_NAMES[number % GIVEN_NAMES.len()];
    let family_name = FAMILY_NAMES[(number / GIVEN_NAMES.len() + number) % FAMILY_NAMES.len()];
    InventedPerson {
        given_name,
        family_name,
        email: format!("person{number}@seed.example"),
        sub: format!("seed-{number:06}"),
    }
}

/// The language that a conversation is held in.
pub(super) fn language(random: &mut Random) -> &'static Language {
    &LANGUAGES[random.below(LANGUAGES.len())]
}

pub(super) fn title(random: &mut Random) -> &'static str {
    TITLES[random.below(TITLES.len())]
}

/// One to four sentences; now and then with a link or a list, as people write them.
pub(super) fn message(random: &mut Random, language: &Language) -> String {
    let mut text = sentence(random, language);
    // Most messages are short, and some are much longer than the others.
    while random.below(5) < 2 {
        text.push_str(language.space);
        text.push_str(&sentence(random, language));
    }
    if random.one_in(40) {
        text.push_str(&format!("\n\nhttps://notes.example/{}", random.below(10_000)));
    }
    if random.one_in(60) {
        for _ in 0..3 {
            text.push_str("\n- ");
            text.push_str(random.of(language.topics).unwrap_or_default());
        }
    }
    text
}

fn sentence(random: &mut Random, language: &Language) -> String {
    let sentence = random.of(language.sentences).unwrap_or_default();
    let topic = random.of(language.topics).unwrap_or_default();
    let time = random.of(language.times).unwrap_or_default();
    let number = (2 + random.below(98)).to_string();
    sentence.replace("{t}", topic).replace("{d}", time).replace("{n}", &number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::conversations::checked_content;
    use std::collections::HashSet;

    #[test]
    fn a_thousand_people_have_names_of_their_own() {
        let names: HashSet<_> = (0..1_000).map(person).map(|person| (person.given_name, person.family_name)).collect();
        assert_eq!(names.len(), 1_000);
    }

    #[test]
    fn messages_are_those_that_a_person_could_send_and_differ() {
        let mut random = Random::new(1);
        let messages: Vec<String> = (0..2_000)
            .map(|_| {
                let language = language(&mut random);
                message(&mut random, language)
            })
            .collect();
        for message in &messages {
            assert_eq!(checked_content(message).as_deref(), Ok(message.as_str()));
            assert!(!message.contains('{'), "{message}");
        }
        let different: HashSet<_> = messages.iter().collect();
        assert!(different.len() > 1_200, "{} different messages", different.len());
        let letters = messages.iter().map(|message| message.chars().count()).sum::<usize>() / messages.len();
        assert!((40..120).contains(&letters), "{letters} letters on average");
    }
}
