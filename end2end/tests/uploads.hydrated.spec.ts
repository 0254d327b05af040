import { composer, expect, messages, test } from '../fixtures/conversations.ts';
import { attach, noise, picture, pictures, staged } from '../fixtures/files.ts';
import { expectNetworkErrors } from '../fixtures/index.ts';

/** A part is 8 MiB; this needs three. */
const THREE_PARTS = 20 * 1024 * 1024;

test('a file that is cancelled is gone', async ({ thread, context }) => {
  // The store takes its time, so that there is something to cancel.
  await context.route(/lyceum-media/, () => {});
  await attach(thread).setInputFiles([noise('slow.bin', 3_000_000)]);
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
  await composer(thread).press('Enter');
  await expect(messages(thread).getByRole('progressbar')).toBeVisible();
  const asked = thread.waitForEvent('dialog');
  const closed = thread.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await closed;
});

test('a cut network is waited for', async ({ thread, context, complaints }) => {
  await context.setOffline(true);
  await attach(thread).setInputFiles([noise('later.bin', 200_000)]);
  await composer(thread).press('Enter');
  await expect(messages(thread).last()).toContainText('Waiting for connection');
  await context.setOffline(false);
  await expect(messages(thread).getByRole('link', { name: /^Download later\.bin/ })).toBeVisible();
  expectNetworkErrors(complaints);
});

test('uploads go on while one goes elsewhere, and are shown there', async ({ thread, context }) => {
  let goOn = (): void => {};
  const held = new Promise<void>((done) => (goOn = done));
  await context.route(/lyceum-media/, async (route) => {
    await held;
    await route.continue();
  });
  await attach(thread).setInputFiles([await picture(thread, 'travels.png')]);
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
  test.setTimeout(120_000);
  const sent: string[] = [];
  let cut = true;
  await context.route(/partNumber=/, async (route) => {
    const part = new URL(route.request().url()).searchParams.get('partNumber')!;
    if (cut && part === '3') return;
    sent.push(part);
    await route.continue();
  });
  await attach(thread).setInputFiles([noise('film.bin', THREE_PARTS)]);
  await composer(thread).press('Enter');
  await expect.poll(() => [...sent].sort()).toEqual(['1', '2']);
  await expect(messages(thread)).toContainText(['film.bin']);
  // Both parts have been acknowledged before the page goes.
  await expect.poll(async () => Number(await messages(thread).getByRole('progressbar').getAttribute('aria-valuenow'))).toBeGreaterThan(75);
  thread.on('dialog', (dialog) => void dialog.accept());
  await thread.reload();
  cut = false;
  await expect(messages(thread).getByRole('link', { name: /^Download film\.bin/ })).toBeVisible({ timeout: 30_000 });
  expect([...sent].sort()).toEqual(['1', '2', '3']);
  await expect(staged(thread)).toHaveCount(0);
});

test('what is too large or empty is refused at once', async ({ thread }) => {
  await attach(thread).setInputFiles([noise('empty.bin', 0)]);
  await expect(thread.getByRole('status')).toContainText(['empty.bin: The file is empty.']);
  await expect(staged(thread)).toHaveCount(0);
});
