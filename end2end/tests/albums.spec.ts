import { call, expect, make, NAMES, openAlbum, photosOf, ready, register, settled, signIn, test, tile, tiles, viewer } from '../fixtures/albums.ts';
import { loaded } from '../fixtures/files.ts';

test('an album is made, described and found', async ({ page, ada, hydrated }) => {
  await signIn(page, ada, '/albums');
  await ready(page, hydrated);
  await expect(page.getByRole('heading', { name: 'No albums yet' })).toBeVisible();
  await page.getByRole('link', { name: 'New album' }).first().click();
  await page.waitForURL('**/albums/new');
  await ready(page, hydrated);
  await page.getByLabel('Title').fill('Field trip');
  await page.getByLabel('Description (optional)').fill('Moss & <b>lichen</b>');
  await page.getByRole('button', { name: 'Create album' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Field trip' })).toBeVisible();
  await expect(page.getByText('Moss & <b>lichen</b>')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Nothing in it yet' })).toBeVisible();

  await page.getByRole('link', { name: 'Edit' }).click();
  await page.waitForURL('**/edit');
  await ready(page, hydrated);
  await page.getByLabel('Title').fill('Field trip to the fen');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Field trip to the fen' })).toBeVisible();

  await page.goto('/albums?query=LICHEN');
  await expect(page.getByRole('list', { name: 'Albums found' }).getByRole('link')).toHaveText(['Field trip to the fen']);
});

test('an album shows its photos, and each is a page of its own', async ({ page, ada, album, hydrated }) => {
  await openAlbum(page, ada, album.id, hydrated);
  await expect(page.getByText('3 photos', { exact: true })).toBeVisible();
  await expect(tiles(page)).toHaveCount(3);
  for (const name of NAMES) await expect(tile(page, name).locator('img')).toHaveJSProperty('complete', true);
  await tile(page, 'ridge.jpg').click();
  await page.waitForURL(/\/photos\//);
  await expect(viewer(page).getByRole('heading', { name: 'ridge.jpg' })).toBeVisible();
  await expect(viewer(page).getByText('900 × 1,350 (1 MP)')).toBeVisible();
  await viewer(page).getByRole('link', { name: 'Next photo' }).click();
  await expect(viewer(page).getByRole('heading', { name: 'valley.jpg' })).toBeVisible();
  await page.goBack();
  if (hydrated) {
    await expect(viewer(page)).toHaveCount(0);
    await expect(tile(page, 'valley.jpg')).toBeFocused();
  }
});

test('an album is shared with a person, who sees it and cannot change it', async ({ page, server, browser, ada, ben, album, hydrated }) => {
  await signIn(page, ada, `/albums/${album.id}/sharing?query=${ben.familyName}`);
  await ready(page, hydrated);
  await page.getByRole('checkbox', { name: ben.name }).check();
  await page.getByRole('button', { name: 'Share album' }).click();
  await expect(page.getByRole('list', { name: 'People with this album' }).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('list', { name: 'People with this album' })).toContainText(ben.name);

  const theirs = await (await browser.newContext({ baseURL: server.url, javaScriptEnabled: hydrated })).newPage();
  await openAlbum(theirs, ben, album.id, hydrated);
  await expect(tiles(theirs)).toHaveCount(3);
  await expect(theirs.getByText(`By ${ada.name}`)).toBeVisible();
  await expect(theirs.getByRole('link', { name: 'Edit' })).toHaveCount(0);
  await expect(theirs.getByText('Add photos')).toHaveCount(0);
  await tiles(theirs).first().click();
  await expect(viewer(theirs).getByText('Delete photo')).toHaveCount(0);
  await theirs.goto(`/albums/${album.id}/edit`);
  await expect(theirs.getByText('Only its owner changes an album.')).toBeVisible();
  await theirs.context().close();

  const cem = await register(server, 'Cem');
  const outside = await (await browser.newContext({ baseURL: server.url, javaScriptEnabled: hydrated })).newPage();
  await signIn(outside, cem, `/albums/${album.id}`);
  await expect(outside.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible();
  await outside.context().close();

  await page.getByRole('button', { name: `Stop sharing with ${ben.name}` }).click();
  await expect(page.getByRole('list', { name: 'People with this album' }).getByRole('listitem')).toHaveCount(1);
  const refused = await fetch(`${server.url}/api/albums/${album.id}`, { headers: { authorization: `Bearer ${ben.token}` } });
  expect(refused.status).toBe(404);
});

test('an album is deleted with what it says, and comes back', async ({ page, server, ada, album, hydrated }) => {
  await signIn(page, ada, `/albums/${album.id}/edit`);
  await ready(page, hydrated);
  await page.getByRole('button', { name: 'Delete album and its 3 photos' }).click();
  if (hydrated) {
    await page.getByRole('dialog').getByRole('button', { name: 'Delete album and its 3 photos' }).click();
    await expect(page.getByText('“Alps 2026” is deleted.')).toBeVisible();
  } else {
    await expect(page.getByText('The album is deleted.')).toBeVisible();
  }
  await expect(page.getByRole('list', { name: 'Albums' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Alps 2026' })).toBeVisible();
  await expect(tiles(page)).toHaveCount(3);
  expect(await call(server, ada.token, 'GET', `/api/albums/${album.id}`)).toMatchObject({ photo_count: 3 });
});

test('photos are found by their tags over all albums', async ({ page, server, ada, album, hydrated }) => {
  const [first] = (await call(server, ada.token, 'GET', `/api/albums/${album.id}/photos`)) as { id: string }[];
  await call(server, ada.token, 'PATCH', `/api/photos/${first!.id}`, { title: 'Dawn', description: 'Before the storm', tags: ['glacier', 'morning'] });
  await make(server, ada, 'Another one');
  await signIn(page, ada, '/albums?query=glacier');
  await ready(page, hydrated);
  await expect(page.getByRole('heading', { name: '1 photo', exact: true })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Albums found' })).toHaveCount(0);
  await tile(page, 'Dawn').click();
  await expect(viewer(page).getByRole('heading', { name: 'Dawn' })).toBeVisible();
  await viewer(page).getByRole('link', { name: 'morning' }).click();
  await page.waitForURL('**/albums?query=morning');
  await page.goto('/albums?query=dawn%20storm');
  await expect(tiles(page)).toHaveCount(1);
  await page.goto('/albums?query=volcano');
  await expect(page.getByText('No album and no photo has all of these words.')).toBeVisible();
});

test('photos stand in the order that is asked for', async ({ page, server, ada, album, hydrated }) => {
  const [first] = (await call(server, ada.token, 'GET', `/api/albums/${album.id}/photos`)) as { id: string }[];
  await call(server, ada.token, 'PATCH', `/api/photos/${first!.id}`, { title: 'Zenith' });
  await openAlbum(page, ada, album.id, hydrated);
  const names = (): Promise<(string | null)[]> =>
    tiles(page).evaluateAll((links) => links.map((link) => link.getAttribute('aria-label')));
  const orders = page.getByRole('navigation', { name: 'Order of the photos' });
  await expect.poll(names).toEqual(['Zenith', 'ridge.jpg', 'valley.jpg']);
  for (const [order, expected] of [
    ['Title, A to Z', ['ridge.jpg', 'valley.jpg', 'Zenith']],
    ['Date added, newest first', ['valley.jpg', 'ridge.jpg', 'Zenith']],
  ] as const) {
    await orders.getByRole('link', { name: order }).click();
    await expect(orders.getByRole('link', { name: order })).toHaveAttribute('aria-current', 'true');
    await expect.poll(names).toEqual(expected);
  }
});

test('a photo is described and tagged in its form', async ({ page, ada, album, hydrated }) => {
  await openAlbum(page, ada, album.id, hydrated);
  await tile(page, 'lake.jpg').click();
  await viewer(page).getByText('Edit title, description and tags').click();
  await viewer(page).getByLabel('Title').fill('The lake');
  await viewer(page).getByLabel('Description').fill('Before the rain');
  await viewer(page).getByLabel('Tags', { exact: true }).fill('Water, alps');
  await viewer(page).getByRole('button', { name: 'Save photo' }).click();
  await expect(viewer(page).getByRole('heading', { name: 'The lake' })).toBeVisible();
  await expect(viewer(page).getByText('Before the rain').first()).toBeVisible();
  await expect(viewer(page).getByRole('list', { name: 'Tags', exact: true }).getByRole('link')).toHaveText(['alps', 'water']);
});

test('a photo is deleted and comes back', async ({ page, server, ada, album, hydrated }) => {
  await openAlbum(page, ada, album.id, hydrated);
  await tile(page, 'lake.jpg').click();
  // What is asked for when the photo is gone is not found.
  await loaded(viewer(page).locator('img').first());
  await settled(page);
  await viewer(page).getByRole('button', { name: 'Delete photo' }).click();
  if (hydrated) {
    await expect(page.getByText('1 photo deleted.')).toBeVisible();
    await expect(viewer(page).getByRole('heading', { name: 'ridge.jpg' })).toBeVisible();
  } else {
    await expect(page.getByText('The photo is deleted.')).toBeVisible();
    await expect(tiles(page)).toHaveCount(2);
  }
  await page.getByRole('button', { name: 'Undo' }).click();
  // A page that is left at once takes the request with it.
  await expect.poll(async () => (await photosOf(server, ada, album.id)).length).toBe(3);
  if (hydrated) await page.goto(`/albums/${album.id}`);
  await expect(tiles(page)).toHaveCount(3);
});
