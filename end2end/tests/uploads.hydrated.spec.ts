import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { composer, expect, expectLostNetwork, messages, open, ready, register, start, test } from '../fixtures/conversations.ts';
import { attach, film, noise, picture, pictures, staged } from '../fixtures/files.ts';
import { expectRefusals, listen, Server } from '../fixtures/index.ts';
import { sha256 } from '../fixtures/photos.ts';
import { forgetKeptFiles, holdThirdPart } from '../fixtures/uploads.ts';

/** A part is 8 MiB; this needs three. */
const THREE_PARTS = 20 * 1024 * 1024;

test('a file that is cancelled is gone', async ({ thread, context }) => {
  // The store takes its time, so that there is something to cancel.
  await context.route(/lyceum-media/, () => {});
  await attach(thread).setInputFiles([noise('slow.bin', 3_000_000)]);
  await expect(staged(thread)).toHaveCount(1);
  await composer(thread).press('Enter');
  await expect(messages(thread).getByRole('progressbar', { name: 'Upload of slow.bin' })).toBeVisible();
  await messages(thread).getByRole('button', { name: 'Cancel the upload of slow.bin' }).click();
  await expect(messages(thread)).toHaveCount(0);
  await thread.reload();
  await expect(composer(thread)).toBeVisible();
  await expect(messages(thread)).toHaveCount(0);
});

test('leaving the page warns while a file is on its way', async ({ thread, context }) => {
  await context.route(/lyceum-media/, () => {});
  await attach(thread).setInputFiles([noise('slow.bin', 1_000_000)]);
  await expect(staged(thread)).toHaveCount(1);
  await composer(thread).press('Enter');
  await expect(messages(thread).getByRole('progressbar')).toBeVisible();
  const asked = thread.waitForEvent('dialog');
  const closed = thread.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await closed;
});

test('leaving warns while a file is attached anywhere, and no longer when it is taken off', async ({ thread }) => {
  const asked: string[] = [];
  thread.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await attach(thread).setInputFiles([noise('soon.bin', 2_000)]);
  await expect(staged(thread)).toHaveCount(1);
  await thread.getByRole('link', { name: 'Albums' }).first().click();
  await expect(thread).toHaveURL(/\/albums$/);
  await thread.reload();
  await ready(thread, true);
  expect(asked, 'the file is attached in a conversation').toEqual(['beforeunload']);
  await thread.goBack();
  await expect(composer(thread)).toBeVisible();
  await ready(thread, true);
  await expect(staged(thread), 'a reload loses it').toHaveCount(0);

  await attach(thread).setInputFiles([noise('never.bin', 2_000)]);
  await staged(thread).getByRole('button', { name: 'Remove never.bin' }).click();
  await expect(staged(thread)).toHaveCount(0);
  await thread.reload();
  await ready(thread, true);
  expect(asked, 'nothing is attached any more').toEqual(['beforeunload']);
});

test('a cut network is waited for', async ({ thread, context, complaints }) => {
  await context.setOffline(true);
  await attach(thread).setInputFiles([noise('later.bin', 200_000)]);
  await expect(staged(thread)).toHaveCount(1);
  await composer(thread).press('Enter');
  await expect(messages(thread).last()).toContainText('Waiting for connection');
  await context.setOffline(false);
  await expect(messages(thread).getByRole('link', { name: /^Download later\.bin/ })).toBeVisible();
  expectLostNetwork(complaints);
});

test('uploads go on while one goes elsewhere, and are shown there', async ({ thread, context }) => {
  let goOn = (): void => {};
  const held = new Promise<void>((done) => (goOn = done));
  await context.route(/lyceum-media/, async (route) => {
    await held;
    await route.continue();
  });
  await attach(thread).setInputFiles([await picture(thread, 'travels.png')]);
  await expect(staged(thread)).toHaveCount(1);
  await composer(thread).press('Enter');
  await thread.getByRole('link', { name: 'Library' }).first().click();
  const panel = thread.getByRole('region', { name: 'Uploads' });
  await expect(panel).toContainText('travels.png');
  goOn();
  await expect(panel).toContainText('1 file uploaded');
  await thread.goBack();
  await expect(pictures(thread)).toHaveCount(1);
  await expect(panel).toBeHidden();
});

test('a large file goes on after a reload, with what was missing only', async ({ thread, context }) => {
  const parts = await holdThirdPart(context);
  await attach(thread).setInputFiles([noise('film.bin', THREE_PARTS)]);
  await expect(staged(thread)).toHaveCount(1);
  await composer(thread).press('Enter');
  await expect.poll(() => [...parts.sent].sort()).toEqual(['1', '2']);
  await expect(messages(thread)).toContainText(['film.bin']);
  await expect.poll(() => parts.acknowledged).toBe(2);
  thread.on('dialog', (dialog) => {
    parts.held = false;
    void dialog.accept();
  });
  await thread.reload();
  await expect(messages(thread).getByRole('link', { name: /^Download film\.bin/ })).toBeVisible({ timeout: 60_000 });
  expect([...parts.sent].sort()).toEqual(['1', '2', '3']);
  await expect(staged(thread)).toHaveCount(0);
});

test('a file that the browser has not kept goes on when it is picked again', async ({ thread, context }) => {
  const folder = await mkdtemp(join(tmpdir(), 'lyceum-film-'));
  try {
    const path = join(folder, 'film.bin');
    await writeFile(path, noise('film.bin', THREE_PARTS).buffer);
    const parts = await holdThirdPart(context);
    await attach(thread).setInputFiles(path);
    await expect(staged(thread)).toHaveCount(1);
    await composer(thread).press('Enter');
    await expect.poll(() => parts.acknowledged).toBe(2);
    await forgetKeptFiles(thread);
    thread.on('dialog', (dialog) => {
      parts.held = false;
      void dialog.accept();
    });
    await thread.reload();
    await expect(messages(thread)).toContainText(['attach the same file again']);
    await attach(thread).setInputFiles(path);
    await expect(staged(thread)).toHaveCount(0);
    await expect(messages(thread).getByRole('link', { name: /^Download film\.bin/ })).toBeVisible({ timeout: 60_000 });
    expect([...parts.sent].sort()).toEqual(['1', '2', '3']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a film of 200 MB goes on where the server was cut off, and is seen by the other only', async ({ browser, complaints }) => {
  test.setTimeout(600_000);
  const server = await Server.start({ LYCEUM_UPLOAD_LIMIT_MEDIA: '250000000' });
  const folder = await mkdtemp(join(tmpdir(), 'lyceum-film-'));
  try {
    const [ada, ben, cem] = [await register(server, 'Ada'), await register(server, 'Ben'), await register(server, 'Cem')];
    const conversation = await start(server, ada, [ben]);
    const [hers, his] = [await browser.newContext({ baseURL: server.url }), await browser.newContext({ baseURL: server.url })];
    listen(hers, complaints);
    listen(his, complaints);
    const [page, other] = [await hers.newPage(), await his.newPage()];
    await open(page, ada, conversation);
    const path = join(folder, 'lecture.webm');
    await film(page, path, 200_000_000);
    const arrived: string[] = [];
    hers.on('response', (response) => {
      const part = new URL(response.url()).searchParams.get('partNumber');
      if (part && response.ok() && response.request().method() === 'PUT') arrived.push(part);
    });
    await attach(page).setInputFiles(path);
    await expect(staged(page)).toHaveCount(1);
    await composer(page).press('Enter');
    await expect.poll(() => progress(page), { timeout: 90_000, intervals: [100] }).toBeGreaterThan(30);

    await server.end('SIGKILL');
    await expect(messages(page).last()).toContainText('Waiting for connection');
    const before = [...arrived];
    await server.launch();
    await expect.poll(() => progress(page), { timeout: 120_000, intervals: [100] }).toBeGreaterThan(60);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await expect(messages(page).locator('video')).toBeVisible({ timeout: 120_000 });
    const twice = before.filter((part) => arrived.filter((other) => other === part).length > 1);
    expect(twice, 'what had arrived is not sent again').toEqual([]);

    await open(other, ben, conversation);
    const address = `${server.url}${await messages(other).locator('video').getAttribute('src')}`;
    const whole = await fetch(address, { headers: { authorization: `Bearer ${ben.token}` } });
    expect(sha256(Buffer.from(await whole.arrayBuffer()))).toBe(sha256(await readFile(path)));
    const refused = await fetch(address, { headers: { authorization: `Bearer ${cem.token}` }, redirect: 'manual' });
    expect(refused.status).toBe(404);
    expectLostNetwork(complaints);
    await hers.close();
    await his.close();
  } finally {
    await server.remove();
    await rm(folder, { recursive: true });
  }
});

test('what is empty is refused at once, and what is too large before it is sent', async ({ thread, complaints }) => {
  const folder = await mkdtemp(join(tmpdir(), 'lyceum-film-'));
  try {
    await attach(thread).setInputFiles([noise('empty.bin', 0)]);
    await expect(thread.getByText('empty.bin: The file is empty.')).toBeVisible();
    await expect(staged(thread)).toHaveCount(0);
    const path = join(folder, 'large.bin');
    await writeFile(path, '');
    await truncate(path, 100_000_001);
    await attach(thread).setInputFiles(path);
    await expect(staged(thread)).toHaveCount(1);
    await composer(thread).press('Enter');
    await expect(messages(thread).getByRole('alert')).toContainText('100 MB');
    await expect(messages(thread).getByRole('button', { name: 'Try again' })).toHaveCount(0);
    await messages(thread).getByRole('button', { name: 'Discard' }).click();
    await expect(messages(thread)).toHaveCount(0);
    expectRefusals(complaints, 413);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('everything that has failed is sent again at once', async ({ thread, context, complaints }) => {
  let refuses = true;
  await context.route(/lyceum-media/, (route) => (refuses ? route.fulfill({ status: 400 }) : route.continue()));
  await attach(thread).setInputFiles([noise('one.bin', 2_000), noise('two.bin', 3_000)]);
  await expect(staged(thread)).toHaveCount(2);
  await composer(thread).press('Enter');
  await expect(thread.getByText('2 files were not sent.')).toBeVisible();
  await expect(messages(thread).getByRole('button', { name: 'Try again' })).toHaveCount(2);
  refuses = false;
  await thread.getByRole('button', { name: 'Try all again' }).click();
  await expect(messages(thread).getByRole('link', { name: /^Download (one|two)\.bin/ })).toHaveCount(2);
  await expect(thread.getByText('2 files were not sent.')).toHaveCount(0);
  expectRefusals(complaints, 400);
});

/** How far the file in the thread is, in percent. */
async function progress(page: Page): Promise<number> {
  return Number(await messages(page).getByRole('progressbar').getAttribute('aria-valuenow'));
}
