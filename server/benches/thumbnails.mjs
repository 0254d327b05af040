// Thumbnails of photographs, beside vipsthumbnail: both as processes that read the file and write the thumbnails.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { figure, heading, median } from './report.mjs';
import { target } from './server.mjs';

const run = promisify(execFile);
const ours = join(target, 'release', 'thumbnails');
const bounds = ['320', '800', '1600'];
const rounds = 9;
const budget = 1.5;

export async function measureThumbnails() {
  heading(`Thumbnails of a JPEG, ${bounds.join(', ')} pixels`);
  const folder = await mkdtemp(join(tmpdir(), 'lyceum-bench-'));
  try {
    await measure(folder, '12 megapixels', '4000', '3000');
    await measure(folder, '24 megapixels', '6000', '4000');
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measure(folder, name, width, height) {
  const file = join(folder, `${width}.jpg`);
  await run(ours, ['make', width, height, file]);
  const times = { ours: [], theirs: [], largest: [] };
  // In turn, so that what else the machine does strikes all of them.
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(await milliseconds(() => run(ours, ['render', file, folder, ...bounds])));
    times.theirs.push(await milliseconds(() => inTurn(bounds, (bound) => vips(file, folder, bound))));
    times.largest.push(await milliseconds(() => vips(file, folder, bounds.at(-1))));
  }
  const [own, theirs, largest] = [times.ours, times.theirs, times.largest].map(median);
  const ratio = (bare) => `${(own / bare).toFixed(2)} ×`;
  const size = ((await stat(file)).size / 1e6).toFixed(1);
  const beside = `${ratio(theirs)} vipsthumbnail (${Math.round(theirs)} ms), budget ${budget} ×`;
  const alone = `${ratio(largest)} its largest alone (${Math.round(largest)} ms); file of ${size} MB`;
  figure(`all thumbnails, ${name}`, own, 'ms', `${beside}; ${alone}`, own <= budget * theirs);
}

function vips(file, folder, bound) {
  return run('vipsthumbnail', ['--size', `${bound}x${bound}>`, '--output', join(folder, `theirs-${bound}.jpg[Q=82,strip]`), file]);
}

async function inTurn(values, work) {
  for (const value of values) await work(value);
}

async function milliseconds(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
