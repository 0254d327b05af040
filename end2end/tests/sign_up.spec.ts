import { allowRefusals, confirmationLink, expect, expectRefusals, fillSignIn, fillSignUp, newPerson, ready, test } from '../fixtures/index.ts';

test('a newcomer signs up, confirms by mail, signs in, and leaves again', async ({ page, server, hydrated, complaints }) => {
  const person = newPerson('Zofia', 'Żółkiewska');
  await page.goto('/');
  await expect(page).toHaveTitle(/Lyceum/);
  await expect(page.getByRole('img', { name: 'A page of notes with a marked sentence' })).toBeVisible();
  await page.getByRole('link', { name: 'Create an account' }).click();
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible();
  await fillSignUp(page, person);
  await expect(page.getByRole('heading', { name: 'Confirm your email address' })).toBeVisible();

  await page.goto(await confirmationLink(server.url, person.email));
  await page.getByRole('link', { name: /sign in/i }).first().click();
  await fillSignIn(page, person);
  await page.waitForURL('**/conversations');
  await ready(page, hydrated);

  await page.getByRole('group').or(page.locator('details.menu')).first().locator('summary').click();
  await expect(page.getByText('Zofia Żółkiewska')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${server.url}/`);
  // The page may have asked for its events once more before it was left.
  allowRefusals(complaints, 401);
  await page.goto('/conversations');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('one click signs in as somebody of the demo group', async ({ page }) => {
  await page.goto('/auth/sign-in?return_to=/settings');
  await page.getByRole('button', { name: 'Continue as Amara Okafor' }).click();
  await page.waitForURL('**/settings');
  await expect(page.getByText('amara.okafor@demo.example')).toBeVisible();
});

test('a wrong password is refused in words that do not tell whether the address is known', async ({ page, server, complaints }) => {
  const person = newPerson();
  await page.goto('/auth/sign-in');
  await page.getByLabel(/^email/i).fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill('Wrong-Password-1!');
  const refused = page.waitForResponse((response) => response.url().includes('/identity/login'));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  expect((await refused).status()).toBe(400);
  await expect(page.getByRole('alert')).toContainText(/wrong/i);
  await expect(page).toHaveURL(new RegExp(`^${server.url}/identity/login`));
  expectRefusals(complaints, 400);
});
