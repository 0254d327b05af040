import { CELLS, call, expect, openPage, ready, test } from '../fixtures/study.ts';
import { expectRefusals } from '../fixtures/index.ts';

test('the library is empty at first and says what to do', async ({ page, ada, hydrated }) => {
  await openPage(page, ada, '/library', hydrated);
  await expect(page.getByRole('heading', { name: 'No documents yet' })).toBeVisible();
});

test('a document is found, read, renamed and deleted', async ({ page, ada, document, hydrated }) => {
  await openPage(page, ada, '/library?query=cell', hydrated);
  await page.getByRole('link', { name: document.title, exact: true }).click();
  await page.waitForURL(`**/library/${document.id}`);
  await ready(page, hydrated);
  await expect(page.getByRole('heading', { level: 1, name: document.title })).toBeVisible();

  await page.getByLabel('Title').fill('All about <cells> & more');
  await page.getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'All about <cells> & more' })).toBeVisible();

  await page.getByRole('link', { name: 'Read', exact: true }).click();
  await page.waitForURL('**/read');
  await ready(page, hydrated);
  await expect(page.getByText('A cell is the smallest unit of life')).toBeVisible();
  await page.goto(`/library/${document.id}`);
  await ready(page, hydrated);
  await page.getByRole('button', { name: /^Delete document/ }).click();
  if (hydrated) await page.getByRole('dialog').getByRole('button', { name: /^Delete document/ }).click();
  await page.waitForURL('**/library');
  await expect(page.getByRole('heading', { name: 'No documents yet' })).toBeVisible();
});

test('a citation leads to its passage in the reader', async ({ page, ada, document, hydrated }) => {
  await page.setViewportSize({ width: 900, height: 800 });
  await openPage(page, ada, `/library/${document.id}`, hydrated);
  const citation = page.locator('.notes-text a[href*="/read?"]').first();
  await citation.click();
  await page.waitForURL('**/read?*');
  const cited = page.locator('mark.cited').first();
  await expect(cited).toBeVisible();
  expect(CELLS).toContain((await cited.textContent())!.trim());
});

test('words are found in the document', async ({ page, ada, document, hydrated }) => {
  await openPage(page, ada, `/library/${document.id}/read`, hydrated);
  await page.getByLabel('Find in the document').getByRole('searchbox').fill('NUCLEUS');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await page.waitForURL('**find=*');
  await expect(page.getByText(/1 of \d+ places/)).toBeVisible();
  await expect(page.locator('mark.cited')).toHaveCount(1);
  await page.getByRole('link', { name: 'Next place' }).click();
  await expect(page.getByText(/2 of \d+ places/)).toBeVisible();
  await expect(page.locator('mark.cited')).toBeInViewport();
});

test('what was written stays when there is a newer version by now', async ({ page, server, ada, document, hydrated, complaints }) => {
  await openPage(page, ada, `/library/${document.id}/edit`, hydrated);
  const mine = `# My own words\n\n${'- Cells divide, and there is much to be said about it.\n'.repeat(400)}`;
  const notes = page.getByRole('textbox', { name: 'Notes' });
  await notes.fill(mine);
  const theirs = { version: 1, markdown: '# Words of another browser' };
  await call(server, ada.token, 'PUT', `/api/documents/${document.id}/notes`, theirs);
  await page.getByRole('button', { name: 'Save notes' }).click();
  await expect(page.locator('input[name=version]')).toHaveValue('2');
  await expect(page.getByRole('alert').filter({ hasText: 'newer version' })).toBeVisible();
  await expect(notes).toHaveValue(mine);
  if (hydrated) {
    expectRefusals(complaints, 409);
    await expect(page.getByRole('link', { name: 'Look at the newer version' })).toBeVisible();
  } else {
    expect(page.url()).not.toContain('divide');
    await page.getByText('The newer version', { exact: true }).click();
    const newer = page.getByRole('region', { name: 'Text of the newer version' });
    await expect(newer).toContainText('Words of another browser');
  }
  await page.getByRole('button', { name: 'Save notes' }).click();
  await page.waitForURL(`**/library/${document.id}`);
  await expect(page.getByRole('heading', { name: 'My own words' })).toBeVisible();
  await page.goto(`/library/${document.id}/versions`);
  await expect(page.locator('.version')).toHaveCount(3);
});

test('notes are edited, and the version before stays', async ({ page, ada, document, hydrated }) => {
  await openPage(page, ada, `/library/${document.id}/edit`, hydrated);
  await page.getByRole('textbox', { name: 'Notes' }).fill('# My own words\n\n- Cells divide.');
  await page.getByRole('button', { name: 'Save notes' }).click();
  await page.waitForURL(`**/library/${document.id}`);
  await expect(page.getByRole('heading', { name: 'My own words' })).toBeVisible();
  await page.goto(`/library/${document.id}/versions`);
  await expect(page.locator('.version')).toHaveCount(2);
});

test('where nothing is, the list in which it would stand is a press away, and so is what was there before', async ({ page, ada, hydrated, complaints }) => {
  await openPage(page, ada, '/people', hydrated);
  await page.goto('/library/00000000-0000-4000-8000-000000000000');
  await ready(page, hydrated);
  await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible();
  if (hydrated) {
    await page.getByRole('button', { name: 'Back' }).click();
    await page.waitForURL('**/people');
    await page.goForward();
  }
  await page.getByRole('link', { name: 'Go to the library' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Library');
  expectRefusals(complaints, 404);
});
