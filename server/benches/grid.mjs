// Scrolling through an album of 500 photos from top to bottom, on a wide screen.
import { chromium } from '@playwright/test';
import { longTask, scroll, withPage } from './browser.mjs';
import { call, registerPeople } from './people.mjs';
import { atMost, figure, heading, percent, quantile } from './report.mjs';
import { Server } from './server.mjs';

const photos = 500;
const sentAtOnce = 4;
/** How far each frame scrolls. */
const pixels = 40;
/** Sides of the photos: landscapes, portraits and panoramas. */
const scenes = [
  [1_200, 800],
  [800, 1_200],
  [1_600, 640],
];

export async function measureGrid() {
  heading(`Scrolling through an album of ${photos} photos`);
  const server = await Server.make();
  try {
    await server.start();
    const [owner] = await registerPeople(server.url, 1);
    const album = await fill(server, owner, await painted());
    const list = '.gallery-long';
    // The page comes with the first photos, and is as long as it will be when it knows all of them.
    const whole = `${list} .tile[aria-setsize="${photos}"] img`;
    await withPage(server, owner, `/albums/${album}`, whole, async (page) => {
      const way = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
      const frames = Math.ceil(way / pixels);
      const { gaps, tasks, most } = await scroll(page, { scroller: 'html', list, frames, pixels });
      const last = page.locator(`${list} .tile[aria-posinset="${photos}"]`);
      if ((await last.count()) === 0) throw new Error('the last photo was not reached');
      const slow = gaps.filter((gap) => gap > longTask).length;
      const beside = `${tasks.length} tasks of more than ${longTask} ms in ${frames} frames`;
      atMost(longTask, 'album, scrolling down, longest task', Math.max(0, ...tasks), 'ms', beside);
      figure('album, time between frames, p99', quantile(gaps, 0.99), 'ms', `p50 ${quantile(gaps, 0.5).toFixed(1)} ms`);
      figure(`album, frames over ${longTask} ms`, (100 * slow) / gaps.length, '%', `${slow} of ${gaps.length}`);
      figure('album, photos in the document, at most', most, 'photos', `${percent(most, photos)} of the album`);
    });
  } finally {
    await server.remove();
  }
}

/** A photo of each scene. */
async function painted() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    return (await page.evaluate(paint, scenes)).map((base64) => Buffer.from(base64, 'base64'));
  } finally {
    await browser.close();
  }
}

/** In the page: hills of many colours, as JPEGs in base64. */
function paint(scenes) {
  return scenes.map(([width, height]) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const draw = canvas.getContext('2d');
    for (let row = 0; row < height; row += 4) {
      for (let column = 0; column < width; column += 4) {
        const hill = Math.sin(column / 90) * Math.cos(row / 70) + Math.sin((column + row) / 23) / 3;
        draw.fillStyle = `hsl(${200 + 80 * hill} ${50 + 20 * hill}% ${20 + (60 * row) / height}%)`;
        draw.fillRect(column, row, 4, 4);
      }
    }
    return canvas.toDataURL('image/jpeg', 0.86).split(',')[1];
  });
}

/** An album of the photos, each of them often, with all their thumbnails. */
async function fill(server, owner, originals) {
  const { id } = await call(server.url, owner, '/api/albums', { title: 'Expedition' });
  let next = 0;
  const sender = async () => {
    while (next < photos) {
      const number = next++;
      await add(server, owner, id, number, numbered(originals[number % originals.length], number));
    }
  };
  await Promise.all(Array.from({ length: sentAtOnce }, sender));
  for (;;) {
    const tiles = await call(server.url, owner, `/api/albums/${id}/tiles`);
    if (tiles.every(({ preview }) => preview === 'ready')) return id;
    await new Promise((done) => setTimeout(done, 500));
  }
}

/** The same picture as another file: with a comment in it. */
function numbered(jpeg, number) {
  const comment = Buffer.from([0xff, 0xfe, 0, 6, 0, 0, 0, 0]);
  comment.writeUInt32BE(number, 4);
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
}

async function add(server, owner, album, number, bytes) {
  const body = { purpose: 'photo', filename: `${number}.jpg`, content_type: 'image/jpeg', size: bytes.length };
  const { upload_id, url, headers } = await call(server.url, owner, '/api/uploads', body);
  const sent = await fetch(url, { method: 'PUT', headers, body: bytes });
  if (!sent.ok) throw new Error(`the store answers ${sent.status}: ${await sent.text()}`);
  await call(server.url, owner, `/api/uploads/${upload_id}/complete`, {});
  await call(server.url, owner, `/api/albums/${album}/photos`, { upload_id });
}
