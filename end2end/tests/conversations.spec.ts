import { begin, composer, expect, listed, ready, say, stored, test, texts } from '../fixtures/conversations.ts';
import { signIn } from '../fixtures/index.ts';

test('a person finds another, starts a conversation and sends the first message', async ({ page, server, ada, ben, hydrated }) => {
  await signIn(page, ada, '/conversations');
  await ready(page, hydrated);
  await page.getByRole('link', { name: 'New conversation' }).first().click();
  await page.waitForURL('**/conversations/new');
  await ready(page, hydrated);
  await page.getByRole('searchbox', { name: /^Name/ }).fill(ben.familyName);
  if (!hydrated) await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('list', { name: 'People found' }).getByText(ben.name).click();
  await page.getByRole('button', { name: 'Start conversation' }).click();
  await page.waitForURL(/\/conversations\/\d+$/);
  await ready(page, hydrated);
  await expect(page.getByRole('heading', { level: 1, name: ben.name })).toBeVisible();
  if (hydrated) await begin(page, 'Hello **Ben**, <b>how</b> are you?');
  else await composer(page).fill('Hello **Ben**, <b>how</b> are you?');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(texts(page)).toHaveText(['Hello Ben, <b>how</b> are you?']);
  await expect(texts(page).locator('strong')).toHaveText('Ben');
  const id = Number(/\d+/.exec(new URL(page.url()).pathname)?.[0]);
  await expect.poll(async () => (await stored(server, ben, id)).length).toBe(1);
});

test('the list tells what is new, and reading it makes it read', async ({ page, server, ada, ben, conversation, hydrated }) => {
  for (const word of ['one', 'two', 'three']) await say(server, ben, conversation, word);
  await signIn(page, ada, '/conversations');
  await ready(page, hydrated);
  const item = listed(page, ben.name);
  await expect(item).toContainText('three');
  await expect(item.getByText('3 unread messages')).toHaveCount(1);
  await item.click();
  await page.waitForURL(`**/conversations/${conversation}`);
  await ready(page, hydrated);
  await expect(texts(page)).toHaveText(['one', 'two', 'three']);
  await expect(page.getByText('New messages', { exact: true })).toBeVisible();
  if (!hydrated) await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(listed(page, ben.name).getByText('unread')).toHaveCount(0);
  await page.goto('/conversations');
  await expect(listed(page, ben.name).getByText('unread')).toHaveCount(0);
});

test('a message is answered, and what is too long is refused with its reason', async ({ page, server, ada, ben, conversation, hydrated, complaints }) => {
  await say(server, ben, conversation, 'Shall we meet at *five*?');
  await signIn(page, ada, `/conversations/${conversation}`);
  await ready(page, hydrated);
  if (hydrated) await begin(page, 'Yes.\nAt five.');
  else await composer(page).fill('Yes.\nAt five.');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(texts(page)).toHaveCount(2);
  await expect(texts(page).last()).toContainText('At five.');
  // With scripts a message is shown before the server has it.
  await expect.poll(async () => (await stored(server, ben, conversation)).length).toBe(2);

  await composer(page).fill('x'.repeat(4_001));
  // With scripts the button says that it cannot be used, and the Enter key does nothing.
  if (hydrated) await composer(page).press('Enter');
  else await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText(hydrated ? /1 character too many/ : /shorten it to 4000/)).toBeVisible();
  await expect(composer(page)).toHaveValue('x'.repeat(4_001));
  expect(await stored(server, ben, conversation)).toHaveLength(2);
  expect(complaints).toEqual([]);
});

test('a message of one’s own is changed', async ({ page, server, ada, ben, conversation, hydrated }) => {
  await say(server, ada, conversation, 'At five.');
  await say(server, ben, conversation, 'Where?');
  await signIn(page, ada, `/conversations/${conversation}`);
  await ready(page, hydrated);
  if (hydrated) {
    await begin(page, 'x');
    await begin(page, '');
    await composer(page).press('ArrowUp');
  } else await page.getByRole('link', { name: 'Edit this message' }).click();
  await expect(composer(page)).toHaveValue('At five.');
  if (!hydrated) {
    await composer(page).fill('x'.repeat(4_001));
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.getByText(/shorten it to 4000/)).toBeVisible();
    await expect(composer(page)).toHaveValue('x'.repeat(4_001));
  }
  await composer(page).fill('At six.');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(texts(page)).toHaveText(['At six.', 'Where?']);
  await expect(composer(page)).toHaveValue('');
  await expect.poll(async () => (await stored(server, ben, conversation)).length).toBe(2);
});

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('one pane is shown at a time, with a way back, and nothing is wider than the screen', async ({ page, server, ada, ben, conversation, hydrated }) => {
    await say(server, ben, conversation, `A long word: ${'x'.repeat(200)}\n\n    ${'code '.repeat(40)}`);
    await signIn(page, ada, '/conversations');
    await ready(page, hydrated);
    await listed(page, ben.name).click();
    await expect(page.getByRole('heading', { level: 1, name: ben.name })).toBeVisible();
    await expect(listed(page, ben.name)).toBeHidden();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    await page.getByRole('link', { name: 'Conversations' }).first().click();
    await expect(listed(page, ben.name)).toBeVisible();
  });
});
