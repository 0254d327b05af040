import { expect, newPerson, registerIdentity, registerUser, test, tokens } from '../fixtures/index.ts';

test('a call is tried on the page of the calls with a pasted token', async ({ page, server }) => {
  const person = newPerson();
  await registerIdentity(server.url, person);
  const { idToken } = await tokens(server.url, person);
  await registerUser(server.url, idToken);

  await page.goto('/docs');
  await page.getByRole('button', { name: 'Authorize' }).first().click();
  const dialog = page.locator('.dialog-ux');
  await dialog.getByLabel(/bearer/i).fill(idToken);
  await dialog.getByRole('button', { name: 'Apply credentials' }).first().click();
  await expect(dialog.getByRole('heading', { name: 'Authorized' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).first().click();

  const call = page.locator('.opblock', { has: page.locator('[data-path="/api/me"]') }).and(page.locator('.opblock-get'));
  await call.locator('.opblock-summary-control').click();
  const answered = page.waitForResponse(`${server.url}/api/me`);
  await call.getByRole('button', { name: 'Execute' }).click();
  const answer = await answered;
  expect(answer.status()).toBe(200);
  expect(await answer.request().headerValue('authorization')).toBe(`Bearer ${idToken}`);
  await expect(call.locator('.live-responses-table')).toContainText(person.email);
});
