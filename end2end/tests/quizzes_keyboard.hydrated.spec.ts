import type { Page } from '@playwright/test';
import { expect, makeQuiz, openPage, ready, test } from '../fixtures/study.ts';

const shown = (page: Page) => page.locator('.question:visible');
const way = (page: Page, name: string) => page.getByRole('button', { name });

/** The focus is on the page, on nothing in particular. */
async function leaveAll(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await expect(page.locator(':focus')).toHaveCount(0);
}

test('the keys answer and go on at once after "One at a time"', async ({ page, ada, quiz }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await way(page, 'One at a time').click();
  await expect(page.locator('.question[data-place="0"]:focus-within')).toBeVisible();
  if (quiz.quiz[0]!.type !== 'short') {
    await page.keyboard.press('2');
    await expect(shown(page).getByRole('radio').nth(1)).toBeChecked();
  }
  await page.keyboard.press('Enter');
  await expect(shown(page)).toHaveAttribute('data-place', '1');
  await expect(way(page, 'Show all at once')).toBeVisible();
});

test('the keys answer and go on while the focus is on nothing', async ({ page, ada, quiz }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await way(page, 'One at a time').click();
  await expect(page.locator('.question[data-place="0"]:focus-within')).toBeVisible();
  for (const [place, { type }] of quiz.quiz.entries()) {
    await expect(shown(page)).toHaveAttribute('data-place', String(place));
    if (type !== 'short') {
      await leaveAll(page);
      await page.keyboard.press('2');
      await expect(shown(page).getByRole('radio').nth(1)).toBeChecked();
    }
    await leaveAll(page);
    await page.keyboard.press('Enter');
    const next = page.locator(`.question[data-place="${place + 1}"]:focus-within`);
    if (place + 1 < quiz.quiz.length) await expect(next).toBeVisible();
  }
  await expect(way(page, 'Submit answers')).toBeFocused();
});

test('where all questions are shown, the keys mean the one that had the focus last', async ({ page, ada, quiz }) => {
  const place = quiz.quiz.findLastIndex(({ type }) => type !== 'short');
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  const question = page.locator(`.question[data-place="${place}"]`);
  await question.getByRole('radio').first().check();
  await leaveAll(page);
  await page.keyboard.press('2');
  await expect(question.getByRole('radio').nth(1)).toBeChecked();
  await expect(page.getByText(`1 of ${quiz.quiz.length} answered`)).toBeVisible();
});

test('keys answer no question that is out of sight', async ({ page, ada, quiz }) => {
  await page.setViewportSize({ width: 1280, height: 480 });
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  const first = page.locator('.question[data-place="0"]');
  await way(page, 'Submit answers').scrollIntoViewIfNeeded();
  await expect(first).not.toBeInViewport();
  await page.keyboard.press('2');
  await expect(first.getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(page.getByText(`0 of ${quiz.quiz.length} answered`)).toBeVisible();
  await expect(first, 'nothing has moved').not.toBeInViewport();
});

test('keys that are pressed in a field or while a dialog asks answer nothing', async ({ page, ada, quiz }) => {
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  const none = page.getByText(`0 of ${quiz.quiz.length} answered`);
  for (const name of ['Timer', 'Feedback']) {
    await page.getByRole('combobox', { name }).focus();
    await page.keyboard.press('1');
    await expect(none).toBeVisible();
  }
  await leaveAll(page);
  await page.keyboard.press('Control+1');
  await expect(none).toBeVisible();
  await way(page, 'Submit answers').click();
  const dialog = page.getByRole('dialog', { name: 'Submit now?' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('1');
  await dialog.getByRole('button', { name: 'Go on answering' }).click();
  await expect(dialog).toBeHidden();
  await expect(none).toBeVisible();
});

test('a quiz that is taken one question at a time stays so after a reload, and no other one becomes so', async ({ page, server, ada, document, quiz }) => {
  const other = await makeQuiz(server, ada, document.id);
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
  await expect(shown(page)).toHaveCount(quiz.quiz.length);
  await way(page, 'One at a time').click();
  await expect(shown(page)).toHaveCount(1);
  await page.reload();
  await ready(page, true);
  await expect(shown(page)).toHaveCount(1);
  await page.goto(`/quizzes/${other.quiz_id}`);
  await ready(page, true);
  await expect(shown(page)).toHaveCount(other.quiz.length);
  await expect(way(page, 'One at a time')).toBeVisible();

  await page.goto(`/quizzes/${quiz.quiz_id}`);
  await way(page, 'Show all at once').click();
  await page.reload();
  await ready(page, true);
  await expect(shown(page)).toHaveCount(quiz.quiz.length);
});
