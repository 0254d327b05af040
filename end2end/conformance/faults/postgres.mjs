// node postgres.mjs, in scripts/with-postgres: PostgreSQL breaks down, is started anew and stays away under load and comes
// back, and the server is killed between a commit and its answer. Meanwhile everybody is asked to try again in a moment.
// What was acknowledged is there, once, and was told to the other person, once.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Server, endAfter, eventsOf, until } from './server.mjs';

const run = promisify(execFile);
const senders = 8;
const messagesEach = 60;
const messages = senders * messagesEach;
/** Shares of the messages after whose acknowledgement something befalls the database. */
const faults = [
  [0.2, breakDown],
  [0.4, startAnew],
  [0.6, stayAway],
  [0.8, breakDown],
];

endAfter(600);
const admin = process.env.LYCEUM_TEST_POSTGRES_URL;
await sql(admin, 'create database faults');
const data = await sql(admin, 'show data_directory');
const database = new URL(admin);
database.pathname = '/faults';
const url = String(database);

const server = await Server.start({ DATABASE_URL: url });
try {
  const people = await server.pair();
  await breakDownUnderLoad(people);
  await killBetweenCommitAndAnswer(people);
} finally {
  await server.remove();
}

async function breakDownUnderLoad({ ada, ben, conversation }) {
  const list = await server.ask(ben.token, 'GET', '/api/conversations');
  const begin = Number(list.headers.get('lyceum-cursor'));
  const listening = listen(ben.token, begin);
  const acknowledged = new Map();
  const sending = Array.from({ length: senders }, (_, sender) => sendAll(ada.token, conversation, sender, acknowledged));
  for (const [share, befall] of faults) {
    await until('messages are acknowledged', () => acknowledged.size >= share * messages);
    await befall(ada);
  }
  const refusals = await Promise.all(sending);
  assert.ok(Math.max(...refusals) > 0, 'while PostgreSQL stays away, messages are refused');
  assert.equal(acknowledged.size, messages);
  assert.deepEqual(await stored(ada.token, conversation), acknowledged);
  const heard = await listening;
  assert.deepEqual(heard.map(({ cursor }) => cursor), Array.from({ length: messages }, (_, at) => begin + 1 + at), 'without gap or repeat');
  assert.deepEqual(new Map(heard.map(({ clientId, id }) => [clientId, id])), acknowledged);
  assert.equal((await fetch(`${server.url}/ready`)).status, 200);
}

/** PostgreSQL takes the death of one of its processes for a breakdown: it ends all others and recovers from its log. */
async function breakDown() {
  const victim = Number(await sql(url, "select pid from pg_stat_activity where application_name = 'lyceum' limit 1"));
  assert.ok(victim > 0, 'the server has a connection');
  process.kill(victim, 'SIGKILL');
  await until('PostgreSQL is back', () => sql(url, 'select 1').then(() => true, () => false));
}

/** A restart as for an upgrade: open connections are told that the server leaves, new ones are refused for a moment. */
async function startAnew() {
  await control('restart', '--mode', 'fast');
}

/** For longer than a request waits for a connection. */
async function stayAway({ token }) {
  await control('stop', '--mode', 'fast');
  const asked = [server.ask(token, 'GET', '/api/conversations'), fetch(`${server.url}/ready`), fetch(`${server.url}/health`)];
  const [answer, ready, alive] = await Promise.all(asked);
  await assertUnavailable(answer);
  assert.equal(ready.status, 503);
  assert.equal((await ready.json()).database, 'unreachable');
  assert.equal(alive.status, 200, 'a new process would not help');
  // On a server that does not run, this is the start with the options that it had.
  await control('restart');
  await until('the server is ready again', () => fetch(`${server.url}/ready`).then(({ ok }) => ok));
}

/** What there is to do about an outage stands in the answer; that it is one, too. */
async function assertUnavailable(answer) {
  const text = await answer.text();
  assert.equal(answer.status, 503, text);
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  assert.ok(Number(answer.headers.get('retry-after')) >= 1, 'it says when to come back');
  const { code, detail } = JSON.parse(text);
  assert.equal(code, 'unavailable');
  assert.match(detail, /Try again in a moment\.$/);
}

/** How often this sender was refused. */
async function sendAll(token, conversation, sender, acknowledged) {
  let refusals = 0;
  for (let number = 0; number < messagesEach; number += 1) {
    const clientId = `${sender}-${number}`;
    const { id, tries } = await send(token, conversation, clientId);
    acknowledged.set(clientId, id);
    refusals += tries - 1;
  }
  return refusals;
}

/** Until it is acknowledged: the same message, whatever became of the tries before. */
async function send(token, conversation, clientId) {
  const body = { conversation_id: conversation, content: clientId, client_id: clientId };
  for (let tries = 1; ; tries += 1) {
    const answer = await server.ask(token, 'POST', '/api/messages', body);
    if (answer.ok) return { id: (await answer.json()).id, tries };
    await assertUnavailable(answer);
    await after(20);
  }
}

/** Ids of all messages of the conversation by client id. */
async function stored(token, conversation) {
  const found = new Map();
  let path = `/api/conversations/${conversation}/messages?limit=100`;
  while (path) {
    const answer = await server.ask(token, 'GET', path);
    for (const { client_id: clientId, id } of await answer.json()) {
      assert.ok(!found.has(clientId), `${clientId} is there twice`);
      found.set(clientId, id);
    }
    path = /<([^>]+)>; rel="prev"/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  return found;
}

/** What a client hears that goes on from its cursor whenever the stream breaks off. */
async function listen(token, begin) {
  const heard = [];
  for (let cursor = begin; heard.length < messages; await after(20)) {
    const answer = await server.ask(token, 'GET', `/api/events?after=${cursor}`);
    if (!answer.ok) {
      await assertUnavailable(answer);
      continue;
    }
    try {
      for await (const { cursor: at, event } of eventsOf(answer.body.pipeThrough(new TextDecoderStream()))) {
        if (!event.message) continue;
        cursor = at;
        heard.push({ cursor, clientId: event.message.client_id, id: event.message.id });
        if (heard.length === messages) return heard;
      }
    } catch {
      // The stream broke off: it is opened again.
    }
  }
  return heard;
}

/** A commit that waits for a standby which does not exist is durable, and not yet told to the server. */
async function killBetweenCommitAndAnswer({ ada, conversation }) {
  await sql(url, 'create table probe (written timestamptz default now())');
  await sql(url, "alter system set synchronous_standby_names = 'nobody'", 'select pg_reload_conf()');
  let write;
  await until('commits wait', async () => {
    write ??= sql(url, 'insert into probe default values').finally(() => (write = undefined));
    return (await waiting('insert into probe%')) > 0;
  });
  const held = { conversation_id: conversation, content: 'held', client_id: 'held' };
  const answered = server.ask(ada.token, 'POST', '/api/messages', held).then(() => true, () => false);
  await until('the message is committed', async () => (await waiting('%insert into messages%')) > 0);
  await server.kill();
  assert.equal(await answered, false);
  await sql(url, 'alter system reset synchronous_standby_names', 'select pg_reload_conf()');
  await write;
  const find = "select id from messages where client_id = 'held'";
  await until('others see the message', async () => (await sql(url, find)) !== '');
  const id = Number(await sql(url, find));
  await server.launch();
  const again = await server.ask(ada.token, 'POST', '/api/messages', held);
  assert.equal(again.status, 200, 'it was sent before');
  assert.equal((await again.json()).id, id);
}

/** How many transactions with such a statement are committed and wait to say so. */
async function waiting(statement) {
  return Number(await sql(url, `select count(*) from pg_stat_activity where wait_event = 'SyncRep' and query like '${statement}'`));
}

/** What psql prints of the last statement's only value. */
async function sql(database, ...statements) {
  const commands = statements.flatMap((statement) => ['--command', statement]);
  const { stdout } = await run('psql', [database, '--quiet', '--no-align', '--tuples-only', ...commands]);
  return stdout.trim().split('\n').at(-1);
}

/** As the one whose data it is: PostgreSQL refuses to run as root. */
async function control(...command) {
  const { uid, gid } = await stat(data);
  const options = ['--silent', '--pgdata', data, '--log', join(data, 'restarts.log')];
  await run('pg_ctl', [...command, ...options], { uid, gid, cwd: '/' });
}
