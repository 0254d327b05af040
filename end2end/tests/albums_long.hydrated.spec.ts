import { add, expect, make, openAlbum, test, tiles } from '../fixtures/albums.ts';
import { paint } from '../fixtures/photos.ts';

const COUNT = 500;
/** Photos that may be in the document at once, however many there are. */
const MOST = 120;

test('an album of 500 photos keeps the page small', async ({ page, browser, server, ada }) => {
  test.setTimeout(240_000);
  const album = await make(server, ada, 'A long summer');
  const shapes = [
    [120, 80],
    [80, 120],
    [100, 100],
    [160, 90],
  ] as const;
  const scenes = Array.from({ length: COUNT }, (_, seed) => {
    const [width, height] = shapes[seed % shapes.length]!;
    return { seed: seed + 1, width, height };
  });
  const photos = await paint(browser, scenes);
  const waiting = photos.map((bytes, index) => ({ bytes, name: `photo ${String(index).padStart(3, '0')}.jpg` }));
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await add(server, ada, album.id, next.name, next.bytes);
  };
  await Promise.all(Array.from({ length: 8 }, work));

  await openAlbum(page, ada, `${album.id}?sort=title`);
  await expect(page.getByText('500 photos', { exact: true })).toBeVisible();
  await expect(tiles(page).first()).toHaveAccessibleName('photo 000.jpg');
  await expect.poll(async () => page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(8_000);
  expect(await tiles(page).count()).toBeLessThan(MOST);

  // Going through it: nowhere is there more, nowhere is nothing.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let top = 0; top < height; top += 1_500) {
    await page.evaluate((top) => window.scrollTo({ top, behavior: 'instant' }), top);
    await expect.poll(() => seen(page)).toBeGreaterThan(4);
    expect(await tiles(page).count()).toBeLessThan(MOST);
  }
  expect(await page.evaluate(() => document.documentElement.scrollHeight), 'nothing jumps').toBe(height);

  await tiles(page).last().focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('link', { name: 'photo 499.jpg', exact: true })).toBeFocused();
  await expect(page.getByRole('link', { name: 'photo 499.jpg', exact: true })).toBeInViewport();
  await page.keyboard.press('Home');
  await expect(page.getByRole('link', { name: 'photo 000.jpg', exact: true })).toBeInViewport();

  // A photo far down opens and closes where it was.
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Photo', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: 'photo 499.jpg', exact: true })).toBeInViewport();
});

/** Photos that are in the window. */
async function seen(page: import('@playwright/test').Page): Promise<number> {
  return tiles(page).evaluateAll(
    (links) =>
      links.filter((link) => {
        const { top, bottom } = link.getBoundingClientRect();
        return bottom > 0 && top < window.innerHeight;
      }).length,
  );
}
