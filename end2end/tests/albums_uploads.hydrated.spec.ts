import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from '@playwright/test';
import { expectLostNetwork } from '../fixtures/conversations.ts';
import { expect, openAlbum, photosOf, prepared, test, tile, tiles, viewer } from '../fixtures/albums.ts';
import type { MadeFile } from '../fixtures/files.ts';
import { bePatient, expectRefusals } from '../fixtures/index.ts';
import { paint, sha256 } from '../fixtures/photos.ts';
import { forgetKeptFiles, gatePhotos, holdThirdPart } from '../fixtures/uploads.ts';

/** Of noise so wide and high, a PNG needs three parts of 8 MiB. */
const LARGE_SIDE = 2_600;
const HEIC = join(import.meta.dirname, '../../server/images/tests/samples/turned.heic');

test('a photo that is cancelled is gone, and the others go on after a reload', async ({ page, context, browser, server, ada, album }) => {
  await openAlbum(page, ada, album.id);
  const gate = await gatePhotos(context);
  gate.does = 'hold';
  await page.getByLabel('Add photos').setInputFiles(await painted(browser, ['gone.jpg', 'one.jpg', 'two.jpg']));
  await expect(rows(page)).toHaveCount(3);
  await expect.poll(() => gate.held).toBe(3);
  await rows(page).getByRole('button', { name: 'Cancel: gone.jpg' }).click();
  await expect(rows(page)).toHaveCount(2);

  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    // The old page sends no more, and the new one is let through whenever it begins.
    gate.does = 'pass';
    void dialog.accept();
  });
  await page.reload();
  expect(asked, 'leaving the page warns').toEqual(['beforeunload']);
  for (const name of ['one.jpg', 'two.jpg']) await expect(tile(page, name).locator('img')).toBeVisible();
  await expect(tiles(page)).toHaveCount(5);
  expect(await photosOf(server, ada, album.id)).toHaveLength(5);
  await expect(rows(page).getByRole('button', { name: /^Cancel/ })).toHaveCount(0);
});

test('photos on their way arrive after a reload elsewhere', async ({ page, context, browser, server, ada, album }) => {
  await openAlbum(page, ada, album.id);
  const gate = await gatePhotos(context);
  gate.does = 'hold';
  await page.getByLabel('Add photos').setInputFiles(await painted(browser, ['late.jpg']));
  await expect.poll(() => gate.held).toBe(1);
  page.on('dialog', (dialog) => {
    gate.does = 'pass';
    void dialog.accept();
  });
  await page.goto('/library');
  await expect(page.getByRole('region', { name: 'Uploads' })).toContainText('1 file uploaded');
  expect(await photosOf(server, ada, album.id)).toHaveLength(4);
  await prepared(server, ada, album.id);
});

test('one photo that has failed is sent again, and then all the others', async ({ page, context, browser, server, ada, album, complaints }) => {
  await openAlbum(page, ada, album.id);
  const gate = await gatePhotos(context);
  gate.does = 'refuse';
  await page.getByLabel('Add photos').setInputFiles(await painted(browser, ['one.jpg', 'two.jpg', 'three.jpg']));
  const panel = page.getByRole('region', { name: 'Uploads' });
  await expect(panel).toContainText('3 files not uploaded');
  await expect(rows(page)).toHaveText([/one\.jpg/, /two\.jpg/, /three\.jpg/]);
  gate.does = 'pass';
  await panel.getByRole('button', { name: 'Try again: two.jpg' }).click();
  await expect(tile(page, 'two.jpg').locator('img')).toBeVisible();
  await expect(panel).toContainText('1 file uploaded, 2 not');
  expect(await photosOf(server, ada, album.id)).toHaveLength(4);
  await panel.getByRole('button', { name: 'Retry failed' }).click();
  await expect(page.getByText('2 photos added.')).toBeVisible();
  await expect(panel.getByRole('button', { name: /^(Retry failed|Try again)/ })).toHaveCount(0);
  await expect(tiles(page)).toHaveCount(6);
  await prepared(server, ada, album.id);
  expectRefusals(complaints, 400);
});

for (const again of ['Add photos', 'Pick large.png again']) {
  test(`a large photo that the browser has not kept goes on by “${again}”`, async ({ page, context, server, ada, album }) => {
    const folder = await mkdtemp(join(tmpdir(), 'lyceum-photo-'));
    try {
      await openAlbum(page, ada, album.id);
      const [path, bytes] = [join(folder, 'large.png'), await noise(page)];
      await writeFile(path, bytes);
      const parts = await holdThirdPart(context);
      await page.getByLabel('Add photos').setInputFiles(path);
      await expect.poll(() => parts.acknowledged, { timeout: 60_000 }).toBe(2);
      await forgetKeptFiles(page);
      page.on('dialog', (dialog) => {
        parts.held = false;
        void dialog.accept();
      });
      await page.reload();
      await expect(rows(page)).toHaveText([/large\.png.*pick the file again to go on/]);
      await page.getByLabel(again).setInputFiles(path);
      await expect(page.getByText('1 photo added.')).toBeVisible({ timeout: 60_000 });
      expect([...parts.sent].sort(), 'what had arrived is not sent again').toEqual(['1', '2', '3']);
      await expect(page.getByText(/pick the file again/)).toHaveCount(0);
      const photos = (await photosOf(server, ada, album.id)) as unknown as { filename: string; url: string }[];
      const large = photos.filter(({ filename }) => filename === 'large.png');
      expect(large).toHaveLength(1);
      const original = await fetch(`${server.url}${large[0]!.url}`, { headers: { authorization: `Bearer ${ada.token}` } });
      expect(sha256(Buffer.from(await original.arrayBuffer()))).toBe(sha256(bytes));
      await prepared(server, ada, album.id);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}

test('a photo that browsers do not show keeps its place, its name and every byte', async ({ page, ada, album }) => {
  await openAlbum(page, ada, album.id);
  await page.getByLabel('Add photos').setInputFiles(HEIC);
  await expect(page.getByText('1 photo added.')).toBeVisible();
  await expect(tile(page, 'turned.heic')).toContainText('HEIC · no preview');
  await tile(page, 'turned.heic').click();
  await expect(viewer(page).locator('.photo-facts')).toContainText('HEIC, no preview');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    viewer(page).getByText('Download original').click(),
  ]);
  expect(download.suggestedFilename()).toBe('turned.heic');
  expect((await readFile(await download.path())).equals(await readFile(HEIC))).toBe(true);
});

test('the panel goes by itself once all has arrived, not while somebody is at it, and stays for what has failed', async ({ page, context, browser, server, ada, album, complaints }) => {
  await page.clock.install();
  await openAlbum(page, ada, album.id);
  const panel = page.getByRole('region', { name: 'Uploads' });
  await page.getByLabel('Add photos').setInputFiles(await painted(browser, ['one.jpg', 'two.jpg']));
  // From here on somebody is at it, however long the rest takes.
  await panel.hover();
  await expect(panel.getByRole('status')).toHaveText('2 files uploaded');
  const fold = panel.getByRole('button', { name: 'Show all' });
  await fold.focus();
  await page.mouse.move(0, 0);
  await page.clock.fastForward(10_000);
  await expect(fold, 'the keyboard is there').toBeFocused();
  await fold.blur();
  await page.clock.fastForward(10_000);
  await expect(panel).toBeHidden();

  const gate = await gatePhotos(context);
  gate.does = 'refuse';
  await page.getByLabel('Add photos').setInputFiles(await painted(browser, ['three.jpg']));
  await expect(panel).toContainText('1 file not uploaded');
  await page.clock.fastForward(10_000);
  await expect(panel).toContainText('1 file not uploaded');
  await prepared(server, ada, album.id);
  expectRefusals(complaints, 400);
});

test('without a connection it is said that photos wait, and the panel comes with the connection', async ({ page, context, browser, server, ada, album, complaints }) => {
  await openAlbum(page, ada, album.id);
  await bePatient(page);
  const [first, ...others] = await painted(browser, ['one.jpg', 'two.jpg', 'three.jpg']);
  await context.setOffline(true);
  await page.getByLabel('Add photos').setInputFiles([first!]);
  await expect(page.getByText('1 file waits for the connection.')).toBeVisible();
  await page.getByLabel('Add photos').setInputFiles(others);
  await expect(page.getByText('2 files wait for the connection.')).toBeVisible();
  await expect(page.getByText(/waits? for the connection\.$/), 'each adding is told once').toHaveCount(2);
  const panel = page.getByRole('region', { name: 'Uploads' });
  await expect(panel).toHaveCount(0);
  await context.setOffline(false);
  await expect(panel.getByRole('status')).toHaveText('3 files uploaded');
  await expect(tiles(page)).toHaveCount(6);
  expect(await photosOf(server, ada, album.id)).toHaveLength(6);
  await prepared(server, ada, album.id);
  expectLostNetwork(complaints);
});

async function painted(browser: Browser, names: string[]): Promise<MadeFile[]> {
  const photos = await paint(browser, names.map((_, index) => ({ seed: 300 + index, width: 600, height: 400 })));
  return names.map((name, index) => ({ name, mimeType: 'image/jpeg', buffer: photos[index]! }));
}

/** A picture that does not get smaller. */
async function noise(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate((side) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [side, side];
    const draw = canvas.getContext('2d')!;
    const image = draw.createImageData(side, side);
    const pixels = new Uint32Array(image.data.buffer);
    for (let place = 0; place < pixels.length; place += 1) pixels[place] = (Math.random() * 0x1000000) | 0xff000000;
    draw.putImageData(image, 0, 0);
    return canvas.toDataURL('image/png').split(',')[1]!;
  }, LARGE_SIDE);
  return Buffer.from(base64, 'base64');
}

/** The files of the panel that are in sight. */
function rows(page: Page): Locator {
  return page.getByRole('region', { name: 'Uploads' }).getByRole('listitem');
}
