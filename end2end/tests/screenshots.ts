import { join } from 'node:path';
import { newPerson, ready, registerIdentity, signIn, test } from '../fixtures/index.ts';

const folder = join(import.meta.dirname, '../screenshots');

test.use({ viewport: { width: 1280, height: 800 } });

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('pictures of the pages', async ({ page, server, browser }) => {
      await page.goto('/');
      await ready(page, true);
      await page.screenshot({ path: join(folder, `start-${colorScheme}.png`) });
      await page.goto('/auth/sign-in');
      await page.screenshot({ path: join(folder, `sign-in-${colorScheme}.png`) });

      // Somebody to be found.
      const friend = newPerson('Bolesław', 'Prus');
      await registerIdentity(server.url, friend);
      const context = await browser.newContext({ baseURL: server.url });
      await signIn(await context.newPage(), friend, '/settings');
      await context.close();

      await page.getByRole('button', { name: 'Continue as Amara Okafor' }).click();
      await page.waitForURL('**/conversations');
      for (const path of ['conversations', 'people?query=prus', 'settings', 'settings/cancel-account']) {
        await page.goto(`/${path}`);
        await ready(page, true);
        const name = path.replace(/\?.*/, '').replace('/', '-');
        await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
      }
      await page.goto('/conversations');
      await page.getByRole('link', { name: /Cell biology/ }).click();
      await page.waitForURL(/conversations\/\d+/);
      const conversation = new URL(page.url()).pathname;
      await page.goto(conversation);
      await ready(page, true);
      await page.screenshot({ path: join(folder, `conversation-${colorScheme}.png`) });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(conversation);
      await ready(page, true);
      await page.screenshot({ path: join(folder, `conversation-${colorScheme}-360.png`) });
      for (const path of ['conversations', 'settings', 'settings/cancel-account']) {
        await page.goto(`/${path}`);
        await ready(page, true);
        await page.screenshot({ path: join(folder, `${path.replace('/', '-')}-${colorScheme}-360.png`) });
      }
    });
  });
}
