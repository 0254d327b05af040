//! Neither who asks for more questions nor another seed gets much fewer.

use domain::{documents::DocumentPage, quizzes::Difficulty};
use std::{fs, path::Path};
use study::{
    Source, SourceId,
    questions::{Wanted, make_questions},
};

/// A short text, of which no quiz of twenty questions can be made.
const CONTRACT: &str = "\
Formation of a contract

A contract is an agreement that the law will enforce. Four elements are required in English law: offer,
acceptance, consideration and intention to create legal relations.

An offer is a statement of willingness to be bound on certain terms as soon as it is accepted. An invitation to
treat is merely an invitation to others to make an offer. In Fisher v Bell (1961) a flick knife in a shop window
was held to be an invitation to treat, so that the shopkeeper was not guilty of offering it for sale.

In Carlill v Carbolic Smoke Ball Company (1893) the Court of Appeal held that an advertisement promising a
reward of £100 was an offer to the whole world. The company had deposited £1,000 with the Alliance Bank to show
its sincerity. Lord Justice Bowen delivered the best known judgment.

The postal rule

The postal rule is the rule that an acceptance sent by post takes effect when the letter is posted. It was
established in Adams v Lindsell (1818). It does not apply to instantaneous means of communication, because the
sender knows at once whether the message has arrived.

Silence does not amount to acceptance.

Consideration and remedies

Consideration is something of value that each party gives in exchange for the promise of the other. It must be
sufficient but need not be adequate: in Chappell v Nestlé (1960) three chocolate wrappers were good
consideration. Past consideration is no consideration.

Promissory estoppel is a doctrine that prevents a party from going back on a promise on which another has
relied. Lord Denning developed it in the High Trees case of 1947.

Damages

Damages are a sum of money awarded to compensate for a breach of contract. In Hadley v Baxendale (1854) the
court limited damages to losses that arise naturally from the breach or that both parties had in mind. A mill
stood still for five days because a carrier delivered a broken crankshaft late.

Specific performance is an order of the court that compels a party to perform the contract. It is not granted
where damages are an adequate remedy. The Limitation Act 1980 sets a period of six years for claims in simple
contract and of twelve years for deeds.";

fn made(text: &str, count: u32, seed: u64) -> usize {
    let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
    let source = Source { id: SourceId::Text, language: Some("en".into()), pages: vec![page] };
    let wanted = Wanted { count, forms: Vec::new(), difficulty: Difficulty::Medium, seed };
    make_questions(&[source], &wanted).questions.len()
}

#[test]
fn of_a_short_text_more_wanted_questions_are_not_fewer() {
    for seed in 0..12 {
        let numbers = [5, 8, 10, 12, 15, 20, 30].map(|count| made(CONTRACT, count, seed));
        assert!(numbers.is_sorted() && numbers[3] > 10, "{seed}: {numbers:?}");
    }
}

#[test]
fn no_seed_gives_much_fewer_questions_than_another() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/microscopes.en.md");
    let text = fs::read_to_string(sample).unwrap();
    let numbers: Vec<usize> = (1..7).map(|seed| made(&text, 20, seed)).collect();
    let (most, fewest) = (numbers.iter().max().unwrap(), numbers.iter().min().unwrap());
    assert!(most - fewest <= 2 && *fewest >= 14, "{numbers:?}");
}
