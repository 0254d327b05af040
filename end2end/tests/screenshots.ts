import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { newPerson, ready, registerIdentity, signIn } from '../fixtures/index.ts';
import { addDocument, call, openPage, test } from '../fixtures/study.ts';

const folder = join(import.meta.dirname, '../screenshots');

const POLISH = `# Fotosynteza

Fotosynteza to proces, w którym rośliny przekształcają światło w energię chemiczną. Chlorofil jest zielonym barwnikiem, który pochłania światło. Fotosynteza zachodzi w chloroplastach.

# Oddychanie komórkowe

Oddychanie komórkowe to proces, w którym komórka uwalnia energię z glukozy. Oddychanie zachodzi w mitochondriach. Hans Krebs opisał cykl kwasu cytrynowego w 1937 roku.
`;

test.use({ viewport: { width: 1280, height: 800 } });

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('pictures of the pages', async ({ page, server, browser }) => {
      await page.goto('/');
      await ready(page, true);
      await page.screenshot({ path: join(folder, `start-${colorScheme}.png`) });
      await page.goto('/auth/sign-in');
      await page.screenshot({ path: join(folder, `sign-in-${colorScheme}.png`) });

      // Somebody to be found.
      const friend = newPerson('Bolesław', 'Prus');
      await registerIdentity(server.url, friend);
      const context = await browser.newContext({ baseURL: server.url });
      await signIn(await context.newPage(), friend, '/settings');
      await context.close();

      await page.getByRole('button', { name: 'Continue as Amara Okafor' }).click();
      await page.waitForURL('**/conversations');
      for (const path of ['conversations', 'people?query=prus', 'settings', 'settings/cancel-account']) {
        await page.goto(`/${path}`);
        await ready(page, true);
        const name = path.replace(/\?.*/, '').replace('/', '-');
        await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
      }
      await page.goto('/conversations');
      await page.getByRole('link', { name: /Cell biology/ }).click();
      await page.waitForURL(/conversations\/\d+/);
      const conversation = new URL(page.url()).pathname;
      await page.goto(conversation);
      await ready(page, true);
      await page.screenshot({ path: join(folder, `conversation-${colorScheme}.png`) });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(conversation);
      await ready(page, true);
      await page.screenshot({ path: join(folder, `conversation-${colorScheme}-360.png`) });
      for (const path of ['conversations', 'settings', 'settings/cancel-account']) {
        await page.goto(`/${path}`);
        await ready(page, true);
        await page.screenshot({ path: join(folder, `${path.replace('/', '-')}-${colorScheme}-360.png`) });
      }
    });

    test('pictures of studying', async ({ page, server, ada, document, quiz }) => {
      test.setTimeout(180_000);
      await addDocument(server, ada, 'Wykład o fotosyntezie i oddychaniu komórkowym – semestr zimowy 2026.md', POLISH);
      await call(server, ada.token, 'POST', '/api/quiz/submit', { quiz_id: quiz.quiz_id, answers: {} });
      await openPage(page, ada, '/library');
      const id = quiz.quiz_id;
      const pages = {
        library: '/library',
        document: `/library/${document.id}`,
        read: `/library/${document.id}/read?find=cell`,
        'notes-edit': `/library/${document.id}/edit`,
        'notes-versions': `/library/${document.id}/versions`,
        quizzes: '/quizzes',
        'quiz-new': `/quizzes/new?document=${document.id}`,
        'quiz-take': `/quizzes/${id}`,
        'quiz-results': `/quizzes/${id}/results`,
        'quiz-edit': `/quizzes/${id}/edit`,
        review: '/review',
      };
      for (const [name, path] of Object.entries(pages)) await photograph(page, path, `${name}-${colorScheme}`);
      await server.advance(24 * 60 * 60);
      await photograph(page, '/review', `review-due-${colorScheme}`);
    });
  });
}

/** Pictures of a page, on a wide screen and whole on a narrow one. */
async function photograph(page: Page, path: string, name: string): Promise<void> {
  for (const [suffix, width] of [['', 1280], ['-360', 360]] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(path);
    await ready(page, true);
    await page.screenshot({ path: join(folder, `${name}${suffix}.png`), fullPage: true });
  }
}
