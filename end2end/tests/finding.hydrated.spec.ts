import type { Locator, Page } from '@playwright/test';
import {
  begin,
  call,
  composer,
  elsewhere,
  expect,
  listed,
  messages,
  open,
  ready,
  register,
  say,
  Server,
  signIn,
  start,
  stored,
  test,
  texts,
  write,
  type Member,
} from '../fixtures/conversations.ts';

/** Two pages of a thread, so that what stands above them is not loaded. */
const BETWEEN = 100;

test('a reply quotes its message, and the quote leads to it', async ({ thread, server, ben, conversation }) => {
  const question = await say(server, ben, conversation, 'Which **chapter** is it?');
  await messages(thread).first().hover();
  await thread.getByRole('button', { name: 'Reply' }).click();
  await expect(composer(thread)).toBeFocused();
  const answering = thread.getByText(`Reply to ${ben.name}`, { exact: true });
  await expect(answering).toBeVisible();
  await write(thread, 'The third');
  await expect(answering).toHaveCount(0);
  await expect(quotes(thread)).toHaveText([`In reply to ${ben.name}Which chapter is it?`]);
  const marked = await hearMarks(thread);
  await quotes(thread).click();
  await expect.poll(marked).toEqual([`m${question.id}`]);
  const answered = async () => (await stored(server, ben, conversation)) as { reply_to?: { id: number } }[];
  await expect.poll(async () => (await answered()).map(({ reply_to }) => reply_to?.id)).toEqual([undefined, question.id]);
});

test('a message that is jumped to once more stays marked as long as the first time', async ({ thread, server, ada, ben, conversation }) => {
  const asked = await say(server, ben, conversation, 'Which chapter is it?');
  await call(server, ada.token, 'POST', '/api/messages', { conversation_id: conversation, content: 'The third', reply_to: asked.id });
  await expect(quotes(thread)).toHaveCount(1);
  const marked = message(thread, asked.id).and(thread.locator('[data-marked]'));
  await thread.clock.install();
  // From then on it is as late as the test says, however long its steps take.
  await thread.clock.pauseAt(Date.now() + 20_000);
  await quotes(thread).click();
  await expect(marked).toHaveCount(1);
  await thread.clock.fastForward(1_600);
  await quotes(thread).click();
  await thread.clock.fastForward(1_600);
  await expect(marked, 'the first jump would have ended by now').toHaveCount(1);
  await thread.clock.fastForward(3_000);
  await expect(marked).toHaveCount(0);
});

test('a quote leads to a message that is not loaded, and there is a way back', async ({ thread, server, ada, ben, conversation }) => {
  const asked = await say(server, ben, conversation, 'Which chapter is it?');
  await fill(server, [ada, ben], conversation);
  await call(server, ada.token, 'POST', '/api/messages', { conversation_id: conversation, content: 'The third', reply_to: asked.id });
  await expect(texts(thread).last()).toHaveText('The third');
  await expect(listed(thread, ben.name).getByText('unread')).toHaveCount(0);
  await reopen(thread);
  await expect(texts(thread).last()).toHaveText('The third');
  await expect(message(thread, asked.id)).toHaveCount(0);
  const marked = await hearMarks(thread);
  await quotes(thread).click();
  await expect(message(thread, asked.id)).toBeInViewport();
  await expect.poll(marked).toEqual([`m${asked.id}`]);
  await expect(texts(thread).filter({ hasText: 'The third' })).toHaveCount(0);
  await thread.getByRole('button', { name: 'Newest messages' }).click();
  await expect(texts(thread).last()).toHaveText('The third');
  await expect(texts(thread).last()).toBeInViewport();

  await expect(message(thread, asked.id)).toHaveCount(0);
  const markedAgain = await hearMarks(thread);
  await quotes(thread).click();
  await expect(message(thread, asked.id), 'a second time').toBeInViewport();
  await expect.poll(markedAgain).toEqual([`m${asked.id}`]);
});

test('a quote in a thread that was opened at the quoted message leads back to it', async ({ thread, server, ada, ben, conversation }) => {
  const asked = await say(server, ben, conversation, 'Which chapter is it?');
  await fill(server, [ada, ben], conversation);
  await call(server, ada.token, 'POST', '/api/messages', { conversation_id: conversation, content: 'The third', reply_to: asked.id });
  await thread.goto(`/conversations/${conversation}?message=${asked.id}#m${asked.id}`);
  await ready(thread, true);
  for (const round of ['once', 'twice']) {
    await thread.getByRole('button', { name: /Newest messages|new message/ }).click();
    await expect(texts(thread).last(), round).toHaveText('The third');
    await expect(message(thread, asked.id), round).toHaveCount(0);
    const marked = await hearMarks(thread);
    await quotes(thread).click();
    await expect(message(thread, asked.id), round).toBeInViewport();
    await expect.poll(marked, round).toEqual([`m${asked.id}`]);
  }
});

test('a thread that is opened at an old message says how many are unread below', async ({ page, server, ada, ben, conversation }) => {
  const first = await say(server, ada, conversation, 'Which chapter is it?');
  await fill(server, [ben], conversation);
  await signIn(page, ada, `/conversations/${conversation}?message=${first.id}`);
  await ready(page, true);
  await expect(page.getByRole('button', { name: `${BETWEEN} new messages`, exact: true })).toBeVisible();
  await say(server, ben, conversation, 'Are you there?');
  await page.getByRole('button', { name: `${BETWEEN + 1} new messages`, exact: true }).click();
  await expect(texts(page).last()).toHaveText('Are you there?');
  await expect(texts(page).last()).toBeInViewport();
  await expect(listed(page, ben.name).getByText('unread')).toHaveCount(0);
});

test('a conversation that was started or renamed since the page was loaded is known on every page', async ({ thread, server, ada }) => {
  const cem = await register(server, 'Cem');
  const group = await start(server, cem, [ada], 'Biology');
  await say(server, cem, group, 'An exam in June');
  await expect(listed(thread, 'Biology')).toContainText('An exam in June');
  await thread.getByRole('link', { name: 'Search in messages' }).click();
  await lookFor(thread, 'exam');
  await expect(found(thread)).toContainText(`${cem.name} in Biology`);

  await call(server, cem.token, 'PATCH', `/api/conversations/${group}`, { title: 'Chemistry' });
  await expect(listed(thread, 'Chemistry')).toHaveCount(1);
  await lookFor(thread, 'june');
  await expect(found(thread)).toContainText(`${cem.name} in Chemistry`);

  await thread.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Quizzes' }).click();
  await thread.getByRole('link', { name: 'New quiz' }).first().click();
  await thread.waitForURL('**/quizzes/new');
  await thread.getByRole('radio', { name: 'A conversation’s files' }).check();
  const offered = thread.getByLabel('Conversation', { exact: true }).getByRole('option');
  await expect(offered.filter({ hasText: 'Chemistry' })).toHaveCount(1);
  await expect(offered.filter({ hasText: 'Biology' })).toHaveCount(0);
});

test('a search finds an old message, and its result lands on it', async ({ thread, server, ada, ben, conversation }) => {
  const wanted = await say(server, ben, conversation, 'The **mitochondrion** is the powerhouse of the cell');
  await fill(server, [ada, ben], conversation);
  await expect(texts(thread).last()).toHaveText(`Message ${BETWEEN}`);
  await expect(listed(thread, ben.name).getByText('unread')).toHaveCount(0);
  await thread.getByRole('link', { name: 'Search in messages' }).click();
  await lookFor(thread, 'POWERHOUSE mitochon');
  await expect(found(thread)).toHaveCount(1);
  await expect(found(thread)).toContainText('The mitochondrion is the powerhouse of the cell');
  await expect(found(thread).getByRole('mark')).toHaveText(['mitochon', 'powerhouse']);
  const marked = await hearMarks(thread);
  await found(thread).getByRole('link').click();
  await thread.waitForURL(`**/conversations/${conversation}?message=${wanted.id}#m${wanted.id}`);
  await expect(message(thread, wanted.id)).toBeInViewport();
  await expect.poll(marked).toEqual([`m${wanted.id}`]);
  await thread.getByRole('button', { name: 'Newest messages' }).click();
  await expect(texts(thread).last()).toHaveText(`Message ${BETWEEN}`);
});

test('a search looks into one conversation or into all, and never into those of others', async ({ page, server, ada, ben, conversation }) => {
  const cem = await register(server, 'Cem');
  const group = await start(server, ada, [cem], 'Biology');
  await say(server, ben, conversation, 'The exam is on Monday');
  await say(server, cem, group, 'An exam in June');
  await say(server, cem, await start(server, cem, [ben]), 'A secret exam');
  await open(page, ada, conversation);
  await page.getByRole('link', { name: 'Search in this conversation' }).click();
  await lookFor(page, 'exam');
  await expect(found(page)).toHaveCount(1);
  await expect(found(page)).toContainText('The exam is on Monday');
  await page.getByRole('link', { name: 'Search in all of them' }).click();
  await expect(found(page)).toHaveCount(2);
  await expect(found(page).first()).toContainText(`${cem.name} in Biology`);
  await lookFor(page, 'exam secret');
  await expect(page.getByText(/^No message has all of these words/)).toBeVisible();
  await expect(found(page)).toHaveCount(0);
});

test('the list shows only the conversations of a title or a name', async ({ thread, server, ada, ben }) => {
  const cem = await register(server, 'Cem');
  await start(server, ada, [cem], 'Biology');
  const all = thread.getByRole('list', { name: 'Conversations' }).getByRole('link');
  await expect(all).toHaveCount(2);
  const filter = thread.getByRole('searchbox', { name: 'Find a conversation by name' });
  await filter.fill('BIOL');
  await expect(all).toHaveCount(1);
  await expect(listed(thread, 'Biology')).toBeVisible();
  await filter.fill(ben.familyName);
  await expect(listed(thread, ben.name)).toBeVisible();
  await expect(listed(thread, 'Biology')).toHaveCount(0);
  await filter.fill(`${ben.familyName} biol`);
  await expect(all).toHaveCount(0);
  await expect(thread.getByText('No conversation of that name.')).toBeVisible();
  await filter.fill('');
  await expect(all).toHaveCount(2);
});

test('Enter in the filter of the list leaves open what is open', async ({ thread, server, ada, conversation }) => {
  await start(server, ada, [await register(server, 'Cem')], 'Biology');
  const all = thread.getByRole('list', { name: 'Conversations' }).getByRole('link');
  await expect(all).toHaveCount(2);
  const filter = thread.getByRole('searchbox', { name: 'Find a conversation by name' });
  await filter.fill('BIOL');
  await filter.press('Enter');
  await expect(all).toHaveCount(1);
  await expect(composer(thread)).toBeVisible();
  await begin(thread, 'still here');
  expect(new URL(thread.url()).pathname).toBe(`/conversations/${conversation}`);
});

test.describe('with the clipboard', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('a message is copied as it was written', async ({ thread, server, ben, conversation }) => {
    const content = 'At **five**, <b>Ada</b>\n\n- bring `notes`';
    await say(server, ben, conversation, content);
    await messages(thread).first().hover();
    await thread.getByRole('button', { name: 'Copy' }).click();
    await expect(thread.getByText('The text is on the clipboard.')).toBeVisible();
    expect(await thread.evaluate(() => navigator.clipboard.readText())).toBe(content);
  });
});

test('whoever hides what they have read is not seen, and still sees the others', async ({ thread, browser, server, ada, ben, conversation, complaints }) => {
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, `/conversations/${conversation}`);
  await write(thread, 'one');
  await expect(messages(thread).last().getByText(`Seen by ${ben.name}`)).toBeAttached();

  await showReading(other, 'Hide what I have read');
  await expect(other.getByText(/^Nobody sees what you have read/)).toBeVisible();
  await expect(thread.getByText(`Seen by ${ben.name}`), 'at once, on pages that are open').toHaveCount(0);
  await other.goto(`/conversations/${conversation}`);
  await ready(other, true);
  await write(thread, 'two');
  await expect(texts(other)).toHaveText(['one', 'two']);
  await write(other, 'three');
  await expect(messages(other).last().getByText(`Seen by ${ada.name}`)).toBeAttached();
  await reopen(thread);
  await expect(texts(thread)).toHaveText(['one', 'two', 'three']);
  await expect(thread.getByText(`Seen by ${ben.name}`)).toHaveCount(0);

  await showReading(other, 'Let others see what I have read');
  await expect(other.getByText(/^Others see your picture/)).toBeVisible();
  await expect(messages(thread).last().getByText(`Seen by ${ben.name}`)).toBeAttached();
  await context.close();
});

async function fill(server: Server, members: Member[], conversation: number): Promise<void> {
  for (let number = 1; number <= BETWEEN; number += 1) {
    await say(server, members[number % members.length]!, conversation, `Message ${number}`);
  }
}

function quotes(page: Page): Locator {
  return messages(page).getByRole('link', { name: /^In reply to / });
}

function message(page: Page, id: number): Locator {
  return page.locator(`#m${id}`);
}

/** Hears which messages are marked from now on: a mark goes after a moment. */
async function hearMarks(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const marked = new Set<string>();
    Object.assign(window, { marked });
    const look = (): void => document.querySelectorAll('[data-marked]').forEach(({ id }) => marked.add(id));
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributeFilter: ['data-marked'] });
  });
  return () => page.evaluate(() => [...(window as unknown as { marked: Set<string> }).marked]);
}

function found(page: Page): Locator {
  return page.getByRole('list', { name: 'Messages found' }).getByRole('listitem');
}

async function lookFor(page: Page, words: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Words or parts of words' }).fill(words);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
}

async function showReading(page: Page, effect: string): Promise<void> {
  await page.goto('/settings');
  await ready(page, true);
  await page.getByRole('button', { name: effect }).click();
}

async function reopen(page: Page): Promise<void> {
  await page.reload();
  await ready(page, true);
}
