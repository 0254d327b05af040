//! Sharing quizzes with conversations, and how everybody there did.

use super::{QuizService, is_ready, results, store, view};
use crate::{access, failure::Failure};
use domain::{
    Timestamp, Viewer,
    quizzes::{GroupResults, MemberResult, QuizCard},
};
use std::collections::BTreeMap;
use store::QuizRow;

impl QuizService {
    pub(super) async fn share_quiz(&self, viewer: &Viewer, id: i64, conversation_id: i64) -> Result<i64, Failure> {
        let mut transaction = self.db.begin().await?;
        let row = self.locked(&mut transaction, viewer, id).await?;
        let owns = access::owns_quiz(viewer, row.author_id);
        self.conversations.takes_part(&mut transaction, viewer, conversation_id, owns).await?;
        is_ready(&row)?;
        if let Some(message_id) = store::card_of(&mut transaction, id, conversation_id).await? {
            return Ok(message_id);
        }
        let card = QuizCard {
            quiz_id: id,
            title: row.title.clone(),
            total_questions: view::number(row.total_questions),
            author_sub: viewer.sub.clone(),
            deleted: false,
        };
        let content = format!("{}\n{}", row.title, self.address(&row));
        let sent = self.conversations.send_card(&mut transaction, viewer, conversation_id, &content, &card);
        let (message_id, woken) = sent.await?;
        store::share(&mut transaction, id, conversation_id, message_id, self.clock.now()).await?;
        transaction.commit().await?;
        self.conversations.events.publish(woken);
        Ok(message_id)
    }

    fn address(&self, row: &QuizRow) -> String {
        let path = format!("quizzes/{}", row.id);
        self.public_url.join(&path).map_or(path, String::from)
    }

    pub(super) async fn results_of_group(&self, viewer: &Viewer, id: i64) -> Result<GroupResults, Failure> {
        let mut connection = self.db.read().await?;
        let row = self.seen(&mut connection, viewer, id).await?;
        access::sees_group_results(viewer, row.author_id, row.submissions > 0)?;
        let group = store::group(&mut connection, id, viewer.account_id).await?;
        let questions = store::questions(&mut connection, id).await?;
        let mut right_by_question: BTreeMap<i64, u32> = questions.iter().map(|question| (question.id, 0)).collect();
        for member in &group {
            let Some(last) = member.last_id else { continue };
            let Some(row) = store::submission(&mut connection, last, member.id).await? else { continue };
            for question in results::right_questions(&row)? {
                if let Some(count) = right_by_question.get_mut(&question) {
                    *count += 1;
                }
            }
        }
        let members = group.into_iter().map(|member| {
            Ok(MemberResult {
                person: view::person(member.sub, member.display_name, member.avatar_object_id)?,
                score: member.best.map(view::number),
                submissions: view::number(member.submissions),
                submitted_at: member.last_at.map(Timestamp::from_micros),
            })
        });
        Ok(GroupResults {
            quiz_id: id,
            total_questions: view::number(row.total_questions),
            members: members.collect::<Result<_, Failure>>()?,
            right_by_question,
        })
    }
}
