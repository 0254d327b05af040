//! Words that a statement is made false with.

use super::clauses::hangs_on_another_clause;
use crate::{
    language::Language,
    words::{is_listed, words},
};
use std::ops::Range;

const ENGLISH: &str = "larger:smaller bigger:smaller greater:smaller higher:lower longer:shorter faster:slower hotter:cooler \
    brighter:fainter closer:farther older:younger earlier:later more:less largest:smallest highest:lowest \
    longest:shortest fastest:slowest brightest:faintest increases:decreases increase:decrease increased:decreased rises:falls \
    above:below before:after inside:outside always:never northern:southern north:south eastern:western east:west positive:negative \
    maximum:minimum upper:lower strong:weak stronger:weaker heavier:lighter warmer:colder absorbs:releases first:last internal:external \
    inner:outer clockwise:counterclockwise hot:cold dry:wet rich:poor majority:minority \
    often:rarely usually:rarely frequently:rarely narrow:wide thick:thin quickly:slowly \
    visible:invisible lowered:raised encouraged:discouraged buy:sell began:ended accept:reject \
    accepted:rejected surplus:shortage cheap:expensive";
/// Stems, so that the ending stays as it is.
const POLISH: &str = "większ:mniejsz najwięks:najmniejs wyższ:niższ najwyżs:najniżs dłuższ:krótsz szybsz:wolniejsz starsz:młodsz \
    więcej:mniej rośnie:maleje zwiększa:zmniejsza wzrost:spadek wzrasta:spada cieplejsz:chłodniejsz silniejsz:słabsz północn:południow \
    wschodni:zachodni wewnętrzn:zewnętrzn górn:doln zawsze:nigdy najdłużs:najkróts \
    największ:najmniejsz najwyższ:najniższ najdłuższ:najkrótsz maksymaln:minimaln pochłania:wydziela \
    dodatni:ujemny dodatnia:ujemna dodatnie:ujemne dodatniego:ujemnego dodatniej:ujemnej dodatnim:ujemnym dodatnią:ujemną \
    dodatnich:ujemnych dodatnio:ujemnie często:rzadko zwykle:rzadko najtańsz:najdroższ tańsz:droższ \
    prawidłow:nieprawidłow szeroki:wąski szeroką:wąską jawn:tajn bezwzględną:zwykłą skuteczn:nieskuteczn \
    trwał:nietrwał elastyczn:sztywn możliwe:niemożliwe traci:zyskuje otwierają:zamykają otwiera:zamyka sprzedaje:kupuje \
    małym:dużym małe:duże mała:duża mały:duży szybko:powoli wejściow:wyjściow";
const GERMAN: &str =
    "größer:kleiner höher:niedriger länger:kürzer mehr:weniger steigt:sinkt größte:kleinste höchste:niedrigste";
const FRENCH: &str = "plus:moins augmente:diminue avant:après";
const SPANISH: &str = "más:menos mayor:menor aumenta:disminuye antes:después";

/// What may be so may also be otherwise: its opposite is not false.
const POSSIBILITY: &str =
    "can could may might cannot może mogą można mógł mogła mogło mogli mogły mógłby mogłaby mogłoby mogłyby";
/// What sets the rest of a sentence against what was said, so that the opposite there makes nonsense.
const CONTRASTS: [&str; 8] = [", but ", "; but ", ", yet ", ", although ", ", ale ", ", lecz ", ", jednak", ", choć"];
/// Words that only say which thing is meant as long as no verb has come. Endings are left open.
const DISTINGUISHING: &str = "before after earlier later first last internal external inner outer northern southern eastern western \
    upper lower wewnętrzn zewnętrzn górn doln północn południow wschodni zachodni maksymaln minimaln większ mniejsz \
    larger bigger greater smaller higher lower longer shorter";
const FREQUENCY: &str = "often usually frequently rarely często zwykle rzadko";
/// Polish adjectives that are turned only where the sentence states them.
const STATED: &str = "prawidłow nieprawidłow skuteczn nieskuteczn trwał nietrwał jawn tajn elastyczn sztywn";
/// Nouns that make one expression with such a word, whose opposite nobody uses: „firma zewnętrzna”, “external company”.
const EXPRESSIONS: &str = "firm usług company companies firms service services ear sides";
/// Behind these stands the only case in which a sentence holds: with the opposite before it, the case makes nonsense.
const ONLY_IF: [&str; 10] = [
    "only if",
    "only when",
    "only while",
    "unless",
    "tylko jeśli",
    "tylko, jeśli",
    "tylko jeżeli",
    "tylko wtedy",
    "tylko gdy",
    "tylko, gdy",
];
/// Words that begin a condition, whose opposite leaves open what may be so anyway.
const CONDITIONS: &str = "if when whenever jeśli jeżeli gdy kiedy";
const ENGLISH_VERBS: &str = "is are was were be been has have had does do did will would should must became become becomes began made \
    makes took takes gave gives led leads grew grows came comes went goes lies lie lay found moves move lives live";
const POLISH_VERBS: &str =
    "jest są był była było były będzie będą to ma mają miał miała miało miały wynosi leży leżą znajduje";
const POLISH_VERB_ENDINGS: [&str; 14] =
    ["uje", "ują", "ają", "owała", "ował", "owały", "ywa", "ywają", "awia", "iły", "iła", "zyła", "zyły", "czą"];

/// The word that says the opposite of another one, in the same form.
pub(crate) fn opposite_word(word: &str, language: Language) -> Option<String> {
    let pairs = match language {
        Language::En => ENGLISH,
        Language::Pl => POLISH,
        Language::De => GERMAN,
        Language::Fr => FRENCH,
        Language::Es => SPANISH,
        Language::Ar | Language::Other => return None,
    };
    let mut pairs = pairs.split_ascii_whitespace().filter_map(|pair| pair.split_once(':'));
    pairs.find_map(|(one, other)| turned(word, one, other, language).or_else(|| turned(word, other, one, language)))
}

/// The first word of a sentence that has an opposite, and that opposite in the same form, if that makes the sentence
/// false.
pub(crate) fn opposite(text: &str, language: Language) -> Option<(Range<usize>, String)> {
    words(text).into_iter().skip(1).find_map(|range| {
        let word = &text[range.clone()];
        // A negated or correlated comparison does not become false by its opposite.
        let before = text[..range.start].trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
        if ["not", "no", "nie", "or", "the", "much", "kein", "pas", "no"].contains(&before.as_str()) && is_loose(word) {
            return None;
        }
        let other = opposite_word(word, language)?;
        let fits = language != Language::En || keeps_article(&before, word, &other);
        (fits && is_decisive(text, &range, language) && !is_said_again(text, &range, &other)).then_some((range, other))
    })
}

/// Whether an English article before the word is right before the other one as well: “a cheap”, but “an expensive”.
fn keeps_article(before: &str, word: &str, other: &str) -> bool {
    let vowel = |word: &str| word.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']);
    !["a", "an"].contains(&before) || vowel(word) == vowel(other)
}

/// Whether the sentence says the same or the opposite once more, so that one of both would contradict the other: “faster
/// (perhaps 2 % faster)”. A thing that is older without than what only has a name.
fn is_said_again(text: &str, word: &Range<usize>, other: &str) -> bool {
    let (own, behind) = (text[word.clone()].to_lowercase(), &text[word.end..]);
    let bracketed = behind.split_once('(').map_or("", |(_, inside)| inside);
    let aside = text[..word.start].matches('(').count() > text[..word.start].matches(')').count();
    let has = |text: &str, wanted: &str| words(text).into_iter().any(|range| text[range].to_lowercase() == wanted);
    let only_named = ["older", "younger"].contains(&own.as_str()) && !behind.contains(" than ");
    has(text, &other.to_lowercase()) || has(bracketed, &own) || aside || only_named
}

/// Whether the sentence hangs on the word: the opposite contradicts it and does not merely name another thing.
fn is_decisive(text: &str, word: &Range<usize>, language: Language) -> bool {
    let (ahead, behind) = (&text[..word.start], &text[word.end..]);
    let before: Vec<String> = words(ahead).into_iter().map(|range| ahead[range].to_lowercase()).collect();
    let possible = before.iter().rev().take(3).any(|word| is_listed(POSSIBILITY, word));
    let contrasted = CONTRASTS.iter().any(|contrast| behind.contains(contrast));
    let begins = |list: &str, word: &str| list.split_ascii_whitespace().any(|entry| word.starts_with(entry));
    let distinguishes = begins(DISTINGUISHING, &text[word.clone()]);
    let next = words(behind).into_iter().next().map(|range| behind[range].to_lowercase());
    let expression = before.last().into_iter().chain(&next).any(|beside| begins(EXPRESSIONS, beside));
    let with_verb = words(ahead).into_iter().any(|range| is_verb(&ahead[range], language));
    // “falls off” has no opposite of that form; of „zwykle nie musi” the denial turns.
    let goes_with_next = next.as_deref().is_some_and(|next| is_listed("off nie not never quite very bardzo", next));
    // “how often”, “as often as” ask for or compare how often it is.
    let measured = before.last().is_some_and(|before| is_listed("how as so jak tak", before));
    // „ponieważ często …”, “usually in the form of”: the adverb does not belong to the verb of the sentence.
    let adverb = is_listed(FREQUENCY, &text[word.clone()]);
    let aside = is_listed("ponieważ że bo gdy a i gdzie", before.last().map_or("", String::as_str))
        || next.as_deref().is_some_and(|next| is_listed("in at by for on with as", next));
    // „do prawidłowego działania” is a phrase; only „jest prawidłowy” states something.
    let states = before.last().is_some_and(|verb| is_listed("jest są był była było były", verb));
    let phrase = begins(STATED, &text[word.clone()]) && !states;
    // What follows from what is often so does not follow from what is rarely so.
    let followed = [", przez co ", ", więc ", ", co ", ", so "].iter().any(|follows| behind.contains(follows));
    // “are usually weak” turned says less clearly what is wrong than “usually kills” or “is usually found”.
    let copula = before.last().is_some_and(|verb| is_listed("is are was were jest są był była było były", verb));
    let done = |next: &String| {
        ["ed", "en", "nd", "ne", "na", "ny", "no", "te", "ta", "ty"].iter().any(|ending| next.ends_with(ending))
    };
    let of_quality = copula && !next.as_ref().is_some_and(done);
    let whole = !goes_with_next && !(adverb && (aside || followed || measured || of_quality)) && !phrase;
    let stated = !hangs_on_another_clause(text, word, language) && !is_of_a_case(text, word);
    let own = text[word.clone()].to_lowercase();
    let usual =
        !is_of_another_kind(&own, before.last().map_or("", String::as_str), next.as_deref().unwrap_or_default());
    // „na każde trzy przypada zwykle jedna” is about how many, not about how often.
    let counted = adverb && counts(text);
    !possible && !contrasted && whole && stated && usual && !counted && !(distinguishes && (expression || !with_verb))
}

/// Whether the word is of another kind here than its opposite, or goes with the words around it alone: soils “dry quickly”,
/// water “rises in trees”.
fn is_of_another_kind(own: &str, before: &str, next: &str) -> bool {
    const STATES: &str =
        "is are was were be been being become becomes became stay stays remain remains very too a an the";
    const WHERE: &str = "in into on onto through over along across out up inside within";
    let deed =
        next.is_empty() || next.ends_with("ly") || is_listed(WHERE, next) || is_listed("the a an its their", next);
    match own {
        "dry" | "wet" | "narrow" | "thin" => deed && !is_listed(STATES, before),
        "rises" | "falls" => is_listed(WHERE, next),
        // “was later replaced” tells the order of what is told, not when it was.
        "later" | "earlier" => next != "than",
        _ => false,
    }
}

/// Whether the sentence gives a number, in digits or words.
fn counts(text: &str) -> bool {
    const NUMBERS: &str = "two three four five six seven eight nine ten dwa dwie dwóch trzy trzech cztery czterech pięć sześć siedem osiem \
        dziewięć dziesięć jeden jedna jedno jednego jednej";
    words(text).into_iter().any(|range| {
        let word = text[range].to_lowercase();
        word.starts_with(|c: char| c.is_ascii_digit()) || is_listed(NUMBERS, &word)
    })
}

/// Whether it is a word of a condition for what may be so, what holds only in one case, or one of two that say how often.
fn is_of_a_case(text: &str, word: &Range<usize>) -> bool {
    let (ahead, behind) = (&text[..word.start], &text[word.end..]);
    let has =
        |text: &str, list: &str| words(text).into_iter().any(|range| is_listed(list, &text[range].to_lowercase()));
    let only = ONLY_IF.iter().any(|only| behind.contains(only));
    let conditional = has(ahead, CONDITIONS) && has(behind, POSSIBILITY);
    let measured_again = is_listed(FREQUENCY, &text[word.clone()]) && (has(ahead, FREQUENCY) || has(behind, FREQUENCY));
    // “before any content is flushed” is a denial.
    let denies = behind.starts_with(" any ");
    // “the area increases, but the volume increases faster” is about what both have in common.
    let contrasted = CONTRASTS.iter().any(|contrast| ahead.contains(contrast)) && has(ahead, &text[word.clone()]);
    only || conditional || measured_again || denies || contrasted
}

/// Adverbs and adjectives that compare, and words that say with what or under which condition.
const ENGLISH_COMPARING: &str = "more less fewer faster slower larger bigger smaller higher lower longer shorter better worse hotter \
    cooler warmer colder heavier lighter stronger weaker brighter fainter easier harder closer farther";
const ENGLISH_COMPARED: &str = "than as when if while with whenever because from over";
const POLISH_COMPARING: &str =
    "więcej mniej szybciej wolniej lepiej gorzej dłużej krócej łatwiej trudniej częściej rzadziej";
const POLISH_COMPARED: &str = "niż od im gdy kiedy jeśli jeżeli coraz jak tym ponieważ";

/// Whether it compares something with what it does not name: “WAL is faster in most scenarios.”
pub(crate) fn is_half_of_a_comparison(text: &str, language: Language) -> bool {
    let (comparing, compared) = match language {
        Language::En => (ENGLISH_COMPARING, ENGLISH_COMPARED),
        Language::Pl => (POLISH_COMPARING, POLISH_COMPARED),
        _ => return false,
    };
    let all = words(text);
    let lower: Vec<String> = all.iter().map(|range| text[range.clone()].to_lowercase()).collect();
    let compares = |at: &usize| {
        is_listed(comparing, &lower[*at])
            && !at.checked_sub(1).is_some_and(|before| is_listed("a an the", &lower[before]))
    };
    // What it is compared with stands before, or in the same clause.
    let clause_end = |at: usize| text[all[at].end..].find([',', ';']).map_or(text.len(), |end| all[at].end + end);
    let told =
        |at: usize| (0..all.len()).any(|index| all[index].end <= clause_end(at) && is_listed(compared, &lower[index]));
    (0..all.len()).filter(compares).any(|at| !told(at))
}

/// Whether a word, as it is written, is surely a verb; only English and Polish ones are known.
fn is_verb(word: &str, language: Language) -> bool {
    match language {
        Language::En => {
            is_listed(ENGLISH_VERBS, word)
                || (word.ends_with("ed") && word.len() > 4 && word.starts_with(char::is_lowercase))
        }
        Language::Pl => {
            is_listed(POLISH_VERBS, word) || POLISH_VERB_ENDINGS.iter().any(|ending| word.ends_with(ending))
        }
        _ => true,
    }
}

/// Words that mean little by themselves: “the more …, the better”, “no more”, “the larger economy”.
fn is_loose(word: &str) -> bool {
    [
        "more",
        "less",
        "before",
        "after",
        "first",
        "last",
        "above",
        "below",
        "north",
        "south",
        "east",
        "west",
        "increase",
        "decrease",
        "larger",
        "bigger",
        "greater",
        "smaller",
        "higher",
        "lower",
        "longer",
        "shorter",
        "increased",
        "always",
        "never",
        "zawsze",
        "nigdy",
        "decreased",
    ]
    .contains(&word)
}

fn turned(word: &str, from: &str, to: &str, language: Language) -> Option<String> {
    if word == from {
        return Some(to.to_owned());
    }
    // A stem takes any adjective's ending; both stems of a pair take the same ones.
    let ending = word.strip_prefix(from).filter(|_| language == Language::Pl)?;
    let soft = |stem: &str| stem.ends_with('i');
    let known = [
        "y", "a", "e", "i", "ego", "ej", "emu", "ym", "im", "ą", "ych", "ich", "ymi", "imi", "m", "ć", "no", "ny",
        "na", "ne",
    ];
    (known.contains(&ending) && soft(from) == soft(to)).then(|| format!("{to}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_is_turned_in_the_same_form() {
        let turned =
            |text: &str, language| opposite(text, language).map(|(range, other)| (text[range].to_owned(), other));
        assert_eq!(turned("Gold is heavier than iron.", Language::En), Some(("heavier".into(), "lighter".into())));
        assert_eq!(turned("Wisła jest dłuższą rzeką.", Language::Pl), Some(("dłuższą".into(), "krótszą".into())));
        assert_eq!(turned("Jon ma ładunek dodatni.", Language::Pl), Some(("dodatni".into(), "ujemny".into())));
        assert_eq!(turned("Wnętrze ma ładunek ujemny.", Language::Pl), Some(("ujemny".into(), "dodatni".into())));
        assert_eq!(turned("Gold is a metal.", Language::En), None);
        assert_eq!(turned("There is no more gold.", Language::En), None);
    }

    #[test]
    fn only_a_word_that_the_sentence_hangs_on_is_turned() {
        for (text, language, turns) in [
            ("The library size can be less than 750 KiB.", Language::En, false),
            ("Rozmiar pliku może być większy od podanego.", Language::Pl, false),
            ("The size of the library is less than 750 KiB.", Language::En, true),
            ("Screens change with time, but they change slower than printers.", Language::En, true),
            ("Ekrany się zmieniają, ale ich moc maleje z wiekiem.", Language::Pl, true),
            ("The new mode is slower (perhaps 2% slower) than the old one.", Language::En, false),
            ("The reader is shown the older entries of the table.", Language::En, false),
            ("The index finds content much faster, but falls off with size.", Language::En, false),
            ("Indeks działa szybciej, ale zajmuje więcej miejsca, ale nie zawsze.", Language::Pl, false),
            ("Posiedzenia Sejmu są jawne dla wszystkich.", Language::Pl, true),
            ("Mielina służy do prawidłowego działania neuronów.", Language::Pl, false),
            ("Skanery zwykle nie muszą być kalibrowane.", Language::Pl, false),
            ("Ekrany zwykle nasycają kanał, przez co obraz jest chłodny.", Language::Pl, false),
            ("Barwienie zwykle zabija komórki.", Language::Pl, true),
            ("Na każde trzy cząsteczki chlorofilu przypada zwykle jedna cząsteczka barwnika.", Language::Pl, false),
            ("Sandy soils dry out.", Language::En, false),
            ("The air over deserts is dry.", Language::En, true),
            ("Water rises in tall trees.", Language::En, false),
            ("The pressure rises with depth.", Language::En, true),
            ("The cog was later replaced by the hulk.", Language::En, false),
            ("The hulk came later than the cog.", Language::En, true),
            ("The bank paid in hard money, usually in the form of coins.", Language::En, false),
            ("The first crisis in the United States after the war was due to trade.", Language::En, false),
            ("The crisis was due to the larger Atlantic economy.", Language::En, false),
            ("Telescopes larger than his failed to show canals.", Language::En, false),
            ("The crisis was overcome after the war.", Language::En, true),
            ("Glass is a cheap material.", Language::En, false),
            ("Gold is an expensive metal.", Language::En, false),
            ("Gold is a strong metal.", Language::En, true),
            ("Telomeres are found at the ends of chromosomes.", Language::En, false),
            ("Kalibrację wykonuje usługa firmy zewnętrznej na zlecenie.", Language::Pl, false),
            ("Kości wykształca szkielet, który jest wewnętrzny u ssaków.", Language::Pl, true),
            ("Readers see the old entries because the changes are invisible to them.", Language::En, false),
            ("Profil jest prawidłowy dla ekranu tylko, jeśli nie zmienił się jego stan.", Language::Pl, false),
            ("Jeśli jedno z dóbr jest trwałe, jego zamiana może być trudna.", Language::Pl, false),
            ("Jeśli jedno z dóbr jest trwałe, jego zamiana jest łatwa.", Language::Pl, true),
            ("Programs run checkpoints frequently, perhaps as often as every commit.", Language::En, false),
            ("Ogólne profile są zwykle słabe.", Language::Pl, false),
            ("Przestrzeń jest często używana do pracy.", Language::Pl, true),
            ("Programs decide how often a checkpoint is run.", Language::En, false),
            ("The area increases slowly, but the volume increases as the cube.", Language::En, false),
            ("Performance is usually quite good in small rooms.", Language::En, false),
            ("Readers are active before any content is flushed to disk.", Language::En, false),
        ] {
            assert_eq!(opposite(text, language).is_some(), turns, "{text}");
        }
    }

    #[test]
    fn a_comparison_with_nothing_is_known() {
        for (text, language, half) in [
            ("The new mode is significantly faster in most scenarios.", Language::En, true),
            ("The new mode is faster than the old one.", Language::En, false),
            ("The planet is less bright, with dark polar caps.", Language::En, true),
            ("Gas moves faster when it is heated.", Language::En, false),
            ("Ekrany zmieniają się z czasem wolniej.", Language::Pl, true),
            ("Ekrany zmieniają się wolniej niż drukarki.", Language::Pl, false),
        ] {
            assert_eq!(is_half_of_a_comparison(text, language), half, "{text}");
        }
    }
}
