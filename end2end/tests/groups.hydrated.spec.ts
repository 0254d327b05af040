import type { Page } from '@playwright/test';
import {
  call,
  elsewhere,
  expect,
  expectLostNetwork,
  listed,
  messages,
  open,
  ready,
  register,
  say,
  settled,
  signIn,
  start,
  test as base,
  texts,
  write,
  type Member,
} from '../fixtures/conversations.ts';
import { allowRefusals, expectRefusals } from '../fixtures/index.ts';

interface Fixtures {
  /** The third in the group. */
  cem: Member;
  /** A group that the first person has made. */
  group: number;
}

const test = base.extend<Fixtures>({
  cem: async ({ server }, use) => use(await register(server, 'Cem')),
  group: async ({ server, ada, ben, cem }, use) => use(await start(server, ada, [ben, cem], 'Biology')),
});

test('a group of three is started with a title, and is there for the others', async ({ page, browser, server, ada, ben, cem, complaints }) => {
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, cem, '/conversations');
  await signIn(page, ada, '/conversations/new');
  await ready(page, true);
  for (const member of [ben, cem]) await choose(page, member);
  await expect(page.getByRole('list', { name: 'Chosen' }).getByRole('listitem')).toHaveText([ben.name, cem.name]);
  await page.getByLabel('Group title (optional)').fill('Biology');
  await page.getByRole('button', { name: 'Start a group with 2 people' }).click();
  await page.waitForURL(/\/conversations\/\d+$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Biology' })).toBeVisible();
  await expect(page.getByText('3 members', { exact: true })).toBeVisible();
  await listed(other, 'Biology').click();
  await expect(other.getByText('3 members', { exact: true })).toBeVisible();
  await context.close();
});

test('a group is renamed, and without a title the names stand in its place', async ({ page, browser, server, ada, ben, cem, group, complaints }) => {
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, `/conversations/${group}`);
  await openDetails(page, ada, group);
  await rename(page, 'Chemistry');
  await expect(listed(page, 'Chemistry')).toHaveCount(1);
  await expect(other.getByRole('heading', { level: 1, name: 'Chemistry' })).toBeVisible();
  await expect(listed(other, 'Chemistry')).toHaveCount(1);
  await expect(listed(other, 'Biology')).toHaveCount(0);
  await rename(page, '');
  await expect(other.getByRole('heading', { level: 1 })).toContainText(cem.name);
  await expect(other.getByRole('heading', { level: 1 })).not.toContainText(ben.name);
  await expect(listed(other, 'Chemistry')).toHaveCount(0);
  await context.close();
});

test('a fourth person is added and reads what was said before', async ({ page, browser, server, ada, ben, group, complaints }) => {
  const dan = await register(server, 'Dan');
  await say(server, ben, group, 'before you came');
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, dan, '/conversations');
  await expect(other.getByText('No conversations yet.')).toBeVisible();
  await expect(other.getByRole('link', { name: 'Start a conversation' })).toHaveAttribute('href', '/conversations/new');
  await openDetails(page, ada, group);
  await search(page, ben);
  await expect(page.getByRole('checkbox', { name: ben.name })).toBeDisabled();
  await choose(page, dan);
  await page.getByRole('button', { name: 'Add to the group' }).click();
  await expect(page.getByRole('heading', { name: '4 members' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Members' })).toContainText(dan.name);
  await expect(page.getByRole('list', { name: 'Chosen' }).getByRole('listitem')).toHaveCount(0);
  await listed(other, 'Biology').click();
  await expect(texts(other)).toHaveText(['before you came']);
  await context.close();
});

test('whoever is removed no longer sees the group, and only its maker removes', async ({ page, browser, server, ada, ben, cem, group, complaints }) => {
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, `/conversations/${group}/details`);
  await expect(other.getByRole('list', { name: 'Members' }).getByRole('listitem')).toHaveCount(3);
  await expect(other.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
  await other.goto(`/conversations/${group}`);
  await ready(other, true);
  await openDetails(page, ada, group);
  await settled(other);
  await page.getByRole('button', { name: `Remove ${ben.name} from the group` }).click();
  // Both are said for a few seconds only.
  await Promise.all([
    expect(page.getByText('The person is no longer in the group.')).toBeVisible(),
    expect(other.getByText('You are no longer in this conversation.')).toBeVisible(),
  ]);
  await expect(page.getByRole('list', { name: 'Members' }).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('list', { name: 'Members' })).toContainText(cem.name);
  await expect(page.getByRole('list', { name: 'Members' })).not.toContainText(ben.name);

  await other.waitForURL('**/conversations');
  await expect(listed(other, 'Biology')).toHaveCount(0);
  await expect(call(server, ben.token, 'GET', `/api/conversations/${group}/messages`)).rejects.toThrow('answers 403');
  await context.close();
});

test('an open details page follows what others do, and ends for whoever is removed', async ({ page, browser, server, ada, ben, group, complaints }) => {
  const dan = await register(server, 'Dan');
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, `/conversations/${group}/details`);
  const members = other.getByRole('list', { name: 'Members' });
  await openDetails(page, ada, group);
  await rename(page, 'Chemistry');
  await expect(other.locator('.details-title')).toHaveText('Chemistry');
  await expect(other.getByLabel('Title')).toHaveValue('Chemistry');
  await choose(page, dan);
  await page.getByRole('button', { name: 'Add to the group' }).click();
  await expect(other.getByRole('heading', { name: '4 members' })).toBeVisible();
  await expect(members).toContainText(dan.name);

  await settled(other);
  await page.getByRole('button', { name: `Remove ${ben.name} from the group` }).click();
  await expect(other.getByText('You are no longer in this conversation.')).toBeVisible();
  await other.waitForURL('**/conversations');
  await expect(members).toHaveCount(0);
  await expect(other.getByText('No conversations yet.')).toBeVisible();
  await context.close();
});

test('somebody who comes back to a group can open its details', async ({ page, server, ada, ben, group }) => {
  await signIn(page, ben, '/conversations');
  await ready(page, true);
  await call(server, ada.token, 'DELETE', `/api/conversations/${group}/participants/${ben.sub}`);
  await expect(listed(page, 'Biology')).toHaveCount(0);
  await call(server, ada.token, 'POST', `/api/conversations/${group}/participants`, { participant_subs: [ben.sub] });
  await listed(page, 'Biology').click();
  await page.getByRole('link', { name: 'Details', exact: true }).click();
  await expect(page.getByRole('heading', { name: '3 members' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Members' })).toContainText(ben.name);
  await expect(page.getByText('You are no longer in this conversation.')).toHaveCount(0);
});

test('a muted group is counted and not announced, for nobody else', async ({ page, browser, server, ada, ben, cem, group, complaints }) => {
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, cem, '/conversations');
  await openDetails(page, ada, group);
  await page.getByRole('button', { name: 'Mute this conversation' }).click();
  await expect(page.getByText(/^Muted: new messages are counted/)).toBeVisible();
  await expect(listed(page, 'Biology').getByLabel('Muted')).toBeVisible();
  await say(server, ben, group, 'Anybody here?');
  await expect(listed(page, 'Biology').getByText('1 unread message')).toHaveCount(1);
  await expect(page).not.toHaveTitle(/^\(/);
  await expect(other).toHaveTitle(/^\(1\) /);
  await expect(listed(other, 'Biology').getByLabel('Muted')).toHaveCount(0);
  await page.getByRole('button', { name: 'Notify me again' }).click();
  await expect(page).toHaveTitle(/^\(1\) /);
  await expect(listed(page, 'Biology').getByLabel('Muted')).toHaveCount(0);
  await context.close();
});

test('leaving is asked about, and the group goes on with what was said', async ({ page, browser, server, ada, ben, group, complaints }) => {
  await say(server, ben, group, 'I was here');
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ada, `/conversations/${group}`);
  await openDetails(page, ben, group);
  const question = page.getByRole('dialog', { name: 'Leave the group?' });
  await page.getByRole('button', { name: 'Leave the group' }).click();
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(question).toBeHidden();
  await expect(listed(page, 'Biology')).toHaveCount(1);
  await page.getByRole('button', { name: 'Leave the group' }).click();
  await question.getByRole('button', { name: 'Leave the group' }).click();
  await page.waitForURL('**/conversations');
  await expect(listed(page, 'Biology')).toHaveCount(0);
  await expect(other.getByText('2 members', { exact: true })).toBeVisible();
  await expect(texts(other)).toHaveText(['I was here']);
  await context.close();
});

test('a group is started once, however often its form is sent', async ({ page, server, ada, ben, cem }) => {
  let starts = 0;
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/fn/conversations/start', async (route) => {
    starts += 1;
    await answered;
    await route.continue();
  });
  await signIn(page, ada, '/conversations/new');
  await ready(page, true);
  for (const member of [ben, cem]) await choose(page, member);
  const title = page.getByLabel('Group title (optional)');
  const button = page.getByRole('button', { name: 'Start a group with 2 people' });
  await title.fill('Once');
  await button.dblclick();
  await expect(button).toHaveAttribute('aria-busy', 'true');
  await title.press('Enter');
  await title.press('Enter');
  await button.click();
  answer();
  await page.waitForURL(/\/conversations\/\d+$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Once' })).toBeVisible();
  expect(starts).toBe(1);
  const mine = (await call(server, ada.token, 'GET', '/api/conversations')) as { title?: string }[];
  expect(mine.map((conversation) => conversation.title)).toEqual(['Once']);
});

test('a form that was refused is sent again when it is right', async ({ page, ada, ben, complaints }) => {
  await signIn(page, ada, '/conversations/new');
  await ready(page, true);
  const button = page.getByRole('button', { name: 'Start conversation' });
  await button.click();
  await expect(page.getByText('Name at least one person beside yourself.').first()).toBeVisible();
  await expect(button).not.toHaveAttribute('aria-busy');
  await choose(page, ben);
  await button.click();
  await page.waitForURL(/\/conversations\/\d+$/);
  expectRefusals(complaints, 422);
});

test('whoever is added while they are refused reads the group at once', async ({ page, server, ada, ben, group, complaints }) => {
  const dan = await register(server, 'Dan');
  await say(server, ben, group, 'before you came');
  await signIn(page, dan, `/conversations/${group}`);
  await ready(page, true);
  await expect(page.getByRole('heading', { name: 'You may not open this' })).toBeVisible();
  await settled(page);
  let loads = 0;
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/fn/conversations/messages') loads += 1;
  });
  await call(server, ada.token, 'POST', `/api/conversations/${group}/participants`, { participant_subs: [dan.sub] });
  await expect(page.getByRole('heading', { level: 1, name: 'Biology' })).toBeVisible();
  await expect(texts(page)).toHaveText(['before you came']);
  await settled(page);
  expect(loads).toBe(1);
  allowRefusals(complaints, 403);
});

test('what was not sent before one was taken out of a group is not lost', async ({ page, server, ada, ben, group, complaints }) => {
  const context = page.context();
  await open(page, ben, group);
  await context.route('**/fn/conversations/send', (route) => route.abort('internetdisconnected'));
  await write(page, 'too late');
  await expect(messages(page).getByText('Waiting for connection')).toHaveCount(1);
  await call(server, ada.token, 'DELETE', `/api/conversations/${group}/participants/${ben.sub}`);
  await page.waitForURL('**/conversations');
  await context.unroute('**/fn/conversations/send');
  await page.reload();
  await ready(page, true);

  const notice = page.getByRole('region', { name: 'Messages that were not sent' });
  await expect(notice).toContainText('1 message could not be sent.');
  await expect(notice.getByRole('listitem')).toHaveText(/too late.*You are not in this conversation\./s);
  await expect(notice.getByRole('button', { name: 'Copy text' })).toBeVisible();
  await notice.getByRole('button', { name: 'Discard' }).click();
  await expect(notice).toHaveCount(0);
  await expect(page.getByRole('searchbox', { name: 'Find a conversation by name' })).toBeFocused();
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('lyceum.outbox.')));
  expect(kept).toEqual([]);
  expectLostNetwork(complaints);
  expectRefusals(complaints, 403);
});

async function openDetails(page: Page, member: Member, group: number): Promise<void> {
  await signIn(page, member, `/conversations/${group}/details`);
  await ready(page, true);
}

async function search(page: Page, member: Member): Promise<void> {
  await page.getByRole('searchbox', { name: /^Name/ }).fill(member.familyName);
}

async function choose(page: Page, member: Member): Promise<void> {
  await search(page, member);
  await page.getByRole('checkbox', { name: member.name }).check();
}

async function rename(page: Page, title: string): Promise<void> {
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Save title' }).click();
  await expect(page.getByText('The title is saved.').last()).toBeVisible();
}
