// The figures of one run: each on a line, with its unit and, where there is one, the bare operation's figure beside it.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { identityRequest, newPerson, registerIdentity, registerUser, signInInput, tokens } from '../../end2end/identity.mjs';

const run = promisify(execFile);
const checkout = resolve(import.meta.dirname, '../..');
const binary = join(process.env.CARGO_TARGET_DIR ?? join(checkout, 'target'), 'release', 'server');
const seconds = Number(process.env.BENCH_SECONDS ?? 8);
const connections = 64;

const folder = await mkdtemp(join(tmpdir(), 'lyceum-bench-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
let server;

try {
  await start(); // makes the data that the measured starts find
  await stop();
  const starts = [];
  for (let i = 0; i < 9; i += 1) {
    starts.push(await start());
    await stop();
  }
  figure('start to /ready, existing data', median(starts), 'ms', 'budget 300 ms');
  await start();
  const { rss } = await memory();
  figure('resident memory, idle', rss, 'MB', 'budget 60 MB');

  // As many as there are connections: parallel sign-ins of one person would be taken for guesses and slowed down.
  const people = Array.from({ length: connections }, () => newPerson());
  for (const person of people) await registerIdentity(url, person);
  const { idToken } = await tokens(url, people[0]);
  await registerUser(url, idToken);
  const health = await wrk('/health');
  const verified = await wrk('/api/me', { headers: { authorization: `Bearer ${idToken}` } });
  const page = await wrk('/');
  const rsa = await rsaVerifications();
  figure('bearer token verified and profile answered', verified, 'requests/s', `${percent(verified, health)} of /health in this run (${Math.round(health)}/s); RSA-2048 verifications on one core: ${Math.round(rsa)}/s`);
  figure('start page rendered', page, 'requests/s', `${percent(page, health)} of /health`);
  figure('resident memory, after those requests', (await memory()).rss, 'MB');
  const signIns = people.map((person) => identityRequest('InitiateAuth', signInInput(person)));
  const signIn = await wrk('/identity/', { ...signIns[0], bodies: signIns.map(({ body }) => body) });
  const argon2 = await argon2Hashes();
  const cores = availableParallelism();
  figure('sign-in by password', signIn, 'per s', `${percent(signIn, cores * argon2)} of the reference Argon2id program on ${cores} cores (${argon2.toFixed(1)}/s on one)`);
  const after = await memory();
  figure('resident memory, after the sign-ins', after.rss, 'MB', `peak ${Math.round(after.peak)} MB`);
} finally {
  await stop();
  await rm(folder, { recursive: true, force: true });
}

function figure(name, value, unit, beside) {
  console.log(`${name.padEnd(46)} ${value.toFixed(1).padStart(10)} ${unit.padEnd(11)} ${beside ?? ''}`);
}

async function start() {
  const began = performance.now();
  server = spawn(binary, ['serve'], {
    cwd: checkout,
    stdio: 'ignore',
    env: {
      ...process.env,
      LYCEUM_ADDRESS: `127.0.0.1:${port}`,
      LYCEUM_DATA_FOLDER: folder,
      LYCEUM_LOG: 'warn',
      LYCEUM_RATE_PER_SECOND: '1000000',
      LYCEUM_RATE_BURST: '1000000',
      LEPTOS_OUTPUT_NAME: 'lyceum',
      LEPTOS_SITE_ROOT: process.env.LYCEUM_RELEASE_SITE,
      LEPTOS_HASH_FILES: 'true',
    },
  });
  for (;;) {
    const ok = await fetch(`${url}/ready`).then((answer) => answer.ok, () => false);
    if (ok) return performance.now() - began;
    if (server.exitCode !== null) throw new Error('the server ended at once');
    await new Promise((done) => setTimeout(done, 2));
  }
}

async function stop() {
  if (!server || server.exitCode !== null) return;
  const ended = new Promise((done) => server.once('exit', done));
  server.kill('SIGTERM');
  await ended;
}

async function memory() {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  const megabytes = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1000;
  return { rss: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

/** Requests per second, the bodies in turn; any answer but 2xx makes the figure worthless. */
async function wrk(path, { method = 'GET', headers = {}, bodies = [] } = {}) {
  const script = join(folder, 'load.lua');
  const lines = Object.entries(headers).map(([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`);
  lines.push(`wrk.method = ${JSON.stringify(method)}`);
  if (bodies.length > 0) {
    lines.push(
      `local bodies, turn = { ${bodies.map((body) => JSON.stringify(body)).join(', ')} }, 0`,
      'function request() turn = turn % #bodies + 1; return wrk.format(nil, nil, nil, bodies[turn]) end',
    );
  }
  await writeFile(script, lines.join('\n'));
  const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', '-s', script, `${url}${path}`]);
  if (/Non-2xx/.test(stdout)) throw new Error(`${path} did not answer 2xx under load:\n${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]);
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

function percent(part, whole) {
  return `${Math.round((100 * part) / whole)} %`;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
