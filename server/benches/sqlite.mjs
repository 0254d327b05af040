// What SQLite itself does with a statement.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { seconds } from './load.mjs';
import { target } from './server.mjs';

const run = promisify(execFile);

/**
 * Times a second that the statement is run through sqlx, as the server does, and through rusqlite.
 * @param {'read' | 'write'} kind
 * @returns {Promise<{ sqlx: number, rusqlite: number }>}
 */
export async function bareSqlite({ folder }, kind, statement, conversations) {
  const work = [join(folder, 'lyceum.db'), kind, statement, String(conversations), String(seconds)];
  const { stdout } = await run(join(target, 'release', 'sqlite'), work);
  return JSON.parse(stdout);
}
