//! Quizzes as other programs read them.

use domain::quizzes::QuestionType;
use study::export::{ExportQuestion, anki, gift, markdown};

fn choice() -> ExportQuestion {
    ExportQuestion {
        kind: QuestionType::MultipleChoice,
        question: "Which formula: {a} = b # c: d ~ e?\nSay \\which".into(),
        options: vec!["a=b".into(), "<b>bold</b> *x* _y_".into(), "[sound:x.mp3] $z$".into(), "C".into()],
        correct_answer: "a=b".into(),
        accepted_answers: Vec::new(),
        quote: Some("As the\n book: says “a = b”".into()),
        page: Some(3),
    }
}

fn true_false() -> ExportQuestion {
    ExportQuestion {
        kind: QuestionType::TrueFalse,
        question: "Water boils at 50 °C.".into(),
        options: vec!["true".into(), "false".into()],
        correct_answer: "false".into(),
        quote: None,
        page: None,
        ..choice()
    }
}

fn short() -> ExportQuestion {
    ExportQuestion {
        kind: QuestionType::ShortAnswer,
        question: "2 * 3 = _____".into(),
        options: Vec::new(),
        correct_answer: "6*1".into(),
        accepted_answers: vec!["six".into()],
        quote: None,
        page: None,
    }
}

#[test]
fn gift_is_what_moodle_reads() {
    let text = gift("A title\n// with a line", &[choice(), true_false(), short()]);
    assert_eq!(
        text,
        concat!(
            "// A title // with a line\n\n",
            "::01 Which formula\\: \\{a\\} \\= b \\# c\\: d \\~ e? Say \\\\which::[plain]",
            "Which formula\\: \\{a\\} \\= b \\# c\\: d \\~ e? Say \\\\which {\n",
            "    =a\\=b\n",
            "    ~<b>bold</b> *x* _y_\n",
            "    ~[sound\\:x.mp3] $z$\n",
            "    ~C\n",
            "    ####“As the book\\: says “a \\= b”” (page 3)\n",
            "}\n\n",
            "::02 Water boils at 50 °C.::[plain]Water boils at 50 °C. {FALSE}\n\n",
            "::03 2 * 3 \\= _____::[plain]2 * 3 \\= _____ {\n",
            "    =6\\\\*1\n",
            "    =six\n",
            "}\n",
        )
    );
}

#[test]
fn markdown_keeps_text_text() {
    let text = markdown("# *A* title", &[choice(), true_false(), short()]);
    assert_eq!(
        text,
        concat!(
            "# \\# \\*A\\* title\n\n",
            "1. Which formula: {a} = b \\# c: d \\~ e? Say \\\\which\n",
            "   - [ ] A. a=b\n",
            "   - [ ] B. \\<b\\>bold\\</b\\> \\*x\\* \\_y\\_\n",
            "   - [ ] C. \\[sound:x.mp3\\] \\$z\\$\n",
            "   - [ ] D. C\n\n",
            "2. Water boils at 50 °C.\n",
            "   - [ ] A. True\n",
            "   - [ ] B. False\n\n",
            "3. 2 \\* 3 = \\_\\_\\_\\_\\_\n",
            "\n## Answers\n\n",
            "1. A. a=b\n\n",
            "   > “As the book: says “a = b”” (page 3)\n\n",
            "2. False\n\n",
            "3. 6\\*1 (also: six)\n",
        )
    );
    assert!(markdown("1. one", &[]).starts_with("# 1\\. one\n"));
    assert!(markdown("- one", &[]).starts_with("# \\- one\n"));
}

#[test]
fn an_anki_note_has_nothing_that_anki_would_run() {
    let made = anki::collection("Cells::deep", &[choice(), true_false(), short()], 1_800_000_000);
    let fields: Vec<&str> = made.notes[0].fields.split('\u{1f}').collect();
    assert_eq!(fields.len(), 5);
    assert!(fields[1].contains("<li>&lt;b&gt;bold&lt;/b&gt; *x* _y_</li>"), "{}", fields[1]);
    assert!(fields[1].contains("&#91;sound:x.mp3&#93; &#36;z&#36;"), "{}", fields[1]);
    assert_eq!(fields[2], "a=b");
    assert!(fields[4].ends_with("(page 3)"));
    assert_ne!(made.notes[0].model, made.notes[2].model);
    for json in [&made.conf, &made.models, &made.decks, &made.deck_conf] {
        let _: serde_json::Value = serde_json::from_str(json).unwrap();
    }
    assert!(made.decks.contains("Cells: :deep"));
}

#[test]
fn a_second_export_names_the_same_notes() {
    let guids = |seconds| {
        let made = anki::collection("Cells", &[choice(), short()], seconds);
        (made.deck_id, made.notes.into_iter().map(|note| note.guid).collect::<Vec<_>>())
    };
    assert_eq!(guids(1_800_000_000), guids(1_900_000_000));
    let (_, names) = guids(0);
    assert_ne!(names[0], names[1]);
}
