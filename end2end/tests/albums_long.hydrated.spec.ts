import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { call, expect, make, openAlbum, ready, register, test, tiles } from '../fixtures/albums.ts';
import { listen, Server } from '../fixtures/index.ts';
import { paint } from '../fixtures/photos.ts';
import { unzip } from '../fixtures/zip.ts';

const COUNT = 500;
/** Photos that may be in the document at once, however many there are. */
const MOST = 120;
const SHAPES = [
  [120, 80],
  [80, 120],
  [100, 100],
  [160, 90],
] as const;

test('an album of 500 photos is filled, gone through, found, shared, downloaded and deleted', async ({ browser, complaints }) => {
  test.setTimeout(420_000);
  const server = await Server.start();
  try {
    const [ada, ben] = [await register(server, 'Ada'), await register(server, 'Ben')];
    const album = await make(server, ada, 'A long summer');
    const context = await browser.newContext({ baseURL: server.url });
    listen(context, complaints);
    const page = await context.newPage();
    await openAlbum(page, ada, `${album.id}?sort=title`);

    await test.step('filled', async () => {
      const photos = await paint(
        browser,
        Array.from({ length: COUNT }, (_, place) => {
          const [width, height] = SHAPES[place % SHAPES.length]!;
          return { seed: place + 1, width, height };
        }),
      );
      const name = (place: number): string => `photo ${String(place).padStart(3, '0')}.jpg`;
      const files = photos.map((buffer, place) => ({ name: name(place), mimeType: 'image/jpeg', buffer }));
      await page.getByLabel('Add photos').setInputFiles(files);
      const panel = page.getByRole('region', { name: 'Uploads' });
      await expect(panel.getByText(/^Uploading \d+ of 500 · \d+ %/)).toBeVisible();
      // They appear while others are still on their way.
      await expect(tiles(page).first()).toBeVisible({ timeout: 60_000 });
      await expect(panel.getByText(/^Uploading \d+ of 500 · \d+ %/)).toBeVisible();
      await expect(page.getByText('500 photos added.')).toBeVisible({ timeout: 300_000 });
      await expect(panel.getByText('500 files uploaded', { exact: true }).first()).toBeVisible();
      await panel.getByRole('button', { name: 'Take finished uploads off the list' }).click();
      await expect(panel).toHaveCount(0);
      await expect(page.getByText('500 photos', { exact: true })).toBeVisible();
    });

    await test.step('gone through', () => goThrough(page));

    await test.step('found', async () => {
      await tiles(page).first().focus();
      await page.keyboard.press('Control+a');
      await page.getByRole('region', { name: 'Chosen photos' }).getByRole('button', { name: 'Edit' }).click();
      const dialog = page.getByRole('dialog', { name: 'Edit the chosen photos' });
      await dialog.getByRole('combobox', { name: 'Add tags' }).fill('seaside');
      await dialog.getByRole('button', { name: 'Change 500 photos' }).click();
      await expect(page.getByText('500 photos changed.')).toBeVisible();
      await page.goto('/albums?query=seaside');
      await ready(page, true);
      await expect(page.getByRole('heading', { name: /^The newest \d+ photos$/ })).toBeVisible();
      await page.getByRole('link', { name: 'Older photos' }).click();
      await page.waitForURL(/photos_after=/);
      await expect(tiles(page).first()).toBeVisible();
    });

    await test.step('shared', async () => {
      await call(server, ada.token, 'POST', `/api/albums/${album.id}/members`, { sub: ben.sub, role: 'viewer' });
      const theirs = await browser.newContext({ baseURL: server.url });
      listen(theirs, complaints);
      const other = await theirs.newPage();
      await openAlbum(other, ben, album.id);
      await expect(other.getByText('500 photos', { exact: true })).toBeVisible();
      await expect(tiles(other).first().locator('img')).toBeVisible();
      await theirs.close();
    });

    await test.step('downloaded', async () => {
      await page.goto(`/albums/${album.id}`);
      await ready(page, true);
      const [whole] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
      expect(unzip(await readFile(await whole.path())).size).toBe(COUNT);
    });

    await test.step('deleted with every file', async () => {
      expect(await server.keptObjects()).toBeGreaterThanOrEqual(2 * COUNT);
      await page.goto(`/albums/${album.id}/edit`);
      await ready(page, true);
      await page.getByRole('button', { name: 'Delete album and its 500 photos' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete album and its 500 photos' }).click();
      await expect(page.getByText('“A long summer” is deleted.')).toBeVisible();
      // The time for undoing it is over.
      await server.advance(31);
      await expect.poll(() => server.keptObjects(), { timeout: 60_000 }).toBe(0);
    });
    await context.close();
  } finally {
    await server.remove();
  }
});

/** Nowhere is there more than what is near the window, nowhere is nothing, and nothing moves. */
async function goThrough(page: Page): Promise<void> {
  await expect(tiles(page).first()).toHaveAccessibleName('photo 000.jpg');
  await expect.poll(async () => page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(8_000);
  expect(await tiles(page).count()).toBeLessThan(MOST);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let top = 0; top < height; top += 1_500) {
    await page.evaluate((top) => window.scrollTo({ top, behavior: 'instant' }), top);
    await expect.poll(() => seen(page)).toBeGreaterThan(4);
    expect(await tiles(page).count()).toBeLessThan(MOST);
  }
  expect(await page.evaluate(() => document.documentElement.scrollHeight), 'nothing jumps').toBe(height);

  const [first, last] = ['photo 000.jpg', 'photo 499.jpg'].map((name) => page.getByRole('link', { name, exact: true }));
  await tiles(page).last().focus();
  await page.keyboard.press('End');
  await expect(last!).toBeFocused();
  await expect(last!).toBeInViewport();
  await page.keyboard.press('Home');
  await expect(first!).toBeInViewport();

  // A photo far down opens and closes where it was.
  await page.keyboard.press('End');
  await expect(last!).toBeFocused();
  await page.keyboard.press('Enter');
  const photo = page.getByRole('dialog', { name: 'Photo', exact: true });
  await expect(photo.getByRole('heading', { name: 'photo 499.jpg' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(photo).toHaveCount(0);
  await expect(last!).toBeInViewport();
}

/** Photos that are in the window. */
async function seen(page: Page): Promise<number> {
  return tiles(page).evaluateAll(
    (links) =>
      links.filter((link) => {
        const { top, bottom } = link.getBoundingClientRect();
        return bottom > 0 && top < window.innerHeight;
      }).length,
  );
}
