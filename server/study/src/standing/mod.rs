//! Whether a sentence can be understood by itself.

mod pronouns;

use crate::{
    language::Language,
    words::{is_listed, stem, words},
};

/// Words that point at something said before, when a sentence begins with them. Hyphens join the words of a phrase.
const ENGLISH_POINTING: &str = "it its he she they them his her their him this that these those such here there one ones both \
    another other others some neither either former latter however therefore thus hence consequently moreover furthermore \
    additionally similarly likewise nevertheless nonetheless instead otherwise meanwhile then also besides and but or so yet \
    nor still again accordingly finally first firstly second secondly third thirdly lastly next afterwards later \
    subsequently conversely indeed even yes no perhaps again too which who whose whom where unlike like now today rather at-first \
    for-example for-instance in-contrast by-contrast in-addition in-fact in-other-words in-turn as-a-result of-course \
    on-the-contrary on-the-other-hand alternatively fortunately unfortunately eventually soon almost further overall clearly \
    obviously because not all each most many several few";
const POLISH_POINTING: &str = "on ona ono oni one jego jej ich im ją je go mu nim nią nimi niego niej nich ten ta to te ci tego tej \
    tych temu tym tę tą tymi tam tu tutaj wtedy wówczas tak taki taka takie tacy takich takiej takiego takim takimi który \
    która które którzy którego której których któremu którym jednak jednakże dlatego ponadto także również też natomiast \
    zatem więc ale lecz a i oraz albo lub bo ponieważ gdyż toteż otóż stąd potem następnie później wcześniej obaj obie oba \
    drugi druga drugie drugim inne inni inny inna pozostałe pozostali poza-tym mimo zaś czyli jest są był była było byli \
    były będzie będą ma mają miał miała miało mieli miały może mogą został została zostało zostali zostały składa składają \
    jako wszystkie wszyscy każdy każda każde niektóre niektórzy wiele większość dzięki-temu obecnie teraz dziś jeszcze już \
    swoją swoje swój swego swojego jeden jedna jedno pierwszy pierwsza pierwsze wreszcie niestety oczywiście przeciwnie \
    tymczasem podobnie zresztą właśnie najpierw wkrótce odtąd dotąd owa owe owo ów ową owego owej tędy ani jakkolwiek \
    na-przykład z-kolei po-pierwsze po-drugie po-trzecie innymi-słowy w-rezultacie w-efekcie co-więcej co-ciekawe \
    z-drugiej-strony dodatkowo w-dodatku tym-samym w-ten-sposób przykładowo mimo-to oprócz-tego w-związku-z-tym wobec-tego \
    umożliwia umożliwiają pozwala pozwalają zapewnia zapewniają oznacza oznaczają powoduje powodują stanowi stanowią \
    prowadzi prowadzą służy służą zawiera zawierają obejmuje obejmują polega polegają tworzy tworzą posiada posiadają";
const GERMAN_POINTING: &str = "er sie es ihr ihre sein seine dies dieser diese dieses diesem diesen jener jene jenes solche \
    dort hier dann danach deshalb daher jedoch aber und oder auch außerdem somit dabei damit darin daraus davon man beide \
    andere einige viele alle";
const FRENCH_POINTING: &str = "il elle ils elles ce cet cette ces cela ça ceci celui celle ceux celles leur leurs son sa ses lui y \
    donc ainsi cependant toutefois mais et ou puis ensuite enfin aussi alors pourtant on c qui que dont certains plusieurs";
const SPANISH_POINTING: &str = "él ella ello ellos ellas este esta esto estos estas ese esa eso esos esas aquel aquella su sus \
    así además sin-embargo pero y o entonces luego también por-eso tal tales allí aquí ambos otro otra otros algunos";
const ARABIC_POINTING: &str =
    "هو هي هم هن هذا هذه ذلك تلك هؤلاء هناك لكن ولكن وهو وهي كما لذلك ثم وقد فقد وهذا وهذه ولذلك حيث";

/// Pronouns that point out of the sentence also when one or two words stand before them.
const ENGLISH_NEAR_START: &str = "this that these those it they he she such its their his her them him";
/// Things that a sentence after “the” takes as known, unless it goes on to say which.
const ENGLISH_KNOWN_THINGS: &str = "planet bank act law bill proposal amendment treaty agreement war battle book novel article paper \
    experiment method technique procedure device machine company firm party organization organisation movement union crisis \
    event result effect situation problem issue change practice policy plan project system process approach argument \
    controversy discovery invention theory idea region area country city town village";
/// Words with which such a sentence goes on about them.
const ENGLISH_GOING_ON: &str = "is are was were has have had does did do can could will would may might must should also then now \
    began became made took gave led grew came went lasted ended started caused failed allowed continued";
/// Words for a word that was said before, where it is not put down again: “the term was mistranslated”.
const ENGLISH_NAMINGS: &str = "term word name phrase expression";
/// Numbers in words that count something.
const ENGLISH_TENS: &str = "twenty thirty forty fifty sixty seventy eighty ninety";
/// Polish pronouns that are subjects wherever they stand.
const POLISH_SUBJECTS: &str = "on ona ono oni one";
/// Words after which “that” points, rather than going on about the noun before it.
const ENGLISH_BEFORE_THAT: &str =
    "in at by for from with after before of to on since because when if as during despite under";
const POLISH_NEAR_START: &str = "on ona ono oni ten ta to te tego tej tych temu tym tę tymi jego jej ich nim nią nimi niego niej \
    nich taki taka takie takich takim takiej";

/// Words that speak to the reader or about the book. The longer ones are looked for within words' beginnings.
const ENGLISH_TALK: &str = "i me my we us our ours you your yours let figure fig table above below chapter section \
    aforementioned following preceding page exercise example examples";
const POLISH_TALK: &str = "my nas nam nami nasz nasza nasze naszych naszej naszym ty ciebie tobie twój twoja twoje rys rysunek rysunku \
    rysunki tabela tabeli tabele powyżej poniżej poprzednio powyższe powyższy powyższa poniższe poniższy poniższa rozdział rozdziale \
    podrozdział podrozdziale zadanie zadania przykład przykładzie ćwiczenie strona stronie ilustracja ilustracji ilustracje \
    ilustrację rycina rycinie ryciny ryc możemy widzimy zobaczymy omówimy wiemy mamy przejdziemy wyobraź pomyśl zastanów \
    zauważ użyj kliknij naciśnij włącz wpisz porównaj obejrzyj rozważ przypomnij sprawdź";

fn lists(language: Language) -> (&'static str, &'static str, &'static str) {
    match language {
        Language::En | Language::Other => (ENGLISH_POINTING, ENGLISH_NEAR_START, ENGLISH_TALK),
        Language::Pl => (POLISH_POINTING, POLISH_NEAR_START, POLISH_TALK),
        Language::De => {
            (GERMAN_POINTING, "dieser diese dieses diesem diesen", "ich wir uns unser du sie abbildung tabelle")
        }
        Language::Fr => {
            (FRENCH_POINTING, "cet cette ces cela celui celle", "je nous notre nos vous votre vos figure tableau")
        }
        Language::Es => (
            SPANISH_POINTING,
            "este esta esto estos estas ese esa eso",
            "yo nosotros nuestro nuestra usted figura tabla",
        ),
        Language::Ar => (ARABIC_POINTING, "هذا هذه ذلك تلك", "نحن أنا أنت"),
    }
}

/// Whether it does not begin with a word whose meaning stands in the sentence before.
pub(crate) fn has_its_nouns(sentence: &str, language: Language) -> bool {
    let (pointing, near_start, _) = lists(language);
    let lower: Vec<String> = words(sentence).into_iter().take(4).map(|range| sentence[range].to_lowercase()).collect();
    let Some(first) = lower.first() else { return false };
    if is_listed(pointing, first)
        || opens_with_phrase(pointing, sentence, language)
        || (language == Language::Pl && has_dropped_subject(first))
        || (language == Language::En && takes_a_thing_as_known(&lower))
        || (language == Language::En && leaves_open_of_what(sentence))
        || !pronouns::have_their_nouns(sentence, language)
    {
        return false;
    }
    match language {
        Language::En if points_back(sentence) => return false,
        Language::Pl if has_subject_pronoun(sentence) || tells_what_came_first(sentence) => return false,
        _ => {}
    }
    // „Kraków to miasto” is the copula, not the pronoun.
    let copula = |word: &str| language == Language::Pl && word == "to";
    // „W przypadku kolorów te jednostki …”: Polish puts more before the subject.
    let near = if language == Language::Pl { 3 } else { 2 };
    !lower.windows(2).enumerate().take(near).any(|(at, pair)| {
        // “a device that forwards packets” has its noun; “in that case” has not.
        let relative = pair[1] == "that" && !is_listed(ENGLISH_BEFORE_THAT, &pair[0]);
        // “Metals such as iron”.
        let examples = pair[1] == "such" && lower.get(at + 2).is_some_and(|next| next == "as");
        is_listed(near_start, &pair[1]) && !copula(&pair[1]) && !relative && !examples
    })
}

/// Whether it begins with a phrase of the list. In English a comma follows: “in contrast to light” has its noun.
fn opens_with_phrase(pointing: &str, sentence: &str, language: Language) -> bool {
    pointing.split_ascii_whitespace().filter(|entry| entry.contains('-')).any(|phrase| {
        let begins = |beginning: &str| beginning.to_lowercase().replace(' ', "-") == phrase;
        sentence.split_at_checked(phrase.len()).is_some_and(|(beginning, rest)| {
            begins(beginning) && (rest.starts_with(',') || (language != Language::En && rest.starts_with(' ')))
        })
    })
}

/// “The planet takes …”: which one, the sentence before says.
fn takes_a_thing_as_known(lower: &[String]) -> bool {
    // “When the war ended, …” takes it as known, too.
    let opens =
        lower.first().is_some_and(|first| is_listed("when after before while although because if since until", first));
    let lower = if opens { &lower[1..] } else { lower };
    let [article, thing, next, ..] = lower else { return false };
    let owner = thing.strip_suffix("’s").or_else(|| thing.strip_suffix("'s"));
    // “The act extended the period”, while “the method used for staining” goes on to say which.
    let has_object = lower.get(3).is_some_and(|after| is_listed("the a an its their all many several", after));
    let goes_on = is_listed(ENGLISH_GOING_ON, next) || next.ends_with('s') || (next.ends_with("ed") && has_object);
    article == "the" && is_listed(ENGLISH_KNOWN_THINGS, owner.unwrap_or(thing)) && (owner.is_some() || goes_on)
}

/// “The best known case happened …”, “delivered the best known judgment”, “Only nine towns sent …”: of what, or where, the
/// sentence before says.
fn leaves_open_of_what(sentence: &str) -> bool {
    const KINDS: &str = "case example instance reason kind type form version step stage part way method judgment judgement decision         attempt effect result problem rule";
    const WHICH: &str = "of in for among on that which who to ever about against by";
    const COUNTS: &str = "two three four five six seven eight nine ten eleven twelve";
    let ranges = words(sentence);
    let lower: Vec<String> = ranges.iter().map(|range| sentence[range.clone()].to_lowercase()).collect();
    let word = |at: usize| lower.get(at).map_or("", String::as_str);
    let best = |at: usize| {
        let known = matches!((word(at), word(at + 1)), ("best" | "most", "known" | "famous" | "important" | "common"));
        let thing = if known { at + 2 } else { at + 1 };
        let superlative = known || word(at).len() > 4 && word(at).ends_with("est") && word(at) != "interest";
        superlative
            && word(at.wrapping_sub(1)) == "the"
            && is_listed(KINDS, word(thing))
            && !is_listed(WHICH, word(thing + 1))
    };
    let few = word(0) == "only"
        && is_listed(COUNTS, word(1))
        && (word(3).ends_with("ed") || is_listed("sent came took went were had remained kept left", word(3)));
    few || (1..lower.len()).any(best)
}

/// Whether an English sentence points at another after its beginning: “, however,”, “this theory”, “the term was”.
fn points_back(sentence: &str) -> bool {
    let lower: Vec<String> = words(sentence).into_iter().map(|range| sentence[range].to_lowercase()).collect();
    let named = lower.windows(3).any(|three| {
        three[0] == "the" && is_listed(ENGLISH_NAMINGS, &three[1]) && is_listed(ENGLISH_GOING_ON, &three[2])
    });
    // “Kentucky chartered forty-six.”: of what, the sentence before says.
    let counted = lower.last().is_some_and(|last| is_listed(ENGLISH_TENS, last.split('-').next().unwrap_or_default()));
    named
        || counted
        || sentence.contains(", however,")
        || sentence.contains("; however,")
        || (0..lower.len()).any(|at| takes_its_noun_from_before(&lower, at))
}

/// Whether the word at a place is a “this”, “these”, “such” or “that” whose noun has not come yet in the sentence.
fn takes_its_noun_from_before(lower: &[String], at: usize) -> bool {
    let Some(next) = lower.get(at + 1) else { return false };
    let points = match lower[at].as_str() {
        "this" | "these" => true,
        // “such radar features”, while “metals such as iron” and “such that” point at nothing before.
        "such" => !["as", "that", "a", "an"].contains(&next.as_str()),
        "that" => {
            next != "of" && at.checked_sub(1).is_some_and(|before| is_listed(ENGLISH_BEFORE_THAT, &lower[before]))
        }
        _ => false,
    };
    // “…, this causes …”: a pronoun that stands for what was just said.
    let verb = is_listed(ENGLISH_GOING_ON, next)
        || (lower[at] == "this"
            && next.ends_with('s')
            && !["ss", "us", "is"].iter().any(|ending| next.ends_with(ending)));
    let known: Vec<String> = lower[..at].iter().map(|word| stem(word, Language::En)).collect();
    let has_noun = lower[at + 1..].iter().take(2).any(|word| known.contains(&stem(word, Language::En)));
    points && !verb && !has_noun
}

/// „Na początku potencjał maleje, potem …”: of what that is the beginning, the sentence before says.
fn tells_what_came_first(sentence: &str) -> bool {
    sentence.starts_with("Na początku ")
        && [", potem ", ", następnie ", ", później "].iter().any(|then| sentence.contains(then))
}

/// „ryzykuje on, że …”: who that is, the sentence before says.
fn has_subject_pronoun(sentence: &str) -> bool {
    // „Gdyby ich nie było, musieliby …” has its subject nowhere.
    let unnamed = sentence.split(", ").skip(1).any(|clause| {
        let first = clause.split(' ').next().unwrap_or_default();
        ["liby", "łyby", "łaby", "łby"].iter().any(|ending| first.ends_with(ending))
    });
    unnamed || words(sentence).into_iter().any(|range| is_listed(POLISH_SUBJECTS, &sentence[range]))
}

/// Polish verbs in the past tell who they are about by their ending alone: „Urodziła się w 1867 roku.”
fn has_dropped_subject(first: &str) -> bool {
    const NOUNS: [&str; 16] = [
        "skała", "skały", "ciało", "ciała", "siła", "siły", "żyła", "żyły", "bryła", "bryły", "chwili", "strzały",
        "chwała", "metali", "skali", "fali",
    ];
    const ENDINGS: [&str; 27] = [
        "ają", "uje", "ują", "ała", "ało", "ali", "ały", "iła", "iło", "ili", "iły", "yła", "yło", "yli", "yły", "ęła",
        "ęło", "ęli", "ęły", "ował", "ział", "ósł", "iósł", "ywał", "zał", "nął", "zył",
    ];
    first.chars().count() > 4 && !NOUNS.contains(&first) && ENDINGS.iter().any(|ending| first.ends_with(ending))
}

/// Whether it states something, rather than speaking to the reader or about the book.
pub(crate) fn is_statement(sentence: &str, language: Language) -> bool {
    let (_, _, talk) = lists(language);
    if sentence.contains(['?', '؟', '!'])
        || !sentence.trim_end_matches(['"', '”', '’', '»', ')']).ends_with(['.', '…', '。'])
    {
        return false;
    }
    !words(sentence).into_iter().any(|range| {
        let word = &sentence[range];
        let lower = word.to_lowercase();
        // “let’s”, “we’ll”: the word before the apostrophe talks.
        let own = lower.split(['\'', '’']).next().unwrap_or_default();
        let talks = is_listed(talk, own) || (language == Language::Pl && speaks_to_the_reader(&lower));
        talks && !(word.len() > 1 && word.chars().all(char::is_uppercase))
    })
}

/// Polish verbs tell who they are about by their ending alone: „możesz”, „zacznijmy”, „mówiliśmy”.
fn speaks_to_the_reader(word: &str) -> bool {
    const NOUNS: [&str; 5] = ["afisz", "kalisz", "najmy", "sejmy", "taśmy"];
    const ENDINGS: [&str; 6] = ["esz", "isz", "śmy", "jmy", "żmy", "ćmy"];
    word.chars().count() > 4 && !NOUNS.contains(&word) && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether it is a whole sentence that can be understood without its neighbours.
pub(crate) fn stands_alone(sentence: &str, language: Language) -> bool {
    has_its_nouns(sentence, language) && is_statement(sentence, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pronoun_needs_its_noun_in_the_same_sentence() {
        for (sentence, language, stands) in [
            ("The cell is the unit of life.", Language::En, true),
            ("When water freezes, it expands.", Language::En, true),
            ("It is the unit of life.", Language::En, false),
            ("In this case the cell dies.", Language::En, false),
            ("In that case the cell dies.", Language::En, false),
            ("Cells that divide grow.", Language::En, true),
            ("However, cells divide.", Language::En, false),
            ("You can see a cell in the picture.", Language::En, false),
            ("Is the cell alive?", Language::En, false),
            ("For example, plant cells are green.", Language::En, false),
            ("In contrast to animals, plants are green.", Language::En, true),
            ("The planet takes 225 days to orbit the Sun.", Language::En, false),
            ("The planet’s surface is covered by clouds.", Language::En, false),
            ("The planet nearest to the Sun is Mercury.", Language::En, true),
            ("The law of gravity was found by Newton.", Language::En, true),
            ("The method used for staining kills the cells.", Language::En, true),
            ("The best known case happened in 1997 on the Mars Pathfinder lander.", Language::En, false),
            ("The best known case of priority inversion happened in 1997.", Language::En, true),
            ("Lord Justice Bowen delivered the best known judgment.", Language::En, false),
            ("Only nine towns sent delegates, and only Bremen remained a member.", Language::En, false),
            ("Only one program can write to the file.", Language::En, true),
            ("The largest planet is Jupiter.", Language::En, true),
            ("The US was founded in 1776.", Language::En, true),
            ("Kraków to miasto nad Wisłą.", Language::Pl, true),
            ("Jego stolicą był Kraków.", Language::Pl, false),
            ("Urodziła się w 1867 roku.", Language::Pl, false),
            ("Skała powstaje z magmy.", Language::Pl, true),
            ("Dzięki temu rośliny rosną.", Language::Pl, false),
            ("Na przykład rośliny rosną.", Language::Pl, false),
            ("Możesz przechowywać pieniądze latami.", Language::Pl, false),
            ("Jak mówiliśmy, neuron ma dendryty.", Language::Pl, false),
            ("Budowę neuronu pokazuje Ilustracja 3.8.", Language::Pl, false),
            ("Uniwersytet w Poznaniu ma wiele wydziałów.", Language::Pl, true),
            ("Który zmarł w 1543 roku.", Language::Pl, false),
            ("W przypadku kolorów te jednostki są nazywane gamą.", Language::Pl, false),
            ("Konstytucję uchwalono w 1791 roku.", Language::Pl, true),
            ("In 1892, however, Lowell turned to Mars.", Language::En, false),
            ("Rudolf Virchow later made contributions to this theory.", Language::En, false),
            ("Schwann wrote a theory of cells, and Virchow changed this theory.", Language::En, true),
            ("The mass of Venus is close to that of Earth.", Language::En, true),
            ("When water freezes, this causes it to expand.", Language::En, true),
            ("In other countries, the term was translated as canals.", Language::En, false),
            ("Przechowując majątek, ryzykuje on, że wyjdzie z mody.", Language::Pl, false),
            ("Dodatkowo wnętrze komórki ma ładunek ujemny.", Language::Pl, false),
            ("Umożliwia systemowi zmianę kolorów.", Language::Pl, false),
            ("Profil umożliwia systemowi zmianę kolorów.", Language::Pl, true),
            ("In one session, Kentucky chartered forty-six.", Language::En, false),
            ("Gnają na drugą stronę błony, gdy neuron się uaktywnia.", Language::Pl, false),
            ("When the war ended, the banks gave out paper money.", Language::En, false),
            ("After the war of 1812, the banks gave out paper money.", Language::En, true),
            ("The act extended the credit period to eight years.", Language::En, false),
            ("Gdyby pieniądze nie były dostępne, musieliby się wymieniać.", Language::Pl, false),
            ("Before the parts are named, let’s examine the cell.", Language::En, false),
            ("In a cell, we’ll find a nucleus.", Language::En, false),
            ("The period was found from the motion of such radar features.", Language::En, false),
            ("Metals such as iron and copper conduct heat.", Language::En, true),
            ("Rzut bywa mylący, więc aby zobaczyć kadłub, użyj programu.", Language::Pl, false),
            ("Na początku potencjał maleje, potem ładunki wyrównują się.", Language::Pl, false),
            ("Na początku XX wieku potencjał kraju rósł.", Language::Pl, true),
            ("At first, the bank lent money to all farmers.", Language::En, false),
            ("Dieser Satz steht nicht allein.", Language::De, false),
            ("Cette phrase dépend.", Language::Fr, false),
            ("Este dato depende.", Language::Es, false),
            ("هذا خطأ.", Language::Ar, false),
        ] {
            assert_eq!(stands_alone(sentence, language), stands, "{sentence}");
        }
    }
}
