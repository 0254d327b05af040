import { request, type IncomingMessage } from 'node:http';
import { confirmationLink, expect, fillSignUp, identityRequest, listen, newPerson, ready, registerIdentity, Server, signIn, signInInput, test, tokens } from '../fixtures/index.ts';

test('a server that is told to stop finishes the request under way and exits in order', async () => {
  const server = await Server.start();
  try {
    const person = newPerson();
    await registerIdentity(server.url, person);
    const { method, headers, body } = identityRequest('InitiateAuth', signInInput(person));
    const length = String(Buffer.byteLength(body));
    const call = request(`${server.url}/identity/`, { method, headers: { ...headers, 'content-length': length, expect: '100-continue' } });
    const answered = new Promise<IncomingMessage>((done, fail) => call.once('response', done).once('error', fail));
    // The server asks for the body: the request is in its hands.
    await new Promise((done) => call.once('continue', done).flushHeaders());

    const ended = server.end('SIGTERM');
    await server.logged('open requests may finish');
    call.end(body);
    const answer = await answered;
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(await text(answer))).toHaveProperty('AuthenticationResult.IdToken');
    expect(await ended).toBe(0);
  } finally {
    await server.remove();
  }
});

test('the log of a sign-up, a sign-in and calls holds nothing about the person', async ({ browser, complaints }) => {
  const server = await Server.start({ LYCEUM_LOG: 'info,app=trace,backend=trace,db=trace,identity=trace,server=trace' });
  try {
    const context = await browser.newContext({ baseURL: server.url });
    listen(context, complaints);
    const page = await context.newPage();
    const person = newPerson('Krzysztofina', 'Wielkopolska');
    await page.goto('/identity/signup');
    await fillSignUp(page, person);
    const link = await confirmationLink(server.url, person.email);
    await page.goto(link);
    await signIn(page, person, '/settings');
    await ready(page, true);
    await page.getByLabel('Display name').fill('Krzysia');
    await page.getByRole('button', { name: 'Save display name' }).click();
    await expect(page.getByText('Your display name is saved.').first()).toBeVisible();
    await page.goto(`/people?query=${encodeURIComponent(person.email)}`);
    const cookies = (await context.cookies()).map(({ value }) => value);

    const { idToken, accessToken } = await tokens(server.url, person);
    for (const [path, authorization] of [['/api/me', idToken], [`/api/users?query=${person.email}`, accessToken], ['/api/me', `${idToken}x`]]) {
      await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${authorization}` } });
    }
    await context.close();
    await server.end();

    expect(server.log).toContain('answered 200');
    const theirs = [...Object.values(person), 'Krzysia', idToken, accessToken, ...cookies, new URL(link).pathname.split('/').at(-1) ?? ''];
    for (const text of theirs.flatMap((text) => [text, encodeURIComponent(text)])) {
      expect(text.length, 'long enough to be found by what it is').toBeGreaterThan(6);
      expect(server.log).not.toContain(text);
    }
    expect(server.log, 'nor a part of a token').not.toContain('eyJ');
  } finally {
    await server.remove();
  }
});

test('as JSON the log has a line for each answer, with the request id that the answer carries', async () => {
  const server = await Server.start({ LYCEUM_LOG_FORMAT: 'json' });
  try {
    const answer = await fetch(`${server.url}/api/me`);
    const id = answer.headers.get('x-request-id');
    expect(id).toBeTruthy();
    await server.end();
    const lines = server.log.split('\n').filter((line) => line.startsWith('{'));
    const about = lines.map((line) => JSON.parse(line)).filter(({ span }) => span?.request_id === id);
    expect(about).toContainEqual(expect.objectContaining({ level: 'INFO', status: 401, message: 'answered 401' }));
  } finally {
    await server.remove();
  }
});

async function text(answer: IncomingMessage): Promise<string> {
  answer.setEncoding('utf8');
  let whole = '';
  for await (const part of answer) whole += part;
  return whole;
}
