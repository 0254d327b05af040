// Reading and sending messages in a database of 200,000, beside the database's own rate for the same statement.
import { load } from './load.mjs';
import { begunConversations, registerPeople } from './people.mjs';
import { makeDatabase, pgbench } from './postgres.mjs';
import { atLeastShare, atMost, figure, heading } from './report.mjs';
import { Server } from './server.mjs';
import { bareSqlite } from './sqlite.mjs';
import { insert, latest } from './statements.mjs';
import { measureDelivery, measureStreams } from './streams.mjs';

/** A tenth of the seeded people: they begin all conversations, so together they may read and write in every one. */
const people = 100;
/** Those of the seeded conversations that have more than a page; the liveliest come first. */
const longConversations = 1_500;
const text = 'See page 12, there is a better explanation of chapter 7 there.';

export async function measureMessengerOnPostgres() {
  heading('Messenger, on PostgreSQL with fsync');
  const server = await Server.make(await makeDatabase('bench'));
  await measure(server, async (begun) => {
    const page = await readPages(server, begun);
    const select = await pgbench(server, latest, [`= random(1, ${longConversations})`, '= 51']);
    atLeastShare(0.6, 'messages page, 50 of 200,000', page.rate, 'requests/s', select, 'pgbench prepared', times(page));
    const sent = await sendMessages(server, begun);
    const literal = `'${text}'`;
    const parameters = [`= random(1, ${begun.length})`, '= random(1, 1000)', literal, literal, literal, 'null', "'bare-' || gen_random_uuid()", '0'];
    const bare = await pgbench(server, insert, parameters);
    atLeastShare(0.5, 'message sent', sent.rate, 'requests/s', bare, 'pgbench prepared', times(sent));
  });
}

export async function measureMessengerOnSqlite() {
  heading('Messenger, on SQLite with synchronous=full');
  const server = await Server.make();
  await measure(server, async (begun) => {
    const page = await readPages(server, begun);
    const read = await bareSqlite(server, 'read', latest, longConversations);
    atLeastShare(0.8, 'messages page, 50 of 200,000', page.rate, 'requests/s', read.sqlx, 'bare sqlx', `${times(page)}; rusqlite ${Math.round(read.rusqlite)}/s`);
    const sent = await sendMessages(server, begun);
    const write = await bareSqlite(server, 'write', insert, begun.length);
    figure('message sent', sent.rate, 'requests/s', `${times(sent)}; the bare INSERT: sqlx ${Math.round(write.sqlx)}/s, rusqlite ${Math.round(write.rusqlite)}/s`);
  });
}

async function measure(server, measureRates) {
  try {
    await server.start();
    const registered = await registerPeople(server.url, people);
    await server.stop();
    await server.seed();
    await server.start();
    atMost(60, 'resident memory, idle', (await server.memory()).rss, 'MB');
    await measureStreams(server, registered, 1_000);
    const begun = await begunConversations(server.url, registered);
    await measureDelivery(server, registered, begun, { streams: 500, perSecond: 50 });
    await measureRates(begun);
    figure('resident memory, after all that', (await server.memory()).rss, 'MB');
  } finally {
    await server.remove();
  }
}

function readPages(server, begun) {
  const long = begun.filter(({ id }) => id <= longConversations);
  return load(server, long.map(({ id, person }) => ({ path: `/api/conversations/${id}/messages?limit=50`, headers: person.headers })));
}

function sendMessages(server, begun) {
  const run = Date.now();
  const requests = begun.map(({ id, person }) => ({
    path: '/api/messages',
    method: 'POST',
    headers: { ...person.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ conversation_id: id, content: text, client_id: `load-${run}-@COUNT@` }),
  }));
  return load(server, requests);
}

function times({ p50, p99 }) {
  return `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}
