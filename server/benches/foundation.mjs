// Starting, signing in, verifying tokens and rendering pages.
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { identityRequest, newPerson, registerIdentity, registerUser, signInInput, tokens } from '../../end2end/identity.mjs';
import { connections, load } from './load.mjs';
import { atMost, figure, heading, median, percent } from './report.mjs';
import { Server } from './server.mjs';

const run = promisify(execFile);

export async function measureFoundation() {
  heading('Foundation, on SQLite');
  const server = await Server.make();
  try {
    await measureStarts(server);
    const people = await makePeople(server);
    await measureRequests(server, people[0]);
    await measureSignIns(server, people);
  } finally {
    await server.remove();
  }
}

async function measureStarts(server) {
  await server.start(); // makes the data that the measured starts find
  await server.stop();
  const starts = [];
  for (let i = 0; i < 9; i += 1) {
    starts.push(await server.start());
    await server.stop();
  }
  atMost(300, 'start to /ready, existing data', median(starts), 'ms');
  await server.start();
  atMost(60, 'resident memory, idle', (await server.memory()).rss, 'MB');
}

/** As many as there are connections: parallel sign-ins of one person would be taken for guesses and slowed down. */
async function makePeople({ url }) {
  const people = Array.from({ length: connections }, () => newPerson());
  for (const person of people) await registerIdentity(url, person);
  return people;
}

async function measureRequests(server, person) {
  const { idToken } = await tokens(server.url, person);
  await registerUser(server.url, idToken);
  const health = await load(server, [{ path: '/health' }]);
  const verified = await load(server, [{ path: '/api/me', headers: { authorization: `Bearer ${idToken}` } }]);
  const page = await load(server, [{ path: '/' }]);
  const rsa = await rsaVerifications();
  const beside = `${percent(verified.rate, health.rate)} of /health in this run (${Math.round(health.rate)}/s)`;
  figure('bearer token verified and profile answered', verified.rate, 'requests/s', `${beside}; RSA-2048 verifications on one core: ${Math.round(rsa)}/s`);
  figure('start page rendered', page.rate, 'requests/s', `${percent(page.rate, health.rate)} of /health`);
  figure('resident memory, after those requests', (await server.memory()).rss, 'MB');
}

async function measureSignIns(server, people) {
  const requests = people.map((person) => ({ path: '/identity/', ...identityRequest('InitiateAuth', signInInput(person)) }));
  const signIn = await load(server, requests);
  const argon2 = await argon2Hashes();
  const cores = availableParallelism();
  figure('sign-in by password', signIn.rate, 'per s', `${percent(signIn.rate, cores * argon2)} of the reference Argon2id program on ${cores} cores (${argon2.toFixed(1)}/s on one)`);
  const { rss, peak } = await server.memory();
  // Two hashes at once on two cores, 19 MiB each, beside what the server has when it is idle.
  atMost(100, 'resident memory, after the sign-ins', rss, 'MB', `peak ${Math.round(peak)} MB`);
}

async function rsaVerifications() {
  const { stdout } = await run('openssl', ['speed', '-seconds', '2', 'rsa2048']);
  return Number(/rsa\s+2048 bits\s+\S+\s+\S+\s+\S+\s+([\d.]+)/.exec(stdout)[1]);
}

/** Per second by the program's own clock. The parameters are those of the embedded provider: 19 MiB, 2 passes, 1 lane. */
async function argon2Hashes() {
  const took = [];
  for (let i = 0; i < 10; i += 1) {
    const program = run('argon2', ['somesalt', '-id', '-t', '2', '-k', '19456', '-p', '1']);
    program.child.stdin.end('Long-Enough-1!');
    took.push(Number(/([\d.]+) seconds/.exec((await program).stdout)[1]));
  }
  return 1 / median(took);
}
