import { expectWide } from '../fixtures/boxes.ts';
import { addDocument, call, CELLS, expect, openPage, ready, test } from '../fixtures/study.ts';

test('what is said about the notes has room beside an open passage', async ({ page, ada, document }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openPage(page, ada, `/library/${document.id}`);
  await page.locator('.notes-text a[href*="/read?"]').first().click();
  await expect(page.getByRole('complementary', { name: 'The passage in the document' })).toBeVisible();
  const made = page.getByRole('region', { name: 'Notes' }).getByText(/^(Version 1|Made )/);
  for (const piece of await made.all()) await expectWide(piece);
  await expect(made).toHaveCount(2);
});

test('the ways to other pages have room on a telephone', async ({ page, server, ada }) => {
  const long = ['Cells', 'More cells', 'Still more cells'].map((title) => CELLS.replace('# Cells', `# ${title}`));
  const { id } = await addDocument(server, ada, 'long.md', long.join('\n\n'));
  await openPage(page, ada, `/library/${id}/read`);
  const ways = page.getByRole('navigation', { name: 'Pages, above the text' });
  for (const width of [320, 360, 768]) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto(`/library/${id}/read`);
    await ready(page, true);
    await expectWide(ways.getByRole('link', { name: 'Next page' }));
    await page.goto(`/library/${id}/read?page=2`);
    await ready(page, true);
    await expectWide(ways.getByRole('link', { name: 'Previous page' }));
    await expectWide(ways.getByRole('button', { name: 'Go to this page' }));
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
});

test('documents with long titles are whole in the list that a quiz is made from', async ({ page, server, ada, document }) => {
  const other = await addDocument(server, ada, 'other.md', CELLS);
  for (const { id } of [document, other]) {
    await call(server, ada.token, 'PATCH', `/api/documents/${id}`, { title: 'A-very-long-name-'.repeat(11) });
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await openPage(page, ada, '/quizzes/new');
  const rows = page.getByRole('group', { name: 'Documents', exact: true }).locator('label');
  await expect(rows.first()).toContainText('A-very-long-name-');
  const hidden = await rows.evaluateAll((rows) => rows.map((row) => row.scrollHeight - row.clientHeight));
  expect(Math.max(...hidden)).toBeLessThanOrEqual(0);
});

test('the menu of a document is on the screen of a telephone', async ({ page, ada, document }) => {
  await page.setViewportSize({ width: 320, height: 740 });
  await openPage(page, ada, '/library');
  await page.locator('summary').filter({ hasText: 'More about this document' }).click();
  const way = page.getByRole('link', { name: 'Notes', exact: true });
  await expect(way).toBeInViewport({ ratio: 1 });
  await way.click();
  await page.waitForURL(`**/library/${document.id}`);
});
