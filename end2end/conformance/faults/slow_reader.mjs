// Readers that open the event stream and then take nothing: what they miss costs the server no memory, and when they read
// again they are told once to begin anew.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { Server, endAfter, eventsOf } from './server.mjs';

const readers = 16;
/** More than a stream catches up with, beside what waits in the buffers of its connection. */
const messages = 1_600;
const sentAtOnce = 8;
/** As large as an event gets, 32 kB: characters of four bytes, as text and as HTML. All events of all readers are 800 MB. */
const content = '\u{1f989}'.repeat(4_000);
const growthMax = 300;

endAfter(600);
// Each connection to SQLite keeps pages; that is not what is measured.
const server = await Server.start({ LYCEUM_DATABASE_CONNECTIONS: '2' });
try {
  const { ada, ben, conversation } = await server.pair();
  const send = (text) => server.call(ada.token, 'POST', '/api/messages', { conversation_id: conversation, content: text });
  await sendMany(send, 200);
  const streams = await Promise.all(Array.from({ length: readers }, () => open(ben.token)));
  const before = await server.memory();
  await sendMany(send, messages);
  const growth = (await server.memory()) - before;
  console.log(`slow readers: ${readers} of them, ${messages} events, ${growth.toFixed(0)} MB more`);
  assert.ok(growth < growthMax, `the server has grown by ${growth.toFixed(0)} MB`);

  for (const stream of streams) {
    const events = eventsOf(stream.setEncoding('utf8'));
    let heard = 0;
    while ((await nextEvent(events)).type !== 'reset') heard += 1;
    assert.ok(heard < messages / 2, `${heard} events had piled up`);
    const live = await send('live');
    assert.equal((await nextEvent(events)).message.id, live.id, 'and then it goes on');
    stream.destroy();
  }
} finally {
  await server.remove();
}

async function sendMany(send, number) {
  let next = 0;
  const sender = async () => {
    while (next++ < number) await send(content);
  };
  await Promise.all(Array.from({ length: sentAtOnce }, sender));
}

/** A stream that is not read. */
function open(token) {
  return new Promise((done, failed) => {
    const headers = { authorization: `Bearer ${token}` };
    const asked = request(`${server.url}/api/events`, { headers, agent: false }, (answer) => done(answer.pause()));
    asked.on('error', failed);
    asked.end();
  });
}

async function nextEvent(events) {
  const { value, done } = await events.next();
  assert.ok(!done, 'the stream goes on');
  return value.event;
}
