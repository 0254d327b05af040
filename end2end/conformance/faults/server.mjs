// A server process that a test kills, and people who talk through it.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { newPerson, registerIdentity, registerUser, tokens } from '../../identity.mjs';

const binary = join(process.env.LYCEUM_TARGET, 'debug', 'server');
const patience = 120_000;

export class Server {
  #process;

  /** @param {Record<string, string>} [variables] further settings */
  static async start(variables = {}) {
    const server = new Server();
    server.folder = await mkdtemp(join(tmpdir(), 'lyceum-faults-'));
    server.port = await freePort();
    server.url = `http://127.0.0.1:${server.port}`;
    server.variables = variables;
    await server.launch();
    return server;
  }

  /** Starts the process on the same port and data, and waits until it is ready. */
  async launch() {
    const env = {
      ...process.env,
      LYCEUM_ADDRESS: `127.0.0.1:${this.port}`,
      LYCEUM_DATA_FOLDER: this.folder,
      LYCEUM_OBJECTS_ADDRESS: '127.0.0.1:0',
      LYCEUM_DEMO: '0',
      LYCEUM_LOG: 'off',
      LYCEUM_RATE_PER_SECOND: '100000',
      LYCEUM_RATE_BURST: '100000',
      ...this.variables,
    };
    this.#process = spawn(binary, ['serve'], { stdio: ['ignore', 'ignore', 'inherit'], env });
    await until('the server is ready', () => {
      if (this.#process.exitCode !== null) throw new Error('the server ended at once');
      return fetch(`${this.url}/ready`).then((answer) => answer.ok, () => false);
    });
  }

  /** SIGKILL: no destructor, no answer. */
  async kill() {
    const ended = new Promise((done) => this.#process.once('exit', done));
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await ended;
  }

  /** Resident memory in MB. */
  async memory() {
    const status = await readFile(`/proc/${this.#process.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1000;
  }

  async remove() {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Two registered people, and the conversation that the first has begun. */
  async pair() {
    const people = [];
    for (const name of ['Ada', 'Ben']) {
      const person = newPerson(name);
      await registerIdentity(this.url, person);
      const { idToken } = await tokens(this.url, person);
      await registerUser(this.url, idToken);
      const { sub } = await this.call(idToken, 'GET', '/api/me');
      people.push({ token: idToken, sub });
    }
    const [ada, ben] = people;
    const { id } = await this.call(ada.token, 'POST', '/api/conversations', { participant_subs: [ben.sub] });
    return { ada, ben, conversation: id };
  }

  /** The answer to a call; throws unless it is good. */
  async call(token, method, path, body) {
    const answer = await this.ask(token, method, path, body);
    if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  ask(token, method, path, body) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return fetch(`${this.url}${path}`, { method, headers, body: body && JSON.stringify(body) });
  }
}

/** Ends the program with a failure when it takes longer. */
export function endAfter(seconds) {
  const end = () => {
    console.error(`not done after ${seconds} s`);
    process.exit(1);
  };
  setTimeout(end, 1000 * seconds).unref();
}

/** Waits until the check holds. */
export async function until(what, check) {
  for (const deadline = Date.now() + patience; ; ) {
    if (await check()) return;
    if (Date.now() > deadline) throw new Error(`not in time: ${what}`);
    await after(20);
  }
}

/** The events of a stream with data, each with its id. */
export async function* eventsOf(chunks) {
  let text = '';
  for await (const chunk of chunks) {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const field = (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const data = field('data');
      if (data) yield { cursor: Number(field('id')), event: JSON.parse(data) };
    }
  }
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
