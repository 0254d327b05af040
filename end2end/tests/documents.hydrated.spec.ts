import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/axe.ts';
import { composer, messages } from '../fixtures/conversations.ts';
import { attach, staged } from '../fixtures/files.ts';
import { expectRefusals } from '../fixtures/index.ts';
import { addDocument, call, CELLS, expect, openPage, ready, test } from '../fixtures/study.ts';

const markdown = (name: string) => ({ name, mimeType: 'text/markdown', buffer: Buffer.from(CELLS) });

/** Lets requests wait until the answer is called. */
async function hold(page: Page, addresses: string | RegExp): Promise<() => void> {
  let goOn = (): void => {};
  const held = new Promise<void>((done) => (goOn = done));
  await page.route(addresses, async (route) => {
    await held;
    await route.continue();
  });
  return goOn;
}

test('a dropped-in document becomes notes while one watches', async ({ page, ada }) => {
  await openPage(page, ada, '/library');
  await page.getByLabel('Add documents').setInputFiles([markdown('cells.md')]);
  const link = page.locator('.document-title');
  await expect(link).toHaveCount(1);
  await link.click();
  await expect(page.locator('.notes-text')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
});

test('a file that was refused is not sent again by the next page', async ({ page, ada, complaints }) => {
  await openPage(page, ada, '/library');
  const picture = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(100_000, 'x')]);
  await page.getByLabel('Add documents').setInputFiles([{ name: 'photo.pdf', mimeType: 'application/pdf', buffer: picture }]);
  const panel = page.getByRole('region', { name: 'Uploads' });
  await expect(panel).toContainText('The file is not what its name says');
  await expect(panel.getByRole('button', { name: 'Cancel: photo.pdf' })).toBeVisible();
  await expect(panel.getByRole('button', { name: /^(Retry failed|Try again)/ })).toHaveCount(0);
  expectRefusals(complaints, 422);
  const started: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/fn/uploads/start')) started.push(request.postData() ?? '');
  });
  await page.reload();
  await ready(page, true);
  // Whatever the page takes up again it begins before this.
  await page.getByLabel('Add documents').setInputFiles([markdown('cells.md')]);
  await expect(page.locator('.document-title')).toHaveCount(1);
  expect(started).toEqual([expect.stringContaining('cells.md')]);
  await expect(panel).not.toContainText('photo.pdf');
});

test('a citation opens beside the notes on a wide screen', async ({ page, ada, document }) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  await openPage(page, ada, `/library/${document.id}`);
  await page.locator('.notes-text a[href*="/read?"]').first().click();
  const passage = page.getByRole('complementary', { name: 'The passage in the document' });
  await expect(passage.locator('mark.cited').first()).toBeVisible();
  expect(page.url()).toContain(`/library/${document.id}`);
  expect(page.url()).not.toContain('/read');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(passage).toHaveCount(0);
});

test('a passage is marked on its own page only, also while that is loaded', async ({ page, server, ada }) => {
  const long = ['Cells', 'More cells', 'Still more cells'].map((title) => CELLS.replace('# Cells', `# ${title}`));
  const { id } = await addDocument(server, ada, 'long.md', long.join('\n\n'));
  const link = (number: number) => `- A point. [p. ${number}](/library/${id}/read?page=${number}&start=0&end=5)`;
  await call(server, ada.token, 'PUT', `/api/documents/${id}/notes`, { version: 1, markdown: `${link(1)}\n${link(2)}` });
  await page.setViewportSize({ width: 1400, height: 900 });
  await openPage(page, ada, `/library/${id}`);
  const passage = page.getByRole('complementary', { name: 'The passage in the document' });
  const links = page.locator('.notes-text a[href*="/read?"]');
  const goOn = await hold(page, /\/fn\/documents\/page\?.*page=2/);
  await links.first().click();
  await expect(passage.locator('mark.cited')).toHaveText('Cells');
  await links.last().click();
  await expect(passage.getByRole('heading', { name: 'Page 2', exact: true })).toBeVisible();
  await expect(passage.locator('mark')).toHaveCount(0);
  await expect(passage.getByRole('status')).toBeVisible();
  goOn();
  await expect(passage.locator('mark.cited')).toHaveCount(1);
});

test('a citation opens beside the result of a quiz', async ({ page, server, ada, quiz }) => {
  await call(server, ada.token, 'POST', '/api/quiz/submit', { quiz_id: quiz.quiz_id, answers: {} });
  await page.setViewportSize({ width: 1400, height: 900 });
  await openPage(page, ada, `/quizzes/${quiz.quiz_id}/results`);
  await page.getByRole('link', { name: /^p\. \d/ }).first().click();
  const passage = page.getByRole('complementary', { name: 'The passage in the document' });
  await expect(passage.locator('mark.cited').first()).toBeInViewport();
  expect(page.url()).toContain(`/quizzes/${quiz.quiz_id}/results`);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(passage).toHaveCount(0);
});

test('a quiz of a file that was just sent is made once it is read', async ({ thread }) => {
  await attach(thread).setInputFiles([markdown('cells.md')]);
  await expect(staged(thread)).toHaveCount(1);
  await composer(thread).press('Enter');
  await messages(thread).getByRole('button', { name: 'Make quiz of cells.md' }).click();
  await thread.waitForURL('**/quizzes/new?document=*');
  await thread.getByRole('button', { name: 'Make quiz', exact: true }).click();
  await thread.waitForURL(/\/quizzes\/\d+$/);
  await expect(thread.locator('.question').first()).toBeVisible({ timeout: 30_000 });
});

test('a quiz is made of the notes', async ({ page, ada, document }) => {
  await openPage(page, ada, `/library/${document.id}`);
  await page.getByRole('link', { name: 'Make quiz from these notes' }).click();
  await page.waitForURL('**/quizzes/new?*');
  await expect(page.getByRole('checkbox', { name: /^From its notes/ })).toBeChecked();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Make quiz' }).click();
  await page.waitForURL(/\/quizzes\/\d+$/);
  await expect(page.locator('.question').first()).toBeVisible();
});

test('what is added where it does not show is told', async ({ page, ada }) => {
  await openPage(page, ada, '/library?query=nothing');
  await page.getByLabel('Add documents').setInputFiles([markdown('one.md')]);
  await expect(page.getByText('stands first in your library.')).toBeVisible();
  await expect(page.getByText('No document has this in its title')).toBeVisible();
});

test('what is added stands where the list has it', async ({ page, ada }) => {
  await openPage(page, ada, '/library');
  await page.getByLabel('Add documents').setInputFiles(['one.md', 'two.md', 'three.md'].map(markdown));
  const rows = page.locator('.document-title');
  await expect(rows).toHaveCount(3);
  const addresses = () => rows.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const shown = await addresses();
  await page.reload();
  await ready(page, true);
  expect(await addresses()).toEqual(shown);
});

test('a page has its heading and its title while it is loaded', async ({ page, ada, document }) => {
  await openPage(page, ada, '/library');
  const goOn = await hold(page, '**/fn/documents/document?*');
  await page.locator('.document-title').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Document', exact: true })).toBeVisible();
  await expect(page).toHaveTitle('Document · Lyceum');
  goOn();
  await expect(page.getByRole('heading', { level: 1, name: document.title, exact: true })).toBeVisible();
  await expect(page).toHaveTitle(`${document.title} · Lyceum`);
});

test('notes that are made anew appear also where no event comes', async ({ page, ada, document }) => {
  await page.route('**/api/events?*', () => {});
  await openPage(page, ada, `/library/${document.id}`);
  await page.getByRole('button', { name: 'Make anew' }).click();
  await expect(page.getByText('Version 2', { exact: true })).toBeVisible({ timeout: 30_000 });
});

test('the question whether to delete stays while the notes change', async ({ page, server, ada, document }) => {
  await openPage(page, ada, `/library/${document.id}`);
  await page.getByRole('button', { name: /^Delete document/ }).click();
  const question = page.getByRole('dialog', { name: 'Delete this document?' });
  await expect(question).toBeVisible();
  await call(server, ada.token, 'PUT', `/api/documents/${document.id}/notes`, { version: 1, markdown: 'From elsewhere' });
  await expect(page.locator('.notes-text')).toHaveText('From elsewhere');
  await expect(question).toBeVisible();
});

test('what is typed before the scripts have come stays', async ({ page, ada, document }) => {
  await openPage(page, ada, `/library/${document.id}`);
  const goOn = await hold(page, '**/*.wasm*');
  await page.goto(`/library/${document.id}/edit`, { waitUntil: 'commit' });
  const notes = page.getByRole('textbox', { name: 'Notes' });
  await notes.fill('Typed early');
  goOn();
  await ready(page, true);
  await expect(notes).toHaveValue('Typed early');
});

test('whoever edits an older version is told, and loses nothing', async ({ page, server, ada, document, complaints }) => {
  await openPage(page, ada, `/library/${document.id}/edit`);
  await call(server, ada.token, 'PUT', `/api/documents/${document.id}/notes`, { version: 1, markdown: 'From elsewhere' });
  await page.getByRole('textbox', { name: 'Notes' }).fill('Mine');
  await page.getByRole('button', { name: 'Save notes' }).click();
  await expect(page.getByText('What you wrote is still here.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Notes' })).toHaveValue('Mine');
  expectRefusals(complaints, 409);
  await page.getByRole('button', { name: 'Save notes' }).click();
  await page.waitForURL(`**/library/${document.id}`);
  await expect(page.getByText('Version 3', { exact: true })).toBeVisible();
});

test('the keyboard goes back to the citation when its passage is closed', async ({ page, ada, document }) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  await openPage(page, ada, `/library/${document.id}`);
  const citation = page.locator('.notes-text a[href*="/read?"]').first();
  const passage = page.getByRole('complementary', { name: 'The passage in the document' });
  await citation.press('Enter');
  await expect(passage).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(passage).toHaveCount(0);
  await expect(citation).toBeFocused();
  await citation.click();
  await passage.getByRole('button', { name: 'Close the passage' }).click();
  await expect(passage).toHaveCount(0);
  await expect(citation).toBeFocused();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the pages are accessible and fit a telephone (${scheme})`, async ({ page, ada, document: { id } }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 360, height: 740 });
    await openPage(page, ada, '/library');
    for (const path of ['', `/${id}`, `/${id}/read`, `/${id}/edit`, `/${id}/versions`]) {
      await page.goto(`/library${path}`);
      await page.locator('html[data-hydrated]').waitFor();
      await expectAccessible(page);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider, `/library${path}`).toBeLessThanOrEqual(0);
    }
  });
}
