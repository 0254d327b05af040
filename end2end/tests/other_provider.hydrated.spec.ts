import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { allowRefusals, expect, ready, Server, test } from '../fixtures/index.ts';

/** An OpenID Provider that nobody here has written. */
async function startProvider(appUrl: string): Promise<{ issuer: string; stop: () => Promise<void> }> {
  const http = createServer();
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const address = http.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  const issuer = `http://127.0.0.1:${address.port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'web',
        client_secret: 'a-secret-of-this-test-only',
        redirect_uris: [`${appUrl}/auth/callback`],
        post_logout_redirect_uris: [`${appUrl}/`],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    conformIdTokenClaims: false,
    claims: { openid: ['sub'], email: ['email'], profile: ['given_name', 'family_name'] },
    features: { revocation: { enabled: true } },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@elsewhere.example`, given_name: 'Elif', family_name: 'Yılmaz' }),
    }),
  });
  http.on('request', provider.callback());
  return { issuer, stop: () => new Promise((done) => (http.closeAllConnections(), http.close(() => done()))) };
}

test('a person signs in and out through another OpenID Provider', async ({ page, complaints }) => {
  // The provider must know the app's address and the app the provider's, so the app starts twice on one port.
  const probe = await Server.start();
  const provider = await startProvider(probe.url);
  await probe.end();
  const server = await probe.with({
    LYCEUM_IDENTITY_ISSUER: provider.issuer,
    LYCEUM_IDENTITY_CLIENT_ID: 'web',
    LYCEUM_IDENTITY_CLIENT_SECRET: 'a-secret-of-this-test-only',
    LYCEUM_IDENTITY_PUBLIC_CLIENT_ID: 'lyceum',
    LYCEUM_IDENTITY_SCOPES: 'openid email profile',
  });
  try {
    await page.goto(`${server.url}/auth/sign-in?return_to=/settings`);
    await page.getByPlaceholder('Enter any login').fill('elif');
    await page.getByPlaceholder('and password').fill('anything');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${server.url}/settings`);
    const me = await page.request.get(`${server.url}/api/me`, { maxRetries: 1 });
    expect(me.status()).toBe(200);
    expect(await me.json()).toMatchObject({ email: 'elif@elsewhere.example', display_name: 'Elif Yılmaz' });

    await ready(page, true);
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await page.getByRole('button', { name: /yes/i }).click();
    await page.waitForURL(`${server.url}/`);
    await ready(page, true);
    expect((await page.request.get(`${server.url}/api/me`, { maxRetries: 1 })).status()).toBe(401);
    // Ours may ask for events once more before it is left.
    allowRefusals(complaints, 401);
    // Its pages ask for a font of another host and have no icon; on ours nothing may be wrong.
    const theirs = /ERR_NAME_NOT_RESOLVED|status of 404/;
    const isOurs = (line: string): boolean => !theirs.test(line) || line.includes(` about ${server.url}/`);
    complaints.splice(0, complaints.length, ...complaints.filter(isOurs));
  } finally {
    await server.remove();
    await provider.stop();
  }
});
