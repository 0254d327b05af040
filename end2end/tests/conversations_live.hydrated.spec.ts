import {
  begin,
  composer,
  countStreams,
  elsewhere,
  entries,
  expect,
  expectLostNetwork,
  listed,
  messages,
  open,
  register,
  ready,
  say,
  Server,
  start,
  stored,
  test,
  texts,
  write,
} from '../fixtures/conversations.ts';
import { expectRefusals } from '../fixtures/index.ts';

test('two people write to each other and see it at once, with who is typing and who has read', async ({ thread, browser, server, ada, ben, conversation, complaints }) => {
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, `/conversations/${conversation}`);
  await begin(thread, 'Hell');
  await composer(thread).press('o');
  // Nobody keeps a typing signal: one that goes out before the other's stream is open is lost, so the writer goes on.
  await expect(async () => {
    await composer(thread).press('x');
    await composer(thread).press('Backspace');
    await expect(other.getByText(`${ada.name} is typing`)).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await composer(thread).press('Enter');
  await expect(texts(other)).toHaveText(['Hello']);
  await expect(other.getByText(`${ada.name} is typing`)).toBeHidden();
  await write(other, 'Hi Ada');
  await expect(texts(thread)).toHaveText(['Hello', 'Hi Ada']);
  await expect(messages(thread).last().getByText(`Seen by ${ben.name}`)).toBeAttached();
  await expect(messages(other).last().getByText(`Seen by ${ada.name}`)).toBeAttached();
  await context.close();
});

test('an edit, a reaction and a deletion arrive and count as nothing new, and what was taken back is not unread', async ({ thread, browser, server, ada, ben, conversation, complaints }) => {
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, '/conversations');
  await write(thread, 'A misteak');
  await expect(listed(other, ada.name).getByText('1 unread message')).toHaveCount(1);
  // The other may have it sooner than the sender hears that it was sent.
  await expect(messages(thread).getByText(/^(Sending|Waiting)/)).toHaveCount(0);
  await composer(thread).press('ArrowUp');
  await expect(composer(thread)).toHaveValue('A misteak');
  await composer(thread).fill('A mistake');
  await composer(thread).press('Enter');
  await expect(listed(other, ada.name)).toContainText('A mistake');
  await messages(thread).first().hover();
  await thread.getByRole('button', { name: 'React: Thumbs up' }).click();
  await expect(messages(thread).first().getByRole('button', { name: /^👍/ })).toBeVisible();
  await thread.getByRole('button', { name: 'Delete …' }).click();
  await thread.getByRole('button', { name: 'Delete message' }).click();
  await expect(listed(other, ada.name)).toContainText('Message deleted');
  await expect(listed(other, ada.name).getByText('unread')).toHaveCount(0);
  expect((await stored(server, ben, conversation)).map(({ content }) => content)).toEqual(['']);
  await context.close();
});

test('two browsers of one person agree on what is unread', async ({ page, browser, server, ada, ben, conversation, complaints }) => {
  const context = await browser.newContext({ baseURL: server.url });
  const phone = await elsewhere(context, complaints, ada, '/settings');
  const list = await elsewhere(page.context(), complaints, ada, '/conversations');
  for (const word of ['one', 'two']) await say(server, ben, conversation, word);
  await expect(listed(list, ben.name).getByText('2 unread messages')).toHaveCount(1);
  await expect(list).toHaveTitle(/^\(2\) /);
  await expect(phone).toHaveTitle(/^\(2\) /);
  await phone.goto(`/conversations/${conversation}`);
  await ready(phone, true);
  await expect(listed(list, ben.name).getByText('unread')).toHaveCount(0);
  await expect(list).not.toHaveTitle(/^\(/);
  await say(server, ben, conversation, 'three');
  await expect(texts(phone)).toHaveText(['one', 'two', 'three']);
  await expect(listed(list, ben.name)).toContainText('three');
  await expect(listed(list, ben.name).getByText('unread')).toHaveCount(0);
  await context.close();
});

test('after a lost network everything that was missed is there, once', async ({ thread, server, ben, conversation, complaints }) => {
  await say(server, ben, conversation, 'before');
  await expect(texts(thread)).toHaveText(['before']);
  await thread.context().setOffline(true);
  await expect(thread.getByText(/^No connection/)).toBeVisible();
  for (const word of ['one', 'two', 'three']) await say(server, ben, conversation, word);
  await thread.context().setOffline(false);
  await expect(texts(thread)).toHaveText(['before', 'one', 'two', 'three']);
  await expect(thread.getByText(/^No connection/)).toBeHidden();
  await say(server, ben, conversation, 'after');
  await expect(texts(thread)).toHaveText(['before', 'one', 'two', 'three', 'after']);
  expectLostNetwork(complaints);
});

test('what is written without a network waits, survives a reload and goes out in order, once', async ({ thread, server, ben, conversation, complaints }) => {
  const context = thread.context();
  await context.setOffline(true);
  await expect(thread.getByText(/^No connection/)).toBeVisible();
  for (const word of ['one', 'two', 'three']) await write(thread, word);
  await expect(texts(thread)).toHaveText(['one', 'two', 'three']);
  await expect(messages(thread).getByText('Waiting for connection')).toHaveCount(3);
  expect(await stored(server, ben, conversation)).toEqual([]);

  // The page itself comes from the server: it is loaded while only the messages find no way.
  await context.route('**/fn/conversations/send', (route) => route.abort('internetdisconnected'));
  await context.setOffline(false);
  await thread.reload();
  await ready(thread, true);
  await expect(texts(thread)).toHaveText(['one', 'two', 'three']);
  await write(thread, 'four');
  await context.unroute('**/fn/conversations/send');
  const sent = async () => (await stored(server, ben, conversation)).map(({ content }) => content);
  await expect.poll(sent, { timeout: 60_000 }).toEqual(['one', 'two', 'three', 'four']);
  await expect(messages(thread).getByText('Waiting for connection')).toHaveCount(0);
  await expect(texts(thread)).toHaveText(['one', 'two', 'three', 'four']);
  await thread.reload();
  await expect(texts(thread)).toHaveText(['one', 'two', 'three', 'four']);
  expectLostNetwork(complaints);
});

test('a message that the server cannot take yet says so, and goes by itself', async ({ thread, server, ben, conversation, complaints }) => {
  let refuses = true;
  // Of the context: what a page under a service worker asks for passes by the routes of the page.
  await thread.context().route('**/fn/conversations/send', (route) => (refuses ? route.fulfill({ status: 503 }) : route.continue()));
  await write(thread, 'once');
  await expect(messages(thread).getByText('Could not be sent yet, trying again')).toHaveCount(1);
  await expect(messages(thread).getByText('Waiting for connection')).toHaveCount(0);
  refuses = false;
  await expect(messages(thread).getByText(/^(Sending|Waiting|Could not)/)).toHaveCount(0, { timeout: 60_000 });
  await expect(texts(thread)).toHaveText(['once']);
  expect((await stored(server, ben, conversation)).map(({ content }) => content)).toEqual(['once']);
  expectRefusals(complaints, 503);
});

test('an answer that is lost makes no second message', async ({ thread, server, ben, conversation, complaints }) => {
  let lost = 0;
  // Of the context: what a page under a service worker asks for passes by the routes of the page.
  await thread.context().route('**/fn/conversations/send', async (route) => {
    if (lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await write(thread, 'once');
  await expect.poll(() => lost).toBe(1);
  await expect(messages(thread).getByText(/^(Sending|Waiting|Could not)/)).toHaveCount(0);
  await expect(texts(thread)).toHaveText(['once']);
  expect(await stored(server, ben, conversation)).toHaveLength(1);
  expectLostNetwork(complaints);
});

test('a server that is killed and started again loses nobody', async ({ browser, complaints }) => {
  // Whoever was cut off for long comes back later than others.
  test.setTimeout(300_000);
  const server = await Server.start();
  try {
    const [ada, ben] = [await register(server, 'Ada'), await register(server, 'Ben')];
    const conversation = await start(server, ada, [ben]);
    const context = await browser.newContext({ baseURL: server.url });
    const page = await elsewhere(context, complaints, ada, `/conversations/${conversation}`);
    await say(server, ben, conversation, 'before');
    await expect(texts(page)).toHaveText(['before']);
    await server.end('SIGKILL');
    await write(page, 'mine');
    await expect(messages(page).getByText(/^Waiting/)).toHaveCount(1);
    await server.launch();
    await say(server, ben, conversation, 'after');
    await expect(messages(page).getByText(/^(Sending|Waiting)/)).toHaveCount(0, { timeout: 90_000 });
    await expect(texts(page)).toHaveCount(3, { timeout: 90_000 });
    const words = (await stored(server, ben, conversation)).map(({ content }) => content);
    await expect(texts(page)).toHaveText(words);
    expect([...words].sort()).toEqual(['after', 'before', 'mine']);
    expectLostNetwork(complaints);
    await context.close();
  } finally {
    await server.remove();
  }
});

test('seven tabs share one stream, and the next takes over when its tab is closed', async ({ page, server, ada, ben, conversation }) => {
  const context = page.context();
  const streams = countStreams(context);
  await open(page, ada, conversation);
  const tabs = [page];
  for (let tab = 2; tab <= 7; tab++) {
    const next = await context.newPage();
    await next.goto(`/conversations/${conversation}`);
    await ready(next, true);
    tabs.push(next);
  }
  await say(server, ben, conversation, 'to all');
  for (const tab of tabs) await expect(texts(tab)).toHaveText(['to all']);
  await expect.poll(streams).toBe(1);

  await tabs.shift()?.close();
  await say(server, ben, conversation, 'to the rest');
  for (const tab of tabs) await expect(texts(tab)).toHaveText(['to all', 'to the rest']);
  await expect.poll(streams).toBe(1);

  const late = await context.newPage();
  await late.goto(`/conversations/${conversation}`);
  await ready(late, true);
  await say(server, ben, conversation, 'to the late');
  for (const tab of [...tabs, late]) await expect(texts(tab)).toHaveText(['to all', 'to the rest', 'to the late']);
  await expect.poll(streams).toBe(1);
});

test('what is sent in one tab is in the other, and closing a tab leaves nothing unsent', async ({ thread, server, ben, conversation, complaints }) => {
  const context = thread.context();
  const other = await context.newPage();
  await other.goto(`/conversations/${conversation}`);
  await ready(other, true);
  await context.route('**/fn/conversations/send', (route) => route.abort('internetdisconnected'));
  await write(thread, 'left behind');
  await expect(texts(other)).toHaveText(['left behind']);
  await thread.close();
  await context.unroute('**/fn/conversations/send');
  const sent = async () => (await stored(server, ben, conversation)).map(({ content }) => content);
  await expect.poll(sent, { timeout: 60_000 }).toEqual(['left behind']);
  await expect(messages(other).getByText(/^(Sending|Waiting)/)).toHaveCount(0);
  expectLostNetwork(complaints);
});

test('what was begun is kept for each conversation', async ({ thread, server, ada, conversation }) => {
  const cem = await register(server, 'Cem');
  const group = await start(server, ada, [cem], 'Biology');
  await begin(thread, 'half a sen');
  await thread.goto(`/conversations/${group}`);
  await ready(thread, true);
  await expect(composer(thread)).toHaveValue('');
  await begin(thread, 'for the group');
  await thread.goto(`/conversations/${conversation}`);
  await ready(thread, true);
  await expect(composer(thread)).toHaveValue('half a sen');
  await write(thread, 'half a sentence');
  await thread.reload();
  await ready(thread, true);
  await expect(composer(thread)).toHaveValue('');
  await thread.goto(`/conversations/${group}`);
  await expect(composer(thread)).toHaveValue('for the group');
});

test('everything is done with the keyboard', async ({ thread, server, ada, ben, conversation }) => {
  const cem = await register(server, 'Cem');
  const group = await start(server, ada, [cem], 'Biology');
  await say(server, ben, conversation, 'Which chapter?');
  await begin(thread, 'The third');
  await thread.keyboard.press('Shift+Enter');
  await thread.keyboard.type('and the fourth.');
  await thread.keyboard.press('Enter');
  await expect(texts(thread)).toHaveCount(2);
  const last = async () => (await stored(server, ben, conversation)).at(-1)?.content;
  await expect.poll(last).toBe('The third\nand the fourth.');
  await expect(messages(thread).getByText('Sending')).toHaveCount(0);

  await thread.keyboard.press('ArrowUp');
  await expect(composer(thread)).toHaveValue('The third\nand the fourth.');
  await thread.keyboard.press('Escape');
  await expect(composer(thread)).toHaveValue('');

  await thread.keyboard.press('Control+k');
  await expect(thread.getByRole('dialog', { name: 'Switch conversation' })).toBeVisible();
  await thread.keyboard.type('biol');
  await thread.keyboard.press('Enter');
  await thread.waitForURL(`**/conversations/${group}`);
  await expect(thread.getByRole('heading', { level: 1, name: 'Biology' })).toBeVisible();
});

test('whoever is at a conversation in the list stays there when others go before it', async ({ thread, server, ada, ben, conversation }) => {
  const cem = await register(server, 'Cem');
  const group = await start(server, ada, [cem], 'Biology');
  await say(server, cem, group, 'Seven o’clock?');
  await expect(entries(thread).first()).toContainText('Seven o’clock?');
  for (const [friend, id, words] of [[ben, conversation, 'Eight'], [cem, group, 'Nine'], [ben, conversation, 'Ten']] as const) {
    const link = listed(thread, friend === ben ? 'Biology' : ben.name);
    await link.focus();
    await say(server, friend, id, words);
    await expect(entries(thread).first()).toContainText(words);
    await expect(link).toBeFocused();
    await say(server, friend === ben ? cem : ben, friend === ben ? group : conversation, `After ${words}`);
    await expect(entries(thread).first()).toContainText(`After ${words}`);
    await expect(link, 'also when it goes before the others itself').toBeFocused();
  }
});

test('the field is a few keys away, on a page that was loaded and on one that was not', async ({ thread, server, ada, conversation }) => {
  const cem = await register(server, 'Cem');
  await start(server, ada, [cem], 'Biology');
  await thread.keyboard.press('Tab');
  await expect(thread.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await thread.keyboard.press('Enter');
  await expect(thread.getByRole('main')).toBeFocused();
  const skip = async () => {
    await thread.keyboard.press('Tab');
    await expect(thread.getByRole('link', { name: 'Skip to writing' })).toBeFocused();
    await thread.keyboard.press('Enter');
    await expect(composer(thread)).toBeFocused();
  };
  await skip();
  await write(thread, 'Hello');
  await expect(texts(thread)).toHaveText(['Hello']);
  await expect(entries(thread).first(), 'the list is in its new order').toContainText('Hello');

  let loads = 0;
  thread.on('load', () => (loads += 1));
  await listed(thread, 'Biology').press('Enter');
  await expect(thread.getByRole('heading', { level: 1, name: 'Biology' })).toBeVisible();
  await expect(thread.getByRole('main')).toBeFocused();
  await skip();
  await thread.goBack();
  await thread.goBack();
  await thread.waitForURL(`**/conversations/${conversation}#content`);
  await expect(texts(thread)).toHaveText(['Hello']);
  expect(loads).toBe(0);
});

test('the tools of a message are one stop of the Tab key, with arrows between them', async ({ thread, server, ben, conversation }) => {
  await say(server, ben, conversation, 'Which chapter?');
  const row = messages(thread).last();
  const tools = row.getByRole('toolbar', { name: 'What to do with this message' });
  const tool = (name: string) => tools.getByRole('button', { name, exact: true });
  await expect(row).toBeVisible();
  // What the mouse rests on shows its tools, too.
  await thread.mouse.move(0, 0);
  await row.focus();
  await thread.keyboard.press('Tab');
  await expect(tool('React: Thumbs up')).toBeFocused();
  await thread.keyboard.press('End');
  await expect(tool('Copy')).toBeFocused();
  await thread.keyboard.press('ArrowLeft');
  await expect(tool('Reply')).toBeFocused();
  await thread.keyboard.press('Home');
  await expect(tool('React: Thumbs up')).toBeFocused();
  await thread.keyboard.press('Tab');
  await expect(tools, 'the next stop is beyond the message').toHaveCount(0);
  await thread.keyboard.press('Shift+Tab');
  await expect(row).toBeFocused();

  await tool('More reactions').press('Enter');
  await thread.keyboard.press('Tab');
  await expect(tool('React: Done')).toBeFocused();
  await thread.keyboard.press('Escape');
  await expect(tool('React: Done')).toHaveCount(0);
  await expect(tool('More reactions')).toBeFocused();
  await thread.keyboard.press('Enter');
  await thread.keyboard.press('Tab');
  await thread.keyboard.press('ArrowDown');
  await expect(tool('React: Idea'), 'a line further').toBeFocused();
  await thread.keyboard.press('Enter');
  await expect(row.getByRole('button', { name: /^💡/ })).toBeVisible();
  await expect(tool('More reactions'), 'the place is kept').toBeFocused();
  await thread.keyboard.press('Escape');
  await expect(row).toBeFocused();
});
