//! Definitions in English.

use super::{Definition, Form, TERM_WORDS_MAX};
use crate::{facts::sentence::Sentence, words::is_listed};

impl Sentence<'_> {
    pub(super) fn english(&self) -> Option<Definition> {
        self.english_called()
            .or_else(|| self.english_copula())
            .or_else(|| self.english_verb())
            .or_else(|| self.english_named())
            .or_else(|| self.english_function())
    }

    /// “X is a …”, “Xs are … that …”.
    fn english_copula(&self) -> Option<Definition> {
        const VAGUE: &str = "result example part way matter reason case good bad bit lot number few same main key important major \
            common problem question little single very great different difference similar real simple";
        let copula = (1..=7_usize.min(self.lower.len()))
            .find(|index| ["is", "are", "was", "were"].contains(&self.word(*index)))?;
        let next = self.word(copula + 1);
        let head = self.word(copula + 2);
        let term_end = self.before_other_names(copula);
        let term = self.term(0, term_end, &["of"])?;
        let description = self.description(copula + 1)?;
        let article = matches!(next, "a" | "an" | "the");
        // “a simple, mostly single-celled organism”: one property among several is not all that is said.
        let vague = (is_listed(VAGUE, head) && self.after(copula + 2) != ", ") || (!article && is_listed(VAGUE, next));
        let several = ["are", "were"].contains(&self.word(copula)) && self.is_bare_plural(copula + 1);
        (self.joined(copula) && !vague && (article || several)).then_some(Definition {
            term,
            description,
            form: Form::Nominal,
        })
    }

    /// “collections of stars that …”: several things, told apart by what follows.
    fn is_bare_plural(&self, from: usize) -> bool {
        let first = self.word(from);
        let plain = !is_listed("given made known found seen taken shown built held kept left sold", first)
            && !first.ends_with("ed")
            && !first.ends_with("ing")
            && !first.ends_with("ly")
            && !self.grammar.is_function_word(first);
        plain
            && (from + 1..from + 5)
                .any(|index| ["of", "that", "which", "with", "made", "who", "whose"].contains(&self.word(index)))
    }

    /// “… is called X.”
    fn english_called(&self) -> Option<Definition> {
        let called = (2..self.lower.len()).find(|index| {
            let before = self.word(index - 1);
            ["called", "termed", "named"].contains(&self.word(*index)) && ["is", "are"].contains(&before)
                || (self.word(*index) == "as"
                    && before == "known"
                    && ["is", "are"].contains(&self.word(index.saturating_sub(2))))
        })?;
        let verb = if self.word(called) == "as" { called - 2 } else { called - 1 };
        // An article may have quotation marks after it: “is called a "checkpoint"”.
        let mut end = if matches!(self.word(called + 1), "a" | "an" | "the") { called + 2 } else { called + 1 };
        while end < self.lower.len() && self.joined(end) && end - called <= TERM_WORDS_MAX {
            end += 1;
        }
        let term = self.term(called + 1, (end + 1).min(self.lower.len()), &["of"])?;
        let rest = self.text[term.end..].trim_start_matches(['”', '"', '’']);
        if verb < 3 || !(rest.starts_with('.') || rest.starts_with(',')) {
            return None;
        }
        // “A living thing, whether made of …, is called an organism”: with a comma it is no description by itself.
        let parted = self.text[..self.words[verb].start].contains(',');
        let form = if parted { Form::Gapped } else { Form::Nominal };
        Some(Definition { term, description: self.words[0].start..self.words[verb - 1].end, form })
    }

    /// “X refers to …”, “X means …”, “By X we mean …”.
    fn english_verb(&self) -> Option<Definition> {
        let verb = (1..=6_usize.min(self.lower.len()))
            .find(|index| ["refers", "means", "denotes", "describes"].contains(&self.word(*index)))?;
        let from = if self.word(verb) == "refers" { verb + 2 } else { verb + 1 };
        let noun = matches!(self.word(from), "a" | "an" | "the" | "any" | "all") || self.word(verb) == "refers";
        let term = self.term(0, self.before_other_names(verb), &["of"])?;
        let description = self.description(from)?;
        noun.then_some(Definition { term, description, form: Form::Nominal })
    }

    /// “… a type of reproduction called X.”
    fn english_named(&self) -> Option<Definition> {
        let called = (3..self.lower.len()).find(|index| ["called", "termed"].contains(&self.word(*index)))?;
        let from = (0..called - 1).rev().find(|index| ["a", "an", "the"].contains(&self.word(*index)))?;
        let noun = !self.grammar.is_function_word(self.word(called - 1)) && !self.word(called - 1).ends_with("ly");
        let term = self.term(called + 1, self.run_end(called + 1), &["of"])?;
        let common = self.text[term.clone()].starts_with(char::is_lowercase);
        let whole = (from..=called).all(|index| self.joined(index)) && self.ends_sentence(term.end);
        (noun && common && whole).then_some(Definition {
            term,
            description: self.words[from].start..self.words[called - 1].end,
            form: Form::Gapped,
        })
    }

    /// “X are used to …”, “X acts as …”: what it is for.
    fn english_function(&self) -> Option<Definition> {
        let used = |at: usize| ["is", "are"].contains(&self.word(at)) && self.word(at + 1) == "used";
        let acts = |at: usize| is_listed("acts act serves serve", self.word(at)) && self.word(at + 1) == "as";
        let enables = |at: usize| is_listed("enables enable", self.word(at));
        let verb = (1..=4_usize.min(self.lower.len())).find(|at| used(*at) || acts(*at) || enables(*at))?;
        let term = self.term(0, self.before_other_names(verb), &["of"])?;
        let description = self.description(verb)?;
        self.joined(verb).then_some(Definition { term, description, form: Form::Gapped })
    }
}
