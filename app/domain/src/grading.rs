//! How answers are graded, in words that people are shown. `study::grading` does what is said here.

/// The rule for short answers, a sentence each.
pub const SHORT_ANSWER_RULE: [&str; 12] = [
    "Capital letters, accents, spaces, hyphens, quotation marks and punctuation do not matter: “Café au lait” is “cafe-au-lait”.",
    "An article or “to” at the beginning does not matter: “the cell” is “cell”, “l’État” is “État”, «الكبد» is «كبد».",
    "Singular or plural does not matter, nor does the case of a Polish or German word: “komórki” is “komórka”.",
    "The items of a list may come in any order: “iron and copper” is “copper, iron”.",
    "A surname may come first: “Curie Maria” is “Maria Curie”. So may the second word of a Polish term, and what a treaty, battle or law is named after: “elekcja wolna” is “wolna elekcja”, “Versailles Treaty” is “Treaty of Versailles”.",
    "Numbers must be exact, however they are written: 1,000 is 1000 and 1 000, “three” is 3, “5km” is “5 km”. A Roman numeral in the key may be answered in digits.",
    "Words that only say that a number is a year do not matter, nor does what the question itself counts: “in 1989” and “1989 AD” are 1989, “nine towns” is 9 where the question asks how many towns.",
    "Dates may be written in any common form: “1 May 1945” is “1945-05-01”.",
    "A small typo is forgiven: none in words of up to 3 letters, one in words of 4 to 7 letters, two in longer ones; the first letter counts double, and in words of 4 or 5 letters a wrong letter must be one that sounds alike or lies beside the right one on the keyboard.",
    "A typo is not forgiven where it makes another word of it: a negation, another number, the opposite (“hyper-” and “hypo-”), a name or term that is easily mistaken for the right one.",
    "“Almost” means wrong, but close: a part is missing, something was added, or there is one typo too many.",
    "If you were right all the same, say so with one click: the author can accept your answer for everybody.",
];
