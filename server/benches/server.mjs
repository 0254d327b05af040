// The release server as a process of its own.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const checkout = resolve(import.meta.dirname, '../..');
export const target = process.env.LYCEUM_TARGET ?? join(checkout, 'target');
const binary = join(target, 'release', 'server');
/** Another build may be measured, to compare; the data is always made by the present one. */
const measured = process.env.BENCH_BINARY ?? binary;

export class Server {
  #process;

  /** @param {string} [databaseUrl] SQLite in the server's own folder when there is none */
  static async make(databaseUrl) {
    const server = new Server();
    server.folder = await mkdtemp(join(tmpdir(), 'lyceum-bench-'));
    server.port = await freePort();
    server.url = `http://127.0.0.1:${server.port}`;
    server.databaseUrl = databaseUrl;
    return server;
  }

  get #environment() {
    return {
      ...process.env,
      ...(this.databaseUrl && { DATABASE_URL: this.databaseUrl }),
      LYCEUM_ADDRESS: `127.0.0.1:${this.port}`,
      LYCEUM_DATA_FOLDER: this.folder,
      LYCEUM_OBJECTS_ADDRESS: '127.0.0.1:0',
      LYCEUM_LOG: 'warn',
      // One client stands for many people here.
      LYCEUM_RATE_PER_SECOND: '1000000',
      LYCEUM_RATE_BURST: '1000000',
      LEPTOS_OUTPUT_NAME: 'lyceum',
      LEPTOS_SITE_ROOT: process.env.LYCEUM_RELEASE_SITE,
      LEPTOS_HASH_FILES: 'true',
    };
  }

  /** The milliseconds until it is ready. */
  async start() {
    const began = performance.now();
    const started = spawn(measured, ['serve'], { cwd: checkout, stdio: ['ignore', 'ignore', 'inherit'], env: this.#environment });
    this.#process = started;
    for (;;) {
      const ok = await fetch(`${this.url}/ready`).then((answer) => answer.ok, () => false);
      if (ok) return performance.now() - began;
      if (started.exitCode !== null) throw new Error('the server ended at once');
      await new Promise((done) => setTimeout(done, 2));
    }
  }

  async stop() {
    const stopping = this.#process;
    if (!stopping || stopping.exitCode !== null) return;
    const ended = new Promise((done) => stopping.once('exit', done));
    stopping.kill('SIGTERM');
    await ended;
  }

  /** Fills the database while the server is stopped. */
  async seed() {
    const { stdout } = await run(binary, ['seed'], { cwd: checkout, env: this.#environment });
    console.log(stdout.trim());
  }

  /** Resident now and at most, in MB. */
  async memory() {
    const status = await readFile(`/proc/${this.#process.pid}/status`, 'utf8');
    const megabytes = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1000;
    return { rss: megabytes('VmRSS'), peak: megabytes('VmHWM') };
  }

  async remove() {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
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
