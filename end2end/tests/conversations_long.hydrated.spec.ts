import type { Page } from '@playwright/test';
import { elsewhere, expect, messages, register, say, Server, start, test, texts } from '../fixtures/conversations.ts';

const COUNT = 10_000;
const AT_ONCE = 16;

test('a thread of ten thousand messages never has more than 400 rows and does not jump', async ({ browser, complaints }) => {
  test.setTimeout(600_000);
  const server = await Server.start({ LYCEUM_RATE_PER_SECOND: '100000', LYCEUM_RATE_BURST: '100000' });
  try {
    const [ada, ben] = [await register(server, 'Ada'), await register(server, 'Ben')];
    const conversation = await start(server, ada, [ben]);
    await fill(async (number) => void (await say(server, number % 3 ? ada : ben, conversation, sentence(number))));
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 900 } });
    const page = await elsewhere(context, complaints, ada, `/conversations/${conversation}`);

    for (let round = 0; round < 12; round++) {
      const before = await oldest(page);
      const place = await scrollUp(page);
      await expect.poll(() => oldest(page), `round ${round}`).toBeLessThan(before);
      await laidOut(page);
      expect(Math.abs((await top(page, place.id)) - place.top), `round ${round}`).toBeLessThanOrEqual(1);
      expect(await rows(page), `round ${round}`).toBeLessThanOrEqual(400);
    }
    const ids = await messages(page).evaluateAll((rows) => rows.map((row) => Number(row.id.slice(1))));
    expect(ids, 'in order, without a gap').toEqual(ids.map((_, place) => ids[0]! + place));

    const above = await page.locator('.thread-scroll').evaluate((scroller) => scroller.scrollTop);
    await say(server, ben, conversation, 'while you were away');
    await page.getByRole('button', { name: '1 new message' }).click();
    await expect(texts(page).last()).toHaveText('while you were away');
    await expect(texts(page).last()).toBeInViewport();
    expect(above).not.toBe(0);
    expect(await rows(page)).toBeLessThanOrEqual(400);
    await context.close();
  } finally {
    await server.remove();
  }
});

async function fill(say: (number: number) => Promise<void>): Promise<void> {
  let next = 0;
  const sender = async () => {
    while (next < COUNT) await say(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
}

/** Of different heights, so that a jump shows. */
function sentence(number: number): string {
  return `Message ${number}. ${'More of it follows here. '.repeat(number % 17)}`;
}

async function oldest(page: Page): Promise<number> {
  return messages(page).first().evaluate((row) => Number(row.id.slice(1)));
}

async function rows(page: Page): Promise<number> {
  return page.getByRole('list', { name: /^Messages: / }).locator('> li').count();
}

async function top(page: Page, id: string): Promise<number> {
  return page.locator(`#${id}`).evaluate((row) => row.getBoundingClientRect().top);
}

/** Scrolls to the oldest loaded message, and tells where the first one in view stands before anything else is loaded. */
async function scrollUp(page: Page): Promise<{ id: string; top: number }> {
  return page.locator('.thread-scroll').evaluate((scroller) => {
    const all = [...scroller.querySelectorAll<HTMLElement>('.message')];
    all[0]?.scrollIntoView({ block: 'start' });
    scroller.scrollBy(0, 200);
    const edge = scroller.getBoundingClientRect().top;
    const first = all.find((row) => row.getBoundingClientRect().top >= edge) ?? all[0]!;
    return { id: first.id, top: first.getBoundingClientRect().top };
  });
}

/** Two frames: what was loaded is on the page, and what follows from it as well. */
async function laidOut(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
