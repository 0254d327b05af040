import { bePatient, expect, expectNetworkErrors, expectRefusals, fillSignIn, ready, Server, signIn, test, newPerson, registerIdentity, tokens, type Person } from '../fixtures/index.ts';
import { call, CELLS, openPage, test as study } from '../fixtures/study.ts';
import type { Page } from '@playwright/test';

test('data, keys and sessions survive a restart and a kill', async ({ browser }) => {
  const server = await Server.start();
  try {
    const context = await browser.newContext({ baseURL: server.url });
    const page = await context.newPage();
    const person = newPerson();
    await registerIdentity(server.url, person);
    await signIn(page, person, '/settings');
    const { idToken } = await tokens(server.url, person);
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await server.end(signal);
      await server.launch();
      await page.goto('/settings');
      await expect(page.getByText(person.email)).toBeVisible();
      const me = await fetch(`${server.url}/api/me`, { headers: { authorization: `Bearer ${idToken}` } });
      expect(me.status, 'a token signed before the restart still holds').toBe(200);
    }
    await context.close();
  } finally {
    await server.remove();
  }
});

test('a session that ended elsewhere leads from a click to the sign-in and back', async ({ page, person, server, complaints }) => {
  // Without events the page does not leave by itself before the click.
  await page.route('**/api/events?*', () => {});
  await page.reload();
  await ready(page, true);
  await endSessions(server, person);
  await page.getByLabel('Display name').fill('Zosia');
  await page.getByRole('button', { name: 'Save display name' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await fillSignIn(page, person);
  await page.waitForURL(`${server.url}/settings`);
  await ready(page, true);
  await expect(page.getByText(person.email)).toBeVisible();
  expectRefusals(complaints, 401);
});

test('a page that is only looked at leaves for the sign-in when its session ends elsewhere, and comes back', async ({ page, person, server, complaints }) => {
  const stream = page.waitForResponse('**/api/events?*');
  await page.goto('/people?query=a');
  await stream;
  await endSessions(server, person);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 60_000 });
  await fillSignIn(page, person);
  await page.waitForURL(`${server.url}/people?query=a`);
  expectRefusals(complaints, 401);
});

study('what was written in a form is there again after its session ended elsewhere', async ({ page, server, ada, document, complaints }) => {
  const path = `/library/${document.id}`;
  await openFollowed(page, ada, `${path}/edit`);
  const notes = page.getByRole('textbox', { name: 'Notes' });
  await notes.fill('Written before the session ended');
  await endSessions(server, ada);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 60_000 });
  await call(server, ada.token, 'PUT', `/api${path.replace('library', 'documents')}/notes`, { version: 1, markdown: 'From elsewhere' });
  await signInAgain(page, ada);
  await expect(page.getByText('What you had written is back.')).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(`${path}/edit`);
  await expect(notes).toHaveValue('Written before the session ended');
  expect(await keptForms(page), 'it comes back once').toEqual([]);
  const save = page.getByRole('button', { name: 'Save notes' });
  await save.click();
  await expect(page.getByRole('alert').filter({ hasText: 'newer version' }), 'what has come meanwhile is not written over').toBeVisible();
  await expect(page.getByRole('link', { name: 'Look at the newer version' })).toBeVisible();
  await save.click();
  await page.waitForURL(`**${path}`);
  await expect(page.getByText('Version 3', { exact: true })).toBeVisible();
  const stored = (await call(server, ada.token, 'GET', `/api/documents/${document.id}/notes`)) as { markdown: string };
  expect(stored.markdown.trim()).toBe('Written before the session ended');
  expectRefusals(complaints, 401);
  expectRefusals(complaints, 409);
});

study('what was pasted and chosen is there again when only sending it told that the session had ended', async ({ page, server, ada, document, complaints }) => {
  expect(document.status).toBe('ready');
  // Without events the page does not leave by itself before the click.
  await page.route('**/api/events?*', () => {});
  const asked = page.waitForRequest('**/api/events?*');
  await openPage(page, ada, '/quizzes/new');
  await asked;
  const [text, source] = [page.getByLabel('Text', { exact: true }), page.getByLabel('Pasted text')];
  const [title, make] = [page.getByLabel('Title (optional)'), page.getByRole('button', { name: 'Make quiz' })];
  await source.check();
  await text.fill(CELLS);
  await title.fill('All about cells');
  await endSessions(server, ada);
  await make.click();
  await signInAgain(page, ada);
  await page.waitForURL(`${server.url}/quizzes/new`);
  await expect(text).toHaveValue(CELLS);
  await expect(text).toBeVisible();
  await expect(title).toHaveValue('All about cells');
  await expect(source).toBeChecked();
  await expect(page.getByRole('group', { name: 'Documents' })).toBeHidden();
  await ready(page, true);
  await make.click();
  await expect(page.locator('.question').first()).toBeVisible({ timeout: 30_000 });
  expectRefusals(complaints, 401);
});

study('another person who signs in then sees nothing of what was written', async ({ page, server, ada, ben, complaints }) => {
  await openFollowed(page, ada, '/albums/new');
  const description = page.getByLabel('Description (optional)');
  await description.fill('Only for Ada');
  await endSessions(server, ada);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 60_000 });
  expect(await keptForms(page)).toEqual([`lyceum.form.${ada.sub}./albums/new`]);
  await fillSignIn(page, ben);
  await page.waitForURL(`${server.url}/albums/new`);
  await expect.poll(() => keptForms(page)).toEqual([]);
  await ready(page, true);
  await expect(description).toHaveValue('');
  expectRefusals(complaints, 401);
});

study('signing out in one tab leaves nothing of what is written in another', async ({ page, ada, complaints }) => {
  await openFollowed(page, ada, '/albums/new');
  await page.getByLabel('Description (optional)').fill('Only for Ada');
  const other = await page.context().newPage();
  await other.goto('/settings');
  await ready(other, true);
  await other.locator('main').getByRole('button', { name: 'Sign out' }).click();
  await other.waitForURL((url) => url.pathname === '/');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 60_000 });
  expect(await keptForms(page)).toEqual([]);
  expectRefusals(complaints, 401);
});

test('moving between places needs no load and keeps one heading', async ({ page, person }) => {
  await page.goto('/conversations');
  await ready(page, true);
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  for (const [name, path] of [['Library', '/library'], ['Quizzes', '/quizzes'], ['Albums', '/albums'], ['Review', '/review'], ['People', '/people']]) {
    await page.getByRole('link', { name, exact: true }).click();
    await page.waitForURL(`**${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  }
  expect(await page.evaluate(() => (window as unknown as { stayed?: boolean }).stayed)).toBe(true);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Review');
});

test('going back comes to the place that was left, also when the page is long only later', async ({ page, person }) => {
  await page.setViewportSize({ width: 1280, height: 400 });
  await page.goto('/settings');
  await ready(page, true);
  await page.evaluate(() => window.scrollTo(0, 300));
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(300);
  await page.getByRole('link', { name: 'Library', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Library');
  await expect.poll(() => page.evaluate(() => window.scrollY), 'another page begins at its top').toBe(0);
  await bePatient(page);
  let goOn = (): void => {};
  const held = new Promise<void>((done) => (goOn = done));
  await page.route('**/fn/**', async (route) => {
    await held;
    await route.continue();
  });
  await page.goBack();
  await page.waitForURL('**/settings');
  goOn();
  await expect(page.getByText(person.email)).toBeVisible();
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(300);
});

test.describe('with its service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('without a network the browser shows our own page', async ({ page, context, server, complaints }) => {
    await page.goto('/');
    await ready(page, true);
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
    await context.setOffline(true);
    await page.goto('/conversations').catch(() => undefined);
    await expect(page.getByRole('heading', { name: /offline|connection/i })).toBeVisible();
    await context.setOffline(false);
    expectNetworkErrors(complaints);
  });
});

test('a place whose code cannot be loaded says so within the frame, and comes with the connection', async ({ page, person, context, complaints }) => {
  await ready(page, true);
  await expect(page.getByText(person.email)).toBeVisible();
  let loads = 0;
  page.on('load', () => (loads += 1));
  await context.setOffline(true);
  const library = page.getByRole('link', { name: 'Library', exact: true });
  const words = page.getByRole('main').getByRole('alert');
  await library.click();
  await expect(words).toContainText('Check your connection');
  await expect(page.getByRole('main')).toBeFocused();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(words).toContainText('It did not come this time either');
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('People');
  await library.click();
  await expect(words).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Library');
  expect(loads).toBe(0);
  expectNetworkErrors(complaints);
  // Whoever loads the parts says so once more.
  complaints.splice(0, complaints.length, ...complaints.filter((line) => !line.includes('Failed to fetch')));
});

test('what could not be reached is asked for again in its place', async ({ page, person, context, complaints }) => {
  await expect(page.getByText(person.email)).toBeVisible();
  await page.goto('/library');
  await ready(page, true);
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('People');
  let loads = 0;
  page.on('load', () => (loads += 1));
  await context.setOffline(true);
  await page.getByRole('link', { name: 'Library', exact: true }).click();
  const failure = page.getByRole('main').getByRole('region', { name: 'The server cannot be reached' });
  await expect(failure).toBeVisible();
  const asked = page.waitForEvent('requestfailed', (request) => request.url().includes('/fn/documents/'));
  await failure.getByRole('link', { name: 'Try again' }).click();
  await asked;
  await expect(failure).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole('heading', { name: 'No documents yet' })).toBeVisible();
  expect(loads).toBe(0);
  expectNetworkErrors(complaints);
});

/** Ends every browser session of the person, as another of their browsers would. */
async function endSessions(server: Server, person: Person): Promise<void> {
  const { idToken } = await tokens(server.url, person);
  const headers = { authorization: `Bearer ${idToken}` };
  const sessions = (await (await fetch(`${server.url}/api/me/sessions`, { headers })).json()) as { id: string }[];
  for (const { id } of sessions) {
    await fetch(`${server.url}/api/me/sessions/${id}`, { method: 'DELETE', headers });
  }
}

/** Opens a page and waits until it hears of changes: without that it does not notice that its session has ended. */
async function openFollowed(page: Page, person: Person, path: string): Promise<void> {
  const stream = page.waitForResponse('**/api/events?*');
  await signIn(page, person, path);
  await stream;
  await ready(page, true);
}

async function signInAgain(page: Page, person: Person, timeout = 30_000): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout });
  await fillSignIn(page, person);
}

/** Under which names something of a form is kept in this tab. */
async function keptForms(page: Page): Promise<string[]> {
  return page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('lyceum.form.')));
}
