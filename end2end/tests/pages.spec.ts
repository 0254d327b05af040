import { expect, expectRefusals, ready, test } from '../fixtures/index.ts';

const signedOut = ['/', '/sign-in-failed?reason=expired', '/account-cancelled', '/identity/signup', '/identity/login', '/identity/outbox'];
const signedIn = ['/conversations', '/library', '/quizzes', '/albums', '/review', '/people', '/people?query=a', '/settings', '/settings/cancel-account'];

test('every page for someone signed out is whole and has one heading', async ({ page, hydrated }) => {
  for (const path of signedOut) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    if (!path.startsWith('/identity')) await ready(page, hydrated);
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveCount(1);
    await expectNoSidewaysScrolling(page, path);
  }
});

test('every page for someone signed in is whole and has one heading', async ({ page, person, hydrated }) => {
  for (const path of signedIn) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await ready(page, hydrated);
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveCount(1);
    await expectNoSidewaysScrolling(page, path);
  }
  expect(person.email).toBeTruthy();
});

test('a page for someone signed in leads to the sign-in and back', async ({ page, server }) => {
  for (const path of ['/settings', '/people?query=a']) {
    const answer = await page.request.get(path, { maxRedirects: 0 });
    expect(answer.status()).toBe(302);
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

async function expectNoSidewaysScrolling(page: import('@playwright/test').Page, path: string): Promise<void> {
  const box = await page.locator('body').boundingBox();
  expect(box?.width ?? 0, `${path} is no wider than the screen`).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

