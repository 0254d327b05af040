import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/axe.ts';
import { expectNetworkErrors } from '../fixtures/index.ts';
import { call, expect, openPage, ready, test, type Member, type Quiz } from '../fixtures/study.ts';
import type { Server } from '../fixtures/server.ts';

interface Detail {
  question_id: number;
  correct_answer: string;
  user_answer: string;
  is_correct: boolean;
}

interface Sheet {
  answers: Record<string, string>;
  checked: Detail[];
}

interface Key {
  questions: { id: number; type: string; options?: string[]; correct_answer: string }[];
}

async function sheet(server: Server, member: Member, quiz: Quiz): Promise<Sheet> {
  return (await call(server, member.token, 'GET', `/api/quiz/${quiz.quiz_id}/answers`)) as Sheet;
}

/** An answer to each question that is right, and one that is not. */
async function answers(server: Server, member: Member, quiz: Quiz): Promise<{ right: string; wrong: string }[]> {
  const { questions } = (await call(server, member.token, 'GET', `/api/quiz/${quiz.quiz_id}/key`)) as Key;
  return questions.map(({ options = ['true', 'false'], type, correct_answer: right }) => {
    const other = options.find((option) => option !== right)!;
    return { right, wrong: type === 'short' ? 'a zebra' : other };
  });
}

const asked = (page: Page, quiz: Quiz, place: number) => page.locator(`#question-${quiz.quiz[place]!.id}`);
const feedback = (page: Page) => page.getByRole('combobox', { name: 'Feedback' });
const checking = (page: Page, place: number) => page.getByRole('button', { name: `Check question ${place + 1}`, exact: true });

async function give(page: Page, quiz: Quiz, place: number, answer: string): Promise<void> {
  const question = asked(page, quiz, place);
  if (quiz.quiz[place]!.type === 'short') await question.getByRole('textbox').fill(answer);
  else await question.locator(`input[value=${JSON.stringify(answer)}]`).check();
}

/** The answer to a question can be changed no more. */
async function expectFixed(page: Page, quiz: Quiz, place: number): Promise<void> {
  const question = asked(page, quiz, place);
  await expect(checking(page, place)).toHaveCount(0);
  if (quiz.quiz[place]!.type === 'short') await expect(question.getByRole('textbox')).not.toBeEditable();
  else await expect(question.locator('input:enabled')).toHaveCount(0);
}

test('with feedback after each question, what is checked is told and stays', async ({ page, browser, server, ada, quiz }) => {
  const [first, second] = await answers(server, ada, quiz);
  const path = `/quizzes/${quiz.quiz_id}`;
  await openPage(page, ada, path);
  await expect(feedback(page)).toHaveValue('end');
  await expect(page.getByRole('button', { name: /^Check question/ })).toHaveCount(0);
  await feedback(page).selectOption('each');
  await expect(page.getByRole('button', { name: /^Check question/ })).toHaveCount(quiz.quiz.length);
  await checking(page, 0).click();
  await expect(asked(page, quiz, 0).getByRole('alert')).toContainText('Answer the question first');

  await give(page, quiz, 0, first!.right);
  await checking(page, 0).click();
  await expect(asked(page, quiz, 0).getByRole('status')).toContainText(/^Right/);
  await expect(asked(page, quiz, 0).getByRole('button', { name: 'Next question' })).toBeFocused();
  await give(page, quiz, 1, second!.wrong);
  await checking(page, 1).click();
  await expect(asked(page, quiz, 1).getByRole('status')).toContainText(/^(Wrong|Almost)/);
  await expect(page.locator('.passage-quote')).toHaveCount(2);

  const theirs = await (await browser.newContext({ baseURL: server.url })).newPage();
  await openPage(theirs, ada, path);
  await page.reload();
  await ready(page, true);
  for (const device of [page, theirs]) {
    await expect(feedback(device)).toHaveValue('each');
    for (const place of [0, 1]) await expectFixed(device, quiz, place);
    await expect(device.locator('.passage-quote')).toHaveCount(2);
    await expect(device.getByRole('button', { name: /^Check question/ })).toHaveCount(quiz.quiz.length - 2);
  }
  await expectAccessible(page);
  const html = await (await page.request.get(path, { maxRetries: 1 })).text();
  expect(html.match(/correct_answer/g), 'of the other questions nothing is told').toHaveLength(2);
  const { checked } = await sheet(server, ada, quiz);
  expect(checked.map(({ question_id }) => question_id)).toEqual(quiz.quiz.slice(0, 2).map(({ id }) => id));

  await page.getByRole('button', { name: 'Submit answers' }).click();
  await page.getByRole('button', { name: 'Submit anyway' }).click();
  await page.waitForURL('**/results');
  await expect(page.locator('.score-number')).toHaveText(new RegExp(`^1 of ${quiz.quiz.length}, `));
  const result = (await call(server, ada.token, 'GET', `/api/quiz/${quiz.quiz_id}/results`)) as { details: Detail[] };
  expect(result.details.slice(0, 2)).toEqual(checked);
});

test('the keyboard checks each answer, goes on and submits', async ({ page, ada, quiz }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await feedback(page).selectOption('each');
  await page.getByRole('button', { name: 'One at a time' }).click();
  const shown = page.locator('.question:visible');
  await expect(shown).toHaveCount(1);
  await shown.focus();
  for (const [place, { type }] of quiz.quiz.entries()) {
    await expect(page.locator(`.question[data-place="${place}"]:focus-within`)).toBeVisible();
    if (type === 'short') await shown.getByRole('textbox').fill('cell');
    else await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    const next = place + 1 < quiz.quiz.length ? 'Next question' : 'Go to the end';
    await expect(shown.getByRole('button', { name: next })).toBeFocused();
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('button', { name: 'Submit answers' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/results');
});

test('an answer is checked once, also where the feedback got lost', async ({ page, context, server, ada, quiz, complaints }) => {
  const [first] = await answers(server, ada, quiz);
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await feedback(page).selectOption('each');
  let lost = 0;
  await context.route('**/fn/quizzes/check', async (route) => {
    lost += 1;
    await route.fetch();
    await route.abort('internetdisconnected');
  });
  await give(page, quiz, 0, first!.right);
  await checking(page, 0).click();
  await expect(asked(page, quiz, 0).getByRole('status')).toContainText(/^Right/);
  await expectFixed(page, quiz, 0);
  expect(lost).toBe(1);
  expectNetworkErrors(complaints);
  expect((await sheet(server, ada, quiz)).checked).toHaveLength(1);
});

test('what was changed meanwhile in another window does not change what was checked', async ({ page, server, ada, quiz }) => {
  const [first] = await answers(server, ada, quiz);
  const id = quiz.quiz[0]!.id;
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await call(server, ada.token, 'POST', `/api/quiz/${quiz.quiz_id}/answers/${id}/check`, { answer: first!.wrong });
  await give(page, quiz, 0, first!.right);
  await expect(page.getByText('All answers saved')).toBeVisible();
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await page.getByRole('button', { name: 'Submit anyway' }).click();
  await page.waitForURL('**/results');
  await expect(page.locator('.score-number')).toHaveText(new RegExp(`^0 of ${quiz.quiz.length}, `));
});
