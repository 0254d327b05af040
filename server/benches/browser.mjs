// A browser that scrolls, and how long its frames and its tasks take.
import { chromium } from '@playwright/test';

/** What a browser calls a long task: meanwhile the page answers nobody. */
export const longTask = 50;

/** Does something with a wide page of a new browser, signed in at a path as soon as `shown` is in it. */
export async function withPage(server, { email, password }, path, shown, use) {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic'];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args });
  try {
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(watchTasks);
    await page.goto(`/auth/sign-in?return_to=${path}`);
    await page.getByLabel(/^email/i).fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(`**${path}`);
    await page.locator('html[data-hydrated]').waitFor();
    await page.locator(shown).first().waitFor();
    return await use(page);
  } finally {
    await browser.close();
  }
}

/**
 * Scrolls frame by frame, once what begins with the page is done.
 * @param {import('@playwright/test').Page} page
 * @param {{ scroller: string, list: string, frames: number, pixels: number }} how what scrolls, what it shows, for how
 *   many frames, and how far in each of them
 * @returns {Promise<{ gaps: number[], tasks: number[], most: number }>} the time between frames, that of each long task,
 *   and how many entries of the list were in the document at most
 */
export function scroll(page, how) {
  return page.evaluate(scrollFrames, how);
}

/** In the page, before anything else: keeps how long each long task took. */
function watchTasks() {
  window.longTasks = [];
  const observer = new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
}

/** In the page. */
async function scrollFrames({ scroller, list, frames, pixels }) {
  const frame = () => new Promise(requestAnimationFrame);
  await new Promise((done) => setTimeout(done, 2_000));
  window.longTasks.length = 0;
  const [scrolled, shown] = [document.querySelector(scroller), document.querySelector(list)];
  const gaps = [];
  let most = 0;
  for (let last = performance.now(), i = 0; i < frames; i += 1) {
    await frame();
    gaps.push(performance.now() - last);
    last = performance.now();
    most = Math.max(most, shown.childElementCount);
    scrolled.scrollBy(0, pixels);
  }
  // The observer hears of a task after it.
  await new Promise((done) => setTimeout(done, 500));
  return { gaps, tasks: window.longTasks, most };
}
