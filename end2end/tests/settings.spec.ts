import { allowRefusals, expect, expectRefusals, fillSignIn, listen, ready, Server, test, newPerson, registerIdentity, signIn } from '../fixtures/index.ts';

test('a person changes their display name and sees it after a reload', async ({ page, person, hydrated }) => {
  await ready(page, hydrated);
  const name = page.getByLabel('Display name');
  await expect(name).toHaveValue(`${person.givenName} ${person.familyName}`);
  await name.fill('Zosia </title><script>alert(1)</script> </textarea>');
  await page.getByRole('button', { name: 'Save display name' }).click();
  await expect(page.getByText('Your display name is saved.').first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Display name')).toHaveValue('Zosia </title><script>alert(1)</script> </textarea>');
});

test('a blank display name is refused beside its field and nothing is stored', async ({ page, person, hydrated, complaints }) => {
  await ready(page, hydrated);
  await page.getByLabel('Display name').fill('   ');
  await page.getByRole('button', { name: 'Save display name' }).click();
  await expect(page.getByText('Display name is blank: write something.')).toBeVisible();
  await expect(page.getByLabel('Display name')).toHaveAttribute('aria-invalid', 'true');
  if (hydrated) expectRefusals(complaints, 422);
  await page.goto('/settings');
  await expect(page.getByLabel('Display name')).toHaveValue(`${person.givenName} ${person.familyName}`);
});

test('a person sees another session and ends it', async ({ page, person, browser, server, hydrated, complaints, javaScriptEnabled }) => {
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled });
  listen(context, complaints);
  const other = await context.newPage();
  await signIn(other, person, '/settings');
  // An open page would ask for its events once more and be refused.
  await other.goto('about:blank');

  await page.goto('/settings');
  await ready(page, hydrated);
  const sessions = page.getByRole('list', { name: 'Sessions' });
  await expect(sessions.getByRole('listitem')).toHaveCount(2);
  await expect(sessions.getByText('This browser')).toHaveCount(1);
  await sessions.getByRole('button', { name: /end/i }).click();
  await expect(page.getByText('The session is ended.').first()).toBeVisible();
  await expect(sessions.getByRole('listitem')).toHaveCount(1);

  await other.goto('/settings');
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await context.close();
});

test('the theme is kept for this browser', async ({ page, person, hydrated }) => {
  await ready(page, hydrated);
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  if (hydrated) await expect.poll(async () => (await page.context().cookies()).map((cookie) => cookie.value)).toContain('dark');
  await page.goto('/people');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(person.email).toContain('@');
});

test('people are found by a part of their name', async ({ page, person, server, hydrated }) => {
  const friend = newPerson('Bolesław', `Prus-${person.email.slice(0, 8)}`);
  await registerIdentity(server.url, friend);
  const context = await page.context().browser()!.newContext({ baseURL: server.url });
  await signIn(await context.newPage(), friend, '/settings');
  await context.close();

  await page.goto('/people');
  await ready(page, hydrated);
  await page.getByRole('searchbox').fill(`prus-${person.email.slice(0, 8)}`);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('1 person found')).toBeVisible();
  await expect(page.getByRole('list', { name: 'People found' })).toContainText('Bolesław');
  await expect(page.getByText(friend.email)).toHaveCount(0);
});

test('cancelling asks for the word and a fresh sign-in, then the account is gone', async ({ browser, javaScriptEnabled, complaints }) => {
  const server = await Server.start();
  try {
    const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled });
    listen(context, complaints);
    const page = await context.newPage();
    const hydrated = javaScriptEnabled !== false;
    const person = newPerson();
    await registerIdentity(server.url, person);
    await signIn(page, person, '/settings/cancel-account');
    await ready(page, hydrated);
    await page.getByLabel('Type DELETE to confirm').fill('delete');
    const cancel = page.getByRole('button', { name: 'Cancel my account for good' });
    await cancel.click();
    await expect(page.getByLabel('Type DELETE to confirm')).toHaveAttribute('aria-invalid', 'true');
    if (hydrated) expectRefusals(complaints, 422);

    await fetch(`${server.url}/identity/test-clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance_seconds: 301 }),
    });
    await page.goto('/settings/cancel-account');
    await ready(page, hydrated);
    await page.getByLabel('Type DELETE to confirm').fill('DELETE');
    await cancel.click();
    await page.getByRole('link', { name: 'Sign in again and come back here' }).click();
    if (hydrated) expectRefusals(complaints, 401);
    await fillSignIn(page, person);
    await page.waitForURL('**/settings/cancel-account');
    await ready(page, hydrated);
    await page.getByLabel('Type DELETE to confirm').fill('DELETE');
    await cancel.click();
    await page.waitForURL('**/account-cancelled');
    // The page may have asked for its events once more before it was left.
    allowRefusals(complaints, 401);
    await expect(page.getByText('Your account is cancelled')).toBeVisible();

    await page.goto('/auth/sign-in?return_to=/settings');
    await fillSignIn(page, person);
    await expect(page.getByRole('alert')).toContainText(/wrong/i);
    expectRefusals(complaints, 400);
    await context.close();
  } finally {
    await server.remove();
  }
});
