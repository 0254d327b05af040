// Open event streams: what they cost, and how soon they show what others have written.
import { Agent, request } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { atMost, figure, quantile } from './report.mjs';

const measuredSeconds = 20;
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

export async function measureStreams(server, people, number) {
  const streams = await openStreams(server, people, number, () => {});
  atMost(150, `resident memory, ${number} open streams`, (await server.memory()).rss, 'MB');
  await closeStreams(server, streams);
}

/** From the moment a message is sent until the stream of somebody else in the conversation has it. */
export async function measureDelivery(server, people, begun, { streams: number, perSecond }) {
  const sentAt = new Map();
  const delays = [];
  const streams = await openStreams(server, people, number, (event, { sub }) => {
    const { client_id: id, sender_sub: sender } = event.message ?? {};
    if (event.type === 'message.created' && sender !== sub && sentAt.has(id)) delays.push(performance.now() - sentAt.get(id));
  });
  const listening = new Set(people.map(({ sub }) => sub));
  const heard = begun.filter(({ person, subs }) => subs.some((sub) => sub !== person.sub && listening.has(sub)));
  const sending = [];
  const began = performance.now();
  for (let i = 0; i < measuredSeconds * perSecond; i += 1) {
    const wait = began + (1000 * i) / perSecond - performance.now();
    if (wait > 0) await after(wait);
    const { id, person } = heard[i % heard.length];
    const clientId = `delivery-${i}`;
    sentAt.set(clientId, performance.now());
    sending.push(send(server, person, { conversation_id: id, content: `Message ${i}`, client_id: clientId }));
  }
  await Promise.all(sending);
  await after(500);
  await closeStreams(server, streams);
  const [p50, p99] = [quantile(delays, 0.5), quantile(delays, 0.99)];
  const beside = `${number} streams of ${people.length} people, ${perSecond} messages/s, ${delays.length} deliveries`;
  atMost(5, 'sent to shown by others, p50', p50, 'ms', beside);
  atMost(25, 'sent to shown by others, p99', p99, 'ms');
  const wanted = heard.length > 0 && delays.length >= sending.length;
  if (!wanted) figure('deliveries', delays.length, '', `${sending.length} messages were sent`, false);
}

function send(server, person, message) {
  return new Promise((done, failed) => {
    const headers = { ...person.headers, 'content-type': 'application/json' };
    const asked = request(`${server.url}/api/messages`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode === 201 ? done() : failed(new Error(`a message was answered ${answer.statusCode}`))));
    });
    asked.on('error', failed);
    asked.end(JSON.stringify(message));
  });
}

/** Everybody gets the same number of streams; all have begun when this returns. */
function openStreams(server, people, number, hear) {
  return Promise.all(Array.from({ length: number }, (_, i) => openStream(server, people[i % people.length], hear)));
}

function openStream(server, person, hear) {
  return new Promise((begun, failed) => {
    const asked = request(`${server.url}/api/events`, { headers: person.headers, agent: false }, (answer) => {
      if (answer.statusCode !== 200) failed(new Error(`a stream was answered ${answer.statusCode}`));
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk) => {
        begun(asked);
        text += chunk;
        const events = text.split('\n\n');
        text = events.pop();
        for (const event of events) {
          const data = /^data: (.*)$/m.exec(event)?.[1];
          if (data) hear(JSON.parse(data), person);
        }
      });
      answer.on('error', () => {});
    });
    asked.on('error', failed);
    asked.end();
  });
}

async function closeStreams(server, streams) {
  for (const stream of streams) stream.destroy();
  // The server has noticed once its own count says so; until then it still works for them.
  for (;;) {
    const metrics = await fetch(`${server.url}/metrics`).then((answer) => answer.text());
    if (Number(/^lyceum_event_streams(?:\{[^}]*\})? (\S+)/m.exec(metrics)?.[1] ?? 0) === 0) return;
    await after(50);
  }
}
