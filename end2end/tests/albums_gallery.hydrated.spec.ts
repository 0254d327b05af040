import { readFile } from 'node:fs/promises';
import { add, call, expect, make, NAMES, openAlbum, photosOf, prepared, settled, test, tile, tiles, viewer } from '../fixtures/albums.ts';
import { bring, type MadeFile } from '../fixtures/files.ts';
import { expectRefusals } from '../fixtures/index.ts';
import { paint, withExif } from '../fixtures/photos.ts';
import { unzip } from '../fixtures/zip.ts';

const bar = 'Chosen photos';

test('photos are added by picking, and those that are there already are noticed', async ({ page, browser, server, ada, album, originals }) => {
  await openAlbum(page, ada, album.id);
  const [fresh] = await paint(browser, [{ seed: 77, width: 800, height: 600 }]);
  const files = [
    { name: 'new.jpg', mimeType: 'image/jpeg', buffer: fresh! },
    { name: 'lake again.jpg', mimeType: 'image/jpeg', buffer: originals[0]! },
    { name: 'ridge again.jpg', mimeType: 'image/jpeg', buffer: originals[1]! },
  ];
  await page.getByLabel('Add photos').setInputFiles(files);
  await expect(page.getByText('1 photo added; 2 were already here.')).toBeVisible();
  // A browser says nothing when somebody picks what the field has already.
  await expect(page.getByLabel('Add photos')).toHaveValue('');
  await expect(tiles(page)).toHaveCount(4);
  // It appears by itself once its thumbnails are made.
  await expect(tile(page, 'new.jpg').locator('img')).toBeVisible();
  expect(await photosOf(server, ada, album.id)).toHaveLength(4);
});

test('once all is done only what failed stays in sight', async ({ page, browser, ada, album, originals, complaints }) => {
  await openAlbum(page, ada, album.id);
  const [fresh] = await paint(browser, [{ seed: 80, width: 800, height: 600 }]);
  await page.getByLabel('Add photos').setInputFiles([
    { name: 'new.jpg', mimeType: 'image/jpeg', buffer: fresh! },
    { name: 'cut off.jpg', mimeType: 'image/jpeg', buffer: originals[0]!.subarray(0, 3_000) },
  ]);
  const panel = page.getByRole('region', { name: 'Uploads' });
  await expect(panel).toContainText('1 file uploaded, 1 not');
  await expect(panel.getByRole('listitem')).toHaveText([/cut off\.jpg.*damaged or incomplete/]);
  await panel.getByRole('button', { name: 'Show all' }).click();
  await expect(panel.getByRole('listitem')).toHaveCount(2);
  await panel.getByRole('button', { name: 'Show less' }).click();
  await expect(panel.getByRole('listitem')).toHaveCount(1);
  await expect(tiles(page)).toHaveCount(4);
  expectRefusals(complaints, 422);
});

test('a file that the browser cannot draw has the sign of its kind', async ({ page, ada, album, complaints }) => {
  await openAlbum(page, ada, album.id);
  const nothing = { name: 'nothing.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') };
  await page.getByLabel('Add photos').setInputFiles([nothing]);
  const row = page.getByRole('region', { name: 'Uploads' }).getByRole('listitem');
  await expect(row).toContainText('The file is not what its name says');
  await expect(row.locator('span.upload-picture svg')).toBeVisible();
  await expect(row.locator('img')).toHaveCount(0);
  expectRefusals(complaints, 422);
  // The recorder of traces asks for the picture's bytes again, which the page's policy refuses.
  complaints.splice(0, complaints.length, ...complaints.filter((line) => !line.includes("Connecting to 'blob:")));
});

test('photos are added by dropping them anywhere and by pasting', async ({ page, browser, server, ada, album }) => {
  await openAlbum(page, ada, album.id);
  const painted = await paint(browser, [{ seed: 78, width: 600, height: 400 }, { seed: 79, width: 400, height: 600 }]);
  const file = (name: string, buffer: Buffer): MadeFile => ({ name, mimeType: 'image/jpeg', buffer });
  await bring(page, 'drop', [file('dropped.jpg', painted[0]!)]);
  await expect(page.getByText('1 photo added.')).toBeVisible();
  await expect(tile(page, 'dropped.jpg').locator('img')).toBeVisible();
  await bring(page, 'paste', [file('pasted.jpg', painted[1]!)]);
  await expect(tile(page, 'pasted.jpg').locator('img')).toBeVisible();
  expect(await photosOf(server, ada, album.id)).toHaveLength(5);
});

test('the keyboard goes through the photos, opens and chooses them', async ({ page, ada, album }) => {
  await openAlbum(page, ada, album.id);
  await tile(page, 'lake.jpg').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tile(page, 'ridge.jpg')).toBeFocused();
  await page.keyboard.press('End');
  await expect(tile(page, 'valley.jpg')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+Space');
  await expect(page.getByRole('region', { name: bar }).getByText('3 photos chosen')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: bar })).toHaveCount(0);
  await expect(tile(page, 'valley.jpg')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(viewer(page).getByRole('heading', { name: 'valley.jpg' })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(viewer(page).getByRole('heading', { name: 'ridge.jpg' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(viewer(page)).toHaveCount(0);
  await expect(tile(page, 'ridge.jpg')).toBeFocused();
});

test('chosen photos are downloaded as they were added', async ({ page, ada, album, originals }) => {
  await openAlbum(page, ada, album.id);
  for (const name of ['lake.jpg', 'valley.jpg']) {
    await tile(page, name).hover();
    await page.getByRole('checkbox', { name: `Choose ${name}` }).click();
  }
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('region', { name: bar }).getByRole('button', { name: 'Download' }).click(),
  ]);
  const files = unzip(await readFile(await download.path()));
  expect([...files.keys()].sort()).toEqual(['lake.jpg', 'valley.jpg']);
  expect(files.get('lake.jpg')!.equals(originals[0]!)).toBe(true);

  const [whole] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
  expect(whole.suggestedFilename()).toBe('Alps 2026.zip');
  expect(unzip(await readFile(await whole.path())).size).toBe(3);
});

test('chosen photos get tags, move on, and come back', async ({ page, server, ada, album }) => {
  const other = await make(server, ada, 'Selected');
  await openAlbum(page, ada, album.id);
  await tile(page, 'lake.jpg').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  const chosen = page.getByRole('region', { name: bar });

  await chosen.getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit the chosen photos' });
  await dialog.getByLabel('Description of each').fill('On the way up');
  await dialog.getByRole('combobox', { name: 'Add tags' }).fill('hike, ');
  await dialog.getByRole('button', { name: 'Change 2 photos' }).click();
  await expect(page.getByText('2 photos changed.')).toBeVisible();
  await expect(dialog).toBeHidden();
  const changed = (await photosOf(server, ada, album.id)).filter(({ tags }) => tags.includes('hike'));
  expect(changed).toHaveLength(2);

  await chosen.getByRole('button', { name: 'Move or copy' }).click();
  await page.getByLabel('Album', { exact: true }).selectOption('Selected');
  await page.getByRole('button', { name: 'Copy 2 photos' }).click();
  await expect(page.getByText('2 photos copied to “Selected”.')).toBeVisible();
  expect(await photosOf(server, ada, other.id)).toHaveLength(2);
  await expect(tiles(page)).toHaveCount(3);

  await tile(page, 'valley.jpg').focus();
  await page.keyboard.press('Space');
  await chosen.getByRole('button', { name: 'Move or copy' }).click();
  await page.getByLabel('Album', { exact: true }).selectOption('Selected');
  await page.getByRole('button', { name: 'Move 1 photo' }).click();
  await expect(tiles(page)).toHaveCount(2);
  expect(await photosOf(server, ada, other.id)).toHaveLength(3);

  await page.keyboard.press('Control+a');
  await tile(page, 'lake.jpg').focus();
  await page.keyboard.press('Control+a');
  // A picture that is still on its way when its photo is deleted is not found.
  await settled(page);
  await chosen.getByRole('button', { name: 'Delete 2 photos' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing in it yet' })).toBeVisible();
  await expect(page.getByText('2 photos deleted.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(tiles(page)).toHaveCount(2);
});

test('chosen photos get one title and lose a tag', async ({ page, server, ada, album }) => {
  const ids = (await photosOf(server, ada, album.id)).map(({ id }) => id);
  await call(server, ada.token, 'PATCH', '/api/photos', { ids, add_tags: ['draft', 'hike'] });
  await openAlbum(page, ada, album.id);
  await tile(page, 'lake.jpg').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await page.getByRole('region', { name: bar }).getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit the chosen photos' });
  await dialog.getByLabel('Title of each').fill('Ascent');
  await dialog.getByRole('combobox', { name: 'Remove tags' }).fill('draft, ');
  await dialog.getByRole('button', { name: 'Change 2 photos' }).click();
  await expect(tile(page, 'Ascent')).toHaveCount(2);
  const photos = await photosOf(server, ada, album.id);
  expect(photos.map(({ title, tags }) => ({ title, tags }))).toEqual([
    { title: 'Ascent', tags: ['hike'] },
    { title: 'Ascent', tags: ['hike'] },
    { title: '', tags: ['draft', 'hike'] },
  ]);
});

test('what was typed for chosen photos and not sent does not come back for others', async ({ page, server, ada, album }) => {
  await openAlbum(page, ada, album.id);
  await tile(page, 'lake.jpg').focus();
  await page.keyboard.press('Space');
  const chosen = page.getByRole('region', { name: bar });
  const dialog = page.getByRole('dialog', { name: 'Edit the chosen photos' });
  const leave = [() => dialog.getByRole('button', { name: 'Cancel' }).click(), () => page.keyboard.press('Escape')];
  for (const left of leave) {
    await chosen.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByLabel('Title of each').fill('Not this one');
    await dialog.getByLabel('Description of each').fill('Nor this');
    await dialog.getByRole('combobox', { name: 'Add tags' }).fill('hike, half');
    await dialog.getByRole('combobox', { name: 'Remove tags' }).fill('draft, ');
    await expect(dialog.getByRole('list', { name: 'Add tags: chosen' }).getByRole('listitem')).toHaveText(['hike']);
    await left();
    await expect(dialog).toBeHidden();

    await chosen.getByRole('button', { name: 'Edit' }).click();
    await expect(dialog.getByLabel('Title of each')).toHaveValue('');
    await expect(dialog.getByLabel('Description of each')).toHaveValue('');
    for (const name of ['Add tags', 'Remove tags']) {
      await expect(dialog.getByRole('combobox', { name })).toHaveValue('');
      await expect(dialog.getByRole('list', { name: `${name}: chosen` }).getByRole('listitem')).toHaveCount(0);
    }
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
  }

  await chosen.getByRole('button', { name: 'Edit' }).click();
  await dialog.getByRole('combobox', { name: 'Add tags' }).fill('lake');
  await dialog.getByRole('button', { name: 'Change 1 photo' }).click();
  await expect(page.getByText('1 photo changed.')).toBeVisible();
  const photos = await photosOf(server, ada, album.id);
  expect(photos.map(({ title, tags }) => ({ title, tags }))).toEqual([
    { title: '', tags: ['lake'] },
    { title: '', tags: [] },
    { title: '', tags: [] },
  ]);
});

test('an album must be chosen before photos are moved or copied', async ({ page, server, ada, album }) => {
  const other = await make(server, ada, 'Selected');
  await openAlbum(page, ada, album.id);
  await tile(page, 'lake.jpg').focus();
  await page.keyboard.press('Space');
  const open = page.getByRole('region', { name: bar }).getByRole('button', { name: 'Move or copy' });
  const dialog = page.getByRole('dialog', { name: 'Move or copy' });
  const field = dialog.getByLabel('Album', { exact: true });
  for (const action of ['Copy 1 photo', 'Move 1 photo']) {
    await open.click();
    await expect(field).not.toHaveAttribute('aria-invalid');
    await expect(field).not.toHaveAccessibleDescription(/Choose an album\./);
    await dialog.getByRole('button', { name: action }).click();
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(/Choose an album\./);
    await expect(dialog.locator('.field-error')).toHaveText('Choose an album.');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
  expect(await photosOf(server, ada, other.id)).toEqual([]);

  await open.click();
  await dialog.getByRole('button', { name: 'Copy 1 photo' }).click();
  await field.selectOption('Selected');
  await expect(field).not.toHaveAttribute('aria-invalid');
  await expect(dialog.locator('.field-error')).toHaveText('');
  await dialog.getByRole('button', { name: 'Copy 1 photo' }).click();
  await expect(page.getByText('1 photo copied to “Selected”.')).toBeVisible();
  expect(await photosOf(server, ada, other.id)).toHaveLength(1);
});

test('a panorama is as sharp as what is seen of it', async ({ page, browser, server, ada }) => {
  const album = await make(server, ada, 'Views');
  const [panorama] = await paint(browser, [{ seed: 21, width: 3200, height: 400 }]);
  await add(server, ada, album.id, 'panorama.jpg', panorama!);
  await prepared(server, ada, album.id);
  await openAlbum(page, ada, album.id);
  const image = tile(page, 'panorama.jpg').locator('img');
  await expect(tile(page, 'panorama.jpg').locator('..')).toHaveCSS('width', '400px');
  // It is 200 pixels high, and eight times as wide.
  await expect(image).toHaveAttribute('sizes', '1600px');
  const shown = (image: HTMLImageElement): string | undefined => {
    const choices = image.srcset.split(', ').map((choice) => choice.split(' '));
    return choices.find(([url]) => new URL(url!, document.baseURI).href === image.currentSrc)?.[1];
  };
  await expect.poll(() => image.evaluate(shown)).toBe('1600w');
});

test('tags that are known are offered', async ({ page, server, ada, album }) => {
  const [first] = await photosOf(server, ada, album.id);
  await call(server, ada.token, 'PATCH', `/api/photos/${first!.id}`, { tags: ['glacier', 'glow'] });
  await openAlbum(page, ada, album.id);
  await tile(page, 'valley.jpg').click();
  await viewer(page).getByText('Edit title, description and tags').click();
  const field = viewer(page).getByRole('combobox', { name: 'Tags' });
  await field.pressSequentially('gl');
  await expect(viewer(page).getByRole('option')).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(viewer(page).getByRole('list', { name: 'Tags: chosen' }).getByRole('listitem')).toHaveText(['glacier']);
  await field.pressSequentially('new one,');
  await viewer(page).getByRole('button', { name: 'Save photo' }).click();
  await expect(viewer(page).getByRole('list', { name: 'Tags', exact: true }).getByRole('link')).toHaveText(['glacier', 'new one']);
});

test('what the camera wrote is said in words', async ({ page, browser, server, ada }) => {
  const album = await make(server, ada, 'Camera');
  const [plain] = await paint(browser, [{ seed: 5, width: 1200, height: 800 }]);
  const camera = {
    make: 'Canon',
    model: 'Canon EOS R5',
    exposure: [1, 250] as [number, number],
    aperture: [28, 10] as [number, number],
    iso: 400,
    takenAt: '2026:07:01 09:30:00',
    latitude: 48.2084,
    longitude: 16.3731,
  };
  await add(server, ada, album.id, 'vienna.jpg', withExif(plain!, camera));
  await prepared(server, ada, album.id);
  await openAlbum(page, ada, album.id);
  await tile(page, 'vienna.jpg').click();
  const facts = viewer(page).locator('.photo-facts');
  for (const words of ['Canon EOS R5', '1/250 s · f/2.8 · ISO 400', '1 Jul 2026, 09:30', '48.2084° N, 16.3731° E']) {
    await expect(facts).toContainText(words);
  }
  const map = facts.getByRole('link', { name: /Open the map/ });
  await expect(map).toHaveAttribute('href', /openstreetmap\.org\/\?mlat=48\.2084/);
  await expect(map).toHaveAttribute('rel', /noreferrer/);
  await expect(map).toHaveAttribute('target', '_blank');
});

test('an editor adds photos and changes only those', async ({ page, browser, server, ada, ben, album }) => {
  await call(server, ada.token, 'POST', `/api/albums/${album.id}/members`, { sub: ben.sub, role: 'editor' });
  await openAlbum(page, ben, album.id);
  const [own] = await paint(browser, [{ seed: 80, width: 500, height: 400 }]);
  await page.getByLabel('Add photos').setInputFiles([{ name: 'own.jpg', mimeType: 'image/jpeg', buffer: own! }]);
  await expect(page.getByText('1 photo added.')).toBeVisible();
  await tile(page, 'own.jpg').click();
  await expect(viewer(page).getByRole('button', { name: 'Delete photo' })).toBeVisible();
  await page.goBack();
  await tile(page, NAMES[0]!).click();
  await expect(viewer(page).getByText('Download original')).toBeVisible();
  await expect(viewer(page).getByText('Delete photo')).toHaveCount(0);
  await expect(viewer(page).getByText('Edit title, description and tags')).toHaveCount(0);
  await page.goto(`/albums/${album.id}/sharing`);
  await expect(page.getByRole('list', { name: 'People with this album' })).toContainText(ada.name);
  await expect(page.getByRole('button', { name: /^Stop sharing/ })).toHaveCount(0);
});

test('an editor is told that nothing was changed where photos of others are among the chosen', async ({ page, browser, server, ada, ben, album, complaints }) => {
  await call(server, ada.token, 'POST', `/api/albums/${album.id}/members`, { sub: ben.sub, role: 'editor' });
  const mine = await make(server, ben, 'Mine');
  const [own] = await paint(browser, [{ seed: 81, width: 500, height: 400 }]);
  await add(server, ben, album.id, 'own.jpg', own!);
  await prepared(server, ada, album.id);
  await openAlbum(page, ben, album.id);
  const refusal = page.getByText("Nothing was changed: only the album's owner and who added a photo can change it.");
  const chosen = page.getByRole('region', { name: bar });
  const chooseAll = async (): Promise<void> => {
    await tile(page, 'lake.jpg').focus();
    await page.keyboard.press('Control+a');
    await expect(chosen.getByText('4 photos chosen')).toBeVisible();
  };

  await chooseAll();
  await chosen.getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit the chosen photos' });
  await dialog.getByLabel('Title of each').fill('Ours');
  await dialog.getByRole('button', { name: 'Change 4 photos' }).click();
  // In the dialog: the page around it is out of reach.
  await expect(dialog.getByRole('alert')).toContainText('Nothing was changed');
  await expect(refusal).toHaveCount(1);
  await expect(dialog.getByLabel('Title of each'), 'it can be tried with other photos').toHaveValue('Ours');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await chosen.getByRole('button', { name: 'Edit' }).click();
  await expect(dialog.getByLabel('Title of each')).toBeVisible();
  await expect(refusal).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await chosen.getByRole('button', { name: 'Move or copy' }).click();
  await page.getByLabel('Album', { exact: true }).selectOption('Mine');
  await page.getByRole('button', { name: 'Move 4 photos' }).click();
  await expect(refusal).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(refusal).toHaveCount(0);
  await expect(tiles(page)).toHaveCount(4);

  await chosen.getByRole('button', { name: 'Delete 4 photos' }).click();
  await expect(refusal).toBeVisible();
  await expect(tiles(page)).toHaveCount(4);

  const photos = await photosOf(server, ada, album.id);
  expect(photos.map(({ title }) => title)).toEqual(['', '', '', '']);
  expect(await photosOf(server, ben, mine.id)).toEqual([]);
  expectRefusals(complaints, 403);
});

test('the cover is chosen from the photo', async ({ page, ada, album }) => {
  await openAlbum(page, ada, album.id);
  await tile(page, 'valley.jpg').click();
  await viewer(page).getByRole('button', { name: 'Set as cover' }).click();
  await expect(page.getByText('This photo is the album’s cover now.').or(page.getByText("This photo is the album's cover now."))).toBeVisible();
  await expect(viewer(page).getByRole('button', { name: 'Set as cover' })).toHaveCount(0);
});

test('whoever comes with the keyboard sees how photos are chosen', async ({ page, ada, album }) => {
  await openAlbum(page, ada, album.id);
  const hint = page.getByText('Space chooses it');
  await expect(hint).toHaveCSS('clip-path', 'inset(50%)');
  await tile(page, 'lake.jpg').focus();
  await page.keyboard.press('ArrowRight');
  await expect(hint).toHaveCSS('clip-path', 'none');
  await expect(hint).toBeInViewport();
  await page.keyboard.press('Space');
  await expect(hint, 'what can be done with it stands there now').toHaveCSS('clip-path', 'inset(50%)');
});
