import type { Page } from '@playwright/test';
import {
  begin,
  call,
  elsewhere,
  expect,
  listed,
  open,
  ready,
  say,
  signIn,
  start,
  stored,
  test,
  texts,
} from '../fixtures/conversations.ts';
import { expectRefusals } from '../fixtures/index.ts';

test('a hidden page notifies of a message, a shown one and a muted conversation do not', async ({ page, server, ada, ben, conversation }) => {
  await pretend(page);
  await open(page, ada, conversation);
  await page.goto('/settings');
  await ready(page, true);
  await page.getByRole('button', { name: 'Turn notifications on' }).click();
  await expect(page.getByRole('button', { name: 'Turn notifications off' })).toBeVisible();

  await page.goto('/conversations');
  await ready(page, true);
  await say(server, ben, conversation, 'while she looks');
  await expect(listed(page, ben.name)).toContainText('while she looks');
  expect(await notified(page)).toEqual([]);

  await hide(page, true);
  await say(server, ben, conversation, 'while she is **away**');
  await expect.poll(() => notified(page)).toEqual([`${ben.name}: while she is away`]);

  await call(server, ada.token, 'PUT', `/api/conversations/${conversation}/mute`, { muted: true });
  await expect(listed(page, ben.name).getByText('Muted').or(listed(page, ben.name).getByLabel('Muted')).first()).toBeAttached();
  await say(server, ben, conversation, 'while she wants silence');
  await expect(listed(page, ben.name)).toContainText('while she wants silence');
  expect(await notified(page)).toHaveLength(1);
});

test('what comes while the page is hidden is read when it is shown', async ({ page, browser, server, ada, ben, conversation, complaints }) => {
  await pretend(page);
  await open(page, ada, conversation);
  await begin(page, '');
  const context = await browser.newContext({ baseURL: server.url });
  const list = await elsewhere(context, complaints, ada, '/conversations');
  await hide(page, true);
  await say(server, ben, conversation, 'one');
  await expect(texts(page)).toHaveText(['one']);
  await expect(listed(list, ben.name).getByText('1 unread message')).toHaveCount(1);
  await hide(page, false);
  await expect(listed(list, ben.name).getByText('unread')).toHaveCount(0);
  await context.close();
});

test('conversations further down the list than what is loaded are in the total and are found', async ({ page, server, ada, ben }) => {
  const groups: number[] = [];
  for (let number = 1; number <= 53; number += 1) {
    const group = await start(server, ben, [ada], ['', 'Aardvark', 'Beaver', 'Cormorant'][number] ?? `Group ${number}`);
    await say(server, ben, group, 'unread');
    groups.push(group);
  }
  const [, beaver, cormorant] = groups as [number, number, number];
  await signIn(page, ada, '/conversations');
  await ready(page, true);
  await expect(page).toHaveTitle(/^\(53\) /);
  await expect(page.getByRole('link', { name: /Conversations.*53 unread/ }).first()).toBeAttached();

  await expect(listed(page, 'Aardvark')).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Find a conversation by name' }).fill('aard');
  await expect(listed(page, 'Aardvark')).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Find a conversation by name' }).fill('');
  await expect(page, 'what is found is counted once').toHaveTitle(/^\(53\) /);

  await say(server, ben, beaver, 'again');
  await expect(listed(page, 'Beaver')).toContainText('again');
  await expect(page).toHaveTitle(/^\(54\) /);
  const { id } = (await stored(server, ada, cormorant)).at(-1)!;
  await call(server, ada.token, 'PUT', `/api/conversations/${cormorant}/read`, { message_id: id });
  await expect(page, 'read in another browser').toHaveTitle(/^\(53\) /);
  await page.getByRole('button', { name: 'Show more conversations' }).click();
  await expect(page.getByRole('list', { name: 'Conversations' }).getByRole('listitem')).toHaveCount(53);
  await expect(page).toHaveTitle(/^\(53\) /);
});

test('signing out in one tab leads the others to the sign-in', async ({ thread, complaints }) => {
  await begin(thread, 'not yet sent');
  const drafts = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('lyceum.draft.')));
  await expect.poll(async () => (await drafts(thread)).length).toBe(1);
  const other = await thread.context().newPage();
  await other.goto('/settings');
  await ready(other, true);
  await other.locator('main').getByRole('button', { name: 'Sign out' }).click();
  await other.waitForURL((url) => url.pathname === '/');
  expect(await drafts(other)).toEqual([]);
  await expect(thread.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 60_000 });
  expectRefusals(complaints, 401);
});

test('writing is told to the people of each conversation, also right after it was told to others', async ({ thread, server, ada, ben, conversation }) => {
  const group = await start(server, ben, [ada], 'Botany');
  const told: string[] = [];
  thread.on('request', (request) => {
    if (new URL(request.url()).pathname === '/fn/conversations/typing') told.push(request.postData() ?? '');
  });
  await begin(thread, 'to one');
  await expect.poll(() => told).toEqual([`id=${conversation}`]);
  await listed(thread, 'Botany').click();
  await expect(thread.getByRole('heading', { level: 1, name: 'Botany' })).toBeVisible();
  await expect(thread.getByRole('textbox', { name: 'Write to Botany' })).toBeVisible();
  await begin(thread, 'to others');
  await expect.poll(() => told).toEqual([`id=${conversation}`, `id=${group}`]);
});

/** Puts a notification that only records, and a visibility that the test decides, in place of the browser's. */
async function pretend(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shown: string[] = [];
    class Recorder {
      onclick: unknown = null;
      constructor(title: string, options: { body: string }) {
        shown.push(`${title}: ${options.body}`);
      }
      static get permission() {
        return localStorage.getItem('test.permission') ?? 'default';
      }
      static requestPermission() {
        localStorage.setItem('test.permission', 'granted');
        return Promise.resolve('granted');
      }
    }
    let hidden = false;
    Object.assign(window, { shown, Notification: Recorder, hide: (on: boolean) => (hidden = on) });
    Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
  });
}

async function hide(page: Page, on: boolean): Promise<void> {
  await page.evaluate((on) => {
    (window as unknown as { hide: (on: boolean) => void }).hide(on);
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, on);
}

async function notified(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { shown: string[] }).shown);
}
