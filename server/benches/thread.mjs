// Scrolling in a conversation of 10,000 messages, on a wide screen.
import { longTask, scroll, withPage } from './browser.mjs';
import { call, registerPeople } from './people.mjs';
import { atMost, figure, heading, quantile } from './report.mjs';
import { Server } from './server.mjs';

const messages = 10_000;
const sentAtOnce = 16;
/** Frames for which the thread is scrolled, and how far in each of them. */
const frames = 900;
const pixels = 300;

export async function measureThread() {
  heading(`Scrolling through ${messages} messages`);
  const server = await Server.make();
  try {
    await server.start();
    const [reader, writer] = await registerPeople(server.url, 2);
    const conversation = await talk(server, reader, writer);
    const [scroller, message] = ['.thread-scroll', '.thread-scroll .message'];
    await withPage(server, reader, `/conversations/${conversation}`, message, async (page) => {
      const oldest = () => page.locator(message).first().evaluate(({ id }) => Number(id.slice(1)));
      const newest = await oldest();
      const { gaps, tasks } = await scroll(page, { scroller, list: scroller, frames, pixels: -pixels });
      const loaded = newest - (await oldest());
      const beside = `${tasks.length} tasks of more than ${longTask} ms; ${loaded} messages passed in ${frames} frames`;
      atMost(longTask, 'scrolling up, longest task', Math.max(0, ...tasks), 'ms', beside);
      figure('scrolling up, time between frames, p99', quantile(gaps, 0.99), 'ms', `p50 ${quantile(gaps, 0.5).toFixed(1)} ms`);
    });
  } finally {
    await server.remove();
  }
}

/** A conversation of the two, with all its messages. */
async function talk(server, reader, writer) {
  const { id } = await call(server.url, reader, '/api/conversations', { participant_subs: [writer.sub] });
  let next = 0;
  const sender = async () => {
    while (next < messages) {
      const number = next++;
      const content = `Message ${number}. ${'More of it follows here. '.repeat(number % 17)}`;
      await call(server.url, number % 3 ? reader : writer, '/api/messages', { conversation_id: id, content });
    }
  };
  await Promise.all(Array.from({ length: sentAtOnce }, sender));
  return id;
}
