import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from '../fixtures/axe.ts';
import { boxOf } from '../fixtures/boxes.ts';
import {
  begin, call, composer, elsewhere, expect, listed, messages, open, ready, register, say, start, stored, test, texts, write, type Message,
} from '../fixtures/conversations.ts';
import { attach, bring, film, loaded, pdf, picture, pictures, staged } from '../fixtures/files.ts';
import { expectRefusals } from '../fixtures/index.ts';

test('two people exchange pictures, picked, pasted and dropped, and a document', async ({
  thread, browser, server, complaints, ada, ben, conversation,
}) => {
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, `/conversations/${conversation}`);

  await attach(thread).setInputFiles([await picture(thread, 'lake.png', 1200, 800)]);
  await expect(staged(thread)).toHaveCount(1);
  await begin(thread, 'At the **lake**');
  await composer(thread).press('Enter');
  await expect(staged(thread)).toHaveCount(0);
  await expect(pictures(other)).toHaveCount(1);
  await loaded(pictures(other).first());
  await expect(texts(other)).toHaveText(['At the lake']);
  await expect(listed(other, ada.name)).toContainText('Photo · At the lake');

  await bring(thread, 'paste', [await picture(thread, 'image.png')], 'textarea');
  await bring(thread, 'drop', [await picture(thread, 'one.png'), await picture(thread, 'two.png')]);
  await expect(staged(thread)).toHaveCount(3);
  await staged(thread).last().getByRole('button', { name: 'Remove two.png' }).click();
  await expect(staged(thread)).toHaveCount(2);
  await composer(thread).press('Enter');
  await expect(pictures(other)).toHaveCount(3);
  await expect(other.locator('.message[data-tile]')).toHaveCount(2);

  await attach(other).setInputFiles([pdf('report.pdf')]);
  await expect(staged(other)).toHaveCount(1);
  await other.getByRole('button', { name: 'Send' }).click();
  const card = messages(thread).getByRole('link', { name: /^Download report\.pdf/ });
  await expect(card).toBeVisible();
  const [download] = await Promise.all([thread.waitForEvent('download'), card.click()]);
  expect(download.suggestedFilename()).toBe('report.pdf');
  await expect(listed(thread, ben.name)).toContainText('report.pdf');
  await context.close();
});

test('a film is shown where it was sent, and keeps its place while it loads', async ({ thread }) => {
  const folder = await mkdtemp(join(tmpdir(), 'lyceum-film-'));
  try {
    const path = join(folder, 'moment.webm');
    await film(thread, path, 300_000);
    let goOn = (): void => {};
    const held = new Promise<void>((done) => (goOn = done));
    await thread.route('**/media/**', async (route) => {
      await held;
      await route.continue();
    });
    await attach(thread).setInputFiles(path);
    await expect(staged(thread)).toHaveCount(1);
    await composer(thread).press('Enter');
    const video = messages(thread).locator('video');
    await expect(video).toBeVisible();
    await expect(messages(thread).getByText(/^(Sending|Uploading|Waiting)/)).toHaveCount(0);
    const before = await boxOf(video);
    goOn();
    await expect(video).toHaveJSProperty('videoWidth', 320);
    expect(await boxOf(video)).toEqual(before);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the same file can be picked again', async ({ thread }) => {
  const file = await picture(thread, 'again.png');
  await attach(thread).setInputFiles([file]);
  await staged(thread).getByRole('button', { name: 'Remove again.png' }).click();
  await expect(staged(thread)).toHaveCount(0);
  await attach(thread).setInputFiles([file]);
  await expect(staged(thread)).toHaveCount(1);
});

test('what is attached waits in its conversation while one goes elsewhere, and is sent once', async ({ thread, server, ada, ben, conversation }) => {
  const cem = await register(server, 'Cem');
  const other = await start(server, ada, [cem]);
  await say(server, ada, other, 'Hello');
  await attach(thread).setInputFiles([await picture(thread, 'lake.png'), pdf('report.pdf')]);
  await expect(staged(thread)).toHaveCount(2);
  await begin(thread, 'At the lake');

  await thread.getByRole('link', { name: 'Albums' }).first().click();
  await expect(thread).toHaveURL(/\/albums$/);
  await thread.goBack();
  await expect(composer(thread)).toHaveValue('At the lake');
  await expect(staged(thread)).toHaveCount(2);
  await loaded(staged(thread).getByRole('img', { name: 'lake.png' }));
  await staged(thread).getByRole('button', { name: 'Remove report.pdf' }).click();
  await expect(staged(thread)).toHaveCount(1);

  await listed(thread, cem.name).click();
  await expect(composer(thread)).toHaveAccessibleName(`Write to ${cem.name}`);
  await expect(staged(thread)).toHaveCount(0);
  await attach(thread).setInputFiles([pdf('plan.pdf')]);
  await expect(staged(thread)).toContainText(['plan.pdf']);

  await listed(thread, ben.name).click();
  await expect(composer(thread)).toHaveAccessibleName(`Write to ${ben.name}`);
  await expect(staged(thread)).toHaveCount(1);
  await expect(staged(thread).getByRole('img', { name: 'lake.png' }), 'what was removed stays so').toBeVisible();
  await expect(composer(thread)).toHaveValue('At the lake');
  await composer(thread).press('Enter');
  await expect(staged(thread)).toHaveCount(0);
  await expect(pictures(thread)).toHaveCount(1);
  await thread.getByRole('link', { name: 'Albums' }).first().click();
  await expect(thread).toHaveURL(/\/albums$/);
  await thread.goBack();
  await expect(composer(thread)).toHaveAccessibleName(`Write to ${ben.name}`);
  await expect(staged(thread)).toHaveCount(0);
  await write(thread, 'That is all');
  await expect(texts(thread).last()).toHaveText('That is all');
  await expect.poll(async () => (await stored(server, ada, conversation)).map(({ content }) => content)).toEqual(['At the lake', 'That is all']);

  await listed(thread, cem.name).click();
  await expect(composer(thread)).toHaveAccessibleName(`Write to ${cem.name}`);
  await expect(staged(thread)).toContainText(['plan.pdf']);
  await composer(thread).press('Enter');
  await expect(messages(thread).getByRole('link', { name: /^Download plan\.pdf/ })).toBeVisible();
});

test('what was no picture is named with the reason, and nothing is shown as broken', async ({ thread, complaints }) => {
  const note = Buffer.from('<?xml version="1.0"?><note/>');
  const damaged = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(2_000, 'x')]);
  await attach(thread).setInputFiles([
    { name: 'holiday.png', mimeType: 'image/png', buffer: note },
    { name: 'damaged.png', mimeType: 'image/png', buffer: damaged },
  ]);
  await expect(staged(thread).locator('.file-name')).toHaveText(['holiday.png', 'damaged.png']);
  await expect(staged(thread).locator('img')).toHaveCount(0);
  await composer(thread).press('Enter');
  const reason = "holiday.png: The file's content is XML, not a PNG picture. Choose the right file, or give it the ending that fits.";
  await expect(messages(thread).getByRole('alert').filter({ hasText: 'holiday.png' })).toHaveText(reason);
  await expect(messages(thread).getByRole('alert').filter({ hasText: 'damaged.png: ' })).toHaveCount(1);
  await expect(messages(thread).locator('.file-card .file-name')).toHaveText(['holiday.png', 'damaged.png']);
  await expect(messages(thread).locator('img')).toHaveCount(0);
  for (const left of [1, 0]) {
    await messages(thread).getByRole('button', { name: 'Discard' }).first().click();
    await expect(messages(thread)).toHaveCount(left);
  }
  expectRefusals(complaints, 422);
  // The recorder of traces asks for the picture's bytes again, which the page's policy refuses.
  complaints.splice(0, complaints.length, ...complaints.filter((line) => !line.includes("Connecting to 'blob:")));
});

test('somebody outside gets nothing of a picture', async ({ thread, server, browser, conversation }) => {
  await attach(thread).setInputFiles([await picture(thread, 'secret.png')]);
  await expect(staged(thread)).toHaveCount(1);
  await composer(thread).press('Enter');
  await expect(pictures(thread)).toHaveCount(1);
  const address = await pictures(thread).locator('..').getAttribute('href');
  expect(address).toMatch(/^\/media\//);
  const outsider = await register(server, 'Cem');
  const asked = await fetch(`${server.url}${address}`, {
    headers: { authorization: `Bearer ${outsider.token}` },
    redirect: 'manual',
  });
  expect(asked.status).toBe(404);
  const signedOut = await fetch(`${server.url}${address}`, { redirect: 'manual' });
  expect(signedOut.status).toBe(401);
});

test('pictures are seen in full, one after the other', async ({ thread, server, ada, conversation }) => {
  for (const name of ['one.png', 'two.png', 'three.png']) {
    await attach(thread).setInputFiles([await picture(thread, name)]);
    await expect(staged(thread)).toHaveCount(1);
    await begin(thread, name);
    await composer(thread).press('Enter');
    await expect(texts(thread).last()).toHaveText(name);
  }
  await expect(pictures(thread)).toHaveCount(3);
  await expect(messages(thread).getByText(/^(Sending|Uploading|Waiting|Could not)/)).toHaveCount(0);
  const link = messages(thread).locator('a.picture').nth(1);
  await link.click();
  const lightbox = thread.getByRole('dialog', { name: 'Picture' });
  await expect(lightbox.getByRole('img', { name: 'two.png' })).toBeVisible();
  await expect(lightbox).toContainText('2 of 3');
  await expectAccessible(thread);
  await thread.keyboard.press('ArrowRight');
  await expect(lightbox.getByRole('img', { name: 'three.png' })).toBeVisible();
  await thread.keyboard.press('ArrowRight');
  await expect(lightbox).toContainText('3 of 3');
  await thread.keyboard.press('Home');
  await expect(lightbox.getByRole('img', { name: 'one.png' })).toBeVisible();
  await thread.keyboard.press('+');
  await expect(lightbox.getByRole('img', { name: 'one.png' })).toHaveCSS('transform', /matrix\(1\.5/);
  const [{ id }] = (await stored(server, ada, conversation)) as [Message, ...Message[]];
  await call(server, ada.token, 'PATCH', `/api/messages/${id}`, { content: 'At dawn' });
  await expect(lightbox).toContainText('At dawn');
  await expect(lightbox.getByRole('img', { name: 'one.png' }), 'what is told of it leaves it large').toHaveCSS('transform', /matrix\(1\.5/);
  await thread.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
  await expect(link).toBeFocused();
});

test.describe('with fingers', () => {
  test.use({ hasTouch: true });

  test('a picture is pinched larger, put back and swiped on', async ({ thread }) => {
    await attach(thread).setInputFiles([await picture(thread, 'one.png'), await picture(thread, 'two.png')]);
    await expect(staged(thread)).toHaveCount(2);
    await composer(thread).press('Enter');
    await expect(pictures(thread)).toHaveCount(2);
    await messages(thread).locator('a.picture').first().click();
    const lightbox = thread.getByRole('dialog', { name: 'Picture' });
    const first = lightbox.getByRole('img', { name: 'one.png' });
    await expect(first).toBeVisible();
    const browser = await thread.context().newCDPSession(thread);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...fingers: [x: number, y: number][]) =>
      browser.send('Input.dispatchTouchEvent', { type, touchPoints: fingers.map(([x, y], id) => ({ x, y, id })) });
    await touch('touchStart', [600, 360], [680, 360]);
    await touch('touchMove', [560, 360], [720, 360]);
    await touch('touchEnd');
    await expect(first).toHaveCSS('transform', /^matrix\((1\.[5-9]|2)/);
    await thread.keyboard.press('0');
    await expect(first).toHaveCSS('transform', 'matrix(1, 0, 0, 1, 0, 0)');
    await touch('touchStart', [800, 360]);
    await touch('touchMove', [500, 370]);
    await touch('touchEnd');
    await expect(lightbox.getByRole('img', { name: 'two.png' })).toBeVisible();
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test.describe(`${colorScheme}, ${width} px wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 1600 } });

      test('axe finds nothing about files', async ({ page, ada, conversation }) => {
        await open(page, ada, conversation);
        await attach(page).setInputFiles([await picture(page, 'a.png'), await picture(page, 'b.png'), pdf('c.pdf')]);
        await expect(staged(page)).toHaveCount(3);
        await expectAccessible(page);
        await composer(page).press('Enter');
        await expect(pictures(page)).toHaveCount(2);
        await expect(messages(page)).toHaveCount(3);
        await expectAccessible(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        expect(wide, 'nothing is wider than the screen').toBe(false);
        await page.goto(`/conversations/${conversation}`);
        await ready(page, true);
        await expect(pictures(page)).toHaveCount(2);
      });
    });
  }
}
