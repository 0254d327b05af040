//! Terms that stand beside another one as wrong options.

use super::{LOOKED_AT, Pool, Term, kinds::is_no_thing, with_a_longer_one};
use crate::{facts::is_plural, random::Random};

/// Terms that differ more than this in length, words, ending and whether the text explains them are of another kind.
const UNLIKE_MAX: usize = 3;
/// What a deed or a property that is no thing counts for more unlike a thing.
const ANOTHER_KIND: usize = 4;
/// What a term counts for more unlike that is not told to be the same sort of thing.
const OF_ANOTHER_NOUN: usize = 2;

impl Pool {
    /// Terms that could stand in place of `right`, the most alike first.
    pub(crate) fn other_terms(&self, right: &str, section: usize, close: bool, random: &mut Random) -> Vec<String> {
        let right = self.as_term(right);
        let mut fitting: Vec<(usize, u64, &str)> = Vec::new();
        for term in &self.terms {
            let Some(unlike) = self.unlikeness(&right, term) else { continue };
            let far = usize::from((term.section == section) != close) * 2;
            fitting.push((unlike + far, random.next() >> 32, &term.text));
            if fitting.len() == LOOKED_AT {
                break;
            }
        }
        fitting.sort_unstable();
        with_a_longer_one(fitting.into_iter().map(|(_, _, text)| text.to_owned()).collect(), right.length)
    }

    /// A term with what the text says of it, if anything.
    fn as_term(&self, text: &str) -> Term {
        let text = self.within_sentence(text);
        let lower = text.to_lowercase();
        let known = self.terms.iter().find(|term| term.lower == lower);
        Term {
            section: known.map_or(0, |term| term.section),
            plural: is_plural(&text, self.language),
            words: text.split(' ').count(),
            length: text.chars().count(),
            capital: text.starts_with(char::is_uppercase),
            defined: known.is_some_and(|term| term.defined),
            genus: known.and_then(|term| term.genus.clone()),
            lower,
            text,
        }
    }

    /// How unlike a term is to the right one; none where nobody could take it for that.
    fn unlikeness(&self, right: &Term, term: &Term) -> Option<usize> {
        let alike =
            term.plural == right.plural && term.capital == right.capital && term.words.abs_diff(right.words) <= 1;
        if !alike || term.lower.contains(&right.lower) || right.lower.contains(&term.lower) {
            return None;
        }
        let ending = |text: &str| text.chars().rev().take(2).collect::<String>();
        let unlike = term.length.abs_diff(right.length) / 2
            + term.words.abs_diff(right.words) * 3
            + usize::from(!term.defined) * 4
            + usize::from(ending(&term.lower) != ending(&right.lower));
        let both = right.genus.as_ref().zip(term.genus.as_ref());
        let same_noun = both.is_some_and(|(own, other)| own.is_same(other));
        let same_ending = is_no_thing(&term.lower, self.language) == is_no_thing(&right.lower, self.language);
        let another_kind = both.is_some_and(|(own, other)| own.is_another_kind(other));
        let unlike = if another_kind || !(same_ending || same_noun) { unlike + ANOTHER_KIND } else { unlike };
        (unlike <= UNLIKE_MAX).then_some(if same_noun { unlike } else { unlike + OF_ANOTHER_NOUN })
    }
}
