import {
  add, call, expect, openAlbum, photosOf, prepared, ready, register, settled, signIn, test, tile, tiles, viewer,
} from '../fixtures/albums.ts';
import { elsewhere, start } from '../fixtures/conversations.ts';
import { paint } from '../fixtures/photos.ts';

test('what one does in an album the other sees without loading it again', async ({ page, browser, server, ada, ben, album, complaints }) => {
  await call(server, ada.token, 'POST', `/api/albums/${album.id}/members`, { sub: ben.sub, role: 'viewer' });
  await openAlbum(page, ada, album.id);
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, `/albums/${album.id}`);
  await expect(tiles(other)).toHaveCount(3);
  await other.evaluate(() => Object.assign(window, { same: true }));

  const [fresh] = await paint(browser, [{ seed: 91, width: 800, height: 600 }]);
  await page.getByLabel('Add photos').setInputFiles([{ name: 'summit.jpg', mimeType: 'image/jpeg', buffer: fresh! }]);
  await expect(tiles(other)).toHaveCount(4);
  await expect(tile(other, 'summit.jpg').locator('img')).toBeVisible();
  await expect(other.getByText('4 photos', { exact: true })).toBeVisible();

  // A picture that is still on its way when its photo is deleted is not found; the same below for the whole album.
  for (const one of [page, other]) await settled(one);
  await tile(page, 'lake.jpg').focus();
  await page.keyboard.press('Space');
  await page.getByRole('region', { name: 'Chosen photos' }).getByRole('button', { name: /^Delete/ }).click();
  await expect(tiles(other)).toHaveCount(3);
  await expect(tile(other, 'lake.jpg')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(tile(other, 'lake.jpg')).toBeVisible();

  await call(server, ada.token, 'PATCH', `/api/albums/${album.id}`, { title: 'Alps, at last' });
  await expect(other.getByRole('heading', { level: 1, name: 'Alps, at last' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Alps, at last' })).toBeVisible();
  await expect(other.getByText('Add photos')).toHaveCount(0);
  await call(server, ada.token, 'POST', `/api/albums/${album.id}/members`, { sub: ben.sub, role: 'editor' });
  await expect(other.getByLabel('Add photos')).toBeAttached();
  // Opened anew: what it was told of until now may still have it loaded once more, which would be refused.
  await other.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Albums' }).click();
  await other.getByRole('list', { name: 'Albums' }).getByRole('link', { name: /Alps, at last/ }).click();
  await expect(tiles(other)).toHaveCount(4);
  await settled(other);
  await call(server, ben.token, 'DELETE', `/api/albums/${album.id}/members/${ben.sub}`);
  await expect(other.getByText('This album is no longer there for you.')).toBeVisible();
  await other.waitForURL('**/albums');
  expect(await other.evaluate(() => 'same' in window), 'it was never loaded again').toBe(true);
  await context.close();
});

test('two who write about a photo at once keep what each has written', async ({ page, server, ada, ben, album }) => {
  await call(server, ada.token, 'POST', `/api/albums/${album.id}/members`, { sub: ben.sub, role: 'editor' });
  const photo = (await photosOf(server, ada, album.id)).at(-1)!;
  const of = `/api/photos/${photo.id}`;
  await call(server, ada.token, 'PATCH', of, { description: 'At noon', tags: ['ice'] });
  await signIn(page, ada, `/albums/${album.id}/photos/${photo.id}`);
  await ready(page, true);
  const tags = viewer(page).getByRole('list', { name: 'Tags', exact: true }).getByRole('link');
  await expect(tags).toHaveText(['ice']);
  await viewer(page).getByText('Edit title, description and tags').click();
  await viewer(page).getByLabel('Title').fill('The valley');

  await call(server, ada.token, 'PATCH', of, { description: 'At noon, from the hut', tags: ['hut', 'ice'] });
  await expect(viewer(page).locator('.photo-description')).toHaveText('At noon, from the hut');
  await expect(tags).toHaveText(['hut', 'ice']);
  await expect(viewer(page).getByLabel('Title'), 'what is being written stays').toHaveValue('The valley');
  await viewer(page).getByRole('button', { name: 'Move or copy' }).click();
  await call(server, ada.token, 'PATCH', of, { description: 'At noon, from the lower hut' });
  await expect(viewer(page).locator('.photo-description')).toHaveText('At noon, from the lower hut');
  await expect(page.getByRole('dialog', { name: /Move or copy/ }), 'what is being chosen stays').toBeVisible();
  await page.keyboard.press('Escape');
  await call(server, ada.token, 'PATCH', of, { description: 'At noon, from the hut' });
  await expect(viewer(page).locator('.photo-description')).toHaveText('At noon, from the hut');
  await viewer(page).getByRole('button', { name: 'Save photo' }).click();
  await expect(viewer(page).getByRole('heading', { name: 'The valley' })).toBeVisible();
  await expect(page.getByText('The photo is saved.')).toBeVisible();
  expect(await call(server, ada.token, 'GET', of)).toMatchObject({
    title: 'The valley', description: 'At noon, from the hut', tags: ['hut', 'ice'],
  });
  await viewer(page).getByText('Edit title, description and tags').click();
  await expect(viewer(page).getByLabel('Description')).toHaveValue('At noon, from the hut');
  await viewer(page).getByLabel('Description').fill('');
  await viewer(page).getByRole('button', { name: 'Save photo' }).click();
  await expect(viewer(page).locator('.photo-description')).toHaveCount(0);
  expect(await call(server, ada.token, 'GET', of)).toMatchObject({ title: 'The valley', description: '', tags: ['hut', 'ice'] });
});

test('whoever looks at a photo that is deleted goes on to the next one', async ({ page, server, ada, ben, album }) => {
  await call(server, ada.token, 'POST', `/api/albums/${album.id}/members`, { sub: ben.sub, role: 'viewer' });
  await openAlbum(page, ben, album.id);
  await expect(tiles(page)).toHaveCount(3);
  const [first, second, third] = await tiles(page).evaluateAll((all) => all.map((one) => new URL((one as HTMLAnchorElement).href).pathname));
  await tiles(page).nth(1).click();
  await page.waitForURL(`**${second}`);
  const remove = (path: string) => call(server, ada.token, 'DELETE', `/api/photos/${path.split('/').at(-1)}`);
  await settled(page);
  await remove(second!);
  await expect(page.getByText('This photo is no longer in the album.')).toBeVisible();
  await page.waitForURL(`**${third}`);
  await settled(page);
  await remove(third!);
  await page.waitForURL(`**${first}`);
  await settled(page);
  await remove(first!);
  await page.waitForURL(`**/albums/${album.id}`);
  await expect(page.getByRole('heading', { level: 1, name: album.title })).toBeVisible();
});

test('the list of albums follows what is shared, renamed and deleted', async ({ page, server, ada, ben, album }) => {
  const cem = await register(server, 'Cem');
  await signIn(page, ben, '/albums');
  await ready(page, true);
  await expect(page.getByRole('heading', { name: 'No albums yet' })).toBeVisible();
  await page.evaluate(() => Object.assign(window, { same: true }));
  const cards = page.getByRole('list', { name: 'Albums' }).getByRole('listitem');

  await call(server, ada.token, 'POST', `/api/albums/${album.id}/members`, { sub: cem.sub, role: 'viewer' });
  await call(server, ada.token, 'POST', `/api/albums/${album.id}/members`, { sub: ben.sub, role: 'editor' });
  await expect(cards).toHaveCount(1);
  await expect(cards).toContainText('Alps 2026');
  await expect(cards).toContainText('3 photos');
  await call(server, ada.token, 'PATCH', `/api/albums/${album.id}`, { title: 'Alps, renamed' });
  await expect(cards).toContainText('Alps, renamed');
  const [fresh] = await paint(page.context().browser()!, [{ seed: 92, width: 500, height: 400 }]);
  await add(server, ben, album.id, 'new.jpg', fresh!);
  await expect(cards).toContainText('4 photos');
  expect(await photosOf(server, cem, album.id)).toHaveLength(4);
  await prepared(server, ada, album.id);

  await settled(page);
  await call(server, ada.token, 'DELETE', `/api/albums/${album.id}`);
  await expect(page.getByRole('heading', { name: 'No albums yet' })).toBeVisible();
  expect(await page.evaluate(() => 'same' in window), 'it was never loaded again').toBe(true);
});

test('whoever joins a conversation sees its albums, and not after leaving it', async ({ page, browser, server, ada, ben, album, complaints }) => {
  const group = await start(server, ada, [await register(server, 'Cem')], 'Hikers');
  await call(server, ada.token, 'POST', `/api/albums/${album.id}/members`, { conversation_id: group, role: 'viewer' });
  await signIn(page, ada, `/conversations/${group}/details?query=${ben.familyName}`);
  await ready(page, true);
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, '/albums');
  const cards = other.getByRole('list', { name: 'Albums' }).getByRole('listitem');
  await expect(other.getByRole('heading', { name: 'No albums yet' })).toBeVisible();
  await other.evaluate(() => Object.assign(window, { same: true }));

  await page.getByRole('checkbox', { name: ben.name }).check();
  await page.getByRole('button', { name: 'Add to the group' }).click();
  await expect(cards).toHaveCount(1);
  await expect(cards).toContainText('3 photos');
  await cards.getByRole('link', { name: /Alps 2026/ }).click();
  await expect(tiles(other)).toHaveCount(3);

  await settled(other);
  await page.getByRole('button', { name: `Remove ${ben.name} from the group` }).click();
  await expect(other.getByText('This album is no longer there for you.')).toBeVisible();
  await other.waitForURL('**/albums');
  await expect(other.getByRole('heading', { name: 'No albums yet' })).toBeVisible();
  expect(await other.evaluate(() => 'same' in window), 'it was never loaded again').toBe(true);
  await context.close();
});
