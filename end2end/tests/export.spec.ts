import { readFile } from 'node:fs/promises';
import { add, call, expect, make, ready, signIn, test } from '../fixtures/albums.ts';
import { say } from '../fixtures/conversations.ts';
import { paint } from '../fixtures/photos.ts';
import { unzip } from '../fixtures/zip.ts';

test('everything of mine is downloaded from the settings, and nothing of others', async ({ page, browser, server, ada, ben, conversation, hydrated }) => {
  const painted = await paint(browser, [21, 22, 23].map((seed) => ({ seed, width: 300, height: 200 })));
  const [own, together] = [await make(server, ada, 'Alps'), await make(server, ben, 'Fens')];
  await call(server, ben.token, 'POST', `/api/albums/${together.id}/members`, { sub: ada.sub, role: 'editor' });
  await add(server, ada, own.id, 'lake.jpg', painted[0]!);
  await add(server, ada, together.id, 'moss.jpg', painted[1]!);
  await add(server, ben, together.id, 'reed.jpg', painted[2]!);
  await say(server, ada, conversation, 'Shall we meet at the lake?');
  await say(server, ben, conversation, 'Only at the fen.');

  await signIn(page, ada, '/settings');
  await ready(page, hydrated);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download everything', exact: true }).last().click(),
  ]);
  expect(download.suggestedFilename()).toBe('lyceum-export.zip');
  const files = unzip(await readFile(await download.path()));
  expect([...files.keys()].sort()).toEqual([
    'albums/Alps/album.json',
    'albums/Alps/lake.jpg',
    'albums/Alps/lake.jpg.json',
    `conversations/${ben.name} ${conversation}.json`,
    'photos in albums of others/Fens/moss.jpg',
    'photos in albums of others/Fens/moss.jpg.json',
    'profile.json',
    'quizzes/answers.json',
    'quizzes/review.json',
    'quizzes/submissions.json',
  ]);
  expect(files.get('albums/Alps/lake.jpg')!.equals(painted[0]!)).toBe(true);
  expect(JSON.parse(files.get('profile.json')!.toString())).toMatchObject({ sub: ada.sub });
  const written = files.get(`conversations/${ben.name} ${conversation}.json`)!.toString();
  expect(written).toContain('Shall we meet at the lake?');
  expect(written).not.toContain('Only at the fen.');
  await expect(page.getByRole('heading', { name: 'Download everything' })).toBeVisible();
});
