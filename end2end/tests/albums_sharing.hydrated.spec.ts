import type { Locator, Page } from '@playwright/test';
import { call, expect, openAlbum, photosOf, prepared, ready, register, settled, signIn, test, tile, tiles } from '../fixtures/albums.ts';
import { composer, elsewhere, messages, open, start } from '../fixtures/conversations.ts';
import { attach, picture, pictures, staged } from '../fixtures/files.ts';

test('an album is shared with a conversation: with whoever is in it at the time', async ({ page, browser, server, ada, ben, album, complaints }) => {
  const group = await start(server, ada, [ben, await register(server, 'Cem')], 'Hikers');
  const dan = await register(server, 'Dan');
  await signIn(page, ada, `/albums/${album.id}/sharing`);
  await ready(page, true);
  await page.getByLabel('Conversation', { exact: true }).selectOption('Hikers');
  await page.getByRole('button', { name: 'Share with the conversation' }).click();
  await expect(page.getByText('The people in the conversation see the album now.')).toBeVisible();
  await expect(sharers(page)).toHaveText([new RegExp(ada.name), /Hikers/]);
  await expect(page.getByLabel('Conversation', { exact: true }).getByRole('option', { name: 'Hikers' })).toHaveCount(0);

  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, '/albums');
  await other.getByRole('list', { name: 'Albums' }).getByRole('link', { name: /Alps 2026/ }).click();
  await expect(tiles(other)).toHaveCount(3);
  await expect(other.getByText('Add photos')).toHaveCount(0);
  await expect(call(server, dan.token, 'GET', `/api/albums/${album.id}`)).rejects.toThrow('answers 404');
  await call(server, ada.token, 'POST', `/api/conversations/${group}/participants`, { participant_subs: [dan.sub] });
  expect(await call(server, dan.token, 'GET', `/api/albums/${album.id}`)).toMatchObject({ photo_count: 3 });

  await settled(other);
  await page.getByRole('button', { name: 'Stop sharing with Hikers' }).click();
  // Both are said for a few seconds only.
  await Promise.all([
    expect(page.getByText('They no longer see the album.')).toBeVisible(),
    expect(other.getByText('This album is no longer there for you.')).toBeVisible(),
  ]);
  await expect(sharers(page)).toHaveCount(1);
  await other.waitForURL('**/albums');
  await expect(other.getByRole('heading', { name: 'No albums yet' })).toBeVisible();
  await context.close();
});

test('a member leaves an album, and what they added stays', async ({ page, server, ada, ben, album }) => {
  await call(server, ada.token, 'POST', `/api/albums/${album.id}/members`, { sub: ben.sub, role: 'editor' });
  await openAlbum(page, ben, album.id);
  await page.getByLabel('Add photos').setInputFiles([await picture(page, 'own.png')]);
  await expect(page.getByText('1 photo added.')).toBeVisible();
  await expect(tile(page, 'own.png').locator('img')).toBeVisible();
  await page.getByRole('link', { name: 'Sharing' }).click();
  await expect(sharers(page)).toHaveCount(2);
  // What the album had asked for before it was left is still answered.
  await settled(page);
  await page.getByRole('button', { name: 'Leave album' }).click();
  await page.waitForURL('**/albums');
  await expect(page.getByText('You no longer see the album.', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No albums yet' })).toBeVisible();
  await expect(call(server, ben.token, 'GET', `/api/albums/${album.id}`)).rejects.toThrow('answers 404');
  expect(await photosOf(server, ada, album.id)).toHaveLength(4);
  await prepared(server, ada, album.id);
});

test('no page has the signed address of a file in it', async ({ page, server, ada, album, conversation }) => {
  await open(page, ada, conversation);
  await attach(page).setInputFiles([await picture(page, 'secret.png')]);
  await expect(staged(page)).toHaveCount(1);
  await composer(page).press('Enter');
  await expect(pictures(page)).toHaveCount(1);
  await expect(messages(page).getByText(/^(Sending|Uploading|Waiting)/)).toHaveCount(0);
  const [photo] = await photosOf(server, ada, album.id);
  for (const path of [`/conversations/${conversation}`, `/albums/${album.id}`, `/albums/${album.id}/photos/${photo!.id}`]) {
    // A connection that was kept open for it may be gone by now, after the tests before this one.
    const html = await (await page.request.get(path, { maxRetries: 1 })).text();
    const [address] = /\/media\/[^"?\s]+/.exec(html) ?? [];
    expect(html, path).not.toContain('X-Amz-Signature');
    const answer = await page.request.get(address!, { maxRedirects: 0, maxRetries: 1 });
    expect(answer.headers()['location'], `what ${path} shows is behind such an address`).toContain('X-Amz-Signature');
  }
});

/** Who has the album, the owner first. */
function sharers(page: Page): Locator {
  return page.getByRole('list', { name: 'People with this album' }).getByRole('listitem');
}
