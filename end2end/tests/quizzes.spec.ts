import { call, expect, openPage, ready, test } from '../fixtures/study.ts';

test('a quiz is made of pasted text', async ({ page, ada, hydrated }) => {
  await openPage(page, ada, '/quizzes/new', hydrated);
  await page.getByLabel('Pasted text').check();
  const { CELLS } = await import('../fixtures/study.ts');
  await page.getByLabel('Text', { exact: true }).fill(CELLS);
  await page.getByLabel('Questions', { exact: true }).fill('5');
  await page.getByLabel('Title (optional)').fill('Cells & more');
  await page.getByRole('button', { name: 'Make quiz' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Cells & more' })).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('.question').first()).toBeVisible();
});

test('a quiz is taken, submitted and shown with passages', async ({ page, ada, quiz, hydrated }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`, hydrated);
  expect(await page.content()).not.toContain('correct_answer');
  await expect(page.locator('.question')).toHaveCount(quiz.quiz.length);
  const first = page.locator('.question').first();
  if (quiz.quiz[0]!.type === 'short') await first.getByRole('textbox').fill('cell');
  else await first.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Submit answers' }).click();
  if (hydrated) await page.getByRole('button', { name: 'Submit anyway' }).click();
  await page.waitForURL('**/results');
  await ready(page, hydrated);
  await expect(page.locator('.detail')).toHaveCount(quiz.quiz.length);
  await expect(page.locator('.passage-quote').first()).toBeVisible();
  await page.locator('.passage-quote a').first().click();
  // With a script it opens beside the result.
  if (!hydrated) await page.waitForURL('**/read?*');
  await expect(page.locator('mark.cited').first()).toBeVisible();
});

test('feedback comes after each question for whoever wants it', async ({ page, ada, quiz, hydrated }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`, hydrated);
  if (hydrated) await page.getByRole('combobox', { name: 'Feedback' }).selectOption('each');
  else await page.getByRole('link', { name: 'Give feedback after each question' }).click();
  const first = page.locator('.question').first();
  if (quiz.quiz[0]!.type === 'short') await first.getByRole('textbox').fill('cell');
  else await first.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Check question 1', exact: true }).click();
  await expect(first.locator('.grade')).toBeVisible();
  await expect(first.locator('.passage-quote')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Check question/ })).toHaveCount(quiz.quiz.length - 1);
  const grade = await first.locator('.grade').textContent();
  await page.getByRole('button', { name: 'Submit answers' }).click();
  if (hydrated) await page.getByRole('button', { name: 'Submit anyway' }).click();
  await page.waitForURL('**/results');
  await expect(page.locator('.detail .grade').first()).toHaveText(grade!);
});

test('only what was missed is asked again', async ({ page, server, ada, quiz, hydrated }) => {
  const key = (await call(server, ada.token, 'GET', `/api/quiz/${quiz.quiz_id}/key`)) as Key;
  const right = key.questions.slice(1).map(({ id, correct_answer }) => [id, correct_answer]);
  const body = { quiz_id: quiz.quiz_id, answers: Object.fromEntries(right) };
  await call(server, ada.token, 'POST', '/api/quiz/submit', body);
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}/results`, hydrated);
  await page.getByRole('button', { name: /^Retry only the 1/ }).click();
  await page.waitForURL('**only=open');
  await expect(page.locator('.question')).toHaveCount(1);
  // With a script the page is never left.
  if (hydrated) return;
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Save for later' }).click()]);
  await expect(page).toHaveURL(/\?only=open$/);
  await page.getByRole('link', { name: 'Give feedback after each question' }).click();
  await page.waitForURL('**only=open&feedback=each');
  const missed = page.locator('.question');
  if (quiz.quiz[0]!.type === 'short') await missed.getByRole('textbox').fill('cell');
  else await missed.getByRole('radio').first().check();
  await page.getByRole('button', { name: /^Check question/ }).click();
  await expect(missed.locator('.grade')).toBeVisible();
  await expect(missed).toHaveCount(1);
  expect(page.url()).toContain('only=open');
});

test('the author edits a question', async ({ page, ada, quiz, hydrated }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}/edit`, hydrated);
  const item = page.locator('.key-item').first();
  await item.locator('summary').filter({ hasText: 'Edit' }).click();
  await item.getByLabel('Question', { exact: true }).fill('What is written here now?');
  await item.getByRole('button', { name: 'Save question' }).click();
  await expect(page.locator('.key-item').first().getByRole('heading')).toContainText('What is written here now?');
});

test('what was missed is reviewed', async ({ page, server, ada, quiz, hydrated }) => {
  await call(server, ada.token, 'POST', '/api/quiz/submit', { quiz_id: quiz.quiz_id, answers: {} });
  await openPage(page, ada, '/review', hydrated);
  await expect(page.getByRole('heading', { level: 1, name: 'Review' })).toBeVisible();
  await expect(page.locator('.review-card, .empty').first()).toBeVisible();
  await expect(page.getByRole('table', { name: /Coming up/ })).toBeVisible();
});

interface Key {
  questions: { id: number; correct_answer: string }[];
}
