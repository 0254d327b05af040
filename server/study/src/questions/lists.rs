//! Questions for what belongs to an enumeration and what does not.

use super::{
    draft::{Draft, OPTIONS, Wrong},
    drafts::{Maker, Origin},
    phrases::{self, Blank, GAP},
    pool::{Pool, with_a_longer_one},
};
use crate::{
    facts::{Cue, List, Look, can_mix, counted, list, look, replaced},
    language::Language,
    random::Random,
    rank::Vocabulary,
    reading::Reading,
};
use domain::quizzes::QuestionForm;
use std::{
    cell::Cell,
    collections::{BTreeSet, HashMap},
};

/// Most lists of a source that items are taken from, and most sentences in which each is looked up.
const LISTS_MAX: usize = 400;
const PLACES_MAX: usize = 60;
/// Most items that are taken for one question, and most that are compared with what the text says.
const TAKEN_MAX: usize = 200;
const LOOKED_AT: usize = 800;
/// Most lists of a source that are asked about.
const ASKED_MAX: usize = 400;
/// Most words of an item that is to be written.
const WRITTEN_WORDS_MAX: usize = 3;
/// How much what two lists are about may have in common, in hundredths, before their items may be of one kind.
const CLASSES_ALIKE: usize = 50;

/// Something that a list names.
struct Item {
    text: String,
    look: Look,
    stems: BTreeSet<String>,
    /// The sentences that have it.
    places: Vec<usize>,
}

/// A list of the source.
struct Known {
    section: usize,
    cue: Cue,
    items: Vec<Item>,
    class: BTreeSet<String>,
}

/// The lists of a source.
pub(crate) struct Lists {
    known: Vec<Known>,
    /// Whether they stand in different sections.
    spread: bool,
    /// How many of them may still be asked about.
    left: Cell<usize>,
}

impl Lists {
    pub(crate) fn of(reading: &Reading<'_>, vocabulary: &Vocabulary, pool: &Pool) -> Self {
        let mut seen = BTreeSet::new();
        let known = reading.sentences.iter().filter(|sentence| sentence.good).filter_map(|sentence| {
            let found = list(&sentence.text, reading.language, &reading.grammar)?;
            let known = Known::of(&sentence.text, &found, sentence.section, reading, pool)?;
            seen.insert(sentence.text.as_str()).then_some(known)
        });
        let known: Vec<Known> = known.take(LISTS_MAX).collect();
        let spread = known.windows(2).any(|pair| pair[0].section != pair[1].section);
        let mut lists = Self { known, spread, left: Cell::new(ASKED_MAX) };
        lists.find_places(vocabulary);
        lists
    }

    fn find_places(&mut self, vocabulary: &Vocabulary) {
        // Each item is looked for where its rarest word stands.
        let mut by_rarest: HashMap<u32, Vec<(&mut Item, Vec<u32>)>> = HashMap::new();
        for item in self.known.iter_mut().flat_map(|known| &mut known.items) {
            let numbers: Vec<u32> = item.stems.iter().filter_map(|stem| vocabulary.number(stem)).collect();
            if let Some(rarest) = numbers.iter().copied().min_by_key(|number| vocabulary.frequency[*number as usize]) {
                by_rarest.entry(rarest).or_default().push((item, numbers));
            }
        }
        for (place, stems) in vocabulary.sentences.iter().enumerate() {
            for stem in stems {
                for (item, numbers) in by_rarest.get_mut(stem).into_iter().flatten() {
                    if item.places.len() < PLACES_MAX
                        && numbers.iter().all(|number| stems.binary_search(number).is_ok())
                    {
                        item.places.push(place);
                    }
                }
            }
        }
    }

    /// Whether one more list may be asked about. Those of the best sentences are asked about first.
    fn may_ask(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    /// Items of other lists that look like `item`, are not in the sentence and, by all that the text says, are none of
    /// what the list is about; the most alike first.
    fn others<'a>(&'a self, origin: &Context<'_>, item: &Item, random: &mut Random) -> Vec<&'a Item> {
        let (length, words) = (item.text.chars().count(), item.text.split(' ').count());
        let mut fitting: Vec<(usize, u64, &Item)> = Vec::new();
        // What one section names is often of one kind, even where the text does not say so.
        let apart = |known: &&Known| !self.spread || known.section != origin.section;
        let kinds = self.known.iter().filter(apart).filter(|known| origin.is_of_another_kind(known));
        let counted = kinds.flat_map(|known| &known.items).map(|other| (other, other.text.split(' ').count()));
        let alike = counted.filter(|(other, count)| other.look == item.look && count.abs_diff(words) <= 1);
        for (other, count) in alike.take(LOOKED_AT).filter(|(other, _)| origin.is_foreign(other)).take(TAKEN_MAX) {
            let unlike = other.text.chars().count().abs_diff(length) / 2 + count.abs_diff(words) * 3;
            fitting.push((unlike, random.next() >> 32, other));
        }
        fitting.sort_unstable_by_key(|(unlike, chance, _)| (*unlike, *chance));
        let mut taken = BTreeSet::new();
        let distinct = |other: &&'a Item| other.stems.iter().all(|stem| taken.insert(stem));
        fitting.into_iter().map(|(_, _, other)| other).filter(distinct).collect()
    }
}

impl Known {
    fn of(text: &str, found: &List, section: usize, reading: &Reading<'_>, pool: &Pool) -> Option<Self> {
        let item = |range: &std::ops::Range<usize>| {
            let text = &text[range.clone()];
            let text = if range.start == 0 { pool.lowered(text)? } else { text.to_owned() };
            let (look, stems) = (look(&text, found.cue, reading.language), reading.grammar.stems(&text));
            (!stems.is_empty()).then_some(Item { text, look, stems, places: Vec::new() })
        };
        let items = found.items.iter().map(item).collect::<Option<Vec<Item>>>()?;
        Some(Self { section, cue: found.cue, items, class: reading.grammar.stems(&text[found.class.clone()]) })
    }
}

/// The sentence with the list that is asked about.
struct Context<'a> {
    language: Language,
    cue: Cue,
    section: usize,
    lower: String,
    stems: BTreeSet<String>,
    class: &'a BTreeSet<String>,
    /// The same by number.
    numbers: Vec<u32>,
    vocabulary: &'a Vocabulary,
}

impl Context<'_> {
    /// Whether nothing of the other list stands in this one, and both are about different things.
    fn is_of_another_kind(&self, known: &Known) -> bool {
        let common = known.class.intersection(self.class).count();
        let fewer = known.class.len().min(self.class.len()).max(1);
        can_mix(self.cue, known.cue, self.language)
            && common * 100 < fewer * CLASSES_ALIKE
            && known.items.iter().all(|item| item.stems.is_disjoint(&self.stems))
    }

    /// Whether the item is unknown to the sentence, and no other sentence has it together with what the list is about.
    fn is_foreign(&self, item: &Item) -> bool {
        let together = |place: &usize| {
            let stems = &self.vocabulary.sentences[*place];
            let common = self.numbers.iter().filter(|number| stems.binary_search(number).is_ok()).count();
            common > 0 && common * 100 >= self.numbers.len() * CLASSES_ALIKE
        };
        // A list of parts is whole: what stands with the whole elsewhere is not one of them for that.
        let open = self.cue != Cue::Parts;
        !self.lower.contains(&item.text.to_lowercase())
            && item.stems.is_disjoint(&self.stems)
            && !(open && (self.numbers.is_empty() || item.places.iter().any(together)))
    }
}

impl Maker<'_> {
    pub(super) fn of_list(&self, origin: &Origin<'_>, random: &mut Random, made: &mut Vec<Draft>) {
        let reading = self.reading;
        let Some(found) = list(origin.text, reading.language, &reading.grammar) else { return };
        let Some(known) = Known::of(origin.text, &found, origin.section, reading, &self.pool) else { return };
        if !self.lists.may_ask() {
            return;
        }
        let context = Context {
            language: reading.language,
            cue: found.cue,
            section: origin.section,
            lower: origin.text.to_lowercase(),
            stems: reading.grammar.stems(origin.text),
            class: &known.class,
            numbers: known.class.iter().filter_map(|stem| self.vocabulary.number(stem)).collect(),
            vocabulary: self.vocabulary,
        };
        self.of_missing_item(origin, &found, &known, &context, random, made);
        self.of_foreign_item(origin, &found, &known, &context, random, made);
    }

    /// One of several things that the sentence counts: as their number and all others are told, only it is missing.
    pub(super) fn of_counted(&self, origin: &Origin<'_>, random: &mut Random, made: &mut Vec<Draft>) {
        let Some(mut items) = counted(origin.text, self.language()) else { return };
        random.shuffle(&mut items);
        let grammar = &self.reading.grammar;
        let asked = items.into_iter().find(|item| {
            let (own, rest) = (&origin.text[item.clone()], replaced(origin.text, item, ""));
            let stems = grammar.stems(own);
            own.split(' ').count() <= WRITTEN_WORDS_MAX && !stems.is_empty() && stems.is_disjoint(&grammar.stems(&rest))
        });
        let Some(item) = asked else { return };
        let gapped = replaced(origin.text, &item, GAP);
        let right = &origin.text[item];
        let asked = phrases::fill_gap(self.language(), Blank::Term, &gapped);
        made.push(self.draft(origin, QuestionForm::Cloze, asked.clone(), right, 0.4));
        made.push(self.draft(origin, QuestionForm::Short, asked, right, 0.3));
    }

    fn of_missing_item(
        &self,
        origin: &Origin<'_>,
        found: &List,
        known: &Known,
        context: &Context<'_>,
        random: &mut Random,
        made: &mut Vec<Draft>,
    ) {
        let mut order: Vec<usize> = (0..known.items.len()).collect();
        random.shuffle(&mut order);
        for at in order {
            let right = &known.items[at];
            let others = self.lists.others(context, right, random);
            if others.len() < OPTIONS - 1 {
                continue;
            }
            let gapped = replaced(origin.text, &found.items[at], GAP);
            let question = phrases::missing_in_list(self.reading.language, &gapped);
            let mut draft = self.draft(origin, QuestionForm::Mcq, question, &right.text, 0.4);
            let texts = others.iter().map(|other| other.text.clone()).collect();
            draft.wrong = Wrong::These(with_a_longer_one(texts, right.text.chars().count()));
            made.push(draft);
            return;
        }
    }

    /// Three items that belong, and one that does not.
    fn of_foreign_item(
        &self,
        origin: &Origin<'_>,
        found: &List,
        known: &Known,
        context: &Context<'_>,
        random: &mut Random,
        made: &mut Vec<Draft>,
    ) {
        let mut belonging: Vec<&Item> = known.items.iter().collect();
        random.shuffle(&mut belonging);
        let look = &belonging[0].look;
        belonging.retain(|item| item.look == *look);
        belonging.truncate(OPTIONS - 1);
        let others = self.lists.others(context, belonging[0], random);
        let longest = belonging.iter().map(|item| item.text.chars().count()).max().unwrap_or(0);
        // Preferably not longer than all that belong, which would tell it.
        let foreign = others.iter().find(|other| other.text.chars().count() <= longest).or(others.first());
        let (Some(foreign), Some(first), Some(last)) = (foreign, found.items.first(), found.items.last()) else {
            return;
        };
        if belonging.len() < OPTIONS - 1 {
            return;
        }
        let gapped = replaced(origin.text, &(first.start..last.end), GAP);
        let question = phrases::foreign_to_list(self.reading.language, &gapped);
        let mut draft = self.draft(origin, QuestionForm::Mcq, question, &foreign.text, 0.35);
        draft.wrong = Wrong::These(belonging.iter().map(|item| item.text.clone()).collect());
        made.push(draft);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Source, SourceId};
    use domain::documents::DocumentPage;

    const TEXT: &str = "Useful metals include copper, zinc and nickel. Noble gases include helium, neon and argon. Old coins were \
        metals such as silver, gold and copper. Birds of prey include eagles, falcons and buzzards. Lead is one of the metals that \
        miners know well. Painters used pigments such as ochre, lead and chalk.";

    #[test]
    fn items_of_another_kind_are_taken_and_what_the_text_counts_in_is_not() {
        let page = DocumentPage { page: 1, text: TEXT.into(), blocks: Vec::new() };
        let source = Source { id: SourceId::Text, language: Some("en".into()), pages: vec![page] };
        let reading = Reading::of(&source);
        let vocabulary = Vocabulary::of(&reading);
        let definitions: Vec<_> = reading.sentences.iter().map(|_| None).collect();
        let pool = Pool::of(&reading, &definitions);
        let lists = Lists::of(&reading, &vocabulary, &pool);
        let known = &lists.known[0];
        let text = &reading.sentences[0].text;
        let context = Context {
            language: reading.language,
            cue: known.cue,
            section: 0,
            lower: text.to_lowercase(),
            stems: reading.grammar.stems(text),
            class: &known.class,
            numbers: known.class.iter().filter_map(|stem| vocabulary.number(stem)).collect(),
            vocabulary: &vocabulary,
        };
        let others = lists.others(&context, &known.items[0], &mut Random::named(1, "test"));
        let mut texts: Vec<&str> = others.iter().map(|other| other.text.as_str()).collect();
        texts.sort_unstable();
        // Silver and gold stand in a list with copper, lead is a metal by another sentence, birds are several.
        assert_eq!(texts, ["argon", "chalk", "helium", "neon", "ochre"]);
        assert!((0..ASKED_MAX).all(|_| lists.may_ask()) && !lists.may_ask());
    }
}
