// What PostgreSQL itself does with a statement, asked by pgbench.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connections, seconds } from './load.mjs';

const run = promisify(execFile);

/** Makes a database on the server that scripts/with-postgres has started, and gives its address. */
export async function makeDatabase(name) {
  const server = new URL(process.env.LYCEUM_TEST_POSTGRES_URL);
  await run('psql', [String(server), '--quiet', '--command', `create database ${name}`]);
  server.pathname = `/${name}`;
  return String(server);
}

/**
 * Times a second that the prepared statement is run over 64 connections. Each parameter is an SQL text, or after `= ` an
 * expression of pgbench.
 */
export async function pgbench({ folder, databaseUrl }, statement, parameters) {
  const lines = [];
  let text = statement;
  parameters.forEach((parameter, i) => {
    if (parameter.startsWith('= ')) lines.push(`\\set p${i + 1} ${parameter.slice(2)}`);
    text = text.replaceAll(new RegExp(`\\$${i + 1}\\b`, 'g'), () => (parameter.startsWith('= ') ? `:p${i + 1}` : parameter));
  });
  const script = join(folder, 'bench.sql');
  await writeFile(script, `${[...lines, text].join('\n')};\n`);
  const options = ['--no-vacuum', '--protocol=prepared', `--client=${connections}`, '--jobs=2', `--time=${seconds}`];
  const { stdout } = await run('pgbench', [...options, `--file=${script}`, databaseUrl]);
  return Number(/tps = ([\d.]+) \(without/.exec(stdout)[1]);
}
