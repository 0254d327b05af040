import { mergeTests, type Page } from '@playwright/test';
import { call, photosOf, test as withAlbums } from '../fixtures/albums.ts';
import { expectAccessible } from '../fixtures/axe.ts';
import { expect, expectRefusals, ready, signIn, test as base } from '../fixtures/index.ts';
import { routes } from '../fixtures/routes.ts';
import { test as withStudy } from '../fixtures/study.ts';

/** Everything else is for people who are signed in. */
const open = ['/', '/sign-in-failed', '/account-cancelled'];
const signedOut = [...open, '/sign-in-failed?reason=expired', '/identity/signup', '/identity/login', '/identity/outbox'];

interface Fixtures {
  /** The address of every page that the app has, with something of the first person wherever it wants an id. */
  pages: string[];
}

const test = mergeTests(base, withAlbums, withStudy).extend<Fixtures>({
  pages: async ({ server, ada, conversation, document, quiz, album }, use) => {
    const [photo] = await photosOf(server, ada, album.id);
    // Its results are there once it was submitted.
    await call(server, ada.token, 'POST', '/api/quiz/submit', { quiz_id: quiz.quiz_id, answers: {} });
    const things = {
      '/conversations/:id': conversation,
      '/library/:id': document.id,
      '/quizzes/:id': quiz.quiz_id,
      '/albums/:id': album.id,
      '/photos/:photo_id': photo!.id,
    };
    const fill = (route: string): string =>
      Object.entries(things).reduce((path, [form, id]) => path.replace(form, form.replace(/:\w+/, String(id))), route);
    const pages = (await routes()).map(fill);
    expect(pages.filter((path) => path.includes(':')), 'addresses for which there is nothing to show').toEqual([]);
    await use(pages);
  },
});

test('every page for someone signed out is whole and has one heading', async ({ page, hydrated }) => {
  for (const path of signedOut) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    if (!path.startsWith('/identity')) await ready(page, hydrated);
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveCount(1);
    await expectNoSidewaysScrolling(page, path);
  }
});

test('every page for someone signed in is whole, has one heading and nothing that axe finds', async ({ page, ada, pages, hydrated }) => {
  // Every page of the app, each gone through by axe.
  test.setTimeout(600_000);
  const narrow = (page.viewportSize()?.width ?? 0) < 400;
  await page.emulateMedia({ colorScheme: narrow ? 'dark' : 'light' });
  await signIn(page, ada, '/settings');
  for (const path of [...pages, '/people?query=a']) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await ready(page, hydrated);
    // A photo is a dialog over its album: that one's heading is there, but out of reach.
    await expect(page.locator('h1'), path).toHaveCount(1);
    await expectNoSidewaysScrolling(page, path);
    if (hydrated) await expectAccessible(page);
  }
});

test('a page for someone signed in leads to the sign-in and back', async ({ page, server, pages }) => {
  expect(pages).toEqual(expect.arrayContaining(open));
  for (const path of [...pages.filter((path) => !open.includes(path)), '/people?query=a']) {
    const answer = await page.request.get(path, { maxRedirects: 0, maxRetries: 1 });
    expect(answer.status(), path).toBe(302);
    expect(answer.headers().location).toBe(`/auth/sign-in?return_to=${encodeURIComponent(path)}`);
  }
  await page.goto('/people?query=amara');
  await page.getByRole('button', { name: 'Continue as Jan Kowalski' }).click();
  await page.waitForURL(`${server.url}/people?query=amara`);
});

test('an unknown address is a 404 page that leads on', async ({ page, complaints }) => {
  const answer = await page.goto('/no/such/page');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('link').first()).toBeVisible();
  expectRefusals(complaints, 404);
});

async function expectNoSidewaysScrolling(page: Page, path: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  // Less than nothing where the place of the scrollbar is kept free.
  expect(over, `${path} is no wider than the screen`).toBeLessThanOrEqual(0);
}
