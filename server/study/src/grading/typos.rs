//! How far two words are apart, and whether the difference can be a slip of the finger.

use super::{
    fold::is_dense,
    forms::{are_field_and_person, are_forms},
    language::{Language, denies},
    numbers::roman,
};

/// Words longer than this are compared exactly: they are no words.
const WORD_MAX: usize = 64;

/// What one word is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// The same, or a form of it.
    Same,
    /// A typo of so many edits.
    Typo(usize),
    /// Close, but another word.
    Near,
    /// Something else.
    Far,
}

/// What `answer` is to `key`.
pub(super) fn likeness(key: &str, answer: &str, language: Language, is_last: bool) -> Likeness {
    if key == answer {
        return Likeness::Same;
    }
    if are_numerals(key, answer) {
        return Likeness::Far;
    }
    if are_forms(key, answer, language, is_last) {
        return Likeness::Same;
    }
    // People write one for the other, and either may be right.
    let (key, answer) = (&key.replace("ph", "f"), &answer.replace("ph", "f"));
    if key == answer {
        return Likeness::Typo(1);
    }
    let (a, b): (Vec<char>, Vec<char>) = (key.chars().collect(), answer.chars().collect());
    let short = a.len().min(b.len());
    let allowed = match short {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    if short < 3 || a.len().max(b.len()) > WORD_MAX || a.iter().chain(&b).any(|c| is_dense(*c)) {
        return Likeness::Far;
    }
    if a.len().abs_diff(b.len()) > allowed + 1 || is_opposite(key, answer, language) {
        return Likeness::Far;
    }
    let edits = distance(&a, &b) + usize::from(a.first() != b.first());
    let is_slip = (1..=allowed).contains(&edits)
        && same_digits(&a, &b)
        && !are_confusable(key, answer, language)
        && language.number(answer).is_none()
        && (short > 5 || is_likely(&a, &b));
    if is_slip {
        Likeness::Typo(edits)
    } else if same_digits(&a, &b)
        && short >= 4
        && edits <= allowed + usize::from(short > 5)
        && language.number(answer).is_none()
    {
        Likeness::Near
    } else {
        Likeness::Far
    }
}

/// Whether both are Roman numerals: those are exact.
fn are_numerals(a: &str, b: &str) -> bool {
    let is_numeral = |word: &str| roman(&word.to_uppercase()).is_some();
    is_numeral(a) && is_numeral(b)
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or_default()
}

fn same_digits(a: &[char], b: &[char]) -> bool {
    let digits = |word: &[char]| word.iter().copied().filter(|c| c.is_numeric()).collect::<Vec<_>>();
    digits(a) == digits(b)
}

/// Whether one wrong letter in a short word can be a slip: a neighbour on the keyboard, or alike in sound.
fn is_likely(a: &[char], b: &[char]) -> bool {
    const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    const ALIKE: [&str; 12] = ["ae", "ei", "iy", "ou", "ck", "sz", "vw", "bp", "dt", "gj", "mn", "fv"];
    let differing: Vec<_> = a.iter().zip(b).filter(|(x, y)| x != y).collect();
    let (true, [(x, y)]) = (a.len() == b.len(), differing.as_slice()) else {
        return true;
    };
    let place = |c: char| ROWS.iter().enumerate().find_map(|(row, keys)| keys.find(c).map(|column| (row, column)));
    let beside = match (place(**x), place(**y)) {
        (Some((row, column)), Some((other_row, other_column))) => {
            row.abs_diff(other_row) <= 1 && column.abs_diff(other_column) <= 1
        }
        _ => false,
    };
    beside || ALIKE.iter().any(|pair| pair.contains(**x) && pair.contains(**y))
}

/// Whether the words differ in what turns the meaning round.
fn is_opposite(a: &str, b: &str, language: Language) -> bool {
    /// What denies the rest of a word.
    const DENYING: [&str; 16] =
        ["un", "in", "im", "il", "ir", "dis", "non", "a", "an", "anti", "de", "nie", "bez", "mis", "dys", "anty"];
    /// Beginnings that exclude one another.
    const BEGINNINGS: [&[&str]; 28] = [
        &["hyper", "hypo", "hiper", "hipo"],
        &["inter", "intra", "infra"],
        &["endo", "exo", "ecto", "egzo", "ekso"],
        &["micro", "macro"],
        &["mikro", "makro"],
        &["ab", "ad"],
        &["af", "ef"],
        &["pre", "pro", "post"],
        &["per", "pro"],
        &["ex", "in", "im"],
        &["e", "i", "im"],
        &["homo", "hetero"],
        &["mono", "di", "tri", "tetra", "poly", "bi", "uni", "quadri"],
        &["ana", "cata", "kata"],
        &["an", "cat", "kat"],
        &["sub", "super", "supra"],
        &["ante", "anti"],
        &["eu", "dys"],
        &["ortho", "meta", "para"],
        &["orto", "meta", "para"],
        &["over", "under"],
        &["north", "south"],
        &["cis", "trans"],
        &["nad", "pod"],
        &["wy", "w", "we"],
        &["przy", "od"],
        &["ante", "post"],
        &["iso", "aniso", "izo", "anizo"],
    ];
    if denies(a, language) || denies(b, language) {
        return true;
    }
    let without = |word: &str, other: &str| {
        DENYING.iter().filter_map(|prefix| Some((prefix.len(), word.strip_prefix(prefix)?))).any(|(length, rest)| {
            rest.chars().count() >= 3 && (rest == other || length + apart(rest, other) <= apart(word, other))
        })
    };
    let differs_in_beginning = |beginnings: &[&str]| {
        beginnings.iter().filter_map(|beginning| Some((beginning, a.strip_prefix(beginning)?))).any(|(mine, rest)| {
            rest.chars().count() >= 3
                && beginnings
                    .iter()
                    .filter(|theirs| *theirs != mine)
                    .filter_map(|theirs| Some((theirs, b.strip_prefix(theirs)?)))
                    .any(|(theirs, other)| rest == other || apart(mine, theirs) + apart(rest, other) <= apart(a, b))
        })
    };
    without(a, b) || without(b, a) || BEGINNINGS.iter().any(|beginnings| differs_in_beginning(beginnings))
}

fn apart(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    distance(&a, &b)
}

/// Whether both are words that are mistaken for one another, so that a learner may well mean the other one.
fn are_confusable(a: &str, b: &str, language: Language) -> bool {
    /// Endings that make another substance, person or thing of a stem.
    const ENDINGS: [&[&str]; 14] = [
        &["ate", "ite", "ide", "ine", "ic", "ous"],
        &["ane", "ene", "yne"],
        &["ose", "ase", "one", "ole"],
        &["oza", "aza"],
        &["ol", "al", "on"],
        &["er", "ee"],
        &["or", "ee"],
        &["ism", "ist"],
        &["izm", "ista"],
        &["ology", "ologist"],
        &["ia", "ium"],
        &["um", "us"],
        &["ance", "ant"],
        &["ence", "ent"],
    ];
    /// Endings that name another substance in Polish.
    const POLISH_ENDINGS: &[&str] = &["an", "en", "in", "yn", "ek"];
    const PAIRS: [(&str, &str); 43] = [
        ("iran", "iraq"),
        ("iran", "irak"),
        ("mars", "marx"),
        ("slovakia", "slovenia"),
        ("slowacja", "slowenia"),
        ("slowakei", "slowenien"),
        ("austria", "australia"),
        ("niger", "nigeria"),
        ("zambia", "gambia"),
        ("latvia", "livia"),
        ("princess", "princes"),
        ("mitosis", "meiosis"),
        ("mitoza", "mejoza"),
        ("ileum", "ilium"),
        ("perineal", "peroneal"),
        ("ureter", "urethra"),
        ("cesium", "cerium"),
        ("radium", "radon"),
        ("radium", "indium"),
        ("barium", "bohrium"),
        ("magnez", "mangan"),
        ("nuclear", "unclear"),
        ("causal", "casual"),
        ("angel", "angle"),
        ("marital", "martial"),
        ("trail", "trial"),
        ("diary", "dairy"),
        ("united", "untied"),
        ("stationary", "stationery"),
        ("principal", "principle"),
        ("complement", "compliment"),
        ("weather", "whether"),
        ("desert", "dessert"),
        ("quiet", "quite"),
        ("silicon", "silicone"),
        ("moral", "morale"),
        ("personal", "personnel"),
        ("human", "humane"),
        ("plaintiff", "plaintive"),
        ("adverse", "averse"),
        ("prescribe", "proscribe"),
        ("eminent", "imminent"),
        ("elude", "allude"),
    ];
    let differ_in_ending = |endings: &[&str]| {
        endings.iter().filter_map(|ending| Some((ending, a.strip_suffix(ending)?))).any(|(mine, stem)| {
            stem.chars().count() >= 3
                && endings.iter().any(|theirs| theirs != mine && b.strip_suffix(theirs) == Some(stem))
        })
    };
    (language == Language::Polish && (differ_in_ending(POLISH_ENDINGS) || are_field_and_person(a, b)))
        || PAIRS.contains(&(a, b))
        || PAIRS.contains(&(b, a))
        || ENDINGS.iter().any(|endings| differ_in_ending(endings))
}
