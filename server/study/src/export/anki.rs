//! What an Anki package has in its tables. Whoever writes the file only fills in [`SCHEMA`].
//!
//! It is the oldest of Anki's formats (schema 11, `collection.anki2`), which every version reads.

use super::{ExportQuestion, one_line};
use domain::quizzes::QuestionType;
use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};

/// The tables and indexes, as statements to be run in order.
pub const SCHEMA: [&str; 12] = [
    "create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null, \
     ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null, \
     models text not null, decks text not null, dconf text not null, tags text not null)",
    "create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null, \
     usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null, \
     flags integer not null, data text not null)",
    "create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null, \
     mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null, \
     ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, \
     left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null)",
    "create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null, \
     ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, \
     type integer not null)",
    "create table graves (usn integer not null, oid integer not null, type integer not null)",
    "create index ix_notes_usn on notes (usn)",
    "create index ix_cards_usn on cards (usn)",
    "create index ix_revlog_usn on revlog (usn)",
    "create index ix_cards_nid on cards (nid)",
    "create index ix_cards_sched on cards (did, queue, due)",
    "create index ix_revlog_cid on revlog (cid)",
    "create index ix_notes_csum on notes (csum)",
];
/// The only row of `col`.
pub const INSERT_COLLECTION: &str = "insert into col (id, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags) \
     values (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')";
/// A row of `notes`.
pub const INSERT_NOTE: &str = "insert into notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data) \
     values (?, ?, ?, ?, -1, ' lyceum ', ?, ?, ?, 0, '')";
/// A row of `cards`: a new one.
pub const INSERT_CARD: &str = "insert into cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, \
     left, odue, odid, flags, data) values (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')";

/// Kinds of notes keep their ids, so that a second import finds them.
const CHOICE_MODEL: i64 = 1_763_769_600_001;
const TYPED_MODEL: i64 = 1_763_769_600_002;
const CSS: &str = ".card { font-family: serif; font-size: 20px; text-align: left; max-width: 36em; margin: 1em auto; } \
     .passage { color: #666; font-size: 16px; border-left: 3px solid #999; padding-left: 0.7em; }";

/// Everything that goes into the tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Collection {
    /// Seconds since 1970.
    pub created_at: i64,
    /// Milliseconds since 1970.
    pub modified_at_ms: i64,
    /// Settings, as JSON.
    pub conf: String,
    /// Kinds of notes, as JSON.
    pub models: String,
    /// Decks, as JSON.
    pub decks: String,
    /// Settings of decks, as JSON.
    pub deck_conf: String,
    /// The deck of the cards.
    pub deck_id: i64,
    /// The questions, each a note with one card.
    pub notes: Vec<Note>,
}

/// A question there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Names it and its card, in the order of the quiz.
    pub id: i64,
    /// The same question of the same quiz has the same, so that a second import changes it instead of adding another.
    pub guid: String,
    /// Which kind of note it is.
    pub model: i64,
    /// Its fields, separated as there.
    pub fields: String,
    /// The first field without markup.
    pub sort_field: String,
    /// By which equal first fields are found.
    pub checksum: i64,
}

/// The quiz as Anki stores it.
#[must_use]
pub fn collection(title: &str, questions: &[ExportQuestion], now_seconds: i64) -> Collection {
    let title = one_line(title);
    let deck_id = deck_id(&title);
    let first_id = now_seconds.saturating_mul(1_000);
    let notes = questions
        .iter()
        .zip(0..)
        .map(|(question, place)| note(&title, question, first_id.saturating_add(place)))
        .collect();
    Collection {
        created_at: now_seconds,
        modified_at_ms: first_id,
        conf: conf(deck_id).to_string(),
        models: json!({
            CHOICE_MODEL.to_string(): model(CHOICE_MODEL, deck_id, now_seconds, false),
            TYPED_MODEL.to_string(): model(TYPED_MODEL, deck_id, now_seconds, true),
        })
        .to_string(),
        decks: json!({
            "1": deck(1, "Default", now_seconds),
            // Two colons would make decks within decks of it.
            deck_id.to_string(): deck(deck_id, &title.replace("::", ": :"), now_seconds),
        })
        .to_string(),
        deck_conf: deck_conf().to_string(),
        deck_id,
        notes,
    }
}

fn note(title: &str, question: &ExportQuestion, id: i64) -> Note {
    let is_typed = question.kind == QuestionType::ShortAnswer;
    let asked = html(&question.question);
    let fields = [
        asked.clone(),
        options(question),
        answer(question),
        also(question),
        question.passage().map(|passage| html(&passage)).unwrap_or_default(),
    ];
    Note {
        id,
        guid: guid(title, &question.question),
        model: if is_typed { TYPED_MODEL } else { CHOICE_MODEL },
        fields: fields.join("\u{1f}"),
        sort_field: one_line(&question.question),
        checksum: i64::from(u32::from_be_bytes(first_bytes(&asked))),
    }
}

fn options(question: &ExportQuestion) -> String {
    match question.kind {
        QuestionType::ShortAnswer => String::new(),
        QuestionType::TrueFalse => "True or false?".to_owned(),
        QuestionType::MultipleChoice => {
            let items = question.options.iter().map(|option| format!("<li>{}</li>", html(option)));
            format!("<ol type=\"A\">{}</ol>", items.collect::<String>())
        }
    }
}

fn answer(question: &ExportQuestion) -> String {
    match question.kind {
        QuestionType::TrueFalse => if question.is_true() { "True" } else { "False" }.to_owned(),
        _ => html(&question.correct_answer),
    }
}

fn also(question: &ExportQuestion) -> String {
    question.accepted_answers.iter().map(|accepted| html(accepted)).collect::<Vec<_>>().join("; ")
}

/// The text as HTML that says the same; brackets are what Anki plays sounds and runs LaTeX by, braces what it hides.
fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '[' | ']' | '{' | '}' | '\\' | '$' => out.push_str(&format!("&#{};", u32::from(c))),
            other => out.push(other),
        }
    }
    out
}

fn model(id: i64, deck_id: i64, now: i64, is_typed: bool) -> Value {
    let fields = ["Question", "Options", "Answer", "Also accepted", "Passage"];
    let field = |(place, name): (usize, &&str)| json!({"name": name, "ord": place, "font": "Arial", "size": 20, "media": [], "rtl": false, "sticky": false});
    let typed = if is_typed { "{{type:Answer}}" } else { "" };
    let front = format!("{{{{Question}}}}{{{{#Options}}}}<div>{{{{Options}}}}</div>{{{{/Options}}}}{typed}");
    let back = "{{FrontSide}}<hr id=\"answer\"><b>{{Answer}}</b>{{#Also accepted}}<div>{{Also accepted}}</div>{{/Also accepted}}\
                {{#Passage}}<p class=\"passage\">{{Passage}}</p>{{/Passage}}";
    json!({
        "id": id,
        "name": if is_typed { "Lyceum (type the answer)" } else { "Lyceum" },
        "type": 0,
        "mod": now,
        "usn": -1,
        "sortf": 0,
        "did": deck_id,
        "tags": [],
        "vers": [],
        "css": CSS,
        "latexPre": "\\documentclass[12pt]{article}\n\\begin{document}\n",
        "latexPost": "\\end{document}",
        "req": [[0, "any", [0]]],
        "flds": fields.iter().enumerate().map(field).collect::<Vec<_>>(),
        "tmpls": [{"name": "Card 1", "ord": 0, "qfmt": front, "afmt": back, "bqfmt": "", "bafmt": "", "did": null}],
    })
}

fn deck(id: i64, name: &str, now: i64) -> Value {
    json!({
        "id": id, "name": name, "mod": now, "usn": -1, "conf": 1, "desc": "", "dyn": 0, "collapsed": false,
        "browserCollapsed": false, "extendNew": 10, "extendRev": 50,
        "newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0],
    })
}

fn deck_conf() -> Value {
    json!({"1": {
        "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0, "replayq": true,
        "new": {"bury": true, "delays": [1, 10], "initialFactor": 2_500, "ints": [1, 4, 7], "order": 1, "perDay": 20,
                "separate": true},
        "rev": {"bury": true, "ease4": 1.3, "fuzz": 0.05, "ivlFct": 1, "maxIvl": 36_500, "minSpace": 1, "perDay": 100},
        "lapse": {"delays": [10], "leechAction": 0, "leechFails": 8, "minInt": 1, "mult": 0},
    }})
}

fn conf(deck_id: i64) -> Value {
    json!({
        "activeDecks": [deck_id], "curDeck": deck_id, "curModel": CHOICE_MODEL.to_string(), "newSpread": 0,
        "collapseTime": 1_200, "timeLim": 0, "estTimes": true, "dueCounts": true, "nextPos": 1, "sortType": "noteFld",
        "sortBackwards": false, "addToCur": true,
    })
}

/// A title's deck: the same for the same title, in the range of those that Anki makes.
fn deck_id(title: &str) -> i64 {
    1_400_000_000_000 + i64::from(u32::from_be_bytes(first_bytes(title)))
}

fn guid(title: &str, question: &str) -> String {
    let digest = Sha1::digest(format!("{title}\u{1f}{question}"));
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The beginning of the SHA-1 of a text, by which Anki finds duplicates.
fn first_bytes(text: &str) -> [u8; 4] {
    let digest = Sha1::digest(text);
    [digest[0], digest[1], digest[2], digest[3]]
}
