//! Sentences that say why something is so.

use super::sentence::Sentence;
use crate::{
    language::Language,
    standing,
    words::{Grammar, is_listed},
};
use std::ops::Range;

/// How a reason is put; reasons put differently cannot stand in one another's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReasonKind {
    /// A clause: “because bees carry the pollen”. One that tells of the past would stand out among others.
    Clause { past: bool },
    /// A noun with what belongs to it: “because of heavy rain”.
    Phrase,
}

/// The reason that a sentence gives, as a stretch of it, without the words that announce it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cause {
    pub(crate) reason: Range<usize>,
    /// With the words that announce it: what is left is what it is the reason for.
    pub(crate) announced: Range<usize>,
    pub(crate) kind: ReasonKind,
}

struct Cue {
    words: &'static [&'static str],
    of_clause: bool,
}

/// Longer cues before those that they begin with.
const ENGLISH_CUES: [Cue; 7] = [
    Cue { words: &["because", "of"], of_clause: false },
    Cue { words: &["due", "to"], of_clause: false },
    Cue { words: &["owing", "to"], of_clause: false },
    Cue { words: &["as", "a", "result", "of"], of_clause: false },
    Cue { words: &["thanks", "to"], of_clause: false },
    Cue { words: &["because"], of_clause: true },
    Cue { words: &["since"], of_clause: true },
];
const POLISH_CUES: [Cue; 10] = [
    Cue { words: &["z", "powodu"], of_clause: false },
    Cue { words: &["na", "skutek"], of_clause: false },
    Cue { words: &["w", "wyniku"], of_clause: false },
    Cue { words: &["wskutek"], of_clause: false },
    Cue { words: &["dlatego", "że"], of_clause: true },
    Cue { words: &["ponieważ"], of_clause: true },
    Cue { words: &["gdyż"], of_clause: true },
    Cue { words: &["bowiem"], of_clause: true },
    Cue { words: &["albowiem"], of_clause: true },
    Cue { words: &["bo"], of_clause: true },
];

/// Words that speak of causes: where there are two of them, it is not plain what is the reason of what.
const ENGLISH_CAUSAL: &str = "because due owing result results resulted since therefore thus hence consequently reason reasons \
    cause causes caused thanks whereby";
const POLISH_CAUSAL: &str = "ponieważ gdyż bowiem albowiem bo powodu powodów wskutek skutek skutkiem wyniku dlatego zatem więc \
    dzięki toteż powoduje powodują spowodował spowodowała spowodowało przyczyna przyczyną przyczyny skoro";

/// Words before a cue with which the reason is denied, doubted, or one of several.
const DENYING: &str = "not never nor no only just even but or and than rather partly perhaps possibly maybe probably if \
    nie tylko ale lecz i oraz lub albo może częściowo chyba ani raczej niż prawdopodobnie";

/// Pronouns that may point out of the reason, and then tell which sentence it was taken from.
const ENGLISH_PRONOUNS: &str = "it its they their theirs them he she his her hers him this these those such both latter former we \
    our us you your here then";
const POLISH_PRONOUNS: &str = "on ona ono oni one jego jej ich je go mu ją im nim nią nimi niego niej nich niemu ten ta te ci tego \
    tej tych tym temu tę tą tymi taki taka takie takich takiej takim tam tu wtedy wówczas co czego którego której których któremu";

/// Words that cannot stand in a noun phrase, or with which the sentence may go on after it.
const ENGLISH_NO_PHRASE: &str = "that which who whom whose what when while where whereas if although though unless until but and or \
    nor so than how why is are was were be been being has have had do does did can could will would may might must should not";
const POLISH_NO_PHRASE: &str = "że który która które którzy gdy kiedy gdzie jeśli jeżeli choć aby żeby ale lecz i oraz lub albo a ani \
    więc jak jest są był była było były ma mają miał może mogą można trzeba należy został została zostało zostały będzie będą nie się";
/// What “is due to” is followed by when it tells a date.
const INFINITIVES: &str =
    "begin start end arrive open close be become take launch return expire retire meet appear finish leave come go";
/// Words after a comma that begin something other than the reason.
const GOING_ON: &str = "and but so which who whose whom while whereas although though or nor yet where when making even not if unless \
    as i a ale lecz oraz więc zatem dlatego co który która które którzy których którym podczas gdy choć chociaż natomiast lub albo \
    jednak gdzie kiedy jeśli jeżeli czyli nie zaś";
/// Polish verbs with which a clause begins whose subject stands in the sentence before it.
const POLISH_VERBS: &str = "zawiera traci rośnie chroni daje tworzy posiada pozwala umożliwia zapewnia wymaga potrzebuje działa żyje \
    leży stanowi odbija pochłania przewodzi zmniejsza zwiększa trwa służy należy łączy wiąże dzieli zajmuje powstaje składa \
    staje brakuje brak występuje rozprasza emituje nie można trzeba wolno chciał chciała musi muszą chce chcą zaczyna przestaje \
    otrzymuje oddaje pobiera przenosi utrudnia ułatwia ogranicza niszczy odgrywa pełni leżą żyją tracą tworzą chronią dają";
/// Polish nouns that end as verbs in the past do.
const POLISH_NOT_PAST: &str = "światła światło ciała ciało ciał siła siły skała skały źródła źródło szkła szkło koła koło szkoła \
    szkoły tła tło dzieła dzieło masła żyły żyła fali roli soli stali metali skali chwili woli kontroli kryształ materiał artykuł \
    sygnał kanał kapitał udział wydział podział przedział oddział dział minerał minerały materiały sygnały kanały kryształy mała \
    małe biała białe cała całe stała stałe ciepła ciepło kanali źródeł zboża chwila strzały białka skrobi masło zioła ziół czoła \
    pszczoły pszczoła pszczół krzesła hasła hasło jabłka rzemiosła rzemiosło węgli perły igły igła smoły smoła całość trwały stały";

const CLAUSE_WORDS: Range<usize> = 4..17;
const CLAUSE_LENGTH: Range<usize> = 20..111;
const PHRASE_WORDS: Range<usize> = 2..9;
const PHRASE_LENGTH: Range<usize> = 8..71;
/// Fewest words of what the reason is given for.
const EFFECT_WORDS_MIN: usize = 3;

/// The reason that a sentence gives, if it plainly gives one.
pub(crate) fn cause(text: &str, language: Language, grammar: &Grammar) -> Option<Cause> {
    let (cues, causal): (&[Cue], &str) = match language {
        Language::En => (&ENGLISH_CUES, ENGLISH_CAUSAL),
        Language::Pl => (&POLISH_CUES, POLISH_CAUSAL),
        _ => return None,
    };
    let sentence = Sentence::new(text, language, grammar);
    if sentence.lower.iter().filter(|word| is_listed(causal, word)).count() != 1 {
        return None;
    }
    let (at, cue) = (0..sentence.words.len())
        .find_map(|at| cues.iter().find(|cue| sentence.has_cue(at, cue)).map(|cue| (at, cue)))?;
    if at > 0 && is_listed(DENYING, sentence.word(at - 1)) {
        return None;
    }
    if cue.of_clause { sentence.clause(at, at + cue.words.len()) } else { sentence.phrase(at, at + cue.words.len()) }
}

impl Sentence<'_> {
    fn has_cue(&self, at: usize, cue: &Cue) -> bool {
        cue.words.iter().enumerate().all(|(offset, word)| self.word(at + offset) == *word)
    }

    /// A clause that ends the sentence.
    fn clause(&self, cue: usize, from: usize) -> Option<Cause> {
        // In Polish a comma parts the clauses; „bowiem” may also stand within its own.
        let comma = |index: usize| self.after(index).contains(',');
        let parted = self.language != Language::Pl || comma(cue.checked_sub(1)?) || (from > cue + 1 && comma(cue));
        // “since 1990” and “since the war” tell a time; what follows a comma mostly tells a reason.
        let parted = parted && (self.word(cue) != "since" || comma(cue.checked_sub(1)?));
        let words = from..self.words.len();
        let reason = self.range(&words, &CLAUSE_WORDS, &CLAUSE_LENGTH)?;
        let goes_on = words.clone().any(|index| {
            let next = self.word(index + 1);
            self.after(index).contains(',') && (is_listed(GOING_ON, next) || next.ends_with("ing"))
        });
        let verb_first = self.language == Language::Pl
            && (is_listed(POLISH_VERBS, self.word(from))
                || self.word(from + 1) == "się"
                || ["ają", "eją", "ują", "uje"].iter().any(|ending| self.word(from).ends_with(ending)));
        let fits = parted && cue >= EFFECT_WORDS_MIN && !goes_on && !verb_first;
        let past = self.is_past(words);
        let announced = self.words[cue].start..reason.end;
        fits.then_some(Cause { reason, announced, kind: ReasonKind::Clause { past } })
    }

    /// A noun phrase that ends the sentence, or begins it up to a comma.
    fn phrase(&self, cue: usize, from: usize) -> Option<Cause> {
        let all = self.words.len();
        let comma = (from..all).find(|index| self.after(*index).contains(','));
        let until = match comma {
            Some(comma) if cue == 0 => comma + 1,
            Some(_) => return None,
            None => all,
        };
        let effect = if cue == 0 { all - until } else { cue };
        let words = from..until;
        let reason = self.range(&words, &PHRASE_WORDS, &PHRASE_LENGTH)?;
        let fits = match self.language {
            Language::Pl => self.is_polish_phrase(cue, &words),
            _ => {
                !is_listed(INFINITIVES, self.word(from))
                    && !words.clone().any(|index| is_listed(ENGLISH_NO_PHRASE, self.word(index)))
            }
        };
        let announced = self.words[cue].start..reason.end;
        (fits && effect >= EFFECT_WORDS_MIN).then_some(Cause { reason, announced, kind: ReasonKind::Phrase })
    }

    /// Whether nothing but the noun phrase stands there. Polish may put the subject and the verb of the sentence after it
    /// without a comma, so the verb must be seen before.
    fn is_polish_phrase(&self, cue: usize, words: &Range<usize>) -> bool {
        const PREPOSITIONS: &str =
            "w we na z ze po przed od do dla przy pod nad podczas za u bez latem zimą wiosną jesienią";
        let verb_before = (0..cue).any(|index| {
            let word = self.word(index);
            self.looks_past(word)
                || is_listed("się jest są ma mają zostaje zostają może mogą", word)
                || (word.chars().count() > 5 && (word.ends_with("no") || word.ends_with("to")))
        });
        let subject_before = cue > EFFECT_WORDS_MIN && !is_listed(PREPOSITIONS, self.word(0));
        let mut after_preposition = false;
        let nouns_only = words.clone().all(|index| {
            let word = self.word(index);
            let preposition = is_listed(PREPOSITIONS, word);
            // A verb in the present has one of these endings; so has a noun after a preposition.
            let verb = word.ends_with(['ą', 'ę', 'e']) && !word.ends_with("nie") && !word.ends_with("cie");
            let fits = !is_listed(POLISH_NO_PHRASE, word) && !self.looks_past(word) && (!verb || after_preposition);
            after_preposition |= preposition;
            fits
        });
        (verb_before || subject_before) && nouns_only
    }

    /// The words as a stretch of text, where they are as many as wanted, plain, and point at nothing outside.
    fn range(&self, words: &Range<usize>, count: &Range<usize>, length: &Range<usize>) -> Option<Range<usize>> {
        if !count.contains(&words.len()) {
            return None;
        }
        let range = self.words[words.start].start..self.words[words.end - 1].end;
        let text = &self.text[range.clone()];
        let pronouns = if self.language == Language::Pl { POLISH_PRONOUNS } else { ENGLISH_PRONOUNS };
        let points = |index: usize| {
            // “it’s” points as “it” does.
            let word = self.word(index).split(['\'', '’']).next().unwrap_or_default();
            is_listed(pronouns, word)
        };
        let plain = length.contains(&text.chars().count())
            && !text.contains(['(', ')', ';', ':', '–', '—', '"', '“', '”', '„', '«', '/'])
            && !words.clone().any(points)
            && self.after(words.start.checked_sub(1)?) == " "
            && standing::has_its_nouns(text, self.language);
        let rest = &self.text[range.end..];
        let whole = rest.starts_with(',') || rest == ".";
        (plain && whole).then_some(range)
    }

    fn looks_past(&self, word: &str) -> bool {
        const ENDINGS: [&str; 5] = ["ł", "ła", "ło", "li", "ły"];
        self.language == Language::Pl
            && word.chars().count() > 2
            && ENDINGS.iter().any(|ending| word.ends_with(ending))
            && !is_listed(POLISH_NOT_PAST, word)
    }

    fn is_past(&self, words: Range<usize>) -> bool {
        let any = |fits: &dyn Fn(&str) -> bool| words.clone().any(|index| fits(self.word(index)));
        if self.language == Language::Pl {
            return any(&|word| self.looks_past(word));
        }
        let present = any(&|word| is_listed("is are has have does do can will may must", word));
        !present && any(&|word| is_listed("was were had did could would might", word) || word.ends_with("ed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, language: Language) -> Option<(&str, ReasonKind)> {
        let found = cause(text, language, &Grammar::new(language))?;
        Some((&text[found.reason], found.kind))
    }

    const PRESENT: ReasonKind = ReasonKind::Clause { past: false };
    const PAST: ReasonKind = ReasonKind::Clause { past: true };

    #[test]
    fn english_reasons_are_found() {
        let of = |text| of(text, Language::En);
        assert_eq!(
            of("Blue stars are hotter than red stars, because hotter bodies emit more blue light."),
            Some(("hotter bodies emit more blue light", PRESENT))
        );
        assert_eq!(
            of("The harbour was built at Gdynia because Poland could not use Danzig freely."),
            Some(("Poland could not use Danzig freely", PAST))
        );
        assert_eq!(
            of("Rivers flood in spring because of melting snow in the mountains."),
            Some(("melting snow in the mountains", ReasonKind::Phrase))
        );
        assert_eq!(
            of("Due to the tilt of the axis, days are longer in summer."),
            Some(("the tilt of the axis", ReasonKind::Phrase))
        );
        for text in [
            "The star is red because it has cooled down a lot.",
            "The star is red not because dust surrounds the whole system.",
            "The star is red only because dust surrounds the whole system.",
            "The star is red because dust surrounds the system, which is rare.",
            "The star is red because dust surrounds the system, and planets form there.",
            "The star is red because dust absorbs light due to heavy atoms.",
            "The star is red because of dust and appears small.",
            "The star is red because of this.",
            "The star is red because of the fact that dust surrounds the system.",
            "The train from the north is due to arrive tomorrow morning.",
            "Plants, due to lack of light, grow slowly in caves.",
            "Red because dust surrounds the whole system.",
            "The star is red because of dust.",
            "The star is red because it’s surrounded by a lot of dust.",
            "The star is red because, by and large, dust surrounds the system.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn polish_reasons_are_found() {
        let of = |text| of(text, Language::Pl);
        assert_eq!(
            of("Eksport rośnie po osłabieniu waluty, ponieważ towary krajowe stają się tańsze."),
            Some(("towary krajowe stają się tańsze", PRESENT))
        );
        assert_eq!(
            of("Port zbudowano w Gdyni, gdyż Polska nie mogła swobodnie korzystać z Gdańska."),
            Some(("Polska nie mogła swobodnie korzystać z Gdańska", PAST))
        );
        assert_eq!(
            of("Wiele roślin obumarło latem z powodu braku wody w glebie."),
            Some(("braku wody w glebie", ReasonKind::Phrase))
        );
        for text in [
            "Latem z powodu suszy rośliny więdną na polach.",
            "W ubiegłym roku z powodu suszy rośliny więdną na polach.",
            "Z powodu suszy rośliny więdną na polach.",
            "Rośliny więdną na polach, ponieważ brakuje wody w glebie.",
            "Rośliny więdną na polach, ponieważ nie mają dość wody.",
            "Rośliny więdną na polach, ponieważ ich korzenie są płytkie.",
            "Rośliny więdną na polach nie dlatego, że brak wody, lecz bo słońce mocno je pali.",
            "Mitoza to podział jądra, w wyniku którego powstają dwa jądra.",
            "Lato było suche, korzenie bowiem sięgają płytko pod powierzchnię.",
            "Komórka straciła wodę wskutek tego, że roztwór był zbyt stężony.",
            "Wiele roślin obumarło z powodu suszy i przymrozków.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn other_languages_give_none() {
        assert_eq!(of("Der Stern ist rot because dust surrounds the whole system.", Language::De), None);
    }
}
