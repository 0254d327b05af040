import { call, expect, openAlbum, photosOf, ready, test, tile } from '../fixtures/albums.ts';
import { expectAccessible } from '../fixtures/axe.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test.describe(`${colorScheme}, ${width} px wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 1600 } });

      test('axe finds nothing about albums, and nothing is wider than the page', async ({ page, server, ada, ben, album }) => {
        // Eight pages, each gone through by axe.
        test.slow();
        const [first] = await photosOf(server, ada, album.id);
        await call(server, ada.token, 'POST', `/api/albums/${album.id}/members`, { sub: ben.sub, role: 'viewer' });
        const title = 'A_very_long_title_without_any_space_in_it_that_must_break_somewhere_or_be_cut_off_at_the_edge';
        await call(server, ada.token, 'PATCH', `/api/photos/${first!.id}`, { title, tags: ['glacier', 'a long tag of several words'] });
        await openAlbum(page, ada, album.id);
        await tile(page, 'ridge.jpg').focus();
        await page.keyboard.press('Space');
        await expect(page.getByRole('region', { name: 'Chosen photos' })).toBeVisible();
        await expectAccessible(page);
        const paths = ['', '/new', '?query=glacier', `/${album.id}`, `/${album.id}/edit`, `/${album.id}/sharing`, `/${album.id}/photos/${first!.id}`];
        for (const path of paths) {
          await page.goto(`/albums${path}`);
          await ready(page, true);
          await expectAccessible(page);
          const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          // Less than nothing where the place of the scrollbar is kept free.
          expect(over, path).toBeLessThanOrEqual(0);
        }
        await page.getByText('Edit title, description and tags').click();
        await expectAccessible(page);
      });
    });
  }
}
