// Scrolling in a conversation of 10,000 messages, on a wide screen.
import { chromium } from '@playwright/test';
import { registerPeople } from './people.mjs';
import { atMost, figure, heading, quantile } from './report.mjs';
import { Server } from './server.mjs';

const messages = 10_000;
const sentAtOnce = 16;
/** Frames for which the thread is scrolled, and how far in each of them. */
const frames = 900;
const pixels = 300;
/** What a browser calls a long task: meanwhile the page answers nobody. */
const longTask = 50;

export async function measureThread() {
  heading(`Scrolling through ${messages} messages`);
  const server = await Server.make();
  let browser;
  try {
    await server.start();
    const [reader, writer] = await registerPeople(server.url, 2);
    const conversation = await talk(server, reader, writer);
    const args = ['--no-sandbox', '--disable-gpu', '--disable-quic'];
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args });
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(watchTasks);
    await open(page, reader, `/conversations/${conversation}`);
    const { gaps, tasks, loaded } = await page.evaluate(scrollUp, { frames, pixels });
    const beside = `${tasks.length} tasks of more than ${longTask} ms; ${loaded} messages passed in ${frames} frames`;
    atMost(longTask, 'scrolling up, longest task', Math.max(0, ...tasks), 'ms', beside);
    figure('scrolling up, time between frames, p99', quantile(gaps, 0.99), 'ms', `p50 ${quantile(gaps, 0.5).toFixed(1)} ms`);
  } finally {
    await browser?.close();
    await server.remove();
  }
}

/** A conversation of the two, with all its messages. */
async function talk(server, reader, writer) {
  const post = async ({ headers }, path, body) => {
    const json = { ...headers, 'content-type': 'application/json' };
    const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
    return answer.json();
  };
  const { id } = await post(reader, '/api/conversations', { participant_subs: [writer.sub] });
  let next = 0;
  const sender = async () => {
    while (next < messages) {
      const number = next++;
      const content = `Message ${number}. ${'More of it follows here. '.repeat(number % 17)}`;
      await post(number % 3 ? reader : writer, '/api/messages', { conversation_id: id, content });
    }
  };
  await Promise.all(Array.from({ length: sentAtOnce }, sender));
  return id;
}

async function open(page, { email, password }, path) {
  await page.goto(`/auth/sign-in?return_to=${path}`);
  await page.getByLabel(/^email/i).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`**${path}`);
  await page.locator('html[data-hydrated]').waitFor();
  await page.locator('.thread-scroll .message').first().waitFor();
}

/** In the page, before anything else: keeps how long each long task took. */
function watchTasks() {
  window.longTasks = [];
  const observer = new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
}

/** In the page: scrolls up frame by frame, once what begins with the page is done. */
async function scrollUp({ frames, pixels }) {
  const frame = () => new Promise(requestAnimationFrame);
  const oldest = () => Number(document.querySelector('.thread-scroll .message').id.slice(1));
  await new Promise((done) => setTimeout(done, 2_000));
  window.longTasks.length = 0;
  const scroller = document.querySelector('.thread-scroll');
  const [gaps, newest] = [[], oldest()];
  for (let last = performance.now(), i = 0; i < frames; i += 1) {
    await frame();
    gaps.push(performance.now() - last);
    last = performance.now();
    scroller.scrollBy(0, -pixels);
  }
  // The observer hears of a task after it.
  await new Promise((done) => setTimeout(done, 500));
  return { gaps, tasks: window.longTasks, loaded: newest - oldest() };
}
