// Requests as fast as they are answered.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const seconds = Number(process.env.BENCH_SECONDS ?? 8);
export const connections = 64;

/**
 * Sends the requests in turn over 64 connections; any answer but 2xx makes the figure worthless.
 * @param {import('./server.mjs').Server} server
 * @param {{ path: string, method?: string, headers?: Record<string, string>, body?: string }[]} requests `@COUNT@` in a
 *   body is another number each time
 * @returns {Promise<{ rate: number, p50: number, p99: number }>} per second, and milliseconds
 */
export async function load(server, requests) {
  const script = join(server.folder, 'load.lua');
  await writeFile(script, luaScript(requests));
  const answer = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', '-s', script, server.url]);
  if (/Non-2xx/.test(answer.stdout)) throw new Error(`${requests[0].path} did not answer 2xx under load:\n${answer.stdout}`);
  const [, rate, p50, p99] = /^figures ([\d.]+) ([\d.]+) ([\d.]+)$/m.exec(answer.stdout);
  return { rate: Number(rate), p50: Number(p50) / 1000, p99: Number(p99) / 1000 };
}

function luaScript(requests) {
  const wants = requests.map(({ path, method = 'GET', headers = {}, body }) => {
    const pairs = Object.entries(headers).map(([name, value]) => `[${lua(name)}] = ${lua(value)}`);
    return `{ ${lua(method)}, ${lua(path)}, { ${pairs.join(', ')} }, ${body === undefined ? 'nil' : lua(body)} }`;
  });
  const counts = requests.some(({ body }) => body?.includes('@COUNT@'));
  return `
local wants, made, turn, count = { ${wants.join(',\n')} }, {}, 0, 0
function init()
  for i, want in ipairs(wants) do made[i] = wrk.format(want[1], want[2], want[3], want[4]) end
end
function request()
  turn = turn % #wants + 1
  ${counts ? "count = count + 1\n  local want = wants[turn]\n  return wrk.format(want[1], want[2], want[3], (want[4]:gsub('@COUNT@', count)))" : 'return made[turn]'}
end
function done(summary, latency)
  io.write(string.format('figures %f %f %f\\n', summary.requests / (summary.duration / 1e6), latency:percentile(50), latency:percentile(99)))
end
`;
}

/** Lua reads JSON's escapes of ASCII control characters and quotes; other characters stand for themselves. */
function lua(text) {
  return JSON.stringify(text);
}
