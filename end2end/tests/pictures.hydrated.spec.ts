import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { elsewhere, expect, listed, ready, settled, signIn, start, test } from '../fixtures/conversations.ts';
import { loaded, picture } from '../fixtures/files.ts';

const AVIF = join(import.meta.dirname, '../../server/images/tests/samples/turned.avif');

test('a person gives themselves a picture, which others see, and takes it away', async ({ page, browser, server, ada, ben, conversation, complaints }) => {
  await signIn(page, ada, '/settings');
  await ready(page, true);
  await page.getByLabel('Choose a picture').setInputFiles(AVIF);
  await expect(page.getByText('choose a JPEG, PNG, WebP or GIF file')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save picture' })).toHaveCount(0);
  await page.getByLabel('Choose a picture').setInputFiles([await picture(page, 'me.png')]);
  await page.getByRole('button', { name: 'Save picture' }).click();
  await expect(page.getByText('The picture is saved.')).toBeVisible();
  await loaded(face(page));

  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, `/conversations/${conversation}/details`);
  await loaded(face(other));
  // The picture stands in other places too.
  for (const one of [page, other]) await settled(one);
  await page.getByRole('button', { name: 'Remove picture' }).click();
  await expect(page.getByText('The picture is removed.')).toBeVisible();
  await expect(face(page)).toHaveCount(0);
  await other.reload();
  await expect(other.locator('.profile-head .avatar')).toHaveCount(1);
  await expect(face(other)).toHaveCount(0);
  await context.close();
});

test('a group gets a picture, which everybody in it sees at once', async ({ page, browser, server, ada, ben, complaints }) => {
  const group = await start(server, ada, [ben], 'Hikers');
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, `/conversations/${group}/details`);
  await signIn(page, ada, `/conversations/${group}/details`);
  await ready(page, true);
  await page.getByLabel('Choose a picture').setInputFiles([await picture(page, 'us.png')]);
  await page.getByRole('button', { name: 'Save picture' }).click();
  await loaded(face(page));
  await loaded(face(other));
  await loaded(listed(other, 'Hikers').locator('img.avatar'));
  await context.close();
});

/** The picture at the head of the page, where there is one. */
function face(page: Page): Locator {
  return page.locator('.profile-head img.avatar');
}
