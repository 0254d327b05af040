//! The people of a text.

use super::{LOOKED_AT, Pool, with_a_longer_one};
use crate::{
    facts::{Deed, deed},
    random::Random,
    reading::Reading,
    words::stem,
};
use std::collections::HashSet;

impl Pool {
    pub(super) fn take_people(&mut self, reading: &Reading<'_>) {
        let mut seen = HashSet::new();
        let found = reading.sentences.iter().filter_map(|sentence| {
            let who = &sentence.text[self.deed(&sentence.text)?.who];
            seen.insert(who.to_owned()).then(|| (who.to_owned(), sentence.section))
        });
        self.people = found.take(LOOKED_AT).collect();
    }

    /// Who did what by a sentence. One word alone is a name where the text has it with a capital only, and within a
    /// sentence, too.
    pub(crate) fn deed(&self, text: &str) -> Option<Deed> {
        let is_name = |word: &str| {
            let own = stem(word, self.language);
            self.proper.contains(&own) && !self.common.contains(&own)
        };
        deed(text, self.language, &is_name)
    }

    /// Other people of the text, those of the same section first where close ones are wanted.
    pub(crate) fn other_people(&self, right: &str, section: usize, close: bool, random: &mut Random) -> Vec<String> {
        let length = right.chars().count();
        let related = |name: &str| name.split(' ').any(|part| right.split(' ').any(|own| own == part));
        let mut fitting: Vec<(usize, u64, &str)> = self
            .people
            .iter()
            .filter(|(name, _)| !related(name))
            .map(|(name, of)| {
                let far = usize::from((*of == section) != close) * 2;
                (name.chars().count().abs_diff(length) / 2 + far, random.next() >> 32, name.as_str())
            })
            .collect();
        fitting.sort_unstable();
        with_a_longer_one(fitting.into_iter().map(|(_, _, name)| name.to_owned()).collect(), length)
    }

    /// The last name, where nobody else in the text has it.
    pub(crate) fn last_name(&self, name: &str) -> Option<String> {
        let (_, last) = name.rsplit_once(' ')?;
        let shared = self.people.iter().any(|(other, _)| other != name && other.split(' ').any(|part| part == last));
        (!shared).then(|| last.to_owned())
    }
}
