// Text of PDF files, beside pdftotext: both as processes that read the file and write the text.
import { execFile } from 'node:child_process';
import { lstat, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { textbook } from '../extraction/tests/samples/textbook.mjs';
import { figure, heading, median } from './report.mjs';
import { target } from './server.mjs';

const run = promisify(execFile);
const ours = process.env.LYCEUM_EXTRACT ?? join(target, 'release', 'extract');
const rounds = 7;
const budget = 1.5;
const buffer = { maxBuffer: 1 << 28 };
// As scripts/setup installs them.
const bookPackages = ['debian-reference-en', 'developers-reference'];

// The files of the folder that LYCEUM_BENCH_PDFS names are measured too.
export async function measureExtraction() {
  heading('Text of PDF files');
  const folder = await mkdtemp(join(tmpdir(), 'lyceum-bench-'));
  try {
    const book = join(folder, 'textbook.pdf');
    await writeFile(book, textbook(100));
    await measure(book, folder);
    for (const file of await packagedBooks()) await measure(file, folder);
    const more = process.env.LYCEUM_BENCH_PDFS;
    const names = more ? (await readdir(more)).filter((name) => name.endsWith('.pdf')).sort() : [];
    for (const name of names) await measure(join(more, name), folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The PDF files of the packages, where there are such packages. */
async function packagedBooks() {
  const lists = await Promise.all(bookPackages.map((name) => run('dpkg', ['--listfiles', name]).catch(() => ({ stdout: '' }))));
  const named = lists.flatMap(({ stdout }) => stdout.split('\n')).filter((path) => path.endsWith('.pdf'));
  const found = await Promise.all(named.map(async (path) => ((await lstat(path).catch(() => undefined))?.isFile() ? path : undefined)));
  return found.filter((path) => path !== undefined);
}

async function measure(file, folder) {
  const times = { own: [], theirs: [] };
  const out = join(folder, 'theirs.txt');
  let text;
  // In turn, so that what else the machine does strikes both of them.
  for (let round = 0; round < rounds; round += 1) {
    times.own.push(await milliseconds(async () => (text = (await run(ours, [file], buffer)).stdout)));
    times.theirs.push(await milliseconds(() => run('pdftotext', [file, out])));
  }
  const [own, theirs] = [times.own, times.theirs].map(median);
  const pages = text.split('\f').length - 1;
  const alike = compare(text, await readFile(out, 'utf8'));
  const size = ((await stat(file)).size / 1e6).toFixed(1);
  const beside = `${(own / theirs).toFixed(2)} × pdftotext (${Math.round(theirs)} ms), budget ${budget} ×`;
  const found = `${percent(alike.found)} of its words found, ${percent(alike.order)} in its order, ${percent(alike.extra)} are not its`;
  figure(`${basename(file)}, ${pages} pages`, own, 'ms', `${beside}; ${found}; file of ${size} MB`, own <= budget * theirs);
}

async function milliseconds(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** Which share of their words is among ours, and stands in the same order within its page. */
export function compare(own, theirs) {
  const total = { found: 0, ordered: 0, theirs: 0, own: 0 };
  const pages = [own, theirs].map((text) => text.split('\f'));
  for (let page = 0; page < pages[1].length; page += 1) {
    const [a, b] = pages.map((all) => words(all[page] ?? ''));
    total.own += a.length;
    total.theirs += b.length;
    total.found += shared(a, b);
    total.ordered += longestCommon(a, b);
  }
  return { found: total.found / total.theirs, order: total.ordered / total.found, extra: 1 - total.found / total.own };
}

// Hyphens at the ends of lines are not compared: pdftotext keeps them.
function words(page) {
  const joined = page.normalize('NFKC').replace(/[-\u2010\u00ad]\n/g, '').replace(/[-\u2010\u00ad]/g, '');
  return joined.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

function shared(a, b) {
  const counts = new Map();
  for (const word of a) counts.set(word, (counts.get(word) ?? 0) + 1);
  let found = 0;
  for (const word of b) {
    const left = counts.get(word) ?? 0;
    if (left > 0) found += 1;
    counts.set(word, left - 1);
  }
  return found;
}

function longestCommon(a, b) {
  let above = new Uint32Array(b.length + 1);
  for (const word of a) {
    const row = new Uint32Array(b.length + 1);
    for (let at = 0; at < b.length; at += 1) row[at + 1] = word === b[at] ? above[at] + 1 : Math.max(above[at + 1], row[at]);
    above = row;
  }
  return above[b.length];
}
