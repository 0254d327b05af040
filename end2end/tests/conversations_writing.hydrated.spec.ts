import type { Page, Route } from '@playwright/test';
import { expectAccessible } from '../fixtures/axe.ts';
import { boxOf } from '../fixtures/boxes.ts';
import {
  begin,
  call,
  composer,
  expect,
  expectLostNetwork,
  messages,
  open,
  ready,
  register,
  say,
  start,
  stored,
  test,
  texts,
  write,
} from '../fixtures/conversations.ts';
import { bePatient, expectRefusals } from '../fixtures/index.ts';

test('a changed text stays in the field until the server has it', async ({ thread, server, ben, conversation, complaints }) => {
  await bePatient(thread);
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  const answers: ((route: Route) => Promise<void>)[] = [
    (route) => route.abort('internetdisconnected'),
    (route) => route.fulfill({ status: 503 }),
    (route) => released.then(() => route.continue()),
  ];
  let asked = 0;
  // Of the context: what a page under a service worker asks for passes by the routes of the page.
  await thread.context().route('**/fn/conversations/edit', (route) => answers[asked++]!(route));
  await send(thread, 'The third chapter');
  await composer(thread).press('ArrowUp');
  await expect(composer(thread)).toHaveValue('The third chapter');
  await begin(thread, 'The fourth chapter');

  for (let failed = 1; failed <= 2; failed++) {
    await composer(thread).press('Enter');
    await expect(thread.locator('.toast'), 'it is said why').toHaveCount(failed);
    await expect(composer(thread)).toHaveAccessibleName('Change your message');
    await expect(composer(thread)).toHaveValue('The fourth chapter');
    await expect(composer(thread)).toBeEditable();
    await expect(texts(thread)).toHaveText(['The third chapter']);
  }
  await composer(thread).press('Enter');
  await expect(composer(thread)).toHaveAttribute('aria-busy', 'true');
  await expect(composer(thread)).not.toBeEditable();
  await composer(thread).press('Enter');
  release();
  await expect(composer(thread)).toHaveValue('');
  await expect(composer(thread)).toHaveAccessibleName(/^Write to/);
  await expect(composer(thread)).toBeFocused();
  await expect(texts(thread)).toHaveText(['The fourth chapter']);
  expect((await stored(server, ben, conversation)).map(({ content }) => content)).toEqual(['The fourth chapter']);
  expect(asked, 'once each time').toBe(3);
  expectLostNetwork(complaints);
  expectRefusals(complaints, 503);
});

test('the new text of a message that is gone becomes a new message, below what was begun before', async ({ thread, server, ada, conversation, complaints }) => {
  await bePatient(thread);
  await send(thread, 'Chapter three');
  await begin(thread, 'Half a thought');
  const row = messages(thread).first();
  await row.hover();
  await row.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(composer(thread)).toHaveValue('Chapter three');
  await begin(thread, 'Chapter four');
  const { id } = (await stored(server, ada, conversation)).at(-1)!;
  await call(server, ada.token, 'DELETE', `/api/messages/${id}`);
  await expect(row).toContainText('Message deleted');

  await composer(thread).press('Enter');
  await expect(composer(thread)).toHaveAccessibleName(/^Write to/);
  await expect(composer(thread)).toHaveValue('Half a thought\n\nChapter four');
  await expect(thread.locator('.toast')).toContainText('This message was deleted');
  await thread.reload();
  await ready(thread, true);
  await expect(composer(thread)).toHaveValue('Half a thought\n\nChapter four');
  expectRefusals(complaints, 409);
});

test('an answer that was begun is one when its writer comes back, unless the question is gone', async ({ thread, server, ben, conversation }) => {
  const question = await say(server, ben, conversation, 'Which chapter?');
  await answer(thread, 'Which chapter?', 'The third');
  await comeBack(thread, conversation);
  await expect(composer(thread)).toHaveValue('The third');
  await expect(thread.getByText(`Reply to ${ben.name}`)).toBeVisible();
  await composer(thread).press('Enter');
  await expect(composer(thread)).toHaveValue('');
  await expect(messages(thread).last().locator('.quote')).toContainText('Which chapter?');

  await answer(thread, 'Which chapter?', 'And the fourth');
  await call(server, ben.token, 'DELETE', `/api/messages/${question.id}`);
  await comeBack(thread, conversation);
  await expect(composer(thread)).toHaveValue('And the fourth');
  await composer(thread).press('Enter');
  await expect(texts(thread)).toHaveText(['The third', 'And the fourth']);
  await expect(messages(thread).last()).toHaveAttribute('id', /^m\d+$/);
  await expect(messages(thread).last().locator('.quote')).toHaveCount(0);
});

test('whoever has read nothing yet is led to the first message', async ({ page, server, ada, ben }) => {
  const cem = await register(server, 'Cem');
  const group = await start(server, ben, [ada, cem], 'Botany');
  for (let number = 1; number <= 60; number++) await say(server, ben, group, `Message ${number}`);
  await open(page, ada, group);
  await expect(texts(page).last()).toHaveText('Message 60');
  await page.getByRole('link', { name: '60 unread messages: go to the first' }).click();
  await expect(texts(page).first()).toHaveText('Message 1');
  await expect(page.locator('#first-unread')).toBeInViewport();
  await expect(texts(page).first()).toBeInViewport();
});

test('whoever keeps a message after all is back at its tools', async ({ thread }) => {
  await send(thread, 'Which chapter?');
  const row = messages(thread).last();
  const remove = row.getByRole('button', { name: 'Delete …' });
  const dialog = thread.getByRole('dialog', { name: 'Delete this message?' });
  // What the mouse rests on shows its tools, too.
  await thread.mouse.move(0, 0);
  await row.focus();
  for (const way of ['Escape', 'Enter']) {
    await remove.press('Enter');
    await expect(dialog).toBeVisible();
    await dialog.getByRole('button', { name: 'Keep it' }).press(way);
    await expect(dialog).toBeHidden();
    await expect(remove, way).toBeFocused();
  }
});

test('what shrinks at the upper edge moves nothing below it', async ({ thread, server, ben, conversation }) => {
  let tall = 0;
  for (let number = 1; number <= 30; number++) {
    const { id } = await say(server, ben, conversation, number === 10 ? 'A line of many.\n'.repeat(12) : `Message ${number}`);
    if (number === 10) tall = id;
  }
  await expect(texts(thread)).toHaveCount(30);
  const next = texts(thread).filter({ hasText: /^Message 11$/ });
  await thread.locator('.thread-scroll').evaluate((scroller, row) => {
    const { top, height } = document.getElementById(row)!.getBoundingClientRect();
    scroller.scrollTop += top + height / 2 - scroller.getBoundingClientRect().top;
  }, `m${tall}`);
  await laidOut(thread);
  const before = await boxOf(next);
  await call(server, ben.token, 'DELETE', `/api/messages/${tall}`);
  await expect(messages(thread).getByText('Message deleted')).toHaveCount(1);
  await laidOut(thread);
  expect(Math.abs((await boxOf(next)).y - before.y)).toBeLessThanOrEqual(1);
});

for (const width of [320, 360]) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: 640 } });

    test('all reactions fit on the screen, eight in a line', async ({ page, server, ada, ben }) => {
      const cem = await register(server, 'Cem');
      const group = await start(server, ben, [ada, cem], 'Botany');
      await say(server, ben, group, 'Which chapter?');
      await open(page, ada, group);
      const row = messages(page).last();
      const more = row.getByRole('button', { name: 'More reactions' });
      // The thread answers once its lazy part has come; a focus that was there by then has told it nothing.
      await expect(async () => {
        await row.blur();
        await row.focus();
        await expect(more).toBeVisible({ timeout: 1_000 });
      }).toPass();
      await more.press('Enter');
      const picker = row.getByRole('group', { name: 'Reactions' });
      const { x, width: own } = await boxOf(picker);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + own).toBeLessThanOrEqual(width);
      const emoji = await picker.getByRole('button').evaluateAll((buttons) =>
        buttons.map((button) => {
          const { left, right, top, width, height } = button.getBoundingClientRect();
          return { left, right, top, width, height };
        }),
      );
      expect(emoji.filter(({ top }) => top === emoji[0]!.top)).toHaveLength(8);
      for (const { left, right, width: wide, height } of emoji) {
        expect(Math.min(wide, height)).toBeGreaterThanOrEqual(24);
        expect(left).toBeGreaterThanOrEqual(x);
        expect(right).toBeLessThanOrEqual(x + own);
      }
    });

    test('axe finds nothing about reactions, and code and tables that scroll', async ({ thread, server, ben, conversation }) => {
      const columns = Array.from({ length: 24 }, (_, place) => `c${place}`);
      const table = [columns, columns.map(() => '---'), columns].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
      const { id } = await say(server, ben, conversation, `\`\`\`\n${'long '.repeat(40)}\n\`\`\`\n\n${table}`);
      await call(server, ben.token, 'PUT', `/api/messages/${id}/reactions/${encodeURIComponent('🤔')}`);
      const row = messages(thread).last();
      await expect(row.getByRole('button', { name: `🤔 1: ${ben.name}` })).toBeVisible();
      for (const scrolled of [row.getByRole('group', { name: 'Code' }), row.getByRole('table')]) {
        expect(await scrolled.evaluate((element) => element.scrollWidth > element.clientWidth), 'it scrolls').toBe(true);
        await scrolled.focus();
        await expect(scrolled).toBeFocused();
      }
      await expectAccessible(thread);
    });
  });
}

/** Writes a message, and waits until the server has it. */
async function send(page: Page, content: string): Promise<void> {
  await write(page, content);
  await expect(messages(page).filter({ hasText: content })).toHaveAttribute('id', /^m\d+$/);
}

/** Begins to answer the first message that has the text of the question. */
async function answer(page: Page, question: string, content: string): Promise<void> {
  const row = messages(page).filter({ hasText: question }).first();
  const reply = row.getByRole('button', { name: 'Reply', exact: true });
  // The thread answers to the mouse once its lazy part has come; a mouse that rests by then has told it nothing.
  await expect(async () => {
    await page.mouse.move(0, 0);
    await row.hover();
    await expect(reply).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await reply.click();
  await expect(composer(page)).toHaveAccessibleName('Write a reply');
  await begin(page, content);
}

/** Goes elsewhere and opens the conversation again. */
async function comeBack(page: Page, conversation: number): Promise<void> {
  await page.goto('/settings');
  await page.goto(`/conversations/${conversation}`);
  await ready(page, true);
}

/** Two frames: what was loaded is on the page, and what follows from it as well. */
async function laidOut(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
