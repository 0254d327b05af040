//! The sheet on the desk: each answer is kept in this browser at once and sent to the server, until the server has it.

use crate::{
    browser,
    error::Failure,
    quizzes::{
        model::{
            Sheet,
            sheet::{self, Answers},
            words,
        },
        server_fns::save_answers,
    },
};
use domain::{
    ErrorCode,
    id::Sub,
    quizzes::{Question, QuestionType, Quiz},
};
use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlInputElement};

/// While somebody is writing.
const WRITING_MILLIS: u32 = 600;
/// After a choice: at once, with others that come in the same moment.
const CHOICE_MILLIS: u32 = 50;
/// How soon it is tried again, at first and at last.
const AGAIN_MILLIS: [u32; 4] = [2_000, 5_000, 10_000, 30_000];

/// How it stands with keeping the answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// Nothing has been answered in this visit.
    #[default]
    Nothing,
    /// The server has everything.
    Saved,
    /// They are on their way.
    UnderWay,
    /// The server cannot be reached.
    Waiting,
    /// The server does not take them, for this reason.
    Refused(String),
}

impl Saving {
    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Saved => "All answers saved".to_owned(),
            Self::UnderWay => "Saving …".to_owned(),
            Self::Waiting => "No connection: your answers are kept in this browser and sent later".to_owned(),
            Self::Refused(reason) => format!("Not saved: {reason} Your answers are kept in this browser."),
        }
    }
}

/// Everything about one sheet.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The answers.
    pub sheet: RwSignal<Sheet>,
    /// Whether they are kept.
    pub saving: RwSignal<Saving>,
    id: i64,
    questions: StoredValue<Vec<Question>>,
    kept_as: StoredValue<String>,
    course: StoredValue<Course>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Course {
    timer: Option<browser::Timer>,
    is_sending: bool,
    is_stopped: bool,
    is_over: bool,
    /// What waits until nothing is under way.
    then: Option<Callback<()>>,
    attempts: usize,
}

impl Desk {
    /// For a quiz and whoever takes it. In the browser, takes up what an earlier visit could not send.
    pub(super) fn new(quiz: &Quiz, me: &Sub) -> Self {
        let desk = Self {
            sheet: RwSignal::new(Sheet::new(&quiz.quiz, &quiz.answers, &Answers::new())),
            saving: RwSignal::new(Saving::default()),
            id: quiz.quiz_id,
            questions: StoredValue::new(quiz.quiz.clone()),
            kept_as: StoredValue::new(format!("lyceum.quiz.{me}.{}", quiz.quiz_id)),
            course: StoredValue::new(Course::default()),
        };
        let saved = quiz.answers.clone();
        Effect::new(move || desk.take_up(&saved));
        Effect::new(move || browser::on_window("online", move || desk.send_soon(0)));
        on_cleanup(move || desk.leave());
        desk
    }

    /// How many questions there are.
    pub(super) fn total(self) -> usize {
        self.questions.with_value(Vec::len)
    }

    /// How many have no answer.
    pub(super) fn open_count(self) -> usize {
        self.total().saturating_sub(self.sheet.with_untracked(Sheet::answered))
    }

    /// Answers a question by choosing.
    pub(super) fn answer(self, id: i64, answer: String) {
        self.put(id, answer, CHOICE_MILLIS);
    }

    /// Answers a question by writing.
    pub(super) fn write(self, id: i64, answer: String) {
        self.put(id, answer, WRITING_MILLIS);
    }

    /// Chooses an option by its place; says whether there is such an option.
    pub(super) fn choose(self, id: i64, place: usize) -> bool {
        let option = self.questions.with_value(|all| {
            let question = all.iter().find(|question| question.id == id)?;
            words::options(question.kind, &question.options).into_iter().nth(place)
        });
        let (Some(option), Some(field)) = (option, input(&option_id(id, place))) else { return false };
        field.set_checked(true);
        let _ = field.focus();
        self.answer(id, option);
        true
    }

    /// Takes over what stands on the page.
    pub(super) fn read_page(self) {
        self.page().into_iter().for_each(|(id, answer)| self.put(id, answer, CHOICE_MILLIS));
    }

    /// Saves nothing any more and goes on as soon as nothing is under way: what is saved after the sheet was handed in
    /// would stand on the next one. Once stopped, it does nothing.
    pub(super) fn stop(self, then: Callback<()>) {
        let course = self.course.get_value();
        if course.is_stopped {
            return;
        }
        if let Some(timer) = course.timer {
            timer.cancel();
        }
        let waits = course.is_sending.then_some(then);
        self.course.set_value(Course { timer: None, is_stopped: true, then: waits, ..course });
        if waits.is_none() {
            then.run(());
        }
    }

    /// Whether the sheet is being handed in.
    pub(super) fn is_stopped(self) -> bool {
        self.course.with_value(|course| course.is_stopped)
    }

    /// The sheet could not be handed in.
    pub(super) fn resume(self) {
        self.course.update_value(|course| course.is_stopped = false);
        self.send_soon(0);
    }

    /// The sheet was handed in.
    pub(super) fn hand_in(self) {
        self.course.update_value(|course| course.is_over = true);
        browser::forget(&self.kept_as.get_value());
        browser::forget(&self.timer_kept_as());
    }

    /// Under what this browser remembers the time for it.
    pub(super) fn timer_kept_as(self) -> String {
        self.kept_as.with_value(|key| format!("{key}.timer"))
    }

    fn page(self) -> Answers {
        self.questions.with_value(|all| all.iter().filter_map(|one| Some((one.id, on_page(one)?))).collect())
    }

    fn put(self, id: i64, answer: String, patience: u32) {
        let before = self.sheet.with_untracked(|sheet| sheet.unsaved().clone());
        self.sheet.update(|sheet| sheet.set(id, answer));
        if self.sheet.with_untracked(|sheet| *sheet.unsaved() == before) {
            return;
        }
        self.keep();
        self.send_soon(patience);
    }

    fn take_up(self, saved: &Answers) {
        let mut unsaved = browser::kept(&self.kept_as.get_value()).map(|kept| sheet::read(&kept)).unwrap_or_default();
        // What was answered before the script had come is newer than what an earlier visit has kept.
        let is_new = |(id, answer): &(i64, String)| saved.get(id).map_or("", String::as_str) != answer;
        unsaved.extend(self.page().into_iter().filter(is_new));
        if unsaved.is_empty() {
            return;
        }
        self.sheet.update(|sheet| *sheet = self.questions.with_value(|all| Sheet::new(all, saved, &unsaved)));
        self.keep();
        self.questions.with_value(|all| {
            all.iter().for_each(|question| {
                show_on_page(question, &self.sheet.with_untracked(|sheet| sheet.answer(question.id).to_owned()))
            });
        });
        self.send_soon(0);
    }

    fn keep(self) {
        if self.course.with_value(|course| course.is_over) {
            return;
        }
        let unsaved = self.sheet.with_untracked(|sheet| sheet.unsaved().clone());
        let key = self.kept_as.get_value();
        if unsaved.is_empty() {
            browser::forget(&key);
        } else {
            browser::keep(&key, &sheet::written(&unsaved));
        }
    }

    fn send_soon(self, millis: u32) {
        if self.course.is_disposed() {
            return;
        }
        self.course.update_value(|course| {
            if let Some(timer) = course.timer.take() {
                timer.cancel();
            }
            course.timer = Some(browser::after(millis, move || self.send()));
        });
    }

    fn send(self) {
        let Some(unsaved) = self.sheet.try_with_untracked(|sheet| sheet.unsaved().clone()) else { return };
        let course = self.course.get_value();
        if unsaved.is_empty() || course.is_sending || course.is_stopped {
            return;
        }
        self.course.update_value(|course| course.is_sending = true);
        self.saving.set(Saving::UnderWay);
        browser::spawn(async move {
            let answer = save_answers(self.id, sheet::to_fields(&unsaved)).await;
            // The page may be gone: then the next visit goes on.
            if self.course.is_disposed() {
                return;
            }
            self.course.update_value(|course| course.is_sending = false);
            match answer {
                Ok(()) => self.sent(&unsaved),
                Err(failure) => self.failed(&failure),
            }
            if let Some(then) = self.course.try_update_value(|course| course.then.take()).flatten() {
                then.run(());
            }
        });
    }

    fn sent(self, sent: &Answers) {
        self.sheet.update(|sheet| sheet.saved(sent));
        self.course.update_value(|course| course.attempts = 0);
        self.keep();
        if self.sheet.with_untracked(|sheet| sheet.unsaved().is_empty()) {
            self.saving.set(Saving::Saved);
        } else {
            self.send_soon(0);
        }
    }

    fn failed(self, failure: &Failure) {
        let passes = matches!(
            failure.code,
            ErrorCode::Offline | ErrorCode::Unavailable | ErrorCode::Internal | ErrorCode::TooManyRequests
        );
        if !passes {
            self.saving.set(Saving::Refused(failure.detail.clone()));
            return;
        }
        self.saving.set(Saving::Waiting);
        let attempts = self.course.with_value(|course| course.attempts);
        self.course.update_value(|course| course.attempts += 1);
        self.send_soon(AGAIN_MILLIS[attempts.min(AGAIN_MILLIS.len() - 1)]);
    }

    /// The page goes: what is not sent yet is sent now, and stays kept until the next visit.
    fn leave(self) {
        let Some(unsaved) = self.sheet.try_with_untracked(|sheet| sheet.unsaved().clone()) else { return };
        let Some(course) = self.course.try_get_value() else { return };
        if let Some(timer) = course.timer {
            timer.cancel();
        }
        if unsaved.is_empty() || course.is_stopped {
            return;
        }
        let (id, key) = (self.id, self.kept_as.get_value());
        browser::spawn(async move {
            let is_saved = save_answers(id, sheet::to_fields(&unsaved)).await.is_ok();
            if is_saved && browser::kept(&key).is_some_and(|kept| sheet::read(&kept) == unsaved) {
                browser::forget(&key);
            }
        });
    }
}

/// Names the field of an option.
pub(super) fn option_id(id: i64, place: usize) -> String {
    format!("q{id}-{place}")
}

/// Names the field of a written answer.
pub(super) fn text_id(id: i64) -> String {
    format!("q{id}")
}

fn input(id: &str) -> Option<HtmlInputElement> {
    browser::element(id)?.dyn_into().ok()
}

/// What stands on the page; none where the question does not stand there or nothing is chosen.
fn on_page(question: &Question) -> Option<String> {
    if question.kind == QuestionType::ShortAnswer {
        return Some(input(&text_id(question.id))?.value());
    }
    let options = words::options(question.kind, &question.options);
    let mut fields = options.into_iter().enumerate();
    fields
        .find(|(place, _)| input(&option_id(question.id, *place)).is_some_and(|field| field.checked()))
        .map(|(_, it)| it)
}

fn show_on_page(question: &Question, answer: &str) {
    if question.kind == QuestionType::ShortAnswer {
        if let Some(field) = input(&text_id(question.id)) {
            field.set_value(answer);
        }
        return;
    }
    for (place, option) in words::options(question.kind, &question.options).iter().enumerate() {
        if let Some(field) = input(&option_id(question.id, place)) {
            field.set_checked(option == answer);
        }
    }
}
