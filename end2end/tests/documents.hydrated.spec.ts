import { expectAccessible } from '../fixtures/axe.ts';
import { call, CELLS, expect, openPage, test } from '../fixtures/study.ts';

test('a dropped-in document becomes notes while one watches', async ({ page, ada }) => {
  await openPage(page, ada, '/library');
  const file = { name: 'cells.md', mimeType: 'text/markdown', buffer: Buffer.from(CELLS) };
  await page.getByLabel('Add documents').setInputFiles([file]);
  const link = page.locator('.document-title');
  await expect(link).toHaveCount(1);
  await link.click();
  await expect(page.locator('.notes-text')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
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

test('whoever edits an older version is told, and loses nothing', async ({ page, server, ada, document, complaints }) => {
  await openPage(page, ada, `/library/${document.id}/edit`);
  await call(server, ada.token, 'PUT', `/api/documents/${document.id}/notes`, { version: 1, markdown: 'From elsewhere' });
  await page.getByRole('textbox', { name: 'Notes' }).fill('Mine');
  await page.getByRole('button', { name: 'Save notes' }).click();
  await expect(page.getByText('What you wrote is still here.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Notes' })).toHaveValue('Mine');
  complaints.splice(0, complaints.length, ...complaints.filter((line) => !line.includes('409')));
  await page.getByRole('button', { name: 'Save notes' }).click();
  await page.waitForURL(`**/library/${document.id}`);
  await expect(page.getByText('Version 3', { exact: true })).toBeVisible();
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
