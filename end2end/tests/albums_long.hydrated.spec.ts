import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { call, expect, make, ready, register, test, tiles } from '../fixtures/albums.ts';
import { elsewhere } from '../fixtures/conversations.ts';
import { expectRefusals, Server } from '../fixtures/index.ts';
import { paint, sha256 } from '../fixtures/photos.ts';
import { unzip } from '../fixtures/zip.ts';

const COUNT = 500;
/** Three windows of rows, and the photo that has the keyboard. */
const MOST_TILES = 100;

test('an album of 500 photos is filled, looked through, searched, shared, downloaded and deleted', async ({ browser, complaints }) => {
  test.setTimeout(600_000);
  const server = await Server.start();
  try {
    const [ada, ben] = [await register(server, 'Ada'), await register(server, 'Ben')];
    const album = await make(server, ada, 'Expedition');
    const photos = await small(browser, COUNT);
    expect(new Set(photos.map(sha256)).size).toBe(COUNT);
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 720 } });
    const page = await elsewhere(context, complaints, ada, `/albums/${album.id}`);
    await page.locator('.empty').waitFor();

    const said = await listenToToasts(page);
    await pick(page, photos);
    const panel = page.getByRole('region', { name: 'Uploads' });
    await expect(panel).toContainText(/Uploading \d+ of 500 · \d+ %/);
    await expect(page.getByText('500 photos added.')).toBeVisible({ timeout: 400_000 });
    await expect(page.getByText('500 photos', { exact: true })).toBeVisible();
    expect((await said()).filter((text) => !text.includes('500 photos added.'))).toEqual([]);
    // Whoever is quick enough is told to wait, which the queue does.
    const others = complaints.filter((line) => !line.includes('status of 429'));
    complaints.splice(0, complaints.length, ...others);

    await tiles(page).first().focus();
    await page.mouse.move(640, 500);
    for (let round = 0; round < 20; round += 1) {
      await page.mouse.wheel(0, 1_200);
      await laidOut(page);
      expect(await tiles(page).count(), `round ${round}`).toBeLessThanOrEqual(MOST_TILES);
      expect(await tiles(page).count(), `round ${round}`).toBeGreaterThan(1);
    }
    await page.keyboard.press('End');
    await expect(tiles(page).last()).toBeFocused();
    await expect(tiles(page).last()).toBeInViewport();
    await expect.poll(() => tiles(page).count()).toBeLessThanOrEqual(MOST_TILES);

    await page.goto('/albums?query=0499');
    await expect(page.getByRole('heading', { name: '1 photo', exact: true })).toBeVisible();
    await expect(tiles(page)).toHaveCount(1);

    await page.goto(`/albums/${album.id}/sharing?query=${ben.familyName}`);
    await ready(page, true);
    await page.getByRole('checkbox', { name: ben.name }).check();
    await page.getByRole('button', { name: 'Share album' }).click();
    await expect(page.getByRole('list', { name: 'People with this album' })).toContainText(ben.name);
    expect(await call(server, ben.token, 'GET', `/api/albums/${album.id}`)).toMatchObject({ photo_count: COUNT });

    await page.goto(`/albums/${album.id}`);
    await ready(page, true);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ]);
    const files = unzip(await readFile(await download.path()));
    expect([...files.keys()].sort()).toEqual(photos.map((_, index) => named(index)));
    expect([...files].every(([name, bytes]) => bytes.equals(photos[Number.parseInt(name, 10)]!))).toBe(true);

    await page.goto(`/albums/${album.id}/edit`);
    await ready(page, true);
    await page.getByRole('button', { name: 'Delete album and its 500 photos' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete album and its 500 photos' }).click();
    await expect(page.getByText('“Expedition” is deleted.')).toBeVisible();
    expect(await server.keptObjects()).toBeGreaterThanOrEqual(COUNT);
    // What could be undone until now goes for good.
    await server.advance(31);
    await expect.poll(() => server.keptObjects(), { timeout: 120_000 }).toBe(0);
    await context.close();
  } finally {
    await server.remove();
  }
});

test('photos that are more than one may send in a second all arrive, and nobody is told of it', async ({ browser, complaints }) => {
  test.setTimeout(300_000);
  const server = await Server.start({ LYCEUM_RATE_PER_SECOND: '5', LYCEUM_RATE_BURST: '30' });
  try {
    const ada = await register(server, 'Ada');
    const album = await make(server, ada, 'Hurry');
    const context = await browser.newContext({ baseURL: server.url });
    const page = await elsewhere(context, complaints, ada, `/albums/${album.id}`);
    await page.locator('.empty').waitFor();
    const said = await listenToToasts(page);
    const photos = await small(browser, 40);
    // What may come at once is spent first: a slow browser would never need more than that.
    const headers = { authorization: `Bearer ${ada.token}` };
    await Promise.all(photos.map(() => fetch(`${server.url}/api/me`, { headers })));
    await pick(page, photos);
    await expect(page.getByText('40 photos added.')).toBeVisible({ timeout: 150_000 });
    await expect(page.getByText('40 photos', { exact: true })).toBeVisible();
    expect((await said()).filter((text) => !text.includes('40 photos added.'))).toEqual([]);
    expectRefusals(complaints, 429);
    await context.close();
  } finally {
    await server.remove();
  }
});

async function small(browser: Browser, count: number): Promise<Buffer[]> {
  return paint(browser, Array.from({ length: count }, (_, index) => ({ seed: 1_000 + index, width: 240, height: 160 })));
}

function named(index: number): string {
  return `${String(index).padStart(4, '0')}.jpg`;
}

async function pick(page: Page, photos: Buffer[]): Promise<void> {
  const files = photos.map((buffer, index) => ({ name: named(index), mimeType: 'image/jpeg', buffer }));
  await page.getByLabel('Add photos').setInputFiles(files);
}

/** Hears every toast from now on, also those that are gone by the time that one asks. */
async function listenToToasts(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const hear = (node: Node): void => {
      if (node instanceof Element && node.matches('.toast')) said.push(node.textContent ?? '');
    };
    new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach(hear))).observe(
      document.body,
      { childList: true, subtree: true },
    );
  });
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said);
}

/** Waits until what a scroll has changed stands in its place. */
async function laidOut(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
