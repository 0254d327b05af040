import { expectAccessible } from '../fixtures/axe.ts';
import { expectNetworkErrors } from '../fixtures/index.ts';
import { call, expect, openPage, test, type Quiz } from '../fixtures/study.ts';

async function saved(page: import('@playwright/test').Page): Promise<void> {
  await expect(page.getByText('All answers saved')).toBeVisible();
}

test('every answer is kept: after a reload, and while there is no connection', async ({ page, context, server, ada, quiz, complaints }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  const question = (place: number) => page.locator('.question').nth(place);
  const answer = async (place: number) => {
    if (quiz.quiz[place]!.type === 'short') await question(place).getByRole('textbox').fill('mitosis');
    else await question(place).getByRole('radio').first().check();
  };
  await answer(0);
  await saved(page);
  await page.reload();
  await page.locator('html[data-hydrated]').waitFor();
  await expect(page.getByText(`1 of ${quiz.quiz.length} answered`)).toBeVisible();

  await context.setOffline(true);
  await answer(1);
  await expect(page.getByText(/^No connection/)).toBeVisible();
  await context.setOffline(false);
  await saved(page);
  expectNetworkErrors(complaints);
  const there = (await call(server, ada.token, 'GET', `/api/quiz/${quiz.quiz_id}`)) as Quiz & { answers: object };
  expect(Object.keys(there.answers)).toHaveLength(2);
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
  test(`the pages are accessible and fit a telephone (${scheme})`, async ({ page, server, ada, quiz }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 360, height: 740 });
    await call(server, ada.token, 'POST', '/api/quiz/submit', { quiz_id: quiz.quiz_id, answers: {} });
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
