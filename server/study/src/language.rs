//! Which language a text is in, and how well it is done here.

use crate::Source;

/// A language that is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// English.
    En,
    /// Polish.
    Pl,
    /// German.
    De,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Arabic.
    Ar,
    /// Any other.
    Other,
}

/// Words of each language that carry the grammar rather than the subject; the first letters of no two lists agree much.
const FUNCTION_WORDS: [(Language, &str); 6] = [
    (
        Language::En,
        "the of and to in is that for it as was with be by on not he his are this at from or have an they which one you \
         were her all she there would their we him been has when who will more no if out so said what up its about into \
         than them can only other new some could time these two may then do first any my now such like our over man me \
         even most made after also did many before must through back years where much your way well down should because \
         each just those people how too little state very make world still own see men work long here get both between \
         life being under never day same another know while last might us great old year off come since against go came \
         right used take three during without however within until although often usually called known thus therefore \
         does had but a i upon every either neither whose whom itself themselves",
    ),
    (
        Language::Pl,
        "w i z na do że się jest nie to a o jak po za od dla przez oraz są był była było były ale co który która które \
         którzy którego której których któremu którym którymi tym tego tej tych ten ta te ci tak już być może można ich \
         jego jej też także również lub albo czy gdy kiedy gdzie przy pod nad przed między bez we ze ku u oni ona ono on \
         one im mu go ją nim nią nimi sobie swój swoje swoją swoich swojej swego tylko jednak więc zatem natomiast czyli \
         ponieważ bo aby żeby by jeśli jeżeli choć bardzo bardziej najbardziej więcej mniej jako podczas został została \
         zostało zostały zostali będzie będą ma mają miał miała miało mieli mogą mógł wszystkie wszystkich każdy każda \
         każde każdego kilka wiele wielu inne innych inny inna jeden jedna jedno dwa dwie trzy tzw np itp itd m.in roku \
         wieku lat nawet jeszcze potem następnie wtedy wówczas tam tu tutaj dlatego ponadto obok wśród według wobec dzięki",
    ),
    (
        Language::De,
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat \
         dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis \
         mehr durch man sein wurde sei diese dieser dieses ihre ihrer seine seiner kann können wenn unter wir ich du \
         eines waren wurden hatte zwischen immer gegen vom schon jedoch sowie damit dabei",
    ),
    (
        Language::Fr,
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ou son aux \
         d l s c n qu été cette ont ses mais comme nous elle ils leur leurs deux même ces peut être fait aussi bien sans \
         entre était après avant sous dont où lui vous je très tout tous toutes encore depuis ainsi donc",
    ),
    (
        Language::Es,
        "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre \
         este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo \
         han yo hay vez puede todos así nos ni parte tiene él uno donde bien tiempo mismo ese ahora cada e vida otro \
         después otros aunque esa eso hace otra gobierno tan durante siempre",
    ),
    (
        Language::Ar,
        "في من على إلى أن التي عن هذا مع هذه الذي ما كان لا هو بين أو كل بعد ذلك هي قد عند كما لم إن حيث كانت ثم منها وهو \
         وهي له لها به بها غير أي قبل حتى أيضا خلال تم يتم",
    ),
];

/// Words that are looked at to tell a language; a text is rarely in another language further on.
const WORDS_LOOKED_AT: usize = 20_000;

impl Language {
    /// By its ISO 639-1 code, with or without a region.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        match code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "en" => Self::En,
            "pl" => Self::Pl,
            "de" => Self::De,
            "fr" => Self::Fr,
            "es" => Self::Es,
            "ar" => Self::Ar,
            _ => Self::Other,
        }
    }

    /// Its ISO 639-1 code, where it is told apart.
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::En => Some("en"),
            Self::Pl => Some("pl"),
            Self::De => Some("de"),
            Self::Fr => Some("fr"),
            Self::Es => Some("es"),
            Self::Ar => Some("ar"),
            Self::Other => None,
        }
    }

    /// Whether definitions, names and numbers are all found in it.
    #[must_use]
    pub fn is_done_well(self) -> bool {
        matches!(self, Self::En | Self::Pl)
    }

    /// What a person should know before relying on notes and questions in this language.
    #[must_use]
    pub fn remark(self) -> Option<String> {
        let name = match self {
            Self::En | Self::Pl => return None,
            Self::De => "German",
            Self::Fr => "French",
            Self::Es => "Spanish",
            Self::Ar => "Arabic",
            Self::Other => {
                return Some(
                    "The language of this text is not one that is known here: key sentences and numbers are found, \
                     definitions and names are not."
                        .to_owned(),
                );
            }
        };
        Some(format!(
            "{name} is done less well than English and Polish: key sentences, numbers and simple definitions are found, \
             names are not."
        ))
    }

    /// Of how many hundred words the little ones must be to tell the language. Arabic joins most of them to the next word.
    fn least_share(self) -> usize {
        if self == Self::Ar { 6 } else { 18 }
    }

    /// Words that carry grammar rather than the subject.
    pub(crate) fn function_words(self) -> impl Iterator<Item = &'static str> {
        let listed = FUNCTION_WORDS.iter().find(|(language, _)| *language == self);
        listed.map_or("", |(_, words)| *words).split_whitespace()
    }
}

/// Which of the known languages a text is in.
#[must_use]
pub fn detect(text: &str) -> Language {
    detect_in(std::iter::once(text))
}

/// The language of a source: as it says itself, else as its text says.
#[must_use]
pub fn of_source(source: &Source) -> Language {
    match source.language.as_deref().map(str::trim) {
        Some(code) if !code.is_empty() => Language::of_code(code),
        _ => detect_in(source.pages.iter().map(|page| page.text.as_str())),
    }
}

fn detect_in<'a>(texts: impl Iterator<Item = &'a str>) -> Language {
    let lists: Vec<(Language, std::collections::HashSet<&str>)> =
        FUNCTION_WORDS.iter().map(|(language, _)| (*language, language.function_words().collect())).collect();
    let mut hits = [0_usize; FUNCTION_WORDS.len()];
    let mut words = 0_usize;
    for word in texts.flat_map(|text| text.split(|c: char| !c.is_alphabetic())).filter(|word| !word.is_empty()) {
        if words == WORDS_LOOKED_AT {
            break;
        }
        words += 1;
        if word.len() > 24 {
            continue;
        }
        let word = word.to_lowercase();
        for (hit, (_, list)) in hits.iter_mut().zip(&lists) {
            *hit += usize::from(list.contains(word.as_str()));
        }
    }
    let best = hits.iter().enumerate().max_by_key(|(index, hit)| (**hit, usize::MAX - index));
    match best {
        Some((index, hit)) if hit * 100 >= words * lists[index].0.least_share() && *hit > 0 => lists[index].0,
        _ => Language::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart_by_their_little_words() {
        for (text, language) in [
            ("The cell is the smallest unit of life, and it was first seen in 1665.", Language::En),
            ("Komórka jest najmniejszą jednostką życia i została po raz pierwszy opisana w 1665 roku.", Language::Pl),
            ("Die Zelle ist die kleinste Einheit des Lebens und wurde zuerst von Hooke gesehen.", Language::De),
            ("La cellule est la plus petite unité de la vie et elle a été vue pour la première fois.", Language::Fr),
            ("La célula es la unidad más pequeña de la vida y fue vista por primera vez en 1665.", Language::Es),
            ("يبلغ طول نهر النيل 6650 كيلومترا ويمر عبر دول كثيرة في أفريقيا.", Language::Ar),
            ("الخلية هي أصغر وحدة في الحياة التي كانت معروفة من قبل", Language::Ar),
            ("Buněk bylo mnoho, avšak žádná nežila dlouho.", Language::Other),
            ("", Language::Other),
            ("12 34 56", Language::Other),
        ] {
            assert_eq!(detect(text), language, "{text}");
        }
    }

    #[test]
    fn a_source_may_name_its_language_and_the_lesser_ones_come_with_a_remark() {
        let named = |code: Option<&str>| Source {
            id: crate::SourceId::Text,
            language: code.map(Into::into),
            pages: Vec::new(),
        };
        assert_eq!(of_source(&named(Some("pl-PL"))), Language::Pl);
        assert_eq!(of_source(&named(None)), Language::Other);
        assert_eq!(Language::En.remark(), None);
        assert!(Language::Ar.remark().unwrap().contains("Arabic"));
    }
}
