//! Definitions in Polish.

use super::{Definition, Form};
use crate::{facts::sentence::Sentence, words::is_listed};

/// Adjectives with which a sentence praises or measures what it does not explain.
const QUALITIES: &str = "dobrym dobrą dobrymi złym złą złymi ważnym ważną ważnymi świetnym doskonałym doskonałą słabym słabą \
    dużym dużą ogromnym ogromną głównym główną jedynym jedyną najlepszym najlepszą poważnym poważną bardzo innym inną produktem skutkiem wynikiem efektem następstwem przyczyną powodem źródłem częścią \
    przykładem celem";
/// Fewest words before what announces a term in English, and around both, so that the sentence tells which is meant.
const FOREIGN_BEFORE_MIN: usize = 4;
const FOREIGN_AROUND_MIN: usize = 6;

/// Endings of adjectives, which are no terms alone.
const ADJECTIVE_ENDINGS: [&str; 22] = [
    "ego", "ej", "ym", "ych", "emu", "ną", "ową", "owa", "owe", "owy", "jna", "jne", "jny", "czna", "czne", "czny",
    "lna", "lne", "lny", "ska", "skie", "ski",
];
/// What announces a term's word in another language in Polish textbooks.
const FOREIGN_WORDS: [&str; 5] = ["(ang. ", "(łac. ", "(gr. ", "(niem. ", "(fr. "];

impl Sentence<'_> {
    pub(super) fn polish(&self) -> Option<Definition> {
        self.polish_called()
            .or_else(|| self.polish_copula())
            .or_else(|| self.polish_or())
            .or_else(|| self.polish_verb())
            .or_else(|| self.polish_foreign())
    }

    /// „X to …”, „X – to …”, „X jest to …”.
    fn polish_copula(&self) -> Option<Definition> {
        let copula = (1..=6_usize.min(self.lower.len().saturating_sub(1))).find(|index| self.word(*index) == "to")?;
        let end = if self.word(copula - 1) == "jest" { copula - 1 } else { copula };
        let dash = |index: usize| ["", "–", "—", "-"].contains(&self.after(index).trim_start_matches(')').trim());
        let term_end = self.before_other_names(end);
        let term = self.term(0, term_end, &["w", "z", "na", "i", "o"])?;
        let description = self.description(copula + 1)?;
        let verb = self.word(0).ends_with('ć') && !self.word(0).ends_with("ść");
        // What begins with a name says which ones, not what it is.
        let names =
            self.text[description.clone()].split(' ').next().is_some_and(|word| word.contains(char::is_uppercase));
        // „Powierzchnia komórki to błona (ang. membrane)”: the term is what is given in another language.
        let turned = FOREIGN_WORDS.iter().any(|foreign| self.text[description.clone()].contains(foreign));
        let parted = dash(copula - 1) || (term_end < end && self.after(copula - 1) == ", ");
        (!verb && !names && !turned && parted && self.joined(copula)).then_some(Definition {
            term,
            description,
            form: Form::Nominal,
        })
    }

    /// „X, czyli …, …”.
    fn polish_or(&self) -> Option<Definition> {
        let or = (1..=5_usize.min(self.lower.len().saturating_sub(1))).find(|index| self.word(*index) == "czyli")?;
        let term = self.term(0, or, &["w", "z", "na", "o"])?;
        let start = self.words.get(or + 1)?.start;
        let length = self.text[start..].find([',', ';', '.', '('])?;
        (self.after(or - 1).trim() == ",").then_some(Definition {
            term,
            description: start..start + length,
            form: Form::Nominal,
        })
    }

    /// „X jest jednostką …”, „X oznacza …”, „X polega na …”.
    fn polish_verb(&self) -> Option<Definition> {
        const VERBS: [&str; 13] = [
            "jest",
            "są",
            "był",
            "była",
            "było",
            "oznacza",
            "polega",
            "stanowi",
            "stanowią",
            "służy",
            "służą",
            "umożliwia",
            "umożliwiają",
        ];
        let verb =
            (1..=5_usize.min(self.lower.len().saturating_sub(1))).find(|index| VERBS.contains(&self.word(*index)))?;
        let term = self.term(0, self.before_other_names(verb), &["w", "z", "na", "o"])?;
        let being = ["jest", "są", "był", "była", "było"].contains(&self.word(verb));
        let instrumental = (verb + 1..verb + 4).any(|index| {
            let word = self.word(index);
            word.chars().count() > 3 && ["em", "ą", "ami", "im", "ym"].iter().any(|ending| word.ends_with(ending))
        });
        // „jest dobrym przewodnikiem”: a property of it, which others have as well.
        let praised = is_listed(QUALITIES, self.word(verb + 1));
        let participle =
            ["ny", "na", "ne", "ni", "ty", "ta", "te"].iter().any(|ending| self.word(verb + 1).ends_with(ending));
        let description = self.description(verb)?;
        (self.joined(verb) && (!being || (instrumental && !participle && !praised))).then_some(Definition {
            term,
            description,
            form: Form::Gapped,
        })
    }

    /// „… nazywamy X.”, „… nazywa się X.”, „… zwane X.”
    fn polish_called(&self) -> Option<Definition> {
        const CALLED: &str = "nazywamy nazywany nazywana nazywane nazywaną nazywanych nazywa nazywają zwany zwana zwane zwani \
            zwaną zwanego zwanej zwanym zwanych zwanymi";
        let called = (2..self.lower.len()).find(|index| is_listed(CALLED, self.word(*index)))?;
        let from = if self.word(called + 1) == "się" { called + 2 } else { called + 1 };
        let term = self.term(from, self.run_end(from), &[])?;
        let before = self.words[0].start..self.words[called - 1].end;
        self.ends_sentence(term.end).then_some(Definition { term, description: before, form: Form::Inflected })
    }

    /// „… progu pobudzenia (ang. threshold of excitation) …”: a term is given in English, word for word.
    fn polish_foreign(&self) -> Option<Definition> {
        let foreign = (FOREIGN_BEFORE_MIN..self.words.len())
            .find(|index| self.word(*index) == "ang" && self.after(index - 1) == " (")?;
        let closing = (foreign..self.words.len()).find(|index| self.after(*index).contains(')'))?;
        let count = (foreign + 1..=closing).filter(|index| !["of", "the"].contains(&self.word(*index))).count();
        let hyphened = (foreign + 1..=closing).any(|index| self.word(index).contains('-'));
        let from = foreign.checked_sub(count).filter(|from| *from > 0)?;
        // One English word may stand for a noun with an adjective, of which the adjective alone is no term.
        let adjective = ADJECTIVE_ENDINGS.iter().any(|ending| self.word(from).ends_with(ending));
        let term = self.term(from, foreign, &["w", "z", "na", "o"])?;
        let around = self.words.len() - count - (closing + 1 - foreign);
        let fits = !(hyphened || count == 1 && adjective) && around >= FOREIGN_AROUND_MIN;
        let description = self.words[0].start..self.words[from - 1].end;
        fits.then_some(Definition { term, description, form: Form::Mentioned })
    }
}
