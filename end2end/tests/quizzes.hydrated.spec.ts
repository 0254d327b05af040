import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/axe.ts';
import { expectNetworkErrors, expectRefusals } from '../fixtures/index.ts';
import { call, CELLS, expect, openPage, ready, test, type Quiz } from '../fixtures/study.ts';

interface Key {
  questions: { id: number; correct_answer: string }[];
}

async function saved(page: Page): Promise<void> {
  await expect(page.getByText('All answers saved')).toBeVisible();
}

/** Answers a question of the sheet, rightly or not. */
async function answer(page: Page, quiz: Quiz, place: number): Promise<void> {
  const { id, type } = quiz.quiz[place]!;
  const question = page.locator(`#question-${id}`);
  if (type === 'short') await question.getByRole('textbox').fill('mitosis');
  else await question.getByRole('radio').first().check();
}

/** From now on the page's script does not come until the returned function is called. */
async function holdScript(page: Page): Promise<() => void> {
  let come = () => {};
  const held = new Promise<void>((done) => (come = done));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  return come;
}

test('every answer is kept: after a reload, and while there is no connection', async ({ page, context, server, ada, quiz, complaints }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await answer(page, quiz, 0);
  await saved(page);
  await page.reload();
  await page.locator('html[data-hydrated]').waitFor();
  await expect(page.getByText(`1 of ${quiz.quiz.length} answered`)).toBeVisible();

  await context.setOffline(true);
  await answer(page, quiz, 1);
  await expect(page.getByText(/^No connection/)).toBeVisible();
  await context.setOffline(false);
  await saved(page);
  expectNetworkErrors(complaints);
  const there = (await call(server, ada.token, 'GET', `/api/quiz/${quiz.quiz_id}`)) as Quiz & { answers: object };
  expect(Object.keys(there.answers)).toHaveLength(2);
});

test('an answer that is saved while the page is being reloaded stands on the new page', async ({ page, ada, quiz }) => {
  const path = `/quizzes/${quiz.quiz_id}`;
  await openPage(page, ada, path);
  const isSaved = page.waitForResponse('**/fn/quizzes/save');
  // The new page is read before the answer is saved, and comes after it.
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch();
    await (await isSaved).finished();
    await route.fulfill({ response });
  });
  const chosen = quiz.quiz.find(({ type }) => type !== 'short')!;
  const field = await page.locator(`#question-${chosen.id}`).getByRole('radio').first().elementHandle();
  const reloaded = page.waitForEvent('load');
  await field!.evaluate((radio: HTMLInputElement) => {
    radio.click();
    location.reload();
  });
  await reloaded;
  await ready(page, true);
  await expect(page.getByText(`1 of ${quiz.quiz.length} answered`)).toBeVisible();
});

test('what an earlier visit has kept stays when something is answered before the script has come', async ({ page, context, ada, quiz, complaints }) => {
  await context.route('**/fn/quizzes/save', (route) => route.abort('internetdisconnected'));
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await answer(page, quiz, 0);
  await expect(page.getByText(/^No connection/)).toBeVisible();
  const come = await holdScript(page);
  await page.reload({ waitUntil: 'commit' });
  await answer(page, quiz, 1);
  come();
  await ready(page, true);
  await expect(page.getByText(`2 of ${quiz.quiz.length} answered`)).toBeVisible();
  await context.unroute('**/fn/quizzes/save');
  await saved(page);
  expectNetworkErrors(complaints);
});

test('a sheet is handed in once, and nothing is saved after it', async ({ page, server, ada, quiz }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(new URL(request.url()).pathname));
  for (const place of quiz.quiz.keys()) await answer(page, quiz, place);
  await page.getByRole('button', { name: 'Submit answers' }).dblclick();
  await page.waitForURL('**/results');
  const changes = sent.filter((path) => ['/fn/quizzes/save', '/fn/quizzes/submit'].includes(path));
  expect(changes.filter((path) => path === '/fn/quizzes/submit')).toHaveLength(1);
  expect(changes.at(-1)).toBe('/fn/quizzes/submit');
  const there = (await call(server, ada.token, 'GET', `/api/quiz/${quiz.quiz_id}`)) as Quiz & { answers: object };
  expect(there.answers).toEqual({});
});

test('a sheet that could not be handed in is saved further on', async ({ page, context, server, ada, quiz, complaints }) => {
  await context.route('**/fn/quizzes/submit', (route) => route.abort('internetdisconnected'));
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await page.getByRole('button', { name: 'Submit anyway' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be reached' })).toBeVisible();
  await answer(page, quiz, 0);
  await saved(page);
  const there = (await call(server, ada.token, 'GET', `/api/quiz/${quiz.quiz_id}`)) as Quiz & { answers: object };
  expect(Object.keys(there.answers)).toHaveLength(1);
  expectNetworkErrors(complaints);
});

test('a sheet that was handed in although the answer got lost leads to the result', async ({ page, context, server, ada, quiz, complaints }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  let submitted = 0;
  await context.route('**/fn/quizzes/submit', async (route) => {
    submitted += 1;
    await route.fetch();
    await route.abort('internetdisconnected');
  });
  // How the sheet stands cannot be asked at once, either.
  let isCut = true;
  await context.route('**/fn/quizzes/sheet?*', (route) => (isCut ? route.abort('internetdisconnected') : route.continue()));
  await answer(page, quiz, 0);
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await page.getByRole('button', { name: 'Submit anyway' }).click();
  await expect(page.getByText(/^No connection/)).toBeVisible();
  await answer(page, quiz, 1);
  isCut = false;
  await page.waitForURL('**/results');
  expect(submitted).toBe(1);
  const { history } = (await call(server, ada.token, 'GET', '/api/quiz/history/all')) as { history: object[] };
  expect(history).toHaveLength(1);
  const there = (await call(server, ada.token, 'GET', `/api/quiz/${quiz.quiz_id}`)) as Quiz & { answers: object };
  expect(there.answers, 'nothing stands on the next sheet').toEqual({});
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('lyceum.quiz.')))).toEqual([]);
  expectNetworkErrors(complaints);
});

test('a sheet that was handed in elsewhere is not filled in any further', async ({ page, server, ada, quiz, complaints }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await call(server, ada.token, 'POST', '/api/quiz/submit', { quiz_id: quiz.quiz_id, answers: {} });
  await answer(page, quiz, 0);
  await page.waitForURL('**/results');
  const there = (await call(server, ada.token, 'GET', `/api/quiz/${quiz.quiz_id}`)) as Quiz & { answers: object };
  expect(there.answers).toEqual({});
  expectRefusals(complaints, 409);
});

test('the timer counts down, can be stopped, and is forgotten when it is over', async ({ page, ada, quiz }) => {
  await page.clock.install();
  const path = `/quizzes/${quiz.quiz_id}`;
  await openPage(page, ada, path);
  const choice = page.getByRole('combobox', { name: 'Timer' });
  const clock = page.getByRole('timer');
  const isUp = page.locator('.quiz-time-up');
  const reload = async () => {
    await page.goto(path);
    await ready(page, true);
  };
  await choice.selectOption('10');
  await expect(clock).toHaveText(/^(10:00|9:\d\d)$/);
  await reload();
  await expect(choice).toHaveValue('10');
  await expect(clock).toHaveText(/^9:\d\d$/);
  await choice.selectOption('');
  await expect(clock).toBeEmpty();
  await reload();
  await expect(clock).toBeEmpty();

  await choice.selectOption('5');
  await expect(clock).toHaveText(/^(5:00|4:\d\d)$/);
  await page.clock.fastForward('05:01');
  await expect(isUp).toBeVisible();
  await reload();
  await expect(choice).toHaveValue('');
  await expect(isUp).toHaveCount(0);

  await choice.selectOption('30');
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await page.getByRole('button', { name: 'Submit anyway' }).click();
  await page.waitForURL('**/results');
  await reload();
  await expect(choice).toHaveValue('');
});

test('what was missed stays on the page that asks it again, answered or not', async ({ page, server, ada, quiz }) => {
  const { questions } = (await call(server, ada.token, 'GET', `/api/quiz/${quiz.quiz_id}/key`)) as Key;
  const right = questions.slice(1).map(({ id, correct_answer }) => [id, correct_answer]);
  await call(server, ada.token, 'POST', '/api/quiz/submit', { quiz_id: quiz.quiz_id, answers: Object.fromEntries(right) });
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}/results`);
  await page.getByRole('button', { name: /^Retry only the 1/ }).click();
  await page.waitForURL('**only=open');
  await answer(page, quiz, 0);
  await saved(page);
  await page.reload();
  await ready(page, true);
  await expect(page.locator('.question')).toHaveCount(1);
  await expect(page.getByText(`${right.length} that you had right`)).toBeVisible();
  await expect(page.getByText(`${quiz.quiz.length} of ${quiz.quiz.length} answered`)).toBeVisible();
});

test('a quiz that is being made appears by itself, also after the line was cut', async ({ page, ada, quiz, complaints }) => {
  let line: 'being made' | 'cut' | 'there' = 'being made';
  await page.route('**/fn/quizzes/quiz?*', async (route) => {
    if (line === 'cut') return route.abort('internetdisconnected');
    const response = await route.fetch();
    const json = await response.json();
    return route.fulfill({ response, json: line === 'there' ? json : { ...json, status: 'processing', quiz: [] } });
  });
  await openPage(page, ada, '/quizzes');
  await page.locator('.quiz-row .document-title').click();
  await expect(page.getByText('Questions are being written')).toBeVisible();
  line = 'cut';
  await page.waitForEvent('requestfailed', (request) => request.url().includes('/fn/quizzes/quiz?'));
  line = 'there';
  await expect(page.locator('.question')).toHaveCount(quiz.quiz.length, { timeout: 30_000 });
  expectNetworkErrors(complaints);
});

test('the list shows by itself when a quiz is there', async ({ page, ada, quiz }) => {
  let isMade = false;
  await page.route('**/fn/quizzes/list*', async (route) => {
    const response = await route.fetch();
    const json = (await response.json()) as { quizzes: object[] };
    const quizzes = json.quizzes.map((one) => (isMade ? one : { ...one, status: 'processing' }));
    return route.fulfill({ response, json: { ...json, quizzes } });
  });
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await page.getByRole('link', { name: 'Back to Quizzes' }).click();
  const row = page.locator('.quiz-row');
  await expect(row).toContainText('Being made');
  isMade = true;
  await expect(row.getByRole('link', { name: /^Take quiz/ })).toBeVisible({ timeout: 30_000 });
  await expect(row).not.toContainText('Being made');
});

test('the bar does not cover what has the focus', async ({ page, ada, quiz }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 360, height: 640 });
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await page.getByRole('button', { name: 'Submit answers' }).focus();
  const below = () =>
    page.evaluate(() => {
      const bar = document.querySelector('.quiz-bar')!.getBoundingClientRect();
      return document.activeElement!.getBoundingClientRect().top - bar.bottom;
    });
  for (const place of [...quiz.quiz.keys()].reverse()) {
    await page.keyboard.press('Shift+Tab');
    await expect(page.locator(`.question[data-place="${place}"] input:focus`)).toBeVisible();
    await expect.poll(below, `question ${place + 1}`).toBeGreaterThanOrEqual(0);
  }
});

test('Enter that ends a composition does not go on', async ({ page, ada, quiz }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await page.getByRole('button', { name: 'One at a time' }).click();
  const shown = page.locator('.question:visible');
  await expect(shown).toHaveCount(1);
  await shown.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
  await expect(shown).toHaveAttribute('data-place', '0');
  await shown.dispatchEvent('keydown', { key: 'Enter', bubbles: true });
  await expect(shown).toHaveAttribute('data-place', '1');
});

test('what is written into one form of the key stays when another is sent', async ({ page, ada, quiz }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}/edit`);
  const items = page.locator('.key-item');
  const count = quiz.quiz.length;
  const edit = async (place: number) => items.nth(place).locator('summary').click();
  await edit(0);
  await edit(2);
  await items.nth(2).getByLabel('Right answer').fill('not sent yet');
  await items.nth(0).getByLabel('Question', { exact: true }).fill('What is written here now?');
  await items.nth(0).getByRole('button', { name: 'Save question' }).click();
  await expect(items.nth(0).getByRole('heading')).toContainText('What is written here now?');
  await expect(items.nth(2).getByLabel('Right answer')).toHaveValue('not sent yet');

  await items.nth(1).getByRole('button', { name: 'Drop question 2 and regrade all results' }).click();
  const dialog = page.getByRole('dialog', { name: 'Drop this question?' });
  await expect(dialog).toContainText(quiz.quiz[1]!.question);
  await dialog.getByRole('button', { name: 'Drop question and regrade all results' }).click();
  await expect(items).toHaveCount(count - 1);
  await expect(dialog).toBeHidden();
  await expect(items.nth(1).locator('details')).toHaveAttribute('open');
  await expect(items.nth(1).getByLabel('Right answer')).toHaveValue('not sent yet');
  await expect(items.nth(2).locator('details')).not.toHaveAttribute('open');

  const form = page.locator('.key-new');
  await form.locator('summary').click();
  await form.getByLabel('Type').selectOption('tf');
  await form.getByLabel('Question', { exact: true }).fill('Is every cell a unit of life?');
  await form.getByLabel('Right answer').fill('true');
  await form.getByRole('button', { name: 'Save question' }).click();
  await expect(items).toHaveCount(count);
  await expect(form.getByLabel('Question', { exact: true })).toHaveValue('');
  await expect(form.getByLabel('Right answer')).toHaveValue('');
  await expect(items.nth(1).getByLabel('Right answer')).toHaveValue('not sent yet');
});

test('a quiz is made once, however often the button is pressed', async ({ page, ada }) => {
  await openPage(page, ada, '/quizzes/new');
  let made = 0;
  page.on('request', (request) => (made += Number(request.url().endsWith('/fn/quizzes/make'))));
  await page.getByLabel('Pasted text').check();
  await page.getByLabel('Text', { exact: true }).fill(CELLS);
  await page.getByRole('button', { name: 'Make quiz' }).dblclick();
  await expect(page.locator('.question').first()).toBeVisible({ timeout: 30_000 });
  expect(made).toBe(1);
});

test('what is missing for a quiz gets the focus', async ({ page, ada, document, complaints }) => {
  expect(document.status).toBe('ready');
  await page.setViewportSize({ width: 1280, height: 600 });
  await openPage(page, ada, '/quizzes/new');
  const make = page.getByRole('button', { name: 'Make quiz' });
  await make.click();
  const first = page.getByRole('group', { name: 'Documents', exact: true }).getByRole('checkbox').first();
  await expect(first).toBeFocused();
  await expect(first).toBeInViewport();
  expectRefusals(complaints, 422);
  await page.getByLabel('Pasted text').check();
  await make.click();
  const text = page.getByLabel('Text', { exact: true });
  await expect(text).toBeFocused();
  await expect(text).toBeInViewport();
  await expect(text).toHaveAttribute('aria-invalid', 'true');
  expectRefusals(complaints, 422);
});

test('a quiz that was just made begins at its top', async ({ page, ada, document }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.setViewportSize({ width: 1280, height: 600 });
  await openPage(page, ada, `/quizzes/new?document=${document.id}`);
  const make = page.getByRole('button', { name: 'Make quiz' });
  await make.scrollIntoViewIfNeeded();
  expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
  await make.click();
  await page.waitForURL(/\/quizzes\/\d+$/);
  await expect(page.locator('.question').first()).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
});

test('what was chosen and pasted before the script has come is kept', async ({ page, ada, document }) => {
  expect(document.status).toBe('ready');
  await openPage(page, ada, '/quizzes/new');
  const come = await holdScript(page);
  await page.reload({ waitUntil: 'commit' });
  await page.getByLabel('Pasted text').check();
  await page.getByLabel('Text', { exact: true }).fill(CELLS);
  come();
  await ready(page, true);
  await expect(page.getByRole('group', { name: 'Documents' })).toBeHidden();
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue(CELLS);
});

test('who has no conversation is told so', async ({ page, ada, quiz }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}/edit`);
  const share = page.getByRole('region', { name: 'Share' });
  await expect(share.getByRole('link', { name: 'Start a conversation' })).toBeVisible();
  await expect(share.getByRole('button')).toHaveCount(0);
});

test('the keyboard alone takes a quiz, one question at a time', async ({ page, ada, quiz }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await page.getByRole('button', { name: 'One at a time' }).click();
  await expect(page.locator('.question:visible')).toHaveCount(1);
  await page.locator('.question:visible').focus();
  for (const [place, { type }] of quiz.quiz.entries()) {
    await expect(page.locator(`.question[data-place="${place}"]:focus-within`)).toBeVisible();
    if (type === 'short') await page.locator('.question:visible').getByRole('textbox').fill('cell');
    else await page.keyboard.press('1');
    await page.keyboard.press('Enter');
  }
  await expect(page.getByText(`${quiz.quiz.length} of ${quiz.quiz.length} answered`)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Submit answers' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/results');
});

test('one question at a time has a way back and forth', async ({ page, ada, quiz }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await page.getByRole('button', { name: 'One at a time' }).click();
  const steps = page.getByRole('navigation', { name: 'Questions' });
  const [back, forth] = [steps.getByRole('button', { name: 'Previous' }), steps.getByRole('button', { name: 'Next', exact: true })];
  const count = quiz.quiz.length;
  await expect(back).toBeDisabled();
  for (let place = 2; place <= count; place += 1) {
    await forth.click();
    await expect(steps).toContainText(`${place} of ${count}`);
    await expect(page.locator('.question:visible')).toHaveAttribute('data-place', String(place - 1));
  }
  await expect(forth).toBeDisabled();
  await back.click();
  await expect(steps).toContainText(`${count - 1} of ${count}`);
});

test('a shared quiz is taken by somebody else, and both see how it went', async ({ page, browser, server, ada, ben, conversation, quiz }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}/edit`);
  await page.getByLabel('Conversation', { exact: true }).selectOption(String(conversation));
  await page.getByRole('button', { name: 'Share quiz' }).click();
  await expect(page.getByRole('link', { name: 'Take the quiz' })).toBeVisible();

  const theirs = await (await browser.newContext({ baseURL: server.url })).newPage();
  await openPage(theirs, ben, `/conversations/${conversation}`);
  await theirs.getByRole('link', { name: 'Take the quiz' }).click();
  await theirs.getByRole('button', { name: 'Submit answers' }).click();
  await theirs.getByRole('button', { name: 'Submit anyway' }).click();
  await theirs.waitForURL('**/results');
  await expect(theirs.locator('.passage-quote a')).toHaveCount(0);
  await page.goto(`/quizzes/${quiz.quiz_id}/edit`);
  await expect(page.getByRole('region', { name: 'The group' }).getByRole('row', { name: ben.name })).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the pages are accessible and fit a telephone (${scheme})`, async ({ page, server, ada, conversation, quiz }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 360, height: 740 });
    await call(server, ada.token, 'POST', '/api/quiz/submit', { quiz_id: quiz.quiz_id, answers: {} });
    await call(server, ada.token, 'POST', `/api/quiz/${quiz.quiz_id}/share`, { conversation_id: conversation });
    await openPage(page, ada, '/quizzes');
    const id = quiz.quiz_id;
    for (const path of ['/quizzes', '/quizzes/new', `/quizzes/${id}`, `/quizzes/${id}/results`, `/quizzes/${id}/edit`, '/review']) {
      await page.goto(path);
      await page.locator('html[data-hydrated]').waitFor();
      await expectAccessible(page);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider, path).toBeLessThanOrEqual(0);
    }
  });
}
