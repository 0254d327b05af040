//! The small words of languages: articles, negations, what joins a list, numbers, months.

/// A language whose small words are known. Any other is treated like English, whose articles hardly occur in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Arabic,
    English,
    French,
    German,
    Italian,
    Polish,
    Portuguese,
    Spanish,
}

impl Language {
    /// By its code, such as `pl` or `pt-BR`.
    pub(super) fn of(code: Option<&str>) -> Self {
        let primary = code.and_then(|code| code.split(['-', '_']).next()).unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "ar" => Self::Arabic,
            "de" => Self::German,
            "es" => Self::Spanish,
            "fr" => Self::French,
            "it" => Self::Italian,
            "pl" => Self::Polish,
            "pt" => Self::Portuguese,
            _ => Self::English,
        }
    }

    /// Words that may stand before an answer.
    pub(super) fn articles(self) -> &'static [&'static str] {
        match self {
            Self::English => &["a", "an", "the", "to"],
            Self::German => {
                &["der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "zu"]
            }
            Self::French => &["le", "la", "les", "l", "un", "une", "des", "du"],
            Self::Spanish => &["el", "la", "los", "las", "lo", "un", "una", "unos", "unas"],
            Self::Italian => &["il", "lo", "la", "l", "i", "gli", "le", "un", "uno", "una"],
            Self::Portuguese => &["o", "a", "os", "as", "um", "uma", "uns", "umas"],
            Self::Arabic | Self::Polish => &[],
        }
    }

    /// Words that join the items of a list.
    pub(super) fn joins(self, word: &str) -> bool {
        let own: &[&str] = match self {
            Self::English => &["and"],
            Self::German => &["und", "sowie"],
            Self::French => &["et"],
            Self::Spanish => &["y", "e"],
            Self::Italian => &["e", "ed"],
            Self::Portuguese => &["e"],
            Self::Polish => &["i", "oraz"],
            Self::Arabic => &["و"],
        };
        own.contains(&word) || matches!(word, "and" | "和" | "与")
    }

    /// Whether `1,5` is one and a half.
    pub(super) fn has_decimal_comma(self) -> bool {
        !matches!(self, Self::English | Self::Arabic)
    }

    fn numbers(self) -> &'static [&'static str] {
        match self {
            Self::Polish => &[
                "zero",
                "jeden",
                "dwa",
                "trzy",
                "cztery",
                "piec",
                "szesc",
                "siedem",
                "osiem",
                "dziewiec",
                "dziesiec",
                "jedenascie",
                "dwanascie",
                "trzynascie",
                "czternascie",
                "pietnascie",
                "szesnascie",
                "siedemnascie",
                "osiemnascie",
                "dziewietnascie",
            ],
            Self::German => &[
                "null", "eins", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn", "elf",
                "zwolf", "dreizehn", "vierzehn", "funfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
            ],
            Self::French => &[
                "zero", "", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
                "treize", "quatorze", "quinze", "seize",
            ],
            Self::Spanish => &[
                "cero", "", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce",
                "trece", "catorce", "quince",
            ],
            Self::Italian => &[
                "zero",
                "",
                "due",
                "tre",
                "quattro",
                "cinque",
                "sei",
                "sette",
                "otto",
                "nove",
                "dieci",
                "undici",
                "dodici",
                "tredici",
                "quattordici",
                "quindici",
                "sedici",
                "diciassette",
                "diciotto",
                "diciannove",
            ],
            Self::Portuguese => &[
                "zero", "", "dois", "tres", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze",
                "treze", "catorze", "quinze",
            ],
            Self::Arabic => &["صفر", "واحد", "اثنان", "ثلاثه", "اربعه", "خمسه", "سته", "سبعه", "ثمانيه", "تسعه", "عشره"],
            Self::English => &[
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
                "sixteen",
                "seventeen",
                "eighteen",
                "nineteen",
            ],
        }
    }

    fn tens(self) -> &'static [&'static str] {
        match self {
            Self::Polish => &[
                "dwadziescia",
                "trzydziesci",
                "czterdziesci",
                "piecdziesiat",
                "szescdziesiat",
                "siedemdziesiat",
                "osiemdziesiat",
                "dziewiecdziesiat",
            ],
            Self::German => &["zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"],
            Self::English => &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
            _ => &[],
        }
    }

    /// The value of a number word.
    pub(super) fn number(self, word: &str) -> Option<u32> {
        let value = |words: &[&str]| words.iter().position(|known| !known.is_empty() && *known == word);
        let small = value(self.numbers());
        let tens = || value(self.tens()).map(|place| (place + 2) * 10);
        let other_forms = || match (self, word) {
            (Self::Polish, "dwie" | "dwoch") => Some(2),
            (Self::Polish, "jedna" | "jedno") => Some(1),
            (Self::Polish, "trzech") => Some(3),
            (Self::Polish, "czterech") => Some(4),
            (Self::Polish, "sto") => Some(100),
            _ => None,
        };
        small.or_else(tens).or_else(other_forms).and_then(|value| u32::try_from(value).ok())
    }

    /// How many zeros a word such as “million” adds to the number before it.
    pub(super) fn zeros(self, word: &str) -> Option<usize> {
        Some(match word {
            "hundred" if self == Self::English => 2,
            "mil" if matches!(self, Self::Spanish | Self::Portuguese) => 3,
            "mille" if matches!(self, Self::French | Self::Italian) => 3,
            "thousand" | "tysiac" | "tysiace" | "tysiecy" | "tys" | "tausend" => 3,
            "million" | "millions" | "milion" | "miliona" | "miliony" | "milionow" | "mln" | "millionen" | "millon"
            | "millones" | "milione" | "milioni" | "milhao" | "milhoes" => 6,
            "billion" | "billions" if self == Self::English => 9,
            "milliard" | "milliards" | "miliard" | "miliarda" | "miliardy" | "miliardow" | "mld" | "milliarde"
            | "milliarden" | "miliardo" | "miliardi" => 9,
            _ => return None,
        })
    }
}

/// Whether the word denies. The lists of all languages together: what denies in none of them is hardly ever among them.
pub(super) fn denies(word: &str, language: Language) -> bool {
    let own: &[&str] = match language {
        Language::English => &["not", "no", "non", "never", "without", "neither", "nor", "none", "except", "ain"],
        Language::German => &[
            "nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "ohne", "weder",
            "ausser",
        ],
        Language::French => &["ne", "pas", "non", "jamais", "sans", "ni", "sauf", "aucun", "aucune"],
        Language::Spanish => &["no", "nunca", "sin", "ni", "jamas", "excepto", "ningun", "ninguna"],
        Language::Italian => &["non", "no", "mai", "senza", "ne", "eccetto", "nessun", "nessuna"],
        Language::Portuguese => &["nao", "nunca", "sem", "nem", "exceto", "nenhum", "nenhuma"],
        Language::Polish => &["nie", "nigdy", "bez", "ani", "zaden", "zadna", "zadne", "oprocz"],
        Language::Arabic => &["لا", "ليس", "ليست", "غير", "بدون", "لم", "لن", "ما"],
    };
    own.contains(&word)
}

/// The month of a name in any of the languages, also shortened to three letters or more.
pub(super) fn month(word: &str) -> Option<u32> {
    const NAMES: [&[&str]; 12] = [
        &["january", "januar", "styczen", "stycznia", "janvier", "enero", "gennaio", "janeiro"],
        &["february", "februar", "luty", "lutego", "fevrier", "febrero", "febbraio", "fevereiro"],
        &["march", "marz", "maerz", "marzec", "marca", "mars", "marzo", "marco"],
        &["april", "kwiecien", "kwietnia", "avril", "abril", "aprile"],
        &["may", "mai", "maj", "maja", "mayo", "maggio", "maio"],
        &["june", "juni", "czerwiec", "czerwca", "juin", "junio", "giugno", "junho"],
        &["july", "juli", "lipiec", "lipca", "juillet", "julio", "luglio", "julho"],
        &["august", "sierpien", "sierpnia", "aout", "agosto"],
        &["september", "wrzesien", "wrzesnia", "septembre", "septiembre", "settembre", "setembro"],
        &["october", "oktober", "pazdziernik", "pazdziernika", "octobre", "octubre", "ottobre", "outubro"],
        &["november", "listopad", "listopada", "novembre", "noviembre", "novembro"],
        &["december", "dezember", "grudzien", "grudnia", "decembre", "diciembre", "dicembre", "dezembro"],
    ];
    const SHORT: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let full = NAMES.iter().position(|names| names.contains(&word));
    let place = full.or_else(|| SHORT.iter().position(|short| *short == word || word == "sept" && *short == "sep"))?;
    u32::try_from(place + 1).ok()
}

/// What an answer to true or false says, in any of the languages.
pub(super) fn truth(word: &str) -> Option<bool> {
    const YES: [&str; 36] = [
        "true",
        "yes",
        "t",
        "y",
        "1",
        "right",
        "correct",
        "prawda",
        "tak",
        "prawdziwe",
        "wahr",
        "ja",
        "richtig",
        "vrai",
        "oui",
        "juste",
        "verdadero",
        "si",
        "cierto",
        "vero",
        "verdadeiro",
        "sim",
        "waar",
        "صحيح",
        "صح",
        "نعم",
        "да",
        "верно",
        "правда",
        "так",
        "对",
        "是",
        "真",
        "正确",
        "はい",
        "ano",
    ];
    const NO: [&str; 34] = [
        "false",
        "no",
        "f",
        "n",
        "0",
        "wrong",
        "incorrect",
        "falsz",
        "nie",
        "nieprawda",
        "falszywe",
        "falsch",
        "nein",
        "unwahr",
        "faux",
        "non",
        "falso",
        "falsa",
        "nao",
        "onwaar",
        "nee",
        "خطا",
        "خاطي",
        "لا",
        "нет",
        "неверно",
        "ложь",
        "ні",
        "错",
        "否",
        "假",
        "错误",
        "いいえ",
        "ne",
    ];
    if YES.contains(&word) { Some(true) } else { NO.contains(&word).then_some(false) }
}
