// The statements of the service itself, for the bare operations beside which its calls are shown.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './server.mjs';

const source = readFileSync(join(checkout, 'server/backend/src/conversations/store/messages.rs'), 'utf8');

/** `$1` conversation, `$2` how many. */
export const latest = selectOf('LATEST');
/** `$1` conversation, `$2` sender, `$3` content, `$4` HTML, `$5` search text, `$6` replied-to, `$7` client id, `$8` time. */
export const insert = literals(between('const INSERT: &str = ', ';\n'));

function selectOf(name) {
  const head = literals(between('concat!(', '$condition'));
  return head + literals(between(`const ${name}: &str = select!(`, ');'));
}

function between(start, end) {
  const from = source.indexOf(start);
  const to = source.indexOf(end, from + start.length);
  if (from < 0 || to < 0) throw new Error(`messages.rs has no ${start}…${end} any more`);
  return source.slice(from + start.length, to);
}

/** The text of Rust's string literals: a backslash at the end of a line swallows the blanks that begin the next. */
function literals(code) {
  const parts = [...code.matchAll(/"((?:[^"\\]|\\[\s\S])*)"/g)].map(([, text]) => text.replace(/\\\n\s*/g, ''));
  if (parts.length === 0) throw new Error(`there is no text in ${code}`);
  return parts.join('');
}
