//! The sheet on the desk: each answer is kept in this browser at once and sent to the server, until the server has it.

use super::{
    fields::{input, on_page, option_id, show_on_page},
    saving::Saving,
};
use crate::{
    browser,
    error::Failure,
    quizzes::{
        model::{
            Sheet,
            sheet::{self, Answers},
            words,
        },
        paths::Showing,
        server_fns::{load_sheet, save_answers},
    },
};
use domain::{
    ErrorCode,
    id::Sub,
    quizzes::{AnswerDetail, AnswerSheet, Question, Quiz},
};
use leptos::prelude::*;

/// While somebody is writing.
const WRITING_MILLIS: u32 = 600;
/// After a choice: at once, with others that come in the same moment.
const CHOICE_MILLIS: u32 = 50;
/// Longer than it takes from leaving a page until the next one is there.
const STAYED_MILLIS: u32 = 10_000;
/// How soon it is tried again, at first and at last.
const AGAIN_MILLIS: [u32; 4] = [2_000, 5_000, 10_000, 30_000];

/// Everything about one sheet.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The answers.
    pub sheet: RwSignal<Sheet>,
    /// Whether they are kept.
    pub saving: RwSignal<Saving>,
    /// Whether the sheet was handed in: from this page or from another.
    pub is_over: RwSignal<bool>,
    id: i64,
    attempt: i64,
    questions: StoredValue<Vec<Question>>,
    kept_as: StoredValue<String>,
    course: StoredValue<Course>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Course {
    timer: Option<browser::Timer>,
    is_sending: bool,
    is_stopped: bool,
    /// Whether the page is being left: the next one may have been read before what is under way was saved.
    is_leaving: bool,
    /// Whether the sheet was sent, and nobody knows whether it came.
    is_unsure: bool,
    /// When it is asked again how the sheet stands, while that is not known.
    look: Option<browser::Timer>,
    /// What waits until nothing is under way.
    then: Option<Callback<()>>,
    attempts: usize,
}

impl Desk {
    /// For a quiz and whoever takes it. In the browser, takes up what an earlier visit could not send.
    pub(super) fn new(quiz: &Quiz, saved: AnswerSheet, me: &Sub) -> Self {
        let all_kept = format!("lyceum.quiz.{me}.{}.", quiz.quiz_id);
        let desk = Self {
            sheet: RwSignal::new(Sheet::new(&quiz.quiz, &saved, &Answers::new())),
            saving: RwSignal::new(Saving::default()),
            is_over: RwSignal::new(false),
            id: quiz.quiz_id,
            attempt: saved.attempt,
            questions: StoredValue::new(quiz.quiz.clone()),
            kept_as: StoredValue::new(format!("{all_kept}{}", saved.attempt)),
            course: StoredValue::new(Course::default()),
        };
        Effect::new(move || {
            desk.forget_others(&all_kept);
            desk.take_up(&saved);
        });
        Effect::new(move || {
            browser::on_window("online", move || desk.go_on());
            browser::on_window("beforeunload", move || desk.is_being_left(true));
        });
        on_cleanup(move || desk.leave());
        desk
    }

    /// Which quiz it is.
    pub(super) const fn id(self) -> i64 {
        self.id
    }

    /// Which sheet of that quiz it is.
    pub(super) const fn attempt(self) -> i64 {
        self.attempt
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
        let field = input(&option_id(id, place)).filter(|field| !field.disabled());
        let (Some(option), Some(field)) = (option, field) else { return false };
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

    /// The sheet could not be handed in, or only the answer was lost. Until that is known nothing is saved: it would
    /// stand on the next sheet.
    pub(super) fn make_sure(self) {
        self.course.update_value(|course| course.is_unsure = true);
        self.look();
    }

    /// Asks how the sheet stands. What was refused, or got no answer, may have been done: then the page goes along.
    pub(super) fn look(self) {
        browser::spawn(async move {
            let there = load_sheet(self.id).await;
            if self.course.is_disposed() {
                return;
            }
            self.course.update_value(|course| course.look = None);
            match there {
                Ok(there) if there.attempt != self.attempt => self.hand_in(),
                Ok(there) => {
                    there.checked.into_iter().for_each(|detail| self.fix(detail));
                    self.resume();
                }
                Err(failure) if passes(&failure) => self.look_later(),
                Err(_) => self.resume(),
            }
        });
    }

    /// Lets an answer stay as the server has graded it.
    pub(super) fn fix(self, detail: AnswerDetail) {
        let (id, answer) = (detail.question_id, detail.user_answer.clone());
        self.sheet.update(|sheet| sheet.check(detail));
        self.keep();
        self.questions.with_value(|all| {
            if let Some(question) = all.iter().find(|question| question.id == id) {
                show_on_page(question, &answer);
            }
        });
    }

    /// The sheet was handed in.
    pub(super) fn hand_in(self) {
        if self.is_over.get_untracked() {
            return;
        }
        self.course.update_value(|course| course.is_stopped = true);
        browser::forget(&self.kept_as.get_value());
        browser::forget(&self.timer_kept_as());
        self.is_over.set(true);
    }

    /// Under what this browser remembers the time for it.
    pub(super) fn timer_kept_as(self) -> String {
        self.kept_as.with_value(|key| format!("{key}.timer"))
    }

    /// The sheet is the one that is filled in.
    fn resume(self) {
        let course = self.course.get_value();
        let is_stopped = course.is_stopped && !course.is_unsure;
        self.course.set_value(Course { is_stopped, is_unsure: false, attempts: 0, ..course });
        let has_all = self.sheet.with_untracked(|sheet| sheet.unsaved().is_empty());
        if has_all && self.saving.with_untracked(|saving| *saving == Saving::Waiting) {
            self.saving.set(Saving::Saved);
        }
        if course.is_unsure {
            self.send_soon(0);
        }
    }

    fn look_later(self) {
        self.saving.set(Saving::Waiting);
        let timer = browser::after(self.patience(), move || {
            if !self.course.is_disposed() {
                self.look();
            }
        });
        self.course.update_value(|course| course.look = Some(timer));
    }

    /// The network is back.
    fn go_on(self) {
        match self.course.try_get_value().and_then(|course| course.look) {
            Some(timer) => {
                timer.cancel();
                self.look();
            }
            None => self.send_soon(0),
        }
    }

    /// What was kept for a sheet that is handed in belongs on no other.
    fn forget_others(self, all_kept: &str) {
        let own = [self.kept_as.get_value(), self.timer_kept_as()];
        let kept = browser::kept_below(all_kept).into_iter().map(|(rest, _)| format!("{all_kept}{rest}"));
        kept.filter(|key| !own.contains(key)).for_each(|key| browser::forget(&key));
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
        self.is_being_left(false);
        self.keep();
        if self.saving.with_untracked(|saving| matches!(saving, Saving::Nothing | Saving::Saved)) {
            self.saving.set(Saving::UnderWay);
        }
        self.send_soon(patience);
    }

    fn is_being_left(self, is_leaving: bool) {
        // The listener may outlive the sheet by a moment.
        let _ = self.course.try_update_value(|course| course.is_leaving = is_leaving);
    }

    fn take_up(self, saved: &AnswerSheet) {
        let mut unsaved = browser::kept(&self.kept_as.get_value()).map(|kept| sheet::read(&kept)).unwrap_or_default();
        // What was answered before the script had come is newer than what an earlier visit has kept.
        let is_new = |(id, answer): &(i64, String)| saved.answers.get(id).map_or("", String::as_str) != answer;
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
        if self.is_over.get_untracked() {
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
        if course.is_sending || course.is_stopped {
            return;
        }
        if unsaved.is_empty() {
            return self.has_all();
        }
        self.course.update_value(|course| course.is_sending = true);
        self.saving.set(Saving::UnderWay);
        browser::spawn(async move {
            let answer =
                save_answers(self.id, sheet::to_fields(&unsaved), Some(self.attempt), Showing::default()).await;
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
        if self.course.with_value(|course| course.is_leaving) {
            self.keep_if_not_left();
        } else {
            self.keep();
        }
        if self.sheet.with_untracked(|sheet| sheet.unsaved().is_empty()) {
            self.saving.set(Saving::Saved);
        } else {
            self.send_soon(0);
        }
    }

    /// A page that is still there after a while was not left after all.
    fn keep_if_not_left(self) {
        let _ = browser::after(STAYED_MILLIS, move || {
            if !self.course.is_disposed() {
                self.is_being_left(false);
                self.keep();
            }
        });
    }

    /// What was on its way was checked meanwhile.
    fn has_all(self) {
        if self.saving.with_untracked(|saving| *saving == Saving::UnderWay) {
            self.saving.set(Saving::Saved);
        }
    }

    fn failed(self, failure: &Failure) {
        if passes(failure) {
            self.saving.set(Saving::Waiting);
            return self.send_soon(self.patience());
        }
        self.saving.set(Saving::Refused(failure.detail.clone()));
        if failure.code == ErrorCode::Conflict {
            self.look();
        }
    }

    /// How long to wait before the next try: longer each time.
    fn patience(self) -> u32 {
        let attempts = self.course.with_value(|course| course.attempts);
        self.course.update_value(|course| course.attempts += 1);
        AGAIN_MILLIS[attempts.min(AGAIN_MILLIS.len() - 1)]
    }

    /// The page goes: what is not sent yet is sent now, and stays kept until the next visit.
    fn leave(self) {
        let Some(unsaved) = self.sheet.try_with_untracked(|sheet| sheet.unsaved().clone()) else { return };
        let Some(course) = self.course.try_get_value() else { return };
        for timer in [course.timer, course.look].into_iter().flatten() {
            timer.cancel();
        }
        if unsaved.is_empty() || course.is_stopped {
            return;
        }
        let (id, attempt, key) = (self.id, self.attempt, self.kept_as.get_value());
        browser::spawn(async move {
            let is_saved =
                save_answers(id, sheet::to_fields(&unsaved), Some(attempt), Showing::default()).await.is_ok();
            if is_saved && browser::kept(&key).is_some_and(|kept| sheet::read(&kept) == unsaved) {
                browser::forget(&key);
            }
        });
    }
}

/// Whether it may go better after a while.
fn passes(failure: &Failure) -> bool {
    matches!(
        failure.code,
        ErrorCode::Offline | ErrorCode::Unavailable | ErrorCode::Internal | ErrorCode::TooManyRequests
    )
}
