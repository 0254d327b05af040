import type { Page } from '@playwright/test';
import { messages, open, register, start } from '../fixtures/conversations.ts';
import { listen, Server } from '../fixtures/index.ts';
import { call, expect, openPage, ready, test } from '../fixtures/study.ts';
import { textbook } from '../../server/extraction/tests/samples/textbook.mjs';

const DAY = 24 * 60 * 60;
const PAGES = 100;
/** On each page, so that the book is read for some seconds: how far it is is told twice a second. */
const SPACES = 40_000;
const QUESTIONS = 20;
const MISSED = 3;

interface Key {
  questions: { id: number; type: 'mcq' | 'tf' | 'short'; correct_answer: string; citation: { page: number; quote: string } }[];
}

test('a day of study: a textbook becomes notes and a quiz, which a friend takes too, and tomorrow what was missed comes up again', async ({ browser, complaints }) => {
  test.setTimeout(600_000);
  const server = await Server.start();
  try {
    const [ada, ben] = [await register(server, 'Ada'), await register(server, 'Ben')];
    const conversation = await start(server, ada, [ben]);
    const hers = await browser.newContext({ baseURL: server.url, viewport: { width: 1400, height: 900 } });
    const his = await browser.newContext({ baseURL: server.url });
    listen(hers, complaints);
    listen(his, complaints);
    const page = await hers.newPage();

    await openPage(page, ada, '/library');
    const seen = await watchProgress(page);
    const file = { name: 'elements.pdf', mimeType: 'application/pdf', buffer: textbook(PAGES, SPACES) as Buffer };
    await page.getByLabel('Add documents').setInputFiles([file]);
    await page.locator('.document-title').click();
    await expect(page.locator('.notes-text')).toBeVisible({ timeout: 60_000 });
    const percents = (await seen()).filter((percent) => percent > 0 && percent < 100);
    expect(percents, 'the pages were counted while one watched').not.toEqual([]);
    expect(percents).toEqual([...percents].sort((one, other) => one - other));
    await expect(page.getByText(`${PAGES} pages`, { exact: true })).toBeVisible();

    await page.locator('.notes-text a[href*="/read?"]').first().click();
    const passage = page.getByRole('complementary', { name: 'The passage in the document' });
    const cited = passage.locator('mark.cited').first();
    await expect(cited).toBeInViewport();
    expect((await cited.textContent())!.trim().length).toBeGreaterThan(10);
    await page.keyboard.press('Escape');

    await page.getByRole('link', { name: 'Make quiz', exact: true }).click();
    await page.waitForURL('**/quizzes/new?*');
    await page.getByLabel('Questions', { exact: true }).fill(String(QUESTIONS));
    await page.getByRole('button', { name: 'Make quiz' }).click();
    await page.waitForURL(/\/quizzes\/\d+$/, { timeout: 60_000 });
    await expect(page.locator('.question')).toHaveCount(QUESTIONS, { timeout: 60_000 });
    const id = Number(new URL(page.url()).pathname.split('/').pop());
    const { questions } = (await call(server, ada.token, 'GET', `/api/quiz/${id}/key`)) as Key;
    const wrong = questions.filter(({ type }) => type !== 'short').slice(0, MISSED);

    const answer = async (question: Key['questions'][number]) => {
      const field = page.locator(`#question-${question.id}`);
      if (question.type === 'short') return field.getByRole('textbox').fill(question.correct_answer);
      const right = field.locator(`input[value=${JSON.stringify(question.correct_answer)}]`);
      if (!wrong.includes(question)) return right.check();
      await field.locator(`input:not([value=${JSON.stringify(question.correct_answer)}])`).first().check();
    };
    for (const question of questions.slice(0, 8)) await answer(question);
    await expect(page.getByText('All answers saved')).toBeVisible();
    await page.reload();
    await ready(page, true);
    await expect(page.getByText(`8 of ${QUESTIONS} answered`)).toBeVisible();
    for (const question of questions.slice(8)) await answer(question);
    await expect(page.getByText(`${QUESTIONS} of ${QUESTIONS} answered`)).toBeVisible();
    await page.getByRole('button', { name: 'Submit answers' }).click();
    await page.waitForURL('**/results');
    await expect(page.locator('.score-number')).toHaveText(`${QUESTIONS - MISSED} of ${QUESTIONS}, 85 %`);
    await expect(page.locator('.passage-quote')).toHaveCount(QUESTIONS);

    const missed = page.locator(`#answer-${wrong[0]!.id}`);
    await expect(missed).toContainText('Wrong');
    await missed.getByRole('link', { name: /^p\. \d+/ }).click();
    await expect(page.getByRole('heading', { name: `Page ${wrong[0]!.citation.page}`, exact: true })).toBeVisible();
    await expect(page.locator('mark.cited').first()).toBeInViewport();

    await page.goto(`/quizzes/${id}/edit`);
    await ready(page, true);
    await page.getByLabel('Conversation', { exact: true }).selectOption(String(conversation));
    await page.getByRole('button', { name: 'Share quiz' }).click();
    await expect(messages(page).getByRole('link', { name: 'Take the quiz' })).toBeVisible();

    const theirs = await his.newPage();
    await open(theirs, ben, conversation);
    await messages(theirs).getByRole('link', { name: 'Take the quiz' }).click();
    await theirs.waitForURL(`**/quizzes/${id}`);
    for (const { id: question, correct_answer, type } of questions.slice(0, 2)) {
      const field = theirs.locator(`#question-${question}`);
      if (type === 'short') await field.getByRole('textbox').fill(correct_answer);
      else await field.locator(`input[value=${JSON.stringify(correct_answer)}]`).check();
    }
    await theirs.getByRole('button', { name: 'Submit answers' }).click();
    await theirs.getByRole('button', { name: 'Submit anyway' }).click();
    await theirs.waitForURL('**/results');
    await expect(theirs.locator('.score-number')).toHaveText(`2 of ${QUESTIONS}, 10 %`);
    await expect(theirs.locator('.passage-quote')).toHaveCount(QUESTIONS);
    await expect(theirs.locator('.passage-quote a'), 'the document stays hers').toHaveCount(0);

    await page.goto('/review');
    await ready(page, true);
    await expect(page.getByRole('heading', { name: 'Nothing due' })).toBeVisible();
    await server.advance(DAY);
    await page.reload();
    await ready(page, true);
    const texts = new Set<string>();
    for (let place = 1; place <= MISSED; place += 1) {
      await expect(page.getByText(`${place} of ${MISSED} today`)).toBeVisible();
      const asked = (await page.locator('.review-question').textContent())!;
      texts.add(asked);
      const question = await askedFor(page, wrong);
      await page.locator(`.review-card input[value=${JSON.stringify(question.correct_answer)}]`).check();
      await page.getByRole('button', { name: 'Answer', exact: true }).click();
      await expect(page.locator('.feedback .grade')).toContainText('Right');
      await page.locator('.feedback .ratings .button-primary').click();
    }
    expect(texts.size).toBe(MISSED);
    await expect(page.getByRole('heading', { name: 'Nothing due' })).toBeVisible();
    await hers.close();
    await his.close();
  } finally {
    await server.remove();
  }
});

/** The one of these that the review asks. */
async function askedFor(page: Page, all: Key['questions']): Promise<Key['questions'][number]> {
  const id = Number(await page.locator('.review-card input[name="question_id"]').first().inputValue());
  const question = all.find((one) => one.id === id);
  expect(question, `question ${id} was missed`).toBeDefined();
  return question!;
}

/** Writes down every percentage that the page shows from now on. */
async function watchProgress(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const seen: number[] = [];
    (window as unknown as { seen: number[] }).seen = seen;
    const look = () => {
      const bar = document.querySelector<HTMLProgressElement>('progress.bar');
      if (bar && seen.at(-1) !== bar.value) seen.push(bar.value);
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true });
  });
  return () => page.evaluate(() => (window as unknown as { seen: number[] }).seen);
}
