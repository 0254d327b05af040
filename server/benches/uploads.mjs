// 200 MB from a file into the object store: as an upload in parts, each with its checksum, beside one plain request to the
// same store that asks our server for nothing. Both are sent by curl.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { call, registerPeople } from './people.mjs';
import { figure, heading, median, percent } from './report.mjs';
import { Server } from './server.mjs';

const run = promisify(execFile);
const SIZE = 200_000_000;
const rounds = 5;
/** As many as a browser sends at once. */
const atOnce = 4;

export async function measureUploads() {
  heading('A recording of 200 MB into the embedded object store');
  const folder = await mkdtemp(join(tmpdir(), 'lyceum-bench-'));
  const server = await Server.make();
  try {
    await server.start();
    const people = await registerPeople(server.url, rounds);
    const recording = Buffer.alloc(SIZE, createHash('sha256').update('a recording').digest());
    recording.write('RIFF', 0);
    recording.write('WAVEfmt ', 8);
    await writeFile(join(folder, 'whole'), recording);
    const before = (await server.memory()).rss;
    const times = { plain: [], parts: [] };
    let peak = before;
    // In turn, so that what else the machine does strikes both.
    for (const person of people) {
      const upload = await begin(server, person);
      const parts = await cut(folder, recording, upload);
      times.parts.push(await seconds(() => sendParts(server, person, upload, parts)));
      peak = Math.max(peak, (await server.memory()).peak);
      times.plain.push(await seconds(() => sendPlainly(server, folder, new URL(upload.parts[0].url).origin)));
    }
    const [own, plain] = [times.parts, times.plain].map((taken) => SIZE / 1e6 / median(taken));
    figure('200 MB in checked parts, completed', own, 'MB/s', `${percent(own, plain)} of plain curl (${Math.round(plain)} MB/s)`);
    figure('resident memory, at most while they arrive', peak, 'MB', `${Math.round(before)} MB before`);
  } finally {
    await server.remove();
    await rm(folder, { recursive: true });
  }
}

async function begin(server, person) {
  const body = { purpose: 'audio', filename: 'recording.wav', content_type: 'audio/wav', size: SIZE };
  return call(server.url, person, '/api/uploads', body);
}

/** The parts as files with their checksums. */
async function cut(folder, recording, { part_size, parts }) {
  return Promise.all(
    parts.map(async ({ part_number }) => {
      const bytes = recording.subarray((part_number - 1) * part_size, part_number * part_size);
      const file = join(folder, `part-${part_number}`);
      await writeFile(file, bytes);
      return { part_number, file, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
}

async function sendParts(server, person, { upload_id }, parts) {
  const checksums = parts.map(({ part_number, sha256 }) => ({ part_number, sha256 }));
  const signed = await call(server.url, person, `/api/uploads/${upload_id}/parts`, { parts: checksums });
  const waiting = signed.parts.map((part) => ({ ...part, file: parts.find((one) => one.part_number === part.part_number).file }));
  const sent = [];
  const send = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const headers = Object.entries(part.headers).filter(([name]) => name.toLowerCase() !== 'content-length');
      const etag = await curl(part.file, part.url, headers.flatMap(([name, value]) => ['--header', `${name}: ${value}`]));
      sent.push({ part_number: part.part_number, etag });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, send));
  sent.sort((a, b) => a.part_number - b.part_number);
  const done = await call(server.url, person, `/api/uploads/${upload_id}/complete`, { parts: sent });
  if (done.file.size !== SIZE) throw new Error(`${done.file.size} bytes arrived`);
}

async function sendPlainly(server, folder, origin) {
  const secret = (await readFile(join(server.folder, 'objects-key'), 'utf8')).trim();
  const signature = ['--aws-sigv4', 'aws:amz:us-east-1:s3', '--user', `lyceum:${secret}`];
  const unsigned = ['--header', 'x-amz-content-sha256: UNSIGNED-PAYLOAD'];
  await curl(join(folder, 'whole'), `${origin}/lyceum-audio/plain`, [...signature, ...unsigned]);
}

/** Sends a file and gives the store's tag of it. */
async function curl(file, url, options) {
  const fixed = ['--silent', '--show-error', '--fail', '--write-out', '%header{etag}'];
  const { stdout } = await run('curl', [...fixed, ...options, '--upload-file', file, url]);
  return stdout.trim();
}

async function seconds(work) {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
