import { listen, Server } from '../fixtures/index.ts';
import { addDocument, call, CELLS, expect, makeQuiz, openPage, register, test } from '../fixtures/study.ts';

const DAY = 24 * 60 * 60;

interface Key {
  questions: { id: number; type: 'mcq' | 'tf' | 'short'; correct_answer: string }[];
}

test('each question of the review comes without the answer of the last one', async ({ browser, complaints }) => {
  const server = await Server.start();
  try {
    const ada = await register(server, 'Ada');
    const document = await addDocument(server, ada, 'cells.md', CELLS);
    const quiz = await makeQuiz(server, ada, document.id);
    const { questions } = (await call(server, ada.token, 'GET', `/api/quiz/${quiz.quiz_id}/key`)) as Key;
    await call(server, ada.token, 'POST', '/api/quiz/submit', { quiz_id: quiz.quiz_id, answers: {} });
    await server.advance(DAY);

    const context = await browser.newContext({ baseURL: server.url });
    listen(context, complaints);
    const page = await context.newPage();
    await openPage(page, ada, '/review');
    let sent = 0;
    page.on('request', (request) => (sent += Number(request.url().endsWith('/fn/review/answer'))));
    for (let place = 1; place <= questions.length; place += 1) {
      await expect(page.getByText(`${place} of ${questions.length} today`)).toBeVisible();
      const card = page.locator('.review-card');
      await expect(card.locator('input:checked')).toHaveCount(0);
      for (const field of await card.getByRole('textbox').all()) await expect(field).toHaveValue('');
      const id = Number(await card.locator('input[name="question_id"]').first().inputValue());
      const { type, correct_answer } = questions.find((one) => one.id === id)!;
      const told = card.locator('.feedback > [role="status"]');
      await expect(told).toBeEmpty();
      await told.evaluate((element) => element.setAttribute('data-was-there', ''));
      if (type === 'short') await card.getByRole('textbox').fill(correct_answer);
      else await card.locator(`input[value=${JSON.stringify(correct_answer)}]`).check();
      await card.getByRole('button', { name: 'Answer', exact: true }).dblclick();
      await expect(card.locator('[data-was-there]')).toContainText('Right answer');
      expect(sent).toBe(place);

      await expect(card.locator('#suggested-rating')).toBeFocused();
      await page.keyboard.press('Control+2');
      await expect(card.locator('.ratings')).toBeVisible();
      await page.keyboard.press('Enter');
    }
    await expect(page.getByRole('heading', { name: 'Nothing due' })).toBeVisible();
    await context.close();
  } finally {
    await server.remove();
  }
});
